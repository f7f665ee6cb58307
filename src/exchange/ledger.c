/* A whole ledger: every sheet of the workbook, which are skipped and why, the year for dates that name none, flaws of the file itself. */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/room.h"
#include "exchange/ledger.h"
#include "records/codes.h"

#define ERRORS_KEPT 5000

void ledger_error_add(struct ledger_reading *reading, uint32_t row, uint32_t column, const struct ledger_column *of, const char *code,
                      bool hint, struct label what) {
  struct ledger *ledger = reading->ledger;
  if (hint) ledger->hints_found++;
  else ledger->errors_found++;
  if (ledger->error_count >= ERRORS_KEPT) return;
  ARENA_ROOM(reading->arena, ledger->errors, ledger->error_count, ledger->error_room, 32);
  ledger->errors[ledger->error_count++] = (struct ledger_error){
    .sheet = reading->workbook->sheets[reading->sheet_at].name, .row = row, .column = column, .header = of ? of->header : NULL, .code = code, .what = what, .hint = hint, .key = of ? of->key : LEDGER_OTHER};
}

/* ---- the year ---- */

static int year_above(const struct sheet *sheet, uint32_t header) {
  for (size_t i = 0; i < sheet->row_count && sheet->rows[i].number < header; i++)
    for (size_t k = 0; k < sheet->rows[i].count && k < 64; k++) {
      const struct sheet_cell *cell = &sheet->cells[sheet->rows[i].first + k];
      if (cell->kind == CELL_DATE && cell->date != NOTHING) return civil_from_date(cell->date).year;
      int year = cell->kind == CELL_TEXT && strlen(cell->text) < 600 ? ledger_year(cell->text) : 0;
      if (year) return year;
    }
  return ledger_year(sheet->name);
}

/* The year that dates in the cells themselves name most often. */
static int year_of_cells(const struct workbook *workbook) {
  unsigned counts[200] = {0}, best = 0;
  size_t looked = 0;
  for (size_t i = 0; i < workbook->count; i++)
    for (size_t k = 0; k < workbook->sheets[i].cell_count && looked < 4000; k++) {
      const struct sheet_cell *cell = &workbook->sheets[i].cells[k];
      int year = 0;
      if (cell->kind == CELL_DATE && cell->date != NOTHING) year = civil_from_date(cell->date).year;
      else if (cell->kind == CELL_TEXT && strlen(cell->text) < 60 && strstr(cell->text, "20")) year = (looked++, ledger_year(cell->text));
      if (year >= 1950 && year < 2150) counts[year - 1950]++;
    }
  for (unsigned i = 1; i < 200; i++)
    if (counts[i] >= counts[best]) best = i; /* of equals the later */
  return counts[best] ? 1950 + (int)best : 0;
}

static void year_find(struct ledger_reading *reading) {
  struct ledger *ledger = reading->ledger;
  for (size_t i = 0; i < reading->workbook->count && !ledger->year; i++)
    if (ledger->sheets[i].header_first && !reading->workbook->sheets[i].hidden)
      ledger->year = year_above(&reading->workbook->sheets[i], ledger->sheets[i].header_first);
  if (!ledger->year && reading->options->file_name) ledger->year = ledger_year(reading->options->file_name);
  if (!ledger->year) ledger->year = year_of_cells(reading->workbook);
  if (!ledger->year) {
    ledger->year = civil_from_date(reading->options->today).year;
    ledger->year_guessed = true;
  }
}

/* ---- whose sheet it is ---- */

/* 单位：万元 says in what the table counts. */
static bool counts_in(const char *unit) {
  static const char *const MEASURES[] = {"个", "件", "项", "人", "户", "套",   "处",     "台",     "吨",   "条",
                                         "家", "次", "起", "天", "%",  "人次", "人、件", "平方米", "公里", "米"};
  size_t size = strlen(unit);
  if (size >= 3 && size <= 12 && strcmp(unit + size - 3, "元") == 0) return true;
  for (size_t i = 0; i < sizeof MEASURES / sizeof *MEASURES; i++)
    if (strcmp(unit, MEASURES[i]) == 0) return true;
  return strncmp(unit, "元", 3) == 0;
}

