/* Effects of draws: what an announcement is held against, and the checks that the seed falls on. */
#include "rules/draws.h"
#include "rules/effects.h"

static enum store_error refuse(struct decision *decision, const char *code, struct label why) {
  set_find(decision, VERDICT_NOT_NOW, 0, code, why);
  return STORE_OK;
}

/* An announced draw can be drawn: it stays for ever. */
enum store_error effect_draw_open(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after;
  int64_t population = 0, sample = 0;
  enum store_error error = draw_measure(decision->set->reader, after, &population, &sample);
  (void)arrow;
  if (error != STORE_OK) return error;
  if (!population) return refuse(decision, "draw_fits", (struct label){"抽取范围内没有问题", "there is no problem to draw from"});
  if (sample > DRAW_MOST) return refuse(decision, "draw_fits", label_print(decision->set->arena, "这样会抽 %lld 件,一次最多 %d 件", "that would draw %lld; at most %d at once", (long long)sample, DRAW_MOST));
  row_set_integer(after, DRAW_ALGORITHM, DRAW_ALGORITHM_1);
  row_set_integer(after, DRAW_ANNOUNCED_ON, decision->set->today);
  if (decision->authority->user) row_set_integer(after, DRAW_ANNOUNCED_BY, decision->authority->user);
  return STORE_OK;
}

static void check_yield(struct decision *decision, const struct draw_result *result, int64_t problem) {
  struct value values[] = {value_integer(CHECK_PROBLEM, problem),
                           value_integer(CHECK_KIND, CHECK_DRAWN),
                           value_integer(CHECK_DRAW, decision->after->id),
                           value_integer(CHECK_POPULATION, result->population),
                           value_integer(CHECK_SHARE, result->sample * 10000 / result->population),
                           value_text(CHECK_SEED, row_text(decision->after, DRAW_SEED))};
  effect_change(decision, RECORD_CHECK, 0, ACTION_CREATE, values, sizeof values / sizeof *values, NULL);
}

enum store_error effect_draw_sample(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after;
  struct arena *scratch = decision->set->scratch;
  struct draw_result result;
  enum store_error error = draw_prepared(reader_store(decision->set->reader), after->id, scratch, &result);
  (void)arrow;
  if (error == STORE_ABSENT)
    return refuse(decision, "not_prepared", (struct label){"抽取之前要先算出抽中哪些问题:请在抽查方案页上点“抽取”,或调用 POST /api/v1/draws/{id}/draw", "what is drawn is reckoned before: use the button of the draw's page, or POST /api/v1/draws/{id}/draw"});
  if (error != STORE_OK) return error;
  if (!result.population) return refuse(decision, "draw_fits", (struct label){"抽取范围内的问题都已销毁", "all problems to draw from were destroyed"});
  row_set_text(after, DRAW_SEED, arena_text(scratch, result.seed));
  row_set_text(after, DRAW_ROOT, arena_text(scratch, result.root));
  row_set_text(after, DRAW_STRATA, result.strata_text);
  row_set_text(after, DRAW_PROBLEMS, result.problems_text);
  row_set_integer(after, DRAW_POPULATION, result.population);
  row_set_integer(after, DRAW_SAMPLE, result.sample);
  row_set_integer(after, DRAW_DRAWN_ON, decision->set->today);
  if (decision->authority->user) row_set_integer(after, DRAW_DRAWN_BY, decision->authority->user);
  for (int64_t i = 0; i < result.sample; i++) check_yield(decision, &result, result.problems[i]);
  return STORE_OK;
}
