/* What always follows of a record just before it is written, whichever change it was. An appeal: its clocks, the end of a draft. A
   call-back: the latest one that stands sets the outcome and the satisfaction of its appeal, made or voided. An exclusion: its appeal is
   out of the rates, or in them again. */
#include "rules/appeal_clock.h"
#include "rules/effects.h"

enum store_error set_appeal_policy(struct set *set, int64_t moment, const struct policy **policy) {
  int64_t day = date_of_moment(moment);
  struct day_policy *kept = set->appeal_policies;
  while (kept && kept->day != day) kept = kept->next;
  if (!kept) {
    struct policy *read = ARENA_NEW(set->arena, struct policy);
    enum store_error error = policy_for_appeals(set->reader, moment, set->arena, read);
    if (error != STORE_OK) return error;
    kept = ARENA_NEW(set->arena, struct day_policy);
    *kept = (struct day_policy){day, read, set->appeal_policies};
    set->appeal_policies = kept;
  }
  *policy = kept->policy;
  return STORE_OK;
}

/* ---- the appeal ---- */

/* The program's category that people changed is theirs from then on. */
static void settle_category(const struct decision *decision) {
  const struct row *before = decision->before;
  struct row *after = decision->after;
  bool classified = decision->arrow && decision->arrow->action == ACTION_CLASSIFY;
  if (!before || classified || row_integer(before, APPEAL_CATEGORY_BY) != CATEGORY_BY_PROGRAM ||
      text_equal(row_text(before, APPEAL_CATEGORY), row_text(after, APPEAL_CATEGORY)))
    return;
  row_set_integer(after, APPEAL_CATEGORY_BY, CATEGORY_BY_PEOPLE);
  row_set_integer(after, APPEAL_CERTAINTY, NOTHING);
}

/* A draft is for what waits for an answer, by itself or with its main appeal. */
static void draft_ends(struct row *appeal) {
  if (appeal_waits(appeal) || row_integer(appeal, APPEAL_DRAFT_OF) == NOTHING) return;
  row_set_text(appeal, APPEAL_ANSWER_DRAFT, NULL);
  row_set_integer(appeal, APPEAL_DRAFT_OF, NOTHING);
  row_set_integer(appeal, APPEAL_DRAFTED_ON, NOTHING);
}

static enum store_error settle_appeal(struct decision *decision) {
  struct set *set = decision->set;
  const struct context *context = set->context;
  const struct policy *policy = NULL;
  int64_t made = row_integer(decision->after, APPEAL_MADE_AT), happened = context->happened;
  settle_category(decision);
  draft_ends(decision->after);
  enum store_error error = set_appeal_policy(set, made == NOTHING ? context->now : made, &policy);
  if (error == STORE_OK) error = set_calendar(set);
  if (error == STORE_OK)
    appeal_judge(decision->before, decision->after, policy, &set->calendar, context->now,
                 happened == NOTHING || happened == 0 ? context->now : happened);
  return error;
}

/* ---- call-backs ---- */

struct calls { struct arena *arena; const struct row *reached; int64_t attempts, except; };

/* Ids grow with time: the latest is the greatest. Not to have been reached later on takes nothing back. */
static bool call_take(void *with, const struct row *row) {
  struct calls *calls = with;
  if (row->id == calls->except) return true;
  calls->attempts++;
  if (row_integer(row, CALL_BACK_REACHED) == 1 && (!calls->reached || row->id > calls->reached->id))
    calls->reached = row_copy(calls->arena, row);
  return true;
}

static int64_t called_of(const struct calls *calls) {
  if (!calls->attempts) return NOTHING;
  if (!calls->reached) return CALLED_NOT_REACHED;
  return row_integer(calls->reached, CALL_BACK_CONTACTED) == 1 ? CALLED_CONTACTED : CALLED_NOT_CONTACTED;
}

static int64_t of(const struct row *row, uint16_t field) { return row ? row_integer(row, field) : NOTHING; }

static enum store_error settle_call_back(struct decision *decision) {
  const struct row *after = decision->after;
  struct value appeal = value_integer(CALL_BACK_APPEAL, row_integer(after, CALL_BACK_APPEAL));
  struct condition condition = {CALL_BACK_APPEAL, C_IS, &appeal, 1};
  struct query query = {.type = decision->type, .conditions = &condition, .condition_count = 1, .expected = -1};
  struct calls calls = {.arena = decision->set->scratch, .except = decision->before ? decision->before->id : 0};
  enum store_error error = reader_list(decision->set->reader, &query, &SCOPE_SYSTEM, decision->set->scratch, call_take, &calls);
  if (error != STORE_OK || (decision->before && !after->voided)) return error;
  if (!after->voided) calls.attempts++;
  if (!after->voided && row_integer(after, CALL_BACK_REACHED) == 1) calls.reached = after;
  int64_t outcome = of(calls.reached, CALL_BACK_OUTCOME), satisfaction = of(calls.reached, CALL_BACK_SATISFACTION);
  struct value values[] = {value_integer(APPEAL_CALLED, called_of(&calls)),
                           value_integer(APPEAL_CALLED_OUTCOME, outcome),
                           value_integer(APPEAL_CALLED_SATISFACTION, satisfaction),
                           value_integer(APPEAL_CALLED_AT, of(calls.reached, CALL_BACK_AT)),
                           value_integer(APPEAL_ATTEMPTS, calls.attempts),
                           value_integer(APPEAL_OUTCOME, outcome),
                           value_integer(APPEAL_SATISFACTION, satisfaction)};
  bool nothing_said = !calls.reached && !after->voided; /* not reached for the first time: what the unit said stands */
  effect_change(decision, RECORD_APPEAL, appeal.integer, ACTION_EDIT, values, nothing_said ? 5 : 7, NULL);
  return STORE_OK;
}

/* ---- exclusions ---- */

static enum store_error settle_exclusion(struct decision *decision) {
  const struct row *after = decision->after, *before = decision->before;
  bool excluded = after->state == EXCLUSION_AGREED && !after->voided, was = before && before->state == EXCLUSION_AGREED && !before->voided;
  struct value value = value_integer(APPEAL_EXCLUDED, excluded);
  if (excluded != was) effect_change(decision, RECORD_APPEAL, row_integer(after, EXCLUSION_APPEAL), ACTION_EDIT, &value, 1, NULL);
  return STORE_OK;
}

static const struct { enum record_id type; enum store_error (*settle)(struct decision *); } SETTLES[] = {
  {RECORD_APPEAL, settle_appeal}, {RECORD_CALL_BACK, settle_call_back}, {RECORD_EXCLUSION, settle_exclusion}};

enum store_error appeal_settle(struct decision *decision) {
  for (size_t i = 0; i < sizeof SETTLES / sizeof *SETTLES; i++)
    if (SETTLES[i].type == decision->type->id) return SETTLES[i].settle(decision);
  return STORE_OK;
}