/* 填报单位：市整改办（盖章） → 市整改办 */
static const char *unit_line(struct arena *arena, const struct sheet *sheet, uint32_t header) {
  static const char *const LINES[] = {"填报单位", "报送单位",       "整改单位", "被巡察单位", "被审计单位", "编报单位",
                                      "填表单位", "编制单位",       "上报单位", "单位名称",   "责任单位",   "牵头单位",
                                      "单位",     "Reporting unit", "Unit",     "unit",       "Department", "Agency"};
  for (size_t i = 0; i < sheet->row_count && sheet->rows[i].number < header; i++)
    for (size_t k = 0; k < sheet->rows[i].count; k++) {
      const char *text = text_clean(arena, sheet->cells[sheet->rows[i].first + k].text, false);
      for (size_t line = 0; line < sizeof LINES / sizeof *LINES; line++) {
        size_t length = strlen(LINES[line]);
        if (strncmp(text, LINES[line], length) != 0) continue;
        const char *from = text + length + strspn(text + length, " ");
        if (strncmp(from, "（盖章）", strlen("（盖章）")) == 0) from += strlen("（盖章）");
        else if (strncmp(from, "(盖章)", strlen("(盖章)")) == 0) from += strlen("(盖章)");
        if (*from == ':') from++;
        else if (strncmp(from, "：", 3) == 0) from += 3;
        else continue;
        char *unit = text_clean(arena, from, false), *bracket = strstr(unit, "（盖");
        if (!bracket) bracket = strstr(unit, "(盖");
        if (!bracket) bracket = strstr(unit, "（公");
        if (bracket) *bracket = 0;
        char *gap = strstr(unit, "  ");
        if (gap) *gap = 0;
        unit = text_clean(arena, unit, false);
        if (!*unit || counts_in(unit)) continue;
        return unit;
      }
    }
  return NULL;
}

/* ---- sheets ---- */

static bool has_key(const struct ledger_sheet *sheet, enum ledger_key key) {
  for (size_t i = 0; i < sheet->column_count; i++)
    if (sheet->columns[i].key == key) return true;
  return false;
}

static const char *skip_reason(struct ledger_reading *reading, const struct sheet *sheet, struct ledger_sheet *into) {
  if (sheet->absent) return "absent";
  if (!sheet->cell_count) return "empty";
  ledger_journal_look(reading, sheet);
  if (!ledger_header_find(reading, sheet, into)) return "no_header";
  if (!has_key(into, LEDGER_TITLE)) return "no_titles";
  return sheet->hidden ? "hidden" : NULL;
}

static void sheet_absent(struct ledger_reading *reading, const struct ledger_sheet *into) {
  ledger_error_add(reading, 0, 0, NULL, "sheet_missing", false,
                   label_print(reading->arena, "文件里列有工作表“%s”，却没有它的内容；文件可能已损坏",
                               "the file lists the sheet \"%s\" but does not hold it. It may be damaged", into->name));
}

/* Hidden sheets are told and left out: what nobody sees nobody checks. */
static void sheet_hidden(struct ledger_reading *reading, const struct sheet *sheet, struct ledger_sheet *into) {
  struct ledger *ledger = reading->ledger, kept = *ledger;
  struct ledger silent = {.year = ledger->year};
  reading->ledger = &silent;
  reading->sheet = into;
  ledger_rows_read(reading, sheet);
  reading->ledger = ledger;
  *ledger = kept;
  free(silent.records);
  size_t rows = into->records;
  into->records = 0;
  if (rows) ledger_error_add(reading, 0, 0, NULL, "sheet_hidden", false, label_print(reading->arena, "隐藏的工作表“%s”有 %zu 行数据，没有导入；需要导入请先取消隐藏", "the hidden sheet \"%s\" has %zu rows of data. They were not imported; show the sheet first if they should be", into->name, rows));
}

