/* The store on real SQLite files: numbering, sets, rows, destruction, side values, the writer. */
#include "store_fixture.h"

static struct row *get(struct fixture *fixture, const struct record_type *type, int64_t id) {
  struct reader *reader = NULL;
  struct row *row = NULL;
  assert_int_equal(store_reader(fixture->store, &reader), STORE_OK);
  enum store_error error = reader_get(reader, type, &SCOPE_SYSTEM, id, fixture->arena, &row);
  assert_true(error == STORE_OK || error == STORE_ABSENT);
  reader_release(reader);
  return row;
}
static struct head head_of(struct fixture *fixture) {
  struct reader *reader = NULL;
  struct head head;
  assert_int_equal(store_reader(fixture->store, &reader), STORE_OK);
  assert_int_equal(reader_head(reader, &head), STORE_OK);
  reader_release(reader);
  return head;
}

/* ---- rows ---- */
static void what_is_put_is_read_back(void **state) {
  struct fixture *fixture = *state;
  fill(fixture, 10);
  struct row *row = get(fixture, &T_PROBLEM, 5), *made = problem_numbered(fixture->arena, &T_PROBLEM, 4);
  assert_non_null(row);
  for (size_t i = 0; i < T_PROBLEM.field_count; i++) assert_true(value_equal(&row->values[i], &made->values[i]));
  assert_int_equal(row->entry, 5);
  assert_int_equal(row->version, 1);
}

static void only_what_differs_is_written(void **state) {
  struct fixture *fixture = *state;
  fill(fixture, 10);
  struct row *before = get(fixture, &T_PROBLEM, 5), *after = row_copy(fixture->arena, before);
  int64_t joint[] = {7, 2, 5};
  struct value many = value_many(T_JOINT, joint, 3);
  row_set(after, &many);
  row_set_text(after, T_NOTE, "新备注");
  row_set_integer(after, T_DUE, NOTHING);
  struct tx *tx = NULL;
  assert_int_equal(store_begin(fixture->store, &tx), STORE_OK);
  assert_int_equal(save(tx, before, after), STORE_OK);
  assert_int_equal(tx_commit(tx), STORE_OK);
  struct row *now = get(fixture, &T_PROBLEM, 5);
  for (size_t i = 0; i < T_PROBLEM.field_count; i++) assert_true(value_equal(&now->values[i], &after->values[i]));
  assert_int_equal(now->version, 2);
  assert_int_equal(row_value(now, T_JOINT)->many[0], 7);
}

static void a_unique_value_clashes_and_the_set_leaves_nothing(void **state) {
  struct fixture *fixture = *state;
  fill(fixture, 3);
  struct tx *tx = NULL;
  assert_int_equal(store_begin(fixture->store, &tx), STORE_OK);
  assert_int_equal(tx_mark(tx), STORE_OK);
  assert_int_equal(save(tx, NULL, problem_numbered(fixture->arena, &T_PROBLEM, 2)), STORE_CLASH);
  assert_int_equal(tx_end_set(tx, true), STORE_CLASH);
  assert_int_equal(tx_mark(tx), STORE_OK);
  assert_int_equal(save(tx, NULL, problem_numbered(fixture->arena, &T_PROBLEM, 3)), STORE_OK);
  assert_int_equal(tx_end_set(tx, true), STORE_OK);
  assert_int_equal(tx_commit(tx), STORE_OK);
  assert_int_equal(head_of(fixture).number, 4);
  assert_string_equal(row_text(get(fixture, &T_PROBLEM, 4), T_TITLE), "题目 3");
}

/* ---- journal ---- */
struct numbers { int64_t last; size_t count; bool dense; };
static bool number_sink(void *with, const struct entry *entry) {
  struct numbers *numbers = with;
  numbers->dense = numbers->dense && entry->number == numbers->last + 1 && entry->body_size == 8;
  numbers->last = entry->number;
  numbers->count++;
  return true;
}

