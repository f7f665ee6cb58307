/* The outbox of deliveries: messages that go beyond the inbox. A follower of the journal puts each into the queue of every channel that its
   user has chosen; a thread a channel works its queue off. The queue is side values, so it outlives a kill; its key is channel and message,
   so nothing is queued twice, and what was sent leaves a mark for a month. Right before a channel may have taken a message that is noted:
   whoever finds such a note after a kill does not send again. A channel that is not there delays its own queue only. Under a lease, so that
   of several servers one sends. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/log.h"
#include "follow/delivery_parts.h"
#include "follow/digest.h"
#include "follow/followers_parts.h"
#include "follow/lease.h"
#include "follow/mail_settings.h"
#include "follow/waiting.h"
#include "rules/digest.h"

static const struct channel CHANNELS[] = {{"mail", DELIVER_MAIL, mail_ready, mail_reaches, mail_deliver}};
enum { CHANNEL_COUNT = sizeof CHANNELS / sizeof *CHANNELS, AT_ONCE = 100, LEASE_TIME = 45 /* seconds; half of it is longer than one letter may take */, LOOK_EVERY = 1000 /* milliseconds */ };
#define MARK_LIFE (30 * MOMENT_DAY)
#define DELAY_FIRST (2 * MOMENT_SECOND)
#define DELAY_MOST (1800 * MOMENT_SECOND)

struct sender { struct delivery *delivery; const struct channel *channel; pthread_t thread; bool started; char lease[32]; };
struct delivery {
  struct house *house;
  struct arena *arena; /* the follower's */
  struct waiting wait;
  bool stopping, more;
  struct sender senders[CHANNEL_COUNT];
};

/* ---- one place in a queue ---- */

/* "w 3 MOMENT FIRST": waits, tried three times, next at that moment of the system's clock, queued at that of the store's; "e …": its end
   may have been given. */
struct place { char phase; long long attempts, next, first; };
static const char *place_print(struct arena *arena, const struct place *place) {
  return arena_print(arena, "%c %lld %lld %lld", place->phase, place->attempts, place->next, place->first);
}
static bool place_read(const char *text, struct place *place) {
  return text && sscanf(text, "%c %lld %lld %lld", &place->phase, &place->attempts, &place->next, &place->first) == 4;
}
static const char *queue_key(struct arena *arena, const struct channel *channel, int64_t message) {
  return arena_print(arena, "queue:%s:%019lld", channel->name, (long long)message);
}
static const char *mark_key(struct arena *arena, const char *key) { return arena_print(arena, "done:%s", key); }

static bool marked(struct store *store, struct arena *arena, const char *key) {
  char *value = NULL;
  return side_get(store, SIDE_DELIVERY, mark_key(arena, key), arena, &value) == STORE_OK;
}

/* The mark first: cut short between the two, it is found and only the place goes. */
static enum store_error finish(struct store *store, struct arena *arena, const char *key, const char *what) {
  enum store_error error = side_put(store, SIDE_DELIVERY, mark_key(arena, key), what, moment_system() + MARK_LIFE);
  if (!error) error = side_remove(store, SIDE_DELIVERY, key);
  return error == STORE_ABSENT ? STORE_OK : error;
}

/* ---- into the queues: the follower ---- */

static bool chosen(const struct row *user, const struct channel *channel) {
  int64_t channels = row_integer(user, USER_CHANNELS); /* empty in accounts of before: all */
  return user->state == FORCE_ACTIVE && !user->voided && (channels == NOTHING || (channels >> channel->bit & 1)) && channel->reaches(user);
}

static enum store_error queue_put(struct delivery *delivery, const struct channel *channel, int64_t message) {
  struct store *store = delivery->house->store;
  struct place place = {.phase = 'w', .first = house_now(delivery->house)};
  const char *key = queue_key(delivery->arena, channel, message);
  if (marked(store, delivery->arena, key)) return STORE_OK;
  enum store_error error = side_swap(store, SIDE_DELIVERY, key, NULL, place_print(delivery->arena, &place), 0);
  return error == STORE_CLASH ? STORE_OK : error; /* told twice: it is there */
}

