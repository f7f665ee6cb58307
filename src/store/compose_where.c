/* Conditions, scope and order as SQL. Everything that bounds what is read is composed here, and nowhere else. */
#include <assert.h>
#include <string.h>
#include "store/compose.h"

/* A scope of its own: compared by address; opens everything. */
const struct scope SCOPE_SYSTEM = {.user = 0};

/* ---- columns ---- */
static void add_name(struct sql *sql, const char *alias, const char *name) {
  sql_add(sql, alias);
  sql_add(sql, ".");
  sql_add(sql, name);
}

void compose_column(struct sql *sql, const struct type_texts *texts, const struct column *column, const char *alias) {
  if (column->place == PLACE_LONG) {
    sql_add(sql, "(SELECT l."); sql_add(sql, column->name);
    sql_add(sql, " FROM "); sql_add(sql, texts->long_table);
    sql_add(sql, " l WHERE l.\"id\" = "); add_name(sql, alias, "\"id\""); sql_add(sql, ")");
  } else add_name(sql, alias, column->name);
}

void compose_order(struct sql *sql, const struct type_texts *texts, const struct column *sort, bool descending, const char *alias) {
  if (sort->id != FIELD_ID) {
    compose_column(sql, texts, sort, alias);
    sql_add(sql, descending ? " DESC NULLS LAST, " : " ASC NULLS FIRST, "); /* as the indexes have it, though nothing is empty */
  }
  add_name(sql, alias, "\"id\"");
  sql_add(sql, descending ? " DESC" : " ASC");
}

/* ---- conditions ---- */
static void compare_one(struct sql *sql, const struct type_texts *texts, const struct column *column, const char *alias,
                        const char *operator, const struct value *value) {
  compose_column(sql, texts, column, alias);
  sql_add(sql, operator);
  sql_value(sql, value);
}

static void compare_any(struct sql *sql, const struct type_texts *texts, const struct column *column, const char *alias,
                        const struct condition *condition) {
  size_t full = 1;
  while (full < condition->count) full *= 2;
  compose_column(sql, texts, column, alias);
  sql_add(sql, " IN ");
  for (size_t i = 0; i < full; i++) {
    sql_add(sql, i ? "," : "(");
    sql_value(sql, &condition->values[i < condition->count ? i : condition->count - 1]);
  }
  sql_add(sql, ")");
}

static bool is_condition(struct sql *sql, const struct type_texts *texts, const struct column *column, const char *alias,
                         const struct condition *condition) {
  if (condition->count == 0) sql_add(sql, "1 = 0");
  else if (condition->count == 1) compare_one(sql, texts, column, alias, " = ", condition->values);
  else compare_any(sql, texts, column, alias, condition);
  return true;
}

static bool is_not_condition(struct sql *sql, const struct type_texts *texts, const struct column *column, const char *alias,
                             const struct condition *condition) {
  if (condition->count == 0) { sql_add(sql, "1 = 1"); return true; }
  sql_add(sql, "(");
  compose_column(sql, texts, column, alias);
  sql_add(sql, " IS NULL OR NOT (");
  is_condition(sql, texts, column, alias, condition);
  sql_add(sql, "))");
  return true;
}

#define ORDER_CONDITION(name, operator) \
  static bool name(struct sql *sql, const struct type_texts *texts, const struct column *column, const char *alias, const struct condition *condition) { \
    if (condition->count != 1) return false; \
    compare_one(sql, texts, column, alias, operator, condition->values); \
    return true; \
  }
ORDER_CONDITION(less_condition, " < ")
ORDER_CONDITION(at_most_condition, " <= ")
ORDER_CONDITION(more_condition, " > ")
ORDER_CONDITION(at_least_condition, " >= ")

static void any_member(struct sql *sql, const struct column *column, const char *alias) {
  add_name(sql, alias, "\"id\"");
  sql_add(sql, " IN (SELECT m.\"owner\" FROM ");
  sql_add(sql, column->side);
  sql_add(sql, " m");
}

