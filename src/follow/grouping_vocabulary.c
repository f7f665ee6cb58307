/* Terms under dense numbers, how rare each is, and which groups it leads to: the newest few of them only, so that following a term costs
   the same however many appeals there are. */
#include <math.h>
#include <string.h>

#include "base/room.h"
#include "follow/grouping_parts.h"

static void vocabulary_table(struct vocabulary *terms, uint32_t size) {
  terms->table = heap_resized(terms->table, size, sizeof *terms->table);
  memset(terms->table, 0, size * sizeof *terms->table);
  terms->table_size = size;
  for (uint32_t number = 1; number < terms->count; number++) {
    uint32_t at = (uint32_t)terms->items[number].hash & (size - 1);
    while (terms->table[at]) at = (at + 1) & (size - 1);
    terms->table[at] = number;
  }
}

void vocabulary_index(struct vocabulary *terms) {
  uint32_t size = 4096;
  while (size / 2 <= terms->count) size *= 2;
  if (terms->count) vocabulary_table(terms, size);
}

uint32_t vocabulary_find(struct vocabulary *terms, uint64_t hash, bool make) {
  if (!terms->table_size) {
    if (!make) return 0;
    terms->count = 1;
    vocabulary_table(terms, 4096);
  }
  uint32_t mask = terms->table_size - 1, at = (uint32_t)hash & mask;
  for (; terms->table[at]; at = (at + 1) & mask)
    if (terms->items[terms->table[at]].hash == hash) return terms->table[at];
  if (!make || terms->count >= TERM_NUMBER) return 0;
  if (terms->count >= terms->room) {
    terms->room = terms->room ? terms->room * 2 : 1024;
    terms->items = heap_resized(terms->items, terms->room, sizeof *terms->items);
    memset(&terms->items[0], 0, sizeof *terms->items);
  }
  terms->items[terms->count] = (struct vocabulary_term){.hash = hash};
  terms->table[at] = terms->count++;
  uint32_t number = terms->count - 1;
  if (terms->count > terms->table_size / 2) vocabulary_table(terms, terms->table_size * 2);
  return number;
}

void vocabulary_weigh(struct vocabulary *terms, double most, double power) {
  terms->weights = heap_resized(NULL, RARITY_STEPS, sizeof *terms->weights);
  for (int i = 0; i < RARITY_STEPS; i++) {
    double rarity = (i + 0.5) / 256;
    terms->weights[i] = (float)pow(rarity < most ? rarity : most, power);
  }
}

/* How rare a term is: a little is added to both counts, so that the first appeals of a stream do not each seem rare. */
float vocabulary_rarity(const struct vocabulary *terms, uint32_t number) {
  float seen = number ? terms->items[number].seen : 0;
  int step = (int)(logf(((float)terms->appeals + 50) / (seen + 0.5f)) * 256);
  return terms->weights[step < 12 ? 12 : step < RARITY_STEPS ? step : RARITY_STEPS - 1];
}

void vocabulary_age(struct vocabulary *terms) {
  terms->appeals /= 2;
  for (uint32_t number = 1; number < terms->count; number++) terms->items[number].seen /= 2;
}

void vocabulary_lead(struct vocabulary_term *term, uint32_t slot) {
  if (term->count < POSTINGS) {
    if (term->count == term->room) {
      term->room = (uint16_t)(term->room ? (term->room * 2 > POSTINGS ? POSTINGS : term->room * 2) : 2);
      term->postings = heap_resized(term->postings, term->room, sizeof *term->postings);
    }
    term->postings[term->count++] = slot;
    return;
  }
  term->postings[term->oldest] = slot;
  term->oldest = (uint16_t)((term->oldest + 1) % POSTINGS);
}
