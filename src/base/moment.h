/* Moments (UTC microseconds since 1970) and dates (days since 1970 in the store's one zone, +08:00 by default).
   Nothing here asks the system what time it is, except moment_system(). */
#ifndef BIHUAN_BASE_MOMENT_H
#define BIHUAN_BASE_MOMENT_H

#include <stdbool.h>
#include <stdint.h>
#include "base/arena.h"

#define MOMENT_SECOND INT64_C(1000000)
#define MOMENT_DAY (INT64_C(86400) * MOMENT_SECOND)
#define NOTHING INT64_MIN /* no value, of any integer kind */

/* The store's zone; set once when it is opened. China has had one zone without summer time since 1992. */
extern const int64_t ZONE_OFFSET; /* microseconds east of UTC: +08:00 */

struct civil { int year, month, day; };

int64_t moment_system(void);
int64_t date_of_moment(int64_t moment);
int64_t moment_of_date(int64_t date); /* its first instant */
int64_t date_from_civil(int year, int month, int day); /* NOTHING when there is no such day */
struct civil civil_from_date(int64_t date);
int date_weekday(int64_t date); /* 1 Monday … 7 Sunday */

/* "2026-11-23" */
char *date_print(struct arena *arena, int64_t date);
/* "2026-11-23T08:00:00+08:00", microseconds shown only when not zero */
char *moment_print(struct arena *arena, int64_t moment);
/* 2026-11-23, 2026/1/5, 2026.1.5, 2026年1月5日; whole text, or false */
bool date_parse(const char *text, int64_t *out);
/* a date as above, then optionally 'T' or blanks, h:m[:s[.fraction]] with one- or two-digit parts,
   and Z or ±hh:mm (the store's zone when left out); an all-digit text is taken as microseconds. */
bool moment_parse(const char *text, int64_t *out);

#endif
