/* What in a text asks for care before it is kept: marks of secrecy (保密法: 绝密、机密、秘密 with ★; internal papers 内部), and what tells who a person
   is. It warns only: a person looks, and may be right to leave it. Pure. */
#ifndef BIHUAN_RULES_WARNINGS_H
#define BIHUAN_RULES_WARNINGS_H

#include "base/text.h"

enum warning_kind { WARNING_SECRET = 1, WARNING_INTERNAL, WARNING_IDENTITY, WARNING_CARD, WARNING_PHONE, WARNING_MAIL, WARNING_VEHICLE, WARNING_NAME, WARNING_COUNT };
struct warning { enum warning_kind kind; size_t at, size; /* bytes */ };
enum { WARNINGS_MOST = 40 };
/* In the order of the text, at most `most`. text: NULL is none. */
size_t warnings_find(struct arena *arena, const char *text, struct warning *warnings, size_t most);
const char *warning_name(enum warning_kind kind);
struct label warning_label(enum warning_kind kind);
#endif