static void entries_are_dense_and_a_set_taken_back_never_was(void **state) {
  struct fixture *fixture = *state;
  struct tx *tx = NULL;
  assert_int_equal(store_begin(fixture->store, &tx), STORE_OK);
  for (int n = 0; n < 1000; n++) {
    assert_int_equal(tx_mark(tx), STORE_OK);
    assert_int_equal(save(tx, NULL, problem_numbered(fixture->arena, &T_PROBLEM, n)), STORE_OK);
    assert_int_equal(tx_end_set(tx, n % 3 != 0), STORE_OK);
  }
  assert_int_equal(tx_commit(tx), STORE_OK);
  struct reader *reader = NULL;
  struct numbers numbers = {.dense = true};
  assert_int_equal(store_reader(fixture->store, &reader), STORE_OK);
  assert_int_equal(reader_journal(reader, 0, 100000, number_sink, &numbers), STORE_OK);
  assert_true(numbers.dense);
  assert_int_equal(numbers.count, 666);
  int64_t count = 0;
  struct query query = {.type = &T_PROBLEM, .expected = -1, .with_voided = true};
  assert_int_equal(reader_count(reader, &query, &SCOPE_SYSTEM, &count), STORE_OK);
  assert_int_equal(count, 666);
  reader_release(reader);
}

static bool leaf_add(void *with, const struct entry *entry) { frontier_add(with, entry->leaf, NULL, NULL); return true; }

static void the_tree_survives_closing_and_abandoning(void **state) {
  struct fixture *fixture = *state;
  fill(fixture, 70000 / 100);
  struct tx *tx = NULL;
  assert_int_equal(store_begin(fixture->store, &tx), STORE_OK);
  assert_int_equal(save(tx, NULL, problem_numbered(fixture->arena, &T_PROBLEM, 90001)), STORE_OK);
  tx_abandon(tx);
  store_close(fixture->store);
  assert_int_equal(fixture_open(fixture, &SCHEMA_OLD, NULL), STORE_OK);
  assert_int_equal(store_begin(fixture->store, &tx), STORE_OK);
  for (int n = 800; n < 1200; n++) assert_int_equal(save(tx, NULL, problem_numbered(fixture->arena, &T_PROBLEM, n)), STORE_OK);
  assert_int_equal(tx_commit(tx), STORE_OK);
  struct reader *reader = NULL;
  struct frontier all = {0};
  assert_int_equal(store_reader(fixture->store, &reader), STORE_OK);
  assert_int_equal(reader_journal(reader, 0, 100000, leaf_add, &all), STORE_OK);
  assert_int_equal(all.size, 1100);
  struct tree_head head;
  uint8_t root[HASH_SIZE];
  frontier_root(&all, root);
  assert_int_equal(tree_head_sign(fixture->store, reader, &head), STORE_OK);
  assert_int_equal(head.size, 1100);
  assert_memory_equal(head.root, root, HASH_SIZE);
  reader_release(reader);
}

static void moments_never_go_back(void **state) {
  struct fixture *fixture = *state;
  struct tx *tx = NULL;
  assert_int_equal(store_begin(fixture->store, &tx), STORE_OK);
  struct entry entry = {.kind = ENTRY_SYSTEM, .moment = 500, .happened = NOTHING};
  assert_int_equal(tx_append(tx, &entry), STORE_OK);
  entry.moment = 400;
  assert_int_equal(tx_append(tx, &entry), STORE_OK);
  assert_int_equal(entry.moment, 500);
  assert_int_equal(tx_commit(tx), STORE_OK);
  assert_int_equal(head_of(fixture).last_moment, 500);
}

/* ---- destruction ---- */
static bool body_gone(void *with, const struct entry *entry) { *(bool *)with = *(bool *)with && entry->body == NULL; return true; }

static bool file_holds(const char *path, const char *word) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) return false;
  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  rewind(file);
  char *bytes = malloc((size_t)size + 1);
  size_t got = fread(bytes, 1, (size_t)size, file);
  fclose(file);
  bool holds = got >= strlen(word) && memmem(bytes, got, word, strlen(word)) != NULL;
  free(bytes);
  return holds;
}

