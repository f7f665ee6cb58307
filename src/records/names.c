/* Names and labels of roles, actions and channels, and the choices that several record types share. */
#include <string.h>
#include "records/types.h"

const struct choice COLOUR_CHOICES[] = { /* DOMAIN.md 3 */
  {COLOUR_GREY, "grey", {"灰", "Grey"}}, {COLOUR_GREEN, "green", {"绿", "Green"}}, {COLOUR_RED, "red", {"红", "Red"}},
  {COLOUR_ORANGE, "orange", {"橙", "Orange"}}, {COLOUR_YELLOW, "yellow", {"黄", "Yellow"}}, {COLOUR_BLUE, "blue", {"蓝", "Blue"}}, {0}};
const struct choice SECRECY_CHOICES[] = {
  {SECRECY_OPEN, "open", {"可公开", "Open"}}, {SECRECY_INTERNAL, "internal", {"内部", "Internal"}}, {SECRECY_RESTRICTED, "restricted", {"限定知悉", "Restricted"}}, {0}};
const struct choice CATEGORY_CHOICES[] = { /* PRACTICE.md, demo city; a campaign's own list (records/category.c) stands under one of these */
  {CATEGORY_ECONOMY, "economy", {"经济高质量发展", "Economy"}}, {CATEGORY_OPENING, "opening", {"高水平改革开放", "Reform and opening"}},
  {CATEGORY_GOVERNANCE, "governance", {"超大城市治理现代化", "City governance"}}, {CATEGORY_LIVELIHOOD, "livelihood", {"保障和改善民生", "People's livelihood"}},
  {CATEGORY_PARTY, "party", {"党风廉政与队伍建设", "Conduct and teams"}}, {CATEGORY_OTHER, "other", {"其他", "Other"}}, {0}};
const struct choice KIND_CHOICES[] = { /* DOMAIN.md 6, domain-facts 6 */
  {KIND_AT_ONCE, "at_once", {"即知即改", "At once"}}, {KIND_TIME_LIMITED, "time_limited", {"限期整改", "Time-limited"}}, {KIND_LONG_TERM, "long_term", {"长期整改", "Long-term"}}, {0}};
const struct choice LANGUAGE_CHOICES[] = {{LANGUAGE_ZH, "zh", {"中文", "Chinese"}}, {LANGUAGE_EN, "en", {"英文", "English"}}, {0}};
const struct choice STEP_CHOICES[] = {
  {STEP_ENDORSE, "endorse", {"主要负责人签字", "Endorse"}}, {STEP_ACCEPT, "accept", {"验收", "Accept"}},
  {STEP_PUBLICISE, "publicise", {"公示", "Publicise"}}, {STEP_APPROVE, "approve", {"审定销号", "Approve"}}, {STEP_ON_SITE, "on_site", {"现场核查", "On site"}}, {0}};
const struct choice ROUTE_CHOICES[] = { /* PRACTICE.md, closing by risk */
  {ROUTE_A, "a", {"甲类:全链条", "A: full chain"}}, {ROUTE_B, "b", {"乙类:书面验收", "B: desk review"}}, {ROUTE_C, "c", {"丙类:单位自结", "C: closed by the unit"}}, {0}};
const struct choice SOURCE_CHOICES[] = { /* DOMAIN.md 6 */
  {SOURCE_RESEARCH, "research", {"调研", "Research"}},
  {SOURCE_DEVELOPMENT, "development", {"推动发展", "Development"}},
  {SOURCE_APPEALS, "appeals", {"群众反映", "Appeals"}},
  {SOURCE_INSPECTION_OLD, "inspection_old", {"巡视存量", "Inspection, stock"}},
  {SOURCE_AUDIT_OLD, "audit_old", {"审计存量", "Audit, stock"}},
  {SOURCE_INSPECTION_NEW, "inspection_new", {"巡视新发现", "Inspection, new"}},
  {SOURCE_SELF_CHECK, "self_check", {"检视", "Self-check"}},
  {SOURCE_AUDIT_NEW, "audit_new", {"审计新发现", "Audit, new"}},
  {0}};
