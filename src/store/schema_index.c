/* Which indexes a record type has. The list index (lead unit, state, tallied, listed …) answers filters within units, counts and tallies;
   an index for each sort carries what the usual filters need, so that a filtered walk along it touches no row, from the top, within a unit
   and, where an index is declared that begins with the state, within a unit's one state; a holder's side table has the same of its joint
   units; the rest are for lookups. */
#include <string.h>
#include "store/schema_sql.h"

struct making {
  struct arena *arena;
  const struct store_driver *driver;
  const struct type_texts *texts;
  void (*want)(void *, const char *, const char *);
  void *with;
};

static void list_index(const struct making *making) {
  const struct type_texts *texts = making->texts;
  struct buffer text = {.arena = making->arena};
  bool any = texts->lead != NULL;
  for (size_t i = 0; i < texts->listed_count; i++) any = any || texts->listed[i]->field;
  if (!any) return;
  buffer_print(&text, "CREATE INDEX %s ON %s (", texts->list_index, texts->table);
  for (size_t i = 0; i < texts->listed_count; i++) buffer_print(&text, "%s, ", texts->listed[i]->name);
  buffer_text(&text, "\"id\")");
  making->want(making->with, texts->list_index, text.bytes);
}

/* Of all; of one lead unit; of one lead unit and one state. */
static void walk_index(const struct making *making, const struct column *sort, const char *name, const struct column *lead,
                       const struct column *state) {
  struct buffer text = {.arena = making->arena};
  buffer_print(&text, "CREATE INDEX %s ON %s (", name, making->texts->table);
  if (lead) buffer_print(&text, "%s, ", lead->name);
  if (state) buffer_print(&text, "%s, ", state->name);
  if (sort->id != FIELD_ID) buffer_print(&text, "%s%s, ", sort->name, making->driver->index_nulls_first);
  buffer_text(&text, "\"id\"");
  for (size_t i = 0; i < making->texts->count; i++) {
    const struct column *column = &making->texts->columns[i];
    if (column->walked && column != sort && column != lead && column != state && column->id != FIELD_ID)
      buffer_print(&text, ", %s", column->name);
  }
  buffer_text(&text, ")");
  making->want(making->with, name, text.bytes);
}

/* (the filters, this sort, id, what bounds every list) */
static void sorted_filter_index(const struct making *making, const struct filter_index *filter, const struct column *sort,
                                const char *name) {
  const struct column *bounds[] = {column_of(making->texts, FIELD_VOIDED), making->texts->lead, making->texts->secrecy};
  struct buffer text = {.arena = making->arena};
  buffer_print(&text, "CREATE INDEX %s ON %s (", name, making->texts->table);
  for (size_t i = 0; i < filter->count; i++) buffer_print(&text, "%s, ", filter->columns[i]->name);
  buffer_print(&text, "%s%s, \"id\"", sort->name, making->driver->index_nulls_first);
  for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++) {
    bool stands = bounds[i] == NULL || bounds[i] == sort;
    for (size_t j = 0; j < filter->count; j++) stands = stands || filter->columns[j] == bounds[i];
    if (!stands) buffer_print(&text, ", %s", bounds[i]->name);
  }
  buffer_text(&text, ")");
  making->want(making->with, name, text.bytes);
}

/* (the filters, every sort, id, what bounds every list). Asked for by a value of the first, so those that lack it stay outside. */
static void filter_index(const struct making *making, const struct filter_index *filter) {
  struct buffer text = {.arena = making->arena};
  buffer_print(&text, "CREATE INDEX %s ON %s (", filter->name, making->texts->table);
  for (size_t i = 0; i < filter->count; i++) buffer_print(&text, "%s, ", filter->columns[i]->name);
  for (size_t i = 0; i < making->texts->count; i++) {
    const struct column *column = &making->texts->columns[i];
    bool stands = column->id == FIELD_ID,
         wanted = column->sorted || column->id == FIELD_VOIDED || column == making->texts->lead || column == making->texts->secrecy;
    for (size_t j = 0; j < filter->count; j++) stands = stands || filter->columns[j] == column;
    if (wanted && !stands) buffer_print(&text, "%s, ", column->name);
  }
  buffer_text(&text, "\"id\")");
  if (filter->may_lack) buffer_print(&text, " WHERE %s IS NOT NULL", filter->columns[0]->name);
  making->want(making->with, filter->name, text.bytes);
}

/* The unit that joins stands where the list index has the unit that leads; that one stands behind. */
static void side_index(const struct making *making, const struct column *holder) {
  const struct column *lead = making->texts->lead;
  struct buffer text = {.arena = making->arena};
  buffer_print(&text, "CREATE INDEX %s ON %s (\"value\"", holder->side_index, holder->side);
  for (size_t i = 0; holder->copies && i < making->texts->listed_count; i++)
    if (making->texts->listed[i] != lead) buffer_print(&text, ", %s", making->texts->listed[i]->name);
  if (holder->copies && lead) buffer_print(&text, ", %s", lead->name);
  buffer_text(&text, ", \"owner\")");
  making->want(making->with, holder->side_index, text.bytes);
}

