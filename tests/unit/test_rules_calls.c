/* Appeals by table: which clock a policy's rows give, what lateness they make out, what counts in the three rates, and figures there and
   back. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "rules/appeal_clock.h"
#include "rules/appeal_rates.h"

#define HOUR (INT64_C(3600) * MOMENT_SECOND)

struct fixture { struct arena *arena; struct calendar calendar; struct policy policy; };
static int begin(void **state) {
  struct arena *arena = arena_new();
  struct fixture *fixture = ARENA_NEW(arena, struct fixture);
  *fixture = (struct fixture){.arena = arena, .calendar = calendar_shipped(arena), .policy = policy_default()};
  *state = fixture;
  return 0;
}
static int end(void **state) {
  arena_free(((struct fixture *)*state)->arena);
  return 0;
}

/* Monday 2026-11-23, 09:00 of the store's zone. */
static int64_t monday(void) { return moment_of_date(date_from_civil(2026, 11, 23)) + 9 * HOUR; }
static struct row *appeal(struct fixture *fixture, state_code state, int64_t origin, int64_t kind) {
  struct row *row = row_new(fixture->arena, record_type(RECORD_APPEAL));
  row->id = 7;
  row->state = state;
  row_set_integer(row, APPEAL_MADE_AT, monday());
  row_set_integer(row, APPEAL_ORIGIN, origin);
  row_set_integer(row, APPEAL_KIND, kind);
  row_set_integer(row, APPEAL_HISTORIC, 0);
  return row;
}
static void rules(struct fixture *fixture, const char *json) {
  struct label problem = {0};
  assert_true(appeal_clocks_parse(json, fixture->policy.appeal_clocks, APPEAL_CLOCKS_MOST, &fixture->policy.appeal_clock_count,
                                  fixture->arena, &problem));
}

static void the_most_specific_row_says_how_long_and_in_what_it_is_counted(void **state) {
  struct fixture *fixture = *state;
  rules(fixture, "[{\"answer\":5},{\"kind\":\"consultation\",\"answer\":2},{\"origin\":\"petition\",\"answer\":60,\"answer_in\":\"natural\"},{\"origin\":\"petition\",\"kind\":\"report\",\"answer\":24,\"answer_in\":\"hours\"}]");
  static const struct { int64_t origin, kind; int year, month, day, hour; } CASES[] = {
    {ORIGIN_HOTLINE, APPEAL_KIND_COMPLAINT, 2026, 11, 30, 23}, {ORIGIN_HOTLINE, APPEAL_KIND_CONSULTATION, 2026, 11, 25, 23}, {ORIGIN_ONLINE, NOTHING, 2026, 11, 30, 23},
    {ORIGIN_PETITION, APPEAL_KIND_COMPLAINT, 2027, 1, 22, 23}, {ORIGIN_PETITION, APPEAL_KIND_REPORT, 2026, 11, 24, 9}};
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    struct appeal_clocks clocks = appeal_clocks_of(appeal(fixture, APPEAL_RECEIVED, CASES[i].origin, CASES[i].kind), &fixture->policy,
                                                   &fixture->calendar);
    int64_t day = date_from_civil(CASES[i].year, CASES[i].month, CASES[i].day);
    assert_int_equal(date_of_moment(clocks.answer), day);
    assert_int_equal((clocks.answer - moment_of_date(day)) / HOUR, CASES[i].hour);
  }
}

static void rows_that_say_nothing_right_are_refused_with_their_place(void **state) {
  struct fixture *fixture = *state;
  static const struct { const char *json, *said; } CASES[] = {
    {"[{\"contact\":1}]", "row 1: answer is missing"}, {"[{\"answer\":0}]", "row 1: answer must be"}, {"[{\"answer\":5},{\"answer\":6}]", "row 2: the same origin and kind as row 1"},
    {"[{\"answer\":5,\"answer_in\":\"weeks\"}]", "row 1: answer_in may be natural, working, hours"}, {"{}", "wants a JSON list"}, {"[{\"answer\":5,\"colour\":1}]", "row 1: unknown member"}};
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    struct appeal_clock_rule read[APPEAL_CLOCKS_MOST];
    struct label problem = {0};
    size_t count = 9;
    assert_false(appeal_clocks_parse(CASES[i].json, read, APPEAL_CLOCKS_MOST, &count, fixture->arena, &problem));
    assert_int_equal(count, 0);
    if (!strstr(problem.en, CASES[i].said)) fail_msg("%s: %s", CASES[i].json, problem.en);
  }
}

