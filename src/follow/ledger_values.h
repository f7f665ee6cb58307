/* Questions to the ledger: the definitions' values, and the lists behind them, now or at a past number, bounded by who asks. What the API
   and the command line share. */
#ifndef BIHUAN_FOLLOW_LEDGER_VALUES_H
#define BIHUAN_FOLLOW_LEDGER_VALUES_H

#include "follow/ledger.h"
#include "rules/definitions.h"

/* now: number 0. A past number is counted from the figures of then; who asks sees what his scope shows of today's problems. */
struct ledger_question {
  const struct scope *scope;      /* of problems, and of checks, which are seen with them */
  const struct scope *cases, *mechanisms; /* their own; NULL: none are shown, but to the system */
  int64_t campaign;               /* 0: all */
  int64_t number;                 /* of the journal; 0: as it stands */
  struct cut cut;                 /* from = FIGURE_NO_DATE: since ever */
  enum definition_by by;
};
struct ledger_truth { int64_t journal, moment; };  /* what an answer is true at */
/* For each figure that the question shows; false ends it. `past`: the figure is not today's. */
typedef bool figure_sink(void *with, const struct figure *figure);
/* The whole table. Free it with definition_table_free. By unit every unit has its line, and units above have sums of what is below them. */
enum store_error ledger_table(struct house *house, const struct ledger_question *question, struct definition_table *table, struct ledger_truth *truth);

/* Whom a list behind a value shows. */
struct ledger_selection {
  const struct definition *definition; enum definition_part part;
  bool grouped; int64_t key;      /* only this group of question.by; */
  bool below;                     /* and, by unit, those under it */
  int64_t after; size_t limit;    /* ids above `after`, at most `limit`; 0: all */
};
struct ledger_list {
  struct figure *figures;
  struct record_item *items /* of a definition over checks, cases, mechanisms: these */;
  size_t count;
  int64_t all /* without after and limit */;
};
enum store_error ledger_list(struct house *house, const struct ledger_question *question, const struct ledger_selection *selection, struct arena *arena,
                             struct ledger_list *list, struct ledger_truth *truth);
/* The last entry made by `moment`, or ABSENT when the journal began later; for `at`. */
enum store_error ledger_number_at(struct house *house, int64_t moment, int64_t *number);
/* Units as they are now with the one above each, sorted; in the arena. */
enum store_error units_above(struct house *house, struct arena *arena, struct unit_above **units, size_t *count);

#endif
