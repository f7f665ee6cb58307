/* Measuring a clock's night: a million problems, of which 20,000 are past the moment at which their colour changes. Each turn begins with
   an equal copy of one prepared store; the clock runs once as in a server, its followers beside it, and once more when nothing is due any
   more. */
#include "command/bench.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rules/colour.h"

enum { CHANGING = 20000, GROUP = 500, MEASURES_EACH = 3, REST = 15 /* seconds after which the memory is looked at */ };
#define FIRST_MEASURE INT64_C(3000000000)

struct night_place { const char *data; int64_t count; };

/* ---- the store before the night ---- */

/* Half come near their date, four in ten passed it yesterday, one in ten a month ago. Each has a frozen plan of three measures. */
static bool make_due(struct bench *bench, sqlite3 *database, int64_t count) {
  int64_t now = moment_system(), today = date_of_moment(now);
  const char *text = arena_print(
      bench->arena,
      "BEGIN;"
      "CREATE TEMP TABLE night AS SELECT id, row_number() OVER (ORDER BY id) %% 10 AS part FROM problem WHERE state IN (%d, %d, %d) AND voided = 0 ORDER BY id * 7919 %% 1000003 LIMIT %lld;"
      "CREATE TEMP TABLE turn (part INTEGER PRIMARY KEY, due INTEGER, colour INTEGER, rule INTEGER);"
      "INSERT INTO turn SELECT value, %lld + CASE WHEN value < 5 THEN 10 WHEN value < 9 THEN -1 ELSE -30 END, CASE WHEN value < 5 THEN %d WHEN value < 9 THEN %d ELSE %d END, CASE WHEN value < 5 THEN %d WHEN value < 9 THEN %d ELSE %d END"
      " FROM json_each('[0,1,2,3,4,5,6,7,8,9]');"
      "UPDATE problem SET due = t.due, due_original = t.due, colour = t.colour, colour_rule = t.rule, colour_since = %lld, colour_next = %lld, progress = 3000, planned = 3000,"
      " colour_why = '{\"n\":[null,' || t.due || ',3000,null],\"x\":[3,5],\"d\":' || t.due || ',\"c\":' || problem.cycle || ',\"f\":\"0123456789abcdef\"}'"
      " FROM night JOIN turn t USING (part) WHERE problem.id = night.id;"
      "UPDATE problem_joint_units SET due = p.due, colour = p.colour FROM night JOIN problem p ON p.id = night.id WHERE owner = night.id;"
      "INSERT INTO measure (id, version, state, created, changed, entry, voided, problem, cycle, title, kind, weight, start, due, owner_, unit, base_start, base_due, base_weight)"
      " SELECT %lld + night.rowid * %d + m.value, 1, CASE m.value WHEN 0 THEN %d WHEN 1 THEN %d ELSE %d END, p.changed, p.changed, 1, 0, p.id, p.cycle, '逐项整治', %d, 3000 + 1000 * (m.value = 2),"
      " p.due - 90, p.due - 60 + 30 * m.value, '经办人', p.lead_unit, p.due - 90, p.due - 60 + 30 * m.value, 3000 + 1000 * (m.value = 2) FROM night JOIN problem p ON p.id = night.id, json_each('[0,1,2]') m;"
      "COMMIT; DROP TABLE night; DROP TABLE turn",
      PROBLEM_ASSIGNED, PROBLEM_TAKEN, PROBLEM_RECTIFYING, (long long)count, (long long)today, COLOUR_BLUE, COLOUR_YELLOW, COLOUR_ORANGE,
      RULE_TO_PLAN, RULE_DUE_SOON, RULE_OVERDUE, (long long)(now - 30 * MOMENT_DAY), (long long)moment_of_date(today),
      (long long)FIRST_MEASURE, MEASURES_EACH, MEASURE_ACCEPTED, MEASURE_WORKING, MEASURE_PLANNED, MEASURE_KIND_ACTION);
  return bench_exec(database, "PRAGMA journal_mode=DELETE; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-1000000; PRAGMA temp_store=MEMORY") && bench_exec(database, text);
}

/* Written out, so that no turn pays for the copy. */
static bool copy_whole(const char *from, const char *to) {
  bool good = bench_copy(from, to);
  int file = good ? open(to, O_RDWR | O_CLOEXEC) : -1;
  good = file >= 0 && fsync(file) == 0;
  if (file >= 0) close(file);
  return good;
}

/* The kept store with its log merged, copied. */
static bool prepare_work(struct bench *bench, const void *with, void *result) {
  const struct night_place *place = with;
  const char *from = arena_print(bench->arena, "%s/store.db", bench->million), *base = arena_print(bench->arena, "%s/base.db", place->data);
  sqlite3 *database = bench_open(from);
  bool good = database && bench_exec(database, "PRAGMA wal_checkpoint(TRUNCATE)");
  sqlite3_close(database);
  good = good && bench_copy(from, base) &&
         bench_copy(arena_print(bench->arena, "%s/side.db", bench->million), arena_print(bench->arena, "%s/side.db", place->data));
  database = good ? bench_open(base) : NULL;
  good = database && make_due(bench, database, place->count);
  sqlite3_close(database);
  *(bool *)result = good;
  return good;
}

static bool copy_keys(struct bench *bench, const char *data) {
  const char *keys = arena_print(bench->arena, "%s/keys", data);
  return mkdir(data, 0700) == 0 && mkdir(keys, 0700) == 0 &&
         bench_copy(arena_print(bench->arena, "%s/keys/contact.key", bench->million), arena_print(bench->arena, "%s/contact.key", keys));
}

