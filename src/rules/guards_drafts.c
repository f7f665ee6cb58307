/* The guard of answers that a problem drafted. Pure: facts in, a sentence out. */
#include "rules/guards.h"

struct label guard_drafted(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const char *draft = row_text(facts->before ? facts->before : facts->after, APPEAL_ANSWER_DRAFT);
  (void)arena;
  *field = APPEAL_ANSWER_DRAFT;
  if (draft && *draft) return HOLDS;
  return (struct label){"没有拟好的答复:所立的问题报进展、通过验收或销号后才有草稿",
                        "no answer is drafted: there is one after its problem reported progress, was accepted or closed"};
}
