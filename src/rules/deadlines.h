/* Deadlines by source: how many days a problem has when nobody gave it a date, and whether working or natural ones are counted
   (domain-facts 3: the kind of clock hangs on the source). */
#ifndef BIHUAN_RULES_DEADLINES_H
#define BIHUAN_RULES_DEADLINES_H

#include "rules/calendar.h"
#include "rules/policy.h"

enum { DEADLINES_MOST = 32 };
struct term { int64_t days; bool working; };
/* The row that fits best (source and kind, then source, then kind, then neither); without one the policy's natural days by kind. days 0:
   none. */
struct term policy_term(const struct policy *policy, int64_t source, int64_t kind);
struct term term_of(const struct policy *policy, const struct row *problem);
int64_t term_due(const struct calendar *calendar, struct term term, int64_t from, int64_t *basis);

/* JSON [{"source":"appeals","kind":"at_once","days":5,"count":"working"},…]; source and kind may be left out (any); no two rows for the
   same. */
bool deadline_rules_parse(const char *json, struct deadline_rule *rules, size_t most, size_t *count, struct arena *arena,
                          struct label *problem);
char *deadline_rules_print(struct arena *arena, const struct deadline_rule *rules, size_t count);

/* Ready for a policy, each with its source. */
struct deadline_preset {
  int64_t code; /* DEADLINES_* */
  const char *name;
  struct label label;
  const char *source;
  struct label note;
  const char *rows;
};
extern const struct deadline_preset DEADLINE_PRESETS[]; extern const size_t DEADLINE_PRESET_COUNT;
const struct deadline_preset *deadline_preset(int64_t code); /* NULL: none */

#endif
