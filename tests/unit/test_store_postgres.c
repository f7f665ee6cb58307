/* The store's promises, the same in both databases, and what only PostgreSQL can meet: several servers, connections
   that break. */
#include <pthread.h>
#include <sys/stat.h>

#include "test_store_postgres.h"

static struct row *get(struct reader *reader, int64_t id, struct arena *arena) {
  struct row *row = NULL;
  enum store_error error = reader_get(reader, &test_thing, &SCOPE_SYSTEM, id, arena, &row);
  assert_true(error == STORE_OK || error == STORE_ABSENT);
  return error == STORE_OK ? row : NULL;
}

static struct row *get_now(struct place *place, int64_t id) {
  struct reader *reader = reader_new(place->store);
  struct row *row = get(reader, id, place->arena);
  reader_release(reader);
  return row;
}

static void assert_rows_equal(const struct row *one, const struct row *other) {
  for (size_t i = 0; i < test_thing.field_count; i++) assert_true(value_equal(&one->values[i], &other->values[i]));
  assert_int_equal(one->id, other->id);
  assert_int_equal(one->version, other->version);
  assert_int_equal(one->state, other->state);
  assert_int_equal(one->created, other->created);
  assert_int_equal(one->changed, other->changed);
  assert_int_equal(one->entry, other->entry);
  assert_int_equal(one->voided, other->voided);
}

/* ---- rows ---- */

static void row_comes_back(struct place *place) {
  struct arena *arena = place->arena;
  struct row *row = thing_new(arena, 5);
  const int64_t extremes[] = {INT64_MIN + 1, INT64_MAX, -1, 0};
  for (int at = 0; at < 4; at++) {
    row_set_integer(row, T_COUNT, extremes[at]);
    row_set_integer(row, T_DECIMAL, extremes[3 - at]);
    row_set_integer(row, T_MONEY, 9007199254740993);
    row_set_integer(row, T_MOMENT, 1790000000000001);
    row_set_integer(row, T_CHOICES, 6);
    row_set_integer(row, T_YES, at % 2);
    row_set_text(row, T_CONTACT, "1:abc'\"\\\n%s$1");
    row_set_text(row, T_NUMBER, arena_print(arena, "n%d", at));
    row->id = 0;
    struct tx *tx = tx_new(place->store);
    assert_int_equal(row_write(tx, NULL, row, ENTRY_CHANGE, ACTION_CREATE), STORE_OK);
    assert_rows_equal(get(tx_reader(tx), row->id, arena), row);
    assert_int_equal(tx_commit(tx), STORE_OK);
    assert_rows_equal(get_now(place, row->id), row);
  }
}
static void every_type_of_field_comes_back(void **state) { in_both(row_comes_back); }

static void sets(struct place *place) {
  struct arena *arena = place->arena;
  struct row *kept = thing_new(arena, 1), *dropped = thing_new(arena, 2), *clashing = thing_new(arena, 1), *later = thing_new(arena, 4);
  struct tx *tx = tx_new(place->store);
  assert_int_equal(tx_mark(tx), STORE_OK);
  assert_int_equal(row_write(tx, NULL, kept, ENTRY_CHANGE, ACTION_CREATE), STORE_OK);
  assert_int_equal(tx_end_set(tx, true), STORE_OK);
  assert_int_equal(tx_mark(tx), STORE_OK);
  assert_int_equal(row_write(tx, NULL, dropped, ENTRY_CHANGE, ACTION_CREATE), STORE_OK);
  assert_non_null(get(tx_reader(tx), 2, arena));
  assert_int_equal(tx_end_set(tx, false), STORE_OK);
  assert_null(get(tx_reader(tx), 2, arena));
  assert_int_equal(tx_mark(tx), STORE_OK);
  row_write(tx, NULL, clashing, ENTRY_CHANGE, ACTION_CREATE); /* told here or at the end */
  assert_int_equal(tx_end_set(tx, true), STORE_CLASH);
  assert_int_equal(tx_mark(tx), STORE_OK);
  assert_int_equal(row_write(tx, NULL, later, ENTRY_CHANGE, ACTION_CREATE), STORE_OK);
  assert_int_equal(tx_end_set(tx, true), STORE_OK);
  assert_int_equal(later->id, 2);
  assert_int_equal(tx_commit(tx), STORE_OK);
  assert_int_equal(head_number(place->store), 2);
  assert_string_equal(row_text(get_now(place, 2), T_NUMBER), "N-000004");
}
static void a_set_stands_whole_or_not_at_all(void **state) { in_both(sets); }

