/* Who may see and do what. Grants in force are read into an authority (at the beginning of a request or a job), and an
   authority is resolved into the scope of one record type, or asked whether it stands in a relation to one record.
   This file decides nothing about life cycles and writes nothing. */
#include <string.h>

#include "rules/scope.h"

#include "base/room.h"

static const struct held SYSTEM_HELD = {.role = ROLE_CLOCK, .all = true, .secrecy = UINT8_MAX};
const struct authority AUTHORITY_SYSTEM = {
  .account = "system", .name = "系统", .language = LANGUAGE_ZH, .roles = ROLE(ROLE_CLOCK), .held = &SYSTEM_HELD, .held_count = 1};

static bool is_system(const struct authority *authority) { return (authority->roles & ROLE(ROLE_CLOCK)) != 0; }

/* ---- reading the grants ---- */

struct ids { struct arena *arena; int64_t *items; size_t count, room; };

static bool ids_hold(const int64_t *items, size_t count, int64_t id) {
  for (size_t i = 0; i < count; i++)
    if (items[i] == id) return true;
  return false;
}

static void ids_add(struct ids *ids, int64_t id) {
  ARENA_ROOM(ids->arena, ids->items, ids->count, ids->room, 16);
  ids->items[ids->count++] = id;
}

/* Both ends count; an empty end is open. */
static bool in_force(const struct row *row, uint16_t from, uint16_t to, int64_t today) {
  int64_t first = row_integer(row, from), last = row_integer(row, to);
  return (first == NOTHING || first <= today) && (last == NOTHING || last >= today);
}

static bool unit_in_force(const struct row *unit, int64_t today) {
  return !unit->voided && in_force(unit, UNIT_VALID_FROM, UNIT_VALID_TO, today);
}

/* What units that were merged into it, or split up for it, left behind is in reach of whoever has a role over it. */
static void ids_add_left(struct ids *ids, const struct row *unit) {
  const struct value *left = row_value(unit, UNIT_PREDECESSORS);
  for (size_t i = 0; left->kind == VALUE_MANY && i < left->count; i++)
    if (!ids_hold(ids->items, ids->count, left->many[i])) ids_add(ids, left->many[i]);
}

struct below { struct ids ids, left; int64_t today; };

static bool below_take(void *with, const struct row *unit) {
  struct below *below = with;
  if (!unit_in_force(unit, below->today) || ids_hold(below->ids.items, below->ids.count, unit->id)) return true;
  ids_add(&below->ids, unit->id);
  ids_add_left(&below->left, unit);
  return true;
}

/* A unit and all below it that are in force, level by level: no grant pays for the whole tree. */
static enum store_error subtree_read(struct reader *reader, int64_t unit, int64_t today, struct arena *arena, struct ids *ids) {
  struct below below = {.ids = {.arena = arena}, .left = {.arena = arena}, .today = today};
  enum store_error error = STORE_OK;
  size_t done = 0;
  ids_add(&below.ids, unit);
  while (error == STORE_OK && done < below.ids.count) {
    size_t level = below.ids.count - done;
    struct value *parents = ARENA_ARRAY(arena, struct value, level);
    for (size_t i = 0; i < level; i++) parents[i] = value_integer(UNIT_PARENT, below.ids.items[done + i]);
    struct condition condition = {.field = UNIT_PARENT, .how = C_IN, .values = parents, .count = level};
    struct query query = {.type = record_type(RECORD_UNIT), .conditions = &condition, .condition_count = 1, .many = true, .expected = -1};
    done = below.ids.count;
    error = reader_list(reader, &query, &SCOPE_SYSTEM, arena, below_take, &below);
  }
  for (size_t i = 0; i < below.left.count; i++)
    if (!ids_hold(below.ids.items, below.ids.count, below.left.items[i])) ids_add(&below.ids, below.left.items[i]);
  *ids = below.ids;
  return error;
}

/* Of several units without one above, one stands for the whole city: the one of kind 市, else the one that was there first. Any other is a
   part that was entered beside it, and holds what lies below it. */
