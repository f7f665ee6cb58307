/* Definitions over a ledger of thirteen problems, every value worked out by hand; the rates of checks and call-backs; and what holds
   whatever the ledger: sums over any grouping are the total, a numerator is part of its denominator. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "rules/definitions.h"
#include "rules/definitions_rates.h"

enum { NONE = FIGURE_NO_DATE, T = 100 /* the cut-off day */, C = FIGURE_COUNTED };
static const struct cut CUT = {.on = T, .from = 71, .to = 100};

/* Dates are small numbers: P is day 71 to day 100, T is day 100. A date not named is none. */
struct line {
  int64_t id, unit;
  state_code state;
  uint32_t flags;
  int32_t admitted, due_original, due, applied, closed, watch, reopened, closed_before, watch_before, entered;
  uint8_t kind, source, colour, led_by, outcome; uint16_t sent_back, extensions, transfers; int64_t parent; int32_t joint[2], registered;
};
#define DATED(...) .admitted = NONE, .due_original = NONE, .due = NONE, .applied = NONE, .closed = NONE, .watch = NONE, .reopened = NONE, .closed_before = NONE, .watch_before = NONE, .entered = NONE, __VA_ARGS__
#pragma GCC diagnostic ignored "-Woverride-init"
#ifdef __clang__
#pragma clang diagnostic ignored "-Winitializer-overrides"
#endif
static const struct line LEDGER[] = {
  /* 1 closed in P on time by both dates, watch over on day 95, never sent back, really solved */
  {DATED(.id = 1, .unit = 10, .state = PROBLEM_CLOSED, .flags = C, .admitted = 20, .due_original = 80, .due = 80, .applied = 78, .closed = 82, .watch = 95), .kind = KIND_TIME_LIMITED, .source = SOURCE_RESEARCH, .colour = COLOUR_GREEN, .outcome = OUTCOME_SOLVED},
  /* 2 closed in P, late by the original date (75), on time by the approved one (90), extended once; watch runs; only explained; old
     stock */
  {DATED(.id = 2, .unit = 10, .state = PROBLEM_CLOSED, .flags = C | FIGURE_OLD_STOCK, .admitted = 30, .due_original = 75, .due = 90, .applied = 85, .closed = 92, .watch = 182), .kind = KIND_TIME_LIMITED, .source = SOURCE_AUDIT_OLD, .colour = COLOUR_GREEN, .extensions = 1, .sent_back = 1, .outcome = OUTCOME_EXPLAINED},
  /* 3 publicised: accepted, not closed */
  {DATED(.id = 3, .unit = 10, .state = PROBLEM_PUBLICISED, .flags = C, .admitted = 75, .due_original = 99, .due = 99, .applied = 96), .kind = KIND_TIME_LIMITED, .source = SOURCE_RESEARCH, .colour = COLOUR_GREEN},
  /* 4 endorsed, waiting for acceptance; applied before its date (98), so it is not overdue on day 100 */
  {DATED(.id = 4, .unit = 11, .state = PROBLEM_ENDORSED, .flags = C, .admitted = 60, .due_original = 98, .due = 98, .applied = 97), .kind = KIND_AT_ONCE, .source = SOURCE_APPEALS, .colour = COLOUR_BLUE, .joint = {10, 12}},
  /* 5 rectifying, overdue since day 90, handed on once, hard */
  {DATED(.id = 5, .unit = 11, .state = PROBLEM_RECTIFYING, .flags = C | FIGURE_HARD, .admitted = 40, .due_original = 90, .due = 90), .kind = KIND_LONG_TERM, .source = SOURCE_APPEALS, .colour = COLOUR_ORANGE, .transfers = 1, .led_by = 2},
  /* 6 re-opened on day 88 within the watch (100) of a closing on day 80; due later */
  {DATED(.id = 6, .unit = 11, .state = PROBLEM_RECTIFYING, .flags = C, .admitted = 35, .due_original = 110, .due = 110, .reopened = 88, .closed_before = 80, .watch_before = 100), .kind = KIND_TIME_LIMITED, .source = SOURCE_RESEARCH, .colour = COLOUR_RED},
  /* 7 admitted on day 90, not assigned yet */
  {DATED(.id = 7, .unit = 12, .state = PROBLEM_ADMITTED, .flags = C, .admitted = 90), .kind = KIND_LONG_TERM, .source = SOURCE_SELF_CHECK, .colour = COLOUR_GREY},
  /* 8 admitted on day 72, withdrawn since: added, not in the total */
  {DATED(.id = 8, .unit = 12, .state = PROBLEM_WITHDRAWN, .flags = FIGURE_WITHDRAWN, .admitted = 72), .kind = KIND_AT_ONCE, .source = SOURCE_SELF_CHECK},
  /* 9 merged into 5 */
  {DATED(.id = 9, .unit = 11, .state = PROBLEM_MERGED, .flags = FIGURE_MERGED, .admitted = 45), .source = SOURCE_APPEALS},
  /* 10 a part of 5: not in the total, though closed */
  {DATED(.id = 10, .unit = 13, .state = PROBLEM_CLOSED, .flags = FIGURE_PART, .admitted = 74, .due = 95, .closed = 94), .parent = 5, .source = SOURCE_APPEALS, .colour = COLOUR_GREEN},
  /* 11 a placeholder, back-entered in P with an admission of day 50; yellow */
  {DATED(.id = 11, .unit = 12, .state = PROBLEM_ASSIGNED, .flags = C | FIGURE_PLACEHOLDER, .admitted = 50, .entered = 80, .due_original = 120, .due = 120), .kind = KIND_TIME_LIMITED, .source = SOURCE_INSPECTION_NEW, .colour = COLOUR_YELLOW, .led_by = 1},
  /* 13 admitted on day 99 and entered after the period: back-entered in the next one, not added in this; brought in by a file, so the
     record's day says it */
  {DATED(.id = 13, .unit = 13, .state = PROBLEM_WITHDRAWN, .flags = FIGURE_WITHDRAWN, .admitted = 99), .registered = 101, .source = SOURCE_RESEARCH},
  /* 12 a draft: nothing counts it */
  {DATED(.id = 12, .unit = 12, .state = PROBLEM_DRAFT), .source = SOURCE_RESEARCH},
};
enum { LINES = sizeof LEDGER / sizeof *LEDGER };

