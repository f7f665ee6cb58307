/* Pages of results into one file. Every cell is text: what looks like a formula stays text in xlsx, and is guarded in csv. */
#include "exchange/returns_file.h"

#include <xlsxwriter.h>

#include "base/json.h"
#include "exchange/csv.h"

const char *const RETURNS_FORMAT_NAMES[RETURNS_FORMATS] = {[RETURNS_CSV] = "csv", [RETURNS_XLSX] = "xlsx", [RETURNS_JSON] = "json"};

struct returns_file {
  struct arena *arena; enum returns_format format; FILE *out;
  lxw_workbook *workbook; lxw_worksheet *sheet; lxw_row_t row;
  bool begun, good;
  struct buffer text; struct json json;
};

struct returns_file *returns_file_open(struct arena *arena, enum returns_format format, const char *path, FILE *out) {
  struct returns_file *file = ARENA_NEW(arena, struct returns_file);
  lxw_workbook_options options = {.constant_memory = LXW_TRUE};
  *file = (struct returns_file){.arena = arena, .format = format, .out = out, .good = true};
  file->json = json_to(&file->text);
  if (format != RETURNS_XLSX) return out ? file : NULL;
  file->workbook = path ? workbook_new_opt(path, &options) : NULL;
  file->sheet = file->workbook ? workbook_add_worksheet(file->workbook, NULL) : NULL;
  return file->sheet ? file : NULL;
}

static void sheet_row(struct returns_file *file, const char *const *cells, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (cells[i] && *cells[i] && worksheet_write_string(file->sheet, file->row, (lxw_col_t)i, cells[i], NULL) != LXW_NO_ERROR)
      file->good = false;
  file->row++;
}

static void csv_row(struct returns_file *file, const char *const *cells, size_t count) {
  for (size_t i = 0; i < count; i++) csv_write(&file->text, cells[i], i == 0, true);
  csv_write_end(&file->text);
}

static void json_item(struct returns_file *file, const struct returns *returns, const char *const *cells) {
  json_open(&file->json, '{');
  for (size_t i = 0; i < returns->header_count; i++) json_pair(&file->json, returns->headers[i], cells[i]);
  json_close(&file->json, '}');
}

static void begin(struct returns_file *file, const struct returns *returns) {
  file->begun = true;
  if (file->format == RETURNS_XLSX) sheet_row(file, returns->headers, returns->header_count);
  else if (file->format == RETURNS_CSV) {
    buffer_text(&file->text, CSV_BOM);
    csv_row(file, returns->headers, returns->header_count);
  } else {
    json_open(&file->json, '{');
    json_pair(&file->json, "mapping", returns->mapping);
    json_key(&file->json, "items");
    json_open(&file->json, '[');
  }
}

static void hand_over(struct returns_file *file) {
  if (file->text.size && file->out && fwrite(file->text.bytes, 1, file->text.size, file->out) != file->text.size) file->good = false;
  buffer_clear(&file->text);
}

bool returns_file_add(struct returns_file *file, const struct returns *returns) {
  if (!file->begun) begin(file, returns);
  for (size_t i = 0; i < returns->count; i++) {
    const char *const *cells = returns->items[i].cells;
    if (file->format == RETURNS_XLSX) sheet_row(file, cells, returns->header_count);
    else if (file->format == RETURNS_CSV) csv_row(file, cells, returns->header_count);
    else json_item(file, returns, cells);
  }
  hand_over(file);
  return file->good;
}

bool returns_file_close(struct returns_file *file, int64_t next) {
  if (file->format == RETURNS_JSON && file->begun) {
    json_close(&file->json, ']');
    json_pair_integer(&file->json, "next", next);
    json_close(&file->json, '}');
    buffer_byte(&file->text, '\n');
  }
  hand_over(file);
  if (file->workbook && workbook_close(file->workbook) != LXW_NO_ERROR) file->good = false;
  buffer_free(&file->text);
  return file->good;
}
