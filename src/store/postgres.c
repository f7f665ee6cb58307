/* The PostgreSQL driver: transactions, savepoints, cursors. Writes are queued in the pipeline without waiting; whoever
   needs an answer (a query, the end of a set, the commit) waits for all of them in one round trip. Must not know a
   table's name. The wire is postgres_pipe.c, the store as a whole postgres_whole.c.

   One set costs a round trip for each of its queries and one for its end; the mark, the writes and the undoing ride
   along. Reading ends without waiting: the next use of the connection takes that answer first. */
#include "store/postgres.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"

struct postgres_cursor {
  struct cursor base;
  PGresult *rows; int at, count;   /* at: the row that stands, -1 before the first */
  bool stream; unsigned name;      /* a cursor of the server's, fetched by stretches */
  struct arena *texts;             /* integers that were asked for as bytes; NULL until then */
};
enum { STRETCH = 500 };

static struct postgres_connection *own(struct connection *connection) { return (struct postgres_connection *)connection; }

/* ---- transactions ---- */

/* Outside a transaction a lost connection is dialled anew; inside, what was begun is gone. */
static enum store_error ready(struct postgres_connection *connection) {
  if (connection->inside) return connection->base.broken ? STORE_GONE : STORE_OK;
  return postgres_alive(connection) ? STORE_OK : postgres_dial(connection);
}

/* Writing sees, behind the lock on the head row, what others committed while it waited: hence READ COMMITTED, whatever
   the server's default is. */
static enum store_error postgres_begin(struct connection *base, bool write) {
  struct postgres_connection *connection = own(base);
  enum store_error error = ready(connection);
  if (error == STORE_OK)
    error = postgres_send_plain(connection,
                                write ? "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
                                      : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
                                ANSWER_QUIET);
  connection->inside = error == STORE_OK;
  return error;
}

/* Two stretches: an error in what is under way must not take the ROLLBACK with it. */
static void postgres_rollback(struct connection *base) {
  struct postgres_connection *connection = own(base);
  if (!connection->inside) return;
  connection->inside = false;
  if (connection->base.broken) return;
  postgres_spurn(connection);
  if (!postgres_sync(connection) || postgres_send_plain(connection, "ROLLBACK", ANSWER_SPURNED) != STORE_OK) return;
  if (postgres_sync(connection) && PQflush(connection->link) > 0) postgres_settle(connection);
}

static enum store_error postgres_commit(struct connection *base) {
  struct postgres_connection *connection = own(base);
  enum store_error error = connection->base.broken || !postgres_alive(connection) ? STORE_GONE : STORE_OK;
  if (error != STORE_OK || !connection->inside) {
    connection->inside = false;
    connection->base.broken = connection->base.broken || error != STORE_OK;
    return error ? error : STORE_BROKEN;
  }
  error = postgres_send_plain(connection, "COMMIT", ANSWER_WANTED);
  if (error == STORE_OK) error = postgres_settle(connection);
  bool committed = error == STORE_OK && connection->wanted && strcmp(PQcmdStatus(connection->wanted), "COMMIT") == 0;
  if (committed) connection->inside = false;
  else if (error == STORE_GONE || connection->base.broken) {
    /* An error that came before the break says that nothing was committed; the break alone says nothing. */
    error = error == STORE_GONE || error == STORE_OK ? STORE_UNCERTAIN : error;
    connection->inside = false;
    connection->base.broken = true;
  } else {
    if (error == STORE_OK) error = STORE_BROKEN;
    postgres_rollback(base);
  }
  return error;
}

static enum store_error plain(struct connection *base, const char *text) {
  struct postgres_connection *connection = own(base);
  return connection->base.broken ? STORE_GONE : postgres_send_plain(connection, text, ANSWER_QUIET);
}

static enum store_error postgres_mark(struct connection *base) { return plain(base, "SAVEPOINT one_set"); }

static enum store_error postgres_undo(struct connection *base) {
  struct postgres_connection *connection = own(base);
  postgres_spurn(connection);
  postgres_settle(connection);
  enum store_error error = plain(base, "ROLLBACK TO one_set");
  return error ? error : plain(base, "RELEASE one_set");
}

static enum store_error postgres_keep(struct connection *base) {
  enum store_error error = plain(base, "RELEASE one_set");
  if (error == STORE_OK) error = postgres_settle(own(base));
  if (error != STORE_OK) postgres_undo(base);
  return error;
}

/* ---- statements ---- */

/* Inside a transaction a statement nobody counts is only queued. */
static enum store_error postgres_execute(struct connection *base, const struct statement *statement, int64_t *changed) {
  struct postgres_connection *connection = own(base);
  enum store_error error = ready(connection);
  if (error == STORE_OK) error = postgres_send(connection, statement, changed ? ANSWER_WANTED : ANSWER_QUIET);
  if (error != STORE_OK || (connection->inside && !changed)) return error;
  error = postgres_settle(connection);
  if (error == STORE_OK && changed) *changed = strtoll(PQcmdTuples(connection->wanted), NULL, 10);
  return error;
}

