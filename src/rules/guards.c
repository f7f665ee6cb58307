/* Guards: each code of codes.h bound to its function, and their evaluation for one arrow. Declarations name guards by code;
   nothing else in the house calls them. A new guard is a row here, a function beside the others, and a code. */
#include "rules/guards.h"

const struct guard GUARDS[GUARD_COUNT] = {
  [GUARD_HAS_OWNER_AND_DATE] = {guard_has_owner_and_date, NEED_POLICY, false, "owner_and_date"},
  [GUARD_UNIT_MAY_HOLD] = {guard_unit_may_hold, NEED_UNIT, false, "unit_may_hold"},
  [GUARD_MEASURES_PLANNED] = {guard_measures_planned, NEED_MEASURES, false, "measures_planned"},
  [GUARD_WEIGHTS_FULL] = {guard_weights_full, NEED_MEASURES, false, "weights_full"},
  [GUARD_MEASURES_ACCEPTED] = {guard_measures_accepted, NEED_MEASURES, false, "measures_accepted"},
  [GUARD_HAS_EVIDENCE] = {guard_has_evidence, NEED_EVIDENCE, false, "has_evidence"},
  [GUARD_NOT_APPLICANT] = {guard_not_applicant, 0, true, "not_applicant"},
  [GUARD_OUTSIDE_UNIT] = {guard_outside_unit, 0, true, "outside_unit"},
  [GUARD_PUBLICITY_OVER] = {guard_publicity_over, 0, false, "publicity_over"},
  [GUARD_WATCH_OVER] = {guard_watch_over, 0, false, "watch_over"},
  [GUARD_ROOT_CAUSE] = {guard_root_cause, NEED_POLICY, false, "root_cause"},
  [GUARD_REOPEN_DATE] = {guard_reopen_date, NEED_FIRST_CYCLE | NEED_POLICY, false, "reopen_date"},
  [GUARD_DATES_IN_ORDER] = {guard_dates_in_order, 0, false, "dates_in_order"},
  [GUARD_ROLES_APART] = {guard_roles_apart, NEED_GRANTS, false, "roles_apart"},
  [GUARD_PENDING_NONE] = {guard_pending_none, NEED_PENDING, false, "pending_none"},
  [GUARD_POLICY_NOT_PAST] = {guard_policy_not_past, 0, false, "policy_not_past"},
  [GUARD_MEETINGS_SHARE] = {guard_meetings_share, NEED_MEASURES | NEED_POLICY, false, "meetings_share"},
  [GUARD_CAMPAIGN_OPEN] = {guard_campaign_open, NEED_CAMPAIGN, false, "campaign_open"},
  [GUARD_APPROVER] = {guard_approver, 0, true, "approver"},
  [GUARD_DEPUTY_DATES] = {guard_deputy_dates, 0, false, "deputy_dates"},
  [GUARD_PROBLEM_OPEN] = {guard_problem_open, 0, false, "problem_open", true},
  [GUARD_PUBLICITY_OFF] = {guard_publicity_off, NEED_POLICY, false, "publicity_off"},
  [GUARD_AT_ONCE] = {guard_at_once, 0, false, "at_once", .kind = true},
  [GUARD_ENDS_VISIBLE] = {guard_ends_visible, NEED_ENDS, false, "ends_visible"},
  [GUARD_IMPORTING] = {guard_importing, 0, false, "importing"},
  [GUARD_ROUND_MONTH] = {guard_round_month, NEED_POLICY | NEED_ROUND_MONTH, false, "round_month"},
  [GUARD_ROUND_OPEN] = {guard_round_open, NEED_ROUND, false, "round_open", true},
  [GUARD_NIL_CHANGES] = {guard_nil_changes, NEED_ROUND | NEED_LACKING, false, "nil_changes"},
  [GUARD_ROUND_COLLECTED] = {guard_round_collected, NEED_AWAITED, false, "round_collected"},
  [GUARD_CUTOFF_PAST] = {guard_cutoff_past, 0, false, "cutoff_past"},
  [GUARD_ANSWER_OVERDUE] = {guard_answer_overdue, 0, false, "answer_overdue"},
  [GUARD_REMINDED_ONCE] = {guard_reminded_once, NEED_REMINDED, false, "reminded_once"},
  [GUARD_SLIP_FIGURE] = {guard_slip_figure, 0, false, "slip_figure"},
  [GUARD_PLAN_PROBLEMS] = {guard_plan_problems, NEED_PLAN, false, "plan_problems"},
  [GUARD_PLAN_MEASURES] = {guard_plan_measures, NEED_PLAN | NEED_POLICY, false, "plan_measures"},
  [GUARD_PLAN_DONE] = {guard_plan_done, NEED_PLAN, false, "plan_done"},
  [GUARD_STAGES_PLANNED] = {guard_stages_planned, NEED_STAGES | NEED_POLICY, false, "stages_planned", true},
  [GUARD_STAGE_FITS] = {guard_stage_fits, 0, false, "stage_fits", true},
  [GUARD_PROBLEM_LIVE] = {guard_problem_live, 0, false, "problem_live"},
  [GUARD_INDICATOR_LINE] = {guard_indicator_line, 0, false, "indicator_line"},
  [GUARD_VALUE_DATE] = {guard_value_date, 0, false, "value_date"},
  [GUARD_RESULT_COMPLETE] = {guard_result_complete, 0, false, "result_complete"},
  [GUARD_CHASE_LATE] = {guard_chase_waits, NEED_CHASED, false, "chase_waits"},
  [GUARD_DECISION_FITS] = {guard_decision_fits, 0, false, "decision_fits"},
  [GUARD_ALERTS_NONE] = {guard_alerts_none, NEED_ALERTS, false, "alerts_none"},
  [GUARD_SAME_PROBLEM] = {guard_same_problem, NEED_OTHER, false, "same_problem"},
  [GUARD_NO_RULING_OPEN] = {guard_no_ruling_open, 0, false, "no_ruling_open"},
  [GUARD_NOT_BOUND] = {guard_not_bound, 0, false, "not_bound"},
  [GUARD_DISPUTE_IN_TIME] = {guard_dispute_in_time, NEED_POLICY | NEED_CALENDAR, false, "dispute_in_time"},
  [GUARD_EXTENSION_LIMIT] = {guard_extension_limit, NEED_POLICY, false, "extension_limit"},
  [GUARD_SUSPENSION_LIMIT] = {guard_suspension_limit, NEED_POLICY, false, "suspension_limit"},
  [GUARD_KIND_LIMIT] = {guard_kind_limit, NEED_POLICY, false, "kind_limit"},
  [GUARD_RECEIVER] = {guard_receiver, NEED_RECEIVER, false, "receiver"},
  [GUARD_TRANSFER_STANDS] = {guard_transfer_stands, NEED_PROBLEM, false, "transfer_stands"},
  [GUARD_REFUSE_IN_TIME] = {guard_refuse_in_time, 0, false, "refuse_in_time"},
  [GUARD_SLIP_PEOPLE] = {guard_slip_people, NEED_PEOPLE, false, "slip_people"},
  [GUARD_SLIP_FROM] = {guard_slip_from, 0, true, "slip_from"},
  [GUARD_SLIP_TO] = {guard_slip_to, 0, true, "slip_to"},
  [GUARD_UNIT_ENDS] = {guard_unit_ends, NEED_SUCCESSORS, false, "unit_ends"},
  [GUARD_SUCCESSORS] = {guard_successors, NEED_SUCCESSORS, false, "successors"},
  [GUARD_DEPUTY_SCOPE] = {guard_deputy_scope, NEED_PRINCIPAL, false, "deputy_scope"},
  [GUARD_BY_APPROVAL] = {guard_by_approval, 0, false, "by_approval", true},
  /* closing */
  [GUARD_ANOTHER_PERSON] = {guard_another_person, 0, true, "another_person"},
  [GUARD_PROGRESS_COMPLETE] = {guard_progress_complete, NEED_MEASURES, false, "progress_complete"},
  [GUARD_ACCEPTANCE_PASSED] = {guard_acceptance_passed, NEED_POLICY, false, "acceptance_passed"},
  [GUARD_OBJECTIONS_NONE] = {guard_objections_none, NEED_OBJECTIONS, false, "objections_none"},
  [GUARD_NOBODY_DISSATISFIED] = {guard_nobody_dissatisfied, NEED_POLICY | NEED_APPEALS, false, "nobody_dissatisfied"},
  [GUARD_SEND_BACK_DATE] = {guard_send_back_date, NEED_POLICY, false, "send_back_date"},
  [GUARD_SITE_VISIT] = {guard_site_visit, NEED_POLICY, true, "site_visit"},
  [GUARD_CRITERIA_MET] = {guard_criteria_met, NEED_CRITERIA, true, "criteria_met"},
  [GUARD_PUBLICITY_REVIEWED] = {guard_publicity_reviewed, 0, false, "publicity_reviewed"},
  [GUARD_HAND_COLOUR] = {guard_hand_colour, NEED_POLICY, false, "hand_colour"},
  [GUARD_CAMPAIGN_TAKES] = {guard_campaign_takes, NEED_CAMPAIGN | NEED_LEAD_LINE | NEED_UNIT, false, "campaign_takes"},
  [GUARD_CATEGORY_FITS] = {guard_category_fits, NEED_CATEGORY, false, "category_fits"},
  [GUARD_CATEGORY_TREE] = {guard_category_tree, NEED_FRAME, false, "category_tree"},
  [GUARD_PARTS_CLOSED] = {guard_parts_closed, NEED_PARTS, false, "parts_closed"},
  [GUARD_PART_FITS] = {guard_part_fits, NEED_PARTS, false, "part_fits"},
  [GUARD_MERGE_FITS] = {guard_merge_fits, NEED_PARTS, false, "merge_fits"},
  [GUARD_OUTLINE] = {guard_outline, 0, false, "outline"},
  [GUARD_PLACEHOLDER_BARE] = {guard_placeholder_bare, 0, false, "placeholder_bare"},
  [GUARD_PLACEHOLDER] = {guard_placeholder, 0, false, "placeholder", .kind = true},
  [GUARD_TASKS_DONE] = {guard_tasks_done, NEED_FRAME, false, "tasks_done"},
  [GUARD_TOPIC_OPEN] = {guard_topic_open, 0, false, "topic_open", true},
  [GUARD_LINK_FITS] = {guard_link_fits, NEED_FRAME, false, "link_fits"},
  [GUARD_RELEASE_FITS] = {guard_release_fits, 0, false, "release_fits", .own = fact_release},
  [GUARD_RELEASE_REVIEWED] = {guard_release_reviewed, 0, false, "release_reviewed", .own = fact_release},
  [GUARD_RELEASE_FIRST] = {guard_release_first, NEED_POLICY, false, "release_first", .own = fact_released},
  [GUARD_EVALUATION_FITS] = {guard_evaluation_fits, 0, false, "evaluation_fits", .own = fact_evaluated},
  [GUARD_GUIDANCE_GRANT] = {guard_guidance_grant, 0, false, "guidance_grant"},
  [GUARD_MAY_SHOW] = {guard_may_show, 0, false, "may_show"},
  [GUARD_IS_SHOWN] = {guard_is_shown, 0, false, "is_shown"},
  [GUARD_SERVICE_ASKS] = {guard_service_asks, 0, false, "service_asks"},
  /* appeals */
  [GUARD_RETURN_IN_TIME] = {guard_return_in_time, NEED_CALENDAR, true, "return_in_time", .own = fact_returning},
  [GUARD_UNIT_NOT_BOUND] = {guard_unit_not_bound, 0, true, "unit_not_bound"},
  [GUARD_JOIN_FITS] = {guard_join_fits, 0, false, "join_fits", .own = fact_main_appeal},
  [GUARD_CALLER_APART] = {guard_caller_apart, 0, true, "caller_apart", .own = fact_caller},
  [GUARD_CALL_FITS] = {guard_call_fits, 0, false, "call_fits"},
  [GUARD_EXCLUSION_FITS] = {guard_exclusion_fits, 0, false, "exclusion_fits", .own = fact_exclusions},
  [GUARD_NOT_COMPLAINED_OF] = {guard_not_complained_of, 0, false, "not_complained_of"},
  [GUARD_CLASSIFIES] = {guard_classifies, 0, false, "classifies", .own = fact_returning},
  [GUARD_CATEGORY_GUESSED] = {guard_category_guessed, 0, false, "category_guessed"},
  [GUARD_CLASSIFY_BOUND] = {guard_classify_bound, 0, false, "classify_bound"},
  [GUARD_CHECK_FITS] = {guard_check_fits, 0, false, "check_fits", .own = fact_checks_waiting},
  [GUARD_CHECK_SEEN] = {guard_check_seen, 0, false, "check_seen"},
  [GUARD_CASE_FITS] = {guard_case_fits, 0, false, "case_fits", .own = fact_case_problem},
  [GUARD_DRAW_FITS] = {guard_draw_fits, 0, false, "draw_fits"},
  [GUARD_UNIT_TREE] = {guard_unit_tree, 0, false, "unit_tree", .own = fact_unit_tree},
  [GUARD_SELF_CHECK_FITS] = {guard_self_check_fits, 0, false, "self_check_fits", .own = fact_self_checks},
  [GUARD_DRAFTED] = {guard_drafted, 0, false, "drafted"},
  [GUARD_STRONG_CASE] = {guard_strong_case, 0, false, "strong_case", .own = fact_case_picture},
  [GUARD_CAMPAIGN_DONE] = {guard_campaign_done, 0, false, "campaign_done", .own = fact_problems_open},
  [GUARD_HOTLINE_DAY] = {guard_hotline_day, 0, false, "hotline_day", .own = fact_hotline_day},
  [GUARD_RATE_WEIGHTS] = {guard_rate_weights, 0, false, "rate_weights"},
};

