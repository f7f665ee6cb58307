/* Reading what GeoReport v2 servers answer (georeport.h). XML by expat: no document types, so no entities to blow up. JSON is cut into its
   values, of which only texts and numbers that we keep are parsed. Flat records only, in both: what is nested in one costs nothing. */
#include "exchange/json_cut.h"

#include "exchange/georeport.h"

#include <expat.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/room.h"

#define DEPTH_MOST 64u
#define VALUE_MOST ((size_t)1 << 20) /* bytes of one text */
#define ERROR_MOST ((size_t)64 << 10) /* bytes of a refusal that is read */

static const struct { const char *name; size_t at; } MEMBERS[] = {
  {"service_request_id", offsetof(struct georeport, id)}, {"status", offsetof(struct georeport, status)}, {"status_notes", offsetof(struct georeport, status_notes)},
  {"service_name", offsetof(struct georeport, service_name)}, {"service_code", offsetof(struct georeport, service_code)}, {"description", offsetof(struct georeport, description)},
  {"agency_responsible", offsetof(struct georeport, agency)}, {"requested_datetime", offsetof(struct georeport, requested)}, {"updated_datetime", offsetof(struct georeport, updated)},
  {"expected_datetime", offsetof(struct georeport, expected)}, {"address", offsetof(struct georeport, address)}, {"lat", offsetof(struct georeport, latitude)},
  {"long", offsetof(struct georeport, longitude)}, {"media_url", offsetof(struct georeport, media)}};
enum { MEMBER_COUNT = sizeof MEMBERS / sizeof *MEMBERS };

static const char **member_of(struct georeport *request, const char *name) {
  for (size_t i = 0; i < MEMBER_COUNT; i++)
    if (strcmp(MEMBERS[i].name, name) == 0) return (const char **)(void *)((char *)request + MEMBERS[i].at);
  return NULL;
}

static struct georeport *request_add(struct arena *arena, struct georeports *requests) {
  ARENA_ROOM(arena, requests->items, requests->count, requests->room, 128);
  struct georeport *request = &requests->items[requests->count++];
  for (size_t i = 0; i < MEMBER_COUNT; i++) *member_of(request, MEMBERS[i].name) = "";
  return request;
}

static bool refuse(struct label *wrong, struct label why) {
  *wrong = why;
  return false;
}

/* Controls that no text of ours may hold become U+FFFD: the rest of the words is kept. */
static const char *text_kept(struct arena *arena, const char *text) {
  if (!text_has_control(text)) return arena_text(arena, text);
  struct buffer out = {.arena = arena};
  size_t width;
  for (; *text; text += width) {
    uint32_t point = text_next(text, &width);
    bool control = (point < 0x20 && point != '\n' && point != '\r' && point != '\t') || (point >= 0x7F && point < 0xA0);
    if (control) buffer_text(&out, "\xEF\xBF\xBD");
    else buffer_add(&out, text, width);
  }
  return out.bytes;
}

/* ---- JSON ---- */

static const char *json_member(struct arena *arena, json_t *value) {
  char *text = NULL;
  const char *kept = "";
  if (json_is_string(value)) return text_kept(arena, json_string_value(value));
  if (json_is_number(value) || json_is_boolean(value)) text = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
  if (text) kept = arena_text(arena, text);
  free(text);
  return kept;
}

struct listing {
  struct arena *arena;
  struct georeports *requests;
  struct georeport *request;
  size_t list /* where it begins */;
  size_t named /* by which of NAMES; at first none */;
};
static const char *const NAMES[] = {"service_requests", "requests", "data"}; /* of the list in an object around it, in the order in which they are believed */
enum { NAME_COUNT = sizeof NAMES / sizeof *NAMES };

static bool around_pass(struct json_cut *cut, const char *name, void *with) {
  struct listing *listing = with;
  size_t which = 0;
  while (which < NAME_COUNT && strcmp(NAMES[which], name) != 0) which++;
  if (json_cut_next(cut) == '[' && which < listing->named) {
    listing->named = which;
    listing->list = cut->at;
  }
  json_cut_pass(cut);
  return true;
}

