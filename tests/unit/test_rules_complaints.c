/* Distinct people and a unit's usual, by table: one person is counted once, a window is thirty days, a young store has no usual. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>
#include "rules/complaints.h"
#include "rules/figures.h"

enum { TODAY = 1000, OLD = 0, STILL = FIGURE_NO_DATE };
static const struct complaint_span USUAL_SPAN = {30, 6};

/* `times` appeals of problem 5 on a day, of as many people from `first` on; `people` different ones. */
struct made { int64_t problem; int32_t day; uint64_t first; size_t times, people; };
static size_t make(struct complaint *complaints, size_t count, struct made made) {
  for (size_t i = 0; i < made.times; i++) complaints[count++] = (struct complaint){made.problem, made.day, made.first + i % made.people};
  return count;
}

static const struct { const char *what; struct made made[3]; int32_t born; int64_t people, usual; bool strong; } CASES[] = {
  {"ten people", {{5, TODAY, 1, 10, 10}}, OLD, 10, 0, true},
  {"nine are not ten", {{5, TODAY, 1, 9, 9}}, OLD, 9, 0, false},
  {"one person twelve times", {{5, TODAY, 1, 12, 1}}, OLD, 1, 0, false},
  {"the first of thirty days", {{5, TODAY - 29, 1, 10, 10}}, OLD, 10, 0, true},
  {"a day earlier is usual", {{5, TODAY - 30, 1, 12, 12}}, OLD, 0, 1, false},
  {"tomorrow's count not", {{5, TODAY + 1, 1, 12, 12}}, OLD, 0, 0, false},
  {"those of another problem", {{7, TODAY, 1, 12, 12}}, OLD, 0, 0, false},
  {"the usual is the unit's: other problem", {{5, TODAY, 1, 10, 10}, {6, TODAY - 40, 1, 72, 72}}, OLD, 10, 6, false},
  {"twice the usual exactly", {{5, TODAY, 1, 10, 10}, {6, TODAY - 40, 1, 60, 60}}, OLD, 10, 5, true},
  {"rounded up", {{5, TODAY, 1, 10, 10}, {6, TODAY - 40, 1, 61, 61}}, OLD, 10, 6, false},
  {"one person is usual once", {{5, TODAY, 1, 10, 10}, {6, TODAY - 40, 1, 72, 1}}, OLD, 10, 1, true},
  {"another unit's is not its usual", {{5, TODAY, 1, 10, 10}, {7, TODAY - 40, 1, 72, 72}}, OLD, 10, 0, true},
  {"longer ago than 180 days before", {{5, TODAY, 1, 10, 10}, {6, TODAY - 210, 1, 72, 72}}, OLD, 10, 0, true},
  {"a store of 59 days knows no usual", {{5, TODAY, 1, 20, 20}}, TODAY - 58, 20, NOTHING, false},
  {"one of 60 days does", {{5, TODAY, 1, 20, 20}}, TODAY - 59, 20, 0, true}};

static void people_and_the_usual_are_counted(void **state) {
  const struct complaint_work work[] = {{5, TODAY - 400, STILL}, {6, TODAY - 400, STILL}};
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    struct complaint complaints[256];
    size_t count = 0;
    for (size_t at = 0; at < 3; at++) count = make(complaints, count, CASES[i].made[at]);
    count = complaints_sort(complaints, count, TODAY, USUAL_SPAN);
    int64_t people = complaints_people(complaints, count, 5, TODAY),
            usual = complaints_usual(complaints, count, work, 2, CASES[i].born, TODAY, USUAL_SPAN);
    if (people != CASES[i].people || usual != CASES[i].usual || complaints_strong(people, usual, 10, 2) != CASES[i].strong)
      fail_msg("%s: %lld people, usual %lld", CASES[i].what, (long long)people, (long long)usual);
  }
}

static void only_problems_in_work_then_are_divided_by(void **state) {
  struct complaint complaints[16];
  size_t count = complaints_sort(complaints, make(complaints, 0, (struct made){5, TODAY - 30, 1, 12, 12}), TODAY, USUAL_SPAN);
  const struct complaint_work late = {5, TODAY - 30, STILL}, done = {5, TODAY - 400, TODAY - 60}, before = {5, TODAY - 400, TODAY - 400};
  assert_int_equal(complaints_usual(complaints, count, &late, 1, OLD, TODAY, USUAL_SPAN), 12);
  assert_int_equal(complaints_usual(complaints, count, &done, 1, OLD, TODAY, USUAL_SPAN), 0);
  assert_int_equal(complaints_usual(complaints, count, &before, 1, OLD, TODAY, USUAL_SPAN), 0);
}

