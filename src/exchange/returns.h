/* Results on their way back to where the appeals came from, under its own numbers, field names and words: what a saved mapping says, from a
   number of the journal on. Nothing goes back that came as contact data, nor the person's name: the source has them. */
#ifndef BIHUAN_EXCHANGE_RETURNS_H
#define BIHUAN_EXCHANGE_RETURNS_H

#include "rules/scope.h"

#define RETURNS_MOST 500            /* appeals of one page */
#define RETURNS_ENTRIES_MOST 50000  /* entries of the journal that one page looks at */

struct returns_options {
  const char *mapping;              /* its name: the source of the appeals; NULL: the built-in one */
  int64_t since; size_t limit;      /* behind that number of the journal; at most so many appeals, 0: RETURNS_MOST */
  const struct scope *scope;        /* of MAY_EXPORT, over appeals */
  const struct authority *authority; enum language language;
};
struct returned { int64_t journal /* the entry that it is told for */; const char *const *cells; /* as many as headers; NULL: nothing */ };
struct returns {
  bool there;                       /* the mapping is */
  const char *mapping, *const *headers; size_t header_count;
  struct returned *items; size_t count; /* in the order of the journal, each appeal once */
  int64_t next; bool more;          /* ask again behind `next`; more: at once, there was no room or time for all */
};
enum store_error returns_read(struct reader *reader, const struct returns_options *options, struct arena *arena, struct returns *returns);

#endif
