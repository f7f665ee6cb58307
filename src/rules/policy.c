/* The policy in force: ours by default, else the campaign's newest record that is valid by then. Its numbers are what a policy
   record is preset with (policy_members.c), so that an office that enters a policy without changing a number changes nothing. */
#include "rules/policy.h"
#include "rules/appeal_clock.h"
#include "rules/chasing.h"
#include "rules/deadlines.h"
#include "rules/policy_members.h"

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

/* PRACTICE.md, closing by risk: A for the city's list, what a leader leads, what was ever red or rebounded; C for what is put right at
   once. */
static const struct route_rule default_routes[] = {
  {ROUTE_A, .risk = RISK_EVER_RED}, {ROUTE_A, .risk = RISK_REBOUNDED}, {ROUTE_A, .risk = RISK_LED}, {ROUTE_A, .level = LEVEL_CITY}, {ROUTE_C, .kind = KIND_AT_ONCE}, {ROUTE_B}};

struct policy policy_default(void) {
  struct policy policy = {.from = NOTHING, .draw_seed = ""};
  policy_members_preset(&policy);
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

/* False: its rows cannot be read. */
static bool take_rows(const struct row *row, struct arena *arena, struct policy *policy) {
  const char *deadlines = row_text(row, POLICY_DEADLINES), *chasing = row_text(row, POLICY_CHASING),
             *clocks = row_text(row, POLICY_APPEAL_CLOCKS);
  struct label problem;
  if (deadlines && *deadlines &&
      !deadline_rules_parse(deadlines, policy->deadlines, DEADLINES_MOST, &policy->deadline_count, arena, &problem)) {
    log_line(LOG_ERROR, "rules", "policy %lld: its days by source cannot be read", (long long)row->id);
    return false;
  }
  if (chasing && *chasing && !chase_rules_parse(chasing, policy->chasing, CHASES_MOST, &policy->chase_count, arena, &problem)) {
    log_line(LOG_ERROR, "rules", "policy %lld: its warnings and steps cannot be read", (long long)row->id);
    return false;
  }
  if (clocks && *clocks &&
      !appeal_clocks_parse(clocks, policy->appeal_clocks, APPEAL_CLOCKS_MOST, &policy->appeal_clock_count, arena, &problem)) {
    log_line(LOG_ERROR, "rules", "policy %lld: its clocks of appeals cannot be read", (long long)row->id);
    return false;
  }
  return true;
}

/* What the record leaves out is as in the default. False: its rules cannot be read. */
bool policy_of_row(const struct row *row, struct arena *arena, struct policy *policy) {
  const char *rules = row_text(row, POLICY_COLOUR_RULES), *routes = row_text(row, POLICY_ROUTES), *seed = row_text(row, POLICY_DRAW_SEED);
  int64_t number = row_integer(row, POLICY_NUMBER);
  struct label problem;
  *policy = policy_default();
  policy->id = row->id;
  policy->number = number == NOTHING ? row->id : number;
  policy->from = row_integer(row, POLICY_FROM);
  policy->draw_seed = seed ? arena_text(arena, seed) : "";
  policy_members_take(row, policy);
  if (rules && *rules &&
      !colour_rules_parse(rules, policy->rules, sizeof policy->rules / sizeof *policy->rules, &policy->rule_count, arena, &problem)) {
    log_line(LOG_ERROR, "rules", "policy %lld: its colour rules cannot be read", (long long)row->id);
    return false;
  }
  if (routes && *routes &&
      !route_rules_parse(routes, policy->routes, sizeof policy->routes / sizeof *policy->routes, &policy->route_count, arena, &problem)) {
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

size_t hotline_days(const struct row *campaign, int64_t days[HOTLINE_DAYS_MOST]) {
  const char *text = row_text(campaign, CAMPAIGN_HOTLINE_DAYS);
  size_t count = 0;
  for (; text && *text && count < HOTLINE_DAYS_MOST; text += strcspn(text, " "), text += strspn(text, " ")) {
    char one[11] = "";
    snprintf(one, sizeof one, "%.10s", text);
    if (date_parse(one, &days[count])) count++;
  }
  return count;
}

/* The latest of a campaign's days that is not after the date. */
static int64_t hotline_day(const struct row *campaign, int64_t date) {
  int64_t days[HOTLINE_DAYS_MOST], latest = NOTHING;
  size_t count = hotline_days(campaign, days);
  for (size_t i = 0; i < count; i++)
    if (days[i] <= date && (latest == NOTHING || days[i] > latest)) latest = days[i];
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
