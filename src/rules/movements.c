/* Movements: what the journal says problems did between two of its numbers, by the states they passed (identities.h). Marks on the records
   (counted, closed on …) are not looked at here: that is what they are held against. */
#include <stdlib.h>
#include <string.h>

#include "base/room.h"
#include "rules/identities.h"

struct moving { struct movements *movements; struct figures now; int64_t to, campaign; struct arena *arena; bool broken; };

enum standing { STANDS_OUT, STANDS_OPEN, STANDS_CLOSED };

static enum standing standing_of(const struct figure *figure) {
  if (!figure || (figure->flags & (FIGURE_VOIDED | FIGURE_PART))) return STANDS_OUT;
  switch (figure->state) {
    case PROBLEM_CLOSED: case PROBLEM_SETTLED: return STANDS_CLOSED;
    case 0: case PROBLEM_DRAFT: case PROBLEM_SUBMITTED: case PROBLEM_WITHDRAWN: case PROBLEM_MERGED: return STANDS_OUT;
    default: return STANDS_OPEN;
  }
}

static void move(struct moving *moving, const struct entry *entry, enum movement_kind kind, int64_t unit, int64_t to) {
  struct movements *movements = moving->movements;
  HEAP_ROOM(movements->items, movements->count, movements->room, 256);
  movements->items[movements->count++] = (struct movement){entry->record, entry->number, kind, unit, to};
}

static enum movement_kind way_out(const struct figure *after) {
  if (after->flags & FIGURE_MERGED) return MOVEMENT_MERGED;
  return after->flags & FIGURE_WITHDRAWN ? MOVEMENT_WITHDRAWN : MOVEMENT_VOIDED;
}

/* A hand-over and a step in one entry: the hand-over comes first. */
static void compare(struct moving *moving, const struct entry *entry, const struct figure *before, const struct figure *after) {
  enum standing was = standing_of(before), is = standing_of(after);
  int64_t unit = after->lead_unit;
  if (was == STANDS_OPEN && before->lead_unit != unit) move(moving, entry, MOVEMENT_MOVED, before->lead_unit, unit);
  if (was == is) return;
  if (was == STANDS_OUT) move(moving, entry, MOVEMENT_ADDED, unit, 0);
  if (was == STANDS_CLOSED && is == STANDS_OPEN) move(moving, entry, MOVEMENT_REOPENED, unit, 0);
  if (is == STANDS_CLOSED) move(moving, entry, MOVEMENT_CLOSED, unit, 0);
  if (is == STANDS_OUT && was == STANDS_OPEN) move(moving, entry, way_out(after), unit, 0);
}

/* A problem destroyed since has no figure at either end, and its entries no body: it is passed over. */
static bool entry_take(void *with, const struct entry *entry) {
  struct moving *moving = with;
  if (entry->number > moving->to) return false;
  if (entry->type != RECORD_PROBLEM || !entry->body || (entry->kind != ENTRY_CHANGE && entry->kind != ENTRY_DERIVED)) return true;
  struct figure *before = figures_find(&moving->now, entry->record), after;
  if (!before && !(entry->kind == ENTRY_CHANGE && entry->version == 1)) return true; /* voided before, or of another campaign */
  moving->broken = !figure_follow(&after, before, entry, moving->arena);
  arena_reset(moving->arena);
  if (moving->broken) return false;
  if (!before && moving->campaign && after.campaign != moving->campaign) return true;
  compare(moving, entry, before, &after);
  if (before) *before = after;
  else figures_add(&moving->now, &after);
  return true;
}

enum store_error movements_read(struct reader *reader, int64_t from, int64_t to, int64_t campaign, const struct figures *before, struct movements *movements) {
  struct moving moving = {.movements = movements, .to = to, .campaign = campaign, .arena = arena_new()};
  *movements = (struct movements){0};
  for (size_t i = 0; i < before->count; i++) figures_add(&moving.now, &before->items[i]);
  enum store_error error = reader_journal(reader, from, to > from ? (size_t)(to - from) : 0, entry_take, &moving);
  if (!error && moving.broken) error = STORE_BROKEN;
  if (error) movements_free(movements);
  figures_free(&moving.now);
  arena_free(moving.arena);
  return error;
}

void movements_free(struct movements *movements) {
  free(movements->items);
  *movements = (struct movements){0};
}
