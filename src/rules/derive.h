/* Derived fields of a problem: judged again inside the change set that moved its facts, and by the clock. The door and the
   clock write them through this one function, so that a colour is the same whoever asked. Writer thread only. */
#ifndef BIHUAN_RULES_DERIVE_H
#define BIHUAN_RULES_DERIVE_H

#include "rules/change.h"

/* Reads the problem and its measures as the tx sees them (so: after the set's rows were put), judges, and, when anything derived differs,
   appends one ENTRY_DERIVED (ACTION_JUDGE, same version and state, facts, policy, rule and since in its body) and puts the row. `set`:
   number of the set's first entry, 0 when this entry founds its own. *entry: the entry's number, 0 when nothing changed. *whole: the
   problem that it is a part of, to be judged again after it; NOTHING none. Both may be NULL. A problem that has no colour and gets none (a
   draft) costs one read and no entry. Written here and nowhere else: PROBLEM_COLOUR … PROBLEM_PLANNED (40–47), PROBLEM_STAGE_DUE,
   PROBLEM_CHASED … PROBLEM_CHASE_NEXT (125–129, but that re-opening empties them), PROBLEM_PARTS and PROBLEM_PARTS_CLOSED of what is split,
   PROBLEM_EVER_RED and PROBLEM_COLOUR_AT_APPLICATION (taken from the colour that stood when the state became applied; emptied when the
   problem is with the unit again). */
enum store_error derive_problem(struct tx *tx, const struct context *context, int64_t set, int64_t problem, struct arena *arena, int64_t *entry, int64_t *whole);

#endif
