/* Effects of intake: whose decision a category is. What people change by hand is theirs as well (appeal_settle.c). */
#include "rules/effects.h"

enum store_error effect_classified(struct decision *decision, const struct transition *arrow) {
  (void)arrow;
  row_set_integer(decision->after, APPEAL_CATEGORY_BY, CATEGORY_BY_PROGRAM);
  return STORE_OK;
}

enum store_error effect_category_confirmed(struct decision *decision, const struct transition *arrow) {
  (void)arrow;
  row_set_integer(decision->after, APPEAL_CATEGORY_BY, CATEGORY_BY_PEOPLE);
  row_set_integer(decision->after, APPEAL_CERTAINTY, NOTHING);
  return STORE_OK;
}
