/* The raw limit of writing: a bare loop that puts the very rows of our own run into a copy of the store as it stood before, by prepared
   inserts, with the writer's pragmas. Only what SQLite and the hashes cost is left. */
#include "command/bench.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"

/* As the SQLite driver's writer has them. */
#define WRITER_PRAGMAS "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=10000; PRAGMA journal_size_limit=67108864;" \
  "PRAGMA secure_delete=ON; PRAGMA cache_size=-64000;"
enum { TABLES_MOST = 128 };

struct cell { int type; int size; union { int64_t integer; double number; const char *bytes; } as; };
struct table { char name[64]; int columns; size_t rows, room; struct cell *cells; sqlite3_stmt *insert; bool journal; };
struct replay {
  sqlite3 *database; struct arena *arena;
  struct table tables[TABLES_MOST]; size_t count;
  int salt, body, commitment, leaf, number, moment; /* columns of the journal */
  struct frontier frontier;
};

bool bench_exec(sqlite3 *database, const char *sql) {
  bool good = sqlite3_exec(database, sql, NULL, NULL, NULL) == SQLITE_OK;
  if (!good) bench_fail("%s: %s", sqlite3_errmsg(database), sql);
  return good;
}

/* Memory is not counted, as in our own driver; refused without harm where the library is in use already. */
sqlite3 *bench_open(const char *path) {
  sqlite3 *database = NULL;
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  if (sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK)
    return database;
  bench_fail("cannot open %s: %s", path, sqlite3_errmsg(database));
  sqlite3_close(database);
  return NULL;
}

bool bench_copy(const char *from, const char *to) {
  FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
  static char piece[1 << 20];
  size_t size = 0;
  bool good = in && out;
  while (good && (size = fread(piece, 1, sizeof piece, in)) > 0) good = fwrite(piece, 1, size, out) == size;
  good = good && !ferror(in);
  if (in) fclose(in);
  if (out && fclose(out) != 0) good = false;
  if (!good) bench_fail("cannot copy %s to %s", from, to);
  return good;
}

/* ---- loading ---- */
static sqlite3_stmt *prepare(sqlite3 *database, const char *sql) {
  sqlite3_stmt *statement = NULL;
  if (sqlite3_prepare_v2(database, sql, -1, &statement, NULL) != SQLITE_OK) bench_fail("%s: %s", sqlite3_errmsg(database), sql);
  return statement;
}

static void keep_row(struct replay *replay, struct table *table, sqlite3_stmt *statement) {
  if (table->rows == table->room) {
    table->room = table->room ? 2 * table->room : 1024;
    table->cells = heap_resized(table->cells, table->room * (size_t)table->columns, sizeof *table->cells);
  }
  struct cell *cells = &table->cells[table->rows++ * (size_t)table->columns];
  for (int i = 0; i < table->columns; i++) {
    struct cell *cell = &cells[i];
    *cell = (struct cell){.type = sqlite3_column_type(statement, i)};
    if (cell->type == SQLITE_INTEGER) cell->as.integer = sqlite3_column_int64(statement, i);
    else if (cell->type == SQLITE_FLOAT) cell->as.number = sqlite3_column_double(statement, i);
    else if (cell->type != SQLITE_NULL) {
      const void *bytes = cell->type == SQLITE_BLOB ? sqlite3_column_blob(statement, i) : (const void *)sqlite3_column_text(statement, i);
      cell->size = sqlite3_column_bytes(statement, i);
      cell->as.bytes = arena_copy(replay->arena, cell->size ? bytes : "", (size_t)cell->size);
    }
  }
}

static void find_journal_columns(struct replay *replay, sqlite3_stmt *statement, int columns) {
  const struct {
    const char *name;
    int *at;
  } WANTED[] = {{"salt", &replay->salt}, {"body", &replay->body},     {"commitment", &replay->commitment},
                {"leaf", &replay->leaf}, {"number", &replay->number}, {"moment", &replay->moment}};
  for (int i = 0; i < columns; i++)
    for (size_t k = 0; k < sizeof WANTED / sizeof *WANTED; k++)
      if (strcmp(sqlite3_column_name(statement, i), WANTED[k].name) == 0) *WANTED[k].at = i;
}

