/* Permanent codes. The journal stores these numbers for ever: a code is never changed and never used
   again; a retired one keeps its number and says so. Add at the end of a block, inside its range.
   What DOMAIN.md names and the code does not build yet is reserved here, marked "reserved". */
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
  RECORD_CATEGORY = 10 /* reserved */, RECORD_ROUND = 11 /* reserved */, RECORD_ROUND_ANSWER = 12 /* reserved */,
  RECORD_CORRECTION = 13 /* reserved: 更正单 */, RECORD_GUIDANCE_GROUP = 14 /* reserved */, RECORD_HAND_OVER = 15 /* reserved: 交接单 */,
  /* the three stores and the two ledgers */
  RECORD_TOPIC = 20, RECORD_PROBLEM = 21, RECORD_CYCLE = 22, RECORD_MEASURE = 23, RECORD_APPEAL = 24, RECORD_EVIDENCE = 25, RECORD_LINK = 26,
  RECORD_PLAN = 27 /* reserved */, RECORD_INDICATOR = 28 /* reserved */, RECORD_INDICATOR_VALUE = 29 /* reserved */,
  RECORD_SITE = 30 /* reserved */, RECORD_RESULT = 31 /* reserved: 成效清单 */, RECORD_MECHANISM = 32 /* reserved */, RECORD_CASE = 33 /* reserved */,
  RECORD_EVENT = 34 /* reserved: 同一事件 */, RECORD_CLASS = 35 /* reserved: 一类事 */, RECORD_GROUPING_DECISION = 36 /* reserved */,
  RECORD_CALL_BACK = 37 /* reserved */, RECORD_EVALUATION = 38 /* reserved */, RECORD_OBJECTION = 39 /* reserved */, RECORD_ALERT = 40 /* reserved */, RECORD_EXCLUSION = 41 /* reserved: 剔除 */,
  /* joint work, supervision, meetings */
  RECORD_CONSULTATION = 50 /* reserved */, RECORD_OPINION = 51 /* reserved */, RECORD_RULING = 52 /* reserved */, RECORD_TRANSFER = 53 /* reserved */,
  RECORD_SUPERVISION_ORDER = 54 /* reserved */, RECORD_CHECK = 55 /* reserved */, RECORD_PATROL = 56 /* reserved */, RECORD_LOOK_BACK = 57 /* reserved */,
  RECORD_DRAW = 58 /* reserved */, RECORD_INSTRUCTION = 59 /* reserved */, RECORD_MEETING = 60 /* reserved */, RECORD_AGENDA_ITEM = 61 /* reserved */,
  RECORD_JUDGEMENT = 62 /* reserved: 研判 */, RECORD_VISIT = 63 /* reserved */, RECORD_CHASE = 64 /* reserved: 催办 */, RECORD_REPORT = 65 /* reserved */,
  RECORD_SELF_CHECK = 66 /* reserved: 举一反三 */, RECORD_DATA_REQUEST = 67 /* reserved: 要数 */, RECORD_REPORT_FORM = 68 /* reserved: 固定报表 */, RECORD_FROZEN_TABLE = 69 /* reserved */,
  RECORD_QUESTION = 70 /* reserved: 同题共答 */, RECORD_DUTY = 71 /* reserved */,
  /* services and publication */
  RECORD_JOINT_FILING = 80 /* reserved: 统一立项 */, RECORD_CATALOGUE = 81 /* reserved */, RECORD_CATALOGUE_ITEM = 82 /* reserved */,
  RECORD_SHARED_LIST = 83 /* reserved: 免申即享 */, RECORD_ENTITLEMENT = 84 /* reserved */, RECORD_RECEIPT = 85 /* reserved */,
  RECORD_CREDIT_REPORT = 86 /* reserved */, RECORD_RELEASE = 87 /* reserved: 发布审核 */, RECORD_SAVED_VIEW = 88 /* reserved */
};

