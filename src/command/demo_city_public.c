/* What of the demo city is public: releases of the worked examples and of results with pictures before and after, proposals that were
   released, withheld or still wait; evaluations by those who appealed, the bad ones judged by two people; what came in from the portal; and
   lists that people keep. */
#include "command/demo_city.h"

#include <string.h>

#include "base/code_word.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define BIT(figure) (INT64_C(1) << (figure))
static struct city *city_of(const struct play *play) { return play->demo->script->own; }
static const struct authority *releaser(const struct demo *demo) { return &demo_account(demo, "releaser-1")->authority; }

/* ---- pictures ---- */

enum { PICTURES_FROM = 5000 /* their numbers: none of those that are given as evidence on the way */ };

/* Taken when the unit took the problem, and when it applied or, where it is at work still, the day before yesterday. */
static int64_t taken_on(const struct demo *demo, size_t problem, int64_t phase) {
  const struct demo_problem *of = &demo->script->problems[problem];
  int ago = city_day(of, phase == PHASE_BEFORE ? DEMO_TAKE : DEMO_APPLY);
  int64_t day = DEMO_PRESENT_DATE - ago, latest = date_of_moment(demo->now) - 2;
  return ago && day < latest ? day : latest;
}

static int add_picture(struct demo *demo, size_t problem, int64_t phase, int64_t *id) {
  struct value values[4 + DEMO_PICTURE_VALUES] = {value_integer(EVIDENCE_PROBLEM, demo->problems[problem]),
                                                  value_text(EVIDENCE_TITLE, phase == PHASE_BEFORE ? "整改前照片" : "整改后照片"),
                                                  value_integer(EVIDENCE_TAKEN_ON, taken_on(demo, problem, phase)),
                                                  value_integer(EVIDENCE_PHASE, phase)};
  int status = demo_picture_values(demo, demo_scene_of(&demo->script->problems[problem]), phase,
                                   (unsigned)(PICTURES_FROM + 2 * problem + (phase == PHASE_AFTER)), values + 4);
  return status ? status : demo_create(demo, demo_liaison(demo, demo->holders[problem]), RECORD_EVIDENCE, values, COUNT_OF(values), id);
}

/* ---- releases ---- */

struct releasing { size_t problem; int64_t result, indicator /* NOTHING: none */, figures; const char *title, *text; bool pictures; };

static int propose(struct demo *demo, const struct authority *who, const struct releasing *of, int64_t *id) {
  int64_t before = 0, after = 0, indicator = of->indicator;
  struct value values[8] = {value_integer(RELEASE_PROBLEM, demo->problems[of->problem]), value_text(RELEASE_TITLE, of->title),
                            value_text(RELEASE_TEXT, of->text), value_integer(RELEASE_FIGURES, of->figures)};
  size_t count = 4;
  int status = of->pictures ? add_picture(demo, of->problem, PHASE_BEFORE, &before) : EXIT_DONE;
  if (!status && of->pictures) status = add_picture(demo, of->problem, PHASE_AFTER, &after);
  if (of->pictures) values[count++] = value_many(RELEASE_BEFORE, &before, 1), values[count++] = value_many(RELEASE_AFTER, &after, 1);
  if (of->indicator != NOTHING) values[count++] = value_many(RELEASE_INDICATORS, &indicator, 1);
  if (of->result != NOTHING) values[count++] = value_integer(RELEASE_RESULT, of->result);
  return status ? status : demo_create(demo, who, RECORD_RELEASE, values, count, id);
}

static int release_it(struct demo *demo, int64_t id) {
  return demo_act(demo, releaser(demo), RECORD_RELEASE, id, ACTION_RELEASE, NULL, 0, NULL);
}
static int withhold(struct demo *demo, int64_t id, int64_t why) {
  const struct value because = value_integer(RELEASE_WITHHOLD, why);
  return demo_act(demo, releaser(demo), RECORD_RELEASE, id, ACTION_WITHHOLD, &because, 1, NULL);
}

static const char *public_text(struct demo *demo, const struct demo_problem *problem) {
  return arena_print(demo->scratch, "%s\n目标:%s", problem->detail, problem->goal);
}

/* What the review for publicity proposed by itself gives way to words of the unit's own. */
static int withdraw_waiting(struct demo *demo, int64_t problem) {
  const struct value waits[] = {value_integer(RELEASE_PROBLEM, problem), value_integer(FIELD_STATE, RELEASE_PROPOSED)};
  struct demo_found found;
  enum store_error error = demo_find(demo, RECORD_RELEASE, waits, COUNT_OF(waits), &found);
  if (error) return call_store_fail(demo->call, error);
  return found.count
             ? demo_act(demo, demo_office(demo), RECORD_RELEASE, found.rows[0]->id, ACTION_WITHDRAW, NULL, 0, "由单位另拟文字提请。")
             : EXIT_DONE;
}

