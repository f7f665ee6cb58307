/* Effects: each code of codes.h bound to its function, run in the order of the arrow once everything was found right. They alter
   the row before it is written, or yield further changes, which go through the same door under the program's own authority. */
#include <string.h>

#include "rules/effects.h"

#include "base/room.h"

static const struct effect EFFECTS[EFFECT_COUNT] = {
  [EFFECT_NUMBER] = {effect_number},
  [EFFECT_CYCLE_OPEN] = {effect_cycle_open},
  [EFFECT_CYCLE_MARK] = {effect_cycle_mark},
  [EFFECT_CYCLE_CLOSE] = {effect_cycle_close},
  [EFFECT_ROUTE] = {effect_route},
  [EFFECT_BASELINE] = {effect_baseline},
  [EFFECT_COUNT_SENT_BACK] = {effect_count_sent_back},
  [EFFECT_STAMP] = {effect_stamp},
  [EFFECT_CARRY_OUT] = {effect_carry_out},
  [EFFECT_APPEALS_FOLLOW] = {effect_appeals_follow}, [EFFECT_DRAFT_TAKEN] = {effect_draft_taken},
  [EFFECT_PROGRESS] = {effect_progress},
  [EFFECT_ASK_APPROVAL] = {effect_ask_approval},
  [EFFECT_DEADLINE] = {effect_deadline},
  [EFFECT_RECOMPUTE_DEADLINES] = {NULL}, /* named by no declaration: the clock does it, in sets of its own (clock.c) */
  [EFFECT_REOPEN] = {effect_reopen},
  [EFFECT_BRING_IN] = {effect_bring_in},
  [EFFECT_ROUND_OPEN] = {effect_round_open},
  [EFFECT_ROUND_ASK] = {effect_round_ask},
  [EFFECT_ROUND_CLOSE] = {effect_round_close},
  [EFFECT_ANSWER_FILL] = {effect_answer_fill},
  [EFFECT_ANSWER_REMIND] = {effect_answer_remind},
  [EFFECT_FREEZE] = {effect_freeze},
  [EFFECT_SLIP] = {effect_slip},
  [EFFECT_REPORTED] = {effect_reported},
  [EFFECT_NOTE_REPEATS] = {effect_note_repeats},
  [EFFECT_OUTCOME] = {effect_outcome},
  [EFFECT_ASK_TOGETHER] = {effect_ask_together},
  [EFFECT_PLAN_BASELINE] = {effect_plan_baseline},
  [EFFECT_PLAN_ASK] = {effect_plan_ask},
  [EFFECT_INDICATOR_LATEST] = {effect_indicator_latest},
  [EFFECT_RESULT] = {effect_result},
  [EFFECT_RESULT_AGAIN] = {effect_result_again},
  [EFFECT_PICTURE] = {effect_picture},
  [EFFECT_HOLDING] = {effect_holding},
  [EFFECT_TRANSFER_ASK] = {effect_transfer_ask},
  [EFFECT_TRANSFER_OPEN] = {effect_transfer_open},
  [EFFECT_TRANSFER_ANSWERED] = {effect_transfer_answered},
  [EFFECT_RULING_OPEN] = {effect_ruling_open},
  [EFFECT_DISPUTE] = {effect_dispute},
  [EFFECT_DISPUTE_DROPPED] = {effect_dispute_dropped},
  [EFFECT_RULED] = {effect_ruled},
  [EFFECT_PROVISIONAL] = {effect_provisional},
  [EFFECT_APPROVED] = {effect_approved},
  [EFFECT_RESUME] = {effect_resume},
  [EFFECT_SLIP_LIST] = {effect_slip_list},
  [EFFECT_SLIP_CONFIRM] = {effect_slip_confirm},
  [EFFECT_SUCCEED] = {effect_succeed},
  [EFFECT_ACCEPTANCE] = {effect_acceptance},
  [EFFECT_DRAW] = {effect_draw},
  [EFFECT_ASK_MORE] = {effect_ask_more},
  [EFFECT_HAND_COLOUR] = {effect_hand_colour},
  [EFFECT_OBJECTION] = {effect_objection},
  [EFFECT_CRITERIA] = {effect_criteria},
  [EFFECT_POLICY_PRESET] = {effect_policy_preset},
  [EFFECT_SAMPLE_CHECKED] = {effect_sample_checked},
  [EFFECT_SHOWN] = {effect_shown},
  [EFFECT_HIDDEN] = {effect_hidden},
  [EFFECT_RELEASE_MASK] = {effect_release_mask},
  [EFFECT_RELEASE] = {effect_release},
  [EFFECT_PUBLICITY] = {effect_publicity},
  [EFFECT_EVALUATION] = {effect_evaluation}, [EFFECT_JUDGED_BY] = {effect_judged_by},
  [EFFECT_INVITE] = {effect_invite},
  [EFFECT_CHASE] = {effect_chase},
  [EFFECT_CHASE_ANSWERED] = {effect_chase_answered},
  [EFFECT_ALERT] = {effect_alert},
  [EFFECT_ALERT_DECIDED] = {effect_alert_decided},
  [EFFECT_DECIDED_BY] = {effect_decided_by},
  [EFFECT_SPLIT] = {effect_split},
  [EFFECT_PART_ASSIGN] = {effect_part_assign},
  [EFFECT_MERGE] = {effect_merge},
  [EFFECT_LINK_HOLDS] = {effect_link_holds},
  [EFFECT_CONTACTED] = {effect_contacted},
  [EFFECT_JOIN] = {effect_join},
  [EFFECT_CLASSIFIED] = {effect_classified},
  [EFFECT_CATEGORY_CONFIRMED] = {effect_category_confirmed},
  [EFFECT_JOINED_FOLLOW] = {effect_joined_follow},
  [EFFECT_CALL_BACK] = {effect_call_back},
  [EFFECT_EXCLUSION_ASK] = {effect_exclusion_ask},
  [EFFECT_REFUSED] = {effect_refused},
  [EFFECT_RULED_UNIT] = {effect_ruled_unit},
  [EFFECT_ASSIGNED] = {effect_assigned},
  [EFFECT_DRAW_OPEN] = {effect_draw_open},
  [EFFECT_DRAW_SAMPLE] = {effect_draw_sample},
  [EFFECT_CHECK_OPEN] = {effect_check_open},
  [EFFECT_CHECK_VERDICT] = {effect_check_verdict},
  [EFFECT_CHECKS_END] = {effect_checks_end},
  [EFFECT_CHECKED] = {effect_checked},
  [EFFECT_CASE_GROWTH] = {effect_case_growth},
  [EFFECT_CASES_FOLLOW] = {effect_cases_follow},
  [EFFECT_SELF_CHECKS_ASK] = {effect_self_checks_ask},
  [EFFECT_SELF_CHECK_OPEN] = {effect_self_check_open},
  [EFFECT_MEASURED] = {effect_measured},
  [EFFECT_STRONG_CASE] = {effect_strong_case},
  [EFFECT_LEAD_HOTLINE] = {effect_lead_hotline},
};

