/* The running whole: opens what a process needs in the right order and closes it in the reverse. Threads made here: the writer's, one a
   follower, the watch, the clock. Lock order: the pulse's lock, then a follower set's lock; both are held for a few instructions only. */
#include "follow/house.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/folder.h"
#include "base/hash.h"
#include "base/heap.h"
#include "base/log.h"
#include "follow/contact_keys.h"
#include "follow/daily.h"
#include "follow/digest.h"
#include "follow/house_parts.h"
#include "follow/lease.h"
#include "follow/waiting.h"

#define TICK_SECONDS 30

struct pulse {
  struct waiting wait; /* changed: a beat, or the end */
  int64_t newest; bool stopping, real; /* real: the clock is the system's and will stay so */
  pthread_t clock; bool ticking;
};

/* ---- the pulse ---- */

static struct pulse *pulse_new(void) {
  struct pulse *pulse = HEAP_NEW(struct pulse);
  waiting_make(&pulse->wait);
  return pulse;
}

static void pulse_free(struct pulse *pulse) {
  waiting_free(&pulse->wait);
  free(pulse);
}

void house_pulse(struct house *house, int64_t number) {
  pthread_mutex_lock(&house->pulse->wait.lock);
  if (number > house->pulse->newest) {
    house->pulse->newest = number;
    pthread_cond_broadcast(&house->pulse->wait.changed);
  }
  pthread_mutex_unlock(&house->pulse->wait.lock);
}

bool house_wait(struct house *house, int64_t seen, int milliseconds, int64_t *newest) {
  struct pulse *pulse = house->pulse;
  struct timespec until = waiting_until(milliseconds);
  pthread_mutex_lock(&pulse->wait.lock);
  while (pulse->newest <= seen && !pulse->stopping)
    if (!waiting_lasts(&pulse->wait, &until)) break;
  *newest = pulse->newest;
  bool grown = pulse->newest > seen;
  pthread_mutex_unlock(&pulse->wait.lock);
  return grown;
}

/* On the writer thread after each commit. */
static void committed(void *with, int64_t number) {
  struct house *house = with;
  house_pulse(house, number);
  pthread_mutex_lock(&house->pulse->wait.lock);
  if (house->followers) followers_hint(house->followers, number); /* under the lock: house_close takes them away under it */
  pthread_mutex_unlock(&house->pulse->wait.lock);
}

/* ---- the clock ---- */

static bool clock_waits(struct pulse *pulse) {
  struct timespec until = waiting_until(TICK_SECONDS * 1000);
  pthread_mutex_lock(&pulse->wait.lock);
  while (!pulse->stopping && waiting_lasts(&pulse->wait, &until)) continue;
  bool on = !pulse->stopping;
  pthread_mutex_unlock(&pulse->wait.lock);
  return on;
}

static void *clock_thread(void *with) {
  struct house *house = with;
  for (bool first = true; first || clock_waits(house->pulse); first = false) {
    struct clock_report report = {0};
    if (!lease_hold(house->store, "clock", house->pulse->wait.holder, 2 * TICK_SECONDS + 10)) continue;
    enum store_error error = clock_run(house->store, house->writer, house_now(house), &report);
    if (error) log_line(LOG_WARNING, "clock", "a tick was not finished: %s", store_error_label(error).en);
    if (!error && !first && (error = daily_run(house, house_now(house)))) /* a start is not held up by the day's list */
      log_line(LOG_WARNING, "clock", "the daily check was not finished: %s", store_error_label(error).en);
    if (!first && (error = digest_run(house, house_now(house))))
      log_line(LOG_WARNING, "clock", "the digests were not finished: %s", store_error_label(error).en);
    side_expire(house->store, moment_system());
  }
  lease_release(house->store, "clock", house->pulse->wait.holder);
  return NULL;
}

/* A clock can be simulated only while a store is empty: so one found to be real is not asked again, while a simulated one may be moved
   by anybody at any time. */
void house_leave(struct house *house) { atomic_store(&house->leaving, true); }
bool house_leaving(struct house *house) { return atomic_load(&house->leaving); }

int64_t house_now(struct house *house) {
  struct store_clock clock;
  if (__atomic_load_n(&house->pulse->real, __ATOMIC_RELAXED)) return moment_system();
  pthread_mutex_lock(&house->pulse->wait.lock);
  bool filled = house->pulse->newest > 0;
  pthread_mutex_unlock(&house->pulse->wait.lock);
  if (store_clock_read(house->store, &clock) != STORE_OK) return moment_system();
  if (filled && !clock.simulated) __atomic_store_n(&house->pulse->real, true, __ATOMIC_RELAXED);
  return store_clock_now(&clock);
}

