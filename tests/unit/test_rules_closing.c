/* Closing: each guard by a table of facts, routes by risk, the draw, the office's own clock; then what effects do through the door:
   two acceptors, sending back, objections, colours set by hand, criteria, presets, and a preview that equals what then happens. */
#include "test_rules_change_house.h"
#include "rules/colour_presets.h"
#include "rules/derive.h"
#include "rules/effects.h"
#include "rules/guards.h"
#include "rules/policy_preview.h"
#include "rules/review.h"

static struct arena *arena;
static int open_arena(void **state) {
  arena = arena_new();
  return 0;
}
static int close_arena(void **state) {
  arena_free(arena);
  return 0;
}

/* ---- guards by table ---- */

enum { TODAY = 20780, ME = 7, SOMEBODY = 8 };
struct world {
  struct guard_facts facts;
  struct policy policy;
  struct authority me;
  struct transition arrow;
  struct row *problem, *measures[2], *criteria[2];
};

static struct row *make(enum record_id type, state_code state, int64_t id) {
  struct row *row = row_new(arena, record_type(type));
  row->id = id;
  row->state = state;
  return row;
}
static struct row *criterion(int64_t id, const char *text, bool required) {
  struct row *row = make(RECORD_CRITERION, FORCE_ACTIVE, id);
  row_set_text(row, CRITERION_TEXT, text);
  row_set_integer(row, CRITERION_REQUIRED, required);
  return row;
}
/* A city problem on route A, accepted by two, with one accepted measure and one criterion that is required. */
static void world_usual(struct world *world) {
  *world = (struct world){.policy = policy_default(), .me = {.user = ME}, .problem = make(RECORD_PROBLEM, PROBLEM_ACCEPTED, 1)};
  world->measures[0] = make(RECORD_MEASURE, MEASURE_ACCEPTED, 11);
  world->measures[1] = make(RECORD_MEASURE, MEASURE_WORKING, 12);
  row_set_text(world->measures[1], MEASURE_TITLE, "补漏");
  world->criteria[0] = criterion(21, "效果达标", true);
  world->criteria[1] = criterion(22, "群众满意", false);
  row_set_integer(world->problem, PROBLEM_KIND, KIND_TIME_LIMITED);
  row_set_integer(world->problem, PROBLEM_ROUTE, ROUTE_A);
  row_set_integer(world->problem, PROBLEM_ACCEPTED_ON, TODAY - 1);
  row_set_integer(world->problem, PROBLEM_ACCEPTOR, SOMEBODY);
  world->arrow = (struct transition){.action = ACTION_CLOSE};
  world->facts = (struct guard_facts){.after = world->problem,
                                      .arrow = &world->arrow,
                                      .authority = &world->me,
                                      .today = TODAY,
                                      .now = moment_of_date(TODAY),
                                      .policy = &world->policy,
                                      .measures = world->measures,
                                      .measure_count = 1,
                                      .criteria = world->criteria,
                                      .criterion_count = 2};
}
static void set(struct world *world, uint16_t field, int64_t value) { row_set_integer(world->problem, field, value); }
static void set_many(struct world *world, uint16_t field, int64_t one) {
  int64_t *many = ARENA_ARRAY(arena, int64_t, 1);
  many[0] = one;
  struct value value = value_many(field, many, 1);
  row_set(world->problem, &value);
}

static void as_usual(struct world *world) {}
static void as_accepted_by_somebody(struct world *world) { set_many(world, PROBLEM_ACCEPTORS, SOMEBODY); }
static void as_accepted_by_me(struct world *world) { set_many(world, PROBLEM_ACCEPTORS, ME); }
static void as_objection_of(struct world *world, int64_t first) {
  struct row *row = make(RECORD_OBJECTION, OBJECTION_PROPOSED, 31);
  row_set_integer(row, OBJECTION_FIRST_BY, first);
  world->facts.after = row;
}
static void as_my_verdict(struct world *world) { as_objection_of(world, ME); }
static void as_somebodys_verdict(struct world *world) { as_objection_of(world, SOMEBODY); }
static void as_visited(struct world *world) {
  set(world, PROBLEM_ON_SITE, 1), set(world, PROBLEM_VISITED_ON, TODAY), row_set_text(world->problem, PROBLEM_VISIT_PLACE, "三号楼");
}
static void as_visited_tomorrow(struct world *world) { as_visited(world), set(world, PROBLEM_VISITED_ON, TODAY + 1); }
static void as_visited_before_application(struct world *world) {
  as_visited(world), set(world, PROBLEM_APPLIED_ON, TODAY), set(world, PROBLEM_VISITED_ON, TODAY - 1);
}
static void as_visited_by_another(struct world *world) { as_visited(world), set_many(world, PROBLEM_ACCEPTORS, SOMEBODY); }
static void as_visited_after_another(struct world *world) { as_visited_by_another(world), world->facts.says_visit = true; }
static void as_visited_nowhere(struct world *world) { as_visited(world), row_set_text(world->problem, PROBLEM_VISIT_PLACE, NULL); }
static void as_desk_route(struct world *world) { set(world, PROBLEM_ROUTE, ROUTE_B); }
static void as_drawn_desk_route(struct world *world) { as_desk_route(world), set(world, PROBLEM_DRAWN_ON, TODAY); }
static void as_sample_not_drawn(struct world *world) { as_visited(world), world->arrow.action = ACTION_CHECK_SAMPLE; }
static void as_sample_drawn(struct world *world) { as_sample_not_drawn(world), set(world, PROBLEM_DRAWN_ON, TODAY - 9); }
static void as_criteria_answered(struct world *world) { set_many(world, PROBLEM_CRITERIA_MET, 21); }
static void as_another_criterion_answered(struct world *world) { set_many(world, PROBLEM_CRITERIA_MET, 22); }
static void as_no_criteria(struct world *world) { world->facts.criterion_count = 0; }
static void as_a_measure_open(struct world *world) { world->facts.measure_count = 2; }
static void as_without_measures(struct world *world) { world->facts.measure_count = 0; }
static void as_at_once_without_measures(struct world *world) { as_without_measures(world), set(world, PROBLEM_KIND, KIND_AT_ONCE); }
static void as_brought_in_without_measures(struct world *world) { as_without_measures(world), set(world, PROBLEM_HISTORIC, 1); }
static void as_accepted_by_nobody(struct world *world) { set(world, PROBLEM_ACCEPTOR, NOTHING); }
static void as_route_without_acceptance(struct world *world) { as_accepted_by_nobody(world), set(world, PROBLEM_ROUTE, ROUTE_C); }
static void as_objected_to(struct world *world) { world->facts.objections = 2; }
static void as_dissatisfied(struct world *world) { world->facts.dissatisfied = 3; }
static void as_dissatisfied_on_b(struct world *world) { as_dissatisfied(world), as_desk_route(world); }
static void as_dissatisfied_but_approved(struct world *world) { as_dissatisfied(world), set(world, PROBLEM_CLOSE_DESPITE, 1); }
static void as_dissatisfied_where_nothing_stops(struct world *world) { as_dissatisfied(world), world->policy.dissatisfied_blocks = 0; }
static void as_public(struct world *world) { set(world, PROBLEM_PUBLICITY_SCOPE, SCOPE_PUBLIC), world->arrow.action = ACTION_PUBLICISE; }
static void as_public_but_restricted(struct world *world) { as_public(world), set(world, PROBLEM_SECRECY, SECRECY_RESTRICTED); }
static void as_for_the_party(struct world *world) { as_public(world), set(world, PROBLEM_PUBLICITY_SCOPE, SCOPE_PARTY); }
static void as_for_the_party_with_reason(struct world *world) {
  as_for_the_party(world), set(world, PROBLEM_WITHHOLD_REASON, WITHHOLD_PARTY);
}
static void as_skipped(struct world *world) {
  set(world, PROBLEM_PUBLICITY_SCOPE, SCOPE_SKIPPED), world->arrow.action = ACTION_REVIEW_PUBLICITY;
}
static void as_skipped_with_reason(struct world *world) { as_skipped(world), set(world, PROBLEM_WITHHOLD_REASON, WITHHOLD_STATE_SECRET); }
static void as_skipped_and_publicised(struct world *world) { as_skipped_with_reason(world), world->arrow.action = ACTION_PUBLICISE; }
static void as_new_date(struct world *world, int64_t days) { world->facts.gives_due = true, set(world, PROBLEM_DUE, TODAY + days); }
static void as_new_date_in_time(struct world *world) { as_new_date(world, 30); }
static void as_new_date_too_late(struct world *world) { as_new_date(world, 31); }
static void as_new_date_in_the_past(struct world *world) { as_new_date(world, -1); }
static void as_hand(struct world *world, int64_t days) {
  world->arrow.action = ACTION_HAND_SET_COLOUR, set(world, PROBLEM_HAND_COLOUR, COLOUR_RED),
  set(world, PROBLEM_HAND_COLOUR_UNTIL, TODAY + days);
}
static void as_hand_for_a_month(struct world *world) { as_hand(world, 30); }
static void as_hand_for_longer(struct world *world) { as_hand(world, 31); }
static void as_hand_until_yesterday(struct world *world) { as_hand(world, -1); }
static void as_lifting(struct world *world) { as_hand(world, 3), world->arrow.action = ACTION_LIFT_HAND_COLOUR; }
static void as_lifting_nothing(struct world *world) { world->arrow.action = ACTION_LIFT_HAND_COLOUR; }

