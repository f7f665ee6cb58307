/* SQL is composed from declarations only: values are parameters, texts few, names safe. No database is opened. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>
#include "store/compose.h"

static const struct field FIELDS[] = {
  {1, "title", {"题", "title"}, F_TEXT}, {2, "entry", {"条", "entry"}, F_INTEGER, FIELD_LISTED}, {3, "story", {"文", "story"}, F_LONG_TEXT},
  {4, "units", {"单位", "units"}, F_REFERENCES, 0, .target = RECORD_UNIT}, {5, "value", {"值", "value"}, F_MONEY}};
static const struct record_type TYPE = {.id = RECORD_TOPIC, .name = "order", .plural = "orders", .fields = FIELDS, .field_count = 5};
static const struct record_type *const TYPES[] = {&TYPE};
static const struct schema TINY = {TYPES, 1, 1};

struct composing { struct arena *arena; struct store store; };
static int setup(void **state) {
  struct arena *arena = arena_new();
  struct composing *composing = ARENA_NEW(arena, struct composing);
  composing->arena = arena;
  composing->store = (struct store){.driver = &STORE_SQLITE, .schema = &TINY, .texts = compose_types(arena, &STORE_SQLITE, &TINY)};
  *state = composing;
  return 0;
}
static int teardown(void **state) { arena_free(((struct composing *)*state)->arena); return 0; }

static void names_are_quoted_and_never_clash_with_the_systems(void **state) {
  const struct type_texts *texts = ((struct composing *)*state)->store.texts;
  assert_string_equal(texts->table, "\"order\"");
  assert_string_equal(column_of(texts, 2)->name, "\"entry_\"");
  assert_string_equal(column_of(texts, 5)->name, "\"value_\"");
  assert_string_equal(column_of(texts, FIELD_ENTRY)->name, "\"entry\"");
  assert_string_equal(column_of(texts, 4)->side, "\"order_units\"");
  assert_null(column_of(texts, 6));
}

static void an_insert_has_a_place_for_every_column_in_order(void **state) {
  const struct type_texts *texts = ((struct composing *)*state)->store.texts;
  assert_string_equal(texts->insert, "INSERT INTO \"order\" (\"id\",\"version\",\"state\",\"created\",\"changed\",\"entry\",\"voided\",\"title\",\"entry_\",\"value_\") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)");
  assert_string_equal(texts->insert_long, "INSERT INTO \"order_text\" (\"id\",\"story\") VALUES ($1,$2)");
}

static void an_update_writes_only_what_differs(void **state) {
  struct composing *composing = *state;
  struct sql sql = sql_new(composing->arena);
  struct row *before = row_new(composing->arena, &TYPE), *after = row_new(composing->arena, &TYPE);
  before->id = after->id = 7;
  assert_int_equal(compose_update(&sql, composing->store.texts, before, after), 0);
  row_set_text(after, 1, "'; DROP TABLE journal; --");
  after->version = 2;
  assert_int_equal(compose_update(&sql, composing->store.texts, before, after), 2);
  assert_string_equal(sql.text.bytes, "UPDATE \"order\" SET \"version\" = $1,\"title\" = $2 WHERE \"id\" = $3");
  assert_int_equal(sql.count, 3);
  assert_memory_equal(sql.parameters[1].bytes, "'; DROP", 7);
}

static void values_are_parameters_numbered_in_order(void **state) {
  struct composing *composing = *state;
  struct sql sql = sql_new(composing->arena);
  struct value values[] = {value_text(1, "x' OR 1 = 1"), value_text(1, "y"), value_text(1, "z")}, many = value_integer(4, 12);
  struct condition conditions[] = {{1, C_IN, values, 3}, {4, C_HAS, &many, 1}, {3, C_EMPTY, NULL, 0}};
  struct query query = {.type = &TYPE, .conditions = conditions, .condition_count = 3, .expected = -1};
  assert_true(compose_conditions(&sql, &composing->store, &query, "r"));
  assert_string_equal(sql.text.bytes, " AND r.\"title\" IN ($1,$2,$3,$4) AND r.\"id\" IN (SELECT m.\"owner\" FROM \"order_units\" m WHERE m.\"value\" IN ($5))"
    " AND (SELECT l.\"story\" FROM \"order_text\" l WHERE l.\"id\" = r.\"id\") IS NULL AND r.\"voided\" = 0");
  assert_int_equal(sql.count, 5);
}

static void an_unknown_field_cannot_be_asked(void **state) {
  struct composing *composing = *state;
  struct sql sql = sql_new(composing->arena);
  struct value one = value_integer(99, 1);
  struct condition condition = {99, C_IS, &one, 1}, several = {4, C_LESS, &one, 1};
  struct query query = {.type = &TYPE, .conditions = &condition, .condition_count = 1};
  assert_false(compose_conditions(&sql, &composing->store, &query, "r"));
  query.conditions = &several;
  assert_false(compose_conditions(&sql, &composing->store, &query, "r"));
}

static void an_empty_scope_opens_nothing_and_the_systems_all(void **state) {
  struct composing *composing = *state;
  struct sql none = sql_new(composing->arena), all = sql_new(composing->arena);
  struct scope empty = {.user = 1};
  compose_scope(&none, &composing->store, composing->store.texts, &empty, "r");
  assert_string_equal(none.text.bytes, "((1 = 0))");
  compose_scope(&all, &composing->store, composing->store.texts, &SCOPE_SYSTEM, "r");
  assert_string_equal(all.text.bytes, "1 = 1");
}

#define COMPOSE_TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
int main(void) {
  const struct CMUnitTest tests[] = {COMPOSE_TEST(names_are_quoted_and_never_clash_with_the_systems),
                                     COMPOSE_TEST(an_insert_has_a_place_for_every_column_in_order),
                                     COMPOSE_TEST(an_update_writes_only_what_differs),
                                     COMPOSE_TEST(values_are_parameters_numbered_in_order),
                                     COMPOSE_TEST(an_unknown_field_cannot_be_asked),
                                     COMPOSE_TEST(an_empty_scope_opens_nothing_and_the_systems_all)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
