/* Rounds: comparing hand-made tables, the lines and the seal of a frozen table, the ledger of a unit, numbers, the month's rule, nil
   replies, signing. */
#include "test_rules_change_house.h"
#include "rules/colour.h"
#include "rules/compare.h"
#include "rules/frozen.h"
#include "rules/guards.h"
#include "rules/rounds.h"
#include "store/writer.h"

/* ---- comparing ---- */

static struct figure figure(int64_t id, int64_t unit, uint16_t state, uint16_t cycle, uint32_t flags) {
  struct figure made = {.id = id,
                        .entry = id,
                        .campaign = 9,
                        .lead_unit = unit,
                        .state = state,
                        .cycle = cycle,
                        .flags = flags,
                        .category = CATEGORY_ECONOMY,
                        .colour = COLOUR_BLUE};
  int32_t *dates[] = {&made.registered,    &made.admitted,     &made.admitted_entered, &made.assigned,   &made.taken,
                      &made.due,           &made.due_original, &made.applied,          &made.endorsed,   &made.accepted,
                      &made.publicised,    &made.closed,       &made.settled,          &made.reopened,   &made.watch_until,
                      &made.closed_before, &made.watch_before, &made.withdrawn,        &made.hand_until, &made.suspended_until};
  for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) *dates[i] = FIGURE_NO_DATE;
  made.admitted = 20000;
  if (state == PROBLEM_CLOSED || state == PROBLEM_SETTLED) made.closed = 20100;
  return made;
}
#define OPEN PROBLEM_RECTIFYING
#define ON FIGURE_COUNTED
#define G(name) (1u << COMPARE_##name)

/* One problem at both ends (unit 0: not there), and the groups it falls into. */
static const struct { const char *what; struct { int64_t unit; uint16_t state, cycle; uint32_t flags; } from, to; unsigned groups; } PAIRS[] = {
  {"new", {0}, {1, OPEN, 1, ON}, G(ADDED)},
  {"new and closed at once", {0}, {1, PROBLEM_CLOSED, 1, ON}, G(ADDED) | G(CLOSED)},
  {"new, closed and re-opened", {0}, {1, OPEN, 2, ON}, G(ADDED) | G(CLOSED) | G(REOPENED)},
  {"as it was", {1, OPEN, 1, ON}, {1, OPEN, 1, ON}, G(UNCHANGED)},
  {"a step further", {1, PROBLEM_TAKEN, 1, ON}, {1, OPEN, 1, ON}, G(CHANGED)},
  {"moved", {1, OPEN, 1, ON}, {2, OPEN, 1, ON}, G(MOVED) | G(CHANGED)},
  {"moved and closed", {1, OPEN, 1, ON}, {2, PROBLEM_CLOSED, 1, ON}, G(MOVED) | G(CLOSED) | G(CHANGED)},
  {"closed", {1, OPEN, 1, ON}, {1, PROBLEM_CLOSED, 1, ON}, G(CLOSED) | G(CHANGED)},
  {"closed before and settled", {1, PROBLEM_CLOSED, 1, ON}, {1, PROBLEM_SETTLED, 1, ON}, G(CHANGED)},
  {"re-opened", {1, PROBLEM_CLOSED, 1, ON}, {1, OPEN, 2, ON}, G(REOPENED) | G(CHANGED)},
  {"re-opened at another unit", {1, PROBLEM_CLOSED, 1, ON}, {2, OPEN, 2, ON}, G(REOPENED) | G(CHANGED)},
  {"re-opened and closed again", {1, PROBLEM_CLOSED, 1, ON}, {1, PROBLEM_CLOSED, 2, ON}, G(REOPENED) | G(CLOSED) | G(CHANGED)},
  {"withdrawn", {1, OPEN, 1, ON}, {1, PROBLEM_WITHDRAWN, 1, FIGURE_WITHDRAWN}, G(WITHDRAWN)},
  {"moved and withdrawn", {1, OPEN, 1, ON}, {2, PROBLEM_WITHDRAWN, 1, FIGURE_WITHDRAWN}, G(MOVED) | G(WITHDRAWN)},
  {"re-opened and withdrawn", {1, PROBLEM_CLOSED, 1, ON}, {1, PROBLEM_WITHDRAWN, 2, FIGURE_WITHDRAWN}, G(REOPENED) | G(WITHDRAWN)},
  {"merged", {1, OPEN, 1, ON}, {1, PROBLEM_MERGED, 1, FIGURE_MERGED}, G(MERGED)},
  {"gone", {1, OPEN, 1, ON}, {0}, G(WITHDRAWN)},
  {"never counted", {1, PROBLEM_WITHDRAWN, 1, FIGURE_WITHDRAWN}, {1, PROBLEM_WITHDRAWN, 1, FIGURE_WITHDRAWN}, 0},
  {"a part is not in the total", {1, OPEN, 1, ON | FIGURE_PART}, {1, PROBLEM_CLOSED, 1, ON | FIGURE_PART}, 0},
};
enum { PAIR_COUNT = sizeof PAIRS / sizeof *PAIRS };

