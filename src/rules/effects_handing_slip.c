/* Effects of handing over as a whole: the slip of a leaving liaison, and the successor of a unit. What is open is found by index and
   moved a few hundred at a time, so that a large unit is handed over in several sets, each whole in itself. */
#include "rules/effects.h"

#include <string.h>

#include "base/json.h"
#include "rules/open_work.h"

enum { LISTED_MOST = 12000 }; /* items that a slip lists: they find room in its field; there may be more, which it says */

static const state_code IN_FORCE[] = {FORCE_ACTIVE};

/* ---- finding what is open ---- */

/* Records of the type whose field holds the value, in one of the states, at most `most`, oldest first. */
static enum store_error open_find(struct decision *decision, enum record_id type, uint16_t field, int64_t value, const state_code *states,
                                  size_t state_count, size_t most, struct row ***rows, size_t *count) {
  struct value is = value_integer(field, value), in[16];
  for (size_t i = 0; i < state_count; i++) in[i] = value_integer(FIELD_STATE, states[i]);
  struct condition conditions[] = {{.field = field, .how = C_IS, .values = &is, .count = 1},
                                   {.field = FIELD_STATE, .how = C_IN, .values = in, .count = state_count}};
  struct query query = {.type = record_type(type),
                        .conditions = conditions,
                        .condition_count = state_count ? 2 : 1,
                        .limit = most,
                        .many = true,
                        .expected = -1};
  return set_rows(decision->set, &query, rows, count);
}
#define OPEN(states) states, sizeof states / sizeof *states

/* ---- the slip ---- */

struct slip { struct decision *decision; struct json json; size_t listed; int64_t count; };

/* By id alone: what a record is called is read where it stands, so that nothing outlives its destruction here. */
static void item_write(struct slip *slip, const char *kind, const struct row *row) {
  const struct state_name *state = record_state(row->type, row->state);
  json_open(&slip->json, '{');
  json_pair(&slip->json, "kind", kind);
  json_pair(&slip->json, "type", row->type->name);
  json_pair_integer(&slip->json, "id", row->id);
  json_pair(&slip->json, "state", state ? state->name : NULL);
  json_close(&slip->json, '}');
  slip->listed++;
}

/* Counted all, listed as far as there is room. */
static enum store_error items_write(struct slip *slip, const struct open_work *work, int64_t unit) {
  struct row **rows = NULL;
  size_t count = 0, room = LISTED_MOST - slip->listed;
  int64_t all = 0;
  enum store_error error = open_work_rows(slip->decision, work, unit, room + 1, &rows, &count);
  for (size_t i = 0; error == STORE_OK && i < count && i < room; i++) item_write(slip, work->name, rows[i]);
  slip->count += (int64_t)count;
  if (error != STORE_OK || count <= room) return error;
  error = open_work_count(slip->decision, work, unit, &all);
  slip->count += all - (int64_t)count;
  return error;
}

static const char *name_of(struct decision *decision, enum record_id type, int64_t id, uint16_t field) {
  struct row *row = NULL;
  if (reader_get(decision->set->reader, record_type(type), &SCOPE_SYSTEM, id, decision->set->scratch, &row) != STORE_OK) return "";
  return row_text(row, field) ? row_text(row, field) : "";
}

/* All that stands open with the unit at this moment. */
static enum store_error slip_write(struct decision *decision) {
  struct row *after = decision->after;
  struct buffer out = {.arena = decision->set->scratch};
  struct slip slip = {.decision = decision, .json = json_to(&out)};
  int64_t unit = row_integer(after, HAND_OVER_UNIT);
  enum store_error error = STORE_OK;
  json_open(&slip.json, '[');
  for (size_t i = 0; i < OPEN_WORK_COUNT && error == STORE_OK; i++)
    if (OPEN_WORK[i].readers & ON_SLIP) error = items_write(&slip, &OPEN_WORK[i], unit);
  json_close(&slip.json, ']');
  row_set_text(after, HAND_OVER_ITEMS, out.bytes);
  row_set_integer(after, HAND_OVER_COUNT, slip.count);
  return error;
}

enum store_error effect_slip_list(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after;
  const char *from = name_of(decision, RECORD_USER, row_integer(after, HAND_OVER_FROM), USER_NAME), *to = name_of(decision, RECORD_USER, row_integer(after, HAND_OVER_TO), USER_NAME);
  (void)arrow;
  row_set_text(after, HAND_OVER_TITLE, arena_print(decision->set->scratch, "%s → %s · %s", from, to, name_of(decision, RECORD_UNIT, row_integer(after, HAND_OVER_UNIT), UNIT_NAME)));
  row_set_integer(after, HAND_OVER_DATE, decision_date(decision));
  return slip_write(decision);
}

