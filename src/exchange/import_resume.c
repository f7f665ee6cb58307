/* An import that was cut off and goes on: that it had begun is marked before its first row is written, and what it wrote in all is counted
   in the journal by its batch, so that the report to sign tells the whole import and not only what was left of it. */
#include <stdlib.h>

#include "exchange/import_parts.h"
#include "store/seal.h"

#define ENTRIES_AT_ONCE 2000
#define MARK_KEPT_FOR (2 * MOMENT_DAY) /* longer than the upload itself */

static char *begun_key(struct arena *arena, int64_t id) { return arena_print(arena, "import-begun:%lld", (long long)id); }

enum store_error import_begin(struct store *store, int64_t id, int64_t journal, struct arena *arena, int64_t *since) {
  char *text = NULL;
  enum store_error error = side_get(store, SIDE_STAGING, begun_key(arena, id), arena, &text);
  *since = !error ? strtoll(text, NULL, 10) : NOTHING;
  if (error != STORE_ABSENT) return error;
  return side_put(store, SIDE_STAGING, begun_key(arena, id), arena_print(arena, "%lld", (long long)journal), moment_system() + MARK_KEPT_FOR);
}

bool import_begun(struct store *store, int64_t id, struct arena *arena) {
  char *text = NULL;
  return side_get(store, SIDE_STAGING, begun_key(arena, id), arena, &text) == STORE_OK;
}

enum store_error import_begun_drop(struct store *store, int64_t id, struct arena *arena) {
  enum store_error error = side_remove(store, SIDE_STAGING, begun_key(arena, id));
  return error == STORE_ABSENT ? STORE_OK : error;
}

struct wrote {
  const struct import_staged *staged;
  uint16_t missing /* the type's field */;
  struct arena *scratch;
  struct map records;
  int64_t counts[IMPORT_CLASS_COUNT], last;
  size_t seen;
  int64_t number;
};

/* The first entry of a record in the batch tells what the import did with it. */
static bool entry_take(void *with, const struct entry *entry) {
  struct wrote *wrote = with;
  wrote->seen++;
  wrote->number = entry->number;
  if (entry->batch != wrote->staged->id) return true;
  wrote->last = entry->number;
  if (entry->type != wrote->staged->options.type->id || map_get(&wrote->records, entry->record) != NOTHING) return true;
  struct row *given = row_new(wrote->scratch, wrote->staged->options.type);
  int64_t missing = entry->body && body_apply(wrote->scratch, entry, given) ? row_integer(given, wrote->missing) : NOTHING;
  arena_reset(wrote->scratch);
  if (entry->kind == ENTRY_DERIVED && missing == NOTHING) return true; /* judged again, not imported */
  map_put(&wrote->records, entry->record, 1);
  wrote->counts[entry->version == 1 ? IMPORT_CREATED : missing == 1 ? IMPORT_MISSING : missing == 0 ? IMPORT_REAPPEARED : IMPORT_CHANGED]++;
  return true;
}

enum store_error import_count_whole(struct reader *reader, const struct import_staged *staged, int64_t since, struct import_report *report) {
  static const enum import_class WRITTEN[] = {IMPORT_CREATED, IMPORT_CHANGED, IMPORT_REAPPEARED}; /* what is missing is counted again each time */
  const struct import_home *home = import_home_of(staged->options.type->id);
  struct wrote wrote = {.staged = staged, .missing = home ? home->missing : PROBLEM_MISSING, .scratch = arena_new(), .number = since};
  enum store_error error = STORE_OK;
  do {
    wrote.seen = 0;
    error = reader_journal(reader, wrote.number, ENTRIES_AT_ONCE, entry_take, &wrote);
  } while (!error && wrote.seen == ENTRIES_AT_ONCE);
  arena_free(wrote.scratch);
  map_free(&wrote.records);
  if (error) return error;
  for (size_t i = 0; i < sizeof WRITTEN / sizeof *WRITTEN; i++) {
    int64_t before = wrote.counts[WRITTEN[i]] - report->counts[WRITTEN[i]];
    report->counts[WRITTEN[i]] += before;
    report->counts[IMPORT_UNCHANGED] -= before;
  }
  if (wrote.last > report->entry) report->entry = wrote.last;
  report->resumed = true;
  return STORE_OK;
}
