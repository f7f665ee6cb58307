/* How Chinese characters sound, as numbers: two names that are written with other characters of the same sound are spellings of one (中茂城,
   中贸城), two that sound otherwise are two places (云杉苑, 水杉苑). Without tones and without what many do not tell apart, one reading a character,
   looked up once each. */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/heap.h"
#include "base/pinyin.h"
#include "follow/grouping_parts.h"

enum { FIRST = 0x4e00, LAST = 0x9fff };
struct sounds { struct pinyin *pinyin; struct buffer syllables; uint16_t of[LAST - FIRST + 1]; /* 0: not looked up yet */ };

static struct sounds *sounds_new(void) {
  struct sounds *sounds = HEAP_NEW(struct sounds);
  sounds->pinyin = pinyin_new();
  return sounds;
}

void sounds_free(struct sounds *sounds) {
  if (!sounds) return;
  pinyin_free(sounds->pinyin);
  buffer_free(&sounds->syllables);
  free(sounds);
}

/* A syllable without what many do not tell apart when they speak or type: zh, ch, sh and z, c, s; -ng and -n (景, 锦). How much of it. */
static size_t plain(char *bytes) {
  size_t size = strspn(bytes, "abcdefghijklmnopqrstuvwxyz");
  if (size > 1 && bytes[1] == 'h') memmove(bytes + 1, bytes + 2, --size - 1);
  return size > 2 && memcmp(bytes + size - 2, "ng", 2) == 0 ? size - 1 : size;
}

/* A character without a sound is told by itself. */
static uint16_t look_up(struct sounds *sounds, const char *bytes) {
  const char character[] = {bytes[0], bytes[1], bytes[2], 0};
  buffer_clear(&sounds->syllables);
  if (sounds->pinyin) pinyin_write(sounds->pinyin, &sounds->syllables, character);
  size_t heard = sounds->syllables.size ? plain(sounds->syllables.bytes) : 0;
  return (uint16_t)(hash_fingerprint(heard ? sounds->syllables.bytes : character, heard ? heard : 3) >> 48 | 1);
}

uint16_t sound_of(struct sounds **sounds, const char *character) {
  uint32_t point = (uint32_t)((unsigned char)character[0] & 0x0f) << 12 | (uint32_t)((unsigned char)character[1] & 0x3f) << 6 |
                   ((unsigned char)character[2] & 0x3f);
  if (point < FIRST || point > LAST) return (uint16_t)point;
  if (!*sounds) *sounds = sounds_new();
  if (!(*sounds)->of[point - FIRST]) (*sounds)->of[point - FIRST] = look_up(*sounds, character);
  return (*sounds)->of[point - FIRST];
}
