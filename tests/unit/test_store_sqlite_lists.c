/* Lists, counts, tallies and scope on real SQLite files: every page order covers everything once, nothing outside
   the scope is seen, tallies add up, and first pages are answered from covering indexes. */
#include "store_fixture.h"

#define MOST 8000
struct seen {
  int64_t ids[MOST];
  size_t count;
  struct value last;
  int64_t last_id;
  uint16_t sort;
  struct arena *arena;
  bool ordered, descending;
};

static struct value sort_value(const struct row *row, uint16_t field) {
  struct value value;
  if (field >= FIELD_ID) value = value_integer(field, row_integer(row, field));
  else value = *row_value(row, field);
  return value;
}
/* -1, 0, 1; nothing before everything */
static int compare(const struct value *one, const struct value *other) {
  if (one->kind == VALUE_NOTHING || other->kind == VALUE_NOTHING) return (one->kind != VALUE_NOTHING) - (other->kind != VALUE_NOTHING);
  if (one->kind == VALUE_TEXT) return strcmp(one->text, other->text);
  return (one->integer > other->integer) - (one->integer < other->integer);
}
static bool see(void *with, const struct row *row) {
  struct seen *seen = with;
  struct value value = sort_value(row, seen->sort);
  if (value.kind == VALUE_TEXT) value.text = arena_text(seen->arena, value.text);
  if (seen->count) {
    int order = compare(&seen->last, &value);
    if (order == 0) order = (seen->last_id > row->id) - (seen->last_id < row->id);
    if (seen->descending ? order <= 0 : order >= 0) seen->ordered = false;
  }
  seen->last = value;
  seen->last_id = row->id;
  assert_true(seen->count < MOST);
  seen->ids[seen->count++] = row->id;
  return true;
}

/* All pages of a query one after the other. */
static void read_pages(struct fixture *fixture, struct query query, const struct scope *scope, struct seen *seen) {
  size_t before;
  *seen = (struct seen){.sort = query.sort ? query.sort : FIELD_ID,
                        .arena = fixture->arena,
                        .ordered = true,
                        .descending = query.descending};
  do {
    struct reader *reader = NULL;
    before = seen->count;
    assert_int_equal(store_reader(fixture->store, &reader), STORE_OK);
    assert_int_equal(reader_list(reader, &query, scope, fixture->arena, see, seen), STORE_OK);
    reader_release(reader);
    query.has_after = true;
    query.after = seen->last;
    query.after_id = seen->last_id;
  } while (query.limit && seen->count - before == query.limit);
}

/* What the database must give, worked out in C. */
static bool in_scope(const struct row *row, const struct scope *scope) {
  bool in = scope == &SCOPE_SYSTEM;
  for (size_t i = 0; i < scope->grant_count && !in; i++) {
    const struct grant_scope *grant = &scope->grants[i];
    const struct value *joint = row_value(row, T_JOINT);
    bool lead = false, joins = false;
    for (size_t u = 0; u < grant->unit_count; u++) {
      lead = lead || row_integer(row, T_LEAD) == grant->units[u];
      for (size_t j = 0; joint->kind == VALUE_MANY && j < joint->count; j++) joins = joins || joint->many[j] == grant->units[u];
    }
    in = grant->relation == RELATION_ANY       ? true
         : grant->relation == RELATION_LEAD    ? lead
         : grant->relation == RELATION_JOINT   ? joins
         : grant->relation == RELATION_SELF    ? row_integer(row, T_OWNER) == scope->user
         : grant->relation == RELATION_OUTSIDE ? !lead && !joins
                                               : false;
    in = in && row_integer(row, T_SECRECY) <= grant->secrecy;
  }
  for (size_t i = 0; i < scope->excluded_count; i++) in = in && row->id != scope->excluded[i];
  return in;
}
static size_t expected_count(struct fixture *fixture, const struct scope *scope, int count, int64_t state, int64_t colour) {
  size_t found = 0;
  for (int n = 0; n < count; n++) {
    struct row *row = problem_numbered(fixture->arena, &T_PROBLEM, n);
    row->id = n + 1;
    found += n % 50 != 49 && in_scope(row, scope) && (state == 0 || row->state == state) &&
             (colour == 0 || row_integer(row, T_COLOUR) == colour);
  }
  return found;
}

static const int64_t ONE[] = {3}, FIVE[] = {1, 2, 3, 4, 5}, HIDDEN[] = {4, 8};
static const struct grant_scope ANY = {.relation = RELATION_ANY, .secrecy = 2}, ANY_OPEN = {.relation = RELATION_ANY, .secrecy = 0},
  LEAD_ONE = {.relation = RELATION_LEAD, .units = ONE, .unit_count = 1, .secrecy = 2}, LEAD_FIVE = {.relation = RELATION_LEAD, .units = FIVE, .unit_count = 5, .secrecy = 1},
  JOINT_ONE = {.relation = RELATION_JOINT, .units = ONE, .unit_count = 1, .secrecy = 2}, SELF = {.relation = RELATION_SELF, .secrecy = 2},
  OUTSIDE = {.relation = RELATION_OUTSIDE, .units = ONE, .unit_count = 1, .secrecy = 2};
