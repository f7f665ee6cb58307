/* Guards of a campaign that ends, and of the day from which appeals go by its policy. Pure: facts in, a sentence out; no text means that
   the guard holds. Each one's loader stands above it. */
#include "rules/guards.h"
#include "rules/open_work.h"

/* ---- ending a campaign: what is open is closed, withdrawn or carried over first ---- */

enum store_error fact_problems_open(struct decision *decision, struct guard_facts *facts) {
  struct value of = value_integer(PROBLEM_CAMPAIGN, decision->after->id), states[PROBLEM_OPEN_COUNT];
  struct condition conditions[] = {{PROBLEM_CAMPAIGN, C_IS, &of, 1}, {FIELD_STATE, C_IN, states, PROBLEM_OPEN_COUNT}};
  struct query query = {.type = record_type(RECORD_PROBLEM), .conditions = conditions, .condition_count = 2, .expected = -1};
  for (size_t i = 0; i < PROBLEM_OPEN_COUNT; i++) states[i] = value_integer(FIELD_STATE, PROBLEM_OPEN_STATES[i]);
  return decision->before ? reader_count_up_to(decision->set->reader, &query, &SCOPE_SYSTEM, PROBLEMS_OPEN_TOLD + 1, &facts->problems_open) : STORE_OK;
}

struct label guard_campaign_done(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  (void)field;
  if (!facts->problems_open) return HOLDS;
  bool more = facts->problems_open > PROBLEMS_OPEN_TOLD;
  long long told = more ? PROBLEMS_OPEN_TOLD : (long long)facts->problems_open;
  struct label many = {arena_print(arena, more ? "%lld 件以上" : "%lld 件", told), arena_print(arena, more ? "more than %lld" : "%lld", told)};
  return (struct label){
    arena_print(arena, "本专项还有 %s问题没有办结(在问题清单按本专项和状态可见):先销号、撤销或并入,或由两人更正到接续的专项", many.zh),
    arena_print(arena, "%s problems of this campaign are still open (the list of problems shows them by campaign and state): close, withdraw or merge them first, or have two people correct them into the campaign that goes on", many.en)};
}

/* ---- from which day appeals go by this campaign's policy ---- */

enum store_error fact_hotline_day(struct decision *decision, struct guard_facts *facts) {
  struct query query = {.type = record_type(RECORD_CAMPAIGN), .expected = -1};
  struct row **campaigns = NULL;
  size_t count = 0;
  enum store_error error = set_rows(decision->set, &query, &campaigns, &count);
  facts->hotline_last = hotline_last_day(campaigns, count);
  return error;
}

struct label guard_hotline_day(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  int64_t from = row_integer(facts->after, CAMPAIGN_HOTLINE_FROM), last = facts->hotline_last;
  *field = CAMPAIGN_HOTLINE_FROM;
  if (from == NOTHING) return HOLDS; /* found as required */
  if (from < facts->today)
    return label_print(arena, "不能追溯,最早从今天(%s)起", "it does not reach back; the earliest day is today (%s)",
                       date_print(arena, facts->today));
  if (last != NOTHING && from <= last)
    return label_print(arena, "上一次定的是从 %s 起,这次要在其后", "the last one named begins on %s; this one begins after it",
                       date_print(arena, last));
  return HOLDS;
}
