/* What came in from the public, in public-inbox.db: numbered by each portal without gaps, sealed for the inner store. Once taken in nothing
   but the number is kept. How often an address sent something today is counted under a hash whose key is forgotten with the day. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/room.h"
#include "exchange/public_parts.h"

const char *inbox_portal(const struct public_store *store) { return store->portal; }

/* ---- notes ---- */

static enum store_error note_read(sqlite3 *inbox, const char *key, struct arena *arena, char **value) {
  sqlite3_stmt *statement = NULL;
  *value = NULL;
  enum store_error error = public_prepare(inbox, &statement, "SELECT value FROM note WHERE key = ?1", "t", key);
  if (!error && sqlite3_step(statement) == SQLITE_ROW) *value = arena_text(arena, public_text(statement, 0));
  sqlite3_finalize(statement);
  return error ? error : *value ? STORE_OK : STORE_ABSENT;
}
static enum store_error note_write(sqlite3 *inbox, const char *key, const char *value) {
  return public_do(inbox, "INSERT INTO note VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value", "tt", key, value);
}

enum store_error inbox_note(struct public_store *store, const char *key, const char *value) {
  pthread_mutex_lock(&store->lock);
  enum store_error error = note_write(store->inbox, key, value);
  pthread_mutex_unlock(&store->lock);
  return error;
}
enum store_error inbox_noted(struct public_store *store, const char *key, struct arena *arena, char **value) {
  pthread_mutex_lock(&store->lock);
  enum store_error error = note_read(store->inbox, key, arena, value);
  pthread_mutex_unlock(&store->lock);
  return error;
}

/* ---- how often an address sends ---- */

static enum store_error salt_of_day(sqlite3 *inbox, int64_t day, struct arena *arena, uint8_t key[KEY_SIZE]) {
  char *value = NULL;
  long long of = -1;
  char hex[2 * KEY_SIZE + 1] = "";
  enum store_error error = note_read(inbox, "salt", arena, &value);
  if (error && error != STORE_ABSENT) return error;
  if (value && sscanf(value, "%lld %64s", &of, hex) == 2 && of == day && hex_read(hex, key, KEY_SIZE)) return STORE_OK;
  random_bytes(key, KEY_SIZE);
  error = public_do(inbox, "DELETE FROM visit WHERE day <> ?1", "i", day);
  return error ? error : note_write(inbox, "salt", arena_print(arena, "%lld %s", (long long)day, hex_write(arena, key, KEY_SIZE)));
}

static enum store_error visit_count(sqlite3 *inbox, int64_t day, const char *address, int64_t most, bool *welcome) {
  struct arena *arena = arena_new();
  uint8_t key[KEY_SIZE], who[HASH_SIZE];
  sqlite3_stmt *statement = NULL;
  int64_t count = 0;
  enum store_error error = salt_of_day(inbox, day, arena, key);
  hash_keyed(who, key, address, strlen(address));
  if (!error)
    error = public_do(inbox, "INSERT INTO visit VALUES (?1, ?2, 1) ON CONFLICT (day, who) DO UPDATE SET count = count + 1", "ib", day, who,
                      sizeof who);
  if (!error) error = public_prepare(inbox, &statement, "SELECT count FROM visit WHERE day = ?1 AND who = ?2", "ib", day, who, sizeof who);
  if (!error && sqlite3_step(statement) == SQLITE_ROW) count = sqlite3_column_int64(statement, 0);
  sqlite3_finalize(statement);
  *welcome = count <= most;
  arena_free(arena);
  return error;
}

/* ---- entries ---- */

static enum store_error number_asked(sqlite3 *inbox, const char *sql, const char *portal, int64_t *number) {
  sqlite3_stmt *statement = NULL;
  *number = 0;
  enum store_error error = public_prepare(inbox, &statement, sql, "t", portal);
  if (!error && sqlite3_step(statement) == SQLITE_ROW) *number = sqlite3_column_int64(statement, 0);
  sqlite3_finalize(statement);
  return error;
}
#define LAST "SELECT coalesce(max(number), 0) FROM entry WHERE portal = ?1"

enum store_error inbox_last(struct public_store *store, const char *portal, int64_t *number) {
  pthread_mutex_lock(&store->lock);
  enum store_error error = number_asked(store->inbox, LAST, portal, number);
  pthread_mutex_unlock(&store->lock);
  return error;
}

static enum store_error entry_put(sqlite3 *inbox, const struct inbox_entry *entry, int64_t number) {
  return public_do(inbox, "INSERT OR IGNORE INTO entry VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", "tittttii", entry->portal, number,
                   entry->kind, entry->tracking, entry->sealed, entry->picture, entry->received, (int64_t)!entry->sealed);
}

/* A refused attempt counts as well, and is kept no further. */
enum store_error inbox_add(struct public_store *store, const struct inbox_entry *entry, const char *address, int64_t most, enum inbox_answer *answer, int64_t *number) {
  struct inbox_entry own = *entry;
  bool welcome = false;
  own.portal = store->portal;
  pthread_mutex_lock(&store->lock);
  enum store_error error = public_begin(store->inbox);
  if (!error) error = visit_count(store->inbox, date_of_moment(entry->received), address, most, &welcome);
  if (!error && welcome) error = number_asked(store->inbox, LAST, store->portal, number);
  if (!error && welcome) error = entry_put(store->inbox, &own, ++*number);
  error = public_end(store->inbox, error);
  pthread_mutex_unlock(&store->lock);
  *answer = welcome ? INBOX_TAKEN : INBOX_TOO_MANY;
  return error;
}

