/* What is composed once for each record type: the names of its tables, columns and indexes, and the texts of
   statements that never change. Also the small tool with which all SQL is put together. Knows no engine:
   the few words that differ come from the driver's table. */
#include <assert.h>
#include <string.h>
#include "store/compose.h"

#include "base/room.h"

struct sql sql_new(struct arena *arena) {
  struct sql sql = {.text = {.arena = arena}};
  return sql;
}

struct sql sql_after(struct arena *arena, const char *text) {
  enum { MORE = 512 }; /* for what usually follows */
  size_t size = strlen(text);
  struct sql sql = {.text = {.arena = arena, .bytes = arena_alloc(arena, size + MORE), .room = size + MORE}};
  buffer_add(&sql.text, text, size);
  return sql;
}
void sql_add(struct sql *sql, const char *text) { buffer_text(&sql->text, text); }

void sql_parameter(struct sql *sql, struct parameter parameter) {
  ARENA_ROOM(sql->text.arena, sql->parameters, sql->count, sql->room, 16);
  sql->parameters[sql->count++] = parameter;
  char digits[24], *end = digits + sizeof digits, *at = end;
  for (size_t left = sql->count; left; left /= 10) *--at = (char)('0' + left % 10);
  *--at = '$';
  buffer_add(&sql->text, at, (size_t)(end - at));
}
void sql_integer(struct sql *sql, int64_t value) { sql_parameter(sql, parameter_integer(value)); }

void sql_value(struct sql *sql, const struct value *value) {
  struct parameter parameter = {.kind = PARAMETER_NOTHING};
  if (value->kind == VALUE_INTEGER) parameter = parameter_integer(value->integer);
  else if (value->kind == VALUE_TEXT && value->text)
    parameter = (struct parameter){.kind = PARAMETER_TEXT, .bytes = value->text, .size = value->size ? value->size : strlen(value->text)};
  sql_parameter(sql, parameter);
}

void sql_integers(struct sql *sql, const int64_t *values, size_t count) {
  size_t full = 1;
  while (full < count) full *= 2;
  for (size_t i = 0; i < full; i++) {
    sql_add(sql, i ? "," : "(");
    sql_integer(sql, values[i < count ? i : count - 1]);
  }
  sql_add(sql, ")");
}

struct statement sql_statement(const struct sql *sql) {
  return (struct statement){.text = sql->text.bytes, .size = sql->text.size, .parameters = sql->parameters, .count = sql->count};
}

/* ---- names ---- */
static const struct { uint16_t id; const char *name; } SYSTEM[] = {
  {FIELD_ID, "id"}, {FIELD_VERSION, "version"}, {FIELD_STATE, "state"}, {FIELD_CREATED, "created"},
  {FIELD_CHANGED, "changed"}, {FIELD_ENTRY, "entry"}, {FIELD_VOIDED, "voided"}};
_Static_assert(sizeof SYSTEM / sizeof *SYSTEM == SYSTEM_COLUMNS, "every system field has its column");

/* A field may be called like a system column, or like one of a side table: then its column gets an underscore. */
static const char *column_name(struct arena *arena, const char *name) {
  static const char *const TAKEN[] = {"value", "owner", "position"};
  bool taken = false;
  for (size_t i = 0; i < SYSTEM_COLUMNS; i++) taken = taken || strcmp(name, SYSTEM[i].name) == 0;
  for (size_t i = 0; i < sizeof TAKEN / sizeof *TAKEN; i++) taken = taken || strcmp(name, TAKEN[i]) == 0;
  return arena_print(arena, "\"%s%s\"", name, taken ? "_" : "");
}

static enum place place_of(const struct field *field) {
  return field->type == F_LONG_TEXT ? PLACE_LONG : field->type == F_REFERENCES ? PLACE_MANY : PLACE_ROW;
}

static bool is_holder(const struct record_type *type, uint16_t field) {
  bool found = false;
  for (size_t i = 0; i < 4 && type->holders[i].field; i++) found = found || type->holders[i].field == field;
  return found;
}

static bool has_few(const struct column *column) {
  bool state = column->id == FIELD_STATE;
  return state ||
         (column->field && ((column->field->flags & FIELD_TALLIED) || column->field->type == F_CHOICE || column->field->type == F_YES_NO));
}