static void abandoned(struct place *place) {
  struct row *row = thing_new(place->arena, 1);
  struct tx *tx = tx_new(place->store);
  assert_int_equal(row_write(tx, NULL, row, ENTRY_CHANGE, ACTION_CREATE), STORE_OK);
  assert_int_equal(tx_key_put(tx, "k", "v", 0), STORE_OK);
  tx_abandon(tx);
  char *value;
  tx = tx_new(place->store);
  assert_int_equal(tx_head(tx).number, 0);
  assert_int_equal(tx_key_get(tx, "k", place->arena, &value), STORE_ABSENT);
  assert_int_equal(tx_key_put(tx, "k", "结果", 0), STORE_OK);
  assert_int_equal(tx_key_get(tx, "k", place->arena, &value), STORE_OK);
  assert_string_equal(value, "结果");
  assert_int_equal(tx_commit(tx), STORE_OK);
}
static void what_is_abandoned_never_was(void **state) { in_both(abandoned); }

static void snapshot(struct place *place) {
  things_write(place, 1, 5);
  struct reader *reader = reader_new(place->store);
  struct head before, after;
  int64_t count;
  struct query query = {.type = &test_thing, .expected = -1};
  assert_int_equal(reader_head(reader, &before), STORE_OK);
  things_write(place, 6, 5);
  assert_int_equal(reader_head(reader, &after), STORE_OK);
  assert_int_equal(before.number, after.number);
  assert_int_equal(reader_count(reader, &query, &SCOPE_SYSTEM, &count), STORE_OK);
  assert_int_equal(count, 5);
  reader_release(reader);
  assert_true(head_number(place->store) > before.number);
}
static void a_reader_stays_at_its_moment(void **state) { in_both(snapshot); }

/* ---- many entries ---- */

struct counting { struct reader *reader; int64_t entries, last, nested; };
static bool count_leaf(void *with, int64_t number, const uint8_t leaf[HASH_SIZE]) {
  ((struct counting *)with)->nested++;
  return true;
}
static bool count_entry(void *with, const struct entry *entry) {
  struct counting *counting = with;
  counting->entries++;
  assert_true(entry->number > counting->last);
  counting->last = entry->number;
  if (entry->number % 500 == 0) assert_int_equal(reader_leaves(counting->reader, entry->number, 1, count_leaf, counting), STORE_OK);
  return entry->number < 2900;
}

static void streams(struct place *place) {
  things_write(place, 1, 2000); /* one transaction of thousands of queued statements */
  struct counting counting = {.reader = reader_new(place->store)};
  assert_int_equal(reader_journal(counting.reader, 0, SIZE_MAX, count_entry, &counting), STORE_OK);
  assert_int_equal(counting.entries, 2900);
  assert_int_equal(counting.nested, 5);
  counting.last = counting.entries = 0;
  assert_int_equal(reader_journal(counting.reader, 10, 5, count_entry, &counting), STORE_OK);
  assert_int_equal(counting.entries, 5);
  reader_release(counting.reader);
}
static void a_journal_is_read_by_stretches(void **state) { in_both(streams); }

/* ---- the same answers ---- */

static bool print_row(void *with, const struct row *row) {
  buffer_print(with, " %lld", (long long)row->id);
  return true;
}
static bool print_cell(void *with, const int64_t *dimensions, int64_t count) {
  buffer_print(with, " (%lld,%lld:%lld)", (long long)dimensions[0], (long long)dimensions[1], (long long)count);
  return true;
}

static void list_print(struct reader *reader, struct buffer *out, struct query *query, const struct scope *scope) {
  int64_t count;
  struct arena *arena = arena_new();
  const uint16_t by[] = {T_LEAD, T_CHOICE};
  query->expected = -1;
  assert_int_equal(reader_list(reader, query, scope, arena, print_row, out), STORE_OK);
  assert_int_equal(reader_count(reader, query, scope, &count), STORE_OK);
  buffer_print(out, " = %lld\n", (long long)count);
  if (!query->has_after) assert_int_equal(reader_tally(reader, query, by, 2, scope, print_cell, out), STORE_OK);
  buffer_byte(out, '\n');
  arena_free(arena);
}

