/* The groups' checkpoint in the data folder, so that a start need not read every appeal again: the engine's own file (grouping.h), and
   beside it the lists, which name that file. What does not fit in every respect (store, epoch, number, sizes, checksum) is passed over, and
   the groups are made from the journal. The lists hold ids and codes, no texts; the engine's file holds words by their hashes. Two names of
   the engine's file take turns, so that the lists always name a whole one. Written in this machine's byte order, as it never leaves it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <errno.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/heap.h"
#include "base/log.h"
#include "exchange/files.h"
#include "follow/groups_parts.h"
#include "follow/house.h"

#define MAGIC UINT64_C(0x32565052474942)  /* "BIGRPV2"; changed whenever the layout is */
static const char *const NAMES[] = {"groups.view", "groups.0.engine", "groups.1.engine", "groups.moved"};
enum { NAME_COUNT = sizeof NAMES / sizeof *NAMES };

struct file_head { uint64_t magic, checksum; int64_t epoch, at, size; uint32_t slot, items, events, classes; char store_id[40]; };

static bool path_of(char path[4096], const char *data, int which) { return snprintf(path, 4096, "%s/%s", data, NAMES[which]) < 4096; }

enum store_error groups_forget(const char *data) {
  char path[4096];
  for (int i = 0; i < NAME_COUNT; i++)
    if (!path_of(path, data, i) || (unlink(path) != 0 && errno != ENOENT)) return STORE_GONE;
  return STORE_OK;
}

enum store_error groups_keep(struct groups *groups, const struct head *journal) {
  const struct group_index *index = &groups->index;
  int slot = 1 - groups->kept_slot;
  struct file_head head = {.magic = MAGIC, .epoch = journal->epoch, .at = groups->at, .slot = (uint32_t)slot, .items = index->item_count, .events = index->event_count, .classes = index->class_count};
  struct buffer out = {0};
  struct label wrong = {0};
  char engine[4096], view[4096], old[4096];
  if (!path_of(engine, groups->house->data, 1 + slot) || !path_of(view, groups->house->data, 0) || !path_of(old, groups->house->data, 2 - slot)) return STORE_REFUSED;
  if (!grouping_save(groups->engine, engine, groups->at, &wrong)) return STORE_FULL;
  snprintf(head.store_id, sizeof head.store_id, "%s", journal->store_id);
  buffer_add(&out, &head, sizeof head);
  buffer_add(&out, index->items, index->item_count * sizeof *index->items);
  buffer_add(&out, index->events, index->event_count * sizeof *index->events);
  buffer_add(&out, index->classes, index->class_count * sizeof *index->classes);
  head.size = (int64_t)(out.size - sizeof head);
  head.checksum = hash_fingerprint(out.bytes + sizeof head, out.size - sizeof head);
  memcpy(out.bytes, &head, sizeof head);
  enum store_error error = file_write_whole(view, out.bytes, out.size);
  buffer_free(&out);
  if (error) return error;
  groups->kept_slot = slot;
  unlink(old);
  return STORE_OK;
}

/* ---- reading ---- */

static void *copied(const char **at, uint32_t count, size_t size) {
  void *array = heap_copied(*at, count, size);
  *at += count * size;
  return array;
}

/* A later entry of the same id stands for it: earlier ones lead elsewhere. */
static void maps_make(struct group_index *index) {
  map_reserve(&index->item_of, index->item_count);
  map_reserve(&index->event_of, index->event_count);
  map_reserve(&index->class_of, index->class_count);
  for (uint32_t i = 1; i < index->item_count; i++) map_put(&index->item_of, index->items[i].id, i);
  for (uint32_t i = 1; i < index->event_count; i++) map_put(&index->event_of, index->events[i].id, i);
  for (uint32_t i = 1; i < index->class_count; i++) map_put(&index->class_of, index->classes[i].id, i);
}

static bool head_fits(const struct file_head *head, size_t size, const struct head *journal, const char *rest) {
  size_t wanted = head->items * sizeof(struct group_item) + head->events * sizeof(struct group_event) +
                  head->classes * sizeof(struct group_class);
  return head->magic == MAGIC && head->epoch == journal->epoch && head->at <= journal->number &&
         strcmp(head->store_id, journal->store_id) == 0 && head->slot < 2 && (size_t)head->size == size && wanted == size &&
         head->checksum == hash_fingerprint(rest, size);
}

/* The lists alone, which any version of the grouping keeps alike. False: none that fit. */
static bool lists_take_up(const char *data, const struct head *journal, struct group_index *index, struct file_head *head) {
  char view[4096];
  struct buffer file = {0};
  bool there = path_of(view, data, 0) && file_read_whole(view, &file) == STORE_OK, fits = there && file.size > sizeof *head;
  if (fits) memcpy(head, file.bytes, sizeof *head);
  fits = fits && head_fits(head, file.size - sizeof *head, journal, file.bytes + sizeof *head);
  if (fits) {
    const char *at = file.bytes + sizeof *head;
    *index = (struct group_index){.item_count = head->items,
                                  .item_room = head->items,
                                  .event_count = head->events,
                                  .event_room = head->events,
                                  .class_count = head->classes,
                                  .class_room = head->classes};
    index->items = copied(&at, head->items, sizeof(struct group_item));
    index->events = copied(&at, head->events, sizeof(struct group_event));
    index->classes = copied(&at, head->classes, sizeof(struct group_class));
    maps_make(index);
  } else if (there) log_line(LOG_INFO, "groups", "the checkpoint is another store's, or was altered: made from the journal");
  buffer_free(&file);
  return fits;
}

bool groups_take_up(struct groups *groups, const struct head *journal) {
  char engine[4096];
  struct file_head head;
  struct label wrong = {0};
  int64_t position = 0;
  if (!lists_take_up(groups->house->data, journal, &groups->index, &head)) return false;
  if (path_of(engine, groups->house->data, 1 + (int)head.slot)) groups->engine = grouping_load(engine, NULL, &position, &wrong);
  if (groups->engine && position == head.at) {
    groups->at = groups->kept_at = head.at;
    groups->kept_slot = (int)head.slot;
    return true;
  }
  log_line(LOG_INFO, "groups", "the checkpoint does not fit%s%s: made from the journal", wrong.en ? ": " : "", wrong.en ? wrong.en : "");
  grouping_free(groups->engine);
  groups->engine = NULL;
  groups_stands_of(&groups->index, head.at, &groups->before);
  index_free(&groups->index);
  return false;
}

enum store_error groups_lists_read(struct house *house, struct groups_stands *stands) {
  struct group_index index = {0};
  struct file_head head;
  struct head journal;
  struct reader *reader = NULL;
  enum store_error error = store_reader(house->store, &reader);
  if (!error) error = reader_head(reader, &journal);
  if (reader) reader_release(reader);
  if (error) return error;
  if (!lists_take_up(house->data, &journal, &index, &head)) return STORE_ABSENT;
  groups_stands_of(&index, head.at, stands);
  index_free(&index);
  return STORE_OK;
}
