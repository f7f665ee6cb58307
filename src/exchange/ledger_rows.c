/* Rows of a ledger's sheet: which of them are records, which go on with one, which are sections (they give the category), sums, signatures,
   nil returns. What a record's cells say is ledger_record.c. */
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "exchange/ledger_walk.h"

/* ---- rows that are no records ---- */

static bool begins_with(const char *plain, const char *const *words) {
  for (; *words; words++)
    if (strncmp(plain, *words, strlen(*words)) == 0) return true;
  return false;
}

static int64_t journal_of(const char *plain) {
  static const char *const MARKS[] = {"日志号", "journalno", "journalnumber", "journal"};
  for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++) {
    const char *at = strstr(plain, MARKS[i]);
    if (!at) continue;
    at += strlen(MARKS[i]);
    while (*at == ':' || *at == '.' || *at == '=') at++;
    if (*at >= '0' && *at <= '9') return strtoll(at, NULL, 10);
  }
  return 0;
}

void ledger_journal_look(struct ledger_reading *reading, const struct sheet *sheet) {
  for (size_t i = 0; i < sheet->row_count && i < 3 && !reading->ledger->journal; i++)
    for (size_t k = 0; k < sheet->rows[i].count && k < 8; k++) {
      const struct sheet_cell *cell = &sheet->cells[sheet->rows[i].first + k];
      if (cell->kind == CELL_TEXT && strlen(cell->text) <= 2000)
        reading->ledger->journal = journal_of(ledger_plain(reading->scratch, cell->text));
    }
}

/* Lines outside the table: the journal number of our own exports, marks of secrecy. */
static void line_look(struct ledger_reading *reading, const struct sheet *sheet, const struct sheet_row *row) {
  for (size_t i = 0; i < row->count && i < 64; i++) {
    const struct sheet_cell *cell = &sheet->cells[row->first + i];
    const char *mark;
    if (cell->kind != CELL_TEXT || strlen(cell->text) > 2000) continue;
    int64_t journal = journal_of(ledger_plain(reading->scratch, cell->text));
    if (journal) reading->ledger->journal = journal;
    if (ledger_secret(cell->text, &mark))
      ledger_error_add(reading, cell->row, cell->column, NULL, "secrecy_mark", false,
                       label_print(reading->arena, "标有“%s”：涉密内容不能录入本系统，请按离线涉密占位登记",
                                   "marked \"%s\": secret contents must not be entered here. Register an off-line placeholder", mark));
  }
}

struct row_look {
  size_t filled;
  const struct sheet_cell *first;
  const char *first_plain;
  bool number, title, measures, due;
  uint32_t span;
};

static struct row_look look(const struct walk *walk, const struct sheet_row *row) {
  struct row_look looked = {0};
  for (size_t i = 0; i < row->count; i++) {
    const struct sheet_cell *cell = &walk->sheet->cells[row->first + i];
    if (!ledger_filled(cell)) continue;
    if (!looked.filled++) looked.first = cell;
    for (size_t k = 0; k < walk->reading->sheet->column_count; k++) {
      const struct ledger_column *column = &walk->reading->sheet->columns[k];
      if (column->column != cell->column) continue;
      looked.number |= column->key == LEDGER_NUMBER;
      looked.title |= column->key == LEDGER_TITLE;
      looked.measures |= column->key == LEDGER_MEASURES || column->key == LEDGER_MEASURE_DUE;
      looked.due |= column->key == LEDGER_DUE;
    }
  }
  if (!looked.first) return looked;
  looked.first_plain = ledger_plain(walk->reading->scratch, looked.first->text);
  const struct sheet_area *area = sheet_area(walk->sheet, looked.first->row, looked.first->column);
  looked.span = area ? area->right - area->left + 1 : 1;
  return looked;
}

static bool is_sum(const struct walk *walk, const struct row_look *looked) {
  static const char *const SUMS[] = {"合计", "小计", "总计",  "共计",     "累计",       "本页合计", "本页小计",
                                     "总数", "汇总", "total", "subtotal", "grandtotal", "sum",      NULL};
  const struct ledger_column *title = ledger_column_of(walk, LEDGER_TITLE);
  if (!begins_with(looked->first_plain, SUMS)) return false;
  return text_length(looked->first_plain) <= 12 || !title || looked->first->column != title->column;
}

static bool is_signature(const struct row_look *looked) {
  static const char *const SIGNED[] = {"填表人",     "填报人",     "填表单位",  "填报单位",   "填表日期", "填报日期", "填表时间",
                                       "制表",       "制单",       "审核",      "复核",       "审签",     "联系人",   "联系电话",
                                       "单位负责人", "主要负责人", "负责人签",  "分管领导签", "单位主要", "签字",     "签名",
                                       "盖章",       "(盖章)",     "日期:",     "注:",        "注1",      "注释",     "说明:",
                                       "备注:",      "填表说明",   "填报说明",  "备注说明",   "截至",     "截止",     "报送",
                                       "preparedby", "reviewedby", "signature", "signed",     "note:",    "notes:",   "approvedby",
                                       "date:",      "本表",       "打印",      "第1页",      "*",        "※",        NULL};
  return begins_with(looked->first_plain, SIGNED) && !looked->measures && !looked->due && looked->filled <= 8;
}