static struct figure figure_of(const struct line *line) {
  struct figure figure = {.id = line->id,
                          .lead_unit = line->unit,
                          .state = line->state,
                          .flags = line->flags,
                          .admitted = line->admitted,
                          .admitted_entered = line->entered,
                          .due = line->due,
                          .due_original = line->due_original,
                          .applied = line->applied,
                          .closed = line->closed,
                          .watch_until = line->watch,
                          .reopened = line->reopened,
                          .closed_before = line->closed_before,
                          .watch_before = line->watch_before,
                          .kind = line->kind,
                          .source = line->source,
                          .colour = line->colour,
                          .led_by = line->led_by,
                          .outcome = line->outcome,
                          .sent_back = line->sent_back,
                          .extensions = line->extensions,
                          .transfers = line->transfers,
                          .parent = line->parent,
                          .registered = line->registered,
                          .joint = {line->joint[0], line->joint[1]},
                          .route = line->id == 2 ? ROUTE_A : ROUTE_B,
                          .assigned = line->due == NONE ? NONE : line->admitted + 1,
                          .endorsed = NONE,
                          .accepted = NONE,
                          .taken = NONE,
                          .publicised = NONE,
                          .settled = NONE,
                          .withdrawn = NONE,
                          .hand_until = NONE,
                          .suspended_until = NONE};
  return figure;
}

