/* Measuring over HTTP: creates against the bare loop, reads against an empty answer. */
#include "command/bench.h"

#include <math.h>
#include <string.h>
#include <sys/stat.h>

#include "command/files.h"

/* ---- creates ---- */
enum { CREATES = 20000, CREATES_ALONE = 2000, READS = 60000, CONNECTIONS = 64 };

static struct bench_bytes *create_requests(struct arena *arena, const struct bench_world *world, const struct bench_session *session,
                                           size_t count, const char *run) {
  struct bench_bytes *requests = ARENA_ARRAY(arena, struct bench_bytes, count);
  struct buffer body = {.arena = arena};
  for (size_t i = 0; i < count; i++) {
    buffer_clear(&body);
    bench_problem_json(&body, world, i);
    char *text = arena_print(arena, "POST /api/v1/problems HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nCookie: %s\r\nX-CSRF-Token: %s\r\n"
      "Idempotency-Key: %s-%zu\r\nContent-Length: %zu\r\n\r\n%s", session->cookie, session->csrf, run, i, body.size, body.bytes);
    requests[i] = (struct bench_bytes){text, strlen(text)};
  }
  return requests;
}

/* server, client: seconds of processor time while the load ran. */
struct creating {
  unsigned connections;
  size_t count;
  const char *data;
  struct bench_loaded loaded;
  double server, client;
  struct bench_replayed raw;
};

static bool creates_served(struct bench *bench, struct creating *creating, const struct bench_world *world) {
  struct bench_server server;
  struct bench_session session;
  struct arena *arena = arena_new();
  if (!bench_serve(bench, creating->data, bench->call->db, &server)) return false;
  bool good = bench_sign_in(bench, server.port, world->password, &session);
  if (good) {
    const char *run = random_word(arena, 12); /* keys of an earlier run would be answered from memory */
    struct bench_load load = {.port = server.port,
                              .connections = creating->connections,
                              .requests = create_requests(arena, world, &session, creating->count, run),
                              .request_count = creating->count,
                              .total = creating->count};
    double server_before = bench_processor(server.process), client_before = bench_processor(0);
    good = bench_load_run(&load, &creating->loaded) && bench_answered(&creating->loaded, "creates");
    creating->server = bench_processor(server.process) - server_before;
    creating->client = bench_processor(0) - client_before;
  }
  if (!bench_serve_end(&server)) good = false;
  arena_free(arena);
  return good;
}

/* One run: a fresh store, our path, then the bare loop over the same rows. */
static bool creates_once(struct bench *bench, struct creating *creating) {
  struct bench_world *world = ARENA_NEW(bench->arena, struct bench_world);
  creating->data = arena_print(bench->arena, "%s/creates", bench->folder);
  struct bench_place place = {.data = creating->data, .db = bench->call->db, .base = !bench->call->db};
  bool good = bench_prepare(bench, &place, world) && creates_served(bench, creating, world);
  if (good && !bench->call->db) {
    struct bench_replay replay = {creating->data, (creating->count + BENCH_GROUP - 1) / BENCH_GROUP};
    good = bench_replay(bench, &replay, &creating->raw);
  }
  remove_tree(bench->arena, creating->data);
  return good;
}

static bool creates_beside(struct bench *bench, unsigned connections, size_t count) {
  struct creating creating = {.connections = connections, .count = count};
  if (!creates_once(bench, &creating)) return false;
  bench_say(bench, "另记:%u 个连接 %.0f/s(p50 %.2f ms,p99 %.1f ms)", "for the record: %u connections %.0f/s (p50 %.2f ms, p99 %.1f ms)",
            connections, (double)count / creating.loaded.seconds, creating.loaded.p50 * 1e3, creating.loaded.p99 * 1e3);
  return true;
}

