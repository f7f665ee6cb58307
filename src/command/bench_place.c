/* Where measuring happens: work in processes of their own, throw-away stores with a city in them, servers on the loopback. */
#include "command/bench.h"

#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command/serve.h"
#include "exchange/files.h"
#include "web/account.h"
#include "web/route.h"

enum { SERVER_THREADS = 4, SERVER_CONNECTIONS = 440 };

/* ---- processes ---- */
static bool read_all(int file, void *bytes, size_t size) {
  size_t had = 0;
  while (had < size) {
    ssize_t got = read(file, (char *)bytes + had, size - had);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    had += (size_t)got;
  }
  return true;
}

static bool write_all(int file, const void *bytes, size_t size) {
  size_t had = 0;
  while (had < size) {
    ssize_t put = write(file, (const char *)bytes + had, size - had);
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    had += (size_t)put;
  }
  return true;
}

static pid_t fork_clean(struct bench *bench) {
  fflush(bench->call->out);
  fflush(stderr);
  return fork();
}

static bool wait_good(pid_t process) {
  int status = 0;
  while (waitpid(process, &status, 0) < 0 && errno == EINTR) continue;
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* The child ends without running what the parent had registered for its own end. */
_Noreturn static void leave(struct bench *bench, bool good) {
  fflush(bench->call->out);
  fflush(stderr);
  _exit(good ? 0 : 1);
}

bool bench_child(bool (*work)(struct bench *bench, const void *with, void *result), struct bench *bench, const void *with, void *result,
                 size_t size) {
  int ends[2];
  if (pipe(ends) != 0) return false;
  pid_t process = fork_clean(bench);
  if (process == 0) {
    close(ends[0]);
    memset(result, 0, size);
    bool good = work(bench, with, result) && write_all(ends[1], result, size);
    leave(bench, good);
  }
  close(ends[1]);
  bool good = process > 0 && read_all(ends[0], result, size);
  close(ends[0]);
  if (process > 0 && !wait_good(process)) good = false;
  return good;
}

/* ---- servers ---- */
static bool server_process(struct bench *bench, struct bench_server *server,
                           bool (*serve)(struct bench *, const void *, int told, int hold), const void *with) {
  int told[2], hold[2];
  if (pipe(told) != 0 || pipe(hold) != 0) return false;
  server->process = fork_clean(bench);
  if (server->process == 0) {
    close(told[0]);
    close(hold[1]);
    leave(bench, serve(bench, with, told[1], hold[0]));
  }
  close(told[1]);
  close(hold[0]);
  server->hold = hold[1];
  bool good = server->process > 0 && read_all(told[0], &server->port, sizeof server->port);
  close(told[0]);
  if (!good && server->process > 0) bench_serve_kill(server);
  return good;
}

static void wait_for_end(int hold) {
  char byte;
  while (read(hold, &byte, 1) < 0 && errno == EINTR) continue;
}

static void raise_files(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
  }
}

struct house *bench_house(struct bench *bench, const char *data, const char *db, unsigned flags) {
  struct house *house = NULL;
  struct label reason;
  if (house_open(data, db, flags, &house, bench->arena, &reason) == STORE_OK) return house;
  bench_fail("%s: %s", data, reason.en);
  return NULL;
}

/* As `bihuan serve` does it. */
static bool serve_house(struct bench *bench, const void *with, int told, int hold) {
  const struct bench_place *place = with;
  struct server_options options = {.host = "127.0.0.1", .port = 0, .threads = SERVER_THREADS};
  struct server *server = NULL;
  struct label reason = {NULL, NULL};
  uint16_t port = 0;
  raise_files();
  serve_gives_memory_back();
  struct house *house = bench_house(bench, place->data, place->db, HOUSE_FOLLOWERS | HOUSE_CLOCK);
  if (!house) return false;
  bool good = server_start(house, &options, &server, &port, &reason, bench->arena) == STORE_OK;
  if (!good) bench_fail("%s", reason.en ? reason.en : "the server did not start");
  good = good && write_all(told, &port, sizeof port);
  if (good) wait_for_end(hold);
  server_stop(server);
  house_close(house);
  return good;
}