bool guards_bound(enum guard_code code) { return code > GUARD_NONE && code < GUARD_COUNT && GUARDS[code].holds; }

static unsigned needs_of(const struct transition *arrow) {
  unsigned needs = 0;
  for (size_t i = 0; i < ARROW_GUARDS && arrow->guards[i]; i++) needs |= GUARDS[arrow->guards[i]].needs;
  return needs;
}

/* The facts that the guards of the arrow look at: what they need, and what each loads for itself. */
static enum store_error facts_of(struct decision *decision, const struct transition *arrow, struct guard_facts *facts) {
  enum store_error error = guard_facts_load(decision, arrow, needs_of(arrow), facts);
  for (size_t i = 0; error == STORE_OK && i < ARROW_GUARDS && arrow->guards[i]; i++)
    if (GUARDS[arrow->guards[i]].own) error = GUARDS[arrow->guards[i]].own(decision, facts);
  return error;
}

/* What the form will ask is no reason against an action before the form was filled; what is said of a field already, not said twice. */
static bool left_out(const struct decision *decision, const struct transition *arrow, uint16_t field) {
  if (!field) return false;
  if (decision->possible && arrow_forms(arrow, field)) return true;
  for (size_t i = decision->findings_before; i < decision->set->finding_count; i++)
    if (decision->set->findings[i].field == field) return true;
  return false;
}

