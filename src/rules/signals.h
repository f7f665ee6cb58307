/* Signals of sham rectification 整而不改 (PRACTICE.md, Hand-overs): facts that a person should look at, never a penalty by themselves. One
   table of pure functions over a problem's figure and what stands beside it; office and reviewers see them. Numbers are the campaign's
   policy. */
#ifndef BIHUAN_RULES_SIGNALS_H
#define BIHUAN_RULES_SIGNALS_H

#include "rules/figures.h"
#include "rules/policy.h"

/* A picture that another problem's evidence showed before. */
struct picture_again { int64_t problem, evidence, other_problem, other_evidence; };
struct signal_facts {
  const struct figure *figure;
  const struct policy *policy;
  int32_t today;
  int64_t round; int32_t round_ends;        /* of its campaign, the round in whose last days it was closed; 0 and no date: none */
  const struct picture_again *again;        /* NULL: none */
  int64_t appeals_before, appeals_after;    /* linked ones, in as many days before closing as have gone by since, at most `days` */
  int32_t days;
};
struct signal {
  uint16_t code; const char *name; struct label label; const char *source;
  bool (*shows)(const struct signal_facts *facts);
  struct label (*tell)(struct arena *arena, const struct signal_facts *facts); /* one sentence with its facts */
};
extern const struct signal SIGNALS[];
extern const size_t SIGNAL_COUNT;
enum { SIGNALS_MOST = 32 };
const struct signal *signal_named(const char *name);
uint32_t signals_shown(const struct signal_facts *facts); /* bit i: the i-th row of the table */

/* Linked appeals by the day they were made, sorted by problem and day: counted in equal spans before and after the day of closing. */
struct appeal_made { int64_t problem; int32_t day; };
void signal_count_appeals(struct signal_facts *facts, const struct appeal_made *appeals, size_t count);

/* Rounds with the day they end on, for `round_ends`. */
struct round_end { int64_t campaign, round; int32_t day; };
enum store_error round_ends_read(struct reader *reader, struct arena *arena, struct round_end **rounds, size_t *count);
void signal_find_round(struct signal_facts *facts, const struct round_end *rounds, size_t count);

#endif
