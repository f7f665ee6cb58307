/* Planned and accepted progress at any date: pure functions over steps. A step of the plan is due at the end of its day and asked for from
   the day after, as colours have it; what was accepted counts on its day. Weights are basis points; the sum is never above the whole. */
#ifndef BIHUAN_RULES_PLANNED_H
#define BIHUAN_RULES_PLANNED_H

#include "store/store.h"

struct step { int64_t date, weight; };
struct steps { struct step *items; size_t count, room; };
/* One problem's: `planned` frozen steps, `accepted` by their day; both in order of date. */
struct progress { int64_t problem, cycle, baseline_on; struct steps planned, accepted; };

int64_t steps_before(const struct steps *steps, int64_t date); /* of those dated before it: what the plan asks for by then */
int64_t steps_until(const struct steps *steps, int64_t date);  /* of those dated that day or before: what is accepted by then */
int64_t weight_mean(const int64_t *weights, size_t count);     /* rounded down, so the whole only when all are whole; NOTHING of none */
/* Of several problems together: the mean of theirs, each problem counting alike. NOTHING without any. */
int64_t progress_planned(const struct progress *items, size_t count, int64_t date);
int64_t progress_accepted(const struct progress *items, size_t count, int64_t date);
/* All days on which either changes, in order, each once. */
size_t progress_dates(struct arena *arena, const struct progress *items, size_t count, int64_t **dates);

/* What the accepted measures of a cycle weigh. Each weighs what was frozen, whatever is written to it since; those added later stand for
   what was cancelled and weigh no more together than that is. Before anything is frozen each weighs what it says. */
struct weighing { bool frozen; int64_t standing, accepted, added; }; /* standing: frozen weights but for the cancelled */
void weighing_add(struct weighing *weighing, const struct row *measure);
int64_t weighing_room(const struct weighing *weighing); /* for what was added later */
int64_t weighing_accepted(const struct weighing *weighing);

void steps_add(struct arena *arena, struct steps *steps, int64_t date, int64_t weight);
void steps_sort(struct steps *steps);
/* The measures of one cycle of a problem (NOTHING: the present one), by the frozen dates and weights that stand on them. */
enum store_error progress_read(struct reader *reader, const struct row *problem, int64_t cycle, struct arena *arena, struct progress *progress);

/* A frozen baseline as text, in PLAN_BASELINES and PLAN_PROPOSED: [[problem, measure, start, due, weight], …]. */
struct frozen { int64_t problem, measure, start, due, weight; };
char *frozen_print(struct arena *arena, const struct frozen *items, size_t count);
bool frozen_parse(struct arena *arena, const char *json, struct frozen **items, size_t *count);
/* PLAN_BASELINES: [{"number":1,"on":20780,"steps":[…]}, …]. which: counted from 1. False: no such one, or it cannot be read. */
char *baselines_add(struct arena *arena, const char *baselines, int64_t on, const char *steps);
bool baselines_get(struct arena *arena, const char *baselines, int64_t which, int64_t *on, struct frozen **items, size_t *count);

#endif
