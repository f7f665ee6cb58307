/* Private to store/: what the two halves of verifying share. */
#ifndef BIHUAN_STORE_VERIFY_H
#define BIHUAN_STORE_VERIFY_H

#include "store/seal.h"

/* Records whose entries are known to be altered: that their rows then disagree is no second finding. */
enum { SUSPECTS = 64 };
struct findings {
  damage_sink *sink; void *with; struct arena *arena; /* sentences live in the caller's arena */
  bool stopped;                                       /* the sink has heard enough */
  struct { uint16_t type; int64_t record; } suspects[SUSPECTS];
  size_t suspect_count;
};
void finding_report(struct findings *findings, const struct damage *damage);

/* The second half: replays the journal against every table. */
enum store_error verify_tables(struct store *store, struct reader *reader, struct findings *findings, int64_t *records);

#endif
