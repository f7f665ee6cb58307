/* The ledger: after any changes its figures are, byte for byte, those read from the tables at the same journal number, whoever brought it
   there: the follower, or the question itself. */
#include "house_fixture.h"
#include "follow/ledger_values.h"
#include "store/seal.h"

enum { PROBLEMS = 200, UNITS = 12 };
struct world { struct home *home; struct row *rows[PROBLEMS]; };

static int64_t pick(int64_t most) { return 1 + rand() % most; }

/* Straight into the store, as the door would write it: one entry and the row. */
static struct row *put(struct world *world, struct tx *tx, struct row *before, struct row *after, enum action_code action) {
  struct buffer body = {.arena = world->home->arena};
  struct entry entry = {.moment = moment_system(),
                        .actor = 1,
                        .record = before ? before->id : 0,
                        .version = before ? before->version + 1 : 1,
                        .type = RECORD_PROBLEM,
                        .action = action,
                        .state = after->state,
                        .kind = ENTRY_CHANGE,
                        .channel = CHANNEL_COMMAND,
                        .happened = NOTHING};
  body_write(&body, before, after, NULL, NULL);
  entry.body = body.bytes;
  entry.body_size = body.size;
  if (!before) entry.record = tx_head(tx).number + 1;
  assert_int_equal(tx_append(tx, &entry), STORE_OK);
  row_stamp(after, &entry);
  assert_int_equal(tx_put(tx, before, after), STORE_OK);
  return after;
}

/* Any field of any kind, given or emptied, joint units up to more than a figure holds. */
static void field_random(struct row *row) {
  const struct field *field = &row->type->fields[(size_t)rand() % row->type->field_count];
  bool empty = rand() % 5 == 0;
  if (field->type == F_REFERENCES) {
    static int64_t units[UNITS];
    size_t count = (size_t)(rand() % UNITS);
    for (size_t i = 0; i < count; i++) units[i] = (int64_t)(UNITS - i) * 3;
    struct value value = empty ? value_nothing(field->id) : value_many(field->id, units, count);
    row_set(row, &value);
  } else if (field->flags & FIELD_UNIQUE) return;
  else if (field_is_text(field)) row_set_text(row, field->id, empty ? NULL : "文字");
  else if (field->type == F_YES_NO) row_set_integer(row, field->id, empty ? NOTHING : rand() % 2);
  else row_set_integer(row, field->id, empty ? NOTHING : field->type == F_DATE ? 20000 + rand() % 900 : pick(7));
}

static void change_one(struct world *world, struct tx *tx) {
  struct row **at = &world->rows[rand() % PROBLEMS],
             *after = *at ? row_copy(world->home->arena, *at) : row_new(world->home->arena, record_type(RECORD_PROBLEM));
  bool voids = *at && rand() % 40 == 0;
  if (*at && (*at)->voided) return;
  if (voids) after->voided = true;
  for (int i = 0; i < 6 && !voids; i++) field_random(after);
  if (!voids) after->state = (state_code)pick(17);
  struct row *kept = row_copy(world->home->arena, put(world, tx, *at, after, voids ? ACTION_VOID : *at ? ACTION_EDIT : ACTION_CREATE));
  *at = kept;
}

static void change_some(struct world *world, int count) {
  struct tx *tx = NULL;
  assert_int_equal(store_begin(world->home->house->store, &tx), STORE_OK);
  assert_int_equal(tx_mark(tx), STORE_OK);
  for (int i = 0; i < count; i++) change_one(world, tx);
  assert_int_equal(tx_end_set(tx, true), STORE_OK);
  assert_int_equal(tx_commit(tx), STORE_OK);
}

static void keep_copy(void *with, const struct figures *figures) {
  struct figures *copy = with;
  copy->journal = figures->journal;
  for (size_t i = 0; i < figures->count; i++) figures_add(copy, &figures->items[i]);
}

static void is_what_the_tables_say(struct home *home) {
  struct figures told = {0}, read = {0};
  struct reader *reader = home_reader(home);
  assert_int_equal(ledger_ask(home->house, keep_copy, &told), STORE_OK);
  assert_int_equal(figures_read(reader, &SCOPE_SYSTEM, 0, &read), STORE_OK);
  reader_release(reader);
  assert_int_equal(told.journal, read.journal);
  assert_int_equal(told.count, read.count);
  for (size_t i = 0; i < told.count; i++) assert_memory_equal(&told.items[i], &read.items[i], sizeof *told.items);
  figures_free(&told);
  figures_free(&read);
}

static void a_passing_question_keeps_nothing(void **state) {
  static struct world world;
  struct figures told = {0};
  memset(&world, 0, sizeof world);
  world.home = *state;
  change_some(&world, 100);
  assert_int_equal(ledger_ask_passing(world.home->house, keep_copy, &told), STORE_OK);
  assert_true(told.count > 0);
  assert_int_equal(ledger_size(world.home->house->ledger), 0);
  is_what_the_tables_say(world.home);
  assert_true(ledger_size(world.home->house->ledger) > 0);
  figures_free(&told);
}

