/* Colours set by hand end by themselves: what is past its end is lifted, found by index, in groups of one set each. The computed colour is
   another matter: it is judged elsewhere and never looks at these. */
#include "base/log.h"
#include "rules/clock_private.h"
#include "rules/decide.h"

static const char REASON[] = "人工颜色到期";

struct lift { int64_t id; enum action_code action; };
struct lifting { struct job job; int64_t now; const struct lift *lifts; size_t count; int64_t done; };

/* In a state without the arrow (withdrawn meanwhile, say) the fields are emptied all the same. */
static bool lift_group(struct job *job, struct tx *tx, enum store_error *error) {
  static const uint16_t FIELDS[] = {PROBLEM_HAND_COLOUR, PROBLEM_HAND_COLOUR_UNTIL, PROBLEM_HAND_COLOUR_WHY, PROBLEM_HAND_COLOUR_BY};
  enum { FIELD_COUNT = sizeof FIELDS / sizeof *FIELDS };
  struct lifting *lifting = (struct lifting *)job;
  struct context context = clock_context(lifting->now);
  struct arena *arena = arena_new();
  struct change *changes = ARENA_ARRAY(arena, struct change, lifting->count);
  struct value nothing[FIELD_COUNT];
  struct outcome outcome = {0};
  for (size_t i = 0; i < FIELD_COUNT; i++) nothing[i] = value_nothing(FIELDS[i]);
  for (size_t i = 0; i < lifting->count; i++) {
    bool edit = lifting->lifts[i].action == ACTION_EDIT;
    changes[i] = (struct change){.type = record_type(RECORD_PROBLEM),
                                 .id = lifting->lifts[i].id,
                                 .seen = ANY_VERSION,
                                 .action = lifting->lifts[i].action,
                                 .values = edit ? nothing : NULL,
                                 .value_count = edit ? FIELD_COUNT : 0,
                                 .reason = REASON};
  }
  *error = change_apply(tx, &context, changes, lifting->count, arena, &outcome);
  lifting->done = *error == STORE_OK && outcome.verdict == VERDICT_DONE ? (int64_t)lifting->count : 0;
  arena_free(arena);
  return lifting->done > 0;
}

/* All at once; when the door refuses one of them, one by one, so that it keeps back only itself. */
static enum store_error lift_all(struct clock_run *run, const struct lift *lifts, size_t count) {
  struct lifting lifting = {.now = run->now, .lifts = lifts, .count = count};
  enum store_error error = writer_run(run->writer, lift_group, &lifting.job);
  run->report->lifted += lifting.done;
  if (error != STORE_OK || lifting.done) return error;
  if (count == 1) {
    log_line(LOG_WARNING, "rules", "the colour set by hand of problem %lld was not lifted: refused", (long long)lifts->id);
    return STORE_OK;
  }
  for (size_t i = 0; i < count && error == STORE_OK; i++) error = lift_all(run, &lifts[i], 1);
  return error;
}

struct past_end { struct lift lifts[CLOCK_GROUP]; size_t count; };
static bool take(void *with, const struct row *row) {
  struct past_end *found = with;
  bool arrow = lifecycle_arrow(row->type, row->state, ACTION_LIFT_HAND_COLOUR) != NULL;
  found->lifts[found->count++] = (struct lift){row->id, arrow ? ACTION_LIFT_HAND_COLOUR : ACTION_EDIT};
  return found->count < CLOCK_GROUP;
}

static enum store_error find(struct clock_run *run, struct past_end *found) {
  struct value today = value_integer(PROBLEM_HAND_COLOUR_UNTIL, date_of_moment(run->now));
  struct condition condition = {PROBLEM_HAND_COLOUR_UNTIL, C_LESS, &today, 1};
  struct query query = {.type = record_type(RECORD_PROBLEM),
                        .conditions = &condition,
                        .condition_count = 1,
                        .sort = PROBLEM_HAND_COLOUR_UNTIL,
                        .limit = CLOCK_GROUP,
                        .expected = -1};
  struct reader *reader;
  enum store_error error = store_reader(run->store, &reader);
  found->count = 0;
  if (error != STORE_OK) return error;
  error = reader_list(reader, &query, &SCOPE_SYSTEM, run->arena, take, found);
  reader_release(reader);
  return error;
}

enum store_error clock_hand_colours(struct clock_run *run) {
  struct past_end found;
  int64_t before;
  enum store_error error;
  do {
    arena_reset(run->arena);
    before = run->report->lifted;
    error = find(run, &found);
    if (error == STORE_OK && found.count) error = lift_all(run, found.lifts, found.count);
  } while (error == STORE_OK && found.count == CLOCK_GROUP && run->report->lifted > before);
  return error;
}
