/* Plans, stages, indicators, sites, results and data as proof, as their guards and effects have them, through the door. */
#include "test_rules_change_house.h"
#include "rules/planned.h"

static int64_t city_plan(struct city *city, const int64_t *problems, size_t count) {
  int64_t today = city_today(city);
  return city_make(city, &city->liaison, RECORD_PLAN,
                   VALUES(value_text(PLAN_TITLE, "创新药械入院专项整治"), value_integer(PLAN_CAMPAIGN, city->campaign),
                          value_many(PLAN_PROBLEMS, problems, count), value_integer(PLAN_LEAD_UNIT, city->lead),
                          value_text(PLAN_GOAL, "入院缩短到 9.5 个月"), value_text(PLAN_OWNER, "李四"), value_integer(PLAN_START, today),
                          value_integer(PLAN_DUE, today + 80)));
}
static enum verdict act(struct city *city, const struct authority *who, enum record_id type, int64_t id, enum action_code action,
                        const char *reason) {
  return city_act_with(city, who, type, id, action, reason, NULL, 0);
}
static int64_t one_of(struct city *city, enum record_id type, uint16_t field, int64_t value, size_t which) {
  struct reader *reader;
  struct value of = value_integer(field, value);
  struct condition condition = {.field = field, .how = C_IS, .values = &of, .count = 1};
  int64_t id = 0;
  assert_int_equal(store_reader(city->store, &reader), STORE_OK);
  for (int64_t at = 1, left = (int64_t)which; at <= city_number(city) && !id; at++) {
    struct query query = {.type = record_type(type),
                          .conditions = &condition,
                          .condition_count = 1,
                          .ids = &at,
                          .id_count = 1,
                          .only_ids = true,
                          .expected = -1};
    int64_t count = 0;
    assert_int_equal(reader_count(reader, &query, &SCOPE_SYSTEM, &count), STORE_OK);
    if (count && left-- == 0) id = at;
  }
  reader_release(reader);
  return id;
}

/* ---- plans ---- */

static void approval_freezes_the_measures_and_a_problem_starts_with_that_baseline(void **state) {
  struct city *city = *state;
  int64_t problem = city_taken(city, KIND_TIME_LIMITED, LEVEL_UNIT), plan = city_plan(city, &problem, 1), today = city_today(city);
  must(city, act(city, &city->liaison, RECORD_PLAN, plan, ACTION_SUBMIT, NULL), VERDICT_NOT_NOW);
  assert_true(city_found(city, "plan_measures"));
  int64_t first = city_measure(city, problem, "建立准入目录", 6000, MEASURE_KIND_MECHANISM),
          second = city_measure(city, problem, "开会部署", 4000, MEASURE_KIND_MEETING);
  must(city, act(city, &city->liaison, RECORD_PLAN, plan, ACTION_SUBMIT, NULL), VERDICT_NOT_NOW); /* meetings weigh too much */
  must(city,
       city_act_with(city, &city->liaison, RECORD_MEASURE, second, ACTION_EDIT, NULL,
                     VALUES(value_integer(MEASURE_KIND, MEASURE_KIND_ACTION))),
       VERDICT_DONE);
  must(city, act(city, &city->liaison, RECORD_PLAN, plan, ACTION_SUBMIT, NULL), VERDICT_DONE);
  must(city, act(city, &city->liaison, RECORD_PLAN, plan, ACTION_APPROVE, NULL), VERDICT_FORBIDDEN);
  must(city, act(city, &city->office, RECORD_PLAN, plan, ACTION_SEND_BACK, "目标再写实"), VERDICT_DONE);
  must(city, city_act_with(city, &city->liaison, RECORD_PLAN, plan, ACTION_EDIT, NULL, VALUES(value_text(PLAN_GOAL, "9.5 个月"))),
       VERDICT_DONE);
  must(city, act(city, &city->liaison, RECORD_PLAN, plan, ACTION_SUBMIT, NULL), VERDICT_DONE);
  must(city, act(city, &city->office, RECORD_PLAN, plan, ACTION_APPROVE, NULL), VERDICT_DONE);
  assert_string_equal(row_text(city_row(city, RECORD_PLAN, plan), PLAN_NUMBER), "SJP0000001");
  assert_int_equal(city_value(city, RECORD_MEASURE, first, MEASURE_BASE_DUE), today + 20);
  assert_int_equal(city_value(city, RECORD_MEASURE, first, MEASURE_PLAN), plan);
  assert_int_equal(city_value(city, RECORD_PROBLEM, problem, PROBLEM_PLAN), plan);
  city->now += MOMENT_DAY;
  must(city, city_act_with(city, &city->liaison, RECORD_MEASURE, first, ACTION_EDIT, NULL, VALUES(value_integer(MEASURE_DUE, today + 40))),
       VERDICT_DONE);
  must(city, city_act_with(city, &city->liaison, RECORD_PROBLEM, problem, ACTION_START, NULL, VALUES(value_text(PROBLEM_OWNER, "李四"))),
       VERDICT_DONE);
  assert_int_equal(city_value(city, RECORD_MEASURE, first, MEASURE_BASE_DUE), today + 20); /* starting freezes nothing anew */
  assert_int_equal(city_value(city, RECORD_PROBLEM, problem, PROBLEM_BASELINE_ON), today);
}