static bool empty_condition(struct sql *sql, const struct type_texts *texts, const struct column *column, const char *alias,
                            const struct condition *condition) {
  if (column->place == PLACE_MANY) { sql_add(sql, "NOT "); any_member(sql, column, alias); sql_add(sql, ")"); }
  else { compose_column(sql, texts, column, alias); sql_add(sql, " IS NULL"); }
  return true;
}
static bool filled_condition(struct sql *sql, const struct type_texts *texts, const struct column *column, const char *alias,
                             const struct condition *condition) {
  if (column->place == PLACE_MANY) { any_member(sql, column, alias); sql_add(sql, ")"); }
  else { compose_column(sql, texts, column, alias); sql_add(sql, " IS NOT NULL"); }
  return true;
}

/* F_CHOICES: one of the codes is among them; F_REFERENCES: one of the ids is a member. */
static bool has_condition(struct sql *sql, const struct type_texts *texts, const struct column *column, const char *alias,
                          const struct condition *condition) {
  bool fits = condition->count > 0;
  if (!fits) sql_add(sql, "1 = 0");
  else if (column->place == PLACE_MANY) {
    any_member(sql, column, alias);
    sql_add(sql, " WHERE m.\"value\" IN (");
    for (size_t i = 0; i < condition->count; i++) { if (i) sql_add(sql, ","); sql_value(sql, &condition->values[i]); }
    sql_add(sql, "))");
  } else if (column->field && column->field->type == F_CHOICES) {
    int64_t mask = 0;
    for (size_t i = 0; i < condition->count; i++)
      if (condition->values[i].integer >= 0 && condition->values[i].integer < 63) mask |= INT64_C(1) << condition->values[i].integer;
    sql_add(sql, "("); compose_column(sql, texts, column, alias); sql_add(sql, " & "); sql_integer(sql, mask); sql_add(sql, ") <> 0");
  } else is_condition(sql, texts, column, alias, condition);
  return true;
}

typedef bool condition_writer(struct sql *, const struct type_texts *, const struct column *, const char *, const struct condition *);
static condition_writer *const CONDITIONS[] = {
  [C_IS] = is_condition, [C_IS_NOT] = is_not_condition, [C_IN] = is_condition, [C_LESS] = less_condition, [C_AT_MOST] = at_most_condition,
  [C_MORE] = more_condition, [C_AT_LEAST] = at_least_condition, [C_EMPTY] = empty_condition, [C_FILLED] = filled_condition, [C_HAS] = has_condition};
_Static_assert(sizeof CONDITIONS / sizeof *CONDITIONS == C_HAS + 1, "every comparison is written");

static bool compose_condition(struct sql *sql, const struct type_texts *texts, const struct condition *condition, const char *alias) {
  const struct column *column = column_of(texts, condition->field);
  enum comparison how = condition->how;
  bool several = column && column->place == PLACE_MANY;
  if (column == NULL || how > C_HAS) return false;
  if (several && (how == C_IS || how == C_IN)) how = C_HAS; /* a member is what one can ask for */
  if (several && how != C_HAS && how != C_EMPTY && how != C_FILLED) return false;
  sql_add(sql, " AND ");
  return CONDITIONS[how](sql, texts, column, alias, condition);
}

static const struct type_texts *parent_texts(const struct store *store, const struct type_texts *texts, const struct column **column) {
  *column = texts->type->parent ? column_of(texts, texts->type->parent) : NULL;
  return *column && (*column)->field ? texts_by_id(store, (*column)->field->target) : NULL;
}

/* What it belongs to meets conditions of its own. */
static bool parent_condition(struct sql *sql, const struct store *store, const struct type_texts *texts, const struct query *query,
                             const char *alias) {
  const struct column *column;
  const struct type_texts *parent = parent_texts(store, texts, &column);
  if (!parent || parent->type != query->parent->type || query->parent->parent) return false;
  sql_add(sql, " AND EXISTS (SELECT 1 FROM ");
  sql_add(sql, parent->table);
  sql_add(sql, " q WHERE q.\"id\" = ");
  add_name(sql, alias, column->name);
  bool fits = compose_conditions(sql, store, query->parent, "q");
  sql_add(sql, ")");
  return fits;
}