bool effects_bound(enum effect_code code) { return code > EFFECT_NONE && code < EFFECT_COUNT && EFFECTS[code].run; }

/* An effect that holds the record back where it was (somebody else has to agree, or accept, as well) is the last one of the arrow. */
enum store_error effects_run(struct decision *decision, const struct transition *arrow) {
  enum store_error error = STORE_OK;
  for (size_t i = 0; error == STORE_OK && i < ARROW_EFFECTS && arrow->effects[i] && (arrow->to == STATE_KEPT || decision->after->state == arrow->to); i++)
    if (effects_bound(arrow->effects[i])) error = EFFECTS[arrow->effects[i]].run(decision, arrow);
  return error;
}

void effect_yield(struct decision *decision, const struct change *change) {
  ARENA_ROOM(decision->set->scratch, decision->further, decision->further_count, decision->further_room, 8);
  decision->further[decision->further_count++] = *change;
}

void effect_change(struct decision *decision, enum record_id type, int64_t id, enum action_code action, const struct value *values,
                   size_t count, const char *reason) {
  struct value *copies = ARENA_ARRAY(decision->set->scratch, struct value, count + 1);
  if (count) memcpy(copies, values, count * sizeof *copies);
  effect_yield(decision, &(struct change){.type = record_type(type),
                                          .id = id,
                                          .seen = ANY_VERSION,
                                          .action = action,
                                          .values = copies,
                                          .value_count = count,
                                          .reason = reason});
}

