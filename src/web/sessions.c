/* Sessions and tokens: who asks. The truth is a side value under the hash of a secret; what was read of it, and the grants of its
   user, are kept in memory for some seconds in a table of fixed size, so that reads do not go to the side store each time.
   Passwords are not looked at here. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "web/account.h"
#include "web/web.h"

#define SLOTS 2048
#define SECRET_SIZE sizeof ((struct secret_known *)NULL)->secret
#define IDLE (INT64_C(30) * 60 * MOMENT_SECOND)
#define ABSOLUTE ((int64_t)SESSION_SECONDS * MOMENT_SECOND)
#define FRESH (INT64_C(3) * MOMENT_SECOND)      /* how long what was read is believed */
#define WRITE_EVERY (INT64_C(60) * MOMENT_SECOND) /* how often a session that is used says so in the side store */

/* A user's authority as read at one time; shared by requests, freed by the last. */
struct standing { atomic_int holders; struct arena *arena; struct authority authority; };

struct slot {
  bool used;
  struct seat seat;
  int64_t created, seen, written /* the `seen` that the side value has */, expires /* tokens: 0 never */, checked;
  long generation;
  struct standing *standing;
};
struct sessions { struct server *server; pthread_mutex_t lock; atomic_long generation; struct slot slots[SLOTS]; };

struct sessions *sessions_new(struct server *server) {
  struct sessions *sessions = HEAP_NEW(struct sessions);
  sessions->server = server;
  pthread_mutex_init(&sessions->lock, NULL);
  return sessions;
}

void standing_release(struct standing *standing) {
  if (standing && atomic_fetch_sub(&standing->holders, 1) == 1) {
    struct arena *arena = standing->arena;
    arena_free(arena);
  }
}

const struct authority *standing_authority(const struct standing *standing) { return &standing->authority; }

void sessions_free(struct sessions *sessions) {
  if (!sessions) return;
  for (size_t i = 0; i < SLOTS; i++)
    if (sessions->slots[i].used) standing_release(sessions->slots[i].standing);
  pthread_mutex_destroy(&sessions->lock);
  free(sessions);
}

long sessions_known(struct sessions *sessions) {
  long count = 0;
  pthread_mutex_lock(&sessions->lock);
  for (size_t i = 0; i < SLOTS; i++) count += sessions->slots[i].used;
  pthread_mutex_unlock(&sessions->lock);
  return count;
}

void sessions_renew(struct sessions *sessions) { atomic_fetch_add(&sessions->generation, 1); }

static struct slot *slot_of(struct sessions *sessions, const struct seat *seat) {
  size_t place;
  memcpy(&place, seat->key, sizeof place);
  return &sessions->slots[place % SLOTS];
}

static bool slot_holds(const struct slot *slot, const struct seat *seat) {
  return slot->used && slot->seat.bearer == seat->bearer && memcmp(slot->seat.key, seat->key, HASH_SIZE) == 0;
}

static bool slot_alive(const struct slot *slot, int64_t now) {
  if (slot->seat.bearer) return !slot->expires || now < slot->expires;
  return now - slot->seen < IDLE && now - slot->created < ABSOLUTE;
}

/* ---- side values ---- */

static char *session_print(struct arena *arena, const struct slot *slot, int64_t seen) {
  struct buffer value = {.arena = arena};
  struct json json = json_to(&value);
  json_open(&json, '{');
  json_pair_integer(&json, "user", slot->seat.user);
  json_pair(&json, "csrf", slot->seat.csrf);
  json_pair_integer(&json, "created", slot->created);
  json_pair_integer(&json, "seen", seen);
  json_pair_yes_no(&json, "must_change", slot->seat.must_change);
  json_close(&json, '}');
  return value.bytes;
}

/* What a token may reach. */
static void token_take(const char *value, struct arena *arena, struct seat *seat) {
  static const unsigned ONLY[TOKEN_SCOPES] = {[TOKEN_HOTLINE] = ROUTE_HOTLINE, [TOKEN_OPEN311] = ROUTE_OPEN311};
  struct token_told told;
  bool known = account_token_read(value, strlen(value), arena, &told);
  seat->may_write = known && told.scope != TOKEN_READ;
  seat->only = known ? ONLY[told.scope] : 0;
  if (!known) seat->user = 0;
}

