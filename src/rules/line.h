/* The straight line of an indicator from base to goal: pure functions over scaled decimals. Nothing is said outside the line's two
   dates. */
#ifndef BIHUAN_RULES_LINE_H
#define BIHUAN_RULES_LINE_H

#include "base/moment.h"

struct line { int64_t base, base_on, goal, goal_on; };
/* What the line expects on a day, rounded towards the base; NOTHING before its base or after its goal: it is never extrapolated. */
int64_t line_expected(const struct line *line, int64_t date);
/* How far a value has come from base to goal, in basis points, rounded down: 0 where it is behind the base, the whole only at the goal or
   beyond. */
int64_t line_reached(const struct line *line, int64_t value);

#endif
