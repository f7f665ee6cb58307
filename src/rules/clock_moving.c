/* What is handed over in several sets goes on by itself: a unit that was merged or split and has open items left, a slip that is moving.
   Each set is whole in itself and says in the record how much is left, so a run that is cut short is gone on with by the next one, here or
   on another server. */
#include "base/log.h"
#include "rules/clock_private.h"

enum { AT_ONCE = 100 };

struct found { int64_t ids[AT_ONCE], left[AT_ONCE]; size_t count; };
static bool take_row(void *with, const struct row *row) {
  struct found *found = with;
  found->left[found->count] = row->type->id == RECORD_UNIT ? row_integer(row, UNIT_LEFT) : -row_integer(row, HAND_OVER_MOVED);
  found->ids[found->count++] = row->id;
  return found->count < AT_ONCE;
}

static enum store_error find(struct clock_run *run, enum record_id type, const int64_t *only, struct found *found) {
  struct value none = value_integer(UNIT_LEFT, 0), moving = value_integer(FIELD_STATE, HAND_OVER_MOVING);
  struct condition conditions[] = {type == RECORD_UNIT ? (struct condition){UNIT_LEFT, C_MORE, &none, 1}
                                                       : (struct condition){FIELD_STATE, C_IS, &moving, 1}};
  struct query query = {.type = record_type(type),
                        .conditions = conditions,
                        .condition_count = 1,
                        .ids = only,
                        .id_count = only != NULL,
                        .only_ids = only != NULL,
                        .limit = AT_ONCE,
                        .expected = -1};
  struct reader *reader = NULL;
  *found = (struct found){.count = 0};
  enum store_error error = store_reader(run->store, &reader);
  if (error == STORE_OK) error = reader_list(reader, &query, &SCOPE_SYSTEM, run->arena, take_row, found);
  if (reader) reader_release(reader);
  return error;
}

static enum store_error go_on(struct clock_run *run, enum record_id type, int64_t id, bool *went) {
  struct context context = clock_context(run->now);
  struct change change = {.type = record_type(type), .id = id, .seen = ANY_VERSION, .action = ACTION_HAND_OVER};
  struct outcome outcome = {0};
  enum store_error error = change_run(run->writer, &context, &change, 1, run->arena, &outcome);
  *went = error == STORE_OK && outcome.verdict == VERDICT_DONE;
  if (error == STORE_OK && !*went)
    log_line(LOG_WARNING, "rules", "what %s %lld leaves is not moved on (%s)", change.type->name, (long long)id,
             outcome.finding_count ? outcome.findings[0].code : "-");
  return error;
}

/* Set by set until nothing is left; one that no longer gets less is left to people. */
static enum store_error finish(struct clock_run *run, enum record_id type, int64_t id, int64_t left) {
  enum store_error error = STORE_OK;
  for (bool went = true; error == STORE_OK && went;) {
    struct found now;
    arena_reset(run->arena);
    error = go_on(run, type, id, &went);
    if (error == STORE_OK && went) error = find(run, type, &id, &now);
    if (error != STORE_OK || !went || !now.count) break;
    went = now.left[0] < left;
    left = now.left[0];
  }
  return error;
}

enum store_error clock_moving(struct clock_run *run) {
  static const enum record_id TYPES[] = {RECORD_UNIT, RECORD_HAND_OVER};
  enum store_error error = STORE_OK;
  for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES && error == STORE_OK; i++) {
    struct found found;
    error = find(run, TYPES[i], NULL, &found);
    for (size_t k = 0; k < found.count && error == STORE_OK; k++) error = finish(run, TYPES[i], found.ids[k], found.left[k]);
  }
  return error;
}
