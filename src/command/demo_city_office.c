/* What the office of the demo city keeps beside the ledger: guidance groups by kind of unit with a member each, the tasks of its topics,
   the list that acceptors will answer, and calls to who is late. */
#include "command/demo_city.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
static struct city *city_of(const struct play *play) { return play->demo->script->own; }

/* ---- guidance groups ---- */

enum { GROUPS_FROM = 290 /* days ago */ };
#define OF(kind) (1u << UNIT_KIND_##kind)
static const struct { const char *name; unsigned kinds; } GROUPS[CITY_GROUPS] = {
  {"第一指导组（机关）", OF(PARTY) | OF(PEOPLE) | OF(GOVERNMENT) | OF(ZONE) | OF(MASS) | OF(DUAL) | OF(TWO_NEW)},
  {"第二指导组（各区）", OF(DISTRICT)},
  {"第三指导组（国企金融）", OF(ENTERPRISE) | OF(FINANCE)},
  {"第四指导组（高校科研）", OF(UNIVERSITY) | OF(INSTITUTION)},
  {"第五指导组（医疗）", OF(HOSPITAL)},
};

/* The group, and the grant of its member: whose scope is its units. */
static int make_group(struct play *play, size_t which, const struct demo_step *step) {
  struct demo *demo = play->demo;
  const struct city *city = city_of(play);
  int64_t units[300], group = 0;
  size_t count = 0;
  for (unsigned kind = 1; kind < CITY_KINDS; kind++)
    for (size_t i = 0; GROUPS[which].kinds & (1u << kind) && i < city->kind_count[kind]; i++)
      units[count++] = demo->units[city->by_kind[kind][i]];
  const struct value values[] = {value_text(GUIDANCE_GROUP_NAME, GROUPS[which].name),
                                 value_integer(GUIDANCE_GROUP_CAMPAIGN, demo->campaign), value_many(GUIDANCE_GROUP_UNITS, units, count)};
  int status = demo_create(demo, demo_office(demo), RECORD_GUIDANCE_GROUP, values, COUNT_OF(values), &group);
  const struct value grant[] = {value_integer(GRANT_USER, demo_account(demo, arena_print(demo->scratch, "guide-%zu", which + 1))->id),
                                value_integer(GRANT_ROLE, ROLE_GUIDANCE), value_integer(GRANT_GUIDANCE_GROUP, group)};
  return status ? status : demo_create(demo, &AUTHORITY_SYSTEM, RECORD_GRANT, grant, COUNT_OF(grant), NULL);
}

/* ---- tasks of topics ---- */

enum { TASKS_ON = 290 };
static const struct { const char *title, *owner, *note; } TASKS[] = {
  {"走访座谈，听取意见", "处长 邹某", "走访 12 家，座谈 3 场，意见已汇总。"}, {"汇总情况，提出建议", "副处长 万某", "建议已报整改办。"}};

/* Of what was concluded both are done; of an open topic the first. */
static int make_tasks(struct play *play, size_t which, const struct demo_step *step) {
  struct demo *demo = play->demo;
  const struct demo_topic *topic = &city_of(play)->topics[which];
  int status = EXIT_DONE;
  for (size_t i = 0; i < COUNT_OF(TASKS) && !status; i++) {
    bool done = topic->concluded || i == 0;
    int64_t id = 0, due = done ? date_from_civil(2026, 3, 20) : date_from_civil(2026, 12, 25);
    const struct value values[] = {value_integer(TOPIC_TASK_TOPIC, demo->topics[which]), value_text(TOPIC_TASK_TITLE, TASKS[i].title),
                                   value_integer(TOPIC_TASK_UNIT, demo->units[topic->lead]), value_text(TOPIC_TASK_OWNER, TASKS[i].owner),
                                   value_integer(TOPIC_TASK_DUE, due)};
    const struct value note = value_text(TOPIC_TASK_NOTE, TASKS[i].note);
    status = demo_create(demo, demo_office(demo), RECORD_TOPIC_TASK, values, COUNT_OF(values), &id);
    if (!status && done) status = demo_act(demo, demo_liaison(demo, topic->lead), RECORD_TOPIC_TASK, id, ACTION_FINISH, &note, 1, NULL);
  }
  return status;
}

