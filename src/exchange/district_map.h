/* The districts drawn: outlines projected onto a plane (longitudes shortened by the cosine of the middle latitude: enough for a city) and
   scaled into a box, as paths of SVG in whole units. One drawing serves staff pages and portal. No tiles, no survey: a picture that says
   where one is. */
#ifndef BIHUAN_EXCHANGE_DISTRICT_MAP_H
#define BIHUAN_EXCHANGE_DISTRICT_MAP_H

#include "rules/outline.h"

struct district_given { int64_t id; const char *name, *outline; /* as text; NULL: none */ };
struct district_shape {
  int64_t id;
  const char *name, *path;
  int x, y /* where its name stands: inside */;
  int room /* so wide it is there */;
};
struct district_map { int width, height; struct district_shape *shapes; size_t count; };
/* Those that have an outline; false: none has. */
bool district_map_draw(const struct district_given *given, size_t count, struct arena *arena, struct district_map *map);

#endif
