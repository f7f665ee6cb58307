/* JSON and texts from outside into values, by the declarations. One row per field type says how its value reads and what to
   write instead when it does not. Collects issues, never answers; knows no session and no store. */
#include "web/json_in.h"

#include <math.h>
#include <string.h>

#include "base/room.h"

#define NAMES_SHOWN 40
#define CHANGES_MOST 1000

/* ---- issues ---- */

void issue_add(struct issues *issues, uint32_t change, const char *field, const char *code, struct label sentence) {
  ARENA_ROOM(issues->arena, issues->items, issues->count, issues->room, 8);
  issues->items[issues->count++] = (struct issue){change, field ? arena_text(issues->arena, field) : NULL, code, sentence};
}

static bool issue_stands(const struct issues *issues, size_t count, uint32_t change, const char *field) {
  for (size_t i = 0; i < count; i++)
    if (issues->items[i].change == change && field && text_equal(issues->items[i].field, field)) return true;
  return false;
}

void issues_add_findings(struct issues *issues, const struct finding *findings, size_t count) {
  size_t own = issues->count;
  for (size_t i = 0; i < count; i++) {
    const struct field *field = findings[i].type && findings[i].field ? record_field(findings[i].type, findings[i].field) : NULL;
    if (!issue_stands(issues, own, findings[i].change, field ? field->name : NULL))
      issue_add(issues, findings[i].change, field ? field->name : NULL, findings[i].code, findings[i].sentence);
  }
}

static bool name_near(const char *given, const char *name) { return given && strlen(given) < 100 && text_distance(given, name, 2) <= 2; }

/* The nearest first, then the others as far as a sentence holds them. */
char *nearest_names(struct arena *arena, const char *given, const char *const *names, size_t count) {
  struct buffer out = {.arena = arena};
  size_t shown = 0;
  for (size_t i = 0; i < count && shown < NAMES_SHOWN; i++)
    if (name_near(given, names[i])) buffer_print(&out, "%s%s", shown++ ? ", " : "", names[i]);
  for (size_t i = 0; i < count && shown < NAMES_SHOWN; i++)
    if (!name_near(given, names[i])) buffer_print(&out, "%s%s", shown++ ? ", " : "", names[i]);
  if (count > NAMES_SHOWN) buffer_text(&out, " …");
  return out.size ? out.bytes : arena_text(arena, "");
}

/* ---- a whole body ---- */

/* Nesting outside of texts; a body that is no JSON is found out by the parser. */
static bool depth_holds(const char *bytes, size_t size) {
  int depth = 0;
  bool text = false;
  for (size_t i = 0; i < size; i++) {
    if (text && bytes[i] == '\\') i++;
    else if (bytes[i] == '"') text = !text;
    else if (!text && (bytes[i] == '{' || bytes[i] == '[') && ++depth > JSON_DEPTH_MOST) return false;
    else if (!text && (bytes[i] == '}' || bytes[i] == ']')) depth--;
  }
  return true;
}

json_t *json_read(const char *bytes, size_t size, struct arena *arena, struct label *reason) {
  json_error_t error;
  if (!depth_holds(bytes, size)) {
    *reason = label_print(arena, "JSON 嵌套过深：最多 %d 层。", "the JSON is nested too deeply: at most %d levels.", JSON_DEPTH_MOST);
    return NULL;
  }
  json_t *json = json_loadb(bytes ? bytes : "", size, JSON_REJECT_DUPLICATES, &error);
  if (!json) {
    *reason = label_print(arena, "JSON 第 %d 行第 %d 列有误：%s。", "the JSON is wrong at line %d, column %d: %s.", error.line,
                          error.column, error.text);
    return NULL;
  }
  if (!json_is_object(json)) {
    json_decref(json);
    *reason = (struct label){"JSON 的最外层应是一个对象 {…}。", "the outermost JSON value must be an object {…}."};
    return NULL;
  }
  return json;
}

/* ---- values by field type ---- */

