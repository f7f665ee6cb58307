/* Names and numbers of people in a text that is to go public, masked by suggestion: a person looks at what was masked and may put it back. Pure. */
#ifndef BIHUAN_RULES_MASK_H
#define BIHUAN_RULES_MASK_H

#include "base/buffer.h"
#include "base/text.h"

/* Phones, numbers of identity cards, bank cards, vehicles and mail addresses become a word in brackets; a name before 先生, 女士, 同志 …, after 姓名, 联系人, 姓…名 or Mr/Ms
   keeps its surname. `masked` gets a line for each, as it was and as it is now. The same text again is left as it is. */
char *mask_text(struct arena *arena, const char *text, struct buffer *masked);

#endif
