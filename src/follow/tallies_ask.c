/* Questions to the tallies: counts by some dimensions, within scope, under conditions. A question is answered from the smallest cube
   that tells apart what it speaks of; a kind of question asked for the first time makes that cube. What the cells cannot know
   (joint units, single records, long lists of excluded ones) is left to the store by answering false. */
#include <stdlib.h>
#include <string.h>

#include "follow/tallies_parts.h"

struct question {
  const struct query *query; const struct scope *scope;
  unsigned by, needs;               /* dimensions to group by; those that anything is asked about */
  uint8_t *open[CUBE_DIMENSIONS];   /* by code: may this value be counted? NULL: all may */
  uint8_t *held[CUBE_DIMENSIONS];   /* unused but by the holder's: bit g: grant g opens this unit */
  bool whole;                       /* the scope opens everything */
};

/* ---- conditions ---- */

static bool compare(enum comparison how, int64_t value, const struct condition *condition) {
  int64_t first = condition->count ? condition->values[0].integer : 0;
  bool among = false, filled = value != NOTHING;
  for (size_t i = 0; i < condition->count; i++)
    among |= filled && condition->values[i].kind == VALUE_INTEGER && condition->values[i].integer == value;
  switch (how) {
  case C_IS: case C_IN: case C_HAS: return among;
  case C_IS_NOT: return !among;
  case C_LESS: return filled && value < first;
  case C_AT_MOST: return filled && value <= first;
  case C_MORE: return filled && value > first;
  case C_AT_LEAST: return filled && value >= first;
  case C_EMPTY: return !filled;
  case C_FILLED: return filled;
  }
  return false;
}

/* Can the cells judge it? Ordering wants one value; choices held as bits are not tallied by bit. */
static bool condition_fits(const struct tally *tally, const struct condition *condition) {
  const struct field *field = record_field(tally->type, condition->field);
  bool ordered = condition->how == C_LESS || condition->how == C_AT_MOST || condition->how == C_MORE || condition->how == C_AT_LEAST;
  return tally_dimension(tally, condition->field) >= 0 && (!ordered || condition->count == 1) && !(field && field->type == F_CHOICES);
}

static bool conditions_read(const struct tally *tally, struct question *question, struct arena *arena) {
  for (size_t i = 0; i < question->query->condition_count; i++) {
    const struct condition *condition = &question->query->conditions[i];
    if (!condition_fits(tally, condition)) return false;
    size_t d = (size_t)tally_dimension(tally, condition->field), codes = tally->dictionaries[d].count;
    if (!question->open[d]) question->open[d] = memset(arena_alloc(arena, codes + 1), 1, codes);
    for (size_t code = 0; code < codes; code++)
      question->open[d][code] &= compare(condition->how, tally->dictionaries[d].values[code], condition);
    question->needs |= 1u << d;
  }
  return true;
}

/* ---- scope ---- */

static bool secrecy_open(const struct tally *tally, uint8_t ceiling) {
  const struct field *field = tally->type->secrecy ? record_field(tally->type, tally->type->secrecy) : NULL;
  for (const struct choice *choice = field ? field->choices : NULL; choice && choice->name; choice++)
    if (choice->code > ceiling && choice->code != SECRECY_PLACEHOLDER) return false;
  return true;
}

/* What a district does not show the city is a part, and no part is counted: where only the counted are asked for, nothing is hidden. */
static bool asks_counted(const struct query *query) {
  for (size_t i = 0; i < query->condition_count; i++) {
    const struct condition *condition = &query->conditions[i];
    if (query->type->id == RECORD_PROBLEM && condition->field == PROBLEM_COUNTED && condition->how == C_IS && condition->count == 1 &&
        condition->values[0].integer == 1)
      return true;
  }
  return false;
}

static bool grant_whole(const struct grant_scope *grant, const struct query *query) {
  if (grant->relation == RELATION_ABOVE) return asks_counted(query);
  return grant->relation == RELATION_ANY || (grant->all && (grant->relation == RELATION_LEAD || grant->relation == RELATION_JOINT));
}

