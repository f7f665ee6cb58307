/* A ledger's record as the values of a problem and its measures. What has no field is kept as text under its header; what a field cannot
   hold (a title of a page) is cut there and kept whole in the detail. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "exchange/import_ledger.h"

const struct ledger_field LEDGER_FIELDS[] = {
  {LEDGER_TITLE, PROBLEM_TITLE, 200}, {LEDGER_DETAIL, PROBLEM_DETAIL, 20000}, {LEDGER_CATEGORY, PROBLEM_CATEGORY, 0}, {LEDGER_SOURCE, PROBLEM_SOURCE, 0}, {LEDGER_CAUSE, PROBLEM_ROOT_CAUSE, 5000},
  {LEDGER_GOAL, PROBLEM_GOAL, 5000}, {LEDGER_LEADER, PROBLEM_OFFICIAL, 80}, {LEDGER_LEAD, PROBLEM_LEAD_UNIT, 0}, {LEDGER_JOINT, PROBLEM_JOINT_UNITS, 0}, {LEDGER_OWNER, PROBLEM_OWNER, 80},
  {LEDGER_KIND, PROBLEM_KIND, 0}, {LEDGER_DUE, PROBLEM_DUE, 0}, {LEDGER_PROGRESS, PROBLEM_PROGRESS_NOTE, 5000}, {LEDGER_REMARK, PROBLEM_REMARK, 5000}, {LEDGER_CATEGORY, PROBLEM_CATEGORY_RECORD, 0}};
const size_t LEDGER_FIELD_COUNT = sizeof LEDGER_FIELDS / sizeof *LEDGER_FIELDS;
_Static_assert(sizeof LEDGER_FIELDS / sizeof *LEDGER_FIELDS <= LEDGER_FIELDS_MOST, "room for every field");

bool ledger_texts_alike(struct arena *arena, const char *one, const char *other) {
  if (!one || !other) return !one && !other;
  return strcmp(one, other) == 0 || strcmp(ledger_plain(arena, one), ledger_plain(arena, other)) == 0;
}

static char *text_cut(struct arena *arena, const char *text, size_t most) {
  size_t at = 0, width;
  for (size_t count = 0; text[at] && count < most; count++) text_next(text + at, &width), at += width;
  return arena_copy(arena, text, at);
}

/* The first sentence that fits names the problem. */
static const char *title_of(struct arena *arena, const char *text) {
  static const char *const ENDS[] = {"。", "；", "\n", ". ", "，"};
  if (text_length(text) <= 200) return text;
  char *cut = text_cut(arena, text, 200);
  for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++) {
    char *end = strstr(cut, ENDS[i]);
    if (end && end - cut >= 12) return arena_copy(arena, cut, (size_t)(end - cut));
  }
  return cut;
}

/* ---- choices ---- */

static int64_t choice_of(const struct field *field, struct arena *arena, const char *text) {
  const char *plain = ledger_plain(arena, text);
  for (const struct choice *choice = field->choices; choice && choice->name; choice++)
    if (strcmp(plain, ledger_plain(arena, choice->label.zh)) == 0 || strcmp(plain, ledger_plain(arena, choice->label.en)) == 0 ||
        strcmp(plain, choice->name) == 0)
      return choice->code;
  return NOTHING;
}

/* Where it came from, by the words of offices; newly found ones say so. */
static int64_t source_by_words(struct arena *arena, const char *text) {
  static const struct { const char *word; int64_t code, new; } WORDS[] = {
    {"巡视", SOURCE_INSPECTION_OLD, SOURCE_INSPECTION_NEW}, {"巡察", SOURCE_INSPECTION_OLD, SOURCE_INSPECTION_NEW}, {"审计", SOURCE_AUDIT_OLD, SOURCE_AUDIT_NEW}, {"群众", SOURCE_APPEALS, 0}, {"信访", SOURCE_APPEALS, 0}, {"热线", SOURCE_APPEALS, 0}, {"诉求", SOURCE_APPEALS, 0}, {"12345", SOURCE_APPEALS, 0},
    {"调研", SOURCE_RESEARCH, 0}, {"发展", SOURCE_DEVELOPMENT, 0}, {"检视", SOURCE_SELF_CHECK, 0}, {"自查", SOURCE_SELF_CHECK, 0}, {"audit", SOURCE_AUDIT_OLD, SOURCE_AUDIT_NEW}, {"inspection", SOURCE_INSPECTION_OLD, SOURCE_INSPECTION_NEW}, {"appeal", SOURCE_APPEALS, 0}, {"research", SOURCE_RESEARCH, 0}};
  const char *plain = ledger_plain(arena, text);
  for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
    if (strstr(plain, WORDS[i].word)) return WORDS[i].new && strstr(plain, "新") ? WORDS[i].new : WORDS[i].code;
  return NOTHING;
}

