/* Private to web/: a listing as a request asks for it, ready for the store. */
#ifndef BIHUAN_WEB_LIST_H
#define BIHUAN_WEB_LIST_H

#include "web/json_out.h"
#include "web/query.h"

/* The query string of the request. False: answered. */
bool listing_of(struct request *request, size_t limit_usual, size_t limit_most, struct listing *listing);
/* Puts units below into the conditions that ask for them, and the cursor into the query. False: answered. */
bool listing_resolve(struct request *request, struct listing *listing, int64_t epoch);
/* The unit and all below it, whether in force or not. */
enum store_error units_below(struct request *request, int64_t unit, int64_t **units, size_t *count);
/* Ids that hold the words of q=, as a condition of the query, all of them up to `most`. False: answered. */
bool listing_words(struct request *request, struct listing *listing, size_t most);
/* `unit=` as a condition: led by the unit or one below it. False: answered. */
bool listing_led(struct request *request, struct listing *listing);

#endif
