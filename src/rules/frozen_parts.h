/* Private to rules/: pieces of a frozen table, shared by making, reading and proving. */
#ifndef BIHUAN_RULES_FROZEN_PARTS_H
#define BIHUAN_RULES_FROZEN_PARTS_H

#include "rules/frozen.h"
#include "rules/rounds.h"

struct frozen_head { struct frozen_seal seal; size_t piece_count; int64_t *firsts; /* first id of each piece */ };
enum store_error frozen_head_read(struct store *store, const char *hash, struct arena *arena, struct frozen_head *head);
enum store_error frozen_piece_read(struct store *store, const char *hash, size_t piece, struct arena *arena, char **text);
/* Frozen tables true at a number in which the problem existed (0: all). */
enum store_error frozen_tables_read(struct reader *reader, int64_t problem, struct arena *arena, struct rows *tables);

#endif