/* ---- what has no field ---- */

struct others { json_t *object; };

static void other_put(struct others *others, const char *header, const char *text) {
  if (!text || !*text) return;
  if (!others->object) others->object = json_object();
  char *name = heap_text(header);
  for (int again = 2; json_object_get(others->object, name); again++) { /* two columns of one name */
    free(name);
    if (asprintf(&name, "%s (%d)", header, again) < 0) heap_exhausted(strlen(header));
  }
  json_object_set_new(others->object, name, json_string(text));
  free(name);
}

static const char *header_of(const struct importing *importing, enum ledger_key key, const char *otherwise) {
  for (size_t i = 0; i < importing->ledger->sheet_count; i++)
    for (size_t k = 0; k < importing->ledger->sheets[i].column_count && !importing->ledger->sheets[i].skipped; k++)
      if (importing->ledger->sheets[i].columns[k].key == key) return importing->ledger->sheets[i].columns[k].header;
  return otherwise;
}

static void others_fill(struct importing *importing, const struct ledger_row *row, struct others *others) {
  const struct ledger_record *record = row->record;
  struct arena *arena = importing->staging->scratch;
  for (size_t i = 0; i < record->other_count; i++) other_put(others, record->others[i].header, record->others[i].text);
  if (record->has_amount) other_put(others, header_of(importing, LEDGER_AMOUNT, "问题金额（万元）"), number_plain(arena, record->amount_wan));
  if (record->has_recovered)
    other_put(others, header_of(importing, LEDGER_RECOVERED, "问题整改金额（万元）"), number_plain(arena, record->recovered_wan));
  if (importing->ledger->journal) return; /* our own export: the rest are facts of here */
  other_put(others, header_of(importing, LEDGER_DONE, "完成情况"), record->done_text);
  other_put(others, header_of(importing, LEDGER_EVIDENCE, "佐证材料"), record->evidence);
  if (record->open)
    other_put(others, header_of(importing, LEDGER_PUBLIC, "是否公开"),
              record->open == SAID_YES ? "是"
              : record->public_reason  ? arena_print(arena, "否（%s）", record->public_reason)
                                       : "否");
  if (record->long_term) other_put(others, header_of(importing, LEDGER_LONG_TERM, "是否长期坚持"), record->long_term == SAID_YES ? "是" : "否");
  if (record->category && row->values[2].kind == VALUE_NOTHING)
    other_put(others, header_of(importing, LEDGER_CATEGORY, "问题类别"), record->category);
  if (record->source && choice_of(record_field(importing->staging->type, PROBLEM_SOURCE), arena, record->source) == NOTHING)
    other_put(others, header_of(importing, LEDGER_SOURCE, "问题来源"), record->source);
  if (record->leader && text_length(record->leader) > 80) other_put(others, header_of(importing, LEDGER_LEADER, "责任领导"), record->leader);
  if (record->owner && text_length(record->owner) > 80) other_put(others, header_of(importing, LEDGER_OWNER, "责任人"), record->owner);
}

static const char *others_json(struct importing *importing, const struct ledger_row *row) {
  struct others others = {0};
  others_fill(importing, row, &others);
  if (!others.object) return NULL;
  char *text = json_dumps(others.object, JSON_COMPACT | JSON_PRESERVE_ORDER);
  const char *kept = text ? arena_text(importing->staging->arena, text) : NULL;
  free(text);
  json_decref(others.object);
  return kept;
}

/* ---- the values of one row ---- */

static void text_put(struct importing *importing, struct ledger_row *row, size_t at, const char *text) {
  if (!text || !*text) return;
  const char *kept = text_length(text) > LEDGER_FIELDS[at].most ? text_cut(importing->staging->arena, text, LEDGER_FIELDS[at].most) : text;
  row->values[at] = value_text(LEDGER_FIELDS[at].field, kept);
}

static void joint_put(struct importing *importing, struct ledger_row *row, size_t at) {
  const struct ledger_record *record = row->record;
  int64_t *ids = ARENA_ARRAY(importing->staging->arena, int64_t, record->joint_count + importing->district_count + 1);
  size_t count = 0;
  for (size_t i = 0; i < record->joint_count; i++) {
    bool all = record->joint[i].id == -1; /* 各区 */
    for (size_t k = 0; k < (all ? importing->district_count : 1); k++) {
      int64_t id = all ? importing->districts[k] : record->joint[i].id;
      bool there = id <= 0 || id == row->unit;
      for (size_t j = 0; j < count && !there; j++) there = ids[j] == id;
      if (!there) ids[count++] = id;
    }
  }
  if (count) row->values[at] = value_many(LEDGER_FIELDS[at].field, ids, count);
}

