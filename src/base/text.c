/* UTF-8 text: checked, counted, cleaned, compared, and read as numbers. Nothing here knows what a text
   means, and nothing here changes a text in place. */
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/fold.h"

const char *label_in(struct label label, enum language language) {
  return language == LANGUAGE_EN ? label.en : label.zh;
}

struct label label_print(struct arena *arena, const char *zh, const char *en, ...) {
  va_list arguments, again;
  va_start(arguments, en);
  va_copy(again, arguments);
  struct label label = {.zh = arena_vprint(arena, zh, arguments)};
  label.en = arena_vprint(arena, en, again);
  va_end(again);
  va_end(arguments);
  return label;
}

bool text_equal(const char *one, const char *other) {
  return one == other || (one && other && strcmp(one, other) == 0);
}

/* Bytes a well-formed sequence at `at` has; 0 when there is none (Unicode, table 3-7). U+0000 is none. */
static size_t sequence_size(const unsigned char *at, size_t left) {
  unsigned char lead = at[0], least = 0x80, most = 0xbf;
  if (lead < 0x80) return lead != 0;
  size_t size = lead >= 0xc2 && lead <= 0xdf ? 2 : (lead & 0xf0) == 0xe0 ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
  if (size == 0 || size > left) return 0;
  if (lead == 0xe0) least = 0xa0;      /* overlong */
  else if (lead == 0xed) most = 0x9f;  /* surrogates */
  else if (lead == 0xf0) least = 0x90; /* overlong */
  else if (lead == 0xf4) most = 0x8f;  /* beyond U+10FFFF */
  if (at[1] < least || at[1] > most) return 0;
  for (size_t i = 2; i < size; i++)
    if ((at[i] & 0xc0) != 0x80) return 0;
  return size;
}

size_t text_valid_until(const char *bytes, size_t size) {
  const unsigned char *at = (const unsigned char *)bytes;
  for (size_t i = 0, step; i < size; i += step) {
    /* most of a Chinese text */
    if (i + 3 <= size && at[i] >= 0xe4 && at[i] <= 0xec && (at[i + 1] & 0xc0) == 0x80 && (at[i + 2] & 0xc0) == 0x80) {
      step = 3;
      continue;
    }
    step = sequence_size(at + i, size - i);
    if (!step) return i;
  }
  return size;
}

bool text_valid(const char *bytes, size_t size) { return text_valid_until(bytes, size) == size; }

/* All bytes but those that go on with a character (10xxxxxx), counted eight at a time. */
bool text_has_control(const char *text) {
  for (const unsigned char *at = (const unsigned char *)text; *at; at++) /* by bytes: U+0080 to U+009F are C2 80 to C2 9F */
    if ((*at < 0x20 && !strchr("\n\r\t", *at)) || *at == 0x7F || (*at == 0xC2 && at[1] < 0xA0)) return true;
  return false;
}

size_t text_length(const char *text) {
  size_t size = text ? strlen(text) : 0, at = 0, others = 0;
  for (uint64_t word; size - at >= sizeof word; at += sizeof word) {
    memcpy(&word, text + at, sizeof word);
    word = word >> 7 & ~(word >> 6) & UINT64_C(0x0101010101010101);
    others += word * UINT64_C(0x0101010101010101) >> 56;
  }
  for (; at < size; at++) others += ((unsigned char)text[at] & 0xc0) == 0x80;
  return size - others;
}

/* Ill-formed bytes, which should not come here, are each taken as U+FFFD: never beyond the NUL at the end. */
uint32_t text_next(const char *text, size_t *width) {
  const unsigned char *at = (const unsigned char *)text;
  *width = 1;
  if (at[0] < 0x80) return at[0];
  size_t there = 1;
  while (there < 4 && (at[there] & 0xc0) == 0x80) there++;
  size_t size = sequence_size(at, there);
  if (!size) return 0xfffd;
  *width = size;
  uint32_t point = at[0] & (0xffu >> (size + 1));
  for (size_t i = 1; i < size; i++) point = point << 6 | (at[i] & 0x3fu);
  return point;
}

enum white { WHITE_NOT, WHITE_BLANK, WHITE_LINE, WHITE_NOTHING, WHITE_JOINER };

/* NOTHING: has no width and is left out. JOINER: means something between two characters (emoji, some scripts). */
static enum white white_of(uint32_t point) {
  if (point > 0x20 && point < 0x80) return WHITE_NOT;
  if (point == '\n' || point == '\r' || point == 0x85 || point == 0x2028 || point == 0x2029) return WHITE_LINE;
  if (point == ' ' || (point >= '\t' && point <= '\f') || point == 0xa0 || point == 0x3000 || point == 0x1680 ||
      (point >= 0x2000 && point <= 0x200a) || point == 0x202f || point == 0x205f)
    return WHITE_BLANK;
  if (point == 0xfeff || point == 0x200b || point == 0x2060) return WHITE_NOTHING;
  if (point == 0x200c || point == 0x200d) return WHITE_JOINER;
  return WHITE_NOT;
}

/* Bytes that certainly are no white space of any kind: visible ASCII, and three-byte sequences but those that begin like the
   white ones (U+1xxx to U+3xxx, U+Fxxx). Most of any text. */
static size_t plain_run(const char *text) {
  const unsigned char *at = (const unsigned char *)text, *from = at;
  for (;;) {
    if (*at > 0x20 && *at < 0x7f) at++;
    else if (*at >= 0xe4 && *at <= 0xee && (at[1] & 0xc0) == 0x80 && (at[2] & 0xc0) == 0x80) at += 3;
    else return (size_t)(at - from);
  }
}

