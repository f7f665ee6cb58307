/* Private to follow/: what the followers tell the house. */
#ifndef BIHUAN_FOLLOW_HOUSE_PARTS_H
#define BIHUAN_FOLLOW_HOUSE_PARTS_H
#include "follow/house.h"
void house_pulse(struct house *house, int64_t number); /* the journal has reached `number`: wakes who waits */
#endif
