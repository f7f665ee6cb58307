/* Waiting with an end: setting the system's clock neither shortens nor lengthens it. */
#include "follow/waiting.h"

#include <errno.h>
#include <stdio.h>

#include "base/hash.h"

void waiting_make(struct waiting *waiting) {
  pthread_condattr_t monotonic;
  uint64_t holder;
  pthread_condattr_init(&monotonic);
  pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
  pthread_mutex_init(&waiting->lock, NULL);
  pthread_cond_init(&waiting->changed, &monotonic);
  pthread_condattr_destroy(&monotonic);
  random_bytes(&holder, sizeof holder);
  snprintf(waiting->holder, sizeof waiting->holder, "%016llx", (unsigned long long)holder);
}

void waiting_free(struct waiting *waiting) {
  pthread_cond_destroy(&waiting->changed);
  pthread_mutex_destroy(&waiting->lock);
}

struct timespec waiting_until(int milliseconds) {
  struct timespec until;
  clock_gettime(CLOCK_MONOTONIC, &until);
  until.tv_sec += milliseconds / 1000;
  until.tv_nsec += milliseconds % 1000 * 1000000L;
  if (until.tv_nsec >= 1000000000L) until.tv_sec++, until.tv_nsec -= 1000000000L;
  return until;
}

bool waiting_lasts(struct waiting *waiting, const struct timespec *until) {
  return pthread_cond_timedwait(&waiting->changed, &waiting->lock, until) != ETIMEDOUT;
}

int64_t waiting_now(void) {
  struct timespec now = waiting_until(0);
  return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
