/* The counts of the start page, kept as long as the store stays the same: whoever comes by the thousand is answered from memory. */
#include "web/portal_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/room.h"

struct cell { int64_t district, category, count; enum public_standing standing; };
struct counted { char generation[33]; int64_t revision; struct cell *cells; size_t count, room; };

static bool cell_take(void *with, int64_t district, int64_t category, enum public_standing standing, int64_t count) {
  struct counted *counted = with;
  HEAP_ROOM(counted->cells, counted->count, counted->room, 64);
  counted->cells[counted->count++] = (struct cell){district, category, count, standing};
  return true;
}

static bool same(const struct counted *counted, const struct public_state *state) {
  return counted && counted->revision == state->revision && strcmp(counted->generation, state->generation) == 0;
}

static enum store_error count_anew(struct visit *visit) {
  struct counted *counted = HEAP_NEW(struct counted);
  memcpy(counted->generation, visit->state.generation, sizeof counted->generation);
  counted->revision = visit->state.revision;
  counted_free(visit->portal);
  visit->portal->counted = counted;
  return public_counts(visit->portal->store, cell_take, counted);
}

enum store_error counted_read(struct visit *visit, public_count_sink *sink, void *with) {
  enum store_error error = STORE_OK;
  pthread_mutex_lock(&visit->portal->counted_lock);
  if (!same(visit->portal->counted, &visit->state)) error = count_anew(visit);
  if (error) counted_free(visit->portal);
  const struct counted *counted = visit->portal->counted;
  for (size_t i = 0; counted && i < counted->count && sink(with, counted->cells[i].district, counted->cells[i].category, counted->cells[i].standing, counted->cells[i].count); i++) continue;
  pthread_mutex_unlock(&visit->portal->counted_lock);
  return error;
}

void counted_free(struct portal *portal) {
  if (portal->counted) free(portal->counted->cells);
  free(portal->counted);
  portal->counted = NULL;
}
