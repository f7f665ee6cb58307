/* The appeal 诉求: what a citizen or a firm said, in their own words; mostly brought in from the hotline. Handled by one unit, answered,
   and linked to the problem it gave rise to. Joining, rates and call-backs come with their own records. */
#include "records/types.h"

static const struct choice kinds[] = { /* 北京市接诉即办工作条例 Art. 2 */
  {APPEAL_KIND_CONSULTATION, "consultation", {"咨询", "Question"}}, {APPEAL_KIND_HELP, "help", {"求助", "Request for help"}}, {APPEAL_KIND_COMPLAINT, "complaint", {"投诉", "Complaint"}}, {APPEAL_KIND_REPORT, "report", {"举报", "Report"}}, {APPEAL_KIND_SUGGESTION, "suggestion", {"建议", "Suggestion"}}, {0}};
static const struct choice outcomes[] = { /* PRACTICE.md: explained is not solved */
  {OUTCOME_SOLVED, "solved", {"实际解决", "Really solved"}}, {OUTCOME_EXPLAINED, "explained", {"解释说明", "Explained"}}, {OUTCOME_PARTLY, "partly", {"部分解决", "Partly"}}, {OUTCOME_UNSOLVED, "unsolved", {"未解决", "Unsolved"}}, {0}};
static const struct choice satisfactions[] = {{SATISFIED, "satisfied", {"满意", "Satisfied"}}, {SATISFIED_FAIRLY, "fairly", {"基本满意", "Fairly"}}, {DISSATISFIED, "dissatisfied", {"不满意", "Dissatisfied"}}, {0}};
static const struct choice bases[] = {{DUE_BASIS_CALENDAR, "calendar", {"按工作日历", "By the calendar"}}, {DUE_BASIS_WEEKENDS, "weekends", {"按周末估算", "By weekends"}}, {DUE_BASIS_GIVEN, "given", {"指定", "Given"}}, {0}};
static const struct field fields[] = {
  {APPEAL_NUMBER, "number", {"诉求编号", "Number"}, F_TEXT, FIELD_REQUIRED | FIELD_LISTED | FIELD_SEARCHED | FIELD_FIXED, 1, 64},
  {APPEAL_TITLE, "title", {"诉求主题", "Title"}, F_TEXT, FIELD_REQUIRED | FIELD_SEARCHED, 1, 400},
  {APPEAL_TEXT, "text", {"诉求内容", "Text"}, F_LONG_TEXT, FIELD_SEARCHED, 0, 100000},
  {APPEAL_MADE_AT, "made_at", {"诉求时间", "Made at"}, F_MOMENT, FIELD_REQUIRED | FIELD_LISTED},
  {APPEAL_PERSON, "person", {"诉求人", "Person"}, F_TEXT, 0, 0, 80},
  {APPEAL_PHONE, "phone", {"联系电话", "Phone"}, F_CONTACT, 0, 0, 40},
  {APPEAL_UNIT, "unit", {"承办单位", "Handling unit"}, F_REFERENCE, FIELD_LISTED, .target = RECORD_UNIT},
  {APPEAL_PLACE, "place", {"地点", "Place"}, F_TEXT, FIELD_SEARCHED, 0, 200},
  {APPEAL_POINT, "point", {"坐标", "Point"}, F_POINT, 0},
  {APPEAL_KIND, "kind", {"诉求类型", "Kind"}, F_CHOICE, FIELD_LISTED | FIELD_TALLIED, .choices = kinds},
  {APPEAL_CATEGORY, "category", {"诉求分类", "Category"}, F_TEXT, 0, 0, 120},
  {APPEAL_DUE, "due", {"办理期限", "Due"}, F_DATE, FIELD_LISTED},
  {APPEAL_DUE_BASIS, "due_basis", {"期限算法", "How the date was reckoned"}, F_CHOICE, FIELD_DERIVED, .choices = bases},
  {APPEAL_ANSWER, "answer", {"答复", "Answer"}, F_LONG_TEXT, 0, 0, 20000},
  {APPEAL_ANSWERED_ON, "answered_on", {"答复日期", "Answered on"}, F_DATE, FIELD_DERIVED},
  {APPEAL_OUTCOME, "outcome", {"办理结果", "Outcome"}, F_CHOICE, FIELD_LISTED, .choices = outcomes},
  {APPEAL_SATISFACTION, "satisfaction", {"满意度", "Satisfaction"}, F_CHOICE, 0, .choices = satisfactions},
  {APPEAL_WHISTLE, "whistle", {"举报(对被反映单位隐藏)", "Whistle-blowing"}, F_YES_NO, FIELD_LISTED, .preset = 0, .has_preset = true},
  {APPEAL_UP_VOTES, "up_votes", {"点赞数", "Up votes"}, F_INTEGER, 0, 0, 1000000000},
  {APPEAL_DOWN_VOTES, "down_votes", {"反对数", "Down votes"}, F_INTEGER, 0, 0, 1000000000},
  {APPEAL_SECRECY, "secrecy", {"知悉范围", "Secrecy"}, F_CHOICE, FIELD_LISTED | FIELD_TALLIED, .choices = SECRECY_CHOICES, .preset = SECRECY_INTERNAL, .has_preset = true},
  {APPEAL_HISTORIC, "historic", {"历史数据", "Historic"}, F_YES_NO, FIELD_LISTED | FIELD_DERIVED, .preset = 0, .has_preset = true}, /* before the base-line day: no clock */
  {APPEAL_SERVICE, "service", {"受理服务", "Service"}, F_REFERENCE, FIELD_LISTED, .target = RECORD_CATEGORY},
  {APPEAL_DETAILS, "details", {"补充信息", "Details"}, F_LONG_TEXT, 0, 0, 10000},
  {APPEAL_SOURCE_STATE, "source_state", {"来源状态", "State at the source"}, F_TEXT, 0, 0, 40},
  {APPEAL_PUBLIC_TEXT, "public_text", {"公开内容", "Public text"}, F_LONG_TEXT, FIELD_DERIVED, 0, 4000}, /* written by the arrow that shows it only: PRACTICE.md, not public until reviewed */
  {APPEAL_PUBLIC_ANSWER, "public_answer", {"公开答复", "Public answer"}, F_LONG_TEXT, FIELD_DERIVED, 0, 4000},
  {APPEAL_SHOWN, "shown_outside", {"对外公开", "Shown outside"}, F_YES_NO, FIELD_DERIVED | FIELD_LISTED},
  {APPEAL_SHOWN_ON, "shown_on", {"公开日期", "Shown on"}, F_DATE, FIELD_DERIVED},
  {APPEAL_SENT_BY, "sent_by", {"报送账号", "Sent by"}, F_REFERENCE, FIELD_DERIVED | FIELD_HIDDEN, .target = RECORD_USER},
  {APPEAL_PHOTO, "photo", {"照片", "Photo"}, F_FILE, FIELD_FIXED},
  {APPEAL_CODE, "evaluation_code", {"评价码", "Code to evaluate by"}, F_TEXT, FIELD_DERIVED, 0, 20, .readers = ROLE(ROLE_OFFICE)}, /* sent to who appealed */
  {APPEAL_CODE_ON, "evaluation_code_on", {"评价码日期", "Code given on"}, F_DATE, FIELD_DERIVED},
  {APPEAL_CODE_HASH, "evaluation_code_hash", {"评价码指纹", "Hash of the code"}, F_TEXT, FIELD_DERIVED | FIELD_HIDDEN, 0, 64},
  {APPEAL_PROBLEM, "problem", {"立项问题", "Problem"}, F_REFERENCE, FIELD_DERIVED | FIELD_LISTED, .target = RECORD_PROBLEM},
  {APPEAL_SOURCE, "import_source", {"导入来源", "Import source"}, F_TEXT, FIELD_DERIVED | FIELD_HIDDEN, 0, 40},
  {APPEAL_SOURCE_KEY, "source_key", {"来源键", "Source key"}, F_TEXT, FIELD_DERIVED | FIELD_HIDDEN | FIELD_UNIQUE, 0, 120},
  {APPEAL_FINGERPRINT, "fingerprint", {"导入指纹", "Fingerprint"}, F_INTEGER, FIELD_DERIVED | FIELD_HIDDEN},
  {APPEAL_MISSING, "missing", {"来源中已缺", "Missing at the source"}, F_YES_NO, FIELD_DERIVED},
  {APPEAL_TEXT_HASH, "text_hash", {"文本指纹", "Hash of the text"}, F_INTEGER, FIELD_DERIVED | FIELD_HIDDEN},
};
static const struct state_name states[] = {
  {APPEAL_RECEIVED, "received", {"已受理", "Received"}}, {APPEAL_ASSIGNED, "assigned", {"已派单", "Assigned"}}, {APPEAL_ANSWERED, "answered", {"已答复", "Answered"}},
  {APPEAL_CLOSED, "closed", {"已办结", "Closed"}, true}, {APPEAL_DISMISSED, "dismissed", {"不予受理", "Dismissed"}, true}, {0}};
