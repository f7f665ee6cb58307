/* The five colours (and grey): a pure function over facts. Rules are rows of the policy; the first that holds wins. */
#ifndef BIHUAN_RULES_COLOUR_H
#define BIHUAN_RULES_COLOUR_H

#include "rules/policy.h"
#include "store/store.h"

/* All that a judgement looks at. Dates are days, moments microseconds, weights basis points; NOTHING = not there. Every member is an int64
   so that facts are written to the journal and read back by one table of names (colour.c). */
struct colour_facts {
  int64_t state, counted, kind, route, cycle, sent_back, rebounds, ever_red;
  int64_t due, due_original, admitted_on, assigned_on, applied_on, accepted_on, closed_on, publicity_until, watch_until, review_until;
  int64_t colour_at_application, weight_accepted, measure_count, measures_open;
  int64_t complaints, usual_complaints, complaint_days; /* distinct people in so many days; that unit's usual */
  int64_t strong_case, strong_case_on; /* STRONG_CASE_*, confirmed by the office, and when */
  /* the frozen plan as steps: weight planned to be done by each date, at most 16, the rest folded into the last */
  int64_t plan_count, plan_date[16], plan_weight[16]; /* planned weight that must stand at the end of that day: grows with the date */
  int64_t reopened_on;           /* date this cycle was re-opened */
  /* A due date that was broken and then moved: orange and red clear on a verified fact, never on a new date. Which date, when it was
     moved, and the accepted weight then: once more than that is accepted, the new date alone counts. */
  int64_t broken_due, broken_on, broken_weight;
  int64_t stage_due;             /* of a long-term problem's first stage that is neither accepted nor reported in time */
  /* Times it was to be transferred in a circle, when last, and the accepted weight then: it clears like a broken date. */
  int64_t circles, circle_on, circle_weight;
  /* A check that failed: how often in this cycle, when last, and the accepted weight then. */
  int64_t failed_checks, failed_check_on, failed_check_weight;
  int64_t suspended_until;
  /* bit i: the day i days before the due date is a working day (COLOUR_WORK_BITS of them); only where the policy counts working days */
  int64_t working_days;
  int64_t part;                  /* 1: split off from a problem that counts in its place; it has a colour of its own all the same */
  int64_t placeholder;           /* the colour entered for an off-line placeholder; NOTHING: it is none */
};
struct judgement {
  int64_t colour, rule, since /* moment it became true */, next /* moment it may change; NOTHING: only by a change */;
  int64_t numbers[4];             /* of the sentence: days over, due date, accepted and planned weight … by rule */
  int64_t planned;                /* planned weight at now */
  int64_t next_colour, next_rule; /* what it will be at `next` if nothing is done; 0 when next is NOTHING */
};
enum { COLOUR_PLAN_STEPS = 16, COLOUR_WORK_BITS = 39 /* of which more than 15 are always working days */ };
struct colour_facts colour_facts_none(void); /* NOTHING everywhere, no plan */
struct judgement colour_judge(const struct colour_facts *facts, const struct policy *policy, int64_t now);
/* Colour and rule alone, as colour_judge has them: for counting many. */
struct colour_answer { int64_t colour, rule; };
struct colour_answer colour_answer(const struct colour_facts *facts, const struct policy *policy, int64_t now);
/* Why, in one sentence with its facts; and what would change it. */
struct label colour_sentence(struct arena *arena, const struct judgement *judgement);
/* What would change it: by doing, and by the mere passing of time. */
struct label colour_change_sentence(struct arena *arena, const struct judgement *judgement);
/* The judgement as the last one left it in the problem's row (days over are counted anew at `now`); no read, so lists may use it. */
struct judgement colour_of_row(const struct row *problem, int64_t now);
/* PROBLEM_COLOUR_WHY: numbers, what comes next, and a fingerprint of the facts, as short JSON. */
char *colour_why_print(struct arena *arena, const struct judgement *judgement, const struct colour_facts *facts);
struct label colour_label(int64_t colour);
struct label colour_rule_label(int64_t rule);

/* Permanent names of rules ("overdue_long") and colours ("red"); NULL or 0 when unknown. */
const char *colour_rule_name(int64_t rule);
int64_t colour_rule_named(const char *name);
const char *colour_name(int64_t colour);
int64_t colour_named(const char *name);
bool colour_rule_usable(int64_t rule); /* may a policy name it? Not the reserved ones, nor what is decided before the rules. */
/* Does the rule look at a number (days, times, basis points), and at which values? */
bool colour_rule_counts(int64_t rule, int64_t *least, int64_t *most);
/* Facts of a problem as the reader shows it (its row, its measures). */
enum store_error colour_facts_read(struct reader *reader, const struct row *problem, struct arena *arena, struct colour_facts *facts);
/* The same for many problems, in order of their ids, with two queries; of work that is accepted, measures and stages are left out (no rule
   looks at them). */
enum store_error colour_facts_many(struct reader *reader, struct row *const *problems, size_t count, struct arena *arena, struct colour_facts *facts);
/* Fills what only a policy that counts working days looks at. */
enum store_error colour_facts_work(struct reader *reader, const struct policy *policy, struct arena *arena, struct colour_facts *facts);
/* The same with a calendar that was loaded before. */
struct calendar;
bool colour_policy_works(const struct policy *policy);
void colour_facts_days(const struct calendar *calendar, struct colour_facts *facts);
char *colour_facts_print(struct arena *arena, const struct colour_facts *facts);   /* JSON */
bool colour_facts_parse(const char *json, struct colour_facts *facts);
/* The colour at any past moment: the last facts journalled by then, through the same function. ABSENT: it had none. */
enum store_error colour_at(struct reader *reader, int64_t problem, int64_t moment, struct arena *arena, struct judgement *judgement);

/* Night and day: problems that are due (next ≤ now, or judged under an older policy) and life-cycle arrows the clock walks
   (publicity over, watch period over), by index, in sets of at most 500. Counts what was done; touches nothing else. */
struct writer;
struct clock_report {
  int64_t judged, changed, closed, settled, deadlines, reminded /* units, of a round */, lifted /* colours set by hand */,
      appeals /* judged again, or to be called back */;
};
enum store_error clock_run(struct store *store, struct writer *writer, int64_t now, struct clock_report *report);

#endif