/* What each definition gives, and who is in its numerator; denominator 0 for counts. */
static const struct { enum definition_code code; int64_t numerator, denominator; const char *members; } EXPECTED[] = {
  {DEFINITION_TOTAL, 8, 0, "1 2 3 4 5 6 7 11"},        /* without 8 withdrawn, 9 merged, 10 part, 12 draft */
  {DEFINITION_ADDED, 3, 0, "3 7 8"},                    /* admitted on 75, 90, 72; 10 is a part; 11 was admitted on day 50; 13 was entered too late */
  {DEFINITION_ADDED_NET, 2, 0, "3 7"},
  {DEFINITION_BACK_ENTERED, 1, 0, "11"},
  {DEFINITION_OLD_STOCK, 1, 0, "2"},
  {DEFINITION_INCREMENT, 7, 0, "1 3 4 5 6 7 11"},
  {DEFINITION_SELF_REPORTED, 4, 0, "1 2 3 4"},
  {DEFINITION_ACCEPTED, 3, 0, "1 2 3"},
  {DEFINITION_CLOSED, 2, 0, "1 2"},
  {DEFINITION_OPEN, 6, 0, "3 4 5 6 7 11"},
  {DEFINITION_REOPENED, 1, 0, "6"},
  {DEFINITION_WITHDRAWN, 2, 0, "8 13"},
  {DEFINITION_MERGED, 1, 0, "9"},
  {DEFINITION_PARTS, 1, 0, "10"},
  {DEFINITION_PLACEHOLDERS, 1, 0, "11"},
  {DEFINITION_HISTORIC, 0, 0, ""},
  {DEFINITION_JOINT, 1, 0, "4"},
  {DEFINITION_SECRETARY, 1, 0, "11"},
  {DEFINITION_FOUR_TEAMS, 1, 0, "5"},
  {DEFINITION_HARD, 1, 0, "5"},
  {DEFINITION_SUSPENDED, 0, 0, ""},
  {DEFINITION_HAND_SET, 0, 0, ""},
  {DEFINITION_GREEN, 3, 0, "1 2 3"},                    /* 10 is green and a part */
  {DEFINITION_BLUE, 1, 0, "4"},
  {DEFINITION_YELLOW, 1, 0, "11"},
  {DEFINITION_ORANGE, 1, 0, "5"},
  {DEFINITION_RED, 1, 0, "6"},
  {DEFINITION_GREY, 1, 0, "7"},
  {DEFINITION_RECTIFICATION_RATE, 3, 8, "1 2 3"},
  {DEFINITION_CLOSING_RATE, 2, 8, "1 2"},
  {DEFINITION_DUE_CLOSING_RATE, 2, 5, "1 2"},           /* dates up to day 100: 1 (80), 2 (90), 3 (99), 4 (98), 5 (90) */
  {DEFINITION_ON_TIME_ORIGINAL, 2, 5, "1 3"},           /* original dates in P: 1 2 3 4 5; 2 applied on 85 after 75, 4 is not accepted */
  {DEFINITION_ON_TIME_APPROVED, 3, 5, "1 2 3"},
  {DEFINITION_OVERDUE_RATE, 1, 6, "5"},                 /* 4's clock stands since day 97; 3 was applied for on day 96 */
  {DEFINITION_EXTENSION_RATE, 1, 7, "2"},               /* all of the total but 7 have a date */
  {DEFINITION_FIRST_PASS_RATE, 2, 3, "1 3"},            /* with a verdict: 1 2 3 */
  {DEFINITION_REALLY_SOLVED, 1, 2, "1"},
  {DEFINITION_TRANSFER_RATE, 1, 7, "5"},                /* assigned: all of the total but 7 */
  {DEFINITION_REBOUND_RATE, 1, 2, "6"},                 /* closed in P: 1 (watch over), 6 (re-opened); 2's watch runs on */
  {DEFINITION_LONG_TERM_SHARE, 2, 8, "5 7"},
  {DEFINITION_SPOT_POPULATION, 2, 0, "1 3"},           /* 2 went by route A, where everything is seen */
};

static void members_print(char *text, size_t room, const struct definition *definition) {
  size_t at = 0;
  *text = 0;
  for (size_t i = 0; i < LINES; i++) {
    struct figure figure = figure_of(&LEDGER[i]);
    bool in = (!definition->denominator || definition_holds(definition, PART_DENOMINATOR, &figure, &CUT)) &&
              definition_holds(definition, PART_NUMERATOR, &figure, &CUT);
    if (in) at += (size_t)snprintf(text + at, room - at, "%s%d", at ? " " : "", (int)figure.id);
  }
}

