/* Questions about groups, answered from memory under the view's read lock. Two walks: one over all appeals, which counts those in scope by
   group and is what a list is chosen from; one over the members of the groups that are shown. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "follow/groups_parts.h"
#include "follow/house.h"

/* ---- scope ---- */

/* A scope made ready for many appeals: as the store composes it (store/compose_where.c) for a record with a unit and a secrecy. */
struct seen {
  int whole;                      /* secrecy up to which every appeal is seen; -1 none */
  struct seen_units { struct map units; uint8_t secrecy; } *grants; size_t grant_count;
  struct map excluded, wanted; bool some_units;
  int64_t from, to;               /* dates; NOTHING any */
};

static void seen_make(struct seen *seen, const struct scope *scope, struct arena *arena) {
  *seen = (struct seen){.whole = scope == &SCOPE_SYSTEM ? UINT8_MAX : -1,
                        .grants = ARENA_ARRAY(arena, struct seen_units, scope->grant_count + 1),
                        .from = NOTHING,
                        .to = NOTHING};
  for (size_t i = 0; i < scope->grant_count; i++) {
    const struct grant_scope *grant = &scope->grants[i];
    bool lead = grant->relation == RELATION_LEAD;
    if (grant->relation == RELATION_ANY || (lead && grant->all)) seen->whole = grant->secrecy > seen->whole ? grant->secrecy : seen->whole;
    else if (lead) {
      struct seen_units *held = &seen->grants[seen->grant_count++];
      held->secrecy = grant->secrecy;
      for (size_t k = 0; k < grant->unit_count; k++) map_put(&held->units, grant->units[k], 1);
    }
  }
  for (size_t i = 0; i < scope->excluded_count; i++) map_put(&seen->excluded, scope->excluded[i], 1);
}

static void seen_free(struct seen *seen) {
  for (size_t i = 0; i < seen->grant_count; i++) map_free(&seen->grants[i].units);
  map_free(&seen->excluded);
  map_free(&seen->wanted);
}

static bool holds(const struct map *map, int64_t key) { return map->count && key != NOTHING && map_get(map, key) != NOTHING; }

static bool sees(const struct seen *seen, const struct group_item *item) {
  if (item->flags & ITEM_VOIDED || holds(&seen->excluded, item->id)) return false;
  if (seen->some_units && !holds(&seen->wanted, item->unit)) return false;
  if (seen->from != NOTHING && (item->made == NOTHING || date_of_moment(item->made) < seen->from)) return false;
  if (seen->to != NOTHING && (item->made == NOTHING || date_of_moment(item->made) > seen->to)) return false;
  if (item->secrecy <= seen->whole) return true;
  for (size_t i = 0; i < seen->grant_count; i++)
    if (item->secrecy <= seen->grants[i].secrecy && holds(&seen->grants[i].units, item->unit)) return true;
  return false;
}

/* ---- members ---- */

/* Where the appeal itself is; 0: in none. */
static uint32_t event_of_item(const struct group_index *index, uint32_t item) {
  uint32_t event = item ? index->items[item].event : 0;
  while (event && index->events[event].into) event = index->events[event].into;
  return event;
}

bool groups_stand(struct groups *groups, int64_t appeal, struct group_stand *stand) {
  pthread_rwlock_rdlock(&groups->lock);
  const struct group_index *index = &groups->index;
  uint32_t event = event_of_item(index, index_item(index, appeal));
  *stand = event ? (struct group_stand){index->events[event].id, index->classes[index_class_of(index, event)].id}
                 : (struct group_stand){0, 0};
  pthread_rwlock_unlock(&groups->lock);
  return event != 0;
}

static uint32_t group_at(const struct group_index *index, enum grouping_level level, int64_t id) {
  return level == GROUPING_EVENT ? index_event(index, id) : index_class(index, id);
}
static int64_t group_id(const struct group_index *index, enum grouping_level level, uint32_t at) {
  return !at ? 0 : level == GROUPING_EVENT ? index->events[at].id : index->classes[at].id;
}

int64_t groups_named(struct groups *groups, enum grouping_level level, int64_t id) {
  pthread_rwlock_rdlock(&groups->lock);
  int64_t named = group_id(&groups->index, level, group_at(&groups->index, level, id));
  pthread_rwlock_unlock(&groups->lock);
  return named;
}

