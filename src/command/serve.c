/* bihuan serve: opens the house with followers and clock, serves the pages and the API, takes calls over the socket, and on
   SIGTERM or SIGINT finishes what is in hand and closes. */
#include "command/program.h"

#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/folder.h"
#include "base/log.h"
#include "command/serve.h"
#include "exchange/files.h"
#include "follow/publication.h"
#include "web/portal.h"
#include "web/route.h"

enum { PORT_USUAL = 8080, THREADS_LEAST = 4, FILES_WANTED = 65536, BLOCK_OF_ITS_OWN = 128 << 10 };

/* Every connection is a file; the soft limit of 1,024 is soon reached. */
static void raise_file_limit(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  rlim_t wanted = limit.rlim_max == RLIM_INFINITY || limit.rlim_max > FILES_WANTED ? FILES_WANTED : limit.rlim_max;
  if (limit.rlim_cur >= wanted) return;
  limit.rlim_cur = wanted;
  if (setrlimit(RLIMIT_NOFILE, &limit) != 0) log_line(LOG_WARNING, "serve", "the limit of open files stays as it is: %s", strerror(errno));
}

/* What a large reckoning used (training, a table of all units) goes back to the system when it ends. Unless it is told a bound, the C
   library raises its own after the first large block that is freed, and keeps such blocks in the thread that had them: 20 MB of the demo
   city's 50. */
void serve_gives_memory_back(void) {
  mallopt(M_MMAP_THRESHOLD, BLOCK_OF_ITS_OWN);
  mallopt(M_TRIM_THRESHOLD, BLOCK_OF_ITS_OWN);
}

/* "ADDRESS:PORT", "[::1]:8090", or a port alone on the loopback. */
static bool portal_where(struct call *call, const char *text, struct portal_options *options) {
  const char *colon = strrchr(text, ':');
  int64_t port = -1;
  size_t size = colon ? (size_t)(colon - text) : 0;
  if (size >= 2 && text[0] == '[' && text[size - 1] == ']') text++, size -= 2;
  options->host = size ? arena_copy(call->arena, text, size) : "127.0.0.1";
  if (!text_to_integer(colon ? colon + 1 : text, &port) || port < 0 || port > 65535) return false;
  options->port = (uint16_t)port;
  return true;
}

static int read_options(struct call *call, struct server_options *options, struct portal_options *outside) {
  const char *host = call_option(call, "host"), *port = call_option(call, "port"), *public = call_option(call, "public");
  int64_t number = PORT_USUAL;
  long processors = sysconf(_SC_NPROCESSORS_ONLN);
  *options = (struct server_options){.host = host ? host : "127.0.0.1",
                                     .search = port == NULL,
                                     .behind_proxy = call_flag(call, "behind-proxy"),
                                     .threads = processors > THREADS_LEAST ? (unsigned)processors : THREADS_LEAST};
  *outside = (struct portal_options){.behind_proxy = options->behind_proxy, .threads = THREADS_LEAST};
  if (!call_words(call, 0, 0)) return EXIT_USE;
  if (public && !portal_where(call, public, outside))
    return call_usage(call, label_print(call->arena, "--public 应为 地址:端口,不是“%s”。", "--public wants ADDRESS:PORT, not \"%s\".", public));
  if (port && (!text_to_integer(port, &number) || number < 0 || number > 65535))
    return call_usage(call, label_print(call->arena, "端口“%s”不对,应为 0 至 65535。", "the port \"%s\" is none; 0 to 65535.", port));
  options->port = (uint16_t)number;
  return EXIT_DONE;
}

static void say_ready(struct call *call, const struct server_options *options, uint16_t port) {
  bool six = strchr(options->host, ':') != NULL;
  const char *address = arena_print(call->arena, "http://%s%s%s:%u/", six ? "[" : "", options->host, six ? "]" : "", (unsigned)port);
  if (call->json) {
    struct call_json out;
    struct json *json = call_json_open(call, &out);
    json_pair(json, "address", address);
    json_pair_integer(json, "port", port);
    call_json_close(call, &out);
  } else call_print(call, "闭环已就绪:%s", "Bihuan is ready: %s", address);
  fflush(call->out);
}

