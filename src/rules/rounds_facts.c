/* The facts that guards of rounds and answers judge (guards.h), loaded for those that need them. All reads are the program's own. */
#include <string.h>

#include "rules/guards.h"
#include "rules/rounds.h"

enum store_error round_facts_round(struct decision *decision, struct guard_facts *facts) {
  const struct field *field = record_reference(decision->type, RECORD_ROUND);
  struct row *round = NULL;
  int64_t id = field ? row_integer(decision->after, field->id) : NOTHING;
  enum store_error error = id == NOTHING ? STORE_ABSENT : reader_get(decision->set->reader, record_type(RECORD_ROUND), &SCOPE_SYSTEM, id, decision->set->scratch, &round);
  facts->round = round;
  return error == STORE_ABSENT ? STORE_OK : error;
}

/* ---- how often the units were asked this month ---- */

static int64_t times_asked(const struct rows *answers, int64_t unit, int64_t round) {
  int64_t times = 0;
  for (size_t i = 0; i < answers->count; i++)
    times += row_integer(answers->items[i], ANSWER_UNIT) == unit && row_integer(answers->items[i], ANSWER_ROUND) != round &&
             answers->items[i]->state != ROUND_ANSWER_EXCUSED;
  return times;
}

static const char *unit_name(struct decision *decision, int64_t unit) {
  struct row *row = NULL;
  if (reader_get(decision->set->reader, record_type(RECORD_UNIT), &SCOPE_SYSTEM, unit, decision->set->scratch, &row) != STORE_OK) return "";
  const char *name = row_text(row, UNIT_NAME);
  return name ? name : "";
}

enum store_error round_facts_month(struct decision *decision, struct guard_facts *facts) {
  struct value month = value_integer(ANSWER_MONTH, round_month(row_integer(decision->after, ROUND_OPENS_ON)));
  struct condition condition = {.field = ANSWER_MONTH, .how = C_IS, .values = &month, .count = 1};
  struct query query = {.type = record_type(RECORD_ROUND_ANSWER), .conditions = &condition, .condition_count = 1, .expected = -1};
  struct round_units units;
  struct rows answers;
  enum store_error error = set_policy(decision);
  if (error == STORE_OK) error = round_units_read(decision->set->reader, decision->after, decision->set->today, decision->set->scratch, &units);
  if (error == STORE_OK) error = round_rows_read(decision->set->reader, &query, &SCOPE_SYSTEM, decision->set->scratch, &answers);
  for (size_t i = 0; error == STORE_OK && i < units.count; i++) {
    if (times_asked(&answers, units.ids[i], decision->after->id) < decision->policy->rounds_a_month) continue;
    if (!facts->asked_again++) facts->asked_unit = unit_name(decision, units.ids[i]);
  }
  return error;
}

/* ---- what the unit has not reported ---- */

enum store_error round_facts_lacking(struct decision *decision, struct guard_facts *facts) {
  const struct row *answer = decision->after;
  struct round_ledger ledger;
  int64_t opens = facts->round ? row_integer(facts->round, ROUND_OPENS_ON) : decision->set->today;
  enum store_error error = round_ledger_read(decision->set->reader, &SCOPE_SYSTEM, row_integer(answer, ANSWER_CAMPAIGN), row_integer(answer, ANSWER_UNIT),
                                             row_integer(answer, ANSWER_SINCE), opens, decision->set->scratch, &ledger);
  if (error != STORE_OK) return error;
  facts->lacking = ledger.lacking;
  if (ledger.lacking_count) facts->lacking_number = row_text(ledger.lacking_rows[0], PROBLEM_NUMBER);
  return STORE_OK;
}

enum store_error round_facts_awaited(struct decision *decision, struct guard_facts *facts) {
  struct value of = value_integer(ANSWER_ROUND, decision->after->id), states[] = {value_integer(FIELD_STATE, ROUND_ANSWER_AWAITED), value_integer(FIELD_STATE, ROUND_ANSWER_LATE)};
  struct condition conditions[] = {{.field = ANSWER_ROUND, .how = C_IS, .values = &of, .count = 1}, {.field = FIELD_STATE, .how = C_IN, .values = states, .count = 2}};
  struct query query = {.type = record_type(RECORD_ROUND_ANSWER), .conditions = conditions, .condition_count = 2, .expected = -1};
  return reader_count(decision->set->reader, &query, &SCOPE_SYSTEM, &facts->awaited);
}

enum store_error round_facts_reminded(struct decision *decision, struct guard_facts *facts) {
  struct value unit = value_integer(ANSWER_UNIT, row_integer(decision->after, ANSWER_UNIT)), today = value_integer(ANSWER_REMINDED_ON, decision->set->today);
  struct condition conditions[] = {{.field = ANSWER_UNIT, .how = C_IS, .values = &unit, .count = 1}, {.field = ANSWER_REMINDED_ON, .how = C_IS, .values = &today, .count = 1}};
  struct query query = {.type = record_type(RECORD_ROUND_ANSWER), .conditions = conditions, .condition_count = 2, .expected = 0};
  int64_t count = 0;
  enum store_error error = reader_count(decision->set->reader, &query, &SCOPE_SYSTEM, &count);
  facts->reminded = count > 0;
  return error;
}
