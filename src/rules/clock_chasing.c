/* Problems that a program of before chasing left without their next warning or step: judged once, as the store's first run of this clock. A
   date seen for the first time passes over what lies behind it (chasing.c), so nobody is chased for old days at once. Afterwards every
   change keeps the date itself. */
#include <stdio.h>

#include "rules/chasing.h"
#include "rules/clock_private.h"

#define KEY_CHASING "clock.chasing" /* "1" once all are done; until then "after ID" */
enum { GROUPS_A_RUN = 20 /* the rest waits for the next run: a server that is told to stop does not go through a million first */ };

struct found { int64_t ids[CLOCK_GROUP]; size_t count; int64_t last; };

static bool take_row(void *with, const struct row *row) {
  struct found *found = with;
  found->last = row->id;
  if (chase_runs(row)) found->ids[found->count++] = row->id;
  return found->count < CLOCK_GROUP;
}

/* Open ones with a date that no step was reckoned for, behind an id. */
static enum store_error find(struct clock_run *run, int64_t after, struct found *found) {
  static const state_code OPEN[] = {PROBLEM_ASSIGNED, PROBLEM_TAKEN, PROBLEM_RECTIFYING, PROBLEM_DISPUTED};
  enum { OPEN_COUNT = sizeof OPEN / sizeof *OPEN };
  struct value states[OPEN_COUNT];
  struct condition conditions[] = {{FIELD_STATE, C_IN, states, OPEN_COUNT},
                                   {PROBLEM_CHASE_DUE, C_EMPTY, NULL, 0},
                                   {PROBLEM_DUE, C_FILLED, NULL, 0}};
  struct query query = {.type = record_type(RECORD_PROBLEM),
                        .conditions = conditions,
                        .condition_count = 3,
                        .limit = CLOCK_GROUP,
                        .expected = -1,
                        .has_after = after != 0,
                        .after = value_integer(FIELD_ID, after),
                        .after_id = after};
  struct reader *reader = NULL;
  for (size_t i = 0; i < OPEN_COUNT; i++) states[i] = value_integer(FIELD_STATE, OPEN[i]);
  *found = (struct found){.last = 0};
  enum store_error error = store_reader(run->store, &reader);
  if (error == STORE_OK) error = reader_list(reader, &query, &SCOPE_SYSTEM, run->arena, take_row, found);
  if (reader) reader_release(reader);
  return error;
}

enum store_error clock_chasing(struct clock_run *run) {
  struct found found = {.last = 0};
  char *kept = NULL, key[32] = "1";
  long long after = 0;
  enum store_error error = side_get(run->store, SIDE_SETTING, KEY_CHASING, run->arena, &kept);
  if (error && error != STORE_ABSENT) return error;
  if (kept && sscanf(kept, "after %lld", &after) != 1) return STORE_OK;
  found.last = after;
  error = STORE_OK;
  for (int group = 0; group < GROUPS_A_RUN && !error; group++) {
    arena_reset(run->arena);
    error = find(run, found.last, &found);
    if (!error && found.count) error = clock_judge(run, found.ids, found.count);
    if (!found.last) break;
  }
  if (found.last) snprintf(key, sizeof key, "after %lld", (long long)found.last);
  return error ? error : side_put(run->store, SIDE_SETTING, KEY_CHASING, key, 0);
}
