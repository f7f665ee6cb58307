/* The evaluation 评价: what somebody who appealed says of the outcome, once for each person and matter. A bad one is checked again within the
   policy's working days and judged by two people, as an objection is; only a founded one re-opens (PRACTICE.md, hand-overs, extensions,
   re-opening). */
#include "records/types.h"

static const struct choice solved[] = {{EVALUATED_SOLVED, "solved", {"解决了", "Solved"}}, {EVALUATED_NOT_SOLVED, "not_solved", {"没解决", "Not solved"}}, {0}};
static const struct choice satisfactions[] = {{SATISFIED, "satisfied", {"满意", "Satisfied"}}, {SATISFIED_FAIRLY, "fairly", {"基本满意", "Fairly"}}, {DISSATISFIED, "dissatisfied", {"不满意", "Dissatisfied"}}, {0}};
static const struct choice abouts[] = { /* kept apart (PRACTICE.md) */
  {ABOUT_NOT_SOLVED, "not_solved", {"事情没有解决", "It is not solved"}}, {ABOUT_MANNER, "manner", {"办理的态度和过程", "The manner of handling"}}, {ABOUT_OUTCOME, "outcome", {"不认可结果", "Dislike of the outcome"}}, {0}};
static const struct choice verdicts[] = {
  {FOUNDED, "founded", {"属实", "Founded"}}, {UNFOUNDED, "unfounded", {"不属实", "Unfounded"}}, {BEYOND_LAW, "beyond_law", {"超出法定范围", "Beyond the law"}}, {0}};
