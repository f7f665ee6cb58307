/* Thinning by Douglas and Peucker (1973): of a stretch of border the point farthest from its chord stays when it is farther than the
   tolerance, and the two halves are looked at alike. A ring is two stretches, parted at the point farthest from its first. Islands no
   larger than the tolerance go, but never a district's last ring. */
#include "exchange/geojson_thin.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_TOLERANCE = 2, LAST_TOLERANCE = 2 * OUTLINE_DEGREE };

struct stretch { size_t from, to; };
struct thinning { const struct outline_ring *ring; bool *kept; struct stretch *stack; double tolerance; };

static struct outline_point point_at(const struct outline_ring *ring, size_t i) { return ring->points[i % ring->count]; }

/* Squared, from the segment between the two. */
static double distance(struct outline_point point, struct outline_point from, struct outline_point to) {
  double x = to.longitude - from.longitude, y = to.latitude - from.latitude, px = point.longitude - from.longitude,
         py = point.latitude - from.latitude;
  double length = x * x + y * y, along = length > 0 ? (px * x + py * y) / length : 0;
  if (along < 0) along = 0;
  if (along > 1) along = 1;
  px -= along * x;
  py -= along * y;
  return px * px + py * py;
}

static void stretch_thin(struct thinning *thinning, struct stretch whole) {
  size_t depth = 0;
  thinning->stack[depth++] = whole;
  while (depth) {
    struct stretch one = thinning->stack[--depth];
    size_t farthest = one.from;
    double most = thinning->tolerance * thinning->tolerance;
    for (size_t i = one.from + 1; i < one.to; i++) {
      double far = distance(point_at(thinning->ring, i), point_at(thinning->ring, one.from), point_at(thinning->ring, one.to));
      if (far > most) most = far, farthest = i;
    }
    if (farthest == one.from) continue;
    thinning->kept[farthest % thinning->ring->count] = true;
    thinning->stack[depth++] = (struct stretch){one.from, farthest};
    thinning->stack[depth++] = (struct stretch){farthest, one.to};
  }
}

static bool tiny(const struct outline_ring *ring, double tolerance) {
  int32_t west = ring->points[0].longitude, east = west, south = ring->points[0].latitude, north = south;
  for (size_t i = 1; i < ring->count; i++) {
    if (ring->points[i].longitude < west) west = ring->points[i].longitude;
    if (ring->points[i].longitude > east) east = ring->points[i].longitude;
    if (ring->points[i].latitude < south) south = ring->points[i].latitude;
    if (ring->points[i].latitude > north) north = ring->points[i].latitude;
  }
  return east - west <= tolerance || north - south <= tolerance;
}

static struct outline_ring ring_thin(const struct outline_ring *ring, double tolerance, struct arena *arena) {
  struct thinning thinning = {ring, ARENA_ARRAY(arena, bool, ring->count), ARENA_ARRAY(arena, struct stretch, ring->count + 2), tolerance};
  struct outline_ring thin = {ARENA_ARRAY(arena, struct outline_point, ring->count), 0};
  size_t across = 0;
  double far = -1;
  for (size_t i = 1; i < ring->count; i++) {
    double away = distance(ring->points[i], ring->points[0], ring->points[0]);
    if (away > far) far = away, across = i;
  }
  thinning.kept[0] = thinning.kept[across] = true;
  stretch_thin(&thinning, (struct stretch){0, across});
  stretch_thin(&thinning, (struct stretch){across, ring->count});
  for (size_t i = 0; i < ring->count; i++)
    if (thinning.kept[i]) thin.points[thin.count++] = ring->points[i];
  return thin;
}

static const char *outline_thin(const struct outline *outline, double tolerance, struct arena *arena) {
  struct outline thin = {ARENA_ARRAY(arena, struct outline_ring, outline->count), 0};
  struct outline_ring largest = {0};
  for (size_t i = 0; i < outline->count; i++) {
    struct outline_ring ring = ring_thin(&outline->rings[i], tolerance, arena);
    if (ring.count > largest.count) largest = ring;
    if (ring.count >= 3 && !tiny(&ring, tolerance)) thin.rings[thin.count++] = ring;
  }
  if (!thin.count && largest.count >= 3) thin.rings[thin.count++] = largest;
  return thin.count ? outline_print(&thin, arena) : "";
}

bool outlines_thin(const struct outline *outlines, size_t count, struct arena *arena, const char **texts) {
  for (double tolerance = FIRST_TOLERANCE; tolerance <= LAST_TOLERANCE; tolerance *= 1.5) {
    struct arena *scratch = arena_new();
    bool fits = true;
    for (size_t i = 0; i < count && fits; i++) {
      const char *text = outline_thin(&outlines[i], tolerance, scratch);
      fits = *text && strlen(text) <= OUTLINE_TEXT_MOST;
      if (!*text) tolerance = LAST_TOLERANCE; /* thinner would not help */
      texts[i] = fits ? arena_text(arena, text) : NULL;
    }
    arena_free(scratch);
    if (fits) return true;
  }
  return false;
}