bool bench_creates(struct bench *bench, struct bench_result *result) {
  double figures[99], raws[99];
  size_t count = bench->count ? (size_t)bench->count : CREATES, alone = count < CREATES_ALONE ? count : CREATES_ALONE;
  bool good = creates_beside(bench, 1, alone) && creates_beside(bench, 16, count) && creates_beside(bench, 256, count);
  for (int run = 0; run < bench->runs && good; run++) {
    struct creating creating = {.connections = CONNECTIONS, .count = count};
    good = creates_once(bench, &creating);
    if (!good) break;
    figures[run] = (double)count / creating.loaded.seconds;
    raws[run] = bench->call->db ? NAN : (double)count / creating.raw.seconds;
    bench_say(bench, "第 %d 次:%.0f/s(p50 %.2f ms,p99 %.1f ms);原始 %.0f/s", "run %d: %.0f/s (p50 %.2f ms, p99 %.1f ms); raw %.0f/s",
              run + 1, figures[run], creating.loaded.p50 * 1e3, creating.loaded.p99 * 1e3, raws[run]);
    bench_say(bench, "  每条的处理器时间:服务器 %.0f µs,客户端 %.0f µs;原始 %.0f µs",
              "  processor time of each: server %.0f µs, client %.0f µs; raw %.0f µs", creating.server / (double)count * 1e6,
              creating.client / (double)count * 1e6, creating.raw.processor / (double)count * 1e6);
  }
  if (!good) return false;
  *result = bench_result_of(figures, raws, bench->runs, false);
  return true;
}

/* ---- read ---- */
static bool load_gets(struct bench *bench, uint16_t port, const struct bench_bytes *requests, size_t request_count, double *rate,
                      struct bench_loaded *loaded) {
  size_t total = bench->count ? (size_t)bench->count : READS;
  struct bench_load load = {.port = port, .connections = CONNECTIONS, .requests = requests, .request_count = request_count, .total = total};
  bool good = bench_load_run(&load, loaded) && bench_answered(loaded, "read");
  *rate = (double)total / loaded->seconds;
  return good;
}

static struct bench_bytes *read_requests(struct arena *arena, const struct bench_world *world, const struct bench_session *session) {
  struct bench_bytes *requests = ARENA_ARRAY(arena, struct bench_bytes, BENCH_IDS);
  for (size_t i = 0; i < BENCH_IDS; i++) {
    char *text = arena_print(arena, "GET /api/v1/problems/%lld?fields=record HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: %s\r\n\r\n",
                             (long long)world->problems[(i * 761) % BENCH_IDS], session->cookie);
    requests[i] = (struct bench_bytes){text, strlen(text)};
  }
  return requests;
}

static bool read_runs(struct bench *bench, const struct bench_server *ours, const struct bench_server *empty,
                      const struct bench_bytes *requests, struct bench_result *result) {
  static const char bare[] = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
  const struct bench_bytes bare_request = {bare, sizeof bare - 1};
  double figures[99], raws[99];
  struct bench_loaded loaded, raw_loaded;
  bool good = true;
  for (int run = -1; run < bench->runs && good; run++) { /* the first warms up */
    int at = run < 0 ? 0 : run;
    good = load_gets(bench, ours->port, requests, BENCH_IDS, &figures[at], &loaded) &&
           load_gets(bench, empty->port, &bare_request, 1, &raws[at], &raw_loaded);
    if (good && run >= 0)
      bench_say(bench, "第 %d 次:%.0f/s(p50 %.2f ms,p99 %.1f ms);原始 %.0f/s", "run %d: %.0f/s (p50 %.2f ms, p99 %.1f ms); raw %.0f/s",
                run + 1, figures[at], loaded.p50 * 1e3, loaded.p99 * 1e3, raws[at]);
  }
  if (!good) return false;
  *result = bench_result_of(figures, raws, bench->runs, false);
  return true;
}

bool bench_read(struct bench *bench, struct bench_result *result) {
  struct bench_world *world = ARENA_NEW(bench->arena, struct bench_world);
  struct bench_place place = {.data = arena_print(bench->arena, "%s/read", bench->folder), .problems = BENCH_IDS};
  struct bench_server ours, empty;
  struct bench_session session;
  if (!bench_prepare(bench, &place, world) || !bench_serve(bench, place.data, NULL, &ours)) return false;
  bool good = bench_serve_empty(bench, &empty);
  if (good) {
    good = bench_sign_in(bench, ours.port, world->password, &session);
    good = good && read_runs(bench, &ours, &empty, read_requests(bench->arena, world, &session), result);
    if (!bench_serve_end(&empty)) good = false;
  }
  if (!bench_serve_end(&ours)) good = false;
  remove_tree(bench->arena, place.data);
  return good;
}
