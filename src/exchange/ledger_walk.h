/* Private to the reading of ledgers: a sheet while its rows are walked, shared by ledger_rows.c (which rows are records) and
   ledger_record.c (what a record's cells say). */
#ifndef BIHUAN_EXCHANGE_LEDGER_WALK_H
#define BIHUAN_EXCHANGE_LEDGER_WALK_H

#include "exchange/ledger.h"

struct walk {
  struct ledger_reading *reading; const struct sheet *sheet;
  const struct sheet_cell **above;       /* by place of the column: the cell of the record before, for 同上 */
  struct map numbers;                    /* plain number → row */
  const char *section; struct ledger_record *record; double amount_unit;
  struct map units; struct units_read *units_kept; const char **units_text; size_t units_count, units_room; /* lists read before */
  bool sequence;
  /* numbers that stood already */
  struct repeat { uint32_t row, before; size_t record; const char *no; } *repeats; size_t repeat_count, repeat_room;
};

/* NULL: the sheet has no such column. */
const struct ledger_column *ledger_column_of(const struct walk *walk, enum ledger_key key);
bool ledger_filled(const struct sheet_cell *cell);
/* A record begins with this row; a further row of it tells of another measure; it ends. */
void ledger_record_read(struct walk *walk, const struct sheet_row *row);
void ledger_record_goes_on(struct walk *walk, const struct sheet_row *row);
void ledger_record_finish(struct walk *walk);
/* Numbers that stood twice, when the whole sheet is known. */
void ledger_repeats_tell(struct walk *walk);

#endif
