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
  const struct own_category *category;   /* NULL: none of the campaign's own */
  bool key_taken;                        /* somebody else's record bears source_key: the row takes another */
  struct value values[LEDGER_FIELDS_MOST]; /* as LEDGER_FIELDS; VALUE_NOTHING: the cell says nothing */
  const char *others;                    /* JSON of what has no field, NULL none */
  int64_t fingerprint, unit;
  int64_t id, version, standing_fingerprint; state_code state; const char *source; bool missing; /* of the record that stands; id 0: none */
  bool doubtful;
};

/* A mapping record; 0 and NULL: it does not say. */
struct ledger_mapping { int64_t id, unit, campaign, match, category, source; const char *name, *columns, *choices, *categories, *units; };
/* A category of the campaign's own list. */
struct own_category { int64_t id, parent, under; bool retired; const char *name, *path, *plain, *plain_code, *plain_path; };
#define CATEGORIES_MOST 2000

struct importing {
  struct staging *staging; struct ledger *ledger; struct unit_book *book;
  int64_t campaign, campaign_end, default_unit, match, *districts; size_t district_count;
  const char *choices, *category_words, *unit_words;  /* JSON, NULL */
  struct own_category *categories; size_t category_count; /* of the campaign */
  struct ledger_own *own; size_t own_count;
  struct ledger_row *rows; size_t count;
  struct map keys, taken /* ids that a row has */;
};

/* What an existing problem would be given, or why it is left alone (import_ledger_compare.c). */
enum store_error ledger_row_compare(struct importing *importing, const struct ledger_row *row, struct import_row *into);
/* The values of a new problem and of its measures (import_ledger_values.c). */
void ledger_row_values(struct importing *importing, struct ledger_row *row);
void ledger_row_create(struct importing *importing, const struct ledger_row *row, struct import_row *into);
void ledger_measure_add(struct importing *importing, const struct ledger_row *row, const struct ledger_measure *measure, int64_t problem,
                        int64_t weight, struct import_row *into);
/* Which records the rows are (import_ledger_match.c). */
/* May who imports do this (MAY_CREATE, MAY_EDIT) with problems that the unit leads? The door asks again; here a row is told by its cell. */
bool ledger_may(const struct importing *importing, unsigned may, int64_t unit);
enum store_error ledger_rows_match(struct importing *importing);
/* The mapping (import_mapping.c): by its name, or the newest of the unit's (0: of nobody's) that fits importing->ledger. */
enum store_error ledger_mapping_named(struct importing *importing);
enum store_error ledger_mapping_of_unit(struct importing *importing, int64_t unit);
void ledger_headings_keep(struct importing *importing, bool none_read);
void ledger_unit_words_keep(struct importing *importing);
/* The campaign's own categories (import_categories.c). */
enum store_error ledger_categories_load(struct importing *importing);
const struct own_category *ledger_category(struct importing *importing, const char *text); /* NULL: none fits, which is noted */
void ledger_categories_tell(struct importing *importing);
void ledger_stage_hint(struct staging *staging, const char *sheet, uint32_t row, const char *code, struct label what);
/* The row is like a problem that stands: whether it is the same a person says. */
void ledger_stage_like(struct staging *staging, const char *sheet, uint32_t row, const struct import_like *like);
/* All of it: bytes in, staged->rows and staged->errors out. */
enum store_error ledger_stage(struct staging *staging, const char *bytes, size_t size);
/* Texts are alike when nothing but white space and the width of characters differs. */
bool ledger_texts_alike(struct arena *arena, const char *one, const char *other);

#endif
