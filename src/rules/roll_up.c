/* What a split problem has from its parts: how many there are and how many are closed, and, where it has no measures of its own, how far
   they are. Reads the parts by their index; a problem that was never split costs nothing. */
#include "rules/colour.h"
#include "rules/derive_private.h"

struct sums { int64_t parts, closed, progress; };

static bool sum(void *with, const struct row *part) {
  struct sums *sums = with;
  int64_t progress = row_integer(part, PROBLEM_PROGRESS);
  bool closed = part->state == PROBLEM_CLOSED || part->state == PROBLEM_SETTLED;
  if (part->state == PROBLEM_WITHDRAWN) return true;
  sums->parts++;
  sums->closed += closed;
  sums->progress += closed ? 10000 : progress == NOTHING ? 0 : progress;
  return true;
}

/* Each part weighs the same; rounded down, so that it is 100 % only when all are. */
enum store_error roll_up(struct reader *reader, const struct row *before, struct arena *arena, struct row *after, struct colour_facts *facts) {
  struct value of = value_integer(PROBLEM_PARENT, before->id);
  struct condition condition = {.field = PROBLEM_PARENT, .how = C_IS, .values = &of, .count = 1};
  struct query query = {.type = record_type(RECORD_PROBLEM), .conditions = &condition, .condition_count = 1, .expected = -1};
  struct sums sums = {0};
  if (row_integer(before, PROBLEM_PARTS) == NOTHING) return STORE_OK;
  enum store_error error = reader_list(reader, &query, &SCOPE_SYSTEM, arena, sum, &sums);
  if (error != STORE_OK) return error;
  row_set_integer(after, PROBLEM_PARTS, sums.parts);
  row_set_integer(after, PROBLEM_PARTS_CLOSED, sums.closed);
  if (sums.parts && (facts->measure_count == NOTHING || facts->measure_count == 0)) facts->weight_accepted = sums.progress / sums.parts;
  return STORE_OK;
}
