/* One record of a ledger out of its row, and further rows of its measures: merged cells and 同上 take what stands above, units, dates and
   measures are read, and what only the whole record tells. Errors go to their cell; the record is read all the same. */
#include <stdlib.h>
#include <string.h>

#include "base/room.h"
#include "exchange/ledger_walk.h"
#include "records/record.h"

const struct ledger_column *ledger_column_of(const struct walk *walk, enum ledger_key key) {
  const struct ledger_sheet *sheet = walk->reading->sheet;
  for (size_t i = 0; i < sheet->column_count; i++)
    if (sheet->columns[i].key == key) return &sheet->columns[i];
  return NULL;
}

static bool blank_text(const char *text) {
  while (*text) {
    if (strchr(" \t\r\n", *text)) text++;
    else if (strncmp(text, "\xE3\x80\x80", 3) == 0 || strncmp(text, "\xE2\x80\x8B", 3) == 0) text += 3;
    else if (strncmp(text, "\xC2\xA0", 2) == 0) text += 2;
    else return false;
  }
  return true;
}

bool ledger_filled(const struct sheet_cell *cell) {
  return cell && (cell->kind == CELL_NO_VALUE || cell->kind == CELL_ERROR || !blank_text(cell->text));
}

/* The cell, or the one that is merged over it from a row of the same table above. */
static const struct sheet_cell *effective(const struct walk *walk, uint32_t row, uint32_t column) {
  const struct sheet_cell *cell = sheet_cell(walk->sheet, row, column);
  if (ledger_filled(cell)) return cell;
  const struct sheet_area *area = sheet_area(walk->sheet, row, column);
  if (!area || area->top <= walk->reading->sheet->header_last || area->top == row) return cell;
  return sheet_cell(walk->sheet, area->top, area->left);
}

static void error_at(struct walk *walk, uint32_t row, const struct ledger_column *column, const char *code, bool hint, struct label what) {
  ledger_error_add(walk->reading, row, column ? column->column : 0, column, code, hint, what);
  if (!hint && walk->record && row >= walk->record->row) walk->record->wrong = true;
}

static const struct sheet_cell *cell_for(struct walk *walk, uint32_t row, const struct ledger_column *column) {
  size_t place = (size_t)(column - walk->reading->sheet->columns);
  const struct sheet_cell *cell = effective(walk, row, column->column);
  if (cell && cell->kind == CELL_TEXT && ledger_ditto(cell->text)) cell = walk->above[place];
  return walk->above[place] = ledger_filled(cell) ? cell : NULL;
}

/* Copies out of other programs carry control characters that nobody sees and the door refuses. */
static const char *controls_off(struct arena *arena, const char *text) {
  char *out = arena_text(arena, text), *end = out;
  for (const char *at = out; *at; at++) {
    unsigned char byte = (unsigned char)*at;
    if (byte == 0xC2 && (unsigned char)at[1] >= 0x80 && (unsigned char)at[1] < 0xA0) at++;
    else if (byte >= 0x20 ? byte != 0x7F : byte == '\n' || byte == '\t' || byte == '\r') *end++ = *at;
  }
  *end = 0;
  return out;
}

/* Lines are kept; NULL when the cell says nothing. */
static const char *text_for(struct walk *walk, const struct sheet_cell *cell) {
  if (!cell || cell->kind == CELL_ERROR || cell->kind == CELL_NO_VALUE || ledger_empty(cell->text)) return NULL;
  walk->reading->texts += strlen(cell->text);
  const char *text = text_clean(walk->reading->arena, controls_off(walk->reading->scratch, cell->text), true);
  return *text ? text : NULL;
}

static const char *joined(struct walk *walk, const char *one, const char *other) {
  if (!other) return one;
  return one ? arena_print(walk->reading->arena, "%s\n%s", one, other) : other;
}

static void repeat_keep(struct walk *walk, uint32_t before) {
  HEAP_ROOM(walk->repeats, walk->repeat_count, walk->repeat_room, 32);
  walk->repeats[walk->repeat_count++] = (struct repeat){walk->record->row, before, walk->reading->ledger->record_count - 1,
                                                        walk->record->no};
}

