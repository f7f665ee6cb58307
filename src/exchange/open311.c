/* Open311 beside the records: its setting, its services, and what comes in (open311.h). */
#include "exchange/open311.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/room.h"

#define SETTING "open311"

/* ---- the setting ---- */

enum store_error open311_settings_read(struct store *store, struct arena *arena, struct open311_settings *settings) {
  char *text = NULL;
  enum store_error error = side_get(store, SIDE_SETTING, SETTING, arena, &text);
  *settings = (struct open311_settings){0};
  if (error) return error;
  json_t *json = json_loads(text, 0, NULL);
  const char *jurisdiction = json_string_value(json_object_get(json, "jurisdiction"));
  settings->campaign = json_integer_value(json_object_get(json, "campaign"));
  settings->jurisdiction = jurisdiction ? arena_text(arena, jurisdiction) : NULL;
  settings->batch = json_is_true(json_object_get(json, "batch"));
  json_decref(json);
  return settings->campaign > 0 ? STORE_OK : STORE_BROKEN;
}

enum store_error open311_settings_write(struct store *store, const struct open311_settings *settings, struct arena *arena) {
  json_t *json = json_pack("{s:I, s:s?, s:b}", "campaign", (json_int_t)settings->campaign, "jurisdiction", settings->jurisdiction, "batch", (int)settings->batch);
  char *text = json ? json_dumps(json, JSON_COMPACT) : NULL, *kept = text ? arena_text(arena, text) : NULL;
  free(text);
  json_decref(json);
  return kept ? side_put(store, SIDE_SETTING, SETTING, kept, 0) : STORE_BROKEN;
}

enum store_error open311_settings_remove(struct store *store) {
  enum store_error error = side_remove(store, SIDE_SETTING, SETTING);
  return error == STORE_ABSENT ? STORE_OK : error;
}

/* ---- services ---- */

struct offering { struct reader *reader; struct arena *arena; struct open311_services *services; size_t room; enum store_error error; };

static const char *group_of(struct offering *offering, const struct row *category) {
  int64_t parent = row_integer(category, CATEGORY_PARENT);
  struct row *row = NULL;
  enum store_error error = parent != NOTHING ? reader_get(offering->reader, category->type, &SCOPE_SYSTEM, parent, offering->arena, &row)
                                             : STORE_ABSENT;
  if (!error) return row_text(row, CATEGORY_NAME);
  if (error != STORE_ABSENT) offering->error = error;
  const struct choice *under = field_choice(record_field(category->type, CATEGORY_UNDER), row_integer(category, CATEGORY_UNDER));
  return under ? under->label.zh : "";
}

static const char *copied(struct arena *arena, const char *text) { return arena_text(arena, text ? text : ""); }

static bool service_take(void *with, const struct row *row) {
  struct offering *offering = with;
  struct open311_services *services = offering->services;
  struct label wrong;
  ARENA_ROOM(offering->arena, services->items, services->count, offering->room, 32);
  struct open311_service *service = &services->items[services->count++];
  *service = (struct open311_service){.category = row->id,
                                      .code = copied(offering->arena, row_text(row, CATEGORY_CODE)),
                                      .name = copied(offering->arena, row_text(row, CATEGORY_NAME)),
                                      .description = copied(offering->arena, row_text(row, CATEGORY_EXPLANATION)),
                                      .group = group_of(offering, row)};
  service_questions(offering->arena, row_text(row, CATEGORY_QUESTIONS), &service->questions, &service->question_count, &wrong);
  return !offering->error;
}

enum store_error open311_services(struct reader *reader, const struct open311_settings *settings, struct arena *arena, struct open311_services *services) {
  struct value campaign = value_integer(CATEGORY_CAMPAIGN, settings->campaign), offered = value_integer(CATEGORY_SERVICE, 1), active = value_integer(FIELD_STATE, FORCE_ACTIVE);
  struct condition conditions[] = {{.field = CATEGORY_CAMPAIGN, .how = C_IS, .values = &campaign, .count = 1}, {.field = CATEGORY_SERVICE, .how = C_IS, .values = &offered, .count = 1},
                                   {.field = FIELD_STATE, .how = C_IS, .values = &active, .count = 1}};
  struct query query = {.type = record_type(RECORD_CATEGORY), .conditions = conditions, .condition_count = 3, .sort = CATEGORY_ORDER, .limit = OPEN311_MOST, .long_texts = true, .expected = -1};
  struct offering offering = {.reader = reader, .arena = arena, .services = services};
  *services = (struct open311_services){0};
  enum store_error error = reader_list(reader, &query, &SCOPE_SYSTEM, arena, service_take, &offering);
  return error ? error : offering.error;
}