static char *choice_names(struct arena *arena, const struct field *field, const char *given) {
  const char *names[256];
  size_t count = 0;
  for (const struct choice *choice = field->choices; choice && choice->name && count < 256; choice++)
    if (!choice->retired) names[count++] = choice->name;
  return nearest_names(arena, given, names, count);
}

static bool text_lower_hex(const char *text) { return strlen(text) == 64 && strspn(text, "0123456789abcdef") == 64; }

static bool point_make(double latitude, double longitude, int64_t *out) {
  if (!(latitude >= -90 && latitude <= 90 && longitude >= -180 && longitude <= 180)) return false;
  *out = (int64_t)llround((latitude + 90) * 1e6) << 32 | (int64_t)llround((longitude + 180) * 1e6);
  return true;
}

/* A text as the value of a field type that is stored as an integer or a text; contacts and texts as they are. */
static bool scalar_from_text(struct arena *arena, const struct field *field, const char *text, struct value *value) {
  int64_t integer = NOTHING;
  const struct choice *choice;
  bool read = false;
  switch (field->type) {
  case F_TEXT: case F_LONG_TEXT: case F_CONTACT:
    *value = value_text(field->id, arena_text(arena, text));
    return true;
  case F_FILE:
    *value = value_text(field->id, arena_text(arena, text));
    return text_lower_hex(text);
  case F_INTEGER: case F_WEIGHT: case F_REFERENCE: case F_REFERENCES: read = text_to_integer(text, &integer); break;
  case F_DECIMAL: read = text_to_decimal(text, 4, &integer); break;
  case F_MONEY: read = text_to_decimal(text, 2, &integer); break;
  case F_DATE: read = date_parse(text, &integer); break;
  case F_MOMENT: read = moment_parse(text, &integer); break;
  case F_YES_NO:
    read = strcmp(text, "true") == 0 || strcmp(text, "false") == 0;
    integer = *text == 't';
    break;
  case F_CHOICE: case F_CHOICES:
    choice = field_choice_named(field, text);
    read = choice != NULL;
    integer = choice ? choice->code : NOTHING;
    break;
  case F_POINT: break;
  }
  *value = value_integer(field->id, integer);
  return read && integer != NOTHING;
}

static bool json_is_written_as_text(enum field_type type) {
  return type != F_INTEGER && type != F_WEIGHT && type != F_REFERENCE && type != F_YES_NO && type != F_CHOICES && type != F_REFERENCES &&
         type != F_POINT;
}

static bool read_text(struct value_reader *reader, const struct field *field, json_t *json, struct value *value) {
  return json_is_string(json) && scalar_from_text(reader->arena, field, json_string_value(json), value);
}

static bool read_integer(struct value_reader *reader, const struct field *field, json_t *json, struct value *value) {
  (void)reader;
  *value = value_integer(field->id, json_integer_value(json));
  return json_is_integer(json) && value->integer != NOTHING;
}

static bool read_yes_no(struct value_reader *reader, const struct field *field, json_t *json, struct value *value) {
  (void)reader;
  *value = value_integer(field->id, json_is_true(json));
  return json_is_boolean(json);
}

static bool read_choices(struct value_reader *reader, const struct field *field, json_t *json, struct value *value) {
  uint64_t bits = 0;
  size_t i;
  json_t *item;
  (void)reader;
  if (!json_is_array(json)) return false;
  json_array_foreach(json, i, item) {
    const struct choice *choice = json_is_string(item) ? field_choice_named(field, json_string_value(item)) : NULL;
    if (!choice) return false;
    bits |= UINT64_C(1) << choice->code;
  }
  *value = value_integer(field->id, (int64_t)bits);
  return true;
}

static bool read_references(struct value_reader *reader, const struct field *field, json_t *json, struct value *value) {
  size_t count = json_array_size(json), i, kept = 0;
  int64_t *many = ARENA_ARRAY(reader->arena, int64_t, count + 1);
  json_t *item;
  if (!json_is_array(json)) return false;
  json_array_foreach(json, i, item) {
    bool again = false;
    if (!json_is_integer(item)) return false;
    for (size_t k = 0; k < kept; k++) again |= many[k] == json_integer_value(item);
    if (!again) many[kept++] = json_integer_value(item);
  }
  *value = value_many(field->id, many, kept);
  return true;
}

