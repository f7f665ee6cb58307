/* Bodies of entries: every type of field goes out and comes back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "store/seal.h"

static const struct field fields[] = {
  {.id = 1, .name = "text", .type = F_TEXT}, {.id = 2, .name = "long_text", .type = F_LONG_TEXT}, {.id = 3, .name = "integer", .type = F_INTEGER},
  {.id = 4, .name = "decimal", .type = F_DECIMAL}, {.id = 5, .name = "money", .type = F_MONEY}, {.id = 6, .name = "date", .type = F_DATE},
  {.id = 7, .name = "moment", .type = F_MOMENT}, {.id = 8, .name = "weight", .type = F_WEIGHT}, {.id = 9, .name = "choice", .type = F_CHOICE},
  {.id = 10, .name = "choices", .type = F_CHOICES}, {.id = 11, .name = "reference", .type = F_REFERENCE}, {.id = 12, .name = "references", .type = F_REFERENCES},
  {.id = 13, .name = "yes_no", .type = F_YES_NO}, {.id = 14, .name = "point", .type = F_POINT}, {.id = 15, .name = "contact", .type = F_CONTACT},
  {.id = 60000, .name = "file", .type = F_FILE, .flags = FIELD_RETIRED},
};
enum { FIELDS = sizeof fields / sizeof fields[0] };
static const struct record_type everything = {.id = RECORD_PROBLEM, .name = "everything", .fields = fields, .field_count = FIELDS};

static struct row *row_full(struct arena *arena) {
  static const int64_t many[] = {9, 3, INT64_MAX};
  struct row *row = row_new(arena, &everything);
  for (size_t i = 0; i < FIELDS; i++)
    if (fields[i].type != F_REFERENCES && !field_is_text(&fields[i])) row_set_integer(row, fields[i].id, (int64_t)i * 90071992547409930);
  row_set_integer(row, 3, INT64_MIN + 1);
  row_set_integer(row, 4, INT64_MAX);
  row_set_integer(row, 13, 0);
  row_set_text(row, 1, "引号\" 反斜\\ 斜/ <script> \x7f \xf0\x9f\x98\x80 = 甲");
  row_set_text(row, 2, "第一行\n第二行\t\r\x01末");
  row_set_text(row, 15, "1:abc+/==");
  row_set_text(row, 60000, "0123456789abcdef");
  struct value value = value_many(12, many, 3);
  row_set(row, &value);
  return row;
}

static struct entry entry_with(struct buffer *body, struct row *row) {
  return (struct entry){.number = 41,
                        .record = 41,
                        .version = 1,
                        .moment = 1000,
                        .type = RECORD_PROBLEM,
                        .action = ACTION_CREATE,
                        .kind = ENTRY_CHANGE,
                        .state = row->state,
                        .body = body->bytes,
                        .body_size = body->size};
}

static void assert_values_equal(const struct row *one, const struct row *other) {
  for (size_t i = 0; i < FIELDS; i++) assert_true(value_equal(&one->values[i], &other->values[i]));
}

static void every_type_comes_back_from_a_creation(void **state) {
  struct arena *arena = arena_new();
  struct buffer body = {.arena = arena};
  struct row *row = row_full(arena), *read = row_new(arena, &everything);
  row->state = 3;
  body_write(&body, NULL, row, "因为\n\"所以\"", "{\"colour\":{\"f\":[1,{\"x\":null}]},\"n\":-1.5e3}");
  struct entry entry = entry_with(&body, row);
  assert_true(body_apply(arena, &entry, read));
  assert_values_equal(row, read);
  assert_int_equal(read->id, 41);
  assert_int_equal(read->state, 3);
  assert_int_equal(read->created, 1000);
  assert_int_equal(read->changed, 1000);
  assert_int_equal(read->entry, 41);
  assert_false(read->voided);
  arena_free(arena);
}

static void what_is_emptied_comes_back_empty(void **state) {
  struct arena *arena = arena_new();
  struct buffer body = {.arena = arena};
  struct row *full = row_full(arena), *none = row_new(arena, &everything);
  body_write(&body, full, none, NULL, NULL);
  struct entry entry = entry_with(&body, none);
  assert_true(body_apply(arena, &entry, full));
  for (size_t i = 0; i < FIELDS; i++) assert_int_equal(full->values[i].kind, VALUE_NOTHING);
  arena_free(arena);
}

static void only_what_changed_is_written(void **state) {
  struct arena *arena = arena_new();
  struct buffer body = {.arena = arena};
  struct row *before = row_full(arena), *after = row_copy(arena, before);
  before->state = after->state = 2;
  row_set_text(after, 1, "新");
  row_set_integer(after, 6, NOTHING);
  row_set_text(before, 1, "旧");
  row_set_integer(before, 6, 20780);
  body_write(&body, before, after, NULL, "{}");
  assert_string_equal(body.bytes, "{\"f\":{\"1\":[\"旧\",\"新\"],\"6\":[20780,null]}}");
  buffer_clear(&body);
  body_write(&body, after, after, "理由", "{\"x\":1}");
  assert_string_equal(body.bytes, "{\"r\":\"理由\",\"x\":1}");
  buffer_clear(&body);
  struct row *fresh = row_new(arena, &everything);
  fresh->state = 1;
  body_write(&body, NULL, fresh, NULL, "{\"x\":1}");
  assert_string_equal(body.bytes, "{\"s\":[0,1],\"x\":1}");
  buffer_clear(&body);
  body_write(&body, after, after, NULL, NULL);
  assert_string_equal(body.bytes, "{}");
  arena_free(arena);
}

static void the_header_stamps_the_row(void **state) {
  struct arena *arena = arena_new();
  struct row *row = row_new(arena, &everything);
  struct entry entry = {.number = 5,
                        .record = 5,
                        .version = 1,
                        .moment = 10,
                        .state = 1,
                        .kind = ENTRY_CHANGE,
                        .action = ACTION_CREATE,
                        .body = "{}",
                        .body_size = 2};
  assert_true(body_apply(arena, &entry, row));
  entry = (struct entry){.number = 8,
                         .record = 5,
                         .version = 1,
                         .moment = 20,
                         .state = 1,
                         .kind = ENTRY_DERIVED,
                         .action = ACTION_JUDGE,
                         .body = "{}",
                         .body_size = 2};
  assert_true(body_apply(arena, &entry, row));
  assert_int_equal(row->changed, 10);
  assert_int_equal(row->entry, 8);
  entry = (struct entry){.number = 9,
                         .record = 5,
                         .version = 2,
                         .moment = 30,
                         .state = 4,
                         .kind = ENTRY_CHANGE,
                         .action = ACTION_VOID,
                         .body = "{}",
                         .body_size = 2};
  assert_true(body_apply(arena, &entry, row));
  assert_int_equal(row->created, 10);
  assert_int_equal(row->changed, 30);
  assert_int_equal(row->version, 2);
  assert_int_equal(row->state, 4);
  assert_true(row->voided);
  arena_free(arena);
}

static bool applies(struct arena *arena, const char *body) {
  struct row *row = row_new(arena, &everything);
  /* A copy of just that size: a read beyond it is seen by the sanitizer. */
  struct buffer own = {0};
  buffer_add(&own, body, strlen(body));
  struct entry entry = entry_with(&own, row);
  bool applied = body_apply(arena, &entry, row);
  buffer_free(&own);
  return applied;
}

