/* A correction slip in words: figures by code or label, values by what such a figure can be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "rules/slip_words.h"

static const struct { const char *given, *figure; } FIGURES[] = {
  {"category", "category"}, {"问题类别", "category"}, {"状态", "state"}, {"State", "state"}, {"整改期限", "due"}, {"transfers", "transfers"}, {"没有这一项", NULL}, {"", NULL}};
static void figures_are_known_by_code_and_label(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof FIGURES / sizeof *FIGURES; i++) {
    const char *figure = slip_figure(FIGURES[i].given);
    if (FIGURES[i].figure) assert_string_equal(figure, FIGURES[i].figure);
    else assert_null(figure);
  }
}

static const struct { const char *figure, *given, *value, *fits; } VALUES[] = {
  {"category", "party", "party", NULL}, {"category", "党风廉政与队伍建设", "party", NULL}, {"category", "别的", NULL, "党风廉政与队伍建设"},
  {"state", "整改中", "rectifying", NULL}, {"state", "red", NULL, "整改中"}, {"colour", "红", "red", NULL}, {"due", "2026-06-30", "2026-06-30", NULL}, {"due", "六月底", NULL, "2026-06-30"},
  {"transfers", "2", "2", NULL}, {"transfers", "两次", NULL, "整数"}};
static void values_are_what_the_figure_can_be(void **state) {
  struct arena *arena = arena_new();
  (void)state;
  for (size_t i = 0; i < sizeof VALUES / sizeof *VALUES; i++) {
    struct label fits = {0};
    const char *value = slip_value(arena, VALUES[i].figure, VALUES[i].given, &fits);
    if (VALUES[i].value) assert_string_equal(value, VALUES[i].value);
    else assert_null(value);
    if (VALUES[i].fits) assert_non_null(strstr(fits.zh, VALUES[i].fits));
  }
  arena_free(arena);
}

static void codes_are_told_in_words(void **state) {
  (void)state;
  assert_string_equal(slip_figure_label("category").zh, "问题类别");
  assert_string_equal(slip_figure_label("problems").zh, "problems");
  assert_string_equal(slip_value_label("category", "party").zh, "党风廉政与队伍建设");
  assert_string_equal(slip_value_label("state", "rectifying").zh, "整改中");
  assert_string_equal(slip_value_label("problems", "1858").en, "1858");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(figures_are_known_by_code_and_label),
                                     cmocka_unit_test(values_are_what_the_figure_can_be), cmocka_unit_test(codes_are_told_in_words)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
