/* The ledger's follower (ledger.h), on the mechanism of views that stand while somebody asks (asked_view.h). */
#include "follow/ledger.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/log.h"
#include "follow/asked_view.h"
#include "follow/followers_parts.h"
#include "follow/house.h"
#include "follow/kept_past.h"
#include "follow/ledger_sides.h"

struct ledger {
  struct asked_view view;      /* its lock is that of what follows */
  struct figures figures;      /* figures.journal: the number they are true at */
  struct sides sides; bool has_sides; /* made when signals are asked for first; true at the same number */
  struct arena *scratch;       /* one entry's */
  struct kept_past past;       /* with a lock of its own, taken below this one */
};

/* ---- one entry ---- */

static void figure_remove(struct figures *figures, struct figure *figure) {
  size_t at = (size_t)(figure - figures->items);
  memmove(figure, figure + 1, (figures->count - at - 1) * sizeof *figure);
  figures->count--;
}

/* A body destroyed since, or an edit of a voided problem, leaves nothing. Ids grow, so what is new belongs at the end. */
static void problem_apply(struct ledger *ledger, const struct entry *entry) {
  struct figure *before = figures_find(&ledger->figures, entry->record), after;
  bool founds = entry->kind == ENTRY_CHANGE && entry->version == 1;
  if (entry->kind == ENTRY_DESTRUCTION) {
    kept_past_drop(&ledger->past, entry->number);
    if (before) figure_remove(&ledger->figures, before);
    return;
  }
  if (!before && !founds) return;
  if (!figure_follow(&after, before, entry, ledger->scratch)) after = before ? *before : (struct figure){.flags = FIGURE_VOIDED};
  arena_reset(ledger->scratch);
  if (after.flags & FIGURE_VOIDED) {
    if (before) figure_remove(&ledger->figures, before);
  } else if (before) *before = after;
  else figures_add(&ledger->figures, &after);
}

/* A problem made within the same set as its first changes is found at the end; one that is not there was voided or destroyed. */
static bool entry_apply(void *with, const struct entry *entry) {
  struct ledger *ledger = with;
  bool changes = entry->kind == ENTRY_CHANGE || entry->kind == ENTRY_DERIVED || entry->kind == ENTRY_DESTRUCTION;
  if (changes && entry->type == RECORD_PROBLEM) problem_apply(ledger, entry);
  if (changes && ledger->has_sides) sides_apply(&ledger->sides, entry, ledger->scratch);
  ledger->figures.journal = entry->number;
  ledger->figures.moment = entry->moment;
  return true;
}

/* ---- questions ---- */

static int64_t ledger_number(const void *of) { return ((const struct ledger *)of)->figures.journal; }
static bool ledger_has_sides(const void *of) { return ((const struct ledger *)of)->has_sides && !((const struct ledger *)of)->sides.moved; }

/* Figures, and sides where they are wanted. */
static enum store_error ledger_reach(void *of, struct reader *reader, bool built, bool wants_sides) {
  struct ledger *ledger = of;
  if (!built) figures_free(&ledger->figures);
  enum store_error error = built ? reader_journal(reader, ledger->figures.journal, SIZE_MAX, entry_apply, ledger)
                                 : figures_read(reader, &SCOPE_SYSTEM, 0, &ledger->figures);
  if (!error && wants_sides && !ledger->has_sides) {
    error = sides_scan(&ledger->sides, reader);
    ledger->has_sides = error == STORE_OK;
    if (error) sides_free(&ledger->sides);
  }
  return !error && wants_sides ? sides_settle(&ledger->sides, reader) : error;
}

static void ledger_apply_one(void *of, const struct entry *entry) { entry_apply(of, entry); }

static void ledger_let_go(void *of) {
  struct ledger *ledger = of;
  figures_free(&ledger->figures);
  sides_free(&ledger->sides);
  ledger->has_sides = false;
  kept_past_drop(&ledger->past, 0); /* nobody would tell it of a destruction */
}

