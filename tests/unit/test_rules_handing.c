/* Hand-overs: circles, days by holder (by table, and that they add up whatever happens), limits of what is approved, the parcel that is
   passed on until the office rules, slips, units merged, acting for others. */
#include "test_rules_change_house.h"
#include "rules/holders.h"
#include "rules/open_work.h"

/* ---- pure ---- */

static void a_circle_is_any_way_back(void **state) {
  static const struct { int64_t units[5]; size_t count; int64_t receiver; bool circle; } cases[] = {
    {{1}, 1, 2, false},             /* A → B */
    {{1, 2}, 2, 1, true},           /* A → B → A */
    {{1, 2, 3}, 3, 1, true},        /* A → B → C → A */
    {{1, 2, 3}, 3, 2, true},
    {{1, 2, 3}, 3, 4, false},
    {{1, 1, 2}, 3, 3, false},       /* provisional in between is the same unit */
    {{0}, 0, 1, false}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    if (holders_circle(cases[i].units, cases[i].count, cases[i].receiver) != cases[i].circle) fail_msg("case %zu", i);
}

static void overdue_days_belong_to_whoever_held_it_then(void **state) {
  static const struct {
    struct held_span held[3];
    size_t count;
    struct due_span dues[3];
    size_t due_count;
    int64_t today;
    int64_t days[3], overdue[3], own[3];
  } cases[] = {/* in time */
               {{{.from = 100, .to = NOTHING, .own_due = NOTHING}}, 1, {{100, 130}}, 1, 120, {20}, {0}, {0}},
               /* the date itself is in time, the day after is one day over */
               {{{.from = 100, .to = NOTHING, .own_due = NOTHING}}, 1, {{100, 130}}, 1, 130, {30}, {0}, {0}},
               {{{.from = 100, .to = NOTHING, .own_due = NOTHING}}, 1, {{100, 130}}, 1, 131, {31}, {1}, {1}},
               /* handed over five days late: five are the first one's, and the second has days of his own first */
               {{{.from = 100, .to = 135, .own_due = NOTHING}, {.from = 135, .to = NOTHING, .own_due = 138}},
                2,
                {{100, 130}},
                1,
                145,
                {35, 10},
                {5, 10},
                {5, 7}},
               /* extended when two days over: those two stay */
               {{{.from = 100, .to = NOTHING, .own_due = NOTHING}}, 1, {{100, 130}, {132, 150}}, 2, 155, {55}, {7}, {7}},
               /* suspended from 132 to 160, then due 158: one day over before, and two after */
               {{{.from = 100, .to = NOTHING, .own_due = NOTHING}}, 1, {{100, 131}, {132, NOTHING}, {160, 158}}, 3, 162, {62}, {3}, {3}},
               /* applied for: nothing runs from then on */
               {{{.from = 100, .to = NOTHING, .own_due = NOTHING}}, 1, {{100, 110}, {112, NOTHING}}, 2, 200, {100}, {2}, {2}},
               {{{.from = 100, .to = 100, .own_due = NOTHING}, {.from = 100, .to = 101, .own_due = NOTHING}},
                2,
                {{100, 90}},
                1,
                101,
                {0, 1},
                {0, 1},
                {0, 1}}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct held_span held[3];
    memcpy(held, cases[i].held, sizeof held);
    holders_reckon(held, cases[i].count, cases[i].dues, cases[i].due_count, cases[i].today);
    for (size_t k = 0; k < cases[i].count; k++)
      if (held[k].days != cases[i].days[k] || held[k].overdue != cases[i].overdue[k] || held[k].own_overdue != cases[i].own[k])
        fail_msg("case %zu, holder %zu: %d days, %d overdue, %d of its own", i, k, (int)held[k].days, (int)held[k].overdue,
                 (int)held[k].own_overdue);
  }
}

/* Whoever passes it on whenever: nobody's day is lost or counted twice, overdue or not. */
static void days_by_holder_add_up_to_the_days_that_passed(void **state) {
  unsigned seed = 7;
  for (int round = 0; round < 2000; round++) {
    struct held_span held[6], one = {.from = 1000, .to = NOTHING, .own_due = NOTHING};
    struct due_span dues[4];
    size_t count = 1 + rand_r(&seed) % 6, due_count = 1 + rand_r(&seed) % 4;
    int64_t at = 1000, days = 0, overdue = 0, own = 0;
    for (size_t i = 0; i < count; i++) {
      held[i] = (struct held_span){.unit = (int64_t)i, .from = at, .to = NOTHING, .own_due = rand_r(&seed) % 2 ? at + 3 : NOTHING};
      at += rand_r(&seed) % 40;
      if (i + 1 < count) held[i].to = at;
    }
    for (size_t i = 0, from = 1000; i < due_count; i++, from += rand_r(&seed) % 50)
      dues[i] = (struct due_span){(int64_t)from, rand_r(&seed) % 4 ? (int64_t)from + rand_r(&seed) % 60 : NOTHING};
    int64_t today = at + rand_r(&seed) % 30;
    holders_reckon(held, count, dues, due_count, today);
    holders_reckon(&one, 1, dues, due_count, today);
    for (size_t i = 0; i < count; i++) days += held[i].days, overdue += held[i].overdue, own += held[i].own_overdue;
    if (days != today - 1000 || overdue != one.overdue || own > overdue)
      fail_msg("round %d: %d days of %d, %d overdue of %d", round, (int)days, (int)(today - 1000), (int)overdue, (int)one.overdue);
  }
}

/* ---- through the door ---- */

struct taken { struct city *city; struct row *row; int64_t count; };
static bool take_row(void *with, const struct row *row) {
  struct taken *taken = with;
  taken->row = row_copy(taken->city->arena, row);
  taken->count++;
  return true;
}
static struct taken last_of(struct city *city, enum record_id type, uint16_t field, int64_t id) {
  struct taken taken = {.city = city};
  struct value is = value_integer(field, id);
  struct condition condition = {.field = field, .how = C_IS, .values = &is, .count = 1};
  struct query query = {.type = record_type(type), .conditions = &condition, .condition_count = 1, .expected = -1};
  struct reader *reader;
  assert_int_equal(store_reader(city->store, &reader), STORE_OK);
  assert_int_equal(reader_list(reader, &query, &SCOPE_SYSTEM, city->arena, take_row, &taken), STORE_OK);
  reader_release(reader);
  return taken;
}
static int64_t value_of(struct city *city, int64_t problem, uint16_t field) { return city_value(city, RECORD_PROBLEM, problem, field); }
static bool on_a_slip(const struct record_type *type, state_code state) {
  for (size_t i = 0; i < OPEN_WORK_COUNT; i++)
    for (size_t k = 0; OPEN_WORK[i].type == type->id && (OPEN_WORK[i].readers & ON_SLIP) && k < OPEN_WORK[i].state_count; k++)
      if (OPEN_WORK[i].states[k] == state) return true;
  return false;
}

/* Whatever the tasks of a liaison or a head are made from (arrows that wait for the unit) is listed when one of them leaves; the slip
   itself is not. */
static void whatever_waits_for_a_units_people_stands_on_the_slip(void **state) {
  (void)state;
  for (size_t t = 0; t < SCHEMA.count; t++)
    for (size_t i = 0; i < SCHEMA.types[t]->transition_count; i++) {
      const struct record_type *type = SCHEMA.types[t];
      const struct transition *arrow = &type->transitions[i];
      bool theirs = arrow->from && arrow->who == RELATION_LEAD && (arrow->roles & (ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD))) &&
                    action_waits(arrow->action);
      if (theirs && type->id != RECORD_HAND_OVER && !on_a_slip(type, arrow->from))
        fail_msg("%s in state %d waits for its unit, and no slip lists it", type->name, arrow->from);
    }
}

