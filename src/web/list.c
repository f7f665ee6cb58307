/* Lists and tallies. A page is read from one snapshot, and says the journal number of that snapshot; a total stands beside it
   only when it is true at the same number. */
#include "web/list.h"

#include <stdlib.h>
#include <string.h>

#define LIMIT_USUAL 50
#define HITS_AT_ONCE 1000
#define HIT_ROUNDS 20
#define TALLIES_WAIT 30      /* milliseconds */
#define UNITS_MOST 5000

/* ---- the query string ---- */

struct pairs { struct arena *arena; struct pair items[80]; size_t count; };

static enum MHD_Result pair_take(void *with, enum MHD_ValueKind kind, const char *name, const char *value) {
  struct pairs *pairs = with;
  (void)kind;
  if (pairs->count == sizeof pairs->items / sizeof *pairs->items) return MHD_NO;
  pairs->items[pairs->count++] = (struct pair){name, value ? value : ""};
  return MHD_YES;
}

static void answer_names(struct request *request) {
  bool unknown = request->issues.unknown_name;
  answer_problem(request, 400, unknown ? "unknown_names" : "malformed",
                 (struct label){"查询条件有误，见各项说明。", "the conditions are wrong; see the findings."});
}

bool listing_of(struct request *request, size_t limit_usual, size_t limit_most, struct listing *listing) {
  struct pairs pairs = {.count = 0};
  MHD_get_connection_values(request->connection, MHD_GET_ARGUMENT_KIND, pair_take, &pairs);
  if (listing_read(request->arena, &request->issues, request->authority, request->type, pairs.items, pairs.count, limit_usual, limit_most,
                   listing))
    return true;
  answer_names(request);
  return false;
}

static bool grouped(const struct listing *listing) { return listing->event || listing->class; }

/* ---- units ---- */

struct below { struct arena *arena; int64_t *ids; size_t count, room; };

static bool below_take(void *with, const struct row *row) {
  struct below *below = with;
  for (size_t i = 0; i < below->count; i++)
    if (below->ids[i] == row->id) return true;
  if (below->count == below->room) return false;
  below->ids[below->count++] = row->id;
  return true;
}

enum store_error units_below(struct request *request, int64_t unit, int64_t **units, size_t *count) {
  struct below below = {request->arena, ARENA_ARRAY(request->arena, int64_t, UNITS_MOST), 1, UNITS_MOST};
  enum store_error error = STORE_OK;
  below.ids[0] = unit;
  for (size_t done = 0; error == STORE_OK && done < below.count;) {
    size_t level = below.count - done;
    struct value *parents = ARENA_ARRAY(request->arena, struct value, level);
    for (size_t i = 0; i < level; i++) parents[i] = value_integer(UNIT_PARENT, below.ids[done + i]);
    struct condition condition = {.field = UNIT_PARENT, .how = C_IN, .values = parents, .count = level};
    struct query query = {.type = record_type(RECORD_UNIT), .conditions = &condition, .condition_count = 1, .with_voided = true, .expected = -1};
    done = below.count;
    error = reader_list(request->reader, &query, &SCOPE_SYSTEM, request->arena, below_take, &below);
  }
  *units = below.ids;
  *count = below.count;
  return error;
}

static enum store_error condition_below(struct request *request, struct condition *condition) {
  struct below all = {request->arena, ARENA_ARRAY(request->arena, int64_t, UNITS_MOST), 0, UNITS_MOST};
  for (size_t i = 0; i < condition->count; i++) {
    int64_t *units;
    size_t count;
    enum store_error error = units_below(request, condition->values[i].integer, &units, &count);
    if (error) return error;
    for (size_t k = 0; k < count && all.count < UNITS_MOST; k++) all.ids[all.count++] = units[k];
  }
  struct value *values = ARENA_ARRAY(request->arena, struct value, all.count);
  for (size_t i = 0; i < all.count; i++) values[i] = value_integer(condition->field, all.ids[i]);
  condition->values = values;
  condition->count = all.count;
  return STORE_OK;
}