const struct choice WITHHOLD_CHOICES[] = { /* 政府信息公开条例(2019)第 14–16 条;中国共产党党务公开条例(试行) */
  {WITHHOLD_STATE_SECRET, "state_secret", {"国家秘密(第14条)", "State secret (Art. 14)"}},
  {WITHHOLD_LAW, "law", {"法律、行政法规禁止公开(第14条)", "Forbidden by law (Art. 14)"}},
  {WITHHOLD_SAFETY, "safety", {"危及国家安全、公共安全、经济安全、社会稳定(第14条)", "National, public or economic safety, stability (Art. 14)"}},
  {WITHHOLD_COMMERCIAL, "commercial", {"商业秘密(第15条)", "Commercial secret (Art. 15)"}},
  {WITHHOLD_PRIVACY, "privacy", {"个人隐私(第15条)", "Privacy (Art. 15)"}},
  {WITHHOLD_INTERNAL, "internal", {"内部事务信息(第16条)", "Internal matter (Art. 16)"}},
  {WITHHOLD_PROCESS, "process", {"过程性信息(第16条)", "Draft of a process (Art. 16)"}},
  {WITHHOLD_CASE_FILE, "case_file", {"行政执法案卷信息(第16条)", "Enforcement case file (Art. 16)"}},
  {WITHHOLD_PARTY, "party", {"依党内法规不宜向社会公开(党务公开条例)", "Party rules on publication"}},
  {0}};
const struct choice EXCLUSION_CHOICES[] = { /* 北京市接诉即办工作条例第十一条的特殊情形和考评中通行的剔除情形 */
  {EXCLUDED_NOT_DUTY, "not_duty", {"非本单位职责", "Not this unit's duty"}}, {EXCLUDED_AGAINST_LAW, "against_law", {"诉求违反法律政策", "Against law or policy"}},
  {EXCLUDED_UNREASONABLE, "unreasonable", {"诉求明显不合理", "Plainly unreasonable"}}, {EXCLUDED_UNFOUNDED, "unfounded", {"反映情况不属实", "Unfounded"}},
  {EXCLUDED_LEGAL_WAY, "legal_way", {"已进入诉讼、仲裁、复议、信访程序", "In court, arbitration, review or petition"}}, {EXCLUDED_REPEATED, "repeated", {"同一诉求重复反映", "The same again, nothing new"}},
  {EXCLUDED_FORCE_MAJEURE, "force_majeure", {"不可抗力", "Force majeure"}}, {EXCLUDED_HANDLED_FINALLY, "handled_finally", {"已依法终结", "Concluded by law"}}, {0}};
const struct state_name FORCE_STATES[] = {{FORCE_ACTIVE, "active", {"有效", "Active"}}, {FORCE_RETIRED, "retired", {"停用", "Retired"}, true}, {0}};

const struct choice ROLE_CHOICES[] = {
  {ROLE_LIAISON, "liaison", {"联络员", "Liaison"}}, {ROLE_UNIT_HEAD, "unit_head", {"单位主要负责人", "Unit head"}}, {ROLE_OFFICE, "office", {"整改办", "Coordinating office"}},
  {ROLE_ACCEPTOR, "acceptor", {"验收人", "Acceptor"}}, {ROLE_LEADER, "leader", {"市领导", "City leader"}}, {ROLE_REVIEWER, "reviewer", {"审计巡察", "Reviewer"}},
  {ROLE_SYSTEM_ADMINISTRATOR, "system_administrator", {"系统管理员", "System administrator"}}, {ROLE_SECURITY_ADMINISTRATOR, "security_administrator", {"安全管理员", "Security administrator"}},
  {ROLE_AUDIT_ADMINISTRATOR, "audit_administrator", {"审计管理员", "Audit administrator"}},
  {ROLE_OFFICIAL, "official", {"责任领导", "Responsible official"}}, {ROLE_GUIDANCE, "guidance", {"指导组成员", "Guidance group"}}, {ROLE_DISTRICT_OFFICE, "district_office", {"区整改办", "District office"}},
  {ROLE_HOTLINE, "hotline", {"热线中心", "Hotline centre"}},
  {ROLE_CALLER, "caller", {"回访员", "Caller"}},
  {ROLE_RELEASER, "releaser", {"发布审核人", "Releaser"}}, {ROLE_CLOCK, "clock", {"系统", "The program"}, .retired = true /* the program's own: no form offers it, nobody is given it */}, {0}};

