/* Records as JSON. Every field passes the one question whether this reader may see it; every contact is masked here. */
#include "web/json_out.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/room.h"
#include "exchange/export.h"

#define LABELS_AT_ONCE 200

/* ---- rows ---- */

enum store_error rows_read(struct request *request, const struct query *query, const struct scope *scope, struct rows *rows) {
  rows->arena = request->arena;
  return reader_list(request->reader, query, scope, request->arena, rows_keep, rows);
}

enum store_error rows_of(struct request *request, enum record_id type, uint16_t field, int64_t id, const struct scope *scope, size_t most, struct rows *rows) {
  struct value value = value_integer(field, id);
  struct condition condition = {.field = field, .how = C_IS, .values = &value, .count = 1};
  struct query query = {.type = record_type(type), .conditions = &condition, .condition_count = 1, .limit = most, .long_texts = true, .many = true, .expected = -1};
  return rows_read(request, &query, scope, rows);
}

/* ---- labels ---- */

static struct label_set *label_set_of(struct labels *labels, const struct record_type *type) {
  for (size_t i = 0; i < labels->set_count; i++)
    if (labels->sets[i].type == type) return &labels->sets[i];
  if (!type || labels->set_count == sizeof labels->sets / sizeof *labels->sets) return NULL;
  labels->sets[labels->set_count] = (struct label_set){.type = type};
  return &labels->sets[labels->set_count++];
}

void labels_want(struct labels *labels, enum record_id type, int64_t id) {
  struct label_set *set = id > 0 ? label_set_of(labels, record_type(type)) : NULL;
  if (!set) return;
  for (size_t i = set->count; i-- > 0;)
    if (set->ids[i] == id) return;
  ARENA_ROOM(labels->arena, set->ids, set->count, set->room, 32);
  set->ids[set->count++] = id;
}

static bool named_to_all(const struct record_type *type) {
  return type->id == RECORD_UNIT || type->id == RECORD_USER || type->id == RECORD_CAMPAIGN || type->id == RECORD_POLICY;
}

struct naming { struct json *json; };

static bool label_take(void *with, const struct row *row) {
  struct naming *naming = with;
  const struct field *title = record_field(row->type, row->type->title);
  char key[24];
  snprintf(key, sizeof key, "%lld", (long long)row->id);
  if (title && field_is_text(title) && title->type != F_CONTACT) json_pair(naming->json, key, row_text(row, title->id));
  return true;
}

enum store_error labels_write(struct request *request, struct json *json, struct labels *labels) {
  struct naming naming = {json};
  enum store_error error = STORE_OK;
  json_key(json, "labels");
  json_open(json, '{');
  for (size_t i = 0; i < labels->set_count && error == STORE_OK; i++) {
    const struct label_set *set = &labels->sets[i];
    const struct scope *scope = named_to_all(set->type) ? &SCOPE_SYSTEM : request_scope(request, set->type, MAY_READ);
    json_key(json, set->type->name);
    json_open(json, '{');
    for (size_t from = 0; from < set->count && error == STORE_OK; from += LABELS_AT_ONCE) {
      size_t count = set->count - from < LABELS_AT_ONCE ? set->count - from : LABELS_AT_ONCE;
      struct query query = {.type = set->type, .ids = set->ids + from, .id_count = count, .only_ids = true, .with_voided = true, .expected = (int64_t)count};
      error = reader_list(request->reader, &query, scope, request->arena, label_take, &naming);
    }
    json_close(json, '}');
  }
  json_close(json, '}');
  return error;
}

/* ---- values ---- */

static void choices_write(struct json *json, const struct field *field, int64_t bits) {
  json_open(json, '[');
  for (const struct choice *choice = field->choices; choice && choice->name; choice++)
    if (bits & (int64_t)(UINT64_C(1) << choice->code)) json_text(json, choice->name);
  json_close(json, ']');
}

static void point_write(struct json *json, struct arena *arena, int64_t value) {
  int64_t latitude = (value >> 32) - 90000000, longitude = (value & 0xffffffff) - 180000000;
  json_open(json, '{');
  json_key(json, "lat");
  json_raw(json, arena_print(arena, "%.6f", (double)latitude / 1e6));
  json_key(json, "lon");
  json_raw(json, arena_print(arena, "%.6f", (double)longitude / 1e6));
  json_close(json, '}');
}

static void choice_write(struct json *json, const struct field *field, int64_t code) {
  const struct choice *choice = field_choice(field, code);
  json_text(json, choice ? choice->name : NULL);
}

static void integer_write(struct request *request, struct json *json, const struct field *field, int64_t integer, struct labels *labels) {
  struct arena *arena = request->arena;
  switch (field->type) {
  case F_DECIMAL: json_text(json, text_from_decimal(arena, integer, 4)); break;
  case F_MONEY: json_text(json, text_from_decimal(arena, integer, 2)); break;
  case F_DATE: json_text(json, date_print(arena, integer)); break;
  case F_MOMENT: json_text(json, moment_print(arena, integer)); break;
  case F_CHOICE: choice_write(json, field, integer); break;
  case F_CHOICES: choices_write(json, field, integer); break;
  case F_YES_NO: json_yes_no(json, integer != 0); break;
  case F_POINT: point_write(json, arena, integer); break;
  case F_REFERENCE:
    if (labels) labels_want(labels, field->target, integer);
    json_integer(json, integer);
    break;
  default: json_integer(json, integer);
  }
}

