/* Three-way comparison of an import: the row of the file, the record as it stands, and the row imported last, of which the record
   keeps a fingerprint. Decides what each row is and which values the door will be given. Reads only. */
#include <string.h>

#include "base/hash.h"
#include "base/room.h"
#include "exchange/export.h"
#include "exchange/import_parts.h"
#include "store/seal.h"

/* ---- fingerprints ---- */

static uint64_t value_print(const struct value *value) {
  if (value->kind == VALUE_INTEGER && value->integer != NOTHING) return hash_fingerprint(&value->integer, sizeof value->integer);
  if (value->kind == VALUE_TEXT) return hash_fingerprint(value->text, value->size);
  if (value->kind == VALUE_MANY) return hash_fingerprint(value->many, value->count * sizeof *value->many);
  return 0;
}

/* 47 bits of the values, 16 of which columns there were: rows of files with other columns cannot be compared by it. */
int64_t values_fingerprint(const struct staging *staging, const struct value *values) {
  uint64_t *prints = ARENA_ARRAY(staging->scratch, uint64_t, staging->column_count);
  uint16_t *columns = ARENA_ARRAY(staging->scratch, uint16_t, staging->column_count);
  for (size_t i = 0; i < staging->column_count; i++) {
    columns[i] = staging->columns[i].field->id;
    prints[i] = value_print(&values[i]);
  }
  uint64_t of_values = hash_fingerprint(prints, staging->column_count * sizeof *prints),
           of_columns = hash_fingerprint(columns, staging->column_count * sizeof *columns);
  return (int64_t)((of_values >> 17) << 16 | (of_columns & 0xFFFF));
}

static bool fingerprint_same_columns(int64_t one, int64_t other) {
  return one != NOTHING && other != NOTHING && (one & 0xFFFF) == (other & 0xFFFF);
}

/* Blanks and line ends do not make texts different. */
static void text_pack(struct buffer *out, const char *text) {
  while (*text) {
    size_t run = strcspn(text, " \n");
    buffer_add(out, text, run);
    text += run;
    text += strspn(text, " \n");
  }
}

/* Of what was said; of the title only where nothing more was. The same words under another title are the same words. */
int64_t text_hash_of(struct arena *arena, const char *title, const char *text) {
  struct buffer packed = {.arena = arena};
  const char *said = text && *text ? text : title;
  size_t size = strcspn(said, " \n");
  if (!said[size]) return (int64_t)(hash_fingerprint(said, size) >> 1);
  text_pack(&packed, said);
  return (int64_t)(hash_fingerprint(packed.bytes, packed.size) >> 1);
}

/* ---- what stands ---- */

struct standing {
  const char *key;
  int64_t id, version, fingerprint, missing;
  bool seen /* by who imports */;
  struct row *row; /* only when it differs */
};
struct standings { struct staging *staging; struct standing *items; size_t count; struct map by_key, by_id; };

static bool standings_take(void *with, const struct row *row) {
  struct standings *standings = with;
  const struct import_home *home = standings->staging->home;
  const char *key = row_text(row, home->source_key);
  if (!key || standings->count == IMPORT_CHUNK) return true;
  standings->items[standings->count] = (struct standing){arena_text(standings->staging->scratch, key), row->id, row->version,
                                                         row_integer(row, home->fingerprint), row_integer(row, home->missing), false, NULL};
  map_put(&standings->by_key, map_key(key), (int64_t)standings->count++);
  return true;
}

static bool seen_take(void *with, const struct row *row) {
  struct standings *standings = with;
  const char *key = row_text(row, standings->staging->home->source_key);
  int64_t at = key ? map_get(&standings->by_key, map_key(key)) : NOTHING;
  if (at != NOTHING && standings->items[at].id == row->id) standings->items[at].seen = true;
  return true;
}

