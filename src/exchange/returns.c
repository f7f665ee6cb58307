/* Results back to the hotline. The journal says which appeals of the source changed here, the records what they are now; what the source
   itself sent is no news to it. A page is bounded by appeals and by entries looked at, so that a first question costs no more than any
   other. */
#include "exchange/returns.h"

#include <string.h>

#include "exchange/field_mapping.h"
#include "exchange/import_parts.h"

/* What is told beside fields: where an appeal stands, and the moments of its arrows, from its own story. */
enum told { TOLD_FIELD, TOLD_STATE, TOLD_MOMENT, TOLD_ID };
static const struct { const char *name; enum told told; enum action_code action; struct label label; } SPECIAL[] = {
  {"state", TOLD_STATE, ACTION_NONE, {"办理状态", "State"}}, {"contacted_at", TOLD_MOMENT, ACTION_CONTACT, {"联系时间", "Contacted at"}},
  {"answered_at", TOLD_MOMENT, ACTION_ANSWER, {"答复时间", "Answered at"}}, {"closed_at", TOLD_MOMENT, ACTION_CLOSE, {"办结时间", "Closed at"}}, {"id", TOLD_ID, ACTION_NONE, {"本库编号", "Id here"}}};
enum { SPECIAL_COUNT = sizeof SPECIAL / sizeof *SPECIAL };
/* What goes back when the mapping names nothing that does. Names that no type has yet are passed over. */
static const char *const USUAL[] = {"state", "unit", "outcome", "answer", "contacted_at", "answered_at", "closed_at", "joined_to", "due"};

struct told_column {
  enum told told;
  enum action_code action;
  const struct field *field;
  const struct mapping_column *by;
  const char *header;
};
struct telling {
  struct reader *reader; const struct returns_options *options; struct returns *returns; struct arena *arena, *scratch;
  const struct record_type *type; struct mapping mapping;
  struct told_column *columns; size_t column_count;
  enum store_error error;
};

/* ---- which columns ---- */

static bool goes_back(const struct telling *telling, const struct field *field) {
  if (field->flags & (FIELD_HIDDEN | FIELD_RETIRED) || field->type == F_CONTACT || field->id == APPEAL_PERSON || field->id == APPEAL_CODE)
    return false;
  return field_readable(telling->options->authority, field);
}

static bool column_special(struct told_column *column, const char *name) {
  for (size_t i = 0; i < SPECIAL_COUNT; i++)
    if (strcmp(SPECIAL[i].name, name) == 0) return column->told = SPECIAL[i].told, column->action = SPECIAL[i].action, true;
  return false;
}

static void column_add(struct telling *telling, const char *name, const struct field *field, const char *header,
                       const struct mapping_column *by) {
  struct told_column column = {.field = field, .by = by, .header = header};
  bool special = !field && column_special(&column, name);
  if (special || (field && goes_back(telling, field))) telling->columns[telling->column_count++] = column;
}

/* Facts that arise here; what merely came in goes back only as the number. */
static bool arises_here(const struct field *field) {
  static const uint16_t COMES[] = {APPEAL_NUMBER, APPEAL_TITLE,    APPEAL_TEXT,     APPEAL_MADE_AT,    APPEAL_PLACE,        APPEAL_POINT,
                                   APPEAL_KIND,   APPEAL_CATEGORY, APPEAL_UP_VOTES, APPEAL_DOWN_VOTES, APPEAL_SOURCE_STATE, APPEAL_DETAILS};
  for (size_t i = 0; i < sizeof COMES / sizeof *COMES; i++)
    if (field && COMES[i] == field->id) return false;
  return true;
}

static const char *usual_header(const struct telling *telling, const char *name, const struct field *field) {
  for (size_t i = 0; i < SPECIAL_COUNT; i++)
    if (strcmp(SPECIAL[i].name, name) == 0) return label_in(SPECIAL[i].label, telling->options->language);
  return field ? label_in(field->label, telling->options->language) : name;
}

static void columns_choose(struct telling *telling) {
  const struct mapping *mapping = &telling->mapping;
  const struct field *number = record_field(telling->type, APPEAL_NUMBER);
  const size_t usual = sizeof USUAL / sizeof *USUAL;
  telling->columns = ARENA_ARRAY(telling->arena, struct told_column, mapping->count + usual + 1);
  column_add(telling, "number", number, mapping->key ? mapping->key : label_in(number->label, telling->options->language), NULL);
  for (size_t i = 0; i < mapping->count; i++) {
    const struct mapping_column *by = &mapping->columns[i];
    if (by->out && by->field != number && arises_here(by->field)) column_add(telling, by->name, by->field, by->header, by);
  }
  bool nothing = telling->column_count == 1;
  for (size_t i = 0; nothing && i < usual; i++) {
    const struct field *field = record_field_named(telling->type, USUAL[i]);
    column_add(telling, USUAL[i], field, usual_header(telling, USUAL[i], field), NULL);
  }
}

