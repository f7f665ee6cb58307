/* A list of units from a file: each row a unit, found again by its code or its name, its parent by code or name, in the file or in the
   store. What stands and is the same is unchanged; an empty cell says nothing; no unit is ended because a file lacks it. A unit whose row
   names none above it comes below the root; in a store without units the first such row is the root. Parents are written before what is
   below them, all in one set. */
#include <string.h>

#include "base/room.h"
#include "exchange/import_parts.h"

enum { UNITS_MOST = 5000 };
enum walked { NOT_YET, ON_THE_WAY, WALKED };

struct unit_row {
  int64_t row; const char *name, *code /* NULL */, *parent /* as the file has it; NULL */;
  struct value *values;
  const struct row *standing;                  /* NULL: it is new */
  int64_t above; struct unit_row *above_new;   /* resolved: a unit that stands (0 none), or a new one of the file */
  enum walked walked; int64_t place;           /* among those that are made */
};
struct units {
  struct staging *staging;
  struct unit_row *items;
  size_t count, room;
  struct rows standing;
  const struct import_column *parent;
  int64_t made;
  struct map codes, names /* of units that stand */, row_codes, row_names;
};

/* ---- reading ---- */

static const char *text_of(const struct units *units, const struct value *values, uint16_t field) {
  const struct staging *staging = units->staging;
  for (size_t i = 0; i < staging->column_count; i++)
    if (staging->columns[i].field->id == field && values[i].kind == VALUE_TEXT && values[i].size) return values[i].text;
  return NULL;
}

static bool row_read(struct units *units, const struct csv *csv) {
  struct staging *staging = units->staging;
  struct unit_row read = {.row = csv->record, .values = ARENA_ARRAY(staging->arena, struct value, staging->column_count)};
  bool good = true;
  for (size_t i = 0; i < staging->column_count; i++) {
    const struct import_column *column = &staging->columns[i];
    const char *text = column->at < csv->count ? csv->cells[column->at].text : "";
    struct value *value = &read.values[i];
    if (column == units->parent) {
      const char *clean = text_clean(staging->arena, csv_unguard(text), false);
      *value = value_nothing(UNIT_PARENT);
      if (*clean) read.parent = clean;
      continue;
    }
    good &= cell_value(staging, csv->record, column, text, value);
    if (value->kind == VALUE_TEXT) value->text = arena_copy(staging->arena, value->text, value->size);
  }
  read.name = text_of(units, read.values, UNIT_NAME);
  read.code = text_of(units, read.values, UNIT_CODE);
  if (!good || !read.name) return false;
  ARENA_ROOM(staging->arena, units->items, units->count, units->room, 256);
  units->items[units->count++] = read;
  return true;
}

static bool blank(const struct csv *csv) {
  for (size_t i = 0; i < csv->count; i++)
    if (csv->cells[i].size && strspn(csv->cells[i].text, " \t\r\n") < csv->cells[i].size) return false;
  return true;
}

static enum csv_status rows_read(struct units *units, struct csv *csv) {
  struct staging *staging = units->staging;
  enum csv_status status;
  while ((status = csv_next(csv)) == CSV_RECORD) {
    if (blank(csv)) continue;
    if (++staging->staged->records > UNITS_MOST) {
      staging_error(staging, 0, NULL, "too_large",
                    label_print(staging->arena, "超过 %d 个单位,请分成几个文件,上级单位在先",
                                "more than %d units. Split the file, those above first", UNITS_MOST));
      return CSV_END;
    }
    row_read(units, csv);
  }
  return status;
}

/* ---- what stands ---- */

static int64_t key_of(const struct units *units, const char *text) { return map_key(name_folded(units->staging->scratch, text)); }

static bool in_force(const struct units *units, const struct row *unit) {
  int64_t to = row_integer(unit, UNIT_VALID_TO);
  return to == NOTHING || to >= date_of_moment(units->staging->options->now);
}

/* Of two that are called the same the one in force is meant. */
static void standing_note(struct units *units, struct map *map, const char *text, size_t at) {
  int64_t before = text ? map_get(map, key_of(units, text)) : NOTHING;
  if (text && (before == NOTHING || (in_force(units, units->standing.items[at]) && !in_force(units, units->standing.items[before]))))
    map_put(map, key_of(units, text), (int64_t)at);
}

