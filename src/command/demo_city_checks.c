/* The demo city's checks, cases and mechanisms: what was drawn is seen by the acceptors week by week, the office looks back; 392 cases of
   which some are made and most are growing; appeals before and after three mechanisms, of which two work. */
#include "command/demo_city.h"
#include "rules/definitions_rates.h"

#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
static struct city *city_of(const struct play *play) { return play->demo->script->own; }

/* ---- what was drawn, and looking back ---- */

enum { CHECKS_FROM = 280, CHECKS_EVERY = 7, CHECKS_UNTIL = 6, SEEN_AFTER = 5 /* days */, LOOK_BACKS = 14, LOOKED_ON = 26 };
static const char *const FINDINGS[] = {"逐处看过，与申请所附材料一致。", "随机问了三位居民，都说已经办好。", "现场已恢复，管理单位有人值守。", "台账与现场一致，整改到位。"};

static int pass(struct demo *demo, int64_t check, size_t which) {
  const struct value values[] = {value_integer(CHECK_CHECKED_ON, date_of_moment(demo->now)), value_text(CHECK_PLACE, "整改现场"),
                                 value_text(CHECK_FINDINGS, FINDINGS[which % COUNT_OF(FINDINGS)])};
  return demo_act(demo, &demo_account(demo, "acceptor-1")->authority, RECORD_CHECK, check, ACTION_PASS, values, COUNT_OF(values), NULL);
}

/* Of what is closed: what is on its way is seen at its acceptance. */
static int see_drawn(struct play *play, size_t which, const struct demo_step *step) {
  struct demo *demo = play->demo;
  const struct value waiting[] = {value_integer(FIELD_STATE, CHECK_WAITING), value_integer(CHECK_KIND, CHECK_DRAWN),
                                  value_integer(CHECK_ROUTE, ROUTE_C)};
  struct demo_found found;
  enum store_error error = demo_find(demo, RECORD_CHECK, waiting, COUNT_OF(waiting), &found);
  int status = error ? call_store_fail(demo->call, error) : EXIT_DONE;
  for (size_t i = 0; i < found.count && !status; i++)
    if (row_integer(found.rows[i], CHECK_DRAWN_ON) + SEEN_AFTER <= date_of_moment(demo->now))
      status = pass(demo, found.rows[i]->id, which + i);
  return status;
}

static int look_back(struct play *play, size_t which, const struct demo_step *step) {
  struct demo *demo = play->demo;
  const struct value of = value_integer(CHECK_PROBLEM, demo->problems[city_of(play)->case_problems[CITY_EXAMPLES + which * 5]]);
  int64_t check = 0;
  int status = demo_create(demo, demo_office(demo), RECORD_CHECK, &of, 1, &check);
  return status ? status : pass(demo, check, which);
}

/* ---- cases: of the examples, and of what was closed long enough ago ---- */

enum { CASE_BATCHES = 4, CASES_EACH = CITY_CASES / CASE_BATCHES, CLOSED_BEFORE = 112 /* days ago */, MADE_OF = 7, ASKED_UNITS = 2 };
static const int BATCH_ON[CASE_BATCHES] = {40 /* the examples first, once their mechanisms stand */, 34, 22, 12};
static const char *const CLASSES[] = {[CATEGORY_ECONOMY] = "企业办事的同类堵点", [CATEGORY_OPENING] = "改革措施落地的同类堵点", [CATEGORY_GOVERNANCE] = "城市运行管理的同类短板", [CATEGORY_LIVELIHOOD] = "民生服务的同类短板", [CATEGORY_PARTY] = "作风和制度执行的同类问题"};

enum wanted { WANTED_GROWING, WANTED_MADE };
static bool is_example(size_t at) { return at < CITY_EXAMPLES; }
static enum wanted wanted(size_t at) { return !is_example(at) && at % MADE_OF == 0 ? WANTED_MADE : WANTED_GROWING; }
static bool asks(size_t at) { return is_example(at) ? at % 8 != 5 : wanted(at) == WANTED_MADE || at % 5 == 1; }

