/* Where a text holds what was looked for. The text is folded character by character as the index folds it, so every byte of the folded text
   knows the character it came from; what only the whole text's folding would join (a letter and its loose accent) is found by the index and
   not marked. */
#include <string.h>
#include <unicode/uchar.h>

#include "base/text.h"
#include "follow/question.h"

enum { LOOKED_AT = 20000 /* characters of a text */ };

struct folded { struct buffer bytes; uint32_t *from; size_t characters; }; /* from: the character of each byte */

/* Most of a Chinese text and all plain letters are seen without asking Unicode. */
static void character_fold(struct arena *arena, struct buffer *out, const char *at, size_t width, uint32_t point) {
  if (point < 0x80) buffer_byte(out, (char)(point >= 'A' && point <= 'Z' ? point - 'A' + 'a' : point));
  else if (point >= 0x4E00 && point <= 0x9FFF) buffer_add(out, at, width);
  else buffer_text(out, text_fold(arena, arena_copy(arena, at, width)));
}

static struct folded fold(struct arena *arena, const char *text) {
  struct folded folded = {.bytes = {.arena = arena}};
  size_t room = strlen(text) + 64, width;
  folded.from = ARENA_ARRAY(arena, uint32_t, room);
  for (const char *at = text; *at && folded.characters < LOOKED_AT; at += width, folded.characters++) {
    size_t before = folded.bytes.size;
    uint32_t point = text_next(at, &width);
    character_fold(arena, &folded.bytes, at, width, point);
    if (folded.bytes.size > room) {
      uint32_t *wider = ARENA_ARRAY(arena, uint32_t, 2 * folded.bytes.size);
      memcpy(wider, folded.from, before * sizeof *wider);
      folded.from = wider;
      room = 2 * folded.bytes.size;
    }
    for (size_t i = before; i < folded.bytes.size; i++) folded.from[i] = (uint32_t)folded.characters;
  }
  buffer_add(&folded.bytes, "", 0);
  return folded;
}

/* Does a word go on here? Chinese beside it does not make it longer. */
static bool word_at(const char *at) {
  size_t width;
  uint32_t point = *at ? text_next(at, &width) : 0;
  return point && point < 0x2E80 && u_isalnum((UChar32)point);
}

static bool stands_alone(const struct folded *folded, size_t at, size_t size) {
  size_t before = at;
  while (before > 0 && ((unsigned char)folded->bytes.bytes[--before] & 0xC0) == 0x80) continue;
  return (at == 0 || !word_at(folded->bytes.bytes + before)) && !word_at(folded->bytes.bytes + at + size);
}

static bool stretch(const struct question_needle *needle) {
  for (size_t i = 0; i < needle->size; i++)
    if (needle->bytes[i] >= '0' && needle->bytes[i] <= '9') return needle->size >= PART_SIZE;
  return false;
}

/* The first needle that stands here; the longest of those. */
static const struct question_needle *needle_at(const struct question *question, const struct folded *folded, size_t at, bool parts) {
  const struct question_needle *best = NULL;
  for (size_t i = 0; i < question->needle_count; i++) {
    const struct question_needle *needle = &question->needles[i];
    if (needle->size > folded->bytes.size - at || memcmp(folded->bytes.bytes + at, needle->bytes, needle->size) != 0) continue;
    if (needle->word && !(parts && stretch(needle)) && !stands_alone(folded, at, needle->size)) continue;
    if (!best || needle->size > best->size) best = needle;
  }
  return best;
}

size_t question_marks(struct arena *arena, const struct question *question, const char *text, bool parts, struct mark *marks, size_t most) {
  bool first[256] = {false};
  size_t count = 0;
  struct folded folded = fold(arena, text);
  for (size_t i = 0; i < question->needle_count; i++) first[(unsigned char)question->needles[i].bytes[0]] = true;
  for (size_t at = 0; at < folded.bytes.size && count < most; at++) {
    const struct question_needle *needle = first[(unsigned char)folded.bytes.bytes[at]] ? needle_at(question, &folded, at, parts) : NULL;
    if (!needle) continue;
    marks[count++] = (struct mark){folded.from[at], folded.from[at + needle->size - 1] + (size_t)1, needle->part};
    at += needle->size - 1;
  }
  return count;
}
