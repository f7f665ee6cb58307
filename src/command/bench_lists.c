/* Measuring lists at a million problems: first pages of 50 for twelve usual filters and sorts in four scopes, then every other listed field
   by some of the listed sorts, drawn by a fixed seed, and one usual page over HTTP. Beside every fourth usual page the same by hand-written
   SQL. The store's file is read once before, as a server that runs has it in memory; what a page costs whose parts must come from the disk
   is told beside. */
#include "command/bench.h"

#include <fcntl.h>
#include <unistd.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PAGE = 50, DRAWS = 200, WARM = 5, RAW_EVERY = 4, RAWS = DRAWS / RAW_EVERY, COLD = 10, CONDITIONS = 2, VALUES = 2, SORTS_DRAWN = 3 };

static const struct record_type *problem_type(void) { return record_type(RECORD_PROBLEM); }

/* ---- what is asked ---- */
static const struct { const char *name; uint16_t fields[CONDITIONS]; size_t count; } FILTERS[] = {
  {"none", {0}, 0}, {"state", {FIELD_STATE}, 1}, {"colour+state", {PROBLEM_COLOUR, FIELD_STATE}, 2}, {"category+kind", {PROBLEM_CATEGORY, PROBLEM_KIND}, 2}};
static const struct { const char *name, *column; uint16_t field; bool descending; } SORTS[] = {
  {"due", "due", PROBLEM_DUE, false}, {"updated", "changed", FIELD_CHANGED, true}, {"number", "number", PROBLEM_NUMBER, false}};
enum scope_kind { SCOPE_CITY, SCOPE_SUBTREE, SCOPE_UNIT, SCOPE_JOINT, SCOPE_KINDS };
static const char *const SCOPES[] = {"city office", "10-unit subtree", "one unit", "one joint unit"};
enum { FILTER_COUNT = sizeof FILTERS / sizeof *FILTERS, SORT_COUNT = sizeof SORTS / sizeof *SORTS };

struct page {
  enum scope_kind kind;
  struct scope scope;
  struct grant_scope grants[2];
  int64_t units[10];
  struct condition conditions[CONDITIONS];
  struct value values[CONDITIONS];
  struct query query;
};
struct listing { struct bench *bench; struct house *house; const struct bench_world *world; sqlite3 *raw; uint64_t seed; };
struct spread { double p50, p99, most; };

/* As scope_for resolves them: the office sees all; a head with a subtree, a liaison of one unit: led and joined; joined alone. */
static void draw_scope(struct listing *listing, struct page *page) {
  size_t group = bench_random(&listing->seed) % 24, units = page->kind == SCOPE_SUBTREE ? 10 : 1;
  size_t first = page->kind == SCOPE_SUBTREE ? 1 + 10 * group : 1 + bench_random(&listing->seed) % (BENCH_UNITS - 1);
  for (size_t i = 0; i < units; i++) page->units[i] = listing->world->units[first + i];
  struct grant_scope lead = {.relation = RELATION_LEAD, .units = page->units, .unit_count = units, .secrecy = SECRECY_INTERNAL},
                     joint = lead;
  joint.relation = RELATION_JOINT;
  page->grants[0] = page->kind == SCOPE_CITY    ? (struct grant_scope){.relation = RELATION_ANY, .all = true, .secrecy = SECRECY_RESTRICTED}
                    : page->kind == SCOPE_JOINT ? joint
                                                : lead;
  page->grants[1] = joint;
  page->scope = (struct scope){.user = 1,
                               .grants = page->grants,
                               .grant_count = page->kind == SCOPE_SUBTREE || page->kind == SCOPE_UNIT ? 2 : 1};
}

