/* Plays a demo's year: every step of every problem, appeal and topic is an event at a moment; events are carried out in order of time,
   through the door, as the person who would have done it, and the clock walks the days in between. */
#include "command/demo_play.h"

#include <stdlib.h>
#include <string.h>

#include "base/room.h"
#include "rules/colour.h"

/* ---- the programme ---- */

enum { WORKING_MINUTES = 480 };
int64_t demo_moment(int ago, unsigned minutes) {
  return moment_of_date(DEMO_PRESENT_DATE - ago) + (int64_t)(9 * 60 + minutes % WORKING_MINUTES) * 60 * MOMENT_SECOND;
}

void demo_add(struct play *play, int64_t moment, demo_event *happen, size_t which, const struct demo_step *step) {
  ARENA_ROOM(play->demo->arena, play->events, play->count, play->room, 1024);
  play->events[play->count] = (struct event){.moment = moment, .happen = happen, .which = which, .order = play->count, .step = step};
  play->count++;
}

static const struct demo_plot *demo_plot_of(const struct demo_problem *problem) {
  return problem->plot ? problem->plot : &DEMO_STORIES[problem->story];
}

/* A problem's steps of one day keep their order, however many they are. */
static void add_story(struct play *play, size_t which) {
  const struct demo_problem *problem = &play->demo->script->problems[which];
  const struct demo_plot *plot = demo_plot_of(problem);
  for (size_t i = 0; i < plot->count; i++)
    demo_add(play,
             demo_moment(plot->steps[i].ago + problem->shift,
                         problem->plot ? (unsigned)(which % 60 + i * 5) : (unsigned)(which % 40 * 5 + i * 9)),
             demo_step, which, &plot->steps[i]);
}

static int first_day(const struct demo_problem *problem) { return demo_plot_of(problem)->steps[0].ago + problem->shift; }

/* The last problem of the matter; NULL: none came of it. */
static const struct demo_problem *problem_of_matter(const struct demo_script *script, size_t matter) {
  const struct demo_problem *found = NULL;
  for (size_t i = 0; i < script->problem_count; i++)
    if (script->problems[i].matter == (int)matter) found = &script->problems[i];
  return found;
}

static demo_event play_appeal, assign_appeal, answer_appeal, play_topic, conclude_topic;

/* Appeals that a problem came of were made before it; the others are of the last weeks. */
static void add_appeals(struct play *play, size_t matter) {
  const struct demo_problem *problem = problem_of_matter(play->demo->script, matter);
  int first = problem ? first_day(problem) + 2 : 6 + (int)(matter * 13 % 50);
  for (int place = 0; place < DEMO_PLACES; place++) {
    size_t which = matter * DEMO_PLACES + (size_t)place;
    int day = first + place;
    unsigned minute = (unsigned)(which * 37);
    demo_add(play, demo_moment(day, minute), play_appeal, which, NULL);
    if (place == 2 && !problem) continue; /* some have just come in */
    demo_add(play, demo_moment(day - 1, minute), assign_appeal, which, NULL);
    if (play->demo->script->matters[matter].answer && !problem) demo_add(play, demo_moment(day - 4, minute), answer_appeal, which, NULL);
  }
}

static int by_moment(const void *one, const void *other) {
  const struct event *a = one, *b = other;
  if (a->moment != b->moment) return a->moment < b->moment ? -1 : 1;
  return a->order < b->order ? -1 : 1;
}

static void write_programme(struct play *play) {
  const struct demo_script *script = play->demo->script;
  for (size_t i = 0; i < script->topic_count; i++) {
    demo_add(play, demo_moment(291, (unsigned)(i * 20)), play_topic, i, NULL);
    if (script->topics[i].concluded) demo_add(play, demo_moment(289, (unsigned)(i * 20)), conclude_topic, i, NULL);
  }
  for (size_t i = 0; i < script->matter_count; i++) add_appeals(play, i);
  for (size_t i = 0; i < script->problem_count; i++) add_story(play, i);
  if (script->more) script->more(play);
  qsort(play->events, play->count, sizeof *play->events, by_moment);
}

/* ---- appeals and topics ---- */

static const struct demo_matter *matter_of(const struct demo *demo, size_t appeal) { return &demo->script->matters[appeal / DEMO_PLACES]; }

