/* Guards of what ledgers bring in: some arrows are for imports alone, which show what they would do before they do it. */
#include "rules/guards.h"

struct label guard_importing(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  (void)arena;
  *field = 0;
  if (facts->importing) return HOLDS;
  return (struct label){"只能随台账导入，不能单独办理", "comes with the import of a ledger only, not by itself"};
}
