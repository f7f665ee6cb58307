/* Private to exchange/: the envelope of a package. */
#ifndef BIHUAN_EXCHANGE_FERRY_PARTS_H
#define BIHUAN_EXCHANGE_FERRY_PARTS_H

#include <jansson.h> /* before base/json.h */

#include "base/json.h"
#include "exchange/ferry.h"

bool ferry_seal(const char *folder, const struct buffer *json, struct buffer *out, struct label *reason, struct arena *arena);
/* The package's JSON, once everything about it is right; NULL: *reason. To be given back with json_decref. `key` (may be NULL): who signed
   it, in hex. */
json_t *ferry_open(const char *folder, const char *bytes, size_t size, const char *direction, char **key, struct label *reason,
                   struct arena *arena);
char *ferry_base64(struct arena *arena, const void *bytes, size_t size);
void *ferry_from_base64(struct arena *arena, const char *text, size_t *size); /* NULL: it is none */
bool ferry_store_wrong(enum store_error error, struct label *reason); /* false; says why */
int64_t ferry_noted(struct public_store *store, const char *key, struct arena *arena); /* 0 when not there */

#endif
