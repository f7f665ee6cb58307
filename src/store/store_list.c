/* Lists: keyset pages. A page is found in two steps: ids from an index alone, then the rows of these ids.
   The ids come on one of five ways, the cheap ones first:
     walk    along the sort's index, or each lead unit's part of it, filtering on columns that stand in it;
     filter  all that an index of few-valued columns gives, sorted: for rare filters from the top; where that index is laid out by
             the sort, the beginning of each of its parts (a state and a colour each);
     list    from the list index, by unit (and state) or through all of it, sorted;
     joint   the same from a holder's side table, which carries copies of the listed columns;
             parts and units walked together are merged as they go, so that hardly more is read than the page holds;
     plain   as the database's own planner likes: lookups by an index of their own, relations of other kinds.
   Which one is cheaper hangs on how rare the filter is: the query's `expected` says it, or a short count finds out.
   A walk that comes back short without having reached the end is followed by a way that is always right.
   Lists without a limit are streamed in one statement. */
#include <assert.h>
#include <string.h>
#include "base/log.h"
#include "store/compose.h"

#define PAGE_MOST 1000
#define WALK_FIRST 2500 /* entries walked before anything is counted */
#define WALK_MOST 20000
#define RARE 5000     /* so few matches are quicker fetched and sorted than walked for */
#define RARE_LED 2000  /* the same among what units lead: the rest is walked, or filtered on the walk of a state's parts */
#define RARE_JOINED 5000 /* and join: to look into the side table for every row of a walk costs ten times as much as passing the row */
#define UNITS_MOST 64 /* walked one by one; more are filtered on the walk from the top */
#define CHUNK 64      /* rows fetched by one statement */
#define BRANCHES_MOST 16
#define PARTS_MOST 64 /* of an index laid out by the sort */

struct branch { bool joint; const struct column *column; const int64_t *units; size_t unit_count; uint8_t secrecy; };
enum shape { SHAPE_NOTHING, SHAPE_BROAD, SHAPE_HELD /* by lead or joint units only */, SHAPE_OTHER };
struct listing {
  struct reader *reader; const struct store_driver *driver; const struct query *query; const struct scope *scope;
  const struct type_texts *texts; const struct column *sort; struct arena *arena;
  enum shape shape; struct branch branches[BRANCHES_MOST]; size_t branch_count, unit_count; bool joint;
  bool walkable, listed, by_state, looked_up;
  int64_t ids[PAGE_MOST]; size_t count;
  struct buffer *plan;        /* not NULL: explain instead of run */
  bool fits;
};

/* ---- what is asked ---- */
static const struct column *holder_of(const struct type_texts *texts, enum relation_code relation) {
  const struct column *found = NULL;
  size_t count = 0;
  for (size_t i = 0; i < 4 && texts->type->holders[i].field; i++)
    if (texts->type->holders[i].relation == relation) { found = column_of(texts, texts->type->holders[i].field); count++; }
  bool usable = count == 1 && found && (found == texts->lead || (found->place == PLACE_MANY && found->copies));
  return usable ? found : NULL;
}

/* True when the grant became a branch. */
static bool add_branch(struct listing *listing, const struct grant_scope *grant) {
  const struct column *column = holder_of(listing->texts, grant->relation);
  if (column == NULL || listing->branch_count == BRANCHES_MOST) return false;
  if (grant->unit_count == 0) return true;
  listing->branches[listing->branch_count++] = (struct branch){.joint = column->place == PLACE_MANY, .column = column,
    .units = grant->units, .unit_count = grant->unit_count, .secrecy = grant->secrecy};
  listing->unit_count += grant->unit_count;
  listing->joint = listing->joint || column->place == PLACE_MANY;
  return true;
}

static void find_shape(struct listing *listing) {
  const struct scope *scope = listing->scope;
  bool through_parent = scope->parent && listing->texts->type->parent;
  bool broad = scope == &SCOPE_SYSTEM, held = !through_parent;
  for (size_t i = 0; i < scope->grant_count; i++) {
    const struct grant_scope *grant = &scope->grants[i];
    bool unit_relation = grant->relation != RELATION_SELF && grant->relation != RELATION_PARENT && grant->relation != RELATION_OUTSIDE;
    broad = broad || grant->relation == RELATION_ANY || (grant->all && unit_relation);
    held = held && unit_relation && add_branch(listing, grant);
  }
  listing->shape = broad ? SHAPE_BROAD : !held ? SHAPE_OTHER : listing->branch_count ? SHAPE_HELD : SHAPE_NOTHING;
}

