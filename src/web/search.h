/* Private to web/: one search over all record types, from what is asked (search.c) to rows in scope (search_hits.c). */
#ifndef BIHUAN_WEB_SEARCH_H
#define BIHUAN_WEB_SEARCH_H

#include "web/json_out.h"

enum { SEARCH_TYPES_MOST = 64, SEARCH_COUNTED = 100 /* hits that a first page counts, at least */, SEARCH_RANKED = 10000 /* the newest hits, of which the closest are told */ };
struct searched_type {
  const struct record_type *type;
  const struct scope *scope;
  struct question_holders holders[2];
  size_t holder_count;
};
struct searching {
  struct request *request;
  const char *words; struct question question;
  struct searched_type types[SEARCH_TYPES_MOST]; size_t type_count; /* that may be read, and are asked for */
  int64_t unit, *units; size_t unit_count;   /* the unit and all below it, in order; unit 0: any */
  int64_t from, before;                      /* moments; NOTHING: open */
  bool best; size_t limit;
  int64_t after_id, after_closeness;         /* behind this hit; after_id 0: the first page */
};
struct search_row { const struct searched_type *type; struct row *row; int64_t closeness; };
/* rows: those of the page, and on a first page whatever else was looked at, for counting. more: hits that were not looked at. */
struct search_rows {
  struct search_row *items;
  size_t count, room;
  bool more;
  int64_t last_id, last_closeness; /* of the last hit looked at */
};
enum store_error search_find(struct searching *searching, struct search_rows *rows);
int64_t search_moment(const struct row *row); /* when it happened, or was created */

#endif
