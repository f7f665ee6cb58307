/* Guards as functions of facts, a row a case: what is given, and words of the sentence that says why not. Those about closing stand in
   test_rules_closing.c, others with their subject; tests/documents.sh asks that each guard is named by some unit test. */
#include <stdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "rules/calendar.h"
#include "rules/guards.h"
#include "rules/policy.h"

enum { TODAY = 20780 /* a Tuesday */, ME = 7, SOMEBODY = 8, UNIT = 31, OTHER_UNIT = 32 };

static int open_arena(void **state) {
  *state = arena_new();
  return 0;
}
static int close_arena(void **state) {
  arena_free(*state);
  return 0;
}

/* Facts as a guard gets them; before, after, parent and other are rows that a case fills. */
struct world {
  struct arena *arena;
  struct guard_facts facts;
  struct authority me;
  struct held held;
  struct policy policy;
  struct calendar calendar;
  struct transition arrow;
  struct row *before, *after, *parent, *other;
};
static struct row *make(struct arena *arena, enum record_id type, state_code state, int64_t id) {
  struct row *row = row_new(arena, record_type(type));
  row->id = id;
  row->state = state;
  return row;
}

/* ---- what a case changes beside the numbers in its row ---- */

typedef void make_so(struct world *world);
static void parent(struct world *world, enum record_id type, state_code state) {
  world->facts.parent = world->parent = make(world->arena, type, state, 3);
}
static void texts(struct world *world, uint16_t field, const char *text) {
  row_set_text(world->before, field, text);
  row_set_text(world->after, field, text);
}
static void many(struct row *row, uint16_t field, const int64_t *ids, size_t count) {
  struct value value = value_many(field, ids, count);
  row_set(row, &value);
}

static void so_reckoned(struct world *world) { world->arrow.effects[0] = EFFECT_DEADLINE; }
static void so_for_somebody(struct world *world) { world->facts.behalf = SOMEBODY; }
static void so_both_ends(struct world *world) { world->facts.from_there = world->facts.to_there = true; }
static void so_one_end(struct world *world) { world->facts.from_there = true; }
static void so_importing(struct world *world) { world->facts.importing = true; }
static void round_is(struct world *world, state_code state) { world->facts.round = make(world->arena, RECORD_ROUND, state, 4); }
static void so_round_open(struct world *world) { round_is(world, ROUND_OPEN); }
static void so_round_collected(struct world *world) { round_is(world, ROUND_COLLECTED); }
static void so_awaited(struct world *world) { world->facts.awaited = 3; }
static void so_reminded(struct world *world) { world->facts.reminded = true; }
static void so_no_figure(struct world *world) { texts(world, CORRECTION_FIGURE, "没有这一项"); }
static void so_no_such_state(struct world *world) { texts(world, CORRECTION_FIGURE, "state"), texts(world, CORRECTION_IS, "飞了"); }
static void so_indicator(struct world *world) {
  parent(world, RECORD_INDICATOR, FORCE_ACTIVE), row_set_integer(world->parent, INDICATOR_BASE_ON, TODAY - 9);
}
static void so_indicator_retired(struct world *world) { parent(world, RECORD_INDICATOR, FORCE_RETIRED); }
static void so_alerts(struct world *world) { world->facts.alerts = 2; }
static void so_district(struct world *world) { texts(world, UNIT_OUTLINE, "[]"); }
static void so_drafted(struct world *world) { texts(world, APPEAL_ANSWER_DRAFT, "已修好"); }
static void so_questions(struct world *world) {
  texts(world, CATEGORY_QUESTIONS, "[{\"code\":\"size\",\"datatype\":\"string\",\"description\":\"多大\"}]");
}
static void so_questions_broken(struct world *world) { texts(world, CATEGORY_QUESTIONS, "{}"); }

/* An open appeal, by 张三, with a public text. */
static void shown_text(struct world *world, const char *text) { texts(world, APPEAL_PUBLIC_TEXT, text), texts(world, APPEAL_PERSON, "张三"); }
static void so_clean(struct world *world) { shown_text(world, "2026-11-20 起三号楼停水"); }
static void so_with_phone(struct world *world) { shown_text(world, "请打 138 0013 8000"); }
static void so_with_mail(struct world *world) { shown_text(world, "写信到 a@b.cn"); }
static void so_with_name(struct world *world) { shown_text(world, "张三反映停水"); }

/* A result that lacks nothing. */
static void so_achieved(struct world *world) { texts(world, RESULT_ACHIEVED, "修好三处"), parent(world, RECORD_PROBLEM, PROBLEM_CLOSED); }
static void so_published(struct world *world) { so_achieved(world), texts(world, RESULT_PUBLIC_TEXT, "已修好"); }
static void so_restricted(struct world *world) { so_published(world), row_set_integer(world->parent, PROBLEM_SECRECY, SECRECY_RESTRICTED); }

static void chased(struct world *world, enum record_id type, state_code state, uint16_t unit) {
  struct row *row = make(world->arena, type, state, 5);
  if (unit) row_set_integer(row, unit, UNIT);
  world->facts.chased = row;
}
static void so_chased_problem(struct world *world) { chased(world, RECORD_PROBLEM, PROBLEM_RECTIFYING, PROBLEM_LEAD_UNIT); }
static void so_chased_draft(struct world *world) { chased(world, RECORD_PROBLEM, PROBLEM_DRAFT, PROBLEM_LEAD_UNIT); }
static void so_chased_review(struct world *world) { chased(world, RECORD_PROBLEM, PROBLEM_ENDORSED, PROBLEM_LEAD_UNIT); }
static void so_chased_measure_of_closed(struct world *world) {
  chased(world, RECORD_MEASURE, MEASURE_WORKING, MEASURE_UNIT);
  world->facts.chased_of = make(world->arena, RECORD_PROBLEM, PROBLEM_CLOSED, 6);
}

