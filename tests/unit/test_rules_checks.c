/* Checks, cases and mechanisms: seasons and verdicts by table; then through the door: a draw makes a check that outlives the re-opening, a
   failed one re-opens or sends back and is red until more is done, look-backs; a case that grows until all four are there; self-checks by
   others. */
#include "test_rules_change_house.h"
#include "rules/definitions_rates.h"
#include "rules/effects.h"

/* ---- seasons ---- */

static void the_same_season_lies_whole_years_before(void **state) {
  static const struct { const char *in_force, *on, *after_from, *before_from, *before_to; int months; } cases[] = {
    {"2026-03-01", "2026-11-23", "2026-03-01", "2025-03-01", "2025-11-23", 8}, /* all of it, a year before */
    {"2026-11-23", "2026-11-23", "2026-11-23", "2025-11-23", "2025-11-23", 0}, /* the first day */
    {"2025-06-15", "2026-11-23", "2025-11-24", "2023-11-24", "2024-11-23", 17}, /* the last twelve months, two years before: a year before it was in force already */
    {"2025-11-24", "2026-11-23", "2025-11-24", "2024-11-24", "2025-11-23", 12}, /* just a year */
    {"2024-02-29", "2024-08-28", "2024-02-29", "2023-02-28", "2023-08-28", 6}, /* no such day: the last of the month */
  };
  struct arena *arena = arena_new();
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    int64_t in_force = 0, on = 0;
    assert_true(date_parse(cases[i].in_force, &in_force) && date_parse(cases[i].on, &on));
    struct seasons seasons = mechanism_seasons(in_force, on);
    assert_string_equal(date_print(arena, seasons.after_from), cases[i].after_from);
    assert_string_equal(date_print(arena, seasons.after_to), cases[i].on);
    assert_string_equal(date_print(arena, seasons.before_from), cases[i].before_from);
    assert_string_equal(date_print(arena, seasons.before_to), cases[i].before_to);
    assert_int_equal(seasons.months, cases[i].months);
    assert_true(seasons.before_to < in_force);
  }
  arena_free(arena);
}

static void a_mechanism_works_by_the_policys_months_and_share(void **state) {
  static const struct { struct mechanism_facts facts; int64_t works; } cases[] = {
    {{5, 100, 0}, WORKS_TOO_YOUNG}, {{6, 0, 0}, WORKS_UNKNOWN}, {{6, 100, 70}, WORKS_WELL}, {{6, 100, 71}, WORKS_NOT}, {{20, 3, 2}, WORKS_WELL}, {{20, 3, 3}, WORKS_NOT}};
  struct policy policy = policy_default();
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) assert_int_equal(mechanism_works(&cases[i].facts, &policy), cases[i].works);
  policy.mechanism_months = 3, policy.mechanism_share = 5000;
  assert_int_equal(mechanism_works(&(struct mechanism_facts){3, 100, 51}, &policy), WORKS_NOT);
  assert_int_equal(mechanism_works(&(struct mechanism_facts){3, 100, 50}, &policy), WORKS_WELL);
}

/* ---- checks ---- */

static int64_t state_of(struct city *city, int64_t problem) { return city_row(city, RECORD_PROBLEM, problem)->state; }
static int64_t value_of(struct city *city, int64_t problem, uint16_t field) { return city_value(city, RECORD_PROBLEM, problem, field); }

static void all_are_drawn(struct city *city) {
  city_make(city, &city->office, RECORD_POLICY,
            VALUES(value_text(POLICY_NAME, "全抽"), value_integer(POLICY_CAMPAIGN, city->campaign),
                   value_integer(POLICY_FROM, city_today(city)), value_integer(POLICY_DRAW_B, 10000), value_integer(POLICY_DRAW_C, 10000),
                   value_text(POLICY_DRAW_SEED, "种子")));
}

