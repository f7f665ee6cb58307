/* Strong complaints 群众反映强烈 (PRACTICE.md, colours): how many distinct people a problem's linked appeals come from in a span of days (30 by
   default), and what is usual for its lead unit. Pure functions over facts in memory; a person is a keyed hash, never a contact. Reads and
   writes nothing. */
#ifndef BIHUAN_RULES_COMPLAINTS_H
#define BIHUAN_RULES_COMPLAINTS_H

#include "rules/policy.h"

/* The last `days` are what is looked at; `windows` of as many days before them are what is usual. */
struct complaint_span { int32_t days, windows; };
struct complaint { int64_t problem; int32_t day; uint64_t person; };
/* A problem of the unit and the days between which it was in its hands, from assignment to acceptance of the running cycle; FIGURE_NO_DATE:
   still is. */
struct complaint_work { int64_t problem; int32_t from, to; };
struct complaint_span complaints_span(const struct policy *policy);
/* The window a day is in: 0 the last days, 1–windows those before, -1 none. */
int complaint_window(int32_t day, int32_t today, struct complaint_span span);
/* By problem, window and person: what the two below expect. Complaints of no window go; the count of those that stay is given back. */
size_t complaints_sort(struct complaint *complaints, size_t count, int32_t today, struct complaint_span span);
int64_t complaints_people(const struct complaint *sorted, size_t count, int64_t problem, int32_t today);
/* People a problem in a span, mean over the unit's problems in work in each of the windows that the store has seen whole, rounded up; 0
   where there was no work; NOTHING where the store has seen no window: it is younger than two spans. `born`: its first day. */
int64_t complaints_usual(const struct complaint *sorted, size_t count, const struct complaint_work *work, size_t work_count, int32_t born,
                         int32_t today, struct complaint_span span);
int64_t complaints_threshold(const struct policy *policy); /* NOTHING: the policy has no such rule */
bool complaints_strong(int64_t people, int64_t usual, int64_t threshold, int64_t times);
#endif
