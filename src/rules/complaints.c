/* Distinct people and a unit's usual (complaints.h). */
#include "rules/complaints.h"

#include <stdlib.h>

#include "base/sorted.h"
#include "rules/figures.h"

struct complaint_span complaints_span(const struct policy *policy) {
  return (struct complaint_span){(int32_t)policy->complaint_days, (int32_t)policy->complaint_windows};
}

int complaint_window(int32_t day, int32_t today, struct complaint_span span) {
  int32_t back = today - day;
  return back < 0 || back >= span.days * (span.windows + 1) ? -1 : back / span.days;
}

static int by_day_and_person(const void *one, const void *other) {
  const struct complaint *a = one, *b = other;
  if (a->problem != b->problem) return a->problem < b->problem ? -1 : 1;
  if (a->day != b->day) return a->day < b->day ? -1 : 1;
  return (a->person > b->person) - (a->person < b->person);
}

/* The day of a complaint becomes the last of its window: within one, days do not matter. */
size_t complaints_sort(struct complaint *complaints, size_t count, int32_t today, struct complaint_span span) {
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    int window = complaint_window(complaints[i].day, today, span);
    if (window < 0) continue;
    complaints[kept] = complaints[i];
    complaints[kept++].day = today - window * span.days;
  }
  if (kept) qsort(complaints, kept, sizeof *complaints, by_day_and_person);
  return kept;
}

static int64_t people_in(const struct complaint *sorted, size_t count, int64_t problem, int32_t day) {
  const struct complaint *last = NULL;
  int64_t people = 0;
  for (size_t i = SORTED_PLACE(sorted, count, problem, problem); i < count && sorted[i].problem == problem; i++) {
    if (sorted[i].day != day) continue;
    if (!last || last->person != sorted[i].person) people++;
    last = &sorted[i];
  }
  return people;
}

int64_t complaints_people(const struct complaint *sorted, size_t count, int64_t problem, int32_t today) {
  return people_in(sorted, count, problem, today);
}

int64_t complaints_usual(const struct complaint *sorted, size_t count, const struct complaint_work *work, size_t work_count, int32_t born,
                         int32_t today, struct complaint_span span) {
  int64_t people = 0, problems = 0;
  bool seen = false;
  for (int32_t window = 1; window <= span.windows; window++) {
    int32_t to = today - window * span.days, from = to - span.days + 1;
    if (from < born) break;
    seen = true;
    for (size_t i = 0; i < work_count; i++) {
      if (work[i].from > to || (work[i].to != FIGURE_NO_DATE && work[i].to < from)) continue;
      people += people_in(sorted, count, work[i].problem, to);
      problems++;
    }
  }
  if (!seen) return NOTHING;
  return problems ? (people + problems - 1) / problems : 0;
}

int64_t complaints_threshold(const struct policy *policy) {
  for (size_t i = 0; i < policy->rule_count; i++)
    if (policy->rules[i].rule == RULE_STRONG_COMPLAINTS) return policy->rules[i].than;
  return NOTHING;
}

bool complaints_strong(int64_t people, int64_t usual, int64_t threshold, int64_t times) {
  return threshold != NOTHING && people != NOTHING && usual != NOTHING && people >= threshold && people >= times * usual;
}
