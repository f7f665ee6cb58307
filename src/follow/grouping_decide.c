/* What people decide about groups: these appeals are an event of their own, these two events are one, this appeal belongs there. Each
   holds for ever, as nothing here is ever undone by a likeness: events only join by themselves, and never two that were split. */
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "follow/grouping_parts.h"

static bool among(const struct grouping_appeal *appeals, size_t count, int64_t id) {
  for (size_t i = 0; i < count; i++)
    if (appeals[i].id == id) return true;
  return false;
}

/* An event whose founder leaves is known by the oldest appeal that stays. */
static void event_rename(struct grouping *grouping, uint32_t slot, const struct grouping_appeal *leaving, size_t count) {
  struct group *group = &grouping->events.groups[slot];
  int64_t oldest = 0;
  if (!among(leaving, count, group->id)) return;
  for (size_t i = 0; i < grouping->appeals.size; i++) {
    int64_t id = grouping->appeals.ids[i];
    if (!id || (oldest && id > oldest) || space_stands(&grouping->events, grouping->appeals.slots[i]) != slot || among(leaving, count, id))
      continue;
    oldest = id;
  }
  group->id = oldest;
}

static struct readings read_again(struct grouping *grouping, const struct grouping_appeal *appeal) {
  return grouping_read(grouping, appeal, false);
}

static void move(struct grouping *grouping, const struct grouping_appeal *appeal, uint32_t from, uint32_t to) {
  struct group *groups = grouping->events.groups;
  struct readings readings = read_again(grouping, appeal);
  uint32_t from_class = from ? grouping_class_slot(grouping, from) : 0, to_class = grouping_class_slot(grouping, to);
  if (from) space_take_out(&grouping->events, from, &readings.event, GROUP_TERMS, GROUP_PLACE_TERMS);
  space_take_in(&grouping->events, to, &readings.event, GROUP_TERMS, GROUP_PLACE_TERMS);
  if (from_class != to_class) {
    if (from_class) space_take_out(&grouping->classes, from_class, &readings.class, CLASS_TERMS, 0);
    space_take_in(&grouping->classes, to_class, &readings.class, CLASS_TERMS, 0);
  }
  if (appeal->id > groups[to].latest) groups[to].latest = appeal->id;
  if (appeal->id > grouping->newest) grouping->newest = appeal->id;
  if (groups[to].state == GROUP_LIVE) space_touch(&grouping->events, to);
  groups[to].touched = grouping->now;
  appeal_map_put(&grouping->appeals, appeal->id, to);
}

bool grouping_split(struct grouping *grouping, const struct grouping_appeal *appeals, size_t count, int64_t *event) {
  uint32_t from = count ? grouping_slot(grouping, appeals[0].id) : 0;
  int64_t founder = count ? appeals[0].id : 0;
  for (size_t i = 0; i < count; i++) {
    if (!from || grouping_slot(grouping, appeals[i].id) != from || among(appeals, i, appeals[i].id)) return false;
    if (appeals[i].id < founder) founder = appeals[i].id;
  }
  if (!from) return false;
  uint32_t to = from;
  arena_reset(grouping->arena);
  if (count < grouping->events.groups[from].size) {
    event_rename(grouping, from, appeals, count);
    to = space_found(&grouping->events, founder);
    grouping->events.groups[to].class_slot = grouping->events.groups[from].class_slot;
    for (size_t i = 0; i < count; i++) move(grouping, &appeals[i], from, to);
    pair_set_add(&grouping->apart, from, to);
  }
  grouping->events.groups[to].own_since = grouping->newest;
  *event = grouping->events.groups[to].id;
  return true;
}

bool grouping_merge(struct grouping *grouping, int64_t one, int64_t other, int64_t *event) {
  uint32_t first = grouping_slot(grouping, one), second = grouping_slot(grouping, other);
  if (!first || !second) return false;
  if (first != second) {
    grouping_let_together(&grouping->apart, &grouping->events, first, second);
    first = grouping_event_join(grouping, first, second);
  }
  *event = grouping->events.groups[first].id;
  return true;
}

