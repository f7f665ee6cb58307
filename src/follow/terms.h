/* Search terms: FTS5 over our own tokens, in a database file of its own (DATA/search.db), whichever store keeps the records; filled by a follower. */
#ifndef BIHUAN_FOLLOW_TERMS_H
#define BIHUAN_FOLLOW_TERMS_H

#include "follow/follower.h"

struct terms;
enum store_error terms_open(const char *data, struct terms **terms);
void terms_close(struct terms *terms);
int64_t terms_position(struct terms *terms);
/* Ids of records of the type that hold all words of the text, newest first, ids below `below` (0: from the top), at most `most`. Words of one Chinese character are not looked for:
   *too_short says that nothing was left. The search syntax of FTS5 is never open to the text. */
enum store_error terms_find(struct terms *terms, enum record_id type, const char *text, int64_t below, size_t most, struct arena *arena,
                            int64_t **ids, size_t *count, bool *too_short);
enum store_error terms_forget(struct terms *terms, enum record_id type, int64_t record); /* destroyed: overwritten, optimised, vacuumed */
#endif