static const struct asked_kind LEDGER_KIND = {ledger_number, ledger_has_sides, ledger_reach, ledger_apply_one, ledger_let_go};

struct asking { struct ledger *ledger; ledger_sides_sink *sink; void *with; };
static void asking_sink(void *with) {
  const struct asking *asking = with;
  asking->sink(asking->with, &asking->ledger->figures, &asking->ledger->sides);
}

static enum store_error ask_ledger(struct ledger *ledger, bool wants_sides, ledger_sides_sink *sink, void *with) {
  struct asking asking = {ledger, sink, with};
  return asked_view_ask(&ledger->view, wants_sides, asking_sink, &asking);
}

/* A house without followers: read for this one question. */
static enum store_error ask_once(struct house *house, bool wants_sides, ledger_sides_sink *sink, void *with) {
  struct figures figures = {0};
  struct sides sides = {0};
  struct reader *reader = NULL;
  enum store_error error = store_reader(house->store, &reader);
  if (!error) error = figures_read(reader, &SCOPE_SYSTEM, 0, &figures);
  if (!error && wants_sides) error = sides_scan(&sides, reader);
  if (!error && wants_sides) error = sides_settle(&sides, reader);
  if (reader) reader_release(reader);
  if (!error) sink(with, &figures, &sides);
  figures_free(&figures);
  sides_free(&sides);
  return error;
}

struct plain { ledger_sink *sink; void *with; };
static void plain_sink(void *with, const struct figures *figures, const struct sides *sides) {
  const struct plain *plain = with;
  (void)sides;
  plain->sink(plain->with, figures);
}

static enum store_error ask(struct house *house, bool wants_sides, bool passing, ledger_sides_sink *sink, void *with) {
  bool by_view = house->ledger && !(passing && ledger_size(house->ledger) == 0);
  return by_view ? ask_ledger(house->ledger, wants_sides, sink, with) : ask_once(house, wants_sides, sink, with);
}

enum store_error ledger_ask(struct house *house, ledger_sink *sink, void *with) {
  struct plain plain = {sink, with};
  return ask(house, false, false, plain_sink, &plain);
}

enum store_error ledger_ask_passing(struct house *house, ledger_sink *sink, void *with) {
  struct plain plain = {sink, with};
  return ask(house, false, true, plain_sink, &plain);
}

enum store_error ledger_ask_sides(struct house *house, ledger_sides_sink *sink, void *with) { return ask(house, true, false, sink, with); }
enum store_error ledger_ask_sides_passing(struct house *house, ledger_sides_sink *sink, void *with) { return ask(house, true, true, sink, with); }

/* ---- the past ---- */

static void nothing_sink(void *with, const struct figures *figures) {
  (void)with;
  (void)figures;
}

static enum store_error figures_then(struct reader *reader, int64_t number, void *figures) {
  enum store_error error = figures_at(reader, number, 0, figures);
  if (!error) figures_fit(figures);
  return error;
}
static void figures_gone(void *figures) { figures_free(figures); }
static const struct past_kind LEDGER_PAST = {sizeof(struct figures), figures_then, figures_gone};

const struct figures *ledger_past_figures(const struct past *past) { return past_figures(past); }
void ledger_past_free(struct past *past) { past_free(past); }

/* Up to the head first, so that a destruction has let go what it must. */
enum store_error ledger_past(struct house *house, struct reader *reader, int64_t number, struct past **past) {
  enum store_error error = house->ledger ? ledger_ask(house, nothing_sink, NULL) : STORE_OK;
  *past = NULL;
  if (error) return error;
  return house->ledger ? kept_past_get(&house->ledger->past, reader, number, past) : past_once(&LEDGER_PAST, reader, number, past);
}

/* ---- for rules that ask at a number ---- */

enum { LATELY = 20000 /* so many entries are quicker taken back than every row read */ };

static void figures_copy(const struct figures *from, struct figures *into) {
  *into = (struct figures){.count = from->count, .room = from->count, .journal = from->journal, .moment = from->moment};
  if (from->count) into->items = heap_copied(from->items, from->count, sizeof *from->items);
}

