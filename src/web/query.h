/* Query strings into queries, and the cursors between pages. Knows declarations and who may read which field; reads no store. */
#ifndef BIHUAN_WEB_QUERY_H
#define BIHUAN_WEB_QUERY_H

#include "web/json_in.h"

struct pair { const char *name, *value; };     /* decoded; value "" when there was none */

#define CONDITIONS_MOST 40
struct listing {
  struct query query;
  struct condition conditions[CONDITIONS_MOST];
  bool below[CONDITIONS_MOST];                 /* that condition means its units and all below them: to be resolved */
  const char *words;                           /* q=; NULL none */
  int64_t unit;                                /* unit=; 0 none */
  int64_t event, class;                        /* of appeals: in the same group as that one; 0 any */
  const char *after;                           /* the cursor, unread */
  uint16_t by[8]; size_t by_count;             /* by= of a tally */
  uint16_t sums[8]; size_t sum_count;          /* sum= of a tally */
  bool full, total;                            /* long texts and references too; count even when it costs */
};
/* All issues at once; true when there are none. authority: whose readable fields; NULL: all. */
bool listing_read(struct arena *arena, struct issues *issues, const struct authority *authority, const struct record_type *type,
                  const struct pair *pairs, size_t count, size_t limit_usual, size_t limit_most, struct listing *listing);

/* The order in which values have their turn, where it is sorted by one; NULL: it is not. */
const struct in_turn *query_turn(const struct query *query);

/* A cursor: type, sort, direction, epoch, sort value (in turn: and what is sorted by then) and id of the last row shown. */
char *cursor_print(struct arena *arena, const struct query *query, int64_t epoch, const struct row *last);
/* Into query->has_after, after, after_then, after_id. False: it is no cursor of this list. */
bool cursor_read(struct arena *arena, const char *text, int64_t epoch, struct query *query);

const char *field_name_of(const struct record_type *type, uint16_t id); /* declared or of the system */

#endif
