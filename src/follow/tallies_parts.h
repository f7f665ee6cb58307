/* Private to follow/: the tallies as the file that fills them and the file that asks them see them. */
#ifndef BIHUAN_FOLLOW_TALLIES_PARTS_H
#define BIHUAN_FOLLOW_TALLIES_PARTS_H

#include <pthread.h>
#include "follow/cube.h"
#include "follow/tallies.h"

#define TALLY_CUBES 24

/* One record type's counts. cubes[0] tells all dimensions apart; the others were made by questions and are kept up to date. */
struct tally {
  const struct record_type *type;
  uint16_t fields[CUBE_DIMENSIONS]; size_t field_count; /* dimensions: FIELD_STATE, the first holder, then the tallied fields */
  int holder, secrecy;              /* which dimension; -1 none */
  struct dictionary dictionaries[CUBE_DIMENSIONS];
  struct map records;               /* id → cell of cubes[0]; only living, not voided records */
  struct cube cubes[TALLY_CUBES]; size_t cube_count; uint64_t asked[TALLY_CUBES], clock;
  bool off;                         /* a dimension has too many values: ask the store */
};
struct tallies {
  pthread_rwlock_t lock;            /* of everything below */
  struct tally *items; size_t count;
  int64_t at;                       /* journal number the counts are true at */
  struct arena *arena, *scratch;    /* scratch: the follower's, one entry */
  struct house *house;
  int64_t kept_at, kept_when;       /* the checkpoint's number, and when it was written */
};
struct tally *tally_of(struct tallies *tallies, const struct record_type *type); /* NULL: the type has none */
int tally_dimension(const struct tally *tally, uint16_t field);                  /* -1: not tallied */
/* The checkpoint (tallies_keep.c). Taking it up answers false when it does not fit in every respect; the view is then half filled. */
enum store_error tallies_keep(const struct tallies *tallies, const char *data, const struct head *journal);
bool tallies_take_up(struct tallies *tallies, const char *data, const struct head *journal);
#endif
