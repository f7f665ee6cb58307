/* Permanent codes. The journal stores these numbers for ever: a code is never changed and never used
   again; a retired one keeps its number and says so. Add at the end of a block, inside its range.
   What is planned and not built yet is reserved here, marked "reserved". */
#ifndef BIHUAN_RECORDS_CODES_H
#define BIHUAN_RECORDS_CODES_H

#include <stdint.h>

typedef uint16_t state_code;
typedef uint64_t role_set; /* bit 1 << role */
#define ROLE(role) (UINT64_C(1) << (role))

enum record_id {
  RECORD_NONE = 0,
  /* who and under which rules */
  RECORD_UNIT = 1, RECORD_USER = 2, RECORD_GRANT = 3, RECORD_CAMPAIGN = 4, RECORD_POLICY = 5, RECORD_CALENDAR_DAY = 6,
  RECORD_IMPORT_MAPPING = 7, RECORD_APPROVAL = 8, RECORD_MESSAGE = 9,
  RECORD_CATEGORY = 10, RECORD_ROUND = 11, RECORD_ROUND_ANSWER = 12,
  RECORD_CORRECTION = 13 /* 更正单 */, RECORD_GUIDANCE_GROUP = 14 /* 指导组 */, RECORD_HAND_OVER = 15 /* 交接单 */,
  /* the three stores and the two ledgers */
  RECORD_TOPIC = 20, RECORD_PROBLEM = 21, RECORD_CYCLE = 22, RECORD_MEASURE = 23, RECORD_APPEAL = 24, RECORD_EVIDENCE = 25, RECORD_LINK = 26,
  RECORD_PLAN = 27, RECORD_INDICATOR = 28, RECORD_INDICATOR_VALUE = 29,
  RECORD_SITE = 30, RECORD_RESULT = 31, RECORD_MECHANISM = 32, RECORD_CASE = 33 /* 案例: one matter → one class */,
  RECORD_EVENT = 34 /* reserved: 同一事件 is known by its founding appeal and needs no record yet */, RECORD_CLASS = 35 /* 一类事 that people named */, RECORD_GROUPING_DECISION = 36,
  RECORD_CALL_BACK = 37 /* 回访 */, RECORD_EVALUATION = 38 /* 评价 */, RECORD_OBJECTION = 39, RECORD_ALERT = 40 /* 反弹预警 */, RECORD_EXCLUSION = 41 /* 剔除 */,
  /* joint work, supervision, meetings */
  RECORD_CONSULTATION = 50 /* reserved */, RECORD_OPINION = 51 /* reserved */, RECORD_RULING = 52, RECORD_TRANSFER = 53,
  RECORD_SUPERVISION_ORDER = 54 /* reserved */, RECORD_CHECK = 55 /* 抽查, 回头看 */, RECORD_PATROL = 56 /* reserved */, RECORD_LOOK_BACK = 57 /* reserved */,
  RECORD_DRAW = 58 /* 抽查方案: a sample of a campaign's problems */, RECORD_INSTRUCTION = 59 /* reserved */, RECORD_MEETING = 60 /* reserved */, RECORD_AGENDA_ITEM = 61 /* reserved */,
  RECORD_JUDGEMENT = 62 /* reserved: 研判 */, RECORD_VISIT = 63 /* reserved */, RECORD_CHASE = 64 /* 催办 */, RECORD_REPORT = 65 /* reserved */,
  RECORD_SELF_CHECK = 66 /* 举一反三自查 */, RECORD_DATA_REQUEST = 67 /* reserved: 要数 */, RECORD_REPORT_FORM = 68 /* reserved: 固定报表 */, RECORD_FROZEN_TABLE = 69,
  RECORD_QUESTION = 70 /* reserved: 同题共答 */, RECORD_DUTY = 71 /* reserved */,
  /* services and publication */
  RECORD_JOINT_FILING = 80 /* reserved: 统一立项 */, RECORD_CATALOGUE = 81 /* reserved */, RECORD_CATALOGUE_ITEM = 82 /* reserved */,
  RECORD_SHARED_LIST = 83 /* reserved: 免申即享 */, RECORD_ENTITLEMENT = 84 /* reserved */, RECORD_RECEIPT = 85 /* reserved */,
  RECORD_TOPIC_TASK = 92,
  RECORD_CREDIT_REPORT = 86 /* reserved */, RECORD_RELEASE = 87 /* 发布审核 */, RECORD_SAVED_VIEW = 88 /* 存的视图 */,
  /* the ledger in full */
  RECORD_STAGE = 89 /* 阶段 of long-term rectification */,
  RECORD_SUBMISSION = 94 /* 公众来件 */,
  RECORD_HOLDING = 91 /* 持有: which unit held a problem from when to when */,
  /* later ones */
  RECORD_CRITERION = 90 /* 销号标准 */
};

enum role_code {
  ROLE_NONE = 0,
  ROLE_LIAISON = 1, ROLE_UNIT_HEAD = 2, ROLE_OFFICE = 3, ROLE_ACCEPTOR = 4, ROLE_LEADER = 5, ROLE_REVIEWER = 6 /* audit, inspection: reads */,
  ROLE_SYSTEM_ADMINISTRATOR = 7, ROLE_SECURITY_ADMINISTRATOR = 8, ROLE_AUDIT_ADMINISTRATOR = 9,
  ROLE_CLOCK = 10 /* the program itself: clock and followers; never granted */,
  ROLE_OFFICIAL = 11 /* 责任领导: reads what names them */, ROLE_HOTLINE = 12 /* the hotline centre: brings appeals in, takes results back */, ROLE_GUIDANCE = 13 /* a guidance group's member */, ROLE_SUPERVISOR = 14 /* reserved */,
  ROLE_RELEASER = 15 /* 发布审核: what goes public */, ROLE_CALLER = 16 /* 回访员: calls those who made appeals */, ROLE_PUBLIC = 17 /* reserved */, ROLE_DISTRICT_OFFICE = 18 /* 区整改办: stands for the office on what its district's units lead, but for the city's list */
};
#define ROLES_BUSINESS (ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD) | ROLE(ROLE_OFFICE) | ROLE(ROLE_ACCEPTOR) | ROLE(ROLE_LEADER) | ROLE(ROLE_REVIEWER) | \
                        ROLE(ROLE_OFFICIAL) | ROLE(ROLE_GUIDANCE) | ROLE(ROLE_DISTRICT_OFFICE) | ROLE(ROLE_HOTLINE) | ROLE(ROLE_RELEASER) | ROLE(ROLE_CALLER))
#define ROLES_ADMINISTRATORS (ROLE(ROLE_SYSTEM_ADMINISTRATOR) | ROLE(ROLE_SECURITY_ADMINISTRATOR) | ROLE(ROLE_AUDIT_ADMINISTRATOR))
#define ROLES_ALL (ROLES_BUSINESS | ROLES_ADMINISTRATORS)

enum relation_code {
  RELATION_NONE = 0, RELATION_ANY = 1 /* every record */, RELATION_LEAD = 2, RELATION_JOINT = 3, RELATION_SELF = 4 /* the user's own */,
  RELATION_OUTSIDE = 5 /* one who neither leads nor joins: acceptors */,
  RELATION_CONSULTED = 6 /* reserved */, RELATION_GUIDANCE = 7 /* led by a unit of the guidance group, in its campaign */, RELATION_DEPUTY = 8 /* reserved */, RELATION_OFFICIAL = 9 /* that names the user as responsible official */,
  RELATION_PARENT = 10 /* through the record it belongs to */, RELATION_ABOVE = 11 /* every record, but what a district does not show the city */,
  RELATION_SHARED = 12 /* whose holder, a yes/no, says yes: what one user shares with all */
};

enum channel_code {
  CHANNEL_NONE = 0, CHANNEL_PAGE = 1, CHANNEL_API = 2, CHANNEL_COMMAND = 3, CHANNEL_IMPORT = 4, CHANNEL_CLOCK = 5, CHANNEL_FOLLOWER = 6,
  CHANNEL_DEMO = 7, CHANNEL_HOTLINE = 8, CHANNEL_OPEN311 = 9, CHANNEL_FERRY = 10 /* reserved */, CHANNEL_PUBLIC = 11 /* the portal */, CHANNEL_MAIL = 12 /* reserved */
};

enum action_code {
  ACTION_NONE = 0,
  ACTION_CREATE = 1, ACTION_EDIT = 2, ACTION_VOID = 3, ACTION_DESTROY = 4, ACTION_JUDGE = 5 /* derived fields */, ACTION_IMPORT = 6,
  /* the problem's main line */
  ACTION_SUBMIT = 20, ACTION_ADMIT = 21, ACTION_ASSIGN = 22, ACTION_TAKE = 23, ACTION_START = 24, ACTION_APPLY = 25, ACTION_ENDORSE = 26,
  ACTION_ACCEPT = 27, ACTION_PUBLICISE = 28, ACTION_CLOSE = 29, ACTION_SETTLE = 30, ACTION_SEND_BACK = 31, ACTION_WITHDRAW = 32, ACTION_REOPEN = 33,
  ACTION_REPORT = 34 /* progress */, ACTION_EXTEND = 35,
  ACTION_DISPUTE = 36, ACTION_RULE = 37, ACTION_SUSPEND = 38, ACTION_RESUME = 39,
  ACTION_SPLIT = 40 /* 分解 */, ACTION_MERGE = 41 /* 并入 */, ACTION_TRANSFER = 42, ACTION_REFUSE = 43,
  ACTION_CHANGE_KIND = 44, ACTION_HAND_SET_COLOUR = 45,
  /* measures, appeals, topics, approvals, messages */
  ACTION_FINISH = 60, ACTION_CONFIRM = 61, ACTION_ACCEPT_MEASURE = 62, ACTION_RETURN_MEASURE = 63, ACTION_ANSWER = 64, ACTION_DISMISS = 65,
  ACTION_AGREE = 66, ACTION_DISAGREE = 67, ACTION_READ = 68, ACTION_CONCLUDE = 69, ACTION_ACTIVATE = 70, ACTION_RETIRE = 71, ACTION_LINK = 72 /* reserved */,
  ACTION_DISABLE = 73, ACTION_ENABLE = 74, ACTION_CALL_BACK = 75 /* 转回访: the answer stands, the person is to be called */, ACTION_EVALUATE = 76 /* reserved */, ACTION_OBJECT = 77 /* reserved */,
  ACTION_FREEZE = 78, ACTION_CORRECT = 79, ACTION_RELEASE = 80 /* 发布 */, ACTION_CANCEL = 81,
  ACTION_CONTACT = 82 /* 先行联系 */, ACTION_JOIN = 83 /* 并单 */, ACTION_CHASE = 84 /* 催办 */, ACTION_REPLY = 85, ACTION_HAND_OVER = 86 /* 交接 */,
  /* what two people do together with a record in whatever state: asked here, done as ACTION_VOID, ACTION_CORRECT, ACTION_DESTROY */
  ACTION_ASK_VOID = 130, ACTION_ASK_CORRECTION = 131, ACTION_ASK_DESTRUCTION = 132,
  ACTION_EXCLUDE = 87 /* reserved: 剔除 */, ACTION_NIL_REPLY = 88 /* 零报告 */, ACTION_DRAW = 89 /* 抽取 */, ACTION_RECOMMEND = 90 /* reserved */, ACTION_ADOPT = 91 /* reserved */, ACTION_ISSUE = 92 /* 印发 */,
  /* rounds */
  ACTION_OPEN = 120, ACTION_ASK_EXTRA = 121 /* a further round in the month */, ACTION_REMIND = 122, ACTION_FALL_LATE = 123, ACTION_EXCUSE = 124,
  /* plans and results */
  ACTION_CHANGE_PLAN = 105 /* asks for another baseline */, ACTION_REBASE = 106 /* carried out once agreed */, ACTION_APPROVE = 107, ACTION_CORRECT_RESULT = 108,
  /* hand-overs: what an approval carries out, the provisional lead, the end of a change of kind */
  ACTION_SUSPEND_APPROVED = 115, ACTION_EXTEND_APPROVED = 116, ACTION_KIND_APPROVED = 117, ACTION_NAME_PROVISIONAL = 118, ACTION_KIND_EXPIRES = 119,
  /* closing */
  ACTION_LIFT_HAND_COLOUR = 110, ACTION_CHECK_SAMPLE = 111 /* 核查: of one that was drawn */, ACTION_REVIEW_PUBLICITY = 112 /* 公开审核 */, ACTION_ADOPT_CRITERIA = 113, ACTION_CLOSE_DESPITE = 114,
  /* the frame: advice, how deep the city sees, an off-line placeholder's colour */
  ACTION_SHOW_OUTSIDE = 160 /* an appeal, over Open311 */, ACTION_HIDE_OUTSIDE = 161,
  /* publication */
  /* intake */
  ACTION_CLASSIFY = 175 /* the program sets the category, where the policy lets it */, ACTION_CONFIRM_CATEGORY = 176,
  ACTION_WITHHOLD = 165 /* 不公开 */, ACTION_PROPOSE = 166 /* once more */, ACTION_INVITE = 167 /* 发评价码 */,
  ACTION_SEPARATE = 151 /* 拆单: a joined appeal is handled by itself again */,
  /* the workbench */
  ACTION_ANSWER_AS_DRAFTED = 180 /* 按草稿答复 */,
  /* checks, cases, mechanisms */
  ACTION_PASS = 190 /* 合格 */, ACTION_FAIL = 191 /* 不合格 */, ACTION_DROP = 192 /* a check that has lost its object */, ACTION_REGROW = 193 /* 成例 or growing, reckoned again */,
  ACTION_ASK_SELF_CHECKS = 194 /* 举一反三 */, ACTION_MEASURE = 195 /* appeals of the class before and after */,
  ACTION_ADVISE = 100, ACTION_SHOW_ABOVE = 101, ACTION_ENTER_COLOUR = 102,
  ACTION_SET_OUTLINE = 210 /* 更新区划轮廓 */,
  /* strong complaints; whose numbers the hotline follows */
  ACTION_CONFIRM_CASE = 220 /* 认定媒体曝光或群体性事件 */, ACTION_LIFT_CASE = 221, ACTION_LEAD_HOTLINE = 228 /* 诉求按本专项口径办理 */
};

