/* The algorithm of a stratified draw, version 1, and reckoning it again.
     seed      SHA-256 of "bihuan-draw-1", the root (32 bytes) of the journal up to the entry that announced the draw, and that entry's
               number (8 bytes, big-endian)
     order     the population sorted by stratum (unit, colour, age), within one by SHA-256 of the seed (32 bytes) and the problem's id
               (8 bytes)
     start     the first 8 bytes (big-endian) of SHA-256 of the seed and "start", modulo the population P
     drawn     the places (start + k × P) ÷ n, rounded down, for k = 0 … n − 1
   Each problem is drawn with the same chance n ÷ P, and each stratum has its proportional number, rounded up or down: small ones have
   their turn too.
   What is drawn never changes; another way is another version. */
#include "rules/draws.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

struct drawable { int64_t id, unit; uint8_t colour, age, key[HASH_SIZE]; bool drawn; };

static void number_write(uint8_t bytes[8], int64_t number) {
  for (int i = 0; i < 8; i++) bytes[i] = (uint8_t)((uint64_t)number >> (56 - 8 * i));
}

struct label draw_age_label(int age) {
  static const struct label LABELS[] = {[DRAW_AGE_30] = {"30 天以内", "up to 30 days"},
                                        [DRAW_AGE_90] = {"31–90 天", "31–90 days"},
                                        [DRAW_AGE_180] = {"91–180 天", "91–180 days"},
                                        [DRAW_AGE_MORE] = {"180 天以上", "more than 180 days"}};
  return age >= DRAW_AGE_30 && age <= DRAW_AGE_MORE ? LABELS[age] : (struct label){"–", "–"};
}

/* ---- the population ---- */

static bool belongs(const struct figure *figure, int64_t from) {
  bool closed = figure->state == PROBLEM_CLOSED || figure->state == PROBLEM_SETTLED;
  if (!(figure->flags & FIGURE_COUNTED) || figure->flags & (FIGURE_VOIDED | FIGURE_PLACEHOLDER)) return false;
  return from == DRAW_FROM_ALL || closed == (from == DRAW_FROM_CLOSED);
}

static uint8_t age_of(const struct figure *figure, int64_t day) {
  int64_t days = figure->admitted == FIGURE_NO_DATE ? 0 : day - figure->admitted;
  return days <= 30 ? DRAW_AGE_30 : days <= 90 ? DRAW_AGE_90 : days <= 180 ? DRAW_AGE_180 : DRAW_AGE_MORE;
}

static size_t population_of(const struct figures *figures, const struct row *draw, struct arena *arena, struct drawable **items) {
  int64_t by = row_integer(draw, DRAW_STRATA_BY), day = date_of_moment(figures->moment);
  size_t count = 0;
  *items = ARENA_ARRAY(arena, struct drawable, figures->count + 1);
  for (size_t i = 0; i < figures->count; i++) {
    const struct figure *figure = &figures->items[i];
    if (!belongs(figure, row_integer(draw, DRAW_FROM))) continue;
    (*items)[count++] = (struct drawable){.id = figure->id,
                                          .unit = by & 1 << STRATUM_UNIT ? figure->lead_unit : 0,
                                          .colour = by & 1 << STRATUM_COLOUR ? figure->colour : 0,
                                          .age = by & 1 << STRATUM_AGE ? age_of(figure, day) : 0};
  }
  return count;
}

/* A share is rounded up, so that a small population is not left out. */
static int64_t sample_of(const struct row *draw, int64_t population) {
  int64_t share = row_integer(draw, DRAW_SHARE), number = row_integer(draw, DRAW_HOW_MANY);
  int64_t wanted = share != NOTHING ? (population * share + 9999) / 10000 : number;
  return wanted < population ? wanted : population;
}

/* What `belongs` says, as a question to an index: no row is read. */
static enum store_error population_count(struct reader *reader, const struct row *draw, bool closed_only, int64_t *count) {
  struct value closed[] = {value_integer(FIELD_STATE, PROBLEM_CLOSED), value_integer(FIELD_STATE, PROBLEM_SETTLED)};
  struct value campaign = value_integer(PROBLEM_CAMPAIGN, row_integer(draw, DRAW_CAMPAIGN)), counted = value_integer(PROBLEM_COUNTED, 1),
               placeholder = value_integer(PROBLEM_SECRECY, SECRECY_PLACEHOLDER);
  struct condition conditions[] = {{.field = PROBLEM_CAMPAIGN, .how = C_IS, .values = &campaign, .count = 1},
                                   {.field = PROBLEM_COUNTED, .how = C_IS, .values = &counted, .count = 1},
                                   {.field = PROBLEM_SECRECY, .how = C_IS_NOT, .values = &placeholder, .count = 1},
                                   {.field = FIELD_STATE, .how = C_IN, .values = closed, .count = 2}};
  struct query query = {.type = record_type(RECORD_PROBLEM),
                        .conditions = conditions,
                        .condition_count = closed_only ? 4 : 3,
                        .expected = -1};
  return reader_count(reader, &query, &SCOPE_SYSTEM, count);
}

