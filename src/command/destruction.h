/* Private to command/: destroying a record with all that hangs on it, for `destroy`, and for `restore` which does again what was
   destroyed after the backup. */
#ifndef BIHUAN_COMMAND_DESTRUCTION_H
#define BIHUAN_COMMAND_DESTRUCTION_H

#include "follow/house.h"

struct doomed { const struct record_type *type; int64_t id, entry; const struct row *row; };
struct destruction {
  struct arena *arena;
  struct doomed *items; size_t count, room;         /* the record first, then what hangs on it */
  const char **files; size_t file_count, file_room;  /* evidence that they named */
  struct label refused;                              /* zh NULL: it was done */
  bool absent;
  int64_t staged_dropped, files_removed;
};
/* Plans and destroys in one change set. refused says why not; a store error only when the store did not answer. */
enum store_error destruction_run(struct house *house, const struct authority *authority, const struct record_type *type, int64_t id,
                                 const char *reason, struct arena *arena, struct destruction *destruction);
/* What lies outside the tables: search, staged uploads, files, free pages and logs, and the list of destructions. May be done again. */
enum store_error destruction_clean(struct house *house, struct destruction *destruction);
/* The destruction that stands in the journal already, for cleaning once more after a cut: ABSENT when there is none. */
enum store_error destruction_recall(struct house *house, const struct record_type *type, int64_t id, struct arena *arena, struct destruction *destruction);
bool destruction_allowed(const struct record_type *type);

/* DATA/destructions.json: {"store_id":…,"destructions":[{"type":"appeal","id":7,"entry":90,"moment":"…"}…]} */
#define DESTRUCTIONS_FILE "destructions.json"
#define DESTRUCTION_REASON_AGAIN "备份之后已销毁,恢复时再次销毁"
struct destroyed_before { const struct record_type *type; int64_t id; };
/* Reads such a file; false with its reason. */
bool destructions_read(struct arena *arena, const char *text, const char *store_id, struct destroyed_before **list, size_t *count, struct label *reason);

#endif
