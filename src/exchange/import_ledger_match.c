/* Which problem a row of a ledger is: by the key it came under before, by our own number, by what a person chose, by unit and title; a row
   whose title changed is known by its unit, its number in the file and a title that is still alike. What is only similar is told, not taken. */
#include <jansson.h>
#include <string.h>

#include "exchange/import_ledger.h"

static void stands(struct importing *importing, struct ledger_row *row, const struct row *record) {
  struct arena *arena = importing->staging->arena;
  if (map_get(&importing->taken, record->id) != NOTHING) return; /* another row of this file is that problem */
  const char *source = row_text(record, PROBLEM_IMPORT_SOURCE);
  row->id = record->id;
  row->version = record->version;
  row->state = record->state;
  row->source = source ? arena_text(arena, source) : NULL;
  row->missing = row_integer(record, PROBLEM_MISSING) == 1;
  row->standing_fingerprint = source && strcmp(source, importing->staging->staged->mapping) == 0 && !importing->ledger->journal ? row_integer(record, PROBLEM_FINGERPRINT) : NOTHING;
  map_put(&importing->taken, record->id, 1);
}

/* ---- by one text field, some hundred rows at a time ---- */

struct finding_rows { struct importing *importing; struct ledger_row *rows; size_t count; uint16_t field; struct map by_text; };

static const char *text_sought(const struct ledger_row *row, uint16_t field) { return field == PROBLEM_SOURCE_KEY ? row->source_key : row->record->no; }

static bool found_take(void *with, const struct row *record) {
  struct finding_rows *finding = with;
  const char *text = row_text(record, finding->field);
  int64_t at = text ? map_get(&finding->by_text, map_key(text)) : NOTHING;
  if (at != NOTHING && !finding->rows[at].id && text_equal(text_sought(&finding->rows[at], finding->field), text)) stands(finding->importing, &finding->rows[at], record);
  return true;
}

static enum store_error find_by(struct importing *importing, struct ledger_row *rows, size_t count, uint16_t field) {
  struct staging *staging = importing->staging;
  struct value *texts = ARENA_ARRAY(staging->scratch, struct value, count);
  struct finding_rows finding = {importing, rows, count, field, {0}};
  size_t sought = 0;
  for (size_t i = 0; i < count; i++) {
    const char *text = rows[i].id ? NULL : text_sought(&rows[i], field);
    if (!text || strlen(text) > 400) continue;
    map_put(&finding.by_text, map_key(text), (int64_t)i);
    texts[sought++] = value_text(field, text);
  }
  struct condition among = {.field = field, .how = C_IN, .values = texts, .count = sought};
  struct query query = {.type = staging->type, .conditions = &among, .condition_count = 1, .expected = -1};
  const struct scope *scope = field == PROBLEM_SOURCE_KEY ? &SCOPE_SYSTEM : scope_for(staging->scratch, staging->authority, staging->type, MAY_READ);
  enum store_error error = sought ? reader_list(staging->reader, &query, scope, staging->scratch, found_take, &finding) : STORE_OK;
  map_free(&finding.by_text);
  arena_reset(staging->scratch);
  return error;
}

/* ---- by what a person chose ---- */

static enum store_error find_chosen(struct importing *importing) {
  json_t *choices = importing->choices ? json_loads(importing->choices, 0, NULL) : NULL;
  enum store_error error = STORE_OK;
  for (size_t i = 0; !error && choices && i < importing->count; i++) {
    json_t *chosen = json_object_get(choices, importing->rows[i].key);
    struct row *record = NULL;
    if (!json_is_integer(chosen) || json_integer_value(chosen) <= 0 || importing->rows[i].id) continue;
    error = reader_get(importing->staging->reader, importing->staging->type, &SCOPE_SYSTEM, json_integer_value(chosen), importing->staging->scratch, &record);
    if (error == STORE_ABSENT) error = STORE_OK;
    else if (!error) stands(importing, &importing->rows[i], record);
  }
  json_decref(choices);
  return error;
}

/* ---- by unit and title ---- */

struct titles { struct importing *importing; struct map exact, alike; /* unit and title; unit and number in the file → row */ };

static int64_t title_key(struct arena *arena, int64_t unit, const char *title) { return map_key(arena_print(arena, "%lld\n%s", (long long)unit, ledger_plain(arena, title))); }
static int64_t number_key(struct arena *arena, int64_t unit, const char *number) { return map_key(arena_print(arena, "%lld\n#%s", (long long)unit, number)); }

static const char *title_of_row(const struct ledger_row *row) { return row->values[0].kind == VALUE_TEXT ? row->values[0].text : ""; }

