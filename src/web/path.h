/* Addresses: matching a path to a pattern of the route table. Pure. */
#ifndef BIHUAN_WEB_PATH_H
#define BIHUAN_WEB_PATH_H

#include <stdbool.h>
#include <stddef.h>
#include "base/arena.h"

/* What stood in the place of each name in braces; NULL when the pattern has none. In the arena given. */
struct path_parts { const char *plural, *id, *action, *name; };

/* "/api/v1/{plural}/{id}" against "/api/v1/problems/12". A part in braces takes one whole, non-empty segment, or what stands before
   the fixed rest of the segment ("{plural}.csv"); "*" as the last segment takes the rest. */
bool path_matches(struct arena *arena, const char *pattern, const char *path, struct path_parts *parts);

struct route;
/* The row of ROUTES for a method and a path. NULL: none; then *allowed (may be empty) lists the methods that the path has, as
   in an Allow header. HEAD is taken as GET. */
const struct route *route_find(struct arena *arena, const char *method, const char *path, struct path_parts *parts, const char **allowed);

#endif
