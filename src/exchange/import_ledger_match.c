/* Which problem a row of a ledger is: by the key it came under before, by our own number, by what a person chose, by unit and title; a row
   whose title changed is known by its unit, its number in the file and a title that is still alike. What is only similar is told, not
   taken. Only what the reader may see is found. A key that somebody else's record bears tells nobody that it is there: the row takes
   another. */
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
  row->standing_fingerprint = source && strcmp(source, importing->staging->staged->mapping) == 0 && !importing->ledger->journal
                                  ? row_integer(record, PROBLEM_FINGERPRINT)
                                  : NOTHING;
  map_put(&importing->taken, record->id, 1);
}

/* ---- by one text field, some hundred rows at a time ---- */

struct finding_rows { struct importing *importing; struct ledger_row *rows; size_t count; uint16_t field; struct map by_text; };

static bool titles_near(struct arena *arena, const char *one, const char *other, size_t parts) {
  const char *a = ledger_plain(arena, one), *b = ledger_plain(arena, other);
  size_t length = text_length(a), most = length / parts;
  return most && text_distance(a, b, most) <= most;
}

static const char *title_of_row(const struct ledger_row *row) { return row->values[0].kind == VALUE_TEXT ? row->values[0].text : ""; }

/* Another unit's ledger may count from the same number: of another unit and with other words it is another problem. */
static bool another_units(struct importing *importing, const struct ledger_row *row, const struct row *record) {
  const char *title = row_text(record, PROBLEM_TITLE);
  if (row->unit <= 0 || row_integer(record, PROBLEM_LEAD_UNIT) == row->unit) return false;
  return title && !text_equal(title, title_of_row(row)) && !titles_near(importing->staging->scratch, title_of_row(row), title, 2);
}

static const char *text_sought(const struct ledger_row *row, uint16_t field) {
  return field == PROBLEM_SOURCE_KEY ? row->source_key : row->record->no;
}

static bool found_take(void *with, const struct row *record) {
  struct finding_rows *finding = with;
  const char *text = row_text(record, finding->field);
  int64_t at = text ? map_get(&finding->by_text, map_key(text)) : NOTHING;
  struct ledger_row *row = at == NOTHING ? NULL : &finding->rows[at];
  if (!row || row->id || !text_equal(text_sought(row, finding->field), text)) return true;
  if (finding->field != PROBLEM_SOURCE_KEY || !another_units(finding->importing, row, record)) stands(finding->importing, row, record);
  return true;
}

/* Whatever bears the key and is not this row's: seen or not. */
static bool taken_take(void *with, const struct row *record) {
  struct finding_rows *finding = with;
  const char *text = row_text(record, finding->field);
  int64_t at = text ? map_get(&finding->by_text, map_key(text)) : NOTHING;
  if (at != NOTHING && !finding->rows[at].id && text_equal(finding->rows[at].source_key, text)) finding->rows[at].key_taken = true;
  return true;
}

static enum store_error find_by(struct importing *importing, struct ledger_row *rows, size_t count, uint16_t field,
                                const struct scope *scope, row_sink *take) {
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
  enum store_error error = sought ? reader_list(staging->reader, &query, scope, staging->scratch, take, &finding) : STORE_OK;
  map_free(&finding.by_text);
  arena_reset(staging->scratch);
  return error;
}

/* The next key of a row whose own is borne by somebody else's record: the same each time the same file comes. */
static bool keys_move(struct importing *importing, struct ledger_row *rows, size_t count, int times) {
  struct staging *staging = importing->staging;
  bool moved = false;
  for (size_t i = 0; i < count; i++) {
    struct ledger_row *row = &rows[i];
    if (!row->key_taken) continue;
    const char *plain = arena_print(staging->arena, "%s:%s", staging->staged->mapping, row->key);
    row->key_taken = false;
    moved = true;
    if (times == 0) row->source_key = arena_print(staging->arena, "%s@%lld", plain, (long long)row->unit);
    else
      row->source_key = arena_print(staging->arena, "%s@%lld.%lld.%d", plain, (long long)row->unit, (long long)staging->authority->unit,
                                    times);
  }
  return moved;
}

#define KEYS_TRIED 4
static enum store_error find_by_key(struct importing *importing, struct ledger_row *rows, size_t count, const struct scope *seen) {
  bool moved = true;
  enum store_error error = STORE_OK;
  for (int times = 0; !error && moved && times < KEYS_TRIED; times++) {
    error = find_by(importing, rows, count, PROBLEM_SOURCE_KEY, seen, found_take);
    if (!error) error = find_by(importing, rows, count, PROBLEM_SOURCE_KEY, &SCOPE_SYSTEM, taken_take);
    moved = !error && keys_move(importing, rows, count, times);
  }
  return error;
}

/* ---- by its id, which our own exports give to what has no number yet ---- */

static bool numbered_take(void *with, const struct row *record) {
  struct finding_rows *finding = with;
  int64_t at = map_get(&finding->by_text, record->id);
  struct ledger_row *row = at == NOTHING ? NULL : &finding->rows[at];
  const char *title = row_text(record, PROBLEM_TITLE);
  bool same = row && !row->id && (row_integer(record, PROBLEM_LEAD_UNIT) == row->unit || text_equal(title, title_of_row(row)));
  bool ours = finding->importing->ledger->journal > 0; /* our own export names what was withdrawn too; it is not registered again */
  /* an export of another store names ids as well */
  if (same && (ours || record->state != PROBLEM_WITHDRAWN)) stands(finding->importing, row, record);
  return true;
}

