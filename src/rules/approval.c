/* Approvals: a change set that waits. Asking takes what the form gave out of the row and puts it into an approval record; agreeing
   carries it out, through the door, once enough people agreed. The pending set is JSON by permanent codes:
   [{"type":21,"id":7,"action":2,"reason":"…","values":{"17":20780,"14":[3,4],"2":"text","11":null}}] */
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/json.h"
#include "rules/effects.h"
#include "store/seal.h"

/* ---- the pending set as text ---- */

static void value_print(struct json *json, const struct value *value) {
  char key[8];
  snprintf(key, sizeof key, "%u", (unsigned)value->field);
  json_key(json, key);
  body_value(json, value);
}

char *approval_print(struct arena *arena, const struct change *changes, size_t count) {
  struct buffer out = {.arena = arena};
  struct json json = json_to(&out);
  json_open(&json, '[');
  for (size_t i = 0; i < count; i++) {
    json_open(&json, '{');
    json_pair_integer(&json, "type", changes[i].type->id);
    json_pair_integer(&json, "id", changes[i].id);
    json_pair_integer(&json, "action", changes[i].action);
    if (changes[i].reason) json_pair(&json, "reason", changes[i].reason);
    json_key(&json, "values");
    json_open(&json, '{');
    for (size_t k = 0; k < changes[i].value_count; k++) value_print(&json, &changes[i].values[k]);
    json_close(&json, '}');
    json_close(&json, '}');
  }
  json_close(&json, ']');
  return out.bytes;
}

static bool value_parse(struct arena *arena, uint16_t field, const json_t *json, struct value *value) {
  *value = value_nothing(field);
  if (json_is_integer(json)) *value = value_integer(field, json_integer_value(json));
  else if (json_is_string(json)) *value = value_text(field, arena_text(arena, json_string_value(json)));
  else if (json_is_array(json)) {
    size_t count = json_array_size(json);
    int64_t *many = ARENA_ARRAY(arena, int64_t, count + 1);
    for (size_t i = 0; i < count; i++) many[i] = json_integer_value(json_array_get(json, i));
    *value = value_many(field, many, count);
  } else return json_is_null(json);
  return true;
}

static bool change_parse(struct arena *arena, json_t *json, struct change *change) {
  json_t *given = json_object_get(json, "values"), *value;
  const char *key, *reason = json_string_value(json_object_get(json, "reason"));
  struct value *values = ARENA_ARRAY(arena, struct value, json_object_size(given) + 1);
  *change = (struct change){.type = record_type((enum record_id)json_integer_value(json_object_get(json, "type"))),
                            .id = json_integer_value(json_object_get(json, "id")),
                            .seen = ANY_VERSION,
                            .action = (enum action_code)json_integer_value(json_object_get(json, "action")),
                            .values = values,
                            .reason = reason ? arena_text(arena, reason) : NULL};
  json_object_foreach(given, key, value) {
    if (!value_parse(arena, (uint16_t)strtoul(key, NULL, 10), value, &values[change->value_count++])) return false;
  }
  return change->type && change->action != ACTION_NONE;
}

bool approval_parse(struct arena *arena, const char *text, struct change **changes, size_t *count) {
  json_t *json = text ? json_loads(text, JSON_REJECT_DUPLICATES, NULL) : NULL;
  bool right = json_is_array(json) && json_array_size(json) > 0;
  *count = right ? json_array_size(json) : 0;
  *changes = ARENA_ARRAY(arena, struct change, *count + 1);
  for (size_t i = 0; right && i < *count; i++) right = change_parse(arena, json_array_get(json, i), &(*changes)[i]);
  json_decref(json);
  return right;
}

/* ---- asking ---- */

/* What was asked for leaves the row again and becomes the values of the pending change. */
static size_t asked_out(struct decision *decision, const struct transition *arrow, struct value *values) {
  size_t count = 0;
  for (size_t i = 0; i < ARROW_ASKS && arrow->asks[i]; i++) {
    if (!decision_gives(decision, arrow->asks[i])) continue;
    values[count++] = *row_value(decision->after, arrow->asks[i]);
    row_set(decision->after, row_value(decision->before, arrow->asks[i]));
  }
  return count;
}

