/* The appeal 诉求: what a citizen or a firm said, in their own words; mostly brought in from the hotline. Handled by one unit, answered, and
   linked to the problem it gave rise to. Three clocks run for it: contact, answer, solve (rules/appeal_clock.h); who made it is called back
   (records/call_back.c). Joining 并单 joins handling: the joined one gets the main one's answer, and keeps its own call-back and
   satisfaction. */
#include "records/types.h"

static const struct choice kinds[] = { /* 北京市接诉即办工作条例 Art. 2 */
  {APPEAL_KIND_CONSULTATION, "consultation", {"咨询", "Question"}}, {APPEAL_KIND_HELP, "help", {"求助", "Request for help"}}, {APPEAL_KIND_COMPLAINT, "complaint", {"投诉", "Complaint"}}, {APPEAL_KIND_REPORT, "report", {"举报", "Report"}}, {APPEAL_KIND_SUGGESTION, "suggestion", {"建议", "Suggestion"}}, {0}};
static const struct choice outcomes[] = { /* PRACTICE.md: explained is not solved */
  {OUTCOME_SOLVED, "solved", {"实际解决", "Really solved"}}, {OUTCOME_EXPLAINED, "explained", {"解释说明", "Explained"}}, {OUTCOME_PARTLY, "partly", {"部分解决", "Partly"}}, {OUTCOME_UNSOLVED, "unsolved", {"未解决", "Unsolved"}}, {0}};
static const struct choice satisfactions[] = {{SATISFIED, "satisfied", {"满意", "Satisfied"}}, {SATISFIED_FAIRLY, "fairly", {"基本满意", "Fairly"}}, {DISSATISFIED, "dissatisfied", {"不满意", "Dissatisfied"}}, {NO_OPINION, "no_opinion", {"不予评价", "No opinion"}}, {0}};
static const struct choice origins[] = { /* domain-facts 3: the kind of clock hangs on where it came in */
  {ORIGIN_HOTLINE, "hotline", {"12345 热线", "Hotline 12345"}}, {ORIGIN_PETITION, "petition", {"信访", "Petition"}}, {ORIGIN_ONLINE, "online", {"网络留言", "Online"}},
  {ORIGIN_VISIT, "visit", {"走访接待", "In person"}}, {ORIGIN_OTHER, "other", {"其他", "Other"}}, {0}};
static const struct choice latenesses[] = {
  {LATENESS_IN_TIME, "in_time", {"期限内", "In time"}}, {LATENESS_DUE_SOON, "due_soon", {"将到期", "Due soon"}}, {LATENESS_LATE, "late", {"已超期", "Late"}},
  {LATENESS_DONE_IN_TIME, "done_in_time", {"按期答复", "Answered in time"}}, {LATENESS_DONE_LATE, "done_late", {"超期答复", "Answered late"}}, {0}};
static const struct choice calls[] = {
  {CALLED_NOT_REACHED, "not_reached", {"未接通", "Not reached"}}, {CALLED_CONTACTED, "contacted", {"已回访:单位联系过", "Reached: contacted by the unit"}},
  {CALLED_NOT_CONTACTED, "not_contacted", {"已回访:单位未联系", "Reached: not contacted by the unit"}}, {0}};
static const struct choice deciders[] = {{CATEGORY_BY_PEOPLE, "people", {"人", "People"}}, {CATEGORY_BY_PROGRAM, "program", {"程序", "The program"}}, {0}};
static const struct choice bases[] = {{DUE_BASIS_CALENDAR, "calendar", {"按工作日历", "By the calendar"}}, {DUE_BASIS_WEEKENDS, "weekends", {"按周末估算", "By weekends"}}, {DUE_BASIS_GIVEN, "given", {"指定", "Given"}}, {0}};
static const struct choice drafts[] = {
  {DRAFT_OF_PROGRESS, "progress", {"整改有进展", "Progress"}}, {DRAFT_OF_ACCEPTANCE, "acceptance", {"已通过验收", "Accepted"}}, {DRAFT_OF_CLOSING, "closing", {"已销号", "Closed"}}, {0}};