static int64_t city_approved(struct city *city, int64_t problem) {
  city_measure(city, problem, "建立准入目录", 6000, MEASURE_KIND_MECHANISM);
  city_measure(city, problem, "限期召开药事会", 4000, MEASURE_KIND_ACTION);
  int64_t plan = city_plan(city, &problem, 1);
  must(city, act(city, &city->liaison, RECORD_PLAN, plan, ACTION_SUBMIT, NULL), VERDICT_DONE);
  must(city, act(city, &city->office, RECORD_PLAN, plan, ACTION_APPROVE, NULL), VERDICT_DONE);
  return plan;
}

static void a_problem_is_in_one_plan_in_force_at_a_time(void **state) {
  struct city *city = *state;
  int64_t problem = city_taken(city, KIND_TIME_LIMITED, LEVEL_UNIT), draft = city_problem(city, KIND_AT_ONCE, LEVEL_UNIT);
  city_approved(city, problem);
  int64_t other = city_plan(city, &problem, 1), early = city_plan(city, &draft, 1);
  must(city, act(city, &city->liaison, RECORD_PLAN, other, ACTION_SUBMIT, NULL), VERDICT_NOT_NOW);
  assert_true(city_found(city, "plan_problems"));
  must(city, act(city, &city->liaison, RECORD_PLAN, early, ACTION_SUBMIT, NULL), VERDICT_NOT_NOW);
  assert_non_null(strstr(city->outcome.findings[0].sentence.en, "not taken yet"));
  must(city, act(city, &city->stranger, RECORD_PLAN, other, ACTION_SUBMIT, NULL), VERDICT_ABSENT);
}

static void a_frozen_plan_changes_by_approval_only_and_by_what_was_asked(void **state) {
  struct city *city = *state;
  int64_t problem = city_taken(city, KIND_TIME_LIMITED, LEVEL_UNIT), plan = city_approved(city, problem), today = city_today(city), on;
  int64_t measure = one_of(city, RECORD_MEASURE, MEASURE_PROBLEM, problem, 0);
  struct frozen *steps;
  size_t count;
  must(city, city_act_with(city, &city->liaison, RECORD_PLAN, plan, ACTION_EDIT, NULL, VALUES(value_integer(PLAN_DUE, today + 85))),
       VERDICT_NOT_NOW);
  must(city, act(city, &city->office, RECORD_PLAN, plan, ACTION_START, NULL), VERDICT_DONE);
  must(city,
       city_act_with(city, &city->liaison, RECORD_MEASURE, measure, ACTION_EDIT, NULL, VALUES(value_integer(MEASURE_DUE, today + 30))),
       VERDICT_DONE);
  must(city,
       city_act_with(city, &city->liaison, RECORD_PLAN, plan, ACTION_CHANGE_PLAN, "供货推迟", VALUES(value_integer(PLAN_DUE, today + 85))),
       VERDICT_DONE);
  assert_int_equal(city_value(city, RECORD_PLAN, plan, PLAN_DUE), today + 80); /* it waits */
  must(city,
       city_act_with(city, &city->liaison, RECORD_PLAN, plan, ACTION_CHANGE_PLAN, "再推迟", VALUES(value_integer(PLAN_DUE, today + 86))),
       VERDICT_NOT_NOW);
  /* after asking */
  must(city,
       city_act_with(city, &city->liaison, RECORD_MEASURE, measure, ACTION_EDIT, NULL, VALUES(value_integer(MEASURE_DUE, today + 60))),
       VERDICT_DONE);
  int64_t approval = one_of(city, RECORD_APPROVAL, APPROVAL_RECORD, plan, 0);
  must(city, act(city, &city->office, RECORD_APPROVAL, approval, ACTION_AGREE, NULL), VERDICT_DONE);
  assert_int_equal(city_value(city, RECORD_PLAN, plan, PLAN_DUE), today + 85);
  assert_int_equal(city_value(city, RECORD_MEASURE, measure, MEASURE_BASE_DUE), today + 30); /* as asked, not as edited since */
  assert_int_equal(city_value(city, RECORD_PLAN, plan, PLAN_BASELINE_COUNT), 2);
  const char *all = row_text(city_row(city, RECORD_PLAN, plan), PLAN_BASELINES);
  assert_true(baselines_get(city->arena, all, 1, &on, &steps, &count));
  assert_int_equal(count, 2);
  assert_int_equal(steps[0].due, today + 20); /* the old baseline is readable */
  assert_true(baselines_get(city->arena, all, 2, &on, &steps, &count));
  assert_int_equal(steps[0].due, today + 30);
  must(city, act(city, &city->office, RECORD_PLAN, plan, ACTION_REBASE, NULL), VERDICT_FORBIDDEN);
}

static void a_plan_is_concluded_when_its_problems_are_accepted(void **state) {
  struct city *city = *state;
  int64_t problem = city_taken(city, KIND_TIME_LIMITED, LEVEL_UNIT), plan = city_approved(city, problem);
  must(city, act(city, &city->office, RECORD_PLAN, plan, ACTION_START, NULL), VERDICT_DONE);
  must(city, city_act_with(city, &city->office, RECORD_PLAN, plan, ACTION_CONCLUDE, NULL, VALUES(value_text(PLAN_CONCLUSION, "完成"))),
       VERDICT_NOT_NOW);
  assert_true(city_found(city, "plan_done"));
  must(city, city_act(city, &city->office, problem, ACTION_WITHDRAW, "并入他题"), VERDICT_DONE);
  must(city, city_act_with(city, &city->office, RECORD_PLAN, plan, ACTION_CONCLUDE, NULL, VALUES(value_text(PLAN_CONCLUSION, "完成"))),
       VERDICT_DONE);
}

/* ---- stages ---- */

