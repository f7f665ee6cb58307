/* Lists that name the fields they read, in both databases: these come as the whole record has them, everything else is unread, and to look
   at what is unread ends the process instead of telling that it is empty. */
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>

#include "test_store_postgres.h"

enum { THINGS = 130 };
static const uint16_t SOME[] = {T_MORE, T_COUNT, T_JOINT, T_TITLE, 0}; /* one of each place, not in the declared order */
static const uint16_t NONE[] = {0};
static const uint16_t NO_FIELD[] = {T_TITLE, 59000, 0}, OF_EVERYBODY[] = {FIELD_STATE, 0};

static bool is_named(const uint16_t *fields, uint16_t id) {
  while (*fields && *fields != id) fields++;
  return *fields != 0;
}

struct checked { struct place *place; const uint16_t *fields; size_t count; };
static bool check_row(void *with, const struct row *row) {
  struct checked *checked = with;
  struct reader *reader = reader_new(checked->place->store);
  struct row *whole = NULL;
  assert_int_equal(reader_get(reader, &test_thing, &SCOPE_SYSTEM, row->id, checked->place->arena, &whole), STORE_OK);
  for (size_t i = 0; i < test_thing.field_count; i++) {
    assert_int_equal(row->values[i].field, test_fields[i].id);
    if (is_named(checked->fields, test_fields[i].id)) assert_true(value_equal(&row->values[i], &whole->values[i]));
    else assert_int_equal(row->values[i].kind, VALUE_UNREAD);
  }
  for (uint16_t field = FIELD_ID; field <= FIELD_VOIDED; field++) assert_int_equal(row_integer(row, field), row_integer(whole, field));
  reader_release(reader);
  checked->count++;
  return true;
}

static size_t check_list(struct place *place, struct query query) {
  struct checked checked = {.place = place, .fields = query.fields};
  struct reader *reader = reader_new(place->store);
  assert_int_equal(reader_list(reader, &query, &SCOPE_SYSTEM, place->arena, check_row, &checked), STORE_OK);
  reader_release(reader);
  return checked.count;
}

static void reads_some(struct place *place) {
  static const int64_t IDS[] = {1, 3};
  struct value two = value_integer(T_COUNT, 2);
  struct condition more = {.field = T_COUNT, .how = C_MORE, .values = &two, .count = 1};
  things_write(place, 1, THINGS);
  for (int turn = 0; turn < 2; turn++) {
    struct query all = {.type = &test_thing, .fields = turn ? NONE : SOME, .expected = -1}, page = all, sorted = all, ids = all,
                 asked = all;
    page.limit = THINGS - 3;
    sorted.limit = 50;
    sorted.sort = T_DATE;
    sorted.descending = true;
    ids.ids = IDS;
    ids.id_count = 2;
    ids.only_ids = true;
    asked.conditions = &more; /* of a field that is read, or is not */
    asked.condition_count = 1;
    assert_int_equal(check_list(place, all), THINGS);
    assert_int_equal(check_list(place, page), THINGS - 3);
    assert_int_equal(check_list(place, sorted), 50);
    assert_int_equal(check_list(place, ids), 2);
    assert_in_range(check_list(place, asked), 1, THINGS - 1);
  }
}
static void what_is_named_is_read_and_all_else_is_unread(void **state) { in_both(reads_some); }

static bool leave(void *with, const struct row *row) {
  (void)with;
  (void)row;
  fail_msg("a row of a query that names no field of the type");
  return false;
}
static void names_nothing(struct place *place) {
  struct query query = {.type = &test_thing, .fields = NO_FIELD, .expected = -1};
  struct reader *reader = reader_new(place->store);
  things_write(place, 1, 2);
  assert_int_equal(reader_list(reader, &query, &SCOPE_SYSTEM, place->arena, leave, NULL), STORE_BROKEN);
  query.fields = OF_EVERYBODY; /* is there anyway */
  assert_int_equal(reader_list(reader, &query, &SCOPE_SYSTEM, place->arena, leave, NULL), STORE_BROKEN);
  reader_release(reader);
}
static void what_is_no_field_is_not_read(void **state) { in_both(names_nothing); }

/* ---- to look at what is unread ---- */

typedef void look(const struct row *row);
static void as_number(const struct row *row) { (void)row_integer(row, T_WEIGHT); }
static void as_text(const struct row *row) { (void)row_text(row, T_NUMBER); }
static void as_value(const struct row *row) { (void)row_value(row, T_JOINT); }
static void whether_filled(const struct row *row) { (void)value_filled(&row->values[3]); }
static void whether_equal(const struct row *row) {
  struct value nothing = value_nothing(T_DECIMAL);
  (void)value_equal(&nothing, &row->values[3]);
}
static void nowhere(const struct row *row) { (void)row_integer(row, T_COUNT); }

/* In a process of its own: did looking end it? */
static bool look_ends(look *at, const struct row *row) {
  int how = 0;
  fflush(NULL);
  pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0) {
    signal(SIGABRT, SIG_DFL);
    if (!freopen("/dev/null", "w", stderr)) _exit(2);
    at(row);
    _exit(0);
  }
  assert_int_equal(waitpid(child, &how, 0), child);
  return WIFSIGNALED(how) && WTERMSIG(how) == SIGABRT;
}

static bool look_take(void *with, const struct row *row) {
  static look *const LOOKS[] = {as_number, as_text, as_value, whether_filled, whether_equal};
  for (size_t i = 0; i < sizeof LOOKS / sizeof *LOOKS; i++)
    if (!look_ends(LOOKS[i], row)) fail_msg("look %zu told something of a field that was not read", i);
  assert_false(look_ends(nowhere, row));
  ++*(size_t *)with;
  return true;
}

static void looks_end(struct place *place) {
  static const uint16_t COUNT_ALONE[] = {T_COUNT, 0};
  struct query query = {.type = &test_thing, .fields = COUNT_ALONE, .expected = -1};
  size_t count = 0;
  things_write(place, 1, 1);
  struct reader *reader = reader_new(place->store);
  assert_int_equal(reader_list(reader, &query, &SCOPE_SYSTEM, place->arena, look_take, &count), STORE_OK);
  assert_int_equal(count, 1);
  reader_release(reader);
}
static void to_look_at_what_is_unread_ends_the_process(void **state) { in_both(looks_end); }

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_named_is_read_and_all_else_is_unread),
                                     cmocka_unit_test(what_is_no_field_is_not_read),
                                     cmocka_unit_test(to_look_at_what_is_unread_ends_the_process)};
  base_start();
  say_if_skipped();
  return cmocka_run_group_tests(tests, NULL, NULL);
}
