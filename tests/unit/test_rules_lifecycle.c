/* The whole life of a problem through the door, by each closing route. */
#include "test_rules_change_house.h"
#include "rules/guards.h"
#include "store/seal.h"

static int64_t state_of(struct city *city, int64_t problem) { return city_row(city, RECORD_PROBLEM, problem)->state; }
static int64_t value_of(struct city *city, int64_t problem, uint16_t field) { return city_value(city, RECORD_PROBLEM, problem, field); }

struct taken { struct city *city; struct row *row; int64_t count; };
static bool take_row(void *with, const struct row *row) {
  struct taken *taken = with;
  taken->row = row_copy(taken->city->arena, row);
  taken->count++;
  return true;
}
static struct taken list_by(struct city *city, enum record_id type, uint16_t field, int64_t id, uint16_t second, int64_t other) {
  struct taken taken = {.city = city};
  struct value one = value_integer(field, id), two = value_integer(second, other);
  struct condition conditions[] = {{.field = field, .how = C_IS, .values = &one, .count = 1},
                                   {.field = second, .how = C_IS, .values = &two, .count = 1}};
  struct query query = {.type = record_type(type), .conditions = conditions, .condition_count = second ? 2 : 1, .expected = -1};
  struct reader *reader;
  assert_int_equal(store_reader(city->store, &reader), STORE_OK);
  assert_int_equal(reader_list(reader, &query, &SCOPE_SYSTEM, city->arena, take_row, &taken), STORE_OK);
  reader_release(reader);
  return taken;
}
static struct row *cycle_of(struct city *city, int64_t problem, int64_t ordinal) {
  struct taken taken = list_by(city, RECORD_CYCLE, CYCLE_PROBLEM, problem, CYCLE_ORDINAL, ordinal);
  assert_int_equal(taken.count, 1);
  return taken.row;
}

static bool tell_damage(void *with, const struct damage *damage) {
  fail_msg("damage: %s", damage->sentence.zh);
  return false;
}

/* What the journal adds up to is what the tables hold, effects and derived fields included. */
static void journal_adds_up(struct city *city) {
  struct reader *reader;
  int64_t entries, records;
  assert_int_equal(store_reader(city->store, &reader), STORE_OK);
  assert_int_equal(seal_verify(city->store, reader, NULL, city->arena, tell_damage, NULL, &entries, &records), STORE_OK);
  assert_int_equal(entries, city_number(city));
  reader_release(reader);
}

