/* The forms: their columns in one table each, a function a column. Problems come some hundred at a time with their measures; several
   measures are lines of one cell (22) or rows of their own under merged cells (52). */
#include <jansson.h>
#include <string.h>

#include "base/room.h"
#include "exchange/csv.h"
#include "exchange/export_ledger.h"
#include "exchange/ledger.h"
#include "exchange/map.h"
#include "rules/demo_mark.h"

#define CHUNK 400

struct measures_of { struct row **items; size_t count; };
struct forming {
  struct reader *reader; const struct form_options *options; struct table *table; struct arena *arena, *scratch; bool demo;
  int64_t *ids; size_t count, room; struct map units; const char **unit_names; int64_t *unit_parents; size_t unit_count, unit_room;
  struct map categories; const char **category_names; int64_t *category_parents; size_t category_count, category_room;
  struct row **rows; size_t row_count; struct map measure_lists; struct measures_of *lists; size_t list_count;
  enum store_error error; int64_t written;
};
/* One problem on its way into a row. */
struct line {
  struct forming *forming;
  const struct row *problem;
  struct measures_of measures;
  size_t measure;
  json_t *others;
  const struct form_column *column;
};

typedef void column_function(struct line *line, size_t at);
struct form_column {
  struct table_column shown;
  column_function *write;
  uint16_t field;
  const char *other;
  bool each /* a row for each measure */;
};

/* ---- columns ---- */

static bool english(const struct line *line) { return line->forming->options->list.language == LANGUAGE_EN; }

static const char *unit_name(struct forming *forming, int64_t id) {
  int64_t at = id == NOTHING ? NOTHING : map_get(&forming->units, id);
  return at == NOTHING ? NULL : forming->unit_names[at];
}

static const char *other_text(const struct line *line, const char *header, const char *group) {
  char path[400];
  json_t *value = NULL;
  if (!line->others) return NULL;
  if (group && snprintf(path, sizeof path, "%s/%s", group, header) < (int)sizeof path) value = json_object_get(line->others, path);
  if (!value) value = json_object_get(line->others, header);
  return json_string_value(value);
}

static void write_field(struct line *line, size_t at) {
  const struct field *field = record_field(line->problem->type, line->column->field);
  const struct value *value = row_value(line->problem, line->column->field);
  const struct choice *choice = field->type == F_CHOICE && value->kind == VALUE_INTEGER && value->integer != NOTHING
                                    ? field_choice(field, value->integer)
                                    : NULL;
  if (field->type == F_DATE) table_date(line->forming->table, at, value->kind == VALUE_INTEGER ? value->integer : NOTHING);
  else if (field->type == F_CHOICE)
    table_text(line->forming->table, at, choice ? label_in(choice->label, line->forming->options->list.language) : NULL);
  else table_text(line->forming->table, at, value->kind == VALUE_TEXT ? value->text : NULL);
}

/* The campaign's own category by the path down to it, which tells two of one name apart; the city-wide one where it has none. */
static void write_category(struct line *line, size_t at) {
  const struct forming *forming = line->forming;
  int64_t id = row_integer(line->problem, PROBLEM_CATEGORY_RECORD), place = id == NOTHING ? NOTHING : map_get(&forming->categories, id);
  const char *path = NULL;
  for (int level = 0; place != NOTHING && level < 5; level++) {
    path = path ? arena_print(forming->scratch, "%s/%s", forming->category_names[place], path) : forming->category_names[place];
    place = forming->category_parents[place] == NOTHING ? NOTHING : map_get(&forming->categories, forming->category_parents[place]);
  }
  if (path) table_text(forming->table, at, path);
  else write_field(line, at);
}

static void write_number(struct line *line, size_t at) {
  const char *number = row_text(line->problem, PROBLEM_NUMBER);
  table_text(line->forming->table, at,
             number ? number
                    : ledger_unnumbered(line->forming->scratch, row_text(line->problem, PROBLEM_FILE_NUMBER), line->problem->id,
                                        english(line)));
}
static void write_lead(struct line *line, size_t at) {
  table_text(line->forming->table, at, unit_name(line->forming, row_integer(line->problem, PROBLEM_LEAD_UNIT)));
}

