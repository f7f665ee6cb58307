/* Groups of appeals as a view of the journal: whatever happens to appeals and whatever people decide, the groups made anew from the journal
   are the groups that stood, with a checkpoint, without one, and on either database. */
#include "house_fixture.h"
#include "follow/groups_compare_parts.h"
#include "follow/groups_parts.h"

static int64_t serial;

static int64_t appeal(struct home *home, const char *title, const char *text, const char *place) {
  char number[32];
  snprintf(number, sizeof number, "T%lld", (long long)++serial);
  struct value values[] = {value_text(APPEAL_NUMBER, number), value_text(APPEAL_TITLE, title),
                           value_integer(APPEAL_MADE_AT, house_now(home->house)), value_text(APPEAL_TEXT, text),
                           value_text(APPEAL_PLACE, place)};
  return home_change(home, RECORD_APPEAL, 0, ACTION_CREATE, values, 5);
}

static void reach(struct home *home) { assert_true(followers_reach(home->house->followers, "groups", home_number(home), 30000)); }

static struct group_stand stand(struct home *home, int64_t id) {
  struct group_stand where;
  reach(home);
  groups_stand(home->house->groups, id, &where);
  return where;
}
static bool together(struct home *home, int64_t one, int64_t other) {
  return stand(home, one).event && stand(home, one).event == stand(home, other).event;
}

static void decide(struct home *home, int64_t kind, int64_t level, const int64_t *appeals, size_t count, int64_t into) {
  struct value values[] = {value_integer(GROUPING_DECISION_KIND, kind), value_integer(GROUPING_DECISION_LEVEL, level),
                           value_many(GROUPING_DECISION_APPEALS, appeals, count), value_text(GROUPING_DECISION_REASON, "听过录音"),
                           value_integer(GROUPING_DECISION_INTO, into)};
  home_change(home, RECORD_GROUPING_DECISION, 0, ACTION_CREATE, values, into ? 5 : 4);
}

/* A small town: three events of two classes, and a text that is like none. */
struct town { int64_t heat[3], heat_elsewhere, noise[2], lone; };
static struct town town_make(struct home *home) {
  struct town town;
  town.heat[0] = appeal(home, "幸福小区三号楼暖气不热", "幸福小区三号楼从上周开始暖气不热，室内只有十四度，老人孩子受不了，请尽快处理。", "幸福小区");
  town.noise[0] = appeal(home, "滨河公园广场舞噪声扰民", "滨河公园每晚广场舞音响声音很大，噪声一直到十点半，影响附近居民休息。", "滨河公园");
  town.heat[1] = appeal(home, "幸福小区暖气不热没人管", "幸福小区三号楼暖气不热，打物业电话没人管，室内温度只有十四度。", "幸福小区");
  town.heat_elsewhere = appeal(home, "阳光花园五号楼暖气不热", "阳光花园五号楼暖气不热，室内只有十三度，请尽快处理。", "阳光花园");
  town.lone = appeal(home, "图书馆借书证如何办理", "想咨询市图书馆的借书证需要带什么证件办理。", "市图书馆");
  town.noise[1] = appeal(home, "滨河公园晚上广场舞噪声太大", "滨河公园晚上跳广场舞，音响噪声太大，孩子没法写作业。", "滨河公园");
  town.heat[2] = appeal(home, "幸福小区三号楼暖气一直不热", "幸福小区三号楼暖气一直不热，请供热公司上门。", "幸福小区");
  return town;
}

static void appeals_of_one_matter_and_place_are_one_event(void **state) {
  struct home *home = *state;
  struct town town = town_make(home);
  assert_true(together(home, town.heat[0], town.heat[1]) && together(home, town.heat[0], town.heat[2]));
  assert_true(together(home, town.noise[0], town.noise[1]));
  assert_false(together(home, town.heat[0], town.heat_elsewhere));
  assert_false(together(home, town.heat[0], town.noise[0]));
  assert_int_equal(stand(home, town.heat[2]).event, town.heat[0]);
  assert_int_equal(stand(home, town.heat_elsewhere).class, stand(home, town.heat[0]).class);
  assert_int_not_equal(stand(home, town.noise[0]).class, stand(home, town.heat[0]).class);
}

