/* The tree, heads and proofs against answers computed the plain way, without a store. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "store/seal.h"

enum { MOST = 1000, PROVED = 300 };
static uint8_t leaves[MOST][HASH_SIZE];

static void leaves_make(void) {
  for (int i = 0; i < MOST; i++) hash_bytes(leaves[i], &i, sizeof i);
}

/* MTH of RFC 6962 section 2.1, word for word. */
static void naive_root(const uint8_t (*leaf)[HASH_SIZE], size_t count, uint8_t root[HASH_SIZE]) {
  uint8_t pair[2][HASH_SIZE];
  size_t half = 1;
  if (count == 0) {
    hash_bytes(root, "", 0);
    return;
  }
  if (count == 1) {
    memcpy(root, leaf[0], HASH_SIZE);
    return;
  }
  while (2 * half < count) half *= 2;
  naive_root(leaf, half, pair[0]);
  naive_root(leaf + half, count - half, pair[1]);
  hash_prefixed(root, 1, pair[0], HASH_SIZE, pair[1], HASH_SIZE);
}

static size_t naive_path(const uint8_t (*leaf)[HASH_SIZE], size_t at, size_t count, uint8_t path[][HASH_SIZE]) {
  size_t half = 1, below;
  if (count == 1) return 0;
  while (2 * half < count) half *= 2;
  if (at < half) {
    below = naive_path(leaf, at, half, path);
    naive_root(leaf + half, count - half, path[below]);
  } else {
    below = naive_path(leaf + half, at - half, count - half, path);
    naive_root(leaf, half, path[below]);
  }
  return below + 1;
}

static void assert_hash(const uint8_t hash[HASH_SIZE], const char *hex) {
  struct arena *arena = arena_new();
  assert_string_equal(hex_write(arena, hash, HASH_SIZE), hex);
  arena_free(arena);
}

