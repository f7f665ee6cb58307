/* .xls as Excel 97 and later wrote it (BIFF8, [MS-XLS]): the records that say what a cell shows. Our own reader because the one that Debian
   has (FreeXL) falls over damaged files, and knows neither formats nor merged areas. A record never reaches past its own size, a text never
   past its records. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/room.h"
#include "exchange/sheet_parts.h"

enum { R_EOF = 0x0A, R_FORMULA = 0x06, R_1904 = 0x22, R_FILEPASS = 0x2F, R_CONTINUE = 0x3C, R_COLINFO = 0x7D, R_BOUNDSHEET = 0x85, R_MULRK = 0xBD, R_RSTRING = 0xD6, R_XF = 0xE0,
       R_MERGED = 0xE5, R_SST = 0xFC, R_LABELSST = 0xFD, R_NUMBER = 0x203, R_LABEL = 0x204, R_BOOLERR = 0x205, R_STRING = 0x207, R_ROW = 0x208, R_RK = 0x27E, R_FORMAT = 0x41E, R_BOF = 0x809 };

struct record { unsigned kind; const unsigned char *data; size_t size, at /* of the next record */; };
struct xls {
  struct workbook *workbook; struct sheet_refusal *refusal; const unsigned char *bytes; size_t size;
  const char **strings; size_t string_count;
  struct { unsigned id; const char *code; } formats[2000]; size_t format_count;
  uint16_t *styles; size_t style_count, style_room;
  uint32_t *hidden; size_t hidden_count, hidden_room;
  struct { uint32_t place; bool hidden, is_sheet; const char *name; } bound[1000]; size_t bound_count;
  struct sheet_cell waiting; bool text_waits; /* a formula whose text comes in the next record */
};

static uint32_t four(const unsigned char *at) {
  return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}
static unsigned two(const unsigned char *at) { return (unsigned)at[0] | (unsigned)at[1] << 8; }

static bool record_read(const struct xls *xls, size_t at, struct record *record) {
  if (at > xls->size || xls->size - at < 4) return false;
  *record = (struct record){two(xls->bytes + at), xls->bytes + at + 4, two(xls->bytes + at + 2), 0};
  if (record->size > xls->size - at - 4) return false;
  record->at = at + 4 + record->size;
  return true;
}

/* ---- texts, which go on in CONTINUE records ---- */

struct cursor { const struct xls *xls; struct record record; size_t at; bool ended; };

static bool cursor_next(struct cursor *cursor) {
  struct record next;
  if (!record_read(cursor->xls, cursor->record.at, &next) || next.kind != R_CONTINUE) return cursor->ended = true, false;
  cursor->record = next;
  cursor->at = 0;
  return true;
}

static unsigned byte_next(struct cursor *cursor) {
  while (!cursor->ended && cursor->at >= cursor->record.size) cursor_next(cursor);
  return cursor->ended ? 0 : cursor->record.data[cursor->at++];
}

static unsigned two_next(struct cursor *cursor) { unsigned low = byte_next(cursor); return low | byte_next(cursor) << 8; }
static uint32_t four_next(struct cursor *cursor) { uint32_t low = two_next(cursor); return low | (uint32_t)two_next(cursor) << 16; }

static void bytes_skip(struct cursor *cursor, uint64_t count) {
  while (count && !cursor->ended) {
    size_t here = cursor->record.size - cursor->at;
    if (here >= count) { cursor->at += (size_t)count; return; }
    count -= here;
    cursor_next(cursor);
  }
}

static void utf8_add(struct buffer *out, uint32_t code) {
  char bytes[4];
  size_t size = 0;
  if (code == 0 || (code >= 0xD800 && code < 0xE000)) return;
  if (code < 0x80) bytes[size++] = (char)code;
  else if (code < 0x800) bytes[size++] = (char)(0xC0 | code >> 6), bytes[size++] = (char)(0x80 | (code & 63));
  else if (code < 0x10000)
    bytes[size++] = (char)(0xE0 | code >> 12), bytes[size++] = (char)(0x80 | (code >> 6 & 63)), bytes[size++] = (char)(0x80 | (code & 63));
  else
    bytes[size++] = (char)(0xF0 | code >> 18), bytes[size++] = (char)(0x80 | (code >> 12 & 63)),
    bytes[size++] = (char)(0x80 | (code >> 6 & 63)), bytes[size++] = (char)(0x80 | (code & 63));
  buffer_add(out, bytes, size);
}

