/* Which appeals are seen over Open311, and what of them: the released words and place, where it stands, who deals with it. */
#include <string.h>

#include "base/room.h"
#include "exchange/open311.h"

/* Nothing above open is in this scope, whatever else is asked of the store. */
static const struct grant_scope OPEN_GRANT = {.relation = RELATION_ANY, .all = true, .secrecy = SECRECY_OPEN};
static const struct scope OPEN_SCOPE = {.grants = &OPEN_GRANT, .grant_count = 1};

/* Names of services and units, each looked up once an answer. */
struct name { enum record_id type; int64_t id; const char *name, *code; };
struct showing {
  struct reader *reader; struct arena *arena; const struct open311_question *question;
  struct name names[256]; size_t name_count;
  size_t seen, given; open311_sink *sink; void *with; enum store_error error;
};

static const struct name *name_of(struct showing *showing, enum record_id type, int64_t id, uint16_t title, uint16_t code) {
  static const struct name NONE = {0};
  struct row *row = NULL;
  if (id == NOTHING) return &NONE;
  for (size_t i = 0; i < showing->name_count; i++)
    if (showing->names[i].type == type && showing->names[i].id == id) return &showing->names[i];
  if (showing->name_count == sizeof showing->names / sizeof *showing->names) showing->name_count = 0;
  enum store_error error = reader_get(showing->reader, record_type(type), &SCOPE_SYSTEM, id, showing->arena, &row);
  if (error && error != STORE_ABSENT) showing->error = error;
  struct name *name = &showing->names[showing->name_count++];
  *name = (struct name){type, id, row ? row_text(row, title) : NULL, row && code ? row_text(row, code) : NULL};
  return name;
}

static const char *text_of(struct showing *showing, const struct row *row, uint16_t field) {
  const char *text = row_text(row, field);
  return text ? arena_text(showing->arena, text) : NULL;
}

/* ---- where it stands ---- */

static bool is_closed(const struct record_type *type, state_code code) {
  const struct state_name *state = record_state(type, code);
  return state && state->end;
}

/* Each change of state, with its moment; nobody's words. */
struct story { struct showing *showing; struct open311_request *request; state_code last; size_t room; };

static bool story_take(void *with, const struct entry *entry) {
  struct story *story = with;
  const struct state_name *state = record_state(record_type(RECORD_APPEAL), entry->state);
  if (entry->kind != ENTRY_CHANGE || !state || entry->state == story->last) return true;
  struct open311_request *request = story->request;
  ARENA_ROOM(story->showing->arena, request->notes, request->note_count, story->room, 8);
  request->notes[request->note_count++] = (struct open311_note){entry->happened != NOTHING ? entry->happened : entry->moment, state->name,
                                                                state->label};
  if (state->end) request->updated = entry->moment; /* of what is closed: when it was */
  story->last = entry->state;
  return true;
}

static void stands(struct showing *showing, const struct row *row, bool with_story, struct open311_request *request) {
  const struct state_name *state = record_state(row->type, row->state);
  const struct name *service = name_of(showing, RECORD_CATEGORY, row_integer(row, APPEAL_SERVICE), CATEGORY_NAME, CATEGORY_CODE);
  int64_t due = row_integer(row, APPEAL_DUE);
  *request = (struct open311_request){.id = row->id,
                                      .closed = is_closed(row->type, row->state),
                                      .service_code = service->code,
                                      .service_name = service->name,
                                      .requested = row_integer(row, APPEAL_MADE_AT),
                                      .updated = row->changed,
                                      .expected = due == NOTHING ? NOTHING : moment_of_date(due + 1) - MOMENT_SECOND,
                                      .point = NOTHING,
                                      .state = state ? state->name : NULL,
                                      .state_label = state ? state->label : (struct label){0},
                                      .shown_on = row_integer(row, APPEAL_SHOWN_ON)};
  request->agency = name_of(showing, RECORD_UNIT, row_integer(row, APPEAL_UNIT), UNIT_NAME, 0)->name;
  struct story story = {.showing = showing, .request = request};
  enum store_error error = with_story || request->closed ? reader_history(showing->reader, RECORD_APPEAL, row->id, story_take, &story)
                                                         : STORE_OK;
  if (error) showing->error = error;
  if (!with_story) request->note_count = 0;
}

static void request_fill(struct showing *showing, const struct row *row, struct open311_request *request) {
  stands(showing, row, showing->question->notes, request);
  if (!request->service_name) request->service_name = text_of(showing, row, APPEAL_CATEGORY);
  request->status_notes = text_of(showing, row, APPEAL_PUBLIC_ANSWER);
  request->description = text_of(showing, row, APPEAL_PUBLIC_TEXT);
  request->address = text_of(showing, row, APPEAL_PUBLIC_PLACE);
  request->point = row_integer(row, APPEAL_PUBLIC_POINT);
}

/* ---- which ---- */

