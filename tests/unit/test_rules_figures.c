/* Figures: what a row says, who may see it, bytes that never change, and the past: at every number that was read when it was the newest,
   the journal adds up to the very same figures later. */
#include "test_rules_change_house.h"
#include "rules/figures.h"

static struct figures read_now(struct city *city) {
  struct figures figures;
  struct reader *reader;
  assert_int_equal(store_reader(city->store, &reader), STORE_OK);
  assert_int_equal(figures_read(reader, &SCOPE_SYSTEM, 0, &figures), STORE_OK);
  reader_release(reader);
  return figures;
}
static struct figures read_at(struct city *city, int64_t number) {
  struct figures figures;
  struct reader *reader;
  assert_int_equal(store_reader(city->store, &reader), STORE_OK);
  assert_int_equal(figures_at(reader, number, 0, &figures), STORE_OK);
  reader_release(reader);
  return figures;
}

/* ---- one row ---- */

static void figure_says_what_its_row_says(void **state) {
  struct arena *arena = arena_new();
  struct row *row = row_new(arena, record_type(RECORD_PROBLEM));
  const int64_t joint[] = {9, 4, 7};
  row->id = 41;
  row->entry = 77;
  row->state = PROBLEM_CLOSED;
  row->created = moment_of_date(20000);
  row_set_integer(row, PROBLEM_LEAD_UNIT, 12);
  row_set_integer(row, PROBLEM_COUNTED, 1);
  row_set_integer(row, PROBLEM_CLOSED_ON, 20100);
  row_set_integer(row, PROBLEM_SOURCE, SOURCE_AUDIT_OLD);
  row_set_integer(row, PROBLEM_SENT_BACK, 2);
  row_set_text(row, PROBLEM_OWNER, "李四");
  struct value many = value_many(PROBLEM_JOINT_UNITS, joint, 3);
  row_set(row, &many);
  struct figure figure = figure_of_row(row);
  assert_int_equal(figure.id, 41);
  assert_int_equal(figure.entry, 77);
  assert_int_equal(figure.lead_unit, 12);
  assert_int_equal(figure.flags, FIGURE_COUNTED | FIGURE_OLD_STOCK | FIGURE_OWNED | FIGURE_OWNER_NAMED);
  assert_int_equal(figure.registered, 20000);
  assert_int_equal(figure.closed, 20100);
  assert_int_equal(figure.accepted, FIGURE_NO_DATE);
  assert_int_equal(figure.sent_back, 2);
  assert_int_equal(figure.joint[0], 4); /* ascending, however they were given */
  assert_int_equal(figure.joint[1], 7);
  assert_int_equal(figure.joint[2], 9);
  assert_int_equal(figure.joint[3], 0);
  arena_free(arena);
}

static void joint_units_that_do_not_fit_are_said(void **state) {
  struct figure one = {0}, other = {0};
  for (int64_t unit = 1; unit <= 10; unit++) figure_join(&one, unit);
  for (int64_t unit = 10; unit >= 1; unit--) figure_join(&other, unit);
  assert_true(one.flags & FIGURE_JOINT_MORE);
  assert_int_equal(one.joint[FIGURE_JOINT_MOST - 1], 8);
  assert_memory_equal(&one, &other, sizeof one);
}

/* ---- bytes ---- */

/* Members 1 to 7 are eight bytes each, joint 32, twenty dates and the flags four each, eight counts two each, thirteen codes one each:
   56 + 32 + 84 + 16 + 13 = 201. The id comes first, so its last byte is the eighth. */
static void bytes_are_as_they_were_and_read_back(void **state) {
  struct figure figure = {.id = 0x0102, .lead_unit = 5, .due = 20780, .accepted = FIGURE_NO_DATE, .state = 9, .outcome = 3}, back;
  struct buffer out = {0};
  assert_int_equal(figure_size(1), 201);
  assert_int_equal(figure_size(FIGURE_VERSION + 1), 0);
  figure_write(&out, &figure, 1);
  assert_int_equal(out.size, 201);
  assert_memory_equal(out.bytes, "\0\0\0\0\0\0\1\2", 8);
  assert_int_equal((uint8_t)out.bytes[199], 3);
  assert_true(figure_parse((const uint8_t *)out.bytes, out.size, 1, &back));
  assert_memory_equal(&back, &figure, sizeof figure);
  assert_false(figure_parse((const uint8_t *)out.bytes, out.size - 1, 1, &back));
  buffer_free(&out);
}

