/* The five colours (and grey): a pure function over facts. Rules are rows of the policy; the first that holds wins. */
#ifndef BIHUAN_RULES_COLOUR_H
#define BIHUAN_RULES_COLOUR_H

#include "rules/policy.h"
#include "store/store.h"

/* All that a judgement looks at. Dates are days, moments microseconds, weights basis points; NOTHING = not there. Every member is an int64 so
   that facts are written to the journal and read back by one table of names (colour.c). */
struct colour_facts {
  int64_t state, counted, kind, route, cycle, sent_back, rebounds, ever_red;
  int64_t due, due_original, admitted_on, assigned_on, applied_on, accepted_on, closed_on, publicity_until, watch_until, review_until;
  int64_t colour_at_application, weight_accepted, measure_count, measures_open;
  int64_t complaints, usual_complaints; /* distinct people in 30 days; that unit's usual */
  /* the frozen plan as steps: weight planned to be done by each date, at most 16, the rest folded into the last */
  int64_t plan_count, plan_date[16], plan_weight[16];
};
struct judgement {
  int64_t colour, rule, since /* moment it became true */, next /* moment it may change; NOTHING: only by a change */;
  int64_t numbers[4];             /* of the sentence: days over, due date, accepted and planned weight … by rule */
  int64_t planned;                /* planned weight at now */
};
struct judgement colour_judge(const struct colour_facts *facts, const struct policy *policy, int64_t now);
/* Why, in one sentence with its facts; and what would change it. */
struct label colour_sentence(struct arena *arena, const struct judgement *judgement);
struct label colour_label(int64_t colour);
struct label colour_rule_label(int64_t rule);

/* Facts of a problem as the reader shows it (its row, its measures). */
enum store_error colour_facts_read(struct reader *reader, const struct row *problem, struct arena *arena, struct colour_facts *facts);
char *colour_facts_print(struct arena *arena, const struct colour_facts *facts);   /* JSON */
bool colour_facts_parse(const char *json, struct colour_facts *facts);
/* The colour at any past moment: the last facts journalled by then, through the same function. ABSENT: it had none. */
enum store_error colour_at(struct reader *reader, int64_t problem, int64_t moment, struct arena *arena, struct judgement *judgement);

/* Night and day: problems that are due (next ≤ now, or judged under an older policy) and life-cycle arrows the clock walks
   (publicity over, watch period over), by index, in sets of at most 500. Counts what was done; touches nothing else. */
struct writer;
struct clock_report { int64_t judged, changed, closed, settled, deadlines; };
enum store_error clock_run(struct store *store, struct writer *writer, int64_t now, struct clock_report *report);

#endif
