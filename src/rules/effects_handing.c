/* Effects of hand-overs on the problem: who holds it from when to when, what an approval gave, what time ends. The problem's date moves
   by approval only, and by the days of a suspension. */
#include "rules/effects.h"

#include "rules/holders.h"

/* ---- holdings ---- */

struct holder_now { int64_t unit; bool provisional; };

static bool has_holder(state_code state) {
  return (state >= PROBLEM_ASSIGNED && state <= PROBLEM_PUBLICISED) || state == PROBLEM_DISPUTED || state == PROBLEM_SUSPENDED;
}

static struct holder_now holder_of(const struct row *problem) {
  if (!problem || problem->voided || !has_holder(problem->state)) return (struct holder_now){NOTHING, false};
  return (struct holder_now){row_integer(problem, PROBLEM_LEAD_UNIT), row_integer(problem, PROBLEM_PROVISIONAL_LEAD) != NOTHING};
}

static enum store_error running_find(struct decision *decision, const struct row **running) {
  struct value of = value_integer(HOLDING_PROBLEM, decision->after->id), state = value_integer(FIELD_STATE, HOLDING_RUNNING);
  struct condition conditions[] = {{.field = HOLDING_PROBLEM, .how = C_IS, .values = &of, .count = 1},
                                   {.field = FIELD_STATE, .how = C_IS, .values = &state, .count = 1}};
  struct query query = {.type = record_type(RECORD_HOLDING), .conditions = conditions, .condition_count = 2, .limit = 1, .expected = 1};
  struct row **rows = NULL;
  size_t count = 0;
  enum store_error error = set_rows(decision->set, &query, &rows, &count);
  *running = count ? rows[0] : NULL;
  return error;
}

/* The span that ends today, reckoned from the dates the problem had; of one never recorded, from the day it was assigned. */
static enum store_error span_end(struct decision *decision, const struct row *running, struct held_span *span) {
  const struct row *before = decision->before;
  struct due_span *dues = NULL;
  size_t count = 0;
  int64_t assigned = row_integer(before, PROBLEM_ASSIGNED_ON), reopened = row_integer(before, PROBLEM_REOPENED_ON),
          today = decision_date(decision);
  int64_t from = running ? row_integer(running, HOLDING_FROM) : reopened > assigned ? reopened : assigned;
  enum store_error error = holders_dues(decision->set->reader, before, decision->set->scratch, &dues, &count);
  if (from == NOTHING || from > today) from = today;
  *span = (struct held_span){.unit = row_integer(before, PROBLEM_LEAD_UNIT),
                             .from = from,
                             .to = today,
                             .own_due = running ? row_integer(running, HOLDING_OWN_DUE) : NOTHING};
  holders_reckon(span, 1, dues, count, today);
  return error;
}

static enum store_error holding_end(struct decision *decision) {
  const struct row *running = NULL;
  struct held_span span;
  enum store_error error = running_find(decision, &running);
  if (error == STORE_OK) error = span_end(decision, running, &span);
  if (error != STORE_OK) return error;
  struct value values[] = {value_integer(HOLDING_TO, span.to),
                           value_integer(HOLDING_DAYS, span.days),
                           value_integer(HOLDING_OVERDUE, span.overdue),
                           value_integer(HOLDING_OWN_OVERDUE, span.own_overdue),
                           value_integer(HOLDING_PROBLEM, decision->after->id),
                           value_integer(HOLDING_UNIT, span.unit),
                           value_integer(HOLDING_FROM, span.from),
                           value_integer(HOLDING_HOW, HELD_ASSIGNED),
                           value_integer(HOLDING_CYCLE, row_integer(decision->before, PROBLEM_CYCLE))};
  effect_change(decision, RECORD_HOLDING, running ? running->id : 0, ACTION_CLOSE, values, running ? 4 : 9, NULL);
  return STORE_OK;
}

static int64_t how_of(const struct decision *decision, const struct holder_now *now) {
  const struct row *before = decision->before;
  switch (decision->change->action) {
    case ACTION_RULE: return HELD_RULING;
    case ACTION_REOPEN: return HELD_REOPENED;
    case ACTION_DISPUTE: case ACTION_NAME_PROVISIONAL: return HELD_PROVISIONAL;
    case ACTION_EDIT: case ACTION_CORRECT: return HELD_REASSIGNED;
    case ACTION_HAND_OVER: return row_integer(before, PROBLEM_TRANSFER_TO) == now->unit ? HELD_TRANSFER : HELD_SUCCESSOR;
    default: return HELD_ASSIGNED;
  }
}

/* Who takes over has days of his own; the problem's date stays. */
static enum store_error own_due(struct decision *decision, int64_t how, int64_t *date) {
  int64_t due = row_integer(decision->after, PROBLEM_DUE), basis = 0;
  enum store_error error = STORE_OK;
  *date = NOTHING;
  if (how != HELD_TRANSFER && how != HELD_RULING && how != HELD_REASSIGNED) return STORE_OK;
  error = set_policy(decision);
  if (error == STORE_OK) error = set_calendar(decision->set);
  if (error != STORE_OK) return error;
  *date = calendar_add_working_days(&decision->set->calendar, decision_date(decision), decision->policy->own_days, &basis);
  if (due != NOTHING && due > *date) *date = due;
  return STORE_OK;
}