int64_t effect_new_id(const struct decision *decision) {
  return decision->before ? decision->before->id : tx_head(decision->set->tx).number + 1;
}

int64_t decision_date(const struct decision *decision) {
  int64_t happened = decision->set->context->happened;
  return happened == NOTHING || happened == 0 ? decision->set->today : date_of_moment(happened);
}

/* ---- stamps: when, who, and what begins anew, by the state reached ---- */

enum { STAMP_CLEARS = 20 };
struct stamp {
  enum record_id type;
  state_code state;
  uint16_t date, person;
  bool only_walked /* not when the step is passed */, once /* the first date stands */;
  int counted;
  uint16_t clears[STAMP_CLEARS];
  uint16_t entered /* the day it was entered */;
};
static const struct stamp STAMPS[] = {
  {RECORD_PROBLEM, PROBLEM_ADMITTED, PROBLEM_ADMITTED_ON, .counted = 1, .entered = PROBLEM_ADMITTED_ENTERED},
  {RECORD_PROBLEM, PROBLEM_ASSIGNED, PROBLEM_ASSIGNED_ON},
  {RECORD_PROBLEM, PROBLEM_TAKEN, PROBLEM_TAKEN_ON},
  {RECORD_PROBLEM, PROBLEM_RECTIFYING, .clears = {PROBLEM_APPLIED_ON, PROBLEM_ENDORSED_ON, PROBLEM_ACCEPTED_ON, PROBLEM_PUBLICISED_ON, PROBLEM_APPLICANT,
                                                  PROBLEM_ENDORSER, PROBLEM_ACCEPTOR, PROBLEM_REVIEW_UNTIL, PROBLEM_PUBLICITY_UNTIL, PROBLEM_ACCEPTORS, PROBLEM_ON_SITE,
                                                  PROBLEM_VISITED_ON, PROBLEM_VISIT_PLACE, PROBLEM_CRITERIA_MET, PROBLEM_PUBLICITY_SCOPE, PROBLEM_WITHHOLD_REASON, PROBLEM_CLOSE_DESPITE}},
  {RECORD_PROBLEM, PROBLEM_APPLIED, PROBLEM_APPLIED_ON, PROBLEM_APPLICANT},
  {RECORD_PROBLEM, PROBLEM_ENDORSED, PROBLEM_ENDORSED_ON, PROBLEM_ENDORSER, .only_walked = true},
  {RECORD_PROBLEM, PROBLEM_ACCEPTED, PROBLEM_ACCEPTED_ON, PROBLEM_ACCEPTOR, .clears = {PROBLEM_REVIEW_UNTIL, PROBLEM_ASKED_MORE}},
  {RECORD_PROBLEM, PROBLEM_PUBLICISED, PROBLEM_PUBLICISED_ON},
  {RECORD_PROBLEM, PROBLEM_CLOSED, PROBLEM_CLOSED_ON},
  {RECORD_PROBLEM, PROBLEM_SETTLED, PROBLEM_SETTLED_ON},
  {RECORD_PROBLEM, PROBLEM_WITHDRAWN, PROBLEM_WITHDRAWN_ON, .counted = -1},
  {RECORD_PROBLEM, PROBLEM_MERGED, PROBLEM_MERGED_ON, .counted = -1},
  {RECORD_MEASURE, MEASURE_WORKING, .clears = {MEASURE_DONE_ON}},
  {RECORD_MEASURE, MEASURE_FINISHED, MEASURE_DONE_ON},
  {RECORD_MEASURE, MEASURE_ACCEPTED, MEASURE_ACCEPTED_ON},
  {RECORD_APPEAL, APPEAL_ANSWERED, APPEAL_ANSWERED_ON, APPEAL_ANSWERED_BY},
  {RECORD_EXCLUSION, EXCLUSION_AGREED, EXCLUSION_DECIDED_ON},
  {RECORD_EXCLUSION, EXCLUSION_REFUSED, EXCLUSION_DECIDED_ON},
  {RECORD_ROUND, ROUND_OPEN, ROUND_OPENED_ON},
  {RECORD_ROUND, ROUND_COLLECTED, ROUND_COLLECTED_ON},
  {RECORD_ROUND, ROUND_FROZEN, ROUND_FROZEN_ON},
  {RECORD_ROUND_ANSWER, ROUND_ANSWER_ANSWERED, ANSWER_ANSWERED_ON, ANSWER_BY},
  {RECORD_ROUND_ANSWER, ROUND_ANSWER_NIL, ANSWER_ANSWERED_ON, ANSWER_BY},
  {RECORD_ROUND_ANSWER, ROUND_ANSWER_SIGNED, ANSWER_SIGNED_ON, ANSWER_SIGNER},
  {RECORD_CORRECTION, CORRECTION_ASKED, CORRECTION_ASKED_ON, CORRECTION_ASKED_BY},
  {RECORD_CORRECTION, CORRECTION_MADE, CORRECTION_MADE_ON},
  {RECORD_PLAN, PLAN_SUBMITTED, PLAN_SUBMITTED_ON},
  {RECORD_PLAN, PLAN_APPROVED, PLAN_APPROVED_ON, PLAN_APPROVER},
  {RECORD_PLAN, PLAN_RUNNING, PLAN_STARTED_ON},
  {RECORD_PLAN, PLAN_CONCLUDED, PLAN_CONCLUDED_ON},
  {RECORD_STAGE, STAGE_PLANNED, .clears = {STAGE_REPORTED_ON}},
  {RECORD_STAGE, STAGE_REPORTED, STAGE_REPORTED_ON},
  {RECORD_STAGE, STAGE_REACHED, STAGE_ACCEPTED_ON, STAGE_ACCEPTOR},
  {RECORD_SITE, SITE_STARTED, SITE_STARTED_ON, .once = true, .clears = {SITE_BUILT_ON, SITE_ACCEPTED_ON, SITE_ACCEPTOR}},
  {RECORD_SITE, SITE_BUILT, SITE_BUILT_ON},
  {RECORD_SITE, SITE_ACCEPTED, SITE_ACCEPTED_ON, SITE_ACCEPTOR},
  {RECORD_SITE, SITE_CONFIRMED, SITE_CONFIRMED_ON},
  {RECORD_RESULT, RESULT_CONFIRMED, RESULT_CONFIRMED_ON, RESULT_CONFIRMER},
  {RECORD_OBJECTION, OBJECTION_RECEIVED, .clears = {OBJECTION_VERDICT, OBJECTION_REASON, OBJECTION_FIRST_BY}},
  {RECORD_OBJECTION, OBJECTION_PROPOSED, 0, OBJECTION_FIRST_BY},
  {RECORD_OBJECTION, OBJECTION_JUDGED, OBJECTION_JUDGED_ON, OBJECTION_SECOND_BY},
  {RECORD_OBJECTION, OBJECTION_ANSWERED, OBJECTION_ANSWERED_ON},
  {RECORD_RELEASE, RELEASE_PROPOSED, RELEASE_PROPOSED_ON, RELEASE_PROPOSED_BY, .clears = {RELEASE_WITHHOLD, RELEASE_REVIEWED_BY, RELEASE_REVIEWED_ON, RELEASE_WITHDRAWN_ON, RELEASE_WORDS}},
  {RECORD_RELEASE, RELEASE_RELEASED, RELEASE_REVIEWED_ON, RELEASE_REVIEWED_BY},
  {RECORD_RELEASE, RELEASE_WITHHELD, RELEASE_REVIEWED_ON, RELEASE_REVIEWED_BY},
  {RECORD_RELEASE, RELEASE_WITHDRAWN, RELEASE_WITHDRAWN_ON},
  {RECORD_EVALUATION, EVALUATION_RECHECK, .clears = {EVALUATION_FOUND, EVALUATION_VERDICT, EVALUATION_REASON, EVALUATION_FIRST_BY}},
  {RECORD_EVALUATION, EVALUATION_PROPOSED, 0, EVALUATION_FIRST_BY},
  {RECORD_EVALUATION, EVALUATION_JUDGED, EVALUATION_JUDGED_ON, EVALUATION_SECOND_BY},
  {RECORD_EVALUATION, EVALUATION_ANSWERED, EVALUATION_ANSWERED_ON},
  {RECORD_TOPIC, TOPIC_CLOSED, TOPIC_CLOSED_ON},
  {RECORD_TOPIC_TASK, TASK_DONE, TOPIC_TASK_DONE_ON},
  {RECORD_TOPIC_TASK, TASK_OPEN, .clears = {TOPIC_TASK_DONE_ON}},
  {RECORD_MECHANISM, MECHANISM_RETIRED, MECHANISM_RETIRED_ON},
  {RECORD_CASE, CASE_SUBMITTED, CASE_SUBMITTED_ON},
  {RECORD_CASE, CASE_CONFIRMED, CASE_CONFIRMED_ON, CASE_CONFIRMER},
  {RECORD_SELF_CHECK, SELF_CHECK_ANSWERED, SELF_CHECK_ANSWERED_ON, SELF_CHECK_ANSWERED_BY},
  {RECORD_SELF_CHECK, SELF_CHECK_ASKED, .clears = {SELF_CHECK_ANSWERED_ON, SELF_CHECK_ANSWERED_BY, SELF_CHECK_FOUND, SELF_CHECK_COUNT}},
};

