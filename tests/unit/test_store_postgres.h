/* What the tests of both stores share: a small schema with every type of field, a place to open it in (a new folder,
   a new schema of the database in BIHUAN_TEST_POSTGRES), and writing of simple records. */
#ifndef BIHUAN_TEST_STORE_POSTGRES_H
#define BIHUAN_TEST_STORE_POSTGRES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/driver.h"

enum { T_TITLE = 1, T_DETAIL, T_COUNT, T_DECIMAL, T_MONEY, T_DATE, T_MOMENT, T_WEIGHT, T_CHOICE, T_CHOICES, T_LEAD, T_JOINT, T_YES, T_POINT, T_CONTACT, T_FILE, T_NUMBER, T_MORE };
static const struct choice test_choices[] = {{1, "red", {"红", "red"}}, {2, "green", {"绿", "green"}}, {0, NULL, {NULL, NULL}}};
#define TEST_LABEL(text) .label = {text, text}
static const struct field test_fields[] = {
  {.id = T_TITLE, .name = "title", TEST_LABEL("title"), .type = F_TEXT, .flags = FIELD_LISTED},
  {.id = T_DETAIL, .name = "detail", TEST_LABEL("detail"), .type = F_LONG_TEXT},
  {.id = T_COUNT, .name = "count", TEST_LABEL("count"), .type = F_INTEGER, .flags = FIELD_LISTED},
  {.id = T_DECIMAL, .name = "decimal", TEST_LABEL("decimal"), .type = F_DECIMAL},
  {.id = T_MONEY, .name = "money", TEST_LABEL("money"), .type = F_MONEY},
  {.id = T_DATE, .name = "date", TEST_LABEL("date"), .type = F_DATE, .flags = FIELD_LISTED},
  {.id = T_MOMENT, .name = "moment", TEST_LABEL("moment"), .type = F_MOMENT},
  {.id = T_WEIGHT, .name = "weight", TEST_LABEL("weight"), .type = F_WEIGHT},
  {.id = T_CHOICE, .name = "choice", TEST_LABEL("choice"), .type = F_CHOICE, .flags = FIELD_LISTED | FIELD_TALLIED, .choices = test_choices},
  {.id = T_CHOICES, .name = "choices", TEST_LABEL("choices"), .type = F_CHOICES, .choices = test_choices},
  {.id = T_LEAD, .name = "lead", TEST_LABEL("lead"), .type = F_REFERENCE, .flags = FIELD_LISTED | FIELD_TALLIED, .target = RECORD_UNIT},
  {.id = T_JOINT, .name = "joint", TEST_LABEL("joint"), .type = F_REFERENCES, .target = RECORD_UNIT},
  {.id = T_YES, .name = "yes", TEST_LABEL("yes"), .type = F_YES_NO},
  {.id = T_POINT, .name = "point", TEST_LABEL("point"), .type = F_POINT},
  {.id = T_CONTACT, .name = "contact", TEST_LABEL("contact"), .type = F_CONTACT},
  {.id = T_FILE, .name = "file", TEST_LABEL("file"), .type = F_FILE},
  {.id = T_NUMBER, .name = "number", TEST_LABEL("number"), .type = F_TEXT, .flags = FIELD_UNIQUE | FIELD_LISTED},
  {.id = T_MORE, .name = "more", TEST_LABEL("more"), .type = F_LONG_TEXT},
};
static const struct state_name test_states[] = {{1, "open", {"开", "open"}, false}, {2, "done", {"完", "done"}, true}, {0, NULL, {NULL, NULL}, false}};
static const uint16_t test_sorts[] = {T_DATE, FIELD_CHANGED};
static const struct record_type test_thing = {
  .id = RECORD_TOPIC, .name = "thing", .plural = "things", .label = {"事项", "thing"}, .label_plural = {"事项", "things"}, .fields = test_fields,
  .field_count = sizeof test_fields / sizeof test_fields[0], .states = test_states, .first = 1, .holders = {{T_LEAD, RELATION_LEAD}, {T_JOINT, RELATION_JOINT}}, .title = T_TITLE,
  .sorts = test_sorts, .sort_count = 2};
static const struct field test_unit_fields[] = {{.id = UNIT_NAME, .name = "name", TEST_LABEL("name"), .type = F_TEXT, .flags = FIELD_LISTED}};
static const struct record_type test_unit = {.id = RECORD_UNIT, .name = "unit", .plural = "units", .label = {"单位", "unit"}, .label_plural = {"单位", "units"},
                                             .fields = test_unit_fields, .field_count = 1, .title = UNIT_NAME};