static enum store_error standings_read(struct staging *staging, const struct read_row *rows, size_t count, struct standings *standings) {
  struct value *keys = ARENA_ARRAY(staging->scratch, struct value, count);
  for (size_t i = 0; i < count; i++) keys[i] = value_text(staging->home->source_key, rows[i].source_key);
  struct condition among = {.field = staging->home->source_key, .how = C_IN, .values = keys, .count = count};
  struct query query = {.type = staging->type, .conditions = &among, .condition_count = 1, .expected = -1};
  *standings = (struct standings){.staging = staging, .items = ARENA_ARRAY(staging->scratch, struct standing, IMPORT_CHUNK)};
  enum store_error error = reader_list(staging->reader, &query, &SCOPE_SYSTEM, staging->scratch, standings_take, standings);
  if (!error && standings->count)
    error = reader_list(staging->reader, &query, scope_for(staging->scratch, staging->authority, staging->type, MAY_READ), staging->scratch,
                        seen_take, standings);
  return error;
}

/* The record's value of a column as a file would give it: contacts opened. */
static struct value present_value(const struct staging *staging, const struct row *row, const struct field *field) {
  struct value value = *row_value(row, field->id);
  if (value.kind == VALUE_INTEGER && value.integer == NOTHING) value = value_nothing(field->id);
  if (value.kind == VALUE_TEXT && value.size == 0) value = value_nothing(field->id);
  if (value.kind == VALUE_MANY && value.count == 0) value = value_nothing(field->id);
  if (field->type != F_CONTACT || value.kind != VALUE_TEXT) return value;
  const char *plain = secret_open_any(staging->scratch, staging->options->contact_key, value.text);
  return value_text(field->id, plain ? plain : value.text);
}

/* A deadline that we reckoned ourselves, because the file gave none, is no value of the file. */
static struct value *present_values(const struct staging *staging, const struct row *row) {
  struct value *values = ARENA_ARRAY(staging->scratch, struct value, staging->column_count);
  bool reckoned = row_integer(row, staging->home->due_basis) != DUE_BASIS_GIVEN;
  for (size_t i = 0; i < staging->column_count; i++) {
    const struct field *field = staging->columns[i].field;
    values[i] = field->id == staging->home->due && reckoned ? value_nothing(field->id) : present_value(staging, row, field);
  }
  return values;
}

/* Equal as a file can tell: a contact masked by our own export stands for the contact behind it. */
static bool cell_equal(const struct staging *staging, const struct field *field, const struct value *read, const struct value *present) {
  if (value_equal(read, present)) return true;
  if (field->type != F_CONTACT || read->kind != VALUE_TEXT || !strchr(read->text, '*')) return false;
  return present->kind == VALUE_TEXT && text_equal(read->text, contact_mask(staging->scratch, present->text));
}

/* The row as its last import left it, from the journal: asked only when an earlier file had other columns. */
struct past { struct staging *staging; struct row *now, *imported; };

static bool past_take(void *with, const struct entry *entry) {
  struct past *past = with;
  if (!entry->body || !body_apply(past->staging->scratch, entry, past->now)) return false;
  if (channel_brings_in(entry->channel) && entry->kind == ENTRY_CHANGE) past->imported = row_copy(past->staging->scratch, past->now);
  return true;
}

static enum store_error edited_here(struct staging *staging, const struct standing *standing, const struct value *present,
                                    int64_t fingerprint, bool *edited) {
  if (fingerprint_same_columns(standing->fingerprint, fingerprint)) {
    *edited = values_fingerprint(staging, present) != standing->fingerprint;
    return STORE_OK;
  }
  struct past past = {.staging = staging, .now = row_new(staging->scratch, staging->type)};
  enum store_error error = reader_history(staging->reader, staging->type->id, standing->id, past_take, &past);
  *edited = false;
  for (size_t i = 0; !error && past.imported && i < staging->column_count; i++) {
    struct value then = present_value(staging, past.imported, staging->columns[i].field);
    *edited |= !value_equal(&then, &present[i]);
  }
  return error;
}

/* ---- what the door is given ---- */

static struct value value_keep(struct arena *arena, const struct value *value) {
  struct value kept = *value;
  if (value->kind == VALUE_TEXT) kept.text = arena_copy(arena, value->text, value->size);
  if (value->kind == VALUE_MANY) {
    int64_t *many = ARENA_ARRAY(arena, int64_t, value->count);
    memcpy(many, value->many, value->count * sizeof *many);
    kept.many = many;
  }
  return kept;
}

static void give(struct import_row *row, struct value value) { row->values[row->value_count++] = value; }

