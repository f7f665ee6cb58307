/* The self-check 举一反三: another unit looks whether what a case is about holds with itself, and says what it found (DOMAIN.md 11). Asked by
   the office, one of each unit; the unit that has the case sees the answers and gives none. */
#include "records/types.h"

static const struct choice founds[] = {
  {FOUND_NONE, "none", {"未发现同类", "None here"}}, {FOUND_SAME, "same", {"发现同类", "The same here"}}, {FOUND_NOT_OURS, "not_ours", {"不涉及本单位", "Does not concern us"}}, {0}};
static const struct field fields[] = {
  {SELF_CHECK_TITLE, "title", {"自查", "Self-check"}, F_TEXT, FIELD_DERIVED | FIELD_SEARCHED, 0, 240},
  {SELF_CHECK_CASE, "case", {"案例", "Case"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_CASE},
  {SELF_CHECK_UNIT, "unit", {"自查单位", "Unit"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_UNIT},
  {SELF_CHECK_DUE, "due", {"答复期限", "Answer by"}, F_DATE, FIELD_LISTED},
  {SELF_CHECK_FOUND, "found", {"自查结果", "Found"}, F_CHOICE, FIELD_DERIVED | FIELD_LISTED | FIELD_TALLIED, .choices = founds},
  {SELF_CHECK_COUNT, "count", {"发现处数", "How many places"}, F_INTEGER, FIELD_DERIVED, 0, 1000000},
  {SELF_CHECK_FINDINGS, "findings", {"自查情况", "What was looked at"}, F_LONG_TEXT, FIELD_DERIVED | FIELD_SEARCHED, 2, 5000},
  {SELF_CHECK_PROBLEM, "problem", {"登记为问题", "Registered as"}, F_REFERENCE, FIELD_DERIVED | FIELD_LISTED, .target = RECORD_PROBLEM},
  {SELF_CHECK_ANSWERED_ON, "answered_on", {"答复日期", "Answered on"}, F_DATE, FIELD_DERIVED},
  {SELF_CHECK_ANSWERED_BY, "answered_by", {"答复人", "Answered by"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_USER},
  {SELF_CHECK_CASE_UNIT, "case_unit", {"案例牵头单位", "Unit of the case"}, F_REFERENCE, FIELD_DERIVED | FIELD_LISTED, .target = RECORD_UNIT},
  {SELF_CHECK_CAMPAIGN, "campaign", {"专项工作", "Campaign"}, F_REFERENCE, FIELD_DERIVED | FIELD_LISTED, .target = RECORD_CAMPAIGN},
  {SELF_CHECK_SECRECY, "secrecy", {"知悉范围", "Secrecy"}, F_CHOICE, FIELD_DERIVED | FIELD_LISTED, .choices = SECRECY_CHOICES},
  {SELF_CHECK_KEY, "self_check_key", {"自查键", "Key"}, F_TEXT, FIELD_DERIVED | FIELD_HIDDEN | FIELD_UNIQUE, 0, 60},
};
static const struct state_name states[] = {
  {SELF_CHECK_ASKED, "asked", {"待自查", "Asked"}}, {SELF_CHECK_ANSWERED, "answered", {"已答复", "Answered"}}, {SELF_CHECK_CANCELLED, "cancelled", {"取消", "Cancelled"}, true}, {0}};
#define OFFICE ROLE(ROLE_OFFICE)
#define UNIT (ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD))
/* lead: the unit asked; joint: the unit that has the case. */
static const struct transition transitions[] = {
  {0, ACTION_CREATE, SELF_CHECK_ASKED, OFFICE, RELATION_ANY, {GUARD_SELF_CHECK_FITS}, .effects = {EFFECT_SELF_CHECK_OPEN, EFFECT_CASES_FOLLOW}, .label = {"请单位自查", "Ask a unit"}},
  {SELF_CHECK_ASKED, ACTION_EDIT, SELF_CHECK_ASKED, OFFICE, RELATION_ANY, .label = {"修改", "Edit"}},
  {SELF_CHECK_ASKED, ACTION_ANSWER, SELF_CHECK_ANSWERED, UNIT, RELATION_LEAD, .asks = {SELF_CHECK_FOUND, SELF_CHECK_FINDINGS}, .takes = {SELF_CHECK_COUNT, SELF_CHECK_PROBLEM}, .effects = {EFFECT_STAMP, EFFECT_CASES_FOLLOW}, .label = {"答复自查", "Answer"}},
  {SELF_CHECK_ANSWERED, ACTION_SEND_BACK, SELF_CHECK_ASKED, OFFICE, RELATION_ANY, .effects = {EFFECT_STAMP, EFFECT_CASES_FOLLOW}, .reason = true, .label = {"退回重查", "Send back"}},
  {SELF_CHECK_ASKED, ACTION_CANCEL, SELF_CHECK_CANCELLED, OFFICE, RELATION_ANY, .effects = {EFFECT_CASES_FOLLOW}, .reason = true, .label = {"取消", "Cancel"}},
};
static const struct permission permissions[] = {
  {OFFICE | ROLE(ROLE_LEADER) | ROLE(ROLE_REVIEWER) | ROLE(ROLE_ACCEPTOR), RELATION_ANY, MAY_READ | MAY_EXPORT}, {OFFICE, RELATION_ANY, MAY_CREATE | MAY_EDIT},
  {UNIT, RELATION_LEAD, MAY_READ | MAY_EDIT | MAY_EXPORT}, {UNIT, RELATION_JOINT, MAY_READ | MAY_EXPORT}};
static const uint16_t sorts[] = {SELF_CHECK_DUE};
static const uint16_t indexes[][3] = {{SELF_CHECK_CASE}};
const struct record_type TYPE_SELF_CHECK = {
  .id = RECORD_SELF_CHECK, .name = "self_check", .plural = "self_checks", .label = {"举一反三自查", "Self-check"}, .label_plural = {"举一反三自查", "Self-checks"},
  FIELDS(fields), .states = states, .first = SELF_CHECK_ASKED, TRANSITIONS(transitions), PERMISSIONS(permissions), .holders = {{SELF_CHECK_UNIT, RELATION_LEAD}, {SELF_CHECK_CASE_UNIT, RELATION_JOINT}},
  .together = TOGETHER_VOID | TOGETHER_CORRECT | TOGETHER_DESTROY, .waits = WAITS_EACH, .due = SELF_CHECK_DUE, .group = GROUP_WORK, .title = SELF_CHECK_TITLE, .secrecy = SELF_CHECK_SECRECY, SORTS(sorts), INDEXES(indexes)};
