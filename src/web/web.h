/* Private to web/: one request, from its first header to its last byte, and the helpers that all handlers share.
   A request lives in its connection's arena; a handler answers exactly once, or hands its work to the writer or to a
   slow thread and answers when it comes back. Handlers never see a socket and never wait for the writer. */
#ifndef BIHUAN_WEB_WEB_H
#define BIHUAN_WEB_WEB_H

#include <jansson.h> /* before base/json.h */
#include <microhttpd.h>
#include <stdatomic.h>

#include "base/json.h"
#include "web/json_in.h"
#include "web/path.h"
#include "web/route.h"

#define BODY_MOST ((size_t)1 << 20)        /* bytes of a JSON body */
#define UPLOAD_MOST ((size_t)50 << 20)     /* bytes of an uploaded file */
#define DRAIN_MOST ((uint64_t)64 << 20)    /* a refused body is read to its end up to here, so that its sender sees the answer */
#define LIST_MOST 200
#define RETRY_SOON 1                       /* seconds: busy, gone, uncertain */
#define RETRY_LATER 5                      /* seconds: disk full */

struct standing;  /* sessions.c: who somebody is and what they may, as read a moment ago */
struct upload;    /* upload.c */
/* The secret that came last on a connection, with its hash: clients send the same one each time. */
struct secret_known { bool some; char secret[64]; uint8_t key[HASH_SIZE]; };
/* What lives as long as a connection. Its requests come one after another and share the arena. */
struct line_kept { struct arena *arena; struct secret_known known; };
struct kept_header { const char *name, *value; struct kept_header *next; };

/* What a signed-in request knows of its session; copied out of the cache. */
struct seat {
  uint8_t key[HASH_SIZE];
  bool bearer, may_write, must_change;
  unsigned only /* routes with this flag, by a token for one purpose; 0 all */;
  int64_t user;
  char csrf[65];
};

enum stage { STAGE_BODY, STAGE_WORK, STAGE_WAITING /* suspended */, STAGE_BACK /* resumed */, STAGE_ANSWERED };

struct request {
  struct server *server; struct house *house; struct MHD_Connection *connection;
  struct arena *arena; struct secret_known *known; /* the connection's */
  enum stage stage;
  const struct route *route;               /* NULL until found */
  const char *method, *path;
  struct path_parts parts;                 /* what stood for {plural}, {id}, {action}, {name} */
  const struct record_type *type;          /* of {plural} */
  int64_t id;                              /* of {id} */
  enum language language;
  int64_t now;                             /* request_now(); NOTHING: not asked yet */
  int64_t began;                           /* the system's, for the figures */
  bool signed_in; struct seat seat;
  struct standing *standing; const struct authority *authority; /* NULL when nobody is signed in */
  struct buffer body; struct upload *upload;
  json_t *parsed;                          /* the body, once a handler asked for it */
  bool draining;                           /* refused: the rest of the body is read and dropped */
  struct reader *reader;                   /* open while a handler works */
  struct issues issues;                    /* findings, collected */
  /* coming back */
  void (*back)(struct request *request);   /* called on a pool thread after resuming */
  void *work;                              /* the handler's own, kept over the wait */
  enum store_error job_error;
  struct request *next;                    /* in the queue of slow work */
  /* the answer */
  struct buffer out; struct json json;
  struct kept_header *headers;             /* to be added to the answer */
  unsigned status;
  int64_t journal;                         /* NOTHING: not known */
  struct MHD_Response *response;
};

struct server {
  struct house *house;
  struct server_options options;
  struct MHD_Daemon *daemon;
  uint16_t port;
  atomic_bool stopping;
  atomic_long waiting;                     /* requests at the writer or a slow thread */
  atomic_llong answers[6];                 /* by first digit of the status */
  atomic_llong open;                       /* connections */
  atomic_llong microseconds;               /* spent on all answers together */
  struct sessions *sessions;
  struct events *events;
  struct slow *slow;
};

/* ---- answering (answer.c) ---- */
struct json *out_open(struct request *request);           /* begins an object */
/* The same, packed where the client takes it: for what is long and says nothing of a person or a record. Where a secret stands beside words
   that somebody else may choose, the packed size would tell of it. */