/* A slip says all that keeps a unit from ending, and a successor gets what a unit keeps by a field of its own that may be edited. */
static void what_keeps_a_unit_stands_on_slips_and_passes_on(void **state) {
  (void)state;
  for (size_t i = 0; i < OPEN_WORK_COUNT; i++) {
    const struct open_work *work = &OPEN_WORK[i];
    if (!(work->readers & KEEPS_UNIT)) continue;
    bool fixed = record_field(record_type(work->type), work->field)->flags & FIELD_FIXED, draft = work->type == RECORD_CASE;
    if (!(work->readers & ON_SLIP) || !work->name || !work->label.zh || !work->label.en)
      fail_msg("row %zu keeps a unit from ending and is on no slip", i);
    if (work->passes == ACTION_NONE && !fixed && !draft) fail_msg("%s keeps a unit from ending and does not pass on", work->name);
  }
}

static void later_by(struct city *city, int64_t days) { city->now += days * MOMENT_DAY; }

static enum verdict ask(struct city *city, const struct authority *who, int64_t problem, int64_t to) {
  return city_act_with(city, who, RECORD_PROBLEM, problem, ACTION_TRANSFER, "职责不在本单位", VALUES(value_integer(PROBLEM_TRANSFER_TO, to)));
}
static int64_t transfer_of(struct city *city, int64_t problem) { return last_of(city, RECORD_TRANSFER, TRANSFER_PROBLEM, problem).row->id; }
static enum verdict answer(struct city *city, const struct authority *who, int64_t problem, enum action_code action) {
  return city_act_with(city, who, RECORD_TRANSFER, transfer_of(city, problem), action, action == ACTION_REFUSE ? "不属本单位职责" : NULL, NULL, 0);
}

