/* Guards of appeals: sending back and joining, call-backs, exclusions; and the facts that they alone look at. Pure but for the loaders:
   facts in, a sentence out. PRACTICE.md, definitions of the three rates, hand-overs; domain-facts 1. */
#include "rules/appeal_clock.h"
#include "rules/guards.h"

static bool office(const struct guard_facts *facts) { return (facts->authority->roles & ROLE(ROLE_OFFICE)) != 0; }

/* ---- facts ---- */

enum store_error fact_returning(struct decision *decision, struct guard_facts *facts) {
  return set_appeal_policy(decision->set, decision->set->context->now, &facts->appeal_policy);
}

/* Seen by who joins: nobody joins to what he may not see. */
enum store_error fact_main_appeal(struct decision *decision, struct guard_facts *facts) {
  int64_t id = row_integer(decision->after, APPEAL_JOINED_TO);
  struct row *row = NULL;
  if (id == NOTHING) return STORE_OK;
  enum store_error error = reader_get(decision->set->reader, decision->type, set_scope(decision->set, decision->authority, decision->type, MAY_READ), id, decision->set->scratch, &row);
  facts->main_appeal = row;
  return error == STORE_ABSENT ? STORE_OK : error;
}

enum { LINE_MOST = 32 }; /* a ring in the tree ends there */

/* The handling unit itself, or one below it. */
enum store_error fact_caller(struct decision *decision, struct guard_facts *facts) {
  int64_t handling = decision->parent ? row_integer(decision->parent, APPEAL_UNIT) : NOTHING, unit = decision->authority->unit;
  enum store_error error = STORE_OK;
  for (int level = 0; error == STORE_OK && handling != NOTHING && unit && unit != NOTHING && level < LINE_MOST && !facts->caller_within; level++) {
    const struct row *row = NULL;
    facts->caller_within = unit == handling;
    error = fact_row(decision, RECORD_UNIT, unit, &row);
    unit = row ? row_integer(row, UNIT_PARENT) : NOTHING;
  }
  return error;
}

enum store_error fact_exclusions(struct decision *decision, struct guard_facts *facts) {
  struct value appeal = value_integer(EXCLUSION_APPEAL, row_integer(decision->after, EXCLUSION_APPEAL)), states[] = {value_integer(FIELD_STATE, EXCLUSION_ASKED), value_integer(FIELD_STATE, EXCLUSION_AGREED)};
  struct condition conditions[] = {{EXCLUSION_APPEAL, C_IS, &appeal, 1}, {FIELD_STATE, C_IN, states, 2}};
  struct query query = {.type = decision->type, .conditions = conditions, .condition_count = 2, .expected = -1};
  enum store_error error = set_appeal_policy(decision->set, decision->set->context->now, &facts->appeal_policy);
  if (error == STORE_OK && appeal.integer != NOTHING) error = reader_count(decision->set->reader, &query, &SCOPE_SYSTEM, &facts->exclusions);
  return error;
}

/* ---- handling ---- */

struct label guard_return_in_time(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  int64_t assigned = row_integer(facts->before, APPEAL_ASSIGNED_ON), most = facts->appeal_policy->appeal_return_days;
  (void)field;
  if (office(facts) || assigned == NOTHING ||
      calendar_working_days_between(facts->calendar, date_of_moment(assigned), facts->today) <= most)
    return HOLDS;
  return label_print(arena, "派单已超过 %lld 个工作日,不能再退单;对承办有异议的,请用“派单异议”",
                     "it was assigned more than %lld working days ago and is not sent back any more; dispute it instead", (long long)most);
}

struct label guard_unit_not_bound(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  (void)arena;
  (void)field;
  if (office(facts) || row_integer(facts->before, APPEAL_BOUND) != 1) return HOLDS;
  return (struct label){"承办单位已经裁定,不再退单、不再提异议", "who handles it has been ruled; it is neither sent back nor disputed again"};
}

struct label guard_not_complained_of(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const struct row *after = facts->after;
  int64_t unit = row_integer(after, APPEAL_UNIT);
  (void)arena;
  *field = APPEAL_UNIT;
  if (row_integer(after, APPEAL_WHISTLE) != 1 || unit == NOTHING || unit != row_integer(after, APPEAL_COMPLAINED_OF)) return HOLDS;
  return (struct label){"举报不能派给被反映的单位", "a whistle-blower's appeal is not assigned to the unit complained of"};
}

