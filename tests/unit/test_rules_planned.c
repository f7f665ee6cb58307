/* Planned progress at any date, means, the line of an indicator, baselines as text: tables, and what must hold for whatever steps there
   are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "rules/line.h"
#include "rules/planned.h"

static struct arena *arena;
static int open_arena(void **state) {
  arena = arena_new();
  return 0;
}
static int close_arena(void **state) {
  arena_free(arena);
  return 0;
}

static void a_step_is_asked_for_from_the_day_after_it_and_accepted_on_its_day(void **state) {
  static const struct {
    int64_t date, planned, accepted;
  } cases[] = {{99, 0, 0},        {100, 0, 3000},     {101, 3000, 3000},   {120, 3000, 7000},
               {121, 7000, 7000}, {150, 7000, 10000}, {151, 10000, 10000}, {100000, 10000, 10000}};
  struct step items[] = {{100, 3000}, {120, 4000}, {150, 3000}};
  struct steps steps = {items, 3, 3}, none = {0};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    assert_int_equal(steps_before(&steps, cases[i].date), cases[i].planned);
    assert_int_equal(steps_until(&steps, cases[i].date), cases[i].accepted);
    assert_int_equal(steps_before(&none, cases[i].date), 0);
  }
}

static void a_mean_is_rounded_down_and_whole_only_when_all_are_whole(void **state) {
  static const struct { int64_t weights[3]; size_t count; int64_t mean; } cases[] = {
    {{10000, 10000, 10000}, 3, 10000}, {{10000, 10000, 9999}, 3, 9999}, {{1, 0, 0}, 3, 0}, {{5000, 5001, 0}, 2, 5000}, {{7}, 1, 7}, {{0}, 0, NOTHING}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) assert_int_equal(weight_mean(cases[i].weights, cases[i].count), cases[i].mean);
}

/* A frozen weight is not written over; what was added later fills what was cancelled, and no more. Weight, frozen (NOTHING: added later),
   state. */
static void an_accepted_measure_weighs_what_was_frozen(void **state) {
  enum { NEVER = -1 };
  static const struct { int64_t measures[4][3]; size_t count; int64_t accepted, room; } cases[] = {
    {{{6000, NEVER, MEASURE_ACCEPTED}, {4000, NEVER, MEASURE_WORKING}}, 2, 6000, 10000},
    {{{9000, 6000, MEASURE_ACCEPTED}, {1000, 4000, MEASURE_WORKING}}, 2, 6000, 0},
    {{{6000, 6000, MEASURE_ACCEPTED}, {4000, 4000, MEASURE_PLANNED}, {4000, NEVER, MEASURE_ACCEPTED}}, 3, 6000, 0},
    {{{6000, 6000, MEASURE_PLANNED}, {4000, 4000, MEASURE_CANCELLED}, {3000, NEVER, MEASURE_ACCEPTED}}, 3, 3000, 4000},
    {{{6000, 6000, MEASURE_ACCEPTED}, {4000, 4000, MEASURE_CANCELLED}, {9000, NEVER, MEASURE_ACCEPTED}}, 3, 10000, 4000},
    {{{10000, 10000, MEASURE_CANCELLED}}, 1, 0, 10000}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct weighing weighing = {0};
    for (size_t k = 0; k < cases[i].count; k++) {
      struct row *measure = row_new(arena, record_type(RECORD_MEASURE));
      row_set_integer(measure, MEASURE_WEIGHT, cases[i].measures[k][0]);
      if (cases[i].measures[k][1] != NEVER) row_set_integer(measure, MEASURE_BASE_WEIGHT, cases[i].measures[k][1]);
      measure->state = (state_code)cases[i].measures[k][2];
      weighing_add(&weighing, measure);
    }
    assert_int_equal(weighing_accepted(&weighing), cases[i].accepted);
    assert_int_equal(weighing_room(&weighing), cases[i].room);
  }
}

static int64_t roll(int64_t least, int64_t most) { return least + random() % (most - least + 1); }

static struct progress any_progress(void) {
  struct progress progress = {.problem = 1, .baseline_on = roll(0, 1) ? roll(0, 100) : NOTHING};
  for (int64_t i = roll(0, 12); i > 0; i--) steps_add(arena, &progress.planned, roll(0, 400), roll(0, 4000));
  for (int64_t i = roll(0, 12); i > 0; i--) steps_add(arena, &progress.accepted, roll(0, 400), roll(0, 4000));
  steps_sort(&progress.planned);
  steps_sort(&progress.accepted);
  return progress;
}

