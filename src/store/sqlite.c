/* The SQLite driver: connections, prepared statements, transactions, errors. DATA/store.db holds records and journal,
   DATA/side.db the side values, so that these never wait for the writer. Must not know a table's name. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "base/folder.h"
#include "base/log.h"
#include "store/sqlite_file.h"

/* Prepared statements are kept in sets of four by the hash of their text; the one unused longest gives way. */
#define BUSY_PATIENCE 5000 /* milliseconds */
#define SETS 32
#define WAYS 4
struct sqlite_cursor {
  struct cursor base;
  sqlite3_stmt *statement;
  uint64_t hash, used;      /* used: tick of last use */
  char *text; size_t size;  /* own copy of the key; NULL when not kept */
  bool busy;                /* a cursor is open on it */
};
struct sqlite_connection {
  struct connection base;
  sqlite3 *database;
  uint64_t tick;
  int merge_at;             /* the writer's: pages of the log from which readers are waited for */
  struct sqlite_cursor kept[SETS][WAYS];
};

static struct sqlite_connection *own(struct connection *connection) { return (struct sqlite_connection *)connection; }

/* ---- errors ---- */
enum store_error sqlite_error(int code) {
  static const struct { int code; enum store_error error; } ERRORS[] = {
    {SQLITE_OK, STORE_OK}, {SQLITE_DONE, STORE_OK}, {SQLITE_ROW, STORE_OK}, {SQLITE_BUSY, STORE_BUSY}, {SQLITE_LOCKED, STORE_BUSY},
    {SQLITE_FULL, STORE_FULL}, {SQLITE_IOERR, STORE_FULL}, {SQLITE_CANTOPEN, STORE_GONE}, {SQLITE_CONSTRAINT, STORE_CLASH},
    {SQLITE_PERM, STORE_REFUSED}, {SQLITE_READONLY, STORE_REFUSED}, {SQLITE_NOTADB, STORE_REFUSED}};
  enum store_error error = STORE_BROKEN; /* CORRUPT, ERROR, MISUSE … */
  for (size_t i = 0; i < sizeof ERRORS / sizeof *ERRORS; i++)
    if (ERRORS[i].code == (code & 0xff)) { error = ERRORS[i].error; break; }
  return error;
}

/* SQLite's messages name tables and columns, never values. */
static enum store_error failed(struct sqlite_connection *connection, const char *what) {
  int code = sqlite3_extended_errcode(connection->database);
  enum store_error error = sqlite_error(code);
  if (error == STORE_BROKEN || error == STORE_FULL)
    log_line(LOG_ERROR, "store", "sqlite: %s: %s (%d)", what, sqlite3_errmsg(connection->database), code);
  if (error == STORE_BROKEN || error == STORE_GONE) connection->base.broken = true;
  connection->base.snapshot = false; /* it may have been taken back */
  return error;
}

/* ---- prepared statements ---- */
static uint64_t hash_text(const char *text, size_t size) {
  uint64_t hash = UINT64_C(0x9e3779b97f4a7c15) ^ size, word;
  while (size >= 8) {
    memcpy(&word, text, 8);
    hash = (hash ^ word) * UINT64_C(0xff51afd7ed558ccd);
    hash ^= hash >> 29;
    text += 8;
    size -= 8;
  }
  word = 0;
  memcpy(&word, text, size);
  hash = (hash ^ word) * UINT64_C(0xff51afd7ed558ccd);
  return hash ^ hash >> 32;
}

static struct sqlite_cursor *find_kept(struct sqlite_connection *connection, const struct statement *statement, uint64_t hash,
                                       struct sqlite_cursor **place) {
  struct sqlite_cursor *set = connection->kept[hash % SETS], *found = NULL, *oldest = NULL;
  for (int i = 0; i < WAYS; i++) {
    if (set[i].busy) continue;
    if (set[i].text && set[i].hash == hash && set[i].size == statement->size && memcmp(set[i].text, statement->text, statement->size) == 0)
      found = &set[i];
    if (oldest == NULL || set[i].used < oldest->used) oldest = &set[i];
  }
  *place = oldest;
  return found;
}

static void forget(struct sqlite_cursor *cursor) {
  sqlite3_finalize(cursor->statement);
  free(cursor->text);
  memset(cursor, 0, sizeof *cursor);
}