static const struct row *standing_by(struct units *units, uint16_t field, const char *text, bool without_code) {
  int64_t at = text ? map_get(field == UNIT_CODE ? &units->codes : &units->names, key_of(units, text)) : NOTHING;
  const struct row *unit = at == NOTHING ? NULL : units->standing.items[at];
  return unit && without_code && row_text(unit, UNIT_CODE) ? NULL : unit;
}

/* By its code; by its name where the one that stands has none, or the row. */
static void standing_find(struct units *units, struct unit_row *read) {
  read->standing = standing_by(units, UNIT_CODE, read->code, false);
  if (!read->standing) read->standing = standing_by(units, UNIT_NAME, read->name, read->code != NULL);
}

static void doubles_find(struct units *units) {
  struct map names = {0};
  for (size_t i = 0; i < units->count; i++) {
    struct unit_row *read = &units->items[i];
    const char *key = read->standing ? arena_print(units->staging->scratch, "%lld", (long long)read->standing->id)
                                     : arena_print(units->staging->scratch, "%s|%s", name_folded(units->staging->scratch, read->name),
                                                   read->code ? read->code : "");
    int64_t before = map_get(&names, map_key(key));
    if (before == NOTHING) map_put(&names, map_key(key), read->row);
    else
      staging_error(units->staging, read->row, &units->staging->columns[units->staging->number_column], "duplicate",
                    label_print(units->staging->arena, "“%s”与第 %lld 行是同一个单位", "\"%s\" is the unit of row %lld already",
                                cell_shown(units->staging->arena, read->name), (long long)before));
  }
  map_free(&names);
}

/* ---- what is above ---- */

static struct unit_row *row_called(struct units *units, const char *text) {
  int64_t at = map_get(&units->row_codes, key_of(units, text));
  if (at == NOTHING) at = map_get(&units->row_names, key_of(units, text));
  return at == NOTHING ? NULL : &units->items[at];
}

static void above_named(struct units *units, struct unit_row *read) {
  struct label wrong = {0};
  struct unit_row *row = row_called(units, read->parent);
  const struct row *standing = row ? row->standing : standing_by(units, UNIT_CODE, read->parent, false);
  if (standing) read->above = standing->id;
  else if (row) read->above_new = row;
  else if (!(read->above = name_find(units->staging, units->parent->field, read->parent, &wrong)))
    staging_error(units->staging, read->row, units->parent, "unknown_name", wrong);
}

static const struct row *root_standing(const struct units *units) {
  for (size_t i = 0; i < units->standing.count; i++)
    if (row_integer(units->standing.items[i], UNIT_PARENT) == NOTHING && in_force(units, units->standing.items[i]))
      return units->standing.items[i];
  return NULL;
}

static void above_find(struct units *units) {
  const struct row *root = root_standing(units);
  struct unit_row *first = NULL;
  for (size_t i = 0; i < units->count; i++) {
    struct unit_row *read = &units->items[i];
    if (read->parent) above_named(units, read);
    else if (!read->standing && root) read->above = root->id;
    else if (!read->standing && first) read->above_new = first;
    else if (!read->standing) first = read;
  }
}

/* ---- what is written ---- */

static void give(struct import_row *row, struct value value) { row->values[row->value_count++] = value; }

static struct import_row *import_row_add(struct units *units, const struct unit_row *read, enum import_class class) {
  struct staging *staging = units->staging;
  struct import_staged *staged = staging->staged;
  ARENA_ROOM(staging->arena, staged->rows, staged->row_count, staging->row_room, 256);
  struct import_row *row = &staged->rows[staged->row_count++];
  *row = (struct import_row){.class = class,
                             .row = read->row,
                             .number = read->name,
                             .title = read->name,
                             .id = read->standing ? read->standing->id : 0,
                             .version = read->standing ? read->standing->version : 0,
                             .writes = class != IMPORT_UNCHANGED,
                             .values = ARENA_ARRAY(staging->arena, struct value, staging->column_count + 1)};
  staged->counts[class]++;
  return row;
}