static struct column field_column(struct arena *arena, const struct record_type *type, size_t slot) {
  const struct field *field = &type->fields[slot];
  struct column column = {.id = field->id, .field = field, .name = column_name(arena, field->name), .place = place_of(field), .slot = slot};
  if (column.place == PLACE_MANY) {
    column.side = arena_print(arena, "\"%s_%s\"", type->name, field->name);
    column.side_index = arena_print(arena, "\"i_%s_%s_value\"", type->name, field->name);
    column.copies = is_holder(type, field->id);
  }
  if (column.place == PLACE_ROW) {
    column.listed = (field->flags & (FIELD_LISTED | FIELD_TALLIED)) != 0 || is_holder(type, field->id) || type->secrecy == field->id ||
                    type->above == field->id;
    column.walked = (field->flags & FIELD_TALLIED) != 0 || type->secrecy == field->id || type->above == field->id;
    column.looked_up = (field->flags & FIELD_UNIQUE) != 0 || type->parent == field->id;
    for (size_t i = 0; i < type->index_count; i++)
      column.looked_up = column.looked_up || (type->indexes[i][0] == field->id && !has_few(&column));
  }
  return column;
}

static void fill_columns(struct arena *arena, struct type_texts *texts) {
  const struct record_type *type = texts->type;
  uint16_t greatest = 0;
  for (size_t i = 0; i < type->field_count; i++) if (type->fields[i].id > greatest) greatest = type->fields[i].id;
  texts->by_id_count = (size_t)greatest + 1;
  texts->by_id = ARENA_ARRAY(arena, uint16_t, texts->by_id_count);
  texts->count = SYSTEM_COLUMNS + type->field_count;
  texts->columns = ARENA_ARRAY(arena, struct column, texts->count);
  for (size_t i = 0; i < SYSTEM_COLUMNS; i++) {
    uint16_t id = SYSTEM[i].id;
    texts->columns[i] = (struct column){.id = id, .name = arena_print(arena, "\"%s\"", SYSTEM[i].name), .place = PLACE_SYSTEM,
      .listed = id != FIELD_VERSION && id != FIELD_ENTRY, .walked = id == FIELD_ID || id == FIELD_STATE || id == FIELD_VOIDED,
      .looked_up = id == FIELD_ID};
  }
  for (size_t i = 0; i < type->field_count; i++) {
    texts->columns[SYSTEM_COLUMNS + i] = field_column(arena, type, i);
    texts->by_id[type->fields[i].id] = (uint16_t)(SYSTEM_COLUMNS + i + 1);
    texts->long_count += texts->columns[SYSTEM_COLUMNS + i].place == PLACE_LONG;
  }
}

static struct column *own_column(struct type_texts *texts, uint16_t field) { return (struct column *)column_of(texts, field); }

static void choose_lead(struct type_texts *texts) {
  const struct record_type *type = texts->type;
  for (size_t i = 0; i < 4 && type->holders[i].field; i++) {
    struct column *column = own_column(texts, type->holders[i].field);
    if (column == NULL || column->place != PLACE_ROW) continue;
    if (texts->lead == NULL && type->holders[i].relation != RELATION_SELF && type->holders[i].relation != RELATION_OFFICIAL &&
        type->holders[i].relation != RELATION_SHARED) {
      texts->lead = column;
      column->walked = true;
    } else column->looked_up = true;
  }
  if (type->secrecy) texts->secrecy = column_of(texts, type->secrecy);
}

static void choose_sorts(struct arena *arena, struct type_texts *texts) {
  const struct record_type *type = texts->type;
  bool tallied = false;
  for (size_t i = 0; i < type->field_count; i++) tallied = tallied || (type->fields[i].flags & FIELD_TALLIED);
  for (size_t i = 0; i < type->sort_count + tallied; i++) {
    struct column *column = own_column(texts, i < type->sort_count ? type->sorts[i] : FIELD_ID);
    if (column == NULL || column->place > PLACE_ROW || column->sorted) continue;
    column->sorted = true;
    column->listed = true;
    const char *name = column->field ? column->field->name : SYSTEM[column - texts->columns].name;
    column->sort_index = arena_print(arena, "\"i_%s_by_%s\"", type->name, name);
    if (texts->lead && column != texts->lead && i < type->sort_count)
      column->lead_sort_index = arena_print(arena, "\"i_%s_lead_by_%s\"", type->name, name);
  }
}

