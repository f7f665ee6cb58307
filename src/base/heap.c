/* Memory from malloc that is there, or the process ends. Nothing here knows what it is for. */
#include "base/heap.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void heap_exhausted(size_t wanted) {
  fprintf(stderr, "out of memory: %zu more bytes were wanted\n", wanted);
  abort();
}

/* How many bytes that is; more than a size can say is more than there is. */
static size_t bytes_of(size_t count, size_t size) {
  size_t bytes;
  if (__builtin_mul_overflow(count, size, &bytes)) heap_exhausted(SIZE_MAX);
  return bytes ? bytes : 1;
}

void *heap_zeroed(size_t count, size_t size) {
  size_t bytes = bytes_of(count, size);
  void *zeroed = calloc(1, bytes);
  if (!zeroed) heap_exhausted(bytes);
  return zeroed;
}

void *heap_resized(void *items, size_t count, size_t size) {
  size_t bytes = bytes_of(count, size);
  void *resized = realloc(items, bytes);
  if (!resized) heap_exhausted(bytes);
  return resized;
}

void *heap_copied(const void *items, size_t count, size_t size) {
  void *copy = heap_resized(NULL, count, size);
  return count && size ? memcpy(copy, items, count * size) : copy;
}

char *heap_text(const char *text) { return text ? heap_copied(text, strlen(text) + 1, 1) : NULL; }