static void follows_whatever_changes(void **state) {
  static struct world world;
  memset(&world, 0, sizeof world);
  world.home = *state;
  srand(11);
  change_some(&world, 300);
  is_what_the_tables_say(world.home); /* built */
  for (int i = 0; i < 12; i++) {
    change_some(&world, 60);
    if (i % 3 == 0) { /* the follower comes first; else the question brings it up */
      struct reader *reader = home_reader(world.home);
      struct head head;
      assert_int_equal(reader_head(reader, &head), STORE_OK);
      reader_release(reader);
      assert_true(followers_reach(world.home->house->followers, "ledger", head.number, 5000));
    }
    is_what_the_tables_say(world.home);
  }
  assert_true(ledger_size(world.home->house->ledger) <= (size_t)PROBLEMS * 2 * sizeof(struct figure));
}

/* ---- the past ---- */

static struct past *past_of(struct home *home, int64_t number) {
  struct past *past = NULL;
  struct reader *reader = home_reader(home);
  assert_int_equal(ledger_past(home->house, reader, number, &past), STORE_OK);
  reader_release(reader);
  return past;
}
static void is_what_the_journal_says(struct home *home, const struct past *past, int64_t number) {
  struct figures read = {0};
  struct reader *reader = home_reader(home);
  const struct figures *told = ledger_past_figures(past);
  assert_int_equal(figures_at(reader, number, 0, &read), STORE_OK);
  reader_release(reader);
  assert_int_equal(told->journal, number);
  assert_int_equal(told->count, read.count);
  for (size_t i = 0; i < read.count; i++) assert_memory_equal(&told->items[i], &read.items[i], sizeof *read.items);
  figures_free(&read);
}

static void a_past_looked_at_twice_is_read_once_and_one_alone_is_kept(void **state) {
  static struct world world;
  struct home *home = *state;
  memset(&world, 0, sizeof world);
  world.home = home;
  change_some(&world, 200);
  int64_t first = home_number(home);
  change_some(&world, 200);
  int64_t second = home_number(home);
  change_some(&world, 50);
  struct past *one = past_of(home, first), *again = past_of(home, first);
  assert_ptr_equal(one, again);
  struct past *other = past_of(home, second);
  assert_int_equal(ledger_past_number(home->house->ledger), second);
  is_what_the_journal_says(home, one, first); /* whoever still reads it has it whole */
  is_what_the_journal_says(home, other, second);
  change_some(&world, 50);
  struct past *later = past_of(home, second);
  assert_ptr_equal(later, other); /* what is written since changes no past */
  struct past *all[] = {one, again, other, later};
  for (size_t i = 0; i < COUNT_OF(all); i++) ledger_past_free(all[i]);
}

static void what_nobody_asks_for_is_given_back_though_nothing_is_written(void **state) {
  static struct world world;
  struct home *home = *state;
  memset(&world, 0, sizeof world);
  world.home = home;
  change_some(&world, 100);
  int64_t number = home_number(home);
  struct ledger *ledger = home->house->ledger;
  ledger_past_free(past_of(home, number));
  int64_t now = moment_system();
  ledger_rest(ledger, now + 500 * MOMENT_SECOND);
  assert_int_equal(ledger_past_number(ledger), number);
  ledger_rest(ledger, now + 700 * MOMENT_SECOND);
  assert_int_equal(ledger_past_number(ledger), 0);
  assert_true(ledger_size(ledger) > 0);
  ledger_rest(ledger, now + 3700 * MOMENT_SECOND);
  assert_int_equal(ledger_size(ledger), 0);
  assert_int_equal(home_number(home), number);
  is_what_the_tables_say(home); /* and is there again when asked */
}

/* A rule that asks at a number is given what the journal adds up to, at the head, before it, and where more was written since the
   question's snapshot. */
static void source_says_what_the_journal_says(struct home *home, struct reader *reader, int64_t number) {
  struct figures_source source = ledger_source(home->house);
  struct figures told = {0}, read = {0};
  assert_int_equal(figures_from(&source, reader, number, 0, &told), STORE_OK);
  assert_int_equal(figures_at(reader, number, 0, &read), STORE_OK);
  assert_int_equal(told.journal, number);
  assert_int_equal(told.moment, read.moment);
  assert_int_equal(told.count, read.count);
  for (size_t i = 0; i < read.count; i++) assert_memory_equal(&told.items[i], &read.items[i], sizeof *read.items);
  figures_free(&told);
  figures_free(&read);
}

