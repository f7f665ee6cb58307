/* Private to rules/: what guards and effects of publication share. */
#ifndef BIHUAN_RULES_PUBLICATION_H
#define BIHUAN_RULES_PUBLICATION_H

#include "rules/decide.h"

/* Releases of this problem in this state, of this result (NOTHING: of the problem itself). */
enum store_error releases_of(struct decision *decision, int64_t problem, state_code state, int64_t result, struct row ***rows, size_t *count);
/* Who votes about what: the same for the same person (by the contact, keyed) and the same matter, so that nobody votes twice. */
char *evaluation_key(struct decision *decision, const struct row *appeal);
/* A verdict that two people came to is the same thing for an objection and for a bad evaluation. */
struct judged {
  enum record_id type;
  state_code judged;
  uint16_t problem, verdict, reason, first_by, recheck_due, reply_due;
  const char *why;
};
const struct judged *judged_of(enum record_id type); /* NULL: no verdict is given on it */

#endif
