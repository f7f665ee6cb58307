/* The demo city's hotline: matters that come in all year from many places, some of them rising, some falling since something was put right.
   What is said here is only how many come in a week and where; city_appeals casts each of them, and demo_city_calls.c plays what becomes of
   it. */
#include "command/demo_city.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
enum { OF_DISTRICT = UNIT_CITY, NOBODY = -1, SEED = 12345, JOINED_EVERY = 9, DISTRICTS = 16 };

/* The last week is the one that growth looks at. */
const struct city_stream CITY_STREAMS[CITY_STREAM_COUNT] = {
  {"电梯经常停运", {"%s的电梯一个月停了四次，老人上下楼全靠爬，物业说在等配件。", "%s电梯又停运了，九十岁的老人困在家里，维保一直没来人。"}, "住房", "小区电梯反复停运", "已责成维保单位更换部件，并公示维保记录。", APPEAL_KIND_COMPLAINT, UNIT_HOUSING,
   {3, 3, 2, 3, 3, 4, 3, 3, 2, 3, 3, 3, 4, 3}, NOBODY},
  {"电动自行车在楼道充电", {"%s楼道里天天有人给电动自行车充电，电线从楼上拉下来，怕着火。", "%s有电动自行车进楼道充电，跟物业说了没人管，晚上不敢睡。"}, "消防", "电动自行车楼道充电", "已清理楼道飞线，并增设集中充电点。", APPEAL_KIND_COMPLAINT, OF_DISTRICT,
   {2, 1, 2, 2, 3, 2, 3, 2, 3, 3, 2, 3, 5, 11}, NOBODY},
  {"下雨天路面积水", {"%s一下雨路面就积水，水没过脚踝，车都熄火了。", "%s下大雨积水排不掉，商铺进水，每年都这样。"}, "市政", "雨天道路积水", "已疏通管道并增设泵排点，雨天安排值守。", APPEAL_KIND_HELP, UNIT_WATER, {7, 8, 6, 5, 4, 3, 2, 2, 1, 1, 1, 0, 1, 0}, CITY_FLOODED},
  {"社区医院配不到降压药", {"在%s的社区医院配降压药，连续几次都说没有货，要去大医院排队。", "%s社区卫生服务中心没有我吃的降压药，问什么时候有，说不知道。"}, "医疗", "社区配不到慢病药", "已补货，并把该药列入社区目录。", APPEAL_KIND_COMPLAINT, UNIT_HEALTH,
   {8, 7, 7, 6, 6, 5, 4, 4, 3, 3, 2, 2, 2, 1}, CITY_EXAMPLE_DRUGS},
  {"公交车等了四十分钟", {"%s等公交车，四十分钟来一班，早高峰挤不上去。", "%s的公交车间隔太长，等了四十分钟，手机上显示的时间不准。"}, "交通", "公交候车时间长", "已加密高峰班次，并校准到站预报。", APPEAL_KIND_COMPLAINT, UNIT_TRAFFIC,
   {3, 2, 3, 3, 2, 3, 3, 2, 3, 3, 3, 2, 3, 3}, NOBODY},
  {"工地半夜施工", {"%s旁边的工地半夜还在打桩，十二点以后都不停，孩子睡不着。", "%s工地夜间施工，凌晨还在浇混凝土，投诉过好几次了。"}, "环境", NULL, "已责令停止夜间施工，并约谈施工单位。", APPEAL_KIND_COMPLAINT, OF_DISTRICT, {2, 3, 4, 5, 5, 4, 3, 2, 2, 1, 2, 1, 1, 1}, NOBODY},
  {"预付卡关门退不了钱", {"%s的理发店突然关门，预付卡里的钱退不了，老板电话不接。", "%s健身房关门了，预付卡还有几千元，退款一直拖着。"}, "市场", "预付卡关门退款难", "已立案并启动预付资金垫付。", APPEAL_KIND_HELP, UNIT_MARKET, {2, 1, 2, 1, 2, 2, 1, 2, 2, 2, 3, 2, 4, 8}, NOBODY},
  {"工资拖着不发", {"给%s的物业公司做保洁，三个月工资拖着不发，老板找不到人。", "%s的公司拖欠工资，说好月底发，到现在一分没有。"}, "劳动", "拖欠工资", "已责令支付，工资到账。", APPEAL_KIND_HELP, UNIT_LABOUR, {1, 2, 1, 2, 2, 2, 2, 3, 2, 3, 3, 3, 4, 5}, NOBODY},
  {"地下车库没有信号", {"%s的地下车库没有手机信号，上次在里面打不出急救电话。", "%s地下车库两层都没有信号，扫码付不了停车费，出不来。"}, "通信", "地下车库无信号", "已列入点位清单，按批次施工。", APPEAL_KIND_COMPLAINT, UNIT_TELECOM, {6, 5, 5, 5, 4, 4, 3, 3, 3, 2, 2, 2, 1, 1}, CITY_EXAMPLE_GARAGES},
  {"饭店油烟直排", {"%s楼下饭店的油烟直排，厨房窗户都不敢开。", "%s一排饭店没有烟道，油烟往楼上飘，衣服都是味道。"}, "环境", NULL, "已责令安装净化设备并复测。", APPEAL_KIND_COMPLAINT, OF_DISTRICT, {2, 2, 1, 2, 2, 2, 1, 2, 2, 2, 2, 1, 2, 2}, NOBODY},
  {"消防通道停满车", {"%s的消防通道长期停满车，救护车上次都进不来。", "%s消防通道被私家车占了，划了线也没用。"}, "消防", NULL, "已划线并安排巡查。", APPEAL_KIND_COMPLAINT, OF_DISTRICT, {1, 2, 2, 1, 2, 2, 2, 1, 2, 2, 2, 2, 1, 2}, NOBODY},
  {"网上办事上传不了材料", {"%s窗口让我网上办，材料传了一晚上传不上去，一直转圈。", "在网上给%s办事，上传材料总是失败，客服说等系统升级。"}, "政务", "网上办事传不了材料", "已修复上传故障，可以重新提交。", APPEAL_KIND_HELP, UNIT_DATA, {1, 1, 0, 1, 1, 2, 1, 1, 1, 0, 1, 1, 1, 1}, NOBODY},
};