static void a_transfer_moves_the_problem_and_not_its_date(void **state) {
  struct city *city = *state;
  int64_t problem = city_taken(city, KIND_TIME_LIMITED, LEVEL_UNIT), due = value_of(city, problem, PROBLEM_DUE);
  must(city, ask(city, &city->liaison, problem, city->lead), VERDICT_NOT_NOW);
  assert_true(city_found(city, "receiver"));
  must(city, ask(city, &city->liaison, problem, city->village), VERDICT_NOT_NOW);
  must(city, ask(city, &city->joint_liaison, problem, city->other), VERDICT_FORBIDDEN);
  must(city, ask(city, &city->liaison, problem, city->other), VERDICT_DONE);
  must(city, ask(city, &city->liaison, problem, city->joint), VERDICT_NOT_NOW); /* one at a time */
  assert_true(city_found(city, "no_ruling_open"));
  must(city, answer(city, &city->liaison, problem, ACTION_TAKE), VERDICT_FORBIDDEN); /* who asked does not answer */
  later_by(city, 1);
  must(city, answer(city, &city->stranger, problem, ACTION_TAKE), VERDICT_DONE);
  assert_int_equal(value_of(city, problem, PROBLEM_LEAD_UNIT), city->other);
  assert_int_equal(value_of(city, problem, PROBLEM_DUE), due);
  assert_int_equal(value_of(city, problem, PROBLEM_TRANSFERS), 1);
  assert_int_equal(value_of(city, problem, PROBLEM_TRANSFER_TO), NOTHING);
  assert_int_equal(city_row(city, RECORD_PROBLEM, problem)->state, PROBLEM_TAKEN);
  struct taken holdings = last_of(city, RECORD_HOLDING, HOLDING_PROBLEM, problem);
  assert_int_equal(holdings.count, 2);
  assert_int_equal(row_integer(holdings.row, HOLDING_HOW), HELD_TRANSFER);
  assert_int_equal(city_value(city, RECORD_HOLDING, holdings.row->id, HOLDING_UNIT), city->other);
}

static void a_receiver_has_three_working_days_of_its_own(void **state) {
  struct city *city = *state;
  int64_t problem = city_taken(city, KIND_TIME_LIMITED, LEVEL_UNIT), due = value_of(city, problem, PROBLEM_DUE);
  city->now = moment_of_date(due + 2) + 9 * 3600 * MOMENT_SECOND;
  int64_t today = city_today(city);
  must(city, ask(city, &city->liaison, problem, city->other), VERDICT_DONE);
  must(city, answer(city, &city->stranger, problem, ACTION_TAKE), VERDICT_DONE);
  assert_true(value_of(city, problem, PROBLEM_HOLDER_DUE) >= today + 3);
  assert_int_equal(value_of(city, problem, PROBLEM_COLOUR_RULE), RULE_OVERDUE); /* the public clock runs on */
  struct held_span *held;
  size_t count;
  struct reader *reader;
  assert_int_equal(store_reader(city->store, &reader), STORE_OK);
  assert_int_equal(holders_read(reader, city_row(city, RECORD_PROBLEM, problem), today + 10, city->arena, &held, &count), STORE_OK);
  reader_release(reader);
  assert_int_equal(count, 2);
  assert_int_equal(held[0].overdue, 2);
  assert_int_equal(held[1].overdue, 10);
  assert_int_equal(held[1].own_overdue, 10 - (value_of(city, problem, PROBLEM_HOLDER_DUE) - today));
}

static void the_second_refusal_goes_to_the_office_and_its_ruling_binds(void **state) {
  struct city *city = *state;
  int64_t problem = city_taken(city, KIND_TIME_LIMITED, LEVEL_UNIT);
  must(city, ask(city, &city->liaison, problem, city->other), VERDICT_DONE);
  /* a reason */
  must(city, city_act_with(city, &city->stranger, RECORD_TRANSFER, transfer_of(city, problem), ACTION_REFUSE, NULL, NULL, 0),
       VERDICT_INVALID);
  must(city, answer(city, &city->stranger, problem, ACTION_REFUSE), VERDICT_DONE);
  assert_int_equal(value_of(city, problem, PROBLEM_RULING), NOTHING);
  must(city, ask(city, &city->liaison, problem, city->joint), VERDICT_DONE);
  must(city, answer(city, &city->joint_liaison, problem, ACTION_REFUSE), VERDICT_DONE);
  int64_t ruling = value_of(city, problem, PROBLEM_RULING);
  assert_int_not_equal(ruling, NOTHING);
  assert_int_equal(city_row(city, RECORD_TRANSFER, transfer_of(city, problem))->state, TRANSFER_REFERRED);
  assert_int_equal(city_value(city, RECORD_RULING, ruling, RULING_WHY), RULING_BY_REFUSALS);
  assert_int_equal(city_value(city, RECORD_RULING, ruling, RULING_DUE), city_today(city) + 2); /* two working days from a Monday */
  must(city, ask(city, &city->liaison, problem, city->other), VERDICT_NOT_NOW);
  struct value named[] = {value_integer(RULING_LEAD, city->joint), value_text(RULING_GROUNDS, "医保目录由市医保局牵头")};
  must(city, city_act_with(city, &city->liaison, RECORD_RULING, ruling, ACTION_RULE, NULL, named, 2), VERDICT_FORBIDDEN);
  /* grounds are asked */
  must(city, city_act_with(city, &city->office, RECORD_RULING, ruling, ACTION_RULE, NULL, named, 1), VERDICT_INVALID);
  must(city, city_act_with(city, &city->office, RECORD_RULING, ruling, ACTION_RULE, NULL, named, 2), VERDICT_DONE);
  assert_int_equal(value_of(city, problem, PROBLEM_LEAD_UNIT), city->joint);
  assert_int_equal(value_of(city, problem, PROBLEM_RULING), NOTHING);
  assert_int_equal(value_of(city, problem, PROBLEM_TRANSFERS), 1);
  assert_int_equal(city_row(city, RECORD_TRANSFER, transfer_of(city, problem))->state, TRANSFER_RULED);
  must(city, ask(city, &city->joint_liaison, problem, city->other), VERDICT_NOT_NOW);
  assert_true(city_found(city, "not_bound"));
}

