/* An answer of a GeoReport v2 server, read: requests as they came, JSON or XML, and as rows of appeals. Pure; what is hostile is refused,
   what is merely odd is kept as text. */
#ifndef BIHUAN_EXCHANGE_GEOREPORT_H
#define BIHUAN_EXCHANGE_GEOREPORT_H

#include "base/buffer.h"
#include "base/moment.h"
#include "base/text.h"

#define GEOREPORT_ITEMS_MOST 100000u
struct georeport { /* "" where nothing came; dates as they were written */
  const char *id, *status, *status_notes, *service_name, *service_code, *description, *agency, *requested, *updated, *expected, *address,
      *latitude, *longitude, *media;
};
struct georeports { struct georeport *items; size_t count, room; };
/* Found out from the bytes. False: *wrong says why nothing of it can be used. */
bool georeport_read(struct arena *arena, const char *bytes, size_t size, struct georeports *requests, struct label *wrong);
/* The first error that a refusal told, as one line; NULL: none that can be read. */
const char *georeport_error(struct arena *arena, const char *bytes, size_t size);
/* W3C dates, and what servers make of them: a zone of +0800, a blank before it, no zone at all (the store's). */
bool georeport_moment(struct arena *arena, const char *text, int64_t *moment);
/* Requests from …: a JSON array of rows under our own names (each with all of them), for the import. Without a number or a moment a request
   cannot be kept: those are counted. */
size_t georeport_rows(struct arena *arena, const struct georeport *const *requests, size_t count, struct buffer *json);

#endif
