/* The follower that fills the public store. An entry says what it may touch; when a batch is over, that much is read again in one snapshot
   and written as it then stands to be seen. So what is public is a function of the tables: thrown away, it comes again the same. A
   destruction reads all of it anew: what it was about cannot be asked any more. */
#include "follow/publication.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/room.h"
#include "exchange/map.h"
#include "follow/followers_parts.h"
#include "follow/publication_parts.h"

struct publication {
  struct house *house; struct public_store *store; struct arena *arena;
  struct map released;                      /* problems of which something is, was or may be out */
  struct map problems, submissions, appeals, others; /* touched: by id; others: records that submissions became */
  struct { uint16_t type; int64_t id; } *unresolved; size_t unresolved_count, unresolved_room; /* whose problem is still to be read */
  bool settings, everything, withheld;
  int64_t ahead;                            /* of a test store's clock, as published last */
  char told[128];
};

/* ---- what is shared with the parts ---- */

void publishing_add(struct publishing *publishing, const char *kind, const char *key, const char *body) {
  ARENA_ROOM(publishing->arena, publishing->items, publishing->count, publishing->room, 64);
  publishing->items[publishing->count++] = (struct public_item){.kind = kind, .key = key, .body = body};
}

void publishing_picture(struct publishing *publishing, struct public_picture picture) {
  ARENA_ROOM(publishing->arena, publishing->pictures, publishing->picture_count, publishing->picture_room, 16);
  publishing->pictures[publishing->picture_count++] = picture;
}

enum store_error publishing_rows(struct publishing *publishing, enum record_id type, uint16_t field, int64_t id, struct rows *rows) {
  struct value of = value_integer(field, id);
  struct condition condition = {.field = field, .how = C_IS, .values = &of, .count = 1};
  struct query query = {.type = record_type(type), .conditions = &condition, .condition_count = 1, .long_texts = true, .many = true, .expected = -1};
  return reader_list(publishing->reader, &query, &SCOPE_SYSTEM, publishing->arena, rows_keep, rows);
}

enum store_error publishing_row(struct publishing *publishing, enum record_id type, int64_t id, struct row **row) {
  enum store_error error = id == NOTHING || id <= 0 || !record_type(type) ? STORE_ABSENT : reader_get(publishing->reader, record_type(type), &SCOPE_SYSTEM, id, publishing->arena, row);
  if (error) *row = NULL;
  return error == STORE_ABSENT ? STORE_OK : error;
}

/* ---- what an entry touches ---- */

static void unresolved_add(struct publication *publication, uint16_t type, int64_t id) {
  HEAP_ROOM(publication->unresolved, publication->unresolved_count, publication->unresolved_room, 64);
  publication->unresolved[publication->unresolved_count].type = type;
  publication->unresolved[publication->unresolved_count++].id = id;
}

/* Types whose records belong to a problem by a field. */
static const struct { enum record_id type; uint16_t problem; } OF_PROBLEM[] = {
  {RECORD_RELEASE, RELEASE_PROBLEM}, {RECORD_RESULT, RESULT_PROBLEM}, {RECORD_EVIDENCE, EVIDENCE_PROBLEM}, {RECORD_SITE, SITE_PROBLEM}, {RECORD_INDICATOR, INDICATOR_PROBLEM}, {RECORD_EVALUATION, EVALUATION_PROBLEM}};

static uint16_t problem_field(uint16_t type) {
  for (size_t i = 0; i < sizeof OF_PROBLEM / sizeof *OF_PROBLEM; i++)
    if (OF_PROBLEM[i].type == type) return OF_PROBLEM[i].problem;
  return 0;
}

static bool destroys_something_public(const struct entry *entry) {
  return entry->kind == ENTRY_DESTRUCTION && (problem_field(entry->type) || entry->type == RECORD_PROBLEM || entry->type == RECORD_APPEAL ||
                                              entry->type == RECORD_OBJECTION || entry->type == RECORD_SUBMISSION);
}

