/* Problems out of a ledger: its units, the reading, then each row set beside what stands. Nothing is written here. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/room.h"
#include "exchange/import_ledger.h"

#define ERRORS_KEPT 1000

/* ---- telling ---- */

static struct import_error place_told(struct staging *staging, const char *sheet, uint32_t row, uint32_t column, const char *header,
                                      uint16_t field, const char *code, struct label what) {
  struct arena *arena = staging->arena;
  const char *letters = column ? csv_column_letters(arena, column) : NULL;
  struct buffer zh = {.arena = arena}, en = {.arena = arena};
  if (sheet && *sheet) buffer_print(&zh, "工作表“%s”", sheet), buffer_print(&en, "sheet \"%s\"", sheet);
  if (row && letters)
    buffer_print(&zh, "%s%u（%s）", letters, row, header ? header : ""),
        buffer_print(&en, "%s%s%u (%s)", en.size ? ", " : "", letters, row, header ? header : "");
  else if (row) buffer_print(&zh, "第 %u 行", row), buffer_print(&en, "%srow %u", en.size ? ", " : "", row);
  return (struct import_error){.row = row, .sheet = sheet, .column = letters, .header = header, .field = field, .code = code,
    .sentence = {arena_print(arena, "%s%s%s", zh.size ? zh.bytes : "", zh.size ? "：" : "", what.zh), arena_print(arena, "%s%s%s", en.size ? en.bytes : "", en.size ? ": " : "", what.en)}};
}

static void told_add(struct staging *staging, struct import_error **list, size_t *count, size_t *room, const struct import_error *error) {
  if (*count >= ERRORS_KEPT) return;
  ARENA_ROOM(staging->arena, *list, *count, *room, 16);
  (*list)[(*count)++] = *error;
}

static void ledger_stage_error(struct staging *staging, const char *sheet, uint32_t row, uint32_t column, const char *header,
                               uint16_t field, const char *code, struct label what) {
  struct import_error error = place_told(staging, sheet, row, column, header, field, code, what);
  staging->staged->errors_found++;
  told_add(staging, &staging->staged->errors, &staging->staged->error_count, &staging->error_room, &error);
}

void ledger_stage_hint(struct staging *staging, const char *sheet, uint32_t row, const char *code, struct label what) {
  struct import_error error = place_told(staging, sheet, row, 0, NULL, 0, code, what);
  told_add(staging, &staging->staged->hints, &staging->staged->hint_count, &staging->hint_room, &error);
}

void ledger_stage_like(struct staging *staging, const char *sheet, uint32_t row, const struct import_like *like) {
  const char *number = like->number ? like->number : "";
  struct import_error error =
      place_told(staging, sheet, row, 0, NULL, 0, "similar",
                 label_print(staging->arena, "与已有问题 %s“%s”相似，先按新问题处理；是不是同一件，请选定",
                             "is like the problem %s \"%s\" that stands, and taken as a new one for now. Say whether it is the same",
                             number, like->title));
  error.like = like;
  told_add(staging, &staging->staged->hints, &staging->staged->hint_count, &staging->hint_room, &error);
}

static uint16_t field_of_key(enum ledger_key key) {
  for (size_t i = 0; i < LEDGER_FIELD_COUNT; i++)
    if (LEDGER_FIELDS[i].key == key) return LEDGER_FIELDS[i].field;
  return 0;
}

/* ---- units, campaign ---- */

