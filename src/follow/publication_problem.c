/* A problem as the public may see it: NULL when nothing of it is released, or something speaks against it by now (secrecy, a review,
   withdrawn, merged, void). */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "exchange/files.h"
#include "exchange/picture.h"
#include "follow/publication_parts.h"

#define PICTURES_MOST 12
#define PICTURE_MOST ((int64_t)20 << 20)

/* ---- may it be seen at all ---- */

static bool speaks_against(const struct row *problem) {
  int64_t secrecy = row_integer(problem, PROBLEM_SECRECY), scope = row_integer(problem, PROBLEM_PUBLICITY_SCOPE);
  switch (problem->state) {
  case PROBLEM_DRAFT: case PROBLEM_SUBMITTED: case PROBLEM_WITHDRAWN: case PROBLEM_MERGED: return true;
  default:
    return problem->voided || (secrecy != NOTHING && secrecy >= SECRECY_RESTRICTED) || scope == SCOPE_PARTY || scope == SCOPE_SKIPPED;
  }
}

static enum public_standing standing_of(const struct row *problem) {
  switch (row_integer(problem, PROBLEM_COLOUR)) {
  case COLOUR_GREEN: return STANDING_SOLVED;
  case COLOUR_BLUE: return STANDING_TO_PLAN;
  case COLOUR_YELLOW: return STANDING_SLOW;
  case COLOUR_ORANGE: return STANDING_LATE;
  case COLOUR_RED: return STANDING_BAD;
  default: return STANDING_NOT_BEGUN;
  }
}

/* ---- pieces ---- */

static void date_write(struct publishing *publishing, struct json *json, const char *key, int64_t date) {
  if (date != NOTHING) json_pair(json, key, date_print(publishing->arena, date));
}
static void number_write(struct json *json, const char *key, int64_t number) {
  if (number != NOTHING) json_pair_integer(json, key, number);
}
static void decimal_write(struct publishing *publishing, struct json *json, const char *key, int64_t number, unsigned scale) {
  if (number != NOTHING) json_pair(json, key, text_from_decimal(publishing->arena, number, scale));
}
static bool chosen(const struct row *release, int figure) {
  int64_t figures = row_integer(release, RELEASE_FIGURES);
  return figures != NOTHING && figures >> figure & 1;
}

/* Its public name says nothing of the file's content: the same picture is read and cleaned once. */
static enum store_error picture_take(struct publishing *publishing, const char *file, const char *name, bool *there) {
  struct arena *arena = publishing->arena;
  struct buffer clean = {.arena = arena};
  const char *media_type = NULL, *path = file_path(arena, publishing->house->data, file);
  int64_t size = 0;
  enum store_error error = public_picture_there(publishing->store, name, there);
  if (error || *there || !path || !file_there(publishing->house->data, file, &size) || size > PICTURE_MOST) return error;
  struct buffer bytes = {.arena = arena};
  if (file_read_whole(path, &bytes) != STORE_OK || !picture_clean(bytes.bytes, bytes.size, &clean, &media_type)) return STORE_OK;
  publishing_picture(publishing, (struct public_picture){name, media_type, clean.bytes, clean.size});
  *there = true;
  return STORE_OK;
}

static enum store_error pictures_write(struct publishing *publishing, struct json *json, const char *key, const struct value *named,
                                       int64_t problem) {
  enum store_error error = STORE_OK;
  json_key(json, key);
  json_open(json, '[');
  for (size_t i = 0; named->kind == VALUE_MANY && i < named->count && i < PICTURES_MOST && !error; i++) {
    struct row *evidence = NULL;
    uint8_t hash[HASH_SIZE];
    bool there = false;
    error = publishing_row(publishing, RECORD_EVIDENCE, named->many[i], &evidence);
    const char *file = evidence && !evidence->voided && row_integer(evidence, EVIDENCE_PROBLEM) == problem
                           ? row_text(evidence, EVIDENCE_FILE)
                           : NULL;
    if (error || !file) continue;
    hash_two(hash, "bihuan-picture-1:", 17, file, strlen(file));
    const char *name = hex_write(publishing->arena, hash, sizeof hash);
    error = picture_take(publishing, file, name, &there);
    if (error || !there) continue;
    json_open(json, '{');
    json_pair(json, "picture", name);
    date_write(publishing, json, "taken_on", row_integer(evidence, EVIDENCE_TAKEN_ON));
    json_close(json, '}');
  }
  json_close(json, ']');
  return error;
}