static void answers_print(struct place *place, struct buffer *out) {
  const int64_t units[] = {2, 3}, excluded[] = {11, 17};
  const struct value date = value_integer(T_DATE, 20009), choice = value_integer(T_CHOICE, 2), member = value_integer(T_JOINT, 3);
  const struct value counts[] = {value_integer(T_COUNT, -2), value_integer(T_COUNT, 3), value_integer(T_COUNT, 118)};
  const struct value title = value_text(T_TITLE, "题目 5 '\"\\;");
  const struct condition conditions[] = {
    {T_DATE, C_LESS, &date, 1}, {T_DATE, C_AT_LEAST, &date, 1}, {T_DATE, C_EMPTY, NULL, 0}, {T_CHOICE, C_IS, &choice, 1}, {T_CHOICE, C_IS_NOT, &choice, 1},
    {T_COUNT, C_IN, counts, 3}, {T_JOINT, C_HAS, &member, 1}, {T_TITLE, C_MORE, &title, 1}, {T_DATE, C_FILLED, NULL, 0}};
  const struct grant_scope lead = {.relation = RELATION_LEAD, .units = units, .unit_count = 2, .secrecy = 255},
                           joint = {.relation = RELATION_JOINT, .units = units, .unit_count = 2, .secrecy = 255};
  const struct grant_scope both[] = {lead, joint};
  const struct scope scopes[] = {SCOPE_SYSTEM, {.grants = &lead, .grant_count = 1}, {.grants = &joint, .grant_count = 1},
                                 {.grants = both, .grant_count = 2, .excluded = excluded, .excluded_count = 2}, {.grants = NULL}};
  const uint16_t sorts[] = {0, T_DATE, T_TITLE, T_COUNT, FIELD_CHANGED};
  struct reader *reader = reader_new(place->store);
  for (size_t s = 0; s < sizeof scopes / sizeof scopes[0]; s++)
    for (size_t c = 0; c <= sizeof conditions / sizeof conditions[0]; c++)
      for (size_t o = 0; o < sizeof sorts / sizeof sorts[0]; o++) {
        struct query query = {.type = &test_thing,
                              .conditions = c ? &conditions[c - 1] : NULL,
                              .condition_count = c > 0,
                              .sort = sorts[o],
                              .descending = (c + o) % 2,
                              .limit = 40};
        buffer_print(out, "%zu/%zu/%zu:", s, c, o);
        list_print(reader, out, &query, &scopes[s]);
      }
  struct query after = {.type = &test_thing, .sort = T_DATE, .has_after = true, .after = date, .after_id = 60, .limit = 30};
  list_print(reader, out, &after, &scopes[3]);
  after.descending = true;
  list_print(reader, out, &after, &scopes[3]);
  after.after = value_nothing(T_DATE);
  list_print(reader, out, &after, &scopes[0]);
  after.descending = false;
  list_print(reader, out, &after, &scopes[0]);
  reader_release(reader);
}

static void both_stores_answer_the_same(void **state) {
  struct buffer answers[2] = {{0}, {0}};
  if (!getenv("BIHUAN_TEST_POSTGRES")) skip();
  for (int postgres = 0; postgres < 2; postgres++) {
    struct place *place = place_new(postgres);
    things_write(place, 1, 120);
    answers_print(place, &answers[postgres]);
    place_free(place);
  }
  assert_true(answers[0].size > 10000);
  size_t at = 0;
  while (at < answers[0].size && answers[0].bytes[at] == answers[1].bytes[at]) at++;
  if (at < answers[0].size || answers[0].size != answers[1].size) {
    while (at > 0 && answers[0].bytes[at - 1] != '\n') at--;
    fail_msg("SQLite:\n%.400s\nPostgreSQL:\n%.400s", answers[0].bytes + at, answers[1].bytes + at);
  }
  buffer_free(&answers[0]);
  buffer_free(&answers[1]);
}

/* ---- side values ---- */

static bool print_side(void *with, const char *key, const char *value, size_t size, int64_t expires) {
  buffer_print(with, "%s=%.*s;", key, (int)size, value);
  return true;
}
static bool print_audit(void *with, const struct audit *audit) {
  buffer_print(with, "%lld %s %s;", (long long)audit->number, audit->what, audit->detail);
  return true;
}

