/* The policy in force: ours by default, else the campaign's newest record that is valid by then. The default equals what a policy
   record is preset with, so that an office that enters a policy without changing a number changes nothing. */
#include "rules/policy.h"
#include "rules/appeal_clock.h"
#include "rules/chasing.h"
#include "rules/deadlines.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"

#define STEP(step) (1u << (step))

/* PRACTICE.md, colours: grey, green, red, orange, yellow, blue. */
static const struct colour_rule default_rules[] = {
  {COLOUR_GREY, RULE_NOT_ASSIGNED, 0}, {COLOUR_GREY, RULE_SUSPENDED, 0},
  {COLOUR_GREEN, RULE_ACCEPTED, 0},
  {COLOUR_RED, RULE_OVERDUE_LONG, 30}, {COLOUR_RED, RULE_SENT_BACK_TWICE, 2}, {COLOUR_RED, RULE_FAILED_CHECK, 1}, {COLOUR_RED, RULE_REBOUND, 30}, {COLOUR_RED, RULE_CIRCLE, 1}, {COLOUR_RED, RULE_STRONG_COMPLAINTS, 10},
  {COLOUR_ORANGE, RULE_OVERDUE, 1}, {COLOUR_ORANGE, RULE_SENT_BACK, 1}, {COLOUR_ORANGE, RULE_STAGE_MISSED, 1},
  {COLOUR_YELLOW, RULE_BEHIND_PLAN, 1500}, {COLOUR_YELLOW, RULE_DUE_SOON, 10},
  {COLOUR_BLUE, RULE_TO_PLAN, 0}};

/* PRACTICE.md, closing by risk: A for the city's list, what a leader leads, what was ever red or rebounded; C for what is put right at once. */
static const struct route_rule default_routes[] = {
  {ROUTE_A, .risk = RISK_EVER_RED}, {ROUTE_A, .risk = RISK_REBOUNDED}, {ROUTE_A, .risk = RISK_LED}, {ROUTE_A, .level = LEVEL_CITY}, {ROUTE_C, .kind = KIND_AT_ONCE}, {ROUTE_B}};

struct policy policy_default(void) {
  struct policy policy = {
    .from = NOTHING,
    .steps = {[ROUTE_A] = STEP(STEP_ENDORSE) | STEP(STEP_ACCEPT) | STEP(STEP_PUBLICISE) | STEP(STEP_APPROVE) | STEP(STEP_ON_SITE),
              [ROUTE_B] = STEP(STEP_ENDORSE) | STEP(STEP_ACCEPT) | STEP(STEP_APPROVE), [ROUTE_C] = 0},
    .acceptors_by_route = {[ROUTE_A] = 2, [ROUTE_B] = 1, [ROUTE_C] = 1}, .draw = {[ROUTE_B] = 2000, [ROUTE_C] = 1000}, .draw_seed = "",
    .hand_colour_days = 30, .send_back_days = 30, .review_orange_days = 5, .reopen_share = 5000, .dissatisfied_blocks = 1u << ROUTE_A,
    .publicity_days = 5, .watch_days = 180, .review_days = 5, .take_days = 2, .meeting_share = 1000, .acceptors = 1,
    .rounds_a_month = 1, .remind_days = 3, .answer_signed = 0, .slip_approvers = 2, .round_approvers = 1,
    .stage_days = 90,
    .complaint_days = 30, .complaint_times = 2, .complaint_windows = 6,
    .signal_texts = 3, .signal_last_days = 3, .signal_extensions = 2, .signal_appeal_days = 30, .ranked_least = 30,
    .extensions_most = 2, .extension_days = 90, .extension_share = 10000, .suspension_days = 183, .kind_change_days = 183, .dispute_days = 2, .refuse_days = 2, .own_days = 3,
    .ruling_days = 2, .refusals_most = 2, .behalf_actions = STEP(BEHALF_ENDORSE) | STEP(BEHALF_AGREE) | STEP(BEHALF_ADVISE),
    .recheck_days = 5, .reply_days = 5, .release_first = 0, .public_appeals = 0, .public_a_day = 10, .withheld_least = 5,
    .root_cause_kinds = 1u << KIND_TIME_LIMITED | 1u << KIND_LONG_TERM,
    .chase_mail = CHASE_MAIL_WITH_DIGEST,
    .appeal_soon_hours = 24, .appeal_return_days = 2, .call_back_days = 1, .call_attempts = 3, .exclusion_reasons = 0x1FE, .fairly_share = 9000, .response_weight = 1000,
    .solution_weight = 5000, .reached_least = 3000,
    .digest_hour = 8, .quiet_from = 20, .quiet_to = 8, .weekly_day = 1, .weekly_most = 5, .weekly_red_days = 14, .mail_days = 3, .chase_reply_days = 3, .alert_days = 5, .classify_bound = 0, .mechanism_months = 6, .mechanism_share = 7000, .learn_after = 200, .learn_hours = 24,
    .days_by_kind = {[KIND_AT_ONCE] = 15, [KIND_TIME_LIMITED] = 90, [KIND_LONG_TERM] = 365}};
  policy.rule_count = sizeof default_rules / sizeof *default_rules;
  for (size_t i = 0; i < policy.rule_count; i++) policy.rules[i] = default_rules[i];
  policy.route_count = sizeof default_routes / sizeof *default_routes;
  for (size_t i = 0; i < policy.route_count; i++) policy.routes[i] = default_routes[i];
  chasing_default(&policy);
  appeal_clocks_default(&policy);
  return policy;
}

