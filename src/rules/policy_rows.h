/* Private to rules/: rows of a policy that are written as a JSON list of flat objects. A form says which members a row has; reading names
   what is wrong with its row, counted from 1. A member that is left out is 0. */
#ifndef BIHUAN_RULES_POLICY_ROWS_H
#define BIHUAN_RULES_POLICY_ROWS_H

#include "base/text.h"
#include "records/record.h"

struct row_member {
  const char *name;
  const struct choice *choices;     /* NULL: a number from `least` to `most` */
  int16_t least, most;
  size_t offset;                    /* of an int16_t in the row */
  bool needed;
};
struct row_form { const struct row_member *members; size_t member_count, size; const char *example; /* a list */ };
bool policy_rows_parse(const struct row_form *form, const char *json, void *rows, size_t most, size_t *count, struct arena *arena,
                       struct label *problem);
char *policy_rows_print(const struct row_form *form, struct arena *arena, const void *rows, size_t count);
/* "row 2: …": for what the caller checks across members. Always false. */
bool policy_row_wrong(struct arena *arena, struct label *problem, size_t row, struct label said);

#endif
