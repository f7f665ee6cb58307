/* Arenas: blocks of growing size, handed out from the front, given back together. Nothing in here is
   freed one by one, and nothing here locks: an arena belongs to one thread at a time. */
#include "base/arena.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer) && !defined(__SANITIZE_ADDRESS__)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
/* What an arena has not handed out is out of bounds, as with malloc. */
#define HIDE(bytes, size) ASAN_POISON_MEMORY_REGION((bytes), (size))
#define SHOW(bytes, size) ASAN_UNPOISON_MEMORY_REGION((bytes), (size))
#else
#define HIDE(bytes, size) ((void)0)
#define SHOW(bytes, size) ((void)0)
#endif

#define ALIGNMENT 16
#define FIRST_BLOCK ((size_t)16 << 10)
#define LARGEST_BLOCK ((size_t)1 << 20) /* growing stops here; also the largest block a reset keeps */

struct block {
  struct block *before;
  size_t room, used;
  _Alignas(ALIGNMENT) unsigned char bytes[];
};

struct arena {
  struct block *block; /* the one being handed out from; NULL before the first use */
  size_t next_room, size;
};

static struct block *block_new(size_t room) {
  struct block *block = malloc(sizeof *block + room);
  if (!block) heap_exhausted(room);
  *block = (struct block){.room = room};
  HIDE(block->bytes, room);
  return block;
}

static void block_free(struct block *block) {
  SHOW(block->bytes, block->room);
  free(block);
}

struct arena *arena_new(void) {
  struct arena *arena = malloc(sizeof *arena);
  if (!arena) heap_exhausted(sizeof *arena);
  *arena = (struct arena){.next_room = FIRST_BLOCK};
  return arena;
}

void arena_free(struct arena *arena) {
  if (!arena) return;
  for (struct block *block = arena->block, *before; block; block = before) {
    before = block->before;
    block_free(block);
  }
  free(arena);
}

/* Keeps the largest ordinary block: a request that needed much is likely to be followed by another. */
void arena_reset(struct arena *arena) {
  struct block *kept = NULL;
  for (struct block *block = arena->block, *before; block; block = before) {
    before = block->before;
    bool better = block->room <= LARGEST_BLOCK && (!kept || block->room > kept->room);
    if (better && kept) block_free(kept);
    if (better) kept = block;
    else block_free(block);
  }
  if (kept) {
    HIDE(kept->bytes, kept->room);
    kept->before = NULL;
    kept->used = 0;
  }
  arena->block = kept;
  arena->size = 0;
}

size_t arena_size(const struct arena *arena) { return arena->size; }

/* A piece larger than the next block gets a block of its own behind the current one, which stays in use. */
static struct block *block_for(struct arena *arena, size_t size) {
  struct block *block;
  if (size > arena->next_room / 2 && arena->block) {
    block = block_new(size);
    block->before = arena->block->before;
    arena->block->before = block;
    return block;
  }
  while (arena->next_room < size && arena->next_room < LARGEST_BLOCK) arena->next_room *= 2;
  block = block_new(size > arena->next_room ? size : arena->next_room);
  if (arena->next_room < LARGEST_BLOCK) arena->next_room *= 2;
  block->before = arena->block;
  arena->block = block;
  return block;
}

/* Whatever stood there before. */
static void *arena_take(struct arena *arena, size_t size) {
  if (size > PTRDIFF_MAX - 64 * ALIGNMENT) heap_exhausted(size);
  size_t rounded = (size + (size == 0) + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
  struct block *block = arena->block;
  if (!block || block->room - block->used < rounded) block = block_for(arena, rounded);
  void *bytes = block->bytes + block->used;
  block->used += rounded;
  arena->size += rounded;
  SHOW(bytes, size);
  return bytes;
}

void *arena_alloc(struct arena *arena, size_t size) { return memset(arena_take(arena, size), 0, size); }

char *arena_copy(struct arena *arena, const char *bytes, size_t size) {
  if (size == SIZE_MAX) heap_exhausted(size);
  char *copy = arena_take(arena, size + 1);
  if (size) memcpy(copy, bytes, size);
  copy[size] = 0;
  return copy;
}

char *arena_text(struct arena *arena, const char *text) {
  return text ? arena_copy(arena, text, strlen(text)) : NULL;
}

char *arena_vprint(struct arena *arena, const char *format, va_list arguments) {
  char small[256];
  va_list again;
  va_copy(again, arguments);
  int size = vsnprintf(small, sizeof small, format, arguments);
  char *text;
  if (size < 0) {
    text = arena_text(arena, format); /* only an impossible wide character or size comes here: say what can be said */
  } else if ((size_t)size < sizeof small) {
    text = arena_copy(arena, small, (size_t)size);
  } else {
    text = arena_alloc(arena, (size_t)size + 1);
    vsnprintf(text, (size_t)size + 1, format, again);
  }
  va_end(again);
  return text;
}

char *arena_print(struct arena *arena, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  char *text = arena_vprint(arena, format, arguments);
  va_end(arguments);
  return text;
}
