/* Tree heads: the root of the tree over the journal, signed, so that what leaves the house can be held against the
   journal later. The signing key lies beside the store, never in it and never in a backup of it. Also the hashes of
   parts of the tree, from nodes that the journal keeps. Proofs are in proof.c, checking a whole store in verify.c. */
#include "store/tree.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/signing.h"
#include "store/driver.h"

#define HEAD_WORD "bihuan-tree-head-1"

/* What a head's signature covers, and what its line begins with. */
static char *head_words(struct arena *arena, const struct tree_head *head) {
  return arena_print(arena, HEAD_WORD " %s %" PRId64 " %" PRId64 " %" PRId64 " %s", head->store_id, head->epoch, head->size,
                     head->moment, hex_write(arena, head->root, HASH_SIZE));
}

char *tree_head_print(struct arena *arena, const struct tree_head *head) {
  return arena_print(arena, "%s %s", head_words(arena, head), hex_write(arena, head->signature, SIGNATURE_SIZE));
}

static bool number_read(const char *text, int64_t *out) {
  return text_to_integer(text, out) && *out >= 0;
}

bool tree_head_parse(const char *line, struct tree_head *head) {
  char store[sizeof head->store_id] = "", epoch[21], size[21], moment[21], root[66], signature[130];
  int end = -1;
  memset(head, 0, sizeof *head);
  if (sscanf(line, HEAD_WORD " %32s %20s %20s %20s %65s %129s %n", store, epoch, size, moment, root, signature, &end) != 6 ||
      end < 0 || line[end] != 0)
    return false;
  memcpy(head->store_id, store, sizeof store);
  return number_read(epoch, &head->epoch) && number_read(size, &head->size) && text_to_integer(moment, &head->moment) &&
         hex_read(root, head->root, HASH_SIZE) && hex_read(signature, head->signature, SIGNATURE_SIZE);
}

bool tree_head_holds(const struct tree_head *head, const uint8_t public_key[PUBLIC_KEY_SIZE]) {
  struct arena *arena = arena_new();
  const char *words = head_words(arena, head);
  bool holds = sign_holds(head->signature, words, strlen(words), public_key);
  arena_free(arena);
  return holds;
}

/* ---- keys ---- */

static enum store_error signing_keys(const struct store *store, uint8_t secret_key[SECRET_KEY_SIZE]) {
  if (signing_key_open(store_data(store), secret_key)) return STORE_OK;
  return errno == ENOSPC ? STORE_FULL : STORE_REFUSED;
}

enum store_error tree_public_key(const struct store *store, uint8_t public_key[PUBLIC_KEY_SIZE]) {
  struct arena *arena = arena_new();
  const char *path = arena_print(arena, "%s/keys/signing.pub", store_data(store));
  enum store_error error = access(path, F_OK) != 0 ? STORE_ABSENT : signing_public_read(path, public_key) ? STORE_OK : STORE_REFUSED;
  arena_free(arena);
  return error;
}

/* ---- heads that are kept ---- */

void tree_key(char key[TREE_KEY_SIZE], int64_t size) {
  snprintf(key, TREE_KEY_SIZE, "%020" PRId64, size);
}

enum store_error tree_head_kept(struct store *store, int64_t size, struct tree_head *head) {
  struct arena *arena = arena_new();
  char key[TREE_KEY_SIZE], *line = NULL;
  tree_key(key, size);
  enum store_error error = side_get(store, SIDE_TREE_HEAD, key, arena, &line);
  if (error == STORE_OK && !tree_head_parse(line, head)) error = STORE_BROKEN;
  arena_free(arena);
  return error;
}

static enum store_error head_make(struct store *store, struct reader *reader, struct tree_head *head) {
  struct head now;
  memset(head, 0, sizeof *head);
  enum store_error error = reader_head(reader, &now);
  if (error != STORE_OK) return error;
  head->size = now.number;
  head->epoch = now.epoch;
  head->moment = now.last_moment;
  memcpy(head->store_id, now.store_id, sizeof head->store_id);
  return tree_part(reader, 0, head->size, head->root);
}

enum store_error tree_head_sign(struct store *store, struct reader *reader, struct tree_head *head) {
  struct tree_head kept;
  uint8_t secret_key[SECRET_KEY_SIZE];
  char key[TREE_KEY_SIZE];
  struct arena *arena = arena_new();
  enum store_error error = head_make(store, reader, head);
  if (error != STORE_OK) goto out;
  error = signing_keys(store, secret_key);
  if (error != STORE_OK) goto out;
  if (tree_head_kept(store, head->size, &kept) == STORE_OK && kept.epoch == head->epoch && memcmp(kept.root, head->root, HASH_SIZE) == 0 &&
      tree_head_holds(&kept, secret_key + SECRET_KEY_SIZE - PUBLIC_KEY_SIZE)) {
    *head = kept;
    goto out;
  }
  const char *words = head_words(arena, head);
  sign_bytes(head->signature, words, strlen(words), secret_key);
  tree_key(key, head->size);
  error = side_put(store, SIDE_TREE_HEAD, key, tree_head_print(arena, head), 0);
out:
  memset(secret_key, 0, sizeof secret_key);
  arena_free(arena);
  return error;
}

/* ---- parts of the tree ---- */

struct gathering { struct frontier frontier; };

static bool gather(void *with, int64_t number, const uint8_t leaf[HASH_SIZE]) {
  frontier_add(&((struct gathering *)with)->frontier, leaf, NULL, NULL);
  return true;
}

/* A complete subtree: of nodes kept at the highest level not above it, or of leaves below level 8. */
static enum store_error complete_part(struct reader *reader, int64_t begin, unsigned level, uint8_t hash[HASH_SIZE]) {
  struct gathering gathering = {0};
  enum store_error error = STORE_OK;
  unsigned kept = level - level % 8;
  int64_t first = begin >> kept, count = INT64_C(1) << (level - kept);
  if (kept == 0) {
    error = reader_leaves(reader, begin + 1, count, gather, &gathering);
  } else {
    uint8_t node[HASH_SIZE];
    for (int64_t i = 0; i < count && error == STORE_OK; i++) {
      error = reader_node(reader, kept, first + i, node);
      if (error == STORE_OK) gather(&gathering, 0, node);
    }
  }
  if (error == STORE_ABSENT || (error == STORE_OK && gathering.frontier.size != count)) error = STORE_BROKEN;
  if (error == STORE_OK) frontier_root(&gathering.frontier, hash);
  return error;
}

enum store_error tree_part(struct reader *reader, int64_t begin, int64_t end, uint8_t hash[HASH_SIZE]) {
  int64_t count = end - begin;
  unsigned level = 0;
  uint8_t left[HASH_SIZE];
  if (count == 0) {
    hash_bytes(hash, "", 0);
    return STORE_OK;
  }
  while ((INT64_C(2) << level) <= count) level++;
  int64_t power = INT64_C(1) << level;
  enum store_error error = complete_part(reader, begin, level, power == count ? hash : left);
  if (error != STORE_OK || power == count) return error;
  error = tree_part(reader, begin + power, end, hash);
  if (error == STORE_OK) seal_node(left, hash, hash);
  return error;
}
