/* Definitions over other things than problems, as pure functions ready for the records they are about: spot checks, call-backs, cases,
   mechanisms. PRACTICE.md, Definitions. Nothing here reads. */
#ifndef BIHUAN_RULES_DEFINITIONS_RATES_H
#define BIHUAN_RULES_DEFINITIONS_RATES_H

#include "rules/definitions.h"
#include "rules/policy.h"

/* 抽查合格率: passed of checked, with its 95 % interval (Wilson's score interval, which holds for small samples too), in basis points: the lower
   end rounded down, the upper rounded up. Without checks all are NOTHING. population and seed stand beside it where it is shown. */
struct spot_rate { int64_t rate, low, high; };
struct spot_rate spot_check_rate(int64_t passed, int64_t checked);

/* 三率 per call-backs: to call R, reached V, excluded by approval X; n = V − X. */
struct call_backs {
  int64_t to_call, reached, excluded, contacted, solved /* really; explained is not solved */, satisfied, fairly, dissatisfied;
};
struct three_rates {
  int64_t n;
  struct ratio response, solution;           /* 响应率, 解决率: of n */
  struct ratio satisfaction; /* 满意率 in basis points of one person: (10,000 × satisfied + 9,000 × fairly) / 10,000 × (all three) */
  int64_t combined;                          /* 综合 10/50/40, basis points, rounded down; NOTHING: one of the three has no data */
  struct ratio reached;                      /* V/R: always shown beside */
  bool ranked;                               /* not when V/R < 30 % or n < 30 */
};
/* Shares, weights and bounds are the policy's. */
struct three_rates three_rates_of(const struct call_backs *calls, const struct policy *policy);

/* 成例 (one matter → one class) needs all four; otherwise it is growing 培育中. */
struct case_facts { bool cause, self_checked /* by others */, mechanism, effect; };
bool case_made(const struct case_facts *facts);

/* 制度有效率: of mechanisms at least six months old, those with appeals of the class at most 70 % of before (same season); both are the
   policy's. */
struct mechanism_facts { int64_t months; int64_t appeals_before, appeals_after; };
bool mechanism_judged(const struct mechanism_facts *facts, const struct policy *policy);    /* in the denominator */
bool mechanism_effective(const struct mechanism_facts *facts, const struct policy *policy); /* in the numerator */
int64_t mechanism_works(const struct mechanism_facts *facts, const struct policy *policy);  /* WORKS_* */
/* The same season: from its first day in force (at most the last twelve months) up to `on`, and the same days of the latest year in which
   all of them lay before it was in force. All days belong to the season. */
struct seasons { int64_t before_from, before_to, after_from, after_to, months /* whole months in force */; };
struct seasons mechanism_seasons(int64_t in_force, int64_t on); /* on ≥ in_force */

#endif