bool listing_resolve(struct request *request, struct listing *listing, int64_t epoch) {
  enum store_error error = STORE_OK;
  for (size_t i = 0; i < listing->query.condition_count && error == STORE_OK; i++)
    if (listing->below[i]) error = condition_below(request, &listing->conditions[i]);
  if (error) {
    answer_store_error(request, error);
    return false;
  }
  if (grouped(listing) && request->house->groups) groups_reach(request->house, request->journal == NOTHING ? 0 : request->journal);
  if (listing->words || grouped(listing)) {
    listing->query.sort = FIELD_ID;
    listing->query.descending = true;
  }
  if (!listing->after || cursor_read(request->arena, listing->after, epoch, &listing->query)) return true;
  answer_problem(request, 400, "bad_cursor", (struct label){"翻页标记无效（条件或排序变了，或库已恢复过），请从第一页重新开始。",
    "the cursor does not fit (other conditions, another order, or the store was restored); begin from the first page."});
  return false;
}

/* ---- words ---- */

/* What a round of hits found: ids, and where the next one goes on. */
struct hits { int64_t *ids; size_t count; int64_t last; bool more; };

static bool in_groups(struct request *request, const struct listing *listing, int64_t id) {
  struct groups *groups = request->house->groups;
  return (!listing->event || groups_holds(groups, GROUPING_EVENT, listing->event, id)) &&
         (!listing->class || groups_holds(groups, GROUPING_CLASS, listing->class, id));
}

/* One round of hits below `below`: by words, or the members of a group; what is not in every group asked for is left out. False:
   answered. */
static bool hits_find(struct request *request, struct listing *listing, int64_t below, size_t most, struct hits *hits) {
  enum question_fault fault = QUESTION_FITS;
  enum store_error error = STORE_OK;
  size_t kept = 0;
  *hits = (struct hits){0};
  if (grouped(listing) && !request->house->groups) error = STORE_GONE;
  else if (!listing->words)
    groups_members(request->house->groups, listing->event ? GROUPING_EVENT : GROUPING_CLASS,
                   listing->event ? listing->event : listing->class, below, most, request->arena, &hits->ids, &hits->count);
  else
    error = request->house->terms ? terms_find(request->house->terms, listing->query.type->id, listing->words, below, most, request->arena,
                                               &hits->ids, &hits->count, &fault)
                                  : STORE_GONE;
  if (error) answer_store_error(request, error);
  else if (fault) answer_problem(request, 400, question_fault_code(fault), question_fault_label(fault));
  if (error || fault) return false;
  hits->more = hits->count == most;
  hits->last = hits->count ? hits->ids[hits->count - 1] : 0;
  for (size_t i = 0; grouped(listing) && i < hits->count; i++)
    if (in_groups(request, listing, hits->ids[i])) hits->ids[kept++] = hits->ids[i];
  if (grouped(listing)) hits->count = kept;
  return true;
}

bool listing_words(struct request *request, struct listing *listing, size_t most) {
  struct hits hits;
  if (!listing->words && !grouped(listing)) return true;
  if (!hits_find(request, listing, 0, most, &hits)) return false;
  listing->query.ids = hits.ids;
  listing->query.id_count = hits.count;
  listing->query.only_ids = true;
  return true;
}

/* Hits newest first, in scope and under the conditions, until the page is full; false: answered. */
static bool page_of_hits(struct request *request, struct listing *listing, const struct scope *scope, struct rows *rows, bool *more) {
  struct query query = listing->query;
  int64_t below = query.has_after ? query.after_id : 0;
  size_t limit = query.limit;
  *more = true;
  for (int round = 0; round < HIT_ROUNDS && rows->count < limit && *more; round++) {
    struct hits hits;
    if (!hits_find(request, listing, below, HITS_AT_ONCE, &hits)) return false;
    *more = hits.more;
    if (!hits.last) break;
    below = hits.last;
    query.ids = hits.ids;
    query.id_count = hits.count;
    query.only_ids = true;
    query.has_after = false;
    query.limit = limit + 1 - rows->count;
    enum store_error error = rows_read(request, &query, scope, rows);
    if (error) {
      answer_store_error(request, error);
      return false;
    }
  }
  if (rows->count > limit) {
    rows->count = limit;
    *more = true;
  }
  if (!rows->count) *more = false;
  return true;
}

