/* What becomes of an appeal of the demo city: assigned, contacted, answered by its unit, some joined to one of the same place; called back
   by somebody apart from who handled it; left out of the rates where the office agrees. Then the classes that people named, and three
   alerts of a rebound. */
#include "command/demo_city.h"

#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
static struct city *city_of(const struct play *play) { return play->demo->script->own; }
static struct city_appeal *appeal_of(const struct play *play, size_t which) { return &city_of(play)->appeals[which]; }
static size_t unit_of(const struct city_appeal *one) {
  return CITY_STREAMS[one->stream].unit == UNIT_CITY ? one->district : CITY_STREAMS[one->stream].unit;
}
static int on_appeal(struct play *play, size_t which, const struct authority *who, enum action_code action, const struct value *values,
                     size_t count, const char *reason) {
  return demo_act(play->demo, who, RECORD_APPEAL, appeal_of(play, which)->id, action, values, count, reason);
}
static const struct authority *caller(const struct play *play) { return &demo_account(play->demo, "caller-1")->authority; }
static const struct authority *centre(const struct play *play) { return &demo_account(play->demo, "hotline-1")->authority; }

/* ---- in, assigned, contacted, answered ---- */

static const char *const PEOPLE[] = {"顾某", "沈女士", "陆先生", "姚阿姨", "严某", "金女士", "戴先生", "尹某", "康女士", "施先生", "倪某", "汤女士"};

static int make_appeal(struct play *play, size_t which, const struct demo_step *step) {
  struct demo *demo = play->demo;
  struct city_appeal *one = appeal_of(play, which);
  const struct city_stream *stream = &CITY_STREAMS[one->stream];
  struct civil day = civil_from_date(date_of_moment(demo->now));
  const struct value values[] = {value_text(APPEAL_NUMBER, arena_print(demo->scratch, "12345-%04d%02d%02d-%04zu", day.year, day.month,
                                                                       day.day, 5001 + which)),
                                 value_text(APPEAL_TITLE, arena_print(demo->scratch, "%s:%s", one->place, stream->title)),
                                 value_text(APPEAL_TEXT, arena_print(demo->scratch, stream->texts[one->wording], one->place)),
                                 value_integer(APPEAL_MADE_AT, demo->now - 3600 * MOMENT_SECOND),
                                 value_text(APPEAL_PERSON, PEOPLE[which % COUNT_OF(PEOPLE)]),
                                 value_text(APPEAL_PHONE, arena_print(demo->scratch, "1380000%04zu", which + 1)),
                                 value_text(APPEAL_PLACE, one->place),
                                 value_integer(APPEAL_KIND, stream->kind),
                                 value_text(APPEAL_CATEGORY, stream->category)};
  return demo_create(demo, centre(play), RECORD_APPEAL, values, COUNT_OF(values), &one->id);
}

static int assign(struct play *play, size_t which, const struct demo_step *step) {
  const struct value unit = value_integer(APPEAL_UNIT, play->demo->units[unit_of(appeal_of(play, which))]);
  return on_appeal(play, which, demo_office(play->demo), ACTION_ASSIGN, &unit, 1, NULL);
}

static int join(struct play *play, size_t which, const struct demo_step *step) {
  const struct value to = value_integer(APPEAL_JOINED_TO, appeal_of(play, (size_t)appeal_of(play, which)->joined_to)->id);
  return on_appeal(play, which, demo_office(play->demo), ACTION_JOIN, &to, 1, NULL);
}

static int contact(struct play *play, size_t which, const struct demo_step *step) {
  return on_appeal(play, which, demo_liaison(play->demo, unit_of(appeal_of(play, which))), ACTION_CONTACT, NULL, 0,
                   "电话联系，问清情况，约定答复时间。");
}

static int answer(struct play *play, size_t which, const struct demo_step *step) {
  const struct city_appeal *one = appeal_of(play, which);
  /* as the unit sees it */
  const struct value values[] = {value_text(APPEAL_ANSWER, CITY_STREAMS[one->stream].answer),
                                 value_integer(APPEAL_OUTCOME, one->outcome == OUTCOME_UNSOLVED ? OUTCOME_EXPLAINED : one->outcome)};
  return on_appeal(play, which, demo_liaison(play->demo, unit_of(one)), ACTION_ANSWER, values, 2, NULL);
}