static void a_circle_is_red_until_more_is_done_and_goes_to_the_office_at_once(void **state) {
  struct city *city = *state;
  int64_t measures[2], problem = city_started(city, KIND_TIME_LIMITED, LEVEL_UNIT, measures);
  city_measure_done(city, measures[1]);
  must(city, ask(city, &city->liaison, problem, city->other), VERDICT_DONE);
  must(city, answer(city, &city->stranger, problem, ACTION_TAKE), VERDICT_DONE);
  assert_int_equal(value_of(city, problem, PROBLEM_COLOUR), COLOUR_BLUE);
  must(city, ask(city, &city->stranger, problem, city->lead), VERDICT_DONE);
  assert_int_equal(value_of(city, problem, PROBLEM_COLOUR), COLOUR_RED);
  assert_int_equal(value_of(city, problem, PROBLEM_COLOUR_RULE), RULE_CIRCLE);
  int64_t ruling = value_of(city, problem, PROBLEM_RULING);
  assert_int_equal(city_value(city, RECORD_RULING, ruling, RULING_WHY), RULING_BY_CIRCLE);
  must(city,
       city_act_with(city, &city->office, RECORD_RULING, ruling, ACTION_RULE, NULL,
                     VALUES(value_integer(RULING_LEAD, city->lead), value_text(RULING_GROUNDS, "仍由原单位牵头"))),
       VERDICT_DONE);
  assert_int_equal(value_of(city, problem, PROBLEM_COLOUR_RULE), RULE_CIRCLE); /* a ruling is no result */
  city_measure_done(city, measures[0]);
  assert_int_equal(value_of(city, problem, PROBLEM_COLOUR), COLOUR_BLUE);
}

static int64_t assigned(struct city *city) {
  int64_t problem = city_problem(city, KIND_TIME_LIMITED, LEVEL_UNIT);
  city_do(city, &city->liaison, problem, ACTION_SUBMIT, NULL);
  city_do(city, &city->office, problem, ACTION_ADMIT, NULL);
  must(city,
       city_act_with(city, &city->office, RECORD_PROBLEM, problem, ACTION_ASSIGN, NULL,
                     VALUES(value_integer(PROBLEM_DUE, city_today(city) + 90))),
       VERDICT_DONE);
  return problem;
}

static void a_dispute_has_a_provisional_lead_until_it_is_ruled_on(void **state) {
  struct city *city = *state;
  int64_t problem = assigned(city), late = assigned(city);
  must(city, city_act(city, &city->liaison, problem, ACTION_DISPUTE, NULL), VERDICT_INVALID);
  city_do(city, &city->liaison, problem, ACTION_DISPUTE, "职责在医保局");
  assert_int_equal(city_row(city, RECORD_PROBLEM, problem)->state, PROBLEM_DISPUTED);
  assert_int_equal(value_of(city, problem, PROBLEM_PROVISIONAL_LEAD), city->lead);
  int64_t ruling = value_of(city, problem, PROBLEM_RULING);
  must(city,
       city_act_with(city, &city->office, RECORD_RULING, ruling, ACTION_NAME_PROVISIONAL, NULL,
                     VALUES(value_integer(RULING_PROVISIONAL, city->other))),
       VERDICT_DONE);
  assert_int_equal(value_of(city, problem, PROBLEM_LEAD_UNIT), city->other);
  must(city,
       city_act_with(city, &city->stranger, RECORD_PROBLEM, problem, ACTION_REPORT, NULL,
                     VALUES(value_text(PROBLEM_PROGRESS_NOTE, "先行摸底"))),
       VERDICT_DONE);
  later_by(city, 2);
  must(city,
       city_act_with(city, &city->office, RECORD_RULING, ruling, ACTION_RULE, NULL,
                     VALUES(value_integer(RULING_LEAD, city->lead), value_text(RULING_GROUNDS, "三定方案明确"))),
       VERDICT_DONE);
  assert_int_equal(city_row(city, RECORD_PROBLEM, problem)->state, PROBLEM_ASSIGNED);
  assert_int_equal(value_of(city, problem, PROBLEM_LEAD_UNIT), city->lead);
  assert_int_equal(value_of(city, problem, PROBLEM_PROVISIONAL_LEAD), NOTHING);
  must(city, city_act(city, &city->liaison, problem, ACTION_DISPUTE, "仍不同意"), VERDICT_NOT_NOW);
  assert_true(city_found(city, "not_bound"));
  /* firm, provisional, another provisional, by the ruling */
  assert_int_equal(last_of(city, RECORD_HOLDING, HOLDING_PROBLEM, problem).count, 4);
  later_by(city, 3);
  must(city, city_act(city, &city->liaison, late, ACTION_DISPUTE, "太迟了"), VERDICT_NOT_NOW);
  assert_true(city_found(city, "dispute_in_time"));
}

static void a_dispute_that_is_dropped_leaves_nothing_to_rule_on(void **state) {
  struct city *city = *state;
  int64_t problem = assigned(city);
  city_do(city, &city->liaison, problem, ACTION_DISPUTE, "职责在医保局");
  int64_t ruling = value_of(city, problem, PROBLEM_RULING);
  city_do(city, &city->liaison, problem, ACTION_TAKE, NULL);
  assert_int_equal(city_row(city, RECORD_RULING, ruling)->state, RULING_DROPPED);
  assert_int_equal(value_of(city, problem, PROBLEM_RULING), NOTHING);
}