static bool applies(const struct decision *decision, const struct guard *guard) {
  return guard->holds && !(guard->person && (decision->passing || decision->system));
}

static bool among(const struct transition *arrow, enum guard_code code) {
  for (size_t i = 0; arrow && i < ARROW_GUARDS && arrow->guards[i]; i++)
    if (arrow->guards[i] == code) return true;
  return false;
}

/* `asked`: another arrow whose guards were asked already, NULL none; `moment`: those about the moment as well. */
static enum store_error ask(struct decision *decision, const struct transition *arrow, const struct transition *asked, bool moment) {
  struct guard_facts facts;
  enum store_error error = STORE_OK;
  if (!arrow->guards[0]) return STORE_OK;
  error = facts_of(decision, arrow, &facts);
  for (size_t i = 0; error == STORE_OK && i < ARROW_GUARDS && arrow->guards[i]; i++) {
    const struct guard *guard = &GUARDS[arrow->guards[i]];
    uint16_t field = 0;
    if (!applies(decision, guard) || among(asked, arrow->guards[i]) || (guard->moment && !moment)) continue;
    struct label why = guard->holds(&facts, decision->set->arena, &field);
    if (why.zh && !left_out(decision, arrow, field)) set_find(decision, VERDICT_NOT_NOW, field, guard->code, why);
  }
  return error;
}

