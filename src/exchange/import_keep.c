/* Uploads that were staged and are written later: the bytes lie in DATA/staging, everything else is one side value that expires. */
#include <jansson.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/room.h"
#include "exchange/files.h"
#include "exchange/import_parts.h"

#define KEPT_FOR MOMENT_DAY

static char *kept_key(struct arena *arena, int64_t id) { return arena_print(arena, "import:%lld", (long long)id); }
static char *kept_path(struct arena *arena, struct store *store, int64_t id) {
  return arena_print(arena, "%s/staging/%lld.csv", store_data(store), (long long)id);
}

/* Uploads that nobody came back for: their side values expire, their files are cleared away when the next one comes. */
static void stale_remove(struct arena *arena, const char *folder) {
  DIR *listing = opendir(folder);
  time_t oldest = time(NULL) - 2 * (time_t)(KEPT_FOR / MOMENT_SECOND);
  for (struct dirent *entry; listing && (entry = readdir(listing));) {
    const char *path = arena_print(arena, "%s/%s", folder, entry->d_name);
    struct stat status;
    if (stat(path, &status) == 0 && S_ISREG(status.st_mode) && status.st_mtime < oldest && unlink(path) != 0)
      log_line(LOG_WARNING, "import", "removing an old upload: %s", strerror(errno));
  }
  if (listing) closedir(listing);
}

enum store_error import_keep(struct store *store, int64_t user, const struct import_staged *staged, const char *bytes, size_t size, struct arena *arena) {
  struct buffer json = {.arena = arena};
  if (!file_staging_path(arena, store_data(store))) return STORE_GONE; /* makes the folder */
  stale_remove(arena, arena_print(arena, "%s/staging", store_data(store)));
  enum store_error error = file_write_whole(kept_path(arena, store, staged->id), bytes, size);
  import_staged_json(&json, staged, user);
  if (!error) error = side_put(store, SIDE_STAGING, kept_key(arena, staged->id), json.bytes, moment_system() + KEPT_FOR);
  return error ? error : import_upload_note(store, user, staged, "waiting", KEPT_FOR, arena);
}

enum store_error import_keep_again(struct store *store, int64_t user, const struct import_staged *staged, struct arena *arena) {
  struct buffer json = {.arena = arena};
  import_staged_json(&json, staged, user);
  enum store_error error = side_put(store, SIDE_STAGING, kept_key(arena, staged->id), json.bytes, moment_system() + KEPT_FOR);
  return error ? error : import_upload_note(store, user, staged, "waiting", KEPT_FOR, arena);
}

enum store_error import_kept(struct store *store, int64_t id, struct arena *arena, char **json, int64_t *user) {
  enum store_error error = side_get(store, SIDE_STAGING, kept_key(arena, id), arena, json);
  json_t *kept = error ? NULL : json_loads(*json, 0, NULL);
  if (!error && !kept) error = STORE_BROKEN;
  if (kept && user) *user = json_integer_value(json_object_get(kept, "user"));
  json_decref(kept);
  return error;
}

/* A member that is an object, as text; NULL: there is none. */
static const char *object_text(struct arena *arena, const json_t *kept, const char *name) {
  const json_t *object = json_object_get(kept, name);
  char *text = json_is_object(object) ? json_dumps(object, JSON_COMPACT | JSON_PRESERVE_ORDER) : NULL;
  const char *in_arena = text ? arena_text(arena, text) : NULL;
  free(text);
  return in_arena;
}

/* Choices add up: what is chosen now does not take back what was before. */
static void options_over(struct arena *arena, struct import_options *kept, const struct import_options *given) {
  if (given->mapping) kept->mapping = given->mapping;
  kept->columns = import_laid_over(arena, kept->columns, given->columns);
  kept->choices = import_laid_over(arena, kept->choices, given->choices);
  kept->categories = import_laid_over(arena, kept->categories, given->categories);
  kept->units = import_laid_over(arena, kept->units, given->units);
  if (given->unit) kept->unit = given->unit;
  if (given->campaign) kept->campaign = given->campaign;
  if (given->category) kept->category = given->category;
  if (given->source) kept->source = given->source;
}

