/* GET /api/v1/search: one question over all record types. Each hit says what it is and where the words stand: characters to mark, never
   markup. A count is told as far as was counted, from records that who asks may see. */
#include "web/search.h"

#include <stdio.h>
#include <string.h>

#include "web/list.h"

enum { LIMIT_USUAL = 20, LIMIT_MOST = 100, CHARACTERS_MOST = 200, MARKS_MOST = 64, SNIPPET = 90, SNIPPET_BEFORE = 20 };

/* ---- what is asked ---- */

static const char *const NAMES[] = {"q", "type", "unit", "sort", "from", "to", "limit", "after"};
enum { NAME_COUNT = sizeof NAMES / sizeof *NAMES };

static enum MHD_Result name_check(void *with, enum MHD_ValueKind kind, const char *name, const char *value) {
  struct request *request = with;
  (void)kind;
  (void)value;
  for (size_t i = 0; i < NAME_COUNT; i++)
    if (strcmp(NAMES[i], name) == 0) return MHD_YES;
  request->issues.unknown_name = true;
  issue_add(&request->issues, 0, name, "unknown_name",
            label_print(request->arena, "没有“%s”这一项，可用：%s。", "there is no \"%s\"; possible: %s.", name,
                        nearest_names(request->arena, name, NAMES, NAME_COUNT)));
  return MHD_YES;
}

static void wrong(struct request *request, const char *name, struct label sentence) {
  issue_add(&request->issues, 0, name, "wrong_value", sentence);
}

static void type_add(struct searching *searching, const struct record_type *type) {
  const struct scope *scope = request_scope(searching->request, type, MAY_READ);
  for (size_t i = 0; i < searching->type_count; i++)
    if (searching->types[i].type == type) return;
  if (type_searched(type) && scope->grant_count && searching->type_count < SEARCH_TYPES_MOST)
    searching->types[searching->type_count++] = (struct searched_type){.type = type, .scope = scope};
}

static void read_types(struct searching *searching, const char *text) {
  struct request *request = searching->request;
  for (size_t i = 0; !text && i < SCHEMA.count; i++) type_add(searching, SCHEMA.types[i]);
  while (text && *text) {
    size_t size = strcspn(text, ",");
    const char *name = arena_copy(request->arena, text, size);
    const struct record_type *type = record_type_named(name);
    if (type && type_searched(type)) type_add(searching, type);
    else
      wrong(request, "type",
            label_print(request->arena, "没有可查找的记录类型“%s”。", "there is no record type \"%s\" that can be searched.", name));
    text += size + (text[size] == ',');
  }
}

static int64_t read_date(struct request *request, const char *name, int days) {
  const char *text = request_argument(request, name);
  struct field field = {.type = F_DATE};
  struct value value;
  struct label expected;
  if (!text || !*text) return NOTHING;
  if (value_from_text(request->arena, &field, text, &value, &expected)) return moment_of_date(value.integer + days);
  wrong(request, name, label_print(request->arena, "“%s”应是日期，如 2026-11-23。", "\"%s\" is a date like 2026-11-23.", name));
  return NOTHING;
}

static void read_number(struct request *request, const char *name, int64_t least, int64_t most, int64_t *value) {
  const char *text = request_argument(request, name);
  if (!text || !*text || (text_to_integer(text, value) && *value >= least && *value <= most)) return;
  wrong(request, name,
        label_print(request->arena, "“%s”应为 %lld 至 %lld 的整数。", "\"%s\" is a whole number from %lld to %lld.", name, (long long)least,
                    (long long)most));
}

/* The cursor: order, epoch, closeness, id. */
static bool read_after(struct searching *searching, const char *text, int64_t epoch) {
  char order = 0, rest = 0;
  long long of_epoch, closeness, id;
  if (!text || !*text) return true;
  if (sscanf(text, "%c.%lld.%lld.%lld%c", &order, &of_epoch, &closeness, &id, &rest) != 4 || of_epoch != epoch || id <= 0 ||
      order != (searching->best ? 'b' : 'n'))
    return false;
  searching->after_id = id;
  searching->after_closeness = closeness;
  return true;
}