static const struct { guard_function *guard; void (*as)(struct world *world); const char *zh /* NULL: holds */; uint16_t field; } guards[] = {
  {guard_another_person, as_usual, NULL}, {guard_another_person, as_accepted_by_somebody, NULL}, {guard_another_person, as_accepted_by_me, "您已验收"},
  {guard_another_person, as_somebodys_verdict, NULL}, {guard_another_person, as_my_verdict, "须由另一人复核"},
  {guard_site_visit, as_usual, "须到现场核查", PROBLEM_ON_SITE}, {guard_site_visit, as_visited, NULL}, {guard_site_visit, as_visited_tomorrow, "核查日期", PROBLEM_VISITED_ON},
  {guard_site_visit, as_visited_by_another, "您本人", PROBLEM_VISITED_ON}, {guard_site_visit, as_visited_after_another, NULL},
  {guard_site_visit, as_visited_before_application, "不能早于申请", PROBLEM_VISITED_ON},
  {guard_site_visit, as_visited_nowhere, "核查地点", PROBLEM_VISIT_PLACE}, {guard_site_visit, as_desk_route, NULL}, {guard_site_visit, as_drawn_desk_route, "已被抽中", PROBLEM_ON_SITE},
  {guard_site_visit, as_sample_not_drawn, "没有被抽中", PROBLEM_ON_SITE}, {guard_site_visit, as_sample_drawn, NULL},
  {guard_criteria_met, as_usual, "“效果达标”", PROBLEM_CRITERIA_MET}, {guard_criteria_met, as_criteria_answered, NULL}, {guard_criteria_met, as_another_criterion_answered, "“效果达标”", PROBLEM_CRITERIA_MET},
  {guard_criteria_met, as_no_criteria, NULL},
  {guard_progress_complete, as_usual, NULL}, {guard_progress_complete, as_a_measure_open, "还有 1 项措施未验收通过,如“补漏”"}, {guard_progress_complete, as_without_measures, "没有措施"},
  {guard_progress_complete, as_at_once_without_measures, NULL}, {guard_progress_complete, as_brought_in_without_measures, NULL},
  {guard_acceptance_passed, as_usual, NULL}, {guard_acceptance_passed, as_accepted_by_nobody, "验收不通过不销号"}, {guard_acceptance_passed, as_route_without_acceptance, NULL},
  {guard_objections_none, as_usual, NULL}, {guard_objections_none, as_objected_to, "2 件异议"},
  {guard_nobody_dissatisfied, as_usual, NULL}, {guard_nobody_dissatisfied, as_dissatisfied, "3 件关联诉求"}, {guard_nobody_dissatisfied, as_dissatisfied_on_b, NULL},
  {guard_nobody_dissatisfied, as_dissatisfied_but_approved, NULL}, {guard_nobody_dissatisfied, as_dissatisfied_where_nothing_stops, NULL},
  {guard_publicity_reviewed, as_usual, "尚未公开审核", PROBLEM_PUBLICITY_SCOPE}, {guard_publicity_reviewed, as_public, NULL}, {guard_publicity_reviewed, as_public_but_restricted, "限定知悉", PROBLEM_PUBLICITY_SCOPE},
  {guard_publicity_reviewed, as_for_the_party, "不公开理由", PROBLEM_WITHHOLD_REASON}, {guard_publicity_reviewed, as_for_the_party_with_reason, NULL},
  {guard_publicity_reviewed, as_skipped, "不公开理由", PROBLEM_WITHHOLD_REASON}, {guard_publicity_reviewed, as_skipped_with_reason, NULL}, {guard_publicity_reviewed, as_skipped_and_publicised, "请直接销号", PROBLEM_PUBLICITY_SCOPE},
  {guard_publicity_off, as_usual, "须先公示"}, {guard_publicity_off, as_desk_route, NULL}, {guard_publicity_off, as_skipped, "须先公示"}, {guard_publicity_off, as_skipped_with_reason, NULL},
  {guard_send_back_date, as_usual, NULL}, {guard_send_back_date, as_new_date_in_time, NULL}, {guard_send_back_date, as_new_date_too_late, "不能晚于", PROBLEM_DUE}, {guard_send_back_date, as_new_date_in_the_past, "不能早于今天", PROBLEM_DUE},
  {guard_hand_colour, as_hand_for_a_month, NULL}, {guard_hand_colour, as_hand_for_longer, "最长到", PROBLEM_HAND_COLOUR_UNTIL}, {guard_hand_colour, as_hand_until_yesterday, "不能早于今天", PROBLEM_HAND_COLOUR_UNTIL},
  {guard_hand_colour, as_lifting, NULL}, {guard_hand_colour, as_lifting_nothing, "没有人工颜色"}};

