/* Publication: what the public may see, as a view of the journal in a store of its own (exchange/public_store.h), and what came in from the
   public, taken in through the door. */
#ifndef BIHUAN_FOLLOW_PUBLICATION_H
#define BIHUAN_FOLLOW_PUBLICATION_H

#include "exchange/public_store.h"
#include "follow/house.h"

/* Takes in what waits in DATA's inbox, each with its number as the key, so that it may be run twice; *taken counts those that are done
   now. */
enum store_error intake_once(struct house *house, struct public_store *store, int64_t *taken);
/* The same each second, on a thread of its own, until it is stopped. NULL: it did not start. */
struct intake *intake_start(struct house *house);
void intake_stop(struct intake *intake);

#endif