/* The hash of two figures, reckoned by another program from the description in figures.h: were the layout to move, this would fail. */
static void hash_is_the_one_written_down(void **state) {
  struct figure items[] = {{.id = 1, .flags = FIGURE_COUNTED, .state = 6}, {.id = 2, .due = 20780, .state = 11}};
  struct figures figures = {.items = items, .count = 2, .journal = 99};
  uint8_t hash[HASH_SIZE], other[HASH_SIZE];
  struct arena *arena = arena_new();
  figures_hash(&figures, 1, hash);
  assert_string_equal(hex_write(arena, hash, sizeof hash), "7e836de72fdf24f0db0da92b0eb041cc8e73e2f39827efca5f7e3dec73ed7a2c");
  items[1].due++;
  figures_hash(&figures, 1, other);
  assert_memory_not_equal(hash, other, sizeof hash);
  arena_free(arena);
}

/* ---- scope ---- */

static void scope_of_figures_is_the_scope_of_rows(void **state) {
  struct city *city = *state;
  city_taken(city, KIND_TIME_LIMITED, LEVEL_UNIT);
  const struct authority *people[] = {&city->liaison, &city->joint_liaison, &city->stranger,
                                      &city->office,  &city->acceptor,      &city->administrator};
  const size_t seen[] = {1, 1, 0, 1, 1, 0};
  struct figures all = read_now(city);
  for (size_t i = 0; i < sizeof people / sizeof *people; i++) {
    const struct scope *scope = scope_for(city->arena, people[i], record_type(RECORD_PROBLEM), MAY_READ);
    struct figures read;
    struct reader *reader;
    assert_int_equal(store_reader(city->store, &reader), STORE_OK);
    assert_int_equal(figures_read(reader, scope, 0, &read), STORE_OK);
    assert_int_equal(read.count, seen[i]);
    assert_int_equal(figure_in_scope(&all.items[0], scope, reader), seen[i] == 1);
    reader_release(reader);
    figures_free(&read);
  }
  figures_free(&all);
}

/* Scopes of every relation a problem is read by: what the store shows, the figure shows, problem by problem. */
static void every_relation_shows_what_the_store_shows(void **state) {
  struct city *city = *state;
  const int64_t lead[] = {city->lead}, joint[] = {city->joint}, both[] = {city->joint, city->other};
  for (int i = 0; i < 6; i++) city_problem(city, KIND_AT_ONCE, i % 2 ? LEVEL_CITY : LEVEL_UNIT);
  struct figures all = read_now(city);
  const struct value secrecy = value_integer(PROBLEM_SECRECY, SECRECY_RESTRICTED),
                     official = value_integer(PROBLEM_OFFICIAL_USER, city->head.user);
  must(city, city_act_with(city, &city->office, RECORD_PROBLEM, all.items[0].id, ACTION_EDIT, NULL, &secrecy, 1), VERDICT_DONE);
  must(city, city_act_with(city, &city->office, RECORD_PROBLEM, all.items[1].id, ACTION_EDIT, NULL, &official, 1), VERDICT_DONE);
  figures_free(&all);
  all = read_now(city);
  const struct grant_scope grants[] = {
    {.relation = RELATION_ANY, .all = true, .secrecy = SECRECY_INTERNAL}, {.relation = RELATION_LEAD, .units = lead, .unit_count = 1, .secrecy = SECRECY_RESTRICTED},
    {.relation = RELATION_JOINT, .units = joint, .unit_count = 1, .secrecy = SECRECY_INTERNAL}, {.relation = RELATION_LEAD, .units = both, .unit_count = 2, .secrecy = SECRECY_RESTRICTED},
    {.relation = RELATION_OUTSIDE, .units = both, .unit_count = 2, .secrecy = SECRECY_RESTRICTED}, {.relation = RELATION_GUIDANCE, .units = lead, .unit_count = 1, .secrecy = SECRECY_INTERNAL, .campaign = city->campaign},
    {.relation = RELATION_GUIDANCE, .units = lead, .unit_count = 1, .secrecy = SECRECY_INTERNAL, .campaign = city->campaign + 1}, {.relation = RELATION_OFFICIAL, .secrecy = SECRECY_RESTRICTED},
    {.relation = RELATION_ABOVE, .secrecy = SECRECY_RESTRICTED}};
  for (size_t g = 0; g < sizeof grants / sizeof *grants; g++) {
    const struct scope scope = {.user = city->head.user, .grants = &grants[g], .grant_count = 1};
    struct figures shown;
    struct reader *reader;
    assert_int_equal(store_reader(city->store, &reader), STORE_OK);
    assert_int_equal(figures_read(reader, &scope, 0, &shown), STORE_OK);
    for (size_t i = 0; i < all.count; i++)
      assert_int_equal(figure_in_scope(&all.items[i], &scope, reader), figures_find(&shown, all.items[i].id) != NULL);
    reader_release(reader);
    figures_free(&shown);
  }
  figures_free(&all);
}

/* ---- the past ---- */

