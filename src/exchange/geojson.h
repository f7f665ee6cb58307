/* The borders of a city's districts from a GeoJSON file (RFC 7946), as the deployer gives it: FeatureCollection of Polygon and
   MultiPolygon, in degrees. Each feature must be one district, told by its code or its name; all districts must be there. All that is wrong
   is found at once, each with its feature. Borders are thinned out alike for all, as far as their texts must be. It writes nothing: what it
   finds goes through the door. */
#ifndef BIHUAN_EXCHANGE_GEOJSON_H
#define BIHUAN_EXCHANGE_GEOJSON_H

#include "rules/change.h"
#include "rules/outline.h"

#define GEOJSON_BYTES_MOST ((size_t)8 << 20)
#define GEOJSON_POINTS_MOST 400000
#define GEOJSON_FINDINGS_MOST 30

struct geojson_findings { struct arena *arena; struct label items[GEOJSON_FINDINGS_MOST]; size_t count; };
/* Districts in force on the day, in their own order. */
enum store_error districts_read(struct reader *reader, int64_t today, struct arena *arena, struct rows *districts);
/* One text a district, in their order. False: something is found. */
bool geojson_outlines(const char *bytes, size_t size, const struct rows *districts, struct arena *arena, const char **texts,
                      struct geojson_findings *findings);
/* The set that gives each district its outline; texts NULL: takes all away. */
size_t outlines_changes(const struct rows *districts, const char *const *texts, struct arena *arena, struct change **changes);

#endif