bool compose_conditions(struct sql *sql, const struct store *store, const struct query *query, const char *alias) {
  const struct type_texts *texts = texts_of(store, query->type);
  bool fits = true, voided_asked = query->with_voided;
  for (size_t i = 0; i < query->condition_count; i++) {
    fits = fits && compose_condition(sql, texts, &query->conditions[i], alias);
    voided_asked = voided_asked || query->conditions[i].field == FIELD_VOIDED;
  }
  if (query->parent) fits = fits && parent_condition(sql, store, texts, query, alias);
  if (query->only_ids) {
    sql_add(sql, " AND ");
    if (query->id_count) { add_name(sql, alias, "\"id\""); sql_add(sql, " IN "); sql_integers(sql, query->ids, query->id_count); }
    else sql_add(sql, "1 = 0");
  }
  if (!voided_asked) { sql_add(sql, " AND "); add_name(sql, alias, "\"voided\""); sql_add(sql, " = 0"); }
  return fits;
}

/* ---- scope ---- */
static bool secrecy_open(const struct type_texts *texts, unsigned ceiling) {
  bool open = true;
  if (texts->secrecy && texts->secrecy->field->choices)
    for (const struct choice *choice = texts->secrecy->field->choices; choice->name; choice++)
      open = open && (choice->code <= (int)ceiling || choice->code == SECRECY_PLACEHOLDER);
  else if (texts->secrecy) open = ceiling == UINT8_MAX;
  return open;
}

static void secrecy_beyond(struct sql *sql, const struct type_texts *texts, unsigned ceiling, const char *alias) {
  add_name(sql, alias, texts->secrecy->name);
  sql_add(sql, " > ");
  sql_integer(sql, ceiling);
  if (!field_choice(texts->secrecy->field, SECRECY_PLACEHOLDER)) return; /* holds nothing secret itself: under every ceiling */
  sql_add(sql, " AND ");
  add_name(sql, alias, texts->secrecy->name);
  sql_add(sql, " <> ");
  sql_integer(sql, SECRECY_PLACEHOLDER);
}

/* What has no secrecy of its own is as secret as what it belongs to, however far up. By the id alone: the part of a list that is read
   by a joining unit has no other column. */
static void secrecy_above(struct sql *sql, const struct store *store, const struct type_texts *texts, unsigned ceiling, const char *alias) {
  const struct type_texts *top = texts;
  const struct column *column;
  while (top && !top->secrecy) top = parent_texts(store, top, &column);
  if (!top || secrecy_open(top, ceiling)) return;
  sql_add(sql, " AND NOT EXISTS (SELECT 1 FROM "); sql_add(sql, texts->table); sql_add(sql, " a0");
  const char *below = "a0";
  int level = 0;
  for (const struct type_texts *at = texts; at != top;) {
    const struct type_texts *above = parent_texts(store, at, &column);
    const char *name = arena_print(sql->text.arena, "a%d", ++level);
    sql_add(sql, " JOIN "); sql_add(sql, above->table); sql_add(sql, " "); sql_add(sql, name); sql_add(sql, " ON ");
    add_name(sql, name, "\"id\""); sql_add(sql, " = "); add_name(sql, below, column->name);
    below = name;
    at = above;
  }
  sql_add(sql, " WHERE a0.\"id\" = "); add_name(sql, alias, "\"id\""); sql_add(sql, " AND ");
  secrecy_beyond(sql, top, ceiling, below);
  sql_add(sql, ")");
}

/* The same for what it may belong to instead, which has a secrecy of its own. */
static void secrecy_else(struct sql *sql, const struct store *store, const struct type_texts *texts, unsigned ceiling, const char *alias) {
  const struct column *column = texts->type->parent_else ? column_of(texts, texts->type->parent_else) : NULL;
  const struct type_texts *other = column && column->field ? texts_by_id(store, column->field->target) : NULL;
  if (!other || !other->secrecy || secrecy_open(other, ceiling)) return;
  sql_add(sql, " AND NOT EXISTS (SELECT 1 FROM ");
  sql_add(sql, texts->table);
  sql_add(sql, " e0 JOIN ");
  sql_add(sql, other->table);
  sql_add(sql, " e1 ON e1.\"id\" = ");
  add_name(sql, "e0", column->name);
  sql_add(sql, " WHERE e0.\"id\" = "); add_name(sql, alias, "\"id\""); sql_add(sql, " AND ");
  secrecy_beyond(sql, other, ceiling, "e1");
  sql_add(sql, ")");
}