static const struct grant_scope LEAD_AND_JOINT[] = {{.relation = RELATION_LEAD, .units = FIVE, .unit_count = 5, .secrecy = 2}, {.relation = RELATION_JOINT, .units = FIVE, .unit_count = 5, .secrecy = 2}};
static const struct grant_scope MIXED[] = {{.relation = RELATION_LEAD, .units = ONE, .unit_count = 1, .secrecy = 2}, {.relation = RELATION_SELF, .secrecy = 1}};
static const struct scope SCOPES[] = {
  {.user = 102, .grants = &ANY, .grant_count = 1}, {.user = 102, .grants = &ANY_OPEN, .grant_count = 1}, {.user = 102, .grants = &LEAD_ONE, .grant_count = 1},
  {.user = 102, .grants = &LEAD_FIVE, .grant_count = 1}, {.user = 102, .grants = &JOINT_ONE, .grant_count = 1}, {.user = 102, .grants = &SELF, .grant_count = 1},
  {.user = 102, .grants = &OUTSIDE, .grant_count = 1}, {.user = 102, .grants = LEAD_AND_JOINT, .grant_count = 2}, {.user = 102, .grants = MIXED, .grant_count = 2},
  {.user = 102, .grants = LEAD_AND_JOINT, .grant_count = 2, .excluded = HIDDEN, .excluded_count = 2}, {.user = 102, .grants = &ANY, .grant_count = 1, .excluded = HIDDEN, .excluded_count = 2}, {.user = 102}};
#define SCOPE_COUNT (sizeof SCOPES / sizeof *SCOPES)
static const uint16_t SORTS[] = {FIELD_ID, T_DUE, FIELD_CHANGED, T_NUMBER, T_COLOUR, T_TITLE, T_OWNER, FIELD_STATE};

static void pages_cover_everything_once(void **state) {
  struct fixture *fixture = *state;
  const int count = 300;
  fill(fixture, count);
  for (size_t s = 0; s < SCOPE_COUNT; s++)
    for (size_t k = 0; k < sizeof SORTS / sizeof *SORTS; k++)
      for (int descending = 0; descending < 2; descending++)
        for (int filter = 0; filter < 4; filter++)
          for (int limit = 0; limit < 3; limit++) {
            struct seen seen;
            struct value running = value_integer(FIELD_STATE, 2), red = value_integer(T_COLOUR, 3);
            struct condition conditions[] = {{FIELD_STATE, C_IS, &running, 1}, {T_COLOUR, C_IN, &red, 1}};
            /* 7: as if it were rare; 50: as if very many matched */
            struct query query = {.type = &T_PROBLEM,
                                  .sort = SORTS[k],
                                  .descending = descending,
                                  .limit = (size_t[]){7, 50, 0}[limit],
                                  .expected = !filter      ? -1
                                              : limit == 1 ? 100000
                                                           : 10,
                                  .conditions = filter == 3 ? conditions + 1 : conditions,
                                  .condition_count = filter == 3 ? 1 : (size_t)filter};
            read_pages(fixture, query, &SCOPES[s], &seen);
            assert_true(seen.ordered);
            assert_int_equal(seen.count,
                             expected_count(fixture, &SCOPES[s], count, filter == 1 || filter == 2 ? 2 : 0, filter >= 2 ? 3 : 0));
          }
}

/* ---- in turn ---- */
static const int64_t RED_FIRST[] = {3, 1, 2};
static const struct in_turn IN_TURN = {T_COLOUR, T_DUE, RED_FIRST, 3};

/* Worked out in C: -1 when the one stands before the other, red, grey, green, none, each by its date. */
static int turn_order(const struct row *one, const struct row *other) {
  size_t x = turn_place(&IN_TURN, row_value(one, T_COLOUR)), y = turn_place(&IN_TURN, row_value(other, T_COLOUR));
  int order = (x > y) - (x < y);
  if (!order) order = compare(row_value(one, T_DUE), row_value(other, T_DUE));
  return order ? order : (one->id > other->id) - (one->id < other->id);
}
struct turning { struct arena *arena; const struct row *last; size_t count; bool ordered, descending; };
static bool see_turn(void *with, const struct row *row) {
  struct turning *turning = with;
  if (turning->last)
    turning->ordered = turning->ordered && (turning->descending ? turn_order(turning->last, row) > 0 : turn_order(turning->last, row) < 0);
  struct row *kept = row_copy(turning->arena, row);
  turning->last = kept;
  turning->count++;
  return true;
}