static void read_conditions(struct listing *listing) {
  const struct query *query = listing->query;
  listing->walkable = listing->sort->sorted;
  listing->listed = listing->sort->place <= PLACE_ROW && (listing->sort->listed || listing->sort->id == FIELD_ID);
  listing->looked_up = query->only_ids;
  for (size_t i = 0; i < query->condition_count; i++) {
    const struct condition *condition = &query->conditions[i];
    const struct column *column = column_of(listing->texts, condition->field);
    bool equal = condition->how == C_IS || condition->how == C_IN || condition->how == C_HAS;
    if (column == NULL) continue; /* compose_conditions will say so */
    if (column->place == PLACE_MANY && equal) listing->looked_up = true;
    if (column->looked_up && equal) listing->looked_up = true;
    if (column->id == FIELD_STATE && equal && listing->texts->type->states) listing->by_state = true;
    if (column->place > PLACE_ROW || (!column->walked && column != listing->sort)) listing->walkable = false;
    if (column->place == PLACE_ROW && !column->listed) listing->listed = false;
    if (column->place == PLACE_SYSTEM && !column->listed) listing->listed = false;
  }
}

/* ---- keyset ---- */
enum segment { SEGMENT_ALL /* the whole rest, as one condition */, SEGMENT_FIRST, SEGMENT_SECOND };

static void add_pair(struct sql *sql, const struct listing *listing, const char *operator) {
  const struct query *query = listing->query;
  sql_add(sql, "(");
  compose_column(sql, listing->texts, listing->sort, "r");
  sql_add(sql, ", r.\"id\")");
  sql_add(sql, operator);
  sql_add(sql, "(");
  sql_value(sql, &query->after);
  sql_add(sql, ", ");
  sql_integer(sql, query->after_id);
  sql_add(sql, ")");
}

static void add_null(struct sql *sql, const struct listing *listing, const char *text) {
  compose_column(sql, listing->texts, listing->sort, "r");
  sql_add(sql, text);
}

static void add_id(struct sql *sql, const struct listing *listing) {
  sql_add(sql, listing->query->descending ? "r.\"id\" < " : "r.\"id\" > ");
  sql_integer(sql, listing->query->after_id);
}

/* Nothing sorts before everything. A rest that lies on both sides of that border has two segments. */
static bool two_segments(const struct listing *listing) {
  const struct query *query = listing->query;
  bool nothing = query->after.kind == VALUE_NOTHING;
  return query->has_after && listing->sort->place != PLACE_SYSTEM && nothing != query->descending;
}

static void add_keyset(struct sql *sql, const struct listing *listing, enum segment segment) {
  const struct query *query = listing->query;
  bool nothing = query->after.kind == VALUE_NOTHING, two = two_segments(listing);
  if (!query->has_after) return;
  sql_add(sql, " AND (");
  if (listing->sort->id == FIELD_ID) add_id(sql, listing);
  else {
    if (segment != SEGMENT_SECOND) {
      if (nothing) { add_null(sql, listing, " IS NULL AND "); add_id(sql, listing); }
      else add_pair(sql, listing, query->descending ? " < " : " > ");
    }
    if (two && segment == SEGMENT_ALL) sql_add(sql, " OR ");
    if (two && segment != SEGMENT_FIRST) add_null(sql, listing, query->descending ? " IS NULL" : " IS NOT NULL");
  }
  sql_add(sql, ")");
}

/* ---- running ---- */
static enum store_error explain(struct listing *listing, const struct sql *sql) {
  struct statement statement = sql_statement(sql);
  statement.text = arena_print(listing->arena, "%s%s", listing->driver->explain, statement.text);
  statement.size = strlen(statement.text);
  statement.once = true;
  struct cursor *cursor = NULL;
  enum store_error error = reader_query(listing->reader, &statement, &cursor);
  while (!error && (error = listing->driver->next(cursor)) == STORE_OK) {
    buffer_text(listing->plan, listing->driver->bytes(cursor, listing->driver->explain_column, NULL));
    buffer_byte(listing->plan, '\n');
  }
  listing->driver->finish(cursor);
  return error == STORE_ABSENT ? STORE_OK : error;
}

static enum store_error run_ids(struct listing *listing, const struct sql *sql) {
  if (!listing->fits) return STORE_BROKEN;
  if (listing->plan) return explain(listing, sql);
  struct statement statement = sql_statement(sql);
  struct cursor *cursor = NULL;
  enum store_error error = reader_query(listing->reader, &statement, &cursor);
  while (!error && listing->count < listing->query->limit && (error = listing->driver->next(cursor)) == STORE_OK)
    listing->ids[listing->count++] = listing->driver->integer(cursor, 0);
  listing->driver->finish(cursor);
  return error == STORE_ABSENT ? STORE_OK : error;
}