static void give_column(struct staging *staging, struct import_row *row, const struct field *field, const struct value *value) {
  if (field->type == F_CONTACT && value->kind == VALUE_TEXT)
    give(row, value_text(field->id, secret_seal_newest(staging->arena, staging->options->contact_key, value->text)));
  else give(row, value_keep(staging->arena, value));
}

static const struct value *column_value(const struct staging *staging, const struct value *values, uint16_t field) {
  for (size_t i = 0; i < staging->column_count; i++)
    if (staging->columns[i].field->id == field) return &values[i];
  return NULL;
}

/* Old appeals come without a clock; the others are due by the policy (rules/appeal_clock.h), unless the file says when. */
static void give_deadline(struct staging *staging, struct import_row *row, const struct value *values) {
  const struct import_home *home = staging->home;
  const struct value *made = column_value(staging, values, home->made_at), *due = column_value(staging, values, home->due);
  bool given = due && due->kind == VALUE_INTEGER, dated = made && made->kind == VALUE_INTEGER;
  int64_t day = dated ? date_of_moment(made->integer) : NOTHING;
  bool historic = dated && staging->options->base_line != NOTHING && day < staging->options->base_line;
  give(row, value_integer(home->historic, historic));
  if (given) give(row, value_integer(home->due_basis, DUE_BASIS_GIVEN));
}

static struct import_row *row_add(struct staging *staging, enum import_class class, int64_t row) {
  struct import_staged *staged = staging->staged;
  ARENA_ROOM(staging->arena, staged->rows, staged->row_count, staging->row_room, 1024);
  struct import_row *added = &staged->rows[staged->row_count++];
  *added = (struct import_row){.class = class, .row = row};
  staged->counts[class]++;
  return added;
}

static struct import_row *row_of(struct staging *staging, enum import_class class, const struct read_row *read,
                                 const struct standing *standing) {
  struct import_row *row = row_add(staging, class, read->row);
  row->source_key = read->source_key;
  row->number = strchr(read->source_key, ':') + 1;
  if (standing) row->id = standing->id, row->version = standing->version;
  return row;
}

static void values_room(struct staging *staging, struct import_row *row) {
  row->writes = true;
  row->values = ARENA_ARRAY(staging->arena, struct value, staging->column_count + 8 + staging->options->more_count);
}

static void row_created(struct staging *staging, const struct read_row *read) {
  const struct import_home *home = staging->home;
  struct import_row *row = row_of(staging, IMPORT_CREATED, read, NULL);
  values_room(staging, row);
  for (size_t i = 0; i < staging->column_count; i++)
    if (read->values[i].kind != VALUE_NOTHING) give_column(staging, row, staging->columns[i].field, &read->values[i]);
  give(row, value_text(home->source, staging->staged->mapping));
  give(row, value_text(home->source_key, read->source_key));
  give(row, value_integer(home->fingerprint, read->fingerprint));
  give(row, value_integer(home->text_hash, read->text_hash));
  for (size_t i = 0; i < staging->options->more_count; i++) give(row, staging->options->more[i]);
  give_deadline(staging, row, read->values);
}

/* Nothing of the file differs; a record that was missing is there again. */
static void row_unchanged(struct staging *staging, const struct read_row *read, const struct standing *standing) {
  bool back = standing->missing == 1;
  struct import_row *row = row_of(staging, back ? IMPORT_REAPPEARED : IMPORT_UNCHANGED, read, standing);
  if (!back) return;
  values_room(staging, row);
  give(row, value_integer(staging->home->missing, 0));
}

static void row_changed(struct staging *staging, const struct read_row *read, const struct standing *standing, const struct value *present,
                        bool given_due) {
  const struct import_home *home = staging->home;
  bool back = standing->missing == 1, dated = false;
  struct import_row *row = row_of(staging, back ? IMPORT_REAPPEARED : IMPORT_CHANGED, read, standing);
  values_room(staging, row);
  for (size_t i = 0; i < staging->column_count; i++) {
    const struct field *field = staging->columns[i].field;
    if (cell_equal(staging, field, &read->values[i], &present[i])) continue;
    give_column(staging, row, field, &read->values[i]);
    dated |= field->id == home->made_at;
  }
  if (dated && !given_due && !column_value(staging, read->values, home->due)) give_deadline(staging, row, read->values);
  give(row, value_integer(home->fingerprint, read->fingerprint));
  give(row, value_integer(home->text_hash, read->text_hash));
  if (back) give(row, value_integer(home->missing, 0));
}

