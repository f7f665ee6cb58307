/* Whether a store's data are invented: its campaigns say so. A demo is made in an empty store only, which is a test store for ever. */
#include "rules/demo_mark.h"

static bool campaign_look(void *with, const struct row *campaign) {
  bool *demo = with;
  *demo |= row_integer(campaign, CAMPAIGN_DEMO) == 1;
  return !*demo;
}

enum store_error demo_mark(struct reader *reader, bool *demo) {
  struct arena *arena = arena_new();
  struct query query = {.type = record_type(RECORD_CAMPAIGN), .expected = -1};
  *demo = false;
  enum store_error error = reader_list(reader, &query, &SCOPE_SYSTEM, arena, campaign_look, demo);
  arena_free(arena);
  return error;
}
