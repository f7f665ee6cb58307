/* A whole store carried into an empty one, of the same engine or of the other: every table that the schema and the store itself have, row
   by row, in one transaction; then the side values and the audit stream. Entries, hashes and ids are what they were, so what was proved
   before is proved after. Knows no record type; what the target had before (a key's fingerprint, its clock) gives way. */
#include <string.h>

#include "base/log.h"
#include "store/memo.h"
#include "store/schema_sql.h"

enum { COLUMNS_MOST = 400, SETTLE_EVERY = 500 /* rows after which the target's answers are taken, where it queues */ };
enum cell_kind { CELL_INTEGER, CELL_TEXT, CELL_BYTES };
struct carried_column { const char *name; enum cell_kind kind; };
struct carried {
  const char *table, *names[COLUMNS_MOST];
  enum cell_kind kinds[COLUMNS_MOST];
  size_t count;
  const char *conflict /* what stands already: "" none does */;
};
struct carrying { struct connection *from, *to; struct arena *arena; enum store_error error; };

static void column_add(struct carried *carried, const char *name, enum cell_kind kind) {
  carried->names[carried->count] = name;
  carried->kinds[carried->count++] = kind;
}

static void add_list(struct sql *sql, const struct carried *carried) {
  for (size_t i = 0; i < carried->count; i++) { sql_add(sql, i ? "," : ""); sql_add(sql, carried->names[i]); }
}

static struct parameter cell_of(struct cursor *cursor, int column, enum cell_kind kind) {
  const struct store_driver *driver = cursor->connection->driver;
  struct parameter cell = {.kind = PARAMETER_NOTHING};
  if (driver->is_null(cursor, column)) return cell;
  if (kind == CELL_INTEGER) return (struct parameter){.kind = PARAMETER_INTEGER, .integer = driver->integer(cursor, column)};
  cell.kind = kind == CELL_TEXT ? PARAMETER_TEXT : PARAMETER_BYTES;
  cell.bytes = driver->bytes(cursor, column, &cell.size);
  return cell;
}

/* "INSERT INTO table (…) VALUES ($1 …) …": one text for all its rows. */
static struct statement insert_of(struct carrying *carrying, const struct carried *carried, struct parameter *cells) {
  struct sql sql = sql_new(carrying->arena);
  sql_add(&sql, "INSERT INTO "); sql_add(&sql, carried->table); sql_add(&sql, " (");
  add_list(&sql, carried);
  sql_add(&sql, ") VALUES (");
  for (size_t i = 0; i < carried->count; i++) buffer_print(&sql.text, "%s$%zu", i ? "," : "", i + 1);
  sql_add(&sql, ")");
  sql_add(&sql, carried->conflict);
  struct statement statement = sql_statement(&sql);
  statement.parameters = cells;
  statement.count = carried->count;
  return statement;
}

static void carry_table(struct carrying *carrying, const struct carried *carried) {
  const struct store_driver *from = carrying->from->driver, *to = carrying->to->driver;
  struct parameter *cells = ARENA_ARRAY(carrying->arena, struct parameter, carried->count);
  struct statement insert = insert_of(carrying, carried, cells);
  struct sql sql = sql_new(carrying->arena);
  struct cursor *cursor = NULL;
  if (carrying->error) return;
  sql_add(&sql, "SELECT ");
  add_list(&sql, carried);
  sql_add(&sql, " FROM "); sql_add(&sql, carried->table);
  struct statement select = sql_statement(&sql);
  select.stream = true;
  enum store_error error = from->query(carrying->from, &select, &cursor);
  for (int64_t rows = 1; !error && (error = from->next(cursor)) == STORE_OK; rows++) {
    int64_t written = 0;
    for (size_t i = 0; i < carried->count; i++) cells[i] = cell_of(cursor, (int)i, carried->kinds[i]);
    error = to->execute(carrying->to, &insert, rows % SETTLE_EVERY ? NULL : &written);
  }
  from->finish(cursor);
  carrying->error = error == STORE_ABSENT ? STORE_OK : error;
}

/* ---- which tables there are ---- */

static void carry_fixed(struct carrying *carrying, const char *table, const char *conflict, const struct carried_column *columns) {
  struct carried *carried = ARENA_NEW(carrying->arena, struct carried);
  *carried = (struct carried){.table = table, .conflict = conflict};
  for (; columns->name; columns++) column_add(carried, columns->name, columns->kind);
  carry_table(carrying, carried);
}

static void carry_journal(struct carrying *carrying) {
  static const struct carried_column journal[] = {{"number"},
                                                  {"epoch"},
                                                  {"moment"},
                                                  {"happened"},
                                                  {"actor"},
                                                  {"behalf"},
                                                  {"channel"},
                                                  {"type"},
                                                  {"record"},
                                                  {"version"},
                                                  {"set_number"},
                                                  {"batch"},
                                                  {"kind"},
                                                  {"action"},
                                                  {"state"},
                                                  {"salt", CELL_BYTES},
                                                  {"body", CELL_TEXT},
                                                  {"commitment", CELL_BYTES},
                                                  {"leaf", CELL_BYTES},
                                                  {NULL}};
  static const struct carried_column node[] = {{"level"}, {"position"}, {"hash", CELL_BYTES}, {NULL}},
                                     idempotency[] = {{"key", CELL_TEXT}, {"value", CELL_TEXT}, {"expires"}, {NULL}};
  carry_fixed(carrying, "journal", "", journal);
  carry_fixed(carrying, "journal_node", "", node);
  carry_fixed(carrying, "idempotency", "", idempotency);
}

