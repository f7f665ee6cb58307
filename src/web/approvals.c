/* What an approval would change, in words: for each change of its pending set the action and, field by field, what was asked, and while it
   waits what stands now. Whoever decides must see it; what this reader may not see of the record is not told. */
#include "rules/change.h"
#include "web/json_out.h"

/* The arrow's own label, whatever state it begins in; else the action's. */
static struct label label_of(const struct change *change) {
  const struct record_type *type = change->type;
  for (size_t i = 0; i < type->transition_count; i++)
    if (type->transitions[i].action == change->action && type->transitions[i].label.zh) return type->transitions[i].label;
  return action_label(change->action);
}

/* now: the record as it stands, NULL when that is not told. */
static void field_write(struct request *request, struct json *json, const struct field *field, const struct value *asked,
                        const struct row *now, struct labels *labels) {
  json_open(json, '{');
  json_pair(json, "field", field->name);
  json_pair(json, "label", request_label(request, field->label));
  json_key(json, "old");
  if (now) value_write(request, json, field, row_value(now, field->id), labels);
  else json_null(json);
  json_key(json, "new");
  value_write(request, json, field, asked, labels);
  json_close(json, '}');
}

static void change_write(struct request *request, struct json *json, const struct change *change, const struct row *now,
                         struct labels *labels) {
  json_open(json, '{');
  json_pair(json, "type", change->type->name);
  json_pair_integer(json, "id", change->id);
  json_pair(json, "action", action_name(change->action));
  json_pair(json, "label", request_label(request, label_of(change)));
  json_key(json, "changes");
  json_open(json, '[');
  for (size_t i = 0; i < change->value_count; i++) {
    const struct field *field = record_field(change->type, change->values[i].field);
    if (field && field_shown(request, field)) field_write(request, json, field, &change->values[i], now, labels);
  }
  json_close(json, ']');
  json_close(json, '}');
}

enum store_error asked_write(struct request *request, struct json *json, const struct row *approval, struct labels *labels) {
  struct change *changes = NULL;
  size_t count = 0;
  enum store_error error = STORE_OK;
  if (!approval_parse(request->arena, row_text(approval, APPROVAL_PENDING), &changes, &count)) count = 0;
  json_key(json, "asked");
  json_open(json, '[');
  for (size_t i = 0; i < count && !error; i++) {
    struct row *now = NULL;
    const struct scope *scope = request_scope(request, changes[i].type, MAY_READ);
    if (approval->state == APPROVAL_ASKED && changes[i].id > 0) error = reader_get(request->reader, changes[i].type, scope, changes[i].id, request->arena, &now);
    if (error == STORE_ABSENT) error = STORE_OK;
    if (!error) change_write(request, json, &changes[i], now, labels);
  }
  json_close(json, ']');
  return error;
}