static bool unit_take(void *with, const struct row *unit) {
  struct importing *importing = with;
  struct staging *staging = importing->staging;
  const char *name = row_text(unit, UNIT_NAME), *shorts = row_text(unit, UNIT_SHORT_NAMES);
  int64_t until = row_integer(unit, UNIT_VALID_TO);
  bool past = until != NOTHING && until < date_of_moment(staging->options->now);
  if (!name) return true;
  unit_book_add(importing->book, name, name, unit->id, false, past);
  while (shorts && *shorts) {
    size_t size = strcspn(shorts, ";,|/\n"), width = shorts[size] ? 1 : 0;
    static const char *const MARKS[] = {"、", "；", "，"};
    for (size_t i = 0; i < 3; i++) {
      const char *at = strstr(shorts, MARKS[i]);
      if (at && (size_t)(at - shorts) < size) size = (size_t)(at - shorts), width = strlen(MARKS[i]);
    }
    unit_book_add(importing->book, name, arena_copy(staging->scratch, shorts, size), unit->id, false, past);
    shorts += size + width;
  }
  if (row_integer(unit, UNIT_KIND) == UNIT_KIND_DISTRICT && !past) {
    int64_t *wider = ARENA_ARRAY(staging->arena, int64_t, importing->district_count + 1);
    if (importing->district_count) memcpy(wider, importing->districts, importing->district_count * sizeof *wider);
    wider[importing->district_count++] = unit->id;
    importing->districts = wider;
  }
  return true;
}

/* Successors keep the names of those before them: the handing-over of units gives them as short names. */
static enum store_error units_load(struct importing *importing) {
  static const char *const ALL[] = {"各区", "各区政府", "各区人民政府", "各区县", "全市各区"};
  struct query query = {.type = record_type(RECORD_UNIT), .expected = -1};
  importing->book = unit_book_new(importing->staging->arena);
  enum store_error error = reader_list(importing->staging->reader, &query, &SCOPE_SYSTEM, importing->staging->scratch, unit_take,
                                       importing);
  for (size_t i = 0; !error && i < sizeof ALL / sizeof *ALL && importing->district_count; i++) {
    enum unit_verdict verdict; /* a unit of that very name is meant */
    if (!unit_book_find(importing->book, importing->staging->scratch, ALL[i], &verdict) && verdict == UNIT_UNKNOWN)
      unit_book_add(importing->book, "各区", ALL[i], -1, true, false);
  }
  return error;
}

struct only { int64_t id, end; size_t count; };
static bool campaign_take(void *with, const struct row *campaign) {
  struct only *only = with;
  if (campaign->state != FORCE_RETIRED) only->id = campaign->id, only->end = row_integer(campaign, CAMPAIGN_TO), only->count++;
  return true;
}

static enum store_error campaign_find(struct importing *importing) {
  struct staging *staging = importing->staging;
  struct query query = {.type = record_type(RECORD_CAMPAIGN), .expected = -1};
  struct only only = {.end = NOTHING};
  struct row *row = NULL;
  enum store_error error = STORE_OK;
  if (staging->options->campaign) importing->campaign = staging->options->campaign;
  if (importing->campaign) {
    error = reader_get(staging->reader, record_type(RECORD_CAMPAIGN), &SCOPE_SYSTEM, importing->campaign, staging->scratch, &row);
    if (!error) importing->campaign_end = row_integer(row, CAMPAIGN_TO);
    if (error != STORE_ABSENT) return error;
  }
  error = reader_list(staging->reader, &query, &SCOPE_SYSTEM, staging->scratch, campaign_take, &only);
  importing->campaign = only.count == 1 ? only.id : 0;
  importing->campaign_end = only.end;
  return error;
}

/* What stands has its campaign; only what is new must be told one. */
static void campaign_asked(struct importing *importing) {
  if (importing->campaign || !importing->staging->staged->counts[IMPORT_CREATED]) return;
  ledger_stage_error(importing->staging, NULL, 0, 0, NULL, PROBLEM_CAMPAIGN, "campaign_missing",
                     (struct label){"有几个专项工作，请指定这份台账属于哪一个",
                                    "there are several campaigns. Name the one that this ledger belongs to"});
}

/* ---- rows ---- */

static bool numbers_name_rows(const struct importing *importing) {
  if (importing->match) return importing->match == MATCH_NUMBER;
  for (size_t i = 0; i < importing->ledger->sheet_count; i++)
    if (importing->ledger->sheets[i].records && importing->ledger->sheets[i].sequence) return false;
  return true;
}

