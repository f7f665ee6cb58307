/* The engine: each appeal is read, set beside the events that it could belong to, and joins the best of them or founds one; the event's
   matter, without its places, finds its class in the same way. See grouping.h for what it promises. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/room.h"
#include "follow/grouping_parts.h"

/* The weights were fitted by logistic regression to what the engine itself had before it while it read every second group of annotated
   Chinese appeals (appeal and candidate, and two events that were tried), five times over, each time by the weights fitted before; the mean
   of the five was taken. Those where no place is named were fitted by hand to the first half of a stream of English headlines.
   tests/quality measures. */
const struct grouping_settings GROUPING_DEFAULTS = {
  .title_weight = 3.3, .rarity_power = 0.63, .class_rarity = 5, .class_topics = 1.5, .named_share = 0.25, .named_least = 1.4,
  .place_found = 0.5, .spelling_found = 0.3, .near_metres = 120, .far_metres = 400, .far_score = 0.2,
  .weights = {
    [GROUPING_STORY] = {
      [GROUPING_BASE] = -8.701, [GROUPING_ALL] = 5.419, [GROUPING_MATTER] = -0.668, [GROUPING_TITLE_MOST] = 5.078, [GROUPING_TITLE_LEAST] = 10.84,
      [GROUPING_TITLES_MOST] = -7.617, [GROUPING_TITLES_LEAST] = -6.957, [GROUPING_BODY_MOST] = -3.618, [GROUPING_BODY_LEAST] = -2.581,
      [GROUPING_RARE] = 1.344, [GROUPING_ONE_PLACE] = 2.015, [GROUPING_TWO_PLACES] = 0.387, [GROUPING_PLACE] = 0.199,
      [GROUPING_PLACE_LEAST] = 2.331, [GROUPING_SPELLING] = 1.139, [GROUPING_TITLE_PLACE_MOST] = 1.49, [GROUPING_TITLE_PLACE_LEAST] = -0.954,
      [GROUPING_TITLE_PLACES] = -0.306, [GROUPING_ONE_TITLE] = 0.092, [GROUPING_NO_TITLE] = -5.68, [GROUPING_SHORT] = 0.454, [GROUPING_SIZE] = 0.503,
      [GROUPING_DAYS] = -0.223, [GROUPING_POINT] = 1, [GROUPING_METRES] = -1, [GROUPING_TITLES_SAME] = 1.384, [GROUPING_MATTER_SAME] = 2.103,
      [GROUPING_RARE_SAME] = 0.077, [GROUPING_TITLES_FREE] = -2.838, [GROUPING_MATTER_FREE] = 10.42, [GROUPING_RARE_FREE] = 1.359,
      [GROUPING_RARE_TITLES] = -0.645, [GROUPING_TOPICS] = 1.629,},
    [GROUPING_BRIEF] = {
      [GROUPING_BASE] = -5.296, [GROUPING_ALL] = 4.169, [GROUPING_MATTER] = 2.493, [GROUPING_TITLE_MOST] = -0.619, [GROUPING_TITLE_LEAST] = 0.484,
      [GROUPING_RARE] = 0.186, [GROUPING_ONE_PLACE] = -2.53, [GROUPING_TWO_PLACES] = -3, [GROUPING_PLACE] = -0.673, [GROUPING_PLACE_LEAST] = 0.025,
      [GROUPING_SPELLING] = 1.48, [GROUPING_TITLE_PLACE_MOST] = -0.673, [GROUPING_TITLE_PLACE_LEAST] = 0.025, [GROUPING_TITLE_PLACES] = 2.844,
      [GROUPING_ONE_TITLE] = 2.087, [GROUPING_SIZE] = -0.619, [GROUPING_DAYS] = -0.337, [GROUPING_POINT] = 1, [GROUPING_METRES] = -1,
      [GROUPING_MATTER_SAME] = -2.355, [GROUPING_RARE_SAME] = 0.256, [GROUPING_TOPICS] = 1.506,},
    [GROUPING_NOWHERE] = {
      [GROUPING_BASE] = -7.2, [GROUPING_ALL] = 4.6, [GROUPING_MATTER] = 6.45, [GROUPING_TITLE_MOST] = 2.4, [GROUPING_SHORT] = 1.6,}},
  .join = 0.44, .merge = 0.22, .bridge = 0.1, .class_join = 0.27, .class_merge = 0.28, .class_alike = 0.3, .class_breadth = 0.015,
  .retire_after = (int64_t)400 * 86400 * 1000000, .most_live = 1000000, .window = 200000};

