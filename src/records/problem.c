/* The problem 问题: what has to be put right, and the main line of its life (DOMAIN.md 4). Splitting, merging, disputes
   and suspension have their codes reserved and no arrows yet. */
#include "records/types.h"

static const struct choice categories[] = { /* PRACTICE.md, demo city; a campaign's own list comes with categories as records */
  {CATEGORY_ECONOMY, "economy", {"经济高质量发展", "Economy"}},
  {CATEGORY_OPENING, "opening", {"高水平改革开放", "Reform and opening"}},
  {CATEGORY_GOVERNANCE, "governance", {"超大城市治理现代化", "City governance"}},
  {CATEGORY_LIVELIHOOD, "livelihood", {"保障和改善民生", "People's livelihood"}},
  {CATEGORY_PARTY, "party", {"党风廉政与队伍建设", "Conduct and teams"}},
  {0}};
static const struct choice sources[] = { /* DOMAIN.md 6 */
  {SOURCE_RESEARCH, "research", {"调研", "Research"}},
  {SOURCE_DEVELOPMENT, "development", {"推动发展", "Development"}},
  {SOURCE_APPEALS, "appeals", {"群众反映", "Appeals"}},
  {SOURCE_INSPECTION_OLD, "inspection_old", {"巡视存量", "Inspection, stock"}},
  {SOURCE_AUDIT_OLD, "audit_old", {"审计存量", "Audit, stock"}},
  {SOURCE_INSPECTION_NEW, "inspection_new", {"巡视新发现", "Inspection, new"}},
  {SOURCE_SELF_CHECK, "self_check", {"检视", "Self-check"}},
  {SOURCE_AUDIT_NEW, "audit_new", {"审计新发现", "Audit, new"}},
  {0}};
static const struct choice kinds[] = { /* DOMAIN.md 6, domain-facts 6 */
  {KIND_AT_ONCE, "at_once", {"即知即改", "At once"}},
  {KIND_TIME_LIMITED, "time_limited", {"限期整改", "Time-limited"}},
  {KIND_LONG_TERM, "long_term", {"长期整改", "Long-term"}},
  {0}};
static const struct choice levels[] = {{LEVEL_CITY, "city", {"市级清单", "City list"}}, {LEVEL_UNIT, "unit", {"单位清单", "Unit list"}}, {0}};
static const struct choice priorities[] = {{PRIORITY_NORMAL, "normal", {"一般", "Normal"}}, {PRIORITY_HIGH, "high", {"重点", "High"}}, {PRIORITY_TOP, "top", {"特急", "Top"}}, {0}};
static const struct choice routes[] = { /* PRACTICE.md, closing by risk */
  {ROUTE_A, "a", {"甲类:全链条", "A: full chain"}}, {ROUTE_B, "b", {"乙类:书面验收", "B: desk review"}}, {ROUTE_C, "c", {"丙类:单位自结", "C: closed by the unit"}}, {0}};
static const struct choice bases[] = {
  {DUE_BASIS_CALENDAR, "calendar", {"按工作日历", "By the calendar"}}, {DUE_BASIS_WEEKENDS, "weekends", {"按周末估算", "By weekends"}},
  {DUE_BASIS_GIVEN, "given", {"指定", "Given"}}, {0}};

