/* Workbooks: which reader a file belongs to, and what the readers share. Cells come in any order and leave in reading order; each place has
   one cell and at most one merged area, whatever the file says. */
#include <stdlib.h>
#include <string.h>

#include "base/room.h"
#include "exchange/csv.h"
#include "exchange/sheet_parts.h"

bool refuse(struct sheet_refusal *refusal, const char *code, struct label sentence) {
  if (!refusal->code) *refusal = (struct sheet_refusal){code, sentence};
  return false;
}

struct sheet *workbook_sheet_add(struct workbook *workbook, const char *name) {
  workbook->sheets = heap_resized(workbook->sheets, workbook->count + 1, sizeof *workbook->sheets);
  struct sheet *sheet = &workbook->sheets[workbook->count++];
  *sheet = (struct sheet){.name = arena_text(workbook->arena, name)};
  return sheet;
}

bool text_fits(struct workbook *workbook, const char *text, size_t size, struct sheet_refusal *refusal) {
  workbook->texts_read += size;
  if (size > SHEET_TEXT_MOST && text_length(text) > SHEET_TEXT_MOST)
    return refuse(refusal, "too_large",
                  label_print(workbook->arena, "有单元格超过 %u 字，这不是正常的表格，未读取",
                              "a cell holds more than %u characters. This is no ordinary sheet; it was not read", SHEET_TEXT_MOST));
  if (workbook->texts_read > SHEET_TEXTS_MOST)
    return refuse(refusal, "too_large", (struct label){"文件里的文字太多，请分成几个文件", "the file holds too much text. Split it into several files"});
  return true;
}

bool sheet_cell_add(struct workbook *workbook, struct sheet *sheet, const struct sheet_cell *cell, struct sheet_refusal *refusal) {
  if (workbook->cells_read++ >= SHEET_CELLS_MOST)
    return refuse(refusal, "too_large",
                  label_print(workbook->arena, "文件里有内容的单元格超过 %u 个，请分成几个文件",
                              "the file holds more than %u cells. Split it into several files", SHEET_CELLS_MOST));
  HEAP_ROOM(sheet->cells, sheet->cell_count, sheet->cell_room, 64);
  sheet->cells[sheet->cell_count++] = *cell;
  return true;
}

/* Of areas that overlap the first one counts (as the first of two cells with one address does). */
void sheet_area_add(struct sheet *sheet, struct sheet_area area) {
  if (area.top < 1 || area.left < 1 || area.top > area.bottom || area.left > area.right) return;
  if (area.bottom > SHEET_ROWS_MOST || area.right > SHEET_COLUMNS_MOST || (area.top == area.bottom && area.left == area.right)) return;
  if (sheet->area_count >= 500000) return;
  HEAP_ROOM(sheet->areas, sheet->area_count, sheet->area_room, 64);
  sheet->areas[sheet->area_count++] = area;
}

void sheet_columns_hide(struct sheet *sheet, uint32_t left, uint32_t right) {
  if (left < 1 || left > right || left > SHEET_COLUMNS_MOST) return;
  HEAP_ROOM(sheet->hidden_columns, sheet->hidden_column_count, sheet->hidden_column_room, 64);
  sheet->hidden_columns[sheet->hidden_column_count++] = (struct sheet_area){0, left, 0, right};
}

/* Flaws of one row and kind are one finding: what is wrong is the row. */
void workbook_flaw(struct workbook *workbook, size_t sheet, uint32_t row, uint32_t column, const char *code, bool hint,
                   struct label sentence) {
  for (size_t i = workbook->flaw_count; i-- > 0;) {
    struct sheet_flaw *flaw = &workbook->flaws[i];
    if (flaw->sheet != sheet || flaw->row != row || strcmp(flaw->code, code) != 0) continue;
    if (flaw->column != column) flaw->column = 0;
    flaw->more++;
    return;
  }
  if (workbook->flaw_count >= 1000) return;
  HEAP_ROOM(workbook->flaws, workbook->flaw_count, workbook->flaw_room, 64);
  workbook->flaws[workbook->flaw_count++] = (struct sheet_flaw){sheet, row, column, code, sentence, hint, 0};
}

/* ---- finishing a sheet ---- */