/* A release, or a problem whose publicity, standing or being there changes: then what is withheld is counted again. */
static bool moves_withheld(const struct entry *entry) {
  static const char SCOPE[] = "\"33\"";
  _Static_assert(PROBLEM_PUBLICITY_SCOPE == 33, "as entries name it");
  if (entry->type != RECORD_PROBLEM) return entry->type == RECORD_RELEASE;
  return entry->state == PROBLEM_WITHDRAWN || entry->state == PROBLEM_MERGED || entry->action == ACTION_VOID ||
         (entry->body && memmem(entry->body, entry->body_size, SCOPE, sizeof SCOPE - 1));
}

static enum store_error publication_apply(void *state, const struct entry *entry) {
  struct publication *publication = state;
  publication->withheld = publication->withheld || moves_withheld(entry);
  if (destroys_something_public(entry)) publication->everything = true;
  switch (entry->type) {
    case RECORD_PROBLEM:
      if (map_get(&publication->released, entry->record) != NOTHING) map_put(&publication->problems, entry->record, 1);
      break;
    case RECORD_SUBMISSION: map_put(&publication->submissions, entry->record, 1); break;
    case RECORD_OBJECTION:
    case RECORD_EVALUATION: map_put(&publication->others, entry->record, 1); break;
    /* a new one comes with its submission */
    case RECORD_APPEAL:
      if (entry->version > 1) map_put(&publication->appeals, entry->record, 1);
      break;
    case RECORD_POLICY:
    case RECORD_UNIT:
    case RECORD_CAMPAIGN: publication->settings = true; break;
    default: break;
  }
  if (problem_field(entry->type) && (entry->type == RECORD_RELEASE || entry->type == RECORD_EVALUATION || publication->released.count))
    unresolved_add(publication, entry->type, entry->record);
  return STORE_OK;
}

/* ---- settling ---- */

static enum store_error resolve(struct publication *publication, struct publishing *publishing) {
  enum store_error error = STORE_OK;
  for (size_t i = 0; i < publication->unresolved_count && !error; i++) {
    uint16_t type = publication->unresolved[i].type;
    struct row *row = NULL;
    error = publishing_row(publishing, (enum record_id)type, publication->unresolved[i].id, &row);
    int64_t problem = row ? row_integer(row, problem_field(type)) : NOTHING;
    /* its code follows it, of a problem or not */
    if (!error && row && type == RECORD_EVALUATION) map_put(&publication->appeals, row_integer(row, EVALUATION_APPEAL), 1);
    if (error || problem == NOTHING) continue;
    if (type == RECORD_RELEASE) map_put(&publication->released, problem, 1);
    if (map_get(&publication->released, problem) != NOTHING) map_put(&publication->problems, problem, 1);
  }
  return error;
}

struct marking { struct publication *publication; struct map *map; uint16_t field; };
static bool mark(void *with, const struct row *row) {
  struct marking *marking = with;
  int64_t id = marking->field ? row_integer(row, marking->field) : row->id;
  if (id != NOTHING) map_put(marking->map, id, 1);
  return true;
}

static enum store_error mark_rows(struct publishing *publishing, struct publication *publication, enum record_id type,
                                  const struct condition *condition, struct map *map, uint16_t field) {
  struct marking marking = {publication, map, field};
  struct query query = {.type = record_type(type), .conditions = condition, .condition_count = condition ? 1 : 0, .expected = -1};
  return reader_list(publishing->reader, &query, &SCOPE_SYSTEM, publishing->arena, mark, &marking);
}

/* What is out now has to be looked at as well: it may have to go. */
static bool mark_item(void *with, const struct public_item *item) {
  struct publication *publication = with;
  map_put(&publication->problems, strtoll(item->key, NULL, 10), 1);
  map_put(&publication->released, strtoll(item->key, NULL, 10), 1);
  return true;
}
static bool drop_code(void *with, const struct public_item *item) {
  struct publishing *publishing = with;
  publishing_add(publishing, "code", arena_text(publishing->arena, item->key), NULL);
  return true;
}

