/* The clocks of an appeal 诉求: contact, answer, solve. Which days or hours they have hangs on where it came in and what kind it is
   (domain-facts 1.3, 3): rows of the policy in force on the day it was made. Pure: a row in, moments and the lateness they make out. */
#ifndef BIHUAN_RULES_APPEAL_CLOCK_H
#define BIHUAN_RULES_APPEAL_CLOCK_H

#include "rules/calendar.h"
#include "rules/policy.h"

enum { APPEAL_CLOCKS_MOST = 32 };
void appeal_clocks_default(struct policy *policy);
/* JSON [{"kind":"consultation","contact":1,"answer":2,"answer_in":"working","solve":5},…]; origin and kind may be left out (any); no two
   rows for the same. */
bool appeal_clocks_parse(const char *json, struct appeal_clock_rule *rules, size_t most, size_t *count, struct arena *arena,
                         struct label *problem);
/* The row that fits best (origin and kind, then origin, then kind, then neither); NULL: none. */
const struct appeal_clock_rule *appeal_clock_rule(const struct policy *policy, int64_t origin, int64_t kind);

/* The last moment that is still in time; NOTHING: no such clock, or not begun. Contact runs from the assignment, the other two from when
   the appeal was made, so that no hand-over begins them anew. basis: DUE_BASIS_* of the answer. */
struct appeal_clocks { int64_t contact, answer, solve, basis; };
struct appeal_clocks appeal_clocks_of(const struct row *appeal, const struct policy *policy, const struct calendar *calendar);

/* Writes what time and state make of the row: the three moments, the day of the answer where nobody gave it, lateness, and when time alone
   changes any of it. before: NULL when it is new. happened: when what changes it happened. */
void appeal_judge(const struct row *before, struct row *after, const struct policy *policy, const struct calendar *calendar, int64_t now,
                  int64_t happened);
/* How each of the three stands at a moment, to be shown: from when, until when, ended when, and by how much. */
enum clock_name { CLOCK_CONTACT, CLOCK_ANSWER, CLOCK_SOLVE, CLOCK_NAMES };
enum clock_standing {
  CLOCK_NONE /* no such clock, or none runs for it any more */, CLOCK_NOT_BEGUN, CLOCK_RUNNING, CLOCK_LATE, CLOCK_DONE_IN_TIME, CLOCK_DONE_LATE,
  CLOCK_PASSED_BY /* nobody noted it, and the next step was taken */ };
struct clock_told {
  enum clock_standing standing;
  int64_t from, due, done;        /* moments; NOTHING */
  int64_t number, in;             /* what the rule gives: so many, COUNT_*; 0: a day that somebody gave */
  int64_t days, working_days;     /* running: left until the last day; late: since it, below 0; done late: by which; else 0 */
};
void appeal_clocks_told(const struct row *appeal, const struct policy *policy, const struct calendar *calendar, int64_t now,
                        struct clock_told told[CLOCK_NAMES]);
bool appeal_answered(state_code state);

#endif
