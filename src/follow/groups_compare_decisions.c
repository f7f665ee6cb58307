/* Do groups keep what people decided? What they confirmed or merged stands in one group; what they split off stands together, and with
   nothing that was there before. Left aside is what was edited since, which is judged by what it says now, and a decision that a later one
   may have changed: that one is held against the groups. */
#include <stdlib.h>
#include <string.h>

#include "base/room.h"
#include "follow/groups_compare_parts.h"
#include "follow/groups_parts.h"
#include "follow/house.h"

struct one_decision { int64_t id, kind, level, into; int64_t *appeals; size_t count; };
struct reading_decisions { struct one_decision *items; size_t count, room; int64_t at; struct arena *arena; };

static bool decision_take(void *with, const struct row *row) {
  struct reading_decisions *all = with;
  const struct value *many = row_value(row, GROUPING_DECISION_APPEALS);
  if (row->id > all->at || many->kind != VALUE_MANY) return row->id <= all->at;
  ARENA_ROOM(all->arena, all->items, all->count, all->room, 64);
  struct one_decision *one = &all->items[all->count++];
  *one = (struct one_decision){row->id,
                               row_integer(row, GROUPING_DECISION_KIND),
                               row_integer(row, GROUPING_DECISION_LEVEL),
                               row_integer(row, GROUPING_DECISION_INTO),
                               ARENA_ARRAY(all->arena, int64_t, many->count + 1),
                               many->count};
  memcpy(one->appeals, many->many, many->count * sizeof *one->appeals);
  return true;
}

static enum store_error decisions_read(struct house *house, struct reading_decisions *all) {
  struct query query = {.type = record_type(RECORD_GROUPING_DECISION), .many = true, .expected = -1};
  struct reader *reader = NULL;
  struct arena *scratch = arena_new();
  enum store_error error = store_reader(house->store, &reader);
  if (!error) error = reader_list(reader, &query, &SCOPE_SYSTEM, scratch, decision_take, all);
  if (reader) reader_release(reader);
  arena_free(scratch);
  return error;
}

/* ---- who was moved by which decision last ---- */

/* By appeal: the last decision, counted from 1, that named it; and the last that moved it from one event to another: a merge moves nobody
   apart. */
struct last { struct map named, moved; };

static void last_make(const struct reading_decisions *all, struct last *last) {
  for (size_t i = 0; i < all->count; i++) {
    const struct one_decision *one = &all->items[i];
    for (size_t k = 0; k < one->count; k++) {
      map_put(&last->named, one->appeals[k], (int64_t)i + 1);
      if (one->kind != DECIDED_MERGE && one->level == LEVEL_EVENT) map_put(&last->moved, one->appeals[k], (int64_t)i + 1);
    }
    if (one->into != NOTHING) map_put(&last->named, one->into, (int64_t)i + 1);
  }
}

static bool since(const struct map *last, int64_t appeal, size_t number) {
  int64_t by = last->count ? map_get(last, appeal) : NOTHING;
  return by != NOTHING && by > (int64_t)number;
}

/* ---- one decision beside the groups ---- */

struct holding {
  struct house *house; const struct groups_stands *stands; const struct last *last; enum store_error error;
  struct groups_seat *by_group[2]; /* of events, of classes: ordered by group; NULL until asked */
};

static int64_t seat_group(const struct groups_seat *seat, int64_t level) { return level == LEVEL_EVENT ? seat->event : seat->class; }

struct editing { struct arena *arena; int64_t since; bool edited; };
static bool edit_look(void *with, const struct entry *entry) {
  struct editing *editing = with;
  if (entry->number > editing->since && groups_words_changed(editing->arena, entry)) editing->edited = true;
  return !editing->edited;
}

/* What was edited since was judged anew, by what it says now. */
static bool edited_since(struct holding *holding, int64_t appeal, int64_t number) {
  struct editing editing = {.arena = arena_new(), .since = number};
  struct reader *reader = NULL;
  if (!holding->error) holding->error = store_reader(holding->house->store, &reader);
  if (!holding->error) holding->error = reader_history(reader, RECORD_APPEAL, appeal, edit_look, &editing);
  if (reader) reader_release(reader);
  arena_free(editing.arena);
  return editing.edited;
}

/* Speaks the decision of this appeal: by its name, or, of classes, by its event's? */
static bool spoken_of(const struct holding *holding, const struct one_decision *one, const struct groups_seat *seat) {
  for (size_t i = 0; i < one->count; i++) {
    const struct groups_seat *named = groups_seat_of(holding->stands, one->appeals[i]);
    if (one->appeals[i] == seat->appeal || (one->level == LEVEL_CLASS && named && named->event == seat->event)) return true;
  }
  return false;
}