/* The rows of `source` behind the greatest rowid that the copy has. */
static bool load_table(struct replay *replay, sqlite3 *source, const char *name) {
  struct table *table = &replay->tables[replay->count];
  *table = (struct table){.journal = strcmp(name, "journal") == 0};
  snprintf(table->name, sizeof table->name, "%s", name);
  sqlite3_stmt *last = prepare(replay->database, arena_print(replay->arena, "SELECT coalesce(max(rowid), 0) FROM \"%s\"", name));
  int64_t from = last && sqlite3_step(last) == SQLITE_ROW ? sqlite3_column_int64(last, 0) : 0;
  sqlite3_finalize(last);
  sqlite3_stmt *rows = prepare(source,
                               arena_print(replay->arena, "SELECT * FROM \"%s\" WHERE rowid > %lld ORDER BY rowid", name, (long long)from));
  if (!rows) return false;
  table->columns = sqlite3_column_count(rows);
  if (table->journal) find_journal_columns(replay, rows, table->columns);
  while (sqlite3_step(rows) == SQLITE_ROW) keep_row(replay, table, rows);
  sqlite3_finalize(rows);
  if (table->rows == 0) return true;
  struct buffer insert = {.arena = replay->arena};
  buffer_print(&insert, "INSERT INTO \"%s\" VALUES (", name);
  for (int i = 0; i < table->columns; i++) buffer_text(&insert, i ? ",?" : "?");
  buffer_byte(&insert, ')');
  table->insert = prepare(replay->database, insert.bytes);
  replay->count++;
  return table->insert != NULL;
}

/* Rows that stood before and were changed. */
static bool load_rewritten(struct replay *replay, sqlite3 *source, const struct bench_rewritten *rewritten) {
  struct table *table = &replay->tables[replay->count++];
  *table = (struct table){.name = "(rewritten)"};
  sqlite3_stmt *rows = prepare(source, rewritten->select);
  if (!rows) return false;
  table->columns = sqlite3_column_count(rows);
  while (sqlite3_step(rows) == SQLITE_ROW) keep_row(replay, table, rows);
  sqlite3_finalize(rows);
  table->insert = prepare(replay->database, rewritten->update);
  return table->insert != NULL;
}

static bool load(struct replay *replay, const char *path, const struct bench_replay *asked) {
  sqlite3 *source = bench_open(path);
  sqlite3_stmt *names = source ? prepare(source,
                                         "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid")
                               : NULL;
  bool good = names != NULL;
  while (good && sqlite3_step(names) == SQLITE_ROW && replay->count < TABLES_MOST)
    good = load_table(replay, source, (const char *)sqlite3_column_text(names, 0));
  for (size_t i = 0; good && i < asked->rewritten_count && replay->count < TABLES_MOST; i++)
    good = load_rewritten(replay, source, &asked->rewritten[i]);
  sqlite3_finalize(names);
  sqlite3_close(source);
  return good;
}

/* ---- writing ---- */
/* What an entry costs beside its row: commitment, leaf, its place in the tree. */
static void seal(struct replay *replay, const struct cell *cells) {
  const struct cell *salt = &cells[replay->salt], *body = &cells[replay->body];
  uint8_t header[SEAL_HEADER_SIZE] = {0}, leaf[HASH_SIZE], commitment[HASH_SIZE];
  hash_two(commitment, salt->as.bytes, (size_t)salt->size, body->as.bytes, (size_t)body->size);
  hash_prefixed(leaf, 0, header, sizeof header, commitment, sizeof commitment);
  frontier_add(&replay->frontier, leaf, NULL, NULL);
}

