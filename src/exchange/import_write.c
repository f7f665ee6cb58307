/* Writing a staged import through the door, and what is told about it. Up to 20,000 rows are one change set; larger ones go in chunks
   that follow the rows of the file, so that the same upload, staged again after a break, makes the same chunks under the same keys. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "exchange/import_ledger.h"

struct import_report import_report_of(const struct import_staged *staged) {
  struct import_report report = {.id = staged->id, .records = staged->records, .errors = staged->errors_found,
                                 .equal_texts = staged->equal_texts, .verdict = VERDICT_UNCHANGED};
  memcpy(report.counts, staged->counts, sizeof report.counts);
  return report;
}

/* Rows begin … end - 1 of the staged import as one change set. */
struct import_set {
  const struct import_staged *staged;
  size_t begin, end;
  struct change *changes;
  const struct import_row **rows;
  size_t count;
};

/* What is made with the row: its first value names the row's record, which may be made in this very set. */
static size_t further_fill(struct import_set *set, const struct import_row *row, size_t made, struct arena *arena) {
  int64_t parent = row->id ? row->id : -(int64_t)made;
  for (size_t i = 0; i < row->further_count; i++) {
    const struct import_further *further = &row->further[i];
    struct value *values = ARENA_ARRAY(arena, struct value, further->value_count);
    memcpy(values, further->values, further->value_count * sizeof *values);
    values[0].integer = parent;
    set->rows[set->count] = row;
    set->changes[set->count++] = (struct change){.type = further->type,
                                                 .seen = ANY_VERSION,
                                                 .action = ACTION_IMPORT,
                                                 .values = values,
                                                 .value_count = further->value_count};
    made++;
  }
  return made;
}

static void set_fill(struct import_set *set, struct arena *arena) {
  size_t most = 0, made = 0;
  for (size_t i = set->begin; i < set->end; i++) most += set->staged->rows[i].writes ? 1 + set->staged->rows[i].further_count : 0;
  set->changes = ARENA_ARRAY(arena, struct change, most);
  set->rows = ARENA_ARRAY(arena, const struct import_row *, most);
  for (size_t i = set->begin; i < set->end; i++) {
    const struct import_row *row = &set->staged->rows[i];
    if (!row->writes) continue;
    if (!row->id) made++;
    if (!row->id || row->value_count) {
      set->rows[set->count] = row;
      set->changes[set->count++] = (struct change){.type = set->staged->options.type,
                                                   .id = row->id,
                                                   .seen = row->id ? row->version : ANY_VERSION,
                                                   .action = row->action ? row->action
                                                             : row->id   ? ACTION_EDIT
                                                                         : ACTION_CREATE,
                                                   .values = row->values,
                                                   .value_count = row->value_count};
    }
    made = further_fill(set, row, made, arena);
  }
}

static void finding_add(struct import_report *report, const struct import_set *set, const struct finding *finding, struct arena *arena) {
  const struct import_row *row = finding->change < set->count ? set->rows[finding->change] : NULL;
  struct import_error error = {.row = row ? row->row : 0, .field = finding->field, .code = finding->code, .sentence = finding->sentence};
  if (row && row->row)
    error.sentence = label_print(arena, "第 %lld 行（编号“%s”）：", "row %lld (number \"%s\"): ", (long long)row->row, row->number);
  if (row && row->row)
    error.sentence = (struct label){arena_print(arena, "%s%s", error.sentence.zh, finding->sentence.zh),
                                    arena_print(arena, "%s%s", error.sentence.en, finding->sentence.en)};
  report->findings[report->finding_count++] = error;
}

static enum store_error set_write(struct writer *writer, const struct context *context, struct import_set *set, struct arena *arena,
                                  struct import_report *report) {
  struct outcome outcome = {0};
  set_fill(set, arena);
  if (set->count == 0) return STORE_OK;
  enum store_error error = change_run(writer, context, set->changes, set->count, arena, &outcome);
  if (error) return error;
  report->chunks++;
  report->verdict = outcome.verdict == VERDICT_REPEATED || outcome.verdict == VERDICT_UNCHANGED ? VERDICT_DONE : outcome.verdict;
  if (report->verdict == VERDICT_DONE && outcome.entry > report->entry) report->entry = outcome.entry;
  report->findings = ARENA_ARRAY(arena, struct import_error, outcome.finding_count);
  for (size_t i = 0; i < outcome.finding_count; i++) finding_add(report, set, &outcome.findings[i], arena);
  return STORE_OK;
}

