/* Complaints counted once a day (complaints.h). One walk over the ledger finds the problems in work with enough linked appeals to matter; a
   second gathers the work and the linked appeals of their lead units, each unit once, however many of its problems matter. Of those appeals
   the contacts are read to tell people apart: a person is a keyed hash, held in memory only. */
#include "follow/complaints.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/room.h"
#include "base/sorted.h"
#include "follow/ledger.h"
#include "follow/ledger_sides.h"
#include "rules/complaints.h"

/* What a campaign's policy says of it. */
struct numbers { int64_t campaign, threshold, times; struct complaint_span span; struct numbers *next; };
/* A problem that may be complained of strongly. */
struct candidate { int64_t problem, unit; const struct numbers *numbers; int64_t people, usual; };
struct linked { int64_t appeal, problem; int32_t day; };
/* A lead unit of candidates, by one span of days: what is usual is counted once for all of them. */
struct hold {
  int64_t unit;
  struct complaint_span span;
  struct complaint_work *work;
  size_t work_count, work_room;
  struct linked *linked;
  size_t linked_count, linked_room;
};
struct counting {
  struct house *house; struct arena *arena; struct reader *reader; int64_t now; int32_t today, born;
  struct numbers *numbers;
  struct candidate *candidates; size_t count, room; /* in order of their problems */
  struct hold *holds; size_t hold_count, hold_room; /* by unit and span */
  enum store_error error;
};

static const struct numbers *numbers_of(struct counting *counting, int64_t campaign) {
  struct numbers *numbers = counting->numbers;
  struct policy policy;
  while (numbers && numbers->campaign != campaign) numbers = numbers->next;
  if (numbers) return numbers;
  numbers = ARENA_NEW(counting->arena, struct numbers);
  counting->error = policy_for(counting->reader, campaign, counting->now, counting->arena, &policy);
  *numbers = (struct numbers){.campaign = campaign, .threshold = NOTHING, .next = counting->numbers};
  if (!counting->error)
    *numbers = (struct numbers){campaign, complaints_threshold(&policy), policy.complaint_times, complaints_span(&policy),
                                counting->numbers};
  return counting->numbers = numbers;
}

static bool in_work(const struct figure *figure) {
  bool done = figure->state >= PROBLEM_ACCEPTED && figure->state <= PROBLEM_WITHDRAWN;
  return (figure->flags & FIGURE_COUNTED) && !(figure->flags & FIGURE_VOIDED) && !done && figure->assigned != FIGURE_NO_DATE;
}

/* No more people than appeals: who has too few of these is not asked for. */
static void candidates_find(struct counting *counting, const struct figures *figures, const struct sides *sides) {
  size_t at = 0; /* both are in order of their problems */
  for (size_t i = 0; i < figures->count && !counting->error; i++) {
    const struct figure *figure = &figures->items[i];
    int64_t appeals = 0;
    while (at < sides->appeal_count && sides->appeals[at].problem < figure->id) at++;
    if (at == sides->appeal_count || sides->appeals[at].problem != figure->id || !in_work(figure)) continue;
    const struct numbers *numbers = numbers_of(counting, figure->campaign);
    for (; at < sides->appeal_count && sides->appeals[at].problem == figure->id; at++)
      appeals += complaint_window(sides->appeals[at].day, counting->today, numbers->span) == 0;
    if (numbers->threshold == NOTHING || appeals < numbers->threshold) continue;
    ARENA_ROOM(counting->arena, counting->candidates, counting->count, counting->room, 16);
    counting->candidates[counting->count++] = (struct candidate){.problem = figure->id, .unit = figure->lead_unit, .numbers = numbers};
  }
}

static int by_unit_and_span(const void *one, const void *other) {
  const struct hold *a = one, *b = other;
  if (a->unit != b->unit) return a->unit < b->unit ? -1 : 1;
  if (a->span.days != b->span.days) return a->span.days - b->span.days;
  return a->span.windows - b->span.windows;
}

static void holds_find(struct counting *counting) {
  size_t kept = 0;
  for (size_t i = 0; i < counting->count; i++) {
    ARENA_ROOM(counting->arena, counting->holds, counting->hold_count, counting->hold_room, 16);
    counting->holds[counting->hold_count++] = (struct hold){.unit = counting->candidates[i].unit,
                                                            .span = counting->candidates[i].numbers->span};
  }
  if (counting->hold_count) qsort(counting->holds, counting->hold_count, sizeof *counting->holds, by_unit_and_span);
  for (size_t i = 0; i < counting->hold_count; i++)
    if (!kept || by_unit_and_span(&counting->holds[kept - 1], &counting->holds[i]) != 0) counting->holds[kept++] = counting->holds[i];
  counting->hold_count = kept;
}

