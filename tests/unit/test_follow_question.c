/* What is looked for: parts and what is told when there are none, the question to the index, where a text holds it, and the words of a
   record. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/pinyin.h"
#include "follow/question.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
static struct arena *arena;
static int setup(void **state) { (void)state; arena = arena_new(); return 0; }
static int teardown(void **state) { (void)state; arena_free(arena); return 0; }

static const char *written(const char *text, enum record_id type) {
  struct question question;
  enum question_fault fault = question_of(arena, text, &question);
  return fault ? question_fault_code(fault) : question_write(arena, &question, record_type(type), NULL, 0);
}

static void what_is_typed_becomes_quoted_phrases(void **state) {
  (void)state;
  static const struct { const char *text, *written; } cases[] = {
    {"小区", "((\"小区\"))"}, {"地铁站", "((\"地铁 铁站\"))"}, {"小区 电梯", "((\"小区\") AND (\"电梯\"))"}, {"小区，电梯", "((\"小区\") AND (\"电梯\"))"},
    {"小区 -电梯", "((\"小区\")) NOT (\"电梯\")"}, {"-电梯 小区 －油烟", "((\"小区\")) NOT (\"电梯\" OR \"油烟\")"}, {"小区 -\"a b\"", "((\"小区\")) NOT (\"a b\")"},
    {"\"annual report\"", "((\"annual report\"))"}, {"“annual report” x1", "((\"annual report\") AND (\"x1\"))"}, {"「小区 电梯」", "((\"小区 电梯\"))"}, {"annual report", "((\"annual\") AND (\"report\"))"},
    {"\"小区", "((\"小区\"))"}, {"小\"区\"电梯", "((\"电梯\"))"}, {"3 - 5", "((\"3\") AND (\"5\"))"}, {"a-b", "((\"a\") AND (\"b\"))"}, {"--小区", "((\"小区\"))"},
    {"小区 OR 电梯*", "((\"小区\") AND (\"or\") AND (\"电梯\"))"}, {"NEAR(小区, 2)", "((\"near\") AND (\"小区\") AND (\"2\"))"}, {"\xC2\xA6u12", "((\"u12\"))"},
    {"ＡＢＣ", "((\"abc\"))"}, {"水 小区", "((\"小区\"))"},
    {"", "no_words"}, {" 　", "no_words"}, {"😀", "no_words"}, {"，。!?--", "no_words"}, {"\"", "no_words"}, {"\"\"", "no_words"}, {"\x01\x1f", "no_words"},
    {"水", "too_short"}, {"水 电", "too_short"}, {"\"水\"", "too_short"}, {"-小区", "only_without"}, {"水 -小区", "only_without"}, {"-\" 水", "too_short"},
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) assert_string_equal(written(cases[i].text, RECORD_CLASS), cases[i].written);
}

static void more_words_than_are_looked_for_are_told(void **state) {
  (void)state;
  struct buffer text = {.arena = arena};
  for (int i = 0; i < QUESTION_PARTS_MOST; i++) buffer_print(&text, "w%d ", i);
  assert_true(written(text.bytes, RECORD_CLASS)[0] == '(');
  buffer_text(&text, "one-more");
  assert_string_equal(written(text.bytes, RECORD_CLASS), "too_many");
}

static void numbers_by_stretches_and_names_by_sound_where_the_type_has_them(void **state) {
  (void)state;
  assert_string_equal(written("00123", RECORD_APPEAL), "((\"00123\" OR \"¦n0012 ¦n0123\"))");
  assert_string_equal(written("0012", RECORD_APPEAL), "((\"0012\" OR \"¦n0012\"))");
  assert_string_equal(written("001", RECORD_APPEAL), "((\"001\"))");
  assert_string_equal(written("metro", RECORD_APPEAL), "((\"metro\"))");
  assert_string_equal(written("00123", RECORD_UNIT), "((\"00123\"))");
  assert_string_equal(written("SJJ", RECORD_UNIT), "((\"sjj\" OR \"¦psjj\" *))");
  assert_string_equal(written("s", RECORD_UNIT), "((\"s\"))");
  assert_string_equal(written("\"sjj\"", RECORD_USER), "((\"sjj\" OR \"¦psjj\" *))");
}

static void who_must_hold_it_joins_the_question(void **state) {
  (void)state;
  static const int64_t units[] = {7, 12}, person[] = {3};
  struct question_holders holders[] = {{units, 2}, {person, 1}, {NULL, 0}};
  struct question question;
  assert_int_equal(question_of(arena, "小区 -电梯", &question), QUESTION_FITS);
  assert_string_equal(question_write(arena, &question, record_type(RECORD_APPEAL), holders, 3),
                      "((\"小区\") AND (\"¦u7\" OR \"¦u12\") AND (\"¦u3\")) NOT (\"电梯\")");
}

/* The text with [ ] around what is marked. */
static const char *marked(const char *asked, const char *text, bool parts) {
  struct question question;
  struct mark marks[16];
  struct buffer out = {.arena = arena};
  assert_int_equal(question_of(arena, asked, &question), QUESTION_FITS);
  size_t count = question_marks(arena, &question, text, parts, marks, 16), at = 0, width;
  for (; *text; text += width, at++) {
    for (size_t i = 0; i < count; i++) if (marks[i].to == at) buffer_byte(&out, ']');
    for (size_t i = 0; i < count; i++) if (marks[i].from == at) buffer_byte(&out, '[');
    text_next(text, &width);
    buffer_add(&out, text, width);
  }
  for (size_t i = 0; i < count; i++) if (marks[i].to == at) buffer_byte(&out, ']');
  return out.bytes;
}

