/* The line of an indicator. Values are at most 10^14 (records/indicator.c) and dates within 1900–2199, so that no product overflows. */
#include "rules/line.h"

int64_t line_expected(const struct line *line, int64_t date) {
  int64_t days = line->goal_on - line->base_on;
  if (days <= 0 || date < line->base_on || date > line->goal_on) return NOTHING;
  /* whole days first: (goal − base) × days may be beyond 63 bits */
  int64_t way = line->goal - line->base, gone = date - line->base_on;
  return line->base + way / days * gone + way % days * gone / days;
}

int64_t line_reached(const struct line *line, int64_t value) {
  int64_t way = line->goal - line->base, gone = value - line->base;
  if (way < 0) way = -way, gone = -gone;
  if (way == 0 || gone >= way) return 10000;
  return gone <= 0 ? 0 : gone * 10000 / way;
}
