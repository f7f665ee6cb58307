/* An HTTP client for measuring: one thread, epoll, connections kept alive, requests made beforehand, each answered before the
   connection's next is sent. It reads what it needs of an answer: status and length. */
#include "command/bench.h"

#include <arpa/inet.h>
#include <errno.h>
#include <math.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/heap.h"

enum { EVENTS = 64, ANSWER_USUAL = 16384, SILENCE_MOST = 30000 /* milliseconds */ };

struct wire { int file; size_t sent, request; double since; char *answer; size_t had, room; };
struct loading {
  const struct bench_load *load; int epoll; struct wire *lines;
  size_t begun, done; double *times; struct bench_loaded *loaded;
};

/* ---- sockets ---- */
static int open_line(uint16_t port, bool blocking) {
  struct sockaddr_in where = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int file = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
  if (file < 0) return -1;
  setsockopt(file, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (connect(file, (struct sockaddr *)&where, sizeof where) != 0) { close(file); return -1; }
  if (!blocking) {
    struct timeval none = {0};
    setsockopt(file, SOL_SOCKET, SO_SNDTIMEO, &none, sizeof none);
  }
  return file;
}

/* Status and whole size of the answer; 0: not all of its header is there. */
static size_t answer_size(const char *answer, size_t had, int *status) {
  const char *end = had >= 12 ? memmem(answer, had, "\r\n\r\n", 4) : NULL;
  if (!end) return 0;
  size_t length = 0;
  for (const char *at = answer; at && at < end; at = memmem(at, (size_t)(end - at), "\r\n", 2)) {
    if (*at == '\r') at += 2;
    if (strncasecmp(at, "Content-Length:", 15) == 0) length = strtoul(at + 15, NULL, 10);
  }
  *status = (answer[9] - '0') * 100 + (answer[10] - '0') * 10 + (answer[11] - '0');
  return (size_t)(end - answer) + 4 + length;
}

static void make_room(struct wire *line, size_t wanted) {
  if (wanted <= line->room) return;
  line->room = wanted > ANSWER_USUAL ? wanted * 2 : ANSWER_USUAL;
  line->answer = heap_resized(line->answer, line->room, 1);
}

/* ---- one connection's turn ---- */
static bool send_next(struct loading *loading, struct wire *line) {
  const struct bench_load *load = loading->load;
  if (loading->begun == load->total) return true;
  line->request = loading->begun++ % load->request_count;
  line->had = line->sent = 0;
  line->since = bench_clock();
  const struct bench_bytes *request = &load->requests[line->request];
  while (line->sent < request->size) { /* requests fit the socket's buffer: this does not wait */
    ssize_t put = send(line->file, request->bytes + line->sent, request->size - line->sent, MSG_NOSIGNAL);
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    line->sent += (size_t)put;
  }
  return true;
}

static void note_answer(struct loading *loading, struct wire *line, int status, size_t size) {
  struct bench_loaded *loaded = loading->loaded;
  loading->times[loading->done++] = bench_clock() - line->since;
  if (status >= 200 && status < 300) return;
  const char *body = memmem(line->answer, size, "\r\n\r\n", 4);
  size_t left = body ? size - (size_t)(body - line->answer) - 4 : 0;
  if (loaded->failed++ == 0)
    snprintf(loaded->first_failure, sizeof loaded->first_failure, "%d %.*s", status, (int)(left < 700 ? left : 700), body ? body + 4 : "");
}

static bool line_ready(struct loading *loading, struct wire *line) {
  make_room(line, line->had + 8192);
  ssize_t got = recv(line->file, line->answer + line->had, line->room - line->had, MSG_DONTWAIT);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return true;
  if (got <= 0) {
    bench_fail("the server closed a connection: %s", got < 0 ? strerror(errno) : "end");
    return false;
  }
  line->had += (size_t)got;
  int status = 0;
  size_t size = answer_size(line->answer, line->had, &status);
  if (size == 0 || line->had < size) return true;
  note_answer(loading, line, status, line->had);
  return send_next(loading, line);
}

static bool run_lines(struct loading *loading) {
  struct epoll_event events[EVENTS];
  bool good = true;
  while (good && loading->done < loading->load->total) {
    int count = epoll_wait(loading->epoll, events, EVENTS, SILENCE_MOST);
    if (count == 0)
      bench_fail("no answer within %d seconds: %zu of %zu are there", SILENCE_MOST / 1000, loading->done, loading->load->total);
    good = count > 0 || (count < 0 && errno == EINTR);
    for (int i = 0; i < count && good; i++) good = line_ready(loading, events[i].data.ptr);
  }
  return good;
}

bool bench_load_run(const struct bench_load *load, struct bench_loaded *loaded) {
  struct loading loading = {.load = load, .epoll = epoll_create1(EPOLL_CLOEXEC), .loaded = loaded};
  bool good = loading.epoll >= 0;
  loading.lines = heap_zeroed(load->connections, sizeof *loading.lines);
  loading.times = heap_zeroed(load->total, sizeof *loading.times);
  *loaded = (struct bench_loaded){0};
  for (unsigned i = 0; i < load->connections; i++) {
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = &loading.lines[i]};
    loading.lines[i].file = good ? open_line(load->port, false) : -1;
    good = good && loading.lines[i].file >= 0 && epoll_ctl(loading.epoll, EPOLL_CTL_ADD, loading.lines[i].file, &event) == 0;
  }
  double began = bench_clock();
  for (unsigned i = 0; i < load->connections && good; i++) good = send_next(&loading, &loading.lines[i]);
  good = good && run_lines(&loading);
  loaded->seconds = bench_clock() - began;
  qsort(loading.times, loading.done, sizeof *loading.times, bench_by_size);
  loaded->p50 = bench_part(loading.times, loading.done, 0.50);
  loaded->p99 = bench_part(loading.times, loading.done, 0.99);
  if (!good) bench_fail("the load broke off after %zu answers", loading.done);
  for (unsigned i = 0; i < load->connections; i++) {
    if (loading.lines[i].file >= 0) close(loading.lines[i].file);
    free(loading.lines[i].answer);
  }
  if (loading.epoll >= 0) close(loading.epoll);
  free(loading.lines);
  free(loading.times);
  return good;
}

