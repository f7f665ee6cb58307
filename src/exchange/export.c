/* Export of a list as CSV: what a person may see, as a spreadsheet wants it and as import reads it. Reads only, in the scope it is
   handed; contacts leave masked, hidden fields not at all. */
#include <string.h>

#include "base/room.h"
#include "exchange/csv.h"
#include "exchange/export.h"
#include "exchange/ledger.h"
#include "exchange/import_parts.h"

#define PIECE ((size_t)64 << 10)

char *contact_mask(struct arena *arena, const char *plain) {
  size_t length = text_length(plain),
         shown = length >= 11  ? 3
                 : length >= 7 ? 2
                 : length >= 2 ? 1
                               : 0,
         tail = length >= 11  ? 4
                : length >= 7 ? 2
                              : 0;
  struct buffer out = {.arena = arena};
  size_t width, at = 0;
  for (size_t i = 0; i < length; i++, at += width) {
    text_next(plain + at, &width);
    if (i < shown || i >= length - tail) buffer_add(&out, plain + at, width);
    else buffer_byte(&out, '*');
  }
  return out.bytes ? out.bytes : arena_text(arena, "");
}

struct export {
  struct reader *reader; const struct export_options *options; const struct record_type *type;
  const struct field **fields; size_t field_count; bool state;
  struct map names[IMPORT_TARGETS + 1]; enum record_id targets[IMPORT_TARGETS + 1]; size_t target_count; /* id → offset into `shown` */
  struct arena *arena, *scratch; const char **shown; size_t shown_count, shown_room;
  struct buffer out; export_sink *sink; void *with; int64_t rows; enum store_error error; bool stopped;
};

static void fields_choose(struct export *export) {
  export->fields = ARENA_ARRAY(export->arena, const struct field *, export->type->field_count);
  for (size_t i = 0; i < export->type->field_count; i++) {
    const struct field *field = &export->type->fields[i];
    if (!(field->flags & (FIELD_HIDDEN | FIELD_RETIRED)) && field_readable(export->options->authority, field))
      export->fields[export->field_count++] = field;
  }
}

static void header_write(struct export *export) {
  buffer_text(&export->out, CSV_BOM);
  for (size_t i = 0; i < export->field_count; i++)
    csv_write(&export->out, label_in(export->fields[i]->label, export->options->language), i == 0, true);
  if (export->state) csv_write(&export->out, export->options->language == LANGUAGE_EN ? "State" : "状态", false, true);
  csv_write_end(&export->out);
}

/* ---- references by name, each looked up once ---- */

static uint16_t shown_field(enum record_id target) {
  const struct record_type *type = record_type(target);
  uint16_t by_import = name_field(target);
  return by_import ? by_import : type ? type->title : 0;
}

static struct map *names_of(struct export *export, enum record_id target) {
  for (size_t i = 0; i < export->target_count; i++)
    if (export->targets[i] == target) return &export->names[i];
  if (export->target_count == sizeof export->targets / sizeof *export->targets) return NULL;
  export->targets[export->target_count] = target;
  return &export->names[export->target_count++];
}

static int64_t shown_add(struct export *export, const char *text) {
  ARENA_ROOM(export->arena, export->shown, export->shown_count, export->shown_room, 256);
  export->shown[export->shown_count] = arena_text(export->arena, text);
  return (int64_t)export->shown_count++;
}

/* Names of units, users and the like are known to all who see the record; other records are named by their id. */
static const char *reference_name(struct export *export, enum record_id target, int64_t id) {
  struct map *names = name_target(target) ? names_of(export, target) : NULL;
  if (!names) return arena_print(export->scratch, "%lld", (long long)id);
  int64_t at = map_get(names, id);
  if (at == NOTHING) {
    struct row *row = NULL;
    enum store_error error = reader_get(export->reader, record_type(target), &SCOPE_SYSTEM, id, export->scratch, &row);
    const char *name = error ? NULL : row_text(row, shown_field(target));
    if (error && error != STORE_ABSENT) export->error = error;
    at = shown_add(export, name ? name : arena_print(export->scratch, "%lld", (long long)id));
    map_put(names, id, at);
  }
  return export->shown[at];
}

/* ---- one cell ---- */

static const char *choices_text(struct export *export, const struct field *field, int64_t bits) {
  struct buffer out = {.arena = export->scratch};
  for (const struct choice *choice = field->choices; choice && choice->name; choice++)
    if (bits >> choice->code & 1) buffer_print(&out, "%s%s", out.size ? "；" : "", label_in(choice->label, export->options->language));
  return out.bytes;
}