static struct row **checks_of(struct city *city, int64_t problem, size_t *count) {
  struct value of = value_integer(CHECK_PROBLEM, problem);
  struct condition condition = {.field = CHECK_PROBLEM, .how = C_IS, .values = &of, .count = 1};
  struct query query = {.type = record_type(RECORD_CHECK),
                        .conditions = &condition,
                        .condition_count = 1,
                        .sort = FIELD_ID,
                        .expected = -1};
  struct rows rows = {.arena = city->arena};
  struct reader *reader;
  assert_int_equal(store_reader(city->store, &reader), STORE_OK);
  assert_int_equal(reader_list(reader, &query, &SCOPE_SYSTEM, city->arena, rows_keep, &rows), STORE_OK);
  reader_release(reader);
  *count = rows.count;
  return rows.items;
}
static struct row *only_check(struct city *city, int64_t problem) {
  size_t count;
  struct row **rows = checks_of(city, problem, &count);
  assert_int_equal(count, 1);
  return rows[0];
}

static int64_t closed_at_once(struct city *city) {
  int64_t problem = city_taken(city, KIND_AT_ONCE, LEVEL_UNIT);
  city_evidence(city, problem);
  city_applied(city, problem);
  assert_int_equal(state_of(city, problem), PROBLEM_CLOSED);
  return problem;
}
static int64_t endorsed(struct city *city) {
  int64_t measures[2], problem = city_started(city, KIND_TIME_LIMITED, LEVEL_UNIT, measures);
  city_measure_done(city, measures[0]), city_measure_done(city, measures[1]);
  city_evidence(city, problem);
  city_applied(city, problem);
  city_do(city, &city->head, problem, ACTION_ENDORSE, NULL);
  return problem;
}
static enum verdict fails(struct city *city, const struct authority *who, int64_t check) {
  return city_act_with(city, who, RECORD_CHECK, check, ACTION_FAIL, NULL,
                       VALUES(value_integer(CHECK_CHECKED_ON, city_today(city)), value_text(CHECK_PLACE, "门诊大厅"),
                              value_text(CHECK_FINDINGS, "告示已撤,窗口未开")));
}

static void a_draw_makes_a_check_with_its_population_share_and_seed(void **state) {
  struct city *city = *state;
  all_are_drawn(city);
  int64_t first = closed_at_once(city), second = closed_at_once(city), other = endorsed(city);
  struct row *check = only_check(city, second);
  assert_int_equal(check->state, CHECK_WAITING);
  assert_int_equal(row_integer(check, CHECK_KIND), CHECK_DRAWN);
  assert_int_equal(row_integer(check, CHECK_POPULATION), 2);
  assert_int_equal(row_integer(check, CHECK_SHARE), 10000);
  assert_int_equal(row_integer(check, CHECK_ROUTE), ROUTE_C);
  assert_int_equal(row_integer(check, CHECK_CYCLE), 1);
  assert_int_equal(row_integer(check, CHECK_UNIT), city->lead);
  assert_string_equal(row_text(check, CHECK_SEED), "种子");
  assert_int_equal(row_integer(only_check(city, first), CHECK_POPULATION), 1);
  assert_int_equal(row_integer(only_check(city, other), CHECK_POPULATION), 1); /* of its own route */
  assert_int_equal(row_integer(only_check(city, other), CHECK_ROUTE), ROUTE_B);
}

static void a_passed_check_is_told_to_the_problem_and_the_unit_itself_never_checks(void **state) {
  struct city *city = *state;
  all_are_drawn(city);
  int64_t problem = closed_at_once(city), check = only_check(city, problem)->id;
  must(city, fails(city, &city->liaison, check), VERDICT_FORBIDDEN);
  must(city, city_act_with(city, &city->acceptor, RECORD_CHECK, check, ACTION_PASS, NULL, NULL, 0), VERDICT_INVALID);
  must(city,
       city_act_with(city, &city->acceptor, RECORD_CHECK, check, ACTION_PASS, NULL,
                     VALUES(value_integer(CHECK_CHECKED_ON, city_today(city) + 1), value_text(CHECK_PLACE, "门诊大厅"))),
       VERDICT_NOT_NOW);
  assert_true(city_found(city, "check_seen"));
  must(city,
       city_act_with(city, &city->acceptor, RECORD_CHECK, check, ACTION_PASS, NULL,
                     VALUES(value_integer(CHECK_CHECKED_ON, city_today(city)), value_text(CHECK_PLACE, "门诊大厅"))),
       VERDICT_DONE);
  assert_int_equal(value_of(city, problem, PROBLEM_CHECKED_ON), city_today(city));
  assert_int_equal(city_value(city, RECORD_CHECK, check, CHECK_CHECKER), city->acceptor.user);
  assert_int_equal(state_of(city, problem), PROBLEM_CLOSED);
}