static void each_guard_holds_where_it_should(void **state) {
  for (size_t i = 0; i < sizeof guards / sizeof *guards; i++) {
    struct world world;
    uint16_t field = 0;
    struct label why;
    world_usual(&world);
    guards[i].as(&world);
    why = guards[i].guard(&world.facts, arena, &field);
    if (!guards[i].zh && why.zh) fail_msg("guard case %d: %s", (int)i, why.zh);
    if (!guards[i].zh) continue;
    if (!why.zh || !strstr(why.zh, guards[i].zh))
      fail_msg("guard case %d: \"%s\", not \"%s\"", (int)i, why.zh ? why.zh : "holds", guards[i].zh);
    assert_true(why.en && *why.en);
    assert_int_equal(field, guards[i].field);
  }
}

/* ---- routes ---- */

static void the_route_goes_by_kind_list_and_risk(void **state) {
  static const struct { int64_t kind, level, ever_red, rebounds, route, risk; } cases[] = {
    {KIND_AT_ONCE, LEVEL_UNIT, 0, 0, ROUTE_C, 0}, {KIND_TIME_LIMITED, LEVEL_UNIT, 0, 0, ROUTE_B, 0}, {KIND_LONG_TERM, LEVEL_UNIT, 0, 0, ROUTE_B, 0},
    {KIND_AT_ONCE, LEVEL_CITY, 0, 0, ROUTE_A, 0}, {KIND_AT_ONCE, LEVEL_UNIT, 1, 0, ROUTE_A, RISK_EVER_RED}, {KIND_TIME_LIMITED, LEVEL_UNIT, 0, 1, ROUTE_A, RISK_REBOUNDED}};
  struct policy policy = policy_default();
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct row *problem = make(RECORD_PROBLEM, PROBLEM_ADMITTED, 1);
    row_set_integer(problem, PROBLEM_KIND, cases[i].kind);
    row_set_integer(problem, PROBLEM_LEVEL, cases[i].level);
    row_set_integer(problem, PROBLEM_EVER_RED, cases[i].ever_red);
    row_set_integer(problem, PROBLEM_REBOUNDS, cases[i].rebounds);
    const struct route_rule *rule = policy_route(&policy, problem);
    assert_int_equal(rule->route, cases[i].route);
    assert_int_equal(rule->risk, cases[i].risk);
    if (!record_field(problem->type, PROBLEM_LED_BY)) continue;
    row_set_integer(problem, PROBLEM_LED_BY, 1);
    assert_int_equal(policy_route(&policy, problem)->route, ROUTE_A);
  }
  policy.route_count = 0;
  assert_int_equal(policy_route(&policy, make(RECORD_PROBLEM, PROBLEM_ADMITTED, 1))->route, ROUTE_A); /* no rows: the full chain */
}

static void routes_are_read_and_what_is_wrong_is_named(void **state) {
  static const struct { const char *json, *en; } cases[] = {
    {"", "this is no JSON (wrong at 1:0, line:column)"}, {"[]", "wants a JSON list such as [{\"level\":\"city\",\"route\":\"a\"},{\"route\":\"b\"}]"}, {"[7]", "row 1: wants an object such as {\"kind\":\"at_once\",\"route\":\"c\"}"},
    {"[{\"route\":\"d\"}]", "row 1: route may be a, b, c"}, {"[{\"kind\":\"at_once\"}]", "row 1: route is missing (a, b, c)"}, {"[{\"colour\":\"red\",\"route\":\"a\"}]", "row 1: unknown member \"colour\"; kind, level, risk and route are known"},
    {"[{\"route\":\"b\"},{\"route\":\"a\"}]", "row 1: a row without a condition must be the last"}, {"[{\"risk\":\"led\",\"route\":\"a\"}]", "row 1: the last row must have no condition, such as {\"route\":\"b\"}"}};
  struct policy policy = policy_default();
  struct route_rule rules[16];
  struct label problem = {0};
  size_t count = 0;
  char *text = route_rules_print(arena, policy.routes, policy.route_count);
  assert_string_equal(text, "[{\"risk\":\"ever_red\",\"route\":\"a\"},{\"risk\":\"rebounded\",\"route\":\"a\"},{\"risk\":\"led\",\"route\":\"a\"},{\"level\":\"city\",\"route\":\"a\"},{\"kind\":\"at_once\",\"route\":\"c\"},{\"route\":\"b\"}]");
  assert_true(route_rules_parse(text, rules, 16, &count, arena, &problem));
  assert_memory_equal(rules, policy.routes, count * sizeof *rules);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    assert_false(route_rules_parse(cases[i].json, rules, 16, &count, arena, &problem));
    assert_string_equal(problem.en, cases[i].en);
    assert_int_equal(count, 0);
  }
}

/* ---- the draw, and the office's own clock ---- */

