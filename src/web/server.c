/* The HTTP server: libmicrohttpd with a pool of epoll threads, the life of a request, and waiting for the writer.
   A connection that waits is suspended before its job is handed over and resumed when the job is durable; the library then
   calls the handler of the request again. Nothing here knows what a request asks for. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/heap.h"
#include "base/log.h"
#include "web/listen.h"
#include "web/web.h"

#define THREADS_USUAL 4
#define CONNECTIONS_A_THREAD 110  /* at 128 busy ones a thread of this library version can stall */
#define HEADERS_MOST (20 << 10)   /* bytes of a connection's buffer: request line, headers, arguments */
#define IDLE_SECONDS 30
#define SLOW_THREADS 4
#define STOP_SECONDS 30

/* ---- what handlers ask of a request ---- */

const char *request_header(const struct request *request, const char *name) {
  return MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, name);
}

const char *request_argument(const struct request *request, const char *name) {
  return MHD_lookup_connection_value(request->connection, MHD_GET_ARGUMENT_KIND, name);
}

int64_t request_argument_integer(const struct request *request, const char *name, int64_t otherwise) {
  const char *text = request_argument(request, name);
  int64_t value;
  return text && text_to_integer(text, &value) ? value : otherwise;
}

const char *request_address(const struct request *request) {
  return listen_address(request->connection, request->server->options.behind_proxy, request->arena);
}

int64_t request_now(struct request *request) {
  if (request->now == NOTHING) request->now = house_now(request->house);
  return request->now;
}

struct context request_context(struct request *request) {
  return (struct context){.now = request_now(request),
                          .authority = request->authority,
                          .happened = NOTHING,
                          .contact_key = request->house->contact_key,
                          .channel = request->seat.bearer ? CHANNEL_API : CHANNEL_PAGE};
}

struct reader *request_reader(struct request *request) {
  enum store_error error = request->reader ? STORE_OK : store_reader(request->house->store, &request->reader);
  if (error == STORE_OK) return request->reader;
  request->reader = NULL;
  answer_store_error(request, error);
  return NULL;
}

bool request_head(struct request *request) {
  struct reader *reader = request_reader(request);
  struct head head;
  enum store_error error = reader ? reader_head(reader, &head) : STORE_OK;
  if (!reader) return false;
  if (error) answer_store_error(request, error);
  else request->journal = head.number;
  return error == STORE_OK;
}

struct row *request_record(struct request *request, enum record_id id) {
  const struct record_type *type = record_type(id);
  struct row *row = NULL;
  if (!request_head(request)) return NULL;
  enum store_error error = reader_get(request->reader, type, request_scope(request, type, MAY_READ), request->id, request->arena, &row);
  if (error == STORE_ABSENT) answer_absent(request);
  else if (error) answer_store_error(request, error);
  return error ? NULL : row;
}

const struct scope *request_scope(struct request *request, const struct record_type *type, unsigned may) {
  return scope_for(request->arena, request->authority, type, may);
}

static void reader_end(struct request *request) {
  if (request->reader) reader_release(request->reader);
  request->reader = NULL;
}

/* ---- waiting ---- */

void request_resume(struct request *request) {
  struct server *server = request->server;
  reader_end(request);
  MHD_resume_connection(request->connection); /* from here on the request belongs to a pool thread */
  atomic_fetch_sub(&server->waiting, 1);
}

void request_done(struct request *request, enum store_error error) {
  request->job_error = error;
  request_resume(request);
}

static void request_suspend(struct request *request) {
  reader_end(request);
  request->stage = STAGE_WAITING;
  atomic_fetch_add(&request->server->waiting, 1);
  MHD_suspend_connection(request->connection);
}

void request_submit(struct request *request, struct job *job, void (*back)(struct request *request)) {
  request->back = back;
  request_suspend(request);
  writer_submit(request->house->writer, job);
}

static void request_slow(struct request *request) {
  request->back = NULL;
  request_suspend(request);
  if (slow_submit(request->server->slow, request)) return;
  answer_store_error(request, STORE_BUSY); /* sent when the resumed connection comes by */
  request_resume(request);
}

/* ---- the life of a request ---- */

static enum language language_of(const struct request *request) {
  const char *asked = request_argument(request, "lang"), *accepted = request_header(request, "Accept-Language");
  if (asked) return strcmp(asked, "en") == 0 ? LANGUAGE_EN : LANGUAGE_ZH;
  if (!accepted) return LANGUAGE_ZH;
  const char *zh = strstr(accepted, "zh"), *en = strstr(accepted, "en");
  return en && (!zh || en < zh) ? LANGUAGE_EN : LANGUAGE_ZH;
}

