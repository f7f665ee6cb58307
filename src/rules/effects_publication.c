/* Effects of publication: masking, the words as they go out, what a review for publicity proposes or takes back, evaluations and the codes
   to give them by. */
#include <ctype.h>
#include <string.h>

#include "base/code_word.h"
#include "base/json.h"
#include "rules/effects.h"
#include "rules/mask.h"
#include "rules/publication.h"

/* ---- what is shared ---- */

enum store_error releases_of(struct decision *decision, int64_t problem, state_code state, int64_t result, struct row ***rows, size_t *count) {
  struct value of = value_integer(RELEASE_PROBLEM, problem), in = value_integer(FIELD_STATE, state);
  struct condition conditions[] = {{.field = RELEASE_PROBLEM, .how = C_IS, .values = &of, .count = 1}, {.field = FIELD_STATE, .how = C_IS, .values = &in, .count = 1}};
  struct query query = {.type = record_type(RECORD_RELEASE), .conditions = conditions, .condition_count = 2, .expected = 1};
  size_t found = 0;
  enum store_error error = problem > 0 ? set_rows(decision->set, &query, rows, &found) : STORE_OK;
  *count = 0;
  for (size_t i = 0; error == STORE_OK && i < found; i++)
    if (row_integer((*rows)[i], RELEASE_RESULT) == result) (*rows)[(*count)++] = (*rows)[i];
  return error;
}

static const struct judged JUDGED[] = {
  {RECORD_OBJECTION, OBJECTION_JUDGED, OBJECTION_PROBLEM, OBJECTION_VERDICT, OBJECTION_REASON, OBJECTION_FIRST_BY, OBJECTION_RECHECK_DUE, OBJECTION_REPLY_DUE, "公示异议属实"},
  {RECORD_EVALUATION, EVALUATION_JUDGED, EVALUATION_PROBLEM, EVALUATION_VERDICT, EVALUATION_REASON, EVALUATION_FIRST_BY, EVALUATION_RECHECK_DUE, EVALUATION_REPLY_DUE, "群众评价反映的问题属实"}};

const struct judged *judged_of(enum record_id type) {
  for (size_t i = 0; i < sizeof JUDGED / sizeof *JUDGED; i++)
    if (JUDGED[i].type == type) return &JUDGED[i];
  return NULL;
}

/* ---- releases ---- */

static void mask_field(struct row *row, uint16_t field, struct arena *arena, struct buffer *masked) {
  const char *text = row_text(row, field);
  if (text) row_set_text(row, field, mask_text(arena, text, masked));
}

/* The district that the lead unit lies in. */
static enum store_error district_find(struct decision *decision) {
  const struct row *unit = NULL;
  int64_t id = decision->parent ? row_integer(decision->parent, PROBLEM_LEAD_UNIT) : NOTHING;
  enum store_error error = STORE_OK;
  for (unsigned levels = 0; id != NOTHING && levels < 8 && error == STORE_OK; levels++) {
    struct row *row = NULL;
    error = reader_get(decision->set->reader, record_type(RECORD_UNIT), &SCOPE_SYSTEM, id, decision->set->scratch, &row);
    unit = error == STORE_OK ? row : NULL;
    if (unit && row_integer(unit, UNIT_KIND) == UNIT_KIND_DISTRICT) row_set_integer(decision->after, RELEASE_DISTRICT, id);
    id = unit && row_integer(unit, UNIT_KIND) != UNIT_KIND_DISTRICT ? row_integer(unit, UNIT_PARENT) : NOTHING;
  }
  return error == STORE_ABSENT ? STORE_OK : error;
}

/* What was masked stays told, however often the words are edited. Who has looked at the names may say that they stand as written. */
enum store_error effect_release_mask(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after;
  struct arena *scratch = decision->set->scratch;
  const char *told = row_text(after, RELEASE_MASKED);
  struct buffer masked = {.arena = scratch};
  (void)arrow;
  buffer_text(&masked, told ? told : "");
  if (row_integer(after, RELEASE_AS_WRITTEN) != 1) {
    mask_field(after, RELEASE_TITLE, scratch, &masked);
    mask_field(after, RELEASE_TEXT, scratch, &masked);
  }
  if (text_length(masked.bytes) <= 20000) row_set_text(after, RELEASE_MASKED, masked.bytes);
  return row_integer(after, RELEASE_DISTRICT) == NOTHING ? district_find(decision) : STORE_OK;
}

static enum store_error name_write(struct decision *decision, struct json *json, const char *key, enum record_id type, int64_t id,
                                   uint16_t field) {
  struct row *row = NULL;
  enum store_error error = id == NOTHING
                               ? STORE_ABSENT
                               : reader_get(decision->set->reader, record_type(type), &SCOPE_SYSTEM, id, decision->set->scratch, &row);
  if (error == STORE_OK) json_pair(json, key, row_text(row, field));
  return error == STORE_ABSENT ? STORE_OK : error;
}

