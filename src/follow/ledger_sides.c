/* Pictures and linked appeals beside the ledger (ledger_sides.h). A picture's hash is kept as 64 bits of it, so two pictures could meet;
   with SHA-256 before it, that is one in billions, and a signal is looked at by a person anyway. */
#include "follow/ledger_sides.h"

#include <stdlib.h>
#include <string.h>

#include "base/room.h"
#include "base/sorted.h"
#include "store/seal.h"

static const int64_t UNTOUCHED = -1; /* by an entry */

static void picture_add(struct sides *sides, const char *hash, int64_t evidence, int64_t problem) {
  if (!hash || problem == NOTHING) return;
  HEAP_ROOM(sides->pictures, sides->picture_count, sides->picture_room, 64);
  sides->pictures[sides->picture_count++] = (struct picture){hash_fingerprint(hash, strlen(hash)), evidence, problem};
  sides->moved = true;
}

/* An appeal in its newest turn is what holds. */
static void linked_add(struct sides *sides, struct appeal_linked linked) {
  linked.turn = sides->turn++;
  HEAP_ROOM(sides->linked, sides->linked_count, sides->linked_room, 64);
  sides->linked[sides->linked_count++] = linked;
  sides->moved = true;
}

/* As the record says. A whistle-blower's counts for no problem, as in the problem's own number of appeals: who sees signals may have a role
   over the unit complained of. What it says of a closed problem is told to the office by the alert that it raises. */
static struct appeal_linked linked_of(const struct row *row) {
  int64_t problem = row_integer(row, APPEAL_PROBLEM), made = row_integer(row, APPEAL_MADE_AT);
  bool counts = !row->voided && problem != NOTHING && made != NOTHING && row_integer(row, APPEAL_WHISTLE) != 1;
  return (struct appeal_linked){.appeal = row->id, .problem = counts ? problem : 0, .day = counts ? (int32_t)date_of_moment(made) : 0};
}

/* ---- by a scan ---- */

static const uint16_t OF_PICTURES[] = {EVIDENCE_PICTURE_HASH, EVIDENCE_PROBLEM, 0}, OF_LINKED[] = {APPEAL_PROBLEM, APPEAL_MADE_AT, APPEAL_WHISTLE, 0};

static bool evidence_take(void *with, const struct row *row) {
  picture_add(with, row_text(row, EVIDENCE_PICTURE_HASH), row->id, row_integer(row, EVIDENCE_PROBLEM));
  return true;
}
static bool appeal_take(void *with, const struct row *row) {
  linked_add(with, linked_of(row));
  return true;
}

enum store_error sides_scan(struct sides *sides, struct reader *reader) {
  struct condition pictured = {.field = EVIDENCE_PICTURE_HASH, .how = C_FILLED}, linked = {.field = APPEAL_PROBLEM, .how = C_FILLED};
  struct query evidence = {.type = record_type(RECORD_EVIDENCE), .conditions = &pictured, .condition_count = 1, .fields = OF_PICTURES, .expected = -1};
  struct query appeals = {.type = record_type(RECORD_APPEAL), .conditions = &linked, .condition_count = 1, .fields = OF_LINKED, .expected = -1};
  struct arena *arena = arena_new();
  enum store_error error = reader_list(reader, &evidence, &SCOPE_SYSTEM, arena, evidence_take, sides);
  if (!error) error = reader_list(reader, &appeals, &SCOPE_SYSTEM, arena, appeal_take, sides);
  sides->moved = true;
  arena_free(arena);
  return error;
}

/* ---- entry by entry ---- */

static void record_drop(struct sides *sides, const struct entry *entry) {
  if (entry->type == RECORD_APPEAL) linked_add(sides, (struct appeal_linked){.appeal = entry->record});
  for (size_t i = 0; entry->type == RECORD_EVIDENCE && i < sides->picture_count; i++)
    if (sides->pictures[i].evidence == entry->record) sides->pictures[i--] = sides->pictures[--sides->picture_count];
  sides->moved = true;
}

/* Whether it moves what is counted of the appeal. One just made is linked to nothing, unless it says so. */
static bool appeal_moves(const struct row *row, const struct entry *entry) {
  return row_integer(row, APPEAL_PROBLEM) != UNTOUCHED ||
         (entry->version > 1 && (row_integer(row, APPEAL_MADE_AT) != UNTOUCHED || row_integer(row, APPEAL_WHISTLE) != UNTOUCHED));
}

void sides_apply(struct sides *sides, const struct entry *entry, struct arena *scratch) {
  static const uint16_t COUNTED_BY[] = {APPEAL_PROBLEM, APPEAL_MADE_AT, APPEAL_WHISTLE};
  if (entry->type != RECORD_EVIDENCE && entry->type != RECORD_APPEAL) return;
  if (entry->kind == ENTRY_DESTRUCTION || entry->action == ACTION_VOID) {
    record_drop(sides, entry);
    return;
  }
  struct row *row = row_new(scratch, record_type((enum record_id)entry->type));
  for (size_t i = 0; entry->type == RECORD_APPEAL && i < sizeof COUNTED_BY / sizeof *COUNTED_BY; i++)
    row_set_integer(row, COUNTED_BY[i], UNTOUCHED);
  if (body_apply(scratch, entry, row)) {
    if (entry->type == RECORD_EVIDENCE && entry->version == 1) evidence_take(sides, row);
    if (entry->type == RECORD_APPEAL && appeal_moves(row, entry))
      linked_add(sides, (struct appeal_linked){.appeal = entry->record, .asked = true});
  }
  arena_reset(scratch);
}

