/* Tallies: a view in memory that counts each type's living records by its tallied fields and state, by lead unit. It answers the overview
   and tells the lists how many rows match. True at one journal number, shown with every answer. */
#ifndef BIHUAN_FOLLOW_TALLIES_H
#define BIHUAN_FOLLOW_TALLIES_H

#include "follow/follower.h"

struct tallies;
/* Counts within scope, grouped by up to 6 of the tallied fields (FIELD_TALLIED, FIELD_COUNTED_BY; or FIELD_STATE, or the first holder
   field), under conditions on such fields only. False when a field is not tallied: ask the store. *journal is the number it is true at. A
   joint relation in the scope makes it answer false too (tallies know the lead unit only), unless the scope has `all`. */
bool tallies_count(struct tallies *tallies, const struct query *query, const uint16_t *by, size_t by_count, const struct scope *scope,
                   cell_sink *sink, void *with, int64_t *journal);
/* Matching rows by the tallied conditions of a query, -1 unknown: for query.expected. */
int64_t tallies_expect(struct tallies *tallies, const struct query *query, const struct scope *scope);
int64_t tallies_position(struct tallies *tallies);
#endif