static void the_draw_can_be_repeated_and_keeps_its_share(void **state) {
  int64_t drawn = 0, other = 0;
  for (int64_t id = 1; id <= 10000; id++) {
    bool one = draw_falls_on("申江2026", id, 1, 1000);
    assert_int_equal(one, draw_falls_on("申江2026", id, 1, 1000));
    drawn += one;
    other += one && draw_falls_on("申江2027", id, 1, 1000);
    assert_false(draw_falls_on("申江2026", id, 1, 0));
    assert_true(draw_falls_on("申江2026", id, 1, 10000));
  }
  assert_in_range(drawn, 880, 1120); /* four standard deviations around a tenth */
  assert_in_range(other, 50, 150);   /* another seed draws others */
  /* HMAC-SHA256 of "42:1" under SHA-256 of "seed", as another library has it: 6702 of 10,000 */
  assert_int_equal(draw_falls_on("seed", 42, 1, 6702), false);
  assert_int_equal(draw_falls_on("seed", 42, 1, 6703), true);
}

static void the_office_is_late_by_working_days(void **state) {
  static const struct { int64_t from_until, late, colour; } cases[] = { /* due on a Friday; the year has no holidays here */
    {0, 0, COLOUR_BLUE}, {1, 0, COLOUR_BLUE}, {2, 0, COLOUR_BLUE}, {3, 1, COLOUR_YELLOW}, {7, 5, COLOUR_YELLOW}, {10, 6, COLOUR_ORANGE}, {-4, 0, COLOUR_BLUE}};
  struct calendar calendar = {0};
  int64_t until = day(2026, 3, 6);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct review review = review_judge(&calendar, until, until + cases[i].from_until, 5);
    assert_int_equal(review.late, cases[i].late);
    assert_int_equal(review.colour, cases[i].colour);
  }
  assert_int_equal(review_judge(&calendar, NOTHING, until, 5).colour, COLOUR_BLUE);
}

/* ---- through the door ---- */

static int64_t value_of(struct city *city, int64_t problem, uint16_t field) { return city_value(city, RECORD_PROBLEM, problem, field); }
static int64_t state_of(struct city *city, int64_t problem) { return city_row(city, RECORD_PROBLEM, problem)->state; }

static bool first_take(void *with, const struct row *row) {
  struct row **first = with;
  *first = row_copy(arena, row);
  return false;
}
static struct row *cycle_of(struct city *city, int64_t problem, int64_t ordinal) {
  struct value of = value_integer(CYCLE_PROBLEM, problem), which = value_integer(CYCLE_ORDINAL, ordinal);
  struct condition conditions[] = {{CYCLE_PROBLEM, C_IS, &of, 1}, {CYCLE_ORDINAL, C_IS, &which, 1}};
  struct query query =
      {.type = record_type(RECORD_CYCLE), .conditions = conditions, .condition_count = 2, .long_texts = true, .many = true, .expected = -1};
  struct reader *reader;
  struct row *found = NULL;
  assert_int_equal(store_reader(city->store, &reader), STORE_OK);
  assert_int_equal(reader_list(reader, &query, &SCOPE_SYSTEM, arena, first_take, &found), STORE_OK);
  reader_release(reader);
  assert_non_null(found);
  return found;
}
/* Endorsed, on the route that its list gives. */
static int64_t endorsed(struct city *city, int64_t level) {
  int64_t measures[2], problem = city_started(city, KIND_TIME_LIMITED, level, measures);
  city_measure_done(city, measures[0]);
  city_measure_done(city, measures[1]);
  city_evidence(city, problem);
  city_applied(city, problem);
  city_do(city, &city->head, problem, ACTION_ENDORSE, NULL);
  return problem;
}

static void route_a_wants_two_different_acceptors_on_site(void **state) {
  struct city *city = *state;
  int64_t problem = endorsed(city, LEVEL_CITY), applied = city_today(city);
  city->now += 3 * MOMENT_DAY;
  must(city, city_act(city, &city->acceptor, problem, ACTION_ACCEPT, NULL), VERDICT_NOT_NOW);
  assert_true(city_found(city, "site_visit"));
  must(city, city_accepts(city, &city->acceptor, problem), VERDICT_DONE);
  assert_int_equal(state_of(city, problem), PROBLEM_ENDORSED);
  assert_int_equal(value_of(city, problem, PROBLEM_ACCEPTED_ON), NOTHING);
  assert_int_equal(value_of(city, problem, PROBLEM_ACCEPTOR), NOTHING);
  must(city, city_accepts(city, &city->acceptor, problem), VERDICT_NOT_NOW);
  assert_true(city_found(city, "another_person"));
  must(city, city_accepts(city, &city->acceptor2, problem), VERDICT_DONE);
  assert_int_equal(state_of(city, problem), PROBLEM_ACCEPTED);
  struct row *cycle = cycle_of(city, problem, 1);
  assert_int_equal(row_value(cycle, CYCLE_ACCEPTORS)->count, 2);
  assert_int_equal(row_integer(cycle, CYCLE_APPLIED_ON), applied); /* the unit's clock stopped there */
  assert_int_equal(row_integer(cycle, CYCLE_ACCEPTED_ON), applied + 3);
  assert_int_equal(row_integer(cycle, CYCLE_ON_TIME), 1);
  assert_int_equal(row_integer(cycle, CYCLE_DUE_APPROVED), value_of(city, problem, PROBLEM_DUE));
}

/* Applied on its last day and accepted long after it: the unit was in time. A day later it was not. */
static void on_time_goes_by_the_day_of_the_application(void **state) {
  struct city *city = *state;
  for (int64_t late = 0; late <= 1; late++) {
    int64_t measures[2], problem = city_started(city, KIND_TIME_LIMITED, LEVEL_CITY, measures);
    city_measure_done(city, measures[0]);
    city_measure_done(city, measures[1]);
    city_evidence(city, problem);
    city->now = moment_of_date(value_of(city, problem, PROBLEM_DUE) + late) + 9 * 3600 * MOMENT_SECOND;
    city_applied(city, problem);
    city_do(city, &city->head, problem, ACTION_ENDORSE, NULL);
    city->now += 20 * MOMENT_DAY;
    city_accepted(city, problem);
    assert_int_equal(row_integer(cycle_of(city, problem, 1), CYCLE_ON_TIME), !late);
  }
}

static void the_offices_own_days_begin_with_the_heads_signature(void **state) {
  struct city *city = *state;
  int64_t measures[2], problem = city_started(city, KIND_TIME_LIMITED, LEVEL_CITY, measures);
  city_measure_done(city, measures[0]);
  city_measure_done(city, measures[1]);
  city_evidence(city, problem);
  city_applied(city, problem);
  city->now += 7 * MOMENT_DAY;
  city_do(city, &city->head, problem, ACTION_ENDORSE, NULL);
  assert_int_equal(value_of(city, problem, PROBLEM_REVIEW_UNTIL), city_today(city) + 7);
}

