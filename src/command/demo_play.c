/* Plays the demo's year: every step of every story, appeal and topic is an event at a moment; events are carried out in order of time,
   through the door, as the person who would have done it, and the clock walks every day in between. */
#include "command/demo_play.h"

#include <stdlib.h>
#include <string.h>

#include "exchange/files.h"
#include "rules/colour.h"

enum event_kind { EVENT_STEP, EVENT_APPEAL, EVENT_APPEAL_ASSIGN, EVENT_APPEAL_ANSWER, EVENT_TOPIC, EVENT_TOPIC_CONCLUDE };
struct event { int64_t moment; enum event_kind kind; size_t which, order; const struct demo_step *step; };
struct play { struct demo *demo; struct event *events; size_t count, room; int64_t topics[16]; };

/* ---- the programme ---- */
static int64_t moment_ago(int days, unsigned minutes) { return moment_of_date(DEMO_PRESENT_DATE - days) + (int64_t)(9 * 60 + minutes % 480) * 60 * MOMENT_SECOND; }

static void add_event(struct play *play, struct event event) {
  if (play->count == play->room) {
    play->room = play->room ? play->room * 2 : 1024;
    struct event *more = ARENA_ARRAY(play->demo->arena, struct event, play->room);
    if (play->count) memcpy(more, play->events, play->count * sizeof *more);
    play->events = more;
  }
  event.order = play->count;
  play->events[play->count++] = event;
}

static void add_story(struct play *play, size_t which) {
  const struct demo_problem *problem = &DEMO_PROBLEMS[which];
  const struct demo_plot *plot = &DEMO_STORIES[problem->story];
  for (size_t i = 0; i < plot->count; i++)
    add_event(play, (struct event){moment_ago(plot->steps[i].ago + problem->shift, (unsigned)(which % 40 * 5 + i * 9)), EVENT_STEP, which, 0, &plot->steps[i]});
}

static int first_day(size_t which) { return DEMO_STORIES[DEMO_PROBLEMS[which].story].steps[0].ago + DEMO_PROBLEMS[which].shift; }

/* Appeals that a problem came of were made before it; the others are of the last weeks. */
static int matter_day(size_t matter) {
  int day = 6 + (int)(matter * 13 % 50);
  for (size_t i = 0; i < DEMO_PROBLEM_COUNT; i++)
    if (DEMO_PROBLEMS[i].matter == (int)matter) day = first_day(i) + 2;
  return day;
}

static bool has_problem(size_t matter) {
  bool has = false;
  for (size_t i = 0; i < DEMO_PROBLEM_COUNT; i++) has = has || DEMO_PROBLEMS[i].matter == (int)matter;
  return has;
}

static void add_appeals(struct play *play, size_t matter) {
  for (int place = 0; place < DEMO_PLACES; place++) {
    size_t which = matter * DEMO_PLACES + (size_t)place;
    int day = matter_day(matter) + place;
    unsigned minute = (unsigned)(which * 37);
    add_event(play, (struct event){moment_ago(day, minute), EVENT_APPEAL, which, 0, NULL});
    if (place == 2 && !has_problem(matter)) continue; /* some have just come in */
    add_event(play, (struct event){moment_ago(day - 1, minute), EVENT_APPEAL_ASSIGN, which, 0, NULL});
    if (DEMO_MATTERS[matter].answer && !has_problem(matter)) add_event(play, (struct event){moment_ago(day - 4, minute), EVENT_APPEAL_ANSWER, which, 0, NULL});
  }
}

static int by_moment(const void *one, const void *other) {
  const struct event *a = one, *b = other;
  if (a->moment != b->moment) return a->moment < b->moment ? -1 : 1;
  return a->order < b->order ? -1 : 1;
}