static struct value *stage_values(struct city *city, int64_t problem, int64_t due) {
  struct value *values = ARENA_ARRAY(city->arena, struct value, 4);
  values[0] = value_integer(STAGE_PROBLEM, problem);
  values[1] = value_text(STAGE_TITLE, "第一阶段");
  values[2] = value_text(STAGE_GOAL, "目录发布");
  values[3] = value_integer(STAGE_DUE, due);
  return values;
}
static enum verdict start(struct city *city, int64_t problem) {
  return city_act_with(city, &city->liaison, RECORD_PROBLEM, problem, ACTION_START, NULL, VALUES(value_text(PROBLEM_OWNER, "李四")));
}

static void long_term_problems_have_a_stage_every_ninety_days(void **state) {
  static const struct { int64_t term, stages[3]; bool fits; } cases[] = {
    {200, {0}, false}, {200, {90, 180, 0}, true}, {200, {91, 180, 0}, false}, {200, {90, 0}, false}, {200, {30, 110, 0}, true}, {90, {90, 0}, true}, {80, {0}, false}, {181, {90, 91, 0}, true}};
  struct city *city = *state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    int64_t problem = city_taken(city, KIND_LONG_TERM, LEVEL_UNIT), today = city_today(city);
    must(city,
         city_act_with(city, &AUTHORITY_SYSTEM, RECORD_PROBLEM, problem, ACTION_EDIT, NULL,
                       VALUES(value_integer(PROBLEM_DUE, today + cases[i].term))),
         cases[i].term == 90 ? VERDICT_UNCHANGED : VERDICT_DONE);
    city_measure(city, problem, "建立准入目录", 10000, MEASURE_KIND_MECHANISM);
    for (size_t k = 0; k < 3 && cases[i].stages[k]; k++)
      city_make(city, &city->liaison, RECORD_STAGE, stage_values(city, problem, today + cases[i].stages[k]), 4);
    enum verdict verdict = start(city, problem);
    if ((verdict == VERDICT_DONE) != cases[i].fits) fail_msg("case %d: verdict %d", (int)i, (int)verdict);
    if (!cases[i].fits) assert_true(city_found(city, "stages_planned"));
  }
}

static void stages_are_for_long_term_problems_within_their_term(void **state) {
  struct city *city = *state;
  int64_t limited = city_taken(city, KIND_TIME_LIMITED, LEVEL_UNIT), lasting = city_taken(city, KIND_LONG_TERM, LEVEL_UNIT),
          today = city_today(city);
  must(city, city_act_with(city, &city->liaison, RECORD_STAGE, 0, ACTION_CREATE, NULL, stage_values(city, limited, today + 20), 4),
       VERDICT_NOT_NOW);
  assert_true(city_found(city, "stage_fits"));
  must(city, city_act_with(city, &city->liaison, RECORD_STAGE, 0, ACTION_CREATE, NULL, stage_values(city, lasting, today - 1), 4),
       VERDICT_NOT_NOW);
  must(city, city_act_with(city, &city->liaison, RECORD_STAGE, 0, ACTION_CREATE, NULL, stage_values(city, lasting, today + 91), 4),
       VERDICT_NOT_NOW);
  must(city, city_act_with(city, &city->stranger, RECORD_STAGE, 0, ACTION_CREATE, NULL, stage_values(city, lasting, today + 20), 4),
       VERDICT_INVALID);
  int64_t stage = city_make(city, &city->liaison, RECORD_STAGE, stage_values(city, lasting, today + 20), 4),
          measure = city_measure(city, lasting, "建立准入目录", 10000, MEASURE_KIND_ACTION);
  must(city, city_act_with(city, &city->liaison, RECORD_MEASURE, measure, ACTION_EDIT, NULL, VALUES(value_integer(MEASURE_STAGE, stage))),
       VERDICT_DONE);
  int64_t other = city_measure(city, limited, "另一题的措施", 10000, MEASURE_KIND_ACTION);
  must(city, city_act_with(city, &city->liaison, RECORD_MEASURE, other, ACTION_EDIT, NULL, VALUES(value_integer(MEASURE_STAGE, stage))),
       VERDICT_NOT_NOW);
  assert_true(city_found(city, "same_problem"));
}

static void judge(struct city *city, int64_t problem) {
  struct change change = {.type = record_type(RECORD_PROBLEM), .id = problem, .seen = ANY_VERSION, .action = ACTION_JUDGE};
  city_apply(city, &AUTHORITY_SYSTEM, &change, 1);
}

