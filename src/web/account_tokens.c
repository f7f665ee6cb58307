/* Tokens for programs, as side values under the hash of the secret:
   {"user":7,"writes":true,"scope":"hotline","name":"夜间报送","made":M,"made_by":3,"expires":M}. Older ones have no scope: `writes` says it.
   Nobody can be told a token again; it is spoken of by the beginning of its hash. */
#include "web/account.h"

#include <jansson.h>
#include <string.h>

#include "base/json.h"

const char *const TOKEN_SCOPE_NAMES[TOKEN_SCOPES] = {[TOKEN_READ] = "read", [TOKEN_WRITE] = "write", [TOKEN_HOTLINE] = "hotline", [TOKEN_OPEN311] = "open311"};

bool token_scope_named(const char *name, enum token_scope *scope) {
  for (int i = 0; name && i < TOKEN_SCOPES; i++)
    if (strcmp(name, TOKEN_SCOPE_NAMES[i]) == 0) return *scope = (enum token_scope)i, true;
  return false;
}

bool account_token_read(const char *value, size_t size, struct arena *arena, struct token_told *told) {
  json_t *object = json_loadb(value, size, 0, NULL);
  const char *scope = json_string_value(json_object_get(object, "scope")), *name = json_string_value(json_object_get(object, "name"));
  *told = (struct token_told){.user = json_integer_value(json_object_get(object, "user")),
                              .made = json_integer_value(json_object_get(object, "made")),
                              .made_by = json_integer_value(json_object_get(object, "made_by")),
                              .expires = json_integer_value(json_object_get(object, "expires"))};
  bool known = told->user > 0;
  if (name) told->name = arena_text(arena, name);
  if (scope) known = token_scope_named(scope, &told->scope) && known; /* a newer program's: it serves nowhere here */
  else told->scope = json_is_true(json_object_get(object, "writes")) ? TOKEN_WRITE : TOKEN_READ;
  json_decref(object);
  return known;
}

enum store_error account_new_token(struct house *house, const struct token_told *told, struct arena *arena, char **token, char **id) {
  struct buffer value = {.arena = arena};
  struct json json = json_to(&value);
  uint8_t secret[32];
  random_bytes(secret, sizeof secret);
  *token = hex_write(arena, secret, sizeof secret);
  json_open(&json, '{');
  json_pair_integer(&json, "user", told->user);
  json_pair_yes_no(&json, "writes", told->scope != TOKEN_READ);
  json_pair(&json, "scope", TOKEN_SCOPE_NAMES[told->scope]);
  if (told->name) json_pair(&json, "name", told->name);
  json_pair_integer(&json, "made", told->made);
  json_pair_integer(&json, "made_by", told->made_by);
  json_pair_integer(&json, "expires", told->expires);
  json_close(&json, '}');
  char *key = account_key(arena, *token);
  *id = arena_copy(arena, key, TOKEN_ID_SIZE);
  return side_put(house->store, SIDE_TOKEN, key, value.bytes, told->expires);
}

/* ---- listing and taking back ---- */

struct walk { struct arena *arena; int64_t user, now; token_sink *sink; void *with; const char *found; struct token_told told; };

static bool list_take(void *with, const char *key, const char *value, size_t size, int64_t expires) {
  struct walk *walk = with;
  struct token_told told;
  if (!account_token_read(value, size, walk->arena, &told)) return true;
  if ((walk->user && told.user != walk->user) || (expires && expires <= walk->now)) return true;
  told.id = arena_copy(walk->arena, key, TOKEN_ID_SIZE);
  return walk->sink(walk->with, &told);
}

enum store_error account_list_tokens(struct house *house, int64_t user, int64_t now, struct arena *arena, token_sink *sink, void *with) {
  struct walk walk = {.arena = arena, .user = user, .now = now, .sink = sink, .with = with};
  return side_list(house->store, SIDE_TOKEN, "", list_take, &walk);
}

static bool find_take(void *with, const char *key, const char *value, size_t size, int64_t expires) {
  struct walk *walk = with;
  (void)expires;
  walk->found = arena_text(walk->arena, key);
  if (!account_token_read(value, size, walk->arena, &walk->told)) walk->told = (struct token_told){0};
  walk->told.id = arena_copy(walk->arena, key, TOKEN_ID_SIZE);
  return false;
}

enum store_error account_revoke_token(struct house *house, const char *id, struct arena *arena, struct token_told *told) {
  struct walk walk = {.arena = arena};
  if (strlen(id) != TOKEN_ID_SIZE || strspn(id, "0123456789abcdef") != TOKEN_ID_SIZE) return STORE_ABSENT;
  enum store_error error = side_list(house->store, SIDE_TOKEN, id, find_take, &walk);
  if (!error) error = walk.found ? side_remove(house->store, SIDE_TOKEN, walk.found) : STORE_ABSENT;
  *told = walk.told;
  return error;
}