static void write_parent_unit(struct line *line, size_t at) {
  int64_t unit = row_integer(line->problem, PROBLEM_LEAD_UNIT), place = unit == NOTHING ? NOTHING : map_get(&line->forming->units, unit);
  table_text(line->forming->table, at, place == NOTHING ? NULL : unit_name(line->forming, line->forming->unit_parents[place]));
}

static void write_joint(struct line *line, size_t at) {
  const struct value *joint = row_value(line->problem, PROBLEM_JOINT_UNITS);
  struct buffer names = {.arena = line->forming->scratch};
  for (size_t i = 0; joint->kind == VALUE_MANY && i < joint->count; i++) {
    const char *name = unit_name(line->forming, joint->many[i]);
    if (name) buffer_print(&names, "%s%s", names.size ? "；" : "", name);
  }
  table_text(line->forming->table, at, names.bytes);
}

/* A date as a date; where there is none, the words that were written. */
static void write_due(struct line *line, size_t at) {
  int64_t due = row_integer(line->problem, PROBLEM_DUE);
  if (due != NOTHING) table_date(line->forming->table, at, due);
  else table_text(line->forming->table, at, row_text(line->problem, PROBLEM_DUE_TEXT));
}

static void write_measures(struct line *line, size_t at) {
  struct buffer text = {.arena = line->forming->scratch};
  for (size_t i = 0; i < line->measures.count; i++) {
    int64_t due = row_integer(line->measures.items[i], MEASURE_DUE);
    buffer_print(&text, "%s%zu.%s", i ? "；\n" : "", i + 1, row_text(line->measures.items[i], MEASURE_TITLE));
    if (due != NOTHING) buffer_print(&text, "（%s）", date_print(line->forming->scratch, due));
  }
  table_text(line->forming->table, at, text.bytes);
}

static void write_measure(struct line *line, size_t at) {
  table_text(line->forming->table, at,
             line->measure < line->measures.count ? row_text(line->measures.items[line->measure], MEASURE_TITLE) : NULL);
}
static void write_measure_due(struct line *line, size_t at) {
  table_date(line->forming->table, at,
             line->measure < line->measures.count ? row_integer(line->measures.items[line->measure], MEASURE_DUE) : NOTHING);
}

static bool struck_off(const struct row *problem) { return problem->state == PROBLEM_CLOSED || problem->state == PROBLEM_SETTLED; }

static void write_done(struct line *line, size_t at) {
  state_code state = line->problem->state;
  bool done = struck_off(line->problem) || state == PROBLEM_ACCEPTED || state == PROBLEM_PUBLICISED,
       claimed = state == PROBLEM_APPLIED || state == PROBLEM_ENDORSED;
  table_text(line->forming->table, at,
             english(line) ? (done      ? "Completed"
                              : claimed ? "Mostly completed"
                                        : "In progress")
             : done        ? "已完成"
             : claimed     ? "基本完成"
                           : "未完成");
}
static void write_closed(struct line *line, size_t at) {
  table_text(line->forming->table, at,
             english(line)               ? (struck_off(line->problem) ? "Yes" : "No")
             : struck_off(line->problem) ? "是"
                                         : "否");
}
static void write_closed_on(struct line *line, size_t at) {
  table_date(line->forming->table, at, struck_off(line->problem) ? row_integer(line->problem, PROBLEM_CLOSED_ON) : NOTHING);
}

static void write_long_term(struct line *line, size_t at) {
  const char *said = other_text(line, "是否长期坚持", NULL);
  bool yes = row_integer(line->problem, PROBLEM_KIND) == KIND_LONG_TERM;
  table_text(line->forming->table, at, said ? said : english(line) ? (yes ? "Yes" : "No") : yes ? "是" : "否");
}

static void write_other(struct line *line, size_t at) {
  const struct table_column *shown = &line->column->shown;
  const char *text = other_text(line, line->column->other ? line->column->other : shown->header.zh, shown->group.zh);
  if (!text && line->column->other) text = other_text(line, shown->header.zh, shown->group.zh);
  table_text(line->forming->table, at, text);
}