/* A value that the field has; numbers and moments from where the rows have theirs. */
static int64_t draw_integer(struct listing *listing, uint16_t field) {
  const struct field *declared = record_field(problem_type(), field);
  uint64_t some = bench_random(&listing->seed);
  size_t choices = 0;
  if (field == FIELD_STATE) return BENCH_STATES[some % BENCH_STATE_COUNT];
  if (field == PROBLEM_LEAD_UNIT) return listing->world->units[1 + some % (BENCH_UNITS - 1)];
  if (field == PROBLEM_CAMPAIGN) return listing->world->campaign;
  while (declared && declared->choices && declared->choices[choices].name) choices++;
  if (choices) return declared->choices[some % choices].code;
  if (declared && declared->type == F_YES_NO) return (int64_t)(some % 2);
  if (field == PROBLEM_DUE) return date_of_moment(moment_system()) + (int64_t)(some % 300) - 30;
  if (field == PROBLEM_PROGRESS) return (int64_t)(some % 21) * 500;
  if (field == FIELD_CREATED || field == FIELD_CHANGED) return moment_system() - (int64_t)(some % 700) * MOMENT_DAY;
  return (int64_t)(some % 3);
}

static void draw_conditions(struct listing *listing, struct page *page, const uint16_t *fields, size_t count) {
  for (size_t i = 0; i < count; i++) {
    page->values[i] = value_integer(fields[i], draw_integer(listing, fields[i]));
    if (fields[i] == PROBLEM_NUMBER)
      page->values[i] = value_text(PROBLEM_NUMBER,
                                   arena_print(listing->bench->arena, "CL-%07d", (int)(bench_random(&listing->seed) % 1000000)));
    bool moment = fields[i] == FIELD_CREATED || fields[i] == FIELD_CHANGED;
    page->conditions[i] = (struct condition){.field = fields[i], .how = moment ? C_AT_LEAST : C_IS, .values = &page->values[i], .count = 1};
  }
  /* colour and state: a pair that occurs */
  if (count == 2 && fields[0] == PROBLEM_COLOUR) page->values[0].integer = bench_colour_of(&listing->seed, page->values[1].integer);
}

static void draw_page(struct listing *listing, struct page *page, enum scope_kind kind, const uint16_t *fields, size_t count, uint16_t sort,
                      bool descending) {
  *page = (struct page){.kind = kind};
  draw_scope(listing, page);
  draw_conditions(listing, page, fields, count);
  page->query = (struct query){.type = problem_type(),
                               .conditions = page->conditions,
                               .condition_count = count,
                               .sort = sort,
                               .descending = descending,
                               .limit = PAGE + 1,
                               .expected = -1};
}

/* ---- our path, as the list page goes ---- */
static bool count_row(void *with, const struct row *row) {
  (void)row;
  ++*(size_t *)with;
  return true;
}