struct roots { int64_t today; const struct row *first; struct arena *arena; };

static bool root_take(void *with, const struct row *unit) {
  struct roots *roots = with;
  bool city = row_integer(unit, UNIT_KIND) == UNIT_KIND_CITY;
  if (unit_in_force(unit, roots->today) && (!roots->first || city)) roots->first = row_copy(roots->arena, unit);
  return !(roots->first && city);
}

static enum store_error whole_city(struct reader *reader, const struct row *unit, int64_t today, struct arena *arena, bool *whole) {
  struct condition none_above = {.field = UNIT_PARENT, .how = C_EMPTY};
  struct query query = {.type = record_type(RECORD_UNIT), .conditions = &none_above, .condition_count = 1, .expected = -1};
  struct roots roots = {.today = today, .arena = arena};
  *whole = row_integer(unit, UNIT_PARENT) == NOTHING;
  if (!*whole || row_integer(unit, UNIT_KIND) == UNIT_KIND_CITY) return STORE_OK;
  enum store_error error = reader_list(reader, &query, &SCOPE_SYSTEM, arena, root_take, &roots);
  *whole = roots.first && roots.first->id == unit->id;
  return error;
}

/* A member of a guidance group has its units, with those below, in its campaign; of a group that has ended nothing. */
static enum store_error held_guidance(struct reader *reader, const struct row *grant, int64_t today, struct arena *arena, struct held *held,
                                      bool *holds) {
  struct ids ids = {.arena = arena};
  struct row *group = NULL;
  int64_t id = row_integer(grant, GRANT_GUIDANCE_GROUP);
  enum store_error error = id == NOTHING ? STORE_ABSENT
                                         : reader_get(reader, record_type(RECORD_GUIDANCE_GROUP), &SCOPE_SYSTEM, id, arena, &group);
  if (error != STORE_OK || group->voided || group->state != FORCE_ACTIVE) return error == STORE_ABSENT ? STORE_OK : error;
  const struct value *units = row_value(group, GUIDANCE_GROUP_UNITS);
  for (size_t i = 0; error == STORE_OK && units->kind == VALUE_MANY && i < units->count; i++) {
    struct ids below;
    error = subtree_read(reader, units->many[i], today, arena, &below);
    for (size_t k = 0; error == STORE_OK && k < below.count; k++)
      if (!ids_hold(ids.items, ids.count, below.items[k])) ids_add(&ids, below.items[k]);
  }
  held->units = ids.items;
  held->unit_count = ids.count;
  held->campaign = row_integer(group, GUIDANCE_GROUP_CAMPAIGN);
  *holds = error == STORE_OK;
  return error;
}

/* One grant made into `held`; *holds stays false when it is not in force. A grant without a unit, or with the subtree of the city's root,
   is for the whole city. */
static enum store_error held_read(struct reader *reader, const struct row *grant, int64_t today, struct arena *arena,
                                  struct held *held, bool *holds) {
  int64_t unit = row_integer(grant, GRANT_UNIT), deputy = row_integer(grant, GRANT_DEPUTY_FOR), secrecy = row_integer(grant, GRANT_SECRECY);
  bool subtree = row_integer(grant, GRANT_SUBTREE) == 1;
  enum store_error error = STORE_OK;
  struct row *row = NULL;
  *holds = false;
  if (!in_force(grant, GRANT_FROM, GRANT_TO, today)) goto out;
  *held = (struct held){.role = (enum role_code)row_integer(grant, GRANT_ROLE),
                        .secrecy = (uint8_t)(secrecy == NOTHING ? SECRECY_OPEN : secrecy),
                        .deputy_for = deputy == NOTHING ? 0 : deputy};
  if (held->role == ROLE_GUIDANCE) return held_guidance(reader, grant, today, arena, held, holds);
  if (held->role == ROLE_OFFICIAL) { /* what names the user, wherever it is */
    *holds = true;
    goto out;
  }
  if (unit == NOTHING) {
    held->all = true;
    *holds = true;
    goto out;
  }
  error = reader_get(reader, record_type(RECORD_UNIT), &SCOPE_SYSTEM, unit, arena, &row);
  if (error != STORE_OK || !unit_in_force(row, today)) goto out;
  if (subtree) error = whole_city(reader, row, today, arena, &held->all);
  if (error == STORE_OK && !held->all) {
    struct ids ids = {.arena = arena};
    if (subtree) error = subtree_read(reader, unit, today, arena, &ids);
    else ids_add(&ids, unit);
    ids_add_left(&ids, row);
    held->units = ids.items;
    held->unit_count = ids.count;
  }
  *holds = error == STORE_OK;
out:
  return error == STORE_ABSENT ? STORE_OK : error;
}

