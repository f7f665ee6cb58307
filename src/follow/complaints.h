/* Feeds the rule 群众反映强烈 once a day: people and the unit's usual are written on a problem, through the door, when they make it red, and
   taken off it when they no longer do; a day that changes no judgement writes nothing. */
#ifndef BIHUAN_FOLLOW_COMPLAINTS_H
#define BIHUAN_FOLLOW_COMPLAINTS_H

#include "follow/house.h"

enum store_error complaints_count(struct house *house, int64_t now);
#endif
