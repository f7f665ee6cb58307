/* A row of a ledger beside the problem that stands: three-way, field by field. What only the file changed is written, what only we changed
   stays, what both changed is a conflict and the row is left alone. The third side is the record as the last import left it, or, for our
   own export that comes back, the record at the journal number printed on it. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "exchange/export_ledger.h"
#include "exchange/import_ledger.h"
#include "rules/holders.h"
#include "store/seal.h"

static struct value standing_value(const struct row *row, uint16_t field) {
  struct value value = *row_value(row, field);
  if ((value.kind == VALUE_INTEGER && value.integer == NOTHING) || (value.kind == VALUE_TEXT && value.size == 0) ||
      (value.kind == VALUE_MANY && value.count == 0))
    return value_nothing(field);
  return value;
}

static bool many_alike(const struct value *one, const struct value *other) {
  if (one->count != other->count) return false;
  for (size_t i = 0; i < one->count; i++) {
    bool there = false;
    for (size_t k = 0; k < other->count && !there; k++) there = one->many[i] == other->many[k];
    if (!there) return false;
  }
  return true;
}

static bool alike(struct arena *arena, const struct value *one, const struct value *other) {
  if (one->kind != other->kind) return false;
  if (one->kind == VALUE_TEXT) return ledger_texts_alike(arena, one->text, other->text);
  return one->kind == VALUE_MANY ? many_alike(one, other) : value_equal(one, other);
}

/* ---- units that ended ---- */

static bool unit_put(int64_t *units, size_t count, int64_t unit) {
  for (size_t i = 0; i < count; i++)
    if (units[i] == unit) return false;
  units[count] = unit;
  return true;
}

/* The units as they answer today: what is over keeps the unit it had, whose name now means its successor. Each once, and who leads does not
   join. */
static struct value units_today(struct importing *importing, const struct value *value, int64_t lead) {
  struct staging *staging = importing->staging;
  bool one = value->kind == VALUE_INTEGER;
  size_t given = one ? 1 : value->kind == VALUE_MANY ? value->count : 0, count = 0;
  int64_t *units = ARENA_ARRAY(staging->scratch, int64_t, given + 1);
  for (size_t i = 0; i < given; i++) {
    int64_t unit = one ? value->integer : value->many[i], now = unit;
    if (unit_now(staging->reader, unit, staging->scratch, &now) != STORE_OK) now = unit; /* then they differ, and the row is told */
    if (now != lead) count += unit_put(units, count, now);
  }
  if (one && count) return value_integer(value->field, units[0]);
  return count ? value_many(value->field, units, count) : value_nothing(value->field);
}

/* Does the cell say what stands? */
static bool says_it(struct importing *importing, const struct ledger_row *row, size_t at, const struct row *standing) {
  uint16_t field = LEDGER_FIELDS[at].field;
  struct value present = standing_value(standing, field);
  int64_t lead = row_integer(standing, PROBLEM_LEAD_UNIT), leads = lead;
  if (alike(importing->staging->scratch, &row->values[at], &present)) return true;
  if (field != PROBLEM_LEAD_UNIT && field != PROBLEM_JOINT_UNITS) return false;
  if (field == PROBLEM_LEAD_UNIT) leads = NOTHING;
  else if (unit_now(importing->staging->reader, lead, importing->staging->scratch, &leads) != STORE_OK) leads = lead;
  struct value file = units_today(importing, &row->values[at], leads), here = units_today(importing, &present, leads);
  return alike(importing->staging->scratch, &file, &here);
}

/* ---- the record as it was ---- */

struct then { struct importing *importing; int64_t until; bool own; struct row *now, *then; };

static bool then_take(void *with, const struct entry *entry) {
  struct then *then = with;
  struct arena *arena = then->importing->staging->scratch;
  if (then->own && entry->number > then->until) return false;
  if (!entry->body || !body_apply(arena, entry, then->now)) return false;
  if (then->own || (entry->channel == CHANNEL_IMPORT && entry->kind == ENTRY_CHANGE)) then->then = row_copy(arena, then->now);
  return true;
}

