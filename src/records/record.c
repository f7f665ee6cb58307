/* Looking up declarations, and rows as values in declared order. Lookups walk short static tables; nothing here allocates but in the
   caller's arena. */
#include "records/types.h"
#include <assert.h>
#include <string.h>

#include "base/room.h"

const struct record_type *record_type(enum record_id id) {
  for (size_t i = 0; i < SCHEMA.count; i++)
    if (SCHEMA.types[i]->id == id) return SCHEMA.types[i];
  return NULL;
}
const struct record_type *record_type_named(const char *name) {
  for (size_t i = 0; name && i < SCHEMA.count; i++)
    if (!strcmp(SCHEMA.types[i]->name, name) || !strcmp(SCHEMA.types[i]->plural, name)) return SCHEMA.types[i];
  return NULL;
}
const struct field *record_field(const struct record_type *type, uint16_t id) {
  /* Ids mostly run as the declared order does: look there first. */
  if (id && id <= type->field_count && type->fields[id - 1].id == id) return &type->fields[id - 1];
  for (size_t i = 0; i < type->field_count; i++)
    if (type->fields[i].id == id) return &type->fields[i];
  return NULL;
}
const struct field *record_field_named(const struct record_type *type, const char *name) {
  for (size_t i = 0; name && i < type->field_count; i++)
    if (!strcmp(type->fields[i].name, name)) return &type->fields[i];
  return NULL;
}
const struct field *record_reference(const struct record_type *type, enum record_id target) {
  for (size_t i = 0; i < type->field_count; i++)
    if (type->fields[i].type == F_REFERENCE && type->fields[i].target == target) return &type->fields[i];
  return NULL;
}
/* Declared one behind the other; what lies between says more about the type, not about the record. */
const struct field *record_named_by(const struct record_type *type, const struct field *field) {
  if (field->type != F_CHOICE || field->choices != RECORD_CHOICES) return NULL;
  const struct field *next = field + 1;
  return next < type->fields + type->field_count && next->type == F_INTEGER ? next : NULL;
}
bool record_may_name(const struct record_type *type, enum record_id target) {
  for (size_t i = 0; i < type->field_count; i++) {
    const struct field *field = &type->fields[i];
    if ((field->type == F_REFERENCE && field->target == target) || record_named_by(type, field)) return true;
  }
  return false;
}
const struct choice *field_choice(const struct field *field, int64_t code) {
  for (const struct choice *choice = field->choices; choice && choice->name; choice++)
    if (choice->code == code) return choice;
  return NULL;
}
const struct choice *field_choice_named(const struct field *field, const char *name) {
  for (const struct choice *choice = field->choices; name && choice && choice->name; choice++)
    if (!strcmp(choice->name, name)) return choice;
  return NULL;
}
size_t turn_place(const struct in_turn *turn, const struct value *value) {
  size_t at = 0;
  while (at < turn->count && !(value->kind == VALUE_INTEGER && value->integer == turn->values[at])) at++;
  return at;
}
/* PRACTICE.md, daily work 4 and 10. A pending approval of another kind does not hold up a destruction: what should not be there goes
   first. */
static const struct { enum together which; struct transition arrow; } together[] = {
  {TOGETHER_VOID, {.action = ACTION_ASK_VOID, .to = STATE_KEPT, .roles = ROLE(ROLE_OFFICE), .who = RELATION_ANY, .guards = {GUARD_PENDING_NONE}, .effects = {EFFECT_ASK_TOGETHER}, .reason = true, .label = {"申请作废", "Ask to void"}}},
  {TOGETHER_CORRECT, {.action = ACTION_ASK_CORRECTION, .to = STATE_KEPT, .roles = ROLE(ROLE_OFFICE), .who = RELATION_ANY, .guards = {GUARD_PENDING_NONE}, .effects = {EFFECT_ASK_TOGETHER}, .reason = true, .label = {"申请更正", "Ask for correction"}}},
  {TOGETHER_DESTROY, {.action = ACTION_ASK_DESTRUCTION, .to = STATE_KEPT, .roles = ROLE(ROLE_OFFICE), .who = RELATION_ANY, .effects = {EFFECT_ASK_TOGETHER}, .reason = true, .label = {"申请销毁", "Ask for destruction"}}}};
const struct transition *record_together(const struct record_type *type, enum action_code action) {
  for (size_t i = 0; i < sizeof together / sizeof *together; i++)
    if ((type->together & together[i].which) && together[i].arrow.action == action) return &together[i].arrow;
  return NULL;
}
const struct state_name *record_state(const struct record_type *type, state_code code) {
  for (const struct state_name *state = type->states; state && state->name; state++)
    if (state->code == code) return state;
  return NULL;
}
const struct state_name *record_state_named(const struct record_type *type, const char *name) {
  for (const struct state_name *state = type->states; name && state && state->name; state++)
    if (!strcmp(state->name, name)) return state;
  return NULL;
}

