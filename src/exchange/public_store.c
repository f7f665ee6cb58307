/* What was released, in public.db. Items are small JSON texts by kind and key; each has the revision at which it changed last, so that a
   package can carry what came since. What goes leaves no words behind: pages are overwritten and the log is cut. */
#include "exchange/public_parts.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/log.h"

enum store_error public_failed(sqlite3 *database, int status) {
  if (status == SQLITE_OK || status == SQLITE_ROW || status == SQLITE_DONE) return STORE_OK;
  log_line(LOG_ERROR, "public", "%s", database ? sqlite3_errmsg(database) : sqlite3_errstr(status));
  return (status & 0xFF) == SQLITE_FULL ? STORE_FULL : (status & 0xFF) == SQLITE_BUSY ? STORE_BUSY : STORE_GONE;
}
enum store_error public_run(sqlite3 *database, const char *sql) { return public_failed(database, sqlite3_exec(database, sql, NULL, NULL, NULL)); }

static void bind(sqlite3_stmt *statement, const char *format, va_list values) {
  for (int i = 1; *format; format++, i++) {
    if (*format == 'i') sqlite3_bind_int64(statement, i, va_arg(values, int64_t));
    else if (*format == 't') sqlite3_bind_text(statement, i, va_arg(values, const char *), -1, SQLITE_TRANSIENT);
    else {
      const void *bytes = va_arg(values, const void *);
      sqlite3_bind_blob64(statement, i, bytes, va_arg(values, size_t), SQLITE_TRANSIENT);
    }
  }
}

enum store_error public_prepare(sqlite3 *database, sqlite3_stmt **statement, const char *sql, const char *format, ...) {
  va_list values;
  enum store_error error = public_failed(database, sqlite3_prepare_v2(database, sql, -1, statement, NULL));
  va_start(values, format);
  if (!error) bind(*statement, format, values);
  va_end(values);
  return error;
}

enum store_error public_do(sqlite3 *database, const char *sql, const char *format, ...) {
  sqlite3_stmt *statement = NULL;
  va_list values;
  enum store_error error = public_failed(database, sqlite3_prepare_v2(database, sql, -1, &statement, NULL));
  va_start(values, format);
  if (!error) {
    bind(statement, format, values);
    error = public_failed(database, sqlite3_step(statement));
  }
  va_end(values);
  sqlite3_finalize(statement);
  return error;
}

const char *public_text(sqlite3_stmt *statement, int column) { return (const char *)sqlite3_column_text(statement, column); }
enum store_error public_begin(sqlite3 *database) { return public_run(database, "BEGIN IMMEDIATE"); }
enum store_error public_end(sqlite3 *database, enum store_error error) {
  if (!error) error = public_run(database, "COMMIT");
  if (error) sqlite3_exec(database, "ROLLBACK", NULL, NULL, NULL);
  return error;
}

/* ---- opening ---- */

static const char VIEW_SCHEMA[] =
  "CREATE TABLE IF NOT EXISTS state (id INTEGER PRIMARY KEY CHECK (id = 1), journal INTEGER NOT NULL, moment INTEGER NOT NULL, revision INTEGER NOT NULL, generation TEXT NOT NULL, told TEXT NOT NULL);"
  "CREATE TABLE IF NOT EXISTS item (kind TEXT NOT NULL, key TEXT NOT NULL, body TEXT, revision INTEGER NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;"
  "CREATE INDEX IF NOT EXISTS item_revision ON item (revision);"
  "CREATE TABLE IF NOT EXISTS problem (id INTEGER PRIMARY KEY, place INTEGER NOT NULL, district INTEGER NOT NULL, category INTEGER NOT NULL, standing INTEGER NOT NULL, publicised INTEGER NOT NULL, ongoing INTEGER NOT NULL, results INTEGER NOT NULL);"
  "CREATE INDEX IF NOT EXISTS problem_place ON problem (place, id);"
  "CREATE INDEX IF NOT EXISTS problem_walk ON problem (ongoing, place, id);"
  "CREATE INDEX IF NOT EXISTS problem_count ON problem (ongoing, district, category, standing, place, id);"
  "CREATE INDEX IF NOT EXISTS problem_result ON problem (results, place, id);"
  "CREATE TABLE IF NOT EXISTS picture (name TEXT PRIMARY KEY, media_type TEXT NOT NULL, bytes BLOB NOT NULL, revision INTEGER NOT NULL);"
  "CREATE TABLE IF NOT EXISTS shown (problem INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (problem, name)) WITHOUT ROWID;"
  "CREATE INDEX IF NOT EXISTS shown_name ON shown (name);";