static void values_have_their_turn_page_by_page(void **state) {
  struct fixture *fixture = *state;
  struct record_type type = T_PROBLEM;
  type.turn = &IN_TURN;
  fill(fixture, 300);
  struct value wanted[] = {value_integer(T_COLOUR, 1), value_integer(T_COLOUR, 3)}, running = value_integer(FIELD_STATE, 2);
  struct condition conditions[] = {{FIELD_STATE, C_IS, &running, 1}, {T_COLOUR, C_IN, wanted, 2}};
  for (size_t s = 0; s < SCOPE_COUNT; s++)
    for (int descending = 0; descending < 2; descending++)
      for (size_t asked = 0; asked < 3; asked++)
        for (size_t limit = 0; limit < 20; limit += 7) {
          struct query query = {.type = &type,
                                .sort = T_COLOUR,
                                .descending = descending,
                                .limit = limit,
                                .expected = -1,
                                .conditions = asked == 2 ? conditions + 1 : conditions,
                                .condition_count = asked > 0};
          struct turning turning = {.arena = fixture->arena, .ordered = true, .descending = descending};
          size_t before;
          do {
            struct reader *reader = NULL;
            before = turning.count;
            assert_int_equal(store_reader(fixture->store, &reader), STORE_OK);
            assert_int_equal(reader_list(reader, &query, &SCOPES[s], fixture->arena, see_turn, &turning), STORE_OK);
            reader_release(reader);
            query.has_after = turning.last != NULL;
            if (turning.last) {
              query.after = *row_value(turning.last, T_COLOUR);
              query.after_then = *row_value(turning.last, T_DUE);
              query.after_id = turning.last->id;
            }
          } while (limit && turning.count - before == limit);
          assert_true(turning.ordered);
          size_t all = expected_count(fixture, &SCOPES[s], 300, asked == 1 ? 2 : 0, 0);
          assert_int_equal(turning.count,
                           asked < 2 ? all
                                     : expected_count(fixture, &SCOPES[s], 300, 0, 1) + expected_count(fixture, &SCOPES[s], 300, 0, 3));
        }
}

/* How many of these records are of the kind, and (0: any) of the colour. */
static size_t of_kind(struct fixture *fixture, const struct seen *seen, int64_t kind, int64_t colour) {
  size_t found = 0;
  for (size_t i = 0; i < seen->count; i++) {
    const struct row *row = problem_numbered(fixture->arena, &T_PROBLEM, (int)seen->ids[i] - 1);
    found += row_integer(row, T_KIND) == kind && (!colour || row_integer(row, T_COLOUR) == colour);
  }
  return found;
}

/* Few-valued fields, several states at once, and what stands in no sort's index. */
static void states_and_moments_choose_in_every_scope_and_order(void **state) {
  struct fixture *fixture = *state;
  const int count = 300;
  fill(fixture, count);
  struct value states[] = {value_integer(FIELD_STATE, 1), value_integer(FIELD_STATE, 3), value_integer(FIELD_STATE, 1)},
               from = value_integer(FIELD_CREATED, 1000000 + 200);
  struct value two = value_integer(T_KIND, 2), red = value_integer(T_COLOUR, 3);
  const struct condition kind = {T_KIND, C_IS, &two, 1}, kind_and_red[] = {kind, {T_COLOUR, C_IS, &red, 1}};
  const struct condition among = {FIELD_STATE, C_IN, states, 3}, late = {FIELD_CREATED, C_AT_LEAST, &from, 1};
  for (size_t s = 0; s < SCOPE_COUNT; s++)
    for (size_t k = 0; k < sizeof SORTS / sizeof *SORTS; k++)
      for (int descending = 0; descending < 2; descending++) {
        struct seen all, seen;
        struct query query = {.type = &T_PROBLEM, .sort = SORTS[k], .descending = descending, .limit = 9, .expected = -1};
        size_t later = 0;
        read_pages(fixture, query, &SCOPES[s], &all);
        for (size_t i = 0; i < all.count; i++) later += all.ids[i] > 200; /* the first record is entry 1, of moment 1000000 */
        query.conditions = &late;
        query.condition_count = 1;
        read_pages(fixture, query, &SCOPES[s], &seen);
        assert_true(seen.ordered);
        assert_int_equal(seen.count, later);
        query.conditions = &kind;
        read_pages(fixture, query, &SCOPES[s], &seen);
        assert_true(seen.ordered);
        assert_int_equal(seen.count, of_kind(fixture, &all, 2, 0));
        query.conditions = kind_and_red;
        query.condition_count = 2;
        read_pages(fixture, query, &SCOPES[s], &seen);
        assert_true(seen.ordered);
        assert_int_equal(seen.count, of_kind(fixture, &all, 2, 3));
        query.condition_count = 1;
        query.conditions = &among;
        read_pages(fixture, query, &SCOPES[s], &seen);
        assert_true(seen.ordered);
        assert_int_equal(seen.count, expected_count(fixture, &SCOPES[s], count, 1, 0) + expected_count(fixture, &SCOPES[s], count, 3, 0));
      }
}

