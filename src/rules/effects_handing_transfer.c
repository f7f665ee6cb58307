/* Effects of passing on and of disputing: the transfer's record, the second refusal and the circle that go to the office, the ruling
   with its own days, and what it does to the problem. All that touches the problem goes through its own arrows. */
#include "rules/effects.h"

#include <string.h>

#include "rules/holders.h"

static void problem_change(struct decision *decision, int64_t problem, enum action_code action, const struct value *values, size_t count,
                           const char *reason) {
  effect_change(decision, RECORD_PROBLEM, problem, action, values, count, reason);
}

static enum store_error load(struct decision *decision, enum record_id type, int64_t id, const struct row **row) {
  struct row *found = NULL;
  enum store_error error = reader_get(decision->set->reader, record_type(type), &SCOPE_SYSTEM, id, decision->set->scratch, &found);
  *row = found;
  return error == STORE_ABSENT ? STORE_BROKEN : error;
}

static enum store_error working_days(struct decision *decision, uint16_t field, int64_t days) {
  int64_t basis = 0;
  enum store_error error = set_calendar(decision->set);
  if (error == STORE_OK)
    row_set_integer(decision->after, field, calendar_add_working_days(&decision->set->calendar, decision_date(decision), days, &basis));
  return error;
}

/* ---- asking ---- */

enum store_error effect_transfer_ask(struct decision *decision, const struct transition *arrow) {
  const struct row *after = decision->after;
  (void)arrow;
  struct value values[] = {
    value_text(TRANSFER_TITLE, row_text(after, PROBLEM_TITLE)), value_integer(TRANSFER_PROBLEM, after->id), value_text(TRANSFER_NUMBER, row_text(after, PROBLEM_NUMBER)),
    value_integer(TRANSFER_FROM, row_integer(after, PROBLEM_LEAD_UNIT)), value_integer(TRANSFER_TO, row_integer(after, PROBLEM_TRANSFER_TO)), value_text(TRANSFER_REASON, decision->change->reason),
    value_text(TRANSFER_DETAIL, row_text(after, PROBLEM_DETAIL)), value_integer(TRANSFER_PROBLEM_DUE, row_integer(after, PROBLEM_DUE)), value_integer(TRANSFER_SECRECY, row_integer(after, PROBLEM_SECRECY)),
    value_integer(TRANSFER_CAMPAIGN, row_integer(after, PROBLEM_CAMPAIGN))};
  effect_change(decision, RECORD_TRANSFER, 0, ACTION_CREATE, values, sizeof values / sizeof *values, NULL);
  return STORE_OK;
}

/* Who held the problem in this cycle, in order. */
static enum store_error units_read(struct decision *decision, const struct row *problem, int64_t **units, size_t *count) {
  struct value of = value_integer(HOLDING_PROBLEM, problem->id), cycle = value_integer(HOLDING_CYCLE, row_integer(problem, PROBLEM_CYCLE));
  struct condition conditions[] = {{.field = HOLDING_PROBLEM, .how = C_IS, .values = &of, .count = 1},
                                   {.field = HOLDING_CYCLE, .how = C_IS, .values = &cycle, .count = 1}};
  struct query query = {.type = record_type(RECORD_HOLDING), .conditions = conditions, .condition_count = 2, .expected = -1};
  struct row **rows = NULL;
  enum store_error error = set_rows(decision->set, &query, &rows, count);
  *units = ARENA_ARRAY(decision->set->scratch, int64_t, *count + 1);
  for (size_t i = 0; i < *count; i++) (*units)[i] = row_integer(rows[i], HOLDING_UNIT);
  return error;
}

/* ---- to the office ---- */

static void ruling_ask(struct decision *decision, const struct row *problem, int64_t why, int64_t from, int64_t other, const char *argument,
                       int64_t transfer) {
  struct value values[] = {value_text(RULING_TITLE, row_text(problem, PROBLEM_TITLE)),
                           value_integer(RULING_PROBLEM, problem->id),
                           value_integer(RULING_WHY, why),
                           value_integer(RULING_FROM, from),
                           value_integer(RULING_OTHER, other),
                           value_text(RULING_CASE, argument),
                           value_integer(RULING_CATEGORY, row_integer(problem, PROBLEM_CATEGORY)),
                           value_integer(RULING_SECRECY, row_integer(problem, PROBLEM_SECRECY)),
                           value_integer(RULING_CAMPAIGN, row_integer(problem, PROBLEM_CAMPAIGN)),
                           value_integer(RULING_TRANSFER, transfer)};
  effect_change(decision, RECORD_RULING, 0, ACTION_CREATE, values, sizeof values / sizeof *values, NULL);
}

