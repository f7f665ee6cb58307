/* Strong complaints 群众反映强烈 (PRACTICE.md, colours): how many distinct people a problem's linked appeals come from in 30 days, and what is usual for
   its lead unit. Pure functions over facts in memory; a person is a keyed hash, never a contact. Reads and writes nothing. */
#ifndef BIHUAN_RULES_COMPLAINTS_H
#define BIHUAN_RULES_COMPLAINTS_H

#include "rules/policy.h"

enum { COMPLAINT_DAYS = 30, COMPLAINT_WINDOWS = 6 /* of so many days each, before the last ones: 180 days */, COMPLAINT_BACK = COMPLAINT_DAYS * (COMPLAINT_WINDOWS + 1) };
struct complaint { int64_t problem; int32_t day; uint64_t person; };
/* A problem of the unit and the days between which it was in its hands; FIGURE_NO_DATE: still is. */
struct complaint_work { int64_t problem; int32_t from, to; };
/* The window a day is in: 0 the last 30 days, 1–6 those before, -1 none. */
int complaint_window(int32_t day, int32_t today);
/* By problem, window and person: what the two below expect. Complaints of no window go; the count of those that stay is given back. */
size_t complaints_sort(struct complaint *complaints, size_t count, int32_t today);
int64_t complaints_people(const struct complaint *sorted, size_t count, int64_t problem, int32_t today);
/* People a problem in 30 days, mean over the unit's problems in work in each of the windows that the store has seen whole, rounded up; NOTHING where it
   has seen none: it is younger than 60 days. `born`: its first day. */
int64_t complaints_usual(const struct complaint *sorted, size_t count, const struct complaint_work *work, size_t work_count, int32_t born, int32_t today);
int64_t complaints_threshold(const struct policy *policy); /* NOTHING: the policy has no such rule */
bool complaints_strong(int64_t people, int64_t usual, int64_t threshold);
#endif