static void full_chain_of_a_city_problem_with_a_send_back_and_a_second_cycle(void **state) {
  struct city *city = *state;
  int64_t measures[2], problem = city_started(city, KIND_TIME_LIMITED, LEVEL_CITY, measures), today = city_today(city);
  assert_string_equal(row_text(city_row(city, RECORD_PROBLEM, problem), PROBLEM_NUMBER), "SJ0000001");
  assert_int_equal(value_of(city, problem, PROBLEM_ROUTE), ROUTE_A);
  assert_int_equal(value_of(city, problem, PROBLEM_COUNTED), 1);
  assert_int_equal(value_of(city, problem, PROBLEM_BASELINE_ON), today);
  assert_int_equal(city_value(city, RECORD_MEASURE, measures[0], MEASURE_BASE_WEIGHT), 6000);
  assert_int_equal(cycle_of(city, problem, 1)->state, CYCLE_RUNNING);
  assert_int_equal(value_of(city, problem, PROBLEM_COLOUR), COLOUR_BLUE);

  must(city,
       city_act_with(city, &city->liaison, RECORD_PROBLEM, problem, ACTION_REPORT, NULL,
                     VALUES(value_text(PROBLEM_PROGRESS_NOTE, "正在推进"))),
       VERDICT_DONE);
  city_measure_done(city, measures[0]);
  assert_int_equal(value_of(city, problem, PROBLEM_PROGRESS), 6000);
  city_measure_done(city, measures[1]);
  assert_int_equal(value_of(city, problem, PROBLEM_PROGRESS), 10000);
  city_evidence(city, problem);
  city_applied(city, problem);
  assert_int_equal(state_of(city, problem), PROBLEM_APPLIED);
  assert_int_equal(value_of(city, problem, PROBLEM_APPLIED_ON), today);
  assert_int_equal(value_of(city, problem, PROBLEM_APPLICANT), city->liaison.user);
  assert_int_equal(value_of(city, problem, PROBLEM_REVIEW_UNTIL), today + 7); /* five working days from a Monday */
  city_do(city, &city->head, problem, ACTION_ENDORSE, NULL);
  assert_int_equal(value_of(city, problem, PROBLEM_ENDORSER), city->head.user);

  city_sent_back(city, &city->acceptor, problem, "目录缺少三家医院", "补齐三家医院的目录");
  assert_int_equal(state_of(city, problem), PROBLEM_RECTIFYING);
  assert_int_equal(value_of(city, problem, PROBLEM_SENT_BACK), 1);
  assert_int_equal(value_of(city, problem, PROBLEM_APPLIED_ON), NOTHING);
  assert_int_equal(value_of(city, problem, PROBLEM_COLOUR), COLOUR_ORANGE);
  assert_int_equal(row_integer(cycle_of(city, problem, 1), CYCLE_SENT_BACK), 1);

  city_applied(city, problem);
  city_do(city, &city->head, problem, ACTION_ENDORSE, NULL);
  city_accepted(city, problem);
  assert_int_equal(state_of(city, problem), PROBLEM_ACCEPTED);
  assert_int_equal(value_of(city, problem, PROBLEM_ACCEPTOR), city->acceptor2.user);
  assert_int_equal(value_of(city, problem, PROBLEM_COLOUR), COLOUR_GREEN);
  must(city, city_act(city, &city->office, problem, ACTION_CLOSE, NULL), VERDICT_NOT_NOW);
  assert_true(city_found(city, "publicity_off"));
  city_publicised(city, problem);
  assert_int_equal(value_of(city, problem, PROBLEM_PUBLICITY_UNTIL), today + 7);
  must(city, city_act(city, &city->office, problem, ACTION_CLOSE, NULL), VERDICT_NOT_NOW);
  assert_true(city_found(city, "publicity_over"));
  city->now += 8 * MOMENT_DAY;
  city_do(city, &city->office, problem, ACTION_CLOSE, NULL);
  assert_int_equal(cycle_of(city, problem, 1)->state, CYCLE_CLOSED);
  assert_int_equal(value_of(city, problem, PROBLEM_WATCH_UNTIL), city_today(city) + 180);
  must(city, city_act(city, &AUTHORITY_SYSTEM, problem, ACTION_SETTLE, NULL), VERDICT_NOT_NOW);
  assert_true(city_found(city, "watch_over"));

  city->now += 30 * MOMENT_DAY;
  /* the date is asked for, with the latest one */
  must(city, city_act(city, &city->office, problem, ACTION_REOPEN, "诉求反弹"), VERDICT_NOT_NOW);
  must(city,
       city_act_with(city, &city->office, RECORD_PROBLEM, problem, ACTION_REOPEN, "诉求反弹",
                     VALUES(value_integer(PROBLEM_DUE, city_today(city) + 46))),
       VERDICT_NOT_NOW);
  assert_true(city_found(city, "reopen_date"));
  assert_non_null(strstr(city->outcome.findings[0].sentence.zh, date_print(city->arena, city_today(city) + 45)));
  must(city,
       city_act_with(city, &city->office, RECORD_PROBLEM, problem, ACTION_REOPEN, "诉求反弹",
                     VALUES(value_integer(PROBLEM_DUE, city_today(city) + 45))),
       VERDICT_DONE);
  assert_int_equal(state_of(city, problem), PROBLEM_ASSIGNED);
  assert_int_equal(value_of(city, problem, PROBLEM_CYCLE), 2);
  assert_int_equal(value_of(city, problem, PROBLEM_REBOUNDS), 1);
  assert_int_equal(value_of(city, problem, PROBLEM_SENT_BACK), 0);
  assert_int_equal(value_of(city, problem, PROBLEM_CLOSED_ON), NOTHING);
  assert_int_equal(value_of(city, problem, PROBLEM_COLOUR), COLOUR_RED);
  assert_int_equal(value_of(city, problem, PROBLEM_EVER_RED), 1);
  assert_int_equal(cycle_of(city, problem, 1)->state, CYCLE_REOPENED);
  assert_int_equal(cycle_of(city, problem, 2)->state, CYCLE_RUNNING);
  assert_string_equal(row_text(cycle_of(city, problem, 2), CYCLE_WHY), "诉求反弹");

  city_do(city, &city->liaison, problem, ACTION_TAKE, NULL);
  int64_t again = city_measure(city, problem, "补齐目录", 10000, MEASURE_KIND_ACTION);
  assert_int_equal(city_value(city, RECORD_MEASURE, again, MEASURE_CYCLE), 2);
  city_do(city, &city->liaison, problem, ACTION_START, NULL);
  city_measure_done(city, again);
  assert_int_equal(value_of(city, problem, PROBLEM_PROGRESS), 10000);
  must(city,
       city_act_with(city, &city->liaison, RECORD_PROBLEM, problem, ACTION_APPLY, NULL,
                     VALUES(value_text(PROBLEM_PROGRESS_NOTE, "已补齐"))),
       VERDICT_NOT_NOW);
  assert_true(city_found(city, "has_evidence")); /* of this cycle */
  city_evidence(city, problem);
  city_applied(city, problem);
  city_do(city, &city->head, problem, ACTION_ENDORSE, NULL);
  city_accepted(city, problem);
  city_publicised(city, problem);
  city->now += 20 * MOMENT_DAY;
  must(city, city_act(city, &AUTHORITY_SYSTEM, problem, ACTION_CLOSE, "公示期满"), VERDICT_DONE);
  city->now += 181 * MOMENT_DAY;
  must(city, city_act(city, &AUTHORITY_SYSTEM, problem, ACTION_SETTLE, "巩固期满"), VERDICT_DONE);
  assert_int_equal(state_of(city, problem), PROBLEM_SETTLED);
  must(city, city_act(city, &city->office, problem, ACTION_WITHDRAW, "撤"), VERDICT_NOT_NOW);
  journal_adds_up(city);
}