void compose_secrecy(struct sql *sql, const struct store *store, const struct type_texts *texts, unsigned ceiling, const char *alias) {
  if (!texts->secrecy) {
    secrecy_above(sql, store, texts, ceiling, alias);
    secrecy_else(sql, store, texts, ceiling, alias);
    return;
  }
  if (secrecy_open(texts, ceiling)) return;
  sql_add(sql, " AND (");
  add_name(sql, alias, texts->secrecy->name);
  sql_add(sql, " IS NULL OR NOT (");
  secrecy_beyond(sql, texts, ceiling, alias);
  sql_add(sql, "))");
}

bool scope_hides(const struct scope *scope) { return scope->excluded_count || scope->about_count; }

/* One field that may name a hidden record; type_field: NULL for a reference. By the id alone: the part of a list that is read by a joining
   unit has no other column. */
static void compose_about(struct sql *sql, const struct type_texts *texts, const struct scope *scope, const struct field *type_field,
                          const struct field *id_field, const char *column) {
  const struct column *id = column_of(texts, id_field->id), *of = type_field ? column_of(texts, type_field->id) : NULL;
  sql_add(sql, " AND ");
  sql_add(sql, column);
  sql_add(sql, " NOT IN (SELECT x.\"id\" FROM ");
  sql_add(sql, texts->table);
  sql_add(sql, " x WHERE ");
  add_name(sql, "x", id->name); sql_add(sql, " IN "); sql_integers(sql, scope->about, scope->about_count);
  if (of) { sql_add(sql, " AND "); add_name(sql, "x", of->name); sql_add(sql, " = "); sql_integer(sql, scope->about_type); }
  sql_add(sql, ")");
}

void compose_excluded(struct sql *sql, const struct type_texts *texts, const struct scope *scope, const char *column) {
  if (scope->excluded_count) {
    sql_add(sql, " AND ");
    sql_add(sql, column);
    sql_add(sql, " NOT IN ");
    sql_integers(sql, scope->excluded, scope->excluded_count);
  }
  for (size_t i = 0; scope->about_count && i < texts->type->field_count; i++) {
    const struct field *field = &texts->type->fields[i], *named = record_named_by(texts->type, field);
    if (field->type == F_REFERENCE && field->target == scope->about_type) compose_about(sql, texts, scope, NULL, field, column);
    else if (named) compose_about(sql, texts, scope, field, named, column);
  }
}

static bool grant_is_whole(const struct grant_scope *grant) {
  return grant->relation == RELATION_ANY || (grant->all && grant->relation != RELATION_SELF && grant->relation != RELATION_PARENT &&
                                             grant->relation != RELATION_OUTSIDE && grant->relation != RELATION_SHARED);
}

bool scope_is_whole(const struct type_texts *texts, const struct scope *scope) {
  bool whole = scope == &SCOPE_SYSTEM;
  for (size_t i = 0; i < scope->grant_count && !whole; i++)
    whole = grant_is_whole(&scope->grants[i]) && secrecy_open(texts, scope->grants[i].secrecy);
  return whole;
}

/* The highest grant of the scope opens every record up to its secrecy; -1: it is not as simple as that. */
int scope_ceiling(const struct scope *scope) {
  int whole = scope == &SCOPE_SYSTEM ? UINT8_MAX : -1, most = -1;
  for (size_t i = 0; i < scope->grant_count; i++) {
    int secrecy = scope->grants[i].secrecy;
    if (secrecy > most) most = secrecy;
    if (grant_is_whole(&scope->grants[i]) && secrecy > whole) whole = secrecy;
  }
  return whole >= most && !scope_hides(scope) ? whole : -1;
}