static void what_is_destroyed_is_in_no_file(void **state) {
  struct fixture *fixture = *state;
  fill(fixture, 20);
  struct tx *tx = NULL;
  struct row *row = problem_numbered(fixture->arena, &T_PROBLEM, 500);
  row_set_text(row, T_DETAIL, "鎏金甪直QXZJ");
  assert_int_equal(store_begin(fixture->store, &tx), STORE_OK);
  assert_int_equal(save(tx, NULL, row), STORE_OK);
  /* numbers only: it stays, or what was done would be done again */
  assert_int_equal(tx_key_put(tx, "key", "{\"entry\":1}", INT64_MAX), STORE_OK);
  assert_int_equal(tx_commit(tx), STORE_OK);
  assert_int_equal(store_begin(fixture->store, &tx), STORE_OK);
  char *kept = NULL;
  assert_int_equal(tx_destroy(tx, &T_PROBLEM, row->id), STORE_OK);
  assert_int_equal(tx_key_get(tx, "key", fixture->arena, &kept), STORE_OK);
  assert_int_equal(tx_commit(tx), STORE_OK);
  assert_int_equal(store_scrub(fixture->store), STORE_OK);
  char path[128];
  const char *const files[] = {"store.db", "store.db-wal", "side.db", "side.db-wal"};
  for (int i = 0; i < 4; i++) {
    snprintf(path, sizeof path, "%s/%s", fixture->folder, files[i]);
    assert_false(file_holds(path, "甪直QX"));
  }
  assert_null(get(fixture, &T_PROBLEM, row->id));
  bool gone = true;
  struct reader *reader = NULL;
  assert_int_equal(store_reader(fixture->store, &reader), STORE_OK);
  assert_int_equal(reader_history(reader, RECORD_PROBLEM, row->id, body_gone, &gone), STORE_OK);
  assert_true(gone);
  reader_release(reader);
}

/* ---- migration ---- */
static const struct field PROBLEM_NEW[] = {PROBLEM_FIELDS, {20, "place", {"地点", "place"}, F_TEXT, FIELD_LISTED}, {21, "story", {"经过", "story"}, F_LONG_TEXT}, {22, "helpers", {"协助", "helpers"}, F_REFERENCES, 0, .target = RECORD_UNIT}};
static const struct record_type T_PROBLEM_NEW = {.id = RECORD_PROBLEM, .name = "problem", .plural = "problems", PROBLEM_REST(PROBLEM_NEW)};
static const struct field NOTE_FIELDS[] = {{1, "text", {"文", "text"}, F_LONG_TEXT}};
static const struct record_type T_NOTE_TYPE = {.id = RECORD_TOPIC, .name = "topic", .plural = "topics", .fields = NOTE_FIELDS, .field_count = 1};
static const struct record_type *const TYPES_NEW[] = {&T_UNIT, &T_PROBLEM_NEW, &T_MEASURE, &T_NOTE_TYPE};
static const struct schema SCHEMA_NEW = {TYPES_NEW, 4, 2};

static void an_old_folder_gains_new_fields_and_types(void **state) {
  struct fixture *fixture = *state;
  fill(fixture, 20);
  store_close(fixture->store);
  assert_int_equal(fixture_open(fixture, &SCHEMA_NEW, NULL), STORE_OK);
  assert_int_equal(head_of(fixture).schema_version, 2);
  struct row *before = get(fixture, &T_PROBLEM_NEW, 5), *after = row_copy(fixture->arena, before);
  assert_string_equal(row_text(before, T_TITLE), "题目 4");
  row_set_text(after, 20, "南汀");
  row_set_text(after, 21, "经过");
  struct tx *tx = NULL;
  assert_int_equal(store_begin(fixture->store, &tx), STORE_OK);
  assert_int_equal(save(tx, before, after), STORE_OK);
  struct row *note = row_new(fixture->arena, &T_NOTE_TYPE);
  row_set_text(note, 1, "文");
  assert_int_equal(save(tx, NULL, note), STORE_OK);
  assert_int_equal(tx_commit(tx), STORE_OK);
  assert_string_equal(row_text(get(fixture, &T_PROBLEM_NEW, 5), 20), "南汀");
  assert_string_equal(row_text(get(fixture, &T_PROBLEM_NEW, 5), 21), "经过");
}