enum role_code {
  ROLE_NONE = 0,
  ROLE_LIAISON = 1, ROLE_UNIT_HEAD = 2, ROLE_OFFICE = 3, ROLE_ACCEPTOR = 4, ROLE_LEADER = 5, ROLE_REVIEWER = 6 /* audit, inspection: reads */,
  ROLE_SYSTEM_ADMINISTRATOR = 7, ROLE_SECURITY_ADMINISTRATOR = 8, ROLE_AUDIT_ADMINISTRATOR = 9,
  ROLE_CLOCK = 10 /* the program itself: clock and followers; never granted */,
  ROLE_OFFICIAL = 11 /* reserved: 责任领导 */, ROLE_HOTLINE = 12 /* reserved */, ROLE_GUIDANCE = 13 /* reserved */, ROLE_SUPERVISOR = 14 /* reserved */,
  ROLE_RELEASER = 15 /* reserved */, ROLE_CALLER = 16 /* reserved: 回访 */, ROLE_PUBLIC = 17 /* reserved */, ROLE_DISTRICT_OFFICE = 18 /* reserved: 区整改办 */
};
#define ROLES_BUSINESS (ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD) | ROLE(ROLE_OFFICE) | ROLE(ROLE_ACCEPTOR) | ROLE(ROLE_LEADER) | ROLE(ROLE_REVIEWER))
#define ROLES_ADMINISTRATORS (ROLE(ROLE_SYSTEM_ADMINISTRATOR) | ROLE(ROLE_SECURITY_ADMINISTRATOR) | ROLE(ROLE_AUDIT_ADMINISTRATOR))
#define ROLES_ALL (ROLES_BUSINESS | ROLES_ADMINISTRATORS)

enum relation_code {
  RELATION_NONE = 0, RELATION_ANY = 1 /* every record */, RELATION_LEAD = 2, RELATION_JOINT = 3, RELATION_SELF = 4 /* the user's own */,
  RELATION_OUTSIDE = 5 /* one who neither leads nor joins: acceptors */,
  RELATION_CONSULTED = 6 /* reserved */, RELATION_GUIDANCE = 7 /* reserved */, RELATION_DEPUTY = 8 /* reserved */, RELATION_OFFICIAL = 9 /* reserved */,
  RELATION_PARENT = 10 /* through the record it belongs to */, RELATION_ABOVE = 11 /* reserved: how deep the city sees */
};

enum channel_code {
  CHANNEL_NONE = 0, CHANNEL_PAGE = 1, CHANNEL_API = 2, CHANNEL_COMMAND = 3, CHANNEL_IMPORT = 4, CHANNEL_CLOCK = 5, CHANNEL_FOLLOWER = 6,
  CHANNEL_DEMO = 7, CHANNEL_HOTLINE = 8 /* reserved */, CHANNEL_OPEN311 = 9 /* reserved */, CHANNEL_FERRY = 10 /* reserved */, CHANNEL_PUBLIC = 11 /* reserved */, CHANNEL_MAIL = 12 /* reserved */
};

