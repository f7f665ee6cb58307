/* Answers: bytes, objects, files and refusals, all with the same strict headers. Nothing here decides anything. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "base/heap.h"
#include "base/log.h"
#include "web/web.h"

#define POLICY_OF_PAGES "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; " \
  "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

#define OUT_ROOM 3072 /* most single records fit: no growing */

static const struct { const char *name, *value; } STRICT_HEADERS[] = {
  {"Content-Security-Policy", POLICY_OF_PAGES},
  {"X-Content-Type-Options", "nosniff"},
  {"Referrer-Policy", "same-origin"},
  {"Cross-Origin-Opener-Policy", "same-origin"},
};

const char *request_label(const struct request *request, struct label label) { return label_in(label, request->language); }

void answer_header(struct request *request, const char *name, const char *value) {
  struct kept_header *header = ARENA_NEW(request->arena, struct kept_header);
  *header = (struct kept_header){name, value, request->headers};
  request->headers = header;
}

static void headers_add(struct request *request, struct MHD_Response *response) {
  bool caching = false;
  for (size_t i = 0; i < sizeof STRICT_HEADERS / sizeof *STRICT_HEADERS; i++)
    MHD_add_response_header(response, STRICT_HEADERS[i].name, STRICT_HEADERS[i].value);
  for (const struct kept_header *header = request->headers; header; header = header->next) {
    MHD_add_response_header(response, header->name, header->value);
    if (strcmp(header->name, "Cache-Control") == 0) caching = true;
  }
  if (!caching) MHD_add_response_header(response, "Cache-Control", "no-store");
  if (request->journal != NOTHING) {
    char number[24];
    snprintf(number, sizeof number, "%lld", (long long)request->journal);
    MHD_add_response_header(response, "Bihuan-Journal", number);
  }
}

void answer_response(struct request *request, unsigned status, struct MHD_Response *response) {
  if (request->response) { /* a second answer is a fault of the handler: the first one stands */
    log_line(LOG_ERROR, "web", "%s %s answered twice", request->method, request->route ? request->route->path : "?");
    if (response) MHD_destroy_response(response);
    return;
  }
  if (!response) heap_exhausted(0);
  headers_add(request, response);
  request->response = response;
  request->status = status;
}

/* The bytes live in the request's arena, or for ever: they outlive the response. */
void answer_bytes(struct request *request, unsigned status, const char *media_type, const void *bytes, size_t size) {
  union { const void *read; void *lent; } body = {.read = size ? bytes : ""};
  struct MHD_Response *response = MHD_create_response_from_buffer(size, body.lent, MHD_RESPMEM_PERSISTENT);
  if (response && media_type) MHD_add_response_header(response, "Content-Type", media_type);
  answer_response(request, status, response);
}

void answer_empty(struct request *request, unsigned status) { answer_bytes(request, status, NULL, "", 0); }

struct json *out_open(struct request *request) {
  request->out = (struct buffer){.arena = request->arena, .bytes = arena_alloc(request->arena, OUT_ROOM), .room = OUT_ROOM};
  request->json = json_to(&request->out);
  json_open(&request->json, '{');
  return &request->json;
}

void out_close(struct request *request, unsigned status) {
  if (request->journal != NOTHING) json_pair_integer(&request->json, "journal", request->journal);
  json_close(&request->json, '}');
  answer_bytes(request, status, status >= 400 ? "application/problem+json" : "application/json; charset=utf-8", request->out.bytes,
               request->out.size);
}

/* ---- packed ---- */

enum { PACKED_LEAST = 4096, GZIP_WINDOW = 15 + 16, MEMORY_LEVEL = 8 };

/* False: left as it is. */
static bool gzip(struct arena *arena, const struct buffer *from, struct buffer *into) {
  z_stream stream = {0};
  if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, GZIP_WINDOW, MEMORY_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK) return false;
  size_t room = deflateBound(&stream, from->size);
  union { const char *read; Bytef *lent; } bytes = {.read = from->bytes};
  *into = (struct buffer){.arena = arena, .bytes = arena_alloc(arena, room), .room = room};
  stream.next_in = bytes.lent;
  stream.avail_in = (uInt)from->size;
  stream.next_out = (Bytef *)into->bytes;
  stream.avail_out = (uInt)room;
  bool done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  into->size = stream.total_out;
  deflateEnd(&stream);
  return done;
}

void out_close_packed(struct request *request, unsigned status) {
  const char *accepted = request_header(request, "Accept-Encoding");
  struct buffer packed;
  answer_header(request, "Vary", "Accept-Encoding");
  if (request->journal != NOTHING) json_pair_integer(&request->json, "journal", request->journal);
  json_close(&request->json, '}');
  if (accepted && strstr(accepted, "gzip") && request->out.size >= PACKED_LEAST && gzip(request->arena, &request->out, &packed)) {
    answer_header(request, "Content-Encoding", "gzip");
    request->out = packed;
  }
  answer_bytes(request, status, "application/json; charset=utf-8", request->out.bytes, request->out.size);
}

