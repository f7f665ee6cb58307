/* Measuring what depends on the whole of a large store: the overview's server time, and starting again after a kill. */
#include "command/bench.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { OVERVIEWS = 300, LOG_WANTED = 48 << 20, LOG_MOST = 64 << 20, WRITES = 500, WRITES_MOST = 100, READY_SECONDS = 60 };

/* ---- overview ---- */
static int64_t figure_of(const char *answer, const char *name) {
  const char *at = answer ? strstr(answer, name) : NULL;
  return at ? strtoll(at + strlen(name), NULL, 10) : -1;
}

/* By the server's own clock: from a request's first line to its answer handed over. */
bool bench_server_time(struct bench *bench, uint16_t port, const char *request, size_t total, double *milliseconds,
                       struct bench_loaded *loaded) {
  static const char metrics[] = "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", name[] = "\nbihuan_answer_microseconds_total ";
  struct bench_bytes bytes = {request, strlen(request)};
  struct bench_load load = {.port = port, .connections = 1, .requests = &bytes, .request_count = 1, .total = total};
  int64_t before = figure_of(bench_ask(bench->arena, port, metrics), name);
  bool good = bench_load_run(&load, loaded) && bench_answered(loaded, "server time");
  int64_t after = figure_of(bench_ask(bench->arena, port, metrics), name);
  *milliseconds = (double)(after - before) / 1e3 / (double)total;
  return good && before >= 0 && after >= before;
}

bool bench_overview(struct bench *bench, struct bench_result *result) {
  struct bench_world *world = ARENA_NEW(bench->arena, struct bench_world);
  struct bench_server server;
  struct bench_session session;
  double figures[99], raws[99];
  if (!bench_million(bench, world) || !bench_serve(bench, bench->million, NULL, &server)) return false;
  bool good = bench_sign_in(bench, server.port, world->password, &session);
  const char *request = good ? arena_print(bench->arena, "GET /api/v1/overview HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: %s\r\n\r\n",
                                           session.cookie)
                             : NULL;
  for (int run = -1; run < bench->runs && good; run++) {
    int at = run < 0 ? 0 : run;
    struct bench_loaded loaded, empty;
    good = bench_server_time(bench, server.port, request, OVERVIEWS, &figures[at], &loaded)
      && bench_server_time(bench, server.port, "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", OVERVIEWS, &raws[at], &empty);
    if (good && run >= 0)
      bench_say(bench, "第 %d 次:%.3f ms(客户端 p50 %.2f ms,p99 %.2f ms);空应答 %.3f ms",
                "run %d: %.3f ms (seen by the client p50 %.2f ms, p99 %.2f ms); empty %.3f ms", run + 1, figures[at], loaded.p50 * 1e3,
                loaded.p99 * 1e3, raws[at]);
  }
  if (!bench_serve_end(&server)) good = false;
  if (!good) return false;
  *result = bench_result_of(figures, raws, bench->runs, true);
  return true;
}

/* ---- start ---- */
static int64_t log_size(struct bench *bench) {
  struct stat state;
  return stat(arena_print(bench->arena, "%s/store.db-wal", bench->million), &state) == 0 ? (int64_t)state.st_size : 0;
}

/* Writes over HTTP until the log is long. The writer merges it by itself from about 40 MB on, so it is stopped in between. */
static bool write_log(struct bench *bench, const struct bench_world *world, uint16_t port) {
  struct bench_session session;
  struct arena *arena = arena_new();
  struct buffer body = {.arena = arena};
  bool good = bench_sign_in(bench, port, world->password, &session);
  for (int round = 0; round < WRITES_MOST && good && log_size(bench) < LOG_WANTED; round++) {
    struct bench_bytes requests[WRITES];
    for (size_t i = 0; i < WRITES; i++) {
      buffer_clear(&body);
      bench_problem_json(&body, world, (uint64_t)round * WRITES + i);
      char *text = arena_print(arena, "POST /api/v1/problems HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nCookie: %s\r\nX-CSRF-Token: %s\r\nContent-Length: %zu\r\n\r\n%s", session.cookie, session.csrf, body.size, body.bytes);
      requests[i] = (struct bench_bytes){text, strlen(text)};
    }
    struct bench_loaded loaded;
    struct bench_load load = {.port = port, .connections = 16, .requests = requests, .request_count = WRITES, .total = WRITES};
    good = bench_load_run(&load, &loaded) && bench_answered(&loaded, "start");
  }
  arena_free(arena);
  return good;
}

static bool wait_ready(struct bench *bench, uint16_t port) {
  struct timespec pause = {.tv_nsec = 1000000};
  double until = bench_clock() + READY_SECONDS;
  bool ready = false;
  while (!ready && bench_clock() < until) {
    const char *answer = bench_ask(bench->arena, port, "GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    ready = answer && strncmp(answer + 9, "200", 3) == 0;
    if (!ready) nanosleep(&pause, NULL);
  }
  if (!ready) bench_fail("not ready within %d seconds", READY_SECONDS);
  return ready;
}

static bool start_once(struct bench *bench, double *seconds) {
  struct bench_server server;
  double began = bench_clock();
  if (!bench_serve(bench, bench->million, NULL, &server)) return false;
  bool good = wait_ready(bench, server.port);
  *seconds = bench_clock() - began;
  bench_serve_kill(&server); /* the log stays as it is, for the next turn */
  return good;
}

/* Leaves without closing: closing would merge the log. */
static bool open_work(struct bench *bench, const void *with, void *result) {
  (void)with;
  double began = bench_clock();
  sqlite3 *database = bench_open(arena_print(bench->arena, "%s/store.db", bench->million));
  bool good = database && bench_exec(database, "PRAGMA wal_autocheckpoint=0; SELECT number FROM journal_head; SELECT lead_unit, state, colour, count(*) FROM problem INDEXED BY i_problem_list GROUP BY 1, 2, 3");
  *(double *)result = bench_clock() - began;
  return good;
}

bool bench_start(struct bench *bench, struct bench_result *result) {
  struct bench_world *world = ARENA_NEW(bench->arena, struct bench_world);
  struct bench_server server;
  double figures[99], raws[99];
  if (!bench_million(bench, world) || !bench_serve(bench, bench->million, NULL, &server)) return false;
  bool good = wait_ready(bench, server.port) && write_log(bench, world, server.port);
  bench_serve_kill(&server);
  int64_t size = log_size(bench);
  if (good) bench_say(bench, "没有合并的日志文件:%.1f MB", "the log not merged: %.1f MB", (double)size / (1 << 20));
  if (size > LOG_MOST) bench_say(bench, "(比 64 MB 长)", "(longer than 64 MB)");
  for (int run = 0; run < bench->runs && good; run++) {
    good = start_once(bench, &figures[run]) && bench_child(open_work, bench, NULL, &raws[run], sizeof raws[run]);
    if (good) bench_say(bench, "第 %d 次:%.3f s;原始 %.3f s", "run %d: %.3f s; raw %.3f s", run + 1, figures[run], raws[run]);
  }
  if (!good) return false;
  *result = bench_result_of(figures, raws, bench->runs, true);
  return true;
}