static void choose_filters(struct arena *arena, struct type_texts *texts) {
  const struct record_type *type = texts->type;
  texts->filters = ARENA_ARRAY(arena, struct filter_index, type->index_count ? type->index_count : 1);
  for (size_t i = 0; i < type->index_count; i++) {
    struct filter_index filter = {NULL};
    struct buffer name = {.arena = arena};
    bool few = true;
    for (size_t j = 0; j < 3 && type->indexes[i][j]; j++) {
      const struct column *column = column_of(texts, type->indexes[i][j]);
      few = few && column && column->place <= PLACE_ROW && has_few(column);
      if (!few) break;
      filter.columns[filter.count++] = column;
      buffer_print(&name, "_%.*s", (int)strlen(column->name) - 2, column->name + 1);
    }
    if (!few || filter.count == 0) continue;
    filter.name = arena_print(arena, "\"i_%s_for%s\"", type->name, name.bytes);
    for (size_t j = 0; filter.columns[0]->id == FIELD_STATE && j < texts->count && filter.sort_count < FILTER_SORTS_MOST; j++) {
      const struct column *sort = &texts->columns[j];
      if (!sort->sorted || sort->id == FIELD_ID) continue;
      filter.sorts[filter.sort_count].sort = sort;
      filter.sorts[filter.sort_count++].name = arena_print(arena, "\"i_%s_for%s_by_%.*s\"", type->name, name.bytes,
                                                           (int)strlen(sort->name) - 2, sort->name + 1);
    }
    if (filter.sort_count) filter.name = filter.sorts[0].name;
    filter.may_lack = filter.columns[0]->field && !(filter.columns[0]->field->flags & FIELD_REQUIRED);
    texts->filters[texts->filter_count++] = filter;
  }
}

/* What is declared to be filtered together with the state. */
static void choose_laid_out(struct type_texts *texts) {
  for (size_t i = 0; i < texts->filter_count; i++)
    for (size_t j = 1; j < texts->filters[i].count && texts->filters[i].sort_count; j++) {
      struct column *column = own_column(texts, texts->filters[i].columns[j]->id);
      if (column == texts->lead || column == texts->secrecy || column->id == texts->type->above) continue;
      column->laid_out = true;
      column->walked = false;
    }
}

/* Where a state says much about the sort, a unit's part of the sort is laid out by the state too. */
static void choose_state_sorts(struct arena *arena, struct type_texts *texts) {
  bool led_by_state = false;
  for (size_t i = 0; i < texts->filter_count; i++) led_by_state = led_by_state || texts->filters[i].sort_count > 0;
  for (size_t i = 0; led_by_state && i < texts->count; i++) {
    struct column *column = &texts->columns[i];
    if (column->lead_sort_index)
      column->lead_state_index = arena_print(arena, "\"i_%s_lead_state_by_%.*s\"", texts->type->name, (int)strlen(column->name) - 2,
                                             column->name + 1);
  }
}

/* The list index in order: what is laid out with the state right behind it. What stands behind the most columns that the engine allows is
   left out. */
static void choose_listed(struct arena *arena, const struct store_driver *driver, struct type_texts *texts) {
  const struct column **listed = ARENA_ARRAY(arena, const struct column *, texts->count);
  size_t count = 0;
  if (texts->lead) listed[count++] = texts->lead;
  if (texts->type->states) listed[count++] = column_of(texts, FIELD_STATE);
  listed[count++] = column_of(texts, FIELD_VOIDED);
  for (int round = 0; round < 4; round++)
    for (size_t i = 0; i < texts->count; i++) {
      struct column *column = &texts->columns[i];
      bool tallied = column->field && (column->field->flags & FIELD_TALLIED);
      int due = column->laid_out ? 0 : tallied ? 1 : column->sorted || column->id == FIELD_CHANGED || column->id == FIELD_CREATED ? 2 : 3;
      bool stands = column == texts->lead || column->id == FIELD_VOIDED || column->id == FIELD_ID ||
                    (column->id == FIELD_STATE && texts->type->states);
      if (!column->listed || column->place > PLACE_ROW || due != round || stands) continue;
      if (count < driver->index_columns) listed[count++] = column; else column->listed = false;
    }
  texts->listed = listed;
  texts->listed_count = count;
}

const char *compose_side_sort(struct arena *arena, const struct column *holder, const struct column *sort, bool by_state) {
  size_t side = strlen(holder->side) - 2, name = strlen(sort->name) - 2;
  return arena_print(arena, "\"i_%.*s%s_by_%.*s\"", (int)side, holder->side + 1, by_state ? "_state" : "", (int)name, sort->name + 1);
}