/* Each record that a text goes on in begins with a byte that says how wide its letters are there. */
static void letters_read(struct cursor *cursor, unsigned count, bool wide, struct buffer *out) {
  uint32_t high = 0;
  for (unsigned i = 0; i < count && !cursor->ended; i++) {
    if (cursor->at >= cursor->record.size && cursor_next(cursor)) wide = byte_next(cursor) & 1;
    uint32_t code = wide ? two_next(cursor) : byte_next(cursor);
    if (code >= 0xD800 && code < 0xDC00) high = code;
    else if (code >= 0xDC00 && code < 0xE000 && high) utf8_add(out, 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)), high = 0;
    else utf8_add(out, code), high = 0;
  }
}

static const char *text_read(struct xls *xls, struct cursor *cursor, unsigned count) {
  struct buffer out = {0};
  unsigned flags = byte_next(cursor), runs = flags & 8 ? two_next(cursor) : 0;
  uint32_t extra = flags & 4 ? four_next(cursor) : 0;
  letters_read(cursor, count, flags & 1, &out);
  bytes_skip(cursor, (uint64_t)runs * 4 + extra);
  const char *text = out.size ? arena_copy(xls->workbook->arena, out.bytes, out.size) : "";
  if (out.size) text_fits(xls->workbook, text, out.size, xls->refusal);
  buffer_free(&out);
  return text;
}

static struct cursor cursor_at(const struct xls *xls, const struct record *record, size_t at) {
  return (struct cursor){.xls = xls, .record = *record, .at = at < record->size ? at : record->size};
}

static void strings_read(struct xls *xls, const struct record *record) {
  struct cursor cursor = cursor_at(xls, record, 8);
  size_t count = record->size >= 8 ? four(record->data + 4) : 0;
  if (xls->strings || count > xls->size / 3) return; /* each takes three bytes at least */
  xls->strings = heap_zeroed(count + 1, sizeof *xls->strings);
  while (xls->string_count < count && !cursor.ended && !xls->refusal->code) {
    unsigned letters = two_next(&cursor);
    if (cursor.ended) return;
    xls->strings[xls->string_count++] = text_read(xls, &cursor, letters);
  }
}

/* ---- the workbook's own records ---- */

static void style_add(struct xls *xls, const struct record *record) {
  if (record->size < 4 || xls->style_count >= 65536) return;
  HEAP_ROOM(xls->styles, xls->style_count, xls->style_room, 256);
  xls->styles[xls->style_count++] = (uint16_t)two(record->data + 2);
}

static void global_read(struct xls *xls, const struct record *record) {
  if (record->kind == R_1904 && record->size >= 2) xls->workbook->date1904 = two(record->data) == 1;
  else if (record->kind == R_XF) style_add(xls, record);
  else if (record->kind == R_SST) strings_read(xls, record);
  else if (record->kind == R_FORMAT && record->size >= 5 && xls->format_count < 2000) {
    struct cursor cursor = cursor_at(xls, record, 4);
    xls->formats[xls->format_count].id = two(record->data);
    xls->formats[xls->format_count++].code = text_read(xls, &cursor, two(record->data + 2));
  } else if (record->kind == R_BOUNDSHEET && record->size >= 8 && xls->bound_count < 1000) {
    struct cursor cursor = cursor_at(xls, record, 7);
    xls->bound[xls->bound_count].place = four(record->data);
    xls->bound[xls->bound_count].hidden = record->data[4] & 3;
    xls->bound[xls->bound_count].is_sheet = record->data[5] == 0;
    xls->bound[xls->bound_count++].name = text_read(xls, &cursor, record->data[6]);
  }
}

static const char *format_of(const struct xls *xls, unsigned style) {
  unsigned id = style < xls->style_count ? xls->styles[style] : 0;
  for (size_t i = 0; i < xls->format_count; i++)
    if (xls->formats[i].id == id) return xls->formats[i].code;
  return format_builtin(id);
}

/* ---- cells ---- */

static void cell_put(struct xls *xls, struct sheet_cell *cell) {
  if (cell->kind == CELL_NOTHING || (cell->kind == CELL_TEXT && !*cell->text) || xls->refusal->code) return;
  sheet_cell_add(xls->workbook, &xls->workbook->sheets[xls->workbook->count - 1], cell, xls->refusal);
}

