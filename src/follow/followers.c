/* The registry of followers and the threads that run them: one each, woken by a hint after every commit and by a poll each second (other
   servers commit too). Views keep their own position; an outbox keeps it as a side value, holds a lease so that of several servers
   one runs it, and never goes back by itself. A follower that fails waits and tries again: the journal does not run away. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/log.h"
#include "follow/followers_parts.h"
#include "follow/house_parts.h"
#include "follow/lease.h"
#include "follow/waiting.h"

const struct follower *const FOLLOWERS[] = {&FOLLOWER_TALLIES, &FOLLOWER_TERMS, &FOLLOWER_MESSAGES, &FOLLOWER_TREE_HEADS, &FOLLOWER_DESTRUCTIONS, &FOLLOWER_LEDGER, &FOLLOWER_DELIVERY, &FOLLOWER_GROUPS, &FOLLOWER_ALERTS, &FOLLOWER_SUGGEST, &FOLLOWER_INTAKE, &FOLLOWER_PUBLICATION, &FOLLOWER_APPEALS, &FOLLOWER_ITEMS};
const size_t FOLLOWER_COUNT = sizeof FOLLOWERS / sizeof *FOLLOWERS;

#define BATCH_MOST 1000
#define LEASE_SECONDS 15
#define OUTBOX_READ 200  /* an outbox's: kept in memory while it acts, as it waits for the writer and must hold no snapshot then */
#define OUTBOX_MOST 1000 /* milliseconds after which an outbox's batch ends: its lease is renewed between batches */

struct running {
  const struct follower *follower; struct follower_set *set;
  void *state; pthread_t thread; bool started;
  int64_t at;                       /* under the set's lock */
  char name[64];                    /* of its lease and position */
};
struct follower_set {
  struct house *house;
  struct waiting wait;              /* changed: a hint, a position, or the end */
  int64_t newest; bool stopping;
  pthread_t watch; bool watching;
  struct running *items; size_t count;
};

/* Sleeps unless the set is stopping. False: it is. */
static bool pause_for(struct follower_set *set, int milliseconds) {
  struct timespec until = waiting_until(milliseconds);
  pthread_mutex_lock(&set->wait.lock);
  while (!set->stopping && waiting_lasts(&set->wait, &until)) continue;
  bool on = !set->stopping;
  pthread_mutex_unlock(&set->wait.lock);
  return on;
}

/* ---- positions of outboxes ---- */

static enum store_error position_write(struct running *running, int64_t at) {
  struct head head;
  char value[64];
  struct reader *reader = NULL;
  enum store_error error = store_reader(running->set->house->store, &reader);
  if (!error) error = reader_head(reader, &head);
  if (reader) reader_release(reader);
  if (error) return error;
  snprintf(value, sizeof value, "%lld %lld", (long long)head.epoch, (long long)at);
  return side_put(running->set->house->store, SIDE_POSITION, running->name, value, 0);
}

/* Where the outbox stands. One that is new begins at the journal's end: what happened before it was there is told to nobody. */
static enum store_error position_read(struct running *running, int64_t *at) {
  struct store *store = running->set->house->store;
  struct arena *arena = arena_new();
  struct reader *reader = NULL;
  struct head head = {0};
  char *value = NULL;
  long long epoch = 0, number = 0;
  enum store_error error = store_reader(store, &reader);
  if (!error) error = reader_head(reader, &head);
  if (reader) reader_release(reader);
  if (!error) error = side_get(store, SIDE_POSITION, running->name, arena, &value);
  bool there = error == STORE_OK && value && sscanf(value, "%lld %lld", &epoch, &number) == 2;
  if (error == STORE_ABSENT) error = STORE_OK;
  *at = there && number <= head.number ? number : head.number;
  arena_free(arena);
  if (!error && !there) error = position_write(running, *at);
  return error;
}

/* ---- one follower's thread ---- */

struct batch { struct running *running; int64_t at, until /* an outbox's; 0 none */; enum store_error error; bool cut; };

static bool batch_take(void *with, const struct entry *entry) {
  struct batch *batch = with;
  batch->error = batch->running->follower->apply(batch->running->state, entry);
  if (batch->error) return false;
  batch->at = entry->number;
  batch->cut = batch->until && waiting_now() >= batch->until;
  return !batch->cut;
}

