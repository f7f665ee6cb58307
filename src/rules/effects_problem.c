/* Effects of the problem's main line: route, deadlines, cycles, baseline, sending back, re-opening, and what its appeals get. */
#include <string.h>

#include "rules/deadlines.h"
#include "rules/effects.h"
#include "rules/holders.h"

/* ---- closing by risk (PRACTICE.md) ---- */

/* The policy's row decides; the office may choose a stricter route (A before B before C), never a lighter one. Asked again at application:
   what became of the city's list, led, red or a rebound meanwhile goes the way of that. */
enum store_error effect_route(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after;
  enum store_error error = set_policy(decision);
  const struct route_rule *rule;
  (void)arrow;
  if (error != STORE_OK) return error;
  rule = policy_route(decision->policy, after);
  int64_t chosen = row_integer(after, PROBLEM_ROUTE);
  if (chosen == NOTHING || chosen > rule->route) row_set_integer(after, PROBLEM_ROUTE, rule->route);
  return STORE_OK;
}

/* ---- deadlines ---- */

/* A date that was given stands; else the policy's days by source and kind, working ones or natural ones moved on to a working day: the
   clock reckons it again once the calendar knows a year that it did not. */
static enum store_error due_reckon(struct decision *decision) {
  struct row *after = decision->after;
  int64_t due = row_integer(after, PROBLEM_DUE), basis = DUE_BASIS_GIVEN;
  struct term term = term_of(decision->policy, after);
  enum store_error error = STORE_OK;
  if (due == NOTHING && term.days > 0) {
    error = set_calendar(decision->set);
    if (error == STORE_OK) due = term_due(&decision->set->calendar, term, decision_date(decision), &basis);
  }
  if (error != STORE_OK || due == NOTHING) return error;
  row_set_integer(after, PROBLEM_DUE, due);
  row_set_integer(after, PROBLEM_DUE_BASIS, basis);
  if (row_integer(after, PROBLEM_DUE_ORIGINAL) == NOTHING) row_set_integer(after, PROBLEM_DUE_ORIGINAL, due);
  return STORE_OK;
}

static enum store_error until_reckon(struct decision *decision, uint16_t field, int64_t working_days) {
  enum store_error error = set_calendar(decision->set);
  int64_t basis = 0;
  if (error == STORE_OK)
    row_set_integer(decision->after, field,
                    calendar_add_working_days(&decision->set->calendar, decision_date(decision), working_days, &basis));
  return error;
}

enum store_error effect_deadline(struct decision *decision, const struct transition *arrow) {
  enum store_error error = set_policy(decision);
  if (error != STORE_OK) return error;
  if (arrow->to == PROBLEM_ASSIGNED) error = due_reckon(decision);
  else if (arrow->to == PROBLEM_APPLIED || arrow->to == PROBLEM_ENDORSED) error /* the office's own days: from when it reaches the office */
    = until_reckon(decision, PROBLEM_REVIEW_UNTIL, decision->policy->review_days);
  else if (arrow->to == PROBLEM_PUBLICISED) error = until_reckon(decision, PROBLEM_PUBLICITY_UNTIL, decision->policy->publicity_days);
  else if (arrow->to == PROBLEM_CLOSED) row_set_integer(decision->after, PROBLEM_WATCH_UNTIL, decision_date(decision) + decision->policy->watch_days);
  return error;
}

/* ---- cycles ---- */

enum store_error effect_cycle_find(struct decision *decision, int64_t problem, int64_t ordinal, const struct row **cycle) {
  struct value of = value_integer(CYCLE_PROBLEM, problem), which = value_integer(CYCLE_ORDINAL, ordinal);
  struct condition conditions[] = {{.field = CYCLE_PROBLEM, .how = C_IS, .values = &of, .count = 1}, {.field = CYCLE_ORDINAL, .how = C_IS, .values = &which, .count = 1}};
  struct query query = {.type = record_type(RECORD_CYCLE), .conditions = conditions, .condition_count = 2, .limit = 1, .long_texts = true, .expected = 1};
  struct row **rows = NULL;
  size_t count = 0;
  enum store_error error = set_rows(decision->set, &query, &rows, &count);
  *cycle = count ? rows[0] : NULL;
  return error;
}

