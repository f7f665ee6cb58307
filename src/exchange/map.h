/* A map from one integer to another, by open addressing: for what is looked up a million times in memory (source keys and text
   hashes of an import, cells of the tallies). Keys are any integers but NOTHING. */
#ifndef BIHUAN_EXCHANGE_MAP_H
#define BIHUAN_EXCHANGE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/moment.h"

struct map { struct map_slot { int64_t key, value; } *slots; size_t room, count; }; /* all zero: empty */

void map_put(struct map *map, int64_t key, int64_t value);
int64_t map_get(const struct map *map, int64_t key);    /* NOTHING when absent */
bool map_remove(struct map *map, int64_t key);
void map_reserve(struct map *map, size_t count);
void map_free(struct map *map);
/* A text as a key: 64 bits of fingerprint, so two texts may meet; callers that must be sure compare the texts. */
int64_t map_key(const char *text);

#endif
