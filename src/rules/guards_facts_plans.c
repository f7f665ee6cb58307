/* Facts of the guards of plans, stages and data as proof: the problems of a plan with their measures, the stages of a problem as they
   would be, and what a record names beside its problem. Reads are the program's own. */
#include "rules/guards.h"

static enum store_error row_load(struct decision *decision, enum record_id type, int64_t id, const struct row **row) {
  struct row *found = NULL;
  const struct record_type *of = record_type(type);
  enum store_error error = id <= 0 || !of ? STORE_ABSENT
                                          : reader_get(decision->set->reader, of, &SCOPE_SYSTEM, id, decision->set->scratch, &found);
  *row = error == STORE_OK && !found->voided ? found : NULL;
  return error == STORE_ABSENT ? STORE_OK : error;
}

/* ---- a plan's problems ---- */

static enum store_error plan_problem_load(struct decision *decision, int64_t id, struct plan_problem *one) {
  enum store_error error = row_load(decision, RECORD_PROBLEM, id, &one->problem);
  struct value of = value_integer(MEASURE_PROBLEM, id),
               cycle = value_integer(MEASURE_CYCLE, one->problem ? row_integer(one->problem, PROBLEM_CYCLE) : NOTHING);
  struct condition conditions[] = {{.field = MEASURE_PROBLEM, .how = C_IS, .values = &of, .count = 1},
                                   {.field = MEASURE_CYCLE, .how = C_IS, .values = &cycle, .count = 1}};
  struct query query = {.type = record_type(RECORD_MEASURE), .conditions = conditions, .condition_count = 2, .expected = -1};
  size_t count = 0;
  if (error != STORE_OK || !one->problem) return error;
  error = row_load(decision, RECORD_PLAN, row_integer(one->problem, PROBLEM_PLAN), &one->plan);
  if (error == STORE_OK) error = set_rows(decision->set, &query, &one->measures, &count);
  for (size_t i = 0; i < count; i++)
    if (one->measures[i]->state != MEASURE_CANCELLED) one->measures[one->measure_count++] = one->measures[i];
  return error;
}

enum store_error facts_load_plan(struct decision *decision, struct guard_facts *facts) {
  const struct value *named = row_value(decision->after, PLAN_PROBLEMS);
  size_t count = named->kind == VALUE_MANY ? named->count : 0;
  enum store_error error = STORE_OK;
  facts->plan_problems = ARENA_ARRAY(decision->set->scratch, struct plan_problem, count + 1);
  for (size_t i = 0; i < count && error == STORE_OK; i++) {
    struct plan_problem one = {0};
    error = plan_problem_load(decision, named->many[i], &one);
    if (one.problem) facts->plan_problems[facts->plan_problem_count++] = one;
    else facts->plan_missing++;
  }
  return error;
}

/* ---- a problem's stages ---- */

enum store_error facts_load_stages(struct decision *decision, struct guard_facts *facts) {
  bool own = decision->type->id == RECORD_STAGE;
  const struct row *problem = own ? decision->parent : decision->after;
  struct row **rows = NULL;
  size_t count = 0;
  if (!problem || problem->id == 0 || row_integer(problem, PROBLEM_KIND) != KIND_LONG_TERM) return STORE_OK;
  struct value of = value_integer(STAGE_PROBLEM, problem->id), cycle = value_integer(STAGE_CYCLE, row_integer(problem, PROBLEM_CYCLE));
  struct condition conditions[] = {{.field = STAGE_PROBLEM, .how = C_IS, .values = &of, .count = 1}, {.field = STAGE_CYCLE, .how = C_IS, .values = &cycle, .count = 1}};
  struct query query = {.type = record_type(RECORD_STAGE), .conditions = conditions, .condition_count = 2, .expected = -1};
  enum store_error error = set_rows(decision->set, &query, &rows, &count);
  facts->stages = ARENA_ARRAY(decision->set->scratch, struct row *, count + 1);
  for (size_t i = 0; i < count; i++) {
    struct row *stage = own && rows[i]->id == decision->after->id ? decision->after : rows[i];
    if (stage->state != STAGE_CANCELLED) facts->stages[facts->stage_count++] = stage;
  }
  return error;
}

/* ---- what is named beside the problem ---- */

enum store_error facts_load_other(struct decision *decision, struct guard_facts *facts) {
  if (decision->type->id == RECORD_MEASURE) return row_load(decision, RECORD_STAGE, row_integer(decision->after, MEASURE_STAGE), &facts->other);
  if (decision->type->id != RECORD_EVIDENCE || row_integer(decision->after, EVIDENCE_OF_TYPE) == NOTHING) return STORE_OK;
  return row_load(decision, (enum record_id)row_integer(decision->after, EVIDENCE_OF_TYPE), row_integer(decision->after, EVIDENCE_OF_ID), &facts->other);
}
