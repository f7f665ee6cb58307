/* The CSV reader and writer. The reader is one pass over the bytes with one record in memory; it forgives what spreadsheets do
   (ragged records, lone CR, blank lines, quotes inside unquoted cells) and refuses what would silently shift columns (an open
   quote, text behind a closing one). It must not interpret cells: cleaning and meaning belong to the import. */
#include "exchange/csv.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"

static const char DELIMITERS[] = ",;\t";

static const struct label PROBLEMS[] = {
  [CSV_NO_PROBLEM] = {"没有问题", "no problem"},
  [CSV_QUOTE_OPEN] = {"引号没有配对：单元格以双引号开头，到文件末尾也没有结束的双引号。单元格内的双引号应写成两个", "a quote is never closed. A quote inside a cell must be doubled"},
  [CSV_QUOTE_STRAY] = {"结束的双引号后面还有文字。单元格内的双引号应写成两个", "text stands behind a closing quote. A quote inside a cell must be doubled"},
  [CSV_CELL_TOO_LONG] = {"单元格超过 1 MB，可能是双引号没有配对", "a cell is longer than 1 MB; maybe a quote is not closed"},
  [CSV_TOO_MANY_COLUMNS] = {"一行超过 4096 列", "a row has more than 4096 columns"},
  [CSV_RECORD_TOO_LONG] = {"一行超过 8 MB，可能是双引号没有配对", "a row is longer than 8 MB; maybe a quote is not closed"},
};
_Static_assert(sizeof PROBLEMS / sizeof *PROBLEMS == CSV_PROBLEM_COUNT, "one sentence a problem");

struct label csv_problem_label(enum csv_problem problem) { return PROBLEMS[problem]; }

static char delimiter_find(const char *at, const char *end) {
  size_t counts[sizeof DELIMITERS - 1] = {0}, best = 0;
  bool quoted = false;
  for (; at < end && (quoted || (*at != '\n' && *at != '\r')); at++) {
    const char *known = *at ? strchr(DELIMITERS, *at) : NULL;
    if (*at == '"') quoted = !quoted;
    else if (!quoted && known) counts[known - DELIMITERS]++;
  }
  for (size_t i = 1; i < sizeof DELIMITERS - 1; i++)
    if (counts[i] > counts[best]) best = i;
  return DELIMITERS[best];
}

struct csv csv_open(const char *bytes, size_t size) {
  struct csv csv = {.at = bytes, .end = bytes + size, .lines = 1};
  if (size >= 3 && memcmp(bytes, CSV_BOM, 3) == 0) csv.at += 3;
  const char *first = csv.at;
  while (first < csv.end && (*first == '\n' || *first == '\r')) first++;
  csv.delimiter = delimiter_find(first, csv.end);
  return csv;
}

void csv_close(struct csv *csv) {
  buffer_free(&csv->text);
  free(csv->starts);
  free(csv->cells);
  *csv = (struct csv){0};
}

/* Passes one line end (CRLF, LF or CR). */
static bool line_end(struct csv *csv) {
  if (csv->at == csv->end || (*csv->at != '\n' && *csv->at != '\r')) return false;
  if (*csv->at == '\r' && csv->at + 1 < csv->end && csv->at[1] == '\n') csv->at++;
  csv->at++;
  return true;
}

static size_t lines_within(const char *at, size_t size) {
  size_t lines = 0;
  for (const char *end = at + size; at < end && (at = memchr(at, '\n', (size_t)(end - at))); at++) lines++;
  return lines;
}

/* The inside of a quoted cell, its quotes undoubled, up to what must be a delimiter or the record's end. */
static enum csv_problem quoted_read(struct csv *csv) {
  size_t start = csv->text.size;
  for (csv->at++;;) {
    const char *quote = memchr(csv->at, '"', (size_t)(csv->end - csv->at));
    size_t size = (size_t)((quote ? quote : csv->end) - csv->at);
    if (csv->text.size - start + size > CSV_CELL_MOST) return CSV_CELL_TOO_LONG;
    if (!quote) return CSV_QUOTE_OPEN;
    csv->lines += (int64_t)lines_within(csv->at, size);
    buffer_add(&csv->text, csv->at, size);
    csv->at = quote + 1;
    if (csv->at == csv->end || *csv->at != '"') break;
    buffer_byte(&csv->text, '"');
    csv->at++;
  }
  while (csv->at < csv->end && *csv->at == ' ') csv->at++;
  bool over = csv->at == csv->end || *csv->at == csv->delimiter || *csv->at == '\n' || *csv->at == '\r';
  return over ? CSV_NO_PROBLEM : CSV_QUOTE_STRAY;
}