static void a_missed_stage_turns_orange_and_only_its_acceptance_clears_it(void **state) {
  struct city *city = *state;
  int64_t problem = city_taken(city, KIND_LONG_TERM, LEVEL_UNIT), today = city_today(city);
  city_measure(city, problem, "建立准入目录", 10000, MEASURE_KIND_MECHANISM);
  must(city,
       city_act_with(city, &city->liaison, RECORD_MEASURE, one_of(city, RECORD_MEASURE, MEASURE_PROBLEM, problem, 0), ACTION_EDIT, NULL,
                     VALUES(value_integer(MEASURE_DUE, today + 89))),
       VERDICT_DONE);
  int64_t stage = city_make(city, &city->liaison, RECORD_STAGE, stage_values(city, problem, today + 30), 4),
          second = city_make(city, &city->liaison, RECORD_STAGE, stage_values(city, problem, today + 80), 4);
  must(city, start(city, problem), VERDICT_DONE);
  assert_int_equal(city_value(city, RECORD_PROBLEM, problem, PROBLEM_STAGE_DUE), today + 30);
  assert_int_equal(city_value(city, RECORD_PROBLEM, problem, PROBLEM_COLOUR), COLOUR_BLUE);
  assert_true(city_value(city, RECORD_PROBLEM, problem, PROBLEM_COLOUR_NEXT) == moment_of_date(today + 31)); /* the clock will find it */
  city->now += 32 * MOMENT_DAY;
  judge(city, problem);
  assert_int_equal(city_value(city, RECORD_PROBLEM, problem, PROBLEM_COLOUR), COLOUR_ORANGE);
  assert_int_equal(city_value(city, RECORD_PROBLEM, problem, PROBLEM_COLOUR_RULE), RULE_STAGE_MISSED);
  must(city, city_act_with(city, &city->office, RECORD_STAGE, stage, ACTION_EDIT, NULL, VALUES(value_integer(STAGE_DUE, today + 60))),
       VERDICT_NOT_NOW);
  assert_true(city_found(city, "stage_fits"));
  must(city, act(city, &city->office, RECORD_STAGE, stage, ACTION_CANCEL, "不再需要"), VERDICT_NOT_NOW);
  must(city, city_act_with(city, &city->liaison, RECORD_STAGE, stage, ACTION_REPORT, NULL, VALUES(value_text(STAGE_RESULT, "目录已发布"))),
       VERDICT_DONE);
  assert_int_equal(city_value(city, RECORD_PROBLEM, problem, PROBLEM_COLOUR), COLOUR_ORANGE); /* reported late: still missed */
  must(city, act(city, &city->liaison, RECORD_STAGE, stage, ACTION_ACCEPT, NULL), VERDICT_FORBIDDEN);
  must(city, act(city, &city->office, RECORD_STAGE, stage, ACTION_SEND_BACK, "缺附件"), VERDICT_DONE);
  must(city,
       city_act_with(city, &city->liaison, RECORD_STAGE, stage, ACTION_REPORT, NULL,
                     VALUES(value_text(STAGE_RESULT, "目录已发布,附件补齐"))),
       VERDICT_DONE);
  must(city, act(city, &city->office, RECORD_STAGE, stage, ACTION_ACCEPT, NULL), VERDICT_DONE);
  assert_int_equal(city_value(city, RECORD_PROBLEM, problem, PROBLEM_COLOUR), COLOUR_BLUE);
  assert_int_equal(city_value(city, RECORD_PROBLEM, problem, PROBLEM_STAGE_DUE), today + 80);
  must(city, city_act_with(city, &city->liaison, RECORD_STAGE, second, ACTION_REPORT, NULL, VALUES(value_text(STAGE_RESULT, "提前完成"))),
       VERDICT_DONE);
  city->now += 50 * MOMENT_DAY; /* past its date: it waits for the office, not for the unit */
  judge(city, problem);
  assert_true(city_value(city, RECORD_PROBLEM, problem, PROBLEM_COLOUR_RULE) != RULE_STAGE_MISSED);
}

static void a_longer_term_brings_its_stages_before_the_next_report(void **state) {
  struct city *city = *state;
  int64_t problem = city_taken(city, KIND_LONG_TERM, LEVEL_UNIT), today = city_today(city);
  struct value note = value_text(PROBLEM_PROGRESS_NOTE, "推进中");
  city_measure(city, problem, "建立准入目录", 10000, MEASURE_KIND_MECHANISM);
  city_make(city, &city->liaison, RECORD_STAGE, stage_values(city, problem, today + 80), 4);
  must(city, start(city, problem), VERDICT_DONE);
  must(city, city_act_with(city, &city->liaison, RECORD_PROBLEM, problem, ACTION_REPORT, NULL, &note, 1), VERDICT_DONE);
  must(city,
       city_act_with(city, &AUTHORITY_SYSTEM, RECORD_PROBLEM, problem, ACTION_EDIT, NULL, VALUES(value_integer(PROBLEM_DUE, today + 250))),
       VERDICT_DONE);
  note = value_text(PROBLEM_PROGRESS_NOTE, "延期后推进");
  must(city, city_act_with(city, &city->liaison, RECORD_PROBLEM, problem, ACTION_REPORT, NULL, &note, 1), VERDICT_NOT_NOW);
  assert_true(city_found(city, "stages_planned"));
  city_make(city, &city->liaison, RECORD_STAGE, stage_values(city, problem, today + 165), 4);
  must(city, city_act_with(city, &city->liaison, RECORD_PROBLEM, problem, ACTION_REPORT, NULL, &note, 1), VERDICT_DONE);
  city->now += 255 * MOMENT_DAY; /* late as a whole: nobody is asked for stages that could not be planned any more */
  note = value_text(PROBLEM_PROGRESS_NOTE, "还在推进");
  must(city, city_act_with(city, &city->liaison, RECORD_PROBLEM, problem, ACTION_REPORT, NULL, &note, 1), VERDICT_DONE);
}

/* ---- indicators ---- */

