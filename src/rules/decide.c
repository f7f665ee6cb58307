/* The decision on one change: load → permitted? → version still the one seen? → life cycle → fields → guards. It collects
   findings and writes nothing; what it leaves behind is the row as it would be. */
#include <ctype.h>
#include <string.h>

#include "rules/behalf.h"

#define REASON_MOST 2000

/* ---- loading ---- */

enum store_error decide_parent(struct decision *decision) {
  const struct record_type *type = decision->type;
  const struct row *row = decision->after ? decision->after : decision->before;
  const struct field *field = type->parent ? record_field(type, type->parent) : NULL;
  int64_t parent = field && row ? row_integer(row, field->id) : NOTHING;
  enum store_error error = STORE_OK;
  if (parent == NOTHING || decision->parent) return STORE_OK;
  error = reader_get(decision->set->reader, record_type(field->target), &SCOPE_SYSTEM, parent, decision->set->scratch, &decision->parent);
  return error == STORE_ABSENT ? STORE_OK : error;
}

static void find_absent(struct decision *decision) {
  set_find(decision, VERDICT_ABSENT, 0, "absent",
           label_fill(decision->set->arena, "没有这条%s,或您看不到它", "there is no such %s, or you may not see it", decision->type->label,
                      (struct label){0}));
}

/* What is void is worked on no more, but what should never have been here can still be destroyed (PRACTICE.md, daily work 4). */
static bool destroys(const struct decision *decision) {
  enum action_code action = decision->change->action;
  bool approves = decision->type->id == RECORD_APPROVAL && decision->before &&
                  row_integer(decision->before, APPROVAL_ACTION) == ACTION_DESTROY;
  return action == ACTION_ASK_DESTRUCTION || action == ACTION_DESTROY || approves;
}

/* Out of scope and not there are one answer: nobody learns that a record exists. */
static enum store_error load(struct decision *decision) {
  struct set *set = decision->set;
  const struct record_type *made = NULL;
  bool refused = false, own = decision->change->id < 0;
  int64_t id;
  enum store_error error = STORE_OK;
  if (!set_resolve(set, decision->change->id, &id, &made, &refused) || (made && made != decision->type && !refused)) {
    find_absent(decision);
    return STORE_OK;
  }
  if (refused) {
    decision->skipped = true;
    return STORE_OK;
  }
  const struct scope *scope = decision->system || own ? &SCOPE_SYSTEM : set_scope(set, decision->authority, decision->type, MAY_READ);
  error = reader_get(set->reader, decision->type, scope, id, set->scratch, &decision->before);
  if (error == STORE_ABSENT || (error == STORE_OK && decision->before->voided && !destroys(decision))) {
    decision->before = NULL;
    find_absent(decision);
    return STORE_OK;
  }
  if (error == STORE_OK) decision->after = row_copy(set->scratch, decision->before);
  return error;
}

/* ---- permission ---- */

static bool stands(const struct decision *decision, role_set roles, enum relation_code relation) {
  const struct row *first = decision->before ? decision->before : decision->after;
  bool moves = decision->change->action == ACTION_EDIT && decision->before;
  if (!authority_stands(decision->authority, roles, relation, first, decision->parent)) return false;
  if (relation != RELATION_LEAD && relation != RELATION_ANY) moves = false;
  /* nor moved out of one's own reach */
  return !moves || authority_stands(decision->authority, roles, relation, decision->after, decision->parent);
}

bool decide_permitted(const struct decision *decision, const struct transition *arrow) {
  const struct record_type *type = decision->type;
  unsigned may = decision->before ? MAY_EDIT : MAY_CREATE;
  if (decision->system) return true;
  if (arrow) return stands(decision, arrow->roles, arrow->who);
  for (size_t i = 0; i < type->permission_count; i++)
    if ((type->permissions[i].may & may) && stands(decision, type->permissions[i].roles, type->permissions[i].relation)) return true;
  return false;
}