static enum store_error cycle_change(struct decision *decision, enum action_code action, const struct value *values, size_t count) {
  const struct row *cycle = NULL;
  enum store_error error = effect_cycle_find(decision, decision->after->id, row_integer(decision->after, PROBLEM_CYCLE), &cycle);
  if (error == STORE_OK && cycle) effect_change(decision, RECORD_CYCLE, cycle->id, action, values, count, NULL);
  return error;
}

/* The reason as one line of at most `most` code points. */
const char *effect_lines(struct arena *arena, const char *text, size_t most) {
  size_t at = 0, width;
  for (size_t length = 0; text && text[at] && length < most; length++, at += width) text_next(text + at, &width);
  return text ? arena_copy(arena, text, at) : NULL;
}

const char *effect_one_line(struct arena *arena, const char *text, size_t most) {
  char *line = text ? text_clean(arena, text, false) : NULL;
  size_t at = 0, width, count = 0;
  for (; line && line[at] && count < most; count++) {
    text_next(line + at, &width);
    at += width;
  }
  if (line) line[at] = 0;
  return line;
}

enum store_error effect_cycle_open(struct decision *decision, const struct transition *arrow) {
  const struct row *after = decision->after;
  const char *why = effect_one_line(decision->set->scratch, decision->change->reason, 400);
  struct value values[] = {
    value_integer(CYCLE_PROBLEM, after->id), value_integer(CYCLE_ORDINAL, row_integer(after, PROBLEM_CYCLE)), value_integer(CYCLE_BEGAN, decision_date(decision)),
    value_integer(CYCLE_DUE, row_integer(after, PROBLEM_DUE)), value_integer(CYCLE_LEAD_UNIT, row_integer(after, PROBLEM_LEAD_UNIT)),
    why && *why ? value_text(CYCLE_WHY, why) : value_nothing(CYCLE_WHY)};
  (void)arrow;
  effect_change(decision, RECORD_CYCLE, 0, ACTION_CREATE, values, sizeof values / sizeof *values, NULL);
  return STORE_OK;
}

/* The same list under another field. */
static struct value many_as(const struct value *many, uint16_t field) {
  return many->kind == VALUE_MANY && many->count ? value_many(field, many->many, many->count) : value_nothing(field);
}

/* The unit's clock stood still from its application on: that day is held against the date in force. */
static enum store_error cycle_accepted(struct decision *decision) {
  const struct row *after = decision->after;
  int64_t applied = row_integer(after, PROBLEM_APPLIED_ON), due = row_integer(after, PROBLEM_DUE);
  struct value values[] = {value_integer(CYCLE_ACCEPTED_ON, decision_date(decision)), value_integer(CYCLE_DUE_APPROVED, due),
                           value_integer(CYCLE_ON_TIME, applied == NOTHING || due == NOTHING ? NOTHING : applied <= due),
                           many_as(row_value(after, PROBLEM_ACCEPTORS), CYCLE_ACCEPTORS),
                           many_as(row_value(after, PROBLEM_CRITERIA_MET), CYCLE_CRITERIA)};
  return cycle_change(decision, ACTION_EDIT, values, sizeof values / sizeof *values);
}

enum store_error effect_cycle_mark(struct decision *decision, const struct transition *arrow) {
  struct value value = value_integer(CYCLE_APPLIED_ON, decision_date(decision));
  return arrow->to == PROBLEM_ACCEPTED ? cycle_accepted(decision) : cycle_change(decision, ACTION_EDIT, &value, 1);
}

enum store_error effect_cycle_close(struct decision *decision, const struct transition *arrow) {
  struct value values[] = {value_integer(CYCLE_CLOSED_ON, decision_date(decision)), value_integer(CYCLE_CLOSED_LEAD, row_integer(decision->after, PROBLEM_LEAD_UNIT))};
  (void)arrow;
  return cycle_change(decision, ACTION_CLOSE, values, sizeof values / sizeof *values);
}

