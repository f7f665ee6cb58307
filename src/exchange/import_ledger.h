/* Private to exchange/: problems out of a ledger on their way into records. */
#ifndef BIHUAN_EXCHANGE_IMPORT_LEDGER_H
#define BIHUAN_EXCHANGE_IMPORT_LEDGER_H

#include "exchange/import_parts.h"
#include "exchange/ledger.h"

/* The fields of a problem that a ledger's columns fill, and that are compared when it comes again. */
struct ledger_field { enum ledger_key key; uint16_t field; size_t most; };
extern const struct ledger_field LEDGER_FIELDS[];
extern const size_t LEDGER_FIELD_COUNT;
#define LEDGER_FIELDS_MOST 20

struct ledger_row {
  const struct ledger_record *record;
  const char *source_key, *key;          /* key: what the person's choices go by; source_key: what the record is known by */
  bool key_taken;                        /* somebody else's record bears source_key: the row takes another */
  struct value values[LEDGER_FIELDS_MOST]; /* as LEDGER_FIELDS; VALUE_NOTHING: the cell says nothing */
  const char *others;                    /* JSON of what has no field, NULL none */
  int64_t fingerprint, unit;
  int64_t id, version, standing_fingerprint; state_code state; const char *source; bool missing; /* of the record that stands; id 0: none */
  bool doubtful;
};

struct importing {
  struct staging *staging; struct ledger *ledger; struct unit_book *book;
  int64_t campaign, campaign_end, default_unit, match, *districts; size_t district_count;
  const char *choices;                   /* JSON, NULL */
  struct ledger_own *own; size_t own_count;
  struct ledger_row *rows; size_t count;
  struct map keys, taken /* ids that a row has */;
};

/* What an existing problem would be given, or why it is left alone (import_ledger_compare.c). */
enum store_error ledger_row_compare(struct importing *importing, const struct ledger_row *row, struct import_row *into);
/* The values of a new problem and of its measures (import_ledger_values.c). */
void ledger_row_values(struct importing *importing, struct ledger_row *row);
void ledger_row_create(struct importing *importing, const struct ledger_row *row, struct import_row *into);
void ledger_measure_add(struct importing *importing, const struct ledger_row *row, const struct ledger_measure *measure, int64_t problem, int64_t weight, struct import_row *into);
/* Which records the rows are (import_ledger_match.c). */
/* May who imports do this (MAY_CREATE, MAY_EDIT) with problems that the unit leads? The door asks again; here a row is told by its cell. */
bool ledger_may(const struct importing *importing, unsigned may, int64_t unit);
enum store_error ledger_rows_match(struct importing *importing);
void ledger_stage_error(struct staging *staging, const char *sheet, uint32_t row, uint32_t column, const char *header, uint16_t field, const char *code, struct label what);
void ledger_stage_hint(struct staging *staging, const char *sheet, uint32_t row, const char *code, struct label what);
/* The row is like a problem that stands: whether it is the same a person says. */
void ledger_stage_like(struct staging *staging, const char *sheet, uint32_t row, const struct import_like *like);
/* All of it: bytes in, staged->rows and staged->errors out. */
enum store_error ledger_stage(struct staging *staging, const char *bytes, size_t size);
/* Texts are alike when nothing but white space and the width of characters differs. */
bool ledger_texts_alike(struct arena *arena, const char *one, const char *other);

#endif