static void row_conflict(struct staging *staging, const struct read_row *read, const struct standing *standing,
                         const struct value *present) {
  struct import_row *row = row_of(staging, IMPORT_CONFLICT, read, standing);
  struct buffer zh = {.arena = staging->arena}, en = {.arena = staging->arena};
  for (size_t i = 0; i < staging->column_count; i++) {
    const struct field *field = staging->columns[i].field;
    if (cell_equal(staging, field, &read->values[i], &present[i])) continue;
    buffer_print(&zh, "%s“%s”", zh.size ? "、" : "", field->label.zh);
    buffer_print(&en, "%s\"%s\"", en.size ? ", " : "", field->label.en);
  }
  row->why = (struct label){arena_print(staging->arena, "第 %lld 行（编号“%s”）：文件和系统里都改过，%s不一致，保留系统里的内容",
                                        (long long)read->row, row->number, zh.size ? zh.bytes : ""),
                            arena_print(staging->arena,
                                        "row %lld (number \"%s\"): edited both here and in the file, %s differ. What stands here is kept",
                                        (long long)read->row, row->number, en.size ? en.bytes : "")};
}

static enum store_error row_differs(struct staging *staging, const struct read_row *read, const struct standing *standing) {
  const struct row *row = standing->row;
  enum store_error error = STORE_OK;
  if (!row) return STORE_ABSENT;
  struct value *present = present_values(staging, row);
  bool equal = true, edited = false;
  for (size_t i = 0; i < staging->column_count; i++)
    if (staging->columns[i].field->id == staging->home->due && value_equal(&read->values[i], row_value(row, staging->home->due)))
      present[i] = read->values[i]; /* our own export gives the reckoned deadline back */
  for (size_t i = 0; i < staging->column_count; i++) equal &= cell_equal(staging, staging->columns[i].field, &read->values[i], &present[i]);
  if (!equal) error = edited_here(staging, standing, present, read->fingerprint, &edited);
  if (error) return error;
  if (equal) row_unchanged(staging, read, standing);
  else if (edited) row_conflict(staging, read, standing, present);
  else row_changed(staging, read, standing, present, row_integer(row, staging->home->due_basis) == DUE_BASIS_GIVEN);
  return STORE_OK;
}

static struct standing *standing_of(const struct standings *standings, const struct read_row *read) {
  int64_t at = map_get(&standings->by_key, map_key(read->source_key));
  struct standing *standing = at == NOTHING ? NULL : &standings->items[at];
  return standing && text_equal(standing->key, read->source_key) ? standing : NULL;
}

static bool whole_take(void *with, const struct row *row) {
  struct standings *standings = with;
  int64_t at = map_get(&standings->by_id, row->id);
  if (at != NOTHING) standings->items[at].row = row_copy(standings->staging->scratch, row);
  return true;
}

/* The whole records of those rows that differ, in one question. */
static enum store_error differing_read(struct staging *staging, struct standings *standings, const struct read_row *rows, size_t count) {
  int64_t *ids = ARENA_ARRAY(staging->scratch, int64_t, count);
  struct query query = {.type = staging->type, .ids = ids, .only_ids = true, .long_texts = true, .many = true, .expected = -1};
  for (size_t i = 0; i < count; i++) {
    const struct standing *standing = standing_of(standings, &rows[i]);
    if (!standing || !standing->seen || standing->fingerprint == rows[i].fingerprint) continue;
    ids[query.id_count++] = standing->id;
    map_put(&standings->by_id, standing->id, standing - standings->items);
  }
  return query.id_count ? reader_list(staging->reader, &query, &SCOPE_SYSTEM, staging->scratch, whole_take, standings) : STORE_OK;
}

/* The number is borne by a record that is not this person's to see: nothing is said of it but that. */
static void number_taken(struct staging *staging, const struct read_row *read) {
  staging_error(staging, read->row, &staging->columns[staging->number_column], "number_taken",
                (struct label){"这个编号已被占用，不能用它导入；请核对编号", "this number is taken and cannot be imported under. Check the number"});
}