/* ---- pages ---- */

static int text_compare(const char *one, const char *other) { return one && other ? strcmp(one, other) : (one != NULL) - (other != NULL); }

static int integer_compare(int64_t x, int64_t y) { return (x > y) - (x < y); }

static int turn_compare(const struct in_turn *turn, const struct row *a, const struct row *b) {
  size_t x = turn_place(turn, row_value(a, turn->field)), y = turn_place(turn, row_value(b, turn->field));
  return x == y ? integer_compare(row_integer(a, turn->then), row_integer(b, turn->then)) : x < y ? -1 : 1;
}

static int row_compare(const void *one, const void *other, void *with) {
  const struct query *query = with;
  const struct row *a = *(struct row *const *)one, *b = *(struct row *const *)other;
  const struct field *field = record_field(query->type, query->sort);
  int order;
  if (query_turn(query)) order = turn_compare(query_turn(query), a, b);
  else if (field && field_is_text(field)) order = text_compare(row_text(a, query->sort), row_text(b, query->sort));
  else order = integer_compare(row_integer(a, query->sort), row_integer(b, query->sort));
  if (!order) order = integer_compare(a->id, b->id);
  return query->descending ? -order : order;
}

/* `unit=`: led by one of the units, or joined by one; two lists in the same order, merged. */
static enum store_error rows_of_unit(struct request *request, struct listing *listing, const struct scope *scope, struct rows *rows) {
  struct condition conditions[CONDITIONS_MOST + 1];
  struct query query = listing->query;
  int64_t *units;
  size_t count, kept = 0;
  enum store_error error = units_below(request, listing->unit, &units, &count);
  memcpy(conditions, listing->conditions, sizeof listing->conditions);
  query.conditions = conditions;
  query.condition_count++;
  for (size_t i = 0; i < 4 && query.type->holders[i].field && error == STORE_OK; i++) {
    const struct holder *holder = &query.type->holders[i];
    const struct field *field = record_field(query.type, holder->field);
    if (holder->relation != RELATION_LEAD && holder->relation != RELATION_JOINT) continue;
    struct value *values = ARENA_ARRAY(request->arena, struct value, count);
    for (size_t k = 0; k < count; k++) values[k] = value_integer(holder->field, units[k]);
    conditions[query.condition_count - 1] = (struct condition){.field = holder->field,
                                                               .how = field->type == F_REFERENCES ? C_HAS : C_IN,
                                                               .values = values,
                                                               .count = count};
    error = rows_read(request, &query, scope, rows);
  }
  if (error || !rows->count) return error;
  qsort_r(rows->items, rows->count, sizeof *rows->items, row_compare, &query);
  for (size_t i = 0; i < rows->count; i++)
    if (!kept || rows->items[kept - 1]->id != rows->items[i]->id) rows->items[kept++] = rows->items[i];
  rows->count = kept;
  return STORE_OK;
}

struct turns { const struct in_turn *turn; int64_t *counts; };

static bool turn_take(void *with, const int64_t *dimensions, int64_t count) {
  struct turns *turns = with;
  struct value value = dimensions[0] == NOTHING ? value_nothing(turns->turn->field) : value_integer(turns->turn->field, dimensions[0]);
  turns->counts[turn_place(turns->turn, &value)] += count;
  return true;
}

/* How many of each value in turn: a page does not look for what is not there. What tallies say of another moment is no certain 0. */
static const int64_t *turns_expected(struct request *request, const struct listing *listing, const struct scope *scope) {
  const struct in_turn *turn = query_turn(&listing->query);
  struct tallies *tallies = request->house->tallies;
  int64_t journal = 0;
  if (!turn || !tallies || listing->unit || listing->query.only_ids || listing->query.with_voided) return NULL;
  struct turns turns = {turn, ARENA_ARRAY(request->arena, int64_t, turn->count + 1)};
  if (!tallies_count(tallies, &listing->query, &turn->field, 1, scope, turn_take, &turns, &journal)) return NULL;
  for (size_t i = 0; i <= turn->count; i++)
    if (!turns.counts[i] && journal != request->journal) turns.counts[i] = -1;
  return turns.counts;
}

