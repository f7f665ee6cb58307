/* Beside the demo city's problems: topics that led to them, the worked examples' indicators and mechanisms, the garages as sites, plans
   over what takes long. */
#include "command/demo_city_parts.h"

#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
static struct city *city_of(const struct play *play) { return play->demo->script->own; }

/* ---- topics ---- */

#define OPEN_TOPIC(title, why, lead) {title, why, NULL, lead, false, NULL}
static const struct demo_topic TOPICS[] = {
  {"新优药械进院为什么慢", "企业集中反映,获批一年进不了医院。", "药事会一年一次是主因,建议每季召开并建立专门目录。", UNIT_HEALTH, true, "创新药械入院难"},
  {"中小企业账款为什么收不回", "座谈中八成企业提到被拖欠。", "以审计代结算是通行做法,须写入合同约束。", UNIT_INDUSTRY, true, "拖欠中小企业账款"},
  {"企业为什么被反复检查", "户均一年 5.2 次,企业疲于应付。", "三个部门的检查计划可以并成一张表。", UNIT_MARKET, true, "涉企检查重复"},
  {"跨省治水为什么批了三遍", "两省一市同一项目分别立项。", "文本、专家、时限都可以统一,缺的是牵头机制。", UNIT_WATER, true, "跨省项目三套审批"},
  {"无违法证明能不能不开", "拟上市企业平均跑 26 个部门。", "各部门记录可以归集,一份报告即可代替。", UNIT_MARKET, true, "无违法证明多头开"},
  {"外籍人士来申江怎么付钱", "口岸问卷六成提到支付不便。", "重点商户终端开通率低是主因。", UNIT_MARKET, true, "外籍人士支付难"},
  {"小梁薄板房还剩多少", "连续三年人大代表建议。", "312 栋未启动,难在签约比例和资金。", UNIT_HOUSING, true, "小梁薄板房改造难"},
  {"热线答复为什么不解渴", "回访实际解决率 61%。", "首接不负责、答复抄旧稿,须复核录音。", UNIT_DATA, true, "热线工单办理质量不高"},
  {"街镇一年填多少张表", "十个街镇蹲点。", "214 张表中 118 张的数据已有。", UNIT_OFFICE, true, "基层不必要负担"},
  {"社区医院缺哪些药", "月均缺药诉求 420 件。", "缺的集中在 37 种慢病药。", UNIT_HEALTH, true, "社区配不到慢病药"},
  {"低效用地怎样盘活", "存量低效用地多。", "收储价格和退出办法须一并解决。", UNIT_INDUSTRY, true, NULL},
  {"夜间施工扰民怎样管", "夏季夜间投诉集中。", "许可与现场脱节,可用热线数据反查。", UNIT_HOUSING, true, NULL},
  OPEN_TOPIC("老旧小区微更新的资金从哪来", "改造需求大,财政只能兜一部分。", UNIT_HOUSING), OPEN_TOPIC("超大城市养老护理员从哪来", "缺口逐年扩大。", UNIT_LABOUR),
  OPEN_TOPIC("公共数据为什么更新不及时", "开放数据一年未更新的多。", UNIT_DATA), OPEN_TOPIC("外资项目落地卡在哪", "在谈项目落地慢。", UNIT_INDUSTRY),
  OPEN_TOPIC("河道水质为什么反复", "断面不稳定达标。", UNIT_WATER), OPEN_TOPIC("公交线网怎样调", "十年没有系统调整。", UNIT_TRAFFIC),
  OPEN_TOPIC("托育名额怎样增加", "登记等候多。", UNIT_LABOUR), OPEN_TOPIC("楼宇经济空置怎么办", "商务楼宇空置上升。", UNIT_PUJIANG),
};

void city_topics(struct city *city) {
  city->topics = TOPICS;
  city->topic_count = COUNT_OF(TOPICS);
}

/* ---- indicators ---- */

enum { VALUES = 3, LAST_VALUE = 5 /* days ago, of what is still worked on */ };

