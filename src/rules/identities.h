/* The identities 勾稽: what every table of the ledger must fulfil before it may be issued (PRACTICE.md, Invariants).
     期末在办 = 期初在办 + 新增 + 重开 + 移入 − 销号 − 撤销 − 并入 − 移出   (a unit's own; 移入 and 移出 are 0 for the whole)
     绿 + 蓝 + 黄 + 橙 + 红 + 灰 = 总数;  自报 ≥ 验收 ≥ 已销号;  parts hang on a parent that stands, and are closed before it.
   Movements are taken from the states that the journal says were passed; the figures at both ends from the marks on the records. So a
   record whose mark and way disagree is found, and named. A report or a frozen table that does not balance is refused by
   identities_check. */
#ifndef BIHUAN_RULES_IDENTITIES_H
#define BIHUAN_RULES_IDENTITIES_H

#include "rules/definitions.h"

enum movement_kind { MOVEMENT_ADDED = 1, MOVEMENT_REOPENED, MOVEMENT_CLOSED, MOVEMENT_WITHDRAWN, MOVEMENT_MERGED, MOVEMENT_VOIDED, MOVEMENT_MOVED /* from one lead unit to another */ };
struct movement { int64_t problem, entry; enum movement_kind kind; int64_t unit /* who held it */, to /* MOVED: who holds it now */; };
struct movements { struct movement *items; size_t count, room; };
void movements_free(struct movements *movements);
/* What moved between two numbers, in order of the journal: of one campaign, or (0) of all. `before`: the figures at `from`. */
enum store_error movements_read(struct reader *reader, int64_t from, int64_t to, int64_t campaign, const struct figures *before, struct movements *movements);

/* One line: how many were open at the start, what moved, how many are open at the end. */
struct balance { int64_t unit /* 0: the whole */, begin, added, reopened, moved_in, closed, withdrawn, merged, voided, moved_out, end; };
bool balance_holds(const struct balance *balance);

enum identity_rule { IDENTITY_OPEN = 1, IDENTITY_COLOUR = 2, IDENTITY_STEPS = 3, IDENTITY_PARTS = 4, IDENTITY_COUNT };
const char *identity_name(enum identity_rule rule); /* "open", "colour", "steps", "parts" */
struct identity_break { enum identity_rule rule; int64_t problem; struct label sentence; };
struct identities {
  struct balance whole, *units; size_t unit_count;         /* units by id: those that hold or held something */
  struct identity_break *breaks; size_t break_count;       /* every record that breaks one, by rule and id */
  bool hold;                                               /* no break, and every balance holds */
};
/* Pure. All lives in the arena. */
void identities_check(const struct figures *before, const struct figures *after, const struct movements *movements, struct arena *arena,
                      struct identities *identities);
/* The same from the journal, between two of its numbers (`from` 0: from its beginning). source: of the figures, NULL the store. ABSENT: it
   has not come so far. */
enum store_error identities_read(struct reader *reader, const struct figures_source *source, int64_t from, int64_t to, int64_t campaign, struct arena *arena, struct identities *identities);

#endif
