/* The primitives of the colour rules: for each permanent name a pure function of the facts, the policy's number and the day.
   What a row means is told in docs/colour.md; what it means may never change. To add a rule: a code in codes.h, a row here,
   a sentence in colour_sentence.c. Reads nothing, knows no policy. */
#include "rules/colour_rules.h"

#include "rules/complaints.h"

/* ---- what the rules have in common ---- */

bool colour_counts(const struct colour_facts *facts) {
  static const bool coloured[] = {
    [PROBLEM_ADMITTED] = true, [PROBLEM_ASSIGNED] = true, [PROBLEM_TAKEN] = true, [PROBLEM_RECTIFYING] = true, [PROBLEM_APPLIED] = true,
    [PROBLEM_ENDORSED] = true, [PROBLEM_ACCEPTED] = true, [PROBLEM_PUBLICISED] = true, [PROBLEM_CLOSED] = true, [PROBLEM_SETTLED] = true,
    [PROBLEM_DISPUTED] = true, [PROBLEM_SUSPENDED] = true, [PROBLEM_SPLIT] = true};
  return (facts->counted == 1 || facts->part == 1) && facts->state > 0 && facts->state < (int64_t)(sizeof coloured) &&
         coloured[facts->state];
}

int64_t colour_accepted(const struct colour_facts *facts) { return facts->weight_accepted == NOTHING ? 0 : facts->weight_accepted; }

/* A step of the plan is due at the end of its day: it counts from the day after. */
int64_t colour_planned(const struct colour_facts *facts, int64_t today) {
  int64_t planned = 0;
  if (facts->plan_count == NOTHING || facts->plan_count <= 0) return NOTHING;
  for (int64_t i = 0; i < facts->plan_count && i < COLOUR_PLAN_STEPS; i++)
    if (facts->plan_date[i] < today) planned = facts->plan_weight[i];
  return planned;
}

/* Accepted by somebody else: from here on lateness is a matter of the on-time rate, not of the colour. */
static bool done(const struct colour_facts *facts) {
  return facts->state == PROBLEM_ACCEPTED || facts->state == PROBLEM_PUBLICISED || facts->state == PROBLEM_CLOSED ||
         facts->state == PROBLEM_SETTLED;
}

static int64_t count(int64_t fact) { return fact == NOTHING ? 0 : fact; }

static int64_t later(int64_t one, int64_t other) { return one > other ? one : other; /* NOTHING is the least of all */ }

/* When this cycle reached the unit. */
static int64_t cycle_begun(const struct colour_facts *facts) {
  int64_t begun = later(facts->assigned_on, facts->reopened_on);
  return begun != NOTHING ? begun : facts->admitted_on;
}

/* ---- grey and green ---- */

static bool not_assigned(const struct colour_facts *facts, int64_t than, int64_t today) { return facts->state == PROBLEM_ADMITTED; }
static int64_t admitted(const struct colour_facts *facts) { return facts->admitted_on; }
static void tell_admitted(const struct colour_facts *facts, int64_t today, int64_t numbers[4]) { numbers[0] = facts->admitted_on; }

static bool suspended(const struct colour_facts *facts, int64_t than, int64_t today) { return facts->state == PROBLEM_SUSPENDED; }
static void tell_suspended(const struct colour_facts *facts, int64_t today, int64_t numbers[4]) { numbers[0] = facts->suspended_until; }

static bool accepted(const struct colour_facts *facts, int64_t than, int64_t today) { return done(facts); }
static int64_t accepted_since(const struct colour_facts *facts) {
  return facts->accepted_on != NOTHING ? facts->accepted_on : facts->closed_on;
}
static void tell_accepted(const struct colour_facts *facts, int64_t today, int64_t numbers[4]) {
  numbers[0] = facts->accepted_on;
  numbers[1] = facts->closed_on;
  numbers[2] = facts->state;
  numbers[3] = facts->state == PROBLEM_PUBLICISED ? facts->publicity_until : facts->watch_until;
}

/* ---- late ---- */

