/* Private to rules/: acting for others, by a deputy's grant or by entering what was decided on paper. */
#ifndef BIHUAN_RULES_BEHALF_H
#define BIHUAN_RULES_BEHALF_H

#include "rules/decide.h"

int64_t behalf_of_deputy(const struct decision *decision);  /* for whom this person may do this; 0: in his own right */
/* Who decides on a change of the caller's: the person represented, but for the page that proves it. */
const struct authority *behalf_authority(const struct set *set, const struct change *change);
enum store_error behalf_check(struct decision *decision);   /* findings when it may not be entered on behalf */

#endif