enum store_error effect_stamp(struct decision *decision, const struct transition *arrow) {
  for (size_t i = 0; i < sizeof STAMPS / sizeof *STAMPS; i++) {
    const struct stamp *stamp = &STAMPS[i];
    bool person = stamp->person && !decision->passing && decision->authority->user;
    if (stamp->type != decision->type->id || stamp->state != arrow->to || (stamp->only_walked && decision->passing)) continue;
    if (stamp->entered) row_set_integer(decision->after, stamp->entered, decision->set->today);
    if (stamp->date && !(stamp->once && row_integer(decision->after, stamp->date) != NOTHING)) row_set_integer(decision->after, stamp->date, decision_date(decision));
    if (person) row_set_integer(decision->after, stamp->person, decision->authority->user);
    if (stamp->counted) row_set_integer(decision->after, PROBLEM_COUNTED, stamp->counted > 0 && row_integer(decision->after, PROBLEM_PARENT) == NOTHING); /* a part never: its whole counts */
    for (size_t k = 0; k < STAMP_CLEARS && stamp->clears[k]; k++) row_set_integer(decision->after, stamp->clears[k], NOTHING);
  }
  return STORE_OK;
}

/* ---- numbers: the campaign's prefix and seven digits, next after the largest that stands ---- */

#define NUMBER_DIGITS 7
struct largest { const char *prefix; uint16_t field; int64_t number; bool other /* met one that is no number of this campaign */; };