static int64_t days_over(const struct colour_facts *facts, int64_t today) {
  return facts->due == NOTHING || today <= facts->due ? 0 : today - facts->due;
}
/* How late it was when a broken date was moved; 0 once more has been verified than stood accepted then. */
static int64_t days_broken(const struct colour_facts *facts) {
  if (facts->broken_due == NOTHING || facts->broken_on == NOTHING || colour_accepted(facts) > count(facts->broken_weight)) return 0;
  return facts->broken_on > facts->broken_due ? facts->broken_on - facts->broken_due : 0;
}
static bool overdue(const struct colour_facts *facts, int64_t than, int64_t today) {
  return !done(facts) && later(days_over(facts, today), days_broken(facts)) >= than;
}
static size_t overdue_turns(const struct colour_facts *facts, int64_t than, int64_t *dates) {
  if (facts->due == NOTHING) return 0;
  dates[0] = facts->due + than;
  return 1;
}
static void tell_overdue(const struct colour_facts *facts, int64_t today, int64_t numbers[4]) {
  bool broken = days_broken(facts) > days_over(facts, today);
  numbers[0] = broken ? days_broken(facts) : days_over(facts, today);
  numbers[1] = broken ? facts->broken_due : facts->due;
  numbers[2] = colour_accepted(facts);
  numbers[3] = broken ? facts->due : NOTHING; /* the new date */
}

/* ---- sent back, back again, complained of ---- */

static bool sent_back(const struct colour_facts *facts, int64_t than, int64_t today) {
  return !done(facts) && count(facts->sent_back) >= than;
}
static void tell_sent_back(const struct colour_facts *facts, int64_t today, int64_t numbers[4]) {
  numbers[0] = count(facts->sent_back);
  numbers[1] = facts->due;
  numbers[2] = colour_accepted(facts);
}

/* Over once a measure of the new cycle is accepted, or once `than` days of it have passed by whose end its plan asked for nothing yet. */
static bool rebound(const struct colour_facts *facts, int64_t than, int64_t today) {
  if (done(facts) || count(facts->cycle) < 2 || count(facts->rebounds) < 1 || colour_accepted(facts) > 0) return false;
  if (facts->reopened_on == NOTHING || today < facts->reopened_on + than) return true;
  return colour_planned(facts, facts->reopened_on + than) != 0;
}
static size_t rebound_turns(const struct colour_facts *facts, int64_t than, int64_t *dates) {
  if (facts->reopened_on == NOTHING) return 0;
  dates[0] = facts->reopened_on + than;
  return 1;
}
static void tell_rebound(const struct colour_facts *facts, int64_t today, int64_t numbers[4]) {
  numbers[0] = count(facts->cycle);
  numbers[1] = facts->reopened_on;
  numbers[2] = count(facts->rebounds);
  numbers[3] = colour_accepted(facts);
}

/* Somebody went and saw that it is not put right: red until more is accepted than stood then, or the whole is accepted again. */
static bool failed_check(const struct colour_facts *facts, int64_t than, int64_t today) {
  return !done(facts) && count(facts->failed_checks) >= than && colour_accepted(facts) <= count(facts->failed_check_weight);
}
static int64_t failed_on(const struct colour_facts *facts) { return facts->failed_check_on; }
static void tell_failed_check(const struct colour_facts *facts, int64_t today, int64_t numbers[4]) {
  numbers[0] = count(facts->failed_checks);
  numbers[1] = facts->due;
  numbers[2] = colour_accepted(facts);
  numbers[3] = facts->failed_check_on;
}

/* Many people, and many for this unit: else districts and street enforcement would always be red. Or a media or group case that the office
   confirmed. */
static bool strong_complaints(const struct colour_facts *facts, const struct policy *policy, int64_t than) {
  return !done(facts) &&
         (facts->strong_case != NOTHING || complaints_strong(facts->complaints, facts->usual_complaints, than, policy->complaint_times));
}
/* The colour files read the pair no further: the last number is the case, its kind and day in one. */
enum { CASE_KINDS = 10 };
int64_t colour_case_told(int64_t kind, int64_t on) { return kind == NOTHING ? NOTHING : (on == NOTHING ? 0 : on) * CASE_KINDS + kind; }
int64_t colour_case_kind(int64_t told) { return told == NOTHING ? NOTHING : told % CASE_KINDS; }
int64_t colour_case_on(int64_t told) { return told == NOTHING || told < CASE_KINDS ? NOTHING : told / CASE_KINDS; }
static void tell_complaints(const struct colour_facts *facts, int64_t today, int64_t numbers[4]) {
  numbers[0] = facts->complaints;
  numbers[1] = facts->usual_complaints;
  numbers[2] = facts->complaint_days;
  numbers[3] = colour_case_told(facts->strong_case, facts->strong_case_on);
}

/* ---- against the plan ---- */

