/* One step of one problem in a demo, through the door, as the person who would take it. What concerns other units, and what the office
   alone does, is in demo_beside.c. */
#include "command/demo_play.h"

#include <string.h>

#include "exchange/files.h"

static const struct demo_problem *problem_of(const struct demo *demo, size_t which) { return &demo->script->problems[which]; }
static const struct authority *holder(const struct demo *demo, size_t which) { return demo_liaison(demo, demo->holders[which]); }

/* Neither of the unit that leads nor of one that joins, the first or the second of them; the office where nobody is left. */
static const struct authority *acceptor_for(const struct demo *demo, size_t which, int place) {
  for (size_t i = 0; i < demo->people_count; i++) {
    const struct demo_person *person = &demo->people[i];
    if (person->role != ROLE_ACCEPTOR || person->unit == demo->holders[which] || problem_of(demo, which)->joint == (int)person->unit)
      continue;
    if (place-- == 0) return &person->authority;
  }
  return demo_office(demo);
}
static int64_t date_ago(const struct demo_problem *problem, int days) { return DEMO_PRESENT_DATE - days - (days > 0 ? problem->shift : 0); }

static enum store_error read_problem(struct demo *demo, size_t which, struct row **row) {
  return reader_get(tx_reader(demo->tx), record_type(RECORD_PROBLEM), &SCOPE_SYSTEM, demo->problems[which], demo->scratch, row);
}

/* ---- registering ---- */

enum { LINKS_MOST = DEMO_PLACES + 1, GIVEN_MOST = 24 };

static size_t add_link(struct change *changes, struct value *values, size_t count, enum record_id to_type, int64_t to) {
  const struct value link[] = {value_integer(LINK_KIND, LINK_ARISES_FROM), value_integer(LINK_FROM_TYPE, RECORD_PROBLEM),
                               value_integer(LINK_FROM_ID, -1), value_integer(LINK_TO_TYPE, to_type), value_integer(LINK_TO_ID, to)};
  memcpy(values, link, sizeof link);
  changes[count] = demo_creation(RECORD_LINK, values, 5);
  return count + 1;
}

/* What it arises from: the appeals of its matter, the topic that names it. */
static size_t add_links(const struct demo *demo, const struct demo_problem *problem, struct change *changes,
                        struct value links[LINKS_MOST][5], size_t count) {
  for (int i = 0; problem->matter >= 0 && i < DEMO_PLACES; i++)
    count = add_link(changes, links[i], count, RECORD_APPEAL, demo->appeals[problem->matter * DEMO_PLACES + i]);
  for (size_t i = 0; i < demo->script->topic_count; i++) {
    const char *title = demo->script->topics[i].problem;
    if (title && strcmp(title, problem->title) == 0) return add_link(changes, links[DEMO_PLACES], count, RECORD_TOPIC, demo->topics[i]);
  }
  return count;
}

static size_t give_text(struct value *values, size_t count, uint16_t field, const char *text) {
  if (text) values[count++] = value_text(field, text);
  return count;
}

/* A placeholder carries nothing but its code name. */
static size_t give_fields(struct demo *demo, const struct demo_problem *problem, struct value *values, int64_t *joint) {
  size_t count = 0;
  values[count++] = value_text(PROBLEM_TITLE, problem->title);
  count = give_text(values, count, PROBLEM_DETAIL, problem->detail);
  count = give_text(values, count, PROBLEM_ROOT_CAUSE, problem->cause);
  count = give_text(values, count, PROBLEM_GOAL, problem->goal);
  values[count++] = value_integer(PROBLEM_CAMPAIGN, demo->campaign);
  values[count++] = value_integer(PROBLEM_CATEGORY, problem->category);
  values[count++] = value_integer(PROBLEM_SOURCE, problem->source);
  values[count++] = value_integer(PROBLEM_KIND, problem->kind);
  values[count++] = value_integer(PROBLEM_LEVEL, problem->level);
  values[count++] = value_integer(PROBLEM_PRIORITY, problem->led_by                ? PRIORITY_TOP
                                                    : problem->level == LEVEL_CITY ? PRIORITY_HIGH
                                                                                   : PRIORITY_NORMAL);
  values[count++] = value_integer(PROBLEM_LEAD_UNIT, demo->units[problem->lead]);
  if (problem->joint >= 0) *joint = demo->units[problem->joint], values[count++] = value_many(PROBLEM_JOINT_UNITS, joint, 1);
  if (problem->level == LEVEL_CITY && problem->secrecy != SECRECY_PLACEHOLDER)
    values[count++] = value_text(PROBLEM_OFFICIAL, problem->official ? problem->official : "分管副市长 周某");
  if (problem->led_by) values[count++] = value_integer(PROBLEM_LED_BY, problem->led_by);
  count = give_text(values, count, PROBLEM_LEADER, problem->leader);
  if (problem->secrecy) values[count++] = value_integer(PROBLEM_SECRECY, problem->secrecy);
  if (problem->hard) values[count++] = value_integer(PROBLEM_HARD, 1);
  if (problem->owned && demo_person(demo, problem->lead, ROLE_LIAISON))
    values[count++] = value_integer(PROBLEM_OWNER_USER, demo_person(demo, problem->lead, ROLE_LIAISON)->id);
  return count;
}

