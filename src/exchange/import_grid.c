/* A workbook as csv text, so that one reader checks all files: a row stands under the number that its file shows, and texts stay what they
   are. Of JSON documents import_json.c makes the same. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "exchange/import_parts.h"
#include "exchange/sheet.h"

#define TEXT_MOST ((size_t)120 << 20) /* bytes as csv: one text in many cells, and names that few items have, make much of a small file */

enum grid_kind grid_kind(const char *bytes, size_t size) {
  static const char ole[] = "\xD0\xCF\x11\xE0";
  size_t at = size >= 3 && memcmp(bytes, CSV_BOM, 3) == 0 ? 3 : 0;
  if (size >= 4 && (memcmp(bytes, "PK\3\4", 4) == 0 || memcmp(bytes, ole, 4) == 0)) return GRID_SHEET;
  while (at < size && strchr(" \t\r\n", bytes[at]) && bytes[at]) at++;
  return at < size && (bytes[at] == '[' || bytes[at] == '{') ? GRID_JSON : GRID_CSV;
}

static bool refuse(struct staging *staging, int64_t row, const char *code, struct label why) {
  staging_error(staging, row, NULL, code, why);
  return false;
}

bool grid_fits(struct staging *staging, const struct buffer *text) {
  if (text->size <= TEXT_MOST) return true;
  return refuse(staging, 0, "too_large", label_print(staging->arena, "各行的文字合计超过 %zu MB(同一段文字用在很多单元格里也算),请分成几个文件", "the rows' texts come to more than %zu MB, one text in many cells counting in each. Split it into several files", TEXT_MOST >> 20));
}

/* ---- workbooks ---- */

static const char *sheet_text(struct arena *arena, const struct sheet_cell *cell) {
  if (cell->kind != CELL_DATE || cell->date == NOTHING) return cell->text;
  double part = cell->number - floor(cell->number);
  long seconds = lround(part * 86400);
  if (seconds <= 0 || seconds >= 86400) return date_print(arena, cell->date);
  return arena_print(arena, "%s %02ld:%02ld:%02ld", date_print(arena, cell->date), seconds / 3600, seconds / 60 % 60, seconds % 60);
}

static bool sheet_row_write(struct staging *staging, const struct sheet *sheet, const struct sheet_row *row, struct buffer *text) {
  uint32_t column = 1;
  for (size_t i = 0; i < row->count; i++) {
    const struct sheet_cell *cell = &sheet->cells[row->first + i];
    if (cell->kind == CELL_ERROR || cell->kind == CELL_NO_VALUE)
      return refuse(staging, row->number, "cell_value",
                    label_print(staging->arena, "单元格 %s 里的公式没有值,请先在表格软件里算好再存",
                                "the formula in cell %s has no value. Let the spreadsheet work it out and save again",
                                sheet_address(staging->arena, cell->row, cell->column)));
    for (; column < cell->column; column++) csv_write(text, NULL, column == 1, true);
    csv_write(text, sheet_text(staging->scratch, cell), column == 1, true);
    column++;
  }
  csv_write_end(text);
  return true;
}

/* The one sheet with something in it that is not hidden; several are one too many. */
static const struct sheet *sheet_only(struct staging *staging, const struct workbook *workbook) {
  const struct sheet *only = NULL;
  for (size_t i = 0; i < workbook->count; i++) {
    const struct sheet *sheet = &workbook->sheets[i];
    if (sheet->hidden || !sheet->row_count) continue;
    if (only) {
      refuse(staging, 0, "sheets",
             label_print(staging->arena, "工作表“%s”和“%s”都有内容,请只留一张",
                         "the sheets \"%s\" and \"%s\" both hold something. Keep one", only->name, sheet->name));
      return NULL;
    }
    only = sheet;
  }
  if (!only) refuse(staging, 0, "empty", (struct label){"文件是空的,第一行应为表头", "the file is empty. Its first row must be the header"});
  return only;
}

static bool sheet_read(struct staging *staging, const char *bytes, size_t size, struct buffer *text) {
  struct sheet_refusal refusal = {0};
  struct workbook *workbook = workbook_read(staging->arena, bytes, size, NULL, &refusal);
  if (!workbook) return refuse(staging, 0, refusal.code, refusal.sentence);
  const struct sheet *sheet = sheet_only(staging, workbook);
  bool good = sheet != NULL;
  uint32_t next = 1;
  for (size_t i = 0; good && i < sheet->row_count; i++) {
    for (; next < sheet->rows[i].number; next++) csv_write_end(text);
    good = sheet_row_write(staging, sheet, &sheet->rows[i], text) && grid_fits(staging, text);
    arena_reset(staging->scratch);
    next++;
  }
  staging->staged->encoding = workbook->format == WORKBOOK_XLS ? "xls" : workbook->format == WORKBOOK_ODS ? "ods" : "xlsx";
  workbook_free(workbook);
  return good;
}

bool grid_read(struct staging *staging, enum grid_kind kind, const char *bytes, size_t size, struct buffer *text) {
  return kind == GRID_SHEET ? sheet_read(staging, bytes, size, text) : grid_read_json(staging, bytes, size, text);
}
