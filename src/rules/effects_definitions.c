/* Effects that signals of sham rectification look at (PRACTICE.md, 'same text in three updates'): how often in a row an update said the very same. */
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
  if (!decision_gives(decision, PROBLEM_PROGRESS_NOTE)) return STORE_OK;
  repeats = !same ? 1 : repeats < 1 ? 2 : repeats < REPEATS_MOST ? repeats + 1 : REPEATS_MOST;
  row_set_integer(decision->after, PROBLEM_NOTE_REPEATS, repeats);
  return STORE_OK;
}