static enum store_error mark_everything(struct publication *publication, struct publishing *publishing) {
  struct value released = value_integer(FIELD_STATE, RELEASE_RELEASED);
  struct condition out = {.field = FIELD_STATE, .how = C_IS, .values = &released, .count = 1},
                   coded = {.field = APPEAL_CODE_HASH, .how = C_FILLED};
  publication->settings = true;
  enum store_error error = public_items(publication->store, "problem", -1, false, mark_item, publication);
  /* those that stand follow below, and win */
  if (!error) error = public_items(publication->store, "code", -1, false, drop_code, publishing);
  if (!error) error = mark_rows(publishing, publication, RECORD_RELEASE, &out, &publication->problems, RELEASE_PROBLEM);
  if (!error) error = mark_rows(publishing, publication, RECORD_RELEASE, &out, &publication->released, RELEASE_PROBLEM);
  if (!error) error = mark_rows(publishing, publication, RECORD_SUBMISSION, NULL, &publication->submissions, 0);
  return error ? error : mark_rows(publishing, publication, RECORD_APPEAL, &coded, &publication->appeals, 0);
}

typedef enum store_error publish_function(struct publishing *publishing, int64_t id);
static enum store_error submission_one(struct publishing *publishing, int64_t id) {
  struct row *row = NULL;
  enum store_error error = publishing_row(publishing, RECORD_SUBMISSION, id, &row);
  return error || !row ? error : publish_submission(publishing, row);
}
static enum store_error appeal_one(struct publishing *publishing, int64_t id) {
  struct row *row = NULL;
  enum store_error error = publishing_row(publishing, RECORD_APPEAL, id, &row);
  return error || !row ? error : publish_appeal(publishing, row);
}

static int by_id(const void *one, const void *other) {
  int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
  return a < b ? -1 : a > b;
}
static enum store_error each(struct publishing *publishing, const struct map *map, publish_function *publish) {
  int64_t *ids = ARENA_ARRAY(publishing->arena, int64_t, map->count + 1);
  size_t count = 0;
  enum store_error error = STORE_OK;
  for (size_t i = 0; i < map->room; i++)
    if (map->slots[i].key != NOTHING && map_get(map, map->slots[i].key) != NOTHING) ids[count++] = map->slots[i].key;
  qsort(ids, count, sizeof *ids, by_id);
  for (size_t i = 0; i < count && !error; i++) error = publish(publishing, ids[i]);
  return error;
}

static void forget_touched(struct publication *publication) {
  map_free(&publication->problems);
  map_free(&publication->submissions);
  map_free(&publication->appeals);
  map_free(&publication->others);
  publication->unresolved_count = 0;
  publication->settings = publication->everything = publication->withheld = false;
}

/* A test store's clock was moved: the portal moves with it. */
static enum store_error clock_look(struct publication *publication) {
  struct store_clock clock = {0};
  enum store_error error = store_clock_read(publication->house->store, &clock);
  if (!error && clock.simulated && clock.offset != publication->ahead) {
    publication->ahead = clock.offset;
    publication->settings = true;
  }
  return error;
}

static enum store_error make(struct publication *publication, struct publishing *publishing, int64_t number) {
  enum store_error error = clock_look(publication);
  if (!error && publication->everything) error = mark_everything(publication, publishing);
  if (!error) error = resolve(publication, publishing);
  if (!error) error = each(publishing, &publication->problems, publish_problem);
  if (!error) error = each(publishing, &publication->submissions, submission_one);
  if (!error) error = each(publishing, &publication->appeals, appeal_one);
  if (!error) error = each(publishing, &publication->others, publish_submissions_of);
  if (!error) error = each(publishing, &publication->appeals, publish_submissions_of);
  if (!error && publication->settings) error = publish_settings(publishing);
  if (!error && (publication->settings || publication->withheld)) error = publish_withheld(publishing);
  return error ? error : publish_head(publishing, number);
}

