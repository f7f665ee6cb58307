/* Bad JSON and bad values from outside: one clear issue each, all at once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "web/json_in.h"

struct scene { struct arena *arena; struct issues issues; struct value_reader reader; json_t *body; };

static bool scene_read(struct scene *scene, const char *text) {
  struct label reason = {0};
  scene->arena = arena_new();
  scene->issues = (struct issues){.arena = scene->arena};
  scene->reader = (struct value_reader){scene->arena, &scene->issues};
  scene->body = json_read(text, strlen(text), scene->arena, &reason);
  assert_true(scene->body || (reason.zh && reason.en));
  return scene->body != NULL;
}

static void scene_end(struct scene *scene) {
  json_decref(scene->body);
  arena_free(scene->arena);
}

static bool issue_of(const struct scene *scene, const char *field, const char *code) {
  for (size_t i = 0; i < scene->issues.count; i++)
    if (text_equal(scene->issues.items[i].field, field) && strcmp(scene->issues.items[i].code, code) == 0) return true;
  return false;
}

static void what_is_no_object_is_refused(void **state) {
  static const char *const wrong[] = {"",
                                      "[]",
                                      "7",
                                      "{",
                                      "{\"a\":1,\"a\":2}",
                                      "{\"a\":\"\\u0000\"}",
                                      "{\"a\":\"\xff\"}",
                                      "{\"a\":99999999999999999999}",
                                      "{} x",
                                      "{\"a\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}"};
  (void)state;
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    struct scene scene;
    assert_false(scene_read(&scene, wrong[i]));
    scene_end(&scene);
  }
}

static void brackets_in_texts_are_no_depth(void **state) {
  struct scene scene;
  (void)state;
  assert_true(scene_read(&scene, "{\"a\":\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\\\"[[[\"}"));
  scene_end(&scene);
}

static void values_are_read_by_declaration(void **state) {
  struct scene scene;
  struct value *values;
  size_t count;
  const char *reason;
  (void)state;
  assert_true(scene_read(&scene, "{\"values\":{\"title\":\"<script>=1\",\"due\":\"2026-12-01\",\"hard\":true,\"kind\":\"at_once\",\"lead_unit\":-1,\"joint_units\":[3,4,3],\"goal\":null,\"owner\":\"\"},\"reason\":\"因为\"}"));
  form_read(&scene.reader, scene.body, record_type(RECORD_PROBLEM), &values, &count, &reason);
  assert_int_equal(scene.issues.count, 0);
  assert_int_equal(count, 8);
  assert_string_equal(values[0].text, "<script>=1");
  assert_int_equal(values[1].integer, date_from_civil(2026, 12, 1));
  assert_int_equal(values[2].integer, 1);
  assert_int_equal(values[3].integer, KIND_AT_ONCE);
  assert_int_equal(values[4].integer, -1);
  assert_int_equal(values[5].count, 2);
  assert_int_equal(values[6].kind, VALUE_NOTHING);
  assert_int_equal(values[7].kind, VALUE_NOTHING);
  assert_string_equal(reason, "因为");
  scene_end(&scene);
}

static void every_wrong_value_has_its_issue(void **state) {
  struct scene scene;
  struct value *values;
  size_t count;
  const char *reason;
  (void)state;
  assert_true(scene_read(&scene, "{\"values\":{\"titel\":\"x\",\"title\":7,\"due\":\"soon\",\"hard\":\"yes\",\"kind\":\"later\",\"lead_unit\":\"5\",\"joint_units\":[1,\"2\"],\"category\":null},\"reason\":4,\"more\":1}"));
  form_read(&scene.reader, scene.body, record_type(RECORD_PROBLEM), &values, &count, &reason);
  assert_int_equal(count, 1);
  assert_true(issue_of(&scene, "titel", "unknown_field"));
  assert_true(issue_of(&scene, "title", "wrong_type"));
  assert_true(issue_of(&scene, "due", "wrong_type"));
  assert_true(issue_of(&scene, "hard", "wrong_type"));
  assert_true(issue_of(&scene, "kind", "unknown_choice"));
  assert_true(issue_of(&scene, "lead_unit", "wrong_type"));
  assert_true(issue_of(&scene, "joint_units", "wrong_type"));
  assert_true(issue_of(&scene, "reason", "wrong_type"));
  assert_true(issue_of(&scene, "more", "unknown_field"));
  assert_null(reason);
  for (size_t i = 0; i < scene.issues.count; i++)
    /* the nearest name is offered */
    if (text_equal(scene.issues.items[i].field, "titel")) assert_non_null(strstr(scene.issues.items[i].sentence.zh, "title"));
  scene_end(&scene);
}