static void a_failed_check_re_opens_and_is_red_until_a_measure_is_accepted(void **state) {
  struct city *city = *state;
  all_are_drawn(city);
  int64_t problem = closed_at_once(city), check = only_check(city, problem)->id;
  city->now += 3 * MOMENT_DAY;
  must(city, fails(city, &city->acceptor, check), VERDICT_DONE);
  assert_int_equal(city_row(city, RECORD_CHECK, check)->state, CHECK_FAILED);
  assert_int_equal(city_value(city, RECORD_CHECK, check, CHECK_CONSEQUENCE), CONSEQUENCE_REOPENED);
  assert_int_equal(state_of(city, problem), PROBLEM_ASSIGNED);
  assert_int_equal(value_of(city, problem, PROBLEM_CYCLE), 2);
  assert_int_equal(value_of(city, problem, PROBLEM_DRAWN_ON), NOTHING); /* the marks are gone, the check is not */
  assert_int_equal(value_of(city, problem, PROBLEM_FAILED_CHECKS), 1);
  assert_int_equal(value_of(city, problem, PROBLEM_COLOUR), COLOUR_RED);
  assert_int_equal(value_of(city, problem, PROBLEM_COLOUR_RULE), RULE_FAILED_CHECK);
  city_do(city, &city->liaison, problem, ACTION_TAKE, NULL);
  int64_t measure = city_measure(city, problem, "窗口重开", 10000, MEASURE_KIND_ACTION);
  must(city, city_act_with(city, &city->liaison, RECORD_PROBLEM, problem, ACTION_START, NULL, VALUES(value_text(PROBLEM_OWNER, "李四"))),
       VERDICT_DONE);
  assert_int_equal(value_of(city, problem, PROBLEM_COLOUR_RULE), RULE_FAILED_CHECK);
  city_measure_done(city, measure);
  assert_int_not_equal(value_of(city, problem, PROBLEM_COLOUR), COLOUR_RED);
}

static void a_failed_check_of_what_is_on_its_way_sends_it_back(void **state) {
  struct city *city = *state;
  all_are_drawn(city);
  int64_t problem = endorsed(city);
  must(city, fails(city, &city->acceptor, only_check(city, problem)->id), VERDICT_DONE);
  assert_int_equal(state_of(city, problem), PROBLEM_RECTIFYING);
  assert_int_equal(value_of(city, problem, PROBLEM_COLOUR_RULE), RULE_FAILED_CHECK);
  assert_non_null(strstr(row_text(city_row(city, RECORD_PROBLEM, problem), PROBLEM_ASKED_MORE), "窗口未开"));
  city_applied(city, problem);
  city_do(city, &city->head, problem, ACTION_ENDORSE, NULL);
  assert_int_equal(value_of(city, problem, PROBLEM_ROUTE), ROUTE_A); /* it was red: the full chain, where everything is seen on site */
  city_accepted(city, problem);
  assert_int_equal(value_of(city, problem, PROBLEM_COLOUR), COLOUR_GREEN);
  assert_int_equal(only_check(city, problem)->state, CHECK_FAILED);
}

static void seen_on_site_at_acceptance_the_drawn_check_passes(void **state) {
  struct city *city = *state;
  all_are_drawn(city);
  int64_t problem = endorsed(city), again = endorsed(city);
  must(city, city_accepts(city, &city->acceptor, problem), VERDICT_DONE);
  assert_int_equal(only_check(city, problem)->state, CHECK_PASSED);
  assert_string_equal(row_text(only_check(city, problem), CHECK_PLACE), "市一医院药剂科");
  assert_int_equal(value_of(city, problem, PROBLEM_CHECKED_ON), city_today(city));
  /* nobody has looked yet: the check waits on, and a cycle is one of those that are drawn from */
  city_sent_back(city, &city->acceptor, again, "材料不齐", "补齐材料");
  city_applied(city, again);
  assert_int_equal(only_check(city, again)->state, CHECK_WAITING);
  assert_int_equal(value_of(city, again, PROBLEM_APPLICATION), 2);
}

