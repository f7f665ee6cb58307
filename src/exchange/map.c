/* Open addressing with linear probing, at most two thirds full; removal moves what follows back, so there are no grave marks. */
#include "exchange/map.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/heap.h"

static size_t slot_home(const struct map *map, int64_t key) {
  uint64_t mixed = (uint64_t)key * UINT64_C(0x9E3779B97F4A7C15);
  return (size_t)(mixed ^ mixed >> 32) & (map->room - 1);
}

static struct map_slot *slot_of(const struct map *map, int64_t key) {
  size_t at = slot_home(map, key);
  while (map->slots[at].key != NOTHING && map->slots[at].key != key) at = (at + 1) & (map->room - 1);
  return &map->slots[at];
}

static void room_make(struct map *map, size_t room) {
  struct map old = *map;
  map->slots = heap_resized(NULL, room, sizeof *map->slots);
  map->room = room;
  for (size_t i = 0; i < room; i++) map->slots[i].key = NOTHING;
  for (size_t i = 0; i < old.room; i++)
    if (old.slots[i].key != NOTHING) *slot_of(map, old.slots[i].key) = old.slots[i];
  free(old.slots);
}

void map_reserve(struct map *map, size_t count) {
  size_t room = map->room ? map->room : 64;
  while (room / 3 * 2 <= count) room *= 2;
  if (room != map->room) room_make(map, room);
}

void map_put(struct map *map, int64_t key, int64_t value) {
  map_reserve(map, map->count + 1);
  struct map_slot *slot = slot_of(map, key);
  if (slot->key == NOTHING) map->count++;
  *slot = (struct map_slot){key, value};
}

int64_t map_get(const struct map *map, int64_t key) {
  if (map->count == 0) return NOTHING;
  const struct map_slot *slot = slot_of(map, key);
  return slot->key == NOTHING ? NOTHING : slot->value;
}

bool map_remove(struct map *map, int64_t key) {
  if (map->count == 0) return false;
  size_t hole = (size_t)(slot_of(map, key) - map->slots), mask = map->room - 1;
  if (map->slots[hole].key == NOTHING) return false;
  for (size_t at = (hole + 1) & mask; map->slots[at].key != NOTHING; at = (at + 1) & mask) {
    size_t home = slot_home(map, map->slots[at].key);
    if (((at - home) & mask) < ((at - hole) & mask)) continue; /* stands between its home and here: not past the hole */
    map->slots[hole] = map->slots[at];
    hole = at;
  }
  map->slots[hole].key = NOTHING;
  map->count--;
  return true;
}

void map_free(struct map *map) {
  free(map->slots);
  *map = (struct map){0};
}

int64_t map_key(const char *text) {
  int64_t key = (int64_t)hash_fingerprint(text, strlen(text));
  return key == NOTHING ? 0 : key;
}