/* An event stays in the inbox, for the digest has it; so does word that a channel does not work. A chase is a line of the next digest,
   unless the policy sends it by itself. */
static enum store_error goes_out(struct delivery *delivery, const struct row *message, bool *goes) {
  int64_t kind = row_integer(message, MESSAGE_KIND);
  struct policy policy;
  *goes = kind != NOTHING && kind != MESSAGE_KIND_SYSTEM && row_integer(message, MESSAGE_WITHHELD) != 1;
  if (!*goes || kind != MESSAGE_KIND_CHASE) return STORE_OK;
  enum store_error error = digest_hours(delivery->house, house_now(delivery->house), delivery->arena, &policy);
  *goes = policy.chase_mail == CHASE_MAIL_AT_ONCE;
  return error;
}

static enum store_error message_take(struct delivery *delivery, int64_t id) {
  struct reader *reader = NULL;
  struct row *message = NULL, *user = NULL;
  bool goes = false;
  enum store_error error = store_reader(delivery->house->store, &reader);
  if (!error) error = reader_get(reader, record_type(RECORD_MESSAGE), &SCOPE_SYSTEM, id, delivery->arena, &message);
  if (!error) error = goes_out(delivery, message, &goes);
  if (!error && goes)
    error = reader_get(reader, record_type(RECORD_USER), &SCOPE_SYSTEM, row_integer(message, MESSAGE_USER), delivery->arena, &user);
  if (reader) reader_release(reader);
  for (size_t i = 0; i < CHANNEL_COUNT && !error && user; i++)
    if (chosen(user, &CHANNELS[i]) && CHANNELS[i].ready(delivery->house->store, delivery->arena))
      error = queue_put(delivery, &CHANNELS[i], id);
  return error == STORE_ABSENT ? STORE_OK : error;
}

/* ---- out of a queue ---- */

struct found { struct arena *arena; int64_t now; struct { const char *key, *value; } items[AT_ONCE]; size_t count; };
static bool found_take(void *with, const char *key, const char *value, size_t size, int64_t expires) {
  struct found *found = with;
  struct place place;
  const char *text = arena_copy(found->arena, value, size);
  (void)expires;
  if (!place_read(text, &place) || (place.phase == 'w' && place.next > found->now)) return true;
  found->items[found->count].key = arena_text(found->arena, key);
  found->items[found->count++].value = text;
  return found->count < AT_ONCE;
}

struct sending {
  struct sender *sender;
  struct arena *arena;
  const char *key;
  struct place place;
  const struct policy *policy;
  int64_t now, given_up;
  const char *why;
  bool pause;
};

static bool sending_ends(void *with) {
  struct sending *sending = with;
  struct place place = sending->place;
  place.phase = 'e';
  return side_put(sending->sender->delivery->house->store, SIDE_DELIVERY, sending->key, place_print(sending->arena, &place), 0) == STORE_OK;
}
static bool sending_stops(void *with) {
  struct sending *sending = with;
  return __atomic_load_n(&sending->sender->delivery->stopping, __ATOMIC_ACQUIRE);
}

static int64_t delay_of(long long attempts) {
  int64_t delay = DELAY_FIRST;
  for (long long i = 1; i < attempts && delay < DELAY_MOST; i++) delay *= 3;
  return delay < DELAY_MOST ? delay : DELAY_MOST;
}

static enum store_error put_back(struct sending *sending) {
  struct place place = {'w', sending->place.attempts + 1, moment_system() + delay_of(sending->place.attempts + 1), sending->place.first};
  return side_put(sending->sender->delivery->house->store, SIDE_DELIVERY, sending->key, place_print(sending->arena, &place), 0);
}

static enum store_error rows_read(struct delivering *delivering, int64_t id) {
  struct row *message = NULL, *user = NULL;
  enum store_error error = store_reader(delivering->house->store, &delivering->reader);
  if (!error) error = reader_get(delivering->reader, record_type(RECORD_MESSAGE), &SCOPE_SYSTEM, id, delivering->arena, &message);
  if (!error)
    error = reader_get(delivering->reader, record_type(RECORD_USER), &SCOPE_SYSTEM, row_integer(message, MESSAGE_USER), delivering->arena,
                       &user);
  delivering->message = message;
  delivering->user = user;
  return error;
}