static void only_covering(const char *words) {
  assert_null(strstr(words, "USING INDEX"));
  assert_null(strstr(words, "PRIMARY KEY"));
}

static char *plan(struct fixture *fixture, uint16_t sort, const struct condition *conditions, size_t count, const struct scope *scope) {
  struct reader *reader = NULL;
  char *words = NULL;
  struct query query = {.type = &T_PROBLEM,
                        .sort = sort,
                        .descending = true,
                        .limit = 50,
                        .expected = -1,
                        .conditions = conditions,
                        .condition_count = count};
  assert_int_equal(store_reader(fixture->store, &reader), STORE_OK);
  assert_int_equal(reader_plan(reader, &query, scope, fixture->arena, &words), STORE_OK);
  reader_release(reader);
  return words;
}

/* So many of a state and a kind that their units' parts are walked, and a kind so rare that it is fetched. A colour stands in no walk: what
   many have is walked along the index that is laid out by state and colour, or among what units join looked up on the walk; what few have
   is fetched. */
static void a_state_with_another_filter_is_walked_or_fetched(void **state) {
  struct fixture *fixture = *state;
  struct tx *tx = NULL;
  size_t expected[2][4] = {{0}};
  assert_int_equal(store_begin(fixture->store, &tx), STORE_OK);
  for (int n = 0; n < 8000; n++) {
    struct row *row = row_new(fixture->arena, &T_PROBLEM);
    int64_t joint = 1 + n / 4 % 9, lead = 1 + n % 9,
            kind = n % 100 == 0  ? 3
                   : n % 10 == 1 ? 2
                                 : 1,
            colour = n % 100 == 50 ? 3
                     : n % 10 == 5 ? 2
                                   : 1;
    struct value joins = value_many(T_JOINT, &joint, 1);
    row->state = 2;
    row_set_integer(row, T_KIND, kind);
    row_set_integer(row, T_COLOUR, colour);
    row_set_integer(row, T_DUE, n * 37 % 1013);
    row_set_integer(row, T_LEAD, lead);
    row_set(row, &joins);
    if (lead <= 5 || joint <= 5) { expected[0][kind]++; expected[1][colour]++; }
    assert_int_equal(save(tx, NULL, row), STORE_OK);
    if (n % 1000 == 0) arena_reset(fixture->arena);
  }
  assert_int_equal(tx_commit(tx), STORE_OK);
  static const char *const LED[2][4] = {
    {0, "i_problem_lead_state_by_due (lead_unit=? AND state=?", "i_problem_lead_state_by_due (lead_unit=? AND state=?", "i_problem_list (lead_unit=? AND state=?"},
    {0, "i_problem_for_state_colour_by_due (state=? AND colour=?", "i_problem_list (lead_unit=? AND state=? AND voided=? AND colour=?", "i_problem_list (lead_unit=? AND state=? AND voided=? AND colour=?"}};
  static const char *const JOINED[2][4] = {
    {0, "i_problem_joint_units_state_by_due (value=? AND state=?", "i_problem_joint_units_state_by_due (value=? AND state=?", "i_problem_joint_units_value (value=? AND state=?"},
    {0, "USING INDEX i_problem_joint_units_state_by_due (value=? AND state=?", "i_problem_joint_units_value (value=? AND state=? AND voided=? AND colour=?", "i_problem_joint_units_value (value=? AND state=? AND voided=? AND colour=?"}};
  struct value running = value_integer(FIELD_STATE, 2);
  for (int of_colour = 0; of_colour < 2; of_colour++)
    for (int64_t code = 1; code <= 3; code++) {
      struct value wanted = value_integer(of_colour ? T_COLOUR : T_KIND, code);
      struct condition conditions[] = {{FIELD_STATE, C_IS, &running, 1}, {wanted.field, C_IS, &wanted, 1}};
      struct query query = {.type = &T_PROBLEM,
                            .sort = T_DUE,
                            .descending = code == 2,
                            .limit = 900,
                            .expected = -1,
                            .conditions = conditions,
                            .condition_count = 2};
      struct seen seen;
      read_pages(fixture, query, &SCOPES[7], &seen);
      assert_true(seen.ordered);
      assert_int_equal(seen.count, expected[of_colour][code]);
      const char *words = plan(fixture, T_DUE, conditions, 2, &SCOPES[7]);
      assert_non_null(strstr(words, LED[of_colour][code]));
      assert_non_null(strstr(words, JOINED[of_colour][code]));
      if (!of_colour || code > 1) only_covering(words);
    }
}

