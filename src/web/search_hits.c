/* Hits in scope. The index gives ids, newest first over all types; each is then read under the scope of who asks, so nothing is told that
   he may not see, and nothing is counted that was not read. Who must hold the record joins the question to the index, as a walk of the
   posting lists of his units (¦u…): at once where these are few, where they are many only when the newest hits hold too few of them. */
#include "web/search.h"

#include <stdlib.h>
#include <string.h>

#include "base/room.h"

enum { AT_ONCE = 1000, ROUNDS = 20, HOLDERS_FEW = 16, HOLDERS_MOST = 300 };

int64_t search_moment(const struct row *row) {
  int64_t moment = row->type->moment ? row_integer(row, row->type->moment) : NOTHING;
  return moment == NOTHING ? row->created : moment;
}

/* ---- who must hold it ---- */

static bool has_holder(const struct record_type *type, enum relation_code relation) {
  for (size_t i = 0; i < 4 && type->holders[i].field; i++)
    if (type->holders[i].relation == relation) return true;
  return false;
}

static bool held_by_unit(const struct record_type *type) { return has_holder(type, RELATION_LEAD) || has_holder(type, RELATION_JOINT); }

/* The units and users of whom one must hold what this scope shows. False: it shows more than that, or by something else than the record's
   own holders. */
static bool scope_holders(struct arena *arena, const struct searched_type *searched, size_t most, struct question_holders *holders) {
  const struct scope *scope = searched->scope;
  int64_t *ids = ARENA_ARRAY(arena, int64_t, most + 1);
  size_t count = 0;
  if (searched->type->parent || searched->type->id == RECORD_USER) return false;
  for (size_t i = 0; i < scope->grant_count; i++) {
    const struct grant_scope *grant = &scope->grants[i];
    bool units = grant->relation == RELATION_LEAD || grant->relation == RELATION_JOINT || grant->relation == RELATION_GUIDANCE;
    bool person = grant->relation == RELATION_SELF || grant->relation == RELATION_OFFICIAL;
    if (grant->all || !(units || person) || count + grant->unit_count + 1 > most) return false;
    if (person) ids[count++] = scope->user;
    for (size_t k = 0; units && k < grant->unit_count; k++) ids[count++] = grant->units[k];
  }
  *holders = (struct question_holders){ids, count};
  return count > 0;
}

/* At most so many of a group, which is left out otherwise. */
static void holders_join(struct searching *searching, size_t most) {
  for (size_t i = 0; i < searching->type_count; i++) {
    struct searched_type *searched = &searching->types[i];
    searched->holder_count = 0;
    if (searching->unit && held_by_unit(searched->type) && searching->unit_count <= most)
      searched->holders[searched->holder_count++] = (struct question_holders){searching->units, searching->unit_count};
    if (scope_holders(searching->request->arena, searched, most, &searched->holders[searched->holder_count])) searched->holder_count++;
  }
}

/* ---- what is asked beside words ---- */

static int by_id(const void *one, const void *other) {
  int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
  return (a > b) - (a < b);
}

static bool in_units(const struct searching *searching, int64_t id) {
  return id > 0 && bsearch(&id, searching->units, searching->unit_count, sizeof id, by_id);
}

static bool row_in_units(const struct searching *searching, const struct row *row) {
  for (size_t i = 0; i < 4 && row->type->holders[i].field; i++) {
    const struct value *value = row_value(row, row->type->holders[i].field);
    if (row->type->holders[i].relation != RELATION_LEAD && row->type->holders[i].relation != RELATION_JOINT) continue;
    if (value->kind == VALUE_INTEGER && in_units(searching, value->integer)) return true;
    for (size_t k = 0; value->kind == VALUE_MANY && k < value->count; k++)
      if (in_units(searching, value->many[k])) return true;
  }
  return false;
}

static int row_by_id(const void *one, const void *other) {
  const struct row *a = *(struct row *const *)one, *b = *(struct row *const *)other;
  return (a->id > b->id) - (a->id < b->id);
}

static struct row *row_of(const struct rows *rows, int64_t id) {
  struct row wanted = {.id = id}, *key = &wanted;
  struct row **at = rows->count ? bsearch(&key, rows->items, rows->count, sizeof *rows->items, row_by_id) : NULL;
  return at ? *at : NULL;
}

static enum store_error read_ids(struct searching *searching, const struct record_type *type, const struct scope *scope, const int64_t *ids,
                                 size_t count, struct rows *rows) {
  struct query query =
      {.type = type, .ids = ids, .id_count = count, .only_ids = true, .many = searching->unit != 0, .expected = (int64_t)count};
  *rows = (struct rows){.arena = searching->request->arena};
  enum store_error error = count ? rows_read(searching->request, &query, scope, rows) : STORE_OK;
  if (!error && rows->count) qsort(rows->items, rows->count, sizeof *rows->items, row_by_id);
  return error;
}

/* What has no unit of its own is of the units of what it belongs to. */
static enum store_error parents_read(struct searching *searching, const struct record_type *type, const struct rows *rows,
                                     struct rows *parents) {
  const struct field *field = type->parent ? record_field(type, type->parent) : NULL;
  int64_t *ids = ARENA_ARRAY(searching->request->arena, int64_t, rows->count + 1);
  size_t count = 0;
  *parents = (struct rows){.arena = searching->request->arena};
  if (!searching->unit || !field || held_by_unit(type)) return STORE_OK;
  for (size_t i = 0; i < rows->count; i++)
    if (row_integer(rows->items[i], field->id) != NOTHING) ids[count++] = row_integer(rows->items[i], field->id);
  return read_ids(searching, record_type(field->target), &SCOPE_SYSTEM, ids, count, parents);
}

