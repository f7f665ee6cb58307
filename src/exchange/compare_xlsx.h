/* A comparison of two rounds as a printed table: what compare_csv writes, on A4. */
#ifndef BIHUAN_EXCHANGE_COMPARE_XLSX_H
#define BIHUAN_EXCHANGE_COMPARE_XLSX_H

#include "exchange/compare_csv.h"

/* `csv` is what compare_csv wrote for the same ends. False: the file could not be written whole. */
bool compare_xlsx(const struct buffer *csv, const struct compare_end ends[2], const char *path, const char *who, int64_t now,
                  bool demo /* its data are invented */, enum language language);

#endif
