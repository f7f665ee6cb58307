/* Moments and dates by arithmetic on the proleptic Gregorian calendar: no library's time zone, no locale.
   Years 1 to 9999 can be written; NOTHING goes in and out as NOTHING. */
#include "base/moment.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define HOUR (INT64_C(3600) * MOMENT_SECOND)
#define MINUTE (INT64_C(60) * MOMENT_SECOND)
#define LAST_YEAR 9999

const int64_t ZONE_OFFSET = 8 * HOUR;

int64_t moment_system(void) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return (int64_t)now.tv_sec * MOMENT_SECOND + now.tv_nsec / 1000;
}

static int64_t floor_divide(int64_t value, int64_t by) {
  int64_t quotient = value / by;
  return value % by < 0 ? quotient - 1 : quotient;
}

int64_t date_of_moment(int64_t moment) {
  if (moment == NOTHING) return NOTHING;
  int64_t date = floor_divide(moment, MOMENT_DAY);
  return date + (moment - date * MOMENT_DAY >= MOMENT_DAY - ZONE_OFFSET); /* without overflow at the far ends */
}

int64_t moment_of_date(int64_t date) {
  int64_t moment;
  if (date == NOTHING || __builtin_mul_overflow(date, MOMENT_DAY, &moment) ||
      __builtin_sub_overflow(moment, ZONE_OFFSET, &moment))
    return NOTHING;
  return moment;
}

