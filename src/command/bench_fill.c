/* The store of a million problems: its city made through the door, its problems written by a bare loop with realistic shares, indexes built
   after the rows. The journal does not hold them, so such a store is for measuring only; ids begin far above the journal's numbers. */
#include "command/bench.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "command/files.h"

enum { MILLION = 1000000 };
#define FIRST_ID INT64_C(1000000000)

const uint8_t BENCH_STATES[] = {PROBLEM_DRAFT, PROBLEM_SUBMITTED, PROBLEM_ADMITTED, PROBLEM_ASSIGNED, PROBLEM_TAKEN, PROBLEM_RECTIFYING, PROBLEM_APPLIED,
                                PROBLEM_ENDORSED, PROBLEM_ACCEPTED, PROBLEM_PUBLICISED, PROBLEM_CLOSED, PROBLEM_SETTLED, PROBLEM_WITHDRAWN};
const size_t BENCH_STATE_COUNT = sizeof BENCH_STATES;
static const uint16_t STATE_WEIGHTS[] = {15, 15, 20, 25, 30, 200, 30, 10, 10, 15, 160, 450, 20};
_Static_assert(sizeof STATE_WEIGHTS / sizeof *STATE_WEIGHTS == sizeof BENCH_STATES, "every state has its share");
static const uint16_t CATEGORY_WEIGHTS[] = {20, 10, 24, 37, 7, 2}, SOURCE_WEIGHTS[] = {15, 8, 45, 6, 5, 5, 10, 6}, KIND_WEIGHTS[] = {25, 60, 15},
  COLOUR_WEIGHTS[] = {10 /* red */, 15, 15, 60 /* blue */}, SECRECY_WEIGHTS[] = {5, 90, 5}, PRIORITY_WEIGHTS[] = {80, 17, 3};

/* Green and grey follow from the state, the rest is chance. */
int64_t bench_colour_of(uint64_t *state, int64_t of) {
  if (of < PROBLEM_ASSIGNED || of == PROBLEM_WITHDRAWN) return COLOUR_GREY;
  if (of >= PROBLEM_ACCEPTED) return COLOUR_GREEN;
  return COLOUR_RED + (int64_t)bench_weighted(state, COLOUR_WEIGHTS, 4);
}

/* ---- rows ---- */
#define COLUMNS(COLUMN) COLUMN(id) COLUMN(version) COLUMN(state) COLUMN(created) COLUMN(changed) COLUMN(entry) COLUMN(voided) COLUMN(number) COLUMN(title) \
  COLUMN(campaign) COLUMN(category) COLUMN(source) COLUMN(kind) COLUMN(level) COLUMN(priority) COLUMN(hard) COLUMN(lead_unit) COLUMN(official) COLUMN(due) \
  COLUMN(due_original) COLUMN(due_basis) COLUMN(secrecy) COLUMN(route) COLUMN(counted) COLUMN(historic) COLUMN(colour) COLUMN(colour_rule) COLUMN(colour_since) \
  COLUMN(colour_policy) COLUMN(progress) COLUMN(planned) COLUMN(cycle) COLUMN(sent_back) COLUMN(admitted_on) COLUMN(assigned_on) COLUMN(appeals) COLUMN(ever_red) COLUMN(rebounds)
#define AS_ENUM(name) C_##name,
#define AS_NAME(name) "\"" #name "\"",
enum column_of_fill { COLUMNS(AS_ENUM) COLUMN_COUNT };
static const char *const NAMES[] = {COLUMNS(AS_NAME)};

struct fill {
  sqlite3 *database;
  struct bench *bench;
  const struct bench_world *world;
  int64_t count, now;
  uint16_t unit_weights[BENCH_UNITS - 1];
};

/* A few units lead very much, most lead little. */
static void weigh_units(struct fill *fill) {
  for (int i = 0; i < BENCH_UNITS - 1; i++) fill->unit_weights[(i * 97) % (BENCH_UNITS - 1)] = (uint16_t)(2 + 2000 / (i + 4));
}