static void read_arguments(struct searching *searching) {
  struct request *request = searching->request;
  const char *sort = request_argument(request, "sort");
  int64_t limit = LIMIT_USUAL;
  MHD_get_connection_values(request->connection, MHD_GET_ARGUMENT_KIND, name_check, request);
  searching->best = sort && strcmp(sort, "best") == 0;
  if (sort && *sort && !searching->best && strcmp(sort, "new") != 0)
    wrong(request, "sort",
          (struct label){"排序只有 new（最新在前）和 best（最贴近在前）。", "sort is new (newest first) or best (closest first)."});
  read_number(request, "limit", 1, LIMIT_MOST, &limit);
  read_number(request, "unit", 1, INT64_MAX, &searching->unit);
  searching->limit = (size_t)limit;
  searching->from = read_date(request, "from", 0);
  searching->before = read_date(request, "to", 1);
  read_types(searching, request_argument(request, "type"));
}

/* False: answered. */
static bool read_question(struct searching *searching) {
  struct request *request = searching->request;
  const char *words = request_argument(request, "q");
  if (!words) words = "";
  bool valid = text_valid(words, strlen(words));
  if (valid && text_length(words) > CHARACTERS_MOST) {
    answer_problem(request, 400, "too_long",
                   label_print(request->arena, "查找词最多 %d 字。", "the words to look for have at most %d characters.", CHARACTERS_MOST));
    return false;
  }
  if (!valid) {
    answer_problem(request, 400, "malformed", (struct label){"查找词不是有效的 UTF-8 文本。", "the words to look for are no well-formed UTF-8."});
    return false;
  }
  searching->words = words;
  enum question_fault fault = question_of(request->arena, words, &searching->question);
  if (fault) answer_problem(request, 400, question_fault_code(fault), question_fault_label(fault));
  return fault == QUESTION_FITS;
}

/* ---- marks ---- */

static bool marked_field(const struct request *request, const struct field *field) {
  return (field->flags & FIELD_SEARCHED) && field_readable(request->authority, field);
}

static void marks_write(struct json *json, const char *key, const struct mark *marks, size_t count, size_t from, size_t before) {
  json_key(json, key);
  json_open(json, '[');
  for (size_t i = 0; i < count; i++) {
    if (marks[i].from < from || marks[i].to > before) continue;
    json_open(json, '[');
    json_integer(json, (int64_t)(marks[i].from - from));
    json_integer(json, (int64_t)(marks[i].to - from));
    json_close(json, ']');
  }
  json_close(json, ']');
}

static void text_write(struct searching *searching, struct json *json, const char *name, const char *marks_name, const struct row *row,
                       const struct field *field) {
  struct mark marks[MARKS_MOST];
  const char *text = field && field_is_text(field) && field->type != F_CONTACT && field_readable(searching->request->authority, field)
                         ? row_text(row, field->id)
                         : NULL;
  size_t count = text && (field->flags & FIELD_SEARCHED) ? question_marks(searching->request->arena, &searching->question, text,
                                                                          (field->flags & FIELD_PARTS) != 0, marks, MARKS_MOST)
                                                         : 0;
  json_pair(json, name, text);
  marks_write(json, marks_name, marks, count, 0, SIZE_MAX);
}

/* Where a stretch of SNIPPET characters holds most of what is looked for: by its first mark. */
static size_t best_mark(const struct mark *marks, size_t count) {
  size_t best = 0, most = 0;
  for (size_t i = 0; i < count; i++) {
    uint32_t parts = 0;
    for (size_t k = i; k < count && marks[k].to <= marks[i].from + SNIPPET - SNIPPET_BEFORE; k++)
      parts |= UINT32_C(1) << (marks[k].part % 32);
    size_t some = (size_t)__builtin_popcount(parts);
    if (some > most) {
      most = some;
      best = i;
    }
  }
  return best;
}

