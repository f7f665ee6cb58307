/* Search terms: phrases of Chinese, words, what is no word, edits, destruction without a trace, and a file that is begun anew. */
#include "house_fixture.h"
#include "follow/followers_parts.h"

static int64_t unit(struct home *home, const char *name) { return home_unit(home, name, NULL, 0); }

static void follow(struct home *home) { assert_true(followers_reach(home->house->followers, "terms", home_number(home), 10000)); }

/* Found ids, newest first, as text. */
static char *found(struct home *home, const char *text) {
  struct buffer out = {.arena = home->arena};
  int64_t *ids;
  size_t count;
  enum question_fault fault;
  assert_int_equal(terms_find(home->house->terms, RECORD_UNIT, text, 0, 100, home->arena, &ids, &count, &fault), STORE_OK);
  if (fault) return arena_text(home->arena, question_fault_code(fault));
  for (size_t i = 0; i < count; i++) buffer_print(&out, "%s%lld", i ? " " : "", (long long)ids[i]);
  return out.size ? out.bytes : arena_text(home->arena, "");
}
static char *ids(struct home *home, int64_t one, int64_t two) {
  return two ? arena_print(home->arena, "%lld %lld", (long long)one, (long long)two) : arena_print(home->arena, "%lld", (long long)one);
}

static void chinese_runs_are_phrases_and_words_are_joined_by_and(void **state) {
  struct home *home = *state;
  int64_t one = unit(home, "地铁站建设指挥部"), two = unit(home, "铁站地铁公司 Metro Line"), three = unit(home, "轨道交通 metro");
  follow(home);
  assert_string_equal(found(home, "地铁站"), ids(home, one, 0));
  assert_string_equal(found(home, "地铁"), ids(home, two, one));
  assert_string_equal(found(home, "公司 铁站"), ids(home, two, 0));
  assert_string_equal(found(home, "METRO"), ids(home, three, two));
  assert_string_equal(found(home, "ｍｅｔｒｏ　轨道"), ids(home, three, 0));
  assert_string_equal(found(home, "没有这个"), "");
}

static void single_characters_are_too_short(void **state) {
  struct home *home = *state;
  int64_t one = unit(home, "水务局");
  follow(home);
  assert_string_equal(found(home, "水"), "too_short");
  assert_string_equal(found(home, "，。！"), "no_words");
  assert_string_equal(found(home, "水 务局"), ids(home, one, 0));
}

static void the_syntax_of_the_index_stays_closed(void **state) {
  struct home *home = *state;
  static const char *const hostile[] =
      {"\"",     "a\" OR \"b", "NEAR(a b)", "words : x", "^x", "x*", "-x", "a AND", "NOT", "(", "'; DROP TABLE words_1; --",
       "\"\"\"", "{a b}: c",   "+",         "\\"};
  int64_t one = unit(home, "alpha beta");
  follow(home);
  for (size_t i = 0; i < COUNT_OF(hostile); i++) found(home, hostile[i]);
  assert_string_equal(found(home, "alpha OR gamma"), "");
  assert_string_equal(found(home, "\"alpha\" (beta)"), ids(home, one, 0));
  assert_string_equal(found(home, "alph*"), "");
}

static void edits_and_pages(void **state) {
  struct home *home = *state;
  int64_t one = unit(home, "旧名称单位"), two = unit(home, "新名称单位"), *some;
  struct value name = value_text(UNIT_NAME, "改名以后单位"), order = value_integer(UNIT_ORDER, 5);
  size_t count;
  enum question_fault fault;
  home_change(home, RECORD_UNIT, one, ACTION_EDIT, &name, 1);
  home_change(home, RECORD_UNIT, two, ACTION_EDIT, &order, 1);
  follow(home);
  assert_string_equal(found(home, "旧名"), "");
  assert_string_equal(found(home, "改名"), ids(home, one, 0));
  assert_string_equal(found(home, "新名"), ids(home, two, 0));
  assert_int_equal(terms_find(home->house->terms, RECORD_UNIT, "单位", two, 1, home->arena, &some, &count, &fault), STORE_OK);
  assert_int_equal(count, 1);
  assert_int_equal(some[0], one);
}

static bool file_holds(const char *folder, const char *name, const char *bytes) {
  char path[128];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "rb");
  static char content[1 << 22];
  size_t size = file ? fread(content, 1, sizeof content, file) : 0;
  if (file) fclose(file);
  return size && memmem(content, size, bytes, strlen(bytes));
}

static void what_is_forgotten_leaves_no_trace(void **state) {
  struct home *home = *state;
  static const char *const traces[] = {"饕餮", "餮貔", "貔貅", "zyzzyva", "taotiepixiu", "pixiu"};
  int64_t one = unit(home, "饕餮貔貅 zyzzyva");
  for (int i = 0; i < 40; i++) unit(home, arena_print(home->arena, "普通单位%d", i));
  follow(home);
  assert_string_equal(found(home, "饕餮貔貅"), ids(home, one, 0));
  assert_string_equal(found(home, "taotiepixiu"), ids(home, one, 0));
  assert_int_equal(terms_forget(home->house->terms, RECORD_UNIT, one), STORE_OK);
  assert_string_equal(found(home, "饕餮貔貅"), "");
  for (size_t i = 0; i < COUNT_OF(traces); i++) {
    assert_false(file_holds(home->folder, "search.db", traces[i]));
    assert_false(file_holds(home->folder, "search.db-wal", traces[i]));
  }
}

static void a_lost_file_is_made_again(void **state) {
  struct home *home = *state;
  int64_t one = unit(home, "水务局"), position;
  follow(home);
  position = terms_position(home->house->terms);
  house_close(home->house);
  home_open(home, HOUSE_FOLLOWERS);
  assert_int_equal(terms_position(home->house->terms), position); /* kept: nothing is done twice */
  house_close(home->house);
  assert_int_equal(remove(arena_print(home->arena, "%s/search.db", home->folder)), 0);
  home_open(home, HOUSE_FOLLOWERS);
  follow(home);
  assert_string_equal(found(home, "水务"), ids(home, one, 0));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, home_setup_following, home_teardown)
int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(chinese_runs_are_phrases_and_words_are_joined_by_and),
      TEST(single_characters_are_too_short),
      TEST(the_syntax_of_the_index_stays_closed),
      TEST(edits_and_pages),
      TEST(what_is_forgotten_leaves_no_trace),
      TEST(a_lost_file_is_made_again),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
