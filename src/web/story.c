/* What happened: the story of one record, the journal in scope, the audit stream. Old and new values are read back from the
   entries' bodies and shown as the record itself would be: no hidden field, no contact in plain. */
#include <string.h>

#include "web/json_out.h"

#define STORY_MOST 500
#define PAGE_USUAL 100

enum store_error audit_write(struct request *request, const char *what, const char *detail) {
  struct audit audit = {.moment = moment_system(), .actor = request->signed_in ? request->seat.user : 0, .what = what, .detail = detail};
  return audit_append(request->house->store, &audit);
}

/* ---- one entry ---- */

static const char *kind_name(uint8_t kind) {
  static const char *const names[] = {[ENTRY_CHANGE] = "change",
                                      [ENTRY_DERIVED] = "derived",
                                      [ENTRY_DESTRUCTION] = "destruction",
                                      [ENTRY_EPOCH] = "epoch",
                                      [ENTRY_SYSTEM] = "system"};
  return kind < sizeof names / sizeof *names ? names[kind] : NULL;
}

static struct value value_of(struct arena *arena, uint16_t field, json_t *json) {
  if (json_is_integer(json)) return value_integer(field, json_integer_value(json));
  if (json_is_string(json)) return value_text(field, arena_text(arena, json_string_value(json)));
  if (!json_is_array(json)) return value_nothing(field);
  int64_t *many = ARENA_ARRAY(arena, int64_t, json_array_size(json) + 1);
  size_t i;
  json_t *item;
  json_array_foreach(json, i, item) many[i] = json_integer_value(item);
  return value_many(field, many, json_array_size(json));
}

static void change_write(struct request *request, struct json *json, const struct field *field, json_t *pair, struct labels *labels) {
  struct value old = value_of(request->arena, field->id, json_array_get(pair, 0)),
               new = value_of(request->arena, field->id, json_array_get(pair, 1));
  json_open(json, '{');
  json_pair(json, "field", field->name);
  json_key(json, "old");
  value_write(request, json, field, &old, labels);
  json_key(json, "new");
  value_write(request, json, field, &new, labels);
  json_close(json, '}');
}

static void changes_write(struct request *request, struct json *json, const struct record_type *type, json_t *body, struct labels *labels) {
  json_t *fields = json_object_get(body, "f"), *pair;
  const char *key;
  json_key(json, "changes");
  json_open(json, '[');
  json_object_foreach(fields, key, pair) {
    int64_t id;
    const struct field *field = text_to_integer(key, &id) && id > 0 && id < UINT16_MAX ? record_field(type, (uint16_t)id) : NULL;
    if (field && field_shown(request, field)) change_write(request, json, field, pair, labels);
  }
  json_close(json, ']');
}

/* What the button said: the arrow's own label where the state before is known (a type without states has but one), else the action's. */
static struct label label_of(const struct record_type *type, enum action_code action, state_code before) {
  for (size_t i = 0; type && (before || !type->states) && i < type->transition_count; i++)
    if (type->transitions[i].from == before && type->transitions[i].action == action && type->transitions[i].label.zh)
      return type->transitions[i].label;
  return action_label(action);
}

/* open: its contents may be shown. before: the state the entry found, 0 not known. after: the record as the entry left it, NULL not
   known. */
static void entry_write(struct request *request, struct json *json, const struct entry *entry, bool open, state_code before,
                        const struct row *after, struct labels *labels) {
  const struct record_type *type = record_type((enum record_id)entry->type);
  const struct state_name *state = type ? record_state(type, entry->state) : NULL;
  json_open(json, '{');
  json_pair_integer(json, "number", entry->number);
  json_pair(json, "moment", moment_print(request->arena, entry->moment));
  json_pair_integer(json, "actor", entry->actor);
  labels_want(labels, RECORD_USER, entry->actor);
  json_key(json, "behalf");
  if (entry->behalf > 0) json_integer(json, entry->behalf);
  else json_null(json);
  labels_want(labels, RECORD_USER, entry->behalf);
  json_pair(json, "channel", channel_name((enum channel_code)entry->channel));
  json_pair(json, "kind", kind_name(entry->kind));
  json_pair(json, "type", type ? type->name : NULL);
  json_pair_integer(json, "record", entry->record);
  json_pair_integer(json, "version", entry->version);
  json_pair(json, "action", action_name((enum action_code)entry->action));
  json_pair(json, "label", request_label(request, label_of(type, (enum action_code)entry->action, before)));
  json_pair(json, "state", state ? state->name : NULL);
  json_pair_integer(json, "set", entry->set);
  if (entry->happened != NOTHING && entry->happened != entry->moment)
    json_pair(json, "happened", moment_print(request->arena, entry->happened));
  json_t *body = open && entry->body ? json_loadb(entry->body, entry->body_size, 0, NULL) : NULL;
  json_pair_yes_no(json, "destroyed", !entry->body);
  if (body && type) {
    changes_write(request, json, type, body, labels);
    json_pair(json, "reason", json_string_value(json_object_get(body, "r")));
  }
  json_decref(body);
  if (open && after && entry->kind == ENTRY_DERIVED && after->type->id == RECORD_PROBLEM) {
    struct judgement judgement = colour_of_row(after, entry->moment);
    json_key(json, "colour");
    judgement_write(request, json, &judgement);
  }
  json_close(json, '}');
}

/* ---- the story of a record ---- */

struct story { struct request *request; struct row *row; struct labels *labels; char *entries[STORY_MOST]; size_t count; };