/* A piece of the text with what is found in it; line ends and the like become blanks, so the marks stay right. */
static void piece_write(struct searching *searching, struct json *json, const struct field *field, const char *text,
                        const struct mark *marks, size_t count) {
  struct buffer piece = {.arena = searching->request->arena};
  size_t first = marks[best_mark(marks, count)].from, from = first > SNIPPET_BEFORE ? first - SNIPPET_BEFORE : 0, before = from + SNIPPET,
         at = 0, width;
  for (; *text && at < before; text += width, at++) {
    uint32_t point = text_next(text, &width);
    if (at < from) continue;
    if (point < ' ' || (point >= 0x7F && point < 0xA0)) buffer_byte(&piece, ' ');
    else buffer_add(&piece, text, width);
  }
  json_key(json, "snippet");
  json_open(json, '{');
  json_pair(json, "field", field->name);
  json_pair(json, "text", piece.size ? piece.bytes : "");
  marks_write(json, "marks", marks, count, from, before);
  json_pair_yes_no(json, "begins", from == 0);
  json_pair_yes_no(json, "ends", !*text);
  json_close(json, '}');
}

/* The first searched text, beside title and number, that holds what is looked for. */
static void snippet_write(struct searching *searching, struct json *json, const struct row *row, const struct field *number) {
  struct mark marks[MARKS_MOST];
  for (size_t i = 0; i < row->type->field_count; i++) {
    const struct field *field = &row->type->fields[i];
    const char *text = marked_field(searching->request, field) && field->id != row->type->title && field != number
                           ? row_text(row, field->id)
                           : NULL;
    size_t count = text ? question_marks(searching->request->arena, &searching->question, text, (field->flags & FIELD_PARTS) != 0, marks,
                                         MARKS_MOST)
                        : 0;
    if (!count) continue;
    piece_write(searching, json, field, text, marks, count);
    return;
  }
  json_key(json, "snippet");
  json_null(json);
}

/* ---- the answer ---- */

static const struct field *number_field(const struct record_type *type) {
  for (size_t i = 0; i < type->field_count; i++)
    if (type->fields[i].flags & FIELD_PARTS) return &type->fields[i];
  return NULL;
}

static int64_t unit_of(const struct row *row) {
  for (size_t i = 0; i < 4 && row->type->holders[i].field; i++)
    if (row->type->holders[i].relation == RELATION_LEAD) return row_integer(row, row->type->holders[i].field);
  return NOTHING;
}

static void hit_write(struct searching *searching, struct json *json, const struct search_row *hit, const struct row *whole,
                      struct labels *labels) {
  const struct record_type *type = hit->type->type;
  const struct state_name *state = record_state(type, hit->row->state);
  const struct field *number = number_field(type);
  int64_t unit = unit_of(hit->row);
  json_open(json, '{');
  json_pair(json, "type", type->name);
  json_pair(json, "plural", type->plural);
  json_pair_integer(json, "id", hit->row->id);
  text_write(searching, json, "number", "number_marks", whole, number);
  text_write(searching, json, "title", "title_marks", whole, record_field(type, type->title));
  snippet_write(searching, json, whole, number);
  json_pair(json, "state", state ? state->name : NULL);
  json_key(json, "unit");
  if (unit > 0) json_integer(json, unit);
  else json_null(json);
  if (unit > 0) labels_want(labels, RECORD_UNIT, unit);
  json_pair(json, "moment", moment_print(searching->request->arena, search_moment(hit->row)));
  json_close(json, '}');
}

/* The page's rows once more, with their long texts. */
static enum store_error whole_rows(struct searching *searching, const struct search_rows *rows, size_t count, struct row **whole) {
  for (size_t t = 0; t < searching->type_count; t++) {
    const struct searched_type *searched = &searching->types[t];
    int64_t ids[LIMIT_MOST];
    size_t some = 0;
    for (size_t i = 0; i < count; i++)
      if (rows->items[i].type == searched) ids[some++] = rows->items[i].row->id;
    struct query query =
        {.type = searched->type, .ids = ids, .id_count = some, .only_ids = true, .long_texts = true, .expected = (int64_t)some};
    struct rows read = {.arena = searching->request->arena};
    enum store_error error = some ? rows_read(searching->request, &query, searched->scope, &read) : STORE_OK;
    if (error) return error;
    for (size_t i = 0; i < count; i++)
      for (size_t k = 0; rows->items[i].type == searched && k < read.count; k++)
        if (read.items[k]->id == rows->items[i].row->id) whole[i] = read.items[k];
  }
  return STORE_OK;
}

