/* Text: what is checked, cleaned, folded, decoded and read as numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/enumeration.h"
#include "base/text.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void ill_formed_bytes_are_found_where_they_begin(void **state) {
  static const struct { const char *bytes; size_t size, until; } cases[] = {
      {"", 0, 0}, {"abc", 3, 3}, {"中文", 6, 6}, {"😀", 4, 4}, {"\xef\xbf\xbf", 3, 3}, {"\xf4\x8f\xbf\xbf", 4, 4},
      {"a\xff", 2, 1}, {"a\x80", 2, 1}, {"\xc0\x80", 2, 0}, {"\xc1\xbf", 2, 0}, {"\xe0\x9f\xbf", 3, 0},
      {"\xed\xa0\x80", 3, 0}, {"\xf0\x8f\xbf\xbf", 4, 0}, {"\xf4\x90\x80\x80", 4, 0}, {"\xf5\x80\x80\x80", 4, 0},
      {"中\xe6\x96", 5, 3}, {"中\xe6\x96" "a", 6, 3}, {"ab\0c", 4, 2}};
  for (size_t i = 0; i < COUNT(cases); i++) {
    assert_int_equal(text_valid_until(cases[i].bytes, cases[i].size), cases[i].until);
    assert_int_equal(text_valid(cases[i].bytes, cases[i].size), cases[i].until == cases[i].size);
  }
}

static void code_points_are_counted_and_read(void **state) {
  static const struct { const char *text; uint32_t first; size_t width, length; } cases[] = {
      {"a中", 'a', 1, 2}, {"é", 0xe9, 2, 1}, {"中文字", 0x4e2d, 3, 3}, {"😀!", 0x1f600, 4, 2}, {"𠮷", 0x20bb7, 4, 1},
      {"\xff" "a", 0xfffd, 1, 2}, {"\xe4\xb8", 0xfffd, 1, 1}};
  for (size_t i = 0; i < COUNT(cases); i++) {
    size_t width;
    assert_int_equal(text_next(cases[i].text, &width), cases[i].first);
    assert_int_equal(width, cases[i].width);
    assert_int_equal(text_length(cases[i].text), cases[i].length);
  }
  assert_int_equal(text_length(""), 0);
}

static void white_space_is_cleaned(void **state) {
  static const struct { const char *text, *one_line, *lines; } cases[] = {
      {"", "", ""}, {" \t\r\n", "", ""}, {"　\u00a0\u200b\ufeff", "", ""},
      {"\n\t\t\t\n\t\t\t座落在A市\n\t\t\t\n\t\t\t", "座落在A市", "座落在A市"},
      {"a  b\t\tc", "a b c", "a b c"}, {"甲　　乙", "甲 乙", "甲 乙"},
      {"一\r\n二\r三\n四", "一 二 三 四", "一\n二\n三\n四"}, {"一\n\n\n \n二", "一 二", "一\n\n二"},
      {"一  \n  二", "一 二", "一\n二"}, {"\ufeff标题\u200b", "标题", "标题"}, {"甲\u200b乙", "甲乙", "甲乙"},
      {"👨\u200d👩", "👨\u200d👩", "👨\u200d👩"}, {"\u200d甲\u200d", "甲", "甲"}, {"甲 \u200d 乙\u200c", "甲 乙", "甲 乙"},
      {"甲\u2028乙", "甲 乙", "甲\n乙"}, {"=1+1", "=1+1", "=1+1"}};
  struct arena *arena = arena_new();
  for (size_t i = 0; i < COUNT(cases); i++) {
    assert_string_equal(text_clean(arena, cases[i].text, false), cases[i].one_line);
    assert_string_equal(text_clean(arena, cases[i].text, true), cases[i].lines);
  }
  assert_null(text_clean(arena, NULL, true));
  arena_free(arena);
}

static void names_and_headers_fold_alike(void **state) {
  static const struct { const char *text, *folded; } cases[] = {
      {"", ""}, {"ABC xyz", "abc xyz"}, {"ＡＢＣ１２３，（）", "abc123,()"}, {"留言编号", "留言编号"}, {"　", " "},
      {"①②", "12"}, {"㎡", "m2"}, {"ﬁ", "fi"}, {"Straße", "strasse"}, {"ÉCOLE", "école"}, {"e\u0301", "é"}, {"中e\u0301中", "中é中"},
      {"ｶﾞｷﾞ", "ガギ"}, {"か\u3099", "が"}, {"\u1100\u1161\u11a8", "각"}, {"가\u11a8", "각"}, {"等…", "等..."}, {"甲\u200b乙\ufeff", "甲乙"},
      {"⼀", "一"}, {"豈", "豈"}, {"A\u00adB", "ab"}, {"Ⅳ号", "iv号"}, {"a\xff" "b", "a\ufffd" "b"}};
  struct arena *arena = arena_new();
  for (size_t i = 0; i < COUNT(cases); i++) {
    assert_string_equal(text_fold(arena, cases[i].text), cases[i].folded);
    assert_string_equal(text_fold(arena, cases[i].folded), cases[i].folded);
  }
  assert_null(text_fold(arena, NULL));
  arena_free(arena);
}

static size_t put_point(char *at, uint32_t point) {
  if (point < 0x80) return at[0] = (char)point, 1;
  if (point < 0x800) return at[0] = (char)(0xc0 | point >> 6), at[1] = (char)(0x80 | (point & 63)), 2;
  return at[0] = (char)(0xe0 | point >> 12), at[1] = (char)(0x80 | (point >> 6 & 63)), at[2] = (char)(0x80 | (point & 63)), 3;
}

/* With U+200D behind it, which is itself left out, every character goes through ICU: it must come out as on the quick way. */
static void quick_folding_is_the_same_as_unicode_folding(void **state) {
  struct arena *arena = arena_new();
  for (uint32_t point = 1; point < 0x10000; point++) {
    if (point >= 0xd800 && point < 0xe000) continue;
    char alone[8] = "", joined[16] = "", *folded, *with_joiner;
    size_t size = put_point(alone, point);
    memcpy(joined, alone, size);
    memcpy(joined + size, "\u200d", 4); /* sends the character before it through ICU; itself it is left out */
    folded = text_fold(arena, alone);
    with_joiner = text_fold(arena, joined);
    if (strcmp(folded, with_joiner) != 0) fail_msg("U+%04X folds to '%s', by Unicode to '%s'", point, folded, with_joiner);
    if (point % 1024 == 0) arena_reset(arena);
  }
  arena_free(arena);
}