/* Life cycles. One number space for all types, so that a state in a list needs no type beside it. 0 = none. Ranges: problem 1–29, measure
   30–39, appeal 40–49 and 140–159, topic 50–59, approval 60–69, message 70–79, cycle 80–89, things in force 90–99; new types from 200 (plan
   220, site 230, stage 238, result 244). */
enum {
  STATE_NONE = 0,
  /* problem */
  PROBLEM_DRAFT = 1, PROBLEM_SUBMITTED = 2, PROBLEM_ADMITTED = 3, PROBLEM_ASSIGNED = 4, PROBLEM_TAKEN = 5, PROBLEM_RECTIFYING = 6, PROBLEM_APPLIED = 7,
  PROBLEM_ENDORSED = 8, PROBLEM_ACCEPTED = 9, PROBLEM_PUBLICISED = 10, PROBLEM_CLOSED = 11, PROBLEM_SETTLED = 12, PROBLEM_WITHDRAWN = 13,
  PROBLEM_DISPUTED = 14, PROBLEM_SUSPENDED = 15, PROBLEM_MERGED = 16, PROBLEM_SPLIT = 17 /* reserved */,
  /* measure */
  MEASURE_PLANNED = 30, MEASURE_WORKING = 31, MEASURE_FINISHED = 32, MEASURE_ACCEPTED = 33, MEASURE_CANCELLED = 34,
  /* appeal */
  APPEAL_RECEIVED = 40, APPEAL_ASSIGNED = 41, APPEAL_CONTACTED = 42, APPEAL_ANSWERED = 43, APPEAL_CLOSED = 44, APPEAL_DISMISSED = 45,
  APPEAL_JOINED = 46 /* 并单: handled with its main appeal */, APPEAL_CALL_BACK_DUE = 47, APPEAL_DISPUTED = 48,
  /* topic */
  TOPIC_OPEN = 50, TOPIC_CONCLUDED = 51, TOPIC_CLOSED = 52,
  /* approval */
  APPROVAL_ASKED = 60, APPROVAL_AGREED = 61, APPROVAL_REFUSED = 62, APPROVAL_LAPSED = 63 /* reserved */,
  /* message */
  MESSAGE_UNREAD = 70, MESSAGE_READ = 71,
  /* cycle */
  CYCLE_RUNNING = 80, CYCLE_CLOSED = 81, CYCLE_REOPENED = 82,
  /* things that are in force or not: campaign, policy, grant, user, mapping */
  FORCE_ACTIVE = 90, FORCE_RETIRED = 91,
  /* round, a unit's answer in it, correction slipobjection */
  ROUND_PLANNED = 290, ROUND_OPEN = 291, ROUND_COLLECTED = 292, ROUND_FROZEN = 293,
  ROUND_ANSWER_AWAITED = 294, ROUND_ANSWER_LATE = 295, ROUND_ANSWER_ANSWERED = 296, ROUND_ANSWER_NIL = 297, ROUND_ANSWER_SIGNED = 298, ROUND_ANSWER_EXCUSED = 299,
  CORRECTION_DRAFT = 300, CORRECTION_ASKED = 301, CORRECTION_MADE = 302, CORRECTION_DROPPED = 303,
  ROUND_ANSWER_SIGNING = 304,
  /* plan, site, stage, result */
  PLAN_DRAFTING = 220, PLAN_SUBMITTED = 221, PLAN_RETURNED = 222, PLAN_APPROVED = 223, PLAN_RUNNING = 224, PLAN_CONCLUDED = 225, PLAN_WITHDRAWN = 226,
  SITE_PLANNED = 230, SITE_STARTED = 231, SITE_BUILT = 232, SITE_ACCEPTED = 233, SITE_CONFIRMED = 234, SITE_DROPPED = 235,
  STAGE_PLANNED = 238, STAGE_REPORTED = 239, STAGE_REACHED = 240, STAGE_CANCELLED = 241,
  RESULT_DRAFTED = 244, RESULT_CONFIRMED = 245, RESULT_CORRECTED = 246,
  /* transfer, ruling, holding, hand-over slip */
  TRANSFER_ASKED = 260, TRANSFER_TAKEN = 261, TRANSFER_REFUSED = 262, TRANSFER_REFERRED = 263, TRANSFER_RULED = 264, TRANSFER_WITHDRAWN = 265,
  RULING_ASKED = 266, RULING_GIVEN = 267, RULING_DROPPED = 268, HOLDING_RUNNING = 270, HOLDING_ENDED = 271,
  HAND_OVER_OPEN = 280, HAND_OVER_CONFIRMED = 281, HAND_OVER_MOVING = 282, HAND_OVER_DONE = 283, HAND_OVER_DROPPED = 284,
  /* chase */
  CHASE_WAITING = 310, CHASE_ANSWERED = 311, CHASE_DROPPED = 312,
  /* alert */
  ALERT_RAISED = 330, ALERT_CONFIRMED = 331, ALERT_DISMISSED = 332,
  /* objection */
  OBJECTION_RECEIVED = 250, OBJECTION_PROPOSED = 251, OBJECTION_JUDGED = 252, OBJECTION_ANSWERED = 253,
  /* release, evaluation, what comes from the portal */
  RELEASE_PROPOSED = 380, RELEASE_RELEASED = 381, RELEASE_WITHHELD = 382, RELEASE_WITHDRAWN = 383,
  EVALUATION_GIVEN = 385, EVALUATION_RECHECK = 386, EVALUATION_PROPOSED = 387, EVALUATION_JUDGED = 388, EVALUATION_ANSWERED = 389,
  SUBMISSION_TAKEN = 392, SUBMISSION_REFUSED = 393,
  /* call-back, exclusion */
  CALL_BACK_MADE = 350, EXCLUSION_ASKED = 351, EXCLUSION_AGREED = 352, EXCLUSION_REFUSED = 353,
  /* check, case, self-check */
  CHECK_WAITING = 410, CHECK_PASSED = 411, CHECK_FAILED = 412, CHECK_DROPPED = 413,
  CASE_DRAFT = 415, CASE_SUBMITTED = 416, CASE_CONFIRMED = 417, CASE_WITHDRAWN = 418,
  SELF_CHECK_ASKED = 420, SELF_CHECK_ANSWERED = 421, SELF_CHECK_CANCELLED = 422,
  /* draw */
  DRAW_ANNOUNCED = 435, DRAW_DRAWN = 436,
  /* topic task, mechanism */
  TASK_OPEN = 200, TASK_DONE = 201, TASK_CANCELLED = 202, MECHANISM_DRAFTING = 203, MECHANISM_ISSUED = 204, MECHANISM_IN_FORCE = 205, MECHANISM_RETIRED = 206
};