static void sheet_read(struct ledger_reading *reading, size_t at) {
  const struct sheet *sheet = &reading->workbook->sheets[at];
  struct ledger_sheet *into = &reading->ledger->sheets[at];
  reading->sheet_at = at;
  reading->sheet = into;
  int year = into->header_first ? year_above(sheet, into->header_first) : 0;
  reading->dating = (struct ledger_dating){.year = year ? year : reading->ledger->year,
                                           .date1904 = reading->workbook->date1904,
                                           .year_guessed = !year && reading->ledger->year_guessed};
  if (into->skipped && strcmp(into->skipped, "absent") == 0) sheet_absent(reading, into);
  else if (into->skipped && strcmp(into->skipped, "hidden") == 0) sheet_hidden(reading, sheet, into);
  if (into->skipped) return;
  into->unit = unit_line(reading->arena, sheet, into->header_first);
  for (size_t i = 0; i < into->column_count; i++) reading->ledger->present[into->columns[i].key] = true;
  ledger_rows_read(reading, sheet);
  if (into->nil && !into->records) into->skipped = NULL;
}

static void flaws_tell(struct ledger_reading *reading) {
  for (size_t i = 0; i < reading->workbook->flaw_count; i++) {
    const struct sheet_flaw *flaw = &reading->workbook->flaws[i];
    const struct ledger_sheet *sheet = &reading->ledger->sheets[flaw->sheet];
    const struct ledger_column *column = NULL;
    if (sheet->skipped) continue;
    for (size_t k = 0; k < sheet->column_count; k++)
      if (sheet->columns[k].column == flaw->column) column = &sheet->columns[k];
    reading->sheet_at = flaw->sheet;
    ledger_error_add(reading, flaw->row, flaw->column, column, flaw->code, flaw->hint, flaw->sentence);
  }
}

static bool records_none(const struct ledger *ledger) {
  for (size_t i = 0; i < ledger->sheet_count; i++)
    if (!ledger->sheets[i].skipped || strcmp(ledger->sheets[i].skipped, "hidden") == 0) return false;
  return true;
}

static int error_order(const void *one, const void *other) {
  const struct ledger_error *a = one, *b = other;
  if (a->sheet != b->sheet) return 0;
  if (a->row != b->row) return a->row < b->row ? -1 : 1;
  return a->column < b->column ? -1 : a->column > b->column;
}

/* Within a sheet by place; the sort is stable, as sheets come in their own order. */
static void errors_sort(struct ledger *ledger) {
  for (size_t from = 0; from < ledger->error_count;) {
    size_t end = from + 1;
    while (end < ledger->error_count && ledger->errors[end].sheet == ledger->errors[from].sheet) end++;
    qsort(ledger->errors + from, end - from, sizeof *ledger->errors, error_order);
    from = end;
  }
}

static void records_keep(struct ledger_reading *reading) {
  struct ledger *ledger = reading->ledger;
  struct ledger_record *kept = ARENA_ARRAY(reading->arena, struct ledger_record, ledger->record_count + 1);
  if (ledger->record_count) memcpy(kept, ledger->records, ledger->record_count * sizeof *kept);
  free(ledger->records);
  ledger->records = kept;
}