static int64_t unit_of(struct fill *fill, uint64_t *seed) {
  return fill->world->units[1 + bench_weighted(seed, fill->unit_weights, BENCH_UNITS - 1)];
}

static void bind_facts(struct fill *fill, sqlite3_stmt *insert, uint64_t *seed, int64_t n) {
  int64_t state = BENCH_STATES[bench_weighted(seed, STATE_WEIGHTS, BENCH_STATE_COUNT)], today = date_of_moment(fill->now);
  int64_t created = fill->now - (int64_t)(bench_random(seed) % 900) * MOMENT_DAY - n % 86400 * MOMENT_SECOND,
          changed = created + (int64_t)(bench_random(seed) % (uint64_t)(fill->now - created + 1));
  int64_t born = date_of_moment(created), due = born + 20 + (int64_t)(bench_random(seed) % 400), colour = bench_colour_of(seed, state);
  bool admitted = state >= PROBLEM_ADMITTED && state != PROBLEM_WITHDRAWN,
       assigned = state >= PROBLEM_ASSIGNED && state != PROBLEM_WITHDRAWN;
  if (due < today && state < PROBLEM_APPLIED) due = today + (int64_t)(bench_random(seed) % 200) - 40;
  const struct { int column; int64_t value; } FACTS[] = {
    {C_id, FIRST_ID + n}, {C_version, 1 + (int64_t)(bench_random(seed) % 9)}, {C_state, state}, {C_created, created}, {C_changed, changed}, {C_entry, 1}, {C_voided, 0},
    {C_campaign, fill->world->campaign}, {C_category, 1 + (int64_t)bench_weighted(seed, CATEGORY_WEIGHTS, CATEGORY_OTHER)}, {C_source, 1 + (int64_t)bench_weighted(seed, SOURCE_WEIGHTS, 8)},
    {C_kind, 1 + (int64_t)bench_weighted(seed, KIND_WEIGHTS, 3)}, {C_level, 1 + (bench_random(seed) % 10 != 0)}, {C_priority, 1 + (int64_t)bench_weighted(seed, PRIORITY_WEIGHTS, 3)},
    {C_hard, bench_random(seed) % 40 == 0}, {C_lead_unit, unit_of(fill, seed)}, {C_due, assigned ? due : NOTHING}, {C_due_original, assigned ? due : NOTHING},
    {C_due_basis, assigned ? DUE_BASIS_GIVEN : NOTHING}, {C_secrecy, SECRECY_INTERNAL * (int64_t)bench_weighted(seed, SECRECY_WEIGHTS, 3)}, {C_route, assigned ? 1 + (int64_t)(bench_random(seed) % 3) : NOTHING},
    {C_counted, admitted}, {C_historic, 0}, {C_colour, colour}, {C_colour_rule, RULE_TO_PLAN}, {C_colour_since, changed}, {C_colour_policy, 0},
    {C_progress, state >= PROBLEM_APPLIED ? 10000 : (int64_t)(bench_random(seed) % 21) * 500}, {C_planned, (int64_t)(bench_random(seed) % 21) * 500}, {C_cycle, 1 + (bench_random(seed) % 20 == 0)},
    {C_sent_back, bench_random(seed) % 12 == 0}, {C_admitted_on, admitted ? born + 5 : NOTHING}, {C_assigned_on, assigned ? born + 9 : NOTHING}, {C_appeals, (int64_t)(bench_random(seed) % 4)},
    {C_ever_red, colour == COLOUR_RED}, {C_rebounds, 0}};
  for (size_t i = 0; i < sizeof FACTS / sizeof *FACTS; i++)
    if (FACTS[i].value == NOTHING) sqlite3_bind_null(insert, FACTS[i].column + 1);
    else sqlite3_bind_int64(insert, FACTS[i].column + 1, FACTS[i].value);
  if (admitted) sqlite3_bind_text(insert, C_number + 1, arena_print(fill->bench->arena, "CL-%07lld", (long long)n), -1, SQLITE_TRANSIENT);
  else sqlite3_bind_null(insert, C_number + 1);
}

