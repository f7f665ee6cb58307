/* The one door. Every change of a record goes through change_apply, whoever asks: page, command, import, clock.
   Order within a set: load → permitted? → version still the one seen? → life cycle → fields → guards → rows →
   effects (further changes of the same set) → derived fields of what it affects → journal. The whole set or nothing. */
#ifndef BIHUAN_RULES_CHANGE_H
#define BIHUAN_RULES_CHANGE_H

#include "rules/scope.h"

#define ANY_VERSION INT64_C(-1)

struct context {
  int64_t now;                         /* from the store's clock, never the database's */
  const struct authority *authority;   /* who acts */
  int64_t behalf;                      /* for whom, 0 oneself */
  const struct authority *represented; /* whose decision on paper is entered, with its picture in the set: `behalf`; NULL: nobody's */
  int64_t batch;                       /* an import's id, 0 none */
  int64_t happened;                    /* valid time when entered late, NOTHING = now */
  const char *idempotency_key;         /* NULL: none */
  enum channel_code channel;
  bool rehearse;                       /* decide, do not act */
  /* the newest seals F_CONTACT values that come in plain; NULL, or it is not held: such values are refused */
  const struct secret_keys *contact_key;
};
struct change {
  const struct record_type *type;
  int64_t id;                          /* 0 new; -k the k-th record made in this set (1-based) */
  int64_t seen;                        /* version or ANY_VERSION */
  /* ACTION_CREATE, ACTION_EDIT, or an arrow of the life cycle; ACTION_JUDGE (system only, no values): judge again. The system and imports
     may give derived fields; when nothing else changes, the entry is ENTRY_DERIVED. */
  enum action_code action;
  const struct value *values; size_t value_count; /* F_REFERENCE integers may be -k as well */
  const char *reason;
};
enum verdict { VERDICT_DONE, VERDICT_UNCHANGED, VERDICT_REPEATED /* same key again: the first outcome */, VERDICT_INVALID, VERDICT_FORBIDDEN,
               VERDICT_NOT_NOW /* life cycle or guard */, VERDICT_STALE, VERDICT_ABSENT, VERDICT_CLASH };
/* code: permanent short name of what is wrong, for programs ("required", "too_long", "unknown_field", "stale" …) */
struct finding { uint32_t change; const struct record_type *type; uint16_t field; const char *code; struct label sentence; };
struct outcome {
  enum verdict verdict;
  int64_t entry;                       /* last journal entry of the set */
  int64_t *ids, *versions; size_t count; /* one a change: the record's id and version after */
  struct finding *findings; size_t finding_count; /* all of them, in the arena */
};
/* STORE_OK with a verdict, or a store error (then nothing stands). On any verdict but DONE, UNCHANGED and REPEATED — and whenever
   context->rehearse — the caller ends the set with keep = false. Runs on the writer thread only. */
enum store_error change_apply(struct tx *tx, const struct context *context, const struct change *changes, size_t count,
                              struct arena *arena, struct outcome *outcome);

/* A creation decided on a snapshot and not made: the row as it would be, its arrow's effects on it included; NULL when the outcome is a
   refusal. */
enum store_error change_draft(struct reader *reader, const struct context *context, const struct change *change, struct arena *arena, struct outcome *outcome, struct row **row);

/* What this person may do with this record now, and why not the rest: one a possible action of the life cycle (and edit).
   Decided on a snapshot by the same checks as the door. Findings about fields that the form will ask are left out. */
struct possibility { enum action_code action; const struct transition *transition; bool open; struct label label; struct label why_not;
                     const char **codes; size_t code_count; /* of the findings that why_not tells, for programs */
                     bool mine; /* the life cycle's present state offers it to one of this user's roles */
                     const uint16_t *asks, *takes; size_t ask_count, take_count; bool reason; };
enum store_error change_possibilities(struct reader *reader, const struct context *context, const struct row *row,
                                      struct arena *arena, struct possibility **possibilities, size_t *count);

/* Never along this arrow, whatever a form is given: the record is of another kind, or this person is the wrong one (who asked does not
   approve). Looks at nothing but the rows, so that it may be asked of hundreds. */
bool change_never(const struct authority *authority, const struct transition *arrow, const struct row *row, const struct row *parent,
                  int64_t now, struct arena *arena);

/* The change set that an approval holds (its APPROVAL_PENDING). false: it is none. */
bool approval_parse(struct arena *arena, const char *pending, struct change **changes, size_t *count);

/* Runs a set on a writer and waits. The outcome lives in the arena. */
struct writer;
enum store_error change_run(struct writer *writer, const struct context *context, const struct change *changes, size_t count,
                            struct arena *arena, struct outcome *outcome);

#endif
