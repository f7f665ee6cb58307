/* The portal's own server: a listener, one table of addresses, forms read within bounds, strict headers. It holds a public store and
   nothing else. */
#include "web/portal_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/heap.h"
#include "base/log.h"
#include "web/listen.h"

#define CONNECTIONS_A_THREAD 110
#define HEADERS_MOST (20 << 10)
#define IDLE_SECONDS 30
#define LOOKS_A_MINUTE 30
#define CONNECTIONS_AN_ADDRESS 40

/* ---- addresses ---- */

enum { EXACT, BELOW /* the path goes on */ };
static const struct address { const char *method, *path, *ending; visit_handler *handle; } ADDRESSES[] = {
  {"GET", "/", NULL, home_page}, {"GET", "/problems", NULL, list_page}, {"GET", "/problems/", "", problem_page}, {"POST", "/problems/", "/object", object_take}, {"GET", "/results", NULL, results_page},
  {"GET", "/follow", NULL, follow_page}, {"POST", "/follow", NULL, follow_show}, {"GET", "/evaluate", NULL, evaluate_page}, {"POST", "/evaluate", NULL, evaluate_take},
  {"GET", "/appeal", NULL, appeal_page}, {"POST", "/appeal", NULL, appeal_take},
  {"GET", "/data", NULL, data_page}, {"GET", "/data/problems.json", NULL, data_json}, {"GET", "/data/problems.csv", NULL, data_csv}, {"GET", "/data/tree-head.txt", NULL, head_give},
  {"GET", "/pictures/", "", picture_give}, {"GET", "/portal.css", NULL, file_give_public}, {"GET", "/portal.js", NULL, file_give_public}, {"GET", "/icon.svg", NULL, file_give_public}};

static bool address_fits(const struct address *address, const char *path) {
  size_t size = strlen(path), begin = strlen(address->path), end = address->ending ? strlen(address->ending) : 0;
  if (!address->ending) return strcmp(address->path, path) == 0;
  if (size <= begin + end || strncmp(path, address->path, begin) != 0 || strcmp(path + size - end, address->ending) != 0) return false;
  return memchr(path + begin, '/', size - begin - end) == NULL;
}

static const struct address *address_find(const struct visit *visit, bool *other_method) {
  const char *method = strcmp(visit->method, "HEAD") == 0 ? "GET" : visit->method;
  *other_method = false;
  for (size_t i = 0; i < sizeof ADDRESSES / sizeof *ADDRESSES; i++) {
    if (!address_fits(&ADDRESSES[i], visit->path)) continue;
    if (strcmp(ADDRESSES[i].method, method) == 0) return &ADDRESSES[i];
    *other_method = true;
  }
  return NULL;
}

/* ---- what pages ask of a visit ---- */

static const char *visit_argument(const struct visit *visit, const char *name) {
  return MHD_lookup_connection_value(visit->connection, MHD_GET_ARGUMENT_KIND, name);
}
int64_t visit_argument_integer(const struct visit *visit, const char *name) {
  const char *text = visit_argument(visit, name);
  int64_t value;
  return text && text_to_integer(text, &value) && value > 0 ? value : 0;
}

/* What was typed as a text that can be kept: control characters (out of a word processor, say) become a blank, bytes that are no UTF-8
   U+FFFD. The inner side would refuse it for them long after its writer has gone, and its words would be lost. */
static char *typed_text(struct arena *arena, const struct buffer *typed) {
  struct buffer text = {.arena = arena};
  for (size_t at = 0, width; at < typed->size; at += width) {
    char one[5] = {0};
    memcpy(one, typed->bytes + at, typed->size - at < 4 ? typed->size - at : 4);
    uint32_t point = *one ? text_next(one, &width) : 0;
    if (!point) width = 1;
    one[width] = 0;
    bool wrong = point == 0xfffd && width == 1;
    buffer_text(&text, wrong ? "\xEF\xBF\xBD" : !point || text_has_control(one) ? " " : one);
  }
  return text_clean(arena, text.bytes ? text.bytes : "", true);
}

const char *visit_value(const struct visit *visit, const char *name) {
  for (const struct form_value *value = visit->form; value; value = value->next)
    if (strcmp(value->name, name) == 0) {
      const char *clean = typed_text(visit->arena, &value->text);
      return *clean ? clean : NULL;
    }
  return NULL;
}

char *visit_address(const struct visit *visit) {
  return listen_address(visit->connection, visit->portal->options.behind_proxy, visit->arena);
}