static void what_cannot_be_migrated_is_refused_with_its_reason(void **state) {
  struct fixture *fixture = *state;
  struct label reason;
  store_close(fixture->store);
  assert_int_equal(fixture_open(fixture, &SCHEMA_NEW, NULL), STORE_OK);
  store_close(fixture->store);
  assert_int_equal(fixture_open(fixture, &SCHEMA_OLD, &reason), STORE_REFUSED); /* an older binary */
  assert_non_null(strstr(reason.en, "newer version"));
  const struct record_type *const fewer[] = {&T_UNIT, &T_PROBLEM, &T_MEASURE, &T_NOTE_TYPE};
  struct schema removed = {fewer, 4, 3};
  assert_int_equal(fixture_open(fixture, &removed, &reason), STORE_REFUSED);
  assert_non_null(strstr(reason.en, "problem.place"));
  static const struct field CHANGED[] = {{1, "name", {"名称", "name"}, F_INTEGER}};
  static const struct record_type UNIT_CHANGED = {.id = RECORD_UNIT,
                                                  .name = "unit",
                                                  .plural = "units",
                                                  .fields = CHANGED,
                                                  .field_count = 1};
  const struct record_type *const types[] = {&UNIT_CHANGED, &T_PROBLEM_NEW, &T_MEASURE, &T_NOTE_TYPE};
  struct schema changed = {types, 4, 3};
  assert_int_equal(fixture_open(fixture, &changed, &reason), STORE_REFUSED);
  assert_non_null(strstr(reason.zh, "unit.name"));
  assert_int_equal(fixture_open(fixture, &SCHEMA_NEW, NULL), STORE_OK); /* nothing was half done */
  assert_int_equal(head_of(fixture).schema_version, 2);
}

/* ---- side values ---- */
static void a_side_value_is_swapped_only_when_it_is_as_expected(void **state) {
  struct store *store = ((struct fixture *)*state)->store;
  struct arena *arena = ((struct fixture *)*state)->arena;
  char *value = NULL;
  assert_int_equal(side_swap(store, SIDE_LEASE, "mail", NULL, "one", 10), STORE_OK);
  assert_int_equal(side_swap(store, SIDE_LEASE, "mail", NULL, "two", 10), STORE_CLASH);
  assert_int_equal(side_swap(store, SIDE_LEASE, "mail", "two", "three", 10), STORE_CLASH);
  assert_int_equal(side_swap(store, SIDE_LEASE, "mail", "one", "two", 10), STORE_OK);
  assert_int_equal(side_get(store, SIDE_LEASE, "mail", arena, &value), STORE_OK);
  assert_string_equal(value, "two");
  assert_int_equal(side_expire(store, 11), STORE_OK);
  assert_int_equal(side_get(store, SIDE_LEASE, "mail", arena, &value), STORE_ABSENT);
}

static bool count_side(void *with, const char *key, const char *value, size_t size, int64_t expires) { ++*(int *)with; return true; }
static bool check_audit(void *with, const struct audit *audit) {
  struct audit *last = with;
  bool next = audit->number == last->number + 1;
  *last = *audit;
  return next;
}

static void side_values_are_listed_by_prefix_and_audit_lines_are_chained(void **state) {
  struct store *store = ((struct fixture *)*state)->store;
  int count = 0;
  assert_int_equal(side_put(store, SIDE_STAGING, "a/1", "x", 0), STORE_OK);
  assert_int_equal(side_put(store, SIDE_STAGING, "a/2", "x", 0), STORE_OK);
  assert_int_equal(side_put(store, SIDE_STAGING, "b/1", "x", 0), STORE_OK);
  assert_int_equal(side_list(store, SIDE_STAGING, "a/", count_side, &count), STORE_OK);
  assert_int_equal(count, 2);
  struct audit one = {.moment = 1, .what = "sign_in"}, two = {.moment = 2, .what = "export"}, last = {0};
  assert_int_equal(audit_append(store, &one), STORE_OK);
  assert_int_equal(audit_append(store, &two), STORE_OK);
  assert_int_equal(audit_list(store, 0, 10, check_audit, &last), STORE_OK);
  assert_int_equal(last.number, 2);
  assert_memory_equal(last.chain, two.chain, HASH_SIZE);
}

static void a_backup_is_a_store(void **state) {
  struct fixture *fixture = *state;
  struct label reason;
  char folder[80];
  fill(fixture, 30);
  assert_int_equal(side_put(fixture->store, SIDE_SETTING, "k", "v", 0), STORE_OK);
  snprintf(folder, sizeof folder, "%s/copy", fixture->folder);
  assert_int_equal(store_backup(fixture->store, folder, fixture->arena, &reason), STORE_OK);
  assert_int_equal(store_backup(fixture->store, folder, fixture->arena, &reason), STORE_REFUSED);
  struct store *copy = NULL;
  struct store_options options = {.url = folder, .data = folder, .schema = &SCHEMA_OLD};
  assert_int_equal(store_open(&options, &copy, fixture->arena, &reason), STORE_OK);
  char *value = NULL;
  assert_int_equal(side_get(copy, SIDE_SETTING, "k", fixture->arena, &value), STORE_OK);
  store_close(copy);
}