/* Asked again of each row: no index or condition decides alone what goes out. */
static bool may_be_seen(const struct row *row) {
  return row_integer(row, APPEAL_SHOWN) == 1 && row_integer(row, APPEAL_SECRECY) == SECRECY_OPEN && row_integer(row, APPEAL_WHISTLE) != 1 &&
         row_integer(row, APPEAL_KIND) != APPEAL_KIND_REPORT && !row->voided;
}

static bool row_take(void *with, const struct row *row) {
  struct showing *showing = with;
  struct open311_request request;
  if (!may_be_seen(row) || showing->seen++ < (showing->question->page - 1) * showing->question->page_size) return true;
  request_fill(showing, row, &request);
  showing->given++;
  return !showing->error && showing->sink(showing->with, &request) && showing->given < showing->question->page_size;
}

struct asked { struct condition conditions[6]; size_t count; struct value values[6]; };

static void ask(struct asked *asked, uint16_t field, enum comparison how, int64_t value) {
  asked->values[asked->count] = value_integer(field, value);
  asked->conditions[asked->count] = (struct condition){.field = field, .how = how, .values = &asked->values[asked->count], .count = 1};
  asked->count++;
}

static void ask_states(struct asked *asked, const struct record_type *type, bool closed, struct arena *arena) {
  struct value *states = ARENA_ARRAY(arena, struct value, 64);
  size_t count = 0;
  for (const struct state_name *state = type->states; state->name && count < 64; state++)
    if (state->end == closed) states[count++] = value_integer(FIELD_STATE, state->code);
  asked->conditions[asked->count++] = (struct condition){.field = FIELD_STATE, .how = C_IN, .values = states, .count = count};
}

struct coded { const char *codes; struct value *ids; size_t count, room; };

static bool code_among(const char *codes, const char *code) {
  size_t size = code ? strlen(code) : 0;
  for (const char *at = codes; size && *at;) {
    size_t part = strcspn(at, ",");
    if (part == size && memcmp(at, code, size) == 0) return true;
    at += part + (at[part] == ',');
  }
  return false;
}

static bool coded_take(void *with, const struct row *row) {
  struct coded *coded = with;
  if (coded->count < coded->room && code_among(coded->codes, row_text(row, CATEGORY_CODE)))
    coded->ids[coded->count++] = value_integer(APPEAL_SERVICE, row->id);
  return true;
}

/* Categories of these codes, retired ones as well: what came in under them can still be asked for. */
static enum store_error ask_services(struct showing *showing, struct asked *asked, bool *none) {
  struct coded coded = {.codes = showing->question->codes, .ids = ARENA_ARRAY(showing->arena, struct value, 500), .room = 500};
  struct query query = {.type = record_type(RECORD_CATEGORY), .expected = -1};
  if (!coded.codes) return STORE_OK;
  enum store_error error = reader_list(showing->reader, &query, &SCOPE_SYSTEM, showing->arena, coded_take, &coded);
  *none = coded.count == 0;
  asked->conditions[asked->count++] = (struct condition){.field = APPEAL_SERVICE, .how = C_IN, .values = coded.ids, .count = coded.count};
  return error;
}

enum store_error open311_requests(struct reader *reader, const struct open311_question *question, struct arena *arena, open311_sink *sink, void *with) {
  struct showing *showing = ARENA_NEW(arena, struct showing);
  struct asked asked = {.count = 0};
  bool none = false;
  *showing = (struct showing){.reader = reader, .arena = arena, .question = question, .sink = sink, .with = with};
  struct query query = {.type = record_type(RECORD_APPEAL), .sort = APPEAL_MADE_AT, .descending = true, .long_texts = true, .limit = question->page * question->page_size, .expected = -1};
  ask(&asked, APPEAL_SHOWN, C_IS, 1);
  if (question->id_count) query.ids = question->ids, query.id_count = question->id_count, query.only_ids = true;
  else {
    ask(&asked, APPEAL_MADE_AT, C_AT_LEAST, question->from);
    ask(&asked, APPEAL_MADE_AT, C_AT_MOST, question->to);
    if (question->open != question->closed) ask_states(&asked, query.type, question->closed, arena);
    enum store_error error = ask_services(showing, &asked, &none);
    if (error || none) return error;
  }
  query.conditions = asked.conditions;
  query.condition_count = asked.count;
  enum store_error error = reader_list(reader, &query, &OPEN_SCOPE, arena, row_take, showing);
  return error ? error : showing->error;
}

enum store_error open311_own(struct reader *reader, int64_t id, int64_t user, struct arena *arena, struct open311_request *request) {
  struct showing *showing = ARENA_NEW(arena, struct showing);
  struct row *row = NULL;
  *showing = (struct showing){.reader = reader, .arena = arena};
  enum store_error error = reader_get(reader, record_type(RECORD_APPEAL), &SCOPE_SYSTEM, id, arena, &row);
  if (!error && (row->voided || row_integer(row, APPEAL_SENT_BY) != user)) error = STORE_ABSENT;
  if (error) return error;
  stands(showing, row, false, request);
  return showing->error;
}