static bool insert_row(struct replay *replay, const struct table *table, size_t row) {
  const struct cell *cells = &table->cells[row * (size_t)table->columns];
  if (table->journal) seal(replay, cells);
  for (int i = 0; i < table->columns; i++) {
    const struct cell *cell = &cells[i];
    if (cell->type == SQLITE_INTEGER) sqlite3_bind_int64(table->insert, i + 1, cell->as.integer);
    else if (cell->type == SQLITE_FLOAT) sqlite3_bind_double(table->insert, i + 1, cell->as.number);
    else if (cell->type == SQLITE_TEXT) sqlite3_bind_text(table->insert, i + 1, cell->as.bytes, cell->size, SQLITE_STATIC);
    else if (cell->type == SQLITE_BLOB) sqlite3_bind_blob(table->insert, i + 1, cell->as.bytes, cell->size, SQLITE_STATIC);
    else sqlite3_bind_null(table->insert, i + 1);
  }
  bool good = sqlite3_step(table->insert) == SQLITE_DONE;
  if (!good) bench_fail("%s: writing to %s", sqlite3_errmsg(replay->database), table->name);
  sqlite3_reset(table->insert);
  return good;
}

static int64_t journal_integer(const struct replay *replay, size_t group, size_t groups, int column) {
  int64_t value = 0;
  for (size_t t = 0; t < replay->count; t++) {
    const struct table *table = &replay->tables[t];
    size_t end = table->rows * (group + 1) / groups;
    if (table->journal && end) value = table->cells[(end - 1) * (size_t)table->columns + (size_t)column].as.integer;
  }
  return value;
}

/* Every table's share of the group's rows, in the order they were written. */
static bool write_group(struct replay *replay, size_t group, size_t groups, sqlite3_stmt *begin, sqlite3_stmt *head, sqlite3_stmt *commit) {
  bool good = sqlite3_step(begin) == SQLITE_DONE;
  sqlite3_reset(begin);
  for (size_t t = 0; t < replay->count; t++) {
    struct table *table = &replay->tables[t];
    for (size_t row = table->rows * group / groups; good && row < table->rows * (group + 1) / groups; row++)
      good = insert_row(replay, table, row);
  }
  sqlite3_bind_int64(head, 1, journal_integer(replay, group, groups, replay->number));
  sqlite3_bind_int64(head, 2, journal_integer(replay, group, groups, replay->moment));
  good = good && sqlite3_step(head) == SQLITE_DONE;
  sqlite3_reset(head);
  good = good && sqlite3_step(commit) == SQLITE_DONE;
  sqlite3_reset(commit);
  return good;
}

static bool replay_work(struct bench *bench, const void *with, void *result) {
  const struct bench_replay *asked = with;
  struct bench_replayed *replayed = result;
  struct replay *replay = ARENA_NEW(bench->arena, struct replay);
  const char *path = arena_print(bench->arena, "%s/raw.db", asked->data);
  replay->arena = bench->arena;
  if (!bench_copy(arena_print(bench->arena, "%s/base.db", asked->data), path)) return false;
  replay->database = bench_open(path);
  bool good = replay->database && bench_exec(replay->database, WRITER_PRAGMAS) &&
              load(replay, arena_print(bench->arena, "%s/store.db", asked->data), asked);
  if (!good) return false;
  sqlite3_stmt *begin = prepare(replay->database, "BEGIN IMMEDIATE"), *commit = prepare(replay->database, "COMMIT"),
               *head = prepare(replay->database, "UPDATE journal_head SET number = ?, last_moment = ?");
  double began = bench_clock(), began_work = bench_processor(0);
  for (size_t group = 0; good && group < asked->groups; group++) good = write_group(replay, group, asked->groups, begin, head, commit);
  *replayed = (struct bench_replayed){bench_clock() - began, bench_processor(0) - began_work};
  sqlite3_finalize(begin);
  sqlite3_finalize(head);
  sqlite3_finalize(commit);
  for (size_t t = 0; t < replay->count; t++) sqlite3_finalize(replay->tables[t].insert);
  sqlite3_close(replay->database);
  return good;
}

bool bench_replay(struct bench *bench, const struct bench_replay *replay, struct bench_replayed *replayed) {
  return bench_child(replay_work, bench, replay, replayed, sizeof *replayed);
}
