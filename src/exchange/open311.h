/* Open311 GeoReport v2, the part that knows records: whether it is served and for which campaign, which services there are, which appeals
   may be seen there, and taking one in. Only what the office has released is seen: its own words, never the citizen's, nobody's name or
   contact. */
#ifndef BIHUAN_EXCHANGE_OPEN311_H
#define BIHUAN_EXCHANGE_OPEN311_H

#include "exchange/import.h"
#include "rules/service.h"

#define OPEN311_SOURCE "open311"   /* of appeals that came in by it */
#define OPEN311_SPAN ((int64_t)90 * MOMENT_DAY) /* GeoReport v2: a question spans at most so long */
#define OPEN311_MOST 1000          /* requests of one answer */
#define OPEN311_NOTES_MOST 100     /* of one answer with their notes */
#define OPEN311_REACH 100000       /* requests that pages may go back within one span */

/* A side value; ABSENT: it is not served, as it is until somebody turns it on. */
struct open311_settings {
  int64_t campaign;
  const char *jurisdiction /* NULL: any will do */;
  bool batch /* a token first; the number once the office has taken it up */;
};
enum store_error open311_settings_read(struct store *store, struct arena *arena, struct open311_settings *settings);
enum store_error open311_settings_write(struct store *store, const struct open311_settings *settings, struct arena *arena);
enum store_error open311_settings_remove(struct store *store);

struct open311_service {
  int64_t category;
  const char *code, *name, *description, *group;
  const struct service_question *questions;
  size_t question_count;
};
struct open311_services { struct open311_service *items; size_t count; };
/* Categories in use that are offered, in the campaign's order. */
enum store_error open311_services(struct reader *reader, const struct open311_settings *settings, struct arena *arena, struct open311_services *services);
const struct open311_service *open311_service(const struct open311_services *services, const char *code); /* NULL: none */

/* A request as it may be seen. Texts are NULL where there is nothing, moments and coordinates NOTHING. */
struct open311_note { int64_t moment; const char *type; struct label description; };
struct open311_request {
  int64_t id; bool closed;
  const char *status_notes, *service_code, *service_name, *description, *agency, *address;
  int64_t requested, updated, expected, point;
  const char *state; struct label state_label; int64_t shown_on;
  struct open311_note *notes; size_t note_count;
};
struct open311_question {
  const int64_t *ids; size_t id_count;                 /* these, whatever else is asked */
  const char *codes;                                   /* of services, between commas; NULL all */
  int64_t from, to; bool open, closed;                 /* requested in this time */
  size_t page, page_size; bool notes;
};
typedef bool open311_sink(void *with, const struct open311_request *request);
enum store_error open311_requests(struct reader *reader, const struct open311_question *question, struct arena *arena, open311_sink *sink, void *with);
/* What whoever sent it in may see of one that is not released: where it stands, no words. ABSENT: none, or not this user's. */
enum store_error open311_own(struct reader *reader, int64_t id, int64_t user, struct arena *arena, struct open311_request *request);

/* One that comes in. */
struct open311_post {
  const struct open311_service *service;
  const char *description, *address, *person, *contact, *details; /* NULL or "": nothing */
  bool located; int64_t latitude, longitude;           /* millionths of a degree */
  const char *token; int64_t user, now, base_line;
  const struct secret_keys *contact_key;
};
/* Staged like a file of one row; errors are in *staged. */
enum store_error open311_stage(struct reader *reader, const struct authority *authority, const struct open311_post *post, struct arena *arena, struct import_staged **staged);
/* By the token it was given: its id, and whether the office has taken it up. ABSENT: there is none. */
enum store_error open311_by_token(struct reader *reader, const char *token, struct arena *arena, int64_t *id, bool *taken_up);

#endif