bool policy_step_on(const struct policy *policy, int64_t route, enum route_step step) {
  if (step == STEP_ALWAYS) return true;
  if (route < ROUTE_A || route > ROUTE_C) route = ROUTE_A; /* none chosen yet: the full chain */
  return policy->steps[route] & STEP(step);
}

/* ---- from a record ---- */

static void take(const struct row *row, uint16_t field, int64_t *into) {
  int64_t value = row_integer(row, field);
  if (value != NOTHING) *into = value;
}
static void take_steps(const struct row *row, uint16_t field, unsigned *into) {
  int64_t value = row_integer(row, field);
  if (value != NOTHING) *into = (unsigned)value;
}

static void take_handing(const struct row *row, struct policy *policy) {
  take(row, POLICY_EXTENSIONS_MOST, &policy->extensions_most);
  take(row, POLICY_EXTENSION_DAYS, &policy->extension_days);
  take(row, POLICY_EXTENSION_SHARE, &policy->extension_share);
  take(row, POLICY_SUSPENSION_DAYS, &policy->suspension_days);
  take(row, POLICY_KIND_CHANGE_DAYS, &policy->kind_change_days);
  take(row, POLICY_DISPUTE_DAYS, &policy->dispute_days);
  take(row, POLICY_REFUSE_DAYS, &policy->refuse_days);
  take(row, POLICY_OWN_DAYS, &policy->own_days);
  take(row, POLICY_RULING_DAYS, &policy->ruling_days);
  take(row, POLICY_REFUSALS_MOST, &policy->refusals_most);
  take_steps(row, POLICY_BEHALF_ACTIONS, &policy->behalf_actions);
}

static void take_chasing(const struct row *row, struct policy *policy) {
  take(row, POLICY_DIGEST_HOUR, &policy->digest_hour);
  take(row, POLICY_QUIET_FROM, &policy->quiet_from);
  take(row, POLICY_QUIET_TO, &policy->quiet_to);
  take(row, POLICY_WEEKLY_DAY, &policy->weekly_day);
  take(row, POLICY_WEEKLY_MOST, &policy->weekly_most);
  take(row, POLICY_WEEKLY_RED_DAYS, &policy->weekly_red_days);
  take(row, POLICY_MAIL_DAYS, &policy->mail_days);
  take(row, POLICY_CHASE_MAIL, &policy->chase_mail);
  take(row, POLICY_CHASE_REPLY_DAYS, &policy->chase_reply_days);
  take(row, POLICY_ALERT_DAYS, &policy->alert_days);
  take(row, POLICY_CLASSIFY_BOUND, &policy->classify_bound);
  take(row, POLICY_LEARN_AFTER, &policy->learn_after);
  take(row, POLICY_LEARN_HOURS, &policy->learn_hours);
}

