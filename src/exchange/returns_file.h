/* Results for the hotline as a file that its own system reads: csv, xlsx with the header in the first row, or JSON. */
#ifndef BIHUAN_EXCHANGE_RETURNS_FILE_H
#define BIHUAN_EXCHANGE_RETURNS_FILE_H

#include <stdio.h>
#include "exchange/returns.h"

enum returns_format { RETURNS_CSV, RETURNS_XLSX, RETURNS_JSON, RETURNS_FORMATS };
extern const char *const RETURNS_FORMAT_NAMES[RETURNS_FORMATS]; /* "csv" … : also the endings of file names */
struct returns_file;
/* xlsx needs a path, the others write to `out`. NULL: the file cannot be made. */
struct returns_file *returns_file_open(struct arena *arena, enum returns_format format, const char *path, FILE *out);
/* One page after the other; the header comes with the first one. False: it cannot be written. */
bool returns_file_add(struct returns_file *file, const struct returns *returns);
bool returns_file_close(struct returns_file *file, int64_t next); /* false: not written whole */

#endif