static role_set permitted_roles(const struct decision *decision, const struct transition *arrow) {
  role_set roles = arrow ? arrow->roles : 0;
  unsigned may = decision->before ? MAY_EDIT : MAY_CREATE;
  for (size_t i = 0; !arrow && i < decision->type->permission_count; i++)
    if (decision->type->permissions[i].may & may) roles |= decision->type->permissions[i].roles;
  return roles;
}

static const struct label WHO[] = {
  [RELATION_NONE] = {"", ""}, [RELATION_ANY] = {"", ""}, [RELATION_LEAD] = {"牵头单位的", " of the lead unit"}, [RELATION_JOINT] = {"配合单位的", " of a joint unit"},
  [RELATION_SELF] = {"本人作为", " in person"}, [RELATION_OUTSIDE] = {"不属于牵头、配合单位的", " from outside the units concerned"},
  [RELATION_PARENT] = {"所属问题有关单位的", " of the units concerned"}};

/* The units by the names that the record's own fields give them: a transfer has no joint unit, but one that gives and one that gets. */
static struct label holders_label(struct arena *arena, const struct record_type *type, enum relation_code relation) {
  struct buffer zh = {.arena = arena}, en = {.arena = arena};
  for (size_t i = 0; i < sizeof type->holders / sizeof *type->holders && type->holders[i].field; i++) {
    const struct field *field = type->holders[i].relation == relation ? record_field(type, type->holders[i].field) : NULL;
    if (!field) continue;
    buffer_print(&zh, "%s%s", zh.size ? "、" : "", field->label.zh);
    buffer_print(&en, "%s%c%s", en.size ? " or the " : " of the ", tolower((unsigned char)*field->label.en), field->label.en + 1);
  }
  if (zh.size) return (struct label){arena_print(arena, "%s的", zh.bytes), en.bytes};
  const struct field *parent = type->parent ? record_field(type, type->parent) : NULL;
  return parent ? holders_label(arena, record_type(parent->target), relation) : WHO[relation];
}

static struct label where_label(struct arena *arena, const struct record_type *type, enum relation_code relation) {
  if (relation == RELATION_LEAD || relation == RELATION_JOINT) return holders_label(arena, type, relation);
  return (size_t)relation < sizeof WHO / sizeof *WHO && WHO[relation].zh ? WHO[relation] : (struct label){"", ""};
}

static struct label who_label(struct arena *arena, const struct record_type *type, role_set roles, enum relation_code relation) {
  struct buffer zh = {.arena = arena}, en = {.arena = arena};
  struct label where = where_label(arena, type, relation);
  for (int role = 1; role < 63; role++) {
    if (!(roles & ROLES_ALL & ROLE(role))) continue;
    struct label label = role_label((enum role_code)role);
    buffer_print(&zh, "%s%s", zh.size ? "、" : where.zh, label.zh);
    buffer_print(&en, "%s%s", en.size ? ", " : "", label.en);
  }
  if (zh.size == 0) return (struct label){"系统自动", "the program itself"};
  buffer_text(&en, where.en);
  return (struct label){zh.bytes, en.bytes};
}

struct label decide_who(struct arena *arena, const struct record_type *type, const struct transition *arrow) {
  return label_fill(arena, "由%s办理", "done by: %s", who_label(arena, type, arrow->roles, arrow->who), (struct label){0});
}

static struct label action_words(const struct decision *decision) {
  return decision->arrow ? decision->arrow->label : action_label(decision->change->action);
}

static void find_forbidden(struct decision *decision) {
  struct arena *arena = decision->set->arena;
  struct label who = who_label(arena, decision->type, permitted_roles(decision, decision->arrow),
                               decision->arrow ? decision->arrow->who : RELATION_ANY);
  struct label what = label_fill(arena, "%s“%s”", "%s: \"%s\"", decision->type->label, action_words(decision));
  set_find(decision, VERDICT_FORBIDDEN, 0, "forbidden",
           label_fill(arena, "%s由%s办理,您没有这一权限", "%s is for: %s; you have no such right", what, who));
}

