/* Destroying a record entered by mistake. In one change set on the writer thread: what hangs on it is found from the declarations
   (records of which it is the parent, links, approvals and messages about it), every one gets its destruction entry and loses its
   row and the bodies of its entries; derived references to it are emptied; problems that it affected are judged again. Then what
   lies outside the tables is cleaned. Nothing here asks who may: destroy.c does. */
#include "command/destruction.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/log.h"

/* Who and under which rules is not destroyed but ended: units, users, grants, campaigns, policies, days. A cycle goes with its problem. */
static const enum record_id DESTROYABLE[] = {RECORD_PROBLEM, RECORD_TOPIC, RECORD_MEASURE, RECORD_APPEAL, RECORD_EVIDENCE, RECORD_LINK, RECORD_MESSAGE, RECORD_APPROVAL, RECORD_IMPORT_MAPPING};
bool destruction_allowed(const struct record_type *type) {
  bool allowed = false;
  for (size_t i = 0; i < sizeof DESTROYABLE / sizeof *DESTROYABLE; i++) allowed = allowed || DESTROYABLE[i] == type->id;
  return allowed;
}

/* References that are no parent, and yet go with what they refer to. */
static const struct { enum record_id type; uint16_t field; } GOES_WITH[] = {{RECORD_EVIDENCE, EVIDENCE_MEASURE}};
/* Types that name any record by type and id: the pair of fields. */
static const struct { enum record_id type; uint16_t of_type, of_id; } ABOUT[] = {
  {RECORD_LINK, LINK_FROM_TYPE, LINK_FROM_ID}, {RECORD_LINK, LINK_TO_TYPE, LINK_TO_ID}, {RECORD_APPROVAL, APPROVAL_TYPE, APPROVAL_RECORD}, {RECORD_MESSAGE, MESSAGE_TYPE, MESSAGE_RECORD}};

struct loosened { const struct record_type *type; int64_t id; uint16_t field; };
struct destroy_job {
  struct job job;
  struct house *house; const struct authority *authority; int64_t now;
  const struct record_type *type; int64_t id; const char *reason;
  struct destruction *destruction;
  struct reader *reader;
  struct loosened *loosened; size_t loosened_count, loosened_room;
};

/* ---- planning ---- */
static bool doomed_already(const struct destruction *destruction, const struct record_type *type, int64_t id) {
  bool found = false;
  for (size_t i = 0; i < destruction->count && !found; i++) found = destruction->items[i].type == type && destruction->items[i].id == id;
  return found;
}

static void *grown(struct arena *arena, const void *items, size_t count, size_t *room, size_t size) {
  *room = *room ? *room * 2 : 16;
  char *more = arena_alloc(arena, *room * size);
  if (count) memcpy(more, items, count * size);
  return more;
}

static void doom(struct destruction *destruction, const struct row *row) {
  if (doomed_already(destruction, row->type, row->id)) return;
  if (destruction->count == destruction->room) destruction->items = grown(destruction->arena, destruction->items, destruction->count, &destruction->room, sizeof *destruction->items);
  destruction->items[destruction->count++] = (struct doomed){row->type, row->id, 0, row_copy(destruction->arena, row)};
  for (size_t i = 0; i < row->type->field_count; i++) {
    const char *file = row->type->fields[i].type == F_FILE ? row_text(row, row->type->fields[i].id) : NULL;
    if (!file) continue;
    if (destruction->file_count == destruction->file_room) destruction->files = grown(destruction->arena, destruction->files, destruction->file_count, &destruction->file_room, sizeof *destruction->files);
    destruction->files[destruction->file_count++] = arena_text(destruction->arena, file);
  }
}

struct found_rows { struct destroy_job *job; const struct field *field; bool with; };

static void loosen(struct destroy_job *job, const struct record_type *type, int64_t id, uint16_t field) {
  if (job->loosened_count == job->loosened_room) job->loosened = grown(job->destruction->arena, job->loosened, job->loosened_count, &job->loosened_room, sizeof *job->loosened);
  job->loosened[job->loosened_count++] = (struct loosened){type, id, field};
}

static bool found_take(void *with, const struct row *row) {
  struct found_rows *found = with;
  struct destruction *destruction = found->job->destruction;
  if (found->with) doom(destruction, row);
  else if (found->field->flags & FIELD_DERIVED) loosen(found->job, row->type, row->id, found->field->id);
  else if (!doomed_already(destruction, row->type, row->id))
    destruction->refused = (struct label){
      arena_print(destruction->arena, "%s %lld 的“%s”还指着它,请先改掉那里。", row->type->label.zh, (long long)row->id, found->field->label.zh),
      arena_print(destruction->arena, "\"%s\" of %s %lld still names it; change that first.", found->field->label.en, row->type->name, (long long)row->id)};
  return !destruction->refused.zh;
}

