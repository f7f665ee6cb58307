/* Bytes that grow by doubling, in an arena or on the heap. Knows nothing of what they mean. */
#include "base/buffer.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"

#define FIRST_ROOM 128

/* In an arena the old bytes stay behind until it is reset. */
static void buffer_grow(struct buffer *buffer, size_t more) {
  if (more > PTRDIFF_MAX - buffer->size - 1) heap_exhausted(more);
  size_t needed = buffer->size + more + 1;
  size_t room = buffer->room < FIRST_ROOM ? FIRST_ROOM : buffer->room;
  while (room < needed) room = room > PTRDIFF_MAX / 2 ? needed : room * 2;
  char *bytes;
  if (buffer->arena) {
    bytes = arena_alloc(buffer->arena, room);
    if (buffer->size) memcpy(bytes, buffer->bytes, buffer->size);
  } else {
    bytes = heap_resized(buffer->bytes, room, 1);
  }
  bytes[buffer->size] = 0;
  buffer->bytes = bytes;
  buffer->room = room;
}

static inline void reserve(struct buffer *buffer, size_t more) {
  if (more >= buffer->room - buffer->size) buffer_grow(buffer, more); /* without room there is no size either */
}

void buffer_reserve(struct buffer *buffer, size_t more) { reserve(buffer, more); }

void buffer_add(struct buffer *buffer, const void *bytes, size_t size) {
  reserve(buffer, size);
  if (size) memcpy(buffer->bytes + buffer->size, bytes, size);
  buffer->size += size;
  buffer->bytes[buffer->size] = 0;
}

void buffer_text(struct buffer *buffer, const char *text) {
  buffer_add(buffer, text, text ? strlen(text) : 0);
}

void buffer_byte(struct buffer *buffer, char byte) {
  reserve(buffer, 1);
  buffer->bytes[buffer->size++] = byte;
  buffer->bytes[buffer->size] = 0;
}

void buffer_print(struct buffer *buffer, const char *format, ...) {
  va_list arguments, again;
  va_start(arguments, format);
  va_copy(again, arguments);
  reserve(buffer, FIRST_ROOM / 2);
  size_t left = buffer->room - buffer->size;
  int size = vsnprintf(buffer->bytes + buffer->size, left, format, arguments);
  if (size >= 0 && (size_t)size >= left) {
    reserve(buffer, (size_t)size);
    vsnprintf(buffer->bytes + buffer->size, (size_t)size + 1, format, again);
  }
  if (size > 0) buffer->size += (size_t)size;
  buffer->bytes[buffer->size] = 0;
  va_end(again);
  va_end(arguments);
}

void buffer_clear(struct buffer *buffer) {
  buffer->size = 0;
  if (buffer->bytes) buffer->bytes[0] = 0;
}

void buffer_free(struct buffer *buffer) {
  if (!buffer->arena) free(buffer->bytes);
  *buffer = (struct buffer){.arena = buffer->arena};
}