static void add_from(struct sql *sql, const struct listing *listing, const char *index) {
  sql_add(sql, " FROM ");
  sql_add(sql, listing->texts->table);
  sql_add(sql, " r");
  if (index && (listing->driver->abilities & ABILITY_INDEX_HINT)) { sql_add(sql, " INDEXED BY "); sql_add(sql, index); }
}

static void add_limit(struct sql *sql, size_t limit) { sql_add(sql, " LIMIT "); sql_integer(sql, (int64_t)limit); }

static void add_order(struct sql *sql, const struct listing *listing) {
  sql_add(sql, " ORDER BY ");
  compose_order(sql, listing->texts, listing->sort, listing->query->descending, "r");
}

/* ---- walk ---- */
/* Only what conditions and scope look at is taken out of the index entry: each column costs. */
static bool walk_needs(const struct listing *listing, const struct column *column) {
  const struct query *query = listing->query;
  bool whole = scope_is_whole(listing->texts, listing->scope), needed = column->id == FIELD_VOIDED && !query->with_voided;
  needed = needed || (!whole && (column == listing->texts->lead || column == listing->texts->secrecy));
  for (size_t i = 0; i < query->condition_count; i++) needed = needed || query->conditions[i].field == column->id;
  return needed && column->id != FIELD_ID && (column->walked || column == listing->sort);
}

static void add_walked(struct sql *sql, const struct listing *listing, enum segment segment, size_t bound) {
  sql_add(sql, "SELECT r.\"id\"");
  for (size_t i = 0; i < listing->texts->count; i++)
    if (walk_needs(listing, &listing->texts->columns[i])) { sql_add(sql, ", r."); sql_add(sql, listing->texts->columns[i].name); }
  add_from(sql, listing, listing->sort->sort_index);
  sql_add(sql, " WHERE 1 = 1");
  add_keyset(sql, listing, segment);
  add_order(sql, listing);
  add_limit(sql, bound);
}

/* The outer part keeps the inner order on both engines: a filter over an ordered, limited source. Sorting again
   would make SQLite read all of it first. */
static enum store_error walk(struct listing *listing, enum segment segment, size_t bound) {
  struct sql sql = sql_new(listing->arena);
  sql_add(&sql, "SELECT r.\"id\" FROM (");
  add_walked(&sql, listing, segment, bound);
  sql_add(&sql, ") r WHERE ");
  compose_scope(&sql, listing->reader->store, listing->texts, listing->scope, "r");
  listing->fits = compose_conditions(&sql, listing->reader->store, listing->query, "r");
  add_limit(&sql, listing->query->limit - listing->count);
  return run_ids(listing, &sql);
}

/* How many rows the select behind `from` gives, counted no further than `most`. */
static enum store_error count_up_to(struct listing *listing, struct sql *sql, size_t most, int64_t *count) {
  struct cursor *cursor = NULL;
  *count = 0;
  add_limit(sql, most);
  sql_add(sql, ") r");
  struct statement statement = sql_statement(sql);
  enum store_error error = reader_query(listing->reader, &statement, &cursor);
  if (!error) error = listing->driver->next(cursor);
  if (!error) *count = listing->driver->integer(cursor, 0);
  listing->driver->finish(cursor);
  return error == STORE_ABSENT ? STORE_BROKEN : error;
}

/* Did a walk of `bound` entries reach the end? */
static enum store_error walk_ended(struct listing *listing, enum segment segment, size_t bound, bool *ended) {
  struct sql sql = sql_new(listing->arena);
  int64_t walked = 0;
  *ended = false;
  if (listing->plan) return STORE_OK;
  sql_add(&sql, "SELECT count(*) FROM (SELECT r.\"id\"");
  add_from(&sql, listing, listing->sort->sort_index);
  sql_add(&sql, " WHERE 1 = 1");
  add_keyset(&sql, listing, segment);
  add_order(&sql, listing);
  enum store_error error = count_up_to(listing, &sql, bound, &walked);
  *ended = !error && walked < (int64_t)bound;
  return error;
}

