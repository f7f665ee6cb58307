/* The one door. A set is decided change by change in its order, each seeing what those before it wrote; what is found wrong is
   collected for the whole set, and from the first finding on nothing more is written. The caller holds the mark and takes back what
   was written when the verdict is not one of success. */
#include <string.h>

#include "base/log.h"
#include "rules/behalf.h"
#include "rules/change_private.h"
#include "rules/derive.h"
#include "rules/destruction.h"
#include "rules/effects.h"
#include "rules/linked_appeals.h"
#include "store/writer.h"

static enum store_error change_one(struct set *set, const struct change *change, uint32_t index, const struct authority *authority,
                                   unsigned depth, int64_t *id, int64_t *version);

/* ---- acting on one decided change ---- */

/* Whether an appeal is a whistle-blower's says whether its problems count it. */
static enum store_error touch_linked(const struct decision *decision) {
  const struct row *before = decision->before, *after = decision->after;
  int64_t *problems = NULL;
  size_t count = 0;
  if (!before || (row_integer(before, APPEAL_WHISTLE) == 1) == (row_integer(after, APPEAL_WHISTLE) == 1)) return STORE_OK;
  enum store_error error = linked_problems(decision->set->reader, after->id, decision->set->scratch, &problems, &count);
  for (size_t i = 0; i < count && error == STORE_OK; i++) set_touch(decision->set, problems[i], true);
  return error;
}

/* What a change of this record moves elsewhere: the problem itself, and the problems it refers to. */
static enum store_error touch(const struct decision *decision) {
  const struct record_type *type = decision->type;
  if (type->id == RECORD_PROBLEM) set_touch(decision->set, decision->after->id, false);
  if (type->id == RECORD_LINK && decision->after->voided && row_integer(decision->after, LINK_FROM_TYPE) == RECORD_PROBLEM)
    set_touch(decision->set, row_integer(decision->after, LINK_FROM_ID), true);
  for (size_t i = 0; i < 4 && type->affects[i]; i++) {
    const struct field *field = record_field(type, type->affects[i]);
    int64_t target = row_integer(decision->after, type->affects[i]);
    if (field && field->target == RECORD_PROBLEM && target != NOTHING) set_touch(decision->set, target, false);
  }
  return type->id == RECORD_APPEAL ? touch_linked(decision) : STORE_OK;
}

static enum store_error follow(struct decision *decision) {
  enum store_error error = STORE_OK;
  if (decision->further_count && decision->depth >= EFFECT_DEPTH) {
    log_line(LOG_ERROR, "rules", "effects of %s bring about effects without end", decision->type->name);
    return STORE_BROKEN;
  }
  for (size_t i = 0; error == STORE_OK && i < decision->further_count && !set_refused(decision->set); i++) {
    if (decision->further[i].id == THIS_RECORD) decision->further[i].id = decision->after->id;
    error = change_one(decision->set, &decision->further[i], decision->index, &AUTHORITY_SYSTEM, decision->depth + 1, NULL, NULL);
  }
  return error;
}

/* A date that was never moved is the original one too: put right, both are. */
static void original_due(struct decision *decision) {
  const struct row *before = decision->before;
  if (decision->type->id != RECORD_PROBLEM || row_integer(before, PROBLEM_DUE) != row_integer(before, PROBLEM_DUE_ORIGINAL)) return;
  row_set_integer(decision->after, PROBLEM_DUE_ORIGINAL, row_integer(decision->after, PROBLEM_DUE));
}

static enum store_error act(struct decision *decision) {
  enum store_error error = STORE_OK;
  if (decision->arrow) {
    decision->walked[decision->walked_count++] = decision->arrow;
    error = effects_run(decision, decision->arrow);
    if (error == STORE_OK && decision->before && decision->before->state != decision->after->state) error = lifecycle_pass(decision);
  }
  if (error != STORE_OK || set_refused(decision->set)) return error;
  if (!decision->arrow && decision->change->action == ACTION_VOID) decision->after->voided = true;
  if (!decision->arrow && decision->change->action == ACTION_CORRECT) {
    original_due(decision);
    error = campaign_corrected(decision);
  }
  /* voided, corrected, moved by an import */
  if (error == STORE_OK && !decision->arrow && decision->before && decision->type->id == RECORD_PROBLEM)
    error = effect_holding(decision, NULL);
  if (error == STORE_OK) error = appeal_settle(decision);
  /* reckoned again, and the same: nothing happened */
  if (error != STORE_OK || (decision->change->action == ACTION_REGROW && !decision->further_count && !change_alters(decision)))
    return error;
  error = change_write(decision);
  if (error != STORE_OK) return error;
  if (!decision->before) set_made(decision->set, decision->type, decision->after->id);
  error = touch(decision);
  return error == STORE_OK ? follow(decision) : error;
}

