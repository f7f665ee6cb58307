/* A whole house in a folder that goes away, and a door to it: what the tests of exchange and follow share. With BIHUAN_TEST_POSTGRES
   (a postgresql:// URL) its records lie in a new schema of that database instead. */
#ifndef BIHUAN_TESTS_HOUSE_FIXTURE_H
#define BIHUAN_TESTS_HOUSE_FIXTURE_H

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include <libpq-fe.h>
#include "follow/house.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

struct home { char folder[64], schema[64], url[512]; struct house *house; struct arena *arena; };

static int remove_one(const char *path, const struct stat *state, int kind, struct FTW *walk) { return remove(path); }

static inline void home_open(struct home *home, unsigned flags) {
  struct label why = {0};
  enum store_error error = house_open(home->folder, *home->url ? home->url : NULL, flags, &home->house, home->arena, &why);
  if (error) print_error("%s\n", why.en ? why.en : "-");
  assert_int_equal(error, STORE_OK);
}

static inline void home_sql(const char *format, const char *schema) {
  char text[128];
  snprintf(text, sizeof text, format, schema);
  PGconn *link = PQconnectdb(getenv("BIHUAN_TEST_POSTGRES"));
  PGresult *result = PQexec(link, text);
  if (PQresultStatus(result) != PGRES_COMMAND_OK) fail_msg("%s: %s", text, PQerrorMessage(link));
  PQclear(result);
  PQfinish(link);
}

static inline void home_schema(struct home *home) {
  static int serial;
  const char *base = getenv("BIHUAN_TEST_POSTGRES");
  if (!base || !*base) return;
  snprintf(home->schema, sizeof home->schema, "house_%d_%d", (int)getpid(), ++serial);
  snprintf(home->url, sizeof home->url, "%s%coptions=-csearch_path%%3D%s", base, strchr(base, '?') ? '&' : '?', home->schema);
  home_sql("SET client_min_messages = error; CREATE SCHEMA %s", home->schema);
}

static inline int home_setup_with(void **state, unsigned flags) {
  struct home *home = calloc(1, sizeof *home);
  snprintf(home->folder, sizeof home->folder, "/tmp/bihuan-house-XXXXXX");
  assert_non_null(mkdtemp(home->folder));
  home->arena = arena_new();
  home_schema(home);
  home_open(home, flags);
  *state = home;
  return 0;
}
static inline int home_setup(void **state) { return home_setup_with(state, HOUSE_CREATE); }
static inline int home_setup_following(void **state) { return home_setup_with(state, HOUSE_CREATE | HOUSE_FOLLOWERS); }

static inline int home_teardown(void **state) {
  struct home *home = *state;
  house_close(home->house);
  if (*home->schema) home_sql("SET client_min_messages = error; DROP SCHEMA %s CASCADE", home->schema);
  nftw(home->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
  arena_free(home->arena);
  free(home);
  return 0;
}

static inline struct reader *home_reader(struct home *home) {
  struct reader *reader = NULL;
  assert_int_equal(store_reader(home->house->store, &reader), STORE_OK);
  return reader;
}

static inline int64_t home_number(struct home *home) {
  struct reader *reader = home_reader(home);
  struct head head;
  assert_int_equal(reader_head(reader, &head), STORE_OK);
  reader_release(reader);
  return head.number;
}

/* Through the door as the program itself; the record's id. */
static inline int64_t home_change(struct home *home, enum record_id type, int64_t id, enum action_code action, const struct value *values,
                                  size_t count) {
  struct context context = {.now = house_now(home->house), .authority = &AUTHORITY_SYSTEM, .happened = NOTHING, .channel = CHANNEL_COMMAND};
  struct change change = {.type = record_type(type),
                          .id = id,
                          .seen = ANY_VERSION,
                          .action = action,
                          .values = values,
                          .value_count = count,
                          .reason = "test"};
  struct outcome outcome = {0};
  assert_int_equal(change_run(home->house->writer, &context, &change, 1, home->arena, &outcome), STORE_OK);
  for (size_t i = 0; i < outcome.finding_count; i++) print_error("%s: %s\n", outcome.findings[i].code, outcome.findings[i].sentence.en);
  assert_true(outcome.verdict == VERDICT_DONE || outcome.verdict == VERDICT_UNCHANGED);
  return outcome.ids[0];
}

static inline int64_t home_unit(struct home *home, const char *name, const char *short_names, int64_t parent) {
  struct value values[] = {value_text(UNIT_NAME, name), value_integer(UNIT_KIND, 3), value_text(UNIT_SHORT_NAMES, short_names),
                           value_integer(UNIT_PARENT, parent)};
  return home_change(home, RECORD_UNIT, 0, ACTION_CREATE, values, 2 + (short_names != NULL) + (short_names && parent));
}

static inline struct row *home_row(struct home *home, enum record_id type, int64_t id) {
  struct reader *reader = home_reader(home);
  struct row *row = NULL;
  assert_int_equal(reader_get(reader, record_type(type), &SCOPE_SYSTEM, id, home->arena, &row), STORE_OK);
  reader_release(reader);
  return row;
}

static inline int64_t home_count(struct home *home, enum record_id type) {
  struct reader *reader = home_reader(home);
  struct query query = {.type = record_type(type), .expected = -1};
  int64_t count = 0;
  assert_int_equal(reader_count(reader, &query, &SCOPE_SYSTEM, &count), STORE_OK);
  reader_release(reader);
  return count;
}
#endif
