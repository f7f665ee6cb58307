/* Lists: ids by every way but the walk from the top: the whole list index or a filter's, the parts of an index laid out by the sort,
   and what units lead and join, from their side tables. Several parts make one page, merged where the engine can. Must not choose
   between these ways, nor read rows: store_list.c does. */
#include "store/listing.h"

#define LOOKS_MOST 8192 /* into the list index, for what may be rare: some milliseconds */

/* ---- list and joint ---- */
static void add_key(struct sql *sql, const struct listing *listing) {
  compose_column(sql, listing->texts, listing->sort, "r");
  sql_add(sql, " AS \"k\"");
}

static void add_skipped_values(struct sql *sql, const struct skips *skips) {
  for (size_t i = 0; i < skips->count; i++) {
    for (size_t j = 0; j < skips->parts.counts[i]; j++) {
      sql_add(sql, j ? ",(" : "(VALUES (");
      sql_value(sql, skips->parts.values[i][j]);
      sql_add(sql, ")");
    }
    buffer_print(&sql->text, ") w%zu CROSS JOIN ", i);
  }
}
static void add_skipped_columns(struct sql *sql, const struct skips *skips) {
  for (size_t i = 0; i < skips->count; i++) buffer_print(&sql->text, "r.%s IS w%zu.\"column1\" AND ", skips->columns[i]->name, i);
}

void listing_add_held_source(struct sql *sql, const struct listing *listing, const struct branch *branch) {
  const char *hint = listing->driver->abilities & ABILITY_INDEX_HINT ? " INDEXED BY " : "";
  sql_add(sql, " FROM ");
  add_skipped_values(sql, &listing->skips);
  if (branch->joint) {
    /* the copies under the names of the records' own columns */
    sql_add(sql, "(SELECT s.*, s.\"owner\" AS \"id\" FROM ");
    sql_add(sql, branch->column->side);
    sql_add(sql, " s");
    if (*hint) { sql_add(sql, hint); sql_add(sql, branch->column->side_index); }
    sql_add(sql, ") r");
  } else {
    sql_add(sql, listing->texts->table);
    sql_add(sql, " r");
    if (*hint) { sql_add(sql, hint); sql_add(sql, listing->texts->list_index); }
  }
  sql_add(sql, " WHERE ");
  add_skipped_columns(sql, &listing->skips);
  sql_add(sql, "r.");
  sql_add(sql, branch->joint ? "\"value\"" : branch->column->name);
  sql_add(sql, " IN ");
  sql_integers(sql, branch->units, branch->unit_count);
  compose_secrecy(sql, listing->reader->store, listing->texts, branch->secrecy, "r");
}

/* A record that several of the units join comes as often; the union around takes doubles out. */
static void add_held(struct sql *sql, const struct listing *listing, const struct branch *branch) {
  sql_add(sql, "SELECT r.\"id\", ");
  add_key(sql, listing);
  listing_add_held_source(sql, listing, branch);
}

/* One unit's part of the sort, in order: of what it leads, or of what it joins; of one state alone, when one is given. */
static void add_unit(struct sql *sql, const struct listing *listing, const struct branch *branch, int64_t unit, const struct value *state) {
  sql_add(sql, "SELECT r.\"id\", ");
  add_key(sql, listing);
  if (branch->joint) {
    sql_add(sql, " FROM (SELECT s.*, s.\"owner\" AS \"id\" FROM ");
    sql_add(sql, branch->column->side);
    sql_add(sql, " s");
    if (listing->driver->abilities & ABILITY_INDEX_HINT) {
      sql_add(sql, " INDEXED BY ");
      sql_add(sql, compose_side_sort(listing->arena, branch->column, listing->sort, state != NULL));
    }
    sql_add(sql, ") r WHERE r.\"value\"");
  } else {
    listing_add_from(sql, listing, state ? listing->sort->lead_state_index : listing->sort->lead_sort_index);
    sql_add(sql, " WHERE r.");
    sql_add(sql, branch->column->name);
  }
  sql_add(sql, " = ");
  sql_integer(sql, unit);
  if (state) { sql_add(sql, " AND r.\"state\" = "); sql_value(sql, state); }
  compose_secrecy(sql, listing->reader->store, listing->texts, branch->secrecy, "r");
}

/* Of a select whose columns are id and k. */
static void add_final_order(struct sql *sql, const struct listing *listing) {
  sql_add(sql, " ORDER BY ");
  if (listing->sort->id != FIELD_ID) sql_add(sql, listing->query->descending ? "2 DESC NULLS LAST, " : "2 ASC NULLS FIRST, ");
  sql_add(sql, listing->query->descending ? "1 DESC" : "1 ASC");
}

static void bound_part(struct sql *sql, struct listing *listing) {
  compose_excluded(sql, listing->texts, listing->scope, "r.\"id\"");
  listing->fits = compose_conditions(sql, listing->reader->store, listing->query, "r");
  listing_add_keyset(sql, listing);
}