static bool largest_take(void *with, const struct row *row) {
  struct largest *largest = with;
  const char *text = row_text(row, largest->field);
  size_t prefix = strlen(largest->prefix);
  bool own = text && strlen(text) == prefix + NUMBER_DIGITS && text_to_integer(text + prefix, &largest->number);
  largest->other |= !own;
  return !own;
}

/* One row says it; only where another campaign's prefix begins with this one's are its longer numbers passed over, row by row. */
static enum store_error next_number(struct decision *decision, uint16_t field, const char *prefix, int64_t *next) {
  struct arena *scratch = decision->set->scratch;
  /* ':' follows '9' */
  struct value least = value_text(field, arena_print(scratch, "%s0", prefix)), end = value_text(field, arena_print(scratch, "%s:", prefix));
  struct condition conditions[] = {{.field = field, .how = C_AT_LEAST, .values = &least, .count = 1},
                                   {.field = field, .how = C_LESS, .values = &end, .count = 1}};
  struct query query = {.type = decision->type,
                        .conditions = conditions,
                        .condition_count = 2,
                        .sort = field,
                        .descending = true,
                        .with_voided = true,
                        .limit = 1,
                        .expected = -1};
  struct largest largest = {.prefix = prefix, .field = field};
  enum store_error error = reader_list(decision->set->reader, &query, &SCOPE_SYSTEM, scratch, largest_take, &largest);
  query.limit = 0;
  if (error == STORE_OK && largest.other && !largest.number)
    error = reader_list(decision->set->reader, &query, &SCOPE_SYSTEM, scratch, largest_take, &largest);
  *next = largest.number + 1;
  return error;
}

