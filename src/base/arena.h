/* Memory with one lifetime: everything of a request, a change set or a command is taken from
   one arena and given back in one place. An arena belongs to one thread at a time. Running out
   of memory ends the process: the journal makes that safe, half-checked returns would not be. */
#ifndef BIHUAN_BASE_ARENA_H
#define BIHUAN_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *arena);  /* NULL is allowed */
void arena_reset(struct arena *arena); /* forgets all, keeps one block for reuse */
size_t arena_size(const struct arena *arena); /* bytes handed out since the last reset */

/* Zeroed, aligned to 16, never NULL. */
void *arena_alloc(struct arena *arena, size_t size);
/* Copies `size` bytes and ends them with a NUL that `size` does not count. */
char *arena_copy(struct arena *arena, const char *bytes, size_t size);
char *arena_text(struct arena *arena, const char *text);
char *arena_print(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprint(struct arena *arena, const char *format, va_list arguments);

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_alloc((arena), (size_t)(count) * sizeof(type)))

#endif
