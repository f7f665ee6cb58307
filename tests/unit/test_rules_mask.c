/* Masking by table: what is taken for a person's name or number becomes less, what is none stays, and what was masked is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#include "rules/mask.h"

struct row { const char *text, *becomes, *told; };
static const struct row ROWS[] = {
  {"请联系王小明先生", "请联系王某先生", "王小明 → 王某\n"},
  {"王明女士说", "王某女士说", "王明 → 王某\n"},
  {"王先生说", "某先生说", "王 → 某\n"},
  {"王某先生说", "王某先生说", ""},
  {"欧阳修远老师到场", "欧阳某老师到场", "欧阳修远 → 欧阳某\n"},
  {"一位先生、老先生都说好", "一位先生、老先生都说好", ""},
  {"姓名：李建国，男", "姓名：李某，男", "姓名：李建国 → 姓名：李某\n"},
  {"联系人张三丰 13812345678", "联系人张某 [电话已隐去]", "联系人张三丰 → 联系人张某\n13812345678 → [电话已隐去]\n"},
  {"姓王名小明", "姓王名某", "姓王名小明 → 姓王名某\n"},
  {"Mr John Smith called", "Mr X called", "Mr John Smith → Mr X\n"},
  {"Mr X called", "Mr X called", ""},
  {"电话 138-1234-5678", "电话 [电话已隐去]", "138-1234-5678 → [电话已隐去]\n"},
  {"电话13912345678 13912345679 都打过", "电话[电话已隐去] [电话已隐去] 都打过", "13912345678 → [电话已隐去]\n13912345679 → [电话已隐去]\n"},
  {"先打021-63212810 13912345678", "先打[电话已隐去] [电话已隐去]", "021-63212810 → [电话已隐去]\n13912345678 → [电话已隐去]\n"},
  {"座机021-63212810", "座机[电话已隐去]", "021-63212810 → [电话已隐去]\n"},
  {"证件310101199001011234", "证件[证件号已隐去]", "310101199001011234 → [证件号已隐去]\n"},
  {"证件31010119900101123X。", "证件[证件号已隐去]。", "31010119900101123X → [证件号已隐去]\n"},
  {"卡号6222 0212 3456 7890 123", "卡号[卡号已隐去]", "6222 0212 3456 7890 123 → [卡号已隐去]\n"},
  {"邮箱 wang.ming@example.org。", "邮箱 [邮箱已隐去]。", "wang.ming@example.org → [邮箱已隐去]\n"},
  {"沪A12345占道", "[车牌已隐去]占道", "沪A12345 → [车牌已隐去]\n"},
  /* what only looks like it */
  {"2,514 个排污口整治完 2,509 个", "2,514 个排污口整治完 2,509 个", ""},
  {"编号 SJ-0001234，共 186 户", "编号 SJ-0001234，共 186 户", ""},
  {"2026-11-23 前完成", "2026-11-23 前完成", ""},
  {"投资 12500000000 元", "投资 12500000000 元", ""},
  {"请党委书记、项目经理和车间主任到场", "请党委书记、项目经理和车间主任到场", ""},
  {"原主任和单位书记都来过", "原主任和单位书记都来过", ""},
  {"请李建国主任看", "请李某主任看", "李建国 → 李某\n"},
  {"", "", ""},
};

static struct arena *arena;
static int open_arena(void **state) { (void)state; arena = arena_new(); return 0; }
static int close_arena(void **state) { (void)state; arena_free(arena); return 0; }

static void each_text_becomes_what_its_row_says(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
    struct buffer told = {.arena = arena};
    assert_string_equal(mask_text(arena, ROWS[i].text, &told), ROWS[i].becomes);
    assert_string_equal(told.bytes ? told.bytes : "", ROWS[i].told);
  }
}

static void masking_again_changes_nothing(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
    struct buffer told = {.arena = arena};
    assert_string_equal(mask_text(arena, ROWS[i].becomes, &told), ROWS[i].becomes);
    assert_int_equal(told.size, 0);
  }
}

static void any_cut_of_a_text_is_taken(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
    for (size_t width, at = 0; ROWS[i].text[at]; at += width) {
      struct buffer told = {.arena = arena};
      text_next(ROWS[i].text + at, &width);
      char *whole = mask_text(arena, ROWS[i].text + at, &told);
      assert_true(text_valid(whole, strlen(whole)));
    }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(each_text_becomes_what_its_row_says), cmocka_unit_test(masking_again_changes_nothing), cmocka_unit_test(any_cut_of_a_text_is_taken)};
  return cmocka_run_group_tests(tests, open_arena, close_arena);
}
