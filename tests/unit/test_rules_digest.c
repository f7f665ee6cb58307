/* What is told in sum, by table: quiet hours (over midnight too), when the day's digest and the week's list go out, and which few items the
   leaders get. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "rules/digest.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define HOUR (INT64_C(3600) * MOMENT_SECOND)
#define MONDAY INT64_C(20780) /* 2026-11-23 */

static struct policy hours(int64_t digest, int64_t from, int64_t to) {
  struct policy policy = policy_default();
  policy.digest_hour = digest;
  policy.quiet_from = from;
  policy.quiet_to = to;
  return policy;
}

static void quiet_hours_may_go_over_midnight(void **state) {
  static const struct { int64_t from, to, hour; bool quiet; } cases[] = {
    {20, 8, 19, false}, {20, 8, 20, true}, {20, 8, 23, true}, {20, 8, 0, true}, {20, 8, 7, true}, {20, 8, 8, false},
    {12, 14, 11, false}, {12, 14, 12, true}, {12, 14, 14, false}, {0, 0, 3, false}, {9, 9, 9, false}};
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    struct policy policy = hours(8, cases[i].from, cases[i].to);
    int64_t moment = moment_of_date(MONDAY) + cases[i].hour * HOUR + 59 * 60 * MOMENT_SECOND;
    assert_int_equal(quiet_at(&policy, moment), cases[i].quiet);
  }
}

static void the_digest_waits_for_its_hour_and_for_the_end_of_the_quiet_ones(void **state) {
  static const struct { int64_t digest, from, to, hour; bool due; } cases[] = {
    {8, 20, 8, 7, false}, {8, 20, 8, 8, true}, {8, 20, 8, 19, true}, {8, 20, 8, 21, false},
    {21, 20, 8, 7, false}, {21, 20, 8, 8, true}, {21, 20, 8, 21, false}, /* its hour is quiet: when that ends */
    {0, 0, 0, 0, true}, {13, 12, 14, 13, false}, {13, 12, 14, 14, true}};
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    struct policy policy = hours(cases[i].digest, cases[i].from, cases[i].to);
    assert_int_equal(digest_due(&policy, moment_of_date(MONDAY) + cases[i].hour * HOUR), cases[i].due);
  }
}

static void the_week_is_told_on_its_day_or_later_in_it(void **state) {
  static const struct {
    int64_t day, most, on;
    bool due;
  } cases[] = {{1, 5, 0, true}, {3, 5, 0, false}, {3, 5, 1, false}, {3, 5, 2, true}, {3, 5, 6, true}, {3, 0, 2, false}};
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    struct policy policy = hours(8, 20, 8);
    int64_t week = 0;
    policy.weekly_day = cases[i].day;
    policy.weekly_most = cases[i].most;
    assert_int_equal(weekly_due(&policy, moment_of_date(MONDAY + cases[i].on) + 9 * HOUR, &week), cases[i].due);
    assert_int_equal(week, MONDAY);
    assert_false(weekly_due(&policy, moment_of_date(MONDAY + cases[i].on) + 7 * HOUR, &week));
  }
}

static void the_leaders_get_the_longest_of_each_reason_in_turn_and_a_problem_once(void **state) {
  static const struct weekly_item items[] = {
    {WEEKLY_RED, 1, 1, 90}, {WEEKLY_OVERDUE, 2, 2, 31}, {WEEKLY_OVERDUE, 1, 1, 80}, {WEEKLY_REBOUND, 3, 3, 5}, {WEEKLY_OVERDUE, 4, 4, 80}, {WEEKLY_RULING, 5, 50, 2},
    {WEEKLY_RED, 6, 6, 20}, {WEEKLY_RED, 2, 2, 15}};
  /* overdue 80 (the older record), rebound, ruling, red — 1 has had its turn, so 6 —, overdue again */
  static const int64_t wanted[] = {1, 3, 5, 6, 4};
  static const int order[][COUNT_OF(items)] = {{0, 1, 2, 3, 4, 5, 6, 7}, {7, 6, 5, 4, 3, 2, 1, 0}, {3, 0, 6, 1, 7, 2, 5, 4}};
  for (size_t k = 0; k < COUNT_OF(order); k++)
    for (size_t most = 0; most <= 7; most++) {
      struct weekly_item mixed[COUNT_OF(items)];
      size_t chosen[WEEKLY_MOST];
      for (size_t i = 0; i < COUNT_OF(items); i++) mixed[i] = items[order[k][i]];
      size_t count = weekly_choose(mixed, COUNT_OF(items), most, chosen);
      assert_int_equal(count, most < 5 ? most : 5); /* never more than five */
      for (size_t i = 0; i < count; i++) assert_int_equal(mixed[chosen[i]].problem, wanted[i]);
    }
  size_t chosen[WEEKLY_MOST];
  assert_int_equal(weekly_choose(items, 0, 5, chosen), 0);
}

static void each_item_says_why_in_one_sentence(void **state) {
  static const struct { struct weekly_item item; const char *zh, *en; } cases[] = {
    {{WEEKLY_OVERDUE, 1, 1, 45, 7, 4, "SJ-1", "市水务局"}, "SJ-1：已超期 45 天，市水务局牵头，催办 4 次仍未办结。", "SJ-1: 45 days overdue, led by 市水务局, chased 4 times and still open."},
    {{WEEKLY_REBOUND, 1, 1, 3, 7, 0, "SJ-1", "市水务局"}, "SJ-1：销号后反弹，重开 3 天，市水务局牵头。", "SJ-1: rebounded after closing, re-opened 3 days ago, led by 市水务局."},
    {{WEEKLY_RULING, 1, 9, 3, 7, 0, "SJ-1", "市水务局"}, "SJ-1：由谁牵头有争议，裁定已逾期 3 天，提出单位市水务局。", "SJ-1: who leads is disputed, the ruling is 3 days late, asked by 市水务局."},
    {{WEEKLY_RED, 1, 1, 20, NOTHING, 0, NULL, NULL}, "-：红色已 20 天，-牵头。", "-: red for 20 days, led by -."}};
  struct arena *arena = arena_new();
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    struct label said = weekly_sentence(arena, &cases[i].item);
    assert_string_equal(said.zh, cases[i].zh);
    assert_string_equal(said.en, cases[i].en);
  }
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(quiet_hours_may_go_over_midnight),
                                     cmocka_unit_test(the_digest_waits_for_its_hour_and_for_the_end_of_the_quiet_ones),
                                     cmocka_unit_test(the_week_is_told_on_its_day_or_later_in_it),
                                     cmocka_unit_test(the_leaders_get_the_longest_of_each_reason_in_turn_and_a_problem_once),
                                     cmocka_unit_test(each_item_says_why_in_one_sentence)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