static void write_programme(struct play *play) {
  for (size_t i = 0; i < DEMO_TOPIC_COUNT; i++) {
    add_event(play, (struct event){moment_ago(291, (unsigned)(i * 20)), EVENT_TOPIC, i, 0, NULL});
    if (DEMO_TOPICS[i].concluded) add_event(play, (struct event){moment_ago(289, (unsigned)(i * 20)), EVENT_TOPIC_CONCLUDE, i, 0, NULL});
  }
  for (size_t i = 0; i < DEMO_MATTER_COUNT; i++) add_appeals(play, i);
  for (size_t i = 0; i < DEMO_PROBLEM_COUNT; i++) add_story(play, i);
  /* a problem's steps of one day keep their order */
  qsort(play->events, play->count, sizeof *play->events, by_moment);
}

/* ---- acting ---- */
static int act(struct demo *demo, const struct authority *authority, enum record_id type, int64_t id, enum action_code action, const struct value *values, size_t count, const char *reason) {
  struct change change = {.type = record_type(type), .id = id, .seen = ANY_VERSION, .action = action, .values = values, .value_count = count, .reason = reason};
  struct outcome outcome = {0};
  return demo_change(demo, authority, &change, 1, &outcome);
}

static const struct authority *liaison_of(const struct demo *demo, enum demo_unit unit) {
  const struct demo_person *person = demo_person(demo, unit, ROLE_LIAISON);
  return person ? &person->authority : &demo_office(demo)->authority;
}
static const struct authority *head_of(const struct demo *demo, enum demo_unit unit) {
  const struct demo_person *person = demo_person(demo, unit, ROLE_UNIT_HEAD);
  return person ? &person->authority : &demo_office(demo)->authority;
}
/* Neither of the unit that leads nor of one that joins. */
static const struct authority *acceptor_for(const struct demo *demo, const struct demo_problem *problem) {
  const struct demo_person *one = demo_person(demo, UNIT_AUDIT, ROLE_ACCEPTOR), *other = demo_person(demo, UNIT_DATA, ROLE_ACCEPTOR);
  return problem->joint == (int)UNIT_AUDIT ? &other->authority : &one->authority;
}
/* The other one; the office where that one is concerned itself. */
static const struct authority *second_acceptor_for(const struct demo *demo, const struct demo_problem *problem) {
  const struct demo_person *other = demo_person(demo, UNIT_DATA, ROLE_ACCEPTOR);
  bool concerned = problem->joint == (int)UNIT_AUDIT || problem->joint == (int)UNIT_DATA || problem->lead == UNIT_DATA;
  return concerned ? &demo_office(demo)->authority : &other->authority;
}
static const char *note(struct demo *demo) { return DEMO_NOTES[demo->notes++ % DEMO_NOTE_COUNT]; }
static int64_t date_ago(const struct demo_problem *problem, int days) { return DEMO_PRESENT_DATE - days - (days > 0 ? problem->shift : 0); }

/* ---- registering ---- */
static size_t add_link(struct change *changes, struct value *values, size_t count, enum record_id to_type, int64_t to) {
  const struct value link[] = {value_integer(LINK_KIND, LINK_ARISES_FROM), value_integer(LINK_FROM_TYPE, RECORD_PROBLEM), value_integer(LINK_FROM_ID, -1), value_integer(LINK_TO_TYPE, to_type), value_integer(LINK_TO_ID, to)};
  memcpy(values, link, sizeof link);
  changes[count] = demo_creation(RECORD_LINK, values, 5);
  return count + 1;
}

