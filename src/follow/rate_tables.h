/* Private to follow/: tables of the three rates that somebody asked for lately, kept beside the appeals' view and led forward with it, so
   that asking again costs what the groups cost and not what the appeals do. The first one of a kind is a walk over all figures. Past tables
   stay while nothing moved that says who may see an appeal. */
#ifndef BIHUAN_FOLLOW_RATE_TABLES_H
#define BIHUAN_FOLLOW_RATE_TABLES_H

#include <pthread.h>

#include "follow/appeal_ledger.h"

enum { RATE_TABLES_MOST = 24 };
struct kept_table {
  bool used;
  enum rate_by by; struct cut cut; int64_t number; /* 0: as it stands, followed */
  struct scope *scope;         /* its own copy of what says who may see an appeal */
  struct rate_table table;     /* own counts alone */
  int64_t turn, asked;         /* of a past one: rate_tables.turn when it was made; when it was asked for last (moment_system) */
};
struct rate_tables { pthread_mutex_t lock; struct kept_table items[RATE_TABLES_MOST]; int64_t turn; };
void rate_tables_make(struct rate_tables *tables);
void rate_tables_end(struct rate_tables *tables);
/* Adds the counts of the kept table into one that was begun; false: there is none. Under the view's lock for reading. */
bool rate_tables_find(struct rate_tables *tables, const struct rate_question *question, struct rate_table *into);
void rate_tables_keep(struct rate_tables *tables, const struct rate_question *question, const struct rate_table *table);
/* One figure became another; NULL: it was not there, is there no more. Under the view's lock for writing. */
void rate_tables_follow(struct rate_tables *tables, const struct appeal_figure *before, const struct appeal_figure *after);
void rate_tables_drop(struct rate_tables *tables);
void rate_tables_rest(struct rate_tables *tables, int64_t now);

#endif