/* The examples by their units; what is only internal is proposed once and withheld. One that is restricted is proposed by nobody. */
static int release_example(struct play *play, size_t example, const struct demo_step *step) {
  struct demo *demo = play->demo;
  const struct city *city = city_of(play);
  size_t which = city->examples[example];
  const struct demo_problem *problem = &demo->script->problems[which];
  bool garages = example == CITY_EXAMPLE_GARAGES, internal = problem->secrecy == SECRECY_INTERNAL;
  const struct releasing of = {.problem = which,
                               .result = NOTHING,
                               .indicator = city->indicators[example],
                               .title = problem->title,
                               .text = public_text(demo, problem),
                               .pictures = !internal,
                               .figures = BIT(FIGURE_UNIT) | BIT(FIGURE_DUE) | BIT(FIGURE_PROGRESS) | BIT(FIGURE_EVALUATIONS) |
                                          (garages ? BIT(FIGURE_SITES) : 0)};
  int64_t id = 0;
  int status = withdraw_waiting(demo, demo->problems[which]);
  if (!status) status = propose(demo, demo_liaison(demo, demo->holders[which]), &of, &id);
  return status ? status : internal ? withhold(demo, id, WITHHOLD_INTERNAL) : release_it(demo, id);
}

static size_t problem_of(const struct demo *demo, int64_t id) {
  size_t at = 0;
  while (at < demo->script->problem_count && demo->problems[at] != id) at++;
  return at;
}

/* What waits: some is withheld for a reason of the law, some is left for later, the rest goes out in words of the releaser's. */
enum { WITHHELD_EVERY = 7, LEFT_EVERY = 9 };
static int review(struct play *play, size_t which, const struct demo_step *step) {
  static const int64_t reasons[] = {WITHHOLD_PRIVACY, WITHHOLD_COMMERCIAL, WITHHOLD_PROCESS, WITHHOLD_SAFETY};
  struct demo *demo = play->demo;
  const struct value waits = value_integer(FIELD_STATE, RELEASE_PROPOSED);
  struct demo_found found;
  enum store_error error = demo_find(demo, RECORD_RELEASE, &waits, 1, &found);
  int status = error ? call_store_fail(demo->call, error) : EXIT_DONE;
  for (size_t i = 0; i < found.count && !status; i++) {
    size_t problem = problem_of(demo, row_integer(found.rows[i], RELEASE_PROBLEM));
    if (problem % LEFT_EVERY == 5 || problem == demo->script->problem_count) continue;
    const struct value text = value_text(RELEASE_TEXT, public_text(demo, &demo->script->problems[problem]));
    if (problem % WITHHELD_EVERY == 3) status = withhold(demo, found.rows[i]->id, reasons[problem / WITHHELD_EVERY % COUNT_OF(reasons)]);
    else {
      status = demo_act(demo, releaser(demo), RECORD_RELEASE, found.rows[i]->id, ACTION_EDIT, &text, 1, NULL);
      if (!status) status = release_it(demo, found.rows[i]->id);
    }
  }
  return status;
}

/* Results that were confirmed as open: every third of the first ones. */
static int release_results(struct play *play, size_t which, const struct demo_step *step) {
  struct demo *demo = play->demo;
  const struct value open[] = {value_integer(FIELD_STATE, RESULT_CONFIRMED), value_integer(RESULT_PUBLICITY, PUBLICITY_OPEN)};
  struct demo_found found;
  enum store_error error = demo_find(demo, RECORD_RESULT, open, COUNT_OF(open), &found);
  int status = error ? call_store_fail(demo->call, error) : EXIT_DONE;
  for (size_t i = 0; i < found.count && !status; i += 3) {
    const struct row *row = found.rows[i];
    size_t problem = problem_of(demo, row_integer(row, RESULT_PROBLEM));
    if (problem == demo->script->problem_count) continue;
    const struct releasing of = {.problem = problem,
                                 .result = row->id,
                                 .indicator = NOTHING,
                                 .title = demo->script->problems[problem].title,
                                 .pictures = true,
                                 .text = arena_print(demo->scratch, "%s\n做到了:%s", demo->script->problems[problem].detail,
                                                     demo->script->problems[problem].goal),
                                 .figures = BIT(FIGURE_UNIT) | BIT(FIGURE_EFFECTS) | BIT(FIGURE_EVALUATIONS)};
    int64_t id = 0;
    status = propose(demo, demo_office(demo), &of, &id);
    if (!status) status = release_it(demo, id);
  }
  return status;
}