/* ---- which appeals ---- */

struct changed { int64_t id, entry; };
struct walk { struct changed *items; size_t count, most; struct map at; int64_t last; size_t looked; bool full; };

/* An appeal is told where it changed last on this page. */
static bool entry_take(void *with, const struct entry *entry) {
  struct walk *walk = with;
  bool told = entry->type == RECORD_APPEAL && (entry->kind == ENTRY_CHANGE || entry->kind == ENTRY_DERIVED) &&
              !channel_brings_in(entry->channel);
  int64_t at = told ? map_get(&walk->at, entry->record) : NOTHING;
  if (told && at == NOTHING && walk->count == walk->most) return walk->full = true, false;
  if (told && at == NOTHING) {
    at = (int64_t)walk->count++;
    map_put(&walk->at, entry->record, at);
  }
  if (told) walk->items[at] = (struct changed){entry->record, entry->number};
  walk->last = entry->number;
  walk->looked++;
  return true;
}

/* ---- what is told ---- */

static const char *reference_name(struct telling *telling, const struct field *field, int64_t id) {
  const struct record_type *target = record_type(field->target);
  uint16_t title = field->target == RECORD_APPEAL ? APPEAL_NUMBER : name_field(field->target) ? name_field(field->target) : target->title;
  struct row *row = NULL;
  enum store_error error = reader_get(telling->reader, target, &SCOPE_SYSTEM, id, telling->scratch, &row);
  if (error && error != STORE_ABSENT) telling->error = error;
  const char *name = error || !title ? NULL : row_text(row, title);
  return name ? name : arena_print(telling->arena, "%lld", (long long)id);
}

static const char *choice_told(struct telling *telling, const struct told_column *column, const char *name, struct label label) {
  const char *const ours[3] = {name, label.zh, label.en};
  const char *theirs = column->by ? mapping_theirs(telling->scratch, column->by, ours) : NULL;
  return theirs ? theirs : label_in(label, telling->options->language);
}

static const char *integer_told(struct telling *telling, const struct told_column *column, int64_t value) {
  const struct field *field = column->field;
  const struct choice *choice = field->type == F_CHOICE ? field_choice(field, value) : NULL;
  if (choice) return choice_told(telling, column, choice->name, choice->label);
  if (field->type == F_REFERENCE) {
    const char *name = reference_name(telling, field, value);
    return choice_told(telling, column, name, (struct label){name, name});
  }
  if (field->type == F_YES_NO)
    return choice_told(telling, column, value ? "yes" : "no", value ? (struct label){"是", "Yes"} : (struct label){"否", "No"});
  if (field->type == F_DATE) return date_print(telling->arena, value);
  if (field->type == F_MOMENT) return moment_print(telling->arena, value / MOMENT_SECOND * MOMENT_SECOND);
  return arena_print(telling->arena, "%lld", (long long)value);
}

static const char *field_told(struct telling *telling, const struct told_column *column, const struct row *row) {
  const struct value *value = row_value(row, column->field->id);
  if (value->kind == VALUE_TEXT && value->size) return arena_copy(telling->arena, value->text, value->size);
  if (value->kind == VALUE_INTEGER && value->integer != NOTHING)
    return arena_text(telling->arena, integer_told(telling, column, value->integer));
  return NULL;
}

/* When each arrow was walked last; when it happened, where that was said. */
struct story { int64_t moments[SPECIAL_COUNT]; };

static bool story_take(void *with, const struct entry *entry) {
  struct story *story = with;
  for (size_t i = 0; i < SPECIAL_COUNT; i++)
    if (SPECIAL[i].told == TOLD_MOMENT && entry->kind == ENTRY_CHANGE && entry->action == SPECIAL[i].action)
      story->moments[i] = entry->happened != NOTHING ? entry->happened : entry->moment;
  return true;
}

static const char *moment_told(struct telling *telling, const struct story *story, enum action_code action) {
  for (size_t i = 0; i < SPECIAL_COUNT; i++)
    if (SPECIAL[i].told == TOLD_MOMENT && SPECIAL[i].action == action && story->moments[i] != NOTHING)
      return moment_print(telling->arena, story->moments[i] / MOMENT_SECOND * MOMENT_SECOND);
  return NULL;
}

