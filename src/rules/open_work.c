/* Open work of a unit (open_work.h): the table, and its rows of one unit by index. Changes nothing. */
#include "rules/open_work.h"

const state_code PROBLEM_OPEN_STATES[PROBLEM_OPEN_COUNT] = {PROBLEM_DRAFT, PROBLEM_SUBMITTED, PROBLEM_ADMITTED, PROBLEM_ASSIGNED, PROBLEM_TAKEN, PROBLEM_RECTIFYING, PROBLEM_APPLIED, PROBLEM_ENDORSED,
                                          PROBLEM_ACCEPTED, PROBLEM_PUBLICISED, PROBLEM_DISPUTED, PROBLEM_SUSPENDED};
static const state_code MEASURE_OPEN[] = {MEASURE_PLANNED, MEASURE_WORKING, MEASURE_FINISHED};
static const state_code PLAN_OPEN[] = {PLAN_DRAFTING, PLAN_SUBMITTED, PLAN_RETURNED, PLAN_APPROVED, PLAN_RUNNING};
static const state_code TOPIC_LIVE[] = {TOPIC_OPEN, TOPIC_CONCLUDED};
static const state_code TASK_WAITS[] = {TASK_OPEN};
static const state_code IN_FORCE[] = {FORCE_ACTIVE};
static const state_code MECHANISM_OPEN[] = {MECHANISM_DRAFTING, MECHANISM_ISSUED};
static const state_code APPEAL_OPEN[] = {APPEAL_ASSIGNED, APPEAL_CONTACTED, APPEAL_DISPUTED, APPEAL_JOINED};
static const state_code SITE_OPEN[] = {SITE_PLANNED, SITE_STARTED};
static const state_code SELF_CHECK_OPEN[] = {SELF_CHECK_ASKED};
static const state_code CASE_OPEN[] = {CASE_DRAFT};
static const state_code ANSWER_OWED[] = {ROUND_ANSWER_AWAITED, ROUND_ANSWER_LATE};
static const state_code ANSWER_UNSIGNED[] = {ROUND_ANSWER_SIGNING};
static const state_code TRANSFER_OPEN[] = {TRANSFER_ASKED};
static const state_code APPROVAL_OPEN[] = {APPROVAL_ASKED};
static const state_code CHASE_OPEN[] = {CHASE_WAITING};

#define OPEN(states) states, sizeof states / sizeof *states
#define BOTH (KEEPS_UNIT | ON_SLIP)
/* In the order in which they pass on, and stand on a slip. */
const struct open_work OPEN_WORK[] = {
  {RECORD_PROBLEM, PROBLEM_LEAD_UNIT, OPEN(PROBLEM_OPEN_STATES), "led", {"牵头问题", "problems led"}, ACTION_HAND_OVER, BOTH, PROBLEM_OWNER_USER, PROBLEM_OWNER},
  {RECORD_MEASURE, MEASURE_UNIT, OPEN(MEASURE_OPEN), "measure", {"措施", "measures"}, ACTION_HAND_OVER, BOTH, MEASURE_OWNER_USER, MEASURE_OWNER},
  {RECORD_PLAN, PLAN_LEAD_UNIT, OPEN(PLAN_OPEN), "plan", {"方案", "plans"}, ACTION_HAND_OVER, BOTH, PLAN_OWNER_USER, PLAN_OWNER},
  {RECORD_TOPIC, TOPIC_LEAD_UNIT, OPEN(TOPIC_LIVE), "topic", {"课题", "topics"}, ACTION_EDIT, BOTH},
  {RECORD_INDICATOR, INDICATOR_UNIT, OPEN(IN_FORCE), "indicator", {"指标", "indicators"}, ACTION_EDIT, BOTH},
  {RECORD_MECHANISM, MECHANISM_LEAD_UNIT, OPEN(MECHANISM_OPEN), "mechanism", {"制度", "mechanisms"}, ACTION_EDIT, BOTH},
  {RECORD_APPEAL, APPEAL_UNIT, OPEN(APPEAL_OPEN), "appeal", {"诉求", "appeals"}, ACTION_EDIT, BOTH},
  {RECORD_SITE, SITE_UNIT, OPEN(SITE_OPEN), "site", {"点位", "sites"}, ACTION_EDIT, BOTH},
  {RECORD_TOPIC_TASK, TOPIC_TASK_UNIT, OPEN(TASK_WAITS), "topic_task", {"课题任务", "tasks of topics"}, ACTION_EDIT, BOTH, TOPIC_TASK_OWNER_USER, TOPIC_TASK_OWNER},
  {RECORD_PROBLEM, PROBLEM_JOINT_UNITS, OPEN(PROBLEM_OPEN_STATES), "joint", {"配合问题", "problems joined"}, ACTION_HAND_OVER, BOTH},
  {RECORD_TRANSFER, TRANSFER_TO, OPEN(TRANSFER_OPEN), "transfer_in", {"待答复转办", "transfers to answer"}, ACTION_WITHDRAW, BOTH},
  {RECORD_ROUND_ANSWER, ANSWER_UNIT, OPEN(ANSWER_OWED), "round_answer", {"待报送轮次", "rounds to answer"}, ACTION_NONE, BOTH, .within = ANSWER_ROUND, .within_type = RECORD_ROUND, .within_state = ROUND_OPEN},
  {RECORD_ROUND_ANSWER, ANSWER_UNIT, OPEN(ANSWER_UNSIGNED), "round_signing", {"待签字报送", "answers to sign"}, ACTION_NONE, BOTH},
  {RECORD_SELF_CHECK, SELF_CHECK_UNIT, OPEN(SELF_CHECK_OPEN), "self_check", {"举一反三自查", "self-checks"}, ACTION_NONE, BOTH},
  {RECORD_CASE, CASE_UNIT, OPEN(CASE_OPEN), "case", {"未报送案例", "drafts of cases"}, ACTION_NONE, BOTH},
  {RECORD_CHASE, CHASE_UNIT, OPEN(CHASE_OPEN), "chase", {"待答复催办", "chases to answer"}, ACTION_NONE, ON_SLIP},
  {RECORD_APPROVAL, APPROVAL_UNIT, OPEN(APPROVAL_OPEN), "approval", {"待审批", "approvals asked"}, ACTION_NONE, ON_SLIP},
  {RECORD_TRANSFER, TRANSFER_FROM, OPEN(TRANSFER_OPEN), "transfer_out", {"转出待答复", "transfers asked"}, ACTION_NONE, ON_SLIP},
  /* no work, but a successor takes them; people come last */
  {RECORD_UNIT, UNIT_PARENT, NULL, 0, NULL, {NULL, NULL}, ACTION_EDIT, 0}, {RECORD_USER, USER_UNIT, OPEN(IN_FORCE), NULL, {NULL, NULL}, ACTION_EDIT, 0}};