/* Codes cannot be guessed; who tries all the same waits a minute. */
bool visit_may_look(struct visit *visit) {
  const char *address = visit_address(visit);
  size_t slot = hash_fingerprint(address, strlen(address)) % (sizeof visit->portal->looks / sizeof *visit->portal->looks);
  long long minute = (long long)(moment_system() / (60 * MOMENT_SECOND));
  if (atomic_exchange(&visit->portal->looks[slot].minute, minute) != minute) atomic_store(&visit->portal->looks[slot].count, 0);
  return atomic_fetch_add(&visit->portal->looks[slot].count, 1) < LOOKS_A_MINUTE;
}

json_t *visit_item(struct visit *visit, const char *kind, const char *key) {
  char *body = NULL;
  return public_item_read(visit->portal->store, kind, key, visit->arena, &body) == STORE_OK ? json_loads(body, 0, NULL) : NULL;
}

static void headers_add(struct visit *visit, struct MHD_Response *response) {
  static const struct { const char *name, *value; } STRICT[] = {
    {"Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"},
    {"X-Content-Type-Options", "nosniff"}, {"Referrer-Policy", "no-referrer"}, {"Cross-Origin-Opener-Policy", "same-origin"}, {"Permissions-Policy", "geolocation=(self), camera=(), microphone=()"}};
  for (size_t i = 0; i < sizeof STRICT / sizeof *STRICT; i++) MHD_add_response_header(response, STRICT[i].name, STRICT[i].value);
  MHD_add_response_header(response, "Cache-Control",
                          visit->private_page || strcmp(visit->method, "POST") == 0 ? "no-store" : "public, max-age=20");
  if (visit->next) MHD_add_response_header(response, "Link", arena_print(visit->arena, "<%s>; rel=\"next\"", visit->next));
  MHD_add_response_header(response, "Bihuan-Journal", arena_print(visit->arena, "%lld", (long long)visit->state.journal));
}

void visit_bytes(struct visit *visit, unsigned status, const char *media_type, const char *bytes, size_t size, const char *file_name) {
  union { const void *read; void *lent; } body = {.read = size ? bytes : ""};
  struct MHD_Response *response = MHD_create_response_from_buffer(size, body.lent, MHD_RESPMEM_PERSISTENT);
  if (!response) heap_exhausted(size);
  MHD_add_response_header(response, "Content-Type", media_type);
  if (file_name)
    MHD_add_response_header(response, "Content-Disposition", arena_print(visit->arena, "attachment; filename=\"%s\"", file_name));
  headers_add(visit, response);
  visit->response = response;
  visit->status = status;
}

/* ---- the setting ---- */

/* The campaign by whose policy appeals go today; 0: there is none. */
static int64_t setting_hotline(const struct setting *setting, json_t *hotline) {
  int64_t campaign = 0, since = -1;
  for (size_t i = 0; i < json_array_size(hotline); i++) {
    int64_t from = member_integer(json_array_get(hotline, i), "from");
    if (from > setting->today || from <= since) continue;
    campaign = member_integer(json_array_get(hotline, i), "campaign");
    since = from;
  }
  return campaign;
}

/* Is it the newest of its campaign that is in force today? Of two of one day the later one is. */
static bool policy_in_force(json_t *policies, size_t at, int64_t today) {
  json_t *policy = json_array_get(policies, at);
  int64_t campaign = member_integer(policy, "campaign"), from = member_integer(policy, "from");
  bool newest = from <= today;
  for (size_t i = 0; i < json_array_size(policies) && newest; i++) {
    json_t *other = json_array_get(policies, i);
    int64_t later = member_integer(other, "from");
    newest = !(member_integer(other, "campaign") == campaign && later <= today && (later > from || (later == from && i > at)));
  }
  return newest;
}

/* Appeals are taken in, and an address may send a day, as the campaign's policy says by which appeals go; what is told of working days to a
   check is the longest of all, so that it is true whichever campaign it turns out to be. */
static void setting_policies(struct setting *setting, json_t *policies, int64_t leads) {
  setting->a_day = 10; /* until something came from the inner side */
  for (size_t i = 0; i < json_array_size(policies); i++) {
    json_t *policy = json_array_get(policies, i);
    int64_t a_day = member_integer(policy, "a_day"), recheck_days = member_integer(policy, "recheck_days");
    if (!policy_in_force(policies, i, setting->today)) continue;
    if (recheck_days > setting->recheck_days) setting->recheck_days = recheck_days;
    if (!leads || member_integer(policy, "campaign") != leads) continue;
    setting->takes_appeals = member_yes(policy, "appeals");
    if (a_day > 0) setting->a_day = a_day;
  }
}