/* How it goes: outcomes and satisfactions in hundredths, as the called say. */
static uint8_t drawn(struct demo_random *random, const uint8_t *shares, uint8_t count) {
  size_t at = demo_random_below(random, 100);
  for (uint8_t i = 0; i + 1 < count; i++) {
    if (at < shares[i]) return (uint8_t)(i + 1);
    at -= shares[i];
  }
  return count;
}

static void cast_one(struct city *city, struct demo_random *random, size_t stream, int week) {
  static const uint8_t outcomes[] = {66, 15, 11, 8} /* solved, explained, partly, unsolved */,
                       said[4][4] = {{74, 18, 3, 5}, {30, 30, 30, 10}, {22, 40, 30, 8}, {4, 12, 76, 8}};
  struct city_appeal *one = &city->appeals[city->appeal_count];
  size_t before = city->appeal_count ? city->appeal_count - 1 : 0, district = demo_random_below(random, DISTRICTS),
         street = demo_random_below(random, CITY_STREET_COUNT);
  int day = (CITY_WEEKS - 1 - week) * 7 + (int)demo_random_below(random, 7);
  *one = (struct city_appeal){.stream = (uint8_t)stream,
                              .wording = (uint8_t)demo_random_below(random, 2),
                              .ago = day ? day : 1,
                              .joined_to = NOBODY,
                              .answer_after = (uint8_t)(2 + demo_random_below(random, 6)),
                              .contacted = demo_random_below(random, 100) < 93,
                              .reached = (uint8_t)(demo_random_below(random, 5)        ? 1
                                                   : demo_random_below(random, 10) < 6 ? 2
                                                                                       : 0),
                              .outcome = drawn(random, outcomes, 4)};
  one->satisfaction = drawn(random, said[one->outcome - 1], 4);
  one->district = UNIT_PUJIANG + district;
  one->place = arena_print(city->arena, "%s%s", city->units[one->district].name, CITY_STREETS[street]);
  /* somebody else about the same place, a day after */
  bool joins = city->appeal_count % JOINED_EVERY == 4 && city->appeals[before].stream == stream &&
               city->appeals[before].joined_to == NOBODY && city->appeals[before].ago > 1;
  if (joins)
    one->joined_to = (int)before, one->ago = city->appeals[before].ago, one->place = city->appeals[before].place,
    one->district = city->appeals[before].district, one->answer_after = city->appeals[before].answer_after;
  if (one->ago > 60 && demo_random_below(random, 12) == 0) one->answer_after = 24; /* late */
  city->appeal_count++;
}