/* Some grant opens every record: then the others do not matter. */
static bool scope_whole(const struct tally *tally, const struct query *query, const struct scope *scope) {
  if (scope == &SCOPE_SYSTEM) return true;
  for (size_t i = 0; i < scope->grant_count; i++)
    if (grant_whole(&scope->grants[i], query) && secrecy_open(tally, scope->grants[i].secrecy)) return true;
  return false;
}

static bool scope_read(const struct tally *tally, struct question *question, struct arena *arena) {
  const struct scope *scope = question->scope;
  question->whole = scope_whole(tally, question->query, scope);
  if (question->whole) return true;
  if (tally->holder < 0 || tally->secrecy < 0 || scope->grant_count > 8 || (scope->parent && tally->type->parent)) return false;
  const struct dictionary *units = &tally->dictionaries[tally->holder];
  uint8_t *held = arena_alloc(arena, units->count + 1);
  for (size_t g = 0; g < scope->grant_count; g++) {
    const struct grant_scope *grant = &scope->grants[g];
    bool all = grant_whole(grant, question->query);
    if (!all && grant->relation != RELATION_LEAD) return false;
    for (size_t code = 0; code < units->count; code++) {
      bool here = all;
      for (size_t u = 0; !here && u < grant->unit_count; u++) here = grant->units[u] == units->values[code];
      if (here) held[code] |= (uint8_t)(1u << g);
    }
  }
  question->held[tally->holder] = held;
  question->needs |= 1u << tally->holder | 1u << tally->secrecy;
  return true;
}

static bool cell_in(const struct tally *tally, const struct question *question, const union cell_key *key) {
  for (size_t d = 0; d < tally->field_count; d++)
    if (question->open[d] && !question->open[d][key->codes[d]]) return false;
  if (question->whole) return true;
  int64_t secrecy = tally->dictionaries[tally->secrecy].values[key->codes[tally->secrecy]];
  unsigned grants = question->held[tally->holder][key->codes[tally->holder]];
  for (size_t g = 0; grants; g++, grants >>= 1)
    if (grants & 1 && (secrecy == NOTHING || secrecy == SECRECY_PLACEHOLDER || secrecy <= question->scope->grants[g].secrecy)) return true;
  return false;
}

/* ---- cubes ---- */

static size_t cube_for(const struct tally *tally, unsigned needs) {
  size_t best = 0;
  for (size_t i = 1; i < tally->cube_count; i++)
    if ((tally->cubes[i].mask & needs) == needs && tally->cubes[i].count < tally->cubes[best].count) best = i;
  return best;
}

static bool cube_there(const struct tally *tally, unsigned needs) {
  for (size_t i = 0; i < tally->cube_count; i++)
    if (tally->cubes[i].mask == needs) return true;
  return tally->cubes[0].count < 1000; /* not worth one */
}

/* Under the write lock. Takes the place of the one not asked for longest. */
static void cube_make(struct tally *tally, unsigned needs) {
  size_t at = tally->cube_count;
  struct cube made = {.mask = needs};
  if (cube_there(tally, needs)) return;
  cube_fill(&made, &tally->cubes[cube_for(tally, needs)]);
  if (at == TALLY_CUBES) {
    at = 1;
    for (size_t i = 2; i < TALLY_CUBES; i++)
      if (tally->asked[i] < tally->asked[at]) at = i;
    cube_free(&tally->cubes[at]);
  } else tally->cube_count++;
  tally->cubes[at] = made;
  tally->asked[at] = ++tally->clock;
}

/* Holding the read lock on return, with the cube there. */
static void cube_secure(struct tallies *tallies, struct tally *tally, unsigned needs) {
  pthread_rwlock_rdlock(&tallies->lock);
  if (cube_there(tally, needs)) return;
  pthread_rwlock_unlock(&tallies->lock);
  pthread_rwlock_wrlock(&tallies->lock);
  cube_make(tally, needs);
  pthread_rwlock_unlock(&tallies->lock);
  pthread_rwlock_rdlock(&tallies->lock);
}

/* ---- answering ---- */

static void excluded_take_off(const struct tally *tally, const struct question *question, struct cube *sums) {
  for (size_t i = 0; i < question->scope->excluded_count; i++) {
    int64_t cell = map_get(&tally->records, question->scope->excluded[i]);
    if (cell != NOTHING && cell_in(tally, question, &tally->cubes[0].cells[cell].key)) cube_add(sums, &tally->cubes[0].cells[cell].key, -1);
  }
}

