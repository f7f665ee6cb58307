/* The values of one change, put into the row as it is to be: known, writable, of the right shape, referring to what is there;
   then what is required, fixed and unique. Every finding names the field and what would be right. */
#include <string.h>

#include "base/hash.h"
#include "base/text.h"
#include "rules/decide.h"

#define ALONE_LEAST 50  /* changes for which asking ahead is worth it */
#define ALONE_AT_ONCE 500

static void find(struct decision *decision, enum verdict verdict, const struct field *field, const char *code, const char *zh,
                 const char *en, struct label right) {
  set_find(decision, verdict, field->id, code, label_fill(decision->set->arena, zh, en, field->label, right));
}

bool decision_gives(const struct decision *decision, uint16_t field) {
  for (size_t i = 0; i < decision->given_count; i++)
    if (decision->given[i] == field) return true;
  return false;
}

/* In the form of this arrow: asked for, or offered. */
static bool asked(const struct decision *decision, uint16_t field) {
  return decision->arrow && arrow_forms(decision->arrow, field);
}

/* ---- may this person write it here? ---- */

bool decision_corrects(const struct decision *decision) {
  return decision->change->action == ACTION_ASK_CORRECTION || (decision->system && decision->change->action == ACTION_CORRECT);
}
static bool edits(const struct decision *decision) {
  return decision->change->action == ACTION_EDIT || decision_corrects(decision) || !decision->before;
}

/* Beside what the form asks, an arrow takes the values that the same person might edit at this moment anyway. Where an edit has
   effects of its own (another holder), it is made by itself. */
static bool might_edit(const struct decision *decision) {
  const struct transition *edit = lifecycle_arrow(decision->type, decision->before->state, ACTION_EDIT);
  if (lifecycle_edits(decision->type)) return edit && !edit->effects[0] && decide_permitted(decision, edit);
  return decide_permitted(decision, NULL);
}

static bool field_open(struct decision *decision, const struct field *field) {
  bool asks = asked(decision, field->id);
  if ((field->flags & FIELD_DERIVED) && !asks && !decision->trusted) {
    find(decision, VERDICT_INVALID, field, "derived", "“%s”由系统推算,不能填写", "\"%s\" is worked out by the program and cannot be given",
         (struct label){0});
    return false;
  }
  if (!asks && !decision->trusted && !field_writable(decision->authority, field)) {
    find(decision, VERDICT_FORBIDDEN, field, "not_writable", "您不能填写“%s”", "you may not write \"%s\"", (struct label){0});
    return false;
  }
  if (!asks && !decision->trusted && !edits(decision) && !might_edit(decision)) {
    find(decision, VERDICT_INVALID, field, "not_asked", "办理“%2$s”时不能改“%1$s”", "\"%s\" cannot be changed by \"%s\"",
         decision->arrow ? decision->arrow->label : (struct label){"此事项", "this"});
    return false;
  }
  decision->beside = decision->beside || (!asks && !decision->trusted && !edits(decision));
  return true;
}

/* Nobody puts a record where he cannot see it himself: it would be out of the reach of whoever has to put that right. */
static bool within_ceiling(struct decision *decision, const struct field *field, const struct value *value) {
  unsigned ceiling = 0;
  if (decision->system || field->id != decision->type->secrecy || value->kind != VALUE_INTEGER || value->integer == SECRECY_PLACEHOLDER)
    return true;
  for (size_t i = 0; i < decision->authority->held_count; i++)
    if (decision->authority->held[i].secrecy > ceiling) ceiling = decision->authority->held[i].secrecy;
  if (value->integer <= (int64_t)ceiling) return true;
  find(decision, VERDICT_FORBIDDEN, field, "above_ceiling", "“%s”不能高于您自己的知悉范围上限,请由有此范围的人设定",
       "\"%s\" cannot be above your own secrecy ceiling; somebody whose ceiling reaches it sets it", (struct label){0});
  return false;
}

/* ---- references ---- */