/* ---- by approval ---- */

static enum verdict extend(struct city *city, int64_t problem, int64_t due) {
  return city_act_with(city, &city->liaison, RECORD_PROBLEM, problem, ACTION_EXTEND, "招标流标", VALUES(value_integer(PROBLEM_DUE, due)));
}
static void agree(struct city *city, int64_t problem) {
  must(city,
       city_act_with(city, &city->office, RECORD_APPROVAL, last_of(city, RECORD_APPROVAL, APPROVAL_RECORD, problem).row->id, ACTION_AGREE,
                     NULL, NULL, 0),
       VERDICT_DONE);
}

static void extensions_have_limits_in_number_and_in_days(void **state) {
  struct city *city = *state;
  int64_t problem = city_taken(city, KIND_TIME_LIMITED, LEVEL_UNIT), due = value_of(city, problem, PROBLEM_DUE);
  must(city, extend(city, problem, due + 91), VERDICT_NOT_NOW);
  assert_true(city_found(city, "extension_limit"));
  must(city, extend(city, problem, due + 30), VERDICT_DONE);
  agree(city, problem);
  assert_int_equal(value_of(city, problem, PROBLEM_DUE), due + 30);
  assert_int_equal(value_of(city, problem, PROBLEM_DUE_ORIGINAL), due);
  assert_int_equal(value_of(city, problem, PROBLEM_EXTENSIONS), 1);
  assert_int_equal(value_of(city, problem, PROBLEM_DUE_BASIS), DUE_BASIS_APPROVED);
  must(city, extend(city, problem, due + 91), VERDICT_NOT_NOW);
  must(city, extend(city, problem, due + 90), VERDICT_DONE);
  agree(city, problem);
  must(city, extend(city, problem, due + 95), VERDICT_NOT_NOW);
  assert_non_null(strstr(city->outcome.findings[0].sentence.zh, "最多 2 次"));
}

static void a_suspension_is_grey_and_its_days_do_not_run(void **state) {
  struct city *city = *state;
  int64_t measures[2], problem = city_started(city, KIND_TIME_LIMITED, LEVEL_UNIT, measures), due = value_of(city, problem, PROBLEM_DUE),
                       today = city_today(city);
  must(city,
       city_act_with(city, &city->liaison, RECORD_PROBLEM, problem, ACTION_SUSPEND, "等上级立法",
                     VALUES(value_integer(PROBLEM_SUSPENDED_UNTIL, today + 184))),
       VERDICT_NOT_NOW);
  assert_true(city_found(city, "suspension_limit"));
  must(city,
       city_act_with(city, &city->liaison, RECORD_PROBLEM, problem, ACTION_SUSPEND, "等上级立法",
                     VALUES(value_integer(PROBLEM_SUSPENDED_UNTIL, today + 100))),
       VERDICT_DONE);
  assert_int_equal(city_row(city, RECORD_PROBLEM, problem)->state, PROBLEM_RECTIFYING); /* it waits */
  agree(city, problem);
  assert_int_equal(city_row(city, RECORD_PROBLEM, problem)->state, PROBLEM_SUSPENDED);
  assert_int_equal(value_of(city, problem, PROBLEM_COLOUR), COLOUR_GREY);
  assert_int_equal(value_of(city, problem, PROBLEM_COLOUR_NEXT), moment_of_date(today + 101));
  later_by(city, 40);
  city_do(city, &city->office, problem, ACTION_RESUME, NULL);
  assert_int_equal(city_row(city, RECORD_PROBLEM, problem)->state, PROBLEM_RECTIFYING);
  assert_int_equal(value_of(city, problem, PROBLEM_DUE), due + 40);
  assert_int_equal(value_of(city, problem, PROBLEM_SUSPENDED_UNTIL), NOTHING);
}

static void another_kind_holds_for_a_time(void **state) {
  struct city *city = *state;
  int64_t problem = city_taken(city, KIND_TIME_LIMITED, LEVEL_UNIT), today = city_today(city);
  struct value values[] = {value_integer(PROBLEM_KIND, KIND_LONG_TERM), value_integer(PROBLEM_KIND_UNTIL, today + 200)};
  must(city, city_act_with(city, &city->liaison, RECORD_PROBLEM, problem, ACTION_CHANGE_KIND, "历史遗留", values, 2), VERDICT_NOT_NOW);
  values[1].integer = today + 90;
  must(city, city_act_with(city, &city->liaison, RECORD_PROBLEM, problem, ACTION_CHANGE_KIND, "历史遗留", values, 2), VERDICT_DONE);
  agree(city, problem);
  assert_int_equal(value_of(city, problem, PROBLEM_KIND), KIND_LONG_TERM);
  assert_true(value_of(city, problem, PROBLEM_COLOUR_NEXT) <= moment_of_date(today + 91));
  later_by(city, 91);
  must(city, city_act(city, &AUTHORITY_SYSTEM, problem, ACTION_KIND_EXPIRES, NULL), VERDICT_DONE);
  assert_int_equal(value_of(city, problem, PROBLEM_KIND), KIND_TIME_LIMITED);
  assert_int_equal(value_of(city, problem, PROBLEM_KIND_UNTIL), NOTHING);
}

