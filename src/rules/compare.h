/* Comparing two rounds, or any two moments: what was added, moved between units, closed, re-opened, withdrawn, merged, changed, and what
   was not; with the identity 期末在办 = 期初在办 + 新增 + 重开 + 移入 − 销号 − 撤销(并入) − 移出, which holds for the whole, for each unit and each category.
   Pure but for reading the two ends. */
#ifndef BIHUAN_RULES_COMPARE_H
#define BIHUAN_RULES_COMPARE_H

#include "rules/definitions.h"
#include "rules/scope.h"

enum compare_group { COMPARE_ADDED, COMPARE_MOVED, COMPARE_CLOSED, COMPARE_REOPENED, COMPARE_WITHDRAWN, COMPARE_MERGED, COMPARE_CHANGED, COMPARE_UNCHANGED, COMPARE_WORSE, COMPARE_BETTER, COMPARE_GROUPS };
const char *compare_group_name(enum compare_group group); /* "added" … */
struct label compare_group_label(enum compare_group group);
bool compare_group_named(const char *name, enum compare_group *group);

/* The identity's terms. closed, reopened: how often, not how many: what was closed, re-opened and closed again counts each. */
struct compare_flow { int64_t opening, added, reopened, moved_in, closed, withdrawn, merged, moved_out, closing; };
int64_t compare_flow_balance(const struct compare_flow *flow); /* 0: it balances */

/* One problem at both ends; NULL: not there. The groups it falls into, as bits 1 << group; 0: in neither total. A problem is `changed` when
   it counts at both ends and its record or its colour is another; so counted before = changed + unchanged + withdrawn + merged, but for
   what came into the reader's scope meanwhile. `worse`, `better`: it counts at both ends and its colour went from green over blue, yellow
   and orange to red, or back; grey is on neither side of that. */
unsigned compare_pair(const struct figure *from, const struct figure *to);

/* ---- the whole ---- */

struct compare_line { int64_t key; struct compare_flow flow; int64_t worse, better; /* of those that are here after */ };
struct compare_lines { struct compare_line *items; size_t count, room; uint32_t *slots; size_t slot_room; }; /* sorted by key at the end */
struct compare_side { int64_t problems, open, colours[8]; };
struct compared {
  int64_t groups[COMPARE_GROUPS];
  struct compare_flow all;
  struct compare_lines units, categories;
  struct compare_side from, to;
};
typedef bool compare_sink(void *with, const struct figure *from, const struct figure *to, unsigned groups); /* false stops */
/* In order of id; what the scope shows at neither end is passed by. The sink may be NULL; so may `whole`. after: ids up to it are passed
   by. */
void compare_figures(const struct figures *from, const struct figures *to, const struct scope *scope, struct reader *reader, int64_t after,
                     struct compared *whole, compare_sink *sink, void *with);
void compared_free(struct compared *comparison);

/* ---- the two ends ---- */

struct compare_end {
  const struct row *round, *table;   /* NULL: a moment */
  int64_t campaign;                  /* 0: all */
  int64_t cutoff, journal, definitions, destroyed;
  struct figures figures;
};
/* Both, of one campaign: of two rounds it must be the same, a moment takes the round's. Each is "12" (a frozen round), "journal:5321", a
   moment or a day (its end), "now". campaign: for what is no round; 0 none. source: of figures at a moment, NULL the store. refused: what
   is wrong. */
enum store_error compare_ends_read(struct reader *reader, const struct figures_source *source, const char *from, const char *to, int64_t campaign, int64_t now, struct arena *arena, struct compare_end ends[2], struct label *refused);

/* Takes out of both ends what is restricted today beyond the scope: what was open once is no longer told. */
enum store_error compare_ends_hide(struct reader *reader, const struct scope *scope, struct arena *arena, struct compare_end ends[2]);

/* One field that differs, by the journal between the two numbers: the first value before, the last after. */
struct compare_change { const struct field *field; struct value old, new; };
enum store_error compare_changes(struct reader *reader, int64_t problem, int64_t after, int64_t until, struct arena *arena, struct compare_change **changes, size_t *count);

/* Slips in force of the two tables, by number; at most `most`. */
enum store_error compare_slips(struct reader *reader, const struct row *table, struct arena *arena, struct row ***slips, size_t *count);

#endif
