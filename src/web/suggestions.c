/* Suggestions at intake: of an appeal that stands, or of one that is being entered and of which nothing is kept here. Likely same events
   with enough shown to judge, category and unit with certainty and why, places in the text, the clocks it would have, and what asks for
   care. Suggested only: people decide. */
#include "follow/suggest.h"

#include "rules/appeal_clock.h"
#include "rules/warnings.h"
#include "web/json_out.h"

enum { PLACES_MOST = 5 };
struct suggesting {
  struct request *request;
  struct json *json;
  const struct row *appeal;
  struct policy *policy;
  struct labels labels;
  enum store_error error;
};

static struct classifier_text text_of(const struct row *appeal) {
  return (struct classifier_text){row_text(appeal, APPEAL_TITLE), row_text(appeal, APPEAL_TEXT)};
}
static void moment_pair(struct suggesting *suggesting, const char *key, int64_t moment) {
  json_pair(suggesting->json, key, moment == NOTHING ? NULL : moment_print(suggesting->request->arena, moment));
}

/* ---- category and unit ---- */

static void about_write(struct suggesting *suggesting, const struct suggest_about *about) {
  static const char *const states[] = {[SUGGEST_NONE] = "none", [SUGGEST_LEARNING] = "learning", [SUGGEST_READY] = "ready"};
  json_pair(suggesting->json, "model", states[about->state]);
  if (about->state != SUGGEST_READY) return;
  json_pair_integer(suggesting->json, "examples", about->examples);
  json_pair_integer(suggesting->json, "learnt_from", about->learnt_from);
  json_pair_integer(suggesting->json, "classes", about->classes);
  moment_pair(suggesting, "learnt_at", about->learnt_at);
  json_pair(suggesting->json, "training", arena_print(suggesting->request->arena, "%08x", about->training));
  json_pair_integer(suggesting->json, "learnt_to", about->journal);
  json_pair_integer(suggesting->json, "macro_f1", about->macro_f1);
  json_key(suggesting->json, "refused");
  if (!about->refused.at) json_null(suggesting->json);
  else {
    json_open(suggesting->json, '{');
    moment_pair(suggesting, "at", about->refused.at);
    json_pair_integer(suggesting->json, "macro_f1", about->refused.macro_f1);
    json_pair_integer(suggesting->json, "before", about->refused.before);
    json_close(suggesting->json, '}');
  }
}

static int64_t basis_points(double share) { return (int64_t)(share * 10000); }

static void words_write(struct json *json, const struct classifier_answer *answer) {
  json_key(json, "words");
  json_open(json, '[');
  for (size_t i = 0; i < answer->word_count; i++) {
    json_open(json, '{');
    json_pair(json, "word", answer->words[i].word);
    json_pair_integer(json, "share", basis_points(answer->words[i].share));
    json_close(json, '}');
  }
  json_close(json, ']');
}

static void category_write(struct suggesting *suggesting) {
  struct json *json = suggesting->json;
  struct classifier_text text = text_of(suggesting->appeal);
  struct classifier_answer answer;
  struct suggest_about about;
  suggest_judge(suggesting->request->house->suggester, SUGGEST_CATEGORY, &text, suggesting->request->arena, &answer, &about);
  json_key(json, "category");
  json_open(json, '{');
  about_write(suggesting, &about);
  json_key(json, "choices");
  json_open(json, '[');
  for (size_t i = 0; i < answer.count; i++) {
    json_open(json, '{');
    json_pair(json, "category", answer.choices[i].label);
    json_pair_integer(json, "certainty", basis_points(answer.choices[i].certainty));
    json_close(json, '}');
  }
  json_close(json, ']');
  words_write(json, &answer);
  int64_t bound = suggesting->policy->classify_bound;
  json_pair_yes_no(json, "program_decides", bound > 0 && answer.count && basis_points(answer.choices[0].certainty) >= bound);
  json_close(json, '}');
}

