/* Effects of appeals: assigned, contacted, joined; who called and when; asking for an exclusion. What a call-back or an exclusion makes of
   its appeal: appeal_settle.c. */
#include "rules/effects.h"
#include "rules/holders.h"

static int64_t moment_of_change(const struct decision *decision) {
  int64_t happened = decision->set->context->happened;
  return happened == NOTHING || happened == 0 ? decision->set->context->now : happened;
}

/* ---- handling ---- */

/* The clock of contact begins with each assignment; those of answer and solution never begin anew. */
enum store_error effect_assigned(struct decision *decision, const struct transition *arrow) {
  int64_t unit = row_integer(decision->after, APPEAL_UNIT);
  enum store_error error = unit_now(decision->set->reader, unit, decision->set->scratch, &unit);
  (void)arrow;
  row_set_integer(decision->after, APPEAL_UNIT, unit); /* who answered it first may have been merged or split since */
  row_set_integer(decision->after, APPEAL_ASSIGNED_ON, moment_of_change(decision));
  row_set_integer(decision->after, APPEAL_CONTACTED_ON, NOTHING);
  row_set_integer(decision->after, APPEAL_JOINED_TO, NOTHING);
  return error;
}

enum store_error effect_ruled_unit(struct decision *decision, const struct transition *arrow) {
  (void)arrow;
  row_set_integer(decision->after, APPEAL_BOUND, 1);
  return STORE_OK;
}

/* By the program's own clock: 先行联系率 is made of these moments. The first one stands. */
enum store_error effect_contacted(struct decision *decision, const struct transition *arrow) {
  (void)arrow;
  if (row_integer(decision->after, APPEAL_CONTACTED_ON) == NOTHING) row_set_integer(decision->after, APPEAL_CONTACTED_ON, decision->set->context->now);
  return STORE_OK;
}

static enum store_error joined_to(struct decision *decision, int64_t main, struct row ***rows, size_t *count) {
  struct value of = value_integer(APPEAL_JOINED_TO, main), state = value_integer(FIELD_STATE, APPEAL_JOINED);
  struct condition conditions[] = {{APPEAL_JOINED_TO, C_IS, &of, 1}, {FIELD_STATE, C_IS, &state, 1}};
  struct query query = {.type = decision->type, .conditions = conditions, .condition_count = 2, .long_texts = false, .expected = -1};
  return set_rows(decision->set, &query, rows, count);
}

static void answer_with(struct decision *decision, int64_t appeal, const struct row *main) {
  struct value values[] = {value_text(APPEAL_ANSWER, row_text(main, APPEAL_ANSWER)),
                           value_integer(APPEAL_ANSWERED_BY, row_integer(main, APPEAL_ANSWERED_BY))};
  effect_change(decision, RECORD_APPEAL, appeal, ACTION_ANSWER, values, 2, NULL);
}

/* Joined: the main one's unit handles it; where that has answered already, so has it. What was joined to it goes along. Separated: by
   itself again. */
enum store_error effect_join(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after, **below = NULL, *main = NULL;
  size_t count = 0;
  if (arrow->action == ACTION_SEPARATE) {
    row_set_integer(after, APPEAL_JOINED_TO, NOTHING);
    return STORE_OK;
  }
  struct value to = value_integer(APPEAL_JOINED_TO, row_integer(after, APPEAL_JOINED_TO));
  enum store_error error = reader_get(decision->set->reader, decision->type, &SCOPE_SYSTEM, to.integer, decision->set->scratch, &main);
  if (error == STORE_OK) error = joined_to(decision, after->id, &below, &count);
  if (error != STORE_OK) return error;
  row_set_integer(after, APPEAL_UNIT, row_integer(main, APPEAL_UNIT));
  for (size_t i = 0; i < count; i++) effect_change(decision, RECORD_APPEAL, below[i]->id, ACTION_EDIT, &to, 1, NULL);
  if (main->state == APPEAL_ANSWERED || main->state == APPEAL_CALL_BACK_DUE) answer_with(decision, after->id, main);
  for (size_t i = 0; i < count && (main->state == APPEAL_ANSWERED || main->state == APPEAL_CALL_BACK_DUE); i++) answer_with(decision, below[i]->id, main);
  return STORE_OK;
}

