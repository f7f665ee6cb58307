/* Printed tables. Rows leave memory as soon as the next one begins; merged areas are noted after their rows were written. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "exchange/table.h"

struct table {
  struct arena *arena; const char *path; const struct table_head *head;
  lxw_workbook *workbook; lxw_worksheet *sheet; lxw_format *cell, *date, *plain;
  lxw_row_t row; bool two_rows;
  size_t lines, spread; /* that the present row needs; rows over which its cells will be merged */
};

#define TEXT_MOST 32000
#define PAGE_WIDTH 1045.0  /* A4 landscape between its margins, in pixels of 1/96 inch */
#define SCALE_LEAST 0.6    /* 9 points become 5.4: smaller is not read on paper */
#define LINE_HEIGHT 12.0
#define HEIGHT_MOST 409.0  /* of a row, as spreadsheets have it */

static const char *say(const struct table *table, struct label label) { return label_in(label, table->head->language); }

static lxw_format *format_new(struct table *table, bool bold, bool border, bool centred) {
  lxw_format *format = workbook_add_format(table->workbook);
  format_set_text_wrap(format);
  format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
  format_set_font_size(format, 9);
  if (bold) format_set_bold(format);
  if (border) format_set_border(format, LXW_BORDER_THIN);
  if (centred) format_set_align(format, LXW_ALIGN_CENTER);
  return format;
}

/* Merged ranges of one cell are refused by spreadsheets: those are plain cells. */
static void across(struct table *table, lxw_row_t top, lxw_col_t left, lxw_row_t bottom, lxw_col_t right, const char *text,
                   lxw_format *format) {
  if (top == bottom && left == right) worksheet_write_string(table->sheet, top, left, text, format);
  else worksheet_merge_range(table->sheet, top, left, bottom, right, text, format);
}

static lxw_col_t last_column(const struct table *table) { return (lxw_col_t)(table->head->column_count - 1); }

static double width_of(const struct table_column *column) { return 7 * (column->width ? column->width : 12) + 5; }

/* How many pages lie side by side so that the writing stays readable; the leading columns are printed again on each. */
static uint16_t pages_across(const struct table_head *head) {
  double whole = 0, again = 0;
  for (size_t i = 0; i < head->column_count; i++)
    whole += width_of(&head->columns[i]), again += i < head->leading ? width_of(&head->columns[i]) : 0;
  uint16_t pages = 1;
  while (pages < 20 && (whole + (pages - 1) * again) / pages > PAGE_WIDTH / SCALE_LEAST) pages++;
  return pages;
}

/* 2026-11-28 12:26, without the parts of a second */
static const char *minute_print(struct arena *arena, int64_t moment) {
  const char *whole = moment_print(arena, moment);
  return arena_print(arena, "%.10s %.5s", whole, whole + 11);
}

static void titles_write(struct table *table) {
  const struct table_head *head = table->head;
  lxw_format *title = format_new(table, true, false, pages_across(head) == 1), *line = format_new(table, false, false, false);
  format_set_font_size(title, 16);
  worksheet_set_row(table->sheet, 0, 28, NULL);
  const char *called = say(table, head->title), *invented = head->language == LANGUAGE_EN ? " (demo data: invented)" : "（演示数据，均为虚构）";
  across(table, 0, 0, 0, last_column(table), head->demo ? arena_print(table->arena, "%s%s", called, invented) : called, title);
  const char *truth = arena_print(table->arena,
                                  head->language == LANGUAGE_EN ? "True at %s · definitions version %d · journal no. %lld · made by %s%s%s"
                                                                : "截止时刻：%s · 口径版本：%d · 日志号：%lld · 制表：%s%s%s",
                                  minute_print(table->arena, head->cut_off), head->definitions, (long long)head->journal, head->who,
                                  head->subtitle ? " · " : "", head->subtitle ? head->subtitle : "");
  if (head->subtitle) worksheet_set_row(table->sheet, 1, 44, NULL); /* merged cells do not grow by themselves */
  across(table, 1, 0, 1, last_column(table), truth, line);
  table->row = 2;
}