static void sending_back_says_what_more_and_the_cycle_keeps_all_of_it(void **state) {
  struct city *city = *state;
  int64_t problem = endorsed(city, LEVEL_CITY), today = city_today(city);
  must(city, city_act(city, &city->acceptor, problem, ACTION_SEND_BACK, "不全"), VERDICT_INVALID);
  assert_true(city_found(city, "required"));
  must(city,
       city_act_with(city, &city->acceptor, RECORD_PROBLEM, problem, ACTION_SEND_BACK, "不全",
                     VALUES(value_text(PROBLEM_ASKED_MORE, "补纪要"), value_integer(PROBLEM_DUE, today + 31))),
       VERDICT_NOT_NOW);
  assert_true(city_found(city, "send_back_date"));
  must(city, city_accepts(city, &city->acceptor2, problem), VERDICT_DONE); /* one had accepted already: that falls with the sending back */
  must(city,
       city_act_with(city, &city->acceptor, RECORD_PROBLEM, problem, ACTION_SEND_BACK, "不全",
                     VALUES(value_text(PROBLEM_ASKED_MORE, "补纪要"), value_integer(PROBLEM_DUE, today + 30))),
       VERDICT_DONE);
  assert_int_equal(value_of(city, problem, PROBLEM_DUE), today + 30);
  assert_string_equal(row_text(city_row(city, RECORD_PROBLEM, problem), PROBLEM_ASKED_MORE), "补纪要");
  assert_int_equal(row_value(city_row(city, RECORD_PROBLEM, problem), PROBLEM_ACCEPTORS)->count, 0);
  assert_int_equal(value_of(city, problem, PROBLEM_COLOUR), COLOUR_ORANGE); /* a new date clears nothing */
  city_applied(city, problem);
  city_do(city, &city->head, problem, ACTION_ENDORSE, NULL);
  city_sent_back(city, &city->acceptor, problem, "还不全", "补照片");
  assert_string_equal(row_text(cycle_of(city, problem, 1), CYCLE_ASKED_MORE),
                      arena_print(arena, "%s 补纪要\n%s 补照片", date_print(arena, today), date_print(arena, today)));
}

static int64_t objection(struct city *city, int64_t problem) {
  return city_make(city, &city->office, RECORD_OBJECTION,
                   VALUES(value_integer(OBJECTION_PROBLEM, problem), value_text(OBJECTION_TEXT, "还在漏水"),
                          value_integer(OBJECTION_RECEIVED_ON, city_today(city)), value_integer(OBJECTION_CHANNEL, OBJECTED_BY_PHONE)));
}
static void judged(struct city *city, int64_t id, int64_t verdict, const struct authority *second) {
  must(city,
       city_act_with(city, &city->office, RECORD_OBJECTION, id, ACTION_CONCLUDE, NULL,
                     VALUES(value_integer(OBJECTION_VERDICT, verdict), value_text(OBJECTION_REASON, "到现场看过"))),
       VERDICT_DONE);
  must(city, city_act_with(city, &city->office, RECORD_OBJECTION, id, ACTION_AGREE, NULL, NULL, 0), VERDICT_NOT_NOW);
  assert_true(city_found(city, "another_person"));
  must(city, city_act_with(city, second, RECORD_OBJECTION, id, ACTION_AGREE, NULL, NULL, 0), VERDICT_DONE);
}

static void an_objection_stops_the_closing_and_a_founded_one_sends_back(void **state) {
  struct city *city = *state;
  struct authority second = city_person(city, "office2", city->root, ROLE_OFFICE, NOTHING);
  int64_t problem = endorsed(city, LEVEL_CITY);
  city_accepted(city, problem);
  city_publicised(city, problem);
  int64_t first = objection(city, problem);
  city->now += 20 * MOMENT_DAY;
  must(city, city_act(city, &city->office, problem, ACTION_CLOSE, NULL), VERDICT_NOT_NOW);
  assert_true(city_found(city, "objections_none"));
  must(city, city_act(city, &AUTHORITY_SYSTEM, problem, ACTION_CLOSE, "公示期满"), VERDICT_NOT_NOW); /* the clock is stopped as well */
  must(city,
       city_act_with(city, &city->office, RECORD_OBJECTION, first, ACTION_CONCLUDE, NULL,
                     VALUES(value_integer(OBJECTION_VERDICT, FOUNDED), value_text(OBJECTION_REASON, "像是"))),
       VERDICT_DONE);
  must(city, city_act_with(city, &second, RECORD_OBJECTION, first, ACTION_DISAGREE, "没有到现场", NULL, 0), VERDICT_DONE);
  assert_int_equal(city_value(city, RECORD_OBJECTION, first, OBJECTION_VERDICT), NOTHING);
  judged(city, first, UNFOUNDED, &second);
  assert_int_equal(state_of(city, problem), PROBLEM_PUBLICISED);
  int64_t again = objection(city, problem);
  judged(city, again, FOUNDED, &second);
  assert_int_equal(state_of(city, problem), PROBLEM_RECTIFYING);
  assert_int_equal(value_of(city, problem, PROBLEM_SENT_BACK), 1);
  assert_string_equal(row_text(city_row(city, RECORD_PROBLEM, problem), PROBLEM_ASKED_MORE), "到现场看过");
  assert_int_equal(value_of(city, problem, PROBLEM_PUBLICITY_SCOPE), NOTHING); /* to be reviewed again */
  must(city,
       city_act_with(city, &city->office, RECORD_OBJECTION, again, ACTION_ANSWER, NULL, VALUES(value_text(OBJECTION_REPLY, "已责令整改"))),
       VERDICT_DONE);
}