static void cells_sum(struct tally *tally, const struct question *question, struct cube *sums) {
  size_t at = cube_for(tally, question->needs);
  const struct cube *cube = &tally->cubes[at];
  __atomic_store_n(&tally->asked[at], __atomic_add_fetch(&tally->clock, 1, __ATOMIC_RELAXED), __ATOMIC_RELAXED);
  for (size_t i = 0; i < cube->count; i++)
    if (cube->cells[i].count && cell_in(tally, question, &cube->cells[i].key)) cube_add(sums, &cube->cells[i].key, cube->cells[i].count);
  excluded_take_off(tally, question, sums);
}

static void sums_tell(const struct tally *tally, const struct cube *sums, const uint16_t *by, size_t by_count, cell_sink *sink,
                      void *with) {
  int64_t values[CUBE_DIMENSIONS];
  for (size_t i = 0; i < sums->count; i++) {
    if (sums->cells[i].count <= 0) continue;
    for (size_t k = 0; k < by_count; k++) {
      int d = tally_dimension(tally, by[k]);
      values[k] = tally->dictionaries[d].values[sums->cells[i].key.codes[d]];
    }
    if (!sink(with, values, sums->cells[i].count)) return;
  }
}

/* What never depends on the counts: which dimensions the question speaks of. */
static bool question_shape(const struct tally *tally, const struct query *query, const uint16_t *by, size_t by_count,
                           const struct scope *scope, struct question *question) {
  *question = (struct question){.query = query, .scope = scope};
  if (scope->about_count || query->only_ids || query->with_voided || by_count > CUBE_DIMENSIONS) return false;
  for (size_t i = 0; i < by_count; i++) {
    int d = tally_dimension(tally, by[i]);
    if (d < 0) return false;
    question->by |= 1u << d;
  }
  question->needs = question->by;
  for (size_t i = 0; i < query->condition_count; i++) {
    if (!condition_fits(tally, &query->conditions[i])) return false;
    question->needs |= 1u << tally_dimension(tally, query->conditions[i].field);
  }
  if (!scope_whole(tally, query, scope))
    question->needs |= (tally->holder >= 0 ? 1u << tally->holder : 0) | (tally->secrecy >= 0 ? 1u << tally->secrecy : 0);
  return true;
}

bool tallies_count(struct tallies *tallies, const struct query *query, const uint16_t *by, size_t by_count, const struct scope *scope,
                   cell_sink *sink, void *with, int64_t *journal) {
  struct tally *tally = tallies ? tally_of(tallies, query->type) : NULL;
  struct question question;
  if (!tally || !question_shape(tally, query, by, by_count, scope, &question)) return false;
  struct arena *arena = arena_new();
  struct cube sums = {.mask = question.by};
  cube_secure(tallies, tally, question.needs);
  bool answered = !tally->off && conditions_read(tally, &question, arena) && scope_read(tally, &question, arena);
  if (answered) cells_sum(tally, &question, &sums);
  if (journal) *journal = tallies->at;
  if (answered) sums_tell(tally, &sums, by, by_count, sink, with); /* under the lock: the dictionaries may grow else */
  pthread_rwlock_unlock(&tallies->lock);
  cube_free(&sums);
  arena_free(arena);
  return answered;
}

static bool total_take(void *with, const int64_t *dimensions, int64_t count) {
  (void)dimensions;
  *(int64_t *)with += count;
  return true;
}

/* Conditions on other fields are left out: so it is the most that can match. */
int64_t tallies_expect(struct tallies *tallies, const struct query *query, const struct scope *scope) {
  struct tally *tally = tallies ? tally_of(tallies, query->type) : NULL;
  struct condition fitting[16];
  struct query asked = *query;
  int64_t total = 0;
  if (!tally || query->only_ids) return -1;
  asked.conditions = fitting;
  asked.condition_count = 0;
  for (size_t i = 0; i < query->condition_count && asked.condition_count < 16; i++)
    if (condition_fits(tally, &query->conditions[i])) fitting[asked.condition_count++] = query->conditions[i];
  bool answered = tallies_count(tallies, &asked, NULL, 0, scope, total_take, &total, NULL);
  return answered ? total : -1;
}