enum { AGAIN = 4 /* appeals between two looks at classes that stand */ };
#define OTHER_CLASS_SCORE 0.5 /* words alike, topics not: in a young store few words are told from one another yet */
#define TOPICS_USUAL 0.8 /* how alike the topics of classes are whose words are alike */

struct grouping *grouping_new(const struct grouping_settings *settings) {
  struct grouping *grouping = HEAP_NEW(struct grouping);
  grouping->settings = settings ? *settings : GROUPING_DEFAULTS;
  grouping->now = GROUPING_NO_MOMENT;
  vocabulary_weigh(&grouping->events.terms, 15, grouping->settings.rarity_power);
  vocabulary_weigh(&grouping->classes.terms, grouping->settings.class_rarity, 1);
  grouping->arena = arena_new();
  topics_learn(grouping);
  return grouping;
}

void grouping_free(struct grouping *grouping) {
  if (!grouping) return;
  space_free(&grouping->events);
  space_free(&grouping->classes);
  free(grouping->appeals.ids);
  free(grouping->appeals.slots);
  free(grouping->apart.items);
  free(grouping->apart_classes.items);
  sounds_free(grouping->sounds);
  arena_free(grouping->arena);
  free(grouping);
}

/* ---- which appeal is where ---- */
static uint64_t spread(uint64_t value) { return (value ^ value >> 31) * 0x9e3779b97f4a7c15u >> 20; }

static void appeal_map_grow(struct appeal_map *map) {
  struct appeal_map larger = {.size = map->size ? map->size * 2 : 1024, .count = map->count};
  larger.ids = heap_zeroed(larger.size, sizeof *larger.ids);
  larger.slots = heap_zeroed(larger.size, sizeof *larger.slots);
  for (size_t i = 0; i < map->size; i++) {
    if (!map->ids[i]) continue;
    size_t at = spread((uint64_t)map->ids[i]) & (larger.size - 1);
    while (larger.ids[at]) at = (at + 1) & (larger.size - 1);
    larger.ids[at] = map->ids[i];
    larger.slots[at] = map->slots[i];
  }
  free(map->ids);
  free(map->slots);
  *map = larger;
}

void appeal_map_put(struct appeal_map *map, int64_t id, uint32_t slot) {
  if (map->count * 4 >= map->size * 3) appeal_map_grow(map);
  size_t at = spread((uint64_t)id) & (map->size - 1);
  while (map->ids[at] && map->ids[at] != id) at = (at + 1) & (map->size - 1);
  map->count += !map->ids[at];
  map->ids[at] = id;
  map->slots[at] = slot;
}

static uint32_t appeal_map_get(const struct appeal_map *map, int64_t id) {
  if (!map->size || id <= 0) return 0;
  size_t at = spread((uint64_t)id) & (map->size - 1);
  while (map->ids[at] && map->ids[at] != id) at = (at + 1) & (map->size - 1);
  return map->ids[at] ? map->slots[at] : 0;
}

uint32_t grouping_slot(const struct grouping *grouping, int64_t appeal) {
  return space_stands(&grouping->events, appeal_map_get(&grouping->appeals, appeal));
}

int64_t grouping_event_of(const struct grouping *grouping, int64_t appeal) {
  uint32_t slot = grouping_slot(grouping, appeal);
  return slot ? grouping->events.groups[slot].id : 0;
}

uint32_t grouping_class_slot(const struct grouping *grouping, uint32_t event) {
  return space_stands(&grouping->classes, grouping->events.groups[event].class_slot);
}

int64_t grouping_class_of(const struct grouping *grouping, int64_t appeal) {
  uint32_t slot = grouping_slot(grouping, appeal);
  return slot ? grouping->classes.groups[grouping_class_slot(grouping, slot)].id : 0;
}

/* ---- apart by decision ---- */
static uint64_t pair_of(uint32_t one, uint32_t other) { return one < other ? (uint64_t)one << 32 | other : (uint64_t)other << 32 | one; }

static bool pair_set_holds(const struct pair_set *set, const struct space *space, uint32_t one, uint32_t other) {
  for (size_t i = 0; i < set->count; i++)
    if (pair_of(space_stands(space, (uint32_t)(set->items[i] >> 32)), space_stands(space, (uint32_t)set->items[i])) == pair_of(one, other))
      return true;
  return false;
}