static void values_are_those_worked_out_by_hand(void **state) {
  struct ratio sums[DEFINITIONS_MOST] = {{0}};
  for (size_t i = 0; i < LINES; i++) {
    struct figure figure = figure_of(&LEDGER[i]);
    definitions_add(sums, &figure, &CUT);
  }
  size_t of_problems = 0;
  for (size_t i = 0; i < DEFINITION_COUNT; i++) of_problems += !DEFINITIONS[i].of;
  assert_int_equal(sizeof EXPECTED / sizeof *EXPECTED, of_problems); /* every definition has its case */
  for (size_t i = 0; i < sizeof EXPECTED / sizeof *EXPECTED; i++) {
    const struct definition *definition = definition_of(EXPECTED[i].code);
    char members[200];
    assert_non_null(definition);
    struct ratio sum = sums[definition_place(definition)];
    members_print(members, sizeof members, definition);
    if (sum.numerator != EXPECTED[i].numerator || sum.denominator != EXPECTED[i].denominator || strcmp(members, EXPECTED[i].members) != 0)
      fail_msg("%s: %d of %d, members %s", definition->name, (int)sum.numerator, (int)sum.denominator, members);
  }
}

/* The edges: the day itself is still in time, the day after is not; an application stops the clock on its day; the ends of a period belong
   to it. */
static void edges_are_where_they_are_said_to_be(void **state) {
  struct figure figure =
      {.flags = C, .state = PROBLEM_RECTIFYING, .due = 90, .due_original = 90, .applied = NONE, .admitted = 71, .admitted_entered = 71};
  assert_false(figure_is_overdue(&figure, 90));
  assert_true(figure_is_overdue(&figure, 91));
  figure.state = PROBLEM_APPLIED, figure.applied = 90;
  assert_false(figure_is_overdue(&figure, 200));
  figure.applied = 91;
  assert_true(figure_is_overdue(&figure, 200));
  figure.state = PROBLEM_ACCEPTED, figure.applied = 90;
  assert_true(definition_holds(definition_of(DEFINITION_ON_TIME_APPROVED), PART_NUMERATOR, &figure, &CUT));
  figure.applied = 91;
  assert_false(definition_holds(definition_of(DEFINITION_ON_TIME_APPROVED), PART_NUMERATOR, &figure, &CUT));
  const struct { int32_t admitted; bool added; } days[] = {{70, false}, {71, true}, {100, true}, {101, false}};
  for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
    figure.admitted = figure.admitted_entered = days[i].admitted;
    assert_int_equal(definition_holds(definition_of(DEFINITION_ADDED), PART_NUMERATOR, &figure, &CUT), days[i].added);
  }
  figure.state = PROBLEM_CLOSED, figure.closed_before = NONE, figure.closed = 80, figure.watch_until = 100;
  assert_false(definition_holds(definition_of(DEFINITION_REBOUND_RATE), PART_DENOMINATOR, &figure, &CUT)); /* its last day is not over */
  figure.watch_until = 99;
  assert_true(definition_holds(definition_of(DEFINITION_REBOUND_RATE), PART_DENOMINATOR, &figure, &CUT));
}

/* ---- checks, cases, mechanisms ---- */