/* The answers that implementations of RFC 6962 are checked with: these eight leaves, as bytes behind 0x00. */
static void known_answers_hold(void **state) {
  static const struct { const char *bytes; size_t size; const char *root; } known[] = {
    {"", 0, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"},
    {"\x00", 1, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"},
    {"\x10", 1, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"},
    {"\x20\x21", 2, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"},
    {"\x30\x31", 2, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"},
    {"\x40\x41\x42\x43", 4, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"},
    {"\x50\x51\x52\x53\x54\x55\x56\x57", 8, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"},
    {"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f", 16, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"},
  };
  struct frontier frontier = {0};
  uint8_t leaf[HASH_SIZE], root[HASH_SIZE];
  frontier_root(&frontier, root);
  assert_hash(root, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  for (size_t i = 0; i < 8; i++) {
    hash_prefixed(leaf, 0, known[i].bytes, known[i].size, NULL, 0);
    frontier_add(&frontier, leaf, NULL, NULL);
    frontier_root(&frontier, root);
    assert_hash(root, known[i].root);
  }
}

static void subtree_is_right(void *with, unsigned level, int64_t position, const uint8_t hash[HASH_SIZE]) {
  uint8_t naive[HASH_SIZE];
  ++*(int *)with;
  naive_root(leaves + (position << level), (size_t)1 << level, naive);
  assert_memory_equal(naive, hash, HASH_SIZE);
}

static void the_frontier_agrees_with_the_plain_tree(void **state) {
  struct frontier frontier = {0};
  uint8_t root[HASH_SIZE], naive[HASH_SIZE];
  int reported = 0, complete = 0;
  for (int size = 1; size <= MOST; size++) {
    frontier_add(&frontier, leaves[size - 1], subtree_is_right, &reported);
    frontier_root(&frontier, root);
    naive_root(leaves, (size_t)size, naive);
    assert_memory_equal(root, naive, HASH_SIZE);
  }
  for (int width = 1; width <= MOST; width *= 2) complete += MOST / width;
  assert_int_equal(reported, complete);
}

/* ---- proofs ---- */

static uint8_t public_key[PUBLIC_KEY_SIZE], secret_key[SECRET_KEY_SIZE];

static struct entry entry_numbered(int64_t number) {
  struct entry entry = {.number = number,
                        .epoch = 1,
                        .moment = 1700000000000000 + number,
                        .actor = 7,
                        .record = number,
                        .version = 1,
                        .set = number,
                        .happened = NOTHING,
                        .type = RECORD_PROBLEM,
                        .action = ACTION_CREATE,
                        .state = 1,
                        .kind = ENTRY_CHANGE,
                        .channel = CHANNEL_API,
                        .body = "{\"f\":{\"2\":[null,\"题\"]}}"};
  entry.body_size = strlen(entry.body);
  memset(entry.salt, (int)(number & 255), sizeof entry.salt);
  seal_entry(&entry);
  return entry;
}

static void head_sign(struct arena *arena, struct tree_head *head) {
  char *line = tree_head_print(arena, head);
  sign_bytes(head->signature, line, (size_t)(strrchr(line, ' ') - line), secret_key);
}

static struct proof proof_of(struct arena *arena, int64_t number, int64_t size) {
  struct proof proof = {.entry = entry_numbered(number), .head = {.size = size, .epoch = 1, .moment = 5, .store_id = "s1"}};
  uint8_t (*tree)[HASH_SIZE] = arena_alloc(arena, (size_t)size * HASH_SIZE);
  for (int64_t i = 0; i < size; i++) memcpy(tree[i], leaves[i], HASH_SIZE);
  memcpy(tree[number - 1], proof.entry.leaf, HASH_SIZE);
  proof.path_count = naive_path((const uint8_t (*)[HASH_SIZE])tree, (size_t)number - 1, (size_t)size, proof.path);
  naive_root((const uint8_t (*)[HASH_SIZE])tree, (size_t)size, proof.head.root);
  return proof;
}

static void every_proof_up_to_300_holds(void **state) {
  struct arena *arena = arena_new();
  struct label reason;
  for (int64_t size = 1; size <= PROVED; size++) {
    for (int64_t number = 1; number <= size; number += 1 + (size > 40) * (number % 7)) {
      struct proof proof = proof_of(arena, number, size);
      assert_true(proof_holds(&proof, NULL, NULL, &reason, arena));
      for (size_t i = 0; i < proof.path_count; i++) {
        proof.path[i][(size_t)number % HASH_SIZE] ^= (uint8_t)(1 << (size % 8));
        assert_false(proof_holds(&proof, NULL, NULL, &reason, arena));
        proof.path[i][(size_t)number % HASH_SIZE] ^= (uint8_t)(1 << (size % 8));
      }
      if (proof.path_count) {
        proof.path_count--;
        assert_false(proof_holds(&proof, NULL, NULL, &reason, arena));
        proof.path_count += 2;
        assert_false(proof_holds(&proof, NULL, NULL, &reason, arena));
      }
      arena_reset(arena);
    }
  }
  arena_free(arena);
}

static void bits_fail(struct proof *proof, void *bytes, size_t size) {
  struct arena *arena = arena_new();
  struct label reason;
  for (size_t bit = 0; bit < 8 * size; bit++) {
    ((uint8_t *)bytes)[bit / 8] ^= (uint8_t)(1 << bit % 8);
    assert_false(proof_holds(proof, NULL, public_key, &reason, arena));
    ((uint8_t *)bytes)[bit / 8] ^= (uint8_t)(1 << bit % 8);
    arena_reset(arena);
  }
  arena_free(arena);
}

static void every_changed_bit_breaks_a_proof(void **state) {
  struct arena *arena = arena_new();
  struct label reason;
  struct proof proof = proof_of(arena, 77, 201);
  struct entry *entry = &proof.entry;
  char *body = arena_copy(arena, entry->body, entry->body_size);
  entry->body = body;
  head_sign(arena, &proof.head);
  assert_true(proof_holds(&proof, NULL, public_key, &reason, arena));
  bits_fail(&proof, body, entry->body_size);
  bits_fail(&proof, entry->salt, sizeof entry->salt);
  bits_fail(&proof, entry->commitment, HASH_SIZE);
  bits_fail(&proof, entry->leaf, HASH_SIZE);
  bits_fail(&proof, proof.path, proof.path_count * HASH_SIZE);
  bits_fail(&proof, proof.head.root, HASH_SIZE);
  bits_fail(&proof, proof.head.signature, SIGNATURE_SIZE);
  bits_fail(&proof, &proof.head.moment, 8);
  bits_fail(&proof, &proof.head.size, 8);
  int64_t *wide[] = {&entry->number, &entry->epoch,  &entry->moment,  &entry->happened, &entry->actor,
                     &entry->behalf, &entry->record, &entry->version, &entry->set,      &entry->batch};
  for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++) bits_fail(&proof, wide[i], 8);
  bits_fail(&proof, &entry->type, 2);
  bits_fail(&proof, &entry->action, 2);
  bits_fail(&proof, &entry->state, 2);
  bits_fail(&proof, &entry->kind, 1);
  bits_fail(&proof, &entry->channel, 1);
  arena_free(arena);
}

static void a_destroyed_body_still_proves_its_header(void **state) {
  struct arena *arena = arena_new();
  struct label reason;
  struct proof proof = proof_of(arena, 3, 9);
  proof.entry.body = NULL;
  proof.entry.body_size = 0;
  memset(proof.entry.salt, 0, sizeof proof.entry.salt);
  assert_true(proof_holds(&proof, NULL, NULL, &reason, arena));
  proof.entry.actor++;
  assert_false(proof_holds(&proof, NULL, NULL, &reason, arena));
  arena_free(arena);
}

static void a_proof_survives_its_file(void **state) {
  struct arena *arena = arena_new();
  struct label reason;
  struct proof proof = proof_of(arena, 150, 299), read;
  head_sign(arena, &proof.head);
  char *text = proof_print(arena, &proof);
  assert_true(proof_parse(arena, text, &read, &reason));
  assert_true(proof_holds(&read, NULL, public_key, &reason, arena));
  assert_string_equal(proof_print(arena, &read), text);
  memset(proof.head.signature, 0, SIGNATURE_SIZE);
  proof.entry.body = NULL;
  text = proof_print(arena, &proof);
  assert_true(proof_parse(arena, text, &read, &reason));
  assert_null(read.entry.body);
  assert_string_equal(proof_print(arena, &read), text);
  arena_free(arena);
}

static void a_wrong_proof_file_is_refused_with_its_reason(void **state) {
  static const char *const wrong[] = {"",
                                      "x",
                                      "[]",
                                      "{}",
                                      "{\"format\":\"bihuan-proof-2\"}",
                                      "{\"format\":\"bihuan-proof-1\",\"algorithm\":\"sm3\"}",
                                      "{\"format\":\"bihuan-proof-1\",\"algorithm\":\"sha-256\",\"entry\":[]}"};
  struct arena *arena = arena_new();
  struct proof proof = proof_of(arena, 2, 5);
  struct label reason;
  for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
    reason = (struct label){NULL, NULL};
    assert_false(proof_parse(arena, wrong[i], &proof, &reason));
    assert_non_null(reason.zh);
    assert_non_null(reason.en);
  }
  proof = proof_of(arena, 2, 5);
  char *text = proof_print(arena, &proof);
  for (size_t cut = 0; cut + 2 < strlen(text); cut += 13) assert_false(proof_parse(arena, arena_copy(arena, text, cut), &proof, &reason));
  arena_free(arena);
}

static void a_tree_head_is_one_line(void **state) {
  struct arena *arena = arena_new();
  struct tree_head head = {.size = 123456789012, .epoch = 2, .moment = 1790000000000001, .store_id = "abcdefghijklmnopqrstuvwxyz234567"},
                   read;
  memcpy(head.root, leaves[4], HASH_SIZE);
  head_sign(arena, &head);
  char *line = tree_head_print(arena, &head);
  assert_true(tree_head_parse(line, &read));
  assert_string_equal(tree_head_print(arena, &read), line);
  assert_true(tree_head_holds(&read, public_key));
  assert_true(tree_head_parse(arena_print(arena, "%s\n", line), &read));
  assert_false(tree_head_parse(arena_print(arena, "%s x", line), &read));
  for (size_t cut = 0; cut < strlen(line); cut++) assert_false(tree_head_parse(arena_copy(arena, line, cut), &read));
  read = head;
  read.moment++;
  assert_false(tree_head_holds(&read, public_key));
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(known_answers_hold),
    cmocka_unit_test(the_frontier_agrees_with_the_plain_tree),
    cmocka_unit_test(every_proof_up_to_300_holds),
    cmocka_unit_test(every_changed_bit_breaks_a_proof),
    cmocka_unit_test(a_destroyed_body_still_proves_its_header),
    cmocka_unit_test(a_proof_survives_its_file),
    cmocka_unit_test(a_wrong_proof_file_is_refused_with_its_reason),
    cmocka_unit_test(a_tree_head_is_one_line),
  };
  base_start();
  sign_new_keys(public_key, secret_key);
  leaves_make();
  return cmocka_run_group_tests(tests, NULL, NULL);
}
