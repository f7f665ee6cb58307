/* Destroying a record entered by mistake. In one change set: what hangs on it is found from the declarations (records of which it is
   the parent, links, approvals and messages about it), every one gets its destruction entry and loses its row and the bodies of its
   entries; derived references to it are emptied; problems that it affected are judged again. Nothing here asks who may: the door does. */
#include "rules/destruction.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/log.h"
#include "base/room.h"
#include "rules/frozen.h"
#include "rules/linked_appeals.h"
#include "store/writer.h"

#define FILE_NOTE_LIFE (INT64_C(30) * 24 * 3600 * 1000000) /* a set that was taken back leaves its notes: they pass away */

/* References that are no parent, and yet go with what they refer to. */
static const struct { enum record_id type; uint16_t field; } GOES_WITH[] = {{RECORD_EVIDENCE, EVIDENCE_MEASURE}, {RECORD_INDICATOR, INDICATOR_PLAN}, {RECORD_CORRECTION, CORRECTION_PROBLEM},
                                                                       {RECORD_TRANSFER, TRANSFER_PROBLEM}, {RECORD_RULING, RULING_PROBLEM}, {RECORD_RULING, RULING_TRANSFER},
                                                                       {RECORD_RELEASE, RELEASE_RESULT}};
/* Types that name any record by type and id: the pair of fields. */
static const struct { enum record_id type; uint16_t of_type, of_id; } ABOUT[] = {
  {RECORD_LINK, LINK_FROM_TYPE, LINK_FROM_ID}, {RECORD_LINK, LINK_TO_TYPE, LINK_TO_ID}, {RECORD_APPROVAL, APPROVAL_TYPE, APPROVAL_RECORD}, {RECORD_MESSAGE, MESSAGE_TYPE, MESSAGE_RECORD},
  {RECORD_EVIDENCE, EVIDENCE_OF_TYPE, EVIDENCE_OF_ID}, {RECORD_CHASE, CHASE_OF_TYPE, CHASE_OF_ID}};

struct loosened { const struct record_type *type; int64_t id; uint16_t field; };
struct work {
  const struct destruction_order *order;
  struct destruction *destruction;
  struct tx *tx;
  struct reader *reader;
  struct loosened *loosened; size_t loosened_count, loosened_room;
};

/* ---- planning ---- */
static bool doomed_already(const struct destruction *destruction, const struct record_type *type, int64_t id) {
  bool found = false;
  for (size_t i = 0; i < destruction->count && !found; i++) found = destruction->items[i].type == type && destruction->items[i].id == id;
  return found;
}

void destruction_doom(struct destruction *destruction, struct doomed doomed) {
  ARENA_ROOM(destruction->arena, destruction->items, destruction->count, destruction->room, 16);
  destruction->items[destruction->count++] = doomed;
}

static void doom(struct destruction *destruction, const struct row *row) {
  if (doomed_already(destruction, row->type, row->id)) return;
  destruction_doom(destruction, (struct doomed){row->type, row->id, 0, row_copy(destruction->arena, row)});
  for (size_t i = 0; i < row->type->field_count; i++) {
    const char *file = row->type->fields[i].type == F_FILE ? row_text(row, row->type->fields[i].id) : NULL;
    if (!file) continue;
    ARENA_ROOM(destruction->arena, destruction->files, destruction->file_count, destruction->file_room, 16);
    destruction->files[destruction->file_count++] = arena_text(destruction->arena, file);
  }
}

struct found_rows { struct work *work; const struct field *field; bool with; };

static void loosen(struct work *work, const struct record_type *type, int64_t id, uint16_t field) {
  ARENA_ROOM(work->destruction->arena, work->loosened, work->loosened_count, work->loosened_room, 16);
  work->loosened[work->loosened_count++] = (struct loosened){type, id, field};
}

static bool found_take(void *with, const struct row *row) {
  struct found_rows *found = with;
  struct destruction *destruction = found->work->destruction;
  if (found->with) doom(destruction, row);
  else if (found->field->flags & FIELD_DERIVED) loosen(found->work, row->type, row->id, found->field->id);
  else if (!doomed_already(destruction, row->type, row->id))
    destruction->refused = (struct label){arena_print(destruction->arena, "%s %lld 的“%s”还指着它,请先改掉那里。", row->type->label.zh,
                                                      (long long)row->id, found->field->label.zh),
                                          arena_print(destruction->arena, "\"%s\" of %s %lld still names it; change that first.",
                                                      found->field->label.en, row->type->name, (long long)row->id)};
  return !destruction->refused.zh;
}

static enum store_error find_rows(struct work *work, const struct record_type *type, const struct condition *conditions, size_t count,
                                  struct found_rows *found) {
  struct query query = {.type = type,
                        .conditions = conditions,
                        .condition_count = count,
                        .with_voided = true,
                        .long_texts = true,
                        .many = true,
                        .expected = -1};
  struct arena *scratch = arena_new();
  enum store_error error = reader_list(work->reader, &query, &SCOPE_SYSTEM, scratch, found_take, found);
  arena_free(scratch);
  return error;
}