static void members_are_told_newest_first_and_by_any_of_them(void **state) {
  struct home *home = *state;
  struct town town = town_make(home);
  int64_t *ids;
  size_t count;
  reach(home);
  groups_members(home->house->groups, GROUPING_EVENT, town.heat[1], 0, 10, home->arena, &ids, &count);
  assert_int_equal(count, 3);
  for (size_t i = 0; i < 3; i++) assert_int_equal(ids[i], town.heat[2 - i]);
  groups_members(home->house->groups, GROUPING_CLASS, town.heat[1], town.heat[2], 10, home->arena, &ids, &count);
  assert_int_equal(count, 3);
  assert_int_equal(ids[0], town.heat_elsewhere);
  assert_true(groups_holds(home->house->groups, GROUPING_CLASS, town.heat[0], town.heat_elsewhere));
  assert_false(groups_holds(home->house->groups, GROUPING_EVENT, town.heat[0], town.heat_elsewhere));
  assert_int_equal(groups_named(home->house->groups, GROUPING_EVENT, 999999), 0);
}

static void what_people_decide_holds(void **state) {
  struct home *home = *state;
  struct town town = town_make(home);
  int64_t heat2 = town.heat[2];
  decide(home, DECIDED_SPLIT, LEVEL_EVENT, &heat2, 1, 0);
  assert_false(together(home, town.heat[0], heat2));
  int64_t later = appeal(home, "幸福小区三号楼暖气不热", "幸福小区三号楼从上周开始暖气不热，室内只有十四度。", "幸福小区");
  assert_true(stand(home, later).event != 0);
  assert_false(together(home, town.heat[0], heat2));
  decide(home, DECIDED_MERGE, LEVEL_EVENT, &town.heat_elsewhere, 1, town.heat[0]);
  assert_true(together(home, town.heat_elsewhere, town.heat[1]));
  decide(home, DECIDED_CONFIRM, LEVEL_EVENT, &town.lone, 1, town.noise[0]);
  assert_true(together(home, town.lone, town.noise[1]));
  decide(home, DECIDED_MERGE, LEVEL_EVENT, &heat2, 1, town.heat[0]);
  assert_true(together(home, town.heat[0], heat2));
}

static void classes_are_split_and_merged_as_people_say(void **state) {
  struct home *home = *state;
  struct town town = town_make(home);
  decide(home, DECIDED_SPLIT, LEVEL_CLASS, &town.heat_elsewhere, 1, 0);
  assert_int_not_equal(stand(home, town.heat_elsewhere).class, stand(home, town.heat[0]).class);
  decide(home, DECIDED_MERGE, LEVEL_CLASS, &town.noise[0], 1, town.heat[0]);
  assert_int_equal(stand(home, town.noise[1]).class, stand(home, town.heat[1]).class);
  assert_false(together(home, town.noise[0], town.heat[0]));
  decide(home, DECIDED_CONFIRM, LEVEL_CLASS, &town.lone, 1, town.heat_elsewhere);
  assert_int_equal(stand(home, town.lone).class, stand(home, town.heat_elsewhere).class);
}

static void a_voided_appeal_is_no_member_and_an_edited_one_is_judged_anew(void **state) {
  struct home *home = *state;
  struct town town = town_make(home);
  struct value title = value_text(APPEAL_TITLE, "滨河公园广场舞噪声扰民"),
               more[] = {title, value_text(APPEAL_TEXT, "滨河公园每晚广场舞音响噪声很大，影响休息。"),
                         value_text(APPEAL_PLACE, "滨河公园")};
  home_change(home, RECORD_APPEAL, town.heat[2], ACTION_EDIT, more, 3);
  assert_true(together(home, town.heat[2], town.noise[0]));
  home_change(home, RECORD_APPEAL, town.heat[0], ACTION_VOID, NULL, 0);
  struct group_stand where;
  reach(home);
  assert_false(groups_stand(home->house->groups, town.heat[0], &where));
  assert_int_equal(groups_named(home->house->groups, GROUPING_EVENT, town.heat[0]), stand(home, town.heat[1]).event);
  home_change(home, RECORD_APPEAL, town.heat[1], ACTION_VOID, NULL, 0);
  reach(home);
  assert_int_equal(groups_named(home->house->groups, GROUPING_EVENT, town.heat[1]), 0);
}

/* ---- made anew ---- */

struct snapshot { struct group_stand stands[512]; size_t count; };
static void snapshot_take(struct home *home, const int64_t *ids, size_t count, struct snapshot *snapshot) {
  snapshot->count = count;
  for (size_t i = 0; i < count; i++) snapshot->stands[i] = stand(home, ids[i]);
}
static void the_same(const struct snapshot *one, const struct snapshot *other) {
  for (size_t i = 0; i < one->count; i++) {
    assert_int_equal(one->stands[i].event, other->stands[i].event);
    assert_int_equal(one->stands[i].class, other->stands[i].class);
  }
}