static void a_rare_filter_behind_the_walk_is_found(void **state) {
  struct fixture *fixture = *state;
  struct tx *tx = NULL;
  assert_int_equal(store_begin(fixture->store, &tx), STORE_OK);
  for (int n = 0; n < 21000; n++) {
    struct row *row = row_new(fixture->arena, &T_PROBLEM);
    row->state = n % 3000 == 2999 ? 3 : 1;
    row_set_integer(row, T_COLOUR, n == 20990 ? 3 : 1);
    row_set_integer(row, T_DUE, n);
    row_set_integer(row, T_LEAD, 1 + n % 9);
    assert_int_equal(save(tx, NULL, row), STORE_OK);
    if (n % 1000 == 0) arena_reset(fixture->arena);
  }
  assert_int_equal(tx_commit(tx), STORE_OK);
  struct value closed = value_integer(FIELD_STATE, 3), red = value_integer(T_COLOUR, 3);
  struct condition state_closed = {FIELD_STATE, C_IS, &closed, 1}, colour_red = {T_COLOUR, C_IS, &red, 1};
  for (int descending = 0; descending < 2; descending++) {
    struct query query = {.type = &T_PROBLEM,
                          .sort = T_DUE,
                          .descending = descending,
                          .limit = 5,
                          .expected = -1,
                          .conditions = &state_closed,
                          .condition_count = 1};
    struct seen seen;
    read_pages(fixture, query, &SCOPES[0], &seen);
    assert_int_equal(seen.count, 7);
    query.conditions = &colour_red;
    read_pages(fixture, query, &SCOPES[3], &seen);
    assert_int_equal(seen.count, (20990 % 9) < 5 ? 1 : 0);
    read_pages(fixture, query, &SCOPES[0], &seen);
    assert_int_equal(seen.count, 1);
  }
}

static void conditions_say_what_they_say(void **state) {
  struct fixture *fixture = *state;
  fill(fixture, 98);
  struct value seven = value_integer(T_JOINT, 7), two = value_integer(T_TAGS, 2), date = value_integer(T_DUE, 20050),
               grey = value_integer(T_COLOUR, 1), text = value_text(T_TITLE, "题目 5");
  int64_t ids[] = {1, 2, 3, 50};
  const struct { struct condition condition; int count; } CASES[] = {
    {{T_JOINT, C_HAS, &seven, 1}, -1}, {{T_JOINT, C_IS, &seven, 1}, -1}, {{T_TAGS, C_HAS, &two, 1}, 32}, {{T_DUE, C_EMPTY, NULL, 0}, 11}, {{T_DUE, C_FILLED, NULL, 0}, 86},
    {{T_DETAIL, C_EMPTY, NULL, 0}, 49}, {{T_JOINT, C_EMPTY, NULL, 0}, 72}, {{T_JOINT, C_FILLED, NULL, 0}, 25}, {{T_COLOUR, C_IS_NOT, &grey, 1}, -2}, {{T_TITLE, C_IS, &text, 1}, 1},
    {{T_COLOUR, C_IN, NULL, 0}, 0}, {{FIELD_VOIDED, C_IS, &(struct value){.kind = VALUE_INTEGER, .integer = 1}, 1}, 1}};
  struct reader *reader = NULL;
  assert_int_equal(store_reader(fixture->store, &reader), STORE_OK);
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    int64_t count = 0;
    struct query query = {.type = &T_PROBLEM, .conditions = &CASES[i].condition, .condition_count = 1, .expected = -1};
    assert_int_equal(reader_count(reader, &query, &SCOPE_SYSTEM, &count), STORE_OK);
    if (CASES[i].count >= 0) assert_int_equal(count, CASES[i].count);
    else assert_true(count > 0 && count < 97);
  }
  int64_t before = 0, from = 0;
  struct condition less = {T_DUE, C_LESS, &date, 1}, at_least = {T_DUE, C_AT_LEAST, &date, 1};
  struct query query = {.type = &T_PROBLEM, .conditions = &less, .condition_count = 1, .expected = -1};
  assert_int_equal(reader_count(reader, &query, &SCOPE_SYSTEM, &before), STORE_OK);
  query.conditions = &at_least;
  assert_int_equal(reader_count(reader, &query, &SCOPE_SYSTEM, &from), STORE_OK);
  assert_int_equal(before + from, 86);
  struct query only = {.type = &T_PROBLEM, .ids = ids, .id_count = 4, .only_ids = true, .limit = 50, .expected = -1};
  struct seen seen;
  read_pages(fixture, only, &SCOPE_SYSTEM, &seen);
  assert_int_equal(seen.count, 3); /* 50 is voided */
  only.id_count = 0;
  read_pages(fixture, only, &SCOPE_SYSTEM, &seen);
  assert_int_equal(seen.count, 0);
  reader_release(reader);
}