/* ---- the writer ---- */
struct making { struct job job; struct arena *arena; int n; bool fail, full; int ran; enum store_error told; int *done; };
static bool make_one(struct job *job, struct tx *tx, enum store_error *error) {
  struct making *making = (struct making *)job;
  making->ran++;
  enum store_error saved = save(tx, NULL, problem_numbered(making->arena, &T_PROBLEM, making->n));
  if (making->full) *error = STORE_FULL;
  else if (saved) *error = saved;
  return !making->fail && !making->full;
}
static void made_one(struct job *job, enum store_error error) {
  struct making *making = (struct making *)job;
  making->told = error;
  ++*making->done;
}
static void hook(void *with, int64_t number) { *(int64_t *)with = number; }

static void one_failing_job_does_not_harm_its_neighbours(void **state) {
  struct fixture *fixture = *state;
  struct making jobs[60] = {{{0}}};
  int done = 0;
  int64_t hooked = 0;
  struct writer *writer = writer_start(fixture->store);
  writer_on_commit(writer, hook, &hooked);
  for (int i = 0; i < 60; i++) {
    jobs[i] = (struct making){.job = {.run = make_one, .done = made_one},
                              .arena = arena_new(),
                              .n = i == 31 ? 30 : i,
                              .fail = i % 7 == 3,
                              .full = i == 20,
                              .done = &done};
    writer_submit(writer, &jobs[i].job);
  }
  writer_stop(writer);
  assert_int_equal(done, 60);
  int64_t kept = 0;
  for (int i = 0; i < 60; i++) {
    enum store_error expected = i == 20 ? STORE_FULL : i == 31 && !jobs[30].fail ? STORE_CLASH : STORE_OK;
    if (!jobs[i].fail || i == 20) assert_int_equal(jobs[i].told, expected);
    kept += jobs[i].told == STORE_OK && !jobs[i].fail;
    arena_free(jobs[i].arena);
  }
  assert_int_equal(head_of(fixture).number, kept);
  assert_int_equal(hooked, kept);
}

/* Without the engine's marks: what was not written need not be taken back; what was, spoils the transaction. */
static void a_light_set_that_wrote_and_is_not_kept_spoils_its_transaction(void **state) {
  struct fixture *fixture = *state;
  for (int wrote = 0; wrote < 2; wrote++) {
    struct tx *tx = NULL;
    struct row *row = problem_numbered(fixture->arena, &T_PROBLEM, 1 + wrote);
    int64_t before = head_of(fixture).number;
    assert_int_equal(store_begin(fixture->store, &tx), STORE_OK);
    assert_int_equal(tx_mark_lightly(tx), STORE_OK);
    assert_int_equal(save(tx, NULL, row), STORE_OK);
    assert_int_equal(tx_end_set(tx, true), STORE_OK);
    assert_int_equal(tx_mark_lightly(tx), STORE_OK);
    if (wrote) assert_int_equal(save(tx, NULL, problem_numbered(fixture->arena, &T_PROBLEM, 7)), STORE_OK);
    assert_int_equal(tx_end_set(tx, false), wrote ? STORE_BROKEN : STORE_OK);
    assert_int_equal(tx_spoilt(tx), wrote);
    assert_int_equal(tx_commit(tx), wrote ? STORE_BROKEN : STORE_OK);
    assert_int_equal(head_of(fixture).number - before, !wrote);
  }
}

/* A set refused before it wrote costs no second run; one refused after that costs its group one, now and then. */
static bool refuse_at_once(struct job *job, struct tx *tx, enum store_error *error) {
  ((struct making *)job)->ran++;
  return false;
}
static void a_group_is_run_again_only_for_what_had_been_written(void **state) {
  struct fixture *fixture = *state;
  static const int RUNS[] = {1, 1, 2, 1};
  struct writer *writer = writer_start(fixture->store);
  for (int i = 0; i < 4; i++) {
    int done = 0;
    struct making making = {.arena = fixture->arena, .n = i, .fail = i >= 2, .done = &done};
    assert_int_equal(writer_run(writer, i == 1 ? refuse_at_once : make_one, &making.job), STORE_OK);
    assert_int_equal(making.ran, RUNS[i]);
  }
  writer_stop(writer);
  assert_int_equal(head_of(fixture).number, 1);
}