static int register_problem(struct demo *demo, size_t which) {
  const struct demo_problem *problem = problem_of(demo, which);
  struct value values[GIVEN_MOST], links[LINKS_MOST][5];
  struct change changes[LINKS_MOST + 1];
  struct outcome outcome = {0};
  int64_t joint;
  changes[0] = demo_creation(RECORD_PROBLEM, values, give_fields(demo, problem, values, &joint));
  size_t count = add_links(demo, problem, changes, links, 1);
  demo->holders[which] = problem->lead;
  int status = demo_change(demo, count > 1 || problem->by_office ? demo_office(demo) : holder(demo, which), changes, count, &outcome);
  if (!status) demo->problems[which] = outcome.ids[0];
  return status;
}

/* ---- measures ---- */

static int plan_measures(struct demo *demo, size_t which, const struct row *row) {
  static const int64_t weights[DEMO_MEASURES] = {3000, 4000, 3000};
  static const uint8_t kinds[DEMO_MEASURES] = {MEASURE_KIND_ACTION, MEASURE_KIND_ACTION, MEASURE_KIND_MECHANISM};
  const struct demo_problem *problem = problem_of(demo, which);
  int64_t start = date_of_moment(demo->now), due = row_integer(row, PROBLEM_DUE);
  bool second = row_integer(row, PROBLEM_CYCLE) > 1;
  int status = EXIT_DONE;
  for (int i = 0; i < DEMO_MEASURES && !status; i++) {
    const char *title = second ? arena_print(demo->scratch, "%s(再次整改)", problem->measures[i]) : problem->measures[i];
    const struct value values[] = {value_integer(MEASURE_PROBLEM, demo->problems[which]),
                                   value_text(MEASURE_TITLE, title),
                                   value_integer(MEASURE_KIND, kinds[i]),
                                   value_integer(MEASURE_WEIGHT, weights[i]),
                                   value_integer(MEASURE_START, start),
                                   value_integer(MEASURE_DUE, start + (due - start) * (i + 1) / DEMO_MEASURES),
                                   value_text(MEASURE_OWNER, "科长 吴某"),
                                   value_integer(MEASURE_UNIT, demo->units[demo->holders[which]])};
    status = demo_create(demo, holder(demo, which), RECORD_MEASURE, values, sizeof values / sizeof *values, NULL);
  }
  return status;
}

/* ---- the stages of what takes long: as few as the policy allows ---- */

static int plan_stages(struct demo *demo, size_t which, const struct row *row) {
  const struct demo_problem *problem = problem_of(demo, which);
  int64_t start = date_of_moment(demo->now), due = row_integer(row, PROBLEM_DUE), stages = demo_stages(due - start);
  int status = EXIT_DONE;
  for (int64_t i = 1; problem->kind == KIND_LONG_TERM && i <= stages && !status; i++) {
    const struct value values[] = {value_integer(STAGE_PROBLEM, row->id),
                                   value_text(STAGE_TITLE, arena_print(demo->scratch, "第 %lld 阶段", (long long)i)),
                                   value_text(STAGE_GOAL, problem->measures[(i - 1) % DEMO_MEASURES]),
                                   value_integer(STAGE_DUE, start + (due - start) * i / stages)};
    status = demo_create(demo, holder(demo, which), RECORD_STAGE, values, sizeof values / sizeof *values, NULL);
  }
  return status;
}