static void a_founded_objection_re_opens_what_is_closed_and_the_old_cycle_stays(void **state) {
  struct city *city = *state;
  struct authority second = city_person(city, "office2", city->root, ROLE_OFFICE, NOTHING);
  int64_t problem = endorsed(city, LEVEL_UNIT);
  city_accepted(city, problem);
  city_do(city, &city->office, problem, ACTION_CLOSE, NULL);
  struct row *closed = cycle_of(city, problem, 1);
  /* closed: not even the program edits it */
  must(city, city_act_with(city, &AUTHORITY_SYSTEM, RECORD_CYCLE, closed->id, ACTION_EDIT, NULL, VALUES(value_integer(CYCLE_ON_TIME, 0))),
       VERDICT_NOT_NOW);
  must(city, city_act_with(city, &city->office, RECORD_CYCLE, closed->id, ACTION_EDIT, NULL, VALUES(value_integer(CYCLE_ON_TIME, 0))),
       VERDICT_FORBIDDEN);
  judged(city, objection(city, problem), FOUNDED, &second);
  assert_int_equal(state_of(city, problem), PROBLEM_ASSIGNED);
  assert_int_equal(value_of(city, problem, PROBLEM_CYCLE), 2);
  assert_int_equal(value_of(city, problem, PROBLEM_DUE), city_today(city) + 45); /* half of ninety days */
  struct row *kept = cycle_of(city, problem, 1);
  for (size_t i = 0; i < kept->type->field_count; i++) assert_true(value_equal(&kept->values[i], &closed->values[i]));
  assert_int_equal(kept->state, CYCLE_REOPENED);
  must(city, city_act_with(city, &AUTHORITY_SYSTEM, RECORD_CYCLE, kept->id, ACTION_EDIT, NULL, VALUES(value_integer(CYCLE_ON_TIME, 0))),
       VERDICT_NOT_NOW);
}

static void dissatisfied_people_stop_the_full_chain_unless_approved(void **state) {
  struct city *city = *state;
  struct authority second = city_person(city, "office2", city->root, ROLE_OFFICE, NOTHING);
  int64_t problem = endorsed(city, LEVEL_CITY);
  int64_t appeal = city_make(city, &city->office, RECORD_APPEAL,
                             VALUES(value_text(APPEAL_NUMBER, "12345-1"), value_text(APPEAL_TITLE, "漏水"),
                                    value_integer(APPEAL_MADE_AT, city->now), value_integer(APPEAL_SATISFACTION, DISSATISFIED)));
  city_make(city, &city->office, RECORD_LINK,
            VALUES(value_integer(LINK_FROM_TYPE, RECORD_PROBLEM), value_integer(LINK_FROM_ID, problem),
                   value_integer(LINK_TO_TYPE, RECORD_APPEAL), value_integer(LINK_TO_ID, appeal)));
  city_accepted(city, problem);
  city_publicised(city, problem);
  city->now += 20 * MOMENT_DAY;
  must(city, city_act(city, &city->office, problem, ACTION_CLOSE, NULL), VERDICT_NOT_NOW);
  assert_true(city_found(city, "nobody_dissatisfied"));
  must(city,
       city_act_with(city, &city->office, RECORD_PROBLEM, problem, ACTION_CLOSE_DESPITE, "诉求超出法定范围,已当面说明",
                     VALUES(value_integer(PROBLEM_CLOSE_DESPITE, 1))),
       VERDICT_DONE);
  assert_int_equal(value_of(city, problem, PROBLEM_CLOSE_DESPITE), NOTHING); /* waits for somebody else */
  must(city, city_act(city, &city->office, problem, ACTION_CLOSE, NULL), VERDICT_NOT_NOW);
  struct value of = value_integer(APPROVAL_RECORD, problem);
  struct condition condition = {APPROVAL_RECORD, C_IS, &of, 1};
  struct query query = {.type = record_type(RECORD_APPROVAL), .conditions = &condition, .condition_count = 1, .expected = -1};
  struct reader *reader;
  struct row *approval = NULL;
  assert_int_equal(store_reader(city->store, &reader), STORE_OK);
  assert_int_equal(reader_list(reader, &query, &SCOPE_SYSTEM, arena, first_take, &approval), STORE_OK);
  reader_release(reader);
  assert_non_null(approval);
  must(city, city_act_with(city, &second, RECORD_APPROVAL, approval->id, ACTION_AGREE, NULL, NULL, 0), VERDICT_DONE);
  city_do(city, &city->office, problem, ACTION_CLOSE, NULL);
}

static void a_colour_set_by_hand_stands_beside_and_changes_nothing(void **state) {
  struct city *city = *state;
  int64_t measures[2], problem = city_started(city, KIND_TIME_LIMITED, LEVEL_UNIT, measures), until = city_today(city) + 9;
  struct value values[] = {value_integer(PROBLEM_HAND_COLOUR, COLOUR_RED), value_integer(PROBLEM_HAND_COLOUR_UNTIL, until)};
  must(city, city_act_with(city, &city->liaison, RECORD_PROBLEM, problem, ACTION_HAND_SET_COLOUR, "领导关注", values, 2), VERDICT_FORBIDDEN);
  /* no reason */
  must(city, city_act_with(city, &city->office, RECORD_PROBLEM, problem, ACTION_HAND_SET_COLOUR, NULL, values, 2), VERDICT_INVALID);
  must(city, city_act_with(city, &city->office, RECORD_PROBLEM, problem, ACTION_EDIT, "领导关注", values, 2), VERDICT_INVALID);
  must(city, city_act_with(city, &city->office, RECORD_PROBLEM, problem, ACTION_HAND_SET_COLOUR, "领导关注", values, 2), VERDICT_DONE);
  assert_int_equal(value_of(city, problem, PROBLEM_COLOUR), COLOUR_BLUE);
  assert_int_equal(value_of(city, problem, PROBLEM_EVER_RED), 0);
  assert_int_equal(value_of(city, problem, PROBLEM_HAND_COLOUR), COLOUR_RED);
  assert_int_equal(value_of(city, problem, PROBLEM_HAND_COLOUR_BY), city->office.user);
  assert_string_equal(row_text(city_row(city, RECORD_PROBLEM, problem), PROBLEM_HAND_COLOUR_WHY), "领导关注");
  must(city, city_act(city, &city->office, problem, ACTION_LIFT_HAND_COLOUR, "已平息"), VERDICT_DONE);
  assert_int_equal(value_of(city, problem, PROBLEM_HAND_COLOUR_UNTIL), NOTHING);
  must(city, city_act_with(city, &city->office, RECORD_PROBLEM, problem, ACTION_HAND_SET_COLOUR, "领导关注", values, 2), VERDICT_DONE);
  must(city, city_act(city, &city->office, problem, ACTION_WITHDRAW, "重复"), VERDICT_DONE);
  struct writer *writer = writer_start(city->store);
  struct clock_report report = {0};
  city->now = moment_of_date(until + 1) - 1;
  assert_int_equal(clock_run(city->store, writer, city->now, &report), STORE_OK);
  assert_int_equal(report.lifted, 0);
  city->now++;
  assert_int_equal(clock_run(city->store, writer, city->now, &report), STORE_OK);
  assert_int_equal(report.lifted, 1); /* in a state that has no such arrow, too */
  writer_stop(writer);
  assert_int_equal(value_of(city, problem, PROBLEM_HAND_COLOUR), NOTHING);
}

