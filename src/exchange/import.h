/* Import: a file (csv; of appeals also a workbook or JSON) is staged (read whole, checked, every error at once, each row set beside what
   stands), looked at, then written through the door. Re-import is three-way by the fingerprint of the last imported row per source and
   number; the source is the mapping's name, never the file's. Nothing is written while one error stands. */
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
  const struct record_type *type;   /* appeals, units (tables) or problems (ledgers): others give an error of the file */
  const char *mapping;              /* its name; NULL: the type's built-in one (its plural, "appeals") */
  bool any_name;                    /* the mapping needs no record: the headers are ours */
  enum channel_code channel;        /* of those that bring in (channel_brings_in); NONE: by file */
  const struct value *more; size_t more_count; /* given to every record that is created, beside its row */
  bool complete;                    /* the file holds all of its source: what it lacks is marked missing */
  int64_t now;
  int64_t base_line;                /* date; what is older is historic and gets no deadline. NOTHING: none */
  /* ledgers only */
  const char *file_name;            /* helps to find the year; NULL */
  bool historic; int64_t history_day; /* as history: states and dates as the file has them, open ones from this base-line day on */
  bool leave_out;                   /* rows with an error are left out; otherwise one error keeps all from being written */
  int64_t unit, campaign, category, source; /* what the file does not say; 0 nothing */
  /* JSON, laid over what the mapping says: header → field, row's key → problem, word → category, word → unit; NULL nothing */
  const char *columns, *choices, *categories, *units;
  const struct secret_keys *contact_key;     /* seals contacts (house->contact_key); NULL: columns of contacts are not read */
};
struct import_like {
  const char *key /* of the row: what choices go by */;
  int64_t id;
  const char *number /* NULL */, *title;
}; /* a problem that a row is like */
/* One thing wrong. row 0: the file as a whole; column NULL: the row as a whole. */
struct import_error {
  int64_t row;
  const char *sheet /* of a workbook, NULL */, *column /* "C" */, *header /* as the file has it */;
  uint16_t field;
  const char *code;
  struct label sentence;
  const struct import_like *like /* NULL */;
  const char *word /* that is no unit's name, NULL */;
};
/* made with the row: a measure; a parent of 0 is the row's own record */
struct import_further { const struct record_type *type; const struct value *values; size_t value_count; };
/* a date that was understood, not written */
struct import_inferred { const char *sheet; int64_t row; const char *number, *text; int64_t date; struct label how; };
struct import_row {
  enum import_class class; int64_t row;           /* record number in the file, header = 1; 0: missing */
  const char *number, *source_key; int64_t id, version; /* of the record that stands; 0 when created */
  bool writes;                                    /* values are to be written: created, changed, reappeared, newly missing */
  enum action_code action;                        /* of the door; NONE: create or edit */
  struct value *values; size_t value_count;       /* for the door */
  const struct import_further *further; size_t further_count;
  const char *sheet, *title;                      /* of a ledger's row */
  struct label why;                               /* what differs: of a conflict a sentence, of a changed one the fields */
};
#define IMPORT_SAMPLES 3
#define IMPORT_NEAR 3
/* A column of a ledger and what it was taken for. */
struct import_heading {
  const char *header /* with the group above it */, *field /* of LEDGER_KEY_NAMES */, *samples[IMPORT_SAMPLES];
  bool told /* by a mapping or a person */;
  size_t sheets;
};
/* Words of a category column that are no name of the campaign's own list, or that a person said the meaning of. */
struct import_word { const char *text; size_t count; int64_t id /* of the category, 0 none */, near[IMPORT_NEAR]; };
struct import_own { int64_t id; const char *path; };
/* Words where a unit should stand that are no name of one unit, or that a person said the meaning of. */
struct import_unit_word { const char *text; size_t count /* cells */; struct import_own unit /* id 0 none */, near[IMPORT_NEAR]; };
enum import_mapping_by { MAPPING_NONE, MAPPING_ASKED, MAPPING_OF_UNIT };
struct import_staged {
  int64_t id;                                     /* of the staged upload: also the journal's batch */
  struct import_options options; const char *mapping, *encoding; char delimiter;
  struct import_row *rows; size_t row_count;      /* in the file's order, the missing behind them */
  struct import_error *errors; size_t error_count; /* at most 1,000 are kept */
  int64_t errors_found;                           /* all of them */
  struct import_error *hints; size_t hint_count;  /* worth a look, in nobody's way */
  struct import_inferred *inferred; size_t inferred_count;
  int64_t left_out;                               /* rows with errors */
  int64_t unit;                                   /* whose ledger it was taken for; 0 nobody's in particular */
  const char *file_hash;                          /* SHA-256 in hex */
  enum import_mapping_by mapping_by;
  struct import_heading *headings; size_t heading_count; /* of a ledger, also of one that was not recognised */
  struct import_word *words; size_t word_count; struct import_own *own_categories; size_t own_category_count;
  struct import_unit_word *unit_words; size_t unit_word_count;
  const char **ignored; size_t ignored_count;     /* headers of columns that are not read */
  int64_t counts[IMPORT_CLASS_COUNT], records /* rows of data */, equal_texts;
};
struct import_report {
  int64_t id, counts[IMPORT_CLASS_COUNT], records, errors, equal_texts, entry /* last journal entry, 0 none */, chunks;
  bool resumed;                                   /* it was cut off before: the counts are of all it wrote */
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
/* Members of an open object: id, created, unchanged, changed, conflict, missing, reappeared, errors, equal_texts, records (and entry once
   written). */
void import_report_json(struct json *json, const struct import_report *report);
/* The migration report that is signed, as JSON members of an open object: file, hash, options, counts, errors, hints, inferred dates,
   conflicts, rows left out, and once written the journal numbers, who and when. `both`: sentences in both languages. */
void import_migration_json(struct json *json, const struct import_staged *staged, const struct import_report *report,
                           const struct authority *who, int64_t when, enum language language);
/* The same as a csv file that prints on A4, with lines for signatures. */
void import_migration_csv(struct buffer *out, const struct import_staged *staged, const struct import_report *report,
                          const struct authority *who, int64_t when, enum language language);
/* "findings": [{row, column, header, field, code, message}…], "conflicts": [{row, number, id, message}…] into an open object. */
void import_findings_json(struct json *json, const struct record_type *type, const struct import_error *errors, size_t count,
                          enum language language);
/* The fields that a ledger's column may be, as "fields": [{name, label, joins}…] into an open object. */
void import_fields_json(struct json *json, enum language language);
void import_conflicts_json(struct json *json, const struct import_staged *staged, enum language language);

/* Staged uploads that are written later: bytes in DATA/staging/ID.csv, the rest a side value (SIDE_STAGING, kept for a day). */
enum store_error import_keep(struct store *store, int64_t user, const struct import_staged *staged, const char *bytes, size_t size, struct arena *arena);
/* The JSON object that was kept: {"id","type","mapping","complete","user", counts …, "findings", "conflicts"} in both languages' sentences
   by `message` and `message_en`. *user is who uploaded it. ABSENT: no such upload (any more). */
enum store_error import_kept(struct store *store, int64_t id, struct arena *arena, char **json, int64_t *user);
/* Stages the kept bytes again, against the records as they are now. now, base_line and contact_key are taken from `options`; of all else
   what it gives (a mapping, columns, choices, categories, units, a unit, campaign, category or source) goes before what was kept. */
enum store_error import_stage_kept(struct store *store, struct reader *reader, const struct authority *authority, const struct import_options *options,
                                   int64_t id, struct arena *arena, struct import_staged **staged);
/* What is shown of the upload from now on: staged again, its bytes as they lie. */
enum store_error import_keep_again(struct store *store, int64_t user, const struct import_staged *staged, struct arena *arena);

/* A name for the mapping that keeps what is chosen of this file: the unit's with the file's, free or the unit's already. */
enum store_error import_mapping_name(struct reader *reader, int64_t unit, const char *file_name, struct arena *arena, const char **name);
/* Keeps what was chosen (staged->options' columns, choices, categories, units, category, source) under staged->mapping: a new record of
   staged->unit, or laid over the one that stands. Through the door: never on the writer's thread. */
enum store_error import_mapping_save(struct writer *writer, struct reader *reader, const struct context *context, const struct import_staged *staged, struct arena *arena, struct outcome *outcome);

/* What a user uploaded: JSON objects {"user", "import", "state", "type", "file_name", "records", "errors", "taken"}, newest first, as one
   array. State "waiting": not written yet, for a day; "begun": cut off while it was written; "written": a ledger whose report can still be
   printed, for 30 days. */
enum store_error import_uploads(struct store *store, int64_t user, bool waiting_only, struct arena *arena, char **json);
/* It is written, and its report kept. */
enum store_error import_upload_written(struct store *store, int64_t user, const struct import_staged *staged, struct arena *arena);

/* The migration report of a written import, a JSON object with "user", "report" (JSON) and "csv"; kept for 30 days. */
enum store_error import_report_keep(struct store *store, int64_t id, const char *json, struct arena *arena);
enum store_error import_report_kept(struct store *store, int64_t id, struct arena *arena, char **json);
enum store_error import_reports_drop(struct store *store, struct arena *arena); /* all of them: something was destroyed */
/* Before the first row is written: *since NOTHING, and that it began at this journal number is marked. Otherwise it was cut off, and *since
   is where it began. */
enum store_error import_begin(struct store *store, int64_t id, int64_t journal, struct arena *arena, int64_t *since);
/* Of an import that goes on: the report's counts and last entry become those of the whole, by the journal since it began. */
enum store_error import_count_whole(struct reader *reader, const struct import_staged *staged, int64_t since, struct import_report *report);
enum store_error import_begun_drop(struct store *store, int64_t id, struct arena *arena);
enum store_error import_drop(struct store *store, int64_t id, struct arena *arena); /* after writing */

#endif
