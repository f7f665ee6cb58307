/* The numbers of a policy, a row each: the field of its record that says it, and the member that holds it. What a record leaves out is what
   its field is preset with, and the built-in policy is made of the presets alone: so a number and its source stand once, in
   records/policy.c. */
#include "rules/policy_members.h"

struct number { uint16_t field; bool bits /* the member is a set of bits, no number */; size_t offset; };
#define NUMBER(code, member) {code, false, offsetof(struct policy, member)}
#define BITS(code, member) {code, true, offsetof(struct policy, member)}

static const struct number NUMBERS[] = {
  /* closing by risk */
  BITS(POLICY_STEPS_A, steps[ROUTE_A]), BITS(POLICY_STEPS_B, steps[ROUTE_B]), BITS(POLICY_STEPS_C, steps[ROUTE_C]),
  NUMBER(POLICY_ACCEPTORS, acceptors),
  NUMBER(POLICY_ACCEPTORS_A, acceptors_by_route[ROUTE_A]), NUMBER(POLICY_ACCEPTORS, acceptors_by_route[ROUTE_B]), NUMBER(POLICY_ACCEPTORS, acceptors_by_route[ROUTE_C]),
  NUMBER(POLICY_DRAW_B, draw[ROUTE_B]), NUMBER(POLICY_DRAW_C, draw[ROUTE_C]),
  NUMBER(POLICY_HAND_COLOUR_DAYS, hand_colour_days), NUMBER(POLICY_SEND_BACK_DAYS, send_back_days), NUMBER(POLICY_REVIEW_ORANGE_DAYS, review_orange_days),
  NUMBER(POLICY_REOPEN_SHARE, reopen_share), BITS(POLICY_DISSATISFIED_BLOCKS, dissatisfied_blocks),
  NUMBER(POLICY_PUBLICITY_DAYS, publicity_days), NUMBER(POLICY_WATCH_DAYS, watch_days), NUMBER(POLICY_REVIEW_DAYS, review_days),
  /* taking and planning */
  NUMBER(POLICY_TAKE_DAYS, take_days), NUMBER(POLICY_MEETING_SHARE, meeting_share), NUMBER(POLICY_STAGE_DAYS, stage_days), BITS(POLICY_ROOT_CAUSE_KINDS, root_cause_kinds),
  NUMBER(POLICY_DAYS_AT_ONCE, days_by_kind[KIND_AT_ONCE]), NUMBER(POLICY_DAYS_TIME_LIMITED, days_by_kind[KIND_TIME_LIMITED]), NUMBER(POLICY_DAYS_LONG_TERM, days_by_kind[KIND_LONG_TERM]),
  /* rounds and slips */
  NUMBER(POLICY_ROUNDS_A_MONTH, rounds_a_month), NUMBER(POLICY_REMIND_DAYS, remind_days), NUMBER(POLICY_ANSWER_SIGNED, answer_signed),
  NUMBER(POLICY_SLIP_APPROVERS, slip_approvers), NUMBER(POLICY_ROUND_APPROVERS, round_approvers),
  /* hand-overs */
  NUMBER(POLICY_EXTENSIONS_MOST, extensions_most), NUMBER(POLICY_EXTENSION_DAYS, extension_days), NUMBER(POLICY_EXTENSION_SHARE, extension_share),
  NUMBER(POLICY_SUSPENSION_DAYS, suspension_days), NUMBER(POLICY_KIND_CHANGE_DAYS, kind_change_days), NUMBER(POLICY_DISPUTE_DAYS, dispute_days),
  NUMBER(POLICY_REFUSE_DAYS, refuse_days), NUMBER(POLICY_OWN_DAYS, own_days), NUMBER(POLICY_RULING_DAYS, ruling_days), NUMBER(POLICY_REFUSALS_MOST, refusals_most),
  BITS(POLICY_BEHALF_ACTIONS, behalf_actions),
  /* digests and chasing */
  NUMBER(POLICY_DIGEST_HOUR, digest_hour), NUMBER(POLICY_QUIET_FROM, quiet_from), NUMBER(POLICY_QUIET_TO, quiet_to),
  NUMBER(POLICY_WEEKLY_DAY, weekly_day), NUMBER(POLICY_WEEKLY_MOST, weekly_most), NUMBER(POLICY_WEEKLY_RED_DAYS, weekly_red_days),
  NUMBER(POLICY_MAIL_DAYS, mail_days), NUMBER(POLICY_CHASE_MAIL, chase_mail), NUMBER(POLICY_CHASE_REPLY_DAYS, chase_reply_days), NUMBER(POLICY_ALERT_DAYS, alert_days),
  /* signals, strong complaints, what is ranked, mechanisms */
  NUMBER(POLICY_COMPLAINT_DAYS, complaint_days), NUMBER(POLICY_COMPLAINT_TIMES, complaint_times), NUMBER(POLICY_COMPLAINT_WINDOWS, complaint_windows),
  NUMBER(POLICY_SIGNAL_TEXTS, signal_texts), NUMBER(POLICY_SIGNAL_LAST_DAYS, signal_last_days), NUMBER(POLICY_SIGNAL_EXTENSIONS, signal_extensions),
  NUMBER(POLICY_SIGNAL_APPEAL_DAYS, signal_appeal_days), NUMBER(POLICY_RANKED_LEAST, ranked_least),
  NUMBER(POLICY_MECHANISM_MONTHS, mechanism_months), NUMBER(POLICY_MECHANISM_SHARE, mechanism_share),
  /* appeals */
  NUMBER(POLICY_APPEAL_SOON_HOURS, appeal_soon_hours), NUMBER(POLICY_APPEAL_RETURN_DAYS, appeal_return_days), NUMBER(POLICY_CALL_BACK_DAYS, call_back_days),
  NUMBER(POLICY_CALL_ATTEMPTS, call_attempts), BITS(POLICY_EXCLUSION_REASONS, exclusion_reasons), NUMBER(POLICY_FAIRLY_SHARE, fairly_share),
  NUMBER(POLICY_RESPONSE_WEIGHT, response_weight), NUMBER(POLICY_SOLUTION_WEIGHT, solution_weight), NUMBER(POLICY_REACHED_LEAST, reached_least),
  NUMBER(POLICY_CLASSIFY_BOUND, classify_bound), NUMBER(POLICY_LEARN_AFTER, learn_after), NUMBER(POLICY_LEARN_HOURS, learn_hours),
  /* publication */
  NUMBER(POLICY_RECHECK_DAYS, recheck_days), NUMBER(POLICY_REPLY_DAYS, reply_days), NUMBER(POLICY_RELEASE_FIRST, release_first),
  NUMBER(POLICY_PUBLIC_APPEALS, public_appeals), NUMBER(POLICY_PUBLIC_A_DAY, public_a_day), NUMBER(POLICY_WITHHELD_LEAST, withheld_least),
};
enum { NUMBER_COUNT = sizeof NUMBERS / sizeof *NUMBERS };

static void set(struct policy *policy, const struct number *number, int64_t value) {
  char *at = (char *)policy + number->offset;
  if (number->bits) *(unsigned *)(void *)at = (unsigned)value;
  else *(int64_t *)(void *)at = value;
}

void policy_members_preset(struct policy *policy) {
  const struct record_type *type = record_type(RECORD_POLICY);
  for (size_t i = 0; i < NUMBER_COUNT; i++) set(policy, &NUMBERS[i], record_field(type, NUMBERS[i].field)->preset);
}

void policy_members_take(const struct row *row, struct policy *policy) {
  for (size_t i = 0; i < NUMBER_COUNT; i++) {
    int64_t value = row_integer(row, NUMBERS[i].field);
    if (value != NOTHING) set(policy, &NUMBERS[i], value);
  }
}
