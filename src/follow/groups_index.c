/* The lists beside the engine: which appeals are in an event, which events in a class. The engine says where each appeal stands and tells
   of every joining; here chains are hung together, so that a group's members are found without looking at others. Knows no journal. */
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "follow/groups_parts.h"

static void *room_for(void *items, uint32_t count, uint32_t *room, size_t size) {
  if (count < *room) return items;
  uint32_t wider = *room ? *room + *room / 2 : 256;
  void *more = heap_resized(items, wider, size);
  memset((char *)more + *room * size, 0, (wider - *room) * size);
  *room = wider;
  return more;
}

void index_free(struct group_index *index) {
  free(index->items);
  free(index->events);
  free(index->classes);
  map_free(&index->item_of);
  map_free(&index->event_of);
  map_free(&index->class_of);
  *index = (struct group_index){0};
}

static uint32_t found(const struct map *map, int64_t id) {
  int64_t at = map->room ? map_get(map, id) : NOTHING;
  return at == NOTHING ? 0 : (uint32_t)at;
}

uint32_t index_item(const struct group_index *index, int64_t id) { return found(&index->item_of, id); }

struct group_item *index_add(struct group_index *index, int64_t id) {
  if (!index->item_count) index->item_count = 1;
  index->items = room_for(index->items, index->item_count, &index->item_room, sizeof *index->items);
  uint32_t at = index->item_count++;
  index->items[at] = (struct group_item){.id = id, .made = NOTHING, .unit = NOTHING, .problem = NOTHING};
  map_put(&index->item_of, id, at);
  return &index->items[at];
}

static uint32_t event_stands(const struct group_index *index, uint32_t event) {
  while (event && index->events[event].into) event = index->events[event].into;
  return event;
}
static uint32_t class_stands(const struct group_index *index, uint32_t class) {
  while (class && index->classes[class].into) class = index->classes[class].into;
  return class;
}

uint32_t index_class_of(const struct group_index *index, uint32_t event) { return class_stands(index, index->events[event].class); }

uint32_t index_event(const struct group_index *index, int64_t id) {
  uint32_t event = event_stands(index, found(&index->event_of, id)), item = index_item(index, id);
  if (event && index->events[event].count) return event;
  return item ? event_stands(index, index->items[item].event) : 0;
}

uint32_t index_class(const struct group_index *index, int64_t id) {
  uint32_t class = class_stands(index, found(&index->class_of, id));
  if (class && index->classes[class].events) return class;
  uint32_t event = index_event(index, id);
  return event ? index_class_of(index, event) : 0;
}

/* ---- chains ---- */

static void event_leave_class(struct group_index *index, uint32_t event) {
  struct group_event *one = &index->events[event];
  uint32_t at = class_stands(index, one->class);
  if (!at) return;
  struct group_class *class = &index->classes[at];
  *(one->before ? &index->events[one->before].next : &class->first) = one->next;
  *(one->next ? &index->events[one->next].before : &class->last) = one->before;
  one->next = one->before = one->class = 0;
  class->events--;
}

static void event_enter_class(struct group_index *index, uint32_t event, uint32_t at) {
  struct group_event *one = &index->events[event];
  struct group_class *class = &index->classes[at];
  one->class = at;
  one->before = class->last;
  one->next = 0;
  *(class->last ? &index->events[class->last].next : &class->first) = event;
  class->last = event;
  class->events++;
}

void index_unseat(struct group_index *index, uint32_t at) {
  struct group_item *item = &index->items[at];
  uint32_t event = event_stands(index, item->event);
  if (!event) return;
  struct group_event *from = &index->events[event];
  *(item->before ? &index->items[item->before].next : &from->first) = item->next;
  *(item->next ? &index->items[item->next].before : &from->last) = item->before;
  item->next = item->before = item->event = 0;
  if (!--from->count) event_leave_class(index, event);
}

/* An entry of that very id that stands and is not another's name by now. */
static uint32_t event_made(struct group_index *index, int64_t id) {
  uint32_t at = found(&index->event_of, id);
  if (at && !index->events[at].into) return at;
  if (!index->event_count) index->event_count = 1;
  index->events = room_for(index->events, index->event_count, &index->event_room, sizeof *index->events);
  at = index->event_count++;
  index->events[at] = (struct group_event){.id = id};
  map_put(&index->event_of, id, at);
  return at;
}

static uint32_t class_made(struct group_index *index, int64_t id) {
  uint32_t at = found(&index->class_of, id);
  if (at && !index->classes[at].into) return at;
  if (!index->class_count) index->class_count = 1;
  index->classes = room_for(index->classes, index->class_count, &index->class_room, sizeof *index->classes);
  at = index->class_count++;
  index->classes[at] = (struct group_class){.id = id};
  map_put(&index->class_of, id, at);
  return at;
}

void index_seat(struct group_index *index, uint32_t at, int64_t event_id, int64_t class_id) {
  if (index->items[at].event) index_unseat(index, at);
  uint32_t event = event_made(index, event_id), class = class_made(index, class_id);
  struct group_item *item = &index->items[at];
  struct group_event *into = &index->events[event];
  item->event = event;
  item->before = into->last;
  item->next = 0;
  *(into->last ? &index->items[into->last].next : &into->first) = at;
  into->last = at;
  into->count++;
  if (class_stands(index, into->class) == class) return;
  event_leave_class(index, event);
  event_enter_class(index, event, class);
}

/* ---- joinings ---- */

static void events_join(struct group_index *index, uint32_t from, uint32_t to) {
  struct group_event *giver = &index->events[from], *taker = &index->events[to];
  event_leave_class(index, from);
  if (giver->count) {
    *(taker->last ? &index->items[taker->last].next : &taker->first) = giver->first;
    index->items[giver->first].before = taker->last;
    taker->last = giver->last;
    taker->count += giver->count;
  }
  giver->first = giver->last = giver->count = 0;
  giver->into = to;
}

static void classes_join(struct group_index *index, uint32_t from, uint32_t to) {
  struct group_class *giver = &index->classes[from], *taker = &index->classes[to];
  if (giver->events) {
    *(taker->last ? &index->events[taker->last].next : &taker->first) = giver->first;
    index->events[giver->first].before = taker->last;
    taker->last = giver->last;
    taker->events += giver->events;
  }
  giver->first = giver->last = giver->events = 0;
  giver->into = to;
}

/* A group that holds nothing here (all of it voided) needs no joining. */
void index_joined(void *with, enum grouping_level level, int64_t from_id, int64_t into_id) {
  struct group_index *index = with;
  const struct map *map = level == GROUPING_EVENT ? &index->event_of : &index->class_of;
  uint32_t from = found(map, from_id);
  if (!from || from_id == into_id) return;
  uint32_t into = level == GROUPING_EVENT ? event_made(index, into_id) : class_made(index, into_id);
  if (from == into || (level == GROUPING_EVENT ? index->events[from].into : index->classes[from].into)) return;
  if (level == GROUPING_EVENT) {
    uint32_t class = index_class_of(index, from);
    bool empty = !index->events[into].count && index->events[from].count;
    events_join(index, from, into);
    if (empty && class) event_enter_class(index, into, class);
  } else classes_join(index, from, into);
}