void out_close_packed(struct request *request, unsigned status);
void out_close(struct request *request, unsigned status); /* adds "journal" when known, closes, sends */
void answer_bytes(struct request *request, unsigned status, const char *media_type, const void *bytes, size_t size);
void answer_empty(struct request *request, unsigned status);
void answer_file(struct request *request, int file, uint64_t size, const char *media_type, const char *name, bool shown_inline);
void answer_response(struct request *request, unsigned status, struct MHD_Response *response); /* takes it; the strict headers are added */
void answer_header(struct request *request, const char *name, const char *value);              /* of the answer to come */
/* RFC 9457; the request's issues go into it. code: permanent short name. */
void answer_problem(struct request *request, unsigned status, const char *code, struct label detail);
void answer_store_error(struct request *request, enum store_error error);
void answer_absent(struct request *request);
void answer_forbidden(struct request *request);
const char *request_label(const struct request *request, struct label label);

/* ---- the request (server.c) ---- */
const char *request_header(const struct request *request, const char *name);
const char *request_argument(const struct request *request, const char *name); /* of the query string; NULL */
int64_t request_argument_integer(const struct request *request, const char *name, int64_t otherwise);
const char *request_address(const struct request *request);                    /* the client's, in its arena */
int64_t request_now(struct request *request);             /* by the store's clock; the same all through the request */
struct context request_context(struct request *request);  /* for the door: who, when, by which channel */
struct reader *request_reader(struct request *request);   /* NULL: the refusal is answered already */
bool request_head(struct request *request);               /* sets request->journal by the reader's head; false: answered */
/* of the address, in the reader's scope, in the request's arena; NULL: answered */
struct row *request_record(struct request *request, enum record_id type);
const struct scope *request_scope(struct request *request, const struct record_type *type, unsigned may);
/* Idempotency-Key, the user's own; *key NULL: none. False: answered (changes.c) */
bool request_key(struct request *request, const char **key);
void answer_refusal(struct request *request, const struct outcome *outcome); /* what the door found (changes.c) */
json_t *request_body(struct request *request);            /* as a JSON object; NULL: answered (changes.c) */
enum store_error audit_write(struct request *request, const char *what, const char *detail); /* by who asks (story.c) */
/* Suspends, hands the job to the writer, and calls back on a pool thread when it is durable. */
void request_submit(struct request *request, struct job *job, void (*back)(struct request *request));
void request_done(struct request *request, enum store_error error); /* the job's done() ends with this */

/* ---- slow work: password checks, imports, exports (slow.c) ---- */
struct slow *slow_start(struct server *server, unsigned threads);
void slow_stop(struct slow *slow);
bool slow_submit(struct slow *slow, struct request *request); /* false: too much waits already */
void request_resume(struct request *request); /* the last thing a slow thread does with a request */

/* ---- sessions (sessions.c) ---- */
struct sessions *sessions_new(struct server *server);
void sessions_free(struct sessions *sessions);
long sessions_known(struct sessions *sessions);
/* Finds who asks by cookie or token. STORE_ABSENT: nobody. */
enum store_error sessions_enter(struct request *request);
/* The same by a secret that the request carries elsewhere (an api_key). */
enum store_error sessions_enter_by(struct request *request, const char *secret);
/* A new session of the user, the present one of this request from now on: *token is what the cookie holds. */
enum store_error sessions_open(struct request *request, int64_t user, bool must_change, char **token);
enum store_error sessions_close(struct request *request);
/* All sessions of the user of this request: after another password nobody stays signed in by the old one. */
enum store_error sessions_close_all(struct request *request);
#define SESSION_COOKIE "bihuan_session"
#define SESSION_SECONDS 43200
void sessions_renew(struct sessions *sessions); /* grants have changed, or what is hidden from whom: all authorities are read anew */
void standing_release(struct standing *standing);
const struct authority *standing_authority(const struct standing *standing);
/* The same person's standing, read anew when it is older than a few seconds. ABSENT: no longer signed in. For event streams. */
enum store_error sessions_again(struct server *server, const struct seat *seat, struct standing **standing);

