/* The comparison itself: a merge of two lists of figures in order of id. Pure; reading the ends is compare_read.c. */
#include "base/room.h"
#include "rules/compare.h"

#include <stdlib.h>
#include <string.h>

static const struct { const char *name; struct label label; } GROUPS[COMPARE_GROUPS] = {
  [COMPARE_ADDED] = {"added", {"新增", "Added"}}, [COMPARE_MOVED] = {"moved", {"转办", "Moved"}}, [COMPARE_CLOSED] = {"closed", {"销号", "Closed"}},
  [COMPARE_REOPENED] = {"reopened", {"重开", "Re-opened"}}, [COMPARE_WITHDRAWN] = {"withdrawn", {"撤销", "Withdrawn"}}, [COMPARE_MERGED] = {"merged", {"并入", "Merged"}},
  [COMPARE_CHANGED] = {"changed", {"有变动", "Changed"}}, [COMPARE_UNCHANGED] = {"unchanged", {"无变动", "Unchanged"}},
  [COMPARE_WORSE] = {"worse", {"变差", "Worse"}}, [COMPARE_BETTER] = {"better", {"变好", "Better"}}};

const char *compare_group_name(enum compare_group group) { return group < COMPARE_GROUPS ? GROUPS[group].name : NULL; }
struct label compare_group_label(enum compare_group group) { return group < COMPARE_GROUPS ? GROUPS[group].label : (struct label){0}; }
bool compare_group_named(const char *name, enum compare_group *group) {
  for (size_t i = 0; i < COMPARE_GROUPS; i++)
    if (strcmp(GROUPS[i].name, name) == 0) {
      *group = (enum compare_group)i;
      return true;
    }
  return false;
}

/* ---- one problem ---- */

/* What happened between the ends, as numbers: how often re-opened and closed. A problem that was not there was open for the first time. */
struct pair { bool before, after, closed_before, closed_after; int64_t reopened, closed; };

static struct pair pair_of(const struct figure *from, const struct figure *to) {
  struct pair pair = {.before = from && figure_in_total(from), .after = to && figure_in_total(to)};
  int64_t first = pair.before && from->cycle ? from->cycle : 1, last = to && to->cycle ? to->cycle : first;
  pair.closed_before = pair.before && figure_is_closed(from);
  pair.closed_after = pair.after && figure_is_closed(to);
  if (!pair.before && !pair.after) return pair;
  pair.reopened = last > first ? last - first : 0;
  /* it is open again, or was when it left */
  if (!pair.reopened && pair.closed_before && (!pair.after || !pair.closed_after)) pair.reopened = 1;
  pair.closed = pair.reopened + pair.closed_after - pair.closed_before;
  return pair;
}

static bool differs(const struct figure *from, const struct figure *to) {
  struct figure one = *from, other = *to;
  one.entry = other.entry = 0; /* an entry that changed nothing a figure holds is seen below */
  return memcmp(&one, &other, sizeof one) != 0;
}

static bool moved(const struct figure *from, const struct figure *to) { return figure_is_open(from) && to->lead_unit != from->lead_unit; }

/* How bad a colour is, from green 1 to red 5; 0: grey, or none, which is neither better nor worse than another. */
static int badness(uint8_t colour) {
  switch (colour) {
  case COLOUR_GREEN: return 1;
  case COLOUR_BLUE: return 2;
  case COLOUR_YELLOW: return 3;
  case COLOUR_ORANGE: return 4;
  case COLOUR_RED: return 5;
  default: return 0;
  }
}

static unsigned turned(const struct figure *from, const struct figure *to) {
  int before = badness(from->colour), after = badness(to->colour);
  if (!before || !after || before == after) return 0;
  return 1u << (after > before ? COMPARE_WORSE : COMPARE_BETTER);
}

unsigned compare_pair(const struct figure *from, const struct figure *to) {
  struct pair pair = pair_of(from, to);
  unsigned groups = 0;
  if (!pair.before && !pair.after) return 0;
  if (!pair.before) groups |= 1u << COMPARE_ADDED;
  if (pair.before && to && moved(from, to)) groups |= 1u << COMPARE_MOVED;
  if (pair.closed) groups |= 1u << COMPARE_CLOSED;
  if (pair.reopened) groups |= 1u << COMPARE_REOPENED;
  if (pair.before && !pair.after) groups |= 1u << (to && (to->flags & FIGURE_MERGED) ? COMPARE_MERGED : COMPARE_WITHDRAWN);
  if (pair.before && pair.after) groups |= 1u << (from->entry != to->entry || differs(from, to) ? COMPARE_CHANGED : COMPARE_UNCHANGED);
  if (pair.before && pair.after) groups |= turned(from, to);
  return groups;
}

/* What the pair adds to the whole; and to the line of one unit or category: `here` before, after.
   The unit that holds it at the end closes, re-opens and withdraws it; where it was open before, it was moved there first. */
static void compare_flow_add(struct compare_flow *flow, const struct figure *from, const struct figure *to, bool here_before,
                             bool here_after) {
  struct pair pair = pair_of(from, to);
  bool was_open = pair.before && !pair.closed_before;
  if (!pair.before && !pair.after) return;
  if (here_before && was_open) flow->opening++;
  if (was_open && here_before != here_after) *(here_after ? &flow->moved_in : &flow->moved_out) += 1;
  if (!here_after) return;
  flow->added += !pair.before;
  flow->reopened += pair.reopened;
  flow->closed += pair.closed;
  if (pair.before && !pair.after) *(to && (to->flags & FIGURE_MERGED) ? &flow->merged : &flow->withdrawn) += 1;
  flow->closing += pair.after && !pair.closed_after;
}