/* ---- files ---- */

/* Percent-encoding of RFC 8187, so that a Chinese file name arrives whole. */
static void name_encode(struct buffer *out, const char *name) {
  for (const unsigned char *byte = (const unsigned char *)name; *byte; byte++) {
    bool plain = (*byte >= 'a' && *byte <= 'z') || (*byte >= 'A' && *byte <= 'Z') || (*byte >= '0' && *byte <= '9') || *byte == '.' ||
                 *byte == '-' || *byte == '_';
    if (plain) buffer_byte(out, (char)*byte);
    else buffer_print(out, "%%%02X", *byte);
  }
}

void answer_file(struct request *request, int file, uint64_t size, const char *media_type, const char *name, bool shown_inline) {
  struct MHD_Response *response = MHD_create_response_from_fd64(size, file);
  struct buffer disposition = {.arena = request->arena};
  if (!response) {
    close(file);
    answer_store_error(request, STORE_BROKEN);
    return;
  }
  buffer_text(&disposition, shown_inline ? "inline" : "attachment");
  if (name) {
    buffer_text(&disposition, "; filename*=UTF-8''");
    name_encode(&disposition, name);
  }
  MHD_add_response_header(response, "Content-Disposition", disposition.bytes);
  MHD_add_response_header(response, "Content-Type", media_type);
  answer_response(request, MHD_HTTP_OK, response);
}

/* ---- refusals ---- */

static const struct { unsigned status; struct label title; } TITLES[] = {
  {400, {"请求有误", "bad request"}}, {401, {"需要登录", "sign-in needed"}}, {403, {"没有权限", "not permitted"}}, {404, {"找不到", "not found"}},
  {405, {"不支持的方法", "method not allowed"}}, {409, {"现在不能办", "not possible now"}}, {412, {"记录已被他人改动", "changed by somebody else"}},
  {413, {"内容过大", "too large"}}, {415, {"不支持的格式", "unsupported format"}}, {422, {"填写有误", "invalid"}}, {428, {"缺少版本号", "version needed"}},
  {429, {"尝试过多", "too many tries"}}, {503, {"暂时无法办理", "not available now"}},
};

static struct label title_of(unsigned status) {
  for (size_t i = 0; i < sizeof TITLES / sizeof *TITLES; i++)
    if (TITLES[i].status == status) return TITLES[i].title;
  return (struct label){"出错", "error"};
}

void answer_problem(struct request *request, unsigned status, const char *code, struct label detail) {
  struct json *json = out_open(request);
  json_pair(json, "type", "about:blank");
  json_pair(json, "title", request_label(request, title_of(status)));
  json_pair_integer(json, "status", status);
  json_pair(json, "code", code);
  json_pair(json, "detail", request_label(request, detail));
  json_key(json, "findings");
  json_open(json, '[');
  for (size_t i = 0; i < request->issues.count; i++) {
    const struct issue *issue = &request->issues.items[i];
    json_open(json, '{');
    json_pair_integer(json, "change", issue->change);
    json_pair(json, "field", issue->field);
    json_pair(json, "code", issue->code);
    json_pair(json, "sentence", request_label(request, issue->sentence));
    json_close(json, '}');
  }
  json_close(json, ']');
  out_close(request, status);
}

void answer_store_error(struct request *request, enum store_error error) {
  bool full = error == STORE_FULL;
  char seconds[8];
  snprintf(seconds, sizeof seconds, "%d", full ? RETRY_LATER : RETRY_SOON);
  if (error == STORE_BROKEN || error == STORE_REFUSED)
    log_line(LOG_ERROR, "web", "%s %s: %s", request->method, request->route ? request->route->path : "?", store_error_label(error).en);
  answer_header(request, "Retry-After", arena_text(request->arena, seconds));
  answer_problem(request, MHD_HTTP_SERVICE_UNAVAILABLE,
                 full                       ? "store_full"
                 : error == STORE_UNCERTAIN ? "store_uncertain"
                                            : "store_gone",
                 store_error_label(error));
}

void answer_absent(struct request *request) {
  answer_problem(request, MHD_HTTP_NOT_FOUND, "absent",
    (struct label){"没有这条记录，或者不在您可见的范围内。", "there is no such record, or it is outside of what you may see."});
}

void answer_forbidden(struct request *request) {
  answer_problem(request, MHD_HTTP_FORBIDDEN, "forbidden", (struct label){"您的角色不能办这件事。", "your roles do not permit this."});
}
