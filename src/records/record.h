/* The shape of a declaration: what a record type, a field, a life cycle and a permission are. Pure data:
   it names guards and effects, it never points at code. Codes stand in records/codes.h and are permanent. */
#ifndef BIHUAN_RECORDS_RECORD_H
#define BIHUAN_RECORDS_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/arena.h"
#include "base/moment.h"
#include "base/text.h"
#include "records/codes.h"

enum field_type {
  F_TEXT,       /* one line, at most `most` code points (200 when 0) */
  F_LONG_TEXT,  /* lines, at most `most` code points (20,000 when 0); lives in the type's side table of long texts */
  F_INTEGER,
  F_DECIMAL,    /* integer scaled by 10^4; text in JSON */
  F_MONEY,      /* integer of 1/100 yuan; text in JSON */
  F_DATE,       /* days since 1970 */
  F_MOMENT,     /* UTC microseconds */
  F_WEIGHT,     /* basis points, 0..10000 */
  F_CHOICE,     /* a code of `choices` */
  F_CHOICES,    /* several: bit 1 << code, codes 0..62 */
  F_REFERENCE,  /* id of a `target` record */
  F_REFERENCES, /* several: side table, in order */
  F_YES_NO,
  F_POINT,      /* one integer: (latitude + 90) in 1e-6 degrees << 32 | (longitude + 180) in 1e-6 degrees */
  F_CONTACT,    /* text, encrypted at rest, masked when shown */
  F_FILE        /* text: SHA-256 in hex of a stored evidence file */
};
enum field_flag {
  FIELD_REQUIRED = 1,   /* asked by the door at creation and edit; never NOT NULL in a table */
  FIELD_UNIQUE = 2,     /* no two living records hold the same value */
  FIELD_SEARCHED = 4,   /* its text goes to the search store */
  FIELD_LISTED = 8,     /* in the type's covering list index: filter, sort, tally */
  FIELD_DERIVED = 32,   /* written by rules only; does not raise the version */
  FIELD_RETIRED = 64,   /* hidden; column and id stay for replay */
  FIELD_TALLIED = 128,  /* a dimension of the type's tallies (few distinct values; implies LISTED), and in the sorts' indexes */
  FIELD_FIXED = 256,    /* given at creation, never edited */
  FIELD_HIDDEN = 512,   /* kept for the rules (JSON, fingerprints): not shown in forms, lists, exports */
  FIELD_PARTS = 1024,   /* a number: searched by any four characters of it or more too */
  FIELD_PINYIN = 2048,  /* a name: searched by pinyin and its initials too */
  FIELD_COUNTED_BY = 4096 /* a dimension of the tallies that stands in no sort's index: counted by, but lists are seldom narrowed by it alone */
};
struct choice {
  int16_t code;
  const char *name;
  struct label label;
  bool retired, at_will /* of an action: done when somebody wants to, never awaited */;
}; /* list ended by name == NULL */
struct field {
  uint16_t id;                   /* permanent within the type; the journal stores it */
  const char *name;              /* snake_case: column, JSON key, CSV header */
  struct label label;
  enum field_type type;
  unsigned flags;
  int64_t least, most;           /* value, or length in code points; 0,0 = the type's own */
  const struct choice *choices;
  enum record_id target;
  role_set readers, writers;     /* 0 = whoever may read, write the record */
  int64_t preset;                /* written out at creation when nothing was given; 0 = none (use has_preset) */
  bool has_preset;
};

/* An arrow of the life cycle. Editing is an arrow too: where a type declares any ACTION_EDIT arrow, a record is edited only in the states
   they leave from, by their roles; elsewhere the permission MAY_EDIT alone decides. An arrow from 0 with ACTION_CREATE holds the guards and
   effects of creation. (state, action) is unique within a type. A step that the closing route switches off is passed (`off_passes`: on
   arriving at `from`, the record goes on along this arrow at once) or is not available. */
