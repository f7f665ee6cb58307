/* Effects that definitions and signals look at: how often in a row an update said the very same (PRACTICE.md, signals), and what came of a
   problem by its confirmed result (实际解决占比). */
#include <string.h>

#include "rules/effects.h"

enum { REPEATS_MOST = 255 }; /* a figure keeps it in one byte */

/* The same but for blanks at the ends and between is the same. */
static bool same_note(struct arena *arena, const char *one, const char *other) {
  return one && other && strcmp(text_clean(arena, one, false), text_clean(arena, other, false)) == 0;
}

enum store_error effect_note_repeats(struct decision *decision, const struct transition *arrow) {
  struct arena *scratch = decision->set->scratch;
  int64_t repeats = row_integer(decision->before, PROBLEM_NOTE_REPEATS);
  bool same = same_note(scratch, row_text(decision->before, PROBLEM_PROGRESS_NOTE), row_text(decision->after, PROBLEM_PROGRESS_NOTE));
  (void)arrow;
  repeats = !same ? 1 : repeats < 1 ? 2 : repeats < REPEATS_MOST ? repeats + 1 : REPEATS_MOST;
  row_set_integer(decision->after, PROBLEM_NOTE_REPEATS, repeats);
  return STORE_OK;
}

/* The result of a cycle that is over says nothing of the one that runs. */
enum store_error effect_outcome(struct decision *decision, const struct transition *arrow) {
  const struct row *result = decision->after;
  int64_t problem = row_integer(result, RESULT_PROBLEM), cycle = row_integer(result, RESULT_CYCLE);
  struct value outcome = value_integer(PROBLEM_OUTCOME, row_integer(result, RESULT_OUTCOME));
  struct row *row = NULL;
  (void)arrow;
  enum store_error error = reader_get(decision->set->reader, record_type(RECORD_PROBLEM), &SCOPE_SYSTEM, problem, decision->set->scratch, &row);
  if (error) return error == STORE_ABSENT ? STORE_OK : error;
  if (cycle == NOTHING || cycle == row_integer(row, PROBLEM_CYCLE)) effect_change(decision, RECORD_PROBLEM, problem, ACTION_EDIT, &outcome, 1, NULL);
  return STORE_OK;
}
