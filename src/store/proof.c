/* Proofs: that one entry stands in the journal a signed head speaks of. A proof is a file that needs no store: body
   and salt give the commitment, header and commitment the leaf, leaf and path the root, the key its signature.
   Made and checked here; written in proof_print.c, read in proof_parse.c. */
#include <inttypes.h>
#include <string.h>

#include "store/driver.h"
#include "store/tree.h"

static struct label say(const char *zh, const char *en) {
  return (struct label){zh, en};
}

/* ---- making ---- */


struct keeping { struct proof *proof; struct arena *arena; };

static bool keep_entry(void *with, const struct entry *entry) {
  struct keeping *keeping = with;
  keeping->proof->entry = *entry;
  if (entry->body) keeping->proof->entry.body = arena_copy(keeping->arena, entry->body, entry->body_size);
  return true;
}

/* PATH(m, D[n]) of RFC 6962, from the top down, then turned round: the file lists it from the leaf up. */
static enum store_error path_make(struct reader *reader, int64_t leaf, int64_t size, struct proof *proof) {
  uint8_t path[64][HASH_SIZE];
  size_t count = 0;
  int64_t begin = 0, end = size;
  enum store_error error = STORE_OK;
  while (end - begin > 1 && error == STORE_OK) {
    int64_t half = 1;
    while (2 * half < end - begin) half *= 2;
    if (leaf < begin + half) {
      error = tree_part(reader, begin + half, end, path[count++]);
      end = begin + half;
    } else {
      error = tree_part(reader, begin, begin + half, path[count++]);
      begin += half;
    }
  }
  proof->path_count = count;
  for (size_t i = 0; i < count; i++) memcpy(proof->path[i], path[count - 1 - i], HASH_SIZE);
  return error;
}

static enum store_error head_find(struct store *store, struct reader *reader, const struct head *now, int64_t size,
                                  struct tree_head *head) {
  if (size == now->number) return tree_head_sign(store, reader, head);
  enum store_error error = tree_head_kept(store, size, head);
  if (error != STORE_ABSENT) return error;
  memset(head, 0, sizeof *head);
  head->size = size;
  head->epoch = now->epoch;
  memcpy(head->store_id, now->store_id, sizeof head->store_id);
  return tree_part(reader, 0, size, head->root);
}

enum store_error proof_make(struct store *store, struct reader *reader, int64_t number, int64_t size, struct arena *arena, struct proof *proof) {
  struct head now;
  struct keeping keeping = {proof, arena};
  memset(proof, 0, sizeof *proof);
  enum store_error error = reader_head(reader, &now);
  if (error != STORE_OK) return error;
  if (size == 0) size = now.number;
  if (number < 1 || number > size || size > now.number) return STORE_ABSENT;
  error = reader_journal(reader, number - 1, 1, keep_entry, &keeping);
  if (error == STORE_OK && proof->entry.number != number) error = STORE_ABSENT;
  if (error == STORE_OK) error = path_make(reader, number - 1, size, proof);
  if (error == STORE_OK) error = head_find(store, reader, &now, size, &proof->head);
  return error;
}

/* ---- checking ---- */

/* From the leaf up, as RFC 9162 section 2.1.3.2 has it; a path of the wrong length does not arrive. */
static bool path_arrives(const struct proof *proof, const struct tree_head *head) {
  int64_t at = proof->entry.number - 1, last = head->size - 1;
  uint8_t hash[HASH_SIZE];
  if (at < 0 || at > last || proof->path_count > 64) return false;
  memcpy(hash, proof->entry.leaf, HASH_SIZE);
  for (size_t i = 0; i < proof->path_count; i++, at >>= 1, last >>= 1) {
    if (last == 0) return false;
    if (!(at & 1) && at != last) {
      seal_node(hash, proof->path[i], hash);
      continue;
    }
    seal_node(proof->path[i], hash, hash);
    while (!(at & 1) && at != 0) at >>= 1, last >>= 1;
  }
  return last == 0 && memcmp(hash, head->root, HASH_SIZE) == 0;
}

bool proof_holds(const struct proof *proof, const struct tree_head *head, const uint8_t *public_key, struct label *reason,
                 struct arena *arena) {
  const struct entry *entry = &proof->entry;
  uint8_t commitment[HASH_SIZE], leaf[HASH_SIZE];
  if (!head) head = &proof->head;
  if (entry->body) {
    seal_commitment(entry, commitment);
    if (memcmp(commitment, entry->commitment, HASH_SIZE) != 0)
      return *reason = say("内容或盐与承诺值不符：内容被改动过", "body and salt do not give the commitment: the contents were altered"), false;
  }
  seal_leaf(entry, leaf);
  if (memcmp(leaf, entry->leaf, HASH_SIZE) != 0)
    return *reason = say("条目的要素与叶值不符：何时、何人、何事被改动过", "the header does not give the leaf: when, who or what was altered"), false;
  if (entry->number > head->size)
    return *reason = label_print(arena, "第%" PRId64 "号条目不在只有%" PRId64 "条的树里：要用更晚的树根",
                                 "entry %" PRId64 " is not in a tree of %" PRId64 ": use a later head", entry->number, head->size),
           false;
  if (!path_arrives(proof, head))
    return *reason = label_print(arena, "第%" PRId64 "号条目顺路径算出的根与所签的树根（%" PRId64 "条）不同",
                                 "the path from entry %" PRId64 " does not arrive at the root of the tree of %" PRId64, entry->number,
                                 head->size),
           false;
  if (public_key && !tree_head_holds(head, public_key))
    return *reason = say("树根的签名与公钥不符", "the head's signature does not hold for this key"), false;
  *reason = entry->body ? say("证明成立", "the proof holds")
                        : say("证明成立；证明里没有内容（已依规销毁，或出具人看不到），只证明条目的要素",
                              "the proof holds; the contents are not in it (destroyed, or not for who took it), only the header is proved");
  return true;
}
