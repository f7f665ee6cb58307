/* Guards of intake: when the program may set a category by itself, and when people have one to confirm. People decide, unless the policy
   lets certainty above a bound decide; what people decided the program never touches. Pure. */
#include "rules/guards.h"

enum { BOUND_LEAST = 5000 /* a coin is no certainty */ };

struct label guard_classifies(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  int64_t bound = facts->appeal_policy->classify_bound, certainty = row_integer(facts->after, APPEAL_CERTAINTY);
  *field = APPEAL_CERTAINTY;
  if (bound <= 0) return (struct label){"现行口径不由程序定分类", "the policy in force leaves categories to people"};
  if (row_text(facts->before, APPEAL_CATEGORY) || row_integer(facts->before, APPEAL_CATEGORY_BY) == CATEGORY_BY_PEOPLE)
    return (struct label){"分类已定", "its category is decided already"};
  if (certainty != NOTHING && certainty >= bound) return HOLDS;
  return label_print(arena, "把握不到现行口径的 %lld%%", "less certain than the %lld %% that the policy in force wants", (long long)(bound / 100));
}

struct label guard_category_guessed(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  (void)arena;
  (void)field;
  if (row_integer(facts->before, APPEAL_CATEGORY_BY) == CATEGORY_BY_PROGRAM) return HOLDS;
  return (struct label){"分类不是程序定的", "its category was not set by the program"};
}

struct label guard_classify_bound(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  int64_t bound = row_integer(facts->after, POLICY_CLASSIFY_BOUND);
  *field = POLICY_CLASSIFY_BOUND;
  if (bound == NOTHING || bound == 0 || bound >= BOUND_LEAST) return HOLDS;
  return label_print(arena, "最低把握应为 0(不由程序定)或至少 %d%%", "the least certainty is 0 (never by the program) or at least %d %%",
                     BOUND_LEAST / 100);
}
