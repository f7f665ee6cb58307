/* A stratified draw: which problems does the seed fall on? Reckoned when it is drawn, and again by whoever doubts it, from the journal
   alone: the problems as they stood at the entry that announced it, and the root of the journal up to that entry. So nobody could know the
   seed before the conditions stood, and everybody can make it afterwards. */
#ifndef BIHUAN_RULES_DRAWS_H
#define BIHUAN_RULES_DRAWS_H

#include "rules/figures.h"
#include "store/seal.h"

enum { DRAW_MOST = 500 /* checks of one draw */ };
/* Days since admission: up to 30, 90, 180, more; 0: not a stratum. */
enum { DRAW_AGE_30 = 1, DRAW_AGE_90, DRAW_AGE_180, DRAW_AGE_MORE };
struct label draw_age_label(int age);

struct draw_stratum { int64_t unit /* 0: not by unit, or none */; uint8_t colour, age; int64_t population, drawn; };
struct draw_result {
  char seed[2 * HASH_SIZE + 1], root[2 * HASH_SIZE + 1];
  int64_t population, sample;
  struct draw_stratum *strata; size_t stratum_count;
  int64_t *problems;           /* `sample` of them, ascending */
  const char *strata_text, *problems_text; /* as the record keeps them: [[unit,colour,age,population,drawn],…], [id,…] */
};
/* The choosing alone: from the figures that stood at the announcement, and the seed. */
void draw_of(const struct figures *figures, const struct row *draw, const uint8_t seed[HASH_SIZE], struct arena *arena,
             struct draw_result *result);
/* A pass over all problems is no work for the writer: the thread that asks reckons and leaves the result for the door, for an hour; the
   arrow takes it up. ABSENT: nothing was prepared. What a draw gives stands since its announcement, so it does not matter what was written
   in between; the strata are not read back, only their text. */
enum store_error draw_prepare(struct reader *reader, const struct figures_source *source, const struct row *draw, struct arena *arena);
enum store_error draw_prepared(struct store *store, int64_t draw, struct arena *arena, struct draw_result *result);
/* How many it would be drawn from and how many drawn, as the tables stand: before it is announced. */
enum store_error draw_measure(struct reader *reader, const struct row *draw, int64_t *population, int64_t *sample);
/* Reckons a drawn one again. *destroyed: problems that were destroyed since, without which nothing can be compared; NULL label: the
   same. */
enum store_error draw_compare(struct reader *reader, const struct row *draw, struct arena *arena, struct draw_result *result, int64_t *destroyed, struct label *differs);
/* Every draw that was drawn: is it what its seed gives, and has it its checks? */
enum store_error draws_verify(struct reader *reader, struct arena *arena, damage_sink *sink, void *with, int64_t *draws);

#endif