static void lateness_follows_the_next_clock_that_runs(void **state) {
  struct fixture *fixture = *state;
  const int64_t answer_ends = moment_of_date(date_from_civil(2026, 12, 1)) - MOMENT_SECOND;
  const struct { state_code state; int64_t assigned, contacted, now, lateness, next; } CASES[] = {
    {APPEAL_RECEIVED, NOTHING, NOTHING, monday(), LATENESS_IN_TIME, answer_ends - 24 * HOUR},
    {APPEAL_RECEIVED, NOTHING, NOTHING, answer_ends - 24 * HOUR, LATENESS_DUE_SOON, answer_ends + 1},
    {APPEAL_RECEIVED, NOTHING, NOTHING, answer_ends + 1, LATENESS_LATE, NOTHING},
    {APPEAL_ASSIGNED, monday(), NOTHING, monday() + 48 * HOUR, LATENESS_LATE, NOTHING},                                      /* not contacted within a working day */
    {APPEAL_CONTACTED, monday(), monday() + HOUR, monday() + 48 * HOUR, LATENESS_IN_TIME, answer_ends - 24 * HOUR}};
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    struct row *row = appeal(fixture, CASES[i].state, ORIGIN_HOTLINE, APPEAL_KIND_COMPLAINT);
    row_set_integer(row, APPEAL_ASSIGNED_ON, CASES[i].assigned);
    row_set_integer(row, APPEAL_CONTACTED_ON, CASES[i].contacted);
    appeal_judge(NULL, row, &fixture->policy, &fixture->calendar, CASES[i].now, CASES[i].now);
    assert_int_equal(row_integer(row, APPEAL_LATENESS), CASES[i].lateness);
    assert_int_equal(row_integer(row, APPEAL_CLOCK_NEXT), CASES[i].next);
    assert_int_equal(row_integer(row, APPEAL_DUE), date_from_civil(2026, 11, 30));
  }
}

static void an_answer_is_judged_once_and_the_day_after_its_person_is_to_be_called(void **state) {
  struct fixture *fixture = *state;
  for (int late = 0; late < 2; late++) {
    struct row *before = appeal(fixture, APPEAL_ASSIGNED, ORIGIN_HOTLINE, APPEAL_KIND_COMPLAINT);
    int64_t now = monday() + (late ? 20 : 1) * MOMENT_DAY;
    appeal_judge(NULL, before, &fixture->policy, &fixture->calendar, monday(), monday());
    struct row *after = row_copy(fixture->arena, before);
    after->state = APPEAL_ANSWERED;
    row_set_integer(after, APPEAL_ANSWERED_ON, date_of_moment(now));
    appeal_judge(before, after, &fixture->policy, &fixture->calendar, now, now);
    assert_int_equal(row_integer(after, APPEAL_LATENESS), late ? LATENESS_DONE_LATE : LATENESS_DONE_IN_TIME);
    assert_int_equal(row_integer(after, APPEAL_CLOCK_NEXT), moment_of_date(date_of_moment(now) + 1));
    appeal_judge(after, after, &fixture->policy, &fixture->calendar, now + 90 * MOMENT_DAY, now + 90 * MOMENT_DAY);
    assert_int_equal(row_integer(after, APPEAL_LATENESS), late ? LATENESS_DONE_LATE : LATENESS_DONE_IN_TIME);
  }
}

