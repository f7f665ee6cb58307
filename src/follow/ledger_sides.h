/* Private to follow/: what the ledger keeps beside the figures, for signals: pictures of evidence by their hash, and the days on which
   linked appeals were made. Made by a scan, followed entry by entry, put in order when somebody asks. */
#ifndef BIHUAN_FOLLOW_LEDGER_SIDES_H
#define BIHUAN_FOLLOW_LEDGER_SIDES_H

#include "rules/signals.h"

struct picture { uint64_t print; int64_t evidence, problem; };
struct appeal_linked {
  int64_t appeal, problem /* 0: it counts for none */;
  int32_t day;
  uint32_t turn;
  bool asked; /* an entry touched it: the record is to be read again */
};
struct sides {
  struct picture *pictures; size_t picture_count, picture_room;
  struct appeal_linked *linked; size_t linked_count, linked_room;
  uint32_t turn;
  bool moved;                        /* something came since they were put in order */
  struct picture_again *again; size_t again_count; /* by problem */
  struct appeal_made *appeals; size_t appeal_count; /* by problem and day */
};
enum store_error sides_scan(struct sides *sides, struct reader *reader);
void sides_apply(struct sides *sides, const struct entry *entry, struct arena *scratch);
/* Puts them in order; an appeal that was touched since is asked of the reader. */
enum store_error sides_settle(struct sides *sides, struct reader *reader);
void sides_free(struct sides *sides);
const struct picture_again *sides_again(const struct sides *sides, int64_t problem); /* NULL: none */
#endif