/* A walk over the members of a group: event after event of a class. */
struct walk { const struct group_index *index; uint32_t event, item; bool class; };
static struct walk walk_of(const struct group_index *index, enum grouping_level level, uint32_t at) {
  struct walk walk = {.index = index, .class = level == GROUPING_CLASS};
  walk.event = !at ? 0 : walk.class ? index->classes[at].first : at;
  walk.item = walk.event ? index->events[walk.event].first : 0;
  return walk;
}
static const struct group_item *walk_next(struct walk *walk) {
  while (!walk->item && walk->class && walk->event) {
    walk->event = walk->index->events[walk->event].next;
    walk->item = walk->event ? walk->index->events[walk->event].first : 0;
  }
  if (!walk->item) return NULL;
  const struct group_item *item = &walk->index->items[walk->item];
  walk->item = item->next;
  return item;
}

static int newest_first(const void *one, const void *other) {
  int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
  return (a < b) - (a > b);
}

static size_t group_size(const struct group_index *index, enum grouping_level level, uint32_t at) {
  size_t size = 0;
  if (level == GROUPING_EVENT) return at ? index->events[at].count : 0;
  for (uint32_t event = at ? index->classes[at].first : 0; event; event = index->events[event].next) size += index->events[event].count;
  return size;
}

void groups_members(struct groups *groups, enum grouping_level level, int64_t id, int64_t below, size_t most, struct arena *arena,
                    int64_t **ids, size_t *count) {
  size_t all = 0;
  pthread_rwlock_rdlock(&groups->lock);
  uint32_t at = group_at(&groups->index, level, id);
  int64_t *members = ARENA_ARRAY(arena, int64_t, group_size(&groups->index, level, at) + 1);
  struct walk walk = walk_of(&groups->index, level, at);
  for (const struct group_item *item; (item = walk_next(&walk));)
    if (!below || item->id < below) members[all++] = item->id;
  pthread_rwlock_unlock(&groups->lock);
  qsort(members, all, sizeof *members, newest_first);
  *ids = members;
  *count = all < most ? all : most;
}

bool groups_holds(struct groups *groups, enum grouping_level level, int64_t id, int64_t appeal) {
  pthread_rwlock_rdlock(&groups->lock);
  const struct group_index *index = &groups->index;
  uint32_t item = index_item(index, appeal), at = group_at(index, level, id);
  uint32_t event = event_of_item(index, item);
  bool held = event && at && (level == GROUPING_EVENT ? event : index_class_of(index, event)) == at;
  pthread_rwlock_unlock(&groups->lock);
  return held;
}

/* Where no place is given, the event is one place. */
static int64_t place_of(const struct group_item *item, uint32_t event) {
  int64_t key = item->place ? (int64_t)item->place : -(int64_t)event;
  return key == NOTHING ? 0 : key;
}

/* ---- one group, summed up ---- */

static int by_integer(const void *one, const void *other) {
  int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
  return (a > b) - (a < b);
}
static int64_t distinct(int64_t *items, size_t count) {
  int64_t different = 0;
  qsort(items, count, sizeof *items, by_integer);
  for (size_t i = 0; i < count; i++) different += i == 0 || items[i] != items[i - 1];
  return different;
}

/* The mean of the windows before and how they scatter. */
static void predict(struct group_summary *summary, const int64_t *windows, int weeks) {
  double sum = 0, squares = 0;
  summary->lately = windows[0];
  summary->weeks = weeks;
  summary->predicted = weeks >= GROUPS_WEEKS_LEAST;
  if (!summary->predicted) return;
  for (int i = 1; i <= weeks; i++) sum += (double)windows[i];
  summary->expected = sum / weeks;
  for (int i = 1; i <= weeks; i++) squares += ((double)windows[i] - summary->expected) * ((double)windows[i] - summary->expected);
  double variance = squares / (weeks - 1);
  if (variance < summary->expected) variance = summary->expected;
  summary->deviation = variance > 1 ? sqrt(variance) : 1;
  summary->growth = ((double)summary->lately - summary->expected) / summary->deviation;
}