static double processor_clock(void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static bool read_page(struct listing *listing, struct page *page, double *seconds, double *worked, size_t *rows) {
  struct reader *reader = NULL;
  double began = bench_clock(), began_work = processor_clock();
  *rows = 0;
  page->query.expected = tallies_expect(listing->house->tallies, &page->query, &page->scope);
  enum store_error error = store_reader(listing->house->store, &reader);
  if (!error) error = reader_list(reader, &page->query, &page->scope, listing->bench->arena, count_row, rows);
  reader_release(reader);
  *seconds = bench_clock() - began;
  *worked = processor_clock() - began_work;
  if (error) bench_fail("a list: %s", store_error_label(error).en);
  return !error;
}

/* ---- the same by hand ---- */
static const char *raw_text(struct listing *listing, const struct page *page, size_t filter, size_t sort) {
  struct arena *arena = listing->bench->arena;
  const char *way = SORTS[sort].descending ? "DESC" : "ASC", *where = filter == 1   ? "AND r.state = ?"
                                                                      : filter == 2 ? "AND r.colour = ? AND r.state = ?"
                                                                      : filter == 3 ? "AND r.category = ? AND r.kind = ?"
                                                                                    : "";
  const char *column = SORTS[sort].column;
  if (page->kind == SCOPE_CITY)
    return arena_print(
        arena, "SELECT r.* FROM problem r INDEXED BY %s WHERE r.voided = 0 AND r.secrecy <= 20 %s ORDER BY r.%s %s, r.id %s LIMIT 51",
        filter == 2   ? arena_print(arena, "i_problem_for_state_colour_by_%s", column)
        : filter == 3 ? "i_problem_for_category_kind"
                      : arena_print(arena, "i_problem_by_%s", column),
        where, column, way, way);
  /* each unit's first rows, of what it leads and of what it joins, then the first of all of them */
  struct buffer text = {.arena = arena};
  buffer_text(&text, "SELECT p.* FROM (SELECT id, k FROM (");
  for (size_t i = 0; i < page->grants[0].unit_count; i++) {
    if (page->kind != SCOPE_JOINT)
      buffer_print(&text, "%sSELECT * FROM (SELECT r.id, r.%s AS k FROM problem r INDEXED BY i_problem_lead_by_%s WHERE r.lead_unit = ? AND r.voided = 0 AND r.secrecy <= 10 %s ORDER BY k %s, r.id %s LIMIT 51)",
                   i ? " UNION " : "", column, column, where, way, way);
    buffer_print(&text, "%sSELECT * FROM (SELECT r.owner AS id, r.%s AS k FROM problem_joint_units r INDEXED BY i_problem_joint_units_by_%s WHERE r.value = ? AND r.voided = 0 AND r.secrecy <= 10 %s ORDER BY k %s, r.owner %s LIMIT 51)",
                 i || page->kind != SCOPE_JOINT ? " UNION " : "", column, column, where, way, way);
  }
  buffer_print(&text, ") ORDER BY +k %s, +id %s LIMIT 51) u JOIN problem p ON p.id = u.id ORDER BY u.k %s, u.id %s", way, way, way, way);
  return text.bytes;
}

static bool raw_page(struct listing *listing, const struct page *page, sqlite3_stmt *statement, double *seconds, size_t *rows) {
  int at = 1, status;
  double began = bench_clock();
  *rows = 0;
  size_t parts = page->kind == SCOPE_CITY ? 1 : page->grants[0].unit_count * page->scope.grant_count;
  for (size_t part = 0; part < parts; part++) {
    if (page->kind != SCOPE_CITY) sqlite3_bind_int64(statement, at++, page->units[part / page->scope.grant_count]);
    for (size_t i = 0; i < page->query.condition_count; i++) sqlite3_bind_int64(statement, at++, page->values[i].integer);
  }
  while ((status = sqlite3_step(statement)) == SQLITE_ROW) {
    for (int i = 0; i < sqlite3_column_count(statement); i++) sqlite3_column_value(statement, i);
    ++*rows;
  }
  sqlite3_reset(statement);
  *seconds = bench_clock() - began;
  if (status != SQLITE_DONE) bench_fail("by hand: %s", sqlite3_errmsg(listing->raw));
  return status == SQLITE_DONE;
}

/* ---- spreads ---- */
static struct spread spread_of(double *times, size_t count) {
  qsort(times, count, sizeof *times, bench_by_size);
  return (struct spread){bench_part(times, count, 0.50) * 1e3, bench_part(times, count, 0.99) * 1e3, times[count - 1] * 1e3};
}

/* Both by turns; by hand on some of the same draws: it is much slower. They must find equally many. */
static bool usual_pages(struct listing *listing, enum scope_kind kind, size_t filter, size_t sort, struct spread *ours,
                        struct spread *worked, struct spread *raw) {
  double times[DRAWS], work_times[DRAWS], raw_times[RAWS];
  struct page page;
  sqlite3_stmt *statement = NULL;
  bool good = true;
  for (int draw = -WARM; draw < DRAWS && good; draw++) {
    size_t rows, raw_rows, at = draw < 0 ? 0 : (size_t)draw;
    draw_page(listing, &page, kind, FILTERS[filter].fields, FILTERS[filter].count, SORTS[sort].field, SORTS[sort].descending);
    if (!statement && sqlite3_prepare_v2(listing->raw, raw_text(listing, &page, filter, sort), -1, &statement, NULL) != SQLITE_OK) {
      bench_fail("by hand: %s", sqlite3_errmsg(listing->raw));
      return false;
    }
    good = read_page(listing, &page, &times[at], &work_times[at], &rows);
    if (at % RAW_EVERY) continue;
    good = good && raw_page(listing, &page, statement, &raw_times[at / RAW_EVERY], &raw_rows);
    if (good && rows != raw_rows) {
      bench_fail("%s, %s by %s: %zu rows, by hand %zu", SCOPES[kind], FILTERS[filter].name, SORTS[sort].name, rows, raw_rows);
      good = false;
    }
  }
  sqlite3_finalize(statement);
  if (!good) return false;
  *ours = spread_of(times, DRAWS);
  *worked = spread_of(work_times, DRAWS);
  *raw = spread_of(raw_times, RAWS);
  return true;
}

static bool usual(struct listing *listing, struct bench_result *result) {
  double most_work = 0;
  result->figure = result->raw = 0;
  bench_say(listing->bench, "可见范围 | 条件 | 排序 | p50 | p99 | p99 处理器时间 | 手写 p50 | 手写 p99(毫秒)",
            "scope | filter | sort | p50 | p99 | p99 of processor time | by hand p50 | by hand p99 (ms)");
  for (int kind = 0; kind < SCOPE_KINDS; kind++)
    for (size_t filter = 0; filter < FILTER_COUNT; filter++)
      for (size_t sort = 0; sort < SORT_COUNT; sort++) {
        struct spread ours, worked, raw;
        if (!usual_pages(listing, (enum scope_kind)kind, filter, sort, &ours, &worked, &raw)) return false;
        bench_say(listing->bench, "%s | %s | %s | %.2f | %.2f | %.2f | %.2f | %.2f", "%s | %s | %s | %.2f | %.2f | %.2f | %.2f | %.2f",
                  SCOPES[kind], FILTERS[filter].name, SORTS[sort].name, ours.p50, ours.p99, worked.p99, raw.p50, raw.p99);
        if (worked.p99 > most_work) most_work = worked.p99;
        if (ours.p99 > result->figure) result->figure = ours.p99;
        if (raw.p99 > result->raw) result->raw = raw.p99;
      }
  result->ratio = result->raw / result->figure;
  bench_say(listing->bench, "最慢一种 p99 的处理器时间:%.2f ms(机器忙时,等待不算清单的)",
            "processor time of the slowest p99: %.2f ms (on a busy machine waiting is not the list's)", most_work);
  return true;
}

/* ---- every other listed field by every listed sort ---- */
static size_t listed_fields(uint16_t *fields) {
  size_t count = 0;
  fields[count++] = FIELD_STATE;
  fields[count++] = FIELD_CREATED;
  fields[count++] = FIELD_CHANGED;
  for (size_t i = 0; i < problem_type()->field_count; i++)
    if (problem_type()->fields[i].flags & (FIELD_LISTED | FIELD_TALLIED)) fields[count++] = problem_type()->fields[i].id;
  return count;
}

static const char *name_of(uint16_t field) {
  const struct field *declared = record_field(problem_type(), field);
  return declared ? declared->name : field == FIELD_STATE ? "state" : field == FIELD_CREATED ? "created" : "changed";
}

/* Judged by processor time, the better of two where it seems slow: what another process took of the machine is not the list's. */
static bool others(struct listing *listing) {
  uint16_t fields[64];
  size_t field_count = listed_fields(fields), pages = 0, slow = 0;
  double worst = 0;
  const char *which = "";
  for (int kind = 0; kind < SCOPE_KINDS; kind++)
    for (size_t f = 0; f < field_count; f++)
      for (size_t drawn = 0; drawn < SORTS_DRAWN; drawn++) {
        struct page page;
        size_t rows, s = bench_random(&listing->seed) % field_count;
        double seconds, worked, again;
        draw_page(listing, &page, (enum scope_kind)kind, &fields[f], 1, fields[s], bench_random(&listing->seed) % 2);
        if (!read_page(listing, &page, &seconds, &worked, &rows)) return false;
        if (worked > 0.2 && !read_page(listing, &page, &seconds, &again, &rows)) return false;
        if (worked > 0.2 && again < worked) worked = again;
        pages++;
        slow += worked > 0.3;
        if (worked > worst) {
          worst = worked;
          which = arena_print(listing->bench->arena, "%s, %s by %s", SCOPES[kind], name_of(fields[f]), name_of(fields[s]));
        }
      }
  bench_say(listing->bench, "其他:抽 %zu 种(%zu 个字段,各抽 %d 种排序 × 可见范围),处理器时间最长 %.1f ms(%s);超过 300 ms 的 %zu 种",
            "others: %zu drawn (of %zu fields, each by %d sorts and every scope), slowest %.1f ms of processor time (%s); %zu above 300 ms", pages, field_count, SORTS_DRAWN, worst * 1e3, which, slow);
  return true;
}

/* ---- the file in memory, and not ---- */
static bool warm(const char *path) {
  static char piece[1 << 20];
  int file = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t got = file >= 0 ? 1 : -1;
  while (got > 0) got = read(file, piece, sizeof piece);
  if (file >= 0) close(file);
  if (got < 0) bench_fail("cannot read %s", path);
  return got == 0;
}

/* What nobody has changed leaves the kernel's memory. */
static bool cool(const char *path) {
  int file = open(path, O_RDONLY | O_CLOEXEC);
  bool good = file >= 0 && fdatasync(file) == 0 && posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED) == 0;
  if (file >= 0) close(file);
  return good;
}

