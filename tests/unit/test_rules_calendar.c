/* Working days around the holidays that trip people up, years without data, and that the built-in table is the list. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "base/arena.h"
#include "rules/calendar.h"

static struct arena *arena;
static struct calendar calendar;

static int open_calendar(void **state) {
  (void)state;
  arena = arena_new();
  calendar = calendar_shipped(arena);
  return 0;
}
static int close_calendar(void **state) {
  (void)state;
  arena_free(arena);
  return 0;
}
static int64_t day(const char *text) {
  int64_t date = NOTHING;
  assert_true(date_parse(text, &date));
  return date;
}

static void the_table_is_the_list(void **state) {
  (void)state;
  FILE *file = fopen("data/calendar.csv", "r");
  char line[300];
  size_t at = 0;
  assert_non_null(file);
  assert_non_null(fgets(line, sizeof line, file));
  assert_string_equal(line, "date,kind,name,notice\n");
  for (; fgets(line, sizeof line, file); at++) {
    assert_true(at < SHIPPED_DAY_COUNT);
    const struct shipped_day *shipped = &SHIPPED_DAYS[at];
    char *expected = arena_print(arena, "%s,%s,%s,%s\n", date_print(arena, shipped->date), shipped->kind == DAY_OFF ? "off" : "work",
                                 shipped->name, shipped->notice);
    assert_string_equal(line, expected);
  }
  fclose(file);
  assert_int_equal(at, SHIPPED_DAY_COUNT);
}

static void every_row_differs_from_a_plain_day_or_is_a_holiday(void **state) {
  (void)state;
  for (size_t i = 0; i < SHIPPED_DAY_COUNT; i++) {
    if (i) assert_true(SHIPPED_DAYS[i - 1].date < SHIPPED_DAYS[i].date);
    if (SHIPPED_DAYS[i].kind == DAY_WORK) assert_true(date_weekday(SHIPPED_DAYS[i].date) >= 6);
    assert_true(strlen(SHIPPED_DAYS[i].notice) > 0);
  }
  assert_int_equal(calendar.first_year, 2017);
  assert_int_equal(calendar.last_year, 2026);
}

static void days_work_or_not(void **state) {
  (void)state;
  static const struct { const char *date; bool works; } cases[] = {
    {"2017-01-02", false}, {"2018-12-29", true}, {"2018-12-31", false}, {"2019-05-03", false}, {"2019-05-05", true},
    {"2020-01-31", false}, {"2020-02-01", false}, {"2020-02-03", true}, {"2022-12-31", false}, {"2023-01-02", false}, {"2023-01-03", true},
    {"2024-02-04", true}, {"2024-02-09", true}, {"2024-02-10", false}, {"2024-02-16", false}, {"2024-02-18", true}, {"2024-02-24", false},
    {"2025-01-26", true}, {"2025-01-27", true}, {"2025-01-28", false}, {"2025-02-04", false}, {"2025-02-05", true}, {"2025-02-08", true},
    {"2024-09-29", true}, {"2024-10-07", false}, {"2024-10-12", true}, {"2025-09-28", true}, {"2025-10-08", false}, {"2025-10-09", true},
    {"2026-02-14", true}, {"2026-02-23", false}, {"2026-11-23", true}, {"2026-11-22", false}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    if (calendar_works(&calendar, day(cases[i].date)) != cases[i].works) fail_msg("%s", cases[i].date);
}

static void working_days_are_counted_from_the_day_after(void **state) {
  (void)state;
  static const struct { const char *from; int64_t days; const char *to; int64_t basis; } cases[] = {
    {"2024-02-08", 5, "2024-02-21", DUE_BASIS_CALENDAR}, /* 9, 18 (a Sunday worked), 19, 20, 21 */
    {"2024-02-08", 1, "2024-02-09", DUE_BASIS_CALENDAR},
    {"2025-01-24", 5, "2025-02-07", DUE_BASIS_CALENDAR},
    {"2024-09-27", 5, "2024-10-10", DUE_BASIS_CALENDAR},
    {"2025-09-26", 5, "2025-10-10", DUE_BASIS_CALENDAR},
    {"2026-11-20", 5, "2026-11-27", DUE_BASIS_CALENDAR},
    {"2026-11-23", 0, "2026-11-23", DUE_BASIS_CALENDAR},
    {"2026-12-28", 5, "2027-01-04", DUE_BASIS_WEEKENDS},
    {"2016-12-29", 1, "2016-12-30", DUE_BASIS_WEEKENDS},
    {"2027-03-05", 2, "2027-03-09", DUE_BASIS_WEEKENDS}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    int64_t basis = 0, to = calendar_add_working_days(&calendar, day(cases[i].from), cases[i].days, &basis);
    if (to != day(cases[i].to) || basis != cases[i].basis)
      fail_msg("%s + %d is %s, not %s", cases[i].from, (int)cases[i].days, date_print(arena, to), cases[i].to);
    assert_int_equal(calendar_working_days_between(&calendar, day(cases[i].from), to), cases[i].days);
    assert_int_equal(calendar_working_days_between(&calendar, to, day(cases[i].from)), -cases[i].days);
  }
}

static void natural_days_end_on_a_working_day(void **state) {
  (void)state;
  static const struct { const char *from; int64_t days; const char *to; int64_t basis; } cases[] = {
    {"2026-11-23", 15, "2026-12-08", DUE_BASIS_CALENDAR},
    {"2026-09-16", 15, "2026-10-08", DUE_BASIS_CALENDAR}, /* 1 October: after the week */
    {"2025-01-13", 15, "2025-02-05", DUE_BASIS_CALENDAR},
    {"2026-11-23", 90, "2027-02-22", DUE_BASIS_WEEKENDS}}; /* a Sunday of a year without data */
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    int64_t basis = 0, to = calendar_add_natural_days(&calendar, day(cases[i].from), cases[i].days, &basis);
    if (to != day(cases[i].to) || basis != cases[i].basis)
      fail_msg("%s + %d is %s, not %s", cases[i].from, (int)cases[i].days, date_print(arena, to), cases[i].to);
  }
}

static void a_year_without_data_goes_by_weekends(void **state) {
  (void)state;
  assert_true(calendar_knows(&calendar, day("2026-12-31")));
  assert_false(calendar_knows(&calendar, day("2027-01-01")));
  assert_true(calendar_works(&calendar, day("2027-01-01"))); /* nobody has announced it yet */
  struct calendar empty = {0};
  int64_t basis = 0;
  assert_false(calendar_knows(&empty, day("2026-01-01")));
  assert_int_equal(calendar_add_working_days(&empty, day("2026-10-01"), 1, &basis), day("2026-10-02"));
  assert_int_equal(basis, DUE_BASIS_WEEKENDS);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(the_table_is_the_list),
                                     cmocka_unit_test(every_row_differs_from_a_plain_day_or_is_a_holiday),
                                     cmocka_unit_test(days_work_or_not),
                                     cmocka_unit_test(working_days_are_counted_from_the_day_after),
                                     cmocka_unit_test(natural_days_end_on_a_working_day),
                                     cmocka_unit_test(a_year_without_data_goes_by_weekends)};
  return cmocka_run_group_tests(tests, open_calendar, close_calendar);
}