static void a_unit_problem_takes_the_desk_route_without_publicity(void **state) {
  struct city *city = *state;
  int64_t measures[2], problem = city_started(city, KIND_TIME_LIMITED, LEVEL_UNIT, measures);
  assert_int_equal(value_of(city, problem, PROBLEM_ROUTE), ROUTE_B);
  city_measure_done(city, measures[0]);
  city_measure_done(city, measures[1]);
  city_evidence(city, problem);
  city_applied(city, problem);
  city_do(city, &city->head, problem, ACTION_ENDORSE, NULL);
  city_accepted(city, problem);
  must(city, city_act(city, &city->office, problem, ACTION_PUBLICISE, NULL), VERDICT_NOT_NOW);
  assert_true(city_found(city, "step_off"));
  city_do(city, &city->office, problem, ACTION_CLOSE, NULL);
  assert_int_equal(state_of(city, problem), PROBLEM_CLOSED);
}

static void an_at_once_problem_is_closed_by_its_unit_in_one_step(void **state) {
  struct city *city = *state;
  int64_t problem = city_taken(city, KIND_AT_ONCE, LEVEL_UNIT), today = city_today(city);
  assert_int_equal(value_of(city, problem, PROBLEM_ROUTE), ROUTE_C);
  must(city,
       city_act_with(city, &city->liaison, RECORD_PROBLEM, problem, ACTION_APPLY, NULL,
                     VALUES(value_text(PROBLEM_PROGRESS_NOTE, "当天修好"))),
       VERDICT_NOT_NOW);
  city_evidence(city, problem);
  city_applied(city, problem);
  assert_int_equal(state_of(city, problem), PROBLEM_CLOSED);
  assert_int_equal(value_of(city, problem, PROBLEM_APPLIED_ON), today);
  assert_int_equal(value_of(city, problem, PROBLEM_ACCEPTED_ON), today);
  assert_int_equal(value_of(city, problem, PROBLEM_CLOSED_ON), today);
  assert_int_equal(value_of(city, problem, PROBLEM_ENDORSED_ON), NOTHING); /* nobody signed */
  assert_int_equal(value_of(city, problem, PROBLEM_ACCEPTOR), NOTHING);
  struct row *cycle = cycle_of(city, problem, 1);
  assert_int_equal(cycle->state, CYCLE_CLOSED);
  assert_int_equal(row_integer(cycle, CYCLE_ACCEPTED_ON), today);
  assert_int_equal(value_of(city, problem, PROBLEM_COLOUR), COLOUR_GREEN);
}