static enum store_error slot_read(struct store *store, const struct seat *seat, struct arena *arena, struct slot *slot) {
  char *value;
  enum store_error error = side_get(store, seat->bearer ? SIDE_TOKEN : SIDE_SESSION, hex_write(arena, seat->key, HASH_SIZE), arena, &value);
  if (error) return error;
  json_t *object = json_loads(value, 0, NULL);
  const char *csrf = json_string_value(json_object_get(object, "csrf"));
  *slot = (struct slot){.used = true, .seat = *seat};
  slot->seat.user = json_integer_value(json_object_get(object, "user"));
  slot->seat.may_write = true;
  if (seat->bearer) token_take(value, arena, &slot->seat);
  slot->seat.must_change = json_is_true(json_object_get(object, "must_change"));
  if (csrf && strlen(csrf) < sizeof slot->seat.csrf) strcpy(slot->seat.csrf, csrf);
  slot->created = json_integer_value(json_object_get(object, "created"));
  slot->seen = slot->written = json_integer_value(json_object_get(object, "seen"));
  slot->expires = json_integer_value(json_object_get(object, "expires"));
  json_decref(object);
  return slot->seat.user > 0 ? STORE_OK : STORE_ABSENT;
}

static enum store_error standing_read(struct server *server, int64_t user, struct standing **standing) {
  struct arena *arena = arena_new();
  struct standing *read = ARENA_NEW(arena, struct standing);
  struct reader *reader = NULL;
  enum store_error error = store_reader(server->house->store, &reader);
  if (error == STORE_OK) {
    error = authority_load(reader, user, house_now(server->house), arena, &read->authority);
    reader_release(reader);
  }
  if (error) {
    arena_free(arena);
    return error;
  }
  read->arena = arena;
  atomic_init(&read->holders, 1);
  *standing = read;
  return STORE_OK;
}

/* ---- the table ---- */

/* Takes what is known and fresh; *touch: the value to replace in the side store, when the session should say that it is used. */
static bool slot_take(struct sessions *sessions, struct seat *seat, struct standing **standing, int64_t now, bool uses, struct arena *arena,
                      char **before, char **after) {
  bool taken = false;
  pthread_mutex_lock(&sessions->lock);
  struct slot *slot = slot_of(sessions, seat);
  if (slot_holds(slot, seat) && now - slot->checked < FRESH && slot->generation == atomic_load(&sessions->generation) &&
      slot_alive(slot, now)) {
    *seat = slot->seat;
    *standing = slot->standing;
    atomic_fetch_add(&slot->standing->holders, 1);
    if (uses) slot->seen = now;
    if (uses && !seat->bearer && now - slot->written > WRITE_EVERY) {
      *before = session_print(arena, slot, slot->written);
      *after = session_print(arena, slot, now);
      slot->written = now;
    }
    taken = true;
  }
  pthread_mutex_unlock(&sessions->lock);
  return taken;
}

static void slot_put(struct sessions *sessions, const struct slot *read) {
  struct standing *out = NULL;
  pthread_mutex_lock(&sessions->lock);
  struct slot *slot = slot_of(sessions, &read->seat);
  int64_t seen = slot_holds(slot, &read->seat) && slot->seen > read->seen ? slot->seen : read->seen;
  if (slot->used) out = slot->standing;
  *slot = *read;
  slot->seen = seen;
  pthread_mutex_unlock(&sessions->lock);
  standing_release(out);
}

static void slot_forget(struct sessions *sessions, const struct seat *seat) {
  struct standing *out = NULL;
  pthread_mutex_lock(&sessions->lock);
  struct slot *slot = slot_of(sessions, seat);
  if (slot_holds(slot, seat)) {
    out = slot->standing;
    *slot = (struct slot){0};
  }
  pthread_mutex_unlock(&sessions->lock);
  standing_release(out);
}

/* `uses`: the session counts as used now. The standing is the caller's to release. */
static enum store_error seat_enter(struct sessions *sessions, struct seat *seat, struct standing **standing, bool uses,
                                   struct arena *arena) {
  struct store *store = sessions->server->house->store;
  int64_t now = moment_system();
  char *before = NULL, *after = NULL;
  struct slot read;
  enum store_error error;
  if (slot_take(sessions, seat, standing, now, uses, arena, &before, &after)) {
    /* a loser was signed out, or used elsewhere */
    if (after) side_swap(store, SIDE_SESSION, hex_write(arena, seat->key, HASH_SIZE), before, after, now + IDLE + WRITE_EVERY);
    return STORE_OK;
  }
  error = slot_read(store, seat, arena, &read);
  if (error == STORE_OK) {
    pthread_mutex_lock(&sessions->lock);
    struct slot *known = slot_of(sessions, seat);
    if (slot_holds(known, seat) && known->seen > read.seen) read.seen = known->seen;
    pthread_mutex_unlock(&sessions->lock);
    if (!slot_alive(&read, now)) error = STORE_ABSENT;
  }
  if (error == STORE_OK) error = standing_read(sessions->server, read.seat.user, &read.standing);
  if (error) {
    if (error == STORE_ABSENT) slot_forget(sessions, seat);
    return error;
  }
  read.generation = atomic_load(&sessions->generation);
  read.checked = now;
  if (uses) read.seen = now;
  *seat = read.seat;
  *standing = read.standing;
  atomic_fetch_add(&read.standing->holders, 1);
  slot_put(sessions, &read);
  return STORE_OK;
}

