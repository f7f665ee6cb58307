/* What an entry is sealed with. The formats below are what signatures and printed proofs rest on: they are never
   changed; another layout would get another format byte. Nothing here reads or writes a store.

   Header, 90 bytes, every integer big-endian two's complement:
      0   1  format, 1
      1   1  algorithm of all hashes: 1 SHA-256; 2 is kept for SM3
      2   8  number
     10   8  epoch
     18   8  moment        microseconds since 1970, UTC
     26   8  happened      the same; INT64_MIN: as moment
     34   8  actor
     42   8  behalf
     50   8  record
     58   8  version
     66   8  set
     74   8  batch
     82   2  type
     84   2  action
     86   2  state
     88   1  kind
     89   1  channel
   Salt (16 bytes) and body stay out of it:
     commitment = H(salt ‖ body), leaf = H(0x00 ‖ header ‖ commitment), node = H(0x01 ‖ left ‖ right).
   So the body of an entry can be destroyed with its salt, and every proof still holds. */
#include "store/seal.h"

#include <string.h>

enum { FORMAT = 1, ALGORITHM_SHA_256 = 1 };
enum { LEAF_PREFIX = 0, NODE_PREFIX = 1 };

static uint8_t *put(uint8_t *at, uint64_t value, unsigned bytes) {
  for (unsigned i = bytes; i-- > 0; value >>= 8) at[i] = (uint8_t)value;
  return at + bytes;
}

void seal_header(const struct entry *entry, uint8_t header[SEAL_HEADER_SIZE]) {
  const int64_t wide[] = {entry->number, entry->epoch, entry->moment, entry->happened, entry->actor,
                          entry->behalf, entry->record, entry->version, entry->set, entry->batch};
  _Static_assert(2 + sizeof wide + 8 == SEAL_HEADER_SIZE, "the layout above");
  uint8_t *at = header;
  at = put(at, FORMAT, 1);
  at = put(at, ALGORITHM_SHA_256, 1);
  for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++) at = put(at, (uint64_t)wide[i], 8);
  at = put(at, entry->type, 2);
  at = put(at, entry->action, 2);
  at = put(at, entry->state, 2);
  at = put(at, entry->kind, 1);
  put(at, entry->channel, 1);
}

void seal_commitment(const struct entry *entry, uint8_t commitment[HASH_SIZE]) {
  hash_two(commitment, entry->salt, sizeof entry->salt, entry->body, entry->body_size);
}

void seal_leaf(const struct entry *entry, uint8_t leaf[HASH_SIZE]) {
  uint8_t header[SEAL_HEADER_SIZE];
  seal_header(entry, header);
  hash_prefixed(leaf, LEAF_PREFIX, header, sizeof header, entry->commitment, HASH_SIZE);
}

void seal_entry(struct entry *entry) {
  seal_commitment(entry, entry->commitment);
  seal_leaf(entry, entry->leaf);
}

void seal_node(const uint8_t left[HASH_SIZE], const uint8_t right[HASH_SIZE], uint8_t node[HASH_SIZE]) {
  hash_prefixed(node, NODE_PREFIX, left, HASH_SIZE, right, HASH_SIZE);
}

/* Adding a leaf is adding one to a binary number: every carry completes the subtree of the next level. */
void frontier_add(struct frontier *frontier, const uint8_t leaf[HASH_SIZE],
                  void (*complete)(void *with, unsigned level, int64_t position, const uint8_t hash[HASH_SIZE]), void *with) {
  uint8_t hash[HASH_SIZE];
  unsigned level = 0;
  memcpy(hash, leaf, HASH_SIZE);
  if (complete) complete(with, 0, frontier->size, hash);
  for (; frontier->size >> level & 1; ) {
    seal_node(frontier->node[level], hash, hash);
    level++;
    if (complete) complete(with, level, frontier->size >> level, hash);
  }
  memcpy(frontier->node[level], hash, HASH_SIZE);
  frontier->size++;
}

void frontier_root(const struct frontier *frontier, uint8_t root[HASH_SIZE]) {
  bool some = false;
  for (unsigned level = 0; level < 63; level++) {
    if (!(frontier->size >> level & 1)) continue;
    if (some) seal_node(frontier->node[level], root, root);
    else memcpy(root, frontier->node[level], HASH_SIZE);
    some = true;
  }
  if (!some) hash_bytes(root, "", 0);
}
