/* The plan 专项整治方案: a project over one or more problems, with goal, time table and responsible people (DOMAIN.md 2). Its approval freezes
   the measures of its problems as they stand; another baseline goes by approval, and every one that was frozen stays readable. */
#include "records/types.h"

static const struct field fields[] = {
  {PLAN_NUMBER, "number", {"编号", "Number"}, F_TEXT, FIELD_DERIVED | FIELD_UNIQUE | FIELD_LISTED | FIELD_SEARCHED | FIELD_PARTS, 0, 32},
  {PLAN_TITLE, "title", {"方案名称", "Plan"}, F_TEXT, FIELD_REQUIRED | FIELD_SEARCHED, 2, 200},
  {PLAN_CAMPAIGN, "campaign", {"专项工作", "Campaign"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_CAMPAIGN},
  {PLAN_PROBLEMS, "problems", {"整治问题", "Problems"}, F_REFERENCES, FIELD_REQUIRED, .target = RECORD_PROBLEM},
  {PLAN_LEAD_UNIT, "lead_unit", {"牵头单位", "Lead unit"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED, .target = RECORD_UNIT},
  {PLAN_JOINT_UNITS, "joint_units", {"配合单位", "Joint units"}, F_REFERENCES, 0, .target = RECORD_UNIT},
  {PLAN_GOAL, "goal", {"整治目标", "Goal"}, F_LONG_TEXT, FIELD_REQUIRED | FIELD_SEARCHED, 2, 5000},
  {PLAN_OFFICIAL, "official", {"责任领导", "Official"}, F_TEXT, 0, 0, 80},
  {PLAN_OWNER, "owner", {"责任人", "Owner"}, F_TEXT, FIELD_REQUIRED, 1, 80},
  {PLAN_OWNER_USER, "owner_user", {"责任人(用户)", "Owner, as a user"}, F_REFERENCE, 0, .target = RECORD_USER},
  {PLAN_START, "start", {"开始日期", "Start"}, F_DATE, FIELD_REQUIRED},
  {PLAN_DUE, "due", {"完成期限", "Due"}, F_DATE, FIELD_REQUIRED | FIELD_LISTED},
  {PLAN_SECRECY, "secrecy", {"知悉范围", "Secrecy"}, F_CHOICE, FIELD_LISTED, .choices = SECRECY_CHOICES, .preset = SECRECY_INTERNAL, .has_preset = true},
  {PLAN_CONCLUSION, "conclusion", {"结项说明", "Conclusion"}, F_LONG_TEXT, 0, 0, 5000},
  {PLAN_SUBMITTED_ON, "submitted_on", {"报审日期", "Submitted on"}, F_DATE, FIELD_DERIVED},
  {PLAN_APPROVED_ON, "approved_on", {"批准日期", "Approved on"}, F_DATE, FIELD_DERIVED},
  {PLAN_STARTED_ON, "started_on", {"启动日期", "Started on"}, F_DATE, FIELD_DERIVED},
  {PLAN_CONCLUDED_ON, "concluded_on", {"结项日期", "Concluded on"}, F_DATE, FIELD_DERIVED},
  {PLAN_APPROVER, "approver", {"批准人", "Approver"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_USER},
  {PLAN_BASELINE_ON, "baseline_on", {"方案冻结日期", "Frozen on"}, F_DATE, FIELD_DERIVED},
  {PLAN_BASELINE_COUNT, "baseline_count", {"冻结次数", "Baselines"}, F_INTEGER, FIELD_DERIVED, .preset = 0, .has_preset = true},
  {PLAN_BASELINES, "baselines", {"历次冻结", "All baselines"}, F_LONG_TEXT, FIELD_DERIVED | FIELD_HIDDEN, 0, 1000000},
  {PLAN_PROPOSED, "proposed", {"拟调整", "Proposed steps"}, F_LONG_TEXT, FIELD_DERIVED | FIELD_HIDDEN, 0, 1000000},
};
static const struct state_name states[] = {
  {PLAN_DRAFTING, "drafting", {"起草", "Drafting"}}, {PLAN_SUBMITTED, "submitted", {"报审", "Submitted"}}, {PLAN_RETURNED, "returned", {"退回修改", "Returned"}},
  {PLAN_APPROVED, "approved", {"已批准", "Approved"}}, {PLAN_RUNNING, "running", {"实施中", "Running"}}, {PLAN_CONCLUDED, "concluded", {"已结项", "Concluded"}, true},
  {PLAN_WITHDRAWN, "withdrawn", {"撤回", "Withdrawn"}, true}, {0}};
#define OFFICE ROLE(ROLE_OFFICE)
#define DOERS (ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD))
#define MAKERS (DOERS | OFFICE)
#define CHANGES {PLAN_TITLE, PLAN_PROBLEMS, PLAN_GOAL, PLAN_OWNER, PLAN_START, PLAN_DUE}
static const struct transition transitions[] = {
  {0, ACTION_CREATE, PLAN_DRAFTING, MAKERS, RELATION_LEAD, {GUARD_CAMPAIGN_OPEN, GUARD_UNIT_MAY_HOLD, GUARD_DATES_IN_ORDER}, .label = {"起草方案", "Draft a plan"}},
  {PLAN_DRAFTING, ACTION_EDIT, PLAN_DRAFTING, MAKERS, RELATION_LEAD, {GUARD_UNIT_MAY_HOLD, GUARD_DATES_IN_ORDER}, .label = {"修改", "Edit"}},
  {PLAN_RETURNED, ACTION_EDIT, PLAN_RETURNED, MAKERS, RELATION_LEAD, {GUARD_UNIT_MAY_HOLD, GUARD_DATES_IN_ORDER}, .label = {"修改", "Edit"}},
  {PLAN_DRAFTING, ACTION_SUBMIT, PLAN_SUBMITTED, MAKERS, RELATION_LEAD, {GUARD_PLAN_PROBLEMS, GUARD_PLAN_MEASURES}, .effects = {EFFECT_STAMP}, .label = {"报审", "Submit"}},
  {PLAN_RETURNED, ACTION_SUBMIT, PLAN_SUBMITTED, MAKERS, RELATION_LEAD, {GUARD_PLAN_PROBLEMS, GUARD_PLAN_MEASURES}, .effects = {EFFECT_STAMP}, .label = {"重新报审", "Submit again"}},
  {PLAN_SUBMITTED, ACTION_APPROVE, PLAN_APPROVED, OFFICE, RELATION_ANY, {GUARD_PLAN_PROBLEMS, GUARD_PLAN_MEASURES}, .effects = {EFFECT_NUMBER, EFFECT_STAMP, EFFECT_PLAN_BASELINE}, .label = {"批准", "Approve"}},
  {PLAN_SUBMITTED, ACTION_SEND_BACK, PLAN_RETURNED, OFFICE, RELATION_ANY, .reason = true, .label = {"退回修改", "Return"}},
  {PLAN_APPROVED, ACTION_START, PLAN_RUNNING, DOERS | OFFICE, RELATION_LEAD, .effects = {EFFECT_STAMP}, .label = {"启动实施", "Start"}},
  {PLAN_APPROVED, ACTION_CHANGE_PLAN, PLAN_APPROVED, MAKERS, RELATION_LEAD, {GUARD_PENDING_NONE, GUARD_DATES_IN_ORDER, GUARD_PLAN_PROBLEMS, GUARD_PLAN_MEASURES}, CHANGES, {EFFECT_PLAN_ASK}, .reason = true, .label = {"申请调整方案", "Ask to change the plan"}},
  {PLAN_RUNNING, ACTION_CHANGE_PLAN, PLAN_RUNNING, MAKERS, RELATION_LEAD, {GUARD_PENDING_NONE, GUARD_DATES_IN_ORDER, GUARD_PLAN_PROBLEMS, GUARD_PLAN_MEASURES}, CHANGES, {EFFECT_PLAN_ASK}, .reason = true, .label = {"申请调整方案", "Ask to change the plan"}},
  {PLAN_APPROVED, ACTION_REBASE, PLAN_APPROVED, ROLE(ROLE_CLOCK), RELATION_ANY, {GUARD_PLAN_PROBLEMS}, .effects = {EFFECT_PLAN_BASELINE}, .label = {"调整方案", "Change the plan"}}, /* carried out by an approval only */
  {PLAN_RUNNING, ACTION_REBASE, PLAN_RUNNING, ROLE(ROLE_CLOCK), RELATION_ANY, {GUARD_PLAN_PROBLEMS}, .effects = {EFFECT_PLAN_BASELINE}, .label = {"调整方案", "Change the plan"}},
  {PLAN_RUNNING, ACTION_CONCLUDE, PLAN_CONCLUDED, OFFICE, RELATION_ANY, {GUARD_PLAN_DONE}, {PLAN_CONCLUSION}, {EFFECT_STAMP}, .label = {"结项", "Conclude"}},
  {PLAN_DRAFTING, ACTION_WITHDRAW, PLAN_WITHDRAWN, MAKERS, RELATION_LEAD, .reason = true, .label = {"撤回", "Withdraw"}},
  {PLAN_RETURNED, ACTION_WITHDRAW, PLAN_WITHDRAWN, MAKERS, RELATION_LEAD, .reason = true, .label = {"撤回", "Withdraw"}},
  /* to the successor of its unit */
  {PLAN_DRAFTING, ACTION_HAND_OVER, PLAN_DRAFTING, ROLE(ROLE_CLOCK), RELATION_ANY, .label = {"移交", "Handed over"}},
  {PLAN_SUBMITTED, ACTION_HAND_OVER, PLAN_SUBMITTED, ROLE(ROLE_CLOCK), RELATION_ANY, .label = {"移交", "Handed over"}},
  {PLAN_RETURNED, ACTION_HAND_OVER, PLAN_RETURNED, ROLE(ROLE_CLOCK), RELATION_ANY, .label = {"移交", "Handed over"}},
  {PLAN_APPROVED, ACTION_HAND_OVER, PLAN_APPROVED, ROLE(ROLE_CLOCK), RELATION_ANY, .label = {"移交", "Handed over"}},
  {PLAN_RUNNING, ACTION_HAND_OVER, PLAN_RUNNING, ROLE(ROLE_CLOCK), RELATION_ANY, .label = {"移交", "Handed over"}},
};
static const struct permission permissions[] = {
  {OFFICE | ROLE(ROLE_LEADER) | ROLE(ROLE_REVIEWER) | ROLE(ROLE_ACCEPTOR), RELATION_ANY, MAY_READ | MAY_EXPORT},
  {DOERS, RELATION_LEAD, MAY_READ | MAY_CREATE | MAY_EDIT | MAY_EXPORT}, {DOERS, RELATION_JOINT, MAY_READ | MAY_EXPORT}, {OFFICE, RELATION_ANY, MAY_CREATE | MAY_EDIT}};
static const uint16_t sorts[] = {PLAN_NUMBER, PLAN_DUE};
static const uint16_t indexes[][3] = {{FIELD_STATE}};
const struct record_type TYPE_PLAN = {
  .id = RECORD_PLAN, .name = "plan", .plural = "plans", .label = {"专项整治方案", "Plan"}, .label_plural = {"专项整治方案", "Plans"},
  FIELDS(fields), .states = states, .first = PLAN_DRAFTING, TRANSITIONS(transitions), PERMISSIONS(permissions),
  .holders = {{PLAN_LEAD_UNIT, RELATION_LEAD}, {PLAN_JOINT_UNITS, RELATION_JOINT}}, .together = TOGETHER_VOID | TOGETHER_DESTROY, .waits = WAITS_EACH, .due = PLAN_DUE, .group = GROUP_WORK, .title = PLAN_TITLE, .secrecy = PLAN_SECRECY, SORTS(sorts), INDEXES(indexes)};