static bool read_point(struct value_reader *reader, const struct field *field, json_t *json, struct value *value) {
  json_t *latitude = json_object_get(json, "lat"), *longitude = json_object_get(json, "lon");
  (void)reader;
  *value = value_integer(field->id, 0);
  return json_is_number(latitude) && json_is_number(longitude) && json_object_size(json) == 2 &&
         point_make(json_number_value(latitude), json_number_value(longitude), &value->integer);
}

/* A masked text that comes back from a form is not the contact itself. The door seals what is given here in plain. */
static bool read_contact(struct value_reader *reader, const struct field *field, json_t *json, struct value *value) {
  const char *plain = json_string_value(json);
  if (plain) *value = value_text(field->id, arena_text(reader->arena, plain));
  return plain && !strchr(plain, '*');
}

static const struct { bool (*read)(struct value_reader *reader, const struct field *field, json_t *json, struct value *value); struct label expected; } READERS[] = {
  [F_TEXT] = {read_text, {"应是文本", "a text"}},
  [F_LONG_TEXT] = {read_text, {"应是文本", "a text"}},
  [F_INTEGER] = {read_integer, {"应是整数", "an integer"}},
  [F_DECIMAL] = {read_text, {"应是写成文本的数，最多四位小数，如 \"12.5\"", "a number written as a text with at most four decimals, like \"12.5\""}},
  [F_MONEY] = {read_text, {"应是写成文本的金额（元），最多两位小数，如 \"12.50\"", "an amount in yuan written as a text, like \"12.50\""}},
  [F_DATE] = {read_text, {"应是日期，如 \"2026-11-23\"", "a date like \"2026-11-23\""}},
  [F_MOMENT] = {read_text, {"应是时间，如 \"2026-11-23T08:00:00+08:00\"", "a moment like \"2026-11-23T08:00:00+08:00\""}},
  [F_WEIGHT] = {read_integer, {"应是整数（万分之几，10000 为全部）", "an integer of basis points (10000 is the whole)"}},
  [F_CHOICE] = {read_text, {"应是下列名称之一", "one of these names"}},
  [F_CHOICES] = {read_choices, {"应是下列名称的数组", "an array of these names"}},
  [F_REFERENCE] = {read_integer, {"应是记录的 id（整数）", "a record's id (an integer)"}},
  [F_REFERENCES] = {read_references, {"应是记录 id 的数组", "an array of records' ids"}},
  [F_YES_NO] = {read_yes_no, {"应是 true 或 false", "true or false"}},
  [F_POINT] = {read_point, {"应是 {\"lat\":31.2,\"lon\":121.4}", "like {\"lat\":31.2,\"lon\":121.4}"}},
  [F_CONTACT] = {read_contact, {"应是完整的联系方式（不含 *）；不改就不要带这一项", "the whole contact, without *; leave it out to keep it"}},
  [F_FILE] = {read_text, {"应是上传文件后得到的 64 位十六进制串", "the 64 hexadecimal digits that the upload answered"}},
};
_Static_assert(sizeof READERS / sizeof *READERS == F_FILE + 1, "every field type reads");

static struct label expected_of(struct arena *arena, const struct field *field, const char *given) {
  struct label expected = READERS[field->type].expected;
  if (field->type != F_CHOICE && field->type != F_CHOICES) return expected;
  char *names = choice_names(arena, field, given);
  return (struct label){arena_print(arena, "%s：%s", expected.zh, names), arena_print(arena, "%s: %s", expected.en, names)};
}

bool value_from_text(struct arena *arena, const struct field *field, const char *text, struct value *value, struct label *expected) {
  if (field->type != F_POINT && field->type != F_CONTACT && scalar_from_text(arena, field, text, value)) return true;
  *expected = expected_of(arena, field, text);
  return false;
}