static void side_values(struct place *place) {
  struct store *store = place->store;
  struct buffer out = {.arena = place->arena};
  char *value;
  assert_int_equal(side_get(store, SIDE_LEASE, "a", place->arena, &value), STORE_ABSENT);
  assert_int_equal(side_swap(store, SIDE_LEASE, "a", NULL, "1", 0), STORE_OK);
  assert_int_equal(side_swap(store, SIDE_LEASE, "a", NULL, "2", 0), STORE_CLASH);
  assert_int_equal(side_swap(store, SIDE_LEASE, "a", "2", "3", 0), STORE_CLASH);
  assert_int_equal(side_swap(store, SIDE_LEASE, "a", "1", "3", 0), STORE_OK);
  assert_int_equal(side_put(store, SIDE_LEASE, "ab", "四", 50), STORE_OK);
  assert_int_equal(side_put(store, SIDE_LEASE, "b", "5", 500), STORE_OK);
  assert_int_equal(side_put(store, SIDE_SESSION, "a", "6", 0), STORE_OK);
  assert_int_equal(side_list(store, SIDE_LEASE, "a", print_side, &out), STORE_OK);
  assert_string_equal(out.bytes, "a=3;ab=四;");
  assert_int_equal(side_expire(store, 100), STORE_OK);
  assert_int_equal(side_remove(store, SIDE_LEASE, "a"), STORE_OK);
  buffer_clear(&out);
  assert_int_equal(side_list(store, SIDE_LEASE, "", print_side, &out), STORE_OK);
  assert_string_equal(out.bytes, "b=5;");
  for (int i = 1; i <= 3; i++) {
    struct audit audit = {.moment = i, .actor = 1, .what = "sign_in", .detail = "{}"};
    assert_int_equal(audit_append(store, &audit), STORE_OK);
    assert_int_equal(audit.number, i);
  }
  buffer_clear(&out);
  assert_int_equal(audit_list(store, 1, 10, print_audit, &out), STORE_OK);
  assert_string_equal(out.bytes, "2 sign_in {};3 sign_in {};");
}
static void side_values_keep_apart(void **state) { in_both(side_values); }

static void backup(struct place *place) {
  struct label reason;
  struct stat file;
  things_write(place, 1, 10);
  char *folder = arena_print(place->arena, "%s/copy", place->folder);
  enum store_error error = store_backup(place->store, folder, place->arena, &reason);
  if (error) fail_msg("%d: %s", error, reason.en);
  assert_int_equal(stat(arena_print(place->arena, "%s/%s", folder, place->postgres ? "store.dump" : "store.db"), &file), 0);
  assert_true(file.st_size > 1000);
  if (place->postgres) assert_int_equal(file.st_mode & 077, 0);
  assert_int_equal(stat(folder, &file), 0);
  assert_int_equal(file.st_mode & 077, 0);
}
static void a_backup_is_a_file_for_its_owner(void **state) { in_both(backup); }

/* Into an empty place: the same rows, and the journal proves them. */
static void restored(struct place *place) {
  struct label reason;
  int64_t entries, records;
  things_write(place, 1, 30);
  char *folder = arena_print(place->arena, "%s/copy", place->folder), *text;
  assert_int_equal(side_put(place->store, SIDE_SETTING, "a", "b", 0), STORE_OK);
  assert_int_equal(store_backup(place->store, folder, place->arena, &reason), STORE_OK);
  assert_int_equal(store_restore(place->url, folder, place->arena, &reason), STORE_REFUSED); /* it is not empty */
  store_close(place->store);
  if (place->postgres)
    test_sql(arena_print(place->arena, "DROP SCHEMA %s CASCADE; CREATE SCHEMA %s", place_name(place), place_name(place)));
  else assert_int_equal(system(arena_print(place->arena, "rm %s/*.db*", place->folder)), 0);
  enum store_error error = store_restore(place->url, folder, place->arena, &reason);
  if (error) fail_msg("%d: %s", error, reason.en);
  place->store = place_open(place, &test_schema, STORE_OK);
  struct reader *reader = reader_new(place->store);
  assert_int_equal(seal_verify(place->store, reader, NULL, place->arena, NULL, NULL, &entries, &records), STORE_OK);
  assert_int_equal(records, 30);
  reader_release(reader);
  assert_int_equal(side_get(place->store, SIDE_SETTING, "a", place->arena, &text), STORE_OK);
  things_write(place, 31, 3);
}
static void a_backup_can_be_restored(void **state) { in_both(restored); }

/* ---- several servers ---- */