static struct request *request_new(struct server *server, struct MHD_Connection *connection, const char *method, const char *path) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  struct line_kept *line = info ? info->socket_context : NULL;
  if (!line) return NULL;
  struct arena *arena = line->arena;
  struct request *request = ARENA_NEW(arena, struct request);
  *request = (struct request){.server = server,
                              .house = server->house,
                              .connection = connection,
                              .arena = arena,
                              .known = &line->known,
                              .method = arena_text(arena, method),
                              .path = arena_text(arena, path),
                              .journal = NOTHING,
                              .now = NOTHING,
                              .began = moment_system(),
                              .body = {.arena = arena},
                              .issues = {.arena = arena}};
  request->language = language_of(request);
  return request;
}

static enum MHD_Result argument_check(void *with, enum MHD_ValueKind kind, const char *name, const char *value) {
  bool *valid = with;
  (void)kind;
  if (!text_valid(name, strlen(name)) || (value && !text_valid(value, strlen(value)))) *valid = false;
  return *valid ? MHD_YES : MHD_NO;
}

/* Finds the route and the record type. False: refused. */
static bool request_place(struct request *request) {
  const char *allowed = "";
  bool valid = text_valid(request->path, strlen(request->path));
  MHD_get_connection_values(request->connection, MHD_GET_ARGUMENT_KIND, argument_check, &valid);
  if (!valid) {
    answer_problem(request, 400, "bad_text", (struct label){"地址或参数不是有效的 UTF-8 文本。", "the address or its arguments are not valid UTF-8."});
    return false;
  }
  request->route = route_find(request->arena, request->method, request->path, &request->parts, &allowed);
  if (!request->route && *allowed) {
    answer_header(request, "Allow", allowed);
    answer_problem(request, 405, "method_not_allowed",
                   label_print(request->arena, "这个地址不支持该方法，可用：%s。", "this address does not take that method; it takes: %s.",
                               allowed));
    return false;
  }
  if (request->parts.plural) {
    request->type = record_type_named(request->parts.plural);
    if (request->type && strcmp(request->type->plural, request->parts.plural) != 0) request->type = NULL;
  }
  bool number = !request->parts.id || (text_to_integer(request->parts.id, &request->id) && request->id > 0);
  if (!request->route || (request->parts.plural && !request->type) || !number) {
    answer_problem(request, 404, "no_such_address", (struct label){"没有这个地址。", "there is no such address."});
    return false;
  }
  return true;
}

static bool csrf_holds(const struct request *request) {
  const char *given = request_header(request, "X-CSRF-Token");
  size_t size = strlen(request->seat.csrf);
  unsigned char difference = 0;
  if (request->seat.bearer) return true;
  if (!given || strlen(given) != size || !size) return false;
  for (size_t i = 0; i < size; i++) difference |= (unsigned char)(given[i] ^ request->seat.csrf[i]);
  return difference == 0;
}

/* Who asks, and may they come here at all. False: refused. */
static bool request_admit(struct request *request) {
  enum store_error error = request->route->handle == asset_show ? STORE_ABSENT : sessions_enter(request);
  bool public = (request->route->flags & ROUTE_PUBLIC) != 0, writes = (request->route->flags & ROUTE_WRITES) != 0;
  if (error == STORE_OK) {
    if (!request_argument(request, "lang") && !request_header(request, "Accept-Language")) request->language = request->authority->language;
  } else if (error != STORE_ABSENT && !public) {
    answer_store_error(request, error);
    return false;
  }
  if (public) return true;
  if (!request->signed_in) {
    answer_problem(request, 401, "sign_in", (struct label){"请先登录。", "sign in first."});
    return false;
  }
  if (request->seat.only && !(request->route->flags & request->seat.only)) {
    answer_problem(request, 403, "scope", (struct label){"这个令牌不能用在这里。", "this token does not serve here."});
    return false;
  }
  if (writes && (!csrf_holds(request) || !request->seat.may_write)) {
    answer_problem(request, 403, "csrf", request->seat.may_write
      ? (struct label){"缺少或不符的 X-CSRF-Token，请刷新页面后重试。", "the X-CSRF-Token is missing or wrong; reload the page and try again."}
      : (struct label){"这个令牌只能读取。", "this token may only read."});
    return false;
  }
  if (request->seat.must_change && request->route->handle != session_show && request->route->handle != session_close &&
      request->route->handle != password_change) {
    answer_problem(request, 403, "must_change",
                   (struct label){"请先修改口令：POST /api/v1/password。", "change your password first: POST /api/v1/password."});
    return false;
  }
  if (request->route->roles && !(request->route->roles & request->authority->roles)) {
    answer_forbidden(request);
    return false;
  }
  return true;
}