/* Which problems: the worked examples, then three in four of those that were applied for long ago and never opened again. */
static void choose_problems(struct city *city) {
  size_t turn = 0;
  for (size_t i = 0; i < CITY_EXAMPLES; i++) city->case_problems[city->case_count++] = city->examples[i];
  for (size_t i = 0; i < city->problem_count && city->case_count < CITY_CASES; i++) {
    const struct demo_problem *problem = &city->problems[i];
    bool example = false;
    for (size_t k = 0; k < CITY_EXAMPLES; k++) example |= city->examples[k] == i;
    bool closed = city_day(problem, DEMO_APPLY) > CLOSED_BEFORE && !city_day(problem, DEMO_REOPEN) && !city_day(problem, DEMO_SEND_BACK) &&
                  !city_day(problem, DEMO_OBJECT) && !city_day(problem, DEMO_WITHDRAW) && !problem->secrecy;
    if (closed && !example && turn++ % 4 != 3) city->case_problems[city->case_count++] = i;
  }
}

/* A mechanism of the case's own, in force at once. */
static int own_mechanism(struct demo *demo, size_t problem, size_t at, int64_t *mechanism) {
  const struct demo_problem *of = &demo->script->problems[problem];
  int64_t today = date_of_moment(demo->now);
  const struct value values[] = {value_text(MECHANISM_TITLE, arena_print(demo->scratch, "防止“%s”再发生的管理办法", of->title)),
                                 value_integer(MECHANISM_KIND, at % 2 ? MECHANISM_KIND_PROCESS : MECHANISM_KIND_RULE),
                                 value_text(MECHANISM_SCOPE, "本单位及所属"), value_integer(MECHANISM_CAMPAIGN, demo->campaign),
                                 value_integer(MECHANISM_LEAD_UNIT, demo->units[demo->holders[problem]])};
  const struct value issued[] = {value_text(MECHANISM_DOCUMENT, arena_print(demo->scratch, "整改办〔2026〕%zu 号", 100 + at)),
                                 value_integer(MECHANISM_ISSUED_ON, today)},
                     in_force = value_integer(MECHANISM_IN_FORCE_ON, today);
  int status = demo_create(demo, demo_office(demo), RECORD_MECHANISM, values, COUNT_OF(values), mechanism);
  if (!status) status = demo_act(demo, demo_office(demo), RECORD_MECHANISM, *mechanism, ACTION_ISSUE, issued, 2, NULL);
  return status ? status : demo_act(demo, demo_office(demo), RECORD_MECHANISM, *mechanism, ACTION_ACTIVATE, &in_force, 1, NULL);
}

/* What is growing lacks now this, now that. */
static size_t case_values(struct demo *demo, struct city *city, size_t at, struct value *values) {
  size_t problem = city->case_problems[at], count = 0;
  const struct demo_problem *of = &city->problems[problem];
  bool made = wanted(at) == WANTED_MADE, effect = made || at % 3 == 0;
  values[count++] = value_text(CASE_TITLE, arena_print(demo->scratch, "%s：一件事到一类事", of->title));
  values[count++] = value_integer(CASE_CAMPAIGN, demo->campaign);
  values[count++] = value_integer(CASE_UNIT, demo->units[demo->holders[problem]]);
  values[count++] = value_integer(CASE_PROBLEM, demo->problems[problem]);
  values[count++] = value_integer(CASE_CATEGORY, of->category);
  values[count++] = value_text(CASE_MATTERS, CLASSES[of->category]);
  if (is_example(at) || made || at % 4) values[count++] = value_text(CASE_CAUSE, of->cause);
  if (is_example(at)) values[count++] = value_integer(CASE_INDICATOR, city->indicators[at]);
  else if (effect) {
    values[count++] = value_text(CASE_EFFECT, "同类诉求(件/月)");
    values[count++] = value_integer(CASE_EFFECT_BEFORE, (int64_t)(9 + at % 23) * 10000);
    values[count++] = value_integer(CASE_EFFECT_AFTER, (int64_t)(1 + at % 5) * 10000);
    values[count++] = value_integer(CASE_EFFECT_ON, date_of_moment(demo->now) - 1);
  }
  return count;
}

