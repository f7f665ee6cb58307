/* The follower that signs a tree head within a second of a change. A head of a size is signed once, whoever asks; so it needs no lease
   and no position: after a start it signs where the journal stands. */
#include "follow/followers_parts.h"
#include "follow/house.h"

static enum store_error head_sign(struct store *store) {
  struct reader *reader = NULL;
  struct tree_head head;
  enum store_error error = store_reader(store, &reader);
  if (!error) error = tree_head_sign(store, reader, &head);
  if (reader) reader_release(reader);
  return error;
}

static enum store_error heads_start(struct house *house, void **state, int64_t *at) {
  struct reader *reader = NULL;
  struct head head = {0};
  enum store_error error = store_reader(house->store, &reader);
  if (!error) error = reader_head(reader, &head);
  if (reader) reader_release(reader);
  *at = head.number > 0 ? head.number - 1 : 0; /* the last entry again: its head may not have been signed */
  *state = house->store;
  return error;
}

static enum store_error heads_apply(void *state, const struct entry *entry) {
  (void)state;
  (void)entry;
  return STORE_OK;
}

static enum store_error heads_settle(void *state, int64_t at) {
  (void)at;
  return head_sign(state);
}

static void heads_stop(void *state) { (void)state; }

const struct follower FOLLOWER_TREE_HEADS = {.name = "tree_heads", .kind = VIEW_IN_MEMORY, .version = 1, .start = heads_start, .apply = heads_apply,
                                             .settle = heads_settle, .stop = heads_stop, .pause = 500};
