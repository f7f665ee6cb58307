/* The facts that guards judge, loaded for the guards of one arrow and no more. All reads are the program's own (SCOPE_SYSTEM),
   but for the ends of a link, which must be visible to the person. */
#include <string.h>

#include "rules/guards.h"

#define APPEALS_AT_ONCE 500

/* The problem that the change is about: itself, or the record's parent. */
static const struct row *problem_of(const struct decision *decision) {
  if (decision->type->id == RECORD_PROBLEM) return decision->after;
  return decision->parent && decision->parent->type->id == RECORD_PROBLEM ? decision->parent : NULL;
}

static enum store_error load_measures(struct decision *decision, struct guard_facts *facts) {
  const struct row *problem = problem_of(decision);
  size_t count = 0, kept = 0;
  struct row **rows = NULL;
  if (!problem || problem->id == 0) return STORE_OK;
  struct value of = value_integer(MEASURE_PROBLEM, problem->id), cycle = value_integer(MEASURE_CYCLE, row_integer(problem, PROBLEM_CYCLE));
  struct condition conditions[] = {{.field = MEASURE_PROBLEM, .how = C_IS, .values = &of, .count = 1},
                                   {.field = MEASURE_CYCLE, .how = C_IS, .values = &cycle, .count = 1}};
  struct query query = {.type = record_type(RECORD_MEASURE), .conditions = conditions, .condition_count = 2, .expected = -1};
  enum store_error error = set_rows(decision->set, &query, &rows, &count);
  for (size_t i = 0; i < count; i++)
    if (rows[i]->state != MEASURE_CANCELLED) rows[kept++] = rows[i];
  facts->measures = rows;
  facts->measure_count = kept;
  return error;
}

static enum store_error load_evidence(struct decision *decision, struct guard_facts *facts) {
  const struct row *problem = problem_of(decision);
  if (!problem || problem->id == 0) return STORE_OK;
  struct value of = value_integer(EVIDENCE_PROBLEM, problem->id),
               cycle = value_integer(EVIDENCE_CYCLE, row_integer(problem, PROBLEM_CYCLE));
  struct condition conditions[] = {{.field = EVIDENCE_PROBLEM, .how = C_IS, .values = &of, .count = 1},
                                   {.field = EVIDENCE_CYCLE, .how = C_IS, .values = &cycle, .count = 1}};
  struct query query = {.type = record_type(RECORD_EVIDENCE), .conditions = conditions, .condition_count = 2, .expected = -1};
  return reader_count(decision->set->reader, &query, &SCOPE_SYSTEM, &facts->evidence);
}

enum store_error fact_row(struct decision *decision, enum record_id type, int64_t id, const struct row **row) {
  struct row *found = NULL;
  enum store_error error = id == NOTHING ? STORE_ABSENT : reader_get(decision->set->reader, record_type(type), &SCOPE_SYSTEM, id, decision->set->scratch, &found);
  *row = error == STORE_OK ? found : NULL;
  return error == STORE_ABSENT ? STORE_OK : error;
}

static enum store_error load_unit(struct decision *decision, struct guard_facts *facts) {
  for (size_t i = 0; i < 4 && decision->type->holders[i].field; i++)
    if (decision->type->holders[i].relation == RELATION_LEAD)
      return fact_row(decision, RECORD_UNIT, row_integer(decision->after, decision->type->holders[i].field), &facts->unit);
  return STORE_OK;
}

static enum store_error load_campaign(struct decision *decision, struct guard_facts *facts) {
  const struct row *row = record_reference(decision->type, RECORD_CAMPAIGN) ? decision->after : problem_of(decision);
  return row ? fact_row(decision, RECORD_CAMPAIGN, row_integer(row, record_reference(row->type, RECORD_CAMPAIGN)->id), &facts->campaign)
             : STORE_OK;
}

static enum store_error load_pending(struct decision *decision, struct guard_facts *facts) {
  struct value type = value_integer(APPROVAL_TYPE, decision->type->id), record = value_integer(APPROVAL_RECORD, decision->after->id),
               asked = value_integer(FIELD_STATE, APPROVAL_ASKED);
  struct condition conditions[] = {{.field = APPROVAL_TYPE, .how = C_IS, .values = &type, .count = 1},
                                   {.field = APPROVAL_RECORD, .how = C_IS, .values = &record, .count = 1},
                                   {.field = FIELD_STATE, .how = C_IS, .values = &asked, .count = 1}};
  struct query query = {.type = record_type(RECORD_APPROVAL), .conditions = conditions, .condition_count = 3, .expected = 0};
  return reader_count(decision->set->reader, &query, &SCOPE_SYSTEM, &facts->pending);
}

