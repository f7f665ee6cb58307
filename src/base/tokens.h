/* Tokens: what search and grouping see of a text. NFKC, lower case; Chinese (and other scripts without
   blanks between words) as character bigrams, other scripts as whole words, numbers as words. */
#ifndef BIHUAN_BASE_TOKENS_H
#define BIHUAN_BASE_TOKENS_H

#include <stdbool.h>
#include <stddef.h>
#include "base/arena.h"
#include "base/buffer.h"

struct token { const char *bytes; size_t size; bool bigram; /* shares a character with the token before */ };
struct tokens { struct token *items; size_t count; };

/* Never fails; emoji, controls and lone marks yield nothing. A single Chinese character that stands alone
   yields itself as a token. */
struct tokens tokens_of(struct arena *arena, const char *text);
/* The same joined by single blanks, as the search store keeps them. */
void tokens_write(struct buffer *out, const char *text);

#endif
