/* The stage 阶段 of a long-term problem: a date and what must stand by then, at least every so many days (PRACTICE.md, hand-overs). Reached
   when the office accepts the unit's report; a stage that was missed is neither moved nor cancelled: only its acceptance clears the
   colour. */
#include "records/types.h"

static const struct field fields[] = {
  {STAGE_PROBLEM, "problem", {"问题", "Problem"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_PROBLEM},
  {STAGE_CYCLE, "cycle", {"第几次整改", "Cycle"}, F_INTEGER, FIELD_DERIVED | FIELD_LISTED, .preset = 1, .has_preset = true},
  {STAGE_TITLE, "title", {"阶段", "Stage"}, F_TEXT, FIELD_REQUIRED | FIELD_SEARCHED, 2, 200},
  {STAGE_GOAL, "goal", {"阶段目标", "Goal of the stage"}, F_LONG_TEXT, FIELD_REQUIRED | FIELD_SEARCHED, 2, 2000},
  {STAGE_DUE, "due", {"阶段期限", "Due"}, F_DATE, FIELD_REQUIRED | FIELD_LISTED},
  {STAGE_RESULT, "result", {"阶段成果", "Result of the stage"}, F_LONG_TEXT, FIELD_SEARCHED, 0, 5000},
  {STAGE_REPORTED_ON, "reported_on", {"报送日期", "Reported on"}, F_DATE, FIELD_DERIVED},
  {STAGE_ACCEPTED_ON, "accepted_on", {"认定日期", "Accepted on"}, F_DATE, FIELD_DERIVED},
  {STAGE_ACCEPTOR, "acceptor", {"认定人", "Acceptor"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_USER},
};
static const struct state_name states[] = {
  {STAGE_PLANNED, "planned", {"未完成", "Planned"}}, {STAGE_REPORTED, "reported", {"已报送", "Reported"}}, {STAGE_REACHED, "reached", {"已完成", "Reached"}, true},
  {STAGE_CANCELLED, "cancelled", {"取消", "Cancelled"}, true}, {0}};
#define OFFICE ROLE(ROLE_OFFICE)
#define MAKERS (ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD) | OFFICE)
static const struct transition transitions[] = {
  {0, ACTION_CREATE, STAGE_PLANNED, MAKERS, RELATION_LEAD, {GUARD_PROBLEM_OPEN, GUARD_STAGE_FITS}, .label = {"加阶段", "Add stage"}},
  {STAGE_PLANNED, ACTION_EDIT, STAGE_PLANNED, MAKERS, RELATION_LEAD, {GUARD_PROBLEM_OPEN, GUARD_STAGE_FITS, GUARD_STAGES_PLANNED}, .label = {"修改", "Edit"}},
  {STAGE_PLANNED, ACTION_REPORT, STAGE_REPORTED, MAKERS, RELATION_LEAD, {GUARD_PROBLEM_OPEN}, {STAGE_RESULT}, {EFFECT_STAMP}, .label = {"报送阶段成果", "Report the stage"}},
  {STAGE_REPORTED, ACTION_ACCEPT, STAGE_REACHED, OFFICE, RELATION_ANY, .effects = {EFFECT_STAMP}, .label = {"认定阶段完成", "Accept the stage"}},
  {STAGE_REPORTED, ACTION_SEND_BACK, STAGE_PLANNED, OFFICE, RELATION_ANY, .effects = {EFFECT_STAMP}, .reason = true, .label = {"退回", "Send back"}},
  {STAGE_PLANNED, ACTION_CANCEL, STAGE_CANCELLED, OFFICE, RELATION_ANY, {GUARD_PROBLEM_OPEN, GUARD_STAGE_FITS, GUARD_STAGES_PLANNED}, .reason = true, .label = {"取消阶段", "Cancel"}},
};
static const struct permission permissions[] = {{ROLES_BUSINESS, RELATION_PARENT, MAY_READ | MAY_EXPORT}, {MAKERS, RELATION_LEAD, MAY_CREATE | MAY_EDIT}};
static const uint16_t indexes[][3] = {{STAGE_PROBLEM}, {FIELD_STATE, STAGE_DUE}};
const struct record_type TYPE_STAGE = {
  .id = RECORD_STAGE, .name = "stage", .plural = "stages", .label = {"阶段", "Stage"}, .label_plural = {"阶段", "Stages"},
  FIELDS(fields), .states = states, .first = STAGE_PLANNED, TRANSITIONS(transitions), PERMISSIONS(permissions),
  .parent = STAGE_PROBLEM, .affects = {STAGE_PROBLEM}, .together = TOGETHER_VOID | TOGETHER_CORRECT | TOGETHER_DESTROY, .waits = WAITS_EACH, .due = STAGE_DUE, .group = GROUP_PART, .title = STAGE_TITLE, INDEXES(indexes)};
