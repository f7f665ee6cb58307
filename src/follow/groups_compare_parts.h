/* Private to follow/: the parts of a comparison of groups. */
#ifndef BIHUAN_FOLLOW_GROUPS_COMPARE_PARTS_H
#define BIHUAN_FOLLOW_GROUPS_COMPARE_PARTS_H

#include "exchange/map.h"
#include "follow/groups_compare.h"

const struct groups_seat *groups_seat_of(const struct groups_stands *stands, int64_t appeal); /* NULL: in no group */

/* ---- groups_compare_decisions.c ---- */
/* Which of people's decisions up to stands->at the groups keep. */
enum store_error groups_compare_decisions(struct house *house, const struct groups_stands *stands, struct arena *arena, struct groups_decisions *decisions);
#endif
