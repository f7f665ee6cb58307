/* Two groupings of the same appeals set beside each other (groups_compare.h): pairs of groups by what they have in common, in two sorts.
   Pure, but for the decisions, which groups_compare_decisions.c reads. */
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "follow/groups_compare_parts.h"

void groups_stands_free(struct groups_stands *stands) {
  free(stands->seats);
  *stands = (struct groups_stands){0};
}

const struct groups_seat *groups_seat_of(const struct groups_stands *stands, int64_t appeal) {
  size_t low = 0, high = stands->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (stands->seats[middle].appeal < appeal) low = middle + 1;
    else high = middle;
  }
  return low < stands->count && stands->seats[low].appeal == appeal ? &stands->seats[low] : NULL;
}

/* ---- pairs of groups ---- */

/* Appeals that stand in this one before and in that one after. */
struct overlap { int64_t before, after; size_t count; };

static int by_before(const void *one, const void *other) {
  const struct overlap *a = one, *b = other;
  if (a->before != b->before) return a->before < b->before ? -1 : 1;
  return (a->after > b->after) - (a->after < b->after);
}

static int by_after(const void *one, const void *other) {
  const struct overlap *a = one, *b = other;
  if (a->after != b->after) return a->after < b->after ? -1 : 1;
  return (a->before > b->before) - (a->before < b->before);
}

/* Equal pairs, which stand together, become one. */
static size_t overlaps_add_up(struct overlap *overlaps, size_t count) {
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    bool same = kept && overlaps[kept - 1].before == overlaps[i].before && overlaps[kept - 1].after == overlaps[i].after;
    if (same) overlaps[kept - 1].count += overlaps[i].count;
    else overlaps[kept++] = overlaps[i];
  }
  return kept;
}

/* The group that holds most of this one; of equals the older. of_after: the other way round. */
static int64_t side(const struct overlap *overlap, bool of_after) { return of_after ? overlap->after : overlap->before; }

static int64_t matches_find(const struct overlap *overlaps, size_t count, bool of_after, struct map *most, int64_t *several) {
  int64_t groups = 0;
  for (size_t i = 0, next; i < count; i = next) {
    size_t best = i;
    for (next = i; next < count && side(&overlaps[next], of_after) == side(&overlaps[i], of_after); next++)
      if (overlaps[next].count > overlaps[best].count) best = next;
    map_put(most, side(&overlaps[i], of_after), side(&overlaps[best], !of_after));
    groups++;
    *several += next - i > 1;
  }
  return groups;
}

static int64_t group_of(const struct group_stand *stand, enum grouping_level level) {
  return level == GROUPING_EVENT ? stand->event : stand->class;
}

static void level_compare(struct groups_moved *all, size_t count, enum grouping_level level, struct groups_level_moved *figures) {
  struct overlap *overlaps = heap_zeroed(count, sizeof *overlaps);
  struct map after_of = {0}, before_of = {0};
  for (size_t i = 0; i < count; i++) overlaps[i] = (struct overlap){group_of(&all[i].before, level), group_of(&all[i].after, level), 1};
  qsort(overlaps, count, sizeof *overlaps, by_before);
  size_t pairs = overlaps_add_up(overlaps, count);
  *figures = (struct groups_level_moved){0};
  figures->before = matches_find(overlaps, pairs, false, &after_of, &figures->split);
  qsort(overlaps, pairs, sizeof *overlaps, by_after);
  figures->after = matches_find(overlaps, pairs, true, &before_of, &figures->joined);
  for (size_t i = 0; i < count; i++) {
    int64_t before = group_of(&all[i].before, level), after = group_of(&all[i].after, level);
    bool moved = map_get(&after_of, before) != after || map_get(&before_of, after) != before;
    figures->appeals += moved;
    *(level == GROUPING_EVENT ? &all[i].event : &all[i].class) = moved;
  }
  map_free(&after_of);
  map_free(&before_of);
  free(overlaps);
}

/* ---- all of it ---- */

