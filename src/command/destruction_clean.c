/* After a destruction: what lies outside the tables. The search store forgets, staged uploads go (any of them may hold the same
   words), evidence files that no other record names are overwritten and removed, free pages and logs of the database are
   overwritten, and the destruction is noted where a restore will look for it. All of it may be done again. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/log.h"
#include "command/destruction.h"
#include "exchange/files.h"
#include "exchange/import.h"

enum { SCRUB_TRIES = 40, SCRUB_PAUSE = 250000 /* microseconds */ };

/* ---- search ---- */
static enum store_error forget_words(struct house *house, const struct destruction *destruction) {
  struct terms *terms = house->terms, *own = NULL;
  enum store_error error = STORE_OK;
  if (!terms) {
    if (access(arena_print(destruction->arena, "%s/search.db", house->data), F_OK) != 0) return STORE_OK;
    error = terms_open(house->data, &own);
    terms = own;
  }
  for (size_t i = 0; i < destruction->count && !error; i++) error = terms_forget(terms, destruction->items[i].type->id, destruction->items[i].id);
  if (own) terms_close(own);
  return error;
}

/* ---- staged uploads ---- */
#define STAGED_KEY "import:"
struct staged { struct arena *arena; int64_t *ids; size_t count, room; };
static bool staged_take(void *with, const char *key, const char *value, size_t size, int64_t expires) {
  struct staged *staged = with;
  int64_t id;
  (void)value, (void)size, (void)expires;
  if (!text_to_integer(key + strlen(STAGED_KEY), &id)) return true;
  if (staged->count == staged->room) {
    staged->room = staged->room ? staged->room * 2 : 16;
    int64_t *more = ARENA_ARRAY(staged->arena, int64_t, staged->room);
    if (staged->count) memcpy(more, staged->ids, staged->count * sizeof *more);
    staged->ids = more;
  }
  staged->ids[staged->count++] = id;
  return true;
}

/* Files whose side value has expired. What is being uploaded just now has another ending and stays. */
static enum store_error remove_orphans(struct house *house, struct destruction *destruction) {
  const char *folder = arena_print(destruction->arena, "%s/staging", house->data);
  enum store_error error = STORE_OK;
  DIR *listing = opendir(folder);
  for (struct dirent *entry; listing && !error && (entry = readdir(listing));) {
    size_t size = strlen(entry->d_name);
    if (size < 4 || strcmp(entry->d_name + size - 4, ".csv") != 0) continue;
    if (unlink(arena_print(destruction->arena, "%s/%s", folder, entry->d_name)) == 0) destruction->staged_dropped++;
    else if (errno != ENOENT) error = STORE_GONE;
  }
  if (listing) closedir(listing);
  return error;
}

static enum store_error drop_staged(struct house *house, struct destruction *destruction) {
  struct staged staged = {.arena = destruction->arena};
  enum store_error error = side_list(house->store, SIDE_STAGING, STAGED_KEY, staged_take, &staged);
  for (size_t i = 0; i < staged.count && !error; i++) error = import_drop(house->store, staged.ids[i], destruction->arena);
  destruction->staged_dropped = (int64_t)staged.count;
  return error ? error : remove_orphans(house, destruction);
}

/* ---- files ---- */
static enum store_error file_named(struct reader *reader, const char *name, bool *named) {
  enum store_error error = STORE_OK;
  *named = false;
  for (size_t i = 0; i < SCHEMA.count && !error && !*named; i++)
    for (size_t k = 0; k < SCHEMA.types[i]->field_count && !error && !*named; k++) {
      const struct field *field = &SCHEMA.types[i]->fields[k];
      if (field->type != F_FILE) continue;
      struct value value = value_text(field->id, name);
      struct condition condition = {.field = field->id, .how = C_IS, .values = &value, .count = 1};
      struct query query = {.type = SCHEMA.types[i], .conditions = &condition, .condition_count = 1, .with_voided = true, .expected = -1};
      int64_t count = 0;
      error = reader_count(reader, &query, &SCOPE_SYSTEM, &count);
      *named = count > 0;
    }
  return error;
}

static enum store_error remove_files(struct house *house, struct destruction *destruction) {
  struct reader *reader = NULL;
  enum store_error error = destruction->file_count ? store_reader(house->store, &reader) : STORE_OK;
  for (size_t i = 0; i < destruction->file_count && !error; i++) {
    bool named = false;
    error = file_named(reader, destruction->files[i], &named);
    if (error || named) continue;
    error = file_remove(house->data, destruction->files[i]);
    destruction->files_removed += !error;
  }
  reader_release(reader);
  return error;
}

/* ---- the list that a restore reads ---- */
struct written { struct json json; };
static bool note_take(void *with, const char *key, const char *value, size_t size, int64_t expires) {
  struct written *written = with;
  (void)key, (void)size, (void)expires;
  json_raw(&written->json, value);
  return true;
}

static enum store_error note(struct house *house, const struct destruction *destruction) {
  struct arena *arena = destruction->arena;
  struct reader *reader = NULL;
  struct head head;
  enum store_error error = store_reader(house->store, &reader);
  if (!error) error = reader_head(reader, &head);
  reader_release(reader);
  for (size_t i = 0; i < destruction->count && !error; i++) {
    const struct doomed *doomed = &destruction->items[i];
    const char *key = arena_print(arena, "%s:%lld", doomed->type->name, (long long)doomed->id);
    const char *value = arena_print(arena, "{\"type\":\"%s\",\"id\":%lld,\"entry\":%lld,\"epoch\":%lld,\"moment\":\"%s\"}", doomed->type->name, (long long)doomed->id,
                                    (long long)doomed->entry, (long long)head.epoch, moment_print(arena, house_now(house)));
    error = side_put(house->store, SIDE_DESTRUCTION, key, value, 0);
  }
  if (error) return error;
  struct buffer out = {.arena = arena};
  struct written written = {.json = json_to(&out)};
  json_open(&written.json, '{');
  json_pair(&written.json, "store_id", head.store_id);
  json_key(&written.json, "destructions");
  json_open(&written.json, '[');
  error = side_list(house->store, SIDE_DESTRUCTION, "", note_take, &written);
  json_close(&written.json, ']');
  json_close(&written.json, '}');
  return error ? error : file_write_whole(arena_print(arena, "%s/" DESTRUCTIONS_FILE, house->data), out.bytes, out.size);
}

/* Readers of a running server may be in the way of emptying the log for a moment. */
static enum store_error scrub(struct store *store) {
  enum store_error error = store_scrub(store);
  for (int i = 0; i < SCRUB_TRIES && error == STORE_BUSY; i++) {
    usleep(SCRUB_PAUSE);
    error = store_scrub(store);
  }
  return error;
}

enum store_error destruction_clean(struct house *house, struct destruction *destruction) {
  enum store_error error = note(house, destruction);
  if (!error) error = forget_words(house, destruction);
  if (!error) error = drop_staged(house, destruction);
  if (!error) error = remove_files(house, destruction);
  return error ? error : scrub(house->store);
}
