/* Clocks by source and chasing by the clock, by table: which row of the policy is a problem's term, what a step is and that it comes once
   for a date, and that what is wrong in a policy's rows is named with its row. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "rules/chasing.h"
#include "rules/deadlines.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static int begin(void **state) {
  *state = arena_new();
  return 0;
}
static int end(void **state) {
  arena_free(*state);
  return 0;
}

/* ---- deadlines by source ---- */

#define ROWS "[{\"source\":\"appeals\",\"kind\":\"at_once\",\"days\":5,\"count\":\"working\"},{\"source\":\"appeals\",\"days\":20,\"count\":\"natural\"}," \
             "{\"kind\":\"long_term\",\"days\":400,\"count\":\"natural\"},{\"source\":\"audit_new\",\"kind\":\"time_limited\",\"days\":90,\"count\":\"natural\"}]"

static struct policy policy_with(struct arena *arena, const char *rows) {
  struct policy policy = policy_default();
  struct label problem = {0};
  assert_true(deadline_rules_parse(rows, policy.deadlines, DEADLINES_MOST, &policy.deadline_count, arena, &problem));
  return policy;
}

static void the_most_specific_row_is_the_term_and_days_by_kind_are_left(void **state) {
  struct policy policy = policy_with(*state, ROWS);
  static const struct { int64_t source, kind, days; bool working; } cases[] = {
    {SOURCE_APPEALS, KIND_AT_ONCE, 5, true},        /* both */
    {SOURCE_APPEALS, KIND_LONG_TERM, 20, false},    /* the source before the kind */
    {SOURCE_RESEARCH, KIND_LONG_TERM, 400, false},  /* the kind alone */
    {SOURCE_AUDIT_NEW, KIND_TIME_LIMITED, 90, false},
    {SOURCE_AUDIT_NEW, KIND_AT_ONCE, 15, false},    /* none: days by kind, natural */
    {NOTHING, NOTHING, 0, false}};
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    struct term term = policy_term(&policy, cases[i].source, cases[i].kind);
    assert_int_equal(term.days, cases[i].days);
    assert_int_equal(term.working, cases[i].working);
  }
}

static void working_days_skip_holidays_and_natural_days_only_end_after_them(void **state) {
  struct calendar calendar = calendar_shipped(*state);
  static const struct { const char *from; struct term term; const char *due; } cases[] = {
    {"2026-09-30", {5, true}, "2026-10-13"},  /* the national holiday, and a make-up Saturday on the 10th that counts */
    {"2026-09-30", {5, false}, "2026-10-08"}, /* the 5th is a holiday: on to the first working day */
    {"2026-11-23", {5, true}, "2026-11-30"}};
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    int64_t from, basis = 0;
    assert_true(date_parse(cases[i].from, &from));
    assert_string_equal(date_print(*state, term_due(&calendar, cases[i].term, from, &basis)), cases[i].due);
    assert_int_equal(basis, DUE_BASIS_CALENDAR);
  }
}

static void every_preset_can_be_read_and_says_where_it_is_from(void **state) {
  for (size_t i = 0; i < DEADLINE_PRESET_COUNT; i++) {
    const struct deadline_preset *preset = &DEADLINE_PRESETS[i];
    struct policy policy = policy_with(*state, preset->rows);
    assert_true(policy.deadline_count > 0);
    assert_true(*preset->source && *preset->note.zh && *preset->note.en);
    assert_string_equal(deadline_rules_print(*state, policy.deadlines, policy.deadline_count), preset->rows);
    assert_string_equal(field_choice(record_field(record_type(RECORD_POLICY), POLICY_DEADLINE_PRESET), preset->code)->name, preset->name);
  }
}

/* ---- warnings and steps ---- */

struct stage { int64_t on; bool by_clock; int64_t step, chased, next; };
#define DUE 1000

static struct row *problem_due(struct arena *arena, state_code standing, int64_t due) {
  struct row *problem = row_new(arena, record_type(RECORD_PROBLEM));
  problem->state = standing;
  row_set_integer(problem, PROBLEM_DUE, due);
  row_set_integer(problem, PROBLEM_DUE_ORIGINAL, due);
  row_set_integer(problem, PROBLEM_CYCLE, 1);
  return problem;
}

