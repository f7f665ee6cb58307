/* The indicator 指标 of a problem or a plan: from a base to a goal, each with its date; now is the latest value that was entered. The line
   cannot be moved afterwards: a wrong one is retired and made anew. Expected and achieved effect are two fields and are never added. */
#include "records/types.h"

static const struct choice directions[] = {{DIRECTION_UP, "up", {"越高越好", "Up is better"}}, {DIRECTION_DOWN, "down", {"越低越好", "Down is better"}}, {0}};
#define MOST INT64_C(100000000000000) /* ten thousand million, in 1/10,000 */
static const struct field fields[] = {
  {INDICATOR_PROBLEM, "problem", {"问题", "Problem"}, F_REFERENCE, FIELD_LISTED | FIELD_FIXED, .target = RECORD_PROBLEM},
  {INDICATOR_PLAN, "plan", {"专项整治方案", "Plan"}, F_REFERENCE, FIELD_LISTED | FIELD_FIXED, .target = RECORD_PLAN},
  {INDICATOR_NAME, "name", {"指标", "Indicator"}, F_TEXT, FIELD_REQUIRED | FIELD_SEARCHED, 2, 80},
  {INDICATOR_UNIT, "unit", {"填报单位", "Reporting unit"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED, .target = RECORD_UNIT},
  {INDICATOR_MEASURED_IN, "measured_in", {"计量单位", "Unit of measure"}, F_TEXT, FIELD_REQUIRED, 1, 20},
  {INDICATOR_DIRECTION, "direction", {"方向", "Direction"}, F_CHOICE, FIELD_REQUIRED | FIELD_FIXED, .choices = directions},
  {INDICATOR_BASE, "base", {"基期值", "Base"}, F_DECIMAL, FIELD_REQUIRED | FIELD_FIXED, -MOST, MOST},
  {INDICATOR_BASE_ON, "base_on", {"基期日期", "Base, date"}, F_DATE, FIELD_REQUIRED | FIELD_FIXED},
  {INDICATOR_GOAL, "goal", {"目标值", "Goal"}, F_DECIMAL, FIELD_REQUIRED | FIELD_FIXED, -MOST, MOST},
  {INDICATOR_GOAL_ON, "goal_on", {"目标日期", "Goal, date"}, F_DATE, FIELD_REQUIRED | FIELD_FIXED},
  {INDICATOR_EXPECTED, "expected_effect", {"预期成效", "Expected effect"}, F_TEXT, 0, 0, 400},
  {INDICATOR_ACHIEVED, "achieved_effect", {"已取得成效", "Achieved effect"}, F_TEXT, 0, 0, 400},
  {INDICATOR_LATEST, "latest", {"当前值", "Now"}, F_DECIMAL, FIELD_DERIVED, -MOST, MOST},
  {INDICATOR_LATEST_ON, "latest_on", {"当前值日期", "Now, date"}, F_DATE, FIELD_DERIVED},
};
#define MAKERS (ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD) | ROLE(ROLE_OFFICE))
static const struct transition transitions[] = {
  {0, ACTION_CREATE, FORCE_ACTIVE, MAKERS, RELATION_LEAD, {GUARD_PROBLEM_LIVE, GUARD_INDICATOR_LINE, GUARD_PLACEHOLDER}, .label = {"加指标", "Add indicator"}},
  {FORCE_ACTIVE, ACTION_EDIT, FORCE_ACTIVE, MAKERS, RELATION_LEAD, .label = {"修改", "Edit"}},
  {FORCE_ACTIVE, ACTION_RETIRE, FORCE_RETIRED, MAKERS, RELATION_LEAD, .reason = true, .label = {"停用", "Retire"}},
};
static const struct permission permissions[] = {
  {ROLES_BUSINESS, RELATION_PARENT, MAY_READ | MAY_EXPORT}, {ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD), RELATION_LEAD, MAY_READ | MAY_EXPORT}, {MAKERS, RELATION_LEAD, MAY_CREATE | MAY_EDIT}};
static const uint16_t indexes[][3] = {{INDICATOR_PROBLEM}, {INDICATOR_PLAN}};
const struct record_type TYPE_INDICATOR = {
  .id = RECORD_INDICATOR, .name = "indicator", .plural = "indicators", .label = {"指标", "Indicator"}, .label_plural = {"指标", "Indicators"},
  FIELDS(fields), .states = FORCE_STATES, .first = FORCE_ACTIVE, TRANSITIONS(transitions), PERMISSIONS(permissions),
  .holders = {{INDICATOR_UNIT, RELATION_LEAD}}, .parent = INDICATOR_PROBLEM, .parent_else = INDICATOR_PLAN, .together = TOGETHER_VOID | TOGETHER_CORRECT | TOGETHER_DESTROY, .group = GROUP_WORK, .title = INDICATOR_NAME, INDEXES(indexes)};