static void so_group(struct world *world) {
  static const int64_t APPEALS[] = {11, 12};
  many(world->after, GROUPING_DECISION_APPEALS, APPEALS, 2);
}

/* The problem of a transfer, still with who asked. */
static void transferred(struct world *world, state_code state) {
  struct row *problem = make(world->arena, RECORD_PROBLEM, state, 9);
  row_set_integer(problem, PROBLEM_LEAD_UNIT, UNIT);
  row_set_integer(problem, PROBLEM_TRANSFER_TO, OTHER_UNIT);
  world->facts.problem = problem;
}
static void so_transfer_taken(struct world *world) { transferred(world, PROBLEM_TAKEN); }
static void so_transfer_closed(struct world *world) { transferred(world, PROBLEM_CLOSED); }

static void so_work_left(struct world *world) { world->facts.left_behind[0] = 4; }
static void so_left(struct world *world, const char *name) {
  for (size_t i = 0; i < OPEN_WORK_COUNT; i++)
    if (OPEN_WORK[i].name && strcmp(OPEN_WORK[i].name, name) == 0) world->facts.left_behind[i] = 2;
}
static void so_appeals_left(struct world *world) { so_left(world, "appeal"); }
static void so_rounds_left(struct world *world) { so_left(world, "round_answer"), so_left(world, "site"); }
static void so_system_with_work_left(struct world *world) { so_work_left(world), world->facts.system = true; }
static void succeeded_by(struct world *world, enum action_code action, size_t count, int64_t may_hold) {
  const struct row **units = ARENA_ARRAY(world->arena, const struct row *, count);
  for (size_t i = 0; i < count; i++) {
    struct row *unit = make(world->arena, RECORD_UNIT, FORCE_ACTIVE, (int64_t)(50 + i));
    row_set_integer(unit, UNIT_MAY_HOLD, may_hold);
    units[i] = unit;
  }
  world->arrow.action = action;
  world->facts.successors = units;
  world->facts.successor_count = count;
}
static void so_merged(struct world *world) { succeeded_by(world, ACTION_MERGE, 1, 1); }
static void so_merged_into_village(struct world *world) { succeeded_by(world, ACTION_MERGE, 1, 0); }
static void so_merged_into_itself(struct world *world) { so_merged(world), world->after->id = 50; }
static void so_merged_into_two(struct world *world) { succeeded_by(world, ACTION_MERGE, 2, 1); }
static void so_split_into_one(struct world *world) { succeeded_by(world, ACTION_SPLIT, 1, 1); }
static void so_moving_on(struct world *world) { world->arrow.action = ACTION_HAND_OVER; }

static void so_office(struct world *world) { world->me.roles = ROLE(ROLE_OFFICE); }
static void main_appeal(struct world *world, state_code state) {
  world->facts.main_appeal = world->other = make(world->arena, RECORD_APPEAL, state, 60);
}
static void so_main(struct world *world) { main_appeal(world, APPEAL_ASSIGNED); }
static void so_main_itself(struct world *world) { so_main(world), world->after->id = 60; }
static void so_main_joined(struct world *world) { main_appeal(world, APPEAL_JOINED); }
static void so_main_closed(struct world *world) { main_appeal(world, APPEAL_CLOSED); }
static void so_main_whistle(struct world *world) { so_main(world), row_set_integer(world->other, APPEAL_WHISTLE, 1); }
static void so_answered(struct world *world) { parent(world, RECORD_APPEAL, APPEAL_ANSWERED); }
static void so_answered_by_me(struct world *world) { so_answered(world), row_set_integer(world->parent, APPEAL_ANSWERED_BY, ME); }
static void so_within(struct world *world) { so_answered(world), world->facts.caller_within = true; }
static void so_assigned(struct world *world) { parent(world, RECORD_APPEAL, APPEAL_ASSIGNED); }
static void so_asked_already(struct world *world) { so_answered(world), world->facts.exclusions = 1; }
static void so_reason_unknown(struct world *world) { so_answered(world), world->policy.exclusion_reasons = 0; }
static void so_bound(struct world *world) { world->policy.classify_bound = 9000; }
static void so_bound_and_decided(struct world *world) { so_bound(world), texts(world, APPEAL_CATEGORY, "市政"); }

/* A media or group case: known from a paper, from a picture of this problem, from one of another. */
static void so_source(struct world *world) { row_set_text(world->after, PROBLEM_STRONG_CASE_SOURCE, "市晚报 2 版"); }
static void case_picture(struct world *world, int64_t problem) {
  struct row *picture = make(world->arena, RECORD_EVIDENCE, 0, 70);
  row_set_text(picture, EVIDENCE_FILE, "ab12");
  row_set_integer(picture, EVIDENCE_PROBLEM, problem);
  world->facts.case_picture = picture;
}
static void so_picture(struct world *world) { case_picture(world, 1); }
static void so_picture_of_another(struct world *world) { case_picture(world, 2); }
static void so_lifting_case(struct world *world) { world->arrow.action = ACTION_LIFT_CASE; }
static void so_problems_open(struct world *world) { world->facts.problems_open = 5; }
static void so_problems_open_all_told(struct world *world) { world->facts.problems_open = PROBLEMS_OPEN_TOLD; }
static void so_problems_open_more(struct world *world) { world->facts.problems_open = PROBLEMS_OPEN_TOLD + 1; }
static void so_day_named(struct world *world) { world->facts.hotline_last = TODAY + 9; }
static void so_no_day_named(struct world *world) { world->facts.hotline_last = NOTHING; }