/* A number that stands twice is an error, unless they do so all over the sheet: then they never named its rows (1, 2, 3 within each
   group). */
void ledger_repeats_tell(struct walk *walk) {
  const struct ledger_column *column = ledger_column_of(walk, LEDGER_NUMBER);
  bool names_nothing = walk->repeat_count >= 5 && walk->repeat_count * 10 > walk->reading->sheet->records;
  for (size_t i = 0; i < walk->repeat_count; i++) {
    const struct repeat *repeat = &walk->repeats[i];
    if (!names_nothing) walk->reading->ledger->records[repeat->record].wrong = true;
    ledger_error_add(walk->reading, repeat->row, column ? column->column : 0, column, "duplicate_number", names_nothing,
                     label_print(walk->reading->arena, "编号“%s”与第 %u 行重复，同一张表里编号只能出现一次",
                                 "number \"%s\" stands in row %u already. A number may stand once in a sheet", repeat->no, repeat->before));
  }
  if (names_nothing) walk->sequence = true;
}

static void number_set(struct walk *walk, const struct sheet_cell *cell) {
  struct ledger_record *record = walk->record;
  record->no = text_for(walk, cell);
  if (!record->no) return;
  int64_t key = map_key(ledger_plain(walk->reading->scratch, record->no)), before = map_get(&walk->numbers, key), number;
  if (!text_to_integer(record->no, &number) || record->no[0] == '0' || number > 100000) walk->sequence = false;
  if (before != NOTHING && before != record->row) repeat_keep(walk, (uint32_t)before);
  else map_put(&walk->numbers, key, record->row);
}

/* A word that is no name is noted; unless somebody said what it means, it is an error of its cell. */
static void word_told(struct walk *walk, const struct ledger_column *column, const struct unit_named *named, const char *code,
                      const struct label *what) {
  struct ledger *ledger = walk->reading->ledger;
  const struct ledger_word *word = ledger_word_note(walk->reading, named);
  size_t before = ledger->error_count;
  if (named->verdict == UNIT_TOLD) return;
  error_at(walk, walk->record->row, column, code, false, what ? *what : word->what);
  if (ledger->error_count > before) ledger->errors[before].word = word->text;
}

static void wrong_names(struct walk *walk, const struct ledger_column *column, const struct unit_named *named) {
  if (named->verdict != UNIT_FOUND)
    word_told(walk, column, named, named->verdict == UNIT_AMBIGUOUS ? "unit_ambiguous" : "unit_unknown", NULL);
}

/* Few lists differ: each is taken apart once a sheet. */
static const struct units_read *units_of(struct walk *walk, const char *text) {
  int64_t key = map_key(text), at = map_get(&walk->units, key);
  if (at != NOTHING && strcmp(walk->units_text[at], text) == 0) return &walk->units_kept[at];
  if (walk->units_count == walk->units_room) {
    walk->units_room = walk->units_room ? 2 * walk->units_room : 64;
    walk->units_kept = heap_resized(walk->units_kept, walk->units_room, sizeof *walk->units_kept);
    walk->units_text = heap_resized(walk->units_text, walk->units_room, sizeof *walk->units_text);
  }
  walk->units_kept[walk->units_count] = ledger_units(walk->reading->options->units, walk->reading->arena, walk->reading->scratch, text);
  walk->units_text[walk->units_count] = arena_text(walk->reading->arena, text);
  map_put(&walk->units, key, (int64_t)walk->units_count);
  return &walk->units_kept[walk->units_count++];
}

static void joint_add(struct walk *walk, const struct unit_named *named) {
  struct ledger_record *record = walk->record;
  for (size_t i = 0; i < record->joint_count; i++)
    if (strcmp(record->joint[i].text, named->text) == 0) return;
  if (record->lead.text && strcmp(record->lead.text, named->text) == 0) return;
  struct unit_named *wider = ARENA_ARRAY(walk->reading->arena, struct unit_named, record->joint_count + 1);
  if (record->joint_count) memcpy(wider, record->joint, record->joint_count * sizeof *wider);
  wider[record->joint_count] = *named;
  record->joint = wider;
  record->joint_count++;
}