enum guard_code {
  GUARD_NONE = 0,
  GUARD_HAS_OWNER_AND_DATE = 1, GUARD_UNIT_MAY_HOLD = 2, GUARD_MEASURES_PLANNED = 3, GUARD_WEIGHTS_FULL = 4, GUARD_MEASURES_ACCEPTED = 5,
  GUARD_HAS_EVIDENCE = 6, GUARD_NOT_APPLICANT = 7, GUARD_OUTSIDE_UNIT = 8, GUARD_PUBLICITY_OVER = 9, GUARD_WATCH_OVER = 10,
  GUARD_ROOT_CAUSE = 11, GUARD_REOPEN_DATE = 12, GUARD_DATES_IN_ORDER = 13, GUARD_ROLES_APART = 14, GUARD_PENDING_NONE = 15, GUARD_POLICY_NOT_PAST = 16,
  GUARD_MEETINGS_SHARE = 17, GUARD_CAMPAIGN_OPEN = 18, GUARD_APPROVER = 19, GUARD_DEPUTY_DATES = 20, GUARD_PROBLEM_OPEN = 21, GUARD_PUBLICITY_OFF = 22,
  GUARD_AT_ONCE = 23, GUARD_ENDS_VISIBLE = 24,
  GUARD_IMPORTING = 93,
  GUARD_ROUND_MONTH = 75, GUARD_ROUND_OPEN = 76, GUARD_NIL_CHANGES = 77, GUARD_ROUND_COLLECTED = 78, GUARD_CUTOFF_PAST = 79,
  GUARD_ANSWER_OVERDUE = 80, GUARD_REMINDED_ONCE = 81, GUARD_SLIP_FIGURE = 82,
  GUARD_CHASE_LATE = 70 /* what is chased waits for that unit */,
  /* plans, stages, indicators, sites, results */
  GUARD_PLAN_PROBLEMS = 35, GUARD_PLAN_MEASURES = 36, GUARD_PLAN_DONE = 37, GUARD_STAGES_PLANNED = 38, GUARD_STAGE_FITS = 39, GUARD_PROBLEM_LIVE = 40,
  GUARD_INDICATOR_LINE = 41, GUARD_VALUE_DATE = 42, GUARD_RESULT_COMPLETE = 43, GUARD_SAME_PROBLEM = 44,
  /* hand-overs */
  GUARD_NO_RULING_OPEN = 55, GUARD_NOT_BOUND = 56, GUARD_DISPUTE_IN_TIME = 57, GUARD_EXTENSION_LIMIT = 58, GUARD_SUSPENSION_LIMIT = 59, GUARD_KIND_LIMIT = 60,
  GUARD_RECEIVER = 61, GUARD_TRANSFER_STANDS = 62, GUARD_REFUSE_IN_TIME = 63, GUARD_SLIP_PEOPLE = 64, GUARD_SLIP_FROM = 65, GUARD_SLIP_TO = 66,
  GUARD_SUCCESSORS = 67, GUARD_DEPUTY_SCOPE = 68, GUARD_BY_APPROVAL = 69,
  GUARD_ANOTHER_PERSON = 45, GUARD_PROGRESS_COMPLETE = 46, GUARD_ACCEPTANCE_PASSED = 47, GUARD_OBJECTIONS_NONE = 48, GUARD_NOBODY_DISSATISFIED = 49,
  GUARD_SEND_BACK_DATE = 50, GUARD_SITE_VISIT = 51, GUARD_CRITERIA_MET = 52, GUARD_PUBLICITY_REVIEWED = 53, GUARD_HAND_COLOUR = 54,
  /* frame */
  GUARD_CAMPAIGN_TAKES = 25, GUARD_CATEGORY_FITS = 26, GUARD_CATEGORY_TREE = 27, GUARD_PARTS_CLOSED = 28, GUARD_PART_FITS = 29, GUARD_MERGE_FITS = 30,
  GUARD_PLACEHOLDER_BARE = 31, GUARD_PLACEHOLDER = 32, GUARD_TASKS_DONE = 33, GUARD_LINK_FITS = 34, GUARD_GUIDANCE_GRANT = 95, GUARD_TOPIC_OPEN = 96,
  GUARD_MAY_SHOW = 120 /* an appeal, outside */, GUARD_SERVICE_ASKS = 121 /* questions that can be read */, GUARD_IS_SHOWN = 122,
  /* events, classes, alerts */
  GUARD_DECISION_FITS = 97, GUARD_ALERTS_NONE = 98,
  /* publication */
  GUARD_RELEASE_FITS = 125, GUARD_RELEASE_REVIEWED = 126, GUARD_RELEASE_FIRST = 127 /* before it is publicised, where the policy says so */, GUARD_EVALUATION_FITS = 128,
  /* call-backs and the clocks of appeals */
  GUARD_RETURN_IN_TIME = 110, GUARD_UNIT_NOT_BOUND = 111, GUARD_JOIN_FITS = 112, GUARD_CALLER_APART = 113, GUARD_CALL_FITS = 114, GUARD_EXCLUSION_FITS = 115, GUARD_NOT_COMPLAINED_OF = 116,
  GUARD_RATE_WEIGHTS = 117,
  /* intake */
  GUARD_CLASSIFIES = 136 /* certain enough, and nobody decided */, GUARD_CATEGORY_GUESSED = 137, GUARD_CLASSIFY_BOUND = 138,
  GUARD_DRAFTED = 140 /* an answer is drafted */,
  /* checks and cases */
  GUARD_CHECK_FITS = 145 /* of what is closed, and none of it waits */, GUARD_CHECK_SEEN = 146 /* when, where, what was found */, GUARD_CASE_FITS = 147 /* of what it is a case */, GUARD_SELF_CHECK_FITS = 148 /* by others, once */,
  GUARD_UNIT_ENDS = 101 /* a unit that ends leaves nothing open */,
  GUARD_UNIT_TREE = 149 /* one root, and no unit below itself */,
  GUARD_DRAW_FITS = 150 /* a share or a number, not both */,
  GUARD_STRONG_CASE = 151 /* one at a time, with where it is known from */, GUARD_CAMPAIGN_DONE = 152 /* one that ends leaves no problem open */, GUARD_HOTLINE_DAY = 144 /* not past, and after the last such day */,
  GUARD_OUTLINE = 156 /* a district's borders, as numbers that can be drawn */,
  GUARD_COUNT = 160 /* room; a number without a row in rules/guards.c is free */
};
enum effect_code {
  EFFECT_NONE = 0,
  EFFECT_NUMBER = 1 /* give the next number */, EFFECT_CYCLE_OPEN = 2, EFFECT_CYCLE_MARK = 3 /* dates of this cycle */, EFFECT_CYCLE_CLOSE = 4,
  EFFECT_ROUTE = 5 /* choose the closing route */, EFFECT_BASELINE = 6 /* freeze the plan */, EFFECT_COUNT_SENT_BACK = 7, EFFECT_STAMP = 8 /* when, who */,
  EFFECT_CARRY_OUT = 9 /* the approval's pending set */, EFFECT_APPEALS_FOLLOW = 10 /* linked appeals get a draft of their answer */, EFFECT_PROGRESS = 11,
  EFFECT_ASK_APPROVAL = 12, EFFECT_DEADLINE = 13 /* date from kind and calendar */, EFFECT_RECOMPUTE_DEADLINES = 14, EFFECT_REOPEN = 15,
  EFFECT_BRING_IN = 79 /* a ledger's problem: state and dates as the file has them */,
  EFFECT_ROUND_OPEN = 60 /* the units' answers */, EFFECT_ROUND_ASK = 61, EFFECT_ROUND_CLOSE = 62, EFFECT_ANSWER_FILL = 63 /* from the ledger */, EFFECT_ANSWER_REMIND = 64,
  EFFECT_FREEZE = 65, EFFECT_SLIP = 66, EFFECT_REPORTED = 67 /* when progress was last reported */,
  EFFECT_NOTE_REPEATS = 77 /* updates that say the same */, EFFECT_OUTCOME = 78 /* a confirmed result tells its problem */,
  EFFECT_CHASE = 68 /* whom, when, by whom */, EFFECT_CHASE_ANSWERED = 69,
  EFFECT_ASK_TOGETHER = 73, /* an approval by a second person */
  EFFECT_PLAN_BASELINE = 25, EFFECT_PLAN_ASK = 26, EFFECT_INDICATOR_LATEST = 27, EFFECT_RESULT = 28 /* what came of a cycle */, EFFECT_RESULT_AGAIN = 29 /* a corrected one's successor */,
  EFFECT_PICTURE = 30 /* the content's hash, by which a picture used before is found */,
  /* hand-overs */
  EFFECT_HOLDING = 45 /* who holds it, from when to when */, EFFECT_TRANSFER_ASK = 46, EFFECT_TRANSFER_OPEN = 47, EFFECT_TRANSFER_ANSWERED = 48, EFFECT_RULING_OPEN = 49,
  EFFECT_DISPUTE = 50, EFFECT_DISPUTE_DROPPED = 51, EFFECT_RULED = 52, EFFECT_PROVISIONAL = 53, EFFECT_APPROVED = 54 /* counts and remembers what was approved */,
  EFFECT_RESUME = 55, EFFECT_SLIP_LIST = 56, EFFECT_SLIP_CONFIRM = 57, EFFECT_SUCCEED = 58,
  EFFECT_ACCEPTANCE = 35 /* one more acceptor */, EFFECT_DRAW = 36 /* for checking */, EFFECT_ASK_MORE = 37, EFFECT_HAND_COLOUR = 38, EFFECT_OBJECTION = 39 /* what a verdict brings about */,
  EFFECT_CRITERIA = 40 /* the five general ones */, EFFECT_POLICY_PRESET = 41, EFFECT_SAMPLE_CHECKED = 42,
  EFFECT_SPLIT = 16 /* makes the parts */, EFFECT_PART_ASSIGN = 17 /* a part just made goes to its unit */, EFFECT_MERGE = 18 /* links of the merged go over */,
  EFFECT_LINK_HOLDS = 19 /* a link into another campaign */,
  EFFECT_SHOWN = 98 /* an appeal, outside */, EFFECT_HIDDEN = 99,
  EFFECT_ALERT = 85 /* counted on its problem, with the date to look by */, EFFECT_ALERT_DECIDED = 86 /* a confirmed one re-opens */, EFFECT_DECIDED_BY = 87 /* who, when */,
  /* publication */
  EFFECT_RELEASE_MASK = 102 /* names and numbers, by suggestion */, EFFECT_RELEASE = 103 /* the words as they go out; an older one gives way */, EFFECT_PUBLICITY = 104 /* what a review for publicity proposes or takes back */,
  EFFECT_EVALUATION = 105 /* whose, about what, good or bad */, EFFECT_INVITE = 106 /* a code to evaluate by */, EFFECT_JUDGED_BY = 131 /* by when it is looked into, and once judged answered */,
  EFFECT_CONTACTED = 90, EFFECT_JOIN = 91 /* to the main appeal's unit, and to its answer where it has one */, EFFECT_JOINED_FOLLOW = 92 /* joined ones get the answer */,
  EFFECT_CALL_BACK = 93 /* who, when, which attempt */, EFFECT_EXCLUSION_ASK = 94, EFFECT_REFUSED = 95 /* a refused approval tells what asked for it */, EFFECT_RULED_UNIT = 96, EFFECT_ASSIGNED = 97,
  EFFECT_CLASSIFIED = 110 /* by the program */, EFFECT_CATEGORY_CONFIRMED = 111 /* by people */,
  EFFECT_DRAFT_TAKEN = 114 /* the drafted words are the answer, unless others were given */,
  /* checks, cases, mechanisms */
  EFFECT_CHECK_OPEN = 120, EFFECT_CHECK_VERDICT = 121 /* a failed one re-opens or sends back */, EFFECT_CHECKS_END = 122 /* with a re-opening */, EFFECT_CHECKED = 123 /* the drawn one was seen at acceptance */,
  EFFECT_CASE_GROWTH = 124, EFFECT_CASES_FOLLOW = 125 /* of what a case stands on */, EFFECT_SELF_CHECKS_ASK = 126, EFFECT_SELF_CHECK_OPEN = 127, EFFECT_MEASURED = 128,
  EFFECT_DRAW_OPEN = 135 /* what it will be drawn from is there */, EFFECT_DRAW_SAMPLE = 136 /* the checks that the seed falls on */,
  EFFECT_STRONG_CASE = 129 /* confirmed by whom, when, why; or taken back */, EFFECT_LEAD_HOTLINE = 130 /* from which day on */,
  EFFECT_COUNT = 140 /* likewise */
};
enum route_step { STEP_ALWAYS = 0, STEP_ENDORSE = 1, STEP_ACCEPT = 2, STEP_PUBLICISE = 3, STEP_APPROVE = 4, STEP_ON_SITE = 5 /* accepting asks for a visit */ };

