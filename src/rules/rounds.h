/* Rounds 轮次: which units are asked, what the ledger already knows of a unit (要数先查), and since when changes are told. */
#ifndef BIHUAN_RULES_ROUNDS_H
#define BIHUAN_RULES_ROUNDS_H

#include "store/store.h"

enum { ROUND_SET = 500 /* answers made in one set at most */, LEDGER_LACKING = 200 /* problems named at most */ };

/* A unit's counted problems that it leads. Dates are compared with the day of `since`; NOTHING: from the beginning. */
struct round_ledger {
  int64_t problems, open, colours[7] /* by COLOUR_* */, states[24] /* by PROBLEM_* */;
  int64_t added, closed, reopened, changed;         /* since */
  int64_t lacking;                                  /* being worked on since before `opens`, and no progress reported since */
  struct row **lacking_rows; size_t lacking_count;  /* the first of them, in the arena */
};
void round_ledger_add(struct round_ledger *ledger, const struct row *problem, int64_t since, int64_t opens, struct arena *arena); /* pure */
enum store_error round_ledger_read(struct reader *reader, const struct scope *scope, int64_t campaign, int64_t unit, int64_t since, int64_t opens, struct arena *arena, struct round_ledger *ledger);

/* The ledger's figures into an answer's own fields, which the unit does not type; and those fields in order, ended by 0. */
void round_answer_fill(struct row *answer, const struct round_ledger *ledger);
extern const uint16_t ROUND_ANSWER_FILLED[];

/* The units a round asks: its own, else the campaign's, else all that may hold tasks and are in force on that day. */
struct round_units { int64_t *ids; size_t count, room; };
enum store_error round_units_read(struct reader *reader, const struct row *round, int64_t today, struct arena *arena, struct round_units *units);
/* The cut-off of the campaign's last round before this one; NOTHING when it is the first. */
enum store_error round_since(struct reader *reader, const struct row *round, struct arena *arena, int64_t *since);
int64_t round_month(int64_t date); /* 202611 */

/* Rows that a query finds, copied. */
enum store_error round_rows_read(struct reader *reader, const struct query *query, const struct scope *scope, struct arena *arena, struct rows *rows);

#endif
