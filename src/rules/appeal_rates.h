/* The three rates 三率 and what stands beside them, as counts over the figures of appeals: PRACTICE.md, Definitions. Every count is a
   predicate, so that the list behind it is the same walk. The day of an appeal is the day of its answer: R, V, n and all shares are of the
   appeals answered within the period. */
#ifndef BIHUAN_RULES_APPEAL_RATES_H
#define BIHUAN_RULES_APPEAL_RATES_H

#include "rules/appeal_figures.h"
#include "rules/definitions_rates.h"

enum appeal_count {
  COUNT_TO_CALL /* R */, COUNT_REACHED /* V */, COUNT_EXCLUDED /* X */, COUNT_VALID /* n */, COUNT_CONTACTED, COUNT_SOLVED, COUNT_SATISFIED, COUNT_FAIRLY, COUNT_DISSATISFIED,
  COUNT_EXPLAINED, COUNT_CONTACT_DUE, COUNT_CONTACT_IN_TIME, COUNT_ANSWERED, COUNT_ANSWERED_IN_TIME, APPEAL_COUNTS
};
struct appeal_count_definition {
  const char *name;
  struct label label, text;
  bool (*holds)(const struct appeal_figure *figure, const struct cut *cut);
};
extern const struct appeal_count_definition APPEAL_COUNT_DEFINITIONS[APPEAL_COUNTS];
bool appeal_count_named(const char *name, enum appeal_count *count);

/* A rate as it is shown: which count over which. combined: of the three others, by their weights. */
struct appeal_rate { const char *name; struct label label, text; enum appeal_count numerator, denominator; bool combined; };
enum { APPEAL_RATES = 6 };
extern const struct appeal_rate APPEAL_RATE_DEFINITIONS[APPEAL_RATES];
enum { APPEAL_RATES_VERSION = 1 }; /* raised when a definition changes */

struct call_backs appeal_call_backs(const int64_t counts[APPEAL_COUNTS]);

/* ---- grouped ---- */

enum rate_by { RATE_BY_NONE, RATE_BY_UNIT, RATE_BY_CATEGORY, RATE_BY_KIND, RATE_BY_ORIGIN };
bool rate_by_named(const char *name, enum rate_by *by);
int64_t appeal_figure_group(const struct appeal_figure *figure, enum rate_by by); /* 0: none */
struct rate_group { int64_t key, parent; int64_t own[APPEAL_COUNTS], below[APPEAL_COUNTS]; };
struct rate_table { struct rate_group all; struct rate_group *groups; size_t count, room; enum rate_by by; struct cut cut; };
/* By unit: a line for each unit of the tree, and `below` with all under it. Freed by rate_table_free. */
void rate_table_begin(struct rate_table *table, enum rate_by by, const struct cut *cut, const struct unit_above *units, size_t unit_count);
void rate_table_add(struct rate_table *table, const struct appeal_figure *figure);
void rate_table_remove(struct rate_table *table, const struct appeal_figure *figure); /* one that was added; before the end */
void rate_table_merge(struct rate_table *table,
                      const struct rate_table *other); /* the own counts of another of the same question; before the end of either */
void rate_table_end(struct rate_table *table);
void rate_table_free(struct rate_table *table);

#endif