static int cell_order(const void *one, const void *other) {
  const struct sheet_cell *a = one, *b = other;
  if (a->row != b->row) return a->row < b->row ? -1 : 1;
  return a->column < b->column ? -1 : a->column > b->column;
}

static int area_order(const void *one, const void *other) {
  const struct sheet_area *a = one, *b = other;
  if (a->left != b->left) return a->left < b->left ? -1 : 1;
  return a->top < b->top ? -1 : a->top > b->top;
}

static void cells_sort(struct sheet *sheet) {
  bool sorted = true;
  for (size_t i = 1; sorted && i < sheet->cell_count; i++) sorted = cell_order(&sheet->cells[i - 1], &sheet->cells[i]) < 0;
  if (!sorted) qsort(sheet->cells, sheet->cell_count, sizeof *sheet->cells, cell_order); /* cells are distinct by now */
}

static void rows_find(struct sheet *sheet) {
  size_t room = 0;
  for (size_t i = 0; i < sheet->cell_count; i++) {
    const struct sheet_cell *cell = &sheet->cells[i];
    if (cell->column > sheet->last_column) sheet->last_column = cell->column;
    if (sheet->row_count && sheet->rows[sheet->row_count - 1].number == cell->row) {
      sheet->rows[sheet->row_count - 1].count++;
      continue;
    }
    HEAP_ROOM(sheet->rows, sheet->row_count, room, 64);
    sheet->rows[sheet->row_count++] = (struct sheet_row){.number = cell->row, .first = i, .count = 1};
  }
}

/* Areas that touch none of the columns in use, or another area, are dropped; few areas mean few comparisons. */
static void areas_settle(struct sheet *sheet) {
  size_t kept = 0;
  if (sheet->area_count) qsort(sheet->areas, sheet->area_count, sizeof *sheet->areas, area_order);
  for (size_t i = 0; i < sheet->area_count; i++) {
    const struct sheet_area *area = &sheet->areas[i], *before = kept ? &sheet->areas[kept - 1] : NULL;
    if (before && before->left == area->left && area->top <= before->bottom) continue;
    sheet->areas[kept++] = *area;
  }
  sheet->area_count = kept;
}

void sheet_finish(struct workbook *workbook, size_t at, const uint32_t *hidden, size_t hidden_count) {
  struct sheet *sheet = &workbook->sheets[at];
  cells_sort(sheet);
  rows_find(sheet);
  areas_settle(sheet);
  for (size_t i = 0; i < hidden_count; i++) {
    struct sheet_row *row = (struct sheet_row *)sheet_row(sheet, hidden[i]);
    if (row) row->hidden = true;
  }
}

/* ---- looking ---- */

const struct sheet_row *sheet_row(const struct sheet *sheet, uint32_t number) {
  size_t low = 0, high = sheet->row_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (sheet->rows[middle].number < number) low = middle + 1;
    else high = middle;
  }
  return low < sheet->row_count && sheet->rows[low].number == number ? &sheet->rows[low] : NULL;
}

const struct sheet_cell *sheet_cell(const struct sheet *sheet, uint32_t number, uint32_t column) {
  const struct sheet_row *row = sheet_row(sheet, number);
  size_t low = row ? row->first : 0, end = row ? row->first + row->count : 0, high = end;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (sheet->cells[middle].column < column) low = middle + 1;
    else high = middle;
  }
  return low < end && sheet->cells[low].column == column ? &sheet->cells[low] : NULL;
}

/* By the area's first column: the last one that begins there at or above the row; wider areas are looked for to the left. */
const struct sheet_area *sheet_area(const struct sheet *sheet, uint32_t row, uint32_t column) {
  for (uint32_t left = column; left >= 1 && sheet->area_count; left--) {
    size_t low = 0, high = sheet->area_count;
    while (low < high) {
      size_t middle = low + (high - low) / 2;
      const struct sheet_area *area = &sheet->areas[middle];
      if (area->left < left || (area->left == left && area->top <= row)) low = middle + 1;
      else high = middle;
    }
    if (low && sheet->areas[low - 1].left == left && sheet->areas[low - 1].bottom >= row && sheet->areas[low - 1].right >= column)
      return &sheet->areas[low - 1];
    if (low == 0) return NULL;
    if (sheet->areas[low - 1].left < left) left = sheet->areas[low - 1].left + 1; /* nothing begins between */
  }
  return NULL;
}

