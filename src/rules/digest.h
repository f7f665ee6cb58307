/* What is told in sum: when a day's digest may go out, what its title says, and which few items go to the leaders in a week. Pure. */
#ifndef BIHUAN_RULES_DIGEST_H
#define BIHUAN_RULES_DIGEST_H

#include "rules/policy.h"

/* Hours of the store's zone; quiet from an hour to another, over midnight too; from = to: never. */
bool quiet_at(const struct policy *policy, int64_t moment);
/* From the policy's hour on, or when the quiet hours end where it lies in them; never within them. */
bool digest_due(const struct policy *policy, int64_t now);
/* On the policy's weekday or later in that week, at the digest's time; *week: its Monday. */
bool weekly_due(const struct policy *policy, int64_t now, int64_t *week);

/* Why something is on the leaders' list, in the order in which they take turns. */
enum weekly_reason { WEEKLY_OVERDUE, WEEKLY_REBOUND, WEEKLY_RULING, WEEKLY_RED, WEEKLY_REASONS };
struct weekly_item {
  enum weekly_reason reason;
  int64_t problem, record /* the ruling's */, days, unit, chased;
  const char *name /* its number */, *unit_name;
};
enum { WEEKLY_MOST = 5 };
/* The longest of each reason in turn, a problem once, at most `most`; the same items whatever their order. Answers how many; chosen are
   places in `items`. */
size_t weekly_choose(const struct weekly_item *items, size_t count, size_t most, size_t chosen[WEEKLY_MOST]);
struct label weekly_sentence(struct arena *arena, const struct weekly_item *item);

#endif
