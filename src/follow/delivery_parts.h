/* Private to follow/: the ways in which a message reaches somebody outside the inbox. One more is a row in delivery.c and a function. */
#ifndef BIHUAN_FOLLOW_DELIVERY_PARTS_H
#define BIHUAN_FOLLOW_DELIVERY_PARTS_H

#include "follow/house.h"

enum delivered {
  DELIVERED,
  DELIVER_LATER,      /* the channel is not there: all others of it wait as well */
  DELIVER_REFUSED,    /* this one was not taken; tried again until it is given up */
  DELIVER_UNCERTAIN,  /* taken or not: never sent again */
  DELIVER_NOT         /* there is no address any more */
};
struct delivering {
  struct house *house; struct reader *reader; struct arena *arena; int64_t now;
  const struct row *message, *user;
  bool (*ends)(void *with); bool (*stops)(void *with); void *with; /* as a mail_watch has them */
  const char *why;                                               /* without addresses or contents */
};
struct channel {
  const char *name; int64_t bit; /* DELIVER_* of the user's choice */
  bool (*ready)(struct store *store, struct arena *arena);        /* was it set up? */
  bool (*reaches)(const struct row *user);                        /* has this person an address there? */
  enum delivered (*deliver)(struct delivering *delivering);
};
bool mail_ready(struct store *store, struct arena *arena);
bool mail_reaches(const struct row *user);
enum delivered mail_deliver(struct delivering *delivering);

#endif