struct seen { int64_t number; size_t count; uint8_t hash[HASH_SIZE]; };
static void look(struct city *city, struct seen *seen) {
  struct figures figures = read_now(city);
  seen->number = figures.journal;
  seen->count = figures.count;
  figures_hash(&figures, FIGURE_VERSION, seen->hash);
  figures_free(&figures);
}

static int64_t closed_problem(struct city *city) {
  int64_t problem = city_taken(city, KIND_AT_ONCE, LEVEL_UNIT); /* route C: applied is closed */
  city_evidence(city, problem);
  city_applied(city, problem);
  return problem;
}

static void past_figures_are_those_seen_then(void **state) {
  struct city *city = *state;
  struct seen seen[6];
  int64_t measures[2];
  look(city, &seen[0]);
  int64_t first = closed_problem(city);
  look(city, &seen[1]);
  int64_t second = city_started(city, KIND_TIME_LIMITED, LEVEL_UNIT, measures);
  look(city, &seen[2]);
  city->now += 3 * MOMENT_DAY;
  must(city,
       city_act_with(city, &city->office, RECORD_PROBLEM, first, ACTION_REOPEN, "又出现",
                     VALUES(value_integer(PROBLEM_DUE, city_today(city) + 10))),
       VERDICT_DONE);
  look(city, &seen[3]);
  must(city, city_act(city, &city->office, second, ACTION_WITHDRAW, "重复登记"), VERDICT_DONE);
  look(city, &seen[4]);
  city_problem(city, KIND_AT_ONCE, LEVEL_UNIT);
  look(city, &seen[5]);
  for (size_t i = 0; i < 6; i++) {
    struct figures then = read_at(city, seen[i].number);
    uint8_t hash[HASH_SIZE];
    figures_hash(&then, FIGURE_VERSION, hash);
    assert_int_equal(then.count, seen[i].count);
    assert_memory_equal(hash, seen[i].hash, sizeof hash);
    figures_free(&then);
  }
}

/* More records changed since than are asked for one by one: the stream of all gives the same. */
static void past_of_many_is_the_same(void **state) {
  enum { MANY = 450 };
  struct city *city = *state;
  struct change *changes = ARENA_ARRAY(city->arena, struct change, MANY);
  struct value *values = ARENA_ARRAY(city->arena, struct value, 7);
  struct seen seen;
  values[0] = value_text(PROBLEM_TITLE, "站点到儿科绕行");
  values[1] = value_integer(PROBLEM_CAMPAIGN, city->campaign);
  values[2] = value_integer(PROBLEM_CATEGORY, CATEGORY_LIVELIHOOD);
  values[3] = value_integer(PROBLEM_SOURCE, SOURCE_RESEARCH);
  values[4] = value_integer(PROBLEM_LEAD_UNIT, city->lead);
  values[5] = value_text(PROBLEM_ROOT_CAUSE, "无通道");
  values[6] = value_many(PROBLEM_JOINT_UNITS, &city->joint, 1);
  for (size_t i = 0; i < MANY; i++)
    changes[i] = (struct change){.type = record_type(RECORD_PROBLEM),
                                 .seen = ANY_VERSION,
                                 .action = ACTION_CREATE,
                                 .values = values,
                                 .value_count = 7};
  must(city, city_apply(city, &city->office, changes, MANY), VERDICT_DONE);
  for (size_t i = 0; i < MANY; i++)
    changes[i] = (struct change){.type = record_type(RECORD_PROBLEM),
                                 .id = city->outcome.ids[i],
                                 .seen = ANY_VERSION,
                                 .action = ACTION_SUBMIT};
  look(city, &seen);
  assert_int_equal(seen.count, MANY);
  must(city, city_apply(city, &city->office, changes, MANY), VERDICT_DONE);
  struct figures then = read_at(city, seen.number);
  uint8_t hash[HASH_SIZE];
  figures_hash(&then, FIGURE_VERSION, hash);
  assert_int_equal(then.count, seen.count);
  assert_memory_equal(hash, seen.hash, sizeof hash);
  figures_free(&then);
}

