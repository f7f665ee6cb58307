/* Measuring the three rates over a million appeals: the table as a server answers it warm, the first one that builds the view, a past
   number for the first time and again; beside a bare loop over the same figures. The store has its city made through the door; its appeals
   are written by a bare loop, as they stand after their call-backs (the rates read no call-back), the few that change between the past
   number and the present through the door. */
#include <jansson.h> /* before base/json.h */

#include "base/heap.h"
#include "command/bench.h"

#include <stdlib.h>
#include <string.h>

#include "rules/appeal_figures.h"

enum { MILLION = 1000000, GROUP = 1000, REQUESTS = 10, LOOPS = 20, SLOTS = 1024, CHANGED = 500 /* between the past number and now */ };
/* Ids are numbers of the journal, and what is younger than a past number is not in it: so the journal goes on behind all of them, at a
   power of two, where the tree over it needs one node of what was left out. */
#define FIRST_ID INT64_C(100000)
#define JOURNAL_LEVEL 24
#define JOURNAL_END (INT64_C(1) << JOURNAL_LEVEL)
static const char *const CATEGORIES[] = {"城市管理", "住房物业", "交通出行", "公共卫生", "市场监管", "劳动社保", "教育", "供水供电", "噪声", "环境", "消防", "其他"};
enum { CATEGORY_COUNT = sizeof CATEGORIES / sizeof *CATEGORIES };

/* ---- filling ---- */

#define COLUMNS(COLUMN) COLUMN(id) COLUMN(version) COLUMN(state) COLUMN(created) COLUMN(changed) COLUMN(entry) COLUMN(voided) COLUMN(made_at) COLUMN(unit) COLUMN(kind) COLUMN(origin) \
  COLUMN(secrecy) COLUMN(whistle) COLUMN(historic) COLUMN(assigned_at) COLUMN(contact_due) COLUMN(contacted_at) COLUMN(answered_on) COLUMN(lateness) COLUMN(called) COLUMN(called_outcome) \
  COLUMN(called_satisfaction) COLUMN(attempts) COLUMN(excluded) COLUMN(number) COLUMN(title) COLUMN(category)
#define AS_ENUM(name) C_##name,
#define AS_NAME(name) "\"" #name "\"",
enum column_of_rates { COLUMNS(AS_ENUM) COLUMN_COUNT };
static const char *const NAMES[] = {COLUMNS(AS_NAME)};

struct fill { struct bench *bench; const struct bench_world *world; sqlite3 *store; sqlite3_stmt *row; int64_t count, now; };

/* Four in five are answered, seven in ten of those called, two in three of them reached. */
static void bind_facts(struct fill *fill, int64_t n, int64_t facts[COLUMN_COUNT]) {
  uint64_t seed = (uint64_t)n * 7919 + 11;
  int64_t made = fill->now - (int64_t)(bench_random(&seed) % 730) * MOMENT_DAY - n % 86400 * MOMENT_SECOND,
          assigned = made + 3600 * MOMENT_SECOND, due = assigned + MOMENT_DAY;
  bool answered = bench_random(&seed) % 10 < 8, called = answered && bench_random(&seed) % 10 < 7,
       reached = called && bench_random(&seed) % 3, contacted = bench_random(&seed) % 10 < 9;
  const int64_t values[COLUMN_COUNT] = {
    [C_id] = FIRST_ID + n, [C_version] = 1, [C_state] = answered ? (called ? APPEAL_CLOSED : APPEAL_CALL_BACK_DUE) : APPEAL_ASSIGNED, [C_created] = made, [C_changed] = made, [C_entry] = 1,
    [C_made_at] = made, [C_unit] = fill->world->units[1 + bench_random(&seed) % (BENCH_UNITS - 1)], [C_kind] = 1 + (int64_t)(bench_random(&seed) % 5), [C_origin] = 1 + (int64_t)(bench_random(&seed) % 5),
    [C_secrecy] = SECRECY_INTERNAL, [C_whistle] = bench_random(&seed) % 200 == 0, [C_assigned_at] = assigned, [C_contact_due] = due,
    [C_contacted_at] = contacted ? assigned + (int64_t)(bench_random(&seed) % 30) * 3600 * MOMENT_SECOND : NOTHING, [C_answered_on] = answered ? date_of_moment(made) + 1 + (int64_t)(bench_random(&seed) % 9) : NOTHING,
    [C_lateness] = answered ? (bench_random(&seed) % 10 ? LATENESS_DONE_IN_TIME : LATENESS_DONE_LATE) : LATENESS_IN_TIME,
    [C_called] = reached ? (contacted ? CALLED_CONTACTED : CALLED_NOT_CONTACTED) : called ? CALLED_NOT_REACHED : NOTHING, [C_called_outcome] = reached ? 1 + (int64_t)(bench_random(&seed) % 4) : NOTHING,
    [C_called_satisfaction] = reached ? 1 + (int64_t)(bench_random(&seed) % 4) : NOTHING, [C_attempts] = called ? 1 : NOTHING, [C_excluded] = reached && bench_random(&seed) % 50 == 0};
  memcpy(facts, values, sizeof values);
}

