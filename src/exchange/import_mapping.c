/* Which mapping a ledger comes under: the one asked for by name, else the one of the unit whose headers stand in the file, so that who
   chose once is not asked again. What a person chose in this very upload lies over what the mapping says. The columns of the file, with
   what each was taken for, are kept for the preview: there they are changed. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "exchange/import_ledger.h"

#define MAPPINGS_MOST 200

/* ---- records ---- */

static const char *kept_text(struct arena *arena, const struct row *row, uint16_t field) {
  const char *text = row_text(row, field);
  return text && *text ? arena_text(arena, text) : NULL;
}

static int64_t kept_integer(const struct row *row, uint16_t field) {
  int64_t value = row_integer(row, field);
  return value == NOTHING ? 0 : value;
}

struct mappings { struct importing *importing; struct ledger_mapping *items; size_t count; };

static bool mapping_read(void *with, const struct row *row) {
  struct mappings *mappings = with;
  struct arena *arena = mappings->importing->staging->arena;
  if (mappings->count == MAPPINGS_MOST) return false;
  mappings->items[mappings->count++] = (struct ledger_mapping){
    .id = row->id, .unit = kept_integer(row, IMPORT_MAPPING_UNIT), .campaign = kept_integer(row, IMPORT_MAPPING_CAMPAIGN), .match = kept_integer(row, IMPORT_MAPPING_MATCH),
    .category = kept_integer(row, IMPORT_MAPPING_CATEGORY), .source = kept_integer(row, IMPORT_MAPPING_SOURCE), .name = kept_text(arena, row, IMPORT_MAPPING_NAME),
    .columns = kept_text(arena, row, IMPORT_MAPPING_COLUMNS), .choices = kept_text(arena, row, IMPORT_MAPPING_CHOICES), .categories = kept_text(arena, row, IMPORT_MAPPING_CATEGORIES),
    .units = kept_text(arena, row, IMPORT_MAPPING_UNITS)};
  return true;
}

static enum store_error mappings_read(struct importing *importing, const struct condition *conditions, size_t count,
                                      const struct scope *scope, struct mappings *mappings) {
  struct query query = {.type = record_type(RECORD_IMPORT_MAPPING),
                        .conditions = conditions,
                        .condition_count = count,
                        .long_texts = true,
                        .limit = MAPPINGS_MOST,
                        .descending = true,
                        .expected = -1};
  *mappings = (struct mappings){importing, ARENA_ARRAY(importing->staging->scratch, struct ledger_mapping, MAPPINGS_MOST), 0};
  enum store_error error = reader_list(importing->staging->reader, &query, scope, importing->staging->arena, mapping_read, mappings);
  if (!error && mappings->count) { /* out of the scratch arena */
    struct ledger_mapping *items = ARENA_ARRAY(importing->staging->arena, struct ledger_mapping, mappings->count);
    memcpy(items, mappings->items, mappings->count * sizeof *items);
    mappings->items = items;
  }
  return error;
}

/* ---- taking one ---- */

static void own_columns(struct importing *importing, json_t *columns) {
  const char *header;
  json_t *value;
  importing->own_count = 0;
  importing->own = ARENA_ARRAY(importing->staging->arena, struct ledger_own, json_object_size(columns) + 1);
  json_object_foreach(columns, header, value) {
    const char *name = json_string_value(value);
    if (!name) continue;
    enum ledger_key key = ledger_key_named(name);
    const struct field *field = record_field_named(importing->staging->type, name);
    for (size_t i = 0; i < LEDGER_FIELD_COUNT && key == LEDGER_OTHER && field; i++)
      if (LEDGER_FIELDS[i].field == field->id) key = LEDGER_FIELDS[i].key;
    importing->own[importing->own_count++] = (struct ledger_own){arena_text(importing->staging->arena, header), key};
  }
}

/* Two JSON objects, the second over the first; an empty object when neither is one. */
static json_t *laid_over(const char *under, const char *over) {
  json_t *whole = under ? json_loads(under, 0, NULL) : NULL, *more = over ? json_loads(over, 0, NULL) : NULL;
  if (!json_is_object(whole)) json_decref(whole), whole = json_object();
  if (json_is_object(more)) json_object_update(whole, more);
  json_decref(more);
  return whole;
}