/* Followed entry by entry, figures are those that are read. */
struct following { struct figures figures; struct arena *arena; };
static bool follow_take(void *with, const struct entry *entry) {
  struct following *following = with;
  struct figure *before = figures_find(&following->figures, entry->record), after;
  if (entry->type != RECORD_PROBLEM) return true;
  assert_true(figure_follow(&after, before, entry, following->arena));
  if (before) *before = after;
  else figures_add(&following->figures, &after);
  return true;
}
static void followed_figures_are_those_read(void **state) {
  struct city *city = *state;
  struct following following = {.arena = city->arena};
  struct reader *reader;
  int64_t measures[2], first = closed_problem(city), second = city_started(city, KIND_TIME_LIMITED, LEVEL_UNIT, measures),
                       third = city_problem(city, KIND_LONG_TERM, LEVEL_CITY);
  must(city,
       city_act_with(city, &city->liaison, RECORD_PROBLEM, second, ACTION_REPORT, NULL,
                     VALUES(value_text(PROBLEM_PROGRESS_NOTE, "正在推进"))),
       VERDICT_DONE);
  must(city,
       city_act_with(city, &city->liaison, RECORD_PROBLEM, second, ACTION_REPORT, NULL,
                     VALUES(value_text(PROBLEM_PROGRESS_NOTE, "正在推进"))),
       VERDICT_DONE);
  must(city,
       city_act_with(city, &city->liaison, RECORD_PROBLEM, second, ACTION_REPORT, NULL,
                     VALUES(value_text(PROBLEM_PROGRESS_NOTE, "正在推进"))),
       VERDICT_DONE);
  must(city,
       city_act_with(city, &city->liaison, RECORD_PROBLEM, third, ACTION_EDIT, NULL,
                     VALUES(value_many(PROBLEM_JOINT_UNITS, (const int64_t[]){city->other, city->joint}, 2))),
       VERDICT_DONE);
  must(city,
       city_act_with(city, &city->office, RECORD_PROBLEM, first, ACTION_REOPEN, "又出现",
                     VALUES(value_integer(PROBLEM_DUE, city_today(city) + 10))),
       VERDICT_DONE);
  struct figures read = read_now(city);
  assert_int_equal(figures_find(&read, second)->note_repeats, 3);
  assert_int_equal(store_reader(city->store, &reader), STORE_OK);
  assert_int_equal(reader_journal(reader, 0, 100000, follow_take, &following), STORE_OK);
  reader_release(reader);
  assert_int_equal(following.figures.count, read.count);
  assert_memory_equal(following.figures.items, read.items, read.count * sizeof *read.items);
  figures_free(&following.figures);
  figures_free(&read);
}

static void reopened_problem_keeps_its_last_closing(void **state) {
  struct city *city = *state;
  int64_t problem = closed_problem(city), closed = city_today(city);
  city->now += 5 * MOMENT_DAY;
  must(city,
       city_act_with(city, &city->office, RECORD_PROBLEM, problem, ACTION_REOPEN, "又出现",
                     VALUES(value_integer(PROBLEM_DUE, city_today(city) + 10))),
       VERDICT_DONE);
  struct figures figures = read_now(city);
  const struct figure *figure = figures_find(&figures, problem);
  assert_non_null(figure);
  assert_int_equal(figure->closed, FIGURE_NO_DATE);
  assert_int_equal(figure->closed_before, closed);
  assert_true(figure->watch_before > figure->reopened);
  assert_int_equal(figure->reopened, closed + 5);
  assert_int_equal(figure->rebounds, 1);
  assert_int_equal(figure->admitted_entered, figure->admitted);
  figures_free(&figures);
}

static void moments_lead_to_numbers(void **state) {
  struct city *city = *state;
  struct reader *reader;
  int64_t number;
  struct seen before, after;
  look(city, &before);
  city->now += MOMENT_DAY;
  city_problem(city, KIND_AT_ONCE, LEVEL_UNIT);
  look(city, &after);
  assert_int_equal(store_reader(city->store, &reader), STORE_OK);
  assert_int_equal(figures_number_at(reader, city->now - 1, &number), STORE_OK);
  assert_int_equal(number, before.number);
  assert_int_equal(figures_number_at(reader, city->now, &number), STORE_OK);
  assert_int_equal(number, after.number);
  assert_int_equal(figures_number_at(reader, 0, &number), STORE_OK);
  assert_int_equal(number, 0);
  struct figures none;
  assert_int_equal(figures_at(reader, after.number + 1, 0, &none), STORE_ABSENT);
  reader_release(reader);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(figure_says_what_its_row_says),
    cmocka_unit_test(joint_units_that_do_not_fit_are_said),
    cmocka_unit_test(bytes_are_as_they_were_and_read_back),
    cmocka_unit_test(hash_is_the_one_written_down),
    cmocka_unit_test_setup_teardown(scope_of_figures_is_the_scope_of_rows, city_setup, city_teardown),
    cmocka_unit_test_setup_teardown(every_relation_shows_what_the_store_shows, city_setup, city_teardown),
    cmocka_unit_test_setup_teardown(past_figures_are_those_seen_then, city_setup, city_teardown),
    cmocka_unit_test_setup_teardown(past_of_many_is_the_same, city_setup, city_teardown),
    cmocka_unit_test_setup_teardown(followed_figures_are_those_read, city_setup, city_teardown),
    cmocka_unit_test_setup_teardown(reopened_problem_keeps_its_last_closing, city_setup, city_teardown),
    cmocka_unit_test_setup_teardown(moments_lead_to_numbers, city_setup, city_teardown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
