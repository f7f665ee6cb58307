/* The running whole of one process: store, clock, writer, followers. Commands and the server both stand on it. */
#ifndef BIHUAN_FOLLOW_HOUSE_H
#define BIHUAN_FOLLOW_HOUSE_H

#include <stdatomic.h>
#include "follow/groups.h"
#include "follow/ledger.h"
#include "follow/suggest.h"
#include "follow/tallies.h"
#include "follow/terms.h"
#include "rules/change.h"
#include "rules/clock.h"
#include "rules/colour.h"
#include "store/seal.h"
#include "store/writer.h"

struct follower_set;
struct appeal_ledger; /* follow/appeal_ledger.h */
struct item_ledger;   /* follow/item_ledger.h */
struct house {
  struct store *store;
  struct writer *writer;
  struct tallies *tallies;        /* NULL unless opened with HOUSE_FOLLOWERS */
  struct terms *terms;
  struct ledger *ledger;          /* the same */
  struct groups *groups;          /* the same */
  struct suggester *suggester;    /* the same */
  struct appeal_ledger *appeal_ledger; /* the same */
  struct item_ledger *item_ledger;     /* the same */
  struct follower_set *followers;
  const char *data;               /* the data folder */
  struct pulse *pulse;            /* own: the newest number, who waits for it, the clock's thread */
  atomic_bool leaving;
  struct secret_keys *contact_key; /* own: of DATA/keys (contact_keys.c), the first made at first use */
};
enum house_flag { HOUSE_CREATE = 1, HOUSE_READ_ONLY = 2, HOUSE_FOLLOWERS = 4 /* views and outboxes run */, HOUSE_CLOCK = 8 /* the clock ticks every 30 s */,
                  HOUSE_DRAFT = 32 /* its store is a draft until store_settle */,
                  HOUSE_NEW_KEYS = 16 /* after a restore without keys: what is in the folder, or made now, are this store's keys from here on */ };
/* data: folder (made when HOUSE_CREATE), db: NULL (SQLite in the folder) or postgresql:// URL. */
enum store_error house_open(const char *data, const char *db, unsigned flags, struct house **house, struct arena *arena, struct label *reason);
void house_close(struct house *house);
int64_t house_now(struct house *house);
/* The program is about to end: what takes long gives up soon, where it can go on later. */
void house_leave(struct house *house);
bool house_leaving(struct house *house);
/* Wakes waiting event streams; false when `after` is still the newest after `milliseconds`. */
bool house_wait(struct house *house, int64_t after, int milliseconds, int64_t *newest);

#endif