enum action_code {
  ACTION_NONE = 0,
  ACTION_CREATE = 1, ACTION_EDIT = 2, ACTION_VOID = 3, ACTION_DESTROY = 4, ACTION_JUDGE = 5 /* derived fields */, ACTION_IMPORT = 6,
  /* the problem's main line */
  ACTION_SUBMIT = 20, ACTION_ADMIT = 21, ACTION_ASSIGN = 22, ACTION_TAKE = 23, ACTION_START = 24, ACTION_APPLY = 25, ACTION_ENDORSE = 26,
  ACTION_ACCEPT = 27, ACTION_PUBLICISE = 28, ACTION_CLOSE = 29, ACTION_SETTLE = 30, ACTION_SEND_BACK = 31, ACTION_WITHDRAW = 32, ACTION_REOPEN = 33,
  ACTION_REPORT = 34 /* progress */, ACTION_EXTEND = 35,
  ACTION_DISPUTE = 36 /* reserved */, ACTION_RULE = 37 /* reserved */, ACTION_SUSPEND = 38 /* reserved */, ACTION_RESUME = 39 /* reserved */,
  ACTION_SPLIT = 40 /* reserved */, ACTION_MERGE = 41 /* reserved */, ACTION_TRANSFER = 42 /* reserved */, ACTION_REFUSE = 43 /* reserved */,
  ACTION_CHANGE_KIND = 44 /* reserved */, ACTION_HAND_SET_COLOUR = 45 /* reserved */,
  /* measures, appeals, topics, approvals, messages */
  ACTION_FINISH = 60, ACTION_CONFIRM = 61 /* reserved */, ACTION_ACCEPT_MEASURE = 62, ACTION_RETURN_MEASURE = 63, ACTION_ANSWER = 64, ACTION_DISMISS = 65,
  ACTION_AGREE = 66, ACTION_DISAGREE = 67, ACTION_READ = 68, ACTION_CONCLUDE = 69, ACTION_ACTIVATE = 70 /* reserved */, ACTION_RETIRE = 71, ACTION_LINK = 72 /* reserved */,
  ACTION_DISABLE = 73, ACTION_ENABLE = 74, ACTION_CALL_BACK = 75 /* reserved */, ACTION_EVALUATE = 76 /* reserved */, ACTION_OBJECT = 77 /* reserved */,
  ACTION_FREEZE = 78 /* reserved */, ACTION_CORRECT = 79 /* reserved */, ACTION_RELEASE = 80 /* reserved */, ACTION_CANCEL = 81,
  ACTION_CONTACT = 82 /* reserved */, ACTION_JOIN = 83 /* reserved: 并单 */, ACTION_CHASE = 84 /* reserved: 催办 */, ACTION_REPLY = 85 /* reserved */, ACTION_HAND_OVER = 86 /* reserved: 交接 */,
  ACTION_EXCLUDE = 87 /* reserved: 剔除 */, ACTION_NIL_REPLY = 88 /* reserved: 零报告 */, ACTION_DRAW = 89 /* reserved: 抽查 */, ACTION_RECOMMEND = 90 /* reserved */, ACTION_ADOPT = 91 /* reserved */, ACTION_ISSUE = 92 /* reserved: 印发 */
};

/* Life cycles. One number space for all types, so that a state in a list needs no type beside it. 0 = none. Ranges: problem 1–29,
   measure 30–39, appeal 40–49 and 140–159, topic 50–59, approval 60–69, message 70–79, cycle 80–89, things in force 90–99; new types from 200. */
enum {
  STATE_NONE = 0,
  /* problem */
  PROBLEM_DRAFT = 1, PROBLEM_SUBMITTED = 2, PROBLEM_ADMITTED = 3, PROBLEM_ASSIGNED = 4, PROBLEM_TAKEN = 5, PROBLEM_RECTIFYING = 6, PROBLEM_APPLIED = 7,
  PROBLEM_ENDORSED = 8, PROBLEM_ACCEPTED = 9, PROBLEM_PUBLICISED = 10, PROBLEM_CLOSED = 11, PROBLEM_SETTLED = 12, PROBLEM_WITHDRAWN = 13,
  PROBLEM_DISPUTED = 14 /* reserved */, PROBLEM_SUSPENDED = 15 /* reserved */, PROBLEM_MERGED = 16 /* reserved */, PROBLEM_SPLIT = 17 /* reserved */,
  /* measure */
  MEASURE_PLANNED = 30, MEASURE_WORKING = 31, MEASURE_FINISHED = 32, MEASURE_ACCEPTED = 33, MEASURE_CANCELLED = 34,
  /* appeal */
  APPEAL_RECEIVED = 40, APPEAL_ASSIGNED = 41, APPEAL_CONTACTED = 42 /* reserved */, APPEAL_ANSWERED = 43, APPEAL_CLOSED = 44, APPEAL_DISMISSED = 45,
  APPEAL_JOINED = 46 /* reserved: 并单 */, APPEAL_CALL_BACK_DUE = 47 /* reserved */, APPEAL_DISPUTED = 48 /* reserved */,
  /* topic */
  TOPIC_OPEN = 50, TOPIC_CONCLUDED = 51, TOPIC_CLOSED = 52,
  /* approval */
  APPROVAL_ASKED = 60, APPROVAL_AGREED = 61, APPROVAL_REFUSED = 62, APPROVAL_LAPSED = 63 /* reserved */,
  /* message */
  MESSAGE_UNREAD = 70, MESSAGE_READ = 71,
  /* cycle */
  CYCLE_RUNNING = 80, CYCLE_CLOSED = 81, CYCLE_REOPENED = 82,
  /* things that are in force or not: campaign, policy, grant, user, mapping */
  FORCE_ACTIVE = 90, FORCE_RETIRED = 91
};

