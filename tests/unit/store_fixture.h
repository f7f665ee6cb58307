/* A small schema of its own and a store in a folder that goes away: what the store's tests share. */
#ifndef BIHUAN_TESTS_STORE_FIXTURE_H
#define BIHUAN_TESTS_STORE_FIXTURE_H

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include "store/seal.h"
#include "store/writer.h"

static const struct choice COLOURS[] = {{1, "grey", {"灰", "grey"}}, {2, "green", {"绿", "green"}}, {3, "red", {"红", "red"}}, {0}};
static const struct choice KINDS[] = {{1, "one", {"一", "one"}}, {2, "two", {"二", "two"}}, {3, "three", {"三", "three"}}, {0}};
static const struct choice SECRECIES[] = {{0, "open", {"公开", "open"}}, {1, "internal", {"内部", "internal"}}, {2, "restricted", {"受限", "restricted"}}, {0}};
static const struct state_name STATES[] = {{1, "draft", {"草稿", "draft"}}, {2, "running", {"进行", "running"}}, {3, "closed", {"完成", "closed"}}, {0}};

enum { T_NUMBER = 1, T_TITLE, T_DETAIL, T_COLOUR, T_KIND, T_LEAD, T_JOINT, T_OWNER, T_DUE, T_SECRECY, T_NOTE, T_TAGS };
#define PROBLEM_FIELDS \
  {T_NUMBER, "number", {"编号", "number"}, F_TEXT, FIELD_UNIQUE | FIELD_LISTED}, {T_TITLE, "title", {"标题", "title"}, F_TEXT}, \
  {T_DETAIL, "detail", {"详情", "detail"}, F_LONG_TEXT}, {T_COLOUR, "colour", {"颜色", "colour"}, F_CHOICE, FIELD_TALLIED | FIELD_DERIVED, .choices = COLOURS}, \
  {T_KIND, "kind", {"类别", "kind"}, F_CHOICE, FIELD_TALLIED, .choices = KINDS}, {T_LEAD, "lead_unit", {"牵头", "lead"}, F_REFERENCE, FIELD_LISTED, .target = RECORD_UNIT}, \
  {T_JOINT, "joint_units", {"配合", "joint"}, F_REFERENCES, 0, .target = RECORD_UNIT}, {T_OWNER, "owner", {"责任人", "owner"}, F_REFERENCE, FIELD_LISTED, .target = RECORD_USER}, \
  {T_DUE, "due", {"时限", "due"}, F_DATE, FIELD_LISTED}, {T_SECRECY, "secrecy", {"密级", "secrecy"}, F_CHOICE, FIELD_LISTED, .choices = SECRECIES}, \
  {T_NOTE, "note", {"备注", "note"}, F_LONG_TEXT}, {T_TAGS, "tags", {"标记", "tags"}, F_CHOICES, 0, .choices = KINDS}
static const struct field PROBLEM_OLD[] = {PROBLEM_FIELDS};
static const uint16_t PROBLEM_SORTS[] = {T_DUE, FIELD_CHANGED, T_NUMBER};
static const uint16_t PROBLEM_INDEXES[][3] = {{FIELD_STATE, T_COLOUR}};
#define PROBLEM_REST(FIELDS) .fields = FIELDS, .field_count = sizeof FIELDS / sizeof *FIELDS, .states = STATES, .first = 1, \
  .holders = {{T_LEAD, RELATION_LEAD}, {T_JOINT, RELATION_JOINT}, {T_OWNER, RELATION_SELF}}, .secrecy = T_SECRECY, .title = T_TITLE, \
  .sorts = PROBLEM_SORTS, .sort_count = 3, .indexes = PROBLEM_INDEXES, .index_count = 1
static const struct record_type T_PROBLEM = {.id = RECORD_PROBLEM, .name = "problem", .plural = "problems", PROBLEM_REST(PROBLEM_OLD)};
static const struct field MEASURE_FIELDS[] = {{1, "problem", {"问题", "problem"}, F_REFERENCE, 0, .target = RECORD_PROBLEM}, {2, "title", {"标题", "title"}, F_TEXT},
  {3, "entry", {"条目", "entry"}, F_INTEGER}}; /* called like a system column */
