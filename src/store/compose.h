/* Private to store/: SQL composed from declarations, with its parameters. Only names from declarations and
   fixed words become text; every value is a parameter. One text serves both engines. */
#ifndef BIHUAN_STORE_COMPOSE_H
#define BIHUAN_STORE_COMPOSE_H

#include "store/driver.h"

/* A statement in the making. Everything lives in the arena. */
struct sql { struct buffer text; struct parameter *parameters; size_t count, room; };
struct sql sql_new(struct arena *arena);
struct sql sql_after(struct arena *arena, const char *text); /* begins with the text, which may be long */
void sql_add(struct sql *sql, const char *text);
void sql_parameter(struct sql *sql, struct parameter parameter); /* writes $n */
void sql_integer(struct sql *sql, int64_t value);
void sql_value(struct sql *sql, const struct value *value);      /* integer, text or nothing */
/* ($1, $2 …), filled up to a power of two by the last value, so that few different texts arise. count > 0 */
void sql_integers(struct sql *sql, const int64_t *values, size_t count);
struct statement sql_statement(const struct sql *sql);

enum place { PLACE_SYSTEM, PLACE_ROW, PLACE_LONG, PLACE_MANY };
struct column {
  uint16_t id;                 /* of the field, or FIELD_… */
  const struct field *field;   /* NULL for a system column */
  const char *name;            /* quoted */
  enum place place;
  size_t slot;                 /* index of the value in row->values */
  bool listed, walked, sorted; /* stands in the list index; in every sort index; has a sort index */
  bool laid_out;               /* stands behind the state in a declared index, which is laid out by every sort: so it is not walked */
  bool looked_up;              /* leads an index of its own and has many values: unique, parent, further holder, `indexes` */
  const char *side, *side_index; /* PLACE_MANY: quoted side table, its covering index */
  bool copies;                 /* PLACE_MANY and a holder: the side table carries the listed columns */
  const char *sort_index;      /* quoted, when sorted: (this, id, what walks filter by) */
  const char *lead_sort_index; /* quoted, when sorted and the type has a lead: (lead, this, id, what walks filter by) */
  /* quoted, when moreover an index led by the state is declared: (lead, state, this, id, what walks filter by) */
  const char *lead_state_index;
};
/* A declared index of columns with few values: it also carries the sorts, so that a rare filter is fetched from it alone. One that leads
   with the state is laid out once by every sort instead: which dates and numbers there are hangs on the state, so that a walk along the
   sort may pass very many of other states first. What such a one is laid out by stands in no sort's own index: it changes often (a colour,
   by night), and each index that holds it is a page to write then. */
#define FILTER_SORTS_MOST 6
struct filter_index {
  const char *name; const struct column *columns[3]; size_t count; /* name: any one of them */
  struct { const struct column *sort; const char *name; } sorts[FILTER_SORTS_MOST]; size_t sort_count;
  bool may_lack; /* records that lack its first column stand outside it */
};
#define SYSTEM_COLUMNS 7
/* What is read of each record: the system's columns, and behind them these in turn. */
struct reading {
  const char *select;                          /* SELECT … FROM … r */
  const struct column *const *columns; size_t count;
  const struct value *blank; /* a row's values before it is read, in declared order: nothing, or where fields are named, unread */
};
/* What is composed once for a record type. */
struct type_texts {
  const struct record_type *type;
  const char *table, *long_table, *list_index; /* quoted; long_table NULL when there are no long texts */
  struct column *columns; size_t count;        /* the system's, then one per field in declared order */
  uint16_t *by_id; size_t by_id_count;         /* field id → index in columns + 1 */
  const struct column *lead, *secrecy;         /* lead: the first holder, when one column holds it; NULL none */
  const struct column **listed; size_t listed_count; /* the list index in order: lead, state, tallied, listed, system */
  struct filter_index *filters; size_t filter_count;
  size_t long_count;                           /* columns of PLACE_LONG */
  const char *insert, *insert_long;            /* INSERT of all columns */
  struct reading row, full;                    /* every short field; with long texts and references to several */
  struct statement get;                        /* `full` of one id, $1, for who may see all; its parameters are the caller's */
};
/* The index of a holder's side table that walks one unit's part of the sort; by_state: one unit's and one state's. */
const char *compose_side_sort(struct arena *arena, const struct column *holder, const struct column *sort, bool by_state);
struct type_texts *compose_types(struct arena *arena, const struct store_driver *driver, const struct schema *schema);
const struct type_texts *texts_of(const struct store *store, const struct record_type *type);
const struct type_texts *texts_by_id(const struct store *store, enum record_id id); /* NULL: unknown */
const struct column *column_of(const struct type_texts *texts, uint16_t field);      /* NULL: no such field */

/* An UPDATE of what differs between two rows; count of changed columns 0: nothing to write. */
size_t compose_update(struct sql *sql, const struct type_texts *texts, const struct row *before, const struct row *after);
size_t compose_update_long(struct sql *sql, const struct type_texts *texts, const struct row *before, const struct row *after);
struct parameter parameter_of(const struct type_texts *texts, const struct column *column, const struct row *row);

/* The column as an expression on alias `r`; for the side source (copies) the same names stand there. */
void compose_column(struct sql *sql, const struct type_texts *texts, const struct column *column, const char *alias);
/* " AND …" for each condition, only_ids and the voided; false when a condition names what cannot be asked. */
bool compose_conditions(struct sql *sql, const struct store *store, const struct query *query, const char *alias);
/* One predicate in brackets: what the scope opens of the type. Asserts scope != NULL. */
void compose_scope(struct sql *sql, const struct store *store, const struct type_texts *texts, const struct scope *scope,
                   const char *alias);
bool scope_is_whole(const struct type_texts *texts, const struct scope *scope);
int scope_ceiling(const struct scope *scope);
/* " AND" the secrecy ceiling, nothing when the ceiling is above every level. */
void compose_secrecy(struct sql *sql, const struct store *store, const struct type_texts *texts, unsigned ceiling, const char *alias);
void compose_excluded(struct sql *sql, const struct type_texts *texts, const struct scope *scope, const char *column);
/* "sort ASC NULLS FIRST, id ASC" */
void compose_order(struct sql *sql, const struct type_texts *texts, const struct column *sort, bool descending, const char *alias);

/* What the query reads: of the named fields, composed in the arena; else one of the type's own. False: it names what is no field. */
bool compose_reading(struct arena *arena, const struct store *store, const struct query *query, struct reading *reading);

/* rows.c: a row from a cursor over the reading's select. row_fill: into one that row_blank made, over what it held before; texts go into
   the arena. */
struct row *row_blank(const struct type_texts *texts, const struct reading *reading, struct arena *arena);
void row_fill(struct row *row, struct cursor *cursor, const struct reading *reading, struct arena *arena);
struct value row_cell(struct cursor *cursor, int position, const struct column *column, struct arena *arena);

/* schema_sql.c: makes or migrates the tables. The connection writes, its transaction is open. */
enum store_error schema_apply(struct store *store, struct connection *connection, bool create, struct arena *arena, struct label *reason);
#endif
