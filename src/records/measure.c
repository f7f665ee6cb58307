/* The measure 措施: a step of the road map with owner, dates and weight. Only accepted measures count as progress (PRACTICE.md). */
#include "records/types.h"

static const struct choice kinds[] = { /* domain-facts 6; meetings and papers together at most the policy's share */
  {MEASURE_KIND_ACTION, "action", {"具体整治", "Action"}}, {MEASURE_KIND_MECHANISM, "mechanism", {"建章立制", "Mechanism"}}, {MEASURE_KIND_LOSS, "loss", {"挽回损失", "Loss made good"}},
  {MEASURE_KIND_ACCOUNTABILITY, "accountability", {"追责问责", "Accountability"}}, {MEASURE_KIND_SPREAD, "spread", {"举一反三", "Spread"}}, {MEASURE_KIND_CAMPAIGN, "campaign", {"专项整治", "Special drive"}},
  {MEASURE_KIND_MEETING, "meeting", {"会议", "Meeting"}}, {MEASURE_KIND_PAPER, "paper", {"发文", "Paper"}}, {0}};
static const struct field fields[] = {
  {MEASURE_PROBLEM, "problem", {"问题", "Problem"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_PROBLEM},
  {MEASURE_CYCLE, "cycle", {"第几次整改", "Cycle"}, F_INTEGER, FIELD_DERIVED | FIELD_LISTED, .preset = 1, .has_preset = true},
  {MEASURE_TITLE, "title", {"措施", "Measure"}, F_TEXT, FIELD_REQUIRED | FIELD_SEARCHED, 2, 400},
  {MEASURE_KIND, "kind", {"措施类型", "Kind"}, F_CHOICE, FIELD_REQUIRED | FIELD_LISTED, .choices = kinds, .preset = MEASURE_KIND_ACTION, .has_preset = true},
  {MEASURE_WEIGHT, "weight", {"权重", "Weight"}, F_WEIGHT, FIELD_REQUIRED, 1, 10000},
  {MEASURE_START, "start", {"开始日期", "Start"}, F_DATE, FIELD_REQUIRED},
  {MEASURE_DUE, "due", {"完成期限", "Due"}, F_DATE, FIELD_REQUIRED | FIELD_LISTED},
  {MEASURE_OWNER, "owner", {"责任人", "Owner"}, F_TEXT, FIELD_REQUIRED, 1, 80},
  {MEASURE_UNIT, "unit", {"责任单位", "Unit"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED, .target = RECORD_UNIT},
  {MEASURE_OWNER_USER, "owner_user", {"责任人(用户)", "Owner, as a user"}, F_REFERENCE, 0, .target = RECORD_USER},
  {MEASURE_HELPERS, "helpers", {"协助单位", "Helpers"}, F_REFERENCES, 0, .target = RECORD_UNIT},
  {MEASURE_STAGE, "stage", {"所属阶段", "Stage"}, F_REFERENCE, 0, .target = RECORD_STAGE},
  {MEASURE_PLAN, "plan", {"专项整治方案", "Plan"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_PLAN},
  {MEASURE_NOTE, "note", {"进展说明", "Note"}, F_LONG_TEXT, 0, 0, 5000},
  {MEASURE_DONE_ON, "done_on", {"完成日期", "Done on"}, F_DATE, FIELD_DERIVED},
  {MEASURE_ACCEPTED_ON, "accepted_on", {"验收日期", "Accepted on"}, F_DATE, FIELD_DERIVED},
  {MEASURE_BASE_START, "base_start", {"冻结开始", "Frozen start"}, F_DATE, FIELD_DERIVED},
  {MEASURE_BASE_DUE, "base_due", {"冻结期限", "Frozen due"}, F_DATE, FIELD_DERIVED},
  {MEASURE_BASE_WEIGHT, "base_weight", {"冻结权重", "Frozen weight"}, F_WEIGHT, FIELD_DERIVED},
};
static const struct state_name states[] = {
  {MEASURE_PLANNED, "planned", {"未开始", "Planned"}}, {MEASURE_WORKING, "working", {"进行中", "Working"}}, {MEASURE_FINISHED, "finished", {"待验收", "Finished"}},
  {MEASURE_ACCEPTED, "accepted", {"验收通过", "Accepted"}, true}, {MEASURE_CANCELLED, "cancelled", {"取消", "Cancelled"}, true}, {0}};
#define DOERS (ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD))
#define JUDGES (ROLE(ROLE_OFFICE) | ROLE(ROLE_ACCEPTOR))
static const struct transition transitions[] = { /* who leads a measure: its own unit, or the lead unit of its problem */
  {0, ACTION_IMPORT, MEASURE_PLANNED, DOERS | ROLE(ROLE_OFFICE), RELATION_LEAD, {GUARD_IMPORTING}, .label = {"随台账导入", "Bring in with a ledger"}},
  {0, ACTION_CREATE, MEASURE_PLANNED, DOERS, RELATION_LEAD, {GUARD_PROBLEM_OPEN, GUARD_DATES_IN_ORDER, GUARD_UNIT_MAY_HOLD, GUARD_SAME_PROBLEM, GUARD_PLACEHOLDER, GUARD_MEETINGS_SHARE}, .label = {"加措施", "Add measure"}},
  {MEASURE_PLANNED, ACTION_EDIT, MEASURE_PLANNED, DOERS, RELATION_LEAD, {GUARD_PROBLEM_OPEN, GUARD_DATES_IN_ORDER, GUARD_SAME_PROBLEM, GUARD_MEETINGS_SHARE}, .label = {"修改", "Edit"}},
  {MEASURE_WORKING, ACTION_EDIT, MEASURE_WORKING, DOERS, RELATION_LEAD, {GUARD_PROBLEM_OPEN, GUARD_DATES_IN_ORDER, GUARD_SAME_PROBLEM, GUARD_MEETINGS_SHARE}, .label = {"修改", "Edit"}},
  {MEASURE_PLANNED, ACTION_START, MEASURE_WORKING, DOERS, RELATION_LEAD, {GUARD_PROBLEM_OPEN}, .label = {"开始", "Start"}},
  {MEASURE_PLANNED, ACTION_FINISH, MEASURE_FINISHED, DOERS, RELATION_LEAD, {GUARD_PROBLEM_OPEN}, {MEASURE_NOTE}, {EFFECT_STAMP}, .label = {"完成,送验收", "Finish"}},
  {MEASURE_WORKING, ACTION_FINISH, MEASURE_FINISHED, DOERS, RELATION_LEAD, {GUARD_PROBLEM_OPEN}, {MEASURE_NOTE}, {EFFECT_STAMP}, .label = {"完成,送验收", "Finish"}},
  {MEASURE_FINISHED, ACTION_ACCEPT_MEASURE, MEASURE_ACCEPTED, JUDGES, RELATION_OUTSIDE, {GUARD_PROBLEM_OPEN}, .effects = {EFFECT_STAMP}, .label = {"措施验收通过", "Accept measure"}},
  {MEASURE_FINISHED, ACTION_RETURN_MEASURE, MEASURE_WORKING, JUDGES, RELATION_OUTSIDE, .effects = {EFFECT_STAMP}, .reason = true, .label = {"措施退回", "Return measure"}},
  {MEASURE_PLANNED, ACTION_CANCEL, MEASURE_CANCELLED, ROLE(ROLE_OFFICE) | DOERS, RELATION_LEAD, {GUARD_PROBLEM_OPEN}, .reason = true, .label = {"取消措施", "Cancel"}},
  {MEASURE_WORKING, ACTION_CANCEL, MEASURE_CANCELLED, ROLE(ROLE_OFFICE), RELATION_ANY, {GUARD_PROBLEM_OPEN}, .reason = true, .label = {"取消措施", "Cancel"}},
  /* a slip, or the successor of a unit */
  {MEASURE_PLANNED, ACTION_HAND_OVER, MEASURE_PLANNED, ROLE(ROLE_CLOCK), RELATION_ANY, .label = {"移交", "Handed over"}},
  {MEASURE_WORKING, ACTION_HAND_OVER, MEASURE_WORKING, ROLE(ROLE_CLOCK), RELATION_ANY, .label = {"移交", "Handed over"}},
  {MEASURE_FINISHED, ACTION_HAND_OVER, MEASURE_FINISHED, ROLE(ROLE_CLOCK), RELATION_ANY, .label = {"移交", "Handed over"}},
};
static const struct permission permissions[] = {
  {ROLES_BUSINESS, RELATION_PARENT, MAY_READ}, {DOERS, RELATION_JOINT, MAY_READ}, {DOERS, RELATION_LEAD, MAY_READ | MAY_CREATE | MAY_EDIT}};
static const uint16_t sorts[] = {MEASURE_DUE};
static const uint16_t indexes[][3] = {{MEASURE_PROBLEM}, {FIELD_STATE}};
const struct record_type TYPE_MEASURE = {
  .id = RECORD_MEASURE, .name = "measure", .plural = "measures", .label = {"措施", "Measure"}, .label_plural = {"措施", "Measures"},
  FIELDS(fields), .states = states, .first = MEASURE_PLANNED, TRANSITIONS(transitions), PERMISSIONS(permissions),
  .holders = {{MEASURE_UNIT, RELATION_LEAD}, {MEASURE_HELPERS, RELATION_JOINT}}, .parent = MEASURE_PROBLEM, .affects = {MEASURE_PROBLEM}, .together = TOGETHER_VOID | TOGETHER_CORRECT | TOGETHER_DESTROY, .waits = WAITS_EACH, .due = MEASURE_DUE, .group = GROUP_WORK, .title = MEASURE_TITLE, SORTS(sorts), INDEXES(indexes)};
