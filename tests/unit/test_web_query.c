/* Query strings into queries, and cursors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "web/query.h"

struct scene { struct arena *arena; struct issues issues; struct listing listing; };

static bool read_pairs(struct scene *scene, const struct pair *pairs, size_t count) {
  scene->arena = arena_new();
  scene->issues = (struct issues){.arena = scene->arena};
  return listing_read(scene->arena, &scene->issues, NULL, record_type(RECORD_PROBLEM), pairs, count, 50, 200, &scene->listing);
}
#define READ(scene, ...) read_pairs((scene), (const struct pair[]){__VA_ARGS__}, sizeof((const struct pair[]){__VA_ARGS__}) / sizeof(struct pair))

static bool issue_of(const struct scene *scene, const char *field, const char *code) {
  for (size_t i = 0; i < scene->issues.count; i++)
    if (strcmp(scene->issues.items[i].field, field) == 0 && strcmp(scene->issues.items[i].code, code) == 0) return true;
  return false;
}

static void conditions_are_read_by_declaration(void **state) {
  struct scene scene;
  (void)state;
  assert_true(READ(&scene, {"state", "rectifying,applied"}, {"colour", "red"}, {"due.lt", "2026-12-01"}, {"lead_unit.below", "12"},
                   {"joint_units", "5,6"}, {"due", "none"}, {"counted", "true"}, {"kind.not", "at_once"}, {"sort", "-due"}, {"limit", "20"},
                   {"unit", "3"}, {"q", "车库"}, {"lang", "en"}));
  const struct query *query = &scene.listing.query;
  assert_int_equal(query->condition_count, 8);
  assert_int_equal(query->conditions[0].field, FIELD_STATE);
  assert_int_equal(query->conditions[0].count, 2);
  assert_int_equal(query->conditions[0].values[1].integer, PROBLEM_APPLIED);
  assert_int_equal(query->conditions[1].values[0].integer, COLOUR_RED);
  assert_int_equal(query->conditions[2].how, C_LESS);
  assert_int_equal(query->conditions[2].values[0].integer, date_from_civil(2026, 12, 1));
  assert_true(scene.listing.below[3]);
  assert_int_equal(query->conditions[4].how, C_HAS);
  assert_int_equal(query->conditions[5].how, C_EMPTY);
  assert_int_equal(query->conditions[7].how, C_IS_NOT);
  assert_int_equal(query->sort, PROBLEM_DUE);
  assert_true(query->descending);
  assert_int_equal(query->limit, 20);
  assert_int_equal(scene.listing.unit, 3);
  assert_string_equal(scene.listing.words, "车库");
  arena_free(scene.arena);
}

static void everything_wrong_is_told_at_once(void **state) {
  struct scene scene;
  (void)state;
  assert_false(READ(&scene, {"colur", "red"}, {"colour", "pink"}, {"state", "flying"}, {"due.lt", "soon"}, {"due.below", "1"},
                    {"title.lt", "a"}, {"limit", "201"}, {"sort", "nothing"}, {"ids", "1,x"}, {"unit", "-4"}, {"detail", "x"}, {"", ""}));
  assert_true(issue_of(&scene, "colur", "unknown_name"));
  assert_true(issue_of(&scene, "colour", "wrong_value"));
  assert_true(issue_of(&scene, "state", "wrong_value"));
  assert_true(issue_of(&scene, "due.lt", "wrong_value"));
  assert_true(issue_of(&scene, "due.below", "unknown_operator"));
  assert_true(issue_of(&scene, "title.lt", "unknown_operator"));
  assert_true(issue_of(&scene, "limit", "wrong_value"));
  assert_true(issue_of(&scene, "sort", "unknown_name"));
  assert_true(issue_of(&scene, "ids", "wrong_value"));
  assert_true(issue_of(&scene, "unit", "wrong_value"));
  assert_true(issue_of(&scene, "detail", "unknown_name")); /* long texts are searched, not filtered */
  assert_true(scene.issues.unknown_name);
  arena_free(scene.arena);
}

static void hidden_fields_are_no_conditions(void **state) {
  struct scene scene;
  (void)state;
  assert_false(READ(&scene, {"colour_next", "any"}));
  arena_free(scene.arena);
}

static void a_cursor_goes_on_where_it_was_made(void **state) {
  struct scene scene;
  (void)state;
  assert_true(READ(&scene, {"sort", "due"}));
  struct row *row = row_new(scene.arena, record_type(RECORD_PROBLEM));
  row->id = 77;
  row_set_integer(row, PROBLEM_DUE, 20000);
  char *cursor = cursor_print(scene.arena, &scene.listing.query, 1, row);
  struct query query = scene.listing.query;
  assert_true(cursor_read(scene.arena, cursor, 1, &query));
  assert_int_equal(query.after_id, 77);
  assert_int_equal(query.after.integer, 20000);
  row_set_integer(row, PROBLEM_DUE, NOTHING);
  assert_true(cursor_read(scene.arena, cursor_print(scene.arena, &scene.listing.query, 1, row), 1, &query));
  assert_int_equal(query.after.kind, VALUE_NOTHING);
  assert_false(cursor_read(scene.arena, cursor, 2, &query)); /* restored since */
  query.descending = true;
  assert_false(cursor_read(scene.arena, cursor, 1, &query));
  query.descending = false;
  query.sort = PROBLEM_NUMBER;
  assert_false(cursor_read(scene.arena, cursor, 1, &query));
  arena_free(scene.arena);
}

static void a_cursor_of_text_keeps_every_letter(void **state) {
  struct scene scene;
  (void)state;
  assert_true(READ(&scene, {"sort", "number"}));
  struct row *row = row_new(scene.arena, record_type(RECORD_PROBLEM));
  row->id = 5;
  row_set_text(row, PROBLEM_NUMBER, " 编号 A 1 ");
  struct query query = scene.listing.query;
  assert_true(cursor_read(scene.arena, cursor_print(scene.arena, &query, 3, row), 3, &query));
  assert_string_equal(query.after.text, " 编号 A 1 ");
  arena_free(scene.arena);
}

static void what_is_no_cursor_is_refused(void **state) {
  static const char *const wrong[] = {"", "abc", "!!!!", "MSAyMQ", "////", "eA==", "\xff"};
  struct scene scene;
  (void)state;
  assert_true(READ(&scene, {"sort", "due"}));
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) assert_false(cursor_read(scene.arena, wrong[i], 1, &scene.listing.query));
  arena_free(scene.arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(conditions_are_read_by_declaration),
                                     cmocka_unit_test(everything_wrong_is_told_at_once),
                                     cmocka_unit_test(hidden_fields_are_no_conditions),
                                     cmocka_unit_test(a_cursor_goes_on_where_it_was_made),
                                     cmocka_unit_test(a_cursor_of_text_keeps_every_letter),
                                     cmocka_unit_test(what_is_no_cursor_is_refused)};
  base_start();
  return cmocka_run_group_tests_name("web: query strings", tests, NULL, NULL);
}
