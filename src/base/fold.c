/* Folding: NFKC and case folding in one mapping (Unicode's NFKC_Casefold). What nearly all texts here
   consist of is folded by hand, the rest by ICU; both give the same, which the unit tests check
   for every character of the first kind. Nothing in here is ever stored as somebody's text. */
#include "base/fold.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/heap.h"
#include "base/text.h"

#define LARGEST_PIECE ((size_t)1 << 20) /* bytes handed to ICU at once */

static _Noreturn void fold_failed(UErrorCode status) {
  fprintf(stderr, "ICU cannot fold text: %s\n", u_errorName(status));
  abort();
}

/* Characters that fold to themselves, and that neither join the one before nor are joined by another such. */
static bool stable(uint32_t point) {
  return (point >= 0x4e00 && point <= 0x9fff) || /* Han */
         (point >= 0x3001 && point <= 0x3029) || /* CJK punctuation */
         (point >= 0x3041 && point <= 0x3096) || /* Hiragana */
         (point >= 0x30a1 && point <= 0x30fe) || /* Katakana */
         (point >= 0x3400 && point <= 0x4dbf) || /* Han extension A */
         (point >= 0xac00 && point <= 0xd7a3) || /* Hangul syllables */
         (point >= 0x2018 && point <= 0x201e && point != 0x201b) || point == 0x2013 || point == 0x2014 || point == 0xb7;
}

/* Folds one character by hand; false when ICU must. */
static bool fold_quickly(struct buffer *out, const char *bytes, uint32_t point, size_t width) {
  if (point >= 0xff01 && point <= 0xff5e) point -= 0xff01 - '!'; /* full-width ASCII */
  else if (point == 0x3000) point = ' ';
  if (point < 0x80) {
    buffer_byte(out, (char)(point >= 'A' && point <= 'Z' ? point + 32 : point));
    return true;
  }
  if (point == 0x2026) buffer_add(out, "...", 3);
  else if (stable(point)) buffer_add(out, bytes, width);
  else return false;
  return true;
}

/* Text to fold and what it becomes, as ICU wants it; small ones stay on the stack. */
struct wide { UChar small[256], *units; int32_t size, room; };

static void wide_room(struct wide *wide, int32_t room) {
  wide->room = room;
  wide->units = room <= (int32_t)(sizeof wide->small / sizeof *wide->small) ? wide->small : heap_resized(NULL, (size_t)room, sizeof(UChar));
}

static void wide_free(struct wide *wide) {
  if (wide->units != wide->small) free(wide->units);
}

static void wide_to_buffer(struct buffer *out, const struct wide *wide) {
  char small[512];
  UErrorCode status = U_ZERO_ERROR;
  int32_t room = wide->size * 3 + 1, size = 0;
  char *bytes = room <= (int32_t)sizeof small ? small : heap_resized(NULL, (size_t)room, 1);
  u_strToUTF8(bytes, room, &size, wide->units, wide->size, &status);
  if (U_FAILURE(status)) fold_failed(status);
  buffer_add(out, bytes, (size_t)size);
  if (bytes != small) free(bytes);
}

static void fold_by_unicode(struct buffer *out, const char *bytes, size_t size) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *folding = unorm2_getNFKCCasefoldInstance(&status);
  struct wide plain, folded;
  wide_room(&plain, (int32_t)size + 1);
  u_strFromUTF8WithSub(plain.units, plain.room, &plain.size, bytes, (int32_t)size, 0xfffd, NULL, &status);
  if (U_FAILURE(status)) fold_failed(status);
  wide_room(&folded, plain.size * 2 + 32);
  folded.size = unorm2_normalize(folding, plain.units, plain.size, folded.units, folded.room, &status);
  if (status == U_BUFFER_OVERFLOW_ERROR) { /* one character may become eighteen */
    status = U_ZERO_ERROR;
    wide_free(&folded);
    wide_room(&folded, folded.size + 1);
    folded.size = unorm2_normalize(folding, plain.units, plain.size, folded.units, folded.room, &status);
  }
  if (U_FAILURE(status)) fold_failed(status);
  wide_to_buffer(out, &folded);
  wide_free(&folded);
  wide_free(&plain);
}

/* Bytes of the Han characters U+4E00 to U+9FFF that stand here one after the other. The text ends with a NUL. */
static size_t han_run(const char *text, size_t size) {
  const unsigned char *at = (const unsigned char *)text;
  size_t run = 0;
  for (; size - run >= 3; run += 3, at += 3)
    if (at[0] < 0xe4 || at[0] > 0xe9 || (at[0] == 0xe4 && at[1] < 0xb8) || (at[1] & 0xc0) != 0x80 || (at[2] & 0xc0) != 0x80) break;
  return run;
}

/* Quick characters one by one, Han in runs. A stretch of others goes to ICU with the quick one before it, which an accent
   may join; the quick one behind begins anew, as nothing joins it to what stands before. */
void fold_write(struct buffer *out, const char *text, size_t size) {
  size_t before = 0, before_out = out->size; /* where the last quick character began */
  buffer_add(out, "", 0);
  for (size_t at = 0, width; at < size;) {
    size_t run = han_run(text + at, size - at);
    if (run) {
      buffer_add(out, text + at, run);
      at += run;
      before = at - 3;
      before_out = out->size - 3;
      continue;
    }
    uint32_t point = text_next(text + at, &width);
    if (width > size - at) width = size - at;
    size_t out_size = out->size;
    if (fold_quickly(out, text + at, point, width)) {
      before = at;
      before_out = out_size;
      at += width;
      continue;
    }
    size_t end = at + width;
    for (; end < size && end - before < LARGEST_PIECE; end += width) {
      size_t mark = out->size;
      point = text_next(text + end, &width);
      bool quick = fold_quickly(out, text + end, point, width);
      out->size = mark;
      if (quick) break;
    }
    if (end > size) end = size;
    out->size = before_out;
    fold_by_unicode(out, text + before, end - before);
    at = before = end;
    before_out = out->size;
  }
}