/* Several ordered parts make one page. SQLite merges the parts of an ordered union as they are walked: each gives a row when it
   is its turn, so a page of 50 from twenty parts reads the entries up to 70 matches, not to a thousand. The other engine would hash or sort
   all of them: there each part has its own limit, and their rows are sorted. */
bool listing_merges(const struct listing *listing) { return (listing->driver->abilities & ABILITY_MERGES_PARTS) != 0; }

/* UNION takes doubles out: k follows from id. One grant's lead units cannot give doubles, nor can parts of an index. */
static void begin_part(struct sql *sql, const struct listing *listing, size_t part, bool apart, bool ordered, bool doubles) {
  if (part) sql_add(sql, apart ? " UNION ALL " : " UNION ");
  else if (!listing_merges(listing)) sql_add(sql, "SELECT u.\"id\", u.\"k\" FROM (");
  if (!ordered || !listing_merges(listing)) sql_add(sql, doubles ? "SELECT DISTINCT * FROM (" : "SELECT * FROM (");
}
/* ordered: its index gives it in the sort's order. limit: doubles counted. */
static void end_part(struct sql *sql, struct listing *listing, size_t part, bool ordered, size_t limit) {
  bound_part(sql, listing);
  if (ordered && listing_merges(listing)) return;
  add_final_order(sql, listing);
  listing_add_limit(sql, limit);
  buffer_print(&sql->text, ") b%zu", part);
}

static void end_parts(struct sql *sql, const struct listing *listing) {
  if (!listing_merges(listing)) sql_add(sql, ") u");
  add_final_order(sql, listing);
  listing_add_limit(sql, listing->query->limit);
}

/* The whole list index, or where all that is asked stands in the index along the ids, that one: its entries are a quarter as large. With a
   state asked, unit by unit, so that only entries of that state are touched. */
static void add_broad(struct sql *sql, struct listing *listing, const char *index, const char *lead) {
  sql_add(sql, "SELECT r.\"id\", ");
  add_key(sql, listing);
  listing_add_from(sql, listing, index);
  sql_add(sql, " WHERE ");
  sql_add(sql, lead);
  compose_scope(sql, listing->reader->store, listing->texts, listing->scope, "r");
  listing->fits = compose_conditions(sql, listing->reader->store, listing->query, "r");
  listing_add_keyset(sql, listing);
}

enum store_error listing_list_broad(struct listing *listing) {
  const struct column *lead = listing->texts->lead, *id = column_of(listing->texts, FIELD_ID);
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
  } else add_broad(&sql, listing, listing->narrow && id->sorted ? id->sort_index : listing->texts->list_index, "");
  add_final_order(&sql, listing);
  listing_add_limit(&sql, listing->query->limit);
  return listing_run_ids(listing, &sql);
}

/* All that match, from one index, sorted. */
enum store_error listing_list_filter(struct listing *listing, const struct filter_index *filter) {
  struct sql sql = sql_new(listing->arena);
  listing->count = 0;
  add_broad(&sql, listing, filter->name, "");
  add_final_order(&sql, listing);
  listing_add_limit(&sql, listing->query->limit);
  return listing_run_ids(listing, &sql);
}

/* ---- parts of an index laid out by the sort ---- */
static const struct value NO_VALUE = {.kind = VALUE_NOTHING};

static bool all_states(const struct listing *listing, const struct value **values, size_t *count) {
  const struct state_name *state = listing->texts->type->states;
  for (; state && state->name && *count < PARTS_MOST; state++) {
    struct value *value = ARENA_NEW(listing->arena, struct value);
    *value = value_integer(FIELD_STATE, state->code);
    values[(*count)++] = value;
  }
  return state && state->name == NULL;
}

/* The values that a column of the filter can have here: those asked for (none, where what lacks it is), else all there are, and none.
   False: too many. */
