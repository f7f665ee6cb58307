/* Export: the records of a list as CSV that a spreadsheet opens and import takes back as unchanged. Labels as headers, choices by
   label, references by name, dates as 2026-11-23, contacts masked, hidden fields left out. */
#ifndef BIHUAN_EXCHANGE_EXPORT_H
#define BIHUAN_EXCHANGE_EXPORT_H

#include <stdio.h>
#include "rules/scope.h"

struct export_options {
  const struct query *query; const struct scope *scope; /* the scope of MAY_EXPORT */
  const struct authority *authority;                    /* whose readable fields */
  enum language language;                               /* of headers and labels; import reads both */
  const struct secret_keys *contact_key;                         /* opens contacts for masking; NULL: shown as *** */
                         bool unnumbered; /* a problem without a number is named by its id, for it to be known when it comes back */ };
/* Hands over pieces of at most some hundred rows; false stops. */
typedef bool export_sink(void *with, const char *bytes, size_t size);
enum store_error export_csv(struct reader *reader, const struct export_options *options, export_sink *sink, void *with, int64_t *rows);
bool export_to_buffer(void *buffer, const char *bytes, size_t size); /* sinks: struct buffer *, FILE * */
bool export_to_file(void *file, const char *bytes, size_t size);
/* 13812345678 → 138****5678; shorter ones show less. */
char *contact_mask(struct arena *arena, const char *plain);

#endif