static enum store_error find_by_id(struct importing *importing, struct ledger_row *rows, size_t count, const struct scope *seen) {
  struct staging *staging = importing->staging;
  struct finding_rows finding = {importing, rows, count, 0, {0}};
  int64_t *ids = ARENA_ARRAY(staging->scratch, int64_t, count);
  struct query query = {.type = staging->type, .ids = ids, .only_ids = true, .expected = -1};
  for (size_t i = 0; i < count; i++) {
    int64_t id = rows[i].id ? 0 : ledger_unnumbered_id(staging->scratch, rows[i].record->no);
    if (id && map_get(&finding.by_text, id) == NOTHING) map_put(&finding.by_text, ids[query.id_count++] = id, (int64_t)i);
  }
  enum store_error error = query.id_count ? reader_list(staging->reader, &query, seen, staging->scratch, numbered_take, &finding)
                                          : STORE_OK;
  map_free(&finding.by_text);
  arena_reset(staging->scratch);
  return error;
}

/* ---- by what a person chose ---- */

static enum store_error find_chosen(struct importing *importing, const struct scope *seen) {
  json_t *choices = importing->choices ? json_loads(importing->choices, 0, NULL) : NULL;
  enum store_error error = STORE_OK;
  for (size_t i = 0; !error && choices && i < importing->count; i++) {
    json_t *chosen = json_object_get(choices, importing->rows[i].key);
    struct row *record = NULL;
    if (!json_is_integer(chosen) || json_integer_value(chosen) <= 0 || importing->rows[i].id) continue;
    error = reader_get(importing->staging->reader, importing->staging->type, seen, json_integer_value(chosen), importing->staging->scratch,
                       &record);
    if (error == STORE_ABSENT) error = STORE_OK;
    else if (!error) stands(importing, &importing->rows[i], record);
  }
  json_decref(choices);
  return error;
}

/* ---- by unit and title ---- */

struct titles { struct importing *importing; struct map exact, alike; /* unit and title; unit and number in the file → row */ };

static int64_t title_key(struct arena *arena, int64_t unit, const char *title) {
  return map_key(arena_print(arena, "%lld\n%s", (long long)unit, ledger_plain(arena, title)));
}
static int64_t number_key(struct arena *arena, int64_t unit, const char *number) {
  return map_key(arena_print(arena, "%lld\n#%s", (long long)unit, number));
}

static void doubt(struct importing *importing, struct ledger_row *row, const struct row *record) {
  struct arena *arena = importing->staging->arena;
  struct import_like *like = ARENA_NEW(arena, struct import_like);
  const char *number = row_text(record, PROBLEM_NUMBER);
  row->doubtful = true;
  *like = (struct import_like){row->key, record->id, number ? arena_text(arena, number) : NULL,
                               arena_text(arena, row_text(record, PROBLEM_TITLE))};
  ledger_stage_like(importing->staging, row->record->sheet, row->record->row, like);
}

static bool title_take(void *with, const struct row *record) {
  struct titles *titles = with;
  struct importing *importing = titles->importing;
  struct arena *scratch = importing->staging->scratch;
  const char *title = row_text(record, PROBLEM_TITLE), *number = row_text(record, PROBLEM_FILE_NUMBER),
             *source = row_text(record, PROBLEM_IMPORT_SOURCE);
  int64_t unit = row_integer(record, PROBLEM_LEAD_UNIT), at = title ? map_get(&titles->exact, title_key(scratch, unit, title)) : NOTHING;
  if (!title || record->state == PROBLEM_WITHDRAWN) return true;
  if (at != NOTHING && !importing->rows[at].id) {
    stands(importing, &importing->rows[at], record);
    return true;
  }
  at = number && source && strcmp(source, importing->staging->staged->mapping) == 0
           ? map_get(&titles->alike, number_key(scratch, unit, number))
           : NOTHING;
  if (at == NOTHING || importing->rows[at].id) return true;
  if (titles_near(scratch, title_of_row(&importing->rows[at]), title, 3)) stands(importing, &importing->rows[at], record);
  else if (titles_near(scratch, title_of_row(&importing->rows[at]), title, 2)) doubt(importing, &importing->rows[at], record);
  return true;
}

/* Problems of the units that rows without a record name, read once: exact titles first. */
static enum store_error find_by_title(struct importing *importing, const struct scope *seen) {
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
    struct condition among = {.field = PROBLEM_LEAD_UNIT,
                              .how = C_IN,
                              .values = values + at,
                              .count = count - at < IMPORT_CHUNK ? count - at : IMPORT_CHUNK};
    struct query query = {.type = staging->type, .conditions = &among, .condition_count = 1, .expected = -1};
    error = reader_list(staging->reader, &query, seen, staging->scratch, title_take, &titles);
  }
  map_free(&titles.exact);
  map_free(&titles.alike);
  map_free(&units);
  return error;
}

enum store_error ledger_rows_match(struct importing *importing) {
  struct staging *staging = importing->staging;
  const struct scope *seen = scope_for(staging->arena, staging->authority, staging->type, MAY_READ);
  bool own = importing->ledger->journal > 0; /* our own export says our numbers first of all */
  enum store_error error = STORE_OK;
  for (size_t at = 0; !error && at < importing->count; at += IMPORT_CHUNK) {
    size_t count = importing->count - at < IMPORT_CHUNK ? importing->count - at : IMPORT_CHUNK;
    struct ledger_row *rows = importing->rows + at;
    if (own) error = find_by(importing, rows, count, PROBLEM_NUMBER, seen, found_take);
    if (own && !error) error = find_by_id(importing, rows, count, seen);
    if (!error) error = find_by_key(importing, rows, count, seen);
    if (!error && !own) error = find_by(importing, rows, count, PROBLEM_NUMBER, seen, found_take);
  }
  if (!error) error = find_chosen(importing, seen);
  if (!error) error = find_by_title(importing, seen);
  return error;
}