bool bench_serve(struct bench *bench, const char *data, const char *db, struct bench_server *server) {
  struct bench_place place = {.data = data, .db = db};
  return server_process(bench, server, serve_house, &place);
}

static enum MHD_Result answer_empty(void *with, struct MHD_Connection *connection, const char *path, const char *method,
                                    const char *version, const char *bytes, size_t *size, void **kept) {
  (void)path; (void)method; (void)version; (void)bytes; (void)size;
  if (*kept) return MHD_queue_response(connection, 200, with);
  *kept = with; /* answered at the first call, the library would close the connection */
  return MHD_YES;
}

static bool serve_empty(struct bench *bench, const void *with, int told, int hold) {
  (void)bench; (void)with;
  struct MHD_Response *empty = MHD_create_response_from_buffer(0, (void *)"", MHD_RESPMEM_PERSISTENT);
  raise_files();
  struct sockaddr_in where = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  struct MHD_Daemon *daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, answer_empty, empty, MHD_OPTION_SOCK_ADDR,
                                               &where, MHD_OPTION_THREAD_POOL_SIZE, (unsigned)SERVER_THREADS, MHD_OPTION_CONNECTION_LIMIT,
                                               (unsigned)SERVER_CONNECTIONS, MHD_OPTION_END);
  const union MHD_DaemonInfo *info = daemon ? MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT) : NULL;
  bool good = info && write_all(told, &info->port, sizeof info->port);
  if (good) wait_for_end(hold);
  if (daemon) MHD_stop_daemon(daemon);
  MHD_destroy_response(empty);
  return good;
}

bool bench_serve_empty(struct bench *bench, struct bench_server *server) { return server_process(bench, server, serve_empty, NULL); }

bool bench_serve_end(struct bench_server *server) {
  close(server->hold);
  return wait_good(server->process);
}

void bench_serve_kill(struct bench_server *server) {
  kill(server->process, SIGKILL);
  wait_good(server->process);
  close(server->hold);
}

/* ---- the city ---- */
static bool refused(const struct outcome *outcome, enum store_error error) {
  if (!error && outcome->verdict <= VERDICT_REPEATED) return false;
  bench_fail("preparing the store: %s", error                    ? store_error_label(error).en
                                        : outcome->finding_count ? outcome->findings[0].sentence.en
                                                                 : "refused");
  return true;
}

static bool apply(struct house *house, struct arena *arena, const struct authority *authority, const struct change *changes, size_t count,
                  struct outcome *outcome) {
  struct context context = {.now = house_now(house),
                            .authority = authority,
                            .happened = NOTHING,
                            .channel = CHANNEL_COMMAND,
                            .contact_key = house->contact_key};
  enum store_error error = change_run(house->writer, &context, changes, count, arena, outcome);
  return !refused(outcome, error);
}

static struct change creation(struct arena *arena, enum record_id type, const struct value *values, size_t count) {
  struct value *kept = ARENA_ARRAY(arena, struct value, count);
  memcpy(kept, values, count * sizeof *kept);
  return (struct change){.type = record_type(type), .seen = ANY_VERSION, .action = ACTION_CREATE, .values = kept, .value_count = count};
}

/* units[0] is the city; of the others each tenth heads a group, the last five stand alone. */
static bool make_units(struct house *house, struct arena *arena, struct bench_world *world) {
  struct change changes[BENCH_UNITS];
  struct outcome outcome;
  for (int i = 0; i < BENCH_UNITS; i++) {
    int group = (i - 1) / 10 * 10 + 1;
    bool grouped = i > 0 && i <= 240, head = i == group || !grouped;
    struct value values[] = {value_text(UNIT_NAME, i ? arena_print(arena, head ? "第%d单位" : "第%d单位所属", i) : "甲市"),
                             value_integer(UNIT_KIND, i == 0 ? 16
                                                      : head ? 3
                                                             : 11),
                             value_integer(UNIT_ORDER, i), value_integer(UNIT_PARENT, head ? -1 : -(group + 1))};
    changes[i] = creation(arena, RECORD_UNIT, values, i ? 4 : 3);
  }
  if (!apply(house, arena, &AUTHORITY_SYSTEM, changes, BENCH_UNITS, &outcome)) return false;
  memcpy(world->units, outcome.ids, sizeof world->units);
  return true;
}

