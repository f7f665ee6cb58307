/* Outlines to paths, and the place of each name: on the widest stretch of the district at about its middle. */
#include "exchange/district_map.h"

#include <math.h>

#include "base/buffer.h"

enum { WIDTH_MOST = 1000, HEIGHT_MOST = 1000, MARGIN = 8, LINES = 9 /* heights at which a place for the name is looked for */ };

struct box { int32_t west, east, south, north; };
struct plane { struct box box; double shorter, scale; int width, height; };

static struct box box_of(const struct outline *outlines, size_t count) {
  struct box box = {INT32_MAX, INT32_MIN, INT32_MAX, INT32_MIN};
  for (size_t i = 0; i < count; i++)
    for (size_t r = 0; r < outlines[i].count; r++)
      for (size_t k = 0; k < outlines[i].rings[r].count; k++) {
        struct outline_point point = outlines[i].rings[r].points[k];
        if (point.longitude < box.west) box.west = point.longitude;
        if (point.longitude > box.east) box.east = point.longitude;
        if (point.latitude < box.south) box.south = point.latitude;
        if (point.latitude > box.north) box.north = point.latitude;
      }
  return box;
}

static struct plane plane_of(struct box box) {
  struct plane plane = {.box = box};
  double middle = ((double)box.south + box.north) / 2 / OUTLINE_DEGREE, radian = acos(-1.0) / 180;
  plane.shorter = fabs(middle) < 89 ? cos(middle * radian) : 0.02;
  double wide = (box.east - box.west) * plane.shorter, high = box.north - box.south;
  double across = wide > 0 ? (WIDTH_MOST - 2 * MARGIN) / wide : 1, down = high > 0 ? (HEIGHT_MOST - 2 * MARGIN) / high : 1;
  plane.scale = across < down ? across : down;
  plane.width = (int)lround(wide * plane.scale) + 2 * MARGIN;
  plane.height = (int)lround(high * plane.scale) + 2 * MARGIN;
  return plane;
}

static double x_of(const struct plane *plane, int32_t longitude) {
  return MARGIN + (longitude - plane->box.west) * plane->shorter * plane->scale;
}
static double y_of(const struct plane *plane, int32_t latitude) { return MARGIN + (plane->box.north - latitude) * plane->scale; }

static const char *path_of(const struct plane *plane, const struct outline *outline, struct arena *arena) {
  struct buffer out = {.arena = arena};
  for (size_t r = 0; r < outline->count; r++) {
    long x = 0, y = 0;
    for (size_t k = 0; k < outline->rings[r].count; k++) {
      long to_x = lround(x_of(plane, outline->rings[r].points[k].longitude)),
           to_y = lround(y_of(plane, outline->rings[r].points[k].latitude));
      if (!k) buffer_print(&out, "M%ld %ld", to_x, to_y);
      else if (to_x != x || to_y != y) buffer_print(&out, "L%ld %ld", to_x, to_y);
      x = to_x, y = to_y;
    }
    buffer_byte(&out, 'Z');
  }
  return out.bytes;
}

/* The widest stretch of this latitude that lies inside: even crossings begin one, odd ones end it. */
static void widest_at(const struct plane *plane, const struct outline *outline, double latitude, struct district_shape *shape) {
  double crossings[256];
  size_t count = 0;
  for (size_t r = 0; r < outline->count; r++)
    for (size_t k = 0; k < outline->rings[r].count; k++) {
      struct outline_point a = outline->rings[r].points[k], b = outline->rings[r].points[(k + 1) % outline->rings[r].count];
      if ((a.latitude > latitude) == (b.latitude > latitude) || count == sizeof crossings / sizeof *crossings) continue;
      double at = a.longitude + (latitude - a.latitude) * (b.longitude - a.longitude) / (double)(b.latitude - a.latitude);
      size_t place = count++;
      for (; place && crossings[place - 1] > at; place--) crossings[place] = crossings[place - 1];
      crossings[place] = at;
    }
  for (size_t i = 0; i + 1 < count; i += 2) {
    double from = x_of(plane, (int32_t)crossings[i]), to = x_of(plane, (int32_t)crossings[i + 1]);
    if (to - from <= shape->room) continue;
    shape->room = (int)(to - from);
    shape->x = (int)lround((from + to) / 2);
    shape->y = (int)lround(y_of(plane, (int32_t)latitude));
  }
}

static struct district_shape shape_of(const struct plane *plane, const struct district_given *given, const struct outline *outline,
                                      struct arena *arena) {
  struct district_shape shape = {.id = given->id, .name = given->name, .path = path_of(plane, outline, arena)};
  struct box box = box_of(outline, 1);
  shape.x = (int)lround((x_of(plane, box.west) + x_of(plane, box.east)) / 2);
  shape.y = (int)lround((y_of(plane, box.south) + y_of(plane, box.north)) / 2);
  for (int i = 0; i < LINES; i++)
    widest_at(plane, outline, box.south + (box.north - box.south) * (0.3 + 0.4 * i / (LINES - 1)) + 0.5, &shape);
  return shape;
}

bool district_map_draw(const struct district_given *given, size_t count, struct arena *arena, struct district_map *map) {
  struct outline *outlines = ARENA_ARRAY(arena, struct outline, count + 1);
  size_t *whose = ARENA_ARRAY(arena, size_t, count + 1), some = 0;
  for (size_t i = 0; i < count; i++)
    if (given[i].outline && outline_parse(given[i].outline, arena, &outlines[some])) whose[some++] = i;
  *map = (struct district_map){.shapes = ARENA_ARRAY(arena, struct district_shape, some + 1), .count = some};
  if (!some) return false;
  struct plane plane = plane_of(box_of(outlines, some));
  map->width = plane.width;
  map->height = plane.height;
  for (size_t i = 0; i < some; i++) map->shapes[i] = shape_of(&plane, &given[whose[i]], &outlines[i], arena);
  return true;
}