static void answer_too_large(struct request *request, size_t most) {
  answer_problem(request, 413, "too_large", label_print(request->arena, "内容过大：最多 %zu 字节。", "too large: at most %zu bytes.", most));
}

/* What the body is for; refused bodies are drained, when they are not endless, so that the sender reads the answer. */
static void request_expect_body(struct request *request) {
  const char *length = request_header(request, "Content-Length");
  int64_t size = 0;
  size_t most = request->route && (request->route->flags & ROUTE_UPLOAD) ? UPLOAD_MOST : BODY_MOST;
  if (length && (!text_to_integer(length, &size) || size < 0)) size = INT64_MAX;
  if (!request->response && size > (int64_t)most) answer_too_large(request, most);
  if (!request->response && (request->route->flags & ROUTE_UPLOAD)) {
    enum store_error error = upload_begin(request);
    if (error) answer_store_error(request, error);
  }
  request->draining = request->response != NULL;
}

static void body_add(struct request *request, const char *bytes, size_t size) {
  bool too_large = false;
  if (request->draining) return;
  if (request->upload) {
    if (upload_add(request->upload, bytes, size)) return;
    enum store_error error = upload_error(request->upload, &too_large);
    if (too_large) answer_too_large(request, UPLOAD_MOST);
    else answer_store_error(request, error);
  } else if (request->body.size + size > BODY_MOST) answer_too_large(request, BODY_MOST);
  else buffer_add(&request->body, bytes, size);
  request->draining = request->response != NULL;
}

static enum MHD_Result request_send(struct request *request) {
  struct server *server = request->server;
  reader_end(request);
  if (!request->response) {
    log_line(LOG_ERROR, "web", "%s %s was not answered", request->method, request->path);
    answer_store_error(request, STORE_BROKEN);
  }
  enum MHD_Result sent = MHD_queue_response(request->connection, request->status, request->response);
  MHD_destroy_response(request->response);
  request->stage = STAGE_ANSWERED;
  atomic_fetch_add_explicit(&server->answers[request->status / 100 % 6], 1, memory_order_relaxed);
  atomic_fetch_add_explicit(&server->microseconds, moment_system() - request->began, memory_order_relaxed);
  return sent;
}

/* Runs the handler. When it waits, the writer or a slow thread owns all of the request but its stage. */
static enum MHD_Result request_work(struct request *request) {
  request->stage = STAGE_WORK;
  if (request->route->flags & ROUTE_SLOW) request_slow(request);
  else request->route->handle(request);
  return request->stage == STAGE_WAITING ? MHD_YES : request_send(request); /* only this thread writes the stage */
}

static enum MHD_Result request_first(struct server *server, struct MHD_Connection *connection, const char *path, const char *method,
                                     void **kept) {
  struct request *request = request_new(server, connection, method, path);
  const char *length, *expect;
  int64_t size;
  if (!request) return MHD_NO;
  *kept = request;
  if (!listen_framed(connection)) {
    answer_header(request, "Connection", "close");
    answer_problem(request, 400, "framing",
                   (struct label){"请求的长度或主机写了两遍，或写法不明。",
                                  "where the request's body ends, or its host, is said twice or in no known way."});
    return request_send(request);
  }
  if (request_place(request)) request_admit(request);
  request_expect_body(request);
  reader_end(request);
  length = request_header(request, "Content-Length");
  expect = request_header(request, "Expect");
  if (request->response && (expect || (length && (!text_to_integer(length, &size) || size < 0 || (uint64_t)size > DRAIN_MOST))))
    return request_send(request);
  return MHD_YES;
}

static enum MHD_Result on_request(void *with, struct MHD_Connection *connection, const char *path, const char *method, const char *version,
                                  const char *bytes, size_t *size, void **kept) {
  struct request *request = *kept;
  (void)version;
  if (!request) return request_first(with, connection, path, method, kept);
  if (*size) {
    body_add(request, bytes, *size);
    *size = 0;
    return MHD_YES;
  }
  if (request->response) return request_send(request);
  if (request->stage != STAGE_WAITING) return request_work(request);
  if (!request->back) return request_send(request); /* back from a slow thread without an answer: a fault, said so there */
  request->stage = STAGE_BACK;
  request->back(request);
  return request->stage == STAGE_WAITING ? MHD_YES : request_send(request);
}