struct ledger *ledger_look(struct arena *arena, const char *bytes, size_t size, const struct ledger_options *options,
                           struct sheet_refusal *refusal) {
  struct ledger_reading reading = {.arena = arena, .options = options};
  *refusal = (struct sheet_refusal){0};
  reading.workbook = workbook_read(arena, bytes, size, options->file_name, refusal);
  if (!reading.workbook) return NULL;
  struct ledger *ledger = reading.ledger = ARENA_NEW(arena, struct ledger);
  reading.scratch = arena_new();
  ledger->format = reading.workbook->format;
  ledger->date1904 = reading.workbook->date1904;
  ledger->encoding = reading.workbook->encoding;
  ledger->sheet_count = reading.workbook->count;
  ledger->sheets = ARENA_ARRAY(arena, struct ledger_sheet, ledger->sheet_count + 1);
  for (size_t i = 0; i < ledger->sheet_count; i++) {
    ledger->sheets[i].name = reading.workbook->sheets[i].name;
    ledger->sheets[i].skipped = skip_reason(&reading, &reading.workbook->sheets[i], &ledger->sheets[i]);
  }
  year_find(&reading);
  for (size_t i = 0; i < ledger->sheet_count; i++) sheet_read(&reading, i);
  flaws_tell(&reading);
  records_keep(&reading);
  errors_sort(ledger);
  workbook_free(reading.workbook);
  arena_free(reading.scratch);
  if (reading.texts > LEDGER_TEXTS_MOST) {
    *refusal = (struct sheet_refusal){"too_large", label_print(arena, "各行的文字合计超过 %zu MB（同一段文字用在很多单元格里也算），请分成几个文件", "the rows' texts come to more than %zu MB, one text in many cells counting in each. Split it into several files", LEDGER_TEXTS_MOST >> 20)};
    return NULL;
  }
  if (records_none(ledger))
    *refusal =
        (struct
         sheet_refusal){"no_ledger",
                        {"文件里没有找到台账：表头应有“问题”“整改措施”“责任单位”“整改时限”等列",
                         "no ledger was found in this file: its header should name columns such as 问题, 整改措施, 责任单位, 整改时限"}};
  return ledger;
}

struct ledger *ledger_read(struct arena *arena, const char *bytes, size_t size, const struct ledger_options *options,
                           struct sheet_refusal *refusal) {
  struct ledger *ledger = ledger_look(arena, bytes, size, options, refusal);
  return refusal->code ? NULL : ledger;
}

/* ---- as JSON ---- */

static void day_json(struct json *json, const char *name, int64_t day, struct arena *arena) {
  json_pair(json, name, day == NOTHING ? NULL : date_print(arena, day));
}

static void measures_json(struct json *json, const struct ledger_record *record, struct arena *arena) {
  json_key(json, "measures");
  json_open(json, '[');
  for (size_t i = 0; i < record->measure_count; i++) {
    json_open(json, '{');
    json_pair(json, "text", record->measures[i].text);
    json_pair(json, "due_text", record->measures[i].due_text);
    day_json(json, "due", record->measures[i].due, arena);
    json_close(json, '}');
  }
  json_close(json, ']');
}

static void yes_json(struct json *json, const char *name, enum ledger_yes said) {
  if (said == SAID_NOTHING) json_pair(json, name, NULL);
  else json_pair_yes_no(json, name, said == SAID_YES);
}

static void wan_json(struct json *json, const char *name, bool given, double wan, struct arena *arena) {
  json_key(json, name);
  if (given) json_raw(json, number_plain(arena, wan));
  else json_null(json);
}

static void others_json(struct json *json, const struct ledger_record *record) {
  if (!record->other_count) return;
  json_key(json, "other_columns");
  json_open(json, '{');
  for (size_t i = 0; i < record->other_count; i++) json_pair(json, record->others[i].header, record->others[i].text);
  json_close(json, '}');
}

