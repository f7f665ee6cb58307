/* Measuring what comes in by file: the import against a bare loop writing the same tables, then the search follower on the same texts
   against a bare FTS5 loop. */
#include "command/bench.h"

#include <string.h>

#include "base/pinyin.h"
#include "command/files.h"
#include "exchange/csv.h"
#include "exchange/import.h"

enum { APPEALS = 10000, TERMS_GROUP = 1000 /* as many entries as the follower takes at once */, REACH_SECONDS = 600 };

/* ---- the file ---- */
static void appeal_write(struct buffer *out, struct buffer *text, size_t n) {
  uint64_t seed = n * 104729 + 3;
  static const size_t PHRASES[] = {6, 12, 20, 30, 60}; /* 40 to 500 characters */
  buffer_print(out, "CL%07zu,用户%zu,", n + 1, n % 977);
  buffer_clear(text);
  bench_sentence(text, &seed, 3);
  csv_write(out, text->bytes, true, true);
  buffer_print(out, ",202%zu/%zu/%zu %02zu:%02zu:%02zu,", n % 7, 1 + n % 12, 1 + n % 28, n % 24, n % 60, n % 59);
  buffer_clear(text);
  bench_sentence(text, &seed, PHRASES[bench_random(&seed) % 5]);
  csv_write(out, text->bytes, true, true);
  buffer_print(out, ",%zu,%zu\r\n", n % 50, n % 7);
}

static const char *appeals_file(struct bench *bench, size_t *size) {
  if (bench->file) return call_read_file(bench->call, bench->file, size);
  struct buffer out = {.arena = bench->arena}, text = {.arena = bench->arena};
  size_t count = bench->count ? (size_t)bench->count : APPEALS;
  buffer_text(&out, "留言编号,留言用户,留言主题,留言时间,留言详情,点赞数,反对数\r\n");
  for (size_t i = 0; i < count; i++) appeal_write(&out, &text, i);
  *size = out.size;
  return out.bytes;
}

/* ---- our path ---- */
struct importing { const char *data, *bytes; size_t size; };
struct imported { double staging, writing; int64_t records; };

static bool stage(struct bench *bench, struct house *house, const struct importing *importing, struct authority *authority,
                  struct import_staged **staged) {
  struct reader *reader = NULL;
  struct import_options options = {.type = record_type(RECORD_APPEAL),
                                   .now = house_now(house),
                                   .base_line = NOTHING,
                                   .contact_key = house->contact_key};
  enum store_error error = store_reader(house->store, &reader);
  if (!error) error = authority_by_account(reader, BENCH_ACCOUNT, options.now, bench->arena, authority);
  if (!error) error = import_stage(reader, authority, &options, importing->bytes, importing->size, bench->arena, staged);
  reader_release(reader);
  if (!error && (*staged)->errors_found)
    bench_fail("the file has %lld errors, the first: %s", (long long)(*staged)->errors_found, (*staged)->errors[0].sentence.en);
  if (error) bench_fail("import: %s", store_error_label(error).en);
  return !error && (*staged)->errors_found == 0;
}

static bool import_work(struct bench *bench, const void *with, void *result) {
  const struct importing *importing = with;
  struct imported *imported = result;
  struct authority authority;
  struct import_staged *staged = NULL;
  struct import_report report = {0};
  struct house *house = bench_house(bench, importing->data, NULL, 0);
  if (!house) return false;
  double began = bench_clock();
  bool good = stage(bench, house, importing, &authority, &staged);
  imported->staging = bench_clock() - began;
  struct context context = {.now = house_now(house),
                            .authority = &authority,
                            .happened = NOTHING,
                            .channel = CHANNEL_IMPORT,
                            .contact_key = house->contact_key};
  began = bench_clock();
  good = good && import_write(house->writer, &context, staged, bench->arena, &report) == STORE_OK && report.verdict == VERDICT_DONE;
  imported->writing = bench_clock() - began;
  if (good) imported->records = staged->counts[IMPORT_CREATED];
  else bench_fail("the import was not written");
  house_close(house);
  return good;
}

/* A fresh store with the appeals in it. */
static bool import_once(struct bench *bench, struct importing *importing, struct imported *imported) {
  struct bench_world *world = ARENA_NEW(bench->arena, struct bench_world);
  importing->data = arena_print(bench->arena, "%s/import", bench->folder);
  struct bench_place place = {.data = importing->data, .base = true};
  return bench_prepare(bench, &place, world) && bench_child(import_work, bench, importing, imported, sizeof *imported);
}

/* One turn over a fresh store with the appeals in it. */
struct turn { struct importing importing; struct imported imported; double figure, raw; };
typedef bool turn_function(struct bench *bench, struct turn *turn, int run);

static bool by_turns(struct bench *bench, turn_function *take, struct bench_result *result) {
  struct turn turn = {{0}};
  double figures[99], raws[99];
  turn.importing.bytes = appeals_file(bench, &turn.importing.size);
  if (!turn.importing.bytes) return false;
  for (int run = 0; run < bench->runs; run++) {
    bool good = import_once(bench, &turn.importing, &turn.imported) && take(bench, &turn, run + 1);
    remove_tree(bench->arena, turn.importing.data);
    if (!good) return false;
    figures[run] = turn.figure;
    raws[run] = turn.raw;
  }
  *result = bench_result_of(figures, raws, bench->runs, false);
  return true;
}

