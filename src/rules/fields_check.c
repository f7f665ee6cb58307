/* One value against the declaration of its field: type, length, least and most, choices. Text is kept as it was written, script,
   SQL and formulas included; only characters that are no text (controls, broken UTF-8) are refused. No lookups here. */
#include <string.h>

#include <jansson.h>

#include "rules/chasing.h"
#include "rules/appeal_clock.h"
#include "rules/deadlines.h"
#include "rules/decide.h"

#define TEXT_MOST 200
#define LONG_TEXT_MOST 20000
#define CONTACT_MOST 200
#define FILE_DIGITS 64

static bool wrong(struct decision *decision, const struct field *field, const char *code, const char *zh, const char *en,
                  struct label right) {
  set_find(decision, VERDICT_INVALID, field->id, code, label_fill(decision->set->arena, zh, en, field->label, right));
  return false;
}

/* ---- texts ---- */

/* Eight bytes of which none is below 0x20, 0x7F or 0xC2; may doubt too much, never too little. */
static bool word_plain(const char *bytes) {
  const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
  uint64_t word, deleted, c2;
  memcpy(&word, bytes, sizeof word);
  deleted = word ^ ones * 0x7F;
  c2 = word ^ ones * 0xC2;
  return ((((word - ones * 0x20) & ~word) | ((deleted - ones) & ~deleted) | ((c2 - ones) & ~c2)) & tops) == 0;
}

/* Controls other than line end and tab; DEL and C1 as well. */
static bool control_in(const char *text, size_t size, bool *lines) {
  const unsigned char *bytes = (const unsigned char *)text;
  for (size_t at = 0; at < size; at++) { /* by bytes: U+0080 to U+009F are C2 80 to C2 9F */
    while (size - at >= 8 && word_plain(text + at)) at += 8;
    if (at == size) break;
    if (bytes[at] == '\n') *lines = true;
    else if ((bytes[at] < 0x20 && bytes[at] != '\t') || bytes[at] == 0x7F || (bytes[at] == 0xC2 && bytes[at + 1] < 0xA0)) return true;
  }
  return false;
}

/* Line ends as Windows writes them become one \n: the only thing that is ever changed in a text. */
static void line_ends(struct arena *arena, struct value *value) {
  size_t size = 0;
  if (!memchr(value->text, '\r', value->size)) return;
  char *text = arena_copy(arena, value->text, value->size);
  for (size_t i = 0; i < value->size; i++)
    if (!(text[i] == '\r' && i + 1 < value->size && text[i + 1] == '\n')) text[size++] = text[i];
  text[size] = 0;
  value->text = text;
  value->size = size;
}

static int64_t text_most(const struct field *field) {
  if (field->most) return field->most;
  if (field->type == F_LONG_TEXT) return LONG_TEXT_MOST;
  return field->type == F_CONTACT ? CONTACT_MOST : TEXT_MOST;
}

static bool file_name_right(const struct value *value) {
  return value->size == FILE_DIGITS && strspn(value->text, "0123456789abcdef") == FILE_DIGITS;
}

static bool text_check(struct decision *decision, const struct field *field, struct value *value) {
  struct arena *arena = decision->set->arena;
  bool lines = false;
  if (value->kind != VALUE_TEXT)
    return wrong(decision, field, "wrong_type", "“%s”应是文字", "\"%s\" must be text", (struct label){0});
  if (!text_valid(value->text, value->size))
    return wrong(decision, field, "not_text", "“%s”含有无法识别的字符(应为 UTF-8,不含空字符)",
                 "\"%s\" holds bytes that are no text (UTF-8 without U+0000 is right)", (struct label){0});
  line_ends(decision->set->scratch, value);
  if (control_in(value->text, value->size, &lines))
    return wrong(decision, field, "control_character", "“%s”含有控制字符,请删去(只可用换行和制表符)",
                 "\"%s\" holds control characters; only line ends and tabs are right", (struct label){0});
  if (lines && field->type != F_LONG_TEXT)
    return wrong(decision, field, "one_line", "“%s”只能写一行", "\"%s\" must be one line", (struct label){0});
  if (field->type == F_FILE)
    return file_name_right(value) || wrong(decision, field, "wrong_file", "“%s”不是已上传文件的编号",
                                           "\"%s\" is not the name of an uploaded file", (struct label){0});
  int64_t length = (int64_t)text_length(value->text), most = text_most(field);
  if (length > most)
    return wrong(decision, field, "too_long", "“%s”太长:%s", "\"%s\" is too long: %s",
                 label_print(arena, "现有 %lld 字,最多 %lld 字", "%lld characters, at most %lld", (long long)length, (long long)most));
  if (field->least && length < field->least)
    return wrong(decision, field, "too_short", "“%s”太短:%s", "\"%s\" is too short: %s",
                 label_print(arena, "至少 %lld 字", "at least %lld characters", (long long)field->least));
  return true;
}

