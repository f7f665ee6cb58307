/* Addresses against patterns and the route table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "web/path.h"
#include "web/route.h"

static void patterns_take_whole_segments(void **state) {
  struct arena *arena = arena_new();
  struct path_parts parts = {0};
  (void)state;
  assert_true(path_matches(arena, "/api/v1/{plural}/{id}", "/api/v1/problems/12", &parts));
  assert_string_equal(parts.plural, "problems");
  assert_string_equal(parts.id, "12");
  assert_null(parts.action);
  assert_true(path_matches(arena, "/api/v1/{plural}.csv", "/api/v1/problems.csv", &parts));
  assert_string_equal(parts.plural, "problems");
  assert_true(path_matches(arena, "/*", "/some/where", &parts));
  assert_string_equal(parts.name, "some/where");
  assert_false(path_matches(arena, "/api/v1/{plural}", "/api/v1/", &parts));
  assert_false(path_matches(arena, "/api/v1/{plural}", "/api/v1/problems/", &parts));
  assert_false(path_matches(arena, "/api/v1/{plural}.csv", "/api/v1/.csv", &parts));
  assert_false(path_matches(arena, "/api/v1/{plural}/{id}", "/api/v1/problems", &parts));
  assert_false(path_matches(arena, "/api/v1/types", "/api/v1/typesx", &parts));
  assert_false(path_matches(arena, "/api/v1/types", "", &parts));
  arena_free(arena);
}

static void the_particular_route_stands_before_the_general(void **state) {
  static const struct { const char *method, *path, *pattern; } cases[] = {
    {"GET", "/api/v1/session", "/api/v1/session"},
    {"GET", "/api/v1/problems", "/api/v1/{plural}"},
    {"HEAD", "/api/v1/problems", "/api/v1/{plural}"},
    {"GET", "/api/v1/problems.csv", "/api/v1/{plural}.csv"},
    {"GET", "/api/v1/problems/tally", "/api/v1/{plural}/tally"},
    {"POST", "/api/v1/appeals/import", "/api/v1/appeals/import"},
    {"POST", "/api/v1/imports/7/write", "/api/v1/imports/{id}/write"},
    {"POST", "/api/v1/problems/7/reveal", "/api/v1/{plural}/{id}/reveal"},
    {"POST", "/api/v1/problems/7/assign", "/api/v1/{plural}/{id}/{action}"},
    {"GET", "/api/v1/evidences/7/file", "/api/v1/evidences/{id}/file"},
    {"GET", "/problems/7", "/*"},
  };
  struct arena *arena = arena_new();
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct path_parts parts = {0};
    const char *allowed;
    const struct route *route = route_find(arena, cases[i].method, cases[i].path, &parts, &allowed);
    assert_non_null(route);
    assert_string_equal(route->path, cases[i].pattern);
  }
  arena_free(arena);
}

static void a_wrong_method_names_those_allowed(void **state) {
  struct arena *arena = arena_new();
  struct path_parts parts = {0};
  const char *allowed;
  (void)state;
  assert_null(route_find(arena, "PUT", "/api/v1/problems", &parts, &allowed));
  assert_string_equal(allowed, "GET, POST");
  assert_null(route_find(arena, "GET", "/api/v2/problems", &parts, &allowed));
  assert_string_equal(allowed, "");
  arena_free(arena);
}

static void what_changes_something_asks_for_the_token(void **state) {
  (void)state;
  for (size_t i = 0; i < ROUTE_COUNT; i++) {
    bool signs_in = ROUTES[i].flags & ROUTE_PUBLIC && strcmp(ROUTES[i].path, "/api/v1/session") == 0;
    /* by its api_key, never by a cookie that a browser sends along */
    bool by_key = ROUTES[i].flags & ROUTE_OPEN311 && ROUTES[i].flags & ROUTE_PUBLIC;
    if (strcmp(ROUTES[i].method, "GET") != 0 && !signs_in && !by_key) assert_true(ROUTES[i].flags & ROUTE_WRITES);
    assert_non_null(ROUTES[i].handle);
    assert_non_null(ROUTES[i].summary.zh);
    assert_non_null(ROUTES[i].summary.en);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(patterns_take_whole_segments), cmocka_unit_test(the_particular_route_stands_before_the_general),
    cmocka_unit_test(a_wrong_method_names_those_allowed), cmocka_unit_test(what_changes_something_asks_for_the_token)};
  return cmocka_run_group_tests_name("web: addresses", tests, NULL, NULL);
}