static bool make_office(struct house *house, struct arena *arena, struct bench_world *world) {
  int64_t today = date_of_moment(house_now(house));
  struct value campaign[] = {value_text(CAMPAIGN_NAME, "测量用专项工作"), value_text(CAMPAIGN_CODE, "bench"),
                             value_integer(CAMPAIGN_FROM, today - 400), value_integer(CAMPAIGN_TO, today + 400),
                             value_text(CAMPAIGN_PREFIX, "CL")};
  struct value user[] = {value_text(USER_ACCOUNT, BENCH_ACCOUNT), value_text(USER_NAME, "整改办"), value_integer(USER_UNIT, world->units[0])};
  struct value grant[] = {value_integer(GRANT_USER, -2), value_integer(GRANT_ROLE, ROLE_OFFICE),
                          value_integer(GRANT_SECRECY, SECRECY_RESTRICTED)};
  struct change changes[] = {creation(arena, RECORD_CAMPAIGN, campaign, 5), creation(arena, RECORD_USER, user, 3),
                             creation(arena, RECORD_GRANT, grant, 3)};
  struct outcome outcome;
  if (!apply(house, arena, &AUTHORITY_SYSTEM, changes, 3, &outcome)) return false;
  world->campaign = outcome.ids[0];
  world->office = outcome.ids[1];
  return true;
}

/* ---- problems ---- */
static const char *const CATEGORIES[] = {"economy", "opening", "governance", "livelihood", "party"}, *const SOURCES[] = {"research", "appeals", "self_check", "audit_new"},
  *const KINDS[] = {"at_once", "time_limited", "long_term"};

void bench_problem_json(struct buffer *out, const struct bench_world *world, uint64_t n) {
  uint64_t seed = n * 7919 + 17;
  struct json json = json_to(out);
  struct arena *arena = arena_new();
  struct buffer title = {.arena = arena}, detail = {.arena = arena}, goal = {.arena = arena};
  bench_sentence(&title, &seed, 3);
  bench_sentence(&detail, &seed, 20);
  bench_sentence(&goal, &seed, 6);
  json_open(&json, '{');
  json_key(&json, "values");
  json_open(&json, '{');
  json_pair(&json, "title", title.bytes);
  json_pair(&json, "detail", detail.bytes);
  json_pair(&json, "goal", goal.bytes);
  json_pair_integer(&json, "campaign", world->campaign);
  json_pair(&json, "category", CATEGORIES[bench_random(&seed) % 5]);
  json_pair(&json, "source", SOURCES[bench_random(&seed) % 4]);
  json_pair(&json, "kind", KINDS[bench_random(&seed) % 3]);
  json_pair_integer(&json, "lead_unit", world->units[1 + bench_random(&seed) % (BENCH_UNITS - 1)]);
  if (bench_random(&seed) % 3 == 0) {
    json_key(&json, "joint_units");
    json_open(&json, '[');
    json_integer(&json, world->units[1 + bench_random(&seed) % (BENCH_UNITS - 1)]);
    json_close(&json, ']');
  }
  json_close(&json, '}');
  json_close(&json, '}');
  arena_free(arena);
}

static struct change problem_change(struct arena *arena, const struct bench_world *world, uint64_t n) {
  uint64_t seed = n * 7919 + 17;
  struct buffer title = {.arena = arena}, detail = {.arena = arena};
  bench_sentence(&title, &seed, 3);
  bench_sentence(&detail, &seed, 20);
  struct value values[] = {value_text(PROBLEM_TITLE, title.bytes),
                           value_text(PROBLEM_DETAIL, detail.bytes),
                           value_integer(PROBLEM_CAMPAIGN, world->campaign),
                           value_integer(PROBLEM_CATEGORY, 1 + (int64_t)(bench_random(&seed) % 5)),
                           value_integer(PROBLEM_SOURCE, SOURCE_APPEALS),
                           value_integer(PROBLEM_KIND, KIND_TIME_LIMITED),
                           value_integer(PROBLEM_LEAD_UNIT, world->units[1 + bench_random(&seed) % (BENCH_UNITS - 1)])};
  return creation(arena, RECORD_PROBLEM, values, 7);
}

