/* Pinyin by ICU's transliterator. A character that is read in several ways has its usual reading: who types another one does not find
   the name by it, but by the characters. */
#include "base/pinyin.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "base/heap.h"
#include "base/log.h"
#include "base/text.h"

enum { RUN_MOST = 60 /* characters at once */ };
struct pinyin { UTransliterator *han; };

struct pinyin *pinyin_new(void) {
  UErrorCode status = U_ZERO_ERROR;
  struct pinyin *pinyin = HEAP_NEW(struct pinyin);
  pinyin->han = utrans_openU(u"Han-Latin; Latin-ASCII; Lower", -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
  if (U_SUCCESS(status)) return pinyin;
  log_line(LOG_ERROR, "pinyin", "Han-Latin: %s", u_errorName(status));
  free(pinyin);
  return NULL;
}

void pinyin_free(struct pinyin *pinyin) {
  if (!pinyin) return;
  utrans_close(pinyin->han);
  free(pinyin);
}

static bool han(uint32_t point) {
  return (point >= 0x3400 && point <= 0x9fff) || (point >= 0xf900 && point <= 0xfaff) || (point >= 0x20000 && point <= 0x3fffd);
}

/* One run of Chinese characters. What the transliterator leaves as it is (a character without a reading) is no syllable. */
static void run_write(struct pinyin *pinyin, struct buffer *out, const char *run, size_t size) {
  UChar text[RUN_MOST * 10];
  UErrorCode status = U_ZERO_ERROR;
  int32_t length = 0;
  u_strFromUTF8(text, RUN_MOST * 2, &length, run, (int32_t)size, &status);
  int32_t limit = length;
  if (U_SUCCESS(status)) utrans_transUChars(pinyin->han, text, &length, RUN_MOST * 10, 0, &limit, &status);
  if (U_FAILURE(status)) return;
  for (int32_t i = 0; i < length; i++) {
    bool letter = text[i] >= 'a' && text[i] <= 'z';
    if (letter) buffer_byte(out, (char)text[i]);
    else if (out->size && out->bytes[out->size - 1] != ' ' && out->bytes[out->size - 1] != '|') buffer_byte(out, ' ');
  }
  if (out->size && out->bytes[out->size - 1] != ' ' && out->bytes[out->size - 1] != '|') buffer_byte(out, ' ');
}

void pinyin_write(struct pinyin *pinyin, struct buffer *out, const char *text) {
  const char *run = NULL;
  size_t width, characters = 0;
  for (const char *at = text; ; at += width) {
    bool in = *at && han(text_next(at, &width));
    if (in && !run) {
      run = at;
      characters = 0;
    }
    if (run && (!in || ++characters == RUN_MOST)) {
      run_write(pinyin, out, run, (size_t)(at - run) + (in ? width : 0));
      if (!in) buffer_byte(out, '|');
      run = NULL;
    }
    if (!*at) return;
  }
}