static void a_time_limited_problem_cannot_skip_its_plan(void **state) {
  struct city *city = *state;
  int64_t problem = city_taken(city, KIND_TIME_LIMITED, LEVEL_UNIT);
  city_evidence(city, problem);
  must(city,
       city_act_with(city, &city->liaison, RECORD_PROBLEM, problem, ACTION_APPLY, NULL, VALUES(value_text(PROBLEM_PROGRESS_NOTE, "好了"))),
       VERDICT_NOT_NOW);
  assert_true(city_found(city, "at_once"));
  must(city, city_act(city, &city->liaison, problem, ACTION_START, NULL), VERDICT_INVALID); /* the owner is asked for */
  assert_true(city_found(city, "measures_planned"));
  city_measure(city, problem, "只有一半", 5000, MEASURE_KIND_ACTION);
  city_measure(city, problem, "开会", 3000, MEASURE_KIND_MEETING);
  must(city, city_act_with(city, &city->liaison, RECORD_PROBLEM, problem, ACTION_START, NULL, VALUES(value_text(PROBLEM_OWNER, "李四"))),
       VERDICT_NOT_NOW);
  assert_true(city_found(city, "weights_full"));
  assert_true(city_found(city, "meetings_share"));
}

static void the_office_may_leave_the_date_to_the_policy(void **state) {
  struct city *city = *state;
  int64_t problem = city_problem(city, KIND_TIME_LIMITED, LEVEL_UNIT);
  city_do(city, &city->liaison, problem, ACTION_SUBMIT, NULL);
  city_do(city, &city->office, problem, ACTION_ADMIT, NULL);
  assert_int_equal(value_of(city, problem, PROBLEM_COLOUR), COLOUR_GREY);
  city_do(city, &city->office, problem, ACTION_ASSIGN, NULL);
  int64_t due = city_today(city) + policy_default().days_by_kind[KIND_TIME_LIMITED];
  while (date_weekday(due) > 5) due++; /* moved on to a working day */
  assert_int_equal(value_of(city, problem, PROBLEM_DUE), due);
  assert_int_equal(value_of(city, problem, PROBLEM_DUE_BASIS), DUE_BASIS_WEEKENDS); /* this city has no holiday data */
  assert_int_equal(value_of(city, problem, PROBLEM_DUE_ORIGINAL), value_of(city, problem, PROBLEM_DUE));
}

