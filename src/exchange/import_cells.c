/* Cells of an imported file: text read by the kind of its field, the same limits as the door's, each refusal a sentence that says
   what would be right. Nothing here looks at records, but by the names that cells refer to. */
#include <string.h>

#include "base/room.h"
#include "exchange/import_parts.h"

static const struct { enum record_id target; uint16_t name, also; uint16_t until; } TARGETS[IMPORT_TARGETS] = {
  {RECORD_UNIT, UNIT_NAME, UNIT_SHORT_NAMES, UNIT_VALID_TO},
  {RECORD_USER, USER_ACCOUNT, USER_NAME, 0},
  {RECORD_CAMPAIGN, CAMPAIGN_NAME, CAMPAIGN_CODE, 0},
  {RECORD_TOPIC, TOPIC_NUMBER, TOPIC_TITLE, 0},
};

static size_t target_at(enum record_id target) {
  size_t at = 0;
  while (at < IMPORT_TARGETS && TARGETS[at].target != target) at++;
  return at;
}

bool name_target(enum record_id target) { return target_at(target) < IMPORT_TARGETS; }
uint16_t name_field(enum record_id target) { return name_target(target) ? TARGETS[target_at(target)].name : 0; }

/* ---- names of records ---- */

struct names_load { struct staging *staging; struct import_names *names; uint16_t name, also, until; };

static struct import_name *name_standing(const struct import_names *names, const char *folded) {
  int64_t at = map_get(&names->by_name, map_key(folded));
  return at == NOTHING || !text_equal(names->items[at].folded, folded) ? NULL : &names->items[at];
}

/* Of two records with one name the one in force is meant; two in force are told apart by nobody. */
static void name_add(struct staging *staging, struct import_names *names, const char *shown, int64_t id, bool past) {
  const char *folded = name_folded(staging->arena, shown);
  if (!*folded) return;
  struct import_name *standing = name_standing(names, folded);
  if (standing) {
    if (standing->id == id || (past && !standing->past)) return;
    if (standing->past == past) standing->several = true;
    else standing->id = id, standing->past = past, standing->several = false;
    return;
  }
  ARENA_ROOM(staging->arena, names->items, names->count, names->room, 256);
  names->items[names->count] = (struct import_name){folded, arena_text(staging->arena, shown), id, past, false};
  map_put(&names->by_name, map_key(folded), (int64_t)names->count++);
}

/* One name, or several between 、 ; , and the like. */
static void names_add(struct staging *staging, struct import_names *names, const char *text, int64_t id, bool past) {
  static const char *const marks[] = {"、", "；", "，", ";", ",", "|", "\n"};
  while (text && *text) {
    const char *end = text + strlen(text);
    size_t mark_size = 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
      const char *mark = strstr(text, marks[i]);
      if (mark && mark < end) end = mark, mark_size = strlen(marks[i]);
    }
    name_add(staging, names, arena_copy(staging->scratch, text, (size_t)(end - text)), id, past);
    if (!*end) break;
    text = end + mark_size;
  }
}

static bool names_take(void *with, const struct row *row) {
  struct names_load *load = with;
  int64_t until = load->until ? row_integer(row, load->until) : NOTHING;
  bool past = until != NOTHING && until < date_of_moment(load->staging->options->now);
  const char *name = row_text(row, load->name), *also = row_text(row, load->also);
  if (name) name_add(load->staging, load->names, name, row->id, past);
  if (also) names_add(load->staging, load->names, also, row->id, past);
  return true;
}

static struct import_names *names_of(struct staging *staging, enum record_id target) {
  size_t at = target_at(target);
  struct import_names *names = &staging->names[at];
  if (names->loaded) return names;
  struct names_load load = {staging, names, TARGETS[at].name, TARGETS[at].also, TARGETS[at].until};
  struct query query = {.type = record_type(target), .expected = -1};
  struct arena *arena = arena_new();
  enum store_error error = reader_list(staging->reader, &query, &SCOPE_SYSTEM, arena, names_take, &load);
  if (error && !staging->error) staging->error = error;
  arena_free(arena);
  names->loaded = true;
  return names;
}