/* The lists say what the engine says, of every appeal, and every appeal is in one chain. */
static void the_lists_are_the_engines(struct home *home) {
  struct groups *groups = home->house->groups;
  struct group_index *index = &groups->index;
  size_t members = 0, living = 0, events = 0, standing = 0;
  reach(home);
  pthread_rwlock_rdlock(&groups->lock);
  for (uint32_t i = 1; i < index->item_count; i++) {
    if (index->items[i].flags & ITEM_VOIDED) continue;
    uint32_t event = index->items[i].event;
    while (index->events[event].into) event = index->events[event].into;
    assert_int_equal(index->events[event].id, grouping_event_of(groups->engine, index->items[i].id));
    assert_int_equal(index->classes[index_class_of(index, event)].id, grouping_class_of(groups->engine, index->items[i].id));
    living++;
  }
  for (uint32_t i = 1; i < index->event_count; i++) {
    size_t count = 0;
    for (uint32_t at = index->events[i].first; at; at = index->items[at].next) count++;
    assert_int_equal(count, index->events[i].count);
    members += count;
    standing += count > 0;
  }
  for (uint32_t i = 1; i < index->class_count; i++) {
    size_t count = 0;
    for (uint32_t at = index->classes[i].first; at; at = index->events[at].next) count++;
    assert_int_equal(count, index->classes[i].events);
    events += count;
  }
  pthread_rwlock_unlock(&groups->lock);
  assert_int_equal(members, living);
  assert_int_equal(events, standing);
}

static const char *const PLACES[] = {"幸福小区", "阳光花园", "滨河公园", "和平路", "学院街"}, *const MATTERS[] = {"暖气不热", "路灯不亮", "井盖丢失", "噪声扰民", "停车位被占", "垃圾没人清运"};

/* Appeals, edits, decisions, a voided one, by chance but always the same. */
static size_t much_happens(struct home *home, int64_t *ids, size_t most) {
  size_t count = 0;
  for (size_t i = 0; i < most; i++) {
    const char *place = PLACES[rand() % 5], *matter = MATTERS[rand() % 6];
    const char *title = arena_print(home->arena, "%s%s", place, matter),
               *text = arena_print(home->arena, "%s最近%s，已经%d天了，希望有关部门尽快处理，谢谢。", place, matter, rand() % 30);
    if (count > 4 && rand() % 6 == 0) {
      struct value values[] = {value_text(APPEAL_TITLE, title), value_text(APPEAL_PLACE, place)};
      home_change(home, RECORD_APPEAL, ids[(size_t)rand() % count], ACTION_EDIT, values, 2);
    } else if (count > 8 && rand() % 7 == 0) {
      int64_t some[2] = {ids[(size_t)rand() % (count / 2)], ids[count / 2 + (size_t)rand() % (count / 2)]}, kind = 1 + rand() % 3,
              level = 1 + rand() % 2;
      decide(home, kind, level, kind == DECIDED_SPLIT ? some : &some[0], kind == DECIDED_SPLIT ? 2 : 1,
             kind == DECIDED_SPLIT ? 0 : some[1]);
    } else ids[count++] = appeal(home, title, text, rand() % 4 ? place : NULL);
  }
  home_change(home, RECORD_APPEAL, ids[2], ACTION_VOID, NULL, 0);
  return count;
}

static void reopen(struct home *home) {
  house_close(home->house);
  home_open(home, HOUSE_FOLLOWERS);
}

static void groups_made_anew_are_the_same(void **state) {
  struct home *home = *state;
  int64_t ids[300];
  struct snapshot stood, kept, anew;
  char path[128];
  srand(7);
  size_t count = much_happens(home, ids, 300);
  snapshot_take(home, ids, count, &stood);
  the_lists_are_the_engines(home);
  reopen(home);
  snprintf(path, sizeof path, "%s/groups.view", home->folder);
  assert_int_equal(access(path, F_OK), 0);
  assert_true(groups_position(home->house->groups) > 0); /* from its checkpoint, before any entry was read */
  snapshot_take(home, ids, count, &kept);
  the_same(&stood, &kept);
  int64_t more = appeal(home, "幸福小区暖气不热", "幸福小区暖气还是不热。", "幸福小区");
  struct group_stand last = stand(home, more);
  house_close(home->house);
  assert_int_equal(groups_forget(home->folder), STORE_OK);
  home_open(home, HOUSE_FOLLOWERS);
  snapshot_take(home, ids, count, &anew);
  the_lists_are_the_engines(home);
  the_same(&stood, &anew);
  assert_int_equal(stand(home, more).event, last.event);
  assert_int_equal(stand(home, more).class, last.class);
}