static void record_json(struct json *json, const struct ledger *ledger, const struct ledger_record *record, struct arena *arena) {
  static const char *const KINDS[] = {NULL, "即知即改", "限期", "长期"}, *const DONES[] = {NULL, "未完成", "基本完成", "已完成"};
  json_open(json, '{');
  json_pair(json, "sheet", *record->sheet ? record->sheet : NULL);
  json_pair_integer(json, "row", record->row);
  json_pair(json, "no", record->no);
  json_pair(json, "title", record->title);
  json_pair(json, "category", record->category);
  json_pair(json, "cause", record->cause);
  json_pair(json, "goal", record->goal);
  measures_json(json, record, arena);
  json_pair(json, "lead_unit", record->lead.text);
  json_key(json, "joint_units");
  json_open(json, '[');
  for (size_t i = 0; i < record->joint_count; i++) json_text(json, record->joint[i].text);
  json_close(json, ']');
  json_pair(json, "leader", record->leader);
  json_pair(json, "owner", record->owner);
  json_pair(json, "kind", KINDS[record->kind]);
  json_pair(json, "due_text", record->due_text);
  day_json(json, "due", record->due, arena);
  json_pair(json, "progress", record->progress);
  json_pair(json, "done", DONES[record->done]);
  yes_json(json, "closed", record->closed);
  yes_json(json, "public", record->open);
  json_pair(json, "remark", record->remark);
  if (ledger->present[LEDGER_AMOUNT]) wan_json(json, "amount_wan", record->has_amount, record->amount_wan, arena);
  if (ledger->present[LEDGER_RECOVERED]) wan_json(json, "recovered_wan", record->has_recovered, record->recovered_wan, arena);
  if (record->detail) json_pair(json, "detail", record->detail);
  if (record->source) json_pair(json, "source", record->source);
  if (record->evidence) json_pair(json, "evidence", record->evidence);
  if (record->closed_on != NOTHING) day_json(json, "closed_on", record->closed_on, arena);
  if (record->due_how) json_pair(json, "due_how", date_how_label(record->due_how).en);
  others_json(json, record);
  json_close(json, '}');
}

static void error_json(struct json *json, const struct ledger_error *error, struct arena *arena) {
  char *address = error->column ? sheet_address(arena, 1, error->column) : NULL;
  if (address) address[strlen(address) - 1] = 0;
  json_open(json, '{');
  json_pair(json, "sheet", error->sheet && *error->sheet ? error->sheet : NULL);
  json_key(json, "row");
  if (error->row) json_integer(json, error->row);
  else json_null(json);
  json_pair(json, "column", address);
  json_pair(json, "header", error->header);
  json_pair(json, "code", error->code);
  json_pair(json, "why", error->what.zh);
  json_pair(json, "why_en", error->what.en);
  json_close(json, '}');
}

static void errors_json(struct json *json, const struct ledger *ledger, const char *name, bool hints, struct arena *arena) {
  json_key(json, name);
  json_open(json, '[');
  for (size_t i = 0; i < ledger->error_count; i++)
    if (ledger->errors[i].hint == hints) error_json(json, &ledger->errors[i], arena);
  json_close(json, ']');
}

static void refused_json(struct json *json, const struct sheet_refusal *refusal) {
  json_pair(json, "outcome", "refuse");
  json_key(json, "records");
  json_open(json, '[');
  json_close(json, ']');
  json_key(json, "errors");
  json_open(json, '[');
  json_open(json, '{');
  json_pair(json, "code", refusal->code);
  json_pair(json, "why", refusal->sentence.zh);
  json_pair(json, "why_en", refusal->sentence.en);
  json_close(json, '}');
  json_close(json, ']');
}

void ledger_json(struct buffer *out, const struct ledger *ledger, const char *file, const struct sheet_refusal *refusal) {
  struct json json = json_to(out);
  struct arena *arena = arena_new();
  json_open(&json, '{');
  json_pair(&json, "file", file);
  if (!ledger) refused_json(&json, refusal);
  else {
    json_pair(&json, "outcome", "import");
    json_pair_integer(&json, "year", ledger->year);
    json_pair_yes_no(&json, "date1904", ledger->date1904);
    json_pair_integer(&json, "count", (int64_t)ledger->record_count);
    json_key(&json, "sheets_skipped");
    json_open(&json, '[');
    for (size_t i = 0; i < ledger->sheet_count; i++)
      if (ledger->sheets[i].skipped) json_text(&json, ledger->sheets[i].name);
    json_close(&json, ']');
    json_key(&json, "records");
    json_open(&json, '[');
    for (size_t i = 0; i < ledger->record_count; i++) {
      record_json(&json, ledger, &ledger->records[i], arena);
      arena_reset(arena);
    }
    json_close(&json, ']');
    errors_json(&json, ledger, "errors", false, arena);
    errors_json(&json, ledger, "hints", true, arena);
  }
  json_close(&json, '}');
  arena_free(arena);
}