static void the_five_general_criteria_are_adopted_once_and_asked_at_acceptance(void **state) {
  struct city *city = *state;
  for (int i = 0; i < 2; i++)
    must(city, city_act_with(city, &city->office, RECORD_CAMPAIGN, city->campaign, ACTION_ADOPT_CRITERIA, NULL, NULL, 0), VERDICT_DONE);
  struct query query = {.type = record_type(RECORD_CRITERION), .expected = -1};
  struct reader *reader;
  struct row *first = NULL;
  int64_t count = 0;
  assert_int_equal(store_reader(city->store, &reader), STORE_OK);
  assert_int_equal(reader_count(reader, &query, &SCOPE_SYSTEM, &count), STORE_OK);
  assert_int_equal(reader_list(reader, &query, &SCOPE_SYSTEM, arena, first_take, &first), STORE_OK);
  reader_release(reader);
  assert_int_equal(count, 5);
  int64_t problem = endorsed(city, LEVEL_UNIT), ids[5], today = city_today(city);
  struct value later[] = {value_integer(CRITERION_CAMPAIGN, city->campaign), value_text(CRITERION_TEXT, "以后才问的"),
                          value_integer(CRITERION_FROM, today + 1), value_integer(CRITERION_TO, today)};
  must(city, city_act_with(city, &city->office, RECORD_CRITERION, 0, ACTION_CREATE, NULL, later, 4), VERDICT_NOT_NOW);
  assert_true(city_found(city, "dates_in_order"));
  city_make(city, &city->office, RECORD_CRITERION, later, 3); /* not in force yet: nobody asks it below */
  struct value of_audit[] = {later[0], value_text(CRITERION_TEXT, "审计问题才问的"), value_integer(CRITERION_SOURCE, SOURCE_AUDIT_NEW)},
               of_quick[] = {later[0], value_text(CRITERION_TEXT, "即知即改才问的"), value_integer(CRITERION_KIND, KIND_AT_ONCE)};
  city_make(city, &city->office, RECORD_CRITERION, of_audit, 3);
  city_make(city, &city->office, RECORD_CRITERION, of_quick, 3);
  for (int i = 0; i < 5; i++) ids[i] = first->id + i;
  must(city, city_accepts(city, &city->acceptor, problem), VERDICT_NOT_NOW);
  assert_true(city_found(city, "criteria_met"));
  /* its words stay */
  must(city, city_act_with(city, &city->office, RECORD_CRITERION, ids[4], ACTION_EDIT, NULL, VALUES(value_text(CRITERION_TEXT, "另一句"))),
       VERDICT_INVALID);
  must(city, city_act_with(city, &city->office, RECORD_CRITERION, ids[4], ACTION_RETIRE, "不适用", NULL, 0), VERDICT_DONE);
  struct value values[] = {value_many(PROBLEM_CRITERIA_MET, ids, 4), value_integer(PROBLEM_ON_SITE, 1),
                           value_integer(PROBLEM_VISITED_ON, city_today(city)), value_text(PROBLEM_VISIT_PLACE, "现场")};
  must(city, city_act_with(city, &city->acceptor, RECORD_PROBLEM, problem, ACTION_ACCEPT, NULL, values, 4), VERDICT_DONE);
  assert_int_equal(row_value(cycle_of(city, problem, 1), CYCLE_CRITERIA)->count, 4);
}

/* ---- policies ---- */

static int64_t policy_with(struct city *city, const struct value *more, size_t count) {
  struct value values[16] = {value_text(POLICY_NAME, "新口径"), value_integer(POLICY_CAMPAIGN, city->campaign),
                             value_integer(POLICY_FROM, city_today(city))};
  for (size_t i = 0; i < count; i++) values[3 + i] = more[i];
  return city_make(city, &city->office, RECORD_POLICY, values, 3 + count);
}

static void a_policy_takes_its_presets_rules_and_a_seed(void **state) {
  struct city *city = *state;
  struct row *row = city_row(city, RECORD_POLICY, policy_with(city, VALUES(value_integer(POLICY_PRESET, PRESET_DAZU))));
  assert_string_equal(row_text(row, POLICY_COLOUR_RULES), colour_preset(PRESET_DAZU)->rules);
  assert_int_equal(strlen(row_text(row, POLICY_DRAW_SEED)), 16);
  row = city_row(city, RECORD_POLICY, policy_with(city, VALUES(value_text(POLICY_DRAW_SEED, "公布的种子"))));
  assert_string_equal(row_text(row, POLICY_DRAW_SEED), "公布的种子");
  assert_null(row_text(row, POLICY_COLOUR_RULES));
}

static void what_is_drawn_is_seen_on_site_and_what_is_closed_is_checked(void **state) {
  struct city *city = *state;
  policy_with(city, VALUES(value_integer(POLICY_DRAW_B, 10000), value_integer(POLICY_DRAW_C, 10000), value_text(POLICY_DRAW_SEED, "种子")));
  int64_t problem = endorsed(city, LEVEL_UNIT);
  assert_int_equal(value_of(city, problem, PROBLEM_ROUTE), ROUTE_B);
  assert_int_equal(value_of(city, problem, PROBLEM_DRAWN_ON), city_today(city));
  assert_string_equal(row_text(city_row(city, RECORD_PROBLEM, problem), PROBLEM_DRAWN_SEED), "种子");
  must(city, city_act(city, &city->acceptor, problem, ACTION_ACCEPT, NULL), VERDICT_NOT_NOW);
  assert_true(city_found(city, "site_visit"));
  must(city, city_accepts(city, &city->acceptor, problem), VERDICT_DONE);
  assert_int_equal(state_of(city, problem), PROBLEM_ACCEPTED); /* one is enough on B */
  int64_t quick = city_taken(city, KIND_AT_ONCE, LEVEL_UNIT);
  city_evidence(city, quick);
  city_applied(city, quick);
  assert_int_equal(state_of(city, quick), PROBLEM_CLOSED); /* the unit closes it itself; the check comes after */
  must(city, city_act_with(city, &city->acceptor, RECORD_PROBLEM, quick, ACTION_CHECK_SAMPLE, NULL, NULL, 0), VERDICT_NOT_NOW);
  must(city,
       city_act_with(city, &city->acceptor, RECORD_PROBLEM, quick, ACTION_CHECK_SAMPLE, NULL,
                     VALUES(value_integer(PROBLEM_ON_SITE, 1), value_integer(PROBLEM_VISITED_ON, city_today(city)),
                            value_text(PROBLEM_VISIT_PLACE, "门诊大厅"))),
       VERDICT_DONE);
  assert_int_equal(value_of(city, quick, PROBLEM_CHECKED_ON), city_today(city));
}