static void two_servers(struct place *place) {
  struct store *other = place_open(place, &test_schema, STORE_OK), *first = place->store;
  int64_t entries, records;
  for (int round = 0; round < 40; round++) {
    place->store = round % 3 ? first : other;
    things_write(place, 1 + round * 20, 20);
  }
  place->store = first;
  struct counting counting = {.reader = reader_new(first)};
  /* no sink: nothing to say */
  assert_int_equal(seal_verify(first, counting.reader, NULL, place->arena, NULL, NULL, &entries, &records), STORE_OK);
  assert_int_equal(records, 800);
  reader_release(counting.reader);
  assert_int_equal(head_number(first), head_number(other));
  store_close(other);
}
static void two_servers_share_one_order(void **state) { in_postgres(two_servers); }

struct waiter { struct store *store; enum store_error error; int64_t number; };
static void *wait_for_head(void *with) {
  struct waiter *waiter = with;
  struct tx *tx;
  waiter->error = store_begin(waiter->store, &tx);
  if (waiter->error == STORE_OK) {
    waiter->number = tx_head(tx).number;
    tx_abandon(tx);
  }
  return NULL;
}

static void head_held(struct place *place) {
  struct store *other = place_open(place, &test_schema, STORE_OK);
  struct waiter waiter = {.store = other};
  pthread_t thread;
  struct row *row = thing_new(place->arena, 1);
  struct tx *tx = tx_new(place->store);
  assert_int_equal(pthread_create(&thread, NULL, wait_for_head, &waiter), 0);
  assert_int_equal(row_write(tx, NULL, row, ENTRY_CHANGE, ACTION_CREATE), STORE_OK);
  usleep(200000);
  assert_int_equal(tx_commit(tx), STORE_OK);
  pthread_join(thread, NULL);
  assert_int_equal(waiter.error, STORE_OK);
  assert_int_equal(waiter.number, 1); /* it waited, and saw what was committed meanwhile */
  tx = tx_new(place->store);
  wait_for_head(&waiter);
  assert_int_equal(waiter.error, STORE_BUSY); /* it does not wait for ever */
  tx_abandon(tx);
  store_close(other);
}
static void the_head_is_waited_for_but_not_for_ever(void **state) { in_postgres(head_held); }

static void fenced(struct place *place) {
  struct schema newer = test_schema;
  newer.version = 2;
  struct store *other = place_open(place, &newer, STORE_OK);
  struct tx *tx = NULL;
  assert_int_equal(store_begin(place->store, &tx), STORE_REFUSED);
  assert_null(tx);
  tx = tx_new(other);
  tx_abandon(tx);
  store_close(other);
}
static void an_old_program_is_fenced(void **state) { in_postgres(fenced); }

/* ---- connections that break ---- */

static void connections_end(struct place *place) {
  test_sql(arena_print(place->arena, "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = '%s'",
                       place_name(place)));
  usleep(100000);
}

static void lost_while_resting(struct place *place) {
  things_write(place, 1, 3);
  connections_end(place);
  things_write(place, 4, 3);
  connections_end(place);
  assert_non_null(get_now(place, 1));
  connections_end(place);
  assert_int_equal(side_put(place->store, SIDE_SETTING, "a", "b", 0), STORE_OK);
  connections_end(place);
  assert_int_equal(side_put(place->store, SIDE_SETTING, "a", "c", 0), STORE_OK);
}
static void a_resting_connection_that_broke_is_made_anew(void **state) { in_postgres(lost_while_resting); }

static void lost_amid(struct place *place) {
  struct row *row = thing_new(place->arena, 1);
  struct tx *tx = tx_new(place->store);
  assert_int_equal(tx_mark(tx), STORE_OK);
  assert_int_equal(row_write(tx, NULL, row, ENTRY_CHANGE, ACTION_CREATE), STORE_OK);
  connections_end(place);
  assert_int_equal(tx_end_set(tx, true), STORE_GONE);
  assert_int_not_equal(tx_commit(tx), STORE_OK);
  tx = tx_new(place->store);
  row = thing_new(place->arena, 1);
  assert_int_equal(row_write(tx, NULL, row, ENTRY_CHANGE, ACTION_CREATE), STORE_OK);
  connections_end(place);
  assert_int_equal(tx_commit(tx), STORE_GONE);
  assert_int_equal(head_number(place->store), 0);
  struct reader *reader = reader_new(place->store);
  struct head head;
  assert_int_equal(reader_head(reader, &head), STORE_OK);
  connections_end(place);
  assert_int_equal(reader_head(reader, &head), STORE_GONE);
  reader_release(reader);
  things_write(place, 1, 3);
}
static void a_connection_that_breaks_amid_a_transaction_is_gone(void **state) { in_postgres(lost_amid); }