static enum store_error sites_write(struct publishing *publishing, struct json *json, int64_t problem) {
  static const struct {
    state_code state;
    const char *name;
  } STAGES[] = {{SITE_PLANNED, "planned"},
                {SITE_STARTED, "started"},
                {SITE_BUILT, "built"},
                {SITE_ACCEPTED, "accepted"},
                {SITE_CONFIRMED, "confirmed"}};
  struct value of = value_integer(SITE_PROBLEM, problem);
  enum store_error error = STORE_OK;
  json_key(json, "sites");
  json_open(json, '{');
  for (size_t i = 0; i < sizeof STAGES / sizeof *STAGES && !error; i++) {
    struct value in = value_integer(FIELD_STATE, STAGES[i].state);
    struct condition conditions[] = {{.field = SITE_PROBLEM, .how = C_IS, .values = &of, .count = 1},
                                     {.field = FIELD_STATE, .how = C_IS, .values = &in, .count = 1}};
    struct query query = {.type = record_type(RECORD_SITE), .conditions = conditions, .condition_count = 2, .expected = -1};
    int64_t count = 0;
    error = reader_count(publishing->reader, &query, &SCOPE_SYSTEM, &count);
    json_pair_integer(json, STAGES[i].name, count);
  }
  json_close(json, '}');
  return error;
}

/* A whistle-blower's counts nowhere: a number that grew by one would betray it to the unit complained of, which reads the portal too. */
static enum store_error evaluations_write(struct publishing *publishing, struct json *json, int64_t problem) {
  struct rows rows = {.arena = publishing->arena};
  int64_t count = 0, solved = 0, satisfied = 0;
  enum store_error error = publishing_rows(publishing, RECORD_EVALUATION, EVALUATION_PROBLEM, problem, &rows);
  for (size_t i = 0; i < rows.count && !error; i++) {
    struct row *appeal = NULL;
    error = publishing_row(publishing, RECORD_APPEAL, row_integer(rows.items[i], EVALUATION_APPEAL), &appeal);
    if (appeal && row_integer(appeal, APPEAL_WHISTLE) == 1) continue;
    count++;
    solved += row_integer(rows.items[i], EVALUATION_SOLVED) == EVALUATED_SOLVED;
    satisfied += row_integer(rows.items[i], EVALUATION_SATISFACTION) != DISSATISFIED;
  }
  json_key(json, "evaluations");
  json_open(json, '{');
  json_pair_integer(json, "count", count);
  json_pair_integer(json, "solved", solved);
  json_pair_integer(json, "satisfied", satisfied);
  json_close(json, '}');
  return error;
}

/* Names as released, values as they stand. `words` has the list of names as JSON. */
static enum store_error indicators_write(struct publishing *publishing, struct json *json, const struct row *release, json_t *words) {
  json_t *names = json_object_get(words, "indicators");
  enum store_error error = STORE_OK;
  json_key(json, "indicators");
  json_open(json, '[');
  for (size_t i = 0; i < json_array_size(names) && !error; i++) {
    json_t *name = json_array_get(names, i);
    struct row *row = NULL;
    error = publishing_row(publishing, RECORD_INDICATOR, json_integer_value(json_object_get(name, "id")), &row);
    if (error || !row || row->voided || row_integer(row, INDICATOR_PROBLEM) != row_integer(release, RELEASE_PROBLEM)) continue;
    json_open(json, '{');
    json_pair(json, "name", json_string_value(json_object_get(name, "name")));
    json_pair(json, "measured_in", json_string_value(json_object_get(name, "measured_in")));
    decimal_write(publishing, json, "base", row_integer(row, INDICATOR_BASE), 4);
    date_write(publishing, json, "base_on", row_integer(row, INDICATOR_BASE_ON));
    decimal_write(publishing, json, "latest", row_integer(row, INDICATOR_LATEST), 4);
    date_write(publishing, json, "latest_on", row_integer(row, INDICATOR_LATEST_ON));
    decimal_write(publishing, json, "goal", row_integer(row, INDICATOR_GOAL), 4);
    date_write(publishing, json, "goal_on", row_integer(row, INDICATOR_GOAL_ON));
    json_close(json, '}');
  }
  json_close(json, ']');
  return error;
}

