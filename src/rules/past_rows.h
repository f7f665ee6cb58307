/* Rows of one type as they stood: the tables' own where nothing changed since, else folded from the record's entries, one at a time in
   constant memory. What is made of rows (figures, items) is so the same for now and for any past number. Reads only; not bounded by the
   scope that held then. */
#ifndef BIHUAN_RULES_PAST_ROWS_H
#define BIHUAN_RULES_PAST_ROWS_H

#include "store/store.h"

/* Ids of records that changed after the number. Begin with {0}; free them with changed_free. */
struct changed { int64_t *ids; size_t count, room; };
void changed_free(struct changed *changed);

/* `number`: a journal number, or 0 for the tables as they stand. The rows of the query that are as they were then, voided ones too where it
   asks for them; those that changed since are named. Then these, each folded up to that number from nothing: what has no entry by then is
   left out. */
enum store_error past_rows_standing(struct reader *reader, const struct query *query, const struct scope *scope, int64_t number, row_sink *sink, void *with, struct changed *changed);
enum store_error past_rows_changed(struct reader *reader, const struct record_type *type, int64_t number, struct changed *changed, row_sink *sink, void *with);
/* Both, for everybody's records of a type, voided ones too, in no order; of the fields that a query would name. */
enum store_error past_rows_read(struct reader *reader, const struct record_type *type, const uint16_t *fields, int64_t number, row_sink *sink, void *with);

/* The moment of one entry; 0 when there is none. */
enum store_error entry_moment(struct reader *reader, int64_t number, int64_t *moment);

#endif