static void a_damaged_checkpoint_is_passed_over(void **state) {
  struct home *home = *state;
  struct town town = town_make(home);
  struct group_stand before = stand(home, town.heat[1]);
  char path[128];
  house_close(home->house);
  snprintf(path, sizeof path, "%s/groups.view", home->folder);
  FILE *file = fopen(path, "r+b");
  assert_non_null(file);
  fseek(file, -20, SEEK_END);
  fputc(77, file);
  fclose(file);
  home_open(home, HOUSE_FOLLOWERS);
  assert_int_equal(stand(home, town.heat[1]).event, before.event);
}

/* ---- another version ---- */

static struct groups_seat seat_at(int64_t appeal, int64_t event, int64_t class) { return (struct groups_seat){appeal, event, class}; }

static void what_moved_is_told_by_who_is_in_a_group_not_by_its_name(void **state) {
  struct home *home = *state;
  struct groups_seat before[] = {seat_at(1, 1, 1), seat_at(2, 1, 1), seat_at(3, 1, 1), seat_at(4, 4, 1),
                                 seat_at(5, 5, 5), seat_at(6, 5, 5), seat_at(7, 7, 7)};
  struct groups_seat after[] = {seat_at(1, 1, 1),  seat_at(2, 2, 2),  seat_at(3, 2, 2), seat_at(4, 2, 2),
                                seat_at(5, 90, 5), seat_at(6, 90, 5), seat_at(8, 8, 8)};
  struct groups_stands one = {before, 7, 9}, other = {after, 7, 9};
  struct groups_comparison moved;
  assert_int_equal(groups_compare(home->house, &one, &other, home->arena, &moved), STORE_OK);
  assert_true(moved.appeals == 6 && moved.only_before == 1 && moved.only_after == 1 && moved.at == 9);
  assert_true(moved.events.before == 3 && moved.events.after == 3);
  assert_true(moved.events.split == 1 && moved.events.joined == 1);   /* 1 parted, 4 came to 2 and 3; 5 has another name only */
  assert_int_equal(moved.events.appeals, 2);
  assert_true(moved.moved_count == 2 && moved.moved[0].appeal == 1 && moved.moved[1].appeal == 4);
  assert_true(moved.moved[1].event && !moved.moved[1].class && moved.moved[0].class);
  assert_true(moved.classes.split == 1 && moved.classes.joined == 0 && moved.classes.appeals == 1);
  assert_int_equal(groups_compare(home->house, &one, &one, home->arena, &moved), STORE_OK);
  assert_true(moved.moved_count == 0 && moved.only_before == 0 && moved.events.split == 0);
}

static struct groups_comparison compared(struct home *home, const struct groups_stands *before, const struct groups_stands *after) {
  struct groups_comparison comparison;
  assert_int_equal(groups_compare(home->house, before, after, home->arena, &comparison), STORE_OK);
  return comparison;
}

/* The groups of the town, in which one appeal is seated elsewhere. */
static struct groups_comparison with_one_moved(struct home *home, int64_t appeal, int64_t to) {
  struct groups_stands stands, moved;
  struct group_stand where = stand(home, to);
  assert_int_equal(groups_stands_kept(home->house, &stands), STORE_OK);
  assert_int_equal(groups_stands_kept(home->house, &moved), STORE_OK);
  ((struct groups_seat *)groups_seat_of(&moved, appeal))->event = where.event;
  ((struct groups_seat *)groups_seat_of(&moved, appeal))->class = where.class;
  struct groups_comparison comparison = compared(home, &stands, &moved);
  groups_stands_free(&stands);
  groups_stands_free(&moved);
  return comparison;
}