/* ---- tallies ---- */
struct sum { int64_t total; size_t cells; };
static bool add_cell(void *with, const int64_t *dimensions, int64_t count) {
  struct sum *sum = with;
  sum->total += count;
  sum->cells++;
  return true;
}

static void tallies_equal_counts(void **state) {
  struct fixture *fixture = *state;
  fill(fixture, 400);
  struct reader *reader = NULL;
  assert_int_equal(store_reader(fixture->store, &reader), STORE_OK);
  for (size_t s = 0; s < SCOPE_COUNT; s++) {
    struct query query = {.type = &T_PROBLEM, .expected = -1};
    uint16_t by[] = {T_COLOUR, T_LEAD, FIELD_STATE};
    struct sum sum = {0};
    int64_t count = 0;
    assert_int_equal(reader_tally(reader, &query, by, 3, &SCOPES[s], add_cell, &sum), STORE_OK);
    assert_int_equal(reader_count(reader, &query, &SCOPES[s], &count), STORE_OK);
    assert_int_equal(sum.total, count);
    assert_int_equal(count, expected_count(fixture, &SCOPES[s], 400, 0, 0));
  }
  uint16_t joint[] = {T_JOINT};
  struct sum members = {0};
  struct query query = {.type = &T_PROBLEM, .expected = -1};
  assert_int_equal(reader_tally(reader, &query, joint, 1, &SCOPE_SYSTEM, add_cell, &members), STORE_OK);
  assert_int_equal(members.cells, 7);
  reader_release(reader);
}

/* ---- scope ---- */
static void a_record_out_of_scope_is_absent_and_a_child_follows_its_parent(void **state) {
  struct fixture *fixture = *state;
  fill(fixture, 60);
  struct tx *tx = NULL;
  assert_int_equal(store_begin(fixture->store, &tx), STORE_OK);
  for (int64_t problem = 1; problem <= 40; problem++) {
    struct row *measure = row_new(fixture->arena, &T_MEASURE);
    row_set_integer(measure, 1, problem);
    row_set_integer(measure, 3, problem * 10);
    assert_int_equal(save(tx, NULL, measure), STORE_OK);
  }
  assert_int_equal(tx_commit(tx), STORE_OK);
  struct reader *reader = NULL;
  assert_int_equal(store_reader(fixture->store, &reader), STORE_OK);
  size_t seen_problems = 0, seen_measures = 0;
  struct grant_scope parent_grant = {.relation = RELATION_PARENT, .secrecy = 2};
  struct scope through[] = {{.parent = &SCOPES[2]}, {.parent = &SCOPES[2], .grants = &parent_grant, .grant_count = 1}};
  for (int64_t id = 1; id <= 40; id++) {
    struct row *row = NULL, *measure = NULL;
    enum store_error error = reader_get(reader, &T_PROBLEM, &SCOPES[2], id, fixture->arena, &row);
    assert_true(error == STORE_OK || error == STORE_ABSENT);
    assert_int_equal(reader_get(reader, &T_MEASURE, &through[id % 2], 60 + id, fixture->arena, &measure), error);
    if (measure) assert_int_equal(row_integer(measure, 3), id * 10);
    seen_problems += row != NULL;
    seen_measures += measure != NULL;
  }
  assert_true(seen_problems > 0 && seen_problems < 40);
  assert_int_equal(seen_problems, seen_measures);
  struct query query = {.type = &T_MEASURE, .limit = 50, .expected = -1};
  struct seen seen;
  read_pages(fixture, query, &through[0], &seen);
  assert_int_equal(seen.count, seen_measures);
  reader_release(reader);
}

