/* Stories of the demo city that a newcomer looks for: topics that were closed, with the problems and the mechanism that came of them; a
   sample that was announced, drawn by another three days later and seen on the spot, and one that is announced; and a town that was split
   into two. Which problems the sample falls on nobody can know before: it is the one thing that differs from one city to the next. */
#include "command/demo_city_parts.h"

#include <string.h>

#include "rules/draws.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
static struct city *city_of(const struct play *play) { return play->demo->script->own; }

static int link_two(struct demo *demo, int64_t kind, enum record_id from_type, int64_t from, enum record_id to_type, int64_t to) {
  const struct value link[] = {value_integer(LINK_KIND, kind), value_integer(LINK_FROM_TYPE, from_type), value_integer(LINK_FROM_ID, from),
                               value_integer(LINK_TO_TYPE, to_type), value_integer(LINK_TO_ID, to)};
  return demo_create(demo, demo_office(demo), RECORD_LINK, link, COUNT_OF(link), NULL);
}

/* ---- topics and what came of them ---- */

enum { LED_TO_ON = 150, TOPICS_CLOSED_ON = 45, NO_EXAMPLE = CITY_EXAMPLES };
static const struct { size_t topic, example /* whose mechanism ends it */; const char *matter /* of the problems that its findings led to */; size_t problems; const char *led_to, *policies, *done; } CAME[] = {
  {3, 3, "跨区域协同事项推进慢", 2, "跨省项目统一立项、一体审批、联合监督:三份材料并成一份。", "《跨省项目统一立项一体审批联合监督办法》", "两省一市各派一人驻点,走完一个治水项目的全程;建议全部写进办法,210 天的审批降到 104 天。"},
  {4, 4, "证照分离改革落实不到位", 2, "一份专用信用报告代替几十个部门的无违法证明。", "《专用信用报告管理办法》", "33 个领域的记录已归集,报告随到随开;其余 7 个领域转入问题继续办。"},
  {10, NO_EXAMPLE, "低效用地盘活缓慢", 3, NULL, NULL, NULL}, {11, NO_EXAMPLE, "夜间施工扰民", 3, NULL, NULL, NULL}};

static bool ends_in(const char *title, const char *matter) {
  size_t length = strlen(title), tail = strlen(matter);
  return length > tail && strcmp(title + length - tail, matter) == 0;
}

/* The first problems of the matter that were admitted after the findings. */
static int lead_to(struct play *play, size_t which, const struct demo_step *step) {
  struct demo *demo = play->demo;
  const struct city *city = city_of(play);
  int status = EXIT_DONE;
  for (size_t i = 0, found = 0; i < city->problem_count && found < CAME[which].problems && !status; i++) {
    const struct demo_problem *problem = &city->problems[i];
    if (!ends_in(problem->title, CAME[which].matter) || city_day(problem, DEMO_ADMIT) <= LED_TO_ON || city_day(problem, DEMO_WITHDRAW) ||
        city_day(problem, DEMO_MERGE))
      continue;
    status = link_two(demo, LINK_ARISES_FROM, RECORD_PROBLEM, demo->problems[i], RECORD_TOPIC, demo->topics[CAME[which].topic]);
    found++;
  }
  return status;
}

static int close_topic(struct play *play, size_t which, const struct demo_step *step) {
  struct demo *demo = play->demo;
  int64_t topic = demo->topics[CAME[which].topic];
  const struct value told[] = {value_text(TOPIC_LED_TO, CAME[which].led_to), value_text(TOPIC_POLICIES, CAME[which].policies),
                               value_integer(TOPIC_POLICY_COUNT, 1), value_integer(TOPIC_SATISFACTION, 8600 + (int64_t)(which * 270))};
  const struct value done = value_text(TOPIC_DONE, CAME[which].done);
  int status = link_two(demo, LINK_ENDED_BY, RECORD_TOPIC, topic, RECORD_MECHANISM, city_of(play)->mechanisms[CAME[which].example]);
  if (!status) status = demo_act(demo, demo_office(demo), RECORD_TOPIC, topic, ACTION_EDIT, told, COUNT_OF(told), NULL);
  return status ? status : demo_act(demo, demo_office(demo), RECORD_TOPIC, topic, ACTION_CLOSE, &done, 1, NULL);
}

/* ---- a sample: announced by the office, drawn by the reviewer, seen by acceptors of neither unit ---- */

/* As late as can be: what follows from where the seed fell would make every later record another one. */
enum { ANNOUNCED_ON = 5, DRAWN_ON = 2, SEEN_ON = 1, LAST_MINUTE = 479, SAMPLE = 24, NEXT_ON = 1 };

