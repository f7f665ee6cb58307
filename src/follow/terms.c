/* Search terms: one FTS5 table a record type in DATA/search.db, whose rowid is the record's id and whose text is our own tokens
   (terms_cut.c). Filled in batches by a follower; the position stands in the same file, so file and position cannot part. The file is a
   view: a new version of it, another store or a new epoch begins it anew. It is as sensitive as the store itself. The text of a question
   never reaches the syntax of FTS5: it is cut into tokens, and tokens into quoted phrases. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/room.h"
#include "follow/followers_parts.h"
#include "follow/house.h"
#include "follow/terms_parts.h"

#define TERMS_VERSION 2 /* 2: holders, stretches of numbers and pinyin beside the words */

/* What one batch will write: the words, or NULL when the row must be read. */
struct pending { struct words *words; int64_t record; const char *text; size_t size; bool fresh; };

enum store_error terms_failed(sqlite3 *database, int status) {
  if (status == SQLITE_OK || status == SQLITE_ROW || status == SQLITE_DONE) return STORE_OK;
  log_line(LOG_ERROR, "terms", "search.db: %s", database ? sqlite3_errmsg(database) : sqlite3_errstr(status));
  return (status & 0xFF) == SQLITE_FULL ? STORE_FULL : (status & 0xFF) == SQLITE_BUSY ? STORE_BUSY : STORE_GONE;
}

static enum store_error run(sqlite3 *database, const char *sql) {
  return terms_failed(database, sqlite3_exec(database, sql, NULL, NULL, NULL));
}

/* ---- opening ---- */

bool type_searched(const struct record_type *type) {
  for (size_t i = 0; i < type->field_count; i++)
    if (type->fields[i].flags & FIELD_SEARCHED) return true;
  return false;
}

static enum store_error prepare(sqlite3 *database, const char *format, unsigned id, sqlite3_stmt **statement) {
  char sql[200];
  snprintf(sql, sizeof sql, format, id, id, id);
  return terms_failed(database, sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, statement, NULL));
}

static enum store_error words_open(struct terms *terms, struct words *words) {
  unsigned id = (unsigned)words->type->id;
  char sql[200];
  snprintf(sql, sizeof sql, "CREATE VIRTUAL TABLE IF NOT EXISTS words_%u USING fts5(words, tokenize='ascii', columnsize=0)", id);
  enum store_error error = run(terms->writing, sql);
  snprintf(sql, sizeof sql, "INSERT INTO words_%u(words_%u, rank) VALUES ('secure-delete', 1)", id, id);
  if (!error) sqlite3_exec(terms->writing, sql, NULL, NULL, NULL); /* not known before SQLite 3.42: terms_forget does without */
  if (!error) error = prepare(terms->writing, "INSERT INTO words_%u(rowid, words) VALUES (?1, ?2)", id, &words->insert);
  if (!error) error = prepare(terms->writing, "DELETE FROM words_%u WHERE rowid = ?1", id, &words->delete);
  if (!error)
    error = prepare(terms->reading, "SELECT rowid FROM words_%u WHERE words_%u MATCH ?1 AND rowid < ?2 ORDER BY rowid DESC LIMIT ?3", id,
                    &words->find);
  if (!error) error = prepare(terms->reading, "SELECT rowid, closeness(words_%u) FROM words_%u WHERE words_%u MATCH ?1 AND rowid < ?2 ORDER BY rowid DESC LIMIT ?3", id, &words->rank);
  return error;
}

