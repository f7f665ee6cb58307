/* Warnings: what a text holds that asks for care, and where; and what does not. All names and numbers are invented. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "rules/warnings.h"

struct expected { enum warning_kind kind; const char *words; };
static const struct { const char *text; struct expected found[4]; } CASES[] = {
  {"", {{0}}},
  {"小区内部道路破损,商业秘密和他无关", {{0}}},
  {"机密★1年 关于某某的报告", {{WARNING_SECRET, "机密★"}}},
  {"秘密★", {{WARNING_SECRET, "秘密★"}}},
  {"秘密\n以下是内容", {{WARNING_SECRET, "秘密"}}},
  {"附件【内部】,请勿外传", {{WARNING_INTERNAL, "【内部】"}}},
  {"内部\n", {{WARNING_INTERNAL, "内部"}}},
  {"内部资料,注意保存", {{WARNING_INTERNAL, "内部资料"}}},
  {"我的电话是13912345678,请回电", {{WARNING_PHONE, "13912345678"}}},
  {"身份证310101199001011234,卡号6222020200112233445", {{WARNING_IDENTITY, "310101199001011234"}, {WARNING_CARD, "6222020200112233445"}}},
  {"邮箱 someone@example.com", {{WARNING_MAIL, "someone@example.com"}}},
  {"车牌沪A12345乱停", {{WARNING_VEHICLE, "沪A12345"}}},
  {"联系人王小明", {{WARNING_NAME, "联系人王小明"}}},
  {"绝密材料,联系电话13912345678,机密级", {{WARNING_SECRET, "绝密"}, {WARNING_PHONE, "13912345678"}, {WARNING_SECRET, "机密级"}}},
  {"2026年11月28日在3号楼等了15分钟,投诉编号20261128001", {{0}}}};

static void each_text_tells_what_it_holds_and_where(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    struct warning warnings[WARNINGS_MOST];
    size_t count = warnings_find(arena, CASES[i].text, warnings, WARNINGS_MOST), wanted = 0;
    while (wanted < 4 && CASES[i].found[wanted].kind) wanted++;
    if (count != wanted) fail_msg("%s: %zu found, %zu wanted", CASES[i].text, count, wanted);
    for (size_t k = 0; k < count; k++) {
      assert_int_equal(warnings[k].kind, CASES[i].found[k].kind);
      assert_string_equal(arena_copy(arena, CASES[i].text + warnings[k].at, warnings[k].size), CASES[i].found[k].words);
    }
  }
  arena_free(arena);
}

static void no_text_warns_of_nothing_and_many_are_told_up_to_a_limit(void **state) {
  (void)state;
  struct warning warnings[3];
  struct arena *arena = arena_new();
  assert_int_equal(warnings_find(arena, NULL, warnings, 3), 0);
  assert_int_equal(warnings_find(arena, "机密★机密★机密★机密★机密★", warnings, 3), 3);
  assert_int_equal(warnings_find(arena, "13912345678、13912345679、13912345670、13912345671", warnings, 3), 3);
  arena_free(arena);
}

static void each_kind_has_a_name_and_words(void **state) {
  (void)state;
  for (int kind = 1; kind < WARNING_COUNT; kind++) {
    assert_non_null(warning_name((enum warning_kind)kind));
    assert_non_null(warning_label((enum warning_kind)kind).zh);
    assert_non_null(warning_label((enum warning_kind)kind).en);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(each_text_tells_what_it_holds_and_where),
                                     cmocka_unit_test(no_text_warns_of_nothing_and_many_are_told_up_to_a_limit),
                                     cmocka_unit_test(each_kind_has_a_name_and_words)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
