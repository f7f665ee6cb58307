/* Cleaning after a destruction, outside the tables; and the file in which destructions are noted for a restore. */
#ifndef BIHUAN_FOLLOW_DESTRUCTION_CLEAN_H
#define BIHUAN_FOLLOW_DESTRUCTION_CLEAN_H

#include "follow/house.h"
#include "rules/destruction.h"

/* DATA/destructions.json: {"store_id":…,"destructions":[{"type":"appeal","id":7,"entry":90,"moment":"…"}…]} */
#define DESTRUCTIONS_FILE "destructions.json"

struct cleaned { int64_t staged_dropped, files_removed; };
/* Search, staged uploads, files, free pages and logs, and the list of destructions. May be done again: *cleaned adds up, over all times,
   what was removed for this destruction. */
enum store_error destruction_clean(struct house *house, const struct destruction *destruction, struct cleaned *cleaned);

#endif
