/* Rectification ledgers as offices write them, read into records: which rows are the header, what each column means, which rows are
   records, sections, sums or signatures, what the cells say. Pure reading: no store, no permissions; names of units come in a list.
   Everything that is wrong is told by its cell, with what would be right; a wrong cell does not keep its record from being read. */
#ifndef BIHUAN_EXCHANGE_LEDGER_H
#define BIHUAN_EXCHANGE_LEDGER_H

#include "exchange/map.h"
#include "exchange/sheet.h"

/* What a column can mean. LEDGER_OTHER: kept as text under its header. */
enum ledger_key {
  LEDGER_OTHER, LEDGER_NUMBER, LEDGER_SOURCE, LEDGER_CATEGORY, LEDGER_TITLE, LEDGER_DETAIL, LEDGER_CAUSE, LEDGER_GOAL, LEDGER_MEASURES, LEDGER_MEASURE_DUE,
  LEDGER_LEADER, LEDGER_LEAD, LEDGER_JOINT, LEDGER_OWNER, LEDGER_KIND, LEDGER_DUE, LEDGER_PROGRESS, LEDGER_DONE, LEDGER_EVIDENCE, LEDGER_LONG_TERM,
  LEDGER_PUBLIC, LEDGER_CLOSED, LEDGER_CLOSED_ON, LEDGER_REMARK, LEDGER_AMOUNT, LEDGER_RECOVERED, LEDGER_ADMITTED_ON, LEDGER_KEY_COUNT
};
extern const char *const LEDGER_KEY_NAMES[LEDGER_KEY_COUNT]; /* "number", "title" … */
extern const struct label LEDGER_KEY_LABELS[LEDGER_KEY_COUNT];  /* as people choose among them */
bool ledger_key_joins(enum ledger_key key);                    /* several columns may mean it: their words are joined */

enum ledger_done { DONE_UNSAID, DONE_NOT, DONE_PARTLY, DONE_ALL };
enum ledger_yes { SAID_NOTHING, SAID_YES, SAID_NO };

/* ---- values (ledger_values.c, ledger_dates.c): each a pure function ---- */
const char *ledger_plain(struct arena *arena, const char *text);   /* NFKC, lower case, no white space */
const char *ledger_quoted(struct arena *arena, const char *text);  /* for a sentence: what is long is cut */
#define LEDGER_WORD_MOST 1200 /* bytes of a date or an amount: what is longer is none */
bool ledger_empty(const char *text);                               /* nothing, or / — 无 n/a and the like */
bool ledger_ditto(const char *text);                               /* 同上 〃 ″ and the like */
int ledger_kind(const char *text);                                 /* KIND_*, 0 not understood */
enum ledger_done ledger_done(const char *text, bool *negated);     /* *negated: says that it is not done, rather than that it goes on */
enum ledger_yes ledger_yes(const char *text);
bool ledger_secret(const char *text, const char **mark);           /* carries a mark of secrecy */
/* A problem without a number of ours is named in our own exports by its id, beside the number of the file it came from: “QA-1（待编号12）”. */
const char *ledger_unnumbered(struct arena *arena, const char *file_number /* NULL */, int64_t id, bool english);
int64_t ledger_unnumbered_id(struct arena *arena, const char *number); /* 0: it names none */
/* An amount in 万元 (10,000 yuan). code NULL: read; else what is wrong, and what would be right. unit_wan: what a bare number counts (0.0001:
   yuan). */
struct ledger_amount { bool given; double wan; const char *code; struct label what; };
struct ledger_amount ledger_amount(struct arena *arena, const struct sheet_cell *cell, double unit_wan);

enum date_how { DATE_NONE, DATE_EXACT, DATE_MONTH_END, DATE_TEN_DAYS, DATE_QUARTER_END, DATE_HALF_END, DATE_YEAR_END, DATE_SERIAL, DATE_LAST_OF_SEVERAL,
                DATE_AT_ONCE, DATE_LONG, DATE_RECURRING };