static int register_problem(struct play *play, size_t which) {
  struct demo *demo = play->demo;
  const struct demo_problem *problem = &DEMO_PROBLEMS[which];
  struct value values[16], links[DEMO_PLACES + 1][5];
  struct change changes[DEMO_PLACES + 2];
  struct outcome outcome = {0};
  size_t count = 0, change_count = 1;
  int64_t joint = problem->joint < 0 ? 0 : demo->units[problem->joint];
  values[count++] = value_text(PROBLEM_TITLE, problem->title);
  values[count++] = value_text(PROBLEM_DETAIL, problem->detail);
  values[count++] = value_text(PROBLEM_ROOT_CAUSE, problem->cause);
  values[count++] = value_text(PROBLEM_GOAL, problem->goal);
  values[count++] = value_integer(PROBLEM_CAMPAIGN, demo->campaign);
  values[count++] = value_integer(PROBLEM_CATEGORY, problem->category);
  values[count++] = value_integer(PROBLEM_SOURCE, problem->source);
  values[count++] = value_integer(PROBLEM_KIND, problem->kind);
  values[count++] = value_integer(PROBLEM_LEVEL, problem->level);
  values[count++] = value_integer(PROBLEM_PRIORITY, problem->level == LEVEL_CITY ? 2 : 1);
  values[count++] = value_integer(PROBLEM_LEAD_UNIT, demo->units[problem->lead]);
  if (joint) values[count++] = value_many(PROBLEM_JOINT_UNITS, &joint, 1);
  if (problem->level == LEVEL_CITY) values[count++] = value_text(PROBLEM_OFFICIAL, "分管副市长 周某");
  changes[0] = demo_creation(RECORD_PROBLEM, values, count);
  for (int i = 0; problem->matter >= 0 && i < DEMO_PLACES; i++) {
    change_count = add_link(changes, links[i], change_count, RECORD_APPEAL, demo->appeals[problem->matter * DEMO_PLACES + i]);
  }
  for (size_t i = 0; i < DEMO_TOPIC_COUNT; i++)
    if (DEMO_TOPICS[i].problem && strcmp(DEMO_TOPICS[i].problem, problem->title) == 0) change_count = add_link(changes, links[DEMO_PLACES], change_count, RECORD_TOPIC, play->topics[i]);
  const struct authority *who = change_count > 1 ? &demo_office(demo)->authority : liaison_of(demo, problem->lead);
  int status = demo_change(demo, who, changes, change_count, &outcome);
  if (!status) demo->problems[which] = outcome.ids[0];
  return status;
}

/* ---- measures ---- */
struct found { struct arena *arena; struct row *rows[8]; size_t count; };
static bool found_take(void *with, const struct row *row) {
  struct found *found = with;
  if (found->count < 8) found->rows[found->count++] = row_copy(found->arena, row);
  return true;
}

static enum store_error read_problem(struct demo *demo, size_t which, struct row **row) {
  return reader_get(tx_reader(demo->tx), record_type(RECORD_PROBLEM), &SCOPE_SYSTEM, demo->problems[which], demo->scratch, row);
}

/* Of the cycle that runs, in the order they were planned. */
static enum store_error read_measures(struct demo *demo, const struct row *problem, struct found *found) {
  struct value of = value_integer(MEASURE_PROBLEM, problem->id), cycle = value_integer(MEASURE_CYCLE, row_integer(problem, PROBLEM_CYCLE));
  struct condition conditions[] = {{.field = MEASURE_PROBLEM, .how = C_IS, .values = &of, .count = 1}, {.field = MEASURE_CYCLE, .how = C_IS, .values = &cycle, .count = 1}};
  struct query query = {.type = record_type(RECORD_MEASURE), .conditions = conditions, .condition_count = 2, .expected = -1};
  found->arena = demo->scratch;
  return reader_list(tx_reader(demo->tx), &query, &SCOPE_SYSTEM, demo->scratch, found_take, found);
}

static int plan_measures(struct demo *demo, size_t which, const struct row *row) {
  static const int64_t weights[DEMO_MEASURES] = {3000, 4000, 3000};
  static const uint8_t kinds[DEMO_MEASURES] = {MEASURE_KIND_ACTION, MEASURE_KIND_ACTION, MEASURE_KIND_MECHANISM};
  const struct demo_problem *problem = &DEMO_PROBLEMS[which];
  int64_t start = date_of_moment(demo->now), due = row_integer(row, PROBLEM_DUE);
  int status = EXIT_DONE;
  for (int i = 0; i < DEMO_MEASURES && !status; i++) {
    bool second = row_integer(row, PROBLEM_CYCLE) > 1;
    const char *title = second ? arena_print(demo->scratch, "%s(再次整改)", problem->measures[i]) : problem->measures[i];
    const struct value values[] = {value_integer(MEASURE_PROBLEM, demo->problems[which]), value_text(MEASURE_TITLE, title), value_integer(MEASURE_KIND, kinds[i]), value_integer(MEASURE_WEIGHT, weights[i]),
      value_integer(MEASURE_START, start), value_integer(MEASURE_DUE, start + (due - start) * (i + 1) / DEMO_MEASURES), value_text(MEASURE_OWNER, "科长 吴某"), value_integer(MEASURE_UNIT, demo->units[problem->lead])};
    struct change change = demo_creation(RECORD_MEASURE, values, sizeof values / sizeof *values);
    struct outcome outcome = {0};
    status = demo_change(demo, liaison_of(demo, problem->lead), &change, 1, &outcome);
  }
  return status;
}