static const struct record_item ITEMS[] = { /* P is day 70 to 90, T day 100 */
  {.id = 1, .type = RECORD_CHECK, .state = CHECK_PASSED, .what = CHECK_DRAWN, .on = 75, .unit = 11, .category = 1},
  {.id = 2, .type = RECORD_CHECK, .state = CHECK_FAILED, .what = CHECK_DRAWN, .on = 90, .unit = 11, .category = 2},
  {.id = 3, .type = RECORD_CHECK, .state = CHECK_PASSED, .what = CHECK_DRAWN, .on = 69, .unit = 12},          /* before the period */
  {.id = 4, .type = RECORD_CHECK, .state = CHECK_WAITING, .what = CHECK_DRAWN, .on = FIGURE_NO_DATE, .unit = 12},
  {.id = 5, .type = RECORD_CHECK, .state = CHECK_DROPPED, .what = CHECK_DRAWN, .on = FIGURE_NO_DATE, .unit = 12},
  {.id = 6, .type = RECORD_CHECK, .state = CHECK_FAILED, .what = CHECK_LOOK_BACK, .on = 80, .unit = 12},
  {.id = 7, .type = RECORD_CASE, .state = CASE_CONFIRMED, .what = CASE_MADE, .on = 50, .unit = 11},
  {.id = 8, .type = RECORD_CASE, .state = CASE_CONFIRMED, .what = CASE_GROWING, .on = 60, .unit = 12},
  {.id = 9, .type = RECORD_CASE, .state = CASE_SUBMITTED, .what = CASE_MADE, .on = FIGURE_NO_DATE, .unit = 12}, /* nobody has confirmed it */
  {.id = 10, .type = RECORD_CASE, .state = CASE_WITHDRAWN, .what = CASE_MADE, .on = 55, .unit = 12},
  {.id = 11, .type = RECORD_MECHANISM, .state = MECHANISM_IN_FORCE, .what = WORKS_WELL, .on = 10, .unit = 11},
  {.id = 12, .type = RECORD_MECHANISM, .state = MECHANISM_IN_FORCE, .what = WORKS_NOT, .on = 20, .unit = 12},
  {.id = 13, .type = RECORD_MECHANISM, .state = MECHANISM_IN_FORCE, .what = WORKS_TOO_YOUNG, .on = 95, .unit = 12},
  {.id = 14, .type = RECORD_MECHANISM, .state = MECHANISM_IN_FORCE, .what = 0, .on = 101, .unit = 12},        /* in force after T */
  {.id = 15, .type = RECORD_MECHANISM, .state = MECHANISM_RETIRED, .what = WORKS_WELL, .on = 5, .unit = 12}};
enum { ITEM_LINES = sizeof ITEMS / sizeof *ITEMS };

static const struct { enum definition_code code; int64_t numerator, denominator; const char *members; } EXPECTED_OF_ITEMS[] = {
  {DEFINITION_SPOT_CHECK, 1, 2, "1"}, {DEFINITION_CHECKS_WAITING, 1, 0, "4"}, {DEFINITION_LOOK_BACK, 0, 1, ""}, {DEFINITION_SHAM, 2, 0, "2 6"},
  {DEFINITION_CASES, 2, 0, "7 8"}, {DEFINITION_CASES_MADE, 1, 2, "7"}, {DEFINITION_MECHANISMS, 3, 0, "11 12 13"}, {DEFINITION_MECHANISMS_WORK, 1, 2, "11"}};

static void checks_cases_and_mechanisms_are_counted_as_worked_out_by_hand(void **state) {
  static const struct cut cut = {.on = 100, .from = 70, .to = 90};
  struct ratio sums[DEFINITIONS_MOST] = {{0}};
  size_t of_items = 0;
  for (size_t i = 0; i < ITEM_LINES; i++) definitions_add_item(sums, &ITEMS[i], &cut);
  for (size_t i = 0; i < DEFINITION_COUNT; i++) of_items += DEFINITIONS[i].of != RECORD_NONE;
  assert_int_equal(sizeof EXPECTED_OF_ITEMS / sizeof *EXPECTED_OF_ITEMS, of_items); /* every definition has its case */
  for (size_t i = 0; i < of_items; i++) {
    const struct definition *definition = definition_of(EXPECTED_OF_ITEMS[i].code);
    struct ratio sum = sums[definition_place(definition)];
    char members[100] = "";
    for (size_t k = 0, at = 0; k < ITEM_LINES; k++)
      if (definition_holds_item(definition, PART_DENOMINATOR, &ITEMS[k], &cut) &&
          definition_holds_item(definition, PART_NUMERATOR, &ITEMS[k], &cut))
        at += (size_t)snprintf(members + at, sizeof members - at, "%s%d", at ? " " : "", (int)ITEMS[k].id);
    assert_int_equal(sum.numerator, EXPECTED_OF_ITEMS[i].numerator);
    assert_int_equal(sum.denominator, EXPECTED_OF_ITEMS[i].denominator);
    assert_string_equal(members, EXPECTED_OF_ITEMS[i].members);
  }
}

