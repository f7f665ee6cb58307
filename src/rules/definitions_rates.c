/* Rates over checks, call-backs, cases and mechanisms (definitions_rates.h). */
#include "rules/definitions_rates.h"

#include <math.h>

/* Wilson: the centre (p + z²/2n) ± z √(p(1−p)/n + z²/4n²), over 1 + z²/n. z: 97.5 % of the normal distribution. */
struct spot_rate spot_check_rate(int64_t passed, int64_t checked) {
  const double z = 1.959963984540054;
  struct spot_rate none = {NOTHING, NOTHING, NOTHING};
  if (checked <= 0 || passed < 0 || passed > checked) return none;
  double n = (double)checked, p = (double)passed / n, part = z * z / n;
  double half = z * sqrt(p * (1 - p) / n + part / (4 * n)), low = (p + part / 2 - half) / (1 + part),
         high = (p + part / 2 + half) / (1 + part);
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
  for (int i = 0; i < 3; i++)
    sum += (long double)parts[i].ratio.numerator * (long double)parts[i].weight / (long double)parts[i].ratio.denominator;
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

bool mechanism_judged(const struct mechanism_facts *facts, const struct policy *policy) {
  return facts->months >= policy->mechanism_months && facts->appeals_before > 0;
}
bool mechanism_effective(const struct mechanism_facts *facts, const struct policy *policy) {
  return mechanism_judged(facts, policy) && facts->appeals_after * WHOLE <= facts->appeals_before * policy->mechanism_share;
}

int64_t mechanism_works(const struct mechanism_facts *facts, const struct policy *policy) {
  if (facts->months < policy->mechanism_months) return WORKS_TOO_YOUNG;
  if (!mechanism_judged(facts, policy)) return WORKS_UNKNOWN;
  return mechanism_effective(facts, policy) ? WORKS_WELL : WORKS_NOT;
}

/* The same day of another month; of a month that is shorter its last day. */
static int64_t months_on(int64_t date, int months) {
  struct civil civil = civil_from_date(date);
  int count = civil.year * 12 + civil.month - 1 + months, day = civil.day;
  int64_t moved = NOTHING;
  while (moved == NOTHING && day > 0) moved = date_from_civil(count / 12, count % 12 + 1, day--);
  return moved;
}

enum { YEAR = 12, YEARS_MOST = 100 };
struct seasons mechanism_seasons(int64_t in_force, int64_t on) {
  struct seasons seasons = {.after_to = on};
  while (months_on(in_force, (int)seasons.months + 1) <= on + 1) seasons.months++;
  int64_t year_ago = months_on(on, -YEAR) + 1;
  seasons.after_from = in_force > year_ago ? in_force : year_ago;
  int years = 1;
  while (years < YEARS_MOST && months_on(on, -YEAR * years) >= in_force) years++;
  seasons.before_from = months_on(seasons.after_from, -YEAR * years);
  seasons.before_to = months_on(on, -YEAR * years);
  return seasons;
}