int64_t compare_flow_balance(const struct compare_flow *flow) {
  return flow->opening + flow->added + flow->reopened + flow->moved_in - flow->closed - flow->withdrawn - flow->merged - flow->moved_out -
         flow->closing;
}

/* ---- lines by unit and category ---- */

static size_t slot_of(const struct compare_lines *lines, int64_t key) {
  size_t at = ((size_t)key * (size_t)0x9E3779B97F4A7C15u) >> 32;
  for (at %= lines->slot_room; lines->slots[at] && lines->items[lines->slots[at] - 1].key != key; at = (at + 1) % lines->slot_room)
    continue;
  return at;
}

static void lines_widen(struct compare_lines *lines) {
  lines->room = lines->room ? 2 * lines->room : 64;
  lines->items = heap_resized(lines->items, lines->room, sizeof *lines->items);
  lines->slot_room = 4 * lines->room;
  lines->slots = heap_resized(lines->slots, lines->slot_room, sizeof *lines->slots);
  memset(lines->slots, 0, lines->slot_room * sizeof *lines->slots);
  for (size_t i = 0; i < lines->count; i++) lines->slots[slot_of(lines, lines->items[i].key)] = (uint32_t)i + 1;
}

static struct compare_line *line_of(struct compare_lines *lines, int64_t key) {
  if (lines->count == lines->room) lines_widen(lines);
  size_t slot = slot_of(lines, key);
  if (!lines->slots[slot]) {
    lines->items[lines->count++] = (struct compare_line){.key = key};
    lines->slots[slot] = (uint32_t)lines->count;
  }
  return &lines->items[lines->slots[slot] - 1];
}

static void lines_add(struct compare_lines *lines, const struct figure *from, const struct figure *to, unsigned groups, int64_t before,
                      int64_t after) {
  struct compare_line *line = line_of(lines, after);
  compare_flow_add(&line->flow, from, to, before == after, true);
  line->worse += groups >> COMPARE_WORSE & 1;
  line->better += groups >> COMPARE_BETTER & 1;
  if (before != after) compare_flow_add(&line_of(lines, before)->flow, from, to, true, false);
}

static int by_key(const void *one, const void *other) {
  int64_t a = ((const struct compare_line *)one)->key, b = ((const struct compare_line *)other)->key;
  return (a > b) - (a < b);
}

static void lines_end(struct compare_lines *lines) {
  if (lines->count) qsort(lines->items, lines->count, sizeof *lines->items, by_key);
  free(lines->slots);
  lines->slots = NULL;
}

/* ---- the whole ---- */

static void side_add(struct compare_side *side, const struct figure *figure) {
  if (!figure || !figure_in_total(figure)) return;
  side->problems++;
  side->open += figure_is_open(figure);
  if (figure->colour < 8) side->colours[figure->colour]++;
}

/* What the reader sees at one end alone came into his scope or left it: moved in or out, for the whole as for a unit. */
static void whole_add(struct compared *whole, const struct figure *from, const struct figure *to, unsigned groups, bool seen_before,
                      bool seen_after) {
  const struct figure *before = from ? from : to, *after = to ? to : from;
  side_add(&whole->from, seen_before ? from : NULL);
  side_add(&whole->to, seen_after ? to : NULL);
  for (size_t i = 0; i < COMPARE_GROUPS; i++) whole->groups[i] += groups >> i & 1;
  if (!groups) return;
  compare_flow_add(&whole->all, from, to, from ? seen_before : seen_after, to ? seen_after : seen_before);
  lines_add(&whole->units, from, to, groups, before->lead_unit, after->lead_unit);
  lines_add(&whole->categories, from, to, groups, before->category, after->category);
}

static bool shown(const struct figure *figure, const struct scope *scope, struct reader *reader) {
  return figure && figure_in_scope(figure, scope, reader);
}

void compare_figures(const struct figures *from, const struct figures *to, const struct scope *scope, struct reader *reader, int64_t after,
                     struct compared *whole, compare_sink *sink, void *with) {
  size_t one = 0, two = 0;
  bool more = true;
  if (whole) *whole = (struct compared){0};
  while (more && (one < from->count || two < to->count)) {
    const struct figure *a = one < from->count ? &from->items[one] : NULL, *b = two < to->count ? &to->items[two] : NULL;
    if (a && b && a->id != b->id) *(a->id < b->id ? &b : &a) = NULL;
    one += a != NULL;
    two += b != NULL;
    if ((a ? a : b)->id <= after) continue;
    bool seen_before = shown(a, scope, reader), seen_after = shown(b, scope, reader);
    if (!seen_before && !seen_after) continue;
    unsigned groups = compare_pair(a, b);
    if (whole) whole_add(whole, a, b, groups, seen_before, seen_after);
    if (sink && groups) more = sink(with, a, b, groups);
  }
  if (!whole) return;
  lines_end(&whole->units);
  lines_end(&whole->categories);
}

void compared_free(struct compared *comparison) {
  free(comparison->units.items);
  free(comparison->categories.items);
  *comparison = (struct compared){0};
}