static int by_event(const void *one, const void *other) {
  const struct groups_seat *a = one, *b = other;
  return (a->event > b->event) - (a->event < b->event);
}
static int by_class(const void *one, const void *other) {
  const struct groups_seat *a = one, *b = other;
  return (a->class > b->class) - (a->class < b->class);
}

static const struct groups_seat *seats_by_group(struct holding *holding, int64_t level) {
  struct groups_seat **seats = &holding->by_group[level == LEVEL_CLASS];
  size_t count = holding->stands->count;
  if (*seats) return *seats;
  *seats = heap_copied(holding->stands->seats, count, sizeof **seats);
  qsort(*seats, count, sizeof **seats, level == LEVEL_CLASS ? by_class : by_event);
  return *seats;
}

static size_t first_of(const struct groups_seat *seats, size_t count, int64_t level, int64_t group) {
  size_t low = 0, high = count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (seat_group(&seats[middle], level) < group) low = middle + 1;
    else high = middle;
  }
  return low;
}

/* Names one that is later than `number` any appeal of that group? */
static bool named_since(struct holding *holding, int64_t level, int64_t group, size_t number) {
  const struct groups_seat *seats = seats_by_group(holding, level);
  for (size_t i = first_of(seats, holding->stands->count, level, group);
       i < holding->stands->count && seat_group(&seats[i], level) == group; i++)
    if (since(&holding->last->named, seats[i].appeal, number)) return true;
  return false;
}

/* What stood before, and is with those that were split off? */
static bool others_within(struct holding *holding, const struct one_decision *one, int64_t group) {
  const struct groups_seat *seats = seats_by_group(holding, one->level);
  for (size_t i = first_of(seats, holding->stands->count, one->level, group);
       i < holding->stands->count && seat_group(&seats[i], one->level) == group; i++)
    if (seats[i].appeal < one->id && !spoken_of(holding, one, &seats[i]) && !edited_since(holding, seats[i].appeal, one->id)) return true;
  return false;
}

enum keeping { DECISION_HELD, DECISION_REVISED, DECISION_BROKEN };

/* An event that is merged may come into another class with all that is in it, so a class is asked of all appeals of its events. */
static bool revised(struct holding *holding, const struct one_decision *one, const struct groups_seat *seat, size_t number) {
  if (one->kind == DECIDED_SPLIT) return named_since(holding, one->level, seat_group(seat, one->level), number);
  return one->level == LEVEL_CLASS ? named_since(holding, LEVEL_EVENT, seat->event, number)
                                   : since(&holding->last->moved, seat->appeal, number);
}

static enum keeping keeping_of(struct holding *holding, const struct one_decision *one, size_t number) {
  int64_t group = 0;
  bool apart = false;
  for (size_t i = 0; i <= one->count; i++) {
    int64_t appeal = i < one->count ? one->appeals[i] : one->into;
    const struct groups_seat *seat = appeal == NOTHING ? NULL : groups_seat_of(holding->stands, appeal);
    if (!seat) continue; /* voided or destroyed */
    if (revised(holding, one, seat, number)) return DECISION_REVISED;
    if (edited_since(holding, appeal, one->id)) continue;
    if (group && seat_group(seat, one->level) != group) apart = true;
    group = seat_group(seat, one->level);
  }
  bool broken = apart || (group && one->kind == DECIDED_SPLIT && others_within(holding, one, group));
  return broken ? DECISION_BROKEN : DECISION_HELD;
}

enum store_error groups_compare_decisions(struct house *house, const struct groups_stands *stands, struct arena *arena, struct groups_decisions *decisions) {
  struct reading_decisions all = {.at = stands->at, .arena = arena_new()};
  struct last last = {0};
  struct holding holding = {.house = house, .stands = stands, .last = &last};
  holding.error = decisions_read(house, &all);
  last_make(&all, &last);
  *decisions = (struct groups_decisions){.all = (int64_t)all.count, .broken = ARENA_ARRAY(arena, int64_t, all.count + 1)};
  for (size_t i = 0; i < all.count && !holding.error; i++) {
    enum keeping keeping = keeping_of(&holding, &all.items[i], i + 1);
    decisions->held += keeping == DECISION_HELD;
    decisions->revised += keeping == DECISION_REVISED;
    if (keeping == DECISION_BROKEN) decisions->broken[decisions->broken_count++] = all.items[i].id;
  }
  free(holding.by_group[0]);
  free(holding.by_group[1]);
  map_free(&last.named);
  map_free(&last.moved);
  arena_free(all.arena);
  return holding.error;
}
