/* The OpenAPI 3.1 document, generated wholly from the routes and the declarations: one path a route, the general ones once for
   every record type, every field with its type, bounds and choices. Nothing is written here by hand that a table knows. */
#include <ctype.h>
#include <string.h>

#include "web/json_out.h"
#include "web/query.h"

struct document { struct json json; struct arena *arena; enum language language; };

static const char *said(const struct document *document, struct label label) { return label_in(label, document->language); }

/* ---- schemas ---- */

static const char *const FIELD_SCHEMAS[] = { /* members of the schema object, without what the field itself says */
  [F_TEXT] = "\"type\":[\"string\",\"null\"]",
  [F_LONG_TEXT] = "\"type\":[\"string\",\"null\"]",
  [F_INTEGER] = "\"type\":[\"integer\",\"null\"]",
  [F_DECIMAL] = "\"type\":[\"string\",\"null\"],\"pattern\":\"^-?[0-9]+(\\\\.[0-9]{1,4})?$\"",
  [F_MONEY] = "\"type\":[\"string\",\"null\"],\"pattern\":\"^-?[0-9]+(\\\\.[0-9]{1,2})?$\"",
  [F_DATE] = "\"type\":[\"string\",\"null\"],\"format\":\"date\"",
  [F_MOMENT] = "\"type\":[\"string\",\"null\"],\"format\":\"date-time\"",
  [F_WEIGHT] = "\"type\":[\"integer\",\"null\"],\"minimum\":0,\"maximum\":10000",
  [F_CHOICE] = "\"type\":[\"string\",\"null\"]",
  [F_CHOICES] = "\"type\":[\"array\",\"null\"]",
  [F_REFERENCE] = "\"type\":[\"integer\",\"null\"]",
  [F_REFERENCES] = "\"type\":[\"array\",\"null\"],\"items\":{\"type\":\"integer\"}",
  [F_YES_NO] = "\"type\":[\"boolean\",\"null\"]",
  [F_POINT] = "\"type\":[\"object\",\"null\"],\"properties\":{\"lat\":{\"type\":\"number\"},\"lon\":{\"type\":\"number\"}},\"required\":[\"lat\",\"lon\"]",
  [F_CONTACT] = "\"type\":[\"string\",\"null\"]",
  [F_FILE] = "\"type\":[\"string\",\"null\"],\"pattern\":\"^[0-9a-f]{64}$\"",
};
_Static_assert(sizeof FIELD_SCHEMAS / sizeof *FIELD_SCHEMAS == F_FILE + 1, "every field type has its schema");

static void choices_add(struct buffer *schema, const struct field *field) {
  bool several = field->type == F_CHOICES;
  buffer_text(schema, several ? ",\"items\":{\"enum\":[" : ",\"enum\":[");
  for (const struct choice *choice = field->choices; choice && choice->name; choice++)
    buffer_print(schema, "%s\"%s\"", choice == field->choices ? "" : ",", choice->name);
  buffer_text(schema, several ? "]}" : ",null]");
}

static void bounds_add(struct buffer *schema, const struct field *field) {
  bool text = field->type == F_TEXT || field->type == F_LONG_TEXT;
  if (text && field->least > 0) buffer_print(schema, ",\"minLength\":%lld", (long long)field->least);
  if (text && field->most > 0) buffer_print(schema, ",\"maxLength\":%lld", (long long)field->most);
  if (field->type == F_INTEGER && (field->least || field->most))
    buffer_print(schema, ",\"minimum\":%lld,\"maximum\":%lld", (long long)field->least, (long long)field->most);
}

