/* The problem 问题: what has to be put right, and the main line of its life (DOMAIN.md 4). */
#include "records/types.h"

static const struct choice levels[] = {{LEVEL_CITY, "city", {"市级清单", "City list"}}, {LEVEL_UNIT, "unit", {"单位清单", "Unit list"}}, {LEVEL_DISTRICT, "district", {"区级清单", "District list"}}, {0}};
static const struct choice boards[] = { /* PRACTICE.md, the frame: two boards, never added up */
  {LED_BY_SECRETARY, "secretary", {"书记亲自牵头", "Secretary in person"}}, {LED_BY_FOUR_TEAMS, "four_teams", {"四套班子牵头", "Four leadership teams"}}, {0}};
/* The last is for problems alone: it carries nothing secret itself, what it stands for is kept off-line. */
static const struct choice secrecies[] = {
  {SECRECY_OPEN, "open", {"可公开", "Open"}}, {SECRECY_INTERNAL, "internal", {"内部", "Internal"}}, {SECRECY_RESTRICTED, "restricted", {"限定知悉", "Restricted"}},
  {SECRECY_PLACEHOLDER, "placeholder", {"离线涉密占位", "Off-line placeholder"}}, {0}};
static const struct choice priorities[] = {{PRIORITY_NORMAL, "normal", {"一般", "Normal"}}, {PRIORITY_HIGH, "high", {"重点", "High"}}, {PRIORITY_TOP, "top", {"特急", "Top"}}, {0}};
static const struct choice scopes[] = { /* empty: not reviewed yet, so not public (PRACTICE.md) */
  {SCOPE_PUBLIC, "public", {"向社会公示", "Public"}}, {SCOPE_PARTY, "party", {"党内公示", "Inside the Party"}}, {SCOPE_SKIPPED, "skipped", {"不公示", "Skipped"}}, {0}};
static const struct choice bases[] = {
  {DUE_BASIS_CALENDAR, "calendar", {"按工作日历", "By the calendar"}}, {DUE_BASIS_WEEKENDS, "weekends", {"按周末估算", "By weekends"}},
  {DUE_BASIS_GIVEN, "given", {"指定", "Given"}}, {DUE_BASIS_APPROVED, "approved", {"经批准", "By approval"}}, {0}};

static const struct choice strong_cases[] = {{STRONG_CASE_MEDIA, "media", {"媒体曝光", "In the media"}}, {STRONG_CASE_GROUP, "group", {"群体性事件", "Brought up by a group"}}, {0}};
static const struct choice outcomes[] = { /* as the result says: record result */
  {OUTCOME_SOLVED, "solved", {"实际解决", "Really solved"}}, {OUTCOME_EXPLAINED, "explained", {"解释说明", "Explained"}},
  {OUTCOME_PARTLY, "partly", {"部分解决", "Partly solved"}}, {OUTCOME_UNSOLVED, "not_now", {"暂不能解决", "Not now"}}, {0}};