static struct sheet_cell cell_at(const unsigned char *data) {
  return (struct sheet_cell){.row = two(data) + 1, .column = two(data + 2) + 1, .text = "", .date = NOTHING};
}

static void number_put(struct xls *xls, struct sheet_cell cell, unsigned style, double number) {
  const char *code = format_of(xls, style);
  struct number_format kind = format_kind(code);
  if (!isfinite(number)) return;
  cell.number = number;
  cell.percent = kind.percent;
  cell.general = kind.general;
  cell.date = kind.date ? serial_date(number, xls->workbook->date1904) : NOTHING;
  cell.kind = kind.date && cell.date != NOTHING ? CELL_DATE : CELL_NUMBER;
  cell.text = cell.kind == CELL_DATE ? format_date(xls->workbook->arena, code, number, xls->workbook->date1904)
                                     : format_number(xls->workbook->arena, code, number);
  cell_put(xls, &cell);
}

static double double_of(const unsigned char *data) {
  uint64_t bits = (uint64_t)four(data) | (uint64_t)four(data + 4) << 32;
  double number;
  memcpy(&number, &bits, sizeof number);
  return number;
}

static double compact_of(uint32_t bits) {
  uint64_t wide = (uint64_t)(bits & 0xFFFFFFFCu) << 32;
  double number;
  if (bits & 2) number = (double)((int32_t)bits >> 2);
  else memcpy(&number, &wide, sizeof number);
  return bits & 1 ? number / 100 : number;
}

static const char *error_text(unsigned code) {
  switch (code) {
    case 0x00: return "#NULL!";
    case 0x07: return "#DIV/0!";
    case 0x0F: return "#VALUE!";
    case 0x17: return "#REF!";
    case 0x1D: return "#NAME?";
    case 0x24: return "#NUM!";
    default: return "#N/A";
  }
}

static void yes_or_error_put(struct xls *xls, struct sheet_cell cell, unsigned value, bool error) {
  cell.kind = error ? CELL_ERROR : CELL_YES_NO;
  cell.number = value;
  cell.text = error ? error_text(value) : value ? "TRUE" : "FALSE";
  cell_put(xls, &cell);
}

/* What a formula gave last: a number, or by the mark FFFF a text that follows, yes or no, an error, nothing. */
static void formula_put(struct xls *xls, const unsigned char *data) {
  struct sheet_cell cell = cell_at(data);
  cell.formula = true;
  if (two(data + 12) != 0xFFFF) number_put(xls, cell, two(data + 4), double_of(data + 6));
  else if (data[6] == 0) xls->waiting = cell, xls->text_waits = true;
  else if (data[6] == 1 || data[6] == 2) yes_or_error_put(xls, cell, data[8], data[6] == 2);
}

static void text_put(struct xls *xls, struct sheet_cell cell, const struct record *record, size_t at) {
  struct cursor cursor = cursor_at(xls, record, at + 2);
  cell.kind = CELL_TEXT;
  cell.text = text_read(xls, &cursor, two(record->data + at));
  cell_put(xls, &cell);
}

static void cell_read(struct xls *xls, const struct record *record) {
  const unsigned char *data = record->data;
  size_t size = record->size;
  if (record->kind == R_STRING && xls->text_waits && size >= 3) text_put(xls, xls->waiting, record, 0);
  if (record->kind == R_STRING) xls->text_waits = false;
  if (record->kind == R_LABELSST && size >= 10 && four(data + 6) < xls->string_count) {
    struct sheet_cell cell = cell_at(data);
    cell.kind = CELL_TEXT;
    cell.text = xls->strings[four(data + 6)];
    cell_put(xls, &cell);
  } else if (record->kind == R_LABELSST && size >= 10) {
    workbook_flaw(xls->workbook, xls->workbook->count - 1, two(data) + 1, 0, "shared_string_index", false,
                  (struct label){"这一行有单元格指向不存在的文字，未读取",
                                 "cells of this row point to texts that do not exist. They were not read"});
  } else if (record->kind == R_NUMBER && size >= 14) number_put(xls, cell_at(data), two(data + 4), double_of(data + 6));
  else if (record->kind == R_RK && size >= 10) number_put(xls, cell_at(data), two(data + 4), compact_of(four(data + 6)));
  else if (record->kind == R_MULRK)
    for (size_t at = 4, column = two(data + 2); at + 6 <= size - 2 && size >= 12; at += 6, column++) {
      struct sheet_cell cell = {.row = two(data) + 1, .column = (uint32_t)column + 1, .text = "", .date = NOTHING};
      if (column < 256) number_put(xls, cell, two(data + at), compact_of(four(data + at + 2)));
    }
  else if (record->kind == R_BOOLERR && size >= 8) yes_or_error_put(xls, cell_at(data), data[6], data[7]);
  else if (record->kind == R_FORMULA && size >= 14) formula_put(xls, data);
  else if ((record->kind == R_LABEL || record->kind == R_RSTRING) && size >= 9) text_put(xls, cell_at(data), record, 6);
}

