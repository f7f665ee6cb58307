/* The tallies' follower: a checkpoint taken up, or one scan of the tallied types at the start, then each journal entry moves its record
   from one cell to another. What a record was is known from the map, so an entry's body is only asked what it is now. Reads nothing but the
   journal once started; must never answer for a number it has not reached. */
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/log.h"
#include "follow/followers_parts.h"
#include "follow/house.h"
#include "follow/tallies_parts.h"

struct tally *tally_of(struct tallies *tallies, const struct record_type *type) {
  for (size_t i = 0; i < tallies->count; i++)
    if (tallies->items[i].type == type) return &tallies->items[i];
  return NULL;
}

int tally_dimension(const struct tally *tally, uint16_t field) {
  for (size_t i = 0; i < tally->field_count; i++)
    if (tally->fields[i] == field) return (int)i;
  return -1;
}

/* ---- which dimensions ---- */

static bool dimension_add(struct tally *tally, uint16_t field) {
  if (tally_dimension(tally, field) >= 0) return true;
  if (tally->field_count == CUBE_DIMENSIONS) return false;
  tally->fields[tally->field_count++] = field;
  return true;
}

#define DIMENSION (FIELD_TALLIED | FIELD_COUNTED_BY)

static bool tallied(const struct record_type *type) {
  for (size_t i = 0; i < type->field_count; i++)
    if (type->fields[i].flags & DIMENSION) return true;
  return false;
}

static const struct field *holder_field(const struct record_type *type) {
  const struct field *field = type->holders[0].field ? record_field(type, type->holders[0].field) : NULL;
  return field && field->type == F_REFERENCE ? field : NULL;
}

static void tally_declare(struct tally *tally, const struct record_type *type) {
  const struct field *holder = holder_field(type);
  *tally = (struct tally){.type = type, .cube_count = 1};
  if (type->states) dimension_add(tally, FIELD_STATE);
  if (holder) dimension_add(tally, holder->id);
  for (size_t i = 0; i < type->field_count; i++)
    if (type->fields[i].flags & DIMENSION && !dimension_add(tally, type->fields[i].id))
      log_line(LOG_WARNING, "tallies", "%s: more than %d dimensions, %s is left to the store", type->name, CUBE_DIMENSIONS,
               type->fields[i].name);
  tally->holder = holder ? tally_dimension(tally, holder->id) : -1;
  tally->secrecy = type->secrecy ? tally_dimension(tally, type->secrecy) : -1;
  tally->cubes[0].mask = (1u << tally->field_count) - 1;
}

/* ---- counting ---- */

static void cubes_add(struct tally *tally, const union cell_key *key, int64_t by) {
  for (size_t i = 0; i < tally->cube_count; i++) cube_add(&tally->cubes[i], key, by);
}

static void record_drop(struct tally *tally, int64_t id) {
  int64_t cell = map_get(&tally->records, id);
  if (cell == NOTHING) return;
  union cell_key key = tally->cubes[0].cells[cell].key;
  cubes_add(tally, &key, -1);
  map_remove(&tally->records, id);
}

static bool key_of(struct tally *tally, const int64_t *values, union cell_key *key) {
  *key = (union cell_key){.words = {0, 0}};
  for (size_t d = 0; d < tally->field_count; d++)
    if (!dictionary_code(&tally->dictionaries[d], values[d], &key->codes[d])) return false;
  return true;
}

/* What the record counts for from now on. */
static void record_set(struct tally *tally, int64_t id, const int64_t *values, bool counts) {
  union cell_key key;
  if (tally->off) return;
  if (!key_of(tally, values, &key)) {
    log_line(LOG_WARNING, "tallies", "%s: too many values in one dimension, left to the store", tally->type->name);
    tally->off = true;
    return;
  }
  record_drop(tally, id);
  if (!counts) return;
  cubes_add(tally, &key, 1);
  map_put(&tally->records, id, (int64_t)cube_cell(&tally->cubes[0], &key));
}

static void record_put(struct tally *tally, const struct row *row) {
  int64_t values[CUBE_DIMENSIONS];
  for (size_t d = 0; d < tally->field_count; d++) values[d] = row_integer(row, tally->fields[d]);
  record_set(tally, row->id, values, !row->voided);
}

/* ---- the follower ---- */

static bool scan_take(void *with, int64_t id, const int64_t *values) {
  record_set(with, id, values, true);
  return true;
}

static enum store_error tally_scan(struct reader *reader, struct tally *tally) {
  return reader_fields(reader, tally->type, tally->fields, tally->field_count, &SCOPE_SYSTEM, scan_take, tally);
}

static void tallies_free(struct tallies *tallies) {
  for (size_t i = 0; i < tallies->count; i++) {
    struct tally *tally = &tallies->items[i];
    for (size_t c = 0; c < tally->cube_count; c++) cube_free(&tally->cubes[c]);
    for (size_t d = 0; d < tally->field_count; d++) dictionary_free(&tally->dictionaries[d]);
    map_free(&tally->records);
  }
  pthread_rwlock_destroy(&tallies->lock);
  arena_free(tallies->scratch);
  arena_free(tallies->arena);
  free(tallies);
}

static struct tallies *tallies_new(const struct schema *schema) {
  struct tallies *tallies = HEAP_NEW(struct tallies);
  pthread_rwlock_init(&tallies->lock, NULL);
  tallies->arena = arena_new();
  tallies->scratch = arena_new();
  tallies->items = ARENA_ARRAY(tallies->arena, struct tally, schema->count);
  for (size_t i = 0; i < schema->count; i++)
    if (tallied(schema->types[i])) tally_declare(&tallies->items[tallies->count++], schema->types[i]);
  return tallies;
}