static int announce(struct play *play, size_t which, const struct demo_step *step) {
  struct demo *demo = play->demo;
  const struct value values[] =
      {value_text(DRAW_TITLE, which ? "在办问题进度抽查" : "十一月销号质量抽查"),
       value_integer(DRAW_CAMPAIGN, demo->campaign),
       value_integer(DRAW_FROM, which ? DRAW_FROM_OPEN : DRAW_FROM_CLOSED),
       value_integer(DRAW_HOW_MANY, SAMPLE),
       value_integer(DRAW_STRATA_BY, 1 << STRATUM_UNIT | 1 << (which ? STRATUM_COLOUR : STRATUM_AGE)),
       value_text(DRAW_NOTE,
                  which
                      ? "在办的按牵头单位和颜色分层,抽 24 件看进度是否属实;明天由审计巡察抽取。"
                      : "已销号的按牵头单位和入库时长分层,抽 24 件到现场看;由审计巡察三天后抽取,种子出自公布时的日志,公布前谁也不知道。")};
  return demo_create(demo, demo_office(demo), RECORD_DRAW, values, COUNT_OF(values), &city_of(play)->draw);
}

/* As over HTTP: reckoned before it goes to the door. */
static int prepare_sample(struct demo *demo, int64_t draw) {
  struct reader *reader = NULL;
  struct row *row = NULL;
  int status = demo_commit(demo);
  if (status) return status;
  enum store_error error = store_reader(demo->call->house->store, &reader);
  if (!error) error = reader_get(reader, record_type(RECORD_DRAW), &SCOPE_SYSTEM, draw, demo->scratch, &row);
  if (!error) error = draw_prepare(reader, NULL, row, demo->scratch);
  reader_release(reader);
  return error ? call_store_fail(demo->call, error) : EXIT_DONE;
}

static int draw_sample(struct play *play, size_t which, const struct demo_step *step) {
  int status = prepare_sample(play->demo, city_of(play)->draw);
  return status ? status
                : demo_act(play->demo, &demo_account(play->demo, "reviewer")->authority, RECORD_DRAW, city_of(play)->draw, ACTION_DRAW,
                           NULL, 0, NULL);
}

/* The first acceptor whose unit neither leads nor joins. */
static const struct authority *from_outside(const struct demo *demo, const struct row *problem) {
  const struct value *joint = row_value(problem, PROBLEM_JOINT_UNITS);
  for (size_t i = 0; i < demo->people_count; i++) {
    int64_t unit = demo->units[demo->people[i].unit];
    bool inside = demo->people[i].role != ROLE_ACCEPTOR || unit == row_integer(problem, PROBLEM_LEAD_UNIT);
    for (size_t k = 0; k < joint->count; k++) inside = inside || joint->many[k] == unit;
    if (!inside) return &demo->people[i].authority;
  }
  return demo_second(demo);
}

static int see_sample(struct play *play, size_t which, const struct demo_step *step) {
  static const char *const findings[] = {"到现场看了三处,与销号时的照片一致。", "随机访问五户,都说没有再出现。", "调阅半年台账,巡查记录连续,无回潮。"};
  struct demo *demo = play->demo;
  const struct value of = value_integer(CHECK_DRAW, city_of(play)->draw);
  struct demo_found found;
  enum store_error error = demo_find(demo, RECORD_CHECK, &of, 1, &found);
  int status = EXIT_DONE;
  for (size_t i = 0; i < found.count && !error && !status; i++) {
    struct row *problem = NULL;
    const struct value values[] = {value_integer(CHECK_CHECKED_ON, date_of_moment(demo->now)), value_text(CHECK_PLACE, "整改现场"),
                                   value_text(CHECK_FINDINGS, findings[i % COUNT_OF(findings)])};
    error = reader_get(tx_reader(demo->tx), record_type(RECORD_PROBLEM), &SCOPE_SYSTEM, row_integer(found.rows[i], CHECK_PROBLEM),
                       demo->scratch, &problem);
    if (!error)
      status = demo_act(demo, from_outside(demo, problem), RECORD_CHECK, found.rows[i]->id, ACTION_PASS, values, COUNT_OF(values), NULL);
  }
  return error ? call_store_fail(demo->call, error) : status;
}

/* ---- a town below a district: it joins in what the district leads, and is split into two; its work and its people go to the first ---- */