/* Every word that goes out beside title and text is written down now: what is renamed later is not public before it is reviewed again. */
static enum store_error words_write(struct decision *decision, struct buffer *out) {
  const struct row *after = decision->after;
  const struct value *indicators = row_value(after, RELEASE_INDICATORS);
  struct json json = json_to(out);
  enum store_error error = STORE_OK;
  json_open(&json, '{');
  if (decision->parent)
    error = name_write(decision, &json, "unit", RECORD_UNIT, row_integer(decision->parent, PROBLEM_LEAD_UNIT), UNIT_NAME);
  if (error == STORE_OK) error = name_write(decision, &json, "district", RECORD_UNIT, row_integer(after, RELEASE_DISTRICT), UNIT_NAME);
  json_key(&json, "indicators");
  json_open(&json, '[');
  for (size_t i = 0; error == STORE_OK && indicators->kind == VALUE_MANY && i < indicators->count; i++) {
    json_open(&json, '{');
    json_pair_integer(&json, "id", indicators->many[i]);
    error = name_write(decision, &json, "name", RECORD_INDICATOR, indicators->many[i], INDICATOR_NAME);
    if (error == STORE_OK) error = name_write(decision, &json, "measured_in", RECORD_INDICATOR, indicators->many[i], INDICATOR_MEASURED_IN);
    json_close(&json, '}');
  }
  json_close(&json, ']');
  json_close(&json, '}');
  return error;
}

static void withdraw(struct decision *decision, int64_t release, const char *why) {
  effect_change(decision, RECORD_RELEASE, release, ACTION_WITHDRAW, NULL, 0, why);
}

enum store_error effect_release(struct decision *decision, const struct transition *arrow) {
  struct buffer words = {.arena = decision->set->scratch};
  struct row **older = NULL;
  size_t count = 0;
  enum store_error error = words_write(decision, &words);
  (void)arrow;
  if (error == STORE_OK) error = releases_of(decision, row_integer(decision->after, RELEASE_PROBLEM), RELEASE_RELEASED, row_integer(decision->after, RELEASE_RESULT), &older, &count);
  for (size_t i = 0; error == STORE_OK && i < count; i++)
    if (older[i]->id != decision->after->id) withdraw(decision, older[i]->id, "由新的发布代替");
  if (error == STORE_OK) row_set_text(decision->after, RELEASE_WORDS, words.bytes);
  return error;
}

/* ---- the review for publicity of a problem ---- */

static void propose(struct decision *decision) {
  const struct row *problem = decision->after;
  const char *note = row_text(problem, PROBLEM_PROGRESS_NOTE), *title = row_text(problem, PROBLEM_TITLE);
  struct value values[] = {value_integer(RELEASE_PROBLEM, problem->id), value_text(RELEASE_TITLE, title),
                           value_text(RELEASE_TEXT,
                                      effect_lines(decision->set->scratch, note && text_length(note) >= 2 ? note : title, 5000)),
                           value_integer(RELEASE_PROPOSED_BY, decision->authority->user ? decision->authority->user : NOTHING)};
  effect_change(decision, RECORD_RELEASE, 0, ACTION_CREATE, values, sizeof values / sizeof *values, NULL);
}

static enum store_error take_back(struct decision *decision) {
  struct value why = value_integer(RELEASE_WITHHOLD, row_integer(decision->after, PROBLEM_WITHHOLD_REASON));
  struct row **rows = NULL;
  size_t count = 0;
  enum store_error error = releases_of(decision, decision->after->id, RELEASE_RELEASED, NOTHING, &rows, &count);
  for (size_t i = 0; error == STORE_OK && i < count; i++) withdraw(decision, rows[i]->id, "公开审核定为不向社会公开");
  if (error == STORE_OK) error = releases_of(decision, decision->after->id, RELEASE_PROPOSED, NOTHING, &rows, &count);
  for (size_t i = 0; error == STORE_OK && i < count && why.integer != NOTHING; i++)
    effect_change(decision, RECORD_RELEASE, rows[i]->id, ACTION_WITHHOLD, &why, 1, NULL);
  return error;
}

/* Public: a release is proposed, unless one is there. Not public: what is out comes back, what waits is withheld for the same reason. */
enum store_error effect_publicity(struct decision *decision, const struct transition *arrow) {
  int64_t scope = row_integer(decision->after, PROBLEM_PUBLICITY_SCOPE);
  struct row **rows = NULL;
  size_t proposed = 0, released = 0;
  (void)arrow;
  if (scope == NOTHING || decision->after->id <= 0) return STORE_OK;
  if (scope != SCOPE_PUBLIC) return take_back(decision);
  enum store_error error = releases_of(decision, decision->after->id, RELEASE_PROPOSED, NOTHING, &rows, &proposed);
  if (error == STORE_OK) error = releases_of(decision, decision->after->id, RELEASE_RELEASED, NOTHING, &rows, &released);
  if (error == STORE_OK && !proposed && !released) propose(decision);
  return error;
}

