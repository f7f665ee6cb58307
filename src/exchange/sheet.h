/* Workbooks as grids, whichever kind of file they came in: .xlsx (libzip, expat), .xls (BIFF8, read here), .ods (libzip, expat), .csv (our
   own reader). What a cell shows, what kind of value stands behind it, which areas are merged, which rows, columns and sheets are hidden,
   under the row numbers that a spreadsheet shows. Nothing here knows what a column means; formulas are never evaluated, the value that the
   file keeps is taken. Hostile files end in one clear sentence and in bounded memory. */
#ifndef BIHUAN_EXCHANGE_SHEET_H
#define BIHUAN_EXCHANGE_SHEET_H

#include "base/buffer.h"
#include "base/moment.h"
#include "base/text.h"

#define SHEET_ROWS_MOST 1048576u     /* as spreadsheets have them */
#define SHEET_COLUMNS_MOST 16384u
#define SHEETS_MOST 1000u
#define SHEET_CELLS_MOST 6000000u    /* cells with something in them, of the whole workbook */
#define SHEET_TEXT_MOST 32767u       /* characters of one cell (OOXML and BIFF8 agree) */
#define SHEET_TEXTS_MOST ((size_t)384 << 20) /* bytes of all texts together */
#define SHEET_PART_MOST ((uint64_t)512 << 20) /* bytes of one part of the file, inflated */
#define SHEET_PARTS_MOST ((uint64_t)1 << 30)  /* of all parts that are read */
#define SHEET_RATIO_MOST 200u        /* inflated / packed, from SHEET_RATIO_FROM on */
#define SHEET_RATIO_FROM ((uint64_t)24 << 20)

enum cell_kind { CELL_NOTHING, CELL_TEXT, CELL_NUMBER, CELL_DATE, CELL_YES_NO, CELL_ERROR, CELL_NO_VALUE /* a formula whose value the file does not keep */ };
struct sheet_cell {
  uint32_t row, column;              /* from 1 */
  uint8_t kind;
  bool percent;                      /* a number shown as per cent */
  bool general;                      /* a number without a format of its own */
  bool formula;
  const char *text;                  /* as shown; never NULL */
  double number;                     /* CELL_NUMBER, CELL_DATE (serial), CELL_YES_NO */
  int64_t date;                      /* CELL_DATE: days since 1970; NOTHING: a time of day only */
};
struct sheet_area { uint32_t top, left, bottom, right; }; /* merged, at least two cells */
struct sheet_row { uint32_t number; bool hidden; size_t first, count; /* of sheet->cells */ };
struct sheet {
  const char *name;                  /* "" in a csv file */
  bool hidden, absent /* named in the workbook, its part is not there */;
  struct sheet_cell *cells; size_t cell_count;   /* by row, then column; empty cells are left out */
  struct sheet_row *rows; size_t row_count;      /* those with cells */
  struct sheet_area *areas; size_t area_count;   /* do not overlap: the first one that names a cell has it */
  struct sheet_area *hidden_columns; size_t hidden_column_count; /* left … right */
  uint32_t last_column;
  size_t cell_room, area_room, hidden_column_room;
};
/* Something in the file that is not as it should be, though the rest can be read. column 0: the row; row 0: the sheet. */
struct sheet_flaw { size_t sheet; uint32_t row, column; const char *code; struct label sentence; bool hint; uint32_t more; };
enum workbook_format { WORKBOOK_XLSX, WORKBOOK_XLS, WORKBOOK_ODS, WORKBOOK_CSV };
struct workbook {
  enum workbook_format format;
  bool date1904;
  struct sheet *sheets; size_t count;
  struct sheet_flaw *flaws; size_t flaw_count, flaw_room;
  const char *encoding;              /* of a csv file */
  char delimiter;
  size_t cells_read, texts_read;     /* against the limits */
  struct arena *arena;               /* all texts */
};
/* Why a file was refused: a permanent code and one sentence. code NULL: it was not. */
struct sheet_refusal { const char *code; struct label sentence; };

/* Reads the whole workbook from memory. `name` (may be NULL) only helps to tell a csv file from a damaged one.
   NULL: *refusal says why. workbook_free afterwards; texts live as long as the arena. */
struct workbook *workbook_read(struct arena *arena, const char *bytes, size_t size, const char *name, struct sheet_refusal *refusal);
void workbook_free(struct workbook *workbook); /* NULL is allowed */

/* The cell, or NULL when nothing stands there. */
const struct sheet_cell *sheet_cell(const struct sheet *sheet, uint32_t row, uint32_t column);
const struct sheet_row *sheet_row(const struct sheet *sheet, uint32_t row);
/* The merged area that covers the place, NULL when none does. */
const struct sheet_area *sheet_area(const struct sheet *sheet, uint32_t row, uint32_t column);
bool sheet_column_hidden(const struct sheet *sheet, uint32_t column);
/* "AX7" */
char *sheet_address(struct arena *arena, uint32_t row, uint32_t column);

/* The number's text under a number format, and whether the format shows a date (sheet_format.c). */
struct number_format { bool date, percent, general; };
struct number_format format_kind(const char *code);
const char *format_builtin(unsigned id); /* NULL: none of the known ones */
char *format_number(struct arena *arena, const char *code, double number);
char *format_date(struct arena *arena, const char *code, double serial, bool date1904);
int64_t serial_date(double serial, bool date1904); /* NOTHING: no such day */
char *number_plain(struct arena *arena, double number); /* the shortest text that reads back the same */

#endif
