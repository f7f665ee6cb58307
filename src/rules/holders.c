/* Days held and overdue by each holder: reckoned from who held it and which date it had then, both by day. The journal tells the
   dates, holding records tell the holders. Judges nothing and writes nothing. */
#include "rules/holders.h"

#include <string.h>

#include "base/room.h"
#include "store/seal.h"

/* ---- pure ---- */

static int64_t later(int64_t one, int64_t other) { return one > other ? one : other; /* NOTHING is the least of all */ }
static int64_t sooner(int64_t one, int64_t other) { return one < other ? one : other; }

/* Days d with from < d <= to that lie behind the date that was in force when d began. */
static int64_t overdue_between(int64_t from, int64_t to, int64_t own_due, const struct due_span *dues, size_t count) {
  int64_t days = 0;
  for (size_t i = 0; i < count; i++) {
    int64_t end = i + 1 < count ? sooner(to, dues[i + 1].from) : to, begin = later(from, dues[i].from);
    if (dues[i].due == NOTHING) continue;
    begin = later(begin, later(dues[i].due, own_due));
    if (end > begin) days += end - begin;
  }
  return days;
}

void holders_reckon(struct held_span *held, size_t count, const struct due_span *dues, size_t due_count, int64_t today) {
  for (size_t i = 0; i < count; i++) {
    struct held_span *span = &held[i];
    int64_t to = span->to == NOTHING ? later(today, span->from) : span->to;
    span->days = to - span->from;
    span->overdue = overdue_between(span->from, to, NOTHING, dues, due_count);
    span->own_overdue = overdue_between(span->from, to, span->own_due, dues, due_count);
  }
}

bool holders_circle(const int64_t *units, size_t count, int64_t receiver) {
  for (size_t i = 0; i < count; i++)
    if (units[i] == receiver) return true;
  return false;
}

/* ---- the dates, from the journal ---- */

struct replay {
  struct arena *arena;
  struct row *row;
  struct due_span *items;
  size_t count, room, paused /* how many stood when it was applied for */;
};

static bool works(state_code state) {
  return state == PROBLEM_ASSIGNED || state == PROBLEM_TAKEN || state == PROBLEM_RECTIFYING || state == PROBLEM_DISPUTED;
}
static bool reviewed(state_code state) { return state >= PROBLEM_APPLIED && state <= PROBLEM_PUBLICISED; }

static void span_add(struct replay *replay, int64_t from, int64_t due) {
  const struct due_span *last = replay->count ? &replay->items[replay->count - 1] : NULL;
  if (last ? last->due == due : due == NOTHING) return;
  if (last) from = later(from, last->from);
  ARENA_ROOM(replay->arena, replay->items, replay->count, replay->room, 8);
  replay->items[replay->count++] = (struct due_span){from, due};
}

static bool replay_take(void *with, const struct entry *entry) {
  struct replay *replay = with;
  state_code before = replay->row->id ? replay->row->state : STATE_NONE;
  int64_t date = date_of_moment(entry->happened == NOTHING ? entry->moment : entry->happened);
  if (!entry->body || !body_apply(replay->arena, entry, replay->row)) return true;
  if (works(before) && reviewed(replay->row->state)) replay->paused = replay->count;
  if (reviewed(before) && works(replay->row->state)) replay->count = replay->paused; /* sent back: the clock ran on */
  span_add(replay, date, works(replay->row->state) ? row_integer(replay->row, PROBLEM_DUE) : NOTHING);
  return true;
}

enum store_error holders_dues(struct reader *reader, const struct row *problem, struct arena *arena, struct due_span **dues, size_t *count) {
  struct replay replay = {.arena = arena, .row = row_new(arena, problem->type)};
  enum store_error error = reader_history(reader, RECORD_PROBLEM, problem->id, replay_take, &replay);
  *dues = replay.items;
  *count = replay.count;
  return error;
}

/* ---- the holders, from their records ---- */

struct gathered { struct arena *arena; struct held_span *items; size_t count, room, most; bool more; int64_t *problems; };

static void held_add(struct gathered *gathered, struct held_span span, int64_t problem) {
  if (gathered->count == gathered->room) {
    size_t room = gathered->room ? 2 * gathered->room : 8;
    struct held_span *items = ARENA_ARRAY(gathered->arena, struct held_span, room);
    int64_t *problems = ARENA_ARRAY(gathered->arena, int64_t, room);
    if (gathered->count) {
      memcpy(items, gathered->items, gathered->count * sizeof *items);
      memcpy(problems, gathered->problems, gathered->count * sizeof *problems);
    }
    gathered->items = items;
    gathered->problems = problems;
    gathered->room = room;
  }
  gathered->problems[gathered->count] = problem;
  gathered->items[gathered->count++] = span;
}

static bool held_take(void *with, const struct row *row) {
  struct gathered *gathered = with;
  if (gathered->most && gathered->count == gathered->most) {
    gathered->more = true;
    return false;
  }
  int64_t days = row_integer(row, HOLDING_DAYS), overdue = row_integer(row, HOLDING_OVERDUE), own = row_integer(row, HOLDING_OWN_OVERDUE);
  held_add(gathered,
           (struct held_span){.id = row->id,
                              .unit = row_integer(row, HOLDING_UNIT),
                              .from = row_integer(row, HOLDING_FROM),
                              .to = row_integer(row, HOLDING_TO),
                              .own_due = row_integer(row, HOLDING_OWN_DUE),
                              .how = row_integer(row, HOLDING_HOW),
                              .cycle = row_integer(row, HOLDING_CYCLE),
                              .provisional = row_integer(row, HOLDING_PROVISIONAL) == 1,
                              .days = days == NOTHING ? 0 : days,
                              .overdue = overdue == NOTHING ? 0 : overdue,
                              .own_overdue = own == NOTHING ? 0 : own},
           row_integer(row, HOLDING_PROBLEM));
  return true;
}