static void held_by(struct sql *sql, const struct store *store, const struct type_texts *texts, uint16_t field, const int64_t *units,
                    size_t count, const char *alias) {
  const struct column *column = column_of(texts, field);
  if (count == 0 || column == NULL) sql_add(sql, "1 = 0");
  else if (column->place == PLACE_MANY) {
    sql_add(sql, "EXISTS (SELECT 1 FROM "); sql_add(sql, column->side);
    sql_add(sql, " h WHERE h.\"owner\" = "); add_name(sql, alias, "\"id\"");
    /* "+": by the owner, a few rows, where the engine would take the index of the unit and read all that it joins */
    sql_add(sql, store->driver->abilities & ABILITY_INDEX_HINT ? " AND +h.\"value\" IN " : " AND h.\"value\" IN ");
    sql_integers(sql, units, count);
    sql_add(sql, ")");
  } else {
    add_name(sql, alias, column->name);
    sql_add(sql, " IN "); sql_integers(sql, units, count);
  }
}

static void any_holder(struct sql *sql, const struct store *store, const struct type_texts *texts, enum relation_code relation,
                       const int64_t *units, size_t count, const char *alias) {
  size_t found = 0;
  for (size_t i = 0; i < 4 && texts->type->holders[i].field; i++)
    if (texts->type->holders[i].relation == relation) {
      if (found++) sql_add(sql, " OR ");
      held_by(sql, store, texts, texts->type->holders[i].field, units, count, alias);
    }
  if (!found) sql_add(sql, "1 = 0");
}

/* What the field names is in that scope. */
static void compose_named(struct sql *sql, const struct store *store, const struct type_texts *texts, uint16_t field,
                          const struct scope *scope, const char *alias) {
  const struct column *column = field ? column_of(texts, field) : NULL;
  const struct type_texts *parent = column && column->field ? texts_by_id(store, column->field->target) : NULL;
  if (parent == NULL || scope == NULL) { sql_add(sql, "1 = 0"); return; }
  const char *above = arena_print(sql->text.arena, "p%s", alias);
  sql_add(sql, "EXISTS (SELECT 1 FROM "); sql_add(sql, parent->table); sql_add(sql, " "); sql_add(sql, above);
  sql_add(sql, " WHERE "); add_name(sql, above, "\"id\""); sql_add(sql, " = "); add_name(sql, alias, column->name);
  sql_add(sql, " AND ");
  compose_scope(sql, store, parent, scope, above);
  sql_add(sql, ")");
}

static void compose_parent(struct sql *sql, const struct store *store, const struct type_texts *texts, const struct scope *scope,
                           const char *alias) {
  compose_named(sql, store, texts, texts->type->parent, scope->parent, alias);
  if (!texts->type->parent_else) return;
  sql_add(sql, " OR "); /* the caller has its parentheses around it */
  compose_named(sql, store, texts, texts->type->parent_else, scope->parent_else, alias);
}

/* What a district does not show says so; all else says nothing. What belongs to a record is shown with it, what belongs to none is
   shown. */
static void compose_above(struct sql *sql, const struct store *store, const struct type_texts *texts, const struct scope *scope,
                          const char *alias) {
  uint16_t field = texts->type->above ? texts->type->above : texts->type->parent;
  const struct column *column = field ? column_of(texts, field) : NULL;
  if (column == NULL) { sql_add(sql, "1 = 0"); return; }
  if (!texts->type->above) {
    add_name(sql, alias, column->name);
    sql_add(sql, " IS NULL OR ");
    compose_parent(sql, store, texts, scope, alias);
    return;
  }
  add_name(sql, alias, column->name);
  sql_add(sql, " IS NULL OR ");
  add_name(sql, alias, column->name);
  sql_add(sql, " <> 0");
}

