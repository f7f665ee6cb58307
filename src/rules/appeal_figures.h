/* Figures of appeals: the compact facts that the three rates 三率 are made from, of one fixed size. A figure is a pure function of the
   appeal's row, so it can be read from the tables as they stand, kept up entry by entry, or made from the journal for any past number, and
   is the same. Counts nothing: appeal_rates.h does. */
#ifndef BIHUAN_RULES_APPEAL_FIGURES_H
#define BIHUAN_RULES_APPEAL_FIGURES_H

#include "store/store.h"

enum appeal_flag { APPEAL_FLAG_VOIDED = 1, APPEAL_FLAG_HISTORIC = 2, APPEAL_FLAG_EXCLUDED = 4, APPEAL_FLAG_WHISTLE = 8 };
struct appeal_figure {
  int64_t id;
  int64_t contact_due, contacted; /* moments; NOTHING */
  int32_t unit;                   /* that handles it; 0 none */
  int32_t answered;               /* the day of the last answer: from then on its person is to be called; APPEAL_NO_DATE */
  int32_t category;               /* place of its words in the dictionary; 0 none */
  uint8_t flags, called /* CALLED_* */, outcome, satisfaction /* as the person said */, kind, origin, secrecy, lateness;
};
#define APPEAL_NO_DATE INT32_MIN
_Static_assert(sizeof(struct appeal_figure) <= 48, "a million of them stay small");

/* The categories' words: free text at the hotline, so counted by their fingerprint. Place 0 is nothing. */
struct category_words { char **words; size_t count, room; uint32_t *slots; size_t slot_room; };
struct appeal_figures { struct appeal_figure *items; size_t count, room; struct category_words categories; int64_t journal, moment; };

struct appeal_figure appeal_figure_of_row(struct category_words *categories, const struct row *appeal);
/* The way back: lays what a figure knows over an empty row, so that the body of the next entry can be applied to it. */
void appeal_figure_to_row(const struct category_words *categories, const struct appeal_figure *figure, struct row *appeal);
struct appeal_figure *appeal_figures_add(struct appeal_figures *figures, const struct appeal_figure *figure); /* behind the last */
struct appeal_figure *appeal_figures_find(const struct appeal_figures *figures, int64_t id);                   /* NULL: none */
void appeal_figures_free(struct appeal_figures *figures);
int32_t category_place(struct category_words *categories, const char *words); /* made when it is new */
const char *category_at(const struct category_words *categories, int64_t place); /* NULL: none */

/* All appeals in order of id, as the tables stand (number 0) or as the journal adds up to a past number; voided ones left out. ABSENT: no
   such entry yet. Not bounded by scope: whoever shows them bounds them. */
enum store_error appeal_figures_read(struct reader *reader, int64_t number, struct appeal_figures *figures);
bool appeal_figure_in_scope(const struct appeal_figure *figure, const struct scope *scope);

#endif