enum store_error guards_check(struct decision *decision, const struct transition *arrow) { return ask(decision, arrow, NULL, true); }

/* The edit of this state; where there is none any more, the last one that the type declares. */
static const struct transition *edit_of(const struct decision *decision, bool corrects) {
  const struct transition *edit = lifecycle_arrow(decision->type, decision->before->state, ACTION_EDIT);
  for (size_t i = 0; !edit && corrects && i < decision->type->transition_count; i++)
    if (decision->type->transitions[i].action == ACTION_EDIT) edit = &decision->type->transitions[i];
  return edit;
}

enum store_error guards_check_values(struct decision *decision) {
  bool corrects = decision_corrects(decision);
  const struct transition *edit = decision->before && (decision->beside || corrects) ? edit_of(decision, corrects) : NULL;
  return edit ? ask(decision, edit, decision->arrow, !corrects) : STORE_OK;
}

enum store_error guards_hold(struct decision *decision, const struct transition *arrow, bool *hold) {
  struct guard_facts facts;
  enum store_error error = facts_of(decision, arrow, &facts);
  *hold = error == STORE_OK;
  for (size_t i = 0; *hold && i < ARROW_GUARDS && arrow->guards[i]; i++) {
    const struct guard *guard = &GUARDS[arrow->guards[i]];
    uint16_t field;
    if (applies(decision, guard) && guard->holds(&facts, decision->set->scratch, &field).zh) *hold = false;
  }
  return error;
}