/* How many were found, as far as was looked; which types they are of. */
static void counts_write(struct searching *searching, struct json *json, const struct search_rows *rows) {
  json_key(json, "count");
  if (searching->after_id) json_null(json);
  else json_integer(json, (int64_t)rows->count);
  json_pair_yes_no(json, "counted_all", !searching->after_id && !rows->more);
  json_key(json, "by_type");
  json_open(json, '[');
  for (size_t t = 0; !searching->after_id && t < searching->type_count; t++) {
    int64_t count = 0;
    for (size_t i = 0; i < rows->count; i++) count += rows->items[i].type == &searching->types[t];
    if (!count) continue;
    json_open(json, '{');
    json_pair(json, "type", searching->types[t].type->name);
    json_pair_integer(json, "count", count);
    json_close(json, '}');
  }
  json_close(json, ']');
}

static void next_write(struct searching *searching, struct json *json, const struct search_rows *rows, size_t shown, int64_t epoch) {
  bool left = rows->count > shown;
  int64_t id = left ? rows->items[shown - 1].row->id : rows->last_id,
          closeness = left ? rows->items[shown - 1].closeness : rows->last_closeness;
  json_pair(json, "next",
            (left || rows->more) && id ? arena_print(searching->request->arena, "%c.%lld.%lld.%lld", searching->best ? 'b' : 'n',
                                                     (long long)epoch, (long long)closeness, (long long)id)
                                       : NULL);
}

static void ignored_write(struct searching *searching, struct json *json) {
  json_key(json, "ignored");
  json_open(json, '[');
  for (size_t i = 0; i < searching->question.ignored_count; i++) json_text(json, searching->question.ignored[i]);
  json_close(json, ']');
}

static void answer(struct searching *searching, const struct search_rows *rows, int64_t epoch) {
  struct request *request = searching->request;
  struct labels labels = {.arena = request->arena};
  size_t shown = rows->count < searching->limit ? rows->count : searching->limit;
  struct row **whole = ARENA_ARRAY(request->arena, struct row *, shown + 1);
  enum store_error error = whole_rows(searching, rows, shown, whole);
  if (error) {
    answer_store_error(request, error);
    return;
  }
  struct json *json = out_open(request);
  json_key(json, "items");
  json_open(json, '[');
  for (size_t i = 0; i < shown; i++)
    if (whole[i]) hit_write(searching, json, &rows->items[i], whole[i], &labels);
  json_close(json, ']');
  next_write(searching, json, rows, shown, epoch);
  counts_write(searching, json, rows);
  ignored_write(searching, json);
  error = labels_write(request, json, &labels);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}

void search_show(struct request *request) {
  struct searching *searching = ARENA_NEW(request->arena, struct searching);
  struct search_rows rows;
  struct head head;
  enum store_error error = STORE_OK;
  searching->request = request;
  read_arguments(searching);
  if (request->issues.count) {
    answer_problem(request, 400, request->issues.unknown_name ? "unknown_names" : "malformed",
                   (struct label){"查询条件有误，见各项说明。", "the conditions are wrong; see the findings."});
    return;
  }
  if (!read_question(searching) || !request_reader(request)) return;
  error = reader_head(request->reader, &head);
  request->journal = head.number;
  if (!error && !read_after(searching, request_argument(request, "after"), head.epoch)) {
    answer_problem(request, 400, "bad_cursor",
                   (struct label){"翻页标记无效（排序变了，或库已恢复过），请从第一页重新开始。",
                                  "the cursor does not fit (another order, or the store was restored); begin from the first page."});
    return;
  }
  if (!error && searching->unit) error = units_below(request, searching->unit, &searching->units, &searching->unit_count);
  if (!error) error = search_find(searching, &rows);
  if (error) answer_store_error(request, error);
  else answer(searching, &rows, head.epoch);
}