static int add_mechanism(struct demo *demo, struct city *city, size_t at, struct value *values, size_t *count) {
  int64_t *mechanism = ARENA_ARRAY(demo->scratch, int64_t, 1);
  int status = EXIT_DONE;
  *mechanism = is_example(at) ? city->mechanisms[at] : 0;
  if (wanted(at) == WANTED_MADE) status = own_mechanism(demo, city->case_problems[at], at, mechanism);
  if (!status && *mechanism) values[(*count)++] = value_many(CASE_MECHANISMS, mechanism, 1);
  return status;
}

/* Other units look at home; one in three finds it there as well. */
static int ask_others(struct demo *demo, struct city *city, size_t at) {
  size_t lead = demo->holders[city->case_problems[at]], units[ASKED_UNITS];
  int64_t ids[ASKED_UNITS];
  for (size_t i = 0, turn = at * 13; i < ASKED_UNITS; turn += 29) {
    size_t unit = city->members[turn % city->member_count];
    if (unit == lead || (i && unit == units[0])) continue;
    units[i] = unit;
    ids[i++] = demo->units[unit];
  }
  const struct value asked[] = {value_many(CASE_ASKED_UNITS, ids, ASKED_UNITS),
                                value_integer(CASE_CHECK_DUE, date_of_moment(demo->now) + 10)},
                     of = value_integer(SELF_CHECK_CASE, city->cases[at]);
  struct demo_found found;
  int status = demo_act(demo, demo_office(demo), RECORD_CASE, city->cases[at], ACTION_ASK_SELF_CHECKS, asked, 2, NULL);
  enum store_error error = status ? STORE_OK : demo_find(demo, RECORD_SELF_CHECK, &of, 1, &found);
  if (error) status = call_store_fail(demo->call, error);
  for (size_t i = 0; !status && i < found.count; i++) {
    bool same = (at + i) % 3 == 0;
    size_t unit = row_integer(found.rows[i], SELF_CHECK_UNIT) == ids[0] ? units[0] : units[1];
    const struct value answer[] = {value_integer(SELF_CHECK_FOUND, same ? FOUND_SAME : FOUND_NONE),
                                   value_text(SELF_CHECK_FINDINGS,
                                              same ? "对照案例自查，发现同类情形，已一并整改。" : "对照案例自查，未发现同类情形。"),
                                   same ? value_integer(SELF_CHECK_COUNT, 1 + (int64_t)(at % 4)) : value_nothing(SELF_CHECK_COUNT)};
    status = demo_act(demo, demo_liaison(demo, unit), RECORD_SELF_CHECK, found.rows[i]->id, ACTION_ANSWER, answer, 3, NULL);
  }
  return status;
}

/* All of a batch go one step on. */
static int move_cases(struct demo *demo, const struct city *city, size_t from, enum action_code action) {
  struct change *changes = ARENA_ARRAY(demo->scratch, struct change, CASES_EACH);
  struct outcome outcome = {0};
  for (size_t i = 0; i < CASES_EACH; i++)
    changes[i] = (struct change){.type = record_type(RECORD_CASE), .id = city->cases[from + i], .seen = ANY_VERSION, .action = action};
  return demo_change(demo, demo_office(demo), changes, CASES_EACH, &outcome);
}