/* Each job but the last hands in the next while it runs. */
struct chained { struct making making; struct writer *writer; struct chained *next; };
static bool make_and_hand_in(struct job *job, struct tx *tx, enum store_error *error) {
  struct chained *chained = (struct chained *)job;
  bool kept = make_one(job, tx, error);
  if (chained->next) writer_submit(chained->writer, &chained->next->making.job);
  return kept;
}
static void count_commit(void *with, int64_t number) { ++*(int *)with; }

static void what_comes_while_a_group_runs_is_committed_with_it(void **state) {
  struct fixture *fixture = *state;
  struct chained jobs[20] = {{{{0}}}};
  int done = 0, commits = 0;
  struct writer *writer = writer_start(fixture->store);
  writer_on_commit(writer, count_commit, &commits);
  for (int i = 0; i < 20; i++)
    jobs[i] = (struct chained){.making = {.job = {.run = make_and_hand_in, .done = made_one},
                                          .arena = fixture->arena,
                                          .n = i,
                                          .done = &done},
                               .writer = writer,
                               .next = i < 19 ? &jobs[i + 1] : NULL};
  writer_submit(writer, &jobs[0].making.job);
  writer_stop(writer);
  assert_int_equal(done, 20);
  assert_int_equal(commits, 1);
  assert_int_equal(head_of(fixture).number, 20);
  for (int i = 0; i < 20; i++) assert_int_equal(jobs[i].making.told, STORE_OK);
}

static void a_job_can_be_waited_for(void **state) {
  struct fixture *fixture = *state;
  int done = 0;
  struct making making = {.arena = fixture->arena, .n = 1, .done = &done};
  struct writer *writer = writer_start(fixture->store);
  assert_int_equal(writer_run(writer, make_one, &making.job), STORE_OK);
  writer_stop(writer);
  assert_int_equal(head_of(fixture).number, 1);
}

static int64_t number_seen(struct reader *reader) {
  struct head head;
  assert_int_equal(reader_head(reader, &head), STORE_OK);
  return head.number;
}

/* Snapshots rest open between readers: each commit must end them, also for the log's sake. */
static void a_reader_sees_what_was_committed_before_it_began(void **state) {
  struct fixture *fixture = *state;
  struct reader *held = NULL, *reader = NULL;
  struct row *row = NULL;
  for (int i = 1; i <= 30; i++) {
    struct tx *tx = NULL;
    assert_int_equal(store_begin(fixture->store, &tx), STORE_OK);
    assert_int_equal(save(tx, NULL, problem_numbered(fixture->arena, &T_PROBLEM, i)), STORE_OK);
    assert_int_equal(tx_commit(tx), STORE_OK);
    assert_int_equal(store_reader(fixture->store, &reader), STORE_OK);
    assert_int_equal(number_seen(reader), i);
    assert_int_equal(reader_get(reader, &T_PROBLEM, &SCOPE_SYSTEM, i, fixture->arena, &row), STORE_OK);
    assert_int_equal(reader_get(reader, &T_PROBLEM, &SCOPE_SYSTEM, i + 1, fixture->arena, &row), STORE_ABSENT);
    if (i == 10) held = reader;
    else reader_release(reader);
  }
  assert_int_equal(number_seen(held), 10);
  assert_int_equal(reader_get(held, &T_PROBLEM, &SCOPE_SYSTEM, 11, fixture->arena, &row), STORE_ABSENT);
  reader_release(held);
  assert_int_equal(store_scrub(fixture->store), STORE_OK); /* nobody is in its way */
  assert_int_equal(store_reader(fixture->store, &reader), STORE_OK);
  assert_int_equal(number_seen(reader), 30);
  reader_release(reader);
}