static void an_indicators_line_leads_in_its_direction(void **state) {
  static const struct { int64_t direction, base, goal, days; bool fits; } cases[] = {
    {DIRECTION_DOWN, 142000, 95000, 90, true}, {DIRECTION_DOWN, 95000, 142000, 90, false}, {DIRECTION_UP, 95000, 142000, 90, true}, {DIRECTION_UP, 1, 1, 90, false}, {DIRECTION_UP, 1, 2, 0, false}};
  struct city *city = *state;
  int64_t problem = city_taken(city, KIND_TIME_LIMITED, LEVEL_UNIT), today = city_today(city);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    enum verdict verdict = city_act_with(city, &city->liaison, RECORD_INDICATOR, 0, ACTION_CREATE, NULL,
                                         VALUES(value_integer(INDICATOR_PROBLEM, problem), value_text(INDICATOR_NAME, "入院月数"),
                                                value_integer(INDICATOR_UNIT, city->lead), value_text(INDICATOR_MEASURED_IN, "月"),
                                                value_integer(INDICATOR_DIRECTION, cases[i].direction),
                                                value_integer(INDICATOR_BASE, cases[i].base), value_integer(INDICATOR_BASE_ON, today),
                                                value_integer(INDICATOR_GOAL, cases[i].goal),
                                                value_integer(INDICATOR_GOAL_ON, today + cases[i].days)));
    if ((verdict == VERDICT_DONE) != cases[i].fits) fail_msg("case %d: verdict %d", (int)i, (int)verdict);
    if (!cases[i].fits) assert_true(city_found(city, "indicator_line"));
  }
}

static int64_t city_indicator(struct city *city, int64_t problem) {
  int64_t today = city_today(city);
  return city_make(city, &city->liaison, RECORD_INDICATOR,
                   VALUES(value_integer(INDICATOR_PROBLEM, problem), value_text(INDICATOR_NAME, "入院月数"),
                          value_integer(INDICATOR_UNIT, city->lead), value_text(INDICATOR_MEASURED_IN, "月"),
                          value_integer(INDICATOR_DIRECTION, DIRECTION_DOWN), value_integer(INDICATOR_BASE, 142000),
                          value_integer(INDICATOR_BASE_ON, today - 10), value_integer(INDICATOR_GOAL, 95000),
                          value_integer(INDICATOR_GOAL_ON, today + 90)));
}
static enum verdict value_enter(struct city *city, const struct authority *who, int64_t indicator, int64_t on, int64_t value) {
  return city_act_with(city, who, RECORD_INDICATOR_VALUE, 0, ACTION_CREATE, NULL,
                       VALUES(value_integer(INDICATOR_VALUE_INDICATOR, indicator), value_integer(INDICATOR_VALUE_ON, on),
                              value_integer(INDICATOR_VALUE_VALUE, value), value_integer(INDICATOR_VALUE_SOURCE, VALUE_SOURCE_DATA)));
}

static void the_latest_value_stands_and_an_older_one_moves_nothing(void **state) {
  struct city *city = *state;
  int64_t problem = city_taken(city, KIND_TIME_LIMITED, LEVEL_UNIT), indicator = city_indicator(city, problem), today = city_today(city);
  must(city, value_enter(city, &city->liaison, indicator, today + 1, 100000), VERDICT_NOT_NOW);
  must(city, value_enter(city, &city->liaison, indicator, today - 11, 100000), VERDICT_NOT_NOW);
  must(city, value_enter(city, &city->joint_liaison, indicator, today, 100000), VERDICT_FORBIDDEN);
  must(city, value_enter(city, &city->liaison, indicator, today - 2, 130000), VERDICT_DONE);
  assert_int_equal(city_value(city, RECORD_INDICATOR_VALUE, city->outcome.ids[0], INDICATOR_VALUE_ENTERED_BY), city->liaison.user);
  must(city, value_enter(city, &city->liaison, indicator, today - 5, 140000), VERDICT_DONE);
  assert_int_equal(city_value(city, RECORD_INDICATOR, indicator, INDICATOR_LATEST), 130000);
  /* the same day again: the last entered counts */
  must(city, value_enter(city, &city->office, indicator, today - 2, 120000), VERDICT_DONE);
  assert_int_equal(city_value(city, RECORD_INDICATOR, indicator, INDICATOR_LATEST), 120000);
  assert_int_equal(city_value(city, RECORD_INDICATOR, indicator, INDICATOR_LATEST_ON), today - 2);
  must(city, act(city, &city->liaison, RECORD_INDICATOR, indicator, ACTION_RETIRE, "口径有误"), VERDICT_DONE);
  must(city, value_enter(city, &city->liaison, indicator, today, 100000), VERDICT_NOT_NOW);
}

/* ---- sites ---- */

static int64_t city_site(struct city *city, int64_t problem) {
  return city_make(city, &city->liaison, RECORD_SITE,
                   VALUES(value_integer(SITE_PROBLEM, problem), value_text(SITE_NAME, "一号院"), value_integer(SITE_UNIT, city->lead)));
}