/* ---- called back ---- */

static const char *words_of(const struct city_appeal *one) {
  if (one->exclusion == CITY_EXCLUDED) return "我要的是全额赔偿，没赔我就是不满意。";
  if (one->satisfaction == DISSATISFIED) return one->outcome == OUTCOME_UNSOLVED ? "跟答复说的不一样，没有人来过。" : "拖得太久，答复也是套话。";
  return one->satisfaction == SATISFIED ? "来人看了，当天就处理好了。" : "有改善，还要再看看。";
}

static int call(struct play *play, size_t which, bool reached) {
  const struct city_appeal *one = appeal_of(play, which);
  const struct value values[] = {value_integer(CALL_BACK_APPEAL, one->id),       value_integer(CALL_BACK_WAY, CALLED_BY_PHONE),
                                 value_integer(CALL_BACK_REACHED, reached),      value_integer(CALL_BACK_CONTACTED, one->contacted),
                                 value_integer(CALL_BACK_OUTCOME, one->outcome), value_integer(CALL_BACK_SATISFACTION, one->satisfaction),
                                 value_text(CALL_BACK_WORDS, words_of(one))};
  return demo_create(play->demo, caller(play), RECORD_CALL_BACK, values, reached ? COUNT_OF(values) : 3, NULL);
}
static int call_first(struct play *play, size_t which, const struct demo_step *step) {
  return call(play, which, appeal_of(play, which)->reached == 1);
}
static int call_again(struct play *play, size_t which, const struct demo_step *step) {
  return call(play, which, appeal_of(play, which)->reached == 2);
}
static int close_appeal(struct play *play, size_t which, const struct demo_step *step) {
  return on_appeal(play, which, demo_office(play->demo), ACTION_CLOSE, NULL, 0, NULL);
}

/* Of the appeals that are in no stream, those that were answered: who made them is called on one day. */
enum { OTHERS_ON = 20 };
static int call_others(struct play *play, size_t which, const struct demo_step *step) {
  struct demo *demo = play->demo;
  const struct value waits = value_integer(FIELD_STATE, APPEAL_CALL_BACK_DUE);
  struct demo_found found;
  enum store_error error = demo_find(demo, RECORD_APPEAL, &waits, 1, &found);
  int status = error ? call_store_fail(demo->call, error) : EXIT_DONE;
  for (size_t i = 0; i < found.count && !status; i++) {
    const char *number = row_text(found.rows[i], APPEAL_NUMBER);
    if (strcmp(number + strlen(number) - 4, "5000") > 0) continue;
    int64_t outcome = i % 4 == 3 ? OUTCOME_EXPLAINED : OUTCOME_SOLVED;
    const struct value values[] = {value_integer(CALL_BACK_APPEAL, found.rows[i]->id),
                                   value_integer(CALL_BACK_WAY, CALLED_BY_PHONE),
                                   value_integer(CALL_BACK_REACHED, 1),
                                   value_integer(CALL_BACK_CONTACTED, i % 9 != 4),
                                   value_integer(CALL_BACK_OUTCOME, outcome),
                                   value_integer(CALL_BACK_SATISFACTION, outcome == OUTCOME_SOLVED ? SATISFIED : SATISFIED_FAIRLY)};
    status = demo_create(demo, caller(play), RECORD_CALL_BACK, values, COUNT_OF(values), NULL);
    if (!status) status = demo_act(demo, demo_office(demo), RECORD_APPEAL, found.rows[i]->id, ACTION_CLOSE, NULL, 0, NULL);
  }
  return status;
}

/* ---- left out of the rates ---- */

static int exclude(struct play *play, size_t which, const struct demo_step *step) {
  struct demo *demo = play->demo;
  struct city_appeal *one = appeal_of(play, which);
  bool unfounded = one->exclusion == CITY_EXCLUDED;
  const struct value values[] = {value_integer(EXCLUSION_APPEAL, one->id),
                                 value_integer(EXCLUSION_REASON, unfounded ? EXCLUDED_UNFOUNDED : EXCLUDED_UNREASONABLE),
                                 value_text(EXCLUSION_WHY, unfounded ? "经两人核实，差评所说与事实不符，申请不计入。"
                                                                     : "诉求超出现行标准，已多次解释，申请不计入。")};
  return demo_create(demo, demo_liaison(demo, unit_of(one)), RECORD_EXCLUSION, values, COUNT_OF(values), &one->exclusion_id);
}
static int decide_exclusion(struct play *play, size_t which, const struct demo_step *step) {
  const struct city_appeal *one = appeal_of(play, which);
  return demo_agree(play->demo, demo_office(play->demo), RECORD_EXCLUSION, one->exclusion_id, one->exclusion == CITY_EXCLUDED);
}