static void each_step_comes_once_and_only_the_clock_takes_it(void **state) {
  struct policy policy = policy_default();
  struct row *problem = problem_due(*state, PROBLEM_RECTIFYING, DUE);
  static const struct stage stages[] = {
    {DUE - 60, true, NOTHING, NOTHING, DUE - 10}, {DUE - 10, false, NOTHING, NOTHING, DUE - 10}, /* a person's change takes none */
    {DUE - 10, true, -10, NOTHING, DUE - 3}, {DUE - 10, true, -10, NOTHING, DUE - 3}, {DUE - 4, true, -10, NOTHING, DUE - 3}, {DUE - 3, true, -3, NOTHING, DUE + 1},
    {DUE, true, -3, NOTHING, DUE + 1}, {DUE + 1, true, 1, 1, DUE + 7}, {DUE + 6, true, 1, 1, DUE + 7},
    {DUE + 16, true, 15, 2, DUE + 30},              /* two were missed: one chase, the later one */
    {DUE + 30, true, 30, 3, NOTHING}, {DUE + 300, true, 30, 3, NOTHING}};
  for (size_t i = 0; i < COUNT_OF(stages); i++) {
    int64_t moment = chase_judge(&policy, problem, stages[i].on, stages[i].by_clock);
    assert_int_equal(row_integer(problem, PROBLEM_CHASE_STEP), stages[i].step);
    assert_int_equal(row_integer(problem, PROBLEM_CHASED), stages[i].chased);
    assert_int_equal(row_integer(problem, PROBLEM_CHASE_NEXT), stages[i].next);
    assert_int_equal(moment, stages[i].next == NOTHING ? NOTHING : moment_of_date(stages[i].next));
  }
}

static void another_date_begins_anew(void **state) {
  struct policy policy = policy_default();
  struct row *problem = problem_due(*state, PROBLEM_RECTIFYING, DUE);
  chase_judge(&policy, problem, DUE - 60, true);
  chase_judge(&policy, problem, DUE + 8, true);
  assert_int_equal(row_integer(problem, PROBLEM_CHASE_STEP), 7);
  row_set_integer(problem, PROBLEM_DUE, DUE + 60);
  assert_int_equal(chase_judge(&policy, problem, DUE + 9, true), moment_of_date(DUE + 50));
  chase_judge(&policy, problem, DUE + 50, true);
  assert_int_equal(row_integer(problem, PROBLEM_CHASE_STEP), -10);
  assert_int_equal(row_integer(problem, PROBLEM_CHASED), 1); /* counted on within the cycle */
}

static void what_is_past_when_a_date_is_given_is_not_caught_up_with(void **state) {
  struct policy policy = policy_default();
  static const struct {
    int64_t today, next;
  } cases[] = {{DUE - 5, DUE - 3}, {DUE - 10, DUE - 10}, {DUE - 3, DUE - 3}, {DUE + 20, DUE + 30}, {DUE + 40, NOTHING}};
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    struct row *problem = problem_due(*state, PROBLEM_ASSIGNED, DUE);
    chase_judge(&policy, problem, cases[i].today, false);
    assert_int_equal(row_integer(problem, PROBLEM_CHASE_NEXT), cases[i].next);
    assert_int_equal(row_integer(problem, PROBLEM_CHASED), NOTHING);
    assert_int_equal(row_integer(problem, PROBLEM_CHASED_ON), NOTHING);
  }
}

static void nothing_is_chased_while_the_units_clock_stands(void **state) {
  struct policy policy = policy_default();
  static const state_code standing[] = {PROBLEM_DRAFT,  PROBLEM_ADMITTED, PROBLEM_APPLIED,   PROBLEM_ENDORSED, PROBLEM_ACCEPTED,
                                        PROBLEM_CLOSED, PROBLEM_SETTLED,  PROBLEM_SUSPENDED, PROBLEM_WITHDRAWN};
  for (size_t i = 0; i < COUNT_OF(standing); i++)
    assert_int_equal(chase_judge(&policy, problem_due(*state, standing[i], DUE), DUE + 20, true), NOTHING);
  struct row *history = problem_due(*state, PROBLEM_RECTIFYING, DUE), *secret = problem_due(*state, PROBLEM_RECTIFYING, DUE);
  row_set_integer(history, PROBLEM_HISTORIC, 1);
  row_set_integer(secret, PROBLEM_SECRECY, SECRECY_PLACEHOLDER);
  assert_int_equal(chase_judge(&policy, history, DUE + 20, true), NOTHING); /* nobody is chased on the day of an import */
  assert_int_equal(chase_judge(&policy, secret, DUE + 20, true), NOTHING);
  row_set_integer(history, PROBLEM_DUE, DUE + 90);
  assert_int_equal(chase_judge(&policy, history, DUE + 20, true), moment_of_date(DUE + 80));
}

