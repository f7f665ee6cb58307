/* Reading a saved mapping. What cannot be understood is passed over here: the file then lacks a column, and says so. */
#include "exchange/field_mapping.h"

#include <jansson.h>
#include <string.h>

#include "exchange/import_parts.h"

struct taking { struct arena *arena; const struct record_type *type; uint16_t number; struct mapping *mapping; };

static void words_read(struct arena *arena, json_t *choices, struct mapping_column *column) {
  struct mapping_word *words = ARENA_ARRAY(arena, struct mapping_word, json_object_size(choices) + 1);
  const char *theirs;
  json_t *ours;
  json_object_foreach(choices, theirs, ours) if (json_is_string(ours))
      words[column->word_count++] = (struct mapping_word){arena_text(arena, theirs), arena_text(arena, json_string_value(ours))};
  column->words = words;
}

static struct mapping_column column_read(struct taking *taking, const char *header, json_t *value) {
  const char *name = json_string_value(json_is_object(value) ? json_object_get(value, "field") : value),
             *way = json_string_value(json_object_get(value, "way"));
  struct mapping_column column = {.header = arena_text(taking->arena, header),
                                  .name = arena_text(taking->arena, name ? name : ""),
                                  .in = true,
                                  .out = true};
  column.field = name ? record_field_named(taking->type, name) : NULL;
  if (way && strcmp(way, "in") == 0) column.out = false;
  if (way && strcmp(way, "out") == 0) column.in = false;
  if (json_is_object(value)) words_read(taking->arena, json_object_get(value, "choices"), &column);
  return column;
}

static void columns_read(struct taking *taking, json_t *object, const char *key) {
  struct mapping_column *columns = ARENA_ARRAY(taking->arena, struct mapping_column, json_object_size(object) + 1);
  const char *header;
  json_t *value;
  size_t count = 0;
  bool keyed = false;
  json_object_foreach(object, header, value) {
    columns[count] = column_read(taking, header, value);
    bool is_key = key && text_equal(name_folded(taking->arena, header), name_folded(taking->arena, key));
    if (is_key) columns[count].field = record_field(taking->type, taking->number), columns[count].in = columns[count].out = keyed = true;
    count++;
  }
  if (key && !keyed)
    columns[count++] = (struct mapping_column){.header = key,
                                               .name = "",
                                               .field = record_field(taking->type, taking->number),
                                               .in = true,
                                               .out = true};
  taking->mapping->columns = columns;
  taking->mapping->count = count;
}

static bool mapping_take(void *with, const struct row *row) {
  struct taking *taking = with;
  const char *columns = row_text(row, IMPORT_MAPPING_COLUMNS), *key = row_text(row, IMPORT_MAPPING_KEY);
  json_t *object = columns ? json_loads(columns, 0, NULL) : NULL;
  taking->mapping->there = true;
  taking->mapping->key = key ? arena_text(taking->arena, key) : NULL;
  columns_read(taking, json_is_object(object) ? object : NULL, taking->mapping->key);
  json_decref(object);
  return false;
}

enum store_error field_mapping_read(struct reader *reader, struct arena *arena, const struct record_type *type, uint16_t number, const char *name, struct mapping *mapping) {
  const struct record_type *kind = record_type(RECORD_IMPORT_MAPPING);
  struct value is = value_text(IMPORT_MAPPING_NAME, name);
  struct condition named = {.field = IMPORT_MAPPING_NAME, .how = C_IS, .values = &is, .count = 1};
  struct query query = {.type = kind, .conditions = &named, .condition_count = 1, .limit = 1, .long_texts = true, .expected = -1};
  struct taking taking = {arena, type, number, mapping};
  *mapping = (struct mapping){0};
  return reader_list(reader, &query, &SCOPE_SYSTEM, arena, mapping_take, &taking);
}

const char *mapping_ours(struct arena *arena, const struct mapping_column *column, const char *theirs) {
  const char *folded = column->word_count ? name_folded(arena, theirs) : NULL;
  for (size_t i = 0; i < column->word_count; i++)
    if (text_equal(name_folded(arena, column->words[i].theirs), folded)) return column->words[i].ours;
  return NULL;
}

const char *mapping_theirs(struct arena *arena, const struct mapping_column *column, const char *const ours[3]) {
  for (size_t i = 0; i < column->word_count; i++) {
    const char *folded = name_folded(arena, column->words[i].ours);
    for (size_t k = 0; k < 3; k++)
      if (ours[k] && text_equal(name_folded(arena, ours[k]), folded)) return column->words[i].theirs;
  }
  return NULL;
}