static bool goes_on(const struct import_report *report) { return report->verdict == VERDICT_DONE || report->verdict == VERDICT_UNCHANGED; }

enum store_error import_write(struct writer *writer, const struct context *asked, const struct import_staged *staged, struct arena *arena, struct import_report *report) {
  struct context context = *asked;
  enum store_error error = STORE_OK;
  size_t writes = 0;
  *report = import_report_of(staged);
  if (staged->errors_found && !(staged->options.leave_out && staged->row_count)) {
    report->verdict = VERDICT_INVALID;
    report->findings = staged->errors;
    report->finding_count = staged->error_count;
    return STORE_OK;
  }
  for (size_t i = 0; i < staged->row_count; i++) writes += staged->rows[i].writes;
  bool whole = writes <= IMPORT_WHOLE_MOST && staged->row_count <= IMPORT_WHOLE_MOST;
  size_t chunk = whole ? staged->row_count : IMPORT_CHUNK;
  context.channel = staged->options.channel ? staged->options.channel : CHANNEL_IMPORT;
  if (staged->options.historic) context.happened = moment_of_date(staged->options.history_day);
  context.batch = staged->id;
  for (size_t at = 0; !error && goes_on(report) && at < staged->row_count; at += chunk) {
    struct import_set set = {.staged = staged, .begin = at, .end = at + chunk < staged->row_count ? at + chunk : staged->row_count};
    context.idempotency_key = whole ? arena_print(arena, "import:%lld", (long long)staged->id)
                                    : arena_print(arena, "import:%lld:%zu", (long long)staged->id, at / chunk);
    error = set_write(writer, &context, &set, arena, report);
  }
  return error;
}

/* ---- reports as JSON ---- */

void import_report_json(struct json *json, const struct import_report *report) {
  json_pair_integer(json, "id", report->id);
  for (size_t i = 0; i < IMPORT_CLASS_COUNT; i++) json_pair_integer(json, IMPORT_CLASS_NAMES[i], report->counts[i]);
  json_pair_integer(json, "errors", report->errors);
  json_pair_integer(json, "equal_texts", report->equal_texts);
  json_pair_integer(json, "records", report->records);
  if (report->entry) json_pair_integer(json, "entry", report->entry);
}

static void like_json(struct json *json, const struct import_like *like) {
  json_pair(json, "key", like->key);
  json_key(json, "problem");
  json_open(json, '{');
  json_pair_integer(json, "id", like->id);
  json_pair(json, "number", like->number);
  json_pair(json, "title", like->title);
  json_close(json, '}');
}

static void error_json(struct json *json, const struct record_type *type, const struct import_error *error, enum language language,
                       bool both) {
  const struct field *field = error->field && type ? record_field(type, error->field) : NULL;
  json_open(json, '{');
  json_pair_integer(json, "row", error->row);
  if (error->sheet && *error->sheet) json_pair(json, "sheet", error->sheet);
  if (error->sheet && error->column && error->row) {
    char cell[40];
    snprintf(cell, sizeof cell, "%s%lld", error->column, (long long)error->row);
    json_pair(json, "cell", cell);
  }
  if (error->column) json_pair(json, "column", error->column);
  if (error->header) json_pair(json, "header", error->header);
  if (field) json_pair(json, "field", field->name);
  json_pair(json, "code", error->code);
  if (error->word) json_pair(json, "word", error->word);
  if (error->like) like_json(json, error->like);
  json_pair(json, "message", label_in(error->sentence, language));
  if (both) json_pair(json, "message_en", error->sentence.en);
  json_close(json, '}');
}

static void conflict_json(struct json *json, const struct import_row *row, enum language language, bool both) {
  json_open(json, '{');
  json_pair_integer(json, "row", row->row);
  json_pair(json, "number", row->number);
  json_pair_integer(json, "id", row->id);
  json_pair(json, "message", label_in(row->why, language));
  if (both) json_pair(json, "message_en", row->why.en);
  json_close(json, '}');
}

