/* Tallies: after any changes they say what the store says, at the same journal number, within every scope they answer for. */
#include "house_fixture.h"
#include <sys/stat.h>
#include "base/hash.h"
#include "follow/cube.h"
#include "follow/followers_parts.h"

#define PROBLEMS 300
#define ROUNDS 1500

struct changed { struct row *rows[PROBLEMS]; };

/* Straight into the store, as the door would write it: one entry and the row. */
static struct row *put(struct home *home, struct tx *tx, struct row *before, struct row *after, enum action_code action, uint8_t kind) {
  struct buffer body = {.arena = home->arena};
  struct entry entry = {.moment = moment_system(),
                        .actor = 1,
                        .record = before ? before->id : 0,
                        .version = before ? before->version + (kind == ENTRY_CHANGE) : 1,
                        .type = RECORD_PROBLEM,
                        .action = action,
                        .state = after->state,
                        .kind = kind,
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

static int64_t pick(int64_t most) { return 1 + rand() % most; }

static void fields_random(struct row *row) {
  static const struct {
    uint16_t field;
    int64_t most;
  } ranges[] = {{PROBLEM_CATEGORY, 5}, {PROBLEM_SOURCE, 8}, {PROBLEM_KIND, 3}, {PROBLEM_COLOUR, 6}, {PROBLEM_LEAD_UNIT, 9}};
  size_t which = (size_t)rand() % COUNT_OF(ranges);
  row_set_integer(row, ranges[which].field, rand() % 10 ? pick(ranges[which].most) : NOTHING);
  row_set_integer(row, PROBLEM_SECRECY, rand() % 3);
  row_set_integer(row, PROBLEM_COUNTED, rand() % 2);
  row_set_integer(row, PROBLEM_CAMPAIGN, 101 + rand() % 3); /* as a correction by two people may put it elsewhere */
  row->state = (state_code)pick(13);
}

static struct row *problem_new(struct home *home) {
  struct row *row = row_new(home->arena, record_type(RECORD_PROBLEM));
  row_set_text(row, PROBLEM_TITLE, "问题");
  row_set_integer(row, PROBLEM_LEAD_UNIT, pick(9));
  fields_random(row);
  return row;
}

static void change_one(struct home *home, struct tx *tx, struct changed *changed) {
  size_t at = (size_t)rand() % PROBLEMS;
  struct row *before = changed->rows[at];
  if (!before) {
    changed->rows[at] = put(home, tx, NULL, problem_new(home), ACTION_CREATE, ENTRY_CHANGE);
    return;
  }
  if (before->voided) return;
  struct row *after = row_copy(home->arena, before);
  bool voids = rand() % 20 == 0, derived = rand() % 4 == 0;
  if (voids) after->voided = true;
  else fields_random(after);
  if (derived && !voids) after->state = before->state;
  changed->rows[at] = put(home, tx, before, after, voids ? ACTION_VOID : ACTION_EDIT, derived && !voids ? ENTRY_DERIVED : ENTRY_CHANGE);
}

static void change_some(struct home *home, struct changed *changed, int count) {
  struct tx *tx = NULL;
  assert_int_equal(store_begin(home->house->store, &tx), STORE_OK);
  assert_int_equal(tx_mark(tx), STORE_OK);
  for (int i = 0; i < count; i++) change_one(home, tx, changed);
  assert_int_equal(tx_end_set(tx, true), STORE_OK);
  assert_int_equal(tx_commit(tx), STORE_OK);
}

/* Cells as sorted lines. */
struct lines { struct arena *arena; char **items; size_t count, width; };
static bool line_take(void *with, const int64_t *dimensions, int64_t count) {
  struct lines *lines = with;
  struct buffer line = {.arena = lines->arena};
  for (size_t i = 0; i < lines->width; i++) buffer_print(&line, "%lld ", (long long)dimensions[i]);
  buffer_print(&line, "= %lld", (long long)count);
  if (!lines->items) lines->items = ARENA_ARRAY(lines->arena, char *, 20000);
  if (count) lines->items[lines->count++] = line.bytes;
  return true;
}
static int line_order(const void *one, const void *other) { return strcmp(*(char *const *)one, *(char *const *)other); }

static void same(struct home *home, const struct query *query, const uint16_t *by, size_t count, const struct scope *scope) {
  struct lines told = {.arena = home->arena, .width = count}, stored = {.arena = home->arena, .width = count};
  struct reader *reader = home_reader(home);
  struct head head;
  int64_t journal = 0;
  assert_int_equal(reader_head(reader, &head), STORE_OK);
  assert_true(followers_reach(home->house->followers, "tallies", head.number, 5000));
  assert_true(tallies_count(home->house->tallies, query, by, count, scope, line_take, &told, &journal));
  assert_int_equal(journal, head.number);
  assert_int_equal(reader_tally(reader, query, by, count, scope, line_take, &stored), STORE_OK);
  reader_release(reader);
  assert_int_equal(told.count, stored.count);
  if (told.count) qsort(told.items, told.count, sizeof *told.items, line_order);
  if (stored.count) qsort(stored.items, stored.count, sizeof *stored.items, line_order);
  for (size_t i = 0; i < told.count; i++) assert_string_equal(told.items[i], stored.items[i]);
}

static void same_in_every_way(struct home *home) {
  static const int64_t units[] = {2, 3, 5}, excluded[] = {4, 9, 15};
  const struct grant_scope lead = {.relation = RELATION_LEAD, .units = units, .unit_count = 3, .secrecy = 1},
                           city = {.relation = RELATION_ANY, .all = true, .secrecy = 1},
                           whole = {.relation = RELATION_ANY, .all = true, .secrecy = 2}, both[] = {lead, city};
  const struct scope scopes[] = {{.user = 1, .grants = &lead, .grant_count = 1},
                                 {.user = 1, .grants = &city, .grant_count = 1, .excluded = excluded, .excluded_count = 3},
                                 {.user = 1, .grants = &whole, .grant_count = 1},
                                 {.user = 1, .grants = both, .grant_count = 2}};
  static const uint16_t by[][3] = {{PROBLEM_COLOUR},
                                   {PROBLEM_CAMPAIGN, PROBLEM_COLOUR},
                                   {PROBLEM_COLOUR, PROBLEM_CATEGORY},
                                   {FIELD_STATE, PROBLEM_LEAD_UNIT, PROBLEM_COUNTED},
                                   {PROBLEM_SOURCE, PROBLEM_KIND, PROBLEM_SECRECY}};
  struct value colours[] = {value_integer(PROBLEM_COLOUR, COLOUR_RED), value_integer(PROBLEM_COLOUR, COLOUR_GREEN)},
               category = value_integer(PROBLEM_CATEGORY, 2), campaign = value_integer(PROBLEM_CAMPAIGN, 102);
  const struct condition conditions[] = {{PROBLEM_COLOUR, C_IN, colours, 2},
                                         {PROBLEM_CATEGORY, C_IS_NOT, &category, 1},
                                         {PROBLEM_CAMPAIGN, C_IS, &campaign, 1},
                                         {PROBLEM_KIND, C_FILLED, NULL, 0}};
  for (size_t conditional = 0; conditional <= 4; conditional++) {
    struct query query = {.type = record_type(RECORD_PROBLEM), .conditions = conditions, .condition_count = conditional, .expected = -1};
    for (size_t b = 0; b < COUNT_OF(by); b++) {
      size_t count = 0;
      while (count < 3 && by[b][count]) count++;
      same(home, &query, by[b], count, &SCOPE_SYSTEM);
      for (size_t s = 0; s < COUNT_OF(scopes); s++) same(home, &query, by[b], count, &scopes[s]);
    }
  }
}

static void tallies_are_what_the_store_counts(void **state) {
  struct home *home = *state;
  static struct changed changed;
  srand(7);
  memset(&changed, 0, sizeof changed);
  for (int i = 0; i < 3; i++) {
    change_some(home, &changed, ROUNDS / 3);
    same_in_every_way(home);
  }
}

static void a_new_start_gives_the_same(void **state) {
  struct home *home = *state;
  static struct changed changed;
  memset(&changed, 0, sizeof changed);
  change_some(home, &changed, ROUNDS);
  house_close(home->house);
  home_open(home, HOUSE_FOLLOWERS);
  same_in_every_way(home);
}

/* A checkpoint that was damaged is passed over, wherever the damage is. */
static void a_damaged_checkpoint_is_not_believed(void **state) {
  struct home *home = *state;
  const char *path = arena_print(home->arena, "%s/tallies.view", home->folder);
  static struct changed changed;
  memset(&changed, 0, sizeof changed);
  change_some(home, &changed, ROUNDS);
  same_in_every_way(home);
  house_close(home->house);
  FILE *file = fopen(path, "r+b");
  assert_non_null(file);
  assert_int_equal(fseek(file, 700, SEEK_SET), 0);
  fputc(0x5A, file);
  assert_int_equal(fclose(file), 0);
  home_open(home, HOUSE_FOLLOWERS);
  same_in_every_way(home);
  house_close(home->house);
  assert_int_equal(truncate(path, 300), 0);
  home_open(home, HOUSE_FOLLOWERS);
  same_in_every_way(home);
}

/* How many problems are in this state: by the view, and by the store. */
static void counted_in(struct home *home, int64_t state, int64_t *told, int64_t *stored) {
  struct value asked = value_integer(FIELD_STATE, state);
  const struct condition of = {FIELD_STATE, C_IS, &asked, 1};
  const struct query query = {.type = record_type(RECORD_PROBLEM), .conditions = &of, .condition_count = 1, .expected = -1};
  struct reader *reader = home_reader(home);
  *told = tallies_expect(home->house->tallies, &query, &SCOPE_SYSTEM);
  assert_int_equal(reader_count(reader, &query, &SCOPE_SYSTEM, stored), STORE_OK);
  reader_release(reader);
}

static char *checkpoint_read(const char *path, size_t *size) {
  struct stat about;
  assert_int_equal(stat(path, &about), 0);
  char *bytes = malloc(*size = (size_t)about.st_size);
  FILE *file = fopen(path, "rb");
  assert_non_null(file);
  assert_int_equal(fread(bytes, 1, *size, file), *size);
  assert_int_equal(fclose(file), 0);
  return bytes;
}

/* Exchanges the first two states that problems have been in, and makes checksum and magic right again. Answers one of the two. */
static int64_t checkpoint_forge(const char *path, uint64_t magic) {
  struct { uint64_t magic, checksum; int64_t epoch, at, size; char store_id[40]; } head;
  const uint32_t problems[] = {RECORD_PROBLEM, 9}; /* how its part begins: type, dimensions */
  size_t size = 0;
  char *bytes = checkpoint_read(path, &size), *part = memmem(bytes + sizeof head, size - sizeof head, problems, sizeof problems);
  assert_non_null(part);
  char *states = part + sizeof problems + (sizeof(uint16_t) + sizeof(uint64_t)) * CUBE_DIMENSIONS + 2 * sizeof(uint64_t);
  int64_t exchanged[2];
  memcpy(exchanged, states, sizeof exchanged);
  memcpy(states, &exchanged[1], sizeof *exchanged);
  memcpy(states + sizeof *exchanged, &exchanged[0], sizeof *exchanged);
  memcpy(&head, bytes, sizeof head);
  head.magic = magic;
  head.checksum = hash_fingerprint(bytes + sizeof head, size - sizeof head);
  memcpy(bytes, &head, sizeof head);
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(bytes, 1, size, file), size);
  assert_int_equal(fclose(file), 0);
  free(bytes);
  return exchanged[0];
}

/* A checkpoint of the layout before (keys of eight dimensions, no campaign) is passed over by its magic alone, however whole it is. That
   the same file is believed with today's magic shows that nothing else refuses it. */
static void an_older_checkpoint_is_refused_and_made_anew(void **state) {
  struct home *home = *state;
  static const struct {
    uint64_t magic;
    bool believed;
  } files[] = {{UINT64_C(0x31565954484942), false}, {UINT64_C(0x32565954484942), true}};
  const char *path = arena_print(home->arena, "%s/tallies.view", home->folder);
  static struct changed changed;
  for (size_t i = 0; i < COUNT_OF(files); i++) {
    int64_t told = 0, stored = 0;
    memset(&changed, 0, sizeof changed);
    change_some(home, &changed, ROUNDS);
    same_in_every_way(home);
    house_close(home->house);
    int64_t exchanged = checkpoint_forge(path, files[i].magic);
    home_open(home, HOUSE_FOLLOWERS);
    counted_in(home, exchanged, &told, &stored);
    assert_int_equal(told != stored, files[i].believed);
    if (!files[i].believed) same_in_every_way(home);
  }
}

/* Enough cells that questions get cubes of their own, which then have to follow. */
static void cubes_follow(void **state) {
  struct home *home = *state;
  struct tx *tx = NULL;
  static struct changed changed;
  memset(&changed, 0, sizeof changed);
  assert_int_equal(store_begin(home->house->store, &tx), STORE_OK);
  assert_int_equal(tx_mark(tx), STORE_OK);
  for (int i = 0; i < 3000; i++) {
    struct row *row = problem_new(home);
    for (int k = 0; k < 4; k++) fields_random(row);
    put(home, tx, NULL, row, ACTION_CREATE, ENTRY_CHANGE);
  }
  assert_int_equal(tx_end_set(tx, true), STORE_OK);
  assert_int_equal(tx_commit(tx), STORE_OK);
  same_in_every_way(home);
  change_some(home, &changed, 600);
  same_in_every_way(home);
}

static bool never(void *with, const int64_t *dimensions, int64_t count) { return true; }

static void what_cells_cannot_know_is_left_to_the_store(void **state) {
  struct home *home = *state;
  const int64_t unit = 2;
  const struct grant_scope joint = {.relation = RELATION_JOINT, .units = &unit, .unit_count = 1, .secrecy = 2};
  const struct scope scope = {.user = 1, .grants = &joint, .grant_count = 1};
  struct query query = {.type = record_type(RECORD_PROBLEM), .expected = -1};
  const uint16_t by = PROBLEM_COLOUR, due = PROBLEM_DUE;
  assert_false(tallies_count(home->house->tallies, &query, &by, 1, &scope, never, NULL, NULL));
  assert_false(tallies_count(home->house->tallies, &query, &due, 1, &SCOPE_SYSTEM, never, NULL, NULL));
  query.type = record_type(RECORD_UNIT);
  assert_false(tallies_count(home->house->tallies, &query, &by, 1, &SCOPE_SYSTEM, never, NULL, NULL));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, home_setup_following, home_teardown)
int main(void) {
  const struct CMUnitTest tests[] = {TEST(tallies_are_what_the_store_counts),
                                     TEST(a_new_start_gives_the_same),
                                     TEST(a_damaged_checkpoint_is_not_believed),
                                     TEST(an_older_checkpoint_is_refused_and_made_anew),
                                     TEST(cubes_follow),
                                     TEST(what_cells_cannot_know_is_left_to_the_store)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
