/* Effects of plans: freezing the measures of their problems, and asking for another baseline. What an approval carries is the very steps
   that stood when it was asked: nobody agrees to one thing and gets another. */
#include "base/room.h"
#include "rules/effects.h"
#include "rules/planned.h"

struct freezing { struct decision *decision; struct frozen *items; size_t count, room; };

static void freezing_add(struct freezing *freezing, struct frozen item) {
  ARENA_ROOM(freezing->decision->set->scratch, freezing->items, freezing->count, freezing->room, 32);
  freezing->items[freezing->count++] = item;
}

static bool in_hand(const struct row *problem) { return problem->state == PROBLEM_TAKEN || problem->state == PROBLEM_RECTIFYING; }

static enum store_error problem_get(struct decision *decision, int64_t id, struct row **problem) {
  enum store_error error = reader_get(decision->set->reader, record_type(RECORD_PROBLEM), &SCOPE_SYSTEM, id, decision->set->scratch,
                                      problem);
  if (error == STORE_ABSENT) *problem = NULL;
  return error == STORE_ABSENT ? STORE_OK : error;
}

static enum store_error problem_steps(struct freezing *freezing, const struct row *problem) {
  struct value of = value_integer(MEASURE_PROBLEM, problem->id), cycle = value_integer(MEASURE_CYCLE, row_integer(problem, PROBLEM_CYCLE));
  struct condition conditions[] = {{.field = MEASURE_PROBLEM, .how = C_IS, .values = &of, .count = 1},
                                   {.field = MEASURE_CYCLE, .how = C_IS, .values = &cycle, .count = 1}};
  struct query query = {.type = record_type(RECORD_MEASURE), .conditions = conditions, .condition_count = 2, .expected = -1};
  struct row **measures = NULL;
  size_t count = 0;
  enum store_error error = set_rows(freezing->decision->set, &query, &measures, &count);
  bool open = in_hand(problem);
  for (size_t i = 0; i < count; i++) {
    const struct row *measure = measures[i];
    struct frozen now = {problem->id, measure->id, row_integer(measure, MEASURE_START), row_integer(measure, MEASURE_DUE),
                         row_integer(measure, MEASURE_WEIGHT)};
    struct frozen then = {problem->id, measure->id, row_integer(measure, MEASURE_BASE_START), row_integer(measure, MEASURE_BASE_DUE),
                          row_integer(measure, MEASURE_BASE_WEIGHT)};
    if (open && measure->state != MEASURE_CANCELLED) freezing_add(freezing, now);
    if (!open && then.due != NOTHING) freezing_add(freezing, then);
  }
  return error;
}

/* The measures of the plan's problems: of those in hand as they stand now, of the others as they were frozen. */
static enum store_error plan_steps(struct freezing *freezing) {
  const struct value *problems = row_value(freezing->decision->after, PLAN_PROBLEMS);
  enum store_error error = STORE_OK;
  for (size_t i = 0; error == STORE_OK && problems->kind == VALUE_MANY && i < problems->count; i++) {
    struct row *problem = NULL;
    error = problem_get(freezing->decision, problems->many[i], &problem);
    if (error == STORE_OK && problem) error = problem_steps(freezing, problem);
  }
  return error;
}

/* ---- asking ---- */

enum store_error effect_plan_ask(struct decision *decision, const struct transition *arrow) {
  struct freezing freezing = {.decision = decision};
  enum store_error error = plan_steps(&freezing);
  struct value steps = value_text(PLAN_PROPOSED, frozen_print(decision->set->scratch, freezing.items, freezing.count));
  if (error == STORE_OK) approval_ask(decision, arrow, ACTION_REBASE, &steps, 1);
  return error;
}

/* ---- freezing ---- */

static void measure_freeze(struct decision *decision, const struct frozen *step) {
  struct value values[] = {value_integer(MEASURE_BASE_START, step->start), value_integer(MEASURE_BASE_DUE, step->due),
                           value_integer(MEASURE_BASE_WEIGHT, step->weight), value_integer(MEASURE_PLAN, decision->after->id)};
  effect_change(decision, RECORD_MEASURE, step->measure, ACTION_EDIT, values, sizeof values / sizeof *values, NULL);
}

static bool member(const struct value *problems, int64_t id) {
  for (size_t i = 0; problems->kind == VALUE_MANY && i < problems->count; i++)
    if (problems->many[i] == id) return true;
  return false;
}

/* The problems know the plan that holds their baseline; those that were taken out of it no longer do. */
static enum store_error problems_mark(struct decision *decision) {
  const struct value *now = row_value(decision->after, PLAN_PROBLEMS), *before = row_value(decision->before, PLAN_PROBLEMS);
  enum store_error error = STORE_OK;
  for (size_t i = 0; error == STORE_OK && now->kind == VALUE_MANY && i < now->count; i++) {
    struct row *problem = NULL;
    struct value values[] = {value_integer(PROBLEM_PLAN, decision->after->id), value_integer(PROBLEM_BASELINE_ON, decision_date(decision))};
    error = problem_get(decision, now->many[i], &problem);
    if (error == STORE_OK && problem && in_hand(problem))
      effect_change(decision, RECORD_PROBLEM, problem->id, ACTION_EDIT, values, 2, NULL);
  }
  for (size_t i = 0; error == STORE_OK && before->kind == VALUE_MANY && i < before->count; i++) {
    struct row *problem = NULL;
    struct value none = value_nothing(PROBLEM_PLAN);
    if (member(now, before->many[i])) continue;
    error = problem_get(decision, before->many[i], &problem);
    if (error == STORE_OK && problem && row_integer(problem, PROBLEM_PLAN) == decision->after->id)
      effect_change(decision, RECORD_PROBLEM, problem->id, ACTION_EDIT, &none, 1, NULL);
  }
  return error;
}

/* Steps of problems that were applied for closing since they were proposed stay as they are. */
static enum store_error freeze(struct decision *decision, const struct frozen *steps, size_t count) {
  enum store_error error = STORE_OK;
  int64_t seen = 0;
  bool open = false;
  for (size_t i = 0; error == STORE_OK && i < count; i++) {
    struct row *problem = NULL;
    if (steps[i].problem != seen) {
      error = problem_get(decision, steps[i].problem, &problem);
      open = error == STORE_OK && problem && in_hand(problem);
      seen = steps[i].problem;
    }
    if (open) measure_freeze(decision, &steps[i]);
  }
  return error;
}

enum store_error effect_plan_baseline(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after;
  struct arena *scratch = decision->set->scratch;
  struct freezing freezing = {.decision = decision};
  int64_t today = decision_date(decision), count = row_integer(after, PLAN_BASELINE_COUNT);
  enum store_error error = STORE_OK;
  (void)arrow;
  if (!decision_gives(decision, PLAN_PROPOSED)) error = plan_steps(&freezing);
  else if (!frozen_parse(scratch, row_text(after, PLAN_PROPOSED), &freezing.items, &freezing.count)) return STORE_BROKEN;
  if (error == STORE_OK) error = freeze(decision, freezing.items, freezing.count);
  if (error == STORE_OK) error = problems_mark(decision);
  row_set_text(after, PLAN_BASELINES, baselines_add(scratch, row_text(after, PLAN_BASELINES), today, frozen_print(scratch, freezing.items, freezing.count)));
  row_set_text(after, PLAN_PROPOSED, NULL);
  row_set_integer(after, PLAN_BASELINE_ON, today);
  row_set_integer(after, PLAN_BASELINE_COUNT, count == NOTHING ? 1 : count + 1);
  return error;
}