static const struct choice actions[] = { /* at will: it waits for nobody, so it is no task of anybody's */
  {ACTION_CREATE, "create", {"新建", "Create"}}, {ACTION_EDIT, "edit", {"修改", "Edit"}, .at_will = true}, {ACTION_VOID, "void", {"作废", "Void"}, .at_will = true}, {ACTION_DESTROY, "destroy", {"销毁", "Destroy"}},
  {ACTION_JUDGE, "judge", {"颜色判定", "Judge"}}, {ACTION_IMPORT, "import", {"导入", "Import"}},
  {ACTION_ASK_VOID, "ask_void", {"申请作废", "Ask to void"}}, {ACTION_ASK_CORRECTION, "ask_correction", {"申请更正", "Ask for correction"}}, {ACTION_ASK_DESTRUCTION, "ask_destruction", {"申请销毁", "Ask for destruction"}}, {ACTION_CORRECT, "correct", {"更正", "Correct"}},
  {ACTION_SUBMIT, "submit", {"送审", "Submit"}}, {ACTION_ADMIT, "admit", {"入库", "Admit"}}, {ACTION_ASSIGN, "assign", {"交办", "Assign"}}, {ACTION_TAKE, "take", {"签收", "Take"}},
  {ACTION_START, "start", {"启动整改", "Start"}}, {ACTION_APPLY, "apply", {"申请销号", "Apply for closing"}}, {ACTION_ENDORSE, "endorse", {"主要负责人签字", "Endorse"}},
  {ACTION_ACCEPT, "accept", {"验收通过", "Accept"}}, {ACTION_PUBLICISE, "publicise", {"公示", "Publicise"}}, {ACTION_CLOSE, "close", {"销号", "Close"}}, {ACTION_SETTLE, "settle", {"转长效", "Settle"}, .at_will = true},
  {ACTION_SEND_BACK, "send_back", {"退回", "Send back"}, .at_will = true}, {ACTION_WITHDRAW, "withdraw", {"撤销", "Withdraw"}, .at_will = true}, {ACTION_REOPEN, "reopen", {"重开", "Re-open"}, .at_will = true},
  {ACTION_REPORT, "report", {"报进展", "Report progress"}, .at_will = true}, {ACTION_EXTEND, "extend", {"申请延期", "Ask for extension"}, .at_will = true},
  {ACTION_FINISH, "finish", {"完成,送验收", "Finish"}}, {ACTION_CONFIRM, "confirm", {"确认", "Confirm"}}, {ACTION_ACCEPT_MEASURE, "accept_measure", {"措施验收通过", "Accept measure"}},
  {ACTION_RETURN_MEASURE, "return_measure", {"措施退回", "Return measure"}, .at_will = true}, {ACTION_ANSWER, "answer", {"答复", "Answer"}}, {ACTION_DISMISS, "dismiss", {"不予受理", "Dismiss"}, .at_will = true},
  {ACTION_AGREE, "agree", {"同意", "Agree"}}, {ACTION_DISAGREE, "disagree", {"不同意", "Refuse"}, .at_will = true}, {ACTION_READ, "read", {"标为已读", "Mark as read"}},
  {ACTION_CONCLUDE, "conclude", {"形成结论", "Conclude"}}, {ACTION_ACTIVATE, "activate", {"启用", "Activate"}}, {ACTION_RETIRE, "retire", {"停用", "Retire"}, .at_will = true}, {ACTION_LINK, "link", {"关联", "Link"}, .at_will = true},
  {ACTION_DISABLE, "disable", {"停用", "Disable"}, .at_will = true}, {ACTION_ENABLE, "enable", {"启用", "Enable"}}, {ACTION_CANCEL, "cancel", {"取消", "Cancel"}, .at_will = true},
  {ACTION_OPEN, "open", {"开始报送", "Open"}}, {ACTION_ASK_EXTRA, "ask_extra", {"申请加报一轮", "Ask for a further round"}}, {ACTION_DRAW, "draw", {"抽取", "Draw"}}, {ACTION_NIL_REPLY, "nil_reply", {"零报告", "Nil reply"}},
  {ACTION_REMIND, "remind", {"催报", "Remind"}, .at_will = true}, {ACTION_REPLY, "reply", {"答复催办", "Answer a chase"}}, {ACTION_FALL_LATE, "fall_late", {"逾期", "Fall late"}}, {ACTION_EXCUSE, "excuse", {"免报", "Excuse"}, .at_will = true},
  {ACTION_FREEZE, "freeze", {"冻结", "Freeze"}}, {ACTION_CORRECT, "correct", {"更正", "Correct"}},
  {ACTION_CHANGE_PLAN, "change_plan", {"申请调整方案", "Ask to change the plan"}, .at_will = true}, {ACTION_REBASE, "rebase", {"调整方案", "Change the plan"}}, {ACTION_APPROVE, "approve", {"批准", "Approve"}},
  {ACTION_CORRECT_RESULT, "correct_result", {"更正成效", "Correct the result"}, .at_will = true},
  {ACTION_MERGE, "merge", {"并入", "Merge"}, .at_will = true}, {ACTION_SPLIT, "split", {"分解", "Split"}, .at_will = true}, {ACTION_DISPUTE, "dispute", {"提出异议", "Dispute"}, .at_will = true}, {ACTION_RULE, "rule", {"裁定", "Rule"}}, {ACTION_SUSPEND, "suspend", {"申请挂账", "Ask for suspension"}, .at_will = true}, {ACTION_RESUME, "resume", {"恢复整改", "Resume"}, .at_will = true},
  {ACTION_TRANSFER, "transfer", {"转办", "Transfer"}, .at_will = true}, {ACTION_REFUSE, "refuse", {"退回转办", "Refuse"}}, {ACTION_CHANGE_KIND, "change_kind", {"申请变更类型", "Ask for another kind"}, .at_will = true}, {ACTION_HAND_OVER, "hand_over", {"移交", "Hand over"}},
  {ACTION_SUSPEND_APPROVED, "suspend_approved", {"准予挂账", "Suspension approved"}}, {ACTION_EXTEND_APPROVED, "extend_approved", {"准予延期", "Extension approved"}},
  {ACTION_KIND_APPROVED, "kind_approved", {"准予变更类型", "Another kind approved"}}, {ACTION_NAME_PROVISIONAL, "name_provisional", {"指定临时牵头单位", "Name a provisional lead"}, .at_will = true},
  {ACTION_KIND_EXPIRES, "kind_expires", {"类型变更到期", "Change of kind expires"}},
  {ACTION_HAND_SET_COLOUR, "hand_set_colour", {"人工设色", "Set a colour by hand"}, .at_will = true}, {ACTION_LIFT_HAND_COLOUR, "lift_hand_colour", {"撤销人工颜色", "Lift the colour set by hand"}, .at_will = true},
  {ACTION_CHECK_SAMPLE, "check_sample", {"抽查核实", "Check the sample"}, .at_will = true}, {ACTION_REVIEW_PUBLICITY, "review_publicity", {"公开审核", "Review for publicity"}, .at_will = true},
  {ACTION_ADOPT_CRITERIA, "adopt_criteria", {"采用通用标准", "Adopt the general criteria"}, .at_will = true}, {ACTION_CLOSE_DESPITE, "close_despite", {"报批销号", "Ask to close despite"}, .at_will = true},
  {ACTION_RELEASE, "release", {"发布", "Release"}}, {ACTION_WITHHOLD, "withhold", {"不公开", "Withhold"}, .at_will = true}, {ACTION_PROPOSE, "propose", {"重新提请发布", "Propose again"}, .at_will = true}, {ACTION_INVITE, "invite", {"发评价码", "Give a code to evaluate by"}, .at_will = true},
  {ACTION_CALL_BACK, "call_back", {"转回访", "To be called back"}}, {ACTION_CONTACT, "contact", {"已联系诉求人", "Contacted the person"}}, {ACTION_JOIN, "join", {"并单", "Join"}}, {ACTION_SEPARATE, "separate", {"拆单", "Separate"}},
  {ACTION_PASS, "pass", {"合格", "Pass"}}, {ACTION_FAIL, "fail", {"不合格", "Fail"}, .at_will = true}, {ACTION_DROP, "drop", {"取消", "Drop"}, .at_will = true},
  {ACTION_REGROW, "regrow", {"重新核定", "Reckon again"}}, {ACTION_ASK_SELF_CHECKS, "ask_self_checks", {"请单位自查", "Ask for self-checks"}, .at_will = true}, {ACTION_MEASURE, "measure", {"核定成效", "Measure"}},
  {ACTION_ANSWER_AS_DRAFTED, "answer_as_drafted", {"按草稿答复", "Answer as drafted"}},
  {ACTION_CLASSIFY, "classify", {"程序分类", "Classified by the program"}}, {ACTION_CONFIRM_CATEGORY, "confirm_category", {"确认分类", "Confirm the category"}, .at_will = true},
  {ACTION_ISSUE, "issue", {"印发", "Issue"}}, {ACTION_ADVISE, "advise", {"指导意见", "Advise"}, .at_will = true},
  {ACTION_SHOW_OUTSIDE, "show_outside", {"对外公开", "Show outside"}, .at_will = true}, {ACTION_HIDE_OUTSIDE, "hide_outside", {"停止公开", "Show no longer"}, .at_will = true},
  {ACTION_SHOW_ABOVE, "show_above", {"设定上级可见", "Show above or not"}, .at_will = true}, {ACTION_ENTER_COLOUR, "enter_colour", {"登记颜色", "Enter the colour"}, .at_will = true},
  {ACTION_CONFIRM_CASE, "confirm_case", {"认定媒体曝光或群体性事件", "Confirm a media or group case"}, .at_will = true}, {ACTION_LIFT_CASE, "lift_case", {"撤销媒体曝光或群体性事件认定", "Take the case back"}, .at_will = true},
  {ACTION_LEAD_HOTLINE, "lead_hotline", {"诉求按本专项口径办理", "Appeals go by this campaign's policy"}, .at_will = true},
  {ACTION_SET_OUTLINE, "set_outline", {"更新区划轮廓", "Set the outline"}, .at_will = true}, {0}};