/* The standard's array, or an object that holds it. */
static bool list_find(struct json_cut *cut, struct listing *listing) {
  bool around = json_cut_next(cut) == '{';
  listing->named = NAME_COUNT;
  listing->list = cut->at;
  if (around && !json_cut_members(cut, around_pass, listing)) return false;
  if (!around) json_cut_pass(cut);
  if (!json_cut_end(cut)) return false;
  cut->at = listing->list;
  return json_cut_next(cut) == '[' || json_cut_refuse(cut, (struct label){"答复里没有诉求的清单", "the answer holds no list of requests"});
}

static bool member_take(struct json_cut *cut, const char *name, void *with) {
  struct listing *listing = with;
  const char **member = member_of(listing->request, name);
  char first = json_cut_next(cut);
  if (!member || first == '{' || first == '[') {
    json_cut_pass(cut);
    return true;
  }
  json_t *value = json_cut_value(cut);
  if (value) *member = json_member(listing->arena, value);
  json_decref(value);
  return value != NULL;
}

static bool request_take(struct json_cut *cut, size_t number, void *with) {
  struct listing *listing = with;
  if (number > GEOREPORT_ITEMS_MOST) return json_cut_refuse(cut, (struct label){"一次答复里的诉求太多", "too many requests in one answer"});
  if (json_cut_next(cut) != '{') {
    json_t *other = json_cut_value(cut); /* what is no object is no request */
    json_decref(other);
    return other != NULL;
  }
  listing->request = request_add(listing->arena, listing->requests);
  return json_cut_members(cut, member_take, listing);
}

static bool json_take(struct arena *arena, const char *bytes, size_t size, struct georeports *requests, struct label *wrong) {
  struct json_cut cut = {.bytes = bytes, .size = size, .arena = arena, .value_most = VALUE_MOST};
  struct listing listing = {.arena = arena, .requests = requests};
  bool good = list_find(&cut, &listing) && json_cut_items(&cut, SIZE_MAX, request_take, &listing);
  return good || refuse(wrong, (struct label){arena_print(arena, "答复没有读取:%s", cut.wrong.zh),
                                              arena_print(arena, "the answer was not read: %s", cut.wrong.en)});
}

/* ---- XML ---- */

struct feeding {
  XML_Parser parser; struct arena *arena; struct georeports *requests; struct label *wrong; bool refused;
  unsigned depth, within /* depth of <request>, 0 outside */; struct georeport *request; const char **member; struct buffer text;
};

static void stop(struct feeding *feeding, struct label why) {
  if (!feeding->refused) *feeding->wrong = why;
  feeding->refused = true;
  XML_StopParser(feeding->parser, XML_FALSE);
}

static void doctype_met(void *with, const XML_Char *name, const XML_Char *system, const XML_Char *public, int internal) {
  (void)name, (void)system, (void)public, (void)internal;
  stop(with, (struct label){"答复带有文档类型声明(DTD),未读取", "the answer carries a document type declaration and was not read"});
}

static void open_met(void *with, const XML_Char *name, const XML_Char **attributes) {
  struct feeding *feeding = with;
  (void)attributes;
  if (++feeding->depth > DEPTH_MOST) stop(feeding, (struct label){"答复嵌套太深,未读取", "the answer is nested too deeply and was not read"});
  if (!feeding->within && strcmp(name, "request") == 0) {
    if (feeding->requests->count == GEOREPORT_ITEMS_MOST) stop(feeding, (struct label){"一次答复里的诉求太多", "too many requests in one answer"});
    else feeding->request = request_add(feeding->arena, feeding->requests), feeding->within = feeding->depth;
  } else if (feeding->within && feeding->depth == feeding->within + 1) {
    feeding->member = member_of(feeding->request, name);
    buffer_clear(&feeding->text);
  }
}