static void an_extension_waits_for_an_approval_by_somebody_else(void **state) {
  struct city *city = *state;
  int64_t problem = city_taken(city, KIND_TIME_LIMITED, LEVEL_UNIT), due = value_of(city, problem, PROBLEM_DUE);
  must(city,
       city_act_with(city, &city->liaison, RECORD_PROBLEM, problem, ACTION_EXTEND, "采购流标", VALUES(value_integer(PROBLEM_DUE, due - 1))),
       VERDICT_INVALID);
  assert_true(city_found(city, "not_later"));
  must(city,
       city_act_with(city, &city->liaison, RECORD_PROBLEM, problem, ACTION_EXTEND, "采购流标",
                     VALUES(value_integer(PROBLEM_DUE, due + 30))),
       VERDICT_DONE);
  assert_int_equal(value_of(city, problem, PROBLEM_DUE), due);
  struct taken asked = list_by(city, RECORD_APPROVAL, APPROVAL_RECORD, problem, APPROVAL_TYPE, RECORD_PROBLEM);
  assert_int_equal(asked.count, 1);
  must(city,
       city_act_with(city, &city->liaison, RECORD_PROBLEM, problem, ACTION_EXTEND, "再延", VALUES(value_integer(PROBLEM_DUE, due + 40))),
       VERDICT_NOT_NOW);
  assert_true(city_found(city, "pending_none"));
  must(city, city_act_with(city, &city->liaison, RECORD_APPROVAL, asked.row->id, ACTION_AGREE, NULL, NULL, 0), VERDICT_FORBIDDEN);
  must(city, city_act_with(city, &city->office, RECORD_APPROVAL, asked.row->id, ACTION_AGREE, NULL, NULL, 0), VERDICT_DONE);
  assert_int_equal(value_of(city, problem, PROBLEM_DUE), due + 30);
  assert_int_equal(value_of(city, problem, PROBLEM_DUE_ORIGINAL), due);
  assert_int_equal(city_row(city, RECORD_APPROVAL, asked.row->id)->state, APPROVAL_AGREED);
}

static void two_people_agree_where_two_are_needed(void **state) {
  struct city *city = *state;
  int64_t problem = city_taken(city, KIND_TIME_LIMITED, LEVEL_UNIT), due = value_of(city, problem, PROBLEM_DUE) + 30;
  struct authority second = city_person(city, "office2", city->root, ROLE_OFFICE, NOTHING);
  char *pending = arena_print(city->arena, "[{\"type\":%d,\"id\":%lld,\"action\":%d,\"values\":{\"%d\":%lld}}]", RECORD_PROBLEM,
                              (long long)problem, ACTION_EDIT, PROBLEM_DUE, (long long)due);
  int64_t approval = city_make(city, &AUTHORITY_SYSTEM, RECORD_APPROVAL,
                               VALUES(value_text(APPROVAL_TITLE, "延期"), value_integer(APPROVAL_TYPE, RECORD_PROBLEM),
                                      value_integer(APPROVAL_RECORD, problem), value_text(APPROVAL_PENDING, pending),
                                      value_text(APPROVAL_REASON, "流标"), value_integer(APPROVAL_NEEDED, 2)));
  must(city, city_act_with(city, &city->office, RECORD_APPROVAL, approval, ACTION_AGREE, NULL, NULL, 0), VERDICT_DONE);
  assert_int_equal(city_row(city, RECORD_APPROVAL, approval)->state, APPROVAL_ASKED);
  must(city, city_act_with(city, &city->office, RECORD_APPROVAL, approval, ACTION_AGREE, NULL, NULL, 0), VERDICT_NOT_NOW);
  assert_true(city_found(city, "approver"));
  must(city, city_act(city, &city->office, problem, ACTION_WITHDRAW, "并入他题"), VERDICT_DONE);
  int64_t number = city_number(city);
  /* it cannot be carried out any more */
  must(city, city_act_with(city, &second, RECORD_APPROVAL, approval, ACTION_AGREE, NULL, NULL, 0), VERDICT_NOT_NOW);
  assert_int_equal(city_number(city), number);
  assert_int_equal(city_row(city, RECORD_APPROVAL, approval)->state, APPROVAL_ASKED);
  must(city, city_act_with(city, &second, RECORD_APPROVAL, approval, ACTION_DISAGREE, "已撤销", NULL, 0), VERDICT_DONE);
}

