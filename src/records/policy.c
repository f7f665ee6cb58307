/* The policy 规则口径: the numbers of a campaign, valid from a date that is not before it was entered. A new policy never changes an old one:
   colours of then are recomputed with the policy of then. */
#include "records/types.h"

static const struct choice behalf_actions[] = { /* what may be entered for somebody who decided on paper */
  {BEHALF_ENDORSE, "endorse", {"签字", "Endorse"}}, {BEHALF_AGREE, "agree", {"同意", "Agree"}}, {BEHALF_ADVISE, "advise", {"批示", "Advise"}}, {0}};
static const struct choice presets[] = { /* domain-facts 7; the rules of each stand in src/rules/colour_presets.c */
  {PRESET_DEFAULT, "default", {"本系统默认", "Ours by default"}}, {PRESET_FIVE, "five", {"五色建议", "Five colours, proposed"}}, {PRESET_DAZU, "dazu", {"大足五色督办", "Dazu, five colours"}},
  {PRESET_SUQIAN, "suqian", {"宿迁三色督办单", "Suqian, three slips"}}, {PRESET_SANMING, "sanming", {"三明三色督查单", "Sanming, three slips"}}, {PRESET_GUANGYUAN, "guangyuan", {"广元红黄蓝", "Guangyuan, red, yellow, blue"}},
  {PRESET_OUHAI, "ouhai", {"瓯海三色", "Ouhai, three colours"}}, {PRESET_SHENZHEN, "shenzhen", {"深圳工期预警", "Shenzhen, days behind"}}, {0}};
static const struct choice deadline_presets[] = { /* domain-facts 1.3, 3, 6; the rows of each stand in src/rules/deadlines.c */
  {DEADLINES_HOTLINE, "hotline", {"热线诉求(工作日)", "Hotline appeals, working days"}}, {DEADLINES_PETITION, "petition", {"信访(自然日)", "Petitions, natural days"}},
  {DEADLINES_INSPECTION, "inspection", {"巡视", "Inspection"}}, {DEADLINES_AUDIT, "audit", {"审计", "Audit"}}, {DEADLINES_ALL, "by_source", {"按来源合用", "By source, together"}}, {0}};
static const struct choice chase_mails[] = {{CHASE_MAIL_WITH_DIGEST, "with_digest", {"随每日摘要", "In the daily digest"}}, {CHASE_MAIL_AT_ONCE, "at_once", {"即时单发", "At once, one by one"}}, {0}};
static const struct choice weekdays[] = {
  {1, "monday", {"周一", "Monday"}}, {2, "tuesday", {"周二", "Tuesday"}}, {3, "wednesday", {"周三", "Wednesday"}}, {4, "thursday", {"周四", "Thursday"}}, {5, "friday", {"周五", "Friday"}},
  {6, "saturday", {"周六", "Saturday"}}, {7, "sunday", {"周日", "Sunday"}}, {0}};

