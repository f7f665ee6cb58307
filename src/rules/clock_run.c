/* What time alone brings about: problems whose colour may have changed, arrows that the clock walks, problems judged under an older
   policy. Found by index and worked off in groups; what is not due is never read. Runs on any thread but the writer's. */
#include "rules/clock_private.h"

#include <pthread.h>
#include <stdio.h>

#include "base/log.h"
#include "rules/clock.h"
#include "rules/derive_private.h"

struct context clock_context(int64_t now) {
  return (struct context){.now = now, .authority = &AUTHORITY_SYSTEM, .happened = NOTHING, .channel = CHANNEL_CLOCK};
}

/* One problem found due. action: the arrow to try first; walked: it was tried and is not open. */
struct pick { int64_t id; enum action_code action; bool walked, gone; };

/* ---- judging a group in one set ---- */

struct group { struct job job; int64_t now; const struct pick *picks; size_t count; int64_t judged, moved, entries; };

static bool judge_group(struct job *job, struct tx *tx, enum store_error *error) {
  struct group *group = (struct group *)job;
  struct context context = clock_context(group->now);
  struct arena *arena = arena_new();
  struct policies policies = {.arena = arena_new(), .moment = group->now};
  int64_t set = 0;
  group->judged = group->moved = group->entries = 0; /* the writer may run a job twice */
  *error = STORE_OK;
  for (size_t i = 0; i < group->count && *error == STORE_OK; i++) {
    struct derived derived;
    if (group->picks[i].gone) continue;
    arena_reset(arena);
    *error = derive_again(tx, &context, &policies, set, group->picks[i].id, group->picks[i].walked, arena, &derived);
    if (!set) set = derived.entry;
    group->judged++;
    group->moved += derived.moved;
    group->entries += derived.entry != 0;
  }
  arena_free(policies.arena);
  arena_free(arena);
  return *error == STORE_OK;
}

/* *entries: how many were written, so that a caller sees whether it gets on. */
static enum store_error judge(struct clock_run *run, const struct pick *picks, size_t count, int64_t *entries) {
  struct group group = {.now = run->now, .picks = picks, .count = count};
  enum store_error error = writer_run(run->writer, judge_group, &group.job);
  *entries = 0;
  if (error != STORE_OK) return error;
  *entries = group.entries;
  run->report->judged += group.judged;
  run->report->changed += group.moved;
  return STORE_OK;
}

enum store_error clock_judge(struct clock_run *run, const int64_t *problems, size_t count) {
  struct pick picks[CLOCK_GROUP];
  int64_t entries = 0;
  for (size_t i = 0; i < count; i++) picks[i] = (struct pick){.id = problems[i]};
  return judge(run, picks, count, &entries);
}

/* ---- walking arrows: each a set of its own, all handed to the writer at once ---- */

struct latch { pthread_mutex_t lock; pthread_cond_t none; size_t open; };
struct walk { struct job job; int64_t now; struct pick *pick; struct latch *latch; enum verdict verdict; enum store_error error; };

static const char *const walk_reasons[] = {[ACTION_CLOSE] = "公示期满", [ACTION_SETTLE] = "巩固期满", [ACTION_RESUME] = "挂账期满", [ACTION_KIND_EXPIRES] = "类型变更到期"};

static bool walk_run(struct job *job, struct tx *tx, enum store_error *error) {
  struct walk *walk = (struct walk *)job;
  struct context context = clock_context(walk->now);
  struct change change = {.type = record_type(RECORD_PROBLEM),
                          .id = walk->pick->id,
                          .seen = ANY_VERSION,
                          .action = walk->pick->action,
                          .reason = walk_reasons[walk->pick->action]};
  struct arena *arena = arena_new();
  struct outcome outcome = {0};
  *error = change_apply(tx, &context, &change, 1, arena, &outcome);
  walk->verdict = *error == STORE_OK ? outcome.verdict : VERDICT_NOT_NOW;
  arena_free(arena);
  return walk->verdict == VERDICT_DONE;
}

static void walk_done(struct job *job, enum store_error error) {
  struct walk *walk = (struct walk *)job;
  struct latch *latch = walk->latch;
  walk->error = error;
  pthread_mutex_lock(&latch->lock);
  if (--latch->open == 0) pthread_cond_signal(&latch->none);
  pthread_mutex_unlock(&latch->lock);
}