enum guard_code {
  GUARD_NONE = 0,
  GUARD_HAS_OWNER_AND_DATE = 1, GUARD_UNIT_MAY_HOLD = 2, GUARD_MEASURES_PLANNED = 3, GUARD_WEIGHTS_FULL = 4, GUARD_MEASURES_ACCEPTED = 5,
  GUARD_HAS_EVIDENCE = 6, GUARD_NOT_APPLICANT = 7, GUARD_OUTSIDE_UNIT = 8, GUARD_PUBLICITY_OVER = 9, GUARD_WATCH_OVER = 10,
  GUARD_ROOT_CAUSE = 11, GUARD_REOPEN_DATE = 12, GUARD_DATES_IN_ORDER = 13, GUARD_ROLES_APART = 14, GUARD_PENDING_NONE = 15, GUARD_POLICY_NOT_PAST = 16,
  GUARD_MEETINGS_SHARE = 17, GUARD_CAMPAIGN_OPEN = 18, GUARD_APPROVER = 19, GUARD_DEPUTY_DATES = 20, GUARD_PROBLEM_OPEN = 21, GUARD_PUBLICITY_OFF = 22,
  GUARD_AT_ONCE = 23, GUARD_ENDS_VISIBLE = 24,
  GUARD_IMPORTING = 93,
  GUARD_COUNT = 100 /* room; a number without a row in rules/guards.c is free */
};
enum effect_code {
  EFFECT_NONE = 0,
  EFFECT_NUMBER = 1 /* give the next number */, EFFECT_CYCLE_OPEN = 2, EFFECT_CYCLE_MARK = 3 /* dates of this cycle */, EFFECT_CYCLE_CLOSE = 4,
  EFFECT_ROUTE = 5 /* choose the closing route */, EFFECT_BASELINE = 6 /* freeze the plan */, EFFECT_COUNT_SENT_BACK = 7, EFFECT_STAMP = 8 /* when, who */,
  EFFECT_CARRY_OUT = 9 /* the approval's pending set */, EFFECT_APPEALS_FOLLOW = 10 /* linked appeals get the answer */, EFFECT_PROGRESS = 11,
  EFFECT_ASK_APPROVAL = 12, EFFECT_DEADLINE = 13 /* date from kind and calendar */, EFFECT_RECOMPUTE_DEADLINES = 14, EFFECT_REOPEN = 15,
  EFFECT_BRING_IN = 79 /* a ledger's problem: state and dates as the file has them */,
  EFFECT_COUNT = 80 /* likewise */
};
enum route_step { STEP_ALWAYS = 0, STEP_ENDORSE = 1, STEP_ACCEPT = 2, STEP_PUBLICISE = 3, STEP_APPROVE = 4, STEP_ON_SITE = 5 /* reserved */ };

