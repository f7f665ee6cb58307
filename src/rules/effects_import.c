/* What a ledger brings in stands where the file says it stands: a problem that was struck off comes in closed, with its own dates, counted,
   and with the cycle that led there; an open one is being rectified. No step is stamped that nobody walked here. */
#include "rules/effects.h"

/* The problem is written next, and a record's id is the number of the entry that makes it. */
static void cycle_begin(struct decision *decision, int64_t began, int64_t closed) {
  const struct row *after = decision->after;
  struct value values[] = {value_integer(CYCLE_PROBLEM, tx_head(decision->set->tx).number + 1),
                           value_integer(CYCLE_ORDINAL, 1),
                           value_integer(CYCLE_BEGAN, began),
                           value_integer(CYCLE_DUE, row_integer(after, PROBLEM_DUE)),
                           value_integer(CYCLE_LEAD_UNIT, row_integer(after, PROBLEM_LEAD_UNIT)),
                           value_integer(CYCLE_ACCEPTED_ON, closed),
                           value_integer(CYCLE_CLOSED_ON, closed),
                           value_integer(CYCLE_CLOSED_LEAD, closed == NOTHING ? NOTHING : row_integer(after, PROBLEM_LEAD_UNIT))};
  effect_change(decision, RECORD_CYCLE, 0, closed == NOTHING ? ACTION_CREATE : ACTION_IMPORT, values, sizeof values / sizeof *values, NULL);
}

/* Dates that the file does not give are the day that the import is reckoned from (the base-line day), never later than closing. */
enum store_error effect_bring_in(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after;
  int64_t closed = row_integer(after, PROBLEM_CLOSED_ON), admitted = row_integer(after, PROBLEM_ADMITTED_ON), day = decision_date(decision);
  enum store_error error = set_policy(decision);
  (void)arrow;
  if (error != STORE_OK) return error;
  if (admitted == NOTHING) admitted = closed != NOTHING && closed < day ? closed : day;
  row_set_integer(after, PROBLEM_ADMITTED_ON, admitted);
  row_set_integer(after, PROBLEM_ASSIGNED_ON, admitted);
  row_set_integer(after, PROBLEM_TAKEN_ON, admitted);
  row_set_integer(after, PROBLEM_ADMITTED_ENTERED, decision->set->today); /* back-entered: figures have a column for it */
  row_set_integer(after, PROBLEM_COUNTED, 1);
  row_set_integer(after, PROBLEM_HISTORIC, 1);
  row_set_integer(after, PROBLEM_IMPORTED_ON, decision->set->today);
  if (row_integer(after, PROBLEM_DUE) != NOTHING) row_set_integer(after, PROBLEM_DUE_BASIS, DUE_BASIS_GIVEN);
  row_set_integer(after, PROBLEM_DUE_ORIGINAL, row_integer(after, PROBLEM_DUE));
  if (closed != NOTHING) {
    after->state = PROBLEM_CLOSED;
    row_set_integer(after, PROBLEM_APPLIED_ON, closed);
    row_set_integer(after, PROBLEM_ACCEPTED_ON, closed);
    row_set_integer(after, PROBLEM_WATCH_UNTIL, closed + decision->policy->watch_days);
  }
  cycle_begin(decision, admitted, closed);
  return effect_route(decision, arrow);
}