static enum store_error fetch(struct postgres_cursor *cursor) {
  struct postgres_connection *connection = own(cursor->base.connection);
  char text[64];
  snprintf(text, sizeof text, "FETCH %d FROM c%u", STRETCH, cursor->name);
  connection->patient = true;
  enum store_error error = postgres_send_plain(connection, text, ANSWER_WANTED);
  return error ? error : postgres_settle(connection);
}

/* A cursor of the server's: DECLARE takes the parameters, rows come by stretches. */
static enum store_error declare(struct postgres_connection *connection, const struct statement *statement, struct postgres_cursor *cursor) {
  struct buffer text = {0};
  cursor->name = ++connection->cursors;
  buffer_print(&text, "DECLARE c%u NO SCROLL CURSOR FOR ", cursor->name);
  buffer_add(&text, statement->text, statement->size);
  struct statement declared = *statement;
  declared.text = text.bytes;
  declared.size = text.size;
  declared.stream = true;
  enum store_error error = postgres_send(connection, &declared, ANSWER_QUIET);
  buffer_free(&text);
  return error ? error : fetch(cursor);
}

/* What rules look up has no limit and mostly a few rows: asked for by a prepared statement that stops where a cursor would be worth it, in
   one round trip and planned once, where a cursor takes three and is planned each time. *few: that was all. */
static enum store_error ask_few(struct postgres_connection *connection, const struct statement *statement, bool *few) {
  struct buffer text = {0};
  buffer_add(&text, statement->text, statement->size);
  buffer_print(&text, " LIMIT %d", STRETCH + 1);
  struct statement limited = *statement;
  limited.text = text.bytes;
  limited.size = text.size;
  limited.hash = 0;
  limited.stream = false;
  connection->patient = true;
  enum store_error error = postgres_send(connection, &limited, ANSWER_WANTED);
  if (error == STORE_OK) error = postgres_settle(connection);
  buffer_free(&text);
  *few = error == STORE_OK && PQntuples(connection->wanted) <= STRETCH;
  return error;
}

/* The result that was wanted now belongs to the cursor. */
static void adopt(struct postgres_cursor *cursor) {
  struct postgres_connection *connection = own(cursor->base.connection);
  PQclear(cursor->rows);
  cursor->rows = connection->wanted;
  connection->wanted = NULL;
  cursor->count = PQntuples(cursor->rows);
  cursor->at = -1;
}

static enum store_error postgres_query(struct connection *base, const struct statement *statement, struct cursor **out) {
  struct postgres_connection *connection = own(base);
  *out = NULL;
  enum store_error error = ready(connection);
  if (error != STORE_OK) return error;
  struct postgres_cursor *cursor = calloc(1, sizeof *cursor);
  if (!cursor) abort();
  cursor->base.connection = base;
  cursor->stream = statement->stream && connection->inside;
  bool few = false;
  if (cursor->stream && statement->unlimited) error = ask_few(connection, statement, &few);
  if (few) cursor->stream = false;
  else if (error == STORE_OK && cursor->stream) error = declare(connection, statement, cursor);
  else if (error == STORE_OK) {
    error = postgres_send(connection, statement, ANSWER_WANTED);
    if (error == STORE_OK) error = postgres_settle(connection);
  }
  if (error == STORE_OK) adopt(cursor);
  else {
    free(cursor);
    cursor = NULL;
  }
  *out = cursor ? &cursor->base : NULL;
  return error;
}

static enum store_error postgres_next(struct cursor *base) {
  struct postgres_cursor *cursor = (struct postgres_cursor *)base;
  enum store_error error = STORE_OK;
  if (cursor->texts) arena_reset(cursor->texts);
  if (cursor->at + 1 >= cursor->count && cursor->stream && cursor->count == STRETCH) {
    error = fetch(cursor);
    if (error == STORE_OK) adopt(cursor);
  }
  if (error == STORE_OK && ++cursor->at >= cursor->count) {
    cursor->at = cursor->count;
    error = STORE_ABSENT;
  }
  return error;
}

static void postgres_finish(struct cursor *base) {
  struct postgres_cursor *cursor = (struct postgres_cursor *)base;
  char text[32];
  if (!cursor) return;
  if (cursor->stream && own(base->connection)->inside) {
    snprintf(text, sizeof text, "CLOSE c%u", cursor->name);
    postgres_send_plain(own(base->connection), text, ANSWER_SPURNED);
  }
  PQclear(cursor->rows);
  arena_free(cursor->texts);
  free(cursor);
}

/* ---- cells, in binary form ---- */

enum { TYPE_BOOL = 16, TYPE_BYTEA = 17, TYPE_INT8 = 20, TYPE_INT2 = 21, TYPE_INT4 = 23, TYPE_OID = 26, TYPE_NUMERIC = 1700 }; /* of pg_type, permanent */