/* From assignment to acceptance of the running cycle. Problems come in order, so each unit's work is in order. */
static void work_gather(struct counting *counting, const struct figures *figures) {
  for (size_t i = 0; i < figures->count; i++) {
    const struct figure *figure = &figures->items[i];
    if (figure->assigned == FIGURE_NO_DATE) continue;
    for (size_t at = SORTED_PLACE(counting->holds, counting->hold_count, unit, figure->lead_unit);
         at < counting->hold_count && counting->holds[at].unit == figure->lead_unit; at++) {
      struct hold *hold = &counting->holds[at];
      ARENA_ROOM(counting->arena, hold->work, hold->work_count, hold->work_room, 16);
      hold->work[hold->work_count++] = (struct complaint_work){figure->id, figure->assigned, figure->accepted};
    }
  }
}

static void linked_gather(struct counting *counting, const struct figures *figures, const struct sides *sides) {
  for (size_t i = 0; i < sides->linked_count; i++) {
    const struct appeal_linked *linked = &sides->linked[i];
    const struct figure *figure = figures_find(figures, linked->problem);
    if (!figure || figure->assigned == FIGURE_NO_DATE) continue;
    for (size_t at = SORTED_PLACE(counting->holds, counting->hold_count, unit, figure->lead_unit);
         at < counting->hold_count && counting->holds[at].unit == figure->lead_unit; at++) {
      struct hold *hold = &counting->holds[at];
      if (complaint_window(linked->day, counting->today, hold->span) < 0) continue;
      ARENA_ROOM(counting->arena, hold->linked, hold->linked_count, hold->linked_room, 64);
      hold->linked[hold->linked_count++] = (struct linked){linked->appeal, linked->problem, linked->day};
    }
  }
}

static void sides_take(void *with, const struct figures *figures, const struct sides *sides) {
  struct counting *counting = with;
  candidates_find(counting, figures, sides);
  if (counting->error || !counting->count) return;
  holds_find(counting);
  work_gather(counting, figures);
  linked_gather(counting, figures, sides);
}

/* Who left no contact is a person of their own; of contacts that cannot be opened here nobody can say how many people they are: one. */
static uint64_t person_of(const struct counting *counting, const struct row *appeal, struct arena *arena) {
  const char *sealed = row_text(appeal, APPEAL_PHONE);
  if (!sealed || !*sealed) return (uint64_t)appeal->id;
  const char *plain = secret_open_any(arena, counting->house->contact_key, sealed);
  uint8_t hash[HASH_SIZE];
  uint64_t person = 0;
  if (!plain) return UINT64_MAX;
  hash_keyed(hash, counting->house->contact_key->keys[0], plain, strlen(plain));
  memcpy(&person, hash, sizeof person);
  return person | UINT64_C(1) << 63;
}

enum { AT_ONCE = 500 }; /* appeals in one question */

struct telling {
  const struct counting *counting;
  const struct hold *hold;
  struct complaint *complaints;
  size_t count;
  struct arena *scratch;
};

/* The appeals of a unit are in order of their ids. */
static bool complaint_take(void *with, const struct row *appeal) {
  struct telling *telling = with;
  const struct hold *hold = telling->hold;
  size_t at = SORTED_PLACE(hold->linked, hold->linked_count, appeal, appeal->id);
  if (at == hold->linked_count || hold->linked[at].appeal != appeal->id) return true;
  telling->complaints[telling->count++] = (struct complaint){hold->linked[at].problem, hold->linked[at].day,
                                                             person_of(telling->counting, appeal, telling->scratch)};
  arena_reset(telling->scratch);
  return true;
}

static enum store_error contacts_read(struct telling *telling) {
  static const uint16_t FIELDS[] = {APPEAL_PHONE, 0};
  const struct hold *hold = telling->hold;
  struct arena *page = arena_new();
  enum store_error error = STORE_OK;
  for (size_t from = 0; from < hold->linked_count && !error; from += AT_ONCE) {
    int64_t ids[AT_ONCE];
    struct query query = {.type = record_type(RECORD_APPEAL), .ids = ids, .only_ids = true, .fields = FIELDS, .expected = -1};
    for (size_t i = from; i < hold->linked_count && query.id_count < AT_ONCE; i++) ids[query.id_count++] = hold->linked[i].appeal;
    error = reader_list(telling->counting->reader, &query, &SCOPE_SYSTEM, page, complaint_take, telling);
    arena_reset(page);
  }
  arena_free(page);
  return error;
}

static enum store_error hold_count(struct counting *counting, const struct hold *hold) {
  struct telling telling = {counting, hold, heap_zeroed(hold->linked_count, sizeof *telling.complaints), 0, arena_new()};
  enum store_error error = contacts_read(&telling);
  size_t count = complaints_sort(telling.complaints, telling.count, counting->today, hold->span);
  int64_t usual = complaints_usual(telling.complaints, count, hold->work, hold->work_count, counting->born, counting->today, hold->span);
  for (size_t i = 0; i < counting->count; i++) {
    struct candidate *candidate = &counting->candidates[i];
    struct hold of = {.unit = candidate->unit, .span = candidate->numbers->span};
    if (by_unit_and_span(&of, hold) != 0) continue;
    candidate->people = complaints_people(telling.complaints, count, candidate->problem, counting->today);
    candidate->usual = usual;
  }
  arena_free(telling.scratch);
  free(telling.complaints);
  return error;
}