static void whom_a_policy_tells_and_when(void **state) {
  struct policy policy = policy_default();
  (void)state;
  assert_int_equal(chase_warns(&policy), 10);
  assert_int_equal(chase_reaches(&policy, CHASE_LIAISON), 1);
  assert_int_equal(chase_reaches(&policy, CHASE_UNIT_HEAD), 7);
  assert_int_equal(chase_reaches(&policy, CHASE_OFFICE), 15);
  assert_int_equal(chase_reaches(&policy, CHASE_LEADERS), 30);
  policy.chase_count = 0;
  assert_int_equal(chase_warns(&policy), 0);
  assert_int_equal(chase_reaches(&policy, CHASE_LIAISON), NOTHING);
}

/* ---- rows of a policy ---- */

static void what_is_wrong_is_named_with_its_row(void **state) {
  static const struct { bool chasing; const char *json, *en; } cases[] = {
    {false, "{", "this is no JSON (wrong at 1:1, line:column)"}, {false, "[1]", "row 1: wants an object, as those in [{\"source\":\"appeals\",\"kind\":\"at_once\",\"days\":5,\"count\":\"working\"}]"},
    {false, "[{\"source\":\"appeals\",\"days\":5,\"count\":\"working\"},{\"source\":\"appeals\",\"days\":6,\"count\":\"natural\"}]", "row 2: the same source and kind as row 1"},
    {false, "[{\"source\":\"rumour\",\"days\":5,\"count\":\"working\"}]",
     "row 1: source may be research, development, appeals, inspection_old, audit_old, inspection_new, self_check, audit_new"},
    {false, "[{\"days\":0,\"count\":\"working\"}]", "row 1: days must be a whole number from 1 to 4000"}, {false, "[{\"days\":3}]", "row 1: count is missing"},
    {false, "[{\"days\":3,\"count\":\"natural\",\"hours\":1}]", "row 1: unknown member \"hours\"; source, kind, days, count are known"},
    {true, "[{\"before\":3,\"after\":3,\"to\":\"liaison\"}]", "row 1: either before or after, not both"}, {true, "[{\"to\":\"liaison\"}]", "row 1: either before or after, not both"},
    {true, "[{\"after\":1,\"to\":\"liaison\"},{\"before\":3,\"to\":\"office\"}]", "row 2: warnings before the date go to the liaison alone"},
    {true, "[{\"after\":3,\"to\":\"liaison\"},{\"after\":3,\"to\":\"office\"}]", "one row a day at most"},
    {true, "[{\"after\":3,\"to\":\"office\"},{\"after\":5,\"to\":\"liaison\"}]", "a later step tells no fewer people than an earlier one"}};
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    struct deadline_rule deadlines[DEADLINES_MOST];
    struct chase_rule chases[CHASES_MOST];
    struct label problem = {0};
    size_t count = 1;
    bool right = cases[i].chasing ? chase_rules_parse(cases[i].json, chases, CHASES_MOST, &count, *state, &problem)
                                  : deadline_rules_parse(cases[i].json, deadlines, DEADLINES_MOST, &count, *state, &problem);
    assert_false(right);
    assert_int_equal(count, 0);
    assert_string_equal(problem.en, cases[i].en);
    assert_true(problem.zh && *problem.zh);
  }
}

static void steps_are_read_in_any_order_and_printed_by_day(void **state) {
  struct chase_rule rules[CHASES_MOST];
  struct label problem = {0};
  size_t count = 0;
  assert_true(chase_rules_parse("[{\"to\":\"office\",\"after\":9},{\"before\":2,\"to\":\"liaison\"}]", rules, CHASES_MOST, &count, *state,
                                &problem));
  assert_string_equal(chase_rules_print(*state, rules, count), "[{\"before\":2,\"to\":\"liaison\"},{\"after\":9,\"to\":\"office\"}]");
  assert_true(chase_rules_parse("[]", rules, CHASES_MOST, &count, *state, &problem)); /* an office that wants none */
  assert_int_equal(count, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(the_most_specific_row_is_the_term_and_days_by_kind_are_left),
                                     cmocka_unit_test(working_days_skip_holidays_and_natural_days_only_end_after_them),
                                     cmocka_unit_test(every_preset_can_be_read_and_says_where_it_is_from),
                                     cmocka_unit_test(each_step_comes_once_and_only_the_clock_takes_it),
                                     cmocka_unit_test(another_date_begins_anew),
                                     cmocka_unit_test(what_is_past_when_a_date_is_given_is_not_caught_up_with),
                                     cmocka_unit_test(nothing_is_chased_while_the_units_clock_stands),
                                     cmocka_unit_test(whom_a_policy_tells_and_when),
                                     cmocka_unit_test(what_is_wrong_is_named_with_its_row),
                                     cmocka_unit_test(steps_are_read_in_any_order_and_printed_by_day)};
  return cmocka_run_group_tests(tests, begin, end);
}
