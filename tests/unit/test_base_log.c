/* The log: one event, one line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"

static int caught_pipe[2], kept_error;

static void catch_begin(void) {
  assert_int_equal(pipe(caught_pipe), 0);
  assert_int_equal(fcntl(caught_pipe[0], F_SETFL, O_NONBLOCK), 0);
  kept_error = dup(STDERR_FILENO);
  dup2(caught_pipe[1], STDERR_FILENO);
}

static size_t catch_end(char *caught, size_t room) {
  dup2(kept_error, STDERR_FILENO);
  close(kept_error);
  close(caught_pipe[1]);
  ssize_t size = read(caught_pipe[0], caught, room - 1);
  close(caught_pipe[0]);
  if (size < 0) size = 0;
  caught[size] = 0;
  return (size_t)size;
}

static void a_line_has_time_level_and_room(void **state) {
  char caught[4096];
  catch_begin();
  log_line(LOG_WARNING, "store", "journal at %d", 42);
  catch_end(caught, sizeof caught);
  assert_string_equal(caught + 29, " warning store: journal at 42\n");
  assert_memory_equal(caught + 23, "+08:00", 6);
  assert_int_equal(caught[10], 'T');
}

static void lines_below_the_threshold_are_left_out(void **state) {
  char caught[4096];
  catch_begin();
  log_line(LOG_DEBUG, "web", "unseen");
  log_threshold(LOG_ERROR);
  log_line(LOG_WARNING, "web", "unseen");
  log_threshold(LOG_DEBUG);
  log_line(LOG_DEBUG, "web", "seen");
  log_threshold(LOG_INFO);
  catch_end(caught, sizeof caught);
  assert_null(strstr(caught, "unseen"));
  assert_non_null(strstr(caught, "debug web: seen\n"));
}

static void nothing_can_forge_a_second_line(void **state) {
  char caught[4096];
  catch_begin();
  log_line(LOG_INFO, "web", "a\nb\r\x1b[31mc");
  size_t size = catch_end(caught, sizeof caught);
  assert_ptr_equal(strchr(caught, '\n'), caught + size - 1);
  assert_null(strchr(caught, '\x1b'));
}

static void long_lines_are_cut_between_characters(void **state) {
  char caught[4096], text[3001];
  for (size_t i = 0; i + 3 <= 3000; i += 3) memcpy(text + i, "长", 4);
  for (int shift = 0; shift < 4; shift++) {
    catch_begin();
    log_line(LOG_INFO, "web", "%.*s%s", shift, "xxxx", text);
    size_t size = catch_end(caught, sizeof caught);
    assert_in_range(size, 1900, 2001);
    assert_string_equal(caught + size - 7, "长...\n");
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_line_has_time_level_and_room), cmocka_unit_test(lines_below_the_threshold_are_left_out),
      cmocka_unit_test(nothing_can_forge_a_second_line), cmocka_unit_test(long_lines_are_cut_between_characters)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
