/* Reading JSON from outside by the declarations. Nothing is guessed: every problem becomes an issue with its place and
   what would be right, all of them at once. Whether values are allowed is the door's business. */
#ifndef BIHUAN_WEB_JSON_IN_H
#define BIHUAN_WEB_JSON_IN_H

#include <jansson.h>

#include "rules/change.h"

#define JSON_DEPTH_MOST 32

/* One thing that is wrong; like the door's finding, but the field may be a name that does not exist. */
struct issue { uint32_t change; const char *field /* NULL: the whole */, *code; struct label sentence; };
struct issues {
  struct issue *items;
  size_t count, room;
  struct arena *arena;
  bool unknown_name /* one of them is a name that is not there */;
};
void issue_add(struct issues *issues, uint32_t change, const char *field, const char *code, struct label sentence);
/* but not about fields that have one of the same change */
void issues_add_findings(struct issues *issues, const struct finding *findings, size_t count);

/* "a、b、c": the nearest of the names to what was given, at most five; all when none is near. */
char *nearest_names(struct arena *arena, const char *given, const char *const *names, size_t count);

/* Parses a whole body: an object, without doubles, not deeper than JSON_DEPTH_MOST. NULL: *reason says why.
   The caller gives it back with json_decref. */
json_t *json_read(const char *bytes, size_t size, struct arena *arena, struct label *reason);

struct value_reader { struct arena *arena; struct issues *issues; };
/* {"title":"…","due":"2026-12-01"} → values in the order given; values with an issue are left out. object NULL: none. */
void values_read(struct value_reader *reader, json_t *object, const struct record_type *type, uint32_t change,
                 struct value **values, size_t *count);
/* {"values":{…},"reason":"…"}; other members are issues. *reason: NULL when there is none. */
void form_read(struct value_reader *reader, json_t *body, const struct record_type *type,
               struct value **values, size_t *count, const char **reason);
/* {"changes":[…]} → changes; false when the shape is such that nothing can be made of it. */
bool changes_read(struct value_reader *reader, json_t *body, struct change **changes, size_t *count,
                  int64_t *behalf /* {"behalf": ID}; 0 none */);

/* A text of a query string as a value of the field: names of choices, ids, dates … False: *expected says what would be right. */
bool value_from_text(struct arena *arena, const struct field *field, const char *text, struct value *value, struct label *expected);

#endif
