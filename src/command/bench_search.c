/* Measuring search at a million long appeals: newest first, the same within one unit, closest first, over HTTP as a page asks, beside the
   bare FTS5 query. The store has its city made through the door; its appeals are written by a bare loop, their words as the follower would
   cut them. */
#include "command/bench.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "command/files.h"
#include "follow/terms.h"

enum { MILLION = 1000000, GROUP = 1000, PHRASES = 52 /* with two places about 400 characters */, PLACES = 20000, DRAWS = 400, RAW_PAGE = 20 };
#define FIRST_ID INT64_C(1000000000)

/* ---- texts ---- */

static const char *const LEFT[] = {"梅", "枫", "榆", "竹", "柳", "棠", "芦", "槐", "泉", "鹭", "云", "松", "荷", "杏", "桐", "溪", "砚", "岚", "藕", "霞"}, *const MIDDLE[] = {"山", "湖", "林", "园", "湾", "塘", "岭", "渡", "桥", "坊", "川", "浦", "洲", "垄", "冲", "坪", "堰", "埠", "屿", "滩"},
  *const RIGHT[] = {"一", "二", "三", "东", "西", "南", "北", "中", "新", "老"}, *const KINDS[] = {"路", "小区", "街道", "市场", "花苑"};

/* A few places are spoken of very often, most seldom: the n-th as often as 1/n. */
static size_t place_drawn(uint64_t *seed) {
  uint64_t some = bench_random(seed) % 1000000 + 1;
  size_t place = (size_t)(1000000 / some) - 1;
  return place < 1000 ? place : bench_random(seed) % PLACES;
}

static void place_write(struct buffer *out, size_t place) {
  buffer_print(out, "%s%s%s%s", LEFT[place % 20], MIDDLE[place / 20 % 20], RIGHT[place / 400 % 10], KINDS[place / 4000 % 5]);
}

static void text_write(struct buffer *out, uint64_t n) {
  uint64_t seed = n * 7919 + 11;
  buffer_clear(out);
  place_write(out, place_drawn(&seed));
  bench_sentence(out, &seed, PHRASES / 2);
  place_write(out, place_drawn(&seed));
  bench_sentence(out, &seed, PHRASES / 2);
}

static size_t unit_drawn(uint64_t n) {
  uint64_t seed = n * 31 + 5, some = bench_random(&seed) % 100000 + 1;
  size_t unit = (size_t)(100000 / some);
  return unit < 100 ? 1 + unit : 1 + bench_random(&seed) % (BENCH_UNITS - 1);
}

/* ---- filling ---- */

struct fill {
  struct bench *bench;
  const struct bench_world *world;
  sqlite3 *store, *terms;
  sqlite3_stmt *row, *text, *words;
  struct cutter cutter;
  int64_t count, now;
};

static bool insert(sqlite3_stmt *statement) {
  bool good = sqlite3_step(statement) == SQLITE_DONE;
  sqlite3_reset(statement);
  return good;
}

