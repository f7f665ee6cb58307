/* The store's clock: the system's, or a simulated one that marks its store as test for ever. Never backwards. */
#ifndef BIHUAN_RULES_CLOCK_H
#define BIHUAN_RULES_CLOCK_H

#include "store/store.h"

struct store_clock {
  bool simulated;
  int64_t offset;    /* microseconds added to the system's time */
  int64_t base_line; /* date; NOTHING: none */
};
enum store_error store_clock_read(struct store *store, struct store_clock *clock);
int64_t store_clock_now(const struct store_clock *clock);
/* Only while the store is empty: makes it a test store whose present moment is `now`. REFUSED otherwise. */
enum store_error store_clock_simulate(struct store *store, int64_t now);
enum store_error store_clock_advance(struct store *store, int64_t by); /* REFUSED on a real store, or by < 0 */
enum store_error store_base_line_set(struct store *store, int64_t date);

#endif