/* A cursor with its statement prepared: kept, or a loose one when it is asked once or all four places are busy. */
static enum store_error prepare(struct sqlite_connection *connection, const struct statement *statement, struct sqlite_cursor **cursor) {
  uint64_t hash = statement->hash ? statement->hash : hash_text(statement->text, statement->size);
  struct sqlite_cursor *place = NULL, *found = find_kept(connection, statement, hash, &place);
  bool loose = statement->once || place == NULL;
  if (!found) {
    sqlite3_stmt *prepared = NULL;
    if (sqlite3_prepare_v3(connection->database, statement->text, (int)statement->size, loose ? 0 : SQLITE_PREPARE_PERSISTENT, &prepared,
                           NULL) != SQLITE_OK)
      return failed(connection, "prepare");
    if (loose) found = calloc(1, sizeof *found);
    else { forget(place); found = place; found->text = strndup(statement->text, statement->size); }
    if (found == NULL || (!loose && found->text == NULL)) abort();
    found->base.connection = &connection->base;
    found->statement = prepared;
    found->hash = hash;
    found->size = statement->size;
  }
  found->used = ++connection->tick;
  *cursor = found;
  return STORE_OK;
}

static void done_with(struct sqlite_cursor *cursor) {
  sqlite3_reset(cursor->statement);
  cursor->busy = false;
  if (cursor->text == NULL) { sqlite3_finalize(cursor->statement); free(cursor); }
}

static enum store_error bind(struct sqlite_connection *connection, sqlite3_stmt *prepared, const struct statement *statement,
                             sqlite3_destructor_type keep) {
  int code = SQLITE_OK;
  for (size_t i = 0; i < statement->count && code == SQLITE_OK; i++) {
    const struct parameter *parameter = &statement->parameters[i];
    int at = (int)i + 1;
    switch (parameter->kind) {
      case PARAMETER_NOTHING: code = sqlite3_bind_null(prepared, at); break;
      case PARAMETER_INTEGER: code = sqlite3_bind_int64(prepared, at, parameter->integer); break;
      case PARAMETER_TEXT: code = sqlite3_bind_text(prepared, at, parameter->bytes, (int)parameter->size, keep); break;
      case PARAMETER_BYTES:
        code = sqlite3_bind_blob(prepared, at, parameter->bytes ? parameter->bytes : "", (int)parameter->size, keep);
        break;
    }
  }
  return code == SQLITE_OK ? STORE_OK : failed(connection, "bind");
}

static enum store_error sqlite_execute(struct connection *connection, const struct statement *statement, int64_t *changed) {
  struct sqlite_cursor *cursor = NULL;
  enum store_error error = prepare(own(connection), statement, &cursor);
  if (error) return error;
  error = bind(own(connection), cursor->statement, statement, SQLITE_STATIC);
  int code = SQLITE_ROW;
  while (!error && code == SQLITE_ROW) code = sqlite3_step(cursor->statement);
  if (!error && code != SQLITE_DONE) error = failed(own(connection), "execute");
  if (!error && changed) *changed = sqlite3_changes64(own(connection)->database);
  done_with(cursor);
  return error;
}

static enum store_error sqlite_query(struct connection *connection, const struct statement *statement, struct cursor **out) {
  struct sqlite_cursor *cursor = NULL;
  *out = NULL;
  enum store_error error = prepare(own(connection), statement, &cursor);
  if (error) return error;
  error = bind(own(connection), cursor->statement, statement, SQLITE_TRANSIENT);
  if (error) { done_with(cursor); return error; }
  cursor->busy = true;
  *out = &cursor->base;
  return STORE_OK;
}

static enum store_error sqlite_next(struct cursor *cursor) {
  int code = sqlite3_step(((struct sqlite_cursor *)cursor)->statement);
  return code == SQLITE_ROW ? STORE_OK : code == SQLITE_DONE ? STORE_ABSENT : failed(own(cursor->connection), "read");
}
static bool sqlite_is_null(struct cursor *cursor, int column) {
  return sqlite3_column_type(((struct sqlite_cursor *)cursor)->statement, column) == SQLITE_NULL;
}
static int64_t sqlite_integer(struct cursor *cursor, int column) {
  sqlite3_stmt *statement = ((struct sqlite_cursor *)cursor)->statement;
  return sqlite3_column_type(statement, column) == SQLITE_NULL ? NOTHING : sqlite3_column_int64(statement, column);
}
static const char *sqlite_bytes(struct cursor *cursor, int column, size_t *size) {
  sqlite3_stmt *statement = ((struct sqlite_cursor *)cursor)->statement;
  int type = sqlite3_column_type(statement, column);
  const char *bytes = NULL;
  if (type == SQLITE_BLOB) bytes = sqlite3_column_blob(statement, column);
  else if (type != SQLITE_NULL) bytes = (const char *)sqlite3_column_text(statement, column);
  if (type == SQLITE_BLOB && bytes == NULL) bytes = ""; /* an empty blob */
  if (size) *size = type == SQLITE_NULL ? 0 : (size_t)sqlite3_column_bytes(statement, column);
  return bytes;
}
static void sqlite_finish(struct cursor *cursor) { if (cursor) done_with((struct sqlite_cursor *)cursor); }