enum store_error rows_classify(struct staging *staging, const struct read_row *rows, size_t count) {
  struct standings standings = {0};
  if (count == 0) return STORE_OK;
  enum store_error error = standings_read(staging, rows, count, &standings);
  if (!error) error = differing_read(staging, &standings, rows, count);
  for (size_t i = 0; !error && i < count; i++) {
    const struct standing *standing = standing_of(&standings, &rows[i]);
    if (standing && !standing->seen) number_taken(staging, &rows[i]);
    else if (!standing) row_created(staging, &rows[i]);
    else if (standing->fingerprint == rows[i].fingerprint) row_unchanged(staging, &rows[i], standing);
    else error = row_differs(staging, &rows[i], standing);
  }
  map_free(&standings.by_key);
  map_free(&standings.by_id);
  return error;
}

/* ---- what only the whole file tells ---- */

static const char *number_of(const struct staging *staging, const char *source_key) {
  size_t size = strlen(staging->staged->mapping);
  return source_key && strncmp(source_key, staging->staged->mapping, size) == 0 && source_key[size] == ':' ? source_key + size + 1 : NULL;
}

static bool missing_take(void *with, const struct row *record) {
  struct staging *staging = with;
  const char *key = row_text(record, staging->home->source_key), *number = number_of(staging, key);
  if (!number || map_get(&staging->numbers, map_key(number)) != NOTHING) return true;
  struct import_row *row = row_add(staging, IMPORT_MISSING, 0);
  row->source_key = arena_text(staging->arena, key);
  row->number = number_of(staging, row->source_key);
  row->id = record->id;
  row->version = record->version;
  if (row_integer(record, staging->home->missing) == 1) return true;
  values_room(staging, row);
  give(row, value_integer(staging->home->missing, 1));
  return true;
}

enum store_error missing_find(struct staging *staging) {
  struct value mapping = value_text(staging->home->source, staging->staged->mapping);
  struct condition is = {.field = staging->home->source, .how = C_IS, .values = &mapping, .count = 1};
  struct query query = {.type = staging->type, .conditions = &is, .condition_count = 1, .expected = -1};
  enum store_error error = reader_list(staging->reader, &query, scope_for(staging->scratch, staging->authority, staging->type, MAY_READ), staging->scratch, missing_take, staging);
  arena_reset(staging->scratch);
  return error;
}

/* A stored text counts unless its record is one of the file's own rows. */
static bool texts_take(void *with, const struct row *record) {
  struct staging *staging = with;
  const char *number = number_of(staging, row_text(record, staging->home->source_key));
  int64_t hash = row_integer(record, staging->home->text_hash);
  if (hash != NOTHING && (!number || map_get(&staging->numbers, map_key(number)) == NOTHING)) map_put(&staging->texts, hash, 1);
  return true;
}

static enum store_error texts_read(struct staging *staging, const struct read_row *rows, size_t count) {
  struct value *hashes = ARENA_ARRAY(staging->scratch, struct value, count);
  for (size_t i = 0; i < count; i++) hashes[i] = value_integer(staging->home->text_hash, rows[i].text_hash);
  struct condition among = {.field = staging->home->text_hash, .how = C_IN, .values = hashes, .count = count};
  struct query query = {.type = staging->type, .conditions = &among, .condition_count = 1, .expected = -1};
  enum store_error error = reader_list(staging->reader, &query, scope_for(staging->scratch, staging->authority, staging->type, MAY_READ),
                                       staging->scratch, texts_take, staging);
  arena_reset(staging->scratch);
  return error;
}

enum store_error texts_find(struct staging *staging, const struct read_row *rows, size_t count) {
  enum store_error error = STORE_OK;
  for (size_t at = 0; !error && at < count; at += IMPORT_CHUNK)
    error = texts_read(staging, rows + at, count - at < IMPORT_CHUNK ? count - at : IMPORT_CHUNK);
  for (size_t i = 0; !error && i < count; i++) {
    if (map_get(&staging->texts, rows[i].text_hash) != NOTHING) staging->staged->equal_texts++;
    else map_put(&staging->texts, rows[i].text_hash, 1);
  }
  return error;
}
