/* Search terms: FTS5 over our own tokens, in a database file of its own (DATA/search.db), whichever store keeps the records; filled by a
   follower. */
#ifndef BIHUAN_FOLLOW_TERMS_H
#define BIHUAN_FOLLOW_TERMS_H

#include "follow/follower.h"
#include "follow/question.h"

struct terms;
enum store_error terms_open(const char *data, struct terms **terms);
void terms_close(struct terms *terms);
int64_t terms_position(struct terms *terms);
bool type_searched(const struct record_type *type);

/* Hits are told newest first: an id is the number of the entry that made the record, so one order goes over all types. */
struct term_hit { int64_t id; const struct record_type *type; int64_t closeness; };
struct term_hits { struct term_hit *items; size_t count; bool more; /* older ones were not looked at */ };
/* One type that is asked, and who must hold its records: groups of which each must hold one. */
struct asked_type { const struct record_type *type; const struct question_holders *holders; size_t holder_count; };
/* The newest `most` hits of all these types, ids below `below` (0: from the top). ranked: each with its closeness, else 0. */
struct terms_asking {
  const struct question *question;
  const struct asked_type *types;
  size_t type_count;
  int64_t below;
  size_t most;
  bool ranked;
};
enum store_error terms_ask(struct terms *terms, const struct terms_asking *asking, struct arena *arena, struct term_hits *hits);
/* Closest first, of two as close the newer. */
void hits_rank(struct term_hits *hits);
/* The same of one type, ids only. *fault: why nothing can be looked for, or QUESTION_FITS. */
enum store_error terms_find(struct terms *terms, enum record_id type, const char *text, int64_t below, size_t most, struct arena *arena,
                            int64_t **ids, size_t *count, enum question_fault *fault);
enum store_error terms_forget(struct terms *terms, enum record_id type, int64_t record); /* destroyed: overwritten, optimised, vacuumed */
#endif