static enum store_error settle(struct sending *sending, enum delivered how) {
  struct store *store = sending->sender->delivery->house->store;
  switch (how) {
    case DELIVERED: return finish(store, sending->arena, sending->key, "sent");
    case DELIVER_NOT: return finish(store, sending->arena, sending->key, "dropped");
    case DELIVER_UNCERTAIN:
      log_line(LOG_WARNING, "delivery", "%s: the line broke at its end; it is not sent again", sending->key);
      return finish(store, sending->arena, sending->key, "uncertain");
    case DELIVER_LATER: sending->pause = true; break;
    case DELIVER_REFUSED: break;
  }
  if (!sending->place.attempts) log_line(LOG_WARNING, "delivery", "%s waits: %s", sending->key, sending->why ? sending->why : "-");
  return put_back(sending);
}

static enum store_error place_work(struct sending *sending) {
  struct house *house = sending->sender->delivery->house;
  struct delivering delivering =
      {.house = house, .arena = sending->arena, .now = sending->now, .ends = sending_ends, .stops = sending_stops, .with = sending};
  int64_t id = 0;
  const char *number = strrchr(sending->key, ':');
  if (marked(house->store, sending->arena, sending->key)) return side_remove(house->store, SIDE_DELIVERY, sending->key);
  if (sending->place.phase == 'e') return settle(sending, DELIVER_UNCERTAIN); /* who was sending it is gone */
  if (sending->now - sending->place.first > sending->policy->mail_days * MOMENT_DAY) {
    sending->given_up++;
    return finish(house->store, sending->arena, sending->key, "given_up");
  }
  if (!number || sscanf(number + 1, "%lld", (long long *)&id) != 1) return finish(house->store, sending->arena, sending->key, "dropped");
  enum store_error error = rows_read(&delivering, id);
  enum delivered how = DELIVER_NOT;
  if (!error && chosen(delivering.user, sending->sender->channel)) how = sending->sender->channel->deliver(&delivering);
  if (delivering.reader) reader_release(delivering.reader);
  sending->why = delivering.why;
  return error && error != STORE_ABSENT ? error : settle(sending, how);
}

static enum store_error queue_work(struct sender *sender, struct arena *arena) {
  struct house *house = sender->delivery->house;
  struct policy policy;
  struct found *found = ARENA_NEW(arena, struct found);
  struct sending sending = {.sender = sender, .arena = arena, .policy = &policy, .now = house_now(house)};
  *found = (struct found){.arena = arena, .now = moment_system()};
  enum store_error error = side_list(house->store, SIDE_DELIVERY, arena_print(arena, "queue:%s:", sender->channel->name), found_take,
                                     found);
  if (error || !found->count || !sender->channel->ready(house->store, arena)) return error;
  error = digest_hours(house, sending.now, arena, &policy);
  if (error || quiet_at(&policy, sending.now)) return error;
  for (size_t i = 0; i < found->count && !error && !sending.pause && !sending_stops(&sending); i++) {
    sending.key = found->items[i].key;
    if (!place_read(found->items[i].value, &sending.place) ||
        !lease_hold(house->store, sender->lease, sender->delivery->wait.holder, LEASE_TIME))
      break;
    error = place_work(&sending);
  }
  if (!error && sending.given_up) error = digest_system(house, sending.now, sender->channel->name,
    label_print(arena, "有 %lld 封邮件 %lld 天内没能送出，已放弃；内容仍在各人的消息里。请用 bihuan mail show 查看。", "%lld letters could not be delivered within %lld days and were given up; what they said stands in everybody's messages. See bihuan mail show.",
                (long long)sending.given_up, (long long)policy.mail_days));
  return error;
}

/* ---- a channel's thread ---- */

static bool sender_waits(struct sender *sender) {
  struct delivery *delivery = sender->delivery;
  struct timespec until = waiting_until(LOOK_EVERY);
  pthread_mutex_lock(&delivery->wait.lock);
  while (!delivery->stopping && !delivery->more && waiting_lasts(&delivery->wait, &until)) continue;
  delivery->more = false;
  bool on = !delivery->stopping;
  pthread_mutex_unlock(&delivery->wait.lock);
  return on;
}

