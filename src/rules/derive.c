/* Judging a problem again where it stands: facts read in the tx, judged, journalled, put. The door calls it for what a set
   affects, the clock for what is due. Writes derived fields only; moves no state and raises no version. */
#include "rules/derive_private.h"

#include "base/log.h"
#include "rules/chasing.h"
#include "rules/colour.h"
#include "rules/colour_why.h"
#include "store/seal.h"

/* Could this row need judging at all? False for one without a colour in a state that has none: no read is needed then. */
static bool derive_wanted(const struct row *problem) {
  bool early = problem->state == PROBLEM_DRAFT || problem->state == PROBLEM_SUBMITTED;
  return !early || row_integer(problem, PROBLEM_COLOUR) != NOTHING;
}

enum action_code derive_arrow_action(const struct row *problem) {
  bool in_hand = problem->state == PROBLEM_TAKEN || problem->state == PROBLEM_RECTIFYING;
  if (in_hand && row_integer(problem, PROBLEM_KIND_UNTIL) != NOTHING) return ACTION_KIND_EXPIRES;
  return problem->state == PROBLEM_PUBLICISED ? ACTION_CLOSE : problem->state == PROBLEM_CLOSED ? ACTION_SETTLE : problem->state == PROBLEM_SUSPENDED ? ACTION_RESUME : ACTION_NONE;
}

int64_t derive_arrow(const struct row *problem, const struct policy *policy) {
  int64_t last = NOTHING;
  if (problem->voided) return NOTHING;
  if (problem->state == PROBLEM_CLOSED) last = row_integer(problem, PROBLEM_WATCH_UNTIL);
  if (problem->state == PROBLEM_PUBLICISED && !policy_step_on(policy, row_integer(problem, PROBLEM_ROUTE), STEP_APPROVE))
    last = row_integer(problem, PROBLEM_PUBLICITY_UNTIL);
  if (problem->state == PROBLEM_SUSPENDED) last = row_integer(problem, PROBLEM_SUSPENDED_UNTIL);
  if (derive_arrow_action(problem) == ACTION_KIND_EXPIRES) last = row_integer(problem, PROBLEM_KIND_UNTIL);
  return last == NOTHING ? NOTHING : moment_of_date(last + 1);
}

/* From application to the verdict the colour stands as it was at application: what it would be, had nobody applied. */
static void stand_still(struct row *after, struct colour_facts *facts, const struct policy *policy, int64_t now) {
  if (facts->state == PROBLEM_APPLIED || facts->state == PROBLEM_ENDORSED) {
    struct colour_facts unit = *facts;
    unit.state = PROBLEM_RECTIFYING;
    if (facts->colour_at_application == NOTHING) facts->colour_at_application = colour_judge(&unit, policy, now).colour;
  } else if (facts->state < PROBLEM_APPLIED) {
    facts->colour_at_application = NOTHING;
  }
  row_set_integer(after, PROBLEM_COLOUR_AT_APPLICATION, facts->colour_at_application);
}

/* What time alone brought about began when it did, even if the clock looks later; what a change brought about begins now. */
static int64_t since_of(const struct row *before, const struct judgement *judgement, int64_t now) {
  int64_t colour = row_integer(before, PROBLEM_COLOUR), since = row_integer(before, PROBLEM_COLOUR_SINCE),
          next = row_integer(before, PROBLEM_COLOUR_NEXT);
  if (colour == NOTHING) return judgement->since;
  if (colour == judgement->colour && row_integer(before, PROBLEM_COLOUR_RULE) == judgement->rule && since != NOTHING) return since;
  return next != NOTHING && next <= judgement->since ? judgement->since : now;
}

static int64_t earlier(int64_t one, int64_t other) {
  if (one == NOTHING) return other;
  return other == NOTHING || one < other ? one : other;
}

static void fill(const struct row *before, struct row *after, struct colour_facts *facts, const struct policy *policy,
                 struct judgement *judgement, bool walked, bool by_clock, int64_t now) {
  int64_t arrow = derive_arrow(after, policy);
  if (walked && arrow != NOTHING && arrow <= now) arrow = NOTHING;
  if (judgement->colour == COLOUR_RED) facts->ever_red = 1;
  judgement->since = since_of(before, judgement, now);
  row_set_integer(after, PROBLEM_COLOUR, judgement->colour);
  row_set_integer(after, PROBLEM_COLOUR_RULE, judgement->rule);
  row_set_integer(after, PROBLEM_COLOUR_SINCE, judgement->since);
  int64_t chase = chase_judge(policy, after, date_of_moment(now), by_clock);
  row_set_integer(after, PROBLEM_COLOUR_NEXT, earlier(earlier(judgement->next, arrow), chase));
  row_set_integer(after, PROBLEM_COLOUR_POLICY, policy->id);
  row_set_integer(after, PROBLEM_PROGRESS, facts->weight_accepted);
  row_set_integer(after, PROBLEM_PLANNED, judgement->planned);
  row_set_integer(after, PROBLEM_STAGE_DUE, facts->stage_due);
  row_set_integer(after, PROBLEM_EVER_RED, facts->ever_red);
}