/* ---- uploads (upload.c) ---- */
enum store_error upload_begin(struct request *request);
bool upload_add(struct upload *upload, const char *bytes, size_t size);  /* false: too large or the disk is full; see upload_error */
enum store_error upload_error(const struct upload *upload, bool *too_large);
/* Durable and in its place under DATA/evidence; hash in hex. */
enum store_error upload_keep(struct upload *upload, struct arena *arena, char **hash, int64_t *size);
char *upload_read(struct upload *upload, struct arena *arena, size_t *size); /* all its bytes; NULL: could not be read */
void upload_drop(struct upload *upload);                       /* whatever is not kept leaves nothing */

/* ---- events (events.c) ---- */
struct events *events_start(struct server *server);
void events_end(struct events *events);   /* all streams end; none begins */
void events_stop(struct events *events);
long events_open(struct events *events);

void record_act_waiting(struct request *request, enum action_code action);  /* of request->type and id, on a slow thread (changes.c) */

/* ---- handlers, by file ---- */
typedef void handler(struct request *request);
handler session_open, session_show, session_close, password_change;               /* session_pages.c */
handler types_show;                                                               /* types.c */
handler list_show, tally_show;                                                    /* list.c */
handler record_show, record_reveal;                                               /* record.c */
handler journal_proof_give, journal_head_give;                                                    /* proofs.c */
handler story_show, journal_show, audit_show;                                     /* story.c */
handler record_create, record_edit, record_act, changes_make;                     /* changes.c */
handler qr_show;                                                                /* qr.c */
handler overview_show, tasks_show;                                                /* overview.c, tasks.c */
handler district_map_show, district_map_take, district_map_remove;                  /* district_map.c */
handler boards_show;                                                              /* frame.c */
handler file_take, file_give, evidence_same, appeal_photo;                                      /* files.c */
handler problem_progress, plan_progress, indicator_curve;                         /* progress.c */
handler import_take, imports_show, import_show, import_map, import_write_staged, export_show;               /* imports.c */
handler holders_show, sums_show, precedents_show, slip_show, problems_reassign;    /* handing.c */
handler round_freeze, answer_draft;                                               /* rounds.c */
handler rounds_compare, rounds_compare_group, rounds_compare_export;                                     /* compare.c */
handler events_of_appeals_show, event_of_appeals_show, classes_of_appeals_show, class_of_appeals_show, nearest_show; /* groups.c */
handler problems_alike_show;                                                       /* alike.c */
handler class_register, class_add_to;                                             /* register.c */
handler appeal_clocks_show;                                                         /* appeal_clocks.c */
handler suggestions_show, suggestions_of_draft;                                     /* suggestions.c */
handler rebound_curve_show;                                                       /* rebound.c */
handler events_show;                                                              /* events.c */
handler health_show, ready_show, metrics_show, openapi_show;                      /* status.c, openapi.c */
handler rates_show, rate_list_show;                                                  /* rates.c */
handler definitions_show, definition_values_show, definition_list_show;            /* definitions.c */
handler signals_show;                                                             /* signals.c */
handler draw_take, draw_again;                                                     /* draws.c */
handler invariants_show, identities_show;                                         /* invariants.c */
handler search_show;                                                              /* search.c */
handler channels_show, channels_choose;                                                                   /* channels.c */
handler chase_list_show;                                                                                 /* chasing.c */
handler deadline_presets_show, presets_show, policy_preview_show;                                        /* policies.c */
handler reviews_show;                                                             /* reviews.c */
handler open311_discovery_show, open311_services_show, open311_definition_show, open311_token_show, open311_unknown; /* open311.c */
handler open311_requests_show, open311_request_show, open311_post;                                 /* open311_requests.c, open311_post.c */
handler hotline_take, returns_show;                                                                  /* hotline.c */
handler tokens_show, token_make, token_revoke;                                                        /* token_pages.c */
handler asset_show;                                                               /* assets.c */
handler import_take_units, import_take_problems, import_report_show, export_form_show; /* imports.c, of ledgers */

#endif