static bool extends(struct decision *decision, const struct transition *arrow) {
  int64_t old = row_integer(decision->before, PROBLEM_DUE), new = row_integer(decision->after, PROBLEM_DUE);
  if (arrow->action != ACTION_EXTEND || (decision_gives(decision, PROBLEM_DUE) && (old == NOTHING || new > old))) return true;
  set_find(decision, VERDICT_INVALID, PROBLEM_DUE, "not_later",
           label_print(decision->set->arena, "延期后的期限须晚于现期限 %s", "the new due date must be after the present one, %s",
                       old == NOTHING ? "" : date_print(decision->set->arena, old)));
  return false;
}

static int64_t lead_of(const struct row *row) {
  for (size_t i = 0; i < 4 && row->type->holders[i].field; i++)
    if (row->type->holders[i].relation == RELATION_LEAD) return row_integer(row, row->type->holders[i].field);
  return NOTHING;
}

/* "申请延期:…", at most 200 code points. */
static const char *matter(struct decision *decision, const struct transition *arrow) {
  const char *title = decision->type->title ? row_text(decision->before, decision->type->title) : NULL;
  char *text = arena_print(decision->set->scratch, "%s:%s", arrow->label.zh, title ? title : decision->type->label.zh);
  size_t at = 0, width;
  for (size_t count = 0; text[at] && count < 200; count++) {
    text_next(text + at, &width);
    at += width;
  }
  text[at] = 0;
  return text;
}

/* As secret as what it is about, or what that belongs to. */
static struct value secrecy_of(const struct decision *decision) {
  const struct row *rows[] = {decision->before, decision->parent};
  for (size_t i = 0; i < 2; i++) {
    int64_t secrecy = rows[i] && rows[i]->type->secrecy ? row_integer(rows[i], rows[i]->type->secrecy) : NOTHING;
    /* a placeholder holds nothing secret */
    if (secrecy != NOTHING && secrecy != SECRECY_PLACEHOLDER) return value_integer(APPROVAL_SECRECY, secrecy);
  }
  return value_nothing(APPROVAL_SECRECY);
}

/* The problem that it is about, or that this belongs to. */
static struct value problem_of(const struct decision *decision) {
  const struct field *field = record_reference(decision->type, RECORD_PROBLEM);
  if (decision->type->id == RECORD_PROBLEM) return value_integer(APPROVAL_PROBLEM, decision->before->id);
  return field ? value_integer(APPROVAL_PROBLEM, row_integer(decision->before, field->id)) : value_nothing(APPROVAL_PROBLEM);
}

void approval_ask(struct decision *decision, const struct transition *arrow, enum action_code action, const struct value *more,
                  size_t more_count) {
  struct value *wanted = ARENA_ARRAY(decision->set->scratch, struct value, ARROW_ASKS + more_count);
  struct change pending = {.type = decision->type,
                           .id = decision->before->id,
                           .seen = ANY_VERSION,
                           .action = action,
                           .values = wanted,
                           .reason = decision->change->reason};
  pending.value_count = asked_out(decision, arrow, wanted);
  for (size_t i = 0; i < more_count; i++) wanted[pending.value_count++] = more[i];
  struct value values[] = {value_text(APPROVAL_TITLE, matter(decision, arrow)),
                           value_integer(APPROVAL_TYPE, decision->type->id),
                           value_integer(APPROVAL_RECORD, decision->before->id),
                           value_text(APPROVAL_PENDING, approval_print(decision->set->scratch, &pending, 1)),
                           value_text(APPROVAL_REASON, decision->change->reason),
                           value_integer(APPROVAL_ASKED_BY, decision->authority->user ? decision->authority->user : NOTHING),
                           value_integer(APPROVAL_UNIT, lead_of(decision->before)),
                           secrecy_of(decision),
                           problem_of(decision)};
  effect_change(decision, RECORD_APPROVAL, 0, ACTION_CREATE, values, sizeof values / sizeof *values, NULL);
}