/* The one that is said to lead, else the first that is not said to join; the others join. */
static void lead_set(struct walk *walk, const struct ledger_column *column, const char *text) {
  const struct units_read *units = text ? units_of(walk, text) : &(struct units_read){0};
  size_t lead = units->count;
  for (size_t i = 0; i < units->count && lead == units->count; i++)
    if (units->items[i].lead) lead = i;
  for (size_t i = 0; i < units->count && lead == units->count; i++)
    if (!units->items[i].joint) lead = i;
  if (lead < units->count) walk->record->lead = units->items[lead];
  for (size_t i = 0; i < units->count; i++) {
    wrong_names(walk, column, &units->items[i]);
    if (i != lead) joint_add(walk, &units->items[i]);
  }
  if (lead == units->count)
    error_at(walk, walk->record->row, column, "unit_missing", false,
             (struct label){"没有写责任单位，请填牵头单位", "no unit is named. Fill in the unit that leads"});
}

static void joint_set(struct walk *walk, const struct ledger_column *column, const char *text) {
  const struct units_read *units = text ? units_of(walk, text) : &(struct units_read){0};
  for (size_t i = 0; i < units->count; i++) {
    wrong_names(walk, column, &units->items[i]);
    joint_add(walk, &units->items[i]);
  }
}

/* What stands above the table, or names the sheet, is no unit's name, or two units': a person tells once which unit it is. */
static void lead_unsaid(struct walk *walk, const char *word, enum unit_verdict verdict, bool above) {
  struct ledger_reading *reading = walk->reading;
  struct unit_named named = {.text = word, .word = word, .verdict = verdict};
  struct label what = above
    ? label_print(reading->arena, "表头上方写的单位“%s”不在单位表里", "the unit \"%s\" above the table is not in the list of units", word)
    : label_print(reading->arena, "表里没有责任单位列，表名“%s”也不在单位表里，请指定单位",
                  "no column says which unit leads, and the sheet's name \"%s\" is not in the list of units. Name the unit", word);
  walk->record->lead = above ? named : (struct unit_named){0};
  if (verdict == UNIT_AMBIGUOUS) wrong_names(walk, NULL, &named);
  else word_told(walk, NULL, &named, above ? "unit_unknown" : "unit_missing", &what);
}

static void lead_nowhere(struct walk *walk) {
  const char *name = walk->reading->sheet->name;
  if (name && *name) lead_unsaid(walk, name, UNIT_UNKNOWN, false);
  else
    error_at(walk, walk->record->row, NULL, "unit_missing", false,
             (struct label){"表里没有责任单位列，表名和表头也没有写明单位，请指定单位",
                            "no column, line or sheet name says which unit leads. Name the unit"});
}

static void lead_found(struct walk *walk, const struct ledger_unit *unit, const char *word, enum unit_verdict verdict) {
  walk->record->lead = (struct unit_named){.text = unit->name, .word = word, .id = unit->id, .verdict = verdict};
  wrong_names(walk, NULL, &walk->record->lead);
}

/* No column says who leads: the line above the table, the sheet's name, or whose ledger it is. A line or a name that says a unit nobody
   knows is asked about: it never falls to whose ledger it is. */
static void lead_by_sheet(struct walk *walk) {
  struct ledger_reading *reading = walk->reading;
  const struct unit_book *book = reading->options->units;
  const char *above = reading->sheet->unit, *name = reading->sheet->name, *whose = reading->options->unit;
  enum unit_verdict verdict = UNIT_UNKNOWN;
  const struct ledger_unit *unit = NULL;
  if (!book && (above || whose)) {
    walk->record->lead = (struct unit_named){.text = above ? above : whose, .verdict = UNIT_FOUND};
    return;
  }
  if (above && *above) {
    unit = book ? unit_book_find(book, reading->scratch, above, &verdict) : NULL;
    if (unit) lead_found(walk, unit, above, verdict);
    else lead_unsaid(walk, above, verdict, true);
    return;
  }
  unit = book && name && *name ? unit_book_find(book, reading->scratch, name, &verdict) : NULL;
  if (unit) lead_found(walk, unit, name, verdict);
  else if (name && *name && (verdict == UNIT_AMBIGUOUS || (whose && *whose && ledger_names_unit(reading->scratch, name))))
    lead_unsaid(walk, name, verdict, false);
  else if (book && whose && *whose && (unit = unit_book_find(book, reading->scratch, whose, &verdict)))
    lead_found(walk, unit, whose, verdict);
  else lead_nowhere(walk);
}

