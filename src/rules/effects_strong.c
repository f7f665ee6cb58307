/* The effect of strong complaints' second way: who confirmed the case, when and why is written down; taken back, all of it goes. */
#include "rules/effects.h"

void strong_case_forget(struct row *problem) {
  static const uint16_t ALL[] = {PROBLEM_STRONG_CASE,    PROBLEM_STRONG_CASE_SOURCE, PROBLEM_STRONG_CASE_PICTURE,
                                 PROBLEM_STRONG_CASE_ON, PROBLEM_STRONG_CASE_BY,     PROBLEM_STRONG_CASE_WHY};
  for (size_t i = 0; i < sizeof ALL / sizeof *ALL; i++) row_set_integer(problem, ALL[i], NOTHING);
}

enum store_error effect_strong_case(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after;
  if (arrow->action == ACTION_LIFT_CASE) {
    strong_case_forget(after);
    return STORE_OK;
  }
  row_set_text(after, PROBLEM_STRONG_CASE_WHY, effect_one_line(decision->set->scratch, decision->change->reason, 400));
  row_set_integer(after, PROBLEM_STRONG_CASE_ON, decision_date(decision));
  row_set_integer(after, PROBLEM_STRONG_CASE_BY, decision->authority->user ? decision->authority->user : NOTHING);
  return STORE_OK;
}