/* ---- moving what the slip lists ---- */

struct move { struct decision *decision; size_t moved, most; bool more; const char *reason; };

/* A change of an open item, as long as there is room in this set. */
static bool moves(struct move *move, enum record_id type, int64_t id, enum action_code action, const struct value *values, size_t count) {
  if (move->moved == move->most) {
    move->more = true;
    return false;
  }
  move->moved++;
  effect_change(move->decision, type, id, action, values, count, move->reason);
  return true;
}

/* Where who leaves is named as the person in charge, by account or by name, who follows is. */
static size_t owner_values(const struct row *row, uint16_t user_field, uint16_t name_field, const struct row *from, const struct row *to,
                           struct value *values) {
  const char *name = row_text(row, name_field), *old = row_text(from, USER_NAME);
  size_t count = 0;
  if (record_field(row->type, user_field) && row_integer(row, user_field) == from->id) values[count++] = value_integer(user_field, to->id);
  if (name && old && strcmp(name, old) == 0) values[count++] = value_text(name_field, row_text(to, USER_NAME));
  return count;
}

static enum store_error owners_move(struct move *move, const struct open_work *work, int64_t unit, const struct row *from,
                                    const struct row *to) {
  struct row **rows = NULL;
  size_t count = 0;
  if (move->more || !work->owner) return STORE_OK;
  enum store_error error = open_work_rows(move->decision, work, unit, 0, &rows, &count);
  for (size_t i = 0; i < count; i++) {
    struct value values[2];
    size_t given = owner_values(rows[i], work->owner_user, work->owner, from, to, values);
    if (given && !moves(move, work->type, rows[i]->id, work->passes, values, given)) break;
  }
  return error;
}

static bool same_grant(const struct row *one, const struct row *other) {
  return row_integer(one, GRANT_ROLE) == row_integer(other, GRANT_ROLE) && row_integer(one, GRANT_UNIT) == row_integer(other, GRANT_UNIT);
}

static void grant_copy(struct decision *decision, const struct row *grant, int64_t user, int64_t unit) {
  struct value values[] = {value_integer(GRANT_USER, user),
                           value_integer(GRANT_ROLE, row_integer(grant, GRANT_ROLE)),
                           value_integer(GRANT_UNIT, unit),
                           value_integer(GRANT_SUBTREE, row_integer(grant, GRANT_SUBTREE)),
                           value_integer(GRANT_FROM, decision_date(decision)),
                           value_integer(GRANT_TO, row_integer(grant, GRANT_TO)),
                           value_integer(GRANT_SECRECY, row_integer(grant, GRANT_SECRECY)),
                           value_integer(GRANT_DEPUTY_FOR, row_integer(grant, GRANT_DEPUTY_FOR))};
  effect_change(decision, RECORD_GRANT, 0, ACTION_CREATE, values, sizeof values / sizeof *values, NULL);
}

/* The same role over the same unit, no wider; who follows may hold it already. The old grant ends. */
static enum store_error grants_move(struct decision *decision, const struct row *from, const struct row *to, int64_t unit) {
  struct row **mine = NULL, **theirs = NULL;
  size_t count = 0, their_count = 0;
  enum store_error error = open_find(decision, RECORD_GRANT, GRANT_USER, from->id, OPEN(IN_FORCE), 0, &mine, &count);
  if (error == STORE_OK) error = open_find(decision, RECORD_GRANT, GRANT_USER, to->id, OPEN(IN_FORCE), 0, &theirs, &their_count);
  for (size_t i = 0; error == STORE_OK && i < count; i++) {
    bool held = false, business = (ROLE(row_integer(mine[i], GRANT_ROLE)) & ROLES_BUSINESS) != 0;
    if (!business || row_integer(mine[i], GRANT_UNIT) != unit || row_integer(mine[i], GRANT_DEPUTY_FOR) != NOTHING) continue;
    for (size_t k = 0; k < their_count; k++) held = held || same_grant(mine[i], theirs[k]);
    if (!held) grant_copy(decision, mine[i], to->id, unit);
    effect_change(decision, RECORD_GRANT, mine[i]->id, ACTION_RETIRE, NULL, 0, "已办理交接");
  }
  return error;
}