/* *done: the page is full, or there is no more. Otherwise what was found is what lies within the bound. */
static enum store_error walk_all(struct listing *listing, size_t bound, bool *done) {
  enum segment first = two_segments(listing) ? SEGMENT_FIRST : SEGMENT_ALL;
  enum store_error error = walk(listing, first, bound);
  *done = listing->count == listing->query->limit;
  if (!error && !*done) error = walk_ended(listing, first, bound, done);
  if (!error && *done && first == SEGMENT_FIRST && listing->count < listing->query->limit) {
    error = walk(listing, SEGMENT_SECOND, bound);
    *done = listing->count == listing->query->limit;
    if (!error && !*done) error = walk_ended(listing, SEGMENT_SECOND, bound, done);
  }
  return error;
}

/* ---- list and joint ---- */
static void add_key(struct sql *sql, const struct listing *listing) {
  compose_column(sql, listing->texts, listing->sort, "r");
  sql_add(sql, " AS \"k\"");
}

static void add_held_source(struct sql *sql, const struct listing *listing, const struct branch *branch) {
  const char *hint = listing->driver->abilities & ABILITY_INDEX_HINT ? " INDEXED BY " : "";
  if (branch->joint) {
    /* the copies under the names of the records' own columns */
    sql_add(sql, " FROM (SELECT s.*, s.\"owner\" AS \"id\" FROM ");
    sql_add(sql, branch->column->side);
    sql_add(sql, " s");
    if (*hint) { sql_add(sql, hint); sql_add(sql, branch->column->side_index); }
    sql_add(sql, ") r WHERE r.\"value\" IN ");
  } else {
    add_from(sql, listing, listing->texts->list_index);
    sql_add(sql, " WHERE r.");
    sql_add(sql, branch->column->name);
    sql_add(sql, " IN ");
  }
  sql_integers(sql, branch->units, branch->unit_count);
  compose_secrecy(sql, listing->texts, branch->secrecy, "r");
}

/* A record that several of the units join comes as often; the union around takes doubles out. */
static void add_held(struct sql *sql, const struct listing *listing, const struct branch *branch) {
  sql_add(sql, "SELECT r.\"id\", ");
  add_key(sql, listing);
  add_held_source(sql, listing, branch);
}

/* One unit's part of the sort, in order: of what it leads, or of what it joins. */
static void add_unit(struct sql *sql, const struct listing *listing, const struct branch *branch, int64_t unit) {
  sql_add(sql, "SELECT r.\"id\", ");
  add_key(sql, listing);
  if (branch->joint) {
    sql_add(sql, " FROM (SELECT s.*, s.\"owner\" AS \"id\" FROM ");
    sql_add(sql, branch->column->side);
    sql_add(sql, " s");
    if (listing->driver->abilities & ABILITY_INDEX_HINT) { sql_add(sql, " INDEXED BY "); sql_add(sql, compose_side_sort(listing->arena, branch->column, listing->sort)); }
    sql_add(sql, ") r WHERE r.\"value\"");
  } else {
    add_from(sql, listing, listing->sort->lead_sort_index);
    sql_add(sql, " WHERE r.");
    sql_add(sql, branch->column->name);
  }
  sql_add(sql, " = ");
  sql_integer(sql, unit);
  compose_secrecy(sql, listing->texts, branch->secrecy, "r");
}

/* Of a select whose columns are id and k. */
static void add_final_order(struct sql *sql, const struct listing *listing) {
  sql_add(sql, " ORDER BY ");
  if (listing->sort->id != FIELD_ID) sql_add(sql, listing->query->descending ? "2 DESC NULLS LAST, " : "2 ASC NULLS FIRST, ");
  sql_add(sql, listing->query->descending ? "1 DESC" : "1 ASC");
}

static void bound_part(struct sql *sql, struct listing *listing) {
  compose_excluded(sql, listing->scope, "r.\"id\"");
  listing->fits = compose_conditions(sql, listing->reader->store, listing->query, "r");
  add_keyset(sql, listing, SEGMENT_ALL);
}

/* Several ordered parts make one page. SQLite merges the parts of an ordered union as they are walked: each gives a row when it
   is its turn, so a page of 50 from twenty parts reads the entries up to 70 matches, not to a thousand. The other engine would hash or sort
   all of them: there each part has its own limit, and their rows are sorted. Which it is goes by who takes hints: whoever is told each part's index. */
static bool merges(const struct listing *listing) { return (listing->driver->abilities & ABILITY_INDEX_HINT) != 0; }

