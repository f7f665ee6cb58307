/* Private to rules/: the acting half of the door. */
#ifndef BIHUAN_RULES_CHANGE_PRIVATE_H
#define BIHUAN_RULES_CHANGE_PRIVATE_H

#include "rules/decide.h"

/* change_write.c */
bool change_alters(const struct decision *decision);       /* does after differ from before at all? */
enum store_error change_write(struct decision *decision);  /* the entry, then the row */
enum store_error change_remember(struct set *set, const struct outcome *outcome);
enum store_error change_recall(struct set *set, struct outcome *outcome, bool *repeated);

#endif