static void findings_json(struct json *json, const struct record_type *type, const struct import_error *errors, size_t count,
                          enum language language, bool both) {
  json_key(json, "findings");
  json_open(json, '[');
  for (size_t i = 0; i < count; i++) error_json(json, type, &errors[i], language, both);
  json_close(json, ']');
}

static void conflicts_json(struct json *json, const struct import_staged *staged, enum language language, bool both) {
  json_key(json, "conflicts");
  json_open(json, '[');
  for (size_t i = 0, shown = 0; i < staged->row_count && shown < 1000; i++) {
    if (staged->rows[i].class != IMPORT_CONFLICT) continue;
    conflict_json(json, &staged->rows[i], language, both);
    shown++;
  }
  json_close(json, ']');
}

void import_findings_json(struct json *json, const struct record_type *type, const struct import_error *errors, size_t count,
                          enum language language) {
  findings_json(json, type, errors, count, language, false);
}

void import_conflicts_json(struct json *json, const struct import_staged *staged, enum language language) {
  conflicts_json(json, staged, language, false);
}

/* What an upload is staged again with (import_keep.c reads it back). */
static void options_json(struct json *json, const struct import_options *options) {
  if (options->file_name) json_pair(json, "file_name", options->file_name);
  json_pair_yes_no(json, "leave_out", options->leave_out);
  if (options->historic) json_pair_integer(json, "history_day", options->history_day);
  json_pair_integer(json, "unit", options->unit);
  json_pair_integer(json, "campaign", options->campaign);
  json_pair_integer(json, "category", options->category);
  json_pair_integer(json, "source", options->source);
  if (options->columns) json_key(json, "given_columns"), json_raw(json, options->columns);
  if (options->choices) json_key(json, "given_choices"), json_raw(json, options->choices);
  if (options->categories) json_key(json, "given_categories"), json_raw(json, options->categories);
  if (options->units) json_key(json, "given_units"), json_raw(json, options->units);
}

/* The columns of the file with what each was taken for. */
static void headings_json(struct json *json, const struct import_staged *staged) {
  json_key(json, "columns");
  json_open(json, '[');
  for (size_t i = 0; i < staged->heading_count; i++) {
    const struct import_heading *heading = &staged->headings[i];
    json_open(json, '{');
    json_pair(json, "header", heading->header);
    json_pair(json, "field", heading->field);
    json_pair_yes_no(json, "told", heading->told);
    json_pair_integer(json, "sheets", (int64_t)heading->sheets);
    json_key(json, "samples");
    json_open(json, '[');
    for (size_t k = 0; k < IMPORT_SAMPLES && heading->samples[k]; k++) json_text(json, heading->samples[k]);
    json_close(json, ']');
    json_close(json, '}');
  }
  json_close(json, ']');
}

/* Words that are no category of the campaign, with the nearest; and all that may be chosen. */
static void categories_json(struct json *json, const struct import_staged *staged) {
  json_key(json, "categories");
  json_open(json, '[');
  for (size_t i = 0; i < staged->word_count; i++) {
    const struct import_word *word = &staged->words[i];
    json_open(json, '{');
    json_pair(json, "text", word->text);
    json_pair_integer(json, "count", (int64_t)word->count);
    if (word->id) json_pair_integer(json, "category", word->id);
    json_key(json, "near");
    json_open(json, '[');
    for (size_t k = 0; k < IMPORT_NEAR && word->near[k]; k++) json_integer(json, word->near[k]);
    json_close(json, ']');
    json_close(json, '}');
  }
  json_close(json, ']');
  json_key(json, "own_categories");
  json_open(json, '[');
  for (size_t i = 0; i < staged->own_category_count && staged->word_count; i++) {
    json_open(json, '{');
    json_pair_integer(json, "id", staged->own_categories[i].id);
    json_pair(json, "name", staged->own_categories[i].path);
    json_close(json, '}');
  }
  json_close(json, ']');
}

static void unit_json(struct json *json, const struct import_own *unit) {
  json_open(json, '{');
  json_pair_integer(json, "id", unit->id);
  json_pair(json, "name", unit->path);
  json_close(json, '}');
}

