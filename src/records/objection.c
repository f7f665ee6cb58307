/* The objection 异议: what somebody has against a closing that is being publicised. Two people of the office find it founded, unfounded or
   beyond the law; an open one stops the closing, a founded one sends the problem back (or re-opens it, when it is closed already). */
#include "records/types.h"

static const struct choice channels[] = {
  {OBJECTED_BY_LETTER, "letter", {"来信", "Letter"}}, {OBJECTED_BY_PHONE, "phone", {"来电", "Phone"}}, {OBJECTED_IN_PERSON, "in_person", {"来访", "In person"}},
  {OBJECTED_ONLINE, "online", {"网络", "Online"}}, {OBJECTED_BY_HOTLINE, "hotline", {"12345 热线", "Hotline 12345"}}, {OBJECTED_OTHERWISE, "otherwise", {"其他", "Otherwise"}}, {0}};
static const struct choice verdicts[] = { /* PRACTICE.md, hand-overs, extensions, re-opening */
  {FOUNDED, "founded", {"属实", "Founded"}}, {UNFOUNDED, "unfounded", {"不属实", "Unfounded"}}, {BEYOND_LAW, "beyond_law", {"超出法定范围", "Beyond the law"}}, {0}};
static const struct field fields[] = {
  {OBJECTION_PROBLEM, "problem", {"问题", "Problem"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_PROBLEM},
  {OBJECTION_TEXT, "text", {"异议内容", "Objection"}, F_LONG_TEXT, FIELD_REQUIRED | FIELD_FIXED, 2, 20000},
  {OBJECTION_FROM, "from_whom", {"提出人", "From whom"}, F_TEXT, FIELD_FIXED, 0, 80, .readers = ROLE(ROLE_OFFICE) | ROLE(ROLE_REVIEWER)},
  {OBJECTION_CONTACT, "contact", {"联系方式", "Contact"}, F_CONTACT, FIELD_FIXED, 0, 40, .readers = ROLE(ROLE_OFFICE)},
  {OBJECTION_RECEIVED_ON, "received_on", {"收到日期", "Received on"}, F_DATE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED},
  {OBJECTION_CHANNEL, "channel", {"渠道", "Channel"}, F_CHOICE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .choices = channels},
  {OBJECTION_RECHECK_DUE, "recheck_due", {"核查期限", "To be judged by"}, F_DATE, FIELD_DERIVED | FIELD_LISTED},
  {OBJECTION_VERDICT, "verdict", {"认定", "Verdict"}, F_CHOICE, FIELD_LISTED | FIELD_DERIVED, .choices = verdicts},
  {OBJECTION_REASON, "verdict_reason", {"认定理由", "Reason of the verdict"}, F_LONG_TEXT, FIELD_DERIVED, 0, 5000},
  {OBJECTION_FIRST_BY, "first_by", {"初核人", "First judge"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_USER},
  {OBJECTION_SECOND_BY, "second_by", {"复核人", "Second judge"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_USER},
  {OBJECTION_JUDGED_ON, "judged_on", {"认定日期", "Judged on"}, F_DATE, FIELD_DERIVED},
  {OBJECTION_REPLY_DUE, "reply_due", {"答复期限", "Reply due"}, F_DATE, FIELD_DERIVED | FIELD_LISTED},
  {OBJECTION_REPLY, "reply", {"答复", "Reply"}, F_LONG_TEXT, FIELD_DERIVED, 0, 20000},
  {OBJECTION_ANSWERED_ON, "answered_on", {"答复日期", "Answered on"}, F_DATE, FIELD_DERIVED},
};
static const struct state_name states[] = {
  {OBJECTION_RECEIVED, "received", {"待核查", "Received"}}, {OBJECTION_PROPOSED, "proposed", {"待复核", "Verdict proposed"}}, {OBJECTION_JUDGED, "judged", {"已认定", "Judged"}},
  {OBJECTION_ANSWERED, "answered", {"已答复", "Answered"}, true}, {0}};
#define OFFICE ROLE(ROLE_OFFICE)
static const struct transition transitions[] = {
  {0, ACTION_CREATE, OBJECTION_RECEIVED, OFFICE, RELATION_ANY, {GUARD_PLACEHOLDER}, .effects = {EFFECT_JUDGED_BY}, .label = {"登记异议", "Register an objection"}},
  {OBJECTION_RECEIVED, ACTION_CONCLUDE, OBJECTION_PROPOSED, OFFICE, RELATION_ANY, .asks = {OBJECTION_VERDICT, OBJECTION_REASON}, .effects = {EFFECT_STAMP}, .label = {"提出认定意见", "Propose a verdict"}},
  {OBJECTION_PROPOSED, ACTION_AGREE, OBJECTION_JUDGED, OFFICE, RELATION_ANY, {GUARD_ANOTHER_PERSON}, .effects = {EFFECT_STAMP, EFFECT_OBJECTION, EFFECT_JUDGED_BY}, .label = {"复核同意", "Agree"}},
  {OBJECTION_PROPOSED, ACTION_DISAGREE, OBJECTION_RECEIVED, OFFICE, RELATION_ANY, {GUARD_ANOTHER_PERSON}, .effects = {EFFECT_STAMP}, .reason = true, .label = {"复核不同意", "Disagree"}},
  {OBJECTION_JUDGED, ACTION_ANSWER, OBJECTION_ANSWERED, OFFICE, RELATION_ANY, .asks = {OBJECTION_REPLY}, .effects = {EFFECT_STAMP}, .label = {"答复提出人", "Reply"}},
};
static const struct permission permissions[] = {{ROLES_BUSINESS, RELATION_PARENT, MAY_READ}, {OFFICE, RELATION_PARENT, MAY_CREATE}};
static const uint16_t indexes[][3] = {{OBJECTION_PROBLEM}, {FIELD_STATE, OBJECTION_REPLY_DUE}};
const struct record_type TYPE_OBJECTION = {
  .id = RECORD_OBJECTION, .name = "objection", .plural = "objections", .label = {"异议", "Objection"}, .label_plural = {"公示异议", "Objections"},
  FIELDS(fields), .states = states, .first = OBJECTION_RECEIVED, TRANSITIONS(transitions), PERMISSIONS(permissions),
  .parent = OBJECTION_PROBLEM, .affects = {OBJECTION_PROBLEM}, .together = TOGETHER_VOID | TOGETHER_DESTROY, .waits = WAITS_EACH, .due = OBJECTION_RECHECK_DUE, .group = GROUP_FLOW, .title = OBJECTION_RECEIVED_ON, INDEXES(indexes)};
