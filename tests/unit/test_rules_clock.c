/* The clock on a real store: what it judges, walks and moves, what it leaves alone, and what the journal keeps of it. Records are written
   past the door here, so that a test can begin where it likes; what the clock does goes through the door. */
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include <libpq-fe.h>
#include "rules/calendar.h"
#include "rules/clock.h"
#include "rules/colour.h"
#include "rules/derive.h"
#include "store/seal.h"
#include "store/writer.h"

#define TODAY 20780 /* 2026-11-23 */
#define NOON (INT64_C(4) * 3600 * MOMENT_SECOND)
static const int64_t NOW = INT64_C(20780) * MOMENT_DAY + NOON;

static struct house {
  char folder[64], schema[40]; /* on PostgreSQL: one of its own */
  struct store *store;
  struct writer *writer;
  struct arena *arena;
  int64_t campaign, unit;
} house;

/* ---- a store, and writing into it past the door ---- */

struct record { uint16_t field; int64_t value; const char *text; };
struct put {
  struct job job;
  enum record_id type;
  int64_t id;
  state_code state;
  const struct record *values;
  size_t count;
  int64_t moment;
  enum channel_code channel;
  bool derives;
  int64_t entry;
};

static void fill_texts(struct row *row) {
  for (size_t i = 0; i < row->type->field_count; i++) {
    const struct field *field = &row->type->fields[i];
    if (field->type == F_TEXT && (field->flags & FIELD_REQUIRED)) row_set_text(row, field->id, "样例");
  }
}

static bool put_run(struct job *job, struct tx *tx, enum store_error *error) {
  struct put *put = (struct put *)job;
  struct row *before = NULL, *after;
  struct buffer body = {.arena = house.arena};
  struct context context = {.now = put->moment, .authority = &AUTHORITY_SYSTEM, .happened = NOTHING, .channel = put->channel};
  if (put->id) *error = reader_get(tx_reader(tx), record_type(put->type), &SCOPE_SYSTEM, put->id, house.arena, &before);
  if (*error) return false;
  after = before ? row_copy(house.arena, before) : row_new(house.arena, record_type(put->type));
  if (!before) fill_texts(after);
  for (size_t i = 0; i < put->count; i++) {
    if (put->values[i].text) row_set_text(after, put->values[i].field, put->values[i].text);
    else row_set_integer(after, put->values[i].field, put->values[i].value);
  }
  if (put->state) after->state = put->state;
  body_write(&body, before, after, NULL, NULL);
  struct entry entry = {.kind = ENTRY_CHANGE,
                        .action = before ? ACTION_EDIT : ACTION_CREATE,
                        .type = put->type,
                        .record = put->id,
                        .version = before ? before->version + 1 : 1,
                        .state = after->state,
                        .moment = put->moment,
                        .channel = put->channel,
                        .happened = NOTHING,
                        .body = body.bytes,
                        .body_size = body.size};
  *error = tx_append(tx, &entry);
  if (!*error) row_stamp(after, &entry);
  if (!*error) *error = tx_put(tx, before, after);
  put->id = after->id;
  put->entry = 0;
  if (!*error && put->derives) *error = derive_problem(tx, &context, entry.number, put->id, house.arena, &put->entry, NULL);
  return !*error;
}

static int64_t put_at(int64_t moment, enum record_id type, int64_t id, state_code state, const struct record *values, size_t count) {
  struct put put = {.type = type,
                    .id = id,
                    .state = state,
                    .values = values,
                    .count = count,
                    .moment = moment,
                    .channel = CHANNEL_API,
                    .derives = type == RECORD_PROBLEM};
  assert_int_equal(writer_run(house.writer, put_run, &put.job), STORE_OK);
  return put.id;
}
#define PUT(moment, type, id, state, ...) put_at(moment, type, id, state, (const struct record[]){__VA_ARGS__}, sizeof((const struct record[]){__VA_ARGS__}) / sizeof(struct record))

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *walk) { return remove(path); }

static void postgres_run(const char *text) {
  PGconn *link = PQconnectdb(getenv("BIHUAN_TEST_POSTGRES"));
  PGresult *result = PQexec(link, text);
  if (PQresultStatus(result) != PGRES_COMMAND_OK) fail_msg("%s: %s", text, PQresultErrorMessage(result));
  PQclear(result);
  PQfinish(link);
}