struct ledger_date {
  int64_t date;
  enum date_how how;
  bool year_inferred;
  const char *code /* NULL: read, or rightly none */;
  struct label what;
  bool whole /* nothing but dates stands in the text */;
};
struct ledger_dating { int year; bool date1904; bool year_guessed; };
struct ledger_date ledger_date(struct arena *arena, const char *text, const struct ledger_dating *dating);
/* A cell: real dates, numbers that stand for dates, texts. */
struct ledger_date ledger_date_of_cell(struct arena *arena, const struct sheet_cell *cell, const struct ledger_dating *dating);
struct label date_how_label(enum date_how how);
int ledger_year(const char *text); /* 2026 of "…（截至2026年6月30日）"; 0 none */

/* ---- measures ---- */
struct ledger_measure { const char *text, *due_text; int64_t due; enum date_how how; };
#define LEDGER_MEASURES_MOST 200 /* of one problem: who has more has several problems */
struct ledger_measures { struct ledger_measure *items; size_t count; /* one above the most: there are more */ };
struct ledger_measures ledger_measures(struct arena *arena, const char *text, const struct ledger_dating *dating);

/* ---- units ---- */
struct ledger_unit { const char *name; int64_t id; bool group; };
struct unit_book; /* all names by which units may be called */
struct unit_book *unit_book_new(struct arena *arena);
void unit_book_add(struct unit_book *book, const char *name, const char *called, int64_t id, bool group, bool past);
void unit_book_free(struct unit_book *book);
/* From a csv file with the columns name, kind, aliases, old_names. False: *wrong. */
bool unit_book_read(struct unit_book *book, const char *bytes, size_t size, struct label *wrong);
/* A person said that the word is this unit; one that the book has not is passed over. */
void unit_book_tell(struct unit_book *book, const char *word, int64_t id);
void unit_book_told_drop(struct unit_book *book);
enum unit_verdict { UNIT_FOUND, UNIT_UNKNOWN, UNIT_AMBIGUOUS, UNIT_TOLD };
struct unit_named {
  const char *text; /* canonical name, or as written */
  const char *word /* as written, unless it is a name */;
  int64_t id;
  enum unit_verdict verdict;
  bool joint /* said to join */, lead /* said to lead */;
};
struct units_read { struct unit_named *items; size_t count; };
/* scratch: thrown away; may be the arena */
struct units_read ledger_units(const struct unit_book *book, struct arena *arena, struct arena *scratch, const char *text);
const struct ledger_unit *unit_book_find(const struct unit_book *book, struct arena *arena, const char *text, enum unit_verdict *verdict);
/* Is the name of a sheet meant as a unit's? It ends as units' names do, what stands around it (numbers, 问题清单, 台账) left out. */
bool ledger_names_unit(struct arena *arena, const char *sheet);
#define UNIT_NEAR 3
/* Units that are called nearly so, nearest first (`bearers`: only those that bear the very name); how many. */
size_t unit_book_near(const struct unit_book *book, struct arena *arena, const char *word, bool bearers,
                      struct ledger_unit near[UNIT_NEAR]);
/* A word where a unit should stand that is no unit's name, or several units', or that a person said the meaning of (ledger_words.c). */
struct ledger_word {
  const char *text, *plain;
  size_t count /* cells */;
  struct ledger_unit unit /* the one it was told to be; name NULL none */, near[UNIT_NEAR];
  size_t near_count;
  struct label what;
};