static void on_completed(void *with, struct MHD_Connection *connection, void **kept, enum MHD_RequestTerminationCode how) {
  struct request *request = *kept;
  (void)with;
  (void)connection;
  (void)how;
  if (!request) return;
  struct arena *arena = request->arena;
  if (request->response && request->stage != STAGE_ANSWERED) MHD_destroy_response(request->response);
  reader_end(request);
  upload_drop(request->upload);
  json_decref(request->parsed);
  if (request->standing) standing_release(request->standing);
  *kept = NULL;
  arena_reset(arena);
}

static void on_connection(void *with, struct MHD_Connection *connection, void **context, enum MHD_ConnectionNotificationCode what) {
  struct server *server = with;
  (void)connection;
  if (what == MHD_CONNECTION_NOTIFY_STARTED) {
    struct line_kept *line = HEAP_NEW(struct line_kept);
    line->arena = arena_new();
    *context = line;
    atomic_fetch_add(&server->open, 1);
    return;
  }
  struct line_kept *line = *context;
  arena_free(line->arena);
  explicit_bzero(line, sizeof *line);
  free(line);
  *context = NULL;
  atomic_fetch_sub(&server->open, 1);
}

/* ---- starting and stopping ---- */

static struct MHD_Daemon *daemon_start(struct server *server, int file, unsigned threads) {
  unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
  return MHD_start_daemon(flags, 0, NULL, NULL, on_request, server,
    MHD_OPTION_EXTERNAL_LOGGER, listen_log, NULL, /* first, so that it hears of the others */
    MHD_OPTION_LISTEN_SOCKET, file,
    MHD_OPTION_THREAD_POOL_SIZE, threads,
    MHD_OPTION_CONNECTION_LIMIT, threads * CONNECTIONS_A_THREAD,
    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADERS_MOST,
    MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
    MHD_OPTION_STRICT_FOR_CLIENT, 1,
    MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL,
    MHD_OPTION_NOTIFY_CONNECTION, on_connection, server,
    MHD_OPTION_UNESCAPE_CALLBACK, listen_unescape, NULL,
    MHD_OPTION_END);
}

static void server_free(struct server *server) {
  slow_stop(server->slow);
  events_stop(server->events);
  sessions_free(server->sessions);
  free(server);
}

enum store_error server_start(struct house *house, const struct server_options *options, struct server **started, uint16_t *port, struct label *reason, struct arena *arena) {
  struct server *server = HEAP_NEW(struct server);
  unsigned threads = options->threads >= 4 ? options->threads : THREADS_USUAL;
  int file;
  server->house = house;
  server->options = *options;
  file = listen_somewhere(options->host, options->port, options->search, reason, arena);
  if (file < 0) goto refused;
  server->port = listen_port(file);
  server->sessions = sessions_new(server);
  server->slow = slow_start(server, SLOW_THREADS);
  server->events = events_start(server);
  server->daemon = server->slow && server->events ? daemon_start(server, file, threads) : NULL;
  if (!server->daemon) {
    *reason = (struct label){"网页服务没有启动起来，请看日志。", "the HTTP server did not start; see the log."};
    close(file);
    goto refused;
  }
  *port = server->port;
  *started = server;
  return STORE_OK;
refused:
  server_free(server);
  return STORE_REFUSED;
}

void server_stop(struct server *server) {
  struct timespec pause = {.tv_nsec = 5000000};
  int file;
  if (!server) return;
  atomic_store(&server->stopping, true);
  file = MHD_quiesce_daemon(server->daemon); /* nobody new */
  events_end(server->events);                /* streams end, their connections are resumed */
  for (long tries = STOP_SECONDS * 200L; atomic_load(&server->waiting) > 0 && tries > 0; tries--) nanosleep(&pause, NULL);
  if (atomic_load(&server->waiting) > 0)
    log_line(LOG_WARNING, "web", "stopping while %ld requests still wait", atomic_load(&server->waiting));
  nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL); /* those resumed last still get their answer */
  MHD_stop_daemon(server->daemon);
  if (file >= 0) close(file);
  server_free(server);
}
