/* The pages: files embedded in the program. Whatever path has no extension is a place inside the pages, so it gets their
   shell; hashed names may be kept for ever, the shell is asked for anew each time. */
#include "web/assets.h"

#include <stdio.h>
#include <string.h>

#include "web/web.h"

static const struct { const char *ending, *media_type; } MEDIA_TYPES[] = {
  {".html", "text/html; charset=utf-8"}, {".js", "text/javascript; charset=utf-8"}, {".css", "text/css; charset=utf-8"}, {".svg", "image/svg+xml"},
  {".png", "image/png"}, {".ico", "image/x-icon"}, {".webp", "image/webp"}, {".woff2", "font/woff2"}, {".json", "application/json"}, {".txt", "text/plain; charset=utf-8"}};

static bool ends_with(const char *text, const char *ending) {
  size_t size = strlen(text), of = strlen(ending);
  return size >= of && strcmp(text + size - of, ending) == 0;
}

static size_t asset_count(void) { return &ASSET_COUNT ? ASSET_COUNT : 0; }

static const struct asset *asset_named(const char *path, const char *ending) {
  size_t size = strlen(path);
  for (size_t i = 0; i < asset_count(); i++)
    if (strncmp(ASSETS[i].path, path, size) == 0 && strcmp(ASSETS[i].path + size, ending) == 0) return &ASSETS[i];
  return NULL;
}

static const char *media_type_of(const char *path) {
  for (size_t i = 0; i < sizeof MEDIA_TYPES / sizeof *MEDIA_TYPES; i++)
    if (ends_with(path, MEDIA_TYPES[i].ending)) return MEDIA_TYPES[i].media_type;
  return "application/octet-stream";
}

static const char *place_of(const char *path) {
  const char *last = strrchr(path, '/');
  if (strcmp(path, "/sign-in") == 0) return "/sign-in.html";
  return last && strchr(last, '.') ? path : "/index.html";
}

/* What nobody but the library's ETag comparison looks at: same bytes, same tag. */
static bool same_tag(const struct request *request, const char *tag) {
  const char *known = request_header(request, "If-None-Match");
  return known && strstr(known, tag) != NULL;
}

void asset_show(struct request *request) {
  const char *path = place_of(request->path), *accepted = request_header(request, "Accept-Encoding");
  const struct asset *asset = asset_named(path, "");
  const struct asset *packed = asset && accepted && strstr(accepted, "gzip") ? asset_named(path, ".gz") : NULL;
  if (!asset) {
    answer_problem(request, 404, "no_such_address", asset_count() ? (struct label){"没有这个地址。", "there is no such address."}
      : (struct label){"这个程序里没有嵌入网页；请在 ui/ 中构建后重新编译。", "the pages are not built into this program; build ui/ and compile again."});
    return;
  }
  if (packed) {
    answer_header(request, "Content-Encoding", "gzip");
    asset = packed;
  }
  answer_header(request, "Vary", "Accept-Encoding");
  if (strncmp(path, "/assets/", 8) == 0) answer_header(request, "Cache-Control", "public, max-age=31536000, immutable");
  else {
    char *tag = arena_print(request->arena, "\"%016llx\"",
                            (unsigned long long)hash_fingerprint(asset->bytes, (size_t)(asset->end - asset->bytes)));
    answer_header(request, "Cache-Control", "no-cache");
    answer_header(request, "ETag", tag);
    if (same_tag(request, tag)) {
      answer_empty(request, 304);
      return;
    }
  }
  answer_bytes(request, 200, media_type_of(path), asset->bytes, (size_t)(asset->end - asset->bytes));
}
