/* Guards of plans and stages. Pure: facts in, a sentence out; no text means that the guard holds. */
#include "rules/guards.h"

#include <stdlib.h>

/* ---- plans ---- */

static bool in_hand(const struct row *problem) { return problem->state == PROBLEM_TAKEN || problem->state == PROBLEM_RECTIFYING; }
static bool in_force(const struct row *plan) { return plan->state == PLAN_APPROVED || plan->state == PLAN_RUNNING; }
static const char *name_of(const struct row *problem) {
  const char *number = row_text(problem, PROBLEM_NUMBER), *title = row_text(problem, PROBLEM_TITLE);
  return number ? number : title ? title : "";
}

static bool of_this(const struct guard_facts *facts, const struct plan_problem *one) {
  return one->plan && one->plan->id == facts->after->id;
}

static struct label plan_problem_right(const struct guard_facts *facts, const struct plan_problem *one, struct arena *arena) {
  const char *name = name_of(one->problem);
  if (row_integer(one->problem, PROBLEM_CAMPAIGN) != row_integer(facts->after, PLAN_CAMPAIGN))
    return label_print(arena, "问题“%s”不属于本方案的专项工作", "problem \"%s\" belongs to another campaign than the plan", name);
  if (of_this(facts, one)) return HOLDS;
  if (one->plan && in_force(one->plan))
    return label_print(arena, "问题“%s”已在另一个实施中的方案“%s”里;一个问题同时只属于一个方案",
                       "problem \"%s\" is in another plan in force already, \"%s\"; a problem belongs to one at a time", name,
                       row_text(one->plan, PLAN_TITLE) ? row_text(one->plan, PLAN_TITLE) : "");
  if (!in_hand(one->problem))
    return label_print(arena, "问题“%s”尚未签收或已申请销号,不能列入方案",
                       "problem \"%s\" is not taken yet, or applied for closing already; it cannot come into a plan", name);
  return HOLDS;
}

struct label guard_plan_problems(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  *field = PLAN_PROBLEMS;
  if (facts->plan_missing)
    return label_print(arena, "列入的问题有 %zu 个已不存在,请先去掉", "%zu of the problems named are no longer there; take them out first",
                       facts->plan_missing);
  if (!facts->plan_problem_count) return (struct label){"方案至少列入一个问题", "a plan names at least one problem"};
  for (size_t i = 0; i < facts->plan_problem_count; i++) {
    struct label why = plan_problem_right(facts, &facts->plan_problems[i], arena);
    if (why.zh) return why;
  }
  return HOLDS;
}

/* The same that a problem without a plan is asked when it starts: measures, their weights whole, few meetings and papers. */
struct label guard_plan_measures(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  *field = 0;
  for (size_t i = 0; i < facts->plan_problem_count; i++) {
    const struct plan_problem *one = &facts->plan_problems[i];
    struct guard_facts own = *facts;
    own.before = own.after = one->problem;
    own.measures = one->measures;
    own.measure_count = one->measure_count;
    guard_function *const asked[] = {guard_measures_planned, guard_weights_full, guard_meetings_share};
    if (!in_hand(one->problem)) continue;
    for (size_t k = 0; k < sizeof asked / sizeof *asked; k++) {
      struct label why = asked[k](&own, arena, field);
      if (why.zh)
        return (struct label){arena_print(arena, "问题“%s”:%s", name_of(one->problem), why.zh),
                              arena_print(arena, "problem \"%s\": %s", name_of(one->problem), why.en)};
    }
  }
  return HOLDS;
}

struct label guard_plan_done(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  *field = 0;
  for (size_t i = 0; i < facts->plan_problem_count; i++) {
    state_code state = facts->plan_problems[i].problem->state;
    bool over = state == PROBLEM_ACCEPTED || state == PROBLEM_PUBLICISED || state == PROBLEM_CLOSED || state == PROBLEM_SETTLED ||
                state == PROBLEM_WITHDRAWN || state == PROBLEM_MERGED;
    if (!over)
      return label_print(arena, "问题“%s”还没有验收通过,方案不能结项", "problem \"%s\" is not accepted yet; the plan cannot be concluded",
                         name_of(facts->plan_problems[i].problem));
  }
  return HOLDS;
}

/* ---- stages ---- */

static int by_date(const void *one, const void *other) {
  int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
  return (a > b) - (a < b);
}

