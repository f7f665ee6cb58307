/* Checkpoints of the groups, so that a start does not read every appeal again. The format: a header (mark, version, byte order, what the
   numbers of the settings are), the state, and a hash chained over pieces of 64 KiB. A file is written beside the old one and then takes
   its name; it is read only after its hash was found right. Another program's numbers, version or byte order refuse it: the groups are then
   built from the journal. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/heap.h"
#include "follow/grouping_parts.h"

enum { PIECE = 65536, VERSION = 12, BYTE_ORDER_MARK = 0x01020304 };

struct header { char mark[8]; uint32_t version, byte_order; uint8_t settings[HASH_SIZE]; int64_t position; };
static const char MARK[8] = "BHGROUPS";

/* A file that is read or written in pieces. bad: something did not work; nothing is done from then on. */
struct stream { FILE *file; bool writing, bad; size_t filled, at; uint8_t hash[HASH_SIZE], piece[PIECE]; };

static void chain(struct stream *stream, size_t size) { hash_two(stream->hash, stream->hash, HASH_SIZE, stream->piece, size); }

static void flush(struct stream *stream) {
  if (!stream->filled) return;
  chain(stream, stream->filled);
  if (fwrite(stream->piece, 1, stream->filled, stream->file) != stream->filled) stream->bad = true;
  stream->filled = 0;
}

/* Writes `size` bytes from there, or reads them to there. */
static void pass(struct stream *stream, void *bytes, size_t size) {
  uint8_t *at = bytes;
  while (size && !stream->bad) {
    if (!stream->writing && stream->at == stream->filled) {
      stream->filled = fread(stream->piece, 1, PIECE, stream->file);
      stream->at = 0;
      if (!stream->filled) { stream->bad = true; return; }
    }
    size_t room = stream->writing ? PIECE - stream->filled : stream->filled - stream->at, some = size < room ? size : room;
    if (stream->writing) memcpy(stream->piece + stream->filled, at, some), stream->filled += some;
    else memcpy(at, stream->piece + stream->at, some), stream->at += some;
    if (stream->writing && stream->filled == PIECE) flush(stream);
    at += some;
    size -= some;
  }
}

/* An array whose number of members stands elsewhere already: made when reading. */
#define PASS_ARRAY(stream, array, number) do { \
    if (!(stream)->writing) (array) = heap_zeroed((number), sizeof *(array)); \
    pass((stream), (array), (size_t)(number) * sizeof *(array)); \
  } while (0)
#define PASS(stream, member) pass((stream), &(member), sizeof (member))

static void pass_vocabulary(struct stream *stream, struct vocabulary *terms) {
  PASS(stream, terms->appeals);
  PASS(stream, terms->count);
  if (!stream->writing) {
    terms->room = terms->count;
    terms->items = heap_zeroed(terms->count, sizeof *terms->items);
  }
  for (uint32_t i = 1; i < terms->count && !stream->bad; i++) {
    struct vocabulary_term *term = &terms->items[i];
    PASS(stream, term->hash);
    PASS(stream, term->seen);
    PASS(stream, term->named);
    PASS(stream, term->count);
    PASS(stream, term->oldest);
    if (!stream->writing) term->room = term->count;
    if (term->count) PASS_ARRAY(stream, term->postings, term->count);
  }
  if (!stream->writing) vocabulary_index(terms);
}

static void pass_space(struct stream *stream, struct space *space) {
  pass_vocabulary(stream, &space->terms);
  PASS(stream, space->count);
  PASS(stream, space->live);
  PASS(stream, space->newest);
  PASS(stream, space->oldest);
  if (!stream->writing) {
    space->room = space->count;
    space->groups = heap_zeroed(space->count, sizeof *space->groups);
  }
  for (uint32_t i = 1; i < space->count && !stream->bad; i++) {
    struct group group = space->groups[i];
    if (stream->writing) group.features = NULL; /* where it lay says nothing */
    PASS(stream, group);
    if (!stream->writing) space->groups[i] = group;
    if (group.feature_count) PASS_ARRAY(stream, space->groups[i].features, group.feature_count);
  }
}

static void pass_pairs(struct stream *stream, struct pair_set *set) {
  PASS(stream, set->count);
  if (!stream->writing) set->room = set->count;
  PASS_ARRAY(stream, set->items, set->count);
}