static char *contact_shown(struct request *request, const char *sealed) {
  char *plain = secret_open_any(request->arena, request->house->contact_key, sealed);
  return plain ? contact_mask(request->arena, plain) : arena_text(request->arena, "***");
}

void value_write(struct request *request, struct json *json, const struct field *field, const struct value *value, struct labels *labels) {
  assert(value->kind != VALUE_UNREAD && "a field that the list did not read is shown");
  if (value->kind == VALUE_TEXT && field->type == F_CONTACT) json_text(json, value->size ? contact_shown(request, value->text) : NULL);
  else if (value->kind == VALUE_TEXT) json_text_sized(json, value->text, value->size);
  else if (value->kind == VALUE_INTEGER && value->integer != NOTHING) integer_write(request, json, field, value->integer, labels);
  else if (value->kind == VALUE_MANY) {
    json_open(json, '[');
    for (size_t i = 0; i < value->count; i++) {
      if (labels) labels_want(labels, field->target, value->many[i]);
      json_integer(json, value->many[i]);
    }
    json_close(json, ']');
  } else json_null(json);
}

bool field_shown(const struct request *request, const struct field *field) {
  return !(field->flags & (FIELD_HIDDEN | FIELD_RETIRED)) && field_readable(request->authority, field);
}

static void why_write(struct request *request, struct json *json, const struct row *row) {
  if (row->type->id != RECORD_PROBLEM) return;
  struct judgement judgement = colour_of_row(row, request_now(request));
  if (judgement.colour != COLOUR_NONE) json_pair(json, "why", request_label(request, colour_sentence(request->arena, &judgement)));
}

void record_write(struct request *request, struct json *json, const struct row *row, unsigned flags, struct labels *labels) {
  const struct record_type *type = row->type;
  const struct state_name *state = record_state(type, row->state);
  json_open(json, '{');
  json_pair_integer(json, "id", row->id);
  json_pair_integer(json, "version", row->version);
  if (type->states) json_pair(json, "state", state ? state->name : NULL);
  json_pair(json, "created", moment_print(request->arena, row->created));
  json_pair(json, "changed", moment_print(request->arena, row->changed));
  json_pair_integer(json, "entry", row->entry);
  json_pair_yes_no(json, "voided", row->voided);
  for (size_t i = 0; i < type->field_count; i++) {
    const struct field *field = &type->fields[i];
    if (!field_shown(request, field)) continue;
    if ((flags & OUT_SPARSE) && !value_filled(&row->values[i])) continue;
    if ((flags & OUT_SHORT) && field->id != type->title && !(field->flags & (FIELD_LISTED | FIELD_TALLIED))) continue;
    if (row->values[i].kind == VALUE_NOTHING) json_name_null(json, field->name);
    else {
      json_name(json, field->name);
      value_write(request, json, field, &row->values[i], labels);
    }
  }
  if (flags & OUT_WHY) why_write(request, json, row);
  json_close(json, '}');
}

/* ---- colour ---- */

/* A colour set by hand stands beside the computed one; NULL row: none is known (a past moment, a draft policy). */
static void hand_write(struct request *request, struct json *json, const struct row *row) {
  int64_t colour = row ? row_integer(row, PROBLEM_HAND_COLOUR) : NOTHING,
          until = row ? row_integer(row, PROBLEM_HAND_COLOUR_UNTIL) : NOTHING;
  /* over, even if the clock has yet to lift it */
  if (colour == NOTHING || (until != NOTHING && until < date_of_moment(request_now(request)))) return;
  json_key(json, "hand");
  json_open(json, '{');
  json_pair(json, "colour", colour_name(colour));
  json_pair(json, "label", request_label(request, colour_label(colour)));
  json_pair(json, "until", until == NOTHING ? NULL : date_print(request->arena, until));
  json_pair(json, "why", row_text(row, PROBLEM_HAND_COLOUR_WHY));
  json_close(json, '}');
}

static void judgement_members(struct request *request, struct json *json, const struct judgement *judgement) {
  json_pair(json, "colour", colour_name(judgement->colour));
  json_pair(json, "label", request_label(request, colour_label(judgement->colour)));
  json_pair(json, "rule", colour_rule_name(judgement->rule));
  json_pair(json, "rule_label", request_label(request, colour_rule_label(judgement->rule)));
  json_pair(json, "why", request_label(request, colour_sentence(request->arena, judgement)));
  json_pair(json, "change", request_label(request, colour_change_sentence(request->arena, judgement)));
  json_pair(json, "since", judgement->since == NOTHING ? NULL : moment_print(request->arena, judgement->since));
  json_pair(json, "next", judgement->next == NOTHING ? NULL : moment_print(request->arena, judgement->next));
}

void judgement_write(struct request *request, struct json *json, const struct judgement *judgement) {
  json_open(json, '{');
  judgement_members(request, json, judgement);
  json_close(json, '}');
}

void colour_write(struct request *request, struct json *json, const struct row *row) {
  struct judgement judgement;
  if (row->type->id != RECORD_PROBLEM) return;
  json_key(json, "colour");
  judgement = colour_of_row(row, request_now(request));
  if (!json_open_or_null(json, judgement.colour != COLOUR_NONE)) return;
  judgement_members(request, json, &judgement);
  hand_write(request, json, row);
  json_close(json, '}');
}