static bool value_read(struct value_reader *reader, const struct field *field, json_t *json, struct value *value) {
  if (json_is_null(json) || (json_is_written_as_text(field->type) && json_is_string(json) && !*json_string_value(json))) {
    *value = value_nothing(field->id);
    return true;
  }
  return READERS[field->type].read(reader, field, json, value);
}

static void unknown_field(struct value_reader *reader, const struct record_type *type, uint32_t change, const char *name) {
  const char *names[256];
  size_t count = 0;
  for (size_t i = 0; i < type->field_count && count < 256; i++)
    if (!(type->fields[i].flags & (FIELD_RETIRED | FIELD_HIDDEN | FIELD_DERIVED))) names[count++] = type->fields[i].name;
  char *near = nearest_names(reader->arena, name, names, count);
  reader->issues->unknown_name = true;
  issue_add(reader->issues, change, name, "unknown_field",
    label_print(reader->arena, "没有“%s”这个字段，可填：%s。", "there is no field \"%s\"; possible: %s.", name, near));
}

void values_read(struct value_reader *reader, json_t *object, const struct record_type *type, uint32_t change, struct value **values,
                 size_t *count) {
  const char *name;
  json_t *json;
  *count = 0;
  *values = ARENA_ARRAY(reader->arena, struct value, json_object_size(object) + 1);
  if (object && !json_is_object(object)) {
    issue_add(reader->issues, change, "values", "wrong_type", (struct label){"values 应是一个对象 {…}。", "values must be an object {…}."});
    return;
  }
  json_object_foreach(object, name, json) {
    const struct field *field = record_field_named(type, name);
    if (!field || (field->flags & FIELD_RETIRED)) unknown_field(reader, type, change, name);
    else if (value_read(reader, field, json, &(*values)[*count])) ++*count;
    else {
      struct label expected = expected_of(reader->arena, field, json_string_value(json));
      issue_add(reader->issues, change, name, field->type == F_CHOICE || field->type == F_CHOICES ? "unknown_choice" : "wrong_type",
                (struct label){arena_print(reader->arena, "“%s”%s。", field->label.zh, expected.zh),
                               arena_print(reader->arena, "\"%s\" must be %s.", field->label.en, expected.en)});
    }
  }
}

/* ---- forms and sets ---- */

/* Members of an object that are not among the names. */
static void members_check(struct value_reader *reader, json_t *object, uint32_t change, const char *const *names, size_t count) {
  const char *name;
  json_t *json;
  json_object_foreach(object, name, json) {
    bool known = false;
    for (size_t i = 0; i < count; i++) known |= strcmp(name, names[i]) == 0;
    if (known) continue;
    char *near = nearest_names(reader->arena, name, names, count);
    reader->issues->unknown_name = true;
    issue_add(reader->issues, change, name, "unknown_field",
      label_print(reader->arena, "没有“%s”这一项，可用：%s。", "there is no member \"%s\"; possible: %s.", name, near));
  }
}

static const char *reason_read(struct value_reader *reader, json_t *object, uint32_t change) {
  json_t *reason = json_object_get(object, "reason");
  if (reason && !json_is_null(reason) && !json_is_string(reason))
    issue_add(reader->issues, change, "reason", "wrong_type", (struct label){"reason 应是文本。", "reason must be a text."});
  const char *text = json_string_value(reason);
  if (text && text_length(text) > 2000) {
    issue_add(reader->issues, change, "reason", "too_long", (struct label){"理由最多 2000 字。", "a reason has at most 2000 characters."});
    return NULL;
  }
  return text && *text ? arena_text(reader->arena, text) : NULL;
}

void form_read(struct value_reader *reader, json_t *body, const struct record_type *type, struct value **values, size_t *count,
               const char **reason) {
  static const char *const members[] = {"values", "reason"};
  members_check(reader, body, 0, members, 2);
  values_read(reader, json_object_get(body, "values"), type, 0, values, count);
  *reason = reason_read(reader, body, 0);
}

