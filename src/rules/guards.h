/* Private to rules/: guards are pure functions over facts that are loaded before. */
#ifndef BIHUAN_RULES_GUARDS_H
#define BIHUAN_RULES_GUARDS_H

#include "rules/decide.h"

enum need { NEED_POLICY = 1, NEED_MEASURES = 2, NEED_EVIDENCE = 4, NEED_UNIT = 8, NEED_CAMPAIGN = 16, NEED_PENDING = 32, NEED_GRANTS = 64, NEED_FIRST_CYCLE = 128, NEED_ENDS = 256 };

struct guard_facts {
  const struct row *before, *after, *parent;  /* before, parent: NULL when there is none */
  const struct transition *arrow;
  const struct authority *authority; bool system;
  int64_t now, today;
  const struct policy *policy;
  struct row **measures; size_t measure_count; /* of the problem's present cycle, cancelled ones left out */
  int64_t evidence;                            /* of the present cycle */
  const struct row *unit;                      /* that is to hold the record; NULL none, or not there */
  const struct row *campaign;
  int64_t pending;                             /* approvals asked and not answered for this record */
  struct row **grants; size_t grant_count;     /* of the same person, in force at any time, but this one */
  const struct row *first_cycle;
  bool importing;                              /* the change comes with an import */
  bool gives_due;                              /* the change itself gives a due date */
  bool from_there, to_there;                   /* both ends of a link */
};
/* Holds: a label without text. *field: what it is about, 0 the record. */
typedef struct label guard_function(const struct guard_facts *facts, struct arena *arena, uint16_t *field);
struct guard { guard_function *holds; unsigned needs; bool person; /* about who acts: not asked when a switched-off step is passed */ const char *code; };
extern const struct guard GUARDS[GUARD_COUNT];

enum store_error guard_facts_load(struct decision *decision, const struct transition *arrow, unsigned needs, struct guard_facts *facts);

#define HOLDS ((struct label){0})
guard_function guard_has_owner_and_date, guard_unit_may_hold, guard_measures_planned, guard_weights_full, guard_measures_accepted, guard_has_evidence,
  guard_not_applicant, guard_outside_unit, guard_publicity_over, guard_watch_over, guard_root_cause, guard_reopen_date, guard_dates_in_order,
  guard_roles_apart, guard_pending_none, guard_policy_not_past, guard_meetings_share, guard_campaign_open, guard_approver, guard_deputy_dates,
  guard_problem_open, guard_publicity_off, guard_at_once, guard_ends_visible,
  guard_importing;
#endif