static size_t group_end(const struct table_head *head, size_t from) {
  size_t end = from + 1;
  while (end < head->column_count && head->columns[from].group.zh && head->columns[end].group.zh &&
         strcmp(head->columns[end].group.zh, head->columns[from].group.zh) == 0)
    end++;
  return end;
}

/* ---- heights: not every program makes a row as high as its words need, and merged cells never do ---- */

static size_t lines_of(const char *text, double width) {
  size_t lines = 1, bytes;
  double at = 0;
  while (*text) {
    double wide = (unsigned char)*text < 0x80 ? 6.5 : 12;
    if (*text == '\n' || at + wide > width - 5) lines++, at = 0;
    if (*text != '\n') at += wide;
    text_next(text, &bytes);
    text += bytes;
  }
  return lines;
}

static void height_set(struct table *table) {
  double height = (double)table->lines * LINE_HEIGHT + 4;
  if (table->lines > 1) worksheet_set_row(table->sheet, table->row, height < HEIGHT_MOST ? height : HEIGHT_MOST, NULL);
  table->lines = 1;
}

static size_t header_lines(const struct table_head *head, bool grouped) {
  size_t most = 1;
  for (size_t i = 0; i < head->column_count; i++) {
    size_t lines = (head->columns[i].group.zh != NULL) == grouped
                       ? lines_of(label_in(head->columns[i].header, head->language), width_of(&head->columns[i]))
                       : 1;
    if (lines > most) most = lines;
  }
  return most;
}

/* Groups over their columns. What lies in a row must be merged before the next one begins, what reaches down afterwards. */
static void groups_write(struct table *table, lxw_format *format) {
  const struct table_head *head = table->head;
  for (size_t i = 0; i < head->column_count;) {
    size_t end = head->columns[i].group.zh ? group_end(head, i) : i + 1;
    across(table, table->row, (lxw_col_t)i, table->row, (lxw_col_t)(end - 1),
           say(table, head->columns[i].group.zh ? head->columns[i].group : head->columns[i].header), format);
    i = end;
  }
}

static void header_write(struct table *table) {
  const struct table_head *head = table->head;
  lxw_format *format = format_new(table, true, true, true);
  format_set_bg_color(format, 0xE8EEF7);
  for (size_t i = 0; i < head->column_count; i++) {
    worksheet_set_column(table->sheet, (lxw_col_t)i, (lxw_col_t)i, head->columns[i].width ? head->columns[i].width : 12, NULL);
    table->two_rows |= head->columns[i].group.zh != NULL;
  }
  size_t alone = header_lines(head, false), below = header_lines(head, true);
  groups_write(table, format);
  table->lines = !table->two_rows ? alone : alone > below ? alone - below : 1;
  height_set(table);
  lxw_row_t first = table->row;
  if (table->two_rows) {
    table->row++;
    for (size_t i = 0; i < head->column_count; i++)
      worksheet_write_string(table->sheet, table->row, (lxw_col_t)i, head->columns[i].group.zh ? say(table, head->columns[i].header) : "",
                             format);
    table->lines = below;
    height_set(table);
  }
  for (size_t i = 0; table->two_rows && i < head->column_count; i++)
    if (!head->columns[i].group.zh) worksheet_merge_range(table->sheet, first, (lxw_col_t)i, table->row, (lxw_col_t)i, "", format);
  worksheet_repeat_rows(table->sheet, first, table->row);
  worksheet_freeze_panes(table->sheet, table->row + 1, 0);
}