bool sheet_column_hidden(const struct sheet *sheet, uint32_t column) {
  for (size_t i = 0; i < sheet->hidden_column_count; i++)
    if (sheet->hidden_columns[i].left <= column && column <= sheet->hidden_columns[i].right) return true;
  return false;
}

char *sheet_address(struct arena *arena, uint32_t row, uint32_t column) {
  return arena_print(arena, "%s%u", csv_column_letters(arena, column), row);
}

/* ---- csv ---- */

static bool csv_cells(struct workbook *workbook, struct csv *csv, struct sheet_refusal *refusal) {
  enum csv_status status;
  while ((status = csv_next(csv)) == CSV_RECORD) {
    for (size_t i = 0; i < csv->count; i++) {
      const char *text = csv->cells[i].text;
      if (!*text) continue;
      struct sheet_cell cell = {.row = (uint32_t)csv->record,
                                .column = (uint32_t)i + 1,
                                .kind = CELL_TEXT,
                                .text = arena_text(workbook->arena, csv_unguard(text))};
      if (!text_fits(workbook, text, csv->cells[i].size, refusal) || !sheet_cell_add(workbook, workbook->sheets, &cell, refusal))
        return false;
    }
    if (csv->record >= SHEET_ROWS_MOST)
      return refuse(refusal, "too_large",
                    label_print(workbook->arena, "文件超过 %u 行，请分成几个文件",
                                "the file has more than %u rows. Split it into several files", SHEET_ROWS_MOST));
  }
  if (status != CSV_BAD) return true;
  struct label what = csv_problem_label(csv->problem);
  return refuse(refusal, "not_readable",
                (struct label){arena_print(workbook->arena, "第 %lld 行读不出：%s", (long long)csv->record, what.zh),
                               arena_print(workbook->arena, "row %lld cannot be read: %s", (long long)csv->record, what.en)});
}

static bool csv_read(struct workbook *workbook, const char *bytes, size_t size, struct sheet_refusal *refusal) {
  size_t decoded = 0, bad = 0;
  char *text = text_decode(workbook->arena, bytes, size, &decoded, &workbook->encoding, &bad);
  if (!text)
    return refuse(refusal, "encoding", label_print(workbook->arena, "这不是表格文件：既不是 xlsx、xls、ods，也不是 UTF-8 或 GB18030 的 csv（第 %zu 个字节无法识别）",
                                                   "this is no table: neither xlsx, xls or ods, nor csv in UTF-8 or GB18030 (byte %zu cannot be read)", bad));
  workbook_sheet_add(workbook, "");
  struct csv csv = csv_open(text, decoded);
  workbook->delimiter = csv.delimiter;
  bool good = csv_cells(workbook, &csv, refusal);
  csv_close(&csv);
  if (good) sheet_finish(workbook, 0, NULL, 0);
  return good;
}

/* ---- which reader ---- */

static bool holds_utf16(const char *bytes, size_t size, const char *name) {
  char wide[64];
  size_t length = strlen(name);
  for (size_t i = 0; i < length; i++) wide[2 * i] = name[i], wide[2 * i + 1] = 0;
  return memmem(bytes, size, wide, 2 * length) != NULL;
}

static bool ole_read(struct workbook *workbook, const char *bytes, size_t size, struct sheet_refusal *refusal) {
  if (holds_utf16(bytes, size, "EncryptedPackage"))
    return refuse(refusal, "encrypted",
                  (struct label){"文件设了打开密码，请去掉密码后再上传",
                                 "the file is locked with a password. Take the password off and send it again"});
  if (holds_utf16(bytes, size, "WordDocument"))
    return refuse(refusal, "not_a_workbook", (struct label){"这是 Word 文档，不是表格", "this is a Word document, no workbook"});
  return xls_read(workbook, bytes, size, refusal);
}

static bool zip_has(zip_t *zip, const char *name) { return zip_name_locate(zip, name, ZIP_FL_NOCASE) >= 0; }

static bool parts_encrypted(zip_t *zip) {
  zip_int64_t count = zip_get_num_entries(zip, 0);
  struct zip_stat status;
  for (zip_int64_t i = 0; i < count; i++)
    if (zip_stat_index(zip, (zip_uint64_t)i, 0, &status) == 0 && (status.valid & ZIP_STAT_ENCRYPTION_METHOD) &&
        status.encryption_method != ZIP_EM_NONE)
      return true;
  return false;
}