static void a_check_that_waits_is_dropped_when_its_problem_is_re_opened(void **state) {
  struct city *city = *state;
  all_are_drawn(city);
  int64_t problem = closed_at_once(city);
  must(city,
       city_act_with(city, &city->office, RECORD_PROBLEM, problem, ACTION_REOPEN, "群众反映没有办好",
                     VALUES(value_integer(PROBLEM_DUE, city_today(city) + 20))),
       VERDICT_DONE);
  assert_int_equal(only_check(city, problem)->state, CHECK_DROPPED);
  assert_int_equal(value_of(city, problem, PROBLEM_APPLICATION), NOTHING);
}

static void the_office_looks_back_at_what_is_closed_one_look_at_a_time(void **state) {
  struct city *city = *state;
  int64_t problem = closed_at_once(city), open = city_taken(city, KIND_AT_ONCE, LEVEL_UNIT);
  struct value of_open[] = {value_integer(CHECK_PROBLEM, open)}, of_closed[] = {value_integer(CHECK_PROBLEM, problem)};
  must(city, city_act_with(city, &city->office, RECORD_CHECK, 0, ACTION_CREATE, NULL, of_open, 1), VERDICT_NOT_NOW);
  assert_true(city_found(city, "check_fits"));
  must(city, city_act_with(city, &city->liaison, RECORD_CHECK, 0, ACTION_CREATE, NULL, of_closed, 1), VERDICT_FORBIDDEN);
  int64_t check = city_make(city, &city->office, RECORD_CHECK, of_closed, 1);
  assert_int_equal(city_value(city, RECORD_CHECK, check, CHECK_KIND), CHECK_LOOK_BACK);
  assert_int_equal(city_value(city, RECORD_CHECK, check, CHECK_POPULATION), NOTHING);
  must(city, city_act_with(city, &city->office, RECORD_CHECK, 0, ACTION_CREATE, NULL, of_closed, 1), VERDICT_NOT_NOW);
  must(city, fails(city, &city->acceptor, check), VERDICT_DONE);
  assert_int_equal(state_of(city, problem), PROBLEM_ASSIGNED);
}

static void what_was_drawn_before_checks_were_records_has_one_once_it_is_checked(void **state) {
  struct city *city = *state;
  int64_t problem = closed_at_once(city);
  struct value marks[] = {value_integer(PROBLEM_DRAWN_ON, city_today(city)), value_text(PROBLEM_DRAWN_SEED, "旧种子")};
  size_t count;
  must(city, city_act_with(city, &AUTHORITY_SYSTEM, RECORD_PROBLEM, problem, ACTION_EDIT, NULL, marks, 2), VERDICT_DONE);
  checks_of(city, problem, &count);
  assert_int_equal(count, 0);
  must(city,
       city_act_with(city, &city->acceptor, RECORD_PROBLEM, problem, ACTION_CHECK_SAMPLE, NULL,
                     VALUES(value_integer(PROBLEM_ON_SITE, 1), value_integer(PROBLEM_VISITED_ON, city_today(city)),
                            value_text(PROBLEM_VISIT_PLACE, "现场"))),
       VERDICT_DONE);
  struct row *check = only_check(city, problem);
  assert_int_equal(check->state, CHECK_PASSED);
  assert_string_equal(row_text(check, CHECK_SEED), "旧种子");
  assert_int_equal(row_integer(check, CHECK_POPULATION), NOTHING); /* nobody knows */
}

/* ---- cases ---- */