/* ---- people and units ---- */

static void a_slip_moves_what_is_open_once_both_confirmed(void **state) {
  struct city *city = *state;
  int64_t measures[2], problem = city_started(city, KIND_TIME_LIMITED, LEVEL_UNIT, measures);
  must(city,
       city_act_with(city, &AUTHORITY_SYSTEM, RECORD_PROBLEM, problem, ACTION_EDIT, NULL, VALUES(value_text(PROBLEM_OWNER, "liaison"))),
       VERDICT_DONE);
  struct value values[] = {value_integer(HAND_OVER_FROM, city->liaison.user), value_integer(HAND_OVER_TO, city->stranger.user),
                           value_integer(HAND_OVER_UNIT, city->lead)};
  must(city, city_act_with(city, &city->office, RECORD_HAND_OVER, 0, ACTION_CREATE, NULL, values, 3), VERDICT_NOT_NOW);
  assert_true(city_found(city, "slip_people"));
  struct authority next = city_person(city, "next", city->lead, ROLE_LIAISON, city->lead);
  values[1].integer = next.user;
  int64_t slip = city_make(city, &city->office, RECORD_HAND_OVER, values, 3);
  assert_int_equal(city_value(city, RECORD_HAND_OVER, slip, HAND_OVER_COUNT), 3); /* the problem and its measures */
  must(city, city_act_with(city, &next, RECORD_HAND_OVER, slip, ACTION_CONFIRM, NULL, NULL, 0), VERDICT_NOT_NOW); /* not first */
  must(city, city_act_with(city, &city->liaison, RECORD_HAND_OVER, slip, ACTION_CONFIRM, NULL, NULL, 0), VERDICT_DONE);
  /* not for the other */
  must(city, city_act_with(city, &city->liaison, RECORD_HAND_OVER, slip, ACTION_CONFIRM, NULL, NULL, 0), VERDICT_NOT_NOW);
  must(city, city_act_with(city, &next, RECORD_HAND_OVER, slip, ACTION_CONFIRM, NULL, NULL, 0), VERDICT_DONE);
  assert_int_equal(city_row(city, RECORD_HAND_OVER, slip)->state, HAND_OVER_DONE);
  assert_string_equal(row_text(city_row(city, RECORD_PROBLEM, problem), PROBLEM_OWNER), "next");
  assert_int_equal(city_authority(city, city->liaison.user).roles, 0); /* the old grant has ended */
  assert_int_equal(city_authority(city, next.user).roles, ROLE(ROLE_LIAISON));
}

static void what_a_merged_unit_held_passes_to_its_successor(void **state) {
  struct city *city = *state;
  int64_t problem = city_taken(city, KIND_TIME_LIMITED, LEVEL_UNIT), today = city_today(city);
  struct value values[] = {value_many(UNIT_SUCCESSORS, &city->other, 1), value_integer(UNIT_SUCCEEDED_ON, today)};
  must(city, city_act_with(city, &city->office, RECORD_UNIT, city->lead, ACTION_MERGE, NULL, values, 2), VERDICT_INVALID); /* a reason */
  must(city, city_act_with(city, &city->office, RECORD_UNIT, city->lead, ACTION_SPLIT, "机构改革", values, 2), VERDICT_NOT_NOW);
  must(city, city_act_with(city, &city->office, RECORD_UNIT, city->lead, ACTION_MERGE, "机构改革", values, 2), VERDICT_DONE);
  assert_int_equal(value_of(city, problem, PROBLEM_LEAD_UNIT), city->other);
  assert_int_equal(city_value(city, RECORD_UNIT, city->lead, UNIT_VALID_TO), today - 1);
  assert_non_null(strstr(row_text(city_row(city, RECORD_UNIT, city->other), UNIT_SHORT_NAMES), "市卫生健康委"));
  struct authority liaison = city_authority(city, city->liaison.user);
  assert_int_equal(liaison.unit, city->other);
  assert_int_equal(liaison.roles, ROLE(ROLE_LIAISON));
  struct taken holdings = last_of(city, RECORD_HOLDING, HOLDING_PROBLEM, problem);
  assert_int_equal(holdings.count, 2);
  assert_int_equal(row_integer(holdings.row, HOLDING_HOW), HELD_SUCCESSOR);
  must(city, city_act_with(city, &city->office, RECORD_UNIT, city->lead, ACTION_MERGE, "再来一次", values, 2), VERDICT_NOT_NOW);
  struct reader *reader;
  int64_t now = 0;
  assert_int_equal(store_reader(city->store, &reader), STORE_OK);
  assert_int_equal(unit_now(reader, city->lead, city->arena, &now), STORE_OK);
  reader_release(reader);
  assert_int_equal(now, city->other);
}