static bool zip_kind_read(struct workbook *workbook, struct zipped *zipped) {
  if (parts_encrypted(zipped->zip))
    return refuse(zipped->refusal, "encrypted",
                  (struct label){"文件设了密码，请去掉密码后再上传",
                                 "the file is locked with a password. Take the password off and send it again"});
  if (zip_has(zipped->zip, "xl/workbook.bin"))
    return refuse(zipped->refusal, "not_supported",
                  (struct label){"这是 xlsb 二进制工作簿，请另存为 xlsx", "this is a binary workbook (xlsb). Save it as xlsx"});
  if (zip_has(zipped->zip, "xl/workbook.xml") || zip_has(zipped->zip, "_rels/.rels")) return xlsx_read(workbook, zipped);
  if (zip_has(zipped->zip, "content.xml")) return ods_read(workbook, zipped);
  return refuse(zipped->refusal, "not_a_workbook",
                (struct label){"压缩包里没有工作簿；请上传 xlsx、xls、ods 或 csv 文件",
                               "there is no workbook in this archive. Send an xlsx, xls, ods or csv file"});
}

static bool zip_read(struct workbook *workbook, const char *bytes, size_t size, struct sheet_refusal *refusal) {
  zip_error_t error;
  struct zipped zipped = {.arena = workbook->arena, .refusal = refusal};
  zip_error_init(&error);
  zip_source_t *source = zip_source_buffer_create(bytes, size, 0, &error);
  zipped.zip = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
  if (source && !zipped.zip) zip_source_free(source);
  zip_error_fini(&error);
  if (!zipped.zip)
    return refuse(refusal, "not_readable",
                  (struct label){"文件不完整：压缩目录缺失或损坏，可能没有传完，请重新取得原件",
                                 "the file is not whole: its zip directory is missing or broken, it may have been cut off. Get it again"});
  bool good = zip_kind_read(workbook, &zipped);
  zip_discard(zipped.zip);
  return good;
}

static bool workbook_fill(struct workbook *workbook, const char *bytes, size_t size, struct sheet_refusal *refusal) {
  if (size == 0) return refuse(refusal, "empty", (struct label){"文件是空的", "the file is empty"});
  if (size >= 4 && memcmp(bytes, "PK\3\4", 4) == 0) return workbook->format = WORKBOOK_XLSX, zip_read(workbook, bytes, size, refusal);
  if (size >= 8 && memcmp(bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0)
    return workbook->format = WORKBOOK_XLS, ole_read(workbook, bytes, size, refusal);
  if (size >= 5 && memcmp(bytes, "%PDF-", 5) == 0)
    return refuse(refusal, "not_a_workbook", (struct label){"这是 PDF，不是表格", "this is a PDF, no workbook"});
  if (memchr(bytes, 0, size < 4096 ? size : 4096) &&
      !(size >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0)))
    return refuse(refusal, "not_a_workbook",
                  (struct label){"这不是表格文件；请上传 xlsx、xls、ods 或 csv",
                                 "this is no workbook. Send an xlsx, xls, ods or csv file"});
  workbook->format = WORKBOOK_CSV;
  return csv_read(workbook, bytes, size, refusal);
}

struct workbook *workbook_read(struct arena *arena, const char *bytes, size_t size, const char *name, struct sheet_refusal *refusal) {
  struct workbook *workbook = ARENA_NEW(arena, struct workbook);
  *refusal = (struct sheet_refusal){0};
  workbook->arena = arena;
  if (workbook_fill(workbook, bytes, size, refusal)) return workbook;
  workbook_free(workbook);
  return NULL;
}

void workbook_free(struct workbook *workbook) {
  if (!workbook) return;
  for (size_t i = 0; i < workbook->count; i++) {
    free(workbook->sheets[i].cells);
    free(workbook->sheets[i].rows);
    free(workbook->sheets[i].areas);
    free(workbook->sheets[i].hidden_columns);
  }
  free(workbook->sheets);
  free(workbook->flaws);
  *workbook = (struct workbook){.arena = workbook->arena};
}