/* ---- transactions ---- */
static enum store_error plain(struct connection *connection, const char *text) {
  return sqlite_execute(connection, &(struct statement){.text = text, .size = strlen(text)}, NULL);
}
static enum store_error sqlite_begin(struct connection *connection, bool write) {
  return plain(connection, write ? "BEGIN IMMEDIATE" : "BEGIN");
}
static void sqlite_rollback(struct connection *connection) {
  if (!sqlite3_get_autocommit(own(connection)->database)) plain(connection, "ROLLBACK");
}
static enum store_error sqlite_commit(struct connection *connection) {
  /* a full disk may have rolled everything back already */
  enum store_error error = sqlite3_get_autocommit(own(connection)->database) ? STORE_FULL : plain(connection, "COMMIT");
  if (error) sqlite_rollback(connection);
  return error;
}
static enum store_error sqlite_mark(struct connection *connection) { return plain(connection, "SAVEPOINT one_set"); }
static enum store_error sqlite_keep(struct connection *connection) { return plain(connection, "RELEASE one_set"); }
static enum store_error sqlite_undo(struct connection *connection) {
  enum store_error error = plain(connection, "ROLLBACK TO one_set");
  return error ? error : plain(connection, "RELEASE one_set");
}

/* ---- the log ---- */
#define LOG_MERGED 10000     /* pages from which each commit merges what no reader needs any more, as the engine's own checkpoint would */
#define LOG_LONG 15000       /* from here on readers are waited for, so that the next commit begins the log anew: while followers read all the time
                                it would grow as long as something is written, and new blocks cost more than written ones */
#define LOG_PATIENCE 100     /* milliseconds; after a wait in vain the log may grow by LOG_MERGED before the next */