static void a_site_is_accepted_from_outside_and_confirmed_by_the_office(void **state) {
  struct city *city = *state;
  int64_t problem = city_taken(city, KIND_TIME_LIMITED, LEVEL_UNIT), site = city_site(city, problem), today = city_today(city);
  struct authority insider = city_person(city, "insider", city->joint, ROLE_ACCEPTOR, NOTHING);
  must(city, act(city, &city->liaison, RECORD_SITE, site, ACTION_START, NULL), VERDICT_DONE);
  must(city, act(city, &city->office, RECORD_SITE, site, ACTION_FINISH, NULL), VERDICT_FORBIDDEN);
  city->now += 3 * MOMENT_DAY;
  must(city, act(city, &city->liaison, RECORD_SITE, site, ACTION_FINISH, NULL), VERDICT_DONE);
  must(city, act(city, &city->liaison, RECORD_SITE, site, ACTION_ACCEPT, NULL), VERDICT_FORBIDDEN);
  must(city, act(city, &insider, RECORD_SITE, site, ACTION_ACCEPT, NULL), VERDICT_FORBIDDEN); /* his unit joins the problem */
  must(city, act(city, &city->acceptor, RECORD_SITE, site, ACTION_SEND_BACK, "信号仍弱"), VERDICT_DONE);
  assert_int_equal(city_value(city, RECORD_SITE, site, SITE_BUILT_ON), NOTHING);
  assert_int_equal(city_value(city, RECORD_SITE, site, SITE_STARTED_ON), today); /* the first start stands */
  must(city, act(city, &city->liaison, RECORD_SITE, site, ACTION_FINISH, NULL), VERDICT_DONE);
  must(city, act(city, &city->acceptor, RECORD_SITE, site, ACTION_ACCEPT, NULL), VERDICT_DONE);
  assert_int_equal(city_value(city, RECORD_SITE, site, SITE_ACCEPTOR), city->acceptor.user);
  must(city, act(city, &city->office, RECORD_SITE, site, ACTION_CONFIRM, NULL), VERDICT_INVALID);
  must(city,
       city_act_with(city, &city->office, RECORD_SITE, site, ACTION_CONFIRM, NULL,
                     VALUES(value_integer(SITE_CONFIRMED_BY, CONFIRMED_BY_CALL_BACK))),
       VERDICT_DONE);
  assert_int_equal(city_row(city, RECORD_SITE, site)->state, SITE_CONFIRMED);
  must(city, city_act(city, &city->office, problem, ACTION_WITHDRAW, "重复"), VERDICT_DONE);
  must(city,
       city_act_with(city, &city->liaison, RECORD_SITE, 0, ACTION_CREATE, NULL,
                     VALUES(value_integer(SITE_PROBLEM, problem), value_text(SITE_NAME, "二号院"), value_integer(SITE_UNIT, city->lead))),
       VERDICT_NOT_NOW);
  assert_true(city_found(city, "problem_live"));
}

/* ---- data as proof ---- */

static enum verdict prove(struct city *city, int64_t problem, int64_t kind, int64_t type, int64_t id) {
  return city_act_with(city, &city->liaison, RECORD_EVIDENCE, 0, ACTION_CREATE, NULL,
                       VALUES(value_integer(EVIDENCE_PROBLEM, problem), value_text(EVIDENCE_TITLE, "数据佐证"),
                              value_integer(EVIDENCE_KIND, kind), value_integer(EVIDENCE_OF_TYPE, type),
                              value_integer(EVIDENCE_OF_ID, id)));
}

static void data_is_proof_when_it_is_there_and_of_the_problem(void **state) {
  struct city *city = *state;
  int64_t problem = city_taken(city, KIND_AT_ONCE, LEVEL_UNIT), other = city_taken(city, KIND_AT_ONCE, LEVEL_UNIT),
          today = city_today(city);
  int64_t indicator = city_indicator(city, problem), site = city_site(city, problem), foreign = city_site(city, other);
  must(city, prove(city, problem, EVIDENCE_KIND_INDICATOR, RECORD_INDICATOR, indicator), VERDICT_NOT_NOW); /* no value yet */
  assert_true(city_found(city, "same_problem"));
  must(city, prove(city, problem, EVIDENCE_KIND_SITE, RECORD_SITE, site), VERDICT_NOT_NOW); /* not built */
  must(city, prove(city, problem, EVIDENCE_KIND_FILE, RECORD_SITE, foreign), VERDICT_NOT_NOW);
  must(city, prove(city, problem, EVIDENCE_KIND_APPEALS, NOTHING, NOTHING), VERDICT_NOT_NOW);
  must(city, prove(city, problem, EVIDENCE_KIND_FILE, RECORD_SITE, NOTHING), VERDICT_NOT_NOW);
  must(city, prove(city, problem, EVIDENCE_KIND_CALL_BACK, RECORD_SITE, site), VERDICT_NOT_NOW);
  must(city, value_enter(city, &city->liaison, indicator, today, 90000), VERDICT_DONE);
  must(city,
       city_act_with(city, &city->liaison, RECORD_PROBLEM, problem, ACTION_APPLY, NULL,
                     VALUES(value_text(PROBLEM_PROGRESS_NOTE, "已修好"))),
       VERDICT_NOT_NOW);
  assert_true(city_found(city, "has_evidence"));
  must(city, prove(city, problem, EVIDENCE_KIND_INDICATOR, RECORD_INDICATOR, indicator), VERDICT_DONE);
  city_applied(city, problem); /* and that is proof enough: no photograph */
}

static void a_picture_is_found_by_its_content(void **state) {
  static const char hash[] = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
  struct city *city = *state;
  int64_t problem = city_taken(city, KIND_AT_ONCE, LEVEL_UNIT);
  int64_t picture = city_make(city, &city->liaison, RECORD_EVIDENCE,
                              VALUES(value_integer(EVIDENCE_PROBLEM, problem), value_text(EVIDENCE_TITLE, "照片"),
                                     value_text(EVIDENCE_FILE, hash), value_text(EVIDENCE_MEDIA_TYPE, "image/png")));
  int64_t paper = city_make(city, &city->liaison, RECORD_EVIDENCE,
                            VALUES(value_integer(EVIDENCE_PROBLEM, problem), value_text(EVIDENCE_TITLE, "纪要"),
                                   value_text(EVIDENCE_FILE, hash), value_text(EVIDENCE_MEDIA_TYPE, "application/pdf")));
  assert_string_equal(row_text(city_row(city, RECORD_EVIDENCE, picture), EVIDENCE_PICTURE_HASH), hash);
  assert_null(row_text(city_row(city, RECORD_EVIDENCE, paper), EVIDENCE_PICTURE_HASH));
}

