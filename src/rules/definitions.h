/* The definitions 口径: every figure that is ever reported, as two predicates over the facts of a problem, or of a check, a case, a
   mechanism. One table (definitions.c); its codes are permanent, and a definition that changes gets a new version, so that an old table
   says by which words it was counted. Pure: what is counted are the figures (figures.h) and items (items.h) of one journal number under one
   cut: the cut-off day T and the period P. Knows no scope and no HTTP. */
#ifndef BIHUAN_RULES_DEFINITIONS_H
#define BIHUAN_RULES_DEFINITIONS_H

#include "rules/items.h"

/* T and P. A definition that needs no period looks at `on` only. */
struct cut { int32_t on; int32_t from, to; /* both days belong to it; no period: from = to = on */ };

enum definition_code {
  DEFINITION_TOTAL = 1, DEFINITION_ADDED = 2, DEFINITION_ADDED_NET = 3, DEFINITION_BACK_ENTERED = 4, DEFINITION_OLD_STOCK = 5, DEFINITION_INCREMENT = 6,
  DEFINITION_SELF_REPORTED = 7, DEFINITION_ACCEPTED = 8, DEFINITION_CLOSED = 9, DEFINITION_OPEN = 10, DEFINITION_REOPENED = 11, DEFINITION_WITHDRAWN = 12,
  DEFINITION_MERGED = 13, DEFINITION_PARTS = 14, DEFINITION_PLACEHOLDERS = 15, DEFINITION_HISTORIC = 16, DEFINITION_JOINT = 17, DEFINITION_SECRETARY = 18,
  DEFINITION_FOUR_TEAMS = 19, DEFINITION_HARD = 20, DEFINITION_SUSPENDED = 21, DEFINITION_HAND_SET = 22,
  DEFINITION_GREEN = 30, DEFINITION_BLUE = 31, DEFINITION_YELLOW = 32, DEFINITION_ORANGE = 33, DEFINITION_RED = 34, DEFINITION_GREY = 35,
  DEFINITION_RECTIFICATION_RATE = 50, DEFINITION_CLOSING_RATE = 51, DEFINITION_DUE_CLOSING_RATE = 52, DEFINITION_ON_TIME_ORIGINAL = 53, DEFINITION_ON_TIME_APPROVED = 54,
  DEFINITION_OVERDUE_RATE = 55, DEFINITION_EXTENSION_RATE = 56, DEFINITION_FIRST_PASS_RATE = 57, DEFINITION_REALLY_SOLVED = 58, DEFINITION_TRANSFER_RATE = 59,
  DEFINITION_REBOUND_RATE = 60, DEFINITION_LONG_TERM_SHARE = 61,
  /* over checks, cases, mechanisms; what is drawn from is of problems */
  DEFINITION_SPOT_POPULATION = 69, DEFINITION_SPOT_CHECK = 70, DEFINITION_CHECKS_WAITING = 71, DEFINITION_LOOK_BACK = 72, DEFINITION_SHAM = 73, DEFINITION_CASES = 74, DEFINITION_CASES_MADE = 75,
  DEFINITION_MECHANISMS = 76, DEFINITION_MECHANISMS_WORK = 77
};
enum definition_part { PART_NUMERATOR, PART_DENOMINATOR };
enum definition_flag {
  DEFINITION_OUTWARDS = 1,  /* reported outwards: 整改率 and 销号率 only */
  DEFINITION_OF_PERIOD = 2, /* looks at P */
  DEFINITION_BY_JOINT = 4   /* grouped by joint units, where it is grouped by unit: a problem is counted once in each */
};
typedef bool definition_predicate(const struct figure *figure, const struct cut *cut);
typedef bool item_predicate(const struct record_item *item, const struct cut *cut);
struct definition {
  uint16_t code, version; const char *name; struct label label, text /* the definition in words */; const char *source;
  definition_predicate *numerator, *denominator; /* denominator NULL: a count. What is in the numerator of a rate is in its denominator. */
  unsigned flags;
  enum record_id of; /* RECORD_NONE: problems; else the items of that type, counted by the next two in the same way */
  item_predicate *item_numerator, *item_denominator;
};
extern const struct definition DEFINITIONS[];
extern const size_t DEFINITION_COUNT;
enum { DEFINITIONS_VERSION = 1, /* of the table as a whole: printed under every table */ DEFINITIONS_MOST = 64 };
const struct definition *definition_of(enum definition_code code); /* NULL: no such */
const struct definition *definition_named(const char *name);
size_t definition_place(const struct definition *definition);      /* in the table */
bool definition_is_rate(const struct definition *definition);
/* false: not of that type */
bool definition_holds_item(const struct definition *definition, enum definition_part part, const struct record_item *item,
                           const struct cut *cut);
