/* Side values and the audit stream: what is no record and in no journal. One connection of its own behind a lock,
   short transactions of its own; nothing here waits for the writer. Sinks are called after the lock is given back. */
#include <stdio.h>
#include <string.h>
#include "base/log.h"
#include "store/schema_sql.h"

static const char *const SIDE_TABLES[] = {
  "CREATE TABLE IF NOT EXISTS side_value (kind I NOT NULL, key T NOT NULL, value T NOT NULL, expires I NOT NULL, PRIMARY KEY (kind, key))",
  "CREATE INDEX IF NOT EXISTS i_side_value_expires ON side_value (expires)",
  "CREATE TABLE IF NOT EXISTS audit_line (number I PRIMARY KEY, moment I NOT NULL, actor I NOT NULL, what T NOT NULL, detail T NOT NULL, chain B NOT NULL)"};

static enum store_error open_side(struct store *store) {
  const struct store_driver *driver = store->driver;
  if (store->side && store->side->broken) { driver->disconnect(store->side); store->side = NULL; }
  if (store->side) return STORE_OK;
  enum store_error error = driver->connect(store, FOR_SIDE, &store->side);
  struct arena *arena = arena_new();
  for (size_t i = 0; i < sizeof SIDE_TABLES / sizeof *SIDE_TABLES && !error; i++) {
    struct statement statement = statement_of(schema_words(arena, driver, SIDE_TABLES[i]), NULL, 0);
    statement.once = true;
    error = driver->execute(store->side, &statement, NULL);
  }
  arena_free(arena);
  if (error && store->side) { driver->disconnect(store->side); store->side = NULL; }
  return error;
}

/* Locks; the caller unlocks whatever this answers. */
enum store_error side_take(struct store *store) {
  pthread_mutex_lock(&store->side_lock);
  return open_side(store);
}
void side_give(struct store *store) { pthread_mutex_unlock(&store->side_lock); }

static enum store_error run_side(struct store *store, const char *text, const struct parameter *parameters, size_t count,
                                 int64_t *changed) {
  int64_t some = 0;
  enum store_error error = side_take(store);
  struct statement statement = statement_of(text, parameters, count);
  if (!error) error = store->driver->execute(store->side, &statement, &some);
  side_give(store);
  if (changed) *changed = some;
  return error;
}

enum store_error side_get(struct store *store, enum side_kind kind, const char *key, struct arena *arena, char **value) {
  const struct store_driver *driver = store->driver;
  struct parameter parameters[] = {parameter_integer(kind), parameter_text(key)};
  struct statement statement = statement_of("SELECT value FROM side_value WHERE kind = $1 AND key = $2", parameters, 2);
  struct cursor *cursor = NULL;
  size_t size = 0;
  *value = NULL;
  enum store_error error = side_take(store);
  if (!error) error = driver->query(store->side, &statement, &cursor);
  if (!error) error = driver->next(cursor);
  if (!error) {
    const char *bytes = driver->bytes(cursor, 0, &size);
    *value = arena_copy(arena, bytes ? bytes : "", size);
  }
  driver->finish(cursor);
  side_give(store);
  return error;
}

enum store_error side_put(struct store *store, enum side_kind kind, const char *key, const char *value, int64_t expires) {
  struct parameter parameters[] = {parameter_integer(kind), parameter_text(key), parameter_text(value), parameter_integer(expires)};
  return run_side(store, "INSERT INTO side_value (kind, key, value, expires) VALUES ($1, $2, $3, $4)"
    " ON CONFLICT (kind, key) DO UPDATE SET value = excluded.value, expires = excluded.expires", parameters, 4, NULL);
}

enum store_error side_swap(struct store *store, enum side_kind kind, const char *key, const char *expected, const char *value, int64_t expires) {
  int64_t changed = 0;
  enum store_error error;
  if (expected == NULL) {
    struct parameter parameters[] = {parameter_integer(kind), parameter_text(key), parameter_text(value), parameter_integer(expires)};
    error = run_side(store, "INSERT INTO side_value (kind, key, value, expires) VALUES ($1, $2, $3, $4) ON CONFLICT (kind, key) DO NOTHING", parameters, 4, &changed);
  } else {
    struct parameter parameters[] = {parameter_text(value), parameter_integer(expires), parameter_integer(kind), parameter_text(key), parameter_text(expected)};
    error = run_side(store, "UPDATE side_value SET value = $1, expires = $2 WHERE kind = $3 AND key = $4 AND value = $5", parameters, 5, &changed);
  }
  return error ? error : changed == 1 ? STORE_OK : STORE_CLASH;
}