static void key_give(struct importing *importing, struct ledger_row *row, bool by_number) {
  struct staging *staging = importing->staging;
  const char *no = row->record->no, *title = row->values[0].kind == VALUE_TEXT ? row->values[0].text : "";
  if (by_number && no && strlen(no) <= 80) row->key = arena_print(staging->arena, "n:%s", no);
  else
    row->key = arena_print(staging->arena, "t:%016llx",
                           (unsigned long long)map_key(
                               arena_print(staging->scratch, "%lld\n%s", (long long)row->unit, ledger_plain(staging->scratch, title))));
  for (int again = 2; map_get(&importing->keys, map_key(row->key)) != NOTHING && again < 100000; again++) {
    const char *mark = strchr(row->key, '#'), *base = mark ? arena_copy(staging->arena, row->key, (size_t)(mark - row->key)) : row->key;
    row->key = arena_print(staging->arena, "%s#%d", base, again);
  }
  map_put(&importing->keys, map_key(row->key), 1);
  row->source_key = arena_print(staging->arena, "%s:%s", staging->staged->mapping, row->key);
}

static void rows_fill(struct importing *importing) {
  bool by_number = numbers_name_rows(importing);
  importing->rows = ARENA_ARRAY(importing->staging->arena, struct ledger_row, importing->ledger->record_count + 1);
  for (size_t i = 0; i < importing->ledger->record_count; i++) {
    const struct ledger_record *record = &importing->ledger->records[i];
    struct ledger_row *row = &importing->rows[importing->count];
    if (record->wrong || !record->title) {
      importing->staging->staged->left_out++;
      continue;
    }
    *row = (struct ledger_row){.record = record, .standing_fingerprint = NOTHING};
    ledger_row_values(importing, row);
    key_give(importing, row, by_number);
    importing->count++;
    arena_reset(importing->staging->scratch);
  }
}

static struct import_row *staged_row(struct staging *staging, int64_t row) {
  struct import_staged *staged = staging->staged;
  ARENA_ROOM(staging->arena, staged->rows, staged->row_count, staging->row_room, 1024);
  staged->rows[staged->row_count] = (struct import_row){.row = row};
  return &staged->rows[staged->row_count++];
}

static const struct value *row_value_of(const struct ledger_row *row, uint16_t field) {
  static const struct value NONE = {.kind = VALUE_NOTHING};
  for (size_t i = 0; i < LEDGER_FIELD_COUNT; i++)
    if (LEDGER_FIELDS[i].field == field) return &row->values[i];
  return &NONE;
}

bool ledger_may(const struct importing *importing, unsigned may, int64_t unit) {
  const struct staging *staging = importing->staging;
  const struct scope *scope = scope_for(staging->scratch, staging->authority, staging->type, may);
  bool held = scope == &SCOPE_SYSTEM;
  for (size_t i = 0; i < scope->grant_count && !held; i++) {
    const struct grant_scope *grant = &scope->grants[i];
    held = grant->all || grant->relation == RELATION_ABOVE;
    for (size_t k = 0; k < grant->unit_count && !held && grant->relation == RELATION_LEAD; k++) held = grant->units[k] == unit;
  }
  return held;
}

static const struct ledger_column *column_in(const struct ledger *ledger, const char *sheet, enum ledger_key key) {
  for (size_t i = 0; i < ledger->sheet_count; i++)
    for (size_t k = 0; k < ledger->sheets[i].column_count && strcmp(ledger->sheets[i].name, sheet) == 0; k++)
      if (ledger->sheets[i].columns[k].key == key) return &ledger->sheets[i].columns[k];
  return NULL;
}

/* Told before it is written: a new problem of a unit that the reader does not report for. */
static bool theirs(struct importing *importing, const struct ledger_row *row) {
  struct staging *staging = importing->staging;
  const struct ledger_record *record = row->record;
  const struct ledger_column *column = column_in(importing->ledger, record->sheet, LEDGER_LEAD);
  if (row->id || ledger_may(importing, MAY_CREATE, row->unit)) return false;
  ledger_stage_error(
      staging, record->sheet, record->row, column ? column->column : 0, column ? column->header : NULL, PROBLEM_LEAD_UNIT, "not_yours",
      label_print(
          staging->arena, "牵头单位是“%s”，您只能导入本单位牵头的问题；请由该单位或整改办导入，或改正牵头单位",
          "\"%s\" leads this one, and you may bring in only what your own unit leads. Let that unit or the office import it, or put the unit right",
          record->lead.text ? record->lead.text : "—"));
  staging->staged->left_out++;
  return true;
}