static void close_met(void *with, const XML_Char *name) {
  struct feeding *feeding = with;
  (void)name;
  if (feeding->member && feeding->depth == feeding->within + 1) {
    *feeding->member = feeding->text.size ? text_kept(feeding->arena, feeding->text.bytes) : "";
    feeding->member = NULL;
  }
  if (feeding->depth == feeding->within) feeding->within = 0;
  feeding->depth--;
}

static void text_met(void *with, const XML_Char *text, int size) {
  struct feeding *feeding = with;
  if (feeding->member && feeding->depth == feeding->within + 1) buffer_add(&feeding->text, text, (size_t)size);
}

static bool xml_take(struct arena *arena, const char *bytes, size_t size, struct georeports *requests, struct label *wrong) {
  struct feeding feeding = {.parser = XML_ParserCreate(NULL), .arena = arena, .requests = requests, .wrong = wrong};
  if (!feeding.parser) heap_exhausted(1 << 16);
  XML_SetUserData(feeding.parser, &feeding);
  XML_SetElementHandler(feeding.parser, open_met, close_met);
  XML_SetCharacterDataHandler(feeding.parser, text_met);
  XML_SetStartDoctypeDeclHandler(feeding.parser, doctype_met);
  XML_SetParamEntityParsing(feeding.parser, XML_PARAM_ENTITY_PARSING_NEVER);
  bool good = XML_Parse(feeding.parser, bytes, (int)size, 1) != XML_STATUS_ERROR;
  if (!good && !feeding.refused)
    *wrong = label_print(arena, "答复不是 XML(第 %lu 行:%s)", "the answer is no XML (line %lu: %s)",
                         (unsigned long)XML_GetCurrentLineNumber(feeding.parser), XML_ErrorString(XML_GetErrorCode(feeding.parser)));
  XML_ParserFree(feeding.parser);
  buffer_free(&feeding.text);
  return good;
}

bool georeport_read(struct arena *arena, const char *bytes, size_t size, struct georeports *requests, struct label *wrong) {
  size_t at = size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  *requests = (struct georeports){0};
  while (at < size && bytes[at] && strchr(" \t\r\n", bytes[at])) at++;
  if (at == size) return refuse(wrong, (struct label){"答复是空的", "the answer is empty"});
  if (size > INT32_MAX) return refuse(wrong, (struct label){"答复太大", "the answer is too large"});
  return bytes[at] == '<' ? xml_take(arena, bytes + at, size - at, requests, wrong)
                          : json_take(arena, bytes + at, size - at, requests, wrong);
}

const char *georeport_error(struct arena *arena, const char *bytes, size_t size) {
  if (size > ERROR_MOST) return NULL;
  json_t *document = size ? json_loadb(bytes, size, 0, NULL) : NULL;
  const char *told = json_string_value(json_object_get(json_is_array(document) ? json_array_get(document, 0) : document, "description")),
             *kept = NULL;
  const char *open = !document && size ? memmem(bytes, size, "<description>", 13) : NULL,
             *close = open ? memmem(open, size - (size_t)(open - bytes), "</description>", 14) : NULL;
  if (told) kept = text_clean(arena, told, false);
  else if (close && text_valid(open + 13, (size_t)(close - open) - 13))
    kept = text_clean(arena, arena_copy(arena, open + 13, (size_t)(close - open) - 13), false);
  json_decref(document);
  return kept && text_length(kept) > 200 ? NULL : kept;
}

/* ---- rows ---- */

bool georeport_moment(struct arena *arena, const char *text, int64_t *moment) {
  char *clean = text_clean(arena, text, false);
  size_t size = strlen(clean);
  if (!strchr(clean, '-')) return false; /* all digits would be microseconds */
  if (moment_parse(clean, moment)) return true;
  bool zone = size > 6 && (clean[size - 5] == '+' || clean[size - 5] == '-') && strspn(clean + size - 4, "0123456789") == 4;
  if (zone) clean = arena_print(arena, "%.*s:%s", (int)(size - 2), clean, clean + size - 2); /* +0800 */
  char *blank = strrchr(clean, ' ');
  if (blank && (blank[1] == '+' || blank[1] == '-' || blank[1] == 'Z')) memmove(blank, blank + 1, strlen(blank));
  return moment_parse(clean, moment);
}