enum store_error effect_count_sent_back(struct decision *decision, const struct transition *arrow) {
  int64_t times = row_integer(decision->after, PROBLEM_SENT_BACK);
  times = times == NOTHING ? 1 : times + 1;
  struct value values[] = {value_integer(CYCLE_SENT_BACK, times), value_nothing(CYCLE_APPLIED_ON), value_nothing(CYCLE_ACCEPTED_ON),
                           value_nothing(CYCLE_DUE_APPROVED), value_nothing(CYCLE_ON_TIME), value_nothing(CYCLE_ACCEPTORS), value_nothing(CYCLE_CRITERIA)};
  (void)arrow;
  row_set_integer(decision->after, PROBLEM_SENT_BACK, times);
  return cycle_change(decision, ACTION_EDIT, values, sizeof values / sizeof *values);
}

/* A new numbered cycle: what belonged to the last one begins anew, its record keeps it. */
enum store_error effect_reopen(struct decision *decision, const struct transition *arrow) {
  static const uint16_t ANEW[] = {PROBLEM_TAKEN_ON, PROBLEM_APPLIED_ON, PROBLEM_ENDORSED_ON, PROBLEM_ACCEPTED_ON, PROBLEM_PUBLICISED_ON, PROBLEM_CLOSED_ON, PROBLEM_SETTLED_ON,
                                  PROBLEM_APPLICANT, PROBLEM_ENDORSER, PROBLEM_ACCEPTOR, PROBLEM_PUBLICITY_UNTIL, PROBLEM_WATCH_UNTIL, PROBLEM_REVIEW_UNTIL, PROBLEM_OUTCOME, PROBLEM_BASELINE_ON,
                                  PROBLEM_BOUND_UNIT, PROBLEM_HOLDER_DUE, PROBLEM_CIRCLE_ON, PROBLEM_CIRCLE_WEIGHT,
                                  PROBLEM_ACCEPTORS, PROBLEM_ON_SITE, PROBLEM_VISITED_ON, PROBLEM_VISIT_PLACE, PROBLEM_CRITERIA_MET, PROBLEM_DRAWN_ON, PROBLEM_DRAWN_SEED,
                                  PROBLEM_CHECKED_ON, PROBLEM_APPLICATION, PROBLEM_FAILED_CHECKS, PROBLEM_FAILED_CHECK_ON, PROBLEM_FAILED_CHECK_WEIGHT, PROBLEM_CLOSE_DESPITE, PROBLEM_ASKED_MORE, PROBLEM_PUBLICITY_SCOPE, PROBLEM_WITHHOLD_REASON,
                                  PROBLEM_CHASED, PROBLEM_CHASED_ON, PROBLEM_CHASE_STEP, PROBLEM_CHASE_DUE};
  struct row *after = decision->after;
  int64_t cycle = row_integer(after, PROBLEM_CYCLE), watch = row_integer(after, PROBLEM_WATCH_UNTIL), rebounds = row_integer(after, PROBLEM_REBOUNDS), today = decision_date(decision), lead = NOTHING;
  bool watched = decision->before->state == PROBLEM_CLOSED && (watch == NOTHING || today <= watch);
  enum store_error error = cycle_change(decision, ACTION_REOPEN, NULL, 0);
  (void)arrow;
  row_set_integer(after, PROBLEM_CLOSED_BEFORE, row_integer(after, PROBLEM_CLOSED_ON));
  row_set_integer(after, PROBLEM_WATCH_BEFORE, watch);
  if (error == STORE_OK) error = set_policy(decision);
  if (error != STORE_OK) return error;
  for (size_t i = 0; i < sizeof ANEW / sizeof *ANEW; i++) row_set_integer(after, ANEW[i], NOTHING);
  strong_case_forget(after);
  error = unit_now(decision->set->reader, row_integer(after, PROBLEM_LEAD_UNIT), decision->set->scratch, &lead);
  if (error != STORE_OK) return error;
  row_set_integer(after, PROBLEM_LEAD_UNIT, lead); /* who closed it may have been merged or split since */
  row_set_integer(after, PROBLEM_CYCLE, cycle == NOTHING ? 2 : cycle + 1);
  row_set_integer(after, PROBLEM_SENT_BACK, 0);
  row_set_integer(after, PROBLEM_EXTENSIONS, 0);
  row_set_integer(after, PROBLEM_CIRCLES, 0);
  row_set_integer(after, PROBLEM_REOPENED_ON, today);
  row_set_integer(after, PROBLEM_DUE_ORIGINAL, row_integer(after, PROBLEM_DUE));
  row_set_integer(after, PROBLEM_DUE_BASIS, DUE_BASIS_GIVEN);
  if (watched) row_set_integer(after, PROBLEM_REBOUNDS, rebounds == NOTHING ? 1 : rebounds + 1);
  if (watched && !decision_gives(decision, PROBLEM_ROUTE)) row_set_integer(after, PROBLEM_ROUTE, policy_route(decision->policy, after)->route);
  return STORE_OK;
}

