/* The guard of a chase, and the fact that it needs. Pure: facts in, a sentence out. */
#include "rules/chase_list.h"
#include "rules/guards.h"

/* What is chased: read in the scope of who chases, so that nobody asks about what he does not see. */
enum store_error fact_chased(struct decision *decision, struct guard_facts *facts) {
  const struct row *after = decision->after;
  int64_t problem = row_integer(after, CHASE_PROBLEM), of_type = row_integer(after, CHASE_OF_TYPE), id = problem != NOTHING ? problem : row_integer(after, CHASE_OF_ID);
  const struct record_type *type = problem != NOTHING ? record_type(RECORD_PROBLEM) : of_type != NOTHING ? record_type((enum record_id)of_type) : NULL;
  struct row *row = NULL;
  if (!type || id == NOTHING) return STORE_OK;
  enum store_error error = reader_get(decision->set->reader, type, set_scope(decision->set, decision->authority, type, MAY_READ), id, decision->set->scratch, &row);
  facts->chased = row;
  const struct field *of = row && row->type->parent ? record_field(row->type, row->type->parent) : NULL;
  if (error == STORE_OK && of && of->target == RECORD_PROBLEM) {
    error = reader_get(decision->set->reader, record_type(RECORD_PROBLEM), &SCOPE_SYSTEM, row_integer(row, of->id), decision->set->scratch, &row);
    facts->chased_of = row;
  }
  return error == STORE_ABSENT ? STORE_OK : error;
}

struct label guard_chase_waits(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const struct row *after = facts->after, *chased = facts->chased;
  const struct chase_kind *kind = chased ? chase_kind_of(chased) : NULL;
  int64_t unit = row_integer(after, CHASE_UNIT);
  *field = row_integer(after, CHASE_PROBLEM) != NOTHING ? CHASE_PROBLEM : CHASE_OF_ID;
  if (facts->possible && row_integer(after, CHASE_PROBLEM) == NOTHING && row_integer(after, CHASE_OF_ID) == NOTHING) return HOLDS;
  if (!chased)
    return (struct label){"请写明催办什么(问题,或对象类型和编号),并且是您看得到的",
                          "say what is chased: a problem, or a type and an id, that you may see"};
  if (!kind) {
    const struct state_name *state = record_state(chased->type, chased->state);
    struct label now = state ? state->label : (struct label){"-", "-"};
    return (struct label){arena_print(arena, "现为“%s”，没有等单位办的事", now.zh),
                          arena_print(arena, "now \"%s\": nothing waits for a unit", now.en)};
  }
  if (kind->of_open && facts->chased_of && !chase_open(facts->chased_of)) {
    const struct state_name *state = record_state(facts->chased_of->type, facts->chased_of->state);
    struct label now = state ? state->label : (struct label){"-", "-"};
    return (struct label){arena_print(arena, "所属问题现为“%s”，没有等单位办的事", now.zh),
                          arena_print(arena, "the problem it belongs to is now \"%s\": nothing waits for a unit", now.en)};
  }
  if (kind->waits_for == WAITS_FOR_OFFICE) return (struct label){"这件事等的是整改办自己，不是单位", "this waits for the office itself, not for a unit"};
  *field = CHASE_UNIT;
  if (unit != NOTHING && unit != row_integer(chased, kind->unit))
    return (struct label){"等的不是这个单位；留空即为该办的单位",
                          "it does not wait for this unit; left empty, it is the unit that it waits for"};
  return HOLDS;
}
