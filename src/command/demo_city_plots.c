/* What happens to each case of the demo city, as steps so many days before the present: the early ones reckoned from its admission, the
   late ones from what its outcome needs on the last day. The rules do the rest: no colour, date or count is given here. */
#include "command/demo_city_parts.h"

#include <string.h>

enum { STEPS_MOST = 96, SHAM = 3 };
struct plot { struct demo_step steps[STEPS_MOST]; size_t count; };

/* What would be today or later has not happened yet. */
static void step(struct plot *plot, int ago, enum demo_step_kind kind, int days) {
  if (ago >= 1 && plot->count < STEPS_MOST) plot->steps[plot->count++] = (struct demo_step){.ago = ago, .kind = kind, .days = days};
}
static void step_to(struct plot *plot, int ago, enum demo_step_kind kind, size_t unit) {
  step(plot, ago, kind, 0);
  plot->steps[plot->count - 1].unit = unit;
}
/* ---- the beginning ---- */

static void register_it(struct plot *plot, int admitted, int before) {
  step(plot, admitted + before, DEMO_CREATE, 0);
  step(plot, admitted + before - (before > 1), DEMO_SUBMIT, 0);
  step(plot, admitted, DEMO_ADMIT, 0);
}

/* Who a unit would say it belongs to: a department that leads such matters, else the one over units of its kind, else the one of the
   category. */
static const char *const KEEPERS[CITY_KINDS] = {[UNIT_KIND_ENTERPRISE] = "市国资委", [UNIT_KIND_FINANCE] = "市地方金融局", [UNIT_KIND_UNIVERSITY] = "市教委", [UNIT_KIND_HOSPITAL] = "市卫生健康委", [UNIT_KIND_INSTITUTION] = "市文化旅游局"};
static const char *const PROPER[6] = {[CATEGORY_ECONOMY] = "市发展改革委 市财政局", [CATEGORY_OPENING] = "市商务委 市发展改革委", [CATEGORY_GOVERNANCE] = "市城管执法局 市应急局", [CATEGORY_LIVELIHOOD] = "市民政局 市政务服务办", [CATEGORY_PARTY] = "市机关事务局 市委组织部"};

static const char *departments_of(const struct demo_problem *problem) {
  const struct city_matters *matters = &CITY_MATTERS[problem->category];
  for (size_t i = 0; i < matters->count; i++)
    if (matters->items[i].cause == problem->cause) return matters->items[i].departments; /* the very text: a problem is known by it */
  return NULL;
}

/* The first of them that neither leads nor joins; 0: none. */
static size_t first_beside(const struct city *city, const char *names, const struct demo_problem *problem) {
  for (const char *at = names; at && *at; at += strcspn(at, " "), at += *at == ' ') {
    size_t unit = city_unit_named(city, at, strcspn(at, " "));
    if (unit != problem->lead && (int)unit != problem->joint && unit != UNIT_OFFICE) return unit;
  }
  return 0;
}

static size_t other_unit(const struct city *city, const struct demo_problem *problem) {
  size_t unit = first_beside(city, departments_of(problem), problem);
  if (!unit) unit = first_beside(city, KEEPERS[city->units[problem->lead].kind], problem);
  return unit ? unit : first_beside(city, PROPER[problem->category], problem);
}

/* From the assignment until work begins: the unit takes it, or passes it on, or disputes it and is ruled upon. */
static void begin(struct city *city, struct plot *plot, const struct city_case *one, const struct demo_problem *problem, int due) {
  int a = one->admitted;
  size_t other = other_unit(city, problem);
  register_it(plot, a, 3);
  step(plot, a - 2, DEMO_ASSIGN, due);
  if (one->handing == HANDING_TRANSFERRED) {
    step_to(plot, a - 3, DEMO_TRANSFER, other);
    step_to(plot, a - 4, DEMO_TRANSFER_TAKE, other);
  } else if (one->handing == HANDING_RULED) {
    step(plot, a - 3, DEMO_DISPUTE, 0);
    step_to(plot, a - 4, DEMO_RULE, one->place % 2 ? other : problem->lead);
    step(plot, a - 4, DEMO_TAKE, 0);
  } else
    step(plot, a - 4, DEMO_TAKE, 0);
  step(plot, a - 5, DEMO_PLAN, 0);
  step(plot, a - 6, DEMO_START, 0);
}