static void category_needed(struct importing *importing, const struct ledger_row *row, size_t *without, const char **example) {
  if (row_value_of(row, PROBLEM_CATEGORY)->kind != VALUE_NOTHING || importing->staging->options->category) return;
  if (!(*without)++) *example = row->record->category;
}

static enum store_error rows_classify_ledger(struct importing *importing) {
  struct staging *staging = importing->staging;
  enum store_error error = STORE_OK;
  size_t without = 0;
  const char *example = NULL;
  for (size_t i = 0; !error && i < importing->count; i++) {
    const struct ledger_row *row = &importing->rows[i];
    if (theirs(importing, row)) {
      arena_reset(staging->scratch);
      continue;
    }
    struct import_row *into = staged_row(staging, row->record->row);
    into->sheet = row->record->sheet;
    into->number = row->record->no ? row->record->no : "";
    into->source_key = row->source_key;
    into->title = row->values[0].text;
    into->id = row->id;
    into->version = row->version;
    if (row->id) error = ledger_row_compare(importing, row, into);
    else {
      into->class = IMPORT_CREATED;
      category_needed(importing, row, &without, &example);
      ledger_row_create(importing, row, into);
    }
    staging->staged->counts[into->class]++;
    arena_reset(staging->scratch);
  }
  if (without)
    ledger_stage_error(staging, NULL, 0, 0, NULL, PROBLEM_CATEGORY, "category_missing",
                       label_print(staging->arena, "有 %zu 条没有清单里的问题类别（如“%s”），请选一个默认类别，原文会保留",
                                   "%zu problems have no category of the list (such as \"%s\"). Choose the one to take; the words are kept",
                                   without, example ? example : "—"));
  return error;
}

static bool missing_take_ledger(void *with, const struct row *record) {
  struct importing *importing = with;
  struct staging *staging = importing->staging;
  if (map_get(&importing->taken, record->id) != NOTHING) return true;
  const char *number = row_text(record, PROBLEM_NUMBER), *file_number = row_text(record, PROBLEM_FILE_NUMBER),
             *title = row_text(record, PROBLEM_TITLE);
  struct import_row *row = staged_row(staging, 0);
  row->class = IMPORT_MISSING;
  row->number = arena_text(staging->arena, number ? number : file_number ? file_number : "");
  row->title = arena_text(staging->arena, title ? title : "");
  row->id = record->id;
  row->version = record->version;
  row->action = ACTION_EDIT;
  staging->staged->counts[IMPORT_MISSING]++;
  if (row_integer(record, PROBLEM_MISSING) == 1) return true;
  row->writes = true;
  row->values = ARENA_ARRAY(staging->arena, struct value, 1);
  row->values[row->value_count++] = value_integer(PROBLEM_MISSING, 1);
  return true;
}

static enum store_error ledger_missing_find(struct importing *importing) {
  struct staging *staging = importing->staging;
  struct value mapping = value_text(PROBLEM_IMPORT_SOURCE, staging->staged->mapping);
  struct condition is = {.field = PROBLEM_IMPORT_SOURCE, .how = C_IS, .values = &mapping, .count = 1};
  struct query query = {.type = staging->type, .conditions = &is, .condition_count = 1, .expected = -1};
  return reader_list(staging->reader, &query, scope_for(staging->arena, staging->authority, staging->type, MAY_READ), staging->scratch,
                     missing_take_ledger, importing);
}

/* ---- what the report to sign tells beside ---- */