static bool is_nil(const char *plain) {
  static const char *const NIL[] = {"无",
                                    "本单位无",
                                    "无问题",
                                    "无此类问题",
                                    "没有",
                                    "零报告",
                                    "暂无",
                                    "无相关问题",
                                    "本单位无相关问题",
                                    "本单位无此类问题",
                                    "本期无",
                                    "本月无",
                                    "nil",
                                    "none",
                                    "noissues",
                                    "nilreturn",
                                    "nothingtoreport",
                                    "/",
                                    "无。",
                                    "本单位未发现问题",
                                    "未发现问题",
                                    NULL};
  for (size_t i = 0; NIL[i]; i++)
    if (strcmp(plain, NIL[i]) == 0) return true;
  return false;
}

/* 一、城市管理方面（共4个） → 城市管理方面 */
static const char *section_name(struct arena *arena, const char *text) {
  static const char *const FRONTS[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百", "第", "部分",        "类",
                                       "(",  ")",  "（", "）", "、", ".",  "．", ",",  "，", " ",  "：", ":",  "\xE3\x80\x80"};
  const char *from = text_clean(arena, text, false), *start = from, *mark = NULL;
  for (const char *look = from; *look && look - from < 24; ) { /* the numeral ends in a mark */
    bool front = *look >= '0' && *look <= '9';
    size_t step = 1;
    for (size_t i = 0; i < sizeof FRONTS / sizeof *FRONTS && !front; i++)
      if (strncmp(look, FRONTS[i], strlen(FRONTS[i])) == 0) front = true, step = strlen(FRONTS[i]);
    if (!front) break;
    look += step;
    char last = look[-1];
    if (last == '.' || last == ')' || last == ' ' || last == ':' || last == ',' || strncmp(look - step, "、", 3) == 0 ||
        strncmp(look - step, "）", 3) == 0 || strncmp(look - step, "．", 3) == 0 || strncmp(look - step, "，", 3) == 0 ||
        strncmp(look - step, "：", 3) == 0 || strncmp(look - step, "\xE3\x80\x80", 3) == 0)
      mark = look;
  }
  if (mark) start = mark;
  char *name = arena_text(arena, start);
  size_t size = strlen(name);
  const char *open = strstr(name, "（");
  if (!open) open = strchr(name, '(');
  if (open && open > name && (name[size - 1] == ')' || (size > 3 && strcmp(name + size - 3, "）") == 0))) name[open - name] = 0;
  return text_clean(arena, name, false);
}

static bool numbered_section(const char *plain) {
  static const char *const NUMERALS[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};
  const char *at = plain;
  if (strncmp(at, "第", 3) == 0) at += 3;
  if (*at == '(') at++;
  const char *from = at;
  for (bool more = true; more;) {
    more = false;
    for (size_t i = 0; i < 10 && !more; i++)
      if (strncmp(at, NUMERALS[i], 3) == 0) at += 3, more = true;
  }
  return at > from && (strncmp(at, "、", 3) == 0 || *at == ')' || *at == '.' || *at == ',' || strncmp(at, "部分", 6) == 0 ||
                       strncmp(at, "类", 3) == 0 || *at == ':');
}

static bool repeats_header(const struct walk *walk, const struct sheet_row *row, const struct row_look *looked) {
  size_t same = 0;
  for (size_t i = 0; i < row->count; i++) {
    const struct sheet_cell *cell = &walk->sheet->cells[row->first + i];
    for (size_t k = 0; k < walk->reading->sheet->column_count && cell->kind == CELL_TEXT; k++)
      if (walk->reading->sheet->columns[k].column == cell->column &&
          strcmp(ledger_plain(walk->reading->scratch, cell->text),
                 ledger_plain(walk->reading->scratch, walk->reading->sheet->columns[k].header)) == 0)
        same++;
  }
  return same && same * 2 >= looked->filled;
}

/* The line "1 2 3 4 …" or "甲 乙 丙" under a header, which names the columns. */
static bool names_columns(const struct walk *walk, const struct sheet_row *row) {
  size_t matching = 0;
  if (row->number != walk->reading->sheet->header_last + 1 || row->count < 4) return false;
  for (size_t i = 0; i < row->count; i++) {
    int64_t number;
    if (text_to_integer(walk->sheet->cells[row->first + i].text, &number) && number == (int64_t)i + 1) matching++;
  }
  return matching == row->count;
}

enum row_kind { ROW_RECORD, ROW_GOES_ON, ROW_SECTION, ROW_NIL, ROW_PASSED };

