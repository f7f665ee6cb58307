/* The submission 公众来件: one thing that came in from the portal, under the portal's own number, so that it is taken in once however often it
   is sent. What was made of it is another record; what could not be taken says why, for whoever follows it by the code. It keeps the code's
   hash, never the code. */
#include "records/types.h"

static const struct choice kinds[] = {{SUBMITTED_OBJECTION, "objection", {"异议", "Objection"}}, {SUBMITTED_EVALUATION, "evaluation", {"评价", "Evaluation"}}, {SUBMITTED_APPEAL, "appeal", {"诉求", "Appeal"}}, {0}};
static const struct field fields[] = {
  {SUBMISSION_KEY, "key", {"来件编号", "Number at the portal"}, F_TEXT, FIELD_REQUIRED | FIELD_UNIQUE | FIELD_FIXED, 1, 80},
  {SUBMISSION_KIND, "kind", {"类别", "Kind"}, F_CHOICE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .choices = kinds},
  {SUBMISSION_RECEIVED, "received", {"收到时间", "Received"}, F_MOMENT, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED},
  {SUBMISSION_TRACKING, "tracking", {"查询码指纹", "Hash of the code"}, F_TEXT, FIELD_FIXED | FIELD_HIDDEN, 0, 64},
  {SUBMISSION_OF_TYPE, "of_type", {"办成了(类型)", "Became, type"}, F_CHOICE, FIELD_FIXED, .choices = RECORD_CHOICES},
  {SUBMISSION_OF_ID, "of_id", {"办成了", "Became"}, F_INTEGER, FIELD_FIXED},
  {SUBMISSION_PROBLEM, "problem", {"问题", "Problem"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_PROBLEM},
  {SUBMISSION_WHY, "why", {"未受理原因", "Why it was not taken"}, F_TEXT, FIELD_FIXED, 0, 400},
};
static const struct state_name states[] = {{SUBMISSION_TAKEN, "taken", {"已接收", "Taken"}, true}, {SUBMISSION_REFUSED, "refused", {"未受理", "Not taken"}, true}, {0}};
static const struct transition transitions[] = {
  {0, ACTION_CREATE, SUBMISSION_TAKEN, ROLE(ROLE_CLOCK), RELATION_ANY, .label = {"接收", "Take in"}},
  {0, ACTION_REFUSE, SUBMISSION_REFUSED, ROLE(ROLE_CLOCK), RELATION_ANY, .label = {"不受理", "Refuse"}},
};
static const struct permission permissions[] = {{ROLE(ROLE_OFFICE) | ROLE(ROLE_REVIEWER), RELATION_ANY, MAY_READ | MAY_EXPORT}};
static const uint16_t indexes[][3] = {{SUBMISSION_OF_ID}};
const struct record_type TYPE_SUBMISSION = {
  .id = RECORD_SUBMISSION, .name = "submission", .plural = "submissions", .label = {"公众来件", "Submission"}, .label_plural = {"公众来件", "Submissions"},
  FIELDS(fields), .states = states, .first = SUBMISSION_TAKEN, TRANSITIONS(transitions), PERMISSIONS(permissions), .together = TOGETHER_DESTROY, .group = GROUP_FLOW, .title = SUBMISSION_KEY, INDEXES(indexes)};