/* False: its rows cannot be read. */
static bool take_rows(const struct row *row, struct arena *arena, struct policy *policy) {
  const char *deadlines = row_text(row, POLICY_DEADLINES), *chasing = row_text(row, POLICY_CHASING), *clocks = row_text(row, POLICY_APPEAL_CLOCKS);
  struct label problem;
  if (deadlines && *deadlines && !deadline_rules_parse(deadlines, policy->deadlines, DEADLINES_MOST, &policy->deadline_count, arena, &problem)) {
    log_line(LOG_ERROR, "rules", "policy %lld: its days by source cannot be read", (long long)row->id);
    return false;
  }
  if (chasing && *chasing && !chase_rules_parse(chasing, policy->chasing, CHASES_MOST, &policy->chase_count, arena, &problem)) {
    log_line(LOG_ERROR, "rules", "policy %lld: its warnings and steps cannot be read", (long long)row->id);
    return false;
  }
  if (clocks && *clocks && !appeal_clocks_parse(clocks, policy->appeal_clocks, APPEAL_CLOCKS_MOST, &policy->appeal_clock_count, arena, &problem)) {
    log_line(LOG_ERROR, "rules", "policy %lld: its clocks of appeals cannot be read", (long long)row->id);
    return false;
  }
  return true;
}

static void take_appeals(const struct row *row, struct policy *policy) {
  take(row, POLICY_APPEAL_SOON_HOURS, &policy->appeal_soon_hours);
  take(row, POLICY_APPEAL_RETURN_DAYS, &policy->appeal_return_days);
  take(row, POLICY_CALL_BACK_DAYS, &policy->call_back_days);
  take(row, POLICY_CALL_ATTEMPTS, &policy->call_attempts);
  take(row, POLICY_FAIRLY_SHARE, &policy->fairly_share);
  take(row, POLICY_RESPONSE_WEIGHT, &policy->response_weight);
  take(row, POLICY_SOLUTION_WEIGHT, &policy->solution_weight);
  take(row, POLICY_REACHED_LEAST, &policy->reached_least);
  take_steps(row, POLICY_EXCLUSION_REASONS, &policy->exclusion_reasons);
}

static void take_signals(const struct row *row, struct policy *policy) {
  take(row, POLICY_COMPLAINT_DAYS, &policy->complaint_days);
  take(row, POLICY_COMPLAINT_TIMES, &policy->complaint_times);
  take(row, POLICY_COMPLAINT_WINDOWS, &policy->complaint_windows);
  take(row, POLICY_SIGNAL_TEXTS, &policy->signal_texts);
  take(row, POLICY_SIGNAL_LAST_DAYS, &policy->signal_last_days);
  take(row, POLICY_SIGNAL_EXTENSIONS, &policy->signal_extensions);
  take(row, POLICY_SIGNAL_APPEAL_DAYS, &policy->signal_appeal_days);
  take(row, POLICY_RANKED_LEAST, &policy->ranked_least);
  take(row, POLICY_MECHANISM_MONTHS, &policy->mechanism_months);
  take(row, POLICY_MECHANISM_SHARE, &policy->mechanism_share);
}

static void take_publication(const struct row *row, struct policy *policy) {
  take(row, POLICY_RECHECK_DAYS, &policy->recheck_days);
  take(row, POLICY_REPLY_DAYS, &policy->reply_days);
  take(row, POLICY_RELEASE_FIRST, &policy->release_first);
  take(row, POLICY_PUBLIC_APPEALS, &policy->public_appeals);
  take(row, POLICY_PUBLIC_A_DAY, &policy->public_a_day);
  take(row, POLICY_WITHHELD_LEAST, &policy->withheld_least);
}