static void items_are_grouped_as_problems_are_and_roll_up(void **state) {
  static const struct unit_above TREE_OF_ITEMS[] = {{1, 0}, {11, 1}, {12, 1}};
  static const struct cut cut = {.on = 100, .from = 70, .to = 90};
  struct definition_table table;
  size_t spot = definition_place(definition_of(DEFINITION_SPOT_CHECK));
  definition_table_begin(&table, BY_UNIT, &cut, TREE_OF_ITEMS, 3);
  for (size_t i = 0; i < ITEM_LINES; i++) definition_table_add_item(&table, &ITEMS[i]);
  definition_table_end(&table);
  assert_int_equal(table.all.own[spot].denominator, 2);
  assert_int_equal(definition_table_group(&table, 11)->own[spot].denominator, 2);
  assert_int_equal(definition_table_group(&table, 12)->own[spot].denominator, 0);
  assert_int_equal(definition_table_group(&table, 1)->below[spot].denominator, 2);
  assert_int_equal(definition_table_group(&table, 1)->own[spot].denominator, 0);
  definition_table_free(&table);
}

/* A row laid over by an item and read again gives the same item, for each type: so a view that follows entries stays true. */
static void an_item_goes_into_a_row_and_comes_back(void **state) {
  struct arena *arena = arena_new();
  for (size_t i = 0; i < ITEM_LINES; i++) {
    struct record_item item = ITEMS[i], again;
    item.campaign = 5, item.secrecy = SECRECY_INTERNAL;
    if (item.type == RECORD_CHECK) item.problem = 7, item.source = SOURCE_APPEALS, item.kind = KIND_AT_ONCE, item.level = LEVEL_UNIT;
    if (item.type == RECORD_MECHANISM) item.category = 0;
    struct row *row = row_new(arena, record_type(item.type));
    item_to_row(&item, row);
    again = item_of_row(row);
    assert_memory_equal(&again, &item, sizeof item);
  }
  arena_free(arena);
}

static void declarations_are_whole(void **state) {
  for (size_t i = 0; i < DEFINITION_COUNT; i++) {
    const struct definition *definition = &DEFINITIONS[i];
    assert_non_null(definition->label.zh);
    assert_non_null(definition->label.en);
    assert_non_null(definition->text.zh);
    assert_non_null(definition->text.en);
    assert_non_null(definition->source);
    assert_true(definition->version >= 1);
    assert_ptr_equal(definition_named(definition->name), definition);
    assert_ptr_equal(definition_of(definition->code), definition);
    if (definition->flags & DEFINITION_OUTWARDS)
      assert_true(definition->code == DEFINITION_RECTIFICATION_RATE || definition->code == DEFINITION_CLOSING_RATE);
  }
}

static void rates_round_down(void **state) {
  struct arena *arena = arena_new();
  assert_int_equal(ratio_rate((struct ratio){967, 1858}), 5204);   /* 52.045… */
  assert_string_equal(ratio_print(arena, (struct ratio){967, 1858}, LANGUAGE_ZH), "52.0%");
  assert_string_equal(ratio_print(arena, (struct ratio){941, 1858}, LANGUAGE_ZH), "50.6%");
  assert_string_equal(ratio_print(arena, (struct ratio){99999, 100000}, LANGUAGE_ZH), "99.9%"); /* 100 % only when all are done */
  assert_string_equal(ratio_print(arena, (struct ratio){7, 7}, LANGUAGE_ZH), "100.0%");
  assert_string_equal(ratio_print(arena, (struct ratio){0, 0}, LANGUAGE_EN), "no data");
  assert_int_equal(ratio_rate((struct ratio){0, 0}), NOTHING);
  assert_false(ratio_ranked((struct ratio){29, 29}, RANKED_LEAST));
  assert_true(ratio_ranked((struct ratio){1, 30}, RANKED_LEAST));
  arena_free(arena);
}

/* Wilson's interval, by hand. 8 of 10: centre (0.8 + 0.19207) / 1.38415 = 0.71674, half 1.95996 √(0.016 + 0.0096036) / 1.38415 … = 0.22657:
   49.01 % to 94.34 %. 95 of 100: 88.82 % to 97.85 %. None or all: one end is the edge. */
static void spot_checks_have_an_interval(void **state) {
  struct spot_rate rate = spot_check_rate(8, 10);
  assert_int_equal(rate.rate, 8000);
  assert_int_equal(rate.low, 4901);
  assert_int_equal(rate.high, 9434);
  rate = spot_check_rate(95, 100);
  assert_int_equal(rate.low, 8882);
  assert_int_equal(rate.high, 9785);
  rate = spot_check_rate(10, 10);
  assert_int_equal(rate.high, 10000);
  assert_int_equal(rate.low, 7224);
  assert_int_equal(spot_check_rate(0, 10).low, 0);
  assert_int_equal(spot_check_rate(0, 0).rate, NOTHING);
}

