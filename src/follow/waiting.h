/* Private to follow/: a lock with a condition by the monotonic clock, and the name under which this process holds leases. */
#ifndef BIHUAN_FOLLOW_WAITING_H
#define BIHUAN_FOLLOW_WAITING_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct waiting { pthread_mutex_t lock; pthread_cond_t changed; char holder[32]; };
void waiting_make(struct waiting *waiting);
void waiting_free(struct waiting *waiting);
struct timespec waiting_until(int milliseconds);                                /* from now */
bool waiting_lasts(struct waiting *waiting, const struct timespec *until);      /* the lock is held; false: the time is over */
int64_t waiting_now(void);                                                      /* milliseconds, for differences only */
#endif
