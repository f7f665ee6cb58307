/* The call-back 回访: one attempt to reach who made an appeal, and what that person said. Never edited: a wrong one is voided by two people.
   The latest one that stands sets the outcome and the satisfaction of its appeal (rules/appeal_settle.c), and the three rates are made from
   those alone. Nobody rates what his own unit handled. 北京市接诉即办工作条例第二十三条. */
#include "records/types.h"

static const struct choice outcomes[] = { /* PRACTICE.md: explained is not solved */
  {OUTCOME_SOLVED, "solved", {"实际解决", "Really solved"}}, {OUTCOME_EXPLAINED, "explained", {"解释说明", "Explained"}}, {OUTCOME_PARTLY, "partly", {"部分解决", "Partly"}}, {OUTCOME_UNSOLVED, "unsolved", {"未解决", "Unsolved"}}, {0}};
static const struct choice satisfactions[] = {{SATISFIED, "satisfied", {"满意", "Satisfied"}}, {SATISFIED_FAIRLY, "fairly", {"基本满意", "Fairly"}}, {DISSATISFIED, "dissatisfied", {"不满意", "Dissatisfied"}}, {NO_OPINION, "no_opinion", {"不予评价", "No opinion"}}, {0}};
static const struct choice ways[] = {{CALLED_BY_PHONE, "phone", {"电话", "Phone"}}, {CALLED_BY_TEXT, "text", {"短信", "Text message"}}, {CALLED_ONLINE, "online", {"网络", "Online"}}, {CALLED_IN_PERSON, "in_person", {"当面", "In person"}}, {0}};
static const struct field fields[] = {
  {CALL_BACK_APPEAL, "appeal", {"诉求", "Appeal"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_APPEAL},
  {CALL_BACK_TITLE, "title", {"回访", "Call-back"}, F_TEXT, FIELD_DERIVED | FIELD_LISTED, 0, 160},
  {CALL_BACK_WAY, "way", {"回访方式", "By"}, F_CHOICE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .choices = ways, .preset = CALLED_BY_PHONE, .has_preset = true},
  {CALL_BACK_REACHED, "reached", {"是否接通", "Reached"}, F_YES_NO, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED},
  {CALL_BACK_CONTACTED, "contacted", {"单位是否联系过", "The unit had been in touch"}, F_YES_NO, FIELD_LISTED | FIELD_FIXED}, /* as the person says */
  {CALL_BACK_OUTCOME, "outcome", {"办理结果", "Outcome"}, F_CHOICE, FIELD_LISTED | FIELD_FIXED, .choices = outcomes},
  {CALL_BACK_SATISFACTION, "satisfaction", {"满意度", "Satisfaction"}, F_CHOICE, FIELD_LISTED | FIELD_FIXED, .choices = satisfactions},
  {CALL_BACK_WORDS, "words", {"诉求人原话", "In their words"}, F_LONG_TEXT, FIELD_FIXED, 0, 5000},
  {CALL_BACK_ATTEMPT, "attempt", {"第几次回访", "Which attempt"}, F_INTEGER, FIELD_DERIVED},
  {CALL_BACK_UNIT, "unit", {"承办单位(回访时)", "Handling unit then"}, F_REFERENCE, FIELD_DERIVED | FIELD_LISTED, .target = RECORD_UNIT},
  {CALL_BACK_CALLER, "caller", {"回访人", "Called by"}, F_REFERENCE, FIELD_DERIVED | FIELD_LISTED, .target = RECORD_USER},
  {CALL_BACK_AT, "called_at", {"回访时间", "Called at"}, F_MOMENT, FIELD_DERIVED | FIELD_LISTED},
};
static const struct state_name states[] = {{CALL_BACK_MADE, "made", {"已回访", "Made"}, true}, {0}};
#define CALLERS (ROLE(ROLE_CALLER) | ROLE(ROLE_OFFICE))
static const struct transition transitions[] = {
  {0, ACTION_CREATE, CALL_BACK_MADE, CALLERS, RELATION_OUTSIDE, {GUARD_CALLER_APART, GUARD_CALL_FITS}, .effects = {EFFECT_CALL_BACK}, .label = {"记一次回访", "Note a call-back"}, .source = "PRACTICE.md, three rates"},
};
static const struct permission permissions[] = {
  {CALLERS | ROLE(ROLE_LEADER) | ROLE(ROLE_REVIEWER), RELATION_ANY, MAY_READ}, {ROLE(ROLE_OFFICE) | ROLE(ROLE_LEADER) | ROLE(ROLE_REVIEWER), RELATION_ANY, MAY_EXPORT},
  {ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD), RELATION_PARENT, MAY_READ}, {CALLERS, RELATION_OUTSIDE, MAY_CREATE}};
static const uint16_t sorts[] = {CALL_BACK_AT};
static const uint16_t indexes[][3] = {{CALL_BACK_APPEAL}};
const struct record_type TYPE_CALL_BACK = {
  .id = RECORD_CALL_BACK, .name = "call_back", .plural = "call_backs", .label = {"回访", "Call-back"}, .label_plural = {"回访记录", "Call-backs"},
  FIELDS(fields), .states = states, .first = CALL_BACK_MADE, TRANSITIONS(transitions), PERMISSIONS(permissions), .parent = CALL_BACK_APPEAL,
  .together = TOGETHER_VOID | TOGETHER_DESTROY, .awaited = APPEAL_CALL_BACK_DUE, .group = GROUP_WORK, .title = CALL_BACK_TITLE, SORTS(sorts), INDEXES(indexes)};
