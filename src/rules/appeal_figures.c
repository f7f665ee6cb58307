/* Figures of appeals (appeal_figures.h): from rows and back, many of them, their categories' words, and reading them now or of a past number. */
#include "rules/appeal_figures.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/sorted.h"
#include "store/seal.h"

/* ---- words ---- */

static void *grown(void *items, size_t *room, size_t size) {
  *room = *room ? 2 * *room : 64;
  items = realloc(items, *room * size);
  if (!items) arena_exhausted(*room * size);
  return items;
}

static size_t slot_of(const struct category_words *categories, const char *words) {
  size_t at = (size_t)hash_fingerprint(words, strlen(words)) & (categories->slot_room - 1);
  while (categories->slots[at] && strcmp(categories->words[categories->slots[at] - 1], words) != 0) at = (at + 1) & (categories->slot_room - 1);
  return at;
}

static void slots_widen(struct category_words *categories) {
  free(categories->slots);
  categories->slot_room = categories->slot_room ? 2 * categories->slot_room : 256;
  categories->slots = calloc(categories->slot_room, sizeof *categories->slots);
  if (!categories->slots) arena_exhausted(categories->slot_room * sizeof *categories->slots);
  for (size_t i = 0; i < categories->count; i++) categories->slots[slot_of(categories, categories->words[i])] = (uint32_t)i + 1;
}

int32_t category_place(struct category_words *categories, const char *words) {
  if (!words || !*words) return 0;
  if (categories->count * 2 >= categories->slot_room) slots_widen(categories);
  size_t slot = slot_of(categories, words);
  if (categories->slots[slot]) return (int32_t)categories->slots[slot];
  if (categories->count == categories->room) categories->words = grown(categories->words, &categories->room, sizeof *categories->words);
  if (!(categories->words[categories->count] = strdup(words))) arena_exhausted(strlen(words));
  categories->slots[slot] = (uint32_t)++categories->count;
  return (int32_t)categories->count;
}

const char *category_at(const struct category_words *categories, int64_t place) {
  return place > 0 && (size_t)place <= categories->count ? categories->words[place - 1] : NULL;
}

/* ---- one ---- */

static uint8_t small(const struct row *row, uint16_t field) {
  int64_t value = row_integer(row, field);
  return value == NOTHING ? 0 : (uint8_t)value;
}
static void small_back(struct row *row, uint16_t field, int64_t value) { row_set_integer(row, field, value ? value : NOTHING); }

struct appeal_figure appeal_figure_of_row(struct category_words *categories, const struct row *appeal) {
  int64_t unit = row_integer(appeal, APPEAL_UNIT), answered = row_integer(appeal, APPEAL_ANSWERED_ON);
  return (struct appeal_figure){
    .id = appeal->id, .contact_due = row_integer(appeal, APPEAL_CONTACT_DUE), .contacted = row_integer(appeal, APPEAL_CONTACTED_ON), .unit = unit == NOTHING ? 0 : (int32_t)unit,
    .answered = answered == NOTHING ? APPEAL_NO_DATE : (int32_t)answered, .category = category_place(categories, row_text(appeal, APPEAL_CATEGORY)),
    .flags = (uint8_t)((appeal->voided ? APPEAL_FLAG_VOIDED : 0) | (row_integer(appeal, APPEAL_HISTORIC) == 1 ? APPEAL_FLAG_HISTORIC : 0) |
                       (row_integer(appeal, APPEAL_EXCLUDED) == 1 ? APPEAL_FLAG_EXCLUDED : 0) | (row_integer(appeal, APPEAL_WHISTLE) == 1 ? APPEAL_FLAG_WHISTLE : 0)),
    .called = small(appeal, APPEAL_CALLED), .outcome = small(appeal, APPEAL_CALLED_OUTCOME), .satisfaction = small(appeal, APPEAL_CALLED_SATISFACTION), .kind = small(appeal, APPEAL_KIND),
    .origin = small(appeal, APPEAL_ORIGIN), .secrecy = small(appeal, APPEAL_SECRECY), .lateness = small(appeal, APPEAL_LATENESS)};
}

void appeal_figure_to_row(const struct category_words *categories, const struct appeal_figure *figure, struct row *appeal) {
  appeal->id = figure->id;
  appeal->voided = figure->flags & APPEAL_FLAG_VOIDED;
  row_set_integer(appeal, APPEAL_CONTACT_DUE, figure->contact_due);
  row_set_integer(appeal, APPEAL_CONTACTED_ON, figure->contacted);
  small_back(appeal, APPEAL_UNIT, figure->unit);
  row_set_integer(appeal, APPEAL_ANSWERED_ON, figure->answered == APPEAL_NO_DATE ? NOTHING : figure->answered);
  row_set_text(appeal, APPEAL_CATEGORY, category_at(categories, figure->category));
  row_set_integer(appeal, APPEAL_HISTORIC, (figure->flags & APPEAL_FLAG_HISTORIC) != 0);
  row_set_integer(appeal, APPEAL_EXCLUDED, (figure->flags & APPEAL_FLAG_EXCLUDED) != 0);
  row_set_integer(appeal, APPEAL_WHISTLE, (figure->flags & APPEAL_FLAG_WHISTLE) != 0);
  small_back(appeal, APPEAL_CALLED, figure->called);
  small_back(appeal, APPEAL_CALLED_OUTCOME, figure->outcome);
  small_back(appeal, APPEAL_CALLED_SATISFACTION, figure->satisfaction);
  small_back(appeal, APPEAL_KIND, figure->kind);
  small_back(appeal, APPEAL_ORIGIN, figure->origin);
  row_set_integer(appeal, APPEAL_SECRECY, figure->secrecy);
  small_back(appeal, APPEAL_LATENESS, figure->lateness);
}