/* Choices that rules speak of. */
enum { COLOUR_NONE = 0, COLOUR_GREY = 1, COLOUR_GREEN = 2, COLOUR_RED = 3, COLOUR_ORANGE = 4, COLOUR_YELLOW = 5, COLOUR_BLUE = 6 };
enum { KIND_AT_ONCE = 1, KIND_TIME_LIMITED = 2, KIND_LONG_TERM = 3 };
enum { SOURCE_RESEARCH = 1, SOURCE_DEVELOPMENT = 2, SOURCE_APPEALS = 3, SOURCE_INSPECTION_OLD = 4, SOURCE_AUDIT_OLD = 5, SOURCE_INSPECTION_NEW = 6, SOURCE_SELF_CHECK = 7, SOURCE_AUDIT_NEW = 8 };
enum { CATEGORY_ECONOMY = 1, CATEGORY_OPENING = 2, CATEGORY_GOVERNANCE = 3, CATEGORY_LIVELIHOOD = 4, CATEGORY_PARTY = 5 };
enum { LEVEL_CITY = 1, LEVEL_UNIT = 2, LEVEL_DISTRICT = 3 /* reserved */ };
enum { ROUTE_A = 1, ROUTE_B = 2, ROUTE_C = 3 };
/* Compared by size: gaps are left for levels between. */
enum { SECRECY_OPEN = 0, SECRECY_INTERNAL = 10, SECRECY_RESTRICTED = 20, SECRECY_PLACEHOLDER = 30 /* reserved: 离线涉密占位 */ };
enum { DAY_OFF = 1, DAY_WORK = 2 };
enum { MEASURE_KIND_ACTION = 1, MEASURE_KIND_MECHANISM = 2, MEASURE_KIND_LOSS = 3, MEASURE_KIND_ACCOUNTABILITY = 4, MEASURE_KIND_SPREAD = 5, MEASURE_KIND_CAMPAIGN = 6, MEASURE_KIND_MEETING = 7, MEASURE_KIND_PAPER = 8 };
enum { LINK_ARISES_FROM = 1 /* `from` arises from `to`: from the problem, to the appeal */, LINK_SAME_MATTER = 2, LINK_ANSWERS = 3, LINK_MENTIONS = 4,
       LINK_MERGED_INTO = 5 /* reserved */, LINK_SPREAD_FROM = 6 /* reserved: 举一反三 */, LINK_ENDED_BY = 7 /* reserved: by a mechanism */, LINK_PRECEDENT = 8 /* reserved */ };
enum { UNIT_KIND_PARTY = 1, UNIT_KIND_PEOPLE = 2, UNIT_KIND_GOVERNMENT = 3, UNIT_KIND_ZONE = 4, UNIT_KIND_MASS = 5, UNIT_KIND_DISTRICT = 6, UNIT_KIND_ENTERPRISE = 7, UNIT_KIND_FINANCE = 8, UNIT_KIND_UNIVERSITY = 9, UNIT_KIND_HOSPITAL = 10,
       UNIT_KIND_INSTITUTION = 11, UNIT_KIND_DUAL = 12, UNIT_KIND_TWO_NEW = 13, UNIT_KIND_STREET = 14, UNIT_KIND_VILLAGE = 15, UNIT_KIND_CITY = 16 };
enum { PRIORITY_NORMAL = 1, PRIORITY_HIGH = 2, PRIORITY_TOP = 3 };
enum { APPEAL_KIND_CONSULTATION = 1, APPEAL_KIND_HELP = 2, APPEAL_KIND_COMPLAINT = 3, APPEAL_KIND_REPORT = 4, APPEAL_KIND_SUGGESTION = 5 };
enum { OUTCOME_SOLVED = 1, OUTCOME_EXPLAINED = 2, OUTCOME_PARTLY = 3, OUTCOME_UNSOLVED = 4 };
enum { SATISFIED = 1, SATISFIED_FAIRLY = 2, DISSATISFIED = 3 };
enum { PHASE_BEFORE = 1, PHASE_DURING = 2, PHASE_AFTER = 3 };
enum { DUE_BASIS_CALENDAR = 1, DUE_BASIS_WEEKENDS = 2 /* a year without holiday data */, DUE_BASIS_GIVEN = 3, DUE_BASIS_APPROVED = 4 /* reserved: by an approved extension */ };

/* Colour rules: permanent names of primitives, RULE_*. Changed behaviour gets a new code. */
enum {
  RULE_NONE = 0, RULE_NOT_COUNTED = 1, RULE_NOT_ASSIGNED = 2, RULE_SUSPENDED = 3, RULE_ACCEPTED = 4, RULE_OVERDUE_LONG = 5, RULE_SENT_BACK_TWICE = 6,
  RULE_REBOUND = 7, RULE_FAILED_CHECK = 8 /* reserved */, RULE_CIRCLE = 9 /* reserved */, RULE_STRONG_COMPLAINTS = 10, RULE_OVERDUE = 11,
  RULE_SENT_BACK = 12, RULE_BEHIND_PLAN = 13, RULE_DUE_SOON = 14, RULE_TO_PLAN = 15, RULE_UNDER_REVIEW = 16 /* colour as at application */, RULE_HAND_SET = 17 /* reserved */,
  RULE_STAGE_MISSED = 18 /* reserved */, RULE_COUNT = 19
};