enum store_error sessions_again(struct server *server, const struct seat *seat, struct standing **standing) {
  struct arena *arena = arena_new();
  struct seat again = *seat;
  enum store_error error = seat_enter(server->sessions, &again, standing, false, arena);
  arena_free(arena);
  return error;
}

/* ---- requests ---- */

static const char *secret_of(const struct request *request, bool *bearer) {
  const char *authorization = request_header(request, "Authorization");
  const char *secret = NULL;
  *bearer = authorization && strncasecmp(authorization, "Bearer ", 7) == 0;
  if (*bearer) secret = authorization + 7 + strspn(authorization + 7, " ");
  else secret = MHD_lookup_connection_value(request->connection, MHD_COOKIE_KIND, SESSION_COOKIE);
  return secret && strlen(secret) == SECRET_SIZE ? secret : NULL;
}

/* In the same time wherever they differ: behind a proxy a connection carries the secrets of many. */
static bool same_secret(const char *one, const char *other) {
  uint64_t difference = 0, a, b;
  for (size_t i = 0; i < SECRET_SIZE; i += sizeof a) {
    memcpy(&a, one + i, sizeof a);
    memcpy(&b, other + i, sizeof b);
    difference |= a ^ b;
  }
  return difference == 0;
}

static void key_of(struct secret_known *known, const char *secret, uint8_t key[HASH_SIZE]) {
  if (!known->some || !same_secret(known->secret, secret)) {
    known->some = true;
    memcpy(known->secret, secret, SECRET_SIZE);
    hash_bytes(known->key, secret, SECRET_SIZE);
  }
  memcpy(key, known->key, HASH_SIZE);
}

static void request_seat(struct request *request, const struct seat *seat, struct standing *standing) {
  if (request->standing) standing_release(request->standing);
  request->seat = *seat;
  request->standing = standing;
  request->authority = &standing->authority;
  request->signed_in = true;
}

static enum store_error enter_by(struct request *request, const char *secret, bool bearer) {
  struct seat seat = {.bearer = bearer};
  struct standing *standing = NULL;
  key_of(request->known, secret, seat.key);
  enum store_error error = seat_enter(request->server->sessions, &seat, &standing, true, request->arena);
  if (error == STORE_OK) request_seat(request, &seat, standing);
  return error;
}

enum store_error sessions_enter(struct request *request) {
  bool bearer = false;
  const char *secret = secret_of(request, &bearer);
  return secret ? enter_by(request, secret, bearer) : STORE_ABSENT;
}

enum store_error sessions_enter_by(struct request *request, const char *secret) {
  if (strlen(secret) != SECRET_SIZE) return STORE_ABSENT;
  return enter_by(request, secret, true);
}

enum store_error sessions_open(struct request *request, int64_t user, bool must_change, char **token) {
  struct slot slot = {.used = true, .seat = {.may_write = true, .must_change = must_change, .user = user}};
  struct standing *standing = NULL;
  uint8_t secret[32], csrf[16];
  enum store_error error = standing_read(request->server, user, &standing);
  if (error) return error;
  random_bytes(secret, sizeof secret);
  random_bytes(csrf, sizeof csrf);
  *token = hex_write(request->arena, secret, sizeof secret);
  strcpy(slot.seat.csrf, hex_write(request->arena, csrf, sizeof csrf));
  hash_bytes(slot.seat.key, *token, strlen(*token));
  slot.created = slot.seen = slot.written = slot.checked = moment_system();
  error = side_put(request->house->store, SIDE_SESSION, hex_write(request->arena, slot.seat.key, HASH_SIZE),
                   session_print(request->arena, &slot, slot.seen), slot.created + ABSOLUTE);
  if (error) {
    standing_release(standing);
    return error;
  }
  slot.generation = atomic_load(&request->server->sessions->generation);
  slot.standing = standing;
  atomic_fetch_add(&standing->holders, 1);
  slot_put(request->server->sessions, &slot);
  request_seat(request, &slot.seat, standing);
  return STORE_OK;
}

enum store_error sessions_close(struct request *request) {
  enum store_error error = side_remove(request->house->store, SIDE_SESSION, hex_write(request->arena, request->seat.key, HASH_SIZE));
  if (error == STORE_OK || error == STORE_ABSENT) slot_forget(request->server->sessions, &request->seat);
  return error == STORE_ABSENT ? STORE_OK : error;
}

/* ---- all of one user ---- */

enum store_error sessions_close_all(struct request *request) {
  enum store_error error = account_end_sessions(request->house, request->seat.user, request->arena);
  sessions_renew(request->server->sessions); /* what is kept in memory is looked up again */
  slot_forget(request->server->sessions, &request->seat);
  return error;
}
