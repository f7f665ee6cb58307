/* A unit's answer in a round 报送: one a unit and round, made when the round opens. Its figures come from the ledger (要数先查): the liaison
   confirms them, adds a note if there is something to say, or gives a nil reply 零报告 in one click; the unit head signs where the policy says
   so. */
#include "records/types.h"

#define COUNTED(code, name, zh, en) {code, name, {zh, en}, F_INTEGER, FIELD_DERIVED}
static const struct field fields[] = {
  {ANSWER_ROUND, "round", {"轮次", "Round"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_ROUND},
  {ANSWER_UNIT, "unit", {"单位", "Unit"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_UNIT},
  {ANSWER_CAMPAIGN, "campaign", {"专项工作", "Campaign"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_CAMPAIGN},
  {ANSWER_NAME, "name", {"报送事项", "What is asked"}, F_TEXT, FIELD_REQUIRED | FIELD_FIXED, 1, 120},
  {ANSWER_DUE, "due", {"报送截止", "Due"}, F_DATE, FIELD_DERIVED | FIELD_LISTED},
  {ANSWER_MONTH, "month", {"月份", "Month"}, F_INTEGER, FIELD_FIXED | FIELD_HIDDEN},
  {ANSWER_KEY, "key", {"去重键", "Key"}, F_TEXT, FIELD_REQUIRED | FIELD_UNIQUE | FIELD_FIXED | FIELD_HIDDEN, 1, 60},
  {ANSWER_NOTE, "note", {"情况说明", "Note"}, F_LONG_TEXT, 0, 0, 5000},
  {ANSWER_SINCE, "since", {"对比起点", "Compared with"}, F_MOMENT, FIELD_FIXED},
  {ANSWER_ANSWERED_ON, "answered_on", {"报送日期", "Answered on"}, F_DATE, FIELD_DERIVED},
  {ANSWER_BY, "answered_by", {"报送人", "Answered by"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_USER},
  {ANSWER_SIGNED_ON, "signed_on", {"签字日期", "Signed on"}, F_DATE, FIELD_DERIVED},
  {ANSWER_SIGNER, "signer", {"签字人", "Signed by"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_USER},
  {ANSWER_WAS_LATE, "was_late", {"曾逾期", "Was late"}, F_YES_NO, FIELD_DERIVED | FIELD_LISTED, .preset = 0, .has_preset = true},
  {ANSWER_REMINDED, "reminded", {"催报次数", "Times reminded"}, F_INTEGER, FIELD_DERIVED | FIELD_LISTED, .preset = 0, .has_preset = true},
  {ANSWER_REMINDED_ON, "reminded_on", {"最近催报", "Reminded on"}, F_DATE, FIELD_DERIVED},
  {ANSWER_REMIND_NEXT, "remind_next", {"下次催报", "Reminded next"}, F_DATE, FIELD_DERIVED | FIELD_HIDDEN},
  COUNTED(ANSWER_PROBLEMS, "problems", "问题总数", "Problems"), COUNTED(ANSWER_OPEN, "open", "在办", "Open"),
  COUNTED(ANSWER_GREEN, "green", "绿", "Green"), COUNTED(ANSWER_BLUE, "blue", "蓝", "Blue"), COUNTED(ANSWER_YELLOW, "yellow", "黄", "Yellow"),
  COUNTED(ANSWER_ORANGE, "orange", "橙", "Orange"), COUNTED(ANSWER_RED, "red", "红", "Red"), COUNTED(ANSWER_GREY, "grey", "灰", "Grey"),
  COUNTED(ANSWER_ADDED, "added", "上轮以来新增", "Added since"), COUNTED(ANSWER_CLOSED, "closed", "上轮以来销号", "Closed since"),
  COUNTED(ANSWER_REOPENED, "reopened", "上轮以来重开", "Re-opened since"), COUNTED(ANSWER_CHANGED, "changed_since", "上轮以来有变动", "Changed since"),
  COUNTED(ANSWER_LACKING, "lacking", "未报进展", "Without a progress note"),
};
static const struct state_name states[] = {
  {ROUND_ANSWER_AWAITED, "awaited", {"待报送", "Awaited"}}, {ROUND_ANSWER_LATE, "late", {"逾期未报", "Late"}}, {ROUND_ANSWER_ANSWERED, "answered", {"已报送", "Answered"}}, {ROUND_ANSWER_SIGNING, "signing", {"待签字", "To be signed"}},
  {ROUND_ANSWER_NIL, "nil", {"零报告", "Nil reply"}}, {ROUND_ANSWER_SIGNED, "signed", {"已签字", "Signed"}, true}, {ROUND_ANSWER_EXCUSED, "excused", {"免报", "Excused"}, true}, {0}};
#define OFFICE ROLE(ROLE_OFFICE)
#define HEAD ROLE(ROLE_UNIT_HEAD)
#define UNIT (ROLE(ROLE_LIAISON) | HEAD)
#define CLOCK ROLE(ROLE_CLOCK)
#define ANSWER_ARROW(from, action, zh, en) \
  {from, action, ROUND_ANSWER_ANSWERED, UNIT, RELATION_LEAD, {GUARD_ROUND_OPEN}, .effects = {EFFECT_STAMP, EFFECT_ANSWER_REMIND, EFFECT_ANSWER_FILL}, .label = {zh, en}}
#define NIL_ARROW(from) \
  {from, ACTION_NIL_REPLY, ROUND_ANSWER_NIL, UNIT, RELATION_LEAD, {GUARD_ROUND_OPEN, GUARD_NIL_CHANGES}, .effects = {EFFECT_STAMP, EFFECT_ANSWER_REMIND, EFFECT_ANSWER_FILL}, .label = {"零报告", "Nil reply"}, \
   .source = "PRACTICE.md, less burden"}
#define EDIT_ARROW(state) {state, ACTION_EDIT, state, UNIT, RELATION_LEAD, {GUARD_ROUND_OPEN}, .label = {"修改", "Edit"}}
#define EXCUSE_ARROW(from) {from, ACTION_EXCUSE, ROUND_ANSWER_EXCUSED, OFFICE, RELATION_ANY, {GUARD_ROUND_OPEN}, .effects = {EFFECT_ANSWER_REMIND}, .reason = true, .label = {"免报", "Excuse"}}
#define REMIND_ARROW(state) {state, ACTION_REMIND, state, OFFICE | CLOCK, RELATION_ANY, {GUARD_ROUND_OPEN, GUARD_REMINDED_ONCE}, .effects = {EFFECT_ANSWER_REMIND}, .label = {"催报", "Remind"}}
#define EXTEND_ARROW(from) {from, ACTION_EXTEND, ROUND_ANSWER_AWAITED, CLOCK, RELATION_ANY, .effects = {EFFECT_ANSWER_REMIND}, .label = {"截止日期改动", "Due date moved"}}
static const struct transition transitions[] = {
  {0, ACTION_CREATE, ROUND_ANSWER_AWAITED, CLOCK, RELATION_ANY, .label = {"要求报送", "Ask"}},
  ANSWER_ARROW(ROUND_ANSWER_AWAITED, ACTION_ANSWER, "确认报送", "Confirm and answer"),
  ANSWER_ARROW(ROUND_ANSWER_LATE, ACTION_ANSWER, "确认报送", "Confirm and answer"),
  ANSWER_ARROW(ROUND_ANSWER_ANSWERED, ACTION_REPORT, "重新报送", "Answer again"),
  ANSWER_ARROW(ROUND_ANSWER_SIGNING, ACTION_REPORT, "重新报送", "Answer again"),
  ANSWER_ARROW(ROUND_ANSWER_NIL, ACTION_REPORT, "改为报送", "Answer instead"),
  NIL_ARROW(ROUND_ANSWER_AWAITED), NIL_ARROW(ROUND_ANSWER_LATE),
  EDIT_ARROW(ROUND_ANSWER_AWAITED), EDIT_ARROW(ROUND_ANSWER_LATE), EDIT_ARROW(ROUND_ANSWER_ANSWERED), EDIT_ARROW(ROUND_ANSWER_SIGNING),
  {ROUND_ANSWER_SIGNING, ACTION_ENDORSE, ROUND_ANSWER_SIGNED, HEAD, RELATION_LEAD, .effects = {EFFECT_STAMP}, .label = {"主要负责人签字", "Sign"}},
  EXCUSE_ARROW(ROUND_ANSWER_AWAITED), EXCUSE_ARROW(ROUND_ANSWER_LATE),
  {ROUND_ANSWER_AWAITED, ACTION_FALL_LATE, ROUND_ANSWER_LATE, CLOCK, RELATION_ANY, {GUARD_ANSWER_OVERDUE}, .effects = {EFFECT_ANSWER_REMIND}, .label = {"逾期", "Fall late"}},
  REMIND_ARROW(ROUND_ANSWER_AWAITED), REMIND_ARROW(ROUND_ANSWER_LATE),
  EXTEND_ARROW(ROUND_ANSWER_AWAITED), EXTEND_ARROW(ROUND_ANSWER_LATE),
};
static const struct permission permissions[] = {
  {OFFICE | ROLE(ROLE_LEADER) | ROLE(ROLE_REVIEWER), RELATION_ANY, MAY_READ | MAY_EXPORT}, {UNIT, RELATION_LEAD, MAY_READ | MAY_EDIT | MAY_EXPORT}};
static const uint16_t sorts[] = {ANSWER_DUE};
static const uint16_t indexes[][3] = {{ANSWER_REMIND_NEXT}, {ANSWER_ROUND, FIELD_STATE}, {ANSWER_MONTH, ANSWER_UNIT}, {ANSWER_UNIT, ANSWER_REMINDED_ON}};
const struct record_type TYPE_ROUND_ANSWER = {
  .id = RECORD_ROUND_ANSWER, .name = "round_answer", .plural = "round_answers", .label = {"报送", "Answer"}, .label_plural = {"各单位报送", "Answers"},
  FIELDS(fields), .states = states, .first = ROUND_ANSWER_AWAITED, TRANSITIONS(transitions), PERMISSIONS(permissions),
  .holders = {{ANSWER_UNIT, RELATION_LEAD}}, .waits = WAITS_EACH, .due = ANSWER_DUE, .group = GROUP_ROUNDS, .title = ANSWER_NAME, SORTS(sorts), INDEXES(indexes)};