/* A new schema of the database in BIHUAN_TEST_POSTGRES. */
static const char *postgres_url(void) {
  static char url[600];
  const char *base = getenv("BIHUAN_TEST_POSTGRES");
  char text[80];
  snprintf(house.schema, sizeof house.schema, "clock_%d", (int)getpid());
  snprintf(text, sizeof text, "CREATE SCHEMA %s", house.schema);
  postgres_run(text);
  snprintf(url, sizeof url, "%s%coptions=-csearch_path%%3D%s", base, strchr(base, '?') ? '&' : '?', house.schema);
  return url;
}

static void open_store(bool with_records, bool postgres) {
  struct label reason = {0};
  memset(&house, 0, sizeof house);
  snprintf(house.folder, sizeof house.folder, "/tmp/bihuan-clock-XXXXXX");
  assert_non_null(mkdtemp(house.folder));
  base_start();
  house.arena = arena_new();
  struct store_options options = {.url = postgres ? postgres_url() : house.folder, .data = house.folder, .schema = &SCHEMA, .create = true};
  assert_int_equal(store_open(&options, &house.store, house.arena, &reason), STORE_OK);
  house.writer = writer_start(house.store);
  if (!with_records) return;
  house.unit = PUT(NOW - 90 * MOMENT_DAY, RECORD_UNIT, 0, 0, {UNIT_MAY_HOLD, 1});
  house.campaign = PUT(NOW - 90 * MOMENT_DAY, RECORD_CAMPAIGN, 0, FORCE_ACTIVE, {CAMPAIGN_FROM, TODAY - 90}, {CAMPAIGN_TO, TODAY + 900});
}
static int open_full(void **state) {
  open_store(true, false);
  return 0;
}
/* Only where a database was given. */
static int open_postgres(void **state) {
  memset(&house, 0, sizeof house);
  if (getenv("BIHUAN_TEST_POSTGRES")) open_store(true, true);
  return 0;
}
static int open_empty(void **state) {
  open_store(false, false);
  return 0;
}
/* Whatever a test did: the tables are what the journal adds up to. */
static bool tell_damage(void *with, const struct damage *damage) {
  *(bool *)with = true;
  print_error("damage at entry %d, record %d: %s\n", (int)damage->number, (int)damage->record, damage->sentence.en);
  return true;
}
static void verify(void) {
  struct reader *reader;
  bool damaged = false;
  int64_t entries = 0, records = 0;
  assert_int_equal(store_reader(house.store, &reader), STORE_OK);
  assert_int_equal(seal_verify(house.store, reader, NULL, house.arena, tell_damage, &damaged, &entries, &records), STORE_OK);
  reader_release(reader);
  assert_false(damaged);
}
static int close_store(void **state) {
  char text[80];
  if (!house.store) return 0;
  verify();
  writer_stop(house.writer);
  store_close(house.store);
  arena_free(house.arena);
  snprintf(text, sizeof text, "DROP SCHEMA %s CASCADE", house.schema);
  if (*house.schema) postgres_run(text);
  nftw(house.folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
  return 0;
}

/* ---- asking ---- */

static struct row *get(enum record_id type, int64_t id) {
  struct reader *reader;
  struct row *row = NULL;
  assert_int_equal(store_reader(house.store, &reader), STORE_OK);
  assert_int_equal(reader_get(reader, record_type(type), &SCOPE_SYSTEM, id, house.arena, &row), STORE_OK);
  reader_release(reader);
  return row;
}
static int64_t head(void) {
  struct reader *reader;
  struct head now;
  assert_int_equal(store_reader(house.store, &reader), STORE_OK);
  assert_int_equal(reader_head(reader, &now), STORE_OK);
  reader_release(reader);
  return now.number;
}
static struct clock_report run(int64_t now) {
  struct clock_report report;
  assert_int_equal(clock_run(house.store, house.writer, now, &report), STORE_OK);
  return report;
}
static void quiet_at(int64_t now) {
  int64_t before = head();
  struct clock_report report = run(now);
  assert_int_equal(report.judged + report.changed + report.closed + report.settled + report.deadlines, 0);
  assert_int_equal(head(), before);
}
static void expect_colour(int64_t problem, int64_t colour, int64_t rule) {
  struct row *row = get(RECORD_PROBLEM, problem);
  assert_int_equal(row_integer(row, PROBLEM_COLOUR), colour);
  assert_int_equal(row_integer(row, PROBLEM_COLOUR_RULE), rule);
}

/* Assigned twenty days ago, due in five, half of it accepted elsewhere: blue until then. */
static int64_t usual_problem(int64_t due) {
  int64_t id = PUT(NOW - 20 * MOMENT_DAY, RECORD_PROBLEM, 0, PROBLEM_RECTIFYING, {PROBLEM_CAMPAIGN, house.campaign},
                   {PROBLEM_LEAD_UNIT, house.unit}, {PROBLEM_COUNTED, 1}, {PROBLEM_CYCLE, 1}, {PROBLEM_KIND, KIND_TIME_LIMITED},
                   {PROBLEM_ROUTE, ROUTE_A}, {PROBLEM_ADMITTED_ON, TODAY - 21}, {PROBLEM_ASSIGNED_ON, TODAY - 20}, {PROBLEM_DUE, due},
                   {PROBLEM_DUE_ORIGINAL, due}, {PROBLEM_DUE_BASIS, DUE_BASIS_GIVEN});
  PUT(NOW - 20 * MOMENT_DAY, RECORD_MEASURE, 0, MEASURE_ACCEPTED, {MEASURE_PROBLEM, id}, {MEASURE_CYCLE, 1}, {MEASURE_WEIGHT, 6000},
      {MEASURE_DUE, due}, {MEASURE_UNIT, house.unit});
  PUT(NOW - 20 * MOMENT_DAY, RECORD_PROBLEM, id, 0, {PROBLEM_LEVEL, LEVEL_UNIT});
  return id;
}

/* ---- the store's clock ---- */

static void a_real_store_cannot_be_advanced(void **state) {
  struct store_clock clock;
  assert_int_equal(store_clock_read(house.store, &clock), STORE_OK);
  assert_false(clock.simulated);
  assert_int_equal(clock.base_line, NOTHING);
  assert_true(llabs(store_clock_now(&clock) - moment_system()) < MOMENT_SECOND);
  assert_int_equal(store_clock_advance(house.store, MOMENT_DAY), STORE_REFUSED);
  assert_int_equal(store_base_line_set(house.store, TODAY), STORE_OK);
  assert_int_equal(store_clock_read(house.store, &clock), STORE_OK);
  assert_int_equal(clock.base_line, TODAY);
}

static void an_empty_store_is_simulated_and_advanced(void **state) {
  struct store_clock clock;
  assert_int_equal(store_clock_simulate(house.store, NOW), STORE_OK);
  assert_int_equal(store_clock_advance(house.store, -1), STORE_REFUSED);
  assert_int_equal(store_clock_advance(house.store, INT64_MAX), STORE_REFUSED);
  assert_int_equal(store_clock_advance(house.store, 10 * MOMENT_DAY), STORE_OK);
  assert_int_equal(store_clock_read(house.store, &clock), STORE_OK);
  assert_true(clock.simulated);
  assert_true(llabs(store_clock_now(&clock) - NOW - 10 * MOMENT_DAY) < 60 * MOMENT_SECOND);
}

static void a_store_with_records_stays_real(void **state) { assert_int_equal(store_clock_simulate(house.store, NOW), STORE_REFUSED); }

/* ---- derived fields ---- */

static bool last_body(void *with, const struct entry *entry) {
  char **body = with;
  if (entry->kind == ENTRY_DERIVED) *body = arena_copy(house.arena, entry->body, entry->body_size);
  return true;
}
static char *last_derived(int64_t problem) {
  struct reader *reader;
  char *body = NULL;
  assert_int_equal(store_reader(house.store, &reader), STORE_OK);
  assert_int_equal(reader_history(reader, RECORD_PROBLEM, problem, last_body, &body), STORE_OK);
  reader_release(reader);
  return body;
}

static void a_judgement_is_journalled_once_with_its_facts(void **state) {
  int64_t id = usual_problem(TODAY + 5);
  struct row *row = get(RECORD_PROBLEM, id);
  expect_colour(id, COLOUR_BLUE, RULE_TO_PLAN);
  assert_int_equal(row->version, 2);
  assert_int_equal(row_integer(row, PROBLEM_PROGRESS), 6000);
  /* the warning ten days before, which the clock has not taken yet */
  assert_int_equal(row_integer(row, PROBLEM_COLOUR_NEXT), moment_of_date(TODAY - 5));
  run(NOW);
  row = get(RECORD_PROBLEM, id);
  assert_int_equal(row_integer(row, PROBLEM_CHASE_STEP), -10);
  assert_int_equal(row->version, 2);
  assert_int_equal(row_integer(row, PROBLEM_COLOUR_NEXT), moment_of_date(TODAY + 2)); /* the next one */
  assert_non_null(strstr(last_derived(id), "\"facts\":{\"state\":6,\"counted\":1,"));
  assert_non_null(strstr(last_derived(id), "\"policy\":0,\"rule\":15,\"since\":"));
  int64_t before = head();
  PUT(NOW, RECORD_PROBLEM, id, 0, {PROBLEM_HARD, 1}); /* moves no fact */
  assert_int_equal(head(), before + 1);
}

static void a_draft_costs_no_entry(void **state) {
  int64_t before = head();
  PUT(NOW, RECORD_PROBLEM, 0, PROBLEM_DRAFT, {PROBLEM_CAMPAIGN, house.campaign}, {PROBLEM_COUNTED, 0});
  assert_int_equal(head(), before + 1);
}

static void a_withdrawn_problem_loses_its_colour(void **state) {
  int64_t id = usual_problem(TODAY + 5);
  PUT(NOW, RECORD_PROBLEM, id, PROBLEM_WITHDRAWN, {PROBLEM_COUNTED, 0});
  assert_int_equal(row_integer(get(RECORD_PROBLEM, id), PROBLEM_COLOUR), NOTHING);
  assert_int_equal(row_integer(get(RECORD_PROBLEM, id), PROBLEM_COLOUR_NEXT), NOTHING);
}

static void from_application_to_the_verdict_the_colour_stands(void **state) {
  int64_t id = usual_problem(TODAY - 1);
  PUT(NOW, RECORD_PROBLEM, id, PROBLEM_APPLIED, {PROBLEM_APPLIED_ON, TODAY}); /* the clock had not yet seen that it is overdue */
  expect_colour(id, COLOUR_ORANGE, RULE_UNDER_REVIEW);
  assert_int_equal(row_integer(get(RECORD_PROBLEM, id), PROBLEM_COLOUR_AT_APPLICATION), COLOUR_ORANGE);
  quiet_at(NOW + 60 * MOMENT_DAY);
  PUT(NOW + 60 * MOMENT_DAY, RECORD_PROBLEM, id, PROBLEM_ENDORSED, {PROBLEM_ENDORSED_ON, TODAY + 60});
  expect_colour(id, COLOUR_ORANGE, RULE_UNDER_REVIEW);
  PUT(NOW + 61 * MOMENT_DAY, RECORD_PROBLEM, id, PROBLEM_RECTIFYING, {PROBLEM_SENT_BACK, 1});
  expect_colour(id, COLOUR_RED, RULE_OVERDUE_LONG);
  assert_int_equal(row_integer(get(RECORD_PROBLEM, id), PROBLEM_COLOUR_AT_APPLICATION), NOTHING);
  assert_int_equal(row_integer(get(RECORD_PROBLEM, id), PROBLEM_EVER_RED), 1);
}

static void a_new_date_does_not_clear_what_is_late(void **state) {
  int64_t id = usual_problem(TODAY - 1);
  expect_colour(id, COLOUR_BLUE, RULE_TO_PLAN);
  PUT(NOW, RECORD_PROBLEM, id, 0, {PROBLEM_DUE, TODAY + 60});
  expect_colour(id, COLOUR_ORANGE, RULE_OVERDUE);
  PUT(NOW, RECORD_PROBLEM, id, 0, {PROBLEM_DUE, TODAY + 80});
  expect_colour(id, COLOUR_ORANGE, RULE_OVERDUE);
  PUT(NOW + MOMENT_DAY, RECORD_MEASURE, 0, MEASURE_ACCEPTED, {MEASURE_PROBLEM, id}, {MEASURE_CYCLE, 1}, {MEASURE_WEIGHT, 1000},
      {MEASURE_UNIT, house.unit});
  PUT(NOW + MOMENT_DAY, RECORD_PROBLEM, id, 0, {PROBLEM_PRIORITY, 2});
  expect_colour(id, COLOUR_BLUE, RULE_TO_PLAN);
}

/* ---- the clock ---- */

static void the_clock_touches_only_what_is_due(void **state) {
  int64_t late = usual_problem(TODAY + 5), other = usual_problem(TODAY + 50);
  assert_int_equal(run(NOW).judged, 1); /* warned */
  quiet_at(NOW);
  int64_t other_entry = get(RECORD_PROBLEM, other)->entry;
  struct clock_report report = run(NOW + 9 * MOMENT_DAY);
  assert_int_equal(report.judged, 1);
  assert_int_equal(report.changed, 1);
  expect_colour(late, COLOUR_ORANGE, RULE_OVERDUE);
  assert_int_equal(row_integer(get(RECORD_PROBLEM, late), PROBLEM_COLOUR_SINCE), moment_of_date(TODAY + 6)); /* not when the clock looked */
  assert_int_equal(get(RECORD_PROBLEM, late)->version, 2);
  assert_int_equal(get(RECORD_PROBLEM, other)->entry, other_entry);
  quiet_at(NOW + 9 * MOMENT_DAY);
}

/* A store that a program of before chasing made has no next step anywhere: the first run reckons it for all that are open, passes over what
   lies behind, and asks no more. */
static void a_store_of_before_chasing_gets_its_next_steps_once(void **state) {
  static const struct record without[] = {{PROBLEM_CHASE_DUE, NOTHING},
                                          {PROBLEM_CHASE_NEXT, NOTHING},
                                          {PROBLEM_CHASE_STEP, NOTHING},
                                          {PROBLEM_CHASED_ON, NOTHING},
                                          {PROBLEM_COLOUR_NEXT, NOTHING}};
  if (!house.store) skip();
  int64_t late = usual_problem(TODAY - 20), far = usual_problem(TODAY + 50), history = usual_problem(TODAY - 20);
  PUT(NOW, RECORD_PROBLEM, history, 0, {PROBLEM_HISTORIC, 1});
  const int64_t all[] = {late, far, history};
  for (size_t i = 0; i < 3; i++) {
    struct put put = {.job = {.run = put_run}, .type = RECORD_PROBLEM, .id = all[i], .values = without, .count = 5, .moment = NOW};
    assert_int_equal(writer_run(house.writer, put_run, &put.job), STORE_OK);
    assert_int_equal(row_integer(get(RECORD_PROBLEM, all[i]), PROBLEM_CHASE_NEXT), NOTHING);
  }
  run(NOW);
  assert_int_equal(row_integer(get(RECORD_PROBLEM, late), PROBLEM_CHASE_NEXT), TODAY + 10); /* the thirtieth day after it */
  assert_int_equal(row_integer(get(RECORD_PROBLEM, late), PROBLEM_CHASED), NOTHING);
  assert_int_equal(row_integer(get(RECORD_PROBLEM, far), PROBLEM_CHASE_NEXT), TODAY + 40);
  assert_int_equal(row_integer(get(RECORD_PROBLEM, far), PROBLEM_COLOUR_NEXT), moment_of_date(TODAY + 40)); /* so the clock finds it */
  assert_int_equal(row_integer(get(RECORD_PROBLEM, history), PROBLEM_CHASE_NEXT), NOTHING);
  quiet_at(NOW);
  run(NOW + 40 * MOMENT_DAY);
  assert_int_equal(row_integer(get(RECORD_PROBLEM, far), PROBLEM_CHASE_STEP), -10);
}

struct sets { int64_t set, entries, most, all, explained; };
static bool count_sets(void *with, const struct entry *entry) {
  struct sets *sets = with;
  if (entry->kind != ENTRY_DERIVED || entry->channel != CHANNEL_CLOCK) return true;
  sets->entries = entry->set == sets->set ? sets->entries + 1 : 1;
  sets->set = entry->set;
  sets->all++;
  sets->explained += strstr(entry->body, "\"facts\":{") && strstr(entry->body, "\"policy\":") && strstr(entry->body, "\"rule\":") &&
                     strstr(entry->body, "\"since\":");
  if (sets->entries > sets->most) sets->most = sets->entries;
  return true;
}
static struct sets sets_of_clock(void) {
  struct reader *reader;
  struct sets sets = {0};
  assert_int_equal(store_reader(house.store, &reader), STORE_OK);
  assert_int_equal(reader_journal(reader, 0, 100000, count_sets, &sets), STORE_OK);
  reader_release(reader);
  return sets;
}
static int64_t taken_problem(int64_t campaign, int64_t due) {
  return PUT(NOW, RECORD_PROBLEM, 0, PROBLEM_TAKEN, {PROBLEM_CAMPAIGN, campaign}, {PROBLEM_COUNTED, 1}, {PROBLEM_CYCLE, 1},
             {PROBLEM_ASSIGNED_ON, TODAY}, {PROBLEM_DUE, due});
}

/* As many entries as changes, each with what it was judged by, in sets of at most 500; then nothing is due. */
static void many_are_judged_in_groups(void **state) {
  if (!house.store) skip();
  for (int i = 0; i < 1203; i++) taken_problem(house.campaign, TODAY + 20 + i % 3);
  struct clock_report report = run(NOW + 30 * MOMENT_DAY);
  struct sets sets = sets_of_clock();
  assert_int_equal(report.judged, 1203);
  assert_int_equal(report.changed, 1203);
  assert_int_equal(sets.all, 1203);
  assert_int_equal(sets.explained, 1203);
  assert_int_equal(sets.most, 500);
  quiet_at(NOW + 30 * MOMENT_DAY);
}

/* The last of a campaign whose policy cannot be read: its whole set is not written, those before it stand. */
static void a_night_cut_short_leaves_whole_sets(void **state) {
  struct clock_report report;
  if (!house.store) skip();
  int64_t other = PUT(NOW - 90 * MOMENT_DAY, RECORD_CAMPAIGN, 0, FORCE_ACTIVE, {CAMPAIGN_NAME, 0, "另一项"}, {CAMPAIGN_CODE, 0, "other"},
                      {CAMPAIGN_FROM, TODAY - 90}, {CAMPAIGN_TO, TODAY + 900}),
          neighbour = 0;
  for (int i = 0; i < 700; i++) neighbour = taken_problem(house.campaign, TODAY + 20);
  int64_t last = taken_problem(other, TODAY + 21);
  PUT(NOW, RECORD_POLICY, 0, FORCE_ACTIVE, {POLICY_CAMPAIGN, other}, {POLICY_FROM, TODAY}, {POLICY_COLOUR_RULES, 0, "[{"});
  assert_int_equal(clock_run(house.store, house.writer, NOW + 30 * MOMENT_DAY, &report), STORE_BROKEN);
  assert_int_equal(sets_of_clock().all, 500);
  expect_colour(neighbour, COLOUR_BLUE, RULE_TO_PLAN);
  expect_colour(last, COLOUR_BLUE, RULE_TO_PLAN);
}

static void what_is_due_is_found_by_index(void **state) {
  struct value now = value_integer(PROBLEM_COLOUR_NEXT, NOW);
  struct condition condition = {PROBLEM_COLOUR_NEXT, C_AT_MOST, &now, 1};
  struct query query = {.type = record_type(RECORD_PROBLEM),
                        .conditions = &condition,
                        .condition_count = 1,
                        .sort = PROBLEM_COLOUR_NEXT,
                        .limit = 500,
                        .expected = -1};
  struct reader *reader;
  char *plan = NULL;
  assert_int_equal(store_reader(house.store, &reader), STORE_OK);
  assert_int_equal(reader_plan(reader, &query, &SCOPE_SYSTEM, house.arena, &plan), STORE_OK);
  reader_release(reader);
  if (!strstr(plan, "SEARCH") || !strstr(plan, "INDEX") || strstr(plan, "TEMP B-TREE")) fail_msg("%s", plan);
}

static void a_new_policy_is_applied_when_it_comes_into_force(void **state) {
  int64_t id = usual_problem(TODAY + 40);
  quiet_at(NOW);
  int64_t policy = PUT(NOW, RECORD_POLICY, 0, FORCE_ACTIVE, {POLICY_CAMPAIGN, house.campaign}, {POLICY_FROM, TODAY + 2}, {POLICY_NUMBER, 1},
                       {POLICY_COLOUR_RULES, .text = "[{\"colour\":\"red\",\"rule\":\"overdue\",\"than\":1},{\"colour\":\"yellow\",\"rule\":\"to_plan\"}]"});
  quiet_at(NOW);
  struct clock_report report = run(NOW + 2 * MOMENT_DAY);
  assert_int_equal(report.judged, 1);
  assert_int_equal(report.changed, 1);
  expect_colour(id, COLOUR_YELLOW, RULE_TO_PLAN);
  assert_int_equal(row_integer(get(RECORD_PROBLEM, id), PROBLEM_COLOUR_POLICY), policy);
  quiet_at(NOW + 3 * MOMENT_DAY);
}

static void a_past_colour_is_the_facts_of_then(void **state) {
  int64_t id = usual_problem(TODAY + 5);
  struct reader *reader;
  struct judgement judgement;
  run(NOW + 9 * MOMENT_DAY);
  PUT(NOW + 12 * MOMENT_DAY, RECORD_PROBLEM, id, PROBLEM_ACCEPTED, {PROBLEM_ACCEPTED_ON, TODAY + 12});
  static const struct {
    int64_t days, colour, rule;
  } cases[] = {{-1, COLOUR_BLUE, RULE_TO_PLAN},   {5, COLOUR_BLUE, RULE_TO_PLAN},    {6, COLOUR_ORANGE, RULE_OVERDUE},
               {11, COLOUR_ORANGE, RULE_OVERDUE}, {12, COLOUR_GREEN, RULE_ACCEPTED}, {900, COLOUR_GREEN, RULE_ACCEPTED}};
  assert_int_equal(store_reader(house.store, &reader), STORE_OK);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    assert_int_equal(colour_at(reader, id, NOW + cases[i].days * MOMENT_DAY, house.arena, &judgement), STORE_OK);
    assert_int_equal(judgement.colour, cases[i].colour);
    assert_int_equal(judgement.rule, cases[i].rule);
  }
  assert_int_equal(colour_at(reader, id, NOW - 30 * MOMENT_DAY, house.arena, &judgement), STORE_ABSENT);
  assert_int_equal(colour_at(reader, 999999, NOW, house.arena, &judgement), STORE_ABSENT);
  reader_release(reader);
}