/* Which problems its appeals are linked to, the most of them first. */
static void problems_tell(struct group_summary *summary, int64_t *problems, size_t count) {
  qsort(problems, count, sizeof *problems, by_integer);
  summary->linked = (int64_t)count;
  for (size_t i = 0, next; i < count; i = next) {
    for (next = i; next < count && problems[next] == problems[i];) next++;
    struct group_problem one = {problems[i], (int64_t)(next - i)};
    size_t at = summary->problem_count;
    while (at && summary->problems[at - 1].count < one.count) at--;
    if (at == GROUPS_PROBLEMS) continue;
    if (summary->problem_count < GROUPS_PROBLEMS) summary->problem_count++;
    for (size_t k = summary->problem_count - 1; k > at; k--) summary->problems[k] = summary->problems[k - 1];
    summary->problems[at] = one;
  }
}

struct asking { const struct group_index *index; const struct groups_question *question; struct seen *seen; int weeks, shown; };

static bool rises(const struct group_summary *summary) {
  return summary->predicted && summary->lately >= GROUPS_RISING_LEAST && summary->growth > GROUPS_BAND;
}

static void sum_up(const struct asking *asking, uint32_t at, struct arena *arena, struct group_summary *summary) {
  const struct group_index *index = asking->index;
  const struct groups_question *question = asking->question;
  size_t most = group_size(index, question->level, at), places = 0, units = 0, events = 0, problems = 0;
  int64_t *place_keys = ARENA_ARRAY(arena, int64_t, most + 1), *unit_ids = ARENA_ARRAY(arena, int64_t, most + 1),
          *event_ids = ARENA_ARRAY(arena, int64_t, most + 1), *problem_ids = ARENA_ARRAY(arena, int64_t, most + 1),
          windows[GROUPS_WEEKS_MOST + 1] = {0};
  struct walk walk = walk_of(index, question->level, at);
  *summary = (struct group_summary){.id = group_id(index, question->level, at), .first = NOTHING, .latest = NOTHING};
  summary->class = question->level == GROUPING_CLASS ? summary->id : index->classes[index_class_of(index, at)].id;
  for (const struct group_item *item; (item = walk_next(&walk));) {
    if (!sees(asking->seen, item)) continue;
    summary->members++;
    event_ids[events++] = walk.event;
    place_keys[places++] = place_of(item, walk.event);
    if (item->unit != NOTHING) unit_ids[units++] = item->unit;
    if (item->problem != NOTHING) problem_ids[problems++] = item->problem;
    if (item->id > summary->newest) summary->newest = item->id;
    summary->rated += (item->flags & ITEM_RATED) != 0;
    summary->dissatisfied += (item->flags & ITEM_DISSATISFIED) != 0;
    if (item->made == NOTHING) continue;
    if (summary->first == NOTHING || item->made < summary->first) summary->first = item->made;
    if (summary->latest == NOTHING || item->made > summary->latest) summary->latest = item->made;
    int64_t ago = question->today - date_of_moment(item->made);
    if (ago >= 0 && ago / 7 <= asking->weeks) windows[ago / 7]++;
    if (ago >= 0 && ago / 7 < asking->shown) summary->by_week[ago / 7]++;
  }
  summary->places = distinct(place_keys, places);
  summary->units = distinct(unit_ids, units);
  summary->events = distinct(event_ids, events);
  summary->week_count = asking->shown;
  problems_tell(summary, problem_ids, problems);
  predict(summary, windows, asking->weeks);
}

/* ---- lists ---- */

struct ranked { uint32_t at; double value; int64_t id; };
static int by_value(const void *one, const void *other) {
  const struct ranked *a = one, *b = other;
  if (a->value != b->value) return a->value < b->value ? 1 : -1;
  return (a->id > b->id) - (a->id < b->id);
}

/* One walk: how many one sees in each group, how many of them lately, and when the last was made. */
struct counted { uint32_t members, lately, linked, dissatisfied; int64_t latest; };

static struct counted *count_all(const struct asking *asking, struct arena *arena, int64_t *earliest) {
  const struct group_index *index = asking->index;
  const struct groups_question *question = asking->question;
  bool events = question->level == GROUPING_EVENT;
  struct counted *counted = ARENA_ARRAY(arena, struct counted, (events ? index->event_count : index->class_count) + 1u);
  *earliest = NOTHING;
  for (uint32_t i = 1; i < index->item_count; i++) {
    const struct group_item *item = &index->items[i];
    if (item->made != NOTHING && item->event && (*earliest == NOTHING || item->made < *earliest)) *earliest = item->made;
    if (!item->event || !sees(asking->seen, item)) continue;
    uint32_t at = event_of_item(index, i);
    if (!events) at = index_class_of(index, at);
    counted[at].members++;
    counted[at].linked += item->problem != NOTHING;
    counted[at].dissatisfied += (item->flags & ITEM_DISSATISFIED) != 0;
    if (item->made == NOTHING) continue;
    int64_t ago = question->today - date_of_moment(item->made);
    counted[at].lately += ago >= 0 && ago < 7;
    if (item->made > counted[at].latest || counted[at].members == 1) counted[at].latest = item->made;
  }
  return counted;
}