/* Fields, by type. New ones of problem and appeal: what people give below 40, what rules write from 40 on; reserved ones keep their number. */
enum { UNIT_NAME = 1, UNIT_SHORT_NAMES = 2, UNIT_PARENT = 3, UNIT_KIND = 4, UNIT_VALID_FROM = 5, UNIT_VALID_TO = 6, UNIT_CODE = 7, UNIT_MAY_HOLD = 8, UNIT_ORDER = 9 };
enum { USER_ACCOUNT = 1, USER_NAME = 2, USER_UNIT = 3, USER_PHONE = 4, USER_LANGUAGE = 5, USER_EMAIL = 6 };
enum { GRANT_USER = 1, GRANT_ROLE = 2, GRANT_UNIT = 3, GRANT_SUBTREE = 4, GRANT_FROM = 5, GRANT_TO = 6, GRANT_SECRECY = 7, GRANT_DEPUTY_FOR = 8, GRANT_RELATION = 9 /* reserved */ };
enum { CAMPAIGN_NAME = 1, CAMPAIGN_CODE = 2, CAMPAIGN_FROM = 3, CAMPAIGN_TO = 4, CAMPAIGN_UNITS = 5, CAMPAIGN_PREFIX = 6, CAMPAIGN_NOTE = 7, CAMPAIGN_DEMO = 8 };
enum { POLICY_NAME = 1, POLICY_CAMPAIGN = 2, POLICY_FROM = 3, POLICY_COLOUR_RULES = 4, POLICY_STEPS_A = 5, POLICY_STEPS_B = 6, POLICY_STEPS_C = 7, POLICY_PUBLICITY_DAYS = 8, POLICY_WATCH_DAYS = 9,
       POLICY_REVIEW_DAYS = 10, POLICY_MEETING_SHARE = 11, POLICY_DAYS_AT_ONCE = 12, POLICY_DAYS_TIME_LIMITED = 13, POLICY_DAYS_LONG_TERM = 14, POLICY_ACCEPTORS = 15, POLICY_TAKE_DAYS = 16, POLICY_NUMBER = 17 };