static bool page_of_rows(struct request *request, struct listing *listing, const struct scope *scope, struct rows *rows, bool *more) {
  size_t limit = listing->query.limit;
  enum store_error error;
  if (request->house->tallies && !listing->unit) listing->query.expected = tallies_expect(request->house->tallies, &listing->query, scope);
  listing->query.expected_in_turn = turns_expected(request, listing, scope);
  listing->query.limit = limit + 1;
  error = listing->unit ? rows_of_unit(request, listing, scope, rows) : rows_read(request, &listing->query, scope, rows);
  listing->query.limit = limit;
  *more = rows->count > limit;
  if (*more) rows->count = limit;
  if (error) answer_store_error(request, error);
  return !error;
}

/* ---- totals ---- */

static bool sum_take(void *with, const int64_t *dimensions, int64_t count) {
  (void)dimensions;
  *(int64_t *)with += count;
  return true;
}

/* -1: not known cheaply at this very number. */
static int64_t total_of(struct request *request, struct listing *listing, const struct scope *scope, const struct rows *rows, bool more) {
  int64_t total = 0, journal = 0;
  struct house *house = request->house;
  if (!listing->query.has_after && !more) return (int64_t)rows->count;
  if (listing->words || listing->unit || grouped(listing)) return -1;
  if (house->tallies && !listing->query.only_ids && !listing->query.with_voided) {
    if (tallies_position(house->tallies) < request->journal) followers_reach(house->followers, "tallies", request->journal, TALLIES_WAIT);
    if (tallies_count(house->tallies, &listing->query, NULL, 0, scope, sum_take, &total, &journal) && journal == request->journal)
      return total;
  }
  if (!listing->total) return -1;
  return reader_count(request->reader, &listing->query, scope, &total) == STORE_OK ? total : -1;
}

void list_show(struct request *request) {
  struct listing listing;
  struct head head;
  struct rows rows = {.arena = request->arena};
  struct labels labels = {.arena = request->arena};
  bool more = false;
  enum store_error error;
  if (!listing_of(request, LIMIT_USUAL, LIST_MOST, &listing) || !request_reader(request)) return;
  error = reader_head(request->reader, &head);
  if (error) {
    answer_store_error(request, error);
    return;
  }
  request->journal = head.number;
  if (!listing_resolve(request, &listing, head.epoch)) return;
  listing.query.long_texts = listing.query.many = listing.full;
  const struct scope *scope = request_scope(request, request->type, MAY_READ);
  if (!(listing.words || grouped(&listing) ? page_of_hits : page_of_rows)(request, &listing, scope, &rows, &more)) return;
  struct json *json = out_open(request);
  json_key(json, "items");
  json_open(json, '[');
  for (size_t i = 0; i < rows.count; i++) record_write(request, json, rows.items[i], OUT_SPARSE | OUT_WHY, &labels);
  json_close(json, ']');
  json_pair(json, "next", more && rows.count ? cursor_print(request->arena, &listing.query, head.epoch, rows.items[rows.count - 1]) : NULL);
  int64_t total = total_of(request, &listing, scope, &rows, more);
  json_key(json, "total");
  if (total < 0) json_null(json);
  else json_integer(json, total);
  error = labels_write(request, json, &labels);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}

/* ---- tallies ---- */

struct tallying { struct request *request; struct listing *listing; struct labels *labels; int64_t total; };

static void key_write(struct tallying *tallying, uint16_t id, int64_t value) {
  struct json *json = &tallying->request->json;
  const struct field *field = record_field(tallying->request->type, id);
  const struct state_name *state = id == FIELD_STATE && value != NOTHING ? record_state(tallying->request->type, (state_code)value) : NULL;
  struct value written = value_integer(id, value);
  if (field) value_write(tallying->request, json, field, &written, tallying->labels);
  else json_text(json, state ? state->name : NULL);
}