static const struct field fields[] = {
  {PROBLEM_NUMBER, "number", {"编号", "Number"}, F_TEXT, FIELD_DERIVED | FIELD_UNIQUE | FIELD_LISTED | FIELD_SEARCHED | FIELD_PARTS, 0, 32},
  {PROBLEM_TITLE, "title", {"问题", "Problem"}, F_TEXT, FIELD_REQUIRED | FIELD_SEARCHED, 2, 200},
  {PROBLEM_DETAIL, "detail", {"具体表现", "Detail"}, F_LONG_TEXT, FIELD_SEARCHED, 0, 20000},
  {PROBLEM_CAMPAIGN, "campaign", {"专项工作", "Campaign"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_COUNTED_BY | FIELD_FIXED, .target = RECORD_CAMPAIGN},
  {PROBLEM_CATEGORY, "category", {"问题类别", "Category"}, F_CHOICE, FIELD_REQUIRED | FIELD_LISTED | FIELD_TALLIED, .choices = CATEGORY_CHOICES},
  {PROBLEM_CATEGORY_RECORD, "campaign_category", {"专项类别", "Category of the campaign"}, F_REFERENCE, FIELD_LISTED, .target = RECORD_CATEGORY}, /* category follows from it */
  {PROBLEM_SOURCE, "source", {"问题来源", "Source"}, F_CHOICE, FIELD_REQUIRED | FIELD_LISTED | FIELD_TALLIED, .choices = SOURCE_CHOICES},
  {PROBLEM_KIND, "kind", {"整改类型", "Kind"}, F_CHOICE, FIELD_REQUIRED | FIELD_LISTED | FIELD_TALLIED, .choices = KIND_CHOICES, .preset = KIND_TIME_LIMITED, .has_preset = true},
  {PROBLEM_LEVEL, "level", {"清单层级", "List"}, F_CHOICE, FIELD_REQUIRED | FIELD_LISTED, .choices = levels, .preset = LEVEL_UNIT, .has_preset = true},
  {PROBLEM_PRIORITY, "priority", {"优先级", "Priority"}, F_CHOICE, FIELD_LISTED, .choices = priorities, .preset = PRIORITY_NORMAL, .has_preset = true},
  {PROBLEM_HARD, "hard", {"硬骨头", "Hard nut"}, F_YES_NO, FIELD_LISTED, .writers = ROLE(ROLE_OFFICE), .preset = 0, .has_preset = true},
  {PROBLEM_ROOT_CAUSE, "root_cause", {"原因分析", "Root cause"}, F_LONG_TEXT, FIELD_SEARCHED, 0, 5000},
  {PROBLEM_GOAL, "goal", {"整改目标", "Goal"}, F_LONG_TEXT, FIELD_SEARCHED, 0, 5000},
  {PROBLEM_LEAD_UNIT, "lead_unit", {"牵头单位", "Lead unit"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED, .target = RECORD_UNIT},
  {PROBLEM_JOINT_UNITS, "joint_units", {"配合单位", "Joint units"}, F_REFERENCES, 0, .target = RECORD_UNIT},
  {PROBLEM_OFFICIAL, "official", {"责任领导", "Official"}, F_TEXT, 0, 0, 80},
  {PROBLEM_OWNER, "owner", {"责任人", "Owner"}, F_TEXT, 0, 0, 80},
  {PROBLEM_OFFICIAL_USER, "official_user", {"责任领导(用户)", "Official, as user"}, F_REFERENCE, FIELD_LISTED, .target = RECORD_USER},
  {PROBLEM_OWNER_USER, "owner_user", {"责任人(用户)", "Owner, as user"}, F_REFERENCE, FIELD_LISTED, .target = RECORD_USER},
  {PROBLEM_LED_BY, "led_by", {"领导牵头", "Led by"}, F_CHOICE, FIELD_LISTED, .choices = boards, .writers = ROLE(ROLE_OFFICE)},
  {PROBLEM_LEADER, "leader", {"牵头领导", "Leader"}, F_TEXT, 0, 0, 80, .writers = ROLE(ROLE_OFFICE)},
  {PROBLEM_DUE, "due", {"整改期限", "Due"}, F_DATE, FIELD_LISTED},
  {PROBLEM_DUE_ORIGINAL, "due_original", {"首次期限", "Original due date"}, F_DATE, FIELD_DERIVED},
  {PROBLEM_DUE_BASIS, "due_basis", {"期限算法", "How the date was reckoned"}, F_CHOICE, FIELD_DERIVED, .choices = bases},
  {PROBLEM_SECRECY, "secrecy", {"知悉范围", "Secrecy"}, F_CHOICE, FIELD_LISTED | FIELD_TALLIED, .choices = secrecies, .preset = SECRECY_INTERNAL, .has_preset = true},
  {PROBLEM_ROUTE, "route", {"销号路径", "Closing route"}, F_CHOICE, FIELD_LISTED, .choices = ROUTE_CHOICES, .writers = ROLE(ROLE_OFFICE)},
  {PROBLEM_PUBLICITY_SCOPE, "publicity_scope", {"公示范围", "Publicity"}, F_CHOICE, FIELD_LISTED, .choices = scopes, .writers = ROLE(ROLE_OFFICE)},
  {PROBLEM_WITHHOLD_REASON, "withhold_reason", {"不公开理由", "Why it is withheld"}, F_CHOICE, 0, .choices = WITHHOLD_CHOICES, .writers = ROLE(ROLE_OFFICE)},
  {PROBLEM_PARENT, "parent", {"上级问题", "Parent problem"}, F_REFERENCE, FIELD_LISTED | FIELD_DERIVED, .target = RECORD_PROBLEM},
  /* split and merged: given by their own arrows alone */
  {PROBLEM_SPLIT_UNITS, "split_units", {"分解到单位", "Split among"}, F_REFERENCES, 0, .target = RECORD_UNIT, .writers = ROLE(ROLE_CLOCK)},
  {PROBLEM_VISIBLE_ABOVE, "visible_above", {"上级可见", "Shown above"}, F_YES_NO, FIELD_LISTED, .writers = ROLE(ROLE_CLOCK)},
  {PROBLEM_MERGED_INTO, "merged_into", {"并入问题", "Merged into"}, F_REFERENCE, FIELD_LISTED, .target = RECORD_PROBLEM, .writers = ROLE(ROLE_CLOCK)},
  {PROBLEM_PARTS, "parts", {"分解件数", "Parts"}, F_INTEGER, FIELD_DERIVED | FIELD_LISTED},
  {PROBLEM_PARTS_CLOSED, "parts_closed", {"已销号分解件数", "Parts closed"}, F_INTEGER, FIELD_DERIVED},
  {PROBLEM_MERGED_ON, "merged_on", {"并入日期", "Merged on"}, F_DATE, FIELD_DERIVED | FIELD_LISTED},
  {PROBLEM_ALSO_IN, "also_in", {"同时列入", "Also listed in"}, F_REFERENCES, FIELD_DERIVED, .target = RECORD_CAMPAIGN},
  {PROBLEM_PLACEHOLDER, "placeholder_colour", {"线下颜色", "Colour off-line"}, F_CHOICE, 0, .choices = COLOUR_CHOICES, .writers = ROLE(ROLE_CLOCK)},
  {PROBLEM_COUNTED, "counted", {"计入总数", "Counted"}, F_YES_NO, FIELD_LISTED | FIELD_TALLIED | FIELD_DERIVED, .preset = 0, .has_preset = true},
  {PROBLEM_HISTORIC, "historic", {"历史数据", "Historic"}, F_YES_NO, FIELD_LISTED | FIELD_DERIVED, .preset = 0, .has_preset = true},
  {PROBLEM_PROGRESS_NOTE, "progress_note", {"整改进展", "Progress"}, F_LONG_TEXT, 0, 0, 5000},
  {PROBLEM_REPORTED_ON, "reported_on", {"最近报进展", "Progress reported on"}, F_DATE, FIELD_DERIVED},
  {PROBLEM_ASKED_MORE, "asked_more", {"退回时还要求", "What more is asked"}, F_LONG_TEXT, FIELD_DERIVED, 0, 5000}, /* of the last sending back at acceptance; the cycle keeps all */
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
  /* hand-overs; given only where an arrow asks them */
  {PROBLEM_TRANSFER_TO, "transfer_to", {"拟转办单位", "Transfer to"}, F_REFERENCE, 0, .target = RECORD_UNIT, .writers = ROLE(ROLE_CLOCK)},
  {PROBLEM_KIND_UNTIL, "kind_until", {"类型变更至", "Other kind until"}, F_DATE, 0, .writers = ROLE(ROLE_CLOCK)},
  {PROBLEM_SUSPENDED_UNTIL, "suspended_until", {"挂账至", "Suspended until"}, F_DATE, 0, .writers = ROLE(ROLE_CLOCK)},
  {PROBLEM_TRANSFERS, "transfers", {"转办次数", "Hand-overs"}, F_INTEGER, FIELD_DERIVED | FIELD_LISTED, .preset = 0, .has_preset = true},
  {PROBLEM_EXTENSIONS, "extensions", {"延期次数", "Extensions"}, F_INTEGER, FIELD_DERIVED | FIELD_LISTED, .preset = 0, .has_preset = true},
  {PROBLEM_PROVISIONAL_LEAD, "provisional_lead", {"临时牵头单位", "Provisional lead"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_UNIT},
  {PROBLEM_STATE_BEFORE, "state_before", {"挂账前状态", "State before the suspension"}, F_INTEGER, FIELD_DERIVED | FIELD_HIDDEN},
  {PROBLEM_SUSPENDED_ON, "suspended_on", {"挂账日期", "Suspended on"}, F_DATE, FIELD_DERIVED},
  {PROBLEM_KIND_BEFORE, "kind_before", {"原整改类型", "Kind before"}, F_CHOICE, FIELD_DERIVED, .choices = KIND_CHOICES},
  {PROBLEM_RULING, "ruling", {"待裁定", "Open ruling"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_RULING},
  {PROBLEM_BOUND_UNIT, "bound_unit", {"裁定约束单位", "Bound by a ruling"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_UNIT},
  {PROBLEM_HOLDER_DUE, "holder_due", {"承办单位期限", "The holder's own date"}, F_DATE, FIELD_DERIVED},
  {PROBLEM_CIRCLES, "circles", {"循环转办次数", "Times in a circle"}, F_INTEGER, FIELD_DERIVED, .preset = 0, .has_preset = true},
  {PROBLEM_CIRCLE_ON, "circle_on", {"循环转办日期", "In a circle on"}, F_DATE, FIELD_DERIVED},
  {PROBLEM_CIRCLE_WEIGHT, "circle_weight", {"循环转办时进度", "Progress at the circle"}, F_WEIGHT, FIELD_DERIVED | FIELD_HIDDEN},
  {PROBLEM_COLOUR, "colour", {"颜色", "Colour"}, F_CHOICE, FIELD_DERIVED | FIELD_LISTED | FIELD_TALLIED, .choices = COLOUR_CHOICES},
  {PROBLEM_HAND_COLOUR, "hand_colour", {"人工颜色", "Colour set by hand"}, F_CHOICE, FIELD_DERIVED | FIELD_LISTED, .choices = COLOUR_CHOICES}, /* beside the computed one, never instead of it */
  {PROBLEM_HAND_COLOUR_UNTIL, "hand_colour_until", {"人工颜色截止", "Colour set by hand until"}, F_DATE, FIELD_DERIVED},
  {PROBLEM_HAND_COLOUR_WHY, "hand_colour_why", {"人工设色理由", "Why it was set by hand"}, F_TEXT, FIELD_DERIVED, 0, 400},
  {PROBLEM_HAND_COLOUR_BY, "hand_colour_by", {"设色人", "Set by"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_USER},
  {PROBLEM_COLOUR_RULE, "colour_rule", {"颜色规则", "Colour rule"}, F_INTEGER, FIELD_DERIVED | FIELD_HIDDEN},
  {PROBLEM_COLOUR_SINCE, "colour_since", {"颜色起于", "Colour since"}, F_MOMENT, FIELD_DERIVED},
  {PROBLEM_COLOUR_NEXT, "colour_next", {"颜色可能变于", "Colour may change at"}, F_MOMENT, FIELD_DERIVED | FIELD_HIDDEN},
  {PROBLEM_COLOUR_POLICY, "colour_policy", {"依据口径", "Judged under policy"}, F_INTEGER, FIELD_DERIVED | FIELD_HIDDEN},
  {PROBLEM_COLOUR_WHY, "colour_why", {"颜色依据", "Facts of the colour"}, F_TEXT, FIELD_DERIVED | FIELD_HIDDEN, 0, 400},
  {PROBLEM_CHASED, "chased", {"催办次数", "Times chased"}, F_INTEGER, FIELD_DERIVED},
  {PROBLEM_CHASED_ON, "chased_on", {"最近提醒催办", "Warned or chased on"}, F_DATE, FIELD_DERIVED},
  {PROBLEM_CHASE_STEP, "chase_step", {"提醒催办环节(期限后天数)", "Step of chasing, days after the date"}, F_INTEGER, FIELD_DERIVED}, /* below 0: a warning before it */
  {PROBLEM_CHASE_DUE, "chase_due", {"提醒催办所依期限", "The date it was about"}, F_DATE, FIELD_DERIVED | FIELD_HIDDEN},
  {PROBLEM_CHASE_NEXT, "chase_next", {"下次提醒催办", "Next warning or chase"}, F_DATE, FIELD_DERIVED},
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
  {PROBLEM_ACCEPTORS, "acceptors", {"已验收的人", "Have accepted"}, F_REFERENCES, FIELD_DERIVED, .target = RECORD_USER},
  {PROBLEM_ON_SITE, "on_site", {"到现场核查", "On site"}, F_YES_NO, FIELD_DERIVED}, /* asked of our own acceptors, never of the unit */
  {PROBLEM_VISITED_ON, "visited_on", {"核查日期", "Visited on"}, F_DATE, FIELD_DERIVED},
  {PROBLEM_VISIT_PLACE, "visit_place", {"核查地点", "Place visited"}, F_TEXT, FIELD_DERIVED, 0, 200},
  {PROBLEM_CRITERIA_MET, "criteria_met", {"满足的销号标准", "Criteria met"}, F_REFERENCES, FIELD_DERIVED, .target = RECORD_CRITERION},
  {PROBLEM_DRAWN_ON, "drawn_on", {"抽中日期", "Drawn for checking on"}, F_DATE, FIELD_DERIVED | FIELD_LISTED},
  {PROBLEM_DRAWN_SEED, "drawn_seed", {"抽查所用种子", "Seed of the draw"}, F_TEXT, FIELD_DERIVED, 0, 80, .readers = ROLE(ROLE_OFFICE) | ROLE(ROLE_REVIEWER) | ROLE(ROLE_AUDIT_ADMINISTRATOR)},
  {PROBLEM_CHECKED_ON, "checked_on", {"抽查核实日期", "Sample checked on"}, F_DATE, FIELD_DERIVED | FIELD_LISTED},
  {PROBLEM_APPLICATION, "application", {"同路径第几件申请", "Which application of its route"}, F_INTEGER, FIELD_DERIVED | FIELD_LISTED},
  {PROBLEM_FAILED_CHECKS, "failed_checks", {"抽查不合格次数", "Failed checks"}, F_INTEGER, FIELD_DERIVED | FIELD_LISTED, .preset = 0, .has_preset = true}, /* of this cycle; checks keep all */
  {PROBLEM_FAILED_CHECK_ON, "failed_check_on", {"抽查不合格日期", "Failed a check on"}, F_DATE, FIELD_DERIVED},
  {PROBLEM_FAILED_CHECK_WEIGHT, "failed_check_weight", {"抽查不合格时进度", "Progress at the failed check"}, F_WEIGHT, FIELD_DERIVED | FIELD_HIDDEN},
  {PROBLEM_COMPLAINTS, "complaints", {"近期反映人数", "People complaining of late"}, F_INTEGER, FIELD_DERIVED | FIELD_LISTED}, /* by the daily pass, while they are many: follow/complaints.h */
  {PROBLEM_COMPLAINT_DAYS, "complaint_days", {"反映人数统计天数", "Days they were counted over"}, F_INTEGER, FIELD_DERIVED},
  {PROBLEM_USUAL_COMPLAINTS, "usual_complaints", {"本单位平时反映人数", "The unit's usual"}, F_INTEGER, FIELD_DERIVED},
  {PROBLEM_STRONG_CASE, "strong_case", {"媒体曝光或群体性事件", "Media or group case"}, F_CHOICE, FIELD_DERIVED | FIELD_LISTED, .choices = strong_cases}, /* the other way to strong complaints, confirmed by the office */
  {PROBLEM_STRONG_CASE_SOURCE, "strong_case_source", {"媒体、文号或来源", "Paper, document or source"}, F_TEXT, FIELD_DERIVED, 0, 400},
  {PROBLEM_STRONG_CASE_PICTURE, "strong_case_picture", {"截图或照片(本问题的佐证)", "Picture, of this problem's evidence"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_EVIDENCE},
  {PROBLEM_STRONG_CASE_ON, "strong_case_on", {"媒体或群体事件认定日期", "Case confirmed on"}, F_DATE, FIELD_DERIVED},
  {PROBLEM_STRONG_CASE_BY, "strong_case_by", {"媒体或群体事件认定人", "Case confirmed by"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_USER},
  {PROBLEM_STRONG_CASE_WHY, "strong_case_why", {"媒体或群体事件认定理由", "Why the case was confirmed"}, F_TEXT, FIELD_DERIVED, 0, 400},
  {PROBLEM_CLOSE_DESPITE, "close_despite", {"不满意仍销号(已批)", "To be closed despite dissatisfaction (approved)"}, F_YES_NO, FIELD_DERIVED},
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
  {PROBLEM_OUTCOME, "outcome", {"解决情况", "Outcome"}, F_CHOICE, FIELD_DERIVED, .choices = outcomes},
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
  {PROBLEM_MERGED, "merged", {"已并入", "Merged"}, true},
  {PROBLEM_DISPUTED, "disputed", {"异议待裁定", "Disputed"}},
  {PROBLEM_SUSPENDED, "suspended", {"挂账", "Suspended"}},
  {0}};

#define OFFICE ROLE(ROLE_OFFICE)
#define LIAISON ROLE(ROLE_LIAISON)
#define HEAD ROLE(ROLE_UNIT_HEAD)
#define ACCEPTOR ROLE(ROLE_ACCEPTOR)
#define CLOCK ROLE(ROLE_CLOCK)
#define DISTRICT ROLE(ROLE_DISTRICT_OFFICE)
#define ADVISERS (ROLE(ROLE_GUIDANCE) | ROLE(ROLE_OFFICIAL)) /* of what their role shows them, and no more */
/* 整改不到位不销号、验收不通过不销号、群众不满意不销号 (domain-facts 5), and an objection that is open. */
#define NO_CLOSES GUARD_PROGRESS_COMPLETE, GUARD_ACCEPTANCE_PASSED, GUARD_OBJECTIONS_NONE, GUARD_NOBODY_DISSATISFIED
/* A colour set by hand stands beside the computed one, in whatever state the problem is. */
#define HAND_COLOUR(state) \
  {state, ACTION_HAND_SET_COLOUR, state, OFFICE, RELATION_ANY, {GUARD_HAND_COLOUR}, {PROBLEM_HAND_COLOUR, PROBLEM_HAND_COLOUR_UNTIL}, .effects = {EFFECT_HAND_COLOUR}, .reason = true, .label = {"人工设色", "Set a colour by hand"}}, \
  {state, ACTION_LIFT_HAND_COLOUR, state, OFFICE | CLOCK, RELATION_ANY, {GUARD_HAND_COLOUR}, .effects = {EFFECT_HAND_COLOUR}, .reason = true, .label = {"撤销人工颜色", "Lift the colour set by hand"}}
#define LIFT_CASE(state) {state, ACTION_LIFT_CASE, state, OFFICE, RELATION_ANY, {GUARD_STRONG_CASE}, .effects = {EFFECT_STRONG_CASE}, .reason = true, .label = {"撤销媒体曝光或群体性事件认定", "Take the media or group case back"}}
#define STRONG_CASE(state) \
  {state, ACTION_CONFIRM_CASE, state, OFFICE, RELATION_ANY, {GUARD_STRONG_CASE, GUARD_PLACEHOLDER}, {PROBLEM_STRONG_CASE}, .takes = {PROBLEM_STRONG_CASE_SOURCE, PROBLEM_STRONG_CASE_PICTURE}, .effects = {EFFECT_STRONG_CASE}, .reason = true, \
   .label = {"认定媒体曝光或群体性事件", "Confirm a media or group case"}, .source = "PRACTICE.md, colours"}, LIFT_CASE(state)
/* The clock stops at submission of the application (PRACTICE.md); 'take' is what the unit does with an assignment, 'accept' what the
   acceptors do with a result. EFFECT_STAMP writes the *_on dates, the persons and PROBLEM_COUNTED by the state reached. */
static const struct transition transitions[] = {
  {0, ACTION_CREATE, PROBLEM_DRAFT, LIAISON | HEAD | OFFICE, RELATION_LEAD, {GUARD_UNIT_MAY_HOLD, GUARD_CAMPAIGN_OPEN, GUARD_CAMPAIGN_TAKES, GUARD_CATEGORY_FITS, GUARD_PLACEHOLDER_BARE}, .label = {"登记问题", "Register"}},
  {PROBLEM_DRAFT, ACTION_EDIT, PROBLEM_DRAFT, LIAISON | HEAD | OFFICE, RELATION_LEAD, {GUARD_UNIT_MAY_HOLD, GUARD_CAMPAIGN_TAKES, GUARD_CATEGORY_FITS, GUARD_PLACEHOLDER_BARE}, .label = {"修改", "Edit"}},
  {PROBLEM_SUBMITTED, ACTION_EDIT, PROBLEM_SUBMITTED, OFFICE, RELATION_ANY, {GUARD_UNIT_MAY_HOLD, GUARD_CAMPAIGN_TAKES, GUARD_CATEGORY_FITS, GUARD_PLACEHOLDER_BARE}, .label = {"修改", "Edit"}},
  {PROBLEM_ADMITTED, ACTION_EDIT, PROBLEM_ADMITTED, OFFICE | CLOCK, RELATION_ANY, {GUARD_UNIT_MAY_HOLD, GUARD_CAMPAIGN_TAKES, GUARD_CATEGORY_FITS, GUARD_PLACEHOLDER_BARE}, .label = {"修改", "Edit"}},
  {PROBLEM_ASSIGNED, ACTION_EDIT, PROBLEM_ASSIGNED, OFFICE | CLOCK, RELATION_ANY, {GUARD_UNIT_MAY_HOLD, GUARD_CAMPAIGN_TAKES, GUARD_CATEGORY_FITS, GUARD_PLACEHOLDER_BARE, GUARD_BY_APPROVAL}, .effects = {EFFECT_HOLDING}, .label = {"修改", "Edit"}},
  {PROBLEM_TAKEN, ACTION_EDIT, PROBLEM_TAKEN, OFFICE | CLOCK, RELATION_ANY, {GUARD_UNIT_MAY_HOLD, GUARD_CAMPAIGN_TAKES, GUARD_CATEGORY_FITS, GUARD_PLACEHOLDER_BARE, GUARD_BY_APPROVAL}, .effects = {EFFECT_HOLDING}, .label = {"修改", "Edit"}},
  {PROBLEM_RECTIFYING, ACTION_EDIT, PROBLEM_RECTIFYING, OFFICE | CLOCK, RELATION_ANY, {GUARD_UNIT_MAY_HOLD, GUARD_CAMPAIGN_TAKES, GUARD_CATEGORY_FITS, GUARD_PLACEHOLDER_BARE, GUARD_BY_APPROVAL}, .effects = {EFFECT_HOLDING}, .label = {"修改", "Edit"}},
  {PROBLEM_DRAFT, ACTION_SUBMIT, PROBLEM_SUBMITTED, LIAISON | HEAD | OFFICE, RELATION_LEAD, {GUARD_ROOT_CAUSE, GUARD_CAMPAIGN_TAKES, GUARD_CATEGORY_FITS, GUARD_PLACEHOLDER_BARE}, .label = {"送审", "Submit"}},
  {PROBLEM_SUBMITTED, ACTION_ADMIT, PROBLEM_ADMITTED, OFFICE, RELATION_ANY, {GUARD_CAMPAIGN_OPEN, GUARD_PLACEHOLDER_BARE}, .effects = {EFFECT_NUMBER, EFFECT_STAMP}, .label = {"入库", "Admit"}},
  {PROBLEM_SUBMITTED, ACTION_SEND_BACK, PROBLEM_DRAFT, OFFICE, RELATION_ANY, .reason = true, .label = {"退回补充", "Send back"}},
  {PROBLEM_ADMITTED, ACTION_ASSIGN, PROBLEM_ASSIGNED, OFFICE, RELATION_ANY, {GUARD_HAS_OWNER_AND_DATE, GUARD_UNIT_MAY_HOLD, GUARD_PLACEHOLDER_BARE}, {PROBLEM_DUE},
   {EFFECT_DEADLINE, EFFECT_ROUTE, EFFECT_STAMP, EFFECT_CYCLE_OPEN, EFFECT_HOLDING}, .label = {"交办", "Assign"}},
  {PROBLEM_ASSIGNED, ACTION_TAKE, PROBLEM_TAKEN, LIAISON | HEAD, RELATION_LEAD, {GUARD_PLACEHOLDER}, .effects = {EFFECT_STAMP}, .label = {"签收", "Take"}},
  /* before the start: what is put right at once waits for its closing, not for a plan */
  {PROBLEM_TAKEN, ACTION_APPLY, PROBLEM_APPLIED, LIAISON | HEAD, RELATION_LEAD, {GUARD_AT_ONCE, GUARD_HAS_EVIDENCE, GUARD_PROGRESS_COMPLETE, GUARD_PARTS_CLOSED}, {PROBLEM_PROGRESS_NOTE},
   .effects = {EFFECT_STAMP, EFFECT_CYCLE_MARK, EFFECT_DEADLINE, EFFECT_ROUTE, EFFECT_DRAW, EFFECT_REPORTED}, .label = {"申请销号", "Apply for closing"}},
  {PROBLEM_TAKEN, ACTION_START, PROBLEM_RECTIFYING, LIAISON | HEAD, RELATION_LEAD, {GUARD_HAS_OWNER_AND_DATE, GUARD_MEASURES_PLANNED, GUARD_WEIGHTS_FULL, GUARD_MEETINGS_SHARE, GUARD_STAGES_PLANNED}, {PROBLEM_OWNER},
   {EFFECT_BASELINE, EFFECT_STAMP}, .label = {"启动整改", "Start"}},
  {PROBLEM_RECTIFYING, ACTION_REPORT, PROBLEM_RECTIFYING, LIAISON | HEAD, RELATION_LEAD, {GUARD_STAGES_PLANNED}, .asks = {PROBLEM_PROGRESS_NOTE}, .effects = {EFFECT_NOTE_REPEATS, EFFECT_REPORTED, EFFECT_APPEALS_FOLLOW}, .label = {"报进展", "Report progress"}},
  {PROBLEM_TAKEN, ACTION_EXTEND, PROBLEM_TAKEN, LIAISON | HEAD, RELATION_LEAD, {GUARD_PENDING_NONE, GUARD_EXTENSION_LIMIT}, {PROBLEM_DUE}, {EFFECT_ASK_APPROVAL}, .reason = true, .label = {"申请延期", "Ask for extension"}},
  {PROBLEM_RECTIFYING, ACTION_EXTEND, PROBLEM_RECTIFYING, LIAISON | HEAD, RELATION_LEAD, {GUARD_PENDING_NONE, GUARD_EXTENSION_LIMIT}, {PROBLEM_DUE}, {EFFECT_ASK_APPROVAL}, .reason = true, .label = {"申请延期", "Ask for extension"}},
  {PROBLEM_RECTIFYING, ACTION_APPLY, PROBLEM_APPLIED, LIAISON | HEAD, RELATION_LEAD, {GUARD_MEASURES_ACCEPTED, GUARD_HAS_EVIDENCE, GUARD_PARTS_CLOSED}, {PROBLEM_PROGRESS_NOTE},
   .effects = {EFFECT_STAMP, EFFECT_CYCLE_MARK, EFFECT_DEADLINE, EFFECT_ROUTE, EFFECT_DRAW, EFFECT_REPORTED}, .label = {"申请销号", "Apply for closing"}},
  {PROBLEM_APPLIED, ACTION_ENDORSE, PROBLEM_ENDORSED, HEAD, RELATION_LEAD, .effects = {EFFECT_STAMP, EFFECT_DEADLINE}, .step = STEP_ENDORSE, .off_passes = true, .label = {"主要负责人签字", "Endorse"}},
  {PROBLEM_APPLIED, ACTION_SEND_BACK, PROBLEM_RECTIFYING, HEAD | OFFICE, RELATION_LEAD, .effects = {EFFECT_STAMP}, .reason = true, .label = {"退回", "Send back"}},
  {PROBLEM_ENDORSED, ACTION_ACCEPT, PROBLEM_ACCEPTED, ACCEPTOR | OFFICE, RELATION_OUTSIDE, {GUARD_NOT_APPLICANT, GUARD_OUTSIDE_UNIT, GUARD_ANOTHER_PERSON, GUARD_SITE_VISIT, GUARD_CRITERIA_MET},
   .takes = {PROBLEM_CRITERIA_MET, PROBLEM_ON_SITE, PROBLEM_VISITED_ON, PROBLEM_VISIT_PLACE}, .effects = {EFFECT_ACCEPTANCE, EFFECT_STAMP, EFFECT_CYCLE_MARK, EFFECT_APPEALS_FOLLOW, EFFECT_CHECKED},
   .step = STEP_ACCEPT, .off_passes = true, .label = {"验收通过", "Accept"}},
  {PROBLEM_ENDORSED, ACTION_SEND_BACK, PROBLEM_RECTIFYING, ACCEPTOR | OFFICE, RELATION_OUTSIDE, {GUARD_SEND_BACK_DATE}, {PROBLEM_ASKED_MORE}, {EFFECT_COUNT_SENT_BACK, EFFECT_STAMP, EFFECT_ASK_MORE}, .takes = {PROBLEM_DUE}, .reason = true, .label = {"验收退回", "Send back"}},
  {PROBLEM_ACCEPTED, ACTION_PUBLICISE, PROBLEM_PUBLICISED, OFFICE, RELATION_ANY, {GUARD_PUBLICITY_REVIEWED, GUARD_RELEASE_FIRST}, .takes = {PROBLEM_PUBLICITY_SCOPE, PROBLEM_WITHHOLD_REASON}, .effects = {EFFECT_STAMP, EFFECT_DEADLINE, EFFECT_PUBLICITY}, .step = STEP_PUBLICISE, .label = {"公示", "Publicise"}},
  {PROBLEM_ACCEPTED, ACTION_SEND_BACK, PROBLEM_RECTIFYING, OFFICE, RELATION_ANY, {GUARD_SEND_BACK_DATE}, {PROBLEM_ASKED_MORE}, {EFFECT_COUNT_SENT_BACK, EFFECT_STAMP, EFFECT_ASK_MORE}, .takes = {PROBLEM_DUE}, .reason = true, .label = {"退回重改", "Send back"}},
  {PROBLEM_ACCEPTED, ACTION_CLOSE, PROBLEM_CLOSED, OFFICE, RELATION_ANY, {GUARD_PUBLICITY_OFF, NO_CLOSES, GUARD_PARTS_CLOSED}, .effects = {EFFECT_STAMP, EFFECT_DEADLINE, EFFECT_CYCLE_CLOSE, EFFECT_APPEALS_FOLLOW, EFFECT_RESULT, EFFECT_DISPUTE_DROPPED, EFFECT_HOLDING},
   .step = STEP_APPROVE, .off_passes = true, .label = {"销号", "Close"}},
  {PROBLEM_PUBLICISED, ACTION_CLOSE, PROBLEM_CLOSED, OFFICE | CLOCK, RELATION_ANY, {GUARD_PUBLICITY_OVER, NO_CLOSES, GUARD_PARTS_CLOSED}, .effects = {EFFECT_STAMP, EFFECT_DEADLINE, EFFECT_CYCLE_CLOSE, EFFECT_APPEALS_FOLLOW, EFFECT_RESULT, EFFECT_DISPUTE_DROPPED, EFFECT_HOLDING}, .label = {"销号", "Close"}},
  {PROBLEM_PUBLICISED, ACTION_SEND_BACK, PROBLEM_RECTIFYING, OFFICE, RELATION_ANY, {GUARD_SEND_BACK_DATE}, {PROBLEM_ASKED_MORE}, {EFFECT_COUNT_SENT_BACK, EFFECT_STAMP, EFFECT_ASK_MORE}, .takes = {PROBLEM_DUE}, .reason = true, .label = {"公示有异议,退回", "Send back"}},
  {PROBLEM_CLOSED, ACTION_SETTLE, PROBLEM_SETTLED, OFFICE | CLOCK, RELATION_ANY, {GUARD_WATCH_OVER, GUARD_ALERTS_NONE}, .effects = {EFFECT_STAMP}, .label = {"转长效", "Settle"}},
  {PROBLEM_CLOSED, ACTION_REOPEN, PROBLEM_ASSIGNED, OFFICE, RELATION_ANY, {GUARD_REOPEN_DATE, GUARD_PART_FITS}, {PROBLEM_DUE}, {EFFECT_REOPEN, EFFECT_STAMP, EFFECT_CYCLE_OPEN, EFFECT_HOLDING, EFFECT_CHECKS_END}, .reason = true, .label = {"重开", "Re-open"}},
  {PROBLEM_SETTLED, ACTION_REOPEN, PROBLEM_ASSIGNED, OFFICE, RELATION_ANY, {GUARD_REOPEN_DATE, GUARD_PART_FITS}, {PROBLEM_DUE}, {EFFECT_REOPEN, EFFECT_STAMP, EFFECT_CYCLE_OPEN, EFFECT_HOLDING, EFFECT_CHECKS_END}, .reason = true, .label = {"重开", "Re-open"}},
  {PROBLEM_DRAFT, ACTION_WITHDRAW, PROBLEM_WITHDRAWN, LIAISON | HEAD | OFFICE, RELATION_LEAD, {GUARD_PLACEHOLDER_BARE}, .effects = {EFFECT_STAMP}, .reason = true, .label = {"撤销", "Withdraw"}},
  {PROBLEM_SUBMITTED, ACTION_WITHDRAW, PROBLEM_WITHDRAWN, LIAISON | HEAD | OFFICE, RELATION_LEAD, {GUARD_PLACEHOLDER_BARE}, .effects = {EFFECT_STAMP}, .reason = true, .label = {"撤销", "Withdraw"}},
  {PROBLEM_ADMITTED, ACTION_WITHDRAW, PROBLEM_WITHDRAWN, OFFICE, RELATION_ANY, {GUARD_PARTS_CLOSED}, .effects = {EFFECT_STAMP}, .reason = true, .label = {"撤销", "Withdraw"}},
  {PROBLEM_ASSIGNED, ACTION_WITHDRAW, PROBLEM_WITHDRAWN, OFFICE, RELATION_ANY, {GUARD_PARTS_CLOSED}, .effects = {EFFECT_STAMP, EFFECT_DISPUTE_DROPPED, EFFECT_HOLDING}, .reason = true, .label = {"撤销", "Withdraw"}},
  {PROBLEM_TAKEN, ACTION_WITHDRAW, PROBLEM_WITHDRAWN, OFFICE, RELATION_ANY, {GUARD_PARTS_CLOSED}, .effects = {EFFECT_STAMP, EFFECT_DISPUTE_DROPPED, EFFECT_HOLDING}, .reason = true, .label = {"撤销", "Withdraw"}},
  {PROBLEM_RECTIFYING, ACTION_WITHDRAW, PROBLEM_WITHDRAWN, OFFICE, RELATION_ANY, {GUARD_PARTS_CLOSED}, .effects = {EFFECT_STAMP, EFFECT_DISPUTE_DROPPED, EFFECT_HOLDING}, .reason = true, .label = {"撤销", "Withdraw"}},
  /* ledgers brought in */
  {0, ACTION_IMPORT, PROBLEM_RECTIFYING, OFFICE, RELATION_ANY, {GUARD_IMPORTING, GUARD_UNIT_MAY_HOLD, GUARD_CAMPAIGN_OPEN, GUARD_CATEGORY_FITS, GUARD_PLACEHOLDER}, .effects = {EFFECT_NUMBER, EFFECT_BRING_IN}, .label = {"导入历史台账", "Bring in a ledger"}},
  /* hand-overs (PRACTICE.md, hand-overs): transfer, dispute and ruling; what approvals carry out; what time ends */
  {PROBLEM_ASSIGNED, ACTION_TRANSFER, PROBLEM_ASSIGNED, LIAISON | HEAD, RELATION_LEAD, {GUARD_NOT_BOUND, GUARD_NO_RULING_OPEN, GUARD_RECEIVER, GUARD_PLACEHOLDER}, {PROBLEM_TRANSFER_TO}, {EFFECT_TRANSFER_ASK}, .reason = true, .label = {"申请转办", "Ask for transfer"}},
  {PROBLEM_TAKEN, ACTION_TRANSFER, PROBLEM_TAKEN, LIAISON | HEAD, RELATION_LEAD, {GUARD_NOT_BOUND, GUARD_NO_RULING_OPEN, GUARD_RECEIVER}, {PROBLEM_TRANSFER_TO}, {EFFECT_TRANSFER_ASK}, .reason = true, .label = {"申请转办", "Ask for transfer"}},
  {PROBLEM_RECTIFYING, ACTION_TRANSFER, PROBLEM_RECTIFYING, LIAISON | HEAD, RELATION_LEAD, {GUARD_NOT_BOUND, GUARD_NO_RULING_OPEN, GUARD_RECEIVER}, {PROBLEM_TRANSFER_TO}, {EFFECT_TRANSFER_ASK}, .reason = true, .label = {"申请转办", "Ask for transfer"}},
  {PROBLEM_ASSIGNED, ACTION_DISPUTE, PROBLEM_DISPUTED, LIAISON | HEAD, RELATION_LEAD, {GUARD_NOT_BOUND, GUARD_NO_RULING_OPEN, GUARD_DISPUTE_IN_TIME, GUARD_PLACEHOLDER}, .effects = {EFFECT_DISPUTE, EFFECT_HOLDING}, .reason = true, .label = {"提出异议", "Dispute"}},
  {PROBLEM_DISPUTED, ACTION_TAKE, PROBLEM_TAKEN, LIAISON | HEAD, RELATION_LEAD, .effects = {EFFECT_STAMP, EFFECT_DISPUTE_DROPPED, EFFECT_HOLDING}, .label = {"同意签收", "Take after all"}},
  {PROBLEM_DISPUTED, ACTION_REPORT, PROBLEM_DISPUTED, LIAISON | HEAD, RELATION_LEAD, .asks = {PROBLEM_PROGRESS_NOTE}, .label = {"报进展", "Report progress"}},
  {PROBLEM_DISPUTED, ACTION_WITHDRAW, PROBLEM_WITHDRAWN, OFFICE, RELATION_ANY, {GUARD_PARTS_CLOSED}, .effects = {EFFECT_STAMP, EFFECT_DISPUTE_DROPPED, EFFECT_HOLDING}, .reason = true, .label = {"撤销", "Withdraw"}},
  {PROBLEM_DISPUTED, ACTION_RULE, PROBLEM_ASSIGNED, CLOCK, RELATION_ANY, .effects = {EFFECT_HOLDING}, .label = {"裁定", "Ruled"}},
  {PROBLEM_ASSIGNED, ACTION_RULE, PROBLEM_ASSIGNED, CLOCK, RELATION_ANY, .effects = {EFFECT_HOLDING}, .label = {"裁定", "Ruled"}},
  {PROBLEM_TAKEN, ACTION_RULE, PROBLEM_TAKEN, CLOCK, RELATION_ANY, .effects = {EFFECT_HOLDING}, .label = {"裁定", "Ruled"}},
  {PROBLEM_RECTIFYING, ACTION_RULE, PROBLEM_RECTIFYING, CLOCK, RELATION_ANY, .effects = {EFFECT_HOLDING}, .label = {"裁定", "Ruled"}},
  {PROBLEM_DISPUTED, ACTION_NAME_PROVISIONAL, PROBLEM_DISPUTED, CLOCK, RELATION_ANY, .effects = {EFFECT_HOLDING}, .label = {"指定临时牵头单位", "Provisional lead named"}},
  {PROBLEM_ASSIGNED, ACTION_NAME_PROVISIONAL, PROBLEM_ASSIGNED, CLOCK, RELATION_ANY, .effects = {EFFECT_HOLDING}, .label = {"指定临时牵头单位", "Provisional lead named"}},
  {PROBLEM_TAKEN, ACTION_NAME_PROVISIONAL, PROBLEM_TAKEN, CLOCK, RELATION_ANY, .effects = {EFFECT_HOLDING}, .label = {"指定临时牵头单位", "Provisional lead named"}},
  {PROBLEM_RECTIFYING, ACTION_NAME_PROVISIONAL, PROBLEM_RECTIFYING, CLOCK, RELATION_ANY, .effects = {EFFECT_HOLDING}, .label = {"指定临时牵头单位", "Provisional lead named"}},
  {PROBLEM_TAKEN, ACTION_SUSPEND, PROBLEM_TAKEN, LIAISON | HEAD, RELATION_LEAD, {GUARD_PENDING_NONE, GUARD_NO_RULING_OPEN, GUARD_SUSPENSION_LIMIT}, {PROBLEM_SUSPENDED_UNTIL}, {EFFECT_ASK_APPROVAL}, .reason = true, .label = {"申请挂账", "Ask for suspension"}},
  {PROBLEM_TAKEN, ACTION_CHANGE_KIND, PROBLEM_TAKEN, LIAISON | HEAD, RELATION_LEAD, {GUARD_PENDING_NONE, GUARD_KIND_LIMIT}, {PROBLEM_KIND, PROBLEM_KIND_UNTIL}, {EFFECT_ASK_APPROVAL}, .reason = true, .label = {"申请变更类型", "Ask for another kind"}},
  {PROBLEM_TAKEN, ACTION_SUSPEND_APPROVED, PROBLEM_SUSPENDED, CLOCK, RELATION_ANY, {GUARD_SUSPENSION_LIMIT}, .effects = {EFFECT_APPROVED}, .label = {"准予挂账", "Suspension approved"}},
  {PROBLEM_TAKEN, ACTION_EXTEND_APPROVED, PROBLEM_TAKEN, CLOCK, RELATION_ANY, {GUARD_EXTENSION_LIMIT}, .effects = {EFFECT_APPROVED}, .label = {"准予延期", "Extension approved"}},
  {PROBLEM_TAKEN, ACTION_KIND_APPROVED, PROBLEM_TAKEN, CLOCK, RELATION_ANY, {GUARD_KIND_LIMIT}, .effects = {EFFECT_APPROVED}, .label = {"准予变更类型", "Another kind approved"}},
  {PROBLEM_TAKEN, ACTION_KIND_EXPIRES, PROBLEM_TAKEN, CLOCK, RELATION_ANY, .effects = {EFFECT_RESUME}, .label = {"类型变更到期", "Change of kind expired"}},
  {PROBLEM_RECTIFYING, ACTION_SUSPEND, PROBLEM_RECTIFYING, LIAISON | HEAD, RELATION_LEAD, {GUARD_PENDING_NONE, GUARD_NO_RULING_OPEN, GUARD_SUSPENSION_LIMIT}, {PROBLEM_SUSPENDED_UNTIL}, {EFFECT_ASK_APPROVAL}, .reason = true, .label = {"申请挂账", "Ask for suspension"}},
  {PROBLEM_RECTIFYING, ACTION_CHANGE_KIND, PROBLEM_RECTIFYING, LIAISON | HEAD, RELATION_LEAD, {GUARD_PENDING_NONE, GUARD_KIND_LIMIT}, {PROBLEM_KIND, PROBLEM_KIND_UNTIL}, {EFFECT_ASK_APPROVAL}, .reason = true, .label = {"申请变更类型", "Ask for another kind"}},
  {PROBLEM_RECTIFYING, ACTION_SUSPEND_APPROVED, PROBLEM_SUSPENDED, CLOCK, RELATION_ANY, {GUARD_SUSPENSION_LIMIT}, .effects = {EFFECT_APPROVED}, .label = {"准予挂账", "Suspension approved"}},
  {PROBLEM_RECTIFYING, ACTION_EXTEND_APPROVED, PROBLEM_RECTIFYING, CLOCK, RELATION_ANY, {GUARD_EXTENSION_LIMIT}, .effects = {EFFECT_APPROVED}, .label = {"准予延期", "Extension approved"}},
  {PROBLEM_RECTIFYING, ACTION_KIND_APPROVED, PROBLEM_RECTIFYING, CLOCK, RELATION_ANY, {GUARD_KIND_LIMIT}, .effects = {EFFECT_APPROVED}, .label = {"准予变更类型", "Another kind approved"}},
  {PROBLEM_RECTIFYING, ACTION_KIND_EXPIRES, PROBLEM_RECTIFYING, CLOCK, RELATION_ANY, .effects = {EFFECT_RESUME}, .label = {"类型变更到期", "Change of kind expired"}},
  {PROBLEM_SUSPENDED, ACTION_RESUME, PROBLEM_RECTIFYING, OFFICE | CLOCK, RELATION_ANY, .effects = {EFFECT_RESUME}, .label = {"恢复整改", "Resume"}}, /* into the state it was suspended from */
  {PROBLEM_SUSPENDED, ACTION_WITHDRAW, PROBLEM_WITHDRAWN, OFFICE, RELATION_ANY, {GUARD_PARTS_CLOSED}, .effects = {EFFECT_STAMP, EFFECT_HOLDING}, .reason = true, .label = {"撤销", "Withdraw"}},
  {PROBLEM_DRAFT, ACTION_HAND_OVER, PROBLEM_DRAFT, CLOCK, RELATION_ANY, .effects = {EFFECT_HOLDING}, .label = {"移交", "Handed over"}},
  {PROBLEM_SUBMITTED, ACTION_HAND_OVER, PROBLEM_SUBMITTED, CLOCK, RELATION_ANY, .effects = {EFFECT_HOLDING}, .label = {"移交", "Handed over"}},
  {PROBLEM_ADMITTED, ACTION_HAND_OVER, PROBLEM_ADMITTED, CLOCK, RELATION_ANY, .effects = {EFFECT_HOLDING}, .label = {"移交", "Handed over"}},
  {PROBLEM_ASSIGNED, ACTION_HAND_OVER, PROBLEM_ASSIGNED, CLOCK, RELATION_ANY, .effects = {EFFECT_HOLDING}, .label = {"移交", "Handed over"}},
  {PROBLEM_TAKEN, ACTION_HAND_OVER, PROBLEM_TAKEN, CLOCK, RELATION_ANY, .effects = {EFFECT_HOLDING}, .label = {"移交", "Handed over"}},
  {PROBLEM_RECTIFYING, ACTION_HAND_OVER, PROBLEM_RECTIFYING, CLOCK, RELATION_ANY, .effects = {EFFECT_HOLDING}, .label = {"移交", "Handed over"}},
  {PROBLEM_DISPUTED, ACTION_HAND_OVER, PROBLEM_DISPUTED, CLOCK, RELATION_ANY, .effects = {EFFECT_HOLDING}, .label = {"移交", "Handed over"}},
  {PROBLEM_SUSPENDED, ACTION_HAND_OVER, PROBLEM_SUSPENDED, CLOCK, RELATION_ANY, .effects = {EFFECT_HOLDING}, .label = {"移交", "Handed over"}},
  {PROBLEM_APPLIED, ACTION_HAND_OVER, PROBLEM_APPLIED, CLOCK, RELATION_ANY, .effects = {EFFECT_HOLDING}, .label = {"移交", "Handed over"}},
  {PROBLEM_ENDORSED, ACTION_HAND_OVER, PROBLEM_ENDORSED, CLOCK, RELATION_ANY, .effects = {EFFECT_HOLDING}, .label = {"移交", "Handed over"}},
  {PROBLEM_ACCEPTED, ACTION_HAND_OVER, PROBLEM_ACCEPTED, CLOCK, RELATION_ANY, .effects = {EFFECT_HOLDING}, .label = {"移交", "Handed over"}},
  {PROBLEM_PUBLICISED, ACTION_HAND_OVER, PROBLEM_PUBLICISED, CLOCK, RELATION_ANY, .effects = {EFFECT_HOLDING}, .label = {"移交", "Handed over"}},
  /* closing */
  {PROBLEM_ACCEPTED, ACTION_REVIEW_PUBLICITY, PROBLEM_ACCEPTED, OFFICE, RELATION_ANY, {GUARD_PUBLICITY_REVIEWED}, {PROBLEM_PUBLICITY_SCOPE}, .takes = {PROBLEM_WITHHOLD_REASON}, .effects = {EFFECT_PUBLICITY}, .label = {"公开审核", "Review for publicity"},
   .source = "政府信息公开条例 第十四条至第十六条"},
  {PROBLEM_ACCEPTED, ACTION_CLOSE_DESPITE, PROBLEM_ACCEPTED, OFFICE, RELATION_ANY, {GUARD_PENDING_NONE}, {PROBLEM_CLOSE_DESPITE}, .effects = {EFFECT_ASK_APPROVAL}, .reason = true, .label = {"不满意仍销号(报批)", "Ask to close despite dissatisfaction"}},
  {PROBLEM_PUBLICISED, ACTION_CLOSE_DESPITE, PROBLEM_PUBLICISED, OFFICE, RELATION_ANY, {GUARD_PENDING_NONE}, {PROBLEM_CLOSE_DESPITE}, .effects = {EFFECT_ASK_APPROVAL}, .reason = true, .label = {"不满意仍销号(报批)", "Ask to close despite dissatisfaction"}},
  {PROBLEM_CLOSED, ACTION_CHECK_SAMPLE, PROBLEM_CLOSED, ACCEPTOR | OFFICE, RELATION_OUTSIDE, {GUARD_OUTSIDE_UNIT, GUARD_SITE_VISIT}, .takes = {PROBLEM_ON_SITE, PROBLEM_VISITED_ON, PROBLEM_VISIT_PLACE}, .effects = {EFFECT_SAMPLE_CHECKED}, .label = {"抽查核实", "Check the sample"}},
  HAND_COLOUR(PROBLEM_ASSIGNED), HAND_COLOUR(PROBLEM_TAKEN), HAND_COLOUR(PROBLEM_RECTIFYING), HAND_COLOUR(PROBLEM_APPLIED), HAND_COLOUR(PROBLEM_ENDORSED),
  HAND_COLOUR(PROBLEM_ACCEPTED), HAND_COLOUR(PROBLEM_PUBLICISED), HAND_COLOUR(PROBLEM_CLOSED),
  /* the frame: splitting, merging, how deep the city sees, off-line placeholders, advice */
  {0, ACTION_SPLIT, PROBLEM_ADMITTED, CLOCK, RELATION_ANY, {GUARD_UNIT_MAY_HOLD, GUARD_CAMPAIGN_TAKES}, .effects = {EFFECT_STAMP, EFFECT_PART_ASSIGN}, .label = {"由上级问题分解", "Split off"}},
  {PROBLEM_ADMITTED, ACTION_SPLIT, PROBLEM_ADMITTED, OFFICE, RELATION_ANY, {GUARD_PART_FITS, GUARD_PLACEHOLDER}, {PROBLEM_SPLIT_UNITS}, {EFFECT_SPLIT}, .label = {"分解", "Split"}},
  {PROBLEM_ASSIGNED, ACTION_SPLIT, PROBLEM_ASSIGNED, OFFICE, RELATION_ANY, {GUARD_PART_FITS, GUARD_PLACEHOLDER}, {PROBLEM_SPLIT_UNITS}, {EFFECT_SPLIT}, .label = {"分解", "Split"}},
  {PROBLEM_TAKEN, ACTION_SPLIT, PROBLEM_TAKEN, OFFICE, RELATION_ANY, {GUARD_PART_FITS, GUARD_PLACEHOLDER}, {PROBLEM_SPLIT_UNITS}, {EFFECT_SPLIT}, .label = {"分解", "Split"}},
  {PROBLEM_RECTIFYING, ACTION_SPLIT, PROBLEM_RECTIFYING, OFFICE, RELATION_ANY, {GUARD_PART_FITS, GUARD_PLACEHOLDER}, {PROBLEM_SPLIT_UNITS}, {EFFECT_SPLIT}, .label = {"分解", "Split"}},
  {PROBLEM_ADMITTED, ACTION_MERGE, PROBLEM_MERGED, OFFICE, RELATION_ANY, {GUARD_MERGE_FITS, GUARD_PLACEHOLDER}, {PROBLEM_MERGED_INTO}, {EFFECT_STAMP, EFFECT_MERGE}, .reason = true, .label = {"并入", "Merge"}},
  {PROBLEM_ASSIGNED, ACTION_MERGE, PROBLEM_MERGED, OFFICE, RELATION_ANY, {GUARD_MERGE_FITS, GUARD_PLACEHOLDER}, {PROBLEM_MERGED_INTO}, {EFFECT_STAMP, EFFECT_DISPUTE_DROPPED, EFFECT_HOLDING, EFFECT_MERGE}, .reason = true, .label = {"并入", "Merge"}},
  {PROBLEM_TAKEN, ACTION_MERGE, PROBLEM_MERGED, OFFICE, RELATION_ANY, {GUARD_MERGE_FITS, GUARD_PLACEHOLDER}, {PROBLEM_MERGED_INTO}, {EFFECT_STAMP, EFFECT_DISPUTE_DROPPED, EFFECT_HOLDING, EFFECT_MERGE}, .reason = true, .label = {"并入", "Merge"}},
  {PROBLEM_RECTIFYING, ACTION_MERGE, PROBLEM_MERGED, OFFICE, RELATION_ANY, {GUARD_MERGE_FITS, GUARD_PLACEHOLDER}, {PROBLEM_MERGED_INTO}, {EFFECT_STAMP, EFFECT_DISPUTE_DROPPED, EFFECT_HOLDING, EFFECT_MERGE}, .reason = true, .label = {"并入", "Merge"}},
  {PROBLEM_ASSIGNED, ACTION_SHOW_ABOVE, PROBLEM_ASSIGNED, LIAISON | HEAD | DISTRICT, RELATION_LEAD, {GUARD_PART_FITS}, {PROBLEM_VISIBLE_ABOVE}, .label = {"设定上级可见", "Show above or not"}},
  {PROBLEM_TAKEN, ACTION_SHOW_ABOVE, PROBLEM_TAKEN, LIAISON | HEAD | DISTRICT, RELATION_LEAD, {GUARD_PART_FITS}, {PROBLEM_VISIBLE_ABOVE}, .label = {"设定上级可见", "Show above or not"}},
  {PROBLEM_RECTIFYING, ACTION_SHOW_ABOVE, PROBLEM_RECTIFYING, LIAISON | HEAD | DISTRICT, RELATION_LEAD, {GUARD_PART_FITS}, {PROBLEM_VISIBLE_ABOVE}, .label = {"设定上级可见", "Show above or not"}},
  {PROBLEM_DISPUTED, ACTION_SHOW_ABOVE, PROBLEM_DISPUTED, LIAISON | HEAD | DISTRICT, RELATION_LEAD, {GUARD_PART_FITS}, {PROBLEM_VISIBLE_ABOVE}, .label = {"设定上级可见", "Show above or not"}},
  {PROBLEM_SUSPENDED, ACTION_SHOW_ABOVE, PROBLEM_SUSPENDED, LIAISON | HEAD | DISTRICT, RELATION_LEAD, {GUARD_PART_FITS}, {PROBLEM_VISIBLE_ABOVE}, .label = {"设定上级可见", "Show above or not"}},
  {PROBLEM_APPLIED, ACTION_SHOW_ABOVE, PROBLEM_APPLIED, LIAISON | HEAD | DISTRICT, RELATION_LEAD, {GUARD_PART_FITS}, {PROBLEM_VISIBLE_ABOVE}, .label = {"设定上级可见", "Show above or not"}},
  {PROBLEM_ENDORSED, ACTION_SHOW_ABOVE, PROBLEM_ENDORSED, LIAISON | HEAD | DISTRICT, RELATION_LEAD, {GUARD_PART_FITS}, {PROBLEM_VISIBLE_ABOVE}, .label = {"设定上级可见", "Show above or not"}},
  {PROBLEM_ACCEPTED, ACTION_SHOW_ABOVE, PROBLEM_ACCEPTED, LIAISON | HEAD | DISTRICT, RELATION_LEAD, {GUARD_PART_FITS}, {PROBLEM_VISIBLE_ABOVE}, .label = {"设定上级可见", "Show above or not"}},
  {PROBLEM_PUBLICISED, ACTION_SHOW_ABOVE, PROBLEM_PUBLICISED, LIAISON | HEAD | DISTRICT, RELATION_LEAD, {GUARD_PART_FITS}, {PROBLEM_VISIBLE_ABOVE}, .label = {"设定上级可见", "Show above or not"}},
  {PROBLEM_CLOSED, ACTION_SHOW_ABOVE, PROBLEM_CLOSED, LIAISON | HEAD | DISTRICT, RELATION_LEAD, {GUARD_PART_FITS}, {PROBLEM_VISIBLE_ABOVE}, .label = {"设定上级可见", "Show above or not"}},
  {PROBLEM_ADMITTED, ACTION_ENTER_COLOUR, PROBLEM_ADMITTED, OFFICE, RELATION_ANY, {GUARD_PLACEHOLDER, GUARD_PLACEHOLDER_BARE}, {PROBLEM_PLACEHOLDER}, .reason = true, .label = {"登记线下颜色", "Enter the colour"}},
  {PROBLEM_ASSIGNED, ACTION_ENTER_COLOUR, PROBLEM_ASSIGNED, OFFICE, RELATION_ANY, {GUARD_PLACEHOLDER, GUARD_PLACEHOLDER_BARE}, {PROBLEM_PLACEHOLDER}, .reason = true, .label = {"登记线下颜色", "Enter the colour"}},
  {PROBLEM_ASSIGNED, ACTION_CLOSE, PROBLEM_CLOSED, OFFICE, RELATION_ANY, {GUARD_PLACEHOLDER, GUARD_PLACEHOLDER_BARE}, .effects = {EFFECT_STAMP, EFFECT_DEADLINE, EFFECT_CYCLE_CLOSE, EFFECT_DISPUTE_DROPPED, EFFECT_HOLDING}, .reason = true, .label = {"线下已销号", "Closed off-line"}},
  {PROBLEM_ADMITTED, ACTION_ADVISE, PROBLEM_ADMITTED, ADVISERS, RELATION_ANY, .reason = true, .label = {"指导意见", "Advise"}},
  {PROBLEM_ASSIGNED, ACTION_ADVISE, PROBLEM_ASSIGNED, ADVISERS, RELATION_ANY, .reason = true, .label = {"指导意见", "Advise"}},
  {PROBLEM_TAKEN, ACTION_ADVISE, PROBLEM_TAKEN, ADVISERS, RELATION_ANY, .reason = true, .label = {"指导意见", "Advise"}},
  {PROBLEM_RECTIFYING, ACTION_ADVISE, PROBLEM_RECTIFYING, ADVISERS, RELATION_ANY, .reason = true, .label = {"指导意见", "Advise"}},
  {PROBLEM_DISPUTED, ACTION_ADVISE, PROBLEM_DISPUTED, ADVISERS, RELATION_ANY, .reason = true, .label = {"指导意见", "Advise"}},
  {PROBLEM_SUSPENDED, ACTION_ADVISE, PROBLEM_SUSPENDED, ADVISERS, RELATION_ANY, .reason = true, .label = {"指导意见", "Advise"}},
  {PROBLEM_APPLIED, ACTION_ADVISE, PROBLEM_APPLIED, ADVISERS, RELATION_ANY, .reason = true, .label = {"指导意见", "Advise"}},
  {PROBLEM_ENDORSED, ACTION_ADVISE, PROBLEM_ENDORSED, ADVISERS, RELATION_ANY, .reason = true, .label = {"指导意见", "Advise"}},
  {PROBLEM_ACCEPTED, ACTION_ADVISE, PROBLEM_ACCEPTED, ADVISERS, RELATION_ANY, .reason = true, .label = {"指导意见", "Advise"}},
  {PROBLEM_PUBLICISED, ACTION_ADVISE, PROBLEM_PUBLICISED, ADVISERS, RELATION_ANY, .reason = true, .label = {"指导意见", "Advise"}},
  {PROBLEM_CLOSED, ACTION_ADVISE, PROBLEM_CLOSED, ADVISERS, RELATION_ANY, .reason = true, .label = {"指导意见", "Advise"}},
  {PROBLEM_SETTLED, ACTION_ADVISE, PROBLEM_SETTLED, ADVISERS, RELATION_ANY, .reason = true, .label = {"指导意见", "Advise"}},
  /* strong complaints: a confirmed media or group case counts while the problem is in work; afterwards it can still be taken back */
  STRONG_CASE(PROBLEM_ASSIGNED), STRONG_CASE(PROBLEM_TAKEN), STRONG_CASE(PROBLEM_RECTIFYING), STRONG_CASE(PROBLEM_DISPUTED), STRONG_CASE(PROBLEM_SUSPENDED), STRONG_CASE(PROBLEM_APPLIED), STRONG_CASE(PROBLEM_ENDORSED),
  LIFT_CASE(PROBLEM_ACCEPTED), LIFT_CASE(PROBLEM_PUBLICISED),
};
static const struct permission permissions[] = {
  {ROLE(ROLE_OFFICIAL), RELATION_OFFICIAL, MAY_READ},
  {ROLE(ROLE_RELEASER), RELATION_ANY, MAY_READ},
  {ROLE(ROLE_GUIDANCE), RELATION_GUIDANCE, MAY_READ | MAY_EXPORT},
  {ROLE(ROLE_DISTRICT_OFFICE), RELATION_LEAD, MAY_READ | MAY_CREATE | MAY_EDIT | MAY_EXPORT},
  {ROLE(ROLE_DISTRICT_OFFICE), RELATION_JOINT, MAY_READ},
  {OFFICE | ROLE(ROLE_LEADER) | ROLE(ROLE_REVIEWER) | ACCEPTOR, RELATION_ANY, MAY_READ | MAY_EXPORT},
  {LIAISON | HEAD, RELATION_LEAD, MAY_READ | MAY_CREATE | MAY_EDIT | MAY_EXPORT},
  {LIAISON | HEAD, RELATION_JOINT, MAY_READ | MAY_EXPORT},
  {OFFICE, RELATION_ANY, MAY_CREATE | MAY_EDIT},
};
/* By colour: what sticks first, then what goes; drafts and others without a colour last. */
static const int64_t colours_in_turn[] = {COLOUR_RED, COLOUR_ORANGE, COLOUR_YELLOW, COLOUR_BLUE, COLOUR_GREY, COLOUR_GREEN};
static const struct in_turn turn = {PROBLEM_COLOUR, PROBLEM_DUE, colours_in_turn, sizeof colours_in_turn / sizeof *colours_in_turn};
static const uint16_t sorts[] = {PROBLEM_DUE, FIELD_CHANGED, PROBLEM_NUMBER};
static const uint16_t indexes[][3] = {{PROBLEM_COLOUR_NEXT}, {PROBLEM_COLOUR_POLICY}, {PROBLEM_COLOUR_RULE}, {PROBLEM_CATEGORY, PROBLEM_KIND}, {FIELD_STATE, PROBLEM_COLOUR}, {PROBLEM_IMPORT_SOURCE}, {PROBLEM_HAND_COLOUR_UNTIL}, {PROBLEM_REVIEW_UNTIL},
  {PROBLEM_PARENT}, {PROBLEM_VISIBLE_ABOVE}, {PROBLEM_LED_BY}, {PROBLEM_OFFICIAL_USER}, {PROBLEM_OWNER_USER}, {PROBLEM_CATEGORY_RECORD}, {PROBLEM_CAMPAIGN, PROBLEM_ROUTE, PROBLEM_APPLICATION}, {PROBLEM_PUBLICITY_SCOPE}};

const struct record_type TYPE_PROBLEM = {
  .id = RECORD_PROBLEM, .name = "problem", .plural = "problems", .label = {"问题", "Problem"}, .label_plural = {"问题清单", "Problems"},
  FIELDS(fields), .states = states, .first = PROBLEM_DRAFT, TRANSITIONS(transitions), PERMISSIONS(permissions),
  .holders = {{PROBLEM_LEAD_UNIT, RELATION_LEAD}, {PROBLEM_JOINT_UNITS, RELATION_JOINT}, {PROBLEM_OFFICIAL_USER, RELATION_OFFICIAL}},
  .together = TOGETHER_VOID | TOGETHER_CORRECT | TOGETHER_DESTROY, .waits = WAITS_EACH, .due = PROBLEM_DUE, .group = GROUP_WORK, .affects = {PROBLEM_PARENT}, .above = PROBLEM_VISIBLE_ABOVE, .title = PROBLEM_TITLE, .secrecy = PROBLEM_SECRECY, .turn = &turn, SORTS(sorts), INDEXES(indexes)};