/* ---- when ---- */

enum { EXCLUDED_AFTER = 16 /* days after the answer: by then the evaluation is judged */ };

static void happens(struct play *play, int ago, unsigned minute, demo_event *event, size_t which) {
  if (ago >= 1) demo_add(play, demo_moment(ago, minute), event, which, NULL);
}

int city_appeal_closed(const struct city_appeal *one) { return one->ago - one->answer_after - (one->reached == 1 ? 3 : 4); }

static void add_appeal(struct play *play, size_t which) {
  const struct city_appeal *one = appeal_of(play, which);
  unsigned minute = (unsigned)(which * 7 % 300);
  bool joined = one->joined_to >= 0;
  int answered = one->ago - one->answer_after;
  if (joined) minute = (unsigned)((size_t)one->joined_to * 7 % 300) + 60; /* after what it is joined to, on the same day */
  happens(play, one->ago, minute, make_appeal, which);
  happens(play, one->ago, minute + 20, joined ? join : assign, which);
  if (one->contacted) happens(play, one->ago - 1, minute, contact, which);
  if (!joined) happens(play, answered, minute + 30, answer, which);
  happens(play, answered - 2, minute + 40, call_first, which);
  if (one->reached != 1) happens(play, answered - 3, minute + 40, call_again, which);
  happens(play, city_appeal_closed(one), minute + 50, close_appeal, which);
  if (one->exclusion) happens(play, answered - EXCLUDED_AFTER, minute, exclude, which);
  if (one->exclusion == CITY_EXCLUDED || one->exclusion == CITY_EXCLUSION_REFUSED)
    happens(play, answered - EXCLUDED_AFTER - 2, minute, decide_exclusion, which);
}

/* ---- classes that people named, and what was added to the problems that they are about ---- */

enum { NAMED_ON = 21, ADDED_ON = 35, LOOKED_BACK_ON = 4 /* at what was closed */, ADDED_OLDER = 40 };

static size_t first_of(const struct city *city, size_t stream) {
  size_t at = 0;
  while (city->appeals[at].stream != stream) at++;
  return at;
}

static int name_class(struct play *play, size_t stream, const struct demo_step *step) {
  const struct city *city = city_of(play);
  const struct value values[] =
      {value_integer(CLASS_APPEAL, city->appeals[first_of(city, stream)].id), value_text(CLASS_TITLE, CITY_STREAMS[stream].class_name),
       value_text(CLASS_NOTE, "研判台命名:多处同一件事，按一类事研究。"),
       value_integer(CLASS_UNIT, play->demo->units[CITY_STREAMS[stream].unit == UNIT_CITY ? UNIT_OFFICE : CITY_STREAMS[stream].unit])};
  return demo_create(play->demo, demo_office(play->demo), RECORD_CLASS, values, COUNT_OF(values), NULL);
}

/* What came in before the last weeks, in one set. */
static int add_to_problem(struct play *play, size_t stream, const struct demo_step *step) {
  struct demo *demo = play->demo;
  const struct city *city = city_of(play);
  int example = CITY_STREAMS[stream].example;
  int64_t problem = demo->problems[example == CITY_FLOODED ? city->flooded : city->examples[example]];
  struct change *changes = ARENA_ARRAY(demo->scratch, struct change, city->appeal_count);
  struct outcome outcome = {0};
  size_t count = 0;
  for (size_t i = 0; i < city->appeal_count; i++) {
    if (city->appeals[i].stream != stream || city->appeals[i].ago < ADDED_OLDER) continue;
    const struct value link[] = {value_integer(LINK_KIND, LINK_ARISES_FROM), value_integer(LINK_FROM_TYPE, RECORD_PROBLEM),
                                 value_integer(LINK_FROM_ID, problem), value_integer(LINK_TO_TYPE, RECORD_APPEAL),
                                 value_integer(LINK_TO_ID, city->appeals[i].id)};
    struct value *kept = ARENA_ARRAY(demo->scratch, struct value, COUNT_OF(link));
    memcpy(kept, link, sizeof link);
    changes[count++] = demo_creation(RECORD_LINK, kept, COUNT_OF(link));
  }
  return demo_change(demo, demo_office(demo), changes, count, &outcome);
}