static const struct field fields[] = {
  {PROBLEM_NUMBER, "number", {"编号", "Number"}, F_TEXT, FIELD_DERIVED | FIELD_UNIQUE | FIELD_LISTED | FIELD_SEARCHED, 0, 32},
  {PROBLEM_TITLE, "title", {"问题", "Problem"}, F_TEXT, FIELD_REQUIRED | FIELD_SEARCHED, 2, 200},
  {PROBLEM_DETAIL, "detail", {"具体表现", "Detail"}, F_LONG_TEXT, FIELD_SEARCHED, 0, 20000},
  {PROBLEM_CAMPAIGN, "campaign", {"专项工作", "Campaign"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_CAMPAIGN},
  {PROBLEM_CATEGORY, "category", {"问题类别", "Category"}, F_CHOICE, FIELD_REQUIRED | FIELD_LISTED | FIELD_TALLIED, .choices = categories},
  {PROBLEM_SOURCE, "source", {"问题来源", "Source"}, F_CHOICE, FIELD_REQUIRED | FIELD_LISTED | FIELD_TALLIED, .choices = sources},
  {PROBLEM_KIND, "kind", {"整改类型", "Kind"}, F_CHOICE, FIELD_REQUIRED | FIELD_LISTED | FIELD_TALLIED, .choices = kinds, .preset = KIND_TIME_LIMITED, .has_preset = true},
  {PROBLEM_LEVEL, "level", {"清单层级", "List"}, F_CHOICE, FIELD_REQUIRED | FIELD_LISTED, .choices = levels, .preset = LEVEL_UNIT, .has_preset = true},
  {PROBLEM_PRIORITY, "priority", {"优先级", "Priority"}, F_CHOICE, FIELD_LISTED, .choices = priorities, .preset = PRIORITY_NORMAL, .has_preset = true},
  {PROBLEM_HARD, "hard", {"硬骨头", "Hard nut"}, F_YES_NO, FIELD_LISTED, .preset = 0, .has_preset = true},
  {PROBLEM_ROOT_CAUSE, "root_cause", {"原因分析", "Root cause"}, F_LONG_TEXT, FIELD_SEARCHED, 0, 5000},
  {PROBLEM_GOAL, "goal", {"整改目标", "Goal"}, F_LONG_TEXT, FIELD_SEARCHED, 0, 5000},
  {PROBLEM_LEAD_UNIT, "lead_unit", {"牵头单位", "Lead unit"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED, .target = RECORD_UNIT},
  {PROBLEM_JOINT_UNITS, "joint_units", {"配合单位", "Joint units"}, F_REFERENCES, 0, .target = RECORD_UNIT},
  {PROBLEM_OFFICIAL, "official", {"责任领导", "Official"}, F_TEXT, 0, 0, 80},
  {PROBLEM_OWNER, "owner", {"责任人", "Owner"}, F_TEXT, 0, 0, 80},
  {PROBLEM_DUE, "due", {"整改期限", "Due"}, F_DATE, FIELD_LISTED},
  {PROBLEM_DUE_ORIGINAL, "due_original", {"首次期限", "Original due date"}, F_DATE, FIELD_DERIVED},
  {PROBLEM_DUE_BASIS, "due_basis", {"期限算法", "How the date was reckoned"}, F_CHOICE, FIELD_DERIVED, .choices = bases},
  {PROBLEM_SECRECY, "secrecy", {"知悉范围", "Secrecy"}, F_CHOICE, FIELD_LISTED | FIELD_TALLIED, .choices = SECRECY_CHOICES, .preset = SECRECY_INTERNAL, .has_preset = true},
  {PROBLEM_ROUTE, "route", {"销号路径", "Closing route"}, F_CHOICE, FIELD_LISTED, .choices = routes, .writers = ROLE(ROLE_OFFICE)},
  {PROBLEM_PARENT, "parent", {"上级问题", "Parent problem"}, F_REFERENCE, FIELD_LISTED | FIELD_DERIVED, .target = RECORD_PROBLEM},
  {PROBLEM_COUNTED, "counted", {"计入总数", "Counted"}, F_YES_NO, FIELD_LISTED | FIELD_TALLIED | FIELD_DERIVED, .preset = 0, .has_preset = true},
  {PROBLEM_HISTORIC, "historic", {"历史数据", "Historic"}, F_YES_NO, FIELD_LISTED | FIELD_DERIVED, .preset = 0, .has_preset = true},
  {PROBLEM_PROGRESS_NOTE, "progress_note", {"整改进展", "Progress"}, F_LONG_TEXT, 0, 0, 5000},
  {PROBLEM_REPORTED_ON, "reported_on", {"最近报进展", "Progress reported on"}, F_DATE, FIELD_DERIVED},
  {PROBLEM_REMARK, "remark", {"备注", "Remark"}, F_LONG_TEXT, 0, 0, 5000},
  {PROBLEM_OTHER_COLUMNS, "other_columns", {"原表其他列", "Other columns of the file"}, F_LONG_TEXT, 0, 0, 20000},
  {PROBLEM_FILE_NUMBER, "file_number", {"原表编号", "Number in the file"}, F_TEXT, FIELD_DERIVED, 0, 80},
  {PROBLEM_FILE_SHEET, "file_sheet", {"原表工作表", "Sheet of the file"}, F_TEXT, FIELD_DERIVED, 0, 120},
  {PROBLEM_FILE_ROW, "file_row", {"原表行号", "Row of the file"}, F_INTEGER, FIELD_DERIVED},
  {PROBLEM_DUE_TEXT, "due_text", {"期限原文", "Due, as written"}, F_TEXT, FIELD_DERIVED, 0, 200},
  {PROBLEM_IMPORTED_ON, "imported_on", {"导入日期", "Imported on"}, F_DATE, FIELD_DERIVED},
  {PROBLEM_MISSING, "missing", {"来源中已缺", "Missing at the source"}, F_YES_NO, FIELD_DERIVED},
  {PROBLEM_IMPORT_SOURCE, "import_source", {"导入来源", "Import source"}, F_TEXT, FIELD_DERIVED | FIELD_HIDDEN, 0, 40},
  {PROBLEM_SOURCE_KEY, "source_key", {"来源键", "Source key"}, F_TEXT, FIELD_DERIVED | FIELD_HIDDEN | FIELD_UNIQUE, 0, 160},
  {PROBLEM_FINGERPRINT, "fingerprint", {"导入指纹", "Fingerprint"}, F_INTEGER, FIELD_DERIVED | FIELD_HIDDEN},
  {PROBLEM_COLOUR, "colour", {"颜色", "Colour"}, F_CHOICE, FIELD_DERIVED | FIELD_LISTED | FIELD_TALLIED, .choices = COLOUR_CHOICES},
  {PROBLEM_COLOUR_RULE, "colour_rule", {"颜色规则", "Colour rule"}, F_INTEGER, FIELD_DERIVED | FIELD_HIDDEN},
  {PROBLEM_COLOUR_SINCE, "colour_since", {"颜色起于", "Colour since"}, F_MOMENT, FIELD_DERIVED},
  {PROBLEM_COLOUR_NEXT, "colour_next", {"颜色可能变于", "Colour may change at"}, F_MOMENT, FIELD_DERIVED | FIELD_HIDDEN},
  {PROBLEM_COLOUR_POLICY, "colour_policy", {"依据口径", "Judged under policy"}, F_INTEGER, FIELD_DERIVED | FIELD_HIDDEN},
  {PROBLEM_COLOUR_WHY, "colour_why", {"颜色依据", "Facts of the colour"}, F_TEXT, FIELD_DERIVED | FIELD_HIDDEN, 0, 400},
  {PROBLEM_PROGRESS, "progress", {"进度", "Progress"}, F_WEIGHT, FIELD_DERIVED | FIELD_LISTED},
  {PROBLEM_PLANNED, "planned", {"计划进度", "Planned progress"}, F_WEIGHT, FIELD_DERIVED},
  {PROBLEM_CYCLE, "cycle", {"第几次整改", "Cycle"}, F_INTEGER, FIELD_DERIVED | FIELD_LISTED, .preset = 1, .has_preset = true},
  {PROBLEM_SENT_BACK, "sent_back", {"验收退回次数", "Times sent back"}, F_INTEGER, FIELD_DERIVED | FIELD_LISTED, .preset = 0, .has_preset = true},
  {PROBLEM_ADMITTED_ON, "admitted_on", {"入库日期", "Admitted on"}, F_DATE, FIELD_DERIVED},
  {PROBLEM_ASSIGNED_ON, "assigned_on", {"交办日期", "Assigned on"}, F_DATE, FIELD_DERIVED},
  {PROBLEM_TAKEN_ON, "taken_on", {"签收日期", "Taken on"}, F_DATE, FIELD_DERIVED},
  {PROBLEM_APPLIED_ON, "applied_on", {"申请销号日期", "Applied on"}, F_DATE, FIELD_DERIVED},
  {PROBLEM_ENDORSED_ON, "endorsed_on", {"负责人签字日期", "Endorsed on"}, F_DATE, FIELD_DERIVED},
  {PROBLEM_ACCEPTED_ON, "accepted_on", {"验收通过日期", "Accepted on"}, F_DATE, FIELD_DERIVED},
  {PROBLEM_PUBLICISED_ON, "publicised_on", {"公示日期", "Publicised on"}, F_DATE, FIELD_DERIVED},
  {PROBLEM_CLOSED_ON, "closed_on", {"销号日期", "Closed on"}, F_DATE, FIELD_DERIVED},
  {PROBLEM_SETTLED_ON, "settled_on", {"转长效日期", "Settled on"}, F_DATE, FIELD_DERIVED},
  {PROBLEM_REOPENED_ON, "reopened_on", {"重开日期", "Re-opened on"}, F_DATE, FIELD_DERIVED},
  {PROBLEM_APPLICANT, "applicant", {"申请人", "Applicant"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_USER},
  {PROBLEM_ENDORSER, "endorser", {"签字人", "Endorser"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_USER},
  {PROBLEM_ACCEPTOR, "acceptor", {"验收人", "Acceptor"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_USER},
  {PROBLEM_COLOUR_AT_APPLICATION, "colour_at_application", {"申请时颜色", "Colour at application"}, F_CHOICE, FIELD_DERIVED, .choices = COLOUR_CHOICES},
  {PROBLEM_APPEALS, "appeals", {"关联诉求数", "Linked appeals"}, F_INTEGER, FIELD_DERIVED, .preset = 0, .has_preset = true},
  {PROBLEM_PUBLICITY_UNTIL, "publicity_until", {"公示截止", "Publicised until"}, F_DATE, FIELD_DERIVED},
  {PROBLEM_WATCH_UNTIL, "watch_until", {"巩固期至", "Watched until"}, F_DATE, FIELD_DERIVED},
  {PROBLEM_REVIEW_UNTIL, "review_until", {"审核期限", "Review due"}, F_DATE, FIELD_DERIVED},
  {PROBLEM_BASELINE_ON, "baseline_on", {"方案冻结日期", "Plan frozen on"}, F_DATE, FIELD_DERIVED},
  {PROBLEM_PLAN, "plan", {"专项整治方案", "Plan"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_PLAN},
  {PROBLEM_STAGE_DUE, "stage_due", {"下一阶段期限", "Next stage due"}, F_DATE, FIELD_DERIVED},
  {PROBLEM_EVER_RED, "ever_red", {"曾为红色", "Ever red"}, F_YES_NO, FIELD_DERIVED, .preset = 0, .has_preset = true},
  {PROBLEM_REBOUNDS, "rebounds", {"反弹次数", "Rebounds"}, F_INTEGER, FIELD_DERIVED, .preset = 0, .has_preset = true},
  {PROBLEM_CLOSED_BEFORE, "closed_before", {"上次销号日期", "Closed before"}, F_DATE, FIELD_DERIVED},
  {PROBLEM_WATCH_BEFORE, "watch_before", {"上次巩固期至", "Watched before until"}, F_DATE, FIELD_DERIVED},
  {PROBLEM_ADMITTED_ENTERED, "admitted_entered", {"入库录入日期", "Admission entered on"}, F_DATE, FIELD_DERIVED},
  {PROBLEM_WITHDRAWN_ON, "withdrawn_on", {"撤销日期", "Withdrawn on"}, F_DATE, FIELD_DERIVED},
  {PROBLEM_NOTE_REPEATS, "note_repeats", {"进展雷同次数", "Updates that say the same"}, F_INTEGER, FIELD_DERIVED | FIELD_HIDDEN},
};

static const struct state_name states[] = {
  {PROBLEM_DRAFT, "draft", {"拟报", "Draft"}},
  {PROBLEM_SUBMITTED, "submitted", {"待审核", "Submitted"}},
  {PROBLEM_ADMITTED, "admitted", {"已入库", "Admitted"}},
  {PROBLEM_ASSIGNED, "assigned", {"已交办", "Assigned"}},
  {PROBLEM_TAKEN, "taken", {"已签收", "Taken"}},
  {PROBLEM_RECTIFYING, "rectifying", {"整改中", "Rectifying"}},
  {PROBLEM_APPLIED, "applied", {"申请销号", "Applied"}},
  {PROBLEM_ENDORSED, "endorsed", {"主要负责人已签", "Endorsed"}},
  {PROBLEM_ACCEPTED, "accepted", {"验收通过", "Accepted"}},
  {PROBLEM_PUBLICISED, "publicised", {"公示中", "Publicised"}},
  {PROBLEM_CLOSED, "closed", {"已销号(巩固期)", "Closed, watched"}},
  {PROBLEM_SETTLED, "settled", {"长效", "Settled"}, true},
  {PROBLEM_WITHDRAWN, "withdrawn", {"撤销", "Withdrawn"}, true},
  {0}};

#define OFFICE ROLE(ROLE_OFFICE)
#define LIAISON ROLE(ROLE_LIAISON)
#define HEAD ROLE(ROLE_UNIT_HEAD)
#define ACCEPTOR ROLE(ROLE_ACCEPTOR)
#define CLOCK ROLE(ROLE_CLOCK)
/* The clock stops at submission of the application (PRACTICE.md); 'take' is what the unit does with an assignment,
   'accept' what the acceptors do with a result. EFFECT_STAMP writes the *_on dates, the persons and PROBLEM_COUNTED by the state reached. */
static const struct transition transitions[] = {
  {0, ACTION_CREATE, PROBLEM_DRAFT, LIAISON | HEAD | OFFICE, RELATION_LEAD, {GUARD_UNIT_MAY_HOLD, GUARD_CAMPAIGN_OPEN}, .label = {"登记问题", "Register"}},
  {PROBLEM_DRAFT, ACTION_EDIT, PROBLEM_DRAFT, LIAISON | HEAD | OFFICE, RELATION_LEAD, {GUARD_UNIT_MAY_HOLD}, .label = {"修改", "Edit"}},
  {PROBLEM_SUBMITTED, ACTION_EDIT, PROBLEM_SUBMITTED, OFFICE, RELATION_ANY, {GUARD_UNIT_MAY_HOLD}, .label = {"修改", "Edit"}},
  {PROBLEM_ADMITTED, ACTION_EDIT, PROBLEM_ADMITTED, OFFICE | CLOCK, RELATION_ANY, {GUARD_UNIT_MAY_HOLD}, .label = {"修改", "Edit"}},
  {PROBLEM_ASSIGNED, ACTION_EDIT, PROBLEM_ASSIGNED, OFFICE | CLOCK, RELATION_ANY, {GUARD_UNIT_MAY_HOLD}, .label = {"修改", "Edit"}},
  {PROBLEM_TAKEN, ACTION_EDIT, PROBLEM_TAKEN, OFFICE | CLOCK, RELATION_ANY, {GUARD_UNIT_MAY_HOLD}, .label = {"修改", "Edit"}},
  {PROBLEM_RECTIFYING, ACTION_EDIT, PROBLEM_RECTIFYING, OFFICE | CLOCK, RELATION_ANY, {GUARD_UNIT_MAY_HOLD}, .label = {"修改", "Edit"}},
  {PROBLEM_DRAFT, ACTION_SUBMIT, PROBLEM_SUBMITTED, LIAISON | HEAD | OFFICE, RELATION_LEAD, {GUARD_ROOT_CAUSE}, .label = {"送审", "Submit"}},
  {PROBLEM_SUBMITTED, ACTION_ADMIT, PROBLEM_ADMITTED, OFFICE, RELATION_ANY, {GUARD_CAMPAIGN_OPEN}, .effects = {EFFECT_NUMBER, EFFECT_STAMP}, .label = {"入库", "Admit"}},
  {PROBLEM_SUBMITTED, ACTION_SEND_BACK, PROBLEM_DRAFT, OFFICE, RELATION_ANY, .reason = true, .label = {"退回补充", "Send back"}},
  {PROBLEM_ADMITTED, ACTION_ASSIGN, PROBLEM_ASSIGNED, OFFICE, RELATION_ANY, {GUARD_HAS_OWNER_AND_DATE, GUARD_UNIT_MAY_HOLD}, {PROBLEM_DUE},
   {EFFECT_DEADLINE, EFFECT_ROUTE, EFFECT_STAMP, EFFECT_CYCLE_OPEN}, .label = {"交办", "Assign"}},
  {PROBLEM_ASSIGNED, ACTION_TAKE, PROBLEM_TAKEN, LIAISON | HEAD, RELATION_LEAD, .effects = {EFFECT_STAMP}, .label = {"签收", "Take"}},
  {PROBLEM_TAKEN, ACTION_START, PROBLEM_RECTIFYING, LIAISON | HEAD, RELATION_LEAD, {GUARD_HAS_OWNER_AND_DATE, GUARD_MEASURES_PLANNED, GUARD_WEIGHTS_FULL, GUARD_MEETINGS_SHARE, GUARD_STAGES_PLANNED}, {PROBLEM_OWNER},
   {EFFECT_BASELINE, EFFECT_STAMP}, .label = {"启动整改", "Start"}},
  {PROBLEM_TAKEN, ACTION_APPLY, PROBLEM_APPLIED, LIAISON | HEAD, RELATION_LEAD, {GUARD_AT_ONCE, GUARD_HAS_EVIDENCE}, {PROBLEM_PROGRESS_NOTE}, {EFFECT_STAMP, EFFECT_CYCLE_MARK, EFFECT_DEADLINE, EFFECT_ROUTE, EFFECT_REPORTED}, .label = {"申请销号", "Apply for closing"}},
  {PROBLEM_RECTIFYING, ACTION_REPORT, PROBLEM_RECTIFYING, LIAISON | HEAD, RELATION_LEAD, .asks = {PROBLEM_PROGRESS_NOTE}, .effects = {EFFECT_NOTE_REPEATS, EFFECT_REPORTED}, .label = {"报进展", "Report progress"}},
  {PROBLEM_TAKEN, ACTION_EXTEND, PROBLEM_TAKEN, LIAISON | HEAD, RELATION_LEAD, {GUARD_PENDING_NONE}, {PROBLEM_DUE}, {EFFECT_ASK_APPROVAL}, .reason = true, .label = {"申请延期", "Ask for extension"}},
  {PROBLEM_RECTIFYING, ACTION_EXTEND, PROBLEM_RECTIFYING, LIAISON | HEAD, RELATION_LEAD, {GUARD_PENDING_NONE}, {PROBLEM_DUE}, {EFFECT_ASK_APPROVAL}, .reason = true, .label = {"申请延期", "Ask for extension"}},
  {PROBLEM_RECTIFYING, ACTION_APPLY, PROBLEM_APPLIED, LIAISON | HEAD, RELATION_LEAD, {GUARD_MEASURES_ACCEPTED, GUARD_HAS_EVIDENCE}, {PROBLEM_PROGRESS_NOTE},
   {EFFECT_STAMP, EFFECT_CYCLE_MARK, EFFECT_DEADLINE, EFFECT_ROUTE, EFFECT_REPORTED}, .label = {"申请销号", "Apply for closing"}},
  {PROBLEM_APPLIED, ACTION_ENDORSE, PROBLEM_ENDORSED, HEAD, RELATION_LEAD, .effects = {EFFECT_STAMP}, .step = STEP_ENDORSE, .off_passes = true, .label = {"主要负责人签字", "Endorse"}},
  {PROBLEM_APPLIED, ACTION_SEND_BACK, PROBLEM_RECTIFYING, HEAD | OFFICE, RELATION_LEAD, .effects = {EFFECT_STAMP}, .reason = true, .label = {"退回", "Send back"}},
  {PROBLEM_ENDORSED, ACTION_ACCEPT, PROBLEM_ACCEPTED, ACCEPTOR | OFFICE, RELATION_OUTSIDE, {GUARD_NOT_APPLICANT, GUARD_OUTSIDE_UNIT}, .effects = {EFFECT_STAMP, EFFECT_CYCLE_MARK},
   .step = STEP_ACCEPT, .off_passes = true, .label = {"验收通过", "Accept"}},
  {PROBLEM_ENDORSED, ACTION_SEND_BACK, PROBLEM_RECTIFYING, ACCEPTOR | OFFICE, RELATION_OUTSIDE, .effects = {EFFECT_COUNT_SENT_BACK, EFFECT_STAMP}, .reason = true, .label = {"验收退回", "Send back"}},
  {PROBLEM_ACCEPTED, ACTION_PUBLICISE, PROBLEM_PUBLICISED, OFFICE, RELATION_ANY, .effects = {EFFECT_STAMP, EFFECT_DEADLINE}, .step = STEP_PUBLICISE, .label = {"公示", "Publicise"}},
  {PROBLEM_ACCEPTED, ACTION_SEND_BACK, PROBLEM_RECTIFYING, OFFICE, RELATION_ANY, .effects = {EFFECT_COUNT_SENT_BACK, EFFECT_STAMP}, .reason = true, .label = {"退回重改", "Send back"}},
  {PROBLEM_ACCEPTED, ACTION_CLOSE, PROBLEM_CLOSED, OFFICE, RELATION_ANY, {GUARD_PUBLICITY_OFF}, .effects = {EFFECT_STAMP, EFFECT_DEADLINE, EFFECT_CYCLE_CLOSE, EFFECT_APPEALS_FOLLOW, EFFECT_RESULT},
   .step = STEP_APPROVE, .off_passes = true, .label = {"销号", "Close"}},
  {PROBLEM_PUBLICISED, ACTION_CLOSE, PROBLEM_CLOSED, OFFICE | CLOCK, RELATION_ANY, {GUARD_PUBLICITY_OVER}, .effects = {EFFECT_STAMP, EFFECT_DEADLINE, EFFECT_CYCLE_CLOSE, EFFECT_APPEALS_FOLLOW, EFFECT_RESULT}, .label = {"销号", "Close"}},
  {PROBLEM_PUBLICISED, ACTION_SEND_BACK, PROBLEM_RECTIFYING, OFFICE, RELATION_ANY, .effects = {EFFECT_COUNT_SENT_BACK, EFFECT_STAMP}, .reason = true, .label = {"公示有异议,退回", "Send back"}},
  {PROBLEM_CLOSED, ACTION_SETTLE, PROBLEM_SETTLED, OFFICE | CLOCK, RELATION_ANY, {GUARD_WATCH_OVER}, .effects = {EFFECT_STAMP}, .label = {"转长效", "Settle"}},
  {PROBLEM_CLOSED, ACTION_REOPEN, PROBLEM_ASSIGNED, OFFICE, RELATION_ANY, {GUARD_REOPEN_DATE}, {PROBLEM_DUE}, {EFFECT_REOPEN, EFFECT_STAMP, EFFECT_CYCLE_OPEN}, .reason = true, .label = {"重开", "Re-open"}},
  {PROBLEM_SETTLED, ACTION_REOPEN, PROBLEM_ASSIGNED, OFFICE, RELATION_ANY, {GUARD_REOPEN_DATE}, {PROBLEM_DUE}, {EFFECT_REOPEN, EFFECT_STAMP, EFFECT_CYCLE_OPEN}, .reason = true, .label = {"重开", "Re-open"}},
  {PROBLEM_DRAFT, ACTION_WITHDRAW, PROBLEM_WITHDRAWN, LIAISON | HEAD | OFFICE, RELATION_LEAD, .effects = {EFFECT_STAMP}, .reason = true, .label = {"撤销", "Withdraw"}},
  {PROBLEM_SUBMITTED, ACTION_WITHDRAW, PROBLEM_WITHDRAWN, LIAISON | HEAD | OFFICE, RELATION_LEAD, .effects = {EFFECT_STAMP}, .reason = true, .label = {"撤销", "Withdraw"}},
  {PROBLEM_ADMITTED, ACTION_WITHDRAW, PROBLEM_WITHDRAWN, OFFICE, RELATION_ANY, .effects = {EFFECT_STAMP}, .reason = true, .label = {"撤销", "Withdraw"}},
  {PROBLEM_ASSIGNED, ACTION_WITHDRAW, PROBLEM_WITHDRAWN, OFFICE, RELATION_ANY, .effects = {EFFECT_STAMP}, .reason = true, .label = {"撤销", "Withdraw"}},
  {PROBLEM_TAKEN, ACTION_WITHDRAW, PROBLEM_WITHDRAWN, OFFICE, RELATION_ANY, .effects = {EFFECT_STAMP}, .reason = true, .label = {"撤销", "Withdraw"}},
  {PROBLEM_RECTIFYING, ACTION_WITHDRAW, PROBLEM_WITHDRAWN, OFFICE, RELATION_ANY, .effects = {EFFECT_STAMP}, .reason = true, .label = {"撤销", "Withdraw"}},
  /* ledgers brought in */
  {0, ACTION_IMPORT, PROBLEM_RECTIFYING, OFFICE, RELATION_ANY, {GUARD_IMPORTING, GUARD_UNIT_MAY_HOLD, GUARD_CAMPAIGN_OPEN}, .effects = {EFFECT_NUMBER, EFFECT_BRING_IN}, .label = {"导入历史台账", "Bring in a ledger"}},
};
static const struct permission permissions[] = {
  {OFFICE | ROLE(ROLE_LEADER) | ROLE(ROLE_REVIEWER) | ACCEPTOR, RELATION_ANY, MAY_READ | MAY_EXPORT},
  {LIAISON | HEAD, RELATION_LEAD, MAY_READ | MAY_CREATE | MAY_EDIT | MAY_EXPORT},
  {LIAISON | HEAD, RELATION_JOINT, MAY_READ | MAY_EXPORT},
  {OFFICE, RELATION_ANY, MAY_CREATE | MAY_EDIT},
};
static const uint16_t sorts[] = {PROBLEM_DUE, FIELD_CHANGED, PROBLEM_NUMBER};
static const uint16_t indexes[][3] = {{PROBLEM_COLOUR_NEXT}, {PROBLEM_COLOUR_POLICY}, {PROBLEM_CATEGORY, PROBLEM_KIND}, {FIELD_STATE, PROBLEM_COLOUR}, {PROBLEM_IMPORT_SOURCE}};

const struct record_type TYPE_PROBLEM = {
  .id = RECORD_PROBLEM, .name = "problem", .plural = "problems", .label = {"问题", "Problem"}, .label_plural = {"问题清单", "Problems"},
  FIELDS(fields), .states = states, .first = PROBLEM_DRAFT, TRANSITIONS(transitions), PERMISSIONS(permissions),
  .holders = {{PROBLEM_LEAD_UNIT, RELATION_LEAD}, {PROBLEM_JOINT_UNITS, RELATION_JOINT}},
  .together = TOGETHER_VOID | TOGETHER_CORRECT | TOGETHER_DESTROY, .group = GROUP_WORK, .title = PROBLEM_TITLE, .secrecy = PROBLEM_SECRECY, SORTS(sorts), INDEXES(indexes)};