#define G_PROBLEM {"问题情况", "Problem"}
#define G_ASKED {"整改要求", "What is asked"}
#define G_DUTY {"责任落实", "Who answers"}
#define G_RESULT {"整改情况", "Rectification"}
#define G_CLOSING {"销号", "Closing"}
#define ALONE {NULL, NULL}

static const struct form_column LEDGER22[] = { /* the short form, domain facts 4 */
  {{ALONE, {"序号", "No."}, 13}, write_number}, {{G_PROBLEM, {"问题来源", "Source"}, 9}, write_field, PROBLEM_SOURCE}, {{G_PROBLEM, {"问题类别", "Category"}, 12}, write_category, PROBLEM_CATEGORY},
  {{G_PROBLEM, {"反馈问题", "Problem"}, 22}, write_field, PROBLEM_TITLE}, {{G_PROBLEM, {"具体表现", "Detail"}, 22}, write_field, PROBLEM_DETAIL}, {{G_ASKED, {"原因分析", "Root cause"}, 18}, write_field, PROBLEM_ROOT_CAUSE},
  {{G_ASKED, {"整改目标", "Goal"}, 18}, write_field, PROBLEM_GOAL}, {{G_ASKED, {"整改措施", "Measures"}, 28}, write_measures}, {{G_DUTY, {"牵头/责任领导", "Official"}, 10}, write_field, PROBLEM_OFFICIAL},
  {{G_DUTY, {"责任单位", "Lead unit"}, 14}, write_lead}, {{G_DUTY, {"配合单位", "Joint units"}, 14}, write_joint}, {{G_DUTY, {"责任人", "Owner"}, 10}, write_field, PROBLEM_OWNER},
  {{ALONE, {"整改类型", "Type"}, 9}, write_field, PROBLEM_KIND}, {{ALONE, {"整改时限", "Due"}, 11}, write_due}, {{G_RESULT, {"整改进展", "Progress"}, 24}, write_field, PROBLEM_PROGRESS_NOTE},
  {{G_RESULT, {"完成情况(未完成/基本完成/已完成)", "Status"}, 10}, write_done}, {{G_RESULT, {"佐证材料", "Evidence"}, 10}, write_other, 0, "佐证材料"}, {{ALONE, {"是否长期坚持", "Long-term"}, 7}, write_long_term},
  {{ALONE, {"是否公开/不公开理由", "Public"}, 10}, write_other, 0, "是否公开"}, {{G_CLOSING, {"是否销号", "Closed"}, 7}, write_closed}, {{G_CLOSING, {"销号时间", "Closed on"}, 11}, write_closed_on}, {{ALONE, {"备注", "Remarks"}, 14}, write_field, PROBLEM_REMARK}};

#define A_REPORT {"审计报告问题", "In the audit report"}
#define A_DETAIL {"问题具体情况", "The problem"}
#define A_ASKED {"整改要求", "What is asked"}
#define A_PLAN {"整改方案", "Plan"}
#define A_DUTY {"整改责任人", "Who answers"}
#define A_RESULT {"整改结果", "Results"}
#define A_OTHER {"其他", "Other"}
#define A_ACCOUNT {"追责问责情况", "Accountability"}
#define A_RULES {"完善制度情况", "Rules mended"}
#define OTHER(group, zh, en) {{group, {zh, en}, 10}, write_other}

