/* Hashes, signatures, random and sealed secrets, against known answers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/hash.h"

static struct arena *arena;
static const uint8_t key[KEY_SIZE] = {1, 2, 3}, other_key[KEY_SIZE] = {3, 2, 1};

static int start(void **state) {
  base_start();
  base_start();
  arena = arena_new();
  return 0;
}
static int stop(void **state) {
  arena_free(arena);
  return 0;
}
static char *hex(const uint8_t hash[HASH_SIZE]) { return hex_write(arena, hash, HASH_SIZE); }

static void sha_256_gives_the_known_answers(void **state) {
  uint8_t hash[HASH_SIZE], again[HASH_SIZE];
  hash_bytes(hash, "", 0);
  assert_string_equal(hex(hash), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  hash_bytes(hash, "abc", 3);
  assert_string_equal(hex(hash), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  hash_two(again, "a", 1, "bc", 2);
  assert_memory_equal(hash, again, HASH_SIZE);
  hash_prefixed(again, 'a', "b", 1, "c", 1);
  assert_memory_equal(hash, again, HASH_SIZE);
  hash_prefixed(again, 'a', "bc", 2, NULL, 0);
  assert_memory_equal(hash, again, HASH_SIZE);
}

static void keyed_hashes_are_hmac(void **state) {
  uint8_t hash[HASH_SIZE], zero[KEY_SIZE] = {0};
  hash_keyed(hash, zero, "", 0);
  assert_string_equal(hex(hash), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

static void fingerprints_never_change(void **state) {
  assert_true(hash_fingerprint("a", 1) != hash_fingerprint("b", 1));
  assert_true(hash_fingerprint("", 0) == UINT64_C(0x4b799402e54eb9b5));
  assert_true(hash_fingerprint("闭环", 6) == UINT64_C(0xfcb3e5fc505d6586));
}

static void files_are_hashed_whole(void **state) {
  char path[] = "/tmp/bihuan-test-XXXXXX";
  uint8_t of_file[HASH_SIZE], of_bytes[HASH_SIZE];
  static char bytes[100000];
  int64_t size = 0;
  int file = mkstemp(path);
  memset(bytes, 'x', sizeof bytes);
  assert_int_equal(write(file, bytes, sizeof bytes), sizeof bytes);
  close(file);
  assert_true(hash_file(of_file, path, &size));
  hash_bytes(of_bytes, bytes, sizeof bytes);
  assert_memory_equal(of_file, of_bytes, HASH_SIZE);
  assert_int_equal(size, sizeof bytes);
  unlink(path);
  assert_false(hash_file(of_file, path, &size));
  assert_false(hash_file(of_file, "/", NULL));
}

static void hex_goes_round_and_bad_hex_is_refused(void **state) {
  static const char *const bad[] = {"", "00", "0001020", "000102030", "0001020g", "00 10203", "+0010203"};
  uint8_t bytes[4];
  assert_true(hex_read("00ffAb10", bytes, 4));
  assert_string_equal(hex_write(arena, bytes, 4), "00ffab10");
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(hex_read(bad[i], bytes, 4));
  assert_false(hex_read(NULL, bytes, 4));
}

static void random_words_have_no_look_alikes(void **state) {
  char *word = random_word(arena, 2000);
  assert_int_equal(strlen(word), 2000);
  assert_int_equal(strspn(word, "abcdefghjkmnpqrstuvwxyz23456789"), 2000);
  assert_string_not_equal(random_word(arena, 16), random_word(arena, 16));
}

static void signatures_hold_for_what_was_signed_only(void **state) {
  uint8_t public_key[PUBLIC_KEY_SIZE], secret_key[SECRET_KEY_SIZE], signature[SIGNATURE_SIZE];
  sign_new_keys(public_key, secret_key);
  sign_bytes(signature, "head 7", 6, secret_key);
  assert_true(sign_holds(signature, "head 7", 6, public_key));
  assert_false(sign_holds(signature, "head 8", 6, public_key));
  signature[3] ^= 1;
  assert_false(sign_holds(signature, "head 7", 6, public_key));
}

static void passwords_hold_for_themselves_only(void **state) {
  char *sealed = password_seal(arena, "正确的密码 1");
  assert_memory_equal(sealed, "$argon2id$v=19$m=19456,t=2,", 27);
  assert_true(password_holds(sealed, "正确的密码 1"));
  assert_false(password_holds(sealed, "正确的密码 2"));
  assert_false(password_holds("", "x"));
  assert_false(password_holds("not a sealed password", "x"));
  assert_false(password_holds(NULL, "x"));
}

static void secrets_open_with_their_key_only(void **state) {
  static const char *const plains[] = {"", "13800138000", "张三，A市A3区"};
  for (size_t i = 0; i < sizeof plains / sizeof *plains; i++) {
    char *sealed = secret_seal(arena, key, 7, plains[i]);
    assert_memory_equal(sealed, "k7:", 3);
    assert_int_equal(secret_key_id(sealed), 7);
    assert_string_equal(secret_open(arena, key, sealed), plains[i]);
    assert_null(secret_open(arena, other_key, sealed));
    assert_string_not_equal(sealed, secret_seal(arena, key, 7, plains[i]));
    sealed[1] = '8'; /* the key's id is sealed too */
    assert_null(secret_open(arena, key, sealed));
  }
}

static void what_is_no_sealed_text_does_not_open(void **state) {
  static const char *const bad[] = {"",       "k",           "k1",
                                    "k1:",    "k1:!!!!",     "1:AAAA",
                                    "k:AAAA", "13800138000", "k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_null(secret_open(arena, key, bad[i]));
  struct secret_keys keys = {.keys = {{1, 2, 3}, {3, 2, 1}}, .held = {true, true}, .newest = 2};
  char *first = secret_seal(arena, key, 1, "13812345678"), *second = secret_seal_newest(arena, &keys, "13812345678");
  assert_int_equal(secret_key_id(second), 2);
  assert_string_equal(secret_open_any(arena, &keys, first), "13812345678");
  assert_string_equal(secret_open_any(arena, &keys, second), "13812345678");
  keys.held[0] = false;
  assert_null(secret_open_any(arena, &keys, first));
  assert_null(secret_open_any(arena, &keys, secret_seal(arena, key, 17, "13812345678"))); /* more than there can be */
  assert_null(secret_open_any(arena, NULL, second));
  assert_true(secret_keys_seal(&keys));
  keys.held[1] = false;
  assert_false(secret_keys_seal(&keys));
  assert_false(secret_keys_seal(NULL));
  assert_null(secret_open(arena, key, NULL));
  assert_int_equal(secret_key_id("13800138000"), 0);
  char *sealed = secret_seal(arena, key, 1, "x");
  sealed[strlen(sealed) - 4] ^= 1;
  assert_null(secret_open(arena, key, sealed));
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(sha_256_gives_the_known_answers),
                                     cmocka_unit_test(keyed_hashes_are_hmac),
                                     cmocka_unit_test(fingerprints_never_change),
                                     cmocka_unit_test(files_are_hashed_whole),
                                     cmocka_unit_test(hex_goes_round_and_bad_hex_is_refused),
                                     cmocka_unit_test(random_words_have_no_look_alikes),
                                     cmocka_unit_test(signatures_hold_for_what_was_signed_only),
                                     cmocka_unit_test(passwords_hold_for_themselves_only),
                                     cmocka_unit_test(secrets_open_with_their_key_only),
                                     cmocka_unit_test(what_is_no_sealed_text_does_not_open)};
  return cmocka_run_group_tests(tests, start, stop);
}