/* ---- work ---- */

static int part_of_way(int from, int to, int part, int parts) {
  return from - (from - to) * part / parts;
} /* as the plan divides its time */

/* A measure is finished four days before its date and accepted two days before. */
static void accept_measure(struct plot *plot, int measure, int on) {
  step(plot, on + 2, DEMO_FINISH, measure);
  step(plot, on, DEMO_ACCEPT_MEASURE, measure);
}

/* Those whose date is past, `behind` of them left undone. */
static void to_plan(struct plot *plot, int planned, int due, int behind) {
  int past = 0;
  for (int i = 1; i <= DEMO_MEASURES; i++) past += part_of_way(planned, due, i, DEMO_MEASURES) > 0;
  for (int i = 1; i <= past - behind; i++) accept_measure(plot, i - 1, part_of_way(planned, due, i, DEMO_MEASURES) + 2);
}

/* All of them by a day. */
static void finish_all(struct plot *plot, int planned, int by) {
  for (int i = 1; i <= DEMO_MEASURES; i++) accept_measure(plot, i - 1, part_of_way(planned, by, i, DEMO_MEASURES));
}

/* Each stage is reached a week before its date. */
static void reach_stages(struct plot *plot, int planned, int due, int until) {
  int stages = (int)demo_stages(planned - due);
  for (int i = 1; i <= stages; i++) {
    int on = part_of_way(planned, due, i, stages) + 7;
    if (on >= until) step(plot, on, DEMO_STAGE, 0);
  }
}

/* Progress is told before each round is due, by two of three, from the beginning until a day. */
static void report_rounds(struct plot *plot, int from, int until, size_t which) {
  for (int round = 0; round < CITY_ROUNDS; round++) {
    int on = CITY_ROUND_LAST[round] + 4 + (int)(which % 3);
    if (on < from && on > until && (which + (size_t)round) % 3) step(plot, on, DEMO_REPORT, 0);
  }
}

static void apply(struct plot *plot, int on) {
  step(plot, on + 1, DEMO_EVIDENCE, 0);
  step(plot, on, DEMO_APPLY, 0);
  step(plot, on - 1, DEMO_ENDORSE, 0);
}

enum { PUBLICITY = 16 /* days: five working days, the longest holidays among them */ };
static void pass(struct plot *plot, int accepted, int final) {
  step(plot, accepted, DEMO_ACCEPT, 0);
  step(plot, final, DEMO_FINAL, 0);
  step(plot, final - PUBLICITY, DEMO_CLOSE, 0); /* where it was publicised */
}

/* ---- the ends ---- */

enum { RESULT_AFTER = 20 /* days: by then publicity is over */ };

/* Every tenth has no confirmed result yet. */
static void confirm_result(struct plot *plot, int closed, size_t which) {
  if (which % 10) step(plot, closed - RESULT_AFTER, DEMO_RESULT, 0);
}

/* Of what is grey one is no longer unassigned: it was suspended, and stays so until the fences are gone. */
enum { SUSPENDED_UNTIL = -100, RESUMED_PLACE = 43, RESUMED_FROM = 73, RESUMED_ON = 60 /* one of the extended: what was suspended got its days back */ };
static bool choose_suspended(struct city *city, const struct city_case *one, size_t which) {
  struct demo_problem *problem = &city->problems[which];
  if (city->suspended || one->outcome != CITY_GREY || problem->category != CATEGORY_GOVERNANCE || one->admitted < 5) return false;
  const struct demo_problem fenced = {.title = arena_print(city->arena, "%s地铁施工围挡内窨井盖缺损", city->units[problem->lead].name),
                                      .detail = "围挡内 3 处窨井盖缺损,夜间有人翻越围挡抄近路。",
                                      .cause = "施工占路后没有移交管理。",
                                      .goal = "围挡拆除当天补齐,拆除前有警示、有巡查。",
                                      .measures = {"设警示牌和夜间照明", "每周巡查一次", "围挡拆除当天补齐井盖"}};
  city->suspended = which;
  problem->title = fenced.title, problem->detail = fenced.detail, problem->cause = fenced.cause, problem->goal = fenced.goal;
  memcpy(problem->measures, fenced.measures, sizeof problem->measures);
  return true;
}
static void suspend(struct plot *plot, int asked, int until) {
  step(plot, asked, DEMO_SUSPEND, until);
  step(plot, asked - 1, DEMO_AGREE, 0);
}

