/* Tokens: what search sees of a text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/tokens.h"
#include "base/text.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Tokens joined by blanks; '+' stands before those that share a character with the one before. */
static char *shown(struct arena *arena, const char *text) {
  struct tokens tokens = tokens_of(arena, text);
  struct buffer out = {.arena = arena};
  buffer_text(&out, "");
  for (size_t i = 0; i < tokens.count; i++)
    buffer_print(&out, "%s%s%.*s", i ? " " : "", tokens.items[i].bigram ? "+" : "", (int)tokens.items[i].size, tokens.items[i].bytes);
  return out.bytes;
}

static void texts_become_tokens(void **state) {
  static const struct { const char *text, *tokens; } cases[] = {
      {"", ""}, {"  ，。！ \n", ""}, {"路", "路"}, {"路灯", "路灯"}, {"路灯不亮", "路灯 +灯不 +不亮"}, {"路灯，不亮", "路灯 不亮"},
      {"A市A3区联丰路", "a 市 a3 区联 +联丰 +丰路"}, {"３号线2.5公里", "3 号线 2 5 公里"}, {"Hello, World", "hello world"},
      {"don't", "don t"}, {"ＷｉＦｉ信号", "wifi 信号"}, {"😀👍🏽", ""}, {"好😀的", "好 的"}, {"👨\u200d👩\u200d👧", ""}, {"\u0301\u0300", ""},
      {"\x01\x02", ""}, {"école", "école"}, {"e\u0301cole", "école"}, {"Привет мир", "привет мир"},
      {"ひらがな", "ひら +らが +がな"}, {"カード", "カー +ード"}, {"서울시", "서울 +울시"}, {"ไทย", "ไท +ทย"}, {"𠮷野家", "𠮷野 +野家"},
      {"㐂㐃", "㐂㐃"}, {"人々", "人々"}, {"二〇二六", "二〇 +〇二 +二六"}, {"food_bank", "food bank"}, {"中\u200b国", "中国"}, {"\ue000\uf8ff", ""}};
  struct arena *arena = arena_new();
  for (size_t i = 0; i < COUNT(cases); i++) assert_string_equal(shown(arena, cases[i].text), cases[i].tokens);
  arena_free(arena);
}

static void written_tokens_are_the_same_joined_by_blanks(void **state) {
  static const char *const texts[] = {"", "路", "A市路灯不亮，wifi 3.5", "😀"};
  static const char *const written[] = {"", "路", "a 市路 路灯 灯不 不亮 wifi 3 5", ""};
  for (size_t i = 0; i < COUNT(texts); i++) {
    struct buffer out = {0};
    tokens_write(&out, texts[i]);
    assert_string_equal(out.bytes, written[i]);
    buffer_free(&out);
  }
}

static void full_width_and_case_make_no_difference(void **state) {
  struct arena *arena = arena_new();
  assert_string_equal(shown(arena, "ＡＢＣ大厦１２Ｆ"), shown(arena, "abc大厦12f"));
  arena_free(arena);
}

static void no_token_is_longer_than_a_database_takes(void **state) {
  static char words[20000], marks[20001];
  struct arena *arena = arena_new();
  memset(words, 'x', sizeof words - 1);
  for (size_t i = 0; i + 2 < sizeof marks; i += 2) memcpy(marks + i, i % 400 ? "\u0323" : "ab", 2);
  const char *const texts[] = {words, marks};
  for (size_t i = 0; i < COUNT(texts); i++) {
    struct tokens tokens = tokens_of(arena, texts[i]);
    assert_in_range(tokens.count, 2, 20000);
    for (size_t j = 0; j < tokens.count; j++) {
      assert_in_range(tokens.items[j].size, 1, 300);
      assert_true(text_valid(tokens.items[j].bytes, tokens.items[j].size));
    }
  }
  arena_free(arena);
}

static void many_tokens_fit(void **state) {
  struct arena *arena = arena_new();
  struct buffer text = {.arena = arena};
  for (int i = 0; i < 5000; i++) buffer_text(&text, "a 路 ");
  assert_int_equal(tokens_of(arena, text.bytes).count, 10000);
  assert_int_equal(tokens_of(arena, NULL).count, 0);
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(texts_become_tokens), cmocka_unit_test(written_tokens_are_the_same_joined_by_blanks),
      cmocka_unit_test(full_width_and_case_make_no_difference), cmocka_unit_test(no_token_is_longer_than_a_database_takes),
      cmocka_unit_test(many_tokens_fit)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
