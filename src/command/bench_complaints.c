/* Measuring the daily count of complaints: a hundred thousand problems of 245 units, ten times as many appeals linked to them over the
   spans that are looked at, each with its sealed contact. Every unit leads a problem that many people complain of, so that every contact is
   opened. Beside SQLite walking the very rows of the appeals and nothing else. The appeals are written by a bare loop, and the store is
   made to look old enough to know what is usual. */
#include "command/bench.h"

#include <stdio.h>

#include "base/hash.h"
#include "follow/complaints.h"

enum { APPEALS_EACH = 10, HOT_EACH = 50 /* every so-manieth problem has half of all appeals */, DAYS = 210, PHONES = 500000, GROUP = 1000 };
#define FIRST_APPEAL INT64_C(3000000000)

struct filling { struct bench *bench; struct house *house; sqlite3 *store; sqlite3_stmt *insert; int64_t first, problems, now; };

static bool appeal_insert(struct filling *filling, struct arena *scratch, int64_t n) {
  uint64_t seed = (uint64_t)n * 7919 + 11;
  int64_t hot = filling->problems / HOT_EACH, made = filling->now - (int64_t)(bench_random(&seed) % DAYS) * MOMENT_DAY;
  int64_t problem = filling->first + (n % 2 && hot ? (int64_t)(bench_random(&seed) % (uint64_t)hot) * HOT_EACH
                                                   : (int64_t)(bench_random(&seed) % (uint64_t)filling->problems));
  const char *phone = secret_seal_newest(scratch, filling->house->contact_key,
                                         arena_print(scratch, "139%08lld", (long long)(bench_random(&seed) % PHONES)));
  const int64_t facts[] = {FIRST_APPEAL + n, 1, APPEAL_ASSIGNED, made, made, 1, 0, made, problem, SECRECY_INTERNAL, 0, 0};
  int at = 1;
  for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) sqlite3_bind_int64(filling->insert, at++, facts[i]);
  sqlite3_bind_text(filling->insert, at++, arena_print(scratch, "QF%09lld", (long long)n), -1, SQLITE_TRANSIENT);
  sqlite3_bind_text(filling->insert, at++, "楼道照明不亮", -1, SQLITE_STATIC);
  sqlite3_bind_text(filling->insert, at++, phone, -1, SQLITE_TRANSIENT);
  bool good = sqlite3_step(filling->insert) == SQLITE_DONE;
  sqlite3_reset(filling->insert);
  return good;
}

static bool appeals_insert(struct filling *filling) {
  struct arena *scratch = arena_new();
  bool good = sqlite3_prepare_v2(filling->store, "INSERT INTO appeal (id, version, state, created, changed, entry, voided, made_at, problem, secrecy, whistle, historic, number, title, phone)"
                                                 " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", -1, &filling->insert, NULL) == SQLITE_OK && bench_exec(filling->store, "BEGIN");
  for (int64_t n = 0; n < filling->problems * APPEALS_EACH && good; n++) {
    good = (n % GROUP || bench_exec(filling->store, "COMMIT; BEGIN")) && appeal_insert(filling, scratch, n);
    arena_reset(scratch);
  }
  if (!good) bench_fail("filling: %s", sqlite3_errmsg(filling->store));
  sqlite3_finalize(filling->insert);
  arena_free(scratch);
  return good && bench_exec(filling->store, "COMMIT");
}

static bool span_of(struct filling *filling) {
  sqlite3_stmt *span = NULL;
  bool good = sqlite3_prepare_v2(filling->store, "SELECT min(id), count(*) FROM problem", -1, &span, NULL) == SQLITE_OK &&
              sqlite3_step(span) == SQLITE_ROW;
  if (good) filling->first = sqlite3_column_int64(span, 0), filling->problems = sqlite3_column_int64(span, 1);
  sqlite3_finalize(span);
  return good && filling->problems > 0;
}

