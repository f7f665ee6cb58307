/* Names that people give on the command line: units, accounts, record types, problem numbers, conditions of a list. What is not
   found is answered with the nearest names. */
#include "command/program.h"

#include <stdlib.h>
#include <string.h>

#include "base/enumeration.h"
#include "rules/policy.h"

enum { NEAREST = 3 };

/* ---- units ---- */
struct unit_search {
  struct call *call;
  const char *wanted;
  int64_t id, found; /* found: how many bear the name */
  struct { const char *name; size_t distance; } nearest[NEAREST];
};

/* Short names stand in one text, parted by white space or any of these. */
static bool short_name_is(struct arena *arena, const char *names, const char *wanted) {
  char *folded = text_fold(arena, names);
  bool found = false;
  for (char *rest = folded, *at; !found && *rest; rest = at) {
    size_t size = strcspn(rest, " ,;|/\n");
    for (const char *mark = "、"; (at = strstr(rest, mark)) && (size_t)(at - rest) < size;) size = (size_t)(at - rest);
    found = size == strlen(wanted) && memcmp(rest, wanted, size) == 0;
    at = rest + size;
    if (strncmp(at, "、", strlen("、")) == 0) at += strlen("、");
    else if (*at) at++;
  }
  return found;
}

static void keep_nearest(struct unit_search *search, const char *name) {
  size_t distance = text_distance(search->wanted, name, 12);
  for (int i = 0; i < NEAREST; i++) {
    if (search->nearest[i].name && search->nearest[i].distance <= distance) continue;
    memmove(&search->nearest[i + 1], &search->nearest[i], (size_t)(NEAREST - 1 - i) * sizeof search->nearest[0]);
    search->nearest[i].name = arena_text(search->call->arena, name);
    search->nearest[i].distance = distance;
    break;
  }
}

static bool unit_take(void *with, const struct row *unit) {
  struct unit_search *search = with;
  struct arena *arena = search->call->arena;
  const char *name = row_text(unit, UNIT_NAME), *shorts = row_text(unit, UNIT_SHORT_NAMES);
  bool is = strcmp(text_fold(arena, name), search->wanted) == 0 || (shorts && short_name_is(arena, shorts, search->wanted));
  if (is) { search->id = unit->id; search->found++; }
  else keep_nearest(search, name);
  return true;
}

int find_unit(struct call *call, struct reader *reader, const char *text, int64_t *id) {
  struct row *row = NULL;
  if (text_to_integer(text, id)) {
    enum store_error error = reader_get(reader, record_type(RECORD_UNIT), &SCOPE_SYSTEM, *id, call->arena, &row);
    if (!error) return EXIT_DONE;
    if (error != STORE_ABSENT) return call_store_fail(call, error);
  }
  struct unit_search search = {.call = call, .wanted = text_fold(call->arena, text)};
  struct query query = {.type = record_type(RECORD_UNIT), .expected = -1};
  enum store_error error = reader_list(reader, &query, &SCOPE_SYSTEM, call->arena, unit_take, &search);
  if (error) return call_store_fail(call, error);
  *id = search.id;
  if (search.found == 1) return EXIT_DONE;
  if (search.found > 1)
    return call_fail(call, EXIT_USE,
                     label_print(call->arena, "叫“%s”的单位不止一个,请写全称或编号。",
                                 "more than one unit is called \"%s\". Give its full name or its id.", text));
  struct enumeration names = enumeration_in(call->arena);
  for (int i = 0; i < NEAREST && search.nearest[i].name; i++) enumeration_add(&names, search.nearest[i].name);
  struct label near = enumeration_label(&names);
  return call_fail(call, EXIT_USE,
                   near.zh ? (struct label){arena_print(call->arena, "没有单位“%s”。最接近的:%s。", text, near.zh),
                                            arena_print(call->arena, "there is no unit \"%s\". The nearest: %s.", text, near.en)}
                           : label_print(call->arena, "没有单位“%s”:库里还没有单位。", "there is no unit \"%s\": the store has none yet.",
                                         text));
}

/* ---- users, types, records ---- */
struct one_row { struct arena *arena; struct row *row; };
static bool one_take(void *with, const struct row *row) {
  struct one_row *one = with;
  one->row = row_copy(one->arena, row);
  return false;
}

