/* A view in memory that stands only while somebody asks: built at the first question, brought forward by the follower's thread and by
   questions, let go after an hour in which nobody asked. Two ways lead forward and both hold the write lock: the follower applies what it
   reads, a question applies what is still missing up to the head; an entry at or below the view's number is passed over, so it does not
   matter who comes first. */
#ifndef BIHUAN_FOLLOW_ASKED_VIEW_H
#define BIHUAN_FOLLOW_ASKED_VIEW_H

#include <pthread.h>

#include "follow/follower.h"

/* What is viewed; all are called under the lock, `of` is the view's own. */
struct asked_kind {
  int64_t (*number)(const void *of);                                                         /* the journal number it is true at */
  bool (*has_more)(const void *of); /* what only some questions want is there; NULL: there is no such thing */
  enum store_error (*reach)(void *of, struct reader *reader, bool built,
                            bool wants_more); /* builds it, or brings it to the reader's number */
  void (*apply)(void *of, const struct entry *entry);
  void (*let_go)(void *of);
};
struct asked_view {
  const struct asked_kind *kind;
  void *of;
  struct house *house;
  pthread_rwlock_t lock;
  int64_t asked; /* when somebody asked last; 0: not built */
};

/* *at: the journal's end. What came before is in the tables when the view is built. */
enum store_error asked_view_begin(struct asked_view *view, const struct asked_kind *kind, void *of, struct house *house, int64_t *at);
void asked_view_end(struct asked_view *view); /* lets go as well */
/* The sink is called under the lock for reading, at the head of when it was asked or later. Any thread, but none that holds the writer. */
typedef void asked_sink(void *with);
enum store_error asked_view_ask(struct asked_view *view, bool wants_more, asked_sink *sink, void *with);
void asked_view_apply(struct asked_view *view, const struct entry *entry);
void asked_view_rest(struct asked_view *view, int64_t now); /* now: the system's clock, microseconds */

#endif
