/* Invariants: a problem that keeps them all, and each rule broken by one change, which breaks that rule and no other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>
#include "rules/invariants.h"

enum { TODAY = 1000, C = FIGURE_COUNTED, NONE = FIGURE_NO_DATE };
struct example { struct figure figure, parent; struct unit_facts unit; bool has_parent; };

/* Rectifying, with owner, date and colour, led by a unit in force. */
static struct example rectifying(void) {
  return (struct example){
    .figure = {.id = 5, .lead_unit = 9, .state = PROBLEM_RECTIFYING, .flags = C | FIGURE_OWNED | FIGURE_OWNER_NAMED, .admitted = 900, .assigned = 901, .due = 1100, .due_original = 1100, .applied = NONE, .accepted = NONE,
               .closed = NONE, .settled = NONE, .watch_until = NONE, .reopened = NONE, .hand_until = NONE, .suspended_until = NONE, .colour = COLOUR_BLUE, .cycle = 1, .kind = KIND_TIME_LIMITED},
    .unit = {.unit = 9, .kind = UNIT_KIND_GOVERNMENT, .may_hold = true, .from = NONE, .to = NONE}};
}
static void closed(struct example *e) {
  e->figure.state = PROBLEM_CLOSED, e->figure.applied = 940, e->figure.accepted = 945, e->figure.closed = 950, e->figure.watch_until = 1130,
  e->figure.colour = COLOUR_GREEN;
}
static void part(struct example *e) {
  e->figure.flags |= FIGURE_PART, e->figure.parent = 4, e->has_parent = true;
  e->parent = (struct figure){.id = 4, .flags = C, .state = PROBLEM_RECTIFYING};
}

static void without_lead(struct example *e) { e->figure.lead_unit = 0; }
static void without_owner(struct example *e) { e->figure.flags = C; }
static void without_date(struct example *e) { e->figure.due = NONE; }
static void suspended_for_ever(struct example *e) {
  e->figure.state = PROBLEM_SUSPENDED, e->figure.flags |= FIGURE_SUSPENDED, e->figure.colour = COLOUR_GREY;
}
static void coloured_for_ever(struct example *e) { e->figure.hand_colour = COLOUR_RED; }
static void watched_for_ever(struct example *e) { closed(e), e->figure.watch_until = NONE; }
static void village(struct example *e) { e->unit.kind = UNIT_KIND_VILLAGE; }
static void may_not_hold(struct example *e) { e->unit.may_hold = false; }
static void unit_ended(struct example *e) { e->unit.to = TODAY - 1; }
static void without_colour(struct example *e) { e->figure.colour = 0; }
static void withdrawn_coloured(struct example *e) { e->figure.state = PROBLEM_WITHDRAWN, e->figure.flags = FIGURE_WITHDRAWN; }
static void assigned_before_admitted(struct example *e) { e->figure.assigned = 899; }
static void closed_without_date(struct example *e) { closed(e), e->figure.closed = NONE; }
static void watch_long_over(struct example *e) { closed(e), e->figure.watch_until = TODAY - 2; }
static void suspension_over(struct example *e) { suspended_for_ever(e), e->figure.suspended_until = TODAY - 2; }
static void parent_gone(struct example *e) { part(e), e->has_parent = false; }
static void parent_withdrawn(struct example *e) { part(e), e->parent.flags = FIGURE_WITHDRAWN, e->parent.state = PROBLEM_WITHDRAWN; }
static void parent_closed(struct example *e) { part(e), e->parent.state = PROBLEM_CLOSED; }
static void joins_its_own(struct example *e) { e->figure.joint[0] = 3, e->figure.joint[1] = 9; }
static void second_cycle_unexplained(struct example *e) { e->figure.cycle = 2; }

static const struct { void (*change)(struct example *); const char *rule; } BROKEN[] = {
  {without_lead, "no_lead_unit"}, {without_owner, "no_owner"}, {without_date, "no_date"}, {suspended_for_ever, "no_end"}, {coloured_for_ever, "no_end"}, {watched_for_ever, "no_end"},
  {village, "held_too_low"}, {may_not_hold, "held_too_low"}, {unit_ended, "holder_gone"}, {without_colour, "no_colour"}, {withdrawn_coloured, "colour_left"},
  {assigned_before_admitted, "dates_out_of_order"}, {closed_without_date, "step_missing"}, {watch_long_over, "watch_overrun"}, {suspension_over, "suspended_overrun"},
  {parent_gone, "part_alone"}, {parent_withdrawn, "part_alone"}, {parent_closed, "part_behind"}, {joins_its_own, "joins_itself"}, {second_cycle_unexplained, "cycle_unexplained"}};

static uint32_t broken_by(const struct example *e) {
  return invariants_broken(
      &(struct invariant_facts){.figure = &e->figure, .parent = e->has_parent ? &e->parent : NULL, .unit = &e->unit, .today = TODAY});
}

static void whole_problems_break_none(void **state) {
  struct example one = rectifying(), two = rectifying(), three = rectifying();
  closed(&two);
  part(&three);
  assert_int_equal(broken_by(&one), 0);
  assert_int_equal(broken_by(&two), 0);
  assert_int_equal(broken_by(&three), 0);
}

static void each_rule_is_broken_by_its_own_fault_alone(void **state) {
  uint32_t seen = 0;
  for (size_t i = 0; i < sizeof BROKEN / sizeof *BROKEN; i++) {
    struct example example = rectifying();
    const struct invariant *rule = invariant_named(BROKEN[i].rule);
    assert_non_null(rule);
    BROKEN[i].change(&example);
    if (broken_by(&example) != UINT32_C(1) << (rule - INVARIANTS))
      fail_msg("case %zu, %s: bits %x", i, BROKEN[i].rule, (unsigned)broken_by(&example));
    seen |= broken_by(&example);
  }
  assert_int_equal(seen, (UINT32_C(1) << INVARIANT_COUNT) - 1); /* every rule has its case */
}

static void historic_problems_are_not_asked_for_what_nobody_kept(void **state) {
  struct example example = rectifying();
  closed_without_date(&example);
  example.figure.flags |= FIGURE_HISTORIC;
  assert_int_equal(broken_by(&example), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(whole_problems_break_none),
                                     cmocka_unit_test(each_rule_is_broken_by_its_own_fault_alone),
                                     cmocka_unit_test(historic_problems_are_not_asked_for_what_nobody_kept)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
