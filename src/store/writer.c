/* The one writer of a process. Takes everything that waits and what comes while that is run, runs each job as one change set, commits once,
   answers all: a commit costs as much as some tens of jobs, so that fuller groups are fewer. A group that a store error spoils is taken
   back, and its jobs are tried again one by one, each in a transaction of its own: so one that fails never fails its neighbours. Where
   marks cost much none are set, until a set has to be taken back that has written: then the group is run again with them. */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include "base/log.h"
#include "store/writer.h"

struct writer {
  struct store *store;
  pthread_t thread;
  pthread_mutex_t lock; pthread_cond_t some;
  struct job *first, **last;               /* what waits, in order */
  bool stopping;
  unsigned careful;                        /* groups that are still to be run with marks; the thread's own */
  void (*hook)(void *with, int64_t number); void *hook_with;
};
/* The outcome of one job of a group; done is told after the commit. */
struct ran { struct job *job; enum store_error error; };
#define GROUP_MOST 256
#define GROUP_GROWS 24 /* by what comes meanwhile, up to so many: who comes later is run while these are answered, so that the writer need not wait for them all at once */
#define GROUPS_CAREFUL 64
#define REST_SECONDS 10 /* without anything to write, after which the store gives back what it needed for it */

/* Lightly: without the engine's marks. spoilt: a set had to be taken back after it had written, so the group is run again with marks. */
struct attempt { bool lightly, alone, spoilt; enum store_error error; };

/* True when the transaction can go on: what concerns only this set leaves the others be. */
static bool run_one(struct tx *tx, struct ran *ran, struct attempt *attempt) {
  enum store_error ended = attempt->lightly ? tx_mark_lightly(tx) : tx_mark(tx), told = STORE_OK;
  if (ended) { ran->error = ended; return false; }
  bool keep = ran->job->run(ran->job, tx, &told);
  ended = tx_end_set(tx, keep && told == STORE_OK);
  ran->error = told ? told : ended;
  bool own = told == STORE_OK || told == STORE_CLASH || told == STORE_ABSENT;
  attempt->spoilt = own && tx_spoilt(tx);
  return !tx_spoilt(tx) && (ran->error == STORE_OK || ran->error == STORE_CLASH || ran->error == STORE_ABSENT);
}

static void tell_hook(struct writer *writer, int64_t before, int64_t after) {
  pthread_mutex_lock(&writer->lock);
  void (*hook)(void *, int64_t) = writer->hook;
  void *with = writer->hook_with;
  pthread_mutex_unlock(&writer->lock);
  if (hook && after > before) hook(with, after);
}

/* Adds what waits to a group of `count`; gives its new count. */
static size_t take_waiting(struct writer *writer, struct ran *group, size_t count, size_t most) {
  pthread_mutex_lock(&writer->lock);
  while (writer->first && count < most) {
    group[count++] = (struct ran){.job = writer->first};
    writer->first = writer->first->next;
  }
  if (writer->first == NULL) writer->last = &writer->first;
  pthread_mutex_unlock(&writer->lock);
  return count;
}

/* One transaction over a group, which grows by what comes meanwhile, unless it is tried again (alone). False: nothing of it stands,
   and the attempt says why. */
static bool run_group(struct writer *writer, struct ran *group, size_t *count, struct attempt *attempt) {
  struct tx *tx = NULL;
  attempt->error = store_begin(writer->store, &tx);
  if (attempt->error) return false;
  int64_t before = tx_head(tx).number;
  for (size_t i = 0; i < *count || (!attempt->alone && (*count = take_waiting(writer, group, *count, GROUP_GROWS)) > i); i++) {
    group[i].error = STORE_OK;
    if (!run_one(tx, &group[i], attempt)) {
      attempt->error = group[i].error;
      tx_abandon(tx);
      return false;
    }
  }
  int64_t after = tx_head(tx).number;
  attempt->error = tx_commit(tx);
  if (attempt->error == STORE_OK) tell_hook(writer, before, after);
  return attempt->error == STORE_OK;
}

/* Is there hope for each job alone? Not when the database is away, nor when the group may have been written. */
static bool worth_alone(enum store_error error) {
  return error != STORE_UNCERTAIN && error != STORE_GONE && error != STORE_BUSY && error != STORE_REFUSED;
}

/* Most sets are refused before they write, if at all. After one that was not, marks are set for a while. */
static void run_all(struct writer *writer, struct ran *group, size_t *count) {
  struct attempt attempt = {.lightly = writer->careful == 0}, alone = {.alone = true};
  if (writer->careful) writer->careful--;
  bool stands = run_group(writer, group, count, &attempt);
  if (!stands && attempt.spoilt) {
    writer->careful = GROUPS_CAREFUL;
    attempt = (struct attempt){0};
    stands = run_group(writer, group, count, &attempt);
  }
  if (stands) return;
  bool again = *count > 1 && worth_alone(attempt.error);
  for (size_t i = 0, one = 1; i < *count; i++) {
    group[i].error = attempt.error;
    if (!again || run_group(writer, &group[i], &one, &alone)) continue;
    group[i].error = alone.error ? alone.error : STORE_BROKEN;
  }
}