static bool fits(const struct searching *searching, const struct row *row, const struct rows *parents) {
  int64_t moment = search_moment(row);
  if (searching->from != NOTHING && moment < searching->from) return false;
  if (searching->before != NOTHING && moment >= searching->before) return false;
  if (!searching->unit) return true;
  if (row->type->id == RECORD_UNIT) return in_units(searching, row->id);
  if (held_by_unit(row->type) || !row->type->parent) return row_in_units(searching, row);
  const struct row *parent = row_of(parents, row_integer(row, row->type->parent));
  return parent && row_in_units(searching, parent);
}

/* ---- rows of hits ---- */

static void keep(struct searching *searching, struct search_rows *rows, struct search_row row) {
  ARENA_ROOM(searching->request->arena, rows->items, rows->count, rows->room, 64);
  rows->items[rows->count++] = row;
}

struct read_type { struct rows rows, parents; };

static enum store_error type_read(struct searching *searching, const struct searched_type *searched, const struct term_hit *hits,
                                  size_t count, struct read_type *read) {
  int64_t *ids = ARENA_ARRAY(searching->request->arena, int64_t, count);
  size_t some = 0;
  for (size_t i = 0; i < count; i++)
    if (hits[i].type == searched->type) ids[some++] = hits[i].id;
  enum store_error error = read_ids(searching, searched->type, searched->scope, ids, some, &read->rows);
  return error ? error : parents_read(searching, searched->type, &read->rows, &read->parents);
}

/* In the order of the hits, those that may be seen and fit. */
static enum store_error hits_take(struct searching *searching, const struct term_hit *hits, size_t count, struct search_rows *rows) {
  struct read_type *read = ARENA_ARRAY(searching->request->arena, struct read_type, searching->type_count);
  for (size_t i = 0; i < searching->type_count; i++) {
    enum store_error error = type_read(searching, &searching->types[i], hits, count, &read[i]);
    if (error) return error;
  }
  for (size_t i = 0; i < count; i++) {
    size_t type = 0;
    while (searching->types[type].type != hits[i].type) type++;
    struct row *row = row_of(&read[type].rows, hits[i].id);
    if (row && fits(searching, row, &read[type].parents))
      keep(searching, rows, (struct search_row){&searching->types[type], row, hits[i].closeness});
  }
  if (count) {
    rows->last_id = hits[count - 1].id;
    rows->last_closeness = hits[count - 1].closeness;
  }
  return STORE_OK;
}

static enum store_error ask(struct searching *searching, int64_t below, size_t most, bool ranked, struct term_hits *hits) {
  struct asked_type *types = ARENA_ARRAY(searching->request->arena, struct asked_type, searching->type_count);
  struct terms *terms = searching->request->house->terms;
  for (size_t i = 0; i < searching->type_count; i++)
    types[i] = (struct asked_type){searching->types[i].type, searching->types[i].holders, searching->types[i].holder_count};
  struct terms_asking asking = {&searching->question, types, searching->type_count, below, most, ranked};
  return terms ? terms_ask(terms, &asking, searching->request->arena, hits) : STORE_GONE;
}

static enum store_error find_new(struct searching *searching, struct search_rows *rows) {
  int64_t below = searching->after_id;
  size_t most = below ? 2 * searching->limit + 1 : SEARCH_COUNTED;
  rows->more = true;
  holders_join(searching, HOLDERS_FEW);
  for (int round = 0; round < ROUNDS && rows->more && (round == 0 || rows->count <= searching->limit); round++) {
    struct term_hits hits;
    enum store_error error = ask(searching, below, most, false, &hits);
    if (!error) error = hits_take(searching, hits.items, hits.count, rows);
    if (error) return error;
    rows->more = hits.more;
    if (!hits.count) break;
    below = rows->last_id;
    most = AT_ONCE;
    if (round == 0) holders_join(searching, HOLDERS_MOST);
  }
  return STORE_OK;
}

static bool behind(const struct searching *searching, const struct term_hit *hit) {
  if (!searching->after_id) return true;
  return hit->closeness < searching->after_closeness || (hit->closeness == searching->after_closeness && hit->id < searching->after_id);
}

static enum store_error find_best(struct searching *searching, struct search_rows *rows) {
  struct term_hits hits;
  holders_join(searching, HOLDERS_MOST);
  enum store_error error = ask(searching, 0, SEARCH_RANKED, true, &hits);
  size_t at = 0;
  if (error) return error;
  hits_rank(&hits);
  while (at < hits.count && !behind(searching, &hits.items[at])) at++;
  while (!error && at < hits.count && rows->count <= searching->limit) {
    size_t some = rows->count ? AT_ONCE : SEARCH_COUNTED, count = hits.count - at < some ? hits.count - at : some;
    error = hits_take(searching, hits.items + at, count, rows);
    at += count;
  }
  rows->more = at < hits.count;
  return error;
}

enum store_error search_find(struct searching *searching, struct search_rows *rows) {
  *rows = (struct search_rows){.more = false};
  if (searching->unit_count) qsort(searching->units, searching->unit_count, sizeof *searching->units, by_id);
  return searching->best ? find_best(searching, rows) : find_new(searching, rows);
}