/* Choices that rules speak of. */
enum { COLOUR_NONE = 0, COLOUR_GREY = 1, COLOUR_GREEN = 2, COLOUR_RED = 3, COLOUR_ORANGE = 4, COLOUR_YELLOW = 5, COLOUR_BLUE = 6 };
enum { KIND_AT_ONCE = 1, KIND_TIME_LIMITED = 2, KIND_LONG_TERM = 3 };
enum { SOURCE_RESEARCH = 1, SOURCE_DEVELOPMENT = 2, SOURCE_APPEALS = 3, SOURCE_INSPECTION_OLD = 4, SOURCE_AUDIT_OLD = 5, SOURCE_INSPECTION_NEW = 6, SOURCE_SELF_CHECK = 7, SOURCE_AUDIT_NEW = 8 };
enum { CATEGORY_ECONOMY = 1, CATEGORY_OPENING = 2, CATEGORY_GOVERNANCE = 3, CATEGORY_LIVELIHOOD = 4, CATEGORY_PARTY = 5, CATEGORY_OTHER = 6 };
enum { LEVEL_CITY = 1, LEVEL_UNIT = 2, LEVEL_DISTRICT = 3 };
enum { ROUTE_A = 1, ROUTE_B = 2, ROUTE_C = 3 };
enum { STRONG_CASE_MEDIA = 1, STRONG_CASE_GROUP = 2 };
enum { RISK_EVER_RED = 1, RISK_REBOUNDED = 2, RISK_LED = 3, RISK_HARD = 4 };
enum { SCOPE_PUBLIC = 1, SCOPE_PARTY = 2, SCOPE_SKIPPED = 3 };
enum { FOUNDED = 1, UNFOUNDED = 2, BEYOND_LAW = 3 };
enum { OBJECTED_BY_LETTER = 1, OBJECTED_BY_PHONE = 2, OBJECTED_IN_PERSON = 3, OBJECTED_ONLINE = 4, OBJECTED_BY_HOTLINE = 5, OBJECTED_OTHERWISE = 6 };
enum { PRESET_DEFAULT = 1, PRESET_FIVE = 2, PRESET_DAZU = 3, PRESET_SUQIAN = 4, PRESET_SANMING = 5, PRESET_GUANGYUAN = 6, PRESET_OUHAI = 7, PRESET_SHENZHEN = 8 };
/* Compared by size: gaps are left for levels between. */
enum { SECRECY_OPEN = 0, SECRECY_INTERNAL = 10, SECRECY_RESTRICTED = 20, SECRECY_PLACEHOLDER = 30 /* 离线涉密占位: number and code name only, so seen under every ceiling */ };
enum { DAY_OFF = 1, DAY_WORK = 2 };
enum { MEASURE_KIND_ACTION = 1, MEASURE_KIND_MECHANISM = 2, MEASURE_KIND_LOSS = 3, MEASURE_KIND_ACCOUNTABILITY = 4, MEASURE_KIND_SPREAD = 5, MEASURE_KIND_CAMPAIGN = 6, MEASURE_KIND_MEETING = 7, MEASURE_KIND_PAPER = 8 };
enum { LINK_ARISES_FROM = 1 /* `from` arises from `to`: from the problem, to the appeal */, LINK_SAME_MATTER = 2, LINK_ANSWERS = 3, LINK_MENTIONS = 4,
       LINK_MERGED_INTO = 5, LINK_SPREAD_FROM = 6 /* reserved: 举一反三 */, LINK_ENDED_BY = 7 /* by a mechanism */, LINK_PRECEDENT = 8 /* a ruling follows an earlier one */,
       LINK_IN_CAMPAIGN = 9 /* a problem, counted at home, that another campaign lists too */ };
enum { UNIT_KIND_PARTY = 1, UNIT_KIND_PEOPLE = 2, UNIT_KIND_GOVERNMENT = 3, UNIT_KIND_ZONE = 4, UNIT_KIND_MASS = 5, UNIT_KIND_DISTRICT = 6, UNIT_KIND_ENTERPRISE = 7, UNIT_KIND_FINANCE = 8, UNIT_KIND_UNIVERSITY = 9, UNIT_KIND_HOSPITAL = 10,
       UNIT_KIND_INSTITUTION = 11, UNIT_KIND_DUAL = 12, UNIT_KIND_TWO_NEW = 13, UNIT_KIND_STREET = 14, UNIT_KIND_VILLAGE = 15, UNIT_KIND_CITY = 16 };
enum { PRIORITY_NORMAL = 1, PRIORITY_HIGH = 2, PRIORITY_TOP = 3 };
enum { DRAFT_OF_PROGRESS = 1, DRAFT_OF_ACCEPTANCE = 2, DRAFT_OF_CLOSING = 3 };
enum { APPEAL_KIND_CONSULTATION = 1, APPEAL_KIND_HELP = 2, APPEAL_KIND_COMPLAINT = 3, APPEAL_KIND_REPORT = 4, APPEAL_KIND_SUGGESTION = 5 };
enum { OUTCOME_SOLVED = 1, OUTCOME_EXPLAINED = 2, OUTCOME_PARTLY = 3, OUTCOME_UNSOLVED = 4 };
enum { SATISFIED = 1, SATISFIED_FAIRLY = 2, DISSATISFIED = 3, NO_OPINION = 4 };
enum { ORIGIN_HOTLINE = 1, ORIGIN_PETITION = 2 /* 信访 */, ORIGIN_ONLINE = 3, ORIGIN_VISIT = 4, ORIGIN_OTHER = 5 };
enum { LATENESS_IN_TIME = 1, LATENESS_DUE_SOON = 2, LATENESS_LATE = 3, LATENESS_DONE_IN_TIME = 4, LATENESS_DONE_LATE = 5 };
enum { CALLED_NOT_REACHED = 1, CALLED_CONTACTED = 2, CALLED_NOT_CONTACTED = 3 }; /* contacted by the unit, as the person says */
enum { CALLED_BY_PHONE = 1, CALLED_BY_TEXT = 2, CALLED_ONLINE = 3, CALLED_IN_PERSON = 4 };
enum { EXCLUDED_NOT_DUTY = 1, EXCLUDED_AGAINST_LAW = 2, EXCLUDED_UNREASONABLE = 3, EXCLUDED_UNFOUNDED = 4, EXCLUDED_LEGAL_WAY = 5, EXCLUDED_REPEATED = 6, EXCLUDED_FORCE_MAJEURE = 7, EXCLUDED_HANDLED_FINALLY = 8 };
enum { PHASE_BEFORE = 1, PHASE_DURING = 2, PHASE_AFTER = 3 };
enum { EVIDENCE_KIND_FILE = 1, EVIDENCE_KIND_INDICATOR = 2, EVIDENCE_KIND_SITE = 3, EVIDENCE_KIND_APPEALS = 4, EVIDENCE_KIND_CALL_BACK = 5 };
enum { DIRECTION_UP = 1, DIRECTION_DOWN = 2 };
enum { VALUE_SOURCE_DATA = 1, VALUE_SOURCE_CALL_BACK = 2, VALUE_SOURCE_APPEALS = 3, VALUE_SOURCE_REPORT = 4 };
enum { CONFIRMED_BY_OFFICE = 1, CONFIRMED_BY_CALL_BACK = 2 };
enum { PUBLICITY_UNDECIDED = 1, PUBLICITY_OPEN = 2, PUBLICITY_WITHHELD = 3 };
enum { WITHHOLD_STATE_SECRET = 1, WITHHOLD_SAFETY = 2, WITHHOLD_COMMERCIAL = 3, WITHHOLD_PRIVACY = 4, WITHHOLD_INTERNAL = 5, WITHHOLD_PROCESS = 6, WITHHOLD_CASE_FILE = 7, WITHHOLD_LAW = 8, WITHHOLD_PARTY = 9 };
enum { DUE_BASIS_CALENDAR = 1, DUE_BASIS_WEEKENDS = 2 /* a year without holiday data */, DUE_BASIS_GIVEN = 3, DUE_BASIS_APPROVED = 4 /* by an approval */ };
enum { HELD_ASSIGNED = 1, HELD_TRANSFER = 2, HELD_RULING = 3, HELD_PROVISIONAL = 4, HELD_REASSIGNED = 5, HELD_REOPENED = 6, HELD_SUCCESSOR = 7 };
enum { RULING_BY_DISPUTE = 1, RULING_BY_REFUSALS = 2, RULING_BY_CIRCLE = 3, RULING_BY_OFFICE = 4 };
enum { SUCCESSION_MERGED = 1, SUCCESSION_SPLIT = 2 };
enum { BEHALF_ENDORSE = 1, BEHALF_AGREE = 2, BEHALF_ADVISE = 3 };

/* Colour rules: permanent names of primitives, RULE_*. Changed behaviour gets a new code. */
enum {
  RULE_NONE = 0, RULE_NOT_COUNTED = 1, RULE_NOT_ASSIGNED = 2, RULE_SUSPENDED = 3, RULE_ACCEPTED = 4, RULE_OVERDUE_LONG = 5, RULE_SENT_BACK_TWICE = 6,
  RULE_REBOUND = 7, RULE_FAILED_CHECK = 8, RULE_CIRCLE = 9, RULE_STRONG_COMPLAINTS = 10, RULE_OVERDUE = 11,
  RULE_SENT_BACK = 12, RULE_BEHIND_PLAN = 13, RULE_DUE_SOON = 14, RULE_TO_PLAN = 15, RULE_UNDER_REVIEW = 16 /* colour as at application */, RULE_HAND_SET = 17 /* reserved */,
  RULE_STAGE_MISSED = 18,
  RULE_PROGRESS_BELOW = 19, RULE_TIME_LEFT = 20, RULE_DUE_WORKING_DAYS = 21, RULE_ACCEPTED_LATE = 22, RULE_BEHIND_DAYS = 23, RULE_NOT_STARTED = 24, RULE_EXTENDED = 25, RULE_CLOSED = 26,
  RULE_PLACEHOLDER = 30 /* an off-line placeholder's colour, entered by the office */,
  RULE_COUNT = 31
};

/* Fields, by type. New ones of problem and appeal from 190 on; reserved ones keep their number. */
enum { UNIT_NAME = 1, UNIT_SHORT_NAMES = 2, UNIT_PARENT = 3, UNIT_KIND = 4, UNIT_VALID_FROM = 5, UNIT_VALID_TO = 6, UNIT_CODE = 7, UNIT_MAY_HOLD = 8, UNIT_ORDER = 9,
       UNIT_SUCCESSORS = 10, UNIT_SUCCEEDED_ON = 11, UNIT_SUCCESSION = 12, UNIT_LEFT = 13 /* open items not yet moved */, UNIT_OUTLINE = 14 /* rules/outline.h */, UNIT_PREDECESSORS = 15 /* whose open work it took, all that came before among them */ };
enum { USER_ACCOUNT = 1, USER_NAME = 2, USER_UNIT = 3, USER_PHONE = 4, USER_LANGUAGE = 5, USER_EMAIL = 6, USER_CHANNELS = 7 /* beside the inbox */ };
enum { DELIVER_MAIL = 1 };
enum { GRANT_USER = 1, GRANT_ROLE = 2, GRANT_UNIT = 3, GRANT_SUBTREE = 4, GRANT_FROM = 5, GRANT_TO = 6, GRANT_SECRECY = 7, GRANT_DEPUTY_FOR = 8, GRANT_RELATION = 9 /* reserved */, GRANT_GUIDANCE_GROUP = 13 };
enum { CAMPAIGN_NAME = 1, CAMPAIGN_CODE = 2, CAMPAIGN_FROM = 3, CAMPAIGN_TO = 4, CAMPAIGN_UNITS = 5, CAMPAIGN_PREFIX = 6, CAMPAIGN_NOTE = 7, CAMPAIGN_DEMO = 8,
       CAMPAIGN_SOURCES = 9, CAMPAIGN_AIMS = 10, CAMPAIGN_OFFICE_UNIT = 11, CAMPAIGN_HOTLINE_FROM = 12 /* asked, never kept */, CAMPAIGN_HOTLINE_DAYS = 13 /* every such day, the earliest first */ };