static void ends_made(struct figures *from, struct figures *to) {
  *from = *to = (struct figures){0};
  for (int64_t i = 0; i < PAIR_COUNT; i++) {
    struct figure one = figure(100 + i, PAIRS[i].from.unit, PAIRS[i].from.state, PAIRS[i].from.cycle, PAIRS[i].from.flags);
    struct figure other = figure(100 + i, PAIRS[i].to.unit, PAIRS[i].to.state, PAIRS[i].to.cycle, PAIRS[i].to.flags);
    if (PAIRS[i].from.unit) figures_add(from, &one);
    if (PAIRS[i].to.unit) figures_add(to, &other);
  }
}

static void each_pair_falls_into_its_groups(void **state) {
  for (size_t i = 0; i < PAIR_COUNT; i++) {
    struct figure one = figure(1, PAIRS[i].from.unit, PAIRS[i].from.state, PAIRS[i].from.cycle, PAIRS[i].from.flags),
                  other = figure(1, PAIRS[i].to.unit, PAIRS[i].to.state, PAIRS[i].to.cycle, PAIRS[i].to.flags);
    unsigned groups = compare_pair(PAIRS[i].from.unit ? &one : NULL, PAIRS[i].to.unit ? &other : NULL);
    if (groups != PAIRS[i].groups) fail_msg("%s: groups %x, not %x", PAIRS[i].what, groups, PAIRS[i].groups);
  }
}

static void a_colour_gets_worse_or_better_and_grey_is_neither(void **state) {
  static const struct { const char *what; uint8_t from, to; unsigned turned; } TURNS[] = {
    {"yellow to red", COLOUR_YELLOW, COLOUR_RED, G(WORSE)}, {"red to orange", COLOUR_RED, COLOUR_ORANGE, G(BETTER)}, {"green to blue", COLOUR_GREEN, COLOUR_BLUE, G(WORSE)},
    {"blue to green", COLOUR_BLUE, COLOUR_GREEN, G(BETTER)}, {"the same", COLOUR_RED, COLOUR_RED, 0}, {"grey to red", COLOUR_GREY, COLOUR_RED, 0}, {"red to grey", COLOUR_RED, COLOUR_GREY, 0}};
  struct figures from = {0}, to = {0};
  struct compared whole;
  for (size_t i = 0; i < sizeof TURNS / sizeof *TURNS; i++) {
    struct figure one = figure((int64_t)i + 1, 1, OPEN, 1, ON), other = one;
    one.colour = TURNS[i].from;
    other.colour = TURNS[i].to;
    other.lead_unit = 2; /* a day belongs to whoever holds it then */
    unsigned turned = compare_pair(&one, &other) & (G(WORSE) | G(BETTER));
    if (turned != TURNS[i].turned) fail_msg("%s: %x, not %x", TURNS[i].what, turned, TURNS[i].turned);
    figures_add(&from, &one);
    figures_add(&to, &other);
  }
  compare_figures(&from, &to, &SCOPE_SYSTEM, NULL, 0, &whole, NULL, NULL);
  assert_int_equal(whole.groups[COMPARE_WORSE], 2);
  assert_int_equal(whole.groups[COMPARE_BETTER], 2);
  assert_int_equal(whole.units.items[0].worse + whole.units.items[0].better, 0); /* unit 1 has none of them any more */
  assert_int_equal(whole.units.items[1].worse, 2);
  assert_int_equal(whole.units.items[1].better, 2);
  compared_free(&whole);
  figures_free(&from);
  figures_free(&to);
}

