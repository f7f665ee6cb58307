/* Accounts, as side values. A credential: {"user":7,"sealed":"$argon2id$…","must_change":false} under the account's name in lower
   case. Nothing here counts failures. */
#include "web/account.h"

#include <jansson.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/room.h"

#define PASSWORD_LEAST 10
#define PASSWORD_MOST 200

char *account_key(struct arena *arena, const char *secret) {
  uint8_t hash[HASH_SIZE];
  hash_bytes(hash, secret, strlen(secret));
  return hex_write(arena, hash, sizeof hash);
}

struct label account_password_problem(const char *account, const char *password) {
  size_t length = text_valid(password, strlen(password)) ? text_length(password) : 0;
  if (length < PASSWORD_LEAST || length > PASSWORD_MOST)
    return (struct label){"口令应为 10 至 200 个字符。", "a password has 10 to 200 characters."};
  if (strcasecmp(account, password) == 0) return (struct label){"口令不能与账号相同。", "the password must not be the account's name."};
  return (struct label){0};
}

enum store_error account_set_password(struct house *house, const char *account, int64_t user, const char *password, bool must_change, struct arena *arena) {
  struct buffer value = {.arena = arena};
  struct json json = json_to(&value);
  json_open(&json, '{');
  json_pair_integer(&json, "user", user);
  json_pair(&json, "sealed", password_seal(arena, password));
  json_pair_yes_no(&json, "must_change", must_change);
  json_close(&json, '}');
  return side_put(house->store, SIDE_CREDENTIAL, text_fold(arena, account), value.bytes, 0);
}

/* Something to try a password on when there is no such account, so that the time taken says nothing; made once. */
static char sealed_of_nobody[200];
static pthread_once_t sealed_once = PTHREAD_ONCE_INIT;

static void nobody_seal(void) {
  struct arena *arena = arena_new();
  snprintf(sealed_of_nobody, sizeof sealed_of_nobody, "%s", password_seal(arena, "nobody's password"));
  arena_free(arena);
}

enum store_error account_check(struct house *house, const char *account, const char *password, struct arena *arena, int64_t *user, bool *must_change) {
  char *value = NULL;
  enum store_error error = side_get(house->store, SIDE_CREDENTIAL, text_fold(arena, account), arena, &value);
  if (error != STORE_OK && error != STORE_ABSENT) return error;
  pthread_once(&sealed_once, nobody_seal);
  json_t *credential = error == STORE_OK ? json_loads(value, 0, NULL) : NULL;
  const char *sealed = json_string_value(json_object_get(credential, "sealed"));
  bool holds = password_holds(sealed ? sealed : sealed_of_nobody, password) && sealed;
  if (holds) {
    *user = json_integer_value(json_object_get(credential, "user"));
    *must_change = json_is_true(json_object_get(credential, "must_change"));
  }
  json_decref(credential);
  return holds ? STORE_OK : STORE_ABSENT;
}

/* ---- sessions of one user ---- */

struct of_user { struct arena *arena; int64_t user; char **keys; size_t count, room; };

static bool of_user_take(void *with, const char *key, const char *value, size_t size, int64_t expires) {
  struct of_user *of_user = with;
  json_t *object = json_loadb(value, size, 0, NULL);
  bool own = json_integer_value(json_object_get(object, "user")) == of_user->user;
  (void)expires;
  json_decref(object);
  if (!own) return true;
  ARENA_ROOM(of_user->arena, of_user->keys, of_user->count, of_user->room, 8);
  of_user->keys[of_user->count++] = arena_text(of_user->arena, key);
  return true;
}

enum store_error account_end_sessions(struct house *house, int64_t user, struct arena *arena) {
  struct of_user of_user = {.arena = arena, .user = user};
  enum store_error error = side_list(house->store, SIDE_SESSION, "", of_user_take, &of_user);
  for (size_t i = 0; i < of_user.count && !error; i++) {
    error = side_remove(house->store, SIDE_SESSION, of_user.keys[i]);
    if (error == STORE_ABSENT) error = STORE_OK;
  }
  return error;
}