static struct label gap(struct arena *arena, int64_t days, int64_t from, int64_t to) {
  return (struct label){arena_print(arena, "长期整改至少每 %lld 天设一个阶段:%s 到 %s 之间间隔太长", (long long)days,
                                    date_print(arena, from), date_print(arena, to)),
                        arena_print(arena, "a long-term problem has a stage at least every %lld days: from %s to %s is too long",
                                    (long long)days, date_print(arena, from), date_print(arena, to))};
}

/* From the start to the due date no longer without a stage than the policy allows (PRACTICE.md, hand-overs). A stage is weighed only once
   the problem has started: until then they are being planned. A gap that is past already cannot be filled: it is reckoned on from today,
   as when the date was extended or the kind has become long-term. */
struct label guard_stages_planned(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  bool own = facts->after->type->id == RECORD_STAGE, starts = !own && facts->arrow->action == ACTION_START;
  const struct row *problem = own ? facts->parent : facts->after;
  int64_t days = facts->policy->stage_days, due, last;
  *field = 0;
  if (!problem || row_integer(problem, PROBLEM_KIND) != KIND_LONG_TERM || (own && problem->state != PROBLEM_RECTIFYING)) return HOLDS;
  due = row_integer(problem, PROBLEM_DUE);
  last = row_integer(problem, PROBLEM_BASELINE_ON);
  if (starts || last == NOTHING) last = facts->today;
  if (!starts && due != NOTHING && due <= facts->today) return HOLDS; /* late as a whole: its colour says so */
  int64_t *dates = ARENA_ARRAY(arena, int64_t, facts->stage_count + 1);
  for (size_t i = 0; i < facts->stage_count; i++) dates[i] = row_integer(facts->stages[i], STAGE_DUE);
  if (facts->stage_count) qsort(dates, facts->stage_count, sizeof *dates, by_date);
  for (size_t i = 0; i < facts->stage_count; i++) {
    if (last + days < facts->today) last = facts->today;
    if (dates[i] - last > days) return gap(arena, days, last, dates[i]);
    last = dates[i];
  }
  if (!facts->stage_count && row_integer(problem, PROBLEM_PARTS) > 0) return HOLDS; /* a split problem may leave its stages to its parts */
  if (!facts->stage_count)
    return label_print(arena, "长期整改须先分阶段,至少每 %lld 天一个",
                       "long-term rectification is planned in stages first, one at least every %lld days", (long long)days);
  if (last + days < facts->today) last = facts->today;
  return due != NOTHING && due - last > days ? gap(arena, days, last, due) : HOLDS;
}

/* Only long-term problems have stages, within their term; one that was missed is neither moved nor cancelled. */
struct label guard_stage_fits(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  int64_t due = row_integer(facts->after, STAGE_DUE), was = facts->before ? row_integer(facts->before, STAGE_DUE) : NOTHING;
  int64_t most = facts->parent ? row_integer(facts->parent, PROBLEM_DUE) : NOTHING;
  bool cancels = facts->arrow->action == ACTION_CANCEL;
  *field = cancels ? 0 : STAGE_DUE;
  if (was != NOTHING && was < facts->today && (cancels || due != was))
    return label_print(arena, "阶段期限 %s 已过,不能改期或取消;请报送阶段成果",
                       "the stage was due %s: it is neither moved nor cancelled; report its result", date_print(arena, was));
  if (cancels || due == was || due == NOTHING) return HOLDS;
  if (due < facts->today)
    return label_print(arena, "阶段期限不能早于今天(%s)", "a stage cannot be due before today (%s)", date_print(arena, facts->today));
  if (most != NOTHING && due > most)
    return label_print(arena, "阶段期限不能晚于 %s(问题的整改期限)", "a stage cannot be due after %s (when its problem is due)",
                       date_print(arena, most));
  *field = STAGE_PROBLEM;
  if (facts->parent && row_integer(facts->parent, PROBLEM_KIND) != KIND_LONG_TERM)
    return (struct label){"只有长期整改的问题分阶段", "only long-term problems have stages"};
  return HOLDS;
}

/* ---- sites and indicators ---- */

struct label guard_problem_live(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const struct row *problem = facts->parent;
  const struct state_name *state = problem ? record_state(problem->type, problem->state) : NULL;
  *field = 0;
  if (!state || !(state->end || problem->state == PROBLEM_MERGED)) return HOLDS;
  return (struct label){arena_print(arena, "所属问题已是“%s”,不能再增改", state->label.zh),
                        arena_print(arena, "its problem is \"%s\": nothing is added or changed any more", state->label.en)};
}