static const struct choice channels[] = {
  {CHANNEL_PAGE, "page", {"页面", "Page"}}, {CHANNEL_API, "api", {"接口", "API"}}, {CHANNEL_COMMAND, "command", {"命令", "Command"}}, {CHANNEL_IMPORT, "import", {"导入", "Import"}},
  {CHANNEL_CLOCK, "clock", {"时钟", "Clock"}}, {CHANNEL_FOLLOWER, "follower", {"后台", "Follower"}}, {CHANNEL_PUBLIC, "public", {"公众门户", "Public portal"}}, {CHANNEL_DEMO, "demo", {"演示", "Demo"}}, {CHANNEL_HOTLINE, "hotline", {"热线", "Hotline"}}, {CHANNEL_OPEN311, "open311", {"Open311", "Open311"}}, {0}};

static const struct choice groups[] = {
  {GROUP_OTHER, "other", {"其他", "Other"}}, {GROUP_WORK, "work", {"整改", "Rectification"}}, {GROUP_FLOW, "flow", {"流转与审批", "Hand-overs and approvals"}}, {GROUP_ROUNDS, "rounds", {"轮次与成效", "Rounds and results"}},
  {GROUP_RULES, "rules", {"规则与设置", "Rules and settings"}}, {GROUP_PEOPLE, "people", {"单位与人员", "Units and people"}}, {GROUP_PART, "part", {"组成部分", "Parts"}}, {0}};