/* The program asks to look at a problem again: nothing of it changes but what is derived. */
static void judge_again(struct decision *decision) {
  if (decision->system && decision->type->id == RECORD_PROBLEM) set_touch(decision->set, decision->change->id, false);
  else set_find(decision, VERDICT_FORBIDDEN, 0, "forbidden", (struct label){"重新判定颜色由系统自动办理", "colours are judged by the program itself"});
}

/* What two people agreed on (approval.c yields it): the record and all that hangs on it goes, the approval too. */
static enum store_error destroy(struct decision *decision) {
  struct set *set = decision->set;
  const struct change *change = decision->change;
  struct destruction_order order = {.type = decision->type,
                                    .id = change->id,
                                    .reason = change->reason,
                                    .now = set->context->now,
                                    .actor = set->context->authority->user,
                                    .asked_by = set->asked_by,
                                    .channel = set->context->channel};
  struct destruction destruction = {.arena = set->arena};
  if (!decision->system) {
    set_find(decision, VERDICT_FORBIDDEN, 0, "forbidden",
             (struct label){"销毁须两人办理:一人申请,另一人同意", "a destruction takes two people: one asks, another agrees"});
    return STORE_OK;
  }
  enum store_error error = destruction_apply(set->tx, &order, &destruction);
  if (error == STORE_OK && destruction.absent)
    set_find(decision, VERDICT_ABSENT, 0, "absent", (struct label){"该记录已不存在", "the record is no longer there"});
  if (error == STORE_OK && destruction.refused.zh) set_find(decision, VERDICT_NOT_NOW, 0, "named_elsewhere", destruction.refused);
  set->last_entry = tx_head(set->tx).number;
  return error;
}

static enum store_error change_one(struct set *set, const struct change *change, uint32_t index, const struct authority *authority,
                                   unsigned depth, int64_t *id, int64_t *version) {
  struct decision decision = decision_of(set, change, index, authority, depth);
  enum store_error error = STORE_OK;
  if (change->action == ACTION_JUDGE) {
    judge_again(&decision);
    if (id) *id = change->id;
    return STORE_OK;
  }
  if (change->action == ACTION_DESTROY) return destroy(&decision);
  error = decide(&decision);
  if (error == STORE_OK && !set_refused(set) && !decision.skipped && change->action == ACTION_EDIT && decision.type->id == RECORD_APPEAL)
    error = appeal_settle(&decision);
  if (error == STORE_OK && !set_refused(set) && !decision.skipped) {
    bool idle = change->action == ACTION_EDIT && !change_alters(&decision);
    error = idle ? STORE_OK : act(&decision);
  }
  if (error != STORE_OK || set_refused(set) || !decision.after) return error;
  if (id) *id = decision.after->id;
  if (version) *version = decision.after->version;
  return STORE_OK;
}

/* ---- derived fields of what the set touched ---- */

static enum store_error appeals_count(struct set *set, int64_t problem) {
  int64_t count = 0;
  enum store_error error = linked_appeals_count(set->reader, problem, set->scratch, &count);
  struct value appeals = value_integer(PROBLEM_APPEALS, count);
  struct change change = {.type = record_type(RECORD_PROBLEM),
                          .id = problem,
                          .seen = ANY_VERSION,
                          .action = ACTION_EDIT,
                          .values = &appeals,
                          .value_count = 1};
  return error == STORE_OK ? change_one(set, &change, 0, &AUTHORITY_SYSTEM, 1, NULL, NULL) : error;
}

/* What a part has become is part of what its whole has become: judged again after it, though it may have been judged before. */
static void touch_whole(struct set *set, int64_t whole, size_t at) {
  if (whole == NOTHING) return;
  for (size_t i = at + 1; i < set->touched_count; i++)
    if (set->touched[i].problem == whole) return;
  set_touch_again(set, whole);
}

static enum store_error derive(struct set *set) {
  enum store_error error = STORE_OK;
  for (size_t i = 0; error == STORE_OK && i < set->touched_count; i++) {
    int64_t problem = set->touched[i].problem, entry = 0, whole = NOTHING;
    if (set->touched[i].links) error = appeals_count(set, problem);
    if (error == STORE_OK) error = derive_problem(set->tx, set->context, set->first_entry, problem, set->scratch, &entry, &whole);
    if (entry) {
      if (!set->first_entry) set->first_entry = entry;
      set->last_entry = entry;
      touch_whole(set, whole, i);
    }
    arena_reset(set->scratch);
  }
  return error;
}

