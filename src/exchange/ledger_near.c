/* Which units are called nearly as a word says. Names are shortened by leaving signs out (发改委, 房管局), misspelt, and change with the years
   (房管局, 房屋管理局); what two have in common in the same order counts, each sign by how few names hold it, so that 局 and 集团 join nobody. */
#include <math.h>
#include <string.h>

#include "exchange/ledger_book.h"

#define LONGEST 60   /* signs of a name that are looked at */
#define LEAST 0.4    /* of what both hold, as a share: below it nothing is near */
#define SHORTENED 1  /* added where a name holds the whole word */

struct signs { uint32_t signs[LONGEST]; double weights[LONGEST], sum; size_t count; };

static void signs_read(const struct unit_book *book, const char *plain, struct signs *into) {
  size_t width;
  *into = (struct signs){0};
  for (const char *at = plain; *at && into->count < LONGEST; at += width) {
    uint32_t sign = text_next(at, &width);
    int64_t held = map_get(&book->signs, sign);
    double weight = log2(2.0 + (double)book->name_count / (held == NOTHING ? 1 : (double)held)) - 1;
    into->signs[into->count] = sign;
    into->weights[into->count++] = weight;
    into->sum += weight;
  }
}

/* The heaviest run of signs that stand in both in this order, and how many they are. */
static double common(const struct signs *one, const struct signs *other, size_t *count) {
  double heavy[LONGEST + 1] = {0};
  size_t many[LONGEST + 1] = {0};
  for (size_t i = 0; i < one->count; i++) {
    double corner = 0;
    size_t corner_many = 0;
    for (size_t k = 1; k <= other->count; k++) {
      double above = heavy[k];
      size_t above_many = many[k];
      if (one->signs[i] == other->signs[k - 1]) heavy[k] = corner + one->weights[i], many[k] = corner_many + 1;
      else if (heavy[k - 1] > heavy[k]) heavy[k] = heavy[k - 1], many[k] = many[k - 1];
      corner = above;
      corner_many = above_many;
    }
  }
  *count = many[other->count];
  return heavy[other->count];
}

static double nearness(const struct unit_book *book, const struct signs *word, const char *name) {
  struct signs signs;
  size_t count;
  signs_read(book, name, &signs);
  double both = common(word, &signs, &count), share = word->sum + signs.sum > 0 ? 2 * both / (word->sum + signs.sum) : 0;
  if (count >= 2 && count == word->count) return SHORTENED + share;
  return share >= LEAST ? share : 0;
}

struct nearest { struct ledger_unit *units; double near[UNIT_NEAR]; size_t count; };

/* Each unit once, by its nearest name; the nearest first. */
static void near_put(struct nearest *nearest, const struct ledger_unit *unit, double near) {
  size_t at = 0, from;
  while (at < nearest->count && nearest->near[at] >= near) {
    if (nearest->units[at].name == unit->name) return;
    at++;
  }
  if (at == UNIT_NEAR) return;
  for (from = at; from < nearest->count && nearest->units[from].name != unit->name; from++) {}
  if (from == UNIT_NEAR) from--;
  if (from == nearest->count) nearest->count++;
  for (; from > at; from--) nearest->units[from] = nearest->units[from - 1], nearest->near[from] = nearest->near[from - 1];
  nearest->units[at] = *unit;
  nearest->near[at] = near;
}

size_t unit_book_near(const struct unit_book *book, struct arena *arena, const char *word, bool bearers,
                      struct ledger_unit near[UNIT_NEAR]) {
  const char *plain = ledger_plain(arena, word);
  struct nearest nearest = {.units = near};
  struct signs signs;
  signs_read(book, plain, &signs);
  for (size_t i = 0; i < book->name_count; i++) {
    const struct called *called = &book->names[i];
    double how = bearers ? strcmp(plain, called->folded) == 0 : nearness(book, &signs, called->folded);
    if (how > 0) near_put(&nearest, &book->units[called->unit], how);
  }
  return nearest.count;
}