static bool goes_with(const struct record_type *type, const struct field *field) {
  bool goes = type->parent == field->id;
  for (size_t i = 0; i < sizeof GOES_WITH / sizeof *GOES_WITH; i++)
    goes = goes || (GOES_WITH[i].type == type->id && GOES_WITH[i].field == field->id);
  return goes;
}

/* All that refers to one doomed record. */
static enum store_error follow_references(struct work *work, const struct record_type *type, int64_t id) {
  enum store_error error = STORE_OK;
  for (size_t i = 0; i < SCHEMA.count && !error; i++) {
    const struct record_type *other = SCHEMA.types[i];
    for (size_t k = 0; k < other->field_count && !error; k++) {
      const struct field *field = &other->fields[k];
      if (field->type != F_REFERENCE || field->target != type->id) continue;
      struct value value = value_integer(field->id, id);
      struct condition condition = {.field = field->id, .how = C_IS, .values = &value, .count = 1};
      struct found_rows found = {work, field, goes_with(other, field)};
      error = find_rows(work, other, &condition, 1, &found);
    }
  }
  for (size_t i = 0; i < sizeof ABOUT / sizeof *ABOUT && !error; i++) {
    struct value of_type = value_integer(ABOUT[i].of_type, type->id), of_id = value_integer(ABOUT[i].of_id, id);
    struct condition conditions[] = {{.field = ABOUT[i].of_id, .how = C_IS, .values = &of_id, .count = 1},
                                     {.field = ABOUT[i].of_type, .how = C_IS, .values = &of_type, .count = 1}};
    struct found_rows found = {work, NULL, true};
    error = find_rows(work, record_type(ABOUT[i].type), conditions, 2, &found);
  }
  return error;
}

static enum store_error plan(struct work *work) {
  struct destruction *destruction = work->destruction;
  struct row *row = NULL;
  enum store_error error = reader_get(work->reader, work->order->type, &SCOPE_SYSTEM, work->order->id, destruction->arena, &row);
  if (error == STORE_ABSENT) { destruction->absent = true; return STORE_OK; }
  if (!error) doom(destruction, row);
  for (size_t i = 0; i < destruction->count && !error && !destruction->refused.zh; i++)
    error = follow_references(work, destruction->items[i].type, destruction->items[i].id);
  return error;
}

/* Before anything is gone: which evidence files have to be looked at once it is. */
static enum store_error note_files(struct work *work) {
  const struct destruction *destruction = work->destruction;
  enum store_error error = STORE_OK;
  for (size_t i = 0; i < destruction->file_count && !error; i++)
    error = side_put(tx_store(work->tx), SIDE_DOOMED_FILE, destruction->files[i], "1", moment_system() + FILE_NOTE_LIFE);
  return error;
}

/* ---- acting ---- */
/* Who asked stands beside who agreed: the approval itself goes with the record. */
static enum store_error destroy_one(struct work *work, struct doomed *doomed, int64_t set) {
  const struct destruction_order *order = work->order;
  struct buffer body = {.arena = work->destruction->arena};
  struct json json = json_to(&body);
  json_open(&json, '{');
  json_pair(&json, "r", order->reason);
  if (order->asked_by != NOTHING) json_pair_integer(&json, "asked_by", order->asked_by);
  json_close(&json, '}');
  struct entry entry = {.moment = order->now,
                        .happened = NOTHING,
                        .actor = order->actor,
                        .record = doomed->id,
                        .version = doomed->row->version,
                        .set = set,
                        .type = (uint16_t)doomed->type->id,
                        .action = ACTION_DESTROY,
                        .state = doomed->row->state,
                        .kind = ENTRY_DESTRUCTION,
                        .channel = (uint8_t)order->channel,
                        .body = body.bytes,
                        .body_size = body.size};
  enum store_error error = tx_append(work->tx, &entry);
  doomed->entry = entry.number;
  return error ? error : tx_destroy(work->tx, doomed->type, doomed->id);
}

static enum store_error apply(struct work *work, const struct change *change) {
  struct context context = {.now = work->order->now, .authority = &AUTHORITY_SYSTEM, .happened = NOTHING, .channel = work->order->channel};
  struct outcome outcome;
  enum store_error error = change_apply(work->tx, &context, change, 1, work->destruction->arena, &outcome);
  if (!error && outcome.verdict > VERDICT_REPEATED) {
    log_line(LOG_ERROR, "destroy", "%s %lld could not be set right afterwards (verdict %d)", change->type->name, (long long)change->id,
             (int)outcome.verdict);
    error = STORE_BROKEN;
  }
  return error;
}

/* Frozen tables say how many of their lines are gone; the lines themselves go when it is cleaned up. */
static enum store_error count_in_tables(struct work *work, int64_t problem) {
  struct row **tables = NULL;
  size_t count = 0;
  enum store_error error = frozen_holding(work->reader, problem, work->destruction->arena, &tables, &count);
  for (size_t i = 0; i < count && !error; i++) {
    int64_t before = row_integer(tables[i], FROZEN_DESTROYED);
    struct value value = value_integer(FROZEN_DESTROYED, before == NOTHING ? 1 : before + 1);
    struct change change =
        {.type = tables[i]->type, .id = tables[i]->id, .seen = ANY_VERSION, .action = ACTION_EDIT, .values = &value, .value_count = 1};
    error = apply(work, &change);
  }
  return error;
}

