/* A printed table as .xlsx (libxlsxwriter, row by row in constant memory): title, the moment it is true at with the version of its
   definitions and its journal number, a header of one or two rows, rows, lines for signatures; landscape on A4, as many pages side by side
   as keep it readable, the header and the leading columns on every page, rows as high as their words, pages numbered. Whatever looks like a
   formula is text. Used by the ledger's forms, by lists and by anything that compares. */
#ifndef BIHUAN_EXCHANGE_TABLE_H
#define BIHUAN_EXCHANGE_TABLE_H

#include "base/buffer.h"
#include "base/moment.h"
#include "base/text.h"

struct table_column { struct label group /* zh NULL: none */, header; double width; /* in characters */ };
struct table_head {
  struct label title; const char *subtitle; /* NULL */
  const struct table_column *columns; size_t column_count, leading /* columns printed again on each page beside the first */;
  int64_t cut_off, journal; int definitions; /* moment; journal number; version of the definitions */
  const char *who; enum language language;
  const char *const *signatures; /* ended by NULL; NULL: the usual three */
  bool demo;                     /* the data are invented, and the title says so */
};
struct table;
/* NULL: the file cannot be made. The path is the caller's to remove. */
struct table *table_open(struct arena *arena, const char *path, const struct table_head *head);
void table_row(struct table *table);                                   /* begins the next row; its cells in order of columns */
void table_text(struct table *table, size_t column, const char *text); /* NULL: empty */
void table_date(struct table *table, size_t column, int64_t date);     /* NOTHING: empty */
/* What is written from now on will be merged over so many rows, so that each need be only a part as high. */
void table_spread(struct table *table, size_t rows);
/* The last `rows` rows are one record: this column is merged over them. */
void table_merge(struct table *table, size_t column, size_t rows);
bool table_close(struct table *table); /* false: not written whole; the file is removed */

#endif
