/* Lists: keyset pages. Where values have their turn (struct in_turn), each is a list of its own, one behind the other. A page is found in
   two steps: ids from an index alone, then the rows of these ids.
   The ids come on one of five ways, the cheap ones first:
     walk    along the sort's index, or each unit's part of it (of the states asked for), filtering on columns that stand in it;
     filter  all that an index of few-valued columns gives, sorted: for rare filters from the top; where that index is laid out by
             the sort, the beginning of each of its parts (a state and a colour each);
     list    from the list index, by unit (and state, or every state that stands before what is asked) or through all of it, sorted;
     joint   the same from a holder's side table, which carries copies of the listed columns;
             parts and units walked together are merged as they go, so that hardly more is read than the page holds;
     plain   as the database's own planner likes: lookups by an index of their own, relations of other kinds.
   Which one is cheaper hangs on how rare the filter is: the query's `expected` says it, or a short count finds out.
   A walk that comes back short without having reached the end is followed by a way that is always right.
   Lists without a limit are streamed in one statement.
   Here is the choice, the plain way and the rows of a page; listing.c walks, listing_parts.c has filter, list and joint. */
#include <assert.h>
#include "base/log.h"
#include "store/listing.h"

#define WALK_FIRST 2500 /* entries walked before anything is counted */
#define WALK_MOST 20000
#define WALK_LOOKED 1000 /* where each entry's row must be looked up for what is asked */
#define RARE 5000     /* so few matches are quicker fetched and sorted than walked for */
#define RARE_LED 2000  /* the same among what units lead: the rest is walked, or filtered on the walk of a state's parts */
#define RARE_JOINED 5000 /* and join: to look into the side table for every row of a walk costs ten times as much as passing the row */
#define RARE_WALKED 2000 /* and join, where the rows of a walk are looked up in the side table by themselves */
#define RARE_LAID 300    /* of either, where units are walked state by state: what else is asked lies close by there */
#define UNITS_MOST 64 /* walked one by one; more are filtered on the walk from the top */
#define CHUNK 64      /* rows fetched by one statement */

/* ---- plain ---- */
static bool compose_plain(struct sql *sql, const struct listing *listing) {
  const struct query *query = listing->query;
  sql_add(sql, listing->reading.select);
  sql_add(sql, " WHERE ");
  compose_scope(sql, listing->reader->store, listing->texts, listing->scope, "r");
  bool fits = compose_conditions(sql, listing->reader->store, query, "r");
  listing_add_keyset(sql, listing);
  listing_add_order(sql, listing);
  if (query->limit) listing_add_limit(sql, query->limit);
  return fits;
}

/* Streams; one row in memory at a time. */
static enum store_error give_plain(struct listing *listing, row_sink *sink, void *with) {
  struct sql sql = sql_new(listing->arena);
  bool more = true;
  struct cursor *cursor = NULL;
  if (!compose_plain(&sql, listing)) return STORE_BROKEN;
  if (listing->plan) return listing_explain(listing, &sql);
  struct statement statement = sql_statement(&sql);
  statement.unlimited = listing->query->limit == 0;
  statement.stream = listing->query->limit == 0 || listing->query->limit > PAGE_MOST;
  struct arena *texts = arena_new();
  struct row *row = row_blank(listing->texts, &listing->reading, listing->arena);
  enum store_error error = reader_query(listing->reader, &statement, &cursor);
  while (!error && more && (error = listing->driver->next(cursor)) == STORE_OK) {
    arena_reset(texts);
    row_fill(row, cursor, &listing->reading, texts);
    more = sink(with, row);
  }
  listing->driver->finish(cursor);
  arena_free(texts);
  return error == STORE_ABSENT ? STORE_OK : error;
}