static bool wait_a_while(struct writer *writer) {
  struct timespec until;
  clock_gettime(CLOCK_MONOTONIC, &until);
  until.tv_sec += REST_SECONDS;
  while (writer->first == NULL && !writer->stopping)
    if (pthread_cond_timedwait(&writer->some, &writer->lock, &until) == ETIMEDOUT) return false;
  return true;
}

/* False: nothing waits and nothing will. */
static bool wait_for_some(struct writer *writer) {
  pthread_mutex_lock(&writer->lock);
  if (!wait_a_while(writer)) {
    pthread_mutex_unlock(&writer->lock);
    store_rest(writer->store);
    pthread_mutex_lock(&writer->lock);
  }
  while (writer->first == NULL && !writer->stopping) pthread_cond_wait(&writer->some, &writer->lock);
  bool some = writer->first != NULL;
  pthread_mutex_unlock(&writer->lock);
  return some;
}

static void *writer_loop(void *with) {
  struct writer *writer = with;
  struct ran group[GROUP_MOST];
  while (wait_for_some(writer)) {
    size_t count = take_waiting(writer, group, 0, GROUP_MOST);
    run_all(writer, group, &count);
    for (size_t i = 0; i < count; i++) group[i].job->done(group[i].job, group[i].error); /* the job may be freed in it */
  }
  return NULL;
}

struct writer *writer_start(struct store *store) {
  struct writer *writer = calloc(1, sizeof *writer);
  if (writer == NULL) abort();
  writer->store = store;
  writer->last = &writer->first;
  pthread_mutex_init(&writer->lock, NULL);
  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(&writer->some, &attributes);
  pthread_condattr_destroy(&attributes);
  if (pthread_create(&writer->thread, NULL, writer_loop, writer) != 0) {
    log_line(LOG_ERROR, "store", "the writer thread cannot be started");
    abort();
  }
  return writer;
}

void writer_stop(struct writer *writer) {
  if (writer == NULL) return;
  pthread_mutex_lock(&writer->lock);
  writer->stopping = true;
  pthread_cond_signal(&writer->some);
  pthread_mutex_unlock(&writer->lock);
  pthread_join(writer->thread, NULL);
  pthread_mutex_destroy(&writer->lock);
  pthread_cond_destroy(&writer->some);
  free(writer);
}

void writer_submit(struct writer *writer, struct job *job) {
  job->next = NULL;
  pthread_mutex_lock(&writer->lock);
  *writer->last = job;
  writer->last = &job->next;
  pthread_cond_signal(&writer->some);
  pthread_mutex_unlock(&writer->lock);
}

/* ---- waiting for one ---- */
struct waiting {
  struct job job;
  struct job *asked;
  pthread_mutex_t lock;
  pthread_cond_t ready;
  bool done;
  enum store_error error;
  bool (*run)(struct job *, struct tx *, enum store_error *);
};

static bool waiting_run(struct job *job, struct tx *tx, enum store_error *error) {
  struct waiting *waiting = (struct waiting *)job;
  return waiting->run(waiting->asked, tx, error);
}
static void waiting_done(struct job *job, enum store_error error) {
  struct waiting *waiting = (struct waiting *)job;
  pthread_mutex_lock(&waiting->lock);
  waiting->error = error;
  waiting->done = true;
  pthread_cond_signal(&waiting->ready);
  pthread_mutex_unlock(&waiting->lock);
}

enum store_error writer_run(struct writer *writer, bool (*run)(struct job *, struct tx *, enum store_error *), struct job *job) {
  struct waiting waiting = {.job = {.run = waiting_run, .done = waiting_done}, .asked = job, .run = run};
  pthread_mutex_init(&waiting.lock, NULL);
  pthread_cond_init(&waiting.ready, NULL);
  writer_submit(writer, &waiting.job);
  pthread_mutex_lock(&waiting.lock);
  while (!waiting.done) pthread_cond_wait(&waiting.ready, &waiting.lock);
  pthread_mutex_unlock(&waiting.lock);
  pthread_mutex_destroy(&waiting.lock);
  pthread_cond_destroy(&waiting.ready);
  return waiting.error;
}

void writer_on_commit(struct writer *writer, void (*hook)(void *with, int64_t number), void *with) {
  pthread_mutex_lock(&writer->lock);
  writer->hook = hook;
  writer->hook_with = with;
  pthread_mutex_unlock(&writer->lock);
}
