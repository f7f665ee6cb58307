/* Cells of a cursor become values, rows of a cursor become rows. Texts are copied into the arena. */
#include <stdlib.h>
#include <string.h>
#include "store/compose.h"

static struct value value_of_text(struct cursor *cursor, int position, uint16_t field, struct arena *arena) {
  size_t size = 0;
  const char *text = cursor->connection->driver->bytes(cursor, position, &size);
  struct value value = {.field = field};
  if (text) { value.kind = VALUE_TEXT; value.text = arena_copy(arena, text, size); value.size = size; }
  return value;
}

/* "12 40 7": ids joined by blanks, in order. */
static struct value value_of_many(struct cursor *cursor, int position, uint16_t field, struct arena *arena) {
  size_t size = 0, count = 1;
  const char *text = cursor->connection->driver->bytes(cursor, position, &size);
  struct value value = {.field = field};
  if (text == NULL || size == 0) return value;
  for (size_t i = 0; i < size; i++) count += text[i] == ' ';
  int64_t *many = ARENA_ARRAY(arena, int64_t, count);
  char *at = (char *)text;
  for (size_t i = 0; i < count; i++) many[i] = strtoll(at, &at, 10);
  value.kind = VALUE_MANY;
  value.many = many;
  value.count = count;
  return value;
}

struct value row_cell(struct cursor *cursor, int position, const struct column *column, struct arena *arena) {
  struct value value = {.field = column->id};
  if (column->place == PLACE_MANY) value = value_of_many(cursor, position, column->id, arena);
  else if (column->field && field_is_text(column->field)) value = value_of_text(cursor, position, column->id, arena);
  else {
    int64_t integer = cursor->connection->driver->integer(cursor, position);
    if (integer != NOTHING) { value.kind = VALUE_INTEGER; value.integer = integer; }
  }
  return value;
}

struct row *row_blank(const struct type_texts *texts, const struct reading *reading, struct arena *arena) {
  struct row *row = ARENA_NEW(arena, struct row);
  size_t count = texts->type->field_count;
  row->type = texts->type;
  row->values = ARENA_ARRAY(arena, struct value, count ? count : 1);
  if (count) memcpy(row->values, reading->blank, count * sizeof *row->values);
  return row;
}

void row_fill(struct row *row, struct cursor *cursor, const struct reading *reading, struct arena *arena) {
  const struct store_driver *driver = cursor->connection->driver;
  row->id = driver->integer(cursor, 0);
  row->version = driver->integer(cursor, 1);
  row->state = (state_code)driver->integer(cursor, 2);
  row->created = driver->integer(cursor, 3);
  row->changed = driver->integer(cursor, 4);
  row->entry = driver->integer(cursor, 5);
  row->voided = driver->integer(cursor, 6) != 0;
  for (size_t i = 0; i < reading->count; i++)
    row->values[reading->columns[i]->slot] = row_cell(cursor, SYSTEM_COLUMNS + (int)i, reading->columns[i], arena);
}
