/* Complaints counted once a day (complaints.h). One walk over the ledger finds the problems in work with enough linked appeals to matter; of those alone,
   and of their lead units' other problems, appeals are read to tell people apart. A person is a keyed hash of the contact, held in memory only. */
#include "follow/complaints.h"

#include <string.h>

#include "base/log.h"
#include "base/room.h"
#include "base/sorted.h"
#include "follow/ledger.h"
#include "follow/ledger_sides.h"
#include "rules/complaints.h"

struct linked { int64_t appeal, problem; int32_t day; };
struct candidate { int64_t problem, unit, threshold, people, usual; struct complaint_work *work; size_t work_count, work_room; struct linked *linked; size_t linked_count, linked_room; };
struct counting {
  struct house *house; struct arena *arena; struct reader *reader; int64_t now; int32_t today, born;
  struct candidate *candidates; size_t count, room;
  int64_t campaign, threshold; /* of the policy read last */
  enum store_error error;
};

static int64_t threshold_of(struct counting *counting, int64_t campaign) {
  struct policy policy;
  if (campaign == counting->campaign) return counting->threshold;
  counting->error = policy_for(counting->reader, campaign, counting->now, counting->arena, &policy);
  counting->campaign = campaign;
  return counting->threshold = counting->error ? NOTHING : complaints_threshold(&policy);
}

static bool in_work(const struct figure *figure) {
  bool done = figure->state >= PROBLEM_ACCEPTED && figure->state <= PROBLEM_WITHDRAWN;
  return (figure->flags & FIGURE_COUNTED) && !(figure->flags & FIGURE_VOIDED) && !done && figure->assigned != FIGURE_NO_DATE;
}

/* No more people than appeals: who has too few of these is not asked for. */
static void candidates_find(struct counting *counting, const struct figures *figures, const struct sides *sides) {
  for (size_t i = 0; i < figures->count && !counting->error; i++) {
    const struct figure *figure = &figures->items[i];
    int64_t appeals = 0;
    for (size_t at = SORTED_PLACE(sides->appeals, sides->appeal_count, problem, figure->id); at < sides->appeal_count && sides->appeals[at].problem == figure->id; at++)
      appeals += complaint_window(sides->appeals[at].day, counting->today) == 0;
    if (!appeals || !in_work(figure)) continue;
    int64_t threshold = threshold_of(counting, figure->campaign);
    if (threshold == NOTHING || appeals < threshold) continue;
    ARENA_ROOM(counting->arena, counting->candidates, counting->count, counting->room, 16);
    counting->candidates[counting->count++] = (struct candidate){.problem = figure->id, .unit = figure->lead_unit, .threshold = threshold};
  }
}

static void unit_gather(struct counting *counting, struct candidate *candidate, const struct figures *figures, const struct sides *sides) {
  for (size_t i = 0; i < figures->count; i++) {
    const struct figure *figure = &figures->items[i];
    if (figure->lead_unit != candidate->unit || figure->assigned == FIGURE_NO_DATE) continue;
    ARENA_ROOM(counting->arena, candidate->work, candidate->work_count, candidate->work_room, 16);
    candidate->work[candidate->work_count++] = (struct complaint_work){figure->id, figure->assigned, figure->accepted};
  }
  for (size_t i = 0; i < sides->linked_count; i++) {
    const struct appeal_linked *linked = &sides->linked[i];
    size_t at = SORTED_PLACE(candidate->work, candidate->work_count, problem, linked->problem);
    if (at == candidate->work_count || candidate->work[at].problem != linked->problem || complaint_window(linked->day, counting->today) < 0) continue;
    ARENA_ROOM(counting->arena, candidate->linked, candidate->linked_count, candidate->linked_room, 64);
    candidate->linked[candidate->linked_count++] = (struct linked){linked->appeal, linked->problem, linked->day};
  }
}

