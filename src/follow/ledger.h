/* The ledger: a view in memory that keeps the figures of all problems (rules/figures.h), 208 bytes each, so that a whole table of
   definitions is one walk over an array. It is built when first asked for, followed entry by entry from then on, brought up to the very
   head of the journal before it answers, and given back when nobody has asked for an hour. Knows no scope: whoever shows figures asks
   figure_in_scope. */
#ifndef BIHUAN_FOLLOW_LEDGER_H
#define BIHUAN_FOLLOW_LEDGER_H

#include "follow/follower.h"
#include "rules/figures.h"

struct ledger;
/* Takes what it needs from the figures, all of them true at figures->journal. They are the ledger's: not kept beyond the call, not
   altered. */
typedef void ledger_sink(void *with, const struct figures *figures);
/* Calls the sink once, under the view's read lock. Where the house runs no followers the figures are read for this one question. */
enum store_error ledger_ask(struct house *house, ledger_sink *sink, void *with);
/* The same for a question that comes seldom: a view that is not there is not kept for it. */
enum store_error ledger_ask_passing(struct house *house, ledger_sink *sink, void *with);
/* The same with what signals look at beside (ledger_sides.h, private to follow/). */
struct sides;
typedef void ledger_sides_sink(void *with, const struct figures *figures, const struct sides *sides);
enum store_error ledger_ask_sides(struct house *house, ledger_sides_sink *sink, void *with);
enum store_error ledger_ask_sides_passing(struct house *house, ledger_sides_sink *sink, void *with);
/* All problems as the journal added up to entry `number` (figures_at), by the snapshot. The one looked at last is kept for ten minutes, so
   that looking twice is quick; one alone, so that what is held stays bounded; and a destruction lets it go. Give it back with
   ledger_past_free. */
struct past;
enum store_error ledger_past(struct house *house, struct reader *reader, int64_t number, struct past **past);
const struct figures *ledger_past_figures(const struct past *past);
void ledger_past_free(struct past *past); /* NULL: nothing to do */
/* For rules that ask for figures at a number: now from the view, lately from the view taken back, else from the past view that is kept.
   Copies, the caller's. */
struct figures_source ledger_source(struct house *house);
/* Bytes it holds now, without a past view; 0 when it is not built. */
size_t ledger_size(struct ledger *ledger);
int64_t ledger_past_number(struct ledger *ledger); /* of the past view that is kept; 0 none */
/* Gives back what nobody has asked for since long enough before `now` (moment_system). The followers' watch calls it, so a store where
   nothing is written any more rests as well. */
void ledger_rest(struct ledger *ledger, int64_t now);

#endif