/* Where a type names any record by type and id. */
static const struct { enum record_id type; uint16_t type_field, id_field; } POINTERS[] = {
  {RECORD_LINK, LINK_FROM_TYPE, LINK_FROM_ID}, {RECORD_LINK, LINK_TO_TYPE, LINK_TO_ID}, {RECORD_APPROVAL, APPROVAL_TYPE, APPROVAL_RECORD},
  {RECORD_EVIDENCE, EVIDENCE_OF_TYPE, EVIDENCE_OF_ID},
  {RECORD_SUBMISSION, SUBMISSION_OF_TYPE, SUBMISSION_OF_ID}};

static uint16_t pointer_type_field(const struct decision *decision, const struct field *field) {
  for (size_t i = 0; i < sizeof POINTERS / sizeof *POINTERS; i++)
    if (POINTERS[i].type == decision->type->id && POINTERS[i].id_field == field->id) return POINTERS[i].type_field;
  return 0;
}

static const struct value *given_value(const struct decision *decision, uint16_t field) {
  for (size_t i = 0; i < decision->change->value_count; i++)
    if (decision->change->values[i].field == field) return &decision->change->values[i];
  return NULL;
}

static const struct record_type *reference_target(const struct decision *decision, const struct field *field) {
  uint16_t by = pointer_type_field(decision, field);
  const struct value *given = by ? given_value(decision, by) : NULL;
  if (!by) return record_type(field->target);
  return given && given->kind == VALUE_INTEGER ? record_type((enum record_id)given->integer) : NULL;
}

/* -k becomes the id; what is not there, or not for this person's eyes, is found. A record that was refused itself is passed over. */
static enum store_error reference_resolve(struct decision *decision, const struct field *field, int64_t *id, bool *right) {
  const struct record_type *target = reference_target(decision, field), *made = NULL;
  bool refused = false, there = false;
  enum store_error error = STORE_OK;
  int64_t given = *id;
  *right = false;
  if (!target) {
    *right = true; /* the type itself is found wrong already */
    return STORE_OK;
  }
  if (!set_resolve(decision->set, given, id, &made, &refused) || (made && made != target)) {
    find(decision, VERDICT_INVALID, field, "unknown_reference", "“%s”指向本次没有新建的%s", "\"%s\" points at no %s made in this set",
         target->label);
    return STORE_OK;
  }
  if (refused) {
    decision->skipped = true;
    return STORE_OK;
  }
  bool oneself = target->id == RECORD_USER && given == decision->authority->user;
  /* the program names what the asking stood before, void or not */
  bool asked_about = decision->system && decision->type->id == RECORD_APPROVAL;
  if (given < 0 || oneself || asked_about) there = true;
  else error = set_there(decision, target, given, &there);
  if (error == STORE_OK && !there)
    find(decision, VERDICT_INVALID, field, "unknown_reference", "“%s”:没有这个%s,或您看不到它",
         "\"%s\": there is no such %s, or you may not see it", target->label);
  *right = there;
  return error;
}

static enum store_error references_resolve(struct decision *decision, const struct field *field, struct value *value, bool *right) {
  enum store_error error = STORE_OK;
  *right = true;
  if (value->kind == VALUE_INTEGER && (field->type == F_REFERENCE || pointer_type_field(decision, field)))
    return reference_resolve(decision, field, &value->integer, right);
  if (value->kind != VALUE_MANY || value->count == 0) return STORE_OK;
  int64_t *many = ARENA_ARRAY(decision->set->scratch, int64_t, value->count);
  memcpy(many, value->many, value->count * sizeof *many);
  for (size_t i = 0; error == STORE_OK && i < value->count; i++) {
    bool one = false;
    error = reference_resolve(decision, field, &many[i], &one);
    *right = *right && one;
  }
  value->many = many;
  return error;
}

/* ---- one value ---- */

static bool same_as_before(const struct decision *decision, const struct value *value) {
  return decision->before && value_equal(row_value(decision->before, value->field), value);
}