static const struct demo_problem *example_problem(const struct city *city, size_t example) {
  return &city->problems[city->examples[example]];
}
static int last_day(const struct city *city, size_t example) {
  const struct city_example *one = &CITY_EXAMPLE_LIST[example];
  int applied = one->outcome == CITY_CLOSED || one->outcome == CITY_PUBLICISED ? city_day(example_problem(city, example), DEMO_APPLY) : 0;
  return applied ? applied + 1 : LAST_VALUE;
}

static int make_indicator(struct play *play, size_t example, const struct demo_step *step) {
  struct demo *demo = play->demo;
  struct city *city = city_of(play);
  const struct city_example *one = &CITY_EXAMPLE_LIST[example];
  size_t problem = city->examples[example];
  int64_t today = date_of_moment(demo->now);
  const struct value values[] = {value_integer(INDICATOR_PROBLEM, demo->problems[problem]),
                                 value_text(INDICATOR_NAME, one->indicator),
                                 value_integer(INDICATOR_UNIT, demo->units[demo->holders[problem]]),
                                 value_text(INDICATOR_MEASURED_IN, one->measured_in),
                                 value_integer(INDICATOR_DIRECTION, one->goal > one->base ? DIRECTION_UP : DIRECTION_DOWN),
                                 value_integer(INDICATOR_BASE, one->base),
                                 value_integer(INDICATOR_BASE_ON, today - 7),
                                 value_integer(INDICATOR_GOAL, one->goal),
                                 value_integer(INDICATOR_GOAL_ON, date_from_civil(2026, 12, 31)),
                                 value_text(INDICATOR_EXPECTED, one->problem.goal)};
  return demo_create(demo, demo_liaison(demo, demo->holders[problem]), RECORD_INDICATOR, values, sizeof values / sizeof *values,
                     &city->indicators[example]);
}

/* Evenly from the base to now, as finely as those two are given. Which: example × value. */
static int enter_value(struct play *play, size_t which, const struct demo_step *step) {
  struct demo *demo = play->demo;
  struct city *city = city_of(play);
  size_t example = which / VALUES;
  int64_t part = (int64_t)(which % VALUES) + 1;
  const struct city_example *one = &CITY_EXAMPLE_LIST[example];
  int64_t fine = one->base % 10000 == 0 && one->now % 10000 == 0 ? 10000 : one->base % 1000 == 0 && one->now % 1000 == 0 ? 1000 : 100;
  int64_t value = one->base + (one->now - one->base) * part / VALUES / fine * fine;
  const struct value values[] = {value_integer(INDICATOR_VALUE_INDICATOR, city->indicators[example]),
                                 value_integer(INDICATOR_VALUE_ON, date_of_moment(demo->now)), value_integer(INDICATOR_VALUE_VALUE, value),
                                 value_integer(INDICATOR_VALUE_SOURCE, VALUE_SOURCE_DATA)};
  return demo_create(demo, demo_liaison(demo, demo->holders[city->examples[example]]), RECORD_INDICATOR_VALUE, values, 4, NULL);
}

static void add_indicator(struct play *play, size_t example) {
  const struct city *city = city_of(play);
  int from = city_day(example_problem(city, example), DEMO_START), to = last_day(city, example);
  demo_add(play, demo_moment(from, 400), make_indicator, example, NULL);
  for (int i = 1; i <= VALUES; i++)
    demo_add(play, demo_moment(from - (from - to) * i / VALUES, 300), enter_value, example * VALUES + (size_t)i - 1, NULL);
}

/* ---- mechanisms ---- */

enum { MECHANISMS = 12, IN_FORCE = 8, MECHANISM_AFTER = 20 /* days of work */ };

static uint8_t mechanism_kind(size_t example) {
  return example == 0 || example == 11 ? MECHANISM_KIND_CATALOGUE
         : example == 10               ? MECHANISM_KIND_DATA_SHARE
         : example % 3 == 0            ? MECHANISM_KIND_PROCESS
                                       : MECHANISM_KIND_RULE;
}