bool bench_answered(const struct bench_loaded *loaded, const char *what) {
  if (loaded->failed) bench_fail("%s: %zu requests were refused, the first: %s", what, loaded->failed, loaded->first_failure);
  return loaded->failed == 0;
}

/* ---- single requests ---- */
char *bench_ask(struct arena *arena, uint16_t port, const char *request) {
  struct wire line = {.file = open_line(port, true)};
  size_t size = 0;
  int status = 0;
  bool good = line.file >= 0 && send(line.file, request, strlen(request), MSG_NOSIGNAL) == (ssize_t)strlen(request);
  while (good && (size == 0 || line.had < size)) {
    make_room(&line, line.had + 8192);
    ssize_t got = recv(line.file, line.answer + line.had, line.room - line.had, 0);
    good = got > 0;
    if (good) line.had += (size_t)got;
    if (good) size = answer_size(line.answer, line.had, &status);
  }
  char *answer = good ? arena_copy(arena, line.answer, line.had) : NULL;
  if (line.file >= 0) close(line.file);
  free(line.answer);
  return answer;
}

static char *between(struct arena *arena, const char *text, const char *before, char end) {
  const char *from = strstr(text, before), *to = from ? strchr(from + strlen(before), end) : NULL;
  return to ? arena_copy(arena, from + strlen(before), (size_t)(to - from) - strlen(before)) : NULL;
}

/* As a browser does it: by account and password, then cookie and CSRF token. */
bool bench_sign_in(struct bench *bench, uint16_t port, const char *password, struct bench_session *session) {
  const char *body = arena_print(bench->arena, "{\"account\":\"" BENCH_ACCOUNT "\",\"password\":\"%s\"}", password);
  const char *request = arena_print(bench->arena, "POST /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s", strlen(body), body);
  char *answer = bench_ask(bench->arena, port, request);
  session->cookie = answer ? between(bench->arena, answer, "Set-Cookie: ", ';') : NULL;
  session->csrf = answer ? between(bench->arena, answer, "\"csrf\":\"", '"') : NULL;
  bool good = session->cookie && session->csrf;
  if (!good) bench_fail("signing in failed: %.300s", answer ? answer : "no answer");
  return good;
}