void pair_set_add(struct pair_set *set, uint32_t one, uint32_t other) {
  HEAP_ROOM(set->items, set->count, set->room, 16);
  set->items[set->count++] = pair_of(one, other);
}

static void pair_set_drop(struct pair_set *set, const struct space *space, uint32_t one, uint32_t other) {
  size_t kept = 0;
  for (size_t i = 0; i < set->count; i++)
    if (pair_of(space_stands(space, (uint32_t)(set->items[i] >> 32)), space_stands(space, (uint32_t)set->items[i])) != pair_of(one, other))
      set->items[kept++] = set->items[i];
  set->count = kept;
}

static bool own_beside(const struct group *one, const struct group *other) { return one->own_since && other->born <= one->own_since; }

/* May two groups that stand not join by themselves? People split them, or said of one that it is one of its own when the other stood
   already. */
static bool grouping_apart(const struct pair_set *set, const struct space *space, uint32_t one, uint32_t other) {
  const struct group *first = &space->groups[one], *second = &space->groups[other];
  return own_beside(first, second) || own_beside(second, first) || pair_set_holds(set, space, one, other);
}

/* What was said of the one because of the other is taken back with the split between them; other splits are pairs of their own. */
void grouping_let_together(struct pair_set *set, struct space *space, uint32_t one, uint32_t other) {
  struct group *first = &space->groups[one], *second = &space->groups[other];
  if (!pair_set_holds(set, space, one, other)) return;
  bool mine = own_beside(first, second), theirs = own_beside(second, first);
  if (mine) first->own_since = 0;
  if (theirs) second->own_since = 0;
  pair_set_drop(set, space, one, other);
}

/* Two events whose classes people hold apart are not one either: joined, they would bring one class into the other. */
static bool events_apart(const struct grouping *grouping, uint32_t one, uint32_t other) {
  uint32_t class = grouping_class_slot(grouping, one), other_class = grouping_class_slot(grouping, other);
  return grouping_apart(&grouping->apart, &grouping->events, one, other) ||
         (class != other_class && grouping_apart(&grouping->apart_classes, &grouping->classes, class, other_class));
}

/* ---- does it belong there? ---- */
/* Keeps them best first, each once; of equals the older one first. */
static size_t judged_add(struct judged judged[CANDIDATES], size_t count, struct judged one) {
  for (size_t i = 0; i < count; i++)
    if (judged[i].slot == one.slot) return count;
  size_t at = count;
  for (; at && (judged[at - 1].score < one.score || (judged[at - 1].score == one.score && judged[at - 1].slot > one.slot)); at--)
    judged[at] = judged[at - 1];
  judged[at] = one;
  return count + 1;
}

static size_t judge_found(const struct grouping *grouping, const struct reading *reading, const uint32_t *slots, size_t found,
                          struct judged judged[CANDIDATES]) {
  size_t count = 0;
  for (size_t i = 0; i < found; i++) {
    uint32_t slot = space_stands(&grouping->events, slots[i]);
    if (grouping->events.groups[slot].state == GROUP_LIVE) count = judged_add(judged, count, grouping_judge(grouping, slot, reading));
  }
  return count;
}

static size_t judge_all(const struct grouping *grouping, const struct reading *reading, struct judged judged[CANDIDATES]) {
  uint32_t slots[CANDIDATES];
  size_t found = space_search(&grouping->events, reading, slots);
  return judge_found(grouping, reading, slots, found, judged);
}

/* ---- for who may not be told of all ---- */
struct telling { const struct grouping *grouping; const struct grouping_reader *reader; };

static bool may_be_told(const void *with, uint32_t slot) {
  const struct telling *telling = with;
  const struct group *group = &telling->grouping->events.groups[space_stands(&telling->grouping->events, slot)];
  return group->state == GROUP_LIVE && telling->reader->tells(telling->reader->with, group->id);
}