static const struct field fields[] = {
  {APPEAL_NUMBER, "number", {"诉求编号", "Number"}, F_TEXT, FIELD_REQUIRED | FIELD_LISTED | FIELD_SEARCHED | FIELD_PARTS | FIELD_FIXED, 1, 64},
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
  {APPEAL_CATEGORY_BY, "category_by", {"分类由谁定", "Category decided by"}, F_CHOICE, FIELD_DERIVED | FIELD_LISTED, .choices = deciders}, /* empty: people, all along */
  {APPEAL_CERTAINTY, "category_certainty", {"程序分类的把握", "The program's certainty"}, F_WEIGHT, FIELD_DERIVED, 0, 10000},
  {APPEAL_DUE, "due", {"办理期限", "Due"}, F_DATE, FIELD_LISTED},
  {APPEAL_DUE_BASIS, "due_basis", {"期限算法", "How the date was reckoned"}, F_CHOICE, FIELD_DERIVED, .choices = bases},
  {APPEAL_ANSWER, "answer", {"答复", "Answer"}, F_LONG_TEXT, 0, 0, 20000},
  {APPEAL_ANSWERED_ON, "answered_on", {"答复日期", "Answered on"}, F_DATE, FIELD_DERIVED},
  {APPEAL_ANSWER_DRAFT, "answer_draft", {"答复草稿(待审发)", "Drafted answer"}, F_LONG_TEXT, FIELD_DERIVED, 0, 20000},
  {APPEAL_DRAFT_OF, "answer_draft_of", {"草稿依据", "Drafted upon"}, F_CHOICE, FIELD_DERIVED | FIELD_LISTED, .choices = drafts},
  {APPEAL_DRAFTED_ON, "answer_drafted_on", {"草稿日期", "Drafted on"}, F_DATE, FIELD_DERIVED},
  {APPEAL_OUTCOME, "outcome", {"办理结果", "Outcome"}, F_CHOICE, FIELD_LISTED, .choices = outcomes},
  {APPEAL_SATISFACTION, "satisfaction", {"满意度", "Satisfaction"}, F_CHOICE, 0, .choices = satisfactions},
  {APPEAL_WHISTLE, "whistle", {"举报(对被反映单位隐藏)", "Whistle-blowing"}, F_YES_NO, FIELD_LISTED, .preset = 0, .has_preset = true},
  {APPEAL_COMPLAINED_OF, "complained_of", {"被反映单位", "Unit complained of"}, F_REFERENCE, FIELD_LISTED, .target = RECORD_UNIT}, /* left empty: the handling unit */
  {APPEAL_ORIGIN, "origin", {"诉求渠道", "Came in by"}, F_CHOICE, FIELD_LISTED | FIELD_TALLIED, .choices = origins, .preset = ORIGIN_HOTLINE, .has_preset = true},
  {APPEAL_JOINED_TO, "joined_to", {"并入的主诉求", "Joined to"}, F_REFERENCE, FIELD_DERIVED | FIELD_LISTED, .target = RECORD_APPEAL},
  {APPEAL_LATENESS, "lateness", {"期限状态", "Lateness"}, F_CHOICE, FIELD_DERIVED | FIELD_LISTED | FIELD_TALLIED, .choices = latenesses},
  {APPEAL_ASSIGNED_ON, "assigned_at", {"派单时间", "Assigned at"}, F_MOMENT, FIELD_DERIVED},
  {APPEAL_CONTACT_DUE, "contact_due", {"先行联系期限", "Contact by"}, F_MOMENT, FIELD_DERIVED},
  {APPEAL_ANSWER_DUE, "answer_due", {"答复期限", "Answer by"}, F_MOMENT, FIELD_DERIVED},
  {APPEAL_SOLVE_DUE, "solve_due", {"解决期限", "Solve by"}, F_MOMENT, FIELD_DERIVED},
  {APPEAL_CONTACTED_ON, "contacted_at", {"先行联系时间", "Contacted at"}, F_MOMENT, FIELD_DERIVED},
  {APPEAL_ANSWERED_BY, "answered_by", {"答复人", "Answered by"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_USER},
  {APPEAL_BOUND, "bound", {"已裁定承办", "Bound by a ruling"}, F_YES_NO, FIELD_DERIVED},
  {APPEAL_CALLED, "called", {"回访情况", "Call-back"}, F_CHOICE, FIELD_DERIVED | FIELD_LISTED | FIELD_TALLIED, .choices = calls},
  {APPEAL_CALLED_OUTCOME, "called_outcome", {"回访:办理结果", "Called back: outcome"}, F_CHOICE, FIELD_DERIVED, .choices = outcomes},
  {APPEAL_CALLED_SATISFACTION, "called_satisfaction", {"回访:满意度", "Called back: satisfaction"}, F_CHOICE, FIELD_DERIVED, .choices = satisfactions},
  {APPEAL_CALLED_AT, "called_at", {"回访时间", "Called back at"}, F_MOMENT, FIELD_DERIVED},
  {APPEAL_ATTEMPTS, "attempts", {"回访次数", "Attempts to call"}, F_INTEGER, FIELD_DERIVED},
  {APPEAL_EXCLUDED, "excluded", {"已剔除", "Excluded"}, F_YES_NO, FIELD_DERIVED | FIELD_LISTED},
  {APPEAL_CLOCK_NEXT, "clock_next", {"时钟下一刻", "The clock's next moment"}, F_MOMENT, FIELD_DERIVED | FIELD_HIDDEN},
  {APPEAL_UP_VOTES, "up_votes", {"点赞数", "Up votes"}, F_INTEGER, 0, 0, 1000000000},
  {APPEAL_DOWN_VOTES, "down_votes", {"反对数", "Down votes"}, F_INTEGER, 0, 0, 1000000000},
  {APPEAL_SECRECY, "secrecy", {"知悉范围", "Secrecy"}, F_CHOICE, FIELD_LISTED | FIELD_TALLIED, .choices = SECRECY_CHOICES, .preset = SECRECY_INTERNAL, .has_preset = true},
  {APPEAL_HISTORIC, "historic", {"历史数据", "Historic"}, F_YES_NO, FIELD_LISTED | FIELD_DERIVED, .preset = 0, .has_preset = true}, /* before the base-line day: no clock */
  {APPEAL_SERVICE, "service", {"受理服务", "Service"}, F_REFERENCE, FIELD_LISTED, .target = RECORD_CATEGORY},
  {APPEAL_DETAILS, "details", {"补充信息", "Details"}, F_LONG_TEXT, 0, 0, 10000},
  {APPEAL_SOURCE_STATE, "source_state", {"来源状态", "State at the source"}, F_TEXT, 0, 0, 40},
  {APPEAL_PUBLIC_TEXT, "public_text", {"公开内容", "Public text"}, F_LONG_TEXT, FIELD_DERIVED, 0, 4000}, /* written by the arrow that shows it only: PRACTICE.md, not public until reviewed */
  {APPEAL_PUBLIC_ANSWER, "public_answer", {"公开答复", "Public answer"}, F_LONG_TEXT, FIELD_DERIVED, 0, 4000},
  {APPEAL_PUBLIC_PLACE, "public_place", {"公开地点", "Public place"}, F_TEXT, FIELD_DERIVED, 0, 200}, /* where somebody lives is not told by itself */
  {APPEAL_PUBLIC_POINT, "public_point", {"公开坐标", "Public point"}, F_POINT, FIELD_DERIVED},
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
  {APPEAL_RECEIVED, "received", {"已受理", "Received"}}, {APPEAL_ASSIGNED, "assigned", {"已派单", "Assigned"}}, {APPEAL_CONTACTED, "contacted", {"已联系", "Contacted"}},
  {APPEAL_DISPUTED, "disputed", {"派单异议", "Disputed"}}, {APPEAL_JOINED, "joined", {"已并单", "Joined"}}, {APPEAL_ANSWERED, "answered", {"已答复", "Answered"}},
  {APPEAL_CALL_BACK_DUE, "call_back_due", {"待回访", "To be called back"}}, {APPEAL_CLOSED, "closed", {"已办结", "Closed"}, true}, {APPEAL_DISMISSED, "dismissed", {"不予受理", "Dismissed"}, true}, {0}};
#define OFFICE ROLE(ROLE_OFFICE)
#define DOERS (ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD))
#define SHOWN(state) \
  {state, ACTION_SHOW_OUTSIDE, state, OFFICE, RELATION_ANY, {GUARD_MAY_SHOW}, {APPEAL_PUBLIC_TEXT}, {EFFECT_SHOWN}, .label = {"对外公开", "Show outside"}, .takes = {APPEAL_PUBLIC_ANSWER, APPEAL_PUBLIC_PLACE, APPEAL_PUBLIC_POINT}}, \
  {state, ACTION_HIDE_OUTSIDE, state, OFFICE, RELATION_ANY, {GUARD_IS_SHOWN}, .effects = {EFFECT_HIDDEN}, .reason = true, .label = {"停止公开", "Show no longer"}}
#define CALLER ROLE(ROLE_CALLER)
#define CLASSIFIED(state) \
  {state, ACTION_CLASSIFY, state, ROLE(ROLE_CLOCK), RELATION_ANY, {GUARD_CLASSIFIES}, {APPEAL_CATEGORY, APPEAL_CERTAINTY}, {EFFECT_CLASSIFIED}, .label = {"程序分类", "Classified by the program"}}, \
  {state, ACTION_CONFIRM_CATEGORY, state, OFFICE | ROLE(ROLE_HOTLINE), RELATION_ANY, {GUARD_CATEGORY_GUESSED}, .effects = {EFFECT_CATEGORY_CONFIRMED}, .label = {"确认分类", "Confirm the category"}}
/* What the problem says is drafted; whoever handles the appeal sends it, as it is or in other words (DOMAIN.md 9: nothing is sent by
   itself). */
#define DRAFTED(state, roles, relation) \
  {state, ACTION_ANSWER_AS_DRAFTED, APPEAL_ANSWERED, roles, relation, {GUARD_DRAFTED}, .takes = {APPEAL_ANSWER, APPEAL_OUTCOME}, .effects = {EFFECT_DRAFT_TAKEN, EFFECT_STAMP, EFFECT_JOINED_FOLLOW}, .label = {"按草稿答复", "Answer as drafted"}}
static const struct transition transitions[] = {
  {APPEAL_RECEIVED, ACTION_ASSIGN, APPEAL_ASSIGNED, OFFICE, RELATION_ANY, {GUARD_NOT_COMPLAINED_OF}, .asks = {APPEAL_UNIT}, .effects = {EFFECT_ASSIGNED}, .label = {"派单", "Assign"}},
  {APPEAL_ASSIGNED, ACTION_SEND_BACK, APPEAL_RECEIVED, DOERS | OFFICE, RELATION_LEAD, {GUARD_RETURN_IN_TIME, GUARD_UNIT_NOT_BOUND}, .reason = true, .label = {"退单", "Send back"}, .source = "山东省:非职责 2 个工作日内回退并注明原因"},
  {APPEAL_RECEIVED, ACTION_ANSWER, APPEAL_ANSWERED, OFFICE, RELATION_ANY, .asks = {APPEAL_ANSWER, APPEAL_OUTCOME}, .effects = {EFFECT_DRAFT_TAKEN, EFFECT_STAMP, EFFECT_JOINED_FOLLOW}, .label = {"答复", "Answer"}},
  {APPEAL_ASSIGNED, ACTION_ANSWER, APPEAL_ANSWERED, DOERS | OFFICE, RELATION_LEAD, .asks = {APPEAL_ANSWER, APPEAL_OUTCOME}, .effects = {EFFECT_DRAFT_TAKEN, EFFECT_STAMP, EFFECT_JOINED_FOLLOW}, .label = {"答复", "Answer"}},
  {APPEAL_ANSWERED, ACTION_CLOSE, APPEAL_CLOSED, OFFICE, RELATION_ANY, .label = {"办结", "Close"}},
  {APPEAL_ANSWERED, ACTION_REOPEN, APPEAL_ASSIGNED, OFFICE, RELATION_ANY, .reason = true, .effects = {EFFECT_ASSIGNED}, .label = {"重办", "Re-open"}},
  {APPEAL_RECEIVED, ACTION_DISMISS, APPEAL_DISMISSED, OFFICE, RELATION_ANY, .reason = true, .label = {"不予受理", "Dismiss"}},
  /* over Open311: only what the office has released, in words of its own */
  SHOWN(APPEAL_RECEIVED), SHOWN(APPEAL_ASSIGNED), SHOWN(APPEAL_CONTACTED), SHOWN(APPEAL_JOINED), SHOWN(APPEAL_ANSWERED), SHOWN(APPEAL_CALL_BACK_DUE), SHOWN(APPEAL_CLOSED), SHOWN(APPEAL_DISMISSED),
  /* evaluations: whoever appealed gets a code once there is something to judge */
  {APPEAL_ANSWERED, ACTION_INVITE, APPEAL_ANSWERED, OFFICE, RELATION_ANY, .effects = {EFFECT_INVITE}, .label = {"发评价码", "Give a code to evaluate by"}},
  {APPEAL_CLOSED, ACTION_INVITE, APPEAL_CLOSED, OFFICE, RELATION_ANY, .effects = {EFFECT_INVITE}, .label = {"发评价码", "Give a code to evaluate by"}},
  {APPEAL_CALL_BACK_DUE, ACTION_INVITE, APPEAL_CALL_BACK_DUE, OFFICE, RELATION_ANY, .effects = {EFFECT_INVITE}, .label = {"发评价码", "Give a code to evaluate by"}},
  /* clocks, joining, call-backs */
  {APPEAL_ASSIGNED, ACTION_CONTACT, APPEAL_CONTACTED, DOERS | OFFICE, RELATION_LEAD, .reason = true, .effects = {EFFECT_CONTACTED}, .label = {"已联系诉求人", "Contacted the person"}, .source = "北京市接诉即办工作条例第十五条"},
  {APPEAL_CONTACTED, ACTION_ANSWER, APPEAL_ANSWERED, DOERS | OFFICE, RELATION_LEAD, .asks = {APPEAL_ANSWER, APPEAL_OUTCOME}, .effects = {EFFECT_DRAFT_TAKEN, EFFECT_STAMP, EFFECT_JOINED_FOLLOW}, .label = {"答复", "Answer"}},
  {APPEAL_CONTACTED, ACTION_SEND_BACK, APPEAL_RECEIVED, DOERS | OFFICE, RELATION_LEAD, {GUARD_RETURN_IN_TIME, GUARD_UNIT_NOT_BOUND}, .reason = true, .label = {"退单", "Send back"}},
  {APPEAL_ASSIGNED, ACTION_DISPUTE, APPEAL_DISPUTED, DOERS, RELATION_LEAD, {GUARD_UNIT_NOT_BOUND}, .reason = true, .label = {"派单异议", "Dispute"}, .source = "北京市接诉即办工作条例第十二条"},
  {APPEAL_CONTACTED, ACTION_DISPUTE, APPEAL_DISPUTED, DOERS, RELATION_LEAD, {GUARD_UNIT_NOT_BOUND}, .reason = true, .label = {"派单异议", "Dispute"}},
  {APPEAL_DISPUTED, ACTION_RULE, APPEAL_ASSIGNED, OFFICE, RELATION_ANY, {GUARD_NOT_COMPLAINED_OF}, .asks = {APPEAL_UNIT}, .effects = {EFFECT_ASSIGNED, EFFECT_RULED_UNIT}, .reason = true, .label = {"裁定承办单位", "Rule who handles it"}, .source = "潍坊市 12345 条例:指定后不得退回"},
  {APPEAL_RECEIVED, ACTION_JOIN, APPEAL_JOINED, OFFICE, RELATION_ANY, {GUARD_JOIN_FITS}, .asks = {APPEAL_JOINED_TO}, .effects = {EFFECT_JOIN}, .label = {"并单", "Join"}, .source = "DOMAIN.md 10"},
  {APPEAL_ASSIGNED, ACTION_JOIN, APPEAL_JOINED, OFFICE, RELATION_ANY, {GUARD_JOIN_FITS}, .asks = {APPEAL_JOINED_TO}, .effects = {EFFECT_JOIN}, .label = {"并单", "Join"}},
  {APPEAL_CONTACTED, ACTION_JOIN, APPEAL_JOINED, OFFICE, RELATION_ANY, {GUARD_JOIN_FITS}, .asks = {APPEAL_JOINED_TO}, .effects = {EFFECT_JOIN}, .label = {"并单", "Join"}},
  {APPEAL_JOINED, ACTION_CONTACT, APPEAL_JOINED, DOERS | OFFICE, RELATION_LEAD, .reason = true, .effects = {EFFECT_CONTACTED}, .label = {"已联系诉求人", "Contacted the person"}},
  {APPEAL_JOINED, ACTION_SEPARATE, APPEAL_RECEIVED, OFFICE, RELATION_ANY, .reason = true, .effects = {EFFECT_JOIN}, .label = {"拆单", "Separate"}},
  {APPEAL_JOINED, ACTION_ANSWER, APPEAL_ANSWERED, ROLE(ROLE_CLOCK), RELATION_ANY, .asks = {APPEAL_ANSWER}, .effects = {EFFECT_DRAFT_TAKEN, EFFECT_STAMP}, .label = {"随主诉求答复", "Answered with its main appeal"}},
  {APPEAL_ANSWERED, ACTION_CALL_BACK, APPEAL_CALL_BACK_DUE, OFFICE | CALLER | ROLE(ROLE_CLOCK), RELATION_ANY, .label = {"转回访", "To be called back"}, .source = "北京市接诉即办工作条例第二十三条"},
  {APPEAL_CALL_BACK_DUE, ACTION_CLOSE, APPEAL_CLOSED, OFFICE, RELATION_ANY, .label = {"办结", "Close"}},
  {APPEAL_CALL_BACK_DUE, ACTION_REOPEN, APPEAL_ASSIGNED, OFFICE, RELATION_ANY, .reason = true, .effects = {EFFECT_ASSIGNED}, .label = {"退回再办", "Re-open"}, .source = "济南市 12345 条例:应办未办或不满意的退回再办"},
  {APPEAL_CLOSED, ACTION_REOPEN, APPEAL_ASSIGNED, OFFICE, RELATION_ANY, .reason = true, .effects = {EFFECT_ASSIGNED}, .label = {"重办", "Re-open"}},
  /* intake: people decide, unless the policy lets certainty decide */
  CLASSIFIED(APPEAL_RECEIVED), CLASSIFIED(APPEAL_ASSIGNED), CLASSIFIED(APPEAL_CONTACTED),
  /* the workbench: answers drafted by the problem */
  DRAFTED(APPEAL_RECEIVED, OFFICE, RELATION_ANY), DRAFTED(APPEAL_ASSIGNED, DOERS | OFFICE, RELATION_LEAD), DRAFTED(APPEAL_CONTACTED, DOERS | OFFICE, RELATION_LEAD),
};
static const struct permission permissions[] = {
  {OFFICE | ROLE(ROLE_LEADER) | ROLE(ROLE_REVIEWER), RELATION_ANY, MAY_READ | MAY_EXPORT}, {DOERS, RELATION_LEAD, MAY_READ | MAY_EXPORT}, {OFFICE, RELATION_ANY, MAY_CREATE | MAY_EDIT},
  {ROLE(ROLE_HOTLINE), RELATION_ANY, MAY_READ | MAY_EXPORT | MAY_CREATE | MAY_EDIT}, {CALLER, RELATION_ANY, MAY_READ}};
static const uint16_t sorts[] = {APPEAL_MADE_AT, APPEAL_DUE};
static const uint16_t indexes[][3] = {{APPEAL_WHISTLE, APPEAL_UNIT}, {APPEAL_TEXT_HASH}, {APPEAL_SHOWN, APPEAL_MADE_AT}, {APPEAL_WHISTLE, APPEAL_COMPLAINED_OF}, {APPEAL_JOINED_TO}, {APPEAL_CLOCK_NEXT}, {APPEAL_CODE_HASH}};
const struct record_type TYPE_APPEAL = {
  .id = RECORD_APPEAL, .name = "appeal", .plural = "appeals", .label = {"诉求", "Appeal"}, .label_plural = {"诉求", "Appeals"},
  FIELDS(fields), .states = states, .first = APPEAL_RECEIVED, TRANSITIONS(transitions), PERMISSIONS(permissions),
  .holders = {{APPEAL_UNIT, RELATION_LEAD}}, .together = TOGETHER_VOID | TOGETHER_CORRECT | TOGETHER_DESTROY, .waits = WAITS_MANY, .due = APPEAL_DUE, .group = GROUP_WORK, .title = APPEAL_TITLE, .moment = APPEAL_MADE_AT, .secrecy = APPEAL_SECRECY, SORTS(sorts), INDEXES(indexes)};
