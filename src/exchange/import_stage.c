/* Staging: an uploaded file is decoded, its header matched, every row read and checked, and the rows set beside what stands in
   chunks, so that existing records are looked up some hundred at a time. Nothing is written here; all that is wrong is said at once. */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/room.h"
#include "exchange/import_ledger.h"
#include "exchange/import_parts.h"

#define ERRORS_KEPT 1000

const char *const IMPORT_CLASS_NAMES[IMPORT_CLASS_COUNT] = {
  [IMPORT_CREATED] = "created", [IMPORT_UNCHANGED] = "unchanged", [IMPORT_CHANGED] = "changed", [IMPORT_CONFLICT] = "conflict",
  [IMPORT_MISSING] = "missing", [IMPORT_REAPPEARED] = "reappeared"};

static struct label place_label(struct staging *staging, int64_t row, const char *letters, const char *header) {
  struct arena *arena = staging->arena;
  if (!row) return (struct label){"", ""};
  if (!letters) return label_print(arena, "第 %lld 行：", "row %lld: ", (long long)row);
  return label_print(arena, "第 %lld 行 %s 列（%s）：", "row %lld, column %s (%s): ", (long long)row, letters, header);
}

void staging_error(struct staging *staging, int64_t row, const struct import_column *column, const char *code, struct label what) {
  struct import_staged *staged = staging->staged;
  if (staged->errors_found++ >= ERRORS_KEPT) return;
  ARENA_ROOM(staging->arena, staged->errors, staged->error_count, staging->error_room, 16);
  const char *letters = column ? csv_column_letters(staging->arena, column->at + 1) : NULL;
  struct label place = place_label(staging, row, letters, column ? column->header : NULL);
  staged->errors[staged->error_count++] = (struct import_error){
    .row = row, .column = letters, .header = column ? column->header : NULL, .field = column ? column->field->id : 0, .code = code,
    .sentence = {arena_print(staging->arena, "%s%s", place.zh, what.zh), arena_print(staging->arena, "%s%s", place.en, what.en)}};
}

/* ---- one row ---- */

static bool row_blank(const struct csv *csv) {
  for (size_t i = 0; i < csv->count; i++)
    if (csv->cells[i].size && strspn(csv->cells[i].text, " \t\r\n") < csv->cells[i].size) return false;
  return true;
}

/* Cells behind the header's last column mean that a delimiter stands where it should not. */
static bool row_width(struct staging *staging, const struct csv *csv) {
  size_t last = csv->count;
  while (last > staging->width && csv->cells[last - 1].size == 0) last--;
  if (last <= staging->width) return true;
  staging_error(staging, csv->record, NULL, "too_many_cells",
                label_print(staging->arena, "有 %zu 个单元格，而表头只有 %zu 列。单元格内有分隔符时应加双引号",
                            "%zu cells, but the header has %zu columns. A cell that holds the delimiter must be quoted", last, staging->width));
  return false;
}

static bool number_new(struct staging *staging, int64_t row, const char *number) {
  int64_t before = map_get(&staging->numbers, map_key(number));
  if (before == NOTHING) {
    map_put(&staging->numbers, map_key(number), row);
    return true;
  }
  staging_error(staging, row, &staging->columns[staging->number_column], "duplicate",
                label_print(staging->arena, "编号“%s”与第 %lld 行重复，同一文件内编号只能出现一次",
                            "number \"%s\" stands in row %lld already. A number may stand once in a file", cell_shown(staging->arena, number), (long long)before));
  return false;
}

static const struct value *value_of(const struct staging *staging, const struct value *values, uint16_t field) {
  for (size_t i = 0; i < staging->column_count; i++)
    if (staging->columns[i].field->id == field) return &values[i];
  return NULL;
}

static const char *text_of(const struct staging *staging, const struct value *values, uint16_t field) {
  const struct value *value = value_of(staging, values, field);
  return value && value->kind == VALUE_TEXT ? value->text : "";
}