static enum store_error grants_read(struct reader *reader, int64_t today, struct arena *arena, struct authority *authority) {
  struct value user = value_integer(GRANT_USER, authority->user), active = value_integer(FIELD_STATE, FORCE_ACTIVE);
  struct condition conditions[] = {{.field = GRANT_USER, .how = C_IS, .values = &user, .count = 1},
                                   {.field = FIELD_STATE, .how = C_IS, .values = &active, .count = 1}};
  struct query query = {.type = record_type(RECORD_GRANT), .conditions = conditions, .condition_count = 2, .expected = -1};
  struct rows grants = {.arena = arena};
  enum store_error error = reader_list(reader, &query, &SCOPE_SYSTEM, arena, rows_keep, &grants);
  struct held *held = ARENA_ARRAY(arena, struct held, grants.count + 1);
  size_t count = 0;
  for (size_t i = 0; error == STORE_OK && i < grants.count; i++) {
    bool holds;
    error = held_read(reader, grants.items[i], today, arena, &held[count], &holds);
    if (error == STORE_OK && holds && (ROLE(held[count].role) & ROLES_ALL)) authority->roles |= ROLE(held[count++].role);
  }
  authority->held = held;
  authority->held_count = count;
  return error;
}

/* ---- whistle-blowers ---- */

static bool value_in(const struct value *value, const int64_t *ids, size_t count) {
  if (value->kind == VALUE_INTEGER) return value->integer != NOTHING && ids_hold(ids, count, value->integer);
  if (value->kind == VALUE_MANY)
    for (size_t i = 0; i < value->count; i++)
      if (ids_hold(ids, count, value->many[i])) return true;
  return false;
}

static void units_add(struct ids *units, const int64_t *more, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (!ids_hold(units->items, units->count, more[i])) ids_add(units, more[i]);
}

/* Where nobody is named as complained of, it is the unit that handles it. */
struct hiding { struct ids *hidden; const struct ids *units; };
static bool hidden_take(void *with, const struct row *row) {
  struct hiding *hiding = with;
  int64_t of = row_integer(row, APPEAL_COMPLAINED_OF);
  if (of == NOTHING || ids_hold(hiding->units->items, hiding->units->count, of)) units_add(hiding->hidden, &row->id, 1);
  return true;
}

static enum store_error hidden_by(struct reader *reader, struct arena *arena, uint16_t field, const struct ids *units,
                                  struct hiding *hiding) {
  struct value *values = ARENA_ARRAY(arena, struct value, units->count), yes = value_integer(APPEAL_WHISTLE, 1);
  for (size_t i = 0; i < units->count; i++) values[i] = value_integer(field, units->items[i]);
  struct condition conditions[] = {{.field = APPEAL_WHISTLE, .how = C_IS, .values = &yes, .count = 1},
                                   {.field = field, .how = C_IN, .values = values, .count = units->count}};
  struct query query = {.type = record_type(RECORD_APPEAL), .conditions = conditions, .condition_count = 2, .expected = -1};
  return reader_list(reader, &query, &SCOPE_SYSTEM, arena, hidden_take, hiding);
}

