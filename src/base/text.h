/* Text: UTF-8, ended by NUL, never holding U+0000. Checks, cleans, folds and counts it.
   Nothing here knows what a text means. */
#ifndef BIHUAN_BASE_TEXT_H
#define BIHUAN_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/arena.h"

/* A sentence in the two languages of the product; used by labels and messages alike. */
struct label { const char *zh, *en; };
enum language { LANGUAGE_ZH, LANGUAGE_EN };
const char *label_in(struct label label, enum language language);
/* A label whose sentences are printed with the same arguments in the same order. */
struct label label_print(struct arena *arena, const char *zh, const char *en, ...);

bool text_equal(const char *one, const char *other);  /* NULL equals only NULL */
bool text_valid(const char *bytes, size_t size);      /* well-formed UTF-8 without U+0000 */
bool text_has_control(const char *text);              /* other than line end, carriage return and tab; DEL and C1 as well */
size_t text_length(const char *text);                 /* code points */
/* The byte offset of the first ill-formed byte, or `size` when there is none. */
size_t text_valid_until(const char *bytes, size_t size);
/* Next code point and its width in bytes; `text` must be valid and not at its end. */
uint32_t text_next(const char *text, size_t *width);
/* White space (tabs, line ends, U+3000, U+00A0, zero-width, BOM) at both ends removed; runs inside
   one line folded to one blank; line ends kept (as \n, at most two in a row) when `lines` is set, else folded too. */
char *text_clean(struct arena *arena, const char *text, bool lines);
/* NFKC, lower case: for comparing names and headers, never for storing. */
char *text_fold(struct arena *arena, const char *text);
/* Edit distance in code points between folded texts, stopping at `most` + 1. */
size_t text_distance(const char *one, const char *other, size_t most);
/* Reads a whole decimal integer; false when it is none or does not fit. */
bool text_to_integer(const char *text, int64_t *out);
/* Fixed-point: "12.5" with scale 2 gives 1250; more digits than `scale` are refused. */
bool text_to_decimal(const char *text, unsigned scale, int64_t *out);
/* The shortest text that reads back the same: 1250 with scale 2 gives "12.5". */
char *text_from_decimal(struct arena *arena, int64_t value, unsigned scale);

/* To UTF-8 from UTF-8 (BOM dropped) or GB18030, found out from the bytes themselves. NULL when neither fits:
   then *bad is the byte offset of the first byte that is wrong as UTF-8. `encoding` (may be NULL) gets the name. */
char *text_decode(struct arena *arena, const char *bytes, size_t size, size_t *out_size,
                  const char **encoding, size_t *bad);

#endif