static bool leap_year(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int64_t date_from_civil(int year, int month, int day) {
  static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (year < 1 || year > LAST_YEAR || month < 1 || month > 12 || day < 1) return NOTHING;
  if (day > days[month - 1] + (month == 2 && leap_year(year))) return NOTHING;
  /* Years from March on, so that the leap day comes last; eras of 400 years have 146,097 days. */
  int64_t shifted = month > 2 ? year : year - 1;
  int64_t era = shifted / 400, of_era = shifted % 400;
  int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

struct civil civil_from_date(int64_t date) {
  const int64_t farthest = INT64_C(400000000); /* about a million years: beyond, an int cannot promise the year */
  if (date > farthest) date = farthest;
  if (date < -farthest) date = -farthest;
  int64_t shifted = date + 719468;
  int64_t era = floor_divide(shifted, 146097), of_era = shifted - era * 146097;
  int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
  int64_t month = (5 * of_year + 2) / 153;
  struct civil civil = {.day = (int)(of_year - (153 * month + 2) / 5 + 1), .month = (int)(month < 10 ? month + 3 : month - 9)};
  civil.year = (int)(year + era * 400 + (civil.month <= 2));
  return civil;
}

int date_weekday(int64_t date) {
  int64_t of_week = date % 7; /* 1970-01-01 was a Thursday */
  return (int)((of_week + 7 + 3) % 7 + 1);
}

/* `count` digits with leading zeros; returns the place behind them. Lists print thousands of dates: no printf here. */
static char *digits_put(char *at, long number, int count) {
  for (int i = count - 1; i >= 0; i--, number /= 10) at[i] = (char)('0' + number % 10);
  return at + count;
}

static char *civil_put(char *at, struct civil civil) {
  at = digits_put(at, civil.year, 4);
  *at++ = '-';
  at = digits_put(at, civil.month, 2);
  *at++ = '-';
  return digits_put(at, civil.day, 2);
}

char *date_print(struct arena *arena, int64_t date) {
  if (date == NOTHING) return arena_text(arena, "");
  struct civil civil = civil_from_date(date);
  char text[10];
  if (civil.year < 0 || civil.year > 9999) return arena_print(arena, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
  return arena_copy(arena, text, (size_t)(civil_put(text, civil) - text));
}

char *moment_print(struct arena *arena, int64_t moment) {
  if (moment == NOTHING) return arena_text(arena, "");
  int64_t in_day = moment - floor_divide(moment, MOMENT_DAY) * MOMENT_DAY + ZONE_OFFSET;
  if (in_day >= MOMENT_DAY) in_day -= MOMENT_DAY;
  long seconds = (long)(in_day / MOMENT_SECOND), fraction = (long)(in_day % MOMENT_SECOND);
  struct civil civil = civil_from_date(date_of_moment(moment));
  char text[40], *at = text;
  if (civil.year < 0 || civil.year > 9999)
    at += snprintf(text, 20, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
  else at = civil_put(at, civil);
  *at++ = 'T';
  at = digits_put(at, seconds / 3600, 2);
  *at++ = ':';
  at = digits_put(at, seconds / 60 % 60, 2);
  *at++ = ':';
  at = digits_put(at, seconds % 60, 2);
  if (fraction) {
    *at++ = '.';
    at = digits_put(at, fraction, 6);
  }
  memcpy(at, "+08:00", 6);
  return arena_copy(arena, text, (size_t)(at + 6 - text));
}

/* Reads a number of `least` to `most` digits and moves on; false when there is none or it is longer. */
static bool take_number(const char **at, unsigned least, unsigned most, int *out) {
  unsigned digits = 0;
  *out = 0;
  for (; **at >= '0' && **at <= '9'; (*at)++) {
    if (++digits > most) return false;
    *out = *out * 10 + (**at - '0');
  }
  return digits >= least;
}

static bool take_text(const char **at, const char *text) {
  size_t size = strlen(text);
  bool there = strncmp(*at, text, size) == 0;
  if (there) *at += size;
  return there;
}

/* *closed tells that the date ended with 日, after which a time may follow without a blank. */
static bool take_date(const char **at, int64_t *date, bool *closed) {
  static const struct { const char *after_year, *after_month, *after_day; } shapes[] = {
      {"-", "-", ""}, {"/", "/", ""}, {".", ".", ""}, {"年", "月", "日"}};
  int year, month, day;
  if (!take_number(at, 4, 4, &year)) return false;
  for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
    if (!take_text(at, shapes[i].after_year)) continue;
    if (!take_number(at, 1, 2, &month) || !take_text(at, shapes[i].after_month) || !take_number(at, 1, 2, &day) ||
        !take_text(at, shapes[i].after_day))
      return false;
    *closed = shapes[i].after_day[0] != 0;
    *date = date_from_civil(year, month, day);
    return *date != NOTHING;
  }
  return false;
}

bool date_parse(const char *text, int64_t *out) {
  int64_t date;
  bool closed;
  if (!text || !take_date(&text, &date, &closed) || *text) return false;
  *out = date;
  return true;
}

/* Up to nine digits; what is finer than a microsecond is cut off. */
static bool take_fraction(const char **at, int64_t *out) {
  int64_t worth = MOMENT_SECOND;
  unsigned digits = 0;
  for (; **at >= '0' && **at <= '9'; (*at)++) {
    if (++digits > 9) return false;
    worth /= 10;
    *out += (**at - '0') * worth;
  }
  return digits > 0;
}

static bool take_clock(const char **at, int64_t *out) {
  int hour, minute, second = 0;
  int64_t fraction = 0;
  if (!take_number(at, 1, 2, &hour) || !take_text(at, ":") || !take_number(at, 1, 2, &minute)) return false;
  if (take_text(at, ":")) {
    if (!take_number(at, 1, 2, &second)) return false;
    if (take_text(at, ".") && !take_fraction(at, &fraction)) return false;
  }
  if (hour > 23 || minute > 59 || second > 59) return false;
  *out = hour * HOUR + minute * MINUTE + second * MOMENT_SECOND + fraction;
  return true;
}

static bool take_zone(const char **at, int64_t *out) {
  int hours, minutes;
  *out = ZONE_OFFSET;
  if (!**at) return true;
  if (take_text(at, "Z") || take_text(at, "z")) {
    *out = 0;
    return true;
  }
  int64_t sign = take_text(at, "-") ? -1 : take_text(at, "+") ? 1 : 0;
  if (!sign || !take_number(at, 2, 2, &hours) || !take_text(at, ":") || !take_number(at, 2, 2, &minutes)) return false;
  *out = sign * (hours * HOUR + minutes * MINUTE);
  return hours <= 23 && minutes <= 59;
}

static bool take_blanks(const char **at) {
  const char *start = *at;
  while (**at == ' ' || **at == '\t') (*at)++;
  return *at > start;
}

static bool parse_microseconds(const char *text, int64_t *out) {
  int64_t value = 0;
  for (; *text; text++)
    if (*text < '0' || *text > '9' || __builtin_mul_overflow(value, 10, &value) ||
        __builtin_add_overflow(value, *text - '0', &value))
      return false;
  *out = value;
  return true;
}

bool moment_parse(const char *text, int64_t *out) {
  int64_t date, in_day = 0, zone = ZONE_OFFSET;
  bool closed;
  if (!text || !*text) return false;
  if (text[strspn(text, "0123456789")] == 0) return parse_microseconds(text, out);
  if (!take_date(&text, &date, &closed)) return false;
  if (*text) {
    if (!take_text(&text, "T") && !take_text(&text, "t") && !take_blanks(&text) && !closed) return false;
    if (!take_clock(&text, &in_day) || !take_zone(&text, &zone) || *text) return false;
  }
  *out = date * MOMENT_DAY + in_day - zone;
  return true;
}