static const struct record_type T_MEASURE = {.id = RECORD_MEASURE, .name = "measure", .plural = "measures", .fields = MEASURE_FIELDS, .field_count = 3, .parent = 1};
static const struct field UNIT_FIELDS[] = {{1, "name", {"名称", "name"}, F_TEXT}};
static const struct record_type T_UNIT = {.id = RECORD_UNIT, .name = "unit", .plural = "units", .fields = UNIT_FIELDS, .field_count = 1};
static const struct record_type *const TYPES_OLD[] = {&T_UNIT, &T_PROBLEM, &T_MEASURE};
static const struct schema SCHEMA_OLD = {TYPES_OLD, 3, 1};

struct fixture { char folder[64]; struct store *store; struct arena *arena; };

static int remove_one(const char *path, const struct stat *state, int kind, struct FTW *walk) { return remove(path); }

static inline enum store_error fixture_open(struct fixture *fixture, const struct schema *schema, struct label *reason) {
  struct label unused;
  struct store_options options = {.url = fixture->folder, .data = fixture->folder, .schema = schema, .create = true};
  return store_open(&options, &fixture->store, fixture->arena, reason ? reason : &unused);
}
static inline int fixture_setup(void **state) {
  struct fixture *fixture = calloc(1, sizeof *fixture);
  snprintf(fixture->folder, sizeof fixture->folder, "/tmp/bihuan-store-XXXXXX");
  assert_non_null(mkdtemp(fixture->folder));
  base_start();
  fixture->arena = arena_new();
  assert_int_equal(fixture_open(fixture, &SCHEMA_OLD, NULL), STORE_OK);
  *state = fixture;
  return 0;
}
static inline int fixture_teardown(void **state) {
  struct fixture *fixture = *state;
  store_close(fixture->store);
  nftw(fixture->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
  arena_free(fixture->arena);
  free(fixture);
  return 0;
}

/* Appends an entry and writes the row it makes or changes. */
static inline enum store_error save(struct tx *tx, const struct row *before, struct row *after) {
  struct entry entry = {.kind = ENTRY_CHANGE,
                        .action = before ? ACTION_EDIT : ACTION_CREATE,
                        .type = (uint16_t)after->type->id,
                        .record = after->id,
                        .version = before ? before->version + 1 : 1,
                        .state = after->state,
                        .moment = 1000000 + tx_head(tx).number,
                        .happened = NOTHING,
                        .body = "{\"f\":{}}",
                        .body_size = 8};
  enum store_error error = tx_append(tx, &entry);
  if (before == NULL) { after->id = entry.number; after->created = entry.moment; }
  after->version = entry.version;
  after->entry = entry.number;
  after->changed = entry.moment;
  return error ? error : tx_put(tx, before, after);
}
/* A problem whose values all follow from `n`. */
static inline struct row *problem_numbered(struct arena *arena, const struct record_type *type, int n) {
  struct row *row = row_new(arena, type);
  int64_t *joint = ARENA_ARRAY(arena, int64_t, 2);
  joint[0] = 1 + (n / 3) % 7;
  joint[1] = 1 + (n / 3 + 3) % 7;
  row->state = (state_code)(1 + n % 3);
  row_set_text(row, T_NUMBER, arena_print(arena, "N%05d", n * 7919 % 100003));
  row_set_text(row, T_TITLE, arena_print(arena, "题目 %d", n));
  if (n % 2) row_set_text(row, T_DETAIL, arena_print(arena, "详情 %d", n));
  row_set_integer(row, T_COLOUR, 1 + n / 2 % 3);
  row_set_integer(row, T_KIND, 1 + n / 5 % 3);
  if (n % 11) row_set_integer(row, T_LEAD, 1 + n % 7);
  if (n % 4 == 0) { struct value many = value_many(T_JOINT, joint, 2); row_set(row, &many); }
  row_set_integer(row, T_OWNER, 100 + n % 5);
  if (n % 9) row_set_integer(row, T_DUE, 20000 + n * 37 % 101);
  row_set_integer(row, T_SECRECY, n % 3);
  row_set_integer(row, T_TAGS, INT64_C(1) << (1 + n % 3));
  return row;
}
static inline void fill(struct fixture *fixture, int count) {
  struct tx *tx = NULL;
  assert_int_equal(store_begin(fixture->store, &tx), STORE_OK);
  for (int n = 0; n < count; n++) {
    struct row *row = problem_numbered(fixture->arena, store_schema(fixture->store)->types[1], n);
    row->voided = n % 50 == 49;
    assert_int_equal(save(tx, NULL, row), STORE_OK);
  }
  assert_int_equal(tx_commit(tx), STORE_OK);
}
#endif
