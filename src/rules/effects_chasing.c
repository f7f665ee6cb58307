/* Effects of a chase: what is known is filled in, so that noting a call is one request; and the answer. */
#include "rules/chase_list.h"
#include "rules/effects.h"

static enum store_error chased_row(struct decision *decision, const struct row **chased) {
  const struct row *after = decision->after;
  int64_t problem = row_integer(after, CHASE_PROBLEM);
  enum record_id type = problem != NOTHING ? RECORD_PROBLEM : (enum record_id)row_integer(after, CHASE_OF_TYPE);
  struct row *row = NULL;
  enum store_error error = reader_get(decision->set->reader, record_type(type), &SCOPE_SYSTEM,
                                      problem != NOTHING ? problem : row_integer(after, CHASE_OF_ID), decision->set->scratch, &row);
  *chased = row;
  return error;
}

static enum store_error ordinal_read(struct decision *decision, const struct row *chased, int64_t *ordinal) {
  struct value id = value_integer(CHASE_OF_ID, chased->id), type = value_integer(CHASE_OF_TYPE, chased->type->id);
  struct condition conditions[] = {{CHASE_OF_ID, C_IS, &id, 1}, {CHASE_OF_TYPE, C_IS, &type, 1}};
  struct query query = {.type = record_type(RECORD_CHASE), .conditions = conditions, .condition_count = 2, .expected = 0};
  enum store_error error = reader_count(decision->set->reader, &query, &SCOPE_SYSTEM, ordinal);
  ++*ordinal;
  return error;
}

/* The problem that it is about in the end: who may not see that one sees no chase of it. */
static int64_t problem_of(const struct row *chased) {
  const struct field *field = chased->type->id == RECORD_PROBLEM ? NULL : record_reference(chased->type, RECORD_PROBLEM);
  return chased->type->id == RECORD_PROBLEM ? chased->id : field ? row_integer(chased, field->id) : NOTHING;
}

/* Its own campaign, or that of the problem it belongs to. */
static enum store_error campaign_of(struct decision *decision, const struct row *chased, int64_t *campaign) {
  const struct field *own = record_reference(chased->type, RECORD_CAMPAIGN);
  int64_t problem = problem_of(chased);
  struct row *row = NULL;
  *campaign = own ? row_integer(chased, own->id) : NOTHING;
  if (own || problem == NOTHING) return STORE_OK;
  enum store_error error = reader_get(decision->set->reader, record_type(RECORD_PROBLEM), &SCOPE_SYSTEM, problem, decision->set->scratch,
                                      &row);
  if (error == STORE_OK) *campaign = row_integer(row, PROBLEM_CAMPAIGN);
  return error == STORE_ABSENT ? STORE_OK : error;
}

static void answered(struct decision *decision) {
  row_set_integer(decision->after, CHASE_REPLIED_ON, decision_date(decision));
  if (decision->authority->user) row_set_integer(decision->after, CHASE_REPLIED_BY, decision->authority->user);
}

static enum store_error until_reckon(struct decision *decision, int64_t campaign) {
  struct policy policy;
  int64_t basis = 0;
  enum store_error error = policy_for(decision->set->reader, campaign, decision->set->context->now, decision->set->scratch, &policy);
  if (error == STORE_OK) error = set_calendar(decision->set);
  if (error == STORE_OK)
    row_set_integer(decision->after, CHASE_DUE,
                    calendar_add_working_days(&decision->set->calendar, decision_date(decision), policy.chase_reply_days, &basis));
  return error;
}

enum store_error effect_chase(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after;
  const struct row *chased = NULL;
  int64_t ordinal = 0, campaign = NOTHING;
  enum store_error error = chased_row(decision, &chased);
  if (error == STORE_OK) error = ordinal_read(decision, chased, &ordinal);
  if (error == STORE_OK) error = campaign_of(decision, chased, &campaign);
  if (error != STORE_OK) return error;
  const struct chase_kind *kind = chase_kind_of(chased);
  const char *reply = row_text(after, CHASE_REPLY);
  (void)arrow;
  row_set_integer(after, CHASE_OF_TYPE, chased->type->id);
  row_set_integer(after, CHASE_OF_ID, chased->id);
  row_set_integer(after, CHASE_PROBLEM, problem_of(chased));
  if (kind) row_set_integer(after, CHASE_UNIT, row_integer(chased, kind->unit));
  row_set_integer(after, CHASE_SECRECY, chased->type->secrecy ? row_integer(chased, chased->type->secrecy) : SECRECY_INTERNAL);
  row_set_integer(after, CHASE_CAMPAIGN, campaign);
  row_set_integer(after, CHASE_ORDINAL, ordinal);
  row_set_integer(after, CHASE_SAID_ON, decision_date(decision));
  if (decision->authority->user) row_set_integer(after, CHASE_CHASED_BY, decision->authority->user);
  row_set_text(after, CHASE_TITLE, arena_print(decision->set->scratch, "%s(第 %lld 次催办)", chase_name(decision->set->scratch, chased), (long long)ordinal));
  error = until_reckon(decision, row_integer(after, CHASE_CAMPAIGN));
  if (!reply || !*reply) return error;
  answered(decision);
  after->state = CHASE_ANSWERED; /* asked and answered in one call */
  return error;
}

enum store_error effect_chase_answered(struct decision *decision, const struct transition *arrow) {
  (void)arrow;
  answered(decision);
  return STORE_OK;
}