static enum store_error value_take(struct decision *decision, const struct value *given) {
  const struct field *field = record_field(decision->type, given->field);
  struct value value = *given;
  enum store_error error = STORE_OK;
  bool right = true;
  if (!field || (field->flags & FIELD_RETIRED)) {
    set_find(decision, VERDICT_INVALID, given->field, "unknown_field",
             label_fill(decision->set->arena, "%s没有这个字段", "a %s has no such field", decision->type->label, (struct label){0}));
    return STORE_OK;
  }
  if (decision_gives(decision, field->id) || decision->given_count == sizeof decision->given / sizeof *decision->given) {
    find(decision, VERDICT_INVALID, field, "doubled", "“%s”填了两次", "\"%s\" is given twice", (struct label){0});
    return STORE_OK;
  }
  if (same_as_before(decision, &value)) return STORE_OK;
  decision->given[decision->given_count++] = field->id;
  if (!field_open(decision, field) || !field_check(decision, field, &value) || !within_ceiling(decision, field, &value)) return STORE_OK;
  error = references_resolve(decision, field, &value, &right);
  if (error != STORE_OK || !right || same_as_before(decision, &value)) return error;
  /* Two people may put right what is fixed otherwise; what a record belongs to stays. */
  if (decision->before && (field->flags & FIELD_FIXED) &&
      (!decision_corrects(decision) || field->id == decision->type->parent || field->type == F_FILE)) {
    find(decision, VERDICT_INVALID, field, "fixed", "“%s”登记后不能更改", "\"%s\" cannot be changed once it is given", (struct label){0});
    return STORE_OK;
  }
  row_set(decision->after, &value);
  return STORE_OK;
}

/* ---- presets and required ---- */

/* Children of a problem belong to the cycle that runs when they are made. */
static const struct { enum record_id type; uint16_t field, of_parent; } INHERITED[] = {
  {RECORD_MEASURE, MEASURE_CYCLE, PROBLEM_CYCLE}, {RECORD_EVIDENCE, EVIDENCE_CYCLE, PROBLEM_CYCLE}, {RECORD_STAGE, STAGE_CYCLE, PROBLEM_CYCLE}};

static void presets(struct decision *decision) {
  const struct record_type *type = decision->type;
  for (size_t i = 0; i < type->field_count; i++)
    if (type->fields[i].has_preset && !(type->fields[i].flags & FIELD_RETIRED))
      row_set_integer(decision->after, type->fields[i].id, type->fields[i].preset);
}

static void inherit(struct decision *decision) {
  for (size_t i = 0; decision->parent && i < sizeof INHERITED / sizeof *INHERITED; i++)
    if (INHERITED[i].type == decision->type->id && !decision_gives(decision, INHERITED[i].field))
      row_set_integer(decision->after, INHERITED[i].field, row_integer(decision->parent, INHERITED[i].of_parent));
}

/* What a record says follows from one that it refers to: the city-wide category from the campaign's own, a category's from the one above
   it. */
static const struct { enum record_id type; uint16_t reference, field, of; } FOLLOWS[] = {
  {RECORD_PROBLEM, PROBLEM_CATEGORY_RECORD, PROBLEM_CATEGORY, CATEGORY_UNDER}, {RECORD_CATEGORY, CATEGORY_PARENT, CATEGORY_UNDER, CATEGORY_UNDER}};

static enum store_error follow_references(struct decision *decision) {
  enum store_error error = STORE_OK;
  for (size_t i = 0; error == STORE_OK && i < sizeof FOLLOWS / sizeof *FOLLOWS; i++) {
    bool asked = FOLLOWS[i].type == decision->type->id &&
                 (decision_gives(decision, FOLLOWS[i].reference) || decision_gives(decision, FOLLOWS[i].field));
    int64_t id = asked ? row_integer(decision->after, FOLLOWS[i].reference) : NOTHING;
    struct row *row = NULL;
    if (id == NOTHING) continue;
    error = reader_get(decision->set->reader, record_type(record_field(decision->type, FOLLOWS[i].reference)->target), &SCOPE_SYSTEM, id,
                       decision->set->scratch, &row);
    if (error == STORE_OK) row_set_integer(decision->after, FOLLOWS[i].field, row_integer(row, FOLLOWS[i].of));
    if (error == STORE_ABSENT) error = STORE_OK; /* found as not there */
  }
  return error;
}