static bool appeal_insert(struct fill *fill, int64_t n) {
  int64_t facts[COLUMN_COUNT];
  char number[32];
  bind_facts(fill, n, facts);
  for (int i = 0; i < C_number; i++)
    if (facts[i] == NOTHING) sqlite3_bind_null(fill->row, i + 1);
    else sqlite3_bind_int64(fill->row, i + 1, facts[i]);
  snprintf(number, sizeof number, "SJ2026%07lld", (long long)n);
  sqlite3_bind_text(fill->row, C_number + 1, number, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text(fill->row, C_title + 1, "楼道照明不亮", -1, SQLITE_STATIC);
  sqlite3_bind_text(fill->row, C_category + 1, CATEGORIES[n * 31 % CATEGORY_COUNT], -1, SQLITE_STATIC);
  bool good = sqlite3_step(fill->row) == SQLITE_DONE;
  sqlite3_reset(fill->row);
  return good;
}

static bool appeals_insert(struct fill *fill) {
  struct buffer text = {.arena = fill->bench->arena};
  buffer_text(&text, "INSERT INTO \"appeal\" (");
  for (int i = 0; i < COLUMN_COUNT; i++) buffer_print(&text, "%s%s", i ? "," : "", NAMES[i]);
  buffer_text(&text, ") VALUES (");
  for (int i = 0; i < COLUMN_COUNT; i++) buffer_text(&text, i ? ",?" : "?");
  buffer_byte(&text, ')');
  bool good = sqlite3_prepare_v2(fill->store, text.bytes, -1, &fill->row, NULL) == SQLITE_OK && bench_exec(fill->store, "BEGIN");
  for (int64_t n = 0; n < fill->count && good; n++)
    good = (n % GROUP || bench_exec(fill->store, "COMMIT; BEGIN")) && appeal_insert(fill, n);
  if (!good) bench_fail("filling: %s", sqlite3_errmsg(fill->store));
  sqlite3_finalize(fill->row);
  return good && bench_exec(fill->store, "COMMIT");
}

static bool fill_work(struct bench *bench, const void *with, void *result) {
  const char *data = arena_print(bench->arena, "%s-rates", bench->million);
  struct fill fill = {.bench = bench,
                      .world = with,
                      .count = bench->count ? bench->count : MILLION,
                      .now = moment_system(),
                      .store = bench_open(arena_print(bench->arena, "%s/store.db", data))};
  bool good = fill.store && bench_exec(fill.store, "PRAGMA journal_mode=DELETE; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-400000; PRAGMA temp_store=MEMORY");
  struct bench_index *indexes = good ? bench_drop_indexes(bench, fill.store, "'appeal'") : NULL;
  good = indexes && appeals_insert(&fill) && bench_build_indexes(bench, fill.store, indexes)
    && bench_exec(fill.store, arena_print(bench->arena, "UPDATE journal_head SET number = %lld; INSERT OR REPLACE INTO journal_node (level, position, hash) VALUES (%d, 0, zeroblob(32))", (long long)JOURNAL_END, JOURNAL_LEVEL));
  sqlite3_close(fill.store);
  *(int64_t *)result = fill.count;
  return good;
}

/* ---- raw ---- */

struct bare { double milliseconds, scan; int64_t figures; };

static int64_t loop_once(const struct appeal_figures *figures, int64_t (*cells)[4]) {
  int64_t sum = 0;
  memset(cells, 0, SLOTS * sizeof *cells);
  for (size_t i = 0; i < figures->count; i++) {
    cells[(uint32_t)figures->items[i].unit % SLOTS][figures->items[i].called & 3]++;
    sum += figures->items[i].answered != APPEAL_NO_DATE;
  }
  return sum + cells[1][1];
}

static bool bare_work(struct bench *bench, const void *with, void *result) {
  struct bare *bare = result;
  struct house *house = bench_house(bench, with, NULL, 0);
  struct appeal_figures figures = {0};
  struct reader *reader = NULL;
  double began = bench_clock();
  bool good = house && store_reader(house->store, &reader) == STORE_OK && appeal_figures_read(reader, 0, &figures) == STORE_OK;
  bare->scan = (bench_clock() - began) * 1e3;
  if (reader) reader_release(reader);
  int64_t (*cells)[4] = heap_zeroed(SLOTS, sizeof *cells);
  volatile int64_t kept = 0;
  began = bench_clock();
  for (int i = 0; i < LOOPS; i++) kept = kept + loop_once(&figures, cells);
  bare->milliseconds = (bench_clock() - began) * 1e3 / LOOPS;
  bare->figures = (int64_t)figures.count;
  good = good && cells;
  free(cells);
  appeal_figures_free(&figures);
  if (house) house_close(house);
  return good;
}

/* ---- ours ---- */

struct asking { struct bench *bench; const struct bench_server *server; const struct bench_session *session; };

static bool asked(const struct asking *asking, const char *query, size_t total, double *milliseconds) {
  struct bench_loaded loaded;
  const char *request = arena_print(asking->bench->arena, "GET /api/v1/rates%s HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: %s\r\n\r\n", query,
                                    asking->session->cookie);
  return bench_server_time(asking->bench, asking->server->port, request, total, milliseconds, &loaded) && bench_answered(&loaded, query);
}

/* One set through the door; the last number of the journal, 0 when it failed. ids: filled by one that makes. */
static int64_t changed(const struct asking *asking, const int64_t *edited, int64_t *ids) {
  struct arena *arena = asking->bench->arena;
  struct buffer body = {.arena = arena};
  int64_t stamp = moment_system();
  buffer_text(&body, "{\"changes\":[");
  for (int i = 0; i < CHANGED; i++)
    if (edited)
      buffer_print(&body, "%s{\"type\":\"appeal\",\"action\":\"edit\",\"id\":%lld,\"values\":{\"category\":\"%s\"}}", i ? "," : "",
                   (long long)edited[i], CATEGORIES[stamp % CATEGORY_COUNT]);
    else buffer_print(&body, "%s{\"type\":\"appeal\",\"action\":\"create\",\"values\":{\"number\":\"R-%lld-%d\",\"title\":\"路灯不亮\",\"made_at\":\"2026-11-20T09:00:00+08:00\"}}", i ? "," : "", (long long)stamp, i);
  buffer_text(&body, "]}");
  const char *request = arena_print(arena, "POST /api/v1/changes HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: %s\r\nX-CSRF-Token: %s\r\nIdempotency-Key: rates-%lld\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
                                    asking->session->cookie, asking->session->csrf, (long long)stamp, body.size, body.bytes);
  const char *answer = bench_ask(arena, asking->server->port, request), *json = answer ? strstr(answer, "{\"verdict\"") : NULL;
  json_t *object = json ? json_loads(json, JSON_DISABLE_EOF_CHECK, NULL) : NULL;
  json_t *made = json_object_get(object, "ids");
  int64_t number = json_integer_value(json_object_get(object, "journal"));
  if (json_array_size(made) != CHANGED) number = 0;
  for (size_t i = 0; ids && number && i < CHANGED; i++) ids[i] = json_integer_value(json_array_get(made, i));
  if (!number) bench_fail("changing appeals: %.300s", answer ? answer : "no answer");
  json_decref(object);
  return number;
}

static bool past_measured(const struct asking *asking) {
  int64_t ids[CHANGED], number = changed(asking, NULL, ids);
  double first = 0, again = 0, other = 0, list = 0;
  if (!number || !changed(asking, ids, NULL)) return false;
  const char *unit = arena_print(asking->bench->arena, "?by=unit&number=%lld", (long long)number),
             *category = arena_print(asking->bench->arena, "?by=category&number=%lld", (long long)number);
  bool good = asked(asking, unit, 1, &first) && asked(asking, unit, REQUESTS, &again) && asked(asking, category, REQUESTS, &other)
    && asked(asking, arena_print(asking->bench->arena, "/to_call/list?limit=200&number=%lld", (long long)number), REQUESTS, &list);
  if (good)
    bench_say(asking->bench, "过去的时刻(此后 %d 条改过):第一次 %.0f ms,再看 %.1f ms,换按类别 %.1f ms,一个数背后的清单 %.1f ms", "a past number (%d appeals changed since): the first time %.0f ms, again %.1f ms, by category %.1f ms, the list behind a count %.1f ms",
              CHANGED, first, again, other, list);
  return good;
}

static bool over_http(const struct asking *asking, double *figures) {
  double first = 0, category = 0, month = 0, list = 0;
  if (!asked(asking, "?by=unit", 1, &first)) return false;
  bench_say(asking->bench, "第一次(建视图):%.0f ms", "the first one, which builds the view: %.0f ms", first);
  for (int run = 0; run < asking->bench->runs; run++)
    if (!asked(asking, "?by=unit", REQUESTS, &figures[run])) return false;
  if (!asked(asking, "?by=category", REQUESTS, &category) || !asked(asking, "?by=unit&from=2026-10-01&to=2026-10-31", REQUESTS, &month)
      || !asked(asking, "/to_call/list?limit=200", REQUESTS, &list)) return false;
  bench_say(asking->bench, "按类别 %.1f ms;一个月的按单位 %.1f ms;一个数背后的清单(前 200 条和总数)%.1f ms", "by category %.1f ms; one month by unit %.1f ms; the list behind a count (the first 200 and how many) %.1f ms", category, month, list);
  return past_measured(asking);
}

bool bench_rates(struct bench *bench, struct bench_result *result) {
  struct bench_world *world = ARENA_NEW(bench->arena, struct bench_world);
  const char *data = arena_print(bench->arena, "%s-rates", bench->million);
  struct bench_server server;
  struct bench_session session;
  double figures[99], raws[99];
  int64_t count;
  if (!bench_filled(bench, data, fill_work, world, &count) || !bench_serve(bench, data, NULL, &server)) return false;
  struct asking asking = {bench, &server, &session};
  bool good = bench_sign_in(bench, server.port, world->password, &session) && over_http(&asking, figures);
  if (!bench_serve_end(&server)) good = false;
  for (int run = 0; run < bench->runs && good; run++) {
    struct bare bare = {0};
    good = bench_child(bare_work, bench, data, &bare, sizeof bare);
    raws[run] = bare.milliseconds;
    if (good)
      bench_say(bench, "第 %d 次:%.1f ms;裸循环 %.2f ms;扫一遍 %.0f ms;%lld 条,每条 %zu 字节",
                "run %d: %.1f ms; bare loop %.2f ms; one scan %.0f ms; %lld appeals of %zu bytes", run + 1, figures[run], raws[run],
                bare.scan, (long long)bare.figures, sizeof(struct appeal_figure));
  }
  if (good) *result = bench_result_of(figures, raws, bench->runs, true);
  return good;
}
