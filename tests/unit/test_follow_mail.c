/* A letter as bytes, by table: subjects of any length in encoded words that can each be read, the text whole, and addresses that may stand
   in a header. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include <sodium.h>

#include "follow/mail.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static size_t decode(const char *text, size_t size, char *into, size_t room) {
  size_t got = 0;
  assert_int_equal(sodium_base642bin((unsigned char *)into, room, text, size, "\r\n", &got, NULL, sodium_base64_VARIANT_ORIGINAL), 0);
  return got;
}

static void a_subject_is_cut_between_characters_into_words_that_fit_a_line(void **state) {
  static const char *const subjects[] = {"短", "今日事项：超期 12 · 将到期 3 · 被退回 1 · 待签收 5 · 待报送 1 · 转办待答复 2",
                                         "Today: overdue 3", "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀"};
  struct arena *arena = arena_new();
  (void)state;
  for (size_t i = 0; i < COUNT_OF(subjects); i++) {
    struct letter letter = {"a@example.org", subjects[i], "x\r\n", "key-1", 0};
    char whole[512] = "", word[128];
    char *printed = letter_print(arena, "b@example.org", &letter), *at = strstr(printed, "\r\nSubject: "),
         *end = strstr(printed, "\r\nMIME-Version");
    assert_non_null(at);
    for (char *next; (next = strstr(at, "=?UTF-8?B?")) && next < end; at = next + 1) {
      char *close = strstr(next + 10, "?=");
      assert_true(close - next + 2 <= 75);
      size_t size = decode(next + 10, (size_t)(close - next - 10), word, sizeof word);
      assert_true(text_valid(word, size)); /* each by itself */
      strncat(whole, word, size);
    }
    assert_string_equal(whole, subjects[i]);
  }
  arena_free(arena);
}

static void the_text_comes_back_whole_in_lines_that_no_server_minds(void **state) {
  struct arena *arena = arena_new();
  struct buffer text = {.arena = arena};
  (void)state;
  for (int i = 0; i < 200; i++) buffer_print(&text, ".\r\n第 %d 行：井盖\r\n", i);
  struct letter letter = {"a@example.org", "s", text.bytes, "bihuan-1-7", 0};
  char *printed = letter_print(arena, "b@example.org", &letter), *body = strstr(printed, "\r\n\r\n") + 4;
  char *back = arena_alloc(arena, text.size + 1);
  assert_int_equal(decode(body, strlen(body), back, text.size), text.size);
  assert_memory_equal(back, text.bytes, text.size);
  for (char *line = body; *line;) {
    char *end = strstr(line, "\r\n");
    assert_true(end && end - line <= 76);
    line = end + 2;
  }
  assert_non_null(strstr(printed, "\r\nMessage-ID: <bihuan-1-7@example.org>\r\n"));
  assert_non_null(strstr(printed, "\r\nDate: Thu, 01 Jan 1970 08:00:00 +0800\r\n"));
  arena_free(arena);
}

static void what_may_stand_in_a_header_is_an_address(void **state) {
  static const struct { const char *address; bool right; } cases[] = {
    {"a@b", true}, {"zhang.san+x@mail.example.org", true}, {NULL, false}, {"", false}, {"a", false}, {"@b", false}, {"a@", false}, {"a@b@c", false}, {"a b@c", false}, {"a@b\r\nBcc: x@y", false},
    {"<a@b>", false}, {"a@b,c", false}, {"张@b", false}, {"\"a\"@b", false}};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(cases); i++) assert_int_equal(mail_address_right(cases[i].address), cases[i].right);
}

static void settings_that_cannot_work_are_named(void **state) {
  static const struct { struct mail_settings settings; bool right; } cases[] = {
    {{.server = "smtp://mail.example.org:587", .from = "a@b"}, true}, {{.server = "smtps://10.0.0.1", .from = "a@b"}, true}, {{.server = "http://x", .from = "a@b"}, false},
    {{.server = "smtp://", .from = "a@b"}, false}, {{.server = "smtp://user@host", .from = "a@b"}, false}, {{.server = "smtp://x", .from = "a"}, false}, {{.from = "a@b"}, false},
    {{.server = "smtp://x", .from = "a@b", .user = "u"}, false}, {{.server = "smtp://x", .from = "a@b", .user = "u", .password_file = "/nowhere/at/all"}, false}};
  struct arena *arena = arena_new();
  (void)state;
  for (size_t i = 0; i < COUNT_OF(cases); i++)
    assert_int_equal(mail_settings_problem(arena, &cases[i].settings).zh == NULL, cases[i].right);
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(a_subject_is_cut_between_characters_into_words_that_fit_a_line),
                                     cmocka_unit_test(the_text_comes_back_whole_in_lines_that_no_server_minds),
                                     cmocka_unit_test(what_may_stand_in_a_header_is_an_address),
                                     cmocka_unit_test(settings_that_cannot_work_are_named)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