static void position_tell(struct running *running, int64_t at) {
  pthread_mutex_lock(&running->set->wait.lock);
  running->at = at;
  pthread_cond_broadcast(&running->set->wait.changed);
  pthread_mutex_unlock(&running->set->wait.lock);
}

struct taken { struct arena *arena; struct entry *entries; size_t count; };

static bool entry_keep(void *with, const struct entry *entry) {
  struct taken *taken = with;
  struct entry *kept = &taken->entries[taken->count++];
  *kept = *entry;
  if (entry->body) kept->body = arena_copy(taken->arena, entry->body, entry->body_size);
  return true;
}

/* A view follows as it reads. An outbox acts once the reading has ended: it waits for the writer, which would wait for its snapshot. */
static enum store_error batch_read(struct batch *batch, size_t most) {
  bool outbox = batch->running->follower->kind == OUTBOX;
  struct taken taken = {.arena = outbox ? arena_new() : NULL};
  struct reader *reader = NULL;
  enum store_error error = store_reader(batch->running->set->house->store, &reader);
  if (outbox) taken.entries = ARENA_ARRAY(taken.arena, struct entry, most);
  if (!error)
    error = outbox ? reader_journal(reader, batch->at, most, entry_keep, &taken)
                   : reader_journal(reader, batch->at, most, batch_take, batch);
  if (reader) reader_release(reader);
  for (size_t i = 0; !error && i < taken.count && batch_take(batch, &taken.entries[i]); i++) continue;
  arena_free(taken.arena);
  return error ? error : batch->error;
}

/* One batch. What was applied is settled even when a later entry failed: an outbox must not do it again. */
static enum store_error batch_run(struct running *running, bool *more) {
  bool outbox = running->follower->kind == OUTBOX;
  struct batch batch = {.running = running, .at = running->at, .until = outbox ? waiting_now() + OUTBOX_MOST : 0};
  int64_t before = running->at, most = outbox ? OUTBOX_READ : BATCH_MOST;
  *more = false;
  enum store_error error = batch_read(&batch, (size_t)most);
  if (batch.at == before) return error;
  enum store_error settled = running->follower->settle(running->state, batch.at);
  if (!settled && outbox) settled = position_write(running, batch.at);
  if (settled) return settled;
  position_tell(running, batch.at);
  *more = !error && (batch.cut || batch.at - before >= most);
  return error;
}

/* True when there is something to do; false when the set is stopping. */
static bool wait_for_more(struct running *running) {
  struct follower_set *set = running->set;
  pthread_mutex_lock(&set->wait.lock);
  while (!set->stopping && set->newest <= running->at) pthread_cond_wait(&set->wait.changed, &set->wait.lock);
  bool on = !set->stopping;
  pthread_mutex_unlock(&set->wait.lock);
  return on;
}

/* Only the holder of the lease goes on, from where the last holder stopped. */
static bool may_run(struct running *running, bool *held) {
  struct follower_set *set = running->set;
  if (running->follower->kind != OUTBOX) return true;
  bool had = *held;
  *held = lease_hold(set->house->store, running->name, set->wait.holder, LEASE_SECONDS);
  if (!*held || had) return *held;
  int64_t at = running->at;
  *held = position_read(running, &at) == STORE_OK;
  position_tell(running, at);
  return *held;
}

static void *follower_run(void *with) {
  struct running *running = with;
  struct follower_set *set = running->set;
  bool held = false, more = false, told = false;
  while (more ? !__atomic_load_n(&set->stopping, __ATOMIC_ACQUIRE) : wait_for_more(running)) {
    enum store_error error = STORE_OK;
    more = false;
    if (may_run(running, &held)) error = batch_run(running, &more);
    else if (!pause_for(set, 1000)) break;
    if (error && !told)
      log_line(LOG_WARNING, "follow", "%s waits at %lld: %s", running->follower->name, (long long)running->at, store_error_label(error).en);
    told = error != STORE_OK;
    if (error && !pause_for(set, 500)) break;
    if (running->follower->pause && !more && !pause_for(set, running->follower->pause)) break;
  }
  if (held) lease_release(set->house->store, running->name, set->wait.holder);
  return NULL;
}