static int merge_log(void *with, sqlite3 *database, const char *name, int pages) {
  struct sqlite_connection *mine = with;
  if (pages < LOG_MERGED) return SQLITE_OK;
  if (pages < mine->merge_at) {
    sqlite3_wal_checkpoint_v2(database, name, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    return SQLITE_OK;
  }
  sqlite3_busy_timeout(database, LOG_PATIENCE);
  int code = sqlite3_wal_checkpoint_v2(database, name, SQLITE_CHECKPOINT_RESTART, NULL, NULL);
  sqlite3_busy_timeout(database, BUSY_PATIENCE);
  mine->merge_at = code == SQLITE_OK ? LOG_LONG : pages + LOG_MERGED;
  return SQLITE_OK; /* what could not be merged is merged later: the commit stands */
}

/* Pages that were read or written and are in the file. */
static void sqlite_rest(struct connection *connection) { sqlite3_db_release_memory(own(connection)->database); }

/* ---- connections ---- */
static const char *const PRAGMAS[] = {
  [FOR_WRITING] = ("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=67108864;"
                  "PRAGMA secure_delete=ON; PRAGMA cache_size=-64000;"),
  [FOR_READING] = "PRAGMA query_only=ON; PRAGMA cache_size=-3000;",
  [FOR_SIDE] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=16777216; PRAGMA secure_delete=ON; PRAGMA cache_size=-1000;"};

int sqlite_file_open(const char *path, bool make, const char *layer, sqlite3 **database) {
  int code = sqlite3_open_v2(path, database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (make ? SQLITE_OPEN_CREATE : 0), layer);
  if (code == SQLITE_OK) { sqlite3_extended_result_codes(*database, 1); sqlite3_busy_timeout(*database, BUSY_PATIENCE); }
  return code;
}

static void sqlite_disconnect(struct connection *connection) {
  struct sqlite_connection *mine = own(connection);
  if (mine == NULL) return;
  for (int i = 0; i < SETS; i++)
    for (int j = 0; j < WAYS; j++) forget(&mine->kept[i][j]);
  sqlite3_close_v2(mine->database);
  free(mine);
}

static enum store_error sqlite_connect(struct store *store, enum purpose purpose, struct connection **connection) {
  const struct sqlite_files *files = store->own;
  struct sqlite_connection *mine = calloc(1, sizeof *mine);
  if (mine == NULL) abort();
  mine->base = (struct connection){.driver = &STORE_SQLITE, .store = store};
  enum store_error error = STORE_OK;
  const char *layer = purpose == FOR_WRITING && !store->draft ? SQLITE_LOG_LAYER : NULL; /* it counts on syncs */
  int code = sqlite_file_open(purpose == FOR_SIDE ? files->side : files->records,
                              purpose == FOR_SIDE || (purpose == FOR_WRITING && files->create), layer, &mine->database);
  if (code == SQLITE_OK) code = sqlite3_exec(mine->database, PRAGMAS[purpose], NULL, NULL, NULL);
  if (code == SQLITE_OK && store->draft) code = sqlite3_exec(mine->database, "PRAGMA synchronous=OFF", NULL, NULL, NULL);
  if (code == SQLITE_OK && purpose == FOR_WRITING) {
    mine->merge_at = LOG_LONG;
    sqlite3_wal_hook(mine->database, merge_log, mine);
  }
  if (code != SQLITE_OK) {
    error = mine->database ? failed(mine, "open") : STORE_FULL;
    sqlite_disconnect(&mine->base);
    mine = NULL;
  }
  *connection = mine ? &mine->base : NULL;
  return error;
}

/* ---- the store ---- */
static bool file_there(const char *path) { struct stat state; return stat(path, &state) == 0; }

/* A change set may have its savepoint: what SQLite keeps to undo it stays in memory, which halves the cost of such a set. Nobody asks how
   much memory SQLite has: to count it, every allocation of every thread would take one lock. Must come before the library's first use in
   the process; later it is refused without harm. */
static void configure(void) {
  sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, -1);
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  sqlite_log_register();
}

static enum store_error sqlite_open(struct store *store, bool create, struct arena *arena, struct label *reason) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  enum store_error error = STORE_OK;
  pthread_once(&once, configure);
  struct sqlite_files *files = ARENA_NEW(store->arena, struct sqlite_files);
  files->records = arena_print(store->arena, "%s/store.db", store->url);
  files->side = arena_print(store->arena, "%s/side.db", store->url);
  files->create = create;
  store->own = files;
  if (create && !folder_make(store->url)) {
    error = STORE_REFUSED;
    *reason = label_print(arena, "无法建立数据文件夹“%s”:%s。请检查上级文件夹和权限。",
                          "cannot make the data folder \"%s\": %s. Check the folder above it and its permissions.", store->url,
                          strerror(errno));
  } else if (!create && !file_there(files->records)) {
    error = STORE_ABSENT;
    *reason = label_print(arena, "“%s”中没有库文件 store.db。请检查数据文件夹的位置。",
                          "there is no store.db in \"%s\". Check where the data folder is.", store->url);
  }
  return error;
}
static void sqlite_close(struct store *store) { store->own = NULL; }

const struct store_driver STORE_SQLITE = {
  .name = "sqlite", .abilities = ABILITY_INDEX_HINT | ABILITY_SORTS_GROUPS | ABILITY_RESTS_OPEN | ABILITY_MERGES_PARTS | ABILITY_MARKS_COPY,
  .integer_type = "INTEGER", .text_type = "TEXT", .bytes_type = "BLOB", .index_columns = 200, .lock_suffix = "",
  .explain = "EXPLAIN QUERY PLAN ", .explain_column = 3, .index_nulls_first = "", .joined_values = "group_concat(\"value\", ' ')",
  .table_exists = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1",
  .open = sqlite_open, .close = sqlite_close, .connect = sqlite_connect, .disconnect = sqlite_disconnect,
  .begin = sqlite_begin, .commit = sqlite_commit, .rollback = sqlite_rollback, .mark = sqlite_mark, .keep = sqlite_keep, .undo = sqlite_undo,
  .execute = sqlite_execute, .query = sqlite_query, .next = sqlite_next, .is_null = sqlite_is_null, .integer = sqlite_integer, .bytes = sqlite_bytes, .finish = sqlite_finish,
  .backup = sqlite_backup, .restore = sqlite_restore, .scrub = sqlite_scrub, .optimize = sqlite_optimize, .settle = sqlite_settle, .rest = sqlite_rest};