/* A text of nothing but white space fills nothing. */
static bool filled(const struct decision *decision, uint16_t field) {
  const struct value *value = row_value(decision->after, field);
  if (!value_filled(value)) return false;
  if (value->kind == VALUE_TEXT && *value->text > 0x20 && *value->text < 0x7F) return true;
  return value->kind != VALUE_TEXT || *text_clean(decision->set->scratch, value->text, true) != 0;
}

static bool found_already(const struct decision *decision, uint16_t field) {
  for (size_t i = decision->findings_before; i < decision->set->finding_count; i++)
    if (decision->set->findings[i].field == field) return true;
  return false;
}

static void require(struct decision *decision, const struct field *field) {
  if (decision->skipped || filled(decision, field->id) || found_already(decision, field->id)) return;
  find(decision, VERDICT_INVALID, field, "required", "请填写“%s”", "\"%s\" must be filled", (struct label){0});
}

/* At an edit only what this person could fill is asked for, so that records older than a field can still be worked on. */
static void required(struct decision *decision) {
  const struct record_type *type = decision->type;
  for (size_t i = 0; i < type->field_count; i++) {
    const struct field *field = &type->fields[i];
    if (!(field->flags & FIELD_REQUIRED) || (field->flags & (FIELD_RETIRED | FIELD_DERIVED))) continue;
    if (decision->before && !decision_gives(decision, field->id) && !field_writable(decision->authority, field)) continue;
    require(decision, field);
  }
}

/* What an effect of the arrow fills by itself when the form leaves it empty. */
static bool filled_by_effect(const struct transition *arrow, const struct field *field, enum record_id type) {
  if (type != RECORD_PROBLEM || field->id != PROBLEM_DUE || arrow->action != ACTION_ASSIGN) return false;
  for (size_t i = 0; i < ARROW_EFFECTS && arrow->effects[i]; i++)
    if (arrow->effects[i] == EFFECT_DEADLINE) return true;
  return false;
}

void fields_asked(struct decision *decision) {
  const struct transition *arrow = decision->arrow;
  for (size_t i = 0; arrow && !decision->possible && !decision->system && i < ARROW_ASKS && arrow->asks[i]; i++) {
    const struct field *field = record_field(decision->type, arrow->asks[i]);
    if (field && !filled_by_effect(arrow, field, decision->type->id)) require(decision, field);
  }
}

/* ---- unique ---- */

static enum store_error unique(struct decision *decision, const struct field *field) {
  const struct value *value = row_value(decision->after, field->id);
  struct condition condition = {.field = field->id, .how = C_IS, .values = value, .count = 1};
  struct query query = {.type = decision->type, .conditions = &condition, .condition_count = 1, .limit = 1, .expected = 0};
  int64_t count = 0;
  enum store_error error = reader_count(decision->set->reader, &query, &SCOPE_SYSTEM, &count);
  if (error == STORE_OK && count > 0)
    find(decision, VERDICT_CLASH, field, "not_unique", "“%s”与已有的重复,请换一个", "\"%s\" stands already on another record; give another",
         (struct label){0});
  return error;
}

/* Only values that this change brings: what stands alone already goes on standing alone. */
enum store_error fields_unique(struct decision *decision) {
  const struct record_type *type = decision->type;
  enum store_error error = STORE_OK;
  for (size_t i = 0; error == STORE_OK && i < type->field_count; i++) {
    const struct field *field = &type->fields[i];
    if (!(field->flags & FIELD_UNIQUE) || !decision_gives(decision, field->id) || found_already(decision, field->id)) continue;
    if (decision->set->alone_type == type && decision->set->alone >> i & 1) continue;
    if (value_filled(row_value(decision->after, field->id)) && !same_as_before(decision, row_value(decision->after, field->id))) error = unique(decision, field);
  }
  return error;
}