bool field_is_text(const struct field *field) {
  return field->type == F_TEXT || field->type == F_LONG_TEXT || field->type == F_CONTACT || field->type == F_FILE;
}

struct row *row_new(struct arena *arena, const struct record_type *type) {
  struct row *row = ARENA_NEW(arena, struct row);
  row->type = type;
  row->values = ARENA_ARRAY(arena, struct value, type->field_count);
  for (size_t i = 0; i < type->field_count; i++) row->values[i] = value_nothing(type->fields[i].id);
  return row;
}

static struct value value_copy(struct arena *arena, const struct value *value) {
  struct value copy = *value;
  if (value->kind == VALUE_TEXT) copy.text = arena_copy(arena, value->text, value->size);
  if (value->kind == VALUE_MANY) {
    int64_t *many = ARENA_ARRAY(arena, int64_t, value->count);
    if (value->count) memcpy(many, value->many, value->count * sizeof *many);
    copy.many = many;
  }
  return copy;
}
struct row *row_copy(struct arena *arena, const struct row *row) {
  struct row *copy = ARENA_NEW(arena, struct row);
  *copy = *row;
  copy->values = ARENA_ARRAY(arena, struct value, row->type->field_count);
  for (size_t i = 0; i < row->type->field_count; i++) copy->values[i] = value_copy(arena, &row->values[i]);
  return copy;
}

bool rows_keep(void *with, const struct row *row) {
  struct rows *rows = with;
  ARENA_ROOM(rows->arena, rows->items, rows->count, rows->room, 16);
  rows->items[rows->count++] = row_copy(rows->arena, row);
  return true;
}

static struct value *place(const struct row *row, uint16_t field) {
  const struct field *declared = record_field(row->type, field);
  return declared ? &row->values[declared - row->type->fields] : NULL;
}
const struct value *row_value(const struct row *row, uint16_t field) {
  const struct value *value = place(row, field);
  assert(!(value && value->kind == VALUE_UNREAD) && "a field that the list did not read");
  return value;
}

int64_t row_integer(const struct row *row, uint16_t field) {
  switch (field) {
    case FIELD_ID: return row->id;
    case FIELD_VERSION: return row->version;
    case FIELD_STATE: return row->state;
    case FIELD_CREATED: return row->created;
    case FIELD_CHANGED: return row->changed;
    case FIELD_ENTRY: return row->entry;
    case FIELD_VOIDED: return row->voided;
    default: break;
  }
  const struct value *value = row_value(row, field);
  return value && value->kind == VALUE_INTEGER ? value->integer : NOTHING;
}
const char *row_text(const struct row *row, uint16_t field) {
  const struct value *value = row_value(row, field);
  return value && value->kind == VALUE_TEXT ? value->text : NULL;
}
void row_set(struct row *row, const struct value *value) {
  struct value *at = place(row, value->field);
  if (at) *at = *value;
}
void row_set_integer(struct row *row, uint16_t field, int64_t value) {
  struct value set = value == NOTHING ? value_nothing(field) : value_integer(field, value);
  row_set(row, &set);
}
void row_set_text(struct row *row, uint16_t field, const char *text) {
  struct value set = value_text(field, text);
  row_set(row, &set);
}

struct value value_integer(uint16_t field, int64_t value) {
  return (struct value){.field = field, .kind = VALUE_INTEGER, .integer = value};
}
struct value value_text(uint16_t field, const char *text) {
  if (!text || !*text) return value_nothing(field);
  return (struct value){.field = field, .kind = VALUE_TEXT, .text = text, .size = strlen(text)};
}
struct value value_many(uint16_t field, const int64_t *many, size_t count) {
  if (!count) return value_nothing(field);
  return (struct value){.field = field, .kind = VALUE_MANY, .many = many, .count = count};
}
struct value value_nothing(uint16_t field) { return (struct value){.field = field}; }

bool value_filled(const struct value *value) {
  assert(value->kind != VALUE_UNREAD && "a field that the list did not read is asked whether it is filled");
  switch (value->kind) {
    case VALUE_NOTHING: return false;
    case VALUE_INTEGER: return value->integer != NOTHING;
    case VALUE_TEXT: return value->text && value->size > 0;
    case VALUE_MANY: return value->count > 0;
    case VALUE_UNREAD: break;
  }
  return false;
}

bool value_equal(const struct value *one, const struct value *other) {
  assert(one->kind != VALUE_UNREAD && other->kind != VALUE_UNREAD && "a field that the list did not read is compared");
  if (one->kind != other->kind) return false;
  switch (one->kind) {
    case VALUE_NOTHING: return true;
    case VALUE_INTEGER: return one->integer == other->integer;
    case VALUE_TEXT: return one->size == other->size && !memcmp(one->text, other->text, one->size);
    case VALUE_MANY: return one->count == other->count && !memcmp(one->many, other->many, one->count * sizeof *one->many);
    case VALUE_UNREAD: break;
  }
  return false;
}
