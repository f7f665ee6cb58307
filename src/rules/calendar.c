/* Working days: weekends unless the list of holidays and make-up working days says otherwise. Every deadline in working
   days is counted here and nowhere else. Knows nothing of problems, and does not decide which deadline is how long. */
#include "rules/calendar.h"

#include <stdlib.h>

#include "base/room.h"

struct listed { int64_t date; uint8_t kind; };
struct list { struct arena *arena; struct listed *days; size_t count, room; };

static int by_date(const void *one, const void *other) {
  const struct listed *a = one, *b = other;
  return (a->date > b->date) - (a->date < b->date);
}

static struct calendar calendar_of(struct list *list) {
  struct calendar calendar = {.count = list->count};
  int64_t *days = ARENA_ARRAY(list->arena, int64_t, list->count + 1);
  uint8_t *kinds = ARENA_ARRAY(list->arena, uint8_t, list->count + 1);
  if (list->count) qsort(list->days, list->count, sizeof *list->days, by_date);
  for (size_t i = 0; i < list->count; i++) {
    days[i] = list->days[i].date;
    kinds[i] = list->days[i].kind;
  }
  calendar.days = days;
  calendar.kinds = kinds;
  if (list->count) {
    calendar.first_year = civil_from_date(days[0]).year;
    calendar.last_year = civil_from_date(days[list->count - 1]).year;
  }
  return calendar;
}

static void list_add(struct list *list, int64_t date, uint8_t kind) {
  ARENA_ROOM(list->arena, list->days, list->count, list->room, 512);
  list->days[list->count++] = (struct listed){date, kind};
}

static bool take_row(void *with, const struct row *row) {
  int64_t date = row_integer(row, CALENDAR_DAY_DATE), kind = row_integer(row, CALENDAR_DAY_KIND);
  if (date != NOTHING && (kind == DAY_OFF || kind == DAY_WORK)) list_add(with, date, (uint8_t)kind);
  return true;
}

enum store_error calendar_load(struct reader *reader, struct arena *arena, struct calendar *calendar) {
  struct list list = {.arena = arena};
  struct query query = {.type = record_type(RECORD_CALENDAR_DAY), .expected = -1};
  enum store_error error = reader_list(reader, &query, &SCOPE_SYSTEM, arena, take_row, &list);
  *calendar = calendar_of(&list);
  return error;
}

struct calendar calendar_shipped(struct arena *arena) {
  struct list list = {.arena = arena};
  for (size_t i = 0; i < SHIPPED_DAY_COUNT; i++) list_add(&list, SHIPPED_DAYS[i].date, SHIPPED_DAYS[i].kind);
  return calendar_of(&list);
}

/* Where the first listed day at or after `date` stands. */
static size_t place_of(const struct calendar *calendar, int64_t date) {
  size_t low = 0, high = calendar->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (calendar->days[middle] < date) low = middle + 1;
    else high = middle;
  }
  return low;
}

bool calendar_works(const struct calendar *calendar, int64_t date) {
  size_t place = place_of(calendar, date);
  if (place < calendar->count && calendar->days[place] == date) return calendar->kinds[place] == DAY_WORK;
  return date_weekday(date) <= 5;
}

bool calendar_knows(const struct calendar *calendar, int64_t date) {
  int year = civil_from_date(date).year;
  size_t place = place_of(calendar, date_from_civil(year, 1, 1));
  return place < calendar->count && calendar->days[place] <= date_from_civil(year, 12, 31);
}

static void note_basis(const struct calendar *calendar, int64_t date, int64_t *basis) {
  if (basis && !calendar_knows(calendar, date)) *basis = DUE_BASIS_WEEKENDS;
}

int64_t calendar_add_working_days(const struct calendar *calendar, int64_t from, int64_t days, int64_t *basis) {
  int64_t date = from;
  if (basis) *basis = DUE_BASIS_CALENDAR;
  for (int64_t left = days; left > 0;) {
    date++;
    note_basis(calendar, date, basis);
    if (calendar_works(calendar, date)) left--;
  }
  return date;
}

int64_t calendar_add_natural_days(const struct calendar *calendar, int64_t from, int64_t days, int64_t *basis) {
  int64_t date = from + days;
  if (basis) *basis = DUE_BASIS_CALENDAR;
  note_basis(calendar, date, basis);
  while (!calendar_works(calendar, date)) {
    date++;
    note_basis(calendar, date, basis);
  }
  return date;
}

int64_t calendar_working_days_between(const struct calendar *calendar, int64_t from, int64_t to) {
  int64_t low = from < to ? from : to, high = from < to ? to : from, days = 0;
  for (int64_t date = low + 1; date <= high; date++) days += calendar_works(calendar, date);
  return from <= to ? days : -days;
}

int64_t calendar_due_of_problem(const struct calendar *calendar, int64_t days_by_kind, int64_t assigned_on, int64_t *basis) {
  return calendar_add_natural_days(calendar, assigned_on, days_by_kind, basis);
}