struct kept_entries { struct arena *arena; struct inbox_entry *items; size_t count, room; };
static void entry_keep(struct kept_entries *kept, sqlite3_stmt *statement) {
  ARENA_ROOM(kept->arena, kept->items, kept->count, kept->room, 32);
#define TEXT(column) (public_text(statement, column) ? arena_text(kept->arena, public_text(statement, column)) : NULL)
  kept->items[kept->count++] = (struct inbox_entry){.portal = TEXT(0),
                                                    .number = sqlite3_column_int64(statement, 1),
                                                    .kind = TEXT(2),
                                                    .tracking = TEXT(3),
                                                    .sealed = TEXT(4),
                                                    .picture = TEXT(5),
                                                    .received = sqlite3_column_int64(statement, 6)};
}

/* Read in groups, the sink outside the lock: it may take its time, and write here. */
enum store_error inbox_list(struct public_store *store, const char *portal, int64_t after, bool done, inbox_sink *sink, void *with) {
  struct arena *arena = arena_new();
  struct kept_entries kept = {.arena = arena};
  char from[40] = "";
  enum store_error error = STORE_OK;
  bool on = true;
  snprintf(from, sizeof from, "%s", portal ? portal : "");
  do {
    sqlite3_stmt *statement = NULL;
    kept.count = kept.room = 0;
    pthread_mutex_lock(&store->lock);
    error = public_prepare(store->inbox, &statement, "SELECT portal, number, kind, tracking, sealed, picture, received FROM entry WHERE (portal, number) > (?1, ?2) AND (?3 = 0 OR portal = ?1) AND done <= ?4 ORDER BY portal, number LIMIT 20", "tiii",
                           from, after, (int64_t)(portal != NULL), (int64_t)done);
    while (!error && sqlite3_step(statement) == SQLITE_ROW) entry_keep(&kept, statement);
    sqlite3_finalize(statement);
    pthread_mutex_unlock(&store->lock);
    for (size_t i = 0; i < kept.count && on; i++) on = sink(with, &kept.items[i]);
    if (kept.count) {
      snprintf(from, sizeof from, "%s", kept.items[kept.count - 1].portal);
      after = kept.items[kept.count - 1].number;
    }
    arena_reset(arena);
  } while (!error && on && kept.count == 20);
  arena_free(arena);
  return error;
}

#define FORGET "UPDATE entry SET sealed = NULL, picture = NULL, kind = NULL, tracking = NULL, done = 1 WHERE done = 0 AND "

static void log_cut(sqlite3 *inbox) { sqlite3_wal_checkpoint_v2(inbox, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL); }

enum store_error inbox_done(struct public_store *store, const char *portal, int64_t number) {
  pthread_mutex_lock(&store->lock);
  enum store_error error = public_do(store->inbox, FORGET "portal = ?1 AND number = ?2", "ti", portal, number);
  if (!error) log_cut(store->inbox);
  pthread_mutex_unlock(&store->lock);
  return error;
}

enum store_error inbox_acknowledge(struct public_store *store, const char *portal, int64_t number) {
  pthread_mutex_lock(&store->lock);
  enum store_error error = public_do(store->inbox, FORGET "portal = ?1 AND number <= ?2", "ti", portal, number);
  if (!error) log_cut(store->inbox);
  pthread_mutex_unlock(&store->lock);
  return error;
}

enum store_error inbox_import(struct public_store *store, const struct inbox_entry *entries, size_t count) {
  pthread_mutex_lock(&store->lock);
  enum store_error error = public_begin(store->inbox);
  for (size_t i = 0; i < count && !error; i++) error = entry_put(store->inbox, &entries[i], entries[i].number);
  error = public_end(store->inbox, error);
  pthread_mutex_unlock(&store->lock);
  return error;
}

enum store_error inbox_taken_until(struct public_store *store, const char *portal, int64_t *number) {
  int64_t waiting = 0;
  pthread_mutex_lock(&store->lock);
  enum store_error error = number_asked(store->inbox, "SELECT coalesce(min(number), 0) FROM entry WHERE portal = ?1 AND done = 0", portal, &waiting);
  if (!error && !waiting) error = number_asked(store->inbox, LAST, portal, number);
  else *number = waiting - 1;
  pthread_mutex_unlock(&store->lock);
  return error;
}

enum store_error inbox_portals(struct public_store *store, inbox_portal_sink *sink, void *with) {
  sqlite3_stmt *statement = NULL;
  pthread_mutex_lock(&store->lock);
  enum store_error error = public_prepare(store->inbox, &statement, "SELECT portal, coalesce(min(CASE WHEN done = 0 THEN number END) - 1, max(number)) FROM entry GROUP BY portal ORDER BY portal", "");
  while (!error && sqlite3_step(statement) == SQLITE_ROW && sink(with, public_text(statement, 0), sqlite3_column_int64(statement, 1))) continue;
  sqlite3_finalize(statement);
  pthread_mutex_unlock(&store->lock);
  return error;
}