enum store_error side_remove(struct store *store, enum side_kind kind, const char *key) {
  int64_t changed = 0;
  struct parameter parameters[] = {parameter_integer(kind), parameter_text(key)};
  enum store_error error = run_side(store, "DELETE FROM side_value WHERE kind = $1 AND key = $2", parameters, 2, &changed);
  return error ? error : changed ? STORE_OK : STORE_ABSENT;
}

enum store_error side_expire(struct store *store, int64_t now) {
  struct parameter parameter = parameter_integer(now);
  return run_side(store, "DELETE FROM side_value WHERE expires > 0 AND expires <= $1", &parameter, 1, NULL);
}

/* ---- lists: gathered under the lock, given outside it ---- */
struct side_line { const char *key, *value; size_t size; int64_t expires; struct side_line *next; };

enum store_error side_list(struct store *store, enum side_kind kind, const char *prefix, side_sink *sink, void *with) {
  const struct store_driver *driver = store->driver;
  const char *from = prefix ? prefix : "";
  size_t prefix_size = strlen(from), size = 0;
  struct arena *arena = arena_new();
  struct side_line *first = NULL, **last = &first;
  struct parameter parameters[] = {parameter_integer(kind), parameter_text(from)};
  struct statement statement = statement_of("SELECT key, value, expires FROM side_value WHERE kind = $1 AND key >= $2 ORDER BY key", parameters, 2);
  struct cursor *cursor = NULL;
  enum store_error error = side_take(store);
  if (!error) error = driver->query(store->side, &statement, &cursor);
  while (!error && (error = driver->next(cursor)) == STORE_OK) {
    const char *key = driver->bytes(cursor, 0, NULL);
    if (strncmp(key, from, prefix_size) != 0) break;
    struct side_line *line = ARENA_NEW(arena, struct side_line);
    line->key = arena_text(arena, key);
    const char *value = driver->bytes(cursor, 1, &size);
    line->value = arena_copy(arena, value ? value : "", size);
    line->size = size;
    line->expires = driver->integer(cursor, 2);
    *last = line;
    last = &line->next;
  }
  driver->finish(cursor);
  side_give(store);
  bool more = !error || error == STORE_ABSENT;
  for (struct side_line *line = first; line && more; line = line->next) more = sink(with, line->key, line->value, line->size, line->expires);
  arena_free(arena);
  return error == STORE_ABSENT ? STORE_OK : error;
}

/* ---- the audit stream ---- */
/* chain = H(chain before ‖ "number moment actor what detail"); before the first line: 32 zero bytes. */
static void audit_chain(struct audit *audit, const uint8_t before[HASH_SIZE], struct arena *arena) {
  const char *line = arena_print(arena, "%lld %lld %lld %s %s", (long long)audit->number, (long long)audit->moment, (long long)audit->actor,
                                 audit->what, audit->detail);
  hash_two(audit->chain, before, HASH_SIZE, line, strlen(line));
}

static enum store_error audit_last(struct store *store, int64_t *number, uint8_t chain[HASH_SIZE]) {
  const struct store_driver *driver = store->driver;
  struct statement statement = statement_of("SELECT number, chain FROM audit_line ORDER BY number DESC LIMIT 1", NULL, 0);
  struct cursor *cursor = NULL;
  size_t size = 0;
  enum store_error error = driver->query(store->side, &statement, &cursor);
  if (!error) error = driver->next(cursor);
  if (!error) {
    *number = driver->integer(cursor, 0);
    const char *bytes = driver->bytes(cursor, 1, &size);
    if (bytes && size == HASH_SIZE) memcpy(chain, bytes, HASH_SIZE);
  }
  driver->finish(cursor);
  return error == STORE_ABSENT ? STORE_OK : error;
}

enum store_error audit_newest(struct store *store, int64_t *number) {
  uint8_t chain[HASH_SIZE];
  *number = 0;
  enum store_error error = side_take(store);
  if (!error) error = audit_last(store, number, chain);
  side_give(store);
  return error;
}