static void inferred_keep(struct importing *importing) {
  struct import_staged *staged = importing->staging->staged;
  struct arena *arena = importing->staging->arena;
  size_t room = 0;
  for (size_t i = 0; i < importing->ledger->record_count; i++) room += 1 + importing->ledger->records[i].measure_count;
  staged->inferred = ARENA_ARRAY(arena, struct import_inferred, room + 1);
  for (size_t i = 0; i < importing->ledger->record_count; i++) {
    const struct ledger_record *record = &importing->ledger->records[i];
    if (record->due_text && record->due != NOTHING && (record->due_how > DATE_EXACT || record->year_inferred))
      staged->inferred[staged->inferred_count++] = (struct import_inferred){record->sheet,    record->row, record->no,
                                                                            record->due_text, record->due, date_how_label(record->due_how)};
    for (size_t k = 0; k < record->measure_count; k++)
      if (record->measures[k].due != NOTHING && record->measures[k].how > DATE_EXACT)
        staged->inferred[staged->inferred_count++] = (struct import_inferred){record->sheet,
                                                                              record->row,
                                                                              record->no,
                                                                              record->measures[k].due_text,
                                                                              record->measures[k].due,
                                                                              date_how_label(record->measures[k].how)};
  }
}

static void errors_take(struct importing *importing) {
  for (size_t i = 0; i < importing->ledger->error_count; i++) {
    const struct ledger_error *error = &importing->ledger->errors[i];
    size_t before = importing->staging->staged->error_count;
    if (!error->hint)
      ledger_stage_error(importing->staging, error->sheet, error->row, error->column, error->header, field_of_key(error->key), error->code,
                         error->what);
    if (importing->staging->staged->error_count > before) importing->staging->staged->errors[before].word = error->word;
    if (error->hint) ledger_stage_hint(importing->staging, error->sheet, error->row, error->code, error->what);
  }
}

static void closed_hint(struct importing *importing) {
  size_t closed = 0;
  for (size_t i = 0; i < importing->ledger->record_count; i++) closed += importing->ledger->records[i].closed == SAID_YES;
  if (closed && !importing->staging->options->historic && !importing->ledger->journal)
    ledger_stage_hint(importing->staging, NULL, 0, "closed_ones", label_print(importing->staging->arena, "有 %zu 条写明已销号。要按已销号带入，请用历史台账方式并给出基线日；现在都作为拟报登记", "%zu are said to be closed. To bring them in as closed, import as history with a base-line day; now all are registered as drafts", closed));
}

/* Who may not bring in history is told before he looks at a preview that he could not write. */
static void history_allowed(struct staging *staging) {
  role_set roles = 0;
  for (size_t i = 0; i < staging->type->transition_count; i++)
    if (staging->type->transitions[i].action == ACTION_IMPORT) roles |= staging->type->transitions[i].roles;
  if (staging->options->historic && !(staging->authority->roles & roles))
    ledger_stage_error(staging, NULL, 0, 0, NULL, 0, "history_office", (struct label){"历史台账只能由整改办导入；本单位的新问题请不选历史方式导入，登记为拟报", "history is brought in by the coordinating office alone. Import new problems of your own unit without it: they are registered as drafts"});
}

/* What had to be taken for something nobody wrote: told, for a person to say otherwise. */
static void guesses_hint(struct importing *importing) {
  const struct import_options *options = importing->staging->options;
  struct arena *arena = importing->staging->arena;
  size_t undated = 0, sourceless = 0;
  for (size_t i = 0; i < importing->count; i++) {
    const struct ledger_row *row = &importing->rows[i];
    if (row->id) continue;
    undated += row->record->closed == SAID_YES && row->record->closed_on == NOTHING;
    sourceless += row_value_of(row, PROBLEM_SOURCE)->kind == VALUE_NOTHING;
  }
  if (undated && options->historic)
    ledger_stage_hint(importing->staging, NULL, 0, "closed_undated",
                      label_print(arena, "有 %zu 条已销号而没有销号时间，按基线日 %s 记",
                                  "%zu are said to be closed without a date; the base-line day %s is taken", undated,
                                  date_print(arena, options->history_day)));
  if (sourceless && !options->source)
    ledger_stage_hint(importing->staging, NULL, 0, "source_missing", label_print(arena, "有 %zu 条没有写明或认不出问题来源，按“检视”登记；是别的，请在导入时选定来源", "%zu do not say where they come from, or not in words that are known: taken as self-check. Choose another source for the import if they are not", sourceless));
}