/* ---- ours ---- */

struct night { double seconds, processor, quiet, memory, rested; int64_t changed, entries, sets; };

static bool run_clock(struct house *house, struct night *night) {
  struct clock_report report = {0}, nothing = {0};
  double began = bench_clock(), began_work = bench_processor(0);
  enum store_error error = clock_run(house->store, house->writer, house_now(house), &report);
  night->seconds = bench_clock() - began;
  night->processor = bench_processor(0) - began_work;
  began = bench_clock();
  if (!error) error = clock_run(house->store, house->writer, house_now(house), &nothing);
  night->quiet = bench_clock() - began;
  night->changed = report.changed;
  night->memory = bench_anonymous(getpid());
  sleep(REST);
  night->rested = bench_anonymous(getpid());
  if (error) bench_fail("the clock: %s", store_error_label(error).en);
  else if (nothing.judged) bench_fail("the clock's second run judged %lld problems again", (long long)nothing.judged);
  return !error && !nothing.judged;
}

static bool count_entries(struct bench *bench, const char *data, struct night *night) {
  sqlite3 *database = bench_open(arena_print(bench->arena, "%s/store.db", data));
  sqlite3_stmt *count = NULL;
  bool good = database && sqlite3_prepare_v2(database, "SELECT count(*), count(DISTINCT set_number) FROM journal WHERE kind = ?1", -1,
                                             &count, NULL) == SQLITE_OK;
  if (good) sqlite3_bind_int(count, 1, ENTRY_DERIVED);
  good = good && sqlite3_step(count) == SQLITE_ROW;
  if (good) { night->entries = sqlite3_column_int64(count, 0); night->sets = sqlite3_column_int64(count, 1); }
  sqlite3_finalize(count);
  sqlite3_close(database);
  return good;
}

static bool night_work(struct bench *bench, const void *with, void *result) {
  const struct night_place *place = with;
  struct night *night = result;
  struct house *house = bench_house(bench, place->data, NULL, HOUSE_FOLLOWERS);
  bool good = house && run_clock(house, night);
  if (house) house_close(house);
  good = good && count_entries(bench, place->data, night);
  if (good && night->changed != place->count)
    bench_fail("%lld problems changed colour, not %lld", (long long)night->changed, (long long)place->count);
  return good && night->changed == place->count;
}

/* ---- raw ---- */

#define WRITTEN "colour, colour_rule, colour_since, colour_next, colour_policy, colour_why, progress, planned, stage_due, ever_red, entry"
static const struct bench_rewritten REWRITTEN[] = {
  {"SELECT " WRITTEN ", id FROM problem WHERE entry IN (SELECT number FROM journal WHERE kind = 2) ORDER BY entry",
   "UPDATE problem SET (" WRITTEN ") = (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) WHERE id = ?12"},
  {"SELECT DISTINCT p.colour, p.id FROM problem p JOIN problem_joint_units ON owner = p.id WHERE p.entry IN (SELECT number FROM journal WHERE kind = 2) ORDER BY p.entry",
   "UPDATE problem_joint_units SET colour = ?1 WHERE owner = ?2"}};
_Static_assert(ENTRY_DERIVED == 2, "as the statements above have it");

static bool measure(struct bench *bench, const struct night_place *place, struct bench_result *result) {
  const char *base = arena_print(bench->arena, "%s/base.db", place->data), *store = arena_print(bench->arena, "%s/store.db", place->data);
  struct bench_replay replay = {.data = place->data,
                                .groups = (size_t)(place->count + GROUP - 1) / GROUP,
                                .rewritten = REWRITTEN,
                                .rewritten_count = sizeof REWRITTEN / sizeof *REWRITTEN};
  double figures[99], raws[99];
  bool good = true;
  for (int run = 0; run < bench->runs && good; run++) {
    struct night night = {0};
    struct bench_replayed raw = {0};
    good = copy_whole(base, store) && bench_child(night_work, bench, place, &night, sizeof night) && bench_replay(bench, &replay, &raw);
    figures[run] = night.seconds;
    raws[run] = raw.seconds;
    if (good)
      bench_say(
          bench,
          "第 %d 次:%.2f s(处理器 %.2f s,含跟随者),%lld 个变色、%lld 条日志、%lld 组;没有到期的再跑一遍 %.2f ms;内存 %.0f MB,静置后 %.0f MB;原始 %.2f s(处理器 %.2f s)",
          "run %d: %.2f s (processor %.2f s, followers included), %lld changed, %lld entries, %lld sets; once more with nothing due %.2f ms; memory %.0f MB, after a rest %.0f MB; raw %.2f s (processor %.2f s)",
          run + 1, night.seconds, night.processor, (long long)night.changed, (long long)night.entries, (long long)night.sets,
          night.quiet * 1e3, night.memory, night.rested, raw.seconds, raw.processor);
  }
  if (good) *result = bench_result_of(figures, raws, bench->runs, true);
  return good;
}

bool bench_night(struct bench *bench, struct bench_result *result) {
  struct bench_world *world = ARENA_NEW(bench->arena, struct bench_world);
  struct night_place place = {.data = arena_print(bench->arena, "%s/night", bench->folder), .count = CHANGING};
  bool good = false;
  return bench_million(bench, world) && copy_keys(bench, place.data) && bench_child(prepare_work, bench, &place, &good, sizeof good) &&
         measure(bench, &place, result);
}
