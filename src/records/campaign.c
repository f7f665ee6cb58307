/* The campaign 专项工作: owns its units, period, policy and numbers; several run side by side (DOMAIN.md 19). */
#include "records/types.h"

static const struct field fields[] = {
  {CAMPAIGN_NAME, "name", {"名称", "Name"}, F_TEXT, FIELD_REQUIRED | FIELD_LISTED, 2, 80},
  {CAMPAIGN_CODE, "code", {"代号", "Code"}, F_TEXT, FIELD_REQUIRED | FIELD_UNIQUE | FIELD_LISTED | FIELD_FIXED, 1, 16},
  {CAMPAIGN_FROM, "valid_from", {"开始日期", "From"}, F_DATE, FIELD_REQUIRED | FIELD_LISTED},
  {CAMPAIGN_TO, "valid_to", {"结束日期", "To"}, F_DATE, FIELD_REQUIRED | FIELD_LISTED},
  {CAMPAIGN_UNITS, "units", {"参加单位", "Units"}, F_REFERENCES, 0, .target = RECORD_UNIT}, /* empty: all */
  {CAMPAIGN_SOURCES, "sources", {"问题来源", "Sources"}, F_CHOICES, 0, .choices = SOURCE_CHOICES}, /* empty: all */
  {CAMPAIGN_OFFICE_UNIT, "office_unit", {"牵头单位", "Office"}, F_REFERENCE, FIELD_LISTED, .target = RECORD_UNIT},
  {CAMPAIGN_AIMS, "aims", {"工作目标", "Aims"}, F_LONG_TEXT, 0, 0, 5000},
  {CAMPAIGN_PREFIX, "prefix", {"编号前缀", "Number prefix"}, F_TEXT, FIELD_REQUIRED | FIELD_FIXED, 1, 8},
  {CAMPAIGN_NOTE, "note", {"说明", "Note"}, F_LONG_TEXT, 0, 0, 5000},
  /* whose policy appeals go by: of all campaigns the one with the latest such day that has come; before the first, the first campaign */
  {CAMPAIGN_HOTLINE_FROM, "hotline_from", {"自此日起", "From"}, F_DATE, FIELD_DERIVED}, /* asked only: it joins the days */
  {CAMPAIGN_HOTLINE_DAYS, "hotline_days", {"诉求按本专项口径办理的起始日期", "Days from which appeals go by its policy"}, F_TEXT, FIELD_DERIVED, 0, 400},
  {CAMPAIGN_DEMO, "demo", {"演示数据", "Demo data"}, F_YES_NO, FIELD_FIXED, .preset = 0, .has_preset = true},
};
#define OFFICE ROLE(ROLE_OFFICE)
static const struct transition transitions[] = {
  {0, ACTION_CREATE, FORCE_ACTIVE, OFFICE, RELATION_ANY, {GUARD_DATES_IN_ORDER}, .label = {"新建", "New"}},
  {FORCE_ACTIVE, ACTION_EDIT, FORCE_ACTIVE, OFFICE, RELATION_ANY, {GUARD_DATES_IN_ORDER}, .label = {"修改", "Edit"}},
  {FORCE_ACTIVE, ACTION_ADOPT_CRITERIA, FORCE_ACTIVE, OFFICE, RELATION_ANY, .effects = {EFFECT_CRITERIA}, .label = {"采用通用销号标准", "Adopt the general closing criteria"},
   .source = "安徽省 分级验收、备案销号(2019-08-31), domain-facts 5"},
  {FORCE_ACTIVE, ACTION_LEAD_HOTLINE, FORCE_ACTIVE, OFFICE, RELATION_ANY, {GUARD_HOTLINE_DAY}, {CAMPAIGN_HOTLINE_FROM}, {EFFECT_LEAD_HOTLINE}, .reason = true, .label = {"诉求按本专项口径办理", "Appeals go by this campaign's policy"}},
  {FORCE_ACTIVE, ACTION_RETIRE, FORCE_RETIRED, OFFICE, RELATION_ANY, {GUARD_CAMPAIGN_DONE}, .reason = true, .label = {"收官", "End"}},
  {FORCE_RETIRED, ACTION_ENABLE, FORCE_ACTIVE, OFFICE, RELATION_ANY, .reason = true, .label = {"收官撤回", "Take the end back"}},
};
static const struct permission permissions[] = {{ROLES_ALL, RELATION_ANY, MAY_READ}, {OFFICE, RELATION_ANY, MAY_CREATE | MAY_EDIT}};
const struct record_type TYPE_CAMPAIGN = {
  .id = RECORD_CAMPAIGN, .name = "campaign", .plural = "campaigns", .label = {"专项工作", "Campaign"}, .label_plural = {"专项工作", "Campaigns"},
  FIELDS(fields), .states = FORCE_STATES, .first = FORCE_ACTIVE, TRANSITIONS(transitions), PERMISSIONS(permissions), .group = GROUP_RULES, .title = CAMPAIGN_NAME};
