/* Rebound 反弹: does a new appeal fit a closed problem's class and place? What the problem is about is told by the appeals it is linked to
   and by its own title, text and sites; which class and which event those and the new one are in, by the groups. */
#ifndef BIHUAN_FOLLOW_REBOUND_H
#define BIHUAN_FOLLOW_REBOUND_H

#include "follow/groups.h"

enum { WATCHED_APPEALS = 200 /* the newest linked ones */, WATCHED_TEXTS = 8 /* whose texts are asked for their place */, WATCHED_SITES = 20 };
/* A problem, made ready to be set beside appeals. */
struct watched {
  struct arena *arena;            /* own */
  int64_t problem, cycle, closed_on, watch_until, secrecy;
  int64_t *appeals; size_t appeal_count;                          /* linked, newest first */
  struct grouping_appeal texts[WATCHED_TEXTS]; size_t text_count; /* of the newest of them */
  uint64_t *places; size_t place_count;                           /* of linked appeals and sites */
  struct grouping_appeal own;     /* its title and text, and the names of its sites */
  int64_t own_class, asked_at;    /* where its own words would belong, and at which journal number that was asked; 0 */
};
/* False in *there when the problem is gone. */
enum store_error watched_read(struct reader *reader, int64_t problem, struct watched *watched, bool *there);
void watched_free(struct watched *watched);
/* Its classes as they are now, each once; room for appeal_count + 1. */
size_t watched_classes(struct groups *groups, struct watched *watched, int64_t *classes);
bool watched_on(const struct watched *watched, int64_t today);    /* closed and in its watch period */
/* FITS_EVENT, FITS_CLASS_AND_PLACE, FITS_CLASS, or 0: it does not. appeal: its row. */
int64_t rebound_fit(struct groups *groups, struct watched *watched, const struct row *appeal);

#endif