static void destroy_first(struct world *world) {
  struct tx *tx = NULL;
  struct row *row = NULL;
  for (size_t i = 0; i < PROBLEMS && !row; i++) {
    row = world->rows[i];
    world->rows[i] = NULL;
  }
  assert_int_equal(store_begin(world->home->house->store, &tx), STORE_OK);
  assert_int_equal(tx_mark(tx), STORE_OK);
  struct entry entry = {.moment = moment_system(),
                        .actor = 1,
                        .record = row->id,
                        .version = row->version + 1,
                        .type = RECORD_PROBLEM,
                        .action = ACTION_DESTROY,
                        .kind = ENTRY_DESTRUCTION,
                        .channel = CHANNEL_COMMAND,
                        .happened = NOTHING,
                        .body = "{}",
                        .body_size = 2};
  assert_int_equal(tx_append(tx, &entry), STORE_OK);
  assert_int_equal(tx_destroy(tx, record_type(RECORD_PROBLEM), row->id), STORE_OK);
  assert_int_equal(tx_end_set(tx, true), STORE_OK);
  assert_int_equal(tx_commit(tx), STORE_OK);
}

static void a_rule_that_asks_at_a_number_is_given_the_journals_figures(void **state) {
  static struct world world;
  memset(&world, 0, sizeof world);
  world.home = *state;
  srand(5);
  change_some(&world, 300);
  for (int i = 0; i < 6; i++) {
    int64_t before = home_number(world.home);
    change_some(&world, 60);
    if (i == 3) destroy_first(&world);
    struct reader *reader = home_reader(world.home);
    struct head head;
    assert_int_equal(reader_head(reader, &head), STORE_OK);
    if (i % 2) change_some(&world, 20); /* the view is ahead of this snapshot */
    const int64_t numbers[] = {head.number, before, before + 7, 1 + before / 2, 0, head.number};
    for (size_t k = 0; k < COUNT_OF(numbers); k++) source_says_what_the_journal_says(world.home, reader, numbers[k]);
    struct figures none = {0};
    struct figures_source source = ledger_source(world.home->house);
    assert_int_equal(figures_from(&source, reader, head.number + 1, 0, &none), STORE_ABSENT);
    reader_release(reader);
  }
  assert_int_equal(ledger_past_number(world.home->house->ledger), 0); /* what is lately is taken back, not read */
}

static void destroyed_problems_leave_it(void **state) {
  static struct world world;
  struct tx *tx = NULL;
  memset(&world, 0, sizeof world);
  world.home = *state;
  change_some(&world, 50);
  is_what_the_tables_say(world.home);
  int64_t id = 0, number = home_number(world.home);
  ledger_past_free(past_of(world.home, number));
  for (size_t i = 0; i < PROBLEMS && !id; i++) id = world.rows[i] ? world.rows[i]->id : 0;
  assert_int_equal(store_begin(world.home->house->store, &tx), STORE_OK);
  assert_int_equal(tx_mark(tx), STORE_OK);
  struct entry entry = {.moment = moment_system(),
                        .actor = 1,
                        .record = id,
                        .version = 2,
                        .type = RECORD_PROBLEM,
                        .action = ACTION_DESTROY,
                        .kind = ENTRY_DESTRUCTION,
                        .channel = CHANNEL_COMMAND,
                        .happened = NOTHING,
                        .body = "{}",
                        .body_size = 2};
  assert_int_equal(tx_append(tx, &entry), STORE_OK);
  assert_int_equal(tx_destroy(tx, record_type(RECORD_PROBLEM), id), STORE_OK);
  assert_int_equal(tx_end_set(tx, true), STORE_OK);
  assert_int_equal(tx_commit(tx), STORE_OK);
  is_what_the_tables_say(world.home);
  struct past *past = past_of(world.home, number);
  is_what_the_journal_says(world.home, past, number);
  for (size_t i = 0; i < ledger_past_figures(past)->count; i++) assert_int_not_equal(ledger_past_figures(past)->items[i].id, id);
  ledger_past_free(past);
}

static void a_house_without_followers_answers_too(void **state) {
  static struct world world;
  memset(&world, 0, sizeof world);
  world.home = *state;
  change_some(&world, 50);
  house_close(world.home->house);
  home_open(world.home, 0);
  assert_null(world.home->house->ledger);
  struct figures once = {0};
  assert_int_equal(ledger_ask_passing(world.home->house, keep_copy, &once), STORE_OK);
  assert_int_equal(once.count > 0, 1);
  figures_free(&once);
  is_what_the_tables_say(world.home);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(follows_whatever_changes, home_setup_following, home_teardown),
    cmocka_unit_test_setup_teardown(a_passing_question_keeps_nothing, home_setup_following, home_teardown),
    cmocka_unit_test_setup_teardown(a_past_looked_at_twice_is_read_once_and_one_alone_is_kept, home_setup_following, home_teardown),
    cmocka_unit_test_setup_teardown(what_nobody_asks_for_is_given_back_though_nothing_is_written, home_setup_following, home_teardown),
    cmocka_unit_test_setup_teardown(a_rule_that_asks_at_a_number_is_given_the_journals_figures, home_setup_following, home_teardown),
    cmocka_unit_test_setup_teardown(destroyed_problems_leave_it, home_setup_following, home_teardown),
    cmocka_unit_test_setup_teardown(a_house_without_followers_answers_too, home_setup_following, home_teardown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
