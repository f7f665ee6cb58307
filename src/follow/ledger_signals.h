/* Which problems show signals of sham rectification: the table of rules/signals.h over the ledger. */
#ifndef BIHUAN_FOLLOW_LEDGER_SIGNALS_H
#define BIHUAN_FOLLOW_LEDGER_SIGNALS_H

#include "follow/ledger.h"
#include "rules/signals.h"

struct signal_item { int64_t problem; uint32_t signals; struct label sentences[SIGNALS_MOST]; /* of those shown, by place in the table */ };
struct signal_list { int64_t counts[SIGNALS_MOST], problems, journal; struct signal_item *items; size_t count; bool more; };
struct signal_question {
  const struct scope *scope;
  int64_t campaign /* 0: all */, now;
  uint32_t signals /* bits: list who shows one of them */;
  int64_t after;
  size_t limit;
};
enum store_error signals_find(struct house *house, const struct signal_question *question, struct arena *arena, struct signal_list *list);

#endif