static const char *line_cut(struct arena *arena, const char *text, size_t most) {
  const char *clean = text_clean(arena, text, false);
  size_t at = 0, width;
  for (size_t points = 0; clean[at] && points < most; points++) {
    text_next(clean + at, &width);
    at += width;
  }
  return clean[at] ? arena_print(arena, "%.*s…", (int)at, clean) : clean;
}

/* Six decimals are enough; what is no degree is none. */
static bool degrees(struct arena *arena, const char *text, int64_t most, const char **shown) {
  int64_t millionths;
  const char *clean = text_clean(arena, text, false), *dot = strchr(clean, '.');
  if (strspn(clean, "+-0123456789.") != strlen(clean)) return false;
  if (dot && strlen(dot) > 7) clean = arena_copy(arena, clean, (size_t)(dot - clean) + 7);
  *shown = clean + (*clean == '+');
  return text_to_decimal(*shown, 6, &millionths) && millionths >= -most && millionths <= most;
}

/* A place that is none stays beside the address, as text. */
static void place_of(struct arena *arena, const struct georeport *request, json_t *row) {
  const char *latitude = "", *longitude = "", *address = line_cut(arena, request->address, 150);
  bool given = *request->latitude || *request->longitude;
  bool good = given && degrees(arena, request->latitude, 90000000, &latitude) && degrees(arena, request->longitude, 180000000, &longitude);
  if (given && !good)
    address = arena_print(arena, "%s（%s,%s）", address, line_cut(arena, request->latitude, 20), line_cut(arena, request->longitude, 20));
  json_object_set_new(row, "place", json_string(address));
  json_object_set_new(row, "point", good ? json_string(arena_print(arena, "%s,%s", latitude, longitude)) : json_null());
}

static json_t *row_of(struct arena *arena, const struct georeport *request, int64_t made) {
  json_t *row = json_object();
  int64_t expected;
  const char *title = *request->description ? request->description : *request->service_name ? request->service_name : request->id;
  json_object_set_new(row, "number", json_string(request->id));
  json_object_set_new(row, "title", json_string(line_cut(arena, title, 60)));
  json_object_set_new(row, "text", json_string(request->description));
  json_object_set_new(row, "made_at", json_string(moment_print(arena, made)));
  json_object_set_new(row, "category", json_string(line_cut(arena, request->service_name, 110)));
  json_object_set_new(row, "answer", json_string(request->status_notes));
  json_object_set_new(row, "source_state", json_string(line_cut(arena, request->status, 30)));
  json_object_set_new(row, "due",
                      georeport_moment(arena, request->expected, &expected) ? json_string(date_print(arena, date_of_moment(expected)))
                                                                            : json_null());
  json_object_set_new(row, "details",
                      json_string(*request->media ? arena_print(arena, "media_url：%s", line_cut(arena, request->media, 1000)) : ""));
  json_object_set_new(row, "service_code", json_string(request->service_code)); /* these two only where a mapping names them */
  json_object_set_new(row, "agency_responsible", json_string(request->agency));
  place_of(arena, request, row);
  return row;
}

size_t georeport_rows(struct arena *arena, const struct georeport *const *requests, size_t count, struct buffer *json) {
  json_t *rows = json_array();
  size_t left_out = 0;
  for (size_t i = 0; i < count; i++) {
    int64_t made;
    bool dated = georeport_moment(arena, requests[i]->requested, &made) || georeport_moment(arena, requests[i]->updated, &made);
    if (!*requests[i]->id || !dated) left_out++;
    else json_array_append_new(rows, row_of(arena, requests[i], made));
  }
  char *text = json_array_size(rows) ? json_dumps(rows, JSON_COMPACT | JSON_PRESERVE_ORDER) : NULL;
  if (text) buffer_text(json, text);
  free(text);
  json_decref(rows);
  return left_out;
}