static void a_day_that_somebody_gave_stays_and_historic_ones_have_no_clock(void **state) {
  struct fixture *fixture = *state;
  struct row *given = appeal(fixture, APPEAL_RECEIVED, ORIGIN_HOTLINE, APPEAL_KIND_COMPLAINT),
             *old = appeal(fixture, APPEAL_RECEIVED, ORIGIN_HOTLINE, APPEAL_KIND_COMPLAINT);
  row_set_integer(given, APPEAL_DUE, date_from_civil(2026, 12, 24));
  row_set_integer(old, APPEAL_HISTORIC, 1);
  appeal_judge(NULL, given, &fixture->policy, &fixture->calendar, monday(), monday());
  appeal_judge(NULL, old, &fixture->policy, &fixture->calendar, monday(), monday());
  assert_int_equal(row_integer(given, APPEAL_DUE), date_from_civil(2026, 12, 24));
  assert_int_equal(row_integer(given, APPEAL_DUE_BASIS), DUE_BASIS_GIVEN);
  assert_int_equal(row_integer(old, APPEAL_LATENESS), NOTHING);
  assert_int_equal(row_integer(old, APPEAL_CLOCK_NEXT), NOTHING);
}

/* ---- counts ---- */

static void every_count_holds_for_what_it_names(void **state) {
  const struct cut cut = {100, 90, 100};
  const struct { struct appeal_figure figure; unsigned counts; } CASES[] = {
#define C(count) (1u << COUNT_##count)
    {{.answered = 95}, C(TO_CALL) | C(ANSWERED)},
    {{.answered = 89}, 0}, {{.answered = 101}, 0}, {{.answered = APPEAL_NO_DATE}, 0}, {{.answered = 95, .flags = APPEAL_FLAG_HISTORIC}, 0},
    {{.answered = 95, .called = CALLED_NOT_REACHED, .lateness = LATENESS_DONE_IN_TIME}, C(TO_CALL) | C(ANSWERED) | C(ANSWERED_IN_TIME)},
    {{.answered = 95, .flags = APPEAL_FLAG_EXCLUDED}, C(ANSWERED)}, /* excluded before anybody was reached: nobody is to be called */
    {{.answered = 95, .called = CALLED_CONTACTED, .outcome = OUTCOME_SOLVED, .satisfaction = SATISFIED}, C(TO_CALL) | C(ANSWERED) | C(REACHED) | C(VALID) | C(CONTACTED) | C(SOLVED) | C(SATISFIED)},
    {{.answered = 90, .called = CALLED_NOT_CONTACTED, .outcome = OUTCOME_EXPLAINED, .satisfaction = SATISFIED_FAIRLY}, C(TO_CALL) | C(ANSWERED) | C(REACHED) | C(VALID) | C(EXPLAINED) | C(FAIRLY)},
    {{.answered = 100, .called = CALLED_CONTACTED, .outcome = OUTCOME_PARTLY, .satisfaction = NO_OPINION}, C(TO_CALL) | C(ANSWERED) | C(REACHED) | C(VALID) | C(CONTACTED)},
    {{.answered = 95, .called = CALLED_CONTACTED, .outcome = OUTCOME_SOLVED, .satisfaction = DISSATISFIED, .flags = APPEAL_FLAG_EXCLUDED}, C(TO_CALL) | C(ANSWERED) | C(REACHED) | C(EXCLUDED)}};
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    struct appeal_figure figure = CASES[i].figure;
    unsigned held = 0;
    figure.contact_due = figure.contacted = NOTHING;
    for (int k = 0; k < APPEAL_COUNTS; k++) held |= APPEAL_COUNT_DEFINITIONS[k].holds(&figure, &cut) ? 1u << k : 0;
    if (held != CASES[i].counts) fail_msg("case %zu: %x, not %x", i, held, CASES[i].counts);
  }
}