enum { ARROW_GUARDS = 8, ARROW_ASKS = 8, ARROW_TAKES = 6, ARROW_EFFECTS = 8 };
struct transition {
  state_code from; enum action_code action; state_code to; /* from 0: creation by an action that is not plain create */
  role_set roles; enum relation_code who; /* who must stand in this relation to the record; RELATION_ANY = none asked */
  enum guard_code guards[ARROW_GUARDS];
  uint16_t asks[ARROW_ASKS];     /* fields the form must fill (0 ends) */
  enum effect_code effects[ARROW_EFFECTS];
  enum route_step step; bool off_passes;
  bool reason;                   /* a reason must be given */
  struct label label;            /* the button */
  const char *source;            /* law, article or section of the facts, where there is one */
  uint16_t takes
      [ARROW_TAKES]; /* fields the form offers and may leave empty; which are needed, a guard says. What an arrow asks or takes may be a derived field */
};
#define STATE_KEPT ((state_code)0xFFFF) /* an arrow's `to`: the record stays in whatever state it is */
/* What two people of the office may do together with a record of this type, whatever its state: one asks, another agrees. */
enum together { TOGETHER_VOID = 1, TOGETHER_CORRECT = 2, TOGETHER_DESTROY = 4 };
struct state_name { state_code code; const char *name; struct label label; bool end; }; /* ended by name == NULL */
/* Where a person's arrow leads on, somebody is waited for: how my tasks tell it. A type with such an arrow says which;
   tests/unit/test_records.c asks. */
enum waits { WAITS_UNSAID, WAITS_EACH /* a line each */, WAITS_MANY /* a line each while they are few, then a number a state */, WAITS_ELSEWHERE /* no task: its own list or page asks for it */ };
enum may { MAY_READ = 1, MAY_CREATE = 2, MAY_EDIT = 4, MAY_EXPORT = 8 };
struct permission { role_set roles; enum relation_code relation; unsigned may; };
/* Which field says who holds a record: lead_unit → RELATION_LEAD, joint_units → RELATION_JOINT, owner → RELATION_SELF (a user). */
struct holder { uint16_t field; enum relation_code relation; };

/* Under which heading the index of all lists shows a type. GROUP_PART: reached only from the record it belongs to. Not stored anywhere. */
enum record_group { GROUP_OTHER, GROUP_WORK, GROUP_FLOW, GROUP_ROUNDS, GROUP_RULES, GROUP_PEOPLE, GROUP_PART };

/* Sorted by `field` (a choice, each of whose values is named here), lists go value by value in this order and what has none comes last;
   within each by `then` (kept as an integer). */
struct in_turn { uint16_t field, then; const int64_t *values; size_t count; };

struct record_type {
  enum record_id id; const char *name, *plural; struct label label, label_plural;
  const struct field *fields; size_t field_count;
  const struct state_name *states; state_code first; /* NULL: the type has no life cycle */
  const struct transition *transitions; size_t transition_count;
  const struct permission *permissions; size_t permission_count;
  struct holder holders[4];      /* ended by field 0 */
  uint16_t parent;      /* F_REFERENCE whose target's scope also opens this record (a measure is seen by who sees its problem); 0 none */
  uint16_t parent_else; /* the like of what it may belong to instead (an indicator of a plan); 0 none. A record names one of the two */
  uint16_t affects[4];           /* references whose targets are judged again when this changes */
  unsigned together;             /* of enum together; 0: none, what is wrong is edited, disabled or retired */
  enum waits waits; uint16_t due; /* F_DATE field: by when; 0: no date of its own */
  state_code awaited;            /* a new record of this type is waited for while its parent stands in this state (a call-back); 0: never */
  enum record_group group;
  uint16_t title;                /* the field that names a record for people */
  uint16_t moment;               /* F_MOMENT field: when it happened, for what is told of several types together; 0: when it was created */
  uint16_t secrecy;              /* F_CHOICE field with the secrecy level, 0 none */
  uint16_t above;                /* F_YES_NO field: what says no is not shown to readers of the whole city (RELATION_ABOVE); 0 none */
  const struct in_turn *turn;       /* NULL: none */
  const uint16_t *sorts; size_t sort_count; /* fields (or FIELD_* of the system) with an index of their own, from the top */
  const uint16_t (*indexes)[3]; size_t index_count; /* further plain indexes for lookups: up to three fields */
};
struct schema { const struct record_type *const *types; size_t count; uint32_t version; };

/* Values and rows. A row has one value for each declared field, in declared order. */
/* VALUE_UNREAD: a list that names the fields it reads did not name this one. It is not empty: nobody knows, and to look at it is a mistake
   in the program. */