/* One snapshot: what is read is true at the head's number. */
static enum store_error tallies_fill(struct house *house, struct tallies **out) {
  struct reader *reader = NULL;
  struct head head;
  struct tallies *tallies = tallies_new(store_schema(house->store));
  enum store_error error = store_reader(house->store, &reader);
  if (!error) error = reader_head(reader, &head);
  if (!error && !tallies_take_up(tallies, house->data, &head)) {
    tallies_free(tallies);
    tallies = tallies_new(store_schema(house->store));
    for (size_t i = 0; !error && i < tallies->count; i++) error = tally_scan(reader, &tallies->items[i]);
    tallies->at = head.number;
  } else if (!error) tallies->kept_at = tallies->at;
  if (reader) reader_release(reader);
  *out = tallies;
  return error;
}

static void checkpoint(struct tallies *tallies);
#define KEEP_AT_ONCE 100000 /* records counted by a scan: the next start, perhaps after a kill, need not scan again */

static enum store_error tallies_start(struct house *house, void **state, int64_t *at) {
  struct tallies *tallies = NULL;
  enum store_error error = tallies_fill(house, &tallies);
  if (error) {
    tallies_free(tallies);
    return error;
  }
  tallies->house = house;
  tallies->kept_when = moment_system();
  size_t scanned = 0;
  for (size_t i = 0; i < tallies->count && tallies->kept_at < tallies->at; i++) scanned += tallies->items[i].records.count;
  if (scanned >= KEEP_AT_ONCE) checkpoint(tallies);
  *at = tallies->at;
  *state = house->tallies = tallies;
  return STORE_OK;
}

/* The record as it is after the entry, as far as the dimensions go: what it was, with the body laid over it. */
static bool entry_row(struct tallies *tallies, struct tally *tally, const struct entry *entry, struct row **out) {
  int64_t cell = map_get(&tally->records, entry->record);
  struct row *row = row_new(tallies->scratch, tally->type);
  if (cell != NOTHING) {
    const union cell_key *key = &tally->cubes[0].cells[cell].key;
    row->id = entry->record;
    for (size_t d = 0; d < tally->field_count; d++)
      if (tally->fields[d] != FIELD_STATE) row_set_integer(row, tally->fields[d], tally->dictionaries[d].values[key->codes[d]]);
  }
  *out = row;
  return body_apply(tallies->scratch, entry, row);
}

static void entry_count(struct tallies *tallies, const struct entry *entry) {
  const struct record_type *type = record_type((enum record_id)entry->type);
  struct tally *tally = type ? tally_of(tallies, type) : NULL;
  struct row *row;
  if (!tally) return;
  if (entry->kind == ENTRY_DESTRUCTION) {
    record_drop(tally, entry->record);
    return;
  }
  /* a body destroyed since, or an edit of a voided record: nothing is counted */
  bool founds = entry->version == 1 && entry->kind == ENTRY_CHANGE, counted = map_get(&tally->records, entry->record) != NOTHING;
  if (!founds && !counted) return;
  if (entry_row(tallies, tally, entry, &row)) record_put(tally, row);
  arena_reset(tallies->scratch);
}

static enum store_error tallies_apply(void *state, const struct entry *entry) {
  struct tallies *tallies = state;
  pthread_rwlock_wrlock(&tallies->lock);
  if (entry->kind == ENTRY_CHANGE || entry->kind == ENTRY_DERIVED || entry->kind == ENTRY_DESTRUCTION) entry_count(tallies, entry);
  tallies->at = entry->number;
  pthread_rwlock_unlock(&tallies->lock);
  return STORE_OK;
}

/* Writes the checkpoint. Only the follower's thread changes the view, so it may read it without a lock. A checkpoint that cannot be written
   costs the next start some time and nothing else. */
static void checkpoint(struct tallies *tallies) {
  struct reader *reader = NULL;
  struct head head;
  enum store_error error = store_reader(tallies->house->store, &reader);
  if (!error) error = reader_head(reader, &head);
  if (reader) reader_release(reader);
  if (!error) error = tallies_keep(tallies, tallies->house->data, &head);
  if (error) log_line(LOG_WARNING, "tallies", "the checkpoint was not written: %s", store_error_label(error).en);
  tallies->kept_at = tallies->at;
  tallies->kept_when = moment_system();
}

#define KEEP_EVERY 20000                 /* entries … */
#define KEEP_APART (20 * MOMENT_SECOND)  /* … but not oftener than this */

static enum store_error tallies_settle(void *state, int64_t at) {
  struct tallies *tallies = state;
  if (at - tallies->kept_at >= KEEP_EVERY && moment_system() - tallies->kept_when >= KEEP_APART) checkpoint(tallies);
  return STORE_OK;
}

static void tallies_stop(void *state) {
  struct tallies *tallies = state;
  if (tallies->at - tallies->kept_at >= KEEP_EVERY / 20) checkpoint(tallies);
  tallies_free(tallies);
}

int64_t tallies_position(struct tallies *tallies) {
  pthread_rwlock_rdlock(&tallies->lock);
  int64_t at = tallies->at;
  pthread_rwlock_unlock(&tallies->lock);
  return at;
}

const struct follower FOLLOWER_TALLIES = {.name = "tallies", .kind = VIEW_IN_MEMORY, .version = 1, .start = tallies_start, .apply = tallies_apply,
                                          .settle = tallies_settle, .stop = tallies_stop};