/* The same question by one record and by list: secrecy 0, 1, 2 by turns. */
static void one_record_is_in_scope_exactly_when_the_list_holds_it(void **state) {
  struct fixture *fixture = *state;
  const int64_t units[] = {2, 3}, hidden[] = {4};
  const struct grant_scope open = {.relation = RELATION_ANY, .all = true, .secrecy = 0},
                           internal = {.relation = RELATION_ANY, .all = true, .secrecy = 1},
                           all = {.relation = RELATION_ANY, .all = true, .secrecy = UINT8_MAX},
                           led = {.relation = RELATION_LEAD, .units = units, .unit_count = 2, .secrecy = 2},
                           self = {.relation = RELATION_SELF, .secrecy = 1};
  const struct grant_scope lists[][2] = {{open, open},    {internal, open}, {all, open},      {led, led},
                                         {internal, led}, {led, internal},  {self, internal}, {self, self}};
  struct reader *reader = NULL;
  struct row *row = NULL;
  fill(fixture, 30);
  assert_int_equal(store_reader(fixture->store, &reader), STORE_OK);
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
    for (size_t excluded = 0; excluded < 2; excluded++)
      for (int64_t id = 1; id <= 31; id++) {
        struct scope scope = {.user = 101, .grants = lists[i], .grant_count = 2, .excluded = hidden, .excluded_count = excluded};
        struct query query = {.type = &T_PROBLEM, .ids = &id, .id_count = 1, .only_ids = true, .with_voided = true, .expected = -1};
        int64_t count = 0;
        assert_int_equal(reader_count(reader, &query, &scope, &count), STORE_OK);
        assert_int_equal(reader_get(reader, &T_PROBLEM, &scope, id, fixture->arena, &row), count ? STORE_OK : STORE_ABSENT);
        assert_true((row != NULL) == (count == 1));
      }
  reader_release(reader);
}

/* What a tx sees of units: how many there are, and the title of the first. */
static void units_are(struct tx *tx, struct fixture *fixture, int64_t count, const char *first) {
  struct query query = {.type = &T_UNIT, .expected = -1};
  struct row *row = NULL;
  int64_t found = 0;
  for (int i = 0; i < 2; i++) { /* the second time it is remembered */
    assert_int_equal(reader_count(tx_reader(tx), &query, &SCOPE_SYSTEM, &found), STORE_OK);
    assert_int_equal(found, count);
    assert_int_equal(reader_get(tx_reader(tx), &T_UNIT, &SCOPE_SYSTEM, 1, fixture->arena, &row), first ? STORE_OK : STORE_ABSENT);
    if (first) assert_string_equal(row_text(row, 1), first);
  }
}

static struct row *unit_named(struct fixture *fixture, const struct row *before, const char *name) {
  struct row *row = before ? row_copy(fixture->arena, before) : row_new(fixture->arena, &T_UNIT);
  row_set_text(row, 1, name);
  return row;
}

static struct tx *begun(struct store *store) {
  struct tx *tx = NULL;
  assert_int_equal(store_begin(store, &tx), STORE_OK);
  assert_int_equal(tx_mark(tx), STORE_OK);
  return tx;
}

/* The writer remembers what it read: never what has been changed, taken back, or written by somebody else. */
static void what_a_writer_remembers_is_true(void **state) {
  struct fixture *fixture = *state, other = *fixture;
  struct tx *tx = begun(fixture->store);
  struct row *first = unit_named(fixture, NULL, "甲");
  units_are(tx, fixture, 0, NULL);
  assert_int_equal(save(tx, NULL, first), STORE_OK);
  units_are(tx, fixture, 1, "甲");
  assert_int_equal(tx_end_set(tx, false), STORE_OK); /* taken back */
  units_are(tx, fixture, 0, NULL);
  assert_int_equal(tx_mark(tx), STORE_OK);
  assert_int_equal(save(tx, NULL, first = unit_named(fixture, NULL, "甲")), STORE_OK);
  assert_int_equal(tx_end_set(tx, true), STORE_OK);
  units_are(tx, fixture, 1, "甲");
  assert_int_equal(tx_commit(tx), STORE_OK);
  tx = begun(fixture->store);
  units_are(tx, fixture, 1, "甲");
  assert_int_equal(save(tx, first, unit_named(fixture, first, "乙")), STORE_OK);
  assert_int_equal(tx_end_set(tx, true), STORE_OK);
  units_are(tx, fixture, 1, "乙");
  tx_abandon(tx);
  tx = begun(fixture->store);
  units_are(tx, fixture, 1, "甲");
  assert_int_equal(tx_end_set(tx, true), STORE_OK);
  assert_int_equal(tx_commit(tx), STORE_OK);
  assert_int_equal(fixture_open(&other, &SCHEMA_OLD, NULL), STORE_OK); /* as another server would */
  tx = begun(other.store);
  assert_int_equal(save(tx, first, unit_named(fixture, first, "丙")), STORE_OK);
  assert_int_equal(tx_end_set(tx, true), STORE_OK);
  assert_int_equal(tx_commit(tx), STORE_OK);
  store_close(other.store);
  tx = begun(fixture->store);
  units_are(tx, fixture, 1, "丙");
  assert_int_equal(tx_destroy(tx, &T_UNIT, 1), STORE_OK);
  units_are(tx, fixture, 0, NULL);
  tx_abandon(tx);
}