/* What stays and knew of it: derived references are emptied, linked appeals counted, problems judged again. */
static enum store_error set_right(struct work *work, const struct doomed *doomed) {
  const struct record_type *problem = record_type(RECORD_PROBLEM);
  enum store_error error = STORE_OK;
  int64_t from = doomed->type->id == RECORD_LINK && row_integer(doomed->row, LINK_FROM_TYPE) == RECORD_PROBLEM
                     ? row_integer(doomed->row, LINK_FROM_ID)
                     : NOTHING;
  if (from != NOTHING && !doomed_already(work->destruction, problem, from)) {
    int64_t count = 0;
    error = linked_appeals_count(work->reader, from, work->destruction->arena, &count);
    struct value value = value_integer(PROBLEM_APPEALS, count);
    struct change change = {.type = problem, .id = from, .seen = ANY_VERSION, .action = ACTION_EDIT, .values = &value, .value_count = 1};
    if (!error) error = apply(work, &change);
  }
  if (doomed->type == problem && !error) error = count_in_tables(work, doomed->id);
  for (size_t i = 0; i < 4 && doomed->type->affects[i] && !error; i++) {
    int64_t target = row_integer(doomed->row, doomed->type->affects[i]);
    if (target == NOTHING || doomed_already(work->destruction, problem, target)) continue;
    struct change change = {.type = problem, .id = target, .seen = ANY_VERSION, .action = ACTION_JUDGE};
    error = apply(work, &change);
  }
  return error;
}

static enum store_error empty_loosened(struct work *work) {
  enum store_error error = STORE_OK;
  for (size_t i = 0; i < work->loosened_count && !error; i++) {
    const struct loosened *loosened = &work->loosened[i];
    if (doomed_already(work->destruction, loosened->type, loosened->id)) continue;
    struct value nothing = value_nothing(loosened->field);
    struct change change =
        {.type = loosened->type, .id = loosened->id, .seen = ANY_VERSION, .action = ACTION_EDIT, .values = &nothing, .value_count = 1};
    error = apply(work, &change);
  }
  return error;
}

enum store_error destruction_apply(struct tx *tx, const struct destruction_order *order, struct destruction *destruction) {
  struct work work = {.order = order, .destruction = destruction, .tx = tx, .reader = tx_reader(tx)};
  enum store_error error = plan(&work);
  if (error || destruction->refused.zh || destruction->absent) return error;
  int64_t set = tx_head(tx).number + 1;
  error = note_files(&work);
  for (size_t i = 0; i < destruction->count && !error; i++) error = destroy_one(&work, &destruction->items[i], set);
  if (!error) error = empty_loosened(&work);
  for (size_t i = 0; i < destruction->count && !error; i++) error = set_right(&work, &destruction->items[i]);
  return error;
}

struct destroy_job { struct job job; const struct destruction_order *order; struct destruction *destruction; };
static bool destroy_run(struct job *base, struct tx *tx, enum store_error *error) {
  struct destroy_job *job = (struct destroy_job *)base;
  *job->destruction = (struct destruction){.arena = job->destruction->arena}; /* the writer may run a job twice */
  *error = destruction_apply(tx, job->order, job->destruction);
  return *error == STORE_OK && !job->destruction->refused.zh && !job->destruction->absent;
}

enum store_error destruction_run(struct writer *writer, const struct destruction_order *order, struct arena *arena, struct destruction *destruction) {
  *destruction = (struct destruction){.arena = arena};
  struct destroy_job job = {.order = order, .destruction = destruction};
  return writer_run(writer, destroy_run, &job.job);
}

/* ---- recalling one that stands ---- */
struct recall { struct destruction *destruction; int64_t set; };
static bool recall_set(void *with, const struct entry *entry) {
  struct recall *recall = with;
  if (entry->kind == ENTRY_DESTRUCTION) recall->set = entry->set;
  return true;
}
static bool recall_take(void *with, const struct entry *entry) {
  struct recall *recall = with;
  struct destruction *destruction = recall->destruction;
  const struct record_type *type = record_type((enum record_id)entry->type);
  if (entry->set != recall->set) return false;
  if (entry->kind != ENTRY_DESTRUCTION || !type) return true;
  destruction_doom(destruction, (struct doomed){type, entry->record, entry->number, NULL});
  return true;
}

enum store_error destruction_recall(struct store *store, const struct record_type *type, int64_t id, struct arena *arena, struct destruction *destruction) {
  struct recall recall = {destruction, 0};
  struct reader *reader = NULL;
  *destruction = (struct destruction){.arena = arena};
  enum store_error error = store_reader(store, &reader);
  if (!error) error = reader_history(reader, type->id, id, recall_set, &recall);
  if (!error && recall.set == 0) error = STORE_ABSENT;
  if (!error) error = reader_journal(reader, recall.set - 1, SIZE_MAX, recall_take, &recall);
  reader_release(reader);
  return error;
}
