/* The site 点位: one place where a problem has to be put right, and how far it is there. A figure of sites names its stage: started is not
   built, built is not accepted, accepted is not yet confirmed by those who use it (PRACTICE.md, closing by risk). */
#include "records/types.h"

static const struct choice confirmers[] = {{CONFIRMED_BY_OFFICE, "office", {"整改办走访", "Visit by the office"}}, {CONFIRMED_BY_CALL_BACK, "call_back", {"回访", "Call-back"}}, {0}};
static const struct field fields[] = {
  {SITE_PROBLEM, "problem", {"问题", "Problem"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_PROBLEM},
  {SITE_NAME, "name", {"点位名称", "Name"}, F_TEXT, FIELD_REQUIRED | FIELD_SEARCHED, 2, 80},
  {SITE_POINT, "point", {"坐标", "Point"}, F_POINT, 0},
  {SITE_DIVISION, "division", {"所在区", "District"}, F_TEXT, FIELD_LISTED | FIELD_SEARCHED, 0, 40},
  {SITE_STREET, "street", {"街镇", "Street"}, F_TEXT, FIELD_SEARCHED, 0, 80},
  {SITE_UNIT, "unit", {"责任单位", "Unit"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED, .target = RECORD_UNIT},
  {SITE_PLANNED_FOR, "planned_for", {"计划完工", "Planned for"}, F_DATE, FIELD_LISTED},
  {SITE_NOTE, "note", {"说明", "Note"}, F_LONG_TEXT, 0, 0, 2000},
  {SITE_STARTED_ON, "started_on", {"开工日期", "Started on"}, F_DATE, FIELD_DERIVED},
  {SITE_BUILT_ON, "built_on", {"完工日期", "Built on"}, F_DATE, FIELD_DERIVED},
  {SITE_ACCEPTED_ON, "accepted_on", {"验收日期", "Accepted on"}, F_DATE, FIELD_DERIVED},
  {SITE_ACCEPTOR, "acceptor", {"验收人", "Acceptor"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_USER},
  {SITE_CONFIRMED_ON, "confirmed_on", {"群众确认日期", "Confirmed on"}, F_DATE, FIELD_DERIVED},
  {SITE_CONFIRMED_BY, "confirmed_by", {"确认方式", "Confirmed by"}, F_CHOICE, 0, .choices = confirmers, .writers = ROLE(ROLE_OFFICE)},
};
static const struct state_name states[] = {
  {SITE_PLANNED, "planned", {"计划", "Planned"}}, {SITE_STARTED, "started", {"开工", "Started"}}, {SITE_BUILT, "built", {"完工", "Built"}}, {SITE_ACCEPTED, "accepted", {"验收", "Accepted"}},
  {SITE_CONFIRMED, "confirmed", {"群众确认", "Confirmed by users"}, true}, {SITE_DROPPED, "dropped", {"剔除", "Dropped"}, true}, {0}};
#define OFFICE ROLE(ROLE_OFFICE)
#define DOERS (ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD))
static const struct transition transitions[] = { /* who leads a site: its own unit, or the lead unit of its problem */
  {0, ACTION_CREATE, SITE_PLANNED, DOERS | OFFICE, RELATION_LEAD, {GUARD_PROBLEM_LIVE, GUARD_UNIT_MAY_HOLD, GUARD_PLACEHOLDER}, .label = {"加点位", "Add site"}},
  {SITE_PLANNED, ACTION_EDIT, SITE_PLANNED, DOERS | OFFICE, RELATION_LEAD, {GUARD_UNIT_MAY_HOLD}, .label = {"修改", "Edit"}},
  {SITE_STARTED, ACTION_EDIT, SITE_STARTED, DOERS | OFFICE, RELATION_LEAD, {GUARD_UNIT_MAY_HOLD}, .label = {"修改", "Edit"}},
  {SITE_PLANNED, ACTION_START, SITE_STARTED, DOERS, RELATION_LEAD, .effects = {EFFECT_STAMP}, .label = {"开工", "Start"}},
  {SITE_STARTED, ACTION_FINISH, SITE_BUILT, DOERS, RELATION_LEAD, .effects = {EFFECT_STAMP}, .label = {"完工", "Built"}},
  {SITE_BUILT, ACTION_ACCEPT, SITE_ACCEPTED, ROLE(ROLE_ACCEPTOR) | OFFICE, RELATION_OUTSIDE, {GUARD_OUTSIDE_UNIT}, .effects = {EFFECT_STAMP}, .label = {"验收通过", "Accept"}},
  {SITE_BUILT, ACTION_SEND_BACK, SITE_STARTED, ROLE(ROLE_ACCEPTOR) | OFFICE, RELATION_OUTSIDE, .effects = {EFFECT_STAMP}, .reason = true, .label = {"验收退回", "Send back"}},
  {SITE_ACCEPTED, ACTION_CONFIRM, SITE_CONFIRMED, OFFICE, RELATION_ANY, .asks = {SITE_CONFIRMED_BY}, .effects = {EFFECT_STAMP}, .label = {"群众确认", "Confirmed by users"}},
  {SITE_ACCEPTED, ACTION_SEND_BACK, SITE_STARTED, OFFICE, RELATION_ANY, .effects = {EFFECT_STAMP}, .reason = true, .label = {"群众不认可,退回", "Send back: users disagree"}},
  {SITE_PLANNED, ACTION_CANCEL, SITE_DROPPED, OFFICE, RELATION_ANY, .reason = true, .label = {"剔除点位", "Drop"}},
  {SITE_STARTED, ACTION_CANCEL, SITE_DROPPED, OFFICE, RELATION_ANY, .reason = true, .label = {"剔除点位", "Drop"}},
};
static const struct permission permissions[] = {
  {ROLES_BUSINESS, RELATION_PARENT, MAY_READ | MAY_EXPORT}, {DOERS, RELATION_LEAD, MAY_READ | MAY_EXPORT}, {DOERS | OFFICE, RELATION_LEAD, MAY_CREATE | MAY_EDIT}};
static const uint16_t indexes[][3] = {{SITE_PROBLEM, FIELD_STATE}};
const struct record_type TYPE_SITE = {
  .id = RECORD_SITE, .name = "site", .plural = "sites", .label = {"点位", "Site"}, .label_plural = {"点位", "Sites"},
  FIELDS(fields), .states = states, .first = SITE_PLANNED, TRANSITIONS(transitions), PERMISSIONS(permissions),
  .holders = {{SITE_UNIT, RELATION_LEAD}}, .parent = SITE_PROBLEM, .together = TOGETHER_VOID | TOGETHER_CORRECT | TOGETHER_DESTROY, .waits = WAITS_ELSEWHERE, .group = GROUP_WORK, .title = SITE_NAME, INDEXES(indexes)};