static enum store_error load_grants(struct decision *decision, struct guard_facts *facts) {
  struct value user = value_integer(GRANT_USER, row_integer(decision->after, GRANT_USER)),
               active = value_integer(FIELD_STATE, FORCE_ACTIVE);
  struct condition conditions[] = {{.field = GRANT_USER, .how = C_IS, .values = &user, .count = 1},
                                   {.field = FIELD_STATE, .how = C_IS, .values = &active, .count = 1}};
  struct query query = {.type = record_type(RECORD_GRANT), .conditions = conditions, .condition_count = 2, .expected = -1};
  size_t count = 0, kept = 0;
  struct row **rows = NULL;
  enum store_error error = user.integer == NOTHING ? STORE_OK : set_rows(decision->set, &query, &rows, &count);
  for (size_t i = 0; i < count; i++)
    if (rows[i]->id != decision->after->id) rows[kept++] = rows[i];
  facts->grants = rows;
  facts->grant_count = kept;
  return error;
}

static enum store_error load_first_cycle(struct decision *decision, struct guard_facts *facts) {
  struct value of = value_integer(CYCLE_PROBLEM, decision->after->id), first = value_integer(CYCLE_ORDINAL, 1);
  struct condition conditions[] = {{.field = CYCLE_PROBLEM, .how = C_IS, .values = &of, .count = 1},
                                   {.field = CYCLE_ORDINAL, .how = C_IS, .values = &first, .count = 1}};
  struct query query = {.type = record_type(RECORD_CYCLE), .conditions = conditions, .condition_count = 2, .limit = 1, .expected = 1};
  struct row **rows = NULL;
  size_t count = 0;
  enum store_error error = set_rows(decision->set, &query, &rows, &count);
  facts->first_cycle = count ? rows[0] : NULL;
  return error;
}

/* The ends were looked up when the fields were taken: what is not visible was found there and never came into the row. */
static enum store_error load_ends(struct decision *decision, struct guard_facts *facts) {
  facts->from_there = row_integer(decision->after, LINK_FROM_ID) != NOTHING;
  facts->to_there = row_integer(decision->after, LINK_TO_ID) != NOTHING;
  return STORE_OK;
}

/* Criteria that are asked of this problem today: of its campaign, and for all kinds and sources or for its own. */
static bool asked_of(const struct row *criterion, const struct row *problem, int64_t today) {
  int64_t kind = row_integer(criterion, CRITERION_KIND), source = row_integer(criterion, CRITERION_SOURCE),
          from = row_integer(criterion, CRITERION_FROM), to = row_integer(criterion, CRITERION_TO);
  if (criterion->state != FORCE_ACTIVE || (from != NOTHING && today < from) || (to != NOTHING && today > to)) return false;
  return (kind == NOTHING || kind == row_integer(problem, PROBLEM_KIND)) &&
         (source == NOTHING || source == row_integer(problem, PROBLEM_SOURCE));
}

static enum store_error load_criteria(struct decision *decision, struct guard_facts *facts) {
  struct value of = value_integer(CRITERION_CAMPAIGN, row_integer(decision->after, PROBLEM_CAMPAIGN));
  struct condition condition = {.field = CRITERION_CAMPAIGN, .how = C_IS, .values = &of, .count = 1};
  struct query query = {.type = record_type(RECORD_CRITERION), .conditions = &condition, .condition_count = 1, .expected = -1};
  size_t count = 0, kept = 0;
  struct row **rows = NULL;
  enum store_error error = set_rows(decision->set, &query, &rows, &count);
  for (size_t i = 0; i < count; i++)
    if (asked_of(rows[i], decision->after, decision->set->today)) rows[kept++] = rows[i];
  facts->criteria = rows;
  facts->criterion_count = kept;
  return error;
}

static enum store_error load_objections(struct decision *decision, struct guard_facts *facts) {
  struct value of = value_integer(OBJECTION_PROBLEM, decision->after->id),
               open[] = {value_integer(FIELD_STATE, OBJECTION_RECEIVED), value_integer(FIELD_STATE, OBJECTION_PROPOSED)};
  struct condition conditions[] = {{.field = OBJECTION_PROBLEM, .how = C_IS, .values = &of, .count = 1},
                                   {.field = FIELD_STATE, .how = C_IN, .values = open, .count = 2}};
  struct query query = {.type = record_type(RECORD_OBJECTION), .conditions = conditions, .condition_count = 2, .expected = 0};
  return reader_count(decision->set->reader, &query, &SCOPE_SYSTEM, &facts->objections);
}

struct appeal_ids { int64_t *ids; size_t count, room; struct arena *arena; };
static bool take_appeal_id(void *with, const struct row *link) {
  struct appeal_ids *found = with;
  if (row_integer(link, LINK_FROM_TYPE) != RECORD_PROBLEM || row_integer(link, LINK_TO_TYPE) != RECORD_APPEAL ||
      row_integer(link, LINK_KIND) != LINK_ARISES_FROM)
    return true;
  if (found->count == found->room) {
    int64_t *ids = ARENA_ARRAY(found->arena, int64_t, found->room * 2 + 16);
    if (found->count) memcpy(ids, found->ids, found->count * sizeof *ids);
    found->ids = ids;
    found->room = found->room * 2 + 16;
  }
  found->ids[found->count++] = row_integer(link, LINK_TO_ID);
  return true;
}
static bool count_dissatisfied(void *with, const struct row *appeal) {
  int64_t *count = with;
  *count += row_integer(appeal, APPEAL_SATISFACTION) == DISSATISFIED || row_integer(appeal, APPEAL_OUTCOME) == OUTCOME_UNSOLVED;
  return true;
}

