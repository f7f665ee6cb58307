/* JSON as it is written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
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

/* Texts are looked at eight bytes at once: every byte at every place of texts of every small size. */
static void what_must_be_escaped_is_found_wherever_it_stands(void **state) {
  static char room[256];
  for (size_t size = 1; size <= 26; size++)
    for (size_t at = 0; at < size; at++)
      for (int byte = 0; byte < 256; byte++) {
        char text[32], again[80], *to = again;
        struct buffer out = {.bytes = room, .room = sizeof room};
        struct json json = json_to(&out);
        memset(text, at % 2 ? 'x' : (char)0xe4, size);
        text[at] = (char)byte;
        json_text_sized(&json, text, size);
        *to++ = '"';
        for (size_t i = 0; i < size; i++) {
          static const char short_names[] = "\b\f\n\r\t\"\\", letters[] = "bfnrt\"\\";
          const char *found = text[i] ? strchr(short_names, text[i]) : NULL;
          if (found) to += sprintf(to, "\\%c", letters[found - short_names]);
          else if ((unsigned char)text[i] < 0x20) to += sprintf(to, "\\u%04x", text[i]);
          else *to++ = text[i];
        }
        strcpy(to, "\"");
        assert_string_equal(out.bytes, again);
      }
}

static void declared_names_are_keys(void **state) {
  struct buffer out = {0};
  struct json json = json_to(&out);
  json_open(&json, '{');
  for (int i = 0; i < 40; i++) {
    json_name(&json, i % 2 ? "state" : "lead_unit");
    json_null(&json);
  }
  json_close(&json, '}');
  assert_int_equal(out.size, 1 + 20 * (sizeof "\"state\":null," - 1 + sizeof "\"lead_unit\":null," - 1));
  assert_memory_equal(out.bytes, "{\"lead_unit\":null,\"state\":null,\"lead_unit\"", 41);
  buffer_free(&out);
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
                                     cmocka_unit_test(what_must_be_escaped_is_found_wherever_it_stands),
                                     cmocka_unit_test(declared_names_are_keys), cmocka_unit_test(depth_of_sixty_three_is_written)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