/* The office's own clock begins; the problem knows that it waits. A circle is written down with what was accepted by then. */
enum store_error effect_ruling_open(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after;
  const struct row *problem = NULL;
  enum store_error error = load(decision, RECORD_PROBLEM, row_integer(after, RULING_PROBLEM), &problem);
  (void)arrow;
  if (error == STORE_OK) error = set_policy(decision);
  if (error == STORE_OK) error = working_days(decision, RULING_DUE, decision->policy->ruling_days);
  if (error != STORE_OK) return error;
  row_set_integer(after, RULING_ASKED_ON, decision_date(decision));
  int64_t circles = row_integer(problem, PROBLEM_CIRCLES), progress = row_integer(problem, PROBLEM_PROGRESS);
  struct value values[] = {
    value_integer(PROBLEM_RULING, effect_new_id(decision)), value_nothing(PROBLEM_TRANSFER_TO), value_integer(PROBLEM_CIRCLES, circles == NOTHING ? 1 : circles + 1),
    value_integer(PROBLEM_CIRCLE_ON, decision_date(decision)), value_integer(PROBLEM_CIRCLE_WEIGHT, progress == NOTHING ? 0 : progress)};
  problem_change(decision, problem->id, ACTION_HAND_OVER, values, row_integer(after, RULING_WHY) == RULING_BY_CIRCLE ? 5 : 2, "提请裁定");
  return STORE_OK;
}

/* A unit that held it before closes a circle: it is not asked, the office rules. */
enum store_error effect_transfer_open(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after;
  const struct row *problem = NULL;
  int64_t *units = NULL, to = row_integer(after, TRANSFER_TO);
  size_t count = 0;
  enum store_error error = load(decision, RECORD_PROBLEM, row_integer(after, TRANSFER_PROBLEM), &problem);
  (void)arrow;
  if (error == STORE_OK) error = units_read(decision, problem, &units, &count);
  if (error == STORE_OK) error = set_policy(decision);
  if (error == STORE_OK) error = working_days(decision, TRANSFER_DUE, decision->policy->refuse_days);
  if (error != STORE_OK) return error;
  row_set_integer(after, TRANSFER_ASKED_ON, decision_date(decision));
  if (!holders_circle(units, count, to)) return STORE_OK;
  row_set_integer(after, TRANSFER_CIRCLE, 1);
  after->state = TRANSFER_REFERRED;
  ruling_ask(decision, problem, RULING_BY_CIRCLE, row_integer(after, TRANSFER_FROM), to, row_text(after, TRANSFER_REASON), effect_new_id(decision));
  return STORE_OK;
}

/* ---- answering ---- */

/* Refusals of this problem since the last ruling on it, this one left out. */
static enum store_error refusals_count(struct decision *decision, int64_t problem, int64_t *count) {
  struct value of = value_integer(TRANSFER_PROBLEM, problem), refused = value_integer(FIELD_STATE, TRANSFER_REFUSED),
               ruled = value_integer(FIELD_STATE, RULING_GIVEN), of_ruling = value_integer(RULING_PROBLEM, problem);
  struct condition conditions[] = {{.field = TRANSFER_PROBLEM, .how = C_IS, .values = &of, .count = 1},
                                   {.field = FIELD_STATE, .how = C_IS, .values = &refused, .count = 1}};
  struct condition rulings[] = {{.field = RULING_PROBLEM, .how = C_IS, .values = &of_ruling, .count = 1},
                                {.field = FIELD_STATE, .how = C_IS, .values = &ruled, .count = 1}};
  struct query query = {.type = record_type(RECORD_TRANSFER), .conditions = conditions, .condition_count = 2, .expected = -1};
  struct query last =
      {.type = record_type(RECORD_RULING), .conditions = rulings, .condition_count = 2, .descending = true, .limit = 1, .expected = -1};
  struct row **rows = NULL, **given = NULL;
  size_t row_count = 0, given_count = 0;
  enum store_error error = set_rows(decision->set, &query, &rows, &row_count);
  if (error == STORE_OK) error = set_rows(decision->set, &last, &given, &given_count);
  *count = 0;
  for (size_t i = 0; i < row_count; i++) *count += !given_count || rows[i]->id > given[0]->id;
  return error;
}

static enum store_error transfer_refused(struct decision *decision, const struct row *problem, bool referred) {
  struct row *after = decision->after;
  struct value none = value_nothing(PROBLEM_TRANSFER_TO);
  int64_t refusals = 0;
  enum store_error error = refusals_count(decision, problem->id, &refusals);
  if (error == STORE_OK) error = set_policy(decision);
  if (error != STORE_OK) return error;
  if (!referred && refusals + 1 < decision->policy->refusals_most) {
    problem_change(decision, problem->id, ACTION_HAND_OVER, &none, 1, "转办被退回");
    return STORE_OK;
  }
  after->state = TRANSFER_REFERRED;
  ruling_ask(decision, problem, referred ? RULING_BY_OFFICE : RULING_BY_REFUSALS, row_integer(after, TRANSFER_FROM),
             row_integer(after, TRANSFER_TO), decision->change->reason, after->id);
  return STORE_OK;
}