static enum store_error walk_all(struct clock_run *run, struct pick *picks, size_t count, int64_t *walked) {
  struct latch latch = {.lock = PTHREAD_MUTEX_INITIALIZER, .none = PTHREAD_COND_INITIALIZER};
  struct walk *walks = ARENA_ARRAY(run->arena, struct walk, count + 1);
  enum store_error error = STORE_OK;
  size_t handed = 0;
  for (size_t i = 0; i < count; i++)
    if (picks[i].action)
      walks[latch.open++] = (struct walk){.job = {.run = walk_run, .done = walk_done}, .now = run->now, .pick = &picks[i], .latch = &latch};
  handed = latch.open;
  for (size_t i = 0; i < handed; i++) writer_submit(run->writer, &walks[i].job);
  pthread_mutex_lock(&latch.lock);
  while (latch.open) pthread_cond_wait(&latch.none, &latch.lock);
  pthread_mutex_unlock(&latch.lock);
  pthread_mutex_destroy(&latch.lock);
  pthread_cond_destroy(&latch.none);
  *walked = 0;
  for (size_t i = 0; i < handed; i++) {
    bool went = walks[i].error == STORE_OK && walks[i].verdict == VERDICT_DONE;
    if (walks[i].error != STORE_OK && walks[i].error != STORE_ABSENT && walks[i].error != STORE_CLASH) error = walks[i].error;
    walks[i].pick->gone = went; /* the door has judged it in the same set */
    walks[i].pick->walked = true;
    *walked += went;
    if (went && walks[i].pick->action == ACTION_CLOSE) run->report->closed++;
    if (went && walks[i].pick->action == ACTION_SETTLE) run->report->settled++;
  }
  return error;
}

/* ---- finding what is due ---- */

struct found { struct arena *arena; struct row *rows[CLOCK_GROUP]; size_t count; };

static bool take_row(void *with, const struct row *row) {
  struct found *found = with;
  found->rows[found->count++] = row_copy(found->arena, row);
  return found->count < CLOCK_GROUP;
}

/* The arrow waits for its moment; where approval follows, a person walks it. */
static enum store_error arrow_of(struct reader *reader, struct policies *policies, const struct row *row, struct pick *pick) {
  enum action_code action = derive_arrow_action(row);
  const struct policy *policy = NULL;
  if (!action) return STORE_OK;
  enum store_error error = policies_get(policies, reader, row_integer(row, PROBLEM_CAMPAIGN), &policy);
  if (error != STORE_OK) return error;
  int64_t moment = derive_arrow(row, policy);
  if (moment != NOTHING && moment <= policies->moment) pick->action = action;
  return STORE_OK;
}

static enum store_error find(struct clock_run *run, const struct condition *conditions, size_t condition_count, uint16_t sort,
                             struct pick *picks, size_t *count) {
  struct query query = {.type = record_type(RECORD_PROBLEM),
                        .conditions = conditions,
                        .condition_count = condition_count,
                        .sort = sort,
                        .limit = CLOCK_GROUP,
                        .expected = -1};
  struct found *found = ARENA_NEW(run->arena, struct found);
  struct policies policies = {.arena = run->arena, .moment = run->now};
  struct reader *reader;
  enum store_error error = store_reader(run->store, &reader);
  *count = 0;
  if (error != STORE_OK) return error;
  found->arena = run->arena;
  error = reader_list(reader, &query, &SCOPE_SYSTEM, run->arena, take_row, found);
  for (size_t i = 0; i < found->count && error == STORE_OK; i++) {
    picks[i] = (struct pick){.id = found->rows[i]->id};
    error = arrow_of(reader, &policies, found->rows[i], &picks[i]);
  }
  reader_release(reader);
  *count = error == STORE_OK ? found->count : 0;
  return error;
}

/* Works off what the conditions find, group by group, until they find nothing; what was judged no longer meets them. */
static enum store_error work_off(struct clock_run *run, const struct condition *conditions, size_t condition_count, uint16_t sort) {
  enum store_error error = STORE_OK;
  while (error == STORE_OK) {
    struct pick picks[CLOCK_GROUP];
    int64_t walked = 0, entries = 0;
    size_t count;
    arena_reset(run->arena);
    error = find(run, conditions, condition_count, sort, picks, &count);
    if (error != STORE_OK || !count) break;
    error = walk_all(run, picks, count, &walked);
    if (error == STORE_OK) error = judge(run, picks, count, &entries);
    if (error == STORE_OK && walked + entries == 0) {
      log_line(LOG_WARNING, "rules", "the clock found %zu problems due that judging does not move; problem %lld is one", count,
               (long long)picks[0].id);
      break;
    }
  }
  return error;
}

static enum store_error work_due(struct clock_run *run) {
  struct value now = value_integer(PROBLEM_COLOUR_NEXT, run->now);
  struct condition condition = {PROBLEM_COLOUR_NEXT, C_AT_MOST, &now, 1};
  return work_off(run, &condition, 1, PROBLEM_COLOUR_NEXT); /* the index leads, or the planner walks all ids */
}