/* Of further events that he sees, those that have any word in common; the least of too many goes. */
static size_t judge_more(const struct grouping *grouping, const struct reading *reading, const struct grouping_reader *reader,
                         struct judged judged[CANDIDATES], size_t count) {
  int64_t *events = ARENA_ARRAY(grouping->arena, int64_t, GROUPING_MORE);
  size_t more = reader->more(reader->with, events);
  for (size_t i = 0; i < more; i++) {
    uint32_t slot = grouping_slot(grouping, events[i]);
    const struct group *group = &grouping->events.groups[slot];
    if (!slot || group->state != GROUP_LIVE || space_compare(group, reading).all <= 0) continue;
    if (count == CANDIDATES) count--;
    count = judged_add(judged, count, grouping_judge(grouping, slot, reading));
  }
  return count;
}

static size_t judge_for(const struct grouping *grouping, const struct reading *reading, const struct grouping_reader *reader,
                        struct judged judged[CANDIDATES]) {
  uint32_t slots[CANDIDATES];
  struct telling telling = {grouping, reader};
  size_t found = space_search_among(&grouping->events, reading, &(struct space_choice){may_be_told, &telling}, slots);
  size_t count = judge_found(grouping, reading, slots, found, judged);
  return count < GROUPING_NEAREST && reader->more ? judge_more(grouping, reading, reader, judged, count) : count;
}

/* The best, if it fits; 0: it does not. */
static uint32_t best_fit(const struct grouping *grouping, const struct judged *judged, size_t count, double *score) {
  if (!count || judged[0].score < grouping->settings.join) return 0;
  *score = judged[0].score;
  return judged[0].slot;
}

static void answer_nearest(const struct grouping *grouping, const struct judged *judged, size_t count, struct grouping_answer *answer) {
  *answer = (struct grouping_answer){0};
  for (size_t i = 0; i < count && answer->nearest_count < GROUPING_NEAREST; i++) {
    const struct group *group = &grouping->events.groups[judged[i].slot];
    double score = judged[i].score < 0 ? 0 : judged[i].score > 1 ? 1 : judged[i].score;
    answer->nearest[answer->nearest_count++] = (struct grouping_near){group->id, group->latest, score};
  }
}

/* ---- classes ---- */
static void tell_joined(const struct grouping *grouping, enum grouping_level level, const struct space *space, uint32_t from, uint32_t to) {
  if (grouping->joined) grouping->joined(grouping->joined_with, level, space->groups[from].id, space->groups[to].id);
}

uint32_t grouping_class_join(struct grouping *grouping, uint32_t one, uint32_t other) {
  uint32_t to = grouping->classes.groups[one].id < grouping->classes.groups[other].id ? one : other, from = to == one ? other : one;
  tell_joined(grouping, GROUPING_CLASS, &grouping->classes, from, to);
  space_join(&grouping->classes, from, to, CLASS_TERMS, 0);
  return to;
}

static double matter_alike(const struct group *group, const struct reading *reading) {
  return space_matter(group, reading) * (grouping_other_matter(group, reading, space_topics(group, reading)) ? OTHER_CLASS_SCORE : 1);
}

static struct judged judge_class(const struct grouping *grouping, uint32_t slot, const struct reading *reading) {
  const struct group *group = &grouping->classes.groups[slot];
  return (struct judged){slot, matter_alike(group, reading) - grouping->settings.class_breadth * log(group->size + 1.0), false};
}

/* Two classes: words alone say too little when each keeps only its own. */
static double class_alike(const struct grouping *grouping, uint32_t slot, const struct reading *reading) {
  const struct group *group = &grouping->classes.groups[slot];
  return matter_alike(group, reading) + grouping->settings.class_alike * (space_topics(group, reading) - TOPICS_USUAL);
}

static size_t class_all(const struct grouping *grouping, const struct reading *reading, struct judged judged[CANDIDATES]) {
  uint32_t slots[CANDIDATES];
  size_t count = 0, found = space_search(&grouping->classes, reading, slots);
  for (size_t i = 0; i < found; i++) {
    uint32_t slot = space_stands(&grouping->classes, slots[i]);
    if (grouping->classes.groups[slot].state == GROUP_LIVE) count = judged_add(judged, count, judge_class(grouping, slot, reading));
  }
  return count;
}

/* Two classes that one event fits may be the same. */
static void class_settle(struct grouping *grouping, uint32_t slot, const struct judged *also, size_t count) {
  struct reading reading = space_reading(grouping->arena, &grouping->classes.groups[slot]);
  for (size_t i = 0; i < count && also[i].score >= grouping->settings.class_join; i++) {
    uint32_t other = space_stands(&grouping->classes, also[i].slot);
    if (other == slot) continue;
    if (class_alike(grouping, other, &reading) < grouping->settings.class_merge ||
        grouping_apart(&grouping->apart_classes, &grouping->classes, slot, other))
      continue;
    slot = grouping_class_join(grouping, slot, other);
    reading = space_reading(grouping->arena, &grouping->classes.groups[slot]);
  }
}