/* R 200, V 120, X 20: n = 100. Response 90/100, solution 60/100, satisfaction (50 + 0.9 × 20) / 80 = 85 %.
   Together 0.1 × 90 + 0.5 × 60 + 0.4 × 85 = 9 + 30 + 34 = 73 %. */
static void three_rates_come_from_call_backs(void **state) {
  const struct policy ours = policy_default();
  struct three_rates rates = three_rates_of(&(struct call_backs){.to_call = 200,
                                                                 .reached = 120,
                                                                 .excluded = 20,
                                                                 .contacted = 90,
                                                                 .solved = 60,
                                                                 .satisfied = 50,
                                                                 .fairly = 20,
                                                                 .dissatisfied = 10},
                                            &ours);
  assert_int_equal(rates.n, 100);
  assert_int_equal(ratio_rate(rates.response), 9000);
  assert_int_equal(ratio_rate(rates.solution), 6000);
  assert_int_equal(ratio_rate(rates.satisfaction), 8500);
  assert_int_equal(rates.combined, 7300);
  assert_true(rates.ranked);
  /* 12 % reached */
  assert_false(three_rates_of(&(struct call_backs){.to_call = 1000, .reached = 120, .contacted = 90, .satisfied = 1}, &ours).ranked);
  assert_false(
      three_rates_of(&(struct call_backs){.to_call = 40, .reached = 29, .contacted = 29, .satisfied = 1}, &ours).ranked); /* n = 29 */
  assert_int_equal(three_rates_of(&(struct call_backs){.to_call = 40}, &ours).combined, NOTHING);
}

static void cases_and_mechanisms_need_their_facts(void **state) {
  assert_true(case_made(&(struct case_facts){true, true, true, true}));
  assert_false(case_made(&(struct case_facts){true, true, true, false}));
  struct policy policy = policy_default();
  assert_true(mechanism_effective(&(struct mechanism_facts){6, 100, 70}, &policy));
  assert_false(mechanism_effective(&(struct mechanism_facts){6, 100, 71}, &policy));
  assert_false(mechanism_judged(&(struct mechanism_facts){5, 100, 0}, &policy));
  assert_false(mechanism_judged(&(struct mechanism_facts){12, 0, 0}, &policy));
}

/* ---- whatever the ledger ---- */

static uint32_t next(uint64_t *seed, uint32_t below) {
  *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (uint32_t)(*seed >> 33) % below;
}
static int32_t some_date(uint64_t *seed) { return next(seed, 3) ? (int32_t)next(seed, 130) : NONE; }
static struct figure any_figure(uint64_t *seed, int64_t id) {
  static const uint32_t flags[] =
      {C, C, C, C, C | FIGURE_PART, C | FIGURE_OLD_STOCK, FIGURE_WITHDRAWN, FIGURE_MERGED, 0, C | FIGURE_PLACEHOLDER};
  struct figure figure = {.id = id,
                          .lead_unit = 1 + next(seed, 12),
                          .state = (uint16_t)(1 + next(seed, 13)),
                          .flags = flags[next(seed, 10)],
                          .category = (uint8_t)next(seed, 6),
                          .source = (uint8_t)next(seed, 9),
                          .kind = (uint8_t)next(seed, 4),
                          .level = (uint8_t)next(seed, 3),
                          .colour = (uint8_t)next(seed, 7),
                          .sent_back = (uint16_t)next(seed, 3),
                          .outcome = (uint8_t)next(seed, 5)};
  int32_t *dates[] = {&figure.admitted,     &figure.admitted_entered, &figure.assigned,     &figure.due,
                      &figure.due_original, &figure.applied,          &figure.closed,       &figure.reopened,
                      &figure.watch_until,  &figure.closed_before,    &figure.watch_before, &figure.hand_until};
  for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) *dates[i] = some_date(seed);
  return figure;
}