/* ---- the stages of what takes long: as few as the policy allows; each is reached when a measure is accepted ---- */
enum { STAGE_DAYS = 90 };

static int plan_stages(struct demo *demo, size_t which, const struct row *row) {
  const struct demo_problem *problem = &DEMO_PROBLEMS[which];
  int64_t start = date_of_moment(demo->now), due = row_integer(row, PROBLEM_DUE), stages = (due - start + STAGE_DAYS - 2) / (STAGE_DAYS - 1); /* work begins a day later */
  int status = EXIT_DONE;
  for (int64_t i = 1; problem->kind == KIND_LONG_TERM && i <= stages && !status; i++) {
    const struct value values[] = {value_integer(STAGE_PROBLEM, row->id), value_text(STAGE_TITLE, arena_print(demo->scratch, "第 %lld 阶段", (long long)i)),
      value_text(STAGE_GOAL, problem->measures[(i - 1) % DEMO_MEASURES]), value_integer(STAGE_DUE, start + (due - start) * i / stages)};
    status = act(demo, liaison_of(demo, problem->lead), RECORD_STAGE, 0, ACTION_CREATE, values, sizeof values / sizeof *values, NULL);
  }
  return status;
}

static int reach_stage(struct demo *demo, size_t which, const struct row *row) {
  struct value of = value_integer(STAGE_PROBLEM, row->id), planned = value_integer(FIELD_STATE, STAGE_PLANNED), text = value_text(STAGE_RESULT, DEMO_NOTES[which % DEMO_NOTE_COUNT]);
  struct condition conditions[] = {{.field = STAGE_PROBLEM, .how = C_IS, .values = &of, .count = 1}, {.field = FIELD_STATE, .how = C_IS, .values = &planned, .count = 1}};
  struct query query = {.type = record_type(RECORD_STAGE), .conditions = conditions, .condition_count = 2, .expected = -1};
  struct found found = {.arena = demo->scratch};
  enum store_error error = DEMO_PROBLEMS[which].kind == KIND_LONG_TERM ? reader_list(tx_reader(demo->tx), &query, &SCOPE_SYSTEM, demo->scratch, found_take, &found) : STORE_OK;
  if (error) return call_store_fail(demo->call, error);
  if (!found.count) return EXIT_DONE;
  int status = act(demo, liaison_of(demo, DEMO_PROBLEMS[which].lead), RECORD_STAGE, found.rows[0]->id, ACTION_REPORT, &text, 1, NULL);
  return status ? status : act(demo, &demo_office(demo)->authority, RECORD_STAGE, found.rows[0]->id, ACTION_ACCEPT, NULL, 0, NULL);
}

static int step_measure(struct demo *demo, size_t which, const struct row *row, const struct demo_step *step) {
  const struct demo_problem *problem = &DEMO_PROBLEMS[which];
  struct found found = {0};
  enum store_error error = read_measures(demo, row, &found);
  if (!error && step->days >= (int)found.count) error = STORE_ABSENT;
  if (error) return call_store_fail(demo->call, error);
  int64_t id = found.rows[step->days]->id;
  if (step->kind == DEMO_ACCEPT_MEASURE) {
    int status = act(demo, acceptor_for(demo, problem), RECORD_MEASURE, id, ACTION_ACCEPT_MEASURE, NULL, 0, NULL);
    return status ? status : reach_stage(demo, which, row);
  }
  struct value value = value_text(MEASURE_NOTE, note(demo));
  return act(demo, liaison_of(demo, problem->lead), RECORD_MEASURE, id, ACTION_FINISH, &value, 1, NULL);
}

