/* Guards of publication: what may be proposed for release, what may go out, and whose evaluation counts. Pure but for their own loaders
   above each. */
#include <string.h>

#include "rules/guards.h"
#include "rules/publication.h"

/* ---- facts ---- */

static enum store_error rows_named(struct decision *decision, const struct value *named, enum record_id type, struct row ***rows,
                                   size_t *count, size_t *missing) {
  struct row **found = ARENA_ARRAY(decision->set->scratch, struct row *, named->count + 1);
  enum store_error error = STORE_OK;
  *rows = found;
  for (size_t i = 0; named->kind == VALUE_MANY && i < named->count && error == STORE_OK; i++) {
    const struct row *row = NULL;
    error = fact_row(decision, type, named->many[i], &row);
    if (row) found[(*count)++] = row_copy(decision->set->scratch, row);
    else ++*missing;
  }
  return error;
}

enum store_error fact_release(struct decision *decision, struct guard_facts *facts) {
  const struct row *after = decision->after;
  struct release_facts *release = ARENA_NEW(decision->set->scratch, struct release_facts);
  enum store_error error = fact_row(decision, RECORD_RESULT, row_integer(after, RELEASE_RESULT), &release->result);
  if (error == STORE_OK) error = fact_row(decision, RECORD_UNIT, row_integer(after, RELEASE_DISTRICT), &release->district);
  if (error == STORE_OK) error = rows_named(decision, row_value(after, RELEASE_BEFORE), RECORD_EVIDENCE, &release->before, &release->before_count, &release->missing);
  if (error == STORE_OK) error = rows_named(decision, row_value(after, RELEASE_AFTER), RECORD_EVIDENCE, &release->after, &release->after_count, &release->missing);
  if (error == STORE_OK) error = rows_named(decision, row_value(after, RELEASE_INDICATORS), RECORD_INDICATOR, &release->indicators, &release->indicator_count, &release->missing);
  facts->release = release;
  return error;
}

enum store_error fact_released(struct decision *decision, struct guard_facts *facts) {
  struct row **rows = NULL;
  size_t count = 0;
  enum store_error error = releases_of(decision, decision->after->id, RELEASE_RELEASED, NOTHING, &rows, &count);
  facts->released = (int64_t)count;
  return error;
}

enum store_error fact_evaluated(struct decision *decision, struct guard_facts *facts) {
  if (!decision->parent) return STORE_OK;
  struct value key = value_text(EVALUATION_KEY, evaluation_key(decision, decision->parent));
  struct condition condition = {.field = EVALUATION_KEY, .how = C_IS, .values = &key, .count = 1};
  struct query query = {.type = record_type(RECORD_EVALUATION), .conditions = &condition, .condition_count = 1, .expected = 0};
  return reader_count(decision->set->reader, &query, &SCOPE_SYSTEM, &facts->evaluated);
}

/* ---- releases ---- */

static bool picture(const struct row *evidence, int64_t problem) {
  const char *media = row_text(evidence, EVIDENCE_MEDIA_TYPE), *file = row_text(evidence, EVIDENCE_FILE);
  return !evidence->voided && file && media && row_integer(evidence, EVIDENCE_PROBLEM) == problem &&
         (strcmp(media, "image/jpeg") == 0 || strcmp(media, "image/png") == 0);
}

static bool never_public(const struct row *problem) {
  switch (problem->state) {
  case PROBLEM_DRAFT: case PROBLEM_SUBMITTED: case PROBLEM_WITHDRAWN: case PROBLEM_MERGED: return true;
  default: return problem->voided;
  }
}

