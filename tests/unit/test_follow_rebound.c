/* Does an appeal fit a closed problem's class and place? By table: what the problem is linked to and what it says of itself, what somebody
   says afterwards, and how that fits. */
#include "house_fixture.h"
#include "follow/rebound.h"

static int64_t serial;
static int64_t appeal(struct home *home, const char *title, const char *text, const char *place) {
  char number[32];
  snprintf(number, sizeof number, "R%lld", (long long)++serial);
  struct value values[] = {value_text(APPEAL_NUMBER, number), value_text(APPEAL_TITLE, title),
                           value_integer(APPEAL_MADE_AT, house_now(home->house)), value_text(APPEAL_TEXT, text),
                           value_text(APPEAL_PLACE, place)};
  return home_change(home, RECORD_APPEAL, 0, ACTION_CREATE, values, 5);
}
static void reach(struct home *home) { assert_true(followers_reach(home->house->followers, "groups", home_number(home), 30000)); }

/* What the town has said before. */
static void town_make(struct home *home) {
  static const char *const PLACES[] = {"阳光花园", "滨河里", "和平路", "学院街"}, *const MATTERS[] = {"路灯不亮", "广场舞噪声扰民", "垃圾没人清运"};
  for (size_t place = 0; place < COUNT_OF(PLACES); place++)
    for (size_t matter = 0; matter < COUNT_OF(MATTERS); matter++)
      appeal(home, arena_print(home->arena, "%s%s", PLACES[place], MATTERS[matter]),
             arena_print(home->arena, "%s最近%s，请有关部门尽快处理。", PLACES[place], MATTERS[matter]), PLACES[place]);
}

static const struct fit_case {
  const char *linked_title, *linked_text, *linked_place;  /* NULL: the problem is linked to no appeal */
  const char *title, *text, *site;                        /* the problem's own; NULL none */
  const char *said, *said_text, *said_place;
  int64_t fit;
} CASES[] = {
  {"石榴巷路灯不亮", "石榴巷东段三盏路灯不亮，晚上危险。", "石榴巷", "石榴巷照明不足", NULL, NULL, "石榴巷路灯又不亮", "石榴巷东段路灯又不亮了，晚上危险。", "石榴巷", FITS_EVENT},
  {"石榴巷路灯不亮", "石榴巷东段三盏路灯不亮，晚上危险。", "石榴巷", "石榴巷照明不足", NULL, NULL, "桂花街路灯不亮", "桂花街西口路灯不亮，晚上危险。", "桂花街", 0},
  {"石榴巷路灯不亮", "石榴巷东段三盏路灯不亮，晚上危险。", "石榴巷", "石榴巷照明不足", NULL, NULL, "石榴巷广场舞噪声扰民", "石榴巷每晚广场舞噪声扰民，影响休息。", "石榴巷", 0},
  {NULL, NULL, NULL, "枇杷路垃圾没人清运", "枇杷路垃圾没人清运，味道很大。", "枇杷路", "枇杷路垃圾没人清运", "枇杷路垃圾又没人清运。", "枇杷路", FITS_CLASS_AND_PLACE},
  {NULL, NULL, NULL, "枇杷路垃圾没人清运", "枇杷路垃圾没人清运，味道很大。", "枇杷路", "桂花街垃圾没人清运", "桂花街垃圾没人清运。", "桂花街", 0},
  {NULL, NULL, NULL, "垃圾没人清运", "各处垃圾没人清运，请尽快处理。", NULL, "桂花街垃圾没人清运", "桂花街最近垃圾没人清运，请尽快处理。", "桂花街", FITS_CLASS},
  {NULL, NULL, NULL, "垃圾没人清运", "各处垃圾没人清运，请尽快处理。", NULL, "想问图书馆借书证", "借书证怎么办理，要带什么材料。", NULL, 0},
  {NULL, NULL, NULL, "😀", NULL, NULL, "😀", NULL, NULL, 0},
};

static void an_appeal_fits_by_event_or_by_class_and_place(void **state) {
  struct home *home = *state;
  for (size_t i = 0; i < COUNT_OF(CASES); i++) {
    const struct fit_case *one = &CASES[i];
    home_teardown(state);
    home_setup_following(state);
    home = *state;
    town_make(home);
    int64_t linked = one->linked_title ? appeal(home, one->linked_title, one->linked_text, one->linked_place) : 0;
    uint64_t place = groups_place_key(one->site ? one->site : one->linked_place);
    struct watched watched = {.appeals = &linked, .appeal_count = linked != 0, .places = &place, .place_count = place != 0,
                              .own = {.title = one->title, .text = one->text, .place = one->site, .moment = GROUPING_NO_MOMENT}};
    if (linked) watched.texts[watched.text_count++] = groups_appeal(home_row(home, RECORD_APPEAL, linked));
    const struct row *said = home_row(home, RECORD_APPEAL, appeal(home, one->said, one->said_text, one->said_place));
    reach(home);
    int64_t fit = rebound_fit(home->house->groups, &watched, said);
    if (fit != one->fit) fail_msg("case %zu (%s): %lld, not %lld", i, one->said, (long long)fit, (long long)one->fit);
  }
}

static void an_appeal_that_is_linked_already_raises_nothing(void **state) {
  struct home *home = *state;
  int64_t linked = appeal(home, "石榴巷路灯不亮", "石榴巷路灯不亮。", "石榴巷");
  struct watched watched = {.appeals = &linked, .appeal_count = 1, .own = {.title = "石榴巷路灯不亮", .moment = GROUPING_NO_MOMENT}};
  reach(home);
  assert_int_equal(rebound_fit(home->house->groups, &watched, home_row(home, RECORD_APPEAL, linked)), 0);
}

static void a_problem_is_watched_from_its_closing_to_the_end_of_its_period(void **state) {
  (void)state;
  static const struct { int64_t closed, until, today; bool on; } DAYS[] = {
    {20000, 20180, 20000, true}, {20000, 20180, 20180, true}, {20000, 20180, 20181, false}, {NOTHING, 20180, 20100, false}, {20000, NOTHING, 29000, false}};
  for (size_t i = 0; i < COUNT_OF(DAYS); i++) {
    struct watched watched = {.closed_on = DAYS[i].closed, .watch_until = DAYS[i].until};
    assert_int_equal(watched_on(&watched, DAYS[i].today), DAYS[i].on);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(an_appeal_fits_by_event_or_by_class_and_place, home_setup_following, home_teardown),
    cmocka_unit_test_setup_teardown(an_appeal_that_is_linked_already_raises_nothing, home_setup_following, home_teardown),
    cmocka_unit_test(a_problem_is_watched_from_its_closing_to_the_end_of_its_period)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