enum { CALENDAR_DAY_DATE = 1, CALENDAR_DAY_KIND = 2, CALENDAR_DAY_NAME = 3, CALENDAR_DAY_NOTICE = 4 };
enum { TOPIC_TITLE = 1, TOPIC_CAMPAIGN = 2, TOPIC_WHY = 3, TOPIC_FINDINGS = 4, TOPIC_LEAD_UNIT = 5, TOPIC_JOINT_UNITS = 6, TOPIC_NUMBER = 7, TOPIC_DUE = 8, TOPIC_SECRECY = 9 };
enum {
  PROBLEM_NUMBER = 1, PROBLEM_TITLE = 2, PROBLEM_DETAIL = 3, PROBLEM_CAMPAIGN = 4, PROBLEM_CATEGORY = 5, PROBLEM_SOURCE = 6, PROBLEM_KIND = 7, PROBLEM_LEVEL = 8,
  PROBLEM_PRIORITY = 9, PROBLEM_HARD = 10, PROBLEM_ROOT_CAUSE = 11, PROBLEM_GOAL = 12, PROBLEM_LEAD_UNIT = 13, PROBLEM_JOINT_UNITS = 14, PROBLEM_OFFICIAL = 15,
  PROBLEM_OWNER = 16, PROBLEM_DUE = 17, PROBLEM_DUE_ORIGINAL = 18, PROBLEM_DUE_BASIS = 19, PROBLEM_SECRECY = 20, PROBLEM_ROUTE = 21, PROBLEM_PARENT = 22,
  PROBLEM_COUNTED = 23, PROBLEM_HISTORIC = 24, PROBLEM_PROGRESS_NOTE = 25, PROBLEM_REMARK = 26,
  PROBLEM_OTHER_COLUMNS = 39 /* what the file had beside, JSON */,
  /* derived */
  PROBLEM_COLOUR = 40, PROBLEM_COLOUR_RULE = 41, PROBLEM_COLOUR_SINCE = 42, PROBLEM_COLOUR_NEXT = 43, PROBLEM_COLOUR_POLICY = 44, PROBLEM_COLOUR_WHY = 45 /* numbers of the sentence, JSON */,
  PROBLEM_PROGRESS = 46 /* accepted weight */, PROBLEM_PLANNED = 47 /* planned weight by now, at the last judgement */, PROBLEM_CYCLE = 48 /* which cycle runs: 1, 2, … */,
  PROBLEM_SENT_BACK = 49 /* at acceptance, in this cycle */, PROBLEM_ADMITTED_ON = 50, PROBLEM_ASSIGNED_ON = 51, PROBLEM_TAKEN_ON = 52, PROBLEM_APPLIED_ON = 53, PROBLEM_ENDORSED_ON = 54,
  PROBLEM_ACCEPTED_ON = 55, PROBLEM_PUBLICISED_ON = 56, PROBLEM_CLOSED_ON = 57, PROBLEM_SETTLED_ON = 58, PROBLEM_REOPENED_ON = 59, PROBLEM_APPLICANT = 60, PROBLEM_ENDORSER = 61,
  PROBLEM_ACCEPTOR = 62, PROBLEM_COLOUR_AT_APPLICATION = 63, PROBLEM_APPEALS = 64 /* linked */, PROBLEM_PUBLICITY_UNTIL = 65, PROBLEM_WATCH_UNTIL = 66, PROBLEM_REVIEW_UNTIL = 67,
  PROBLEM_BASELINE_ON = 68, PROBLEM_EVER_RED = 69, PROBLEM_REBOUNDS = 70,
  /* reserved: people as users beside those given by name (people without accounts), what the ledger in full needs */
  PROBLEM_OFFICIAL_USER = 71, PROBLEM_OWNER_USER = 72, PROBLEM_CATEGORY_RECORD = 73 /* a campaign's own list; CATEGORY keeps the five */, PROBLEM_ACCEPTORS = 74,
  PROBLEM_LED_BY = 75 /* the 3 and the 61: two boards */, PROBLEM_LEADER = 76, PROBLEM_HAND_COLOUR = 77, PROBLEM_HAND_COLOUR_UNTIL = 78, PROBLEM_SUSPENDED_UNTIL = 79,
  PROBLEM_TRANSFERS = 80, PROBLEM_EXTENSIONS = 81, PROBLEM_PLACEHOLDER = 82, PROBLEM_OLD_STOCK = 83,
  /* what figures need beside (rules/figures.h): the closing that was re-opened last, when an admission was entered, when withdrawn */
  PROBLEM_CLOSED_BEFORE = 120, PROBLEM_WATCH_BEFORE = 121, PROBLEM_ADMITTED_ENTERED = 122, PROBLEM_WITHDRAWN_ON = 123,
  /* brought in from a ledger: whose, which row, what the cells said */
  PROBLEM_IMPORT_SOURCE = 130 /* mapping */, PROBLEM_SOURCE_KEY = 131 /* mapping:key, unique */, PROBLEM_FINGERPRINT = 132 /* of the last imported row */, PROBLEM_MISSING = 133,
  PROBLEM_FILE_SHEET = 134, PROBLEM_FILE_ROW = 135, PROBLEM_FILE_NUMBER = 136, PROBLEM_DUE_TEXT = 137, PROBLEM_IMPORTED_ON = 138
};
enum { CYCLE_PROBLEM = 1, CYCLE_ORDINAL = 2, CYCLE_BEGAN = 3, CYCLE_DUE = 4, CYCLE_APPLIED_ON = 5, CYCLE_ACCEPTED_ON = 6, CYCLE_CLOSED_ON = 7, CYCLE_WHY = 8, CYCLE_SENT_BACK = 9, CYCLE_LEAD_UNIT = 10 };
enum { MEASURE_PROBLEM = 1, MEASURE_CYCLE = 2, MEASURE_TITLE = 3, MEASURE_KIND = 4, MEASURE_WEIGHT = 5, MEASURE_START = 6, MEASURE_DUE = 7, MEASURE_OWNER = 8, MEASURE_UNIT = 9, MEASURE_NOTE = 10,
       MEASURE_DONE_ON = 11, MEASURE_ACCEPTED_ON = 12, MEASURE_BASE_START = 13, MEASURE_BASE_DUE = 14, MEASURE_BASE_WEIGHT = 15, MEASURE_OWNER_USER = 16 /* reserved */ };