static void what_others_wrote_in_json_is_read_too(void **state) {
  struct arena *arena = arena_new();
  struct row *row = row_new(arena, &everything);
  const char *body = " { \"q\" : [true, {\"f\":1}, \"}\\\"\"] ,\n \"f\" : { \"1\" : [ null , \"\\u4e2d\\uD83D\\uDE00\\n\\/\" ], \"12\":[null,[ ]], \"3\":[0,-0]} } ";
  struct entry entry = {.body = body, .body_size = strlen(body), .record = 1, .number = 1};
  assert_true(body_apply(arena, &entry, row));
  assert_string_equal(row_text(row, 1), "中\xf0\x9f\x98\x80\n/");
  assert_int_equal(row_integer(row, 3), 0);
  arena_free(arena);
}

static void what_is_no_body_is_refused(void **state) {
  static const char *const wrong[] = {
    "", "{", "[]", "{}x", "{\"f\"}", "{\"f\":[]}", "{\"f\":{\"1\":\"x\"}}", "{\"f\":{\"1\":[\"x\"]}}", "{\"f\":{\"1\":[null,\"x\"}}", "{\"f\":{\"1\":[null,5]}}",
    "{\"f\":{\"3\":[null,\"5\"]}}", "{\"f\":{\"3\":[null,1.5]}}", "{\"f\":{\"3\":[null,9223372036854775808]}}", "{\"f\":{\"3\":[null,-9223372036854775809]}}",
    "{\"f\":{\"12\":[null,3]}}", "{\"f\":{\"12\":[null,[3,]]}}", "{\"f\":{\"99\":[null,3]}}", "{\"f\":{\"text\":[null,\"x\"]}}", "{\"f\":{\"65537\":[null,\"x\"]}}",
    "{\"f\":{\"1\":[null,\"\\u0000\"]}}", "{\"f\":{\"1\":[null,\"\\ud800\"]}}", "{\"f\":{\"1\":[null,\"\\u12\"]}}", "{\"f\":{\"1\":[null,\"\\q\"]}}",
    "{\"f\":{\"1\":[null,\"x", "{\"f\":{\"1\":[null,\"x\\", "{\"r\":\"x\",}", "{\"f\":{\"1\":[null,\"x\"],}}",
  };
  struct arena *arena = arena_new();
  assert_true(applies(arena, "{\"f\":{\"1\":[null,\"x\"]}}"));
  for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) assert_false(applies(arena, wrong[i]));
  struct buffer deep = {.arena = arena};
  buffer_text(&deep, "{\"x\":");
  for (int i = 0; i < 100000; i++) buffer_byte(&deep, '[');
  assert_false(applies(arena, deep.bytes));
  arena_free(arena);
}

