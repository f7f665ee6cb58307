/* Private to the names of units: the inside of a book, shared by ledger_units.c (who is called so) and ledger_near.c (who is called nearly
   so). */
#ifndef BIHUAN_EXCHANGE_LEDGER_BOOK_H
#define BIHUAN_EXCHANGE_LEDGER_BOOK_H

#include "exchange/ledger.h"

struct called { const char *folded; size_t unit; bool past; size_t next /* further bearer of the same name, 0 none (index + 1) */; };
struct unit_book {
  struct arena *arena; struct ledger_unit *units; size_t unit_count, unit_room; struct called *names; size_t name_count, name_room;
  struct map by_name, by_unit, told /* plain word → unit */, signs /* sign → how many names hold it */;
  size_t longest; /* bytes of the longest name */
};

#endif
