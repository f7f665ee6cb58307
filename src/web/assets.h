/* The pages, embedded by ui/embed.sh: a table of every file of ui/dist, gzip variants beside them under PATH.gz. */
#ifndef BIHUAN_WEB_ASSETS_H
#define BIHUAN_WEB_ASSETS_H

#include <stddef.h>

struct asset { const char *path; /* "/index.html" */ const unsigned char *bytes, *end; };
/* Weak: a program linked without the pages (a unit test) has none. */
extern const struct asset ASSETS[] __attribute__((weak)); extern const size_t ASSET_COUNT __attribute__((weak));

#endif
