/* Verifying, proofs and destruction in both stores: whatever is altered behind the store's back is named. */
#include "test_store_postgres.h"

struct findings { int count; int64_t number; enum record_id type; int64_t record; char sentence[400]; };

static bool first_finding(void *with, const struct damage *damage) {
  struct findings *findings = with;
  if (findings->count++ == 0) {
    findings->number = damage->number;
    findings->type = damage->type;
    findings->record = damage->record;
    snprintf(findings->sentence, sizeof findings->sentence, "%s", damage->sentence.en);
    assert_non_null(damage->sentence.zh);
  }
  return true;
}

static struct findings verify(struct place *place, const struct tree_head *since) {
  struct findings findings = {0};
  int64_t entries, records;
  struct reader *reader = reader_new(place->store);
  assert_int_equal(seal_verify(place->store, reader, since, place->arena, first_finding, &findings, &entries, &records), STORE_OK);
  reader_release(reader);
  return findings;
}

static struct tree_head sign(struct place *place) {
  struct tree_head head;
  struct reader *reader = reader_new(place->store);
  assert_int_equal(tree_head_sign(place->store, reader, &head), STORE_OK);
  reader_release(reader);
  return head;
}

static void assert_clean(struct place *place, const struct tree_head *since) {
  struct findings findings = verify(place, since);
  if (findings.count) fail_msg("%s: %s", store_name(place->store), findings.sentence);
}

static void assert_entry(struct place *place, const struct tree_head *since, int64_t number) {
  struct findings findings = verify(place, since);
  if (findings.count == 0 || findings.number != number)
    fail_msg("%s: entry %lld expected; %d found, first %lld: %s", store_name(place->store), (long long)number, findings.count,
             (long long)findings.number, findings.sentence);
}

/* A row that is gone may be named twice: it is missing, and its long text stands alone. */
static void assert_row(struct place *place, int64_t record) {
  struct findings findings = verify(place, NULL);
  if (findings.count < 1 || findings.count > 2 || findings.type != RECORD_TOPIC || findings.record != record)
    fail_msg("%s: row %lld expected; %d found, first %d %lld: %s", store_name(place->store), (long long)record, findings.count,
             (int)findings.type, (long long)findings.record, findings.sentence);
}

/* ---- clean ---- */

static void untouched_is_clean(struct place *place) {
  assert_clean(place, NULL);
  struct tree_head empty = sign(place);
  assert_int_equal(empty.size, 0);
  things_write(place, 1, 300);
  struct tree_head middle = sign(place);
  things_write(place, 301, 900);
  struct tree_head last = sign(place);
  assert_clean(place, NULL);
  assert_clean(place, &empty);
  assert_clean(place, &middle);
  assert_clean(place, &last);
}
static void an_untouched_store_verifies(void **state) { in_both(untouched_is_clean); }

/* More entries of one record than memory is meant to hold at once. */
static void much_changed(struct place *place) {
  struct arena *arena = arena_new();
  struct row *row = thing_new(arena, 1), *next;
  char *text = arena_alloc(arena, 4001);
  struct tx *tx = tx_new(place->store);
  assert_int_equal(row_write(tx, NULL, row, ENTRY_CHANGE, ACTION_CREATE), STORE_OK);
  for (int i = 0; i < 700; i++) {
    next = row_copy(arena, row);
    memset(text, 'a' + i % 26, 4000);
    row_set_text(next, T_DETAIL, arena_text(arena, text));
    row_set_integer(next, T_WEIGHT, i);
    assert_int_equal(row_write(tx, row, next, i % 2 ? ENTRY_DERIVED : ENTRY_CHANGE, ACTION_EDIT), STORE_OK);
    row = next;
  }
  assert_int_equal(tx_commit(tx), STORE_OK);
  arena_free(arena);
  assert_clean(place, NULL);
  assert_int_equal(tamper(place, "UPDATE thing SET weight = 698"), 1);
  assert_row(place, 1);
}
static void a_record_of_many_entries_verifies(void **state) { in_both(much_changed); }

/* ---- the journal altered ---- */

static const char body_altered[] = "UPDATE journal SET body = '{}' WHERE number = 57";

static void entries_altered(struct place *place) {
  things_write(place, 1, 300);
  sign(place);
  tamper(place, body_altered);
  assert_entry(place, NULL, 57);
  tamper(place, "UPDATE journal SET actor = 9 WHERE number = 31");
  assert_entry(place, NULL, 31);
  tamper(place, "UPDATE journal SET body = NULL WHERE number = 22");
  assert_entry(place, NULL, 22);
  tamper(place, "UPDATE journal SET moment = moment + 1 WHERE number = 9");
  assert_entry(place, NULL, 9);
  tamper(place, "DELETE FROM journal WHERE number = 4");
  assert_entry(place, NULL, 4);
}
static void an_altered_entry_is_named(void **state) { in_both(entries_altered); }

