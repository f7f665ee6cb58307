/* Preparing a round for freezing: the table is made on the thread that asked, and left as a side value that the freeze arrow takes up. */
#include "base/json.h"
#include "rules/frozen_parts.h"
#include "rules/identities.h"

#define PREPARED_LIFE (INT64_C(3600) * MOMENT_SECOND)

/* The number at which the campaign was frozen last before this one; 0: never. */
static enum store_error frozen_before(struct reader *reader, int64_t campaign, int64_t journal, struct arena *arena, int64_t *before) {
  struct rows tables;
  enum store_error error = frozen_tables_read(reader, 0, arena, &tables);
  *before = 0;
  for (size_t i = 0; i < tables.count; i++) {
    int64_t at = row_integer(tables.items[i], FROZEN_JOURNAL);
    if (row_integer(tables.items[i], FROZEN_CAMPAIGN) == campaign && at <= journal && at > *before) *before = at;
  }
  return error;
}

enum { BREAKS_NAMED = 20 };

/* What does not balance is not frozen; the records are named. */
static const char *problem_number(struct reader *reader, int64_t problem, struct arena *arena) {
  struct row *row = NULL;
  const char *number = reader_get(reader, record_type(RECORD_PROBLEM), &SCOPE_SYSTEM, problem, arena, &row) == STORE_OK
                           ? row_text(row, PROBLEM_NUMBER)
                           : NULL;
  return number ? number : arena_print(arena, "%lld", (long long)problem);
}

static struct label breaks_label(struct reader *reader, struct arena *arena, const struct identities *identities) {
  struct buffer zh = {.arena = arena}, en = {.arena = arena};
  buffer_print(&zh, "勾稽不平,不能冻结(%zu 处):", identities->break_count);
  buffer_print(&en, "it does not balance and is not frozen (%zu):", identities->break_count);
  for (size_t i = 0; i < identities->break_count && i < BREAKS_NAMED; i++) {
    const char *number = problem_number(reader, identities->breaks[i].problem, arena);
    buffer_print(&zh, "%s%s %s", i ? "；" : "", number, identities->breaks[i].sentence.zh);
    buffer_print(&en, "%s %s: %s", i ? ";" : "", number, identities->breaks[i].sentence.en);
  }
  return (struct label){zh.bytes, en.bytes};
}

static enum store_error balance(struct reader *reader, const struct frozen_seal *seal, struct arena *arena, struct label *refused) {
  struct identities identities;
  int64_t before = 0;
  enum store_error error = frozen_before(reader, seal->campaign, seal->journal, arena, &before);
  if (error == STORE_OK) error = identities_read(reader, NULL, before, seal->journal, seal->campaign, arena, &identities);
  if (error == STORE_OK && !identities.hold) *refused = breaks_label(reader, arena, &identities);
  return error;
}

enum store_error frozen_prepare(struct reader *reader, const struct row *round, int64_t now, struct arena *arena, struct label *refused) {
  struct figures figures;
  struct frozen_made made;
  struct buffer out = {.arena = arena};
  struct json json = json_to(&out);
  *refused = (struct label){0};
  enum store_error error = frozen_make(reader, row_integer(round, ROUND_CAMPAIGN), row_integer(round, ROUND_CUTOFF), now, &figures, arena, &made);
  if (error != STORE_OK) return error;
  figures_free(&figures);
  error = balance(reader, &made.seal, arena, refused);
  if (error != STORE_OK || refused->zh) return error;
  json_open(&json, '{');
  json_pair_integer(&json, "cutoff", made.cutoff);
  json_pair_integer(&json, "journal", made.seal.journal);
  json_pair_integer(&json, "definitions", DEFINITIONS_VERSION);
  json_pair_integer(&json, "count", (int64_t)made.seal.count);
  json_pair(&json, "hash", made.hash);
  json_pair(&json, "totals", made.totals);
  json_close(&json, '}');
  return side_put(reader_store(reader), SIDE_FROZEN, arena_print(arena, FROZEN_PREPARED, (long long)round->id), out.bytes, moment_system() + PREPARED_LIFE);
}