/* A server that is stopped answers nobody: the commit's fate is open. */
static void stopped(struct place *place) {
  struct row *row = thing_new(place->arena, 1);
  struct tx *tx = tx_new(place->store);
  assert_int_equal(row_write(tx, NULL, row, ENTRY_CHANGE, ACTION_CREATE), STORE_OK);
  PGconn *link = test_link();
  PGresult *pids = PQexec(link,
                          arena_print(place->arena, "SELECT pid FROM pg_stat_activity WHERE application_name = '%s'", place_name(place)));
  char text[64];
  for (int i = 0; i < PQntuples(pids); i++) {
    snprintf(text, sizeof text, "kill -STOP %s 2>/dev/null", PQgetvalue(pids, i, 0));
    if (system(text) != 0) {
      print_message("the server belongs to somebody else: not stopped\n");
      tx_abandon(tx);
      goto out;
    }
  }
  assert_int_equal(tx_commit(tx), STORE_UNCERTAIN);
  for (int i = 0; i < PQntuples(pids); i++) {
    snprintf(text, sizeof text, "kill -CONT %s", PQgetvalue(pids, i, 0));
    assert_int_equal(system(text), 0);
  }
  usleep(300000);
  struct row *stands = get_now(place, 1);
  things_write(place, 10, 3);
  assert_true(head_number(place->store) >= 3 + (stands != NULL));
out:
  PQclear(pids);
  PQfinish(link);
}
static void a_stopped_server_leaves_the_commit_uncertain(void **state) { in_postgres(stopped); }

/* A page sorted by anything that has an index walks that index, upwards and downwards: an order that says otherwise where nothing stands
   (NULLS) would sort the whole table instead. */
static void pages_walk_their_index(struct place *place) {
  static const uint16_t SORTED[] = {T_DATE, FIELD_CHANGED, FIELD_ID};
  char kept[sizeof place->url];
  struct reader *reader = NULL;
  strcpy(kept, place->url);
  strcat(place->url, "%20-cenable_seqscan%3Doff%20-cenable_bitmapscan%3Doff"); /* as with many rows */
  struct store *store = place_open(place, &test_schema, STORE_OK);
  strcpy(place->url, kept);
  assert_int_equal(store_reader(store, &reader), STORE_OK);
  for (size_t i = 0; i < 2 * (sizeof SORTED / sizeof *SORTED); i++) {
    struct query query = {.type = &test_thing, .sort = SORTED[i / 2], .descending = i % 2, .limit = 50, .expected = -1};
    char *words = NULL;
    assert_int_equal(reader_plan(reader, &query, &SCOPE_SYSTEM, place->arena, &words), STORE_OK);
    if (!strstr(words, "Index") || strstr(words, "Sort")) fail_msg("sorted by %u, descending %d: %s", SORTED[i / 2], (int)(i % 2), words);
  }
  reader_release(reader);
  store_close(store);
}
static void a_sorted_page_walks_an_index(void **state) { in_postgres(pages_walk_their_index); }

/* ---- what lacks a value ---- */

static size_t times(const char *words, const char *name) {
  size_t count = 0;
  for (const char *at = strstr(words, name); at; at = strstr(at + 1, name)) count++;
  return count;
}

struct lacking { int64_t last_date; size_t count; };
static bool lacking_take(void *with, const struct row *row) {
  struct lacking *lacking = with;
  int64_t date = row_integer(row, T_DATE);
  assert_int_equal(row_integer(row, T_CHOICE), NOTHING);
  if (lacking->count && date != NOTHING) assert_true(lacking->last_date != NOTHING && date <= lacking->last_date);
  lacking->last_date = date;
  lacking->count++;
  return true;
}

/* An index by state and choice that is laid out by a sort has a part for each state of what lacks the choice: a page of these is its
   beginnings, not a scan of everything (the last of the problems by colour are those without one). */