/* ---- the cases ---- */

struct given { uint16_t field; int64_t value; };
static const struct fact_case {
  guard_function *guard;
  enum record_id type;
  struct given after[4], before[3];
  make_so *so;
  const char *zh; /* NULL: it holds */
  uint16_t field;
} CASES[] = {
  /* problems */
  {guard_has_owner_and_date, RECORD_PROBLEM, {{0}}, .zh = "还没有牵头单位", .field = PROBLEM_LEAD_UNIT},
  {guard_has_owner_and_date, RECORD_PROBLEM, {{PROBLEM_LEAD_UNIT, UNIT}}, .zh = "还没有整改期限", .field = PROBLEM_DUE},
  {guard_has_owner_and_date, RECORD_PROBLEM, {{PROBLEM_LEAD_UNIT, UNIT}, {PROBLEM_DUE, TODAY - 1}}},
  {guard_has_owner_and_date, RECORD_PROBLEM, {{PROBLEM_LEAD_UNIT, UNIT}, {PROBLEM_KIND, KIND_AT_ONCE}, {PROBLEM_DUE, TODAY - 1}}, .so = so_reckoned, .zh = "不能早于今天", .field = PROBLEM_DUE},
  {guard_has_owner_and_date, RECORD_PROBLEM, {{PROBLEM_LEAD_UNIT, UNIT}, {PROBLEM_KIND, KIND_AT_ONCE}}, .so = so_reckoned},
  {guard_not_applicant, RECORD_PROBLEM, {{PROBLEM_APPLICANT, SOMEBODY}}},
  {guard_not_applicant, RECORD_PROBLEM, {{PROBLEM_APPLICANT, ME}}, .zh = "申请人、签字人不能验收"},
  {guard_not_applicant, RECORD_PROBLEM, {{PROBLEM_ENDORSER, SOMEBODY}}, .so = so_for_somebody, .zh = "申请人、签字人不能验收"},
  {guard_outside_unit, RECORD_PROBLEM, {{PROBLEM_LEAD_UNIT, OTHER_UNIT}}},
  {guard_outside_unit, RECORD_PROBLEM, {{PROBLEM_LEAD_UNIT, UNIT}}, .zh = "验收人不能是牵头单位"},
  {guard_importing, RECORD_PROBLEM, .so = so_importing}, {guard_importing, RECORD_PROBLEM, .zh = "只能随台账导入"},
  {guard_alerts_none, RECORD_PROBLEM, {{0}}}, {guard_alerts_none, RECORD_PROBLEM, .so = so_alerts, .zh = "还有 2 个反弹预警"},
  {guard_kind_limit, RECORD_PROBLEM, {{PROBLEM_KIND, KIND_LONG_TERM}, {PROBLEM_KIND_UNTIL, TODAY + 9}}, {{PROBLEM_KIND, KIND_TIME_LIMITED}}},
  {guard_kind_limit, RECORD_PROBLEM, {{PROBLEM_KIND_UNTIL, TODAY + 9}}, {{PROBLEM_KIND_BEFORE, KIND_AT_ONCE}}, .zh = "已有一项类型变更"},
  {guard_kind_limit, RECORD_PROBLEM, {{PROBLEM_KIND, KIND_AT_ONCE}, {PROBLEM_KIND_UNTIL, TODAY + 9}}, {{PROBLEM_KIND, KIND_AT_ONCE}}, .zh = "与现类型相同", .field = PROBLEM_KIND},
  {guard_kind_limit, RECORD_PROBLEM, {{PROBLEM_KIND, KIND_LONG_TERM}, {PROBLEM_KIND_UNTIL, TODAY}}, {{PROBLEM_KIND, KIND_AT_ONCE}}, .zh = "须晚于今天", .field = PROBLEM_KIND_UNTIL},
  {guard_kind_limit, RECORD_PROBLEM, {{PROBLEM_KIND, KIND_LONG_TERM}, {PROBLEM_KIND_UNTIL, TODAY + 9999}}, {{PROBLEM_KIND, KIND_AT_ONCE}}, .zh = "最长", .field = PROBLEM_KIND_UNTIL},
  {guard_by_approval, RECORD_PROBLEM, {{PROBLEM_DUE, TODAY}, {PROBLEM_KIND, KIND_AT_ONCE}}, {{PROBLEM_DUE, TODAY}, {PROBLEM_KIND, KIND_AT_ONCE}}},
  {guard_by_approval, RECORD_PROBLEM, {{PROBLEM_DUE, TODAY + 1}}, {{PROBLEM_DUE, TODAY}}, .zh = "整改期限不能直接修改", .field = PROBLEM_DUE},
  {guard_by_approval, RECORD_PROBLEM, {{PROBLEM_KIND, KIND_LONG_TERM}}, {{PROBLEM_KIND, KIND_AT_ONCE}}, .zh = "整改类型不能直接修改", .field = PROBLEM_KIND},
  {guard_by_approval, RECORD_PROBLEM, {{PROBLEM_DUE, TODAY + 1}}, {{PROBLEM_DUE, TODAY}, {PROBLEM_IMPORTED_ON, TODAY - 9}}, .so = so_importing},
  {guard_by_approval, RECORD_PROBLEM, {{PROBLEM_DUE, TODAY + 1}}, {{PROBLEM_DUE, TODAY}, {PROBLEM_IMPORTED_ON, TODAY - 9}, {PROBLEM_EXTENSIONS, 1}}, .so = so_importing,
   .zh = "整改期限不能直接修改", .field = PROBLEM_DUE},
  {guard_strong_case, RECORD_PROBLEM, {{0}}, .zh = "认定要有来源", .field = PROBLEM_STRONG_CASE_SOURCE}, {guard_strong_case, RECORD_PROBLEM, {{0}}, .so = so_source},
  {guard_strong_case, RECORD_PROBLEM, {{0}}, .so = so_picture}, {guard_strong_case, RECORD_PROBLEM, {{0}}, .so = so_picture_of_another, .zh = "本问题带文件的佐证", .field = PROBLEM_STRONG_CASE_PICTURE},
  {guard_strong_case, RECORD_PROBLEM, {{0}}, {{PROBLEM_STRONG_CASE, 1}}, .so = so_source, .zh = "已认定为媒体曝光"},
  {guard_strong_case, RECORD_PROBLEM, {{0}}, {{PROBLEM_STRONG_CASE, 1}}, .so = so_lifting_case}, {guard_strong_case, RECORD_PROBLEM, {{0}}, .so = so_lifting_case, .zh = "没有媒体曝光"},
  {guard_campaign_done, RECORD_CAMPAIGN, {{0}}}, {guard_campaign_done, RECORD_CAMPAIGN, .so = so_problems_open, .zh = "还有 5 件问题没有办结"},
  {guard_campaign_done, RECORD_CAMPAIGN, .so = so_problems_open_all_told, .zh = "还有 100 件问题没有办结"}, {guard_campaign_done, RECORD_CAMPAIGN, .so = so_problems_open_more, .zh = "还有 100 件以上问题没有办结"},
  {guard_hotline_day, RECORD_CAMPAIGN, {{CAMPAIGN_HOTLINE_FROM, TODAY}}, .so = so_no_day_named},
  {guard_hotline_day, RECORD_CAMPAIGN, {{CAMPAIGN_HOTLINE_FROM, TODAY - 1}}, .so = so_no_day_named, .zh = "不能追溯", .field = CAMPAIGN_HOTLINE_FROM},
  {guard_hotline_day, RECORD_CAMPAIGN, {{CAMPAIGN_HOTLINE_FROM, TODAY + 9}}, .so = so_day_named, .zh = "这次要在其后", .field = CAMPAIGN_HOTLINE_FROM},
  {guard_hotline_day, RECORD_CAMPAIGN, {{CAMPAIGN_HOTLINE_FROM, TODAY + 10}}, .so = so_day_named},
  /* links, indicators, results */
  {guard_ends_visible, RECORD_LINK, {{LINK_FROM_TYPE, RECORD_PROBLEM}, {LINK_FROM_ID, 1}, {LINK_TO_TYPE, RECORD_PROBLEM}, {LINK_TO_ID, 2}}, .so = so_both_ends},
  {guard_ends_visible, RECORD_LINK, {{LINK_FROM_TYPE, RECORD_PROBLEM}, {LINK_FROM_ID, 1}, {LINK_TO_TYPE, RECORD_PROBLEM}, {LINK_TO_ID, 1}}, .so = so_both_ends, .zh = "不能与自身关联", .field = LINK_TO_ID},
  {guard_ends_visible, RECORD_LINK, .so = so_one_end, .zh = "不存在", .field = LINK_TO_ID}, {guard_ends_visible, RECORD_LINK, .zh = "不存在", .field = LINK_FROM_ID},
  {guard_value_date, RECORD_INDICATOR_VALUE, {{INDICATOR_VALUE_ON, TODAY}}, .so = so_indicator},
  {guard_value_date, RECORD_INDICATOR_VALUE, {{INDICATOR_VALUE_ON, TODAY + 1}}, .so = so_indicator, .zh = "不能晚于今天", .field = INDICATOR_VALUE_ON},
  {guard_value_date, RECORD_INDICATOR_VALUE, {{INDICATOR_VALUE_ON, TODAY - 10}}, .so = so_indicator, .zh = "不能早于基期", .field = INDICATOR_VALUE_ON},
  {guard_value_date, RECORD_INDICATOR_VALUE, {{INDICATOR_VALUE_ON, TODAY}}, .so = so_indicator_retired, .zh = "该指标已停用", .field = INDICATOR_VALUE_INDICATOR},
  {guard_result_complete, RECORD_RESULT, {{0}}, .zh = "解决情况", .field = RESULT_OUTCOME},
  {guard_result_complete, RECORD_RESULT, {{RESULT_OUTCOME, 1}}, .zh = "实际成效", .field = RESULT_ACHIEVED},
  {guard_result_complete, RECORD_RESULT, {{RESULT_OUTCOME, 1}}, .so = so_achieved, .zh = "受益人数", .field = RESULT_PEOPLE},
  {guard_result_complete, RECORD_RESULT, {{RESULT_OUTCOME, 1}, {RESULT_PEOPLE, 0}}, .so = so_achieved, .zh = "是否公开", .field = RESULT_PUBLICITY},
  {guard_result_complete, RECORD_RESULT, {{RESULT_OUTCOME, 1}, {RESULT_PEOPLE, 0}, {RESULT_PUBLICITY, PUBLICITY_WITHHELD}}, .so = so_achieved, .zh = "法定理由", .field = RESULT_WITHHOLD},
  {guard_result_complete, RECORD_RESULT, {{RESULT_OUTCOME, 1}, {RESULT_PEOPLE, 0}, {RESULT_PUBLICITY, PUBLICITY_OPEN}}, .so = so_achieved, .zh = "公开内容", .field = RESULT_PUBLIC_TEXT},
  {guard_result_complete, RECORD_RESULT, {{RESULT_OUTCOME, 1}, {RESULT_PEOPLE, 0}, {RESULT_PUBLICITY, PUBLICITY_OPEN}}, .so = so_restricted, .zh = "限定知悉", .field = RESULT_PUBLICITY},
  {guard_result_complete, RECORD_RESULT, {{RESULT_OUTCOME, 1}, {RESULT_PEOPLE, 0}, {RESULT_PUBLICITY, PUBLICITY_OPEN}}, .so = so_published},
  /* rounds */
  {guard_round_open, RECORD_ROUND_ANSWER, .so = so_round_open}, {guard_round_open, RECORD_ROUND_ANSWER, .so = so_round_collected, .zh = "已截止报送"},
  {guard_round_collected, RECORD_ROUND, {{ROUND_DUE, TODAY}}},
  {guard_round_collected, RECORD_ROUND, {{ROUND_DUE, TODAY}}, .so = so_awaited, .zh = "还有 3 个单位没有报送"},
  {guard_round_collected, RECORD_ROUND, {{ROUND_DUE, TODAY - 1}}, .so = so_awaited},
  {guard_cutoff_past, RECORD_ROUND, {{ROUND_CUTOFF, MOMENT_DAY * TODAY}}},
  {guard_cutoff_past, RECORD_ROUND, {{ROUND_CUTOFF, MOMENT_DAY * (TODAY + 2)}}, .zh = "还没有到", .field = ROUND_CUTOFF},
  {guard_answer_overdue, RECORD_ROUND_ANSWER, {{ANSWER_DUE, TODAY - 1}}},
  {guard_answer_overdue, RECORD_ROUND_ANSWER, {{ANSWER_DUE, TODAY}}, .zh = "还没有过"},
  {guard_reminded_once, RECORD_ROUND_ANSWER, {{0}}}, {guard_reminded_once, RECORD_ROUND_ANSWER, .so = so_reminded, .zh = "今天已经催过"},
  {guard_slip_figure, RECORD_CORRECTION, {{CORRECTION_PROBLEM, 1}}, .so = so_no_figure, .zh = "冻结表里没有“没有这一项”", .field = CORRECTION_FIGURE},
  {guard_slip_figure, RECORD_CORRECTION, {{0}}, .so = so_no_figure},
  {guard_slip_figure, RECORD_CORRECTION, {{CORRECTION_PROBLEM, 1}}, .so = so_no_such_state, .zh = "不能更正为“飞了”", .field = CORRECTION_IS},
  /* chases, groups, draws, categories */
  {guard_chase_waits, RECORD_CHASE, {{0}}, .zh = "请写明催办什么", .field = CHASE_OF_ID},
  {guard_chase_waits, RECORD_CHASE, {{CHASE_PROBLEM, 5}}, .so = so_chased_problem},
  {guard_chase_waits, RECORD_CHASE, {{CHASE_PROBLEM, 5}}, .so = so_chased_draft, .zh = "没有等单位办的事", .field = CHASE_PROBLEM},
  {guard_chase_waits, RECORD_CHASE, {{CHASE_PROBLEM, 5}}, .so = so_chased_review, .zh = "等的是整改办自己", .field = CHASE_PROBLEM},
  {guard_chase_waits, RECORD_CHASE, {{CHASE_PROBLEM, 5}, {CHASE_UNIT, OTHER_UNIT}}, .so = so_chased_problem, .zh = "等的不是这个单位", .field = CHASE_UNIT},
  {guard_chase_waits, RECORD_CHASE, {{CHASE_OF_TYPE, RECORD_MEASURE}, {CHASE_OF_ID, 5}}, .so = so_chased_measure_of_closed, .zh = "所属问题现为", .field = CHASE_OF_ID},
  {guard_decision_fits, RECORD_GROUPING_DECISION, {{GROUPING_DECISION_KIND, DECIDED_MERGE}, {GROUPING_DECISION_INTO, 13}}, .so = so_group},
  {guard_decision_fits, RECORD_GROUPING_DECISION, {{GROUPING_DECISION_KIND, DECIDED_MERGE}}, .so = so_group, .zh = "请写明并入哪一件", .field = GROUPING_DECISION_INTO},
  {guard_decision_fits, RECORD_GROUPING_DECISION, {{GROUPING_DECISION_KIND, DECIDED_MERGE}, {GROUPING_DECISION_INTO, 12}}, .so = so_group, .zh = "不能又在所涉诉求里", .field = GROUPING_DECISION_INTO},
  {guard_decision_fits, RECORD_GROUPING_DECISION, {{GROUPING_DECISION_KIND, DECIDED_SPLIT}, {GROUPING_DECISION_INTO, 13}}, .so = so_group, .zh = "不写并入哪里", .field = GROUPING_DECISION_INTO},
  {guard_draw_fits, RECORD_DRAW, {{DRAW_SHARE, 1000}}}, {guard_draw_fits, RECORD_DRAW, {{DRAW_HOW_MANY, 20}}},
  {guard_draw_fits, RECORD_DRAW, {{DRAW_SHARE, 1000}, {DRAW_HOW_MANY, 20}}, .zh = "只能写一个", .field = DRAW_SHARE},
  {guard_draw_fits, RECORD_DRAW, {{0}}, .zh = "请写明抽取比例", .field = DRAW_SHARE},
  {guard_service_asks, RECORD_CATEGORY, .so = so_questions}, {guard_service_asks, RECORD_CATEGORY, {{0}}},
  {guard_service_asks, RECORD_CATEGORY, .so = so_questions_broken, .zh = "追问应为 JSON 数组", .field = CATEGORY_QUESTIONS},
  /* hand-overs, units */
  {guard_transfer_stands, RECORD_TRANSFER, {{TRANSFER_FROM, UNIT}, {TRANSFER_TO, OTHER_UNIT}}, .so = so_transfer_taken},
  {guard_transfer_stands, RECORD_TRANSFER, {{TRANSFER_FROM, UNIT}, {TRANSFER_TO, OTHER_UNIT}}, .so = so_transfer_closed, .zh = "此项转办已无从接收"},
  {guard_transfer_stands, RECORD_TRANSFER, {{TRANSFER_FROM, OTHER_UNIT}, {TRANSFER_TO, OTHER_UNIT}}, .so = so_transfer_taken, .zh = "此项转办已无从接收"},
  {guard_refuse_in_time, RECORD_TRANSFER, {{TRANSFER_DUE, TODAY}}}, {guard_refuse_in_time, RECORD_TRANSFER, {{TRANSFER_DUE, TODAY - 1}}, .zh = "逾期不能再退回"},
  {guard_slip_from, RECORD_HAND_OVER, {{HAND_OVER_FROM, ME}}}, {guard_slip_from, RECORD_HAND_OVER, {{HAND_OVER_FROM, SOMEBODY}}, .zh = "先由移交人本人确认"},
  {guard_slip_to, RECORD_HAND_OVER, {{HAND_OVER_TO, ME}}}, {guard_slip_to, RECORD_HAND_OVER, {{HAND_OVER_TO, SOMEBODY}}, .zh = "由接收人本人确认"},
  {guard_unit_ends, RECORD_UNIT, {{0}}}, {guard_unit_ends, RECORD_UNIT, .so = so_work_left, .zh = "牵头问题 4", .field = UNIT_VALID_TO},
  {guard_unit_ends, RECORD_UNIT, .so = so_appeals_left, .zh = "还有未了事项(诉求 2)", .field = UNIT_VALID_TO}, {guard_unit_ends, RECORD_UNIT, .so = so_rounds_left, .zh = "点位 2、待报送轮次 2", .field = UNIT_VALID_TO},
  {guard_unit_ends, RECORD_UNIT, .so = so_system_with_work_left},
  {guard_successors, RECORD_UNIT, {{UNIT_SUCCEEDED_ON, TODAY}}, .so = so_merged},
  {guard_successors, RECORD_UNIT, {{UNIT_SUCCEEDED_ON, TODAY}}, {{UNIT_SUCCESSION, 1}}, .so = so_merged, .zh = "已合并或分立"},
  {guard_successors, RECORD_UNIT, {{UNIT_SUCCEEDED_ON, TODAY + 1}}, .so = so_merged, .zh = "日期须在今天", .field = UNIT_SUCCEEDED_ON},
  {guard_successors, RECORD_UNIT, {{0}}, .so = so_merged_into_village, .zh = "须可承担任务", .field = UNIT_SUCCESSORS},
  {guard_successors, RECORD_UNIT, {{0}}, .so = so_merged_into_itself, .zh = "不能是本单位", .field = UNIT_SUCCESSORS},
  {guard_successors, RECORD_UNIT, {{0}}, .so = so_merged_into_two, .zh = "只能有一个承接单位", .field = UNIT_SUCCESSORS},
  {guard_successors, RECORD_UNIT, {{0}}, .so = so_split_into_one, .zh = "两个以上承接单位", .field = UNIT_SUCCESSORS},
  {guard_successors, RECORD_UNIT, {{UNIT_LEFT, 2}}, .so = so_moving_on}, {guard_successors, RECORD_UNIT, {{UNIT_LEFT, 0}}, .so = so_moving_on, .zh = "没有待移交的事项"},
  {guard_outline, RECORD_UNIT, {{UNIT_KIND, UNIT_KIND_DISTRICT}}},
  {guard_outline, RECORD_UNIT, {{UNIT_KIND, UNIT_KIND_DISTRICT}}, .so = so_district, .zh = "区划轮廓读不懂", .field = UNIT_OUTLINE},
  {guard_outline, RECORD_UNIT, {{UNIT_KIND, UNIT_KIND_STREET}}, .zh = "只有区才有区划轮廓", .field = UNIT_OUTLINE},
  /* what is shown outside */
  {guard_may_show, RECORD_APPEAL, {{APPEAL_SECRECY, SECRECY_OPEN}}, .so = so_clean},
  {guard_may_show, RECORD_APPEAL, {{APPEAL_SECRECY, SECRECY_INTERNAL}}, .so = so_clean, .zh = "可公开", .field = APPEAL_SECRECY},
  {guard_may_show, RECORD_APPEAL, {{APPEAL_SECRECY, SECRECY_OPEN}, {APPEAL_WHISTLE, 1}}, .so = so_clean, .zh = "举报不对外公开", .field = APPEAL_WHISTLE},
  {guard_may_show, RECORD_APPEAL, {{APPEAL_SECRECY, SECRECY_OPEN}}, .so = so_with_phone, .zh = "号码", .field = APPEAL_PUBLIC_TEXT},
  {guard_may_show, RECORD_APPEAL, {{APPEAL_SECRECY, SECRECY_OPEN}}, .so = so_with_mail, .zh = "邮箱", .field = APPEAL_PUBLIC_TEXT},
  {guard_may_show, RECORD_APPEAL, {{APPEAL_SECRECY, SECRECY_OPEN}}, .so = so_with_name, .zh = "诉求人的姓名", .field = APPEAL_PUBLIC_TEXT},
  {guard_is_shown, RECORD_APPEAL, {{APPEAL_SHOWN, 1}}}, {guard_is_shown, RECORD_APPEAL, {{0}}, .zh = "没有对外公开"},
  /* appeals */
  {guard_return_in_time, RECORD_APPEAL, {{0}}, {{APPEAL_ASSIGNED_ON, MOMENT_DAY * TODAY}}},
  {guard_return_in_time, RECORD_APPEAL, {{0}}, {{APPEAL_ASSIGNED_ON, MOMENT_DAY * (TODAY - 60)}}, .zh = "不能再退单"},
  {guard_return_in_time, RECORD_APPEAL, {{0}}, {{APPEAL_ASSIGNED_ON, MOMENT_DAY * (TODAY - 60)}}, .so = so_office},
  {guard_unit_not_bound, RECORD_APPEAL, {{0}}, {{APPEAL_BOUND, 0}}}, {guard_unit_not_bound, RECORD_APPEAL, {{0}}, {{APPEAL_BOUND, 1}}, .zh = "已经裁定"},
  {guard_unit_not_bound, RECORD_APPEAL, {{0}}, {{APPEAL_BOUND, 1}}, .so = so_office},
  {guard_not_complained_of, RECORD_APPEAL, {{APPEAL_WHISTLE, 1}, {APPEAL_UNIT, UNIT}, {APPEAL_COMPLAINED_OF, UNIT}}, .zh = "不能派给被反映的单位", .field = APPEAL_UNIT},
  {guard_not_complained_of, RECORD_APPEAL, {{APPEAL_WHISTLE, 1}, {APPEAL_UNIT, OTHER_UNIT}, {APPEAL_COMPLAINED_OF, UNIT}}},
  {guard_not_complained_of, RECORD_APPEAL, {{APPEAL_UNIT, UNIT}, {APPEAL_COMPLAINED_OF, UNIT}}},
  {guard_join_fits, RECORD_APPEAL, {{APPEAL_JOINED_TO, 60}}, .so = so_main},
  {guard_join_fits, RECORD_APPEAL, {{APPEAL_JOINED_TO, 60}}, .zh = "没有这条主诉求", .field = APPEAL_JOINED_TO},
  {guard_join_fits, RECORD_APPEAL, {{APPEAL_JOINED_TO, 60}}, .so = so_main_itself, .zh = "不能并入自己", .field = APPEAL_JOINED_TO},
  {guard_join_fits, RECORD_APPEAL, {{APPEAL_JOINED_TO, 60}}, .so = so_main_joined, .zh = "自己已并单", .field = APPEAL_JOINED_TO},
  {guard_join_fits, RECORD_APPEAL, {{APPEAL_JOINED_TO, 60}}, .so = so_main_closed, .zh = "已经了结", .field = APPEAL_JOINED_TO},
  {guard_join_fits, RECORD_APPEAL, {{APPEAL_JOINED_TO, 60}}, .so = so_main_whistle, .zh = "举报只能与", .field = APPEAL_JOINED_TO},
  {guard_caller_apart, RECORD_CALL_BACK, .so = so_answered}, {guard_caller_apart, RECORD_CALL_BACK, .so = so_answered_by_me, .zh = "答复人不能自己回访", .field = CALL_BACK_APPEAL},
  {guard_caller_apart, RECORD_CALL_BACK, .so = so_within, .zh = "承办单位的人不能回访", .field = CALL_BACK_APPEAL},
  {guard_call_fits, RECORD_CALL_BACK, {{CALL_BACK_REACHED, 0}}, .so = so_answered},
  {guard_call_fits, RECORD_CALL_BACK, {{CALL_BACK_REACHED, 0}}, .so = so_assigned, .zh = "还没有答复", .field = CALL_BACK_APPEAL},
  {guard_call_fits, RECORD_CALL_BACK, {{CALL_BACK_REACHED, 1}, {CALL_BACK_CONTACTED, 1}, {CALL_BACK_OUTCOME, 1}, {CALL_BACK_SATISFACTION, 1}}, .so = so_answered},
  {guard_call_fits, RECORD_CALL_BACK, {{CALL_BACK_REACHED, 1}, {CALL_BACK_CONTACTED, 1}}, .so = so_answered, .zh = "接通了的回访要记下", .field = CALL_BACK_OUTCOME},
  {guard_call_fits, RECORD_CALL_BACK, {{CALL_BACK_REACHED, 0}, {CALL_BACK_SATISFACTION, 1}}, .so = so_answered, .zh = "没有接通", .field = CALL_BACK_SATISFACTION},
  {guard_exclusion_fits, RECORD_EXCLUSION, {{EXCLUSION_REASON, 1}}, .so = so_answered},
  {guard_exclusion_fits, RECORD_EXCLUSION, {{EXCLUSION_REASON, 1}}, .so = so_assigned, .zh = "还没有答复", .field = EXCLUSION_APPEAL},
  {guard_exclusion_fits, RECORD_EXCLUSION, {{EXCLUSION_REASON, 1}}, .so = so_asked_already, .zh = "已经申请过剔除", .field = EXCLUSION_APPEAL},
  {guard_exclusion_fits, RECORD_EXCLUSION, {{EXCLUSION_REASON, 1}}, .so = so_reason_unknown, .zh = "不允许以此理由", .field = EXCLUSION_REASON},
  {guard_drafted, RECORD_APPEAL, .so = so_drafted}, {guard_drafted, RECORD_APPEAL, {{0}}, .zh = "没有拟好的答复", .field = APPEAL_ANSWER_DRAFT},
  {guard_classifies, RECORD_APPEAL, {{APPEAL_CERTAINTY, 9500}}, .zh = "不由程序定分类", .field = APPEAL_CERTAINTY},
  {guard_classifies, RECORD_APPEAL, {{APPEAL_CERTAINTY, 9500}}, .so = so_bound},
  {guard_classifies, RECORD_APPEAL, {{APPEAL_CERTAINTY, 8999}}, .so = so_bound, .zh = "把握不到", .field = APPEAL_CERTAINTY},
  {guard_classifies, RECORD_APPEAL, {{APPEAL_CERTAINTY, 9500}}, .so = so_bound_and_decided, .zh = "分类已定", .field = APPEAL_CERTAINTY},
  {guard_classifies, RECORD_APPEAL, {{APPEAL_CERTAINTY, 9500}}, {{APPEAL_CATEGORY_BY, CATEGORY_BY_PEOPLE}}, .so = so_bound, .zh = "分类已定", .field = APPEAL_CERTAINTY},
  {guard_category_guessed, RECORD_APPEAL, {{0}}, {{APPEAL_CATEGORY_BY, CATEGORY_BY_PROGRAM}}},
  {guard_category_guessed, RECORD_APPEAL, {{0}}, {{APPEAL_CATEGORY_BY, CATEGORY_BY_PEOPLE}}, .zh = "不是程序定的"},
  /* policies */
  {guard_classify_bound, RECORD_POLICY, {{POLICY_CLASSIFY_BOUND, 0}}}, {guard_classify_bound, RECORD_POLICY, {{POLICY_CLASSIFY_BOUND, 5000}}},
  {guard_classify_bound, RECORD_POLICY, {{POLICY_CLASSIFY_BOUND, 4999}}, .zh = "至少 50%", .field = POLICY_CLASSIFY_BOUND},
  {guard_rate_weights, RECORD_POLICY, {{POLICY_RESPONSE_WEIGHT, 5000}, {POLICY_SOLUTION_WEIGHT, 5000}}},
  {guard_rate_weights, RECORD_POLICY, {{POLICY_RESPONSE_WEIGHT, 5000}, {POLICY_SOLUTION_WEIGHT, 5001}}, .zh = "不能超过 100%", .field = POLICY_SOLUTION_WEIGHT},
};

