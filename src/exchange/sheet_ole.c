/* OLE compound files ([MS-CFB]): one stream out of them, by following the allocation table. Every offset is held against the size, every
   chain against the number of sectors: a file that points in circles ends. */
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "exchange/sheet_parts.h"

struct ole { const unsigned char *bytes; size_t size, sector, sectors; uint32_t *table; size_t table_count; };

static uint32_t four(const unsigned char *at) {
  return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}
static uint32_t two(const unsigned char *at) { return (uint32_t)at[0] | (uint32_t)at[1] << 8; }

static const unsigned char *sector_at(const struct ole *ole, uint32_t number) {
  size_t from = ((size_t)number + 1) * ole->sector;
  return number < ole->sectors && from + ole->sector <= ole->size ? ole->bytes + from : NULL;
}

static void table_add(struct ole *ole, const unsigned char *sector) {
  for (size_t i = 0; sector && i < ole->sector / 4 && ole->table_count < ole->sectors; i++)
    ole->table[ole->table_count++] = four(sector + 4 * i);
}

/* The allocation table: 109 of its sectors are named in the header, the others in a chain of their own. */
static void table_read(struct ole *ole) {
  uint32_t next = four(ole->bytes + 68);
  for (size_t i = 0; i < 109; i++) table_add(ole, sector_at(ole, four(ole->bytes + 76 + 4 * i)));
  for (size_t turns = 0; turns < 1000; turns++) {
    const unsigned char *sector = sector_at(ole, next);
    if (!sector) return;
    for (size_t i = 0; i + 1 < ole->sector / 4; i++) table_add(ole, sector_at(ole, four(sector + 4 * i)));
    next = four(sector + ole->sector - 4);
  }
}

static void chain_read(const struct ole *ole, uint32_t first, size_t most, struct buffer *out) {
  for (size_t turns = 0; turns < ole->sectors && out->size < most; turns++) {
    const unsigned char *sector = sector_at(ole, first);
    if (!sector || first >= ole->table_count) return;
    buffer_add(out, sector, ole->sector);
    first = ole->table[first];
  }
}

/* Streams below 4,096 bytes lie elsewhere: no workbook is so small. */
static bool stream_find(const struct ole *ole, const char *wanted, struct buffer *stream) {
  char name[64] = {0};
  size_t length = strlen(wanted);
  bool found = false;
  for (size_t i = 0; i < length && i < 31; i++) name[2 * i] = wanted[i];
  struct buffer folder = {0};
  chain_read(ole, four(ole->bytes + 48), (size_t)1 << 20, &folder);
  for (size_t at = 0; at + 128 <= folder.size; at += 128) {
    const unsigned char *entry = (const unsigned char *)folder.bytes + at;
    if (entry[66] != 2 || memcmp(entry, name, 2 * length + 2) != 0 || four(entry + 120) < 4096) continue;
    chain_read(ole, four(entry + 116), (size_t)four(entry + 120), stream);
    found = stream->size > 0;
    break;
  }
  buffer_free(&folder);
  return found;
}

bool ole_stream(const char *bytes, size_t size, const char *name, struct buffer *stream) {
  struct ole ole = {.bytes = (const unsigned char *)bytes, .size = size};
  if (size < 512) return false;
  unsigned shift = two(ole.bytes + 30);
  ole.sector = shift == 9 || shift == 12 ? (size_t)1 << shift : 512;
  ole.sectors = size / ole.sector;
  ole.table = heap_zeroed(ole.sectors + 1, sizeof *ole.table);
  table_read(&ole);
  bool found = stream_find(&ole, name, stream);
  free(ole.table);
  return found;
}


