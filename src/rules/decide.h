/* Private to rules/: one change set on its way through the door, and the decision on one change of it. Deciding reads and
   collects findings, acting writes; possibilities.c decides without a tx. */
#ifndef BIHUAN_RULES_DECIDE_H
#define BIHUAN_RULES_DECIDE_H

#include "rules/calendar.h"
#include "rules/change.h"
#include "rules/policy.h"

#define EFFECT_DEPTH 4    /* changes that follow from changes that follow … */
#define PASSED_MOST 8     /* steps passed in one go */
#define GIVEN_MOST 160    /* fields of the widest record type */

/* What is read once for a whole set. */
struct policy_kept { int64_t campaign; struct policy policy; struct policy_kept *next; };
struct scope_kept { const struct record_type *type; unsigned may; const struct scope *scope; struct scope_kept *next; };
struct seen_slot { uint16_t type; int64_t id; bool there, used; };
struct day_policy { int64_t day; const struct policy *policy; struct day_policy *next; };
struct touched { int64_t problem; bool links; };
struct made { int64_t id; const struct record_type *type; }; /* id 0: not made (yet, or refused) */

struct set {
  struct tx *tx;                     /* NULL: only possibilities are asked */
  struct reader *reader;
  const struct context *context;
  struct arena *arena;               /* lives as long as the outcome */
  struct arena *scratch;             /* one change of the caller's; reset after it */
  int64_t today;
  const struct change *changes; size_t change_count; /* the caller's */
  struct made *made; size_t made_count; /* of the caller's creating changes, in order */
  struct finding *findings; size_t finding_count, finding_room;
  unsigned verdicts;                 /* 1 << verdict of every finding */
  int64_t asked_by;                  /* who asked for the approval that is carried out; NOTHING: none */
  int64_t first_entry, last_entry;   /* of this set; 0 none yet */
  struct touched *touched; size_t touched_count, touched_room;
  struct policy_kept *policies;
  struct day_policy *appeal_policies; /* by the day an appeal was made */
  struct scope_kept *scopes;
  struct seen_slot *seen; size_t seen_room, seen_count;  /* references looked up already */
  struct calendar calendar; bool has_calendar;
  /* unique fields (by place) whose values in this set are known to stand nowhere, and once in it */
  const struct record_type *alone_type; uint64_t alone;
};

/* One change being decided. Lives in the set's scratch. */
struct decision {
  struct set *set; const struct change *change; const struct record_type *type;
  uint32_t index;                    /* the caller's change that findings speak of */
  unsigned depth;                    /* 0: the caller's own; else brought about by an effect */
  const struct authority *authority; /* of effects: the system */
  int64_t behalf;                    /* for whom a deputy acts here; 0 nobody */
  bool system, trusted;              /* trusted: the system or an import, who may give derived fields */
  bool possible;                     /* only asked whether it would be possible: what the form asks counts as given */
  bool passing;                      /* a switched-off step is walked: guards about who acts do not apply */
  bool skipped;                      /* refers to a record that was refused itself */
  bool beside;                       /* gives values that the form of its arrow does not have */
  const struct transition *arrow;    /* NULL: plain create or edit */
  struct row *before, *after, *parent;
  const struct policy *policy;       /* loaded when first asked for */
  uint16_t given[GIVEN_MOST]; size_t given_count; /* fields that the change gives, each once */
  struct measures *measures;
  const struct transition *walked[PASSED_MOST + 1]; size_t walked_count; /* the arrow, then those passed */
  struct change *further; size_t further_count, further_room;
  size_t findings_before;            /* set->finding_count when this decision began */
};
struct measures { struct row **items; size_t count; };

/* change_set.c: what a set keeps, and findings */
struct decision decision_of(struct set *set, const struct change *change, uint32_t index, const struct authority *authority,
                            unsigned depth);
