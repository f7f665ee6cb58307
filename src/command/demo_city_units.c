/* The 246 units of the demo city by kind (PRACTICE.md, demo city): the small demo's own come first, the rest by name. All invented. */
#include "command/demo_city.h"

#include <string.h>

/* Names of a kind, one blank apart; what stands before and behind them. */
struct names { const char *before, *behind, *list; };
static const struct names NAMES[CITY_KINDS] = {
  [UNIT_KIND_PARTY] = {"", "", "市委办公厅 市委督查室 市委组织部 市委宣传部 市委统战部 市委政法委 市委政策研究室 市委网信办 市委编办 市委台港办 市委机要局 市委保密办 市委党史研究室 市委老干部局 市级机关工作党委 市委党校 市委巡察办"},
  [UNIT_KIND_PEOPLE] = {"", "", "市人大常委会办公厅 市人大财经委 市人大城建环保委 市政协办公厅 市政协提案委 市政协社法委 市纪委监委机关 市纪委监委第一派驻组 市高级法院 市中级法院 市检察院 市检察院第一分院"},
  [UNIT_KIND_GOVERNMENT] = {"", "", "市政府办公厅 市发展改革委 市商务委 市教委 市科委 市民族宗教局 市公安局 市民政局 市司法局 市财政局 市规划资源局 市生态环境局 市农业农村委 市文化旅游局 市退役军人局 市应急局 市外办 市国资委 市体育局 "
                                    "市统计局 市医保局 市绿化市容局 市机关事务局 市知识产权局 市地方金融局 市信访办 市政务服务办 市城管执法局 市房屋管理局 市道路运输局 市粮食物资局 市药品监管局 市口岸办 市合作交流办 市人防办 市参事室 市档案局"},
  [UNIT_KIND_ZONE] = {"", "管委会", "临江新区 国际旅游度假区 化学工业区 虹桥北商务区 长兴海洋装备岛 张浦科学城 空港经济区"},
  [UNIT_KIND_MASS] = {"市", "", "总工会 团委 妇联 工商联 侨联 科协 文联 作协 社科联 残联 红十字会 贸促会 台联 法学会 记协 计生协会"},
  [UNIT_KIND_ENTERPRISE] = {"申江", "集团", "城投 申通地铁 久程公交 水务 燃气 电力建设 机场 港口 建工 地产 住房 环境 绿化园林 物业 农产品 光明粮油 百货 食品 医药 华谊化工 电气 仪电 汽车 船舶装备 轻工 纺织 出版 报业 文广 旅游 锦程酒店 "
                                   "体育产业 会展 物流 邮轮 东浩服务 数据 信息投资 科创投资 建筑设计 检测认证 地质勘察"},
  [UNIT_KIND_FINANCE] = {"申江", "", "银行 农商银行 证券 保险 信托 国际资管 融资担保 再担保 租赁 期货"},
  [UNIT_KIND_UNIVERSITY] = {"申江", "", "大学 交通大学 理工大学 师范大学 财经大学 外国语大学 海洋大学 海事大学 电力大学 应用技术大学 工程技术大学 对外经贸大学 中医药大学 医科大学 政法大学 体育大学 音乐学院 戏剧学院 美术学院 立信会计学院 商学院 第二工业大学 "
                                   "电机学院 杉达学院 建桥学院 公安学院 开放大学 农林职业学院 城建职业学院 健康职业学院"},
  [UNIT_KIND_HOSPITAL] = {"申江", "", "第一人民医院 第二人民医院 第三人民医院 第六人民医院 第九人民医院 中心医院 仁和医院 瑞安医院 新民医院 儿童医院 儿科医院 妇产科医院 肿瘤医院 胸科医院 肺科医院 皮肤病医院 精神卫生中心 公共卫生中心"},
  [UNIT_KIND_INSTITUTION] = {"市", "", "社会科学院 农业科学院 环境科学院 图书馆 博物馆 美术馆 科技馆 天文馆 大剧院 交响乐团 京剧院 广播电视台 日报社 地方志办公室 疾病预防控制中心 血液中心 急救中心 教育考试院 住房公积金中心"},
  [UNIT_KIND_DUAL] = {"", "", "市气象局 市地震局 市邮政管理局 市税务局 申江海关 申江海事局 市烟草专卖局"},
  [UNIT_KIND_TWO_NEW] = {"", "工委", "市社会 市互联网企业 市律师行业 市注册会计师行业"},
};
static const char *const SURNAMES[] = {"顾", "沈", "陆", "姚", "严", "金", "戴", "尹", "康", "施", "倪", "汤", "罗", "毕", "安", "余", "卞", "齐", "伍", "卜", "孟", "黄", "穆", "萧"};