static void sides_take(void *with, const struct figures *figures, const struct sides *sides) {
  struct counting *counting = with;
  candidates_find(counting, figures, sides);
  for (size_t i = 0; i < counting->count && !counting->error; i++) unit_gather(counting, &counting->candidates[i], figures, sides);
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

static enum store_error candidate_count(struct counting *counting, struct candidate *candidate) {
  struct complaint *complaints = ARENA_ARRAY(counting->arena, struct complaint, candidate->linked_count + 1);
  struct arena *scratch = arena_new();
  enum store_error error = STORE_OK;
  size_t count = 0;
  for (size_t i = 0; i < candidate->linked_count && !error; i++) {
    struct row *row = NULL;
    error = reader_get(counting->reader, record_type(RECORD_APPEAL), &SCOPE_SYSTEM, candidate->linked[i].appeal, scratch, &row);
    if (!error) complaints[count++] = (struct complaint){candidate->linked[i].problem, candidate->linked[i].day, person_of(counting, row, scratch)};
    if (error == STORE_ABSENT) error = STORE_OK;
    arena_reset(scratch);
  }
  arena_free(scratch);
  count = complaints_sort(complaints, count, counting->today);
  candidate->people = complaints_people(complaints, count, candidate->problem, counting->today);
  candidate->usual = complaints_usual(complaints, count, candidate->work, candidate->work_count, counting->born, counting->today);
  return error;
}

static enum store_error pair_write(struct counting *counting, int64_t problem, int64_t people, int64_t usual) {
  struct value values[2] = {value_integer(PROBLEM_COMPLAINTS, people), value_integer(PROBLEM_USUAL_COMPLAINTS, usual)};
  struct change change = {.type = record_type(RECORD_PROBLEM), .id = problem, .seen = ANY_VERSION, .action = ACTION_EDIT, .values = values, .value_count = 2};
  struct context context = {.now = counting->now, .authority = &AUTHORITY_SYSTEM, .happened = NOTHING, .channel = CHANNEL_FOLLOWER,
                            .idempotency_key = arena_print(counting->arena, "complaints:%lld:%s", (long long)problem, date_print(counting->arena, counting->today))};
  struct outcome outcome = {0};
  enum store_error error = change_run(counting->house->writer, &context, &change, 1, counting->arena, &outcome);
  if (error == STORE_CLASH) return STORE_OK; /* another server did */
  if (!error && outcome.verdict > VERDICT_REPEATED) log_line(LOG_WARNING, "complaints", "the count of problem %lld was refused (%s)", (long long)problem, outcome.finding_count ? outcome.findings[0].code : "-");
  return error;
}

static bool strong(const struct candidate *candidate) { return complaints_strong(candidate->people, candidate->usual, candidate->threshold); }

/* Those that bear a count: it goes when it is no longer so. What is so already is left as it was told. */
static enum store_error pairs_write(struct counting *counting, const struct rows *bearing) {
  enum store_error error = STORE_OK;
  for (size_t i = 0; i < bearing->count && !error; i++) {
    bool still = false;
    for (size_t at = 0; at < counting->count; at++) still |= counting->candidates[at].problem == bearing->items[i]->id && strong(&counting->candidates[at]);
    if (!still) error = pair_write(counting, bearing->items[i]->id, NOTHING, NOTHING);
  }
  for (size_t at = 0; at < counting->count && !error; at++) {
    const struct candidate *candidate = &counting->candidates[at];
    bool told = false;
    for (size_t i = 0; i < bearing->count; i++)
      told |= bearing->items[i]->id == candidate->problem && complaints_strong(row_integer(bearing->items[i], PROBLEM_COMPLAINTS), row_integer(bearing->items[i], PROBLEM_USUAL_COMPLAINTS), candidate->threshold);
    if (strong(candidate) && !told) error = pair_write(counting, candidate->problem, candidate->people, candidate->usual);
  }
  return error;
}

enum store_error complaints_count(struct house *house, int64_t now) {
  struct counting counting = {.house = house, .arena = arena_new(), .now = now, .today = (int32_t)date_of_moment(now), .campaign = -1};
  struct condition filled = {.field = PROBLEM_COMPLAINTS, .how = C_FILLED};
  struct query query = {.type = record_type(RECORD_PROBLEM), .conditions = &filled, .condition_count = 1, .expected = -1};
  struct rows bearing = {.arena = counting.arena};
  int64_t born = 0;
  enum store_error error = store_reader(house->store, &counting.reader);
  if (!error) error = figures_moment(counting.reader, 1, &born);
  counting.born = (int32_t)date_of_moment(born);
  if (!error) error = ledger_ask_sides_passing(house, sides_take, &counting);
  if (!error) error = counting.error;
  for (size_t i = 0; i < counting.count && !error; i++) error = candidate_count(&counting, &counting.candidates[i]);
  if (!error) error = reader_list(counting.reader, &query, &SCOPE_SYSTEM, counting.arena, rows_keep, &bearing);
  if (counting.reader) reader_release(counting.reader);
  if (!error) error = pairs_write(&counting, &bearing);
  arena_free(counting.arena);
  return error == STORE_ABSENT ? STORE_OK : error; /* a store without an entry has nothing to count */
}
