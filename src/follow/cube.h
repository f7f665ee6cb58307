/* Private to follow/: a count of records by up to twelve dimensions, in cells found by hash. A cube may cover fewer dimensions than the
   type has: then it answers questions about those without walking every cell. Knows nothing of records, scope or threads. */
#ifndef BIHUAN_FOLLOW_CUBE_H
#define BIHUAN_FOLLOW_CUBE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "exchange/map.h"

#define CUBE_DIMENSIONS 12
#define CUBE_WORDS (CUBE_DIMENSIONS / 4)

/* The value of each dimension by its code in a dictionary: so a cell's address is 24 bytes. */
union cell_key { uint16_t codes[CUBE_DIMENSIONS]; uint64_t words[CUBE_WORDS]; };
_Static_assert(sizeof(union cell_key) == CUBE_DIMENSIONS * sizeof(uint16_t),
               "keys are compared as words: no byte stands between or behind the codes");
struct cell { union cell_key key; int64_t count; };
struct cube {
  unsigned mask;                    /* bit d: dimension d is told apart */
  struct cell *cells; size_t count, room;   /* a cell keeps its place: empty ones stay for the same key */
  uint32_t *slots; size_t slot_room;        /* cell + 1, by hash */
};
size_t cube_cell(struct cube *cube, const union cell_key *key); /* made when new; codes outside the mask are taken as 0 */
static inline void cube_add(struct cube *cube, const union cell_key *key, int64_t by) {
  size_t at = cube_cell(cube, key); /* first: it may move the cells */
  cube->cells[at].count += by;
}
void cube_fill(struct cube *cube, const struct cube *from);     /* the same counts by fewer dimensions */
void cube_free(struct cube *cube);

struct dictionary { struct map codes; int64_t *values; size_t count, room; };
/* False when there are more than 65,535 values: such a dimension cannot be tallied. */
bool dictionary_code(struct dictionary *dictionary, int64_t value, uint16_t *code);
void dictionary_free(struct dictionary *dictionary);

#endif