/* Whoever took over a unit has its people: what is hidden from that unit is hidden from its successors, and from theirs. */
static enum store_error predecessors_add(struct reader *reader, struct arena *arena, struct ids *units) {
  struct condition condition = {.field = UNIT_SUCCESSION, .how = C_FILLED};
  struct query query = {.type = record_type(RECORD_UNIT), .conditions = &condition, .condition_count = 1, .many = true, .expected = 0};
  struct rows gone = {.arena = arena};
  enum store_error error = reader_list(reader, &query, &SCOPE_SYSTEM, arena, rows_keep, &gone);
  for (size_t before = 0; error == STORE_OK && before != units->count;) {
    before = units->count;
    for (size_t i = 0; i < gone.count; i++)
      if (value_in(row_value(gone.items[i], UNIT_SUCCESSORS), units->items, units->count)) units_add(units, &gone.items[i]->id, 1);
  }
  return error;
}

/* A whistle-blower's appeal is hidden from the unit complained of: from whoever belongs to it or has a role over it, unless he is of the
   coordinating office and sees all. */
static enum store_error hidden_read(struct reader *reader, struct arena *arena, struct authority *authority) {
  struct ids units = {.arena = arena}, hidden = {.arena = arena};
  struct hiding hiding = {&hidden, &units};
  enum store_error error = STORE_OK;
  if (authority->unit) units_add(&units, &authority->unit, 1);
  for (size_t i = 0; i < authority->held_count; i++) {
    const struct held *held = &authority->held[i];
    if (held->role == ROLE_OFFICE && held->all) return STORE_OK;
    if (held->role != ROLE_GUIDANCE) units_add(&units, held->units, held->unit_count);
  }
  if (units.count) error = predecessors_add(reader, arena, &units);
  if (units.count && error == STORE_OK) error = hidden_by(reader, arena, APPEAL_UNIT, &units, &hiding);
  if (units.count && error == STORE_OK) error = hidden_by(reader, arena, APPEAL_COMPLAINED_OF, &units, &hiding);
  authority->hidden = hidden.items;
  authority->hidden_count = hidden.count;
  return error;
}

static bool any_take(void *with, const struct row *row) {
  (void)row;
  *(bool *)with = true;
  return false;
}

/* Does any district show the city less than all? One look at an index; asked for city-wide readers only. */
static enum store_error parts_hidden_read(struct reader *reader, struct arena *arena, struct authority *authority) {
  struct value no = value_integer(PROBLEM_VISIBLE_ABOVE, 0);
  struct condition condition = {.field = PROBLEM_VISIBLE_ABOVE, .how = C_IS, .values = &no, .count = 1};
  struct query query = {.type = record_type(RECORD_PROBLEM), .conditions = &condition, .condition_count = 1, .limit = 1, .expected = 0};
  bool all = false;
  for (size_t i = 0; i < authority->held_count; i++) all = all || authority->held[i].all;
  return all ? reader_list(reader, &query, &SCOPE_SYSTEM, arena, any_take, &authority->parts_hidden) : STORE_OK;
}

/* A unit that is no longer in force leaves its people signed in, but without any grant. */
static enum store_error unit_holds(struct reader *reader, int64_t unit, int64_t today, struct arena *arena, bool *holds) {
  struct row *row = NULL;
  enum store_error error = unit ? reader_get(reader, record_type(RECORD_UNIT), &SCOPE_SYSTEM, unit, arena, &row) : STORE_OK;
  *holds = error == STORE_OK && (!row || unit_in_force(row, today));
  return error == STORE_ABSENT ? STORE_OK : error;
}