/* Given to another unit, or its receiver merged away: a transfer that waits is withdrawn and blocks nobody. */
static void a_transfer_that_lost_its_ground_is_withdrawn(void **state) {
  struct city *city = *state;
  int64_t problem = city_taken(city, KIND_TIME_LIMITED, LEVEL_UNIT), second = city_taken(city, KIND_TIME_LIMITED, LEVEL_UNIT);
  must(city, ask(city, &city->liaison, problem, city->other), VERDICT_DONE);
  must(city,
       city_act_with(city, &city->office, RECORD_PROBLEM, problem, ACTION_EDIT, "改派",
                     VALUES(value_integer(PROBLEM_LEAD_UNIT, city->joint))),
       VERDICT_DONE);
  assert_int_equal(city_row(city, RECORD_TRANSFER, transfer_of(city, problem))->state, TRANSFER_WITHDRAWN);
  assert_int_equal(value_of(city, problem, PROBLEM_TRANSFER_TO), NOTHING);
  assert_int_equal(row_integer(last_of(city, RECORD_HOLDING, HOLDING_PROBLEM, problem).row, HOLDING_HOW), HELD_REASSIGNED);
  must(city, ask(city, &city->liaison, second, city->other), VERDICT_DONE);
  struct value values[] = {value_many(UNIT_SUCCESSORS, &city->joint, 1), value_integer(UNIT_SUCCEEDED_ON, city_today(city))};
  must(city, city_act_with(city, &city->office, RECORD_UNIT, city->other, ACTION_MERGE, "机构改革", values, 2), VERDICT_DONE);
  assert_int_equal(city_row(city, RECORD_TRANSFER, transfer_of(city, second))->state, TRANSFER_WITHDRAWN);
  assert_int_equal(value_of(city, second, PROBLEM_TRANSFER_TO), NOTHING);
  must(city, ask(city, &city->liaison, second, city->joint), VERDICT_DONE);
}

/* More than one set may move: the rest waits, is counted, and is gone on with. */
static void a_large_unit_is_handed_over_in_parts(void **state) {
  struct city *city = *state;
  enum { MANY = 520 };
  struct change *changes = ARENA_ARRAY(city->arena, struct change, MANY);
  for (int i = 0; i < MANY; i++) {
    struct value *values = ARENA_ARRAY(city->arena, struct value, 7);
    values[0] = value_text(PROBLEM_TITLE, arena_print(city->arena, "问题 %d", i)),
    values[1] = value_integer(PROBLEM_CAMPAIGN, city->campaign);
    values[2] = value_integer(PROBLEM_CATEGORY, CATEGORY_LIVELIHOOD), values[3] = value_integer(PROBLEM_SOURCE, SOURCE_RESEARCH),
    values[4] = value_integer(PROBLEM_KIND, KIND_AT_ONCE);
    values[5] = value_integer(PROBLEM_LEVEL, LEVEL_UNIT), values[6] = value_integer(PROBLEM_LEAD_UNIT, city->lead);
    changes[i] = (struct change){.type = record_type(RECORD_PROBLEM),
                                 .action = ACTION_CREATE,
                                 .seen = ANY_VERSION,
                                 .values = values,
                                 .value_count = 7};
  }
  must(city, city_apply(city, &city->liaison, changes, MANY), VERDICT_DONE);
  struct value values[] = {value_many(UNIT_SUCCESSORS, &city->other, 1), value_integer(UNIT_SUCCEEDED_ON, city_today(city))};
  must(city, city_act_with(city, &city->office, RECORD_UNIT, city->lead, ACTION_MERGE, "机构改革", values, 2), VERDICT_DONE);
  assert_int_equal(last_of(city, RECORD_PROBLEM, PROBLEM_LEAD_UNIT, city->other).count, 500);
  assert_int_equal(city_value(city, RECORD_UNIT, city->lead, UNIT_LEFT), 20 + 4); /* two people and their grants */
  must(city, city_act_with(city, &city->office, RECORD_UNIT, city->lead, ACTION_HAND_OVER, NULL, NULL, 0), VERDICT_DONE);
  assert_int_equal(last_of(city, RECORD_PROBLEM, PROBLEM_LEAD_UNIT, city->other).count, MANY);
  assert_int_equal(city_value(city, RECORD_UNIT, city->lead, UNIT_LEFT), 0);
  assert_int_equal(city_authority(city, city->liaison.user).roles, ROLE(ROLE_LIAISON)); /* people go with the last part */
  must(city, city_act_with(city, &city->office, RECORD_UNIT, city->lead, ACTION_HAND_OVER, NULL, NULL, 0), VERDICT_NOT_NOW);
}

