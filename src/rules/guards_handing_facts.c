/* Facts for the guards of hand-overs: the receiver of a transfer, its problem, the people of a slip, successors, what a principal holds. */
#include "rules/effects.h"
#include "rules/guards.h"

static enum store_error load_one(struct decision *decision, enum record_id type, int64_t id, const struct row **row) {
  struct row *found = NULL;
  enum store_error error = id == NOTHING
                               ? STORE_ABSENT
                               : reader_get(decision->set->reader, record_type(type), &SCOPE_SYSTEM, id, decision->set->scratch, &found);
  *row = error == STORE_OK ? found : NULL;
  return error == STORE_ABSENT ? STORE_OK : error;
}

enum store_error guard_load_calendar(struct decision *decision, struct guard_facts *facts) {
  enum store_error error = set_calendar(decision->set);
  facts->calendar = &decision->set->calendar;
  return error;
}

enum store_error guard_load_receiver(struct decision *decision, struct guard_facts *facts) {
  return load_one(decision, RECORD_UNIT, row_integer(decision->after, PROBLEM_TRANSFER_TO), &facts->receiver);
}

enum store_error guard_load_problem(struct decision *decision, struct guard_facts *facts) {
  return load_one(decision, RECORD_PROBLEM, row_integer(decision->after, TRANSFER_PROBLEM), &facts->problem);
}

static enum store_error grants_of(struct decision *decision, int64_t user, struct row ***rows, size_t *count) {
  struct value of = value_integer(GRANT_USER, user), active = value_integer(FIELD_STATE, FORCE_ACTIVE);
  struct condition conditions[] = {{.field = GRANT_USER, .how = C_IS, .values = &of, .count = 1},
                                   {.field = FIELD_STATE, .how = C_IS, .values = &active, .count = 1}};
  struct query query = {.type = record_type(RECORD_GRANT), .conditions = conditions, .condition_count = 2, .expected = -1};
  *count = 0;
  return user == NOTHING ? STORE_OK : set_rows(decision->set, &query, rows, count);
}

/* Does the follower hold any role over this unit already? */
enum store_error guard_load_people(struct decision *decision, struct guard_facts *facts) {
  int64_t unit = row_integer(decision->after, HAND_OVER_UNIT), to = row_integer(decision->after, HAND_OVER_TO);
  struct row **grants = NULL;
  size_t count = 0;
  enum store_error error = load_one(decision, RECORD_USER, row_integer(decision->after, HAND_OVER_FROM), &facts->from_user);
  if (error == STORE_OK) error = load_one(decision, RECORD_USER, to, &facts->to_user);
  if (error == STORE_OK) error = grants_of(decision, to, &grants, &count);
  for (size_t i = 0; i < count; i++) {
    int64_t last = row_integer(grants[i], GRANT_TO);
    bool over = row_integer(grants[i], GRANT_UNIT) == unit, lent = row_integer(grants[i], GRANT_DEPUTY_FOR) != NOTHING;
    if (over && !lent && (last == NOTHING || last >= decision->set->today)) facts->to_granted = true;
  }
  return error;
}

enum store_error guard_load_successors(struct decision *decision, struct guard_facts *facts) {
  const struct value *many = row_value(decision->after, UNIT_SUCCESSORS);
  enum store_error error = STORE_OK;
  if (decision->before && row_integer(decision->after, UNIT_VALID_TO) != NOTHING && row_integer(decision->after, UNIT_VALID_TO) != row_integer(decision->before, UNIT_VALID_TO))
    error = unit_left_behind(decision, decision->before->id, facts->left_behind);
  if (error != STORE_OK || many->kind != VALUE_MANY) return error;
  facts->successors = ARENA_ARRAY(decision->set->scratch, const struct row *, many->count + 1);
  for (size_t i = 0; error == STORE_OK && i < many->count; i++) error = load_one(decision, RECORD_UNIT, many->many[i], &facts->successors[facts->successor_count++]);
  return error;
}

enum { ABOVE_MOST = 32 };

/* What the person represented holds, and the units above the one the deputy is to act for. */
enum store_error guard_load_principal(struct decision *decision, struct guard_facts *facts) {
  int64_t principal = row_integer(decision->after, GRANT_DEPUTY_FOR), unit = row_integer(decision->after, GRANT_UNIT);
  int64_t *above = ARENA_ARRAY(decision->set->scratch, int64_t, ABOVE_MOST);
  enum store_error error = grants_of(decision, principal, &facts->principal_grants, &facts->principal_grant_count);
  facts->above = above;
  while (error == STORE_OK && principal != NOTHING && unit != NOTHING && facts->above_count < ABOVE_MOST) {
    const struct row *row = NULL;
    above[facts->above_count++] = unit;
    error = load_one(decision, RECORD_UNIT, unit, &row);
    unit = row ? row_integer(row, UNIT_PARENT) : NOTHING;
  }
  return error;
}
