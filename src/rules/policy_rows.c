/* Rows of a policy as JSON, in and out, by a form (policy_rows.h). */
#include "rules/policy_rows.h"

#include <jansson.h>
#include <string.h>

#include "base/buffer.h"

struct reading { const struct row_form *form; struct arena *arena; struct label *problem; size_t row; };

bool policy_row_wrong(struct arena *arena, struct label *problem, size_t row, struct label said) {
  *problem = row ? (struct label){arena_print(arena, "第 %zu 行：%s", row, said.zh), arena_print(arena, "row %zu: %s", row, said.en)} : said;
  return false;
}

static bool wrong(const struct reading *reading, struct label said) {
  return policy_row_wrong(reading->arena, reading->problem, reading->row, said);
}

static char *known_members(const struct reading *reading) {
  struct buffer out = {.arena = reading->arena};
  for (size_t i = 0; i < reading->form->member_count; i++) buffer_print(&out, "%s%s", i ? ", " : "", reading->form->members[i].name);
  return out.bytes;
}
static char *known_choices(const struct reading *reading, const struct choice *choices) {
  struct buffer out = {.arena = reading->arena};
  for (; choices->name; choices++) buffer_print(&out, "%s%s", out.size ? ", " : "", choices->name);
  return out.bytes;
}

static bool choice_read(const struct reading *reading, const struct row_member *member, json_t *value, int16_t *into) {
  for (const struct choice *choice = member->choices; choice->name; choice++)
    if (text_equal(choice->name, json_string_value(value))) {
      *into = choice->code;
      return true;
    }
  char *known = known_choices(reading, member->choices);
  return wrong(reading, (struct label){arena_print(reading->arena, "%s 可用：%s", member->name, known),
                                       arena_print(reading->arena, "%s may be %s", member->name, known)});
}

static bool number_read(const struct reading *reading, const struct row_member *member, json_t *value, int16_t *into) {
  json_int_t number = json_is_integer(value) ? json_integer_value(value) : -1;
  *into = (int16_t)number;
  if (number >= member->least && number <= member->most) return true;
  return wrong(reading, label_print(reading->arena, "%s 应为 %d 到 %d 的整数", "%s must be a whole number from %d to %d", member->name,
                                    member->least, member->most));
}

static bool member_read(const struct reading *reading, const char *key, json_t *value, char *row) {
  for (size_t i = 0; i < reading->form->member_count; i++) {
    const struct row_member *member = &reading->form->members[i];
    int16_t *into = (int16_t *)(void *)(row + member->offset);
    if (text_equal(key, member->name))
      return member->choices ? choice_read(reading, member, value, into) : number_read(reading, member, value, into);
  }
  char *known = known_members(reading);
  return wrong(reading, (struct label){arena_print(reading->arena, "不认识的成员「%s」；只能有 %s", key, known),
                                       arena_print(reading->arena, "unknown member \"%s\"; %s are known", key, known)});
}

static bool row_read(const struct reading *reading, json_t *object, char *row) {
  const char *key;
  json_t *value;
  if (!json_is_object(object))
    return wrong(reading,
                 label_print(reading->arena, "应为对象，如 %s 中的一个", "wants an object, as those in %s", reading->form->example));
  json_object_foreach(object, key, value) {
    if (!member_read(reading, key, value, row)) return false;
  }
  for (size_t i = 0; i < reading->form->member_count; i++) {
    const struct row_member *member = &reading->form->members[i];
    if (member->needed && !*(int16_t *)(void *)(row + member->offset))
      return wrong(reading, label_print(reading->arena, "缺少 %s", "%s is missing", member->name));
  }
  return true;
}

static bool rows_read(struct reading *reading, json_t *list, char *rows, size_t most, size_t *count) {
  size_t there = json_array_size(list);
  if (!json_is_array(list))
    return wrong(reading, label_print(reading->arena, "应为 JSON 列表，如 %s", "wants a JSON list such as %s", reading->form->example));
  if (there > most) return wrong(reading, label_print(reading->arena, "最多 %zu 行", "at most %zu rows", most));
  memset(rows, 0, there * reading->form->size);
  for (size_t i = 0; i < there; i++) {
    reading->row = i + 1;
    if (!row_read(reading, json_array_get(list, i), rows + i * reading->form->size)) return false;
  }
  *count = there;
  return true;
}

bool policy_rows_parse(const struct row_form *form, const char *json, void *rows, size_t most, size_t *count, struct arena *arena,
                       struct label *problem) {
  struct reading reading = {.form = form, .arena = arena, .problem = problem};
  json_error_t error;
  json_t *list = json_loads(json ? json : "", JSON_REJECT_DUPLICATES, &error);
  bool right = list ? rows_read(&reading, list, rows, most, count)
                    : wrong(&reading, label_print(arena, "不是合法的 JSON（出错位置 %d:%d，行：列）",
                                                  "this is no JSON (wrong at %d:%d, line:column)", error.line, error.column));
  if (list) json_decref(list);
  if (!right) *count = 0;
  return right;
}

static void member_print(struct buffer *out, const struct row_member *member, int16_t value, bool first) {
  if (!first) buffer_byte(out, ',');
  if (!member->choices) {
    buffer_print(out, "\"%s\":%d", member->name, value);
    return;
  }
  for (const struct choice *choice = member->choices; choice->name; choice++)
    if (choice->code == value) buffer_print(out, "\"%s\":\"%s\"", member->name, choice->name);
}

char *policy_rows_print(const struct row_form *form, struct arena *arena, const void *rows, size_t count) {
  struct buffer out = {.arena = arena};
  buffer_byte(&out, '[');
  for (size_t i = 0; i < count; i++) {
    bool first = true;
    buffer_text(&out, i ? ",{" : "{");
    for (size_t k = 0; k < form->member_count; k++) {
      int16_t value = *(const int16_t *)(const void *)((const char *)rows + i * form->size + form->members[k].offset);
      if (!value) continue;
      member_print(&out, &form->members[k], value, first);
      first = false;
    }
    buffer_byte(&out, '}');
  }
  buffer_byte(&out, ']');
  return out.bytes;
}