enum { TOWN_ON = 280, JOINS_ON = 200, SPLIT_ON = 40, JOINED = 2 };
static const char *const TOWNS[] = {"闵川区梅园镇", "闵川区梅园街道", "闵川区新梅镇"};

static int make_town(struct demo *demo, size_t which) {
  const struct value values[] = {value_text(UNIT_NAME, TOWNS[which]), value_integer(UNIT_KIND, UNIT_KIND_STREET),
                                 value_integer(UNIT_PARENT, demo->units[UNIT_MINCHUAN])};
  return demo_create(demo, &AUTHORITY_SYSTEM, RECORD_UNIT, values, COUNT_OF(values), &((struct city *)demo->script->own)->towns[which]);
}

static int begin_town(struct play *play, size_t which, const struct demo_step *step) {
  struct demo *demo = play->demo;
  int64_t user = 0, *town = &city_of(play)->towns[0];
  int status = make_town(demo, 0);
  const struct value person[] = {value_text(USER_ACCOUNT, "liaison-meiyuan"), value_text(USER_NAME, "联络员 梅某"),
                                 value_integer(USER_UNIT, *town)};
  if (!status) status = demo_create(demo, &AUTHORITY_SYSTEM, RECORD_USER, person, COUNT_OF(person), &user);
  const struct value grant[] = {value_integer(GRANT_USER, user), value_integer(GRANT_ROLE, ROLE_LIAISON), value_integer(GRANT_UNIT, *town)};
  return status ? status : demo_create(demo, &AUTHORITY_SYSTEM, RECORD_GRANT, grant, COUNT_OF(grant), NULL);
}

/* What the district works at since before that, and where nobody joins yet. */
static bool district_works_at(const struct demo *demo, const struct city *city, size_t at) {
  const struct demo_problem *problem = &city->problems[at];
  return demo->problems[at] && demo->holders[at] == UNIT_MINCHUAN && problem->joint < 0 && !problem->secrecy &&
         city_day(problem, DEMO_START) > JOINS_ON && !city_day(problem, DEMO_APPLY) && !city_day(problem, DEMO_SPLIT);
}

static int join_town(struct play *play, size_t which, const struct demo_step *step) {
  struct demo *demo = play->demo;
  struct city *city = city_of(play);
  const struct value joint = value_many(PROBLEM_JOINT_UNITS, &city->towns[0], 1);
  int status = EXIT_DONE;
  for (size_t i = 0, found = 0; i < city->problem_count && found < JOINED && !status; i++) {
    if (!district_works_at(demo, city, i)) continue;
    status = demo_act(demo, demo_office(demo), RECORD_PROBLEM, demo->problems[i], ACTION_EDIT, &joint, 1, NULL);
    found++;
  }
  return status;
}

static int split_town(struct play *play, size_t which, const struct demo_step *step) {
  struct demo *demo = play->demo;
  struct city *city = city_of(play);
  int status = make_town(demo, 1);
  if (!status) status = make_town(demo, 2);
  const struct value values[] = {value_many(UNIT_SUCCESSORS, &city->towns[1], 2),
                                 value_integer(UNIT_SUCCEEDED_ON, date_of_moment(demo->now))};
  return status ? status
                : demo_act(demo, demo_office(demo), RECORD_UNIT, city->towns[0], ACTION_SPLIT, values, COUNT_OF(values),
                           "市政府批复区划调整:梅园镇分设梅园街道和新梅镇。");
}

void city_story_events(struct play *play) {
  for (size_t i = 0; i < COUNT_OF(CAME); i++) {
    demo_add(play, demo_moment(LED_TO_ON, 300 + (unsigned)i), lead_to, i, NULL);
    if (CAME[i].example != NO_EXAMPLE) demo_add(play, demo_moment(TOPICS_CLOSED_ON, 300 + (unsigned)i), close_topic, i, NULL);
  }
  demo_add(play, demo_moment(ANNOUNCED_ON, 60), announce, 0, NULL);
  demo_add(play, demo_moment(DRAWN_ON, LAST_MINUTE), draw_sample, 0, NULL);
  demo_add(play, demo_moment(SEEN_ON, 420), see_sample, 0, NULL);
  demo_add(play, demo_moment(NEXT_ON, LAST_MINUTE), announce, 1, NULL);
  demo_add(play, demo_moment(TOWN_ON, 430), begin_town, 0, NULL);
  demo_add(play, demo_moment(JOINS_ON, 430), join_town, 0, NULL);
  demo_add(play, demo_moment(SPLIT_ON, 430), split_town, 0, NULL);
}
