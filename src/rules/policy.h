/* The policy of a campaign at a date: a record, read into a struct. Ours by default where there is none (PRACTICE.md). */
#ifndef BIHUAN_RULES_POLICY_H
#define BIHUAN_RULES_POLICY_H

#include "store/store.h"

struct deadline_rule { int16_t source, kind /* 0: any */, days, count /* COUNT_NATURAL, COUNT_WORKING */; };
enum { COUNT_NATURAL = 1, COUNT_WORKING = 2, COUNT_HOURS = 3 };
struct appeal_clock_rule {
  int16_t origin, kind /* 0: any */, contact, contact_in, answer, answer_in, solve, solve_in /* COUNT_*; 0: working days */;
};
struct chase_rule { int16_t before, after /* days; one of the two */, to /* CHASE_* */; };
struct route_rule { uint8_t route, kind, level, risk; /* 0: any */ };
struct colour_rule { uint8_t colour; uint16_t rule; int64_t than; /* days, times or basis points, by rule */ };
struct policy {
  int64_t id, number, from;                 /* 0 and 0: the built-in default */
  struct colour_rule rules[32]; size_t rule_count; /* in order; the first that holds wins */
  unsigned steps[4];                        /* by ROUTE_*: bit 1 << STEP_* */
  struct route_rule routes[16]; size_t route_count; /* in order; the first that fits wins, the last fits all */
  int64_t acceptors_by_route[4];            /* how many people must accept */
  int64_t draw[4];                          /* by ROUTE_*: share drawn for checking, basis points */
  const char *draw_seed;                    /* "" in the built-in default */
  int64_t hand_colour_days, send_back_days, review_orange_days /* working days */, reopen_share /* basis points of the first term */;
  unsigned dissatisfied_blocks;             /* bit 1 << ROUTE_* */
  int64_t publicity_days, watch_days, review_days /* working days */, take_days, meeting_share, acceptors;
  int64_t complaint_days, complaint_times, complaint_windows; /* rules/complaints.h */
  int64_t signal_texts, signal_last_days, signal_extensions, signal_appeal_days, ranked_least; /* rules/signals.h, rules/definitions.h */
  int64_t rounds_a_month, remind_days, answer_signed /* 0, 1 */, slip_approvers, round_approvers;
  int64_t stage_days;                       /* a long-term problem has a stage at least so often */
  /* hand-overs: extensions (times, days together, share of the first term), days of suspension and of another kind; working days to
     dispute, to refuse, of a receiver's own, to rule; the refusal that leads to a ruling; bit 1 << BEHALF_* of what may be entered for
     others */
  int64_t extensions_most, extension_days, extension_share, suspension_days, kind_change_days, dispute_days, refuse_days, own_days,
      ruling_days, refusals_most;
  unsigned behalf_actions;
  unsigned root_cause_kinds;                /* bit 1 << KIND_*: the root cause is written down before it is submitted */
  struct deadline_rule deadlines[32]; size_t deadline_count; /* by source; the most specific row wins, days_by_kind where none fits */
  struct appeal_clock_rule appeal_clocks[32]; size_t appeal_clock_count; /* the most specific row wins */
  int64_t appeal_soon_hours, appeal_return_days /* working days */, call_back_days, call_attempts;
  unsigned exclusion_reasons;               /* bit 1 << EXCLUDED_* */
  int64_t fairly_share, response_weight, solution_weight /* the rest is satisfaction's */,
      reached_least;                                 /* basis points: rules/definitions_rates.h */
  struct chase_rule chasing[16]; size_t chase_count; /* from the earliest day to the latest */
  int64_t recheck_days, reply_days /* working days: to a verdict, and from it */, release_first, public_appeals /* 0, 1 */, public_a_day,
      withheld_least /* a smaller number of withheld problems is not told by itself */;
  int64_t chase_mail;                       /* CHASE_MAIL_* */
  int64_t digest_hour, quiet_from, quiet_to /* hours; from = to: never quiet */, weekly_day /* 1 Monday */, weekly_most, weekly_red_days,
      mail_days, chase_reply_days /* working days */;
  int64_t classify_bound;                   /* basis points of certainty from which the program sets a category; 0 never */
  int64_t learn_after,
      learn_hours; /* decisions of people after which suggestions are learnt anew, 0 never by itself; not oftener than so */
  int64_t mechanism_months, mechanism_share; /* rules/definitions_rates.h: judged after, works at most at (basis points) */
  int64_t alert_days;                       /* working days to decide on an alert */
  int64_t days_by_kind[4];                  /* natural days by KIND_* when no due date was given */
};
struct policy policy_default(void);
/* The policy in force for a campaign at a moment (valid from ≤ moment, the latest). */
enum store_error policy_for(struct reader *reader, int64_t campaign, int64_t moment, struct arena *arena, struct policy *policy);
/* Appeals belong to no campaign: those of a day go by the policy of the campaign that the office named for that day, before it named any by
   the first campaign's. */
enum store_error hotline_campaign(struct reader *reader, int64_t date, struct arena *arena, int64_t *campaign /* 0: there is none */);
/* The days from which appeals go by this campaign's policy, the earliest first; how many. */
enum { HOTLINE_DAYS_MOST = 40 }; /* more find no room in the field */
size_t hotline_days(const struct row *campaign, int64_t days[HOTLINE_DAYS_MOST]);
/* The same over campaigns in memory, in order of their ids. */
int64_t hotline_campaign_of(struct row *const *campaigns, size_t count, int64_t date);
/* The latest day of all; NOTHING: none was named. */
int64_t hotline_last_day(struct row *const *campaigns, size_t count);
enum store_error policy_for_appeals(struct reader *reader, int64_t moment, struct arena *arena, struct policy *policy);
/* A policy as its row has it; false: its rules cannot be read. */
bool policy_of_row(const struct row *row, struct arena *arena, struct policy *policy);
/* One policy by its record; 0: the built-in default. What a record leaves out is as in the default. BROKEN: its rules cannot be read. */
enum store_error policy_get(struct reader *reader, int64_t id, struct arena *arena, struct policy *policy);
/* JSON [{"colour":"red","rule":"overdue_long","than":30},…] → rules; *problem says where it is wrong. The last row must be to_plan. */
bool colour_rules_parse(const char *json, struct colour_rule *rules, size_t most, size_t *count, struct arena *arena,
                        struct label *problem);
/* JSON [{"risk":"ever_red","route":"a"},…,{"route":"b"}] → which closing route; members kind, level, risk may be left out (any). */
bool route_rules_parse(const char *json, struct route_rule *rules, size_t most, size_t *count, struct arena *arena, struct label *problem);
char *route_rules_print(struct arena *arena, const struct route_rule *rules, size_t count);
/* The first row that fits the problem. */
const struct route_rule *policy_route(const struct policy *policy, const struct row *problem);
char *colour_rules_print(struct arena *arena, const struct colour_rule *rules, size_t count);
bool policy_step_on(const struct policy *policy, int64_t route, enum route_step step);

#endif