/* Whatever the steps: from 0 to the whole, never falling; and between two days of the curve nothing changes. */
static void progress_never_falls_nor_leaves_its_bounds(void **state) {
  srandom(20261128);
  for (int round = 0; round < 300; round++) {
    struct progress items[4];
    size_t count = (size_t)roll(1, 4), day_count, at = 0;
    int64_t *days, planned = 0, accepted = 0;
    for (size_t i = 0; i < count; i++) items[i] = any_progress();
    day_count = progress_dates(arena, items, count, &days);
    for (int64_t date = -2; date < 410; date++) {
      int64_t now = progress_planned(items, count, date), done = progress_accepted(items, count, date);
      bool listed = false;
      while (at < day_count && days[at] < date) at++;
      listed = at < day_count && days[at] == date;
      assert_true(now >= planned && now <= 10000 && done >= accepted && done <= 10000);
      if (!listed && (now != planned || done != accepted))
        fail_msg("round %d: day %lld changes and is not in the curve", round, (long long)date);
      planned = now;
      accepted = done;
    }
    arena_reset(arena);
  }
}

static void the_line_is_said_between_its_dates_only(void **state) {
  static const struct line down = {142000, 100, 95000, 200}, up = {0, 0, 10, 3},
                           steep = {INT64_C(-100000000000000), 0, INT64_C(100000000000000), 100000};
  static const struct { const struct line *line; int64_t date, expected; } cases[] = {
    {&down, 99, NOTHING}, {&down, 100, 142000}, {&down, 150, 118500}, {&down, 101, 141530}, {&down, 200, 95000}, {&down, 201, NOTHING},
    {&up, 1, 3}, {&up, 2, 6}, {&up, 3, 10}, {&steep, 50000, 0}, {&steep, 100000, INT64_C(100000000000000)}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    if (line_expected(cases[i].line, cases[i].date) != cases[i].expected)
      fail_msg("case %d: %lld", (int)i, (long long)line_expected(cases[i].line, cases[i].date));
}

static void what_is_reached_is_rounded_down(void **state) {
  static const struct line down = {142000, 100, 95000, 200}, up = {3, 0, 6, 9},
                           wide = {INT64_C(-100000000000000), 0, INT64_C(100000000000000), 10};
  static const struct { const struct line *line; int64_t value, reached; } cases[] = {
    {&down, 142000, 0}, {&down, 150000, 0}, {&down, 118500, 5000}, {&down, 95001, 9999}, {&down, 95000, 10000}, {&down, 1, 10000}, {&up, 4, 3333}, {&up, 5, 6666}, {&up, 6, 10000}, {&up, 2, 0},
    {&wide, INT64_C(99999999999999), 9999}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    if (line_reached(cases[i].line, cases[i].value) != cases[i].reached)
      fail_msg("case %d: %lld", (int)i, (long long)line_reached(cases[i].line, cases[i].value));
}

static void every_baseline_is_kept_and_reads_back(void **state) {
  struct frozen first[] = {{21, 31, 100, 120, 6000}, {21, 32, 100, 150, 4000}}, second[] = {{21, 31, 100, 140, 10000}}, *items;
  size_t count;
  int64_t on;
  char *text = baselines_add(arena, NULL, 90, frozen_print(arena, first, 2));
  text = baselines_add(arena, text, 110, frozen_print(arena, second, 1));
  assert_true(baselines_get(arena, text, 1, &on, &items, &count));
  assert_int_equal(on, 90);
  assert_int_equal(count, 2);
  assert_memory_equal(items, first, sizeof first);
  assert_true(baselines_get(arena, text, 2, &on, &items, &count));
  assert_int_equal(on, 110);
  assert_memory_equal(items, second, sizeof second);
  assert_false(baselines_get(arena, text, 0, &on, &items, &count));
  assert_false(baselines_get(arena, text, 3, &on, &items, &count));
  assert_false(baselines_get(arena, NULL, 1, &on, &items, &count));
}

static void a_baseline_that_is_none_is_refused(void **state) {
  static const char *const wrong[] =
      {NULL, "", "{}", "[1]", "[[1,2,3,4]]", "[[1,2,3,4,\"5\"]]", "[[1,2,3,4,10001]]", "[[1,2,3,4,-1]]", "[[1,2,3,4,5]"};
  struct frozen *items;
  size_t count;
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) assert_false(frozen_parse(arena, wrong[i], &items, &count));
  assert_true(frozen_parse(arena, "[]", &items, &count));
  assert_int_equal(count, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(a_step_is_asked_for_from_the_day_after_it_and_accepted_on_its_day),
                                     cmocka_unit_test(a_mean_is_rounded_down_and_whole_only_when_all_are_whole),
                                     cmocka_unit_test(an_accepted_measure_weighs_what_was_frozen),
                                     cmocka_unit_test(progress_never_falls_nor_leaves_its_bounds),
                                     cmocka_unit_test(the_line_is_said_between_its_dates_only),
                                     cmocka_unit_test(what_is_reached_is_rounded_down),
                                     cmocka_unit_test(every_baseline_is_kept_and_reads_back),
                                     cmocka_unit_test(a_baseline_that_is_none_is_refused)};
  return cmocka_run_group_tests(tests, open_arena, close_arena);
}