/* Drafted, issued, and most put in force; linked with the problem that it ends. */
static int make_mechanism(struct play *play, size_t example, const struct demo_step *step) {
  struct demo *demo = play->demo;
  const struct city_example *one = &CITY_EXAMPLE_LIST[example];
  size_t problem = city_of(play)->examples[example];
  int64_t today = date_of_moment(demo->now), id = 0;
  const struct value values[] = {value_text(MECHANISM_TITLE, one->mechanism), value_integer(MECHANISM_KIND, mechanism_kind(example)),
                                 value_text(MECHANISM_SCOPE, "全市"), value_integer(MECHANISM_CAMPAIGN, demo->campaign),
                                 value_integer(MECHANISM_LEAD_UNIT, demo->units[demo->holders[problem]])};
  const struct value issued[] = {value_text(MECHANISM_DOCUMENT, arena_print(demo->scratch, "申府办〔2026〕%zu 号", 11 + example)),
                                 value_integer(MECHANISM_ISSUED_ON, today)};
  const struct value in_force = value_integer(MECHANISM_IN_FORCE_ON, today);
  int status = demo_create(demo, demo_liaison(demo, demo->holders[problem]), RECORD_MECHANISM, values, 5, &id);
  city_of(play)->mechanisms[example] = id;
  const struct value link[] = {value_integer(LINK_KIND, LINK_ENDED_BY), value_integer(LINK_FROM_TYPE, RECORD_PROBLEM),
                               value_integer(LINK_FROM_ID, demo->problems[problem]), value_integer(LINK_TO_TYPE, RECORD_MECHANISM),
                               value_integer(LINK_TO_ID, id)};
  if (!status) status = demo_create(demo, demo_office(demo), RECORD_LINK, link, 5, NULL);
  if (!status && example < MECHANISMS - 2) status = demo_act(demo, demo_office(demo), RECORD_MECHANISM, id, ACTION_ISSUE, issued, 2, NULL);
  if (!status && example < IN_FORCE) status = demo_act(demo, demo_office(demo), RECORD_MECHANISM, id, ACTION_ACTIVATE, &in_force, 1, NULL);
  return status;
}

/* ---- the garages: planned 2,000, of which started, built, accepted ---- */

enum { GARAGES = 7 /* which example */, SITE_SET = 100, STARTED = 1666, BUILT = 1238, ACCEPTED = 1104 };

static int make_sites(struct play *play, size_t set, const struct demo_step *step) {
  struct demo *demo = play->demo;
  struct city *city = city_of(play);
  size_t problem = city->examples[GARAGES];
  struct change *changes = ARENA_ARRAY(demo->scratch, struct change, SITE_SET);
  struct outcome outcome = {0};
  for (size_t i = 0; i < SITE_SET; i++) {
    size_t at = set * SITE_SET + i;
    const char *district = city->units[UNIT_PUJIANG + at % 16].name, *street = CITY_STREETS[at / 16 % CITY_STREET_COUNT];
    const struct value values[] = {value_integer(SITE_PROBLEM, demo->problems[problem]),
                                   value_text(SITE_NAME, arena_print(demo->scratch, "%s%s第 %zu 小区地下车库", district, street,
                                                                     at / (16 * CITY_STREET_COUNT) + 1)),
                                   value_text(SITE_DIVISION, district),
                                   value_text(SITE_STREET, street),
                                   value_integer(SITE_UNIT, demo->units[demo->holders[problem]]),
                                   value_integer(SITE_PLANNED_FOR, date_from_civil(2026, 12, 31))};
    struct value *kept = ARENA_ARRAY(demo->scratch, struct value, COUNT_OF(values));
    for (size_t k = 0; k < COUNT_OF(values); k++) kept[k] = values[k];
    changes[i] = demo_creation(RECORD_SITE, kept, COUNT_OF(values));
  }
  int status = demo_change(demo, demo_liaison(demo, demo->holders[problem]), changes, SITE_SET, &outcome);
  for (size_t i = 0; i < SITE_SET && !status; i++) city->sites[set * SITE_SET + i] = outcome.ids[i];
  return status;
}

