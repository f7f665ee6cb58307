/* What a person chose in the preview of a ledger: which column is what, which row is which problem, which word is which category or unit.
   The upload is staged again by it at once, and it is kept as the unit's mapping, so that the next ledger of the kind asks nothing. Nothing
   of the ledger itself is written. */
#include <stdlib.h>
#include <string.h>

#include "exchange/ledger.h"
#include "web/imports.h"

/* ---- what was sent ---- */

/* An object of the body as text; NULL: it is not there. Members are names of columns' fields, or ids. */
static const char *object_taken(struct request *request, json_t *body, const char *name, bool ids) {
  json_t *object = json_object_get(body, name), *value;
  const char *key;
  if (!object || json_is_null(object)) return NULL;
  if (!json_is_object(object)) issue_add(&request->issues, 0, name, "wrong_type", (struct label){"应是 JSON 对象", "must be a JSON object"});
  json_object_foreach(object, key, value) {
    bool known = ids ? json_is_integer(value) && json_integer_value(value) >= 0
                     : json_is_string(value) &&
                           (ledger_key_named(json_string_value(value)) != LEDGER_OTHER || strcmp(json_string_value(value), "other") == 0);
    if (known) continue;
    if (ids)
      issue_add(&request->issues, 0, name, "wrong_type",
                label_print(request->arena, "“%s”应对应一个记录的 id（0 为不选）", "\"%s\" must stand for a record's id (0: none)", key));
    else
      issue_add(&request->issues, 0, key, "unknown_field",
                label_print(request->arena, "“%s”没有选对：应是 fields 里的一个名称",
                            "\"%s\" is told wrongly: choose one of the names in fields", key));
  }
  char *text = json_dumps(object, JSON_COMPACT | JSON_PRESERVE_ORDER);
  const char *kept = text ? arena_text(request->arena, text) : NULL;
  free(text);
  return kept;
}

static int64_t choice_taken(struct request *request, json_t *body, const char *name, uint16_t field) {
  json_t *given = json_object_get(body, name);
  if (!given || json_is_null(given) || (json_is_string(given) && !*json_string_value(given))) return 0;
  const struct choice *choice = json_is_string(given)
                                    ? field_choice_named(record_field(record_type(RECORD_PROBLEM), field), json_string_value(given))
                                    : NULL;
  if (!choice) issue_add(&request->issues, 0, name, "wrong_choice", (struct label){"应是清单里的代码名", "must be a name of the list"});
  return choice ? choice->code : 0;
}

static int64_t id_taken(struct request *request, json_t *body, const char *name) {
  json_t *given = json_object_get(body, name);
  if (given && !json_is_null(given) && !json_is_integer(given))
    issue_add(&request->issues, 0, name, "wrong_type", (struct label){"应是记录的 id", "must be a record's id"});
  return json_integer_value(given);
}

static const char *text_taken(struct request *request, json_t *body, const char *name) {
  const char *given = json_string_value(json_object_get(body, name));
  const char *clean = given ? text_clean(request->arena, given, false) : NULL;
  return clean && *clean ? clean : NULL;
}

/* False: answered. */
static bool choices_taken(struct request *request, json_t *body, struct import_options *options) {
  options->columns = object_taken(request, body, "columns", false);
  options->choices = object_taken(request, body, "choices", true);
  options->categories = object_taken(request, body, "categories", true);
  options->units = object_taken(request, body, "units", true);
  options->category = choice_taken(request, body, "category", PROBLEM_CATEGORY);
  options->source = choice_taken(request, body, "source", PROBLEM_SOURCE);
  options->unit = id_taken(request, body, "unit");
  options->campaign = id_taken(request, body, "campaign");
  options->mapping = text_taken(request, body, "name");
  if (request->issues.count)
    answer_problem(request, 422, "invalid", (struct label){"选择有误，什么都没有改。", "the choices are not right; nothing was changed."});
  return !request->issues.count;
}

/* ---- does the file bear it out? ---- */

static const struct import_heading *heading_named(const struct import_staged *staged, const char *header) {
  for (size_t i = 0; i < staged->heading_count; i++)
    if (strcmp(staged->headings[i].header, header) == 0) return &staged->headings[i];
  return NULL;
}

static const char *other_heading(const struct import_staged *staged, const char *field, const char *than) {
  for (size_t i = 0; i < staged->heading_count; i++)
    if (strcmp(staged->headings[i].field, field) == 0 && strcmp(staged->headings[i].header, than) != 0) return staged->headings[i].header;
  return "";
}

/* Each column is what was chosen for it, and one of them names the problem. False: answered. */
static bool columns_hold(struct request *request, const struct import_staged *staged) {
  json_t *columns = staged->options.columns ? json_loads(staged->options.columns, 0, NULL) : NULL, *value;
  const char *header;
  bool title = false;
  json_object_foreach(columns, header, value) {
    const struct import_heading *heading = heading_named(staged, header);
    const char *field = json_string_value(value);
    if (!heading)
      issue_add(&request->issues, 0, header, "no_such_column",
                label_print(request->arena, "文件里没有“%s”这一列", "the file has no column \"%s\"", header));
    else if (field && strcmp(heading->field, field) != 0)
      issue_add(&request->issues, 0, header, "twice", label_print(request->arena, "“%s”与“%s”选成了同一项，这一项只能有一列；请把其中一列改为别的或“保留为其他列”", "\"%s\" and \"%s\" are told to be the same, which only one column may be; choose another for one of them, or keep it as another column", header, other_heading(staged, field, header)));
  }
  json_decref(columns);
  for (size_t i = 0; i < staged->heading_count; i++) title |= strcmp(staged->headings[i].field, LEDGER_KEY_NAMES[LEDGER_TITLE]) == 0;
  if (!title && staged->heading_count)
    issue_add(&request->issues, 0, "columns", "title_missing",
              (struct label){"还没有指明哪一列是“问题”", "no column is told to be the problem yet"});
  if (request->issues.count)
    answer_problem(request, 422, "invalid",
                   (struct label){"列的对照有误，什么都没有改。", "the columns are not told rightly; nothing was changed."});
  return !request->issues.count;
}