static enum store_error as_it_was(struct importing *importing, const struct ledger_row *row, const struct row *now, struct row **was) {
  struct staging *staging = importing->staging;
  struct then then = {.importing = importing,
                      .until = importing->ledger->journal,
                      .own = importing->ledger->journal > 0,
                      .now = row_new(staging->scratch, staging->type)};
  bool ours = row->source && strcmp(row->source, staging->staged->mapping) == 0;
  *was = NULL;
  if (!then.own && !ours) return STORE_OK;
  enum store_error error = reader_history(staging->reader, staging->type->id, now->id, then_take, &then);
  *was = then.then;
  return error;
}

/* ---- columns without a field ---- */

/* What the record has of them with the file's put over it; NULL when nothing differs. */
static const char *others_merged(struct importing *importing, const char *file, const char *standing) {
  json_t *given = file ? json_loads(file, 0, NULL) : NULL, *kept = standing ? json_loads(standing, 0, NULL) : NULL, *value;
  const char *key, *merged = NULL;
  bool differs = false;
  if (!json_is_object(kept)) json_decref(kept), kept = json_object();
  json_object_foreach(given, key, value) {
    const char *there = json_string_value(json_object_get(kept, key));
    /* our export names columns that this record never had, or reckons them itself */
    if (importing->ledger->journal && (!there || form_reckons(key))) continue;
    if (ledger_texts_alike(importing->staging->scratch, json_string_value(value), there)) continue;
    json_object_set(kept, key, value);
    differs = true;
  }
  char *text = differs ? json_dumps(kept, JSON_COMPACT | JSON_PRESERVE_ORDER) : NULL;
  if (text) merged = arena_text(importing->staging->arena, text);
  free(text);
  json_decref(given);
  json_decref(kept);
  return merged;
}

/* ---- measures: those of the file that the problem has not ---- */

struct texts { struct importing *importing; struct map known; };

static bool text_take(void *with, const struct row *measure) {
  struct texts *texts = with;
  struct arena *scratch = texts->importing->staging->scratch;
  const char *title = row_text(measure, MEASURE_TITLE), *note = row_text(measure, MEASURE_NOTE);
  if (title) map_put(&texts->known, map_key(ledger_plain(scratch, title)), 1);
  if (title && note) map_put(&texts->known, map_key(ledger_plain(scratch, note)), 1);
  return true;
}

static bool measure_known(const struct texts *texts, struct arena *scratch, const char *text) {
  static const char *const ENDS[] = {"", "。"};
  for (size_t i = 0; i < 2; i++)
    if (map_get(&texts->known, map_key(ledger_plain(scratch, arena_print(scratch, "%s%s", text, ENDS[i])))) != NOTHING) return true;
  return false;
}

static enum store_error measures_compare(struct importing *importing, const struct ledger_row *row, struct import_row *into) {
  struct staging *staging = importing->staging;
  struct value of = value_integer(MEASURE_PROBLEM, row->id);
  struct condition condition = {.field = MEASURE_PROBLEM, .how = C_IS, .values = &of, .count = 1};
  struct query query = {.type = record_type(RECORD_MEASURE),
                        .conditions = &condition,
                        .condition_count = 1,
                        .long_texts = true,
                        .expected = -1};
  struct texts texts = {.importing = importing};
  if (!row->record->measure_count) return STORE_OK;
  enum store_error error = reader_list(staging->reader, &query, &SCOPE_SYSTEM, staging->scratch, text_take, &texts);
  for (size_t i = 0; !error && i < row->record->measure_count; i++) {
    if (measure_known(&texts, staging->scratch, row->record->measures[i].text)) continue;
    if (!into->further) into->further = ARENA_ARRAY(staging->arena, struct import_further, row->record->measure_count);
    ledger_measure_add(importing, row, &row->record->measures[i], row->id,
                       10000 / (int64_t)(row->record->measure_count + texts.known.count), into);
  }
  map_free(&texts.known);
  return error;
}

/* ---- the whole row ---- */

static struct value value_kept(struct arena *arena, struct value value) {
  if (value.kind == VALUE_TEXT) value.text = arena_text(arena, value.text);
  return value;
}

static void why_add_text(struct buffer *zh, struct buffer *en, const char *name_zh, const char *name_en) {
  buffer_print(zh, "%s“%s”", zh->size ? "、" : "", name_zh);
  buffer_print(en, "%s\"%s\"", en->size ? ", " : "", name_en);
}
static void why_add(struct buffer *zh, struct buffer *en, const struct field *field) {
  why_add_text(zh, en, field->label.zh, field->label.en);
}