/* ---- arrows ---- */

static int64_t publicised_problem(void) {
  int64_t id = usual_problem(TODAY + 5);
  PUT(NOW, RECORD_PROBLEM, id, PROBLEM_PUBLICISED, {PROBLEM_APPLIED_ON, TODAY - 2}, {PROBLEM_ACCEPTED_ON, TODAY - 1}, {PROBLEM_ACCEPTOR, 1},
      {PROBLEM_PUBLICISED_ON, TODAY}, {PROBLEM_PUBLICITY_UNTIL, TODAY + 7});
  return id;
}

static void the_clock_closes_and_settles_where_nobody_has_to_approve(void **state) {
  PUT(NOW - 30 * MOMENT_DAY, RECORD_POLICY, 0, FORCE_ACTIVE, {POLICY_CAMPAIGN, house.campaign}, {POLICY_FROM, TODAY - 30},
      {POLICY_NUMBER, 1}, {POLICY_WATCH_DAYS, 90}, {POLICY_STEPS_A, 1 << STEP_ENDORSE | 1 << STEP_ACCEPT | 1 << STEP_PUBLICISE});
  int64_t id = publicised_problem();
  quiet_at(moment_of_date(TODAY + 8) - 1);
  struct clock_report report = run(moment_of_date(TODAY + 8));
  assert_int_equal(report.closed, 1);
  assert_int_equal(get(RECORD_PROBLEM, id)->state, PROBLEM_CLOSED);
  expect_colour(id, COLOUR_GREEN, RULE_ACCEPTED);
  int64_t watch = row_integer(get(RECORD_PROBLEM, id), PROBLEM_WATCH_UNTIL);
  assert_int_equal(watch, TODAY + 8 + 90);
  quiet_at(moment_of_date(watch + 1) - 1);
  report = run(moment_of_date(watch + 1));
  assert_int_equal(report.settled, 1);
  assert_int_equal(get(RECORD_PROBLEM, id)->state, PROBLEM_SETTLED);
  quiet_at(moment_of_date(watch + 400));
}