static void lacks_a_choice(struct place *place) {
  static const uint16_t INDEXED[][3] = {{FIELD_STATE, T_CHOICE}};
  struct record_type thing = test_thing;
  const struct record_type *const types[] = {&test_unit, &thing};
  const struct schema schema = {.types = types, .count = 2, .version = 1};
  struct condition none = {.field = T_CHOICE, .how = C_EMPTY};
  struct query query =
      {.type = &thing, .conditions = &none, .condition_count = 1, .sort = T_DATE, .descending = true, .limit = 50, .expected = -1};
  struct lacking lacking = {0};
  char *words = NULL;
  thing.indexes = INDEXED;
  thing.index_count = 1;
  things_write(place, 1, 100); /* every fourth lacks it */
  store_close(place->store);
  if (place->postgres) strcat(place->url, "%20-cenable_seqscan%3Doff%20-cenable_bitmapscan%3Doff"); /* as with many rows */
  place->store = place_open(place, &schema, STORE_OK);
  struct reader *reader = reader_new(place->store);
  assert_int_equal(reader_list(reader, &query, &SCOPE_SYSTEM, place->arena, lacking_take, &lacking), STORE_OK);
  assert_int_equal(lacking.count, 25);
  assert_int_equal(reader_plan(reader, &query, &SCOPE_SYSTEM, place->arena, &words), STORE_OK);
  if (times(words, "i_thing_for_state_choice_by_date") != 2) fail_msg("not a part for each of two states: %s", words);
  reader_release(reader);
  if (place->postgres) *strstr(place->url, "%20-cenable") = '\0'; /* the place's name is its end */
}
static void what_lacks_a_choice_is_found_by_parts(void **state) { in_both(lacks_a_choice); }

/* Counted no further than asked; what a few of all are is counted to the end. */
static void counts_stop(struct place *place) {
  static const struct {
    int64_t more, most, found;
  } CASES[] = {{-100, 5, 5}, {-100, 30, 30}, {-100, 31, 30}, {99, 5, 5}, {99, 100, 10}, {1000, 5, 0}};
  things_write(place, 1, 30); /* every third counts above a hundred */
  struct reader *reader = reader_new(place->store);
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    struct value least = value_integer(T_COUNT, CASES[i].more);
    struct condition condition = {.field = T_COUNT, .how = C_MORE, .values = &least, .count = 1};
    struct query query = {.type = &test_thing, .conditions = &condition, .condition_count = 1, .expected = -1};
    int64_t count = -1;
    assert_int_equal(reader_count_up_to(reader, &query, &SCOPE_SYSTEM, CASES[i].most, &count), STORE_OK);
    assert_int_equal(count, CASES[i].found);
  }
  reader_release(reader);
}
static void a_count_stops_where_it_is_told(void **state) { in_both(counts_stop); }

static void nobody_there(void **state) {
  struct place place = {.url = "postgresql://nobody@127.0.0.1:1/none", .folder = "/tmp"};
  assert_null(place_open(&place, &test_schema, STORE_GONE));
  strcpy(place.url, "postgresql://nobody@127.0.0.1:1/none?what=this");
  assert_null(place_open(&place, &test_schema, STORE_REFUSED));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_type_of_field_comes_back),
      cmocka_unit_test(a_set_stands_whole_or_not_at_all),
      cmocka_unit_test(what_is_abandoned_never_was),
      cmocka_unit_test(a_reader_stays_at_its_moment),
      cmocka_unit_test(a_journal_is_read_by_stretches),
      cmocka_unit_test(both_stores_answer_the_same),
      cmocka_unit_test(side_values_keep_apart),
      cmocka_unit_test(a_backup_is_a_file_for_its_owner),
      cmocka_unit_test(a_backup_can_be_restored),
      cmocka_unit_test(two_servers_share_one_order),
      cmocka_unit_test(the_head_is_waited_for_but_not_for_ever),
      cmocka_unit_test(an_old_program_is_fenced),
      cmocka_unit_test(a_resting_connection_that_broke_is_made_anew),
      cmocka_unit_test(a_connection_that_breaks_amid_a_transaction_is_gone),
      cmocka_unit_test(a_stopped_server_leaves_the_commit_uncertain),
      cmocka_unit_test(a_sorted_page_walks_an_index),
      cmocka_unit_test(what_lacks_a_choice_is_found_by_parts),
      cmocka_unit_test(a_count_stops_where_it_is_told),
      cmocka_unit_test(nobody_there),
  };
  base_start();
  say_if_skipped();
  return cmocka_run_group_tests(tests, NULL, NULL);
}