/* UNION takes doubles out: k follows from id. One grant's lead units cannot give doubles, nor can parts of an index. */
static void begin_part(struct sql *sql, const struct listing *listing, size_t part, bool apart, bool ordered, bool doubles) {
  if (part) sql_add(sql, apart ? " UNION ALL " : " UNION ");
  else if (!merges(listing)) sql_add(sql, "SELECT u.\"id\", u.\"k\" FROM (");
  if (!ordered || !merges(listing)) sql_add(sql, doubles ? "SELECT DISTINCT * FROM (" : "SELECT * FROM (");
}
/* ordered: its index gives it in the sort's order. limit: doubles counted. */
static void end_part(struct sql *sql, struct listing *listing, size_t part, bool ordered, size_t limit) {
  bound_part(sql, listing);
  if (ordered && merges(listing)) return;
  add_final_order(sql, listing);
  add_limit(sql, limit);
  buffer_print(&sql->text, ") b%zu", part);
}

static void end_parts(struct sql *sql, const struct listing *listing) {
  if (!merges(listing)) sql_add(sql, ") u");
  add_final_order(sql, listing);
  add_limit(sql, listing->query->limit);
}

/* The whole list index; with a state asked, unit by unit, so that only entries of that state are touched. */
static void add_broad(struct sql *sql, struct listing *listing, const char *index, const char *lead) {
  sql_add(sql, "SELECT r.\"id\", ");
  add_key(sql, listing);
  add_from(sql, listing, index);
  sql_add(sql, " WHERE ");
  sql_add(sql, lead);
  compose_scope(sql, listing->reader->store, listing->texts, listing->scope, "r");
  listing->fits = compose_conditions(sql, listing->reader->store, listing->query, "r");
  add_keyset(sql, listing, SEGMENT_ALL);
}

static enum store_error list_broad(struct listing *listing) {
  const struct column *lead = listing->texts->lead;
  struct sql sql = sql_new(listing->arena);
  listing->count = 0;
  if (listing->by_state && lead) {
    const char *none = arena_print(listing->arena, "r.%s IS NULL AND ", lead->name);
    /* the units that lead anything, one seek each */
    const char *each = arena_print(listing->arena, "r.%1$s IN (WITH RECURSIVE u(v) AS (SELECT min(%1$s) FROM %2$s UNION ALL"
      " SELECT (SELECT min(t.%1$s) FROM %2$s t WHERE t.%1$s > u.v) FROM u WHERE u.v IS NOT NULL) SELECT v FROM u WHERE v IS NOT NULL) AND ", lead->name, listing->texts->table);
    add_broad(&sql, listing, listing->texts->list_index, none);
    sql_add(&sql, " UNION ALL ");
    add_broad(&sql, listing, listing->texts->list_index, each);
  } else add_broad(&sql, listing, listing->texts->list_index, "");
  add_final_order(&sql, listing);
  add_limit(&sql, listing->query->limit);
  return run_ids(listing, &sql);
}

/* ---- plain ---- */
static bool compose_plain(struct sql *sql, const struct listing *listing) {
  const struct query *query = listing->query;
  sql_add(sql, query->long_texts || query->many ? listing->texts->select_full : listing->texts->select_row);
  sql_add(sql, " WHERE ");
  compose_scope(sql, listing->reader->store, listing->texts, listing->scope, "r");
  bool fits = compose_conditions(sql, listing->reader->store, query, "r");
  add_keyset(sql, listing, SEGMENT_ALL);
  add_order(sql, listing);
  if (query->limit) add_limit(sql, query->limit);
  return fits;
}

/* Streams; one row in memory at a time. */
static enum store_error give_plain(struct listing *listing, row_sink *sink, void *with) {
  struct sql sql = sql_new(listing->arena);
  bool full = listing->query->long_texts || listing->query->many, more = true;
  struct cursor *cursor = NULL;
  if (!compose_plain(&sql, listing)) return STORE_BROKEN;
  if (listing->plan) return explain(listing, &sql);
  struct statement statement = sql_statement(&sql);
  statement.stream = listing->query->limit == 0 || listing->query->limit > PAGE_MOST;
  struct arena *rows = arena_new();
  enum store_error error = reader_query(listing->reader, &statement, &cursor);
  while (!error && more && (error = listing->driver->next(cursor)) == STORE_OK) {
    arena_reset(rows);
    more = sink(with, row_from(cursor, listing->texts, full, rows));
  }
  listing->driver->finish(cursor);
  arena_free(rows);
  return error == STORE_ABSENT ? STORE_OK : error;
}