static void the_office_chooses_the_route_until_the_problem_turns_red(void **state) {
  struct city *city = *state;
  int64_t problem = city_problem(city, KIND_AT_ONCE, LEVEL_UNIT);
  city_do(city, &city->liaison, problem, ACTION_SUBMIT, NULL);
  city_do(city, &city->office, problem, ACTION_ADMIT, NULL);
  must(city,
       city_act_with(city, &city->office, RECORD_PROBLEM, problem, ACTION_ASSIGN, NULL, VALUES(value_integer(PROBLEM_ROUTE, ROUTE_B))),
       VERDICT_DONE);
  assert_int_equal(value_of(city, problem, PROBLEM_ROUTE), ROUTE_B);
  city_do(city, &city->liaison, problem, ACTION_TAKE, NULL);
  city->now += 200 * MOMENT_DAY;
  city_evidence(city, problem);
  assert_int_equal(value_of(city, problem, PROBLEM_COLOUR), COLOUR_RED);
  city_applied(city, problem);
  assert_int_equal(value_of(city, problem, PROBLEM_ROUTE), ROUTE_A);
  assert_int_equal(state_of(city, problem), PROBLEM_APPLIED);
}

struct bodies { const char *wanted; bool found; };
static bool find_body(void *with, const struct entry *entry) {
  struct bodies *bodies = with;
  bodies->found = bodies->found || (entry->body && memmem(entry->body, entry->body_size, bodies->wanted, strlen(bodies->wanted)));
  return true;
}

static void the_journal_names_the_states_that_were_passed(void **state) {
  struct city *city = *state;
  int64_t problem = city_taken(city, KIND_AT_ONCE, LEVEL_UNIT);
  struct bodies bodies = {.wanted = "\"passed\":[7,8,9]"};
  struct reader *reader;
  city_evidence(city, problem);
  city_applied(city, problem);
  assert_int_equal(store_reader(city->store, &reader), STORE_OK);
  assert_int_equal(reader_history(reader, RECORD_PROBLEM, problem, find_body, &bodies), STORE_OK);
  reader_release(reader);
  assert_true(bodies.found);
}