/* Whose ledger it is, where it does not say: as asked, as the mapping says, else the reader's own unit where he reports for units. */
static int64_t whose(const struct importing *importing) {
  const struct staging *staging = importing->staging;
  int64_t own = staging->authority->unit;
  if (staging->options->unit) return staging->options->unit;
  if (importing->default_unit) return importing->default_unit;
  return own > 0 && !ledger_may(importing, MAY_CREATE, -1) && ledger_may(importing, MAY_CREATE, own) ? own : 0;
}

/* Reads the workbook by the columns told so far. *refused: no ledger was found in it; its columns may be there all the same. */
static enum store_error ledger_open(struct importing *importing, const char *bytes, size_t size, struct sheet_refusal *refusal) {
  struct staging *staging = importing->staging;
  const struct import_options *options = staging->options;
  struct row *unit = NULL;
  int64_t id = whose(importing);
  enum store_error error = id ? reader_get(staging->reader, record_type(RECORD_UNIT), &SCOPE_SYSTEM, id, staging->arena, &unit) : STORE_OK;
  if (error && error != STORE_ABSENT) return error;
  struct ledger_options reading = {.units = importing->book,
                                   .file_name = options->file_name,
                                   .unit = unit ? row_text(unit, UNIT_NAME) : NULL,
                                   .today = date_of_moment(options->now),
                                   .own = importing->own,
                                   .own_count = importing->own_count};
  importing->ledger = ledger_look(staging->arena, bytes, size, &reading, refusal);
  return STORE_OK;
}

/* Nobody named a mapping: the file is looked at to find the unit's, and read by it. What was chosen by hand needs none. */
static enum store_error mapping_find(struct importing *importing, const char *bytes, size_t size, struct sheet_refusal *refusal) {
  struct staging *staging = importing->staging;
  if (staging->staged->mapping_by == MAPPING_ASKED || staging->options->columns) return STORE_OK;
  int64_t unit = whose(importing);
  enum store_error error = importing->ledger ? ledger_mapping_of_unit(importing, unit) : STORE_OK;
  bool again = !error && staging->staged->mapping_by == MAPPING_OF_UNIT &&
               (importing->own_count || importing->unit_words || importing->default_unit != unit);
  return again ? ledger_open(importing, bytes, size, refusal) : error;
}

static enum store_error ledger_take(struct importing *importing) {
  struct staging *staging = importing->staging;
  const struct import_options *options = staging->options;
  staging->staged->encoding = importing->ledger->encoding ? importing->ledger->encoding : "xlsx";
  staging->staged->records = (int64_t)importing->ledger->record_count;
  ledger_headings_keep(importing, false);
  ledger_unit_words_keep(importing);
  errors_take(importing);
  closed_hint(importing);
  inferred_keep(importing);
  rows_fill(importing);
  ledger_categories_tell(importing);
  enum store_error error = ledger_rows_match(importing);
  arena_reset(staging->scratch);
  guesses_hint(importing);
  history_allowed(staging);
  if (!error) error = rows_classify_ledger(importing);
  if (!error) campaign_asked(importing);
  if (!error && options->complete && !staging->staged->errors_found) error = ledger_missing_find(importing);
  return error;
}

static enum store_error importing_run(struct importing *importing, const char *bytes, size_t size) {
  struct staging *staging = importing->staging;
  struct sheet_refusal refusal = {0};
  enum store_error error = units_load(importing);
  if (!error) error = ledger_mapping_named(importing);
  if (!error) error = ledger_open(importing, bytes, size, &refusal);
  if (!error) error = mapping_find(importing, bytes, size, &refusal);
  staging->staged->unit = whose(importing);
  if (!error) error = campaign_find(importing);
  if (!error) error = ledger_categories_load(importing);
  if (error || !refusal.code) return error ? error : ledger_take(importing);
  ledger_stage_error(staging, NULL, 0, 0, NULL, 0, refusal.code, refusal.sentence);
  if (importing->ledger) ledger_headings_keep(importing, true);
  return STORE_OK;
}

enum store_error ledger_stage(struct staging *staging, const char *bytes, size_t size) {
  struct importing importing = {.staging = staging, .campaign_end = NOTHING};
  enum store_error error = importing_run(&importing, bytes, size);
  unit_book_free(importing.book);
  map_free(&importing.keys);
  map_free(&importing.taken);
  return error;
}
