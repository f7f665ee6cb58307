/* The list of what somebody uploaded: who closed the browser finds the upload again while it waits, and the report to sign once it is
   written. One small side value an upload, beside the large one of the upload itself. */
#include <jansson.h> /* before base/json.h */
#include <stdlib.h>

#include "base/json.h"
#include "base/room.h"
#include "exchange/import_parts.h"

#define UPLOAD_KEY "import-upload:"
#define WRITTEN "written"
#define REPORT_KEPT_FOR (30 * MOMENT_DAY)

static char *upload_key(struct arena *arena, int64_t id) { return arena_print(arena, UPLOAD_KEY "%lld", (long long)id); }

enum store_error import_upload_note(struct store *store, int64_t user, const struct import_staged *staged, const char *state, int64_t kept_for, struct arena *arena) {
  struct buffer text = {.arena = arena};
  struct json json = json_to(&text);
  json_open(&json, '{');
  json_pair_integer(&json, "user", user);
  json_pair(&json, "import", arena_print(arena, "%lld", (long long)staged->id));
  json_pair(&json, "state", state);
  json_pair(&json, "type", staged->options.type->name);
  json_pair(&json, "file_name", staged->options.file_name);
  json_pair_integer(&json, "records", staged->records);
  json_pair_integer(&json, "errors", staged->errors_found);
  json_pair(&json, "taken", moment_print(arena, staged->options.now));
  json_pair_integer(&json, "order", moment_system()); /* the store's own clock may stand still */
  json_close(&json, '}');
  return side_put(store, SIDE_STAGING, upload_key(arena, staged->id), text.bytes, moment_system() + kept_for);
}

enum store_error import_upload_written(struct store *store, int64_t user, const struct import_staged *staged, struct arena *arena) {
  return import_upload_note(store, user, staged, WRITTEN, REPORT_KEPT_FOR, arena);
}

/* ---- listing ---- */

struct listing { int64_t user; bool waiting_only; json_t *items; };

static bool upload_take(void *with, const char *key, const char *value, size_t size, int64_t expires) {
  struct listing *listing = with;
  json_t *one = json_loadb(value, size, 0, NULL);
  (void)key, (void)expires;
  bool written = text_equal(json_string_value(json_object_get(one, "state")), WRITTEN),
       theirs = json_integer_value(json_object_get(one, "user")) == listing->user;
  if (theirs && !(written && listing->waiting_only)) json_array_append(listing->items, one);
  json_decref(one);
  return true;
}

static int newer(const void *one, const void *other) {
  json_t *const *a = one, *const *b = other;
  int64_t first = json_integer_value(json_object_get(*a, "order")), second = json_integer_value(json_object_get(*b, "order"));
  return (second > first) - (second < first);
}

enum store_error import_uploads(struct store *store, int64_t user, bool waiting_only, struct arena *arena, char **json) {
  struct listing listing = {user, waiting_only, json_array()};
  enum store_error error = side_list(store, SIDE_STAGING, UPLOAD_KEY, upload_take, &listing);
  size_t count = json_array_size(listing.items);
  json_t **sorted = ARENA_ARRAY(arena, json_t *, count + 1), *whole = json_array();
  for (size_t i = 0; i < count; i++) sorted[i] = json_array_get(listing.items, i);
  if (count) qsort(sorted, count, sizeof *sorted, newer);
  for (size_t i = 0; i < count; i++) {
    if (import_begun(store, strtoll(json_string_value(json_object_get(sorted[i], "import")), NULL, 10), arena)) json_object_set_new(sorted[i], "state", json_string("begun"));
    json_object_del(sorted[i], "user");
    json_object_del(sorted[i], "order");
    json_array_append(whole, sorted[i]);
  }
  char *text = json_dumps(whole, JSON_COMPACT | JSON_PRESERVE_ORDER);
  *json = arena_text(arena, text ? text : "[]");
  free(text);
  json_decref(whole);
  json_decref(listing.items);
  return error;
}

/* ---- going ---- */

enum store_error import_upload_drop(struct store *store, int64_t id, struct arena *arena) {
  enum store_error error = side_remove(store, SIDE_STAGING, upload_key(arena, id));
  return error == STORE_ABSENT ? STORE_OK : error;
}

struct dropping { struct arena *arena; const char **keys; size_t count, room; };

static bool key_take(void *with, const char *key, const char *value, size_t size, int64_t expires) {
  struct dropping *dropping = with;
  (void)value, (void)size, (void)expires;
  ARENA_ROOM(dropping->arena, dropping->keys, dropping->count, dropping->room, 16);
  dropping->keys[dropping->count++] = arena_text(dropping->arena, key);
  return true;
}

/* With the uploads and reports themselves: a file's name may hold what was destroyed. */
enum store_error import_uploads_drop(struct store *store, struct arena *arena) {
  struct dropping dropping = {.arena = arena};
  enum store_error error = side_list(store, SIDE_STAGING, UPLOAD_KEY, key_take, &dropping);
  for (size_t i = 0; i < dropping.count && !error; i++) error = side_remove(store, SIDE_STAGING, dropping.keys[i]);
  return error == STORE_ABSENT ? STORE_OK : error;
}
