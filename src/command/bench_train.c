/* Measuring `bihuan train` at a million long appeals: reading the newest that people decided, learning handling units from them (three
   folds, then all), keeping the model; processor time and the most memory, beside the time within liblinear's own solver, without which
   nothing is learnt. The store is that of bench_search.c; its units are drawn without regard to the words, which liblinear finds
   hardest. */
#include "command/bench.h"

#include <sys/resource.h>

#include "follow/suggest.h"

struct trained { double whole, solving, megabytes; int64_t examples, classes; };

static bool train_work(struct bench *bench, const void *with, void *result) {
  struct trained *trained = result;
  struct suggest_about about[SUGGEST_COUNT] = {0};
  struct rusage used;
  struct house *house = bench_house(bench, with, NULL, 0);
  if (!house) return false;
  double began = bench_processor(0);
  bool good = suggest_learn(house, SUGGEST_ANYWAY, about) == STORE_OK && about[SUGGEST_UNIT].state == SUGGEST_READY;
  *trained = (struct trained){bench_processor(0) - began, about[SUGGEST_UNIT].solving, 0, about[SUGGEST_UNIT].examples,
                              about[SUGGEST_UNIT].classes};
  house_close(house);
  if (getrusage(RUSAGE_SELF, &used) == 0) trained->megabytes = (double)used.ru_maxrss * 1024 / 1e6;
  if (!good) bench_fail("train: nothing was learnt");
  return good;
}

bool bench_train(struct bench *bench, struct bench_result *result) {
  struct bench_world *world = ARENA_NEW(bench->arena, struct bench_world);
  const char *data = arena_print(bench->arena, "%s-appeals", bench->million);
  double figures[99], raws[99];
  bool good = bench_appeals(bench, data, world);
  for (int run = 0; run < bench->runs && good; run++) {
    struct trained trained = {0};
    good = bench_child(train_work, bench, data, &trained, sizeof trained);
    figures[run] = trained.whole;
    raws[run] = trained.solving;
    if (good)
      bench_say(bench, "第 %d 次:%.1f s,其中 liblinear %.1f s;最新 %lld 条,%lld 个单位;内存至多 %.0f MB",
                "run %d: %.1f s, of which liblinear %.1f s; the newest %lld, %lld units; at most %.0f MB of memory", run + 1, trained.whole,
                trained.solving, (long long)trained.examples, (long long)trained.classes, trained.megabytes);
  }
  if (good) *result = bench_result_of(figures, raws, bench->runs, true);
  return good;
}
