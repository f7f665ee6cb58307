/* Private to follow/: the followers that the registry names. */
#ifndef BIHUAN_FOLLOW_FOLLOWERS_PARTS_H
#define BIHUAN_FOLLOW_FOLLOWERS_PARTS_H
#include "follow/follower.h"
extern const struct follower FOLLOWER_TALLIES, FOLLOWER_TERMS, FOLLOWER_MESSAGES, FOLLOWER_TREE_HEADS, FOLLOWER_DESTRUCTIONS, FOLLOWER_LEDGER, FOLLOWER_DELIVERY, FOLLOWER_GROUPS;
#endif
