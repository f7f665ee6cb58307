/* Private to the colour files of rules/: the primitives that a policy's rows name. A primitive is for ever: what it means never
   changes under its name and code, as past colours are recomputed through it; changed behaviour gets a new RULE_* and a new row. */
#ifndef BIHUAN_RULES_COLOUR_RULES_H
#define BIHUAN_RULES_COLOUR_RULES_H

#include "rules/colour.h"

/* All functions are pure. Dates only: nothing about a colour changes within a day. */
struct primitive {
  const char *name; struct label label;
  int64_t least, most;   /* what the policy's number may be; 0,0: the rule takes none */
  bool (*holds)(const struct colour_facts *facts, int64_t than, int64_t today); /* NULL: not for policies (decided before the rules) */
  /* Dates on whose first instant the answer may turn, at most COLOUR_PLAN_STEPS; NULL: time alone never turns it. */
  size_t (*turns)(const struct colour_facts *facts, int64_t than, int64_t *dates);
  int64_t (*begun)(const struct colour_facts *facts);  /* the earliest date it can have held; NOTHING unknown */
  void (*numbers)(const struct colour_facts *facts, int64_t today, int64_t numbers[4]); /* of the sentence */
  /* instead of `holds`, where the policy has further numbers of it */
  bool (*holds_under)(const struct colour_facts *facts, const struct policy *policy, int64_t than);
};
extern const struct primitive COLOUR_PRIMITIVES[RULE_COUNT];

bool colour_counts(const struct colour_facts *facts);              /* has it a colour at all? */
int64_t colour_planned(const struct colour_facts *facts, int64_t today); /* NOTHING: no frozen plan */
int64_t colour_accepted(const struct colour_facts *facts);         /* 0 when nothing is */
/* Working days after today up to the date, by the bits of colour_facts.working_days; COLOUR_WORK_BITS when it is farther than they
   reach. */
int64_t colour_working_left(int64_t bits, int64_t due, int64_t today);
const struct primitive *colour_primitive(int64_t rule);            /* NULL: no such rule */
/* A confirmed case as one number of a sentence, and back. */
int64_t colour_case_told(int64_t kind, int64_t on), colour_case_kind(int64_t told), colour_case_on(int64_t told);

#endif
