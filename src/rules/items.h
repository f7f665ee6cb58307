/* Items: the compact facts of checks, cases and mechanisms that definitions over them are made from (definitions.h), of one fixed size for
   all three. An item is a pure function of its record's row, so it can be read from the tables as they stand, kept up entry by entry, or
   made from the journal for any past number, and is the same. Counts nothing. */
#ifndef BIHUAN_RULES_ITEMS_H
#define BIHUAN_RULES_ITEMS_H

#include "rules/figures.h"

enum item_flag { ITEM_VOIDED = 1 };
struct record_item {
  int64_t id, campaign, unit;
  int64_t problem;                /* of a check: by whose scope it is seen; 0 none */
  int32_t on;                     /* check: checked on; case: confirmed on; mechanism: in force since; FIGURE_NO_DATE */
  uint16_t type, state;           /* RECORD_CHECK, RECORD_CASE, RECORD_MECHANISM */
  uint8_t what;                   /* check: CHECK_DRAWN or CHECK_LOOK_BACK; case: CASE_GROWING or CASE_MADE; mechanism: WORKS_* */
  uint8_t category, source, kind, level, secrecy;
  uint8_t flags, spare[9];        /* enum item_flag; 0 */
};
_Static_assert(sizeof(struct record_item) == 56 && offsetof(struct record_item, spare) + 9 == 56, "a hundred thousand of them stay small");

struct items { struct record_item *items; size_t count, room; int64_t journal, moment; }; /* in order of id; free them with items_free */
bool item_type(enum record_id type);
struct record_item item_of_row(const struct row *row);
/* what an item knows, over an empty row: for the body of the next entry */
void item_to_row(const struct record_item *item, struct row *row);
struct record_item *items_add(struct items *items, const struct record_item *item); /* behind the last */
struct record_item *items_find(const struct items *items, int64_t id);       /* NULL: none */
void items_free(struct items *items);
/* All of them as the tables stand (number 0) or as the journal adds up to a past number; voided ones left out. ABSENT: no such entry
   yet. */
enum store_error items_read(struct reader *reader, int64_t number, struct items *items);
/* Whether that scope of cases, or of mechanisms, shows it. A check is seen by who sees its problem. */
bool item_in_scope(const struct record_item *item, const struct scope *scope);

#endif
