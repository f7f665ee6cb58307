/* Private to exchange/: a pull under way, as the files that ask by spans (pull.c) and by numbers (pull_open.c) see it. */
#ifndef BIHUAN_EXCHANGE_PULL_PARTS_H
#define BIHUAN_EXCHANGE_PULL_PARTS_H

#include "exchange/georeport.h"
#include "exchange/map.h"
#include "exchange/pull.h"

/* Where it has come to: a side value, so that a run that is cut off goes on there. */
struct place {
  int64_t done /* all before it was seen */, from, to /* the span under way; NOTHING none */, page;
  const char *open;               /* source key of the last open one that was asked again; "" begins anew */
};
struct pulling {
  struct writer *writer;
  struct store *store;
  const struct context *context;
  const struct pull_options *options;
  const struct pull_hands *hands;
  struct pull_report *report; struct arena *kept, *page, *answer /* one answer as it came: until the next question */; const char *key;
  struct place place;
  struct map seen; /* numbers of the span under way */
  struct map met;  /* numbers that came in this run */
};

/* ---- pull.c ---- */
/* The endpoint's address with `path` behind it and the arguments that every question has; in pulling->page. Ends with "?" or "&". */
struct buffer pull_address(struct pulling *pulling, const char *path);
/* Asks until it is answered with something else than "not now". False: the report says why; fetched->too_large: less may be asked for
   instead. */
bool pull_ask(struct pulling *pulling, const char *url, struct fetched *fetched);
bool pull_read(struct pulling *pulling, const struct fetched *fetched, struct georeports *requests); /* of an answer with status 200 */
bool pull_refused(struct pulling *pulling, const struct fetched *fetched);                           /* false; with what the server said */
/* What came goes through the import, so many at a time that memory does not grow with the answer. False in *good: the report says why. */
enum store_error pull_take(struct pulling *pulling, const struct georeport *const *requests, size_t count, bool *good);
enum store_error pull_place_keep(struct pulling *pulling);
void pull_pause(struct pulling *pulling); /* between two questions */

/* ---- pull_open.c ---- */
enum store_error pull_open_ones(struct pulling *pulling, bool *good);

#endif