/* Whole windows between the first appeal of all and the last seven days. */
static int weeks_of(const struct groups_question *question, int64_t earliest) {
  int64_t wanted = question->weeks > 0 ? question->weeks : GROUPS_WEEKS,
          there = earliest == NOTHING ? 0 : (question->today - date_of_moment(earliest) + 1) / 7 - 1;
  if (wanted > GROUPS_WEEKS_MOST) wanted = GROUPS_WEEKS_MOST;
  return (int)(there < 0 ? 0 : there < wanted ? there : wanted);
}

static bool wanted(const struct asking *asking, uint32_t at, const struct counted *counted) {
  const struct groups_question *question = asking->question;
  size_t least = question->least > 1 ? question->least : 1;
  if (question->id && at != group_at(asking->index, question->level, question->id)) return false;
  if (question->class && question->level == GROUPING_EVENT &&
      (!counted[at].members || index_class_of(asking->index, at) != index_class(asking->index, question->class)))
    return false;
  if (question->linked != GROUPS_WHETHER_LINKED && (counted[at].linked > 0) != (question->linked == GROUPS_LINKED)) return false;
  if (question->rising && counted[at].lately < GROUPS_RISING_LEAST) return false;
  return counted[at].members >= least;
}

static double value_of(const struct asking *asking, uint32_t at, const struct counted *counted, struct arena *scratch) {
  struct group_summary summary;
  if (asking->question->sort == GROUPS_BY_SIZE) return counted[at].members;
  if (asking->question->sort == GROUPS_BY_LATEST) return (double)counted[at].latest;
  if (asking->question->sort == GROUPS_BY_DISSATISFIED) return counted[at].dissatisfied;
  if (counted[at].lately < GROUPS_RISING_LEAST) return -1e9;
  sum_up(asking, at, scratch, &summary);
  arena_reset(scratch);
  return summary.predicted ? summary.growth : -1e9;
}

/* Where only risen ones are asked for: has it left what the past predicts? */
static bool left_band(const struct asking *asking, uint32_t at, struct arena *scratch) {
  struct group_summary summary;
  if (!asking->question->rising) return true;
  sum_up(asking, at, scratch, &summary);
  arena_reset(scratch);
  return rises(&summary);
}

static void list_make(const struct asking *asking, const struct counted *counted, struct arena *arena, struct groups_page *page) {
  const struct groups_question *question = asking->question;
  uint32_t most = question->level == GROUPING_EVENT ? asking->index->event_count : asking->index->class_count;
  struct ranked *ranked = ARENA_ARRAY(arena, struct ranked, most + 1u);
  struct arena *scratch = arena_new();
  size_t count = 0;
  for (uint32_t at = 1; at < most; at++) {
    if (!wanted(asking, at, counted) || !left_band(asking, at, scratch)) continue;
    page->appeals += counted[at].members;
    ranked[count++] = (struct ranked){at, value_of(asking, at, counted, scratch), group_id(asking->index, question->level, at)};
  }
  arena_free(scratch);
  qsort(ranked, count, sizeof *ranked, by_value);
  page->total = (int64_t)count;
  size_t left = count > question->skip ? count - question->skip : 0;
  page->count = left < question->limit ? left : question->limit;
  page->items = ARENA_ARRAY(arena, struct group_summary, page->count + 1);
  for (size_t i = 0; i < page->count; i++) sum_up(asking, ranked[question->skip + i].at, arena, &page->items[i]);
}