/* ---- plans ---- */
static void first_pages_touch_covering_indexes_only(void **state) {
  struct fixture *fixture = *state;
  fill(fixture, 100);
  struct value running = value_integer(FIELD_STATE, 2), red = value_integer(T_COLOUR, 3), two = value_integer(T_KIND, 2);
  struct condition filters[] = {{T_KIND, C_IS, &two, 1}, {FIELD_STATE, C_IS, &running, 1}, {T_COLOUR, C_IS, &red, 1}};
  char laid[80];
  const struct { uint16_t sort; const char *name; } SORTED[] = {{T_DUE, "due"}, {FIELD_CHANGED, "changed"}, {T_NUMBER, "number"}};
  for (size_t k = 0; k < 3; k++)
    for (size_t count = 0; count <= 2; count++) {
      char walk[80], by_unit[80], joined[80];
      snprintf(walk, sizeof walk, "USING COVERING INDEX i_problem_by_%s", SORTED[k].name);
      snprintf(by_unit, sizeof by_unit, "USING COVERING INDEX i_problem_lead_by_%s (lead_unit=?", SORTED[k].name);
      snprintf(joined, sizeof joined, "COVERING INDEX i_problem_joint_units_by_%s (value=?", SORTED[k].name);
      char *city = plan(fixture, SORTED[k].sort, filters, count, &SCOPES[0]),
           *one = plan(fixture, SORTED[k].sort, filters, count, &SCOPES[2]);
      char *joint = plan(fixture, SORTED[k].sort, filters, count, &SCOPES[4]),
           *both = plan(fixture, SORTED[k].sort, filters, count, &SCOPES[7]);
      assert_non_null(strstr(city, walk));
      /* few match: fetched, with every state and colour named when none is asked for */
      assert_non_null(strstr(one, count < 1 ? by_unit : "COVERING INDEX i_problem_list (lead_unit=? AND state=? AND voided=?"));
      if (count == 1)
        assert_non_null(strstr(one, "COVERING INDEX i_problem_list (lead_unit=? AND state=? AND voided=? AND colour=? AND kind=?"));
      if (count >= 1) snprintf(joined, sizeof joined, "COVERING INDEX i_problem_joint_units_value (value=? AND state=? AND voided=?");
      assert_non_null(strstr(joint, joined));
      assert_non_null(strstr(both, count < 1 ? by_unit : "COVERING INDEX i_problem_list (lead_unit=?"));
      assert_non_null(strstr(both, joined));
      only_covering(city);
      only_covering(one);
      only_covering(joint);
      only_covering(both);
    }
  for (size_t k = 0; k < 3; k++) {
    char led[80], joined[80];
    snprintf(led, sizeof led, "COVERING INDEX i_problem_lead_state_by_%s (lead_unit=? AND state=?", SORTED[k].name);
    snprintf(joined, sizeof joined, "COVERING INDEX i_problem_joint_units_state_by_%s (value=? AND state=?", SORTED[k].name);
    char *both = plan(fixture, SORTED[k].sort, filters + 1, 1, &SCOPES[7]);
    assert_non_null(strstr(both, led));
    assert_non_null(strstr(both, joined));
    assert_null(strstr(both, "SCAN r "));
    only_covering(both);
    /* a colour, with a state or with every state named: parts of the index laid out by this sort; of few units, where few match, all of
       them */
    for (size_t with = 1; with <= 2; with++) {
      char *city = plan(fixture, SORTED[k].sort, filters + 1 + with % 2, with == 1 ? 1 : 2, &SCOPES[0]);
      both = plan(fixture, SORTED[k].sort, filters + 1 + with % 2, with == 1 ? 1 : 2, &SCOPES[7]);
      snprintf(laid, sizeof laid, "COVERING INDEX i_problem_for_state_colour_by_%s (state=? AND colour=?", SORTED[k].name);
      assert_non_null(strstr(city, laid));
      assert_non_null(strstr(both, "COVERING INDEX i_problem_list (lead_unit=? AND state=? AND voided=? AND colour=?"));
      assert_non_null(strstr(both, "COVERING INDEX i_problem_joint_units_value (value=? AND state=? AND voided=? AND colour=?"));
      only_covering(city);
      only_covering(both);
    }
  }
}

/* What is certainly not there is not looked for; a page from the middle of a colour begins there. */
static void a_page_in_turn_walks_the_parts_of_the_index_laid_out_by_the_date(void **state) {
  struct fixture *fixture = *state;
  struct record_type type = T_PROBLEM;
  type.turn = &IN_TURN;
  fill(fixture, 100);
  struct reader *reader = NULL;
  char *words = NULL;
  const int64_t none_red[] = {0, 40, 0, 0};
  struct query query = {.type = &type, .sort = T_COLOUR, .limit = 50, .expected = -1};
  assert_int_equal(store_reader(fixture->store, &reader), STORE_OK);
  assert_int_equal(reader_plan(reader, &query, &SCOPES[0], fixture->arena, &words), STORE_OK);
  assert_non_null(strstr(words, "COVERING INDEX i_problem_for_state_colour_by_due (state=? AND colour=?"));
  only_covering(words);
  size_t whole = strlen(words);
  query.expected_in_turn = none_red;
  assert_int_equal(reader_plan(reader, &query, &SCOPES[0], fixture->arena, &words), STORE_OK);
  assert_true(strlen(words) < whole / 2);
  reader_release(reader);
}