static enum store_error number_by_campaign(struct decision *decision, uint16_t field, uint16_t campaign_field, const char *mark) {
  int64_t campaign = row_integer(decision->after, campaign_field), next = 0;
  struct row *row = NULL;
  const char *prefix = NULL;
  enum store_error error = STORE_OK;
  if (row_text(decision->after, field) || campaign == NOTHING) return STORE_OK; /* sent back and admitted again: it keeps its number */
  error = reader_get(decision->set->reader, record_type(RECORD_CAMPAIGN), &SCOPE_SYSTEM, campaign, decision->set->scratch, &row);
  if (error != STORE_OK) return error == STORE_ABSENT ? STORE_BROKEN : error;
  prefix = arena_print(decision->set->scratch, "%s%s", row_text(row, CAMPAIGN_PREFIX) ? row_text(row, CAMPAIGN_PREFIX) : "", mark);
  error = next_number(decision, field, prefix, &next);
  if (error == STORE_OK)
    row_set_text(decision->after, field, arena_print(decision->set->scratch, "%s%0*lld", prefix, NUMBER_DIGITS, (long long)next));
  return error;
}

struct greatest { uint16_t field; int64_t value; };
static bool greatest_take(void *with, const struct row *row) {
  struct greatest *greatest = with;
  int64_t value = row_integer(row, greatest->field);
  if (value > greatest->value) greatest->value = value;
  return true;
}

/* Policies are few, and counted through all campaigns, so that an older one is always the smaller one. */
static enum store_error number_policy(struct decision *decision) {
  struct query query = {.type = decision->type, .with_voided = true, .expected = -1};
  struct greatest greatest = {.field = POLICY_NUMBER};
  enum store_error error = reader_list(decision->set->reader, &query, &SCOPE_SYSTEM, decision->set->scratch, greatest_take, &greatest);
  row_set_integer(decision->after, POLICY_NUMBER, greatest.value + 1);
  decision->set->policies = NULL; /* what was kept may be out of force now */
  return error;
}

enum store_error effect_number(struct decision *decision, const struct transition *arrow) {
  (void)arrow;
  if (decision->type->id == RECORD_POLICY) return number_policy(decision);
  if (decision->type->id == RECORD_ROUND) return number_round(decision);
  if (decision->type->id == RECORD_TOPIC) return number_by_campaign(decision, TOPIC_NUMBER, TOPIC_CAMPAIGN, "T");
  if (decision->type->id == RECORD_PLAN) return number_by_campaign(decision, PLAN_NUMBER, PLAN_CAMPAIGN, "P");
  return number_by_campaign(decision, PROBLEM_NUMBER, PROBLEM_CAMPAIGN, "");
}