static bool import_turn(struct bench *bench, struct turn *turn, int run) {
  const struct imported *imported = &turn->imported;
  /* one change set, one transaction; above IMPORT_WHOLE_MOST in chunks, as the import does */
  struct bench_replay replay = {turn->importing.data, imported->records > IMPORT_WHOLE_MOST ? (size_t)imported->records / IMPORT_CHUNK : 1};
  struct bench_replayed raw = {0};
  if (!bench_replay(bench, &replay, &raw)) return false;
  turn->figure = (double)imported->records / (imported->staging + imported->writing);
  turn->raw = (double)imported->records / raw.seconds;
  bench_say(bench, "第 %d 次:%lld 条 %.0f/s(检查 %.2f s,写入 %.2f s);原始 %.0f/s",
            "run %d: %lld appeals %.0f/s (checking %.2f s, writing %.2f s); raw %.0f/s", run, (long long)imported->records, turn->figure,
            imported->staging, imported->writing, turn->raw);
  return true;
}

bool bench_import(struct bench *bench, struct bench_result *result) { return by_turns(bench, import_turn, result); }

/* ---- terms ---- */
struct followed { double seconds; int64_t texts; };

static bool follow_work(struct bench *bench, const void *with, void *result) {
  const char *data = with;
  struct followed *followed = result;
  struct follower_set *set = NULL;
  int64_t newest = 0;
  struct house *house = bench_house(bench, data, NULL, 0);
  if (!house) return false;
  house_wait(house, 0, 0, &newest);
  pinyin_free(pinyin_new()); /* its table is opened once a process, whatever follows */
  double began = bench_clock();
  bool good = followers_start(house, &set) == STORE_OK && followers_reach(set, "terms", newest, REACH_SECONDS * 1000);
  followed->seconds = bench_clock() - began;
  followers_stop(set);
  house_close(house);
  if (!good) bench_fail("the search follower did not arrive");
  return good;
}

struct text { int64_t id; char *bytes; int size; };

static struct text *read_texts(struct bench *bench, sqlite3 *source, const char *table, size_t *count) {
  sqlite3_stmt *rows = NULL;
  struct text *texts = NULL;
  size_t room = 0;
  *count = 0;
  if (sqlite3_prepare_v2(source, arena_print(bench->arena, "SELECT rowid, words FROM %s ORDER BY rowid", table), -1, &rows, NULL) !=
      SQLITE_OK)
    return NULL;
  while (sqlite3_step(rows) == SQLITE_ROW) {
    if (*count == room) {
      struct text *more = ARENA_ARRAY(bench->arena, struct text, room ? 2 * room : 1024);
      if (room) memcpy(more, texts, room * sizeof *more);
      texts = more;
      room = room ? 2 * room : 1024;
    }
    int size = sqlite3_column_bytes(rows, 1);
    texts[(*count)++] = (struct text){sqlite3_column_int64(rows, 0),
                                      arena_copy(bench->arena, (const char *)sqlite3_column_text(rows, 1), (size_t)size), size};
  }
  sqlite3_finalize(rows);
  return texts;
}

static bool insert_texts(sqlite3 *database, const char *insert, const struct text *texts, size_t count) {
  sqlite3_stmt *statement = NULL;
  bool good = sqlite3_prepare_v2(database, insert, -1, &statement, NULL) == SQLITE_OK;
  for (size_t i = 0; i < count && good; i++) {
    if (i % TERMS_GROUP == 0) good = bench_exec(database, i ? "COMMIT; BEGIN IMMEDIATE" : "BEGIN IMMEDIATE");
    sqlite3_bind_int64(statement, 1, texts[i].id);
    sqlite3_bind_text(statement, 2, texts[i].bytes, texts[i].size, SQLITE_STATIC);
    good = good && sqlite3_step(statement) == SQLITE_DONE;
    sqlite3_reset(statement);
  }
  sqlite3_finalize(statement);
  return good && (count == 0 || bench_exec(database, "COMMIT"));
}

/* The texts as the follower cut them, into an equal table in an equal file. */
static bool words_work(struct bench *bench, const void *with, void *result) {
  const char *data = with, *table = arena_print(bench->arena, "words_%d", RECORD_APPEAL);
  struct followed *followed = result;
  size_t count = 0;
  sqlite3 *source = bench_open(arena_print(bench->arena, "%s/search.db", data)),
          *database = bench_open(arena_print(bench->arena, "%s/raw-search.db", data));
  struct text *texts = source && database ? read_texts(bench, source, table, &count) : NULL;
  bool good = texts &&
              bench_exec(database,
                         "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON; PRAGMA cache_size=-16384") &&
              bench_exec(database,
                         arena_print(bench->arena, "CREATE VIRTUAL TABLE %s USING fts5(words, tokenize='ascii', columnsize=0)", table));
  double began = bench_clock();
  good = good && insert_texts(database, arena_print(bench->arena, "INSERT INTO %s(rowid, words) VALUES (?1, ?2)", table), texts, count);
  followed->seconds = bench_clock() - began;
  followed->texts = (int64_t)count;
  sqlite3_close(source);
  sqlite3_close(database);
  return good;
}

static bool terms_turn(struct bench *bench, struct turn *turn, int run) {
  struct followed ours, raw;
  const char *data = turn->importing.data;
  if (!bench_child(follow_work, bench, data, &ours, sizeof ours) || !bench_child(words_work, bench, data, &raw, sizeof raw)) return false;
  turn->figure = (double)raw.texts / ours.seconds;
  turn->raw = (double)raw.texts / raw.seconds;
  bench_say(bench, "第 %d 次:%lld 条 %.0f/s;原始 %.0f/s", "run %d: %lld texts %.0f/s; raw %.0f/s", run, (long long)raw.texts, turn->figure,
            turn->raw);
  return true;
}

bool bench_terms(struct bench *bench, struct bench_result *result) { return by_turns(bench, terms_turn, result); }