static const char *compose_insert(struct arena *arena, const char *table, const struct type_texts *texts, enum place least,
                                  enum place most) {
  struct buffer names = {.arena = arena}, marks = {.arena = arena};
  size_t count = 0;
  if (least == PLACE_LONG) { buffer_text(&names, "\"id\""); buffer_text(&marks, "$1"); count = 1; }
  for (size_t i = 0; i < texts->count; i++) {
    const struct column *column = &texts->columns[i];
    if (column->place < least || column->place > most) continue;
    buffer_print(&names, "%s%s", count ? "," : "", column->name);
    buffer_print(&marks, "%s$%zu", count ? "," : "", count + 1);
    count++;
  }
  return arena_print(arena, "INSERT INTO %s (%s) VALUES (%s)", table, names.bytes, marks.bytes);
}

/* ---- what is read ---- */
static void select_column(struct sql *sql, const struct store_driver *driver, const struct column *column) {
  if (column->place == PLACE_MANY)
    buffer_print(&sql->text, "(SELECT %s FROM (SELECT \"value\" FROM %s WHERE \"owner\" = r.\"id\" ORDER BY \"position\") v)",
                 driver->joined_values, column->side);
  else { sql_add(sql, column->place == PLACE_LONG ? "x." : "r."); sql_add(sql, column->name); }
}

static const char *compose_select(struct arena *arena, const struct store_driver *driver, const struct type_texts *texts,
                                  const struct reading *reading) {
  struct sql sql = sql_new(arena);
  bool texts_too = false;
  sql_add(&sql, "SELECT ");
  for (size_t i = 0; i < SYSTEM_COLUMNS + reading->count; i++) {
    const struct column *column = i < SYSTEM_COLUMNS ? &texts->columns[i] : reading->columns[i - SYSTEM_COLUMNS];
    if (i) sql_add(&sql, ",");
    select_column(&sql, driver, column);
    texts_too = texts_too || column->place == PLACE_LONG;
  }
  buffer_print(&sql.text, " FROM %s r", texts->table);
  if (texts_too) buffer_print(&sql.text, " LEFT JOIN %s x ON x.\"id\" = r.\"id\"", texts->long_table);
  return sql.text.bytes;
}

static struct reading reading_of(struct arena *arena, const struct store_driver *driver, const struct type_texts *texts,
                                 const struct column *const *columns, size_t count, enum value_kind unread) {
  struct reading reading = {.columns = columns, .count = count};
  struct value *blank = ARENA_ARRAY(arena, struct value, texts->type->field_count + 1);
  for (size_t i = 0; i < texts->type->field_count; i++) blank[i] = (struct value){.field = texts->type->fields[i].id, .kind = unread};
  reading.blank = blank;
  reading.select = compose_select(arena, driver, texts, &reading);
  return reading;
}

/* All columns up to a place: of the row, then long texts, then references to several. */
static struct reading reading_up_to(struct arena *arena, const struct store_driver *driver, const struct type_texts *texts,
                                    enum place most) {
  const struct column **columns = ARENA_ARRAY(arena, const struct column *, texts->count);
  size_t count = 0;
  for (enum place place = PLACE_ROW; place <= most; place++)
    for (size_t i = SYSTEM_COLUMNS; i < texts->count; i++)
      if (texts->columns[i].place == place) columns[count++] = &texts->columns[i];
  return reading_of(arena, driver, texts, columns, count, VALUE_NOTHING);
}

bool compose_reading(struct arena *arena, const struct store *store, const struct query *query, struct reading *reading) {
  const struct type_texts *texts = texts_of(store, query->type);
  size_t count = 0;
  *reading = query->long_texts || query->many ? texts->full : texts->row;
  if (!query->fields) return true;
  while (query->fields[count]) count++;
  const struct column **columns = ARENA_ARRAY(arena, const struct column *, count + 1);
  for (size_t i = 0; i < count; i++) {
    columns[i] = column_of(texts, query->fields[i]);
    if (!columns[i] || columns[i]->place == PLACE_SYSTEM) return false;
  }
  *reading = reading_of(arena, store->driver, texts, columns, count, VALUE_UNREAD);
  return true;
}