/* ---- results ---- */

static void closing_makes_a_result_that_the_office_confirms_and_nobody_alters(void **state) {
  struct city *city = *state;
  int64_t problem = city_taken(city, KIND_AT_ONCE, LEVEL_UNIT);
  city_evidence(city, problem);
  city_applied(city, problem); /* at once: closed by its unit */
  assert_int_equal(city_row(city, RECORD_PROBLEM, problem)->state, PROBLEM_CLOSED);
  int64_t result = one_of(city, RECORD_RESULT, RESULT_PROBLEM, problem, 0);
  assert_int_equal(city_row(city, RECORD_RESULT, result)->state, RESULT_DRAFTED);
  assert_string_equal(row_text(city_row(city, RECORD_RESULT, result), RESULT_EXPECTED), "入院缩短到 9.5 个月");
  assert_int_equal(city_value(city, RECORD_RESULT, result, RESULT_UNIT), city->lead);
  static const struct { struct value value; } steps[] = {
    {{.field = RESULT_OUTCOME, .kind = VALUE_INTEGER, .integer = OUTCOME_SOLVED}}, {{.field = RESULT_ACHIEVED, .kind = VALUE_TEXT, .text = "10.1 个月", .size = sizeof "10.1 个月" - 1}},
    {{.field = RESULT_PEOPLE, .kind = VALUE_INTEGER, .integer = 0}}, {{.field = RESULT_PUBLICITY, .kind = VALUE_INTEGER, .integer = PUBLICITY_WITHHELD}}, {{.field = RESULT_WITHHOLD, .kind = VALUE_INTEGER, .integer = WITHHOLD_PROCESS}}};
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
    must(city, act(city, &city->office, RECORD_RESULT, result, ACTION_CONFIRM, NULL), VERDICT_NOT_NOW);
    assert_int_equal(city->outcome.findings[0].field, steps[i].value.field);
    must(city, city_act_with(city, &city->liaison, RECORD_RESULT, result, ACTION_EDIT, NULL, &steps[i].value, 1), VERDICT_DONE);
  }
  must(city, city_act_with(city, &city->stranger, RECORD_RESULT, result, ACTION_EDIT, NULL, VALUES(value_integer(RESULT_PEOPLE, 9))),
       VERDICT_ABSENT);
  must(city, act(city, &city->liaison, RECORD_RESULT, result, ACTION_CONFIRM, NULL), VERDICT_FORBIDDEN);
  assert_int_equal(city_value(city, RECORD_PROBLEM, problem, PROBLEM_OUTCOME), NOTHING);
  must(city, act(city, &city->office, RECORD_RESULT, result, ACTION_CONFIRM, NULL), VERDICT_DONE);
  assert_int_equal(city_value(city, RECORD_PROBLEM, problem, PROBLEM_OUTCOME), OUTCOME_SOLVED);
  /* frozen */
  must(city, city_act_with(city, &city->liaison, RECORD_RESULT, result, ACTION_EDIT, NULL, VALUES(value_integer(RESULT_PEOPLE, 5))),
       VERDICT_NOT_NOW);
  must(city, act(city, &city->office, RECORD_RESULT, result, ACTION_CORRECT_RESULT, "漏计一项"), VERDICT_DONE);
  assert_int_equal(city_row(city, RECORD_RESULT, result)->state, RESULT_CORRECTED);
  assert_int_equal(city_value(city, RECORD_RESULT, result, RESULT_PEOPLE), 0); /* the old one keeps every word */
  int64_t next = one_of(city, RECORD_RESULT, RESULT_CORRECTS, result, 0);
  assert_string_equal(row_text(city_row(city, RECORD_RESULT, next), RESULT_ACHIEVED), "10.1 个月");
  assert_int_equal(city_row(city, RECORD_RESULT, next)->state, RESULT_DRAFTED);
  assert_int_equal(city_value(city, RECORD_RESULT, next, RESULT_CONFIRMED_ON), NOTHING);
  must(city,
       city_act_with(city, &city->office, RECORD_PROBLEM, problem, ACTION_REOPEN, "又来了",
                     VALUES(value_integer(PROBLEM_DUE, city_today(city) + 5))),
       VERDICT_DONE);
  assert_int_equal(city_value(city, RECORD_PROBLEM, problem, PROBLEM_OUTCOME), NOTHING); /* this cycle has none yet */
  must(city, act(city, &city->office, RECORD_RESULT, next, ACTION_CONFIRM, NULL), VERDICT_DONE);
  assert_int_equal(city_value(city, RECORD_PROBLEM, problem, PROBLEM_OUTCOME), NOTHING); /* and an older one's is not its own */
}

/* ---- secrecy ---- */

static bool sees(struct city *city, const struct authority *who, enum record_id type, int64_t id) {
  struct reader *reader;
  struct row *row = NULL;
  assert_int_equal(store_reader(city->store, &reader), STORE_OK);
  enum store_error error = reader_get(reader, record_type(type), scope_for(city->arena, who, record_type(type), MAY_READ), id, city->arena,
                                      &row);
  reader_release(reader);
  assert_true(error == STORE_OK || error == STORE_ABSENT);
  return error == STORE_OK;
}

static bool count_take(void *with, const struct row *row) {
  (void)row;
  ++*(size_t *)with;
  return true;
}

static size_t lists(struct city *city, const struct authority *who, enum record_id type) {
  struct reader *reader;
  size_t count = 0;
  struct query query = {.type = record_type(type), .limit = 100, .expected = -1};
  assert_int_equal(store_reader(city->store, &reader), STORE_OK);
  assert_int_equal(reader_list(reader, &query, scope_for(city->arena, who, query.type, MAY_READ), city->arena, count_take, &count),
                   STORE_OK);
  reader_release(reader);
  return count;
}