/* A value that is skipped over may be none. */
static void what_has_no_colour_is_found_by_its_kind(void **state) {
  struct fixture *fixture = *state;
  struct tx *tx = NULL;
  const int64_t joint = 3;
  struct value joins = value_many(T_JOINT, &joint, 1), two = value_integer(T_KIND, 2);
  assert_int_equal(store_begin(fixture->store, &tx), STORE_OK);
  for (int n = 0; n < 2; n++) {
    struct row *row = row_new(fixture->arena, &T_PROBLEM);
    row->state = 2;
    row_set_integer(row, T_KIND, 2);
    if (n == 0) row_set_integer(row, T_LEAD, 3);
    else row_set(row, &joins);
    assert_int_equal(save(tx, NULL, row), STORE_OK);
  }
  assert_int_equal(tx_commit(tx), STORE_OK);
  struct condition kind = {T_KIND, C_IS, &two, 1};
  struct query query = {.type = &T_PROBLEM, .sort = T_DUE, .limit = 50, .expected = -1, .conditions = &kind, .condition_count = 1};
  struct seen seen;
  assert_non_null(strstr(plan(fixture, T_DUE, &kind, 1, &SCOPES[7]), "voided=? AND colour=? AND kind=?"));
  read_pages(fixture, query, &SCOPES[7], &seen);
  assert_int_equal(seen.count, 2);
}

/* The next number of a campaign: one row, however many have the prefix, and whatever lies behind it. */
static void the_first_of_a_stretch_is_gone_to_at_once(void **state) {
  struct fixture *fixture = *state;
  struct reader *reader = NULL;
  char *words = NULL;
  fill(fixture, 100);
  struct value least = value_integer(T_DUE, 1), end = value_integer(T_DUE, 20);
  struct condition within[] = {{T_DUE, C_AT_LEAST, &least, 1}, {T_DUE, C_LESS, &end, 1}};
  struct query query = {.type = &T_PROBLEM,
                        .sort = T_DUE,
                        .descending = true,
                        .limit = 1,
                        .expected = -1,
                        .conditions = within,
                        .condition_count = 2,
                        .with_voided = true};
  assert_int_equal(store_reader(fixture->store, &reader), STORE_OK);
  assert_int_equal(reader_plan(reader, &query, &SCOPE_SYSTEM, fixture->arena, &words), STORE_OK);
  reader_release(reader);
  assert_non_null(strstr(words, "due>? AND due<?"));
  assert_null(strstr(words, "SCAN"));
  assert_null(strstr(words, "TEMP B-TREE"));
}

/* Few-valued columns alone: the narrow index along the ids; what stands in no sort's index: a short walk that looks rows up comes first. */
static void other_fields_are_scanned_narrowly_or_walked_for(void **state) {
  struct fixture *fixture = *state;
  fill(fixture, 100);
  struct value two = value_integer(T_KIND, 2), from = value_integer(FIELD_CREATED, 0);
  struct condition kind = {T_KIND, C_IS, &two, 1}, made = {FIELD_CREATED, C_AT_LEAST, &from, 1};
  assert_non_null(strstr(plan(fixture, T_SECRECY, &kind, 1, &SCOPES[0]), "SCAN r USING COVERING INDEX i_problem_by_id"));
  assert_null(strstr(plan(fixture, T_KIND, &kind, 1, &SCOPES[0]), "TEMP B-TREE")); /* all equal: by id */
  assert_non_null(strstr(plan(fixture, T_SECRECY, &made, 1, &SCOPES[0]), "COVERING INDEX i_problem_list"));
  const char *walk = plan(fixture, T_DUE, &made, 1, &SCOPES[0]);
  assert_non_null(strstr(walk, "USING INDEX i_problem_by_due"));
  assert_non_null(strstr(walk, "COVERING INDEX i_problem_list"));
  struct value number = value_text(T_NUMBER, "N00001");
  struct condition numbered = {T_NUMBER, C_IS, &number, 1};
  /* holds numbered ones only */
  assert_non_null(strstr(plan(fixture, FIELD_ID, &numbered, 1, &SCOPES[0]), "INDEX i_problem_one_number (number=?)"));
}

#define STORE_TEST(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)
int main(void) {
  const struct CMUnitTest tests[] = {STORE_TEST(pages_cover_everything_once),
                                     STORE_TEST(states_and_moments_choose_in_every_scope_and_order),
                                     STORE_TEST(a_state_with_another_filter_is_walked_or_fetched),
                                     STORE_TEST(a_rare_filter_behind_the_walk_is_found),
                                     STORE_TEST(values_have_their_turn_page_by_page),
                                     STORE_TEST(a_page_in_turn_walks_the_parts_of_the_index_laid_out_by_the_date),
                                     STORE_TEST(conditions_say_what_they_say),
                                     STORE_TEST(tallies_equal_counts),
                                     STORE_TEST(a_record_out_of_scope_is_absent_and_a_child_follows_its_parent),
                                     STORE_TEST(first_pages_touch_covering_indexes_only),
                                     STORE_TEST(what_has_no_colour_is_found_by_its_kind),
                                     STORE_TEST(the_first_of_a_stretch_is_gone_to_at_once),
                                     STORE_TEST(other_fields_are_scanned_narrowly_or_walked_for)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