/* ---- opening and closing ---- */

static enum store_error data_make(const char *data, unsigned flags, struct arena *arena, struct label *reason) {
  if (access(data, F_OK) == 0 || !(flags & HOUSE_CREATE)) return STORE_OK;
  if (folder_make(data)) return STORE_OK;
  *reason = label_print(arena, "建不了数据文件夹 %s", "cannot make the data folder %s", data);
  return STORE_GONE;
}

static enum store_error database_open(struct house *house, const char *db, unsigned flags, struct arena *arena, struct label *reason) {
  struct store_options options = {.url = db && *db ? db : house->data, .data = house->data, .schema = &SCHEMA,
                                  .create = (flags & HOUSE_CREATE) != 0, .read_only = (flags & HOUSE_READ_ONLY) != 0, .draft = (flags & HOUSE_DRAFT) != 0};
  return store_open(&options, &house->store, arena, reason);
}

static enum store_error followers_begin(struct house *house, unsigned flags, struct arena *arena, struct label *reason) {
  enum store_error error = STORE_OK;
  struct follower_set *set = NULL;
  if (flags & HOUSE_FOLLOWERS) error = followers_start(house, &set);
  pthread_mutex_lock(&house->pulse->wait.lock);
  house->followers = set;
  pthread_mutex_unlock(&house->pulse->wait.lock);
  if (error)
    *reason = (struct label){arena_print(arena, "统计和检索没有启动：%s", store_error_label(error).zh),
                             arena_print(arena, "the followers did not start: %s", store_error_label(error).en)};
  if (error || !(flags & HOUSE_CLOCK)) return error;
  house->pulse->ticking = pthread_create(&house->pulse->clock, NULL, clock_thread, house) == 0;
  return house->pulse->ticking ? STORE_OK : STORE_BUSY;
}

static enum store_error newest_read(struct house *house) {
  struct reader *reader = NULL;
  struct head head;
  enum store_error error = store_reader(house->store, &reader);
  if (!error) error = reader_head(reader, &head);
  if (reader) reader_release(reader);
  if (!error) house_pulse(house, head.number);
  return error;
}

enum store_error house_open(const char *data, const char *db, unsigned flags, struct house **out, struct arena *arena, struct label *reason) {
  struct house *house = HEAP_NEW(struct house);
  bool writes = !(flags & HOUSE_READ_ONLY);
  base_start();
  *reason = (struct label){NULL, NULL};
  house->pulse = pulse_new();
  house->data = heap_text(data);
  house->contact_key = heap_zeroed(1, sizeof *house->contact_key);
  enum store_error error = data_make(data, flags, arena, reason);
  if (!error) error = database_open(house, db, flags, arena, reason);
  if (!error) error = contact_keys_open(house, flags, arena, reason);
  if (!error) error = newest_read(house);
  if (!error && writes) error = terms_open(data, &house->terms);
  if (!error && writes) {
    house->writer = writer_start(house->store);
    writer_on_commit(house->writer, committed, house);
    error = followers_begin(house, flags, arena, reason);
  }
  if (error && !reason->zh) *reason = store_error_label(error);
  *out = house;
  if (error) {
    house_close(house);
    *out = NULL;
  }
  return error;
}

/* The clock first, as it writes; then the writer's last jobs; then those who read what it wrote. An outbox may be waiting for the writer,
   so the followers stop before it. */
void house_close(struct house *house) {
  if (!house) return;
  pthread_mutex_lock(&house->pulse->wait.lock);
  house->pulse->stopping = true;
  struct follower_set *followers = house->followers;
  house->followers = NULL;
  pthread_cond_broadcast(&house->pulse->wait.changed);
  pthread_mutex_unlock(&house->pulse->wait.lock);
  if (house->pulse->ticking) pthread_join(house->pulse->clock, NULL);
  if (house->writer) writer_on_commit(house->writer, NULL, NULL);
  followers_stop(followers);
  if (house->writer) writer_stop(house->writer);
  terms_close(house->terms);
  if (house->store) store_close(house->store);
  pulse_free(house->pulse);
  free((char *)house->data);
  free(house->contact_key);
  free(house);
}