static void field_schema(struct document *document, const struct field *field) {
  struct buffer schema = {.arena = document->arena};
  struct json title = json_to(&schema);
  const struct record_type *target = field->target ? record_type(field->target) : NULL;
  buffer_text(&schema, "{\"title\":");
  json_text(&title, said(document, field->label));
  buffer_print(&schema, ",%s", FIELD_SCHEMAS[field->type]);
  if (field->type == F_CHOICE || field->type == F_CHOICES) choices_add(&schema, field);
  bounds_add(&schema, field);
  if (field->flags & FIELD_DERIVED) buffer_text(&schema, ",\"readOnly\":true");
  if (target) buffer_print(&schema, ",\"x-target\":\"%s\"", target->name);
  buffer_text(&schema, "}");
  json_key(&document->json, field->name);
  json_raw(&document->json, schema.bytes);
}

static bool field_public(const struct field *field) { return !(field->flags & (FIELD_HIDDEN | FIELD_RETIRED)); }

static void state_schema(struct document *document, const struct record_type *type) {
  struct json *json = &document->json;
  json_key(json, "state");
  json_open(json, '{');
  json_key(json, "enum");
  json_open(json, '[');
  for (const struct state_name *state = type->states; state && state->name; state++) json_text(json, state->name);
  json_close(json, ']');
  json_close(json, '}');
}

static void record_schema(struct document *document, const struct record_type *type) {
  static const char *const system[][2] = {{"id", "{\"type\":\"integer\"}"},
                                          {"version", "{\"type\":\"integer\"}"},
                                          {"created", "{\"type\":\"string\",\"format\":\"date-time\"}"},
                                          {"changed", "{\"type\":\"string\",\"format\":\"date-time\"}"},
                                          {"entry", "{\"type\":\"integer\"}"},
                                          {"voided", "{\"type\":\"boolean\"}"}};
  struct json *json = &document->json;
  json_key(json, type->name);
  json_open(json, '{');
  json_pair(json, "title", said(document, type->label));
  json_pair(json, "type", "object");
  json_key(json, "properties");
  json_open(json, '{');
  for (size_t i = 0; i < sizeof system / sizeof *system; i++) {
    json_key(json, system[i][0]);
    json_raw(json, system[i][1]);
  }
  if (type->states) state_schema(document, type);
  for (size_t i = 0; i < type->field_count; i++)
    if (field_public(&type->fields[i])) field_schema(document, &type->fields[i]);
  json_close(json, '}');
  json_close(json, '}');
}

/* What may be given: a form of the type. */
static void form_schema(struct document *document, const struct record_type *type) {
  struct json *json = &document->json;
  json_key(json, arena_print(document->arena, "%s_form", type->name));
  json_open(json, '{');
  json_pair(json, "type", "object");
  json_key(json, "properties");
  json_open(json, '{');
  json_key(json, "values");
  json_open(json, '{');
  json_pair(json, "type", "object");
  json_key(json, "properties");
  json_open(json, '{');
  for (size_t i = 0; i < type->field_count; i++)
    if (field_public(&type->fields[i]) && !(type->fields[i].flags & FIELD_DERIVED)) field_schema(document, &type->fields[i]);
  json_close(json, '}');
  json_pair_yes_no(json, "additionalProperties", false);
  json_close(json, '}');
  json_key(json, "reason");
  json_raw(json, "{\"type\":[\"string\",\"null\"]}");
  json_close(json, '}');
  json_pair_yes_no(json, "additionalProperties", false);
  json_close(json, '}');
}