static const struct form_column AUDIT52[] = { /* the full audit form, verbatim, domain facts 4 */
  {{ALONE, {"序号", "No."}, 13}, write_number}, {{ALONE, {"一级单位", "Parent unit"}, 12}, write_parent_unit}, {{ALONE, {"具体责任单位", "Responsible unit"}, 14}, write_lead}, {{ALONE, {"问题来源", "Source"}, 10}, write_field, PROBLEM_SOURCE},
  OTHER(ALONE, "审计报告出具年份", "Year of the report"), {{ALONE, {"问题类别", "Category"}, 12}, write_category, PROBLEM_CATEGORY},
  OTHER(A_REPORT, "一级标题", "Heading 1"), OTHER(A_REPORT, "二级标题", "Heading 2"), OTHER(A_REPORT, "三级标题", "Heading 3"), OTHER(A_REPORT, "在审计报告中的表述", "As the report says"),
  OTHER(A_DETAIL, "具体责任单位", "Department"), {{A_DETAIL, {"具体问题表述", "Problem"}, 24}, write_field, PROBLEM_TITLE}, OTHER(A_DETAIL, "问题金额（万元）", "Amount (10,000 yuan)"), {{A_DETAIL, {"负责监督管理责任的主管部门", "Supporting units"}, 14}, write_joint},
  {{A_ASKED, {"整改类型", "Type"}, 9}, write_field, PROBLEM_KIND}, OTHER(A_ASKED, "法规政策依据", "Rules it rests on"), OTHER(A_ASKED, "整改要求", "Demand"), {{A_ASKED, {"整改时限", "Due"}, 11}, write_due}, {{A_ASKED, {"整改完成标准", "Goal"}, 16}, write_field, PROBLEM_GOAL},
  {{A_PLAN, {"细化的整改措施", "Measures"}, 24}, write_measure, 0, NULL, true}, {{A_PLAN, {"对应的完成时间", "Measure due"}, 11}, write_measure_due, 0, NULL, true},
  {{A_DUTY, {"整改第一责任人", "Official"}, 10}, write_field, PROBLEM_OFFICIAL}, OTHER(A_DUTY, "协助整改工作的领导", "Deputy"), {{A_DUTY, {"牵头整改部门责任人及联系电话", "Owner"}, 12}, write_field, PROBLEM_OWNER}, OTHER(A_DUTY, "配合整改部门责任人及联系电话", "Owner of the helping department"), OTHER(A_DUTY, "审计部门责任人及联系电话", "Audit contact"),
  {{A_RESULT, {"已采取的整改措施", "Progress"}, 24}, write_field, PROBLEM_PROGRESS_NOTE}, OTHER(A_RESULT, "项目数", "Projects"), OTHER(A_RESULT, "问题整改金额（万元）", "Amount rectified"), OTHER(A_RESULT, "其中:追缴资金（万元）", "Recovered funds"), OTHER(A_RESULT, "其中:归还原渠道（万元）", "Returned"),
  OTHER(A_RESULT, "其中:统筹盘活（万元）", "Put to use"), OTHER(A_RESULT, "其中:加快拨付（万元）", "Paid out faster"), OTHER(A_RESULT, "其中:退抵税费（万元）", "Taxes"), OTHER(A_RESULT, "其中:调整账表（万元）", "Accounts adjusted"), OTHER(A_RESULT, "其中:终止或调整金融业务（万元）", "Financial business ended"), OTHER(A_RESULT, "其中:补办手续（万元）", "Formalities made good"),
  OTHER(A_RESULT, "方式", "Manner"), OTHER(A_RESULT, "金额", "Sum"), OTHER(A_OTHER, "土地森林面积", "Land and forest"), OTHER(A_OTHER, "矿产资源产能", "Minerals"), OTHER(A_OTHER, "单位", "Organisations"), OTHER(A_OTHER, "家庭", "Households"), OTHER(A_OTHER, "人数", "People"), OTHER(A_OTHER, "住房", "Housing"),
  OTHER(A_ACCOUNT, "情形", "Circumstances"), OTHER(A_ACCOUNT, "人数", "People"), OTHER(A_RULES, "数量", "Number"), OTHER(A_RULES, "文件名", "Documents"), OTHER(ALONE, "未整改到位原因及下一步计划", "Why not yet, and what next"), {{ALONE, {"是否已完成整改", "Completed"}, 8}, write_done}, {{ALONE, {"是否销号", "Closed"}, 7}, write_closed}};
_Static_assert(sizeof LEDGER22 / sizeof *LEDGER22 == 22, "the ledger has 22 columns");
_Static_assert(sizeof AUDIT52 / sizeof *AUDIT52 == 52, "the audit list has 52 columns");

enum ledger_form ledger_form_named(const char *name) {
  if (strcmp(name, "ledger22") == 0) return FORM_LEDGER22;
  if (strcmp(name, "audit52") == 0) return FORM_AUDIT52;
  return strcmp(name, "screen") == 0 ? FORM_SCREEN : FORM_NONE;
}