static void the_identity_balances_for_the_whole_and_for_every_unit(void **state) {
  struct figures from, to;
  struct compared whole;
  int64_t counted = 0;
  ends_made(&from, &to);
  compare_figures(&from, &to, &SCOPE_SYSTEM, NULL, 0, &whole, NULL, NULL);
  assert_int_equal(compare_flow_balance(&whole.all), 0);
  assert_int_equal(whole.all.opening, whole.from.open);
  assert_int_equal(whole.all.closing, whole.to.open);
  assert_int_equal(whole.all.moved_in + whole.all.moved_out, 0); /* within the city nothing moves in or out */
  assert_int_equal(whole.groups[COMPARE_ADDED], 3);
  assert_int_equal(whole.groups[COMPARE_MERGED], 1);
  assert_int_equal(whole.from.problems, whole.groups[COMPARE_CHANGED] + whole.groups[COMPARE_UNCHANGED] + whole.groups[COMPARE_WITHDRAWN] +
                                            whole.groups[COMPARE_MERGED]);
  assert_int_equal(whole.units.count, 2);
  for (size_t i = 0; i < whole.units.count; i++) {
    assert_int_equal(compare_flow_balance(&whole.units.items[i].flow), 0);
    counted += whole.units.items[i].flow.closing;
  }
  assert_int_equal(counted, whole.all.closing);
  assert_int_equal(whole.units.items[0].flow.moved_out, 3);
  assert_int_equal(whole.units.items[1].flow.moved_in, 3);
  assert_int_equal(whole.units.items[1].flow.opening, 0);
  compared_free(&whole);
  figures_free(&from);
  figures_free(&to);
}

static bool counts(void *with, const struct figure *from, const struct figure *to, unsigned groups) { return ++*(int64_t *)with < 100; }

static void a_unit_sees_only_what_it_holds_at_one_of_the_ends(void **state) {
  int64_t two = 2, seen = 0;
  struct grant_scope lead = {.relation = RELATION_LEAD, .units = &two, .unit_count = 1, .secrecy = SECRECY_INTERNAL};
  struct scope scope = {.grants = &lead, .grant_count = 1};
  struct figures from, to;
  ends_made(&from, &to);
  compare_figures(&from, &to, &scope, NULL, 0, NULL, counts, &seen);
  assert_int_equal(seen, 4); /* moved, moved and closed, re-opened there, moved and withdrawn */
  seen = 0;
  compare_figures(&from, &to, &scope, NULL, 106, NULL, counts, &seen); /* a page that goes on behind an id */
  assert_int_equal(seen, 2);
  figures_free(&from);
  figures_free(&to);
}

/* ---- frozen lines ---- */