/* Words that are no unit's name, with the nearest, and the unit that each was told to be. */
static void units_json(struct json *json, const struct import_staged *staged) {
  json_key(json, "units");
  json_open(json, '[');
  for (size_t i = 0; i < staged->unit_word_count; i++) {
    const struct import_unit_word *word = &staged->unit_words[i];
    json_open(json, '{');
    json_pair(json, "text", word->text);
    json_pair_integer(json, "count", (int64_t)word->count);
    if (word->unit.id) json_key(json, "unit"), unit_json(json, &word->unit);
    json_key(json, "near");
    json_open(json, '[');
    for (size_t k = 0; k < IMPORT_NEAR && word->near[k].id; k++) unit_json(json, &word->near[k]);
    json_close(json, ']');
    json_close(json, '}');
  }
  json_close(json, ']');
}

void import_fields_json(struct json *json, enum language language) {
  json_key(json, "fields");
  json_open(json, '[');
  for (int key = 0; key < LEDGER_KEY_COUNT; key++) {
    json_open(json, '{');
    json_pair(json, "name", LEDGER_KEY_NAMES[key]);
    json_pair(json, "label", label_in(LEDGER_KEY_LABELS[key], language));
    json_pair_yes_no(json, "joins", ledger_key_joins((enum ledger_key)key));
    json_close(json, '}');
  }
  json_close(json, ']');
}

/* The preview's rows: at most so many of each class, the unchanged ones only counted. */
static void rows_json(struct json *json, const struct import_staged *staged) {
  size_t shown[IMPORT_CLASS_COUNT] = {0};
  json_key(json, "rows");
  json_open(json, '[');
  for (size_t i = 0; i < staged->row_count; i++) {
    const struct import_row *row = &staged->rows[i];
    if (!row->title || row->class == IMPORT_UNCHANGED || shown[row->class]++ >= 200) continue;
    json_open(json, '{');
    json_pair(json, "class", IMPORT_CLASS_NAMES[row->class]);
    json_pair_integer(json, "row", row->row);
    if (row->sheet) json_pair(json, "sheet", row->sheet);
    json_pair(json, "number", row->number);
    json_pair(json, "title", row->title);
    if (row->id) json_pair_integer(json, "id", row->id);
    if (row->class == IMPORT_CHANGED && row->why.zh) json_pair(json, "what", row->why.zh), json_pair(json, "what_en", row->why.en);
    json_close(json, '}');
  }
  json_close(json, ']');
}

static void hints_json(struct json *json, const struct import_staged *staged) {
  json_key(json, "hints");
  json_open(json, '[');
  for (size_t i = 0; i < staged->hint_count; i++) error_json(json, staged->options.type, &staged->hints[i], LANGUAGE_ZH, true);
  json_close(json, ']');
}

void import_staged_json(struct buffer *out, const struct import_staged *staged, int64_t user) {
  struct json json = json_to(out);
  struct import_report report = import_report_of(staged);
  json_open(&json, '{');
  import_report_json(&json, &report);
  json_pair(&json, "type", staged->options.type->name);
  json_pair(&json, "mapping", staged->mapping);
  json_pair_yes_no(&json, "complete", staged->options.complete);
  json_pair_integer(&json, "for_unit", staged->unit);
  options_json(&json, &staged->options);
  json_pair_integer(&json, "left_out", staged->left_out);
  json_pair(&json, "file_hash", staged->file_hash);
  static const char *const BY[] = {[MAPPING_NONE] = "none", [MAPPING_ASKED] = "asked", [MAPPING_OF_UNIT] = "unit"};
  json_pair(&json, "mapping_by", BY[staged->mapping_by]);
  headings_json(&json, staged);
  categories_json(&json, staged);
  units_json(&json, staged);
  rows_json(&json, staged);
  hints_json(&json, staged);
  json_pair_integer(&json, "user", user);
  json_pair(&json, "encoding", staged->encoding);
  json_key(&json, "ignored");
  json_open(&json, '[');
  for (size_t i = 0; i < staged->ignored_count; i++) json_text(&json, staged->ignored[i]);
  json_close(&json, ']');
  findings_json(&json, staged->options.type, staged->errors, staged->error_count, LANGUAGE_ZH, true);
  conflicts_json(&json, staged, LANGUAGE_ZH, true);
  json_close(&json, '}');
}
