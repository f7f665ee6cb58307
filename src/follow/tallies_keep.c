/* The tallies' checkpoint: what the view holds, in DATA/tallies.view, so that a start need not scan every record. A file that does not
   fit in every respect (store, epoch, declarations, sizes, checksum) is passed over and the scan makes the view anew: it is never
   trusted further than that. Holds ids and codes, no texts. Written in this machine's byte order, as it never leaves it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/heap.h"
#include "exchange/files.h"
#include "follow/tallies_parts.h"

#define MAGIC UINT64_C(0x32565954484942)  /* "BIHTYV2"; changed whenever the layout is (1: keys of eight dimensions) */

struct file_head { uint64_t magic, checksum; int64_t epoch, at, size; char store_id[40]; };
struct type_head { uint32_t type, fields; uint16_t field[CUBE_DIMENSIONS]; uint64_t values[CUBE_DIMENSIONS], cells, records; };
struct record_place { int64_t id; uint32_t cell, none; };

/* ---- writing ---- */

static void tally_write(struct buffer *out, const struct tally *tally) {
  struct type_head head = {.type = tally->type->id,
                           .fields = (uint32_t)tally->field_count,
                           .cells = tally->cubes[0].count,
                           .records = tally->records.count};
  for (size_t d = 0; d < tally->field_count; d++) {
    head.field[d] = tally->fields[d];
    head.values[d] = tally->dictionaries[d].count;
  }
  buffer_add(out, &head, sizeof head);
  for (size_t d = 0; d < tally->field_count; d++)
    buffer_add(out, tally->dictionaries[d].values, tally->dictionaries[d].count * sizeof(int64_t));
  for (size_t i = 0; i < tally->cubes[0].count; i++) buffer_add(out, &tally->cubes[0].cells[i].key, sizeof(union cell_key));
  for (size_t i = 0; i < tally->records.room; i++) {
    const struct map_slot *slot = &tally->records.slots[i];
    struct record_place place = {.id = slot->key, .cell = (uint32_t)slot->value};
    if (slot->key != NOTHING) buffer_add(out, &place, sizeof place);
  }
}

enum store_error tallies_keep(const struct tallies *tallies, const char *data, const struct head *journal) {
  struct file_head head = {.magic = MAGIC, .epoch = journal->epoch, .at = tallies->at};
  struct buffer out = {0};
  char path[4096];
  for (size_t i = 0; i < tallies->count; i++)
    if (tallies->items[i].off) return STORE_OK;
  snprintf(head.store_id, sizeof head.store_id, "%s", journal->store_id);
  buffer_add(&out, &head, sizeof head);
  for (size_t i = 0; i < tallies->count; i++) tally_write(&out, &tallies->items[i]);
  head.size = (int64_t)(out.size - sizeof head);
  head.checksum = hash_fingerprint(out.bytes + sizeof head, out.size - sizeof head);
  memcpy(out.bytes, &head, sizeof head);
  enum store_error error = STORE_REFUSED;
  if (snprintf(path, sizeof path, "%s/tallies.view", data) < (int)sizeof path) error = file_write_whole(path, out.bytes, out.size);
  buffer_free(&out);
  return error;
}

/* ---- reading ---- */

struct bytes { const char *at, *end; };

/* The next `count` things of `size` bytes; NULL when the file is too short for them. */
static const void *take(struct bytes *bytes, uint64_t count, size_t size) {
  const void *taken = bytes->at;
  if (count > (uint64_t)(bytes->end - bytes->at) / size) return NULL;
  bytes->at += count * size;
  return taken;
}

static bool head_fits(const struct tally *tally, const struct type_head *head) {
  bool fits = head->type == (uint32_t)tally->type->id && head->fields == tally->field_count;
  for (size_t d = 0; fits && d < tally->field_count; d++) fits = head->field[d] == tally->fields[d] && head->values[d] <= UINT16_MAX + 1u;
  return fits && head->cells < UINT32_MAX;
}

static bool dictionaries_read(struct tally *tally, const struct type_head *head, struct bytes *bytes) {
  for (size_t d = 0; d < tally->field_count; d++) {
    const char *values = take(bytes, head->values[d], sizeof(int64_t));
    if (!values) return false;
    for (size_t i = 0; i < head->values[d]; i++) {
      int64_t value;
      uint16_t code;
      memcpy(&value, values + i * sizeof value, sizeof value);
      if (!dictionary_code(&tally->dictionaries[d], value, &code) || code != i) return false;
    }
  }
  return true;
}

static bool cells_read(struct tally *tally, const struct type_head *head, struct bytes *bytes) {
  const char *keys = take(bytes, head->cells, sizeof(union cell_key));
  for (size_t i = 0; keys && i < head->cells; i++) {
    union cell_key key;
    memcpy(&key, keys + i * sizeof key, sizeof key);
    for (size_t d = 0; d < tally->field_count; d++)
      if (key.codes[d] >= head->values[d]) return false;
    if (cube_cell(&tally->cubes[0], &key) != i) return false;
  }
  return keys != NULL;
}

static bool records_read(struct tally *tally, const struct type_head *head, struct bytes *bytes) {
  const char *places = take(bytes, head->records, sizeof(struct record_place));
  if (!places) return false;
  map_reserve(&tally->records, head->records);
  for (size_t i = 0; i < head->records; i++) {
    struct record_place place;
    memcpy(&place, places + i * sizeof place, sizeof place);
    if (place.cell >= head->cells || place.id == NOTHING) return false;
    map_put(&tally->records, place.id, place.cell);
    tally->cubes[0].cells[place.cell].count++;
  }
  return tally->records.count == head->records;
}

static bool tally_read(struct tally *tally, struct bytes *bytes) {
  struct type_head head;
  const void *taken = take(bytes, 1, sizeof head);
  if (!taken) return false;
  memcpy(&head, taken, sizeof head);
  return head_fits(tally, &head) && dictionaries_read(tally, &head, bytes) && cells_read(tally, &head, bytes) &&
         records_read(tally, &head, bytes);
}

#define BEHIND_MOST 100000 /* entries; scanning is quicker than following more than that */

static bool file_fits(const struct file_head *head, const struct head *journal, const char *bytes, size_t size) {
  return head->magic == MAGIC && head->epoch == journal->epoch && head->at <= journal->number &&
         journal->number - head->at <= BEHIND_MOST && head->size == (int64_t)size &&
         strncmp(head->store_id, journal->store_id, sizeof head->store_id) == 0 && head->checksum == hash_fingerprint(bytes, size);
}

bool tallies_take_up(struct tallies *tallies, const char *data, const struct head *journal) {
  struct file_head head;
  char path[4096];
  struct buffer file = {0};
  if (snprintf(path, sizeof path, "%s/tallies.view", data) >= (int)sizeof path) return false;
  bool good = file_read_whole(path, &file) == STORE_OK && file.size >= sizeof head;
  if (good) {
    memcpy(&head, file.bytes, sizeof head);
    good = file_fits(&head, journal, file.bytes + sizeof head, file.size - sizeof head);
  }
  struct bytes rest = {good ? file.bytes + sizeof head : NULL, good ? file.bytes + file.size : NULL};
  for (size_t i = 0; good && i < tallies->count; i++) good = tally_read(&tallies->items[i], &rest);
  good = good && rest.at == rest.end;
  if (good) tallies->at = head.at;
  buffer_free(&file);
  return good;
}