/* ---- many ---- */

struct appeal_figure *appeal_figures_add(struct appeal_figures *figures, const struct appeal_figure *figure) {
  if (figures->count == figures->room) figures->items = grown(figures->items, &figures->room, sizeof *figures->items);
  figures->items[figures->count] = *figure;
  return &figures->items[figures->count++];
}

struct appeal_figure *appeal_figures_find(const struct appeal_figures *figures, int64_t id) {
  size_t low = SORTED_PLACE(figures->items, figures->count, id, id);
  return low < figures->count && figures->items[low].id == id ? &figures->items[low] : NULL;
}

void appeal_figures_free(struct appeal_figures *figures) {
  for (size_t i = 0; i < figures->categories.count; i++) free(figures->categories.words[i]);
  free(figures->categories.words);
  free(figures->categories.slots);
  free(figures->items);
  *figures = (struct appeal_figures){0};
}

/* ---- from the store ---- */

/* Records changed since are folded from their own entries, in order of id. */
struct reading { struct appeal_figures *figures; int64_t number; struct appeal_figures changed; struct arena *arena; struct row *row; int64_t folding; bool broken; };

static void keep(struct reading *reading, const struct row *row) {
  struct appeal_figure figure = appeal_figure_of_row(&reading->figures->categories, row);
  if (!(figure.flags & APPEAL_FLAG_VOIDED)) appeal_figures_add(reading->figures, &figure);
}

static bool row_take(void *with, const struct row *row) {
  struct reading *reading = with;
  if (reading->number && row->id > reading->number) return true;
  if (reading->number && row->entry > reading->number) appeal_figures_add(&reading->changed, &(struct appeal_figure){.id = row->id});
  else keep(reading, row);
  return true;
}

static void fold_finish(struct reading *reading) {
  if (reading->folding) keep(reading, reading->row);
  reading->folding = 0;
}

static bool fold_take(void *with, const struct entry *entry) {
  struct reading *reading = with;
  if (entry->number > reading->number) return false;
  if (entry->kind != ENTRY_CHANGE && entry->kind != ENTRY_DERIVED) return true;
  if (entry->record != reading->folding) {
    fold_finish(reading);
    if (!appeal_figures_find(&reading->changed, entry->record)) return true;
    arena_reset(reading->arena);
    reading->row = row_new(reading->arena, record_type(RECORD_APPEAL));
    reading->folding = entry->record;
  }
  reading->broken = !body_apply(reading->arena, entry, reading->row);
  return !reading->broken;
}

static int by_id(const void *one, const void *other) {
  const struct appeal_figure *a = one, *b = other;
  return (a->id > b->id) - (a->id < b->id);
}

enum { SINGLY_MOST = 400 }; /* so many records are quicker asked for one by one than passed in the stream of all */

static enum store_error fold_changed(struct reader *reader, struct reading *reading) {
  enum store_error error = STORE_OK;
  qsort(reading->changed.items, reading->changed.count, sizeof *reading->changed.items, by_id);
  if (reading->changed.count > SINGLY_MOST) error = reader_history_until(reader, RECORD_APPEAL, reading->number, fold_take, reading);
  for (size_t i = 0; reading->changed.count <= SINGLY_MOST && i < reading->changed.count && error == STORE_OK && !reading->broken; i++)
    error = reader_history(reader, RECORD_APPEAL, reading->changed.items[i].id, fold_take, reading);
  fold_finish(reading);
  return error == STORE_OK && reading->broken ? STORE_BROKEN : error;
}

static bool moment_take(void *with, const struct entry *entry) {
  *(int64_t *)with = entry->moment;
  return false;
}

enum store_error appeal_figures_read(struct reader *reader, int64_t number, struct appeal_figures *figures) {
  struct query query = {.type = record_type(RECORD_APPEAL), .with_voided = true, .expected = -1};
  struct reading reading = {.figures = figures, .number = number, .arena = arena_new()};
  struct head head;
  *figures = (struct appeal_figures){0};
  enum store_error error = reader_head(reader, &head);
  if (error == STORE_OK && number > head.number) error = STORE_ABSENT;
  if (error == STORE_OK) error = reader_list(reader, &query, &SCOPE_SYSTEM, reading.arena, row_take, &reading);
  if (error == STORE_OK && reading.changed.count) error = fold_changed(reader, &reading);
  figures->journal = number ? number : error == STORE_OK ? head.number : 0;
  if (error == STORE_OK && figures->journal > 0) error = reader_journal(reader, figures->journal - 1, 1, moment_take, &figures->moment);
  if (figures->count) qsort(figures->items, figures->count, sizeof *figures->items, by_id);
  appeal_figures_free(&reading.changed);
  arena_free(reading.arena);
  if (error != STORE_OK) appeal_figures_free(figures);
  return error;
}

/* An appeal is led by its unit; nobody stands in another relation to it. */
bool appeal_figure_in_scope(const struct appeal_figure *figure, const struct scope *scope) {
  if (scope == &SCOPE_SYSTEM) return true;
  for (size_t i = 0; (figure->flags & APPEAL_FLAG_WHISTLE) && i < scope->excluded_count; i++)
    if (scope->excluded[i] == figure->id) return false;
  for (size_t i = 0; i < scope->grant_count; i++) {
    const struct grant_scope *grant = &scope->grants[i];
    bool shows = grant->relation == RELATION_ANY || (grant->relation == RELATION_LEAD && grant->all);
    for (size_t u = 0; !shows && grant->relation == RELATION_LEAD && u < grant->unit_count; u++) shows = grant->units[u] == figure->unit;
    if (shows && figure->secrecy <= grant->secrecy) return true;
  }
  return false;
}
