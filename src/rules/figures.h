/* Figures: the compact facts of problems, of one fixed size, that every count of the ledger is made from: definitions, identities,
   rounds, frozen tables. A figure is a pure function of the problem's row (figure_of_row), so it can be read from the tables as they
   stand, kept up entry by entry, or made from the journal for any past number, and is the same. Counts nothing: definitions.h does.

   Nothing values: FIGURE_NO_DATE for dates, 0 for references, codes and counts. Dates are days since 1970 in the store's zone. */
#ifndef BIHUAN_RULES_FIGURES_H
#define BIHUAN_RULES_FIGURES_H

#include "store/store.h"

#define FIGURE_NO_DATE INT32_MIN
enum { FIGURE_JOINT_MOST = 8 };
enum figure_flag {
  FIGURE_COUNTED = 1,        /* PROBLEM_COUNTED: admitted and neither withdrawn nor merged */
  FIGURE_HISTORIC = 2,       /* brought in from before the base-line day */
  FIGURE_WITHDRAWN = 4, FIGURE_MERGED = 8,
  FIGURE_PLACEHOLDER = 16,   /* 离线涉密占位: number and code name only; counted */
  FIGURE_PART = 32,          /* split off a parent: rolls up into it, not in the total */
  FIGURE_SPLIT = 64,         /* stands in the state of a parent that was split */
  FIGURE_HARD = 128,         /* 硬骨头 */
  FIGURE_EVER_RED = 256,
  FIGURE_OLD_STOCK = 512,    /* 存量 by its source */
  FIGURE_SUSPENDED = 1024, FIGURE_DISPUTED = 2048,
  FIGURE_VOIDED = 4096,      /* taken back: in no count at all */
  FIGURE_JOINT_MORE = 8192,  /* more joint units than fit: ask the store */
  FIGURE_OWNED = 16384,      /* somebody is owner: named, or a user */
  /* what the row itself says, where the flags above are made of more than one thing */
  FIGURE_OWNER_NAMED = 1 << 16, FIGURE_OWNER_USER = 1 << 17, /* 1 << 18 is taken: nothing sets it */
  FIGURE_HIDDEN_ABOVE = 1 << 20, /* a district's part that the city does not see */
};

struct figure {
  int64_t id, entry;         /* the problem; the last journal entry that touched it */
  int64_t campaign, lead_unit;
  int64_t parent;            /* the problem it was split off; 0 none */
  int64_t category_record;   /* the campaign's own category; 0: only the five of `category` */
  int64_t official;          /* 责任领导 as a user; 0 none */
  int32_t joint[FIGURE_JOINT_MOST]; /* joint units, ascending, 0 after the last; see FIGURE_JOINT_MORE */
  int32_t registered;        /* the day the record was made */
  int32_t admitted;          /* 入库: the day it happened */
  int32_t admitted_entered;  /* the day its admission was entered; later than `admitted`: back-entered 补录. No date: as admitted */
  int32_t assigned, taken;
  int32_t due, due_original; /* 批准期限 and 首次期限 of the running cycle */
  int32_t applied, endorsed, accepted, publicised, closed, settled; /* of the running cycle; emptied by sending back and re-opening */
  int32_t reopened;          /* the day this cycle began by re-opening */
  int32_t watch_until;       /* 巩固期 of this closing */
  int32_t closed_before, watch_before; /* the closing that was re-opened last, and the end of its watch period */
  int32_t withdrawn;         /* the day of withdrawal */
  int32_t hand_until, suspended_until; /* ends of a hand-set colour, of a suspension */
  uint32_t flags;            /* enum figure_flag */
  uint16_t state, cycle, sent_back /* at acceptance, in this cycle */, extensions, transfers, rebounds, appeals;
  uint16_t progress;         /* accepted weight, basis points */
  uint8_t category, source, kind, level, priority, route, secrecy, led_by;
  uint8_t colour, hand_colour, colour_at_application;
  uint8_t outcome;           /* OUTCOME_*: really solved, explained …; 0 not said */
  uint8_t note_repeats;      /* updates in a row, the last included, that say the very same; 0: none yet */
  uint8_t spare[7];          /* 0 */
};
_Static_assert(sizeof(struct figure) <= 208, "a hundred thousand of them stay small");