static bool hidden_differently(const struct row *one, const struct row *other) {
  bool whistle = row_integer(one, APPEAL_WHISTLE) == 1, other_whistle = row_integer(other, APPEAL_WHISTLE) == 1;
  return whistle != other_whistle || (whistle && row_integer(one, APPEAL_COMPLAINED_OF) != row_integer(other, APPEAL_COMPLAINED_OF));
}

struct label guard_join_fits(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const struct row *main = facts->main_appeal;
  (void)arena;
  *field = APPEAL_JOINED_TO;
  if (row_integer(facts->after, APPEAL_JOINED_TO) == NOTHING) return HOLDS; /* the form asks for it */
  if (!main || main->voided) return (struct label){"没有这条主诉求,或您看不到它", "there is no such main appeal, or you may not see it"};
  if (main->id == facts->after->id) return (struct label){"不能并入自己", "it cannot be joined to itself"};
  if (main->state == APPEAL_JOINED) return (struct label){"那条诉求自己已并单,请并入它的主诉求", "that one is joined itself: join to its main appeal"};
  if (main->state == APPEAL_DISMISSED || main->state == APPEAL_CLOSED)
    return (struct label){"主诉求已经了结,不能再并入", "the main appeal has ended; nothing is joined to it any more"};
  if (hidden_differently(main, facts->after))
    return (struct label){"举报只能与反映同一单位的举报并单", "a whistle-blower's appeal is joined only to one about the same unit"};
  return HOLDS;
}

/* ---- call-backs ---- */

struct label guard_caller_apart(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const struct row *appeal = facts->parent;
  (void)arena;
  *field = CALL_BACK_APPEAL;
  if (!appeal) return HOLDS;
  if (facts->authority->user && row_integer(appeal, APPEAL_ANSWERED_BY) == facts->authority->user)
    return (struct label){"答复人不能自己回访", "who answered does not call back himself"};
  if (facts->caller_within) return (struct label){"承办单位的人不能回访自己办的诉求", "nobody of the handling unit calls back about what it handled"};
  return HOLDS;
}

struct label guard_call_fits(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  static const uint16_t SAID[] = {CALL_BACK_CONTACTED, CALL_BACK_OUTCOME, CALL_BACK_SATISFACTION};
  const struct row *after = facts->after, *appeal = facts->parent;
  bool reached = row_integer(after, CALL_BACK_REACHED) == 1;
  (void)arena;
  *field = CALL_BACK_APPEAL;
  if (appeal && !appeal_answered(appeal->state))
    return (struct label){"诉求还没有答复,不到回访的时候", "it has not been answered yet; nobody is called before that"};
  for (size_t i = 0; i < sizeof SAID / sizeof *SAID; i++) {
    bool filled = row_integer(after, SAID[i]) != NOTHING;
    *field = SAID[i];
    if (reached && !filled)
      return (struct label){"接通了的回访要记下单位是否联系过、办理结果和满意度",
                            "of a call that was reached: whether the unit had been in touch, the outcome and the satisfaction"};
    if (!reached && filled) return (struct label){"没有接通,就没有诉求人的说法", "nobody was reached, so nobody said anything"};
  }
  return HOLDS;
}

/* ---- exclusions, weights ---- */

struct label guard_exclusion_fits(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const struct row *appeal = facts->parent;
  int64_t reason = row_integer(facts->after, EXCLUSION_REASON);
  (void)arena;
  *field = EXCLUSION_APPEAL;
  if (appeal && !appeal_answered(appeal->state))
    return (struct label){"诉求还没有答复,不能申请剔除", "it has not been answered yet; nothing is excluded before that"};
  if (facts->exclusions) return (struct label){"已经申请过剔除", "its exclusion has been asked for already"};
  *field = EXCLUSION_REASON;
  if (reason != NOTHING && !(facts->appeal_policy->exclusion_reasons & 1u << reason))
    return (struct label){"现行口径不允许以此理由剔除", "the policy in force does not know this reason"};
  return HOLDS;
}

struct label guard_rate_weights(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  int64_t response = row_integer(facts->after, POLICY_RESPONSE_WEIGHT), solution = row_integer(facts->after, POLICY_SOLUTION_WEIGHT);
  (void)arena;
  *field = POLICY_SOLUTION_WEIGHT;
  if (response == NOTHING || solution == NOTHING || response + solution <= 10000) return HOLDS;
  return (struct label){"响应率和解决率的权重之和不能超过 100%(其余是满意率的)",
                        "the weights of response and solution make more than 100 % together; the rest is satisfaction's"};
}