/* ---- the frozen plan ---- */

static void measure_freeze(struct decision *decision, const struct row *measure) {
  struct value values[] = {value_integer(MEASURE_BASE_START, row_integer(measure, MEASURE_START)),
                           value_integer(MEASURE_BASE_DUE, row_integer(measure, MEASURE_DUE)),
                           value_integer(MEASURE_BASE_WEIGHT, row_integer(measure, MEASURE_WEIGHT))};
  effect_change(decision, RECORD_MEASURE, measure->id, ACTION_EDIT, values, sizeof values / sizeof *values, NULL);
}

enum store_error effect_baseline(struct decision *decision, const struct transition *arrow) {
  struct value of = value_integer(MEASURE_PROBLEM, decision->after->id), cycle = value_integer(MEASURE_CYCLE, row_integer(decision->after, PROBLEM_CYCLE));
  struct condition conditions[] = {{.field = MEASURE_PROBLEM, .how = C_IS, .values = &of, .count = 1}, {.field = MEASURE_CYCLE, .how = C_IS, .values = &cycle, .count = 1}};
  struct query query = {.type = record_type(RECORD_MEASURE), .conditions = conditions, .condition_count = 2, .expected = -1};
  struct row **measures = NULL;
  size_t count = 0;
  enum store_error error = STORE_OK;
  (void)arrow;
  if (row_integer(decision->after, PROBLEM_PLAN) != NOTHING && row_integer(decision->after, PROBLEM_BASELINE_ON) != NOTHING) return STORE_OK; /* frozen with its plan */
  error = set_rows(decision->set, &query, &measures, &count);
  for (size_t i = 0; i < count; i++)
    if (measures[i]->state != MEASURE_CANCELLED) measure_freeze(decision, measures[i]);
  row_set_integer(decision->after, PROBLEM_BASELINE_ON, decision_date(decision));
  return error;
}

/* ---- appeals ---- */

/* A link that says where a problem came from: the problem counts its appeals, the appeal knows its problem. */
enum store_error effect_progress(struct decision *decision, const struct transition *arrow) {
  const struct row *link = decision->after;
  bool arises = row_integer(link, LINK_KIND) == LINK_ARISES_FROM && row_integer(link, LINK_FROM_TYPE) == RECORD_PROBLEM && row_integer(link, LINK_TO_TYPE) == RECORD_APPEAL;
  struct value problem = value_integer(APPEAL_PROBLEM, row_integer(link, LINK_FROM_ID));
  (void)arrow;
  if (!arises) return STORE_OK;
  set_touch(decision->set, problem.integer, true);
  effect_change(decision, RECORD_APPEAL, row_integer(link, LINK_TO_ID), ACTION_EDIT, &problem, 1, NULL);
  return STORE_OK;
}
