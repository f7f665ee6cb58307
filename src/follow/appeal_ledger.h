/* The appeals' ledger: a view in memory that keeps the figures of all appeals (rules/appeal_figures.h), at most 48 bytes each, so that a
   table of the three rates over a million appeals is one walk over an array. Built when first asked for, followed entry by entry from then
   on, brought up to the very head of the journal before it answers, given back when nobody has asked for an hour. Here the questions stand
   too: tables and the lists behind a count, now or at a past number, bounded by scope. */
#ifndef BIHUAN_FOLLOW_APPEAL_LEDGER_H
#define BIHUAN_FOLLOW_APPEAL_LEDGER_H

#include "follow/follower.h"
#include "follow/ledger_values.h"
#include "rules/appeal_rates.h"

struct appeal_ledger;
struct rate_question { const struct scope *scope; int64_t number /* of the journal; 0: as it stands */; struct cut cut; enum rate_by by; };
/* Free the table by rate_table_free. words: of the groups, by category, in the arena, in the table's order; else NULL. */
enum store_error rate_table_ask(struct house *house, const struct rate_question *question, struct arena *arena, struct rate_table *table, const char ***words, struct ledger_truth *truth);
struct rate_selection {
  enum appeal_count count;
  bool grouped, below;
  int64_t key;
  const char *words /* by category */;
  int64_t after;
  size_t limit;
};
struct rate_list { int64_t *ids; size_t count; int64_t all /* without after and limit */; };
enum store_error rate_list_ask(struct house *house, const struct rate_question *question, const struct rate_selection *selection, struct arena *arena, struct rate_list *list, struct ledger_truth *truth);

#endif
