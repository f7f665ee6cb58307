/* The chase list 催办清单: what is late, whom it waits for, how long, and how often it was chased. Kinds of waiting are rows; a page is of one
   kind. */
#ifndef BIHUAN_RULES_CHASE_LIST_H
#define BIHUAN_RULES_CHASE_LIST_H

#include "rules/scope.h"

enum waits_for { WAITS_FOR_UNIT = 1, WAITS_FOR_HEAD = 2, WAITS_FOR_OFFICE = 3 };
struct chase_kind {
  const char *name; struct label label;
  enum record_id type; state_code states[4];  /* 0 ends */
  uint16_t due, unit;                         /* the date it should have been done by; who is asked */
  enum waits_for waits_for;
  bool of_open;                               /* only while the problem that it belongs to is open */
};
extern const struct chase_kind CHASE_KINDS[]; extern const size_t CHASE_KIND_COUNT;
const struct chase_kind *chase_kind_named(const char *name);      /* NULL: none */
const struct chase_kind *chase_kind_of(const struct row *row);    /* that this record waits in; NULL: for nobody */
bool chase_open(const struct row *problem);                       /* does the work on it go on? */
const char *chase_name(struct arena *arena, const struct row *row); /* its number (or what a round asks): no words of a problem */

enum { CHASE_PAGE_MOST = 200 };
struct chase_question {
  const struct authority *authority; int64_t today;
  const struct chase_kind *kind; int64_t unit, campaign; /* 0 all */
  int64_t after_due, after_id; /* keyset: behind this one; id 0 from the start */
  size_t limit;
};
/* How often: steps of the clock and reminders, and what people noted. The newest of the latter stands beside. */
struct chased { int64_t steps, notes, last_on /* NOTHING never */; const struct row *last /* NULL none */; };
struct late { const struct row *row; int64_t unit, due, days; struct chased chased; };
struct chase_page { struct late *items; size_t count; bool more; int64_t total /* of the kind */, most_chased /* on this page */; };
enum store_error chase_list_read(struct reader *reader, const struct chase_question *question, struct arena *arena, struct chase_page *page);
enum store_error chase_list_count(struct reader *reader, const struct chase_question *question, struct arena *arena, int64_t *count);
/* How many by unit, in the order of their ids: nothing is ranked. */
struct chase_unit { int64_t unit, count; };
struct chase_units { struct arena *arena; struct chase_unit *items; size_t count, room; };
enum store_error chase_list_units(struct reader *reader, const struct chase_question *question, struct arena *arena, struct chase_units *units);

#endif
