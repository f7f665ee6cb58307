/* Private to exchange/: borders thinned out until their texts are short enough, alike for all, so that what two districts share stays
   beside each other. */
#ifndef BIHUAN_EXCHANGE_GEOJSON_THIN_H
#define BIHUAN_EXCHANGE_GEOJSON_THIN_H

#include "rules/outline.h"

/* One text an outline, each no longer than OUTLINE_TEXT_MOST. False: they are in too many pieces. */
bool outlines_thin(const struct outline *outlines, size_t count, struct arena *arena, const char **texts);

#endif