static void setting_read(struct visit *visit) {
  struct setting *setting = &visit->setting;
  json_t *body = visit_item(visit, "setting", "portal"), *key = visit_item(visit, "key", "inner");
  const char *city = member_text(body, "city"), *hex = member_text(key, "public_key");
  setting->now = moment_system() + member_integer(body, "ahead");
  setting->today = date_of_moment(setting->now);
  setting->city = city ? arena_text(visit->arena, city) : NULL;
  setting->demo = member_yes(body, "demo");
  setting->can_seal = hex && hex_read(hex, setting->inner_key, PUBLIC_KEY_SIZE);
  setting_policies(setting, json_object_get(body, "policies"), setting_hotline(setting, json_object_get(body, "hotline")));
  json_decref(body);
  json_decref(key);
  public_state_read(visit->portal->store, &visit->state);
}

/* ---- the life of a visit ---- */

static enum MHD_Result form_part(void *with, enum MHD_ValueKind kind, const char *key, const char *file_name, const char *type,
                                 const char *encoding, const char *bytes, uint64_t offset, size_t size) {
  struct visit *visit = with;
  struct form_value *value = visit->form;
  (void)kind, (void)type, (void)encoding, (void)offset;
  if (file_name) {
    if (strcmp(key, "photo") != 0 || visit->photo.size + size > PHOTO_MOST)
      visit->too_large = visit->too_large || visit->photo.size + size > PHOTO_MOST;
    else buffer_add(&visit->photo, bytes, size);
    return MHD_YES;
  }
  while (value && strcmp(value->name, key) != 0) value = value->next;
  if (!value) {
    if (visit->fields++ >= FIELDS_MOST) {
      visit->too_large = true;
      return MHD_YES;
    }
    value = ARENA_NEW(visit->arena, struct form_value);
    *value = (struct form_value){.name = arena_text(visit->arena, key), .text = {.arena = visit->arena}, .next = visit->form};
    visit->form = value;
  }
  if (value->text.size + size > FORM_MOST) visit->too_large = true;
  else buffer_add(&value->text, bytes, size);
  return MHD_YES;
}

static const char *method_of(struct arena *arena, const char *method) { return arena_text(arena, method); }

static struct visit *visit_new(struct portal *portal, struct MHD_Connection *connection, const char *method, const char *path) {
  struct arena *arena = arena_new();
  struct visit *visit = ARENA_NEW(arena, struct visit);
  bool inside = strncmp(path, "/public", 7) == 0 && (path[7] == '/' || !path[7]);
  *visit = (struct visit){.portal = portal,
                          .connection = connection,
                          .arena = arena,
                          .method = method_of(arena, method),
                          .base = "/public",
                          .status = 200,
                          .out = {.arena = arena},
                          .photo = {.arena = arena}};
  const char *rest = inside ? path + 7 : "";
  if (strncmp(rest, "/en", 3) == 0 && (rest[3] == '/' || !rest[3])) {
    visit->language = LANGUAGE_EN;
    visit->base = "/public/en";
    rest += 3;
  }
  visit->path = arena_text(arena, inside ? (*rest ? rest : "/") : strcmp(path, "/") == 0 ? "" : "?");
  return visit;
}

static void to_the_start(struct visit *visit) {
  struct MHD_Response *response = MHD_create_response_from_buffer(0, (void *)"", MHD_RESPMEM_PERSISTENT);
  MHD_add_response_header(response, "Location", "/public/");
  headers_add(visit, response);
  visit->response = response;
  visit->status = 302;
}

static enum MHD_Result argument_check(void *with, enum MHD_ValueKind kind, const char *name, const char *value) {
  bool *valid = with;
  (void)kind;
  *valid = *valid && text_valid(name, strlen(name)) && (!value || text_valid(value, strlen(value)));
  return *valid ? MHD_YES : MHD_NO;
}

static void visit_answer(struct visit *visit) {
  bool other_method = false, valid = text_valid(visit->path, strlen(visit->path));
  const struct address *address = valid ? address_find(visit, &other_method) : NULL;
  MHD_get_connection_values(visit->connection, MHD_GET_ARGUMENT_KIND, argument_check, &valid);
  if (!*visit->path) {
    to_the_start(visit);
    return;
  }
  setting_read(visit);
  if (!valid) page_say(visit, 400, W("地址有误", "Wrong address"), W("地址不是有效的文本。", "The address is no valid text."));
  else if (visit->too_large)
    page_say(visit, 413, W("内容过大", "Too large"),
             W("文字最多 2,000 字，照片最多 4 MB。", "At most 2,000 characters, and 4 MB for a picture."));
  else if (!address && other_method)
    page_say(visit, 405, W("不能这样提交", "Not like this"), W("请从页面上的表单提交。", "Please use the form on the page."));
  else if (!address) page_not_found(visit);
  else address->handle(visit);
  if (!visit->response) visit_bytes(visit, visit->status, "text/html; charset=utf-8", visit->out.bytes, visit->out.size, NULL);
}