/* ---- the watch: polls the head, so that nothing hangs on hints ---- */

static void *watch_run(void *with) {
  struct follower_set *set = with;
  do {
    for (size_t i = 0; i < set->count; i++)
      if (set->items[i].follower->idle) set->items[i].follower->idle(set->items[i].state);
    struct reader *reader = NULL;
    struct head head;
    enum store_error error = store_reader(set->house->store, &reader);
    if (!error) error = reader_head(reader, &head);
    if (reader) reader_release(reader);
    if (error) continue;
    followers_hint(set, head.number);
    house_pulse(set->house, head.number);
  } while (pause_for(set, 1000));
  return NULL;
}

/* ---- the set ---- */

static enum store_error running_start(struct running *running, struct follower_set *set, const struct follower *follower) {
  *running = (struct running){.follower = follower, .set = set};
  snprintf(running->name, sizeof running->name, "follower:%s", follower->name);
  enum store_error error = follower->start(set->house, &running->state, &running->at);
  if (!error && follower->kind == OUTBOX) error = position_read(running, &running->at);
  if (error) return error;
  running->started = pthread_create(&running->thread, NULL, follower_run, running) == 0;
  return running->started ? STORE_OK : STORE_BUSY;
}

enum store_error followers_start(struct house *house, struct follower_set **out) {
  struct follower_set *set = HEAP_NEW(struct follower_set);
  enum store_error error = STORE_OK;
  waiting_make(&set->wait);
  set->house = house;
  set->items = heap_zeroed(FOLLOWER_COUNT, sizeof *set->items);
  for (size_t i = 0; i < FOLLOWER_COUNT && !error; i++) {
    error = running_start(&set->items[i], set, FOLLOWERS[i]);
    set->count += error == STORE_OK;
  }
  if (!error) set->watching = pthread_create(&set->watch, NULL, watch_run, set) == 0;
  if (!error && !set->watching) error = STORE_BUSY;
  *out = set;
  if (error) {
    followers_stop(set);
    *out = NULL;
  }
  return error;
}

void followers_stop(struct follower_set *set) {
  if (!set) return;
  pthread_mutex_lock(&set->wait.lock);
  __atomic_store_n(&set->stopping, true, __ATOMIC_RELEASE);
  pthread_cond_broadcast(&set->wait.changed);
  pthread_mutex_unlock(&set->wait.lock);
  if (set->watching) pthread_join(set->watch, NULL);
  for (size_t i = 0; i < set->count; i++) {
    if (set->items[i].started) pthread_join(set->items[i].thread, NULL);
    set->items[i].follower->stop(set->items[i].state);
  }
  waiting_free(&set->wait);
  free(set->items);
  free(set);
}

void followers_hint(struct follower_set *set, int64_t number) {
  pthread_mutex_lock(&set->wait.lock);
  if (number > set->newest) {
    set->newest = number;
    pthread_cond_broadcast(&set->wait.changed);
  }
  pthread_mutex_unlock(&set->wait.lock);
}

static struct running *running_named(struct follower_set *set, const char *name) {
  for (size_t i = 0; i < set->count; i++)
    if (strcmp(set->items[i].follower->name, name) == 0) return &set->items[i];
  return NULL;
}

int64_t followers_position(struct follower_set *set, const char *name) {
  struct running *running = running_named(set, name);
  pthread_mutex_lock(&set->wait.lock);
  int64_t at = running ? running->at : -1;
  pthread_mutex_unlock(&set->wait.lock);
  return at;
}

bool followers_reach(struct follower_set *set, const char *name, int64_t number, int milliseconds) {
  struct running *running = running_named(set, name);
  struct timespec until = waiting_until(milliseconds);
  if (!running) return false;
  followers_hint(set, number);
  pthread_mutex_lock(&set->wait.lock);
  while (running->at < number && !set->stopping)
    if (!waiting_lasts(&set->wait, &until)) break;
  bool reached = running->at >= number;
  pthread_mutex_unlock(&set->wait.lock);
  return reached;
}
