/* A comparison as CSV: cut-off, definitions' version and journal number of both ends first, the identity, then every problem that differs
   with its groups, its figures before and after, old and new values, and correction slips as footnotes. */
#ifndef BIHUAN_EXCHANGE_COMPARE_CSV_H
#define BIHUAN_EXCHANGE_COMPARE_CSV_H

#include "rules/compare.h"

struct compare_csv {
  const struct compare_end *ends; /* two */
  const struct scope *scope;      /* of MAY_EXPORT */
  const struct authority *authority;
  enum language language;
};
/* *rows: problems written. What did not change is counted above and not listed. */
enum store_error compare_csv(struct reader *reader, const struct compare_csv *options, const struct compared *whole, struct buffer *out, int64_t *rows);

#endif
