/* The identities: a hand-made pair of ledgers that balances, each way in which it can fail to, naming the record; and a city played through
   the door, which balances between any two of its numbers. */
#include "test_rules_change_house.h"
#include "rules/identities.h"

enum { C = FIGURE_COUNTED };
static struct figure problem(int64_t id, int64_t unit, state_code state, uint32_t flags, uint8_t colour) {
  bool done = state == PROBLEM_CLOSED;
  return (struct figure){.id = id,
                         .lead_unit = unit,
                         .state = state,
                         .flags = flags,
                         .colour = colour,
                         .closed = done ? 90 : FIGURE_NO_DATE,
                         .applied = done ? 80 : FIGURE_NO_DATE};
}
struct ledgers { struct figure before[8], after[8]; struct movement moves[8]; size_t before_count, after_count, move_count; };

/* At the start 1, 2, 3 are open (units 10, 10, 11), 4 is closed (11). Then 5 is added (10), 4 re-opened, 1 closed, 2 goes from 10 to 11, 3
   is withdrawn. Unit 10: 2 + 1 − 1 − 1 = 1 (5). Unit 11: 1 + 1 re-opened + 1 moved in − 1 withdrawn = 2 (2 and 4). The whole: 3 + 1 + 1 − 1
   − 1 = 3. */
static struct ledgers balanced(void) {
  return (struct ledgers){
    .before = {problem(1, 10, PROBLEM_RECTIFYING, C, COLOUR_BLUE), problem(2, 10, PROBLEM_ASSIGNED, C, COLOUR_BLUE), problem(3, 11, PROBLEM_TAKEN, C, COLOUR_BLUE), problem(4, 11, PROBLEM_CLOSED, C, COLOUR_GREEN)},
    .before_count = 4,
    .after = {problem(1, 10, PROBLEM_CLOSED, C, COLOUR_GREEN), problem(2, 11, PROBLEM_ASSIGNED, C, COLOUR_BLUE), problem(3, 11, PROBLEM_WITHDRAWN, FIGURE_WITHDRAWN, 0), problem(4, 11, PROBLEM_ASSIGNED, C, COLOUR_RED),
              problem(5, 10, PROBLEM_ADMITTED, C, COLOUR_GREY)},
    .after_count = 5,
    .moves = {{5, 101, MOVEMENT_ADDED, 10, 0}, {4, 102, MOVEMENT_REOPENED, 11, 0}, {1, 103, MOVEMENT_CLOSED, 10, 0}, {2, 104, MOVEMENT_MOVED, 10, 11}, {3, 105, MOVEMENT_WITHDRAWN, 11, 0}},
    .move_count = 5};
}
static struct identities check(struct ledgers *ledgers, struct arena *arena) {
  struct figures before = {.items = ledgers->before, .count = ledgers->before_count},
                 after = {.items = ledgers->after, .count = ledgers->after_count};
  struct movements moves = {.items = ledgers->moves, .count = ledgers->move_count};
  struct identities identities;
  identities_check(&before, &after, &moves, arena, &identities);
  return identities;
}

static void balance_is_the_one_worked_out_by_hand(void **state) {
  struct arena *arena = arena_new();
  struct ledgers ledgers = balanced();
  struct identities identities = check(&ledgers, arena);
  assert_true(identities.hold);
  assert_int_equal(identities.break_count, 0);
  const struct balance whole = {0, 3, 1, 1, 0, 1, 1, 0, 0, 0, 3}, ten = {10, 2, 1, 0, 0, 1, 0, 0, 0, 1, 1},
                       eleven = {11, 1, 0, 1, 1, 0, 1, 0, 0, 0, 2};
  assert_memory_equal(&identities.whole, &whole, sizeof whole);
  assert_int_equal(identities.unit_count, 2);
  assert_memory_equal(&identities.units[0], &ten, sizeof ten);
  assert_memory_equal(&identities.units[1], &eleven, sizeof eleven);
  arena_free(arena);
}