/* ---- a policy that has come into force ---- */

/* Which policy a campaign was last judged under as a whole is remembered beside the store, so that a quiet tick asks once a campaign. */
static enum store_error judged_under(struct clock_run *run, const char *key, int64_t *policy) {
  char *text = NULL;
  enum store_error error = side_get(run->store, SIDE_SETTING, key, run->arena, &text);
  *policy = NOTHING;
  if (error == STORE_ABSENT) return STORE_OK;
  if (error == STORE_OK && !text_to_integer(text, policy)) error = STORE_BROKEN;
  return error;
}

static enum store_error work_policy(struct clock_run *run, int64_t campaign, int64_t policy) {
  struct value of = value_integer(PROBLEM_CAMPAIGN, campaign), under = value_integer(PROBLEM_COLOUR_POLICY, policy);
  struct condition older[] = {{PROBLEM_COLOUR_POLICY, C_LESS, &under, 1}, {PROBLEM_CAMPAIGN, C_IS, &of, 1}};
  struct condition newer[] = {{PROBLEM_COLOUR_POLICY, C_MORE, &under, 1}, {PROBLEM_CAMPAIGN, C_IS, &of, 1}};
  enum store_error error = work_off(run, older, 2, PROBLEM_COLOUR_POLICY);
  return error == STORE_OK ? work_off(run, newer, 2, PROBLEM_COLOUR_POLICY) : error;
}

static enum store_error campaign_policy(struct clock_run *run, int64_t campaign, int64_t *current) {
  struct policy policy = {0};
  struct reader *reader;
  enum store_error error = store_reader(run->store, &reader);
  if (error != STORE_OK) return error;
  error = policy_for(reader, campaign, run->now, run->arena, &policy);
  reader_release(reader);
  *current = policy.id;
  return error;
}

static enum store_error work_campaign(struct clock_run *run, int64_t campaign) {
  char key[48];
  int64_t current = 0, before = NOTHING;
  enum store_error error;
  snprintf(key, sizeof key, "clock.policy.%lld", (long long)campaign);
  arena_reset(run->arena);
  error = campaign_policy(run, campaign, &current);
  if (error == STORE_OK) error = judged_under(run, key, &before);
  if (error != STORE_OK || before == current) return error;
  error = work_policy(run, campaign, current);
  arena_reset(run->arena);
  if (error == STORE_OK) error = side_put(run->store, SIDE_SETTING, key, arena_print(run->arena, "%lld", (long long)current), 0);
  return error;
}

struct campaigns { int64_t ids[256]; size_t count; };
static bool take_campaign(void *with, const struct row *row) {
  struct campaigns *campaigns = with;
  campaigns->ids[campaigns->count++] = row->id;
  return campaigns->count < 256;
}

static enum store_error next_campaigns(struct clock_run *run, int64_t after, struct campaigns *campaigns) {
  struct query query = {.type = record_type(RECORD_CAMPAIGN),
                        .limit = 256,
                        .has_after = after != 0,
                        .after = value_integer(FIELD_ID, after),
                        .after_id = after,
                        .expected = -1};
  struct reader *reader;
  enum store_error error = store_reader(run->store, &reader);
  campaigns->count = 0;
  if (error != STORE_OK) return error;
  error = reader_list(reader, &query, &SCOPE_SYSTEM, run->arena, take_campaign, campaigns);
  reader_release(reader);
  return error;
}

static enum store_error work_policies(struct clock_run *run) {
  struct campaigns campaigns = {.count = 0};
  enum store_error error = next_campaigns(run, 0, &campaigns);
  while (error == STORE_OK && campaigns.count) {
    for (size_t i = 0; i < campaigns.count && error == STORE_OK; i++) error = work_campaign(run, campaigns.ids[i]);
    if (error == STORE_OK) error = next_campaigns(run, campaigns.ids[campaigns.count - 1], &campaigns);
  }
  return error;
}

enum store_error clock_run(struct store *store, struct writer *writer, int64_t now, struct clock_report *report) {
  struct clock_run run = {.store = store, .writer = writer, .now = now, .arena = arena_new(), .report = report};
  enum store_error error;
  *report = (struct clock_report){0};
  error = clock_deadlines(&run);
  if (error == STORE_OK) error = clock_chasing(&run);
  if (error == STORE_OK) error = work_due(&run);
  if (error == STORE_OK) error = work_policies(&run);
  if (error == STORE_OK) error = clock_hand_colours(&run);
  if (error == STORE_OK) error = clock_appeals(&run);
  if (error == STORE_OK) error = clock_rounds(&run);
  if (error == STORE_OK) error = clock_moving(&run);
  arena_free(run.arena);
  return error;
}
