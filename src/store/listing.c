/* Lists: what a query and a scope ask for, the keyset that a page goes on from, the running of what was composed, and the walk
   along the sort's index. Must not choose between ways: store_list.c does. A walk looks at no more entries than it is told to,
   filters on columns that stand in the index, and says whether it reached the end. */
#include <string.h>
#include "store/listing.h"

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

void listing_find_shape(struct listing *listing) {
  const struct scope *scope = listing->scope;
  bool through_parent = scope->parent && listing->texts->type->parent;
  bool broad = scope == &SCOPE_SYSTEM, held = !through_parent;
  for (size_t i = 0; i < scope->grant_count; i++) {
    const struct grant_scope *grant = &scope->grants[i];
    bool unit_relation = grant->relation == RELATION_ANY || grant->relation == RELATION_LEAD || grant->relation == RELATION_JOINT;
    broad = broad || grant->relation == RELATION_ANY || grant->relation == RELATION_ABOVE || (grant->all && unit_relation);
    listing->beyond = listing->beyond || !(unit_relation || (grant->relation == RELATION_ABOVE && listing->texts->type->above) ||
                                           grant->relation == RELATION_OUTSIDE);
    held = held && unit_relation && add_branch(listing, grant);
  }
  listing->shape = broad ? SHAPE_BROAD : !held ? SHAPE_OTHER : listing->branch_count ? SHAPE_HELD : SHAPE_NOTHING;
}

void listing_read_conditions(struct listing *listing) {
  const struct query *query = listing->query;
  listing->walkable = listing->nearly = listing->sort->sorted && !listing->beyond;
  listing->narrow = listing->sort->walked && !listing->beyond;
  listing->listed = listing->sort->place <= PLACE_ROW && (listing->sort->listed || listing->sort->id == FIELD_ID);
  listing->looked_up = query->only_ids;
  if (query->parent) listing->walkable = listing->narrow = false; /* asked of another row for each */
  for (size_t i = 0; i < query->condition_count; i++) {
    const struct condition *condition = &query->conditions[i];
    const struct column *column = column_of(listing->texts, condition->field);
    bool equal = condition->how == C_IS || condition->how == C_IN || condition->how == C_HAS;
    if (column == NULL) continue; /* compose_conditions will say so */
    if (column->place == PLACE_MANY && equal) listing->looked_up = true;
    if (column->looked_up && equal) listing->looked_up = true;
    if (column->id == FIELD_STATE && equal && listing->texts->type->states) listing->by_state = true;
    if (column->place > PLACE_ROW || (!column->walked && column != listing->sort)) listing->walkable = false;
    if (column->place > PLACE_ROW || (!column->walked && !column->laid_out && column != listing->sort)) listing->nearly = false;
    if (!column->walked) listing->narrow = false;
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

static void add_segment(struct sql *sql, const struct listing *listing, enum segment segment) {
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

void listing_add_keyset(struct sql *sql, const struct listing *listing) { add_segment(sql, listing, SEGMENT_ALL); }

/* ---- running ---- */
enum store_error listing_explain(struct listing *listing, const struct sql *sql) {
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

enum store_error listing_run_ids(struct listing *listing, const struct sql *sql) {
  if (!listing->fits) return STORE_BROKEN;
  if (listing->plan) return listing_explain(listing, sql);
  struct statement statement = sql_statement(sql);
  struct cursor *cursor = NULL;
  enum store_error error = reader_query(listing->reader, &statement, &cursor);
  while (!error && listing->count < listing->query->limit && (error = listing->driver->next(cursor)) == STORE_OK)
    listing->ids[listing->count++] = listing->driver->integer(cursor, 0);
  listing->driver->finish(cursor);
  return error == STORE_ABSENT ? STORE_OK : error;
}

void listing_add_from(struct sql *sql, const struct listing *listing, const char *index) {
  sql_add(sql, " FROM ");
  sql_add(sql, listing->texts->table);
  sql_add(sql, " r");
  if (index && (listing->driver->abilities & ABILITY_INDEX_HINT)) { sql_add(sql, " INDEXED BY "); sql_add(sql, index); }
}

void listing_add_limit(struct sql *sql, size_t limit) { sql_add(sql, " LIMIT "); sql_integer(sql, (int64_t)limit); }

void listing_add_order(struct sql *sql, const struct listing *listing) {
  sql_add(sql, " ORDER BY ");
  compose_order(sql, listing->texts, listing->sort, listing->query->descending, "r");
}

/* ---- walk ---- */
/* Does a grant look at this column: what the record belongs to, or who else than its lead holds it? */
static bool grant_looks(const struct record_type *type, const struct grant_scope *grant, const struct column *column) {
  bool by_parent = grant->relation == RELATION_PARENT || (grant->relation == RELATION_ABOVE && !type->above);
  if (by_parent && type->parent) return column->id == type->parent || (type->parent_else && column->id == type->parent_else);
  for (size_t i = 0; i < 4 && type->holders[i].field; i++)
    if (type->holders[i].field == column->id && type->holders[i].relation == grant->relation) return true;
  return false;
}

static bool scope_looks(const struct listing *listing, const struct column *column) {
  if (column == listing->texts->lead || column == listing->texts->secrecy ||
      (column->field && column->field->id == listing->texts->type->above))
    return true;
  for (size_t i = 0; i < listing->scope->grant_count; i++)
    if (grant_looks(listing->texts->type, &listing->scope->grants[i], column)) return true;
  return false;
}

/* Only what conditions and scope look at is taken out of the index entry, or where it does not stand there, of its row: each column
   costs. */
static bool walk_needs(const struct listing *listing, const struct column *column) {
  const struct query *query = listing->query;
  bool whole = scope_is_whole(listing->texts, listing->scope), needed = column->id == FIELD_VOIDED && !query->with_voided;
  needed = needed || (!whole && scope_looks(listing, column));
  for (size_t i = 0; i < query->condition_count; i++) needed = needed || query->conditions[i].field == column->id;
  needed = needed || (query->parent && column->id == query->type->parent);
  return needed && column->id != FIELD_ID && column->place <= PLACE_ROW;
}

static void add_walked(struct sql *sql, const struct listing *listing, enum segment segment, size_t bound) {
  sql_add(sql, "SELECT r.\"id\"");
  for (size_t i = 0; i < listing->texts->count; i++)
    if (walk_needs(listing, &listing->texts->columns[i])) { sql_add(sql, ", r."); sql_add(sql, listing->texts->columns[i].name); }
  listing_add_from(sql, listing, listing->sort->sort_index);
  sql_add(sql, " WHERE 1 = 1");
  add_segment(sql, listing, segment);
  listing_add_order(sql, listing);
  listing_add_limit(sql, bound);
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
  listing_add_limit(&sql, listing->query->limit - listing->count);
  return listing_run_ids(listing, &sql);
}

/* How many rows the select behind `from` gives, counted no further than `most`. */
enum store_error listing_count_up_to(struct listing *listing, struct sql *sql, size_t most, int64_t *count) {
  struct cursor *cursor = NULL;
  *count = 0;
  listing_add_limit(sql, most);
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
  listing_add_from(&sql, listing, listing->sort->sort_index);
  sql_add(&sql, " WHERE 1 = 1");
  add_segment(&sql, listing, segment);
  listing_add_order(&sql, listing);
  enum store_error error = listing_count_up_to(listing, &sql, bound, &walked);
  *ended = !error && walked < (int64_t)bound;
  return error;
}

/* *done: the page is full, or there is no more. Otherwise what was found is what lies within the bound. */
enum store_error listing_walk_all(struct listing *listing, size_t bound, bool *done) {
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