static void of_campaign(struct figures *figures, int64_t campaign) {
  size_t kept = 0;
  for (size_t i = 0; i < figures->count && campaign; i++)
    if (figures->items[i].campaign == campaign) figures->items[kept++] = figures->items[i];
  if (campaign) figures->count = kept;
}

struct copying { int64_t number; struct figures *figures; };
static void copy_lately(void *with, const struct figures *figures) {
  const struct copying *copying = with;
  if (figures->journal - copying->number <= LATELY) figures_copy(figures, copying->figures);
}

/* What the view has is perhaps ahead of the question's snapshot, so it is taken back with a reader that has come as far. */
static enum store_error lately(struct house *house, int64_t number, struct figures *figures) {
  struct copying copying = {number, figures};
  struct reader *reader = NULL;
  enum store_error error = ledger_ask(house, copy_lately, &copying);
  if (error || figures->journal <= number) return error;
  error = store_reader_now(house->store, &reader);
  if (!error) error = figures_back(reader, number, figures);
  if (reader) reader_release(reader);
  return error;
}

static enum store_error source_at(void *with, struct reader *reader, int64_t number, int64_t campaign, struct figures *figures) {
  struct house *house = with;
  struct past *past = NULL;
  struct head head;
  enum store_error error = reader_head(reader, &head);
  *figures = (struct figures){0};
  if (!error && (number == 0 || number > head.number || !house->ledger)) return figures_at(reader, number, campaign, figures);
  if (!error) error = lately(house, number, figures);
  if (!error && figures->journal != number) error = ledger_past(house, reader, number, &past);
  if (!error && past) figures_copy(ledger_past_figures(past), figures);
  ledger_past_free(past);
  if (error) figures_free(figures);
  else of_campaign(figures, campaign);
  return error;
}

struct figures_source ledger_source(struct house *house) { return (struct figures_source){source_at, house}; }

int64_t ledger_past_number(struct ledger *ledger) { return kept_past_number(&ledger->past); }

size_t ledger_size(struct ledger *ledger) {
  pthread_rwlock_rdlock(&ledger->view.lock);
  size_t size = ledger->figures.room * sizeof(struct figure) + ledger->sides.picture_room * sizeof(struct picture) +
                ledger->sides.linked_room * sizeof(struct appeal_linked);
  pthread_rwlock_unlock(&ledger->view.lock);
  return size;
}

/* ---- the follower ---- */

static enum store_error ledger_start(struct house *house, void **state, int64_t *at) {
  struct ledger *ledger = HEAP_NEW(struct ledger);
  kept_past_make(&ledger->past, &LEDGER_PAST);
  ledger->scratch = arena_new();
  *state = house->ledger = ledger;
  return asked_view_begin(&ledger->view, &LEDGER_KIND, ledger, house, at);
}

static enum store_error ledger_apply(void *state, const struct entry *entry) {
  asked_view_apply(&((struct ledger *)state)->view, entry);
  return STORE_OK;
}

void ledger_rest(struct ledger *ledger, int64_t now) {
  kept_past_rest(&ledger->past, now);
  asked_view_rest(&ledger->view, now);
}

static void ledger_idle(void *state) { ledger_rest(state, moment_system()); }

static enum store_error ledger_settle(void *state, int64_t at) {
  (void)state;
  (void)at;
  return STORE_OK;
}

static void ledger_stop(void *state) {
  struct ledger *ledger = state;
  ledger->view.house->ledger = NULL;
  asked_view_end(&ledger->view);
  pthread_mutex_destroy(&ledger->past.lock);
  arena_free(ledger->scratch);
  free(ledger);
}

const struct follower FOLLOWER_LEDGER = {.name = "ledger", .kind = VIEW_IN_MEMORY, .version = 1, .start = ledger_start, .apply = ledger_apply,
                                         .settle = ledger_settle, .stop = ledger_stop, .idle = ledger_idle};
