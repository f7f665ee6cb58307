/* The outbox of intake: where the policy lets certainty decide, the category of each new appeal that has none and of which the program is
   as certain as that is set through the door, by an arrow of its own. The door decides (rules/guards_intake.c): what people decided is left
   alone. The policy is off by default: then nothing is asked. */
#include <math.h>
#include <stdlib.h>

#include "base/heap.h"
#include "base/log.h"
#include "follow/followers_parts.h"
#include "follow/house.h"
#include "rules/policy.h"

struct intake { struct house *house; struct arena *arena; /* one entry's */ };

static enum store_error appeal_read(struct intake *intake, int64_t id, struct row **appeal, int64_t *bound) {
  struct reader *reader = NULL;
  struct policy *policy = ARENA_NEW(intake->arena, struct policy);
  *appeal = NULL;
  *bound = 0;
  enum store_error error = store_reader(intake->house->store, &reader);
  if (!error) error = policy_for_appeals(reader, house_now(intake->house), intake->arena, policy);
  if (!error) *bound = policy->classify_bound;
  if (!error && *bound > 0) error = reader_get(reader, record_type(RECORD_APPEAL), &SCOPE_SYSTEM, id, intake->arena, appeal);
  if (reader) reader_release(reader); /* before the writer is waited for */
  return error == STORE_ABSENT ? STORE_OK : error;
}

/* A refusal is told to the log and passed by: people decide then, as they would have. */
static enum store_error classify(struct intake *intake, const struct entry *entry, const struct row *appeal, const char *category,
                                 int64_t certainty) {
  struct context context = {.now = house_now(intake->house),
                            .authority = &AUTHORITY_SYSTEM,
                            .happened = NOTHING,
                            .channel = CHANNEL_FOLLOWER,
                            .idempotency_key = arena_print(intake->arena, "classify:%lld:%lld", (long long)entry->epoch,
                                                           (long long)entry->number)};
  struct value values[] = {value_text(APPEAL_CATEGORY, category), value_integer(APPEAL_CERTAINTY, certainty)};
  struct change change = {.type = record_type(RECORD_APPEAL),
                          .id = appeal->id,
                          .seen = appeal->version,
                          .action = ACTION_CLASSIFY,
                          .values = values,
                          .value_count = 2};
  struct outcome outcome = {0};
  enum store_error error = change_run(intake->house->writer, &context, &change, 1, intake->arena, &outcome);
  if (!error && outcome.verdict == VERDICT_STALE) return STORE_BUSY; /* changed this very moment: looked at once more */
  if (!error && outcome.verdict > VERDICT_REPEATED)
    log_line(LOG_WARNING, "intake", "appeal %lld was not classified (%s)", (long long)appeal->id,
             outcome.finding_count ? outcome.findings[0].code : "-");
  return error;
}

static bool waits(const struct row *appeal) {
  bool open = appeal->state == APPEAL_RECEIVED || appeal->state == APPEAL_ASSIGNED || appeal->state == APPEAL_CONTACTED;
  return open && !appeal->voided && !row_text(appeal, APPEAL_CATEGORY) && row_integer(appeal, APPEAL_CATEGORY_BY) == NOTHING;
}

static enum store_error appeal_come(struct intake *intake, const struct entry *entry) {
  struct row *appeal = NULL;
  struct classifier_answer answer = {0};
  struct suggest_about about;
  int64_t bound = 0;
  enum store_error error = appeal_read(intake, entry->record, &appeal, &bound);
  if (error || !appeal || !waits(appeal) || !intake->house->suggester) return error;
  struct classifier_text text = {row_text(appeal, APPEAL_TITLE), row_text(appeal, APPEAL_TEXT)};
  suggest_judge(intake->house->suggester, SUGGEST_CATEGORY, &text, intake->arena, &answer, &about);
  if (about.state == SUGGEST_LEARNING) return STORE_BUSY; /* asked again in a moment */
  int64_t certainty = answer.count ? (int64_t)floor(answer.choices[0].certainty * 10000) : 0;
  return answer.count && certainty >= bound ? classify(intake, entry, appeal, answer.choices[0].label, certainty) : STORE_OK;
}

static enum store_error intake_start(struct house *house, void **state, int64_t *at) {
  struct intake *intake = HEAP_NEW(struct intake);
  *intake = (struct intake){.house = house, .arena = arena_new()};
  *state = intake;
  *at = 0; /* the registry knows where it stands */
  return STORE_OK;
}

static enum store_error intake_apply(void *state, const struct entry *entry) {
  struct intake *intake = state;
  enum store_error error = STORE_OK;
  if (entry->kind == ENTRY_CHANGE && entry->type == RECORD_APPEAL && entry->version == 1 && entry->body) error = appeal_come(intake, entry);
  arena_reset(intake->arena);
  return error;
}

static enum store_error intake_settle(void *state, int64_t at) {
  (void)state;
  (void)at;
  return STORE_OK; /* the registry makes the position durable */
}

static void intake_stop(void *state) {
  struct intake *intake = state;
  arena_free(intake->arena);
  free(intake);
}

#define PAUSE 100 /* each batch makes its position durable, which the disk does for changes too */
const struct follower FOLLOWER_INTAKE = {.name = "intake", .kind = OUTBOX, .version = 1, .start = intake_start, .apply = intake_apply, .settle = intake_settle, .stop = intake_stop, .pause = PAUSE};