static bool row_read(struct staging *staging, const struct csv *csv, struct read_row *read) {
  struct value *values = ARENA_ARRAY(staging->scratch, struct value, staging->column_count);
  bool good = row_width(staging, csv);
  for (size_t i = 0; i < staging->column_count; i++) {
    const struct import_column *column = &staging->columns[i];
    good &= cell_value(staging, csv->record, column, column->at < csv->count ? csv->cells[column->at].text : "", &values[i]);
  }
  const struct value *number = &values[staging->number_column];
  if (number->kind == VALUE_TEXT) good &= number_new(staging, csv->record, number->text);
  if (!good) return false;
  *read = (struct read_row){.row = csv->record, .values = values, .fingerprint = values_fingerprint(staging, values),
                            .source_key = arena_print(staging->arena, "%s:%s", staging->staged->mapping, number->text)};
  read->text_hash = text_hash_of(staging->scratch, text_of(staging, values, staging->home->title),
                                 text_of(staging, values, staging->home->text));
  return true;
}

/* ---- the file ---- */

struct pile { struct read_row *rows; size_t count, room; }; /* all rows, for what only the whole file tells */

static void pile_add(struct pile *pile, const struct read_row *row) {
  HEAP_ROOM(pile->rows, pile->count, pile->room, 1024);
  pile->rows[pile->count++] = *row;
}

static void csv_error(struct staging *staging, const struct csv *csv) {
  struct import_column column = {.at = csv->column ? csv->column - 1 : 0, .header = "-"};
  struct label what = csv_problem_label(csv->problem),
               place = label_print(staging->arena, "%s（第 %lld 行 %s 列，文件第 %lld 行起）", "%s (row %lld, column %s, from line %lld)",
                                   "", (long long)csv->record, csv_column_letters(staging->arena, column.at + 1), (long long)csv->line);
  staging_error(staging, 0, NULL, "csv",
                (struct label){arena_print(staging->arena, "%s%s", what.zh, place.zh),
                               arena_print(staging->arena, "%s%s", what.en, place.en)});
}

static enum store_error chunk_done(struct staging *staging, const struct pile *pile, size_t *from) {
  enum store_error error = pile->count > *from ? rows_classify(staging, pile->rows + *from, pile->count - *from) : STORE_OK;
  *from = pile->count;
  arena_reset(staging->scratch);
  return error ? error : staging->error;
}

static enum store_error rows_read(struct staging *staging, struct csv *csv, struct pile *pile) {
  enum store_error error = STORE_OK;
  enum csv_status status = CSV_END;
  size_t from = 0;
  struct read_row read;
  while (!error && (status = csv_next(csv)) == CSV_RECORD) {
    if (row_blank(csv)) continue;
    staging->staged->records++;
    if (row_read(staging, csv, &read)) pile_add(pile, &read);
    if (pile->count - from == IMPORT_CHUNK || arena_size(staging->scratch) > ((size_t)64 << 20)) error = chunk_done(staging, pile, &from);
  }
  if (status == CSV_BAD) csv_error(staging, csv);
  if (!error) error = chunk_done(staging, pile, &from);
  return error;
}

/* delimiter 0: to be found out. */
static enum store_error file_read(struct staging *staging, const char *text, size_t size, char delimiter) {
  struct csv csv = csv_open(text, size);
  if (delimiter) csv.delimiter = delimiter;
  struct pile pile = {0};
  enum store_error error = STORE_OK;
  enum csv_status status;
  staging->staged->delimiter = csv.delimiter;
  while ((status = csv_next(&csv)) == CSV_RECORD && row_blank(&csv)) continue;
  if (status == CSV_BAD) csv_error(staging, &csv);
  else if (status == CSV_END)
    staging_error(staging, 0, NULL, "empty",
                  (struct label){"文件是空的，第一行应为表头", "the file is empty. Its first row must be the header"});
  else if (columns_find(staging, &csv) && staging->type->id == RECORD_UNIT) {
    error = units_stage(staging, &csv, &status);
    if (status == CSV_BAD) csv_error(staging, &csv);
  } else if (staging->columns && !staging->staged->errors_found) {
    error = rows_read(staging, &csv, &pile);
    if (!error) error = texts_find(staging, pile.rows, pile.count);
    if (!error && staging->options->complete && !staging->staged->errors_found) error = missing_find(staging);
  }
  csv_close(&csv);
  free(pile.rows);
  return error ? error : staging->error;
}

