/* What is watched and shown problem by problem: broken invariants, signals. One envelope: on, problems, the table of rules with their
   counts, items, next, labels. */
#ifndef BIHUAN_WEB_WATCHED_H
#define BIHUAN_WEB_WATCHED_H

#include "web/json_out.h"

struct watched_rule {
  uint16_t code;
  const char *name;
  struct label label, sentence /* zh NULL: none */;
  const char *source;
  int64_t count;
};
/* limit=, after=: how many, behind which problem. */
size_t watched_limit(struct request *request);
int64_t watched_after(struct request *request);
/* A page of problems. rule_of: the i-th row of the table. item_of: the i-th problem and, written into the open object, what is watched in
   it. */
struct watched {
  const char *table; const void *with;
  int64_t on /* date */, problems;
  size_t rule_count, count;
  bool more;
  struct watched_rule (*rule_of)(const void *with, size_t i);
  int64_t (*problem_of)(const void *with, size_t i);
  void (*item_write)(struct request *request, struct json *json, const void *with, size_t i);
};
void watched_show(struct request *request, const struct watched *watched, const struct scope *scope);

#endif