void staging_names_free(struct staging *staging) {
  for (size_t i = 0; i < IMPORT_TARGETS; i++) map_free(&staging->names[i].by_name);
}

int64_t name_find(struct staging *staging, const struct field *field, const char *text, struct label *wrong) {
  struct import_names *names = names_of(staging, field->target);
  const char *folded = name_folded(staging->scratch, text), *shown = cell_shown(staging->arena, text);
  struct label what = record_type(field->target)->label;
  struct import_name *name = name_standing(names, folded);
  if (name && !name->several) return name->id;
  if (name) {
    wrong->zh = arena_print(staging->arena, "有不止一个%s叫“%s”，请写全称", what.zh, shown);
    wrong->en = arena_print(staging->arena, "more than one %s is called \"%s\". Write the full name", what.en, shown);
    return 0;
  }
  const char **candidates = ARENA_ARRAY(staging->scratch, const char *, names->count + 1),
             **texts = ARENA_ARRAY(staging->scratch, const char *, names->count + 1);
  for (size_t i = 0; i < names->count; i++) candidates[i] = names->items[i].folded, texts[i] = names->items[i].shown;
  struct label near = names_near(staging->arena, folded, candidates, texts, names->count);
  wrong->zh = arena_print(staging->arena, "没有叫“%s”的%s%s%s", shown, what.zh, near.zh ? "，最接近的是" : "", near.zh ? near.zh : "");
  wrong->en = arena_print(staging->arena, "there is no %s called \"%s\"%s%s", what.en, shown, near.en ? ", nearest: " : "",
                          near.en ? near.en : "");
  return 0;
}

/* ---- one reader a kind of field ---- */

struct cell {
  struct staging *staging;
  const struct field *field;
  const char *text; /* clean, not empty */
  struct value *value;
  struct label wrong;
  const char *code;
};

static bool refuse(struct cell *cell, const char *code, const char *zh, const char *en) {
  cell->code = code;
  cell->wrong = (struct label){arena_print(cell->staging->arena, "“%s”%s", cell_shown(cell->staging->arena, cell->text), zh),
                               arena_print(cell->staging->arena, "\"%s\" %s", cell_shown(cell->staging->arena, cell->text), en)};
  return false;
}

static int64_t length_most(const struct field *field) {
  return field->most ? field->most : field->type == F_LONG_TEXT ? 20000 : 200;
}

static bool read_text(struct cell *cell) {
  int64_t length = (int64_t)text_length(cell->text), most = length_most(cell->field), least = cell->field->least;
  *cell->value = value_text(cell->field->id, cell->text);
  if (text_has_control(cell->text)) {
    cell->code = "control_character";
    cell->wrong = (struct label){"含有控制字符,请删去(只可用换行和制表符)", "holds control characters; only line ends and tabs are right"};
    return false;
  }
  if (length >= least && length <= most) return true;
  bool longer = length > most;
  cell->code = longer ? "too_long" : "too_short";
  cell->wrong = label_print(cell->staging->arena, longer ? "有 %lld 个字，最多 %lld 个" : "只有 %lld 个字，最少 %lld 个",
                            longer ? "%lld characters, at most %lld" : "%lld characters, at least %lld", (long long)length,
                            (long long)(longer ? most : least));
  return false;
}

static bool integer_stands(struct cell *cell, int64_t value, unsigned scale) {
  const struct field *field = cell->field;
  *cell->value = value_integer(field->id, value);
  if ((field->least == 0 && field->most == 0) || (value >= field->least && value <= field->most)) return true;
  cell->code = "out_of_range";
  cell->wrong = label_print(cell->staging->arena, "应在 %s 到 %s 之间", "must be between %s and %s",
                            text_from_decimal(cell->staging->arena, field->least, scale),
                            text_from_decimal(cell->staging->arena, field->most, scale));
  return false;
}

static bool read_integer(struct cell *cell) {
  int64_t value;
  if (!text_to_integer(cell->text, &value)) return refuse(cell, "wrong_type", "不是整数", "is no whole number");
  return integer_stands(cell, value, 0);
}

