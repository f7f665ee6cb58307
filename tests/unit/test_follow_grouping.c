/* Grouping: the same texts in the same order give the same groups; another place or another matter stays apart, another spelling does
   not; what people decided holds; a checkpoint goes on as if nothing had happened; bad input is only text. All texts are invented. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "follow/grouping.h"

static struct grouping_answer add(struct grouping *grouping, int64_t id, const char *title, const char *text) {
  struct grouping_appeal appeal = {.id = id, .title = title, .text = text, .moment = GROUPING_NO_MOMENT};
  struct grouping_answer answer;
  assert_true(grouping_add(grouping, &appeal, &answer));
  return answer;
}

static struct grouping_answer add_at(struct grouping *grouping, int64_t id, const char *title, const char *place, double latitude,
                                     double longitude) {
  struct grouping_appeal appeal = {.id = id,
                                   .title = title,
                                   .place = place,
                                   .has_point = true,
                                   .latitude = latitude,
                                   .longitude = longitude,
                                   .moment = GROUPING_NO_MOMENT};
  struct grouping_answer answer;
  assert_true(grouping_add(grouping, &appeal, &answer));
  return answer;
}

/* Everyday appeals of an invented city, so that words have a rarity: by number, always the same ones. Ids from 1000 on. */
static void everyday(struct grouping *grouping, int count) {
  static const char *const places[] = {"青禾苑", "望潮花园", "松影路", "白鹭街", "锦溪小区", "长汀巷", "云栈新村", "石榴广场", "临江大道", "梧桐里小学", "银杏公寓", "东篱山庄"};
  static const char *const matters[] = {"路灯不亮晚上看不见路", "电梯坏了老人下不了楼", "垃圾没有人清运气味很大", "公交车等候时间太长",
                                        "快递柜占了消防通道",   "自来水发黄不能喝",     "工地夜里施工吵得睡不着", "停车费突然上涨没有公示",
                                        "井盖松动容易伤人",     "广场舞音响声音太大"};
  char title[400];
  for (int i = 0; i < count; i++) {
    snprintf(title, sizeof title, "%s第%d处%s", places[i % 12], i, matters[(i / 12 + i) % 10]);
    add(grouping, 1000 + i, title, NULL);
  }
}

static void the_same_matter_at_the_same_place_is_one_event(void **state) {
  (void)state;
  struct grouping *grouping = grouping_new(NULL);
  everyday(grouping, 120);
  add(grouping, 5001, "南汀区晴川花园地下车库渗水严重", "晴川花园二期地下车库一下雨就渗水，墙皮脱落，车辆无法停放，物业一直不修。");
  struct grouping_answer answer = add(grouping, 5002, "晴川花园地下车库渗水无人维修", "我们晴川花园的地下车库渗水已经半年，物业不修，车辆无法停放。");
  assert_int_equal(answer.event, 5001);
  assert_false(answer.founded);
  assert_true(answer.score >= GROUPING_DEFAULTS.join);
  assert_int_equal(answer.nearest[0].event, 5001);
  grouping_free(grouping);
}

static void nearly_equal_texts_about_two_places_stay_apart(void **state) {
  (void)state;
  struct grouping *grouping = grouping_new(NULL);
  everyday(grouping, 120);
  add(grouping, 5001, "晴川花园地下车库渗水无人维修", "地下车库渗水已经半年，物业不修，车辆无法停放，请有关部门督促。");
  assert_int_equal(add(grouping, 5002, "碧落公寓地下车库渗水无人维修", "地下车库渗水已经半年，物业不修，车辆无法停放，请有关部门督促。").event, 5002);
  assert_int_equal(add(grouping, 5003, "Broken street light on Larkspur Avenue",
                       "The street light on Larkspur Avenue has been broken for two weeks, it is dark at night.")
                       .event,
                   5003);
  assert_int_equal(add(grouping, 5004, "Broken street light on Quillfeather Avenue",
                       "The street light on Quillfeather Avenue has been broken for two weeks, it is dark at night.")
                       .event,
                   5004);
  assert_int_equal(add(grouping, 5005, "Larkspur Avenue street light broken",
                       "Larkspur Avenue is dark at night, the street light has been broken for weeks.")
                       .event,
                   5003);
  grouping_free(grouping);
}

