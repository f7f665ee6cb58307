/* Chasing by the clock: warnings before a problem's date and steps after it, each once for the date in force. Pure but for the row it
   fills. */
#ifndef BIHUAN_RULES_CHASING_H
#define BIHUAN_RULES_CHASING_H

#include "rules/policy.h"

enum { CHASES_MOST = 16 };
/* 10 and 3 days before to the liaison; 1 day after a reminder to the liaison, 7 to the unit's head too, 15 to the office, 30 to the
   leaders' weekly list. */
void chasing_default(struct policy *policy);
/* Does the unit's clock run? Only then is it chased; what was brought in as history is chased once somebody gives it another date. */
bool chase_runs(const struct row *problem);
/* Takes the step that is due, when `takes` (the clock does): the latest one reached, those missed before it with it. Another date begins
   anew, with what is ahead. Fills PROBLEM_CHASED … PROBLEM_CHASE_NEXT and answers the moment of the next step, NOTHING none. */
int64_t chase_judge(const struct policy *policy, struct row *problem, int64_t today, bool takes);
/* From how many days after the date on somebody hears of it (CHASE_*); NOTHING never. */
int64_t chase_reaches(const struct policy *policy, int64_t whom);
/* How many days before the date the earliest warning comes; 0 none. */
int64_t chase_warns(const struct policy *policy);

/* JSON [{"before":10,"to":"liaison"},{"after":7,"to":"unit_head"},…] → sorted by day. Nobody above hears before those below him. */
bool chase_rules_parse(const char *json, struct chase_rule *rules, size_t most, size_t *count, struct arena *arena, struct label *problem);
char *chase_rules_print(struct arena *arena, const struct chase_rule *rules, size_t count);

#endif
