/* Writing a comparison as CSV, for print and for spreadsheets. Reads names and the journal; decides nothing. */
#include "exchange/compare_csv.h"

#include <string.h>

#include "exchange/csv.h"

struct writing {
  struct reader *reader; const struct compare_csv *options; struct buffer *out; struct arena *arena, *scratch /* one problem */;
  struct row **slips; size_t slip_count; /* of both tables */
  enum store_error error; int64_t rows;
};

static const char *say(const struct writing *writing, const char *zh, const char *en) {
  return writing->options->language == LANGUAGE_EN ? en : zh;
}

static void cells(struct writing *writing, const char *const *texts, size_t count) {
  for (size_t i = 0; i < count; i++) csv_write(writing->out, texts[i], i == 0, true);
  csv_write_end(writing->out);
}

/* ---- values as words ---- */

static const char *unit_name(struct writing *writing, int64_t unit) {
  struct row *row = NULL;
  enum store_error error = unit > 0 ? reader_get(writing->reader, record_type(RECORD_UNIT), &SCOPE_SYSTEM, unit, writing->scratch, &row)
                                    : STORE_ABSENT;
  if (error != STORE_OK && error != STORE_ABSENT) writing->error = error;
  return row && row_text(row, UNIT_NAME) ? row_text(row, UNIT_NAME)
         : unit > 0                      ? arena_print(writing->scratch, "%lld", (long long)unit)
                                         : "";
}

static const char *integer_text(struct writing *writing, const struct field *field, int64_t value) {
  struct arena *arena = writing->scratch;
  const struct choice *choice = field->choices ? field_choice(field, value) : NULL;
  if (choice) return label_in(choice->label, writing->options->language);
  switch (field->type) {
    case F_DATE: return date_print(arena, value);
    case F_MOMENT: return moment_print(arena, value);
    case F_MONEY: case F_WEIGHT: return text_from_decimal(arena, value, 2);
    case F_DECIMAL: return text_from_decimal(arena, value, 4);
    case F_YES_NO: return value ? say(writing, "是", "yes") : say(writing, "否", "no");
    case F_REFERENCE: return field->target == RECORD_UNIT ? unit_name(writing, value) : arena_print(arena, "%lld", (long long)value);
    default: return arena_print(arena, "%lld", (long long)value);
  }
}

static const char *value_text_of(struct writing *writing, const struct field *field, const struct value *value) {
  struct buffer many = {.arena = writing->scratch};
  const struct record_type *problem = record_type(RECORD_PROBLEM);
  if (!field) {
    const struct state_name *state = record_state(problem, (state_code)value->integer);
    return state ? label_in(state->label, writing->options->language) : "";
  }
  if (field->type == F_CONTACT) return "***";
  if (value->kind == VALUE_TEXT) return value->text;
  if (value->kind == VALUE_INTEGER) return value->integer == NOTHING ? "" : integer_text(writing, field, value->integer);
  for (size_t i = 0; value->kind == VALUE_MANY && i < value->count; i++)
    buffer_print(&many, "%s%s", i ? "；" : "",
                 field->target == RECORD_UNIT ? unit_name(writing, value->many[i])
                                              : arena_print(writing->scratch, "%lld", (long long)value->many[i]));
  return many.size ? many.bytes : "";
}

/* ---- the head ---- */

static void end_head(struct writing *writing, const char *which, const struct compare_end *end) {
  struct arena *arena = writing->arena;
  const char *name = end->round ? row_text(end->round, ROUND_NAME) : say(writing, "(时刻)", "(moment)");
  const char *texts[] = {which,
                         name,
                         say(writing, "数据截止", "cut-off"),
                         end->cutoff == NOTHING ? "" : moment_print(arena, end->cutoff),
                         say(writing, "口径版本", "definitions"),
                         arena_print(arena, "%lld", (long long)end->definitions),
                         say(writing, "日志号", "journal number"),
                         arena_print(arena, "%lld", (long long)end->journal),
                         end->destroyed
                             ? arena_print(arena, say(writing, "其后销毁 %lld 条", "%lld destroyed since"), (long long)end->destroyed)
                             : ""};
  cells(writing, texts, sizeof texts / sizeof *texts);
}

