/* Arrays that grow: one more place, when all are taken. */
#ifndef BIHUAN_BASE_ROOM_H
#define BIHUAN_BASE_ROOM_H

#include <string.h>

#include "base/arena.h"
#include "base/heap.h"

/* A copy with twice the room (`first` at the beginning); the old one stays in the arena until that is given back. Never NULL. */
static inline void *arena_wider(struct arena *arena, const void *items, size_t count, size_t *room, size_t first, size_t size) {
  *room = *room ? *room * 2 : first;
  void *wider = arena_alloc(arena, *room * size);
  if (count) memcpy(wider, items, count * size);
  return wider;
}

/* Afterwards items[count] may be written. `items`, `count` and `room` (size_t) are the array's own, `first` the room it begins with. */
#define ARENA_ROOM(arena, items, count, room, first) \
  do { \
    if ((count) == (room)) (items) = arena_wider((arena), (items), (count), &(room), (first), sizeof *(items)); \
  } while (0)

/* The same of an array that free() gives back. */
static inline void *heap_wider(void *items, size_t *room, size_t first, size_t size) {
  *room = *room ? *room * 2 : first;
  return heap_resized(items, *room, size);
}
#define HEAP_ROOM(items, count, room, first) \
  do { \
    if ((count) == (room)) (items) = heap_wider((items), &(room), (first), sizeof *(items)); \
  } while (0)

#endif