/* Those that stand on both sides, in order. */
static size_t both_sides(const struct groups_stands *before, const struct groups_stands *after, struct groups_moved *all,
                         struct groups_comparison *comparison) {
  size_t i = 0, k = 0, count = 0;
  while (i < before->count || k < after->count) {
    const struct groups_seat *one = i < before->count ? &before->seats[i] : NULL, *other = k < after->count ? &after->seats[k] : NULL;
    if (one && (!other || one->appeal < other->appeal)) comparison->only_before++, i++;
    else if (!one || other->appeal < one->appeal) comparison->only_after++, k++;
    else {
      all[count++] = (struct groups_moved){.appeal = one->appeal,
                                           .before = {one->event, one->class},
                                           .after = {other->event, other->class}};
      i++, k++;
    }
  }
  return count;
}

enum store_error groups_compare(struct house *house, const struct groups_stands *before, const struct groups_stands *after, struct arena *arena, struct groups_comparison *comparison) {
  *comparison = (struct groups_comparison){.at = after->at};
  size_t most = before->count < after->count ? before->count : after->count;
  struct groups_moved *all = heap_zeroed(most, sizeof *all);
  size_t count = both_sides(before, after, all, comparison), moved = 0;
  comparison->appeals = (int64_t)count;
  level_compare(all, count, GROUPING_EVENT, &comparison->events);
  level_compare(all, count, GROUPING_CLASS, &comparison->classes);
  for (size_t i = 0; i < count; i++) moved += all[i].event || all[i].class;
  comparison->moved = ARENA_ARRAY(arena, struct groups_moved, moved + 1);
  for (size_t i = 0; i < count; i++)
    if (all[i].event || all[i].class) comparison->moved[comparison->moved_count++] = all[i];
  free(all);
  return groups_compare_decisions(house, after, arena, &comparison->decisions);
}

/* ---- told ---- */

static void level_write(struct json *json, const char *key, const struct groups_level_moved *level) {
  json_key(json, key);
  json_open(json, '{');
  json_pair_integer(json, "before", level->before);
  json_pair_integer(json, "after", level->after);
  json_pair_integer(json, "split", level->split);
  json_pair_integer(json, "joined", level->joined);
  json_pair_integer(json, "appeals_moved", level->appeals);
  json_close(json, '}');
}

static void stand_write(struct json *json, const char *key, int64_t before, int64_t after) {
  json_key(json, key);
  json_open(json, '{');
  json_pair_integer(json, "before", before);
  json_pair_integer(json, "after", after);
  json_close(json, '}');
}

void groups_moved_write(struct json *json, const struct groups_moved *moved) {
  json_open(json, '{');
  json_pair_integer(json, "appeal", moved->appeal);
  if (moved->event) stand_write(json, "event", moved->before.event, moved->after.event);
  if (moved->class) stand_write(json, "class", moved->before.class, moved->after.class);
  json_close(json, '}');
}

void groups_comparison_write(struct json *json, const struct groups_comparison *comparison, size_t most) {
  json_pair_integer(json, "journal", comparison->at);
  json_pair_integer(json, "appeals", comparison->appeals);
  json_pair_integer(json, "only_before", comparison->only_before);
  json_pair_integer(json, "only_after", comparison->only_after);
  level_write(json, "events", &comparison->events);
  level_write(json, "classes", &comparison->classes);
  json_key(json, "decisions");
  json_open(json, '{');
  json_pair_integer(json, "all", comparison->decisions.all);
  json_pair_integer(json, "held", comparison->decisions.held);
  json_pair_integer(json, "revised", comparison->decisions.revised);
  json_key(json, "broken");
  json_open(json, '[');
  for (size_t i = 0; i < comparison->decisions.broken_count; i++) json_integer(json, comparison->decisions.broken[i]);
  json_close(json, ']');
  json_close(json, '}');
  json_pair_integer(json, "moved_count", (int64_t)comparison->moved_count);
  json_key(json, "moved");
  json_open(json, '[');
  for (size_t i = 0; i < comparison->moved_count && i < most; i++) groups_moved_write(json, &comparison->moved[i]);
  json_close(json, ']');
}
