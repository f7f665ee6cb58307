/* Folders: made once and again, synced with all below, and what cannot be is told by errno. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/folder.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Each test in a folder of its own, which is where the process stands. */
static int in_a_folder(void **state) {
  static const char pattern[] = "/tmp/bihuan-folder-XXXXXX";
  *state = strdup(pattern);
  return mkdtemp(*state) && chdir(*state) == 0 ? 0 : -1;
}
static int out_of_it(void **state) {
  char command[128];
  snprintf(command, sizeof command, "rm -rf %s", (char *)*state);
  int removed = chdir("/") == 0 ? system(command) : -1;
  free(*state);
  return removed;
}
static void put(const char *path) {
  int file = open(path, O_WRONLY | O_CREAT, 0600);
  assert_true(file >= 0);
  close(file);
}

static void a_folder_is_made_where_its_path_says(void **state) {
  put("file");
  static const struct { const char *path; int wrong; } cases[] = {
      {"one", 0}, {"one", 0}, {"one/two", 0}, {"one/two/", 0}, {"./three", 0}, {"one//four//", 0}, {"file", ENOTDIR}, {"file/in", ENOTDIR}, {"no/such", ENOENT}, {"", ENOENT}};
  for (size_t i = 0; i < COUNT(cases); i++) {
    errno = 0;
    assert_int_equal(folder_make(cases[i].path), cases[i].wrong == 0);
    if (cases[i].wrong) assert_int_equal(errno, cases[i].wrong);
  }
  struct stat made;
  assert_int_equal(stat("one/two", &made), 0);
  assert_int_equal(made.st_mode & 0777, 0700);
}

static void the_folder_above_is_found(void **state) {
  char whole[PATH_MAX];
  assert_true(folder_make("one"));
  put("one/file");
  snprintf(whole, sizeof whole, "%s/one/file", (char *)*state);
  static const struct {
    const char *path;
    bool there;
  } cases[] = {{"one/file", true}, {"one/", true},       {"one", true},         {"/etc", true},
               {"/", true},        {"gone/file", false}, {"one/file/in", false}};
  for (size_t i = 0; i < COUNT(cases); i++) assert_int_equal(folder_sync_above(cases[i].path), cases[i].there);
  assert_true(folder_sync_above(whole));
  char longest[2 * PATH_MAX];
  memset(longest, 'a', sizeof longest);
  memcpy(longest + PATH_MAX + 8, "/b", 3);
  assert_false(folder_sync_above(longest));
  assert_int_equal(errno, ENAMETOOLONG);
}

static void all_below_is_synced(void **state) {
  assert_true(folder_make("one") && folder_make("one/two") && folder_make("one/two/three"));
  put("one/two/file");
  assert_true(folder_sync_all("one"));
  assert_true(folder_sync("one/two"));
  assert_false(folder_sync("one/two/file"));
  assert_false(folder_sync_all("gone"));
  assert_int_equal(errno, ENOENT);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(a_folder_is_made_where_its_path_says, in_a_folder, out_of_it),
      cmocka_unit_test_setup_teardown(the_folder_above_is_found, in_a_folder, out_of_it),
      cmocka_unit_test_setup_teardown(all_below_is_synced, in_a_folder, out_of_it)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