static void a_decision_that_groups_do_not_keep_is_named(void **state) {
  struct home *home = *state;
  struct town town = town_make(home);
  struct groups_comparison comparison;
  decide(home, DECIDED_CONFIRM, LEVEL_EVENT, &town.lone, 1, town.noise[0]);
  decide(home, DECIDED_SPLIT, LEVEL_EVENT, &town.heat[2], 1, 0);
  reach(home);
  comparison = with_one_moved(home, town.heat[1], town.heat[0]); /* where it stands already */
  assert_true(comparison.decisions.all == 2 && comparison.decisions.held == 2 && comparison.decisions.broken_count == 0);
  assert_int_equal(with_one_moved(home, town.lone, town.heat[0]).decisions.broken_count, 1);
  comparison = with_one_moved(home, town.heat[2], town.heat[0]);
  assert_true(comparison.decisions.broken_count == 1 && comparison.decisions.held == 1);
  assert_int_equal(comparison.decisions.broken[0], home_number(home));
  decide(home, DECIDED_MERGE, LEVEL_EVENT, &town.heat[2], 1, town.heat[0]); /* they say otherwise now */
  reach(home);
  comparison = with_one_moved(home, town.heat[2], town.heat[0]);
  assert_true(comparison.decisions.all == 3 && comparison.decisions.broken_count == 0 && comparison.decisions.revised == 1);
}

/* As another version would have left them: lists that say something else, and an engine's file that this one refuses. */
static void another_version_kept_them(struct home *home, int64_t appeal, int64_t to) {
  char path[128];
  struct groups *groups = home->house->groups;
  struct group_stand where = stand(home, to);
  pthread_rwlock_wrlock(&groups->lock);
  if (appeal) index_seat(&groups->index, index_item(&groups->index, appeal), where.event, where.class);
  groups->changed = true;
  pthread_rwlock_unlock(&groups->lock);
  house_close(home->house);
  for (int slot = 0; slot < 2; slot++) {
    snprintf(path, sizeof path, "%s/groups.%d.engine", home->folder, slot);
    FILE *file = fopen(path, "r+b");
    if (!file) continue;
    fseek(file, 8, SEEK_SET);
    fputc(99, file);
    fclose(file);
  }
  home_open(home, HOUSE_FOLLOWERS);
  reach(home);
}

static char *told_after(struct home *home) {
  char *text = NULL;
  for (int i = 0; i < 3000 && !(text = groups_moved_kept(home->arena, home->folder)); i++) usleep(10000);
  assert_non_null(text);
  return text;
}

static void what_another_version_moved_is_told_and_what_people_decided_holds(void **state) {
  struct home *home = *state;
  int64_t ids[200];
  struct snapshot stood, anew;
  srand(11);
  size_t count = much_happens(home, ids, 200);
  snapshot_take(home, ids, count, &stood);
  another_version_kept_them(home, 0, ids[0]);
  char *text = told_after(home);
  assert_non_null(strstr(text, "\"moved_count\":0,"));
  assert_non_null(strstr(text, "\"broken\":[]"));
  snapshot_take(home, ids, count, &anew);
  the_same(&stood, &anew);
  int64_t one = ids[count - 1], other = 0;
  for (size_t i = 0; i < count && !other; i++)
    if (stood.stands[i].event && stood.stands[i].class != stood.stands[count - 1].class) other = ids[i];
  assert_int_equal(groups_forget(home->folder), STORE_OK);
  another_version_kept_them(home, one, other);
  text = told_after(home);
  assert_non_null(strstr(text, "\"moved\":[{\"appeal\":"));
  assert_non_null(strstr(text, arena_print(home->arena, "{\"appeal\":%lld,\"event\":{\"before\":%lld,\"after\":%lld}", (long long)one,
                                           (long long)stand(home, other).event, (long long)stand(home, one).event)));
  assert_non_null(strstr(text, "\"broken\":[]"));
  snapshot_take(home, ids, count, &anew);
  the_same(&stood, &anew);
}

/* ---- what nobody would call a text ---- */

static void bad_input_is_taken_and_founds_what_it_may(void **state) {
  struct home *home = *state;
  char *enormous = arena_alloc(home->arena, 90000);
  for (size_t i = 0; i + 3 < 89990; i += 3) memcpy(enormous + i, i % 2 ? "路" : "灯", 3);
  const struct { const char *title, *text, *place; } CASES[] = {
    {"😀😀😀", "🚧🚧", NULL}, {"?", NULL, NULL}, {"!!!", "……", "——"}, {"пожар на улице Ленина fire 火灾", "смешанные 混合 mixed", "ул. Ленина"}, {"路灯不亮", NULL, NULL}, {"长", NULL, "x"}};
  for (size_t i = 0; i < COUNT_OF(CASES); i++) {
    int64_t id = appeal(home, CASES[i].title, CASES[i].text, CASES[i].place);
    assert_int_not_equal(stand(home, id).event, 0);
  }
  int64_t large = appeal(home, "路灯", enormous, NULL), again = appeal(home, "路灯", enormous, NULL);
  assert_true(together(home, large, again));
}