static void a_line_reads_back_as_the_figure_it_was_made_from(void **state) {
  uint8_t salt[FROZEN_SALT] = {1, 2, 3}, digest[HASH_SIZE];
  struct figure made = figure(1853, 12, OPEN, 3, ON | FIGURE_HARD);
  struct buffer out = {0};
  struct frozen_line line;
  base_start();
  made.joint[0] = 4, made.joint[1] = 17;
  made.registered = -5; /* before 1970 is a date as well */
  made.due = 0;
  frozen_line_write(&out, &made, FIGURE_VERSION, salt, digest);
  const char *at = out.bytes;
  assert_true(frozen_line_read(&at, FIGURE_VERSION, true, &line));
  assert_ptr_equal(at, out.bytes + out.size);
  assert_memory_equal(line.digest, digest, HASH_SIZE);
  struct buffer one = {0}, other = {0};
  figure_write(&one, &made, FIGURE_VERSION);
  figure_write(&other, &line.figure, FIGURE_VERSION);
  assert_int_equal(one.size, other.size);
  assert_memory_equal(one.bytes, other.bytes, one.size);
  struct arena *arena = arena_new();
  assert_string_equal(frozen_text(arena, &line.figure, "state"), "rectifying");
  assert_string_equal(frozen_text(arena, &line.figure, "colour"), "blue");
  assert_string_equal(frozen_text(arena, &line.figure, "due"), "1970-01-01");
  assert_string_equal(frozen_text(arena, &line.figure, "closed"), "");
  assert_null(frozen_text(arena, &line.figure, "nonsense"));
  arena_free(arena);
  buffer_free(&one);
  buffer_free(&other);
  buffer_free(&out);
}

static void a_destroyed_line_keeps_its_digest_and_the_hash_of_the_whole(void **state) {
  uint8_t salt[FROZEN_SALT] = {9}, digests[2 * HASH_SIZE], before[HASH_SIZE], after[HASH_SIZE];
  struct figure one = figure(7, 1, OPEN, 1, ON), two = figure(8, 2, OPEN, 1, ON);
  struct frozen_seal seal = {.figure_version = FIGURE_VERSION, .campaign = 9, .journal = 100, .count = 2};
  struct buffer out = {0}, gone = {0};
  struct frozen_line line;
  frozen_line_write(&out, &one, FIGURE_VERSION, salt, digests);
  frozen_line_write(&out, &two, FIGURE_VERSION, salt, digests + HASH_SIZE);
  frozen_hash(&seal, digests, before);
  frozen_line_destroy(&gone, 7, digests);
  const char *at = gone.bytes;
  assert_true(frozen_line_read(&at, FIGURE_VERSION, true, &line));
  assert_true(line.destroyed);
  assert_int_equal(line.figure.id, 7);
  memcpy(digests, line.digest, HASH_SIZE);
  frozen_hash(&seal, digests, after);
  assert_memory_equal(before, after, HASH_SIZE);
  seal.journal = 101;
  frozen_hash(&seal, digests, after);
  assert_memory_not_equal(before, after, HASH_SIZE);
  buffer_free(&out);
  buffer_free(&gone);
}

static void what_is_no_line_is_refused(void **state) {
  static const char *const WRONG[] = {"", "x", "7", "7\n", "7 d:12\n", "7,1,2\n", "7 s:00\n", "99999999999999999999999,1\n"};
  struct frozen_line line;
  for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
    const char *at = WRONG[i];
    if (frozen_line_read(&at, FIGURE_VERSION, true, &line)) fail_msg("taken for a line: %s", WRONG[i]);
  }
}

/* ---- the ledger of a unit ---- */

