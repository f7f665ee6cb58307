/* The transfer 转办: a unit that holds a problem asks another to take it, which takes it or refuses with a reason. The problem's date
   never moves by it. A second refusal, or asking a unit that has held the problem before, goes to the office for a ruling. What the
   receiver needs to decide stands here: the problem itself is not yet his to see. */
#include "records/types.h"

static const struct field fields[] = {
  {TRANSFER_TITLE, "title", {"问题", "Problem"}, F_TEXT, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED | FIELD_SEARCHED, 1, 200},
  {TRANSFER_PROBLEM, "problem", {"问题记录", "Problem record"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_PROBLEM},
  {TRANSFER_NUMBER, "number", {"编号", "Number"}, F_TEXT, FIELD_FIXED, 0, 32},
  {TRANSFER_FROM, "from_unit", {"转出单位", "Giving unit"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_UNIT},
  {TRANSFER_TO, "to_unit", {"拟接收单位", "Receiving unit"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_UNIT},
  {TRANSFER_REASON, "why", {"转办理由", "Why"}, F_LONG_TEXT, FIELD_REQUIRED | FIELD_FIXED | FIELD_SEARCHED, 1, 5000},
  {TRANSFER_DETAIL, "detail", {"具体表现", "Detail"}, F_LONG_TEXT, FIELD_FIXED, 0, 20000},
  {TRANSFER_PROBLEM_DUE, "problem_due", {"整改期限", "Problem due"}, F_DATE, FIELD_FIXED},
  {TRANSFER_ASKED_ON, "asked_on", {"提出日期", "Asked on"}, F_DATE, FIELD_DERIVED | FIELD_LISTED},
  {TRANSFER_DUE, "due", {"答复期限", "Answer by"}, F_DATE, FIELD_DERIVED | FIELD_LISTED},
  {TRANSFER_ANSWERED_ON, "answered_on", {"答复日期", "Answered on"}, F_DATE, FIELD_DERIVED},
  {TRANSFER_ANSWER, "answer", {"答复理由", "Answer"}, F_LONG_TEXT, FIELD_DERIVED | FIELD_SEARCHED, 0, 5000},
  {TRANSFER_CIRCLE, "circle", {"循环转办", "In a circle"}, F_YES_NO, FIELD_DERIVED | FIELD_LISTED, .preset = 0, .has_preset = true},
  {TRANSFER_SECRECY, "secrecy", {"知悉范围", "Secrecy"}, F_CHOICE, FIELD_LISTED | FIELD_FIXED, .choices = SECRECY_CHOICES, .preset = SECRECY_INTERNAL, .has_preset = true},
  {TRANSFER_CAMPAIGN, "campaign", {"专项工作", "Campaign"}, F_REFERENCE, FIELD_LISTED | FIELD_FIXED, .target = RECORD_CAMPAIGN},
};
static const struct state_name states[] = {
  {TRANSFER_ASKED, "asked", {"待接收", "Asked"}}, {TRANSFER_TAKEN, "taken", {"已接收", "Taken"}, true}, {TRANSFER_REFUSED, "refused", {"已退回", "Refused"}, true},
  {TRANSFER_REFERRED, "referred", {"待裁定", "Referred for a ruling"}}, {TRANSFER_RULED, "ruled", {"已裁定", "Ruled"}, true}, {TRANSFER_WITHDRAWN, "withdrawn", {"已撤回", "Withdrawn"}, true}, {0}};
#define OFFICE ROLE(ROLE_OFFICE)
#define DOERS (ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD))
#define CLOCK ROLE(ROLE_CLOCK)
/* lead: the receiver; joint: who asks. */
static const struct transition transitions[] = {
  {0, ACTION_CREATE, TRANSFER_ASKED, CLOCK, RELATION_ANY, .effects = {EFFECT_TRANSFER_OPEN}, .label = {"提出转办", "Ask"}}, /* an effect of the problem's transfer */
  {TRANSFER_ASKED, ACTION_TAKE, TRANSFER_TAKEN, DOERS, RELATION_LEAD, {GUARD_TRANSFER_STANDS, GUARD_UNIT_MAY_HOLD}, .effects = {EFFECT_TRANSFER_ANSWERED}, .label = {"接收", "Take"}},
  {TRANSFER_ASKED, ACTION_REFUSE, TRANSFER_REFUSED, DOERS, RELATION_LEAD, {GUARD_TRANSFER_STANDS, GUARD_REFUSE_IN_TIME}, .effects = {EFFECT_TRANSFER_ANSWERED}, .reason = true,
   .label = {"退回转办", "Refuse"}, .source = "山东省 12345:非职责 2 工作日内回退并注明原因"},
  {TRANSFER_ASKED, ACTION_DISPUTE, TRANSFER_REFERRED, OFFICE, RELATION_ANY, .effects = {EFFECT_TRANSFER_ANSWERED}, .reason = true, .label = {"转入裁定", "Refer for a ruling"}},
  {TRANSFER_ASKED, ACTION_WITHDRAW, TRANSFER_WITHDRAWN, DOERS | OFFICE, RELATION_JOINT, .effects = {EFFECT_TRANSFER_ANSWERED}, .reason = true, .label = {"撤回转办", "Withdraw"}},
  {TRANSFER_REFERRED, ACTION_RULE, TRANSFER_RULED, CLOCK, RELATION_ANY, .label = {"裁定", "Rule"}},
  {TRANSFER_REFERRED, ACTION_WITHDRAW, TRANSFER_WITHDRAWN, CLOCK, RELATION_ANY, .label = {"撤回转办", "Withdraw"}},
};
static const struct permission permissions[] = {
  {OFFICE | ROLE(ROLE_REVIEWER) | ROLE(ROLE_LEADER), RELATION_ANY, MAY_READ | MAY_EXPORT}, {DOERS, RELATION_LEAD, MAY_READ | MAY_EXPORT}, {DOERS, RELATION_JOINT, MAY_READ | MAY_EXPORT}};
static const uint16_t indexes[][3] = {{TRANSFER_PROBLEM, FIELD_STATE}};
const struct record_type TYPE_TRANSFER = {
  .id = RECORD_TRANSFER, .name = "transfer", .plural = "transfers", .label = {"转办", "Transfer"}, .label_plural = {"转办", "Transfers"},
  FIELDS(fields), .states = states, .first = TRANSFER_ASKED, TRANSITIONS(transitions), PERMISSIONS(permissions), .waits = WAITS_EACH, .due = TRANSFER_DUE, .group = GROUP_FLOW,
  .holders = {{TRANSFER_TO, RELATION_LEAD}, {TRANSFER_FROM, RELATION_JOINT}}, .title = TRANSFER_TITLE, .secrecy = TRANSFER_SECRECY, INDEXES(indexes)};