/* No role of this person is named for the action at all: then nothing more is looked at. */
static bool role_missing(struct decision *decision, const struct transition *arrow) {
  if (decision->system || (roles_standing(permitted_roles(decision, arrow)) & decision->authority->roles)) return false;
  find_forbidden(decision);
  return true;
}

/* ---- life cycle ---- */

/* The roles of an action in whatever state: who has none of them is told so, not that it is the wrong moment. */
static const struct transition *any_arrow(const struct decision *decision) {
  const struct transition *some = NULL;
  for (size_t i = 0; i < decision->type->transition_count; i++) {
    const struct transition *arrow = &decision->type->transitions[i];
    if (arrow->action != decision->change->action) continue;
    if (decision->system || (roles_standing(arrow->roles) & decision->authority->roles)) return arrow;
    if (!some) some = arrow;
  }
  return some;
}

static void find_not_now(struct decision *decision) {
  const struct transition *some = any_arrow(decision);
  if (!some && decision->change->action != ACTION_EDIT) {
    set_find(decision, VERDICT_NOT_NOW, 0, "unknown_action",
             label_fill(decision->set->arena, "%s没有“%s”这一事项", "a %s has no such action: %s", decision->type->label,
                        action_label(decision->change->action)));
    return;
  }
  decision->arrow = some;
  if (some && role_missing(decision, some)) return;
  decision->arrow = NULL;
  set_find(decision, VERDICT_NOT_NOW, 0, "not_now", lifecycle_not_now(decision));
}

static bool gives_only_derived(const struct decision *decision) {
  for (size_t i = 0; i < decision->change->value_count; i++) {
    const struct field *field = record_field(decision->type, decision->change->values[i].field);
    if (!field || !(field->flags & FIELD_DERIVED)) return false;
  }
  return true;
}

/* Editing without an arrow: where the type declares none, until the end of its life; imports renew what is closed as well, and the
   program keeps derived fields right in every state. */
static bool edits_freely(const struct decision *decision) {
  if (decision->trusted && gives_only_derived(decision)) return true;
  return !lifecycle_edits(decision->type) && (decision->trusted || !lifecycle_ended(decision->type, decision->before->state));
}

static enum store_error find_arrow(struct decision *decision) {
  enum action_code action = decision->change->action;
  bool on = true;
  enum store_error error = STORE_OK;
  decision->arrow = lifecycle_arrow(decision->type, decision->before->state, action);
  if (!decision->arrow && action == ACTION_EDIT && edits_freely(decision)) return STORE_OK;
  /* two people agreed on it */
  if (decision->system && (action == ACTION_VOID || action == ACTION_CORRECT) && !decision->arrow) return STORE_OK;
  if (!decision->arrow) {
    find_not_now(decision);
    return STORE_OK;
  }
  error = lifecycle_step_on(decision, decision->arrow, &on);
  if (error == STORE_OK && !on && !decision->arrow->off_passes)
    set_find(decision, VERDICT_NOT_NOW, 0, "step_off",
             label_fill(decision->set->arena, "本问题的销号路径不设“%s”环节,请直接办理下一步",
                        "the closing route of this problem has no step \"%s\"; go on to the next one", decision->arrow->label,
                        (struct label){0}));
  return error;
}

static void check_version(struct decision *decision) {
  int64_t seen = decision->change->seen;
  if (seen == ANY_VERSION || seen == decision->before->version) return;
  set_find(decision, VERDICT_STALE, 0, "stale",
           label_print(decision->set->arena, "您看到的是第 %lld 版,现已是第 %lld 版;请刷新后再办理",
                       "you saw version %lld, it is %lld now; read it again first", (long long)seen, (long long)decision->before->version));
}