static void a_table_adds_up_along_the_tree(void **state) {
  static const struct unit_above UNITS[] = {{1, 0}, {2, 1}, {3, 2}};
  const struct cut cut = {100, 90, 100};
  struct rate_table table;
  rate_table_begin(&table, RATE_BY_UNIT, &cut, UNITS, 3);
  for (int32_t unit = 1; unit <= 4; unit++) /* 4 stands in no tree */
    rate_table_add(&table, &(struct appeal_figure){.unit = unit,
                                                   .answered = 95,
                                                   .called = CALLED_CONTACTED,
                                                   .outcome = OUTCOME_SOLVED,
                                                   .satisfaction = SATISFIED,
                                                   .contact_due = NOTHING,
                                                   .contacted = NOTHING});
  rate_table_end(&table);
  assert_int_equal(table.all.own[COUNT_VALID], 4);
  assert_int_equal(table.count, 4);
  assert_int_equal(table.groups[0].own[COUNT_SOLVED], 1);
  assert_int_equal(table.groups[0].below[COUNT_SOLVED], 3);
  assert_int_equal(table.groups[1].below[COUNT_SOLVED], 2);
  assert_int_equal(table.groups[3].below[COUNT_SOLVED], 1);
  rate_table_free(&table);
}

static void a_table_that_is_led_on_is_the_one_made_anew(void **state) {
  const struct cut cut = {100, 90, 100};
  struct appeal_figure figures[6];
  struct rate_table led, fresh, both;
  (void)state;
  for (int i = 0; i < 6; i++)
    figures[i] = (struct appeal_figure){.unit = 1 + i % 3,
                                        .answered = 93 + 2 * i,
                                        .called = i % 2 ? CALLED_CONTACTED : CALLED_NOT_REACHED,
                                        .outcome = OUTCOME_SOLVED,
                                        .satisfaction = DISSATISFIED,
                                        .contact_due = NOTHING,
                                        .contacted = NOTHING};
  rate_table_begin(&led, RATE_BY_UNIT, &cut, NULL, 0);
  rate_table_begin(&fresh, RATE_BY_UNIT, &cut, NULL, 0);
  rate_table_begin(&both, RATE_BY_UNIT, &cut, NULL, 0);
  for (int i = 0; i < 6; i++) rate_table_add(&led, &figures[i]);
  for (int i = 0; i < 3; i++) { /* half of them move to another unit, and back into the period */
    rate_table_remove(&led, &figures[2 * i]);
    figures[2 * i].unit = 7;
    figures[2 * i].answered = 99;
    rate_table_add(&led, &figures[2 * i]);
  }
  for (int i = 0; i < 6; i++) rate_table_add(&fresh, &figures[i]);
  rate_table_merge(&both, &led);
  for (size_t i = 0; i < led.count; i++) {
    const int64_t *own = led.groups[i].own, *merged = both.groups[i].own;
    size_t at = 0;
    while (at < fresh.count && fresh.groups[at].key != led.groups[i].key) at++;
    for (int k = 0; k < APPEAL_COUNTS; k++) {
      assert_int_equal(own[k], at < fresh.count ? fresh.groups[at].own[k] : 0); /* a group that was left stays, with nothing in it */
      assert_int_equal(merged[k], own[k]);
    }
  }
  assert_memory_equal(led.all.own, fresh.all.own, sizeof led.all.own);
  assert_memory_equal(both.all.own, fresh.all.own, sizeof led.all.own);
  assert_int_not_equal(led.all.own[COUNT_ANSWERED], 0);
  rate_table_free(&led);
  rate_table_free(&fresh);
  rate_table_free(&both);
}

