/* Whether what this store holds is invented: whatever leaves it on paper says so. */
#ifndef BIHUAN_RULES_DEMO_MARK_H
#define BIHUAN_RULES_DEMO_MARK_H

#include "store/store.h"

enum store_error demo_mark(struct reader *reader, bool *demo); /* a campaign of invented data is among its campaigns */

#endif
