/* Names and numbers of people in a text that is to go public, masked by suggestion: a person looks at what was masked and may put it back.
   Pure. */
#ifndef BIHUAN_RULES_MASK_H
#define BIHUAN_RULES_MASK_H

#include "base/buffer.h"
#include "base/text.h"

/* Phones, numbers of identity cards and other papers, bank cards, vehicles, mail addresses, homes and doors become a word in brackets; a
   name before 先生, 女士, 同志 …, after 姓名, 联系人, 姓…名 or Mr/Ms keeps its surname. `masked` gets a line for each, as it was and as it is now. The
   same text again is left as it is. */
char *mask_text(struct arena *arena, const char *text, struct buffer *masked);

/* The same places, found and left as they are; bytes from the text's begin. */
enum mask_kind { MASK_NAME = 1, MASK_IDENTITY, MASK_CARD, MASK_PHONE, MASK_MAIL, MASK_VEHICLE, MASK_ADDRESS };
struct masked_place { enum mask_kind kind; size_t at, size; };
size_t mask_find(struct arena *arena, const char *text, struct masked_place *places, size_t most);

#endif
