/* Destroying a record entered by mistake, with all that hangs on it: what two people agreed on (the door, ACTION_DESTROY), and what a
   restore does again. Inside one transaction; what lies outside the tables (search, files, free pages) is cleaned afterwards by
   follow/destruction_clean.c. */
#ifndef BIHUAN_RULES_DESTRUCTION_H
#define BIHUAN_RULES_DESTRUCTION_H

#include "rules/change.h"

struct doomed {
  const struct record_type *type;
  int64_t id, entry /* of its destruction */;
  const struct row *row /* NULL when recalled */;
};
struct destruction {
  struct arena *arena;
  struct doomed *items; size_t count, room;          /* the record first, then what hangs on it */
  const char **files; size_t file_count, file_room;  /* evidence that they named */
  struct label refused;                              /* zh NULL: it was done */
  bool absent;
};
struct destruction_order {
  const struct record_type *type; int64_t id; const char *reason;
  int64_t now, actor, asked_by /* NOTHING: nobody else */; enum channel_code channel;
};
/* Plans and destroys. destruction->arena must be set; refused says why not (then the caller takes the set back); a store error only
   when the store did not answer. Evidence files that were named are noted as side values first, so that no cut loses them. */
enum store_error destruction_apply(struct tx *tx, const struct destruction_order *order, struct destruction *destruction);
void destruction_doom(struct destruction *destruction, struct doomed doomed); /* adds one to the list */
/* The same as a set of its own on the writer thread. */
enum store_error destruction_run(struct writer *writer, const struct destruction_order *order, struct arena *arena, struct destruction *destruction);
/* The destruction that stands in the journal already, for cleaning once more after a cut: ABSENT when there is none. */
enum store_error destruction_recall(struct store *store, const struct record_type *type, int64_t id, struct arena *arena, struct destruction *destruction);
#endif