#define OFFICE ROLE(ROLE_OFFICE)
#define DOERS (ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD))
#define SHOWN(state) \
  {state, ACTION_SHOW_OUTSIDE, state, OFFICE, RELATION_ANY, {GUARD_MAY_SHOW}, {APPEAL_PUBLIC_TEXT}, {EFFECT_SHOWN}, .label = {"对外公开", "Show outside"}, .takes = {APPEAL_PUBLIC_ANSWER}}, \
  {state, ACTION_HIDE_OUTSIDE, state, OFFICE, RELATION_ANY, {GUARD_IS_SHOWN}, .effects = {EFFECT_HIDDEN}, .reason = true, .label = {"停止公开", "Show no longer"}}
static const struct transition transitions[] = {
  {APPEAL_RECEIVED, ACTION_ASSIGN, APPEAL_ASSIGNED, OFFICE, RELATION_ANY, .asks = {APPEAL_UNIT}, .label = {"派单", "Assign"}},
  {APPEAL_ASSIGNED, ACTION_SEND_BACK, APPEAL_RECEIVED, DOERS | OFFICE, RELATION_LEAD, .reason = true, .label = {"退单", "Send back"}},
  {APPEAL_RECEIVED, ACTION_ANSWER, APPEAL_ANSWERED, OFFICE, RELATION_ANY, .asks = {APPEAL_ANSWER, APPEAL_OUTCOME}, .effects = {EFFECT_STAMP}, .label = {"答复", "Answer"}},
  {APPEAL_ASSIGNED, ACTION_ANSWER, APPEAL_ANSWERED, DOERS | OFFICE, RELATION_LEAD, .asks = {APPEAL_ANSWER, APPEAL_OUTCOME}, .effects = {EFFECT_STAMP}, .label = {"答复", "Answer"}},
  {APPEAL_ANSWERED, ACTION_CLOSE, APPEAL_CLOSED, OFFICE, RELATION_ANY, .label = {"办结", "Close"}},
  {APPEAL_ANSWERED, ACTION_REOPEN, APPEAL_ASSIGNED, OFFICE, RELATION_ANY, .reason = true, .label = {"重办", "Re-open"}},
  {APPEAL_RECEIVED, ACTION_DISMISS, APPEAL_DISMISSED, OFFICE, RELATION_ANY, .reason = true, .label = {"不予受理", "Dismiss"}},
  /* over Open311: only what the office has released, in words of its own */
  SHOWN(APPEAL_RECEIVED), SHOWN(APPEAL_ASSIGNED), SHOWN(APPEAL_ANSWERED), SHOWN(APPEAL_CLOSED), SHOWN(APPEAL_DISMISSED),
  /* evaluations: whoever appealed gets a code once there is something to judge */
  {APPEAL_ANSWERED, ACTION_INVITE, APPEAL_ANSWERED, OFFICE, RELATION_ANY, .effects = {EFFECT_INVITE}, .label = {"发评价码", "Give a code to evaluate by"}},
  {APPEAL_CLOSED, ACTION_INVITE, APPEAL_CLOSED, OFFICE, RELATION_ANY, .effects = {EFFECT_INVITE}, .label = {"发评价码", "Give a code to evaluate by"}},
};
static const struct permission permissions[] = {
  {OFFICE | ROLE(ROLE_LEADER) | ROLE(ROLE_REVIEWER), RELATION_ANY, MAY_READ | MAY_EXPORT}, {DOERS, RELATION_LEAD, MAY_READ | MAY_EXPORT}, {OFFICE, RELATION_ANY, MAY_CREATE | MAY_EDIT},
  {ROLE(ROLE_HOTLINE), RELATION_ANY, MAY_READ | MAY_EXPORT | MAY_CREATE | MAY_EDIT}};
static const uint16_t sorts[] = {APPEAL_MADE_AT, APPEAL_DUE};
static const uint16_t indexes[][3] = {{APPEAL_WHISTLE, APPEAL_UNIT}, {APPEAL_TEXT_HASH}, {APPEAL_SHOWN, APPEAL_MADE_AT}, {APPEAL_CODE_HASH}};
const struct record_type TYPE_APPEAL = {
  .id = RECORD_APPEAL, .name = "appeal", .plural = "appeals", .label = {"诉求", "Appeal"}, .label_plural = {"诉求", "Appeals"},
  FIELDS(fields), .states = states, .first = APPEAL_RECEIVED, TRANSITIONS(transitions), PERMISSIONS(permissions),
  .holders = {{APPEAL_UNIT, RELATION_LEAD}}, .together = TOGETHER_VOID | TOGETHER_CORRECT | TOGETHER_DESTROY, .group = GROUP_WORK, .title = APPEAL_TITLE, .secrecy = APPEAL_SECRECY, SORTS(sorts), INDEXES(indexes)};
