/* Effects of a campaign: the days from which appeals go by its policy; and what follows a problem that two people correct into another
   campaign. */
#include "rules/effects.h"

/* Every day is kept, in one place: appeals of then are reckoned again by the numbers of then. */
enum store_error effect_lead_hotline(struct decision *decision, const struct transition *arrow) {
  struct arena *scratch = decision->set->scratch;
  const char *before = row_text(decision->after, CAMPAIGN_HOTLINE_DAYS), *day = date_print(scratch, row_integer(decision->after, CAMPAIGN_HOTLINE_FROM));
  (void)arrow;
  row_set_text(decision->after, CAMPAIGN_HOTLINE_DAYS, before ? arena_print(scratch, "%s %s", before, day) : day);
  row_set_integer(decision->after, CAMPAIGN_HOTLINE_FROM, NOTHING);
  decision->set->appeal_policies = NULL; /* what was kept may be another's now */
  return STORE_OK;
}

/* What was made for a problem and bears its campaign. A case, a plan and a round have a campaign of their own, which people chose. */
static const struct { enum record_id type; uint16_t problem, campaign; } FOLLOWING[] = {
  {RECORD_ALERT, ALERT_PROBLEM, ALERT_CAMPAIGN}, {RECORD_CHECK, CHECK_PROBLEM, CHECK_CAMPAIGN}, {RECORD_RESULT, RESULT_PROBLEM, RESULT_CAMPAIGN},
  {RECORD_CHASE, CHASE_PROBLEM, CHASE_CAMPAIGN}, {RECORD_TRANSFER, TRANSFER_PROBLEM, TRANSFER_CAMPAIGN}, {RECORD_RULING, RULING_PROBLEM, RULING_CAMPAIGN}};

enum store_error campaign_corrected(struct decision *decision) {
  const struct row *before = decision->before;
  int64_t campaign = row_integer(decision->after, PROBLEM_CAMPAIGN);
  enum store_error error = STORE_OK;
  if (decision->type->id != RECORD_PROBLEM || row_integer(before, PROBLEM_CAMPAIGN) == campaign) return STORE_OK;
  for (size_t i = 0; i < sizeof FOLLOWING / sizeof *FOLLOWING && error == STORE_OK; i++) {
    struct value of = value_integer(FOLLOWING[i].problem, before->id), value = value_integer(FOLLOWING[i].campaign, campaign);
    struct condition condition = {FOLLOWING[i].problem, C_IS, &of, 1};
    struct query query = {.type = record_type(FOLLOWING[i].type), .conditions = &condition, .condition_count = 1, .expected = -1};
    struct row **rows = NULL;
    size_t count = 0;
    error = set_rows(decision->set, &query, &rows, &count);
    for (size_t at = 0; at < count; at++)
      if (row_integer(rows[at], FOLLOWING[i].campaign) != campaign) effect_change(decision, FOLLOWING[i].type, rows[at]->id, ACTION_CORRECT, &value, 1, decision->change->reason);
  }
  return error;
}