static const struct field fields[] = {
  {POLICY_NAME, "name", {"名称", "Name"}, F_TEXT, FIELD_REQUIRED | FIELD_LISTED, 2, 80},
  {POLICY_CAMPAIGN, "campaign", {"专项工作", "Campaign"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_CAMPAIGN},
  {POLICY_FROM, "valid_from", {"生效日期", "Valid from"}, F_DATE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED},
  {POLICY_COLOUR_RULES, "colour_rules", {"颜色规则", "Colour rules"}, F_LONG_TEXT, FIELD_FIXED, 0, 5000},
  {POLICY_STEPS_A, "steps_a", {"甲类环节", "Steps of route A"}, F_CHOICES, FIELD_FIXED, .choices = STEP_CHOICES, .preset = 1 << STEP_ENDORSE | 1 << STEP_ACCEPT | 1 << STEP_PUBLICISE | 1 << STEP_APPROVE | 1 << STEP_ON_SITE, .has_preset = true},
  {POLICY_STEPS_B, "steps_b", {"乙类环节", "Steps of route B"}, F_CHOICES, FIELD_FIXED, .choices = STEP_CHOICES, .preset = 1 << STEP_ENDORSE | 1 << STEP_ACCEPT | 1 << STEP_APPROVE, .has_preset = true},
  {POLICY_STEPS_C, "steps_c", {"丙类环节", "Steps of route C"}, F_CHOICES, FIELD_FIXED, .choices = STEP_CHOICES, .preset = 0, .has_preset = true},
  {POLICY_PUBLICITY_DAYS, "publicity_days", {"公示工作日", "Publicity, working days"}, F_INTEGER, FIELD_FIXED, 1, 60, .preset = 5, .has_preset = true}, /* domain-facts 5 */
  {POLICY_WATCH_DAYS, "watch_days", {"巩固期天数", "Watch period, days"}, F_INTEGER, FIELD_FIXED, 0, 1000, .preset = 180, .has_preset = true},
  {POLICY_REVIEW_DAYS, "review_days", {"审核工作日", "Review, working days"}, F_INTEGER, FIELD_FIXED, 1, 60, .preset = 5, .has_preset = true}, /* PRACTICE.md, closing by risk */
  {POLICY_MEETING_SHARE, "meeting_share", {"会议发文权重上限", "Most weight for meetings and papers"}, F_WEIGHT, FIELD_FIXED, 0, 10000, .preset = 1000, .has_preset = true},
  {POLICY_DAYS_AT_ONCE, "days_at_once", {"即知即改天数", "Days, at once"}, F_INTEGER, FIELD_FIXED, 1, 400, .preset = 15, .has_preset = true},
  {POLICY_DAYS_TIME_LIMITED, "days_time_limited", {"限期整改天数", "Days, time-limited"}, F_INTEGER, FIELD_FIXED, 1, 1000, .preset = 90, .has_preset = true},
  {POLICY_DAYS_LONG_TERM, "days_long_term", {"长期整改天数", "Days, long-term"}, F_INTEGER, FIELD_FIXED, 1, 4000, .preset = 365, .has_preset = true},
  {POLICY_ACCEPTORS, "acceptors", {"验收人数(乙、丙类)", "Acceptors, routes B and C"}, F_INTEGER, FIELD_FIXED, 1, 5, .preset = 1, .has_preset = true},
  {POLICY_TAKE_DAYS, "take_days", {"签收工作日", "Take within, working days"}, F_INTEGER, FIELD_FIXED, 1, 30, .preset = 2, .has_preset = true},
  {POLICY_ROUNDS_A_MONTH, "rounds_a_month", {"每月报送次数", "Rounds a month"}, F_INTEGER, FIELD_FIXED, 1, 31, .preset = 1, .has_preset = true}, /* PRACTICE.md, less burden */
  {POLICY_REMIND_DAYS, "remind_days", {"报送提前提醒天数", "Reminded before due, days"}, F_INTEGER, FIELD_FIXED, 0, 30, .preset = 3, .has_preset = true},
  {POLICY_ANSWER_SIGNED, "answer_signed", {"报送须主要负责人签字", "Answers are signed by the unit head"}, F_YES_NO, FIELD_FIXED, .preset = 0, .has_preset = true},
  {POLICY_SLIP_APPROVERS, "slip_approvers", {"更正单审批人数", "Approvers of a correction slip"}, F_INTEGER, FIELD_FIXED, 1, 2, .preset = 2, .has_preset = true},
  {POLICY_ROUND_APPROVERS, "round_approvers", {"加报审批人数", "Approvers of a further round"}, F_INTEGER, FIELD_FIXED, 1, 2, .preset = 1, .has_preset = true},
  {POLICY_STAGE_DAYS, "stage_days", {"长期整改阶段间隔天数", "Days between stages of long-term ones"}, F_INTEGER, FIELD_FIXED, 7, 400, .preset = 90, .has_preset = true}, /* PRACTICE.md, hand-overs */
  /* hand-overs (PRACTICE.md); days to refuse: domain-facts 1.3 */
  {POLICY_EXTENSIONS_MOST, "extensions_most", {"延期次数上限", "Most extensions"}, F_INTEGER, FIELD_FIXED, 0, 20, .preset = 2, .has_preset = true},
  {POLICY_EXTENSION_DAYS, "extension_days", {"累计延期天数上限", "Most days of extension together"}, F_INTEGER, FIELD_FIXED, 1, 4000, .preset = 90, .has_preset = true},
  {POLICY_EXTENSION_SHARE, "extension_share", {"累计延期占首期比例上限", "Most extension, share of the first term"}, F_WEIGHT, FIELD_FIXED, 0, 10000, .preset = 10000, .has_preset = true},
  {POLICY_SUSPENSION_DAYS, "suspension_days", {"挂账天数上限", "Most days of suspension"}, F_INTEGER, FIELD_FIXED, 1, 400, .preset = 183, .has_preset = true},
  {POLICY_KIND_CHANGE_DAYS, "kind_change_days", {"类型变更天数上限", "Most days of another kind"}, F_INTEGER, FIELD_FIXED, 1, 400, .preset = 183, .has_preset = true},
  {POLICY_DISPUTE_DAYS, "dispute_days", {"异议工作日", "Dispute within, working days"}, F_INTEGER, FIELD_FIXED, 1, 60, .preset = 2, .has_preset = true},
  {POLICY_REFUSE_DAYS, "refuse_days", {"退回转办工作日", "Refuse a transfer within, working days"}, F_INTEGER, FIELD_FIXED, 1, 60, .preset = 2, .has_preset = true},
  {POLICY_OWN_DAYS, "own_days", {"接收单位至少工作日", "A receiver's own days, working days"}, F_INTEGER, FIELD_FIXED, 0, 60, .preset = 3, .has_preset = true},
  {POLICY_RULING_DAYS, "ruling_days", {"裁定工作日", "Rule within, working days"}, F_INTEGER, FIELD_FIXED, 1, 60, .preset = 2, .has_preset = true},
  {POLICY_REFUSALS_MOST, "refusals_most", {"第几次退回转入裁定", "Refusals that lead to a ruling"}, F_INTEGER, FIELD_FIXED, 1, 20, .preset = 2, .has_preset = true},
  {POLICY_BEHALF_ACTIONS, "behalf_actions", {"可代录事项", "What may be entered on behalf"}, F_CHOICES, FIELD_FIXED, .choices = behalf_actions, .preset = 1 << BEHALF_ENDORSE | 1 << BEHALF_AGREE | 1 << BEHALF_ADVISE, .has_preset = true},
  /* clocks and chasing (PRACTICE.md, less burden, daily work 5); hours of the store's zone */
  {POLICY_DEADLINES, "deadlines", {"按来源的期限", "Days by source"}, F_LONG_TEXT, FIELD_FIXED, 0, 5000},
  {POLICY_DEADLINE_PRESET, "deadline_preset", {"期限预设", "Preset of days by source"}, F_CHOICE, FIELD_FIXED, .choices = deadline_presets},
  {POLICY_CHASING, "chasing", {"提醒和催办", "Warnings and chasing"}, F_LONG_TEXT, FIELD_FIXED, 0, 5000},
  {POLICY_DIGEST_HOUR, "digest_hour", {"每日摘要钟点", "Hour of the daily digest"}, F_INTEGER, FIELD_FIXED, 0, 23, .preset = 8, .has_preset = true},
  {POLICY_QUIET_FROM, "quiet_from", {"免打扰起(钟点)", "Quiet from, hour"}, F_INTEGER, FIELD_FIXED, 0, 23, .preset = 20, .has_preset = true},
  {POLICY_QUIET_TO, "quiet_to", {"免打扰止(钟点)", "Quiet to, hour"}, F_INTEGER, FIELD_FIXED, 0, 23, .preset = 8, .has_preset = true}, /* the same as from: never */
  {POLICY_WEEKLY_DAY, "weekly_day", {"领导周报日", "Day of the leaders' weekly list"}, F_CHOICE, FIELD_FIXED, .choices = weekdays, .preset = 1, .has_preset = true},
  {POLICY_WEEKLY_MOST, "weekly_most", {"领导周报最多几条", "Most items of the weekly list"}, F_INTEGER, FIELD_FIXED, 0, 5, .preset = 5, .has_preset = true},
  {POLICY_WEEKLY_RED_DAYS, "weekly_red_days", {"红色满几天报领导", "Red for so many days: to leaders"}, F_INTEGER, FIELD_FIXED, 1, 400, .preset = 14, .has_preset = true},
  {POLICY_MAIL_DAYS, "mail_days", {"邮件重试天数", "Mail is tried for, days"}, F_INTEGER, FIELD_FIXED, 1, 30, .preset = 3, .has_preset = true},
  {POLICY_CHASE_MAIL, "chase_mail", {"催办邮件", "Chases by mail"}, F_CHOICE, FIELD_FIXED, .choices = chase_mails, .preset = CHASE_MAIL_WITH_DIGEST, .has_preset = true}, /* PRACTICE.md, less burden: to units one digest a day */
  {POLICY_CHASE_REPLY_DAYS, "chase_reply_days", {"催办答复工作日", "Answer a chase within, working days"}, F_INTEGER, FIELD_FIXED, 1, 30, .preset = 3, .has_preset = true},
  /* strong complaints (PRACTICE.md, colours): how many people is the rule's own number; the usual is a mean over so many such windows
     before */
  {POLICY_COMPLAINT_DAYS, "complaint_days", {"群众反映统计天数", "Complaints are counted over, days"}, F_INTEGER, FIELD_FIXED, 1, 180, .preset = 30, .has_preset = true},
  {POLICY_COMPLAINT_TIMES, "complaint_times", {"达到平时几倍为反映强烈", "Strong from so many times the unit's usual"}, F_INTEGER, FIELD_FIXED, 1, 100, .preset = 2, .has_preset = true},
  {POLICY_COMPLAINT_WINDOWS, "complaint_windows", {"平时反映按此前几期平均", "The usual is the mean of so many such spans before"}, F_INTEGER, FIELD_FIXED, 1, 24, .preset = 6, .has_preset = true},
  /* signals of sham rectification, and what is ranked (PRACTICE.md, hand-overs and less burden) */
  {POLICY_SIGNAL_TEXTS, "signal_texts", {"雷同进展次数", "Updates alike that are a signal"}, F_INTEGER, FIELD_FIXED, 2, 50, .preset = 3, .has_preset = true},
  {POLICY_SIGNAL_LAST_DAYS, "signal_last_days", {"轮次末几天销号为迹象", "Last days of a round that are a signal"}, F_INTEGER, FIELD_FIXED, 1, 31, .preset = 3, .has_preset = true},
  {POLICY_SIGNAL_EXTENSIONS, "signal_extensions", {"延期几次为迹象", "Extensions that are a signal"}, F_INTEGER, FIELD_FIXED, 1, 20, .preset = 2, .has_preset = true},
  {POLICY_SIGNAL_APPEAL_DAYS, "signal_appeal_days", {"销号后多少天看诉求", "Days after closing before appeals are looked at"}, F_INTEGER, FIELD_FIXED, 1, 90, .preset = 30, .has_preset = true},
  /* appeals: clocks, call-backs, three rates (domain-facts 1.3, 1.4; PRACTICE.md, definitions). An appeal belongs to no campaign: the
     newest policy in force holds */
  {POLICY_APPEAL_CLOCKS, "appeal_clocks", {"诉求期限", "Clocks of appeals"}, F_LONG_TEXT, FIELD_FIXED, 0, 5000},
  {POLICY_APPEAL_SOON_HOURS, "appeal_soon_hours", {"诉求将到期(提前小时)", "Appeals due soon, hours before"}, F_INTEGER, FIELD_FIXED, 0, 720, .preset = 24, .has_preset = true},
  {POLICY_APPEAL_RETURN_DAYS, "appeal_return_days", {"退单工作日", "Send an appeal back within, working days"}, F_INTEGER, FIELD_FIXED, 1, 30, .preset = 2, .has_preset = true},
  {POLICY_CALL_BACK_DAYS, "call_back_days", {"答复后几天回访", "Called back after the answer, days"}, F_INTEGER, FIELD_FIXED, 0, 60, .preset = 1, .has_preset = true},
  {POLICY_CALL_ATTEMPTS, "call_attempts", {"回访最多次数", "Most attempts to call back"}, F_INTEGER, FIELD_FIXED, 1, 20, .preset = 3, .has_preset = true},
  {POLICY_EXCLUSION_REASONS, "exclusion_reasons", {"可剔除的理由", "Reasons for exclusion"}, F_CHOICES, FIELD_FIXED, .choices = EXCLUSION_CHOICES, .preset = 0x1FE, .has_preset = true},
  {POLICY_FAIRLY_SHARE, "fairly_share", {"基本满意折算", "Fairly satisfied counts as"}, F_WEIGHT, FIELD_FIXED, 0, 10000, .preset = 9000, .has_preset = true},
  {POLICY_RESPONSE_WEIGHT, "response_weight", {"综合:响应率权重", "Combined: weight of response"}, F_WEIGHT, FIELD_FIXED, 0, 10000, .preset = 1000, .has_preset = true},
  {POLICY_SOLUTION_WEIGHT, "solution_weight", {"综合:解决率权重", "Combined: weight of solution"}, F_WEIGHT, FIELD_FIXED, 0, 10000, .preset = 5000, .has_preset = true},
  {POLICY_REACHED_LEAST, "reached_least", {"参与比较的最低接通率", "Least share reached that is ranked"}, F_WEIGHT, FIELD_FIXED, 0, 10000, .preset = 3000, .has_preset = true},
  {POLICY_RANKED_LEAST, "ranked_least", {"参与比较的最少件数", "Least count that is ranked"}, F_INTEGER, FIELD_FIXED, 1, 1000, .preset = 30, .has_preset = true},
  {POLICY_ALERT_DAYS, "alert_days", {"反弹预警认定工作日", "Decide on an alert within, working days"}, F_INTEGER, FIELD_FIXED, 1, 60, .preset = 5, .has_preset = true}, /* as a recheck: PRACTICE.md, hand-overs */
  /* intake: people decide, unless certainty from here on decides; 0 never (then the program only suggests) */
  {POLICY_CLASSIFY_BOUND, "classify_bound", {"程序定分类的最低把握(0 为不定)", "Certainty from which the program sets a category (0: never)"}, F_WEIGHT, FIELD_FIXED, 0, 10000, .preset = 0, .has_preset = true},
  {POLICY_LEARN_AFTER, "learn_after", {"新认定满几条重新学习(0 为不自动)", "Decisions after which suggestions are learnt anew (0: never by itself)"}, F_INTEGER, FIELD_FIXED, 0, 1000000, .preset = 200, .has_preset = true},
  {POLICY_LEARN_HOURS, "learn_hours", {"两次学习至少隔几小时", "Hours between two learnings, at least"}, F_INTEGER, FIELD_FIXED, 1, 8760, .preset = 24, .has_preset = true},
  /* does a mechanism work (PRACTICE.md, definitions: of mechanisms at least six months old, those with appeals of the class at most 70 % of
     before) */
  {POLICY_MECHANISM_MONTHS, "mechanism_months", {"制度施行满几个月才评", "A mechanism is judged after, months"}, F_INTEGER, FIELD_FIXED, 1, 24, .preset = 6, .has_preset = true},
  {POLICY_MECHANISM_SHARE, "mechanism_share", {"诉求降到几成以下为有效", "It works when appeals are at most"}, F_WEIGHT, FIELD_FIXED, 0, 10000, .preset = 7000, .has_preset = true},
  /* publication (PRACTICE.md, hand-overs: bad evaluations) */
  {POLICY_RECHECK_DAYS, "recheck_days", {"异议、差评核实工作日", "An objection or a bad evaluation is looked into within, working days"}, F_INTEGER, FIELD_FIXED, 1, 60, .preset = 5, .has_preset = true},
  {POLICY_REPLY_DAYS, "reply_days", {"认定后答复工作日(异议、差评)", "Reply after the verdict within, working days (objections, bad evaluations)"}, F_INTEGER, FIELD_FIXED, 1, 60, .preset = 5, .has_preset = true},
  {POLICY_RELEASE_FIRST, "release_first", {"先发布后公示", "Released before it is publicised"}, F_YES_NO, FIELD_FIXED, .preset = 0, .has_preset = true},
  {POLICY_PUBLIC_APPEALS, "public_appeals", {"门户受理诉求(诉求按本专项口径办理时)", "The portal takes appeals (while they go by this campaign's policy)"}, F_YES_NO, FIELD_FIXED, .preset = 0, .has_preset = true}, /* the hotline is the one number */
  {POLICY_PUBLIC_A_DAY, "public_a_day", {"每个网络地址每天来件上限", "Most submissions of one address a day"}, F_INTEGER, FIELD_FIXED, 1, 1000, .preset = 10, .has_preset = true},
  {POLICY_WITHHELD_LEAST, "withheld_least", {"不公开件数满几件才分列理由", "Withheld problems are told by reason from so many on"}, F_INTEGER, FIELD_FIXED, 2, 100, .preset = 5, .has_preset = true}, /* fewer might tell which one it is */
  /* closing by risk (PRACTICE.md) */
  {POLICY_PRESET, "preset", {"颜色预设", "Colour preset"}, F_CHOICE, FIELD_FIXED, .choices = presets},
  {POLICY_ROUTES, "routes", {"销号路径规则", "Which closing route"}, F_LONG_TEXT, FIELD_FIXED, 0, 5000},
  {POLICY_ACCEPTORS_A, "acceptors_a", {"验收人数(甲类)", "Acceptors, route A"}, F_INTEGER, FIELD_FIXED, 1, 5, .preset = 2, .has_preset = true},
  {POLICY_DRAW_B, "draw_b", {"乙类现场抽查比例", "Share of B drawn for a visit"}, F_WEIGHT, FIELD_FIXED, 0, 10000, .preset = 2000, .has_preset = true},
  {POLICY_DRAW_C, "draw_c", {"丙类抽查比例", "Share of C drawn for checking"}, F_WEIGHT, FIELD_FIXED, 0, 10000, .preset = 1000, .has_preset = true},
  {POLICY_DRAW_SEED, "draw_seed", {"抽查种子", "Seed of the draw"}, F_TEXT, FIELD_FIXED, 0, 80, .readers = ROLE(ROLE_OFFICE) | ROLE(ROLE_REVIEWER) | ROLE(ROLE_AUDIT_ADMINISTRATOR)}, /* made when left empty */
  {POLICY_HAND_COLOUR_DAYS, "hand_colour_days", {"人工颜色最长天数", "Longest days of a colour set by hand"}, F_INTEGER, FIELD_FIXED, 1, 365, .preset = 30, .has_preset = true},
  {POLICY_SEND_BACK_DAYS, "send_back_days", {"验收退回新期限最长天数", "Longest days of a new date when sent back"}, F_INTEGER, FIELD_FIXED, 1, 365, .preset = 30, .has_preset = true},
  {POLICY_REVIEW_ORANGE_DAYS, "review_orange_days", {"审核超期转橙工作日", "Review late: orange after, working days"}, F_INTEGER, FIELD_FIXED, 1, 60, .preset = 5, .has_preset = true},
  {POLICY_DISSATISFIED_BLOCKS, "dissatisfied_blocks", {"不满意不销号的路径", "Routes that dissatisfied people stop"}, F_CHOICES, FIELD_FIXED, .choices = ROUTE_CHOICES, .preset = 1 << ROUTE_A, .has_preset = true},
  {POLICY_REOPEN_SHARE, "reopen_share", {"重开期限占首期比例", "Term after re-opening, share of the first"}, F_WEIGHT, FIELD_FIXED, 1, 10000, .preset = 5000, .has_preset = true},
  {POLICY_ROOT_CAUSE_KINDS, "root_cause_kinds", {"须写原因分析的类型", "Kinds that need a root cause"}, F_CHOICES, FIELD_FIXED, .choices = KIND_CHOICES, .preset = 1 << KIND_TIME_LIMITED | 1 << KIND_LONG_TERM, .has_preset = true}, /* PRACTICE.md, the frame */
  {POLICY_NUMBER, "number", {"版本", "Version"}, F_INTEGER, FIELD_DERIVED | FIELD_LISTED},
};
#define OFFICE ROLE(ROLE_OFFICE)
static const struct transition transitions[] = {
  {0, ACTION_CREATE, FORCE_ACTIVE, OFFICE, RELATION_ANY, {GUARD_POLICY_NOT_PAST, GUARD_RATE_WEIGHTS, GUARD_CLASSIFY_BOUND}, .effects = {EFFECT_NUMBER, EFFECT_POLICY_PRESET}, .label = {"新口径", "New policy"}},
};
static const struct permission permissions[] = {{ROLES_ALL, RELATION_ANY, MAY_READ}, {OFFICE, RELATION_ANY, MAY_CREATE}};
const struct record_type TYPE_POLICY = {
  .id = RECORD_POLICY, .name = "policy", .plural = "policies", .label = {"口径", "Policy"}, .label_plural = {"口径", "Policies"},
  FIELDS(fields), .states = FORCE_STATES, .first = FORCE_ACTIVE, TRANSITIONS(transitions), PERMISSIONS(permissions), .group = GROUP_RULES, .title = POLICY_NAME};
