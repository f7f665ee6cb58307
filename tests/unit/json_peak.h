/* How much jansson holds at its most: all that it takes is counted, so that a test may say how much of a hostile document lies in memory at
   once. */
#ifndef BIHUAN_TESTS_JSON_PEAK_H
#define BIHUAN_TESTS_JSON_PEAK_H

#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>

static size_t json_held, json_peak;

static inline void *json_counted(size_t size) {
  size_t *bytes = malloc(size + 16);
  if (!bytes) return NULL;
  *bytes = size;
  json_held += size;
  if (json_held > json_peak) json_peak = json_held;
  return (char *)bytes + 16;
}
static inline void json_counted_free(void *given) {
  size_t *bytes = given ? (size_t *)(void *)((char *)given - 16) : NULL;
  if (bytes) json_held -= *bytes;
  free(bytes);
}
static inline void json_peak_begin(void) {
  json_set_alloc_funcs(json_counted, json_counted_free);
  json_held = json_peak = 0;
}
/* Bytes at the most since it was begun; nothing of jansson's may be held any more. */
static inline size_t json_peak_end(void) {
  json_set_alloc_funcs(malloc, free);
  return json_held ? SIZE_MAX : json_peak;
}

#endif