static const char *integer_text(struct export *export, const struct field *field, int64_t value) {
  struct arena *arena = export->scratch;
  const struct choice *choice;
  bool en = export->options->language == LANGUAGE_EN;
  switch (field->type) {
  case F_DECIMAL: return text_from_decimal(arena, value, 4);
  case F_MONEY: case F_WEIGHT: return text_from_decimal(arena, value, 2);
  case F_DATE: return date_print(arena, value);
  case F_MOMENT: return moment_print(arena, value);
  case F_CHOICE:
    choice = field_choice(field, value);
    return choice ? label_in(choice->label, export->options->language) : arena_print(arena, "%lld", (long long)value);
  case F_CHOICES: return choices_text(export, field, value);
  case F_REFERENCE: return reference_name(export, field->target, value);
  case F_YES_NO: return value ? (en ? "Yes" : "是") : (en ? "No" : "否");
  case F_POINT:
    return arena_print(arena, "%s,%s", text_from_decimal(arena, (value >> 32) - 90000000, 6),
                       text_from_decimal(arena, (value & 0xFFFFFFFF) - 180000000, 6));
  default: return arena_print(arena, "%lld", (long long)value);
  }
}

static const char *many_text(struct export *export, const struct field *field, const struct value *value) {
  struct buffer out = {.arena = export->scratch};
  for (size_t i = 0; i < value->count; i++) buffer_print(&out, "%s%s", i ? "；" : "", reference_name(export, field->target, value->many[i]));
  return out.bytes;
}

static const char *contact_text(struct export *export, const char *sealed) {
  const char *plain = secret_open_any(export->scratch, export->options->contact_key, sealed);
  return plain ? contact_mask(export->scratch, plain) : "***";
}

static void cell_write(struct export *export, const struct field *field, const struct value *value, bool first) {
  const char *text = NULL;
  if (value->kind == VALUE_TEXT && value->size) text = field->type == F_CONTACT ? contact_text(export, value->text) : value->text;
  else if (value->kind == VALUE_INTEGER && value->integer != NOTHING) text = integer_text(export, field, value->integer);
  else if (value->kind == VALUE_MANY) text = many_text(export, field, value);
  bool number = value->kind == VALUE_INTEGER && field->type != F_CHOICE && field->type != F_CHOICES && field->type != F_REFERENCE;
  csv_write(&export->out, text, first, !number);
}

static void piece_hand_over(struct export *export) {
  if (!export->stopped && export->out.size) export->stopped = !export->sink(export->with, export->out.bytes, export->out.size);
  buffer_clear(&export->out);
}

static bool row_write(void *with, const struct row *row) {
  struct export *export = with;
  arena_reset(export->scratch);
  bool named = export->options->unnumbered && export->type->id == RECORD_PROBLEM && !row_text(row, PROBLEM_NUMBER);
  for (size_t i = 0; i < export->field_count; i++) {
    if (named && export->fields[i]->id == PROBLEM_NUMBER)
      csv_write(&export->out,
                ledger_unnumbered(export->scratch, row_text(row, PROBLEM_FILE_NUMBER), row->id, export->options->language == LANGUAGE_EN),
                i == 0, true);
    else cell_write(export, export->fields[i], row_value(row, export->fields[i]->id), i == 0);
  }
  if (export->state) {
    const struct state_name *state = record_state(export->type, row->state);
    csv_write(&export->out, state ? label_in(state->label, export->options->language) : NULL, false, true);
  }
  csv_write_end(&export->out);
  export->rows++;
  if (export->out.size > PIECE) piece_hand_over(export);
  return !export->stopped && !export->error;
}

enum store_error export_csv(struct reader *reader, const struct export_options *options, export_sink *sink, void *with, int64_t *rows) {
  struct query query = *options->query;
  struct export export = {.reader = reader, .options = options, .type = query.type, .sink = sink, .with = with,
                          .arena = arena_new(), .scratch = arena_new(), .state = query.type->states != NULL};
  struct arena *reading = arena_new();
  query.long_texts = query.many = true;
  fields_choose(&export);
  header_write(&export);
  enum store_error error = reader_list(reader, &query, options->scope, reading, row_write, &export);
  if (!error) error = export.error;
  if (!error) piece_hand_over(&export);
  if (rows) *rows = export.rows;
  for (size_t i = 0; i < export.target_count; i++) map_free(&export.names[i]);
  buffer_free(&export.out);
  arena_free(reading);
  arena_free(export.scratch);
  arena_free(export.arena);
  return error;
}

bool export_to_buffer(void *with, const char *bytes, size_t size) {
  buffer_add(with, bytes, size);
  return true;
}

bool export_to_file(void *with, const char *bytes, size_t size) { return fwrite(bytes, 1, size, with) == size; }
