/* The ruling 裁定: the office names who leads a problem that units pass on or dispute. It has days of its own for it; the ruling binds,
   and is kept as a precedent 先例, found by category and words. */
#include "records/types.h"

static const struct choice whys[] = {
  {RULING_BY_DISPUTE, "dispute", {"交办异议", "Disputed assignment"}}, {RULING_BY_REFUSALS, "refusals", {"多次退回转办", "Refused repeatedly"}},
  {RULING_BY_CIRCLE, "circle", {"循环转办", "Transferred in a circle"}}, {RULING_BY_OFFICE, "office", {"转入裁定", "Referred by the office"}}, {0}};
static const struct field fields[] = {
  {RULING_TITLE, "title", {"问题", "Problem"}, F_TEXT, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED | FIELD_SEARCHED, 1, 200},
  {RULING_PROBLEM, "problem", {"问题记录", "Problem record"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_PROBLEM},
  {RULING_WHY, "why", {"裁定事由", "Why"}, F_CHOICE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED | FIELD_TALLIED, .choices = whys},
  {RULING_FROM, "from_unit", {"提出单位", "Asking unit"}, F_REFERENCE, FIELD_LISTED | FIELD_FIXED, .target = RECORD_UNIT},
  {RULING_OTHER, "other_unit", {"对方单位", "Other unit"}, F_REFERENCE, FIELD_LISTED | FIELD_FIXED, .target = RECORD_UNIT},
  {RULING_CASE, "argument", {"争议理由", "Argument"}, F_LONG_TEXT, FIELD_FIXED | FIELD_SEARCHED, 0, 5000},
  {RULING_LEAD, "lead", {"裁定牵头单位", "Lead by the ruling"}, F_REFERENCE, FIELD_LISTED, .target = RECORD_UNIT},
  {RULING_PROVISIONAL, "provisional_lead", {"临时牵头单位", "Provisional lead"}, F_REFERENCE, 0, .target = RECORD_UNIT},
  {RULING_GROUNDS, "grounds", {"裁定理由", "Grounds"}, F_LONG_TEXT, FIELD_SEARCHED, 2, 5000},
  {RULING_ASKED_ON, "asked_on", {"提出日期", "Asked on"}, F_DATE, FIELD_DERIVED | FIELD_LISTED},
  {RULING_DUE, "due", {"裁定期限", "Rule by"}, F_DATE, FIELD_DERIVED | FIELD_LISTED},
  {RULING_MADE_ON, "made_on", {"裁定日期", "Made on"}, F_DATE, FIELD_DERIVED | FIELD_LISTED},
  {RULING_MADE_BY, "made_by", {"裁定人", "Made by"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_USER},
  {RULING_TRANSFER, "transfer", {"转办", "Transfer"}, F_REFERENCE, FIELD_FIXED, .target = RECORD_TRANSFER},
  {RULING_CATEGORY, "category", {"问题类别(代码)", "Category, by code"}, F_INTEGER, FIELD_LISTED | FIELD_FIXED | FIELD_HIDDEN},
  {RULING_SECRECY, "secrecy", {"知悉范围", "Secrecy"}, F_CHOICE, FIELD_LISTED | FIELD_FIXED, .choices = SECRECY_CHOICES, .preset = SECRECY_INTERNAL, .has_preset = true},
  {RULING_CAMPAIGN, "campaign", {"专项工作", "Campaign"}, F_REFERENCE, FIELD_LISTED | FIELD_FIXED, .target = RECORD_CAMPAIGN},
};
static const struct state_name states[] = {
  {RULING_ASKED, "asked", {"待裁定", "To be ruled"}}, {RULING_GIVEN, "given", {"已裁定", "Ruled"}, true}, {RULING_DROPPED, "dropped", {"已无需裁定", "Dropped"}, true}, {0}};
#define OFFICE ROLE(ROLE_OFFICE)
#define DOERS (ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD))
#define CLOCK ROLE(ROLE_CLOCK)
static const struct transition transitions[] = {
  {0, ACTION_CREATE, RULING_ASKED, CLOCK, RELATION_ANY, .effects = {EFFECT_RULING_OPEN}, .label = {"提请裁定", "Ask for a ruling"}},
  {RULING_ASKED, ACTION_RULE, RULING_GIVEN, OFFICE, RELATION_ANY, {GUARD_UNIT_MAY_HOLD}, {RULING_LEAD, RULING_GROUNDS}, {EFFECT_RULED}, .label = {"裁定", "Rule"},
   .source = "潍坊市 12345 条例第 19–27 条:争议由热线指定,指定后不得退回"},
  {RULING_ASKED, ACTION_NAME_PROVISIONAL, RULING_ASKED, OFFICE, RELATION_ANY, .asks = {RULING_PROVISIONAL}, .effects = {EFFECT_PROVISIONAL}, .label = {"指定临时牵头单位", "Name a provisional lead"}},
  {RULING_ASKED, ACTION_WITHDRAW, RULING_DROPPED, CLOCK, RELATION_ANY, .label = {"无需裁定", "Drop"}},
};
static const struct permission permissions[] = {
  {OFFICE | ROLE(ROLE_REVIEWER) | ROLE(ROLE_LEADER), RELATION_ANY, MAY_READ | MAY_EXPORT}, {DOERS, RELATION_LEAD, MAY_READ | MAY_EXPORT}, {DOERS, RELATION_JOINT, MAY_READ | MAY_EXPORT}};
static const uint16_t indexes[][3] = {{RULING_PROBLEM, FIELD_STATE}, {RULING_CATEGORY, FIELD_STATE}};
const struct record_type TYPE_RULING = {
  .id = RECORD_RULING, .name = "ruling", .plural = "rulings", .label = {"裁定", "Ruling"}, .label_plural = {"裁定与先例", "Rulings"},
  FIELDS(fields), .states = states, .first = RULING_ASKED, TRANSITIONS(transitions), PERMISSIONS(permissions), .waits = WAITS_EACH, .due = RULING_DUE, .group = GROUP_FLOW,
  .holders = {{RULING_LEAD, RELATION_LEAD}, {RULING_FROM, RELATION_JOINT}, {RULING_OTHER, RELATION_JOINT}}, .title = RULING_TITLE, .secrecy = RULING_SECRECY, INDEXES(indexes)};