char *text_clean(struct arena *arena, const char *text, bool lines) {
  if (!text) return NULL;
  char *clean = arena_alloc(arena, strlen(text) + 1), *end = clean;
  const char *joiner = NULL;
  bool blank = false;
  unsigned breaks = 0;
  for (size_t width; *text; text += width) {
    enum white white = white_of(text_next(text, &width));
    if (white == WHITE_LINE && text[0] == '\r' && text[1] == '\n') width = 2;
    if (white == WHITE_LINE && lines) breaks++;
    if (white == WHITE_LINE || white == WHITE_BLANK) blank = true;
    if (white == WHITE_JOINER && !blank && end > clean) joiner = text;
    if (white != WHITE_NOT) continue;
    if (end > clean && breaks) {
      for (unsigned i = 0; i < breaks && i < 2; i++) *end++ = '\n';
    } else if (end > clean && blank) {
      *end++ = ' ';
    } else if (joiner) {
      memcpy(end, joiner, 3); /* both joiners are three bytes */
      end += 3;
    }
    memcpy(end, text, width);
    end += width;
    blank = false;
    breaks = 0;
    joiner = NULL;
    size_t run = plain_run(text + width);
    memcpy(end, text + width, run);
    end += run;
    width += run;
  }
  return clean;
}

char *text_fold(struct arena *arena, const char *text) {
  if (!text) return NULL;
  struct buffer out = {.arena = arena};
  fold_write(&out, text, strlen(text));
  return out.bytes;
}

static uint32_t *points_of(struct arena *arena, const char *text, size_t *count) {
  char *folded = text_fold(arena, text);
  uint32_t *points = ARENA_ARRAY(arena, uint32_t, text_length(folded) + 1);
  *count = 0;
  for (size_t width; *folded; folded += width) points[(*count)++] = text_next(folded, &width);
  return points;
}

static size_t least_of(size_t one, size_t two, size_t three) {
  size_t least = one < two ? one : two;
  return least < three ? least : three;
}

/* Two rows of the usual table, of which only the band that can stay within `most` is filled. */
static size_t distance(const uint32_t *one, size_t rows, const uint32_t *other, size_t columns, size_t most, size_t *row, size_t *next) {
  const size_t far = most + 1;
  for (size_t j = 0; j <= columns; j++) row[j] = j < far ? j : far;
  for (size_t i = 1; i <= rows; i++) {
    size_t from = i > most ? i - most : 1, to = i + most < columns ? i + most : columns, nearest = far;
    next[from - 1] = from == 1 && i < far ? i : far;
    if (from == 1) nearest = next[0];
    for (size_t j = from; j <= to; j++) {
      next[j] = least_of(row[j - 1] + (one[i - 1] != other[j - 1]), row[j] + 1, next[j - 1] + 1);
      if (next[j] < nearest) nearest = next[j];
    }
    if (to < columns) next[to + 1] = far; /* the next row looks one beyond this band */
    if (nearest >= far) return far;
    size_t *swap = row;
    row = next;
    next = swap;
  }
  return row[columns] < far ? row[columns] : far;
}

size_t text_distance(const char *one, const char *other, size_t most) {
  size_t rows, columns, found;
  struct arena *arena = arena_new();
  uint32_t *first = points_of(arena, one ? one : "", &rows), *second = points_of(arena, other ? other : "", &columns);
  size_t longest = rows > columns ? rows : columns;
  if (most > longest) most = longest; /* no distance is more; and one more than it does not overflow */
  if (longest - (rows < columns ? rows : columns) > most) found = most + 1;
  else
    found = distance(first, rows, second, columns, most, ARENA_ARRAY(arena, size_t, columns + 2), ARENA_ARRAY(arena, size_t, columns + 2));
  arena_free(arena);
  return found;
}

/* Adds the digits at *at to *value, below zero throughout so that the least number fits; counts them. */
static bool take_digits(const char **at, int64_t *value, unsigned *digits) {
  for (*digits = 0; **at >= '0' && **at <= '9'; (*at)++, ++*digits)
    if (__builtin_mul_overflow(*value, 10, value) || __builtin_sub_overflow(*value, **at - '0', value)) return false;
  return true;
}

bool text_to_integer(const char *text, int64_t *out) { return text_to_decimal(text, 0, out); }

/* INT64_MIN does not fit: it stands for "no value" in every integer here. */
bool text_to_decimal(const char *text, unsigned scale, int64_t *out) {
  int64_t value = 0;
  unsigned digits, decimals = 0;
  if (!text) return false;
  bool negative = *text == '-';
  if (*text == '-' || *text == '+') text++;
  if (!take_digits(&text, &value, &digits) || digits == 0) return false;
  if (scale && *text == '.') {
    text++;
    if (!take_digits(&text, &value, &decimals) || decimals == 0 || decimals > scale) return false;
  }
  if (*text) return false;
  for (; decimals < scale; decimals++)
    if (__builtin_mul_overflow(value, 10, &value)) return false;
  if (value == INT64_MIN) return false;
  *out = negative ? value : -value;
  return true;
}

char *text_from_decimal(struct arena *arena, int64_t value, unsigned scale) {
  char digits[96];
  size_t at = sizeof digits;
  uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
  if (scale > 64) scale = 64;
  bool shown = false; /* a decimal other than a closing zero has come */
  for (unsigned i = 0; i < scale; i++, rest /= 10) {
    shown = shown || rest % 10;
    if (shown) digits[--at] = (char)('0' + rest % 10);
  }
  if (shown) digits[--at] = '.';
  do digits[--at] = (char)('0' + rest % 10);
  while (rest /= 10);
  if (value < 0) digits[--at] = '-';
  return arena_copy(arena, digits + at, sizeof digits - at);
}