/* ---- in order ---- */

static int by_print(const void *one, const void *other) {
  const struct picture *a = one, *b = other;
  if (a->print != b->print) return a->print < b->print ? -1 : 1;
  return (a->evidence > b->evidence) - (a->evidence < b->evidence);
}
static int again_by_problem(const void *one, const void *other) {
  const struct picture_again *a = one, *b = other;
  if (a->problem != b->problem) return a->problem < b->problem ? -1 : 1;
  return (a->evidence > b->evidence) - (a->evidence < b->evidence);
}
static int by_appeal(const void *one, const void *other) {
  const struct appeal_linked *a = one, *b = other;
  if (a->appeal != b->appeal) return a->appeal < b->appeal ? -1 : 1;
  return (a->turn > b->turn) - (a->turn < b->turn);
}
static int by_day(const void *one, const void *other) {
  const struct appeal_made *a = one, *b = other;
  if (a->problem != b->problem) return a->problem < b->problem ? -1 : 1;
  return (a->day > b->day) - (a->day < b->day);
}

/* Of equal pictures the first is the original; whoever shows it for another problem later used it again. */
static void again_find(struct sides *sides) {
  const struct picture *first = NULL;
  if (sides->picture_count) qsort(sides->pictures, sides->picture_count, sizeof *sides->pictures, by_print);
  free(sides->again);
  sides->again = heap_zeroed(sides->picture_count + 1, sizeof *sides->again);
  sides->again_count = 0;
  for (size_t i = 0; i < sides->picture_count; i++) {
    const struct picture *picture = &sides->pictures[i];
    if (!first || first->print != picture->print) first = picture;
    if (picture->problem != first->problem)
      sides->again[sides->again_count++] = (struct picture_again){picture->problem, picture->evidence, first->problem, first->evidence};
  }
  if (sides->again_count) qsort(sides->again, sides->again_count, sizeof *sides->again, again_by_problem);
}

/* One that an entry touched is read again; a destroyed one is linked to nothing. */
static enum store_error linked_find(struct appeal_linked *linked, struct reader *reader) {
  struct arena *arena = arena_new();
  struct row *row = NULL;
  enum store_error error = reader_get(reader, record_type(RECORD_APPEAL), &SCOPE_SYSTEM, linked->appeal, arena, &row);
  struct appeal_linked found = error ? (struct appeal_linked){.appeal = linked->appeal} : linked_of(row);
  found.turn = linked->turn;
  arena_free(arena);
  if (error && error != STORE_ABSENT) return error;
  *linked = found;
  return STORE_OK;
}

static bool newest_of_its(const struct sides *sides, size_t at) {
  return at + 1 == sides->linked_count || sides->linked[at + 1].appeal != sides->linked[at].appeal;
}

static enum store_error appeals_order(struct sides *sides, struct reader *reader) {
  enum store_error error = STORE_OK;
  size_t kept = 0;
  if (sides->linked_count) qsort(sides->linked, sides->linked_count, sizeof *sides->linked, by_appeal);
  for (size_t i = 0; i < sides->linked_count && !error; i++)
    if (sides->linked[i].asked && newest_of_its(sides, i)) error = linked_find(&sides->linked[i], reader);
  if (error) return error;
  for (size_t i = 0; i < sides->linked_count; i++)
    if (newest_of_its(sides, i) && sides->linked[i].problem) sides->linked[kept++] = sides->linked[i];
  sides->linked_count = kept;
  free(sides->appeals);
  sides->appeals = heap_zeroed(kept + 1, sizeof *sides->appeals);
  sides->appeal_count = 0;
  for (size_t i = 0; i < kept; i++)
    sides->appeals[sides->appeal_count++] = (struct appeal_made){sides->linked[i].problem, sides->linked[i].day};
  if (sides->appeal_count) qsort(sides->appeals, sides->appeal_count, sizeof *sides->appeals, by_day);
  return STORE_OK;
}

enum store_error sides_settle(struct sides *sides, struct reader *reader) {
  if (!sides->moved) return STORE_OK;
  again_find(sides);
  enum store_error error = appeals_order(sides, reader);
  sides->moved = error != STORE_OK;
  return error;
}

void sides_free(struct sides *sides) {
  free(sides->pictures);
  free(sides->linked);
  free(sides->again);
  free(sides->appeals);
  *sides = (struct sides){0};
}

const struct picture_again *sides_again(const struct sides *sides, int64_t problem) {
  size_t low = SORTED_PLACE(sides->again, sides->again_count, problem, problem);
  return low < sides->again_count && sides->again[low].problem == problem ? &sides->again[low] : NULL;
}