static uint64_t big_endian(const uint8_t *bytes, int size) {
  uint64_t value = 0;
  for (int i = 0; i < size; i++) value = value << 8 | bytes[i];
  return value;
}

/* Sums of BIGINT come as numeric: digits of base 10,000, the first of weight w. Only whole numbers come from us. */
static int64_t numeric_integer(const uint8_t *bytes) {
  int digits = (int)big_endian(bytes, 2), weight = (int16_t)big_endian(bytes + 2, 2);
  bool below = big_endian(bytes + 4, 2) == 0x4000;
  int64_t value = 0;
  for (int i = 0; i <= weight; i++) value = value * 10000 + (i < digits ? (int64_t)big_endian(bytes + 8 + 2 * i, 2) : 0);
  return below ? -value : value;
}

static bool postgres_is_null(struct cursor *base, int column) {
  struct postgres_cursor *cursor = (struct postgres_cursor *)base;
  return PQgetisnull(cursor->rows, cursor->at, column);
}

static int64_t postgres_integer(struct cursor *base, int column) {
  struct postgres_cursor *cursor = (struct postgres_cursor *)base;
  if (PQgetisnull(cursor->rows, cursor->at, column)) return NOTHING;
  const char *cell = PQgetvalue(cursor->rows, cursor->at, column);
  const uint8_t *bytes = (const uint8_t *)cell;
  switch (PQftype(cursor->rows, column)) {
    case TYPE_BOOL: return bytes[0];
    case TYPE_INT2: return (int16_t)big_endian(bytes, 2);
    case TYPE_INT4: return (int32_t)big_endian(bytes, 4);
    case TYPE_OID: return (int64_t)big_endian(bytes, 4);
    case TYPE_INT8: return (int64_t)big_endian(bytes, 8);
    case TYPE_NUMERIC: return numeric_integer(bytes);
    default: return strtoll(cell, NULL, 10);
  }
}

static const char *postgres_bytes(struct cursor *base, int column, size_t *size) {
  struct postgres_cursor *cursor = (struct postgres_cursor *)base;
  const char *bytes = NULL;
  size_t length = 0;
  if (!PQgetisnull(cursor->rows, cursor->at, column)) {
    Oid type = PQftype(cursor->rows, column);
    bytes = PQgetvalue(cursor->rows, cursor->at, column);
    length = (size_t)PQgetlength(cursor->rows, cursor->at, column);
    if (type == TYPE_BOOL || type == TYPE_INT2 || type == TYPE_INT4 || type == TYPE_INT8 || type == TYPE_NUMERIC) {
      if (!cursor->texts) cursor->texts = arena_new();
      bytes = arena_print(cursor->texts, "%lld", (long long)postgres_integer(base, column));
      length = strlen(bytes);
    }
  }
  if (size) *size = length;
  return bytes;
}

/* ---- connections ---- */

static void postgres_disconnect(struct connection *base) {
  struct postgres_connection *connection = own(base);
  if (!connection) return;
  PQfinish(connection->link);
  postgres_forget_all(connection);
  buffer_free(&connection->digits);
  free(connection->values);
  free(connection->lengths);
  free(connection->formats);
  free(connection);
}

static enum store_error postgres_connect(struct store *store, enum purpose purpose, struct connection **out) {
  struct postgres_connection *connection = calloc(1, sizeof *connection);
  if (!connection) abort();
  connection->base = (struct connection){.driver = &STORE_POSTGRES, .store = store};
  enum store_error error = postgres_dial(connection);
  if (error != STORE_OK) {
    postgres_disconnect(&connection->base);
    connection = NULL;
  }
  *out = connection ? &connection->base : NULL;
  return error;
}

const struct store_driver STORE_POSTGRES = {
  .name = "postgresql", .abilities = ABILITY_DEFERS,
  .integer_type = "BIGINT", .text_type = "TEXT COLLATE \"C\"", .bytes_type = "BYTEA", .index_columns = 28 /* of the 32 it allows */, .lock_suffix = " FOR UPDATE",
  .explain = "EXPLAIN ", .explain_column = 0, .index_nulls_first = " NULLS FIRST", .joined_values = "string_agg(\"value\"::text, ' ')",
  .table_exists = "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = $1",
  .open = postgres_open, .close = postgres_close, .connect = postgres_connect, .disconnect = postgres_disconnect,
  .begin = postgres_begin, .commit = postgres_commit, .rollback = postgres_rollback, .mark = postgres_mark, .keep = postgres_keep, .undo = postgres_undo,
  .execute = postgres_execute, .query = postgres_query, .next = postgres_next, .is_null = postgres_is_null, .integer = postgres_integer,
  .bytes = postgres_bytes, .finish = postgres_finish,
  .backup = postgres_backup, .restore = postgres_restore, .scrub = postgres_scrub, .optimize = postgres_optimize};
