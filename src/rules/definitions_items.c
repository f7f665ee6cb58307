/* Predicates over items: checks, cases, mechanisms (definitions.c has the table). Pure; what a mechanism came to was reckoned when its
   appeals were counted. */
#include "rules/definitions_items.h"

static bool within(int32_t date, const struct cut *cut) { return date != FIGURE_NO_DATE && date >= cut->from && date <= cut->to; }
static bool has_verdict(const struct record_item *item, const struct cut *cut) {
  return (item->state == CHECK_PASSED || item->state == CHECK_FAILED) && within(item->on, cut);
}

/* Only what was drawn says something of all: who looks back chooses where. */
bool spot_checked(const struct record_item *item, const struct cut *cut) { return item->what == CHECK_DRAWN && has_verdict(item, cut); }
bool spot_passed(const struct record_item *item, const struct cut *cut) { return spot_checked(item, cut) && item->state == CHECK_PASSED; }
bool looked_back(const struct record_item *item, const struct cut *cut) { return item->what == CHECK_LOOK_BACK && has_verdict(item, cut); }
bool look_back_passed(const struct record_item *item, const struct cut *cut) {
  return looked_back(item, cut) && item->state == CHECK_PASSED;
}
bool check_waiting(const struct record_item *item, const struct cut *cut) {
  (void)cut;
  return item->state == CHECK_WAITING;
}
bool sham_found(const struct record_item *item, const struct cut *cut) { return item->state == CHECK_FAILED && within(item->on, cut); }

bool case_counted(const struct record_item *item, const struct cut *cut) {
  (void)cut;
  return item->state == CASE_CONFIRMED;
}
bool case_is_made(const struct record_item *item, const struct cut *cut) { return case_counted(item, cut) && item->what == CASE_MADE; }

bool mechanism_in_force(const struct record_item *item, const struct cut *cut) {
  return item->state == MECHANISM_IN_FORCE && (item->on == FIGURE_NO_DATE || item->on <= cut->on);
}
bool mechanism_compared(const struct record_item *item, const struct cut *cut) {
  return mechanism_in_force(item, cut) && (item->what == WORKS_WELL || item->what == WORKS_NOT);
}
bool mechanism_works_well(const struct record_item *item, const struct cut *cut) {
  return mechanism_in_force(item, cut) && item->what == WORKS_WELL;
}