/* I: an acceptor of UNIT with a role over the whole city. */
static void world_of(struct world *world, struct arena *arena, const struct fact_case *one) {
  static const int64_t UNITS[] = {UNIT};
  *world = (struct world){.arena = arena,
                          .policy = policy_default(),
                          .calendar = calendar_shipped(arena),
                          .held = {.role = ROLE_ACCEPTOR, .units = UNITS, .unit_count = 1, .secrecy = SECRECY_RESTRICTED},
                          .before = make(arena, one->type, 1, 1),
                          .after = make(arena, one->type, 1, 1)};
  world->me = (struct authority){.user = ME, .unit = UNIT, .roles = ROLE(ROLE_ACCEPTOR), .held = &world->held, .held_count = 1};
  world->facts = (struct guard_facts){.before = world->before,
                                      .after = world->after,
                                      .arrow = &world->arrow,
                                      .authority = &world->me,
                                      .today = TODAY,
                                      .now = moment_of_date(TODAY) + MOMENT_DAY / 2,
                                      .policy = &world->policy,
                                      .appeal_policy = &world->policy,
                                      .calendar = &world->calendar};
  for (size_t i = 0; i < 4 && one->after[i].field; i++) row_set_integer(world->after, one->after[i].field, one->after[i].value);
  for (size_t i = 0; i < 3 && one->before[i].field; i++) row_set_integer(world->before, one->before[i].field, one->before[i].value);
  if (one->so) one->so(world);
}

