/* Effects of showing an appeal outside, over Open311, and of ending that. What is shown there is asked of the appeal itself each time. */
#include "rules/effects.h"

enum store_error effect_shown(struct decision *decision, const struct transition *arrow) {
  (void)arrow;
  row_set_integer(decision->after, APPEAL_SHOWN, 1);
  if (row_integer(decision->after, APPEAL_SHOWN_ON) == NOTHING) row_set_integer(decision->after, APPEAL_SHOWN_ON, decision->set->today);
  return STORE_OK;
}

enum store_error effect_hidden(struct decision *decision, const struct transition *arrow) {
  (void)arrow;
  row_set_integer(decision->after, APPEAL_SHOWN, 0);
  row_set_integer(decision->after, APPEAL_SHOWN_ON, NOTHING);
  return STORE_OK;
}
