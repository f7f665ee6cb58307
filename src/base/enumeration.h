/* Names one after another, as a sentence of each language enumerates them: “甲”、“乙” in Chinese, "甲", "乙" in English.
   Start with enumeration_in; nothing here knows what is enumerated. */
#ifndef BIHUAN_BASE_ENUMERATION_H
#define BIHUAN_BASE_ENUMERATION_H

#include "base/buffer.h"
#include "base/text.h"

struct enumeration { struct buffer zh, en; };
struct enumeration enumeration_in(struct arena *arena);
void enumeration_add(struct enumeration *enumeration, const char *name);   /* bare */
void enumeration_quote(struct enumeration *enumeration, const char *name); /* in the quotation marks of each language */
/* {NULL, NULL} when nothing was added. */
struct label enumeration_label(const struct enumeration *enumeration);

#endif
