/* Effects of alerts and of decisions about groups: who and when, the date to decide by; a confirmed alert re-opens its problem. */
#include "rules/effects.h"

enum { TITLE_MOST = 120 };

static enum store_error row_read(struct decision *decision, enum record_id type, int64_t id, struct row **row) {
  return reader_get(decision->set->reader, record_type(type), &SCOPE_SYSTEM, id, decision->set->scratch, row);
}

static enum store_error date_reckon(struct decision *decision, const struct row *problem) {
  struct policy policy;
  int64_t basis = 0;
  enum store_error error = policy_for(decision->set->reader, row_integer(problem, PROBLEM_CAMPAIGN), decision->set->context->now,
                                      decision->set->scratch, &policy);
  if (error == STORE_OK) error = set_calendar(decision->set);
  if (error == STORE_OK)
    row_set_integer(decision->after, ALERT_DUE,
                    calendar_add_working_days(&decision->set->calendar, decision_date(decision), policy.alert_days, &basis));
  return error;
}

/* A whistle-blower's appeal is not told to the unit complained of, and neither is the alert that it raised. */
enum store_error effect_alert(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after, *problem = NULL, *appeal = NULL;
  struct arena *scratch = decision->set->scratch;
  enum store_error error = row_read(decision, RECORD_PROBLEM, row_integer(after, ALERT_PROBLEM), &problem);
  if (error == STORE_OK) error = row_read(decision, RECORD_APPEAL, row_integer(after, ALERT_APPEAL), &appeal);
  if (error != STORE_OK) return error;
  const char *number = row_text(problem, PROBLEM_NUMBER), *title = effect_one_line(scratch, row_text(problem, PROBLEM_TITLE), TITLE_MOST);
  (void)arrow;
  row_set_text(after, ALERT_TITLE, arena_print(scratch, "%s%s%s", number ? number : "", number ? " " : "", title ? title : ""));
  row_set_integer(after, ALERT_CYCLE, row_integer(problem, PROBLEM_CYCLE));
  row_set_integer(after, ALERT_WATCH_UNTIL, row_integer(problem, PROBLEM_WATCH_UNTIL));
  row_set_integer(after, ALERT_UNIT, row_integer(appeal, APPEAL_WHISTLE) == 1 ? NOTHING : row_integer(problem, PROBLEM_LEAD_UNIT));
  row_set_integer(after, ALERT_CAMPAIGN, row_integer(problem, PROBLEM_CAMPAIGN));
  row_set_integer(after, ALERT_SECRECY, row_integer(problem, PROBLEM_SECRECY));
  row_set_integer(after, ALERT_RAISED_AT, decision->set->context->now);
  if (row_integer(after, ALERT_COUNT) == NOTHING) row_set_integer(after, ALERT_COUNT, 1);
  return date_reckon(decision, problem);
}

/* Raised in the watch period and confirmed after it, it is a rebound all the same; what was re-opened meanwhile stays as it is. */
enum store_error effect_alert_decided(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after, *problem = NULL;
  row_set_integer(after, ALERT_DECIDED_BY, decision->authority->user ? decision->authority->user : NOTHING);
  row_set_integer(after, ALERT_DECIDED_ON, decision_date(decision));
  if (arrow->to != ALERT_CONFIRMED) return STORE_OK;
  enum store_error error = row_read(decision, RECORD_PROBLEM, row_integer(after, ALERT_PROBLEM), &problem);
  if (error != STORE_OK) return error;
  if (problem->state != PROBLEM_CLOSED && problem->state != PROBLEM_SETTLED) return STORE_OK;
  const char *why = effect_one_line(decision->set->scratch, row_text(after, ALERT_REASON), 300);
  return effect_reopens(decision, problem, true, arena_print(decision->set->scratch, "确认反弹(预警 %lld):%s", (long long)after->id, why ? why : "-"));
}

enum store_error effect_decided_by(struct decision *decision, const struct transition *arrow) {
  (void)arrow;
  row_set_integer(decision->after, GROUPING_DECISION_BY, decision->authority->user ? decision->authority->user : NOTHING);
  row_set_integer(decision->after, GROUPING_DECISION_ON, decision_date(decision));
  return STORE_OK;
}
