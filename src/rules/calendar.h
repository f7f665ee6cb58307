/* Working days: weekends, holidays and make-up working days by date. One function adds working days, everywhere. */
#ifndef BIHUAN_RULES_CALENDAR_H
#define BIHUAN_RULES_CALENDAR_H

#include "store/store.h"

struct calendar {
  const int64_t *days;
  const uint8_t *kinds;
  size_t count;              /* sorted by date */
  int first_year, last_year; /* first and last year with a day listed; 0 none */
};
enum store_error calendar_load(struct reader *reader, struct arena *arena, struct calendar *calendar);
bool calendar_works(const struct calendar *calendar, int64_t date);
bool calendar_knows(const struct calendar *calendar, int64_t date); /* its year has data: at least one listed day */
/* The count begins with the day after `from` (次日起算). *basis: DUE_BASIS_CALENDAR, or DUE_BASIS_WEEKENDS when a year on the way has no
   data. */
int64_t calendar_add_working_days(const struct calendar *calendar, int64_t from, int64_t days, int64_t *basis);
/* Natural days, for the dates by kind: `from` + days, moved to the next working day when that is none (期限末日遇节假日顺延). *basis as above. */
int64_t calendar_add_natural_days(const struct calendar *calendar, int64_t from, int64_t days, int64_t *basis);
int64_t calendar_working_days_between(const struct calendar *calendar, int64_t from, int64_t to); /* negative when to < from */

/* Shipped days (data/calendar.csv → built in): what `demo` and an empty store are filled with. */
struct shipped_day { int64_t date; uint8_t kind; const char *name, *notice; };
extern const struct shipped_day SHIPPED_DAYS[]; extern const size_t SHIPPED_DAY_COUNT;

/* The shipped days as a calendar: for tests, and where there is no store. */
struct calendar calendar_shipped(struct arena *arena);

/* A problem's deadline that nobody gave, by its kind, from the day of its assignment, in one place for the door and for the clock (which
   reckons it again when the calendar changes). An appeal's: rules/appeal_clock.h. */
int64_t calendar_due_of_problem(const struct calendar *calendar, int64_t days_by_kind, int64_t assigned_on, int64_t *basis);

#endif