static void plot_at_once(struct city *city, struct plot *plot, const struct city_case *one, size_t which) {
  int a = one->admitted, applied = one->place % 20 == 9 && a > 30 ? a - 19 : a - 6;
  register_it(plot, a, 1);
  bool suspended = choose_suspended(city, one, which);
  if (one->outcome == CITY_GREY && !suspended) return;
  step(plot, a - 1, DEMO_ASSIGN, a - 15);
  step(plot, a - 2, DEMO_TAKE, 0);
  if (suspended) {
    suspend(plot, a - 3, SUSPENDED_UNTIL);
    return;
  }
  step(plot, applied + 1, DEMO_EVIDENCE, 0);
  step(plot, applied, DEMO_APPLY, 0);
  if (which % 10) step(plot, applied - 4, DEMO_RESULT, 0);
}

static int term_of(const struct city_case *one) {
  static const int least[] = {60, 50, 40}, spread[] = {90, 60, 30};
  return least[one->round] + (int)(one->place * 37) % spread[one->round];
}

/* Places among those closed: long-term first, off-line ones, sent back once, extended. */
enum { CLOSED_SENT_BACK = 37, CLOSED_EXTENDED = 38, OFF_LINE_FROM = 20, OFF_LINE_CLOSED = 3, OFF_LINE_OPEN = 2, UNFOUNDED_LAST = 11 };
static bool among(const struct city_case *one, int round, size_t from, size_t count) {
  return one->round == round && one->place >= from && one->place < from + count;
}
static bool sent_back(const struct city_case *one) { return among(one, 1, 10, CLOSED_SENT_BACK); }
static bool extended(const struct city_case *one) { return among(one, 1, 50, CLOSED_EXTENDED); }
bool city_placeholder(const struct city_case *one) {
  return (one->outcome == CITY_CLOSED && among(one, 0, OFF_LINE_FROM, OFF_LINE_CLOSED)) ||
         (one->outcome == CITY_BLUE && among(one, 3, 0, OFF_LINE_OPEN));
}

/* ---- rebounds ---- */

enum { WATCHED_ROUND = 2 };
const int CITY_ALERT_DAYS[CITY_ALERTS] = {[CITY_CONFIRMED] = 10, [CITY_DISMISSED] = 25, [CITY_WAITING] = 2};

static bool of_citizens(const struct demo_problem *problem) {
  return problem->category == CATEGORY_GOVERNANCE || problem->category == CATEGORY_LIVELIHOOD;
}

/* Closed ones that are still watched, such as citizens speak of: of the first an alert was dismissed, of the next it waits. */
static void choose_watched(struct city *city, const struct city_case *one, size_t which) {
  if (one->round != WATCHED_ROUND || !of_citizens(&city->problems[which]) || which == city->flooded || city->rebounds[CITY_WAITING]) return;
  city->rebounds[city->rebounds[CITY_DISMISSED] ? CITY_WAITING : CITY_DISMISSED] = which;
}

/* One of the closed is what a stream of appeals was about, which has fallen since. */
enum { FLOODED_FROM = 75, FLOODED_UNTIL = 50 };
static void choose_flooded(struct city *city, const struct city_case *one, size_t which, int closed) {
  struct demo_problem *problem = &city->problems[which];
  if (city->flooded || one->round != WATCHED_ROUND || one->handing != HANDING_NONE || one->example ||
      problem->category != CATEGORY_GOVERNANCE || problem->kind != KIND_TIME_LIMITED || closed > FLOODED_FROM || closed < FLOODED_UNTIL)
    return;
  city->flooded = which;
  problem->title = "雨天道路积水点整治";
  problem->detail = "全市梳理出 86 处雨天积水点，大雨后路面水没过脚踝，商铺进水。";
  problem->cause = "管道多年没有疏通，低洼处没有泵排。";
  problem->goal = "积水点全部消除，雨停一小时内路面见干。";
  memcpy(problem->measures, (const char *const[]){"逐点疏通管道", "低洼处增设泵排", "建立雨天值守制度"}, sizeof problem->measures);
  problem->lead = UNIT_WATER;
  problem->joint = -1;
}

