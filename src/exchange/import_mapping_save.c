/* Keeping what a person chose of a ledger (which column is what, which row which problem, which word which category or unit) as an import
   mapping, so that the next ledger of the kind asks nothing. Through the door like any other change. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "exchange/import_ledger.h"

#define NAME_MOST 40

struct found { struct row *row; struct arena *arena; };

static bool found_take(void *with, const struct row *row) {
  struct found *found = with;
  found->row = row_copy(found->arena, row);
  return false;
}

static enum store_error mapping_find(struct reader *reader, const char *named, struct arena *arena, struct row **row) {
  struct value name = value_text(IMPORT_MAPPING_NAME, named);
  struct condition is = {.field = IMPORT_MAPPING_NAME, .how = C_IS, .values = &name, .count = 1};
  struct query query =
      {.type = record_type(RECORD_IMPORT_MAPPING), .conditions = &is, .condition_count = 1, .long_texts = true, .limit = 1, .expected = -1};
  struct found found = {.arena = arena};
  enum store_error error = reader_list(reader, &query, &SCOPE_SYSTEM, arena, found_take, &found);
  *row = found.row;
  return error;
}

static const char *first_signs(struct arena *arena, const char *text, size_t most) {
  size_t at = 0, width;
  for (size_t count = 0; text[at] && count < most; count++) text_next(text + at, &width), at += width;
  return arena_copy(arena, text, at);
}

enum store_error import_mapping_name(struct reader *reader, int64_t unit, const char *file_name, struct arena *arena, const char **name) {
  struct row *of = NULL, *standing = NULL;
  const char *dot = file_name ? strrchr(file_name, '.') : NULL;
  const char *base = !file_name || !*file_name ? "台账" : dot && dot > file_name ? arena_copy(arena, file_name, (size_t)(dot - file_name)) : file_name;
  enum store_error error = unit ? reader_get(reader, record_type(RECORD_UNIT), &SCOPE_SYSTEM, unit, arena, &of) : STORE_OK;
  if (error && error != STORE_ABSENT) return error;
  const char *whole = first_signs(arena, text_clean(arena, of ? arena_print(arena, "%s·%s", row_text(of, UNIT_NAME), base) : base, false), NAME_MOST - 3);
  error = STORE_OK;
  for (int times = 1; !error && times < 100; times++) {
    *name = times == 1 ? whole : arena_print(arena, "%s %d", whole, times);
    error = mapping_find(reader, *name, arena, &standing);
    int64_t whose = standing ? row_integer(standing, IMPORT_MAPPING_UNIT) : unit;
    if (!standing || (whose == NOTHING ? 0 : whose) == unit) break;
  }
  return error;
}

/* The object that stands with what was chosen laid over it; what was given back to 0 stands no more. */
static const char *laid_over(struct arena *arena, const char *under, const char *over) {
  json_t *whole = under ? json_loads(under, 0, NULL) : NULL, *more = over ? json_loads(over, 0, NULL) : NULL, *value;
  const char *key;
  void *next;
  if (!json_is_object(whole)) json_decref(whole), whole = json_object();
  if (more) json_object_update(whole, more);
  json_object_foreach_safe(whole, next, key, value)
    if (json_is_integer(value) && json_integer_value(value) <= 0) json_object_del(whole, key);
  char *text = json_dumps(whole, JSON_COMPACT | JSON_PRESERVE_ORDER);
  const char *kept = arena_text(arena, text ? text : "{}");
  free(text);
  json_decref(whole);
  json_decref(more);
  return kept;
}

/* All columns of the file with what each is: by its headers a ledger is known again. */
static const char *columns_whole(const struct import_staged *staged, struct arena *arena) {
  json_t *whole = json_object();
  for (size_t i = 0; i < staged->heading_count; i++)
    json_object_set_new(whole, staged->headings[i].header, json_string(staged->headings[i].field));
  char *text = json_dumps(whole, JSON_COMPACT | JSON_PRESERVE_ORDER);
  const char *kept = arena_text(arena, text ? text : "{}");
  free(text);
  json_decref(whole);
  return kept;
}

/* The header of the column that names rows: forms show it. */
static const char *key_header(const struct import_staged *staged) {
  for (size_t i = 0; i < staged->heading_count; i++)
    if (strcmp(staged->headings[i].field, LEDGER_KEY_NAMES[LEDGER_NUMBER]) == 0) return staged->headings[i].header;
  for (size_t i = 0; i < staged->heading_count; i++)
    if (strcmp(staged->headings[i].field, LEDGER_KEY_NAMES[LEDGER_TITLE]) == 0) return staged->headings[i].header;
  return "—";
}

static size_t values_fill(const struct import_staged *staged, const struct row *standing, struct arena *arena, struct value *values) {
  const struct import_options *options = &staged->options;
  static const struct { uint16_t field; size_t at; } OBJECTS[] = {
    {IMPORT_MAPPING_COLUMNS, offsetof(struct import_options, columns)}, {IMPORT_MAPPING_CHOICES, offsetof(struct import_options, choices)}, {IMPORT_MAPPING_CATEGORIES, offsetof(struct import_options, categories)},
    {IMPORT_MAPPING_UNITS, offsetof(struct import_options, units)}};
  size_t count = 0;
  for (size_t i = 0; i < sizeof OBJECTS / sizeof *OBJECTS; i++) {
    const char *given = *(const char *const *)((const char *)options + OBJECTS[i].at);
    if (OBJECTS[i].field == IMPORT_MAPPING_COLUMNS)
      values[count++] = value_text(OBJECTS[i].field,
                                   laid_over(arena, standing ? row_text(standing, OBJECTS[i].field) : NULL, columns_whole(staged, arena)));
    else if (given)
      values[count++] = value_text(OBJECTS[i].field, laid_over(arena, standing ? row_text(standing, OBJECTS[i].field) : NULL, given));
  }
  values[count++] = value_text(IMPORT_MAPPING_KEY, first_signs(arena, key_header(staged), 80));
  if (options->category) values[count++] = value_integer(IMPORT_MAPPING_CATEGORY, options->category);
  if (options->source) values[count++] = value_integer(IMPORT_MAPPING_SOURCE, options->source);
  if (standing) return count;
  values[count++] = value_text(IMPORT_MAPPING_NAME, staged->mapping);
  values[count++] = value_integer(IMPORT_MAPPING_TYPE, RECORD_PROBLEM);
  if (staged->unit) values[count++] = value_integer(IMPORT_MAPPING_UNIT, staged->unit);
  if (options->campaign) values[count++] = value_integer(IMPORT_MAPPING_CAMPAIGN, options->campaign);
  return count;
}

enum store_error import_mapping_save(struct writer *writer, struct reader *reader, const struct context *context, const struct import_staged *staged, struct arena *arena, struct outcome *outcome) {
  struct row *standing = NULL;
  struct value *values = ARENA_ARRAY(arena, struct value, 12);
  enum store_error error = mapping_find(reader, staged->mapping, arena, &standing);
  if (error) return error;
  size_t count = values_fill(staged, standing, arena, values);
  struct change change = {.type = record_type(RECORD_IMPORT_MAPPING), .id = standing ? standing->id : 0, .seen = standing ? standing->version : ANY_VERSION,
                          .action = standing ? ACTION_EDIT : ACTION_CREATE, .values = values, .value_count = count};
  return change_run(writer, context, &change, 1, arena, outcome);
}
