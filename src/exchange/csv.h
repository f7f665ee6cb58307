/* CSV in and out (RFC 4180, and what offices make of it). The reader streams records out of decoded UTF-8 text in bounded
   memory; the writer makes files that spreadsheets open rightly and that the reader takes back unchanged.
   Nothing here knows what a column means. */
#ifndef BIHUAN_EXCHANGE_CSV_H
#define BIHUAN_EXCHANGE_CSV_H

#include "base/buffer.h"
#include "base/text.h"

#define CSV_CELL_MOST ((size_t)1 << 20) /* bytes of one cell */
#define CSV_COLUMNS_MOST ((size_t)4096) /* cells of one record */
#define CSV_RECORD_MOST ((size_t)8 << 20) /* bytes of one record */

struct csv_cell { const char *text; size_t size; }; /* ended by NUL; lives until the next csv_next */
enum csv_status { CSV_RECORD, CSV_END, CSV_BAD };
enum csv_problem { CSV_NO_PROBLEM, CSV_QUOTE_OPEN /* no closing quote */, CSV_QUOTE_STRAY /* text behind a closing quote */,
                   CSV_CELL_TOO_LONG, CSV_TOO_MANY_COLUMNS, CSV_RECORD_TOO_LONG, CSV_PROBLEM_COUNT };
struct csv {
  const char *at, *end;                  /* what is still to be read; the bytes are the caller's */
  char delimiter;                        /* , ; or tab */
  int64_t record;                        /* number of the last record read: 1 = the first, usually the header */
  int64_t line;                          /* physical line it began at, from 1 */
  struct csv_cell *cells; size_t count;  /* the last record */
  enum csv_problem problem; size_t column; /* of CSV_BAD: column from 1 */
  struct buffer text; size_t *starts; size_t room; int64_t lines; /* own */
};

/* The delimiter is found out from the first record: the one of , ; tab that stands most often outside quotes. */
struct csv csv_open(const char *bytes, size_t size);
/* Blank lines are passed over, but counted: so record numbers are the rows that a spreadsheet shows. After CSV_BAD nothing more can be
   read. */
enum csv_status csv_next(struct csv *csv);
void csv_close(struct csv *csv);
struct label csv_problem_label(enum csv_problem problem);
/* "A", "Z", "AA" … for column 1, 26, 27 …, as spreadsheets name them. */
char *csv_column_letters(struct arena *arena, size_t column);

#define CSV_BOM "\xEF\xBB\xBF"
/* Writes one cell of a record (the delimiter before it unless `first`); csv_write_end ends the record by CRLF. Text that a spreadsheet
   would take for a formula (= + - @, narrow or wide, TAB CR LF first, behind blanks too) gets an apostrophe in front when `guard` is set:
   always for words that people wrote, never for numbers. NULL writes an empty cell. */
void csv_write(struct buffer *out, const char *text, bool first, bool guard);
void csv_write_end(struct buffer *out);
/* The apostrophe taken off again: the text without it, or the same text. */
const char *csv_unguard(const char *text);

#endif