/* A contact is checked in plain and kept sealed. Imports hand over what they have sealed already. */
static bool contact_check(struct decision *decision, const struct field *field, struct value *value) {
  const struct context *context = decision->set->context;
  if (value->kind == VALUE_TEXT && decision->trusted && secret_key_id(value->text) != 0) return true;
  if (!text_check(decision, field, value)) return false;
  if (decision->possible) return true;
  if (!secret_keys_seal(context->contact_key))
    return wrong(decision, field, "no_key", "“%s”须加密保存,但此处没有密钥;请在主服务上办理",
                 "\"%s\" must be kept encrypted and there is no key here; do it on the server", (struct label){0});
  value->text = secret_seal_newest(decision->set->scratch, context->contact_key, value->text);
  value->size = strlen(value->text);
  return true;
}

/* ---- numbers ---- */

static struct label number_label(struct arena *arena, const struct field *field, int64_t value) {
  if (field->type == F_DATE) return label_same(date_print(arena, value));
  if (field->type == F_MOMENT) return label_same(moment_print(arena, value));
  if (field->type == F_MONEY) return label_same(text_from_decimal(arena, value, 2));
  if (field->type == F_DECIMAL) return label_same(text_from_decimal(arena, value, 4));
  if (field->type == F_WEIGHT) return label_same(arena_print(arena, "%s%%", text_from_decimal(arena, value, 2)));
  return label_same(arena_print(arena, "%lld", (long long)value));
}

/* What a type allows when its field says nothing: dates and moments of four-digit years from 1900 on. */
static void bounds_of(const struct field *field, int64_t *least, int64_t *most) {
  *least = field->least;
  *most = field->most;
  if (*least || *most) return;
  *least = -INT64_MAX;
  *most = INT64_MAX;
  if (field->type == F_WEIGHT) *least = 0, *most = 10000;
  if (field->type == F_YES_NO) *least = 0, *most = 1;
  if (field->type == F_DATE) *least = date_from_civil(1900, 1, 1), *most = date_from_civil(2199, 12, 31);
  if (field->type == F_MOMENT) *least = moment_of_date(date_from_civil(1900, 1, 1)), *most = moment_of_date(date_from_civil(2199, 12, 31));
}

static bool number_check(struct decision *decision, const struct field *field, struct value *value) {
  struct arena *arena = decision->set->arena;
  int64_t least, most;
  if (value->kind != VALUE_INTEGER)
    return wrong(decision, field, "wrong_type", "“%s”的值类型不对", "\"%s\" has a value of the wrong type", (struct label){0});
  bounds_of(field, &least, &most);
  if (value->integer >= least && value->integer <= most) return true;
  return wrong(decision, field, "out_of_range", "“%s”应在%s之间", "\"%s\" must lie between %s",
               label_fill(arena, " %s 和 %s ", "%s and %s", number_label(arena, field, least), number_label(arena, field, most)));
}