static void a_unit_without_work_has_no_usual_of_its_own(void **state) {
  assert_int_equal(complaints_usual(NULL, 0, NULL, 0, OLD, TODAY, USUAL_SPAN), 0);
}

/* Each number of the policy alone turns the answer. */
static const struct { const char *what; struct complaint_span span; struct made made[2]; int32_t born; int64_t threshold, times, people, usual; bool strong; } NUMBERS[] = {
  {"as by default", {30, 6}, {{5, TODAY, 1, 10, 10}, {6, TODAY - 40, 1, 60, 60}}, OLD, 10, 2, 10, 5, true},
  {"eleven people are wanted", {30, 6}, {{5, TODAY, 1, 10, 10}, {6, TODAY - 40, 1, 60, 60}}, OLD, 11, 2, 10, 5, false},
  {"three times are wanted", {30, 6}, {{5, TODAY, 1, 10, 10}, {6, TODAY - 40, 1, 60, 60}}, OLD, 10, 3, 10, 5, false},
  {"of as many as usual", {30, 6}, {{5, TODAY, 1, 10, 10}, {6, TODAY - 40, 1, 120, 120}}, OLD, 10, 1, 10, 10, true},
  {"a week, in which they did not come", {7, 6}, {{5, TODAY - 7, 1, 10, 10}}, OLD, 10, 2, 0, 1, false},
  {"the last day of a week", {7, 6}, {{5, TODAY - 6, 1, 10, 10}}, OLD, 10, 2, 10, 0, true},
  {"one window of the usual", {30, 1}, {{5, TODAY, 1, 10, 10}, {6, TODAY - 70, 1, 60, 60}}, OLD, 10, 2, 10, 0, true},
  {"and when they fall into it", {30, 1}, {{5, TODAY, 1, 10, 10}, {6, TODAY - 40, 1, 60, 60}}, OLD, 10, 2, 10, 30, false},
  {"a store of a fortnight knows the usual of a week", {7, 6}, {{5, TODAY, 1, 10, 10}}, TODAY - 13, 10, 2, 10, 0, true},
  {"one of thirteen days does not", {7, 6}, {{5, TODAY, 1, 10, 10}}, TODAY - 12, 10, 2, 10, NOTHING, false}};

static void every_number_is_the_policys(void **state) {
  const struct complaint_work work[] = {{5, TODAY - 400, STILL}, {6, TODAY - 400, STILL}};
  for (size_t i = 0; i < sizeof NUMBERS / sizeof *NUMBERS; i++) {
    struct complaint complaints[256];
    size_t count = make(complaints, 0, NUMBERS[i].made[0]);
    if (NUMBERS[i].made[1].times) count = make(complaints, count, NUMBERS[i].made[1]);
    count = complaints_sort(complaints, count, TODAY, NUMBERS[i].span);
    int64_t people = complaints_people(complaints, count, 5, TODAY),
            usual = complaints_usual(complaints, count, work, 2, NUMBERS[i].born, TODAY, NUMBERS[i].span);
    if (people != NUMBERS[i].people || usual != NUMBERS[i].usual ||
        complaints_strong(people, usual, NUMBERS[i].threshold, NUMBERS[i].times) != NUMBERS[i].strong)
      fail_msg("%s: %lld people, usual %lld", NUMBERS[i].what, (long long)people, (long long)usual);
  }
}

static void the_threshold_is_the_policys(void **state) {
  struct policy policy = policy_default();
  struct complaint_span span = complaints_span(&policy);
  assert_int_equal(complaints_threshold(&policy), 10);
  assert_int_equal(span.days, 30);
  assert_int_equal(span.windows, 6);
  assert_int_equal(policy.complaint_times, 2);
  policy.rule_count = 0;
  assert_true(complaints_threshold(&policy) == NOTHING);
  assert_false(complaints_strong(100, 0, NOTHING, 2));
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(people_and_the_usual_are_counted),
                                     cmocka_unit_test(only_problems_in_work_then_are_divided_by),
                                     cmocka_unit_test(a_unit_without_work_has_no_usual_of_its_own),
                                     cmocka_unit_test(every_number_is_the_policys), cmocka_unit_test(the_threshold_is_the_policys)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
