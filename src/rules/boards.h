/* The leaders' boards 领导牵头: what the secretary leads in person, and what the four leadership teams lead. Two boards, which nothing adds up
   (PRACTICE.md, the frame). */
#ifndef BIHUAN_RULES_BOARDS_H
#define BIHUAN_RULES_BOARDS_H

#include "store/store.h"

enum { BOARDS = 2 };
/* keep: given each row behind the figures, oldest first; NULL when only the figures are wanted. */
struct board { const struct choice *led_by; int64_t colours[COLOUR_BLUE + 1], total; row_sink *keep; void *with; };
/* Both boards within the scope, each counted for itself: counted problems, of this campaign (0: of any). `keep` and `with` are the caller's
   to set. */
enum store_error boards_read(struct reader *reader, const struct scope *scope, int64_t campaign, struct board boards[BOARDS]);

#endif
