/* Are the tables what the journal adds up to? For each record type, the entries ordered by record and number are
   folded into rows and merged with the table ordered by id, in constant memory: a row that differs, is missing or has
   no entry is named by type and id. Side tables and long texts are part of the row. Only reads. */
#include "store/verify.h"

#include <inttypes.h>
#include <string.h>

#include "store/compose.h"

enum { PAGE = 256, ARENA_MOST = 1 << 20 };

struct replay {
  struct reader *reader; struct findings *findings; const struct record_type *type;
  struct arena *arena, *other;           /* the record being folded; moved over when it has grown by many entries */
  struct row *row;                       /* NULL: no record yet */
  int64_t record;                        /* whose entries are read, 0 none yet */
  bool destroyed, spoilt;                /* spoilt: it cannot be folded, which the journal's check has said or will be said once */
  struct arena *page_arena; struct row *page[PAGE]; size_t page_count, page_at;
  int64_t page_last; bool page_end;
  enum store_error error; int64_t records;
};

static void found_row(struct replay *replay, int64_t record, struct label sentence) {
  struct findings *findings = replay->findings;
  for (size_t i = 0; i < findings->suspect_count; i++)
    if (findings->suspects[i].type == replay->type->id && findings->suspects[i].record == record) return;
  finding_report(findings, &(struct damage){.type = replay->type->id, .record = record, .sentence = sentence});
}

/* A sentence with the type's label and the record's id in it. */
static struct label row_sentence(struct replay *replay, int64_t record, const char *zh, const char *en) {
  struct arena *arena = replay->findings->arena;
  return (struct label){arena_print(arena, zh, replay->type->label.zh, record), arena_print(arena, en, replay->type->name, record)};
}

/* ---- the table, page by page ---- */

static bool page_take(void *with, const struct row *row) {
  struct replay *replay = with;
  replay->page[replay->page_count++] = row_copy(replay->page_arena, row);
  return replay->page_count < PAGE;
}

/* The row at hand, or NULL at the table's end. */
static const struct row *table_row(struct replay *replay) {
  if (replay->page_at == replay->page_count && !replay->page_end && replay->error == STORE_OK) {
    struct query query = {.type = replay->type, .has_after = replay->page_last > 0, .after = value_integer(FIELD_ID, replay->page_last),
                          .after_id = replay->page_last, .sort = FIELD_ID, .limit = PAGE, .long_texts = true, .many = true, .with_voided = true, .expected = -1};
    struct arena *scratch = arena_new();
    arena_reset(replay->page_arena);
    replay->page_count = replay->page_at = 0;
    replay->error = reader_list(replay->reader, &query, &SCOPE_SYSTEM, scratch, page_take, replay);
    arena_free(scratch);
    replay->page_end = replay->page_count < PAGE;
    if (replay->page_count) replay->page_last = replay->page[replay->page_count - 1]->id;
  }
  return replay->page_at < replay->page_count && replay->error == STORE_OK ? replay->page[replay->page_at] : NULL;
}

/* ---- comparing ---- */

static bool empty(const struct value *value) {
  return value->kind == VALUE_NOTHING || (value->kind == VALUE_INTEGER && value->integer == NOTHING) ||
         (value->kind == VALUE_TEXT && value->size == 0) || (value->kind == VALUE_MANY && value->count == 0);
}

static struct label system_difference(const struct row *one, const struct row *other) {
  const struct { bool differs; struct label label; } system[] = {
    {one->state != other->state, {"状态", "state"}},
    {one->version != other->version, {"版本", "version"}},
    {one->created != other->created, {"登记时间", "created"}},
    {one->changed != other->changed, {"更新时间", "changed"}},
    {one->entry != other->entry, {"最后条目号", "last entry"}},
    {one->voided != other->voided, {"作废标记", "voided"}},
  };
  for (size_t i = 0; i < sizeof system / sizeof system[0]; i++)
    if (system[i].differs) return system[i].label;
  return (struct label){NULL, NULL};
}

/* The label of the first thing in which they differ; zh NULL when they are the same. */
static struct label difference(const struct row *one, const struct row *other) {
  for (size_t i = 0; i < one->type->field_count; i++) {
    const struct value *a = &one->values[i], *b = &other->values[i];
    if (empty(a) != empty(b) || (!empty(a) && !value_equal(a, b)))
      return (struct label){one->type->fields[i].label.zh, one->type->fields[i].name};
  }
  return system_difference(one, other);
}

static void rows_compare(struct replay *replay, const struct row *stands) {
  struct label where = replay->spoilt ? (struct label){NULL, NULL} : difference(replay->row, stands);
  struct arena *arena = replay->findings->arena;
  if (replay->destroyed)
    found_row(replay, replay->record,
              row_sentence(replay, replay->record, "已销毁的%s %" PRId64 " 仍在表中",
                           "%s %" PRId64 " was destroyed and still stands in its table"));
  else if (where.zh)
    found_row(replay, replay->record, (struct label){
      arena_print(arena, "%s %" PRId64 " 的表中内容与日志不符：%s", replay->type->label.zh, replay->record, where.zh),
      arena_print(arena, "%s %" PRId64 " differs from the journal: %s", replay->type->name, replay->record, where.en)});
}

/* Rows of the table below `record` have no entry. */
static void extras_report(struct replay *replay, int64_t record) {
  for (const struct row *row; (row = table_row(replay)) && row->id < record && !replay->findings->stopped; replay->page_at++)
    found_row(replay, row->id,
              row_sentence(replay, row->id, "%s %" PRId64 " 在表中，日志里却没有",
                           "%s %" PRId64 " stands in its table and has no entry in the journal"));
}

