/* Private to follow/: the past view that was looked at last, of any kind of figures. They never change, so many may read them at once; they
   go when the last reader has given them back. What was read from a snapshot of before a destruction is not kept. */
#ifndef BIHUAN_FOLLOW_KEPT_PAST_H
#define BIHUAN_FOLLOW_KEPT_PAST_H

#include <pthread.h>

#include "follow/follower.h"

struct past;
/* Figures of `size` bytes: read as they stood at a number, into zeroed room; let go of. */
struct past_kind {
  size_t size;
  enum store_error (*read)(struct reader *reader, int64_t number, void *figures);
  void (*let_go)(void *figures);
};
const void *past_figures(const struct past *past);
void past_free(struct past *past); /* gives it back; NULL: nothing to do */

struct kept_past {
  const struct past_kind *kind;
  pthread_mutex_t lock;
  struct past *last; /* NULL none */
  int64_t asked /* moment_system */, destroyed /* number of the last destruction heard of */;
};
void kept_past_make(struct kept_past *kept, const struct past_kind *kind);
enum store_error kept_past_get(struct kept_past *kept, struct reader *reader, int64_t number, struct past **past);
enum store_error past_once(const struct past_kind *kind, struct reader *reader, int64_t number, struct past **past); /* read for one question, kept by nobody */
void kept_past_drop(struct kept_past *kept, int64_t destroyed /* by this entry; 0: by none */);
void kept_past_rest(struct kept_past *kept, int64_t now);
int64_t kept_past_number(struct kept_past *kept);

#endif
