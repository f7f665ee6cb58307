/* Figures from the store: as the tables stand, and as the journal adds up to a past number. One pass over the problems, one over their
   joint units; for the past, the records that changed since are folded from their own entries, one at a time in constant memory. */
#include "rules/figures.h"

#include <stdlib.h>

#include "base/room.h"
#include "rules/past_rows.h"

/* ---- rows ---- */

static bool take(struct figures *figures, const struct figure *figure) {
  if (!(figure->flags & FIGURE_VOIDED)) figures_add(figures, figure);
  return true;
}
static bool folded_take(void *with, const struct row *row) {
  struct figure figure = figure_of_row(row);
  return take(with, &figure);
}
static bool listed_take(void *with, const struct row *row) {
  struct figure figure = figure_of_listed(row);
  return take(with, &figure);
}

static bool joint_take(void *with, const int64_t *dimensions, int64_t count) {
  struct figure *figure = figures_find(with, dimensions[0]);
  (void)count;
  if (figure && dimensions[1] != NOTHING) figure_join(figure, dimensions[1]);
  return true;
}

/* Those that are now as they were at that number (0: all), with the units that join them; the others are named. */
static enum store_error standing_read(struct reader *reader, const struct scope *scope, int64_t campaign, int64_t number,
                                      struct figures *figures, struct changed *changed) {
  static const uint16_t BY[] = {FIELD_ID, PROBLEM_JOINT_UNITS};
  struct value of = value_integer(PROBLEM_CAMPAIGN, campaign);
  struct condition condition = {.field = PROBLEM_CAMPAIGN, .how = C_IS, .values = &of, .count = 1};
  uint16_t fields[FIGURE_FIELDS_MOST];
  struct query query = {.type = record_type(RECORD_PROBLEM),
                        .conditions = &condition,
                        .condition_count = campaign ? 1 : 0,
                        .fields = fields,
                        .with_voided = true,
                        .expected = -1};
  figure_fields(fields);
  enum store_error error = past_rows_standing(reader, &query, scope, number, listed_take, figures, changed);
  return error == STORE_OK ? reader_tally(reader, &query, BY, 2, scope, joint_take, figures) : error;
}

enum store_error figures_read(struct reader *reader, const struct scope *scope, int64_t campaign, struct figures *figures) {
  struct changed none = {0};
  struct head head;
  *figures = (struct figures){0};
  enum store_error error = reader_head(reader, &head);
  if (error == STORE_OK) error = standing_read(reader, scope, campaign, 0, figures, &none);
  if (error == STORE_OK) error = entry_moment(reader, head.number, &figures->moment);
  if (error != STORE_OK) figures_free(figures);
  else figures->journal = head.number;
  figures_fit(figures);
  return error;
}

/* ---- the past ---- */

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
  struct changed changed = {0};
  struct head head;
  *figures = (struct figures){.journal = number};
  enum store_error error = reader_head(reader, &head);
  if (error == STORE_OK && number > head.number) error = STORE_ABSENT;
  if (error == STORE_OK) error = entry_moment(reader, number, &figures->moment);
  if (error == STORE_OK && number > 0) error = standing_read(reader, &SCOPE_SYSTEM, campaign, number, figures, &changed);
  if (error == STORE_OK) error = past_rows_changed(reader, record_type(RECORD_PROBLEM), number, &changed, folded_take, &folded);
  if (error == STORE_OK) figures_merge(figures, &folded);
  else figures_free(figures);
  figures_free(&folded);
  changed_free(&changed);
  return error;
}

/* ---- back from a later number ---- */

struct since { struct changed changed, destroyed; int64_t number, until; };

static void id_add(struct changed *ids, int64_t id) {
  HEAP_ROOM(ids->ids, ids->count, ids->room, 64);
  ids->ids[ids->count++] = id;
}

static bool since_take(void *with, const struct entry *entry) {
  struct since *since = with;
  if (entry->number > since->until) return false;
  if (entry->type != RECORD_PROBLEM || entry->record > since->number) return true; /* an id is the number of the entry that made it */
  if (entry->kind == ENTRY_DESTRUCTION) id_add(&since->destroyed, entry->record);
  else if (entry->kind == ENTRY_CHANGE || entry->kind == ENTRY_DERIVED) id_add(&since->changed, entry->record);
  return true;
}

static int by_value(const void *one, const void *other) {
  int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
  return (a > b) - (a < b);
}

static bool held(const struct changed *ids, int64_t id) { return ids->count && bsearch(&id, ids->ids, ids->count, sizeof id, by_value); }

/* In order, each once, without those destroyed. */
static void since_settle(struct since *since) {
  struct changed *changed = &since->changed;
  size_t kept = 0;
  if (changed->count) qsort(changed->ids, changed->count, sizeof *changed->ids, by_value);
  if (since->destroyed.count) qsort(since->destroyed.ids, since->destroyed.count, sizeof *since->destroyed.ids, by_value);
  for (size_t i = 0; i < changed->count; i++)
    if ((kept == 0 || changed->ids[kept - 1] != changed->ids[i]) && !held(&since->destroyed, changed->ids[i]))
      changed->ids[kept++] = changed->ids[i];
  changed->count = kept;
}

enum store_error figures_back(struct reader *reader, int64_t number, struct figures *figures) {
  struct since since = {.number = number, .until = figures->journal};
  struct figures folded = {0};
  size_t kept = 0;
  enum store_error error = reader_journal(reader, number, SIZE_MAX, since_take, &since);
  since_settle(&since);
  for (size_t i = 0; i < figures->count; i++)
    if (figures->items[i].id <= number && !held(&since.changed, figures->items[i].id)) figures->items[kept++] = figures->items[i];
  figures->count = kept;
  figures->journal = number;
  if (error == STORE_OK) error = entry_moment(reader, number, &figures->moment);
  if (error == STORE_OK) error = past_rows_changed(reader, record_type(RECORD_PROBLEM), number, &since.changed, folded_take, &folded);
  if (error == STORE_OK && folded.count) figures_merge(figures, &folded);
  figures_free(&folded);
  changed_free(&since.changed);
  changed_free(&since.destroyed);
  return error;
}

enum store_error figures_from(const struct figures_source *source, struct reader *reader, int64_t number, int64_t campaign, struct figures *figures) {
  return source ? source->at(source->with, reader, number, campaign, figures) : figures_at(reader, number, campaign, figures);
}

enum store_error figures_moment(struct reader *reader, int64_t number, int64_t *moment) {
  enum store_error error = entry_moment(reader, number, moment);
  return !error && *moment == 0 ? STORE_ABSENT : error;
}

enum store_error figures_number_at(struct reader *reader, int64_t moment, int64_t *number) {
  struct head head;
  enum store_error error = reader_head(reader, &head);
  int64_t low = 0, high = error == STORE_OK ? head.number : 0; /* low holds, what is above high does not */
  while (error == STORE_OK && low < high) {
    int64_t middle = low + (high - low + 1) / 2, then = 0;
    error = entry_moment(reader, middle, &then);
    if (then <= moment) low = middle;
    else high = middle - 1;
  }
  *number = low;
  return error;
}
