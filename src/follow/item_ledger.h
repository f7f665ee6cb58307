/* The ledger of checks, cases and mechanisms: a view in memory of their items (rules/items.h), on the mechanism of asked_view.h: built when
   first asked for, followed from then on, given back when nobody asks. So a rate over a hundred thousand checks is one walk over an
   array. */
#ifndef BIHUAN_FOLLOW_ITEM_LEDGER_H
#define BIHUAN_FOLLOW_ITEM_LEDGER_H

#include "follow/ledger_values.h"
#include "rules/items.h"

struct item_ledger;
/* For each item that the question shows (its campaign, its scopes), in order of id; false ends it. */
typedef bool item_sink(void *with, const struct record_item *item);
enum store_error ledger_items(struct house *house, const struct ledger_question *question, item_sink *sink, void *with);

#endif