void groups_list(struct groups *groups, const struct groups_question *question, struct arena *arena, struct groups_page *page) {
  struct seen seen;
  int64_t earliest = NOTHING;
  *page = (struct groups_page){0};
  seen_make(&seen, question->scope, arena);
  seen.from = question->from;
  seen.to = question->to;
  seen.some_units = question->unit_count > 0;
  for (int64_t i = 0; i < question->unit_count; i++) map_put(&seen.wanted, question->units[i], 1);
  pthread_rwlock_rdlock(&groups->lock);
  struct asking asking = {.index = &groups->index, .question = question, .seen = &seen};
  const struct counted *counted = count_all(&asking, arena, &earliest);
  asking.weeks = weeks_of(question, earliest);
  asking.shown = weeks_of(&(struct groups_question){.today = question->today, .weeks = GROUPS_SHOWN_WEEKS - 1}, earliest) + 1;
  list_make(&asking, counted, arena, page);
  page->journal = groups->at;
  pthread_rwlock_unlock(&groups->lock);
  seen_free(&seen);
}

/* ---- spread ---- */

static int by_share(const void *one, const void *other) {
  const struct group_share *a = one, *b = other;
  if (a->count != b->count) return a->count < b->count ? 1 : -1;
  return (a->newest < b->newest) - (a->newest > b->newest);
}

static void share_add(struct map *at, struct group_share *shares, size_t *count, int64_t key, int64_t unit, int64_t appeal) {
  int64_t place = at->count ? map_get(at, key) : NOTHING;
  if (place == NOTHING) {
    place = (int64_t)(*count)++;
    map_put(at, key, place);
    shares[place] = (struct group_share){.unit = unit};
  }
  shares[place].count++;
  if (appeal > shares[place].newest) shares[place].newest = appeal;
}

void groups_spread(struct groups *groups, enum grouping_level level, int64_t id, const struct scope *scope, size_t most,
                   struct arena *arena, struct group_spread *spread) {
  struct seen seen;
  struct map units = {0}, places = {0};
  seen_make(&seen, scope, arena);
  pthread_rwlock_rdlock(&groups->lock);
  uint32_t at = group_at(&groups->index, level, id);
  size_t size = group_size(&groups->index, level, at);
  *spread = (struct group_spread){.units = ARENA_ARRAY(arena, struct group_share, size + 1),
                                  .places = ARENA_ARRAY(arena, struct group_share, size + 1)};
  struct walk walk = walk_of(&groups->index, level, at);
  for (const struct group_item *item; (item = walk_next(&walk));) {
    if (!sees(&seen, item)) continue;
    share_add(&units, spread->units, &spread->unit_count, item->unit == NOTHING ? 0 : item->unit, item->unit, item->id);
    share_add(&places, spread->places, &spread->place_count, place_of(item, walk.event), NOTHING, item->id);
  }
  pthread_rwlock_unlock(&groups->lock);
  qsort(spread->units, spread->unit_count, sizeof *spread->units, by_share);
  qsort(spread->places, spread->place_count, sizeof *spread->places, by_share);
  if (spread->unit_count > most) spread->unit_count = most;
  if (spread->place_count > most) spread->place_count = most;
  map_free(&units);
  map_free(&places);
  seen_free(&seen);
}

/* ---- what an appeal may belong to ---- */

/* Whom an offer is for: he is told of events in which he sees another appeal than the one that is asked about. */
struct offering { const struct group_index *index; const struct seen *seen; int64_t appeal; };

static bool offer_sees(const struct offering *offering, const struct group_item *item) {
  return item->id != offering->appeal && sees(offering->seen, item);
}

static bool offer_tells(const void *with, int64_t event) {
  const struct offering *offering = with;
  struct walk walk = walk_of(offering->index, GROUPING_EVENT, index_event(offering->index, event));
  for (const struct group_item *item; (item = walk_next(&walk));)
    if (offer_sees(offering, item)) return true;
  return false;
}

/* The events of the newest appeals that he sees; how far back is bounded, as others wait meanwhile. */
static size_t offer_more(const void *with, int64_t events[GROUPING_MORE]) {
  enum { LOOKED_AT = 100000 };
  const struct offering *offering = with;
  const struct group_index *index = offering->index;
  struct map known = {0};
  size_t count = 0;
  for (uint32_t i = index->item_count, looked = 0; i > 1 && looked < LOOKED_AT && count < GROUPING_MORE; looked++) {
    const struct group_item *item = &index->items[--i];
    if (!item->event || !offer_sees(offering, item)) continue;
    uint32_t event = event_of_item(index, i);
    if (holds(&known, event)) continue;
    map_put(&known, event, 1);
    events[count++] = index->events[event].id;
  }
  map_free(&known);
  return count;
}

