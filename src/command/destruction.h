/* Private to command/: the list of destructions as `restore` reads it. */
#ifndef BIHUAN_COMMAND_DESTRUCTION_H
#define BIHUAN_COMMAND_DESTRUCTION_H

#include "follow/destruction_clean.h"

#define DESTRUCTION_REASON_AGAIN "备份之后已销毁,恢复时再次销毁"
struct destroyed_before { const struct record_type *type; int64_t id; };
/* Reads DESTRUCTIONS_FILE; false with its reason. */
bool destructions_read(struct arena *arena, const char *text, const char *store_id, struct destroyed_before **list, size_t *count,
                       struct label *reason);

#endif