static void a_figure_is_laid_back_over_a_row_and_is_the_same(void **state) {
  struct fixture *fixture = *state;
  struct appeal_figures figures = {0};
  struct row *row = appeal(fixture, APPEAL_CLOSED, ORIGIN_ONLINE, APPEAL_KIND_REPORT),
             *again = row_new(fixture->arena, record_type(RECORD_APPEAL));
  row_set_integer(row, APPEAL_UNIT, 12);
  row_set_text(row, APPEAL_CATEGORY, "噪声");
  row_set_integer(row, APPEAL_ANSWERED_ON, 20000);
  row_set_integer(row, APPEAL_CALLED, CALLED_CONTACTED);
  row_set_integer(row, APPEAL_CALLED_OUTCOME, OUTCOME_PARTLY);
  row_set_integer(row, APPEAL_EXCLUDED, 1);
  row_set_integer(row, APPEAL_WHISTLE, 1);
  row_set_integer(row, APPEAL_SECRECY, SECRECY_INTERNAL);
  row_set_integer(row, APPEAL_CONTACT_DUE, monday());
  struct appeal_figure one = appeal_figure_of_row(&figures.categories, row);
  appeal_figure_to_row(&figures.categories, &one, again);
  struct appeal_figure other = appeal_figure_of_row(&figures.categories, again);
  assert_memory_equal(&one, &other, sizeof one);
  for (int i = 0; i < 1000; i++) category_place(&figures.categories, arena_print(fixture->arena, "类别 %d", i));
  assert_string_equal(category_at(&figures.categories, one.category), "噪声");
  assert_int_equal(category_place(&figures.categories, "类别 500"), 502);
  appeal_figures_free(&figures);
}

