/* Once a day: what breaks the invariants, as one line to everybody of the office; whether mechanisms work (mechanisms.h). And the list
   itself, when somebody asks. */
#ifndef BIHUAN_FOLLOW_DAILY_H
#define BIHUAN_FOLLOW_DAILY_H

#include "follow/ledger.h"
#include "rules/invariants.h"

/* Counts by rule, and the problems that break one of `rules` (bits; 0: none are kept), ids above `after`, at most `limit`. */
struct broken_item { int64_t problem; uint32_t rules; };
struct broken {
  int64_t counts[INVARIANTS_MOST], problems /* that break any */, journal;
  struct broken_item *items;
  size_t count;
  bool more;
};
struct broken_question {
  const struct scope *scope;
  int64_t campaign /* 0: all */;
  int32_t today;
  uint32_t rules;
  int64_t after;
  size_t limit;
  bool seldom /* no view is kept for it */;
};
enum store_error broken_find(struct house *house, const struct broken_question *question, struct arena *arena, struct broken *broken);

/* Does what this day has not seen yet; nothing when it has. Any thread but the writer's. */
enum store_error daily_run(struct house *house, int64_t now);

#endif
