/* The declarations, as this user may see them: forms and tables of the pages are made from them. */
#include "web/json_out.h"
#include "web/query.h"

static void choices_write(struct request *request, struct json *json, const struct field *field) {
  json_key(json, "choices");
  json_open(json, '[');
  for (const struct choice *choice = field->choices; choice && choice->name; choice++) {
    if (choice->retired) continue;
    json_open(json, '{');
    json_pair(json, "name", choice->name);
    json_pair(json, "label", request_label(request, choice->label));
    json_close(json, '}');
  }
  json_close(json, ']');
}

static const char *field_type_name(enum field_type type) {
  static const char *const names[] = {
    [F_TEXT] = "text", [F_LONG_TEXT] = "long_text", [F_INTEGER] = "integer", [F_DECIMAL] = "decimal", [F_MONEY] = "money", [F_DATE] = "date", [F_MOMENT] = "moment",
    [F_WEIGHT] = "weight", [F_CHOICE] = "choice", [F_CHOICES] = "choices", [F_REFERENCE] = "reference", [F_REFERENCES] = "references", [F_YES_NO] = "yes_no",
    [F_POINT] = "point", [F_CONTACT] = "contact", [F_FILE] = "file"};
  _Static_assert(sizeof names / sizeof *names == F_FILE + 1, "every field type has its name");
  return names[type];
}

static void field_write(struct request *request, struct json *json, const struct field *field) {
  const struct record_type *target = field->target ? record_type(field->target) : NULL;
  bool listed = (field->flags & (FIELD_LISTED | FIELD_TALLIED)) != 0;
  json_open(json, '{');
  json_pair(json, "name", field->name);
  json_pair(json, "label", request_label(request, field->label));
  json_pair(json, "type", field_type_name(field->type));
  json_pair_yes_no(json, "required", (field->flags & FIELD_REQUIRED) != 0);
  json_pair_yes_no(json, "listed", listed);
  json_pair_yes_no(json, "tallied", (field->flags & FIELD_TALLIED) != 0);
  json_pair_yes_no(json, "searched", (field->flags & FIELD_SEARCHED) != 0);
  json_pair_yes_no(json, "derived", (field->flags & FIELD_DERIVED) != 0);
  json_pair_yes_no(json, "fixed", (field->flags & FIELD_FIXED) != 0);
  json_pair_yes_no(json, "writable", !(field->flags & FIELD_DERIVED) && field_writable(request->authority, field));
  json_pair_integer(json, "least", field->least);
  json_pair_integer(json, "most", field->most);
  if (field->has_preset) {
    struct value preset = value_integer(field->id, field->preset);
    json_key(json, "preset");
    value_write(request, json, field, &preset, NULL);
  }
  if (field->choices) choices_write(request, json, field);
  if (target) json_pair(json, "target", target->name);
  json_close(json, '}');
}

static void states_write(struct request *request, struct json *json, const struct record_type *type) {
  json_key(json, "states");
  json_open(json, '[');
  for (const struct state_name *state = type->states; state && state->name; state++) {
    json_open(json, '{');
    json_pair(json, "name", state->name);
    json_pair(json, "label", request_label(request, state->label));
    json_pair_yes_no(json, "end", state->end);
    json_close(json, '}');
  }
  json_close(json, ']');
}

static void type_write(struct request *request, struct json *json, const struct record_type *type) {
  const struct field *title = record_field(type, type->title), *parent = type->parent ? record_field(type, type->parent) : NULL;
  json_open(json, '{');
  json_pair(json, "name", type->name);
  json_pair(json, "plural", type->plural);
  json_pair(json, "label", request_label(request, type->label));
  json_pair(json, "label_plural", request_label(request, type->label_plural));
  json_key(json, "group");
  json_open(json, '{');
  json_pair(json, "name", record_group_name(type->group));
  json_pair(json, "label", request_label(request, record_group_label(type->group)));
  json_close(json, '}');
  json_pair(json, "title", title ? title->name : NULL);
  json_pair_yes_no(json, "create", request_scope(request, type, MAY_CREATE)->grant_count > 0);
  json_pair_yes_no(json, "export", request_scope(request, type, MAY_EXPORT)->grant_count > 0);
  json_pair_yes_no(json, "searched", type_searched(type));
  json_pair(json, "parent", parent ? parent->name : NULL);
  json_key(json, "fields");
  json_open(json, '[');
  for (size_t i = 0; i < type->field_count; i++)
    if (field_shown(request, &type->fields[i])) field_write(request, json, &type->fields[i]);
  json_close(json, ']');
  states_write(request, json, type);
  json_key(json, "sorts");
  json_open(json, '[');
  if (type->turn) json_text(json, field_name_of(type, type->turn->field));
  for (size_t i = 0; i < type->sort_count; i++) json_text(json, field_name_of(type, type->sorts[i]));
  json_close(json, ']');
  json_close(json, '}');
}

/* Actions that some life cycle of these types knows, once each. */
static void actions_write(struct request *request, struct json *json) {
  bool named[256] = {[ACTION_CREATE] = true, [ACTION_EDIT] = true, [ACTION_VOID] = true};
  for (size_t i = 0; i < SCHEMA.count; i++)
    for (size_t k = 0; k < SCHEMA.types[i]->transition_count; k++)
      if (SCHEMA.types[i]->transitions[k].action < 256) named[SCHEMA.types[i]->transitions[k].action] = true;
  json_key(json, "actions");
  json_open(json, '[');
  for (int action = 1; action < 256; action++) {
    if (!named[action]) continue;
    json_open(json, '{');
    json_pair(json, "name", action_name((enum action_code)action));
    json_pair(json, "label", request_label(request, action_label((enum action_code)action)));
    json_close(json, '}');
  }
  json_close(json, ']');
}

void types_show(struct request *request) {
  if (!request_head(request)) return;
  struct json *json = out_open(request);
  json_key(json, "types");
  json_open(json, '[');
  for (size_t i = 0; i < SCHEMA.count; i++)
    if (request_scope(request, SCHEMA.types[i], MAY_READ)->grant_count > 0) type_write(request, json, SCHEMA.types[i]);
  json_close(json, ']');
  actions_write(request, json);
  json_key(json, "roles");
  json_open(json, '[');
  for (int role = 1; role < 64; role++) {
    if (!(ROLES_ALL & ROLE(role))) continue;
    json_open(json, '{');
    json_pair(json, "name", role_name((enum role_code)role));
    json_pair(json, "label", request_label(request, role_label((enum role_code)role)));
    json_close(json, '}');
  }
  json_close(json, ']');
  out_close_packed(request, 200);
}