/* No number and no problem of its own, while the problem's cell reaches down into this row, or something is told of measures only. */
static bool goes_on(const struct walk *walk, const struct sheet_row *row, const struct row_look *looked) {
  const struct ledger_column *title = ledger_column_of(walk, LEDGER_TITLE), *lead = ledger_column_of(walk, LEDGER_LEAD);
  if (!walk->record || looked->number || looked->title || !title) return false;
  const struct sheet_area *area = sheet_area(walk->sheet, row->number, title->column);
  if (area && area->top < row->number && area->top >= walk->record->row) return true;
  bool own_lead = lead && ledger_filled(sheet_cell(walk->sheet, row->number, lead->column));
  return looked->measures && !own_lead && ledger_column_of(walk, LEDGER_NUMBER);
}

static enum row_kind row_kind(const struct walk *walk, const struct sheet_row *row, struct row_look *looked) {
  *looked = look(walk, row);
  if (!looked->filled || names_columns(walk, row)) return ROW_PASSED;
  if (goes_on(walk, row, looked)) return ROW_GOES_ON;
  if (is_sum(walk, looked) || is_signature(looked) || repeats_header(walk, row, looked)) return ROW_PASSED;
  if (looked->filled == 1 || (looked->span >= 3 && looked->filled <= 2)) {
    if (is_nil(looked->first_plain)) return ROW_NIL;
    if (numbered_section(looked->first_plain)) return ROW_SECTION;
    bool wide = looked->span >= 3 && looked->span * 2 >= walk->reading->sheet->column_count;
    if (wide && text_length(looked->first_plain) <= 40 && !strchr(looked->first_plain, ':')) return ROW_SECTION;
    if (!looked->number || looked->first->kind == CELL_TEXT || looked->filled == 1) return ROW_PASSED;
  }
  if (is_nil(looked->first_plain) && looked->filled <= 2 && !looked->measures) return ROW_NIL;
  if (numbered_section(looked->first_plain) && !looked->title && !looked->measures && looked->filled <= 3) return ROW_SECTION;
  return ROW_RECORD;
}

/* ---- the sheet ---- */

static void row_take(struct walk *walk, const struct sheet_row *row) {
  struct row_look looked;
  switch (row_kind(walk, row, &looked)) {
    case ROW_RECORD: ledger_record_read(walk, row); break;
    case ROW_GOES_ON: ledger_record_goes_on(walk, row); break;
    case ROW_SECTION:
      ledger_record_finish(walk);
      walk->section = section_name(walk->reading->arena, looked.first->text);
      if (walk->sequence) map_free(&walk->numbers); /* numbers may begin anew in each section */
      line_look(walk->reading, walk->sheet, row);
      break;
    case ROW_NIL:
      ledger_record_finish(walk);
      walk->reading->sheet->nil = text_clean(walk->reading->arena, looked.first->text, false);
      break;
    case ROW_PASSED:
      ledger_record_finish(walk);
      line_look(walk->reading, walk->sheet, row);
      break;
  }
}

/* "金额单位：元" above the table */
static double amount_unit(struct ledger_reading *reading, const struct sheet *sheet) {
  for (size_t i = 0; i < sheet->row_count && sheet->rows[i].number < reading->sheet->header_first; i++)
    for (size_t k = 0; k < sheet->rows[i].count; k++) {
      const char *plain = ledger_plain(reading->scratch, sheet->cells[sheet->rows[i].first + k].text), *at = strstr(plain, "单位:");
      if (!at) continue;
      at += strlen("单位:");
      if (strncmp(at, "亿元", 6) == 0) return 10000;
      if (strncmp(at, "千元", 6) == 0) return 0.1;
      if (strncmp(at, "元", 3) == 0) return 0.0001;
    }
  return 1;
}

void ledger_rows_read(struct ledger_reading *reading, const struct sheet *sheet) {
  struct walk walk = {.reading = reading, .sheet = sheet, .sequence = true};
  walk.above = heap_zeroed(reading->sheet->column_count + 1, sizeof *walk.above);
  walk.amount_unit = amount_unit(reading, sheet);
  for (size_t i = 0; i < sheet->row_count && reading->texts <= LEDGER_TEXTS_MOST; i++) {
    if (sheet->rows[i].number > reading->sheet->header_last) row_take(&walk, &sheet->rows[i]);
    else if (sheet->rows[i].number < reading->sheet->header_first) line_look(reading, sheet, &sheet->rows[i]);
    arena_reset(reading->scratch);
  }
  ledger_record_finish(&walk);
  ledger_repeats_tell(&walk);
  reading->sheet->sequence = walk.sequence;
  free(walk.repeats);
  free(walk.above);
  free(walk.units_kept);
  free(walk.units_text);
  map_free(&walk.units);
  map_free(&walk.numbers);
}