enum store_error import_stage_kept(struct store *store, struct reader *reader, const struct authority *authority, const struct import_options *options,
                                   int64_t id, struct arena *arena, struct import_staged **staged) {
  struct import_options again = *options;
  char *text = NULL;
  struct buffer file = {.arena = arena};
  enum store_error error = import_kept(store, id, arena, &text, NULL);
  json_t *kept = error ? NULL : json_loads(text, 0, NULL);
  const char *type = json_string_value(json_object_get(kept, "type")), *mapping = json_string_value(json_object_get(kept, "mapping"));
  again.type = type ? record_type_named(type) : NULL;
  again.mapping = mapping ? arena_text(arena, mapping) : NULL;
  again.complete = json_is_true(json_object_get(kept, "complete"));
  const char *file_name = json_string_value(json_object_get(kept, "file_name"));
  again.file_name = file_name ? arena_text(arena, file_name) : NULL;
  again.leave_out = json_is_true(json_object_get(kept, "leave_out"));
  again.historic = json_is_integer(json_object_get(kept, "history_day"));
  again.history_day = json_integer_value(json_object_get(kept, "history_day"));
  again.unit = json_integer_value(json_object_get(kept, "unit"));
  again.campaign = json_integer_value(json_object_get(kept, "campaign"));
  again.category = json_integer_value(json_object_get(kept, "category"));
  again.source = json_integer_value(json_object_get(kept, "source"));
  again.columns = object_text(arena, kept, "given_columns");
  again.choices = object_text(arena, kept, "given_choices");
  again.categories = object_text(arena, kept, "given_categories");
  again.units = object_text(arena, kept, "given_units");
  options_over(arena, &again, options);
  if (!error && !again.type) error = STORE_BROKEN;
  if (!error) error = file_read_whole(kept_path(arena, store, id), &file);
  if (!error) error = import_stage(reader, authority, &again, file.bytes, file.size, arena, staged);
  if (!error) {
    const char *by = json_string_value(json_object_get(kept, "mapping_by"));
    (*staged)->id = id;
    if (!options->mapping && by) (*staged)->mapping_by = strcmp(by, "none") == 0 ? MAPPING_NONE : strcmp(by, "unit") == 0 ? MAPPING_OF_UNIT : MAPPING_ASKED;
  }
  json_decref(kept);
  return error;
}

/* ---- the report of a written import: kept for a month, for whoever wrote it to print and sign ---- */

#define REPORT_KEPT_FOR (30 * MOMENT_DAY)
static char *report_key(struct arena *arena, int64_t id) { return arena_print(arena, "import-report:%lld", (long long)id); }

enum store_error import_report_keep(struct store *store, int64_t id, const char *json, struct arena *arena) {
  return side_put(store, SIDE_STAGING, report_key(arena, id), json, moment_system() + REPORT_KEPT_FOR);
}

enum store_error import_report_kept(struct store *store, int64_t id, struct arena *arena, char **json) {
  return side_get(store, SIDE_STAGING, report_key(arena, id), arena, json);
}

/* Reports quote cells: when something is destroyed, those that are kept go as well (the printed and signed ones are the office's). */
struct reports { struct arena *arena; const char **keys; size_t count, room; };

static bool report_take(void *with, const char *key, const char *value, size_t size, int64_t expires) {
  struct reports *reports = with;
  (void)value;
  (void)size;
  (void)expires;
  ARENA_ROOM(reports->arena, reports->keys, reports->count, reports->room, 16);
  reports->keys[reports->count++] = arena_text(reports->arena, key);
  return true;
}

enum store_error import_reports_drop(struct store *store, struct arena *arena) {
  struct reports reports = {.arena = arena};
  enum store_error error = side_list(store, SIDE_STAGING, "import-report:", report_take, &reports);
  for (size_t i = 0; i < reports.count && !error; i++) error = side_remove(store, SIDE_STAGING, reports.keys[i]);
  return error && error != STORE_ABSENT ? error : import_uploads_drop(store, arena);
}

enum store_error import_drop(struct store *store, int64_t id, struct arena *arena) {
  const char *path = kept_path(arena, store, id);
  if (unlink(path) != 0 && errno != ENOENT) log_line(LOG_WARNING, "import", "removing a staged upload: %s", strerror(errno));
  enum store_error error = side_remove(store, SIDE_STAGING, kept_key(arena, id));
  if (!error || error == STORE_ABSENT) error = import_begun_drop(store, id, arena);
  if (!error) error = import_upload_drop(store, id, arena);
  return error == STORE_ABSENT ? STORE_OK : error;
}