static void distances_stop_beyond_what_is_asked(void **state) {
  static const struct { const char *one, *other; size_t most, distance; } cases[] = {
      {"", "", 3, 0}, {"住建局", "住建局", 0, 0}, {"住建局", "住房局", 0, 1}, {"住建局", "住房局", 3, 1}, {"住建局", "住房和建设局", 5, 3},
      {"abc", "", 5, 3}, {"abc", "", 2, 3}, {"kitten", "sitting", 5, 3}, {"kitten", "sitting", 2, 3}, {"kitten", "sitting", 3, 3},
      {"ABC", "abc", 3, 0}, {"城管局", "财政厅", 9, 3}, {"甲乙丙丁", "乙丙丁甲", 4, 2}, {"abcdef", "uvwxyz", SIZE_MAX, 6}, {"abcdef", "uvwxyz", 1, 2}};
  for (size_t i = 0; i < COUNT(cases); i++) {
    assert_int_equal(text_distance(cases[i].one, cases[i].other, cases[i].most), cases[i].distance);
    assert_int_equal(text_distance(cases[i].other, cases[i].one, cases[i].most), cases[i].distance);
  }
}

static void integers_are_read_whole_or_not_at_all(void **state) {
  static const struct { const char *text; int64_t value; } good[] = {
      {"0", 0}, {"7", 7}, {"-7", -7}, {"+7", 7}, {"007", 7}, {"9223372036854775807", INT64_MAX}, {"-9223372036854775807", -INT64_MAX}};
  static const char *const bad[] = {"", "-", "+", "a", "1a", " 1", "1 ", "1.0", "--1", "9223372036854775808", "-9223372036854775808",
                                    "99999999999999999999", "１"};
  int64_t value;
  for (size_t i = 0; i < COUNT(good); i++) {
    assert_true(text_to_integer(good[i].text, &value));
    assert_int_equal(value, good[i].value);
  }
  for (size_t i = 0; i < COUNT(bad); i++) assert_false(text_to_integer(bad[i], &value));
  assert_false(text_to_integer(NULL, &value));
}

static void decimals_go_in_and_out_unchanged(void **state) {
  static const struct { const char *text; unsigned scale; int64_t value; const char *back; } good[] = {
      {"12.5", 2, 1250, "12.5"}, {"12.50", 2, 1250, "12.5"}, {"12", 2, 1200, "12"}, {"-0.05", 2, -5, "-0.05"}, {"0.0", 2, 0, "0"},
      {"100", 0, 100, "100"}, {"-3.14", 4, -31400, "-3.14"}, {"92233720368547758.07", 2, INT64_MAX, "92233720368547758.07"},
      {"0.000000000000000001", 18, 1, "0.000000000000000001"}};
  static const struct { const char *text; unsigned scale; } bad[] = {
      {"", 2}, {".5", 2}, {"5.", 2}, {"1.234", 2}, {"1.230", 2}, {"1.5", 0}, {"1,5", 2}, {"1e3", 2}, {"92233720368547758.08", 2},
      {"92233720368547759", 2}, {"-", 2}, {"1.2.3", 4}, {"1.-2", 4}};
  struct arena *arena = arena_new();
  int64_t value;
  for (size_t i = 0; i < COUNT(good); i++) {
    assert_true(text_to_decimal(good[i].text, good[i].scale, &value));
    assert_int_equal(value, good[i].value);
    assert_string_equal(text_from_decimal(arena, value, good[i].scale), good[i].back);
  }
  for (size_t i = 0; i < COUNT(bad); i++) assert_false(text_to_decimal(bad[i].text, bad[i].scale, &value));
  arena_free(arena);
}

