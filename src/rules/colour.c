/* The judgement: facts and policy and a moment in, colour and rule and reasons out. Pure: no store, no clock, no memory of
   what was judged before. The first row of the policy that holds wins; what happens with time alone is found by trying the days on
   which any of its rows may turn, so `since` and `next` are exact. */
#include "rules/colour_rules.h"

#include <stdlib.h>

/* A policy has at most 32 rows, each turning on at most COLOUR_PLAN_STEPS days. */
enum { TURNS_MOST = 32 * COLOUR_PLAN_STEPS };

static struct colour_answer answer_on(const struct colour_facts *facts, const struct policy *policy, int64_t today) {
  for (size_t i = 0; i < policy->rule_count; i++) {
    const struct colour_rule *row = &policy->rules[i];
    const struct primitive *primitive = colour_primitive(row->rule);
    bool holds = primitive && (primitive->holds_under ? primitive->holds_under(facts, policy, row->than)
                                                      : primitive->holds && primitive->holds(facts, row->than, today));
    if (holds) return (struct colour_answer){row->colour, row->rule};
  }
  return (struct colour_answer){COLOUR_BLUE, RULE_TO_PLAN}; /* the six colours add up to the total, whatever a policy leaves out */
}

static int by_date(const void *one, const void *other) {
  int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
  return (a > b) - (a < b);
}

/* All days on which a row may turn, in order. */
static size_t turns_of(const struct colour_facts *facts, const struct policy *policy, int64_t *dates) {
  size_t count = 0;
  for (size_t i = 0; i < policy->rule_count; i++) {
    const struct primitive *primitive = colour_primitive(policy->rules[i].rule);
    if (primitive && primitive->turns) count += primitive->turns(facts, policy->rules[i].than, dates + count);
  }
  if (count) qsort(dates, count, sizeof *dates, by_date);
  return count;
}

static bool same(struct colour_answer one, struct colour_answer other) { return one.colour == other.colour && one.rule == other.rule; }

/* The day from which time alone has kept the answer as it is; NOTHING: always. */
static int64_t held_from(const struct colour_facts *facts, const struct policy *policy, int64_t today, struct colour_answer now,
                         const int64_t *dates, size_t count) {
  for (size_t i = count; i-- > 0;)
    if (dates[i] <= today && !same(answer_on(facts, policy, dates[i] - 1), now)) return dates[i];
  return NOTHING;
}

static void find_next(const struct colour_facts *facts, const struct policy *policy, int64_t today, const int64_t *dates, size_t count,
                      struct judgement *judgement) {
  struct colour_answer now = {judgement->colour, judgement->rule};
  for (size_t i = 0; i < count; i++) {
    struct colour_answer then;
    if (dates[i] <= today) continue;
    then = answer_on(facts, policy, dates[i]);
    if (same(then, now)) continue;
    judgement->next = moment_of_date(dates[i]);
    judgement->next_colour = then.colour;
    judgement->next_rule = then.rule;
    return;
  }
}

static bool under_review(const struct colour_facts *facts) {
  return (facts->state == PROBLEM_APPLIED || facts->state == PROBLEM_ENDORSED) && facts->colour_at_application > COLOUR_NONE;
}

static void tell(const struct colour_facts *facts, int64_t today, int64_t held, int64_t now, struct judgement *judgement) {
  const struct primitive *primitive = colour_primitive(judgement->rule);
  int64_t begun = primitive->begun ? primitive->begun(facts) : NOTHING, from = held > begun ? held : begun;
  judgement->since = from == NOTHING || moment_of_date(from) > now ? now : moment_of_date(from);
  judgement->planned = colour_planned(facts, today);
  primitive->numbers(facts, today, judgement->numbers);
}

struct colour_answer colour_answer(const struct colour_facts *facts, const struct policy *policy, int64_t now) {
  if (!colour_counts(facts)) return (struct colour_answer){COLOUR_NONE, RULE_NOT_COUNTED};
  if (under_review(facts)) return (struct colour_answer){facts->colour_at_application, RULE_UNDER_REVIEW};
  return answer_on(facts, policy, date_of_moment(now));
}

struct judgement colour_judge(const struct colour_facts *facts, const struct policy *policy, int64_t now) {
  struct judgement judgement = {.next = NOTHING, .numbers = {NOTHING, NOTHING, NOTHING, NOTHING}, .planned = NOTHING};
  int64_t today = date_of_moment(now), dates[TURNS_MOST], held = NOTHING;
  if (!colour_counts(facts)) {
    judgement.colour = COLOUR_NONE;
    judgement.rule = RULE_NOT_COUNTED;
  } else if (facts->placeholder != NOTHING && facts->state < PROBLEM_ACCEPTED) {
    judgement.colour = facts->placeholder;
    judgement.rule = RULE_PLACEHOLDER;
  } else if (under_review(facts)) {
    judgement.colour = facts->colour_at_application;
    judgement.rule = RULE_UNDER_REVIEW;
  } else {
    struct colour_answer answer = answer_on(facts, policy, today);
    size_t count = turns_of(facts, policy, dates);
    judgement.colour = answer.colour;
    judgement.rule = answer.rule;
    held = held_from(facts, policy, today, answer, dates, count);
    find_next(facts, policy, today, dates, count, &judgement);
  }
  tell(facts, today, held, now, &judgement);
  return judgement;
}

/* ---- names ---- */

static const struct { const char *name; struct label label; } colours[] = {
  [COLOUR_NONE] = {"none", {"无", "none"}}, [COLOUR_GREY] = {"grey", {"灰", "grey"}}, [COLOUR_GREEN] = {"green", {"绿", "green"}},
  [COLOUR_RED] = {"red", {"红", "red"}}, [COLOUR_ORANGE] = {"orange", {"橙", "orange"}}, [COLOUR_YELLOW] = {"yellow", {"黄", "yellow"}},
  [COLOUR_BLUE] = {"blue", {"蓝", "blue"}}};
enum { COLOUR_COUNT = sizeof colours / sizeof *colours };

static int64_t known(int64_t colour) { return colour > 0 && colour < COLOUR_COUNT ? colour : COLOUR_NONE; }

struct label colour_label(int64_t colour) { return colours[known(colour)].label; }
const char *colour_name(int64_t colour) { return colours[known(colour)].name; }

int64_t colour_named(const char *name) {
  for (int64_t i = COLOUR_GREY; i < COLOUR_COUNT; i++)
    if (text_equal(colours[i].name, name)) return i;
  return COLOUR_NONE;
}

struct label colour_rule_label(int64_t rule) {
  const struct primitive *primitive = colour_primitive(rule);
  return primitive ? primitive->label : (struct label){"未知规则", "unknown rule"};
}

const char *colour_rule_name(int64_t rule) {
  const struct primitive *primitive = colour_primitive(rule);
  return primitive ? primitive->name : NULL;
}

int64_t colour_rule_named(const char *name) {
  for (int64_t i = 1; i < RULE_COUNT; i++)
    if (text_equal(COLOUR_PRIMITIVES[i].name, name)) return i;
  return RULE_NONE;
}

bool colour_rule_usable(int64_t rule) {
  const struct primitive *primitive = colour_primitive(rule);
  return primitive && (primitive->holds || primitive->holds_under);
}

bool colour_rule_counts(int64_t rule, int64_t *least, int64_t *most) {
  const struct primitive *primitive = colour_primitive(rule);
  *least = primitive ? primitive->least : 0;
  *most = primitive ? primitive->most : 0;
  return *most > 0;
}