const struct open311_service *open311_service(const struct open311_services *services, const char *code) {
  for (size_t i = 0; i < services->count; i++)
    if (strcmp(services->items[i].code, code) == 0) return &services->items[i];
  return NULL;
}

/* ---- taking one in ---- */

/* A line that names it: the beginning of what was said, else the service. */
static const char *title_of(struct arena *arena, const struct open311_post *post) {
  const char *text = post->description ? text_clean(arena, post->description, false) : "";
  size_t at = 0, width;
  for (size_t points = 0; text[at] && points < 60; points++) {
    text_next(text + at, &width);
    at += width;
  }
  if (!at) return post->service->name;
  return text[at] ? arena_print(arena, "%.*s…", (int)at, text) : text;
}

static void member(json_t *row, const char *name, const char *text) {
  if (text && *text) json_object_set_new(row, name, json_string(text));
}

static const char *degrees(struct arena *arena, int64_t millionths) { return text_from_decimal(arena, millionths, 6); }

/* Every member has a name of ours: a mapping may rename columns of files, not these. */
static json_t *row_of(struct arena *arena, const struct open311_post *post) {
  json_t *row = json_object();
  member(row, "number", post->token);
  member(row, "title", title_of(arena, post));
  member(row, "text", post->description);
  member(row, "made_at", moment_print(arena, post->now));
  member(row, "category", post->service->name);
  member(row, "place", post->address);
  member(row, "person", post->person);
  member(row, "phone", post->contact);
  member(row, "details", post->details);
  if (post->located) member(row, "point", arena_print(arena, "%s,%s", degrees(arena, post->latitude), degrees(arena, post->longitude)));
  return row;
}

enum store_error open311_stage(struct reader *reader, const struct authority *authority, const struct open311_post *post, struct arena *arena, struct import_staged **staged) {
  struct value *more = ARENA_ARRAY(arena, struct value, 3);
  more[0] = value_integer(APPEAL_SERVICE, post->service->category);
  more[1] = value_integer(APPEAL_SENT_BY, post->user);
  more[2] = value_integer(APPEAL_ORIGIN, ORIGIN_ONLINE);
  struct import_options options = {.type = record_type(RECORD_APPEAL), .mapping = OPEN311_SOURCE, .any_name = true, .channel = CHANNEL_OPEN311, .more = more, .more_count = 3,
                                   .now = post->now, .base_line = post->base_line, .contact_key = post->contact_key};
  json_t *rows = json_pack("[o]", row_of(arena, post));
  char *text = rows ? json_dumps(rows, JSON_COMPACT) : NULL;
  enum store_error error = text ? import_stage(reader, authority, &options, text, strlen(text), arena, staged) : STORE_BROKEN;
  free(text);
  json_decref(rows);
  return error;
}

struct tokened { int64_t id; state_code state; };

static bool tokened_take(void *with, const struct row *row) {
  *(struct tokened *)with = (struct tokened){row->id, row->state};
  return false;
}

enum store_error open311_by_token(struct reader *reader, const char *token, struct arena *arena, int64_t *id, bool *taken_up) {
  struct value key = value_text(APPEAL_SOURCE_KEY, arena_print(arena, OPEN311_SOURCE ":%s", token));
  struct condition is = {.field = APPEAL_SOURCE_KEY, .how = C_IS, .values = &key, .count = 1};
  struct query query = {.type = record_type(RECORD_APPEAL), .conditions = &is, .condition_count = 1, .limit = 1, .expected = 1};
  struct tokened found = {0};
  enum store_error error = reader_list(reader, &query, &SCOPE_SYSTEM, arena, tokened_take, &found);
  *id = found.id;
  *taken_up = found.state != APPEAL_RECEIVED;
  return error ? error : found.id ? STORE_OK : STORE_ABSENT;
}