/* Its words go into the class; what it fits besides may be the same class. An event's later appeals say the matter in other words than the
   one that founded it, so all of them speak. */
static void class_take(struct grouping *grouping, uint32_t class, const struct reading *reading, const struct judged *judged,
                       size_t count) {
  space_take_in(&grouping->classes, class, reading, CLASS_TERMS, 0);
  if (grouping->classes.groups[class].state != GROUP_LIVE) return;
  space_touch(&grouping->classes, class);
  class_settle(grouping, class, judged, count);
}

/* ---- events ---- */
uint32_t grouping_event_join(struct grouping *grouping, uint32_t one, uint32_t other) {
  struct group *groups = grouping->events.groups;
  uint32_t to = groups[one].id < groups[other].id ? one : other, from = to == one ? other : one;
  tell_joined(grouping, GROUPING_EVENT, &grouping->events, from, to);
  space_join(&grouping->events, from, to, GROUP_TERMS, GROUP_PLACE_TERMS);
  return to;
}

/* Two events that one appeal fits may be the same. `also`: those that it fits besides the one it joined. */
static uint32_t event_settle(struct grouping *grouping, uint32_t slot, const struct judged *also, size_t count) {
  struct reading reading = {0};
  for (size_t i = 0; i < count && also[i].score >= grouping->settings.bridge; i++) {
    uint32_t other = space_stands(&grouping->events, also[i].slot);
    if (other == slot) continue;
    if (!reading.features) reading = space_reading(grouping->arena, &grouping->events.groups[slot]);
    struct judged beside = grouping_judge(grouping, other, &reading);
    double least = beside.apart ? grouping->settings.join : grouping->settings.merge;
    if (beside.score < least || events_apart(grouping, slot, other)) continue;
    slot = grouping_event_join(grouping, slot, other);
    reading.features = NULL;
  }
  return slot;
}

static void event_take(struct grouping *grouping, uint32_t slot, const struct readings *readings, const struct grouping_appeal *appeal) {
  space_take_in(&grouping->events, slot, &readings->event, GROUP_TERMS, GROUP_PLACE_TERMS);
  space_touch(&grouping->events, slot);
  struct group *group = &grouping->events.groups[slot];
  group->latest = appeal->id;
  group->touched = grouping->now;
  appeal_map_put(&grouping->appeals, appeal->id, slot);
}

/* An event of its own, and its class. */
static uint32_t event_found(struct grouping *grouping, const struct readings *readings, const struct grouping_appeal *appeal) {
  struct judged judged[CANDIDATES];
  uint32_t slot = space_found(&grouping->events, appeal->id);
  size_t count = class_all(grouping, &readings->class, judged);
  uint32_t class = count && judged[0].score >= grouping->settings.class_join ? judged[0].slot : space_found(&grouping->classes, appeal->id);
  grouping->events.groups[slot].class_slot = class;
  event_take(grouping, slot, readings, appeal);
  class_take(grouping, class, &readings->class, judged, count);
  return slot;
}

/* Each time it has doubled it is looked whether its class is another one as well. */
static void event_grow(struct grouping *grouping, uint32_t slot, const struct readings *readings, const struct grouping_appeal *appeal) {
  struct judged judged[CANDIDATES];
  uint32_t size = grouping->events.groups[slot].size + 1;
  size_t count = (size & (size - 1)) == 0 ? class_all(grouping, &readings->class, judged) : 0;
  event_take(grouping, slot, readings, appeal);
  class_take(grouping, grouping_class_slot(grouping, slot), &readings->class, judged, count);
}

/* What came early was judged when little was known: now and then one class is looked at again. */
static void class_again(struct grouping *grouping) {
  struct judged judged[CANDIDATES];
  if (grouping->taken % AGAIN) return;
  struct space *classes = &grouping->classes;
  if (classes->count < 2) return;
  if (++grouping->again >= classes->count) grouping->again = 1;
  if (classes->groups[grouping->again].state != GROUP_LIVE) return;
  struct reading reading = space_reading(grouping->arena, &classes->groups[grouping->again]);
  size_t count = class_all(grouping, &reading, judged);
  for (size_t i = 0; i < count; i++) {
    if (judged[i].slot == grouping->again || class_alike(grouping, judged[i].slot, &reading) < grouping->settings.class_merge) continue;
    if (grouping_apart(&grouping->apart_classes, &grouping->classes, grouping->again, judged[i].slot)) continue;
    grouping_class_join(grouping, grouping->again, judged[i].slot);
    return;
  }
}

