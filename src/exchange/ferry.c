/* The envelope: signed by this folder's key, opened only when the trusted key has signed it and not a byte is different. */
#include "exchange/ferry_parts.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/signing.h"
#include "exchange/files.h"

#define WORD "bihuan-ferry-1"
#define KEY_SHOWN 16 /* hex digits of a key in a sentence */

static void digest(uint8_t out[HASH_SIZE], const char *json, size_t size) {
  uint8_t hash[HASH_SIZE];
  hash_bytes(hash, json, size);
  hash_two(out, WORD "\n", sizeof WORD, hash, sizeof hash);
}

bool ferry_seal(const char *folder, const struct buffer *json, struct buffer *out, struct label *reason, struct arena *arena) {
  uint8_t secret_key[SECRET_KEY_SIZE], hash[HASH_SIZE], signature[SIGNATURE_SIZE];
  if (!signing_key_open(folder, secret_key)) {
    *reason = label_print(arena, "“%s/keys”里的签名密钥读不出来。", "the signing key in %s/keys cannot be read.", folder);
    return false;
  }
  digest(hash, json->bytes, json->size);
  sign_bytes(signature, hash, sizeof hash, secret_key);
  buffer_print(out, WORD " %zu %s %s\n", json->size, hex_write(arena, secret_key + SECRET_KEY_SIZE - PUBLIC_KEY_SIZE, PUBLIC_KEY_SIZE),
               hex_write(arena, signature, sizeof signature));
  buffer_add(out, json->bytes, json->size);
  explicit_bzero(secret_key, sizeof secret_key);
  return true;
}

bool ferry_trust(const char *folder, const char *text) {
  uint8_t key[PUBLIC_KEY_SIZE];
  char hex[2 * PUBLIC_KEY_SIZE + 2] = "", path[4096]; /* room for the line end */
  if (sscanf(text, "%64s", hex) != 1 || !hex_read(hex, key, sizeof key) ||
      snprintf(path, sizeof path, "%s/keys/trusted.pub", folder) >= (int)sizeof path)
    return false;
  return file_write_whole(path, strcat(hex, "\n"), 2 * PUBLIC_KEY_SIZE + 1) == STORE_OK;
}

static json_t *wrong(struct label *reason, struct label said) {
  *reason = said;
  return NULL;
}

struct envelope { size_t size; char key[2 * PUBLIC_KEY_SIZE + 1], signature[2 * SIGNATURE_SIZE + 1]; };

static const char *head_read(const char *bytes, size_t size, struct envelope *head) {
  char line[400] = "";
  const char *end = memchr(bytes, '\n', size < sizeof line ? size : sizeof line - 1);
  if (!end) return NULL;
  memcpy(line, bytes, (size_t)(end - bytes));
  return sscanf(line, WORD " %zu %64s %128s", &head->size, head->key, head->signature) == 3 ? end + 1 : NULL;
}

static json_t *body_read(const char *body, size_t size, const char *direction, struct label *reason, struct arena *arena) {
  json_t *json = json_loadb(body, size, JSON_REJECT_DUPLICATES, NULL);
  const char *said = json_string_value(json_object_get(json, "direction"));
  if (said && strcmp(said, direction) == 0) return json;
  *reason = label_print(arena, "这是“%s”方向的包，这里收“%s”的。", "this is a package of %s; here those of %s are taken.",
                        said ? said : "?", direction);
  json_decref(json);
  return NULL;
}

json_t *ferry_open(const char *folder, const char *bytes, size_t size, const char *direction, char **key, struct label *reason,
                   struct arena *arena) {
  uint8_t trusted[PUBLIC_KEY_SIZE], hash[HASH_SIZE], signature[SIGNATURE_SIZE];
  struct envelope head = {0};
  const char *body = head_read(bytes, size, &head);
  if (!body) return wrong(reason, (struct label){"这不是闭环的数据包。", "this is no package of ours."});
  size_t rest = size - (size_t)(body - bytes);
  if (rest != head.size)
    return wrong(reason, label_print(arena, "包不完整：应有 %zu 字节，实有 %zu。",
                                     "the package is not whole: %zu bytes were signed, there are %zu.", head.size, rest));
  if (!signing_public_read(arena_print(arena, "%s/keys/trusted.pub", folder), trusted))
    return wrong(reason, (struct label){"还没有说信任谁：先用 bihuan ferry trust 记下对方公钥。",
                                        "nobody is trusted yet: note the other side's key by bihuan ferry trust."});
  const char *known = hex_write(arena, trusted, sizeof trusted);
  if (strcmp(known, head.key) != 0)
    return wrong(reason,
                 label_print(arena, "由别的密钥签名：信任的是 %.*s…，包是 %.*s…。",
                             "signed by another key: %.*s… is trusted, the package has %.*s….", KEY_SHOWN, known, KEY_SHOWN, head.key));
  digest(hash, body, rest);
  if (!hex_read(head.signature, signature, sizeof signature) || !sign_holds(signature, hash, sizeof hash, trusted))
    return wrong(reason, (struct label){"签名不符：包被改动过。", "the signature does not hold: the package was altered."});
  if (key) *key = arena_text(arena, head.key);
  return body_read(body, rest, direction, reason, arena);
}

char *ferry_base64(struct arena *arena, const void *bytes, size_t size) {
  size_t room = sodium_base64_encoded_len(size, sodium_base64_VARIANT_ORIGINAL);
  char *text = arena_alloc(arena, room);
  return sodium_bin2base64(text, room, bytes, size, sodium_base64_VARIANT_ORIGINAL);
}

void *ferry_from_base64(struct arena *arena, const char *text, size_t *size) {
  size_t room = text ? strlen(text) : 0;
  unsigned char *bytes = arena_alloc(arena, room + 1);
  return text && sodium_base642bin(bytes, room, text, room, NULL, size, NULL, sodium_base64_VARIANT_ORIGINAL) == 0 ? bytes : NULL;
}

bool ferry_store_wrong(enum store_error error, struct label *reason) {
  *reason = store_error_label(error);
  return false;
}

int64_t ferry_noted(struct public_store *store, const char *key, struct arena *arena) {
  char *value = NULL;
  int64_t number = 0;
  return inbox_noted(store, key, arena, &value) == STORE_OK && text_to_integer(value, &number) ? number : 0;
}
