/* The outline 区划轮廓 of a district: its borders as the deployer gave them, thinned out, as one line of text: rings parted by ';', points by a
   blank, each "longitude,latitude" in whole 1/10,000 degrees (some 10 metres): a picture, no survey. It knows neither files nor drawing. */
#ifndef BIHUAN_RULES_OUTLINE_H
#define BIHUAN_RULES_OUTLINE_H

#include <stdbool.h>

#include "base/arena.h"

#define OUTLINE_DEGREE 10000 /* units of one */
#define OUTLINE_TEXT_MOST 8000
struct outline_point { int32_t longitude, latitude; };
/* Closed: the first point is not said again at the end. A ring within a ring is a hole, whatever its direction. */
struct outline_ring { struct outline_point *points; size_t count; };
struct outline { struct outline_ring *rings; size_t count; };

/* False: no outline (a ring of fewer than three points, a point beyond the earth, anything else than numbers). */
bool outline_parse(const char *text, struct arena *arena, struct outline *outline);
const char *outline_print(const struct outline *outline, struct arena *arena);

#endif
