/* Appeals linked to a problem, as its counts tell them. A whistle-blower's is linked like any other and counted by nobody: a number that
   grew by one would betray it to the unit complained of (PRACTICE.md: a whistle-blower is hidden from the unit complained of). Who may see
   it finds it among the problem's links. */
#ifndef BIHUAN_RULES_LINKED_APPEALS_H
#define BIHUAN_RULES_LINKED_APPEALS_H

#include "store/store.h"

enum store_error linked_appeals_count(struct reader *reader, int64_t problem, struct arena *arena, int64_t *count);
/* Problems that arise from an appeal. */
enum store_error linked_problems(struct reader *reader, int64_t appeal, struct arena *arena, int64_t **problems, size_t *count);

#endif
