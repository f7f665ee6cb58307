/* Private to store/: a list while its page is being found, shared by store_list.c (chooses the way, gives the rows),
   listing.c (what is asked, the walk) and listing_parts.c (the other ways to ids). Nothing else includes it. */
#ifndef BIHUAN_STORE_LISTING_H
#define BIHUAN_STORE_LISTING_H

#include "store/compose.h"

#define PAGE_MOST 1000
#define BRANCHES_MOST 16
#define PARTS_MOST 64 /* of an index laid out by the sort */

/* Units of one grant: what they lead, or (joint) what stands under them in a holder's side table. */
struct branch { bool joint; const struct column *column; const int64_t *units; size_t unit_count; uint8_t secrecy; };
/* Parts of an index laid out by the sort: for each column of the filter the values it can have; all: how many parts that makes. */
struct parts { const struct value *values[3][PARTS_MOST]; size_t counts[3], all; };
/* Columns of few values that stand in the list index between the unit and the first column asked for: with every value they can have named,
   each combination is one look into the index instead of a scan of all that the unit has. count 0: none are named. */
struct skips { const struct column *columns[3]; size_t count; struct parts parts; };
enum shape { SHAPE_NOTHING, SHAPE_BROAD, SHAPE_HELD /* by lead or joint units only */, SHAPE_OTHER };
struct listing {
  struct reader *reader; const struct store_driver *driver; const struct query *query; const struct scope *scope;
  const struct type_texts *texts; const struct column *sort; struct reading reading; struct arena *arena;
  enum shape shape; struct branch branches[BRANCHES_MOST]; size_t branch_count, unit_count; bool joint;
  bool walkable, nearly /* walkable, but for what is laid out with the state: that is looked up in rows */, narrow, listed, by_state,
      looked_up, beyond /* the scope looks at columns that walks do not carry */;
  struct skips skips;
  int64_t ids[PAGE_MOST]; size_t count;
  struct buffer *plan;        /* not NULL: explain instead of run */
  bool fits;
};

/* The states asked for, when units are walked state by state; count 0: they are walked as a whole. */
struct states { const struct value *values[PARTS_MOST]; size_t count; };
/* How what units lead and join is found. index not NULL: what they lead comes by the parts of that index. */
struct ways {
  bool led_by_unit, joined_by_unit;
  struct states states;
  const struct filter_index *filter;
  const char *index;
  const struct parts *parts;
};

/* listing.c: what is asked */
void listing_find_shape(struct listing *listing);      /* shape and branches, from the scope */
void listing_read_conditions(struct listing *listing); /* walkable … looked_up, from the query */

/* listing.c: pieces of a select on alias `r` */
/* " AND …": the whole rest behind the page before; nothing on the first */
void listing_add_keyset(struct sql *sql, const struct listing *listing);
void listing_add_from(struct sql *sql, const struct listing *listing, const char *index); /* index: a hint, NULL none */
void listing_add_limit(struct sql *sql, size_t limit);
void listing_add_order(struct sql *sql, const struct listing *listing);

/* listing.c: running */
enum store_error listing_explain(struct listing *listing, const struct sql *sql); /* adds the engine's plan to listing->plan */
enum store_error listing_run_ids(struct listing *listing, const struct sql *sql); /* adds to ids, up to the query's limit; explains when that is asked */
/* How many rows the select within "SELECT count(*) FROM (" gives, counted no further than `most`; closes that bracket. */
enum store_error listing_count_up_to(struct listing *listing, struct sql *sql, size_t most, int64_t *count);
/* Walks at most `bound` entries from the top. *done: the page is full, or there is no more; otherwise ids has what lies within the
   bound. */
enum store_error listing_walk_all(struct listing *listing, size_t bound, bool *done);

/* listing_parts.c: the ways that are always right; each begins the page anew */
enum store_error listing_list_broad(struct listing *listing); /* through the list index */
enum store_error listing_list_filter(struct listing *listing, const struct filter_index *filter);
enum store_error listing_list_parts(struct listing *listing, const struct filter_index *filter, const char *index, const struct parts *parts);
enum store_error listing_list_held(struct listing *listing, const struct ways *ways); /* by the branches */

/* listing_parts.c: what the choice hangs on */
bool listing_merges(const struct listing *listing); /* the engine merges ordered parts as they are walked */
/* The filter's index that is laid out by this sort, and its parts; NULL: there is none, or the parts would be too many. */
const char *listing_sorted_filter(const struct listing *listing, const struct filter_index *filter, struct parts *parts);
/* The sort is laid out by unit and state, and the query asks for so few states that each unit's can be walked, nearly or wholly in the
   index. */
bool listing_states(const struct listing *listing, struct states *states);
/* Fills listing->skips where that makes rare matches quick to find; false: it does not. */
bool listing_name_skips(struct listing *listing);
/* " FROM … WHERE": all that the branch opens */
void listing_add_held_source(struct sql *sql, const struct listing *listing, const struct branch *branch);

#endif
