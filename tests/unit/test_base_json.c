/* JSON as it is written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/json.h"

static void members_and_elements_are_parted_by_commas(void **state) {
  struct buffer out = {0};
  struct json json = json_to(&out);
  json_open(&json, '{');
  json_pair(&json, "name", "闭环");
  json_pair(&json, "none", NULL);
  json_pair_integer(&json, "least", INT64_MIN);
  json_pair_yes_no(&json, "open", true);
  json_key(&json, "list");
  json_open(&json, '[');
  json_integer(&json, 1);
  json_open(&json, '[');
  json_close(&json, ']');
  json_open(&json, '{');
  json_close(&json, '}');
  json_null(&json);
  json_raw(&json, "{\"a\":1}");
  json_yes_no(&json, false);
  json_close(&json, ']');
  json_pair(&json, "last", "");
  json_close(&json, '}');
  assert_string_equal(out.bytes, "{\"name\":\"闭环\",\"none\":null,\"least\":-9223372036854775808,\"open\":true,"
                                 "\"list\":[1,[],{},null,{\"a\":1},false],\"last\":\"\"}");
  buffer_free(&out);
}

static void texts_are_escaped(void **state) {
  static const struct { const char *bytes; size_t size; const char *written; } cases[] = {
      {"", 0, "\"\""}, {"a\"b\\c", 5, "\"a\\\"b\\\\c\""}, {"\b\f\n\r\t", 5, "\"\\b\\f\\n\\r\\t\""}, {"\x01\x1f", 2, "\"\\u0001\\u001f\""},
      {"a\0b", 3, "\"a\\u0000b\""}, {"<script>/", 9, "\"<script>/\""}, {"中😀", 7, "\"中😀\""}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct buffer out = {0};
    struct json json = json_to(&out);
    json_text_sized(&json, cases[i].bytes, cases[i].size);
    assert_string_equal(out.bytes, cases[i].written);
    buffer_free(&out);
  }
}

static void depth_of_sixty_three_is_written(void **state) {
  struct buffer out = {0};
  struct json json = json_to(&out);
  for (int i = 0; i < 63; i++) json_open(&json, '[');
  json_integer(&json, 1);
  json_integer(&json, 2);
  for (int i = 0; i < 63; i++) json_close(&json, ']');
  assert_int_equal(out.size, 63 + 3 + 63);
  assert_memory_equal(out.bytes + 63, "1,2]", 4);
  buffer_free(&out);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(members_and_elements_are_parted_by_commas), cmocka_unit_test(texts_are_escaped),
                                     cmocka_unit_test(depth_of_sixty_three_is_written)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