static const char INBOX_SCHEMA[] =
  "CREATE TABLE IF NOT EXISTS entry (portal TEXT NOT NULL, number INTEGER NOT NULL, kind TEXT, tracking TEXT, sealed TEXT, picture TEXT, received INTEGER NOT NULL, done INTEGER NOT NULL, PRIMARY KEY (portal, number)) WITHOUT ROWID;"
  "CREATE INDEX IF NOT EXISTS entry_waiting ON entry (portal, number) WHERE done = 0;"
  "CREATE TABLE IF NOT EXISTS note (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
  "CREATE TABLE IF NOT EXISTS visit (day INTEGER NOT NULL, who BLOB NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (day, who)) WITHOUT ROWID;";

static enum store_error file_open(const char *folder, const char *name, const char *schema, sqlite3 **database) {
  char path[4096];
  if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path) return STORE_REFUSED;
  enum store_error error = public_failed(*database,
                                         sqlite3_open_v2(path, database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                                                         NULL));
  if (error) return error;
  sqlite3_busy_timeout(*database, 10000);
  error = public_run(*database, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON");
  return error ? error : public_run(*database, schema);
}

/* The first to open them makes the portal's name and the first generation. */
static enum store_error names_make(struct public_store *store) {
  struct arena *arena = arena_new();
  uint8_t bytes[16];
  char *portal = NULL;
  random_bytes(bytes, sizeof bytes);
  enum store_error error = public_do(store->view, "INSERT OR IGNORE INTO state VALUES (1, 0, 0, 0, ?1, '')", "t",
                                     hex_write(arena, bytes, sizeof bytes));
  random_bytes(bytes, sizeof bytes);
  if (!error)
    error = public_do(store->inbox, "INSERT OR IGNORE INTO note VALUES ('portal', ?1)", "t", hex_write(arena, bytes, sizeof bytes));
  if (!error) error = inbox_noted(store, "portal", arena, &portal);
  if (!error) snprintf(store->portal, sizeof store->portal, "%s", portal);
  arena_free(arena);
  return error;
}

enum store_error public_open(const char *folder, struct public_store **out) {
  struct public_store *store = HEAP_NEW(struct public_store);
  pthread_mutex_init(&store->lock, NULL);
  store->folder = heap_text(folder);
  enum store_error error = file_open(folder, PUBLIC_FILE, VIEW_SCHEMA, &store->view);
  if (!error) error = file_open(folder, PUBLIC_INBOX_FILE, INBOX_SCHEMA, &store->inbox);
  if (!error) error = names_make(store);
  *out = store;
  if (error) {
    public_close(store);
    *out = NULL;
  }
  return error;
}

void public_close(struct public_store *store) {
  if (!store) return;
  sqlite3_close(store->view);
  sqlite3_close(store->inbox);
  pthread_mutex_destroy(&store->lock);
  free(store->folder);
  free(store);
}

const char *public_folder(const struct public_store *store) { return store->folder; }

/* ---- state ---- */

static enum store_error state_read(sqlite3 *view, struct public_state *state) {
  sqlite3_stmt *statement = NULL;
  enum store_error error = public_prepare(view, &statement, "SELECT journal, moment, revision, generation, told FROM state", "");
  memset(state, 0, sizeof *state);
  if (!error && sqlite3_step(statement) == SQLITE_ROW) {
    state->journal = sqlite3_column_int64(statement, 0);
    state->moment = sqlite3_column_int64(statement, 1);
    state->revision = sqlite3_column_int64(statement, 2);
    snprintf(state->generation, sizeof state->generation, "%s", public_text(statement, 3));
    snprintf(state->told, sizeof state->told, "%s", public_text(statement, 4));
  }
  sqlite3_finalize(statement);
  return error;
}

enum store_error public_state_read(struct public_store *store, struct public_state *state) {
  pthread_mutex_lock(&store->lock);
  enum store_error error = state_read(store->view, state);
  pthread_mutex_unlock(&store->lock);
  return error;
}

