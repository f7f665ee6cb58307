/* Warnings before and steps after a problem's date (chasing.h). The next step's day stands in the problem, beside the moment at which its
   colour may change, so that the clock finds it by the same index and works it off in the same groups. */
#include "rules/chasing.h"

#include <stdlib.h>

#include "rules/policy_rows.h"

static const struct chase_rule usual[] = {{.before = 10, .to = CHASE_LIAISON}, {.before = 3, .to = CHASE_LIAISON}, {.after = 1, .to = CHASE_LIAISON},
  {.after = 7, .to = CHASE_UNIT_HEAD}, {.after = 15, .to = CHASE_OFFICE}, {.after = 30, .to = CHASE_LEADERS}};

void chasing_default(struct policy *policy) {
  policy->chase_count = sizeof usual / sizeof *usual;
  for (size_t i = 0; i < policy->chase_count; i++) policy->chasing[i] = usual[i];
}

/* Days after the date; before it below 0. */
static int64_t day_of(const struct chase_rule *rule) { return rule->after ? rule->after : -(int64_t)rule->before; }

/* ---- one problem ---- */

bool chase_runs(const struct row *problem) {
  bool open = problem->state == PROBLEM_ASSIGNED || problem->state == PROBLEM_TAKEN || problem->state == PROBLEM_RECTIFYING ||
              problem->state == PROBLEM_DISPUTED;
  bool history = row_integer(problem, PROBLEM_HISTORIC) == 1 && row_integer(problem, PROBLEM_CYCLE) <= 1 &&
                 row_integer(problem, PROBLEM_DUE) == row_integer(problem, PROBLEM_DUE_ORIGINAL);
  return open && !problem->voided && !history && row_integer(problem, PROBLEM_SECRECY) != SECRECY_PLACEHOLDER &&
         row_integer(problem, PROBLEM_DUE) != NOTHING;
}

static void step_take(struct row *problem, int64_t step, int64_t due, int64_t today) {
  int64_t times = row_integer(problem, PROBLEM_CHASED);
  if (step > 0) row_set_integer(problem, PROBLEM_CHASED, times == NOTHING ? 1 : times + 1);
  row_set_integer(problem, PROBLEM_CHASED_ON, today);
  row_set_integer(problem, PROBLEM_CHASE_STEP, step);
  row_set_integer(problem, PROBLEM_CHASE_DUE, due);
}

/* A date seen for the first time: what lies behind today by then is passed over. A unit that is given five days is not warned that ten are
   left, and a store that learns to chase does not chase everything at once. */
static void step_begin(const struct policy *policy, struct row *problem, int64_t due, int64_t today) {
  int64_t passed = NOTHING;
  for (size_t i = 0; i < policy->chase_count; i++)
    if (due + day_of(&policy->chasing[i]) < today) passed = day_of(&policy->chasing[i]);
  row_set_integer(problem, PROBLEM_CHASE_STEP, passed);
  row_set_integer(problem, PROBLEM_CHASE_DUE, due);
}

int64_t chase_judge(const struct policy *policy, struct row *problem, int64_t today, bool takes) {
  int64_t due = row_integer(problem, PROBLEM_DUE), reached = NOTHING, next = NOTHING;
  bool runs = chase_runs(problem);
  if (runs && row_integer(problem, PROBLEM_CHASE_DUE) != due) step_begin(policy, problem, due, today);
  int64_t last = row_integer(problem, PROBLEM_CHASE_STEP);
  for (size_t i = 0; i < policy->chase_count && runs; i++) {
    int64_t step = day_of(&policy->chasing[i]);
    if (last != NOTHING && step <= last) continue;
    if (takes && due + step <= today) reached = step;
    else if (next == NOTHING) next = due + step;
  }
  if (reached != NOTHING) step_take(problem, reached, due, today);
  row_set_integer(problem, PROBLEM_CHASE_NEXT, next);
  return next == NOTHING ? NOTHING : moment_of_date(next);
}

/* ---- the policy ---- */

int64_t chase_reaches(const struct policy *policy, int64_t whom) {
  for (size_t i = 0; i < policy->chase_count; i++)
    if (policy->chasing[i].after && policy->chasing[i].to >= whom) return policy->chasing[i].after;
  return NOTHING;
}

int64_t chase_warns(const struct policy *policy) { return policy->chase_count ? policy->chasing[0].before : 0; }

/* ---- as text ---- */

static const struct choice whom[] = {{CHASE_LIAISON, "liaison"}, {CHASE_UNIT_HEAD, "unit_head"}, {CHASE_OFFICE, "office"}, {CHASE_LEADERS, "leaders"}, {0}};
static const struct row_member members[] = {
  {"before", NULL, 1, 400, offsetof(struct chase_rule, before), false}, {"after", NULL, 1, 400, offsetof(struct chase_rule, after), false},
  {"to", whom, 0, 0, offsetof(struct chase_rule, to), true}};
static const struct row_form form = {members, sizeof members / sizeof *members, sizeof(struct chase_rule), "[{\"before\":10,\"to\":\"liaison\"},{\"after\":7,\"to\":\"unit_head\"}]"};

static int by_day(const void *one, const void *other) {
  int64_t a = day_of(one), b = day_of(other);
  return (a > b) - (a < b);
}

static struct label row_problem(const struct chase_rule *rule) {
  if (!rule->before == !rule->after) return (struct label){"before 和 after 写且只写一个", "either before or after, not both"};
  if (rule->before && rule->to != CHASE_LIAISON)
    return (struct label){"到期前只提醒联络员(liaison)", "warnings before the date go to the liaison alone"};
  return (struct label){0};
}

bool chase_rules_parse(const char *json, struct chase_rule *rules, size_t most, size_t *count, struct arena *arena, struct label *problem) {
  if (!policy_rows_parse(&form, json, rules, most, count, arena, problem)) return false;
  size_t rows = *count;
  *count = 0;
  for (size_t i = 0; i < rows; i++) {
    struct label said = row_problem(&rules[i]);
    if (said.zh) return policy_row_wrong(arena, problem, i + 1, said);
  }
  qsort(rules, rows, sizeof *rules, by_day);
  for (size_t i = 1; i < rows; i++) {
    if (day_of(&rules[i]) == day_of(&rules[i - 1]))
      return policy_row_wrong(arena, problem, 0, (struct label){"同一天只能有一行", "one row a day at most"});
    if (rules[i].to < rules[i - 1].to)
      return policy_row_wrong(arena, problem, 0,
                              (struct label){"后面的环节不能比前面的告知范围小", "a later step tells no fewer people than an earlier one"});
  }
  *count = rows;
  return true;
}

char *chase_rules_print(struct arena *arena, const struct chase_rule *rules, size_t count) {
  return policy_rows_print(&form, arena, rules, count);
}
