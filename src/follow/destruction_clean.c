/* After a destruction: what lies outside the tables. The search store forgets, frozen tables keep a digest of the line, staged uploads go
   (any of them may hold the same words), evidence files that no other record names are overwritten and removed, free pages and logs of the
   database are overwritten, and the destruction is noted where a restore will look for it. All of it may be done again. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/log.h"
#include "base/room.h"
#include "exchange/files.h"
#include "exchange/import.h"
#include "follow/destruction_clean.h"
#include "follow/followers_parts.h"
#include "follow/groups.h"
#include "rules/frozen.h"

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
  for (size_t i = 0; i < destruction->count && !error; i++)
    error = terms_forget(terms, destruction->items[i].type->id, destruction->items[i].id);
  if (own) terms_close(own);
  return error;
}

/* ---- groups: their checkpoint holds words by their hashes; a running view makes itself anew (groups.c) ---- */
static enum store_error forget_groups(struct house *house, const struct destruction *destruction) {
  for (size_t i = 0; i < destruction->count; i++)
    if (destruction->items[i].type->id == RECORD_APPEAL || destruction->items[i].type->id == RECORD_GROUPING_DECISION)
      return groups_forget(house->data);
  return STORE_OK;
}

/* ---- what categories and units are suggested from: words by their hashes ---- */
static enum store_error forget_suggestions(struct house *house, const struct destruction *destruction) {
  for (size_t i = 0; i < destruction->count; i++)
    if (destruction->items[i].type->id == RECORD_APPEAL) return suggest_forget(house->data);
  return STORE_OK;
}

/* ---- lines of frozen tables ---- */
static enum store_error forget_lines(struct house *house, const struct destruction *destruction) {
  struct reader *reader = NULL;
  enum store_error error = store_reader(house->store, &reader);
  for (size_t i = 0; i < destruction->count && !error; i++)
    if (destruction->items[i].type->id == RECORD_PROBLEM) error = frozen_forget(reader, destruction->items[i].id);
  reader_release(reader);
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
  ARENA_ROOM(staged->arena, staged->ids, staged->count, staged->room, 16);
  staged->ids[staged->count++] = id;
  return true;
}

/* Files whose side value has expired. What is being uploaded just now has another ending and stays. */
static enum store_error remove_orphans(struct house *house, struct arena *arena, struct cleaned *cleaned) {
  const char *folder = arena_print(arena, "%s/staging", house->data);
  enum store_error error = STORE_OK;
  DIR *listing = opendir(folder);
  for (struct dirent *entry; listing && !error && (entry = readdir(listing));) {
    size_t size = strlen(entry->d_name);
    if (size < 4 || strcmp(entry->d_name + size - 4, ".csv") != 0) continue;
    if (unlink(arena_print(arena, "%s/%s", folder, entry->d_name)) == 0) cleaned->staged_dropped++;
    else if (errno != ENOENT) error = STORE_GONE;
  }
  if (listing) closedir(listing);
  return error;
}

