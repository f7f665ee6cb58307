/* Steps, sums and means: no store, no clock. The texts of frozen baselines as well, since a date asked of an old one is answered from
   them. */
#include "rules/planned.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/room.h"

enum { WHOLE = 10000 };

static int64_t capped(int64_t weight) { return weight > WHOLE ? WHOLE : weight; }

int64_t steps_before(const struct steps *steps, int64_t date) {
  int64_t sum = 0;
  for (size_t i = 0; i < steps->count && sum < WHOLE; i++)
    if (steps->items[i].date < date) sum += steps->items[i].weight;
  return capped(sum);
}

int64_t steps_until(const struct steps *steps, int64_t date) {
  int64_t sum = 0;
  for (size_t i = 0; i < steps->count && sum < WHOLE; i++)
    if (steps->items[i].date <= date) sum += steps->items[i].weight;
  return capped(sum);
}

int64_t weight_mean(const int64_t *weights, size_t count) {
  int64_t sum = 0;
  for (size_t i = 0; i < count; i++) sum += weights[i];
  return count ? sum / (int64_t)count : NOTHING;
}

static int64_t mean_of(const struct progress *items, size_t count, int64_t date, bool planned) {
  int64_t sum = 0;
  for (size_t i = 0; i < count; i++) sum += planned ? steps_before(&items[i].planned, date) : steps_until(&items[i].accepted, date);
  return count ? sum / (int64_t)count : NOTHING;
}

int64_t progress_planned(const struct progress *items, size_t count, int64_t date) { return mean_of(items, count, date, true); }
int64_t progress_accepted(const struct progress *items, size_t count, int64_t date) { return mean_of(items, count, date, false); }

/* ---- steps ---- */

void steps_add(struct arena *arena, struct steps *steps, int64_t date, int64_t weight) {
  ARENA_ROOM(arena, steps->items, steps->count, steps->room, 16);
  steps->items[steps->count++] = (struct step){date, weight};
}

static int by_date(const void *one, const void *other) {
  const struct step *a = one, *b = other;
  return (a->date > b->date) - (a->date < b->date);
}

void steps_sort(struct steps *steps) {
  if (steps->count) qsort(steps->items, steps->count, sizeof *steps->items, by_date);
}

size_t progress_dates(struct arena *arena, const struct progress *items, size_t count, int64_t **dates) {
  struct steps all = {0};
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    if (items[i].baseline_on != NOTHING) steps_add(arena, &all, items[i].baseline_on, 0);
    for (size_t k = 0; k < items[i].planned.count; k++) steps_add(arena, &all, items[i].planned.items[k].date + 1, 0);
    for (size_t k = 0; k < items[i].accepted.count; k++) steps_add(arena, &all, items[i].accepted.items[k].date, 0);
  }
  steps_sort(&all);
  *dates = ARENA_ARRAY(arena, int64_t, all.count + 1);
  for (size_t i = 0; i < all.count; i++)
    if (!kept || (*dates)[kept - 1] != all.items[i].date) (*dates)[kept++] = all.items[i].date;
  return kept;
}

/* ---- what accepted measures weigh ---- */

void weighing_add(struct weighing *weighing, const struct row *measure) {
  int64_t frozen = row_integer(measure, MEASURE_BASE_WEIGHT), weight = row_integer(measure, MEASURE_WEIGHT);
  bool fixed = frozen != NOTHING;
  weighing->frozen = weighing->frozen || fixed;
  if (fixed && measure->state != MEASURE_CANCELLED) weighing->standing += frozen;
  if (measure->state != MEASURE_ACCEPTED) return;
  if (fixed) weighing->accepted += frozen;
  else if (weight != NOTHING) weighing->added += weight;
}

int64_t weighing_room(const struct weighing *weighing) {
  if (!weighing->frozen) return WHOLE;
  return weighing->standing < WHOLE ? WHOLE - weighing->standing : 0;
}

int64_t weighing_accepted(const struct weighing *weighing) {
  int64_t room = weighing_room(weighing);
  return capped(weighing->accepted + (weighing->added < room ? weighing->added : room));
}

/* ---- from the store ---- */

struct gathering { struct arena *arena; struct progress *progress; struct weighing weighing; struct steps added; };

/* A measure that was cancelled later stays in the frozen plan, as it does for colours. */
static bool gather(void *with, const struct row *measure) {
  struct gathering *gathering = with;
  struct progress *progress = gathering->progress;
  int64_t due = row_integer(measure, MEASURE_BASE_DUE), frozen = row_integer(measure, MEASURE_BASE_WEIGHT);
  int64_t on = row_integer(measure, MEASURE_ACCEPTED_ON), weight = row_integer(measure, MEASURE_WEIGHT);
  weighing_add(&gathering->weighing, measure);
  if (due != NOTHING && frozen != NOTHING) steps_add(gathering->arena, &progress->planned, due, frozen);
  if (measure->state != MEASURE_ACCEPTED || on == NOTHING) return true;
  if (frozen != NOTHING) steps_add(gathering->arena, &progress->accepted, on, frozen);
  else if (weight != NOTHING) steps_add(gathering->arena, &gathering->added, on, weight);
  return true;
}