/* ---- publicity: of conduct, on the city's list, the first is skipped, then one is told inside the Party; of what is being publicised two
   ---- */

enum { SKIPPED_FIRST = 1, INSIDE_CLOSED = 2, INSIDE_NOW = 4 /* so many by then */ };
static void choose_publicity(struct city *city, size_t which, size_t until) {
  struct demo_problem *problem = &city->problems[which];
  if (problem->category != CATEGORY_PARTY || problem->level != LEVEL_CITY || city->withheld >= until) return;
  problem->publicity = city->withheld++ < SKIPPED_FIRST ? SCOPE_SKIPPED : SCOPE_PARTY;
  problem->withhold = problem->publicity == SCOPE_SKIPPED ? WITHHOLD_INTERNAL : WITHHOLD_PARTY;
}

/* ---- closed ---- */

static void plot_closed(struct city *city, struct plot *plot, const struct city_case *one, size_t which) {
  const struct demo_problem *problem = &city->problems[which];
  int a = one->admitted, planned = a - 5, due = a - 2 - (problem->kind == KIND_LONG_TERM ? 200 : term_of(one)),
      late = one->place % 9 == 4 ? 14 : 0, end = due;
  choose_flooded(city, one, which, end - late);
  choose_publicity(city, which, INSIDE_CLOSED);
  begin(city, plot, one, problem, due);
  if (extended(one)) {
    step(plot, due + 12, DEMO_EXTEND, due - 25);
    step(plot, due + 10, DEMO_AGREE, 0);
    end = due - 25;
    late = 0;
  }
  if (sent_back(one)) late = 4;
  finish_all(plot, planned, end + 8 - late);
  if (problem->kind == KIND_LONG_TERM) reach_stages(plot, planned, due, due);
  apply(plot, end + 6 - late);
  if (sent_back(one)) {
    step(plot, end + 1 - late, DEMO_SEND_BACK, 0);
    step(plot, end - 2 - late, DEMO_REPORT, 0);
    apply(plot, end - 4 - late);
    late += 10;
  }
  pass(plot, end + 1 - late, end - late);
  if (among(one, 0, 80, UNFOUNDED_LAST)) step(plot, end - late - 30, DEMO_OBJECT, 0);
  confirm_result(plot, end - late, which);
  choose_watched(city, one, which);
}

static void plot_publicised(struct city *city, struct plot *plot, const struct city_case *one, size_t which) {
  choose_publicity(city, which, INSIDE_NOW);
  begin(city, plot, one, &city->problems[which], -5 - (int)(one->place % 15));
  report_rounds(plot, one->admitted - 6, 17, which);
  finish_all(plot, one->admitted - 5, 16);
  apply(plot, 14);
  pass(plot, 6, 1 + (int)(which % 4));
}

/* Closed in time, and later opened again. */
static void plot_reopened(struct city *city, struct plot *plot, const struct city_case *one, size_t which, int again, int due_again) {
  int a = one->admitted, due = a - 102;
  begin(city, plot, one, &city->problems[which], due);
  finish_all(plot, a - 5, due + 8);
  apply(plot, due + 6);
  pass(plot, due + 1, due);
  /* the alert re-opens it: demo_city_calls.c */
  bool confirmed = one->outcome == CITY_RED && one->round == 1 && !city->rebounds[CITY_CONFIRMED] && of_citizens(&city->problems[which]);
  if (confirmed) city->rebounds[CITY_CONFIRMED] = which;
  else if (one->outcome == CITY_RED && one->place < 4 && one->round == 0 && one->place > 0) step(plot, again, DEMO_SHAM, 0);
  else step(plot, again, DEMO_REOPEN, due_again);
  step(plot, again - 2, DEMO_TAKE, 0);
  step(plot, again - 4, DEMO_PLAN, 0);
  step(plot, again - 5, DEMO_START, 0);
}

/* Going to plan: by round and place some extended, some applied for and not yet judged, some opened again, some split. */
enum { REOPENED_BLUE = 15, EXTENDED_BLUE = 40, APPLIED_BLUE = 20, HAND_SET = 6 };