/* ---- writing ---- */

static bool stands_already(sqlite3 *view, const struct public_item *item, enum store_error *error) {
  sqlite3_stmt *statement = NULL;
  *error = public_prepare(view, &statement, "SELECT body FROM item WHERE kind = ?1 AND key = ?2", "tt", item->kind, item->key);
  bool there = !*error && sqlite3_step(statement) == SQLITE_ROW;
  bool same = there ? text_equal(public_text(statement, 0), item->body) : !item->body;
  sqlite3_finalize(statement);
  return same;
}

static enum store_error item_put(sqlite3 *view, const struct public_item *item, int64_t revision) {
  enum store_error error = public_do(view, "INSERT INTO item VALUES (?1, ?2, ?3, ?4) ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body, revision = excluded.revision", "ttti", item->kind, item->key, item->body, revision);
  return error ? error : public_index_item(view, item);
}

static enum store_error picture_put(sqlite3 *view, const struct public_picture *picture, int64_t revision) {
  return public_do(view, "INSERT OR IGNORE INTO picture VALUES (?1, ?2, ?3, ?4)", "ttbi", picture->name, picture->media_type,
                   picture->bytes, picture->size, revision);
}

/* The log holds what pages held before: cut, once something went or changed. A reader may be in the way; then the next time. */
static void log_cut(sqlite3 *view) { sqlite3_wal_checkpoint_v2(view, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL); }

enum store_error public_write(struct public_store *store, const struct public_item *items, size_t count, const struct public_picture *pictures, size_t picture_count, struct public_state *state) {
  struct public_state now;
  bool changed = false;
  pthread_mutex_lock(&store->lock);
  enum store_error error = public_begin(store->view);
  if (!error) error = state_read(store->view, &now);
  for (size_t i = 0; i < picture_count && !error; i++) error = picture_put(store->view, &pictures[i], now.revision + 1);
  for (size_t i = 0; i < count && !error; i++) {
    if (stands_already(store->view, &items[i], &error) || error) continue;
    error = item_put(store->view, &items[i], now.revision + 1);
    changed = true;
  }
  if (!error && changed) error = public_sweep_pictures(store->view);
  if (!error) error = public_do(store->view, "UPDATE state SET journal = ?1, moment = ?2, revision = ?3, told = ?4", "iiit", state->journal, state->moment, now.revision + changed, state->told);
  error = public_end(store->view, error);
  if (!error && changed) log_cut(store->view);
  pthread_mutex_unlock(&store->lock);
  state->revision = now.revision + (changed && !error);
  return error;
}

static enum store_error empty(sqlite3 *view) {
  return public_run(view, "DELETE FROM item; DELETE FROM problem; DELETE FROM picture; DELETE FROM shown");
}

enum store_error public_begin_anew(struct public_store *store, const char *told) {
  struct arena *arena = arena_new();
  uint8_t bytes[16];
  random_bytes(bytes, sizeof bytes);
  pthread_mutex_lock(&store->lock);
  enum store_error error = public_begin(store->view);
  if (!error) error = empty(store->view);
  if (!error) error = public_do(store->view, "UPDATE state SET journal = 0, moment = 0, revision = 0, generation = ?1, told = ?2", "tt", hex_write(arena, bytes, sizeof bytes), told);
  error = public_end(store->view, error);
  if (!error) log_cut(store->view);
  pthread_mutex_unlock(&store->lock);
  arena_free(arena);
  return error;
}

enum store_error public_apply(struct public_store *store, const struct public_item *items, size_t count, const struct public_picture *pictures, size_t picture_count, const struct public_state *state, bool whole) {
  pthread_mutex_lock(&store->lock);
  enum store_error error = public_begin(store->view);
  if (!error && whole) error = empty(store->view);
  for (size_t i = 0; i < picture_count && !error; i++) error = picture_put(store->view, &pictures[i], state->revision);
  for (size_t i = 0; i < count && !error; i++) error = item_put(store->view, &items[i], items[i].revision);
  if (!error) error = public_sweep_pictures(store->view);
  if (!error) error = public_do(store->view, "UPDATE state SET journal = ?1, moment = ?2, revision = ?3, generation = ?4, told = ?5", "iiitt", state->journal, state->moment, state->revision, state->generation, state->told);
  error = public_end(store->view, error);
  if (!error) log_cut(store->view);
  pthread_mutex_unlock(&store->lock);
  return error;
}

