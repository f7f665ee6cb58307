/* The policy of a campaign at a date: a record, read into a struct. Ours by default where there is none (PRACTICE.md). */
#ifndef BIHUAN_RULES_POLICY_H
#define BIHUAN_RULES_POLICY_H

#include "store/store.h"

struct colour_rule { uint8_t colour; uint16_t rule; int64_t than; /* days, times or basis points, by rule */ };
struct policy {
  int64_t id, number, from;                 /* 0 and 0: the built-in default */
  struct colour_rule rules[32]; size_t rule_count; /* in order; the first that holds wins */
  unsigned steps[4];                        /* by ROUTE_*: bit 1 << STEP_* */
  int64_t publicity_days, watch_days, review_days /* working days */, take_days, meeting_share, acceptors;
  int64_t rounds_a_month, remind_days, answer_signed /* 0, 1 */, slip_approvers, round_approvers;
  int64_t stage_days;                       /* a long-term problem has a stage at least so often */
  /* hand-overs: extensions (times, days together, share of the first term), days of suspension and of another kind; working days to dispute, to refuse, of a
     receiver's own, to rule; the refusal that leads to a ruling; bit 1 << BEHALF_* of what may be entered for others */
  int64_t extensions_most, extension_days, extension_share, suspension_days, kind_change_days, dispute_days, refuse_days, own_days, ruling_days, refusals_most;
  unsigned behalf_actions;
  int64_t days_by_kind[4];                  /* natural days by KIND_* when no due date was given */
};
struct policy policy_default(void);
/* The policy in force for a campaign at a moment (valid from ≤ moment, the latest). */
enum store_error policy_for(struct reader *reader, int64_t campaign, int64_t moment, struct arena *arena, struct policy *policy);
/* One policy by its record; 0: the built-in default. What a record leaves out is as in the default. BROKEN: its rules cannot be read. */
enum store_error policy_get(struct reader *reader, int64_t id, struct arena *arena, struct policy *policy);
/* JSON [{"colour":"red","rule":"overdue_long","than":30},…] → rules; *problem says where it is wrong. The last row must be to_plan. */
bool colour_rules_parse(const char *json, struct colour_rule *rules, size_t most, size_t *count, struct arena *arena, struct label *problem);
char *colour_rules_print(struct arena *arena, const struct colour_rule *rules, size_t count);
bool policy_step_on(const struct policy *policy, int64_t route, enum route_step step);

#endif