/* Nothing but what these changes give comes into records of the type while the set runs: no effect, no other type's change. */
static bool moves_nothing_else(const struct change *changes, size_t count) {
  const struct record_type *type = changes[0].type;
  if (lifecycle_edits(type) || lifecycle_arrow(type, STATE_NONE, ACTION_CREATE) || type->field_count > 64) return false;
  for (size_t i = 0; i < count; i++)
    if (changes[i].type != type || (changes[i].action != ACTION_CREATE && changes[i].action != ACTION_EDIT)) return false;
  return true;
}

struct alone { struct value *values; size_t count; int64_t *prints; size_t room; };

/* False: another such value may have been here before, or this one is not kept as it is given. */
static bool alone_add(struct alone *alone, const struct field *field, const struct value *value) {
  if (field->type != F_TEXT || value->kind != VALUE_TEXT || memchr(value->text, '\r', value->size) || !text_valid(value->text, value->size))
    return !value_filled(value);
  int64_t print = (int64_t)(hash_fingerprint(value->text, value->size) | 1);
  size_t at = (size_t)((uint64_t)print >> 20) % alone->room;
  for (; alone->prints[at]; at = (at + 1) % alone->room)
    if (alone->prints[at] == print) return false;
  alone->prints[at] = print;
  alone->values[alone->count++] = *value;
  return true;
}

static bool alone_gather(struct alone *alone, const struct field *field, const struct change *changes, size_t count) {
  bool good = true;
  for (size_t i = 0; i < count && good; i++) {
    size_t given = 0;
    for (size_t k = 0; k < changes[i].value_count && good; k++) {
      if (changes[i].values[k].field != field->id) continue;
      good = given++ == 0 && alone_add(alone, field, &changes[i].values[k]);
    }
  }
  return good;
}

static enum store_error alone_ask(struct set *set, const struct field *field, const struct alone *alone, bool *alone_stands) {
  enum store_error error = STORE_OK;
  int64_t found = 0;
  for (size_t at = 0; error == STORE_OK && found == 0 && at < alone->count; at += ALONE_AT_ONCE) {
    size_t left = alone->count - at;
    struct condition among = {.field = field->id,
                              .how = C_IN,
                              .values = alone->values + at,
                              .count = left < ALONE_AT_ONCE ? left : ALONE_AT_ONCE};
    struct query query = {.type = set->alone_type, .conditions = &among, .condition_count = 1, .expected = -1};
    error = reader_count(set->reader, &query, &SCOPE_SYSTEM, &found);
  }
  *alone_stands = error == STORE_OK && found == 0;
  return error;
}

enum store_error fields_alone(struct set *set, const struct change *changes, size_t count) {
  enum store_error error = STORE_OK;
  if (count < ALONE_LEAST || !moves_nothing_else(changes, count)) return STORE_OK;
  set->alone_type = changes[0].type;
  for (size_t i = 0; error == STORE_OK && i < set->alone_type->field_count; i++) {
    const struct field *field = &set->alone_type->fields[i];
    bool stands = false;
    if (!(field->flags & FIELD_UNIQUE)) continue;
    struct alone alone = {.values = ARENA_ARRAY(set->scratch, struct value, count), .room = 2 * count, .prints = ARENA_ARRAY(set->scratch, int64_t, 2 * count)};
    if (alone_gather(&alone, field, changes, count)) error = alone_ask(set, field, &alone, &stands);
    if (stands) set->alone |= UINT64_C(1) << i;
    arena_reset(set->scratch);
  }
  return error;
}

enum store_error fields_take(struct decision *decision) {
  enum store_error error = STORE_OK;
  if (!decision->before) presets(decision);
  for (size_t i = 0; error == STORE_OK && i < decision->change->value_count; i++) error = value_take(decision, &decision->change->values[i]);
  if (error == STORE_OK && !decision->parent) error = decide_parent(decision);
  if (!decision->before) inherit(decision);
  if (error == STORE_OK) error = follow_references(decision);
  if (error == STORE_OK && edits(decision) && !decision->system && !decision->possible) required(decision);
  return error;
}