static int64_t mechanism_in_force(struct city *city) {
  int64_t mechanism = city_make(city, &city->liaison, RECORD_MECHANISM,
                                VALUES(value_text(MECHANISM_TITLE, "目录动态调整办法"), value_integer(MECHANISM_KIND, MECHANISM_KIND_RULE),
                                       value_text(MECHANISM_SCOPE, "全市医院"), value_integer(MECHANISM_LEAD_UNIT, city->lead)));
  must(city,
       city_act_with(city, &city->liaison, RECORD_MECHANISM, mechanism, ACTION_ISSUE, NULL,
                     VALUES(value_text(MECHANISM_DOCUMENT, "沪卫〔2026〕1 号"), value_integer(MECHANISM_ISSUED_ON, city_today(city)))),
       VERDICT_DONE);
  return mechanism;
}
static int64_t case_made_of(struct city *city, const struct authority *who, const struct value *more, size_t count) {
  struct value values[12] = {value_text(CASE_TITLE, "创新药械入院"), value_integer(CASE_CAMPAIGN, city->campaign),
                             value_integer(CASE_UNIT, city->lead)};
  for (size_t i = 0; i < count; i++) values[3 + i] = more[i];
  return city_make(city, who, RECORD_CASE, values, 3 + count);
}
static int64_t lacks(struct city *city, int64_t of) {
  int64_t bits = city_value(city, RECORD_CASE, of, CASE_LACKS);
  assert_int_equal(city_value(city, RECORD_CASE, of, CASE_GROWTH), bits == NOTHING ? CASE_MADE : CASE_GROWING);
  return bits == NOTHING ? 0 : bits;
}
static int64_t self_check_of(struct city *city, int64_t of) {
  struct value is = value_integer(SELF_CHECK_CASE, of);
  struct condition condition = {.field = SELF_CHECK_CASE, .how = C_IS, .values = &is, .count = 1};
  struct query query = {.type = record_type(RECORD_SELF_CHECK), .conditions = &condition, .condition_count = 1, .expected = -1};
  struct rows rows = {.arena = city->arena};
  struct reader *reader;
  assert_int_equal(store_reader(city->store, &reader), STORE_OK);
  assert_int_equal(reader_list(reader, &query, &SCOPE_SYSTEM, city->arena, rows_keep, &rows), STORE_OK);
  reader_release(reader);
  assert_int_equal(rows.count, 1);
  return rows.items[0]->id;
}
#define LACK(what) (1 << LACKS_##what)