/* Somebody who knows the formats computes commitment, leaf and nodes anew. */
static bool take_entry(void *with, const struct entry *entry) {
  *(struct entry *)with = *entry;
  ((struct entry *)with)->body = "{\"f\":{}}";
  ((struct entry *)with)->body_size = 8;
  return true;
}

static void reseal(struct place *place, int64_t number, bool node_too) {
  struct entry entry;
  struct reader *reader = reader_new(place->store);
  assert_int_equal(reader_journal(reader, number - 1, 1, take_entry, &entry), STORE_OK);
  reader_release(reader);
  seal_entry(&entry);
  const char *mark = place->postgres ? "'\\x" : "x'";
  tamper(place, arena_print(place->arena, "UPDATE journal SET body = '%s', commitment = %s%s', leaf = %s%s' WHERE number = %lld",
                            entry.body, mark, hex_write(place->arena, entry.commitment, HASH_SIZE), mark,
                            hex_write(place->arena, entry.leaf, HASH_SIZE), (long long)number));
  if (node_too) tamper(place, "DELETE FROM journal_node");
}

static void resealed(struct place *place) {
  things_write(place, 1, 60);
  int64_t held = sign(place).size;
  things_write(place, 61, 60);
  struct tree_head second = sign(place);
  things_write(place, 121, 200);
  reseal(place, held + 11, true);
  assert_entry(place, NULL, held + 1);
  assert_entry(place, &second, held + 1);
}
static void a_resealed_entry_is_found_by_signed_heads(void **state) { in_both(resealed); }

static void resealed_before_any_head(struct place *place) {
  things_write(place, 1, 400);
  reseal(place, 300, false);
  assert_entry(place, NULL, 257);
}
static void a_resealed_entry_is_found_by_its_node(void **state) { in_both(resealed_before_any_head); }

static void node_altered(struct place *place) {
  things_write(place, 1, 400);
  tamper(place, "UPDATE journal_node SET hash = (SELECT leaf FROM journal WHERE number = 1) WHERE level = 8 AND position = 1");
  assert_entry(place, NULL, 257);
  sign(place); /* of a tree with a wrong node: the head is wrong too and says so */
  assert_entry(place, NULL, 257);
}
static void an_altered_node_is_found(void **state) { in_both(node_altered); }

static void cut_off(struct place *place) {
  things_write(place, 1, 20);
  struct tree_head since = sign(place);
  int64_t last = head_number(place->store);
  tamper(place, arena_print(place->arena, "DELETE FROM journal WHERE number > %lld", (long long)last - 2));
  assert_entry(place, NULL, last - 1);
  tamper(place, arena_print(place->arena, "UPDATE journal_head SET number = %lld", (long long)last - 2));
  assert_entry(place, NULL, last - 1); /* the kept head remembers */
  char key[24];
  snprintf(key, sizeof key, "%020lld", (long long)last);
  assert_int_equal(side_remove(place->store, SIDE_TREE_HEAD, key), STORE_OK);
  assert_entry(place, &since, last - 1); /* and the one that left the house */
}
static void entries_cut_off_are_found(void **state) { in_both(cut_off); }

static void head_altered(struct place *place) {
  things_write(place, 1, 20);
  struct tree_head head = sign(place);
  head.root[3] ^= 4;
  char key[24];
  snprintf(key, sizeof key, "%020lld", (long long)head.size);
  assert_int_equal(side_put(place->store, SIDE_TREE_HEAD, key, tree_head_print(place->arena, &head), 0), STORE_OK);
  struct findings findings = verify(place, NULL);
  assert_int_equal(findings.count, 1);
  assert_non_null(strstr(findings.sentence, "signature"));
  findings = verify(place, &head);
  assert_true(findings.count > 0);
}
static void an_altered_head_is_found(void **state) { in_both(head_altered); }

/* ---- the tables altered ---- */

static void rows_altered(struct place *place) {
  static const struct { const char *text; int64_t record; } cases[] = {
    {"UPDATE thing SET title = 'x' WHERE id = 17", 17},
    {"UPDATE thing SET date = date + 1 WHERE id = 11", 11},
    {"UPDATE thing SET version = 9 WHERE id = 11", 11},
    {"UPDATE thing SET weight = 3 WHERE id = 11", 11},
    {"DELETE FROM thing WHERE id = 11", 11},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    struct place *own = place_new(place->postgres);
    things_write(own, 1, 20);
    assert_clean(own, NULL);
    assert_int_equal(tamper(own, cases[i].text), 1);
    assert_row(own, cases[i].record);
    place_free(own);
  }
}
static void an_altered_row_is_named(void **state) { in_both(rows_altered); }

