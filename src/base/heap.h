/* Memory that outlives every arena: what followers, caches and readers of files keep. free() gives it back. None of these
   ever returns NULL: running out of memory ends the process with one line on standard error, as it does in an arena,
   because the journal makes that safe and half-checked returns would not be. Who can do without the memory calls malloc. */
#ifndef BIHUAN_BASE_HEAP_H
#define BIHUAN_BASE_HEAP_H

#include <stddef.h>

/* Ends the process; also for what a library could not make for want of memory. */
_Noreturn void heap_exhausted(size_t wanted);

/* `count` things of `size` bytes, all zero; one byte at least, so that no things are no NULL. */
void *heap_zeroed(size_t count, size_t size) __attribute__((malloc, returns_nonnull));
/* As realloc: `items` may be NULL, what is new has no value yet. */
void *heap_resized(void *items, size_t count, size_t size) __attribute__((returns_nonnull));
/* Copies; of no things it takes a byte, whatever `items` is. */
void *heap_copied(const void *items, size_t count, size_t size) __attribute__((malloc, returns_nonnull));
/* The text's own copy; of NULL it is NULL. */
char *heap_text(const char *text);

#define HEAP_NEW(type) ((type *)heap_zeroed(1, sizeof(type)))

#endif