/* In the order of their days, until the room that was cancelled is filled. */
static void added_join(struct gathering *gathering) {
  int64_t room = weighing_room(&gathering->weighing);
  steps_sort(&gathering->added);
  for (size_t i = 0; i < gathering->added.count && room > 0; i++) {
    int64_t weight = gathering->added.items[i].weight < room ? gathering->added.items[i].weight : room;
    steps_add(gathering->arena, &gathering->progress->accepted, gathering->added.items[i].date, weight);
    room -= weight;
  }
}

enum store_error progress_read(struct reader *reader, const struct row *problem, int64_t cycle, struct arena *arena, struct progress *progress) {
  bool present = cycle == NOTHING || cycle == row_integer(problem, PROBLEM_CYCLE);
  struct value of = value_integer(MEASURE_PROBLEM, problem->id), which = value_integer(MEASURE_CYCLE, cycle == NOTHING ? row_integer(problem, PROBLEM_CYCLE) : cycle);
  struct condition conditions[] = {{MEASURE_PROBLEM, C_IS, &of, 1}, {MEASURE_CYCLE, C_IS, &which, 1}};
  struct query query = {.type = record_type(RECORD_MEASURE), .conditions = conditions, .condition_count = 2, .expected = -1};
  struct gathering gathering = {.arena = arena, .progress = progress};
  *progress = (struct progress){.problem = problem->id, .cycle = which.integer, .baseline_on = present ? row_integer(problem, PROBLEM_BASELINE_ON) : NOTHING};
  enum store_error error = reader_list(reader, &query, &SCOPE_SYSTEM, arena, gather, &gathering);
  added_join(&gathering);
  steps_sort(&progress->planned);
  steps_sort(&progress->accepted);
  return error;
}

/* ---- frozen baselines as text ---- */

char *frozen_print(struct arena *arena, const struct frozen *items, size_t count) {
  struct buffer out = {.arena = arena};
  buffer_byte(&out, '[');
  for (size_t i = 0; i < count; i++)
    buffer_print(&out, "%s[%lld,%lld,%lld,%lld,%lld]", i ? "," : "", (long long)items[i].problem, (long long)items[i].measure,
                 (long long)items[i].start, (long long)items[i].due, (long long)items[i].weight);
  buffer_byte(&out, ']');
  return out.bytes;
}

static bool number_of(const json_t *list, size_t at, int64_t *number) {
  const json_t *value = json_array_get(list, at);
  *number = json_is_integer(value) ? json_integer_value(value) : 0;
  return json_is_integer(value);
}

static bool frozen_of(struct arena *arena, const json_t *list, struct frozen **items, size_t *count) {
  bool right = json_is_array(list);
  *count = right ? json_array_size(list) : 0;
  *items = ARENA_ARRAY(arena, struct frozen, *count + 1);
  for (size_t i = 0; i < *count && right; i++) {
    const json_t *one = json_array_get(list, i);
    struct frozen *item = &(*items)[i];
    right = json_is_array(one) && json_array_size(one) == 5 && number_of(one, 0, &item->problem) && number_of(one, 1, &item->measure) &&
            number_of(one, 2, &item->start) && number_of(one, 3, &item->due) && number_of(one, 4, &item->weight) && item->weight >= 0 &&
            item->weight <= WHOLE;
  }
  return right;
}

bool frozen_parse(struct arena *arena, const char *json, struct frozen **items, size_t *count) {
  json_t *list = json ? json_loads(json, 0, NULL) : NULL;
  bool right = frozen_of(arena, list, items, count);
  json_decref(list);
  return right;
}

/* What cannot be read is never written over: the new one is added to its end as text. */
char *baselines_add(struct arena *arena, const char *baselines, int64_t on, const char *steps) {
  size_t size = baselines ? strlen(baselines) : 0;
  json_t *list = size ? json_loads(baselines, 0, NULL) : NULL;
  size_t number = json_is_array(list) ? json_array_size(list) + 1 : 1;
  json_decref(list);
  if (size < 2) return arena_print(arena, "[{\"number\":1,\"on\":%lld,\"steps\":%s}]", (long long)on, steps);
  return arena_print(arena, "%.*s,{\"number\":%zu,\"on\":%lld,\"steps\":%s}]", (int)(size - 1), baselines, number, (long long)on, steps);
}

bool baselines_get(struct arena *arena, const char *baselines, int64_t which, int64_t *on, struct frozen **items, size_t *count) {
  json_t *list = baselines ? json_loads(baselines, 0, NULL) : NULL;
  const json_t *one = which > 0 ? json_array_get(list, (size_t)which - 1) : NULL, *day = json_object_get(one, "on");
  bool right = json_is_integer(day) && frozen_of(arena, json_object_get(one, "steps"), items, count);
  *on = right ? json_integer_value(day) : NOTHING;
  json_decref(list);
  return right;
}