static const struct choice *by_code(const struct choice *list, int64_t code) {
  for (; list->name; list++)
    if (list->code == code) return list;
  return NULL;
}
static int by_name(const struct choice *list, const char *name) {
  for (; name && list->name; list++)
    if (!strcmp(list->name, name)) return list->code;
  return 0;
}
static const char *name_of(const struct choice *found) { return found ? found->name : "unknown"; }
static struct label label_of(const struct choice *found) { return found ? found->label : (struct label){"未知", "Unknown"}; }

struct label role_label(enum role_code role) { return label_of(by_code(ROLE_CHOICES, role)); }
const char *role_name(enum role_code role) { return name_of(by_code(ROLE_CHOICES, role)); }
enum role_code role_named(const char *name) { return (enum role_code)by_name(ROLE_CHOICES, name); }
const char *action_name(enum action_code action) { return name_of(by_code(actions, action)); }
bool action_waits(enum action_code action) {
  const struct choice *found = by_code(actions, action);
  return !found || !found->at_will;
}
enum action_code action_named(const char *name) { return (enum action_code)by_name(actions, name); }
struct label action_label(enum action_code action) { return label_of(by_code(actions, action)); }
const char *channel_name(enum channel_code channel) { return name_of(by_code(channels, channel)); }
bool channel_brings_in(unsigned channel) { return channel == CHANNEL_IMPORT || channel == CHANNEL_HOTLINE || channel == CHANNEL_OPEN311; }
const char *record_group_name(enum record_group group) { return name_of(by_code(groups, group)); }
struct label record_group_label(enum record_group group) { return label_of(by_code(groups, group)); }