static bool appeal_insert(struct fill *fill, struct arena *arena, struct buffer *text, struct buffer *cut, int64_t n) {
  struct row *row = row_new(arena, record_type(RECORD_APPEAL));
  struct buffer title = {.arena = arena};
  uint64_t seed = (uint64_t)n * 7919 + 11;
  int64_t id = FIRST_ID + n, unit = fill->world->units[unit_drawn((uint64_t)n)],
          moment = fill->now - (fill->count - n) * 30 * MOMENT_SECOND;
  const char *number = arena_print(arena, "SJ2026%07lld", (long long)n);
  text_write(text, (uint64_t)n);
  place_write(&title, place_drawn(&seed));
  bench_sentence(&title, &seed, 2);
  row_set_text(row, APPEAL_NUMBER, number);
  row_set_text(row, APPEAL_TITLE, title.bytes);
  row_set_text(row, APPEAL_TEXT, text->bytes);
  row_set_integer(row, APPEAL_UNIT, unit);
  buffer_clear(cut);
  record_cut(&fill->cutter, cut, row);
  const int64_t facts[] = {id, 1, APPEAL_ASSIGNED, moment, moment, 1, 0, moment, unit, SECRECY_INTERNAL};
  for (int i = 0; i < 10; i++) sqlite3_bind_int64(fill->row, i + 1, facts[i]);
  sqlite3_bind_text(fill->row, 11, number, -1, SQLITE_STATIC);
  sqlite3_bind_text(fill->row, 12, title.bytes, (int)title.size, SQLITE_STATIC);
  sqlite3_bind_int64(fill->text, 1, id);
  sqlite3_bind_text(fill->text, 2, text->bytes, (int)text->size, SQLITE_STATIC);
  sqlite3_bind_int64(fill->words, 1, id);
  sqlite3_bind_text(fill->words, 2, cut->bytes, (int)cut->size, SQLITE_STATIC);
  return insert(fill->row) && insert(fill->text) && insert(fill->words);
}

static bool appeals_insert(struct fill *fill) {
  struct arena *arena = arena_new();
  struct buffer text = {0}, cut = {0};
  bool good = true;
  for (int64_t n = 0; n < fill->count && good; n++) {
    if (n % GROUP == 0) {
      const char *turn = n ? "COMMIT; BEGIN IMMEDIATE" : "BEGIN IMMEDIATE";
      good = bench_exec(fill->store, turn) && bench_exec(fill->terms, turn);
      arena_reset(arena);
    }
    good = good && appeal_insert(fill, arena, &text, &cut, n);
  }
  if (!good) bench_fail("filling: %s; %s", sqlite3_errmsg(fill->store), sqlite3_errmsg(fill->terms));
  buffer_free(&text);
  buffer_free(&cut);
  arena_free(arena);
  return good && bench_exec(fill->store, "COMMIT") && bench_exec(fill->terms, "COMMIT");
}

static bool prepare_inserts(struct fill *fill) {
  const char *words = arena_print(fill->bench->arena, "INSERT INTO words_%d(rowid, words) VALUES (?1, ?2)", RECORD_APPEAL);
  return sqlite3_prepare_v2(fill->store, "INSERT INTO appeal (id, version, state, created, changed, entry, voided, made_at, unit, secrecy, number, title) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)", -1, &fill->row, NULL) == SQLITE_OK
    && sqlite3_prepare_v2(fill->store, "INSERT INTO appeal_text (id, text) VALUES (?1, ?2)", -1, &fill->text, NULL) == SQLITE_OK
    && sqlite3_prepare_v2(fill->terms, words, -1, &fill->words, NULL) == SQLITE_OK;
}

static bool fill_work(struct bench *bench, const void *with, void *result) {
  struct fill *fill = ARENA_NEW(bench->arena, struct fill);
  *fill = (struct fill){.bench = bench, .world = with, .count = bench->count ? bench->count : MILLION, .now = moment_system()};
  const char *data = arena_print(bench->arena, "%s-appeals", bench->million);
  struct terms *terms = NULL; /* makes the tables */
  if (terms_open(data, &terms) != STORE_OK) return false;
  terms_close(terms);
  fill->store = bench_open(arena_print(bench->arena, "%s/store.db", data));
  fill->terms = bench_open(arena_print(bench->arena, "%s/search.db", data));
  const char *quick = "PRAGMA journal_mode=DELETE; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-400000; PRAGMA temp_store=MEMORY";
  bool good = fill->store && fill->terms && bench_exec(fill->store, quick) &&
              bench_exec(fill->terms, "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA secure_delete=ON; PRAGMA cache_size=-64000");
  struct bench_index *indexes = good ? bench_drop_indexes(bench, fill->store, "'appeal'") : NULL;
  good = indexes && prepare_inserts(fill) && appeals_insert(fill) && bench_build_indexes(bench, fill->store, indexes);
  sqlite3_finalize(fill->row);
  sqlite3_finalize(fill->text);
  sqlite3_finalize(fill->words);
  cutter_rest(&fill->cutter);
  sqlite3_close(fill->store);
  sqlite3_close(fill->terms);
  *(int64_t *)result = fill->count;
  return good;
}

