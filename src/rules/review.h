/* The office's own clock: how late a review is, in working days, and which colour the office's task has. Never a colour of the problem. */
#ifndef BIHUAN_RULES_REVIEW_H
#define BIHUAN_RULES_REVIEW_H

#include "rules/calendar.h"

struct review {
  int64_t late /* working days past the last one; 0 in time */, colour /* blue in time, yellow late, orange late for long */;
};
/* Pure. orange_after: more working days late than that are orange (the policy's review_orange_days). */
struct review review_judge(const struct calendar *calendar, int64_t until, int64_t today, int64_t orange_after);

#endif