static bool part_values(const struct listing *listing, const struct column *column, const struct value **values, size_t *count) {
  const struct query *query = listing->query;
  const struct choice *choice = column->field ? column->field->choices : NULL;
  const struct condition *asked = NULL;
  bool lacking = false;
  *count = 0;
  for (size_t i = 0; i < query->condition_count; i++)
    lacking = lacking || (query->conditions[i].field == column->id && query->conditions[i].how == C_EMPTY);
  if (lacking) values[(*count)++] = &NO_VALUE;
  if (lacking) return true;
  for (size_t i = 0; i < query->condition_count && !asked; i++)
    if (query->conditions[i].field == column->id && (query->conditions[i].how == C_IS || query->conditions[i].how == C_IN))
      asked = &query->conditions[i];
  if (!asked && !choice) return column->id == FIELD_STATE && all_states(listing, values, count);
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

/* As many or a few more, so that few different texts arise: 1, 2, 3, 4, 6, 8, 12, 16, 24 … */
static size_t rounded_up(size_t count) {
  size_t power = 1;
  while (power < count) power *= 2;
  return power >= 4 && power / 4 * 3 >= count ? power / 4 * 3 : power;
}

static bool is_asked(const struct listing *listing, const struct column *column) {
  bool asked = false;
  for (size_t i = 0; i < listing->query->condition_count; i++) {
    const struct condition *condition = &listing->query->conditions[i];
    asked = asked || (condition->field == column->id && (condition->how == C_IS || condition->how == C_IN));
  }
  return asked;
}

bool listing_name_skips(struct listing *listing) {
  const struct type_texts *texts = listing->texts;
  struct skips skips = {.parts.all = 1};
  bool reached = false, fits = (listing->driver->abilities & ABILITY_INDEX_HINT) && texts->lead && !listing->query->with_voided;
  for (size_t i = 1; i < texts->listed_count && fits && !reached; i++) {
    const struct column *column = texts->listed[i];
    reached = is_asked(listing, column);
    if (reached || column->id == FIELD_VOIDED) continue;
    size_t at = skips.count;
    fits = at < 3 && part_values(listing, column, skips.parts.values[at], &skips.parts.counts[at]);
    if (fits) { skips.columns[skips.count++] = column; skips.parts.all *= skips.parts.counts[at]; }
    fits = fits && skips.parts.all * listing->unit_count <= LOOKS_MOST;
  }
  if (reached) listing->skips = skips;
  return reached;
}

bool listing_states(const struct listing *listing, struct states *states) {
  const struct column *state = column_of(listing->texts, FIELD_STATE);
  bool laid_out = listing->nearly && listing->by_state && listing->sort->lead_state_index != NULL;
  return laid_out && part_values(listing, state, states->values, &states->count) &&
         states->count * rounded_up(listing->unit_count) <= PARTS_MOST;
}

const char *listing_sorted_filter(const struct listing *listing, const struct filter_index *filter, struct parts *parts) {
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
static void add_part(struct sql *sql, const struct listing *listing, const struct filter_index *filter, const char *index,
                     const struct parts *parts, size_t part) {
  sql_add(sql, "SELECT r.\"id\", ");
  add_key(sql, listing);
  listing_add_from(sql, listing, index);
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
enum store_error listing_list_parts(struct listing *listing, const struct filter_index *filter, const char *index, const struct parts *parts) {
  struct sql sql = sql_new(listing->arena);
  listing->count = 0;
  for (size_t part = 0; part < parts->all; part++) {
    begin_part(&sql, listing, part, true, true, false);
    add_part(&sql, listing, filter, index, parts, part);
    compose_scope(&sql, listing->reader->store, listing->texts, listing->scope, "r");
    end_part(&sql, listing, part, true, listing->query->limit);
  }
  end_parts(&sql, listing);
  return listing_run_ids(listing, &sql);
}

/* ---- what units lead and join ---- */
static size_t add_led_parts(struct sql *sql, struct listing *listing, const struct ways *ways, const struct branch *branch, size_t part,
                            bool apart) {
  for (size_t i = 0; i < ways->parts->all; i++, part++) {
    begin_part(sql, listing, part, apart, true, false);
    add_part(sql, listing, ways->filter, ways->index, ways->parts, i);
    sql_add(sql, "r.");
    sql_add(sql, branch->column->name);
    sql_add(sql, " IN ");
    sql_integers(sql, branch->units, branch->unit_count);
    compose_secrecy(sql, listing->reader->store, listing->texts, branch->secrecy, "r");
    end_part(sql, listing, part, true, listing->query->limit);
  }
  return part;
}

static size_t add_unit_parts(struct sql *sql, struct listing *listing, const struct branch *branch, const struct states *states,
                             size_t part, bool apart) {
  size_t units = rounded_up(branch->unit_count), each = states->count ? states->count : 1;
  for (size_t i = 0; i < units * each; i++, part++) {
    size_t unit = i / each;
    begin_part(sql, listing, part, apart, true, false);
    add_unit(sql, listing, branch, unit < branch->unit_count ? branch->units[unit] : -1, states->count ? states->values[i % each] : NULL);
    end_part(sql, listing, part, true, listing->query->limit);
  }
  return part;
}

/* Units are walked one by one, or fetched: from the list index what they lead, from the side table's what they join. */
enum store_error listing_list_held(struct listing *listing, const struct ways *ways) {
  struct sql sql = sql_new(listing->arena);
  size_t part = 0;
  bool apart = listing->branch_count == 1 && !listing->joint;
  listing->count = 0;
  for (size_t i = 0; i < listing->branch_count; i++) {
    const struct branch *branch = &listing->branches[i];
    if (!branch->joint && ways->index) part = add_led_parts(&sql, listing, ways, branch, part, apart);
    else if (branch->joint ? ways->joined_by_unit : ways->led_by_unit) part = add_unit_parts(&sql, listing, branch, &ways->states, part, apart);
    else {
      begin_part(&sql, listing, part, apart, false, branch->joint && branch->unit_count > 1);
      add_held(&sql, listing, branch);
      end_part(&sql, listing, part++, false, listing->query->limit * (branch->joint ? branch->unit_count : 1));
    }
  }
  end_parts(&sql, listing);
  return listing_run_ids(listing, &sql);
}