static void the_ledger_counts_what_is_silent_since_the_last_round(void **state) {
  struct arena *arena = arena_new();
  int64_t since = moment_of_date(20000), opens = 20010;
  static const struct { state_code state; int64_t assigned, reported; bool lacking; } CASES[] = {
    {PROBLEM_RECTIFYING, 19900, NOTHING, true}, {PROBLEM_TAKEN, 19900, 19999, true}, {PROBLEM_RECTIFYING, 19900, 20000, false}, {PROBLEM_RECTIFYING, 20010, NOTHING, false},
    {PROBLEM_APPLIED, 19900, NOTHING, false}, {PROBLEM_CLOSED, 19900, NOTHING, false}, {PROBLEM_ASSIGNED, 19900, NOTHING, false}};
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    struct round_ledger ledger = {0};
    struct row *row = row_new(arena, record_type(RECORD_PROBLEM));
    row->state = CASES[i].state;
    row_set_integer(row, PROBLEM_COUNTED, 1);
    row_set_integer(row, PROBLEM_COLOUR, COLOUR_RED);
    row_set_integer(row, PROBLEM_ASSIGNED_ON, CASES[i].assigned);
    row_set_integer(row, PROBLEM_REPORTED_ON, CASES[i].reported);
    round_ledger_add(&ledger, row, since, opens, arena);
    if (ledger.lacking != CASES[i].lacking) fail_msg("case %zu", i);
    assert_int_equal(ledger.problems, 1);
    assert_int_equal(ledger.colours[COLOUR_RED], 1);
    row_set_integer(row, PROBLEM_COUNTED, 0);
    round_ledger_add(&ledger, row, since, opens, arena);
    assert_int_equal(ledger.problems, 1); /* what is not counted is not told */
  }
  arena_free(arena);
}

static void a_nil_reply_is_warned_of_and_stands_with_a_reason(void **state) {
  struct arena *arena = arena_new();
  static const struct { int64_t lacking; bool possible; const char *reason; bool holds; } CASES[] = {
    {0, false, NULL, true}, {3, false, NULL, false}, {3, false, "", false}, {3, false, "本月无进展", true}, {3, true, NULL, true}};
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    struct guard_facts facts = {.lacking = CASES[i].lacking,
                                .possible = CASES[i].possible,
                                .reason = CASES[i].reason,
                                .lacking_number = "SJ0000007"};
    uint16_t field;
    struct label why = guard_nil_changes(&facts, arena, &field);
    assert_int_equal(!why.zh, CASES[i].holds);
    if (why.zh) assert_non_null(strstr(why.zh, "SJ0000007"));
    if (why.zh) assert_non_null(strstr(why.en, "3 open problems"));
  }
  arena_free(arena);
}

/* ---- through the door ---- */

static int64_t round_make(struct city *city, int64_t opens, const char *name) {
  struct value values[] = {value_integer(ROUND_CAMPAIGN, city->campaign), value_text(ROUND_NAME, name),
                           value_integer(ROUND_OPENS_ON, opens), value_integer(ROUND_DUE, opens + 7),
                           value_many(ROUND_UNITS, &city->lead, 1)};
  return city_make(city, &city->office, RECORD_ROUND, values, 5);
}
static enum verdict round_act(struct city *city, const struct authority *who, int64_t round, enum action_code action, const char *reason) {
  return city_act_with(city, who, RECORD_ROUND, round, action, reason, NULL, 0);
}
static struct row *answer_of(struct city *city, int64_t round) {
  struct value of = value_integer(ANSWER_ROUND, round);
  struct condition condition = {.field = ANSWER_ROUND, .how = C_IS, .values = &of, .count = 1};
  struct query query = {.type = record_type(RECORD_ROUND_ANSWER), .conditions = &condition, .condition_count = 1, .expected = -1};
  struct rows rows;
  struct reader *reader;
  assert_int_equal(store_reader(city->store, &reader), STORE_OK);
  assert_int_equal(round_rows_read(reader, &query, &SCOPE_SYSTEM, city->arena, &rows), STORE_OK);
  reader_release(reader);
  return rows.count ? rows.items[0] : NULL;
}

static void numbers_are_dense_in_a_campaign(void **state) {
  struct city *city = *state;
  for (int64_t i = 1; i <= 3; i++)
    assert_int_equal(city_value(city, RECORD_ROUND, round_make(city, city_today(city), "轮次"), ROUND_NUMBER), i);
}