static bool behind_plan(const struct colour_facts *facts, int64_t than, int64_t today) {
  int64_t planned = colour_planned(facts, today);
  return !done(facts) && planned != NOTHING && planned - colour_accepted(facts) >= than;
}
static size_t plan_turns(const struct colour_facts *facts, int64_t than, int64_t *dates) {
  size_t turns = 0;
  for (int64_t i = 0; i < facts->plan_count && i < COLOUR_PLAN_STEPS; i++) dates[turns++] = facts->plan_date[i] + 1;
  return turns;
}
static void tell_behind(const struct colour_facts *facts, int64_t today, int64_t numbers[4]) {
  numbers[0] = count(colour_planned(facts, today)) - colour_accepted(facts);
  numbers[1] = facts->due;
  numbers[2] = colour_accepted(facts);
}

static bool due_soon(const struct colour_facts *facts, int64_t than, int64_t today) {
  return !done(facts) && facts->due != NOTHING && today <= facts->due && facts->due - today <= than && colour_accepted(facts) < 5000;
}
static size_t due_soon_turns(const struct colour_facts *facts, int64_t than, int64_t *dates) {
  if (facts->due == NOTHING) return 0;
  dates[0] = facts->due - than;
  dates[1] = facts->due + 1;
  return 2;
}
static void tell_due_soon(const struct colour_facts *facts, int64_t today, int64_t numbers[4]) {
  numbers[0] = facts->due - today;
  numbers[1] = facts->due;
  numbers[2] = colour_accepted(facts);
}

/* ---- the stages of a long-term problem ---- */

static bool stage_missed(const struct colour_facts *facts, int64_t than, int64_t today) {
  return !done(facts) && facts->stage_due != NOTHING && today - facts->stage_due >= than;
}
static size_t stage_turns(const struct colour_facts *facts, int64_t than, int64_t *dates) {
  if (facts->stage_due == NOTHING) return 0;
  dates[0] = facts->stage_due + than;
  return 1;
}
static void tell_stage(const struct colour_facts *facts, int64_t today, int64_t numbers[4]) {
  numbers[0] = today - facts->stage_due;
  numbers[1] = facts->stage_due;
  numbers[2] = colour_accepted(facts);
}

static bool to_plan(const struct colour_facts *facts, int64_t than, int64_t today) { return true; }
static void tell_plan(const struct colour_facts *facts, int64_t today, int64_t numbers[4]) {
  numbers[1] = facts->due;
  numbers[2] = colour_accepted(facts);
}

/* ---- passed on in a circle: until more is accepted than stood when it closed ---- */

static bool circle(const struct colour_facts *facts, int64_t than, int64_t today) {
  return !done(facts) && count(facts->circles) >= than && colour_accepted(facts) <= count(facts->circle_weight);
}
static int64_t circled(const struct colour_facts *facts) { return facts->circle_on; }
static void tell_circle(const struct colour_facts *facts, int64_t today, int64_t numbers[4]) {
  numbers[0] = count(facts->circles);
  numbers[1] = facts->due;
  numbers[2] = colour_accepted(facts);
  numbers[3] = facts->circle_on;
}

/* ---- progress and time by themselves: what presets of other places look at ---- */

static bool progress_below(const struct colour_facts *facts, int64_t than, int64_t today) {
  return !done(facts) && colour_accepted(facts) < than;
}

/* The share of the term that is left: from the day this cycle reached the unit to its date. */
static int64_t term_of(const struct colour_facts *facts) {
  int64_t begun = cycle_begun(facts);
  return facts->due == NOTHING || begun == NOTHING || facts->due <= begun ? NOTHING : facts->due - begun;
}
static bool time_left(const struct colour_facts *facts, int64_t than, int64_t today) {
  int64_t term = term_of(facts);
  return !done(facts) && term != NOTHING && today <= facts->due && (facts->due - today) * 10000 <= than * term;
}
static size_t time_left_turns(const struct colour_facts *facts, int64_t than, int64_t *dates) {
  int64_t term = term_of(facts);
  if (term == NOTHING) return 0;
  dates[0] = facts->due - than * term / 10000;
  dates[1] = facts->due + 1;
  return 2;
}

int64_t colour_working_left(int64_t bits, int64_t due, int64_t today) {
  int64_t left = 0;
  if (due - today > COLOUR_WORK_BITS) return COLOUR_WORK_BITS;
  for (int64_t i = 0; i < due - today; i++) left += bits >> i & 1;
  return left;
}
static int64_t working_left(const struct colour_facts *facts, int64_t today) {
  return colour_working_left(facts->working_days, facts->due, today);
}
static bool due_working_days(const struct colour_facts *facts, int64_t than, int64_t today) {
  return !done(facts) && facts->due != NOTHING && facts->working_days != NOTHING && today <= facts->due &&
         working_left(facts, today) <= than;
}
static size_t due_working_turns(const struct colour_facts *facts, int64_t than, int64_t *dates) {
  int64_t days = 0;
  if (facts->due == NOTHING || facts->working_days == NOTHING) return 0;
  while (days < COLOUR_WORK_BITS && working_left(facts, facts->due - days - 1) <= than) days++;
  dates[0] = facts->due - days;
  dates[1] = facts->due + 1;
  return 2;
}
static void tell_due_working(const struct colour_facts *facts, int64_t today, int64_t numbers[4]) {
  numbers[0] = working_left(facts, today);
  numbers[1] = facts->due;
  numbers[2] = colour_accepted(facts);
  numbers[3] = facts->working_days;
}