static void compose_guidance(struct sql *sql, const struct store *store, const struct type_texts *texts, const struct grant_scope *grant,
                             const char *alias) {
  const struct field *home = record_reference(texts->type, RECORD_CAMPAIGN);
  const struct column *campaign = home ? column_of(texts, home->id) : NULL;
  sql_add(sql, "(");
  any_holder(sql, store, texts, RELATION_LEAD, grant->units, grant->unit_count, alias);
  sql_add(sql, ")");
  if (!grant->campaign) return;
  sql_add(sql, " AND ");
  if (campaign == NULL) { sql_add(sql, "1 = 0"); return; }
  add_name(sql, alias, campaign->name);
  sql_add(sql, " = ");
  sql_integer(sql, grant->campaign);
}

/* One grant. Outside: neither leads nor joins, whatever the type's other holders say. */
static void compose_grant(struct sql *sql, const struct store *store, const struct type_texts *texts, const struct scope *scope,
                          const struct grant_scope *grant, const char *alias) {
  sql_add(sql, "((");
  if (grant_is_whole(grant)) sql_add(sql, "1 = 1");
  else if (grant->relation == RELATION_SELF) any_holder(sql, store, texts, RELATION_SELF, &scope->user, 1, alias);
  else if (grant->relation == RELATION_OFFICIAL) any_holder(sql, store, texts, RELATION_OFFICIAL, &scope->user, 1, alias);
  /* the holder is a yes/no */
  else if (grant->relation == RELATION_SHARED) any_holder(sql, store, texts, RELATION_SHARED, (const int64_t[]){1}, 1, alias);
  else if (grant->relation == RELATION_ABOVE) compose_above(sql, store, texts, scope, alias);
  else if (grant->relation == RELATION_GUIDANCE) compose_guidance(sql, store, texts, grant, alias);
  else if (grant->relation == RELATION_PARENT) compose_parent(sql, store, texts, scope, alias);
  else if (grant->relation == RELATION_OUTSIDE) {
    static const enum relation_code INSIDE[] = {RELATION_LEAD, RELATION_JOINT};
    for (size_t i = 0; i < 2; i++) {
      /* COALESCE: a record that nobody leads yet is outside everybody */
      sql_add(sql, i ? " AND NOT COALESCE((" : "NOT COALESCE((");
      any_holder(sql, store, texts, INSIDE[i], grant->units, grant->unit_count, alias);
      sql_add(sql, "), 1 = 0)");
    }
  } else any_holder(sql, store, texts, grant->relation, grant->units, grant->unit_count, alias);
  sql_add(sql, ")");
  /* asked of the parent, or of nobody */
  bool through = grant->relation == RELATION_PARENT || grant->relation == RELATION_ABOVE || grant_is_whole(grant);
  if (texts->secrecy || !through) compose_secrecy(sql, store, texts, grant->secrecy, alias);
  sql_add(sql, ")");
}

void compose_scope(struct sql *sql, const struct store *store, const struct type_texts *texts, const struct scope *scope,
                   const char *alias) {
  assert(scope != NULL && "a read without a scope");
  if (scope_is_whole(texts, scope) && !scope_hides(scope)) { sql_add(sql, "1 = 1"); return; }
  bool parent_named = false, some = false;
  unsigned ceiling = 0;
  sql_add(sql, "((");
  for (size_t i = 0; i < scope->grant_count; i++) {
    if (some) sql_add(sql, " OR ");
    compose_grant(sql, store, texts, scope, &scope->grants[i], alias);
    some = true;
    parent_named = parent_named || scope->grants[i].relation == RELATION_PARENT || scope->grants[i].relation == RELATION_ABOVE;
    if (scope->grants[i].secrecy > ceiling) ceiling = scope->grants[i].secrecy;
  }
  if (scope->parent && texts->type->parent && !parent_named) {
    if (some) sql_add(sql, " OR ");
    struct grant_scope through = {.relation = RELATION_PARENT, .secrecy = (uint8_t)ceiling};
    compose_grant(sql, store, texts, scope, &through, alias);
    some = true;
  }
  sql_add(sql, some || scope == &SCOPE_SYSTEM ? ")" : "1 = 0)");
  compose_excluded(sql, texts, scope, arena_print(sql->text.arena, "%s.\"id\"", alias));
  sql_add(sql, ")");
}
