/* The value of an indicator 指标值 on a day, and where it comes from. Never edited: of two for one day the one entered last counts. */
#include "records/types.h"

static const struct choice sources[] = {
  {VALUE_SOURCE_DATA, "data", {"业务数据", "Data"}}, {VALUE_SOURCE_CALL_BACK, "call_back", {"回访", "Call-backs"}}, {VALUE_SOURCE_APPEALS, "appeals", {"诉求量曲线", "Appeals curve"}}, {VALUE_SOURCE_REPORT, "report", {"单位填报", "Report"}}, {0}};
#define MOST INT64_C(100000000000000) /* as the indicator's */
static const struct field fields[] = {
  {INDICATOR_VALUE_INDICATOR, "indicator", {"指标", "Indicator"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_INDICATOR},
  {INDICATOR_VALUE_ON, "date", {"日期", "Date"}, F_DATE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED},
  {INDICATOR_VALUE_VALUE, "value", {"数值", "Value"}, F_DECIMAL, FIELD_REQUIRED | FIELD_FIXED, -MOST, MOST},
  {INDICATOR_VALUE_SOURCE, "source", {"来源", "Source"}, F_CHOICE, FIELD_REQUIRED | FIELD_FIXED, .choices = sources},
  {INDICATOR_VALUE_NOTE, "note", {"说明", "Note"}, F_TEXT, FIELD_FIXED, 0, 400},
  {INDICATOR_VALUE_ENTERED_BY, "entered_by", {"填报人", "Entered by"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_USER},
};
#define MAKERS (ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD) | ROLE(ROLE_OFFICE))
static const struct transition transitions[] = {
  {0, ACTION_CREATE, STATE_NONE, MAKERS, RELATION_LEAD, {GUARD_VALUE_DATE}, .effects = {EFFECT_INDICATOR_LATEST, EFFECT_CASES_FOLLOW}, .label = {"填报数值", "Enter a value"}},
};
static const struct permission permissions[] = {{ROLES_BUSINESS, RELATION_PARENT, MAY_READ | MAY_EXPORT}, {MAKERS, RELATION_LEAD, MAY_CREATE}};
static const uint16_t indexes[][3] = {{INDICATOR_VALUE_INDICATOR, INDICATOR_VALUE_ON}};
const struct record_type TYPE_INDICATOR_VALUE = {
  .id = RECORD_INDICATOR_VALUE, .name = "indicator_value", .plural = "indicator_values", .label = {"指标值", "Value of an indicator"}, .label_plural = {"指标值", "Values of indicators"},
  FIELDS(fields), TRANSITIONS(transitions), PERMISSIONS(permissions), .parent = INDICATOR_VALUE_INDICATOR, .together = TOGETHER_VOID | TOGETHER_DESTROY, .group = GROUP_PART, .title = INDICATOR_VALUE_ON, INDEXES(indexes)};