static enum store_error find_rows(struct destroy_job *job, const struct record_type *type, const struct condition *conditions, size_t count, struct found_rows *found) {
  struct query query = {.type = type, .conditions = conditions, .condition_count = count, .with_voided = true, .long_texts = true, .many = true, .expected = -1};
  struct arena *scratch = arena_new();
  enum store_error error = reader_list(job->reader, &query, &SCOPE_SYSTEM, scratch, found_take, found);
  arena_free(scratch);
  return error;
}

static bool goes_with(const struct record_type *type, const struct field *field) {
  bool goes = type->parent == field->id;
  for (size_t i = 0; i < sizeof GOES_WITH / sizeof *GOES_WITH; i++) goes = goes || (GOES_WITH[i].type == type->id && GOES_WITH[i].field == field->id);
  return goes;
}

/* All that refers to one doomed record. */
static enum store_error follow_references(struct destroy_job *job, const struct record_type *type, int64_t id) {
  enum store_error error = STORE_OK;
  for (size_t i = 0; i < SCHEMA.count && !error; i++) {
    const struct record_type *other = SCHEMA.types[i];
    for (size_t k = 0; k < other->field_count && !error; k++) {
      const struct field *field = &other->fields[k];
      if (field->type != F_REFERENCE || field->target != type->id) continue;
      struct value value = value_integer(field->id, id);
      struct condition condition = {.field = field->id, .how = C_IS, .values = &value, .count = 1};
      struct found_rows found = {job, field, goes_with(other, field)};
      error = find_rows(job, other, &condition, 1, &found);
    }
  }
  for (size_t i = 0; i < sizeof ABOUT / sizeof *ABOUT && !error; i++) {
    struct value of_type = value_integer(ABOUT[i].of_type, type->id), of_id = value_integer(ABOUT[i].of_id, id);
    struct condition conditions[] = {{.field = ABOUT[i].of_id, .how = C_IS, .values = &of_id, .count = 1}, {.field = ABOUT[i].of_type, .how = C_IS, .values = &of_type, .count = 1}};
    struct found_rows found = {job, NULL, true};
    error = find_rows(job, record_type(ABOUT[i].type), conditions, 2, &found);
  }
  return error;
}

static enum store_error plan(struct destroy_job *job) {
  struct destruction *destruction = job->destruction;
  struct row *row = NULL;
  enum store_error error = reader_get(job->reader, job->type, &SCOPE_SYSTEM, job->id, destruction->arena, &row);
  if (error == STORE_ABSENT) { destruction->absent = true; return STORE_OK; }
  if (!error) doom(destruction, row);
  for (size_t i = 0; i < destruction->count && !error && !destruction->refused.zh; i++)
    error = follow_references(job, destruction->items[i].type, destruction->items[i].id);
  return error;
}

/* ---- acting ---- */
static enum store_error destroy_one(struct destroy_job *job, struct tx *tx, struct doomed *doomed, int64_t set) {
  struct buffer body = {.arena = job->destruction->arena};
  struct json json = json_to(&body);
  json_open(&json, '{');
  json_pair(&json, "r", job->reason);
  json_close(&json, '}');
  struct entry entry = {.moment = job->now, .happened = NOTHING, .actor = job->authority->user, .record = doomed->id, .version = doomed->row->version, .set = set,
    .type = (uint16_t)doomed->type->id, .action = ACTION_DESTROY, .state = doomed->row->state, .kind = ENTRY_DESTRUCTION, .channel = CHANNEL_COMMAND, .body = body.bytes, .body_size = body.size};
  enum store_error error = tx_append(tx, &entry);
  doomed->entry = entry.number;
  return error ? error : tx_destroy(tx, doomed->type, doomed->id);
}

static enum store_error count_appeals(struct destroy_job *job, int64_t problem, int64_t *count) {
  struct value from_type = value_integer(LINK_FROM_TYPE, RECORD_PROBLEM), from = value_integer(LINK_FROM_ID, problem), to_type = value_integer(LINK_TO_TYPE, RECORD_APPEAL), kind = value_integer(LINK_KIND, LINK_ARISES_FROM);
  struct condition conditions[] = {{.field = LINK_FROM_ID, .how = C_IS, .values = &from, .count = 1}, {.field = LINK_FROM_TYPE, .how = C_IS, .values = &from_type, .count = 1},
                                   {.field = LINK_TO_TYPE, .how = C_IS, .values = &to_type, .count = 1}, {.field = LINK_KIND, .how = C_IS, .values = &kind, .count = 1}};
  struct query query = {.type = record_type(RECORD_LINK), .conditions = conditions, .condition_count = 4, .expected = -1};
  return reader_count(job->reader, &query, &SCOPE_SYSTEM, count);
}

