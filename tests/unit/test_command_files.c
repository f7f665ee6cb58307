/* What the commands read and write apart from a store: manifests of backups, lists of destructions, the demo's tables and pictures.
   Their files are taken in whole: the command room is no library. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "../../src/command/demo_picture.c"
#include "../../src/command/demo_stories.c"
#undef COUNT_OF
#include "../../src/command/demo_texts.c"
#include "../../src/command/manifest.c"

static int set_up(void **state) { *state = arena_new(); return 0; }
static int tear_down(void **state) { arena_free(*state); return 0; }

#define HASH "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
static const char *manifest_with(struct arena *arena, const char *path) {
  return arena_print(arena, "{\"format\":\"bihuan-backup-1\",\"store\":\"sqlite\",\"store_id\":\"ab\",\"epoch\":1,\"journal\":7,\"tree_head\":\"x\","
    "\"keys\":{\"contact\":{\"id\":1,\"fingerprint\":\"00\"},\"signing\":{\"public\":\"11\"}},\"files\":[{\"path\":\"%s\",\"size\":0,\"sha256\":\"" HASH "\"}]}", path);
}

static void test_manifest_is_read(void **state) {
  struct manifest manifest;
  struct label reason;
  assert_true(manifest_parse(*state, manifest_with(*state, "evidence/ab/cd"), &manifest, &reason));
  assert_int_equal(manifest.file_count, 1);
  assert_string_equal(manifest.files[0].path, "evidence/ab/cd");
  assert_int_equal(manifest.journal, 7);
}

static void test_manifest_paths_stay_inside(void **state) {
  static const char *const wrong[] = {"../store.db", "/etc/passwd", "evidence/../../x", "evidence//x", "", "a/./b"};
  struct manifest manifest;
  struct label reason;
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    if (manifest_parse(*state, manifest_with(*state, wrong[i]), &manifest, &reason)) fail_msg("\"%s\" was taken", wrong[i]);
    assert_non_null(reason.zh);
  }
}

static void test_manifest_cut_off_is_refused(void **state) {
  struct manifest manifest;
  struct label reason;
  char *text = arena_text(*state, manifest_with(*state, "store.db"));
  for (size_t size = strlen(text) - 1; size > 0; size -= size > 16 ? 16 : size) {
    text[size] = 0;
    assert_false(manifest_parse(*state, text, &manifest, &reason));
  }
}

static void test_destructions(void **state) {
  struct destroyed_before *list;
  struct label reason;
  size_t count;
  const char *text = "{\"store_id\":\"ab\",\"destructions\":[{\"type\":\"appeal\",\"id\":7,\"entry\":9},{\"type\":\"link\",\"id\":8}]}";
  assert_true(destructions_read(*state, text, "ab", &list, &count, &reason));
  assert_int_equal(count, 2);
  assert_int_equal(list[0].type->id, RECORD_APPEAL);
  assert_int_equal(list[1].id, 8);
  assert_false(destructions_read(*state, text, "cd", &list, &count, &reason)); /* another store's */
  assert_false(
      destructions_read(*state, "{\"store_id\":\"ab\",\"destructions\":[{\"type\":\"nothing\",\"id\":7}]}", "ab", &list, &count, &reason));
  assert_false(destructions_read(*state, "no JSON", "ab", &list, &count, &reason));
}

static void test_contact_fingerprint_tells_keys_apart(void **state) {
  uint8_t one[KEY_SIZE] = {1}, other[KEY_SIZE] = {2};
  base_start();
  assert_int_equal(strlen(contact_fingerprint(*state, one)), 16);
  assert_string_not_equal(contact_fingerprint(*state, one), contact_fingerprint(*state, other));
}

static void test_stories_run_forward(void **state) {
  (void)state;
  for (size_t i = 0; i < DEMO_STORY_COUNT; i++) {
    const struct demo_plot *plot = &DEMO_STORIES[i];
    assert_true(plot->count > 0);
    assert_int_equal(plot->steps[0].kind, DEMO_CREATE);
    for (size_t k = 1; k < plot->count; k++) assert_true(plot->steps[k].ago <= plot->steps[k - 1].ago);
    assert_true(plot->steps[plot->count - 1].ago >= 1); /* before the present */
  }
}

static void test_problems_fit_their_year(void **state) {
  bool used[64] = {false};
  (void)state;
  for (size_t i = 0; i < DEMO_SMALL.problem_count; i++) {
    const struct demo_problem *problem = &DEMO_SMALL.problems[i];
    assert_true(DEMO_STORIES[problem->story].steps[0].ago + problem->shift <= 290); /* the campaign began on 1 February */
    assert_true(problem->matter < (int)DEMO_SMALL.matter_count);
    if (problem->matter < 0) continue;
    assert_false(used[problem->matter]);
    used[problem->matter] = true;
  }
}

static void test_picture_is_png(void **state) {
  struct buffer out = {.arena = *state}, other = {.arena = *state};
  demo_picture(&out, SCENE_STREET, PHASE_AFTER, 3);
  demo_picture(&other, SCENE_STREET, PHASE_AFTER, 4);
  assert_memory_equal(out.bytes, "\x89PNG\r\n\x1a\n", 8);
  assert_memory_equal(out.bytes + out.size - 12, "\0\0\0\0IEND\xAE\x42\x60\x82", 12); /* the known checksum of an empty IEND */
  assert_true(out.size != other.size || memcmp(out.bytes, other.bytes, out.size) != 0);
  for (enum demo_scene of = 0; of < DEMO_SCENES; of++) { /* there is something to see, and it is small */
    struct canvas before, after;
    size_t differ = 0;
    draw(&before, of, PHASE_BEFORE, 7), draw(&after, of, PHASE_AFTER, 7);
    for (int y = 0; y < FOOT; y++)
      for (int x = 0; x < WIDTH; x++) differ += before.pixels[y][x] != after.pixels[y][x];
    assert_true(differ > WIDTH * FOOT / 40);
    struct buffer file = {.arena = *state};
    demo_picture(&file, of, PHASE_BEFORE, 7);
    assert_true(file.size < 6000);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(test_manifest_is_read, set_up, tear_down),
                                     cmocka_unit_test_setup_teardown(test_manifest_paths_stay_inside, set_up, tear_down),
                                     cmocka_unit_test_setup_teardown(test_manifest_cut_off_is_refused, set_up, tear_down),
                                     cmocka_unit_test_setup_teardown(test_destructions, set_up, tear_down),
                                     cmocka_unit_test_setup_teardown(test_contact_fingerprint_tells_keys_apart, set_up, tear_down),
                                     cmocka_unit_test(test_stories_run_forward),
                                     cmocka_unit_test(test_problems_fit_their_year),
                                     cmocka_unit_test_setup_teardown(test_picture_is_png, set_up, tear_down)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