static enum cell_kind kind_of(const struct column *column) {
  return column->field && field_is_text(column->field) ? CELL_TEXT : CELL_INTEGER;
}

static void carry_rows(struct carrying *carrying, const struct type_texts *texts, bool long_texts) {
  struct carried *carried = ARENA_NEW(carrying->arena, struct carried);
  *carried = (struct carried){.table = long_texts ? texts->long_table : texts->table, .conflict = ""};
  if (long_texts) column_add(carried, "\"id\"", CELL_INTEGER);
  for (size_t i = 0; i < texts->count; i++)
    if (long_texts ? texts->columns[i].place == PLACE_LONG : texts->columns[i].place <= PLACE_ROW)
      column_add(carried, texts->columns[i].name, kind_of(&texts->columns[i]));
  carry_table(carrying, carried);
}

static void carry_members(struct carrying *carrying, const struct type_texts *texts, const struct column *column) {
  struct carried *carried = ARENA_NEW(carrying->arena, struct carried);
  *carried = (struct carried){.table = column->side, .conflict = ""};
  column_add(carried, "\"value\"", CELL_INTEGER);
  column_add(carried, "\"owner\"", CELL_INTEGER);
  column_add(carried, "\"position\"", CELL_INTEGER);
  for (size_t i = 0; column->copies && i < texts->listed_count; i++) column_add(carried, texts->listed[i]->name, kind_of(texts->listed[i]));
  carry_table(carrying, carried);
}

static void carry_type(struct carrying *carrying, const struct type_texts *texts) {
  carry_rows(carrying, texts, false);
  if (texts->long_count) carry_rows(carrying, texts, true);
  for (size_t i = SYSTEM_COLUMNS; i < texts->count; i++)
    if (texts->columns[i].place == PLACE_MANY) carry_members(carrying, texts, &texts->columns[i]);
}

/* ---- the whole ---- */

/* The head goes with the commit; its own id, and whether its clock is a test's, stand beside. */
static void carry_head(struct carrying *carrying, struct tx *tx, const struct head *head) {
  struct parameter id = parameter_text(head->store_id);
  if (!carrying->error) carrying->error = store_run(carrying->to, "UPDATE journal_head SET store_id = $1", &id, 1);
  tx->head.number = head->number;
  tx->head.epoch = head->epoch;
  tx->head.last_moment = head->last_moment;
}

static enum store_error carry_records(struct reader *reader, struct store *to, struct arena *arena) {
  struct tx *tx = NULL;
  struct head head = {0};
  enum store_error error = reader_head(reader, &head);
  if (!error) error = store_begin(to, &tx);
  if (error) return error;
  struct carrying carrying = {.from = reader->connection,
                              .to = tx->connection,
                              .arena = arena,
                              .error = tx_head(tx).number ? STORE_REFUSED : STORE_OK};
  carry_journal(&carrying);
  for (size_t i = 0; i < to->schema->count; i++) carry_type(&carrying, &to->texts[i]);
  carry_head(&carrying, tx, &head);
  memo_forget(to->memo);
  if (carrying.error) tx_abandon(tx);
  return carrying.error ? carrying.error : tx_commit(tx);
}

static enum store_error carry_side(struct store *from, struct store *to, struct arena *arena) {
  static const struct carried_column value[] = {{"kind"}, {"key", CELL_TEXT}, {"value", CELL_TEXT}, {"expires"}, {NULL}};
  static const struct carried_column line[] =
      {{"number"}, {"moment"}, {"actor"}, {"what", CELL_TEXT}, {"detail", CELL_TEXT}, {"chain", CELL_BYTES}, {NULL}};
  enum store_error error = side_take(from), other = side_take(to);
  if (!error) error = other;
  if (!error) error = to->driver->begin(to->side, true);
  if (!error) {
    struct carrying carrying = {.from = from->side, .to = to->side, .arena = arena};
    carry_fixed(&carrying, "side_value", " ON CONFLICT (kind, key) DO UPDATE SET value = excluded.value, expires = excluded.expires",
                value);
    carry_fixed(&carrying, "audit_line", "", line);
    error = carrying.error;
    if (error) to->driver->rollback(to->side);
    else error = to->driver->commit(to->side);
  }
  side_give(to);
  side_give(from);
  return error;
}

enum store_error store_carry(struct store *from, struct store *to) {
  struct arena *arena = arena_new();
  struct reader *reader = NULL;
  enum store_error error = store_reader(from, &reader);
  if (!error) error = carry_records(reader, to, arena);
  if (reader) reader_release(reader);
  if (!error) error = carry_side(from, to, arena);
  arena_free(arena);
  return error;
}
