/* Moments and dates: read, printed, and counted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/moment.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void dates_are_read_in_four_shapes(void **state) {
  static const struct { const char *text; int64_t date; } good[] = {
      {"1970-01-01", 0}, {"1969-12-31", -1}, {"2000-02-29", 11016}, {"2026-11-23", 20780}, {"2026/11/23", 20780}, {"2026.11.23", 20780},
      {"2026年11月23日", 20780}, {"2026/1/5", 20458}, {"2026年1月5日", 20458}, {"0001-01-01", -719162}, {"9999-12-31", 2932896}};
  static const char *const bad[] = {"",           "2026",        "2026-11",     "2026-02-30",  "2025-02-29",       "1900-02-29",
                                    "2026-13-01", "2026-00-10",  "2026-01-00",  "2026-1-32",   "2026/1-5",         "2026年1月5",
                                    "26-01-05",   "2026-01-05 ", " 2026-01-05", "2026-001-05", "2026-01-05T08:00", "0000-01-01",
                                    "20260105",   "-2026-01-05", "abc"};
  int64_t date;
  for (size_t i = 0; i < COUNT(good); i++) {
    assert_true(date_parse(good[i].text, &date));
    assert_int_equal(date, good[i].date);
  }
  for (size_t i = 0; i < COUNT(bad); i++)
    if (date_parse(bad[i], &date)) fail_msg("'%s' was read as a date", bad[i]);
  assert_false(date_parse(NULL, &date));
}

static void moments_are_read_as_people_write_them(void **state) {
  static const struct { const char *text, *printed; } good[] = {
      {"2019/2/28 11:25:05", "2019-02-28T11:25:05+08:00"}, {"2019/2/14 20:00", "2019-02-14T20:00:00+08:00"},
      {"2019-2-4 9:5:7", "2019-02-04T09:05:07+08:00"}, {"2026-11-23", "2026-11-23T00:00:00+08:00"},
      {"2026-11-23T08:00:00+08:00", "2026-11-23T08:00:00+08:00"}, {"2026-11-23T08:00:00Z", "2026-11-23T16:00:00+08:00"},
      {"2026-11-23T23:30:00Z", "2026-11-24T07:30:00+08:00"}, {"2026-11-23T08:00:00-05:30", "2026-11-23T21:30:00+08:00"},
      {"2026-11-23 08:00:00.5", "2026-11-23T08:00:00.500000+08:00"}, {"2026-11-23T08:00:00.123456789Z", "2026-11-23T16:00:00.123456+08:00"},
      {"2026年1月5日 8:30", "2026-01-05T08:30:00+08:00"}, {"2026年1月5日8:30", "2026-01-05T08:30:00+08:00"},
      {"2026-1-5   8:30", "2026-01-05T08:30:00+08:00"}, {"0", "1970-01-01T08:00:00+08:00"}, {"1000000", "1970-01-01T08:00:01+08:00"}};
  static const char *const bad[] = {"",
                                    " ",
                                    "2026-02-30 10:00",
                                    "2026-11-23 24:00",
                                    "2026-11-23 10:60",
                                    "2026-11-23 10:00:60",
                                    "2026-11-23 10",
                                    "2026-11-23 ",
                                    "2026-11-23T",
                                    "2026-11-23Z",
                                    "2026-11-23 10:00:00.",
                                    "2026-11-23 10:00 +08:00",
                                    "2026-11-23 10:00+8",
                                    "2026-11-23 10:00+24:00",
                                    "2026-11-2310:00",
                                    "2026-11-23 10:00 x",
                                    "2026-11-23 -1:00",
                                    "99999999999999999999",
                                    "-5",
                                    "明天"};
  struct arena *arena = arena_new();
  int64_t moment;
  for (size_t i = 0; i < COUNT(good); i++) {
    assert_true(moment_parse(good[i].text, &moment));
    assert_string_equal(moment_print(arena, moment), good[i].printed);
  }
  for (size_t i = 0; i < COUNT(bad); i++)
    if (moment_parse(bad[i], &moment)) fail_msg("'%s' was read as a moment", bad[i]);
  assert_false(moment_parse(NULL, &moment));
  arena_free(arena);
}

static void every_day_of_a_thousand_years_goes_round(void **state) {
  int64_t date = date_from_civil(1600, 1, 1);
  for (int year = 1600; year < 2600; year++)
    for (int month = 1; month <= 12; month++)
      for (int day = 1; day <= 31; day++) {
        int64_t found = date_from_civil(year, month, day);
        if (found == NOTHING) continue;
        struct civil civil = civil_from_date(found);
        assert_int_equal(found, date++);
        assert_true(civil.year == year && civil.month == month && civil.day == day);
      }
  assert_int_equal(date, date_from_civil(2600, 1, 1));
}

static void days_begin_at_midnight_of_the_zone(void **state) {
  assert_int_equal(date_of_moment(0), 0);
  assert_int_equal(date_of_moment(16 * 3600 * MOMENT_SECOND - 1), 0);
  assert_int_equal(date_of_moment(16 * 3600 * MOMENT_SECOND), 1);
  assert_int_equal(date_of_moment(-8 * 3600 * MOMENT_SECOND), 0);
  assert_int_equal(date_of_moment(-8 * 3600 * MOMENT_SECOND - 1), -1);
  for (int64_t date = -1000; date < 30000; date += 7) {
    assert_int_equal(date_of_moment(moment_of_date(date)), date);
    assert_int_equal(date_of_moment(moment_of_date(date) - 1), date - 1);
  }
}

static void weekdays_begin_with_monday(void **state) {
  assert_int_equal(date_weekday(0), 4);
  assert_int_equal(date_weekday(-1), 3);
  assert_int_equal(date_weekday(-4), 7);
  assert_int_equal(date_weekday(date_from_civil(2026, 11, 23)), 1);
  assert_int_equal(date_weekday(date_from_civil(2026, 11, 22)), 7);
}

static void nothing_stays_nothing(void **state) {
  struct arena *arena = arena_new();
  assert_int_equal(date_of_moment(NOTHING), NOTHING);
  assert_int_equal(moment_of_date(NOTHING), NOTHING);
  assert_int_equal(moment_of_date(INT64_MAX), NOTHING);
  assert_string_equal(date_print(arena, NOTHING), "");
  assert_string_equal(moment_print(arena, NOTHING), "");
  assert_int_equal(date_of_moment(INT64_MAX), INT64_MAX / MOMENT_DAY);
  assert_non_null(moment_print(arena, INT64_MAX));
  assert_string_equal(date_print(arena, 20458), "2026-01-05");
  assert_true(moment_system() > moment_of_date(date_from_civil(2020, 1, 1)));
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(dates_are_read_in_four_shapes), cmocka_unit_test(moments_are_read_as_people_write_them),
      cmocka_unit_test(every_day_of_a_thousand_years_goes_round), cmocka_unit_test(days_begin_at_midnight_of_the_zone),
      cmocka_unit_test(weekdays_begin_with_monday), cmocka_unit_test(nothing_stays_nothing)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
