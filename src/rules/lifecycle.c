/* The life cycle: which arrow an action is from the present state, which steps the closing route switches off, and where a
   record ends when it is carried past them. It knows arrows only from the declarations. */
#include <string.h>

#include "rules/decide.h"

const struct transition *lifecycle_arrow(const struct record_type *type, state_code from, enum action_code action) {
  for (size_t i = 0; i < type->transition_count; i++)
    if (type->transitions[i].from == from && type->transitions[i].action == action) return &type->transitions[i];
  return record_together(type, action);
}

bool arrow_forms(const struct transition *arrow, uint16_t field) {
  for (size_t i = 0; i < ARROW_ASKS && arrow->asks[i]; i++)
    if (arrow->asks[i] == field) return true;
  for (size_t i = 0; i < ARROW_TAKES && arrow->takes[i]; i++)
    if (arrow->takes[i] == field) return true;
  return false;
}

bool lifecycle_edits(const struct record_type *type) {
  for (size_t i = 0; i < type->transition_count; i++)
    if (type->transitions[i].action == ACTION_EDIT) return true;
  return false;
}

bool lifecycle_ended(const struct record_type *type, state_code state) {
  const struct state_name *name = type->states ? record_state(type, state) : NULL;
  return name && name->end;
}

enum store_error lifecycle_step_on(struct decision *decision, const struct transition *arrow, bool *on) {
  enum store_error error = STORE_OK;
  int64_t route = decision->after->type->id == RECORD_PROBLEM ? row_integer(decision->after, PROBLEM_ROUTE) : NOTHING;
  *on = true;
  if (arrow->step == STEP_ALWAYS) return STORE_OK;
  error = set_policy(decision);
  if (error == STORE_OK) *on = policy_step_on(decision->policy, route == NOTHING ? ROUTE_A : route, arrow->step);
  return error;
}

/* The arrow along which a record in this state goes on by itself; NULL when it stays. */
static enum store_error next_passed(struct decision *decision, const struct transition **next) {
  const struct record_type *type = decision->type;
  enum store_error error = STORE_OK;
  *next = NULL;
  for (size_t i = 0; error == STORE_OK && !*next && i < type->transition_count; i++) {
    const struct transition *arrow = &type->transitions[i];
    bool on = true, hold = false;
    if (arrow->from != decision->after->state || !arrow->off_passes || arrow->step == STEP_ALWAYS) continue;
    error = lifecycle_step_on(decision, arrow, &on);
    if (error == STORE_OK && !on) error = guards_hold(decision, arrow, &hold);
    if (error == STORE_OK && hold) *next = arrow;
  }
  return error;
}

enum store_error lifecycle_pass(struct decision *decision) {
  const struct transition *next = NULL;
  enum store_error error = STORE_OK;
  decision->passing = true;
  for (size_t i = 0; i < PASSED_MOST; i++) {
    error = next_passed(decision, &next);
    if (error != STORE_OK || !next) break;
    decision->walked[decision->walked_count++] = next;
    decision->after->state = next->to;
    error = effects_run(decision, next);
    if (error != STORE_OK) break;
  }
  decision->passing = false;
  return error;
}

/* "现为“整改中”,可办理:报进展、申请销号" */
struct label lifecycle_not_now(struct decision *decision) {
  const struct record_type *type = decision->type;
  struct buffer zh = {.arena = decision->set->arena}, en = {.arena = decision->set->arena};
  struct label state = state_label(type, decision->before->state);
  for (size_t i = 0; i < type->transition_count; i++) {
    const struct transition *arrow = &type->transitions[i];
    if (arrow->from != decision->before->state || !(arrow->roles & ROLES_ALL)) continue;
    buffer_print(&zh, "%s%s", zh.size ? "、" : "", arrow->label.zh);
    buffer_print(&en, "%s%s", en.size ? ", " : "", arrow->label.en);
  }
  if (zh.size == 0)
    return (struct label){arena_print(decision->set->arena, "现为“%s”,已无可办理的事项", state.zh),
                          arena_print(decision->set->arena, "it is \"%s\" now: nothing more can be done with it", state.en)};
  return (struct label){arena_print(decision->set->arena, "现为“%s”,不能这样办理;可办理:%s", state.zh, zh.bytes),
                        arena_print(decision->set->arena, "it is \"%s\" now, this cannot be done; possible: %s", state.en, en.bytes)};
}
