/* The chase 催办: that somebody was asked about something that waits for his unit, by phone, message or letter, and what he said. A phone
   call is noted in one request: what it is about; the rest is known. It carries numbers, never the words of what is chased. */
#include "records/types.h"

static const struct choice ways[] = {{CHASED_BY_PHONE, "phone", {"电话", "Phone"}}, {CHASED_BY_MESSAGE, "message", {"消息", "Message"}}, {CHASED_BY_LETTER, "letter", {"催办函", "Letter"}}, {0}};
static const struct choice secrecies[] = {{SECRECY_OPEN, "open", {"可公开", "Open"}}, {SECRECY_INTERNAL, "internal", {"内部", "Internal"}}, {SECRECY_RESTRICTED, "restricted", {"限定知悉", "Restricted"}},
  {SECRECY_PLACEHOLDER, "placeholder", {"离线涉密占位", "Off-line placeholder"}}, {0}};
static const struct field fields[] = {
  {CHASE_TITLE, "title", {"催办", "Chase"}, F_TEXT, FIELD_DERIVED | FIELD_LISTED, 0, 160},
  {CHASE_PROBLEM, "problem", {"问题", "Problem"}, F_REFERENCE, FIELD_LISTED | FIELD_FIXED, .target = RECORD_PROBLEM}, /* or what is named by type and id */
  {CHASE_OF_TYPE, "of_type", {"催办对象类型", "About type"}, F_CHOICE, FIELD_FIXED | FIELD_LISTED, .choices = RECORD_CHOICES},
  {CHASE_OF_ID, "of_id", {"催办对象", "About"}, F_INTEGER, FIELD_FIXED, 1, INT64_MAX},
  {CHASE_UNIT, "unit", {"被催单位", "Unit"}, F_REFERENCE, FIELD_FIXED | FIELD_LISTED, .target = RECORD_UNIT}, /* that it waits for */
  {CHASE_PERSON, "person", {"接话人", "Who was spoken to"}, F_TEXT, FIELD_FIXED, 0, 80},
  {CHASE_BY, "by", {"催办方式", "By"}, F_CHOICE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .choices = ways, .preset = CHASED_BY_PHONE, .has_preset = true},
  {CHASE_NOTE, "note", {"催办内容", "What was asked"}, F_LONG_TEXT, FIELD_FIXED, 0, 2000},
  {CHASE_SAID_ON, "said_on", {"催办日期", "Chased on"}, F_DATE, FIELD_DERIVED | FIELD_LISTED},
  {CHASE_CHASED_BY, "chased_by", {"催办人", "Chased by"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_USER},
  {CHASE_ORDINAL, "ordinal", {"第几次催办", "Which chase"}, F_INTEGER, FIELD_DERIVED},
  {CHASE_DUE, "due", {"答复期限", "Answer by"}, F_DATE, FIELD_DERIVED | FIELD_LISTED},
  {CHASE_REPLY, "reply", {"答复内容", "What was said"}, F_LONG_TEXT, FIELD_DERIVED, 0, 2000},
  {CHASE_REPLIED_ON, "replied_on", {"答复日期", "Replied on"}, F_DATE, FIELD_DERIVED},
  {CHASE_REPLIED_BY, "replied_by", {"记录答复的人", "Reply entered by"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_USER},
  {CHASE_SECRECY, "secrecy", {"知悉范围", "Secrecy"}, F_CHOICE, FIELD_DERIVED | FIELD_LISTED, .choices = secrecies},
  {CHASE_CAMPAIGN, "campaign", {"专项工作", "Campaign"}, F_REFERENCE, FIELD_DERIVED | FIELD_LISTED, .target = RECORD_CAMPAIGN},
};
static const struct state_name states[] = {
  {CHASE_WAITING, "waiting", {"待答复", "Waiting for an answer"}}, {CHASE_ANSWERED, "answered", {"已答复", "Answered"}, true}, {CHASE_DROPPED, "dropped", {"已撤回", "Dropped"}, true}, {0}};
#define OFFICE ROLE(ROLE_OFFICE)
#define DISTRICT ROLE(ROLE_DISTRICT_OFFICE)
#define UNIT (ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD))
static const struct transition transitions[] = {
  {0, ACTION_CREATE, CHASE_WAITING, OFFICE | DISTRICT, RELATION_LEAD, {GUARD_CHASE_LATE}, .takes = {CHASE_REPLY}, .effects = {EFFECT_CHASE}, .label = {"记一次催办", "Note a chase"}, .source = "PRACTICE.md, daily work 5"},
  {CHASE_WAITING, ACTION_REPLY, CHASE_ANSWERED, UNIT | OFFICE | DISTRICT, RELATION_LEAD, .asks = {CHASE_REPLY}, .effects = {EFFECT_CHASE_ANSWERED}, .label = {"记下答复", "Note the answer"}},
  {CHASE_WAITING, ACTION_CANCEL, CHASE_DROPPED, OFFICE | DISTRICT, RELATION_LEAD, .reason = true, .label = {"撤回催办", "Drop"}},
};
static const struct permission permissions[] = {
  {OFFICE | ROLE(ROLE_LEADER) | ROLE(ROLE_REVIEWER), RELATION_ANY, MAY_READ | MAY_EXPORT}, {UNIT, RELATION_LEAD, MAY_READ | MAY_EXPORT},
  {DISTRICT, RELATION_LEAD, MAY_READ | MAY_CREATE | MAY_EXPORT}, {OFFICE, RELATION_ANY, MAY_CREATE}};
static const uint16_t sorts[] = {CHASE_SAID_ON};
static const uint16_t indexes[][3] = {{CHASE_OF_ID, CHASE_OF_TYPE}, {CHASE_PROBLEM}, {CHASE_UNIT, FIELD_STATE}};
const struct record_type TYPE_CHASE = {
  .id = RECORD_CHASE, .name = "chase", .plural = "chases", .label = {"催办", "Chase"}, .label_plural = {"催办记录", "Chases"},
  FIELDS(fields), .states = states, .first = CHASE_WAITING, TRANSITIONS(transitions), PERMISSIONS(permissions), .holders = {{CHASE_UNIT, RELATION_LEAD}},
  .parent = CHASE_PROBLEM, .together = TOGETHER_VOID | TOGETHER_DESTROY, .waits = WAITS_MANY, .group = GROUP_FLOW, .title = CHASE_TITLE, .secrecy = CHASE_SECRECY, SORTS(sorts), INDEXES(indexes)};
