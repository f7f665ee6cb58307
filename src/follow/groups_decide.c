/* What people decided about groups, carried out where it stands in the journal. A decision names appeals; where they stand by then is the
   engine's to say, so none is ever without an answer: what already is as decided stays, and stays so. */
#include <string.h>

#include "base/room.h"
#include "follow/groups_parts.h"
#include "follow/house.h"
#include "store/seal.h"

/* The engine is asked for each: after a decision any of them may have another event or class. */
void groups_seat_again(struct groups *groups, const int64_t *appeals, size_t count) {
  for (size_t i = 0; i < count; i++) {
    uint32_t item = index_item(&groups->index, appeals[i]);
    int64_t event = grouping_event_of(groups->engine, appeals[i]);
    if (item && event && !(groups->index.items[item].flags & ITEM_VOIDED))
      index_seat(&groups->index, item, event, grouping_class_of(groups->engine, appeals[i]));
  }
}

struct named { int64_t *ids; size_t count, room; struct arena *arena; };
static void named_add(struct named *named, int64_t id) {
  ARENA_ROOM(named->arena, named->ids, named->count, named->room, 64);
  named->ids[named->count++] = id;
}

static void members_add(struct groups *groups, struct named *named, uint32_t event) {
  for (uint32_t i = event ? groups->index.events[event].first : 0; i; i = groups->index.items[i].next)
    named_add(named, groups->index.items[i].id);
}

/* All that a decision may move: the members of the events, or of the classes, that it speaks of. */
static void concerned(struct groups *groups, struct named *named, int64_t level, int64_t appeal) {
  uint32_t event = index_event(&groups->index, appeal);
  if (!event) return;
  if (level == LEVEL_EVENT) members_add(groups, named, event);
  else
    for (uint32_t at = groups->index.classes[index_class_of(&groups->index, event)].first; at; at = groups->index.events[at].next)
      members_add(groups, named, at);
}

/* The appeals named, as they stood; those that were voided or destroyed are left out. */
static enum store_error appeals_read(struct groups *groups, const struct entry *entry, const struct value *many,
                                     struct grouping_appeal *appeals, size_t *count) {
  enum store_error error = STORE_OK;
  *count = 0;
  for (size_t i = 0; many->kind == VALUE_MANY && i < many->count && !error; i++) {
    struct row *row = NULL;
    uint32_t item = index_item(&groups->index, many->many[i]);
    if (!item || (groups->index.items[item].flags & ITEM_VOIDED)) continue;
    error = groups_recall(groups, many->many[i], entry->number, groups->scratch, &row);
    if (!error) appeals[(*count)++] = groups_appeal(row);
    if (error == STORE_ABSENT) error = STORE_OK;
  }
  return error;
}

/* They may stand in several events (or classes): of each, those named leave together; then they are one. */
static void split(struct groups *groups, int64_t level, const struct grouping_appeal *appeals, size_t count) {
  struct grouping_appeal *some = ARENA_ARRAY(groups->scratch, struct grouping_appeal, count + 1);
  bool *done = ARENA_ARRAY(groups->scratch, bool, count + 1);
  int64_t (*where)(const struct grouping *, int64_t) = level == LEVEL_EVENT ? grouping_event_of : grouping_class_of;
  for (size_t i = 0; i < count; i++) {
    size_t taken = 0;
    int64_t from = where(groups->engine, appeals[i].id), made;
    for (size_t k = i; k < count; k++)
      if (!done[k] && where(groups->engine, appeals[k].id) == from) some[taken++] = appeals[k], done[k] = true;
    if (!taken) continue;
    if (level == LEVEL_EVENT) grouping_split(groups->engine, some, taken, &made);
    else grouping_class_split(groups->engine, some, taken, &made);
    if (level == LEVEL_EVENT) grouping_merge(groups->engine, appeals[0].id, some[0].id, &made);
    else grouping_class_merge(groups->engine, appeals[0].id, some[0].id, &made);
  }
}

static void carry_out(struct groups *groups, const struct row *decision, const struct grouping_appeal *appeals, size_t count) {
  int64_t kind = row_integer(decision, GROUPING_DECISION_KIND), level = row_integer(decision, GROUPING_DECISION_LEVEL),
          into = row_integer(decision, GROUPING_DECISION_INTO), made;
  if (kind == DECIDED_SPLIT && count) split(groups, level, appeals, count);
  for (size_t i = 0; i < count && kind != DECIDED_SPLIT && into != NOTHING; i++) {
    if (kind == DECIDED_CONFIRM && level == LEVEL_EVENT) grouping_confirm(groups->engine, &appeals[i], into);
    else if (kind == DECIDED_CONFIRM) grouping_class_confirm(groups->engine, &appeals[i], into);
    else if (level == LEVEL_EVENT) grouping_merge(groups->engine, appeals[i].id, into, &made);
    else grouping_class_merge(groups->engine, appeals[i].id, into, &made);
  }
}

enum store_error groups_decide(struct groups *groups, const struct entry *entry) {
  struct row *decision = row_new(groups->scratch, record_type(RECORD_GROUPING_DECISION));
  struct named named = {.arena = groups->scratch};
  size_t count = 0;
  if (!body_apply(groups->scratch, entry, decision)) return STORE_OK; /* destroyed since */
  const struct value *many = row_value(decision, GROUPING_DECISION_APPEALS);
  int64_t level = row_integer(decision, GROUPING_DECISION_LEVEL), into = row_integer(decision, GROUPING_DECISION_INTO);
  struct grouping_appeal *appeals = ARENA_ARRAY(groups->scratch, struct grouping_appeal, many->count + 1);
  enum store_error error = appeals_read(groups, entry, many, appeals, &count);
  if (error || !count) return error;
  for (size_t i = 0; i < count; i++) concerned(groups, &named, level, appeals[i].id);
  if (into != NOTHING) concerned(groups, &named, level, into);
  carry_out(groups, decision, appeals, count);
  groups_seat_again(groups, named.ids, named.count);
  for (size_t i = 0; i < count; i++) groups->index.items[index_item(&groups->index, appeals[i].id)].flags |= ITEM_PINNED;
  return STORE_OK;
}
