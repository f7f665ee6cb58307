/* Health, readiness and figures of the process: for those who run it. No record's contents. */
#include <string.h>

#include "web/web.h"

#define BEHIND_MOST 5000 /* entries that the tallies may lack while the server counts as ready */

void health_show(struct request *request) {
  struct json *json = out_open(request);
  json_pair(json, "status", "alive");
  out_close(request, 200);
}

static void followers_write(struct request *request, struct json *json) {
  json_key(json, "followers");
  json_open(json, '{');
  for (size_t i = 0; i < FOLLOWER_COUNT && request->house->followers; i++)
    json_pair_integer(json, FOLLOWERS[i]->name, followers_position(request->house->followers, FOLLOWERS[i]->name));
  json_close(json, '}');
}

/* Ready: the journal answers and the tallies are there. */
void ready_show(struct request *request) {
  if (!request_head(request)) return;
  int64_t tallies = request->house->tallies ? tallies_position(request->house->tallies) : -1;
  bool ready = tallies >= 0 && tallies + BEHIND_MOST >= request->journal && !atomic_load(&request->server->stopping);
  struct json *json = out_open(request);
  json_pair_yes_no(json, "ready", ready);
  followers_write(request, json);
  if (!ready) answer_header(request, "Retry-After", "1");
  out_close(request, ready ? 200 : 503);
}

static void figure(struct buffer *out, const char *name, const char *kind, long long value) {
  buffer_print(out, "# TYPE bihuan_%s %s\nbihuan_%s %lld\n", name, kind, name, value);
}

/* For a system administrator, or from the machine itself when no proxy stands before it. */
void metrics_show(struct request *request) {
  struct server *server = request->server;
  struct buffer out = {.arena = request->arena};
  const char *address = request_address(request);
  bool local = strcmp(address, "127.0.0.1") == 0 || strcmp(address, "::1") == 0;
  if (!(local && !request_header(request, "X-Forwarded-For")) &&
      !(request->signed_in && (request->authority->roles & ROLE(ROLE_SYSTEM_ADMINISTRATOR)))) {
    answer_forbidden(request);
    return;
  }
  if (!request_head(request)) return;
  buffer_text(&out, "# TYPE bihuan_answers_total counter\n");
  for (int class = 1; class < 6; class ++)
    buffer_print(&out, "bihuan_answers_total{status=\"%dxx\"} %lld\n", class, (long long)atomic_load(&server->answers[class]));
  figure(&out, "answer_microseconds_total", "counter", atomic_load(&server->microseconds));
  figure(&out, "connections", "gauge", atomic_load(&server->open));
  figure(&out, "requests_waiting", "gauge", atomic_load(&server->waiting));
  figure(&out, "event_streams", "gauge", events_open(server->events));
  figure(&out, "sessions_known", "gauge", sessions_known(server->sessions));
  figure(&out, "journal_number", "counter", (long long)request->journal);
  if (request->house->ledger) figure(&out, "ledger_bytes", "gauge", (long long)ledger_size(request->house->ledger));
  buffer_text(&out, "# TYPE bihuan_follower_number gauge\n");
  for (size_t i = 0; i < FOLLOWER_COUNT && request->house->followers; i++)
    buffer_print(&out, "bihuan_follower_number{follower=\"%s\"} %lld\n", FOLLOWERS[i]->name,
                 (long long)followers_position(request->house->followers, FOLLOWERS[i]->name));
  answer_bytes(request, 200, "text/plain; version=0.0.4; charset=utf-8", out.bytes, out.size);
}
