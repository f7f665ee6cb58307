/* Effects of closing: one more acceptor, the draw for checking, what more is asked, a colour set by hand, what a judged objection brings
   about, the general criteria of a campaign, and what a new policy takes from its preset. */
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "rules/colour_presets.h"
#include "rules/deadlines.h"
#include "rules/effects.h"
#include "rules/publication.h"

static int64_t route_of(const struct row *problem) {
  int64_t route = row_integer(problem, PROBLEM_ROUTE);
  return route < ROUTE_A || route > ROUTE_C ? ROUTE_A : route;
}

/* ---- acceptance: it moves on once as many people accepted as the route wants ---- */

enum store_error effect_acceptance(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after;
  const struct value *before = row_value(after, PROBLEM_ACCEPTORS);
  size_t count = before->kind == VALUE_MANY ? before->count : 0;
  int64_t *people = ARENA_ARRAY(decision->set->scratch, int64_t, count + 1);
  struct value value;
  enum store_error error = STORE_OK;
  if (decision->passing || !decision->authority->user) return STORE_OK; /* nobody accepts what is passed */
  error = set_policy(decision);
  if (count) memcpy(people, before->many, count * sizeof *people);
  people[count++] = decision->authority->user;
  value = value_many(PROBLEM_ACCEPTORS, people, count);
  row_set(after, &value);
  if (error == STORE_OK && (int64_t)count < decision->policy->acceptors_by_route[route_of(after)]) after->state = arrow->from;
  return error;
}

/* ---- the draw: anybody who knows the seed can repeat it ---- */

bool draw_falls_on(const char *seed, int64_t problem, int64_t cycle, int64_t share) {
  uint8_t key[HASH_SIZE], mark[HASH_SIZE];
  char text[48];
  uint64_t number = 0;
  hash_bytes(key, seed, strlen(seed));
  snprintf(text, sizeof text, "%lld:%lld", (long long)problem, (long long)cycle);
  hash_keyed(mark, key, text, strlen(text));
  for (size_t i = 0; i < 8; i++) number = number << 8 | mark[i];
  return (int64_t)(number % 10000) < share;
}

/* At application, by the route it takes now; one cycle is drawn once, however often it is applied for. */
enum store_error effect_draw(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after;
  int64_t cycle = row_integer(after, PROBLEM_CYCLE);
  enum store_error error = set_policy(decision);
  bool drawn;
  (void)arrow;
  if (error != STORE_OK) return error;
  drawn = draw_falls_on(decision->policy->draw_seed, after->id, cycle == NOTHING ? 1 : cycle, decision->policy->draw[route_of(after)]);
  row_set_integer(after, PROBLEM_DRAWN_ON, drawn ? decision_date(decision) : NOTHING);
  row_set_text(after, PROBLEM_DRAWN_SEED, drawn ? decision->policy->draw_seed : NULL);
  return check_draw(decision, drawn);
}

/* ---- sent back: the cycle keeps every 'what more', with its day ---- */

enum store_error effect_ask_more(struct decision *decision, const struct transition *arrow) {
  const char *asked = row_text(decision->after, PROBLEM_ASKED_MORE), *old;
  const struct row *cycle = NULL;
  enum store_error error = effect_cycle_find(decision, decision->after->id, row_integer(decision->after, PROBLEM_CYCLE), &cycle);
  (void)arrow;
  if (error != STORE_OK || !cycle || !asked) return error;
  old = row_text(cycle, CYCLE_ASKED_MORE);
  struct value value = value_text(CYCLE_ASKED_MORE, arena_print(decision->set->scratch, "%s%s%s %s", old ? old : "", old ? "\n" : "", date_print(decision->set->scratch, decision_date(decision)), asked));
  effect_change(decision, RECORD_CYCLE, cycle->id, ACTION_EDIT, &value, 1, NULL);
  return STORE_OK;
}

/* ---- a colour set by hand ---- */

enum store_error effect_hand_colour(struct decision *decision, const struct transition *arrow) {
  static const uint16_t ALL[] = {PROBLEM_HAND_COLOUR, PROBLEM_HAND_COLOUR_UNTIL, PROBLEM_HAND_COLOUR_WHY, PROBLEM_HAND_COLOUR_BY};
  struct row *after = decision->after;
  if (arrow->action == ACTION_LIFT_HAND_COLOUR) {
    for (size_t i = 0; i < sizeof ALL / sizeof *ALL; i++) row_set_integer(after, ALL[i], NOTHING);
    return STORE_OK;
  }
  row_set_text(after, PROBLEM_HAND_COLOUR_WHY, effect_one_line(decision->set->scratch, decision->change->reason, 400));
  row_set_integer(after, PROBLEM_HAND_COLOUR_BY, decision->authority->user ? decision->authority->user : NOTHING);
  return STORE_OK;
}

/* ---- objections and bad evaluations, judged by two: a founded one sends back what is on its way, and re-opens what is closed ---- */

static void verdict_sends_back(struct decision *decision, const struct row *problem, const char *asked, const char *why) {
  struct value more = value_text(PROBLEM_ASKED_MORE, asked);
  effect_change(decision, RECORD_PROBLEM, problem->id, ACTION_SEND_BACK, &more, 1, why);
}