/* How a problem is closed: who accepts, what is drawn, what stops it. */
static void take_closing(const struct row *row, struct arena *arena, struct policy *policy) {
  const char *seed = row_text(row, POLICY_DRAW_SEED);
  unsigned blocks = policy->dissatisfied_blocks;
  take(row, POLICY_ACCEPTORS, &policy->acceptors);
  policy->acceptors_by_route[ROUTE_B] = policy->acceptors_by_route[ROUTE_C] = policy->acceptors;
  take(row, POLICY_ACCEPTORS_A, &policy->acceptors_by_route[ROUTE_A]);
  take(row, POLICY_DRAW_B, &policy->draw[ROUTE_B]);
  take(row, POLICY_DRAW_C, &policy->draw[ROUTE_C]);
  take(row, POLICY_HAND_COLOUR_DAYS, &policy->hand_colour_days);
  take(row, POLICY_SEND_BACK_DAYS, &policy->send_back_days);
  take(row, POLICY_REVIEW_ORANGE_DAYS, &policy->review_orange_days);
  take(row, POLICY_REOPEN_SHARE, &policy->reopen_share);
  take_steps(row, POLICY_DISSATISFIED_BLOCKS, &blocks);
  policy->dissatisfied_blocks = blocks;
  policy->draw_seed = seed ? arena_text(arena, seed) : "";
}

/* What the record leaves out is as in the default. False: its rules cannot be read. */
bool policy_of_row(const struct row *row, struct arena *arena, struct policy *policy) {
  const char *rules = row_text(row, POLICY_COLOUR_RULES), *routes = row_text(row, POLICY_ROUTES);
  struct label problem;
  *policy = policy_default();
  policy->id = policy->number = row->id;
  take(row, POLICY_NUMBER, &policy->number);
  take(row, POLICY_FROM, &policy->from);
  take_steps(row, POLICY_STEPS_A, &policy->steps[ROUTE_A]);
  take_steps(row, POLICY_STEPS_B, &policy->steps[ROUTE_B]);
  take_steps(row, POLICY_STEPS_C, &policy->steps[ROUTE_C]);
  take_steps(row, POLICY_ROOT_CAUSE_KINDS, &policy->root_cause_kinds);
  take(row, POLICY_PUBLICITY_DAYS, &policy->publicity_days);
  take(row, POLICY_WATCH_DAYS, &policy->watch_days);
  take(row, POLICY_REVIEW_DAYS, &policy->review_days);
  take(row, POLICY_TAKE_DAYS, &policy->take_days);
  take(row, POLICY_MEETING_SHARE, &policy->meeting_share);
  take(row, POLICY_STAGE_DAYS, &policy->stage_days);
  take(row, POLICY_ACCEPTORS, &policy->acceptors);
  take(row, POLICY_ROUNDS_A_MONTH, &policy->rounds_a_month);
  take(row, POLICY_REMIND_DAYS, &policy->remind_days);
  take(row, POLICY_ANSWER_SIGNED, &policy->answer_signed);
  take(row, POLICY_SLIP_APPROVERS, &policy->slip_approvers);
  take(row, POLICY_ROUND_APPROVERS, &policy->round_approvers);
  take(row, POLICY_DAYS_AT_ONCE, &policy->days_by_kind[KIND_AT_ONCE]);
  take(row, POLICY_DAYS_TIME_LIMITED, &policy->days_by_kind[KIND_TIME_LIMITED]);
  take(row, POLICY_DAYS_LONG_TERM, &policy->days_by_kind[KIND_LONG_TERM]);
  take_handing(row, policy);
  take_signals(row, policy);
  take_publication(row, policy);
  take_appeals(row, policy);
  take_chasing(row, policy);
  take_closing(row, arena, policy);
  if (rules && *rules && !colour_rules_parse(rules, policy->rules, sizeof policy->rules / sizeof *policy->rules, &policy->rule_count, arena, &problem)) {
    log_line(LOG_ERROR, "rules", "policy %lld: its colour rules cannot be read", (long long)row->id);
    return false;
  }
  if (routes && *routes && !route_rules_parse(routes, policy->routes, sizeof policy->routes / sizeof *policy->routes, &policy->route_count, arena, &problem)) {
    log_line(LOG_ERROR, "rules", "policy %lld: its closing routes cannot be read", (long long)row->id);
    return false;
  }
  return take_rows(row, arena, policy);
}