/* ---- results ---- */

static enum store_error result_write(struct publishing *publishing, struct json *json, const struct row *release) {
  struct row *result = NULL;
  enum store_error error = publishing_row(publishing, RECORD_RESULT, row_integer(release, RELEASE_RESULT), &result);
  if (error || !result) return error;
  json_open(json, '{');
  json_pair(json, "title", row_text(release, RELEASE_TITLE));
  json_pair(json, "text", row_text(release, RELEASE_TEXT));
  json_pair_integer(json, "cycle", row_integer(result, RESULT_CYCLE));
  number_write(json, "outcome", row_integer(result, RESULT_OUTCOME));
  date_write(publishing, json, "closed_on", row_integer(result, RESULT_CLOSED_ON));
  date_write(publishing, json, "released_on", row_integer(release, RELEASE_REVIEWED_ON));
  if (chosen(release, FIGURE_EFFECTS)) {
    decimal_write(publishing, json, "money", row_integer(result, RESULT_MONEY), 2);
    number_write(json, "mechanisms", row_integer(result, RESULT_MECHANISMS));
    number_write(json, "accountable", row_integer(result, RESULT_ACCOUNTABLE));
    decimal_write(publishing, json, "days_saved", row_integer(result, RESULT_DAYS_SAVED), 4);
    number_write(json, "people", row_integer(result, RESULT_PEOPLE));
  }
  error = pictures_write(publishing, json, "before", row_value(release, RELEASE_BEFORE), row_integer(result, RESULT_PROBLEM));
  if (!error) error = pictures_write(publishing, json, "after", row_value(release, RELEASE_AFTER), row_integer(result, RESULT_PROBLEM));
  json_close(json, '}');
  return error;
}

/* ---- the whole ---- */

/* Only those that stand: released, and of a result that is still confirmed and open. */
static enum store_error releases_that_stand(struct publishing *publishing, int64_t problem, struct rows *releases) {
  size_t kept = 0;
  enum store_error error = publishing_rows(publishing, RECORD_RELEASE, RELEASE_PROBLEM, problem, releases);
  for (size_t i = 0; i < releases->count && !error; i++) {
    struct row *release = releases->items[i], *result = NULL;
    bool of_result = row_integer(release, RELEASE_RESULT) != NOTHING;
    if (of_result) error = publishing_row(publishing, RECORD_RESULT, row_integer(release, RELEASE_RESULT), &result);
    bool open = !of_result ||
                (result && !result->voided && result->state == RESULT_CONFIRMED && row_integer(result, RESULT_PUBLICITY) == PUBLICITY_OPEN);
    if (release->state == RELEASE_RELEASED && !release->voided && open) releases->items[kept++] = release;
  }
  releases->count = kept;
  return error;
}

static const struct row *newest(const struct rows *releases, bool of_result) {
  const struct row *found = NULL;
  for (size_t i = 0; i < releases->count; i++) {
    const struct row *release = releases->items[i];
    if ((row_integer(release, RELEASE_RESULT) != NOTHING) == of_result && (!found || release->id > found->id)) found = release;
  }
  return found;
}