static bool make_problems(struct house *house, struct arena *arena, struct bench_world *world, int64_t count) {
  enum { SET = 100 };
  struct change changes[SET];
  struct outcome outcome;
  bool good = true;
  for (int64_t made = 0; good && made < count && made < BENCH_IDS; made += SET) {
    size_t here = count - made < SET ? (size_t)(count - made) : SET;
    for (size_t i = 0; i < here; i++) changes[i] = problem_change(arena, world, (uint64_t)made + i);
    good = apply(house, arena, &AUTHORITY_SYSTEM, changes, here, &outcome);
    if (good) memcpy(&world->problems[made], outcome.ids, here * sizeof *outcome.ids);
  }
  return good;
}

/* ---- preparing ---- */
struct ids { int64_t *items; size_t count, most; };
static bool take_id(void *with, const struct row *row) {
  struct ids *ids = with;
  if (ids->count < ids->most) ids->items[ids->count++] = row->id;
  return true;
}

static bool read_ids(struct reader *reader, struct arena *arena, enum record_id type, int64_t *items, size_t most) {
  struct query query = {.type = record_type(type), .expected = -1};
  struct ids ids = {items, 0, most};
  return reader_list(reader, &query, &SCOPE_SYSTEM, arena, take_id, &ids) == STORE_OK && ids.count > 0;
}

/* Was it prepared before? Then what stands is read. */
static bool find_world(struct house *house, struct arena *arena, struct bench_world *world) {
  struct reader *reader = NULL;
  struct authority authority;
  bool found = store_reader(house->store, &reader) == STORE_OK &&
               authority_by_account(reader, BENCH_ACCOUNT, house_now(house), arena, &authority) == STORE_OK;
  if (found) world->office = authority.user;
  found = found && read_ids(reader, arena, RECORD_UNIT, world->units, BENCH_UNITS) &&
          read_ids(reader, arena, RECORD_CAMPAIGN, &world->campaign, 1);
  reader_release(reader);
  return found;
}

/* What the clock does once to a store that an older program left (a first chase of every open problem …) is done: it is no night's work. */
static bool settle_clock(struct house *house) {
  static const char *const ONCE[] = {"clock.chasing", "clock.appeals"};
  bool good = true;
  for (size_t i = 0; i < sizeof ONCE / sizeof *ONCE; i++) good = good && side_put(house->store, SIDE_SETTING, ONCE[i], "1", 0) == STORE_OK;
  return good;
}

/* Whoever opens a kept store later, in a browser too, finds its sign-in where a demo's stand (`bihuan demo --accounts`). */
static bool tell_account(struct bench *bench, const char *data, const char *password) {
  const char *path = arena_print(bench->arena, "%s/" ACCOUNTS_FILE, data),
             *line = arena_print(bench->arena, BENCH_ACCOUNT " %s\n", password);
  return file_write_whole(path, line, strlen(line)) == STORE_OK && chmod(path, 0600) == 0;
}

static bool prepare_work(struct bench *bench, const void *with, void *result) {
  const struct bench_place *place = with;
  struct bench_world *world = result;
  struct house *house = bench_house(bench, place->data, place->db, HOUSE_CREATE);
  if (!house) return false;
  bool good = find_world(house, bench->arena, world) || (make_units(house, bench->arena, world) && make_office(house, bench->arena, world));
  good = good && make_problems(house, bench->arena, world, place->problems) && settle_clock(house);
  snprintf(world->password, sizeof world->password, "%s", random_word(bench->arena, 16));
  good = good && account_set_password(house, BENCH_ACCOUNT, world->office, world->password, false, bench->arena) == STORE_OK;
  good = good && tell_account(bench, place->data, world->password);
  house_close(house);
  return good;
}

bool bench_prepare(struct bench *bench, const struct bench_place *place, struct bench_world *world) {
  bool good = bench_child(prepare_work, bench, place, world, sizeof *world);
  if (good && place->base)
    good = bench_copy(arena_print(bench->arena, "%s/store.db", place->data), arena_print(bench->arena, "%s/base.db", place->data));
  return good;
}