enum store_error draw_measure(struct reader *reader, const struct row *draw, int64_t *population, int64_t *sample) {
  int64_t from = row_integer(draw, DRAW_FROM), all = 0, closed = 0;
  enum store_error error = from == DRAW_FROM_CLOSED ? STORE_OK : population_count(reader, draw, false, &all);
  if (error == STORE_OK && from != DRAW_FROM_ALL) error = population_count(reader, draw, true, &closed);
  *population = from == DRAW_FROM_CLOSED ? closed : all - closed;
  *sample = sample_of(draw, *population);
  return error;
}

/* ---- the draw ---- */

static int stratum_compare(const struct drawable *one, const struct drawable *other) {
  if (one->unit != other->unit) return one->unit < other->unit ? -1 : 1;
  if (one->colour != other->colour) return one->colour < other->colour ? -1 : 1;
  return (one->age > other->age) - (one->age < other->age);
}

static int drawable_compare(const void *one, const void *other) {
  const struct drawable *a = one, *b = other;
  int stratum = stratum_compare(a, b), key = stratum ? stratum : memcmp(a->key, b->key, HASH_SIZE);
  return key ? key : (a->id > b->id) - (a->id < b->id);
}

static int id_compare(const void *one, const void *other) {
  int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
  return (a > b) - (a < b);
}

static int64_t start_of(const uint8_t seed[HASH_SIZE], int64_t population) {
  uint8_t hash[HASH_SIZE];
  uint64_t start = 0;
  hash_two(hash, seed, HASH_SIZE, "start", 5);
  for (int i = 0; i < 8; i++) start = start << 8 | hash[i];
  return population ? (int64_t)(start % (uint64_t)population) : 0;
}

static void choose(struct drawable *items, int64_t population, int64_t sample, const uint8_t seed[HASH_SIZE]) {
  uint8_t bytes[8];
  int64_t start = start_of(seed, population);
  for (int64_t i = 0; i < population; i++) {
    number_write(bytes, items[i].id);
    hash_two(items[i].key, seed, HASH_SIZE, bytes, sizeof bytes);
  }
  qsort(items, (size_t)population, sizeof *items, drawable_compare);
  for (int64_t k = 0; k < sample; k++) items[(start + k * population) / sample].drawn = true;
}

static void strata_tell(const struct drawable *items, struct arena *arena, struct draw_result *result) {
  struct buffer strata = {.arena = arena}, problems = {.arena = arena};
  size_t drawn = 0;
  result->strata = ARENA_ARRAY(arena, struct draw_stratum, (size_t)result->population + 1);
  result->problems = ARENA_ARRAY(arena, int64_t, (size_t)result->sample + 1);
  for (int64_t i = 0; i < result->population; i++) {
    if (i == 0 || stratum_compare(&items[i - 1], &items[i]))
      result->strata[result->stratum_count++] = (struct draw_stratum){.unit = items[i].unit,
                                                                      .colour = items[i].colour,
                                                                      .age = items[i].age};
    result->strata[result->stratum_count - 1].population++;
    result->strata[result->stratum_count - 1].drawn += items[i].drawn;
    if (items[i].drawn) result->problems[drawn++] = items[i].id;
  }
  qsort(result->problems, drawn, sizeof *result->problems, id_compare);
  for (size_t i = 0; i < result->stratum_count; i++) {
    const struct draw_stratum *one = &result->strata[i];
    buffer_print(&strata, "%s[%lld,%u,%u,%lld,%lld]", i ? "," : "[", (long long)one->unit, one->colour, one->age,
                 (long long)one->population, (long long)one->drawn);
  }
  for (size_t i = 0; i < drawn; i++) buffer_print(&problems, "%s%lld", i ? "," : "[", (long long)result->problems[i]);
  buffer_text(&strata, strata.size ? "]" : "[]");
  buffer_text(&problems, problems.size ? "]" : "[]");
  result->strata_text = strata.bytes;
  result->problems_text = problems.bytes;
}

