/* The category 专项类别: a campaign's own list of what its problems are about, a tree of up to three levels (PRACTICE.md, the frame). Each
   stands under one of the city-wide categories, so that campaigns can be added up. Never deleted: what is no longer used is retired. */
#include "records/types.h"

static const struct field fields[] = {
  {CATEGORY_CAMPAIGN, "campaign", {"专项工作", "Campaign"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_CAMPAIGN},
  {CATEGORY_NAME, "name", {"类别名称", "Name"}, F_TEXT, FIELD_REQUIRED | FIELD_LISTED | FIELD_SEARCHED, 1, 80},
  {CATEGORY_PARENT, "parent", {"上级类别", "Parent"}, F_REFERENCE, FIELD_LISTED | FIELD_FIXED, .target = RECORD_CATEGORY}, /* fixed: so there is no circle */
  {CATEGORY_CODE, "code", {"代码", "Code"}, F_TEXT, FIELD_REQUIRED | FIELD_LISTED, 1, 16},
  {CATEGORY_ORDER, "order", {"排序", "Order"}, F_INTEGER, FIELD_LISTED, 0, 1000000, .preset = 0, .has_preset = true},
  {CATEGORY_SERVICE, "service", {"对外受理", "Offered as a service"}, F_YES_NO, FIELD_LISTED, .preset = 0, .has_preset = true}, /* over Open311, in the campaign that is served there */
  {CATEGORY_EXPLANATION, "explanation", {"受理说明", "What the service is for"}, F_TEXT, 0, 0, 400},
  {CATEGORY_QUESTIONS, "questions", {"受理时追问", "What the service asks"}, F_LONG_TEXT, 0, 0, 10000}, /* JSON, as in docs/api.md */
  {CATEGORY_UNDER, "under", {"归入", "Under"}, F_CHOICE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .choices = CATEGORY_CHOICES}, /* a child's is its parent's */
};
#define OFFICE ROLE(ROLE_OFFICE)
static const struct transition transitions[] = {
  {0, ACTION_CREATE, FORCE_ACTIVE, OFFICE, RELATION_ANY, {GUARD_CATEGORY_TREE, GUARD_SERVICE_ASKS}, .label = {"新建类别", "New category"}},
  {FORCE_ACTIVE, ACTION_EDIT, FORCE_ACTIVE, OFFICE, RELATION_ANY, {GUARD_CATEGORY_TREE, GUARD_SERVICE_ASKS}, .label = {"修改", "Edit"}},
  {FORCE_ACTIVE, ACTION_RETIRE, FORCE_RETIRED, OFFICE, RELATION_ANY, .reason = true, .label = {"停用", "Retire"}},
  {FORCE_RETIRED, ACTION_ENABLE, FORCE_ACTIVE, OFFICE, RELATION_ANY, {GUARD_CATEGORY_TREE}, .reason = true, .label = {"启用", "Use again"}},
};
static const struct permission permissions[] = {{ROLES_ALL, RELATION_ANY, MAY_READ}, {OFFICE, RELATION_ANY, MAY_CREATE | MAY_EDIT | MAY_EXPORT}};
static const uint16_t sorts[] = {CATEGORY_ORDER};
static const uint16_t indexes[][3] = {{CATEGORY_CAMPAIGN, CATEGORY_CODE}, {CATEGORY_PARENT}};
const struct record_type TYPE_CATEGORY = {
  .id = RECORD_CATEGORY, .name = "category", .plural = "categories", .label = {"专项类别", "Category"}, .label_plural = {"专项类别", "Categories"},
  FIELDS(fields), .states = FORCE_STATES, .first = FORCE_ACTIVE, TRANSITIONS(transitions), PERMISSIONS(permissions), .group = GROUP_RULES, .title = CATEGORY_NAME, SORTS(sorts), INDEXES(indexes)};