static enum store_error authority_from(struct reader *reader, const struct row *user, int64_t now, struct arena *arena,
                                       struct authority *authority) {
  int64_t unit = row_integer(user, USER_UNIT), today = date_of_moment(now), language = row_integer(user, USER_LANGUAGE);
  enum store_error error = STORE_ABSENT;
  bool holds = false;
  if (user->voided || user->state != FORCE_ACTIVE) goto out;
  *authority = (struct authority){.user = user->id, .unit = unit == NOTHING ? 0 : unit, .account = row_text(user, USER_ACCOUNT),
                                  .name = row_text(user, USER_NAME), .language = language == LANGUAGE_EN ? LANGUAGE_EN : LANGUAGE_ZH};
  error = unit_holds(reader, authority->unit, today, arena, &holds);
  if (error == STORE_OK && holds) error = grants_read(reader, today, arena, authority);
  if (error == STORE_OK && holds) error = hidden_read(reader, arena, authority);
  if (error == STORE_OK && holds) error = parts_hidden_read(reader, arena, authority);
out:
  return error;
}

enum store_error authority_load(struct reader *reader, int64_t user, int64_t now, struct arena *arena, struct authority *authority) {
  struct row *row = NULL;
  enum store_error error = reader_get(reader, record_type(RECORD_USER), &SCOPE_SYSTEM, user, arena, &row);
  return error == STORE_OK ? authority_from(reader, row, now, arena, authority) : error;
}

enum store_error authority_by_account(struct reader *reader, const char *account, int64_t now, struct arena *arena, struct authority *authority) {
  struct value value = value_text(USER_ACCOUNT, account);
  struct condition condition = {.field = USER_ACCOUNT, .how = C_IS, .values = &value, .count = 1};
  struct query query = {.type = record_type(RECORD_USER), .conditions = &condition, .condition_count = 1, .limit = 1, .expected = 1};
  struct rows rows = {.arena = arena};
  enum store_error error = reader_list(reader, &query, &SCOPE_SYSTEM, arena, rows_keep, &rows);
  if (error != STORE_OK) return error;
  return rows.count ? authority_load(reader, rows.items[0]->id, now, arena, authority) : STORE_ABSENT;
}

/* ---- relations ---- */

static bool holder_of(const struct record_type *type, enum relation_code relation) {
  for (size_t i = 0; i < 4 && type->holders[i].field; i++)
    if (type->holders[i].relation == relation) return true;
  return false;
}

/* Is the type divided among units at all? Where it is not (campaigns, policies, calendar), ANY means everything. */
static bool held_by_units(const struct record_type *type) { return holder_of(type, RELATION_LEAD) || holder_of(type, RELATION_JOINT); }

static bool row_held(const struct row *row, enum relation_code relation, const int64_t *ids, size_t count) {
  const struct record_type *type = row->type;
  for (size_t i = 0; i < 4 && type->holders[i].field; i++)
    if (type->holders[i].relation == relation && value_in(row_value(row, type->holders[i].field), ids, count)) return true;
  return false;
}

static bool row_held_either(const struct row *row, const int64_t *ids, size_t count) {
  return row_held(row, RELATION_LEAD, ids, count) || row_held(row, RELATION_JOINT, ids, count);
}

/* The row itself, or what it belongs to, is held by these units. */
static bool around(const struct row *row, const struct row *parent, const int64_t *ids, size_t count) {
  return row_held_either(row, ids, count) || (parent && row_held_either(parent, ids, count));
}

/* The problem that a record is, or belongs to; NULL none. */
static const struct row *problem_of(const struct row *row, const struct row *parent) {
  return row->type->id == RECORD_PROBLEM ? row : parent && parent->type->id == RECORD_PROBLEM ? parent : NULL;
}

static bool stands_guidance(const struct authority *authority, const struct held *held, const struct row *row, const struct row *parent) {
  const struct row *problem = problem_of(row, parent);
  (void)authority;
  return problem && row_held(problem, RELATION_LEAD, held->units, held->unit_count) &&
         (!held->campaign || row_integer(problem, PROBLEM_CAMPAIGN) == held->campaign);
}

static bool stands_official(const struct authority *authority, const struct held *held, const struct row *row, const struct row *parent) {
  const struct row *problem = problem_of(row, parent);
  (void)held;
  return problem && row_held(problem, RELATION_OFFICIAL, &authority->user, 1);
}