enum store_error effect_reopens(struct decision *decision, const struct row *problem, bool rebound, const char *reason) {
  const struct row *first = NULL;
  enum store_error error = effect_cycle_find(decision, problem->id, 1, &first);
  struct policy policy;
  if (error == STORE_OK) error = policy_for(decision->set->reader, row_integer(problem, PROBLEM_CAMPAIGN), decision->set->context->now, decision->set->scratch, &policy);
  if (error != STORE_OK) return error;
  int64_t rebounds = row_integer(problem, PROBLEM_REBOUNDS), watch = row_integer(problem, PROBLEM_WATCH_UNTIL);
  bool counts_itself = problem->state == PROBLEM_CLOSED && (watch == NOTHING || decision_date(decision) <= watch); /* re-opening does */
  struct value values[] = {value_integer(PROBLEM_DUE, reopen_latest(first, problem, decision->set->today, policy.reopen_share)),
                           value_integer(PROBLEM_REBOUNDS, (rebounds == NOTHING ? 0 : rebounds) + 1)};
  effect_change(decision, RECORD_PROBLEM, problem->id, ACTION_REOPEN, values, rebound && !counts_itself ? 2 : 1, reason);
  return STORE_OK;
}

static enum store_error problem_of(struct decision *decision, uint16_t field, struct row **problem) {
  int64_t id = row_integer(decision->after, field);
  enum store_error error = id == NOTHING ? STORE_ABSENT
                                         : reader_get(decision->set->reader, record_type(RECORD_PROBLEM), &SCOPE_SYSTEM, id,
                                                      decision->set->scratch, problem);
  return error == STORE_ABSENT ? STORE_OK : error;
}

enum store_error effect_objection(struct decision *decision, const struct transition *arrow) {
  const struct judged *judged = judged_of(decision->type->id);
  struct row *problem = NULL;
  (void)arrow;
  if (!judged || row_integer(decision->after, judged->verdict) != FOUNDED) return STORE_OK;
  enum store_error error = problem_of(decision, judged->problem, &problem);
  const char *why = row_text(decision->after, judged->reason);
  if (error != STORE_OK || !problem) return error;
  if (problem->state == PROBLEM_ACCEPTED || problem->state == PROBLEM_PUBLICISED) verdict_sends_back(decision, problem, why ? why : judged->why, judged->why);
  if (problem->state == PROBLEM_CLOSED || problem->state == PROBLEM_SETTLED) return effect_reopens(decision, problem, false, judged->why);
  return STORE_OK;
}

/* ---- the general criteria, for a campaign that asks for them ---- */

static const char CRITERIA_ORIGIN[] = "安徽省“分级验收、备案销号”(2019-08-31);黄山市“谁验收谁负责”五条通用标准"; /* domain-facts 5 */
static const char *const CRITERIA[] = {
  "整改方案的任务和措施全部落实", "违法违规问题已依法处理(没有的视同满足)", "整改效果符合标准", "同一单位、同一点位的其他问题和同类问题一并整改,举一反三", "查清根源,建立长效机制"};

struct standing_criteria { bool there[sizeof CRITERIA / sizeof *CRITERIA]; };
static bool criterion_take(void *with, const struct row *row) {
  struct standing_criteria *standing = with;
  for (size_t i = 0; i < sizeof CRITERIA / sizeof *CRITERIA; i++)
    if (row->state == FORCE_ACTIVE && text_equal(row_text(row, CRITERION_TEXT), CRITERIA[i])) standing->there[i] = true;
  return true;
}

/* Those that stand already are left as they are. */
enum store_error effect_criteria(struct decision *decision, const struct transition *arrow) {
  struct value of = value_integer(CRITERION_CAMPAIGN, decision->after->id);
  struct condition condition = {.field = CRITERION_CAMPAIGN, .how = C_IS, .values = &of, .count = 1};
  struct query query = {.type = record_type(RECORD_CRITERION), .conditions = &condition, .condition_count = 1, .expected = -1};
  struct standing_criteria standing = {{false}};
  enum store_error error = reader_list(decision->set->reader, &query, &SCOPE_SYSTEM, decision->set->scratch, criterion_take, &standing);
  (void)arrow;
  for (size_t i = 0; error == STORE_OK && i < sizeof CRITERIA / sizeof *CRITERIA; i++) {
    struct value values[] = {of, value_text(CRITERION_TEXT, CRITERIA[i]), value_integer(CRITERION_ORDER, (int64_t)i + 1), value_text(CRITERION_ORIGIN, CRITERIA_ORIGIN)};
    if (!standing.there[i]) effect_change(decision, RECORD_CRITERION, 0, ACTION_CREATE, values, sizeof values / sizeof *values, NULL);
  }
  return error;
}

/* ---- a new policy: the rules of its preset, and a seed of its own ---- */

enum store_error effect_policy_preset(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after;
  struct arena *scratch = decision->set->scratch;
  const struct colour_preset *preset = colour_preset(row_integer(after, POLICY_PRESET));
  const char *rules = row_text(after, POLICY_COLOUR_RULES), *seed = row_text(after, POLICY_DRAW_SEED);
  const struct deadline_preset *deadlines = deadline_preset(row_integer(after, POLICY_DEADLINE_PRESET));
  const char *rows = row_text(after, POLICY_DEADLINES);
  uint8_t bytes[8];
  (void)arrow;
  if (preset && (!rules || !*rules)) row_set_text(after, POLICY_COLOUR_RULES, preset->rules);
  if (deadlines && (!rows || !*rows)) row_set_text(after, POLICY_DEADLINES, deadlines->rows);
  if (seed && *seed) return STORE_OK;
  random_bytes(bytes, sizeof bytes);
  row_set_text(after, POLICY_DRAW_SEED, hex_write(scratch, bytes, sizeof bytes));
  return STORE_OK;
}