/* ---- evaluations ---- */

/* What came in from the portal under its own number, and what was made of it in the same set. */
static int take_in(struct demo *demo, size_t number, struct change *change, const char *refused) {
  struct outcome outcome = {0};
  struct value values[6] = {value_text(SUBMISSION_KEY, arena_print(demo->scratch, "demo:%zu", number + 1)),
                            value_integer(SUBMISSION_KIND, SUBMITTED_EVALUATION), value_integer(SUBMISSION_RECEIVED, demo->now)};
  if (refused) {
    values[3] = value_text(SUBMISSION_WHY, refused);
    struct change told = demo_creation(RECORD_SUBMISSION, values, 4);
    told.action = ACTION_REFUSE;
    return demo_change(demo, &AUTHORITY_SYSTEM, &told, 1, &outcome);
  }
  values[3] = value_integer(SUBMISSION_OF_TYPE, RECORD_EVALUATION);
  values[4] = value_integer(SUBMISSION_OF_ID, -1);
  const struct change both[] = {*change, demo_creation(RECORD_SUBMISSION, values, 5)};
  return demo_change(demo, &AUTHORITY_SYSTEM, both, 2, &outcome);
}

static int evaluate_appeal(struct demo *demo, int64_t appeal, enum city_rating rating) {
  static const struct { int64_t solved, satisfaction, about; const char *words; } said[] = {
    [CITY_RATED_WELL] = {EVALUATED_SOLVED, SATISFIED, NOTHING, "来人看了，问题解决了。"}, [CITY_RATED_FAIRLY] = {EVALUATED_SOLVED, SATISFIED_FAIRLY, NOTHING, "解决了，就是慢了点。"},
    [CITY_RATED_UNFOUNDED] = {EVALUATED_NOT_SOLVED, DISSATISFIED, ABOUT_OUTCOME, "没有按我的要求赔，不认可。"}, [CITY_RATED_FOUNDED] = {EVALUATED_SOLVED, DISSATISFIED, ABOUT_MANNER, "态度不好，让我自己去想办法。"},
    [CITY_RATED_PROPOSED] = {EVALUATED_NOT_SOLVED, DISSATISFIED, ABOUT_NOT_SOLVED, "又出现了。"}, [CITY_RATED_WAITS] = {EVALUATED_NOT_SOLVED, DISSATISFIED, ABOUT_NOT_SOLVED, "跟答复说的不一样。"}};
  const struct value values[] = {value_integer(EVALUATION_APPEAL, appeal),
                                 value_integer(EVALUATION_SOLVED, said[rating].solved),
                                 value_integer(EVALUATION_SATISFACTION, said[rating].satisfaction),
                                 value_text(EVALUATION_WORDS, said[rating].words),
                                 value_integer(EVALUATION_GIVEN_AT, demo->now),
                                 value_integer(EVALUATION_ABOUT, said[rating].about)};
  struct change change = demo_creation(RECORD_EVALUATION, values, said[rating].about == NOTHING ? 5 : 6);
  return take_in(demo, (size_t)appeal, &change, NULL);
}

static int invite(struct play *play, size_t which, const struct demo_step *step) {
  return demo_act(play->demo, demo_office(play->demo), RECORD_APPEAL, city_of(play)->appeals[which].id, ACTION_INVITE, NULL, 0, NULL);
}
static int evaluate(struct play *play, size_t which, const struct demo_step *step) {
  return evaluate_appeal(play->demo, city_of(play)->appeals[which].id, city_of(play)->appeals[which].rating);
}