static void a_second_round_in_a_calendar_month_waits_for_an_approval(void **state) {
  struct city *city = *state;
  int64_t first = round_make(city, day(2026, 11, 2), "第一轮"), again = round_make(city, day(2026, 11, 30), "又一轮"),
          next = round_make(city, day(2026, 12, 1), "下月");
  assert_int_equal(round_month(day(2026, 11, 30)), 202611);
  must(city, round_act(city, &city->office, first, ACTION_OPEN, NULL), VERDICT_DONE);
  assert_int_equal(answer_of(city, first)->state, ROUND_ANSWER_AWAITED);
  must(city, round_act(city, &city->office, again, ACTION_OPEN, NULL), VERDICT_NOT_NOW);
  assert_true(city_found(city, "round_month"));
  must(city, round_act(city, &city->office, next, ACTION_OPEN, NULL), VERDICT_DONE);
  must(city, round_act(city, &city->office, again, ACTION_ASK_EXTRA, NULL), VERDICT_INVALID); /* a reason */
  must(city, round_act(city, &city->office, again, ACTION_ASK_EXTRA, "督查需要"), VERDICT_DONE);
  must(city, round_act(city, &city->office, again, ACTION_OPEN, NULL), VERDICT_NOT_NOW);
  assert_null(answer_of(city, again));
}

static void where_the_policy_says_so_the_head_signs(void **state) {
  struct city *city = *state;
  struct value policy[] = {value_text(POLICY_NAME, "须签字"), value_integer(POLICY_CAMPAIGN, city->campaign),
                           value_integer(POLICY_FROM, city_today(city)), value_integer(POLICY_ANSWER_SIGNED, 1)};
  city_make(city, &city->office, RECORD_POLICY, policy, 4);
  int64_t round = round_make(city, city_today(city), "须签字的一轮");
  must(city, round_act(city, &city->office, round, ACTION_OPEN, NULL), VERDICT_DONE);
  int64_t answer = answer_of(city, round)->id;
  must(city, city_act_with(city, &city->liaison, RECORD_ROUND_ANSWER, answer, ACTION_ANSWER, NULL, NULL, 0), VERDICT_DONE);
  struct row *row = city_row(city, RECORD_ROUND_ANSWER, answer);
  assert_int_equal(row->state, ROUND_ANSWER_SIGNING);
  assert_int_equal(row_integer(row, ANSWER_BY), city->liaison.user);
  assert_int_equal(row_integer(row, ANSWER_REMIND_NEXT), NOTHING);
  must(city, city_act_with(city, &city->liaison, RECORD_ROUND_ANSWER, answer, ACTION_ENDORSE, NULL, NULL, 0), VERDICT_FORBIDDEN);
  must(city, city_act_with(city, &city->head, RECORD_ROUND_ANSWER, answer, ACTION_ENDORSE, NULL, NULL, 0), VERDICT_DONE);
  assert_int_equal(city_value(city, RECORD_ROUND_ANSWER, answer, ANSWER_SIGNER), city->head.user);
}

static void moving_the_date_moves_it_for_those_who_still_answer(void **state) {
  struct city *city = *state;
  int64_t round = round_make(city, city_today(city), "改期的一轮"), due = city_today(city) + 20;
  must(city, round_act(city, &city->office, round, ACTION_OPEN, NULL), VERDICT_DONE);
  must(city, city_act_with(city, &city->office, RECORD_ROUND, round, ACTION_EDIT, NULL, VALUES(value_integer(ROUND_DUE, due))),
       VERDICT_DONE);
  assert_int_equal(row_integer(answer_of(city, round), ANSWER_DUE), due);
  assert_int_equal(row_integer(answer_of(city, round), ANSWER_REMIND_NEXT), due - 3);
}