static bool insert_problems(struct fill *fill) {
  struct buffer text = {.arena = fill->bench->arena}, title = {0};
  sqlite3_stmt *insert = NULL;
  uint64_t seed = 20261123;
  buffer_text(&text, "INSERT INTO \"problem\" (");
  for (int i = 0; i < COLUMN_COUNT; i++) buffer_print(&text, "%s%s", i ? "," : "", NAMES[i]);
  buffer_text(&text, ") VALUES (");
  for (int i = 0; i < COLUMN_COUNT; i++) buffer_text(&text, i ? ",?" : "?");
  buffer_byte(&text, ')');
  bool good = sqlite3_prepare_v2(fill->database, text.bytes, -1, &insert, NULL) == SQLITE_OK && bench_exec(fill->database, "BEGIN");
  for (int64_t n = 0; n < fill->count && good; n++) {
    bind_facts(fill, insert, &seed, n);
    buffer_clear(&title);
    bench_sentence(&title, &seed, 3);
    sqlite3_bind_text(insert, C_title + 1, title.bytes, (int)title.size, SQLITE_STATIC);
    sqlite3_bind_text(insert, C_official + 1, "分管领导", -1, SQLITE_STATIC);
    good = sqlite3_step(insert) == SQLITE_DONE;
    sqlite3_reset(insert);
  }
  if (!good) bench_fail("filling: %s", sqlite3_errmsg(fill->database));
  sqlite3_finalize(insert);
  buffer_free(&title);
  return good && bench_exec(fill->database, "COMMIT");
}

/* Three in ten have one to three joint units; the copies beside them are taken from the rows. */
static bool insert_joint(struct fill *fill) {
  sqlite3_stmt *insert = NULL, *columns = NULL;
  uint64_t seed = 7;
  struct arena *arena = fill->bench->arena;
  struct buffer names = {.arena = arena}, values = {.arena = arena};
  bool good = bench_exec(fill->database, "BEGIN; CREATE TEMP TABLE joint (value INTEGER, owner INTEGER, position INTEGER)")
    && sqlite3_prepare_v2(fill->database, "INSERT INTO joint VALUES (?, ?, ?)", -1, &insert, NULL) == SQLITE_OK;
  for (int64_t n = 0; n < fill->count && good; n++) {
    int count = bench_random(&seed) % 10 < 3 ? 1 + (int)(bench_random(&seed) % 3) : 0;
    for (int i = 0; i < count && good; i++) {
      sqlite3_bind_int64(insert, 1, unit_of(fill, &seed));
      sqlite3_bind_int64(insert, 2, FIRST_ID + n);
      sqlite3_bind_int64(insert, 3, i);
      good = sqlite3_step(insert) == SQLITE_DONE;
      sqlite3_reset(insert);
    }
  }
  sqlite3_finalize(insert);
  good = good &&
         sqlite3_prepare_v2(fill->database,
                            "SELECT name FROM pragma_table_info('problem_joint_units') WHERE name NOT IN ('value', 'owner', 'position')",
                            -1, &columns, NULL) == SQLITE_OK;
  while (good && sqlite3_step(columns) == SQLITE_ROW) {
    buffer_print(&names, ",\"%s\"", sqlite3_column_text(columns, 0));
    buffer_print(&values, ",p.\"%s\"", sqlite3_column_text(columns, 0));
  }
  sqlite3_finalize(columns);
  return good && bench_exec(fill->database, arena_print(arena, "INSERT INTO problem_joint_units (value, owner, position%s) SELECT j.value, j.owner, j.position%s FROM joint j JOIN problem p ON p.id = j.owner", names.bytes, values.bytes))
    && bench_exec(fill->database, "COMMIT");
}

/* ---- indexes: taken away first, built over the finished rows ---- */
struct bench_index { const char *name, *definition; struct bench_index *next; };

