/* Days held and overdue days, by holder: who held a problem is known by day, and so is which date it had then. A day belongs to whoever
   held the problem when it began, so the holders' days add up to the days that passed, and their overdue days to the problem's. */
#ifndef BIHUAN_RULES_HOLDERS_H
#define BIHUAN_RULES_HOLDERS_H

#include "store/store.h"

/* The date that a problem had from the day after `from` on; NOTHING: none ran (not assigned, suspended, applied for). */
struct due_span { int64_t from, due; };
/* One holder's time. to NOTHING: he holds it still. own_due: no earlier than this is he late himself; NOTHING: the problem's date alone. */
struct held_span { int64_t id, unit, from, to, own_due, how, cycle; bool provisional; int64_t days, overdue, own_overdue; };

/* Pure. Fills days, overdue and own_overdue up to `today`. The spans of dates are in order of time. */
void holders_reckon(struct held_span *held, size_t count, const struct due_span *dues, size_t due_count, int64_t today);

/* Pure: does handing it to `receiver` close a circle, A→B→A or longer? `units`: who held it so far, in order, the present one last. */
bool holders_circle(const int64_t *units, size_t count, int64_t receiver);

/* The dates a problem had, from its journal. An application that was sent back never stopped the clock; one that stands did. */
enum store_error holders_dues(struct reader *reader, const struct row *problem, struct arena *arena, struct due_span **dues, size_t *count);
/* Who held the problem, oldest first, reckoned up to today. One that was assigned before holdings were kept is told from its row. */
enum store_error holders_read(struct reader *reader, const struct row *problem, int64_t today, struct arena *arena, struct held_span **held, size_t *count);

/* Sums of one unit over the holdings that began at `since` or later (NOTHING: all), at most `most` of them, the newest first. */
struct held_sums { int64_t holdings, running, days, overdue, own_overdue; bool more; };
enum store_error holders_sums(struct reader *reader, int64_t unit, int64_t since, int64_t today, size_t most, const struct scope *scope, struct arena *arena, struct held_sums *sums);

/* Which unit answers for `unit` today: itself, or the first successor in force. For reports that roll up. */
enum store_error unit_now(struct reader *reader, int64_t unit, struct arena *arena, int64_t *now);

#endif