struct newest { struct arena *arena; int64_t id, from; };

static bool weigh(void *with, const struct row *row) {
  struct newest *newest = with;
  int64_t from = row_integer(row, POLICY_FROM);
  if (row->state != FORCE_ACTIVE || from == NOTHING) return true;
  if (newest->id && (from < newest->from || (from == newest->from && row->id < newest->id))) return true;
  newest->id = row->id;
  newest->from = from;
  return true;
}

enum store_error policy_get(struct reader *reader, int64_t id, struct arena *arena, struct policy *policy) {
  struct row *row;
  enum store_error error;
  *policy = policy_default();
  if (!id) return STORE_OK;
  error = reader_get(reader, record_type(RECORD_POLICY), &SCOPE_SYSTEM, id, arena, &row);
  if (error == STORE_OK && !policy_of_row(row, arena, policy)) error = STORE_BROKEN;
  return error;
}

enum store_error policy_for(struct reader *reader, int64_t campaign, int64_t moment, struct arena *arena, struct policy *policy) {
  struct newest newest = {.arena = arena};
  struct value values[] = {value_integer(POLICY_CAMPAIGN, campaign), value_integer(POLICY_FROM, date_of_moment(moment))};
  struct condition conditions[] = {{POLICY_CAMPAIGN, C_IS, &values[0], 1}, {POLICY_FROM, C_AT_MOST, &values[1], 1}};
  struct query query = {.type = record_type(RECORD_POLICY), .conditions = conditions, .condition_count = 2, .expected = -1};
  enum store_error error = STORE_OK;
  if (campaign != NOTHING && campaign) error = reader_list(reader, &query, &SCOPE_SYSTEM, arena, weigh, &newest);
  if (error == STORE_OK) error = policy_get(reader, newest.id, arena, policy);
  return error;
}

/* ---- whose numbers the hotline follows ---- */

/* The latest of a campaign's days that is not after the date: the text holds them in order, ten characters each. */
static int64_t hotline_day(const struct row *campaign, int64_t date) {
  const char *text = row_text(campaign, CAMPAIGN_HOTLINE_DAYS);
  int64_t latest = NOTHING, day;
  for (; text && *text; text += strcspn(text, " "), text += strspn(text, " ")) {
    char one[11] = "";
    snprintf(one, sizeof one, "%.10s", text);
    if (date_parse(one, &day) && day <= date && (latest == NOTHING || day > latest)) latest = day;
  }
  return latest;
}

int64_t hotline_last_day(struct row *const *campaigns, size_t count) {
  int64_t last = NOTHING;
  for (size_t i = 0; i < count; i++) {
    int64_t day = hotline_day(campaigns[i], INT64_MAX);
    if (day != NOTHING && (last == NOTHING || day > last)) last = day;
  }
  return last;
}

int64_t hotline_campaign_of(struct row *const *campaigns, size_t count, int64_t date) {
  int64_t named = count ? campaigns[0]->id : 0, since = NOTHING;
  for (size_t i = 0; i < count; i++) {
    int64_t day = hotline_day(campaigns[i], date);
    if (day == NOTHING || (since != NOTHING && day <= since)) continue;
    named = campaigns[i]->id;
    since = day;
  }
  return named;
}

enum store_error hotline_campaign(struct reader *reader, int64_t date, struct arena *arena, int64_t *campaign) {
  struct query query = {.type = record_type(RECORD_CAMPAIGN), .sort = FIELD_ID, .expected = -1};
  struct rows campaigns = {.arena = arena};
  enum store_error error = reader_list(reader, &query, &SCOPE_SYSTEM, arena, rows_keep, &campaigns);
  *campaign = hotline_campaign_of(campaigns.items, campaigns.count, date);
  return error;
}

enum store_error policy_for_appeals(struct reader *reader, int64_t moment, struct arena *arena, struct policy *policy) {
  int64_t campaign = 0;
  enum store_error error = hotline_campaign(reader, date_of_moment(moment), arena, &campaign);
  return error == STORE_OK ? policy_for(reader, campaign, moment, arena, policy) : error;
}