static void what_belongs_to_a_restricted_problem_is_as_restricted(void **state) {
  struct city *city = *state;
  int64_t problem = city_taken(city, KIND_TIME_LIMITED, LEVEL_UNIT), site = city_site(city, problem),
          measure = city_measure(city, problem, "建立准入目录", 10000, MEASURE_KIND_ACTION);
  int64_t indicator = city_indicator(city, problem), user = city_user(city, "low", city->root), value;
  must(city, value_enter(city, &city->liaison, indicator, city_today(city), 100000), VERDICT_DONE);
  value = city->outcome.ids[0];
  city_make(city, &AUTHORITY_SYSTEM, RECORD_GRANT,
            VALUES(value_integer(GRANT_USER, user), value_integer(GRANT_ROLE, ROLE_REVIEWER),
                   value_integer(GRANT_SECRECY, SECRECY_INTERNAL)));
  struct authority low = city_authority(city, user);
  const struct {
    enum record_id type;
    int64_t id;
  } records[] = {{RECORD_PROBLEM, problem},
                 {RECORD_MEASURE, measure},
                 {RECORD_SITE, site},
                 {RECORD_INDICATOR, indicator},
                 {RECORD_INDICATOR_VALUE, value}};
  for (size_t i = 0; i < sizeof records / sizeof *records; i++) assert_true(sees(city, &low, records[i].type, records[i].id));
  must(city,
       city_act_with(city, &city->office, RECORD_PROBLEM, problem, ACTION_EDIT, NULL,
                     VALUES(value_integer(PROBLEM_SECRECY, SECRECY_RESTRICTED))),
       VERDICT_DONE);
  for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
    assert_false(sees(city, &low, records[i].type, records[i].id));
    assert_true(sees(city, &city->office, records[i].type, records[i].id));
  }
}

/* The very units that lead or join it: their people's ceiling holds for measures, sites and holdings as well. */
static void a_units_own_part_of_a_restricted_problem_is_as_restricted(void **state) {
  struct city *city = *state;
  int64_t problem = city_taken(city, KIND_TIME_LIMITED, LEVEL_UNIT), site = city_site(city, problem),
          measure = city_measure(city, problem, "建立准入目录", 10000, MEASURE_KIND_ACTION);
  int64_t user = city_user(city, "low", city->lead);
  city_make(city, &AUTHORITY_SYSTEM, RECORD_GRANT,
            VALUES(value_integer(GRANT_USER, user), value_integer(GRANT_ROLE, ROLE_LIAISON), value_integer(GRANT_UNIT, city->lead),
                   value_integer(GRANT_SECRECY, SECRECY_INTERNAL)));
  struct authority low = city_authority(city, user);
  const struct { enum record_id type; int64_t id; } records[] = {{RECORD_PROBLEM, problem}, {RECORD_MEASURE, measure}, {RECORD_SITE, site}};
  size_t listed = 0;
  for (size_t i = 0; i < sizeof records / sizeof *records; i++) assert_true(sees(city, &low, records[i].type, records[i].id));
  assert_true(lists(city, &low, RECORD_HOLDING) > 0 && lists(city, &low, RECORD_MEASURE) > 0);
  must(city,
       city_act_with(city, &city->office, RECORD_PROBLEM, problem, ACTION_EDIT, NULL,
                     VALUES(value_integer(PROBLEM_SECRECY, SECRECY_RESTRICTED))),
       VERDICT_DONE);
  for (size_t i = 0; i < sizeof records / sizeof *records; i++) listed += sees(city, &low, records[i].type, records[i].id);
  assert_int_equal(listed, 0);
  assert_int_equal(lists(city, &low, RECORD_HOLDING), 0);
  assert_int_equal(lists(city, &low, RECORD_MEASURE), 0);
}

#define CITY_TEST(function) cmocka_unit_test_setup_teardown(function, city_setup, city_teardown)
int main(void) {
  const struct CMUnitTest tests[] = {
      CITY_TEST(approval_freezes_the_measures_and_a_problem_starts_with_that_baseline),
      CITY_TEST(a_problem_is_in_one_plan_in_force_at_a_time),
      CITY_TEST(a_frozen_plan_changes_by_approval_only_and_by_what_was_asked),
      CITY_TEST(a_plan_is_concluded_when_its_problems_are_accepted),
      CITY_TEST(long_term_problems_have_a_stage_every_ninety_days),
      CITY_TEST(stages_are_for_long_term_problems_within_their_term),
      CITY_TEST(a_missed_stage_turns_orange_and_only_its_acceptance_clears_it),
      CITY_TEST(a_longer_term_brings_its_stages_before_the_next_report),
      CITY_TEST(an_indicators_line_leads_in_its_direction),
      CITY_TEST(the_latest_value_stands_and_an_older_one_moves_nothing),
      CITY_TEST(a_site_is_accepted_from_outside_and_confirmed_by_the_office),
      CITY_TEST(data_is_proof_when_it_is_there_and_of_the_problem),
      CITY_TEST(a_picture_is_found_by_its_content),
      CITY_TEST(closing_makes_a_result_that_the_office_confirms_and_nobody_alters),
      CITY_TEST(what_belongs_to_a_restricted_problem_is_as_restricted),
      CITY_TEST(a_units_own_part_of_a_restricted_problem_is_as_restricted),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