/* ---- evaluations ---- */

/* The person by the contact he gave, keyed, so that the number itself is nowhere; without one by the appeal. */
static const char *person_of(struct decision *decision, const struct row *appeal) {
  const struct secret_keys *keys = decision->set->context->contact_key;
  const char *sealed = row_text(appeal, APPEAL_PHONE);
  char *plain = sealed && keys ? secret_open_any(decision->set->scratch, keys, sealed) : NULL;
  uint8_t hash[HASH_SIZE];
  size_t size = 0;
  for (char *letter = plain; letter && *letter; letter++)
    if (isdigit((unsigned char)*letter)) plain[size++] = *letter;
  if (!size || !keys->held[0]) return arena_print(decision->set->scratch, "appeal:%lld", (long long)appeal->id);
  hash_keyed(hash, keys->keys[0], plain, size);
  return hex_write(decision->set->scratch, hash, 16);
}

/* The matter: the event that the appeal is one of, else the problem that it led to, else the appeal. */
char *evaluation_key(struct decision *decision, const struct row *appeal) {
  int64_t event = record_field(appeal->type, APPEAL_EVENT) ? row_integer(appeal, APPEAL_EVENT) : NOTHING,
          problem = row_integer(appeal, APPEAL_PROBLEM);
  const char *matter = event != NOTHING && event > 0 ? "event" : problem != NOTHING ? "problem" : "appeal";
  long long id = event != NOTHING && event > 0 ? event : problem != NOTHING ? problem : appeal->id;
  return arena_print(decision->set->scratch, "%s:%s:%lld", person_of(decision, appeal), matter, id);
}

/* By when it is looked into; once it is judged, by when whoever said it has an answer: the working days of the problem's policy, without a
   problem of the one that appeals go by. */
enum store_error effect_judged_by(struct decision *decision, const struct transition *arrow) {
  const struct judged *judged = judged_of(decision->type->id);
  struct row *row = NULL;
  struct policy policy;
  int64_t basis, problem = row_integer(decision->after, judged->problem);
  bool answer = arrow->to == judged->judged;
  enum store_error error = problem == NOTHING ? STORE_ABSENT : reader_get(decision->set->reader, record_type(RECORD_PROBLEM), &SCOPE_SYSTEM, problem, decision->set->scratch, &row);
  if (error == STORE_ABSENT) error = STORE_OK;
  if (error == STORE_OK)
    error = row ? policy_for(decision->set->reader, row_integer(row, PROBLEM_CAMPAIGN), decision->set->context->now, decision->set->scratch, &policy)
                : policy_for_appeals(decision->set->reader, decision->set->context->now, decision->set->scratch, &policy);
  if (error == STORE_OK) error = set_calendar(decision->set);
  if (error == STORE_OK)
    row_set_integer(decision->after, answer ? judged->reply_due : judged->recheck_due,
                    calendar_add_working_days(&decision->set->calendar, decision_date(decision), answer ? policy.reply_days : policy.recheck_days, &basis));
  return error;
}

enum store_error effect_evaluation(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after;
  bool unsolved = row_integer(after, EVALUATION_SOLVED) == EVALUATED_NOT_SOLVED, bad = unsolved || row_integer(after, EVALUATION_SATISFACTION) == DISSATISFIED;
  if (!decision->parent) return STORE_OK;
  row_set_integer(after, EVALUATION_PROBLEM, row_integer(decision->parent, APPEAL_PROBLEM));
  row_set_text(after, EVALUATION_KEY, evaluation_key(decision, decision->parent));
  row_set_integer(after, EVALUATION_BAD, bad);
  if (!bad) return STORE_OK;
  if (unsolved && row_integer(after, EVALUATION_ABOUT) == NOTHING) row_set_integer(after, EVALUATION_ABOUT, ABOUT_NOT_SOLVED);
  after->state = EVALUATION_RECHECK;
  return effect_judged_by(decision, arrow);
}

/* One code for each appeal, however often it is sent. */
enum store_error effect_invite(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after;
  (void)arrow;
  if (row_text(after, APPEAL_CODE_HASH)) return STORE_OK; /* given before, or by the portal it came from */
  char *code = code_word_new(decision->set->scratch);
  row_set_text(after, APPEAL_CODE, code);
  row_set_text(after, APPEAL_CODE_HASH, code_word_hash(decision->set->scratch, code));
  row_set_integer(after, APPEAL_CODE_ON, decision_date(decision));
  return STORE_OK;
}