/* It has none (any more): withdrawn, merged, taken back. */
static void empty(struct row *after) {
  static const uint16_t fields[] = {PROBLEM_COLOUR,      PROBLEM_COLOUR_RULE,   PROBLEM_COLOUR_SINCE,
                                    PROBLEM_COLOUR_NEXT, PROBLEM_COLOUR_POLICY, PROBLEM_COLOUR_WHY,
                                    PROBLEM_PLANNED,     PROBLEM_STAGE_DUE,     PROBLEM_CHASE_NEXT};
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) row_set_integer(after, fields[i], NOTHING);
}

static bool differs(const struct row *before, const struct row *after) {
  for (size_t i = 0; i < after->type->field_count; i++)
    if (!value_equal(&before->values[i], &after->values[i])) return true;
  return false;
}

static enum store_error write(struct tx *tx, const struct context *context, int64_t set, const struct row *before, struct row *after,
                              const struct colour_facts *facts, const struct policy *policy, const struct judgement *judgement,
                              struct arena *arena, int64_t *number) {
  struct buffer body = {.arena = arena};
  char *extra = arena_print(arena, "{\"facts\":%s,\"policy\":%lld,\"rule\":%lld,\"since\":%lld}", colour_facts_print(arena, facts),
                            (long long)policy->id, (long long)judgement->rule, (long long)judgement->since);
  struct entry entry = {.kind = ENTRY_DERIVED,
                        .action = ACTION_JUDGE,
                        .type = RECORD_PROBLEM,
                        .record = before->id,
                        .version = before->version,
                        .state = before->state,
                        .moment = context->now,
                        .actor = context->authority->user,
                        .behalf = context->behalf,
                        .batch = context->batch,
                        .channel = (uint8_t)context->channel,
                        .happened = context->happened,
                        .set = set};
  enum store_error error;
  body_write(&body, before, after, NULL, extra);
  entry.body = body.bytes;
  entry.body_size = body.size;
  error = tx_append(tx, &entry);
  if (error != STORE_OK) return error;
  row_stamp(after, &entry);
  *number = entry.number;
  return tx_put(tx, before, after);
}

enum store_error policies_get(struct policies *policies, struct reader *reader, int64_t campaign, const struct policy **policy) {
  struct policy_held *held = policies->first;
  enum store_error error = STORE_OK;
  while (held && held->campaign != campaign) held = held->next;
  if (!held) {
    held = ARENA_NEW(policies->arena, struct policy_held);
    *held = (struct policy_held){.campaign = campaign, .next = policies->first};
    error = policy_for(reader, campaign, policies->moment, policies->arena, &held->policy);
    if (error == STORE_OK) policies->first = held;
  }
  *policy = &held->policy;
  return error;
}

enum store_error derive_again(struct tx *tx, const struct context *context, struct policies *policies, int64_t set, int64_t problem, bool walked, struct arena *arena, struct derived *derived) {
  struct reader *reader = tx_reader(tx);
  struct row *before, *after;
  struct colour_facts facts;
  const struct policy *policy = NULL;
  struct judgement judgement;
  enum store_error error = reader_get(reader, record_type(RECORD_PROBLEM), &SCOPE_SYSTEM, problem, arena, &before);
  *derived = (struct derived){.whole = NOTHING};
  if (error == STORE_ABSENT) return STORE_OK; /* taken back or destroyed: nothing to judge */
  if (error != STORE_OK || !derive_wanted(before)) return error;
  derived->whole = row_integer(before, PROBLEM_PARENT);
  error = colour_facts_read(reader, before, arena, &facts);
  if (error == STORE_OK) error = policies_get(policies, reader, row_integer(before, PROBLEM_CAMPAIGN), &policy);
  if (error == STORE_OK) error = colour_facts_work(reader, policy, arena, &facts);
  if (error != STORE_OK) return error;
  after = row_copy(arena, before);
  error = roll_up(reader, before, arena, after, &facts);
  if (error != STORE_OK) return error;
  /* The clock moves a date only when the calendar has changed: then the old one was never a promise. */
  if (context->channel != CHANNEL_CLOCK) colour_why_notice(before, date_of_moment(context->now), &facts);
  stand_still(after, &facts, policy, context->now);
  judgement = colour_judge(&facts, policy, context->now);
  if (judgement.colour == COLOUR_NONE) {
    empty(after);
  } else {
    fill(before, after, &facts, policy, &judgement, walked, context->channel == CHANNEL_CLOCK, context->now);
    row_set_text(after, PROBLEM_COLOUR_WHY, colour_why_print(arena, &judgement, &facts));
  }
  if (!differs(before, after)) return STORE_OK;
  derived->moved = row_integer(before, PROBLEM_COLOUR) != row_integer(after, PROBLEM_COLOUR) || row_integer(before, PROBLEM_COLOUR_RULE) != row_integer(after, PROBLEM_COLOUR_RULE);
  return write(tx, context, set, before, after, &facts, policy, &judgement, arena, &derived->entry);
}

enum store_error derive_problem(struct tx *tx, const struct context *context, int64_t set, int64_t problem, struct arena *arena, int64_t *entry, int64_t *whole) {
  struct policies policies = {.arena = arena, .moment = context->now};
  struct derived derived;
  enum store_error error = derive_again(tx, context, &policies, set, problem, false, arena, &derived);
  if (entry) *entry = derived.entry;
  if (whole) *whole = derived.whole;
  return error;
}