static enum store_error audit_once(struct store *store, struct audit *audit, struct arena *arena) {
  const struct store_driver *driver = store->driver;
  uint8_t before[HASH_SIZE] = {0};
  int64_t last = 0;
  enum store_error error = driver->begin(store->side, true);
  if (error) return error;
  error = audit_last(store, &last, before);
  audit->number = last + 1;
  audit_chain(audit, before, arena);
  struct parameter parameters[] = {parameter_integer(audit->number), parameter_integer(audit->moment), parameter_integer(audit->actor),
    parameter_text(audit->what), parameter_text(audit->detail), parameter_bytes(audit->chain, HASH_SIZE)};
  int64_t changed = 0;
  static const char INSERT[] = "INSERT INTO audit_line (number, moment, actor, what, detail, chain) VALUES ($1, $2, $3, $4, $5, $6)";
  struct statement statement = statement_of(INSERT, parameters, 6);
  if (!error) error = driver->execute(store->side, &statement, &changed);
  if (error) driver->rollback(store->side);
  else error = driver->commit(store->side);
  return error;
}

/* Another server may take the same number on PostgreSQL: then the next one is tried. */
enum store_error audit_append(struct store *store, struct audit *audit) {
  struct arena *arena = arena_new();
  if (audit->what == NULL) audit->what = "";
  if (audit->detail == NULL) audit->detail = "{}";
  enum store_error error = side_take(store);
  for (int attempt = 0; attempt < 10 && !error; attempt++) {
    error = audit_once(store, audit, arena);
    if (error != STORE_CLASH) break;
    error = attempt < 9 ? STORE_OK : STORE_BUSY;
  }
  side_give(store);
  arena_free(arena);
  return error;
}

struct audit_kept { struct audit audit; struct audit_kept *next; };

enum store_error audit_list(struct store *store, int64_t after, size_t most, audit_sink *sink, void *with) {
  const struct store_driver *driver = store->driver;
  struct arena *arena = arena_new();
  struct audit_kept *first = NULL, **last = &first;
  struct parameter parameters[] = {parameter_integer(after), parameter_integer(most > INT64_MAX / 2 ? INT64_MAX / 2 : (int64_t)most)};
  struct statement statement = statement_of("SELECT number, moment, actor, what, detail, chain FROM audit_line WHERE number > $1 ORDER BY number LIMIT $2", parameters, 2);
  struct cursor *cursor = NULL;
  size_t size = 0;
  enum store_error error = side_take(store);
  if (!error) error = driver->query(store->side, &statement, &cursor);
  while (!error && (error = driver->next(cursor)) == STORE_OK) {
    struct audit_kept *kept = ARENA_NEW(arena, struct audit_kept);
    kept->audit = (struct audit){.number = driver->integer(cursor, 0), .moment = driver->integer(cursor, 1), .actor = driver->integer(cursor, 2),
      .what = arena_text(arena, driver->bytes(cursor, 3, NULL)), .detail = arena_text(arena, driver->bytes(cursor, 4, NULL))};
    const char *chain = driver->bytes(cursor, 5, &size);
    if (chain && size == HASH_SIZE) memcpy(kept->audit.chain, chain, HASH_SIZE);
    *last = kept;
    last = &kept->next;
  }
  driver->finish(cursor);
  side_give(store);
  bool more = !error || error == STORE_ABSENT;
  for (struct audit_kept *kept = first; kept && more; kept = kept->next) more = sink(with, &kept->audit);
  arena_free(arena);
  return error == STORE_ABSENT ? STORE_OK : error;
}

/* ---- is it whole? ---- */

struct audit_check { struct arena *arena; uint8_t chain[HASH_SIZE]; int64_t seen, wrong; size_t page; };

static bool audit_check_take(void *with, const struct audit *audit) {
  struct audit_check *check = with;
  struct audit again = *audit;
  check->page++;
  audit_chain(&again, check->chain, check->arena);
  if (audit->number != check->seen + 1 || memcmp(again.chain, audit->chain, HASH_SIZE) != 0) check->wrong = check->seen + 1;
  else memcpy(check->chain, audit->chain, HASH_SIZE);
  if (!check->wrong) check->seen = audit->number;
  return !check->wrong;
}

enum store_error audit_verify(struct store *store, int64_t *lines, int64_t *wrong) {
  struct audit_check check = {.arena = arena_new()};
  enum store_error error = STORE_OK;
  do {
    check.page = 0;
    error = audit_list(store, check.seen, 1000, audit_check_take, &check);
    arena_reset(check.arena);
  } while (!error && !check.wrong && check.page);
  *lines = check.seen;
  *wrong = check.wrong;
  arena_free(check.arena);
  return error;
}