/* What those who appealed say, of the appeals that the problem arose from. */
static enum store_error load_appeals(struct decision *decision, struct guard_facts *facts) {
  struct appeal_ids found = {.arena = decision->set->scratch};
  struct value of = value_integer(LINK_FROM_ID, decision->after->id);
  struct condition condition = {.field = LINK_FROM_ID, .how = C_IS, .values = &of, .count = 1};
  struct query links = {.type = record_type(RECORD_LINK), .conditions = &condition, .condition_count = 1, .expected = -1};
  enum store_error error = reader_list(decision->set->reader, &links, &SCOPE_SYSTEM, decision->set->scratch, take_appeal_id, &found);
  for (size_t at = 0; error == STORE_OK && at < found.count; at += APPEALS_AT_ONCE) {
    size_t count = found.count - at < APPEALS_AT_ONCE ? found.count - at : APPEALS_AT_ONCE;
    struct query query = {.type = record_type(RECORD_APPEAL),
                          .ids = found.ids + at,
                          .id_count = count,
                          .only_ids = true,
                          .expected = (int64_t)count};
    error = reader_list(decision->set->reader, &query, &SCOPE_SYSTEM, decision->set->scratch, count_dissatisfied, &facts->dissatisfied);
  }
  return error;
}

static enum store_error load_policy(struct decision *decision, struct guard_facts *facts) {
  enum store_error error = set_policy(decision);
  facts->policy = decision->policy;
  return error;
}

static const struct { unsigned need; fact_loader *load; } LOADS[] = {
  {NEED_POLICY, load_policy}, {NEED_MEASURES, load_measures}, {NEED_EVIDENCE, load_evidence}, {NEED_UNIT, load_unit}, {NEED_CAMPAIGN, load_campaign},
  {NEED_PENDING, load_pending}, {NEED_GRANTS, load_grants}, {NEED_FIRST_CYCLE, load_first_cycle}, {NEED_ENDS, load_ends},
  {NEED_ROUND, round_facts_round}, {NEED_ROUND_MONTH, round_facts_month}, {NEED_LACKING, round_facts_lacking}, {NEED_AWAITED, round_facts_awaited}, {NEED_REMINDED, round_facts_reminded},
  {NEED_PLAN, facts_load_plan}, {NEED_STAGES, facts_load_stages}, {NEED_OTHER, facts_load_other},
  {NEED_CALENDAR, guard_load_calendar}, {NEED_RECEIVER, guard_load_receiver}, {NEED_PROBLEM, guard_load_problem}, {NEED_PEOPLE, guard_load_people},
  {NEED_SUCCESSORS, guard_load_successors}, {NEED_PRINCIPAL, guard_load_principal},
  {NEED_CRITERIA, load_criteria}, {NEED_OBJECTIONS, load_objections}, {NEED_APPEALS, load_appeals}, {NEED_CHASED, fact_chased}, {NEED_ALERTS, fact_alerts},

  {NEED_CATEGORY, fact_category}, {NEED_LEAD_LINE, fact_lead_line}, {NEED_PARTS, fact_parts}, {NEED_FRAME, fact_frame}};

static bool says(const struct decision *decision, uint16_t field) {
  for (size_t i = 0; decision->type->id == RECORD_PROBLEM && i < decision->change->value_count; i++)
    if (decision->change->values[i].field == field && value_filled(&decision->change->values[i])) return true;
  return false;
}

enum store_error guard_facts_load(struct decision *decision, const struct transition *arrow, unsigned needs, struct guard_facts *facts) {
  enum store_error error = STORE_OK;
  *facts = (struct guard_facts){.before = decision->before, .after = decision->after, .parent = decision->parent, .arrow = arrow, .authority = decision->authority, .behalf = decision->behalf,
                                .system = decision->system, .now = decision->set->context->now, .today = decision->set->today,
                                .importing = channel_brings_in(decision->set->context->channel), .reason = decision->change->reason, .possible = decision->possible,
                                .gives_due = decision->type->id == RECORD_PROBLEM && decision_gives(decision, PROBLEM_DUE),
                                .says_visit = says(decision, PROBLEM_VISITED_ON), .says_criteria = says(decision, PROBLEM_CRITERIA_MET)};
  for (size_t i = 0; error == STORE_OK && i < sizeof LOADS / sizeof *LOADS; i++)
    if (needs & LOADS[i].need) error = LOADS[i].load(decision, facts);
  return error;
}