static enum store_error find_by_text(struct call *call, struct reader *reader, enum record_id type, uint16_t field, const char *text,
                                     struct row **row) {
  struct value value = value_text(field, text);
  struct condition condition = {.field = field, .how = C_IS, .values = &value, .count = 1};
  struct query query = {.type = record_type(type),
                        .conditions = &condition,
                        .condition_count = 1,
                        .limit = 1,
                        .long_texts = true,
                        .many = true,
                        .expected = -1};
  struct one_row one = {.arena = call->arena};
  enum store_error error = reader_list(reader, &query, &SCOPE_SYSTEM, call->arena, one_take, &one);
  *row = one.row;
  return error || one.row ? error : STORE_ABSENT;
}

int find_user(struct call *call, struct reader *reader, const char *account, struct row **user) {
  enum store_error error = find_by_text(call, reader, RECORD_USER, USER_ACCOUNT, account, user);
  if (error == STORE_ABSENT)
    return call_fail(call, EXIT_USE,
                     label_print(call->arena, "没有账号“%s”。用 bihuan user list 看现有账号。",
                                 "there is no account \"%s\". See bihuan user list.", account));
  return error ? call_store_fail(call, error) : EXIT_DONE;
}

int find_type(struct call *call, const char *name, const struct record_type **type) {
  *type = record_type_named(name);
  if (*type) return EXIT_DONE;
  struct buffer names = {.arena = call->arena};
  for (size_t i = 0; i < SCHEMA.count; i++) buffer_print(&names, "%s%s", i ? ", " : "", SCHEMA.types[i]->plural);
  return call_fail(call, EXIT_USE,
                   label_print(call->arena, "没有“%s”这种记录。有:%s。", "there is no record type \"%s\". There are: %s.", name,
                               names.bytes));
}

int find_record(struct call *call, struct reader *reader, const struct record_type *type, const char *text, int64_t *id) {
  struct row *row = NULL;
  enum store_error error;
  if (text_to_integer(text, id)) error = reader_get(reader, type, &SCOPE_SYSTEM, *id, call->arena, &row);
  else {
    const struct field *number = record_field_named(type, "number");
    error = number && number->type == F_TEXT ? find_by_text(call, reader, type->id, number->id, text, &row) : STORE_ABSENT;
    if (row) *id = row->id;
  }
  if (error == STORE_ABSENT)
    return call_fail(call, EXIT_USE,
                     (struct label){arena_print(call->arena, "没有%s“%s”。", type->label.zh, text),
                                    arena_print(call->arena, "there is no %s \"%s\".", type->name, text)});
  return error ? call_store_fail(call, error) : EXIT_DONE;
}

/* ---- conditions ---- */
static const struct { const char *suffix; enum comparison how; } COMPARISONS[] = {
  {".lt", C_LESS}, {".le", C_AT_MOST}, {".gt", C_MORE}, {".ge", C_AT_LEAST}, {".not", C_IS_NOT}};

static const struct { const char *name; uint16_t field; enum field_type type; } SYSTEM_FIELDS[] = {
  {"id", FIELD_ID, F_INTEGER}, {"state", FIELD_STATE, F_CHOICE}, {"created", FIELD_CREATED, F_MOMENT}, {"changed", FIELD_CHANGED, F_MOMENT}};

struct condition_field { uint16_t id; enum field_type type; const struct field *declared; };

static bool condition_field(const struct record_type *type, const char *name, struct condition_field *found) {
  const struct field *field = record_field_named(type, name);
  *found = (struct condition_field){field ? field->id : 0, field ? field->type : F_INTEGER, field};
  for (size_t i = 0; i < sizeof SYSTEM_FIELDS / sizeof *SYSTEM_FIELDS && !found->id; i++)
    if (strcmp(name, SYSTEM_FIELDS[i].name) == 0) *found = (struct condition_field){SYSTEM_FIELDS[i].field, SYSTEM_FIELDS[i].type, NULL};
  return found->id != 0;
}

static const struct choice *choice_by_any_name(const struct field *field, const char *text) {
  const struct choice *found = field_choice_named(field, text);
  for (const struct choice *one = field->choices; !found && one && one->name; one++)
    if (text_equal(one->label.zh, text)) found = one;
  return found;
}

static const struct state_name *state_by_any_name(const struct record_type *type, const char *text) {
  const struct state_name *found = type->states ? record_state_named(type, text) : NULL;
  for (const struct state_name *one = type->states; !found && one && one->name; one++)
    if (text_equal(one->label.zh, text)) found = one;
  return found;
}