static const char *const COMMON_SCHEMAS[][2] = {
  {"outcome", "{\"type\":\"object\",\"properties\":{\"verdict\":{\"enum\":[\"done\",\"unchanged\",\"repeated\"]},\"entry\":{\"type\":\"integer\"},"
              "\"ids\":{\"type\":\"array\",\"items\":{\"type\":\"integer\"}},\"versions\":{\"type\":\"array\",\"items\":{\"type\":\"integer\"}},\"rehearsed\":{\"type\":\"boolean\"},\"journal\":{\"type\":\"integer\"}}}"},
  {"change_set", "{\"type\":\"object\",\"properties\":{\"changes\":{\"type\":\"array\",\"minItems\":1,\"maxItems\":1000,\"items\":{\"type\":\"object\",\"properties\":{\"type\":{\"type\":\"string\"},"
                 "\"action\":{\"type\":\"string\"},\"id\":{\"type\":\"integer\"},\"version\":{\"type\":\"integer\"},\"values\":{\"type\":\"object\"},\"reason\":{\"type\":[\"string\",\"null\"]}},"
                 "\"required\":[\"type\",\"action\"],\"additionalProperties\":false}}},\"required\":[\"changes\"],\"additionalProperties\":false}"},
  {"refusal", "{\"type\":\"object\",\"properties\":{\"type\":{\"type\":\"string\"},\"title\":{\"type\":\"string\"},\"status\":{\"type\":\"integer\"},\"code\":{\"type\":\"string\"},"
              "\"detail\":{\"type\":\"string\"},\"findings\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"change\":{\"type\":\"integer\"},\"field\":{\"type\":[\"string\",\"null\"]},"
              "\"code\":{\"type\":\"string\"},\"sentence\":{\"type\":\"string\"}}}},\"journal\":{\"type\":\"integer\"}}}"},
};

/* ---- paths ---- */

static char *path_of(struct arena *arena, const char *pattern, const struct record_type *type, const char *action) {
  struct buffer path = {.arena = arena};
  for (const char *at = pattern; *at;) {
    if (type && strncmp(at, "{plural}", 8) == 0) buffer_text(&path, type->plural), at += 8;
    else if (action && strncmp(at, "{action}", 8) == 0) buffer_text(&path, action), at += 8;
    else if (*at == '*') buffer_text(&path, "{path}"), at++;
    else buffer_byte(&path, *at++);
  }
  return path.bytes;
}

static void parameter_write(struct json *json, const char *name, const char *in, const char *schema) {
  json_open(json, '{');
  json_pair(json, "name", name);
  json_pair(json, "in", in);
  if (strcmp(in, "path") == 0) json_pair_yes_no(json, "required", true);
  json_key(json, "schema");
  json_raw(json, schema);
  json_close(json, '}');
}

static void parameters_write(struct document *document, const struct route *route, const char *path, const struct record_type *type) {
  struct json *json = &document->json;
  bool listing = type && strcmp(route->method, "GET") == 0 && !strstr(route->path, "{id}");
  json_key(json, "parameters");
  json_open(json, '[');
  if (strstr(path, "{id}")) parameter_write(json, "id", "path", "{\"type\":\"integer\"}");
  if (strstr(path, "{name}")) parameter_write(json, "name", "path", "{\"type\":\"string\"}");
  if (strstr(path, "{path}")) parameter_write(json, "path", "path", "{\"type\":\"string\"}");
  if (route->flags & ROUTE_WRITES) parameter_write(json, "X-CSRF-Token", "header", "{\"type\":\"string\"}");
  if ((route->flags & ROUTE_WRITES) && type) parameter_write(json, "Idempotency-Key", "header", "{\"type\":\"string\"}");
  if (strcmp(route->method, "PATCH") == 0) parameter_write(json, "If-Match", "header", "{\"type\":\"string\"}");
  if (strcmp(route->path, "/api/v1/search") == 0) {
    static const char *const names[] = {"q", "type", "unit", "from", "to", "sort", "after"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) parameter_write(json, names[i], "query", "{\"type\":\"string\"}");
    parameter_write(json, "limit", "query", "{\"type\":\"integer\",\"minimum\":1,\"maximum\":100}");
  }
  if (listing) {
    static const char *const names[] = {"q", "sort", "after", "unit", "ids"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) parameter_write(json, names[i], "query", "{\"type\":\"string\"}");
    parameter_write(json, "limit", "query", "{\"type\":\"integer\",\"minimum\":1,\"maximum\":200}");
    if (type->states) parameter_write(json, "state", "query", "{\"type\":\"string\"}");
    for (size_t i = 0; i < type->field_count; i++)
      if (field_public(&type->fields[i]) && (type->fields[i].flags & (FIELD_LISTED | FIELD_TALLIED)))
        parameter_write(json, type->fields[i].name, "query", "{\"type\":\"string\"}");
  }
  json_close(json, ']');
}