static void sums_over_any_grouping_are_the_total(void **state) {
  static const struct unit_above TREE[] = {{1, 0}, {2, 1}, {3, 1}, {4, 2},  {5, 2},  {6, 4},
                                           {7, 1}, {8, 7}, {9, 7}, {10, 9}, {11, 1}, {12, 11}};
  for (uint64_t seed = 1; seed <= 40; seed++)
    for (enum definition_by by = BY_UNIT; by < BY_COUNT; by++) {
      struct definition_table table;
      uint64_t random = seed;
      definition_table_begin(&table, by, &CUT, TREE, sizeof TREE / sizeof *TREE);
      for (int64_t id = 1; id <= 60; id++) {
        struct figure figure = any_figure(&random, id);
        definition_table_add(&table, &figure);
      }
      definition_table_end(&table);
      for (size_t d = 0; d < DEFINITION_COUNT; d++) {
        struct ratio sum = {0, 0}, all = table.all.own[d];
        for (size_t g = 0; g < table.count; g++)
          sum.numerator += table.groups[g].own[d].numerator, sum.denominator += table.groups[g].own[d].denominator;
        assert_true(DEFINITIONS[d].denominator == NULL || all.numerator <= all.denominator);
        if (by == BY_UNIT && (DEFINITIONS[d].flags & DEFINITION_BY_JOINT)) continue;
        assert_int_equal(sum.numerator, all.numerator);
        assert_int_equal(sum.denominator, all.denominator);
        /* the root has all below it */
        if (by == BY_UNIT) assert_int_equal(definition_table_group(&table, 1)->below[d].numerator, all.numerator);
      }
      const struct ratio *all = table.all.own;
#define N(code) all[definition_place(definition_of(code))].numerator
      assert_true(N(DEFINITION_SELF_REPORTED) >= N(DEFINITION_ACCEPTED) && N(DEFINITION_ACCEPTED) >= N(DEFINITION_CLOSED));
      assert_int_equal(N(DEFINITION_OLD_STOCK) + N(DEFINITION_INCREMENT), N(DEFINITION_TOTAL));
      assert_int_equal(N(DEFINITION_OPEN) + N(DEFINITION_CLOSED), N(DEFINITION_TOTAL));
      definition_table_free(&table);
    }
}

/* Unit 10 leads 1, 2, 3 and joins 4; unit 12 leads 7, 11 and joins 4. */
static void joint_units_are_counted_apart_from_the_lead(void **state) {
  struct definition_table table;
  size_t joint = definition_place(definition_of(DEFINITION_JOINT)), total = definition_place(definition_of(DEFINITION_TOTAL));
  definition_table_begin(&table, BY_UNIT, &CUT, NULL, 0);
  for (size_t i = 0; i < LINES; i++) {
    struct figure figure = figure_of(&LEDGER[i]);
    definition_table_add(&table, &figure);
  }
  definition_table_end(&table);
  assert_int_equal(definition_table_group(&table, 10)->own[total].numerator, 3);
  assert_int_equal(definition_table_group(&table, 10)->own[joint].numerator, 1);
  assert_int_equal(definition_table_group(&table, 12)->own[total].numerator, 2);
  assert_int_equal(definition_table_group(&table, 12)->own[joint].numerator, 1);
  assert_int_equal(definition_table_group(&table, 11)->own[joint].numerator, 0);
  definition_table_free(&table);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(values_are_those_worked_out_by_hand),
      cmocka_unit_test(edges_are_where_they_are_said_to_be),
      cmocka_unit_test(declarations_are_whole),
      cmocka_unit_test(checks_cases_and_mechanisms_are_counted_as_worked_out_by_hand),
      cmocka_unit_test(items_are_grouped_as_problems_are_and_roll_up),
      cmocka_unit_test(an_item_goes_into_a_row_and_comes_back),
      cmocka_unit_test(rates_round_down),
      cmocka_unit_test(spot_checks_have_an_interval),
      cmocka_unit_test(three_rates_come_from_call_backs),
      cmocka_unit_test(cases_and_mechanisms_need_their_facts),
      cmocka_unit_test(sums_over_any_grouping_are_the_total),
      cmocka_unit_test(joint_units_are_counted_apart_from_the_lead),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