static void due_set(struct walk *walk, const struct ledger_column *column, const struct sheet_cell *cell) {
  struct ledger_record *record = walk->record;
  if (!ledger_filled(cell) || cell->kind == CELL_ERROR || cell->kind == CELL_NO_VALUE) return;
  record->due_text = text_for(walk, cell);
  struct ledger_date date = ledger_date_of_cell(walk->reading->arena, cell, &walk->reading->dating);
  if (date.code) error_at(walk, record->row, column, date.code, false, date.what);
  record->due = date.date;
  record->due_how = date.how;
  record->year_inferred = date.year_inferred;
}

static void day_set(struct walk *walk, const struct ledger_column *column, const struct sheet_cell *cell, int64_t *day, const char **text) {
  const char *written = text_for(walk, cell);
  if (text) *text = written;
  if (!written || ledger_yes(written) == SAID_NO) return;
  struct ledger_date date = ledger_date_of_cell(walk->reading->arena, cell, &walk->reading->dating);
  if (date.code) error_at(walk, walk->record->row, column, date.code, true, date.what);
  *day = date.date;
}

static void amount_set(struct walk *walk, const struct ledger_column *column, const struct sheet_cell *cell, bool *given, double *wan) {
  double unit = walk->amount_unit;
  if (strstr(column->header, "亿元")) unit = 10000;
  else if (strstr(column->header, "万元")) unit = 1;
  else if (strstr(column->header, "千元")) unit = 0.1;
  else if (strstr(column->header, "（元）") || strstr(column->header, "(元)")) unit = 0.0001;
  if (!cell || cell->kind == CELL_ERROR || cell->kind == CELL_NO_VALUE) return;
  struct ledger_amount amount = ledger_amount(walk->reading->arena, cell, unit);
  if (amount.code) error_at(walk, walk->record->row, column, amount.code, false, amount.what);
  *given = amount.given;
  *wan = amount.wan;
}

static const char *public_reason(struct arena *arena, const char *text) {
  const char *open = strstr(text, "（"), *from = open ? open + 3 : strchr(text, '(');
  if (!from) return NULL;
  if (!open) from++;
  size_t size = strcspn(from, ")");
  const char *close = strstr(from, "）");
  if (close && (size_t)(close - from) < size) size = (size_t)(close - from);
  return size ? arena_copy(arena, from, size) : NULL;
}

static void words_set(struct walk *walk, const struct ledger_column *column, const char *text) {
  struct ledger_record *record = walk->record;
  bool understood = true;
  if (!text) return;
  switch (column->key) {
    case LEDGER_KIND: record->kind = ledger_kind(text), understood = record->kind != 0; break;
    case LEDGER_DONE:
      record->done_text = text;
      record->done = ledger_done(text, NULL);
      understood = record->done != DONE_UNSAID;
      /* a sentence tells of progress as well */
      if (text_length(text) > 12 && !ledger_column_of(walk, LEDGER_PROGRESS)) record->progress = text;
      break;
    case LEDGER_CLOSED: record->closed = ledger_yes(text), understood = record->closed != SAID_NOTHING; break;
    case LEDGER_LONG_TERM: record->long_term = ledger_yes(text); break;
    case LEDGER_PUBLIC:
      record->open = ledger_yes(text);
      record->public_reason = public_reason(walk->reading->arena, text);
      if (record->open == SAID_NOTHING) record->open = SAID_NO, record->public_reason = text;
      break;
    default: break;
  }
  if (!understood)
    error_at(walk, record->row, column, "word_unknown", true,
             label_print(walk->reading->arena, "“%s”看不懂，没有采用", "\"%s\" is not understood and was left out",
                         ledger_quoted(walk->reading->arena, text)));
}

