/* The pages, embedded by ui/embed.sh: a table of every file of ui/dist, gzip variants beside them under PATH.gz. */
#ifndef BIHUAN_WEB_ASSETS_H
#define BIHUAN_WEB_ASSETS_H

#include <stddef.h>

struct asset { const char *path; /* "/index.html" */ const unsigned char *bytes, *end; };
extern const struct asset ASSETS[]; extern const size_t ASSET_COUNT;

#endif