enum { APPEAL_NUMBER = 1, APPEAL_TITLE = 2, APPEAL_TEXT = 3, APPEAL_MADE_AT = 4, APPEAL_PERSON = 5, APPEAL_PHONE = 6, APPEAL_UNIT = 7, APPEAL_PLACE = 8, APPEAL_POINT = 9, APPEAL_KIND = 10, APPEAL_CATEGORY = 11,
       APPEAL_DUE = 12, APPEAL_ANSWER = 13, APPEAL_ANSWERED_ON = 14, APPEAL_OUTCOME = 15, APPEAL_SATISFACTION = 16, APPEAL_WHISTLE = 17, APPEAL_UP_VOTES = 18, APPEAL_DOWN_VOTES = 19, APPEAL_SECRECY = 20, APPEAL_HISTORIC = 21,
       APPEAL_SOURCE = 40 /* mapping */, APPEAL_SOURCE_KEY = 41 /* mapping:number, unique */, APPEAL_FINGERPRINT = 42 /* of the last imported row */, APPEAL_MISSING = 43, APPEAL_TEXT_HASH = 44,
       APPEAL_DUE_BASIS = 45, APPEAL_PROBLEM = 46 /* the problem it was linked to last */,
       APPEAL_PERSON_KEY = 47 /* reserved: keyed hash, for distinct people */, APPEAL_EVENT = 48 /* reserved */, APPEAL_CLASS = 49 /* reserved */, APPEAL_CONTACTED_ON = 50 /* reserved */ };
enum { EVIDENCE_PROBLEM = 1, EVIDENCE_MEASURE = 2, EVIDENCE_CYCLE = 3, EVIDENCE_TITLE = 4, EVIDENCE_FILE = 5, EVIDENCE_FILE_NAME = 6, EVIDENCE_MEDIA_TYPE = 7, EVIDENCE_SIZE = 8, EVIDENCE_TAKEN_ON = 9, EVIDENCE_NOTE = 10, EVIDENCE_PHASE = 11,
       /* reserved: evidence of other records, data as proof, where and when, pictures used before */
       EVIDENCE_OF_TYPE = 12, EVIDENCE_OF_ID = 13, EVIDENCE_KIND = 14, EVIDENCE_POINT = 15, EVIDENCE_TAKEN_AT = 16, EVIDENCE_PICTURE_HASH = 17 };
enum { LINK_KIND = 1, LINK_FROM_TYPE = 2, LINK_FROM_ID = 3, LINK_TO_TYPE = 4, LINK_TO_ID = 5, LINK_NOTE = 6 };
enum { APPROVAL_TITLE = 1, APPROVAL_TYPE = 2, APPROVAL_RECORD = 3, APPROVAL_PENDING = 4 /* JSON change set */, APPROVAL_ASKED_BY = 5, APPROVAL_NEEDED = 6, APPROVAL_GIVEN = 7, APPROVAL_REASON = 8, APPROVAL_UNIT = 9, APPROVAL_OPINION = 10, APPROVAL_FIRST_BY = 11, APPROVAL_AGREED_BY = 12 /* reserved: all who agreed */ };
enum { IMPORT_MAPPING_NAME = 1, IMPORT_MAPPING_TYPE = 2, IMPORT_MAPPING_COLUMNS = 3 /* JSON: header → field */, IMPORT_MAPPING_KEY = 4, IMPORT_MAPPING_NOTE = 5,
       IMPORT_MAPPING_UNIT = 6 /* whose ledger */, IMPORT_MAPPING_CAMPAIGN = 7, IMPORT_MAPPING_MATCH = 8, IMPORT_MAPPING_CHOICES = 9 /* JSON: row's key → problem it is */ };
enum { MATCH_NUMBER = 1, MATCH_TITLE = 2 };
enum { MESSAGE_USER = 1, MESSAGE_TITLE = 2, MESSAGE_TEXT = 3, MESSAGE_TYPE = 4, MESSAGE_RECORD = 5, MESSAGE_ENTRY = 6, MESSAGE_KEY = 7 };

#endif