const size_t OPEN_WORK_COUNT = sizeof OPEN_WORK / sizeof *OPEN_WORK;
_Static_assert(sizeof OPEN_WORK / sizeof *OPEN_WORK <= OPEN_WORK_MOST, "facts have room for them");

struct asking { struct value is, states[16]; struct condition conditions[2]; struct query query; };

static void ask(struct asking *asking, const struct open_work *work, int64_t unit) {
  bool many = record_field(record_type(work->type), work->field)->type == F_REFERENCES;
  asking->is = value_integer(work->field, unit);
  for (size_t i = 0; i < work->state_count; i++) asking->states[i] = value_integer(FIELD_STATE, work->states[i]);
  asking->conditions[0] = (struct condition){.field = work->field, .how = many ? C_HAS : C_IS, .values = &asking->is, .count = 1};
  asking->conditions[1] = (struct condition){.field = FIELD_STATE, .how = C_IN, .values = asking->states, .count = work->state_count};
  asking->query = (struct query){.type = record_type(work->type),
                                 .conditions = asking->conditions,
                                 .condition_count = work->state_count ? 2 : 1,
                                 .expected = -1};
}

/* Rows whose whole does not stand as it should are left out, the rest moves up. */
static enum store_error within_only(struct decision *decision, const struct open_work *work, struct row **rows, size_t *count) {
  size_t kept = 0;
  for (size_t i = 0; i < *count; i++) {
    struct row *whole = NULL;
    enum store_error error = reader_get(decision->set->reader, record_type(work->within_type), &SCOPE_SYSTEM,
                                        row_integer(rows[i], work->within), decision->set->scratch, &whole);
    if (error != STORE_OK && error != STORE_ABSENT) return error;
    if (error == STORE_OK && whole->state == work->within_state) rows[kept++] = rows[i];
  }
  *count = kept;
  return STORE_OK;
}

enum store_error open_work_rows(struct decision *decision, const struct open_work *work, int64_t unit, size_t most, struct row ***rows, size_t *count) {
  struct asking asking;
  ask(&asking, work, unit);
  asking.query.limit = work->within ? 0 : most;
  asking.query.many = true;
  enum store_error error = set_rows(decision->set, &asking.query, rows, count);
  return error == STORE_OK && work->within ? within_only(decision, work, *rows, count) : error;
}

enum store_error open_work_count(struct decision *decision, const struct open_work *work, int64_t unit, int64_t *count) {
  struct asking asking;
  struct row **rows = NULL;
  size_t found = 0;
  enum store_error error;
  ask(&asking, work, unit);
  if (!work->within) return reader_count(decision->set->reader, &asking.query, &SCOPE_SYSTEM, count);
  error = open_work_rows(decision, work, unit, 0, &rows, &found);
  *count = (int64_t)found;
  return error;
}

enum store_error unit_left_behind(struct decision *decision, int64_t unit, int64_t counts[OPEN_WORK_MOST]) {
  enum store_error error = STORE_OK;
  for (size_t i = 0; i < OPEN_WORK_COUNT && error == STORE_OK; i++)
    if (OPEN_WORK[i].readers & KEEPS_UNIT) error = open_work_count(decision, &OPEN_WORK[i], unit, &counts[i]);
  return error;
}