/* ---- what acceptors answer ---- */

static const struct { const char *text; int64_t kind; bool required; } CRITERIA[] = {
  {"整改措施全部完成，佐证齐全", 0, true}, {"现场或数据核实，问题不再存在", 0, true}, {"群众或服务对象认可", 0, false}, {"制度已经印发并执行", KIND_LONG_TERM, true}};

/* From tomorrow on: what was accepted before was not asked. */
static int make_criterion(struct play *play, size_t which, const struct demo_step *step) {
  struct demo *demo = play->demo;
  const struct value values[] = {value_integer(CRITERION_CAMPAIGN, demo->campaign),
                                 value_text(CRITERION_TEXT, CRITERIA[which].text),
                                 value_integer(CRITERION_ORDER, (int64_t)which + 1),
                                 value_integer(CRITERION_REQUIRED, CRITERIA[which].required),
                                 value_integer(CRITERION_FROM, DEMO_PRESENT_DATE + 1),
                                 CRITERIA[which].kind ? value_integer(CRITERION_KIND, CRITERIA[which].kind)
                                                      : value_nothing(CRITERION_KIND)};
  return demo_create(demo, demo_office(demo), RECORD_CRITERION, values, COUNT_OF(values), NULL);
}

/* ---- calls to who is late ---- */

enum { CALLS = 12, ANSWERED = 7, CALLED_ON = 2 };
static const char *const SAID[] = {"材料本周补齐，下周报送。", "施工单位已进场，月底前完工。", "会签还差一家，正在催。", "预算已批，正在采购。"};

/* The first that are orange or red and being rectified; most of their units have answered on the phone. */
static int make_calls(struct play *play, size_t which, const struct demo_step *step) {
  struct demo *demo = play->demo;
  const struct value late[] = {value_integer(PROBLEM_COLOUR, which ? COLOUR_RED : COLOUR_ORANGE),
                               value_integer(FIELD_STATE, PROBLEM_RECTIFYING)};
  struct demo_found found;
  enum store_error error = demo_find(demo, RECORD_PROBLEM, late, COUNT_OF(late), &found);
  int status = error ? call_store_fail(demo->call, error) : EXIT_DONE;
  for (size_t i = 0; i < found.count && i < CALLS / 2 && !status; i++) {
    const struct value values[] = {value_integer(CHASE_PROBLEM, found.rows[i]->id), value_text(CHASE_PERSON, "联络员"),
                                   value_text(CHASE_NOTE, "问何时办结。")};
    const struct value said = value_text(CHASE_REPLY, SAID[i % COUNT_OF(SAID)]);
    int64_t id = 0;
    status = demo_create(demo, demo_office(demo), RECORD_CHASE, values, COUNT_OF(values), &id);
    if (!status && 2 * i < ANSWERED) status = demo_act(demo, demo_office(demo), RECORD_CHASE, id, ACTION_REPLY, &said, 1, NULL);
  }
  return status;
}

void city_office_events(struct play *play) {
  for (size_t i = 0; i < COUNT_OF(GROUPS); i++) demo_add(play, demo_moment(GROUPS_FROM, 440 + (unsigned)i), make_group, i, NULL);
  for (size_t i = 0; i < city_of(play)->topic_count; i++) demo_add(play, demo_moment(TASKS_ON, (unsigned)(i * 20)), make_tasks, i, NULL);
  for (size_t i = 0; i < COUNT_OF(CRITERIA); i++) demo_add(play, demo_moment(CALLED_ON, 430 + (unsigned)i), make_criterion, i, NULL);
  for (size_t i = 0; i < 2; i++) demo_add(play, demo_moment(CALLED_ON, 435 + (unsigned)i), make_calls, i, NULL);
}