enum { POLICY_NAME = 1, POLICY_CAMPAIGN = 2, POLICY_FROM = 3, POLICY_COLOUR_RULES = 4, POLICY_STEPS_A = 5, POLICY_STEPS_B = 6, POLICY_STEPS_C = 7, POLICY_PUBLICITY_DAYS = 8, POLICY_WATCH_DAYS = 9,
       POLICY_REVIEW_DAYS = 10, POLICY_MEETING_SHARE = 11, POLICY_DAYS_AT_ONCE = 12, POLICY_DAYS_TIME_LIMITED = 13, POLICY_DAYS_LONG_TERM = 14, POLICY_ACCEPTORS = 15, POLICY_TAKE_DAYS = 16, POLICY_NUMBER = 17,
       POLICY_ROUNDS_A_MONTH = 85, POLICY_REMIND_DAYS = 86, POLICY_ANSWER_SIGNED = 87, POLICY_SLIP_APPROVERS = 88, POLICY_ROUND_APPROVERS = 89,
       POLICY_STAGE_DAYS = 80,
       POLICY_EXTENSIONS_MOST = 45, POLICY_EXTENSION_DAYS = 46, POLICY_EXTENSION_SHARE = 47, POLICY_SUSPENSION_DAYS = 48, POLICY_KIND_CHANGE_DAYS = 49, POLICY_DISPUTE_DAYS = 50, POLICY_REFUSE_DAYS = 51,
       POLICY_OWN_DAYS = 52, POLICY_RULING_DAYS = 53, POLICY_REFUSALS_MOST = 54, POLICY_BEHALF_ACTIONS = 55,
       POLICY_PRESET = 25, POLICY_ROUTES = 26 /* JSON */, POLICY_ACCEPTORS_A = 27, POLICY_DRAW_B = 28, POLICY_DRAW_C = 29, POLICY_DRAW_SEED = 30, POLICY_HAND_COLOUR_DAYS = 31, POLICY_SEND_BACK_DAYS = 32,
       POLICY_REVIEW_ORANGE_DAYS = 33, POLICY_DISSATISFIED_BLOCKS = 34 /* routes */, POLICY_REOPEN_SHARE = 35,
       POLICY_SIGNAL_TEXTS = 90, POLICY_SIGNAL_LAST_DAYS = 91, POLICY_SIGNAL_EXTENSIONS = 92, POLICY_SIGNAL_APPEAL_DAYS = 93, POLICY_RANKED_LEAST = 94,
       POLICY_DEADLINES = 60 /* JSON: days by source and kind */, POLICY_DEADLINE_PRESET = 61, POLICY_CHASING = 62 /* JSON: warnings before, steps after */, POLICY_DIGEST_HOUR = 63, POLICY_QUIET_FROM = 64, POLICY_QUIET_TO = 65,
       POLICY_WEEKLY_DAY = 66, POLICY_WEEKLY_MOST = 67, POLICY_WEEKLY_RED_DAYS = 68, POLICY_MAIL_DAYS = 69, POLICY_CHASE_REPLY_DAYS = 70,
       POLICY_ALERT_DAYS = 100,
       POLICY_CLASSIFY_BOUND = 130, POLICY_LEARN_AFTER = 155, POLICY_LEARN_HOURS = 156,
       POLICY_RECHECK_DAYS = 120, POLICY_RELEASE_FIRST = 121, POLICY_PUBLIC_APPEALS = 122, POLICY_PUBLIC_A_DAY = 123, POLICY_WITHHELD_LEAST = 170 /* public counts of what is withheld */, POLICY_REPLY_DAYS = 167 /* from the verdict */,
       POLICY_MECHANISM_MONTHS = 140, POLICY_MECHANISM_SHARE = 141,
       POLICY_CHASE_MAIL = 71 /* CHASE_MAIL_* */,
       POLICY_APPEAL_CLOCKS = 110 /* JSON: contact, answer, solve by origin and kind */, POLICY_APPEAL_SOON_HOURS = 111, POLICY_APPEAL_RETURN_DAYS = 112, POLICY_CALL_BACK_DAYS = 113, POLICY_CALL_ATTEMPTS = 114,
       POLICY_EXCLUSION_REASONS = 115, POLICY_FAIRLY_SHARE = 116, POLICY_RESPONSE_WEIGHT = 117, POLICY_SOLUTION_WEIGHT = 118 /* the rest is satisfaction's */, POLICY_REACHED_LEAST = 119,
       POLICY_COMPLAINT_DAYS = 163, POLICY_COMPLAINT_TIMES = 164, POLICY_COMPLAINT_WINDOWS = 165 /* rules/complaints.h */,
       POLICY_ROOT_CAUSE_KINDS = 18 };
enum { DEADLINES_HOTLINE = 1, DEADLINES_PETITION = 2, DEADLINES_INSPECTION = 3, DEADLINES_AUDIT = 4, DEADLINES_ALL = 5 };
/* Who hears of a step: each one includes those before it. */
enum { CHASE_MAIL_WITH_DIGEST = 1, CHASE_MAIL_AT_ONCE = 2 };
enum { CHASE_LIAISON = 1, CHASE_UNIT_HEAD = 2, CHASE_OFFICE = 3, CHASE_LEADERS = 4 };
enum { CALENDAR_DAY_DATE = 1, CALENDAR_DAY_KIND = 2, CALENDAR_DAY_NAME = 3, CALENDAR_DAY_NOTICE = 4 };
enum { TOPIC_TITLE = 1, TOPIC_CAMPAIGN = 2, TOPIC_WHY = 3, TOPIC_FINDINGS = 4, TOPIC_LEAD_UNIT = 5, TOPIC_JOINT_UNITS = 6, TOPIC_NUMBER = 7, TOPIC_DUE = 8, TOPIC_SECRECY = 9,
       TOPIC_SOURCE = 10, TOPIC_REASONS = 11, TOPIC_TREND = 12, TOPIC_POLICIES = 13, TOPIC_DONE = 14, TOPIC_SATISFACTION = 15, TOPIC_LED_TO = 16, TOPIC_POLICY_COUNT = 17, TOPIC_CLOSED_ON = 18 };
enum {
  PROBLEM_NUMBER = 1, PROBLEM_TITLE = 2, PROBLEM_DETAIL = 3, PROBLEM_CAMPAIGN = 4, PROBLEM_CATEGORY = 5, PROBLEM_SOURCE = 6, PROBLEM_KIND = 7, PROBLEM_LEVEL = 8,
  PROBLEM_PRIORITY = 9, PROBLEM_HARD = 10, PROBLEM_ROOT_CAUSE = 11, PROBLEM_GOAL = 12, PROBLEM_LEAD_UNIT = 13, PROBLEM_JOINT_UNITS = 14, PROBLEM_OFFICIAL = 15,
  PROBLEM_OWNER = 16, PROBLEM_DUE = 17, PROBLEM_DUE_ORIGINAL = 18, PROBLEM_DUE_BASIS = 19, PROBLEM_SECRECY = 20, PROBLEM_ROUTE = 21, PROBLEM_PARENT = 22,
  PROBLEM_COUNTED = 23, PROBLEM_HISTORIC = 24, PROBLEM_PROGRESS_NOTE = 25, PROBLEM_REMARK = 26,
  PROBLEM_OTHER_COLUMNS = 39 /* what the file had beside, JSON */,
  PROBLEM_TRANSFER_TO = 36 /* asked, until the receiver answers */, PROBLEM_KIND_UNTIL = 37 /* when a change of kind ends */,
  PROBLEM_PUBLICITY_SCOPE = 33, PROBLEM_WITHHOLD_REASON = 34, PROBLEM_ASKED_MORE = 35,
  PROBLEM_VISIBLE_ABOVE = 27 /* a district's part: does the city see it? */, PROBLEM_SPLIT_UNITS = 28, PROBLEM_MERGED_INTO = 29,
  /* derived */
  PROBLEM_COLOUR = 40, PROBLEM_COLOUR_RULE = 41, PROBLEM_COLOUR_SINCE = 42, PROBLEM_COLOUR_NEXT = 43, PROBLEM_COLOUR_POLICY = 44, PROBLEM_COLOUR_WHY = 45 /* numbers of the sentence, JSON */,
  PROBLEM_PROGRESS = 46 /* accepted weight */, PROBLEM_PLANNED = 47 /* planned weight by now, at the last judgement */, PROBLEM_CYCLE = 48 /* which cycle runs: 1, 2, … */,
  PROBLEM_SENT_BACK = 49 /* at acceptance, in this cycle */, PROBLEM_ADMITTED_ON = 50, PROBLEM_ASSIGNED_ON = 51, PROBLEM_TAKEN_ON = 52, PROBLEM_APPLIED_ON = 53, PROBLEM_ENDORSED_ON = 54,
  PROBLEM_ACCEPTED_ON = 55, PROBLEM_PUBLICISED_ON = 56, PROBLEM_CLOSED_ON = 57, PROBLEM_SETTLED_ON = 58, PROBLEM_REOPENED_ON = 59, PROBLEM_APPLICANT = 60, PROBLEM_ENDORSER = 61,
  PROBLEM_ACCEPTOR = 62, PROBLEM_COLOUR_AT_APPLICATION = 63, PROBLEM_APPEALS = 64 /* linked */, PROBLEM_PUBLICITY_UNTIL = 65, PROBLEM_WATCH_UNTIL = 66, PROBLEM_REVIEW_UNTIL = 67,
  PROBLEM_BASELINE_ON = 68, PROBLEM_EVER_RED = 69, PROBLEM_REBOUNDS = 70,
  /* given or derived; some still reserved: people as users beside those given by name (people without accounts), what the ledger in full
     needs */
  PROBLEM_OFFICIAL_USER = 71, PROBLEM_OWNER_USER = 72, PROBLEM_CATEGORY_RECORD = 73 /* a campaign's own list; CATEGORY keeps the five */, PROBLEM_ACCEPTORS = 74,
  PROBLEM_LED_BY = 75 /* the 3 and the 61: two boards */, PROBLEM_LEADER = 76, PROBLEM_HAND_COLOUR = 77, PROBLEM_HAND_COLOUR_UNTIL = 78, PROBLEM_SUSPENDED_UNTIL = 79,
  PROBLEM_TRANSFERS = 80, PROBLEM_EXTENSIONS = 81, PROBLEM_PLACEHOLDER = 82 /* the colour entered for an off-line placeholder */, PROBLEM_OLD_STOCK = 83,
  PROBLEM_REPORTED_ON = 115 /* the day progress was last reported */,
  /* what figures need beside (rules/figures.h): the closing that was re-opened last, when an admission was entered, when withdrawn */
  PROBLEM_CLOSED_BEFORE = 120, PROBLEM_WATCH_BEFORE = 121, PROBLEM_ADMITTED_ENTERED = 122, PROBLEM_WITHDRAWN_ON = 123,
  /* brought in from a ledger: whose, which row, what the cells said */
  PROBLEM_IMPORT_SOURCE = 130 /* mapping */, PROBLEM_SOURCE_KEY = 131 /* mapping:key, unique */, PROBLEM_FINGERPRINT = 132 /* of the last imported row */, PROBLEM_MISSING = 133,
  PROBLEM_FILE_SHEET = 134, PROBLEM_FILE_ROW = 135, PROBLEM_FILE_NUMBER = 136, PROBLEM_DUE_TEXT = 137, PROBLEM_IMPORTED_ON = 138,
  PROBLEM_NOTE_REPEATS = 124 /* updates in a row that say the same */, PROBLEM_OUTCOME = 146 /* of its confirmed result */,
  PROBLEM_PLAN = 90 /* that holds its baseline */, PROBLEM_STAGE_DUE = 91 /* of the next stage */,
  /* chasing by the clock: in this cycle, for this date */
  PROBLEM_CHASED = 125 /* steps after the date */, PROBLEM_CHASED_ON = 126, PROBLEM_CHASE_STEP = 127 /* the last one: days after the date, before it below 0 */, PROBLEM_CHASE_DUE = 128 /* of which date */, PROBLEM_CHASE_NEXT = 129,
  /* hand-overs */
  PROBLEM_PROVISIONAL_LEAD = 105, PROBLEM_STATE_BEFORE = 106 /* a suspension */, PROBLEM_SUSPENDED_ON = 107, PROBLEM_KIND_BEFORE = 108 /* a change of kind */,
  PROBLEM_RULING = 109 /* the open one */, PROBLEM_BOUND_UNIT = 110 /* by a ruling */, PROBLEM_HOLDER_DUE = 111 /* the holder's own date */, PROBLEM_CIRCLES = 112, PROBLEM_CIRCLE_ON = 113,
  PROBLEM_CIRCLE_WEIGHT = 114 /* accepted when the circle closed */,
  /* closing: the visit of those who accept, the draw, the colour set by hand, the criteria answered */
  PROBLEM_ON_SITE = 95, PROBLEM_VISITED_ON = 96, PROBLEM_VISIT_PLACE = 97, PROBLEM_DRAWN_ON = 98, PROBLEM_DRAWN_SEED = 99, PROBLEM_HAND_COLOUR_WHY = 100, PROBLEM_CRITERIA_MET = 101,
  PROBLEM_CLOSE_DESPITE = 102, PROBLEM_CHECKED_ON = 103, PROBLEM_HAND_COLOUR_BY = 104,
  PROBLEM_FAILED_CHECKS = 170 /* in this cycle, the one that re-opened it included */, PROBLEM_FAILED_CHECK_ON = 171, PROBLEM_FAILED_CHECK_WEIGHT = 172 /* accepted then */,
       PROBLEM_COMPLAINTS = 180 /* people in so many days, while that makes it red */, PROBLEM_USUAL_COMPLAINTS = 181 /* that unit's usual then */, PROBLEM_COMPLAINT_DAYS = 182,
       PROBLEM_STRONG_CASE = 31 /* STRONG_CASE_*, confirmed by the office */, PROBLEM_STRONG_CASE_SOURCE = 32, PROBLEM_STRONG_CASE_PICTURE = 38, PROBLEM_STRONG_CASE_ON = 183, PROBLEM_STRONG_CASE_BY = 184,
       PROBLEM_STRONG_CASE_WHY = 185,
       PROBLEM_APPLICATION = 173 /* which application of its campaign and route: what is drawn from */,
       PROBLEM_PARTS = 84, PROBLEM_PARTS_CLOSED = 85, PROBLEM_MERGED_ON = 86, PROBLEM_ALSO_IN = 87 /* other campaigns that list it */
};
enum { CYCLE_PROBLEM = 1, CYCLE_ORDINAL = 2, CYCLE_BEGAN = 3, CYCLE_DUE = 4, CYCLE_APPLIED_ON = 5, CYCLE_ACCEPTED_ON = 6, CYCLE_CLOSED_ON = 7, CYCLE_WHY = 8, CYCLE_SENT_BACK = 9, CYCLE_LEAD_UNIT = 10,
       CYCLE_ASKED_MORE = 11, CYCLE_ACCEPTORS = 12, CYCLE_CRITERIA = 13, CYCLE_ON_TIME = 14, CYCLE_DUE_APPROVED = 15,
       CYCLE_CLOSED_LEAD = 16 /* who led when it was closed; nothing: closed before this was kept */ };