/* "strong_case, row 3 of its own": which case speaks. Overwritten by the next call. */
static const char *called(size_t at) {
  static char text[80];
  const char *name = "a guard without a row in GUARDS";
  size_t own = 1;
  for (size_t i = 0; i < at; i++) own += CASES[i].guard == CASES[at].guard;
  for (size_t i = 0; i < GUARD_COUNT; i++)
    if (GUARDS[i].holds == CASES[at].guard) name = GUARDS[i].code;
  (void)snprintf(text, sizeof text, "%s, row %zu of its own", name, own);
  return text;
}

static void each_guard_says_why_not(void **state) {
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    const struct fact_case *one = &CASES[i];
    struct world world;
    uint16_t field = 0;
    world_of(&world, *state, one);
    struct label why = one->guard(&world.facts, *state, &field);
    if (!one->zh && why.zh) fail_msg("%s does not hold: %s", called(i), why.zh);
    if (!one->zh) continue;
    if (!why.zh || !strstr(why.zh, one->zh)) fail_msg("%s: \"%s\", not \"%s\"", called(i), why.zh ? why.zh : "holds", one->zh);
    if (!why.en || !*why.en) fail_msg("%s has no English: %s", called(i), why.zh);
    if (field != one->field) fail_msg("%s (%s) is about field %d, not %d", called(i), why.zh, field, one->field);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(each_guard_says_why_not, open_arena, close_arena)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
