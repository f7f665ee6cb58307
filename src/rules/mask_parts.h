/* Private to masking: what a rule is asked and says, and the few questions about characters that all rules ask. */
#ifndef BIHUAN_RULES_MASK_PARTS_H
#define BIHUAN_RULES_MASK_PARTS_H

#include <ctype.h>
#include <string.h>

#include "rules/mask.h"

struct found { size_t taken; const char *becomes; enum mask_kind kind; /* 0: a name */ };
struct place { struct arena *arena; const char *begin, *at; };
/* True: what stands at place->at is masked; found says how much and by what. */
typedef bool mask_rule(const struct place *place, struct found *found);

mask_rule mask_mail, mask_vehicle, mask_number, mask_local_number, mask_document; /* mask_numbers.c */
mask_rule mask_residence, mask_household;                                          /* mask_places.c */

static inline bool mask_begins(const char *text, const char *with) { return strncmp(text, with, strlen(with)) == 0; }
static inline size_t mask_width(const char *text) {
  size_t width = 1;
  if (*text) text_next(text, &width);
  return width;
}
static inline bool mask_han(const char *text) {
  size_t width;
  if (!*text) return false;
  uint32_t point = text_next(text, &width);
  return point >= 0x4E00 && point <= 0x9FFF;
}
static inline bool mask_word_byte(char byte) { return isalnum((unsigned char)byte) || byte == '_'; }
/* A digit, narrow or wide; its value, or -1. */
static inline int mask_digit(const char *text, size_t *width) {
  uint32_t point = *text ? text_next(text, width) : 0;
  return point >= '0' && point <= '9' ? (int)(point - '0') : point >= 0xFF10 && point <= 0xFF19 ? (int)(point - 0xFF10) : -1;
}
/* Whether one of `words` (the last is NULL) stands before `place`, with nothing between but what `between` lists. */
bool mask_introduced(const struct place *place, const char *const *words, const char *const *between);

#endif