/* Voided or destroyed by two people, corrected: what was written of its hand-overs follows. */
static void two_people_may_correct_void_and_destroy_what_was_handed_over(void **state) {
  struct city *city = *state;
  struct authority second = city_person(city, "second", city->root, ROLE_OFFICE, NOTHING);
  int64_t problem = city_taken(city, KIND_TIME_LIMITED, LEVEL_UNIT), gone = city_taken(city, KIND_TIME_LIMITED, LEVEL_UNIT);
  must(city,
       city_act_with(city, &city->office, RECORD_PROBLEM, problem, ACTION_ASK_CORRECTION, "录错单位",
                     VALUES(value_integer(PROBLEM_LEAD_UNIT, city->other))),
       VERDICT_DONE);
  must(city,
       city_act_with(city, &second, RECORD_APPROVAL, last_of(city, RECORD_APPROVAL, APPROVAL_RECORD, problem).row->id, ACTION_AGREE, NULL,
                     NULL, 0),
       VERDICT_DONE);
  assert_int_equal(row_integer(last_of(city, RECORD_HOLDING, HOLDING_PROBLEM, problem).row, HOLDING_UNIT), city->other);
  must(city, city_act(city, &city->office, problem, ACTION_ASK_VOID, "重复"), VERDICT_DONE);
  must(city,
       city_act_with(city, &second, RECORD_APPROVAL, last_of(city, RECORD_APPROVAL, APPROVAL_RECORD, problem).row->id, ACTION_AGREE, NULL,
                     NULL, 0),
       VERDICT_DONE);
  assert_int_equal(last_of(city, RECORD_HOLDING, HOLDING_PROBLEM, problem).row->state, HOLDING_ENDED);
  must(city, ask(city, &city->liaison, gone, city->other), VERDICT_DONE);
  must(city, city_act_with(city, &city->office, RECORD_TRANSFER, transfer_of(city, gone), ACTION_DISPUTE, "久拖不答", NULL, 0), VERDICT_DONE);
  must(city, city_act(city, &city->office, gone, ACTION_ASK_DESTRUCTION, "误录涉密"), VERDICT_DONE);
  must(city,
       city_act_with(city, &second, RECORD_APPROVAL, last_of(city, RECORD_APPROVAL, APPROVAL_RECORD, gone).row->id, ACTION_AGREE, NULL,
                     NULL, 0),
       VERDICT_DONE);
  assert_int_equal(last_of(city, RECORD_TRANSFER, TRANSFER_PROBLEM, gone).count, 0);
  assert_int_equal(last_of(city, RECORD_RULING, RULING_PROBLEM, gone).count, 0);
  assert_int_equal(last_of(city, RECORD_HOLDING, HOLDING_PROBLEM, gone).count, 0);
}

static void a_deputy_has_no_more_than_the_person_and_is_journalled_with_both(void **state) {
  struct city *city = *state;
  int64_t user = city_user(city, "deputy", city->lead), to = city_today(city) + 30;
  struct value values[] = {value_integer(GRANT_USER, user), value_integer(GRANT_ROLE, ROLE_UNIT_HEAD),
                           value_integer(GRANT_UNIT, city->other), value_integer(GRANT_DEPUTY_FOR, city->head.user),
                           value_integer(GRANT_TO, to)};
  must(city, city_act_with(city, &city->security, RECORD_GRANT, 0, ACTION_CREATE, NULL, values, 5), VERDICT_NOT_NOW);
  assert_true(city_found(city, "deputy_scope"));
  values[2].integer = city->lead;
  must(city, city_act_with(city, &city->security, RECORD_GRANT, 0, ACTION_CREATE, NULL, values, 5), VERDICT_DONE);
  struct authority deputy = city_authority(city, user);
  int64_t measures[2], problem = city_started(city, KIND_TIME_LIMITED, LEVEL_UNIT, measures);
  city_measure_done(city, measures[0]);
  city_measure_done(city, measures[1]);
  city_evidence(city, problem);
  city_applied(city, problem);
  city_do(city, &deputy, problem, ACTION_ENDORSE, NULL);
  struct row *row = city_row(city, RECORD_PROBLEM, problem);
  assert_int_equal(row_integer(row, PROBLEM_ENDORSER), user);
  assert_int_equal(authority_behalf(&deputy, ROLE(ROLE_UNIT_HEAD), RELATION_LEAD, row, NULL), city->head.user);
  assert_int_equal(authority_behalf(&city->head, ROLE(ROLE_UNIT_HEAD), RELATION_LEAD, row, NULL), 0);
}

#define CITY(test) cmocka_unit_test_setup_teardown(test, city_setup, city_teardown)
int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(whatever_waits_for_a_units_people_stands_on_the_slip),
                                     cmocka_unit_test(what_keeps_a_unit_stands_on_slips_and_passes_on),
                                     cmocka_unit_test(a_circle_is_any_way_back),
                                     cmocka_unit_test(overdue_days_belong_to_whoever_held_it_then),
                                     cmocka_unit_test(days_by_holder_add_up_to_the_days_that_passed),
                                     CITY(a_transfer_moves_the_problem_and_not_its_date),
                                     CITY(a_receiver_has_three_working_days_of_its_own),
                                     CITY(the_second_refusal_goes_to_the_office_and_its_ruling_binds),
                                     CITY(a_circle_is_red_until_more_is_done_and_goes_to_the_office_at_once),
                                     CITY(a_dispute_has_a_provisional_lead_until_it_is_ruled_on),
                                     CITY(a_dispute_that_is_dropped_leaves_nothing_to_rule_on),
                                     CITY(extensions_have_limits_in_number_and_in_days),
                                     CITY(a_suspension_is_grey_and_its_days_do_not_run),
                                     CITY(another_kind_holds_for_a_time),
                                     CITY(a_slip_moves_what_is_open_once_both_confirmed),
                                     CITY(what_a_merged_unit_held_passes_to_its_successor),
                                     CITY(a_large_unit_is_handed_over_in_parts),
                                     CITY(two_people_may_correct_void_and_destroy_what_was_handed_over),
                                     CITY(a_transfer_that_lost_its_ground_is_withdrawn),
                                     CITY(a_deputy_has_no_more_than_the_person_and_is_journalled_with_both)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