/* Shared is what says so itself: its holder is a yes/no. */
static const int64_t SAYS_YES = 1;
static bool stands_shared(const struct authority *authority, const struct held *held, const struct row *row, const struct row *parent) {
  (void)authority;
  (void)held;
  (void)parent;
  return row_held(row, RELATION_SHARED, &SAYS_YES, 1);
}

static bool stands_any(const struct authority *authority, const struct held *held, const struct row *row, const struct row *parent) {
  if (held->role == ROLE_GUIDANCE) return stands_guidance(authority, held, row, parent);
  if (held->role == ROLE_OFFICIAL) return stands_official(authority, held, row, parent);
  if (held->all || (!held_by_units(row->type) && !row->type->parent)) return true;
  return around(row, parent, held->units, held->unit_count);
}

/* A measure is led by its own unit, and by the unit that leads its problem. */
static bool stands_lead(const struct authority *authority, const struct held *held, const struct row *row, const struct row *parent) {
  (void)authority;
  if (held->all || row_held(row, RELATION_LEAD, held->units, held->unit_count)) return true;
  return row->type->parent && parent && row_held(parent, RELATION_LEAD, held->units, held->unit_count);
}

static bool stands_joint(const struct authority *authority, const struct held *held, const struct row *row, const struct row *parent) {
  (void)authority;
  (void)parent;
  return held->all || row_held(row, RELATION_JOINT, held->units, held->unit_count);
}

static bool stands_self(const struct authority *authority, const struct held *held, const struct row *row, const struct row *parent) {
  (void)held;
  (void)parent;
  return (row->type->id == RECORD_USER && row->id == authority->user) || row_held(row, RELATION_SELF, &authority->user, 1);
}

/* Nobody accepts his own unit's work, nor that of units he reports for. */
static bool stands_outside(const struct authority *authority, const struct held *held, const struct row *row, const struct row *parent) {
  (void)held;
  if (authority->unit && around(row, parent, &authority->unit, 1)) return false;
  for (size_t i = 0; i < authority->held_count; i++) {
    const struct held *own = &authority->held[i];
    bool reports = own->role == ROLE_LIAISON || own->role == ROLE_UNIT_HEAD;
    if (reports && (own->all || around(row, parent, own->units, own->unit_count))) return false;
  }
  return true;
}

static bool stands_parent(const struct authority *authority, const struct held *held, const struct row *row, const struct row *parent) {
  (void)authority;
  return held->all || around(row, parent, held->units, held->unit_count);
}

typedef bool stands_function(const struct authority *, const struct held *, const struct row *, const struct row *);
static stands_function *const STANDS[] = {
  [RELATION_NONE] = stands_any, [RELATION_ANY] = stands_any, [RELATION_LEAD] = stands_lead, [RELATION_JOINT] = stands_joint,
  [RELATION_SELF] = stands_self, [RELATION_OUTSIDE] = stands_outside, [RELATION_PARENT] = stands_parent, [RELATION_GUIDANCE] = stands_guidance, [RELATION_OFFICIAL] = stands_official,
  [RELATION_SHARED] = stands_shared};

role_set roles_standing(role_set roles) { return roles & ROLE(ROLE_OFFICE) ? roles | ROLE(ROLE_DISTRICT_OFFICE) : roles; }

/* What a district's office does in the coordinating office's place: all that its own units lead, but for the city's list. */
static bool district_runs(const struct held *held, const struct row *row, const struct row *parent) {
  const struct row *problem = problem_of(row, parent);
  return problem && row_integer(problem, PROBLEM_LEVEL) != LEVEL_CITY && row_held(problem, RELATION_LEAD, held->units, held->unit_count);
}

static bool in_role(const struct held *held, role_set roles, const struct row *row, const struct row *parent) {
  if (ROLE(held->role) & roles) return true;
  return held->role == ROLE_DISTRICT_OFFICE && (roles & ROLE(ROLE_OFFICE)) && district_runs(held, row, parent);
}