/* What carries it out: an arrow that counts and remembers what was approved, and is checked against the limits once more. */
static enum action_code carried_by(const struct decision *decision, enum action_code action) {
  if (decision->type->id != RECORD_PROBLEM) return ACTION_EDIT;
  return action == ACTION_EXTEND        ? ACTION_EXTEND_APPROVED
         : action == ACTION_SUSPEND     ? ACTION_SUSPEND_APPROVED
         : action == ACTION_CHANGE_KIND ? ACTION_KIND_APPROVED
                                        : ACTION_EDIT;
}

enum store_error effect_ask_approval(struct decision *decision, const struct transition *arrow) {
  if (extends(decision, arrow)) approval_ask(decision, arrow, carried_by(decision, arrow->action), NULL, 0);
  return STORE_OK;
}

/* ---- what two people do together ---- */

static enum action_code carried_out_as(enum action_code asked) {
  return asked == ACTION_ASK_VOID ? ACTION_VOID : asked == ACTION_ASK_CORRECTION ? ACTION_CORRECT : ACTION_DESTROY;
}

/* The fields that a correction gives leave the row again; the approval keeps them. */
static size_t given_out(struct decision *decision, struct value *values) {
  size_t count = 0;
  for (size_t i = 0; i < decision->type->field_count; i++) {
    const struct value *after = &decision->after->values[i], *before = &decision->before->values[i];
    if (!decision_gives(decision, after->field) || value_equal(after, before)) continue;
    values[count++] = *after;
    row_set(decision->after, before);
  }
  return count;
}

/* The asker is one, whoever agrees the other: GUARD_APPROVER keeps them apart. */
enum store_error effect_ask_together(struct decision *decision, const struct transition *arrow) {
  struct value *wanted = ARENA_ARRAY(decision->set->scratch, struct value, decision->type->field_count);
  struct change pending = {.type = decision->type, .id = decision->before->id, .seen = ANY_VERSION, .action = carried_out_as(arrow->action), .values = wanted, .reason = decision->change->reason};
  pending.value_count = given_out(decision, wanted);
  if (arrow->action == ACTION_ASK_CORRECTION && pending.value_count == 0) {
    set_find(decision, VERDICT_INVALID, 0, "nothing_corrected", (struct label){"没有给出要更正的内容", "nothing is given that would be different"});
    return STORE_OK;
  }
  struct value values[] = {
    value_text(APPROVAL_TITLE, matter(decision, arrow)), value_integer(APPROVAL_TYPE, decision->type->id), value_integer(APPROVAL_RECORD, decision->before->id),
    value_text(APPROVAL_PENDING, approval_print(decision->set->scratch, &pending, 1)), value_text(APPROVAL_REASON, decision->change->reason), value_integer(APPROVAL_ACTION, pending.action),
    value_integer(APPROVAL_ASKED_BY, decision->authority->user ? decision->authority->user : NOTHING), value_integer(APPROVAL_UNIT, lead_of(decision->before)), secrecy_of(decision), problem_of(decision)};
  effect_change(decision, RECORD_APPROVAL, 0, ACTION_CREATE, values, sizeof values / sizeof *values, NULL);
  return STORE_OK;
}

/* ---- carrying out ---- */

enum store_error effect_carry_out(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after;
  int64_t given = row_integer(after, APPROVAL_GIVEN), needed = row_integer(after, APPROVAL_NEEDED);
  struct change *changes = NULL;
  size_t count = 0;
  given = given == NOTHING ? 1 : given + 1;
  row_set_integer(after, APPROVAL_GIVEN, given);
  if (given == 1 && decision->authority->user) row_set_integer(after, APPROVAL_FIRST_BY, decision->authority->user);
  if (needed != NOTHING && given < needed) {
    after->state = arrow->from; /* somebody else has to agree as well */
    return STORE_OK;
  }
  if (!approval_parse(decision->set->scratch, row_text(after, APPROVAL_PENDING), &changes, &count)) {
    set_find(decision, VERDICT_INVALID, APPROVAL_PENDING, "wrong_pending", (struct label){"待执行变更的内容读不出来,无法执行", "the pending changes cannot be read and are not carried out"});
    return STORE_OK;
  }
  decision->set->asked_by = row_integer(after, APPROVAL_ASKED_BY);
  for (size_t i = 0; i < count; i++) effect_yield(decision, &changes[i]);
  return STORE_OK;
}