/* ---- what is read ---- */

static bool unit_take(void *with, const struct row *unit) {
  struct forming *forming = with;
  size_t room = forming->unit_room;
  ARENA_ROOM(forming->arena, forming->unit_names, forming->unit_count, room, 256);
  ARENA_ROOM(forming->arena, forming->unit_parents, forming->unit_count, forming->unit_room, 256);
  forming->unit_names[forming->unit_count] = arena_text(forming->arena, row_text(unit, UNIT_NAME) ? row_text(unit, UNIT_NAME) : "");
  forming->unit_parents[forming->unit_count] = row_integer(unit, UNIT_PARENT);
  map_put(&forming->units, unit->id, (int64_t)forming->unit_count++);
  return true;
}

static bool category_take(void *with, const struct row *category) {
  struct forming *forming = with;
  size_t room = forming->category_room;
  const char *name = row_text(category, CATEGORY_NAME);
  ARENA_ROOM(forming->arena, forming->category_names, forming->category_count, room, 256);
  ARENA_ROOM(forming->arena, forming->category_parents, forming->category_count, forming->category_room, 256);
  forming->category_names[forming->category_count] = arena_text(forming->arena, name ? name : "");
  forming->category_parents[forming->category_count] = row_integer(category, CATEGORY_PARENT);
  map_put(&forming->categories, category->id, (int64_t)forming->category_count++);
  return true;
}

static bool id_take(void *with, const struct row *row) {
  struct forming *forming = with;
  ARENA_ROOM(forming->arena, forming->ids, forming->count, forming->room, 256);
  forming->ids[forming->count++] = row->id;
  return true;
}

static bool row_take(void *with, const struct row *row) {
  struct forming *forming = with;
  if (forming->row_count < CHUNK) forming->rows[forming->row_count++] = row_copy(forming->scratch, row);
  return true;
}

static bool measure_take(void *with, const struct row *measure) {
  struct forming *forming = with;
  int64_t problem = row_integer(measure, MEASURE_PROBLEM), at = map_get(&forming->measure_lists, problem);
  if (measure->state == MEASURE_CANCELLED) return true;
  if (at == NOTHING) map_put(&forming->measure_lists, problem, at = (int64_t)forming->list_count++);
  struct measures_of *list = &forming->lists[at];
  struct row **more = ARENA_ARRAY(forming->scratch, struct row *, list->count + 1);
  if (list->count) memcpy(more, list->items, list->count * sizeof *more);
  more[list->count++] = row_copy(forming->scratch, measure);
  list->items = more;
  return true;
}

static enum store_error chunk_read(struct forming *forming, size_t at, size_t count) {
  const struct query *asked = forming->options->list.query;
  struct query query = {.type = asked->type,
                        .ids = forming->ids + at,
                        .id_count = count,
                        .only_ids = true,
                        .sort = asked->sort,
                        .descending = asked->descending,
                        .long_texts = true,
                        .many = true,
                        .with_voided = asked->with_voided,
                        .expected = -1};
  struct value *problems = ARENA_ARRAY(forming->scratch, struct value, count);
  for (size_t i = 0; i < count; i++) problems[i] = value_integer(MEASURE_PROBLEM, forming->ids[at + i]);
  struct condition among = {.field = MEASURE_PROBLEM, .how = C_IN, .values = problems, .count = count};
  struct query measures = {.type = record_type(RECORD_MEASURE), .conditions = &among, .condition_count = 1, .expected = -1};
  forming->rows = ARENA_ARRAY(forming->scratch, struct row *, CHUNK);
  forming->lists = ARENA_ARRAY(forming->scratch, struct measures_of, CHUNK + 1);
  forming->row_count = forming->list_count = 0;
  enum store_error error = reader_list(forming->reader, &query, forming->options->list.scope, forming->scratch, row_take, forming);
  if (!error) error = reader_list(forming->reader, &measures, &SCOPE_SYSTEM, forming->scratch, measure_take, forming);
  return error;
}

/* ---- rows ---- */