static bool read_scaled(struct cell *cell) {
  unsigned scale = cell->field->type == F_DECIMAL ? 4 : 2;
  char *text = arena_text(cell->staging->scratch, cell->text);
  size_t size = strlen(text);
  int64_t value;
  if (cell->field->type == F_WEIGHT && size && text[size - 1] == '%') text[size - 1] = 0;
  if (!text_to_decimal(text, scale, &value))
    return refuse(cell, "wrong_type", scale == 2 ? "不是最多两位小数的数" : "不是最多四位小数的数", "is no number with so few decimals");
  if (cell->field->type == F_WEIGHT && (value < 0 || value > 10000))
    return refuse(cell, "out_of_range", "应在 0 到 100 之间", "must be between 0 and 100");
  return integer_stands(cell, value, scale);
}

static bool read_date(struct cell *cell) {
  int64_t value;
  if (date_parse(cell->text, &value)) return integer_stands(cell, value, 0);
  if (moment_parse(cell->text, &value)) return integer_stands(cell, date_of_moment(value), 0);
  return refuse(cell, "wrong_type", "不是日期，应写成 2026-11-23 或 2026/11/23", "is no date. Write it as 2026-11-23");
}

static bool read_moment(struct cell *cell) {
  int64_t value;
  if (moment_parse(cell->text, &value)) return integer_stands(cell, value, 0);
  return refuse(cell, "wrong_type", "不是时间，应写成 2026-11-23 08:30 或 2026/11/23 8:30:00", "is no moment. Write it as 2026-11-23 08:30");
}

static const struct choice *choice_find(struct cell *cell, const char *text) {
  const char *folded = name_folded(cell->staging->scratch, text);
  for (const struct choice *choice = cell->field->choices; choice && choice->name; choice++) {
    const char *names[] = {choice->name, choice->label.zh, choice->label.en};
    for (size_t i = 0; !choice->retired && i < 3; i++)
      if (text_equal(name_folded(cell->staging->scratch, names[i]), folded)) return choice;
  }
  struct buffer zh = {.arena = cell->staging->arena}, en = {.arena = cell->staging->arena};
  for (const struct choice *choice = cell->field->choices; choice && choice->name; choice++) {
    if (choice->retired) continue;
    buffer_print(&zh, "%s“%s”", zh.size ? "、" : "不在可选范围内，可选：", choice->label.zh);
    buffer_print(&en, "%s\"%s\"", en.size ? ", " : "is none of the choices: ", choice->label.en);
  }
  refuse(cell, "unknown_choice", zh.size ? zh.bytes : "", en.size ? en.bytes : "");
  return NULL;
}

static bool read_choice(struct cell *cell) {
  const struct choice *choice = choice_find(cell, cell->text);
  if (choice) *cell->value = value_integer(cell->field->id, choice->code);
  return choice != NULL;
}

/* The next of several names; *at moves behind it. */
static const char *part_next(struct arena *arena, const char **at) {
  static const char *const marks[] = {"、", "；", "，", ";", ",", "|"};
  const char *end = *at + strlen(*at), *next = end;
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    const char *mark = strstr(*at, marks[i]);
    if (mark && mark < end) end = mark, next = mark + strlen(marks[i]);
  }
  const char *part = text_clean(arena, arena_copy(arena, *at, (size_t)(end - *at)), false);
  *at = next;
  return part;
}

static bool read_choices(struct cell *cell) {
  int64_t bits = 0;
  for (const char *at = cell->text; *at;) {
    const char *part = part_next(cell->staging->scratch, &at);
    const struct choice *choice = *part ? choice_find(cell, part) : NULL;
    if (*part && !choice) return false;
    if (choice) bits |= INT64_C(1) << choice->code;
  }
  *cell->value = value_integer(cell->field->id, bits);
  return true;
}

static bool read_reference(struct cell *cell) {
  int64_t id = name_find(cell->staging, cell->field, cell->text, &cell->wrong);
  cell->code = "unknown_name";
  if (id) *cell->value = value_integer(cell->field->id, id);
  return id != 0;
}