static enum MHD_Result visit_send(struct visit *visit) {
  enum MHD_Result sent = MHD_queue_response(visit->connection, visit->status, visit->response);
  MHD_destroy_response(visit->response);
  return sent;
}

static enum MHD_Result visit_unframed(struct visit *visit) {
  visit_bytes(visit, 400, "text/plain; charset=utf-8", "", 0, NULL);
  MHD_add_response_header(visit->response, "Connection", "close");
  return visit_send(visit);
}

static enum MHD_Result on_visit(void *with, struct MHD_Connection *connection, const char *path, const char *method, const char *version,
                                const char *bytes, size_t *size, void **kept) {
  struct visit *visit = *kept;
  (void)version;
  if (!visit) {
    *kept = visit = visit_new(with, connection, method, path);
    if (!listen_framed(connection)) return visit_unframed(visit);
    if (strcmp(method, "POST") == 0) visit->processor = MHD_create_post_processor(connection, 8192, form_part, visit);
    return MHD_YES;
  }
  if (*size) {
    visit->received += *size;
    visit->too_large = visit->too_large || visit->received > PHOTO_MOST + FORM_MOST;
    if (visit->processor && !visit->too_large) MHD_post_process(visit->processor, bytes, *size);
    *size = 0;
    return visit->received > 4 * PHOTO_MOST ? MHD_NO : MHD_YES;
  }
  if (visit->processor) MHD_destroy_post_processor(visit->processor);
  visit->processor = NULL;
  visit_answer(visit);
  return visit_send(visit);
}

static void on_completed(void *with, struct MHD_Connection *connection, void **kept, enum MHD_RequestTerminationCode how) {
  struct visit *visit = *kept;
  (void)with, (void)connection, (void)how;
  if (!visit) return;
  if (visit->processor) MHD_destroy_post_processor(visit->processor);
  arena_free(visit->arena);
  *kept = NULL;
}

/* ---- starting and stopping ---- */

static struct MHD_Daemon *daemon_start(struct portal *portal, int file) {
  /* 0: no limit, the proxy has its own */
  unsigned threads = portal->options.threads >= 2 ? portal->options.threads : 2,
           an_address = portal->options.behind_proxy ? 0 : CONNECTIONS_AN_ADDRESS;
  return MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ERROR_LOG, 0, NULL, NULL, on_visit, portal,
    MHD_OPTION_EXTERNAL_LOGGER, listen_log, NULL, /* first, so that it hears of the others */
    MHD_OPTION_LISTEN_SOCKET, file,
    MHD_OPTION_THREAD_POOL_SIZE, threads,
    MHD_OPTION_CONNECTION_LIMIT, threads * CONNECTIONS_A_THREAD,
    MHD_OPTION_PER_IP_CONNECTION_LIMIT, an_address,
    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADERS_MOST,
    MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
    MHD_OPTION_STRICT_FOR_CLIENT, 1,
    MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL,
    MHD_OPTION_UNESCAPE_CALLBACK, listen_unescape, NULL,
    MHD_OPTION_END);
}

bool portal_start(const char *folder, const struct portal_options *options, struct portal **out, uint16_t *port, struct label *reason,
                  struct arena *arena) {
  struct portal *portal = HEAP_NEW(struct portal);
  base_start();
  portal->options = *options;
  pthread_mutex_init(&portal->counted_lock, NULL);
  int file = listen_somewhere(options->host, options->port, options->search, reason, arena);
  if (file >= 0 && public_open(folder, &portal->store) != STORE_OK)
    *reason = label_print(arena, "公开库打不开：“%s”。", "the public store in \"%s\" cannot be opened.", folder);
  if (file >= 0 && portal->store) portal->daemon = daemon_start(portal, file);
  if (portal->store && !portal->daemon) *reason = W("门户没有启动起来，请看日志。", "the portal did not start; see the log.");
  if (portal->daemon) {
    portal->port = *port = listen_port(file);
    *out = portal;
    return true;
  }
  if (file >= 0) close(file);
  public_close(portal->store);
  free(portal);
  return false;
}

void portal_stop(struct portal *portal) {
  if (!portal) return;
  MHD_stop_daemon(portal->daemon);
  counted_free(portal);
  public_close(portal->store);
  free(portal);
}
