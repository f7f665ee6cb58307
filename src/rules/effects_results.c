/* Effects of indicators, results and evidence: the latest value, what came of a cycle when it is closed, the hash by which a picture used
   before is found. */
#include <string.h>

#include "rules/effects.h"

/* ---- indicators ---- */

/* Of values for one day the one entered last counts; one for an earlier day moves nothing. */
enum store_error effect_indicator_latest(struct decision *decision, const struct transition *arrow) {
  const struct row *indicator = decision->parent;
  int64_t on = row_integer(decision->after, INDICATOR_VALUE_ON), latest = indicator ? row_integer(indicator, INDICATOR_LATEST_ON) : NOTHING;
  struct value values[] = {value_integer(INDICATOR_LATEST, row_integer(decision->after, INDICATOR_VALUE_VALUE)), value_integer(INDICATOR_LATEST_ON, on)};
  (void)arrow;
  if (decision->authority->user) row_set_integer(decision->after, INDICATOR_VALUE_ENTERED_BY, decision->authority->user);
  if (indicator && on >= latest) effect_change(decision, RECORD_INDICATOR, indicator->id, ACTION_EDIT, values, 2, NULL);
  return STORE_OK;
}

/* ---- results ---- */

static struct value carried(const struct row *from, uint16_t field, uint16_t as) {
  struct value value = *row_value(from, field);
  value.field = as;
  return value;
}

/* One a cycle: what the ledger knows already is filled in; what came of it is for the unit to say and for the office to confirm. */
enum store_error effect_result(struct decision *decision, const struct transition *arrow) {
  const struct row *after = decision->after;
  struct value values[] = {
    value_integer(RESULT_PROBLEM, after->id), value_integer(RESULT_CYCLE, row_integer(after, PROBLEM_CYCLE)), value_integer(RESULT_CLOSED_ON, decision_date(decision)),
    carried(after, PROBLEM_NUMBER, RESULT_NUMBER), carried(after, PROBLEM_TITLE, RESULT_TITLE), carried(after, PROBLEM_CAMPAIGN, RESULT_CAMPAIGN),
    carried(after, PROBLEM_LEAD_UNIT, RESULT_UNIT), carried(after, PROBLEM_CATEGORY, RESULT_CATEGORY), carried(after, PROBLEM_GOAL, RESULT_EXPECTED)};
  (void)arrow;
  effect_change(decision, RECORD_RESULT, 0, ACTION_CREATE, values, sizeof values / sizeof *values, NULL);
  return STORE_OK;
}

/* The corrected one keeps every word of it; its successor begins with the same and is confirmed anew. */
enum store_error effect_result_again(struct decision *decision, const struct transition *arrow) {
  const struct record_type *type = decision->type;
  struct value *values = ARENA_ARRAY(decision->set->scratch, struct value, type->field_count + 1);
  size_t count = 0;
  (void)arrow;
  for (size_t i = 0; i < type->field_count; i++)
    if (!(type->fields[i].flags & FIELD_DERIVED)) values[count++] = *row_value(decision->after, type->fields[i].id);
  values[count++] = value_integer(RESULT_CORRECTS, decision->after->id);
  effect_change(decision, RECORD_RESULT, 0, ACTION_CREATE, values, count, decision->change->reason);
  return STORE_OK;
}

/* ---- evidence ---- */

enum store_error effect_picture(struct decision *decision, const struct transition *arrow) {
  const char *media = row_text(decision->after, EVIDENCE_MEDIA_TYPE);
  (void)arrow;
  if (media && strncmp(media, "image/", 6) == 0) row_set_text(decision->after, EVIDENCE_PICTURE_HASH, row_text(decision->after, EVIDENCE_FILE));
  return STORE_OK;
}
