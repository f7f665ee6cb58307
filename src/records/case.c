/* The case 案例: from one matter to its class (DOMAIN.md 11). What caused it, where else it holds (举一反三: other units check themselves), the
   mechanism that ends it, and the proof that it works. With all four it is made 成例, before that it grows 培育中; which of the two it is, is
   reckoned, never given. */
#include "records/types.h"

static const struct choice growths[] = {{CASE_GROWING, "growing", {"培育中", "Growing"}}, {CASE_MADE, "made", {"成例", "Made"}}, {0}};
static const struct choice lacking[] = {
  {LACKS_CAUSE, "cause", {"原因", "Cause"}}, {LACKS_SELF_CHECK, "self_check", {"其他单位自查", "Self-check by others"}}, {LACKS_MECHANISM, "mechanism", {"施行中的制度", "Mechanism in force"}}, {LACKS_EFFECT, "effect", {"成效", "Effect"}}, {0}};
static const struct choice directions[] = {{DIRECTION_UP, "up", {"越高越好", "The higher the better"}}, {DIRECTION_DOWN, "down", {"越低越好", "The lower the better"}}, {0}};
static const struct field fields[] = {
  {CASE_TITLE, "title", {"案例", "Case"}, F_TEXT, FIELD_REQUIRED | FIELD_SEARCHED, 2, 200},
  {CASE_CAMPAIGN, "campaign", {"专项工作", "Campaign"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_CAMPAIGN},
  {CASE_UNIT, "lead_unit", {"牵头单位", "Lead unit"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED, .target = RECORD_UNIT},
  {CASE_PROBLEM, "problem", {"出自问题", "From the problem"}, F_REFERENCE, FIELD_LISTED, .target = RECORD_PROBLEM},
  {CASE_TOPIC, "topic", {"出自课题", "From the topic"}, F_REFERENCE, FIELD_LISTED, .target = RECORD_TOPIC},
  {CASE_CATEGORY, "category", {"问题类别", "Category"}, F_CHOICE, FIELD_LISTED | FIELD_TALLIED, .choices = CATEGORY_CHOICES},
  {CASE_CLASS, "class", {"一类事", "Class"}, F_REFERENCE, FIELD_LISTED, .target = RECORD_CLASS},
  {CASE_MATTERS, "matters", {"这一类事是什么", "The class in words"}, F_TEXT, FIELD_SEARCHED, 0, 200},
  {CASE_CAUSE, "cause", {"原因", "Cause"}, F_LONG_TEXT, FIELD_SEARCHED, 0, 5000},
  {CASE_MECHANISMS, "mechanisms", {"建立的制度", "Mechanisms"}, F_REFERENCES, 0, .target = RECORD_MECHANISM},
  {CASE_INDICATOR, "indicator", {"成效指标", "Indicator"}, F_REFERENCE, FIELD_LISTED, .target = RECORD_INDICATOR},
  {CASE_EFFECT, "effect", {"成效看什么", "What shows the effect"}, F_TEXT, 0, 0, 120},
  {CASE_EFFECT_BEFORE, "effect_before", {"之前", "Before"}, F_DECIMAL, 0},
  {CASE_EFFECT_AFTER, "effect_after", {"之后", "After"}, F_DECIMAL, 0},
  {CASE_EFFECT_ON, "effect_on", {"之后数值的日期", "After, on"}, F_DATE, 0},
  {CASE_DIRECTION, "direction", {"方向", "Direction"}, F_CHOICE, 0, .choices = directions, .preset = DIRECTION_DOWN, .has_preset = true},
  {CASE_GROWTH, "growth", {"成例", "Made or growing"}, F_CHOICE, FIELD_DERIVED | FIELD_LISTED | FIELD_TALLIED, .choices = growths},
  {CASE_LACKS, "lacks", {"还缺", "Still lacks"}, F_CHOICES, FIELD_DERIVED, .choices = lacking},
  {CASE_MADE_ON, "made_on", {"成例日期", "Made on"}, F_DATE, FIELD_DERIVED | FIELD_LISTED},
  {CASE_ASKED_UNITS, "asked_units", {"请哪些单位自查", "Units asked to check themselves"}, F_REFERENCES, 0, .target = RECORD_UNIT, .writers = ROLE(ROLE_CLOCK)},
  {CASE_CHECK_DUE, "check_due", {"自查期限", "Self-checks due"}, F_DATE, 0, .writers = ROLE(ROLE_CLOCK)},
  {CASE_ASKED, "asked", {"自查单位数", "Self-checks asked"}, F_INTEGER, FIELD_DERIVED, .preset = 0, .has_preset = true},
  {CASE_CHECKED, "checked", {"已答复自查数", "Self-checks answered"}, F_INTEGER, FIELD_DERIVED | FIELD_LISTED, .preset = 0, .has_preset = true},
  {CASE_FOUND, "found", {"自查发现同类数", "Self-checks that found it"}, F_INTEGER, FIELD_DERIVED, .preset = 0, .has_preset = true},
  {CASE_SECRECY, "secrecy", {"知悉范围", "Secrecy"}, F_CHOICE, FIELD_LISTED, .choices = SECRECY_CHOICES, .preset = SECRECY_INTERNAL, .has_preset = true},
  {CASE_SUBMITTED_ON, "submitted_on", {"报送日期", "Submitted on"}, F_DATE, FIELD_DERIVED},
  {CASE_CONFIRMED_ON, "confirmed_on", {"确认日期", "Confirmed on"}, F_DATE, FIELD_DERIVED | FIELD_LISTED},
  {CASE_CONFIRMER, "confirmer", {"确认人", "Confirmed by"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_USER},
  {CASE_NOTE, "note", {"备注", "Note"}, F_LONG_TEXT, 0, 0, 5000},
};
static const struct state_name states[] = {
  {CASE_DRAFT, "draft", {"草稿", "Draft"}}, {CASE_SUBMITTED, "submitted", {"待确认", "Submitted"}}, {CASE_CONFIRMED, "confirmed", {"已确认", "Confirmed"}}, {CASE_WITHDRAWN, "withdrawn", {"撤回", "Withdrawn"}, true}, {0}};
#define OFFICE ROLE(ROLE_OFFICE)
#define CLOCK ROLE(ROLE_CLOCK)
#define MAKERS (ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD) | OFFICE)
#define REGROW(state) {state, ACTION_REGROW, state, CLOCK, RELATION_ANY, .effects = {EFFECT_CASE_GROWTH}, .label = {"重新核定", "Reckon again"}}
#define ASK(state) {state, ACTION_ASK_SELF_CHECKS, state, OFFICE, RELATION_ANY, .asks = {CASE_ASKED_UNITS}, .takes = {CASE_CHECK_DUE}, .effects = {EFFECT_SELF_CHECKS_ASK}, .label = {"举一反三,请单位自查", "Ask units to check themselves"}, .source = "DOMAIN.md, 11"}
static const struct transition transitions[] = {
  {0, ACTION_CREATE, CASE_DRAFT, MAKERS, RELATION_LEAD, {GUARD_CASE_FITS}, .effects = {EFFECT_CASE_GROWTH}, .label = {"新建案例", "New case"}},
  {CASE_DRAFT, ACTION_EDIT, CASE_DRAFT, MAKERS, RELATION_LEAD, {GUARD_CASE_FITS}, .effects = {EFFECT_CASE_GROWTH}, .label = {"修改", "Edit"}},
  {CASE_SUBMITTED, ACTION_EDIT, CASE_SUBMITTED, OFFICE, RELATION_ANY, {GUARD_CASE_FITS}, .effects = {EFFECT_CASE_GROWTH}, .label = {"修改", "Edit"}},
  {CASE_CONFIRMED, ACTION_EDIT, CASE_CONFIRMED, OFFICE, RELATION_ANY, {GUARD_CASE_FITS}, .effects = {EFFECT_CASE_GROWTH}, .label = {"修改", "Edit"}},
  {CASE_DRAFT, ACTION_SUBMIT, CASE_SUBMITTED, MAKERS, RELATION_LEAD, {GUARD_CASE_FITS}, .effects = {EFFECT_STAMP, EFFECT_CASE_GROWTH}, .label = {"报送", "Submit"}},
  {CASE_SUBMITTED, ACTION_CONFIRM, CASE_CONFIRMED, OFFICE, RELATION_ANY, .effects = {EFFECT_STAMP, EFFECT_CASE_GROWTH}, .label = {"确认", "Confirm"}},
  {CASE_SUBMITTED, ACTION_SEND_BACK, CASE_DRAFT, OFFICE, RELATION_ANY, .reason = true, .label = {"退回补充", "Send back"}},
  ASK(CASE_DRAFT), ASK(CASE_SUBMITTED), ASK(CASE_CONFIRMED),
  {CASE_DRAFT, ACTION_WITHDRAW, CASE_WITHDRAWN, MAKERS, RELATION_LEAD, .reason = true, .label = {"撤回", "Withdraw"}},
  {CASE_SUBMITTED, ACTION_WITHDRAW, CASE_WITHDRAWN, OFFICE, RELATION_ANY, .reason = true, .label = {"撤回", "Withdraw"}},
  {CASE_CONFIRMED, ACTION_WITHDRAW, CASE_WITHDRAWN, OFFICE, RELATION_ANY, .reason = true, .label = {"撤回", "Withdraw"}},
  REGROW(CASE_DRAFT), REGROW(CASE_SUBMITTED), REGROW(CASE_CONFIRMED),
};
static const struct permission permissions[] = {
  {OFFICE | ROLE(ROLE_LEADER) | ROLE(ROLE_REVIEWER) | ROLE(ROLE_ACCEPTOR), RELATION_ANY, MAY_READ | MAY_EXPORT},
  {ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD), RELATION_LEAD, MAY_READ | MAY_CREATE | MAY_EDIT | MAY_EXPORT},
  {ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD), RELATION_JOINT, MAY_READ}, /* asked to check themselves by it */
  {OFFICE, RELATION_ANY, MAY_CREATE | MAY_EDIT}};
static const uint16_t sorts[] = {CASE_CONFIRMED_ON};
static const uint16_t indexes[][3] = {{CASE_PROBLEM}, {CASE_TOPIC}, {CASE_INDICATOR}, {CASE_CLASS}};
const struct record_type TYPE_CASE = {
  .id = RECORD_CASE, .name = "case", .plural = "cases", .label = {"案例", "Case"}, .label_plural = {"案例清单", "Cases"},
  FIELDS(fields), .states = states, .first = CASE_DRAFT, TRANSITIONS(transitions), PERMISSIONS(permissions), .holders = {{CASE_UNIT, RELATION_LEAD}, {CASE_ASKED_UNITS, RELATION_JOINT}},
  .together = TOGETHER_VOID | TOGETHER_CORRECT | TOGETHER_DESTROY, .waits = WAITS_EACH, .group = GROUP_WORK, .title = CASE_TITLE, .secrecy = CASE_SECRECY, SORTS(sorts), INDEXES(indexes)};