static enum store_error connect(const char *path, sqlite3 **database) {
  /* each has its lock above */
  int status = sqlite3_open_v2(path, database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
  if (status != SQLITE_OK) return terms_failed(*database, status);
  sqlite3_busy_timeout(*database, 5000);
  return run(*database, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON; PRAGMA cache_size=-16384");
}

static enum store_error position_read(struct terms *terms, int64_t *at, char **told) {
  sqlite3_stmt *statement = NULL;
  enum store_error error = terms_failed(terms->writing,
                                        sqlite3_prepare_v2(terms->writing, "SELECT at, told FROM position", -1, &statement, NULL));
  *at = 0;
  if (!error && sqlite3_step(statement) == SQLITE_ROW) {
    *at = sqlite3_column_int64(statement, 0);
    if (told) *told = heap_text((const char *)sqlite3_column_text(statement, 1));
  }
  sqlite3_finalize(statement);
  return error;
}

enum store_error terms_open(const char *data, struct terms **out) {
  struct terms *terms = HEAP_NEW(struct terms);
  struct arena *arena = arena_new();
  const char *path = arena_print(arena, "%s/search.db", data);
  terms->arena = arena;
  terms->scratch = arena_new();
  pthread_mutex_init(&terms->write_lock, NULL);
  pthread_mutex_init(&terms->read_lock, NULL);
  terms->items = heap_zeroed(SCHEMA.count, sizeof *terms->items);
  enum store_error error = connect(path, &terms->writing);
  if (!error) error = connect(path, &terms->reading);
  if (!error) error = closeness_register(terms->reading);
  if (!error) error = run(terms->writing, "CREATE TABLE IF NOT EXISTS position (id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL, told TEXT NOT NULL)");
  for (size_t i = 0; i < SCHEMA.count && !error; i++) {
    if (!type_searched(SCHEMA.types[i])) continue;
    terms->items[terms->count].type = SCHEMA.types[i];
    error = words_open(terms, &terms->items[terms->count++]);
  }
  if (!error) error = position_read(terms, &terms->at, NULL);
  if (error) {
    terms_close(terms);
    terms = NULL;
  }
  *out = terms;
  return error;
}

void terms_close(struct terms *terms) {
  if (!terms) return;
  for (size_t i = 0; i < terms->count; i++) {
    sqlite3_finalize(terms->items[i].insert);
    sqlite3_finalize(terms->items[i].delete);
    sqlite3_finalize(terms->items[i].find);
    sqlite3_finalize(terms->items[i].rank);
  }
  sqlite3_close(terms->reading);
  sqlite3_close(terms->writing);
  pthread_mutex_destroy(&terms->write_lock);
  pthread_mutex_destroy(&terms->read_lock);
  map_free(&terms->pending_at);
  free(terms->items);
  free(terms->pending);
  free(terms->forget);
  buffer_free(&terms->cut);
  cutter_rest(&terms->cutter);
  free(terms->store_id);
  arena_free(terms->scratch);
  arena_free(terms->arena);
  free(terms);
}

struct words *words_of(struct terms *terms, enum record_id type) {
  for (size_t i = 0; i < terms->count; i++)
    if (terms->items[i].type->id == type) return &terms->items[i];
  return NULL;
}

int64_t terms_position(struct terms *terms) { return __atomic_load_n(&terms->at, __ATOMIC_ACQUIRE); }

/* ---- writing ---- */

static enum store_error step(struct terms *terms, sqlite3_stmt *statement) {
  enum store_error error = terms_failed(terms->writing, sqlite3_step(statement));
  sqlite3_reset(statement);
  return error;
}

static enum store_error words_remove(struct terms *terms, struct words *words, int64_t record) {
  sqlite3_bind_int64(words->delete, 1, record);
  return step(terms, words->delete);
}

/* A fresh record is not there: words and position are written together. Should another process have been faster, its words give way. */
static enum store_error words_put(struct terms *terms, const struct pending *pending) {
  sqlite3_stmt *insert = pending->words->insert;
  enum store_error error = pending->fresh ? STORE_OK : words_remove(terms, pending->words, pending->record);
  if (error || pending->size == 0) return error;
  sqlite3_bind_int64(insert, 1, pending->record);
  sqlite3_bind_text64(insert, 2, pending->text, pending->size, SQLITE_STATIC, SQLITE_UTF8);
  int status = sqlite3_step(insert);
  sqlite3_reset(insert);
  if ((status & 0xFF) == SQLITE_CONSTRAINT) {
    error = words_remove(terms, pending->words, pending->record);
    if (!error) error = step(terms, insert);
  } else error = terms_failed(terms->writing, status);
  sqlite3_clear_bindings(insert);
  return error;
}

/* The destroyed words leave the index only when its segments are merged, the file when it is written anew. */
static enum store_error forget_locked(struct terms *terms, struct words *words, int64_t record) {
  char sql[100];
  enum store_error error = words_remove(terms, words, record);
  snprintf(sql, sizeof sql, "INSERT INTO words_%u(words_%u) VALUES ('optimize')", (unsigned)words->type->id, (unsigned)words->type->id);
  if (!error) error = run(terms->writing, sql);
  if (!error) error = run(terms->writing, "VACUUM");
  if (!error) error = run(terms->writing, "PRAGMA wal_checkpoint(TRUNCATE)");
  return error;
}

enum store_error terms_forget(struct terms *terms, enum record_id type, int64_t record) {
  struct words *words = words_of(terms, type);
  if (!words) return STORE_OK;
  pthread_mutex_lock(&terms->write_lock);
  pthread_mutex_lock(&terms->read_lock); /* a reader would keep the log from being cut */
  enum store_error error = forget_locked(terms, words, record);
  pthread_mutex_unlock(&terms->read_lock);
  pthread_mutex_unlock(&terms->write_lock);
  return error;
}

/* ---- the follower ---- */

static struct pending *pending_of(struct terms *terms, struct words *words, int64_t record) {
  int64_t at = map_get(&terms->pending_at, record);
  if (at != NOTHING) return &terms->pending[at];
  HEAP_ROOM(terms->pending, terms->pending_count, terms->pending_room, 256);
  map_put(&terms->pending_at, record, (int64_t)terms->pending_count);
  terms->pending[terms->pending_count] = (struct pending){.words = words, .record = record};
  return &terms->pending[terms->pending_count++];
}

/* Of these the words are made: searched texts, and who holds the record. */
static bool counts(const struct record_type *type, const struct field *field) {
  for (size_t i = 0; i < 4 && type->holders[i].field; i++)
    if (type->holders[i].field == field->id) return true;
  return (field->flags & FIELD_SEARCHED) != 0;
}

/* Does the entry touch such a field? Those are laid out with a mark first; a body that speaks of them takes it away. */
static const char MARK[1] = "";
static bool body_touches(struct terms *terms, const struct entry *entry, struct row *row) {
  bool touched = false;
  for (size_t i = 0; i < row->type->field_count; i++)
    if (counts(row->type, &row->type->fields[i]))
      row->values[i] = (struct value){.field = row->type->fields[i].id, .kind = VALUE_TEXT, .text = MARK};
  if (!body_apply(terms->scratch, entry, row)) return false;
  for (size_t i = 0; i < row->type->field_count; i++)
    if (counts(row->type, &row->type->fields[i])) touched |= row->values[i].text != MARK;
  return touched;
}

static void founding_take(struct terms *terms, struct words *words, const struct entry *entry) {
  struct row *row = row_new(terms->scratch, words->type);
  struct buffer *cut = &terms->cut;
  if (!body_apply(terms->scratch, entry, row)) return;
  buffer_clear(cut);
  record_cut(&terms->cutter, cut, row);
  struct pending *pending = pending_of(terms, words, entry->record);
  pending->text = cut->size ? arena_copy(terms->scratch, cut->bytes, cut->size) : "";
  pending->size = cut->size;
  pending->fresh = true;
}

static void forget_add(struct terms *terms, int64_t type, int64_t record) {
  if (terms->forget_count + 2 > terms->forget_room) {
    terms->forget_room = terms->forget_room ? 2 * terms->forget_room : 16;
    terms->forget = heap_resized(terms->forget, terms->forget_room, sizeof *terms->forget);
  }
  terms->forget[terms->forget_count++] = type;
  terms->forget[terms->forget_count++] = record;
}

static enum store_error terms_apply(void *state, const struct entry *entry) {
  struct terms *terms = state;
  struct words *words = words_of(terms, (enum record_id)entry->type);
  if (!words) return STORE_OK;
  if (entry->kind == ENTRY_DESTRUCTION) forget_add(terms, entry->type, entry->record);
  else if (entry->action == ACTION_VOID) pending_of(terms, words, entry->record)->text = NULL;
  else if (entry->kind == ENTRY_CHANGE && entry->version == 1) founding_take(terms, words, entry);
  else if (entry->kind == ENTRY_CHANGE || entry->kind == ENTRY_DERIVED) {
    struct row *row = row_new(terms->scratch, words->type);
    if (body_touches(terms, entry, row)) pending_of(terms, words, entry->record)->text = NULL;
  }
  return STORE_OK;
}

/* Reads the rows that the journal did not give whole. Voided and destroyed ones lose their words. */
static enum store_error pending_read(struct terms *terms) {
  struct reader *reader = NULL;
  enum store_error error = STORE_OK;
  for (size_t i = 0; i < terms->pending_count && !error; i++) {
    struct pending *pending = &terms->pending[i];
    struct row *row = NULL;
    struct buffer text = {.arena = terms->scratch};
    if (pending->text) continue;
    if (!reader) error = store_reader(terms->store, &reader);
    if (!error) error = reader_get(reader, pending->words->type, &SCOPE_SYSTEM, pending->record, terms->scratch, &row);
    if (!error && !row->voided) record_cut(&terms->cutter, &text, row);
    if (error == STORE_ABSENT) error = STORE_OK;
    pending->text = text.size ? text.bytes : "";
    pending->size = text.size;
  }
  if (reader) reader_release(reader);
  return error;
}

static enum store_error position_write(struct terms *terms, int64_t at) {
  char *sql = sqlite3_mprintf("INSERT INTO position(id, at, told) VALUES (1, %lld, '%d %q %lld') ON CONFLICT(id) DO UPDATE SET at = excluded.at, told = excluded.told",
                              (long long)at, TERMS_VERSION, terms->store_id, (long long)terms->epoch);
  enum store_error error = sql ? run(terms->writing, sql) : STORE_GONE;
  sqlite3_free(sql);
  return error;
}

static enum store_error batch_write(struct terms *terms, int64_t at) {
  enum store_error error = run(terms->writing, "BEGIN IMMEDIATE");
  if (error) return error;
  for (size_t i = 0; i < terms->pending_count && !error; i++) error = words_put(terms, &terms->pending[i]);
  if (!error) error = position_write(terms, at);
  if (!error) error = run(terms->writing, "COMMIT");
  if (error) sqlite3_exec(terms->writing, "ROLLBACK", NULL, NULL, NULL);
  return error;
}

static enum store_error terms_settle(void *state, int64_t at) {
  struct terms *terms = state;
  enum store_error error = pending_read(terms);
  pthread_mutex_lock(&terms->write_lock);
  if (!error) error = batch_write(terms, at);
  pthread_mutex_unlock(&terms->write_lock);
  for (size_t i = 0; i < terms->forget_count && !error; i += 2)
    error = terms_forget(terms, (enum record_id)terms->forget[i], terms->forget[i + 1]);
  if (!error) __atomic_store_n(&terms->at, at, __ATOMIC_RELEASE);
  terms->pending_count = terms->forget_count = 0;
  map_free(&terms->pending_at);
  cutter_rest(&terms->cutter);
  arena_reset(terms->scratch);
  return error;
}

static enum store_error begin_anew(struct terms *terms) {
  enum store_error error = STORE_OK;
  char sql[64];
  for (size_t i = 0; i < terms->count && !error; i++) {
    snprintf(sql, sizeof sql, "DELETE FROM words_%u", (unsigned)terms->items[i].type->id);
    error = run(terms->writing, sql);
  }
  terms->at = 0;
  return error;
}

static enum store_error terms_start(struct house *house, void **state, int64_t *at) {
  struct terms *terms = house->terms;
  struct reader *reader = NULL;
  struct head head = {0};
  char *told = NULL, expected[100];
  int64_t position = 0;
  enum store_error error = terms ? store_reader(house->store, &reader) : STORE_GONE;
  if (!error) error = reader_head(reader, &head);
  if (reader) reader_release(reader);
  if (!error) error = position_read(terms, &position, &told);
  if (error) return error;
  snprintf(expected, sizeof expected, "%d %s %lld", TERMS_VERSION, head.store_id, (long long)head.epoch);
  free(terms->store_id);
  terms->store = house->store;
  terms->store_id = heap_text(head.store_id);
  terms->epoch = head.epoch;
  if (position > head.number || (position > 0 && !text_equal(told, expected))) error = begin_anew(terms);
  else terms->at = position;
  free(told);
  *at = terms->at;
  *state = terms;
  return error;
}

static void terms_stop(void *state) { (void)state; /* the house closes the file */ }

/* Each batch is a transaction and a segment of the index, to be merged later: under load some hundred entries go into one. */
#define PAUSE 50
const struct follower FOLLOWER_TERMS = {.name = "terms", .kind = VIEW_IN_TABLES, .version = TERMS_VERSION, .start = terms_start, .apply = terms_apply,
                                        .settle = terms_settle, .stop = terms_stop, .pause = PAUSE};
