/* One record, counts and tallies. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/log.h"
#include "store/memo.h"

/* "… WHERE scope AND conditions"; false when a condition cannot be asked. */
static bool add_where(struct sql *sql, const struct reader *reader, const struct query *query, const struct scope *scope) {
  const struct type_texts *texts = texts_of(reader->store, query->type);
  sql_add(sql, " WHERE ");
  compose_scope(sql, reader->store, texts, scope, "r");
  return compose_conditions(sql, reader->store, query, "r");
}

static enum store_error unanswerable(const struct query *query) {
  log_line(LOG_ERROR, "store", "a query on %s names a field or comparison that cannot be asked", query->type->name);
  return STORE_BROKEN;
}

/* As compose_secrecy asks it of the database. */
static bool is_below(const struct type_texts *texts, const struct row *row, int ceiling) {
  const struct value *secrecy = texts->secrecy ? &row->values[texts->secrecy->slot] : NULL;
  return !secrecy || secrecy->kind != VALUE_INTEGER || secrecy->integer <= ceiling || secrecy->integer == SECRECY_PLACEHOLDER;
}

enum store_error reader_get(struct reader *reader, const struct record_type *type, const struct scope *scope, int64_t id,
                            struct arena *arena, struct row **row) {
  assert(scope != NULL && "a read without a scope");
  const struct store_driver *driver = reader->connection->driver;
  const struct type_texts *texts = texts_of(reader->store, type);
  struct parameter only = parameter_integer(id);
  struct statement statement = texts->get;
  statement.parameters = &only;
  bool whole = scope_is_whole(texts, scope) && !scope_hides(scope);
  int ceiling = whole ? UINT8_MAX : scope_ceiling(scope);
  if (ceiling < 0) {
    struct sql sql = sql_after(arena, texts->full.select);
    sql_add(&sql, " WHERE r.\"id\" = ");
    sql_parameter(&sql, only);
    sql_add(&sql, " AND ");
    compose_scope(&sql, reader->store, texts, scope, "r");
    statement = sql_statement(&sql);
  }
  struct memo_question question = memo_ask(reader, texts, scope, &statement, arena);
  if (question.known) {
    *row = question.row ? row_copy(arena, question.row) : NULL;
    return question.row ? STORE_OK : STORE_ABSENT;
  }
  struct cursor *cursor = NULL;
  *row = NULL;
  enum store_error error = reader_query(reader, &statement, &cursor);
  if (!error) error = driver->next(cursor);
  if (!error) {
    *row = row_blank(texts, &texts->full, arena);
    row_fill(*row, cursor, &texts->full, arena);
  }
  driver->finish(cursor);
  if (!error && !whole && ceiling >= 0 && !is_below(texts, *row, ceiling)) {
    *row = NULL;
    error = STORE_ABSENT;
  }
  if (!error || error == STORE_ABSENT) memo_keep(&question, 0, *row);
  return error;
}

/* most: 0 for all of them. */
static enum store_error count_rows(struct reader *reader, const struct query *query, const struct scope *scope, int64_t most,
                                   int64_t *count) {
  assert(scope != NULL && "a read without a scope");
  const struct store_driver *driver = reader->connection->driver;
  struct arena *arena = arena_new();
  struct sql sql = sql_new(arena);
  struct cursor *cursor = NULL;
  *count = 0;
  sql_add(&sql, most ? "SELECT count(*) FROM (SELECT 1 AS \"one\" FROM " : "SELECT count(*) FROM ");
  sql_add(&sql, texts_of(reader->store, query->type)->table);
  sql_add(&sql, " r");
  enum store_error error = add_where(&sql, reader, query, scope) ? STORE_OK : unanswerable(query);
  if (most) { sql_add(&sql, " LIMIT "); sql_integer(&sql, most); sql_add(&sql, ") c"); }
  struct statement statement = sql_statement(&sql);
  struct memo_question question = {.keeps = false};
  if (!error) question = memo_ask(reader, texts_of(reader->store, query->type), scope, &statement, arena);
  if (question.known) *count = question.count;
  else {
    if (!error) error = reader_query(reader, &statement, &cursor);
    if (!error) error = driver->next(cursor);
    if (!error) *count = driver->integer(cursor, 0);
    if (!error) memo_keep(&question, *count, NULL);
    driver->finish(cursor);
  }
  arena_free(arena);
  return error == STORE_ABSENT ? STORE_BROKEN : error;
}

enum store_error reader_count(struct reader *reader, const struct query *query, const struct scope *scope, int64_t *count) { return count_rows(reader, query, scope, 0, count); }

enum store_error reader_count_up_to(struct reader *reader, const struct query *query, const struct scope *scope, int64_t most, int64_t *count) {
  assert(most > 0 && "reader_count counts all");
  return count_rows(reader, query, scope, most, count);
}

/* ---- tallies ---- */
#define DIMENSIONS_MOST 12