static int64_t above_of(const struct unit_row *read) {
  return read->above_new ? -read->above_new->place : read->above ? read->above : NOTHING;
}

/* Those above are made first. */
static void create(struct units *units, struct unit_row *read) {
  if (read->standing || read->walked == WALKED) return;
  if (read->walked == ON_THE_WAY) {
    staging_error(units->staging, read->row, units->parent, "unit_tree", (struct label){"单位不能在它自己之下", "a unit cannot stand below itself"});
    return;
  }
  read->walked = ON_THE_WAY;
  if (read->above_new) create(units, read->above_new);
  read->walked = WALKED;
  read->place = ++units->made;
  struct import_row *row = import_row_add(units, read, IMPORT_CREATED);
  for (size_t i = 0; i < units->staging->column_count; i++)
    if (read->values[i].kind != VALUE_NOTHING) give(row, read->values[i]);
  if (above_of(read) != NOTHING) give(row, value_integer(UNIT_PARENT, above_of(read)));
}

static void compare(struct units *units, struct unit_row *read) {
  struct staging *staging = units->staging;
  struct value values[64];
  size_t count = 0;
  struct buffer zh = {.arena = staging->arena}, en = {.arena = staging->arena};
  for (size_t i = 0; i < staging->column_count && count < 63; i++) {
    const struct field *field = staging->columns[i].field;
    struct value value = field->id == UNIT_PARENT && read->parent ? value_integer(UNIT_PARENT, above_of(read)) : read->values[i];
    if (value.kind == VALUE_NOTHING || value_equal(&value, row_value(read->standing, field->id))) continue;
    values[count++] = value;
    buffer_print(&zh, "%s“%s”", zh.size ? "、" : "", field->label.zh);
    buffer_print(&en, "%s\"%s\"", en.size ? ", " : "", field->label.en);
  }
  struct import_row *row = import_row_add(units, read, count ? IMPORT_CHANGED : IMPORT_UNCHANGED);
  for (size_t i = 0; i < count; i++) give(row, values[i]);
  if (count) row->why = (struct label){zh.bytes, en.bytes};
}

static void calls_note(struct units *units) {
  for (size_t i = 0; i < units->standing.count; i++) {
    standing_note(units, &units->codes, row_text(units->standing.items[i], UNIT_CODE), i);
    standing_note(units, &units->names, row_text(units->standing.items[i], UNIT_NAME), i);
  }
  for (size_t i = 0; i < units->count; i++) {
    if (units->items[i].code) map_put(&units->row_codes, key_of(units, units->items[i].code), (int64_t)i);
    map_put(&units->row_names, key_of(units, units->items[i].name), (int64_t)i);
  }
}

static void decide(struct units *units) {
  calls_note(units);
  for (size_t i = 0; i < units->count; i++) standing_find(units, &units->items[i]);
  doubles_find(units);
  above_find(units);
  for (size_t i = 0; i < units->count && !units->staging->staged->errors_found; i++) create(units, &units->items[i]);
  for (size_t i = 0; i < units->count && !units->staging->staged->errors_found; i++)
    if (units->items[i].standing) compare(units, &units->items[i]);
}

enum store_error units_stage(struct staging *staging, struct csv *csv, enum csv_status *status) {
  struct units units = {.staging = staging, .standing = {.arena = staging->arena}};
  struct query query = {.type = staging->type, .expected = -1};
  enum store_error error = reader_list(staging->reader, &query, &SCOPE_SYSTEM, staging->scratch, rows_keep, &units.standing);
  for (size_t i = 0; i < staging->column_count; i++)
    if (staging->columns[i].field->id == UNIT_PARENT) units.parent = &staging->columns[i];
  if (error) return error;
  *status = rows_read(&units, csv);
  decide(&units);
  struct map *maps[] = {&units.codes, &units.names, &units.row_codes, &units.row_names};
  for (size_t i = 0; i < sizeof maps / sizeof *maps; i++) map_free(maps[i]);
  return staging->error;
}
