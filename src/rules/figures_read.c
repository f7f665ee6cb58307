/* Figures from the store: as the tables stand, and as the journal adds up to a past number. One pass over the problems, one over their joint
   units; for the past, the records that changed since are folded from their own entries, one at a time in constant memory. */
#include <string.h>

#include "rules/figures.h"
#include "store/seal.h"

struct reading { struct figures *figures; int64_t number; struct figures changed; /* number NOTHING: as it stands */ };

/* ---- rows ---- */

static bool row_take(void *with, const struct row *row) {
  struct reading *reading = with;
  struct figure figure = figure_of_row(row);
  if (reading->number != NOTHING && row->id > reading->number) return true;
  if (reading->number != NOTHING && row->entry > reading->number) figures_add(&reading->changed, &figure);
  else if (!row->voided) figures_add(reading->figures, &figure);
  return true;
}

static bool joint_take(void *with, const int64_t *dimensions, int64_t count) {
  struct reading *reading = with;
  struct figure *figure = figures_find(reading->figures, dimensions[0]);
  (void)count;
  if (figure && dimensions[1] != NOTHING) figure_join(figure, dimensions[1]);
  return true;
}

static enum store_error rows_read(struct reader *reader, const struct scope *scope, int64_t campaign, struct reading *reading) {
  static const uint16_t BY[] = {FIELD_ID, PROBLEM_JOINT_UNITS};
  struct value of = value_integer(PROBLEM_CAMPAIGN, campaign);
  struct condition condition = {.field = PROBLEM_CAMPAIGN, .how = C_IS, .values = &of, .count = 1};
  struct query query = {.type = record_type(RECORD_PROBLEM), .conditions = &condition, .condition_count = campaign ? 1 : 0, .with_voided = true, .expected = -1};
  struct arena *arena = arena_new();
  enum store_error error = reader_list(reader, &query, scope, arena, row_take, reading);
  if (error == STORE_OK) error = reader_tally(reader, &query, BY, 2, scope, joint_take, reading);
  arena_free(arena);
  return error;
}

static bool moment_take(void *with, const struct entry *entry) {
  *(int64_t *)with = entry->moment;
  return false;
}
/* The moment of one entry; 0 when there is none. */
static enum store_error moment_of(struct reader *reader, int64_t number, int64_t *moment) {
  *moment = 0;
  return number > 0 ? reader_journal(reader, number - 1, 1, moment_take, moment) : STORE_OK;
}

enum store_error figures_read(struct reader *reader, const struct scope *scope, int64_t campaign, struct figures *figures) {
  struct reading reading = {.figures = figures, .number = NOTHING};
  struct head head;
  *figures = (struct figures){0};
  enum store_error error = reader_head(reader, &head);
  if (error == STORE_OK) error = rows_read(reader, scope, campaign, &reading);
  if (error == STORE_OK) error = moment_of(reader, head.number, &figures->moment);
  if (error != STORE_OK) figures_free(figures);
  else figures->journal = head.number;
  figures_fit(figures);
  return error;
}

/* ---- the past ---- */

/* Records are folded one after the other, in order of id: those of `wanted`, up to entry `number`. */
struct fold { const struct figures *wanted; struct figures *figures; int64_t number, record; struct arena *arena; struct row *row; bool broken; };

static void fold_finish(struct fold *fold) {
  if (!fold->record) return;
  struct figure figure = figure_of_row(fold->row);
  if (!(figure.flags & FIGURE_VOIDED)) figures_add(fold->figures, &figure);
  fold->record = 0;
}

static bool fold_take(void *with, const struct entry *entry) {
  struct fold *fold = with;
  if (entry->number > fold->number) return false;
  if (entry->kind != ENTRY_CHANGE && entry->kind != ENTRY_DERIVED) return true;
  if (entry->record != fold->record) {
    fold_finish(fold);
    if (!figures_find(fold->wanted, entry->record)) return true;
    arena_reset(fold->arena);
    fold->row = row_new(fold->arena, record_type(RECORD_PROBLEM));
    fold->record = entry->record;
  }
  fold->broken = !body_apply(fold->arena, entry, fold->row);
  return !fold->broken;
}

enum { SINGLY_MOST = 400 }; /* so many records are quicker asked for one by one than passed in the stream of all */

static enum store_error fold_changed(struct reader *reader, struct fold *fold) {
  enum store_error error = STORE_OK;
  if (fold->wanted->count > SINGLY_MOST) error = reader_history_until(reader, RECORD_PROBLEM, fold->number, fold_take, fold);
  for (size_t i = 0; fold->wanted->count <= SINGLY_MOST && i < fold->wanted->count && error == STORE_OK && !fold->broken; i++)
    error = reader_history(reader, RECORD_PROBLEM, fold->wanted->items[i].id, fold_take, fold);
  fold_finish(fold);
  return error == STORE_OK && fold->broken ? STORE_BROKEN : error;
}

/* Two lists in order of id become one. */
static void figures_merge(struct figures *into, struct figures *other) {
  struct figures both = {.journal = into->journal, .moment = into->moment};
  size_t one = 0, two = 0;
  while (one < into->count || two < other->count) {
    bool first = two == other->count || (one < into->count && into->items[one].id < other->items[two].id);
    figures_add(&both, first ? &into->items[one++] : &other->items[two++]);
  }
  figures_free(into);
  figures_free(other);
  *into = both;
}

enum store_error figures_at(struct reader *reader, int64_t number, int64_t campaign, struct figures *figures) {
  struct figures folded = {0};
  struct reading reading = {.figures = figures, .number = number};
  struct fold fold = {.wanted = &reading.changed, .figures = &folded, .number = number, .arena = arena_new()};
  struct head head;
  *figures = (struct figures){.journal = number};
  enum store_error error = reader_head(reader, &head);
  if (error == STORE_OK && number > head.number) error = STORE_ABSENT;
  if (error == STORE_OK) error = moment_of(reader, number, &figures->moment);
  if (error == STORE_OK) error = rows_read(reader, &SCOPE_SYSTEM, campaign, &reading);
  if (error == STORE_OK && reading.changed.count) error = fold_changed(reader, &fold);
  if (error == STORE_OK) figures_merge(figures, &folded);
  else figures_free(figures);
  figures_free(&folded);
  figures_free(&reading.changed);
  arena_free(fold.arena);
  return error;
}

enum store_error figures_moment(struct reader *reader, int64_t number, int64_t *moment) {
  enum store_error error = moment_of(reader, number, moment);
  return !error && *moment == 0 ? STORE_ABSENT : error;
}

enum store_error figures_number_at(struct reader *reader, int64_t moment, int64_t *number) {
  struct head head;
  enum store_error error = reader_head(reader, &head);
  int64_t low = 0, high = error == STORE_OK ? head.number : 0; /* low holds, what is above high does not */
  while (error == STORE_OK && low < high) {
    int64_t middle = low + (high - low + 1) / 2, then = 0;
    error = moment_of(reader, middle, &then);
    if (then <= moment) low = middle;
    else high = middle - 1;
  }
  *number = low;
  return error;
}
