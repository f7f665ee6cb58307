/* Tables of the three rates, kept and followed (rate_tables.h). What is kept is own counts by group; sums along the tree of units are made
   anew for each question, for the tree is the reader's. */
#include "follow/rate_tables.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"

#define KEPT (INT64_C(3600) * MOMENT_SECOND)

/* ---- scopes ---- */

/* What appeal_figure_in_scope() looks at. */
static struct scope *scope_copied(const struct scope *scope) {
  struct scope *own = heap_copied(scope, 1, sizeof *own);
  struct grant_scope *grants = heap_copied(scope->grants, scope->grant_count, sizeof *grants);
  for (size_t i = 0; i < scope->grant_count; i++)
    grants[i].units = heap_copied(grants[i].units, grants[i].unit_count, sizeof *grants[i].units);
  own->grants = grants;
  own->excluded = heap_copied(scope->excluded, scope->excluded_count, sizeof *scope->excluded);
  return own;
}

static void scope_free(struct scope *scope) {
  if (!scope) return;
  for (size_t i = 0; i < scope->grant_count; i++) free((void *)scope->grants[i].units);
  free((void *)scope->grants);
  free((void *)scope->excluded);
  free(scope);
}

static bool ids_alike(const int64_t *one, size_t count, const int64_t *other, size_t other_count) {
  return count == other_count && (!count || memcmp(one, other, count * sizeof *one) == 0);
}

static bool scopes_alike(const struct scope *one, const struct scope *other) {
  if (one->grant_count != other->grant_count || !ids_alike(one->excluded, one->excluded_count, other->excluded, other->excluded_count))
    return false;
  for (size_t i = 0; i < one->grant_count; i++) {
    const struct grant_scope *a = &one->grants[i], *b = &other->grants[i];
    if (a->relation != b->relation || a->all != b->all || a->secrecy != b->secrecy ||
        !ids_alike(a->units, a->unit_count, b->units, b->unit_count))
      return false;
  }
  return true;
}

/* ---- what is kept; under the lock ---- */

static void item_free(struct kept_table *item) {
  if (!item->used) return;
  scope_free(item->scope);
  rate_table_free(&item->table);
  *item = (struct kept_table){0};
}

static struct kept_table *item_of(struct rate_tables *tables, const struct rate_question *question) {
  for (size_t i = 0; i < RATE_TABLES_MOST; i++) {
    struct kept_table *item = &tables->items[i];
    if (item->used && item->number && item->turn != tables->turn) item_free(item);
    bool same = item->used && item->by == question->by && item->number == question->number && item->cut.on == question->cut.on &&
                item->cut.from == question->cut.from && item->cut.to == question->cut.to;
    if (same && scopes_alike(item->scope, question->scope)) return item;
  }
  return NULL;
}

/* A free one, or the one that was asked for longest ago. */
static struct kept_table *item_new(struct rate_tables *tables) {
  struct kept_table *oldest = &tables->items[0];
  for (size_t i = 0; i < RATE_TABLES_MOST; i++) {
    if (!tables->items[i].used) return &tables->items[i];
    if (tables->items[i].asked < oldest->asked) oldest = &tables->items[i];
  }
  item_free(oldest);
  return oldest;
}

/* ---- asking ---- */

bool rate_tables_find(struct rate_tables *tables, const struct rate_question *question, struct rate_table *into) {
  pthread_mutex_lock(&tables->lock);
  struct kept_table *item = item_of(tables, question);
  if (item) {
    rate_table_merge(into, &item->table);
    item->asked = moment_system();
  }
  pthread_mutex_unlock(&tables->lock);
  return item != NULL;
}

void rate_tables_keep(struct rate_tables *tables, const struct rate_question *question, const struct rate_table *table) {
  pthread_mutex_lock(&tables->lock);
  if (!item_of(tables, question)) { /* another asked the same meanwhile */
    struct kept_table *item = item_new(tables);
    *item = (struct kept_table){.used = true,
                                .by = question->by,
                                .cut = question->cut,
                                .number = question->number,
                                .scope = scope_copied(question->scope),
                                .turn = tables->turn,
                                .asked = moment_system()};
    rate_table_begin(&item->table, question->by, &question->cut, NULL, 0);
    rate_table_merge(&item->table, table);
  }
  pthread_mutex_unlock(&tables->lock);
}

/* ---- following ---- */

/* Does it say otherwise who may see it? What is new is in no past. */
static bool turns(const struct appeal_figure *before, const struct appeal_figure *after) {
  return before && (!after || before->unit != after->unit || before->secrecy != after->secrecy || before->flags != after->flags);
}

void rate_tables_follow(struct rate_tables *tables, const struct appeal_figure *before, const struct appeal_figure *after) {
  pthread_mutex_lock(&tables->lock);
  if (turns(before, after)) tables->turn++;
  for (size_t i = 0; i < RATE_TABLES_MOST; i++) {
    struct kept_table *item = &tables->items[i];
    if (!item->used || item->number) continue;
    if (before && appeal_figure_in_scope(before, item->scope)) rate_table_remove(&item->table, before);
    if (after && appeal_figure_in_scope(after, item->scope)) rate_table_add(&item->table, after);
  }
  pthread_mutex_unlock(&tables->lock);
}

/* ---- beginning and end ---- */

void rate_tables_make(struct rate_tables *tables) {
  *tables = (struct rate_tables){0};
  pthread_mutex_init(&tables->lock, NULL);
}

void rate_tables_drop(struct rate_tables *tables) { rate_tables_rest(tables, INT64_MAX); }

void rate_tables_rest(struct rate_tables *tables, int64_t now) {
  pthread_mutex_lock(&tables->lock);
  for (size_t i = 0; i < RATE_TABLES_MOST; i++)
    if (tables->items[i].used && now - tables->items[i].asked > KEPT) item_free(&tables->items[i]);
  pthread_mutex_unlock(&tables->lock);
}

void rate_tables_end(struct rate_tables *tables) {
  rate_tables_drop(tables);
  pthread_mutex_destroy(&tables->lock);
}
