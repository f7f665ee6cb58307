/* What one change set keeps while it goes through the door: findings, what was made and touched, and lookups that are done
   once a set (policies, scopes, references). It decides nothing. */
#include <string.h>

#include "rules/decide.h"

#include "base/room.h"

struct decision decision_of(struct set *set, const struct change *change, uint32_t index, const struct authority *authority,
                            unsigned depth) {
  bool system = (authority->roles & ROLE(ROLE_CLOCK)) != 0;
  return (struct decision){.set = set,
                           .change = change,
                           .type = change->type,
                           .index = index,
                           .depth = depth,
                           .authority = authority,
                           .system = system,
                           .trusted = system || channel_brings_in(set->context->channel),
                           .findings_before = set->finding_count};
}

bool set_refused(const struct set *set) { return set->finding_count > 0; }
bool decision_refused(const struct decision *decision) {
  return decision->skipped || decision->set->finding_count > decision->findings_before;
}

void set_find(struct decision *decision, enum verdict verdict, uint16_t field, const char *code, struct label sentence) {
  struct set *set = decision->set;
  ARENA_ROOM(set->arena, set->findings, set->finding_count, set->finding_room, 8);
  set->findings[set->finding_count++] = (struct finding){
    .change = decision->index, .type = decision->type, .field = field, .code = code, .sentence = sentence};
  set->verdicts |= 1u << verdict;
}

struct label label_fill(struct arena *arena, const char *zh, const char *en, struct label one, struct label two) {
  return (struct label){arena_print(arena, zh, one.zh, two.zh), arena_print(arena, en, one.en, two.en)};
}

struct label label_same(const char *text) { return (struct label){text, text}; }

struct label state_label(const struct record_type *type, state_code state) {
  const struct state_name *name = record_state(type, state);
  return name ? name->label : (struct label){"(无状态)", "(no state)"};
}

/* ---- policy, calendar, scopes ---- */

static int64_t campaign_of(const struct decision *decision) {
  const struct row *rows[] = {decision->after, decision->parent};
  for (size_t i = 0; i < 2; i++) {
    const struct row *row = rows[i];
    int64_t campaign = NOTHING;
    const struct field *field = row ? record_reference(row->type, RECORD_CAMPAIGN) : NULL;
    if (field) campaign = row_integer(row, field->id);
    if (campaign != NOTHING) return campaign;
  }
  return 0;
}

enum store_error set_policy(struct decision *decision) {
  struct set *set = decision->set;
  int64_t campaign = campaign_of(decision);
  enum store_error error = STORE_OK;
  struct policy_kept *kept = set->policies;
  if (decision->policy) return STORE_OK;
  while (kept && kept->campaign != campaign) kept = kept->next;
  if (!kept) {
    kept = ARENA_NEW(set->arena, struct policy_kept);
    kept->campaign = campaign;
    error = policy_for(set->reader, campaign, set->context->now, set->arena, &kept->policy);
    if (error == STORE_ABSENT) {
      kept->policy = policy_default();
      error = STORE_OK;
    }
    kept->next = set->policies;
    if (error == STORE_OK) set->policies = kept;
  }
  decision->policy = &kept->policy;
  return error;
}

enum store_error set_calendar(struct set *set) {
  enum store_error error = set->has_calendar ? STORE_OK : calendar_load(set->reader, set->arena, &set->calendar);
  set->has_calendar = error == STORE_OK;
  return error;
}

const struct scope *set_scope(struct set *set, const struct authority *authority, const struct record_type *type, unsigned may) {
  struct scope_kept *kept = set->scopes;
  if (authority->roles & ROLE(ROLE_CLOCK)) return &SCOPE_SYSTEM;
  while (kept && !(kept->type == type && kept->may == may)) kept = kept->next;
  if (!kept) {
    kept = ARENA_NEW(set->arena, struct scope_kept);
    *kept = (struct scope_kept){.type = type, .may = may, .scope = scope_for(set->arena, authority, type, may), .next = set->scopes};
    set->scopes = kept;
  }
  return kept->scope;
}

/* ---- references looked up already: open addressing, never more than half full ---- */

static struct seen_slot *slot_of(struct seen_slot *slots, size_t room, uint16_t type, int64_t id) {
  size_t at = ((size_t)id * 31 + type) * (size_t)0x9E3779B97F4A7C15u >> 20;
  for (at %= room; slots[at].used && !(slots[at].type == type && slots[at].id == id); at = (at + 1) % room) continue;
  return &slots[at];
}

static void seen_put(struct set *set, uint16_t type, int64_t id, bool there) {
  if (set->seen_count * 2 >= set->seen_room) {
    size_t room = set->seen_room ? set->seen_room * 2 : 64;
    struct seen_slot *slots = ARENA_ARRAY(set->arena, struct seen_slot, room);
    for (size_t i = 0; i < set->seen_room; i++)
      if (set->seen[i].used) *slot_of(slots, room, set->seen[i].type, set->seen[i].id) = set->seen[i];
    set->seen = slots;
    set->seen_room = room;
  }
  struct seen_slot *slot = slot_of(set->seen, set->seen_room, type, id);
  if (!slot->used) set->seen_count++;
  *slot = (struct seen_slot){.type = type, .id = id, .there = there, .used = true};
}

enum store_error set_there(struct decision *decision, const struct record_type *type, int64_t id, bool *there) {
  struct set *set = decision->set;
  struct seen_slot *slot = set->seen_room ? slot_of(set->seen, set->seen_room, (uint16_t)type->id, id) : NULL;
  if (slot && slot->used) {
    *there = slot->there;
    return STORE_OK;
  }
  struct query query = {.type = type, .ids = &id, .id_count = 1, .only_ids = true, .limit = 1, .expected = 1};
  const struct scope *scope = decision->system ? &SCOPE_SYSTEM : set_scope(set, decision->authority, type, MAY_READ);
  int64_t count = 0;
  enum store_error error = id > 0 ? reader_count(set->reader, &query, scope, &count) : STORE_OK;
  *there = count > 0;
  if (error == STORE_OK && !decision->system) seen_put(set, (uint16_t)type->id, id, *there);
  return error;
}

void set_made(struct set *set, const struct record_type *type, int64_t id) { seen_put(set, (uint16_t)type->id, id, true); }

/* ---- what was made and touched ---- */

bool set_resolve(const struct set *set, int64_t id, int64_t *resolved, const struct record_type **type, bool *refused) {
  const struct made *made = id < 0 && id >= -(int64_t)set->made_count ? &set->made[-id - 1] : NULL;
  *refused = made && made->id == 0;
  *resolved = made ? made->id : id;
  if (type) *type = made ? made->type : NULL;
  return id >= 0 || made;
}

void set_touch(struct set *set, int64_t problem, bool links) {
  for (size_t i = set->touched_count; i > 0; i--)
    if (set->touched[i - 1].problem == problem) {
      set->touched[i - 1].links = set->touched[i - 1].links || links;
      return;
    }
  set_touch_again(set, problem);
  set->touched[set->touched_count - 1].links = links;
}

void set_touch_again(struct set *set, int64_t problem) {
  ARENA_ROOM(set->arena, set->touched, set->touched_count, set->touched_room, 8);
  set->touched[set->touched_count++] = (struct touched){.problem = problem};
}

/* ---- rows of a query ---- */

enum store_error set_rows(struct set *set, const struct query *query, struct row ***rows, size_t *count) {
  struct rows found = {.arena = set->scratch};
  enum store_error error = reader_list(set->reader, query, &SCOPE_SYSTEM, set->scratch, rows_keep, &found);
  *rows = found.items;
  *count = found.count;
  return error;
}
