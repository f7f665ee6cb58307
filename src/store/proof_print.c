/* A proof as a file, for ever in this form: a JSON object with format "bihuan-proof-1"; algorithm "sha-256"; entry (the
   header's integers by name, null for none; salt, body, commitment and leaf in hexadecimal, body null once destroyed);
   path (hashes from the leaf up); size and root of the tree; tree_head (its signed line, null where it has none).
   Only writes; proof_parse.c reads. */
#include <stddef.h>
#include <string.h>

#include "base/json.h"
#include "store/proof.h"

#define WIDE(member) {#member, offsetof(struct entry, member), 8, INT64_MIN, INT64_MAX}
#define NARROW(member, most) {#member, offsetof(struct entry, member), (most) > UINT8_MAX ? 2 : 1, 0, most}
const struct proof_part proof_parts[] = {
  WIDE(number), WIDE(epoch), WIDE(moment), WIDE(happened), WIDE(actor), WIDE(behalf), WIDE(record), WIDE(version), WIDE(set), WIDE(batch),
  NARROW(type, UINT16_MAX), NARROW(action, UINT16_MAX), NARROW(state, UINT16_MAX), NARROW(kind, UINT8_MAX), NARROW(channel, UINT8_MAX),
};
_Static_assert(sizeof proof_parts / sizeof proof_parts[0] == PROOF_PARTS, "every integer of the header");

static int64_t part_get(const struct entry *entry, const struct proof_part *part) {
  const char *at = (const char *)entry + part->offset;
  int64_t wide;
  uint16_t two;
  if (part->size == 1) return *(const uint8_t *)at;
  if (part->size == 2) return memcpy(&two, at, 2), two;
  return memcpy(&wide, at, 8), wide;
}

static void pair_hex(struct json *json, struct arena *arena, const char *key, const void *bytes, size_t size) {
  json_pair(json, key, bytes ? hex_write(arena, bytes, size) : NULL);
}

static void entry_print(struct json *json, struct arena *arena, const struct entry *entry) {
  json_open(json, '{');
  for (size_t i = 0; i < PROOF_PARTS; i++) {
    int64_t value = part_get(entry, &proof_parts[i]);
    json_key(json, proof_parts[i].name);
    if (value == NOTHING) json_null(json);
    else json_integer(json, value);
  }
  pair_hex(json, arena, "salt", entry->salt, sizeof entry->salt);
  pair_hex(json, arena, "body", entry->body, entry->body_size);
  pair_hex(json, arena, "commitment", entry->commitment, HASH_SIZE);
  pair_hex(json, arena, "leaf", entry->leaf, HASH_SIZE);
  json_close(json, '}');
}

static bool head_signed(const struct tree_head *head) {
  static const uint8_t none[SIGNATURE_SIZE];
  return memcmp(head->signature, none, sizeof none) != 0;
}

char *proof_print(struct arena *arena, const struct proof *proof) {
  struct buffer out = {.arena = arena};
  struct json json = json_to(&out);
  json_open(&json, '{');
  json_pair(&json, "format", PROOF_FORMAT);
  json_pair(&json, "algorithm", PROOF_ALGORITHM);
  json_key(&json, "entry");
  entry_print(&json, arena, &proof->entry);
  json_key(&json, "path");
  json_open(&json, '[');
  for (size_t i = 0; i < proof->path_count; i++) json_text(&json, hex_write(arena, proof->path[i], HASH_SIZE));
  json_close(&json, ']');
  json_pair_integer(&json, "size", proof->head.size);
  pair_hex(&json, arena, "root", proof->head.root, HASH_SIZE);
  json_pair(&json, "tree_head", head_signed(&proof->head) ? tree_head_print(arena, &proof->head) : NULL);
  json_close(&json, '}');
  buffer_byte(&out, '\n');
  return out.bytes;
}