/* The campaign's own category where the word is one; the city-wide one is then the one it stands under. */
static int64_t category_code(struct importing *importing, struct ledger_row *row, uint16_t field) {
  const char *text = row->record->category;
  if (!text) return NOTHING;
  if (field == PROBLEM_CATEGORY_RECORD) return row->category ? row->category->id : NOTHING;
  row->category = ledger_category(importing, text);
  return row->category ? row->category->under : choice_of(record_field(importing->staging->type, field), importing->staging->scratch, text);
}

static void value_put(struct importing *importing, struct ledger_row *row, size_t at) {
  const struct ledger_record *record = row->record;
  struct arena *arena = importing->staging->arena;
  uint16_t field = LEDGER_FIELDS[at].field;
  int64_t code = NOTHING;
  row->values[at] = value_nothing(field);
  switch (LEDGER_FIELDS[at].key) {
    case LEDGER_TITLE: text_put(importing, row, at, record->title ? title_of(arena, record->title) : NULL); break;
    case LEDGER_DETAIL:
      if (record->title && text_length(record->title) > 200)
        text_put(importing, row, at, record->detail ? arena_print(arena, "%s\n%s", record->title, record->detail) : record->title);
      else text_put(importing, row, at, record->detail);
      break;
    case LEDGER_CATEGORY: code = category_code(importing, row, field); break;
    case LEDGER_SOURCE:
      code = record->source ? choice_of(record_field(importing->staging->type, field), importing->staging->scratch, record->source)
                            : NOTHING;
      if (code == NOTHING && record->source) code = source_by_words(importing->staging->scratch, record->source);
      break;
    case LEDGER_CAUSE: text_put(importing, row, at, record->cause); break;
    case LEDGER_GOAL: text_put(importing, row, at, record->goal); break;
    case LEDGER_LEADER: text_put(importing, row, at, record->leader); break;
    case LEDGER_OWNER: text_put(importing, row, at, record->owner); break;
    case LEDGER_PROGRESS: text_put(importing, row, at, record->progress); break;
    case LEDGER_REMARK: text_put(importing, row, at, record->remark); break;
    case LEDGER_LEAD: code = record->lead.id > 0 ? record->lead.id : NOTHING; break;
    case LEDGER_JOINT: joint_put(importing, row, at); break;
    case LEDGER_KIND: code = record->kind ? record->kind : NOTHING; break;
    case LEDGER_DUE: code = record->due; break;
    default: break;
  }
  if (code != NOTHING) row->values[at] = value_integer(field, code);
}

static void value_print(struct buffer *out, const struct value *value) {
  if (value->kind == VALUE_INTEGER) buffer_print(out, "%u=%lld\n", value->field, (long long)value->integer);
  else if (value->kind == VALUE_TEXT) buffer_print(out, "%u=%s\n", value->field, value->text);
  for (size_t i = 0; value->kind == VALUE_MANY && i < value->count; i++)
    buffer_print(out, "%u+%lld\n", value->field, (long long)value->many[i]);
}

void ledger_row_values(struct importing *importing, struct ledger_row *row) {
  struct buffer all = {.arena = importing->staging->scratch};
  row->unit = row->record->lead.id;
  for (size_t i = 0; i < LEDGER_FIELD_COUNT; i++) {
    value_put(importing, row, i);
    value_print(&all, &row->values[i]);
  }
  row->others = others_json(importing, row);
  for (size_t i = 0; i < row->record->measure_count; i++)
    buffer_print(&all, "m=%s|%s\n", row->record->measures[i].text,
                 row->record->measures[i].due_text ? row->record->measures[i].due_text : "");
  buffer_print(&all, "o=%s|%s|%d\n", row->others ? row->others : "", row->record->due_text ? row->record->due_text : "",
               (int)row->record->closed);
  row->fingerprint = map_key(all.bytes);
}

/* ---- a new problem ---- */

static void give(struct import_row *into, struct value value) { into->values[into->value_count++] = value; }

static void give_default(struct import_row *into, uint16_t field, int64_t given) {
  for (size_t i = 0; i < into->value_count; i++)
    if (into->values[i].field == field) return;
  if (given) give(into, value_integer(field, given));
}