static void where_approval_follows_the_clock_closes_nothing(void **state) {
  int64_t id = publicised_problem();
  quiet_at(moment_of_date(TODAY + 30));
  assert_int_equal(get(RECORD_PROBLEM, id)->state, PROBLEM_PUBLICISED);
}

/* ---- deadlines ---- */

static void a_deadline_by_weekends_is_reckoned_again_when_the_year_is_announced(void **state) {
  int64_t made = moment_of_date(20846) + NOON; /* 2027-01-28 */
  for (size_t i = 0; i < SHIPPED_DAY_COUNT; i++)
    if (SHIPPED_DAYS[i].date > TODAY - 60)
      PUT(NOW, RECORD_CALENDAR_DAY, 0, 0, {CALENDAR_DAY_DATE, SHIPPED_DAYS[i].date}, {CALENDAR_DAY_KIND, SHIPPED_DAYS[i].kind});
  int64_t by_weekends = PUT(made, RECORD_APPEAL, 0, APPEAL_RECEIVED, {APPEAL_MADE_AT, made}, {APPEAL_DUE, 20853},
                            {APPEAL_DUE_BASIS, DUE_BASIS_WEEKENDS});
  int64_t given = PUT(made, RECORD_APPEAL, 0, APPEAL_RECEIVED, {APPEAL_MADE_AT, made}, {APPEAL_DUE, 20853},
                      {APPEAL_DUE_BASIS, DUE_BASIS_GIVEN});
  int64_t closed = PUT(made, RECORD_APPEAL, 0, APPEAL_CLOSED, {APPEAL_MADE_AT, made}, {APPEAL_DUE, 20853},
                       {APPEAL_DUE_BASIS, DUE_BASIS_WEEKENDS});
  quiet_at(made);
  PUT(made, RECORD_CALENDAR_DAY, 0, 0, {CALENDAR_DAY_DATE, 20849}, {CALENDAR_DAY_KIND, DAY_WORK}); /* a Sunday worked: 2027-01-31 */
  assert_int_equal(run(made).deadlines, 1);
  assert_int_equal(row_integer(get(RECORD_APPEAL, by_weekends), APPEAL_DUE), 20852);
  assert_int_equal(row_integer(get(RECORD_APPEAL, by_weekends), APPEAL_DUE_BASIS), DUE_BASIS_CALENDAR);
  assert_int_equal(get(RECORD_APPEAL, by_weekends)->version, 2);
  assert_int_equal(row_integer(get(RECORD_APPEAL, given), APPEAL_DUE), 20853);
  assert_int_equal(row_integer(get(RECORD_APPEAL, closed), APPEAL_DUE), 20853);
  quiet_at(made + MOMENT_DAY);
}