static int64_t answers_count(struct city *city, int64_t round, state_code state) {
  struct value of = value_integer(ANSWER_ROUND, round), is = value_integer(FIELD_STATE, state);
  struct condition conditions[] = {{.field = ANSWER_ROUND, .how = C_IS, .values = &of, .count = 1},
                                   {.field = FIELD_STATE, .how = C_IS, .values = &is, .count = 1}};
  struct query query = {.type = record_type(RECORD_ROUND_ANSWER), .conditions = conditions, .condition_count = 2, .expected = -1};
  struct reader *reader;
  int64_t count = 0;
  assert_int_equal(store_reader(city->store, &reader), STORE_OK);
  assert_int_equal(reader_count(reader, &query, &SCOPE_SYSTEM, &count), STORE_OK);
  reader_release(reader);
  return count;
}

/* Units of the city itself and villages are not asked; those beyond the first set are asked by the clock, which also marks who is late. */
static void the_clock_asks_who_did_not_fit_into_the_first_set(void **state) {
  struct city *city = *state;
  enum { MORE = ROUND_SET + 7, ALL = MORE + 3 /* lead, joint, other */ };
  struct clock_report report;
  char name[32];
  for (int i = 0; i < MORE; i++) {
    snprintf(name, sizeof name, "单位%d", i);
    city_unit(city, name, city->root, UNIT_KIND_GOVERNMENT);
  }
  struct value values[] = {value_integer(ROUND_CAMPAIGN, city->campaign), value_text(ROUND_NAME, "全市一轮"),
                           value_integer(ROUND_OPENS_ON, city_today(city)), value_integer(ROUND_DUE, city_today(city) + 7)};
  int64_t round = city_make(city, &city->office, RECORD_ROUND, values, 4);
  must(city, round_act(city, &city->office, round, ACTION_OPEN, NULL), VERDICT_DONE);
  assert_int_equal(answers_count(city, round, ROUND_ANSWER_AWAITED), ROUND_SET);
  assert_int_equal(city_value(city, RECORD_ROUND, round, ROUND_ASKED), ALL);
  struct writer *writer = writer_start(city->store);
  assert_int_equal(clock_run(city->store, writer, city->now, &report), STORE_OK);
  assert_int_equal(answers_count(city, round, ROUND_ANSWER_AWAITED), ALL);
  assert_int_equal(clock_run(city->store, writer, city->now + 8 * MOMENT_DAY, &report), STORE_OK);
  assert_int_equal(answers_count(city, round, ROUND_ANSWER_LATE), ALL);
  assert_true(report.reminded >= ALL);
  writer_stop(writer);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(each_pair_falls_into_its_groups), cmocka_unit_test(a_colour_gets_worse_or_better_and_grey_is_neither),
    cmocka_unit_test(the_identity_balances_for_the_whole_and_for_every_unit),
    cmocka_unit_test(a_unit_sees_only_what_it_holds_at_one_of_the_ends),
    cmocka_unit_test(a_line_reads_back_as_the_figure_it_was_made_from),
    cmocka_unit_test(a_destroyed_line_keeps_its_digest_and_the_hash_of_the_whole),
    cmocka_unit_test(what_is_no_line_is_refused),
    cmocka_unit_test(the_ledger_counts_what_is_silent_since_the_last_round),
    cmocka_unit_test(a_nil_reply_is_warned_of_and_stands_with_a_reason),
    cmocka_unit_test_setup_teardown(numbers_are_dense_in_a_campaign, city_setup, city_teardown),
    cmocka_unit_test_setup_teardown(a_second_round_in_a_calendar_month_waits_for_an_approval, city_setup, city_teardown),
    cmocka_unit_test_setup_teardown(where_the_policy_says_so_the_head_signs, city_setup, city_teardown),
    cmocka_unit_test_setup_teardown(the_clock_asks_who_did_not_fit_into_the_first_set, city_setup, city_teardown),
    cmocka_unit_test_setup_teardown(moving_the_date_moves_it_for_those_who_still_answer, city_setup, city_teardown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