static void a_record_that_may_name_an_appeal_is_known_by_its_declaration(void **state) {
  static const struct { enum record_id type; bool may; } CASES[] = {
    {RECORD_LINK, true}, {RECORD_APPROVAL, true}, {RECORD_CALL_BACK, true}, {RECORD_EXCLUSION, true}, {RECORD_MESSAGE, true}, {RECORD_CHASE, true}, {RECORD_EVIDENCE, true},
    {RECORD_IMPORT_MAPPING, false}, {RECORD_PROBLEM, false}, {RECORD_UNIT, false}};
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
    assert_int_equal(record_may_name(record_type(CASES[i].type), RECORD_APPEAL), CASES[i].may);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
static void each_clock_is_told_with_where_it_stands_and_by_how_much(void **state) {
  struct fixture *fixture = *state;
  rules(fixture, "[{\"contact\":1,\"answer\":5,\"solve\":10},{\"kind\":\"consultation\",\"contact\":2,\"contact_in\":\"hours\",\"answer\":5}]");
  enum { DAY = 24 };
  /* hours after Monday 09:00; answered: its day after that Monday, -1 none. Days and working days of the clock that is looked at. */
  static const struct {
    state_code state;
    int64_t kind;
    enum clock_name name;
    int contacted, answered, now;
    enum clock_standing standing;
    int days, working_days;
  } CASES[] = {{APPEAL_RECEIVED, APPEAL_KIND_COMPLAINT, CLOCK_CONTACT, -1, -1, 1, CLOCK_NOT_BEGUN, 0, 0},
               {APPEAL_ASSIGNED, APPEAL_KIND_COMPLAINT, CLOCK_CONTACT, -1, -1, 1, CLOCK_RUNNING, 1, 1},
               {APPEAL_ASSIGNED, APPEAL_KIND_COMPLAINT, CLOCK_CONTACT, -1, -1, 2 * DAY, CLOCK_LATE, -1, -1},
               {APPEAL_ASSIGNED, APPEAL_KIND_CONSULTATION, CLOCK_CONTACT, -1, -1, 1, CLOCK_RUNNING, 0, 0},
               {APPEAL_CONTACTED, APPEAL_KIND_CONSULTATION, CLOCK_CONTACT, 3, -1, 4, CLOCK_DONE_LATE, 0, 0},
               {APPEAL_CONTACTED, APPEAL_KIND_COMPLAINT, CLOCK_CONTACT, 3, -1, 5 * DAY, CLOCK_DONE_IN_TIME, 0, 0},
               {APPEAL_ANSWERED, APPEAL_KIND_COMPLAINT, CLOCK_CONTACT, -1, 1, 2 * DAY, CLOCK_PASSED_BY, 0, 0},
               {APPEAL_JOINED, APPEAL_KIND_COMPLAINT, CLOCK_CONTACT, -1, -1, 3 * DAY, CLOCK_PASSED_BY, 0, 0},
               {APPEAL_ASSIGNED, APPEAL_KIND_COMPLAINT, CLOCK_ANSWER, -1, -1, 1, CLOCK_RUNNING, 7, 5},
               {APPEAL_ASSIGNED, APPEAL_KIND_COMPLAINT, CLOCK_ANSWER, -1, -1, 9 * DAY, CLOCK_LATE, -2, -2},
               {APPEAL_ANSWERED, APPEAL_KIND_COMPLAINT, CLOCK_ANSWER, -1, 7, 9 * DAY, CLOCK_DONE_IN_TIME, 0, 0},
               {APPEAL_ANSWERED, APPEAL_KIND_COMPLAINT, CLOCK_ANSWER, -1, 8, 9 * DAY, CLOCK_DONE_LATE, -1, -1},
               {APPEAL_CLOSED, APPEAL_KIND_COMPLAINT, CLOCK_SOLVE, -1, 8, 40 * DAY, CLOCK_DONE_IN_TIME, 0, 0},
               {APPEAL_ASSIGNED, APPEAL_KIND_COMPLAINT, CLOCK_SOLVE, -1, 8, 9 * DAY, CLOCK_RUNNING, 5,
                3}, /* answered once, and come back */
               {APPEAL_ASSIGNED, APPEAL_KIND_CONSULTATION, CLOCK_SOLVE, -1, -1, 1, CLOCK_NONE, 0, 0},
               {APPEAL_DISMISSED, APPEAL_KIND_COMPLAINT, CLOCK_ANSWER, -1, -1, 1, CLOCK_NONE, 0, 0}};
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    struct row *row = appeal(fixture, CASES[i].state, ORIGIN_HOTLINE, CASES[i].kind);
    struct clock_told told[CLOCK_NAMES];
    if (CASES[i].state != APPEAL_RECEIVED) row_set_integer(row, APPEAL_ASSIGNED_ON, monday());
    struct appeal_clocks clocks = appeal_clocks_of(row, &fixture->policy, &fixture->calendar);
    row_set_integer(row, APPEAL_CONTACT_DUE, clocks.contact);
    row_set_integer(row, APPEAL_ANSWER_DUE, clocks.answer);
    row_set_integer(row, APPEAL_SOLVE_DUE, clocks.solve);
    if (CASES[i].contacted >= 0) row_set_integer(row, APPEAL_CONTACTED_ON, monday() + CASES[i].contacted * HOUR);
    if (CASES[i].answered >= 0) row_set_integer(row, APPEAL_ANSWERED_ON, date_of_moment(monday()) + CASES[i].answered);
    appeal_clocks_told(row, &fixture->policy, &fixture->calendar, monday() + CASES[i].now * HOUR, told);
    const struct clock_told *one = &told[CASES[i].name];
    if (one->standing != CASES[i].standing || one->days != CASES[i].days || one->working_days != CASES[i].working_days)
      fail_msg("case %zu: standing %d, days %lld, working days %lld", i, (int)one->standing, (long long)one->days,
               (long long)one->working_days);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {TEST(a_table_that_is_led_on_is_the_one_made_anew),
                                     TEST(each_clock_is_told_with_where_it_stands_and_by_how_much),
                                     TEST(the_most_specific_row_says_how_long_and_in_what_it_is_counted),
                                     TEST(rows_that_say_nothing_right_are_refused_with_their_place),
                                     TEST(lateness_follows_the_next_clock_that_runs),
                                     TEST(an_answer_is_judged_once_and_the_day_after_its_person_is_to_be_called),
                                     TEST(a_day_that_somebody_gave_stays_and_historic_ones_have_no_clock),
                                     TEST(every_count_holds_for_what_it_names),
                                     TEST(a_table_adds_up_along_the_tree),
                                     TEST(a_figure_is_laid_back_over_a_row_and_is_the_same),
                                     TEST(a_record_that_may_name_an_appeal_is_known_by_its_declaration)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