/* Each breaks one thing; the record that breaks it is named, and nothing else. */
static void no_closing_told(struct ledgers *ledgers) { ledgers->moves[2] = ledgers->moves[--ledgers->move_count]; }
static void no_admission_told(struct ledgers *ledgers) { ledgers->moves[0] = ledgers->moves[--ledgers->move_count]; }
static void mark_lost(struct ledgers *ledgers) { ledgers->after[4].flags = 0, ledgers->after[4].colour = 0; }
static void hand_over_lost(struct ledgers *ledgers) { ledgers->moves[3] = ledgers->moves[--ledgers->move_count]; }
static void colour_lost(struct ledgers *ledgers) { ledgers->after[3].colour = 0; }
static void colour_left(struct ledgers *ledgers) { ledgers->after[2].colour = COLOUR_RED; }
static void application_lost(struct ledgers *ledgers) { ledgers->after[0].applied = FIGURE_NO_DATE; }
static void part_of_nothing(struct ledgers *ledgers) {
  ledgers->after[ledgers->after_count++] = (struct figure){.id = 6,
                                                           .state = PROBLEM_ASSIGNED,
                                                           .flags = C | FIGURE_PART,
                                                           .parent = 99,
                                                           .colour = COLOUR_BLUE};
}
static void part_behind_its_parent(struct ledgers *ledgers) {
  ledgers->after[ledgers->after_count++] = (struct figure){.id = 6,
                                                           .state = PROBLEM_ASSIGNED,
                                                           .flags = C | FIGURE_PART,
                                                           .parent = 1,
                                                           .colour = COLOUR_BLUE};
}
static const struct { void (*spoil)(struct ledgers *); enum identity_rule rule; int64_t problem; } FAULTS[] = {
  {no_closing_told, IDENTITY_OPEN, 1}, {no_admission_told, IDENTITY_OPEN, 5}, {mark_lost, IDENTITY_OPEN, 5}, {hand_over_lost, IDENTITY_OPEN, 2}, {colour_lost, IDENTITY_COLOUR, 4},
  {colour_left, IDENTITY_COLOUR, 3}, {application_lost, IDENTITY_STEPS, 1}, {part_of_nothing, IDENTITY_PARTS, 6}, {part_behind_its_parent, IDENTITY_PARTS, 6}};

static void what_breaks_is_named(void **state) {
  struct arena *arena = arena_new();
  for (size_t i = 0; i < sizeof FAULTS / sizeof *FAULTS; i++) {
    struct ledgers ledgers = balanced();
    FAULTS[i].spoil(&ledgers);
    struct identities identities = check(&ledgers, arena);
    assert_false(identities.hold);
    assert_int_equal(identities.break_count, 1);
    assert_int_equal(identities.breaks[0].rule, FAULTS[i].rule);
    assert_int_equal(identities.breaks[0].problem, FAULTS[i].problem);
    assert_non_null(identities.breaks[0].sentence.zh);
    assert_non_null(identities.breaks[0].sentence.en);
  }
  arena_free(arena);
}

/* ---- through the door ---- */

static struct identities between(struct city *city, int64_t from, int64_t to) {
  struct identities identities;
  struct reader *reader;
  assert_int_equal(store_reader(city->store, &reader), STORE_OK);
  assert_int_equal(identities_read(reader, NULL, from, to, 0, city->arena, &identities), STORE_OK);
  reader_release(reader);
  for (size_t i = 0; i < identities.break_count; i++)
    print_message("problem %d: %s\n", (int)identities.breaks[i].problem, identities.breaks[i].sentence.en);
  return identities;
}

static void a_city_balances_between_any_two_of_its_numbers(void **state) {
  struct city *city = *state;
  int64_t at[6], measures[2];
  at[0] = city_number(city);
  int64_t first = city_taken(city, KIND_AT_ONCE, LEVEL_UNIT);
  at[1] = city_number(city);
  city_evidence(city, first);
  city_applied(city, first); /* closed by the short route */
  int64_t second = city_started(city, KIND_TIME_LIMITED, LEVEL_UNIT, measures);
  at[2] = city_number(city);
  must(city,
       city_act_with(city, &city->office, RECORD_PROBLEM, first, ACTION_REOPEN, "又出现",
                     VALUES(value_integer(PROBLEM_DUE, city_today(city) + 10))),
       VERDICT_DONE);
  at[3] = city_number(city);
  must(city,
       city_act_with(city, &city->office, RECORD_PROBLEM, second, ACTION_EDIT, NULL, VALUES(value_integer(PROBLEM_LEAD_UNIT, city->other))),
       VERDICT_DONE);
  at[4] = city_number(city);
  must(city, city_act(city, &city->office, second, ACTION_WITHDRAW, "重复登记"), VERDICT_DONE);
  at[5] = city_number(city);
  for (size_t i = 0; i < 6; i++)
    for (size_t k = i; k < 6; k++) assert_true(between(city, at[i], at[k]).hold);
  struct identities whole = between(city, 0, at[5]);
  const struct balance all = {0, 0, 2, 1, 0, 1, 1, 0, 0, 0, 1};
  assert_memory_equal(&whole.whole, &all, sizeof all);
  struct identities moved = between(city, at[3], at[4]);
  assert_int_equal(moved.whole.moved_in + moved.whole.moved_out, 0);
  for (size_t i = 0; i < moved.unit_count; i++) {
    if (moved.units[i].unit == city->lead) assert_int_equal(moved.units[i].moved_out, 1);
    if (moved.units[i].unit == city->other) assert_int_equal(moved.units[i].moved_in, 1);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(balance_is_the_one_worked_out_by_hand),
    cmocka_unit_test(what_breaks_is_named),
    cmocka_unit_test_setup_teardown(a_city_balances_between_any_two_of_its_numbers, city_setup, city_teardown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