static bool read_references(struct cell *cell) {
  int64_t *many = ARENA_ARRAY(cell->staging->scratch, int64_t, strlen(cell->text) + 1);
  size_t count = 0;
  cell->code = "unknown_name";
  for (const char *at = cell->text; *at;) {
    const char *part = part_next(cell->staging->scratch, &at);
    if (!*part) continue;
    int64_t id = name_find(cell->staging, cell->field, part, &cell->wrong);
    bool there = false;
    if (!id) return false;
    for (size_t i = 0; i < count; i++) there |= many[i] == id;
    if (!there) many[count++] = id;
  }
  *cell->value = count ? value_many(cell->field->id, many, count) : value_nothing(cell->field->id);
  return true;
}

static bool read_yes_no(struct cell *cell) {
  static const char *const words[2] = {"|否|no|n|false|0|×|无|", "|是|yes|y|true|1|√|有|"};
  const char *wanted = arena_print(cell->staging->scratch, "|%s|", name_folded(cell->staging->scratch, cell->text));
  for (int i = 0; i < 2; i++) {
    if (!strstr(words[i], wanted)) continue;
    *cell->value = value_integer(cell->field->id, i);
    return true;
  }
  return refuse(cell, "wrong_type", "应写“是”或“否”", "must be yes or no");
}

/* "31.230416,121.473701": latitude, longitude. */
static bool read_point(struct cell *cell) {
  char *text = arena_text(cell->staging->scratch, cell->text), *comma = strchr(text, ',');
  int64_t latitude, longitude;
  if (comma) *comma++ = 0;
  bool good = comma && text_to_decimal(text_clean(cell->staging->scratch, text, false), 6, &latitude) &&
              text_to_decimal(text_clean(cell->staging->scratch, comma, false), 6, &longitude) &&
              latitude >= -90000000 && latitude <= 90000000 && longitude >= -180000000 && longitude <= 180000000;
  if (!good)
    return refuse(cell, "wrong_type", "不是坐标，应写成“纬度,经度”，如 31.230416,121.473701",
                  "is no point. Write latitude,longitude like 31.230416,121.473701");
  *cell->value = value_integer(cell->field->id, (latitude + 90000000) << 32 | (longitude + 180000000));
  return true;
}

static bool (*const READERS[])(struct cell *) = {
  [F_TEXT] = read_text, [F_LONG_TEXT] = read_text, [F_INTEGER] = read_integer, [F_DECIMAL] = read_scaled, [F_MONEY] = read_scaled,
  [F_DATE] = read_date, [F_MOMENT] = read_moment, [F_WEIGHT] = read_scaled, [F_CHOICE] = read_choice, [F_CHOICES] = read_choices,
  [F_REFERENCE] = read_reference, [F_REFERENCES] = read_references, [F_YES_NO] = read_yes_no, [F_POINT] = read_point, [F_CONTACT] = read_text,
  [F_FILE] = read_text,
};
_Static_assert(sizeof READERS / sizeof *READERS == F_FILE + 1, "a reader for each kind of field");

bool cell_value(struct staging *staging, int64_t row, const struct import_column *column, const char *text, struct value *value) {
  const struct field *field = column->field;
  struct cell cell = {.staging = staging, .field = field, .value = value};
  cell.text = text_clean(staging->scratch, csv_unguard(text), field->type == F_LONG_TEXT);
  const char *ours = column->by && *cell.text ? mapping_ours(staging->scratch, column->by, cell.text) : NULL;
  if (ours) cell.text = ours;
  *value = value_nothing(field->id);
  if (*cell.text == 0) {
    if (!(field->flags & FIELD_REQUIRED) || field->has_preset) return true;
    staging_error(staging, row, column, "required", (struct label){"不能为空", "must not be empty"});
    return false;
  }
  if (READERS[field->type](&cell)) return true;
  staging_error(staging, row, column, cell.code, cell.wrong);
  return false;
}