/* ---- the ledger ---- */
struct ledger_error {
  const char *sheet;
  uint32_t row, column; /* 0: none */
  const char *header, *code, *word /* of an unknown unit, NULL none */;
  struct label what;
  bool hint;
  enum ledger_key key;
};
struct ledger_other { const char *header, *text; };
struct ledger_record {
  const char *sheet; uint32_t row;
  /* NULL: nothing */
  const char *no, *title, *detail, *source, *category, *cause, *goal, *leader, *owner, *due_text, *progress, *done_text, *remark, *evidence,
      *closed_on_text;
  struct ledger_measure *measures; size_t measure_count;
  struct unit_named lead; struct unit_named *joint; size_t joint_count; /* lead.text NULL: none */
  int kind; int64_t due; enum date_how due_how; bool year_inferred;
  enum ledger_done done; enum ledger_yes closed, open /* to the public */, long_term; const char *public_reason;
  int64_t closed_on, admitted_on; bool has_amount, has_recovered; double amount_wan, recovered_wan;
  struct ledger_other *others; size_t other_count; /* columns without a field, as text */
  bool wrong; /* an error stands in one of its cells */
};
#define LEDGER_SAMPLES 3
struct ledger_column {
  uint32_t column;
  enum ledger_key key;
  const char *header, *full /* with the group above it */;
  bool told /* by a mapping */;
  const char *samples[LEDGER_SAMPLES]; /* of its cells; NULL: no more */
};
/* NULL: read; else why: "hidden", "no_header", "no_titles", "empty", "absent", "nil" */
struct ledger_sheet { const char *name; const char *skipped;
  struct ledger_column *columns;
  size_t column_count;
  uint32_t header_first, header_last;
  size_t records;
  const char *unit /* from the line above */, *nil;
  bool sequence /* its numbers only count rows */;
};
struct ledger {
  enum workbook_format format; bool date1904; const char *encoding;
  int year; bool year_guessed;
  int64_t journal;                   /* "日志号 N" of our own export, 0: none */
  struct ledger_record *records; size_t record_count, record_room;
  struct ledger_error *errors; size_t error_count, error_room, errors_found, hints_found;
  struct ledger_sheet *sheets; size_t sheet_count;
  struct ledger_word *words; size_t word_count;
  bool present[LEDGER_KEY_COUNT];    /* some sheet has such a column */
};
/* Bytes of all texts that the records' cells show, those that one text or 同上 gives to many cells among them: a small file may say
   gigabytes. */
#define LEDGER_TEXTS_MOST ((size_t)64 << 20) /* 20,000 rows of 3,300 bytes; what is made of them takes some times as much */
struct ledger_options {
  const struct unit_book *units;     /* NULL: names stay as they are written, none is wrong */
  const char *file_name;             /* for its year */
  const char *unit;                  /* whose ledger it is, when the file does not say; NULL */
  int64_t today;                     /* for the year, when nothing says it */
  /* columns told by a mapping; before the synonyms */
  const struct ledger_own { const char *header; enum ledger_key key; } *own; size_t own_count;
};
/* NULL: the file was refused. The ledger lives in the arena. */
struct ledger *ledger_read(struct arena *arena, const char *bytes, size_t size, const struct ledger_options *options,
                           struct sheet_refusal *refusal);
/* As ledger_read, but of a workbook in which no ledger was found (refusal->code says so) its sheets are given with the columns of the row
   that looks most like a header, so that a person can say what they are. */
struct ledger *ledger_look(struct arena *arena, const char *bytes, size_t size, const struct ledger_options *options,
                           struct sheet_refusal *refusal);
enum ledger_key ledger_key_named(const char *name); /* LEDGER_OTHER when unknown */
/* {"file", "outcome", "year", "records": […], "errors": […], "sheets_skipped": […]} into `out`. */
void ledger_json(struct buffer *out, const struct ledger *ledger, const char *file, const struct sheet_refusal *refusal);

/* Shared among the ledger_*.c files only. */
struct ledger_reading {
  struct arena *arena, *scratch; const struct ledger_options *options; struct workbook *workbook; struct ledger *ledger;
  struct ledger_dating dating; size_t sheet_at; struct ledger_sheet *sheet;
  size_t texts;                      /* bytes that were taken: above LEDGER_TEXTS_MOST nothing more is read */
};
void ledger_error_add(struct ledger_reading *reading, uint32_t row, uint32_t column, const struct ledger_column *of, const char *code,
                      bool hint, struct label what);
/* One more cell with this word: the word, whose `what` says what is wrong with it. The first WORDS of a ledger are kept, of further ones a
   word without near units is given. */
const struct ledger_word *ledger_word_note(struct ledger_reading *reading, const struct unit_named *named);
/* The header of a sheet: false when there is none. */
bool ledger_header_find(struct ledger_reading *reading, const struct sheet *sheet, struct ledger_sheet *into);
void ledger_journal_look(struct ledger_reading *reading, const struct sheet *sheet); /* above the header, before it is read */
void ledger_rows_read(struct ledger_reading *reading, const struct sheet *sheet);

#endif