static const struct record_type *const test_types[] = {&test_unit, &test_thing};
static const struct schema test_schema = {.types = test_types, .count = 2, .version = 1};

struct place { char folder[64]; char url[512]; bool postgres; struct store *store; struct arena *arena; };

static inline PGconn *test_link(void) {
  PGconn *link = PQconnectdb(getenv("BIHUAN_TEST_POSTGRES"));
  if (PQstatus(link) != CONNECTION_OK) fail_msg("BIHUAN_TEST_POSTGRES does not answer: %s", PQerrorMessage(link));
  return link;
}

static inline void test_sql(const char *text) {
  PGconn *link = test_link();
  PQsetNoticeProcessor(link, (PQnoticeProcessor)(void (*)(void))arena_free, NULL); /* arena_free(NULL): silent */
  PGresult *result = PQexec(link, text);
  if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_TUPLES_OK)
    fail_msg("%s: %s", text, PQresultErrorMessage(result));
  PQclear(result);
  PQfinish(link);
}

static inline struct store *place_open(const struct place *place, const struct schema *schema, enum store_error expected) {
  struct store *store = NULL;
  struct label reason;
  struct arena *arena = arena_new();
  struct store_options options = {.url = place->url, .data = place->folder, .schema = schema, .create = true};
  enum store_error error = store_open(&options, &store, arena, &reason);
  if (error != expected) fail_msg("opened with %d: %s", error, reason.en);
  arena_free(arena);
  return store;
}

/* The schema's name, which is also what its connections call themselves. */
static inline const char *place_name(const struct place *place) { return strstr(place->url, "%3D") + 3; }

/* A new empty place. */
static inline struct place *place_new(bool postgres) {
  static int serial;
  struct place *place = calloc(1, sizeof *place);
  char text[256], name[64];
  place->postgres = postgres;
  place->arena = arena_new();
  strcpy(place->folder, "/tmp/bihuan-test-XXXXXX");
  assert_non_null(mkdtemp(place->folder));
  snprintf(place->url, sizeof place->url, "%s", place->folder);
  if (postgres) {
    const char *base = getenv("BIHUAN_TEST_POSTGRES");
    snprintf(name, sizeof name, "test_%d_%d", (int)getpid(), ++serial);
    snprintf(text, sizeof text, "CREATE SCHEMA %s", name);
    test_sql(text);
    snprintf(place->url, sizeof place->url, "%s%capplication_name=%s&options=-csearch_path%%3D%s", base, strchr(base, '?') ? '&' : '?',
             name, name);
  }
  place->store = place_open(place, &test_schema, STORE_OK);
  return place;
}

static inline void place_free(struct place *place) {
  char text[256];
  store_close(place->store);
  if (place->postgres) {
    snprintf(text, sizeof text, "DROP SCHEMA %s CASCADE", place_name(place));
    test_sql(text);
  }
  snprintf(text, sizeof text, "rm -rf %s", place->folder);
  assert_int_equal(system(text), 0);
  arena_free(place->arena);
  free(place);
}

/* Every test runs in both stores; in PostgreSQL only where one was given. */
static inline void in_both(void (*test)(struct place *place)) {
  for (int postgres = 0; postgres < 2; postgres++) {
    if (postgres && !getenv("BIHUAN_TEST_POSTGRES")) continue;
    struct place *place = place_new(postgres);
    test(place);
    place_free(place);
  }
}
static inline void in_postgres(void (*test)(struct place *place)) {
  if (!getenv("BIHUAN_TEST_POSTGRES")) skip();
  struct place *place = place_new(true);
  test(place);
  place_free(place);
}
static inline void say_if_skipped(void) {
  if (!getenv("BIHUAN_TEST_POSTGRES"))
    fprintf(stderr, "\n*** NOT TESTED on PostgreSQL: BIHUAN_TEST_POSTGRES is not set (tests/postgres.sh start FOLDER prints a URL) ***\n\n");
}

/* ---- writing ---- */

