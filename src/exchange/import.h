/* Import: a file is staged (read whole, checked, every error at once, each row set beside what stands), looked at, then
   written through the door. Re-import is three-way by the fingerprint of the last imported row per source and number; the
   source is the mapping's name, never the file's. Nothing is written while one error stands. */
#ifndef BIHUAN_EXCHANGE_IMPORT_H
#define BIHUAN_EXCHANGE_IMPORT_H

#include "base/buffer.h"
#include "rules/change.h"
#include "store/writer.h"

enum import_class { IMPORT_CREATED, IMPORT_UNCHANGED, IMPORT_CHANGED, IMPORT_CONFLICT /* edited here and there: left alone */,
                    IMPORT_MISSING /* the file is complete and lacks it */, IMPORT_REAPPEARED, IMPORT_CLASS_COUNT };
extern const char *const IMPORT_CLASS_NAMES[IMPORT_CLASS_COUNT]; /* "created" … as in reports */

struct json; /* base/json.h, which cannot stand beside jansson.h in one file */

#define IMPORT_WHOLE_MOST 20000 /* rows written as one change set; above that in chunks */
#define IMPORT_CHUNK 500

struct import_options {
  const struct record_type *type;   /* only appeals can be imported so far: others give an error of the file */
  const char *mapping;              /* its name; NULL: the type's built-in one (its plural, "appeals") */
  bool complete;                    /* the file holds all of its source: what it lacks is marked missing */
  int64_t now;
  int64_t base_line;                /* date; what is older is historic and gets no deadline. NOTHING: none */
  const uint8_t *contact_key;       /* seals contacts (house->contact_key); NULL: columns of contacts are not read */
};
/* One thing wrong. row 0: the file as a whole; column NULL: the row as a whole. */
struct import_error { int64_t row; const char *column /* "C" */, *header /* as the file has it */; uint16_t field; const char *code; struct label sentence; };
struct import_row {
  enum import_class class; int64_t row;           /* record number in the file, header = 1; 0: missing */
  const char *number, *source_key; int64_t id, version; /* of the record that stands; 0 when created */
  bool writes;                                    /* values are to be written: created, changed, reappeared, newly missing */
  struct value *values; size_t value_count;       /* for the door */
  struct label why;                               /* of a conflict: what differs */
};
struct import_staged {
  int64_t id;                                     /* of the staged upload: also the journal's batch */
  struct import_options options; const char *mapping, *encoding; char delimiter;
  struct import_row *rows; size_t row_count;      /* in the file's order, the missing behind them */
  struct import_error *errors; size_t error_count; /* at most 1,000 are kept */
  int64_t errors_found;                           /* all of them */
  const char **ignored; size_t ignored_count;     /* headers of columns that are not read */
  int64_t counts[IMPORT_CLASS_COUNT], records /* rows of data */, equal_texts;
};
struct import_report {
  int64_t id, counts[IMPORT_CLASS_COUNT], records, errors, equal_texts, entry /* last journal entry, 0 none */, chunks;
  enum verdict verdict;                           /* DONE; UNCHANGED: nothing to write; INVALID and others: findings say why */
  struct import_error *findings; size_t finding_count; /* of the door, each with its row */
};

/* Reads and checks the whole file; errors of the file are in *staged, a store error only when the store did not answer. */
enum store_error import_stage(struct reader *reader, const struct authority *authority, const struct import_options *options,
                              const char *bytes, size_t size, struct arena *arena, struct import_staged **staged);
/* context: its batch, channel and key are set here. Up to IMPORT_WHOLE_MOST rows all or nothing as one change set under the key
   "import:ID"; above that in chunks under "import:ID:chunk", so that an import that was cut off goes on where it stood.
   Waits for the writer: never on its thread. Rows that changed in between make it STALE; nothing of that set stands. */
enum store_error import_write(struct writer *writer, const struct context *context, const struct import_staged *staged,
                              struct arena *arena, struct import_report *report);
struct import_report import_report_of(const struct import_staged *staged); /* before writing */
/* Members of an open object: id, created, unchanged, changed, conflict, missing, reappeared, errors, equal_texts, records (and entry once written). */
void import_report_json(struct json *json, const struct import_report *report);
/* "findings": [{row, column, header, field, code, message}…], "conflicts": [{row, number, id, message}…] into an open object. */
void import_findings_json(struct json *json, const struct record_type *type, const struct import_error *errors, size_t count, enum language language);
void import_conflicts_json(struct json *json, const struct import_staged *staged, enum language language);

/* Staged uploads that are written later: bytes in DATA/staging/ID.csv, the rest a side value (SIDE_STAGING, kept for a day). */
enum store_error import_keep(struct store *store, int64_t user, const struct import_staged *staged, const char *bytes, size_t size, struct arena *arena);
/* The JSON object that was kept: {"id","type","mapping","complete","user", counts …, "findings", "conflicts"} in both languages' sentences
   by `message` and `message_en`. *user is who uploaded it. ABSENT: no such upload (any more). */
enum store_error import_kept(struct store *store, int64_t id, struct arena *arena, char **json, int64_t *user);
/* Stages the kept bytes again, against the records as they are now. now, base_line and contact_key are taken from `options`. */
enum store_error import_stage_kept(struct store *store, struct reader *reader, const struct authority *authority, const struct import_options *options,
                                   int64_t id, struct arena *arena, struct import_staged **staged);
enum store_error import_drop(struct store *store, int64_t id, struct arena *arena); /* after writing */

#endif