static const char *state_told(struct telling *telling, const struct told_column *column, const struct row *row) {
  const struct state_name *state = record_state(row->type, row->state);
  return state ? choice_told(telling, column, state->name, state->label) : NULL;
}

static const char *cell_told(struct telling *telling, const struct told_column *column, const struct row *row, const struct story *story) {
  switch (column->told) {
  case TOLD_STATE: return state_told(telling, column, row);
  case TOLD_MOMENT: return moment_told(telling, story, column->action);
  case TOLD_ID: return arena_print(telling->arena, "%lld", (long long)row->id);
  default: return field_told(telling, column, row);
  }
}

static bool wants_story(const struct telling *telling) {
  for (size_t i = 0; i < telling->column_count; i++)
    if (telling->columns[i].told == TOLD_MOMENT) return true;
  return false;
}

/* Of this source, in scope, and not taken back: told; else passed over. */
static enum store_error tell(struct telling *telling, const struct changed *changed) {
  struct story story;
  struct row *row = NULL;
  for (size_t i = 0; i < SPECIAL_COUNT; i++) story.moments[i] = NOTHING;
  enum store_error error = reader_get(telling->reader, telling->type, telling->options->scope, changed->id, telling->scratch, &row);
  if (error == STORE_ABSENT || (!error && (row->voided || !text_equal(row_text(row, APPEAL_SOURCE), telling->returns->mapping))))
    return STORE_OK;
  if (!error && wants_story(telling)) error = reader_history(telling->reader, RECORD_APPEAL, changed->id, story_take, &story);
  if (error) return error;
  const char **cells = ARENA_ARRAY(telling->arena, const char *, telling->column_count);
  for (size_t i = 0; i < telling->column_count; i++) {
    const char *cell = cell_told(telling, &telling->columns[i], row, &story);
    cells[i] = cell ? arena_text(telling->arena, cell) : NULL;
  }
  telling->returns->items[telling->returns->count++] = (struct returned){changed->entry, cells};
  return telling->error;
}

static void changed_sort(struct changed *items, size_t count) {
  for (size_t i = 1; i < count; i++)
    for (size_t k = i; k > 0 && items[k - 1].entry > items[k].entry; k--) {
      struct changed moved = items[k];
      items[k] = items[k - 1];
      items[k - 1] = moved;
    }
}

static enum store_error page_read(struct telling *telling) {
  struct returns *returns = telling->returns;
  size_t limit = telling->options->limit && telling->options->limit < RETURNS_MOST ? telling->options->limit : RETURNS_MOST;
  struct walk walk = {.items = ARENA_ARRAY(telling->arena, struct changed, limit), .most = limit, .last = telling->options->since};
  enum store_error error = reader_journal(telling->reader, telling->options->since, RETURNS_ENTRIES_MOST, entry_take, &walk);
  map_free(&walk.at);
  changed_sort(walk.items, walk.count);
  returns->next = walk.last;
  returns->more = walk.full || walk.looked == RETURNS_ENTRIES_MOST;
  returns->items = ARENA_ARRAY(telling->arena, struct returned, walk.count + 1);
  for (size_t i = 0; !error && i < walk.count; i++) {
    error = tell(telling, &walk.items[i]);
    arena_reset(telling->scratch);
  }
  return error;
}

enum store_error returns_read(struct reader *reader, const struct returns_options *options, struct arena *arena, struct returns *returns) {
  struct telling telling = {.reader = reader, .options = options, .returns = returns, .arena = arena, .scratch = arena_new(), .type = record_type(RECORD_APPEAL)};
  const char *name = options->mapping && *options->mapping ? options->mapping : telling.type->plural;
  *returns = (struct returns){.mapping = arena_text(arena, name), .next = options->since};
  enum store_error error = field_mapping_read(reader, arena, telling.type, APPEAL_NUMBER, name, &telling.mapping);
  returns->there = telling.mapping.there || strcmp(name, telling.type->plural) == 0;
  if (!error && returns->there) {
    columns_choose(&telling);
    const char **headers = ARENA_ARRAY(arena, const char *, telling.column_count);
    for (size_t i = 0; i < telling.column_count; i++) headers[i] = telling.columns[i].header;
    returns->headers = headers;
    returns->header_count = telling.column_count;
    error = page_read(&telling);
  }
  arena_free(telling.scratch);
  return error;
}