static void body_write_schema(struct document *document, const struct route *route, const struct record_type *type) {
  struct json *json = &document->json;
  const char *reference = type                              ? arena_print(document->arena, "%s_form", type->name)
                          : strstr(route->path, "/changes") ? "change_set"
                                                            : NULL;
  if (!(route->flags & (ROUTE_WRITES | ROUTE_PUBLIC)) || strcmp(route->method, "GET") == 0 || strcmp(route->method, "DELETE") == 0) return;
  json_key(json, "requestBody");
  if (route->flags & ROUTE_UPLOAD) json_raw(json, "{\"content\":{\"application/octet-stream\":{}}}");
  else if (reference)
    json_raw(json, arena_print(document->arena, "{\"content\":{\"application/json\":{\"schema\":{\"$ref\":\"#/components/schemas/%s\"}}}}",
                               reference));
  else json_raw(json, "{\"content\":{\"application/json\":{\"schema\":{\"type\":\"object\"}}}}");
}

static void responses_write(struct document *document, const struct route *route, const struct record_type *type) {
  struct json *json = &document->json;
  bool outcome = (type || strstr(route->path, "/changes")) && (route->flags & ROUTE_WRITES) && !strstr(route->path, "/reveal");
  bool created = strcmp(route->method, "POST") == 0 && type && !strstr(route->path, "{id}");
  bool one = type && strcmp(route->method, "GET") == 0 && strcmp(route->path, "/api/v1/{plural}/{id}") == 0;
  json_key(json, "responses");
  json_open(json, '{');
  json_key(json, created || (route->flags & ROUTE_UPLOAD) ? "201" : strcmp(route->method, "DELETE") == 0 ? "204" : "200");
  json_open(json, '{');
  json_pair(json, "description", said(document, route->summary));
  if (outcome) {
    json_key(json, "content");
    json_raw(json, "{\"application/json\":{\"schema\":{\"$ref\":\"#/components/schemas/outcome\"}}}");
  } else if (one) {
    json_key(json, "content");
    json_raw(json, arena_print(document->arena, "{\"application/json\":{\"schema\":{\"type\":\"object\",\"properties\":{\"record\":{\"$ref\":\"#/components/schemas/%s\"}}}}}", type->name));
  }
  json_close(json, '}');
  json_key(json, "default");
  json_raw(json, "{\"description\":\"RFC 9457\",\"content\":{\"application/problem+json\":{\"schema\":{\"$ref\":\"#/components/schemas/refusal\"}}}}");
  json_close(json, '}');
}

static char *operation_name(struct arena *arena, const char *method, const char *path) {
  struct buffer name = {.arena = arena};
  for (const char *at = method; *at; at++) buffer_byte(&name, (char)tolower((unsigned char)*at));
  for (const char *at = path; *at; at++)
    if (isalnum((unsigned char)*at)) buffer_byte(&name, *at);
    else if (name.bytes[name.size - 1] != '_') buffer_byte(&name, '_');
  return name.bytes;
}

static void operation_write(struct document *document, const struct route *route, const char *path, const struct record_type *type,
                            struct label summary) {
  struct json *json = &document->json;
  struct buffer method = {.arena = document->arena};
  for (const char *at = route->method; *at; at++) buffer_byte(&method, (char)tolower((unsigned char)*at));
  json_key(json, method.bytes);
  json_open(json, '{');
  json_pair(json, "operationId", operation_name(document->arena, route->method, path));
  json_pair(json, "summary",
            type ? arena_print(document->arena, "%s: %s", said(document, type->label), said(document, summary)) : said(document, summary));
  json_key(json, "tags");
  json_open(json, '[');
  json_text(json, type ? type->name : "general");
  json_close(json, ']');
  if (route->flags & ROUTE_PUBLIC) {
    json_key(json, "security");
    json_raw(json, "[]");
  }
  parameters_write(document, route, path, type);
  body_write_schema(document, route, type);
  responses_write(document, route, type);
  json_close(json, '}');
}