/* Assigned before holdings were kept: whoever leads it, since it was assigned. */
static void held_of_row(struct gathered *gathered, const struct row *problem) {
  int64_t from = later(row_integer(problem, PROBLEM_ASSIGNED_ON), row_integer(problem, PROBLEM_REOPENED_ON)),
          unit = row_integer(problem, PROBLEM_LEAD_UNIT);
  bool over = !works(problem->state) && !reviewed(problem->state) && problem->state != PROBLEM_SUSPENDED;
  int64_t to = over ? later(row_integer(problem, PROBLEM_CLOSED_ON), from) : NOTHING;
  if (from == NOTHING || unit == NOTHING) return;
  held_add(gathered,
           (struct held_span){.unit = unit,
                              .from = from,
                              .to = to,
                              .own_due = NOTHING,
                              .how = HELD_ASSIGNED,
                              .cycle = row_integer(problem, PROBLEM_CYCLE)},
           problem->id);
}

enum store_error holders_read(struct reader *reader, const struct row *problem, int64_t today, struct arena *arena, struct held_span **held, size_t *count) {
  struct value of = value_integer(HOLDING_PROBLEM, problem->id);
  struct condition condition = {.field = HOLDING_PROBLEM, .how = C_IS, .values = &of, .count = 1};
  struct query query = {.type = record_type(RECORD_HOLDING), .conditions = &condition, .condition_count = 1, .expected = -1};
  struct gathered gathered = {.arena = arena};
  struct due_span *dues = NULL;
  size_t due_count = 0;
  enum store_error error = reader_list(reader, &query, &SCOPE_SYSTEM, arena, held_take, &gathered);
  if (error == STORE_OK && !gathered.count) held_of_row(&gathered, problem);
  if (error == STORE_OK && gathered.count) error = holders_dues(reader, problem, arena, &dues, &due_count);
  holders_reckon(gathered.items, gathered.count, dues, due_count, today);
  *held = gathered.items;
  *count = gathered.count;
  return error;
}

/* ---- sums of a unit ---- */

/* One that still runs is reckoned now; only where its date was moved is the journal asked. */
static enum store_error running_reckon(struct reader *reader, int64_t problem, int64_t today, struct arena *arena, struct held_span *span) {
  struct row *row = NULL;
  struct due_span one[2], *dues = one;
  size_t count = 1;
  enum store_error error = reader_get(reader, record_type(RECORD_PROBLEM), &SCOPE_SYSTEM, problem, arena, &row);
  if (error == STORE_ABSENT) return STORE_OK;
  if (error != STORE_OK) return error;
  one[0] = (struct due_span){span->from, row_integer(row, PROBLEM_DUE)};
  if (!works(row->state) || row_integer(row, PROBLEM_DUE) != row_integer(row, PROBLEM_DUE_ORIGINAL))
    error = holders_dues(reader, row, arena, &dues, &count);
  holders_reckon(span, 1, dues, count, today);
  return error;
}

enum store_error holders_sums(struct reader *reader, int64_t unit, int64_t since, int64_t today, size_t most, const struct scope *scope, struct arena *arena, struct held_sums *sums) {
  struct value of = value_integer(HOLDING_UNIT, unit), from = value_integer(HOLDING_FROM, since);
  struct condition conditions[] = {{.field = HOLDING_UNIT, .how = C_IS, .values = &of, .count = 1}, {.field = HOLDING_FROM, .how = C_AT_LEAST, .values = &from, .count = 1}};
  struct query query = {.type = record_type(RECORD_HOLDING), .conditions = conditions, .condition_count = since == NOTHING ? 1 : 2, .descending = true, .limit = most + 1, .expected = -1};
  struct gathered gathered = {.arena = arena, .most = most};
  enum store_error error = reader_list(reader, &query, scope, arena, held_take, &gathered);
  *sums = (struct held_sums){.holdings = (int64_t)gathered.count, .more = gathered.more};
  for (size_t i = 0; error == STORE_OK && i < gathered.count; i++) {
    struct held_span *span = &gathered.items[i];
    if (span->to == NOTHING) {
      error = running_reckon(reader, gathered.problems[i], today, arena, span);
      sums->running++;
    }
    sums->days += span->days;
    sums->overdue += span->overdue;
    sums->own_overdue += span->own_overdue;
  }
  return error;
}

/* ---- successors ---- */

enum { SUCCESSIONS_MOST = 8 };

enum store_error unit_now(struct reader *reader, int64_t unit, struct arena *arena, int64_t *now) {
  enum store_error error = STORE_OK;
  *now = unit;
  for (int step = 0; step < SUCCESSIONS_MOST && error == STORE_OK; step++) {
    struct row *row = NULL;
    error = reader_get(reader, record_type(RECORD_UNIT), &SCOPE_SYSTEM, *now, arena, &row);
    const struct value *successors = error == STORE_OK ? row_value(row, UNIT_SUCCESSORS) : NULL;
    if (!successors || successors->kind != VALUE_MANY || !successors->count) break;
    *now = successors->many[0];
  }
  return error == STORE_ABSENT ? STORE_OK : error;
}