static void *sender_run(void *with) {
  struct sender *sender = with;
  struct house *house = sender->delivery->house;
  bool told = false;
  while (sender_waits(sender)) {
    struct arena *arena = arena_new();
    enum store_error error = lease_hold(house->store, sender->lease, sender->delivery->wait.holder, LEASE_TIME) ? queue_work(sender, arena)
                                                                                                                : STORE_OK;
    if (error && !told) log_line(LOG_WARNING, "delivery", "%s waits: %s", sender->channel->name, store_error_label(error).en);
    told = error != STORE_OK;
    arena_free(arena);
  }
  lease_release(house->store, sender->lease, sender->delivery->wait.holder);
  return NULL;
}

/* ---- the follower ---- */

static void delivery_stop(void *state) {
  struct delivery *delivery = state;
  pthread_mutex_lock(&delivery->wait.lock);
  __atomic_store_n(&delivery->stopping, true, __ATOMIC_RELEASE);
  pthread_cond_broadcast(&delivery->wait.changed);
  pthread_mutex_unlock(&delivery->wait.lock);
  for (size_t i = 0; i < CHANNEL_COUNT; i++)
    if (delivery->senders[i].started) pthread_join(delivery->senders[i].thread, NULL);
  waiting_free(&delivery->wait);
  arena_free(delivery->arena);
  free(delivery);
}

static enum store_error delivery_start(struct house *house, void **state, int64_t *at) {
  struct delivery *delivery = HEAP_NEW(struct delivery);
  bool started = true;
  waiting_make(&delivery->wait);
  delivery->house = house;
  delivery->arena = arena_new();
  for (size_t i = 0; i < CHANNEL_COUNT && started; i++) {
    struct sender *sender = &delivery->senders[i];
    sender->delivery = delivery;
    sender->channel = &CHANNELS[i];
    snprintf(sender->lease, sizeof sender->lease, "delivery:%s", sender->channel->name);
    started = sender->started = pthread_create(&sender->thread, NULL, sender_run, sender) == 0;
  }
  *state = delivery;
  *at = 0; /* the registry knows where it stands */
  if (started) return STORE_OK;
  delivery_stop(delivery);
  return STORE_BUSY;
}

static enum store_error delivery_apply(void *state, const struct entry *entry) {
  struct delivery *delivery = state;
  if (entry->type != RECORD_MESSAGE || entry->kind != ENTRY_CHANGE || entry->action != ACTION_CREATE || !entry->body) return STORE_OK;
  enum store_error error = message_take(delivery, entry->record);
  arena_reset(delivery->arena);
  pthread_mutex_lock(&delivery->wait.lock);
  delivery->more = true;
  pthread_cond_broadcast(&delivery->wait.changed);
  pthread_mutex_unlock(&delivery->wait.lock);
  return error;
}

static enum store_error delivery_settle(void *state, int64_t at) {
  (void)state;
  (void)at;
  return STORE_OK; /* the registry makes the position durable */
}

const struct follower FOLLOWER_DELIVERY = {.name = "delivery", .kind = OUTBOX, .version = 1, .start = delivery_start, .apply = delivery_apply, .settle = delivery_settle, .stop = delivery_stop, .pause = 100};

/* ---- for who runs it ---- */

static bool state_take(void *with, const char *key, const char *value, size_t size, int64_t expires) {
  struct delivery_state *state = with;
  struct place place;
  char text[96];
  (void)expires;
  snprintf(text, sizeof text, "%.*s", (int)size, value);
  if (strncmp(key, "queue:", 6) == 0 && place_read(text, &place)) {
    state->waiting++;
    if (state->oldest == NOTHING || place.first < state->oldest) state->oldest = place.first;
  }
  state->uncertain += strcmp(text, "uncertain") == 0;
  state->given_up += strcmp(text, "given_up") == 0;
  return true;
}

enum store_error delivery_state_read(struct store *store, struct delivery_state *state) {
  *state = (struct delivery_state){.oldest = NOTHING};
  return side_list(store, SIDE_DELIVERY, "", state_take, state);
}
