/* Measuring a stratified draw over a million problems: reading their figures, sorting them by unit, colour, age and hash, choosing. It is
   done on the thread that asks; what the writer does of it, counting for the announcement, is told beside. Raw: SQLite reading the five
   columns that count, the same hashes, the same sort. */
#include "command/bench.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "rules/draws.h"

enum { WANTED = 500 };

static const uint8_t SEED[HASH_SIZE] = {1};

/* ---- ours ---- */

struct drawing { double seconds, counted; int64_t population, counted_population; size_t strata; };

static struct row *draw_row(struct arena *arena, const struct bench_world *world) {
  struct row *draw = row_new(arena, record_type(RECORD_DRAW));
  row_set_integer(draw, DRAW_CAMPAIGN, world->campaign);
  row_set_integer(draw, DRAW_FROM, DRAW_FROM_ALL);
  row_set_integer(draw, DRAW_HOW_MANY, WANTED);
  row_set_integer(draw, DRAW_STRATA_BY, 1 << STRATUM_UNIT | 1 << STRATUM_COLOUR | 1 << STRATUM_AGE);
  return draw;
}

static bool drawing_work(struct bench *bench, const void *with, void *out) {
  struct drawing *drawing = out;
  struct house *house = bench_house(bench, bench->million, NULL, 0);
  struct row *draw = draw_row(bench->arena, with);
  struct figures figures = {0};
  struct reader *reader = NULL;
  struct draw_result result = {0};
  int64_t sample = 0;
  enum store_error error = house ? store_reader(house->store, &reader) : STORE_GONE;
  if (!error) error = draw_measure(reader, draw, &drawing->counted_population, &sample); /* and what it reads is in memory */
  double began = bench_clock();
  if (!error) error = draw_measure(reader, draw, &drawing->counted_population, &sample);
  drawing->counted = bench_clock() - began;
  began = bench_clock();
  if (!error) error = figures_read(reader, &SCOPE_SYSTEM, ((const struct bench_world *)with)->campaign, &figures);
  if (!error) draw_of(&figures, draw, SEED, bench->arena, &result);
  drawing->seconds = bench_clock() - began;
  drawing->population = result.population;
  drawing->strata = result.stratum_count;
  figures_free(&figures);
  if (reader) reader_release(reader);
  if (house) house_close(house);
  if (error) bench_fail("drawing: %s", store_error_label(error).en);
  if (!error && drawing->population != drawing->counted_population)
    bench_fail("%lld are drawn from, %lld were counted", (long long)drawing->population, (long long)drawing->counted_population);
  return !error && drawing->population == drawing->counted_population;
}

/* ---- raw ---- */

struct bare { int64_t id, unit; uint8_t colour, age, key[HASH_SIZE]; };

static int bare_compare(const void *one, const void *other) {
  const struct bare *a = one, *b = other;
  if (a->unit != b->unit) return a->unit < b->unit ? -1 : 1;
  if (a->colour != b->colour) return a->colour < b->colour ? -1 : 1;
  if (a->age != b->age) return a->age < b->age ? -1 : 1;
  return memcmp(a->key, b->key, HASH_SIZE);
}

static bool bare_read(sqlite3 *database, struct bare *items, int64_t most, int64_t *count) {
  sqlite3_stmt *rows = NULL;
  bool good = sqlite3_prepare_v2(database, "SELECT id, lead_unit, colour, ?1 - admitted_on FROM problem WHERE counted = 1 AND secrecy <> ?2 AND voided = 0", -1, &rows, NULL) == SQLITE_OK;
  if (good) sqlite3_bind_int64(rows, 1, date_of_moment(moment_system()));
  if (good) sqlite3_bind_int64(rows, 2, SECRECY_PLACEHOLDER);
  for (*count = 0; good && *count < most && sqlite3_step(rows) == SQLITE_ROW; ++*count) {
    struct bare *item = &items[*count];
    int64_t days = sqlite3_column_int64(rows, 3);
    *item = (struct bare){.id = sqlite3_column_int64(rows, 0),
                          .unit = sqlite3_column_int64(rows, 1),
                          .colour = (uint8_t)sqlite3_column_int(rows, 2),
                          .age = (uint8_t)(1 + (days > 30) + (days > 90) + (days > 180))};
    hash_two(item->key, SEED, HASH_SIZE, &item->id, sizeof item->id);
  }
  sqlite3_finalize(rows);
  return good;
}

static bool bare_work(struct bench *bench, const void *with, void *result) {
  const struct drawing *drawing = with;
  struct bare *items = heap_zeroed((size_t)drawing->population + 1, sizeof *items);
  sqlite3 *database = bench_open(arena_print(bench->arena, "%s/store.db", bench->million));
  int64_t count = 0;
  double began = bench_clock();
  bool good = database && bare_read(database, items, drawing->population, &count);
  if (good) qsort(items, (size_t)count, sizeof *items, bare_compare);
  *(double *)result = bench_clock() - began;
  sqlite3_close(database);
  free(items);
  if (good && count != drawing->population)
    bench_fail("the bare loop found %lld, not %lld", (long long)count, (long long)drawing->population);
  return good && count == drawing->population;
}

bool bench_draw(struct bench *bench, struct bench_result *result) {
  struct bench_world *world = ARENA_NEW(bench->arena, struct bench_world);
  double figures[99], raws[99];
  bool good = bench_million(bench, world);
  for (int run = 0; run < bench->runs && good; run++) {
    struct drawing drawing = {0};
    good = bench_child(drawing_work, bench, world, &drawing, sizeof drawing) &&
           bench_child(bare_work, bench, &drawing, &raws[run], sizeof raws[run]);
    figures[run] = drawing.seconds;
    if (good)
      bench_say(bench, "第 %d 次:%.2f s(总体 %lld 件,%zu 层),原始 %.2f s;公布时写线程上只清点 %.0f ms", "run %d: %.2f s (%lld problems in %zu strata), raw %.2f s; of it on the writer, at the announcement, a count: %.0f ms", run + 1, drawing.seconds,
                (long long)drawing.population, drawing.strata, raws[run], drawing.counted * 1e3);
  }
  if (good) *result = bench_result_of(figures, raws, bench->runs, true);
  return good;
}