/* ---- evidence: a fact in words, every second one with a picture ---- */
static int give_evidence(struct demo *demo, size_t which) {
  unsigned number = demo->pictures++;
  struct value values[8];
  char name[FILE_NAME_SIZE];
  size_t count = 0;
  int64_t size = 0;
  values[count++] = value_integer(EVIDENCE_PROBLEM, demo->problems[which]);
  values[count++] = value_text(EVIDENCE_TITLE, DEMO_EVIDENCE_TITLES[number % DEMO_EVIDENCE_TITLE_COUNT]);
  values[count++] = value_integer(EVIDENCE_TAKEN_ON, date_of_moment(demo->now) - 1);
  values[count++] = value_text(EVIDENCE_NOTE, note(demo));
  if (number % 2 == 0) {
    struct buffer picture = {.arena = demo->scratch};
    demo_picture(&picture, number);
    enum store_error error = file_keep_bytes(demo->call->house->data, picture.bytes, picture.size, name);
    if (error) return call_store_fail(demo->call, error);
    size = (int64_t)picture.size;
    values[count++] = value_text(EVIDENCE_FILE, name);
    values[count++] = value_text(EVIDENCE_FILE_NAME, arena_print(demo->scratch, "照片-%u.png", number + 1));
    values[count++] = value_text(EVIDENCE_MEDIA_TYPE, "image/png");
    values[count++] = value_integer(EVIDENCE_SIZE, size);
  }
  struct change change = demo_creation(RECORD_EVIDENCE, values, count);
  struct outcome outcome = {0};
  return demo_change(demo, liaison_of(demo, DEMO_PROBLEMS[which].lead), &change, 1, &outcome);
}

/* ---- the other steps ---- */
static int agree(struct demo *demo, size_t which) {
  struct value type = value_integer(APPROVAL_TYPE, RECORD_PROBLEM), record = value_integer(APPROVAL_RECORD, demo->problems[which]), asked = value_integer(FIELD_STATE, APPROVAL_ASKED);
  struct condition conditions[] = {{.field = APPROVAL_TYPE, .how = C_IS, .values = &type, .count = 1}, {.field = APPROVAL_RECORD, .how = C_IS, .values = &record, .count = 1}, {.field = FIELD_STATE, .how = C_IS, .values = &asked, .count = 1}};
  struct query query = {.type = record_type(RECORD_APPROVAL), .conditions = conditions, .condition_count = 3, .expected = -1};
  struct found found = {.arena = demo->scratch};
  enum store_error error = reader_list(tx_reader(demo->tx), &query, &SCOPE_SYSTEM, demo->scratch, found_take, &found);
  if (!error && found.count == 0) error = STORE_ABSENT;
  if (error) return call_store_fail(demo->call, error);
  return act(demo, &demo_office(demo)->authority, RECORD_APPROVAL, found.rows[0]->id, ACTION_AGREE, NULL, 0, NULL);
}

