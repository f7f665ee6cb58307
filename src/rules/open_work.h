/* Open work of a unit: everything that waits for it or stands open with it, declared once. A unit that has such work is not ended by an
   edit, a slip of who leaves lists it, a successor takes it over: three readers of one table, so that nothing is forgotten by one of
   them. */
#ifndef BIHUAN_RULES_OPEN_WORK_H
#define BIHUAN_RULES_OPEN_WORK_H

#include "rules/decide.h"

/* The states of a problem that is not closed, withdrawn or merged: somebody has work with it. */
enum { PROBLEM_OPEN_COUNT = 12 };
extern const state_code PROBLEM_OPEN_STATES[PROBLEM_OPEN_COUNT];

enum open_reader { KEEPS_UNIT = 1 /* it needs somebody: no end by an edit */, ON_SLIP = 2 };
struct open_work {
  enum record_id type; uint16_t field; /* by which it is the unit's: a reference, or references */
  const state_code *states; size_t state_count; /* 0: all */
  const char *name; struct label label; /* on slips and in sentences; NULL: on none */
  /* by which arrow a successor gets it, or (ACTION_WITHDRAW) who asked gets it back; ACTION_NONE: it stays, within reach of the
     successor's people */
  enum action_code passes;
  unsigned readers;                     /* enum open_reader */
  uint16_t owner_user, owner;           /* who is in charge by account and by name: passes to who follows in the same unit; 0 none */
  /* only while the record that it is a part of stands so; 0 whenever */
  uint16_t within; enum record_id within_type; state_code within_state;
};
enum { OPEN_WORK_MOST = 32 };
extern const struct open_work OPEN_WORK[];
extern const size_t OPEN_WORK_COUNT;
/* The rows of one kind, at most `most` (0 all), oldest first; how many there are. */
enum store_error open_work_rows(struct decision *decision, const struct open_work *work, int64_t unit, size_t most, struct row ***rows, size_t *count);
enum store_error open_work_count(struct decision *decision, const struct open_work *work, int64_t unit, int64_t *count);
/* What keeps a unit from ending, counted by rows of the table. */
enum store_error unit_left_behind(struct decision *decision, int64_t unit, int64_t counts[OPEN_WORK_MOST]);

#endif