/* The first that is still planned; nothing where there is none. */
static int reach_stage(struct demo *demo, size_t which, const struct row *row) {
  const struct value is[] = {value_integer(STAGE_PROBLEM, row->id), value_integer(FIELD_STATE, STAGE_PLANNED)};
  struct value text = value_text(STAGE_RESULT, DEMO_NOTES[which % DEMO_NOTE_COUNT]);
  struct demo_found found;
  enum store_error error = STORE_OK;
  if (problem_of(demo, which)->kind != KIND_LONG_TERM) return EXIT_DONE;
  error = demo_find(demo, RECORD_STAGE, is, 2, &found);
  if (error) return call_store_fail(demo->call, error);
  if (!found.count) return EXIT_DONE;
  int status = demo_act(demo, holder(demo, which), RECORD_STAGE, found.rows[0]->id, ACTION_REPORT, &text, 1, NULL);
  return status ? status : demo_act(demo, demo_office(demo), RECORD_STAGE, found.rows[0]->id, ACTION_ACCEPT, NULL, 0, NULL);
}

/* Of the cycle that runs, in the order they were planned. In a story a stage is reached when a measure is accepted. */
static int step_measure(struct demo *demo, size_t which, const struct row *row, const struct demo_step *step) {
  const struct value is[] = {value_integer(MEASURE_PROBLEM, row->id), value_integer(MEASURE_CYCLE, row_integer(row, PROBLEM_CYCLE))};
  struct demo_found found;
  enum store_error error = demo_find(demo, RECORD_MEASURE, is, 2, &found);
  if (!error && step->days >= (int)found.count) error = STORE_ABSENT;
  if (error) return call_store_fail(demo->call, error);
  int64_t id = found.rows[step->days]->id;
  if (step->kind == DEMO_ACCEPT_MEASURE) {
    int status = demo_act(demo, acceptor_for(demo, which, 0), RECORD_MEASURE, id, ACTION_ACCEPT_MEASURE, NULL, 0, NULL);
    return status || problem_of(demo, which)->plot ? status : reach_stage(demo, which, row);
  }
  struct value value = value_text(MEASURE_NOTE, demo_note(demo));
  return demo_act(demo, holder(demo, which), RECORD_MEASURE, id, ACTION_FINISH, &value, 1, NULL);
}

/* ---- evidence: a fact in words, every second one with a picture (in a script of many, every sixteenth) ---- */

/* By a word of its title; else by its category. */
enum demo_scene demo_scene_of(const struct demo_problem *problem) {
  static const struct { const char *word; enum demo_scene of; } words[] = {{"水", SCENE_RIVER}, {"河", SCENE_RIVER}, {"排污", SCENE_RIVER}, {"充电", SCENE_STAIRS}, {"消防", SCENE_STAIRS}, {"车库", SCENE_STAIRS}, {"挂号", SCENE_COUNTER}, {"医", SCENE_COUNTER},
    {"药", SCENE_COUNTER}, {"办证", SCENE_COUNTER}, {"检查", SCENE_COUNTER}, {"占道", SCENE_STREET}, {"路", SCENE_STREET}, {"站点", SCENE_STREET}, {"公交", SCENE_STREET}, {"房", SCENE_HOUSE}, {"楼", SCENE_HOUSE}, {"小区", SCENE_HOUSE}};
  static const enum demo_scene of_category[6] = {[CATEGORY_ECONOMY] = SCENE_COUNTER, [CATEGORY_OPENING] = SCENE_COUNTER, [CATEGORY_GOVERNANCE] = SCENE_STREET, [CATEGORY_LIVELIHOOD] = SCENE_HOUSE, [CATEGORY_PARTY] = SCENE_SHEET};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (strstr(problem->title, words[i].word)) return words[i].of;
  return problem->category < 6 ? of_category[problem->category] : SCENE_SHEET;
}

int demo_picture_values(struct demo *demo, enum demo_scene of, int64_t phase, unsigned number, struct value *values) {
  struct buffer picture = {.arena = demo->scratch};
  char *name = arena_alloc(demo->scratch, FILE_NAME_SIZE);
  demo_picture(&picture, of, phase, number);
  enum store_error error = file_keep_bytes(demo->call->house->data, picture.bytes, picture.size, name);
  if (error) return call_store_fail(demo->call, error);
  values[0] = value_text(EVIDENCE_FILE, name);
  values[1] = value_text(EVIDENCE_FILE_NAME, arena_print(demo->scratch, "照片-%u.png", number + 1));
  values[2] = value_text(EVIDENCE_MEDIA_TYPE, "image/png");
  values[3] = value_integer(EVIDENCE_SIZE, (int64_t)picture.size);
  return EXIT_DONE;
}