static int play_appeal(struct play *play, size_t which, const struct demo_step *step) {
  struct demo *demo = play->demo;
  static const char *const people[] = {"张某", "王某", "李女士", "赵先生", "陈阿姨", "刘某", "杨女士", "黄先生", "吴某", "徐女士"};
  const struct demo_matter *matter = matter_of(demo, which);
  const char *place = matter->places[which % DEMO_PLACES];
  const struct value values[] = {value_text(APPEAL_NUMBER, arena_print(demo->scratch, "12345-%04d%02d%02d-%04zu",
                                                                       civil_from_date(date_of_moment(demo->now)).year,
                                                                       civil_from_date(date_of_moment(demo->now)).month,
                                                                       civil_from_date(date_of_moment(demo->now)).day, which + 1)),
                                 value_text(APPEAL_TITLE, arena_print(demo->scratch, "%s:%s", place, matter->title)),
                                 value_text(APPEAL_TEXT, arena_print(demo->scratch, matter->text, place)),
                                 value_integer(APPEAL_MADE_AT, demo->now - 2 * 3600 * MOMENT_SECOND),
                                 value_text(APPEAL_PERSON, people[which % 10]),
                                 value_text(APPEAL_PHONE, arena_print(demo->scratch, "1390000%04zu", which + 1)),
                                 value_text(APPEAL_PLACE, place),
                                 value_integer(APPEAL_KIND, matter->kind),
                                 value_text(APPEAL_CATEGORY, matter->category)};
  return demo_create(demo, demo_office(demo), RECORD_APPEAL, values, sizeof values / sizeof *values, &demo->appeals[which]);
}

static int play_topic(struct play *play, size_t which, const struct demo_step *step) {
  struct demo *demo = play->demo;
  const struct demo_topic *topic = &demo->script->topics[which];
  const struct value values[] = {value_text(TOPIC_TITLE, topic->title),
                                 value_integer(TOPIC_CAMPAIGN, demo->campaign),
                                 value_text(TOPIC_WHY, topic->why),
                                 value_integer(TOPIC_LEAD_UNIT, demo->units[topic->lead]),
                                 value_integer(TOPIC_DUE, date_from_civil(2026, 3, 31)),
                                 value_integer(TOPIC_REASONS, 1 << (which % 2 ? REASON_COMMON : REASON_MANY_APPEALS) |
                                                                  1 << (which % 3 ? REASON_LONG_UNSOLVED : REASON_CITY_POLICY))};
  return demo_create(demo, demo_office(demo), RECORD_TOPIC, values, sizeof values / sizeof *values, &demo->topics[which]);
}

static int assign_appeal(struct play *play, size_t which, const struct demo_step *step) {
  struct demo *demo = play->demo;
  const struct value unit = value_integer(APPEAL_UNIT, demo->units[matter_of(demo, which)->unit]);
  return demo_act(demo, demo_office(demo), RECORD_APPEAL, demo->appeals[which], ACTION_ASSIGN, &unit, 1, NULL);
}

static int answer_appeal(struct play *play, size_t which, const struct demo_step *step) {
  struct demo *demo = play->demo;
  const struct demo_matter *matter = matter_of(demo, which);
  const struct value values[] = {value_text(APPEAL_ANSWER, matter->answer), value_integer(APPEAL_OUTCOME, which % 3 == 0 ? 2 : 1)};
  return demo_act(demo, demo_liaison(demo, matter->unit), RECORD_APPEAL, demo->appeals[which], ACTION_ANSWER, values, 2, NULL);
}

static int conclude_topic(struct play *play, size_t which, const struct demo_step *step) {
  struct demo *demo = play->demo;
  const struct value findings = value_text(TOPIC_FINDINGS, demo->script->topics[which].findings);
  return demo_act(demo, demo_office(demo), RECORD_TOPIC, demo->topics[which], ACTION_CONCLUDE, &findings, 1, NULL);
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
    bool due = demo->script->every_day;
    demo->now = moment_of_date(day) + 5 * 60 * MOMENT_SECOND;
    enum store_error error = due ? STORE_OK : is_due(demo, &due);
    if (!error && due) status = demo_commit(demo);
    if (!error && due && !status) error = clock_run(demo->call->house->store, demo->call->house->writer, demo->now, &report);
    if (error) status = call_store_fail(demo->call, error);
  }
  return status;
}

int demo_play(struct demo *demo) {
  const struct demo_script *script = demo->script;
  struct play play = {.demo = demo};
  int status = EXIT_DONE;
  demo->problems = ARENA_ARRAY(demo->arena, int64_t, script->problem_count);
  demo->holders = ARENA_ARRAY(demo->arena, size_t, script->problem_count);
  demo->appeals = ARENA_ARRAY(demo->arena, int64_t, script->matter_count * DEMO_PLACES);
  demo->topics = ARENA_ARRAY(demo->arena, int64_t, script->topic_count);
  write_programme(&play);
  for (size_t i = 0; i < play.count && !status; i++) {
    const struct event *event = &play.events[i];
    status = walk_days(demo, date_of_moment(event->moment));
    if (event->moment > demo->now) demo->now = event->moment;
    enum store_error error = status ? STORE_OK : begin(demo);
    if (error) status = call_store_fail(demo->call, error);
    if (!status) status = event->happen(&play, event->which, event->step);
    if (status)
      fprintf(demo->call->err, "demo: %s, event %zu (step %d of problem %zu, \"%s\")\n", moment_print(demo->scratch, demo->now), i,
              event->step ? (int)event->step->kind : -1, event->which, event->step ? script->problems[event->which].title : "");
    arena_reset(demo->scratch);
  }
  if (!status) status = walk_days(demo, DEMO_PRESENT_DATE);
  return status;
}
