/* Private to base/: folding into a buffer, for text.c and tokens.c. */
#ifndef BIHUAN_BASE_FOLD_H
#define BIHUAN_BASE_FOLD_H

#include "base/buffer.h"

/* Adds the folded text (NFKC, case folded, invisible characters left out) to `out`. Ill-formed bytes become U+FFFD. */
void fold_write(struct buffer *out, const char *text, size_t size);

#endif