/* Whatever bytes stand there, reading stays within them and ends. */
static void damaged_bodies_do_no_harm(void **state) {
  struct arena *arena = arena_new();
  struct buffer body = {.arena = arena}, own = {0};
  struct row *row = row_full(arena);
  uint32_t random = 1;
  row->state = 1;
  body_write(&body, NULL, row, "why", "{\"x\":[1,{\"y\":\"\\u4e2d\"}]}");
  for (int round = 0; round < 20000; round++) {
    struct arena *scratch = arena_new();
    buffer_clear(&own);
    buffer_add(&own, body.bytes, body.size);
    for (int change = 0; change <= round % 3; change++) {
      random = random * 1664525 + 1013904223;
      own.bytes[(random >> 8) % own.size] = "\"\\{}[],:0-u\x01\xff" "9null"[random % 18];
    }
    if (round % 5 == 0) own.size = (random >> 9) % own.size;
    struct entry entry = entry_with(&own, row);
    body_apply(scratch, &entry, row_new(scratch, &everything));
    arena_free(scratch);
  }
  buffer_free(&own);
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_type_comes_back_from_a_creation), cmocka_unit_test(what_is_emptied_comes_back_empty),
    cmocka_unit_test(only_what_changed_is_written), cmocka_unit_test(the_header_stamps_the_row),
    cmocka_unit_test(what_others_wrote_in_json_is_read_too), cmocka_unit_test(what_is_no_body_is_refused),
    cmocka_unit_test(damaged_bodies_do_no_harm),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