/* All methods of one path pattern; rows of the same pattern need not stand together. */
static void path_write(struct document *document, size_t first, const struct record_type *type, const char *action,
                       const struct label *summary) {
  char *path = path_of(document->arena, ROUTES[first].path, type, action);
  json_key(&document->json, path);
  json_open(&document->json, '{');
  for (size_t i = first; i < ROUTE_COUNT; i++)
    if (strcmp(ROUTES[i].path, ROUTES[first].path) == 0)
      operation_write(document, &ROUTES[i], path, type, summary ? *summary : ROUTES[i].summary);
  json_close(&document->json, '}');
}

/* One path an action that some state of the type offers. */
static void actions_write(struct document *document, size_t route, const struct record_type *type) {
  for (size_t i = 0; i < type->transition_count; i++) {
    const struct transition *arrow = &type->transitions[i];
    bool again = !arrow->from || arrow->action == ACTION_EDIT;
    for (size_t k = 0; k < i && !again; k++) again = type->transitions[k].from && type->transitions[k].action == arrow->action;
    if (!again) path_write(document, route, type, action_name(arrow->action), &arrow->label);
  }
}

static void paths_write(struct document *document) {
  json_key(&document->json, "paths");
  json_open(&document->json, '{');
  for (size_t i = 0; i < ROUTE_COUNT; i++) {
    bool again = false;
    for (size_t k = 0; k < i && !again; k++) again = strcmp(ROUTES[k].path, ROUTES[i].path) == 0;
    if (again) continue;
    if (!strstr(ROUTES[i].path, "{plural}")) path_write(document, i, NULL, NULL, NULL);
    else
      for (size_t t = 0; t < SCHEMA.count; t++) {
        if (strstr(ROUTES[i].path, "{action}")) actions_write(document, i, SCHEMA.types[t]);
        else path_write(document, i, SCHEMA.types[t], NULL, NULL);
      }
  }
  json_close(&document->json, '}');
}

void openapi_write(struct buffer *out, enum language language) {
  struct document document = {.json = json_to(out), .arena = arena_new(), .language = language};
  struct json *json = &document.json;
  json_open(json, '{');
  json_pair(json, "openapi", "3.1.0");
  json_key(json, "info");
  json_open(json, '{');
  json_pair(json, "title", said(&document, (struct label){"闭环 接口", "Bihuan API"}));
  json_pair(json, "version", BIHUAN_VERSION);
  json_close(json, '}');
  json_key(json, "security");
  json_raw(json, "[{\"session\":[]},{\"token\":[]}]");
  paths_write(&document);
  json_key(json, "components");
  json_open(json, '{');
  json_key(json, "securitySchemes");
  json_raw(json, "{\"session\":{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"" SESSION_COOKIE
                 "\"},\"token\":{\"type\":\"http\",\"scheme\":\"bearer\"}}");
  json_key(json, "schemas");
  json_open(json, '{');
  for (size_t i = 0; i < sizeof COMMON_SCHEMAS / sizeof *COMMON_SCHEMAS; i++) {
    json_key(json, COMMON_SCHEMAS[i][0]);
    json_raw(json, COMMON_SCHEMAS[i][1]);
  }
  for (size_t i = 0; i < SCHEMA.count; i++) {
    record_schema(&document, SCHEMA.types[i]);
    form_schema(&document, SCHEMA.types[i]);
  }
  json_close(json, '}');
  json_close(json, '}');
  json_close(json, '}');
  buffer_byte(out, '\n');
  arena_free(document.arena);
}

void openapi_show(struct request *request) {
  request->out = (struct buffer){.arena = request->arena};
  openapi_write(&request->out, request->language);
  answer_bytes(request, 200, "application/json; charset=utf-8", request->out.bytes, request->out.size);
}