const char *import_laid_over(struct arena *arena, const char *under, const char *over) {
  json_t *whole = laid_over(under, over);
  char *text = json_object_size(whole) ? json_dumps(whole, JSON_COMPACT | JSON_PRESERVE_ORDER) : NULL;
  const char *kept = text ? arena_text(arena, text) : NULL;
  free(text);
  json_decref(whole);
  return kept;
}

/* Names that the list of units has not, as somebody said whose they are. */
static void unit_words_tell(struct importing *importing) {
  json_t *words = laid_over(importing->unit_words, NULL), *value;
  const char *word;
  unit_book_told_drop(importing->book);
  json_object_foreach(words, word, value) unit_book_tell(importing->book, word, json_integer_value(value));
  json_decref(words);
}

static void mapping_take(struct importing *importing, const struct ledger_mapping *mapping) {
  struct staging *staging = importing->staging;
  const struct import_options *given = staging->options;
  json_t *columns = laid_over(mapping->columns, given->columns);
  own_columns(importing, columns);
  json_decref(columns);
  importing->choices = import_laid_over(staging->arena, mapping->choices, given->choices);
  importing->category_words = import_laid_over(staging->arena, mapping->categories, given->categories);
  importing->unit_words = import_laid_over(staging->arena, mapping->units, given->units);
  unit_words_tell(importing);
  importing->match = mapping->match;
  importing->default_unit = mapping->unit;
  importing->campaign = mapping->campaign;
  if (!given->category) staging->staged->options.category = mapping->category;
  if (!given->source) staging->staged->options.source = mapping->source;
}

/* By the name that was asked for: of a unit that the reader reports for, or of nobody. A name that no mapping bears names a source all the
   same. */
enum store_error ledger_mapping_named(struct importing *importing) {
  struct staging *staging = importing->staging;
  struct value name = value_text(IMPORT_MAPPING_NAME, staging->staged->mapping);
  struct condition conditions[] = {{.field = IMPORT_MAPPING_NAME, .how = C_IS, .values = &name, .count = 1}, {.field = IMPORT_MAPPING_UNIT, .how = C_EMPTY}};
  struct mappings mappings;
  enum store_error error = mappings_read(importing, conditions, 1, scope_for(staging->arena, staging->authority, record_type(RECORD_IMPORT_MAPPING), MAY_READ), &mappings);
  if (!error && !mappings.count) error = mappings_read(importing, conditions, 2, &SCOPE_SYSTEM, &mappings);
  struct ledger_mapping none = {0};
  if (!error) mapping_take(importing, mappings.count ? &mappings.items[0] : &none);
  return error;
}

/* ---- the unit's own ---- */

static bool header_there(const struct ledger *ledger, struct arena *scratch, const char *header) {
  const char *plain = ledger_plain(scratch, header);
  for (size_t i = 0; i < ledger->sheet_count; i++)
    for (size_t k = 0; k < ledger->sheets[i].column_count; k++) {
      const struct ledger_column *column = &ledger->sheets[i].columns[k];
      if (strcmp(plain, ledger_plain(scratch, column->full)) == 0 || strcmp(plain, ledger_plain(scratch, column->header)) == 0) return true;
    }
  return false;
}

/* How many of the file's headers it names; -1: it names one that the file has not. */
static int named_headers(struct importing *importing, const struct ledger_mapping *mapping) {
  json_t *columns = laid_over(mapping->columns, NULL), *value;
  const char *header;
  int found = 0;
  json_object_foreach(columns, header, value) {
    if (text_equal(json_string_value(value), LEDGER_KEY_NAMES[LEDGER_OTHER])) continue;
    if (!header_there(importing->ledger, importing->staging->scratch, header)) { found = -1; break; }
    found++;
  }
  json_decref(columns);
  return found;
}

/* Two headers at least tell that it is this ledger; of those that fit, the one that names most, of equals the newest. */
static const struct ledger_mapping *best_of(struct importing *importing, const struct mappings *mappings) {
  const struct ledger_mapping *best = NULL;
  int most = 1;
  for (size_t i = 0; i < mappings->count; i++) {
    int found = named_headers(importing, &mappings->items[i]);
    if (found <= most) continue;
    most = found;
    best = &mappings->items[i];
  }
  return best;
}