static enum store_error apply(struct destroy_job *job, struct tx *tx, const struct change *change) {
  struct context context = {.now = job->now, .authority = &AUTHORITY_SYSTEM, .happened = NOTHING, .channel = CHANNEL_COMMAND};
  struct outcome outcome;
  enum store_error error = change_apply(tx, &context, change, 1, job->destruction->arena, &outcome);
  if (!error && outcome.verdict > VERDICT_REPEATED) {
    log_line(LOG_ERROR, "destroy", "%s %lld could not be set right afterwards (verdict %d)", change->type->name, (long long)change->id, (int)outcome.verdict);
    error = STORE_BROKEN;
  }
  return error;
}

/* What stays and knew of it: derived references are emptied, linked appeals counted, problems judged again. */
static enum store_error set_right(struct destroy_job *job, struct tx *tx, const struct doomed *doomed) {
  const struct record_type *problem = record_type(RECORD_PROBLEM);
  enum store_error error = STORE_OK;
  int64_t from = doomed->type->id == RECORD_LINK && row_integer(doomed->row, LINK_FROM_TYPE) == RECORD_PROBLEM ? row_integer(doomed->row, LINK_FROM_ID) : NOTHING;
  if (from != NOTHING && !doomed_already(job->destruction, problem, from)) {
    int64_t count = 0;
    error = count_appeals(job, from, &count);
    struct value value = value_integer(PROBLEM_APPEALS, count);
    struct change change = {.type = problem, .id = from, .seen = ANY_VERSION, .action = ACTION_EDIT, .values = &value, .value_count = 1};
    if (!error) error = apply(job, tx, &change);
  }
  for (size_t i = 0; i < 4 && doomed->type->affects[i] && !error; i++) {
    int64_t target = row_integer(doomed->row, doomed->type->affects[i]);
    if (target == NOTHING || doomed_already(job->destruction, problem, target)) continue;
    struct change change = {.type = problem, .id = target, .seen = ANY_VERSION, .action = ACTION_JUDGE};
    error = apply(job, tx, &change);
  }
  return error;
}

static bool destroy_run(struct job *base, struct tx *tx, enum store_error *error) {
  struct destroy_job *job = (struct destroy_job *)base;
  struct destruction *destruction = job->destruction;
  *destruction = (struct destruction){.arena = destruction->arena}; /* the writer may run a job twice */
  job->loosened = NULL;
  job->loosened_count = job->loosened_room = 0;
  job->reader = tx_reader(tx);
  *error = plan(job);
  if (*error || destruction->refused.zh || destruction->absent) return false;
  int64_t set = tx_head(tx).number + 1;
  for (size_t i = 0; i < destruction->count && !*error; i++) *error = destroy_one(job, tx, &destruction->items[i], set);
  for (size_t i = 0; i < job->loosened_count && !*error; i++) {
    const struct loosened *loosened = &job->loosened[i];
    if (doomed_already(destruction, loosened->type, loosened->id)) continue;
    struct value nothing = value_nothing(loosened->field);
    struct change change = {.type = loosened->type, .id = loosened->id, .seen = ANY_VERSION, .action = ACTION_EDIT, .values = &nothing, .value_count = 1};
    *error = apply(job, tx, &change);
  }
  for (size_t i = 0; i < destruction->count && !*error; i++) *error = set_right(job, tx, &destruction->items[i]);
  return *error == STORE_OK;
}

enum store_error destruction_run(struct house *house, const struct authority *authority, const struct record_type *type, int64_t id,
                                 const char *reason, struct arena *arena, struct destruction *destruction) {
  *destruction = (struct destruction){.arena = arena};
  struct destroy_job job = {.house = house, .authority = authority, .now = house_now(house), .type = type, .id = id, .reason = reason, .destruction = destruction};
  return writer_run(house->writer, destroy_run, &job.job);
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
  if (destruction->count == destruction->room) destruction->items = grown(destruction->arena, destruction->items, destruction->count, &destruction->room, sizeof *destruction->items);
  destruction->items[destruction->count++] = (struct doomed){type, entry->record, entry->number, NULL};
  return true;
}

enum store_error destruction_recall(struct house *house, const struct record_type *type, int64_t id, struct arena *arena, struct destruction *destruction) {
  struct recall recall = {destruction, 0};
  struct reader *reader = NULL;
  *destruction = (struct destruction){.arena = arena};
  enum store_error error = store_reader(house->store, &reader);
  if (!error) error = reader_history(reader, type->id, id, recall_set, &recall);
  if (!error && recall.set == 0) error = STORE_ABSENT;
  if (!error) error = reader_journal(reader, recall.set - 1, SIZE_MAX, recall_take, &recall);
  reader_release(reader);
  return error;
}