/* One that has ended since takes nothing; the unit complained of does not handle what is whistle-blown. */
static bool unit_offered(struct suggesting *suggesting, int64_t unit) {
  struct request *request = suggesting->request;
  struct row *row = NULL;
  bool complained_of = row_integer(suggesting->appeal, APPEAL_WHISTLE) == 1 &&
                       row_integer(suggesting->appeal, APPEAL_COMPLAINED_OF) == unit;
  enum store_error error = reader_get(request->reader, record_type(RECORD_UNIT), &SCOPE_SYSTEM, unit, request->arena, &row);
  if (error && error != STORE_ABSENT) suggesting->error = error;
  if (!row || row->voided || complained_of) return false;
  int64_t to = row_integer(row, UNIT_VALID_TO);
  return to == NOTHING || to >= date_of_moment(request_now(request));
}

static void unit_write(struct suggesting *suggesting) {
  struct json *json = suggesting->json;
  struct classifier_text text = text_of(suggesting->appeal);
  struct classifier_answer answer;
  struct suggest_about about;
  suggest_judge(suggesting->request->house->suggester, SUGGEST_UNIT, &text, suggesting->request->arena, &answer, &about);
  json_key(json, "unit");
  json_open(json, '{');
  about_write(suggesting, &about);
  json_key(json, "choices");
  json_open(json, '[');
  for (size_t i = 0; i < answer.count; i++) {
    int64_t unit;
    if (!text_to_integer(answer.choices[i].label, &unit) || !unit_offered(suggesting, unit)) continue;
    json_open(json, '{');
    json_pair_integer(json, "unit", unit);
    json_pair_integer(json, "certainty", basis_points(answer.choices[i].certainty));
    json_close(json, '}');
    labels_want(&suggesting->labels, RECORD_UNIT, unit);
  }
  json_close(json, ']');
  words_write(json, &answer);
  json_close(json, '}');
}

/* ---- places and clocks ---- */

static void places_write(struct suggesting *suggesting) {
  struct arena *arena = suggesting->request->arena;
  const struct row *appeal = suggesting->appeal;
  const char *title = row_text(appeal, APPEAL_TITLE), *text = row_text(appeal, APPEAL_TEXT), *names[PLACES_MOST];
  size_t count = suggest_places(arena, arena_print(arena, "%s\n%s", title ? title : "", text ? text : ""), names, PLACES_MOST);
  json_key(suggesting->json, "places");
  json_open(suggesting->json, '[');
  for (size_t i = 0; i < count; i++) json_text(suggesting->json, names[i]);
  json_close(suggesting->json, ']');
}

/* What is not assigned yet is reckoned as if it were now. */
static void clocks_write(struct suggesting *suggesting) {
  struct request *request = suggesting->request;
  struct row *as_if = row_copy(request->arena, suggesting->appeal);
  struct calendar calendar = {0};
  if (row_integer(as_if, APPEAL_MADE_AT) == NOTHING) row_set_integer(as_if, APPEAL_MADE_AT, request_now(request));
  if (row_integer(as_if, APPEAL_ASSIGNED_ON) == NOTHING) row_set_integer(as_if, APPEAL_ASSIGNED_ON, request_now(request));
  if (!suggesting->error) suggesting->error = calendar_load(request->reader, request->arena, &calendar);
  struct appeal_clocks clocks = appeal_clocks_of(as_if, suggesting->policy, &calendar);
  json_key(suggesting->json, "clocks");
  json_open(suggesting->json, '{');
  moment_pair(suggesting, "contact", clocks.contact);
  moment_pair(suggesting, "answer", clocks.answer);
  moment_pair(suggesting, "solve", clocks.solve);
  json_pair_yes_no(suggesting->json, "by_weekends", clocks.basis == DUE_BASIS_WEEKENDS);
  json_pair_integer(suggesting->json, "policy", suggesting->policy->id);
  json_close(suggesting->json, '}');
}

/* ---- what asks for care ---- */

