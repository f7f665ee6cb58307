/* Private to follow/: the groups as the files that fill, keep and ask them see them. */
#ifndef BIHUAN_FOLLOW_GROUPS_PARTS_H
#define BIHUAN_FOLLOW_GROUPS_PARTS_H

#include <pthread.h>
#include "exchange/map.h"
#include "follow/groups.h"
#include "follow/groups_compare.h"

enum { ITEM_VOIDED = 1, ITEM_DISSATISFIED = 2, ITEM_RATED = 4, ITEM_PINNED = 8 /* people said where it belongs: an edit does not move it */ };
/* One appeal, without words. Members of an event are a chain in both directions; numbers are places in the arrays, 0 none. */
struct group_item {
  int64_t id, made, unit, problem; /* made: moment, NOTHING not known; unit, problem (it was linked to last): NOTHING none */
  uint64_t place;                 /* key of its place; 0 none */
  uint32_t event, next, before;
  uint8_t secrecy, flags, none[2];
};
struct group_event {
  int64_t id;
  uint32_t class, first, last, count, into /* it leads there; 0: it stands */, next, before /* in its class */;
};
struct group_class { int64_t id; uint32_t first, last, events, into; };
struct group_index {
  struct group_item *items; uint32_t item_count, item_room;   /* 0 is never used */
  struct group_event *events; uint32_t event_count, event_room;
  struct group_class *classes; uint32_t class_count, class_room;
  struct map item_of, event_of, class_of;                     /* by id */
};
struct groups {
  pthread_rwlock_t lock;          /* of everything below */
  struct house *house;
  struct grouping *engine;
  struct group_index index;
  int64_t at;                     /* journal number it is true at */
  struct arena *scratch;          /* the follower's, one entry */
  bool doomed;                    /* something that it was made from was destroyed: it is made anew */
  bool changed;                   /* since the checkpoint */
  int64_t kept_at, kept_when; int kept_slot;
  /* the follower's alone. before: where appeals stood by another version of the grouping; reached: by this one, at the same number. No
     seats: none */
  struct groups_stands before, reached;
};

/* ---- groups.c ---- */
enum store_error groups_take(struct groups *groups, const struct entry *entry); /* one entry of the journal, in its order */
/* An entry that changed what the grouping reads of an appeal: its words, its place, its point. */
bool groups_words_changed(struct arena *arena, const struct entry *entry);

/* ---- groups_anew.c ---- */
void groups_begin(struct groups *groups);                                   /* empty, at the journal's beginning */
enum store_error groups_make_anew(struct groups *groups);                   /* beside the old view, then in its place */
void groups_stands_of(const struct group_index *index, int64_t at, struct groups_stands *stands);
void groups_moved_tell(struct groups *groups);                              /* of before and reached, which end with it */

/* ---- groups_index.c: the lists, kept beside the engine ---- */
void index_free(struct group_index *index);
uint32_t index_item(const struct group_index *index, int64_t id);           /* 0: not known */
struct group_item *index_add(struct group_index *index, int64_t id);
/* puts it into that event, and the event into that class */
void index_seat(struct group_index *index, uint32_t item, int64_t event, int64_t class);
void index_unseat(struct group_index *index, uint32_t item);
void index_joined(void *index, enum grouping_level level, int64_t from, int64_t into);   /* a grouping_joined */
uint32_t index_event(const struct group_index *index, int64_t id); /* that stands; by its own or an earlier id, or a member's; 0 none */
uint32_t index_class(const struct group_index *index, int64_t id);
uint32_t index_class_of(const struct group_index *index, uint32_t event);

/* ---- groups_keep.c ---- */
enum store_error groups_keep(struct groups *groups, const struct head *journal);
/* False: nothing that fits; the view is empty. Where the lists fit and the engine's file is another version's, groups->before is where all
   stood. */
bool groups_take_up(struct groups *groups, const struct head *journal);
enum store_error groups_lists_read(struct house *house, struct groups_stands *stands); /* ABSENT: no lists that fit */

/* ---- groups_decide.c: what people decided, carried out ---- */
enum store_error groups_decide(struct groups *groups, const struct entry *entry);
/* The appeal's row as it stood after entry `number`; ABSENT: it was not there, or a part of it is destroyed. */
enum store_error groups_recall(struct groups *groups, int64_t appeal, int64_t number, struct arena *arena, struct row **row);
void groups_seat_again(struct groups *groups, const int64_t *appeals, size_t count); /* where the engine has them now */
#endif