static void a_masked_contact_does_not_come_back(void **state) {
  struct scene scene;
  struct value *values;
  size_t count;
  const char *reason;
  (void)state;
  assert_true(scene_read(&scene, "{\"values\":{\"phone\":\"138****5678\"}}"));
  form_read(&scene.reader, scene.body, record_type(RECORD_APPEAL), &values, &count, &reason);
  assert_int_equal(count, 0);
  assert_true(issue_of(&scene, "phone", "wrong_type"));
  scene_end(&scene);
}

static void sets_name_their_changes(void **state) {
  struct scene scene;
  struct change *changes;
  size_t count;
  int64_t behalf = 9;
  (void)state;
  assert_true(scene_read(&scene, "{\"changes\":[{\"type\":\"problem\",\"action\":\"create\",\"values\":{\"title\":\"x\"}},{\"type\":\"link\",\"action\":\"create\",\"values\":{\"from_type\":\"problem\",\"from_id\":-1}}]}"));
  assert_true(changes_read(&scene.reader, scene.body, &changes, &count, &behalf));
  assert_int_equal(count, 2);
  assert_int_equal(behalf, 0);
  assert_int_equal(changes[0].action, ACTION_CREATE);
  assert_int_equal(changes[0].seen, ANY_VERSION);
  assert_int_equal(changes[1].values[1].integer, -1);
  scene_end(&scene);
  assert_true(scene_read(&scene, "{\"changes\":[{\"type\":\"prolbem\",\"action\":\"create\"},{\"type\":\"problem\",\"action\":\"fly\",\"id\":\"7\"},5]}"));
  assert_false(changes_read(&scene.reader, scene.body, &changes, &count, &behalf));
  assert_true(issue_of(&scene, "type", "unknown_type"));
  assert_true(issue_of(&scene, "action", "unknown_action"));
  assert_true(issue_of(&scene, "id", "wrong_type"));
  assert_true(issue_of(&scene, NULL, "wrong_type"));
  scene_end(&scene);
  assert_true(scene_read(&scene, "{\"changes\":[]}"));
  assert_false(changes_read(&scene.reader, scene.body, &changes, &count, &behalf));
  scene_end(&scene);
  assert_true(scene_read(&scene, "{\"behalf\":77,\"changes\":[{\"type\":\"problem\",\"action\":\"endorse\",\"id\":3}]}"));
  assert_true(changes_read(&scene.reader, scene.body, &changes, &count, &behalf));
  assert_int_equal(behalf, 77);
  scene_end(&scene);
}

static void findings_of_the_door_do_not_repeat_the_form(void **state) {
  struct arena *arena = arena_new();
  struct issues issues = {.arena = arena};
  struct finding findings[] = {{0, record_type(RECORD_PROBLEM), PROBLEM_DUE, "required", {"请填", "give it"}},
                               {0, record_type(RECORD_PROBLEM), PROBLEM_TITLE, "required", {"请填", "give it"}}};
  (void)state;
  issue_add(&issues, 0, "due", "wrong_type", (struct label){"错", "wrong"});
  issues_add_findings(&issues, findings, 2);
  assert_int_equal(issues.count, 2);
  assert_string_equal(issues.items[1].field, "title");
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_no_object_is_refused),
                                     cmocka_unit_test(brackets_in_texts_are_no_depth),
                                     cmocka_unit_test(values_are_read_by_declaration),
                                     cmocka_unit_test(every_wrong_value_has_its_issue),
                                     cmocka_unit_test(a_masked_contact_does_not_come_back),
                                     cmocka_unit_test(sets_name_their_changes),
                                     cmocka_unit_test(findings_of_the_door_do_not_repeat_the_form)};
  base_start();
  return cmocka_run_group_tests_name("web: JSON from outside", tests, NULL, NULL);
}