/* For the record: the ten units' pages, nothing of the file in memory at the beginning of each. */
static bool cold_pages(struct listing *listing, const char *path) {
  double times[FILTER_COUNT * SORT_COUNT * COLD];
  size_t count = 0, rows;
  for (size_t filter = 0; filter < FILTER_COUNT; filter++)
    for (size_t sort = 0; sort < SORT_COUNT; sort++)
      for (int draw = 0; draw < COLD; draw++) {
        struct page page;
        double worked;
        draw_page(listing, &page, SCOPE_SUBTREE, FILTERS[filter].fields, FILTERS[filter].count, SORTS[sort].field, SORTS[sort].descending);
        if (!cool(path) || !read_page(listing, &page, &times[count++], &worked, &rows)) return false;
      }
  struct spread spread = spread_of(times, count);
  bench_say(listing->bench, "另记:文件都不在内存里时,10-unit subtree 的 %zu 页:p50 %.1f ms,最长 %.1f ms", "for the record, with nothing of the file in memory, %zu pages of the 10-unit subtree: p50 %.1f ms, at most %.1f ms", count, spread.p50, spread.most);
  return true;
}

static bool lists_work(struct bench *bench, const void *with, void *result) {
  struct listing listing = {.bench = bench, .world = with, .seed = 20261123};
  listing.house = bench_house(bench, bench->million, NULL, HOUSE_FOLLOWERS);
  const char *path = arena_print(bench->arena, "%s/store.db", bench->million);
  listing.raw = bench_open(path);
  if (!listing.house || !listing.raw) return false;
  bool good = bench_exec(listing.raw, "PRAGMA query_only=ON; PRAGMA cache_size=-3000") && warm(path) && usual(&listing, result) &&
              others(&listing) && cold_pages(&listing, path) && warm(path);
  sqlite3_close(listing.raw);
  house_close(listing.house);
  return good;
}