/* ---- rows of a page ---- */
static enum store_error give_chunk(struct listing *listing, const int64_t *ids, size_t count, row_sink *sink, void *with, bool *more) {
  struct arena *rows = arena_new();
  struct sql sql = sql_new(rows);
  const struct row *found[CHUNK] = {NULL};
  struct cursor *cursor = NULL;
  sql_add(&sql, listing->reading.select);
  sql_add(&sql, " WHERE r.\"id\" IN ");
  sql_integers(&sql, ids, count);
  struct statement statement = sql_statement(&sql);
  enum store_error error = reader_query(listing->reader, &statement, &cursor);
  while (!error && (error = listing->driver->next(cursor)) == STORE_OK) {
    struct row *row = row_blank(listing->texts, &listing->reading, rows);
    row_fill(row, cursor, &listing->reading, rows);
    for (size_t i = 0; i < count; i++) if (ids[i] == row->id) found[i] = row;
  }
  listing->driver->finish(cursor);
  if (error == STORE_ABSENT) error = STORE_OK;
  for (size_t i = 0; i < count && !error && *more; i++) if (found[i]) *more = sink(with, found[i]);
  arena_free(rows);
  return error;
}

static enum store_error give_page(struct listing *listing, row_sink *sink, void *with) {
  enum store_error error = STORE_OK;
  bool more = true;
  for (size_t at = 0; at < listing->count && !error && more; at += CHUNK) {
    size_t left = listing->count - at;
    error = give_chunk(listing, listing->ids + at, left < CHUNK ? left : CHUNK, sink, with, &more);
  }
  return error;
}

/* ---- choosing ---- */
/* The filter's index whose columns are all that is asked. One that is laid out by the sort is walked by its parts (`index`), also when its
   first column, the state, is not asked for; any other is taken only for values of its first column. */
struct fitting { const struct filter_index *filter; const char *index; struct parts *parts; };

static bool covers_query(const struct query *query, const struct filter_index *filter, bool *leads) {
  size_t within = 0;
  *leads = false;
  for (size_t c = 0; c < query->condition_count; c++)
    for (size_t j = 0; j < filter->count; j++)
      if (query->conditions[c].field == filter->columns[j]->id) {
        within++;
        *leads = *leads || (j == 0 && (query->conditions[c].how == C_IS || query->conditions[c].how == C_IN));
      }
  return within == query->condition_count;
}

static struct fitting fitting_filter(const struct listing *listing) {
  const struct query *query = listing->query;
  struct fitting found = {NULL};
  bool leads;
  for (size_t i = 0; i < listing->texts->filter_count && !found.filter && query->condition_count && listing->sort->sorted; i++) {
    const struct filter_index *filter = &listing->texts->filters[i];
    if (!covers_query(query, filter, &leads)) continue;
    found.parts = filter->sort_count ? ARENA_NEW(listing->arena, struct parts) : NULL;
    found.index = found.parts ? listing_sorted_filter(listing, filter, found.parts) : NULL;
    if (leads || found.index) found.filter = filter;
  }
  return found;
}

/* Rare: fewer than RARE match the filter among all. */
static enum store_error is_rare(struct listing *listing, const struct filter_index *filter, bool *rare) {
  int64_t count = listing->query->expected;
  enum store_error error = STORE_OK;
  if (count < 0) {
    struct sql sql = sql_new(listing->arena);
    sql_add(&sql, "SELECT count(*) FROM (SELECT 1 AS one");
    listing_add_from(&sql, listing, filter->name);
    sql_add(&sql, " WHERE 1 = 1");
    if (!compose_conditions(&sql, listing->reader->store, listing->query, "r")) return STORE_BROKEN;
    error = listing_count_up_to(listing, &sql, RARE, &count);
  }
  *rare = count < RARE;
  return error;
}