static enum csv_problem plain_read(struct csv *csv) {
  const char *first = csv->at;
  while (csv->at < csv->end && *csv->at != csv->delimiter && *csv->at != '\n' && *csv->at != '\r') csv->at++;
  if ((size_t)(csv->at - first) > CSV_CELL_MOST) return CSV_CELL_TOO_LONG;
  buffer_add(&csv->text, first, (size_t)(csv->at - first));
  return CSV_NO_PROBLEM;
}

static enum csv_problem cell_read(struct csv *csv) {
  if (csv->count == CSV_COLUMNS_MOST) return CSV_TOO_MANY_COLUMNS;
  if (csv->count == csv->room) {
    csv->room = csv->room ? 2 * csv->room : 32;
    csv->cells = heap_resized(csv->cells, csv->room, sizeof *csv->cells);
    csv->starts = heap_resized(csv->starts, csv->room, sizeof *csv->starts);
  }
  csv->starts[csv->count++] = csv->text.size;
  enum csv_problem problem = csv->at < csv->end && *csv->at == '"' ? quoted_read(csv) : plain_read(csv);
  if (problem == CSV_NO_PROBLEM && csv->text.size > CSV_RECORD_MOST) problem = CSV_RECORD_TOO_LONG;
  buffer_byte(&csv->text, 0);
  return problem;
}

/* Cells are offsets while the buffer may move, pointers when the record stands. */
static void cells_settle(struct csv *csv) {
  for (size_t i = 0; i < csv->count; i++) {
    size_t end = i + 1 < csv->count ? csv->starts[i + 1] : csv->text.size;
    csv->cells[i] = (struct csv_cell){csv->text.bytes + csv->starts[i], end - csv->starts[i] - 1};
  }
}

enum csv_status csv_next(struct csv *csv) {
  if (csv->problem) return CSV_BAD;
  if (csv->record > 0 && csv->at < csv->end && line_end(csv)) csv->lines++;
  csv->record++;
  while (line_end(csv)) csv->lines++, csv->record++;
  csv->line = csv->lines;
  csv->count = 0;
  buffer_clear(&csv->text);
  if (csv->at >= csv->end) return CSV_END;
  for (;;) {
    csv->problem = cell_read(csv);
    if (csv->problem) break;
    if (csv->at == csv->end || *csv->at != csv->delimiter) break;
    csv->at++;
  }
  csv->column = csv->count;
  cells_settle(csv);
  return csv->problem ? CSV_BAD : CSV_RECORD;
}

char *csv_column_letters(struct arena *arena, size_t column) {
  char letters[16];
  size_t at = sizeof letters - 1;
  for (letters[at] = 0; column > 0 && at > 0; column = (column - 1) / 26) letters[--at] = (char)('A' + (column - 1) % 26);
  return arena_text(arena, letters + at);
}

/* Would a spreadsheet take it for a formula? Blanks in front and wide signs do not stop every one of them. Apostrophes in front are looked
   through, so that guarding can be undone. */
static bool guarded(const char *text) {
  static const char *const WIDE[] = {"＝", "＋", "－", "＠"};
  text += strspn(text, "'");
  const char *first = text + strspn(text, " ");
  for (size_t i = 0; i < sizeof WIDE / sizeof *WIDE; i++)
    if (strncmp(first, WIDE[i], strlen(WIDE[i])) == 0) return true;
  return *first && strchr("=+-@\t\r\n", *first);
}

const char *csv_unguard(const char *text) { return *text == '\'' && guarded(text) ? text + 1 : text; }

void csv_write(struct buffer *out, const char *text, bool first, bool guard) {
  if (!first) buffer_byte(out, ',');
  if (!text || !*text) return;
  bool apostrophe = guard && guarded(text);
  bool quotes = strpbrk(text, "\",;\t\r\n") || *text == ' ' || text[strlen(text) - 1] == ' ';
  if (quotes) buffer_byte(out, '"');
  if (apostrophe) buffer_byte(out, '\'');
  for (const char *quote; quotes && (quote = strchr(text, '"')); text = quote + 1) {
    buffer_add(out, text, (size_t)(quote + 1 - text));
    buffer_byte(out, '"');
  }
  buffer_text(out, text);
  if (quotes) buffer_byte(out, '"');
}

void csv_write_end(struct buffer *out) { buffer_text(out, "\r\n"); }