enum { MEASURE_PROBLEM = 1, MEASURE_CYCLE = 2, MEASURE_TITLE = 3, MEASURE_KIND = 4, MEASURE_WEIGHT = 5, MEASURE_START = 6, MEASURE_DUE = 7, MEASURE_OWNER = 8, MEASURE_UNIT = 9, MEASURE_NOTE = 10,
       MEASURE_DONE_ON = 11, MEASURE_ACCEPTED_ON = 12, MEASURE_BASE_START = 13, MEASURE_BASE_DUE = 14, MEASURE_BASE_WEIGHT = 15, MEASURE_OWNER_USER = 16,
       MEASURE_HELPERS = 17, MEASURE_STAGE = 18, MEASURE_PLAN = 19 /* whose baseline it is in */ };
enum { CATEGORY_BY_PEOPLE = 1, CATEGORY_BY_PROGRAM = 2 };
enum { APPEAL_NUMBER = 1, APPEAL_TITLE = 2, APPEAL_TEXT = 3, APPEAL_MADE_AT = 4, APPEAL_PERSON = 5, APPEAL_PHONE = 6, APPEAL_UNIT = 7, APPEAL_PLACE = 8, APPEAL_POINT = 9, APPEAL_KIND = 10, APPEAL_CATEGORY = 11,
       APPEAL_DUE = 12, APPEAL_ANSWER = 13, APPEAL_ANSWERED_ON = 14, APPEAL_OUTCOME = 15, APPEAL_SATISFACTION = 16, APPEAL_WHISTLE = 17, APPEAL_UP_VOTES = 18, APPEAL_DOWN_VOTES = 19, APPEAL_SECRECY = 20, APPEAL_HISTORIC = 21,
       APPEAL_SERVICE = 26 /* category it was sent in under */, APPEAL_SOURCE_STATE = 27 /* as the source calls it */, APPEAL_DETAILS = 28 /* what the service asks beside */, APPEAL_PUBLIC_TEXT = 29, APPEAL_PUBLIC_ANSWER = 30,
       APPEAL_SHOWN_ON = 60, APPEAL_SHOWN = 61 /* outside, over Open311 */, APPEAL_SENT_BY = 62 /* whose key sent it */, APPEAL_PUBLIC_PLACE = 63, APPEAL_PUBLIC_POINT = 64,
       APPEAL_PHOTO = 31, APPEAL_CODE = 70 /* to evaluate by */, APPEAL_CODE_ON = 71, APPEAL_CODE_HASH = 72,
       APPEAL_COMPLAINED_OF = 22 /* the unit, from whom a whistle-blower is hidden */, APPEAL_ORIGIN = 23, APPEAL_JOINED_TO = 24 /* its main appeal */, APPEAL_ANSWERED_BY = 25,
       APPEAL_SOURCE = 40 /* mapping */, APPEAL_SOURCE_KEY = 41 /* mapping:number, unique */, APPEAL_FINGERPRINT = 42 /* of the last imported row */, APPEAL_MISSING = 43, APPEAL_TEXT_HASH = 44,
       APPEAL_DUE_BASIS = 45, APPEAL_PROBLEM = 46 /* the problem it was linked to last */,
       APPEAL_PERSON_KEY = 47 /* reserved: keyed hash, for distinct people */, APPEAL_EVENT = 48 /* reserved */, APPEAL_CLASS = 49 /* reserved */, APPEAL_CONTACTED_ON = 50 /* a moment: 先行联系 */,
       APPEAL_CONTACT_DUE = 55 /* a moment, as the next two */, APPEAL_SOLVE_DUE = 56, APPEAL_ANSWER_DUE = 57, APPEAL_LATENESS = 58, APPEAL_CLOCK_NEXT = 59 /* when time alone moves it */,
       /* by the latest valid call-back */
       APPEAL_CATEGORY_BY = 66 /* who decided the category, when the program once did */, APPEAL_CERTAINTY = 67 /* of the program, basis points */,
       APPEAL_CALLED = 75, APPEAL_CALLED_OUTCOME = 76, APPEAL_CALLED_SATISFACTION = 77, APPEAL_CALLED_AT = 78, APPEAL_ATTEMPTS = 79,
       APPEAL_EXCLUDED = 80, APPEAL_ASSIGNED_ON = 81 /* a moment */, APPEAL_BOUND = 82 /* by a ruling: not sent back again */,
       APPEAL_ANSWER_DRAFT = 83 /* what its problem says, for who handles it to take */, APPEAL_DRAFT_OF = 84 /* what the problem had come to */, APPEAL_DRAFTED_ON = 85 };
enum { CALL_BACK_APPEAL = 1, CALL_BACK_TITLE = 2, CALL_BACK_ATTEMPT = 3, CALL_BACK_REACHED = 4, CALL_BACK_CONTACTED = 5, CALL_BACK_OUTCOME = 6, CALL_BACK_SATISFACTION = 7, CALL_BACK_WORDS = 8, CALL_BACK_CALLER = 9,
       CALL_BACK_AT = 10, CALL_BACK_UNIT = 11 /* that handled it then */, CALL_BACK_WAY = 12 };
enum { EXCLUSION_APPEAL = 1, EXCLUSION_TITLE = 2, EXCLUSION_REASON = 3, EXCLUSION_WHY = 4, EXCLUSION_UNIT = 5, EXCLUSION_ASKED_BY = 6, EXCLUSION_ASKED_ON = 7, EXCLUSION_DECIDED_ON = 8 };
enum { EVIDENCE_PROBLEM = 1, EVIDENCE_MEASURE = 2, EVIDENCE_CYCLE = 3, EVIDENCE_TITLE = 4, EVIDENCE_FILE = 5, EVIDENCE_FILE_NAME = 6, EVIDENCE_MEDIA_TYPE = 7, EVIDENCE_SIZE = 8, EVIDENCE_TAKEN_ON = 9, EVIDENCE_NOTE = 10, EVIDENCE_PHASE = 11,
       /* evidence of other records, data as proof, where and when, pictures used before */
       EVIDENCE_OF_TYPE = 12, EVIDENCE_OF_ID = 13, EVIDENCE_KIND = 14, EVIDENCE_POINT = 15, EVIDENCE_TAKEN_AT = 16, EVIDENCE_PICTURE_HASH = 17 };
enum { PLAN_NUMBER = 1, PLAN_TITLE = 2, PLAN_CAMPAIGN = 3, PLAN_PROBLEMS = 4, PLAN_LEAD_UNIT = 5, PLAN_JOINT_UNITS = 6, PLAN_GOAL = 7, PLAN_OFFICIAL = 8, PLAN_OWNER = 9, PLAN_START = 10, PLAN_DUE = 11, PLAN_SECRECY = 12,
       PLAN_CONCLUSION = 13, PLAN_SUBMITTED_ON = 14, PLAN_APPROVED_ON = 15, PLAN_STARTED_ON = 16, PLAN_CONCLUDED_ON = 17, PLAN_APPROVER = 18, PLAN_BASELINE_ON = 19, PLAN_BASELINE_COUNT = 20,
       PLAN_BASELINES = 21 /* JSON: every frozen one */, PLAN_PROPOSED = 22 /* JSON: steps that an approval carries */, PLAN_OWNER_USER = 23 };
enum { STAGE_PROBLEM = 1, STAGE_CYCLE = 2, STAGE_TITLE = 3, STAGE_GOAL = 4, STAGE_DUE = 5, STAGE_RESULT = 6, STAGE_REPORTED_ON = 7, STAGE_ACCEPTED_ON = 8, STAGE_ACCEPTOR = 9 };
enum { INDICATOR_PROBLEM = 1, INDICATOR_PLAN = 2, INDICATOR_NAME = 3, INDICATOR_UNIT = 4, INDICATOR_MEASURED_IN = 5, INDICATOR_DIRECTION = 6, INDICATOR_BASE = 7, INDICATOR_BASE_ON = 8, INDICATOR_GOAL = 9, INDICATOR_GOAL_ON = 10,
       INDICATOR_EXPECTED = 11, INDICATOR_ACHIEVED = 12, INDICATOR_LATEST = 13, INDICATOR_LATEST_ON = 14 };