/* ---- within one's scope ---- */

static void counts_are_of_what_one_may_see(void **state) {
  struct home *home = *state;
  int64_t heating = home_unit(home, "供热集团", NULL, 0), park = home_unit(home, "公园管理处", NULL, 0);
  struct town town = town_make(home);
  struct value unit = value_integer(APPEAL_UNIT, heating), other = value_integer(APPEAL_UNIT, park),
               secret = value_integer(APPEAL_SECRECY, SECRECY_RESTRICTED);
  for (size_t i = 0; i < 3; i++) home_change(home, RECORD_APPEAL, town.heat[i], ACTION_EDIT, &unit, 1);
  home_change(home, RECORD_APPEAL, town.noise[0], ACTION_EDIT, &other, 1);
  home_change(home, RECORD_APPEAL, town.heat[1], ACTION_EDIT, &secret, 1);
  reach(home);
  struct grant_scope grant = {.relation = RELATION_LEAD, .units = &heating, .unit_count = 1, .secrecy = SECRECY_INTERNAL};
  struct scope scope = {.grants = &grant, .grant_count = 1, .excluded = &town.heat[2], .excluded_count = 1};
  struct groups_question question = {.level = GROUPING_EVENT,
                                     .scope = &scope,
                                     .from = NOTHING,
                                     .to = NOTHING,
                                     .today = date_of_moment(house_now(home->house)),
                                     .limit = 50};
  struct groups_page page;
  groups_list(home->house->groups, &question, home->arena, &page);
  assert_int_equal(page.total, 1);
  assert_int_equal(page.items[0].members, 1);
  question.scope = &SCOPE_SYSTEM;
  groups_list(home->house->groups, &question, home->arena, &page);
  assert_int_equal(page.total, 4);
  assert_int_equal(page.appeals, 7);
  assert_int_equal(page.items[0].members, 3);
  assert_int_equal(page.items[0].units, 1);
  question.level = GROUPING_CLASS;
  groups_list(home->house->groups, &question, home->arena, &page);
  assert_int_equal(page.items[0].members, 4);
  assert_int_equal(page.items[0].events, 2);
  assert_int_equal(page.items[0].places, 2);
  assert_int_equal(page.items[0].lately, 4);
  assert_false(page.items[0].predicted); /* there is no past yet */
}

static void three_are_offered_of_what_one_may_see(void **state) {
  struct home *home = *state;
  int64_t mine = home_unit(home, "东城供热站", NULL, 0), theirs = home_unit(home, "西城供热站", NULL, 0), own[3];
  static const char *const places[] = {"幸福小区", "阳光花园", "梧桐公寓"};
  char title[200];
  struct value unit = value_integer(APPEAL_UNIT, theirs), my_unit = value_integer(APPEAL_UNIT, mine);
  for (int i = 0; i < 3; i++) {
    snprintf(title, sizeof title, "%s暖气不热没人管", places[i]);
    own[i] = appeal(home, title, NULL, NULL);
    home_change(home, RECORD_APPEAL, own[i], ACTION_EDIT, &my_unit, 1);
  }
  for (int i = 0; i < 250; i++) { /* a word leads to its newest events: none of these is mine */
    snprintf(title, sizeof title, "%c%c%d号苑暖气不热没人管", 'a' + i % 26, 'a' + i / 26, 7000 + 13 * i);
    int64_t id = appeal(home, title, NULL, NULL);
    home_change(home, RECORD_APPEAL, id, ACTION_EDIT, &unit, 1);
  }
  reach(home);
  struct grant_scope grant = {.relation = RELATION_LEAD, .units = &mine, .unit_count = 1, .secrecy = SECRECY_INTERNAL};
  struct scope scope = {.grants = &grant, .grant_count = 1};
  struct grouping_appeal like = {.title = "幸福小区三号楼暖气不热", .moment = GROUPING_NO_MOMENT};
  struct groups_offered offered;
  groups_offer(home->house->groups, &like, &scope, &offered);
  assert_int_equal(offered.count, 3);
  assert_int_equal(offered.items[0].newest, own[0]);
  for (size_t i = 0; i < 3; i++) assert_true(offered.items[i].members == 1 && offered.items[i].newest <= own[2]);
  like.id = own[0]; /* of itself nobody is told */
  groups_offer(home->house->groups, &like, &scope, &offered);
  assert_int_equal(offered.count, 2);
  groups_offer(home->house->groups, &like, &SCOPE_SYSTEM, &offered);
  assert_int_equal(offered.count, 3);
}

