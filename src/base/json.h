/* Writing JSON. (Reading is jansson's.) The writer keeps the commas; the caller keeps the order.
   Numbers beyond 2^53 and all money and decimals are written as texts by the callers. */
#ifndef BIHUAN_BASE_JSON_H
#define BIHUAN_BASE_JSON_H

#include <stdbool.h>
#include <stdint.h>
#include "base/buffer.h"

/* jansson exports functions of these two names; ours would be called in their place inside it. So our symbols have others,
   and a file that needs both includes <jansson.h> before this header. */
#define json_integer json_write_integer
#define json_null json_write_null

struct json { struct buffer *out; unsigned depth; uint64_t some; /* one bit a depth: a member stands already */ bool after_key; };

struct json json_to(struct buffer *out);
void json_open(struct json *json, char bracket);  /* '{' or '[' */
void json_close(struct json *json, char bracket); /* '}' or ']' */
bool json_open_or_null(struct json *json, bool there); /* '{', or null where there is nothing; says which */
void json_key(struct json *json, const char *key);
void json_name(struct json *json, const char *name); /* a key that is a declared name: there is nothing to escape in it */
void json_name_null(struct json *json, const char *name);
void json_text(struct json *json, const char *text); /* NULL writes null */
void json_text_sized(struct json *json, const char *bytes, size_t size);
void json_integer(struct json *json, int64_t value);
void json_yes_no(struct json *json, bool value);
void json_null(struct json *json);
void json_raw(struct json *json, const char *text); /* text that is JSON already */
/* key and value at once */
void json_pair(struct json *json, const char *key, const char *text);
void json_pair_integer(struct json *json, const char *key, int64_t value);
void json_pair_yes_no(struct json *json, const char *key, bool value);

#endif
