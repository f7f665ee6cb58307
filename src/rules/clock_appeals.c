/* Appeals by themselves: what falls due soon or late is judged again, what was answered long enough ago is to be called back. Found by the
   index of the next moment, in groups of one set each. Appeals that an older program kept have no such moment yet: they are gone through
   once. */
#include "base/log.h"
#include "rules/appeal_clock.h"
#include "rules/clock_private.h"
#include "rules/decide.h"

#define KEY_JUDGED "clock.appeals" /* there: those of an older program were looked at */

struct due { int64_t id; enum action_code action; };
struct moving { struct job job; int64_t now; const struct due *due; size_t count; int64_t done; };

/* An edit without values is a judgement: only what is derived can differ. */
static bool move_group(struct job *job, struct tx *tx, enum store_error *error) {
  struct moving *moving = (struct moving *)job;
  struct context context = clock_context(moving->now);
  struct arena *arena = arena_new();
  struct change *changes = ARENA_ARRAY(arena, struct change, moving->count);
  struct outcome outcome = {0};
  for (size_t i = 0; i < moving->count; i++)
    changes[i] = (struct change){.type = record_type(RECORD_APPEAL),
                                 .id = moving->due[i].id,
                                 .seen = ANY_VERSION,
                                 .action = moving->due[i].action};
  *error = change_apply(tx, &context, changes, moving->count, arena, &outcome);
  moving->done = *error == STORE_OK && outcome.verdict == VERDICT_DONE ? (int64_t)moving->count : 0;
  arena_free(arena);
  return moving->done > 0;
}

/* All at once; when the door refuses one of them, one by one, so that it keeps back only itself. */
static enum store_error move_all(struct clock_run *run, const struct due *due, size_t count) {
  struct moving moving = {.now = run->now, .due = due, .count = count};
  enum store_error error = writer_run(run->writer, move_group, &moving.job);
  run->report->appeals += moving.done;
  if (error != STORE_OK || moving.done || count == 1) return error;
  for (size_t i = 0; i < count && error == STORE_OK; i++) error = move_all(run, &due[i], 1);
  return error;
}

struct found { struct due due[CLOCK_GROUP]; size_t count; int64_t last; bool unjudged; };

static bool take(void *with, const struct row *row) {
  struct found *found = with;
  bool calling = row->state == APPEAL_ANSWERED && !found->unjudged;
  found->last = row->id;
  if (!found->unjudged || row_integer(row, APPEAL_LATENESS) == NOTHING)
    found->due[found->count++] = (struct due){row->id, calling ? ACTION_CALL_BACK : ACTION_EDIT};
  return found->count < CLOCK_GROUP;
}

static enum store_error find(struct clock_run *run, const struct query *query, struct found *found) {
  struct reader *reader;
  enum store_error error = store_reader(run->store, &reader);
  found->count = 0;
  found->last = 0;
  if (error != STORE_OK) return error;
  error = reader_list(reader, query, &SCOPE_SYSTEM, run->arena, take, found);
  reader_release(reader);
  return error;
}

static enum store_error work_due(struct clock_run *run) {
  struct value now = value_integer(APPEAL_CLOCK_NEXT, run->now);
  struct condition condition = {APPEAL_CLOCK_NEXT, C_AT_MOST, &now, 1};
  struct query query = {.type = record_type(RECORD_APPEAL),
                        .conditions = &condition,
                        .condition_count = 1,
                        .sort = APPEAL_CLOCK_NEXT,
                        .limit = CLOCK_GROUP,
                        .expected = -1};
  struct found found = {.count = 0};
  enum store_error error;
  int64_t before;
  do {
    arena_reset(run->arena);
    before = run->report->appeals;
    error = find(run, &query, &found);
    if (error == STORE_OK && found.count) error = move_all(run, found.due, found.count);
    if (error == STORE_OK && found.count && run->report->appeals == before)
      log_line(LOG_WARNING, "rules", "the clock found %zu appeals due that judging does not move; appeal %lld is one", found.count,
               (long long)found.due[0].id);
  } while (error == STORE_OK && found.count == CLOCK_GROUP && run->report->appeals > before);
  return error;
}

/* Once in the life of a store. */
static enum store_error work_older(struct clock_run *run) {
  static const int64_t STATES[] = {APPEAL_RECEIVED, APPEAL_ASSIGNED, APPEAL_ANSWERED};
  struct value states[3], no = value_integer(APPEAL_HISTORIC, 0);
  struct condition conditions[] = {{FIELD_STATE, C_IN, states, 3}, {APPEAL_HISTORIC, C_IS, &no, 1}};
  struct found found = {.unjudged = true};
  char *text = NULL;
  int64_t after = 0;
  enum store_error error = side_get(run->store, SIDE_SETTING, KEY_JUDGED, run->arena, &text);
  if (error == STORE_OK) return STORE_OK;
  for (size_t i = 0; i < 3; i++) states[i] = value_integer(FIELD_STATE, STATES[i]);
  for (error = STORE_OK; error == STORE_OK; after = found.last) {
    struct query query = {.type = record_type(RECORD_APPEAL),
                          .conditions = conditions,
                          .condition_count = 2,
                          .limit = CLOCK_GROUP,
                          .expected = -1,
                          .has_after = after != 0,
                          .after = value_integer(FIELD_ID, after),
                          .after_id = after};
    arena_reset(run->arena);
    error = find(run, &query, &found);
    if (error == STORE_OK && found.count) error = move_all(run, found.due, found.count);
    if (!found.last) break;
  }
  return error == STORE_OK ? side_put(run->store, SIDE_SETTING, KEY_JUDGED, "1", 0) : error;
}

enum store_error clock_appeals(struct clock_run *run) {
  enum store_error error = work_older(run);
  return error == STORE_OK ? work_due(run) : error;
}
