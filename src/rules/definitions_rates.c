/* Rates over checks, call-backs, cases and mechanisms (definitions_rates.h). */
#include "rules/definitions_rates.h"

#include <math.h>

/* Wilson: the centre (p + z²/2n) ± z √(p(1−p)/n + z²/4n²), over 1 + z²/n. z: 97.5 % of the normal distribution. */
struct spot_rate spot_check_rate(int64_t passed, int64_t checked) {
  const double z = 1.959963984540054;
  struct spot_rate none = {NOTHING, NOTHING, NOTHING};
  if (checked <= 0 || passed < 0 || passed > checked) return none;
  double n = (double)checked, p = (double)passed / n, part = z * z / n;
  double half = z * sqrt(p * (1 - p) / n + part / (4 * n)), low = (p + part / 2 - half) / (1 + part), high = (p + part / 2 + half) / (1 + part);
  return (struct spot_rate){ratio_rate((struct ratio){passed, checked}), passed == 0 ? 0 : (int64_t)floor(low * 10000),
                            passed == checked ? 10000 : (int64_t)ceil(high * 10000)};
}

enum { WHOLE = 10000 };

/* From the exact fractions, so that rounding happens once. */
static int64_t combined_of(const struct three_rates *rates, const struct policy *policy) {
  if (!rates->response.denominator || !rates->solution.denominator || !rates->satisfaction.denominator) return NOTHING;
  long double sum = 0;
  const struct { struct ratio ratio; int64_t weight; } parts[] = {
    {rates->response, policy->response_weight}, {rates->solution, policy->solution_weight}, {rates->satisfaction, WHOLE - policy->response_weight - policy->solution_weight}};
  for (int i = 0; i < 3; i++) sum += (long double)parts[i].ratio.numerator * (long double)parts[i].weight / (long double)parts[i].ratio.denominator;
  return (int64_t)floorl(sum + 1e-9L);
}

struct three_rates three_rates_of(const struct call_backs *calls, const struct policy *policy) {
  int64_t n = calls->reached > calls->excluded ? calls->reached - calls->excluded : 0;
  struct three_rates rates = {
    .n = n, .response = {calls->contacted, n}, .solution = {calls->solved, n},
    .satisfaction = {WHOLE * calls->satisfied + policy->fairly_share * calls->fairly, WHOLE * (calls->satisfied + calls->fairly + calls->dissatisfied)},
    .reached = {calls->reached, calls->to_call}};
  rates.combined = combined_of(&rates, policy);
  rates.ranked = n >= policy->ranked_least && ratio_rate(rates.reached) != NOTHING && ratio_rate(rates.reached) >= policy->reached_least;
  return rates;
}

bool case_made(const struct case_facts *facts) { return facts->cause && facts->self_checked && facts->mechanism && facts->effect; }

enum { MECHANISM_MONTHS = 6, MECHANISM_PER_CENT = 70 };
bool mechanism_judged(const struct mechanism_facts *facts) { return facts->months >= MECHANISM_MONTHS && facts->appeals_before > 0; }
bool mechanism_effective(const struct mechanism_facts *facts) {
  return mechanism_judged(facts) && facts->appeals_after * 100 <= facts->appeals_before * MECHANISM_PER_CENT;
}