static const struct import_unit_word *unit_word(const struct import_staged *staged, struct arena *arena, const char *text) {
  for (size_t i = 0; i < staged->unit_word_count; i++)
    if (strcmp(ledger_plain(arena, staged->unit_words[i].text), ledger_plain(arena, text)) == 0) return &staged->unit_words[i];
  return NULL;
}

/* Each word stands in the file, and is the unit that was chosen for it. False: answered. */
static bool units_hold(struct request *request, const struct import_staged *staged) {
  json_t *units = staged->options.units ? json_loads(staged->options.units, 0, NULL) : NULL, *value;
  const char *text;
  json_object_foreach(units, text, value) {
    const struct import_unit_word *word = unit_word(staged, request->arena, text);
    int64_t id = json_integer_value(value);
    if (id && !word)
      issue_add(&request->issues, 0, text, "no_such_word",
                label_print(request->arena, "文件里没有要选定的单位写法“%s”", "the file has no unit \"%s\" to be chosen for", text));
    else if (id && word->unit.id != id)
      issue_add(&request->issues, 0, text, "no_such_unit",
                label_print(request->arena, "“%s”选的不是单位表里的单位", "what is chosen for \"%s\" is no unit of the list", text));
  }
  json_decref(units);
  if (request->issues.count)
    answer_problem(request, 422, "invalid",
                   (struct label){"单位的对照有误，什么都没有改。", "the units are not told rightly; nothing was changed."});
  return !request->issues.count;
}

/* ---- the route ---- */

/* Under which name: as given, as it was shown under, else one made of the unit's and the file's. */
static enum store_error mapping_name(struct request *request, const json_t *kept, struct import_options *options) {
  const char *by = json_string_value(json_object_get(kept, "mapping_by")), *file = json_string_value(json_object_get(kept, "file_name"));
  if (options->mapping) return STORE_OK;
  if (by && strcmp(by, "none") != 0) {
    options->mapping = arena_text(request->arena, json_string_value(json_object_get(kept, "mapping")));
    return STORE_OK;
  }
  int64_t unit = options->unit ? options->unit : json_integer_value(json_object_get(kept, "for_unit"));
  return import_mapping_name(request->reader, unit, file ? arena_text(request->arena, file) : NULL, request->arena, &options->mapping);
}

/* False: answered. */
static bool mapping_saved(struct request *request, const struct import_staged *staged) {
  struct context context = request_context(request);
  struct outcome outcome = {0};
  enum store_error error = import_mapping_save(request->house->writer, request->reader, &context, staged, request->arena, &outcome);
  if (error) {
    answer_store_error(request, error);
    return false;
  }
  if (outcome.verdict <= VERDICT_REPEATED) return true;
  issues_add_findings(&request->issues, outcome.findings, outcome.finding_count);
  if (outcome.verdict == VERDICT_FORBIDDEN || outcome.verdict == VERDICT_ABSENT)
    answer_problem(request, 403, "forbidden",
                   (struct label){"这份对照不是您单位的，不能改；请换一个名称。",
                                  "this mapping is not your unit's to change; give another name."});
  else
    answer_problem(request,
                   outcome.verdict == VERDICT_STALE   ? 412
                   : outcome.verdict == VERDICT_CLASH ? 409
                                                      : 422,
                   outcome.verdict == VERDICT_STALE   ? "stale"
                   : outcome.verdict == VERDICT_CLASH ? "clash"
                                                      : "invalid",
                   (struct label){"对照没有存成，什么都没有改。", "the mapping was not kept; nothing was changed."});
  return false;
}

static void shown_again(struct request *request, const struct import_staged *staged) {
  char *text = NULL;
  enum store_error error = import_keep_again(request->house->store, request->seat.user, staged, request->arena);
  if (!error) error = import_kept(request->house->store, request->id, request->arena, &text, NULL);
  json_t *kept = error ? NULL : json_loads(text, 0, NULL);
  if (kept) import_kept_show(request, kept);
  else answer_store_error(request, error ? error : STORE_BROKEN);
  json_decref(kept);
}

void import_map(struct request *request) {
  struct import_options options;
  struct import_staged *staged = NULL;
  json_t *body = request_body(request), *kept = body ? import_kept_read(request) : NULL;
  if (!kept) return;
  bool ledger = text_equal(json_string_value(json_object_get(kept, "type")), "problem"),
       keep = !json_is_false(json_object_get(body, "keep"));
  bool go = ledger && import_options_read(request, &options) && choices_taken(request, body, &options) && request_reader(request);
  enum store_error error = go && keep ? mapping_name(request, kept, &options) : STORE_OK;
  json_decref(kept);
  if (!ledger) answer_absent(request);
  if (!go) return;
  if (!error)
    error = import_stage_kept(request->house->store, request->reader, request->authority, &options, request->id, request->arena, &staged);
  if (error == STORE_ABSENT) answer_absent(request);
  else if (error) answer_store_error(request, error);
  if (error || !columns_hold(request, staged) || !units_hold(request, staged) || (keep && !mapping_saved(request, staged))) return;
  /* the mapping says them now */
  if (keep) staged->options.columns = staged->options.choices = staged->options.categories = staged->options.units = NULL;
  shown_again(request, staged);
}