bool set_refused(const struct set *set);
void set_find(struct decision *decision, enum verdict verdict, uint16_t field, const char *code, struct label sentence);
bool decision_refused(const struct decision *decision);
enum store_error set_policy(struct decision *decision);  /* fills decision->policy */
enum store_error set_calendar(struct set *set);          /* fills set->calendar */
enum store_error set_appeal_policy(struct set *set, int64_t moment, const struct policy **policy); /* in force for appeals then; kept for the set */
const struct scope *set_scope(struct set *set, const struct authority *authority, const struct record_type *type, unsigned may);
/* Is there such a record, in the reading scope of who decides? Remembered for the set. */
enum store_error set_there(struct decision *decision, const struct record_type *type, int64_t id, bool *there);
void set_made(struct set *set, const struct record_type *type, int64_t id); /* remembers that it is there */
void set_touch(struct set *set, int64_t problem, bool links);
void set_touch_again(struct set *set, int64_t problem); /* behind all that is touched already */
/* -k → the id of the k-th record made. False: no such record; *refused when it would have been one. */
bool set_resolve(const struct set *set, int64_t id, int64_t *resolved, const struct record_type **type, bool *refused);
/* All rows that a query finds, copied into the scratch. */
enum store_error set_rows(struct set *set, const struct query *query, struct row ***rows, size_t *count);
/* Sentences whose %s differ by language; unused ones are left out. label_same: the same text in both. */
struct label label_fill(struct arena *arena, const char *zh, const char *en, struct label one, struct label two);
struct label label_same(const char *text);
struct label state_label(const struct record_type *type, state_code state);

/* decide.c: load → permitted → version → life cycle → fields → guards; findings go to the set. */
enum store_error decide(struct decision *decision);
/* The parts of it that possibilities need. */
enum store_error decide_parent(struct decision *decision);
bool decide_permitted(const struct decision *decision, const struct transition *arrow);
struct label decide_who(struct arena *arena, const struct record_type *type, const struct transition *arrow);

/* lifecycle.c */
const struct transition *lifecycle_arrow(const struct record_type *type, state_code from, enum action_code action);
bool arrow_forms(const struct transition *arrow, uint16_t field); /* does its form ask for or offer the field? */
bool lifecycle_edits(const struct record_type *type);    /* declares it any arrow of editing? */
bool lifecycle_ended(const struct record_type *type, state_code state);
/* Is the arrow's step on for the record's route? Always for STEP_ALWAYS. */
enum store_error lifecycle_step_on(struct decision *decision, const struct transition *arrow, bool *on);
/* Goes on along switched-off steps whose guards hold, running their effects; after->state is where it ends. */
enum store_error lifecycle_pass(struct decision *decision);
struct label lifecycle_not_now(struct decision *decision); /* the sentence: where it stands and what is possible */

/* fields.c: the change's values put into decision->after, each checked; then required, unique, fixed. */
enum store_error fields_take(struct decision *decision);
void fields_asked(struct decision *decision);            /* what the arrow's form must fill */
enum store_error fields_unique(struct decision *decision);
/* For a large set of one type that no arrow moves: asks once whether its unique values stand alone. Finds nothing: what does not is found
   change by change. */
enum store_error fields_alone(struct set *set, const struct change *changes, size_t count);
/* fields_check.c: one value against its field; findings, and the value as it is to be kept. False: found wrong. */
bool field_check(struct decision *decision, const struct field *field, struct value *value);
bool decision_gives(const struct decision *decision, uint16_t field);
bool decision_corrects(const struct decision *decision); /* two people put values right: asked for, or carried out */

/* guards.c, guards_*.c */
struct guard_facts;
enum store_error guards_check(struct decision *decision, const struct transition *arrow); /* findings of all that do not hold */
enum store_error guards_check_values(struct decision *decision); /* of values beside the form, or put right by two people: what an edit is asked */
enum store_error guards_hold(struct decision *decision, const struct transition *arrow, bool *hold); /* without findings */
bool guards_bound(enum guard_code code);
/* The latest date that re-opening may set: a share (basis points) of the first term from today on (PRACTICE.md: half). first: cycle 1, may
   be NULL. */
int64_t reopen_latest(const struct row *first, const struct row *problem, int64_t today, int64_t share);

/* effects.c, effects_*.c: alter decision->after, or yield further changes. Only after everything was found right. */
enum store_error effects_run(struct decision *decision, const struct transition *arrow);
void effect_yield(struct decision *decision, const struct change *change); /* copied; its values must be in the scratch */
bool effects_bound(enum effect_code code);

int64_t decision_date(const struct decision *decision); /* the day it happened: today, or the day it is entered late for */

/* approval.c: pending change sets as JSON, by permanent codes. approval_ask takes what the arrow asked out of the row again and puts it,
   with `more`, into an approval that will carry it out by `action`. */
void approval_ask(struct decision *decision, const struct transition *arrow, enum action_code action, const struct value *more,
                  size_t more_count);
char *approval_print(struct arena *arena, const struct change *changes, size_t count);
#endif