static void record_finish(struct replay *replay) {
  if (!replay->record) return;
  extras_report(replay, replay->record);
  const struct row *row = table_row(replay);
  if (replay->error != STORE_OK || replay->findings->stopped) return;
  replay->records++;
  if (row && row->id == replay->record) {
    rows_compare(replay, row);
    replay->page_at++;
  } else if (!replay->destroyed) {
    found_row(replay, replay->record,
              row_sentence(replay, replay->record, "%s %" PRId64 " 在日志里，表中却缺失",
                           "%s %" PRId64 " is in the journal and missing from its table"));
  }
}

/* ---- what stands beside the rows ---- */

/* Owners in a table beside the rows that have no row there, or whose copies of listed columns are not what their row says: lists read
   the copies, the comparison above the rows. */
static enum store_error beside_check(struct replay *replay, const struct type_texts *texts, const char *table, const char *owner,
                                     bool copies, struct label what) {
  const struct store_driver *driver = replay->reader->connection->driver;
  struct arena *arena = replay->findings->arena;
  struct buffer text = {.arena = arena};
  struct cursor *cursor = NULL;
  buffer_print(&text, "SELECT DISTINCT s.%s FROM %s s LEFT JOIN %s r ON r.\"id\" = s.%s WHERE r.\"id\" IS NULL", owner, table, texts->table,
               owner);
  for (size_t i = 0; copies && i < texts->listed_count; i++)
    buffer_print(&text, " OR s.%s IS DISTINCT FROM r.%s", texts->listed[i]->name, texts->listed[i]->name);
  buffer_print(&text, " ORDER BY 1");
  struct statement statement = statement_of(text.bytes, NULL, 0);
  statement.stream = true;
  enum store_error error = reader_query(replay->reader, &statement, &cursor);
  while (!error && !replay->findings->stopped && (error = driver->next(cursor)) == STORE_OK) {
    int64_t id = driver->integer(cursor, 0);
    found_row(replay, id,
              (struct label){arena_print(arena, "%s %" PRId64 " 的“%s”附表与它的记录不符", replay->type->label.zh, id, what.zh),
                             arena_print(arena, "%s %" PRId64 ": what stands beside its row for %s differs from the row",
                                         replay->type->name, id, what.en)});
  }
  driver->finish(cursor);
  return error == STORE_ABSENT ? STORE_OK : error;
}

static enum store_error beside_verify(struct replay *replay, const struct type_texts *texts) {
  enum store_error error = STORE_OK;
  if (texts->long_table) error = beside_check(replay, texts, texts->long_table, "\"id\"", false, (struct label){"长文本", "long texts"});
  for (size_t i = SYSTEM_COLUMNS; i < texts->count && !error && !replay->findings->stopped; i++) {
    const struct column *column = &texts->columns[i];
    if (column->place == PLACE_MANY)
      error = beside_check(replay, texts, column->side, "\"owner\"", column->copies,
                           (struct label){column->field->label.zh, column->field->name});
  }
  return error;
}

/* ---- the journal, record by record ---- */

static void record_begin(struct replay *replay, int64_t record) {
  record_finish(replay);
  arena_reset(replay->arena);
  replay->row = row_new(replay->arena, replay->type);
  replay->record = record;
  replay->destroyed = replay->spoilt = false;
}

static void memory_bound(struct replay *replay) {
  if (arena_size(replay->arena) < ARENA_MOST) return;
  struct arena *full = replay->arena;
  arena_reset(replay->other);
  replay->row = row_copy(replay->other, replay->row);
  replay->arena = replay->other;
  replay->other = full;
}

static bool entry_fold(void *with, const struct entry *entry) {
  struct replay *replay = with;
  bool changes = entry->kind == ENTRY_CHANGE || entry->kind == ENTRY_DERIVED;
  if (entry->record == 0 || (!changes && entry->kind != ENTRY_DESTRUCTION)) return true;
  if (entry->record != replay->record) record_begin(replay, entry->record);
  if (entry->kind == ENTRY_DESTRUCTION) {
    replay->destroyed = true;
  } else if (!entry->body) {
    replay->spoilt = true;
  } else if (!replay->spoilt && !body_apply(replay->arena, entry, replay->row)) {
    replay->spoilt = true;
    finding_report(replay->findings, &(struct damage){.number = entry->number, .type = replay->type->id, .record = entry->record,
      .sentence = label_print(replay->findings->arena, "第%" PRId64 "号条目的内容不合格式，无法重放", "the body of entry %" PRId64 " is not of the form that can be replayed", entry->number)});
  }
  memory_bound(replay);
  return replay->error == STORE_OK && !replay->findings->stopped;
}

static enum store_error verify_type(struct replay *replay) {
  enum store_error error = reader_history(replay->reader, replay->type->id, 0, entry_fold, replay);
  if (error != STORE_OK) return error;
  record_finish(replay);
  extras_report(replay, INT64_MAX);
  return replay->error;
}

enum store_error verify_tables(struct store *store, struct reader *reader, struct findings *findings, int64_t *records) {
  const struct schema *schema = store_schema(store);
  struct arena *one = arena_new(), *other = arena_new(), *page = arena_new();
  enum store_error error = STORE_OK;
  *records = 0;
  for (size_t i = 0; i < schema->count && error == STORE_OK && !findings->stopped; i++) {
    struct replay *replay = ARENA_NEW(page, struct replay);
    struct arena *pages = arena_new();
    *replay = (struct replay){.reader = reader, .findings = findings, .type = schema->types[i], .arena = one, .other = other, .page_arena = pages};
    error = verify_type(replay);
    if (!error && !findings->stopped) error = beside_verify(replay, texts_of(store, schema->types[i]));
    *records += replay->records;
    arena_free(pages);
  }
  arena_free(one);
  arena_free(other);
  arena_free(page);
  return error;
}
