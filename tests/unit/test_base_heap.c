/* Memory that outlives every arena: never NULL, never shorter than asked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/heap.h"

static void zeroed_is_zero_and_no_things_are_no_null(void **state) {
  int64_t *numbers = heap_zeroed(1000, sizeof *numbers), *none = heap_zeroed(0, sizeof *none);
  for (int i = 0; i < 1000; i++) assert_int_equal(numbers[i], 0);
  assert_non_null(none);
  free(numbers);
  free(none);
}

static void resized_keeps_what_was_there(void **state) {
  int *numbers = heap_resized(NULL, 3, sizeof *numbers);
  for (int i = 0; i < 3; i++) numbers[i] = i + 7;
  numbers = heap_resized(numbers, 100000, sizeof *numbers);
  for (int i = 0; i < 3; i++) assert_int_equal(numbers[i], i + 7);
  numbers = heap_resized(numbers, 0, sizeof *numbers);
  assert_non_null(numbers);
  free(numbers);
}

static void copies_are_their_own(void **state) {
  static const uint16_t from[] = {3, 1, 4};
  uint16_t *copy = heap_copied(from, 3, sizeof *copy);
  void *none = heap_copied(NULL, 0, sizeof *copy);
  char *text = heap_text("闭环");
  assert_memory_equal(copy, from, sizeof from);
  assert_non_null(none);
  assert_string_equal(text, "闭环");
  assert_null(heap_text(NULL));
  free(copy);
  free(none);
  free(text);
}

/* What a child does in vain ends it by abort(), not by an address that wrapped. */
static void asks_too_much(size_t count, size_t size, bool zeroed) {
  pid_t child = fork();
  int status = 0;
  assert_true(child >= 0);
  if (child == 0) {
    signal(SIGABRT, SIG_DFL);
    close(STDERR_FILENO);
    free(zeroed ? heap_zeroed(count, size) : heap_resized(NULL, count, size));
    _exit(0);
  }
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

static void a_number_that_overflows_ends_the_process(void **state) {
  for (int zeroed = 0; zeroed < 2; zeroed++) {
    asks_too_much(SIZE_MAX / 8 + 2, 8, zeroed); /* 8 bytes, if it wrapped */
    asks_too_much((size_t)1 << 33, (size_t)1 << 31, zeroed);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(zeroed_is_zero_and_no_things_are_no_null), cmocka_unit_test(resized_keeps_what_was_there),
    cmocka_unit_test(copies_are_their_own), cmocka_unit_test(a_number_that_overflows_ends_the_process)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
