/* Measuring memory: what a server of its own holds that no file backs (Anonymous of /proc/PID/smaps_rollup), once it is ready, after a
   while at rest and after a round of typical reads and a rest. Beside it the same server over an empty store. */
#include "command/bench.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "command/files.h"
#include "web/account.h"

enum { REST_SECONDS = 15, ROUNDS = 20 };

/* Pages of the process that stand in no file, MB; negative: not to be had. */
double bench_anonymous(pid_t process) {
  char path[64], line[256];
  double kilobytes = -1;
  snprintf(path, sizeof path, "/proc/%d/smaps_rollup", (int)process);
  FILE *file = fopen(path, "r");
  while (file && kilobytes < 0 && fgets(line, sizeof line, file))
    if (strncmp(line, "Anonymous:", 10) == 0) kilobytes = (double)strtoll(line + 10, NULL, 10);
  if (file) fclose(file);
  if (kilobytes < 0) bench_fail("%s tells no anonymous memory", path);
  return kilobytes / 1024;
}

static void rest(void) {
  struct timespec pause = {.tv_sec = REST_SECONDS};
  nanosleep(&pause, NULL);
}

/* What an office looks at in a morning. `definitions`: the whole table too, which keeps its view until it was unused for a while. */
static bool read_round(struct bench *bench, uint16_t port, const struct bench_session *session, bool definitions) {
  static const char *const PATHS[] = {"overview",
                                      "problems?state=rectifying&sort=due",
                                      "problems?sort=-changed",
                                      "problems?colour=red&state=rectifying&sort=due",
                                      "problems/tally?by=colour",
                                      "types",
                                      "measures",
                                      "units",
                                      "definitions/values?by=unit"};
  size_t count = sizeof PATHS / sizeof *PATHS - !definitions;
  bool good = true;
  for (size_t i = 0; i < count && good; i++) {
    const char *text = arena_print(bench->arena, "GET /api/v1/%s HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: %s\r\n\r\n", PATHS[i],
                                   session->cookie);
    struct bench_bytes bytes = {text, strlen(text)};
    struct bench_load load = {.port = port,
                              .connections = 8,
                              .requests = &bytes,
                              .request_count = 1,
                              .total = definitions && i + 1 == count ? 2 : ROUNDS};
    struct bench_loaded loaded;
    good = bench_load_run(&load, &loaded) && bench_answered(&loaded, PATHS[i]);
    if (!good) bench_fail("while asking for %s", PATHS[i]);
  }
  return good;
}

struct memory_held { double ready, idle, read, defined; };

static bool measure_server(struct bench *bench, const char *data, const char *password, struct memory_held *held) {
  struct bench_server server;
  struct bench_session session;
  if (!bench_serve(bench, data, NULL, &server)) return false;
  held->ready = bench_anonymous(server.process);
  rest();
  held->idle = bench_anonymous(server.process);
  bool good = !password || (bench_sign_in(bench, server.port, password, &session) && read_round(bench, server.port, &session, false));
  if (password) rest();
  held->read = bench_anonymous(server.process);
  good = good && (!password || read_round(bench, server.port, &session, true));
  held->defined = bench_anonymous(server.process);
  return bench_serve_end(&server) && good && held->ready >= 0;
}

static double most_of(const struct memory_held *held) { return held->idle > held->read ? held->idle : held->read; }

static bool measure(struct bench *bench, const char *data, const char *password, struct bench_result *result) {
  struct bench_world *empty_world = ARENA_NEW(bench->arena, struct bench_world);
  struct bench_place empty = {.data = arena_print(bench->arena, "%s/memory-empty", bench->folder)};
  struct memory_held held, bare;
  bool good = measure_server(bench, data, password, &held) && bench_prepare(bench, &empty, empty_world) &&
              measure_server(bench, empty.data, NULL, &bare);
  remove_tree(bench->arena, empty.data);
  if (!good) return false;
  bench_say(bench, "就绪 %.1f MB;静置 %d 秒 %.1f MB;读一轮再静置 %.1f MB;刚查过整张口径表(视图在内)%.1f MB;空库静置 %.1f MB",
            "ready %.1f MB; at rest for %d seconds %.1f MB; after a round of reads and a rest %.1f MB; just after the whole table of definitions, its view included, %.1f MB; an empty store at rest %.1f MB",
            held.ready, (int)REST_SECONDS, held.idle, held.read, held.defined, bare.idle);
  *result = (struct bench_result){.figure = most_of(&held), .raw = bare.idle, .ratio = bare.idle / most_of(&held)};
  return true;
}

bool bench_memory_million(struct bench *bench, struct bench_result *result) {
  struct bench_world *world = ARENA_NEW(bench->arena, struct bench_world);
  return bench_million(bench, world) && measure(bench, bench->million, world->password, result);
}

/* ---- the demo city ---- */

struct city { char password[32]; };

/* As `bihuan demo --city` makes it; its office's account gets a password of ours. */
static bool city_work(struct bench *bench, const void *with, void *result) {
  struct city *city = result;
  struct authority authority;
  struct reader *reader = NULL;
  struct call call = *bench->call;
  char city_word[] = "--city", *words[] = {city_word, NULL};
  call.data = with;
  call.argv = words;
  call.argc = 1;
  call.out = fopen("/dev/null", "w");
  bool good = call.out && command_demo(&call) == EXIT_DONE;
  if (call.out) fclose(call.out);
  struct house *house = good ? bench_house(bench, with, NULL, 0) : NULL;
  good = house && store_reader(house->store, &reader) == STORE_OK &&
         authority_by_account(reader, BENCH_ACCOUNT, house_now(house), bench->arena, &authority) == STORE_OK;
  reader_release(reader);
  snprintf(city->password, sizeof city->password, "%s", random_word(bench->arena, 16));
  good = good && account_set_password(house, BENCH_ACCOUNT, authority.user, city->password, false, bench->arena) == STORE_OK;
  if (house) house_close(house);
  if (!good) bench_fail("the demo city was not made, or has no account %s", BENCH_ACCOUNT);
  return good;
}

bool bench_memory_demo(struct bench *bench, struct bench_result *result) {
  const char *data = arena_print(bench->arena, "%s/memory-demo", bench->folder);
  struct city city;
  return bench_child(city_work, bench, data, &city, sizeof city) && measure(bench, data, city.password, result);
}
