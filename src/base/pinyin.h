/* The sound of Chinese names in Latin letters, without tones, one reading a character (ICU's Han-Latin). For finding, never for showing. */
#ifndef BIHUAN_BASE_PINYIN_H
#define BIHUAN_BASE_PINYIN_H

#include "base/buffer.h"

struct pinyin; /* some megabytes while it is open, and one thread's */
struct pinyin *pinyin_new(void); /* NULL: this ICU does not know how; logged */
void pinyin_free(struct pinyin *pinyin);
/* Syllables of the Chinese characters of a text, blank between; a run of others between two Chinese ones gives a '|'. */
void pinyin_write(struct pinyin *pinyin, struct buffer *out, const char *text);

#endif
