/* Private to follow/: a lease is a side value that names who may do what only one may do at a time, and until when. */
#ifndef BIHUAN_FOLLOW_LEASE_H
#define BIHUAN_FOLLOW_LEASE_H
#include "store/store.h"
/* Takes or renews the lease; true while it is held for at least a few seconds more. By the system's clock, never a simulated one. */
bool lease_hold(struct store *store, const char *name, const char *holder, int64_t seconds);
void lease_release(struct store *store, const char *name, const char *holder);
#endif
