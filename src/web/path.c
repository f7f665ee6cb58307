/* Addresses against patterns. Knows nothing of what the parts mean; the table's order decides when two patterns fit. */
#include "web/path.h"

#include <string.h>

#include "base/buffer.h"
#include "web/route.h"

static const char **part_named(struct path_parts *parts, const char *name, size_t size) {
  struct { const char *name; const char **part; } known[] = {
    {"plural", &parts->plural}, {"id", &parts->id}, {"action", &parts->action}, {"name", &parts->name}};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (strlen(known[i].name) == size && memcmp(known[i].name, name, size) == 0) return known[i].part;
  return NULL;
}

/* One segment against one of the pattern: fixed text, or "{name}" with a fixed rest. parts NULL: only asked whether it fits. */
static bool segment_matches(struct arena *arena, const char *pattern, size_t pattern_size, const char *segment, size_t size,
                            struct path_parts *parts) {
  const char *close = pattern_size && *pattern == '{' ? memchr(pattern, '}', pattern_size) : NULL;
  if (!close) return pattern_size == size && memcmp(pattern, segment, size) == 0;
  size_t rest = pattern_size - (size_t)(close + 1 - pattern);
  if (size <= rest || memcmp(segment + size - rest, close + 1, rest) != 0) return false;
  const char **part = parts ? part_named(parts, pattern + 1, (size_t)(close - pattern) - 1) : NULL;
  if (part) *part = arena_copy(arena, segment, size - rest);
  return true;
}

static size_t segment_size(const char *text) {
  size_t size = 0;
  while (text[size] && text[size] != '/') size++;
  return size;
}

static bool walk(struct arena *arena, const char *pattern, const char *path, struct path_parts *parts) {
  while (*pattern == '/' && *path == '/') {
    pattern++;
    path++;
    if (strcmp(pattern, "*") == 0) {
      if (parts) parts->name = path;
      return true;
    }
    size_t pattern_size = segment_size(pattern), size = segment_size(path);
    if (!segment_matches(arena, pattern, pattern_size, path, size, parts)) return false;
    pattern += pattern_size;
    path += size;
  }
  return !*pattern && !*path;
}

bool path_matches(struct arena *arena, const char *pattern, const char *path, struct path_parts *parts) {
  if (!walk(arena, pattern, path, NULL)) return false;
  *parts = (struct path_parts){0};
  return walk(arena, pattern, path, parts);
}

/* As far as the pattern is fixed: most rows fall here. *at: the last slash that both have there. */
static bool begins_alike(const char *pattern, const char *path, size_t *at) {
  size_t i = 0;
  for (*at = 0; pattern[i] && pattern[i] != '{' && pattern[i] != '*' && pattern[i] == path[i]; i++)
    if (pattern[i] == '/') *at = i;
  return !pattern[i] || pattern[i] == '{' || pattern[i] == '*';
}

const struct route *route_find(struct arena *arena, const char *method, const char *path, struct path_parts *parts, const char **allowed) {
  struct buffer methods = {.arena = arena};
  if (strcmp(method, "HEAD") == 0) method = "GET";
  *allowed = "";
  for (size_t i = 0; i < ROUTE_COUNT; i++) {
    const struct route *route = &ROUTES[i];
    size_t at;
    if (!begins_alike(route->path, path, &at)) continue;
    if (strchr(route->path, '*') && (methods.size || strncmp(path, "/api/", 5) == 0)) break; /* the pages: every other path */
    if (!path_matches(arena, route->path + at, path + at, parts)) continue;
    if (strcmp(route->method, method) == 0) return route;
    if (methods.size && strstr(methods.bytes, route->method)) continue;
    buffer_print(&methods, methods.size ? ", %s" : "%s", route->method);
  }
  if (methods.size) *allowed = methods.bytes;
  return NULL;
}
