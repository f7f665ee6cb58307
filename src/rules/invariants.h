/* Invariants: what must hold of every problem at any time (PRACTICE.md, Invariants). The door keeps most of them; what came in otherwise,
   or ended by time alone, is listed every day. One table of pure predicates over a figure, the unit that holds it and its parent. */
#ifndef BIHUAN_RULES_INVARIANTS_H
#define BIHUAN_RULES_INVARIANTS_H

#include "rules/definitions.h"

struct unit_facts { int64_t unit; uint8_t kind; bool may_hold; int32_t from, to; /* in force; no date: open */ };
struct invariant_facts {
  const struct figure *figure, *parent;   /* parent NULL: none, or not to be found */
  const struct unit_facts *unit;          /* of the lead unit; NULL: not to be found */
  int32_t today;
};
struct invariant {
  uint16_t code;
  const char *name;
  struct label label, sentence /* what is wrong and what would be right */;
  const char *source;
  bool (*broken)(const struct invariant_facts *facts);
};
extern const struct invariant INVARIANTS[];
extern const size_t INVARIANT_COUNT;
enum { INVARIANTS_MOST = 32 };
const struct invariant *invariant_named(const char *name); /* NULL: none */

/* Bit i: the i-th row of the table is broken. */
uint32_t invariants_broken(const struct invariant_facts *facts);
/* The units of the store, by id. In the arena. */
enum store_error unit_facts_read(struct reader *reader, struct arena *arena, struct unit_facts **units, size_t *count);
const struct unit_facts *unit_facts_find(const struct unit_facts *units, size_t count, int64_t unit);

#endif
