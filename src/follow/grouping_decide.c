/* What people decide about groups: these appeals are an event of their own, these two events are one, this appeal belongs there. Each
   holds for ever, as nothing here is ever undone by a likeness: events only join by themselves, and never two that were split. */
#include <string.h>

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
    if (!id || (oldest && id > oldest) || space_stands(&grouping->events, grouping->appeals.slots[i]) != slot || among(leaving, count, id)) continue;
    oldest = id;
  }
  group->id = oldest;
}

static struct reading read_again(struct grouping *grouping, const struct grouping_appeal *appeal) {
  return grouping_read(grouping->arena, &grouping->settings, &grouping->events.terms, &grouping->classes.terms, appeal, false).event;
}

static void move(struct grouping *grouping, const struct grouping_appeal *appeal, uint32_t from, uint32_t to) {
  struct group *groups = grouping->events.groups;
  struct reading reading = read_again(grouping, appeal);
  if (from) space_take_out(&grouping->events, from, &reading);
  space_take_in(&grouping->events, to, &reading, GROUP_TERMS, GROUP_PLACE_TERMS);
  if (appeal->id > groups[to].latest) groups[to].latest = appeal->id;
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
  if (!from || count >= grouping->events.groups[from].size) return false;
  arena_reset(grouping->arena);
  event_rename(grouping, from, appeals, count);
  uint32_t to = space_found(&grouping->events, founder);
  grouping->events.groups[to].class_slot = grouping->events.groups[from].class_slot;
  for (size_t i = 0; i < count; i++) move(grouping, &appeals[i], from, to);
  grouping_hold_apart(grouping, from, to);
  *event = founder;
  return true;
}

bool grouping_merge(struct grouping *grouping, int64_t one, int64_t other, int64_t *event) {
  uint32_t first = grouping_slot(grouping, one), second = grouping_slot(grouping, other);
  if (!first || !second) return false;
  if (first != second) {
    grouping_let_together(grouping, first, second);
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
    grouping_hold_apart(grouping, from, to);
  } else grouping->taken++;
  move(grouping, appeal, from, to);
  if (appeal->id < grouping->events.groups[to].id) grouping->events.groups[to].id = appeal->id;
  return true;
}