/* ---- reading ---- */

enum store_error public_item_read(struct public_store *store, const char *kind, const char *key, struct arena *arena, char **body) {
  sqlite3_stmt *statement = NULL;
  *body = NULL;
  pthread_mutex_lock(&store->lock);
  enum store_error error = public_prepare(store->view, &statement, "SELECT body FROM item WHERE kind = ?1 AND key = ?2", "tt", kind, key);
  if (!error && sqlite3_step(statement) == SQLITE_ROW && public_text(statement, 0)) *body = arena_text(arena, public_text(statement, 0));
  sqlite3_finalize(statement);
  pthread_mutex_unlock(&store->lock);
  return error ? error : *body ? STORE_OK : STORE_ABSENT;
}

enum store_error public_items(struct public_store *store, const char *kind, int64_t after, bool gone, public_item_sink *sink, void *with) {
  sqlite3_stmt *statement = NULL;
  int status = SQLITE_DONE;
  pthread_mutex_lock(&store->lock);
  enum store_error error = public_prepare(store->view, &statement, kind ? "SELECT kind, key, body, revision FROM item WHERE kind = ?1 AND revision > ?2 ORDER BY kind, key"
                                                                        : "SELECT kind, key, body, revision FROM item WHERE ?1 IS NULL AND revision > ?2 ORDER BY kind, key", "ti", kind, after);
  while (!error && (status = sqlite3_step(statement)) == SQLITE_ROW) {
    struct public_item item = {public_text(statement, 0), public_text(statement, 1), public_text(statement, 2), sqlite3_column_int64(statement, 3)};
    if ((item.body || gone) && !sink(with, &item)) break;
  }
  if (!error) error = public_failed(store->view, status);
  sqlite3_finalize(statement);
  pthread_mutex_unlock(&store->lock);
  return error;
}

static struct public_picture picture_of(sqlite3_stmt *statement) {
  return (struct public_picture){public_text(statement, 0), public_text(statement, 1), sqlite3_column_blob(statement, 2),
                                 (size_t)sqlite3_column_bytes(statement, 2)};
}

enum store_error public_picture_read(struct public_store *store, const char *name, struct arena *arena, struct public_picture *picture) {
  sqlite3_stmt *statement = NULL;
  bool there = false;
  pthread_mutex_lock(&store->lock);
  enum store_error error = public_prepare(store->view, &statement, "SELECT name, media_type, bytes FROM picture WHERE name = ?1", "t", name);
  if (!error && sqlite3_step(statement) == SQLITE_ROW) {
    struct public_picture found = picture_of(statement);
    *picture = (struct public_picture){arena_text(arena, found.name), arena_text(arena, found.media_type), arena_copy(arena, found.bytes, found.size), found.size};
    there = true;
  }
  sqlite3_finalize(statement);
  pthread_mutex_unlock(&store->lock);
  return error ? error : there ? STORE_OK : STORE_ABSENT;
}

enum store_error public_picture_there(struct public_store *store, const char *name, bool *there) {
  sqlite3_stmt *statement = NULL;
  pthread_mutex_lock(&store->lock);
  enum store_error error = public_prepare(store->view, &statement, "SELECT 1 FROM picture WHERE name = ?1", "t", name);
  *there = !error && sqlite3_step(statement) == SQLITE_ROW;
  sqlite3_finalize(statement);
  pthread_mutex_unlock(&store->lock);
  return error;
}

enum store_error public_pictures(struct public_store *store, int64_t after, public_picture_sink *sink, void *with) {
  sqlite3_stmt *statement = NULL;
  int status = SQLITE_DONE;
  pthread_mutex_lock(&store->lock);
  enum store_error error = public_prepare(store->view, &statement, "SELECT name, media_type, bytes FROM picture WHERE revision > ?1 ORDER BY name", "i", after);
  while (!error && (status = sqlite3_step(statement)) == SQLITE_ROW) {
    struct public_picture picture = picture_of(statement);
    if (!sink(with, &picture)) break;
  }
  if (!error) error = public_failed(store->view, status);
  sqlite3_finalize(statement);
  pthread_mutex_unlock(&store->lock);
  return error;
}