#define JUDGES (ROLE(ROLE_OFFICE) | ROLE(ROLE_REVIEWER))
static const struct field fields[] = {
  {EVALUATION_APPEAL, "appeal", {"诉求", "Appeal"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_APPEAL},
  {EVALUATION_PROBLEM, "problem", {"问题", "Problem"}, F_REFERENCE, FIELD_LISTED | FIELD_DERIVED, .target = RECORD_PROBLEM},
  {EVALUATION_SOLVED, "solved", {"是否解决", "Solved or not"}, F_CHOICE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .choices = solved},
  {EVALUATION_SATISFACTION, "satisfaction", {"满意度", "Satisfaction"}, F_CHOICE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .choices = satisfactions},
  {EVALUATION_ABOUT, "about", {"对什么不满意", "Dissatisfied with what"}, F_CHOICE, FIELD_LISTED | FIELD_FIXED, .choices = abouts},
  {EVALUATION_WORDS, "words", {"意见", "Words"}, F_LONG_TEXT, FIELD_FIXED, 0, 2000, .readers = JUDGES},
  {EVALUATION_GIVEN_AT, "given_at", {"评价时间", "Given at"}, F_MOMENT, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED},
  {EVALUATION_KEY, "key", {"一人一事", "One person, one matter"}, F_TEXT, FIELD_DERIVED | FIELD_HIDDEN | FIELD_UNIQUE, 0, 160},
  {EVALUATION_BAD, "bad", {"差评", "Bad"}, F_YES_NO, FIELD_DERIVED | FIELD_LISTED, .preset = 0, .has_preset = true},
  {EVALUATION_RECHECK_DUE, "recheck_due", {"核实期限", "Recheck due"}, F_DATE, FIELD_DERIVED | FIELD_LISTED},
  {EVALUATION_FOUND, "found", {"核实情况", "What the recheck found"}, F_LONG_TEXT, FIELD_DERIVED, 2, 5000},
  {EVALUATION_VERDICT, "verdict", {"认定", "Verdict"}, F_CHOICE, FIELD_LISTED | FIELD_DERIVED, .choices = verdicts},
  {EVALUATION_REASON, "verdict_reason", {"认定理由", "Reason of the verdict"}, F_LONG_TEXT, FIELD_DERIVED, 0, 5000},
  {EVALUATION_FIRST_BY, "first_by", {"初核人", "First judge"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_USER},
  {EVALUATION_SECOND_BY, "second_by", {"复核人", "Second judge"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_USER},
  {EVALUATION_JUDGED_ON, "judged_on", {"认定日期", "Judged on"}, F_DATE, FIELD_DERIVED},
  {EVALUATION_REPLY_DUE, "reply_due", {"答复期限", "Reply due"}, F_DATE, FIELD_DERIVED | FIELD_LISTED},
  {EVALUATION_REPLY, "reply", {"答复", "Reply"}, F_LONG_TEXT, FIELD_DERIVED, 0, 20000},
  {EVALUATION_ANSWERED_ON, "answered_on", {"答复日期", "Answered on"}, F_DATE, FIELD_DERIVED},
};
static const struct state_name states[] = {
  {EVALUATION_GIVEN, "given", {"已评价", "Given"}}, {EVALUATION_RECHECK, "recheck", {"待核实", "To be rechecked"}}, {EVALUATION_PROPOSED, "proposed", {"待复核", "Verdict proposed"}},
  {EVALUATION_JUDGED, "judged", {"已认定", "Judged"}}, {EVALUATION_ANSWERED, "answered", {"已答复", "Answered"}, true}, {0}};
#define OFFICE ROLE(ROLE_OFFICE)
static const struct transition transitions[] = { /* taken in from the portal by the program; on paper by the office */
  {0, ACTION_CREATE, EVALUATION_GIVEN, OFFICE, RELATION_ANY, {GUARD_EVALUATION_FITS}, .effects = {EFFECT_EVALUATION}, .label = {"登记评价", "Register an evaluation"}},
  {EVALUATION_RECHECK, ACTION_CONCLUDE, EVALUATION_PROPOSED, OFFICE, RELATION_ANY, .asks = {EVALUATION_FOUND, EVALUATION_VERDICT, EVALUATION_REASON}, .effects = {EFFECT_STAMP}, .label = {"核实并提出认定意见", "Recheck and propose a verdict"}},
  {EVALUATION_PROPOSED, ACTION_AGREE, EVALUATION_JUDGED, OFFICE, RELATION_ANY, {GUARD_ANOTHER_PERSON}, .effects = {EFFECT_STAMP, EFFECT_OBJECTION, EFFECT_JUDGED_BY}, .label = {"复核同意", "Agree"}},
  {EVALUATION_PROPOSED, ACTION_DISAGREE, EVALUATION_RECHECK, OFFICE, RELATION_ANY, {GUARD_ANOTHER_PERSON}, .effects = {EFFECT_STAMP}, .reason = true, .label = {"复核不同意", "Disagree"}},
  {EVALUATION_JUDGED, ACTION_ANSWER, EVALUATION_ANSWERED, OFFICE, RELATION_ANY, .asks = {EVALUATION_REPLY}, .effects = {EFFECT_STAMP}, .label = {"答复评价人", "Reply"}},
};
static const struct permission permissions[] = {{ROLES_BUSINESS, RELATION_PARENT, MAY_READ | MAY_EXPORT}, {OFFICE, RELATION_PARENT, MAY_CREATE}};
static const uint16_t indexes[][3] = {{EVALUATION_APPEAL}, {EVALUATION_PROBLEM}, {FIELD_STATE, EVALUATION_RECHECK_DUE}};
const struct record_type TYPE_EVALUATION = {
  .id = RECORD_EVALUATION, .name = "evaluation", .plural = "evaluations", .label = {"评价", "Evaluation"}, .label_plural = {"群众评价", "Evaluations"},
  FIELDS(fields), .states = states, .first = EVALUATION_GIVEN, TRANSITIONS(transitions), PERMISSIONS(permissions),
  .parent = EVALUATION_APPEAL, .together = TOGETHER_VOID | TOGETHER_DESTROY, .waits = WAITS_EACH, .due = EVALUATION_RECHECK_DUE, .group = GROUP_FLOW, .title = EVALUATION_GIVEN_AT, INDEXES(indexes)};