/* Empty cells of fields that every problem must have say nothing. */
static bool says_nothing(const struct importing *importing, const struct value *value, const struct ledger_field *field) {
  const struct field *declared = record_field(importing->staging->type, field->field);
  return value->kind == VALUE_NOTHING && ((declared->flags & FIELD_REQUIRED) || field->key == LEDGER_DETAIL ||
                                          field->key == LEDGER_CATEGORY || !importing->ledger->present[field->key]);
}

static bool open_to_edit(state_code state) { return state >= PROBLEM_DRAFT && state <= PROBLEM_RECTIFYING; }

/* Once assigned, date and kind are moved by what is approved (GUARD_BY_APPROVAL): a file moves them only where it brought the problem
   in. */
static bool by_approval(const struct row *now, uint16_t field) {
  bool assigned = now->state >= PROBLEM_ASSIGNED && now->state <= PROBLEM_RECTIFYING,
       ours = row_integer(now, PROBLEM_IMPORTED_ON) == NOTHING || row_integer(now, PROBLEM_EXTENSIONS) > 0;
  return assigned && ours && (field == PROBLEM_DUE || field == PROBLEM_KIND) && row_integer(now, field) != NOTHING;
}

enum conflict_cause { BOTH_CHANGED, OTHERS, FINISHED, BY_APPROVAL, NOT_YOURS };
static void conflict_say(struct importing *importing, const struct ledger_row *row, struct import_row *into, const struct buffer *zh,
                         const struct buffer *en, enum conflict_cause cause) {
  struct arena *arena = importing->staging->arena;
  const char *no = row->record->no ? row->record->no : "";
  into->class = IMPORT_CONFLICT;
  into->writes = false;
  into->further_count = 0;
  static const struct label CAUSES[] = {
    [BOTH_CHANGED] = {"文件和系统里都改过，保留系统里的内容", "edited both here and in the file; what stands here is kept"},
    [OTHERS] = {"系统里的这一件不是从这份台账来的，两边不一样，保留系统里的内容", "what stands here did not come from this ledger, and says otherwise; it is kept"},
    [FINISHED] = {"问题已申请销号、挂账、有异议或办结，导入不改", "the problem is applied for, suspended, disputed or closed; an import leaves it alone"},
    [NOT_YOURS] = {"问题由牵头单位维护，您只能查看，导入不改", "the lead unit keeps it; you may read it, and an import leaves it alone"},
    [BY_APPROVAL] = {"问题已交办，只能经审批改动，导入不改", "the problem is assigned, so these are changed by approval; an import leaves them alone"}};
  into->why = (struct label){arena_print(arena, "第 %u 行（编号“%s”）：%s与文件不同：%s", row->record->row, no, zh->bytes,
                                         CAUSES[cause].zh),
                             arena_print(arena, "row %u (number \"%s\"): %s differ from the file: %s", row->record->row, no, en->bytes,
                                         CAUSES[cause].en)};
}

struct differing { struct buffer zh, en, changed_zh, changed_en; size_t conflicts, by_approval; };

/* Most rows say what stands: then nobody asks what stood before. */
static bool fields_alike(struct importing *importing, const struct ledger_row *row, const struct row *now) {
  for (size_t i = 0; i < LEDGER_FIELD_COUNT; i++) {
    if (!says_nothing(importing, &row->values[i], &LEDGER_FIELDS[i]) && !says_it(importing, row, i, now)) return false;
  }
  return true;
}

static void fields_compare(struct importing *importing, const struct ledger_row *row, const struct row *now, const struct row *was,
                           struct import_row *into, struct differing *comparison) {
  struct staging *staging = importing->staging;
  for (size_t i = 0; i < LEDGER_FIELD_COUNT; i++) {
    uint16_t field = LEDGER_FIELDS[i].field;
    struct value present = standing_value(now, field), before = was ? standing_value(was, field) : value_nothing(field);
    if (says_nothing(importing, &row->values[i], &LEDGER_FIELDS[i]) || says_it(importing, row, i, now)) continue;
    if (was && says_it(importing, row, i, was)) continue; /* only we changed it */
    const struct field *declared = record_field(staging->type, field);
    bool ours_too = was ? !alike(staging->scratch, &before, &present) : present.kind != VALUE_NOTHING;
    if (!was && row->values[i].kind == VALUE_NOTHING) continue;
    bool approval = by_approval(now, field);
    if (ours_too || approval)
      comparison->conflicts++, comparison->by_approval += !ours_too, why_add(&comparison->zh, &comparison->en, declared);
    else {
      why_add(&comparison->changed_zh, &comparison->changed_en, declared);
      into->values[into->value_count++] = value_kept(staging->arena, row->values[i]);
    }
  }
}