static enum store_error seed_make(struct reader *reader, int64_t number, struct arena *arena, uint8_t seed[HASH_SIZE],
                                  struct draw_result *result) {
  static const char NAME[] = "bihuan-draw-1";
  uint8_t bytes[HASH_SIZE + 8];
  struct proof *proof = ARENA_NEW(arena, struct proof);
  enum store_error error = proof_make(reader_store(reader), reader, number, number, arena, proof);
  if (error != STORE_OK) return error;
  memcpy(bytes, proof->head.root, HASH_SIZE);
  number_write(bytes + HASH_SIZE, number);
  hash_two(seed, NAME, sizeof NAME - 1, bytes, sizeof bytes);
  strcpy(result->seed, hex_write(arena, seed, HASH_SIZE));
  strcpy(result->root, hex_write(arena, proof->head.root, HASH_SIZE));
  return STORE_OK;
}

void draw_of(const struct figures *figures, const struct row *draw, const uint8_t seed[HASH_SIZE], struct arena *arena,
             struct draw_result *result) {
  struct drawable *items = NULL;
  result->population = (int64_t)population_of(figures, draw, arena, &items);
  result->sample = sample_of(draw, result->population);
  choose(items, result->population, result->sample, seed);
  strata_tell(items, arena, result);
}

/* From a draw's conditions, and its id: the number of the entry that announced it. source: of the figures, NULL the store. */
static enum store_error draw_reckon(struct reader *reader, const struct figures_source *source, const struct row *draw, struct arena *arena,
                                    struct draw_result *result) {
  struct figures figures = {0};
  uint8_t seed[HASH_SIZE];
  *result = (struct draw_result){0};
  enum store_error error = seed_make(reader, draw->id, arena, seed, result);
  if (error == STORE_OK) error = figures_from(source, reader, draw->id, row_integer(draw, DRAW_CAMPAIGN), &figures);
  if (error == STORE_OK) draw_of(&figures, draw, seed, arena, result);
  figures_free(&figures);
  return error;
}

/* ---- prepared for the door ---- */

#define PREPARED_KEY "draw:%lld"
#define PREPARED_LIFE (INT64_C(3600) * MOMENT_SECOND)

enum store_error draw_prepare(struct reader *reader, const struct figures_source *source, const struct row *draw, struct arena *arena) {
  struct draw_result result;
  struct buffer out = {.arena = arena};
  struct json json = json_to(&out);
  enum store_error error = draw_reckon(reader, source, draw, arena, &result);
  if (error != STORE_OK) return error;
  json_open(&json, '{');
  json_pair(&json, "seed", result.seed);
  json_pair(&json, "root", result.root);
  json_pair_integer(&json, "population", result.population);
  json_pair(&json, "strata", result.strata_text);
  json_pair(&json, "problems", result.problems_text);
  json_close(&json, '}');
  return side_put(reader_store(reader), SIDE_STAGING, arena_print(arena, PREPARED_KEY, (long long)draw->id), out.bytes, moment_system() + PREPARED_LIFE);
}

static bool ids_parse(const char *text, struct arena *arena, struct draw_result *result) {
  json_t *ids = json_loads(text, 0, NULL);
  result->problems = ARENA_ARRAY(arena, int64_t, json_array_size(ids) + 1);
  result->sample = (int64_t)json_array_size(ids);
  for (int64_t i = 0; i < result->sample; i++) result->problems[i] = json_integer_value(json_array_get(ids, (size_t)i));
  json_decref(ids);
  return ids != NULL;
}

enum store_error draw_prepared(struct store *store, int64_t draw, struct arena *arena, struct draw_result *result) {
  const char *seed = NULL, *root = NULL, *strata = NULL, *problems = NULL;
  json_int_t population = 0;
  char *text = NULL;
  *result = (struct draw_result){0};
  enum store_error error = side_get(store, SIDE_STAGING, arena_print(arena, PREPARED_KEY, (long long)draw), arena, &text);
  if (error != STORE_OK) return error;
  json_t *json = json_loads(text, 0, NULL);
  bool good = json && json_unpack(json, "{s:s, s:s, s:I, s:s, s:s}", "seed", &seed, "root", &root, "population", &population, "strata", &strata, "problems", &problems) == 0;
  good = good && strlen(seed) == 2 * HASH_SIZE && strlen(root) == 2 * HASH_SIZE && ids_parse(problems, arena, result);
  if (good) {
    strcpy(result->seed, seed);
    strcpy(result->root, root);
    result->population = population;
    result->strata_text = arena_text(arena, strata);
    result->problems_text = arena_text(arena, problems);
  }
  json_decref(json);
  return good ? STORE_OK : STORE_BROKEN;
}

/* ---- again ---- */

