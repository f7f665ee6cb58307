/* Comparing two rounds: both frozen tables are read from where they are kept and compared, as a request does it; beside it a bare loop
   that merges the same figures in memory. */
#include "command/bench.h"

#include <string.h>

#include "rules/compare.h"
#include "rules/frozen.h"

enum { PROBLEMS = 100000, MOVED_EVERY = 40, CLOSED_EVERY = 25, CHANGED_EVERY = 10, ADDED_EVERY = 33 };

/* The later round: some problems closed, moved, changed; some were not there before. */
static void later_make(const struct figures *all, const struct bench_world *world, struct figures *from, struct figures *to) {
  for (size_t i = 0; i < all->count && i < PROBLEMS; i++) {
    struct figure figure = all->items[i];
    if (i % ADDED_EVERY) figures_add(from, &figure);
    if (i % CHANGED_EVERY == 0) figure.progress = (uint16_t)(figure.progress + 1);
    if (i % MOVED_EVERY == 0) figure.lead_unit = world->units[i % BENCH_UNITS];
    if (i % CLOSED_EVERY == 0 && !figure_is_closed(&figure)) figure.state = PROBLEM_CLOSED;
    figures_add(to, &figure);
  }
}

static int64_t bare_merge(const struct figures *from, const struct figures *to) {
  int64_t differ = 0;
  size_t one = 0, two = 0;
  while (one < from->count && two < to->count) {
    const struct figure *a = &from->items[one], *b = &to->items[two];
    if (a->id == b->id) differ += memcmp(a, b, sizeof *a) != 0;
    one += a->id <= b->id;
    two += b->id <= a->id;
  }
  return differ + (int64_t)(from->count - one) + (int64_t)(to->count - two);
}

static bool compared_once(struct store *store, const char hashes[2][2 * HASH_SIZE + 1], double *milliseconds, struct compared *whole) {
  struct figures ends[2] = {{0}, {0}};
  int64_t destroyed;
  double began = bench_clock();
  enum store_error error = frozen_read(store, hashes[0], &ends[0], &destroyed);
  if (!error) error = frozen_read(store, hashes[1], &ends[1], &destroyed);
  if (!error) compare_figures(&ends[0], &ends[1], &SCOPE_SYSTEM, NULL, 0, whole, NULL, NULL);
  *milliseconds = (bench_clock() - began) * 1e3;
  for (int i = 0; i < 2; i++) figures_free(&ends[i]);
  if (error) bench_fail("a frozen table could not be read: %s", store_error_label(error).en);
  return !error;
}

struct both { struct figures all, from, to; char hashes[2][2 * HASH_SIZE + 1]; };

static bool both_make(struct bench *bench, const struct bench_world *world, struct store *store, struct both *both) {
  struct reader *reader = NULL;
  enum store_error error = store_reader(store, &reader);
  if (!error) error = figures_read(reader, &SCOPE_SYSTEM, world->campaign, &both->all);
  if (!error) later_make(&both->all, world, &both->from, &both->to);
  struct frozen_seal seal = {.figure_version = FIGURE_VERSION, .campaign = world->campaign, .journal = both->all.journal};
  if (!error) error = frozen_make_at(reader, &seal, &both->from, true, bench->arena, both->hashes[0]);
  if (!error) error = frozen_make_at(reader, &seal, &both->to, true, bench->arena, both->hashes[1]);
  if (reader) reader_release(reader);
  if (error) bench_fail("the frozen tables could not be made: %s", store_error_label(error).en);
  return !error;
}

static bool rounds_work(struct bench *bench, const void *with, void *result) {
  struct both both = {0};
  double figures[99], raws[99];
  struct house *house = bench_house(bench, bench->million, NULL, 0);
  bool good = house && both_make(bench, with, house->store, &both);
  for (int run = -1; run < bench->runs && good; run++) {
    int at = run < 0 ? 0 : run;
    struct compared whole;
    good = compared_once(house->store, both.hashes, &figures[at], &whole);
    double began = bench_clock();
    int64_t differ = good ? bare_merge(&both.from, &both.to) : 0;
    raws[at] = (bench_clock() - began) * 1e3;
    if (!good) break;
    if (run >= 0)
      bench_say(bench, "第 %d 次:%.1f ms;裸循环 %.2f ms(%zu 和 %zu 个问题,%lld 个不同)",
                "run %d: %.1f ms; the bare loop %.2f ms (%zu and %zu problems, %lld differ)", run + 1, figures[at], raws[at],
                both.from.count, both.to.count, (long long)differ);
    if (compare_flow_balance(&whole.all)) {
      bench_fail("the identity does not balance");
      good = false;
    }
    compared_free(&whole);
  }
  for (size_t i = 0; i < 3; i++) figures_free((struct figures *[]){&both.all, &both.from, &both.to}[i]);
  if (house) house_close(house);
  if (good) *(struct bench_result *)result = bench_result_of(figures, raws, bench->runs, true);
  return good;
}

bool bench_rounds(struct bench *bench, struct bench_result *result) {
  struct bench_world *world = ARENA_NEW(bench->arena, struct bench_world);
  int64_t given = bench->count;
  if (!given) bench->count = PROBLEMS; /* so many are enough where no larger store was made before */
  bool made = bench_million(bench, world);
  bench->count = given;
  return made && bench_child(rounds_work, bench, world, result, sizeof *result);
}
