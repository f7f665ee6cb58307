/* Followers of the journal. A view can be thrown away and rebuilt and gives the same; an outbox has effects and is never rebuilt. */
#ifndef BIHUAN_FOLLOW_FOLLOWER_H
#define BIHUAN_FOLLOW_FOLLOWER_H

#include "store/seal.h"
#include "store/writer.h"

enum follower_kind { VIEW_IN_MEMORY, VIEW_IN_TABLES, OUTBOX };
struct house;
struct follower {
  const char *name; enum follower_kind kind; uint32_t version; /* raised = rebuild */
  enum store_error (*start)(struct house *house, void **state, int64_t *at);  /* at: the position it starts from */
  enum store_error (*apply)(void *state, const struct entry *entry);          /* one entry */
  enum store_error (*settle)(void *state, int64_t at);                        /* after a batch: make durable */
  void (*stop)(void *state);
  void (*idle)(void *state); /* about once a second, whether anything is written or not; quick; NULL none */
  int pause;                                                                  /* milliseconds to let pass between batches; 0 none */
};
extern const struct follower *const FOLLOWERS[]; extern const size_t FOLLOWER_COUNT; /* follow/followers.c */
struct follower_set;
enum store_error followers_start(struct house *house, struct follower_set **set);
void followers_stop(struct follower_set *set);
void followers_hint(struct follower_set *set, int64_t number);             /* the journal grew */
int64_t followers_position(struct follower_set *set, const char *name);    /* -1: no such follower */
/* Waits until the follower has reached `number` or the time is over. */
bool followers_reach(struct follower_set *set, const char *name, int64_t number, int milliseconds);
#endif