/* ---- growth and curves ---- */

/* `count` appeals of one matter and place, made so many days ago. */
static int64_t made_ago(struct home *home, int days, int count) {
  int64_t id = 0;
  for (int i = 0; i < count; i++) {
    id = appeal(home, "和平路井盖丢失", "和平路中段井盖丢失，车辆颠簸，存在安全隐患，请尽快补上。", "和平路");
    struct value made = value_integer(APPEAL_MADE_AT, house_now(home->house) - days * MOMENT_DAY);
    home_change(home, RECORD_APPEAL, id, ACTION_EDIT, &made, 1);
  }
  return id;
}

/* How many left the band of what is expected. */
static int64_t risen(struct home *home, struct groups_question question) {
  struct groups_page page;
  question.rising = true;
  groups_list(home->house->groups, &question, home->arena, &page);
  return page.total;
}

static int64_t linked_or_not(struct home *home, enum groups_linked linked) {
  struct groups_question question = {.level = GROUPING_EVENT,
                                     .scope = &SCOPE_SYSTEM,
                                     .from = NOTHING,
                                     .to = NOTHING,
                                     .limit = 5,
                                     .linked = linked,
                                     .today = date_of_moment(house_now(home->house))};
  struct groups_page page;
  groups_list(home->house->groups, &question, home->arena, &page);
  return page.total;
}

static int64_t a_problem(struct home *home) {
  struct value campaign[] = {value_text(CAMPAIGN_NAME, "专项"), value_text(CAMPAIGN_CODE, "zx"), value_text(CAMPAIGN_PREFIX, "ZX"),
                             value_integer(CAMPAIGN_FROM, date_from_civil(2020, 1, 1)),
                             value_integer(CAMPAIGN_TO, date_from_civil(2099, 1, 1))};
  struct value problem[] = {value_text(PROBLEM_TITLE, "老旧小区暖气不热"),
                            value_integer(PROBLEM_CAMPAIGN,
                                          home_change(home, RECORD_CAMPAIGN, 0, ACTION_CREATE, campaign, COUNT_OF(campaign))),
                            value_integer(PROBLEM_CATEGORY, CATEGORY_LIVELIHOOD),
                            value_integer(PROBLEM_SOURCE, SOURCE_APPEALS),
                            value_integer(PROBLEM_KIND, KIND_AT_ONCE),
                            value_integer(PROBLEM_LEAD_UNIT, home_unit(home, "市住建局", NULL, 0))};
  return home_change(home, RECORD_PROBLEM, 0, ACTION_CREATE, problem, COUNT_OF(problem));
}

static void a_group_is_linked_once_an_appeal_of_it_is_linked_to_a_problem(void **state) {
  struct home *home = *state;
  struct town town = town_make(home);
  reach(home);
  assert_int_equal(linked_or_not(home, GROUPS_LINKED), 0);
  int64_t all = linked_or_not(home, GROUPS_WHETHER_LINKED);
  assert_int_equal(linked_or_not(home, GROUPS_NOT_LINKED), all);
  struct value problem = value_integer(APPEAL_PROBLEM, a_problem(home));
  home_change(home, RECORD_APPEAL, town.heat[1], ACTION_EDIT, &problem, 1);
  reach(home);
  assert_int_equal(linked_or_not(home, GROUPS_LINKED), 1);
  assert_int_equal(linked_or_not(home, GROUPS_NOT_LINKED), all - 1);
}

