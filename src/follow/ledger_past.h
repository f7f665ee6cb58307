/* Private to follow/: the past view that was looked at last. Its figures never change, so many may read it at once; it goes when the last one has given it
   back. One that was read from a snapshot of before a destruction is not kept. */
#ifndef BIHUAN_FOLLOW_LEDGER_PAST_H
#define BIHUAN_FOLLOW_LEDGER_PAST_H

#include <pthread.h>

#include "follow/ledger.h"

struct kept_past { pthread_mutex_t lock; struct past *last; /* NULL none */ int64_t asked /* moment_system */, destroyed /* number of the last destruction heard of */; };
void kept_past_make(struct kept_past *kept);
/* kept NULL: read for this one question. */
enum store_error kept_past_get(struct kept_past *kept, struct reader *reader, int64_t number, struct past **past);
void kept_past_drop(struct kept_past *kept, int64_t destroyed /* by this entry; 0: by none */);
void kept_past_rest(struct kept_past *kept, int64_t now);
int64_t kept_past_number(struct kept_past *kept);

#endif