/* The signals are blocked in every thread, and waited for here. */
static void wait_for_end(const sigset_t *signals) {
  int signal = 0;
  while (sigwait(signals, &signal) != 0) {}
  log_line(LOG_INFO, "serve", "signal %d: finishing", signal);
}

/* The portal beside it, on a listener of its own: it is given the folder's public store and nothing else. */
static int portal_open(struct call *call, const struct portal_options *options, struct portal **portal) {
  struct label reason = {NULL, NULL};
  uint16_t port = 0;
  if (!options->host) return EXIT_DONE;
  if (!portal_start(call->data, options, portal, &port, &reason, call->arena)) return call_fail(call, EXIT_STORE, reason);
  call_print(call, "公众门户:http://%s:%u/public/", "the portal: http://%s:%u/public/", options->host, (unsigned)port);
  return EXIT_DONE;
}

static int serve_house(struct call *call, const struct server_options *options, const struct portal_options *outside,
                       const sigset_t *signals) {
  struct server *server = NULL;
  struct handover *handover = NULL;
  struct intake *intake = intake_start(call->house);
  struct portal *portal = NULL;
  struct label reason = {NULL, NULL};
  uint16_t port = 0;
  int status = intake ? EXIT_DONE
                      : call_fail(call, EXIT_STORE,
                                  (struct label){"公众来件的收件没有启动,请看日志。",
                                                 "taking in from the public did not start; see the log."});
  enum store_error error = status ? STORE_OK : server_start(call->house, options, &server, &port, &reason, call->arena);
  if (error) status = call_fail(call, EXIT_STORE, reason.zh ? reason : store_error_label(error));
  if (!status) {
    handover = handover_start(call->house, call->data, call->arena, &reason);
    if (!handover && !call->db) status = call_fail(call, EXIT_STORE, reason);
  }
  if (!status) status = portal_open(call, outside, &portal);
  if (!status) {
    say_ready(call, options, port);
    wait_for_end(signals);
  }
  portal_stop(portal);
  handover_stop(handover);
  if (server) server_stop(server);
  intake_stop(intake);
  return status;
}

static int serve_locked(struct call *call, const struct server_options *options, const struct portal_options *outside) {
  struct label reason = {NULL, NULL};
  sigset_t signals, before;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, &before);
  enum store_error error = house_open(call->data, call->db, HOUSE_FOLLOWERS | HOUSE_CLOCK, &call->house, call->arena, &reason);
  int status = EXIT_DONE;
  if (error) status = call_fail(call, EXIT_STORE, reason.zh ? reason : store_error_label(error));
  else {
    file_staging_clear(call->data);
    status = serve_house(call, options, outside, &signals);
    house_close(call->house);
    call->house = NULL;
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return status;
}

int command_serve(struct call *call) {
  struct server_options options;
  struct portal_options outside;
  struct stat state;
  if (call->house) return call_fail(call, EXIT_USE, (struct label){"服务已经在运行。", "a server is running already."});
  int status = read_options(call, &options, &outside);
  if (status) return status;
  if (stat(call->data, &state) != 0 && !call->db)
    return call_fail(call, EXIT_STORE,
                     label_print(call->arena, "“%s”里没有库。先用 bihuan user create --first(正式)或 bihuan demo(演示)新建。",
                                 "there is no store in \"%s\". Make one by bihuan user create --first (real) or bihuan demo.", call->data));
  if (call->db && !folder_make(call->data))
    return call_fail(call, EXIT_STORE,
                     label_print(call->arena, "无法建立数据文件夹“%s”:%s。", "cannot make the data folder \"%s\": %s.", call->data,
                                 strerror(errno)));
  raise_file_limit();
  serve_gives_memory_back();
  int lock = data_lock(call->data);
  for (int i = 0; i < 50 && lock == -1; i++) { usleep(100000); lock = data_lock(call->data); } /* a command may just be ending */
  if (lock < 0)
    return call_fail(call, EXIT_STORE,
                     lock == -1 ? label_print(call->arena, "“%s”已有服务在运行。", "somebody serves \"%s\" already.", call->data)
                                : label_print(call->arena, "不能在数据文件夹“%s”里写:%s。", "cannot write in the data folder \"%s\": %s.",
                                              call->data, strerror(errno)));
  status = serve_locked(call, &options, &outside);
  data_unlock(lock);
  return status;
}
