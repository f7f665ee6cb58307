/* The office's own clock (see review.h). PRACTICE.md, closing by risk: the reviewing office has its working days, then the office turns
   yellow. */
#include "rules/review.h"

struct review review_judge(const struct calendar *calendar, int64_t until, int64_t today, int64_t orange_after) {
  struct review review = {.colour = COLOUR_BLUE};
  if (until == NOTHING || today <= until) return review;
  review.late = calendar_working_days_between(calendar, until, today);
  if (review.late > orange_after) review.colour = COLOUR_ORANGE;
  else if (review.late > 0) review.colour = COLOUR_YELLOW; /* the weekend after the last day is not late yet */
  return review;
}
