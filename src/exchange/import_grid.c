/* A workbook or a JSON document of appeals as csv text, so that one reader checks them all: a row stands under the number that its file
   shows, JSON's first item in row 2 under a header made of all names, in the order in which they come. Texts stay what they are. */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exchange/import_parts.h"
#include "exchange/sheet.h"

#define NAMES_MOST 500u      /* of one JSON document */
#define ITEMS_MOST 1000000u
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

static bool fits(struct staging *staging, const struct buffer *text) {
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
      return refuse(staging, row->number, "cell_value", label_print(staging->arena, "单元格 %s 里的公式没有值,请先在表格软件里算好再存", "the formula in cell %s has no value. Let the spreadsheet work it out and save again",
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
      refuse(staging, 0, "sheets", label_print(staging->arena, "工作表“%s”和“%s”都有内容,请只留一张", "the sheets “%s” and “%s” both hold something. Keep one", only->name, sheet->name));
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
    good = sheet_row_write(staging, sheet, &sheet->rows[i], text) && fits(staging, text);
    arena_reset(staging->scratch);
    next++;
  }
  staging->staged->encoding = workbook->format == WORKBOOK_XLS ? "xls" : workbook->format == WORKBOOK_ODS ? "ods" : "xlsx";
  workbook_free(workbook);
  return good;
}

/* ---- JSON ---- */

/* The items: the document itself, or the one list of objects in it. */
static json_t *items_of(json_t *document) {
  const char *name;
  json_t *value, *found = NULL;
  if (json_is_array(document)) return document;
  json_object_foreach(document, name, value) {
    if (!json_is_array(value)) continue;
    if (found) return NULL;
    found = value;
  }
  return found;
}

static const char *json_cell(struct arena *arena, json_t *value) {
  if (!value || json_is_null(value)) return NULL;
  if (json_is_string(value)) return json_string_value(value);
  if (json_is_integer(value)) return arena_print(arena, "%lld", (long long)json_integer_value(value));
  if (json_is_real(value)) return number_plain(arena, json_real_value(value));
  if (json_is_boolean(value)) return json_is_true(value) ? "1" : "0";
  char *text = json_dumps(value, JSON_COMPACT | JSON_PRESERVE_ORDER); /* what is nested stays as it was sent, as text */
  const char *kept = text ? arena_text(arena, text) : NULL;
  free(text);
  return kept;
}

struct names { const char *items[NAMES_MOST]; size_t count; };

static bool names_collect(struct staging *staging, json_t *items, struct names *names) {
  json_t *seen = json_object(), *item, *value;
  const char *name;
  size_t i;
  bool good = true;
  json_array_foreach(items, i, item) {
    if (!json_is_object(item)) good = refuse(staging, (int64_t)i + 2, "json", (struct label){"应为对象 {…}", "must be an object {…}"});
    json_object_foreach(item, name, value) {
      if (!good || json_object_get(seen, name)) continue;
      if (names->count == NAMES_MOST) good = refuse(staging, 0, "json", label_print(staging->arena, "字段名超过 %u 个", "more than %u different names", NAMES_MOST));
      else names->items[names->count++] = name;
      json_object_set_new(seen, name, json_true());
    }
    if (!good) break;
  }
  json_decref(seen);
  return good;
}

static bool json_rows_write(struct staging *staging, json_t *items, const struct names *names, struct buffer *text) {
  struct arena *arena = arena_new();
  json_t *item;
  size_t i;
  bool good = true;
  for (size_t k = 0; k < names->count; k++) csv_write(text, names->items[k], k == 0, true);
  csv_write_end(text);
  json_array_foreach(items, i, item) {
    for (size_t k = 0; k < names->count; k++) csv_write(text, json_cell(arena, json_object_get(item, names->items[k])), k == 0, true);
    csv_write_end(text);
    arena_reset(arena);
    good = fits(staging, text);
    if (!good) break;
  }
  arena_free(arena);
  staging->staged->encoding = "json";
  return good;
}

static bool json_read_all(struct staging *staging, const char *bytes, size_t size, struct buffer *text) {
  size_t decoded, bad = 0;
  json_error_t error = {0};
  char *utf8 = text_decode(staging->arena, bytes, size, &decoded, NULL, &bad);
  if (!utf8) return refuse(staging, 0, "encoding", label_print(staging->arena, "文件既不是 UTF-8 也不是 GB18030(第 %zu 个字节)", "the file is neither UTF-8 nor GB18030 (byte %zu)", bad));
  json_t *document = json_loadb(utf8, decoded, JSON_REJECT_DUPLICATES, &error), *items = document ? items_of(document) : NULL;
  struct names names = {.count = 0};
  bool good = items && json_array_size(items) <= ITEMS_MOST && names_collect(staging, items, &names);
  if (!document) refuse(staging, 0, "json", label_print(staging->arena, "不是 JSON(第 %d 行第 %d 列:%s)", "it is no JSON (line %d, column %d: %s)", error.line, error.column, error.text));
  else if (!items) refuse(staging, 0, "json", (struct label){"应为对象的数组 [{…},…],或者只含一个这样数组的对象", "it must be an array of objects [{…},…], or an object that holds one such array"});
  else if (json_array_size(items) == 0) good = refuse(staging, 0, "empty", (struct label){"一条也没有", "there is not one item"});
  else if (!names.count && good) good = refuse(staging, 0, "empty", (struct label){"没有字段", "there are no fields"});
  if (good) good = json_rows_write(staging, items, &names, text);
  json_decref(document);
  return good;
}

bool grid_read(struct staging *staging, enum grid_kind kind, const char *bytes, size_t size, struct buffer *text) {
  return kind == GRID_SHEET ? sheet_read(staging, bytes, size, text) : json_read_all(staging, bytes, size, text);
}