static enum store_error drop_staged(struct house *house, struct arena *arena, struct cleaned *cleaned) {
  struct staged staged = {.arena = arena};
  enum store_error error = side_list(house->store, SIDE_STAGING, STAGED_KEY, staged_take, &staged);
  for (size_t i = 0; i < staged.count && !error; i++) error = import_drop(house->store, staged.ids[i], arena);
  if (!error) error = import_reports_drop(house->store, arena);
  cleaned->staged_dropped = (int64_t)staged.count;
  return error ? error : remove_orphans(house, arena, cleaned);
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

/* Every file noted by a destruction; one that some record still names (the set was taken back, or another record shares it) keeps its note
   until that passes away. */
struct noted { struct arena *arena; struct house *house; struct reader *reader; const char **files; size_t count, room; };
static bool noted_take(void *with, const char *key, const char *value, size_t size, int64_t expires) {
  struct noted *noted = with;
  (void)value, (void)size, (void)expires;
  ARENA_ROOM(noted->arena, noted->files, noted->count, noted->room, 16);
  noted->files[noted->count++] = arena_text(noted->arena, key);
  return true;
}

static enum store_error remove_files(struct house *house, struct arena *arena, struct cleaned *cleaned) {
  struct noted noted = {.arena = arena, .house = house};
  struct reader *reader = NULL;
  enum store_error error = side_list(house->store, SIDE_DOOMED_FILE, "", noted_take, &noted);
  if (!error && noted.count) error = store_reader(house->store, &reader);
  for (size_t i = 0; i < noted.count && !error; i++) {
    bool named = false;
    error = file_named(reader, noted.files[i], &named);
    if (error || named) continue;
    error = file_remove(house->data, noted.files[i]);
    cleaned->files_removed += !error;
    if (!error) error = side_remove(house->store, SIDE_DOOMED_FILE, noted.files[i]);
  }
  if (reader) reader_release(reader);
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
    const char *value = arena_print(arena, "{\"type\":\"%s\",\"id\":%lld,\"entry\":%lld,\"epoch\":%lld,\"moment\":\"%s\"}",
                                    doomed->type->name, (long long)doomed->id, (long long)doomed->entry, (long long)head.epoch,
                                    moment_print(arena, house_now(house)));
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

/* What was removed for the destruction so far, kept beside the store: whoever asks later is told the whole. */
static enum store_error add_up(struct house *house, const struct destruction *destruction, struct cleaned *cleaned) {
  const struct doomed *first = &destruction->items[0];
  const char *key = arena_print(destruction->arena, "cleaned:%s:%lld", first->type->name, (long long)first->id);
  char *before = NULL;
  long long files = 0, staged = 0;
  enum store_error error = side_get(house->store, SIDE_SETTING, key, destruction->arena, &before);
  if (error && error != STORE_ABSENT) return error;
  if (before && sscanf(before, "%lld %lld", &files, &staged) == 2) cleaned->files_removed += files, cleaned->staged_dropped += staged;
  return side_put(house->store, SIDE_SETTING, key,
                  arena_print(destruction->arena, "%lld %lld", (long long)cleaned->files_removed, (long long)cleaned->staged_dropped), 0);
}

enum store_error destruction_clean(struct house *house, const struct destruction *destruction, struct cleaned *cleaned) {
  *cleaned = (struct cleaned){0};
  enum store_error error = note(house, destruction);
  if (!error) error = forget_words(house, destruction);
  if (!error) error = forget_groups(house, destruction);
  if (!error) error = forget_suggestions(house, destruction);
  if (!error) error = forget_lines(house, destruction);
  if (!error) error = drop_staged(house, destruction->arena, cleaned);
  if (!error) error = remove_files(house, destruction->arena, cleaned);
  if (!error && destruction->count) error = add_up(house, destruction, cleaned);
  return error ? error : scrub(house->store);
}

/* ---- the follower: cleans after every destruction, whoever agreed to it and wherever ---- */
struct cleaning { struct house *house; struct arena *arena; struct destruction destruction; };

static enum store_error cleaning_start(struct house *house, void **state, int64_t *at) {
  struct arena *arena = arena_new();
  struct cleaning *cleaning = HEAP_NEW(struct cleaning);
  *cleaning = (struct cleaning){.house = house, .arena = arena, .destruction = {.arena = arena}};
  *state = cleaning;
  *at = 0;
  return STORE_OK;
}

static enum store_error cleaning_apply(void *state, const struct entry *entry) {
  struct cleaning *cleaning = state;
  const struct record_type *type = record_type((enum record_id)entry->type);
  if (entry->kind != ENTRY_DESTRUCTION || !type) return STORE_OK;
  destruction_doom(&cleaning->destruction, (struct doomed){type, entry->record, entry->number, NULL});
  return STORE_OK;
}

static enum store_error cleaning_settle(void *state, int64_t at) {
  struct cleaning *cleaning = state;
  struct cleaned cleaned;
  (void)at;
  if (cleaning->destruction.count == 0) return STORE_OK;
  enum store_error error = destruction_clean(cleaning->house, &cleaning->destruction, &cleaned);
  if (error) return error;
  arena_reset(cleaning->arena);
  cleaning->destruction = (struct destruction){.arena = cleaning->arena};
  return STORE_OK;
}

static void cleaning_stop(void *state) {
  struct cleaning *cleaning = state;
  arena_free(cleaning->arena);
  free(cleaning);
}

const struct follower FOLLOWER_DESTRUCTIONS = {.name = "destructions", .kind = OUTBOX, .version = 1, .start = cleaning_start, .apply = cleaning_apply, .settle = cleaning_settle, .stop = cleaning_stop};