/* ---- one page over HTTP ---- */
static bool over_http(struct bench *bench, const struct bench_world *world) {
  struct bench_server server;
  struct bench_session session;
  struct bench_loaded loaded;
  struct bench_bytes requests[DRAWS];
  uint64_t seed = 5;
  if (!bench_serve(bench, bench->million, NULL, &server)) return false;
  bool good = bench_sign_in(bench, server.port, world->password, &session);
  for (size_t i = 0; i < DRAWS && good; i++) {
    const struct state_name *state = record_state(problem_type(), BENCH_STATES[bench_random(&seed) % BENCH_STATE_COUNT]);
    char *text = arena_print(bench->arena,
                             "GET /api/v1/problems?state=%s&sort=due&limit=50 HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: %s\r\n\r\n",
                             state->name, session.cookie);
    requests[i] = (struct bench_bytes){text, strlen(text)};
  }
  struct bench_load load = {.port = server.port, .connections = 1, .requests = requests, .request_count = DRAWS, .total = 2 * DRAWS};
  good = good && bench_load_run(&load, &loaded) && bench_answered(&loaded, "lists");
  if (good)
    bench_say(bench, "经 HTTP:全市可见,state × due,p50 %.2f ms,p99 %.2f ms",
              "over HTTP: city office, state by due, p50 %.2f ms, p99 %.2f ms", loaded.p50 * 1e3, loaded.p99 * 1e3);
  return bench_serve_end(&server) && good;
}

bool bench_lists(struct bench *bench, struct bench_result *result) {
  struct bench_world *world = ARENA_NEW(bench->arena, struct bench_world);
  return bench_million(bench, world) && bench_child(lists_work, bench, world, result, sizeof *result) && over_http(bench, world);
}