/* A code dropped and put again in one batch is put: only the last of a key counts. */
static void last_of_each(struct publishing *publishing) {
  size_t kept = 0;
  struct map seen = {0};
  for (size_t i = publishing->count; i-- > 0;) {
    int64_t key = map_key(arena_print(publishing->arena, "%s:%s", publishing->items[i].kind, publishing->items[i].key));
    if (map_get(&seen, key) != NOTHING) publishing->items[i].kind = NULL;
    map_put(&seen, key, 1);
  }
  for (size_t i = 0; i < publishing->count; i++)
    if (publishing->items[i].kind) publishing->items[kept++] = publishing->items[i];
  publishing->count = kept;
  map_free(&seen);
}

static bool take_ahead(void *with, const struct entry *entry) { return publication_apply(with, entry) == STORE_OK; }

static enum store_error publication_settle(void *state, int64_t at) {
  struct publication *publication = state;
  struct publishing publishing = {.house = publication->house, .store = publication->store, .arena = publication->arena};
  struct public_state now = {0};
  struct head head;
  enum store_error error = store_reader(publication->house->store, &publishing.reader);
  if (!error) error = reader_head(publishing.reader, &head);
  /* so that all is as of one number */
  if (!error && !publication->everything && head.number > at)
    error = reader_journal(publishing.reader, at, SIZE_MAX, take_ahead, publication);
  if (!error) error = make(publication, &publishing, head.number);
  if (publishing.reader) reader_release(publishing.reader);
  last_of_each(&publishing);
  now.journal = error ? 0 : head.number > at ? head.number : at;
  now.moment = error ? 0 : head.last_moment;
  snprintf(now.told, sizeof now.told, "%s", publication->told);
  if (!error)
    error = public_write(publication->store, publishing.items, publishing.count, publishing.pictures, publishing.picture_count, &now);
  if (!error) forget_touched(publication);
  arena_reset(publication->arena);
  return error;
}

/* ---- beginning ---- */

static enum store_error begin(struct publication *publication, const struct head *head, int64_t *at) {
  struct public_state state;
  enum store_error error = public_state_read(publication->store, &state);
  if (error) return error;
  if (!text_equal(state.told, publication->told) || state.journal > head->number) {
    error = public_begin_anew(publication->store, publication->told);
    publication->everything = true;
    state.journal = 0;
  }
  if (!error && !publication->everything) error = public_items(publication->store, "problem", -1, true, mark_item, publication);
  map_free(&publication->problems);
  /* the last entry again, so that a batch is settled */
  *at = publication->everything ? (head->number > 0 ? head->number - 1 : 0) : state.journal;
  return error;
}

static enum store_error publication_start(struct house *house, void **out, int64_t *at) {
  struct publication *publication = HEAP_NEW(struct publication);
  struct reader *reader = NULL;
  struct head head = {0};
  *publication = (struct publication){.house = house, .arena = arena_new()};
  *out = publication;
  enum store_error error = public_open(house->data, &publication->store);
  if (!error) error = store_reader(house->store, &reader);
  if (!error) error = reader_head(reader, &head);
  if (reader) reader_release(reader);
  snprintf(publication->told, sizeof publication->told, "%d %s %lld", PUBLICATION_VERSION, head.store_id, (long long)head.epoch);
  return error ? error : begin(publication, &head, at);
}

static void publication_stop(void *state) {
  struct publication *publication = state;
  forget_touched(publication);
  map_free(&publication->released);
  free(publication->unresolved);
  public_close(publication->store);
  arena_free(publication->arena);
  free(publication);
}

#define PAUSE 100
const struct follower FOLLOWER_PUBLICATION = {.name = "publication", .kind = VIEW_IN_TABLES, .version = PUBLICATION_VERSION, .start = publication_start, .apply = publication_apply,
                                              .settle = publication_settle, .stop = publication_stop, .pause = PAUSE};
