/* The criterion 销号标准: one line of the list that acceptors answer before a problem is accepted, for a campaign, and if need be for one kind
   or source only. Its words never change (a past acceptance says yes to them): a criterion that is no longer asked is retired. */
#include "records/types.h"

static const struct choice kinds[] = {
  {KIND_AT_ONCE, "at_once", {"即知即改", "At once"}}, {KIND_TIME_LIMITED, "time_limited", {"限期整改", "Time-limited"}}, {KIND_LONG_TERM, "long_term", {"长期整改", "Long-term"}}, {0}};
static const struct field fields[] = {
  {CRITERION_CAMPAIGN, "campaign", {"专项工作", "Campaign"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_CAMPAIGN},
  {CRITERION_KIND, "kind", {"适用整改类型", "For this kind only"}, F_CHOICE, FIELD_LISTED | FIELD_FIXED, .choices = kinds},
  {CRITERION_SOURCE, "source", {"适用问题来源", "For this source only"}, F_CHOICE, FIELD_LISTED | FIELD_FIXED, .choices = SOURCE_CHOICES},
  {CRITERION_TEXT, "text", {"标准", "Criterion"}, F_TEXT, FIELD_REQUIRED | FIELD_FIXED, 2, 400},
  {CRITERION_ORDER, "order", {"顺序", "Order"}, F_INTEGER, FIELD_LISTED, 0, 1000, .preset = 0, .has_preset = true},
  {CRITERION_REQUIRED, "required", {"必须满足", "Required"}, F_YES_NO, FIELD_LISTED | FIELD_FIXED, .preset = 1, .has_preset = true},
  {CRITERION_FROM, "valid_from", {"生效日期", "Valid from"}, F_DATE, FIELD_LISTED},
  {CRITERION_TO, "valid_to", {"失效日期", "Valid to"}, F_DATE, FIELD_LISTED},
  {CRITERION_ORIGIN, "origin", {"出处", "Where it comes from"}, F_TEXT, 0, 0, 200},
};
#define OFFICE ROLE(ROLE_OFFICE)
static const struct transition transitions[] = {
  {0, ACTION_CREATE, FORCE_ACTIVE, OFFICE, RELATION_ANY, {GUARD_DATES_IN_ORDER}, .label = {"加标准", "Add"}},
  {FORCE_ACTIVE, ACTION_EDIT, FORCE_ACTIVE, OFFICE, RELATION_ANY, {GUARD_DATES_IN_ORDER}, .label = {"修改", "Edit"}},
  {FORCE_ACTIVE, ACTION_RETIRE, FORCE_RETIRED, OFFICE, RELATION_ANY, .reason = true, .label = {"停用", "Retire"}},
};
static const struct permission permissions[] = {{ROLES_BUSINESS, RELATION_ANY, MAY_READ}, {OFFICE, RELATION_ANY, MAY_CREATE | MAY_EDIT}};
static const uint16_t indexes[][3] = {{CRITERION_CAMPAIGN}};
const struct record_type TYPE_CRITERION = {
  .id = RECORD_CRITERION, .name = "criterion", .plural = "criteria", .label = {"销号标准", "Closing criterion"}, .label_plural = {"销号标准", "Closing criteria"},
  FIELDS(fields), .states = FORCE_STATES, .first = FORCE_ACTIVE, TRANSITIONS(transitions), PERMISSIONS(permissions), .group = GROUP_RULES, .title = CRITERION_TEXT, INDEXES(indexes)};
