/* Bytes that grow. With an arena they live as long as it; without one, until buffer_free.
   `bytes` is always ended by a NUL that `size` does not count. Start with all members zero
   (or only `arena` set). */
#ifndef BIHUAN_BASE_BUFFER_H
#define BIHUAN_BASE_BUFFER_H

#include <stddef.h>
#include "base/arena.h"

struct buffer {
  char *bytes;
  size_t size, room;
  struct arena *arena; /* NULL: malloc */
};

/* Room for `more` bytes and the NUL: who knows how much is coming spares the doubling. */
void buffer_reserve(struct buffer *buffer, size_t more);
void buffer_add(struct buffer *buffer, const void *bytes, size_t size);
void buffer_text(struct buffer *buffer, const char *text);
void buffer_byte(struct buffer *buffer, char byte);
void buffer_print(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buffer_clear(struct buffer *buffer); /* size 0, room kept */
void buffer_free(struct buffer *buffer);  /* of an arena's buffer: only forgets */

#endif