enum { INDICATOR_VALUE_INDICATOR = 1, INDICATOR_VALUE_ON = 2, INDICATOR_VALUE_VALUE = 3, INDICATOR_VALUE_SOURCE = 4, INDICATOR_VALUE_NOTE = 5, INDICATOR_VALUE_ENTERED_BY = 6 };
enum { SITE_PROBLEM = 1, SITE_NAME = 2, SITE_POINT = 3, SITE_DIVISION = 4, SITE_STREET = 5, SITE_UNIT = 6, SITE_PLANNED_FOR = 7, SITE_NOTE = 8, SITE_STARTED_ON = 9, SITE_BUILT_ON = 10, SITE_ACCEPTED_ON = 11, SITE_CONFIRMED_ON = 12,
       SITE_ACCEPTOR = 13, SITE_CONFIRMED_BY = 14 };
enum { RESULT_PROBLEM = 1, RESULT_CYCLE = 2, RESULT_NUMBER = 3, RESULT_TITLE = 4, RESULT_CAMPAIGN = 5, RESULT_UNIT = 6, RESULT_CATEGORY = 7, RESULT_CLOSED_ON = 8, RESULT_OUTCOME = 9, RESULT_MONEY = 10, RESULT_MECHANISMS = 11,
       RESULT_ACCOUNTABLE = 12, RESULT_DAYS_SAVED = 13, RESULT_PEOPLE = 14, RESULT_EXPECTED = 15, RESULT_ACHIEVED = 16, RESULT_PUBLICITY = 17, RESULT_WITHHOLD = 18, RESULT_PUBLIC_TEXT = 19, RESULT_CONFIRMED_ON = 20,
       RESULT_CONFIRMER = 21, RESULT_CORRECTS = 22 };
enum { LINK_KIND = 1, LINK_FROM_TYPE = 2, LINK_FROM_ID = 3, LINK_TO_TYPE = 4, LINK_TO_ID = 5, LINK_NOTE = 6 };
enum { APPROVAL_TITLE = 1, APPROVAL_TYPE = 2, APPROVAL_RECORD = 3, APPROVAL_PENDING = 4 /* JSON change set */, APPROVAL_ASKED_BY = 5, APPROVAL_NEEDED = 6, APPROVAL_GIVEN = 7, APPROVAL_REASON = 8, APPROVAL_UNIT = 9, APPROVAL_OPINION = 10, APPROVAL_FIRST_BY = 11, APPROVAL_AGREED_BY = 12 /* reserved: all who agreed */, APPROVAL_ACTION = 13 /* what is carried out */, APPROVAL_SECRECY = 14, APPROVAL_PROBLEM = 15 };
enum { IMPORT_MAPPING_NAME = 1, IMPORT_MAPPING_TYPE = 2, IMPORT_MAPPING_COLUMNS = 3 /* JSON: header → field */, IMPORT_MAPPING_KEY = 4, IMPORT_MAPPING_NOTE = 5,
       IMPORT_MAPPING_UNIT = 6 /* whose ledger */, IMPORT_MAPPING_CAMPAIGN = 7, IMPORT_MAPPING_MATCH = 8, IMPORT_MAPPING_CHOICES = 9 /* JSON: row's key → problem it is */,
       IMPORT_MAPPING_CATEGORIES = 10 /* JSON: words of the file → the campaign's category */, IMPORT_MAPPING_CATEGORY = 11, IMPORT_MAPPING_SOURCE = 12 /* what the file does not say */,
       IMPORT_MAPPING_UNITS = 13 /* JSON: words of the file → the unit that is meant */ };
enum { MATCH_NUMBER = 1, MATCH_TITLE = 2 };
enum { ROUND_CAMPAIGN = 1, ROUND_NUMBER = 2, ROUND_NAME = 3, ROUND_OPENS_ON = 4, ROUND_DUE = 5, ROUND_CUTOFF = 6, ROUND_UNITS = 7, ROUND_NOTE = 8,
       ROUND_OPENED_ON = 9, ROUND_COLLECTED_ON = 10, ROUND_FROZEN_ON = 11, ROUND_ASKED = 12, ROUND_EXTRA = 13 /* approved as a further one in its month */, ROUND_TABLE = 14, ROUND_SLIPS = 15 };
enum { ANSWER_ROUND = 1, ANSWER_UNIT = 2, ANSWER_CAMPAIGN = 3, ANSWER_NAME = 4, ANSWER_DUE = 5, ANSWER_MONTH = 6 /* 202611 */, ANSWER_KEY = 7 /* round:unit, unique */, ANSWER_NOTE = 8,
       ANSWER_SINCE = 9 /* what changed is told since then */, ANSWER_ANSWERED_ON = 10, ANSWER_BY = 11, ANSWER_SIGNED_ON = 12, ANSWER_SIGNER = 13, ANSWER_WAS_LATE = 14,
       ANSWER_REMINDED = 15, ANSWER_REMINDED_ON = 16, ANSWER_REMIND_NEXT = 17,
       /* from the ledger, as confirmed */
       ANSWER_PROBLEMS = 18, ANSWER_OPEN = 19, ANSWER_GREEN = 20, ANSWER_BLUE = 21, ANSWER_YELLOW = 22, ANSWER_ORANGE = 23, ANSWER_RED = 24, ANSWER_GREY = 25,
       ANSWER_ADDED = 26, ANSWER_CLOSED = 27, ANSWER_REOPENED = 28, ANSWER_CHANGED = 29, ANSWER_LACKING = 30 };
enum { CORRECTION_TABLE = 1, CORRECTION_NUMBER = 2, CORRECTION_PROBLEM = 3, CORRECTION_FIGURE = 4 /* a member of the figure, or a name of the totals */, CORRECTION_WAS = 5, CORRECTION_IS = 6, CORRECTION_WHY = 7,
       CORRECTION_ASKED_BY = 8, CORRECTION_ASKED_ON = 9, CORRECTION_MADE_ON = 10 };
enum { FROZEN_NAME = 1, FROZEN_ROUND = 2, FROZEN_CAMPAIGN = 3, FROZEN_CUTOFF = 4, FROZEN_JOURNAL = 5, FROZEN_DEFINITIONS = 6, FROZEN_COUNT = 7, FROZEN_HASH = 8, FROZEN_FORMAT = 9, FROZEN_TOTALS = 10 /* JSON */,
       FROZEN_BY = 11, FROZEN_DESTROYED = 12 /* records destroyed since */, FROZEN_SLIPS = 13 };
enum { TRANSFER_PROBLEM = 1, TRANSFER_TITLE = 2, TRANSFER_NUMBER = 3, TRANSFER_FROM = 4, TRANSFER_TO = 5, TRANSFER_REASON = 6, TRANSFER_DETAIL = 7, TRANSFER_PROBLEM_DUE = 8, TRANSFER_ASKED_ON = 9,
       TRANSFER_DUE = 10, TRANSFER_ANSWERED_ON = 11, TRANSFER_ANSWER = 12, TRANSFER_RULING = 13, TRANSFER_SECRECY = 14, TRANSFER_CAMPAIGN = 15, TRANSFER_CIRCLE = 16 };
enum { RULING_PROBLEM = 1, RULING_TITLE = 2, RULING_WHY = 3, RULING_FROM = 4, RULING_OTHER = 5, RULING_LEAD = 6, RULING_PROVISIONAL = 7, RULING_GROUNDS = 8, RULING_ASKED_ON = 9, RULING_DUE = 10,
       RULING_MADE_ON = 11, RULING_MADE_BY = 12, RULING_CASE = 13, RULING_CATEGORY = 14, RULING_SECRECY = 15, RULING_CAMPAIGN = 16, RULING_TRANSFER = 17 };
enum { HOLDING_PROBLEM = 1, HOLDING_UNIT = 2, HOLDING_FROM = 3, HOLDING_TO = 4, HOLDING_PROVISIONAL = 5, HOLDING_HOW = 6, HOLDING_CYCLE = 7, HOLDING_OWN_DUE = 8, HOLDING_DAYS = 9,
       HOLDING_OVERDUE = 10, HOLDING_OWN_OVERDUE = 11 };
enum { HAND_OVER_TITLE = 1, HAND_OVER_FROM = 2, HAND_OVER_TO = 3, HAND_OVER_UNIT = 4, HAND_OVER_DATE = 5, HAND_OVER_REASON = 6, HAND_OVER_ITEMS = 7 /* JSON */, HAND_OVER_COUNT = 8, HAND_OVER_MOVED = 9,
       HAND_OVER_FROM_ON = 10, HAND_OVER_TO_ON = 11 };
enum { CRITERION_CAMPAIGN = 1, CRITERION_KIND = 2, CRITERION_SOURCE = 3, CRITERION_TEXT = 4, CRITERION_ORDER = 5, CRITERION_REQUIRED = 6, CRITERION_FROM = 7, CRITERION_TO = 8, CRITERION_ORIGIN = 9 };
enum { OBJECTION_PROBLEM = 1, OBJECTION_TEXT = 2, OBJECTION_FROM = 3, OBJECTION_CONTACT = 4, OBJECTION_RECEIVED_ON = 5, OBJECTION_CHANNEL = 6, OBJECTION_VERDICT = 7, OBJECTION_REASON = 8, OBJECTION_FIRST_BY = 9,
       OBJECTION_SECOND_BY = 10, OBJECTION_JUDGED_ON = 11, OBJECTION_REPLY = 12, OBJECTION_ANSWERED_ON = 13, OBJECTION_RECHECK_DUE = 14, OBJECTION_REPLY_DUE = 15 };
enum { RELEASE_PROBLEM = 1, RELEASE_RESULT = 2, RELEASE_TITLE = 3, RELEASE_TEXT = 4, RELEASE_FIGURES = 5, RELEASE_INDICATORS = 6, RELEASE_BEFORE = 7, RELEASE_AFTER = 8, RELEASE_DISTRICT = 9, RELEASE_AS_WRITTEN = 10 /* names looked at, not masked */,
       RELEASE_MASKED = 11 /* what was masked, line by line */, RELEASE_WITHHOLD = 12, RELEASE_PROPOSED_BY = 13, RELEASE_PROPOSED_ON = 14, RELEASE_REVIEWED_BY = 15, RELEASE_REVIEWED_ON = 16, RELEASE_WITHDRAWN_ON = 17,
       RELEASE_WORDS = 18 /* JSON: the words that go out, as they stood at the release */ };
enum { FIGURE_UNIT = 1, FIGURE_DUE = 2, FIGURE_PROGRESS = 3, FIGURE_SITES = 4, FIGURE_EVALUATIONS = 5, FIGURE_EFFECTS = 6 };
enum { EVALUATION_APPEAL = 1, EVALUATION_PROBLEM = 2, EVALUATION_SOLVED = 3, EVALUATION_SATISFACTION = 4, EVALUATION_ABOUT = 5, EVALUATION_WORDS = 6, EVALUATION_GIVEN_AT = 7, EVALUATION_KEY = 8 /* person and event */, EVALUATION_BAD = 9,
       EVALUATION_RECHECK_DUE = 10, EVALUATION_FOUND = 11 /* by the recheck */, EVALUATION_VERDICT = 12, EVALUATION_REASON = 13, EVALUATION_FIRST_BY = 14, EVALUATION_SECOND_BY = 15, EVALUATION_JUDGED_ON = 16, EVALUATION_REPLY = 17,
       EVALUATION_ANSWERED_ON = 18, EVALUATION_REPLY_DUE = 19 };
