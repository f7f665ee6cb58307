/* Rows as they stood at a past journal number (past_rows.h). */
#include "rules/past_rows.h"

#include <stdlib.h>

#include "base/room.h"
#include "base/sorted.h"
#include "store/seal.h"

void changed_free(struct changed *changed) {
  free(changed->ids);
  *changed = (struct changed){0};
}

static void changed_add(struct changed *changed, int64_t id) {
  HEAP_ROOM(changed->ids, changed->count, changed->room, 64);
  changed->ids[changed->count++] = id;
}

/* ---- what stands as it was ---- */

struct standing { int64_t number; row_sink *sink; void *with; struct changed *changed; };

static bool standing_take(void *with, const struct row *row) {
  struct standing *standing = with;
  if (standing->number && row->id > standing->number) return true; /* an id is the number of the entry that made it */
  if (!standing->number || row->entry <= standing->number) return standing->sink(standing->with, row);
  changed_add(standing->changed, row->id);
  return true;
}

enum store_error past_rows_standing(struct reader *reader, const struct query *query, const struct scope *scope, int64_t number, row_sink *sink, void *with, struct changed *changed) {
  struct standing standing = {number, sink, with, changed};
  struct arena *arena = arena_new();
  enum store_error error = reader_list(reader, query, scope, arena, standing_take, &standing);
  arena_free(arena);
  return error;
}

/* ---- what changed since: records are folded one after the other, in order of id ---- */

struct fold {
  const struct changed *wanted;
  const struct record_type *type;
  int64_t number, record;
  row_sink *sink;
  void *with;
  struct arena *arena;
  struct row *row;
  bool broken;
};

static void fold_finish(struct fold *fold) {
  if (fold->record) fold->sink(fold->with, fold->row);
  fold->record = 0;
}

static bool is_wanted(const struct changed *wanted, int64_t id) {
  size_t low = sorted_place(wanted->ids, wanted->count, sizeof *wanted->ids, 0, id);
  return low < wanted->count && wanted->ids[low] == id;
}

static bool fold_take(void *with, const struct entry *entry) {
  struct fold *fold = with;
  if (entry->number > fold->number) return false;
  if (entry->kind != ENTRY_CHANGE && entry->kind != ENTRY_DERIVED) return true;
  if (entry->record != fold->record) {
    fold_finish(fold);
    if (!is_wanted(fold->wanted, entry->record)) return true;
    arena_reset(fold->arena);
    fold->row = row_new(fold->arena, fold->type);
    fold->record = entry->record;
  }
  fold->broken = !body_apply(fold->arena, entry, fold->row);
  return !fold->broken;
}

static int by_value(const void *one, const void *other) {
  int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
  return (a > b) - (a < b);
}

enum { SINGLY_MOST = 400 }; /* so many records are quicker asked for one by one than passed in the stream of all */

enum store_error past_rows_changed(struct reader *reader, const struct record_type *type, int64_t number, struct changed *changed, row_sink *sink, void *with) {
  struct fold fold = {.wanted = changed, .type = type, .number = number, .sink = sink, .with = with, .arena = arena_new()};
  enum store_error error = STORE_OK;
  if (changed->count) qsort(changed->ids, changed->count, sizeof *changed->ids, by_value);
  if (changed->count > SINGLY_MOST) error = reader_history_until(reader, type->id, number, fold_take, &fold);
  for (size_t i = 0; changed->count <= SINGLY_MOST && i < changed->count && error == STORE_OK && !fold.broken; i++) error = reader_history(reader, type->id, changed->ids[i], fold_take, &fold);
  if (error == STORE_OK && fold.broken) error = STORE_BROKEN;
  if (error == STORE_OK) fold_finish(&fold);
  arena_free(fold.arena);
  return error;
}

enum store_error past_rows_read(struct reader *reader, const struct record_type *type, const uint16_t *fields, int64_t number, row_sink *sink, void *with) {
  struct query query = {.type = type, .fields = fields, .with_voided = true, .expected = -1};
  struct changed changed = {0};
  enum store_error error = past_rows_standing(reader, &query, &SCOPE_SYSTEM, number, sink, with, &changed);
  if (error == STORE_OK) error = past_rows_changed(reader, type, number, &changed, sink, with);
  changed_free(&changed);
  return error;
}

/* ---- when ---- */

static bool moment_take(void *with, const struct entry *entry) {
  *(int64_t *)with = entry->moment;
  return false;
}

enum store_error entry_moment(struct reader *reader, int64_t number, int64_t *moment) {
  *moment = 0;
  return number > 0 ? reader_journal(reader, number - 1, 1, moment_take, moment) : STORE_OK;
}