static void plot_blue(struct city *city, struct plot *plot, const struct city_case *one, size_t which) {
  const struct demo_problem *problem = &city->problems[which];
  bool takes_long = problem->kind == KIND_LONG_TERM, more = among(one, 2, 44, EXTENDED_BLUE) || among(one, 3, 4, EXTENDED_BLUE),
       applied = among(one, 3, 60, APPLIED_BLUE);
  int a = one->admitted, due = takes_long ? -30 - (int)(one->place * 53) % 200
                               : more     ? -11 - (int)(one->place % 9)
                                          : -14 - (int)(one->place * 7) % 45;
  if (among(one, 1, 110, REOPENED_BLUE)) {
    int again = 30 + (int)(one->place % 4);
    plot_reopened(city, plot, one, which, again, -16);
    accept_measure(plot, 0, part_of_way(again - 4, -16, 1, DEMO_MEASURES) + 2);
    return;
  }
  begin(city, plot, one, problem, due);
  report_rounds(plot, a - 6, applied ? 9 : 1, which);
  if (takes_long) reach_stages(plot, a - 5, due, 1);
  if (applied) {
    finish_all(plot, a - 5, 9);
    apply(plot, 3 + (int)(one->place % 4));
    return;
  }
  to_plan(plot, a - 5, due, 0);
  if (more) {
    step(plot, 6, DEMO_EXTEND, due - 30);
    step(plot, 5, DEMO_AGREE, 0);
  }
  if (among(one, 3, RESUMED_PLACE, 1)) suspend(plot, RESUMED_FROM, RESUMED_ON);
  if (among(one, 4, 10, HAND_SET)) step(plot, 7, DEMO_HAND_COLOUR, -15);
  if (among(one, 0, 60, 3)) step_to(plot, a - 20, DEMO_SPLIT, UNIT_PUJIANG + 3 * (one->place - 60));
}

/* Two measures should be accepted by now, one is. */
static void plot_yellow(struct city *city, struct plot *plot, const struct city_case *one, size_t which) {
  int planned = one->admitted - 5, ahead = 12 + (int)(one->place % 25), due = -(planned / 2 - 4 < ahead ? planned / 2 - 4 : ahead);
  begin(city, plot, one, &city->problems[which], due);
  report_rounds(plot, one->admitted - 6, 1, which);
  if (city->problems[which].kind == KIND_LONG_TERM) reach_stages(plot, planned, due, 1);
  to_plan(plot, planned, due, 1);
}

/* Past its date, with this many measures accepted. */
static void plot_overdue(struct city *city, struct plot *plot, const struct city_case *one, size_t which, int due, int accepted) {
  begin(city, plot, one, &city->problems[which], due);
  report_rounds(plot, one->admitted - 6, due, which);
  for (int i = 1; i <= accepted; i++) accept_measure(plot, i - 1, part_of_way(one->admitted - 5, due, i, DEMO_MEASURES) + 2);
}

/* In each round more than half of the orange ones were sent back, and of the red ones a quarter twice. */
static void plot_orange(struct city *city, struct plot *plot, const struct city_case *one, size_t which) {
  static const size_t back[CITY_ROUNDS] = {10, 14, 10, 6};
  int shift = (int)(one->place % 10);
  if (one->place >= back[one->round]) {
    plot_overdue(city, plot, one, which, 3 + (int)(one->place * 5) % 23, 1 + (int)(one->place % 2));
    return;
  }
  begin(city, plot, one, &city->problems[which], -12);
  report_rounds(plot, one->admitted - 6, 30, which);
  finish_all(plot, one->admitted - 5, 25 + shift);
  apply(plot, 22 + shift);
  step(plot, 15 + shift, DEMO_SEND_BACK, 0);
  step(plot, 7, DEMO_REPORT, 0);
}