static enum store_error people_read(struct decision *decision, struct row **from, struct row **to) {
  struct reader *reader = decision->set->reader;
  enum store_error error = reader_get(reader, record_type(RECORD_USER), &SCOPE_SYSTEM, row_integer(decision->after, HAND_OVER_FROM),
                                      decision->set->scratch, from);
  return error == STORE_OK ? reader_get(reader, record_type(RECORD_USER), &SCOPE_SYSTEM, row_integer(decision->after, HAND_OVER_TO),
                                        decision->set->scratch, to)
                           : error;
}

/* The first confirmation is a date. The second moves; the grants go with the last part. */
enum store_error effect_slip_confirm(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after, *from = NULL, *to = NULL;
  struct move move = {.decision = decision, .most = HANDED_AT_ONCE, .reason = "交接"};
  int64_t unit = row_integer(after, HAND_OVER_UNIT), moved = row_integer(after, HAND_OVER_MOVED);
  if (arrow->to == HAND_OVER_CONFIRMED) {
    row_set_integer(after, HAND_OVER_FROM_ON, decision_date(decision));
    return slip_write(decision);
  }
  enum store_error error = people_read(decision, &from, &to);
  for (size_t i = 0; i < OPEN_WORK_COUNT && error == STORE_OK; i++) error = owners_move(&move, &OPEN_WORK[i], unit, from, to);
  if (error == STORE_OK && !move.more) error = grants_move(decision, from, to, unit);
  if (arrow->from == HAND_OVER_CONFIRMED) row_set_integer(after, HAND_OVER_TO_ON, decision_date(decision));
  row_set_integer(after, HAND_OVER_MOVED, (moved == NOTHING ? 0 : moved) + (int64_t)move.moved);
  if (move.more) after->state = HAND_OVER_MOVING;
  return error;
}

/* ---- the successor of a unit ---- */

/* What passes to a successor as it is. */
static enum store_error led_move(struct move *move, const struct open_work *work, int64_t old, int64_t new) {
  struct row **rows = NULL;
  size_t count = 0;
  struct value value = value_integer(work->field, new);
  enum store_error error = STORE_OK;
  error = open_work_rows(move->decision, work, old, move->most - move->moved + 1, &rows, &count);
  for (size_t i = 0; i < count && moves(move, work->type, rows[i]->id, work->passes, &value, 1); i++) continue;
  return error;
}

/* Joint work passes on as well: the successor stands where the unit stood. */
static enum store_error joint_move(struct move *move, const struct open_work *work, int64_t old, int64_t new) {
  struct row **rows = NULL;
  size_t count = 0;
  enum store_error error = open_work_rows(move->decision, work, old, move->most - move->moved + 1, &rows, &count);
  for (size_t i = 0; i < count; i++) {
    const struct value *joint = row_value(rows[i], PROBLEM_JOINT_UNITS);
    int64_t *units = ARENA_ARRAY(move->decision->set->scratch, int64_t, joint->count + 1);
    size_t kept = 0;
    bool there = row_integer(rows[i], PROBLEM_LEAD_UNIT) == new;
    for (size_t k = 0; k < joint->count; k++) there = there || joint->many[k] == new;
    for (size_t k = 0; k < joint->count; k++)
      if (joint->many[k] != old) units[kept++] = joint->many[k];
      else if (!there) units[kept++] = new;
    struct value value = value_many(PROBLEM_JOINT_UNITS, units, kept);
    if (!moves(move, RECORD_PROBLEM, rows[i]->id, ACTION_HAND_OVER, &value, 1)) break;
  }
  return error;
}

static enum store_error grants_succeed(struct move *move, int64_t old, int64_t new) {
  struct row **rows = NULL;
  size_t count = 0;
  if (move->more) return STORE_OK;
  enum store_error error = open_find(move->decision, RECORD_GRANT, GRANT_UNIT, old, OPEN(IN_FORCE), move->most - move->moved + 1, &rows,
                                     &count);
  for (size_t i = 0; i < count; i++) {
    if (!moves(move, RECORD_GRANT, rows[i]->id, ACTION_RETIRE, NULL, 0)) break;
    grant_copy(move->decision, rows[i], row_integer(rows[i], GRANT_USER), new);
  }
  return error;
}

/* What it was asked to take goes back to who asked, and may be asked of the successor. */
static enum store_error asked_drop(struct move *move, const struct open_work *work, int64_t old) {
  struct row **rows = NULL;
  size_t count = 0;
  enum store_error error = open_work_rows(move->decision, work, old, move->most, &rows, &count);
  for (size_t i = 0; i < count && moves(move, RECORD_TRANSFER, rows[i]->id, ACTION_WITHDRAW, NULL, 0); i++) continue;
  return error;
}