/* The first step of the plan that is past and not reached. */
static int64_t step_missed(const struct colour_facts *facts, int64_t today) {
  for (int64_t i = 0; i < facts->plan_count && i < COLOUR_PLAN_STEPS; i++)
    if (facts->plan_weight[i] > colour_accepted(facts)) return facts->plan_date[i] < today ? facts->plan_date[i] : NOTHING;
  return NOTHING;
}
static bool behind_days(const struct colour_facts *facts, int64_t than, int64_t today) {
  int64_t date = step_missed(facts, today);
  return !done(facts) && date != NOTHING && today - date >= than;
}
static size_t behind_days_turns(const struct colour_facts *facts, int64_t than, int64_t *dates) {
  size_t turns = 0;
  for (int64_t i = 0; i < facts->plan_count && i < COLOUR_PLAN_STEPS; i++) dates[turns++] = facts->plan_date[i] + than;
  return turns;
}
static void tell_behind_days(const struct colour_facts *facts, int64_t today, int64_t numbers[4]) {
  int64_t date = step_missed(facts, today);
  numbers[0] = date == NOTHING ? 0 : today - date;
  numbers[1] = facts->due;
  numbers[2] = colour_accepted(facts);
  numbers[3] = date;
}

static bool not_started(const struct colour_facts *facts, int64_t than, int64_t today) {
  return facts->state == PROBLEM_ASSIGNED || facts->state == PROBLEM_TAKEN;
}

static bool extended(const struct colour_facts *facts, int64_t than, int64_t today) {
  return !done(facts) && facts->due != NOTHING && facts->due_original != NOTHING && facts->due > facts->due_original;
}
static void tell_extended(const struct colour_facts *facts, int64_t today, int64_t numbers[4]) {
  numbers[0] = facts->due_original == NOTHING ? 0 : facts->due - facts->due_original;
  numbers[1] = facts->due;
  numbers[2] = colour_accepted(facts);
  numbers[3] = facts->due_original;
}

/* The day of the accepted application counts, not that of its acceptance. */
static bool accepted_late(const struct colour_facts *facts, int64_t than, int64_t today) {
  return done(facts) && facts->applied_on != NOTHING && facts->due != NOTHING && facts->applied_on > facts->due;
}
static void tell_accepted_late(const struct colour_facts *facts, int64_t today, int64_t numbers[4]) {
  numbers[0] = facts->applied_on == NOTHING || facts->due == NOTHING ? 0 : facts->applied_on - facts->due;
  numbers[1] = facts->due;
  numbers[2] = facts->applied_on;
}

static bool closed(const struct colour_facts *facts, int64_t than, int64_t today) {
  return facts->state == PROBLEM_CLOSED || facts->state == PROBLEM_SETTLED;
}
static int64_t closed_since(const struct colour_facts *facts) { return facts->closed_on; }

/* ---- decided before the rules ---- */

static int64_t applied(const struct colour_facts *facts) { return facts->applied_on; }
static void tell_review(const struct colour_facts *facts, int64_t today, int64_t numbers[4]) {
  numbers[0] = facts->applied_on;
  numbers[1] = facts->review_until;
  numbers[2] = facts->colour_at_application;
}
static void tell_nothing(const struct colour_facts *facts, int64_t today, int64_t numbers[4]) {}