/* Nobody named one: the newest of the unit's that fits the file. */
enum store_error ledger_mapping_of_unit(struct importing *importing, int64_t unit) {
  struct staging *staging = importing->staging;
  struct value type = value_integer(IMPORT_MAPPING_TYPE, RECORD_PROBLEM), whose = value_integer(IMPORT_MAPPING_UNIT, unit);
  struct condition conditions[] = {{.field = IMPORT_MAPPING_TYPE, .how = C_IS, .values = &type, .count = 1}, {.field = IMPORT_MAPPING_UNIT, .how = unit ? C_IS : C_EMPTY, .values = &whose, .count = unit ? 1 : 0}};
  struct mappings mappings;
  enum store_error error = mappings_read(importing, conditions, 2, unit ? scope_for(staging->arena, staging->authority, record_type(RECORD_IMPORT_MAPPING), MAY_READ) : &SCOPE_SYSTEM, &mappings);
  const struct ledger_mapping *best = error ? NULL : best_of(importing, &mappings), none = {0};
  if (error) return error;
  mapping_take(importing, best ? best : &none);
  if (!best) return STORE_OK;
  staging->staged->mapping = staging->staged->options.mapping = best->name;
  staging->staged->mapping_by = MAPPING_OF_UNIT;
  return STORE_OK;
}

/* ---- what the file's columns were taken for ---- */

static struct import_heading *heading_of(struct importing *importing, const struct ledger_column *column) {
  struct import_staged *staged = importing->staging->staged;
  struct arena *scratch = importing->staging->scratch;
  for (size_t i = 0; i < staged->heading_count; i++)
    if (strcmp(ledger_plain(scratch, staged->headings[i].header), ledger_plain(scratch, column->full)) == 0) return &staged->headings[i];
  struct import_heading *heading = &staged->headings[staged->heading_count++];
  *heading = (struct import_heading){.header = column->full, .field = LEDGER_KEY_NAMES[column->key], .told = column->told};
  memcpy(heading->samples, column->samples, sizeof heading->samples);
  return heading;
}

/* One for each header of the sheets that are read (of all, when none is). */
void ledger_headings_keep(struct importing *importing, bool none_read) {
  struct import_staged *staged = importing->staging->staged;
  const struct ledger *ledger = importing->ledger;
  size_t most = 0;
  for (size_t i = 0; i < ledger->sheet_count; i++) most += ledger->sheets[i].column_count;
  staged->headings = ARENA_ARRAY(importing->staging->arena, struct import_heading, most + 1);
  staged->heading_count = 0;
  for (size_t i = 0; i < ledger->sheet_count; i++)
    for (size_t k = 0; k < ledger->sheets[i].column_count; k++) {
      const struct ledger_column *column = &ledger->sheets[i].columns[k];
      if (!*column->full || (ledger->sheets[i].skipped && !none_read)) continue;
      struct import_heading *heading = heading_of(importing, column);
      heading->sheets++;
      if (strcmp(heading->field, LEDGER_KEY_NAMES[LEDGER_OTHER]) == 0) heading->field = LEDGER_KEY_NAMES[column->key];
      if (!heading->samples[0]) memcpy(heading->samples, column->samples, sizeof heading->samples);
    }
}

/* ---- words that are no unit's name ---- */

static struct import_own unit_offered(const struct ledger_unit *unit) { return (struct import_own){unit->id, unit->name}; }

/* What they were told to be is told again: it stands in the report that is signed. */
void ledger_unit_words_keep(struct importing *importing) {
  struct staging *staging = importing->staging;
  const struct ledger *ledger = importing->ledger;
  struct import_unit_word *words = ARENA_ARRAY(staging->arena, struct import_unit_word, ledger->word_count + 1);
  for (size_t i = 0; i < ledger->word_count; i++) {
    const struct ledger_word *word = &ledger->words[i];
    words[i] = (struct import_unit_word){.text = word->text, .count = word->count, .unit = unit_offered(&word->unit)};
    for (size_t k = 0, put = 0; k < word->near_count; k++)
      if (word->near[k].id > 0) words[i].near[put++] = unit_offered(&word->near[k]);
    if (word->unit.id)
      ledger_stage_hint(staging, NULL, 0, "unit_told",
                        label_print(staging->arena, "单位“%s”（%zu 格）按选定的“%s”认",
                                    "the unit \"%s\" (%zu cells) is taken for \"%s\", as chosen", word->text, word->count,
                                    word->unit.name));
  }
  staging->staged->unit_words = words;
  staging->staged->unit_word_count = ledger->word_count;
}