/* ---- alerts of a rebound ---- */

static const char *const AGAIN[] = {"%s:又出现了同样的情况，以前整改过的地方跟原来一样。", "%s:听说整改过，昨天又看到一次。", "%s:整改以后好了一阵，最近又反复。"};

/* An appeal about what was closed, and the alert that the program raises on it. Which: of CITY_ALERTS. */
static int raise_alert(struct play *play, size_t which, const struct demo_step *step) {
  struct demo *demo = play->demo;
  struct city *city = city_of(play);
  const struct demo_problem *problem = &demo->script->problems[city->rebounds[which]];
  int64_t id = demo->problems[city->rebounds[which]], appeal = 0;
  const struct value said[] = {value_text(APPEAL_NUMBER, arena_print(demo->scratch, "12345-%zu", 90000001 + which)),
                               value_text(APPEAL_TITLE, arena_print(demo->scratch, "又出现:%s", problem->title)),
                               value_text(APPEAL_TEXT, arena_print(demo->scratch, AGAIN[which], problem->title)),
                               value_integer(APPEAL_MADE_AT, demo->now - 1800 * MOMENT_SECOND),
                               value_text(APPEAL_PERSON, PEOPLE[which]),
                               value_text(APPEAL_PHONE, arena_print(demo->scratch, "1370000%04zu", which + 1)),
                               value_integer(APPEAL_KIND, APPEAL_KIND_COMPLAINT)};
  int status = demo_create(demo, centre(play), RECORD_APPEAL, said, COUNT_OF(said), &appeal);
  const struct value alert[] = {value_integer(ALERT_PROBLEM, id),
                                value_integer(ALERT_APPEAL, appeal),
                                value_integer(ALERT_FIT, FITS_CLASS_AND_PLACE),
                                value_many(ALERT_APPEALS, &appeal, 1),
                                value_integer(ALERT_COUNT, 1),
                                value_text(ALERT_KEY, arena_print(demo->scratch, "%lld:1:%lld", (long long)id, (long long)appeal))};
  return status ? status : demo_create(demo, &AUTHORITY_SYSTEM, RECORD_ALERT, alert, COUNT_OF(alert), &city->alerts[which]);
}

static int decide_alert(struct play *play, size_t which, const struct demo_step *step) {
  bool confirmed = which == CITY_CONFIRMED;
  const struct value reason = value_text(ALERT_REASON, confirmed ? "到现场核实，整改过的问题又出现，属反弹。" : "核实是另一处新发生的事，与原问题无关，另行登记。");
  return demo_act(play->demo, demo_office(play->demo), RECORD_ALERT, city_of(play)->alerts[which],
                  confirmed ? ACTION_CONFIRM : ACTION_DISMISS, &reason, 1, NULL);
}

void city_call_events(struct play *play) {
  const struct city *city = city_of(play);
  for (size_t i = 0; i < city->appeal_count; i++) add_appeal(play, i);
  for (size_t i = 0; i < CITY_STREAM_COUNT; i++) {
    if (CITY_STREAMS[i].class_name) demo_add(play, demo_moment(NAMED_ON, 400 + (unsigned)i), name_class, i, NULL);
    if (CITY_STREAMS[i].example >= 0)
      demo_add(play, demo_moment(CITY_STREAMS[i].example == CITY_FLOODED ? LOOKED_BACK_ON : ADDED_ON, 420 + (unsigned)i), add_to_problem, i,
               NULL);
  }
  demo_add(play, demo_moment(OTHERS_ON, 440), call_others, 0, NULL);
  for (size_t i = 0; i < CITY_ALERTS; i++) demo_add(play, demo_moment(CITY_ALERT_DAYS[i] + 1, 430), raise_alert, i, NULL);
  for (size_t i = 0; i < CITY_WAITING; i++) demo_add(play, demo_moment(CITY_ALERT_DAYS[i], 5), decide_alert, i, NULL);
}