/* How many match in the branches of the one kind, counted to `most` or a little beyond, by the index that rare ones are fetched from. */
static enum store_error count_held(struct listing *listing, bool joint, int64_t most, int64_t *found) {
  int64_t count = 0;
  bool known = listing->query->expected >= 0 && !listing->joint;
  enum store_error error = STORE_OK;
  *found = known ? listing->query->expected : 0;
  for (size_t i = 0; i < listing->branch_count && !known && !error && *found < most; i++) {
    struct sql sql = sql_new(listing->arena);
    if (listing->branches[i].joint != joint) continue;
    sql_add(&sql, "SELECT count(*) FROM (SELECT 1 AS one");
    listing_add_held_source(&sql, listing, &listing->branches[i]);
    if (!compose_conditions(&sql, listing->reader->store, listing->query, "r")) return STORE_BROKEN;
    error = listing_count_up_to(listing, &sql, (size_t)most, &count);
    *found += count;
  }
  return error;
}

static enum store_error is_rare_held(struct listing *listing, bool joint, int64_t most, bool *rare) {
  int64_t found = 0;
  enum store_error error = count_held(listing, joint, most, &found);
  *rare = found < most;
  return error;
}

/* Each unit's part of the sort is walked, of the states asked for alone when it is laid out by them; what is rare there for another filter
   is fetched, before a walk passes everything that the units have. */
static enum store_error find_held_walking(struct listing *listing, struct ways *ways) {
  int64_t led = RARE_LAID, joined = RARE_LAID;
  bool more = listing->query->condition_count > (ways->states.count > 0), known = listing->query->expected >= 0 && !listing->joint;
  enum store_error error = more ? count_held(listing, false, RARE_LAID, &led) : STORE_OK;
  if (!error && more) error = count_held(listing, true, RARE_LAID, &joined);
  ways->led_by_unit = led >= RARE_LAID;
  ways->joined_by_unit = joined >= RARE_LAID;
  bool none = !known && led == 0 && joined == 0 && !listing->plan; /* counted; what tallies say may be a moment old */
  return error || none ? error : listing_list_held(listing, ways);
}

/* What is laid out by state and colour: all that match when they are rare; else what units lead from the parts of that index, filtered by
   unit, and what they join from their parts of the state, where the colour of each is looked up: to ask of each entry of the index who
   joins it costs more. */
static enum store_error find_held_laid(struct listing *listing, const struct fitting *laid) {
  struct ways ways = {.filter = laid->filter, .parts = laid->parts};
  bool rare_led = false, rare_joined = false, by_states = listing_states(listing, &ways.states);
  enum store_error error = is_rare_held(listing, false, RARE_LED, &rare_led);
  if (!error) error = is_rare_held(listing, true, by_states ? RARE_WALKED : RARE_JOINED, &rare_joined);
  ways.joined_by_unit = by_states && !rare_joined;
  bool from_index = listing->joint ? !rare_joined && !by_states : !rare_led;
  if (!error && from_index) return listing_list_parts(listing, laid->filter, laid->index, laid->parts);
  if (!rare_led) ways.index = laid->index;
  return error ? error : listing_list_held(listing, &ways);
}

/* With a state asked: the units' parts of it, when they are few; else all that match when they are rare. */
static enum store_error find_held(struct listing *listing) {
  struct ways ways = {0};
  bool rare_led = false, rare_joined = false, done = false;
  if (listing->walkable && listing_states(listing, &ways.states)) return find_held_walking(listing, &ways);
  ways.states.count = 0;
  struct fitting laid = listing_merges(listing) ? fitting_filter(listing) : (struct fitting){NULL};
  bool by_unit = listing->walkable && listing->unit_count <= UNITS_MOST && listing->sort->lead_sort_index;
  bool named = !listing->by_state && (by_unit || laid.index) && listing_name_skips(listing);
  if (laid.index) return find_held_laid(listing, &laid);
  if (by_unit && named) return find_held_walking(listing, &ways);
  enum store_error error = STORE_OK;
  if (listing->by_state && by_unit) {
    error = is_rare_held(listing, false, RARE_LED, &rare_led);
    if (!error) error = is_rare_held(listing, true, RARE_JOINED, &rare_joined);
  }
  if (!error && !rare_led && listing->walkable && listing->unit_count > UNITS_MOST && !listing->joint)
    error = listing_walk_all(listing, WALK_MOST, &done);
  ways.led_by_unit = by_unit && !rare_led;
  ways.joined_by_unit = by_unit && !rare_joined;
  return error || done ? error : listing_list_held(listing, &ways);
}

