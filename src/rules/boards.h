/* The leaders' boards 领导牵头: what the secretary leads in person, and what the four leadership teams lead. Two boards, which nothing adds up
   (PRACTICE.md, the frame). */
#ifndef BIHUAN_RULES_BOARDS_H
#define BIHUAN_RULES_BOARDS_H

#include "store/store.h"

enum { BOARDS = 2 };
struct board { const struct choice *led_by; int64_t colours[COLOUR_BLUE + 1], total; };
/* The conditions behind one board, as a query: counted, led so, of this campaign (0: of any). The room is the caller's. */
struct board_query { struct value values[3]; struct condition conditions[3]; struct query query; };
const struct query *board_query(struct board_query *room, int64_t led_by, int64_t campaign);
/* Both boards within the scope, each counted for itself. */
enum store_error boards_read(struct reader *reader, const struct scope *scope, int64_t campaign, struct board boards[BOARDS]);

#endif
