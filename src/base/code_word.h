/* Code words: what somebody without an account is given to come back with. Shown in groups of four, read however it is typed; kept as a
   hash only. */
#ifndef BIHUAN_BASE_CODE_WORD_H
#define BIHUAN_BASE_CODE_WORD_H

#include <stdbool.h>
#include "base/arena.h"

#define CODE_WORD_LETTERS 12 /* of an alphabet of about thirty: some 58 bits, not to be guessed */
char *code_word_new(struct arena *arena); /* "k3m9-p2xq-7ahd" */
/* Hex of its SHA-256, whatever blanks, dashes, case or full-width letters it was typed with; NULL: it is no code word. */
char *code_word_hash(struct arena *arena, const char *typed);

#endif