/* Its answer is theirs. Each keeps its own call-back and its own satisfaction. */
enum store_error effect_joined_follow(struct decision *decision, const struct transition *arrow) {
  struct row **joined = NULL;
  size_t count = 0;
  enum store_error error = joined_to(decision, decision->after->id, &joined, &count);
  (void)arrow;
  for (size_t i = 0; error == STORE_OK && i < count; i++) answer_with(decision, joined[i]->id, decision->after);
  return error;
}

/* ---- call-backs ---- */

static enum store_error attempt_read(struct decision *decision, int64_t appeal, int64_t *attempt) {
  struct value of = value_integer(CALL_BACK_APPEAL, appeal);
  struct condition condition = {CALL_BACK_APPEAL, C_IS, &of, 1};
  struct query query = {.type = decision->type, .conditions = &condition, .condition_count = 1, .with_voided = true, .expected = 0};
  enum store_error error = reader_count(decision->set->reader, &query, &SCOPE_SYSTEM, attempt);
  ++*attempt;
  return error;
}

enum store_error effect_call_back(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after;
  const struct row *appeal = decision->parent;
  int64_t attempt = 0;
  enum store_error error = attempt_read(decision, row_integer(after, CALL_BACK_APPEAL), &attempt);
  (void)arrow;
  if (error != STORE_OK || !appeal) return error;
  row_set_integer(after, CALL_BACK_ATTEMPT, attempt);
  row_set_integer(after, CALL_BACK_AT, moment_of_change(decision));
  row_set_integer(after, CALL_BACK_UNIT, row_integer(appeal, APPEAL_UNIT));
  if (decision->authority->user) row_set_integer(after, CALL_BACK_CALLER, decision->authority->user);
  row_set_text(after, CALL_BACK_TITLE, arena_print(decision->set->scratch, "%s(第 %lld 次回访)", row_text(appeal, APPEAL_NUMBER), (long long)attempt));
  return STORE_OK;
}

/* ---- exclusions ---- */

/* The office agrees or refuses; both are told to this record. A whistle-blower's matter is shown to no unit. */
enum store_error effect_exclusion_ask(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after;
  const struct row *appeal = decision->parent;
  struct arena *scratch = decision->set->scratch;
  struct change pending = {.type = decision->type, .id = effect_new_id(decision), .seen = ANY_VERSION, .action = ACTION_AGREE};
  if (!appeal) return STORE_OK;
  const char *title = arena_print(scratch, "%s:%s", arrow->label.zh, row_text(appeal, APPEAL_NUMBER));
  int64_t asker = decision->authority->user ? decision->authority->user : NOTHING, unit = row_integer(appeal, APPEAL_UNIT);
  row_set_text(after, EXCLUSION_TITLE, title);
  row_set_integer(after, EXCLUSION_UNIT, unit);
  row_set_integer(after, EXCLUSION_ASKED_BY, asker);
  row_set_integer(after, EXCLUSION_ASKED_ON, decision_date(decision));
  struct value values[] = {
    value_text(APPROVAL_TITLE, title), value_integer(APPROVAL_TYPE, decision->type->id), value_integer(APPROVAL_RECORD, pending.id), value_text(APPROVAL_PENDING, approval_print(scratch, &pending, 1)),
    value_text(APPROVAL_REASON, row_text(after, EXCLUSION_WHY)), value_integer(APPROVAL_ASKED_BY, asker), value_integer(APPROVAL_UNIT, row_integer(appeal, APPEAL_WHISTLE) == 1 ? NOTHING : unit),
    value_integer(APPROVAL_SECRECY, row_integer(appeal, APPEAL_SECRECY))};
  effect_change(decision, RECORD_APPROVAL, 0, ACTION_CREATE, values, sizeof values / sizeof *values, NULL);
  return STORE_OK;
}

enum store_error effect_refused(struct decision *decision, const struct transition *arrow) {
  const struct row *after = decision->after;
  (void)arrow;
  if (row_integer(after, APPROVAL_TYPE) == RECORD_EXCLUSION) effect_change(decision, RECORD_EXCLUSION, row_integer(after, APPROVAL_RECORD), ACTION_DISAGREE, NULL, 0, NULL);
  return STORE_OK;
}