static bool titles_near(struct arena *arena, const char *one, const char *other, size_t parts) {
  const char *a = ledger_plain(arena, one), *b = ledger_plain(arena, other);
  size_t length = text_length(a), most = length / parts;
  return most && text_distance(a, b, most) <= most;
}

static void doubt(struct importing *importing, struct ledger_row *row, const struct row *record) {
  const char *number = row_text(record, PROBLEM_NUMBER);
  row->doubtful = true;
  ledger_stage_hint(importing->staging, row->record->sheet, row->record->row, "similar",
    label_print(importing->staging->arena, "与已有问题 %s“%s”相似，按新问题处理；确是同一个，请在导入对照的“认行选择”里写 {\"%s\":%lld}", "is like the problem %s “%s” that stands, and taken as a new one. If it is the same, write {\"%s\":%lld} into the mapping's choices",
                number ? number : "", row_text(record, PROBLEM_TITLE), row->key, (long long)record->id));
}

static bool title_take(void *with, const struct row *record) {
  struct titles *titles = with;
  struct importing *importing = titles->importing;
  struct arena *scratch = importing->staging->scratch;
  const char *title = row_text(record, PROBLEM_TITLE), *number = row_text(record, PROBLEM_FILE_NUMBER), *source = row_text(record, PROBLEM_IMPORT_SOURCE);
  int64_t unit = row_integer(record, PROBLEM_LEAD_UNIT), at = title ? map_get(&titles->exact, title_key(scratch, unit, title)) : NOTHING;
  if (!title || record->state == PROBLEM_WITHDRAWN) return true;
  if (at != NOTHING && !importing->rows[at].id) {
    stands(importing, &importing->rows[at], record);
    return true;
  }
  at = number && source && strcmp(source, importing->staging->staged->mapping) == 0 ? map_get(&titles->alike, number_key(scratch, unit, number)) : NOTHING;
  if (at == NOTHING || importing->rows[at].id) return true;
  if (titles_near(scratch, title_of_row(&importing->rows[at]), title, 3)) stands(importing, &importing->rows[at], record);
  else if (titles_near(scratch, title_of_row(&importing->rows[at]), title, 2)) doubt(importing, &importing->rows[at], record);
  return true;
}

/* Problems of the units that rows without a record name, read once: exact titles first. */
static enum store_error find_by_title(struct importing *importing) {
  struct staging *staging = importing->staging;
  struct titles titles = {.importing = importing};
  struct map units = {0};
  struct value *values = ARENA_ARRAY(staging->arena, struct value, importing->count + 1);
  size_t count = 0;
  enum store_error error = STORE_OK;
  for (size_t i = 0; i < importing->count; i++) {
    struct ledger_row *row = &importing->rows[i];
    if (row->id || row->unit <= 0) continue;
    map_put(&titles.exact, title_key(staging->scratch, row->unit, title_of_row(row)), (int64_t)i);
    if (row->record->no) map_put(&titles.alike, number_key(staging->scratch, row->unit, row->record->no), (int64_t)i);
    if (map_get(&units, row->unit) == NOTHING) values[count++] = value_integer(PROBLEM_LEAD_UNIT, row->unit);
    map_put(&units, row->unit, 1);
  }
  for (size_t at = 0; !error && at < count; at += IMPORT_CHUNK) {
    struct condition among = {.field = PROBLEM_LEAD_UNIT, .how = C_IN, .values = values + at, .count = count - at < IMPORT_CHUNK ? count - at : IMPORT_CHUNK};
    struct query query = {.type = staging->type, .conditions = &among, .condition_count = 1, .expected = -1};
    error = reader_list(staging->reader, &query, scope_for(staging->scratch, staging->authority, staging->type, MAY_READ), staging->scratch, title_take, &titles);
  }
  map_free(&titles.exact);
  map_free(&titles.alike);
  map_free(&units);
  return error;
}

enum store_error ledger_rows_match(struct importing *importing) {
  enum store_error error = STORE_OK;
  for (size_t at = 0; !error && at < importing->count; at += IMPORT_CHUNK) {
    size_t count = importing->count - at < IMPORT_CHUNK ? importing->count - at : IMPORT_CHUNK;
    if (importing->ledger->journal) error = find_by(importing, importing->rows + at, count, PROBLEM_NUMBER);
    if (!error) error = find_by(importing, importing->rows + at, count, PROBLEM_SOURCE_KEY);
    if (!error && !importing->ledger->journal) error = find_by(importing, importing->rows + at, count, PROBLEM_NUMBER);
  }
  if (!error) error = find_chosen(importing);
  if (!error) error = find_by_title(importing);
  return error;
}