/* The row in which the byte stands, found by reading the bytes before it as they are. */
static int64_t row_at(const char *bytes, size_t offset) {
  struct csv csv = csv_open(bytes, offset);
  while (csv_next(&csv) == CSV_RECORD) continue;
  int64_t row = csv.record;
  bool behind_end = offset > 0 && csv.problem == CSV_NO_PROBLEM && bytes[offset - 1] != '\n' && bytes[offset - 1] != '\r';
  csv_close(&csv);
  return behind_end && row > 1 ? row - 1 : row; /* the END counted one on */
}

static enum store_error bytes_read(struct staging *staging, const char *bytes, size_t size) {
  enum grid_kind kind = grid_kind(bytes, size);
  struct buffer grid = {.arena = staging->arena};
  size_t decoded, bad = 0;
  const char *encoding = NULL;
  if (kind != GRID_CSV)
    return grid_read(staging, kind, bytes, size, &grid) ? file_read(staging, grid.bytes ? grid.bytes : "", grid.size, ',') : STORE_OK;
  char *text = text_decode(staging->arena, bytes, size, &decoded, &encoding, &bad);
  staging->staged->encoding = encoding;
  if (text) return file_read(staging, text, decoded, 0);
  staging_error(staging, row_at(bytes, bad), NULL, "encoding",
                label_print(staging->arena, "文件既不是 UTF-8 也不是 GB18030：第 %zu 个字节（0x%02X）无法识别，请用这两种编码之一另存",
                            "the file is neither UTF-8 nor GB18030: byte %zu (0x%02X) cannot be read. Save it in one of the two", bad,
                            bad < size ? (unsigned)(unsigned char)bytes[bad] : 0u));
  return STORE_OK;
}

static int64_t id_new(void) {
  uint64_t bits;
  random_bytes(&bits, sizeof bits);
  return (int64_t)(bits >> 12) | 1; /* below 2^52: programs that read numbers as doubles keep it */
}

static const char *hash_of_file(struct arena *arena, const char *bytes, size_t size) {
  uint8_t digest[HASH_SIZE];
  hash_bytes(digest, bytes, size);
  return hex_write(arena, digest, sizeof digest);
}

/* May this person bring in records of the type at all? The door asks again for each. */
static bool permitted(struct staging *staging) {
  const struct scope *scope = scope_for(staging->scratch, staging->authority, staging->type, MAY_CREATE);
  if (scope == &SCOPE_SYSTEM || scope->grant_count) return true;
  staging_error(staging, 0, NULL, "forbidden",
                (struct label){arena_print(staging->arena, "您没有导入%s的权限", staging->type->label.zh),
                               arena_print(staging->arena, "you may not import records of type %s", staging->type->label.en)});
  return false;
}

enum store_error import_stage(struct reader *reader, const struct authority *authority, const struct import_options *options,
                              const char *bytes, size_t size, struct arena *arena, struct import_staged **out) {
  struct import_staged *staged = ARENA_NEW(arena, struct import_staged);
  struct staging staging = {.reader = reader, .authority = authority, .arena = arena, .staged = staged, .type = options->type,
                            .home = import_home_of(options->type->id), .options = &staged->options, .scratch = arena_new()};
  enum store_error error = STORE_OK;
  staged->id = id_new();
  staged->options = *options;
  staged->mapping = arena_text(arena, options->mapping && *options->mapping ? options->mapping : options->type->plural);
  staged->options.mapping = staged->mapping;
  staged->mapping_by = options->mapping && *options->mapping ? MAPPING_ASKED : MAPPING_NONE;
  staged->file_hash = hash_of_file(arena, bytes, size);
  if (options->type->id == RECORD_PROBLEM) {
    if (permitted(&staging)) error = ledger_stage(&staging, bytes, size);
  } else if (!staging.home)
    staging_error(&staging, 0, NULL, "type", (struct label){arena_print(arena, "“%s”还不能从文件导入", options->type->label.zh),
                                                            arena_print(arena, "records of type %s cannot be imported from a file yet", options->type->label.en)});
  else if (permitted(&staging)) {
    error = calendar_load(reader, arena, &staging.calendar);
    if (!error) error = bytes_read(&staging, bytes, size);
  }
  staging_names_free(&staging);
  map_free(&staging.numbers);
  map_free(&staging.texts);
  arena_free(staging.scratch);
  *out = staged;
  return error;
}