static enum store_error holding_begin(struct decision *decision, const struct holder_now *had, const struct holder_now *now) {
  struct row *after = decision->after;
  int64_t how = how_of(decision, now), date = NOTHING, transfers = row_integer(after, PROBLEM_TRANSFERS);
  bool passed_on = had->unit != NOTHING && had->unit != now->unit && (how == HELD_TRANSFER || how == HELD_RULING);
  enum store_error error = own_due(decision, how, &date);
  struct value values[] = {value_integer(HOLDING_PROBLEM, after->id),
                           value_integer(HOLDING_UNIT, now->unit),
                           value_integer(HOLDING_FROM, decision_date(decision)),
                           value_integer(HOLDING_PROVISIONAL, now->provisional),
                           value_integer(HOLDING_HOW, how),
                           value_integer(HOLDING_CYCLE, row_integer(after, PROBLEM_CYCLE)),
                           value_integer(HOLDING_OWN_DUE, date)};
  if (error != STORE_OK) return error;
  row_set_integer(after, PROBLEM_HOLDER_DUE, date);
  if (passed_on) row_set_integer(after, PROBLEM_TRANSFERS, transfers == NOTHING ? 1 : transfers + 1);
  if (how == HELD_TRANSFER) row_set_integer(after, PROBLEM_TRANSFER_TO, NOTHING);
  effect_change(decision, RECORD_HOLDING, 0, ACTION_CREATE, values, sizeof values / sizeof *values, NULL);
  return STORE_OK;
}

/* A transfer that still waits when the problem leaves its holder in another way has nothing left to move. */
static enum store_error transfer_drop(struct decision *decision) {
  struct value of = value_integer(TRANSFER_PROBLEM, decision->after->id), state = value_integer(FIELD_STATE, TRANSFER_ASKED);
  struct condition conditions[] = {{.field = TRANSFER_PROBLEM, .how = C_IS, .values = &of, .count = 1},
                                   {.field = FIELD_STATE, .how = C_IS, .values = &state, .count = 1}};
  struct query query = {.type = record_type(RECORD_TRANSFER), .conditions = conditions, .condition_count = 2, .expected = 1};
  struct row **rows = NULL;
  size_t count = 0;
  enum store_error error = set_rows(decision->set, &query, &rows, &count);
  for (size_t i = 0; i < count; i++) effect_change(decision, RECORD_TRANSFER, rows[i]->id, ACTION_WITHDRAW, NULL, 0, "问题已不在转出单位办理");
  row_set_integer(decision->after, PROBLEM_TRANSFER_TO, NOTHING);
  return error;
}

/* Holdings follow the row: where the arrow leaves another holder than it found, the one ends and the other begins. */
enum store_error effect_holding(struct decision *decision, const struct transition *arrow) {
  struct holder_now had = holder_of(decision->before), now = holder_of(decision->after);
  enum store_error error = STORE_OK;
  (void)arrow;
  if (had.unit == now.unit && had.provisional == now.provisional) return STORE_OK;
  if (had.unit != NOTHING) error = holding_end(decision);
  if (error == STORE_OK && now.unit != NOTHING) error = holding_begin(decision, &had, &now); /* a transfer taken is empty from here on */
  if (error == STORE_OK && had.unit != now.unit && row_integer(decision->after, PROBLEM_TRANSFER_TO) != NOTHING) error = transfer_drop(decision);
  return error;
}

/* ---- what an approval gave ---- */

enum store_error effect_approved(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after;
  int64_t extensions = row_integer(after, PROBLEM_EXTENSIONS);
  switch (arrow->action) {
    case ACTION_EXTEND_APPROVED:
      row_set_integer(after, PROBLEM_EXTENSIONS, extensions == NOTHING ? 1 : extensions + 1);
      row_set_integer(after, PROBLEM_DUE_BASIS, DUE_BASIS_APPROVED);
      break;
    case ACTION_SUSPEND_APPROVED:
      row_set_integer(after, PROBLEM_STATE_BEFORE, decision->before->state);
      row_set_integer(after, PROBLEM_SUSPENDED_ON, decision_date(decision));
      break;
    case ACTION_KIND_APPROVED:
      row_set_integer(after, PROBLEM_KIND_BEFORE, row_integer(decision->before, PROBLEM_KIND));
      row_set_integer(after, PROBLEM_DUE_BASIS, DUE_BASIS_APPROVED); /* the kind's days are no longer what its date was reckoned from */
      break;
    default: break;
  }
  return STORE_OK;
}

/* Back into the state before; the days of the suspension did not run, so the date moves by as many. Or: the kind is again what it was. */
enum store_error effect_resume(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after;
  int64_t due = row_integer(after, PROBLEM_DUE), since = row_integer(after, PROBLEM_SUSPENDED_ON), state = row_integer(after, PROBLEM_STATE_BEFORE), kind = row_integer(after, PROBLEM_KIND_BEFORE);
  if (arrow->action == ACTION_KIND_EXPIRES) {
    if (kind != NOTHING) row_set_integer(after, PROBLEM_KIND, kind);
    row_set_integer(after, PROBLEM_KIND_BEFORE, NOTHING);
    row_set_integer(after, PROBLEM_KIND_UNTIL, NOTHING);
    return STORE_OK;
  }
  if (state != NOTHING) after->state = (state_code)state;
  int64_t ends = decision_date(decision), until = row_integer(after, PROBLEM_SUSPENDED_UNTIL);
  if (until != NOTHING && ends > until + 1) ends = until + 1; /* the clock may look later */
  if (due != NOTHING && since != NOTHING && ends > since) {
    row_set_integer(after, PROBLEM_DUE, due + ends - since);
    row_set_integer(after, PROBLEM_DUE_BASIS, DUE_BASIS_APPROVED);
  }
  row_set_integer(after, PROBLEM_STATE_BEFORE, NOTHING);
  row_set_integer(after, PROBLEM_SUSPENDED_ON, NOTHING);
  row_set_integer(after, PROBLEM_SUSPENDED_UNTIL, NOTHING);
  return STORE_OK;
}
