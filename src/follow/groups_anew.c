/* The groups made from the journal once more: in memory of their own, beside those that stand. In their place where something was destroyed
   that these were made from; and to be compared with what another version of the grouping had made (groups_compare.h). */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/log.h"
#include "exchange/files.h"
#include "follow/groups_compare.h"
#include "follow/groups_parts.h"
#include "follow/house.h"

enum { ANEW_BATCH = 1000, MOVED_KEPT = 1000 /* appeals told in the file */ };

void groups_begin(struct groups *groups) {
  index_free(&groups->index);
  grouping_free(groups->engine);
  groups->engine = grouping_new(NULL);
  groups->at = 0;
}

struct anew { struct groups *groups; int64_t until; enum store_error error; };
static bool anew_take(void *with, const struct entry *entry) {
  struct anew *anew = with;
  if (entry->number > anew->until) return false;
  anew->error = groups_take(anew->groups, entry);
  anew->groups->at = entry->number;
  return anew->error == STORE_OK;
}

/* The end of the journal may come before `until`: what is beyond it was never written. */
static enum store_error fresh_make(struct house *house, int64_t until, struct groups *fresh) {
  *fresh = (struct groups){.house = house, .scratch = arena_new()};
  struct anew anew = {.groups = fresh, .until = until};
  enum store_error error = STORE_OK;
  groups_begin(fresh);
  grouping_watch(fresh->engine, index_joined, &fresh->index);
  for (int64_t before = -1; !error && fresh->at < until && fresh->at != before && !house_leaving(house);) {
    struct reader *reader = NULL;
    before = fresh->at;
    error = store_reader(house->store, &reader);
    if (!error) error = reader_journal(reader, fresh->at, ANEW_BATCH, anew_take, &anew);
    if (reader) reader_release(reader);
    if (!error) error = anew.error;
  }
  return error ? error : fresh->at < until && house_leaving(house) ? STORE_BUSY : STORE_OK;
}

static void fresh_free(struct groups *fresh) {
  grouping_free(fresh->engine);
  index_free(&fresh->index);
  arena_free(fresh->scratch);
}

enum store_error groups_make_anew(struct groups *groups) {
  struct groups fresh;
  enum store_error error = groups_forget(groups->house->data), made = fresh_make(groups->house, groups->at, &fresh);
  if (!error) error = made;
  pthread_rwlock_wrlock(&groups->lock);
  if (!error) {
    struct groups old = *groups;
    groups->engine = fresh.engine;
    groups->index = fresh.index;
    groups->doomed = false;
    groups->changed = true;
    groups->kept_at = 0;
    grouping_watch(groups->engine, index_joined, &groups->index);
    fresh.engine = old.engine;
    fresh.index = old.index;
  }
  pthread_rwlock_unlock(&groups->lock);
  fresh_free(&fresh);
  return error;
}

/* ---- where everything stands ---- */

static int by_appeal(const void *one, const void *other) {
  const struct groups_seat *a = one, *b = other;
  return (a->appeal > b->appeal) - (a->appeal < b->appeal);
}

void groups_stands_of(const struct group_index *index, int64_t at, struct groups_stands *stands) {
  *stands = (struct groups_stands){.seats = heap_zeroed(index->item_count, sizeof *stands->seats), .at = at};
  for (uint32_t i = 1; i < index->item_count; i++) {
    uint32_t event = index->items[i].event;
    while (event && index->events[event].into) event = index->events[event].into;
    if (event)
      stands->seats[stands->count++] = (struct groups_seat){index->items[i].id, index->events[event].id,
                                                            index->classes[index_class_of(index, event)].id};
  }
  qsort(stands->seats, stands->count, sizeof *stands->seats, by_appeal);
}

enum store_error groups_stands_kept(struct house *house, struct groups_stands *stands) {
  struct groups *groups = house->groups;
  if (!groups) return groups_lists_read(house, stands);
  pthread_rwlock_rdlock(&groups->lock);
  groups_stands_of(&groups->index, groups->at, stands);
  pthread_rwlock_unlock(&groups->lock);
  return STORE_OK;
}

enum store_error groups_stands_anew(struct house *house, int64_t at, struct groups_stands *stands) {
  struct groups fresh;
  enum store_error error = fresh_make(house, at, &fresh);
  *stands = (struct groups_stands){0};
  if (!error) groups_stands_of(&fresh.index, at, stands);
  fresh_free(&fresh);
  return error;
}

/* ---- a new version has made them ---- */

static bool moved_path(char path[4096], const char *data) { return snprintf(path, 4096, "%s/groups.moved", data) < 4096; }

char *groups_moved_kept(struct arena *arena, const char *data) {
  char path[4096];
  struct buffer text = {.arena = arena};
  return moved_path(path, data) && file_read_whole(path, &text) == STORE_OK && text.size ? text.bytes : NULL;
}

static enum store_error moved_keep(struct house *house, const struct groups_comparison *comparison, struct arena *arena) {
  struct buffer out = {.arena = arena};
  char path[4096];
  struct json json = json_to(&out);
  json_open(&json, '{');
  json_pair(&json, "made_at", moment_print(arena, house_now(house)));
  groups_comparison_write(&json, comparison, MOVED_KEPT);
  json_close(&json, '}');
  buffer_byte(&out, '\n');
  return moved_path(path, house->data) ? file_write_whole(path, out.bytes, out.size) : STORE_REFUSED;
}

void groups_moved_tell(struct groups *groups) {
  struct groups_comparison comparison;
  struct arena *arena = arena_new();
  enum store_error error = groups_compare(groups->house, &groups->before, &groups->reached, arena, &comparison);
  if (!error) error = moved_keep(groups->house, &comparison, arena);
  if (error) log_line(LOG_WARNING, "groups", "what the new grouping moved could not be told: %s", store_error_label(error).en);
  else
    log_line(
        LOG_INFO, "groups",
        "made anew to number %lld: of %lld appeals %lld stand in another event, %lld in another class; events split %lld, joined %lld; of %lld decisions of people %zu are not kept (bihuan group --last)",
        (long long)comparison.at, (long long)comparison.appeals, (long long)comparison.events.appeals,
        (long long)comparison.classes.appeals, (long long)comparison.events.split, (long long)comparison.events.joined,
        (long long)comparison.decisions.all, comparison.decisions.broken_count);
  groups_stands_free(&groups->before);
  groups_stands_free(&groups->reached);
  arena_free(arena);
}
