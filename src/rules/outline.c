/* Outlines as text: read and written. */
#include "rules/outline.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"

enum { LONGITUDE_MOST = 180 * OUTLINE_DEGREE, LATITUDE_MOST = 90 * OUTLINE_DEGREE, POINTS_LEAST = 3 };

static size_t times(const char *text, const char *end, char mark) {
  size_t count = 0;
  for (; text < end; text++) count += *text == mark;
  return count;
}

/* A number up to `mark`; NULL: none, or beyond `most` either way. */
static const char *number_read(const char *at, const char *end, int32_t most, int32_t *number) {
  char *after = NULL;
  if (at == end || !(*at == '-' || (*at >= '0' && *at <= '9'))) return NULL;
  long long value = strtoll(at, &after, 10);
  if (after > end || value < -most || value > most) return NULL;
  *number = (int32_t)value;
  return after;
}

static bool ring_parse(const char *at, const char *end, struct arena *arena, struct outline_ring *ring) {
  ring->count = times(at, end, ' ') + 1;
  ring->points = ARENA_ARRAY(arena, struct outline_point, ring->count);
  for (size_t i = 0; i < ring->count; i++) {
    struct outline_point *point = &ring->points[i];
    at = number_read(at, end, LONGITUDE_MOST, &point->longitude);
    if (!at || at == end || *at++ != ',') return false;
    at = number_read(at, end, LATITUDE_MOST, &point->latitude);
    if (!at || (i + 1 < ring->count ? at == end || *at++ != ' ' : at != end)) return false;
  }
  return ring->count >= POINTS_LEAST;
}

bool outline_parse(const char *text, struct arena *arena, struct outline *outline) {
  const char *end = text + strlen(text);
  outline->count = times(text, end, ';') + 1;
  outline->rings = ARENA_ARRAY(arena, struct outline_ring, outline->count);
  for (size_t i = 0; i < outline->count; i++) {
    const char *stop = memchr(text, ';', (size_t)(end - text));
    if (!stop) stop = end;
    if (!ring_parse(text, stop, arena, &outline->rings[i])) return false;
    text = stop < end ? stop + 1 : end;
  }
  return true;
}

const char *outline_print(const struct outline *outline, struct arena *arena) {
  struct buffer out = {.arena = arena};
  for (size_t i = 0; i < outline->count; i++)
    for (size_t k = 0; k < outline->rings[i].count; k++)
      buffer_print(&out, "%s%d,%d",
                   k   ? " "
                   : i ? ";"
                       : "",
                   (int)outline->rings[i].points[k].longitude, (int)outline->rings[i].points[k].latitude);
  return out.bytes ? out.bytes : "";
}