static void a_case_grows_until_all_four_are_there_and_grows_again_when_its_mechanism_ends(void **state) {
  struct city *city = *state;
  int64_t problem = closed_at_once(city), mechanism = mechanism_in_force(city);
  int64_t of = case_made_of(city, &city->liaison, VALUES(value_integer(CASE_PROBLEM, problem)));
  assert_int_equal(lacks(city, of), LACK(CAUSE) | LACK(SELF_CHECK) | LACK(MECHANISM) | LACK(EFFECT));
  must(city, city_act_with(city, &city->liaison, RECORD_CASE, of, ACTION_SUBMIT, NULL, NULL, 0), VERDICT_NOT_NOW);
  assert_true(city_found(city, "case_fits")); /* which class it is */
  must(city,
       city_act_with(city, &city->liaison, RECORD_CASE, of, ACTION_EDIT, NULL,
                     VALUES(value_text(CASE_CAUSE, "目录一年一调"), value_text(CASE_MATTERS, "新产品等目录"),
                            value_many(CASE_MECHANISMS, &mechanism, 1), value_text(CASE_EFFECT, "入院月数"),
                            value_integer(CASE_EFFECT_BEFORE, 142000), value_integer(CASE_EFFECT_AFTER, 101000),
                            value_integer(CASE_EFFECT_ON, city_today(city)))),
       VERDICT_DONE);
  assert_int_equal(lacks(city, of), LACK(SELF_CHECK) | LACK(MECHANISM)); /* issued is not yet in force */
  must(city, city_act_with(city, &city->liaison, RECORD_CASE, of, ACTION_SUBMIT, NULL, NULL, 0), VERDICT_DONE);
  must(city,
       city_act_with(city, &city->liaison, RECORD_MECHANISM, mechanism, ACTION_ACTIVATE, NULL,
                     VALUES(value_integer(MECHANISM_IN_FORCE_ON, city_today(city)))),
       VERDICT_DONE);
  assert_int_equal(lacks(city, of), LACK(SELF_CHECK));
  int64_t units[] = {city->joint, city->lead};
  must(city,
       city_act_with(city, &city->office, RECORD_CASE, of, ACTION_ASK_SELF_CHECKS, NULL, VALUES(value_many(CASE_ASKED_UNITS, units, 2))),
       VERDICT_NOT_NOW);
  assert_true(city_found(city, "self_check_fits")); /* never itself */
  must(city,
       city_act_with(city, &city->office, RECORD_CASE, of, ACTION_ASK_SELF_CHECKS, NULL,
                     VALUES(value_many(CASE_ASKED_UNITS, units, 1), value_integer(CASE_CHECK_DUE, city_today(city) + 10))),
       VERDICT_DONE);
  assert_int_equal(city_value(city, RECORD_CASE, of, CASE_ASKED), 1);
  int64_t self_check = self_check_of(city, of);
  must(city,
       city_act_with(city, &city->stranger, RECORD_SELF_CHECK, self_check, ACTION_ANSWER, NULL,
                     VALUES(value_integer(SELF_CHECK_FOUND, FOUND_NONE), value_text(SELF_CHECK_FINDINGS, "未发现"))),
       VERDICT_ABSENT);
  must(city,
       city_act_with(city, &city->liaison, RECORD_SELF_CHECK, self_check, ACTION_ANSWER, NULL,
                     VALUES(value_integer(SELF_CHECK_FOUND, FOUND_NONE), value_text(SELF_CHECK_FINDINGS, "未发现"))),
       VERDICT_FORBIDDEN);
  must(city,
       city_act_with(city, &city->joint_liaison, RECORD_SELF_CHECK, self_check, ACTION_ANSWER, NULL,
                     VALUES(value_integer(SELF_CHECK_FOUND, FOUND_SAME), value_text(SELF_CHECK_FINDINGS, "两项目录同样一年一调"),
                            value_integer(SELF_CHECK_COUNT, 2))),
       VERDICT_DONE);
  assert_int_equal(lacks(city, of), 0);
  assert_int_equal(city_value(city, RECORD_CASE, of, CASE_FOUND), 1);
  must(city, city_act_with(city, &city->office, RECORD_CASE, of, ACTION_CONFIRM, NULL, NULL, 0), VERDICT_DONE);
  assert_int_equal(city_value(city, RECORD_CASE, of, CASE_CONFIRMER), city->office.user);
  int64_t entry = city_row(city, RECORD_CASE, of)->entry;
  must(city,
       city_act_with(city, &city->office, RECORD_MECHANISM, mechanism, ACTION_EDIT, NULL,
                     VALUES(value_text(MECHANISM_SCOPE, "全市医院和社区"))),
       VERDICT_DONE);
  must(city, city_act_with(city, &AUTHORITY_SYSTEM, RECORD_CASE, of, ACTION_REGROW, NULL, NULL, 0), VERDICT_UNCHANGED);
  assert_int_equal(city_row(city, RECORD_CASE, of)->entry, entry); /* reckoned again, and the same: no entry */
  must(city, city_act_with(city, &city->liaison, RECORD_MECHANISM, mechanism, ACTION_RETIRE, "由新办法代替", NULL, 0), VERDICT_DONE);
  assert_int_equal(lacks(city, of), LACK(MECHANISM));
  assert_int_equal(city_value(city, RECORD_CASE, of, CASE_MADE_ON), NOTHING);
}

static void an_indicator_that_moves_is_an_effect_and_one_that_worsens_is_none(void **state) {
  struct city *city = *state;
  int64_t problem = city_taken(city, KIND_TIME_LIMITED, LEVEL_UNIT), today = city_today(city);
  int64_t indicator = city_make(city, &city->liaison, RECORD_INDICATOR,
                                VALUES(value_integer(INDICATOR_PROBLEM, problem), value_text(INDICATOR_NAME, "入院月数"),
                                       value_text(INDICATOR_MEASURED_IN, "月"), value_integer(INDICATOR_DIRECTION, DIRECTION_DOWN),
                                       value_integer(INDICATOR_BASE, 142000), value_integer(INDICATOR_BASE_ON, today - 30),
                                       value_integer(INDICATOR_GOAL, 95000), value_integer(INDICATOR_GOAL_ON, today + 90),
                                       value_integer(INDICATOR_UNIT, city->lead)));
  int64_t of = case_made_of(city, &city->liaison, VALUES(value_integer(CASE_PROBLEM, problem), value_integer(CASE_INDICATOR, indicator)));
  assert_true(lacks(city, of) & LACK(EFFECT));
  static const struct {
    int64_t value;
    bool shows;
  } cases[] = {{150000, false}, {142000, false}, {141000, true}, {160000, false}, {95000, true}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    city_make(city, &city->liaison, RECORD_INDICATOR_VALUE,
              VALUES(value_integer(INDICATOR_VALUE_INDICATOR, indicator), value_integer(INDICATOR_VALUE_ON, today),
                     value_integer(INDICATOR_VALUE_SOURCE, VALUE_SOURCE_REPORT), value_integer(INDICATOR_VALUE_VALUE, cases[i].value)));
    assert_int_equal(!(lacks(city, of) & LACK(EFFECT)), cases[i].shows);
  }
}