static void plot_red(struct city *city, struct plot *plot, const struct city_case *one, size_t which) {
  static const size_t rebounds[CITY_ROUNDS] = {4, 4, 0}, twice[CITY_ROUNDS] = {8, 8, 2}; /* up to this place */
  if (one->place < rebounds[one->round]) {
    plot_reopened(city, plot, one, which, 10 + (int)one->place, -15);
    return;
  }
  if (one->place >= twice[one->round]) {
    plot_overdue(city, plot, one, which, 35 + (int)(one->place * 7) % 26, 1);
    return;
  }
  begin(city, plot, one, &city->problems[which], -10);
  finish_all(plot, one->admitted - 5, 50);
  apply(plot, 47);
  step(plot, 40, DEMO_SEND_BACK, 0);
  apply(plot, 30);
  step(plot, 22, DEMO_SEND_BACK, 0);
  step(plot, 9, DEMO_REPORT, 0);
}

/* Off-line: number and code name, and what the office enters. */
static void plot_placeholder(struct city *city, struct plot *plot, const struct city_case *one, size_t which) {
  struct demo_problem *problem = &city->problems[which];
  *problem = (struct demo_problem){.title = arena_print(city->arena, "离线占位 %02zu 号",
                                                        one->outcome == CITY_BLUE ? 4 + one->place : one->place - OFF_LINE_FROM + 1),
                                   .category = problem->category,
                                   .source = problem->source,
                                   .kind = problem->kind,
                                   .level = LEVEL_UNIT,
                                   .lead = UNIT_OFFICE,
                                   .joint = -1,
                                   .matter = -1,
                                   .secrecy = SECRECY_PLACEHOLDER,
                                   .by_office = true};
  register_it(plot, one->admitted, 3);
  step(plot, one->admitted - 2, DEMO_ASSIGN, one->outcome == CITY_BLUE ? -60 : one->admitted - 120);
  step(plot, one->admitted - 5, DEMO_ENTER_COLOUR, COLOUR_BLUE);
  if (one->outcome == CITY_CLOSED) step(plot, one->admitted - 90, DEMO_CLOSE_OFF_LINE, 0);
}

/* ---- what does not count ---- */

enum { WITHDRAWN = 9, MERGED = 6, DRAFTS = 12, SUBMITTED = 8 };

static void plot_beside(struct city *city, struct plot *plot, const struct city_case *one, size_t which) {
  int late = 1 + (int)(one->place % 5);
  if (one->place < WITHDRAWN + MERGED) {
    register_it(plot, one->admitted, 3);
    step(plot, one->admitted - 2, DEMO_ASSIGN, one->admitted - 92);
    if (one->place < WITHDRAWN) step(plot, one->admitted - 12, DEMO_WITHDRAW, 0);
    else step(plot, one->admitted - 12, DEMO_MERGE, (int)city->long_term[20 + one->place]);
    return;
  }
  step(plot, late + 3, DEMO_CREATE, 0);
  if (one->place < WITHDRAWN + MERGED + DRAFTS) return;
  step(plot, late + 2, DEMO_SUBMIT, 0);
  if (one->place >= WITHDRAWN + MERGED + DRAFTS + SUBMITTED) step(plot, late, DEMO_RETURN, 0);
}

void city_plot(struct city *city, const struct city_case *one, size_t which) {
  typedef void writer(struct city *, struct plot *, const struct city_case *, size_t);
  static writer *const writers[CITY_OUTCOMES + 1] =
      {[CITY_AT_ONCE] = plot_at_once,       [CITY_GREY] = plot_at_once, [CITY_CLOSED] = plot_closed,
       [CITY_PUBLICISED] = plot_publicised, [CITY_BLUE] = plot_blue,    [CITY_YELLOW] = plot_yellow,
       [CITY_ORANGE] = plot_orange,         [CITY_RED] = plot_red,      [CITY_OUTCOMES] = plot_beside};
  struct plot plot = {.count = 0};
  if (city_placeholder(one)) plot_placeholder(city, &plot, one, which);
  else writers[one->outcome](city, &plot, one, which);
  city->problems[which].owned = one->handing == HANDING_NONE && !city->problems[which].by_office;
  struct demo_plot *kept = ARENA_NEW(city->arena, struct demo_plot);
  struct demo_step *steps = ARENA_ARRAY(city->arena, struct demo_step, plot.count);
  memcpy(steps, plot.steps, plot.count * sizeof *steps);
  *kept = (struct demo_plot){steps, plot.count};
  city->problems[which].plot = kept;
}