static void identity(struct writing *writing, const struct compare_flow *flow) {
  struct arena *arena = writing->arena;
  const struct { const char *zh, *en; int64_t value; } terms[] = {
    {"期初在办", "open before", flow->opening}, {"新增", "added", flow->added}, {"重开", "re-opened", flow->reopened}, {"移入", "moved in", flow->moved_in}, {"销号", "closed", flow->closed},
    {"撤销", "withdrawn", flow->withdrawn}, {"并入", "merged", flow->merged}, {"移出", "moved out", flow->moved_out}, {"期末在办", "open after", flow->closing}};
  const char *names[sizeof terms / sizeof *terms], *values[sizeof terms / sizeof *terms];
  for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
    names[i] = say(writing, terms[i].zh, terms[i].en);
    values[i] = arena_print(arena, "%lld", (long long)terms[i].value);
  }
  cells(writing, names, sizeof terms / sizeof *terms);
  cells(writing, values, sizeof terms / sizeof *terms);
}

static void column_heads(struct writing *writing) {
  const char *texts[] = {say(writing, "类别", "Groups"),
                         say(writing, "编号", "Number"),
                         say(writing, "问题", "Problem"),
                         say(writing, "单位(前)", "Unit before"),
                         say(writing, "单位(后)", "Unit after"),
                         say(writing, "状态(前)", "State before"),
                         say(writing, "状态(后)", "State after"),
                         say(writing, "颜色(前)", "Colour before"),
                         say(writing, "颜色(后)", "Colour after"),
                         say(writing, "期限(前)", "Due before"),
                         say(writing, "期限(后)", "Due after"),
                         say(writing, "变动", "Changes"),
                         say(writing, "更正单", "Correction slips")};
  cells(writing, texts, sizeof texts / sizeof *texts);
}

/* ---- one problem ---- */

static const char *groups_text(struct writing *writing, unsigned groups) {
  struct buffer out = {.arena = writing->scratch};
  for (int group = 0; group < COMPARE_GROUPS; group++)
    if (groups >> group & 1)
      buffer_print(&out, "%s%s", out.size ? "；" : "",
                   label_in(compare_group_label((enum compare_group)group), writing->options->language));
  return out.bytes;
}

static const char *changes_text(struct writing *writing, int64_t problem) {
  struct buffer out = {.arena = writing->scratch};
  struct compare_change *changes;
  size_t count;
  enum store_error error = compare_changes(writing->reader, problem, writing->options->ends[0].journal, writing->options->ends[1].journal,
                                           writing->scratch, &changes, &count);
  if (error != STORE_OK) writing->error = error;
  for (size_t i = 0; i < count && error == STORE_OK; i++) {
    const struct field *field = changes[i].field;
    if (field && !field_readable(writing->options->authority, field)) continue;
    buffer_print(&out, "%s%s: %s → %s", out.size ? "\n" : "",
                 field ? label_in(field->label, writing->options->language) : say(writing, "状态", "State"),
                 value_text_of(writing, field, &changes[i].old), value_text_of(writing, field, &changes[i].new));
  }
  return out.size ? out.bytes : "";
}

static const char *slips_text(struct writing *writing, int64_t problem) {
  struct buffer out = {.arena = writing->scratch};
  for (size_t i = 0; i < writing->slip_count; i++) {
    const struct row *slip = writing->slips[i];
    if (row_integer(slip, CORRECTION_PROBLEM) != problem) continue;
    buffer_print(&out, "%s%s %lld: %s %s → %s (%s)", out.size ? "\n" : "", say(writing, "更正单", "slip"),
                 (long long)row_integer(slip, CORRECTION_NUMBER), row_text(slip, CORRECTION_FIGURE),
                 row_text(slip, CORRECTION_WAS) ? row_text(slip, CORRECTION_WAS) : "", row_text(slip, CORRECTION_IS),
                 row_text(slip, CORRECTION_WHY));
  }
  return out.size ? out.bytes : "";
}

static const char *of_figure(struct writing *writing, const struct figure *figure, uint16_t field) {
  const struct field *declared = record_field(record_type(RECORD_PROBLEM), field);
  if (!figure) return "";
  if (field == FIELD_STATE) return value_text_of(writing, NULL, &(struct value){.integer = figure->state});
  if (field == PROBLEM_COLOUR) return figure->colour ? integer_text(writing, declared, figure->colour) : "";
  return figure->due == FIGURE_NO_DATE ? "" : date_print(writing->scratch, figure->due);
}