static void other_add(struct walk *walk, const struct ledger_column *column, const char *text) {
  struct ledger_record *record = walk->record;
  const char *header = *column->full ? column->full : column->header;
  if (!text) return;
  if (!*header)
    header = arena_print(walk->reading->arena, "%s",
                         sheet_address(walk->reading->scratch, walk->reading->sheet->header_last, column->column));
  if (!record->others) record->others = ARENA_ARRAY(walk->reading->arena, struct ledger_other, walk->reading->sheet->column_count);
  record->others[record->other_count++] = (struct ledger_other){header, text};
}

static void value_set(struct walk *walk, const struct ledger_column *column, const struct sheet_cell *cell) {
  struct ledger_record *record = walk->record;
  const char *text = text_for(walk, cell);
  switch (column->key) {
    case LEDGER_NUMBER: number_set(walk, cell); break;
    case LEDGER_TITLE: record->title = text ? text_clean(walk->reading->arena, text, false) : NULL; break;
    case LEDGER_SOURCE: record->source = text; break;
    case LEDGER_CATEGORY: record->category = text; break;
    case LEDGER_DETAIL: record->detail = joined(walk, record->detail, text); break;
    case LEDGER_CAUSE: record->cause = text; break;
    case LEDGER_GOAL: record->goal = text; break;
    case LEDGER_LEADER: record->leader = text; break;
    case LEDGER_OWNER: record->owner = text; break;
    case LEDGER_PROGRESS: record->progress = text; break;
    case LEDGER_EVIDENCE: record->evidence = joined(walk, record->evidence, text); break;
    case LEDGER_REMARK: record->remark = joined(walk, record->remark, text); break;
    case LEDGER_LEAD: lead_set(walk, column, text); break;
    case LEDGER_JOINT: joint_set(walk, column, text); break;
    case LEDGER_DUE: due_set(walk, column, cell); break;
    case LEDGER_CLOSED_ON: day_set(walk, column, cell, &record->closed_on, &record->closed_on_text); break;
    case LEDGER_ADMITTED_ON: day_set(walk, column, cell, &record->admitted_on, NULL); break;
    case LEDGER_AMOUNT: amount_set(walk, column, cell, &record->has_amount, &record->amount_wan); break;
    case LEDGER_RECOVERED: amount_set(walk, column, cell, &record->has_recovered, &record->recovered_wan); break;
    case LEDGER_KIND: case LEDGER_DONE: case LEDGER_CLOSED: case LEDGER_LONG_TERM: case LEDGER_PUBLIC: words_set(walk, column, text); break;
    case LEDGER_OTHER: other_add(walk, column, text); break;
    default: break;
  }
}

/* ---- measures: of the record's own cell, then of every further row ---- */

static void measures_append(struct walk *walk, uint32_t row, const struct ledger_column *column, struct ledger_measures *more) {
  struct ledger_record *record = walk->record;
  if (!more->count) return;
  if (record->measure_count + more->count > LEDGER_MEASURES_MOST) {
    more->count = LEDGER_MEASURES_MOST - record->measure_count;
    error_at(walk, row, column, "measures_many", false,
             label_print(walk->reading->arena, "一个问题的措施超过 %d 条，请拆成几个问题",
                         "a problem with more than %d measures. Make several problems of it", LEDGER_MEASURES_MOST));
  }
  struct ledger_measure *wider = ARENA_ARRAY(walk->reading->arena, struct ledger_measure, record->measure_count + more->count);
  if (record->measure_count) memcpy(wider, record->measures, record->measure_count * sizeof *wider);
  memcpy(wider + record->measure_count, more->items, more->count * sizeof *wider);
  record->measures = wider;
  record->measure_count += more->count;
}

/* As export_ledger.c writes one: "2.words（2026-08-31）；", on a line of its own. */
static struct ledger_measure own_measure(struct arena *arena, const char *from, size_t size) {
  struct ledger_measure measure = {.due = NOTHING};
  size_t number = strspn(from, "0123456789"), day = strlen("（2026-08-31）"), mark = strlen("；");
  if (number && number < size && from[number] == '.') from += number + 1, size -= number + 1;
  if (size > mark && strncmp(from + size - mark, "；", mark) == 0) size -= mark;
  if (size > day && strncmp(from + size - day, "（", 3) == 0) {
    const char *due = arena_copy(arena, from + size - day + 3, 10);
    if (date_parse(due, &measure.due)) measure.due_text = due, measure.how = DATE_EXACT, size -= day;
  }
  measure.text = text_clean(arena, arena_copy(arena, from, size), false);
  return measure;
}

