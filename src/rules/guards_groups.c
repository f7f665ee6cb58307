/* Guards of what people decide about groups of appeals, and of the watch period. Pure: facts in, a sentence out. */
#include "rules/guards.h"

enum store_error fact_alerts(struct decision *decision, struct guard_facts *facts) {
  struct value of = value_integer(ALERT_PROBLEM, decision->after->id), raised = value_integer(FIELD_STATE, ALERT_RAISED);
  struct condition conditions[] = {{.field = ALERT_PROBLEM, .how = C_IS, .values = &of, .count = 1}, {.field = FIELD_STATE, .how = C_IS, .values = &raised, .count = 1}};
  struct query query = {.type = record_type(RECORD_ALERT), .conditions = conditions, .condition_count = 2, .expected = 0};
  return reader_count(decision->set->reader, &query, &SCOPE_SYSTEM, &facts->alerts);
}

struct label guard_alerts_none(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  (void)field;
  if (facts->alerts == 0) return HOLDS;
  return (struct label){arena_print(arena, "还有 %lld 个反弹预警没有认定", (long long)facts->alerts),
                        arena_print(arena,
                                    facts->alerts == 1 ? "%lld alert of a rebound is not decided on yet"
                                                       : "%lld alerts of a rebound are not decided on yet",
                                    (long long)facts->alerts)};
}

static bool among(const struct value *many, int64_t id) {
  for (size_t i = 0; many->kind == VALUE_MANY && i < many->count; i++)
    if (many->many[i] == id) return true;
  return false;
}

/* Where the appeals stand is not asked: it may be another place by the time the decision is carried out. */
struct label guard_decision_fits(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const struct row *after = facts->after;
  int64_t kind = row_integer(after, GROUPING_DECISION_KIND), into = row_integer(after, GROUPING_DECISION_INTO);
  (void)arena;
  *field = GROUPING_DECISION_INTO;
  if (kind == DECIDED_SPLIT && into != NOTHING)
    return (struct label){"拆出的诉求自成一件，不写并入哪里", "what is split off stands by itself: leave empty with what it would be put"};
  if (kind == DECIDED_SPLIT || kind == NOTHING || facts->possible) return HOLDS;
  if (into == NOTHING) return (struct label){"请写明并入哪一件(其中任一诉求)", "say with what (any appeal that is in it)"};
  if (among(row_value(after, GROUPING_DECISION_APPEALS), into))
    return (struct label){"并入的那件诉求不能又在所涉诉求里", "the appeal that names where to cannot be one of those that are put there"};
  return HOLDS;
}
