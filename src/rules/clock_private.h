/* Private to the clock's files: one run of it. */
#ifndef BIHUAN_RULES_CLOCK_PRIVATE_H
#define BIHUAN_RULES_CLOCK_PRIVATE_H

#include "rules/change.h"
#include "rules/colour.h"
#include "store/writer.h"

enum { CLOCK_GROUP = 500 }; /* records judged or changed in one set at most */

struct clock_run { struct store *store; struct writer *writer; int64_t now; struct arena *arena; struct clock_report *report; };

struct context clock_context(int64_t now);
/* Deadlines that no person gave, reckoned again when the calendar has changed since the last run. */
enum store_error clock_deadlines(struct clock_run *run);
/* Colours set by hand that are past their end. */
enum store_error clock_hand_colours(struct clock_run *run);
/* The next warning or step of problems that an older program left without one. Once a store. */
enum store_error clock_chasing(struct clock_run *run);
/* These problems judged again, in one set. */
enum store_error clock_judge(struct clock_run *run, const int64_t *problems, size_t count);
/* Appeals: due soon, late, to be called back. */
enum store_error clock_appeals(struct clock_run *run);
/* Open items of units that ended and of slips: moved on until nothing is left. */
enum store_error clock_moving(struct clock_run *run);
/* Rounds: units still to be asked, answers late, reminders. */
enum store_error clock_rounds(struct clock_run *run);

#endif