/* What would be right, for a choice or a state. */
static int unknown_choice(struct call *call, const struct record_type *type, const struct field *field, const char *text) {
  struct buffer names = {.arena = call->arena};
  for (const struct choice *one = field ? field->choices : NULL; one && one->name; one++)
    buffer_print(&names, "%s%s", names.size ? ", " : "", one->name);
  for (const struct state_name *one = field ? NULL : type->states; one && one->name; one++)
    buffer_print(&names, "%s%s", names.size ? ", " : "", one->name);
  return call_fail(call, EXIT_USE,
                   label_print(call->arena, "条件里没有“%s”这个值。有:%s。", "there is no value \"%s\" for this condition. There are: %s.",
                               text, names.size ? names.bytes : "-"));
}

static int condition_value(struct call *call, struct reader *reader, const struct record_type *type, const struct condition_field *field,
                           const char *text, struct value *value) {
  int64_t integer = NOTHING;
  bool read = true;
  switch (field->type) {
    case F_CHOICE: case F_CHOICES: {
      const struct choice *choice = field->declared ? choice_by_any_name(field->declared, text) : NULL;
      const struct state_name *state = field->declared ? NULL : state_by_any_name(type, text);
      if (!choice && !state) return unknown_choice(call, type, field->declared, text);
      integer = choice ? choice->code : state->code;
      break;
    }
    case F_DATE: read = date_parse(text, &integer); break;
    case F_MOMENT: read = moment_parse(text, &integer); break;
    case F_YES_NO: integer = strcmp(text, "true") == 0 || strcmp(text, "1") == 0 || strcmp(text, "是") == 0; break;
    case F_DECIMAL: read = text_to_decimal(text, 4, &integer); break;
    case F_MONEY: read = text_to_decimal(text, 2, &integer); break;
    case F_REFERENCE: case F_REFERENCES:
      if (field->declared->target == RECORD_UNIT) { int status = find_unit(call, reader, text, &integer); if (status) return status; }
      else read = text_to_integer(text, &integer);
      break;
    case F_TEXT: case F_FILE: *value = value_text(field->id, text); return EXIT_DONE;
    case F_LONG_TEXT: case F_CONTACT: read = false; break;
    default: read = text_to_integer(text, &integer);
  }
  *value = value_integer(field->id, integer);
  return read ? EXIT_DONE
              : call_fail(call, EXIT_USE,
                          label_print(call->arena, "条件里的值“%s”读不懂。", "the value \"%s\" of a condition makes no sense.", text));
}

static int read_condition(struct call *call, struct reader *reader, const struct record_type *type, const char *word,
                          struct condition *condition) {
  char *name = arena_text(call->arena, word), *text = strchr(name, '=');
  struct condition_field field;
  *condition = (struct condition){.how = C_IN};
  if (!text) return call_usage(call, label_print(call->arena, "条件“%s”里没有等号。", "the condition \"%s\" has no equals sign.", word));
  *text++ = 0;
  for (size_t i = 0; i < sizeof COMPARISONS / sizeof *COMPARISONS; i++) {
    size_t size = strlen(name), tail = strlen(COMPARISONS[i].suffix);
    if (size > tail && strcmp(name + size - tail, COMPARISONS[i].suffix) == 0) {
      name[size - tail] = 0;
      condition->how = COMPARISONS[i].how;
      break;
    }
  }
  if (!condition_field(type, name, &field))
    return call_fail(call, EXIT_USE, label_print(call->arena, "没有“%s”这个字段。", "there is no field \"%s\".", name));
  condition->field = field.id;
  if (strcmp(text, "none") == 0 || strcmp(text, "any") == 0) { condition->how = *text == 'n' ? C_EMPTY : C_FILLED; return EXIT_DONE; }
  struct value *values = ARENA_ARRAY(call->arena, struct value, strlen(text) + 1);
  int status = EXIT_DONE;
  for (char *at = text, *next; at && !status; at = next) {
    next = condition->how == C_IN ? strchr(at, ',') : NULL;
    if (next) *next++ = 0;
    status = condition_value(call, reader, type, &field, at, &values[condition->count++]);
  }
  condition->values = values;
  if (field.type == F_CHOICES || field.type == F_REFERENCES) condition->how = C_HAS;
  return status;
}

int read_conditions(struct call *call, struct reader *reader, const struct record_type *type, char **words, int count,
                    struct condition *conditions) {
  int status = EXIT_DONE;
  for (int i = 0; i < count && !status; i++) status = read_condition(call, reader, type, words[i], &conditions[i]);
  return status;
}
