/* Private to exchange/: what the files of the import share while one upload is staged. */
#ifndef BIHUAN_EXCHANGE_IMPORT_PARTS_H
#define BIHUAN_EXCHANGE_IMPORT_PARTS_H

#include "exchange/csv.h"
#include "exchange/import.h"
#include "exchange/field_mapping.h"
#include "exchange/map.h"
#include "rules/calendar.h"

/* Which fields of a type play which part in an import. A type can be imported when it has a row (import_columns.c). */
struct import_home {
  enum record_id type;
  uint16_t number, source, source_key, fingerprint, missing, text_hash, title, text, made_at, historic, due, due_basis;
};
const struct import_home *import_home_of(enum record_id type); /* NULL: not importable */

/* A column that is read. */
struct import_column {
  size_t at /* cell, from 0 */;
  const struct field *field;
  const char *header;
  const struct mapping_column *by /* words of theirs; NULL none */;
};

/* Names of the records of one type, by which a cell may refer to them. */
struct import_name {
  const char *folded, *shown;
  int64_t id;
  bool past /* no longer in force */, several /* more than one record bears it */;
};
struct import_names { enum record_id target; struct import_name *items; size_t count, room; struct map by_name; bool loaded; };
#define IMPORT_TARGETS 4

struct staging {
  struct reader *reader; const struct authority *authority; struct arena *arena;
  struct arena *scratch;                     /* one chunk of rows */
  struct import_staged *staged; const struct import_home *home; const struct record_type *type;
  const struct import_options *options;
  struct import_column *columns; size_t column_count, width /* cells of the header */; /* columns in the type's order of fields */
  size_t number_column;                      /* which of `columns` */
  struct import_names names[IMPORT_TARGETS];
  struct calendar calendar;
  struct map numbers;                        /* map_key(number) → row of the file */
  struct map texts;                          /* text hash → 1 */
  size_t row_room, error_room, hint_room;
  enum store_error error;                    /* the first of the store */
};

/* Adds an error; the place (row, column, header) is put before `what`. column NULL: the row, row 0: the file. */
void staging_error(struct staging *staging, int64_t row, const struct import_column *column, const char *code, struct label what);
/* The cell as people see it in a message: one line, cut. */
const char *cell_shown(struct arena *arena, const char *text);
/* For comparing headers and names: folded, without blanks and marks of forms. */
const char *name_folded(struct arena *arena, const char *text);
/* Up to three of the candidates that are most like `folded`, as "“甲”、“乙”"; NULL when none is near. */
struct label names_near(struct arena *arena, const char *folded, const char *const *candidates, const char *const *shown, size_t count);

/* A workbook or JSON as the csv text that is read on, each row under the number that its file shows (JSON: the first item is row 2). */
enum grid_kind { GRID_CSV /* it is neither */, GRID_SHEET, GRID_JSON };
enum grid_kind grid_kind(const char *bytes, size_t size);
/* False: an error was added. */
bool grid_read_json(struct staging *staging, const char *bytes, size_t size, struct buffer *text); /* import_json.c */
bool grid_fits(struct staging *staging, const struct buffer *text); /* false: it has become too large */
bool grid_read(struct staging *staging, enum grid_kind kind, const char *bytes, size_t size, struct buffer *text);
/* Reads the header record into staging->columns; errors are added. False: no row can be read. */
bool columns_find(struct staging *staging, const struct csv *csv);
/* Reads a cell by its field; the value lives in the scratch arena. False: an error was added. */
bool cell_value(struct staging *staging, int64_t row, const struct import_column *column, const char *text, struct value *value);
/* The id of the record that bears the name; 0 and an error's sentence when none or several do. */
int64_t name_find(struct staging *staging, const struct field *field, const char *text, struct label *wrong);
bool name_target(enum record_id target); /* may cells refer to records of this type? */
/* The name of each record of the target by which export writes it and import finds it. */
uint16_t name_field(enum record_id target);
void staging_names_free(struct staging *staging);

/* The fingerprint of mapped values (in column order): never NOTHING. */
int64_t values_fingerprint(const struct staging *staging, const struct value *values);
int64_t text_hash_of(struct arena *arena, const char *title, const char *text);

/* The rows of a list of units (import_units.c), behind the header that columns_find read. *status: how the file ended. */
enum store_error units_stage(struct staging *staging, struct csv *csv, enum csv_status *status);

/* Sets a chunk of rows beside what stands; rows that write get their door values. */
struct read_row { int64_t row; const char *source_key; struct value *values; int64_t fingerprint, text_hash; };
enum store_error rows_classify(struct staging *staging, const struct read_row *rows, size_t count);
/* Records of the source that the file lacks. */
enum store_error missing_find(struct staging *staging);
/* Rows whose text stands in a record that the file does not speak of. */
enum store_error texts_find(struct staging *staging, const struct read_row *rows, size_t count);

/* The list of uploads (import_uploads.c): noted with the upload, gone with it. */
enum store_error import_upload_note(struct store *store, int64_t user, const struct import_staged *staged, const char *state, int64_t kept_for, struct arena *arena);
enum store_error import_upload_drop(struct store *store, int64_t id, struct arena *arena);
enum store_error import_uploads_drop(struct store *store, struct arena *arena);
bool import_begun(struct store *store, int64_t id, struct arena *arena);

/* Two JSON objects of what a person chose, the second over the first; NULL: nothing is chosen (import_mapping.c). */
const char *import_laid_over(struct arena *arena, const char *under, const char *over);

/* What is kept of a staged upload: its report and all that it was staged with, as one JSON object (import_write.c). */
void import_staged_json(struct buffer *out, const struct import_staged *staged, int64_t user);

#endif