/* ---- the whole set ---- */

/* What decides first when several things are wrong: that it may not be known, not be done, has moved, is written wrongly, or must wait. */
static enum verdict verdict_of(const struct set *set) {
  static const enum verdict order[] = {VERDICT_ABSENT, VERDICT_FORBIDDEN, VERDICT_STALE, VERDICT_INVALID, VERDICT_CLASH, VERDICT_NOT_NOW};
  for (size_t i = 0; i < sizeof order / sizeof *order; i++)
    if (set->verdicts & 1u << order[i]) return order[i];
  return set->last_entry ? VERDICT_DONE : VERDICT_UNCHANGED;
}

static enum store_error changes_run(struct set *set, const struct change *changes, size_t count, struct outcome *outcome) {
  enum store_error error = STORE_OK;
  for (size_t i = 0; error == STORE_OK && i < count; i++) {
    error = change_one(set, &changes[i], (uint32_t)i, behalf_authority(set, &changes[i]), 0, &outcome->ids[i], &outcome->versions[i]);
    if (changes[i].id == 0)
      set->made[set->made_count++] = (struct made){.id = set_refused(set) ? 0 : outcome->ids[i], .type = changes[i].type};
    arena_reset(set->scratch);
  }
  return error;
}

static void outcome_fill(struct set *set, struct outcome *outcome) {
  outcome->verdict = verdict_of(set);
  outcome->entry = set->last_entry;
  outcome->findings = set->findings;
  outcome->finding_count = set->finding_count;
}

enum store_error change_apply(struct tx *tx, const struct context *context, const struct change *changes, size_t count, struct arena *arena, struct outcome *outcome) {
  struct set set = {.tx = tx, .reader = tx_reader(tx), .context = context, .arena = arena, .scratch = arena_new(), .today = date_of_moment(context->now), .asked_by = NOTHING, .changes = changes, .change_count = count};
  enum store_error error = STORE_OK;
  bool repeated = false;
  *outcome = (struct outcome){.ids = ARENA_ARRAY(arena, int64_t, count + 1), .versions = ARENA_ARRAY(arena, int64_t, count + 1), .count = count};
  set.made = ARENA_ARRAY(arena, struct made, count + 1);
  error = change_recall(&set, outcome, &repeated);
  if (error != STORE_OK || repeated) goto out;
  error = fields_alone(&set, changes, count);
  if (error == STORE_OK) error = changes_run(&set, changes, count, outcome);
  if (error == STORE_OK && !set_refused(&set)) error = derive(&set);
  if (error != STORE_OK) goto out;
  outcome_fill(&set, outcome);
  if (!set_refused(&set)) error = change_remember(&set, outcome);
out:
  arena_free(set.scratch);
  return error;
}

enum store_error change_draft(struct reader *reader, const struct context *context, const struct change *change, struct arena *arena, struct outcome *outcome, struct row **row) {
  struct set set = {.reader = reader, .context = context, .arena = arena, .scratch = arena, .today = date_of_moment(context->now)};
  struct decision decision = decision_of(&set, change, 0, context->authority, 0);
  enum store_error error = decide(&decision);
  *outcome = (struct outcome){0};
  *row = NULL;
  if (error == STORE_OK && !set_refused(&set) && decision.arrow) error = effects_run(&decision, decision.arrow);
  if (error != STORE_OK) return error;
  outcome_fill(&set, outcome);
  if (!set_refused(&set)) *row = decision.after;
  return STORE_OK;
}

/* ---- through a writer ---- */

struct change_job {
  struct job job;
  const struct context *context;
  const struct change *changes;
  size_t count;
  struct arena *arena;
  struct outcome *outcome;
};

static bool change_job_run(struct job *job, struct tx *tx, enum store_error *error) {
  struct change_job *own = (struct change_job *)job;
  enum verdict verdict;
  *error = change_apply(tx, own->context, own->changes, own->count, own->arena, own->outcome);
  verdict = own->outcome->verdict;
  return *error == STORE_OK && !own->context->rehearse &&
         (verdict == VERDICT_DONE || verdict == VERDICT_UNCHANGED || verdict == VERDICT_REPEATED);
}

enum store_error change_run(struct writer *writer, const struct context *context, const struct change *changes, size_t count, struct arena *arena, struct outcome *outcome) {
  struct change_job own = {.context = context, .changes = changes, .count = count, .arena = arena, .outcome = outcome};
  return writer_run(writer, change_job_run, &own.job);
}
