/* What one person may do with one record now, and why not the rest: the door's own decision, made on a snapshot for every arrow that
   leaves the present state, without writing. What a form will ask is not held against an action. */
#include <string.h>

#include "rules/behalf.h"
#include "rules/guards.h"

/* All reasons as one sentence: "…;…". */
static struct label join(struct arena *arena, const struct finding *findings, size_t count) {
  struct buffer zh = {.arena = arena}, en = {.arena = arena};
  for (size_t i = 0; i < count; i++) {
    buffer_print(&zh, "%s%s", i ? ";" : "", findings[i].sentence.zh);
    buffer_print(&en, "%s%s", i ? "; " : "", findings[i].sentence.en);
  }
  return (struct label){zh.bytes ? zh.bytes : "", en.bytes ? en.bytes : ""};
}

static void why_not(struct set *set, size_t from, struct possibility *possibility) {
  possibility->why_not = join(set->arena, set->findings + from, set->finding_count - from);
  possibility->codes = ARENA_ARRAY(set->arena, const char *, set->finding_count - from);
  for (size_t i = from; i < set->finding_count; i++) possibility->codes[possibility->code_count++] = set->findings[i].code;
}

/* The same decision on the same record for each arrow; the row is the one the caller shows. */
static enum store_error weigh(struct set *set, const struct row *row, const struct transition *arrow, struct possibility *possibility) {
  struct change change = {.type = row->type, .id = row->id, .seen = ANY_VERSION, .action = arrow ? arrow->action : ACTION_EDIT};
  struct decision decision = decision_of(set, &change, 0, set->context->authority, 0);
  enum store_error error = STORE_OK;
  bool on = true, mine;
  decision.possible = true;
  decision.arrow = arrow;
  decision.before = row_copy(set->scratch, row);
  decision.after = row_copy(set->scratch, row);
  error = decide_parent(&decision);
  if (error != STORE_OK) return error;
  mine = decide_permitted(&decision, arrow);
  decision.behalf = behalf_of_deputy(&decision);
  *possibility = (struct possibility){.action = change.action,
                                      .transition = arrow,
                                      .mine = mine,
                                      .label = arrow ? arrow->label : action_label(ACTION_EDIT),
                                      .asks = arrow ? arrow->asks : NULL,
                                      .takes = arrow ? arrow->takes : NULL,
                                      .reason = arrow && arrow->reason};
  for (size_t i = 0; arrow && i < ARROW_ASKS && arrow->asks[i]; i++) possibility->ask_count++;
  for (size_t i = 0; arrow && i < ARROW_TAKES && arrow->takes[i]; i++) possibility->take_count++;
  if (!mine) {
    possibility->why_not = arrow ? decide_who(set->arena, decision.type, arrow) : (struct label){"您没有修改权限", "you may not edit this"};
    return STORE_OK;
  }
  if (arrow) {
    error = lifecycle_step_on(&decision, arrow, &on);
    if (error == STORE_OK && !on && !arrow->off_passes)
      set_find(&decision, VERDICT_NOT_NOW, 0, "step_off",
               (struct label){"本问题的销号路径不设这一环节", "the closing route of this problem has no such step"});
    if (arrow->to != STATE_KEPT) decision.after->state = arrow->to;
    if (error == STORE_OK) error = guards_check(&decision, arrow);
  }
  possibility->open = set->finding_count == decision.findings_before;
  if (!possibility->open) why_not(set, decision.findings_before, possibility);
  return error;
}

/* Arrows that only the program walks are nobody's to see. What has no states has its arrows from none. */
static bool shown(const struct record_type *type, const struct transition *arrow, state_code from) {
  bool creates = arrow->from == STATE_NONE && (type->states || arrow->action == ACTION_CREATE);
  return !creates && arrow->from == from && (arrow->roles & ROLES_ALL);
}

static bool edits_without_arrow(const struct row *row) {
  if (lifecycle_edits(row->type) || lifecycle_ended(row->type, row->state)) return false;
  for (size_t i = 0; i < row->type->permission_count; i++)
    if (row->type->permissions[i].may & MAY_EDIT) return true;
  return false;
}

bool change_never(const struct authority *authority, const struct transition *arrow, const struct row *row, const struct row *parent,
                  int64_t now, struct arena *arena) {
  struct guard_facts facts = {.before = row,
                              .after = row,
                              .parent = parent,
                              .arrow = arrow,
                              .authority = authority,
                              .now = now,
                              .today = date_of_moment(now),
                              .behalf = authority_behalf(authority, arrow->roles, arrow->who, row, parent),
                              .possible = true};
  uint16_t field = 0;
  for (size_t i = 0; i < ARROW_GUARDS && arrow->guards[i]; i++) {
    const struct guard *guard = &GUARDS[arrow->guards[i]];
    if ((guard->person || guard->kind) && !guard->needs && !guard->own && guard->holds(&facts, arena, &field).zh) return true;
  }
  return false;
}

/* What two people of the office do together is shown to the office only. */
static const enum action_code TOGETHER[] = {ACTION_ASK_CORRECTION, ACTION_ASK_VOID, ACTION_ASK_DESTRUCTION};
enum { TOGETHER_COUNT = sizeof TOGETHER / sizeof *TOGETHER };

enum store_error change_possibilities(struct reader *reader, const struct context *context, const struct row *row, struct arena *arena, struct possibility **possibilities, size_t *count) {
  const struct record_type *type = row->type;
  struct set set = {.reader = reader, .context = context, .arena = arena, .scratch = arena_new(), .today = date_of_moment(context->now)};
  enum store_error error = STORE_OK;
  *possibilities = ARENA_ARRAY(arena, struct possibility, type->transition_count + 1 + TOGETHER_COUNT);
  *count = 0;
  for (size_t i = 0; error == STORE_OK && i < type->transition_count && !row->voided; i++) {
    if (!shown(type, &type->transitions[i], row->state)) continue;
    error = weigh(&set, row, &type->transitions[i], &(*possibilities)[(*count)++]);
    arena_reset(set.scratch);
  }
  if (error == STORE_OK && !row->voided && edits_without_arrow(row)) error = weigh(&set, row, NULL, &(*possibilities)[(*count)++]);
  for (size_t i = 0; error == STORE_OK && i < TOGETHER_COUNT; i++) {
    const struct transition *arrow = record_together(type, TOGETHER[i]);
    if (!arrow || (row->voided && TOGETHER[i] != ACTION_ASK_DESTRUCTION) || !(arrow->roles & context->authority->roles)) continue;
    error = weigh(&set, row, arrow, &(*possibilities)[(*count)++]);
    arena_reset(set.scratch);
  }
  arena_free(set.scratch);
  return error;
}