const struct primitive COLOUR_PRIMITIVES[RULE_COUNT] = {
  [RULE_NOT_COUNTED] = {"not_counted", {"不计入", "Not counted"}, .numbers = tell_nothing},
  [RULE_NOT_ASSIGNED] = {"not_assigned", {"尚未交办", "Not yet assigned"}, .holds = not_assigned, .begun = admitted, .numbers = tell_admitted},
  [RULE_SUSPENDED] = {"suspended", {"挂账", "Suspended"}, .holds = suspended, .numbers = tell_suspended},
  [RULE_ACCEPTED] = {"accepted", {"验收通过", "Accepted"}, .holds = accepted, .begun = accepted_since, .numbers = tell_accepted},
  [RULE_OVERDUE_LONG] = {"overdue_long", {"长期过期", "Long overdue"}, 1, 1000, overdue, overdue_turns, cycle_begun, tell_overdue},
  [RULE_SENT_BACK_TWICE] = {"sent_back_twice", {"验收多次退回", "Sent back repeatedly"}, 2, 100, sent_back, .begun = cycle_begun, .numbers = tell_sent_back},
  [RULE_REBOUND] = {"rebound", {"反弹", "Rebound"}, 1, 365, rebound, rebound_turns, cycle_begun, tell_rebound},
  [RULE_FAILED_CHECK] = {"failed_check", {"抽查不合格", "Failed a check"}, 1, 100, failed_check, .begun = failed_on, .numbers = tell_failed_check},
  [RULE_CIRCLE] = {"circle", {"循环转办", "Transferred in a circle"}, 1, 100, circle, .begun = circled, .numbers = tell_circle},
  [RULE_STRONG_COMPLAINTS] = {"strong_complaints", {"群众反映强烈", "Strong complaints"}, 1, 100000, .begun = cycle_begun, .numbers = tell_complaints, .holds_under = strong_complaints},
  [RULE_OVERDUE] = {"overdue", {"过期", "Overdue"}, 1, 1000, overdue, overdue_turns, cycle_begun, tell_overdue},
  [RULE_SENT_BACK] = {"sent_back", {"验收退回", "Sent back"}, 1, 100, sent_back, .begun = cycle_begun, .numbers = tell_sent_back},
  [RULE_BEHIND_PLAN] = {"behind_plan", {"落后计划", "Behind plan"}, 1, 10000, behind_plan, plan_turns, cycle_begun, tell_behind},
  [RULE_DUE_SOON] = {"due_soon", {"临期", "Due soon"}, 1, 1000, due_soon, due_soon_turns, cycle_begun, tell_due_soon},
  [RULE_TO_PLAN] = {"to_plan", {"按计划推进", "To plan"}, .holds = to_plan, .begun = cycle_begun, .numbers = tell_plan},
  [RULE_UNDER_REVIEW] = {"under_review", {"申请销号审核中", "Under review"}, .begun = applied, .numbers = tell_review},
  [RULE_HAND_SET] = {"hand_set", {"人工设定", "Set by hand"}},
  [RULE_STAGE_MISSED] = {"stage_missed", {"阶段未完成", "Stage missed"}, 1, 400, stage_missed, stage_turns, cycle_begun, tell_stage},
  [RULE_PROGRESS_BELOW] = {"progress_below", {"进度不足", "Progress below"}, 1, 10000, progress_below, .begun = cycle_begun, .numbers = tell_plan},
  [RULE_TIME_LEFT] = {"time_left", {"剩余时间少", "Little time left"}, 1, 10000, time_left, time_left_turns, cycle_begun, tell_due_soon},
  [RULE_DUE_WORKING_DAYS] = {"due_working_days", {"临期(工作日)", "Due within working days"}, 1, 15, due_working_days, due_working_turns, cycle_begun, tell_due_working},
  [RULE_ACCEPTED_LATE] = {"accepted_late", {"迟后验收", "Accepted late"}, .holds = accepted_late, .begun = accepted_since, .numbers = tell_accepted_late},
  [RULE_BEHIND_DAYS] = {"behind_days", {"滞后天数", "Days behind plan"}, 1, 1000, behind_days, behind_days_turns, cycle_begun, tell_behind_days},
  [RULE_NOT_STARTED] = {"not_started", {"未启动", "Not started"}, .holds = not_started, .begun = cycle_begun, .numbers = tell_plan},
  [RULE_EXTENDED] = {"extended", {"延期中", "Extended"}, .holds = extended, .begun = cycle_begun, .numbers = tell_extended},
  [RULE_CLOSED] = {"closed", {"已销号", "Closed"}, .holds = closed, .begun = closed_since, .numbers = tell_accepted},
  [RULE_PLACEHOLDER] = {"placeholder", {"离线涉密占位", "Off-line placeholder"}, .numbers = tell_nothing},
};
_Static_assert(sizeof COLOUR_PRIMITIVES / sizeof *COLOUR_PRIMITIVES == RULE_COUNT, "a primitive for every rule");

const struct primitive *colour_primitive(int64_t rule) {
  return rule > 0 && rule < RULE_COUNT && COLOUR_PRIMITIVES[rule].name ? &COLOUR_PRIMITIVES[rule] : NULL;
}
