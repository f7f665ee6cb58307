/* Finding out how bytes are encoded: UTF-8, UTF-16 with a mark, or GB18030, and giving them back as UTF-8.
   It never guesses beyond that and never replaces what it cannot read. */
#include <stdbool.h>
#include <string.h>
#include <unicode/ucnv.h>

#include "base/text.h"

/* Whether bytes that are not UTF-8 are UTF-8 with damage rather than another encoding. GB18030 has pairs for nearly
   all that broken UTF-8 consists of, and would read it as nonsense. Chinese in UTF-8 is nearly all sequences of three
   bytes; in GB18030 such sequences come about by chance only, among many bytes that fit nothing. */
static bool damaged_utf8(const char *bytes, size_t size) {
  size_t good = 0, wrong = 0;
  for (size_t at = 0; at < size; at++) {
    size_t width;
    if ((unsigned char)bytes[at] < 0x80) continue;
    char piece[5] = {0};
    memcpy(piece, bytes + at, size - at < 4 ? size - at : 4);
    uint32_t point = text_next(piece, &width);
    if (point == 0xfffd && width == 1) wrong++;
    else good += width >= 3;
    at += width - 1;
  }
  return good > 2 * wrong;
}

/* NULL when ICU's converter of that name meets bytes it has no character for, or U+0000 comes out. */
static char *convert(struct arena *arena, const char *name, const char *bytes, size_t size, size_t *out_size) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter *from = ucnv_open(name, &status), *to = ucnv_open("UTF-8", &status);
  char *text = NULL;
  if (U_FAILURE(status)) goto end;
  ucnv_setToUCallBack(from, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
  ucnv_setFromUCallBack(to, UCNV_FROM_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
  size_t room = size + size / 2 + 16; /* two bytes become at most three */
  char *start = arena_alloc(arena, room), *target = start;
  const char *source = bytes;
  UChar pivot[2048], *pivot_from = pivot, *pivot_to = pivot;
  ucnv_convertEx(to, from, &target, start + room - 1, &source, bytes + size, pivot, &pivot_from, &pivot_to,
                 pivot + sizeof pivot / sizeof *pivot, true, true, &status);
  *out_size = (size_t)(target - start);
  if (U_SUCCESS(status) && text_valid(start, *out_size)) text = start;
end:
  ucnv_close(from);
  ucnv_close(to);
  return text;
}

static bool starts_with(const char *bytes, size_t size, const char *mark, size_t mark_size) {
  return size >= mark_size && memcmp(bytes, mark, mark_size) == 0;
}

char *text_decode(struct arena *arena, const char *bytes, size_t size, size_t *out_size, const char **encoding, size_t *bad) {
  size_t mark = starts_with(bytes, size, "\xef\xbb\xbf", 3) ? 3 : 0, found = 0;
  size_t until = text_valid_until(bytes + mark, size - mark) + mark;
  const char *name = NULL;
  char *text = NULL;
  if (until == size) {
    name = "utf-8";
    found = size - mark;
    text = arena_copy(arena, bytes + mark, found);
  } else if (starts_with(bytes, size, "\xff\xfe", 2) || starts_with(bytes, size, "\xfe\xff", 2)) {
    name = "utf-16";
    text = convert(arena, "UTF-16", bytes, size, &found);
  } else if (!mark && !memchr(bytes, 0, size) && !damaged_utf8(bytes, size)) {
    name = "gb18030";
    text = convert(arena, "gb18030", bytes, size, &found);
  }
  if (text && out_size) *out_size = found;
  if (text && encoding) *encoding = name;
  if (!text && bad) *bad = until;
  return text;
}