/* Steps that are one arrow of the problem: who walks it, with what. */
enum walker { BY_LIAISON, BY_HEAD, BY_ACCEPTOR, BY_OFFICE };
static const struct arrow_text { bool plain; enum action_code action; enum walker who; uint16_t text_field, date_field; const char *text, *reason; } ARROWS[] = {
  [DEMO_SUBMIT] = {true, ACTION_SUBMIT, BY_LIAISON},
  [DEMO_RETURN] = {true, ACTION_SEND_BACK, BY_OFFICE, .reason = "原因分析太笼统,请写清楚为什么长期没有解决。"},
  [DEMO_ADMIT] = {true, ACTION_ADMIT, BY_OFFICE},
  [DEMO_ASSIGN] = {true, ACTION_ASSIGN, BY_OFFICE, .date_field = PROBLEM_DUE},
  [DEMO_TAKE] = {true, ACTION_TAKE, BY_LIAISON},
  [DEMO_START] = {true, ACTION_START, BY_LIAISON, .text_field = PROBLEM_OWNER, .text = "处长 郑某"},
  [DEMO_REPORT] = {true, ACTION_REPORT, BY_LIAISON, .text_field = PROBLEM_PROGRESS_NOTE},
  [DEMO_APPLY] = {true, ACTION_APPLY, BY_LIAISON, .text_field = PROBLEM_PROGRESS_NOTE, .text = "措施全部完成,群众回访满意,申请销号。"},
  [DEMO_ENDORSE] = {true, ACTION_ENDORSE, BY_HEAD},
  [DEMO_SEND_BACK] = {true, ACTION_SEND_BACK, BY_ACCEPTOR, .text_field = PROBLEM_ASKED_MORE, .text = "补齐第三处的整改和前后对比照片,再申请。", .reason = "现场抽查三处,有一处没有整改到位。"},
  [DEMO_REOPEN] = {true, ACTION_REOPEN, BY_OFFICE, .date_field = PROBLEM_DUE, .reason = "巩固期内同类诉求又多起来,经核实属反弹。"},
  [DEMO_EXTEND] = {true, ACTION_EXTEND, BY_LIAISON, .date_field = PROBLEM_DUE, .reason = "设备到货推迟,需要延期。"},
  [DEMO_WITHDRAW] = {true, ACTION_WITHDRAW, BY_OFFICE, .reason = "与已有问题重复,合并办理。"},
};

static int walk_arrow(struct demo *demo, size_t which, const struct demo_step *step) {
  const struct demo_problem *problem = &DEMO_PROBLEMS[which];
  const struct arrow_text *arrow = &ARROWS[step->kind];
  const struct authority *who[] = {[BY_LIAISON] = liaison_of(demo, problem->lead), [BY_HEAD] = head_of(demo, problem->lead), [BY_ACCEPTOR] = acceptor_for(demo, problem), [BY_OFFICE] = &demo_office(demo)->authority};
  struct value values[2];
  size_t count = 0;
  if (arrow->text_field) values[count++] = value_text(arrow->text_field, arrow->text ? arrow->text : note(demo));
  if (arrow->date_field) values[count++] = value_integer(arrow->date_field, date_ago(problem, step->days));
  return act(demo, who[arrow->who], RECORD_PROBLEM, demo->problems[which], arrow->action, values, count, arrow->reason);
}

/* On the full chain two people on site; what was drawn is seen on site as well; else at the desk. */
static int accept_result(struct demo *demo, size_t which, const struct row *row) {
  const struct demo_problem *problem = &DEMO_PROBLEMS[which];
  bool full = row_integer(row, PROBLEM_ROUTE) == ROUTE_A, visit = full || row_integer(row, PROBLEM_DRAWN_ON) != NOTHING;
  const struct value values[] = {value_integer(PROBLEM_ON_SITE, 1), value_integer(PROBLEM_VISITED_ON, date_of_moment(demo->now)), value_text(PROBLEM_VISIT_PLACE, "整改现场")};
  int status = act(demo, acceptor_for(demo, problem), RECORD_PROBLEM, row->id, ACTION_ACCEPT, values, visit ? 3 : 0, NULL);
  return status || !full ? status : act(demo, second_acceptor_for(demo, problem), RECORD_PROBLEM, row->id, ACTION_ACCEPT, values, 3, NULL);
}

/* The full chain is publicised first, after somebody has looked whether it may be; the others are closed at once. */
static int publicise_or_close(struct demo *demo, const struct row *row) {
  bool secret = row_integer(row, PROBLEM_SECRECY) != NOTHING && row_integer(row, PROBLEM_SECRECY) >= SECRECY_RESTRICTED;
  const struct value values[] = {value_integer(PROBLEM_PUBLICITY_SCOPE, secret ? SCOPE_PARTY : SCOPE_PUBLIC), value_integer(PROBLEM_WITHHOLD_REASON, WITHHOLD_PARTY)};
  if (row_integer(row, PROBLEM_ROUTE) != ROUTE_A) return act(demo, &demo_office(demo)->authority, RECORD_PROBLEM, row->id, ACTION_CLOSE, NULL, 0, NULL);
  return act(demo, &demo_office(demo)->authority, RECORD_PROBLEM, row->id, ACTION_PUBLICISE, values, secret ? 2 : 1, NULL);
}