/* Those of the cycle that runs: what earlier ones did stands in their own reports. */
static struct measures_of measures_now(const struct forming *forming, const struct row *problem) {
  int64_t at = map_get(&forming->measure_lists, problem->id), cycle = row_integer(problem, PROBLEM_CYCLE);
  struct measures_of now = {0}, *all = at == NOTHING ? NULL : &forming->lists[at];
  now.items = all ? ARENA_ARRAY(forming->scratch, struct row *, all->count) : NULL;
  for (size_t i = 0; all && i < all->count; i++) {
    int64_t of = row_integer(all->items[i], MEASURE_CYCLE);
    if (of == NOTHING || cycle == NOTHING || of == cycle) now.items[now.count++] = all->items[i];
  }
  return now;
}

bool form_reckons(const char *header) {
  for (size_t i = 0; i < sizeof AUDIT52 / sizeof *AUDIT52; i++)
    if (AUDIT52[i].write == write_parent_unit &&
        (strcmp(AUDIT52[i].shown.header.zh, header) == 0 || strcmp(AUDIT52[i].shown.header.en, header) == 0))
      return true;
  return false;
}

static void problem_write(struct forming *forming, const struct row *problem, const struct form_column *columns, size_t column_count) {
  const char *others = row_text(problem, PROBLEM_OTHER_COLUMNS);
  struct line line = {.forming = forming,
                      .problem = problem,
                      .measures = measures_now(forming, problem),
                      .others = others ? json_loads(others, 0, NULL) : NULL};
  bool rows_each = false;
  for (size_t i = 0; i < column_count; i++) rows_each |= columns[i].each;
  size_t rows = rows_each && line.measures.count > 1 ? line.measures.count : 1;
  for (line.measure = 0; line.measure < rows; line.measure++) {
    table_row(forming->table);
    for (size_t i = 0; i < column_count; i++) {
      line.column = &columns[i];
      table_spread(forming->table, columns[i].each ? 1 : rows);
      if (line.measure == 0 || columns[i].each) columns[i].write(&line, i);
      else table_text(forming->table, i, NULL);
    }
  }
  for (size_t i = 0; rows > 1 && i < column_count; i++)
    if (!columns[i].each) table_merge(forming->table, i, rows);
  json_decref(line.others);
  forming->written++;
}

static enum store_error problems_write(struct forming *forming, const struct form_column *columns, size_t column_count) {
  struct query ids = *forming->options->list.query, units = {.type = record_type(RECORD_UNIT), .expected = -1},
               categories = {.type = record_type(RECORD_CATEGORY), .expected = -1};
  ids.long_texts = ids.many = false;
  enum store_error error = reader_list(forming->reader, &units, &SCOPE_SYSTEM, forming->scratch, unit_take, forming);
  if (!error) error = reader_list(forming->reader, &categories, &SCOPE_SYSTEM, forming->scratch, category_take, forming);
  arena_reset(forming->scratch);
  if (!error) error = reader_list(forming->reader, &ids, forming->options->list.scope, forming->scratch, id_take, forming);
  for (size_t at = 0; !error && at < forming->count; at += CHUNK) {
    arena_reset(forming->scratch);
    error = chunk_read(forming, at, forming->count - at < CHUNK ? forming->count - at : CHUNK);
    for (size_t i = 0; !error && i < forming->row_count; i++) problem_write(forming, forming->rows[i], columns, column_count);
    map_free(&forming->measure_lists);
  }
  return error;
}

static struct table_head head_of(struct forming *forming, struct label title, const struct table_column *columns, size_t count,
                                 size_t leading, int64_t journal) {
  const struct form_options *options = forming->options;
  return (struct table_head){.title = options->title.zh ? options->title : title,
                             .columns = columns,
                             .column_count = count,
                             .leading = leading,
                             .cut_off = options->now,
                             .journal = journal,
                             .definitions = options->definitions,
                             .who = options->who,
                             .language = options->list.language,
                             .demo = forming->demo};
}