/* Places are told in characters, as people and pages count them. */
static void warnings_of(struct suggesting *suggesting, const char *field, const char *text) {
  struct request *request = suggesting->request;
  struct warning warnings[WARNINGS_MOST];
  size_t count = warnings_find(request->arena, text, warnings, WARNINGS_MOST), at = 0, characters = 0;
  for (size_t i = 0; i < count; i++) {
    const char *words = arena_copy(request->arena, text + warnings[i].at, warnings[i].size);
    if (warnings[i].at > at) characters += text_length(arena_copy(request->arena, text + at, warnings[i].at - at)), at = warnings[i].at;
    json_open(suggesting->json, '{');
    json_pair(suggesting->json, "field", field);
    json_pair(suggesting->json, "kind", warning_name(warnings[i].kind));
    json_pair(suggesting->json, "label", request_label(request, warning_label(warnings[i].kind)));
    json_pair_integer(suggesting->json, "at", (int64_t)characters);
    json_pair_integer(suggesting->json, "length", (int64_t)text_length(words));
    json_pair(suggesting->json, "words", words);
    json_close(suggesting->json, '}');
  }
}

static void warnings_write(struct suggesting *suggesting) {
  json_key(suggesting->json, "warnings");
  json_open(suggesting->json, '[');
  warnings_of(suggesting, "title", row_text(suggesting->appeal, APPEAL_TITLE));
  warnings_of(suggesting, "text", row_text(suggesting->appeal, APPEAL_TEXT));
  warnings_of(suggesting, "place", row_text(suggesting->appeal, APPEAL_PLACE));
  json_close(suggesting->json, ']');
}

/* ---- the two questions ---- */

static void suggest(struct request *request, const struct row *appeal) {
  struct suggesting suggesting = {.request = request,
                                  .appeal = appeal,
                                  .policy = ARENA_NEW(request->arena, struct policy),
                                  .labels = {.arena = request->arena}};
  int64_t made = row_integer(appeal, APPEAL_MADE_AT);
  if (!request->house->suggester) {
    answer_store_error(request, STORE_GONE);
    return;
  }
  suggesting.error = policy_for_appeals(request->reader, made == NOTHING ? request_now(request) : made, request->arena, suggesting.policy);
  struct grouping_appeal as_grouped = groups_appeal(appeal);
  suggesting.json = out_open(request);
  json_key(suggesting.json, "nearest");
  json_open(suggesting.json, '{');
  if (!suggesting.error) suggesting.error = nearest_write(request, suggesting.json, &as_grouped, true, &suggesting.labels);
  json_close(suggesting.json, '}');
  category_write(&suggesting);
  unit_write(&suggesting);
  places_write(&suggesting);
  clocks_write(&suggesting);
  warnings_write(&suggesting);
  if (!suggesting.error) suggesting.error = labels_write(request, suggesting.json, &suggesting.labels);
  if (suggesting.error) answer_store_error(request, suggesting.error);
  else out_close(request, 200);
}

void suggestions_show(struct request *request) {
  const struct record_type *type = record_type(RECORD_APPEAL);
  struct row *row = NULL;
  if (!groups_ready(request)) return;
  enum store_error error = reader_get(request->reader, type, request_scope(request, type, MAY_READ), request->id, request->arena, &row);
  if (error == STORE_ABSENT) answer_absent(request);
  else if (error) answer_store_error(request, error);
  else suggest(request, row);
}

/* {"values":{…}} as for POST /api/v1/appeals; nothing need be there yet. */
void suggestions_of_draft(struct request *request) {
  const struct record_type *type = record_type(RECORD_APPEAL);
  struct value_reader reader = {request->arena, &request->issues};
  struct value *values = NULL;
  size_t count = 0;
  const char *reason = NULL;
  json_t *body = request_body(request);
  if (!body) return;
  form_read(&reader, body, type, &values, &count, &reason);
  if (!request_scope(request, type, MAY_CREATE)->grant_count) {
    answer_forbidden(request);
    return;
  }
  if (request->issues.count) {
    answer_problem(request, 422, "invalid", (struct label){"填写有误，见各项说明。", "something is wrong; see the findings."});
    return;
  }
  if (!groups_ready(request)) return;
  struct row *row = row_new(request->arena, type);
  for (size_t i = 0; i < count; i++) row_set(row, &values[i]);
  suggest(request, row);
}
