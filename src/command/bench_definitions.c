/* Measuring the definitions: the whole table for every unit over a hundred thousand problems, as a server answers it warm, beside a bare
   loop over the same figures that only counts them by unit and state. */
#include "command/bench.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "follow/ledger_values.h"

enum { PROBLEMS = 100000, REQUESTS = 20, LOOPS = 50, SLOTS = 1024 };

/* ---- raw ---- */

struct bare { double milliseconds; int64_t figures; };

/* Unit and state of each figure, into cells found by hash: what any table by unit has to do at least. */
static int64_t loop_once(const struct figures *figures, int64_t (*cells)[32]) {
  int64_t sum = 0;
  memset(cells, 0, SLOTS * sizeof *cells);
  for (size_t i = 0; i < figures->count; i++) {
    const struct figure *figure = &figures->items[i];
    cells[(uint64_t)figure->lead_unit % SLOTS][figure->state & 31]++;
    sum += figure->due != FIGURE_NO_DATE && figure->due <= figure->admitted;
  }
  return sum + cells[1][1];
}

static void figures_take(void *with, const struct figures *figures) {
  struct bare *bare = with;
  int64_t (*cells)[32] = heap_zeroed(SLOTS, sizeof *cells);
  volatile int64_t kept = 0;
  double began = bench_clock();
  for (int i = 0; i < LOOPS; i++) kept = kept + loop_once(figures, cells);
  bare->milliseconds = (bench_clock() - began) * 1e3 / LOOPS;
  bare->figures = (int64_t)figures->count;
  free(cells);
}

static bool bare_work(struct bench *bench, const void *with, void *result) {
  struct house *house = bench_house(bench, bench->million, NULL, 0);
  (void)with;
  bool good = house && ledger_ask(house, figures_take, result) == STORE_OK;
  if (house) house_close(house);
  return good;
}

/* ---- ours ---- */

static bool measure(struct bench *bench, const struct bench_world *world, struct bench_result *result) {
  struct bench_server server;
  struct bench_session session;
  double figures[99], raws[99], first = 0;
  if (!bench_serve(bench, bench->million, NULL, &server)) return false;
  bool good = bench_sign_in(bench, server.port, world->password, &session);
  const char *request = good ? arena_print(bench->arena,
                                           "GET /api/v1/definitions/values?by=unit HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: %s\r\n\r\n",
                                           session.cookie)
                             : NULL;
  struct bench_loaded loaded;
  if (good) good = bench_server_time(bench, server.port, request, 1, &first, &loaded);
  if (good) bench_say(bench, "第一次(建视图):%.0f ms", "the first one, which builds the view: %.0f ms", first);
  for (int run = 0; run < bench->runs && good; run++)
    good = bench_server_time(bench, server.port, request, REQUESTS, &figures[run], &loaded);
  if (!bench_serve_end(&server)) good = false;
  for (int run = 0; run < bench->runs && good; run++) {
    struct bare bare = {0};
    good = bench_child(bare_work, bench, NULL, &bare, sizeof bare);
    raws[run] = bare.milliseconds;
    if (good)
      bench_say(bench, "第 %d 次:%.2f ms;裸循环 %.3f ms;%lld 个问题,每个 %zu 字节",
                "run %d: %.2f ms; bare loop %.3f ms; %lld problems of %zu bytes", run + 1, figures[run], raws[run], (long long)bare.figures,
                sizeof(struct figure));
  }
  if (good) *result = bench_result_of(figures, raws, bench->runs, true);
  return good;
}

bool bench_hundred_thousand(struct bench *bench, bench_measure *measured, struct bench_result *result) {
  struct bench_world *world = ARENA_NEW(bench->arena, struct bench_world);
  const char *million = bench->million;
  int64_t count = bench->count;
  bench->million = arena_print(bench->arena, "%s/definitions", bench->folder);
  if (!count) bench->count = PROBLEMS;
  bool good = bench_million(bench, world) && measured(bench, world, result);
  bench->million = million;
  bench->count = count;
  return good;
}

bool bench_definitions(struct bench *bench, struct bench_result *result) { return bench_hundred_thousand(bench, measure, result); }
