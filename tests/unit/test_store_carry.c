/* A store carried into an empty one, from each engine to each: rows with long texts and members, entries, the tree, side values, audit; and
   who goes on there. */
#include "store/seal.h"
#include "test_store_postgres.h"

static bool sum_entry(void *with, const struct entry *entry) {
  uint8_t *sum = with;
  for (size_t i = 0; i < HASH_SIZE; i++)
    sum[i] = (uint8_t)(sum[i] * 31 + entry->leaf[i] + entry->salt[i % 16] +
                       (entry->body_size ? (uint8_t)entry->body[entry->body_size - 1] : 0));
  return true;
}
struct rows_seen { struct place *place; struct reader *other; size_t count; };
static bool row_seen(void *with, const struct row *row) {
  struct rows_seen *seen = with;
  struct row *there = NULL;
  assert_int_equal(reader_get(seen->other, row->type, &SCOPE_SYSTEM, row->id, seen->place->arena, &there), STORE_OK);
  for (size_t i = 0; i < row->type->field_count; i++) assert_true(value_equal(&row->values[i], &there->values[i]));
  assert_int_equal(row->version, there->version);
  assert_int_equal(row->state, there->state);
  seen->count++;
  return true;
}

static void same_content(struct place *one, struct place *other) {
  struct reader *from = NULL, *to = NULL;
  struct head head, carried;
  uint8_t sum[HASH_SIZE] = {0}, carried_sum[HASH_SIZE] = {0};
  assert_int_equal(store_reader(one->store, &from), STORE_OK);
  assert_int_equal(store_reader(other->store, &to), STORE_OK);
  assert_int_equal(reader_head(from, &head), STORE_OK);
  assert_int_equal(reader_head(to, &carried), STORE_OK);
  assert_memory_equal(&head, &carried, sizeof head);
  assert_int_equal(reader_journal(from, 0, SIZE_MAX, sum_entry, sum), STORE_OK);
  assert_int_equal(reader_journal(to, 0, SIZE_MAX, sum_entry, carried_sum), STORE_OK);
  assert_memory_equal(sum, carried_sum, HASH_SIZE);
  struct rows_seen seen = {.place = other, .other = to};
  struct query query = {.type = &test_thing, .long_texts = true, .many = true, .with_voided = true, .expected = -1};
  assert_int_equal(reader_list(from, &query, &SCOPE_SYSTEM, one->arena, row_seen, &seen), STORE_OK);
  assert_int_equal(seen.count, 1200);
  reader_release(from);
  reader_release(to);
}

static void carry_between(bool from_postgres, bool to_postgres) {
  struct place *from = place_new(from_postgres), *to = place_new(to_postgres);
  struct audit line = {.moment = 5, .actor = 1, .what = "sign_in", .detail = "{}"};
  char *value = NULL;
  int64_t lines = 0, wrong = 0;
  things_write(from, 0, 1200); /* more than are settled at once */
  assert_int_equal(side_put(from->store, SIDE_SETTING, "colour", "蓝", 0), STORE_OK);
  assert_int_equal(side_put(to->store, SIDE_SETTING, "colour", "红", 0), STORE_OK); /* gives way */
  assert_int_equal(audit_append(from->store, &line), STORE_OK);
  assert_int_equal(store_carry(from->store, to->store), STORE_OK);
  same_content(from, to);
  assert_int_equal(side_get(to->store, SIDE_SETTING, "colour", to->arena, &value), STORE_OK);
  assert_string_equal(value, "蓝");
  assert_int_equal(audit_verify(to->store, &lines, &wrong), STORE_OK);
  assert_int_equal(lines, 1);
  assert_int_equal(wrong, 0);
  assert_int_equal(store_carry(from->store, to->store), STORE_REFUSED); /* it is not empty any more */
  things_write(to, 5000, 3); /* the tree goes on where it stood */
  place_free(from);
  place_free(to);
}

static void a_store_is_carried_whole(void **state) { carry_between(false, false); }
static void from_one_engine_to_the_other_and_back(void **state) {
  if (!getenv("BIHUAN_TEST_POSTGRES")) skip();
  carry_between(false, true);
  carry_between(true, false);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(a_store_is_carried_whole), cmocka_unit_test(from_one_engine_to_the_other_and_back)};
  base_start();
  say_if_skipped();
  return cmocka_run_group_tests(tests, NULL, NULL);
}