enum { EVALUATED_SOLVED = 1, EVALUATED_NOT_SOLVED = 2 };
enum { ABOUT_NOT_SOLVED = 1, ABOUT_MANNER = 2, ABOUT_OUTCOME = 3 };
enum { SUBMISSION_KEY = 1 /* portal:number */, SUBMISSION_KIND = 2, SUBMISSION_RECEIVED = 3, SUBMISSION_TRACKING = 4 /* hash of the code */, SUBMISSION_OF_TYPE = 5, SUBMISSION_OF_ID = 6, SUBMISSION_PROBLEM = 7, SUBMISSION_WHY = 8 };
enum { SUBMITTED_OBJECTION = 1, SUBMITTED_EVALUATION = 2, SUBMITTED_APPEAL = 3 };
enum { MESSAGE_USER = 1, MESSAGE_TITLE = 2, MESSAGE_TEXT = 3, MESSAGE_TYPE = 4, MESSAGE_RECORD = 5, MESSAGE_ENTRY = 6, MESSAGE_KEY = 7,
       MESSAGE_KIND = 8, MESSAGE_LINES = 9, MESSAGE_PROBLEMS = 10 /* that the lines speak of */, MESSAGE_WITHHELD = 11 /* about what is secret: delivered without its words */ };
enum { MESSAGE_KIND_DIGEST = 1, MESSAGE_KIND_WEEKLY = 2, MESSAGE_KIND_CHASE = 3, MESSAGE_KIND_SYSTEM = 4 };
enum { CHASE_OF_TYPE = 1, CHASE_OF_ID = 2, CHASE_TITLE = 3, CHASE_UNIT = 4, CHASE_PERSON = 5, CHASE_BY = 6, CHASE_NOTE = 7, CHASE_SAID_ON = 8, CHASE_CHASED_BY = 9, CHASE_DUE = 10, CHASE_REPLY = 11, CHASE_REPLIED_ON = 12, CHASE_REPLIED_BY = 13,
       CHASE_SECRECY = 14, CHASE_CAMPAIGN = 15, CHASE_ORDINAL = 16 /* which chase of that record */, CHASE_PROBLEM = 17 };
enum { CHASED_BY_PHONE = 1, CHASED_BY_MESSAGE = 2, CHASED_BY_LETTER = 3 };
enum { CATEGORY_CAMPAIGN = 1, CATEGORY_NAME = 2, CATEGORY_PARENT = 3, CATEGORY_CODE = 4, CATEGORY_ORDER = 5, CATEGORY_UNDER = 6 /* of the city-wide ones */,
       CATEGORY_SERVICE = 10 /* offered over Open311 */, CATEGORY_EXPLANATION = 11, CATEGORY_QUESTIONS = 12 /* JSON: what the service asks */ };
enum { CLASS_APPEAL = 1 /* founding appeal, or any that is in it */, CLASS_TITLE = 2, CLASS_NOTE = 3, CLASS_UNIT = 4 };
enum { GROUPING_DECISION_KIND = 1, GROUPING_DECISION_LEVEL = 2, GROUPING_DECISION_APPEALS = 3, GROUPING_DECISION_INTO = 4, GROUPING_DECISION_REASON = 5, GROUPING_DECISION_BY = 6, GROUPING_DECISION_ON = 7 };
enum { DECIDED_CONFIRM = 1, DECIDED_SPLIT = 2, DECIDED_MERGE = 3 };
enum { LEVEL_EVENT = 1, LEVEL_CLASS = 2 };
enum { ALERT_PROBLEM = 1, ALERT_TITLE = 2, ALERT_APPEAL = 3 /* that raised it */, ALERT_APPEALS = 4 /* all, with those that came meanwhile */, ALERT_COUNT = 5, ALERT_FIT = 6, ALERT_RAISED_AT = 8, ALERT_CYCLE = 9, ALERT_UNIT = 10,
       ALERT_CAMPAIGN = 11, ALERT_SECRECY = 12, ALERT_DUE = 13, ALERT_REASON = 14, ALERT_DECIDED_BY = 15, ALERT_DECIDED_ON = 16, ALERT_KEY = 17 /* problem:cycle:appeal, unique */, ALERT_WATCH_UNTIL = 18 };
enum { FITS_EVENT = 1, FITS_CLASS_AND_PLACE = 2, FITS_CLASS = 3 /* the problem names no place */ };
enum { SAVED_VIEW_USER = 1, SAVED_VIEW_NAME = 2, SAVED_VIEW_LIST = 3, SAVED_VIEW_QUERY = 4, SAVED_VIEW_COLUMNS = 5, SAVED_VIEW_SHARED = 6 };
enum { GUIDANCE_GROUP_NAME = 1, GUIDANCE_GROUP_CAMPAIGN = 2, GUIDANCE_GROUP_UNITS = 3, GUIDANCE_GROUP_NOTE = 4 };
enum { TOPIC_TASK_TOPIC = 1, TOPIC_TASK_TITLE = 2, TOPIC_TASK_OWNER = 3, TOPIC_TASK_OWNER_USER = 4, TOPIC_TASK_UNIT = 5, TOPIC_TASK_DUE = 6, TOPIC_TASK_NOTE = 7, TOPIC_TASK_DONE_ON = 8 };
enum { MECHANISM_TITLE = 1, MECHANISM_KIND = 2, MECHANISM_SCOPE = 3, MECHANISM_CAMPAIGN = 4, MECHANISM_LEAD_UNIT = 5, MECHANISM_DOCUMENT = 6, MECHANISM_ISSUED_ON = 7, MECHANISM_IN_FORCE_ON = 8,
       MECHANISM_RETIRED_ON = 9, MECHANISM_SECRECY = 10, MECHANISM_NOTE = 11,
       MECHANISM_CLASS = 12 /* of appeals that it is to end */, MECHANISM_MEASURED_ON = 13, MECHANISM_MONTHS = 14 /* in force then */, MECHANISM_APPEALS_BEFORE = 15 /* appeals of the class */, MECHANISM_APPEALS_AFTER = 16,
       MECHANISM_BEFORE_FROM = 17, MECHANISM_BEFORE_TO = 18, MECHANISM_AFTER_FROM = 19, MECHANISM_AFTER_TO = 20, MECHANISM_WORKS = 21 };
enum { WORKS_TOO_YOUNG = 1, WORKS_UNKNOWN = 2 /* no appeals of before to compare with */, WORKS_WELL = 3, WORKS_NOT = 4 };
enum { CHECK_TITLE = 1, CHECK_PROBLEM = 2, CHECK_KIND = 3, CHECK_CYCLE = 4, CHECK_ROUTE = 5, CHECK_POPULATION = 6 /* that it was drawn from */, CHECK_SHARE = 7 /* with which each of them is drawn */, CHECK_SEED = 8, CHECK_DRAWN_ON = 9,
       CHECK_CHECKED_ON = 10, CHECK_CHECKER = 11, CHECK_FINDINGS = 12, CHECK_PLACE = 13, CHECK_UNIT = 14 /* what the problem was then, from here on */, CHECK_CAMPAIGN = 15, CHECK_CATEGORY = 16, CHECK_SOURCE = 17,
       CHECK_PROBLEM_KIND = 18, CHECK_LEVEL = 19, CHECK_SECRECY = 20, CHECK_CONSEQUENCE = 21, CHECK_DRAW = 22 /* the stratified draw it comes of */ };
enum { DRAW_TITLE = 1, DRAW_CAMPAIGN = 2, DRAW_FROM = 3 /* which problems */, DRAW_SHARE = 4, DRAW_HOW_MANY = 5 /* of problems; one of the two */, DRAW_STRATA_BY = 6, DRAW_ALGORITHM = 7, DRAW_ANNOUNCED_ON = 8,
       DRAW_ANNOUNCED_BY = 9, DRAW_POPULATION = 10, DRAW_SAMPLE = 11 /* how many were drawn */, DRAW_SEED = 12, DRAW_ROOT = 13 /* of the journal up to the announcement: what the seed is made from */, DRAW_STRATA = 14 /* JSON */,
       DRAW_PROBLEMS = 15 /* JSON: those drawn */, DRAW_DRAWN_ON = 16, DRAW_DRAWN_BY = 17, DRAW_NOTE = 18 };
enum { DRAW_FROM_CLOSED = 1, DRAW_FROM_OPEN = 2, DRAW_FROM_ALL = 3 };
enum { STRATUM_UNIT = 1, STRATUM_COLOUR = 2, STRATUM_AGE = 3 };
enum { DRAW_ALGORITHM_1 = 1 };
enum { CHECK_DRAWN = 1, CHECK_LOOK_BACK = 2 };
enum { CONSEQUENCE_REOPENED = 1, CONSEQUENCE_SENT_BACK = 2, CONSEQUENCE_NONE = 3 /* it was being put right already */ };
enum { CASE_TITLE = 1, CASE_CAMPAIGN = 2, CASE_UNIT = 3, CASE_PROBLEM = 4, CASE_TOPIC = 5, CASE_CATEGORY = 6, CASE_CLASS = 7 /* of appeals */, CASE_MATTERS = 8 /* the class in words */, CASE_CAUSE = 9, CASE_MECHANISMS = 10,
       CASE_INDICATOR = 11, CASE_EFFECT = 12 /* what is measured */, CASE_EFFECT_BEFORE = 13, CASE_EFFECT_AFTER = 14, CASE_EFFECT_ON = 15, CASE_DIRECTION = 16, CASE_GROWTH = 17, CASE_LACKS = 18, CASE_MADE_ON = 19,
       CASE_ASKED = 20 /* self-checks asked of others */, CASE_CHECKED = 21 /* answered */, CASE_FOUND = 22 /* of them: have it as well */, CASE_ASKED_UNITS = 23, CASE_CHECK_DUE = 24, CASE_SECRECY = 25, CASE_SUBMITTED_ON = 26,
       CASE_CONFIRMED_ON = 27, CASE_CONFIRMER = 28, CASE_NOTE = 29 };
enum { CASE_GROWING = 1, CASE_MADE = 2 };
enum { LACKS_CAUSE = 1, LACKS_SELF_CHECK = 2, LACKS_MECHANISM = 3, LACKS_EFFECT = 4 };
enum { SELF_CHECK_TITLE = 1, SELF_CHECK_CASE = 2, SELF_CHECK_UNIT = 3, SELF_CHECK_DUE = 4, SELF_CHECK_FOUND = 5, SELF_CHECK_COUNT = 6 /* places where it holds as well */, SELF_CHECK_FINDINGS = 7, SELF_CHECK_PROBLEM = 8 /* registered of it */,
       SELF_CHECK_ANSWERED_ON = 9, SELF_CHECK_ANSWERED_BY = 10, SELF_CHECK_CASE_UNIT = 11, SELF_CHECK_CAMPAIGN = 12, SELF_CHECK_SECRECY = 13, SELF_CHECK_KEY = 14 /* case:unit, unique */ };
enum { FOUND_NONE = 1, FOUND_SAME = 2, FOUND_NOT_OURS = 3 };
enum { MECHANISM_KIND_RULE = 1, MECHANISM_KIND_PROCESS = 2, MECHANISM_KIND_DATA_SHARE = 3, MECHANISM_KIND_CATALOGUE = 4 };
enum { LED_BY_SECRETARY = 1, LED_BY_FOUR_TEAMS = 2 }; /* two boards, never added up */
enum { REASON_COMMON = 1, REASON_MANY_APPEALS = 2, REASON_LONG_UNSOLVED = 3, REASON_CITY_POLICY = 4 }; /* why a topic is chosen: domain-facts 2 */

#endif
