/* Deadlines that no person gave follow the calendar: when days were listed, altered or taken back since the last run, the open ones
   from the first such day on are reckoned again, by journalled change through the door. So a date 'by weekends' becomes one
   'by the calendar' when its year is announced, and a holiday moved in mid-year moves what hangs on it. Dates that people gave stay. */
#include "rules/clock_private.h"

#include "base/log.h"
#include "rules/appeal_clock.h"
#include "rules/calendar.h"
#include "rules/deadlines.h"
#include "rules/policy.h"

#define KEY_CALENDAR "clock.calendar" /* the newest journal entry of a calendar day that was worked into the deadlines */

/* ---- what has changed in the calendar ---- */

struct news { int64_t after, newest, first_date; };

static bool weigh_day(void *with, const struct row *row) {
  struct news *news = with;
  int64_t date = row_integer(row, CALENDAR_DAY_DATE);
  if (row->entry > news->newest) news->newest = row->entry;
  if (row->entry > news->after && date != NOTHING && (news->first_date == NOTHING || date < news->first_date)) news->first_date = date;
  return true;
}

static enum store_error find_news(struct clock_run *run, struct reader *reader, struct news *news) {
  struct query query = {.type = record_type(RECORD_CALENDAR_DAY), .with_voided = true, .expected = -1};
  char *text = NULL;
  enum store_error error = side_get(run->store, SIDE_SETTING, KEY_CALENDAR, run->arena, &text);
  *news = (struct news){.first_date = NOTHING};
  if (error == STORE_OK && !text_to_integer(text, &news->after)) error = STORE_BROKEN;
  if (error != STORE_OK && error != STORE_ABSENT) return error;
  return reader_list(reader, &query, &SCOPE_SYSTEM, run->arena, weigh_day, news);
}

/* ---- which records have such a deadline, and what it is now ---- */

struct reckoning { const struct calendar *calendar; struct reader *reader; struct clock_run *run; struct arena *arena; /* of one page */ };

static enum store_error due_of_problem(const struct reckoning *reckoning, const struct row *row, int64_t *due, int64_t *basis) {
  int64_t assigned = row_integer(row, PROBLEM_ASSIGNED_ON);
  struct policy policy;
  enum store_error error;
  *due = NOTHING;
  if (assigned == NOTHING) return STORE_OK;
  /* the policy of that day, not of today */
  error = policy_for(reckoning->reader, row_integer(row, PROBLEM_CAMPAIGN), moment_of_date(assigned), reckoning->arena, &policy);
  struct term term = term_of(&policy, row);
  bool stands = !term.working && row_integer(row, PROBLEM_DUE_BASIS) == DUE_BASIS_CALENDAR;
  if (error == STORE_OK && term.days > 0 && !stands) *due = term_due(reckoning->calendar, term, assigned, basis);
  return error;
}

static enum store_error due_of_appeal(const struct reckoning *reckoning, const struct row *row, int64_t *due, int64_t *basis) {
  int64_t made = row_integer(row, APPEAL_MADE_AT);
  struct policy policy;
  *due = NOTHING;
  if (made == NOTHING || row_integer(row, APPEAL_HISTORIC) == 1) return STORE_OK;
  enum store_error error = policy_for_appeals(reckoning->reader, made, reckoning->arena, &policy);
  if (error != STORE_OK) return error;
  struct appeal_clocks clocks = appeal_clocks_of(row, &policy, reckoning->calendar);
  if (clocks.answer != NOTHING) *due = date_of_moment(clocks.answer);
  *basis = clocks.basis;
  return STORE_OK;
}

static const int64_t problem_states[] = {PROBLEM_ASSIGNED, PROBLEM_TAKEN, PROBLEM_RECTIFYING}, appeal_states[] = {APPEAL_RECEIVED, APPEAL_ASSIGNED, APPEAL_CONTACTED, APPEAL_DISPUTED};
/* A problem's natural days hang on the calendar only by their last day: once that was reckoned by the calendar it stands
   (due_of_problem). */
static const int64_t reckoned[] = {DUE_BASIS_WEEKENDS, DUE_BASIS_CALENDAR};
static const struct dated {
  enum record_id type;
  uint16_t due, basis;
  const int64_t *states; size_t state_count; /* those in which the deadline still counts */
  const int64_t *bases; size_t base_count;   /* what is reckoned again: never what a person gave */
  enum store_error (*reckon)(const struct reckoning *reckoning, const struct row *row, int64_t *due, int64_t *basis);
} dated[] = {
  {RECORD_PROBLEM, PROBLEM_DUE, PROBLEM_DUE_BASIS, problem_states, sizeof problem_states / sizeof *problem_states, reckoned, 2, due_of_problem},
  {RECORD_APPEAL, APPEAL_DUE, APPEAL_DUE_BASIS, appeal_states, sizeof appeal_states / sizeof *appeal_states, reckoned, 2, due_of_appeal}};

/* ---- changing them ---- */

struct moved { int64_t id, due, basis; };
struct batch { struct job job; int64_t now; const struct dated *dated; const struct moved *moved; size_t count; int64_t done; };