/* What is named belongs to the problem, and can be shown. */
struct label guard_release_fits(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const struct release_facts *release = facts->release;
  const struct row *problem = facts->parent;
  (void)arena;
  if (!problem) return HOLDS; /* found as required */
  *field = RELEASE_PROBLEM;
  if (never_public(problem))
    return (struct label){"只有已入库、没有撤销或并入的问题可以发布",
                          "only a problem that was admitted, and neither withdrawn nor merged, can be released"};
  *field = RELEASE_RESULT;
  if (release->result && row_integer(release->result, RESULT_PROBLEM) != problem->id)
    return (struct label){"这条成效不是这个问题的", "this result is not of this problem"};
  *field = RELEASE_DISTRICT;
  if (release->district && row_integer(release->district, UNIT_KIND) != UNIT_KIND_DISTRICT)
    return (struct label){"“所在区”应是一个区", "the district must be a unit that is a district"};
  *field = RELEASE_BEFORE;
  for (size_t i = 0; i < release->before_count; i++)
    if (!picture(release->before[i], problem->id))
      return (struct label){"图片应是这个问题的 JPEG 或 PNG 佐证", "a picture is evidence of this problem, as JPEG or PNG"};
  *field = RELEASE_AFTER;
  for (size_t i = 0; i < release->after_count; i++)
    if (!picture(release->after[i], problem->id))
      return (struct label){"图片应是这个问题的 JPEG 或 PNG 佐证", "a picture is evidence of this problem, as JPEG or PNG"};
  *field = RELEASE_INDICATORS;
  for (size_t i = 0; i < release->indicator_count; i++)
    if (row_integer(release->indicators[i], INDICATOR_PROBLEM) != problem->id)
      return (struct label){"指标应是这个问题的", "an indicator must be one of this problem"};
  return release->missing ? (struct label){"有的图片或指标已经不在", "some picture or indicator is no longer there"} : HOLDS;
}

/* Secrecy first (PRACTICE.md: not public until somebody has reviewed it for secrecy); then what other reviews have decided already. */
struct label guard_release_reviewed(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const struct row *problem = facts->parent, *result = facts->release->result;
  int64_t secrecy = problem ? row_integer(problem, PROBLEM_SECRECY) : NOTHING,
          scope = problem ? row_integer(problem, PROBLEM_PUBLICITY_SCOPE) : NOTHING;
  (void)arena;
  *field = RELEASE_PROBLEM;
  if (secrecy != NOTHING && secrecy >= SECRECY_RESTRICTED)
    return (struct label){"限定知悉的问题和离线涉密占位不能向社会发布",
                          "a restricted problem, or an off-line placeholder, cannot be released"};
  if (scope == SCOPE_PARTY || scope == SCOPE_SKIPPED)
    return (struct label){"公开审核已定不向社会公开", "the review for publicity has decided that it is not public"};
  *field = RELEASE_RESULT;
  if (row_integer(facts->after, RELEASE_RESULT) == NOTHING) return HOLDS;
  if (!result || result->state != RESULT_CONFIRMED) return (struct label){"成效确认后才能发布", "a result is released after it was confirmed"};
  return row_integer(result, RESULT_PUBLICITY) == PUBLICITY_OPEN
             ? HOLDS
             : (struct label){"成效已定不公开", "it was decided that this result is not open"};
}

/* Where the policy wants it, what is publicised to the public stands on the portal first. */
struct label guard_release_first(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  (void)arena;
  *field = PROBLEM_PUBLICITY_SCOPE;
  if (!facts->policy->release_first || row_integer(facts->after, PROBLEM_PUBLICITY_SCOPE) != SCOPE_PUBLIC || facts->released) return HOLDS;
  return (struct label){"本专项的口径要求先经发布审核再公示：请先提请发布",
                        "this campaign's policy wants it released before it is publicised: propose a release first"};
}

/* ---- evaluations ---- */

struct label guard_evaluation_fits(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const struct row *after = facts->after, *appeal = facts->parent;
  int64_t solved = row_integer(after, EVALUATION_SOLVED);
  (void)arena;
  if (!appeal) return HOLDS; /* found as required */
  *field = EVALUATION_APPEAL;
  if (appeal->state != APPEAL_ANSWERED && appeal->state != APPEAL_CLOSED)
    return (struct label){"诉求答复后才能评价", "an appeal is evaluated after it was answered"};
  if (facts->evaluated) return (struct label){"一人一事只评一次，已经评过了", "one vote for each person and matter: it was given already"};
  *field = EVALUATION_ABOUT;
  if (solved == EVALUATED_SOLVED && row_integer(after, EVALUATION_SATISFACTION) == DISSATISFIED &&
      row_integer(after, EVALUATION_ABOUT) == NOTHING)
    return (struct label){"不满意的请写明对什么不满意", "say with what you are dissatisfied"};
  return HOLDS;
}