static enum store_error form_write(struct forming *forming, struct label title, const struct form_column *columns, size_t count,
                                   size_t leading, int64_t journal) {
  struct table_column *shown = ARENA_ARRAY(forming->arena, struct table_column, count);
  for (size_t i = 0; i < count; i++) shown[i] = columns[i].shown;
  struct table_head head = head_of(forming, title, shown, count, leading, journal);
  forming->table = table_open(forming->arena, forming->options->path, &head);
  if (!forming->table) return STORE_FULL;
  enum store_error error = problems_write(forming, columns, count);
  bool whole = table_close(forming->table);
  return error ? error : whole ? STORE_OK : STORE_FULL;
}

/* ---- what the screen shows: the list's own columns, through the export that makes its csv ---- */

static bool on_screen(const struct field *field, const struct record_type *type) {
  return !(field->flags & (FIELD_HIDDEN | FIELD_RETIRED)) &&
         ((field->flags & (FIELD_LISTED | FIELD_REQUIRED)) || field->id == type->title) && field->type != F_LONG_TEXT;
}

static double width_of(const struct field *field) { return field->type == F_TEXT ? 24 : field->type == F_REFERENCE ? 16 : 11; }

/* Places in the csv of the columns that are shown. */
static size_t screen_columns(struct forming *forming, const struct csv *csv, struct table_column *columns, size_t *places) {
  const struct record_type *type = forming->options->list.query->type;
  size_t count = 0;
  for (size_t i = 0; i < csv->count; i++)
    for (size_t k = 0; k <= type->field_count; k++) {
      struct label label = k < type->field_count ? type->fields[k].label : (struct label){"状态", "State"};
      if (strcmp(label_in(label, forming->options->list.language), csv->cells[i].text) != 0 ||
          (k < type->field_count && !on_screen(&type->fields[k], type)))
        continue;
      places[count] = i;
      columns[count++] = (struct table_column){{NULL, NULL}, label, k < type->field_count ? width_of(&type->fields[k]) : 10};
      break;
    }
  return count;
}

static enum store_error screen_write(struct forming *forming, int64_t journal) {
  struct buffer text = {0};
  struct export_options list = forming->options->list;
  list.unnumbered = true;
  enum store_error error = export_csv(forming->reader, &list, export_to_buffer, &text, NULL);
  struct csv csv = csv_open(text.bytes + 3, error ? 0 : text.size - 3); /* behind the mark of UTF-8 */
  if (!error && csv_next(&csv) == CSV_RECORD) {
    struct table_column *columns = ARENA_ARRAY(forming->arena, struct table_column, csv.count + 1);
    size_t *places = ARENA_ARRAY(forming->arena, size_t, csv.count + 1), count = screen_columns(forming, &csv, columns, places);
    struct table_head head = head_of(forming, forming->options->list.query->type->label_plural, columns, count, 2, journal);
    forming->table = count ? table_open(forming->arena, forming->options->path, &head) : NULL;
    error = forming->table ? STORE_OK : STORE_FULL;
    for (; !error && csv_next(&csv) == CSV_RECORD; forming->written++) {
      table_row(forming->table);
      for (size_t i = 0; i < count; i++)
        table_text(forming->table, i, places[i] < csv.count ? csv_unguard(csv.cells[places[i]].text) : NULL);
    }
    if (forming->table && !table_close(forming->table) && !error) error = STORE_FULL;
  }
  csv_close(&csv);
  buffer_free(&text);
  return error;
}

enum store_error export_form(struct reader *reader, const struct form_options *options, int64_t *rows) {
  struct forming forming = {.reader = reader, .options = options, .arena = arena_new(), .scratch = arena_new()};
  struct head head;
  enum store_error error = reader_head(reader, &head);
  if (!error) error = demo_mark(reader, &forming.demo);
  if (!error && options->form == FORM_LEDGER22) error = form_write(&forming, (struct label){"问题整改台账", "Rectification ledger"}, LEDGER22, 22, 5, head.number);
  else if (!error && options->form == FORM_AUDIT52) error = form_write(&forming, (struct label){"审计发现问题整改清单", "Audit rectification list"}, AUDIT52, 52, 3, head.number);
  else if (!error) error = screen_write(&forming, head.number);
  if (rows) *rows = forming.written;
  map_free(&forming.units);
  map_free(&forming.categories);
  map_free(&forming.measure_lists);
  arena_free(forming.scratch);
  arena_free(forming.arena);
  return error;
}