static void a_problem_from_appeals_is_one_set_and_the_appeals_get_the_answer(void **state) {
  struct city *city = *state;
  int64_t appeals[3];
  for (int i = 0; i < 3; i++)
    appeals[i] = city_make(city, &city->office, RECORD_APPEAL,
                           VALUES(value_text(APPEAL_NUMBER, arena_print(city->arena, "12345-%d", i)),
                                  value_text(APPEAL_TITLE, "车库没有信号"), value_integer(APPEAL_MADE_AT, city->now)));
  struct value values[] = {value_text(PROBLEM_TITLE, "车库无信号"),
                           value_integer(PROBLEM_CAMPAIGN, city->campaign),
                           value_integer(PROBLEM_CATEGORY, CATEGORY_LIVELIHOOD),
                           value_integer(PROBLEM_SOURCE, SOURCE_APPEALS),
                           value_integer(PROBLEM_KIND, KIND_AT_ONCE),
                           value_integer(PROBLEM_LEAD_UNIT, city->lead)};
  struct value links[3][4];
  struct change set[4] = {
      {.type = record_type(RECORD_PROBLEM), .action = ACTION_CREATE, .seen = ANY_VERSION, .values = values, .value_count = 6}};
  for (int i = 0; i < 3; i++) {
    links[i][0] = value_integer(LINK_FROM_TYPE, RECORD_PROBLEM);
    links[i][1] = value_integer(LINK_FROM_ID, -1);
    links[i][2] = value_integer(LINK_TO_TYPE, RECORD_APPEAL);
    links[i][3] = value_integer(LINK_TO_ID, appeals[i]);
    set[i + 1] = (struct change){.type = record_type(RECORD_LINK),
                                 .action = ACTION_CREATE,
                                 .seen = ANY_VERSION,
                                 .values = links[i],
                                 .value_count = 4};
  }
  must(city, city_apply(city, &city->office, set, 4), VERDICT_DONE);
  int64_t problem = city->outcome.ids[0];
  assert_int_equal(value_of(city, problem, PROBLEM_APPEALS), 3);
  assert_int_equal(city_row(city, RECORD_PROBLEM, problem)->version, 1);
  assert_int_equal(city_value(city, RECORD_APPEAL, appeals[2], APPEAL_PROBLEM), problem);
  city_do(city, &city->liaison, problem, ACTION_SUBMIT, NULL);
  city_do(city, &city->office, problem, ACTION_ADMIT, NULL);
  city_do(city, &city->office, problem, ACTION_ASSIGN, NULL);
  city_do(city, &city->liaison, problem, ACTION_TAKE, NULL);
  city_evidence(city, problem);
  city_applied(city, problem);
  assert_int_equal(state_of(city, problem), PROBLEM_CLOSED);
  assert_int_equal(city_row(city, RECORD_APPEAL, appeals[0])->state, APPEAL_RECEIVED);
  assert_null(row_text(city_row(city, RECORD_APPEAL, appeals[0]), APPEAL_ANSWER));
  assert_non_null(strstr(row_text(city_row(city, RECORD_APPEAL, appeals[0]), APPEAL_ANSWER_DRAFT), "销号"));
  /* the problem's words are kept in the problem alone */
  assert_null(strstr(row_text(city_row(city, RECORD_APPEAL, appeals[0]), APPEAL_ANSWER_DRAFT), "目录已发布"));
  must(city, city_act_with(city, &city->office, RECORD_APPEAL, appeals[0], ACTION_ANSWER_AS_DRAFTED, NULL, NULL, 0), VERDICT_DONE);
  assert_int_equal(city_row(city, RECORD_APPEAL, appeals[0])->state, APPEAL_ANSWERED);
  assert_non_null(strstr(row_text(city_row(city, RECORD_APPEAL, appeals[0]), APPEAL_ANSWER), "目录已发布"));
  assert_non_null(row_text(city_row(city, RECORD_APPEAL, appeals[0]), APPEAL_CODE));
  assert_null(row_text(city_row(city, RECORD_APPEAL, appeals[0]), APPEAL_ANSWER_DRAFT));
  assert_int_equal(city_value(city, RECORD_APPEAL, appeals[0], APPEAL_OUTCOME), NOTHING);
}

static void every_guard_and_effect_that_a_declaration_names_is_bound(void **state) {
  for (size_t t = 0; t < SCHEMA.count; t++)
    for (size_t i = 0; i < SCHEMA.types[t]->transition_count; i++) {
      const struct transition *arrow = &SCHEMA.types[t]->transitions[i];
      for (size_t k = 0; k < ARROW_GUARDS && arrow->guards[k]; k++) assert_true(guards_bound(arrow->guards[k]));
      for (size_t k = 0; k < ARROW_EFFECTS && arrow->effects[k]; k++) assert_true(effects_bound(arrow->effects[k]));
      if (arrow->from && record_state(SCHEMA.types[t], arrow->from))
        assert_ptr_equal(lifecycle_arrow(SCHEMA.types[t], arrow->from, arrow->action), arrow);
    }
}

/* docs/lifecycle.md, from the folder that the tests run in. */
static char *document(struct arena *arena) {
  FILE *file = fopen("docs/lifecycle.md", "r");
  char *text = ARENA_ARRAY(arena, char, 200000);
  if (!file) return NULL;
  size_t size = fread(text, 1, 199999, file);
  fclose(file);
  text[size] = 0;
  return text;
}

