/* What else names a unit that was merged or split: the campaigns and rounds it took part in, the groups that guide it, the answers it owes
   in rounds that are open. Its successors stand there from now on. It moves no work: effects_handing_slip.c does. */
#include "rules/effects.h"

#include <string.h>

#include "rules/rounds.h"

/* Lists of units: in which states they are about what is still to come, by which arrow they change, and whether the old unit stays beside
   those that follow it. */
static const struct listing { enum record_id type; uint16_t field; state_code state; enum action_code action; bool keeps; } LISTINGS[] = {
  {RECORD_CAMPAIGN, CAMPAIGN_UNITS, FORCE_ACTIVE, ACTION_EDIT, false}, {RECORD_ROUND, ROUND_UNITS, ROUND_PLANNED, ACTION_EDIT, false},
  {RECORD_GUIDANCE_GROUP, GUIDANCE_GROUP_UNITS, FORCE_ACTIVE, ACTION_EDIT, true}}; /* what it led before is guided still */

static bool among(const int64_t *ids, size_t count, int64_t id) {
  for (size_t i = 0; i < count; i++)
    if (ids[i] == id) return true;
  return false;
}

/* The same list, the successors where the unit stood. */
static struct value list_after(struct arena *arena, const struct listing *listing, const struct row *row, int64_t old,
                               const struct value *successors) {
  const struct value *was = row_value(row, listing->field);
  int64_t *ids = ARENA_ARRAY(arena, int64_t, was->count + successors->count);
  size_t count = 0;
  for (size_t i = 0; i < was->count; i++) {
    if ((was->many[i] != old || listing->keeps) && !among(ids, count, was->many[i])) ids[count++] = was->many[i];
    for (size_t k = 0; was->many[i] == old && k < successors->count; k++)
      if (!among(ids, count, successors->many[k])) ids[count++] = successors->many[k];
  }
  return value_many(listing->field, ids, count);
}

static enum store_error list_follow(struct decision *decision, const struct listing *listing, const struct value *successors) {
  struct value has = value_integer(listing->field, decision->after->id), state = value_integer(FIELD_STATE, listing->state);
  struct condition conditions[] = {{.field = listing->field, .how = C_HAS, .values = &has, .count = 1},
                                   {.field = FIELD_STATE, .how = C_IS, .values = &state, .count = 1}};
  struct query query = {.type = record_type(listing->type), .conditions = conditions, .condition_count = 2, .many = true, .expected = -1};
  struct row **rows = NULL;
  size_t count = 0;
  enum store_error error = set_rows(decision->set, &query, &rows, &count);
  for (size_t i = 0; error == STORE_OK && i < count; i++) {
    struct value value = list_after(decision->set->scratch, listing, rows[i], decision->after->id, successors);
    effect_change(decision, listing->type, rows[i]->id, listing->action, &value, 1, decision->change->reason);
  }
  return error;
}

static enum store_error answered(struct decision *decision, int64_t round, int64_t unit, bool *there) {
  struct value key = value_text(ANSWER_KEY, arena_print(decision->set->scratch, "%lld:%lld", (long long)round, (long long)unit));
  struct condition condition = {.field = ANSWER_KEY, .how = C_IS, .values = &key, .count = 1};
  struct query query = {.type = record_type(RECORD_ROUND_ANSWER), .conditions = &condition, .condition_count = 1, .expected = 1};
  int64_t count = 0;
  enum store_error error = reader_count(decision->set->reader, &query, &SCOPE_SYSTEM, &count);
  *there = count > 0;
  return error;
}

/* What it owes in a round that is open, its successors answer; it is excused. What it answered stands. */
static enum store_error answer_follows(struct decision *decision, const struct row *answer, const struct value *successors) {
  struct row *round = NULL;
  struct policy policy;
  int64_t since = NOTHING;
  enum store_error error = reader_get(decision->set->reader, record_type(RECORD_ROUND), &SCOPE_SYSTEM, row_integer(answer, ANSWER_ROUND),
                                      decision->set->scratch, &round);
  if (error != STORE_OK || round->state != ROUND_OPEN) return error == STORE_ABSENT ? STORE_OK : error;
  error = round_since(decision->set->reader, round, decision->set->scratch, &since);
  if (error == STORE_OK)
    error = policy_for(decision->set->reader, row_integer(round, ROUND_CAMPAIGN), decision->set->context->now, decision->set->scratch,
                       &policy);
  for (size_t i = 0; error == STORE_OK && i < successors->count; i++) {
    bool there = false;
    error = answered(decision, round->id, successors->many[i], &there);
    if (error == STORE_OK && !there) round_answer_ask(decision, round, successors->many[i], since, policy.remind_days);
  }
  effect_change(decision, RECORD_ROUND_ANSWER, answer->id, ACTION_EXCUSE, NULL, 0, decision->change->reason);
  return error;
}

static enum store_error answers_follow(struct decision *decision, const struct value *successors) {
  struct value of = value_integer(ANSWER_UNIT, decision->after->id),
               states[] = {value_integer(FIELD_STATE, ROUND_ANSWER_AWAITED), value_integer(FIELD_STATE, ROUND_ANSWER_LATE)};
  struct condition conditions[] = {{.field = ANSWER_UNIT, .how = C_IS, .values = &of, .count = 1},
                                   {.field = FIELD_STATE, .how = C_IN, .values = states, .count = 2}};
  struct query query = {.type = record_type(RECORD_ROUND_ANSWER), .conditions = conditions, .condition_count = 2, .expected = -1};
  struct row **answers = NULL;
  size_t count = 0;
  enum store_error error = set_rows(decision->set, &query, &answers, &count);
  for (size_t i = 0; error == STORE_OK && i < count; i++) error = answer_follows(decision, answers[i], successors);
  return error;
}

enum store_error unit_lists_follow(struct decision *decision, const struct value *successors) {
  enum store_error error = STORE_OK;
  for (size_t i = 0; error == STORE_OK && i < sizeof LISTINGS / sizeof *LISTINGS; i++) error = list_follow(decision, &LISTINGS[i], successors);
  return error == STORE_OK ? answers_follow(decision, successors) : error;
}