int main(void) {
#define ON(store, test) cmocka_unit_test_setup_teardown(test, open_##store, close_store)
  const struct CMUnitTest tests[] = {ON(empty, a_real_store_cannot_be_advanced),
                                     ON(empty, an_empty_store_is_simulated_and_advanced),
                                     ON(full, a_store_with_records_stays_real),
                                     ON(full, a_judgement_is_journalled_once_with_its_facts),
                                     ON(full, a_draft_costs_no_entry),
                                     ON(full, a_withdrawn_problem_loses_its_colour),
                                     ON(full, from_application_to_the_verdict_the_colour_stands),
                                     ON(full, a_new_date_does_not_clear_what_is_late),
                                     ON(full, the_clock_touches_only_what_is_due),
                                     ON(full, a_store_of_before_chasing_gets_its_next_steps_once),
                                     ON(postgres, a_store_of_before_chasing_gets_its_next_steps_once),
                                     ON(full, many_are_judged_in_groups),
                                     ON(postgres, many_are_judged_in_groups),
                                     ON(full, a_night_cut_short_leaves_whole_sets),
                                     ON(postgres, a_night_cut_short_leaves_whole_sets),
                                     ON(full, what_is_due_is_found_by_index),
                                     ON(full, a_new_policy_is_applied_when_it_comes_into_force),
                                     ON(full, a_past_colour_is_the_facts_of_then),
                                     ON(full, the_clock_closes_and_settles_where_nobody_has_to_approve),
                                     ON(full, where_approval_follows_the_clock_closes_nothing),
                                     ON(full, a_deadline_by_weekends_is_reckoned_again_when_the_year_is_announced)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