static int give_evidence(struct demo *demo, size_t which) {
  unsigned number = demo->pictures++, every = demo->script->every_day ? 16 : 2;
  struct value values[9];
  size_t count = 0;
  values[count++] = value_integer(EVIDENCE_PROBLEM, demo->problems[which]);
  values[count++] = value_text(EVIDENCE_TITLE, DEMO_EVIDENCE_TITLES[number % DEMO_EVIDENCE_TITLE_COUNT]);
  values[count++] = value_integer(EVIDENCE_TAKEN_ON, date_of_moment(demo->now) - 1);
  values[count++] = value_text(EVIDENCE_NOTE, demo_note(demo));
  /* notes of calls, a report, a page of the ledger */
  bool paper = demo->script->every_day && number % DEMO_EVIDENCE_TITLE_COUNT >= 1 && number % DEMO_EVIDENCE_TITLE_COUNT <= 3;
  if (paper) values[count++] = value_integer(EVIDENCE_PHASE, PHASE_DURING);
  int status = number % every == 0 ? demo_picture_values(demo, paper ? SCENE_SHEET : demo_scene_of(problem_of(demo, which)),
                                                         paper ? PHASE_DURING : PHASE_AFTER, number, values + count)
                                   : EXIT_DONE;
  if (number % every == 0) count += DEMO_PICTURE_VALUES;
  return status ? status : demo_create(demo, holder(demo, which), RECORD_EVIDENCE, values, count, NULL);
}

/* ---- steps that are one arrow of the problem: who walks it, with what ---- */