bool definition_holds(const struct definition *definition, enum definition_part part, const struct figure *figure, const struct cut *cut);

/* What the other rules and the identities look at too. */
bool figure_in_total(const struct figure *figure);   /* counted, and neither part, merged, withdrawn nor voided */
bool figure_is_accepted(const struct figure *figure); /* 验收通过, closed included */
bool figure_is_closed(const struct figure *figure);
bool figure_is_open(const struct figure *figure);     /* 在办: in the total and not closed */
/* open, past its approved date; the clock stands still from the application on */
bool figure_is_overdue(const struct figure *figure, int32_t on);

/* ---- values ---- */

struct ratio { int64_t numerator, denominator; }; /* of a count: denominator 0 */
void definitions_add(struct ratio *sums, const struct figure *figure, const struct cut *cut); /* sums: one for each row of the table */
void definitions_add_item(struct ratio *sums, const struct record_item *item, const struct cut *cut);
/* Basis points, rounded down, so that 10,000 says that all are done; NOTHING: no data (denominator 0). */
int64_t ratio_rate(struct ratio ratio);
/* "52.0%", rounded down to a tenth; "no data" in the language when there is none. */
const char *ratio_print(struct arena *arena, struct ratio ratio, enum language language);
/* May it be ranked? Not below `least` (30 by default). Comparing kinds of unit is the caller's to leave out. */
enum { RANKED_LEAST = 30 };
bool ratio_ranked(struct ratio ratio, int64_t least);

/* ---- grouped ---- */

enum definition_by { BY_NONE, BY_UNIT, BY_CATEGORY, BY_SOURCE, BY_KIND, BY_LEVEL, BY_CAMPAIGN_CATEGORY /* of problems alone */, BY_COUNT };
const char *definition_by_name(enum definition_by by); /* "unit" … ; NULL for none */
bool definition_by_named(const char *name, enum definition_by *by);
int64_t figure_group(const struct figure *figure, enum definition_by by); /* 0: none */
int64_t item_group(const struct record_item *item, enum definition_by by);

/* One line of a table. of: sums of what falls into the group itself; below: for units, with all units under it in the tree. */
struct definition_group {
  int64_t key, parent /* unit above; 0 none */;
  struct ratio own[DEFINITIONS_MOST], below[DEFINITIONS_MOST];
  int64_t problems;
};
struct definition_table {
  struct definition_group all;
  struct definition_group *groups;
  size_t count, room;
  enum definition_by by;
  struct cut cut;
};
struct unit_above { int64_t unit, parent; }; /* sorted by unit */
/* A table with a line for each unit of the tree (BY_UNIT; units may be NULL), or lines as they turn up. Freed by definition_table_free. */
void definition_table_begin(struct definition_table *table, enum definition_by by, const struct cut *cut, const struct unit_above *units,
                            size_t unit_count);
void definition_table_add(struct definition_table *table, const struct figure *figure);
void definition_table_add_item(struct definition_table *table, const struct record_item *item);
void definition_table_end(struct definition_table *table); /* rolls units up into those above them, and sorts by key */
const struct definition_group *definition_table_group(const struct definition_table *table, int64_t key); /* after the end; NULL: none */
void definition_table_free(struct definition_table *table);

#endif