/* Oldest first in the store, newest first in the answer: kept as texts in a ring of the newest. */
static bool story_take(void *with, const struct entry *entry) {
  struct story *story = with;
  struct buffer text = {.arena = story->request->arena};
  struct json json = json_to(&text);
  state_code before = story->row->id ? story->row->state : 0;
  if (entry->body) body_apply(story->request->arena, entry, story->row);
  entry_write(story->request, &json, entry, true, before, story->row->id ? story->row : NULL, story->labels);
  story->entries[story->count++ % STORY_MOST] = text.bytes;
  return true;
}

void story_show(struct request *request) {
  struct labels labels = {.arena = request->arena};
  struct story *story = ARENA_NEW(request->arena, struct story);
  struct row *row = NULL;
  if (!request_head(request)) return;
  enum store_error error = reader_get(request->reader, request->type, request_scope(request, request->type, MAY_READ), request->id,
                                      request->arena, &row);
  if (error == STORE_ABSENT) {
    answer_absent(request);
    return;
  }
  story->request = request;
  story->row = row_new(request->arena, request->type);
  story->labels = &labels;
  if (!error) error = reader_history(request->reader, request->type->id, request->id, story_take, story);
  struct json *json = out_open(request);
  json_key(json, "entries");
  json_open(json, '[');
  size_t shown = story->count < STORY_MOST ? story->count : STORY_MOST;
  for (size_t i = 1; i <= shown; i++) json_raw(json, story->entries[(story->count - i) % STORY_MOST]);
  json_close(json, ']');
  json_pair_integer(json, "total", (int64_t)story->count);
  if (!error) error = labels_write(request, json, &labels);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}

/* ---- the journal ---- */

struct kept_entries { struct arena *arena; struct entry *items; size_t count, room; };

static bool entry_keep(void *with, const struct entry *entry) {
  struct kept_entries *kept = with;
  struct entry *item = &kept->items[kept->count++];
  *item = *entry;
  item->body = entry->body ? arena_copy(kept->arena, entry->body, entry->body_size) : NULL;
  return kept->count < kept->room;
}

/* Page arguments `after` and `limit`; false: answered. */
static bool page_read(struct request *request, int64_t *after, int64_t *limit) {
  *after = request_argument_integer(request, "after", 0);
  *limit = request_argument_integer(request, "limit", PAGE_USUAL);
  if (*after >= 0 && *limit >= 1 && *limit <= LIST_MOST) return true;
  answer_problem(request, 400, "wrong_value",
                 label_print(request->arena, "after 应不小于 0，limit 应是 1 到 %d。", "after must be at least 0, limit from 1 to %d.",
                             LIST_MOST));
  return false;
}

/* Reviewers see what is in their scope; audit administrators see every entry's header, and contents in their scope. */
void journal_show(struct request *request) {
  struct labels labels = {.arena = request->arena};
  struct kept_entries kept = {.arena = request->arena};
  bool headers = (request->authority->roles & ROLE(ROLE_AUDIT_ADMINISTRATOR)) != 0;
  int64_t after, limit;
  if (!page_read(request, &after, &limit) || !request_head(request)) return;
  kept.room = (size_t)limit;
  kept.items = ARENA_ARRAY(request->arena, struct entry, kept.room);
  enum store_error error = reader_journal(request->reader, after, kept.room, entry_keep, &kept);
  struct json *json = out_open(request);
  json_key(json, "entries");
  json_open(json, '[');
  for (size_t i = 0; i < kept.count && !error; i++) {
    const struct record_type *type = record_type((enum record_id)kept.items[i].type);
    struct row *row = NULL;
    enum store_error seen = type ? reader_get(request->reader, type, request_scope(request, type, MAY_READ), kept.items[i].record,
                                              request->arena, &row)
                                 : STORE_ABSENT;
    if (seen && seen != STORE_ABSENT) error = seen;
    else if (seen == STORE_OK || headers) entry_write(request, json, &kept.items[i], seen == STORE_OK, 0, NULL, &labels);
  }
  json_close(json, ']');
  json_key(json, "next");
  if (kept.count == kept.room) json_integer(json, kept.items[kept.count - 1].number);
  else json_null(json);
  if (!error) error = labels_write(request, json, &labels);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}

/* ---- the audit stream ---- */

struct auditing { struct request *request; struct labels *labels; int64_t last; size_t count; };

static bool audit_take(void *with, const struct audit *audit) {
  struct auditing *auditing = with;
  struct json *json = &auditing->request->json;
  json_open(json, '{');
  json_pair_integer(json, "number", audit->number);
  json_pair(json, "moment", moment_print(auditing->request->arena, audit->moment));
  json_pair_integer(json, "actor", audit->actor);
  labels_want(auditing->labels, RECORD_USER, audit->actor);
  json_pair(json, "what", audit->what);
  json_key(json, "detail");
  json_raw(json, audit->detail && *audit->detail ? audit->detail : "null");
  json_pair(json, "chain", hex_write(auditing->request->arena, audit->chain, HASH_SIZE));
  json_close(json, '}');
  auditing->last = audit->number;
  auditing->count++;
  return true;
}

void audit_show(struct request *request) {
  struct labels labels = {.arena = request->arena};
  struct auditing auditing = {request, &labels, 0, 0};
  int64_t after, limit;
  if (!page_read(request, &after, &limit) || !request_head(request)) return;
  struct json *json = out_open(request);
  json_key(json, "entries");
  json_open(json, '[');
  int64_t last = 0;
  enum store_error error = audit_list(request->house->store, after, (size_t)limit, audit_take, &auditing);
  json_close(json, ']');
  if (!error) error = audit_newest(request->house->store, &last);
  json_pair_integer(json, "last", last);
  json_key(json, "next");
  if (auditing.count == (size_t)limit) json_integer(json, auditing.last);
  else json_null(json);
  if (!error) error = labels_write(request, json, &labels);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}