/* Each dimension as an expression; a field of several references joins its side table (its records count once a member). */
static bool add_dimensions(struct sql *sql, const struct type_texts *texts, const uint16_t *by, size_t count) {
  bool fits = true;
  for (size_t i = 0; i < count && fits; i++) {
    const struct column *column = column_of(texts, by[i]);
    fits = column && column->place != PLACE_LONG && !(column->field && field_is_text(column->field));
    if (!fits) break;
    if (i) sql_add(sql, ",");
    if (column->place == PLACE_MANY) { char alias[32]; snprintf(alias, sizeof alias, "d%zu.\"value\"", i); sql_add(sql, alias); }
    else compose_column(sql, texts, column, "r");
  }
  return fits;
}

static void add_joins(struct sql *sql, const struct type_texts *texts, const uint16_t *by, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const struct column *column = column_of(texts, by[i]);
    if (column == NULL || column->place != PLACE_MANY) continue;
    buffer_print(&sql->text, " JOIN %s d%zu ON d%zu.\"owner\" = r.\"id\"", column->side, i, i);
  }
}

/* ---- grouping here: for an engine that would sort all rows to group them ---- */
struct cell { int64_t dimensions[DIMENSIONS_MOST], count; };
struct cells { struct cell *slots; size_t room /* a power of two */, count, by_count; };

static struct cell *cell_at(struct cells *cells, const int64_t *dimensions) {
  uint64_t hash = 0;
  for (size_t i = 0; i < cells->by_count; i++) hash = (hash ^ (uint64_t)dimensions[i]) * UINT64_C(0x9e3779b97f4a7c15), hash ^= hash >> 31;
  size_t at = (size_t)hash & (cells->room - 1);
  while (cells->slots[at].count && memcmp(cells->slots[at].dimensions, dimensions, sizeof cells->slots[at].dimensions) != 0)
    at = (at + 1) & (cells->room - 1);
  return &cells->slots[at];
}

static void cells_grow(struct cells *cells) {
  struct cells more = {.room = cells->room ? cells->room * 2 : 1024, .count = cells->count, .by_count = cells->by_count};
  more.slots = calloc(more.room, sizeof *more.slots);
  if (more.slots == NULL) abort();
  for (size_t i = 0; i < cells->room; i++)
    if (cells->slots[i].count) *cell_at(&more, cells->slots[i].dimensions) = cells->slots[i];
  free(cells->slots);
  *cells = more;
}

static int cell_order(const void *one, const void *other) {
  const struct cell *a = one, *b = other;
  int order = 0;
  for (size_t i = 0; i < DIMENSIONS_MOST && order == 0; i++)
    order = (a->dimensions[i] > b->dimensions[i]) - (a->dimensions[i] < b->dimensions[i]);
  return order;
}

/* Cells in order of their dimensions, as a grouping engine gives them. */
static enum store_error group_cells(struct reader *reader, const struct statement *statement, size_t by_count, cell_sink *sink,
                                    void *with) {
  const struct store_driver *driver = reader->connection->driver;
  struct cells cells = {.by_count = by_count};
  struct cursor *cursor = NULL;
  enum store_error error = reader_query(reader, statement, &cursor);
  while (!error && (error = driver->next(cursor)) == STORE_OK) {
    int64_t dimensions[DIMENSIONS_MOST] = {0};
    if (cells.count * 2 >= cells.room) cells_grow(&cells);
    for (size_t i = 0; i < by_count; i++) dimensions[i] = driver->integer(cursor, (int)i);
    struct cell *cell = cell_at(&cells, dimensions);
    if (cell->count++ == 0) { memcpy(cell->dimensions, dimensions, sizeof dimensions); cells.count++; }
  }
  driver->finish(cursor);
  size_t kept = 0;
  for (size_t i = 0; i < cells.room; i++) if (cells.slots[i].count) cells.slots[kept++] = cells.slots[i];
  if (kept) qsort(cells.slots, kept, sizeof *cells.slots, cell_order);
  bool more = error == STORE_ABSENT;
  for (size_t i = 0; i < kept && more; i++) more = sink(with, cells.slots[i].dimensions, cells.slots[i].count);
  free(cells.slots);
  return error == STORE_ABSENT ? STORE_OK : error;
}

static enum store_error give_cells(struct reader *reader, const struct statement *statement, size_t by_count, cell_sink *sink, void *with) {
  const struct store_driver *driver = reader->connection->driver;
  struct cursor *cursor = NULL;
  enum store_error error = reader_query(reader, statement, &cursor);
  bool more = true;
  while (!error && more && (error = driver->next(cursor)) == STORE_OK) {
    int64_t dimensions[DIMENSIONS_MOST];
    for (size_t i = 0; i < by_count; i++) dimensions[i] = driver->integer(cursor, (int)i);
    more = sink(with, dimensions, driver->integer(cursor, (int)by_count));
  }
  driver->finish(cursor);
  return error == STORE_ABSENT ? STORE_OK : error;
}