static void growth_is_against_what_the_past_weeks_predict(void **state) {
  struct home *home = *state;
  static const struct { int past[8], lately, weeks; const char *expected, *deviation, *growth; bool rises; } CASES[] = {
    {{2, 2, 2, 2, 2, 2, 2, 2}, 6, 8, "2.00", "1.41", "2.83", true},   /* even: chance alone scatters by the root of the mean */
    {{0, 9, 0, 9, 0, 9, 0, 9}, 9, 8, "4.50", "4.81", "0.94", false},   /* it has always gone up and down: no rise */
    {{1, 1, 1, 1, 0, 0, 0, 0}, 4, 4, "1.00", "1.00", "3.00", true},   /* four weeks of a past are enough */
  };
  struct groups_question question = {.level = GROUPING_EVENT, .scope = &SCOPE_SYSTEM, .from = NOTHING, .to = NOTHING, .limit = 5};
  int64_t last = 0;
  for (size_t i = 0; i < COUNT_OF(CASES); i++) {
    struct groups_page page;
    home_teardown(state);
    home_setup_following(state);
    home = *state;
    for (int week = 0; week < 8; week++)
      if (CASES[i].past[week]) made_ago(home, 7 * (week + 1) + (week == CASES[i].weeks - 1 ? 6 : 3), CASES[i].past[week]);
    last = made_ago(home, 2, CASES[i].lately);
    reach(home);
    question.today = date_of_moment(house_now(home->house));
    groups_list(home->house->groups, &question, home->arena, &page);
    const struct group_summary *summary = &page.items[0];
    assert_true(last > 0 && summary->predicted);
    assert_int_equal(summary->weeks, CASES[i].weeks);
    assert_int_equal(summary->lately, CASES[i].lately);
    assert_string_equal(arena_print(home->arena, "%.2f", summary->expected), CASES[i].expected);
    assert_string_equal(arena_print(home->arena, "%.2f", summary->deviation), CASES[i].deviation);
    assert_string_equal(arena_print(home->arena, "%.2f", summary->growth), CASES[i].growth);
    assert_int_equal(summary->by_week[0], CASES[i].lately);
    for (int week = 0; week + 1 < summary->week_count && week < 8; week++)
      assert_int_equal(summary->by_week[week + 1], CASES[i].past[week]);
    assert_int_equal(risen(home, question), CASES[i].rises);
  }
}

static void curves_count_a_class_and_all_others_by_bucket(void **state) {
  struct home *home = *state;
  struct town town = town_make(home);
  int64_t today = date_of_moment(house_now(home->house)), bounds[] = {today - 10, today - 5, today, today + 1};
  struct value made = value_integer(APPEAL_MADE_AT, house_now(home->house) - 7 * MOMENT_DAY);
  struct groups_curve curve;
  home_change(home, RECORD_APPEAL, town.heat[0], ACTION_EDIT, &made, 1);
  int64_t class = stand(home, town.heat[0]).class;
  groups_curve(home->house->groups, &class, 1, &SCOPE_SYSTEM, bounds, 3, home->arena, &curve);
  assert_int_equal(curve.inside[0], 1);
  assert_int_equal(curve.inside[1] + curve.outside[0] + curve.outside[1], 0);
  assert_int_equal(curve.inside[2], 3);
  assert_int_equal(curve.outside[2], 3);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(appeals_of_one_matter_and_place_are_one_event, home_setup_following, home_teardown),
    cmocka_unit_test_setup_teardown(members_are_told_newest_first_and_by_any_of_them, home_setup_following, home_teardown),
    cmocka_unit_test_setup_teardown(what_people_decide_holds, home_setup_following, home_teardown),
    cmocka_unit_test_setup_teardown(classes_are_split_and_merged_as_people_say, home_setup_following, home_teardown),
    cmocka_unit_test_setup_teardown(a_voided_appeal_is_no_member_and_an_edited_one_is_judged_anew, home_setup_following, home_teardown),
    cmocka_unit_test_setup_teardown(groups_made_anew_are_the_same, home_setup_following, home_teardown),
    cmocka_unit_test_setup_teardown(a_damaged_checkpoint_is_passed_over, home_setup_following, home_teardown),
    cmocka_unit_test_setup_teardown(what_moved_is_told_by_who_is_in_a_group_not_by_its_name, home_setup_following, home_teardown),
    cmocka_unit_test_setup_teardown(a_decision_that_groups_do_not_keep_is_named, home_setup_following, home_teardown),
    cmocka_unit_test_setup_teardown(what_another_version_moved_is_told_and_what_people_decided_holds, home_setup_following, home_teardown),
    cmocka_unit_test_setup_teardown(bad_input_is_taken_and_founds_what_it_may, home_setup_following, home_teardown),
    cmocka_unit_test_setup_teardown(counts_are_of_what_one_may_see, home_setup_following, home_teardown),
    cmocka_unit_test_setup_teardown(three_are_offered_of_what_one_may_see, home_setup_following, home_teardown),
    cmocka_unit_test_setup_teardown(a_group_is_linked_once_an_appeal_of_it_is_linked_to_a_problem, home_setup_following, home_teardown),
    cmocka_unit_test_setup_teardown(growth_is_against_what_the_past_weeks_predict, home_setup_following, home_teardown),
    cmocka_unit_test_setup_teardown(curves_count_a_class_and_all_others_by_bucket, home_setup_following, home_teardown)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