/* The part of a type: from its heading to the next. */
static char *part_of(struct arena *arena, const char *text, const struct record_type *type) {
  const char *from = strstr(text, arena_print(arena, "\n### %s %s\n", type->label.en, type->label.zh));
  if (!from) print_error("docs/lifecycle.md lacks the heading: ### %s %s\n", type->label.en, type->label.zh);
  if (!from) return NULL;
  const char *to = strstr(from + 1, "\n##");
  return arena_copy(arena, from, to ? (size_t)(to - from) : strlen(from));
}

static char *row_of(struct arena *arena, const char *part, const struct record_type *type, const struct transition *arrow) {
  const struct state_name *from = arrow->from ? record_state(type, arrow->from) : NULL,
                          *to = arrow->to ? record_state(type, arrow->to) : NULL;
  const char *begin = arena_print(arena, "| %s %s | `%s` %s%s | %s%s%s |", from ? from->name : "–", from ? from->label.zh : "",
                                  action_name(arrow->action), arrow->label.zh, arrow->reason ? " (reason)" : "", to ? to->name : "–", " ",
                                  to ? to->label.zh : "");
  const char *row = strstr(part, begin);
  if (!row) print_error("docs/lifecycle.md lacks: %s\n", begin);
  return row ? arena_copy(arena, row, strcspn(row, "\n")) : NULL;
}

static bool word_within(const char *text, const char *word) {
  for (const char *at = strstr(text, word); at; at = strstr(at + 1, word)) {
    char after = at[strlen(word)];
    if ((at == text || at[-1] == ' ') && (after == ',' || after == ' ' || !after)) return true;
  }
  return false;
}

static void the_document_names_every_arrow_and_its_guards(void **state) {
  struct arena *arena = arena_new();
  char *text = document(arena);
  size_t missing = 0;
  if (!text) skip();
  for (size_t t = 0; t < SCHEMA.count; t++) {
    const struct record_type *type = SCHEMA.types[t];
    const char *part = type->transition_count ? part_of(arena, text, type) : NULL;
    missing += type->transition_count && !part;
    for (size_t i = 0; part && i < type->transition_count; i++) {
      const struct transition *arrow = &type->transitions[i];
      const char *row = row_of(arena, part, type, arrow);
      missing += !row;
      for (size_t k = 0; row && k < ARROW_GUARDS && arrow->guards[k]; k++)
        if (!word_within(row, GUARDS[arrow->guards[k]].code)) {
          print_error("docs/lifecycle.md lacks the guard %s in: %.160s\n", GUARDS[arrow->guards[k]].code, row);
          missing++;
        }
    }
  }
  assert_int_equal(missing, 0);
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_guard_and_effect_that_a_declaration_names_is_bound),
    cmocka_unit_test(the_document_names_every_arrow_and_its_guards),
    cmocka_unit_test_setup_teardown(full_chain_of_a_city_problem_with_a_send_back_and_a_second_cycle, city_setup, city_teardown),
    cmocka_unit_test_setup_teardown(a_unit_problem_takes_the_desk_route_without_publicity, city_setup, city_teardown),
    cmocka_unit_test_setup_teardown(an_at_once_problem_is_closed_by_its_unit_in_one_step, city_setup, city_teardown),
    cmocka_unit_test_setup_teardown(a_time_limited_problem_cannot_skip_its_plan, city_setup, city_teardown),
    cmocka_unit_test_setup_teardown(the_office_may_leave_the_date_to_the_policy, city_setup, city_teardown),
    cmocka_unit_test_setup_teardown(an_extension_waits_for_an_approval_by_somebody_else, city_setup, city_teardown),
    cmocka_unit_test_setup_teardown(two_people_agree_where_two_are_needed, city_setup, city_teardown),
    cmocka_unit_test_setup_teardown(the_office_chooses_the_route_until_the_problem_turns_red, city_setup, city_teardown),
    cmocka_unit_test_setup_teardown(the_journal_names_the_states_that_were_passed, city_setup, city_teardown),
    cmocka_unit_test_setup_teardown(a_problem_from_appeals_is_one_set_and_the_appeals_get_the_answer, city_setup, city_teardown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