static void offer_fill(const struct offering *offering, const struct grouping_near *near, struct group_offer *offer) {
  const struct group_index *index = offering->index;
  uint32_t at = index_event(index, near->event);
  *offer = (struct group_offer){.event = index->events[at].id, .class = index->classes[index_class_of(index, at)].id, .score = near->score,
                                .own = event_of_item(index, index_item(index, offering->appeal)) == at};
  struct walk walk = walk_of(index, GROUPING_EVENT, at);
  for (const struct group_item *item; (item = walk_next(&walk));) {
    if (!offer_sees(offering, item)) continue;
    offer->members++;
    if (item->id > offer->newest) offer->newest = item->id;
  }
}

/* The engine reads the appeal in its own room: the write lock keeps others out. */
void groups_offer(struct groups *groups, const struct grouping_appeal *appeal, const struct scope *scope, struct groups_offered *offered) {
  struct grouping_answer answer;
  struct seen seen;
  struct arena *arena = arena_new();
  struct offering offering = {&groups->index, &seen, appeal->id};
  *offered = (struct groups_offered){0};
  seen_make(&seen, scope, arena);
  pthread_rwlock_wrlock(&groups->lock);
  grouping_offer(groups->engine, appeal, &(struct grouping_reader){offer_tells, offer_more, &offering}, &answer);
  uint32_t stands = event_of_item(&groups->index, index_item(&groups->index, appeal->id));
  offered->event = stands ? groups->index.events[stands].id : answer.event;
  offered->class = stands ? groups->index.classes[index_class_of(&groups->index, stands)].id : answer.class;
  for (size_t i = 0; i < answer.nearest_count; i++) offer_fill(&offering, &answer.nearest[i], &offered->items[offered->count++]);
  offered->journal = groups->at;
  pthread_rwlock_unlock(&groups->lock);
  seen_free(&seen);
  arena_free(arena);
}

void groups_place(struct groups *groups, const struct grouping_appeal *text, struct group_stand *stand) {
  struct grouping_answer answer;
  pthread_rwlock_wrlock(&groups->lock);
  grouping_offer(groups->engine, text, NULL, &answer);
  pthread_rwlock_unlock(&groups->lock);
  *stand = (struct group_stand){answer.event, answer.class};
}

enum grouping_where groups_where(struct groups *groups, const struct grouping_appeal *appeal, const struct grouping_appeal *text, bool *named) {
  pthread_rwlock_wrlock(&groups->lock);
  enum grouping_where where = grouping_where(groups->engine, appeal, text, named);
  pthread_rwlock_unlock(&groups->lock);
  return where;
}

/* ---- curves ---- */

static size_t bucket_of(const int64_t *bounds, size_t buckets, int64_t date) {
  size_t low = 0, high = buckets;
  if (date < bounds[0] || date >= bounds[buckets]) return buckets;
  while (high - low > 1) {
    size_t middle = (low + high) / 2;
    if (bounds[middle] <= date) low = middle;
    else high = middle;
  }
  return low;
}

void groups_curve(struct groups *groups, const int64_t *classes, size_t class_count, const struct scope *scope, const int64_t *bounds,
                  size_t buckets, struct arena *arena, struct groups_curve *curve) {
  struct seen seen;
  *curve = (struct groups_curve){ARENA_ARRAY(arena, int64_t, buckets + 1), ARENA_ARRAY(arena, int64_t, buckets + 1)};
  int64_t first = moment_of_date(bounds[0]), last = moment_of_date(bounds[buckets]);
  seen_make(&seen, scope, arena);
  pthread_rwlock_rdlock(&groups->lock);
  const struct group_index *index = &groups->index;
  bool *inside = ARENA_ARRAY(arena, bool, index->class_count + 1u);
  for (size_t i = 0; i < class_count; i++) inside[index_class(index, classes[i])] = true;
  inside[0] = false;
  for (uint32_t i = 1; i < index->item_count; i++) {
    const struct group_item *item = &index->items[i];
    if (!item->event || item->made < first || item->made >= last || !sees(&seen, item)) continue;
    size_t bucket = bucket_of(bounds, buckets, date_of_moment(item->made));
    if (bucket == buckets) continue;
    uint32_t event = event_of_item(index, i);
    (inside[index_class_of(index, event)] ? curve->inside : curve->outside)[bucket]++;
  }
  pthread_rwlock_unlock(&groups->lock);
  seen_free(&seen);
}
