/* Private to exchange/: a saved mapping, read: which column of somebody's file is which field, and what their words for its choices are.
   One mapping serves both ways, for the file that comes in and for the results that go back. columns: {"HEADER": "field", "HEADER":
   {"field": "outcome", "way": "both|in|out", "choices": {"THEIR WORD": "our name"}}} */
#ifndef BIHUAN_EXCHANGE_FIELD_MAPPING_H
#define BIHUAN_EXCHANGE_FIELD_MAPPING_H

#include "store/store.h"

struct mapping_word { const char *theirs, *ours; };
struct mapping_column {
  const char *header, *name /* of the field, as it stands there */;
  const struct field *field;      /* NULL: of no field: not read; a result may still know the name (returns.c) */
  bool in, out;
  const struct mapping_word *words; size_t word_count;
};
struct mapping { bool there; const char *key /* header of the numbers; NULL none */; const struct mapping_column *columns; size_t count; };

/* By its name; not there: mapping->there is false, without columns. `number`: the field that the key column gives. */
enum store_error field_mapping_read(struct reader *reader, struct arena *arena, const struct record_type *type, uint16_t number, const char *name, struct mapping *mapping);
/* Our word for theirs, theirs for one of ours; NULL: the mapping does not say. Compared folded. */
const char *mapping_ours(struct arena *arena, const struct mapping_column *column, const char *theirs);
const char *mapping_theirs(struct arena *arena, const struct mapping_column *column, const char *const ours[3]);

#endif