struct destructions { int64_t until, count; };
static bool destruction_take(void *with, const struct entry *entry) {
  struct destructions *found = with;
  found->count += entry->kind == ENTRY_DESTRUCTION && entry->type == RECORD_PROBLEM && entry->record <= found->until;
  return true;
}

static const struct { uint16_t field; struct label what; } COMPARED[] = {
  {DRAW_ROOT, {"存证根", "the root"}}, {DRAW_SEED, {"种子", "the seed"}}, {DRAW_STRATA, {"各层", "the strata"}}, {DRAW_PROBLEMS, {"抽中的问题", "the problems drawn"}}};

static struct label difference(const struct row *draw, const struct draw_result *result) {
  const char *again[] = {result->root, result->seed, result->strata_text, result->problems_text};
  if (row_integer(draw, DRAW_POPULATION) != result->population) return (struct label){"总体", "the population"};
  for (size_t i = 0; i < sizeof COMPARED / sizeof *COMPARED; i++)
    if (!text_equal(row_text(draw, COMPARED[i].field), again[i])) return COMPARED[i].what;
  if (row_integer(draw, DRAW_SAMPLE) != result->sample) return (struct label){"样本", "the sample"};
  return (struct label){0};
}

enum store_error draw_compare(struct reader *reader, const struct row *draw, struct arena *arena, struct draw_result *result, int64_t *destroyed, struct label *differs) {
  struct destructions found = {.until = draw->id};
  enum store_error error = draw_reckon(reader, NULL, draw, arena, result);
  *destroyed = 0;
  *differs = error == STORE_OK ? difference(draw, result) : (struct label){0};
  bool seed_stands = text_equal(row_text(draw, DRAW_SEED), result->seed) && text_equal(row_text(draw, DRAW_ROOT), result->root);
  if (error != STORE_OK || !differs->zh || !seed_stands) return error;
  error = reader_journal(reader, draw->id, SIZE_MAX, destruction_take, &found);
  *destroyed = found.count;
  return error;
}

static enum store_error checks_count(struct reader *reader, const struct row *draw, int64_t *count) {
  struct value of = value_integer(CHECK_DRAW, draw->id);
  struct condition condition = {.field = CHECK_DRAW, .how = C_IS, .values = &of, .count = 1};
  struct query query = {.type = record_type(RECORD_CHECK),
                        .conditions = &condition,
                        .condition_count = 1,
                        .with_voided = true,
                        .expected = -1};
  return reader_count(reader, &query, &SCOPE_SYSTEM, count);
}

static struct label what_is_wrong(const struct row *draw, struct label differs, int64_t destroyed, int64_t checks) {
  if (differs.zh && !destroyed) return differs;
  if (checks > row_integer(draw, DRAW_SAMPLE) || (!destroyed && checks < row_integer(draw, DRAW_SAMPLE)))
    return (struct label){"抽查记录的件数", "the number of its checks"};
  return (struct label){0};
}

enum store_error draws_verify(struct reader *reader, struct arena *arena, damage_sink *sink, void *with, int64_t *draws) {
  struct value drawn = value_integer(FIELD_STATE, DRAW_DRAWN);
  struct condition condition = {.field = FIELD_STATE, .how = C_IS, .values = &drawn, .count = 1};
  struct query query = {.type = record_type(RECORD_DRAW), .conditions = &condition, .condition_count = 1, .long_texts = true, .expected = -1};
  struct rows rows = {.arena = arena};
  bool more = true;
  enum store_error error = reader_list(reader, &query, &SCOPE_SYSTEM, arena, rows_keep, &rows);
  for (size_t i = 0; i < rows.count && error == STORE_OK && more; i++) {
    struct arena *scratch = arena_new();
    struct draw_result result;
    struct label differs;
    int64_t destroyed = 0, checks = 0;
    error = draw_compare(reader, rows.items[i], scratch, &result, &destroyed, &differs);
    if (error == STORE_OK) error = checks_count(reader, rows.items[i], &checks);
    struct label wrong = error == STORE_OK ? what_is_wrong(rows.items[i], differs, destroyed, checks) : (struct label){0};
    struct damage damage = {.type = RECORD_DRAW, .record = rows.items[i]->id};
    if (wrong.zh) damage.sentence = (struct label){arena_print(arena, "抽查方案 %lld 复算不一致：%s", (long long)rows.items[i]->id, wrong.zh), arena_print(arena, "draw %lld reckoned again is another: %s", (long long)rows.items[i]->id, wrong.en)};
    if (wrong.zh) more = sink(with, &damage);
    arena_free(scratch);
    ++*draws;
  }
  return error;
}