static void retire_old(struct grouping *grouping) {
  struct space *events = &grouping->events;
  while (events->oldest && events->live > grouping->settings.most_live) space_retire(events, events->oldest);
  while (events->oldest && grouping->now != GROUPING_NO_MOMENT && events->groups[events->oldest].touched != GROUPING_NO_MOMENT &&
         events->groups[events->oldest].touched < grouping->now - grouping->settings.retire_after)
    space_retire(events, events->oldest);
  while (grouping->classes.oldest && grouping->classes.live > grouping->settings.most_live)
    space_retire(&grouping->classes, grouping->classes.oldest);
}

static struct readings read_appeal(struct grouping *grouping, const struct grouping_appeal *appeal, bool count) {
  return grouping_read(grouping, appeal, count);
}

static void clock_on(struct grouping *grouping, const struct grouping_appeal *appeal) {
  if (appeal->moment != GROUPING_NO_MOMENT && appeal->moment > grouping->now) grouping->now = appeal->moment;
  if (appeal->id > grouping->newest) grouping->newest = appeal->id;
  if (++grouping->taken % grouping->settings.window) return;
  vocabulary_age(&grouping->events.terms);
  vocabulary_age(&grouping->classes.terms);
}

bool grouping_add(struct grouping *grouping, const struct grouping_appeal *appeal, struct grouping_answer *answer) {
  struct judged judged[CANDIDATES];
  double score = 1;
  if (appeal->id <= 0 || appeal_map_get(&grouping->appeals, appeal->id)) return false;
  arena_reset(grouping->arena);
  clock_on(grouping, appeal);
  struct readings readings = read_appeal(grouping, appeal, true);
  size_t count = judge_all(grouping, &readings.event, judged);
  answer_nearest(grouping, judged, count, answer);
  uint32_t slot = best_fit(grouping, judged, count, &score);
  answer->founded = !slot;
  if (slot) event_grow(grouping, slot, &readings, appeal);
  else slot = event_found(grouping, &readings, appeal);
  event_settle(grouping, slot, judged, count);
  class_again(grouping);
  retire_old(grouping);
  answer->event = grouping_event_of(grouping, appeal->id);
  answer->class = grouping_class_of(grouping, appeal->id);
  answer->score = score > 1 ? 1 : score;
  return true;
}

void grouping_offer(struct grouping *grouping, const struct grouping_appeal *appeal, const struct grouping_reader *reader,
                    struct grouping_answer *answer) {
  struct judged judged[CANDIDATES], told[CANDIDATES];
  double score = 1;
  arena_reset(grouping->arena);
  struct readings readings = read_appeal(grouping, appeal, false);
  size_t count = judge_all(grouping, &readings.event, judged), told_count = reader ? judge_for(grouping, &readings.event, reader, told) : 0;
  answer_nearest(grouping, reader ? told : judged, reader ? told_count : count, answer);
  uint32_t slot = best_fit(grouping, judged, count, &score), class = slot ? grouping_class_slot(grouping, slot) : 0;
  answer->founded = !slot;
  answer->event = slot ? grouping->events.groups[slot].id : 0;
  answer->score = score;
  if (!slot && class_all(grouping, &readings.class, judged) && judged[0].score >= grouping->settings.class_join) class = judged[0].slot;
  answer->class = class ? grouping->classes.groups[class].id : 0;
}

struct grouping_figures grouping_count(const struct grouping *grouping) {
  return (struct grouping_figures){grouping->taken,
                                   grouping->events.count ? grouping->events.count - 1 : 0,
                                   grouping->events.live,
                                   grouping->classes.live,
                                   grouping->events.terms.count,
                                   space_bytes(&grouping->events) + space_bytes(&grouping->classes) +
                                       grouping->appeals.size * (sizeof *grouping->appeals.ids + sizeof *grouping->appeals.slots)};
}

uint32_t grouping_count_live(const struct grouping *grouping) { return grouping->events.live; }