/* A draft holds what every store holds, before it is settled, after it, and opened again. */
static void a_draft_is_a_store_and_stays_one_when_it_is_settled(void **state) {
  struct fixture *fixture = *state, draft = {.arena = fixture->arena};
  struct label reason;
  snprintf(draft.folder, sizeof draft.folder, "%.40s/draft", fixture->folder);
  struct store_options options = {.url = draft.folder, .data = draft.folder, .schema = &SCHEMA_OLD, .create = true, .draft = true};
  assert_int_equal(store_open(&options, &draft.store, fixture->arena, &reason), STORE_OK);
  fill(&draft, 700); /* more than the writer's log holds in one piece */
  assert_int_equal(side_put(draft.store, SIDE_SETTING, "a", "1", 0), STORE_OK);
  assert_string_equal(row_text(get(&draft, &T_PROBLEM, 700), T_TITLE), "题目 699");
  assert_int_equal(store_settle(draft.store), STORE_OK);
  assert_int_equal(store_settle(draft.store), STORE_OK);
  assert_string_equal(row_text(get(&draft, &T_PROBLEM, 1), T_TITLE), "题目 0");
  struct tx *tx = begun(draft.store);
  assert_int_equal(save(tx, NULL, unit_named(fixture, NULL, "甲")), STORE_OK);
  assert_int_equal(tx_end_set(tx, true), STORE_OK);
  assert_int_equal(tx_commit(tx), STORE_OK);
  store_close(draft.store);
  char *value = NULL;
  assert_int_equal(fixture_open(&draft, &SCHEMA_OLD, NULL), STORE_OK);
  assert_int_equal(head_of(&draft).number, 701);
  assert_int_equal(side_get(draft.store, SIDE_SETTING, "a", fixture->arena, &value), STORE_OK);
  assert_string_equal(value, "1");
  store_close(draft.store);
}

#define STORE_TEST(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)
int main(void) {
  const struct CMUnitTest tests[] = {STORE_TEST(what_is_put_is_read_back),
                                     STORE_TEST(only_what_differs_is_written),
                                     STORE_TEST(a_unique_value_clashes_and_the_set_leaves_nothing),
                                     STORE_TEST(entries_are_dense_and_a_set_taken_back_never_was),
                                     STORE_TEST(the_tree_survives_closing_and_abandoning),
                                     STORE_TEST(moments_never_go_back),
                                     STORE_TEST(what_is_destroyed_is_in_no_file),
                                     STORE_TEST(an_old_folder_gains_new_fields_and_types),
                                     STORE_TEST(what_cannot_be_migrated_is_refused_with_its_reason),
                                     STORE_TEST(a_side_value_is_swapped_only_when_it_is_as_expected),
                                     STORE_TEST(side_values_are_listed_by_prefix_and_audit_lines_are_chained),
                                     STORE_TEST(a_backup_is_a_store),
                                     STORE_TEST(one_failing_job_does_not_harm_its_neighbours),
                                     STORE_TEST(a_light_set_that_wrote_and_is_not_kept_spoils_its_transaction),
                                     STORE_TEST(a_group_is_run_again_only_for_what_had_been_written),
                                     STORE_TEST(what_comes_while_a_group_runs_is_committed_with_it),
                                     STORE_TEST(a_job_can_be_waited_for),
                                     STORE_TEST(one_record_is_in_scope_exactly_when_the_list_holds_it),
                                     STORE_TEST(what_a_writer_remembers_is_true),
                                     STORE_TEST(a_reader_sees_what_was_committed_before_it_began),
                                     STORE_TEST(a_draft_is_a_store_and_stays_one_when_it_is_settled)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