/* (the unit, this sort, the record, what walks filter by); with a state: (the unit, the state, this sort …) */
static void side_walk_index(const struct making *making, const struct column *holder, const struct column *sort,
                            const struct column *state) {
  const char *name = compose_side_sort(making->arena, holder, sort, state != NULL);
  struct buffer text = {.arena = making->arena};
  buffer_print(&text, "CREATE INDEX %s ON %s (\"value\", ", name, holder->side);
  if (state) buffer_print(&text, "%s, ", state->name);
  buffer_print(&text, "%s%s, \"owner\"", sort->name, making->driver->index_nulls_first);
  for (size_t i = 0; i < making->texts->listed_count; i++) {
    const struct column *column = making->texts->listed[i];
    if (column->walked && column != sort && column != state && column->id != FIELD_ID) buffer_print(&text, ", %s", column->name);
  }
  buffer_text(&text, ")");
  making->want(making->with, name, text.bytes);
}

static void side_walk_indexes(const struct making *making, const struct column *holder) {
  for (size_t i = 0; i < making->texts->count; i++) {
    const struct column *sort = &making->texts->columns[i];
    if (sort->lead_sort_index) side_walk_index(making, holder, sort, NULL);
    if (sort->lead_state_index) side_walk_index(making, holder, sort, column_of(making->texts, FIELD_STATE));
  }
}

/* alone: the one column of it. Nobody looks up records by a value that they lack: those who may lack it stay outside and cost no write. */
static bool may_be_empty(const struct column *alone) { return alone && alone->field && !(alone->field->flags & FIELD_REQUIRED); }

static void lookup_index(const struct making *making, const char *columns, const char *name, const struct column *alone) {
  const char *index = arena_print(making->arena, "\"i_%s_for_%s\"", making->texts->type->name, name);
  const char *filled = may_be_empty(alone) ? arena_print(making->arena, " WHERE %s IS NOT NULL", alone->name) : "";
  making->want(making->with, index,
               arena_print(making->arena, "CREATE INDEX %s ON %s (%s)%s", index, making->texts->table, columns, filled));
}

/* Of living records only: a voided one gives its value free. */
static void unique_index(const struct making *making, const struct column *column) {
  const char *index = arena_print(making->arena, "\"i_%s_one_%s\"", making->texts->type->name, column->field->name);
  const char *filled = may_be_empty(column) ? arena_print(making->arena, " AND %s IS NOT NULL", column->name) : "";
  making->want(making->with, index,
               arena_print(making->arena, "CREATE UNIQUE INDEX %s ON %s (%s) WHERE \"voided\" = 0%s", index, making->texts->table,
                           column->name, filled));
}

static bool is_filter(const struct type_texts *texts, const uint16_t *fields) {
  bool found = false;
  for (size_t i = 0; i < texts->filter_count && !found; i++) {
    found = true;
    for (size_t j = 0; j < 3; j++) found = found && fields[j] == (j < texts->filters[i].count ? texts->filters[i].columns[j]->id : 0);
  }
  return found;
}

static void declared_indexes(const struct making *making) {
  const struct record_type *type = making->texts->type;
  for (size_t i = 0; i < type->index_count; i++) {
    struct buffer columns = {.arena = making->arena}, name = {.arena = making->arena};
    const struct column *alone = type->indexes[i][1] == 0 ? column_of(making->texts, type->indexes[i][0]) : NULL;
    for (size_t j = 0; j < 3 && type->indexes[i][j]; j++) {
      const struct column *column = column_of(making->texts, type->indexes[i][j]);
      if (column == NULL || column->place > PLACE_ROW) continue;
      buffer_print(&columns, "%s%s", j ? ", " : "", column->name);
      buffer_print(&name, "%s%.*s", j ? "_" : "", (int)strlen(column->name) - 2, column->name + 1);
    }
    if (columns.size && !is_filter(making->texts, &type->indexes[i][0])) lookup_index(making, columns.bytes, name.bytes, alone);
  }
}

/* The parent and further holders, unless an index declared leads with them already. */
static bool wants_own_lookup(const struct type_texts *texts, const struct column *column) {
  bool wanted = column->looked_up && column->field && !(column->field->flags & FIELD_UNIQUE);
  for (size_t i = 0; i < texts->type->index_count; i++) wanted = wanted && texts->type->indexes[i][0] != column->id;
  return wanted;
}

void schema_indexes(struct arena *arena, const struct store_driver *driver, const struct type_texts *texts,
                    void (*want)(void *with, const char *name, const char *definition), void *with) {
  struct making making = {arena, driver, texts, want, with};
  list_index(&making);
  declared_indexes(&making);
  for (size_t i = 0; i < texts->filter_count; i++) {
    const struct filter_index *filter = &texts->filters[i];
    for (size_t j = 0; j < filter->sort_count; j++) sorted_filter_index(&making, filter, filter->sorts[j].sort, filter->sorts[j].name);
    if (filter->sort_count == 0) filter_index(&making, filter);
  }
  for (size_t i = 0; i < texts->count; i++) {
    const struct column *column = &texts->columns[i];
    if (column->sorted) walk_index(&making, column, column->sort_index, NULL, NULL);
    if (column->lead_sort_index) walk_index(&making, column, column->lead_sort_index, texts->lead, NULL);
    if (column->lead_state_index) walk_index(&making, column, column->lead_state_index, texts->lead, column_of(texts, FIELD_STATE));
    if (column->place == PLACE_MANY) side_index(&making, column);
    if (column->place == PLACE_MANY && column->copies) side_walk_indexes(&making, column);
    if (column->place == PLACE_ROW && (column->field->flags & FIELD_UNIQUE)) unique_index(&making, column);
    if (wants_own_lookup(texts, column)) lookup_index(&making, column->name, column->field->name, column);
  }
}