/* ---- layout ---- */

static void row_hide(struct xls *xls, uint32_t row) {
  HEAP_ROOM(xls->hidden, xls->hidden_count, xls->hidden_room, 64);
  xls->hidden[xls->hidden_count++] = row;
}

static void layout_read(struct xls *xls, struct sheet *sheet, const struct record *record) {
  const unsigned char *data = record->data;
  if (record->kind == R_ROW && record->size >= 16 && (data[12] & 0x20)) row_hide(xls, two(data) + 1);
  else if (record->kind == R_COLINFO && record->size >= 10 && (data[8] & 1)) sheet_columns_hide(sheet, two(data) + 1, two(data + 2) + 1);
  else if (record->kind == R_MERGED && record->size >= 2)
    for (size_t i = 0; i < two(data) && 2 + 8 * (i + 1) <= record->size; i++) {
      const unsigned char *area = data + 2 + 8 * i;
      sheet_area_add(sheet, (struct sheet_area){two(area) + 1, two(area + 4) + 1, two(area + 2) + 1, two(area + 6) + 1});
    }
}

/* From its BOF to the EOF of the same depth: charts on a sheet have their own. Of repeated cells the first one stays. */
static void sheet_read(struct xls *xls, size_t which) {
  struct record record;
  int depth = 0;
  struct sheet *sheet = workbook_sheet_add(xls->workbook, xls->bound[which].name);
  sheet->hidden = xls->bound[which].hidden;
  xls->hidden_count = 0;
  xls->text_waits = false;
  for (size_t at = xls->bound[which].place; record_read(xls, at, &record) && !xls->refusal->code; at = record.at) {
    if (record.kind == R_BOF) depth++;
    if (record.kind == R_EOF && --depth <= 0) break;
    if (depth != 1) continue;
    cell_read(xls, &record);
    layout_read(xls, &xls->workbook->sheets[xls->workbook->count - 1], &record);
  }
  sheet_finish(xls->workbook, xls->workbook->count - 1, xls->hidden, xls->hidden_count);
}

static bool unreadable(struct sheet_refusal *refusal) {
  return refuse(refusal, "not_readable", (struct label){"这个 xls 文件读不出，可能已损坏，或是很老的版本；请在表格软件里打开后另存为 xlsx", "this xls file cannot be read: it is damaged, or of a very old version. Open it in a spreadsheet and save it as xlsx"});
}

static bool stream_read(struct xls *xls) {
  struct record record;
  bool right = record_read(xls, 0, &record) && record.kind == R_BOF && record.size >= 2 && two(record.data) == 0x600;
  for (size_t at = 0; right && record_read(xls, at, &record) && record.kind != R_EOF && !xls->refusal->code; at = record.at) {
    if (record.kind == R_FILEPASS)
      return refuse(xls->refusal, "encrypted",
                    (struct label){"文件设了打开密码，请去掉密码后再上传",
                                   "the file is locked with a password. Take the password off and send it again"});
    global_read(xls, &record);
  }
  for (size_t i = 0; right && i < xls->bound_count && !xls->refusal->code; i++)
    if (xls->bound[i].is_sheet) sheet_read(xls, i);
  if (xls->refusal->code) return false;
  return right && xls->workbook->count ? true : unreadable(xls->refusal);
}

bool xls_read(struct workbook *workbook, const char *bytes, size_t size, struct sheet_refusal *refusal) {
  struct buffer stream = {0};
  struct xls *xls = HEAP_NEW(struct xls);
  bool good = ole_stream(bytes, size, "Workbook", &stream) ? true : unreadable(refusal);
  *xls = (struct xls){.workbook = workbook, .refusal = refusal, .bytes = (const unsigned char *)stream.bytes, .size = stream.size};
  good = good && stream_read(xls);
  free(xls->strings);
  free(xls->styles);
  free(xls->hidden);
  free(xls);
  buffer_free(&stream);
  return good;
}