enum store_error reader_tally(struct reader *reader, const struct query *query, const uint16_t *by, size_t by_count,
                              const struct scope *scope, cell_sink *sink, void *with) {
  assert(scope != NULL && "a read without a scope");
  const struct type_texts *texts = texts_of(reader->store, query->type);
  struct arena *arena = arena_new();
  struct sql sql = sql_new(arena);
  sql_add(&sql, "SELECT ");
  bool fits = by_count <= DIMENSIONS_MOST && add_dimensions(&sql, texts, by, by_count);
  bool here = by_count && (reader->connection->driver->abilities & ABILITY_SORTS_GROUPS);
  sql_add(&sql, here ? " FROM " : by_count ? ", count(*) FROM " : "count(*) FROM ");
  sql_add(&sql, texts->table);
  sql_add(&sql, " r");
  add_joins(&sql, texts, by, by_count);
  fits = fits && add_where(&sql, reader, query, scope);
  if (by_count && !here && fits) { sql_add(&sql, " GROUP BY "); fits = add_dimensions(&sql, texts, by, by_count); }
  struct statement statement = sql_statement(&sql);
  enum store_error error = !fits ? unanswerable(query) : here ? group_cells(reader, &statement, by_count, sink, with)
                                                               : give_cells(reader, &statement, by_count, sink, with);
  arena_free(arena);
  return error;
}

enum store_error reader_sums(struct reader *reader, const struct query *query, const uint16_t *fields, size_t field_count, const struct scope *scope, int64_t *count, int64_t *sums) {
  assert(scope != NULL && "a read without a scope");
  const struct type_texts *texts = texts_of(reader->store, query->type);
  const struct store_driver *driver = reader->connection->driver;
  struct arena *arena = arena_new();
  struct sql sql = sql_new(arena);
  struct cursor *cursor = NULL;
  bool fits = field_count <= DIMENSIONS_MOST;
  sql_add(&sql, "SELECT count(*)");
  for (size_t i = 0; i < field_count && fits; i++) {
    const struct column *column = column_of(texts, fields[i]);
    fits = column && column->place == PLACE_ROW && !field_is_text(column->field);
    if (!fits) break;
    sql_add(&sql, ", sum(");
    compose_column(&sql, texts, column, "r");
    sql_add(&sql, ")");
  }
  sql_add(&sql, " FROM ");
  sql_add(&sql, texts->table);
  sql_add(&sql, " r");
  fits = fits && add_where(&sql, reader, query, scope);
  struct statement statement = sql_statement(&sql);
  enum store_error error = fits ? reader_query(reader, &statement, &cursor) : unanswerable(query);
  if (!error) error = driver->next(cursor);
  if (!error) *count = driver->integer(cursor, 0);
  for (size_t i = 0; i < field_count && !error; i++) sums[i] = driver->is_null(cursor, (int)i + 1) ? 0 : driver->integer(cursor, (int)i + 1);
  if (cursor) driver->finish(cursor);
  arena_free(arena);
  return error;
}

/* ---- some fields of all ---- */
enum store_error reader_fields(struct reader *reader, const struct record_type *type, const uint16_t *fields, size_t count,
                               const struct scope *scope, fields_sink *sink, void *with) {
  assert(scope != NULL && "a read without a scope");
  const struct store_driver *driver = reader->connection->driver;
  const struct type_texts *texts = texts_of(reader->store, type);
  struct query query = {.type = type};
  struct arena *arena = arena_new();
  struct sql sql = sql_new(arena);
  struct cursor *cursor = NULL;
  bool fits = count <= DIMENSIONS_MOST, listed = texts->lead != NULL, more = true;
  sql_add(&sql, "SELECT r.\"id\"");
  for (size_t i = 0; i < count && fits; i++) {
    const struct column *column = column_of(texts, fields[i]);
    fits = column && column->place <= PLACE_ROW;
    listed = listed && fits && column->listed;
    sql_add(&sql, ",");
    if (fits) compose_column(&sql, texts, column, "r");
  }
  sql_add(&sql, " FROM ");
  sql_add(&sql, texts->table);
  sql_add(&sql, " r");
  /* the list index is half as large as the rows */
  if (listed && (driver->abilities & ABILITY_INDEX_HINT)) { sql_add(&sql, " INDEXED BY "); sql_add(&sql, texts->list_index); }
  fits = fits && add_where(&sql, reader, &query, scope);
  struct statement statement = sql_statement(&sql);
  statement.stream = true;
  enum store_error error = fits ? reader_query(reader, &statement, &cursor) : unanswerable(&query);
  while (!error && more && (error = driver->next(cursor)) == STORE_OK) {
    int64_t values[DIMENSIONS_MOST];
    for (size_t i = 0; i < count; i++) values[i] = driver->integer(cursor, (int)i + 1);
    more = sink(with, driver->integer(cursor, 0), values);
  }
  driver->finish(cursor);
  arena_free(arena);
  return error == STORE_ABSENT ? STORE_OK : error;
}