bool grouping_confirm(struct grouping *grouping, const struct grouping_appeal *appeal, int64_t event) {
  uint32_t to = grouping_slot(grouping, event), from = grouping_slot(grouping, appeal->id);
  if (!to || appeal->id <= 0) return false;
  if (from == to) return true;
  arena_reset(grouping->arena);
  if (from && grouping->events.groups[from].size == 1) { /* it was alone: all of its event goes there */
    int64_t id;
    return grouping_merge(grouping, appeal->id, event, &id);
  }
  if (from) { /* it is said as well that it does not belong where it was */
    event_rename(grouping, from, appeal, 1);
    pair_set_add(&grouping->apart, from, to);
  } else grouping->taken++;
  move(grouping, appeal, from, to);
  if (appeal->id < grouping->events.groups[to].id) grouping->events.groups[to].id = appeal->id;
  return true;
}

/* The first event of the class, but for one; 0: there is no other. */
static int64_t class_first(const struct grouping *grouping, uint32_t class, int64_t but) {
  const struct space *events = &grouping->events;
  int64_t oldest = 0;
  for (uint32_t i = 1; i < events->count; i++) {
    const struct group *event = &events->groups[i];
    if (event->into == i && event->size && event->id != but && grouping_class_slot(grouping, i) == class && (!oldest || event->id < oldest))
      oldest = event->id;
  }
  return oldest;
}

/* A class whose first event leaves is known by the first that stays; one that nobody stays in takes nothing in any more. */
static void class_rename(struct grouping *grouping, uint32_t class, int64_t leaving) {
  int64_t oldest = class_first(grouping, class, leaving);
  if (oldest) grouping->classes.groups[class].id = oldest;
  else space_retire(&grouping->classes, class);
}

/* ---- what is taken back ---- */
/* An event that is left without words takes nothing in any more. An appeal's words are in its class as well. */
static void words_out(struct grouping *grouping, uint32_t slot, const struct grouping_appeal *appeal) {
  struct readings readings = read_again(grouping, appeal);
  uint32_t class = grouping_class_slot(grouping, slot);
  if (grouping->events.groups[slot].size > 1) space_take_out(&grouping->events, slot, &readings.event, GROUP_TERMS, GROUP_PLACE_TERMS);
  else space_retire(&grouping->events, slot);
  if (class) space_take_out(&grouping->classes, class, &readings.class, CLASS_TERMS, 0);
}

bool grouping_withdraw(struct grouping *grouping, const struct grouping_appeal *appeal) {
  uint32_t slot = grouping_slot(grouping, appeal->id);
  if (!slot) return false;
  arena_reset(grouping->arena);
  words_out(grouping, slot, appeal);
  return true;
}

bool grouping_remove(struct grouping *grouping, const struct grouping_appeal *appeal) {
  uint32_t slot = grouping_slot(grouping, appeal->id);
  if (!slot) return false;
  arena_reset(grouping->arena);
  bool alone = grouping->events.groups[slot].size <= 1;
  words_out(grouping, slot, appeal);
  uint32_t class = grouping_class_slot(grouping, slot);
  if (!alone) event_rename(grouping, slot, appeal, 1);
  else {
    grouping->events.groups[slot].size = 0;
    if (grouping->classes.groups[class].id == appeal->id) class_rename(grouping, class, appeal->id);
  }
  appeal_map_put(&grouping->appeals, appeal->id, 0);
  return true;
}

/* ---- classes ---- */
/* People moved events between classes: what these say is taken from the events that are in them now. */
static void class_remake(struct grouping *grouping, uint32_t class) {
  const struct space *events = &grouping->events;
  space_empty(&grouping->classes, class);
  for (uint32_t i = 1; i < events->count; i++) {
    if (events->groups[i].into != i || !events->groups[i].size || grouping_class_slot(grouping, i) != class) continue;
    struct reading reading = grouping_read_matter(grouping, &events->groups[i]);
    space_take_in(&grouping->classes, class, &reading, CLASS_TERMS, 0);
  }
}

static bool class_has_others(const struct grouping *grouping, uint32_t class, const struct grouping_appeal *appeals, size_t count) {
  const struct space *events = &grouping->events;
  for (uint32_t i = 1; i < events->count; i++) {
    bool named = events->groups[i].into != i || !events->groups[i].size || grouping_class_slot(grouping, i) != class;
    for (size_t k = 0; k < count && !named; k++) named = grouping_slot(grouping, appeals[k].id) == i;
    if (!named) return true;
  }
  return false;
}

/* The first of the events that these are in. */
static int64_t oldest_event(struct grouping *grouping, const struct grouping_appeal *appeals, size_t count) {
  int64_t oldest = 0;
  for (size_t i = 0; i < count; i++) {
    int64_t event = grouping->events.groups[grouping_slot(grouping, appeals[i].id)].id;
    if (!oldest || event < oldest) oldest = event;
  }
  return oldest;
}