static int on_evaluation(struct play *play, size_t which, const struct authority *who, enum action_code action, const struct value *values,
                         size_t count) {
  const struct value of = value_integer(EVALUATION_APPEAL, city_of(play)->appeals[which].id);
  struct demo_found found;
  enum store_error error = demo_find(play->demo, RECORD_EVALUATION, &of, 1, &found);
  if (!error && !found.count) error = STORE_ABSENT;
  return error ? call_store_fail(play->demo->call, error)
               : demo_act(play->demo, who, RECORD_EVALUATION, found.rows[0]->id, action, values, count, NULL);
}
static int recheck(struct play *play, size_t which, const struct demo_step *step) {
  bool founded = city_of(play)->appeals[which].rating == CITY_RATED_FOUNDED;
  const struct value values[] = {value_text(EVALUATION_FOUND,
                                            founded ? "调听录音，工作人员确有推诿。" : "到现场核对，答复所说的已经做到，照片和记录都在。"),
                                 value_integer(EVALUATION_VERDICT, founded ? FOUNDED : UNFOUNDED),
                                 value_text(EVALUATION_REASON, founded ? "录音可以证明。" : "要求的赔偿没有依据，所反映的问题已经解决。")};
  return on_evaluation(play, which, demo_office(play->demo), ACTION_CONCLUDE, values, COUNT_OF(values));
}
static int agree(struct play *play, size_t which, const struct demo_step *step) {
  return on_evaluation(play, which, demo_second(play->demo), ACTION_AGREE, NULL, 0);
}
static int reply(struct play *play, size_t which, const struct demo_step *step) {
  const struct value words = value_text(EVALUATION_REPLY, city_of(play)->appeals[which].rating == CITY_RATED_FOUNDED
                                                              ? "您反映的属实，已批评教育并向您致歉。"
                                                              : "经两人核实，您反映的问题已经解决；赔偿请依法另行主张。");
  return on_evaluation(play, which, demo_office(play->demo), ACTION_ANSWER, &words, 1);
}

/* The bad ones are judged within the five working days that a recheck has. */
static void add_evaluation(struct play *play, size_t which) {
  const struct city_appeal *one = &city_of(play)->appeals[which];
  int closed = city_appeal_closed(one);
  unsigned minute = 200 + (unsigned)(which % 200);
  demo_add(play, demo_moment(closed - 1, minute), invite, which, NULL);
  demo_add(play, demo_moment(closed - 2, minute), evaluate, which, NULL);
  if (one->rating == CITY_RATED_PROPOSED || one->rating == CITY_RATED_FOUNDED || one->rating == CITY_RATED_UNFOUNDED)
    demo_add(play, demo_moment(closed - 4, minute), recheck, which, NULL);
  if (one->rating != CITY_RATED_FOUNDED && one->rating != CITY_RATED_UNFOUNDED) return;
  demo_add(play, demo_moment(closed - 5, minute), agree, which, NULL);
  demo_add(play, demo_moment(closed - 6, minute), reply, which, NULL);
}

/* ---- the voices of two examples that were closed: answered as drafted, and evaluated ---- */

enum { VOICES_ANSWERED = 60, VOICES_CLOSED = 50, VOICES_RATED = 45 };
static const size_t CLOSED_EXAMPLES[] = {10, 12};
static int64_t voice_of(const struct play *play, size_t which) {
  return play->demo
      ->appeals[(size_t)CITY_EXAMPLE_LIST[CLOSED_EXAMPLES[which / DEMO_PLACES]].problem.matter * DEMO_PLACES + which % DEMO_PLACES];
}
static int answer_voice(struct play *play, size_t which, const struct demo_step *step) {
  size_t unit = play->demo->script->matters[CITY_EXAMPLE_LIST[CLOSED_EXAMPLES[which / DEMO_PLACES]].problem.matter].unit;
  return demo_act(play->demo, demo_liaison(play->demo, unit), RECORD_APPEAL, voice_of(play, which), ACTION_ANSWER_AS_DRAFTED, NULL, 0,
                  NULL);
}
static int close_voice(struct play *play, size_t which, const struct demo_step *step) {
  return demo_act(play->demo, demo_office(play->demo), RECORD_APPEAL, voice_of(play, which), ACTION_CLOSE, NULL, 0, NULL);
}
static int rate_voice(struct play *play, size_t which, const struct demo_step *step) {
  int status = demo_act(play->demo, demo_office(play->demo), RECORD_APPEAL, voice_of(play, which), ACTION_INVITE, NULL, 0, NULL);
  return status ? status : evaluate_appeal(play->demo, voice_of(play, which), which % DEMO_PLACES ? CITY_RATED_WELL : CITY_RATED_FAIRLY);
}

/* One of them came in from the portal: whoever has its code reads there what was answered. The code stands with the sign-ins. */
enum { FOLLOWED = DEMO_PLACES /* the first of the second example's */ };
static int follow_voice(struct play *play, size_t which, const struct demo_step *step) {
  struct demo *demo = play->demo;
  struct outcome outcome = {0};
  const struct value came[] = {value_text(SUBMISSION_KEY, "demo:appeal"),
                               value_integer(SUBMISSION_KIND, SUBMITTED_APPEAL),
                               value_integer(SUBMISSION_RECEIVED, demo->now),
                               value_text(SUBMISSION_TRACKING, code_word_hash(demo->scratch, demo->script->public_code)),
                               value_integer(SUBMISSION_OF_TYPE, RECORD_APPEAL),
                               value_integer(SUBMISSION_OF_ID, voice_of(play, FOLLOWED))};
  struct change change = demo_creation(RECORD_SUBMISSION, came, COUNT_OF(came));
  return demo_change(demo, &AUTHORITY_SYSTEM, &change, 1, &outcome);
}

