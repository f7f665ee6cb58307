/* An answer that a problem drafted, as it is read and sent: the draft that the appeal keeps, and behind it the words of the problem that it
   names. */
#ifndef BIHUAN_RULES_DRAFTS_H
#define BIHUAN_RULES_DRAFTS_H

#include "store/store.h"

enum store_error draft_whole(struct reader *reader, const struct row *appeal, struct arena *arena, const char **words); /* NULL: there is none */

#endif
