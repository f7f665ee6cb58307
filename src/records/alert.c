/* The alert 反弹预警: in the watch period of a closed problem an appeal came that fits its class and place. Raised by the program, decided on
   by the office with a reason; a confirmed one re-opens the problem as another cycle. It carries the numbers of appeals, never their words;
   one raised by a whistle-blower's appeal has no unit, so that the unit complained of does not see it. */
#include "records/types.h"

static const struct choice fits[] = {
  {FITS_EVENT, "event", {"同一事件", "The same event"}}, {FITS_CLASS_AND_PLACE, "class_and_place", {"同类同地", "The same class at the same place"}},
  {FITS_CLASS, "class", {"同类(问题不限地点)", "The same class, of a problem that names no place"}}, {0}};
static const struct choice secrecies[] = {{SECRECY_OPEN, "open", {"可公开", "Open"}}, {SECRECY_INTERNAL, "internal", {"内部", "Internal"}}, {SECRECY_RESTRICTED, "restricted", {"限定知悉", "Restricted"}},
  {SECRECY_PLACEHOLDER, "placeholder", {"离线涉密占位", "Off-line placeholder"}}, {0}};
static const struct field fields[] = {
  {ALERT_TITLE, "title", {"反弹预警", "Alert"}, F_TEXT, FIELD_DERIVED | FIELD_LISTED, 0, 160},
  {ALERT_PROBLEM, "problem", {"问题", "Problem"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_PROBLEM},
  {ALERT_APPEAL, "appeal", {"引发诉求", "Raised by"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_APPEAL},
  {ALERT_APPEALS, "appeals", {"相符诉求", "Appeals that fit"}, F_REFERENCES, FIELD_DERIVED, .target = RECORD_APPEAL},
  {ALERT_COUNT, "count", {"相符件数", "How many fit"}, F_INTEGER, FIELD_DERIVED | FIELD_LISTED},
  {ALERT_FIT, "fit", {"相符程度", "How it fits"}, F_CHOICE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .choices = fits},
  {ALERT_RAISED_AT, "raised_at", {"预警时间", "Raised at"}, F_MOMENT, FIELD_DERIVED | FIELD_LISTED},
  {ALERT_CYCLE, "cycle", {"第几次整改", "Cycle"}, F_INTEGER, FIELD_DERIVED},
  {ALERT_WATCH_UNTIL, "watch_until", {"巩固期至", "Watched until"}, F_DATE, FIELD_DERIVED},
  {ALERT_UNIT, "unit", {"牵头单位", "Lead unit"}, F_REFERENCE, FIELD_DERIVED | FIELD_LISTED, .target = RECORD_UNIT},
  {ALERT_CAMPAIGN, "campaign", {"专项工作", "Campaign"}, F_REFERENCE, FIELD_DERIVED | FIELD_LISTED, .target = RECORD_CAMPAIGN},
  {ALERT_SECRECY, "secrecy", {"知悉范围", "Secrecy"}, F_CHOICE, FIELD_DERIVED | FIELD_LISTED, .choices = secrecies},
  {ALERT_DUE, "due", {"认定期限", "Decide by"}, F_DATE, FIELD_DERIVED | FIELD_LISTED},
  {ALERT_REASON, "reason", {"认定理由", "Reason of the decision"}, F_LONG_TEXT, FIELD_DERIVED, 2, 2000},
  {ALERT_DECIDED_BY, "decided_by", {"认定人", "Decided by"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_USER},
  {ALERT_DECIDED_ON, "decided_on", {"认定日期", "Decided on"}, F_DATE, FIELD_DERIVED},
  {ALERT_KEY, "alert_key", {"预警键", "Key"}, F_TEXT, FIELD_FIXED | FIELD_HIDDEN | FIELD_UNIQUE, 0, 80},
};
static const struct state_name states[] = {
  {ALERT_RAISED, "raised", {"待认定", "Raised"}}, {ALERT_CONFIRMED, "confirmed", {"确认反弹", "Confirmed"}, true}, {ALERT_DISMISSED, "dismissed", {"排除", "Dismissed"}, true}, {0}};
#define OFFICE ROLE(ROLE_OFFICE)
#define UNIT (ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD) | ROLE(ROLE_DISTRICT_OFFICE))
static const struct transition transitions[] = {
  {0, ACTION_CREATE, ALERT_RAISED, ROLE(ROLE_CLOCK), RELATION_ANY, .effects = {EFFECT_ALERT}, .label = {"反弹预警", "Raise an alert"}, .source = "DOMAIN.md, 12"},
  {ALERT_RAISED, ACTION_CONFIRM, ALERT_CONFIRMED, OFFICE, RELATION_ANY, .asks = {ALERT_REASON}, .effects = {EFFECT_ALERT_DECIDED}, .label = {"确认反弹并重开", "Confirm and re-open"}},
  {ALERT_RAISED, ACTION_DISMISS, ALERT_DISMISSED, OFFICE, RELATION_ANY, .asks = {ALERT_REASON}, .effects = {EFFECT_ALERT_DECIDED}, .label = {"排除", "Dismiss"}},
};
static const struct permission permissions[] = {
  {OFFICE | ROLE(ROLE_LEADER) | ROLE(ROLE_REVIEWER), RELATION_ANY, MAY_READ | MAY_EXPORT}, {UNIT, RELATION_LEAD, MAY_READ | MAY_EXPORT}};
static const uint16_t sorts[] = {ALERT_RAISED_AT};
static const uint16_t indexes[][3] = {{ALERT_PROBLEM}, {FIELD_STATE}};
const struct record_type TYPE_ALERT = {
  .id = RECORD_ALERT, .name = "alert", .plural = "alerts", .label = {"反弹预警", "Rebound alert"}, .label_plural = {"反弹预警", "Rebound alerts"},
  FIELDS(fields), .states = states, .first = ALERT_RAISED, TRANSITIONS(transitions), PERMISSIONS(permissions), .holders = {{ALERT_UNIT, RELATION_LEAD}}, .affects = {ALERT_PROBLEM},
  .together = TOGETHER_VOID | TOGETHER_DESTROY, .waits = WAITS_EACH, .due = ALERT_DUE, .group = GROUP_FLOW, .title = ALERT_TITLE, .secrecy = ALERT_SECRECY, SORTS(sorts), INDEXES(indexes)};
