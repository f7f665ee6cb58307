/* Private to derive.c and the clock: the clock has one thing more to say than the door. */
#ifndef BIHUAN_RULES_DERIVE_PRIVATE_H
#define BIHUAN_RULES_DERIVE_PRIVATE_H

#include "rules/derive.h"
#include "rules/policy.h"

struct derived { int64_t entry, whole /* the problem it is a part of, NOTHING none */; bool moved; /* another colour or rule */ };
/* Policies looked up already, one a campaign, for as long as one snapshot or one set is read. */
struct policy_held { int64_t campaign; struct policy policy; struct policy_held *next; };
struct policies { struct arena *arena; int64_t moment; struct policy_held *first; };
enum store_error policies_get(struct policies *policies, struct reader *reader, int64_t campaign, const struct policy **policy);
/* walked: the clock has tried the arrow that waits for this moment, so the problem need not be found for it again. */
enum store_error derive_again(struct tx *tx, const struct context *context, struct policies *policies, int64_t set, int64_t problem, bool walked, struct arena *arena, struct derived *derived);
/* When the clock has to walk an arrow of this problem: the day after publicity (where no approval follows), after the watch period,
   after a suspension or a change of kind; NOTHING. */
int64_t derive_arrow(const struct row *problem, const struct policy *policy);
/* Of a split problem: how many parts it has and how many are closed; its progress is theirs where it has no measures of its own
   (roll_up.c). */
struct colour_facts;
enum store_error roll_up(struct reader *reader, const struct row *before, struct arena *arena, struct row *after, struct colour_facts *facts);
enum action_code derive_arrow_action(const struct row *problem);

#endif
