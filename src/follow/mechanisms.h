/* Once a day: of every mechanism in force that names its class, the appeals of that class since it is in force and in the same season
   before (rules/definitions_rates.h), counted by the groups of appeals and written down through the door. So the figure 制度有效率 is of the
   journal, as of any moment, though the groups are a view outside of it, and no question ever counts appeals. */
#ifndef BIHUAN_FOLLOW_MECHANISMS_H
#define BIHUAN_FOLLOW_MECHANISMS_H

#include "follow/house.h"

/* Written when the verdict moves, when it was never reckoned, and once a month. Nothing where the house has no groups. Any thread but the
   writer's. */
enum store_error mechanisms_measure(struct house *house, int64_t now);

#endif
