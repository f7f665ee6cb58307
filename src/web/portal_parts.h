/* Private to the portal's files: one visit, and the page that is being written. Nothing here may include a header of the inner store's use:
   house, rules, sessions (tests/documents.sh looks). */
#ifndef BIHUAN_WEB_PORTAL_PARTS_H
#define BIHUAN_WEB_PORTAL_PARTS_H

#include <jansson.h> /* before base/json.h */
#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#include "exchange/public_store.h"
#include "records/record.h"
#include "web/portal.h"

#define FORM_MOST ((size_t)64 << 10)   /* bytes of a form without a picture */
#define FIELDS_MOST 30
#define PHOTO_MOST ((size_t)4 << 20)

struct portal {
  struct public_store *store;
  struct portal_options options;
  struct MHD_Daemon *daemon;
  uint16_t port;
  struct counted *counted; pthread_mutex_t counted_lock; /* portal_counts.c: a leaf; held while they are counted, once for each revision */
  struct { atomic_llong minute; atomic_int count; } looks[1024]; /* how often codes were asked for, by a mark of the address */
};

/* What the portal knows of its city at this moment. */
struct setting {
  const char *city;
  bool demo, takes_appeals, can_seal;
  int64_t a_day, recheck_days /* the longest of all in force; 0 unknown */, now, today;
  uint8_t inner_key[PUBLIC_KEY_SIZE];
};

struct form_value { const char *name; struct buffer text; struct form_value *next; };
struct wrong; /* portal_fields.c */
struct visit {
  struct portal *portal; struct MHD_Connection *connection; struct arena *arena;
  const char *method, *path /* behind /public or /public/en */, *base;
  enum language language;
  struct setting setting; struct public_state state;
  struct MHD_PostProcessor *processor; struct form_value *form; unsigned fields; struct buffer photo; size_t received; bool too_large;
  struct buffer out;
  unsigned status; bool private_page /* is not to be kept anywhere */;
  struct wrong *wrongs; /* what is refused in the form that was sent */
  const char *next;   /* where it goes on, told in the answer's Link; NULL nowhere */
  struct MHD_Response *response;
};

/* ---- writing (portal_html.c) ---- */
#define W(zh_text, en_text) ((struct label){zh_text, en_text})
/* A template of our own with: %s a text, %w a label (a value, by the visit's language), %n a number in groups, %i a plain integer, %u a
   text as part of an address, %b the base address, %%. Whatever is put in is escaped; nothing can be put in raw. */
void page_add(struct visit *visit, const char *template, ...);
void page_open(struct visit *visit, struct label title); /* up to <main> */
void page_close(struct visit *visit);                     /* the foot */
void page_tag(struct visit *visit, int64_t standing);     /* colour, shape and word of how it stands */
void page_date(struct visit *visit, const char *date);    /* "2026-11-23" with its weekday */
void page_paragraphs(struct visit *visit, const char *text);
struct label standing_label(int64_t standing);
const char *standing_colour(int64_t standing);
struct label category_label(int64_t category);
const struct choice *withhold_choice(int64_t reason); /* a legal reason not to publish; NULL: none that is known */
void page_not_found(struct visit *visit);
void page_say(struct visit *visit, unsigned status, struct label title, struct label text); /* a page with one message */

void page_crumbs(struct visit *visit, bool below_list);     /* the way back to the start, and to the list */
void page_share(struct visit *visit, int64_t part, int64_t all); /* a bar, told by the words beside it */

/* ---- fields (portal_fields.c) ---- */
/* `rows` 0: one line. `attributes`: further ones, written by us. `value`: what stands there before anything was typed. */
struct form_field { const char *name; struct label label, hint; unsigned rows, most; bool required; const char *attributes, *value; };
struct form_choice { const char *value; struct label label; };
/* The form is not taken: why, and at which of its fields (NULL: as a whole). The page that shows it again answers with the status. */
void visit_wrong(struct visit *visit, unsigned status, const char *name, struct label text);
void page_wrongs(struct visit *visit);
void field_write(struct visit *visit, const struct form_field *field);
void picture_write(struct visit *visit, const char *name, struct label label, struct label hint);
void choices_write(struct visit *visit, const char *name, struct label legend, const struct form_choice *choices, size_t count,
                   bool required);

/* ---- the visit (portal.c) ---- */
int64_t visit_argument_integer(const struct visit *visit, const char *name);
const char *visit_value(const struct visit *visit, const char *name); /* of the form, cleaned; NULL nothing */
void visit_bytes(struct visit *visit, unsigned status, const char *media_type, const char *bytes, size_t size, const char *file_name);
bool visit_may_look(struct visit *visit); /* false: this address asks for codes too often */
char *visit_address(const struct visit *visit);
json_t *visit_item(struct visit *visit, const char *kind, const char *key); /* to be given back with json_decref; NULL: not there */

/* ---- counts (portal_counts.c) ---- */
/* As public_counts, counted once for each revision of the store. */
enum store_error counted_read(struct visit *visit, public_count_sink *sink, void *with);
void counted_free(struct portal *portal);

/* ---- json, shortly ---- */
const char *member_text(json_t *object, const char *name);
int64_t member_integer(json_t *object, const char *name); /* 0 when not there */
bool member_yes(json_t *object, const char *name);

/* ---- pages ---- */
typedef void visit_handler(struct visit *visit);
visit_handler home_page, list_page, problem_page, results_page;                                       /* portal_pages.c */
/* portal_forms.c, portal_take.c */
visit_handler follow_page, follow_show, evaluate_page, evaluate_take, object_take, appeal_page, appeal_take;
visit_handler data_page, data_json, data_csv, picture_give, file_give_public, head_give;               /* portal_data.c */
/* A form as a card: `alone` with the page's heading in it, else with one of its own. */
void follow_form(struct visit *visit, bool alone);
struct label recheck_words(struct visit *visit, struct label sentence);
void object_form(struct visit *visit, int64_t problem, bool alone);
void problem_body(struct visit *visit, json_t *body);     /* portal_problem.c */
void results_write(struct visit *visit, json_t *body);    /* below the problem they are of */
void results_listed(struct visit *visit, json_t *body);   /* in a list of results: each leads to its problem */
void result_latest(struct visit *visit, json_t *body);    /* the newest one, on the start page */
void problem_row(struct visit *visit, json_t *body);
int64_t visit_problem(const struct visit *visit);          /* the number in /problems/N… */

#endif