static void standing_write(struct publishing *publishing, struct json *json, const struct row *problem, const struct row *release) {
  bool ongoing = row_integer(release, RELEASE_RESULT) == NOTHING;
  json_pair(json, "number", row_text(problem, PROBLEM_NUMBER));
  number_write(json, "category", row_integer(problem, PROBLEM_CATEGORY));
  json_pair(json, "state", record_state(problem->type, problem->state)->name);
  json_pair_integer(json, "standing", standing_of(problem));
  json_pair_yes_no(json, "ongoing", ongoing);
  json_pair_yes_no(json, "publicised",
                   ongoing && problem->state == PROBLEM_PUBLICISED && row_integer(problem, PROBLEM_PUBLICITY_SCOPE) == SCOPE_PUBLIC);
  if (problem->state == PROBLEM_PUBLICISED) date_write(publishing, json, "publicity_from", row_integer(problem, PROBLEM_PUBLICISED_ON));
  if (problem->state == PROBLEM_PUBLICISED) date_write(publishing, json, "publicity_until", row_integer(problem, PROBLEM_PUBLICITY_UNTIL));
  if (chosen(release, FIGURE_DUE) && standing_of(problem) != STANDING_SOLVED)
    date_write(publishing, json, "due", row_integer(problem, PROBLEM_DUE));
  if (chosen(release, FIGURE_PROGRESS)) number_write(json, "progress", row_integer(problem, PROBLEM_PROGRESS));
  if (problem->state == PROBLEM_CLOSED || problem->state == PROBLEM_SETTLED)
    date_write(publishing, json, "closed_on", row_integer(problem, PROBLEM_CLOSED_ON));
  if (problem->state == PROBLEM_CLOSED) date_write(publishing, json, "watch_until", row_integer(problem, PROBLEM_WATCH_UNTIL));
  number_write(json, "cycle", row_integer(problem, PROBLEM_CYCLE));
}

static enum store_error body_write_public(struct publishing *publishing, struct buffer *out, const struct row *problem,
                                          const struct row *release, const struct rows *releases) {
  struct json json = json_to(out);
  json_t *words = json_loads(row_text(release, RELEASE_WORDS) ? row_text(release, RELEASE_WORDS) : "{}", 0, NULL);
  int64_t district = row_integer(release, RELEASE_DISTRICT);
  enum store_error error = STORE_OK;
  json_open(&json, '{');
  json_pair_integer(&json, "id", problem->id);
  json_pair_integer(&json, "order",
                    newest(releases, true) && newest(releases, true)->id > release->id ? newest(releases, true)->id : release->id);
  json_pair(&json, "title", row_text(release, RELEASE_TITLE));
  json_pair(&json, "text", row_text(release, RELEASE_TEXT));
  json_pair_integer(&json, "district", district == NOTHING ? 0 : district);
  json_pair(&json, "district_name", json_string_value(json_object_get(words, "district")));
  if (chosen(release, FIGURE_UNIT)) json_pair(&json, "unit", json_string_value(json_object_get(words, "unit")));
  date_write(publishing, &json, "released_on", row_integer(release, RELEASE_REVIEWED_ON));
  standing_write(publishing, &json, problem, release);
  error = indicators_write(publishing, &json, release, words);
  if (!error && chosen(release, FIGURE_SITES)) error = sites_write(publishing, &json, problem->id);
  if (!error && chosen(release, FIGURE_EVALUATIONS)) error = evaluations_write(publishing, &json, problem->id);
  if (!error) error = pictures_write(publishing, &json, "before", row_value(release, RELEASE_BEFORE), problem->id);
  if (!error) error = pictures_write(publishing, &json, "after", row_value(release, RELEASE_AFTER), problem->id);
  json_key(&json, "results");
  json_open(&json, '[');
  for (size_t i = releases->count; i-- > 0 && !error;)
    if (row_integer(releases->items[i], RELEASE_RESULT) != NOTHING) error = result_write(publishing, &json, releases->items[i]);
  json_close(&json, ']');
  json_close(&json, '}');
  json_decref(words);
  return error;
}

enum store_error publish_problem(struct publishing *publishing, int64_t id) {
  const char *key = arena_print(publishing->arena, "%lld", (long long)id);
  struct rows releases = {.arena = publishing->arena};
  struct buffer body = {.arena = publishing->arena};
  struct row *problem = NULL;
  enum store_error error = publishing_row(publishing, RECORD_PROBLEM, id, &problem);
  if (!error && problem) error = releases_that_stand(publishing, id, &releases);
  if (error) return error;
  const struct row *release = newest(&releases, false) ? newest(&releases, false) : newest(&releases, true);
  if (!problem || !release || speaks_against(problem)) publishing_add(publishing, "problem", key, NULL);
  else {
    error = body_write_public(publishing, &body, problem, release, &releases);
    publishing_add(publishing, "problem", key, body.bytes);
  }
  return error;
}