/* Names by which the unit was known lead to its successor from now on; what finds no room is left out. */
static struct value names_after(struct decision *decision, const struct row *successor) {
  const char *name = row_text(decision->after, UNIT_NAME), *shorts = row_text(decision->after, UNIT_SHORT_NAMES),
             *had = row_text(successor, UNIT_SHORT_NAMES);
  size_t most = (size_t)record_field(successor->type, UNIT_SHORT_NAMES)->most;
  char *all = arena_print(decision->set->scratch, "%s%s%s", had ? had : "", had ? "、" : "", name);
  char *more = shorts ? arena_print(decision->set->scratch, "%s、%s", all, shorts) : all;
  return value_text(UNIT_SHORT_NAMES, text_length(more) <= most ? more : text_length(all) <= most ? all : had);
}

/* Whose open work it takes, and whoever those had followed: its people reach what all of them left. */
static struct value predecessors_after(struct decision *decision, const struct row *successor) {
  const struct value *had = row_value(successor, UNIT_PREDECESSORS), *before = row_value(decision->after, UNIT_PREDECESSORS);
  int64_t *ids = ARENA_ARRAY(decision->set->scratch, int64_t, had->count + before->count + 1);
  size_t count = 0;
  for (size_t i = 0; i < had->count; i++) ids[count++] = had->many[i];
  for (size_t i = 0; i < before->count; i++) ids[count++] = before->many[i];
  ids[count++] = decision->after->id;
  return value_many(UNIT_PREDECESSORS, ids, count);
}

static enum store_error successor_learns(struct decision *decision, int64_t successor) {
  struct row *row = NULL;
  enum store_error error = reader_get(decision->set->reader, record_type(RECORD_UNIT), &SCOPE_SYSTEM, successor, decision->set->scratch,
                                      &row);
  if (error != STORE_OK) return error;
  struct value values[] = {predecessors_after(decision, row), names_after(decision, row)};
  effect_change(decision, RECORD_UNIT, successor, ACTION_EDIT, values, values[1].text ? 2 : 1, NULL);
  return STORE_OK;
}

static enum store_error work_passes(struct move *move, const struct open_work *work, int64_t old, int64_t new) {
  if (move->more || work->passes == ACTION_NONE) return STORE_OK;
  if (work->passes == ACTION_WITHDRAW) return asked_drop(move, work, old);
  return record_field(record_type(work->type), work->field)->type == F_REFERENCES ? joint_move(move, work, old, new)
                                                                                  : led_move(move, work, old, new);
}

/* How many open items are the unit's: counted when they are too many for one set, so that people see how much is left. */
static enum store_error items_count(struct decision *decision, int64_t unit, int64_t *items) {
  static const struct open_work GRANTS = {RECORD_GRANT, GRANT_UNIT, OPEN(IN_FORCE), .passes = ACTION_RETIRE};
  enum store_error error = open_work_count(decision, &GRANTS, unit, items);
  for (size_t i = 0; i < OPEN_WORK_COUNT && error == STORE_OK; i++) {
    int64_t count = 0;
    if (OPEN_WORK[i].passes != ACTION_NONE) error = open_work_count(decision, &OPEN_WORK[i], unit, &count);
    *items += count;
  }
  return error;
}

/* The unit ends the day before; what is open, its people and the units below it pass to the first successor. Closed records keep it. */
enum store_error effect_succeed(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after;
  const struct value *successors = row_value(after, UNIT_SUCCESSORS);
  struct move move = {.decision = decision, .most = HANDED_AT_ONCE, .reason = decision->change->reason ? decision->change->reason : "单位承接"};
  int64_t old = after->id, new = successors->count ? successors->many[0] : NOTHING;
  enum store_error error = STORE_OK;
  if (new == NOTHING) return STORE_BROKEN;
  if (arrow->action != ACTION_HAND_OVER) {
    row_set_integer(after, UNIT_SUCCESSION, arrow->action == ACTION_SPLIT ? SUCCESSION_SPLIT : SUCCESSION_MERGED);
    row_set_integer(after, UNIT_VALID_TO, row_integer(after, UNIT_SUCCEEDED_ON) - 1);
    error = successor_learns(decision, new);
    if (error == STORE_OK) error = unit_lists_follow(decision, successors);
  }
  for (size_t i = 0; i < OPEN_WORK_COUNT && error == STORE_OK; i++) error = work_passes(&move, &OPEN_WORK[i], old, new);
  if (error == STORE_OK) error = grants_succeed(&move, old, new);
  int64_t items = 0;
  if (error == STORE_OK && move.more) error = items_count(decision, old, &items);
  row_set_integer(after, UNIT_LEFT, move.more ? items - (int64_t)move.moved : 0);
  return error;
}