/* A hundred sites, or what is left of them, go one stage on. */
static int move_sites(struct play *play, size_t set, size_t until, enum action_code action, const struct authority *who) {
  struct demo *demo = play->demo;
  struct change *changes = ARENA_ARRAY(demo->scratch, struct change, SITE_SET);
  struct outcome outcome = {0};
  size_t count = 0;
  for (size_t at = set * SITE_SET; at < until && count < SITE_SET; at++)
    changes[count++] = (struct change){.type = record_type(RECORD_SITE),
                                       .id = city_of(play)->sites[at],
                                       .seen = ANY_VERSION,
                                       .action = action};
  return demo_change(demo, who, changes, count, &outcome);
}
static const struct authority *builder(const struct play *play) {
  return demo_liaison(play->demo, play->demo->holders[city_of(play)->examples[GARAGES]]);
}
static int start_sites(struct play *play, size_t set, const struct demo_step *step) {
  return move_sites(play, set, STARTED, ACTION_START, builder(play));
}
static int build_sites(struct play *play, size_t set, const struct demo_step *step) {
  return move_sites(play, set, BUILT, ACTION_FINISH, builder(play));
}
static int accept_sites(struct play *play, size_t set, const struct demo_step *step) {
  return move_sites(play, set, ACCEPTED, ACTION_ACCEPT, &demo_account(play->demo, "acceptor-1")->authority);
}

static void add_sites(struct play *play) {
  int from = city_day(example_problem(city_of(play), GARAGES), DEMO_START);
  for (int i = 0; i * SITE_SET < CITY_GARAGES; i++) demo_add(play, demo_moment(from - 1, (unsigned)i), make_sites, (size_t)i, NULL);
  for (int i = 0; i * SITE_SET < STARTED; i++) demo_add(play, demo_moment(from - 20 - 11 * i, 100), start_sites, (size_t)i, NULL);
  for (int i = 0; i * SITE_SET < BUILT; i++) demo_add(play, demo_moment(from - 35 - 15 * i, 110), build_sites, (size_t)i, NULL);
  for (int i = 0; i * SITE_SET < ACCEPTED; i++) demo_add(play, demo_moment(from - 45 - 15 * i, 120), accept_sites, (size_t)i, NULL);
}

/* ---- plans over what takes long ---- */

static const struct { const char *title, *lead, *goal, *matters /* that it is about, one blank apart */; } PLANS[CITY_PLANS] = {
  {"营商环境堵点专项整治方案", "市经济信息化委", "企业办事的堵点逐件销号,惠企政策按承诺的时限兑现。", "惠企政策兑现慢 重点项目开工迟缓 中小企业贷款续贷周转难 人才公寓配租手续繁琐"},
  {"市容秩序专项整治方案", "市城管执法局", "占道、违建、偷倒清零,整治后不反弹。", "占道经营反复回潮 违法搭建拆后反弹 建筑垃圾偷倒"},
  {"住有所居专项整治方案", "市住房城乡建设管理委", "漏水报修七天内动工,无障碍设施连成线。", "老旧小区漏水维修推诿 无障碍设施不连续 玻璃幕墙安全隐患"},
  {"病有良医专项整治方案", "市卫生健康委", "挂号等候缩短一半,检查结果互认九成。", "挂号难排队久 检查检验结果不互认"},
  {"老有颐养专项整治方案", "市民政局", "社区食堂可持续运营,护理员缺口补足。", "养老护理员短缺 社区食堂开不下去"},
  {"生态环境专项整治方案", "市生态环境局", "河道稳定达标,夜间施工投诉下降七成。", "河道水质不稳定 夜间施工扰民 老旧设备更新滞后"},
  {"城市安全专项整治方案", "市应急局", "楼道充电、通道占用清零,隐患有人管。", "电动自行车违规充电 消防通道被占 安全生产投入不足 应急避难场所标识缺失"},
  {"改革试点落地专项整治方案", "市发展改革委", "到期试点评估完毕,协同事项全部销项。", "改革试点事项评估不及时 跨区域协同事项推进慢 证照分离改革落实不到位"},
  {"为基层减负专项整治方案", "市委办公厅", "会议文件减少三成,重复系统整合三成。", "会议多文件长 信息系统重复建设 一网统管事件处置超时"},
  {"资产管理专项整治方案", "市国资委", "账实相符,三年以上账款清零。", "固定资产账实不符 应收账款清理不力 非主业投资清退进展慢"}};