static void compose_type(struct arena *arena, const struct store_driver *driver, const struct record_type *type, struct type_texts *texts) {
  texts->type = type;
  texts->table = arena_print(arena, "\"%s\"", type->name);
  texts->list_index = arena_print(arena, "\"i_%s_list\"", type->name);
  fill_columns(arena, texts);
  choose_lead(texts);
  choose_sorts(arena, texts);
  choose_filters(arena, texts);
  choose_laid_out(texts);
  choose_state_sorts(arena, texts);
  choose_listed(arena, driver, texts);
  texts->insert = compose_insert(arena, texts->table, texts, PLACE_SYSTEM, PLACE_ROW);
  if (texts->long_count) {
    texts->long_table = arena_print(arena, "\"%s_text\"", type->name);
    texts->insert_long = compose_insert(arena, texts->long_table, texts, PLACE_LONG, PLACE_LONG);
  }
  texts->row = reading_up_to(arena, driver, texts, PLACE_ROW);
  texts->full = reading_up_to(arena, driver, texts, PLACE_MANY);
  texts->get = statement_of(arena_print(arena, "%s WHERE r.\"id\" = $1", texts->full.select), NULL, 1);
  texts->get.hash = hash_fingerprint(texts->get.text, texts->get.size);
}

struct type_texts *compose_types(struct arena *arena, const struct store_driver *driver, const struct schema *schema) {
  struct type_texts *all = ARENA_ARRAY(arena, struct type_texts, schema->count);
  for (size_t i = 0; i < schema->count; i++) compose_type(arena, driver, schema->types[i], &all[i]);
  return all;
}

const struct type_texts *texts_by_id(const struct store *store, enum record_id id) {
  const struct type_texts *found = NULL;
  for (size_t i = 0; i < store->schema->count && !found; i++)
    if (store->schema->types[i]->id == id) found = &store->texts[i];
  return found;
}

const struct type_texts *texts_of(const struct store *store, const struct record_type *type) {
  const struct type_texts *texts = texts_by_id(store, type->id);
  assert(texts != NULL && "a record type that is not in the store's schema");
  return texts;
}

const struct column *column_of(const struct type_texts *texts, uint16_t field) {
  const struct column *found = NULL;
  if (field >= FIELD_ID && field < FIELD_ID + SYSTEM_COLUMNS) found = &texts->columns[field - FIELD_ID];
  else if (field < texts->by_id_count && texts->by_id[field]) found = &texts->columns[texts->by_id[field] - 1];
  return found;
}

/* ---- rows to parameters ---- */
struct parameter parameter_of(const struct type_texts *texts, const struct column *column, const struct row *row) {
  struct parameter parameter = {.kind = PARAMETER_NOTHING};
  if (column->place == PLACE_SYSTEM) {
    const int64_t system[SYSTEM_COLUMNS] = {row->id, row->version, row->state, row->created, row->changed, row->entry, row->voided};
    parameter = parameter_integer(system[column - texts->columns]);
  } else {
    const struct value *value = &row->values[column->slot];
    assert(value->kind != VALUE_UNREAD && "a row of a list that did not read all of it is written");
    if (value->kind == VALUE_INTEGER) parameter = parameter_integer(value->integer);
    else if (value->kind == VALUE_TEXT && value->text)
      parameter = (struct parameter){.kind = PARAMETER_TEXT, .bytes = value->text, .size = value->size ? value->size : strlen(value->text)};
  }
  return parameter;
}

static bool column_differs(const struct type_texts *texts, const struct column *column, const struct row *before, const struct row *after) {
  bool differs;
  if (column->place == PLACE_SYSTEM)
    differs = parameter_of(texts, column, before).integer != parameter_of(texts, column, after).integer;
  else differs = !value_equal(&before->values[column->slot], &after->values[column->slot]);
  return differs;
}

static size_t compose_changes(struct sql *sql, const char *table, const struct type_texts *texts, enum place least, enum place most,
                              const struct row *before, const struct row *after) {
  size_t count = 0;
  for (size_t i = 0; i < texts->count; i++) {
    const struct column *column = &texts->columns[i];
    if (column->place < least || column->place > most || column->id == FIELD_ID || !column_differs(texts, column, before, after)) continue;
    if (count++) sql_add(sql, ",");
    else { sql_add(sql, "UPDATE "); sql_add(sql, table); sql_add(sql, " SET "); }
    sql_add(sql, column->name);
    sql_add(sql, " = ");
    sql_parameter(sql, parameter_of(texts, column, after));
  }
  if (count) { sql_add(sql, " WHERE \"id\" = "); sql_integer(sql, after->id); }
  return count;
}

size_t compose_update(struct sql *sql, const struct type_texts *texts, const struct row *before, const struct row *after) {
  return compose_changes(sql, texts->table, texts, PLACE_SYSTEM, PLACE_ROW, before, after);
}
size_t compose_update_long(struct sql *sql, const struct type_texts *texts, const struct row *before, const struct row *after) {
  return texts->long_table ? compose_changes(sql, texts->long_table, texts, PLACE_LONG, PLACE_LONG, before, after) : 0;
}