static void sides_altered(struct place *place) {
  things_write(place, 1, 20);
  assert_int_equal(tamper(place, "UPDATE \"thing_text\" SET detail = 'x' WHERE id = 2"), 1);
  assert_row(place, 2);
  assert_int_equal(tamper(place, "UPDATE \"thing_text\" SET detail = '第一行 2\n第二行 🏠' WHERE id = 2"), 1);
  assert_clean(place, NULL);
  assert_int_equal(tamper(place, "UPDATE \"thing_joint\" SET value = 8 WHERE owner = 1 AND position = 0"), 1);
  assert_row(place, 1);
  assert_int_equal(tamper(place, "UPDATE \"thing_joint\" SET value = 7 WHERE owner = 1 AND position = 0"), 1);
  assert_clean(place, NULL);
  assert_true(tamper(place, "DELETE FROM \"thing_joint\" WHERE owner = 1") > 0);
  assert_row(place, 1);
}
static void an_altered_side_table_is_named(void **state) { in_both(sides_altered); }

static void extra_row(struct place *place) {
  things_write(place, 1, 20);
  tamper(place, "UPDATE thing SET id = 1000 WHERE id = 11");
  struct findings findings = verify(place, NULL);
  assert_int_equal(findings.count, 3); /* 11 is missing, its long text stands alone, 1000 is too many */
  assert_int_equal(findings.record, 11);
}
static void an_extra_row_is_named(void **state) { in_both(extra_row); }

/* ---- proofs ---- */

static void proofs_of_entries(struct place *place) {
  struct label reason;
  uint8_t key[PUBLIC_KEY_SIZE];
  things_write(place, 1, 500);
  int64_t last = sign(place).size, sizes[] = {1, 2, 255, 256, 257, 511, 512, 513, 700, last};
  assert_int_equal(tree_public_key(place->store, key), STORE_OK);
  struct reader *reader = reader_new(place->store);
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
    for (int64_t number = 1; number <= sizes[i]; number += number < 4 ? 1 : 61) {
      struct proof proof, read;
      assert_int_equal(proof_make(place->store, reader, number, sizes[i], place->arena, &proof), STORE_OK);
      assert_true(proof_parse(place->arena, proof_print(place->arena, &proof), &read, &reason));
      if (!proof_holds(&read, NULL, sizes[i] == last ? key : NULL, &reason, place->arena))
        fail_msg("%lld of %lld: %s", (long long)number, (long long)sizes[i], reason.en);
    }
  struct proof none;
  assert_int_equal(proof_make(place->store, reader, last + 1, 0, place->arena, &none), STORE_ABSENT);
  assert_int_equal(proof_make(place->store, reader, 5, 4, place->arena, &none), STORE_ABSENT);
  reader_release(reader);
}
static void every_stored_entry_can_be_proved(void **state) { in_both(proofs_of_entries); }

/* ---- destruction ---- */

static void destroyed(struct place *place) {
  struct entry entry = {.type = RECORD_TOPIC,
                        .record = 2,
                        .version = 2,
                        .action = ACTION_DESTROY,
                        .kind = ENTRY_DESTRUCTION,
                        .channel = CHANNEL_COMMAND,
                        .happened = NOTHING,
                        .body = "{\"r\":\"x\"}",
                        .body_size = 9};
  things_write(place, 1, 20);
  sign(place);
  struct tx *tx = tx_new(place->store);
  assert_int_equal(tx_mark(tx), STORE_OK);
  assert_int_equal(tx_append(tx, &entry), STORE_OK);
  assert_int_equal(tx_destroy(tx, &test_thing, 2), STORE_OK);
  assert_int_equal(tx_end_set(tx, true), STORE_OK);
  assert_int_equal(tx_commit(tx), STORE_OK);
  assert_int_equal(store_scrub(place->store), STORE_OK);
  assert_clean(place, NULL);
  tamper(place, "UPDATE journal SET body = NULL, salt = NULL WHERE number = 3");
  assert_entry(place, NULL, 3);
}
static void a_destroyed_record_leaves_a_clean_store(void **state) { in_both(destroyed); }

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_untouched_store_verifies),
      cmocka_unit_test(a_record_of_many_entries_verifies),
      cmocka_unit_test(an_altered_entry_is_named),
      cmocka_unit_test(a_resealed_entry_is_found_by_signed_heads),
      cmocka_unit_test(a_resealed_entry_is_found_by_its_node),
      cmocka_unit_test(an_altered_node_is_found),
      cmocka_unit_test(entries_cut_off_are_found),
      cmocka_unit_test(an_altered_head_is_found),
      cmocka_unit_test(an_altered_row_is_named),
      cmocka_unit_test(an_altered_side_table_is_named),
      cmocka_unit_test(an_extra_row_is_named),
      cmocka_unit_test(every_stored_entry_can_be_proved),
      cmocka_unit_test(a_destroyed_record_leaves_a_clean_store),
  };
  base_start();
  say_if_skipped();
  return cmocka_run_group_tests(tests, NULL, NULL);
}
