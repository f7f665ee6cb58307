/* The store's clock and its base-line day, kept as side values. A simulated clock marks its store as a test store for ever:
   nothing takes the mark off again. */
#include "rules/clock.h"

#define KEY_SIMULATED "clock.simulated"
#define KEY_OFFSET "clock.offset"
#define KEY_BASE_LINE "base_line"
#define ADVANCE_MOST (INT64_C(36525) * MOMENT_DAY) /* a century at once, so that no date runs over */

/* *value is left as it is where nothing is kept. */
static enum store_error get_number(struct store *store, const char *key, struct arena *arena, int64_t *value) {
  char *text = NULL;
  enum store_error error = side_get(store, SIDE_SETTING, key, arena, &text);
  if (error == STORE_ABSENT) return STORE_OK;
  if (error == STORE_OK && !text_to_integer(text, value)) error = STORE_BROKEN;
  return error;
}

static enum store_error put_number(struct store *store, const char *key, int64_t value) {
  struct arena *arena = arena_new();
  enum store_error error = side_put(store, SIDE_SETTING, key, arena_print(arena, "%lld", (long long)value), 0);
  arena_free(arena);
  return error;
}

enum store_error store_clock_read(struct store *store, struct store_clock *clock) {
  struct arena *arena = arena_new();
  int64_t simulated = 0;
  enum store_error error;
  *clock = (struct store_clock){.base_line = NOTHING};
  error = get_number(store, KEY_SIMULATED, arena, &simulated);
  if (error == STORE_OK) error = get_number(store, KEY_OFFSET, arena, &clock->offset);
  if (error == STORE_OK) error = get_number(store, KEY_BASE_LINE, arena, &clock->base_line);
  clock->simulated = simulated == 1;
  if (!clock->simulated) clock->offset = 0; /* a real store's clock is the system's, whatever was left behind */
  arena_free(arena);
  return error;
}

int64_t store_clock_now(const struct store_clock *clock) { return moment_system() + clock->offset; }

static bool stop_at_change(void *with, const struct entry *entry) {
  bool *found = with;
  *found = entry->kind == ENTRY_CHANGE;
  return !*found;
}

static enum store_error holds_records(struct store *store, bool *holds) {
  struct reader *reader;
  enum store_error error = store_reader(store, &reader);
  *holds = false;
  if (error != STORE_OK) return error;
  error = reader_journal(reader, 0, 1000, stop_at_change, holds);
  reader_release(reader);
  return error;
}

/* The offset first: were it cut short between the two, the store is still a real one. */
enum store_error store_clock_simulate(struct store *store, int64_t now) {
  bool holds;
  enum store_error error = holds_records(store, &holds);
  if (error == STORE_OK && holds) error = STORE_REFUSED;
  if (error == STORE_OK) error = put_number(store, KEY_OFFSET, now - moment_system());
  if (error == STORE_OK) error = put_number(store, KEY_SIMULATED, 1);
  return error;
}

enum store_error store_clock_advance(struct store *store, int64_t by) {
  struct store_clock clock;
  enum store_error error = store_clock_read(store, &clock);
  if (error != STORE_OK) return error;
  if (!clock.simulated || by < 0 || by > ADVANCE_MOST || clock.offset + by > 10 * ADVANCE_MOST) return STORE_REFUSED;
  return put_number(store, KEY_OFFSET, clock.offset + by);
}

enum store_error store_base_line_set(struct store *store, int64_t date) {
  return date == NOTHING ? side_remove(store, SIDE_SETTING, KEY_BASE_LINE) : put_number(store, KEY_BASE_LINE, date);
}