/* The house is closed again before a row is written: it has but one writer. */
static bool fill_work(struct bench *bench, const void *with, void *result) {
  struct filling filling = {.bench = bench, .house = bench_house(bench, bench->million, NULL, 0), .now = moment_system()};
  struct secret_keys keys;
  if (!filling.house) return false;
  keys = *filling.house->contact_key;
  house_close(filling.house);
  struct house closed = {.contact_key = &keys};
  filling.house = &closed;
  filling.store = bench_open(arena_print(bench->arena, "%s/store.db", bench->million));
  bool good = filling.store && span_of(&filling) && bench_exec(filling.store, "PRAGMA journal_mode=DELETE; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-400000; PRAGMA temp_store=MEMORY");
  struct bench_index *indexes = good ? bench_drop_indexes(bench, filling.store, "'appeal'") : NULL;
  good = indexes && appeals_insert(&filling) && bench_build_indexes(bench, filling.store, indexes) &&
         bench_exec(filling.store,
                    arena_print(bench->arena, "UPDATE journal SET moment = moment - %lld WHERE number = 1", (long long)(400 * MOMENT_DAY)));
  sqlite3_close(filling.store);
  *(int64_t *)result = filling.problems * APPEALS_EACH;
  (void)with;
  return good;
}

/* ---- ours ---- */

static bool pass_work(struct bench *bench, const void *with, void *result) {
  struct house *house = bench_house(bench, bench->million, NULL, 0);
  double began = bench_clock();
  enum store_error error = house ? complaints_count(house, house_now(house)) : STORE_BROKEN;
  *(double *)result = bench_clock() - began;
  if (error) bench_fail("the count: %s", store_error_label(error).en);
  if (house) house_close(house);
  (void)with;
  return !error;
}

/* ---- raw ---- */

static bool walk_work(struct bench *bench, const void *with, void *result) {
  sqlite3 *store = bench_open(arena_print(bench->arena, "%s/store.db", bench->million));
  sqlite3_stmt *walk = NULL;
  volatile int64_t sum = 0;
  double began = bench_clock();
  bool good = store && bench_exec(store, "PRAGMA mmap_size = 1073741824") &&
              sqlite3_prepare_v2(store, "SELECT id, problem, made_at, whistle, phone FROM appeal WHERE problem IS NOT NULL AND voided = 0",
                                 -1, &walk, NULL) == SQLITE_OK;
  while (good && sqlite3_step(walk) == SQLITE_ROW)
    sum = sum + sqlite3_column_int64(walk, 0) + sqlite3_column_int64(walk, 1) + sqlite3_column_int64(walk, 2) +
          sqlite3_column_bytes(walk, 4);
  *(double *)result = bench_clock() - began;
  sqlite3_finalize(walk);
  sqlite3_close(store);
  (void)with;
  return good;
}

static bool told_count(struct bench *bench, int64_t *told) {
  sqlite3 *store = bench_open(arena_print(bench->arena, "%s/store.db", bench->million));
  sqlite3_stmt *count = NULL;
  bool good = store &&
              sqlite3_prepare_v2(store, "SELECT count(*) FROM problem WHERE complaints IS NOT NULL", -1, &count, NULL) == SQLITE_OK &&
              sqlite3_step(count) == SQLITE_ROW;
  if (good) *told = sqlite3_column_int64(count, 0);
  sqlite3_finalize(count);
  sqlite3_close(store);
  return good;
}

static bool measure(struct bench *bench, const struct bench_world *world, struct bench_result *result) {
  double figures[99], raws[99], first = 0;
  int64_t appeals = 0, told = 0;
  (void)world;
  bool good = bench_child(fill_work, bench, NULL, &appeals, sizeof appeals) && bench_child(pass_work, bench, NULL, &first, sizeof first) &&
              told_count(bench, &told);
  if (good)
    bench_say(bench, "%lld 条关联诉求;第一次 %.2f s,其中 %lld 个问题写上了人数",
              "%lld linked appeals; the first pass %.2f s, which wrote the count on %lld problems", (long long)appeals, first,
              (long long)told);
  for (int run = 0; run < bench->runs && good; run++) {
    good = bench_child(pass_work, bench, NULL, &figures[run], sizeof figures[run]) &&
           bench_child(walk_work, bench, NULL, &raws[run], sizeof raws[run]);
    if (good) bench_say(bench, "第 %d 次:%.2f s;只走一遍 %.3f s", "run %d: %.2f s; walking alone %.3f s", run + 1, figures[run], raws[run]);
  }
  if (good) *result = bench_result_of(figures, raws, bench->runs, true);
  return good;
}

bool bench_complaints(struct bench *bench, struct bench_result *result) { return bench_hundred_thousand(bench, measure, result); }