/* Our own export says where one ends, whatever its words look like: one to a line, or one to a row. */
static struct ledger_measures measures_of(struct walk *walk, const char *text, bool one_each) {
  struct arena *arena = walk->reading->arena;
  struct ledger_measures measures = {0};
  if (!walk->reading->ledger->journal) return ledger_measures(arena, text, &walk->reading->dating);
  size_t most = 1;
  for (const char *at = text; *at; at++) most += *at == '\n';
  measures.items = ARENA_ARRAY(arena, struct ledger_measure, most <= LEDGER_MEASURES_MOST ? most : LEDGER_MEASURES_MOST + 1);
  while (*text && measures.count <= LEDGER_MEASURES_MOST) {
    size_t size = one_each ? strlen(text) : strcspn(text, "\n");
    struct ledger_measure measure = one_each ? (struct ledger_measure){.text = text_clean(arena, text, false), .due = NOTHING}
                                             : own_measure(arena, text, size);
    if (*measure.text) measures.items[measures.count++] = measure;
    text += size + (text[size] == '\n');
  }
  return measures;
}

static void measures_take(struct walk *walk, uint32_t row, bool own_only) {
  const struct ledger_column *column = ledger_column_of(walk, LEDGER_MEASURES), *due = ledger_column_of(walk, LEDGER_MEASURE_DUE);
  if (!due && own_only) due = ledger_column_of(walk, LEDGER_DUE); /* a further row's date is its measure's */
  const struct sheet_cell *cell = column ? (own_only ? sheet_cell(walk->sheet, row, column->column) : cell_for(walk, row, column)) : NULL;
  const struct sheet_cell *day = due ? (own_only ? sheet_cell(walk->sheet, row, due->column) : cell_for(walk, row, due)) : NULL;
  const char *text = text_for(walk, cell);
  struct ledger_measures measures = text ? measures_of(walk, controls_off(walk->reading->arena, cell->text),
                                                       due && due->key == LEDGER_MEASURE_DUE)
                                         : (struct ledger_measures){0};
  const char *day_text = text_for(walk, day);
  if (day_text && measures.count) { /* one date beside the cell: of its last measure, or of all */
    struct ledger_date date = ledger_date_of_cell(walk->reading->arena, day, &walk->reading->dating);
    if (date.code) error_at(walk, row, due, date.code, false, date.what);
    for (size_t i = 0; i < measures.count; i++)
      if (!measures.items[i].due_text)
        measures.items[i].due_text = day_text, measures.items[i].due = date.date, measures.items[i].how = date.how;
  }
  measures_append(walk, row, column, &measures);
}

/* The column of our own export that says who may know of a problem: 内部 there is the choice of that name, no mark. */
static bool says_secrecy(const struct walk *walk, const struct ledger_column *column) {
  const struct label label = record_field(record_type(RECORD_PROBLEM), PROBLEM_SECRECY)->label;
  return walk->reading->ledger->journal > 0 && (strcmp(column->header, label.zh) == 0 || strcmp(column->header, label.en) == 0);
}

static void broken_cells(struct walk *walk, const struct sheet_row *row) {
  for (size_t i = 0; i < row->count; i++) {
    const struct sheet_cell *cell = &walk->sheet->cells[row->first + i];
    const struct ledger_column *column = NULL;
    struct arena *arena = walk->reading->arena;
    const char *mark;
    for (size_t k = 0; k < walk->reading->sheet->column_count && !column; k++)
      if (walk->reading->sheet->columns[k].column == cell->column) column = &walk->reading->sheet->columns[k];
    if (!column) continue;
    if (cell->kind == CELL_ERROR)
      error_at(walk, row->number, column, "cell_error", false,
               label_print(arena, "单元格是错误值 %s，请改正公式或直接填写",
                           "the cell holds the error %s. Correct the formula or fill the value in", ledger_quoted(arena, cell->text)));
    else if (cell->kind == CELL_NO_VALUE)
      error_at(walk, row->number, column, "formula_without_value", false,
               (struct label){"公式没有存下结果，请在表格软件里打开、保存后再上传，或直接填写",
                              "the formula's result was not saved. Open and save the file in a spreadsheet, or fill the value in"});
    else if (cell->kind == CELL_TEXT && ledger_secret(cell->text, &mark) && !says_secrecy(walk, column))
      error_at(walk, row->number, column, "secrecy_mark", false,
               label_print(arena, "标有“%s”：涉密内容不能录入本系统，请按离线涉密占位登记",
                           "marked \"%s\": secret contents must not be entered here. Register an off-line placeholder", mark));
  }
}