/* Appends the entry of a change and puts the row. */
static inline enum store_error row_write(struct tx *tx, const struct row *before, struct row *after, enum entry_kind kind,
                                         enum action_code action) {
  struct buffer body = {0};
  struct entry entry = {.type = after->type->id,
                        .action = (uint16_t)action,
                        .state = after->state,
                        .kind = (uint8_t)kind,
                        .channel = CHANNEL_API,
                        .actor = 1,
                        .happened = NOTHING,
                        .moment = 1700000000000000 + tx_head(tx).number * MOMENT_SECOND};
  entry.record = before ? before->id : tx_head(tx).number + 1;
  entry.version = before ? before->version + (kind == ENTRY_CHANGE) : 1;
  body_write(&body, before, after, "why", NULL);
  entry.body = body.bytes;
  entry.body_size = body.size;
  enum store_error error = tx_append(tx, &entry);
  row_stamp(after, &entry);
  if (error == STORE_OK) error = tx_put(tx, before, after);
  buffer_free(&body);
  return error;
}

static inline struct row *thing_new(struct arena *arena, int64_t at) {
  static const int64_t joint[] = {7, 3, 5};
  struct row *row = row_new(arena, &test_thing);
  row->state = 1;
  row_set_text(row, T_TITLE, arena_print(arena, "题目 %lld '\"\\;", (long long)at));
  row_set_text(row, T_NUMBER, arena_print(arena, "N-%06lld", (long long)at));
  row_set_integer(row, T_COUNT, at % 13 - 6);
  if (at % 5) row_set_integer(row, T_DATE, 20000 + at % 17);
  if (at % 4) row_set_integer(row, T_CHOICE, 1 + at % 2);
  row_set_integer(row, T_LEAD, 1 + at % 4);
  if (at % 3) row_set_text(row, T_DETAIL, arena_print(arena, "第一行 %lld\n第二行 🏠", (long long)at));
  if (at % 2) {
    struct value value = value_many(T_JOINT, joint, (size_t)(1 + at % 3));
    row_set(row, &value);
  }
  return row;
}

static inline struct tx *tx_new(struct store *store) {
  struct tx *tx = NULL;
  assert_int_equal(store_begin(store, &tx), STORE_OK);
  return tx;
}

/* Things first … first + count - 1 in one transaction, a set each; every third is changed once more, every fifth judged. */
static inline void things_write(struct place *place, int64_t first, int64_t count) {
  struct arena *arena = arena_new();
  struct tx *tx = tx_new(place->store);
  for (int64_t at = first; at < first + count; at++) {
    struct row *row = thing_new(arena, at), *next;
    assert_int_equal(tx_mark(tx), STORE_OK);
    assert_int_equal(row_write(tx, NULL, row, ENTRY_CHANGE, ACTION_CREATE), STORE_OK);
    if (at % 3 == 0) {
      next = row_copy(arena, row);
      next->state = 2;
      row_set_integer(next, T_COUNT, 100 + at);
      row_set_text(next, T_MORE, "补");
      row_set_text(next, T_DETAIL, NULL);
      assert_int_equal(row_write(tx, row, next, ENTRY_CHANGE, ACTION_FINISH), STORE_OK);
      row = next;
    }
    if (at % 5 == 0) {
      next = row_copy(arena, row);
      row_set_integer(next, T_WEIGHT, at % 10000);
      assert_int_equal(row_write(tx, row, next, ENTRY_DERIVED, ACTION_JUDGE), STORE_OK);
    }
    assert_int_equal(tx_end_set(tx, true), STORE_OK);
    arena_reset(arena);
  }
  assert_int_equal(tx_commit(tx), STORE_OK);
  arena_free(arena);
}

static inline struct reader *reader_new(struct store *store) {
  struct reader *reader = NULL;
  assert_int_equal(store_reader_now(store, &reader), STORE_OK);
  return reader;
}
static inline int64_t head_number(struct store *store) {
  struct reader *reader = reader_new(store);
  struct head head;
  assert_int_equal(reader_head(reader, &head), STORE_OK);
  reader_release(reader);
  return head.number;
}

/* Behind the store's back, as the database's own tools would. */
static inline int64_t tamper(struct place *place, const char *text) {
  const struct store_driver *driver = place->store->driver;
  struct connection *connection = NULL;
  struct statement statement = {.text = text, .size = strlen(text), .once = true};
  int64_t changed = 0;
  assert_int_equal(driver->connect(place->store, FOR_WRITING, &connection), STORE_OK);
  assert_int_equal(driver->begin(connection, true), STORE_OK);
  assert_int_equal(driver->execute(connection, &statement, &changed), STORE_OK);
  assert_int_equal(driver->commit(connection), STORE_OK);
  driver->disconnect(connection);
  return changed;
}

#endif