static double megabytes(const char *path) {
  struct stat state;
  return stat(path, &state) == 0 ? (double)state.st_size / 1e6 : 0;
}

bool bench_appeals(struct bench *bench, const char *data, struct bench_world *world) {
  int64_t count = 0;
  if (!bench_filled(bench, data, fill_work, world, &count)) return false;
  if (count) bench_say(bench, "search.db %.0f MB", "search.db %.0f MB", megabytes(arena_print(bench->arena, "%s/search.db", data)));
  return true;
}

/* ---- questions ---- */

static const char *const COMMON[] = {"电梯", "积水", "物业公司", "施工噪声", "停车位", "油烟", "路灯不亮", "互相推诿", "安全隐患", "公交末班车"};
enum { COMMON_COUNT = sizeof COMMON / sizeof *COMMON, FORMS = 8 };

/* Half of what people look for is a name, the rest a matter, both, or a number. */
static const char *question_drawn(struct arena *arena, uint64_t *seed) {
  struct buffer place = {.arena = arena};
  const char *one = COMMON[bench_random(seed) % COMMON_COUNT], *other = COMMON[bench_random(seed) % COMMON_COUNT];
  place_write(&place, bench_random(seed) % 2 ? place_drawn(seed) : bench_random(seed) % PLACES);
  switch (bench_random(seed) % FORMS) {
  case 0: return one;
  case 1: return arena_print(arena, "%s %s", one, other);
  case 2: return arena_print(arena, "%s %s", place.bytes, one);
  case 3: return arena_print(arena, "%s -%s", place.bytes, one);
  case 4: return arena_print(arena, "%04d", (int)(bench_random(seed) % 10000));
  case 5: return arena_print(arena, "SJ2026%07d", (int)(bench_random(seed) % MILLION));
  default: return place.bytes;
  }
}

static void address_write(struct buffer *out, const char *text) {
  for (; *text; text++) buffer_print(out, "%%%02X", (unsigned char)*text);
}

struct spread {
  double p50, p99, worked; /* milliseconds; worked: the p99 of the server's processor time, which other work beside does not lengthen */
};

static struct spread spread_of(double *times, double *worked) {
  qsort(times, DRAWS, sizeof *times, bench_by_size);
  qsort(worked, DRAWS, sizeof *worked, bench_by_size);
  return (struct spread){bench_part(times, DRAWS, 0.50) * 1e3, bench_part(times, DRAWS, 0.99) * 1e3, bench_part(worked, DRAWS, 0.99) * 1e3};
}

/* One after another, each twice: the first time warms. */
static bool asked(struct bench *bench, const struct bench_server *server, const struct bench_session *session,
                  const struct bench_world *world, bool unit, bool best, struct spread *spread) {
  double times[DRAWS], worked[DRAWS];
  uint64_t seed = 20261128;
  for (size_t i = 0; i < DRAWS; i++) {
    struct buffer text = {.arena = bench->arena};
    struct bench_loaded loaded;
    buffer_text(&text, "GET /api/v1/search?limit=20&q=");
    address_write(&text, question_drawn(bench->arena, &seed));
    if (unit) buffer_print(&text, "&unit=%lld", (long long)world->units[1 + bench_random(&seed) % (BENCH_UNITS - 1)]);
    buffer_print(&text, "&sort=%s HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: %s\r\n\r\n", best ? "best" : "new", session->cookie);
    struct bench_bytes request = {text.bytes, text.size};
    struct bench_load load = {.port = server->port, .connections = 1, .requests = &request, .request_count = 1, .total = 1};
    if (!bench_load_run(&load, &loaded)) return false;
    double began = bench_processor(server->process);
    if (!bench_load_run(&load, &loaded) || !bench_answered(&loaded, "search")) return false;
    worked[i] = bench_processor(server->process) - began;
    times[i] = loaded.p99;
  }
  *spread = spread_of(times, worked);
  return true;
}