static void history_give(struct importing *importing, const struct ledger_row *row, struct import_row *into) {
  const struct import_options *options = importing->staging->options;
  int64_t closed = row->record->closed_on != NOTHING ? row->record->closed_on : options->history_day;
  if (row->record->admitted_on != NOTHING) give(into, value_integer(PROBLEM_ADMITTED_ON, row->record->admitted_on));
  if (row->record->closed == SAID_YES) give(into, value_integer(PROBLEM_CLOSED_ON, closed));
}

/* A measure without a date of its own is due when its problem is, else at the end of the campaign; the words stay in its note. */
void ledger_measure_add(struct importing *importing, const struct ledger_row *row, const struct ledger_measure *measure, int64_t problem,
                        int64_t weight, struct import_row *into) {
  struct arena *arena = importing->staging->arena;
  const struct ledger_record *record = row->record;
  int64_t today = date_of_moment(importing->staging->options->now), due = measure->due != NOTHING              ? measure->due
                                                                          : record->due != NOTHING             ? record->due
                                                                          : importing->campaign_end != NOTHING ? importing->campaign_end
                                                                                                               : today;
  const char *owner = record->owner ? record->owner : record->leader ? record->leader : record->lead.text;
  const char *line = text_clean(arena, measure->text, false); /* a title is one line; the words as they stood go into the note */
  bool cut = text_length(line) > 400 || strcmp(line, measure->text) != 0;
  struct value *values = ARENA_ARRAY(arena, struct value, 8);
  size_t count = 0;
  values[count++] = value_integer(MEASURE_PROBLEM, problem);
  values[count++] = value_text(MEASURE_TITLE, text_length(line) > 400 ? text_cut(arena, line, 400)
                                              : text_length(line) < 2 ? arena_print(arena, "%s。", line)
                                                                      : line);
  values[count++] = value_integer(MEASURE_WEIGHT, weight);
  values[count++] = value_integer(MEASURE_START, due < today ? due : today);
  values[count++] = value_integer(MEASURE_DUE, due);
  values[count++] = value_text(MEASURE_OWNER, text_cut(arena, owner, 80));
  values[count++] = value_integer(MEASURE_UNIT, row->unit);
  if (cut || (measure->due_text && measure->due == NOTHING))
    values[count++] = value_text(MEASURE_NOTE,
                                 cut ? text_cut(arena, measure->text, 4900) : arena_print(arena, "时限原文：%s", measure->due_text));
  struct import_further *further = (struct import_further *)into->further;
  further[into->further_count++] = (struct import_further){record_type(RECORD_MEASURE), values, count};
}

void ledger_row_create(struct importing *importing, const struct ledger_row *row, struct import_row *into) {
  const struct import_options *options = importing->staging->options;
  const struct ledger_record *record = row->record;
  struct arena *arena = importing->staging->arena;
  size_t measures = record->measure_count;
  into->writes = true;
  into->action = options->historic ? ACTION_IMPORT : ACTION_CREATE;
  into->values = ARENA_ARRAY(arena, struct value, LEDGER_FIELD_COUNT + 16);
  for (size_t i = 0; i < LEDGER_FIELD_COUNT; i++)
    if (row->values[i].kind != VALUE_NOTHING) give(into, row->values[i]);
  give_default(into, PROBLEM_CATEGORY, options->category);
  give_default(into, PROBLEM_SOURCE, options->source ? options->source : SOURCE_SELF_CHECK);
  give(into, value_integer(PROBLEM_CAMPAIGN, importing->campaign));
  if (row->others) give(into, value_text(PROBLEM_OTHER_COLUMNS, row->others));
  give(into, value_text(PROBLEM_IMPORT_SOURCE, importing->staging->staged->mapping));
  give(into, value_text(PROBLEM_SOURCE_KEY, row->source_key));
  give(into, value_integer(PROBLEM_FINGERPRINT, row->fingerprint));
  give(into, value_integer(PROBLEM_FILE_ROW, record->row));
  if (*record->sheet) give(into, value_text(PROBLEM_FILE_SHEET, text_cut(arena, record->sheet, 120)));
  if (record->no) give(into, value_text(PROBLEM_FILE_NUMBER, text_cut(arena, record->no, 80)));
  if (record->due_text) give(into, value_text(PROBLEM_DUE_TEXT, text_cut(arena, record->due_text, 200)));
  if (options->historic) history_give(importing, row, into);
  if (!measures) return;
  into->further = ARENA_ARRAY(arena, struct import_further, measures);
  for (size_t i = 0; i < measures; i++) { /* equal weights, to 100 % */
    int64_t weight = 10000 / (int64_t)measures + (i + 1 == measures ? 10000 % (int64_t)measures : 0);
    ledger_measure_add(importing, row, &record->measures[i], 0, weight ? weight : 1, into);
  }
}
