/* The public store and its packages, without any server: revisions, lists, pictures that stand because something names them, sealed texts,
   codes, and a package that is altered at any byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/code_word.h"
#include "base/folder.h"
#include "base/signing.h"
#include "exchange/ferry.h"

struct world { struct arena *arena; char inner[64], outer[64]; struct public_store *from, *to; };
static int world_open(void **state) {
  struct world *world = calloc(1, sizeof *world);
  uint8_t key[SECRET_KEY_SIZE];
  base_start();
  world->arena = arena_new();
  strcpy(world->inner, "/tmp/bihuan-unit-XXXXXX");
  strcpy(world->outer, "/tmp/bihuan-unit-XXXXXX");
  assert_non_null(mkdtemp(world->inner));
  assert_non_null(mkdtemp(world->outer));
  assert_int_equal(public_open(world->inner, &world->from), STORE_OK);
  assert_int_equal(public_open(world->outer, &world->to), STORE_OK);
  assert_true(signing_key_open(world->inner, key));
  assert_true(folder_make(arena_print(world->arena, "%s/keys", world->outer)));
  assert_true(ferry_trust(world->outer, hex_write(world->arena, key + SECRET_KEY_SIZE - PUBLIC_KEY_SIZE, PUBLIC_KEY_SIZE)));
  *state = world;
  return 0;
}
static int world_close(void **state) {
  struct world *world = *state;
  public_close(world->from);
  public_close(world->to);
  assert_int_equal(system(arena_print(world->arena, "rm -rf %s %s", world->inner, world->outer)), 0);
  arena_free(world->arena);
  free(world);
  return 0;
}

static void problem_put(struct world *world, const char *key, const char *body) {
  struct public_item item = {.kind = "problem", .key = key, .body = body};
  struct public_state state = {.journal = 7, .moment = 9};
  assert_int_equal(public_write(world->from, &item, 1, NULL, 0, &state), STORE_OK);
}
static bool count_problem(void *with, int64_t id, int64_t order, const char *body) {
  (void)id, (void)order, (void)body;
  ++*(int *)with;
  return true;
}
static int problems(struct public_store *store, struct public_query query) {
  int count = 0;
  assert_int_equal(public_problems(store, &query, count_problem, &count), STORE_OK);
  return count;
}
static struct buffer package(struct world *world, int64_t again) {
  struct buffer out = {.arena = world->arena};
  struct ferry_told told;
  struct label reason = {0};
  if (!ferry_contents_write(world->from, again, &out, &told, &reason, world->arena)) fail_msg("%s", reason.en);
  return out;
}
static bool take(struct world *world, const struct buffer *bytes, struct ferry_told *told, struct label *reason) {
  return ferry_contents_take(world->to, bytes->bytes, bytes->size, told, reason, world->arena);
}

static void what_stands_already_gets_no_new_revision(void **state) {
  struct world *world = *state;
  struct public_state before, after;
  problem_put(world, "5", "{\"ongoing\":true,\"order\":1,\"standing\":1,\"category\":4,\"district\":3}");
  assert_int_equal(public_state_read(world->from, &before), STORE_OK);
  problem_put(world, "5", "{\"ongoing\":true,\"order\":1,\"standing\":1,\"category\":4,\"district\":3}");
  assert_int_equal(public_state_read(world->from, &after), STORE_OK);
  assert_int_equal(before.revision, after.revision);
  assert_int_equal(problems(world->from, (struct public_query){0}), 1);
  assert_int_equal(problems(world->from, (struct public_query){.district = 3, .category = 4, .standing = STANDING_SOLVED}), 1);
  assert_int_equal(problems(world->from, (struct public_query){.district = 4}), 0);
  assert_int_equal(problems(world->from, (struct public_query){.results = true}), 0);
  problem_put(world, "5", NULL);
  assert_int_equal(problems(world->from, (struct public_query){0}), 0);
}

static void a_picture_stands_as_long_as_something_names_it(void **state) {
  struct world *world = *state;
  struct public_item item = {.kind = "problem", .key = "5", .body = "{\"ongoing\":true,\"after\":[{\"picture\":\"aa\"}]}"};
  struct public_picture picture = {"aa", "image/png", "bytes", 5}, stray = {"bb", "image/png", "other", 5}, found;
  const struct public_picture both[] = {picture, stray};
  struct public_state at = {.journal = 1};
  assert_int_equal(public_write(world->from, &item, 1, both, 2, &at), STORE_OK);
  assert_int_equal(public_picture_read(world->from, "aa", world->arena, &found), STORE_OK);
  assert_int_equal(found.size, 5);
  assert_int_equal(public_picture_read(world->from, "bb", world->arena, &found), STORE_ABSENT);
  problem_put(world, "5", NULL);
  assert_int_equal(public_picture_read(world->from, "aa", world->arena, &found), STORE_ABSENT);
}

static void a_package_brings_what_is_there_and_again_nothing(void **state) {
  struct world *world = *state;
  struct ferry_told told;
  struct label reason = {0};
  problem_put(world, "5", "{\"ongoing\":true,\"order\":1}");
  struct buffer first = package(world, 0);
  assert_true(take(world, &first, &told, &reason));
  assert_true(told.whole);
  assert_int_equal(problems(world->to, (struct public_query){0}), 1);
  assert_true(take(world, &first, &told, &reason));
  assert_true(told.before);
  problem_put(world, "5", NULL);
  problem_put(world, "6", "{\"ongoing\":true,\"order\":2}");
  struct buffer second = package(world, 0);
  problem_put(world, "7", "{\"ongoing\":true,\"order\":3}");
  struct buffer third = package(world, 0);
  assert_false(take(world, &third, &told, &reason));
  assert_non_null(strstr(reason.en, "package 2 is missing"));
  struct buffer again = package(world, 2);
  assert_true(take(world, &again, &told, &reason));
  assert_false(told.whole);
  assert_int_equal(problems(world->to, (struct public_query){0}), 2);
  assert_true(take(world, &second, &told, &reason) && told.before);
  assert_true(take(world, &first, &told, &reason) && told.before);
  assert_int_equal(problems(world->to, (struct public_query){0}), 2);
}

static void a_store_made_anew_sends_all_and_what_is_not_in_it_goes(void **state) {
  struct world *world = *state;
  struct ferry_told told;
  struct label reason = {0};
  problem_put(world, "5", "{\"ongoing\":true,\"order\":1}");
  struct buffer first = package(world, 0);
  assert_true(take(world, &first, &told, &reason));
  assert_int_equal(public_begin_anew(world->from, "again"), STORE_OK);
  problem_put(world, "6", "{\"ongoing\":true,\"order\":1}");
  struct buffer second = package(world, 0);
  assert_true(take(world, &second, &told, &reason));
  assert_true(told.whole);
  assert_int_equal(problems(world->to, (struct public_query){0}), 1);
  char *body = NULL;
  assert_int_equal(public_item_read(world->to, "problem", "5", world->arena, &body), STORE_ABSENT);
}

static void a_package_altered_at_any_byte_is_refused_with_a_reason(void **state) {
  struct world *world = *state;
  struct ferry_told told;
  problem_put(world, "5", "{\"ongoing\":true,\"order\":1}");
  struct buffer whole = package(world, 0);
  for (size_t i = 0; i < whole.size; i++) {
    struct label reason = {0};
    struct buffer altered = {.bytes = arena_copy(world->arena, whole.bytes, whole.size), .size = whole.size};
    altered.bytes[i] ^= 1;
    if (take(world, &altered, &told, &reason)) fail_msg("byte %zu of %zu may be altered", i, whole.size);
    assert_non_null(reason.zh);
  }
  for (size_t size = 0; size < whole.size; size += 3) {
    struct label reason = {0};
    struct buffer cut = {.bytes = whole.bytes, .size = size};
    assert_false(take(world, &cut, &told, &reason));
  }
  assert_int_equal(problems(world->to, (struct public_query){0}), 0);
}

static void what_is_sealed_is_opened_by_its_key_alone(void **state) {
  struct world *world = *state;
  uint8_t secret[SECRET_KEY_SIZE], other[SECRET_KEY_SIZE];
  size_t size = 0;
  assert_true(signing_key_open(world->inner, secret));
  assert_true(signing_key_open(world->outer, other));
  char *sealed = sealed_for(world->arena, secret + SECRET_KEY_SIZE - PUBLIC_KEY_SIZE, "墙角还在渗水", strlen("墙角还在渗水"));
  assert_null(strstr(sealed, "渗水"));
  assert_string_equal(sealed_open(world->arena, secret, sealed, &size), "墙角还在渗水");
  assert_null(sealed_open(world->arena, other, sealed, &size));
  sealed[10] = sealed[10] == 'A' ? 'B' : 'A';
  assert_null(sealed_open(world->arena, secret, sealed, &size));
  assert_null(sealed_open(world->arena, secret, "not base64!", &size));
}

static void a_code_is_read_however_it_is_typed(void **state) {
  struct world *world = *state;
  char *code = code_word_new(world->arena), *hash = code_word_hash(world->arena, code);
  static const char *const WRONG[] = {"", "abc", "k3m9-p2xq-7ahdd", "k3m9_p2xq_7ahd", "k3m9-p2xq-7ah"};
  assert_int_equal(strlen(code), 14);
  assert_string_equal(code_word_hash(world->arena, "K3M9 P2XQ 7AHD"), code_word_hash(world->arena, "k3m9-p2xq-7ahd"));
  assert_string_equal(code_word_hash(world->arena, "Ｋ３Ｍ９－Ｐ２ＸＱ－７ＡＨＤ"), code_word_hash(world->arena, "k3m9p2xq7ahd"));
  assert_string_not_equal(hash, code_word_hash(world->arena, "k3m9-p2xq-7ahd"));
  for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) assert_null(code_word_hash(world->arena, WRONG[i]));
}

static bool count_entry(void *with, const struct inbox_entry *entry) {
  (void)entry;
  ++*(int *)with;
  return true;
}
static void the_inbox_numbers_without_gaps_and_counts_by_address(void **state) {
  struct world *world = *state;
  struct inbox_entry entry = {.kind = "objection", .tracking = "t", .sealed = "s", .received = 20780 * MOMENT_DAY};
  enum inbox_answer answer;
  int64_t number = 0, until = 0;
  int waiting = 0;
  for (int i = 1; i <= 3; i++) {
    assert_int_equal(inbox_add(world->to, &entry, "10.0.0.1", 3, &answer, &number), STORE_OK);
    assert_int_equal(answer, INBOX_TAKEN);
    assert_int_equal(number, i);
  }
  assert_int_equal(inbox_add(world->to, &entry, "10.0.0.1", 3, &answer, &number), STORE_OK);
  assert_int_equal(answer, INBOX_TOO_MANY);
  assert_int_equal(inbox_add(world->to, &entry, "10.0.0.2", 3, &answer, &number), STORE_OK);
  assert_int_equal(number, 4);
  entry.received += MOMENT_DAY;
  assert_int_equal(inbox_add(world->to, &entry, "10.0.0.1", 3, &answer, &number), STORE_OK);
  assert_int_equal(answer, INBOX_TAKEN);
  assert_int_equal(inbox_done(world->to, inbox_portal(world->to), 1), STORE_OK);
  assert_int_equal(inbox_done(world->to, inbox_portal(world->to), 3), STORE_OK);
  assert_int_equal(inbox_taken_until(world->to, inbox_portal(world->to), &until), STORE_OK);
  assert_int_equal(until, 1);
  assert_int_equal(inbox_list(world->to, NULL, 0, false, count_entry, &waiting), STORE_OK);
  assert_int_equal(waiting, 3);
}

int main(void) {
#define EACH(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
  const struct CMUnitTest tests[] = {EACH(what_stands_already_gets_no_new_revision),
                                     EACH(a_picture_stands_as_long_as_something_names_it),
                                     EACH(a_package_brings_what_is_there_and_again_nothing),
                                     EACH(a_store_made_anew_sends_all_and_what_is_not_in_it_goes),
                                     EACH(a_package_altered_at_any_byte_is_refused_with_a_reason),
                                     EACH(what_is_sealed_is_opened_by_its_key_alone),
                                     EACH(a_code_is_read_however_it_is_typed),
                                     EACH(the_inbox_numbers_without_gaps_and_counts_by_address)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