static struct label choices_label(struct arena *arena, const struct field *field) {
  struct buffer zh = {.arena = arena}, en = {.arena = arena};
  for (const struct choice *choice = field->choices; choice && choice->name; choice++) {
    if (choice->retired) continue;
    buffer_print(&zh, "%s%s", zh.size ? "、" : "", choice->label.zh);
    buffer_print(&en, "%s%s", en.size ? ", " : "", choice->label.en);
  }
  return (struct label){zh.bytes ? zh.bytes : "", en.bytes ? en.bytes : ""};
}

static bool choice_there(const struct decision *decision, const struct field *field, int64_t code) {
  const struct choice *choice = field_choice(field, code);
  bool stands = decision->before && row_integer(decision->before, field->id) == code;
  return choice && (!choice->retired || stands || decision->trusted);
}

static bool choice_check(struct decision *decision, const struct field *field, struct value *value) {
  if (value->kind == VALUE_INTEGER && choice_there(decision, field, value->integer)) return true;
  return wrong(decision, field, "unknown_choice", "“%s”没有这一选项;可选:%s", "\"%s\" has no such choice; possible: %s",
               choices_label(decision->set->arena, field));
}

static bool choices_check(struct decision *decision, const struct field *field, struct value *value) {
  bool right = value->kind == VALUE_INTEGER && value->integer >= 0;
  for (int code = 0; right && code < 63; code++)
    if ((value->integer >> code & 1) && !field_choice(field, code)) right = false;
  return right || wrong(decision, field, "unknown_choice", "“%s”含有没有的选项;可选:%s", "\"%s\" holds an unknown choice; possible: %s",
                        choices_label(decision->set->arena, field));
}

static bool point_check(struct decision *decision, const struct field *field, struct value *value) {
  int64_t latitude = value->integer >> 32, longitude = value->integer & 0xFFFFFFFF;
  if (value->kind == VALUE_INTEGER && latitude >= 0 && latitude <= 180000000 && longitude <= 360000000) return true;
  return wrong(decision, field, "out_of_range", "“%s”不是地球上的坐标(纬度 -90~90,经度 -180~180)",
               "\"%s\" is no point on earth (latitude -90..90, longitude -180..180)", (struct label){0});
}

static bool reference_check(struct decision *decision, const struct field *field, struct value *value) {
  return value->kind == VALUE_INTEGER ||
         wrong(decision, field, "wrong_type", "“%s”应是记录编号", "\"%s\" must be the id of a record", (struct label){0});
}

static bool references_check(struct decision *decision, const struct field *field, struct value *value) {
  if (value->kind != VALUE_MANY)
    return wrong(decision, field, "wrong_type", "“%s”应是一组记录编号", "\"%s\" must be a list of ids", (struct label){0});
  for (size_t i = 0; i < value->count; i++)
    for (size_t k = 0; k < i; k++)
      if (value->many[i] == value->many[k])
        return wrong(decision, field, "doubled", "“%s”中有重复", "\"%s\" names one record twice", (struct label){0});
  return true;
}

/* ---- texts that must be read by the program ---- */

static bool colour_rules_right(struct decision *decision, const struct field *field, const char *text) {
  struct colour_rule rules[32];
  struct label problem = {0};
  size_t count;
  if (colour_rules_parse(text, rules, sizeof rules / sizeof *rules, &count, decision->set->arena, &problem)) return true;
  return wrong(decision, field, "wrong_rules", "“%s”写得不对:%s", "\"%s\" is not right: %s", problem);
}

static bool route_rules_right(struct decision *decision, const struct field *field, const char *text) {
  struct route_rule rules[16];
  struct label problem = {0};
  size_t count;
  if (route_rules_parse(text, rules, sizeof rules / sizeof *rules, &count, decision->set->arena, &problem)) return true;
  return wrong(decision, field, "wrong_rules", "“%s”写得不对:%s", "\"%s\" is not right: %s", problem);
}

static bool deadline_rules_right(struct decision *decision, const struct field *field, const char *text) {
  struct deadline_rule rules[DEADLINES_MOST];
  struct label problem = {0};
  size_t count;
  if (deadline_rules_parse(text, rules, DEADLINES_MOST, &count, decision->set->arena, &problem)) return true;
  return wrong(decision, field, "wrong_rules", "“%s”写得不对:%s", "\"%s\" is not right: %s", problem);
}

