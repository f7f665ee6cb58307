/* The journal entry and the row of one decided change, and the memory of a set under its idempotency key. What only derived
   fields changed is a derived entry: it leaves the version alone. */
#include <string.h>

#include <jansson.h>

#include "base/json.h"
#include "rules/change_private.h"
#include "store/seal.h"

#define KEY_LIFE (INT64_C(48) * 3600 * MOMENT_SECOND)

bool change_alters(const struct decision *decision) {
  const struct row *before = decision->before, *after = decision->after;
  if (!before || before->state != after->state) return true;
  for (size_t i = 0; i < after->type->field_count; i++)
    if (!value_equal(&before->values[i], &after->values[i])) return true;
  return false;
}

static bool only_derived(const struct decision *decision) {
  const struct row *before = decision->before, *after = decision->after;
  if (!decision->trusted || !before || decision->change->action != ACTION_EDIT || before->state != after->state) return false;
  for (size_t i = 0; i < after->type->field_count; i++)
    if (!(after->type->fields[i].flags & FIELD_DERIVED) && !value_equal(&before->values[i], &after->values[i])) return false;
  return true;
}

/* {"passed":[8,9]}: the states gone through without stopping. */
static char *passed_print(const struct decision *decision) {
  struct buffer out = {.arena = decision->set->scratch};
  if (decision->walked_count < 2) return NULL;
  buffer_text(&out, "{\"passed\":[");
  for (size_t i = 0; i + 1 < decision->walked_count; i++) buffer_print(&out, "%s%u", i ? "," : "", (unsigned)decision->walked[i]->to);
  buffer_text(&out, "]}");
  return out.bytes;
}

/* Room for what body_write will write in all likelihood, so that long texts are copied once. */
static struct buffer body_room(struct arena *arena, const struct row *before, const struct row *after) {
  struct buffer body = {.arena = arena, .room = 256};
  for (size_t i = 0; i < after->type->field_count; i++) {
    const struct value *old = before ? &before->values[i] : NULL, *new = &after->values[i];
    bool moved = !old || !value_equal(old, new);
    if (moved && new->kind != VALUE_NOTHING) body.room += 48 + (new->kind == VALUE_TEXT ? new->size : 0);
    if (moved && old && old->kind == VALUE_TEXT) body.room += old->size;
  }
  body.bytes = arena_alloc(arena, body.room);
  return body;
}

enum store_error change_write(struct decision *decision) {
  struct set *set = decision->set;
  const struct context *context = set->context;
  const struct row *before = decision->before;
  struct row *after = decision->after;
  bool derived = only_derived(decision);
  struct buffer body = body_room(set->scratch, before, after);
  struct entry entry = {
    .moment = context->now, .actor = decision->authority == context->represented ? context->authority->user : decision->authority->user, .behalf = context->behalf ? context->behalf : decision->behalf, .batch = context->batch, .set = set->first_entry,
    .happened = context->happened ? context->happened : NOTHING, .type = (uint16_t)decision->type->id, .action = (uint16_t)decision->change->action,
    .state = after->state, .kind = derived ? ENTRY_DERIVED : ENTRY_CHANGE, .channel = (uint8_t)context->channel,
    .record = before ? before->id : tx_head(set->tx).number + 1, .version = before ? before->version + (derived ? 0 : 1) : 1};
  enum store_error error = STORE_OK;
  body_write(&body, before, after, decision->change->reason, passed_print(decision));
  entry.body = body.bytes;
  entry.body_size = body.size;
  error = tx_append(set->tx, &entry);
  if (error != STORE_OK) return error;
  row_stamp(after, &entry);
  if (!set->first_entry) set->first_entry = entry.number;
  set->last_entry = entry.number;
  return tx_put(set->tx, before, after);
}

/* ---- the first outcome, kept for whoever asks again with the same key ---- */

static char *key_of(const struct set *set) {
  return arena_print(set->arena, "%lld:%s", (long long)set->context->authority->user, set->context->idempotency_key);
}

static void integers_print(struct json *json, const char *key, const int64_t *items, size_t count) {
  json_key(json, key);
  json_open(json, '[');
  for (size_t i = 0; i < count; i++) json_integer(json, items[i]);
  json_close(json, ']');
}

enum store_error change_remember(struct set *set, const struct outcome *outcome) {
  struct buffer out = {.arena = set->arena};
  struct json json = json_to(&out);
  if (!set->context->idempotency_key || set->context->rehearse) return STORE_OK;
  json_open(&json, '{');
  json_pair_integer(&json, "entry", outcome->entry);
  integers_print(&json, "ids", outcome->ids, outcome->count);
  integers_print(&json, "versions", outcome->versions, outcome->count);
  json_close(&json, '}');
  return tx_key_put(set->tx, key_of(set), out.bytes, set->context->now + KEY_LIFE);
}

static void integers_read(const json_t *json, int64_t *items, size_t count) {
  for (size_t i = 0; i < count; i++) items[i] = json_integer_value(json_array_get(json, i));
}

enum store_error change_recall(struct set *set, struct outcome *outcome, bool *repeated) {
  char *value = NULL;
  json_t *json = NULL, *ids;
  enum store_error error = STORE_OK;
  *repeated = false;
  if (!set->context->idempotency_key || set->context->rehearse) return STORE_OK;
  error = tx_key_get(set->tx, key_of(set), set->arena, &value);
  if (error != STORE_OK) return error == STORE_ABSENT ? STORE_OK : error;
  json = json_loads(value, 0, NULL);
  if (!json) return STORE_BROKEN;
  ids = json_object_get(json, "ids");
  outcome->verdict = VERDICT_REPEATED;
  outcome->entry = json_integer_value(json_object_get(json, "entry"));
  outcome->count = json_array_size(ids);
  outcome->ids = ARENA_ARRAY(set->arena, int64_t, outcome->count + 1);
  outcome->versions = ARENA_ARRAY(set->arena, int64_t, outcome->count + 1);
  integers_read(ids, outcome->ids, outcome->count);
  integers_read(json_object_get(json, "versions"), outcome->versions, outcome->count);
  json_decref(json);
  *repeated = true;
  return STORE_OK;
}