/* ---- what is written ---- */

static enum store_error count_write(struct counting *counting, int64_t problem, int64_t people, int64_t usual, int64_t days) {
  struct value values[] = {value_integer(PROBLEM_COMPLAINTS, people), value_integer(PROBLEM_USUAL_COMPLAINTS, usual),
                           value_integer(PROBLEM_COMPLAINT_DAYS, days)};
  struct change change = {.type = record_type(RECORD_PROBLEM),
                          .id = problem,
                          .seen = ANY_VERSION,
                          .action = ACTION_EDIT,
                          .values = values,
                          .value_count = sizeof values / sizeof *values};
  struct context context = {.now = counting->now, .authority = &AUTHORITY_SYSTEM, .happened = NOTHING, .channel = CHANNEL_FOLLOWER,
                            .idempotency_key = arena_print(counting->arena, "complaints:%lld:%s", (long long)problem, date_print(counting->arena, counting->today))};
  struct outcome outcome = {0};
  enum store_error error = change_run(counting->house->writer, &context, &change, 1, counting->arena, &outcome);
  if (error == STORE_CLASH) return STORE_OK; /* another server did */
  if (!error && outcome.verdict > VERDICT_REPEATED)
    log_line(LOG_WARNING, "complaints", "the count of problem %lld was refused (%s)", (long long)problem,
             outcome.finding_count ? outcome.findings[0].code : "-");
  return error;
}

static bool strong(const struct candidate *candidate) {
  return complaints_strong(candidate->people, candidate->usual, candidate->numbers->threshold, candidate->numbers->times);
}

/* What stands there, by the same days, makes it red all the same. */
static bool told(const struct row *problem, const struct candidate *candidate) {
  return complaints_strong(row_integer(problem, PROBLEM_COMPLAINTS), row_integer(problem, PROBLEM_USUAL_COMPLAINTS),
                           candidate->numbers->threshold, candidate->numbers->times) &&
         row_integer(problem, PROBLEM_COMPLAINT_DAYS) == candidate->numbers->span.days;
}

/* Those that bear a count: it goes when it is no longer so. What is so already is left as it was told. */
static enum store_error counts_write(struct counting *counting, const struct rows *bearing) {
  bool *stands = ARENA_ARRAY(counting->arena, bool, counting->count + 1);
  enum store_error error = STORE_OK;
  memset(stands, 0, counting->count + 1);
  for (size_t i = 0; i < bearing->count && !error; i++) {
    const struct row *problem = bearing->items[i];
    size_t at = SORTED_PLACE(counting->candidates, counting->count, problem, problem->id);
    bool still = at < counting->count && counting->candidates[at].problem == problem->id && strong(&counting->candidates[at]);
    if (still) stands[at] = told(problem, &counting->candidates[at]);
    else error = count_write(counting, problem->id, NOTHING, NOTHING, NOTHING);
  }
  for (size_t i = 0; i < counting->count && !error; i++) {
    const struct candidate *candidate = &counting->candidates[i];
    if (strong(candidate) && !stands[i])
      error = count_write(counting, candidate->problem, candidate->people, candidate->usual, candidate->numbers->span.days);
  }
  return error;
}

enum store_error complaints_count(struct house *house, int64_t now) {
  struct counting counting = {.house = house, .arena = arena_new(), .now = now, .today = (int32_t)date_of_moment(now)};
  static const uint16_t FIELDS[] = {PROBLEM_COMPLAINTS, PROBLEM_USUAL_COMPLAINTS, PROBLEM_COMPLAINT_DAYS, 0};
  struct condition filled = {.field = PROBLEM_COMPLAINTS, .how = C_FILLED};
  struct query query = {.type = record_type(RECORD_PROBLEM), .conditions = &filled, .condition_count = 1, .fields = FIELDS, .expected = -1};
  struct rows bearing = {.arena = counting.arena};
  int64_t born = 0;
  enum store_error error = store_reader(house->store, &counting.reader);
  if (!error) error = figures_moment(counting.reader, 1, &born);
  counting.born = (int32_t)date_of_moment(born);
  if (!error) error = ledger_ask_sides_passing(house, sides_take, &counting);
  if (!error) error = counting.error;
  for (size_t i = 0; i < counting.hold_count && !error; i++) error = hold_count(&counting, &counting.holds[i]);
  if (!error) error = reader_list(counting.reader, &query, &SCOPE_SYSTEM, counting.arena, rows_keep, &bearing);
  if (counting.reader) reader_release(counting.reader);
  if (!error) error = counts_write(&counting, &bearing);
  arena_free(counting.arena);
  return error == STORE_ABSENT ? STORE_OK : error; /* a store without an entry has nothing to count */
}