static void add_unit(struct city *city, struct demo_unit_text text) {
  size_t at = city->unit_count++;
  bool counts = text.kind != UNIT_KIND_CITY;
  if (counts && !text.word) text.word = arena_print(city->arena, "u%03zu", at);
  if (counts && !text.person) text.person = arena_print(city->arena, " %s某", SURNAMES[at % (sizeof SURNAMES / sizeof *SURNAMES)]);
  city->units[at] = text;
  if (!counts) return;
  city->members[city->member_count++] = at;
  city->by_kind[text.kind][city->kind_count[text.kind]++] = at;
}

/* Short: without the city's name before it. */
static const char *short_name(const char *name) {
  static const char *const before[] = {"申江", "市委", "市"};
  for (size_t i = 0; i < sizeof before / sizeof *before; i++)
    if (strncmp(name, before[i], strlen(before[i])) == 0 && strlen(name) > strlen(before[i]) + 3) return name + strlen(before[i]);
  return name;
}

static void add_names(struct city *city, uint8_t kind) {
  const struct names *names = &NAMES[kind];
  for (const char *at = names->list; at && *at;) {
    size_t length = strcspn(at, " ");
    const char *name = arena_print(city->arena, "%s%.*s%s", names->before, (int)length, at, names->behind);
    add_unit(city, (struct demo_unit_text){.name = name, .short_names = short_name(name), .kind = kind});
    at += length + (at[length] == ' ');
  }
}

/* The office, those who accept and the leaders see what is restricted. */
static void add_user(struct city *city, struct demo_user user) {
  if (user.role == ROLE_OFFICE || user.role == ROLE_ACCEPTOR || user.role == ROLE_LEADER) user.secrecy = SECRECY_RESTRICTED;
  city->users[city->user_count++] = user;
}

/* Two acceptors more, a third of the office, a member of each guidance group, and in four units somebody who is about to leave. */
static void cast_users(struct city *city) {
  city->users = ARENA_ARRAY(city->arena, struct demo_user, DEMO_USER_COUNT + 16);
  for (size_t i = 0; i < DEMO_USER_COUNT; i++) add_user(city, DEMO_USERS[i]);
  add_user(city, (struct demo_user){"office-third", "整改办 秦某", UNIT_OFFICE, ROLE_OFFICE, true});
  add_user(city, (struct demo_user){"acceptor-3", "验收人 何某", city->by_kind[UNIT_KIND_PARTY][2], ROLE_ACCEPTOR, false});
  add_user(city, (struct demo_user){"acceptor-4", "验收人 吕某", city->by_kind[UNIT_KIND_PARTY][17], ROLE_ACCEPTOR, false});
  for (size_t i = 0; i < CITY_GROUPS; i++)
    add_user(city,
             (struct demo_user){arena_print(city->arena, "guide-%zu", i + 1),
                                arena_print(city->arena, "指导组 %s某", SURNAMES[CITY_SLIPS + i]), UNIT_OFFICE, ROLE_GUIDANCE, i == 0});
  for (size_t i = 0; i < CITY_SLIPS; i++)
    add_user(city,
             (struct demo_user){arena_print(city->arena, "leaving-%zu", i + 1), arena_print(city->arena, "原联络员 %s某", SURNAMES[i]),
                                city->by_kind[UNIT_KIND_DISTRICT][2 + i], ROLE_LIAISON, false});
}

void city_units(struct city *city) {
  city->units = ARENA_ARRAY(city->arena, struct demo_unit_text, 300);
  for (size_t i = 0; i < DEMO_UNIT_COUNT; i++) add_unit(city, DEMO_UNITS[i]);
  for (uint8_t kind = 1; kind < CITY_KINDS; kind++) add_names(city, kind);
  city->units[UNIT_HOUSING].secrecy = SECRECY_RESTRICTED; /* leads what is */
  cast_users(city);
}