static int make_cases(struct play *play, size_t batch, const struct demo_step *step) {
  struct demo *demo = play->demo;
  struct city *city = city_of(play);
  struct change *changes = ARENA_ARRAY(demo->scratch, struct change, CASES_EACH);
  struct outcome outcome = {0};
  size_t from = batch * CASES_EACH;
  int status = EXIT_DONE;
  for (size_t i = 0; i < CASES_EACH && !status; i++) {
    struct value *values = ARENA_ARRAY(demo->scratch, struct value, 16);
    size_t count = case_values(demo, city, from + i, values);
    status = add_mechanism(demo, city, from + i, values, &count);
    changes[i] = demo_creation(RECORD_CASE, values, count);
  }
  if (!status) status = demo_change(demo, demo_office(demo), changes, CASES_EACH, &outcome);
  for (size_t i = 0; i < CASES_EACH && !status; i++) city->cases[from + i] = outcome.ids[i];
  if (!status) status = move_cases(demo, city, from, ACTION_SUBMIT);
  if (!status) status = move_cases(demo, city, from, ACTION_CONFIRM);
  for (size_t i = 0; i < CASES_EACH && !status; i++)
    if (asks(from + i)) status = ask_others(demo, city, from + i);
  return status;
}

/* ---- appeals of three classes, before and after their mechanisms: the hotline's own history, brought in at once ---- */

enum { BROUGHT_IN = 8 /* days ago */, BEFORE_DAYS = 250, AFTER_FROM = 180, AFTER_DAYS = 165, APPEALS_MOST = 64 };
static const struct { size_t example; int before, after; const char *title, *text /* %s: where */, *class_name, *category, *where /* after the street */; } ENDED[] = {
  {4, 20, 9, "无违法证明跑断腿", "上市要无违法证明,从%s开始跑了二十多个部门,每个章都要自己去盖。", "无违法证明多头开", "政务", "办事窗口"},
  {3, 24, 11, "跨省项目报三套材料", "%s的治水项目在两省一市各报一套材料,格式都不一样,专家评审也开了三次。", "跨省项目三套审批", "政务", "水利项目"},
  {6, 15, 14, "薄板房什么时候改", "%s住的是小梁薄板房,楼板一走就晃,等了十几年。", "小梁薄板房改造", "住房", "工人新村"}};
static int64_t before_on(int at, int count) { return date_from_civil(2025, 3, 5) + (int64_t)at * BEFORE_DAYS / count; }
static int64_t after_on(int at, int count) { return DEMO_PRESENT_DATE - AFTER_FROM + (int64_t)at * AFTER_DAYS / count; }
static int64_t made_on(size_t ended, int at) {
  return at < ENDED[ended].before ? before_on(at, ENDED[ended].before) : after_on(at - ENDED[ended].before, ENDED[ended].after);
}

static size_t appeal_values(struct demo *demo, size_t ended, int at, struct value *values) {
  const struct city *city = demo->script->own;
  int64_t made = made_on(ended, at);
  const char *place = arena_print(demo->scratch, "%s%s%s", city->units[UNIT_PUJIANG + (size_t)at % 16].name,
                                  CITY_STREETS[(size_t)(at * 7) % CITY_STREET_COUNT], ENDED[ended].where),
             *split = strstr(ENDED[ended].text, "%s");
  struct civil day = civil_from_date(made);
  const struct value all[] = {value_text(APPEAL_NUMBER, arena_print(demo->scratch, "12345-%04d%02d%02d-8%zu%02d", day.year, day.month,
                                                                    day.day, ended, at)),
                              value_text(APPEAL_TITLE, arena_print(demo->scratch, "%s:%s", place, ENDED[ended].title)),
                              value_text(APPEAL_TEXT, arena_print(demo->scratch, "%.*s%s%s", (int)(split - ENDED[ended].text),
                                                                  ENDED[ended].text, place, split + 2)),
                              value_integer(APPEAL_MADE_AT, moment_of_date(made) + 9 * 3600 * MOMENT_SECOND),
                              value_text(APPEAL_PLACE, place),
                              /* closed there long ago: no clock runs on it */
                              value_integer(APPEAL_KIND, APPEAL_KIND_COMPLAINT), value_text(APPEAL_CATEGORY, ENDED[ended].category),
                              value_integer(APPEAL_HISTORIC, 1)};
  for (size_t i = 0; i < COUNT_OF(all); i++) values[i] = all[i];
  return COUNT_OF(all);
}