enum value_kind { VALUE_NOTHING, VALUE_INTEGER, VALUE_TEXT, VALUE_MANY /* F_REFERENCES */, VALUE_UNREAD };
struct value {
  uint16_t field; enum value_kind kind;
  int64_t integer;                       /* every type stored as an integer */
  const char *text; size_t size;         /* VALUE_TEXT */
  const int64_t *many; size_t count;     /* VALUE_MANY: in order, no doubles */
};
struct row {
  const struct record_type *type;
  int64_t id;                            /* the number of the journal entry that made it */
  int64_t version;                       /* 1 at creation; raised by every change but derived ones */
  state_code state;
  int64_t created, changed;              /* moments */
  int64_t entry;                         /* number of the last entry that changed it, derived ones included */
  bool voided;                           /* taken back: kept, not counted, not listed unless asked */
  struct value *values;
};

/* Fields that every record has; usable in conditions, sorts and tallies beside declared ones. */
enum { FIELD_ID = 60001, FIELD_VERSION, FIELD_STATE, FIELD_CREATED, FIELD_CHANGED, FIELD_ENTRY, FIELD_VOIDED };

extern const struct schema SCHEMA; /* every record type of the product (records/schema.c) */
const struct record_type *record_type(enum record_id id);             /* NULL: unknown */
const struct record_type *record_type_named(const char *name);        /* by name or plural */
const struct field *record_field(const struct record_type *type, uint16_t id);
const struct field *record_field_named(const struct record_type *type, const char *name);
const struct field *record_reference(const struct record_type *type, enum record_id target); /* its first reference to that type; NULL */
/* The field beside a choice of record types that says which record of it: of_type and of_id; NULL: the field is no such choice. */
const struct field *record_named_by(const struct record_type *type, const struct field *field);
bool record_may_name(const struct record_type *type, enum record_id target); /* by a reference, or by type and id */
const struct choice *field_choice(const struct field *field, int64_t code);
const struct choice *field_choice_named(const struct field *field, const char *name);
/* The arrow by which the office asks for what two people do together: ask_void, ask_correction, ask_destruction; NULL when the type has it
   not. */
const struct transition *record_together(const struct record_type *type, enum action_code action);
const struct state_name *record_state(const struct record_type *type, state_code code);
const struct state_name *record_state_named(const struct record_type *type, const char *name);
struct label role_label(enum role_code role);
const char *role_name(enum role_code role);
enum role_code role_named(const char *name);
const char *action_name(enum action_code action);                     /* "create", "assign", … as in addresses */
bool action_waits(enum action_code action);                            /* is somebody waited for to do it? Else it is done at will */
enum action_code action_named(const char *name);
struct label action_label(enum action_code action);
const char *channel_name(enum channel_code channel);
bool channel_brings_in(unsigned channel);                             /* from elsewhere, by the exchange: a file, the hotline, Open311 */
const char *record_group_name(enum record_group group);
struct label record_group_label(enum record_group group);

bool field_is_text(const struct field *field);     /* stored as text */
struct row *row_new(struct arena *arena, const struct record_type *type); /* all values NOTHING */
struct row *row_copy(struct arena *arena, const struct row *row);         /* deep */
/* Rows kept beyond the callback that shows them: a row_sink of the store, that copies into the arena. */
struct rows { struct arena *arena; struct row **items; size_t count, room; };
bool rows_keep(void *rows, const struct row *row);                        /* true: more is welcome */
/* Each of these ends the process where the field was not read (VALUE_UNREAD): name it in the query's fields. */
const struct value *row_value(const struct row *row, uint16_t field);     /* never NULL for a declared field */
int64_t row_integer(const struct row *row, uint16_t field);               /* NOTHING when empty; system fields too */
const char *row_text(const struct row *row, uint16_t field);              /* NULL when empty */
void row_set(struct row *row, const struct value *value);                 /* by value->field */
void row_set_integer(struct row *row, uint16_t field, int64_t value);     /* NOTHING empties */
void row_set_text(struct row *row, uint16_t field, const char *text);     /* NULL or "" empties; keeps the pointer */
size_t turn_place(const struct in_turn *turn,
                  const struct value *value); /* when its turn comes; none, or one that is not in it, behind all */
struct value value_integer(uint16_t field, int64_t value);
struct value value_text(uint16_t field, const char *text);
struct value value_many(uint16_t field, const int64_t *many, size_t count);
struct value value_nothing(uint16_t field);
bool value_equal(const struct value *one, const struct value *other);     /* content, not field id */
bool value_filled(const struct value *value);                             /* is anything there: no empty text or list, nor NOTHING */

#endif