/* Of those named, they of this event. */
static size_t named_of(struct grouping *grouping, uint32_t event, const struct grouping_appeal *appeals, size_t count,
                       struct grouping_appeal *some) {
  size_t taken = 0;
  for (size_t i = 0; i < count; i++)
    if (grouping_slot(grouping, appeals[i].id) == event) some[taken++] = appeals[i];
  return taken;
}

/* Those named leave events of which others stay. False: they are whole events. */
static bool events_part(struct grouping *grouping, const struct grouping_appeal *appeals, size_t count) {
  struct grouping_appeal *some = heap_zeroed(count, sizeof *some);
  bool parted = false;
  int64_t event;
  for (size_t i = 0; i < count; i++) {
    uint32_t slot = grouping_slot(grouping, appeals[i].id);
    size_t taken = named_of(grouping, slot, appeals, count, some);
    if (taken < grouping->events.groups[slot].size) parted = grouping_split(grouping, some, taken, &event) || parted;
  }
  free(some);
  return parted;
}

bool grouping_class_split(struct grouping *grouping, const struct grouping_appeal *appeals, size_t count, int64_t *class) {
  uint32_t first = count ? grouping_slot(grouping, appeals[0].id) : 0, from = first ? grouping_class_slot(grouping, first) : 0;
  for (size_t i = 0; i < count; i++) {
    uint32_t event = grouping_slot(grouping, appeals[i].id);
    if (!from || !event || grouping_class_slot(grouping, event) != from) return false;
  }
  if (!from) return false;
  *class = grouping->classes.groups[from].id;
  if (!class_has_others(grouping, from, appeals, count) && !events_part(grouping, appeals, count)) { /* it is one by itself */
    grouping->classes.groups[from].own_since = grouping->newest;
    return true;
  }
  arena_reset(grouping->arena);
  int64_t founder = oldest_event(grouping, appeals, count);
  uint32_t to = space_found(&grouping->classes, founder);
  for (size_t i = 0; i < count; i++) {
    uint32_t event = grouping_slot(grouping, appeals[i].id);
    grouping->events.groups[event].class_slot = to;
  }
  class_remake(grouping, from);
  class_remake(grouping, to);
  class_rename(grouping, from, 0);
  pair_set_add(&grouping->apart_classes, from, to);
  grouping->classes.groups[to].own_since = grouping->newest;
  *class = founder;
  return true;
}

bool grouping_class_merge(struct grouping *grouping, int64_t one, int64_t other, int64_t *class) {
  uint32_t first = grouping_slot(grouping, one), second = grouping_slot(grouping, other);
  if (!first || !second) return false;
  first = grouping_class_slot(grouping, first);
  second = grouping_class_slot(grouping, second);
  if (first != second) {
    grouping_let_together(&grouping->apart_classes, &grouping->classes, first, second);
    first = grouping_class_join(grouping, first, second);
  }
  *class = grouping->classes.groups[first].id;
  return true;
}

bool grouping_class_confirm(struct grouping *grouping, const struct grouping_appeal *appeal, int64_t other) {
  uint32_t event = grouping_slot(grouping, appeal->id), where = grouping_slot(grouping, other);
  if (!event || !where) return false;
  uint32_t from = grouping_class_slot(grouping, event), to = grouping_class_slot(grouping, where);
  if (from == to) return true;
  arena_reset(grouping->arena);
  if (!class_first(grouping, from, grouping->events.groups[event].id)) { /* it was alone: all of its class goes there */
    int64_t class;
    return grouping_class_merge(grouping, appeal->id, other, &class);
  }
  grouping->events.groups[event].class_slot = to;
  class_remake(grouping, from);
  class_remake(grouping, to);
  class_rename(grouping, from, 0);
  class_rename(grouping, to, 0);
  pair_set_add(&grouping->apart_classes, from, to);
  return true;
}

/* ---- beside ---- */
void grouping_watch(struct grouping *grouping, grouping_joined *joined, void *with) {
  grouping->joined = joined;
  grouping->joined_with = with;
}

enum grouping_where grouping_where(struct grouping *grouping, const struct grouping_appeal *one, const struct grouping_appeal *other, bool *named) {
  arena_reset(grouping->arena);
  struct reading mine = read_again(grouping, one).event, theirs = read_again(grouping, other).event;
  struct group group = space_alone(grouping->arena, &grouping->events, &theirs);
  *named = theirs.place_sum > 0 || theirs.has_point;
  return grouping_whereabouts(&grouping->settings, &group, &mine);
}