/* A short walk; then, for what is rare, all of it; for the rest a longer walk; then whatever is right. What is asked may stand in no sort's
   index (campaign, priority …): most rows often have it, so that a walk that looks each row up ends soon or not at all. */
static enum store_error find_broad(struct listing *listing) {
  struct fitting fitting = fitting_filter(listing);
  const struct filter_index *filter = fitting.filter;
  bool rare = false, done = false, known = listing->query->expected >= 0;
  enum store_error error = STORE_OK;
  if (fitting.index) return listing_list_parts(listing, filter, fitting.index, fitting.parts);
  if (listing->walkable && !(filter && known && listing->query->expected < RARE)) error = listing_walk_all(listing, WALK_FIRST, &done);
  if (!listing->walkable && listing->sort->sorted) error = listing_walk_all(listing, WALK_LOOKED, &done);
  if (!error && !done && filter) error = is_rare(listing, filter, &rare);
  if (error || done) return error;
  if (rare) return listing_list_filter(listing, filter);
  listing->count = 0;
  if (listing->walkable) error = listing_walk_all(listing, WALK_MOST, &done);
  if (error || done) return error;
  if (filter) return listing_list_filter(listing, filter);
  /* many were found on the way: the rest cannot be far */
  bool near = listing->walkable && !listing->plan && listing->count * 10 >= listing->query->limit;
  if (!near) return listing_list_broad(listing);
  listing->count = 0;
  return listing_walk_all(listing, INT64_MAX / 2, &done);
}

static enum store_error find_page(struct listing *listing) {
  return listing->shape == SHAPE_HELD ? find_held(listing) : find_broad(listing);
}

/* The first of a stretch of the sort, and nothing else is asked: the database goes straight to it. */
static bool first_of_stretch(const struct listing *listing) {
  const struct query *query = listing->query;
  bool only = listing->scope == &SCOPE_SYSTEM && query->limit == 1 && query->condition_count > 0 && !query->parent;
  for (size_t i = 0; i < query->condition_count; i++) only = only && query->conditions[i].field == query->sort;
  return only;
}

static enum store_error list_with(struct reader *reader, const struct query *query, const struct scope *scope, struct buffer *plan,
                                  row_sink *sink, void *with) {
  assert(scope != NULL && "a read without a scope");
  struct arena *arena = arena_new();
  struct listing *listing = ARENA_NEW(arena, struct listing);
  listing->reader = reader;
  listing->driver = reader->connection->driver;
  listing->query = query;
  listing->scope = scope;
  listing->texts = texts_of(reader->store, query->type);
  listing->sort = column_of(listing->texts, query->sort ? query->sort : FIELD_ID);
  listing->arena = arena;
  listing->plan = plan;
  listing->fits = true;
  bool reads = compose_reading(arena, reader->store, query, &listing->reading);
  enum store_error error = reads && listing->sort && listing->sort->place != PLACE_MANY ? STORE_OK : STORE_BROKEN;
  if (!error) {
    listing_find_shape(listing);
    listing_read_conditions(listing);
    bool page = query->limit > 0 && query->limit <= PAGE_MOST && !listing->looked_up && listing->shape != SHAPE_OTHER && listing->listed &&
                !first_of_stretch(listing);
    if (listing->shape == SHAPE_NOTHING) error = STORE_OK;
    else if (!page) error = give_plain(listing, sink, with);
    else {
      error = find_page(listing);
      if (!error && !plan) error = give_page(listing, sink, with);
    }
  }
  if (error == STORE_BROKEN) log_line(LOG_ERROR, "store", "a list of %s cannot be answered", query->type->name);
  arena_free(arena);
  return error;
}

/* ---- in turn ---- */
struct turning { row_sink *sink; void *with; size_t given; bool stopped; };