enum walker { BY_LIAISON, BY_HEAD, BY_ACCEPTOR, BY_OFFICE };
static const struct arrow_text { bool plain; enum action_code action; enum walker who; uint16_t text_field, date_field; const char *text, *reason; } ARROWS[DEMO_STEP_COUNT] = {
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

static const char *const EXTENSION_REASONS[] = {"设备到货推迟,需要延期。", "两家产权单位的协议还差一家会签,需要延期。", "汛期不宜开挖,施工顺延,需要延期。", "第三方检测报告要等两个监测周期,需要延期。"};

static const char *reason_of(const struct demo_step *step, size_t which) {
  if (step->text && ARROWS[step->kind].reason) return step->text;
  return step->kind == DEMO_EXTEND ? EXTENSION_REASONS[which % (sizeof EXTENSION_REASONS / sizeof *EXTENSION_REASONS)]
                                   : ARROWS[step->kind].reason;
}

/* What was done, in words that whoever appealed understands: it becomes the answer to them. */
static const char *text_of(struct demo *demo, const struct demo_problem *problem, const struct arrow_text *arrow,
                           enum demo_step_kind kind) {
  if (!arrow->text) return demo_note(demo);
  if (kind != DEMO_APPLY || !demo->script->every_day || !problem->measures[2] || !problem->goal) return arrow->text;
  if (problem->kind == KIND_AT_ONCE) return arena_print(demo->scratch, "已当场整改到位:%s", problem->goal);
  return arena_print(demo->scratch, "%s、%s、%s都已完成。%s群众回访满意。", problem->measures[0], problem->measures[1],
                     problem->measures[2], problem->goal);
}

static int walk_arrow(struct demo *demo, size_t which, const struct demo_step *step) {
  const struct demo_problem *problem = problem_of(demo, which);
  const struct arrow_text *arrow = &ARROWS[step->kind];
  bool office = arrow->who == BY_OFFICE || (step->kind == DEMO_SUBMIT && problem->secrecy == SECRECY_PLACEHOLDER);
  const struct authority *who = office                     ? demo_office(demo)
                                : arrow->who == BY_LIAISON ? holder(demo, which)
                                : arrow->who == BY_HEAD    ? demo_head(demo, demo->holders[which])
                                                           : acceptor_for(demo, which, 0);
  struct value values[2];
  size_t count = 0;
  if (arrow->text_field) values[count++] = value_text(arrow->text_field, text_of(demo, problem, arrow, step->kind));
  if (arrow->date_field) values[count++] = value_integer(arrow->date_field, date_ago(problem, step->days));
  return demo_act(demo, who, RECORD_PROBLEM, demo->problems[which], arrow->action, values, count, reason_of(step, which));
}

/* ---- accepting and closing ---- */

/* On the full chain two people on site; what was drawn is seen on site as well; else at the desk. */
static int accept_result(struct demo *demo, size_t which, const struct row *row) {
  bool full = row_integer(row, PROBLEM_ROUTE) == ROUTE_A, visit = full || row_integer(row, PROBLEM_DRAWN_ON) != NOTHING;
  const struct value values[] = {value_integer(PROBLEM_ON_SITE, 1), value_integer(PROBLEM_VISITED_ON, date_of_moment(demo->now)),
                                 value_text(PROBLEM_VISIT_PLACE, "整改现场")};
  int status = demo_act(demo, acceptor_for(demo, which, 0), RECORD_PROBLEM, row->id, ACTION_ACCEPT, values, visit ? 3 : 0, NULL);
  return status || !full ? status : demo_act(demo, acceptor_for(demo, which, 1), RECORD_PROBLEM, row->id, ACTION_ACCEPT, values, 3, NULL);
}

/* The full chain is publicised first, after somebody has looked whether it may be; the others are closed at once. */
static int publicise_or_close(struct demo *demo, const struct demo_problem *problem, const struct row *row) {
  bool secret = row_integer(row, PROBLEM_SECRECY) != NOTHING && row_integer(row, PROBLEM_SECRECY) >= SECRECY_RESTRICTED;
  int64_t scope = problem->publicity ? problem->publicity : secret ? SCOPE_PARTY : SCOPE_PUBLIC;
  const struct value values[] = {value_integer(PROBLEM_PUBLICITY_SCOPE, scope),
                                 value_integer(PROBLEM_WITHHOLD_REASON, problem->withhold ? problem->withhold : WITHHOLD_PARTY)};
  if (row_integer(row, PROBLEM_ROUTE) != ROUTE_A)
    return demo_act(demo, demo_office(demo), RECORD_PROBLEM, row->id, ACTION_CLOSE, NULL, 0, NULL);
  return demo_act(demo, demo_office(demo), RECORD_PROBLEM, row->id, scope == SCOPE_SKIPPED ? ACTION_REVIEW_PUBLICITY : ACTION_PUBLICISE,
                  values, scope == SCOPE_PUBLIC ? 1 : 2, NULL);
}

/* Once publicity is over; what is skipped is closed on the day on which it would have been. */
static int close_publicised(struct demo *demo, const struct row *row) {
  bool skipped = row->state == PROBLEM_ACCEPTED && row_integer(row, PROBLEM_PUBLICITY_SCOPE) == SCOPE_SKIPPED;
  return row->state == PROBLEM_PUBLICISED || skipped
             ? demo_act(demo, demo_office(demo), RECORD_PROBLEM, row->id, ACTION_CLOSE, NULL, 0, NULL)
             : EXIT_DONE;
}

int demo_step(struct play *play, size_t which, const struct demo_step *step) {
  struct demo *demo = play->demo;
  struct row *row = NULL;
  if (step->kind == DEMO_CREATE) return register_problem(demo, which);
  if (step->kind == DEMO_EVIDENCE) return give_evidence(demo, which);
  if (step->kind == DEMO_AGREE) return demo_agree(demo, demo_office(demo), RECORD_PROBLEM, demo->problems[which], true);
  if (ARROWS[step->kind].plain) return walk_arrow(demo, which, step);
  enum store_error error = read_problem(demo, which, &row);
  if (error) return call_store_fail(demo->call, error);
  switch (step->kind) {
    case DEMO_PLAN: {
      int status = plan_measures(demo, which, row);
      return status ? status : plan_stages(demo, which, row);
    }
    case DEMO_STAGE: return reach_stage(demo, which, row);
    case DEMO_CLOSE: return close_publicised(demo, row);
    case DEMO_FINISH:
    case DEMO_ACCEPT_MEASURE: return step_measure(demo, which, row, step);
    case DEMO_ACCEPT: return accept_result(demo, which, row);
    case DEMO_FINAL: return publicise_or_close(demo, problem_of(demo, which), row);
    default: return demo_step_beside(demo, which, step);
  }
}