static void page_set(struct table *table) {
  worksheet_set_landscape(table->sheet);
  worksheet_set_paper(table->sheet, 9); /* A4 */
  worksheet_fit_to_pages(table->sheet, pages_across(table->head), 0);
  worksheet_print_across(table->sheet);
  if (table->head->leading) worksheet_repeat_columns(table->sheet, 0, (lxw_col_t)(table->head->leading - 1));
  worksheet_set_margins(table->sheet, 0.4, 0.4, 0.5, 0.6);
  worksheet_set_footer(table->sheet, table->head->language == LANGUAGE_EN ? "&L&A&CPage &P of &N" : "&L&A&C第 &P 页，共 &N 页");
}

struct table *table_open(struct arena *arena, const char *path, const struct table_head *head) {
  struct table *table = ARENA_NEW(arena, struct table);
  lxw_workbook_options options = {.constant_memory = LXW_TRUE};
  *table = (struct table){.arena = arena, .path = path, .head = head, .lines = 1, .spread = 1};
  table->workbook = workbook_new_opt(path, &options);
  table->sheet = table->workbook ? workbook_add_worksheet(table->workbook, head->language == LANGUAGE_EN ? "Ledger" : "台账") : NULL;
  if (!table->sheet) return NULL;
  table->cell = format_new(table, false, true, false);
  table->date = format_new(table, false, true, false);
  table->plain = format_new(table, false, false, false);
  format_set_num_format(table->date, "yyyy-mm-dd");
  page_set(table);
  titles_write(table);
  header_write(table);
  return table;
}

void table_row(struct table *table) {
  height_set(table);
  table->row++;
}

void table_spread(struct table *table, size_t rows) { table->spread = rows ? rows : 1; }

static const char *fitting(struct table *table, const char *text) {
  size_t at = 0, width;
  if (strlen(text) <= TEXT_MOST || text_length(text) <= TEXT_MOST) return text;
  for (size_t count = 0; count < TEXT_MOST; count++) text_next(text + at, &width), at += width;
  return arena_print(table->arena, "%.*s…", (int)at, text);
}

void table_text(struct table *table, size_t column, const char *text) {
  if (text && *text) {
    size_t lines = (lines_of(text, width_of(&table->head->columns[column])) + table->spread - 1) / table->spread;
    if (lines > table->lines) table->lines = lines;
    worksheet_write_string(table->sheet, table->row, (lxw_col_t)column, fitting(table, text), table->cell);
  } else worksheet_write_blank(table->sheet, table->row, (lxw_col_t)column, table->cell);
}

void table_date(struct table *table, size_t column, int64_t date) {
  if (date == NOTHING) table_text(table, column, NULL);
  else worksheet_write_number(table->sheet, table->row, (lxw_col_t)column, (double)(date - date_from_civil(1899, 12, 30)), table->date);
}

/* Rows before the present one are written already: only the area is noted, its cells stay as they are. */
void table_merge(struct table *table, size_t column, size_t rows) {
  if (rows > 1)
    worksheet_merge_range(table->sheet, table->row - (lxw_row_t)rows + 1, (lxw_col_t)column, table->row, (lxw_col_t)column, "",
                          table->cell);
}

static void signatures_write(struct table *table) {
  static const char *const ZH[] = {"填表人：", "审核人：", "单位主要负责人（签字）：", NULL}, *const EN[] = {"Prepared by:", "Reviewed by:",
                                                                                                             "Head of unit (signature):",
                                                                                                             NULL};
  const char *const *lines = table->head->signatures ? table->head->signatures : table->head->language == LANGUAGE_EN ? EN : ZH;
  struct buffer line = {.arena = table->arena};
  for (; *lines; lines++) buffer_print(&line, "%s%s", line.size ? "                    " : "", *lines);
  across(table, table->row + 2, 0, table->row + 2, last_column(table), line.bytes, table->plain);
}

bool table_close(struct table *table) {
  height_set(table);
  signatures_write(table);
  bool whole = workbook_close(table->workbook) == LXW_NO_ERROR;
  if (!whole) unlink(table->path);
  return whole;
}