/* Where the title names no place, the text says which it is; and names begin with characters that mostly end one (和, 望, 里). */
static void the_same_words_of_two_places_stay_apart_where_only_the_text_names_them(void **state) {
  (void)state;
  static const struct { const char *title, *text, *other; } cases[] = {
    {"楼上漏水物业不管", "临江大道三号楼屋顶渗水墙皮脱落，顶楼下雨漏水没人修，请尽快处理。", "望潮花园五号楼屋顶渗水墙皮脱落，顶楼下雨漏水没人修，请尽快处理。"},
    {"自来水发黄", "白鹭街道三号楼水龙头出来的水是黄的，家里自来水浑浊发黄不能用，请尽快处理。", "龙栖府五号楼水龙头出来的水是黄的，家里自来水浑浊发黄不能用，请尽快处理。"},
    {"暖气不热", "梧桐里小学三号楼供暖温度不达标，家里暖气片冰凉室温才十四度，请尽快处理。", "松影路五号楼供暖温度不达标，家里暖气片冰凉室温才十四度，请尽快处理。"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct grouping *grouping = grouping_new(NULL);
    everyday(grouping, 120);
    int64_t event = add(grouping, 5001, cases[i].title, cases[i].text).event;
    assert_int_not_equal(add(grouping, 5002, cases[i].title, cases[i].other).event, event);
    assert_int_equal(add(grouping, 5003, cases[i].title, cases[i].text).event, event);
    assert_int_not_equal(grouping_event_of(grouping, 5002), event);
    grouping_free(grouping);
  }
}

/* From the first appeal on, before any word is rare, and among many: written otherwise and sounding the same is the same place, sounding
   otherwise another; given by itself, or in the text alone. */
static void names_that_sound_alike_meet_and_others_do_not(int before) {
  static const struct { const char *one, *other, *matter; bool same; } cases[] = {
    {"中茂城", "中贸城", "地铁站出口外卖车乱停，人走不过去", true}, {"富惠苑", "惠富苑", "电梯又困人了，维保拖着不修", true}, {"绿景花园", "绿境花园", "屋顶漏水，物业说没有维修资金", true},
    {"瑞景花园", "瑞锦花园", "门口垃圾成堆，气味很大", true},
    {"金鸡湖路", "金基湖路", "路灯两个星期不亮，晚上看不见", true}, {"云杉苑", "水杉苑", "电梯又困人了，维保拖着不修", false}, {"东风小区", "西风小区", "屋顶漏水，物业说没有维修资金", false},
    {"红枫苑", "青枫苑", "路灯两个星期不亮，晚上看不见", false}, {"金桂花园", "银桂花园", "地下水管爆裂，停水一天了", false}, {"南湖小区", "北湖小区", "门口垃圾成堆，气味很大", false}, {"梧桐苑", "海桐苑", "电梯又困人了，维保拖着不修", false},
    {"中茂城", "中旺城", "楼道里堆满杂物没有人清理", false}, {"金辉苑", "金桂苑", "停车费涨到每月三百元没有公示", false}};
  for (size_t i = 0; i < 2 * (sizeof cases / sizeof *cases); i++) {
    struct grouping *grouping = grouping_new(NULL);
    everyday(grouping, before);
    const char *names[] = {cases[i / 2].one, cases[i / 2].other};
    int64_t events[2];
    for (int64_t k = 0; k < 2; k++) {
      char text[200];
      struct grouping_answer answer;
      snprintf(text, sizeof text, "%s三号楼%s，请查处。", names[k], cases[i / 2].matter);
      struct grouping_appeal appeal = {.id = k + 1,
                                       .title = text,
                                       .text = text,
                                       .place = i % 2 ? names[k] : NULL,
                                       .moment = INT64_C(1790000000000000)};
      assert_true(grouping_add(grouping, &appeal, &answer));
      events[k] = answer.event;
    }
    if ((events[0] == events[1]) != cases[i / 2].same)
      fail_msg("%s, %s%s, after %d", names[0], names[1], i % 2 ? ", given by itself" : "", before);
    grouping_free(grouping);
  }
}

static void in_a_young_store_names_that_sound_alike_meet_and_others_do_not(void **state) {
  (void)state;
  names_that_sound_alike_meet_and_others_do_not(0);
}

static void in_a_store_of_many_names_that_sound_alike_meet_and_others_do_not(void **state) {
  (void)state;
  names_that_sound_alike_meet_and_others_do_not(600);
}

static void another_matter_at_the_same_place_stays_apart(void **state) {
  (void)state;
  struct grouping *grouping = grouping_new(NULL);
  everyday(grouping, 120);
  add(grouping, 5001, "晴川花园地下车库渗水无人维修", "地下车库渗水已经半年，物业不修，车辆无法停放。");
  assert_int_equal(add(grouping, 5002, "晴川花园旁边幼儿园何时开学", "孩子九月入园，配套幼儿园还没有装修，请教育局答复招生时间。").event, 5002);
  grouping_free(grouping);
}

/* In a young store no word is rare yet, and the usual phrases are most of what is said. */
static void three_matters_of_four_places_are_twelve_events_of_three_classes_from_the_first_appeal_on(void **state) {
  (void)state;
  static const char *const places[] = {"阳光花园", "滨河里", "和平路", "学院街"}, *const matters[] = {"路灯不亮", "广场舞噪声扰民", "垃圾没人清运"};
  struct grouping *grouping = grouping_new(NULL);
  for (int64_t i = 0; i < 12; i++) {
    char title[100], text[200];
    snprintf(title, sizeof title, "%s%s", places[i / 3], matters[i % 3]);
    snprintf(text, sizeof text, "%s最近%s，请有关部门尽快处理。", places[i / 3], matters[i % 3]);
    struct grouping_appeal appeal = {.id = i + 1,
                                     .title = title,
                                     .text = text,
                                     .place = places[i / 3],
                                     .moment = INT64_C(1790000000000000)};
    struct grouping_answer answer;
    assert_true(grouping_add(grouping, &appeal, &answer));
    assert_int_equal(answer.event, i + 1);
    assert_int_equal(answer.class, i % 3 + 1);
  }
  grouping_free(grouping);
}

static void the_same_topic_in_other_words_is_nearer_than_another_topic(void **state) {
  (void)state;
  struct grouping *grouping = grouping_new(NULL);
  everyday(grouping, 120);
  add(grouping, 5001, "晴川花园楼下饭店油烟太大", NULL);
  struct grouping_appeal alike = {.id = 5002, .title = "晴川花园餐饮烧烤排烟呛人", .moment = GROUPING_NO_MOMENT},
                         other = {.id = 5002, .title = "晴川花园幼儿入园名额不够", .moment = GROUPING_NO_MOMENT};
  struct grouping_answer near, far;
  grouping_offer(grouping, &alike, NULL, &near);
  grouping_offer(grouping, &other, NULL, &far);
  assert_int_equal(near.nearest[0].event, 5001);
  assert_int_equal(far.nearest[0].event, 5001);
  assert_true(near.nearest[0].score > 1.5 * far.nearest[0].score);
  grouping_free(grouping);
}

static void other_spellings_of_a_name_meet(void **state) {
  (void)state;
  struct grouping *grouping = grouping_new(NULL);
  everyday(grouping, 120);
  add(grouping, 5001, "岚惠城商铺两年没有办下产权证", "岚惠城的商铺交房两年，产权证一直没有办下来，开发商推托。");
  assert_int_equal(add(grouping, 5002, "惠岚城商铺产权证两年没有办下来", "惠岚城商铺交房两年了，开发商一直推托，产权证没有办。").event, 5001);
  add(grouping, 5003, "霁茂城业主反映电梯频繁停运", "霁茂城三号楼电梯频繁停运，维保单位不到场。");
  assert_int_equal(add(grouping, 5004, "霁贸城电梯频繁停运业主反映", "霁贸城三号楼电梯频繁停运，维保单位一直不到场。").event, 5003);
  grouping_free(grouping);
}

static void a_class_is_the_matter_wherever_it_is(void **state) {
  (void)state;
  struct grouping *grouping = grouping_new(NULL);
  everyday(grouping, 240);
  add(grouping, 5001, "晴川花园地下车库渗水无人维修", NULL);
  struct grouping_answer answer = add(grouping, 5002, "碧落公寓地下车库渗水无人维修", NULL);
  assert_int_equal(answer.event, 5002);
  assert_int_equal(answer.class, grouping_class_of(grouping, 5001));
  assert_int_not_equal(grouping_class_of(grouping, 1000), answer.class);
  grouping_free(grouping);
}

static void classes_that_people_part_each_take_what_is_theirs(void **state) {
  (void)state;
  struct grouping *grouping = grouping_new(NULL);
  everyday(grouping, 240);
  add(grouping, 5001, "晴川花园地下车库渗水无人维修", "地下车库渗水半年，物业不修，车辆无法停放。");
  add(grouping, 5002, "晴川花园地下车库渗水半年无人管", "地下车库渗水，车辆无法停放，物业一直不修。");
  assert_int_equal(add(grouping, 5003, "晴川花园地下车库渗水车辆无法停放", "物业不修地下车库渗水，已经半年。").event, 5001);
  add(grouping, 5004, "碧落公寓烧烤摊油烟熏人", "楼下烧烤摊每晚油烟熏人，窗户不能开。");
  int64_t class;
  assert_true(grouping_class_merge(grouping, 5001, 5004, &class));
  assert_int_equal(grouping_class_of(grouping, 5004), 5001);
  struct grouping_appeal leaving = {.id = 5001, .title = "晴川花园地下车库渗水无人维修", .text = "地下车库渗水半年，物业不修，车辆无法停放。", .moment = GROUPING_NO_MOMENT};
  assert_true(grouping_class_split(grouping, &leaving, 1, &class));
  assert_int_equal(class, 5001);
  assert_int_equal(grouping_class_of(grouping, 5003), 5001);
  assert_int_equal(grouping_class_of(grouping, 5004), 5004);
  struct grouping_answer leak = add(grouping, 5005, "鹭湾新苑地下车库渗水", NULL);
  struct grouping_answer smoke = add(grouping, 5006, "石塘广场烧烤摊油烟", NULL);
  assert_true(leak.founded && smoke.founded);
  assert_int_equal(leak.class, 5001);
  assert_int_equal(smoke.class, 5004);
  grouping_free(grouping);
}

/* The same name in another district is another place; where one says none, or both several, nothing is known. */
static void what_is_in_another_district_is_another_place(void **state) {
  (void)state;
  static const struct { const char *place, *other; bool one; } cases[] = {
    {"西浜区曲水街道", "金滩区曲水街道", false}, {"上海徐汇区曲水街道", "徐汇区曲水街道", true}, {"申江市西浜区曲水街道", "申江市金滩区曲水街道", false}, {"西浜区曲水街道", "曲水街道", true},
    {"长丰县曲水街道", "肥西县曲水街道", false}, {"A3区曲水街道", "A7区曲水街道", false}, {"曲水街道西区", "曲水街道东区", true}, {"曲水街道工业区", "曲水街道社区", true}, {"西浜区和金滩区交界曲水街道", "金滩区曲水街道", true}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct grouping *grouping = grouping_new(NULL);
    char text[2][256];
    everyday(grouping, 120);
    for (int k = 0; k < 2; k++) snprintf(text[k], sizeof text[k], "%s楼道里天天有人给电动自行车充电，电线从楼上拉下来，怕着火。", k ? cases[i].other : cases[i].place);
    struct grouping_appeal first = {.id = 5001,
                                    .title = "电动自行车在楼道充电",
                                    .text = text[0],
                                    .place = cases[i].place,
                                    .moment = GROUPING_NO_MOMENT};
    struct grouping_appeal second = {.id = 5002,
                                     .title = "电动自行车在楼道充电",
                                     .text = text[1],
                                     .place = cases[i].other,
                                     .moment = GROUPING_NO_MOMENT};
    struct grouping_answer answer;
    bool named = false;
    assert_true(grouping_add(grouping, &first, &answer));
    assert_true(grouping_add(grouping, &second, &answer));
    if ((answer.event == 5001) != cases[i].one) fail_msg("%s and %s: %s", cases[i].place, cases[i].other, cases[i].one ? "apart" : "one");
    assert_int_equal(answer.class, grouping_class_of(grouping, 5001));
    if (!cases[i].one) assert_int_equal(grouping_where(grouping, &second, &first, &named), GROUPING_OTHER_PLACE);
    grouping_free(grouping);
  }
}

/* Both texts name the same company; the places that were given are two, or one in other spelling. */
static void places_given_by_themselves_say_more_than_what_else_is_named(void **state) {
  (void)state;
  static const struct { const char *place, *other; bool one; } cases[] = {
    {"东塘镇", "云台路街道", false}, {"曲水街道", "古槐街道", false}, {"东塘镇", "东塘镇", true}, {"富惠小区", "惠富小区", true}, {"云台路街道工人新村", "工人新村", true}, {"街道", "云台路街道", true}, {"", "云台路街道", true}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct grouping *grouping = grouping_new(NULL);
    struct grouping_answer answer;
    everyday(grouping, 120);
    for (int64_t k = 0; k < 2; k++) {
      const char *text = k ? "给物业公司做保洁，三个月工资拖着不发，老板找不到人了。" : "给物业公司做保洁，三个月工资拖着不发，老板找不到人。";
      struct grouping_appeal appeal = {.id = 5001 + k,
                                       .title = "物业公司工资拖着不发",
                                       .text = text,
                                       .place = k ? cases[i].other : cases[i].place,
                                       .moment = GROUPING_NO_MOMENT};
      assert_true(grouping_add(grouping, &appeal, &answer));
    }
    if ((answer.event == 5001) != cases[i].one) fail_msg("%s and %s: %s", cases[i].place, cases[i].other, cases[i].one ? "apart" : "one");
    grouping_free(grouping);
  }
}

/* Nobody else would be left in the class, and the decision would say nothing. */
static void who_leaves_a_class_of_one_event_leaves_the_event(void **state) {
  (void)state;
  struct grouping *grouping = grouping_new(NULL);
  everyday(grouping, 240);
  add(grouping, 5001, "晴川花园地下车库渗水无人维修", "地下车库渗水半年，物业不修，车辆无法停放。");
  add(grouping, 5002, "晴川花园地下车库渗水半年无人管", "地下车库渗水，车辆无法停放，物业一直不修。");
  add(grouping, 5003, "晴川花园地下车库渗水车辆无法停放", "物业不修地下车库渗水，已经半年。");
  assert_int_equal(grouping_event_of(grouping, 5003), 5001);
  int64_t class;
  struct grouping_appeal two[] = {{.id = 5001, .title = "晴川花园地下车库渗水无人维修", .text = "地下车库渗水半年，物业不修，车辆无法停放。", .moment = GROUPING_NO_MOMENT},
                                  {.id = 5002, .title = "晴川花园地下车库渗水半年无人管", .text = "地下车库渗水，车辆无法停放，物业一直不修。", .moment = GROUPING_NO_MOMENT}};
  assert_true(grouping_class_split(grouping, two, 2, &class));
  assert_int_equal(class, 5001);
  assert_int_equal(grouping_event_of(grouping, 5002), 5001);
  assert_int_equal(grouping_event_of(grouping, 5003), 5003);
  assert_int_equal(grouping_class_of(grouping, 5002), 5001);
  assert_int_equal(grouping_class_of(grouping, 5003), 5003);
  assert_true(grouping_class_split(grouping, two, 2, &class));
  assert_int_equal(class, 5001);
  assert_int_equal(grouping_event_of(grouping, 5001), grouping_event_of(grouping, 5002));
  assert_true(grouping_class_merge(grouping, 5001, 5003, &class));
  assert_int_equal(grouping_class_of(grouping, 5003), grouping_class_of(grouping, 5002));
  grouping_free(grouping);
}

static void points_on_the_map_decide_where_both_are_given(void **state) {
  (void)state;
  struct grouping *grouping = grouping_new(NULL);
  everyday(grouping, 60);
  add_at(grouping, 5001, "Pothole Repair", "14 Fernlea St", 42.3000, -71.1000);
  assert_int_equal(add_at(grouping, 5002, "Pothole Repair", "16 Fernlea St", 42.3003, -71.1001).event, 5001);
  assert_int_equal(add_at(grouping, 5003, "Pothole Repair", "914 Fernlea St", 42.3100, -71.1000).event, 5003);
  assert_int_equal(add_at(grouping, 5004, "Graffiti Removal", "14 Fernlea St", 42.3000, -71.1000).event, 5004);
  grouping_free(grouping);
}

static void an_offer_changes_nothing(void **state) {
  (void)state;
  struct grouping *grouping = grouping_new(NULL);
  everyday(grouping, 120);
  add(grouping, 5001, "晴川花园地下车库渗水无人维修", "地下车库渗水已经半年。");
  struct grouping_figures before = grouping_count(grouping);
  struct grouping_appeal appeal = {.id = 5002, .title = "晴川花园车库渗水", .moment = GROUPING_NO_MOMENT};
  struct grouping_answer answer;
  grouping_offer(grouping, &appeal, NULL, &answer);
  assert_int_equal(answer.nearest[0].event, 5001);
  struct grouping_figures after = grouping_count(grouping);
  assert_memory_equal(&before, &after, sizeof before);
  assert_int_equal(grouping_event_of(grouping, 5002), 0);
  grouping_free(grouping);
}

/* He sees events up to a number; `more` are the first three of them. */
static bool sees_to_5003(const void *with, int64_t event) {
  (void)with;
  return event <= 5003;
}
static size_t first_three(const void *with, int64_t events[GROUPING_MORE]) {
  (void)with;
  for (int i = 0; i < 3; i++) events[i] = 5001 + i;
  return 3;
}

static void what_one_may_not_see_takes_no_place_of_what_one_may(void **state) {
  (void)state;
  static const char *const places[] = {"晴川花园", "碧落公寓", "听雨轩"};
  struct grouping *grouping = grouping_new(NULL);
  struct grouping_appeal appeal = {.title = "地下车库渗水无人维修", .moment = GROUPING_NO_MOMENT};
  struct grouping_reader reader = {.tells = sees_to_5003};
  struct grouping_answer all, his;
  char title[200];
  for (int i = 0; i < 3; i++) {
    snprintf(title, sizeof title, i ? "%s地下车库渗水灯光昏暗出口拥堵地面打滑" : "%s地下车库渗水无人维修", places[i]);
    add(grouping, 5001 + i, title, NULL);
  }
  for (int i = 0; i < 400; i++) { /* more than a word leads to */
    snprintf(title, sizeof title, "%c%c%d号苑地下车库渗水无人维修", 'a' + i % 26, 'a' + i / 26, 7000 + 13 * i);
    add(grouping, 6000 + i, title, NULL);
    if (i != 30) continue;
    grouping_offer(grouping, &appeal, NULL, &all);
    grouping_offer(grouping, &appeal, &reader, &his);
    assert_true(all.nearest[1].event > 5003);
    assert_int_equal(his.event, all.event);
    assert_int_equal(his.class, all.class);
    assert_int_equal(his.nearest_count, 3);
    for (size_t k = 0; k < 3; k++) assert_true(his.nearest[k].event <= 5003);
  }
  grouping_offer(grouping, &appeal, &reader, &his);
  assert_int_equal(his.nearest_count, 0);
  reader.more = first_three;
  grouping_offer(grouping, &appeal, &reader, &his);
  assert_int_equal(his.nearest_count, 3);
  for (size_t k = 0; k + 1 < 3; k++) assert_true(his.nearest[k].score >= his.nearest[k + 1].score);
  appeal.title = "zzz 0000";
  grouping_offer(grouping, &appeal, &reader, &his); /* nothing in common: nothing is offered for the number's sake */
  assert_int_equal(his.nearest_count, 0);
  grouping_free(grouping);
}

static void an_id_is_taken_once(void **state) {
  (void)state;
  struct grouping *grouping = grouping_new(NULL);
  struct grouping_appeal appeal = {.id = 7, .title = "晴川花园", .moment = GROUPING_NO_MOMENT},
                         none = {.id = 0, .title = "x", .moment = GROUPING_NO_MOMENT};
  struct grouping_answer answer;
  assert_true(grouping_add(grouping, &appeal, &answer));
  assert_false(grouping_add(grouping, &appeal, &answer));
  assert_false(grouping_add(grouping, &none, &answer));
  grouping_free(grouping);
}

/* ---- decisions ---- */
static const struct grouping_appeal LEAKS[] = {
  {.id = 5001, .title = "晴川花园地下车库渗水无人维修", .text = "晴川花园车库渗水半年，物业不修。", .moment = GROUPING_NO_MOMENT},
  {.id = 5002, .title = "晴川花园地下车库渗水", .text = "晴川花园车库渗水半年，物业一直不修。", .moment = GROUPING_NO_MOMENT},
  {.id = 5003, .title = "晴川花园车库渗水没人维修", .text = "晴川花园地下车库渗水，物业不修。", .moment = GROUPING_NO_MOMENT}};

static struct grouping *with_leaks(void) {
  struct grouping *grouping = grouping_new(NULL);
  everyday(grouping, 120);
  for (size_t i = 0; i < 3; i++) add(grouping, LEAKS[i].id, LEAKS[i].title, LEAKS[i].text);
  for (size_t i = 0; i < 3; i++) assert_int_equal(grouping_event_of(grouping, LEAKS[i].id), 5001);
  return grouping;
}

static void a_split_holds_however_alike_what_follows_is(void **state) {
  (void)state;
  struct grouping *grouping = with_leaks();
  int64_t event = 0;
  assert_true(grouping_split(grouping, &LEAKS[1], 2, &event));
  assert_int_equal(event, 5002);
  for (int i = 0; i < 40; i++) add(grouping, 6000 + i, LEAKS[i % 3].title, LEAKS[i % 3].text);
  assert_int_equal(grouping_event_of(grouping, 5001), 5001);
  assert_int_equal(grouping_event_of(grouping, 5002), 5002);
  assert_int_equal(grouping_event_of(grouping, 5003), 5002);
  assert_false(grouping_split(grouping, &LEAKS[0], 3, &event)); /* not of one event any more */
  grouping_free(grouping);
}

/* A grouping in which only a third appeal tells that two events may be one: as another version might have left them apart when people split
   them. */
static int64_t bridged(bool split_first, bool merged_after, bool as_classes) {
  struct grouping_settings settings = GROUPING_DEFAULTS;
  int64_t id, stood;
  settings.join = 0.999;
  settings.bridge = 0.5;
  settings.merge = 0;
  struct grouping *grouping = grouping_new(&settings);
  everyday(grouping, 120);
  struct grouping_appeal leak = {.id = 5001, .title = "晴川花园地下车库渗水", .text = "地下车库一下雨就渗水，水泵坏了没有人修。", .moment = GROUPING_NO_MOMENT};
  add(grouping, 5001, leak.title, leak.text);
  add(grouping, 5002, "晴川花园外墙瓷砖脱落", "外墙瓷砖脱落砸坏车辆，楼下已经拉了警戒线。");
  assert_int_not_equal(grouping_event_of(grouping, 5001), grouping_event_of(grouping, 5002));
  if (split_first) assert_true(as_classes ? grouping_class_split(grouping, &leak, 1, &id) : grouping_split(grouping, &leak, 1, &id));
  if (merged_after) assert_true(grouping_merge(grouping, 5002, 5001, &id));
  add(grouping, 5003, "晴川花园地下车库渗水、外墙瓷砖脱落", "地下车库一下雨就渗水，水泵坏了没有人修；外墙瓷砖脱落砸坏车辆，楼下已经拉了警戒线。");
  stood = grouping_event_of(grouping, 5002);
  assert_int_equal(grouping_event_of(grouping, 5001), 5001);
  grouping_free(grouping);
  return stood;
}

static void what_people_split_off_stays_apart_where_it_stood_alone_already(void **state) {
  (void)state;
  assert_int_equal(bridged(false, false, false), 5001);
  assert_int_equal(bridged(true, false, false), 5002);
  assert_int_equal(bridged(true, true, false), 5001); /* people may still say that they are one */
  assert_int_equal(bridged(true, false, true), 5002); /* joined, they would bring one class into the other */
}

static void when_the_founder_is_split_off_the_oldest_that_stays_gives_the_name(void **state) {
  (void)state;
  struct grouping *grouping = with_leaks();
  int64_t event = 0;
  assert_true(grouping_split(grouping, LEAKS, 3, &event)); /* all of it stays what it is */
  assert_int_equal(event, LEAKS[0].id);
  assert_true(grouping_split(grouping, LEAKS, 1, &event));
  assert_int_equal(event, 5001);
  assert_int_equal(grouping_event_of(grouping, 5002), 5002);
  assert_int_equal(grouping_event_of(grouping, 5003), 5002);
  grouping_free(grouping);
}

static void a_merge_keeps_the_smaller_and_takes_a_split_back(void **state) {
  (void)state;
  struct grouping *grouping = with_leaks();
  int64_t event = 0;
  assert_true(grouping_split(grouping, &LEAKS[2], 1, &event));
  assert_true(grouping_merge(grouping, 5003, 5001, &event));
  assert_int_equal(event, 5001);
  assert_true(grouping_merge(grouping, 1000, 5003, &event));
  assert_int_equal(event, 1000);
  assert_int_equal(grouping_event_of(grouping, 5002), 1000);
  assert_false(grouping_merge(grouping, 1000, 999999, &event));
  grouping_free(grouping);
}

static void a_confirmed_appeal_is_where_people_put_it(void **state) {
  (void)state;
  struct grouping *grouping = with_leaks();
  assert_true(grouping_confirm(grouping, &LEAKS[2], 1000));
  assert_int_equal(grouping_event_of(grouping, 5003), grouping_event_of(grouping, 1000));
  struct grouping_appeal fresh = {.id = 7000, .title = "不相干的一件事", .moment = GROUPING_NO_MOMENT};
  assert_true(grouping_confirm(grouping, &fresh, 5001));
  assert_int_equal(grouping_event_of(grouping, 7000), 5001);
  for (int i = 0; i < 40; i++) add(grouping, 8000 + i, LEAKS[i % 3].title, LEAKS[i % 3].text);
  assert_int_equal(grouping_event_of(grouping, 5003), grouping_event_of(grouping, 1000));
  assert_int_equal(grouping_event_of(grouping, 7000), 5001);
  assert_false(grouping_confirm(grouping, &fresh, 999999));
  grouping_free(grouping);
}

/* ---- the same again ---- */
static uint64_t all_groups(const struct grouping *grouping, int count) {
  uint64_t sum = 1469598103934665603u;
  for (int i = 0; i < count; i++)
    sum = (sum ^ (uint64_t)(grouping_event_of(grouping, 1000 + i) * 131 + grouping_class_of(grouping, 1000 + i))) * 1099511628211u;
  return sum;
}

static void the_same_order_gives_the_same_groups(void **state) {
  (void)state;
  struct grouping *one = grouping_new(NULL), *other = grouping_new(NULL);
  everyday(one, 600);
  everyday(other, 600);
  assert_true(all_groups(one, 600) == all_groups(other, 600));
  grouping_free(one);
  grouping_free(other);
}

static void from_a_checkpoint_and_the_rest_as_from_the_beginning(void **state) {
  (void)state;
  char path[] = "/tmp/bihuan-grouping-XXXXXX";
  int file = mkstemp(path);
  assert_true(file >= 0);
  close(file);
  struct label wrong;
  int64_t position = 0, event;
  struct grouping *one = with_leaks();
  assert_true(grouping_split(one, &LEAKS[2], 1, &event));
  assert_true(grouping_save(one, path, 42, &wrong));
  struct grouping *other = grouping_load(path, NULL, &position, &wrong);
  assert_non_null(other);
  assert_int_equal(position, 42);
  for (int i = 0; i < 300; i++) {
    char title[200];
    snprintf(title, sizeof title, "松影路第%d处%s", i % 90, i % 3 ? "井盖松动" : LEAKS[i % 2].title);
    struct grouping_answer first = add(one, 9000 + i, title, NULL), second = add(other, 9000 + i, title, NULL);
    assert_int_equal(first.event, second.event);
    assert_int_equal(first.class, second.class);
    assert_true(first.score == second.score);
  }
  assert_true(all_groups(one, 120) == all_groups(other, 120));
  grouping_free(one);
  grouping_free(other);
  unlink(path);
}

static void a_damaged_or_foreign_checkpoint_is_refused_with_its_reason(void **state) {
  (void)state;
  char path[] = "/tmp/bihuan-grouping-XXXXXX";
  int file = mkstemp(path);
  close(file);
  struct label wrong = {NULL, NULL};
  int64_t position;
  struct grouping *grouping = with_leaks();
  assert_true(grouping_save(grouping, path, 1, &wrong));
  grouping_free(grouping);
  struct grouping_settings others = GROUPING_DEFAULTS;
  others.join += 0.01;
  assert_null(grouping_load(path, &others, &position, &wrong));
  assert_non_null(strstr(wrong.en, "settings"));
  FILE *stream = fopen(path, "r+b");
  fseek(stream, 300, SEEK_SET);
  fputc(0x5a ^ fgetc(stream), stream);
  fclose(stream);
  stream = fopen(path, "r+b");
  fseek(stream, 301, SEEK_SET);
  fputs("xx", stream);
  fclose(stream);
  assert_null(grouping_load(path, NULL, &position, &wrong));
  assert_non_null(strstr(wrong.en, "damaged"));
  unlink(path);
  assert_null(grouping_load(path, NULL, &position, &wrong));
  assert_non_null(strstr(wrong.en, "no checkpoint"));
}

static void events_retire_and_take_none_any_more(void **state) {
  (void)state;
  struct grouping_settings settings = GROUPING_DEFAULTS;
  settings.most_live = 5;
  struct grouping *grouping = grouping_new(&settings);
  add(grouping, 1, LEAKS[0].title, LEAKS[0].text);
  everyday(grouping, 200);
  assert_true(grouping_count(grouping).live <= 5);
  assert_int_equal(add(grouping, 5002, LEAKS[1].title, LEAKS[1].text).event, 5002);
  assert_int_equal(grouping_event_of(grouping, 1), 1);
  grouping_free(grouping);
}

/* ---- bad input ---- */
static void bad_texts_are_only_texts(void **state) {
  (void)state;
  static const char *const texts[] = {"",
                                      " ",
                                      "\t\n\r",
                                      "😀😀🚧",
                                      "\x01\x02\x1b[31m",
                                      "a",
                                      "的",
                                      "，。！",
                                      "\xff\xfe broken \xe4\xb8",
                                      "' OR 1=1 --",
                                      "=1+1",
                                      "<script>",
                                      "مرحبا שלום नमस्ते ไทย 한국어",
                                      "路",
                                      "小区",
                                      "号栋期",
                                      "12345栋",
                                      "street",
                                      "st st st st",
                                      "１２３ＡＢＣ"};
  struct grouping *grouping = grouping_new(NULL);
  int64_t id = 0;
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    for (size_t j = 0; j < sizeof texts / sizeof *texts; j++) add(grouping, ++id, texts[i], texts[j]);
  add(grouping, ++id, NULL, NULL);
  add_at(grouping, ++id, "Pothole", "1 Fernlea St", 90, 180);
  add_at(grouping, ++id, "Pothole", "1 Fernlea St", -90, -180);
  grouping_free(grouping);
}

static void random_bytes_and_scripts_never_break_it(void **state) {
  (void)state;
  static const char *const pieces[] = {"小区", "路", "街道",     "a3区", "12号", "栋", "street ", "st ", "\xe4", "\xff",
                                       "😀",    "\n", "的",       "车库", "渗水", "x",  " ",       "ไ",   "กา",   "가",
                                       "İ",    "ﬁ",  "\xcc\x81", "：",   "大道", "-",  "'",       "9",   "村",   "花园"};
  struct grouping *grouping = grouping_new(NULL);
  uint64_t seed = 20240229;
  char text[4096];
  for (int64_t id = 1; id <= 3000; id++) {
    size_t size = 0;
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    for (unsigned count = (unsigned)(seed >> 33) % 120; count; count--) {
      seed = seed * 6364136223846793005u + 1442695040888963407u;
      const char *piece = pieces[(seed >> 33) % (sizeof pieces / sizeof *pieces)];
      memcpy(text + size, piece, strlen(piece));
      size += strlen(piece);
    }
    text[size] = 0;
    struct grouping_answer answer = add(grouping, id, id % 3 ? text : NULL, id % 2 ? text : NULL);
    assert_true(answer.event > 0 && answer.event <= id && answer.class > 0 && answer.class <= id && answer.score >= 0 && answer.score <= 1);
  }
  grouping_free(grouping);
}

static void an_enormous_text_costs_no_more_than_a_long_one(void **state) {
  (void)state;
  size_t size = 30u << 20;
  char *text = malloc(size + 1);
  for (size_t i = 0; i < size; i += 6) memcpy(text + i, i % 12 ? "车库" : "渗水", 6);
  text[size] = 0;
  struct grouping *grouping = grouping_new(NULL);
  add(grouping, 1, text, text);
  assert_true(grouping_count(grouping).bytes < 2u << 20);
  grouping_free(grouping);
  free(text);
}

int main(void) {
  base_start();
  const struct CMUnitTest tests[] = {cmocka_unit_test(the_same_matter_at_the_same_place_is_one_event),
                                     cmocka_unit_test(nearly_equal_texts_about_two_places_stay_apart),
                                     cmocka_unit_test(the_same_words_of_two_places_stay_apart_where_only_the_text_names_them),
                                     cmocka_unit_test(in_a_young_store_names_that_sound_alike_meet_and_others_do_not),
                                     cmocka_unit_test(in_a_store_of_many_names_that_sound_alike_meet_and_others_do_not),
                                     cmocka_unit_test(another_matter_at_the_same_place_stays_apart),
                                     cmocka_unit_test(
                                         three_matters_of_four_places_are_twelve_events_of_three_classes_from_the_first_appeal_on),
                                     cmocka_unit_test(the_same_topic_in_other_words_is_nearer_than_another_topic),
                                     cmocka_unit_test(other_spellings_of_a_name_meet),
                                     cmocka_unit_test(a_class_is_the_matter_wherever_it_is),
                                     cmocka_unit_test(classes_that_people_part_each_take_what_is_theirs),
                                     cmocka_unit_test(who_leaves_a_class_of_one_event_leaves_the_event),
                                     cmocka_unit_test(what_is_in_another_district_is_another_place),
                                     cmocka_unit_test(places_given_by_themselves_say_more_than_what_else_is_named),
                                     cmocka_unit_test(points_on_the_map_decide_where_both_are_given),
                                     cmocka_unit_test(an_offer_changes_nothing),
                                     cmocka_unit_test(what_one_may_not_see_takes_no_place_of_what_one_may),
                                     cmocka_unit_test(an_id_is_taken_once),
                                     cmocka_unit_test(a_split_holds_however_alike_what_follows_is),
                                     cmocka_unit_test(what_people_split_off_stays_apart_where_it_stood_alone_already),
                                     cmocka_unit_test(when_the_founder_is_split_off_the_oldest_that_stays_gives_the_name),
                                     cmocka_unit_test(a_merge_keeps_the_smaller_and_takes_a_split_back),
                                     cmocka_unit_test(a_confirmed_appeal_is_where_people_put_it),
                                     cmocka_unit_test(the_same_order_gives_the_same_groups),
                                     cmocka_unit_test(from_a_checkpoint_and_the_rest_as_from_the_beginning),
                                     cmocka_unit_test(a_damaged_or_foreign_checkpoint_is_refused_with_its_reason),
                                     cmocka_unit_test(events_retire_and_take_none_any_more),
                                     cmocka_unit_test(bad_texts_are_only_texts),
                                     cmocka_unit_test(random_bytes_and_scripts_never_break_it),
                                     cmocka_unit_test(an_enormous_text_costs_no_more_than_a_long_one)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