static int play_step(struct play *play, size_t which, const struct demo_step *step) {
  struct demo *demo = play->demo;
  struct row *row = NULL;
  if (step->kind == DEMO_CREATE) return register_problem(play, which);
  if (step->kind == DEMO_EVIDENCE) return give_evidence(demo, which);
  if (step->kind == DEMO_AGREE) return agree(demo, which);
  if (step->kind < sizeof ARROWS / sizeof *ARROWS && ARROWS[step->kind].plain) return walk_arrow(demo, which, step);
  enum store_error error = read_problem(demo, which, &row);
  if (error) return call_store_fail(demo->call, error);
  if (step->kind == DEMO_PLAN) {
    int status = plan_measures(demo, which, row);
    return status ? status : plan_stages(demo, which, row);
  }
  if (step->kind == DEMO_CLOSE && row->state != PROBLEM_PUBLICISED) return EXIT_DONE;
  if (step->kind == DEMO_CLOSE) return act(demo, &demo_office(demo)->authority, RECORD_PROBLEM, row->id, ACTION_CLOSE, NULL, 0, NULL);
  if (step->kind == DEMO_FINISH || step->kind == DEMO_ACCEPT_MEASURE) return step_measure(demo, which, row, step);
  if (step->kind == DEMO_ACCEPT) return accept_result(demo, which, row);
  return publicise_or_close(demo, row);
}

/* ---- appeals and topics ---- */
static int play_appeal(struct demo *demo, size_t which) {
  static const char *const people[] = {"张某", "王某", "李女士", "赵先生", "陈阿姨", "刘某", "杨女士", "黄先生", "吴某", "徐女士"};
  const struct demo_matter *matter = &DEMO_MATTERS[which / DEMO_PLACES];
  const char *place = matter->places[which % DEMO_PLACES];
  const struct value values[] = {
    value_text(APPEAL_NUMBER, arena_print(demo->scratch, "12345-%04d%02d%02d-%04zu", civil_from_date(date_of_moment(demo->now)).year, civil_from_date(date_of_moment(demo->now)).month, civil_from_date(date_of_moment(demo->now)).day, which + 1)),
    value_text(APPEAL_TITLE, arena_print(demo->scratch, "%s:%s", place, matter->title)), value_text(APPEAL_TEXT, arena_print(demo->scratch, matter->text, place)),
    value_integer(APPEAL_MADE_AT, demo->now - 2 * 3600 * MOMENT_SECOND), value_text(APPEAL_PERSON, people[which % 10]), value_text(APPEAL_PHONE, arena_print(demo->scratch, "1390000%04zu", which + 1)),
    value_text(APPEAL_PLACE, place), value_integer(APPEAL_KIND, matter->kind), value_text(APPEAL_CATEGORY, matter->category)};
  struct change change = demo_creation(RECORD_APPEAL, values, sizeof values / sizeof *values);
  struct outcome outcome = {0};
  int status = demo_change(demo, &demo_office(demo)->authority, &change, 1, &outcome);
  if (!status) demo->appeals[which] = outcome.ids[0];
  return status;
}

static int play_topic(struct play *play, size_t which) {
  struct demo *demo = play->demo;
  const struct demo_topic *topic = &DEMO_TOPICS[which];
  const struct value values[] = {value_text(TOPIC_TITLE, topic->title), value_integer(TOPIC_CAMPAIGN, demo->campaign), value_text(TOPIC_WHY, topic->why),
                                 value_integer(TOPIC_LEAD_UNIT, demo->units[topic->lead]), value_integer(TOPIC_DUE, date_from_civil(2026, 3, 31))};
  struct change change = demo_creation(RECORD_TOPIC, values, sizeof values / sizeof *values);
  struct outcome outcome = {0};
  int status = demo_change(demo, &demo_office(demo)->authority, &change, 1, &outcome);
  if (!status) play->topics[which] = outcome.ids[0];
  return status;
}