/* Problems in many standings; the preview of each preset equals what the clock then does. */
static void a_preview_equals_what_then_happens(void **state) {
  struct city *city = *state;
  int64_t measures[2];
  for (int i = 0; i < 3; i++) city_taken(city, KIND_TIME_LIMITED, LEVEL_UNIT);
  for (int i = 0; i < 3; i++) city_started(city, KIND_TIME_LIMITED, LEVEL_UNIT, measures);
  int64_t half = city_started(city, KIND_TIME_LIMITED, LEVEL_UNIT, measures);
  city_measure_done(city, measures[0]);
  city_do(city, &city->office, half, ACTION_WITHDRAW, "重复");
  city_started(city, KIND_TIME_LIMITED, LEVEL_UNIT, measures);
  city_measure_done(city, measures[0]);
  endorsed(city, LEVEL_CITY);
  city_accepted(city, endorsed(city, LEVEL_CITY));
  struct writer *writer = writer_start(city->store);
  city->now += 85 * MOMENT_DAY;
  for (size_t i = 0; i < COLOUR_PRESET_COUNT; i++) {
    struct value values[] = {value_text(POLICY_NAME, "试"), value_text(POLICY_NAME, "试行"), value_integer(POLICY_CAMPAIGN, city->campaign),
                             value_integer(POLICY_FROM, city_today(city)), value_integer(POLICY_PRESET, COLOUR_PRESETS[i].code)};
    struct context context = {.now = city->now, .authority = &city->office, .happened = NOTHING, .channel = CHANNEL_API};
    struct clock_report report;
    struct policy_preview preview;
    struct outcome outcome;
    struct reader *reader;
    int64_t number;
    assert_int_equal(clock_run(city->store, writer, city->now, &report), STORE_OK);
    number = city_number(city);
    assert_int_equal(store_reader(city->store, &reader), STORE_OK);
    assert_int_equal(policy_preview(reader, &context, &SCOPE_SYSTEM, values + 1, 4, 3, 0, arena, &outcome, &preview), STORE_OK);
    assert_int_equal(outcome.verdict, VERDICT_UNCHANGED);
    assert_int_equal(preview.total, 9);
    assert_int_equal(city_number(city), number); /* nothing was written */
    int64_t cells[PREVIEW_COLOURS][PREVIEW_COLOURS] = {{0}}, before[64], ids[64];
    size_t count = 0;
    for (int64_t id = 1; id <= number && count < 64; id++) {
      struct row *row = NULL;
      if (reader_get(reader, record_type(RECORD_PROBLEM), &SCOPE_SYSTEM, id, arena, &row) != STORE_OK ||
          row_integer(row, PROBLEM_COUNTED) != 1)
        continue;
      ids[count] = id;
      before[count++] = row_integer(row, PROBLEM_COLOUR);
    }
    reader_release(reader);
    city_make(city, &city->office, RECORD_POLICY, values + 1, 4);
    assert_int_equal(clock_run(city->store, writer, city->now, &report), STORE_OK);
    for (size_t k = 0; k < count; k++) cells[before[k]][value_of(city, ids[k], PROBLEM_COLOUR)]++;
    assert_memory_equal(cells, preview.cells, sizeof cells);
    assert_true(preview.example_count <= 3 && preview.more == (preview.changed > 3));
    for (size_t k = 0; k < preview.example_count; k++)
      assert_int_equal(preview.examples[k].to.colour, value_of(city, preview.examples[k].problem->id, PROBLEM_COLOUR));
  }
  writer_stop(writer);
}

static void a_preview_of_a_wrong_policy_is_refused_with_its_findings(void **state) {
  struct city *city = *state;
  struct context context = {.now = city->now, .authority = &city->office, .happened = NOTHING, .channel = CHANNEL_API};
  struct value values[] = {value_text(POLICY_NAME, "试行"), value_integer(POLICY_CAMPAIGN, city->campaign),
                           value_integer(POLICY_FROM, city_today(city) - 1), value_text(POLICY_COLOUR_RULES, "[]")};
  struct policy_preview preview;
  struct outcome outcome;
  struct reader *reader;
  assert_int_equal(store_reader(city->store, &reader), STORE_OK);
  assert_int_equal(policy_preview(reader, &context, &SCOPE_SYSTEM, values, 4, 3, 0, arena, &outcome, &preview), STORE_OK);
  reader_release(reader);
  assert_int_equal(outcome.verdict, VERDICT_INVALID);
  assert_int_equal(outcome.finding_count, 2);
  assert_int_equal(preview.total, 0);
}

#define CITY_TEST(function) cmocka_unit_test_setup_teardown(function, city_setup, city_teardown)
int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(each_guard_holds_where_it_should),
                                     cmocka_unit_test(the_route_goes_by_kind_list_and_risk),
                                     cmocka_unit_test(routes_are_read_and_what_is_wrong_is_named),
                                     cmocka_unit_test(the_draw_can_be_repeated_and_keeps_its_share),
                                     cmocka_unit_test(the_office_is_late_by_working_days),
                                     CITY_TEST(route_a_wants_two_different_acceptors_on_site),
                                     CITY_TEST(on_time_goes_by_the_day_of_the_application),
                                     CITY_TEST(the_offices_own_days_begin_with_the_heads_signature),
                                     CITY_TEST(sending_back_says_what_more_and_the_cycle_keeps_all_of_it),
                                     CITY_TEST(an_objection_stops_the_closing_and_a_founded_one_sends_back),
                                     CITY_TEST(a_founded_objection_re_opens_what_is_closed_and_the_old_cycle_stays),
                                     CITY_TEST(dissatisfied_people_stop_the_full_chain_unless_approved),
                                     CITY_TEST(a_colour_set_by_hand_stands_beside_and_changes_nothing),
                                     CITY_TEST(the_five_general_criteria_are_adopted_once_and_asked_at_acceptance),
                                     CITY_TEST(a_policy_takes_its_presets_rules_and_a_seed),
                                     CITY_TEST(what_is_drawn_is_seen_on_site_and_what_is_closed_is_checked),
                                     CITY_TEST(a_preview_equals_what_then_happens),
                                     CITY_TEST(a_preview_of_a_wrong_policy_is_refused_with_its_findings)};
  return cmocka_run_group_tests(tests, open_arena, close_arena);
}