enum { PLANS_FROM = 214 /* days ago: the first round's are all at work */ };

/* Is the problem about one of these matters? Its title ends in the matter's. */
static bool is_about(const struct demo_problem *problem, const char *matters) {
  size_t length = strlen(problem->title);
  for (const char *at = matters; *at; at += strcspn(at, " "), at += *at == ' ') {
    size_t tail = strcspn(at, " ");
    if (length > tail && memcmp(problem->title + length - tail, at, tail) == 0) return true;
  }
  return false;
}

/* What is split into parts runs by them. */
static void choose_plan(struct city *city, size_t which, bool *used) {
  size_t count = 0;
  for (size_t i = 0; i < city->long_term_count && count < CITY_PLAN_PROBLEMS; i++) {
    const struct demo_problem *problem = &city->problems[city->long_term[i]];
    if (used[i] || !is_about(problem, PLANS[which].matters) || city_day(problem, DEMO_SPLIT)) continue;
    used[i] = true;
    city->plans[which][count++] = city->long_term[i];
  }
}

static int make_plan(struct play *play, size_t which, const struct demo_step *step) {
  struct demo *demo = play->demo;
  struct city *city = city_of(play);
  int64_t problems[CITY_PLAN_PROBLEMS], today = date_of_moment(demo->now), id = 0;
  size_t lead = city_unit_named(city, PLANS[which].lead, strlen(PLANS[which].lead)), count = 0;
  for (; count < CITY_PLAN_PROBLEMS && city->plans[which][count]; count++) problems[count] = demo->problems[city->plans[which][count]];
  const struct value values[] = {value_text(PLAN_TITLE, PLANS[which].title),
                                 value_integer(PLAN_CAMPAIGN, demo->campaign),
                                 value_many(PLAN_PROBLEMS, problems, count),
                                 value_integer(PLAN_LEAD_UNIT, demo->units[lead]),
                                 value_text(PLAN_GOAL, PLANS[which].goal),
                                 value_text(PLAN_OFFICIAL, "分管副市长 周某"),
                                 value_text(PLAN_OWNER, "处长 郑某"),
                                 value_integer(PLAN_START, today),
                                 value_integer(PLAN_DUE, date_from_civil(2026, 12, 31))};
  int status = demo_create(demo, demo_office(demo), RECORD_PLAN, values, COUNT_OF(values), &id);
  if (!status) status = demo_act(demo, demo_office(demo), RECORD_PLAN, id, ACTION_SUBMIT, NULL, 0, NULL);
  if (!status) status = demo_act(demo, demo_second(demo), RECORD_PLAN, id, ACTION_APPROVE, NULL, 0, NULL);
  return status ? status : demo_act(demo, demo_liaison(demo, lead), RECORD_PLAN, id, ACTION_START, NULL, 0, NULL);
}

void city_frame_events(struct play *play) {
  struct city *city = city_of(play);
  bool *used = ARENA_ARRAY(city->arena, bool, city->long_term_count);
  memset(used, 0, city->long_term_count * sizeof *used);
  for (size_t i = 0; i < CITY_PLANS; i++) choose_plan(city, i, used);
  for (size_t i = 0; i < CITY_EXAMPLES; i++) add_indicator(play, i);
  for (size_t i = 0; i < MECHANISMS; i++)
    demo_add(play, demo_moment(city_day(example_problem(city, i), DEMO_START) - MECHANISM_AFTER - (int)i, 350), make_mechanism, i, NULL);
  for (size_t i = 0; i < CITY_PLANS; i++) demo_add(play, demo_moment(PLANS_FROM - 2 * (int)i, 250), make_plan, i, NULL);
  add_sites(play);
}