static const struct record_type *type_read(struct value_reader *reader, json_t *object, uint32_t change) {
  const char *name = json_string_value(json_object_get(object, "type"));
  const struct record_type *type = name ? record_type_named(name) : NULL;
  if (type) return type;
  const char *names[64] = {0};
  size_t count = 0;
  for (size_t i = 0; i < SCHEMA.count && count < 64; i++) names[count++] = SCHEMA.types[i]->name;
  char *near = nearest_names(reader->arena, name, names, count);
  reader->issues->unknown_name = true;
  issue_add(reader->issues, change, "type", "unknown_type",
    label_print(reader->arena, "没有“%s”这种记录，可用：%s。", "there is no record type \"%s\"; possible: %s.", name ? name : "", near));
  return NULL;
}

static enum action_code action_read(struct value_reader *reader, json_t *object, const struct record_type *type, uint32_t change) {
  const char *name = json_string_value(json_object_get(object, "action"));
  enum action_code action = name ? action_named(name) : ACTION_NONE;
  if (action) return action;
  const char *names[64] = {"create", "edit", "void"};
  size_t count = 3;
  for (size_t i = 0; i < type->transition_count && count < 64; i++) names[count++] = action_name(type->transitions[i].action);
  char *near = nearest_names(reader->arena, name, names, count);
  reader->issues->unknown_name = true;
  issue_add(reader->issues, change, "action", "unknown_action",
    label_print(reader->arena, "没有“%s”这个动作，可用：%s。", "there is no action \"%s\"; possible: %s.", name ? name : "", near));
  return ACTION_NONE;
}

static int64_t integer_read(struct value_reader *reader, json_t *object, const char *name, uint32_t change, int64_t otherwise) {
  json_t *json = json_object_get(object, name);
  if (!json || json_is_null(json)) return otherwise;
  if (json_is_integer(json)) return json_integer_value(json);
  issue_add(reader->issues, change, name, "wrong_type", label_print(reader->arena, "%s 应是整数。", "%s must be an integer.", name));
  return otherwise;
}

static void change_read(struct value_reader *reader, json_t *object, uint32_t number, struct change *change) {
  static const char *const members[] = {"type", "action", "id", "version", "values", "reason"};
  struct value *values;
  if (!json_is_object(object)) {
    issue_add(reader->issues, number, NULL, "wrong_type",
              (struct label){"changes 的每一项应是一个对象 {…}。", "each of changes must be an object {…}."});
    return;
  }
  members_check(reader, object, number, members, sizeof members / sizeof *members);
  change->type = type_read(reader, object, number);
  if (!change->type) return;
  change->action = action_read(reader, object, change->type, number);
  change->id = integer_read(reader, object, "id", number, 0);
  change->seen = integer_read(reader, object, "version", number, ANY_VERSION);
  values_read(reader, json_object_get(object, "values"), change->type, number, &values, &change->value_count);
  change->values = values;
  change->reason = reason_read(reader, object, number);
}

bool changes_read(struct value_reader *reader, json_t *body, struct change **changes, size_t *count, int64_t *behalf) {
  static const char *const members[] = {"changes", "behalf"};
  json_t *array = json_object_get(body, "changes"), *object;
  size_t i;
  bool whole = true;
  members_check(reader, body, 0, members, 2);
  *behalf = integer_read(reader, body, "behalf", 0, 0);
  *count = json_array_size(array);
  if (!*count || *count > CHANGES_MOST) {
    issue_add(reader->issues, 0, "changes", "wrong_type",
      label_print(reader->arena, "changes 应是 1 至 %d 项变更的数组。", "changes must be an array of 1 to %d changes.", CHANGES_MOST));
    return false;
  }
  *changes = ARENA_ARRAY(reader->arena, struct change, *count);
  json_array_foreach(array, i, object) {
    change_read(reader, object, (uint32_t)i, &(*changes)[i]);
    whole = whole && (*changes)[i].type && (*changes)[i].action;
  }
  return whole;
}