static bool problem_write(void *with, const struct figure *from, const struct figure *to, unsigned groups) {
  struct writing *writing = with;
  int64_t id = from ? from->id : to->id;
  struct row *row = NULL;
  if (groups == 1u << COMPARE_UNCHANGED) return true;
  arena_reset(writing->scratch);
  enum store_error error = reader_get(writing->reader, record_type(RECORD_PROBLEM), writing->options->scope, id, writing->scratch, &row);
  if (error != STORE_OK && error != STORE_ABSENT) writing->error = error;
  const char *texts[] = {groups_text(writing, groups),
                         row ? row_text(row, PROBLEM_NUMBER) : arena_print(writing->scratch, "%lld", (long long)id),
                         row ? row_text(row, PROBLEM_TITLE) : "",
                         from ? unit_name(writing, from->lead_unit) : "",
                         to ? unit_name(writing, to->lead_unit) : "",
                         of_figure(writing, from, FIELD_STATE),
                         of_figure(writing, to, FIELD_STATE),
                         of_figure(writing, from, PROBLEM_COLOUR),
                         of_figure(writing, to, PROBLEM_COLOUR),
                         of_figure(writing, from, PROBLEM_DUE),
                         of_figure(writing, to, PROBLEM_DUE),
                         row && from ? changes_text(writing, id) : "",
                         slips_text(writing, id)};
  cells(writing, texts, sizeof texts / sizeof *texts);
  writing->rows++;
  return writing->error == STORE_OK;
}

/* ---- the whole ---- */

/* Slips of both tables, where this person may see slips. */
static enum store_error slips_gather(struct writing *writing) {
  const struct scope *scope = scope_for(writing->arena, writing->options->authority, record_type(RECORD_CORRECTION), MAY_READ);
  struct row **of[2] = {NULL, NULL};
  size_t counts[2] = {0, 0};
  enum store_error error = STORE_OK;
  for (size_t i = 0; i < 2 && scope->grant_count && error == STORE_OK; i++)
    error = compare_slips(writing->reader, writing->options->ends[i].table, writing->arena, &of[i], &counts[i]);
  writing->slips = ARENA_ARRAY(writing->arena, struct row *, counts[0] + counts[1] + 1);
  for (size_t i = 0; i < 2; i++)
    for (size_t k = 0; k < counts[i]; k++) writing->slips[writing->slip_count++] = of[i][k];
  return error;
}

/* Slips about totals stand at the foot. */
static void foot(struct writing *writing) {
  for (size_t i = 0; i < writing->slip_count; i++) {
    if (row_integer(writing->slips[i], CORRECTION_PROBLEM) != NOTHING) continue;
    const char *texts[] = {say(writing, "更正单", "slip"),
                           arena_print(writing->arena, "%lld", (long long)row_integer(writing->slips[i], CORRECTION_NUMBER)),
                           row_text(writing->slips[i], CORRECTION_FIGURE),
                           row_text(writing->slips[i], CORRECTION_WAS),
                           row_text(writing->slips[i], CORRECTION_IS),
                           row_text(writing->slips[i], CORRECTION_WHY)};
    cells(writing, texts, sizeof texts / sizeof *texts);
  }
}

enum store_error compare_csv(struct reader *reader, const struct compare_csv *options, const struct compared *whole, struct buffer *out, int64_t *rows) {
  struct writing writing = {.reader = reader, .options = options, .out = out, .arena = arena_new(), .scratch = arena_new()};
  writing.error = slips_gather(&writing);
  buffer_text(out, CSV_BOM);
  end_head(&writing, say(&writing, "自", "from"), &options->ends[0]);
  end_head(&writing, say(&writing, "至", "to"), &options->ends[1]);
  identity(&writing, &whole->all);
  column_heads(&writing);
  if (writing.error == STORE_OK) compare_figures(&options->ends[0].figures, &options->ends[1].figures, options->scope, reader, 0, NULL, problem_write, &writing);
  foot(&writing);
  *rows = writing.rows;
  arena_free(writing.scratch);
  arena_free(writing.arena);
  return writing.error;
}
