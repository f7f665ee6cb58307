/* A client of any GeoReport v2 server: requests are fetched by spans of at most 90 days and by pages, and brought in as appeals of one
   source. The place it has come to is kept as a side value: cut off, it goes on there; run again, it looks back some days and changes only
   what changed. The standard finds requests by when they were made, not by when they changed: so those of the source that are not closed
   here, and that no span brought, are asked for by their numbers (service_request_id) as well. */
#ifndef BIHUAN_EXCHANGE_PULL_H
#define BIHUAN_EXCHANGE_PULL_H

#include "exchange/fetch.h"
#include "exchange/import.h"

struct pull_options {
  const char *url;                     /* of the endpoint (…/v2) or of its requests (…/requests.json, .xml) */
  const char *mapping;                 /* name of the source */
  const char *jurisdiction, *api_key;  /* NULL */
  int64_t since, until;                /* moments; since NOTHING: where it came to, else 90 days back */
  int64_t look_back;                   /* microseconds before the place it came to: what changed since */
  size_t page_size; int64_t gap;       /* microseconds between two questions */
  size_t open_most;                    /* open ones that are asked again in one run, the next goes on behind them; 0 none */
  unsigned tries;                      /* of one question */
  int64_t base_line; const struct secret_keys *contact_key;
};
struct pull_report {
  int64_t questions, requests, twice /* came again within a span */, without /* no number or no date */, refused /* by the import */,
      counts[IMPORT_CLASS_COUNT];
  int64_t open_asked /* again, by number */, open_gone /* that the server does not know any more */;
  bool open_left;                      /* there are more open ones than one run asks: the next goes on */
  int64_t done_to;                     /* everything requested up to then was seen */
  bool finished, incomplete /* a server gives out no more of a very short span */;
  struct import_error *errors; size_t error_count; /* of the import, the first of them */
  struct label wrong;                  /* why it did not finish; zh NULL: it did */
};
typedef void pull_wait(void *with, int64_t microseconds);
struct pull_hands { fetch_stops *stops; pull_wait *wait; void *with; };
enum store_error pull(struct writer *writer, struct store *store, const struct context *context, const struct pull_options *options, const struct pull_hands *hands, struct arena *arena, struct pull_report *report);

#endif