/* Taken: the problem changes hands, and counts as taken where it was only assigned. Refused: back, or to the office. */
enum store_error effect_transfer_answered(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after;
  const struct row *problem = NULL;
  enum store_error error = load(decision, RECORD_PROBLEM, row_integer(after, TRANSFER_PROBLEM), &problem);
  if (error != STORE_OK) return error;
  row_set_integer(after, TRANSFER_ANSWERED_ON, decision_date(decision));
  if (decision->change->reason) row_set_text(after, TRANSFER_ANSWER, decision->change->reason);
  struct value lead = value_integer(PROBLEM_LEAD_UNIT, row_integer(after, TRANSFER_TO)), none = value_nothing(PROBLEM_TRANSFER_TO);
  switch (arrow->action) {
    case ACTION_TAKE:
      problem_change(decision, problem->id, ACTION_HAND_OVER, &lead, 1, row_text(after, TRANSFER_REASON));
      if (problem->state == PROBLEM_ASSIGNED) problem_change(decision, problem->id, ACTION_TAKE, NULL, 0, NULL);
      break;
    case ACTION_REFUSE: return transfer_refused(decision, problem, false);
    case ACTION_DISPUTE: return transfer_refused(decision, problem, true);
    default: /* withdrawn */
      if (row_integer(problem, PROBLEM_TRANSFER_TO) == lead.integer && lifecycle_arrow(problem->type, problem->state, ACTION_HAND_OVER))
        problem_change(decision, problem->id, ACTION_HAND_OVER, &none, 1, "转办已撤回");
  }
  return STORE_OK;
}

/* ---- disputing ---- */

enum store_error effect_dispute(struct decision *decision, const struct transition *arrow) {
  int64_t lead = row_integer(decision->after, PROBLEM_LEAD_UNIT);
  (void)arrow;
  row_set_integer(decision->after, PROBLEM_PROVISIONAL_LEAD, lead); /* works meanwhile, until the office names another */
  ruling_ask(decision, decision->after, RULING_BY_DISPUTE, lead, NOTHING, decision->change->reason, NOTHING);
  return STORE_OK;
}

/* Taken after all, withdrawn or closed: nothing is left to rule on. */
enum store_error effect_dispute_dropped(struct decision *decision, const struct transition *arrow) {
  int64_t ruling = row_integer(decision->after, PROBLEM_RULING);
  const struct row *row = NULL;
  enum store_error error = STORE_OK;
  (void)arrow;
  row_set_integer(decision->after, PROBLEM_PROVISIONAL_LEAD, NOTHING);
  row_set_integer(decision->after, PROBLEM_RULING, NOTHING);
  if (ruling == NOTHING) return STORE_OK;
  error = load(decision, RECORD_RULING, ruling, &row);
  if (error != STORE_OK) return error;
  int64_t transfer = row_integer(row, RULING_TRANSFER);
  effect_change(decision, RECORD_RULING, ruling, ACTION_WITHDRAW, NULL, 0, NULL);
  if (transfer != NOTHING) effect_change(decision, RECORD_TRANSFER, transfer, ACTION_WITHDRAW, NULL, 0, NULL);
  return STORE_OK;
}

/* ---- ruling ---- */

enum store_error effect_provisional(struct decision *decision, const struct transition *arrow) {
  int64_t unit = row_integer(decision->after, RULING_PROVISIONAL);
  struct value values[] = {value_integer(PROBLEM_LEAD_UNIT, unit), value_integer(PROBLEM_PROVISIONAL_LEAD, unit)};
  (void)arrow;
  problem_change(decision, row_integer(decision->after, RULING_PROBLEM), ACTION_NAME_PROVISIONAL, values, 2, NULL);
  return STORE_OK;
}

/* The lead that is named holds it from now on and is bound by it. */
enum store_error effect_ruled(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after;
  int64_t lead = row_integer(after, RULING_LEAD), transfer = row_integer(after, RULING_TRANSFER);
  struct value values[] = {value_integer(PROBLEM_LEAD_UNIT, lead), value_nothing(PROBLEM_PROVISIONAL_LEAD), value_nothing(PROBLEM_RULING), value_integer(PROBLEM_BOUND_UNIT, lead)};
  (void)arrow;
  row_set_integer(after, RULING_MADE_ON, decision_date(decision));
  if (decision->authority->user) row_set_integer(after, RULING_MADE_BY, decision->authority->user);
  problem_change(decision, row_integer(after, RULING_PROBLEM), ACTION_RULE, values, sizeof values / sizeof *values, row_text(after, RULING_GROUNDS));
  if (transfer != NOTHING) effect_change(decision, RECORD_TRANSFER, transfer, ACTION_RULE, NULL, 0, NULL);
  return STORE_OK;
}