bool authority_stands(const struct authority *authority, role_set roles, enum relation_code relation, const struct row *row,
                      const struct row *parent) {
  stands_function *stands = (size_t)relation < sizeof STANDS / sizeof *STANDS ? STANDS[relation] : NULL;
  if (is_system(authority)) return true;
  if (!stands) return false;
  for (size_t i = 0; i < authority->held_count; i++)
    if (in_role(&authority->held[i], roles, row, parent) && stands(authority, &authority->held[i], row, parent)) return true;
  return false;
}

int64_t authority_behalf(const struct authority *authority, role_set roles, enum relation_code relation, const struct row *row,
                         const struct row *parent) {
  stands_function *stands = (size_t)relation < sizeof STANDS / sizeof *STANDS ? STANDS[relation] : NULL;
  int64_t behalf = 0;
  if (is_system(authority) || !stands) return 0;
  for (size_t i = 0; i < authority->held_count; i++) {
    const struct held *held = &authority->held[i];
    if (!(ROLE(held->role) & roles) || !stands(authority, held, row, parent)) continue;
    if (!held->deputy_for) return 0;
    behalf = held->deputy_for;
  }
  return behalf;
}

/* ---- scopes ---- */

struct grant_scopes { struct grant_scope *items; size_t count; };

/* What a wider grant covers already is left out: short scopes make fast queries. */
static void scope_add(struct grant_scopes *list, struct grant_scope grant) {
  size_t kept = 0;
  for (size_t i = 0; i < list->count; i++) {
    const struct grant_scope *old = &list->items[i];
    bool same = old->relation == grant.relation && old->all == grant.all && old->units == grant.units &&
                old->unit_count == grant.unit_count && old->campaign == grant.campaign;
    if ((old->all || same) && old->secrecy >= grant.secrecy) return;
  }
  for (size_t i = 0; i < list->count; i++)
    if (!(grant.all && list->items[i].secrecy <= grant.secrecy)) list->items[kept++] = list->items[i];
  list->items[kept++] = grant;
  list->count = kept;
}

static void scope_add_units(struct grant_scopes *list, const struct held *held, enum relation_code relation) {
  scope_add(list,
            (struct grant_scope){.relation = relation, .units = held->units, .unit_count = held->unit_count, .secrecy = held->secrecy});
}

static const struct record_type *parent_type(const struct record_type *type) {
  const struct field *field = type->parent ? record_field(type, type->parent) : NULL;
  return field ? record_type(field->target) : NULL;
}

/* Does it belong, however far down, to something that a district may not show? */
static bool below_shown(const struct record_type *type) {
  for (const struct record_type *parent = parent_type(type); parent; parent = parent_type(parent))
    if (parent->above) return true;
  return false;
}

/* The whole city; where a district shows less than all, but for that, and for what belongs to it. */
static void scope_add_city(struct grant_scopes *list, const struct record_type *type, const struct authority *authority,
                           const struct held *held) {
  struct grant_scope grant = {.relation = RELATION_ANY, .all = true, .secrecy = held->secrecy};
  if (authority->parts_hidden && (type->above || below_shown(type)))
    grant = (struct grant_scope){.relation = RELATION_ABOVE, .secrecy = held->secrecy};
  scope_add(list, grant);
}

/* A record without a secrecy of its own has that of what it belongs to: does the ceiling reach every level of it? */
static bool ceiling_covers(const struct record_type *type, unsigned ceiling) {
  for (; type && !type->secrecy && type->parent; type = record_type(record_field(type, type->parent)->target)) continue;
  const struct field *secrecy = type && type->secrecy ? record_field(type, type->secrecy) : NULL;
  for (const struct choice *choice = secrecy ? secrecy->choices : NULL; choice && choice->name; choice++)
    if (choice->code > (int)ceiling) return false;
  return true;
}