static int play_event(struct play *play, const struct event *event) {
  struct demo *demo = play->demo;
  const struct demo_matter *matter = &DEMO_MATTERS[event->which / DEMO_PLACES % DEMO_MATTER_COUNT];
  struct value values[2];
  switch (event->kind) {
    case EVENT_STEP: return play_step(play, event->which, event->step);
    case EVENT_APPEAL: return play_appeal(demo, event->which);
    case EVENT_APPEAL_ASSIGN:
      values[0] = value_integer(APPEAL_UNIT, demo->units[matter->unit]);
      return act(demo, &demo_office(demo)->authority, RECORD_APPEAL, demo->appeals[event->which], ACTION_ASSIGN, values, 1, NULL);
    case EVENT_APPEAL_ANSWER:
      values[0] = value_text(APPEAL_ANSWER, matter->answer);
      values[1] = value_integer(APPEAL_OUTCOME, event->which % 3 == 0 ? 2 : 1);
      return act(demo, liaison_of(demo, matter->unit), RECORD_APPEAL, demo->appeals[event->which], ACTION_ANSWER, values, 2, NULL);
    case EVENT_TOPIC: return play_topic(play, event->which);
    case EVENT_TOPIC_CONCLUDE:
      values[0] = value_text(TOPIC_FINDINGS, DEMO_TOPICS[event->which].findings);
      return act(demo, &demo_office(demo)->authority, RECORD_TOPIC, play->topics[event->which], ACTION_CONCLUDE, values, 1, NULL);
  }
  return EXIT_DONE;
}

/* ---- the year ---- */
static enum store_error begin(struct demo *demo) { return demo->tx ? STORE_OK : store_begin(demo->call->house->store, &demo->tx); }

/* Would the clock find anything? Asked so that a quiet day costs no commit. */
static enum store_error is_due(struct demo *demo, bool *due) {
  struct value now = value_integer(PROBLEM_COLOUR_NEXT, demo->now);
  struct condition condition = {.field = PROBLEM_COLOUR_NEXT, .how = C_AT_MOST, .values = &now, .count = 1};
  struct query query = {.type = record_type(RECORD_PROBLEM), .conditions = &condition, .condition_count = 1, .expected = -1};
  int64_t count = 0;
  enum store_error error = begin(demo);
  if (!error) error = reader_count(tx_reader(demo->tx), &query, &SCOPE_SYSTEM, &count);
  *due = count > 0;
  return error;
}

/* At five past midnight the clock looks at what is due. */
static int walk_days(struct demo *demo, int64_t until) {
  int status = EXIT_DONE;
  for (int64_t day = date_of_moment(demo->now) + 1; day <= until && !status; day++) {
    struct clock_report report = {0};
    bool due = false;
    demo->now = moment_of_date(day) + 5 * 60 * MOMENT_SECOND;
    enum store_error error = is_due(demo, &due);
    if (!error && due) status = demo_commit(demo);
    if (!error && due && !status) error = clock_run(demo->call->house->store, demo->call->house->writer, demo->now, &report);
    if (error) status = call_store_fail(demo->call, error);
  }
  return status;
}

int demo_play(struct demo *demo) {
  struct play play = {.demo = demo};
  int status = EXIT_DONE;
  demo->problems = ARENA_ARRAY(demo->arena, int64_t, DEMO_PROBLEM_COUNT);
  demo->appeals = ARENA_ARRAY(demo->arena, int64_t, DEMO_MATTER_COUNT * DEMO_PLACES);
  write_programme(&play);
  for (size_t i = 0; i < play.count && !status; i++) {
    const struct event *event = &play.events[i];
    status = walk_days(demo, date_of_moment(event->moment));
    if (event->moment > demo->now) demo->now = event->moment;
    enum store_error error = status ? STORE_OK : begin(demo);
    if (error) status = call_store_fail(demo->call, error);
    if (!status) status = play_event(&play, event);
    arena_reset(demo->scratch);
  }
  if (!status) status = walk_days(demo, DEMO_PRESENT_DATE);
  return status;
}