/* Did the problem come from this very ledger, or is this our own export? Then what differs was changed on both sides. */
static bool from_here(const struct importing *importing, const struct ledger_row *row) {
  return importing->ledger->journal || text_equal(row->source, importing->staging->staged->mapping);
}

static void changed_finish(struct importing *importing, const struct ledger_row *row, struct import_row *into) {
  bool ours = !row->source || strcmp(row->source, importing->staging->staged->mapping) == 0;
  into->class = row->missing ? IMPORT_REAPPEARED : IMPORT_CHANGED;
  into->writes = true;
  if (ours && !importing->ledger->journal) {
    if (!row->source) into->values[into->value_count++] = value_text(PROBLEM_IMPORT_SOURCE, importing->staging->staged->mapping);
    if (!row->source) into->values[into->value_count++] = value_text(PROBLEM_SOURCE_KEY, row->source_key);
    into->values[into->value_count++] = value_integer(PROBLEM_FINGERPRINT, row->fingerprint);
  }
  if (row->missing) into->values[into->value_count++] = value_integer(PROBLEM_MISSING, 0);
}

static void unchanged_finish(struct importing *importing, const struct ledger_row *row, struct import_row *into) {
  into->class = row->missing ? IMPORT_REAPPEARED : IMPORT_UNCHANGED;
  if (!row->missing) return;
  into->writes = true;
  into->values = ARENA_ARRAY(importing->staging->arena, struct value, 1);
  into->values[into->value_count++] = value_integer(PROBLEM_MISSING, 0);
}

enum store_error ledger_row_compare(struct importing *importing, const struct ledger_row *row, struct import_row *into) {
  struct staging *staging = importing->staging;
  struct row *now = NULL, *was = NULL;
  struct differing comparison = {.zh = {.arena = staging->arena}, .en = {.arena = staging->arena}, .changed_zh = {.arena = staging->arena}, .changed_en = {.arena = staging->arena}};
  if (row->standing_fingerprint == row->fingerprint) return unchanged_finish(importing, row, into), STORE_OK;
  enum store_error error = reader_get(staging->reader, staging->type, &SCOPE_SYSTEM, row->id, staging->scratch, &now);
  bool differing = !error && !fields_alike(importing, row, now);
  if (differing) error = as_it_was(importing, row, now, &was);
  if (error) return error;
  into->values = ARENA_ARRAY(staging->arena, struct value, LEDGER_FIELD_COUNT + 8);
  into->action = ACTION_EDIT;
  if (differing) fields_compare(importing, row, now, was, into, &comparison);
  const char *others = others_merged(importing, row->others, row_text(now, PROBLEM_OTHER_COLUMNS));
  if (others) into->values[into->value_count++] = value_text(PROBLEM_OTHER_COLUMNS, others), why_add(&comparison.changed_zh, &comparison.changed_en, record_field(staging->type, PROBLEM_OTHER_COLUMNS));
  error = measures_compare(importing, row, into);
  if (error) return error;
  bool differs = into->value_count || into->further_count;
  if (comparison.conflicts) conflict_say(importing, row, into, &comparison.zh, &comparison.en, comparison.by_approval == comparison.conflicts ? BY_APPROVAL : from_here(importing, row) ? BOTH_CHANGED : OTHERS);
  else if (differs && (!open_to_edit(now->state) || !ledger_may(importing, MAY_EDIT, row_integer(now, PROBLEM_LEAD_UNIT)))) {
    if (!comparison.changed_zh.size) buffer_text(&comparison.changed_zh, "措施"), buffer_text(&comparison.changed_en, "measures");
    conflict_say(importing, row, into, &comparison.changed_zh, &comparison.changed_en, open_to_edit(now->state) ? NOT_YOURS : FINISHED);
  } else if (differs) {
    if (into->further_count) why_add_text(&comparison.changed_zh, &comparison.changed_en, "措施", "measures");
    into->why = (struct label){comparison.changed_zh.bytes, comparison.changed_en.bytes};
    changed_finish(importing, row, into);
  }
  else unchanged_finish(importing, row, into);
  return STORE_OK;
}