static void spread_say(struct bench *bench, const char *zh, const char *en, const struct spread *spread) {
  bench_say(bench, "%s:p50 %.2f ms,p99 %.2f ms;处理器时间的 p99 %.2f ms", "%s: p50 %.2f ms, p99 %.2f ms; p99 of processor time %.2f ms",
            bench->call->language == LANGUAGE_ZH ? zh : en, spread->p50, spread->p99, spread->worked);
}

static bool over_http(struct bench *bench, const char *data, const struct bench_world *world, struct bench_result *result) {
  struct bench_server server;
  struct bench_session session;
  struct spread newest, unit, best;
  if (!bench_serve(bench, data, NULL, &server)) return false;
  bool good = bench_sign_in(bench, server.port, world->password, &session) && asked(bench, &server, &session, world, false, false, &newest)
    && asked(bench, &server, &session, world, true, false, &unit) && asked(bench, &server, &session, world, false, true, &best);
  if (good) {
    result->figure = newest.p99;
    spread_say(bench, "最新在前", "newest first", &newest);
    spread_say(bench, "限一个单位(目标:p99 少于 100 ms)", "within one unit (goal: p99 less than 100 ms)", &unit);
    spread_say(bench, "最贴近在前(最新一万条中)", "closest first (of the newest 10,000)", &best);
  }
  return bench_serve_end(&server) && good;
}

/* ---- the bare query ---- */

static bool raw_work(struct bench *bench, const void *with, void *result) {
  const char *data = with;
  double times[DRAWS];
  uint64_t seed = 20261128;
  sqlite3 *database = bench_open(arena_print(bench->arena, "%s/search.db", data));
  sqlite3_stmt *find = NULL;
  bool good = database && sqlite3_prepare_v2(database,
                                             arena_print(bench->arena,
                                                         "SELECT rowid FROM words_%d WHERE words_%d MATCH ?1 ORDER BY rowid DESC LIMIT %d",
                                                         RECORD_APPEAL, RECORD_APPEAL, RAW_PAGE),
                                             -1, &find, NULL) == SQLITE_OK;
  for (int turn = 0; turn < 2; turn++, seed = 20261128)
    for (size_t i = 0; i < DRAWS && good; i++) {
      struct question question;
      double began = bench_clock();
      good = question_of(bench->arena, question_drawn(bench->arena, &seed), &question) == QUESTION_FITS;
      sqlite3_bind_text(find, 1, question_write(bench->arena, &question, record_type(RECORD_APPEAL), NULL, 0), -1, SQLITE_STATIC);
      int status;
      while ((status = sqlite3_step(find)) == SQLITE_ROW) continue;
      good = good && status == SQLITE_DONE;
      sqlite3_reset(find);
      times[i] = bench_clock() - began;
    }
  if (!good) bench_fail("the bare query: %s", database ? sqlite3_errmsg(database) : "cannot open search.db");
  sqlite3_finalize(find);
  sqlite3_close(database);
  qsort(times, DRAWS, sizeof *times, bench_by_size);
  *(double *)result = bench_part(times, DRAWS, 0.99) * 1e3;
  return good;
}

bool bench_search(struct bench *bench, struct bench_result *result) {
  struct bench_world *world = ARENA_NEW(bench->arena, struct bench_world);
  const char *data = arena_print(bench->arena, "%s-appeals", bench->million);
  bool good = bench_appeals(bench, data, world) && bench_child(raw_work, bench, data, &result->raw, sizeof result->raw) &&
              over_http(bench, data, world, result);
  result->ratio = result->raw / result->figure;
  return good;
}