/* From a row as reader_get gives it or as folded from the journal. Nothing but the row is looked at. */
struct figure figure_of_row(const struct row *problem);
/* The same but for its joint units, which figure_join adds: of a list's row, that reads these fields. */
struct figure figure_of_listed(const struct row *problem);
#define FIGURE_FIELDS_MOST 64
void figure_fields(uint16_t fields[FIGURE_FIELDS_MOST]); /* ended by 0 */
/* Stands for a text that a figure only knows to be there. */
#define FIGURE_TEXT "·"
/* The figure after an entry of its problem, from the figure before (NULL: the entry founds it): what figure_of_row gives for the row after
   it. False: the entry has no body (destroyed since) or it cannot be read. */
bool figure_follow(struct figure *figure, const struct figure *before, const struct entry *entry, struct arena *arena);
void figure_join(struct figure *figure, int64_t unit);

/* ---- many ---- */

/* In order of id. Taken by malloc, as they are many: free them with figures_free. */
struct figures {
  struct figure *items; size_t count, room;
  int64_t journal;           /* the number they are true at */
  int64_t moment;            /* of that entry; 0 when the journal is empty */
};
struct figure *figures_add(struct figures *figures, const struct figure *figure); /* behind the last */
struct figure *figures_find(const struct figures *figures, int64_t id);           /* NULL: none */
void figures_fit(struct figures *figures); /* gives back the room that is not used */
void figures_free(struct figures *figures);
/* Every problem of the store (campaign 0) or of one campaign that the scope shows, voided ones left out, in one pass. */
enum store_error figures_read(struct reader *reader, const struct scope *scope, int64_t campaign, struct figures *figures);
/* All problems as the journal adds up to entry `number`: rows untouched since are read, the others folded from their own entries. Exact;
   what was destroyed since is in no figure. ABSENT: the journal has no such entry yet. Not bounded by scope: whoever shows them bounds
   them. */
enum store_error figures_at(struct reader *reader, int64_t number, int64_t campaign, struct figures *figures);
/* Figures of the whole store true at a later number are taken back to `number` by the entries between, exactly as figures_at gives them:
   quick where these are few. The reader has come as far as the figures. */
enum store_error figures_back(struct reader *reader, int64_t number, struct figures *figures);
/* Where rules that ask for figures_at have them from: who keeps them in memory gives copies. NULL: from the store. */
struct figures_source {
  enum store_error (*at)(void *with, struct reader *reader, int64_t number, int64_t campaign, struct figures *figures);
  void *with;
};
enum store_error figures_from(const struct figures_source *source, struct reader *reader, int64_t number, int64_t campaign, struct figures *figures);
/* The last entry made at or before a moment; 0: the journal began later. */
enum store_error figures_number_at(struct reader *reader, int64_t moment, int64_t *number);
/* When entry `number` was made. ABSENT: there is none. */
enum store_error figures_moment(struct reader *reader, int64_t number, int64_t *moment);
/* May this scope of problems see it? (Where FIGURE_JOINT_MORE is set, a joint unit that did not fit is asked of the reader; NULL: not.) */
bool figure_in_scope(const struct figure *figure, const struct scope *scope, struct reader *reader);

/* ---- bytes, for ever ---- */

/* One member as programs name it. `since`: the version of the serialisation that it joined; a member never moves, changes its meaning or
   goes. */
struct figure_member {
  const char *name;
  uint16_t offset;
  uint8_t size /* bytes of one */, count /* 1, or of an array */;
  bool date;
  uint16_t since;
};
extern const struct figure_member FIGURE_MEMBERS[];
extern const size_t FIGURE_MEMBER_COUNT;
enum { FIGURE_VERSION = 1 };   /* of the serialisation that is written now */
int64_t figure_member_get(const struct figure *figure, const struct figure_member *member, size_t which); /* NOTHING for no date */

/* Canonical bytes of one figure: the members that version has, in the table's order, each big-endian two's complement in its own size.
   So figures are the same if and only if their bytes are, on every machine. */
void figure_write(struct buffer *out, const struct figure *figure, unsigned version);
size_t figure_size(unsigned version); /* bytes; 0: no such version */
/* members of later versions get their nothing value */
bool figure_parse(const uint8_t *bytes, size_t size, unsigned version, struct figure *figure);
/* SHA-256 over "bihuan-figures" 0x00, version (2 bytes), journal number (8), count (8), then the figures in order of id. */
void figures_hash(const struct figures *figures, unsigned version, uint8_t hash[HASH_SIZE]);

#endif