/* ---- what only the whole record tells ---- */

static void due_finish(struct walk *walk) {
  struct ledger_record *record = walk->record;
  const struct ledger_column *column = ledger_column_of(walk, LEDGER_DUE);
  const struct sheet_cell *cell = column ? walk->above[column - walk->reading->sheet->columns] : NULL;
  int64_t latest = NOTHING;
  bool said = false;
  for (size_t i = 0; i < record->measure_count; i++) {
    said |= record->measures[i].due_text != NULL;
    if (record->measures[i].due != NOTHING && (latest == NOTHING || record->measures[i].due > latest)) latest = record->measures[i].due;
  }
  if (record->due_text || ledger_filled(cell)) return;
  bool ours = walk->reading->ledger->journal > 0; /* our own export: it says what stands here, and a missing date is worth a hint alone */
  if (latest != NOTHING && !ours) record->due = latest, record->due_how = DATE_LAST_OF_SEVERAL;
  if (!column || said || record->kind == KIND_AT_ONCE || record->kind == KIND_LONG_TERM) return;
  error_at(walk, record->row, column, "due_missing", ours,
           (struct label){"没有写时限；即知即改和长期整改以外的问题都要有时限",
                          "no date. Problems other than at-once and long-term ones need one"});
}

static void contradictions(struct walk *walk) {
  struct ledger_record *record = walk->record;
  bool negated = false;
  if (record->done_text) ledger_done(record->done_text, &negated);
  if (record->closed != SAID_YES || record->done != DONE_NOT) return;
  error_at(walk, record->row, ledger_column_of(walk, LEDGER_CLOSED), "contradiction", !negated,
           label_print(walk->reading->arena, "销号为“是”，完成情况却是“%s”，请核对",
                       "it is said to be closed, yet its completion reads \"%s\". Check which is right",
                       ledger_quoted(walk->reading->arena, record->done_text)));
}

void ledger_record_finish(struct walk *walk) {
  struct ledger_record *record = walk->record;
  if (!record) return;
  due_finish(walk);
  contradictions(walk);
  if (!record->title)
    error_at(walk, record->row, ledger_column_of(walk, LEDGER_TITLE), "title_missing", false,
             (struct label){"没有写问题", "the problem is not named"});
  walk->record = NULL;
}

static void record_begin(struct walk *walk, const struct sheet_row *row) {
  struct ledger *ledger = walk->reading->ledger;
  HEAP_ROOM(ledger->records, ledger->record_count, ledger->record_room, 256);
  walk->record = &ledger->records[ledger->record_count++];
  *walk->record = (struct ledger_record){.sheet = walk->sheet->name,
                                         .row = row->number,
                                         .due = NOTHING,
                                         .closed_on = NOTHING,
                                         .admitted_on = NOTHING,
                                         .category = walk->section};
  walk->reading->sheet->records++;
}

void ledger_record_read(struct walk *walk, const struct sheet_row *row) {
  const struct ledger_sheet *sheet = walk->reading->sheet;
  ledger_record_finish(walk);
  record_begin(walk, row);
  for (size_t i = 0; i < sheet->column_count; i++) {
    const struct ledger_column *column = &sheet->columns[i];
    if (column->key == LEDGER_MEASURES || column->key == LEDGER_MEASURE_DUE) continue;
    value_set(walk, column, cell_for(walk, row->number, column));
  }
  if (!ledger_column_of(walk, LEDGER_LEAD)) lead_by_sheet(walk);
  measures_take(walk, row->number, false);
  broken_cells(walk, row);
}

void ledger_record_goes_on(struct walk *walk, const struct sheet_row *row) {
  measures_take(walk, row->number, true);
  broken_cells(walk, row);
}
