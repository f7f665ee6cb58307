/* Figures of appeals (appeal_figures.h): from rows and back, many of them, their categories' words, and reading them now or of a past
   number. */
#include "rules/appeal_figures.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/room.h"
#include "base/sorted.h"
#include "rules/past_rows.h"

/* ---- words ---- */

static size_t slot_of(const struct category_words *categories, const char *words) {
  size_t at = (size_t)hash_fingerprint(words, strlen(words)) & (categories->slot_room - 1);
  while (categories->slots[at] && strcmp(categories->words[categories->slots[at] - 1], words) != 0)
    at = (at + 1) & (categories->slot_room - 1);
  return at;
}

static void slots_widen(struct category_words *categories) {
  free(categories->slots);
  categories->slot_room = categories->slot_room ? 2 * categories->slot_room : 256;
  categories->slots = heap_zeroed(categories->slot_room, sizeof *categories->slots);
  for (size_t i = 0; i < categories->count; i++) categories->slots[slot_of(categories, categories->words[i])] = (uint32_t)i + 1;
}

int32_t category_place(struct category_words *categories, const char *words) {
  if (!words || !*words) return 0;
  if (categories->count * 2 >= categories->slot_room) slots_widen(categories);
  size_t slot = slot_of(categories, words);
  if (categories->slots[slot]) return (int32_t)categories->slots[slot];
  HEAP_ROOM(categories->words, categories->count, categories->room, 64);
  categories->words[categories->count] = heap_text(words);
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

static const uint16_t FIELDS[] = {APPEAL_UNIT, APPEAL_ANSWERED_ON, APPEAL_CONTACT_DUE, APPEAL_CONTACTED_ON, APPEAL_CATEGORY, APPEAL_HISTORIC, APPEAL_EXCLUDED, APPEAL_WHISTLE, APPEAL_CALLED,
                                  APPEAL_CALLED_OUTCOME, APPEAL_CALLED_SATISFACTION, APPEAL_KIND, APPEAL_ORIGIN, APPEAL_SECRECY, APPEAL_LATENESS, 0};

struct appeal_figure appeal_figure_of_row(struct category_words *categories, const struct row *appeal) {
  int64_t unit = row_integer(appeal, APPEAL_UNIT), answered = row_integer(appeal, APPEAL_ANSWERED_ON);
  return (struct appeal_figure){.id = appeal->id,
                                .contact_due = row_integer(appeal, APPEAL_CONTACT_DUE),
                                .contacted = row_integer(appeal, APPEAL_CONTACTED_ON),
                                .unit = unit == NOTHING ? 0 : (int32_t)unit,
                                .answered = answered == NOTHING ? APPEAL_NO_DATE : (int32_t)answered,
                                .category = category_place(categories, row_text(appeal, APPEAL_CATEGORY)),
                                .flags = (uint8_t)((appeal->voided ? APPEAL_FLAG_VOIDED : 0) |
                                                   (row_integer(appeal, APPEAL_HISTORIC) == 1 ? APPEAL_FLAG_HISTORIC : 0) |
                                                   (row_integer(appeal, APPEAL_EXCLUDED) == 1 ? APPEAL_FLAG_EXCLUDED : 0) |
                                                   (row_integer(appeal, APPEAL_WHISTLE) == 1 ? APPEAL_FLAG_WHISTLE : 0)),
                                .called = small(appeal, APPEAL_CALLED),
                                .outcome = small(appeal, APPEAL_CALLED_OUTCOME),
                                .satisfaction = small(appeal, APPEAL_CALLED_SATISFACTION),
                                .kind = small(appeal, APPEAL_KIND),
                                .origin = small(appeal, APPEAL_ORIGIN),
                                .secrecy = small(appeal, APPEAL_SECRECY),
                                .lateness = small(appeal, APPEAL_LATENESS)};
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
  HEAP_ROOM(figures->items, figures->count, figures->room, 64);
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

static bool row_take(void *with, const struct row *row) {
  struct appeal_figures *figures = with;
  struct appeal_figure figure = appeal_figure_of_row(&figures->categories, row);
  if (!(figure.flags & APPEAL_FLAG_VOIDED)) appeal_figures_add(figures, &figure);
  return true;
}

static int by_id(const void *one, const void *other) {
  const struct appeal_figure *a = one, *b = other;
  return (a->id > b->id) - (a->id < b->id);
}

enum store_error appeal_figures_read(struct reader *reader, int64_t number, struct appeal_figures *figures) {
  struct head head;
  *figures = (struct appeal_figures){0};
  enum store_error error = reader_head(reader, &head);
  if (error == STORE_OK && number > head.number) error = STORE_ABSENT;
  if (error == STORE_OK) error = past_rows_read(reader, record_type(RECORD_APPEAL), FIELDS, number, row_take, figures);
  figures->journal = number ? number : error == STORE_OK ? head.number : 0;
  if (error == STORE_OK) error = entry_moment(reader, figures->journal, &figures->moment);
  if (figures->count) qsort(figures->items, figures->count, sizeof *figures->items, by_id);
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