static bool turning_take(void *with, const struct row *row) {
  struct turning *turning = with;
  turning->given++;
  turning->stopped = !turning->sink(turning->with, row);
  return !turning->stopped;
}

/* Does the query ask for this value (NULL: for none) at all? */
static bool turn_is_asked(const struct query *query, const struct in_turn *turn, const int64_t *value) {
  bool asked = true;
  for (size_t i = 0; i < query->condition_count && asked; i++) {
    const struct condition *condition = &query->conditions[i];
    bool among = false;
    if (condition->field != turn->field || (condition->how != C_IS && condition->how != C_IN)) continue;
    for (size_t j = 0; value && j < condition->count; j++) among = among || condition->values[j].integer == *value;
    asked = among;
  }
  return asked;
}

/* The query of one value's part: its conditions, but that the value stands for what was asked of it. */
static struct query part_in_turn(const struct query *query, const struct in_turn *turn, const int64_t *value, struct condition *conditions,
                                 struct value *is) {
  struct query part = *query;
  size_t count = 0;
  for (size_t i = 0; i < query->condition_count; i++) {
    bool named = query->conditions[i].how == C_IS || query->conditions[i].how == C_IN;
    if (query->conditions[i].field != turn->field || !named) conditions[count++] = query->conditions[i];
  }
  *is = value_integer(turn->field, value ? *value : 0);
  conditions[count++] = value ? (struct condition){turn->field, C_IS, is, 1} : (struct condition){.field = turn->field, .how = C_EMPTY};
  part.conditions = conditions;
  part.condition_count = count;
  part.sort = turn->then;
  part.expected_in_turn = NULL;
  return part;
}

static enum store_error list_in_turn(struct reader *reader, const struct query *query, const struct scope *scope, struct buffer *plan,
                                     row_sink *sink, void *with) {
  const struct in_turn *turn = query->type->turn;
  struct turning turning = {sink, with, 0, false};
  struct arena *arena = arena_new();
  struct condition *conditions = ARENA_ARRAY(arena, struct condition, query->condition_count + 1);
  enum store_error error = STORE_OK;
  size_t first = query->has_after ? turn_place(turn, &query->after) : query->descending ? turn->count : 0;
  for (size_t at = first; at <= turn->count && !error && !turning.stopped && (!query->limit || turning.given < query->limit);
       at = query->descending ? at - 1 : at + 1) {
    const int64_t *value = at < turn->count ? &turn->values[at] : NULL;
    struct value is;
    if (!turn_is_asked(query, turn, value) || (query->expected_in_turn && query->expected_in_turn[at] == 0)) continue;
    struct query part = part_in_turn(query, turn, value, conditions, &is);
    part.has_after = query->has_after && at == first;
    part.after = query->after_then;
    part.limit = query->limit ? query->limit - turning.given : 0;
    part.expected = query->expected_in_turn ? query->expected_in_turn[at] : -1;
    error = list_with(reader, &part, scope, plan, turning_take, &turning);
  }
  arena_free(arena);
  return error;
}

static enum store_error list_any(struct reader *reader, const struct query *query, const struct scope *scope, struct buffer *plan,
                                 row_sink *sink, void *with) {
  bool in_turn = query->type->turn && query->sort == query->type->turn->field;
  return (in_turn ? list_in_turn : list_with)(reader, query, scope, plan, sink, with);
}

enum store_error reader_list(struct reader *reader, const struct query *query, const struct scope *scope, struct arena *arena,
                             row_sink *sink, void *with) {
  return list_any(reader, query, scope, NULL, sink, with);
}

enum store_error reader_plan(struct reader *reader, const struct query *query, const struct scope *scope, struct arena *arena, char **plan) {
  struct buffer words = {.arena = arena};
  enum store_error error = list_any(reader, query, scope, &words, NULL, NULL);
  *plan = words.bytes ? words.bytes : arena_text(arena, "");
  return error;
}