static void pass_grouping(struct stream *stream, struct grouping *grouping) {
  PASS(stream, grouping->taken);
  PASS(stream, grouping->newest);
  PASS(stream, grouping->topics.seen);
  PASS(stream, grouping->now);
  PASS(stream, grouping->again);
  pass_pairs(stream, &grouping->apart);
  pass_pairs(stream, &grouping->apart_classes);
  PASS(stream, grouping->appeals.count);
  PASS(stream, grouping->appeals.size);
  PASS_ARRAY(stream, grouping->appeals.ids, grouping->appeals.size);
  PASS_ARRAY(stream, grouping->appeals.slots, grouping->appeals.size);
  pass_space(stream, &grouping->events);
  pass_space(stream, &grouping->classes);
}

_Static_assert(sizeof(struct grouping_settings) % sizeof(double) == 0, "no gaps, whose bytes would be hashed");
static struct header header_of(const struct grouping_settings *settings, int64_t position) {
  struct header header = {.version = VERSION, .byte_order = BYTE_ORDER_MARK, .position = position};
  memcpy(header.mark, MARK, sizeof MARK);
  hash_bytes(header.settings, settings, sizeof *settings);
  return header;
}

static struct label cannot(const char *zh, const char *en) { return (struct label){zh, en}; }

bool grouping_save(const struct grouping *grouping, const char *path, int64_t position, struct label *wrong) {
  struct arena *arena = arena_new();
  char *beside = arena_print(arena, "%s.new", path);
  struct stream *stream = HEAP_NEW(struct stream);
  struct grouping copy = *grouping; /* its members are only read */
  struct header header = header_of(&grouping->settings, position);
  *stream = (struct stream){.file = fopen(beside, "wb"), .writing = true};
  bool good = stream->file != NULL;
  if (good) {
    PASS(stream, header);
    pass_grouping(stream, &copy);
    flush(stream);
    good = !stream->bad && fwrite(stream->hash, 1, HASH_SIZE, stream->file) == HASH_SIZE && fflush(stream->file) == 0 &&
           fsync(fileno(stream->file)) == 0;
    good &= fclose(stream->file) == 0;
    good = good && rename(beside, path) == 0;
    if (!good) unlink(beside);
  }
  if (!good) *wrong = cannot("检查点写不成,磁盘可能满了或没有权限。", "the checkpoint cannot be written: is the disk full, or the folder not ours?");
  free(stream);
  arena_free(arena);
  return good;
}

/* Is the hash at the end the one of all that stands before it? */
static bool hash_fits(struct stream *stream) {
  uint8_t at_end[HASH_SIZE];
  if (fseek(stream->file, 0, SEEK_END) != 0) return false;
  long left = ftell(stream->file) - HASH_SIZE;
  if (left < (long)sizeof(struct header) || fseek(stream->file, 0, SEEK_SET) != 0) return false;
  for (size_t some; left > 0; left -= (long)some) {
    some = fread(stream->piece, 1, left < PIECE ? (size_t)left : PIECE, stream->file);
    if (!some) return false;
    chain(stream, some);
  }
  bool fits = fread(at_end, 1, HASH_SIZE, stream->file) == HASH_SIZE && memcmp(at_end, stream->hash, HASH_SIZE) == 0;
  rewind(stream->file);
  return fits;
}

struct grouping *grouping_load(const char *path, const struct grouping_settings *settings, int64_t *position, struct label *wrong) {
  struct stream *stream = HEAP_NEW(struct stream);
  struct grouping *grouping = NULL;
  struct header header, own = header_of(settings ? settings : &GROUPING_DEFAULTS, 0);
  *stream = (struct stream){.file = fopen(path, "rb")};
  if (!stream->file)
    *wrong = errno == ENOENT ? cannot("没有检查点。", "there is no checkpoint.")
                             : cannot("检查点打不开。", "the checkpoint cannot be opened.");
  else if (!hash_fits(stream)) *wrong = cannot("检查点的散列不符,文件已损坏。", "the checkpoint's hash does not fit: the file is damaged.");
  else {
    PASS(stream, header);
    if (memcmp(header.mark, own.mark, sizeof own.mark) != 0 || header.version != own.version || header.byte_order != own.byte_order)
      *wrong = cannot("检查点是另一个版本写的。", "the checkpoint was written by another version.");
    else if (memcmp(header.settings, own.settings, HASH_SIZE) != 0)
      *wrong = cannot("检查点是按别的参数写的。", "the checkpoint was written under other settings.");
    else {
      grouping = grouping_new(settings);
      space_forget(&grouping->events); /* the words of topics come again, under the same numbers */
      space_forget(&grouping->classes);
      pass_grouping(stream, grouping);
      *position = header.position;
    }
  }
  if (stream->file) fclose(stream->file);
  free(stream);
  return grouping;
}
