/* Private to follow/: the suggester as the files that learn, keep and ask see it. */
#ifndef BIHUAN_FOLLOW_SUGGEST_PARTS_H
#define BIHUAN_FOLLOW_SUGGEST_PARTS_H

#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include "exchange/map.h"
#include "follow/suggest.h"

/* A trained classifier with what was learnt from: fingerprints of the examples, ordered, so that the next training knows which are new to
   it. */
struct model {
  struct classifier *classifier;
  struct suggest_about about;
  uint64_t *prints;
  struct timespec changed;
  ino_t inode; /* of the file it came from */
};
struct suggester {
  struct house *house;
  pthread_rwlock_t lock;          /* models, refused */
  struct model models[SUGGEST_COUNT];
  struct suggest_refused refused[SUGGEST_COUNT];
  pthread_mutex_t learning;       /* held by who learns */
  pthread_mutex_t starting;       /* the thread */
  pthread_t thread; bool threaded;
  atomic_bool learns, stopping;
  atomic_llong generation;        /* raised by a destruction: what was read before it is not kept */
  atomic_llong tried[SUGGEST_COUNT];   /* journal number at which too little was there; 0 there was enough, or nobody looked */
  atomic_llong decided[SUGGEST_COUNT]; /* decisions of people since the last training, or attempt at one */
  atomic_llong read_to[SUGGEST_COUNT]; /* journal number up to which that one had read */
  atomic_llong attempted_at;      /* moment of the last attempt by the clock; 0 none since the start */
};

/* ---- suggest_file.c ---- */
char *suggest_path(struct arena *arena, const char *data, enum suggested which);
enum store_error suggest_head(struct house *house, struct head *head);
/* Whole or not at all: a reader finds the old file or the new one. prints: about->examples of them, ordered. */
enum store_error model_keep(struct house *house, enum suggested which, const struct classifier *classifier, struct suggest_about *about, const uint64_t *prints, const char *store_id);
void model_free(struct model *model);
/* The file is the truth: one that is new is taken up, one that is gone is let go. Somebody else may have learnt, in another process. */
void model_refresh(struct suggester *suggester, enum suggested which, struct arena *arena);
void model_set(struct suggester *suggester, enum suggested which, struct model fresh);
/* One that is read for itself, without a suggester. False: there is none that fits. */
bool model_of_file(struct house *house, enum suggested which, const char *store_id, struct arena *arena, struct model *model);

/* ---- suggest_learn.c ---- */
/* Where a model is missing, and enough has come since too little was there. */
void suggest_begin_missing(struct suggester *suggester, enum suggested which);
/* By the clock: where people decided enough since the last training (policy: learn_after, learn_hours). Cheap; asked about once a
   second. */
void suggest_renew(struct suggester *suggester);
#endif