static void marks_stand_where_the_words_do(void **state) {
  (void)state;
  static const struct { const char *asked, *text, *marked; bool parts; } cases[] = {
    {"小区", "老旧小区的小区门", "老旧[小区]的[小区]门", false}, {"小区 电梯", "电梯坏了,小区停电", "[电梯]坏了,[小区]停电", false}, {"地铁站", "地铁站到地铁", "[地铁站]到地铁", false},
    {"metro", "Metro, metros, METRO线", "[Metro], metros, [METRO]线", false}, {"abc", "ＡＢＣ abc", "[ＡＢＣ] [abc]", false}, {"小区", "😀小区𠮷小区", "😀[小区]𠮷[小区]", false},
    {"0012", "SJ0012 0012", "SJ0012 [0012]", false}, {"0012", "SJ001234", "SJ[0012]34", true}, {"小区 -电梯", "小区电梯", "[小区]电梯", false}, {"\"annual report\"", "Annual  Report", "[Annual]  [Report]", false},
    {"电梯", "<b>电梯</b>", "<b>[电梯]</b>", false}, {"电梯", "没有", "没有", false}, {"小区 小区电梯", "小区电梯", "[小区电梯]", false}};
  for (size_t i = 0; i < COUNT_OF(cases); i++) assert_string_equal(marked(cases[i].asked, cases[i].text, cases[i].parts), cases[i].marked);
}

static void a_record_is_cut_into_words_and_what_no_text_yields(void **state) {
  (void)state;
  struct cutter cutter = {0};
  struct buffer out = {.arena = arena};
  struct row *appeal = row_new(arena, record_type(RECORD_APPEAL)), *unit = row_new(arena, record_type(RECORD_UNIT)),
             *empty = row_new(arena, record_type(RECORD_APPEAL));
  row_set_text(appeal, APPEAL_NUMBER, "HX20261");
  row_set_text(appeal, APPEAL_TITLE, "停水了");
  row_set_integer(appeal, APPEAL_UNIT, 12);
  record_cut(&cutter, &out, appeal);
  assert_string_equal(out.bytes, "hx20261 ¦ 停水 水了 ¦nhx20 ¦nx202 ¦n2026 ¦n0261 ¦ ¦u12");
  buffer_clear(&out);
  row_set_text(unit, UNIT_NAME, "审计局A组");
  record_cut(&cutter, &out, unit);
  assert_string_equal(out.bytes, "审计 计局 a 组 ¦pshenjiju ¦pjiju ¦pju ¦psjj ¦pjj ¦pzu");
  buffer_clear(&out);
  row_set_integer(empty, APPEAL_UNIT, 12);
  record_cut(&cutter, &out, empty);
  assert_int_equal(out.size, 0);
  cutter_rest(&cutter);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(what_is_typed_becomes_quoted_phrases, setup, teardown),
                                     cmocka_unit_test_setup_teardown(more_words_than_are_looked_for_are_told, setup, teardown),
                                     cmocka_unit_test_setup_teardown(numbers_by_stretches_and_names_by_sound_where_the_type_has_them, setup,
                                                                     teardown),
                                     cmocka_unit_test_setup_teardown(who_must_hold_it_joins_the_question, setup, teardown),
                                     cmocka_unit_test_setup_teardown(marks_stand_where_the_words_do, setup, teardown),
                                     cmocka_unit_test_setup_teardown(a_record_is_cut_into_words_and_what_no_text_yields, setup, teardown)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