static void scope_add_held(struct grant_scopes *list, const struct record_type *type, const struct authority *authority,
                           const struct held *held, enum relation_code relation) {
  bool every = relation == RELATION_ANY || relation == RELATION_OUTSIDE;
  if (relation == RELATION_OFFICIAL || relation == RELATION_SHARED)
    scope_add(list, (struct grant_scope){.relation = relation, .secrecy = held->secrecy});
  else if (relation == RELATION_GUIDANCE)
    scope_add(list, (struct grant_scope){.relation = RELATION_GUIDANCE,
                                         .units = held->units,
                                         .unit_count = held->unit_count,
                                         .secrecy = held->secrecy,
                                         .campaign = held->campaign});
  else if (relation == RELATION_SELF) scope_add(list, (struct grant_scope){.relation = RELATION_SELF, .secrecy = held->secrecy});
  else if (held->all && !type->secrecy && !ceiling_covers(type, held->secrecy))
    scope_add(list, (struct grant_scope){.relation = RELATION_PARENT, .secrecy = held->secrecy});
  else if (held->all) scope_add_city(list, type, authority, held);
  else if (every && !held_by_units(type) && !type->parent)
    scope_add(list, (struct grant_scope){.relation = RELATION_ANY, .all = true, .secrecy = held->secrecy});
  else if (relation == RELATION_PARENT || (every && !held_by_units(type)))
    scope_add(list, (struct grant_scope){.relation = RELATION_PARENT, .secrecy = held->secrecy});
  else if (every) {
    if (holder_of(type, RELATION_LEAD)) scope_add_units(list, held, RELATION_LEAD);
    if (holder_of(type, RELATION_JOINT)) scope_add_units(list, held, RELATION_JOINT);
  } else scope_add_units(list, held, relation);
}

/* The most that one permission can give: two grants (lead and joint) for each held. */
static size_t scopes_most(const struct authority *authority, const struct record_type *type) {
  return 2 * authority->held_count * type->permission_count + 1;
}

const struct scope *scope_for(struct arena *arena, const struct authority *authority, const struct record_type *type, unsigned may) {
  struct scope *scope = ARENA_NEW(arena, struct scope);
  struct grant_scopes list = {.items = ARENA_ARRAY(arena, struct grant_scope, scopes_most(authority, type))};
  bool through_parent = false;
  if (is_system(authority)) return &SCOPE_SYSTEM;
  for (size_t p = 0; p < type->permission_count; p++) {
    const struct permission *permission = &type->permissions[p];
    if (!(permission->may & may)) continue;
    for (size_t i = 0; i < authority->held_count; i++)
      if (ROLE(authority->held[i].role) & permission->roles)
        scope_add_held(&list, type, authority, &authority->held[i], permission->relation);
  }
  for (size_t i = 0; i < list.count; i++)
    through_parent = through_parent || list.items[i].relation == RELATION_PARENT || list.items[i].relation == RELATION_ABOVE;
  *scope = (struct scope){.user = authority->user, .grants = list.items, .grant_count = list.count,
                          .excluded = authority->hidden, .excluded_count = type->id == RECORD_APPEAL ? authority->hidden_count : 0,
                          .about_type = RECORD_APPEAL, .about = authority->hidden, .about_count = record_may_name(type, RECORD_APPEAL) ? authority->hidden_count : 0};
  if (through_parent && parent_type(type)) scope->parent = scope_for(arena, authority, parent_type(type), MAY_READ);
  if (through_parent && type->parent_else)
    scope->parent_else = scope_for(arena, authority, record_type(record_field(type, type->parent_else)->target), MAY_READ);
  return scope;
}

bool field_readable(const struct authority *authority, const struct field *field) {
  if (field->flags & FIELD_RETIRED) return false;
  return is_system(authority) || field->readers == 0 || (field->readers & authority->roles) != 0;
}

bool field_writable(const struct authority *authority, const struct field *field) {
  if (field->flags & FIELD_RETIRED) return false;
  if (is_system(authority)) return true;
  return !(field->flags & FIELD_DERIVED) && (field->writers == 0 || (field->writers & authority->roles) != 0);
}