/* Bad ratings that turn out to be unfounded, and what else units ask to leave out of their rates; the first that fit, so that every year
   has the same. */
static void choose_excluded(struct city *city) {
  size_t unfounded = 0, refused = 0, waiting = 0;
  for (size_t i = 0; i < city->appeal_count; i++) {
    struct city_appeal *one = &city->appeals[i];
    bool called = one->reached == 1 && one->joined_to == NOBODY;
    if (called && one->satisfaction == DISSATISFIED && one->ago > 45 && i % 3 != 1 && unfounded < CITY_UNFOUNDED)
      one->exclusion = CITY_EXCLUDED, unfounded++;
    else if (called && one->satisfaction == DISSATISFIED && one->ago > 45 && i % 3 == 1 && refused < CITY_NOT_EXCLUDED)
      one->exclusion = CITY_EXCLUSION_REFUSED, refused++;
    else if (called && one->outcome == OUTCOME_UNSOLVED && one->ago < 40 && one->ago > 18 && waiting < CITY_EXCLUSIONS_ASKED)
      one->exclusion = CITY_EXCLUSION_WAITS, waiting++;
  }
}

/* The bad ratings that are unfounded are those that leave the rates; one is founded, of two the recheck is under way; beside them who is
   satisfied says so. */
enum { RATED_WELL = 24, RATED_FAIRLY = 6, LATELY = 30 };
static void choose_rated(struct city *city) {
  size_t well = 0, fairly = 0, founded = 0, waiting = 0;
  for (size_t i = 0; i < city->appeal_count; i++) {
    struct city_appeal *one = &city->appeals[i];
    int closed = city_appeal_closed(one);
    if (one->exclusion == CITY_EXCLUDED) one->rating = CITY_RATED_UNFOUNDED;
    if (one->exclusion || closed < 3 || one->reached == 0) continue;
    if (one->satisfaction == SATISFIED && i % 5 == 0 && well < RATED_WELL) one->rating = CITY_RATED_WELL, well++;
    else if (one->satisfaction == SATISFIED_FAIRLY && i % 3 == 0 && fairly < RATED_FAIRLY) one->rating = CITY_RATED_FAIRLY, fairly++;
    else if (one->satisfaction == DISSATISFIED && closed > LATELY && !founded) one->rating = CITY_RATED_FOUNDED, founded++;
    else if (one->satisfaction != SATISFIED && closed < 12 && closed > 4 && waiting < 2)
      one->rating = waiting++ ? CITY_RATED_WAITS : CITY_RATED_PROPOSED;
  }
}

void city_appeals(struct city *city) {
  struct demo_random random = {SEED};
  size_t most = 0;
  for (size_t i = 0; i < CITY_STREAM_COUNT; i++)
    for (int week = 0; week < CITY_WEEKS; week++) most += CITY_STREAMS[i].weekly[week];
  city->appeals = ARENA_ARRAY(city->arena, struct city_appeal, most);
  for (size_t i = 0; i < CITY_STREAM_COUNT; i++)
    for (int week = 0; week < CITY_WEEKS; week++)
      for (int k = 0; k < CITY_STREAMS[i].weekly[week]; k++) cast_one(city, &random, i, week);
  choose_excluded(city);
  choose_rated(city);
}
