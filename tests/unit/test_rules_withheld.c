/* Counts of what is withheld, by table: what may be told of them, and that no small number can be reckoned from what is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rules/withheld.h"

enum { LEAST = 5 };
static const struct { int64_t counts[4] /* of the reasons 1 to 4 */; int64_t total, told[4], others; bool few; } CASES[] = {
  {{0, 0, 0, 0}, 0, {0, 0, 0, 0}, 0, false},
  {{1, 0, 0, 0}, 0, {0, 0, 0, 0}, 0, true},
  {{2, 2, 0, 0}, 0, {0, 0, 0, 0}, 0, true},
  {{5, 0, 0, 0}, 5, {5, 0, 0, 0}, 0, false},
  {{3, 2, 0, 0}, 5, {0, 0, 0, 0}, 5, false},
  {{9, 3, 3, 0}, 15, {9, 0, 0, 0}, 6, false},          /* two small ones together are enough */
  {{9, 1, 0, 0}, 10, {0, 0, 0, 0}, 10, false},         /* one less nine would tell the other */
  {{9, 7, 1, 0}, 17, {9, 0, 0, 0}, 8, false},          /* the next smallest goes in as well */
  {{9, 7, 6, 4}, 26, {9, 7, 0, 0}, 10, false},
  {{5, 5, 5, 5}, 20, {5, 5, 5, 5}, 0, false}};

static void reasons_are_told_from_the_least_on_and_smaller_ones_together(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    int64_t counts[WITHHELD_REASONS] = {0};
    for (int k = 0; k < 4; k++) counts[k + 1] = CASES[i].counts[k];
    struct withheld told = withheld_told(counts, LEAST);
    assert_int_equal(told.total, CASES[i].total);
    assert_int_equal(told.others, CASES[i].others);
    assert_int_equal(told.few, CASES[i].few);
    for (int k = 0; k < 4; k++) assert_int_equal(told.reasons[k + 1], CASES[i].told[k]);
  }
}

static void whatever_the_counts_no_number_told_or_reckoned_is_smaller_than_the_least(void **state) {
  (void)state;
  for (int64_t a = 0; a < 9; a++)
    for (int64_t b = 0; b < 9; b++)
      for (int64_t c = 0; c < 9; c++) {
        int64_t counts[WITHHELD_REASONS] = {0, a, b, c}, sum = 0;
        struct withheld told = withheld_told(counts, LEAST);
        assert_true(told.total == 0 || told.total >= LEAST);
        assert_true(told.others == 0 || told.others >= LEAST);
        for (int i = 1; i < WITHHELD_REASONS; i++) {
          assert_true(told.reasons[i] == 0 || (told.reasons[i] >= LEAST && told.reasons[i] == counts[i]));
          sum += told.reasons[i];
        }
        assert_int_equal(told.total - sum, told.others);
        assert_int_equal(told.few, a + b + c > 0 && a + b + c < LEAST);
      }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(reasons_are_told_from_the_least_on_and_smaller_ones_together),
                                     cmocka_unit_test(whatever_the_counts_no_number_told_or_reckoned_is_smaller_than_the_least)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