static void a_case_names_what_it_comes_from(void **state) {
  struct city *city = *state;
  struct value values[] = {value_text(CASE_TITLE, "无来由"), value_integer(CASE_CAMPAIGN, city->campaign),
                           value_integer(CASE_UNIT, city->lead)};
  must(city, city_act_with(city, &city->liaison, RECORD_CASE, 0, ACTION_CREATE, NULL, values, 3), VERDICT_NOT_NOW);
  assert_true(city_found(city, "case_fits"));
}

/* ---- mechanisms ---- */

static void what_was_counted_says_whether_a_mechanism_works(void **state) {
  struct city *city = *state;
  int64_t mechanism = mechanism_in_force(city);
  must(city,
       city_act_with(city, &city->liaison, RECORD_MECHANISM, mechanism, ACTION_ACTIVATE, NULL,
                     VALUES(value_integer(MECHANISM_IN_FORCE_ON, city_today(city)))),
       VERDICT_DONE);
  struct value counted[] = {value_integer(MECHANISM_MONTHS, 7), value_integer(MECHANISM_APPEALS_BEFORE, 40),
                            value_integer(MECHANISM_APPEALS_AFTER, 28)};
  must(city, city_act_with(city, &city->office, RECORD_MECHANISM, mechanism, ACTION_MEASURE, NULL, NULL, 0), VERDICT_FORBIDDEN);
  must(city, city_act_with(city, &AUTHORITY_SYSTEM, RECORD_MECHANISM, mechanism, ACTION_MEASURE, NULL, counted, 3), VERDICT_DONE);
  assert_int_equal(city_value(city, RECORD_MECHANISM, mechanism, MECHANISM_WORKS), WORKS_WELL);
  assert_int_equal(city_value(city, RECORD_MECHANISM, mechanism, MECHANISM_MEASURED_ON), city_today(city));
  counted[2].integer = 29;
  must(city, city_act_with(city, &AUTHORITY_SYSTEM, RECORD_MECHANISM, mechanism, ACTION_MEASURE, NULL, counted, 3), VERDICT_DONE);
  assert_int_equal(city_value(city, RECORD_MECHANISM, mechanism, MECHANISM_WORKS), WORKS_NOT);
}

#define CITY_TEST(function) cmocka_unit_test_setup_teardown(function, city_setup, city_teardown)
int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(the_same_season_lies_whole_years_before),
                                     cmocka_unit_test(a_mechanism_works_by_the_policys_months_and_share),
                                     CITY_TEST(a_draw_makes_a_check_with_its_population_share_and_seed),
                                     CITY_TEST(a_passed_check_is_told_to_the_problem_and_the_unit_itself_never_checks),
                                     CITY_TEST(a_failed_check_re_opens_and_is_red_until_a_measure_is_accepted),
                                     CITY_TEST(a_failed_check_of_what_is_on_its_way_sends_it_back),
                                     CITY_TEST(seen_on_site_at_acceptance_the_drawn_check_passes),
                                     CITY_TEST(a_check_that_waits_is_dropped_when_its_problem_is_re_opened),
                                     CITY_TEST(the_office_looks_back_at_what_is_closed_one_look_at_a_time),
                                     CITY_TEST(what_was_drawn_before_checks_were_records_has_one_once_it_is_checked),
                                     CITY_TEST(a_case_grows_until_all_four_are_there_and_grows_again_when_its_mechanism_ends),
                                     CITY_TEST(an_indicator_that_moves_is_an_effect_and_one_that_worsens_is_none),
                                     CITY_TEST(a_case_names_what_it_comes_from),
                                     CITY_TEST(what_was_counted_says_whether_a_mechanism_works)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