/* ---- rows of a page ---- */
static enum store_error give_chunk(struct listing *listing, const int64_t *ids, size_t count, row_sink *sink, void *with, bool *more) {
  bool full = listing->query->long_texts || listing->query->many;
  struct arena *rows = arena_new();
  struct sql sql = sql_new(rows);
  const struct row *found[CHUNK] = {NULL};
  struct cursor *cursor = NULL;
  sql_add(&sql, full ? listing->texts->select_full : listing->texts->select_row);
  sql_add(&sql, " WHERE r.\"id\" IN ");
  sql_integers(&sql, ids, count);
  struct statement statement = sql_statement(&sql);
  enum store_error error = reader_query(listing->reader, &statement, &cursor);
  while (!error && (error = listing->driver->next(cursor)) == STORE_OK) {
    struct row *row = row_from(cursor, listing->texts, full, rows);
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
static const struct filter_index *fitting_filter(const struct listing *listing) {
  const struct query *query = listing->query;
  const struct filter_index *found = NULL;
  for (size_t i = 0; i < listing->texts->filter_count && !found && query->condition_count; i++) {
    const struct filter_index *filter = &listing->texts->filters[i];
    size_t within = 0;
    bool leads = false;
    for (size_t c = 0; c < query->condition_count; c++)
      for (size_t j = 0; j < filter->count; j++)
        if (query->conditions[c].field == filter->columns[j]->id) {
          within++;
          leads = leads || (j == 0 && (query->conditions[c].how == C_IS || query->conditions[c].how == C_IN));
        }
    if (within == query->condition_count && leads) found = filter;
  }
  return found;
}

/* All that match, from one index, sorted. */
static enum store_error list_filter(struct listing *listing, const struct filter_index *filter) {
  struct sql sql = sql_new(listing->arena);
  listing->count = 0;
  add_broad(&sql, listing, filter->name, "");
  add_final_order(&sql, listing);
  add_limit(&sql, listing->query->limit);
  return run_ids(listing, &sql);
}

/* ---- parts of an index laid out by the sort ---- */
struct parts { const struct value *values[3][PARTS_MOST]; size_t counts[3], all; };
static const struct value NO_VALUE = {.kind = VALUE_NOTHING};

/* The values that a column of the filter can have here: those asked for, else all there are, and none. False: too many. */
static bool part_values(const struct listing *listing, const struct column *column, const struct value **values, size_t *count) {
  const struct query *query = listing->query;
  const struct choice *choice = column->field ? column->field->choices : NULL;
  const struct condition *asked = NULL;
  *count = 0;
  for (size_t i = 0; i < query->condition_count && !asked; i++)
    if (query->conditions[i].field == column->id && (query->conditions[i].how == C_IS || query->conditions[i].how == C_IN)) asked = &query->conditions[i];
  if (!asked && !choice) return false;
  for (size_t i = 0; asked && i < asked->count; i++) {
    bool again = false;
    for (size_t j = 0; j < *count; j++) again = again || values[j]->integer == asked->values[i].integer;
    if (asked->values[i].kind != VALUE_INTEGER || *count == PARTS_MOST) return false;
    if (!again) values[(*count)++] = &asked->values[i];
  }
  if (asked) return *count > 0;
  values[(*count)++] = &NO_VALUE;
  for (; choice->name && *count < PARTS_MOST; choice++) {
    struct value *value = ARENA_NEW(listing->arena, struct value);
    *value = value_integer(column->id, choice->code);
    values[(*count)++] = value;
  }
  return choice->name == NULL;
}

static const char *sorted_filter(const struct listing *listing, const struct filter_index *filter, struct parts *parts) {
  const char *name = NULL;
  for (size_t i = 0; i < filter->sort_count; i++) if (filter->sorts[i].sort == listing->sort) name = filter->sorts[i].name;
  parts->all = 1;
  for (size_t i = 0; i < filter->count && name; i++) {
    if (!part_values(listing, filter->columns[i], parts->values[i], &parts->counts[i])) name = NULL;
    parts->all *= parts->counts[i];
  }
  return parts->all <= PARTS_MOST ? name : NULL;
}

/* One part's beginning; what bounds it follows. */
static void add_part(struct sql *sql, const struct listing *listing, const struct filter_index *filter, const char *index, const struct parts *parts, size_t part) {
  sql_add(sql, "SELECT r.\"id\", ");
  add_key(sql, listing);
  add_from(sql, listing, index);
  sql_add(sql, " WHERE ");
  for (size_t i = 0, left = part; i < filter->count; left /= parts->counts[i], i++) {
    const struct value *value = parts->values[i][left % parts->counts[i]];
    sql_add(sql, "r.");
    sql_add(sql, filter->columns[i]->name);
    if (value->kind == VALUE_INTEGER) { sql_add(sql, " = "); sql_integer(sql, value->integer); }
    else sql_add(sql, " IS NULL");
    sql_add(sql, " AND ");
  }
}

/* The parts, each in order. */
static enum store_error list_parts(struct listing *listing, const struct filter_index *filter, const char *index, const struct parts *parts) {
  struct sql sql = sql_new(listing->arena);
  listing->count = 0;
  for (size_t part = 0; part < parts->all; part++) {
    begin_part(&sql, listing, part, true, true, false);
    add_part(&sql, listing, filter, index, parts, part);
    compose_scope(&sql, listing->reader->store, listing->texts, listing->scope, "r");
    end_part(&sql, listing, part, true, listing->query->limit);
  }
  end_parts(&sql, listing);
  return run_ids(listing, &sql);
}

/* ---- what units lead and join ---- */
/* index not NULL: what they lead comes by the parts of that index. */
struct ways { bool led_by_unit, joined_by_unit; const struct filter_index *filter; const char *index; const struct parts *parts; };

static size_t add_led_parts(struct sql *sql, struct listing *listing, const struct ways *ways, const struct branch *branch, size_t part, bool apart) {
  for (size_t i = 0; i < ways->parts->all; i++, part++) {
    begin_part(sql, listing, part, apart, true, false);
    add_part(sql, listing, ways->filter, ways->index, ways->parts, i);
    sql_add(sql, "r.");
    sql_add(sql, branch->column->name);
    sql_add(sql, " IN ");
    sql_integers(sql, branch->units, branch->unit_count);
    compose_secrecy(sql, listing->texts, branch->secrecy, "r");
    end_part(sql, listing, part, true, listing->query->limit);
  }
  return part;
}

static size_t add_unit_parts(struct sql *sql, struct listing *listing, const struct branch *branch, size_t part, bool apart) {
  size_t units = 1;
  while (units < branch->unit_count) units *= 2; /* few different texts */
  for (size_t u = 0; u < units; u++, part++) {
    begin_part(sql, listing, part, apart, true, false);
    add_unit(sql, listing, branch, u < branch->unit_count ? branch->units[u] : -1);
    end_part(sql, listing, part, true, listing->query->limit);
  }
  return part;
}

/* Units are walked one by one, or fetched: from the list index what they lead, from the side table's what they join. */
static enum store_error list_held(struct listing *listing, const struct ways *ways) {
  struct sql sql = sql_new(listing->arena);
  size_t part = 0;
  bool apart = listing->branch_count == 1 && !listing->joint;
  listing->count = 0;
  for (size_t i = 0; i < listing->branch_count; i++) {
    const struct branch *branch = &listing->branches[i];
    if (!branch->joint && ways->index) part = add_led_parts(&sql, listing, ways, branch, part, apart);
    else if (branch->joint ? ways->joined_by_unit : ways->led_by_unit) part = add_unit_parts(&sql, listing, branch, part, apart);
    else {
      begin_part(&sql, listing, part, apart, false, branch->joint && branch->unit_count > 1);
      add_held(&sql, listing, branch);
      end_part(&sql, listing, part++, false, listing->query->limit * (branch->joint ? branch->unit_count : 1));
    }
  }
  end_parts(&sql, listing);
  return run_ids(listing, &sql);
}

/* Rare: fewer than RARE match the filter among all. */
static enum store_error is_rare(struct listing *listing, const struct filter_index *filter, bool *rare) {
  int64_t count = listing->query->expected;
  enum store_error error = STORE_OK;
  if (count < 0) {
    struct sql sql = sql_new(listing->arena);
    sql_add(&sql, "SELECT count(*) FROM (SELECT 1 AS one");
    add_from(&sql, listing, filter->name);
    sql_add(&sql, " WHERE 1 = 1");
    if (!compose_conditions(&sql, listing->reader->store, listing->query, "r")) return STORE_BROKEN;
    error = count_up_to(listing, &sql, RARE, &count);
  }
  *rare = count < RARE;
  return error;
}

/* Rare among units: fewer than `most` in the branches of the one kind, by the index that rare ones are fetched from. */
static enum store_error is_rare_held(struct listing *listing, bool joint, int64_t most, bool *rare) {
  int64_t count = 0, found = 0;
  bool known = listing->query->expected >= 0 && !listing->joint;
  enum store_error error = STORE_OK;
  for (size_t i = 0; i < listing->branch_count && !known && !error && found < most; i++) {
    struct sql sql = sql_new(listing->arena);
    if (listing->branches[i].joint != joint) continue;
    sql_add(&sql, "SELECT count(*) FROM (SELECT 1 AS one");
    add_held_source(&sql, listing, &listing->branches[i]);
    if (!compose_conditions(&sql, listing->reader->store, listing->query, "r")) return STORE_BROKEN;
    error = count_up_to(listing, &sql, (size_t)most, &count);
    found += count;
  }
  *rare = (known ? listing->query->expected : found) < most;
  return error;
}

/* With a state asked: all of it when it is rare; else, where an index of the state is laid out by the sort, that one's parts, filtered by unit:
   what a state says about dates and numbers makes walks by unit long. */
static enum store_error find_held(struct listing *listing) {
  const struct filter_index *filter = listing->by_state && listing->sort->sorted && merges(listing) ? fitting_filter(listing) : NULL;
  struct parts *parts = filter && filter->sort_count ? ARENA_NEW(listing->arena, struct parts) : NULL;
  const char *index = parts ? sorted_filter(listing, filter, parts) : NULL;
  bool few = listing->walkable && listing->unit_count <= UNITS_MOST, rare_led = false, rare_joined = false, done = false;
  bool by_unit = few && listing->sort->lead_sort_index;
  enum store_error error = STORE_OK;
  if (listing->by_state && (by_unit || index)) {
    error = is_rare_held(listing, false, RARE_LED, &rare_led);
    if (!error) error = is_rare_held(listing, true, RARE_JOINED, &rare_joined);
  }
  if (!error && index && !(listing->joint ? rare_joined : rare_led)) return list_parts(listing, filter, index, parts);
  if (!error && !rare_led && listing->walkable && listing->unit_count > UNITS_MOST && !listing->joint) error = walk_all(listing, WALK_MOST, &done);
  struct ways ways = {.led_by_unit = by_unit && !rare_led, .joined_by_unit = by_unit && !rare_joined, .filter = filter, .index = rare_led ? NULL : index, .parts = parts};
  return error || done ? error : list_held(listing, &ways);
}

/* A short walk; then, for what is rare, all of it; for the rest a longer walk; then whatever is right. */
static enum store_error find_broad(struct listing *listing) {
  const struct filter_index *filter = listing->sort->sorted ? fitting_filter(listing) : NULL;
  bool rare = false, done = false, known = listing->query->expected >= 0;
  enum store_error error = STORE_OK;
  struct parts *parts = filter && filter->sort_count ? ARENA_NEW(listing->arena, struct parts) : NULL;
  const char *index = parts ? sorted_filter(listing, filter, parts) : NULL;
  if (index) return list_parts(listing, filter, index, parts);
  if (listing->walkable && !(filter && known && listing->query->expected < RARE)) error = walk_all(listing, WALK_FIRST, &done);
  if (!error && !done && filter) error = is_rare(listing, filter, &rare);
  if (error || done) return error;
  if (rare) return list_filter(listing, filter);
  listing->count = 0;
  if (listing->walkable) error = walk_all(listing, WALK_MOST, &done);
  if (error || done) return error;
  if (filter) return list_filter(listing, filter);
  /* many were found on the way: the rest cannot be far */
  bool near = listing->walkable && !listing->plan && listing->count * 10 >= listing->query->limit;
  if (!near) return list_broad(listing);
  listing->count = 0;
  return walk_all(listing, INT64_MAX / 2, &done);
}

static enum store_error find_page(struct listing *listing) {
  return listing->shape == SHAPE_HELD ? find_held(listing) : find_broad(listing);
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
  enum store_error error = listing->sort && listing->sort->place != PLACE_MANY ? STORE_OK : STORE_BROKEN;
  if (!error) {
    find_shape(listing);
    read_conditions(listing);
    bool page = query->limit > 0 && query->limit <= PAGE_MOST && !listing->looked_up && listing->shape != SHAPE_OTHER && listing->listed;
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

enum store_error reader_list(struct reader *reader, const struct query *query, const struct scope *scope, struct arena *arena,
                             row_sink *sink, void *with) {
  return list_with(reader, query, scope, NULL, sink, with);
}

enum store_error reader_plan(struct reader *reader, const struct query *query, const struct scope *scope, struct arena *arena, char **plan) {
  struct buffer words = {.arena = arena};
  enum store_error error = list_with(reader, query, scope, &words, NULL, NULL);
  *plan = words.bytes ? words.bytes : arena_text(arena, "");
  return error;
}