struct bench_index *bench_drop_indexes(struct bench *bench, sqlite3 *database, const char *tables) {
  sqlite3_stmt *rows = NULL;
  struct bench_index *all = NULL;
  struct arena *arena = bench->arena;
  if (sqlite3_prepare_v2(database,
                         arena_print(arena,
                                     "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name IN (%s) AND sql IS NOT NULL",
                                     tables),
                         -1, &rows, NULL) != SQLITE_OK)
    return NULL;
  while (sqlite3_step(rows) == SQLITE_ROW) {
    struct bench_index *index = ARENA_NEW(arena, struct bench_index);
    *index = (struct bench_index){arena_text(arena, (const char *)sqlite3_column_text(rows, 0)),
                                  arena_text(arena, (const char *)sqlite3_column_text(rows, 1)), all};
    all = index;
  }
  sqlite3_finalize(rows);
  for (struct bench_index *index = all; index; index = index->next)
    if (!bench_exec(database, arena_print(arena, "DROP INDEX \"%s\"", index->name))) return NULL;
  return all;
}

bool bench_build_indexes(struct bench *bench, sqlite3 *database, const struct bench_index *indexes) {
  bool good = true;
  for (; indexes && good; indexes = indexes->next) good = bench_exec(database, indexes->definition);
  return good;
}

static bool fill_work(struct bench *bench, const void *with, void *result) {
  struct fill *fill = ARENA_NEW(bench->arena, struct fill);
  *fill = (struct fill){.bench = bench, .world = with, .count = bench->count ? bench->count : MILLION, .now = moment_system()};
  fill->database = bench_open(arena_print(bench->arena, "%s/store.db", bench->million));
  if (!fill->database || !bench_exec(fill->database, "PRAGMA journal_mode=DELETE; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-400000; PRAGMA temp_store=MEMORY")) return false;
  weigh_units(fill);
  struct bench_index *indexes = bench_drop_indexes(bench, fill->database, "'problem', 'problem_joint_units'");
  bool good = indexes && insert_problems(fill) && insert_joint(fill) && bench_build_indexes(bench, fill->database, indexes);
  *(int64_t *)result = fill->count;
  sqlite3_close(fill->database);
  return good;
}

bool bench_million(struct bench *bench, struct bench_world *world) {
  const char *mark = arena_print(bench->arena, "%s/filled", bench->million);
  struct bench_place place = {.data = bench->million};
  FILE *file = fopen(mark, "r");
  int64_t count = 0;
  bool there = file != NULL;
  if (file) fclose(file);
  if (!there && !folder_is_empty(bench->million)) {
    bench_fail("%s holds something else, or a store that was not filled to the end; give an empty folder", bench->million);
    return false;
  }
  if (!bench_prepare(bench, &place, world)) return false;
  if (there) return true;
  double began = bench_clock();
  bench_say(bench, "建一百万条的库,要一两分钟……", "making the store of a million, a minute or two …");
  if (!bench_child(fill_work, bench, world, &count, sizeof count)) return false;
  bench_say(bench, "%lld 个问题,%.0f 秒", "%lld problems, %.0f seconds", (long long)count, bench_clock() - began);
  file = fopen(mark, "w");
  if (file) fprintf(file, "%lld\n", (long long)count);
  return file && fclose(file) == 0;
}

bool bench_filled(struct bench *bench, const char *data, bool (*fill)(struct bench *bench, const void *world, void *count),
                  struct bench_world *world, int64_t *count) {
  const char *mark = arena_print(bench->arena, "%s/filled", data);
  struct bench_place place = {.data = data};
  struct stat state;
  bool there = stat(mark, &state) == 0;
  *count = 0;
  if (!there && !folder_is_empty(data)) {
    bench_fail("%s holds something else, or a store that was not filled to the end; give an empty folder", data);
    return false;
  }
  if (!bench_prepare(bench, &place, world)) return false;
  double began = bench_clock();
  if (there) return true;
  bench_say(bench, "建诉求的库,要几分钟……", "making the store of appeals, some minutes …");
  if (!bench_child(fill, bench, world, count, sizeof *count)) return false;
  bench_say(bench, "%lld 条诉求,%.0f 秒", "%lld appeals, %.0f seconds", (long long)*count, bench_clock() - began);
  FILE *file = fopen(mark, "w");
  return file && fclose(file) == 0;
}