static void check_reason(struct decision *decision) {
  const char *reason = decision->change->reason;
  struct arena *arena = decision->set->arena;
  bool given = reason && *reason;
  if (given && !text_valid(reason, strlen(reason)))
    set_find(decision, VERDICT_INVALID, 0, "reason_not_text", (struct label){"理由含有无法识别的字符", "the reason holds bytes that are no text"});
  else if (given && text_length(reason) > REASON_MOST)
    set_find(decision, VERDICT_INVALID, 0, "reason_too_long",
             label_print(arena, "理由最多 %d 字", "the reason may have %d characters at most", REASON_MOST));
  else if (decision->arrow && decision->arrow->reason && !decision->possible &&
           (!given || !*text_clean(decision->set->scratch, reason, true)))
    set_find(decision, VERDICT_INVALID, 0, "reason_required",
             label_fill(arena, "办理“%s”须写明理由", "\"%s\" needs a reason", decision->arrow->label, (struct label){0}));
}

static void check_happened(struct decision *decision) {
  const struct context *context = decision->set->context;
  if (context->happened == NOTHING || context->happened <= context->now) return;
  set_find(decision, VERDICT_INVALID, 0, "happened_later",
           label_print(decision->set->arena, "发生时间不能晚于现在(%s)", "it cannot have happened after now (%s)",
                       moment_print(decision->set->arena, context->now)));
}

/* ---- the whole ---- */

static enum store_error decide_existing(struct decision *decision) {
  enum store_error error = load(decision);
  if (error != STORE_OK || decision_refused(decision)) return error;
  error = decide_parent(decision);
  if (error == STORE_OK) error = find_arrow(decision);
  if (error != STORE_OK || decision_refused(decision)) return error;
  if (!decide_permitted(decision, decision->arrow) && !(decision->trusted && !decision->arrow && gives_only_derived(decision)))
    find_forbidden(decision);
  else check_version(decision);
  return STORE_OK;
}

static enum store_error decide_new(struct decision *decision) {
  enum action_code action = decision->change->action;
  decision->arrow = lifecycle_arrow(decision->type, STATE_NONE, action);
  decision->after = row_new(decision->set->scratch, decision->type);
  decision->after->state = decision->arrow ? decision->arrow->to : decision->type->first;
  if (!decision->arrow && action != ACTION_CREATE)
    set_find(decision, VERDICT_NOT_NOW, 0, "unknown_action",
             label_fill(decision->set->arena, "%s不能这样新建", "a %s cannot be made like that", decision->type->label, (struct label){0}));
  else role_missing(decision, decision->arrow);
  return STORE_OK;
}

enum store_error decide(struct decision *decision) {
  bool new = decision->change->id == 0;
  enum store_error error = new ? decide_new(decision) : decide_existing(decision);
  if (error != STORE_OK || decision_refused(decision)) return error;
  if (!new && decision->arrow && decision->arrow->to != STATE_KEPT) decision->after->state = decision->arrow->to;
  error = fields_take(decision);
  if (error == STORE_OK && !decision->system && decision->parent && decision->parent->voided && !destroys(decision))
    set_find(decision, VERDICT_NOT_NOW, 0, "parent_voided", label_fill(decision->set->arena, "所属的%s已作废", "the %s it belongs to is void", decision->parent->type->label, (struct label){0}));
  if (error != STORE_OK || decision->skipped) return error;
  check_reason(decision);
  if (decision->depth == 0) check_happened(decision);
  fields_asked(decision);
  if ((new || decision->change->action == ACTION_EDIT) && !decision_refused(decision) && !decide_permitted(decision, decision->arrow)) {
    find_forbidden(decision);
    return STORE_OK;
  }
  decision->behalf = behalf_of_deputy(decision);
  error = behalf_check(decision);
  if (error == STORE_OK) error = fields_unique(decision);
  if (error == STORE_OK && decision->arrow) error = guards_check(decision, decision->arrow);
  if (error == STORE_OK) error = guards_check_values(decision);
  return error;
}