#define BYTES(text) (text), sizeof(text) - 1

static void encodings_are_found_out_from_the_bytes(void **state) {
  static const struct { const char *bytes; size_t size; const char *text, *encoding; } cases[] = {
      {BYTES(""), "", "utf-8"}, {BYTES("abc"), "abc", "utf-8"}, {BYTES("留言编号"), "留言编号", "utf-8"},
      {BYTES("\xef\xbb\xbf" "留言"), "留言", "utf-8"}, {BYTES("\xef\xbb\xbf"), "", "utf-8"},
      {BYTES("\xc1\xf4\xd1\xd4\xb1\xe0\xba\xc5,A1\n"), "留言编号,A1\n", "gb18030"},
      {BYTES("\xd6\xd0"), "中", "gb18030"}, {BYTES("\x95\x32\x82\x36,"), "𠀀,", "gb18030"},
      {BYTES("\xff\xfe\x2d\x4e\x87\x65"), "中文", "utf-16"}, {BYTES("\xfe\xff\x4e\x2d\x65\x87"), "中文", "utf-16"}};
  struct arena *arena = arena_new();
  for (size_t i = 0; i < COUNT(cases); i++) {
    size_t size = 99, bad = 99;
    const char *encoding = NULL, *text = text_decode(arena, cases[i].bytes, cases[i].size, &size, &encoding, &bad);
    assert_non_null(text);
    assert_string_equal(text, cases[i].text);
    assert_string_equal(encoding, cases[i].encoding);
    assert_int_equal(size, strlen(cases[i].text));
    assert_int_equal(bad, 99);
  }
  arena_free(arena);
}

static void what_fits_no_encoding_is_refused_with_its_place(void **state) {
  static const struct { const char *bytes; size_t size, bad; } cases[] = {
      {BYTES("ab\0c"), 2}, {BYTES("\xd6\xd0\0\xd6"), 0}, {BYTES("ab\xff\n"), 2}, {BYTES("caf\xe9 bar"), 3},
      {BYTES("\xef\xbb\xbf" "ab\xff"), 5}, {BYTES("投诉内容\xe4\xb8,第二行中文\n"), 12}, {BYTES("\xd6\xd0\xff"), 0},
      {BYTES("路灯不亮请尽快修\xe5\xa4"), 24}, {BYTES("\xff\xfe\x00\xd8\x41\x00"), 0}, {BYTES("\xff\xfe\x2d"), 0}, {BYTES("\xff\xfe\0\0"), 0}};
  struct arena *arena = arena_new();
  for (size_t i = 0; i < COUNT(cases); i++) {
    size_t bad = 99;
    assert_null(text_decode(arena, cases[i].bytes, cases[i].size, NULL, NULL, &bad));
    assert_int_equal(bad, cases[i].bad);
  }
  arena_free(arena);
}

static void labels_print_in_both_languages(void **state) {
  struct arena *arena = arena_new();
  struct label label = label_print(arena, "第%d行：“%s”不是日期", "row %d: \"%s\" is no date", 3, "2026-02-30");
  assert_string_equal(label_in(label, LANGUAGE_ZH), "第3行：“2026-02-30”不是日期");
  assert_string_equal(label_in(label, LANGUAGE_EN), "row 3: \"2026-02-30\" is no date");
  assert_true(text_equal(NULL, NULL));
  assert_false(text_equal(NULL, ""));
  assert_true(text_equal("a", "a"));
  arena_free(arena);
}

static void names_are_enumerated_as_each_language_does(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct enumeration quoted = enumeration_in(arena), bare = enumeration_in(arena), none = enumeration_in(arena);
  enumeration_quote(&quoted, "市水务局");
  enumeration_quote(&quoted, "Harbour office");
  enumeration_add(&bare, "编号");
  enumeration_add(&bare, "Number");
  assert_string_equal(enumeration_label(&quoted).zh, "“市水务局”、“Harbour office”");
  assert_string_equal(enumeration_label(&quoted).en, "\"市水务局\", \"Harbour office\"");
  assert_string_equal(enumeration_label(&bare).zh, "编号、Number");
  assert_string_equal(enumeration_label(&bare).en, "编号, Number");
  assert_null(enumeration_label(&none).zh);
  assert_null(enumeration_label(&none).en);
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(ill_formed_bytes_are_found_where_they_begin), cmocka_unit_test(code_points_are_counted_and_read),
      cmocka_unit_test(white_space_is_cleaned), cmocka_unit_test(names_and_headers_fold_alike),
      cmocka_unit_test(quick_folding_is_the_same_as_unicode_folding), cmocka_unit_test(distances_stop_beyond_what_is_asked),
      cmocka_unit_test(integers_are_read_whole_or_not_at_all), cmocka_unit_test(decimals_go_in_and_out_unchanged),
      cmocka_unit_test(encodings_are_found_out_from_the_bytes), cmocka_unit_test(what_fits_no_encoding_is_refused_with_its_place),
      cmocka_unit_test(labels_print_in_both_languages), cmocka_unit_test(names_are_enumerated_as_each_language_does)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