static bool change_batch(struct job *job, struct tx *tx, enum store_error *error) {
  struct batch *batch = (struct batch *)job;
  struct context context = clock_context(batch->now);
  struct arena *arena = arena_new();
  struct change *changes = ARENA_ARRAY(arena, struct change, batch->count);
  struct value *values = ARENA_ARRAY(arena, struct value, 2 * batch->count);
  struct outcome outcome = {0};
  for (size_t i = 0; i < batch->count; i++) {
    values[2 * i] = value_integer(batch->dated->due, batch->moved[i].due);
    values[2 * i + 1] = value_integer(batch->dated->basis, batch->moved[i].basis);
    changes[i] = (struct change){.type = record_type(batch->dated->type),
                                 .id = batch->moved[i].id,
                                 .seen = ANY_VERSION,
                                 .action = ACTION_EDIT,
                                 .values = &values[2 * i],
                                 .value_count = 2,
                                 .reason = "工作日历有更新"};
  }
  *error = change_apply(tx, &context, changes, batch->count, arena, &outcome);
  batch->done = *error == STORE_OK && (outcome.verdict == VERDICT_DONE || outcome.verdict == VERDICT_UNCHANGED) ? (int64_t)batch->count : 0;
  arena_free(arena);
  return batch->done > 0;
}

/* All at once; when the door refuses one of them, one by one, so that it keeps back only itself. */
static enum store_error change_all(struct clock_run *run, const struct dated *dated_type, const struct moved *moved, size_t count) {
  struct batch batch = {.now = run->now, .dated = dated_type, .moved = moved, .count = count};
  enum store_error error = count ? writer_run(run->writer, change_batch, &batch.job) : STORE_OK;
  if (error != STORE_OK || !count) return error;
  run->report->deadlines += batch.done;
  if (batch.done) return STORE_OK;
  if (count == 1) {
    log_line(LOG_WARNING, "rules", "the deadline of record %lld of type %d was not moved with the calendar: refused", (long long)moved->id,
             (int)dated_type->type);
    return STORE_OK;
  }
  for (size_t i = 0; i < count && error == STORE_OK; i++) error = change_all(run, dated_type, &moved[i], 1);
  return error;
}

struct page { struct arena *arena; struct row *rows[CLOCK_GROUP]; size_t count; };
static bool take_row(void *with, const struct row *row) {
  struct page *page = with;
  page->rows[page->count++] = row_copy(page->arena, row);
  return page->count < CLOCK_GROUP;
}

/* One page of open records whose reckoned deadline is not before `from`, behind the one at `after`, `after_id` (0: from the start). */
static enum store_error read_page(const struct reckoning *reckoning, const struct dated *of, int64_t from, int64_t after, int64_t after_id,
                                  struct page *page) {
  struct value first = value_integer(of->due, from), bases[2], states[4];
  struct condition conditions[] = {{of->due, C_AT_LEAST, &first, 1},
                                   {of->basis, C_IN, bases, of->base_count},
                                   {FIELD_STATE, C_IN, states, of->state_count}};
  struct query query = {.type = record_type(of->type),
                        .conditions = conditions,
                        .condition_count = 3,
                        .sort = of->due,
                        .limit = CLOCK_GROUP,
                        .expected = -1,
                        .has_after = after_id != 0,
                        .after = value_integer(of->due, after),
                        .after_id = after_id};
  for (size_t i = 0; i < of->base_count; i++) bases[i] = value_integer(of->basis, of->bases[i]);
  for (size_t i = 0; i < of->state_count; i++) states[i] = value_integer(FIELD_STATE, of->states[i]);
  *page = (struct page){.arena = reckoning->arena};
  return reader_list(reckoning->reader, &query, &SCOPE_SYSTEM, reckoning->arena, take_row, page);
}

static enum store_error move_page(const struct reckoning *reckoning, const struct dated *of, const struct page *page) {
  struct moved moved[CLOCK_GROUP];
  size_t count = 0;
  enum store_error error = STORE_OK;
  for (size_t i = 0; i < page->count && error == STORE_OK; i++) {
    const struct row *row = page->rows[i];
    int64_t due = NOTHING, basis = DUE_BASIS_CALENDAR;
    error = of->reckon(reckoning, row, &due, &basis);
    if (error != STORE_OK || due == NOTHING || (due == row_integer(row, of->due) && basis == row_integer(row, of->basis))) continue;
    moved[count++] = (struct moved){row->id, due, basis};
  }
  return error == STORE_OK ? change_all(reckoning->run, of, moved, count) : error;
}

/* The whole walk reads one snapshot, so that a date moved on is not met a second time. */
static enum store_error move_type(const struct reckoning *reckoning, const struct dated *of, int64_t from) {
  int64_t after = NOTHING, after_id = 0;
  enum store_error error;
  struct page page;
  do {
    arena_reset(reckoning->arena);
    error = read_page(reckoning, of, from, after, after_id, &page);
    if (error == STORE_OK) error = move_page(reckoning, of, &page);
    if (!page.count) break;
    after = row_integer(page.rows[page.count - 1], of->due);
    after_id = page.rows[page.count - 1]->id;
  } while (error == STORE_OK && page.count == CLOCK_GROUP);
  return error;
}

enum store_error clock_deadlines(struct clock_run *run) {
  struct news news;
  struct calendar calendar;
  struct reader *reader;
  enum store_error error = store_reader(run->store, &reader);
  if (error != STORE_OK) return error;
  error = find_news(run, reader, &news);
  if (error == STORE_OK && news.first_date != NOTHING) {
    struct reckoning reckoning = {&calendar, reader, run, arena_new()};
    error = calendar_load(reader, run->arena, &calendar);
    for (size_t i = 0; i < sizeof dated / sizeof *dated && error == STORE_OK; i++) error = move_type(&reckoning, &dated[i], news.first_date);
    arena_free(reckoning.arena);
  }
  reader_release(reader);
  if (error != STORE_OK || news.newest == news.after) return error;
  return side_put(run->store, SIDE_SETTING, KEY_CALENDAR, arena_print(run->arena, "%lld", (long long)news.newest), 0);
}