/* ---- what the portal sent and could not be taken, and the lists that people keep ---- */

enum { REFUSED = 2, RELEASED_ON = 30, RESULTS_ON = 15, KEPT_ON = 12 };
static int refuse(struct play *play, size_t which, const struct demo_step *step) { return take_in(play->demo, which, NULL, "没有这个评价码"); }

static const struct { const char *account, *name, *list, *query, *columns; bool shared; } VIEWS[] = {
  {"office", "红橙、按期限", "problem", "colour=red,orange&sort=due", "number,title,colour,lead_unit,due", true},
  {"office", "待裁定和反复退回", "problem", "state=disputed", "number,title,lead_unit,due", false},
  {"office", "待认定的反弹预警", "alert", "state=raised", "title,count,raised_at,due", true},
  {"liaison-housing", "我单位在办", "problem", "state=rectifying&sort=due", "number,title,colour,due,owner", false},
  {"leader", "市级清单", "problem", "level=city", "number,title,colour,lead_unit,progress", false},
};
static int keep_view(struct play *play, size_t which, const struct demo_step *step) {
  const struct demo_person *person = demo_account(play->demo, VIEWS[which].account);
  const struct value values[] = {value_integer(SAVED_VIEW_USER, person->id),
                                 value_text(SAVED_VIEW_NAME, VIEWS[which].name),
                                 value_integer(SAVED_VIEW_LIST, record_type_named(VIEWS[which].list)->id),
                                 value_text(SAVED_VIEW_QUERY, VIEWS[which].query),
                                 value_text(SAVED_VIEW_COLUMNS, VIEWS[which].columns),
                                 value_integer(SAVED_VIEW_SHARED, 1)};
  return demo_create(play->demo, &person->authority, RECORD_SAVED_VIEW, values, VIEWS[which].shared ? 6 : 5, NULL);
}

void city_public_events(struct play *play) {
  const struct city *city = city_of(play);
  for (size_t i = 0; i < CITY_EXAMPLES; i++)
    if (CITY_EXAMPLE_LIST[i].problem.secrecy != SECRECY_RESTRICTED && CITY_EXAMPLE_LIST[i].problem.category != CATEGORY_PARTY)
      demo_add(play, demo_moment(RELEASED_ON, 100 + (unsigned)i), release_example, i, NULL);
    else if (CITY_EXAMPLE_LIST[i].problem.secrecy == SECRECY_INTERNAL)
      demo_add(play, demo_moment(RELEASED_ON, 100 + (unsigned)i), release_example, i, NULL);
  demo_add(play, demo_moment(RELEASED_ON - 10, 130), review, 0, NULL);
  demo_add(play, demo_moment(3, 130), review, 1, NULL);
  demo_add(play, demo_moment(RESULTS_ON, 140), release_results, 0, NULL);
  for (size_t i = 0; i < city->appeal_count; i++)
    if (city->appeals[i].rating) add_evaluation(play, i);
  for (size_t i = 0; i < COUNT_OF(CLOSED_EXAMPLES) * DEMO_PLACES; i++) {
    demo_add(play, demo_moment(VOICES_ANSWERED, 150 + (unsigned)i), answer_voice, i, NULL);
    demo_add(play, demo_moment(VOICES_CLOSED, 150 + (unsigned)i), close_voice, i, NULL);
    if (i % DEMO_PLACES < 2) demo_add(play, demo_moment(VOICES_RATED, 150 + (unsigned)i), rate_voice, i, NULL);
  }
  demo_add(play, demo_moment(city_day(&city->problems[city->examples[CLOSED_EXAMPLES[FOLLOWED / DEMO_PLACES]]], DEMO_CREATE) + 2, 479),
           follow_voice, 0, NULL);
  for (size_t i = 0; i < REFUSED; i++) demo_add(play, demo_moment(9 + (int)i, 160), refuse, i, NULL);
  for (size_t i = 0; i < COUNT_OF(VIEWS); i++) demo_add(play, demo_moment(KEPT_ON, 170 + (unsigned)i), keep_view, i, NULL);
}
