/* A JSON document walked without being parsed whole: values are cut out by their brackets and parsed one by one, so that however many there
   are, no more than one of them lies in memory. What is sent may be hostile: each is bounded, and where it is no JSON is told by line and
   column. Knows nothing of what the values mean. */
#ifndef BIHUAN_EXCHANGE_JSON_CUT_H
#define BIHUAN_EXCHANGE_JSON_CUT_H

#include <jansson.h> /* before base/json.h */
#include <stdbool.h>

#include "base/text.h"

struct json_cut {
  const char *bytes; size_t size, at; /* UTF-8 */
  struct arena *arena;                /* of the sentences */
  size_t value_most, flags;           /* bytes of one value that is parsed; flags of jansson */
  struct label wrong;                 /* the first that is; zh NULL: nothing */
};
struct json_slice { size_t begin, end; };

bool json_cut_refuse(struct json_cut *cut, struct label why); /* false; an earlier reason stands */
/* The next byte that is no blank, 0 at the end. */
char json_cut_next(struct json_cut *cut);
/* Something else was expected here: false. */
bool json_cut_unexpected(struct json_cut *cut, const char *wanted);
/* The next value, passed; whether what lies between is JSON, its parser says. */
struct json_slice json_cut_pass(struct json_cut *cut);
/* The next value, parsed; to be given back with json_decref. NULL: cut->wrong says why. */
json_t *json_cut_value(struct json_cut *cut);

/* From "[" to behind "]": the sink is called before each value and must pass it. false stops. */
typedef bool json_item_sink(struct json_cut *cut, size_t number /* from 1 */, void *with);
bool json_cut_items(struct json_cut *cut, size_t most, json_item_sink *sink, void *with);
/* From "{" to behind "}": called with each name before its value. */
typedef bool json_member_sink(struct json_cut *cut, const char *name, void *with);
bool json_cut_members(struct json_cut *cut, json_member_sink *sink, void *with);
bool json_cut_end(struct json_cut *cut); /* nothing but blanks follows */

#endif
