/* Measuring the preview of a policy: what it would change of a hundred thousand problems, each judged under two policies from its facts,
   beside SQLite reading the very rows and nothing else. Nothing is written. */
#include "command/bench.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"


/* ---- raw ---- */

struct read_bare { double milliseconds; int64_t rows; };

/* Every column of every counted problem, and every measure: what a judgement looks at stands in these. */
static bool table_read(sqlite3 *database, const char *sql, int64_t *rows) {
  sqlite3_stmt *statement = NULL;
  volatile int64_t sum = 0;
  bool good = sqlite3_prepare_v2(database, sql, -1, &statement, NULL) == SQLITE_OK;
  int step = SQLITE_DONE;
  while (good && (step = sqlite3_step(statement)) == SQLITE_ROW) {
    for (int i = 0; i < sqlite3_column_count(statement); i++) sum = sum + sqlite3_column_int64(statement, i);
    ++*rows;
  }
  if (!good || step != SQLITE_DONE) bench_fail("%s: %s", sql, sqlite3_errmsg(database));
  sqlite3_finalize(statement);
  return good && step == SQLITE_DONE;
}

static bool bare_work(struct bench *bench, const void *with, void *result) {
  struct read_bare *bare = result;
  int64_t measures = 0;
  sqlite3 *database = bench_open(arena_print(bench->arena, "%s/store.db", bench->million));
  (void)with;
  if (!database) return false;
  bool good = bench_exec(database, "PRAGMA mmap_size = 1073741824");
  for (int turn = 0; turn < 2 && good; turn++) { /* the second is warm */
    double began = bench_clock();
    bare->rows = 0;
    good = table_read(database, "SELECT * FROM problem WHERE counted = 1 ORDER BY id", &bare->rows) &&
           table_read(database, "SELECT * FROM measure", &measures);
    bare->milliseconds = (bench_clock() - began) * 1e3;
  }
  sqlite3_close(database);
  return good;
}

/* ---- ours ---- */

/* One that is stricter than the default, so that many would change. */
static char *request_make(struct bench *bench, const struct bench_world *world, const struct bench_session *session) {
  struct buffer body = {.arena = bench->arena};
  struct json json = json_to(&body);
  json_open(&json, '{');
  json_key(&json, "values");
  json_open(&json, '{');
  json_pair(&json, "name", "预览");
  json_pair_integer(&json, "campaign", world->campaign);
  json_pair(&json, "valid_from", date_print(bench->arena, date_of_moment(moment_system())));
  json_pair(&json, "preset", "sanming");
  json_close(&json, '}');
  json_close(&json, '}');
  return arena_print(bench->arena, "POST /api/v1/policies/preview HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nCookie: %s\r\nX-CSRF-Token: %s\r\nContent-Length: %zu\r\n\r\n%.*s", session->cookie,
                     session->csrf, body.size, (int)body.size, body.bytes);
}

static bool measure(struct bench *bench, const struct bench_world *world, struct bench_result *result) {
  struct bench_server server;
  struct bench_session session;
  struct bench_loaded loaded;
  double figures[99], raws[99], first = 0;
  if (!bench_serve(bench, bench->million, NULL, &server)) return false;
  bool good = bench_sign_in(bench, server.port, world->password, &session);
  const char *request = good ? request_make(bench, world, &session) : NULL;
  const char *answer = good ? bench_ask(bench->arena, server.port, request) : NULL,
             *changed = answer ? strstr(answer, "\"changed\":") : NULL;
  if (good && (!changed || strtoll(changed + 10, NULL, 10) <= 0))
    good = (bench_fail("the draft changes nothing: %.200s", answer ? answer : "no answer"), false);
  if (good) bench_say(bench, "会变色 %lld 个", "%lld would change colour", strtoll(changed + 10, NULL, 10));
  if (good) good = bench_server_time(bench, server.port, request, 1, &first, &loaded);
  for (int run = 0; run < bench->runs && good; run++) good = bench_server_time(bench, server.port, request, 2, &figures[run], &loaded);
  if (!bench_serve_end(&server)) good = false;
  for (int run = 0; run < bench->runs && good; run++) {
    struct read_bare bare = {0};
    good = bench_child(bare_work, bench, NULL, &bare, sizeof bare);
    raws[run] = bare.milliseconds;
    if (good)
      bench_say(bench, "第 %d 次:%.0f ms;只读 %.0f ms(%lld 个问题)", "run %d: %.0f ms; reading alone %.0f ms (%lld problems)", run + 1,
                figures[run], raws[run], (long long)bare.rows);
  }
  if (good) *result = bench_result_of(figures, raws, bench->runs, true);
  return good;
}

bool bench_policy(struct bench *bench, struct bench_result *result) { return bench_hundred_thousand(bench, measure, result); }