static bool cell_take(void *with, const int64_t *dimensions, int64_t count) {
  struct tallying *tallying = with;
  struct json *json = &tallying->request->json;
  json_open(json, '{');
  json_key(json, "key");
  json_open(json, '[');
  for (size_t i = 0; i < tallying->listing->by_count; i++) key_write(tallying, tallying->listing->by[i], dimensions[i]);
  json_close(json, ']');
  json_pair_integer(json, "count", count);
  json_close(json, '}');
  tallying->total += count;
  return true;
}

/* From the view in memory when it knows these fields, else from the store. */
static enum store_error tally_count(struct request *request, struct listing *listing, const struct scope *scope,
                                    struct tallying *tallying) {
  struct house *house = request->house;
  bool plain = !listing->query.only_ids && !listing->query.with_voided && house->tallies;
  if (plain) {
    int64_t journal = 0;
    if (tallies_position(house->tallies) < request->journal) followers_reach(house->followers, "tallies", request->journal, TALLIES_WAIT);
    if (tallies_count(house->tallies, &listing->query, listing->by, listing->by_count, scope, cell_take, tallying, &journal)) {
      request->journal = journal;
      return STORE_OK;
    }
  }
  return reader_tally(request->reader, &listing->query, listing->by, listing->by_count, scope, cell_take, tallying);
}

/* Of tallies and exports: by the lead unit alone, so that figures add up. */
bool listing_led(struct request *request, struct listing *listing) {
  if (!listing->unit) return true;
  struct value *value = ARENA_NEW(request->arena, struct value);
  struct condition *condition = &listing->conditions[listing->query.condition_count];
  uint16_t field = request->type->holders[0].field;
  if (listing->query.condition_count == CONDITIONS_MOST) {
    answer_problem(request, 400, "too_many", (struct label){"条件太多。", "too many conditions."});
    return false;
  }
  *value = value_integer(field, listing->unit);
  *condition = (struct condition){.field = field, .how = C_IN, .values = value, .count = 1};
  enum store_error error = condition_below(request, condition);
  if (error) answer_store_error(request, error);
  else listing->query.condition_count++;
  return !error;
}

/* The sums over all that match, each as its field is written. */
static enum store_error sums_write(struct request *request, struct json *json, const struct listing *listing, struct labels *labels) {
  int64_t sums[8] = {0}, count = 0;
  enum store_error error = reader_sums(request->reader, &listing->query, listing->sums, listing->sum_count,
                                       request_scope(request, request->type, MAY_READ), &count, sums);
  json_key(json, "sums");
  json_open(json, '{');
  for (size_t i = 0; i < listing->sum_count; i++) {
    const struct field *field = record_field(request->type, listing->sums[i]);
    struct value value = value_integer(field->id, sums[i]);
    json_key(json, field->name);
    value_write(request, json, field, &value, labels);
  }
  json_pair_integer(json, "count", count);
  json_close(json, '}');
  return error;
}

void tally_show(struct request *request) {
  struct listing listing;
  struct labels labels = {.arena = request->arena};
  struct tallying tallying = {request, &listing, &labels, 0};
  struct json *json;
  if (!listing_of(request, 0, LIST_MOST, &listing) || !request_head(request) || !listing_resolve(request, &listing, 0)) return;
  if (!listing_led(request, &listing)) return;
  listing.query.limit = 0;
  if (!listing_words(request, &listing, 5000)) return;
  json = out_open(request);
  json_key(json, "by");
  json_open(json, '[');
  for (size_t i = 0; i < listing.by_count; i++) json_text(json, field_name_of(request->type, listing.by[i]));
  json_close(json, ']');
  json_key(json, "cells");
  json_open(json, '[');
  enum store_error error = tally_count(request, &listing, request_scope(request, request->type, MAY_READ), &tallying);
  json_close(json, ']');
  json_pair_integer(json, "total", tallying.total);
  if (!error && listing.sum_count) error = sums_write(request, json, &listing, &labels);
  if (!error) error = labels_write(request, json, &labels);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}