static bool chase_rules_right(struct decision *decision, const struct field *field, const char *text) {
  struct chase_rule rules[CHASES_MOST];
  struct label problem = {0};
  size_t count;
  if (chase_rules_parse(text, rules, CHASES_MOST, &count, decision->set->arena, &problem)) return true;
  return wrong(decision, field, "wrong_rules", "“%s”写得不对:%s", "\"%s\" is not right: %s", problem);
}

static bool appeal_clocks_right(struct decision *decision, const struct field *field, const char *text) {
  struct appeal_clock_rule rules[APPEAL_CLOCKS_MOST];
  struct label problem = {0};
  size_t count;
  if (appeal_clocks_parse(text, rules, APPEAL_CLOCKS_MOST, &count, decision->set->arena, &problem)) return true;
  return wrong(decision, field, "wrong_rules", "“%s”写得不对:%s", "\"%s\" is not right: %s", problem);
}

static bool json_object_right(struct decision *decision, const struct field *field, const char *text) {
  json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
  bool right = json_is_object(json);
  json_decref(json);
  return right || wrong(decision, field, "wrong_json", "“%s”应是 JSON 对象", "\"%s\" must be a JSON object", (struct label){0});
}

static const struct { enum record_id type; uint16_t field; bool (*right)(struct decision *, const struct field *, const char *); } READ_BY_PROGRAM[] = {
  {RECORD_POLICY, POLICY_COLOUR_RULES, colour_rules_right}, {RECORD_POLICY, POLICY_ROUTES, route_rules_right},
  {RECORD_POLICY, POLICY_DEADLINES, deadline_rules_right}, {RECORD_POLICY, POLICY_CHASING, chase_rules_right}, {RECORD_POLICY, POLICY_APPEAL_CLOCKS, appeal_clocks_right},
  {RECORD_IMPORT_MAPPING, IMPORT_MAPPING_COLUMNS, json_object_right},
  {RECORD_IMPORT_MAPPING, IMPORT_MAPPING_CHOICES, json_object_right}, {RECORD_IMPORT_MAPPING, IMPORT_MAPPING_CATEGORIES, json_object_right},
  {RECORD_IMPORT_MAPPING, IMPORT_MAPPING_UNITS, json_object_right}};

static bool program_reads(struct decision *decision, const struct field *field, const struct value *value) {
  for (size_t i = 0; i < sizeof READ_BY_PROGRAM / sizeof *READ_BY_PROGRAM; i++)
    if (READ_BY_PROGRAM[i].type == decision->type->id && READ_BY_PROGRAM[i].field == field->id)
      return READ_BY_PROGRAM[i].right(decision, field, value->text);
  return true;
}

typedef bool check_function(struct decision *, const struct field *, struct value *);
static check_function *const CHECKS[] = {
  [F_TEXT] = text_check, [F_LONG_TEXT] = text_check, [F_INTEGER] = number_check, [F_DECIMAL] = number_check, [F_MONEY] = number_check,
  [F_DATE] = number_check, [F_MOMENT] = number_check, [F_WEIGHT] = number_check, [F_CHOICE] = choice_check, [F_CHOICES] = choices_check,
  [F_REFERENCE] = reference_check, [F_REFERENCES] = references_check, [F_YES_NO] = number_check, [F_POINT] = point_check,
  [F_CONTACT] = contact_check, [F_FILE] = text_check};
_Static_assert(sizeof CHECKS / sizeof *CHECKS == F_FILE + 1, "every field type has its check");

bool field_check(struct decision *decision, const struct field *field, struct value *value) {
  if (!value_filled(value)) {
    *value = value_nothing(field->id);
    return true;
  }
  return CHECKS[field->type](decision, field, value) && (value->kind != VALUE_TEXT || program_reads(decision, field, value));
}