/* The class is named by one of them, and the mechanism says that it is to end it. */
static int bring_in(struct play *play, size_t ended, const struct demo_step *step) {
  struct demo *demo = play->demo;
  struct change *changes = ARENA_ARRAY(demo->scratch, struct change, APPEALS_MOST);
  struct outcome outcome = {0};
  size_t count = (size_t)(ENDED[ended].before + ENDED[ended].after);
  for (size_t i = 0; i < count; i++) {
    struct value *values = ARENA_ARRAY(demo->scratch, struct value, 12);
    changes[i] = demo_creation(RECORD_APPEAL, values, appeal_values(demo, ended, (int)i, values));
  }
  int64_t id = 0;
  int status = demo_change(demo, &AUTHORITY_SYSTEM, changes, count, &outcome);
  const struct value values[] = {value_integer(CLASS_APPEAL, status ? NOTHING : outcome.ids[0]),
                                 value_text(CLASS_TITLE, ENDED[ended].class_name)};
  if (!status) status = demo_create(demo, demo_office(demo), RECORD_CLASS, values, 2, &id);
  const struct value class = value_integer(MECHANISM_CLASS, id);
  return status ? status
                : demo_act(demo, demo_office(demo), RECORD_MECHANISM, city_of(play)->mechanisms[ENDED[ended].example], ACTION_EDIT, &class,
                           1, NULL);
}

/* What the server's own reckoning comes to (follow/mechanisms.h), from the days on which they were made. */
static int measure(struct play *play, size_t ended, const struct demo_step *step) {
  struct demo *demo = play->demo;
  int64_t mechanism = city_of(play)->mechanisms[ENDED[ended].example], today = date_of_moment(demo->now), before = 0, after = 0;
  struct row *row = NULL;
  enum store_error error = reader_get(tx_reader(demo->tx), record_type(RECORD_MECHANISM), &SCOPE_SYSTEM, mechanism, demo->scratch, &row);
  if (error) return call_store_fail(demo->call, error);
  struct seasons seasons = mechanism_seasons(row_integer(row, MECHANISM_IN_FORCE_ON), today);
  for (int i = 0; i < ENDED[ended].before + ENDED[ended].after; i++) {
    before += made_on(ended, i) >= seasons.before_from && made_on(ended, i) <= seasons.before_to;
    after += made_on(ended, i) >= seasons.after_from;
  }
  const struct value values[] = {value_integer(MECHANISM_MONTHS, seasons.months),
                                 value_integer(MECHANISM_APPEALS_BEFORE, before),
                                 value_integer(MECHANISM_APPEALS_AFTER, after),
                                 value_integer(MECHANISM_BEFORE_FROM, seasons.before_from),
                                 value_integer(MECHANISM_BEFORE_TO, seasons.before_to),
                                 value_integer(MECHANISM_AFTER_FROM, seasons.after_from),
                                 value_integer(MECHANISM_AFTER_TO, seasons.after_to)};
  return demo_act(demo, &AUTHORITY_SYSTEM, RECORD_MECHANISM, mechanism, ACTION_MEASURE, values, COUNT_OF(values), NULL);
}

void city_check_events(struct play *play) {
  choose_problems(city_of(play));
  for (int ago = CHECKS_FROM; ago >= CHECKS_UNTIL; ago -= CHECKS_EVERY) demo_add(play, demo_moment(ago, 470), see_drawn, (size_t)ago, NULL);
  for (size_t i = 0; i < LOOK_BACKS; i++) demo_add(play, demo_moment(LOOKED_ON - (int)i, 475), look_back, i, NULL);
  for (size_t i = 0; i < CASE_BATCHES; i++) demo_add(play, demo_moment(BATCH_ON[i], 460), make_cases, i, NULL);
  for (size_t i = 0; i < COUNT_OF(ENDED); i++) {
    demo_add(play, demo_moment(BROUGHT_IN, 470 + (unsigned)i), bring_in, i, NULL);
    demo_add(play, demo_moment(1, 476 + (unsigned)i), measure, i, NULL);
  }
}
