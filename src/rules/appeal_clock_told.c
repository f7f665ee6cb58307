/* The clocks of an appeal as they are shown (appeal_clock.h): where each stands and by which rule, from what the row keeps of them. Decides
   nothing. */
#include "rules/appeal_clock.h"

/* The answer is kept by its day alone; of one day it is in time, but where the row says otherwise. */
static bool answered_late(const struct row *appeal, int64_t due) {
  int64_t answered = row_integer(appeal, APPEAL_ANSWERED_ON), last = date_of_moment(due);
  return answered > last || (answered == last && row_integer(appeal, APPEAL_LATENESS) == LATENESS_DONE_LATE);
}

/* Who joined another's handling may be contacted still, and is not late for it: nobody is waited for any more. */
static enum clock_standing contact_standing(const struct row *appeal, const struct clock_told *told, int64_t now) {
  bool asked = appeal->state == APPEAL_ASSIGNED || appeal->state == APPEAL_DISPUTED, joined = appeal->state == APPEAL_JOINED;
  if (told->done != NOTHING && told->due != NOTHING) return told->done > told->due ? CLOCK_DONE_LATE : CLOCK_DONE_IN_TIME;
  if (appeal->state == APPEAL_RECEIVED) return told->number ? CLOCK_NOT_BEGUN : CLOCK_NONE;
  if (told->from == NOTHING || told->due == NOTHING) return CLOCK_NONE;
  return asked || (joined && now <= told->due) ? CLOCK_RUNNING : CLOCK_PASSED_BY;
}

static void contact_told(const struct row *appeal, struct clock_told *told, int64_t now) {
  told->from = row_integer(appeal, APPEAL_ASSIGNED_ON);
  told->due = row_integer(appeal, APPEAL_CONTACT_DUE);
  told->done = row_integer(appeal, APPEAL_CONTACTED_ON);
  told->standing = contact_standing(appeal, told, now);
}

/* Both run from when it was made; the first ends with an answer, the second with one that is not followed by another turn. */
static void answer_told(const struct row *appeal, struct clock_told *told, uint16_t due, bool ended) {
  told->from = row_integer(appeal, APPEAL_MADE_AT);
  told->due = row_integer(appeal, due);
  if (ended)
    told->done = row_integer(appeal, APPEAL_ANSWERED_ON) == NOTHING ? NOTHING : moment_of_date(row_integer(appeal, APPEAL_ANSWERED_ON));
  if (told->due == NOTHING) told->standing = CLOCK_NONE;
  else if (told->done != NOTHING) told->standing = answered_late(appeal, told->due) ? CLOCK_DONE_LATE : CLOCK_DONE_IN_TIME;
  else told->standing = CLOCK_RUNNING;
}

static void reckon(struct clock_told *told, const struct calendar *calendar, int64_t now) {
  if (told->standing == CLOCK_RUNNING && now > told->due) told->standing = CLOCK_LATE;
  bool open = told->standing == CLOCK_RUNNING || told->standing == CLOCK_LATE;
  if (!open && told->standing != CLOCK_DONE_LATE) return;
  int64_t from = date_of_moment(open ? now : told->done), to = date_of_moment(told->due);
  told->days = to - from;
  told->working_days = calendar_working_days_between(calendar, from, to);
}

void appeal_clocks_told(const struct row *appeal, const struct policy *policy, const struct calendar *calendar, int64_t now,
                        struct clock_told told[CLOCK_NAMES]) {
  const struct appeal_clock_rule *rule = appeal_clock_rule(policy, row_integer(appeal, APPEAL_ORIGIN), row_integer(appeal, APPEAL_KIND));
  bool timeless = appeal->voided || row_integer(appeal, APPEAL_HISTORIC) == 1 || appeal->state == APPEAL_DISMISSED;
  for (int i = 0; i < CLOCK_NAMES; i++) told[i] = (struct clock_told){.from = NOTHING, .due = NOTHING, .done = NOTHING};
  if (rule) {
    told[CLOCK_CONTACT].number = rule->contact, told[CLOCK_CONTACT].in = rule->contact_in;
    told[CLOCK_ANSWER].number = rule->answer, told[CLOCK_ANSWER].in = rule->answer_in;
    told[CLOCK_SOLVE].number = rule->solve, told[CLOCK_SOLVE].in = rule->solve_in;
  }
  if (row_integer(appeal, APPEAL_DUE_BASIS) == DUE_BASIS_GIVEN) told[CLOCK_ANSWER].number = 0;
  if (timeless) return;
  contact_told(appeal, &told[CLOCK_CONTACT], now);
  answer_told(appeal, &told[CLOCK_ANSWER], APPEAL_ANSWER_DUE, row_integer(appeal, APPEAL_ANSWERED_ON) != NOTHING);
  answer_told(appeal, &told[CLOCK_SOLVE], APPEAL_SOLVE_DUE, appeal_answered(appeal->state));
  for (int i = 0; i < CLOCK_NAMES; i++) reckon(&told[i], calendar, now);
}
