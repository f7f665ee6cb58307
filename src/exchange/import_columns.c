/* The header of an imported file: which column is which field. A column is recognised by the mapping record of that name, by the
   built-in synonyms below, and by every field's own name and labels, all compared folded and without blanks. Nothing here reads rows. */
#include <string.h>

#include "base/enumeration.h"
#include "exchange/import_parts.h"

static const struct import_home HOMES[] = {
  {RECORD_APPEAL, .number = APPEAL_NUMBER, .source = APPEAL_SOURCE, .source_key = APPEAL_SOURCE_KEY, .fingerprint = APPEAL_FINGERPRINT,
   .missing = APPEAL_MISSING, .text_hash = APPEAL_TEXT_HASH, .title = APPEAL_TITLE, .text = APPEAL_TEXT, .made_at = APPEAL_MADE_AT,
   .historic = APPEAL_HISTORIC, .due = APPEAL_DUE, .due_basis = APPEAL_DUE_BASIS},
  {RECORD_UNIT, .number = UNIT_NAME}, /* import_units.c */
};

/* What hotlines and message boards call our fields, beside our own labels. A header stands for one field of a type only. */
static const struct synonym { enum record_id type; uint16_t field; const char *headers; } SYNONYMS[] = {
  {RECORD_UNIT, UNIT_NAME, "单位|单位全称|名称|全称|机构名称|部门名称"},
  {RECORD_UNIT, UNIT_SHORT_NAMES, "简称|别名|曾用名|简称或别名"},
  {RECORD_UNIT, UNIT_PARENT, "上级|主管单位|上级单位名称|上级单位代码|上级代码|隶属单位"},
  {RECORD_UNIT, UNIT_KIND, "类别|单位类型|类型|性质|单位性质"},
  {RECORD_UNIT, UNIT_CODE, "代码|单位代码|信用代码|编码|单位编码"},
  {RECORD_UNIT, UNIT_ORDER, "序号|顺序"},
  {RECORD_APPEAL, APPEAL_NUMBER, "service_request_id|留言编号|工单编号|诉求编号|工单号|诉求单号|受理编号|受理单号|编号|单号"},
  {RECORD_APPEAL, APPEAL_TITLE, "留言主题|标题|主题|诉求标题|诉求主题|工单标题|事项标题"},
  {RECORD_APPEAL, APPEAL_TEXT, "留言详情|诉求内容|工单内容|内容|详情|详细内容|诉求详情|反映内容|来电内容|问题描述"},
  {RECORD_APPEAL, APPEAL_MADE_AT, "留言时间|来电时间|诉求时间|受理时间|反映时间|登记时间|创建时间|提交时间"},
  {RECORD_APPEAL, APPEAL_PERSON, "留言用户|来电人|来电人姓名|诉求人|反映人|联系人|姓名|用户"},
  {RECORD_APPEAL, APPEAL_PHONE, "联系电话|来电号码|电话|电话号码|手机|手机号|手机号码|联系方式"},
  {RECORD_APPEAL, APPEAL_UNIT, "承办单位|主办单位|责任单位|处理单位|办理单位"},
  {RECORD_APPEAL, APPEAL_PLACE, "地址|地点|诉求地点|诉求地址|事发地点|事发地址|位置|点位"},
  {RECORD_APPEAL, APPEAL_DUE, "办理期限|办结期限|截止时间|截止日期"},
  {RECORD_APPEAL, APPEAL_ANSWER, "答复意见|答复内容|回复|回复内容|办理结果|处理结果"},
  {RECORD_APPEAL, APPEAL_ANSWERED_ON, "答复时间|答复日期|回复时间|办结时间"},
  {RECORD_APPEAL, APPEAL_KIND, "诉求类型|工单类型|诉求性质"},
  {RECORD_APPEAL, APPEAL_CATEGORY, "诉求类别|诉求分类|问题分类|一级分类"},
  {RECORD_APPEAL, APPEAL_UP_VOTES, "点赞数|点赞|赞成数|支持数"},
  {RECORD_APPEAL, APPEAL_DOWN_VOTES, "反对数|反对"},
};

const struct import_home *import_home_of(enum record_id type) {
  for (size_t i = 0; i < sizeof HOMES / sizeof *HOMES; i++)
    if (HOMES[i].type == type) return &HOMES[i];
  return NULL;
}

const char *name_folded(struct arena *arena, const char *text) {
  static const char *const drop[] = {"*", ":", "\"", "'", "“", "”"};
  char *folded = text_fold(arena, text_clean(arena, text, false)), *to = folded;
  for (const char *at = folded; *at;) {
    size_t skip = *at == ' ' ? 1 : 0;
    for (size_t i = 0; !skip && i < sizeof drop / sizeof *drop; i++)
      if (strncmp(at, drop[i], strlen(drop[i])) == 0) skip = strlen(drop[i]);
    if (skip) at += skip;
    else *to++ = *at++;
  }
  *to = 0;
  return folded;
}

const char *cell_shown(struct arena *arena, const char *text) {
  const char *clean = text_clean(arena, text, false);
  size_t at = 0, width, points = 0;
  for (; clean[at] && points < 40; points++) {
    text_next(clean + at, &width);
    at += width;
  }
  return clean[at] ? arena_print(arena, "%.*s…", (int)at, clean) : clean;
}

/* How unlike: edits, but one when either holds the other. */
static size_t unlike(const char *one, const char *other) {
  if (*one && *other && (strstr(one, other) || strstr(other, one))) return 1;
  return text_distance(one, other, 4);
}

struct label names_near(struct arena *arena, const char *folded, const char *const *candidates, const char *const *shown, size_t count) {
  size_t best[3] = {SIZE_MAX, SIZE_MAX, SIZE_MAX}, which[3] = {0}, most = text_length(folded) / 2;
  struct enumeration out = enumeration_in(arena);
  if (most < 1) most = 1;
  if (most > 4) most = 4;
  for (size_t i = 0; i < count; i++) {
    size_t away = unlike(folded, candidates[i]), place = 3;
    if (away > most) continue;
    while (place > 0 && away < best[place - 1]) place--;
    for (size_t k = 2; k > place; k--) best[k] = best[k - 1], which[k] = which[k - 1];
    if (place < 3) best[place] = away, which[place] = i;
  }
  for (size_t k = 0; k < 3 && best[k] != SIZE_MAX; k++) enumeration_quote(&out, shown[which[k]]);
  return enumeration_label(&out);
}

/* Could a column of a file give this field? */
static bool importable(const struct staging *staging, const struct field *field) {
  if (field->flags & (FIELD_DERIVED | FIELD_RETIRED | FIELD_HIDDEN) || field->type == F_FILE) return false;
  if (field->type == F_CONTACT && !secret_keys_seal(staging->options->contact_key)) return false;
  if ((field->type == F_REFERENCE || field->type == F_REFERENCES) && !name_target(field->target)) return false;
  return field_writable(staging->authority, field);
}

static bool among(struct arena *arena, const char *headers, const char *folded) {
  for (const char *at = headers; at && *at;) {
    size_t size = strcspn(at, "|");
    if (text_equal(name_folded(arena, arena_copy(arena, at, size)), folded)) return true;
    at += size + (at[size] == '|');
  }
  return false;
}

/* By the mapping, else by the names of the type. *by: the mapping's column, NULL when it does not name the header. */
static const struct field *field_for(struct staging *staging, const struct mapping *mapping, const char *header,
                                     const struct mapping_column **by) {
  struct arena *arena = staging->scratch;
  const char *folded = name_folded(arena, header);
  *by = NULL;
  for (size_t i = 0; i < mapping->count; i++) {
    if (!text_equal(name_folded(arena, mapping->columns[i].header), folded)) continue;
    *by = &mapping->columns[i];
    return (*by)->in ? (*by)->field : NULL;
  }
  for (size_t i = 0; i < staging->type->field_count; i++) {
    const struct field *field = &staging->type->fields[i];
    const char *names[] = {field->name, field->label.zh, field->label.en};
    for (size_t k = 0; k < 3; k++)
      if (text_equal(name_folded(arena, names[k]), folded)) return field;
  }
  for (size_t i = 0; i < sizeof SYNONYMS / sizeof *SYNONYMS; i++)
    if (SYNONYMS[i].type == staging->type->id && among(arena, SYNONYMS[i].headers, folded))
      return record_field(staging->type, SYNONYMS[i].field);
  return NULL;
}

static struct import_column *column_of(struct staging *staging, const struct field *field) {
  for (size_t i = 0; i < staging->column_count; i++)
    if (staging->columns[i].field == field) return &staging->columns[i];
  return NULL;
}

static void column_add(struct staging *staging, size_t at, const char *header, const struct field *field, const struct mapping_column *by) {
  struct import_column column = {.at = at, .field = field, .header = header, .by = by}, *first = column_of(staging, field);
  if (first)
    staging_error(staging, 1, &column, "twice", label_print(staging->arena, "与 %s 列“%s”都表示“%s”，请只保留一列",
      "column %s \"%s\" stands for \"%s\" already. Keep one of them", csv_column_letters(staging->arena, first->at + 1), first->header, field->label.zh));
  else staging->columns[staging->column_count++] = column;
}

/* Columns in the type's order of fields: what the fingerprint is made over. */
static void columns_sort(struct staging *staging) {
  for (size_t i = 1; i < staging->column_count; i++)
    for (size_t k = i; k > 0 && staging->columns[k].field < staging->columns[k - 1].field; k--) {
      struct import_column moved = staging->columns[k];
      staging->columns[k] = staging->columns[k - 1];
      staging->columns[k - 1] = moved;
    }
}

static struct label headers_shown(struct staging *staging, const struct csv *csv) {
  struct enumeration out = enumeration_in(staging->arena);
  for (size_t i = 0; i < csv->count && i < 30; i++) enumeration_quote(&out, cell_shown(staging->arena, csv->cells[i].text));
  return csv->count ? enumeration_label(&out) : (struct label){"-", "-"};
}

/* Headers of the file that are like one of the names of the field that was not found. */
static struct label headers_near(struct staging *staging, const struct csv *csv, const struct field *field) {
  const char **folded = ARENA_ARRAY(staging->scratch, const char *, csv->count + 1),
             **shown = ARENA_ARRAY(staging->scratch, const char *, csv->count + 1);
  struct buffer names = {.arena = staging->scratch};
  buffer_print(&names, "%s|%s|%s", field->label.zh, field->name, field->label.en);
  for (size_t i = 0; i < sizeof SYNONYMS / sizeof *SYNONYMS; i++)
    if (SYNONYMS[i].type == staging->type->id && SYNONYMS[i].field == field->id) buffer_print(&names, "|%s", SYNONYMS[i].headers);
  for (size_t i = 0; i < csv->count; i++) {
    folded[i] = name_folded(staging->scratch, csv->cells[i].text);
    shown[i] = cell_shown(staging->arena, csv->cells[i].text);
  }
  struct label near = {0};
  for (const char *at = names.bytes; !near.zh && *at;) {
    size_t size = strcspn(at, "|");
    near = names_near(staging->arena, name_folded(staging->scratch, arena_copy(staging->scratch, at, size)), folded, shown, csv->count);
    at += size + (at[size] == '|');
  }
  return near;
}

static struct label synonyms_shown(struct staging *staging, const struct field *field) {
  for (size_t i = 0; i < sizeof SYNONYMS / sizeof *SYNONYMS; i++) {
    if (SYNONYMS[i].type != staging->type->id || SYNONYMS[i].field != field->id) continue;
    struct enumeration out = enumeration_in(staging->arena);
    for (const char *at = SYNONYMS[i].headers; *at;) {
      size_t size = strcspn(at, "|");
      enumeration_add(&out, arena_copy(staging->scratch, at, size));
      at += size + (at[size] == '|');
    }
    return enumeration_label(&out);
  }
  return (struct label){field->name, field->name};
}

/* One sentence naming every required column that is missing, what it may be called, and what the file has instead. */
static bool required_there(struct staging *staging, const struct csv *csv) {
  struct buffer zh = {.arena = staging->arena}, en = {.arena = staging->arena};
  for (size_t i = 0; i < staging->type->field_count; i++) {
    const struct field *field = &staging->type->fields[i];
    bool wanted = field->id == staging->home->number || (field->flags & FIELD_REQUIRED && !field->has_preset && importable(staging, field));
    if (!wanted || column_of(staging, field)) continue;
    struct label near = headers_near(staging, csv, field), called = synonyms_shown(staging, field);
    buffer_print(&zh, "%s缺少“%s”列（也可以叫：%s）%s%s", zh.size ? "；" : "", field->label.zh, called.zh, near.zh ? "，最接近的是" : "",
                 near.zh ? near.zh : "");
    buffer_print(&en, "%scolumn \"%s\" is missing (also called: %s)%s%s", en.size ? "; " : "", field->label.en, called.en,
                 near.en ? ", nearest: " : "", near.en ? near.en : "");
  }
  if (!zh.size) return true;
  struct label found = headers_shown(staging, csv);
  staging_error(staging, 1, NULL, "header", (struct label){arena_print(staging->arena, "%s。文件的表头是：%s", zh.bytes, found.zh),
                                                           arena_print(staging->arena, "%s. The file has: %s", en.bytes, found.en)});
  return false;
}

static void number_column_set(struct staging *staging) {
  for (size_t i = 0; i < staging->column_count; i++)
    if (staging->columns[i].field->id == staging->home->number) staging->number_column = i;
}

/* The mapping record; none is needed for the type's own name, nor where any name will do. False: an error was added, or the store's is
   kept. */
static bool mapping_find(struct staging *staging, struct mapping *mapping) {
  staging->error = field_mapping_read(staging->reader, staging->arena, staging->type, staging->home->number, staging->staged->mapping,
                                      mapping);
  if (staging->error) return false;
  if (mapping->there || staging->options->any_name || text_equal(staging->staged->mapping, staging->type->plural)) return true;
  staging_error(staging, 0, NULL, "mapping",
                label_print(staging->arena, "没有名为“%s”的导入对照", "there is no import mapping named \"%s\"", staging->staged->mapping));
  return false;
}

bool columns_find(struct staging *staging, const struct csv *csv) {
  struct mapping mapping;
  if (!mapping_find(staging, &mapping)) return false;
  staging->columns = ARENA_ARRAY(staging->arena, struct import_column, csv->count);
  staging->staged->ignored = ARENA_ARRAY(staging->arena, const char *, csv->count);
  staging->width = csv->count;
  for (size_t i = 0; i < csv->count; i++) {
    const char *header = text_clean(staging->arena, csv_unguard(csv->cells[i].text), false);
    const struct mapping_column *by = NULL;
    const struct field *field = *header ? field_for(staging, &mapping, header, &by) : NULL;
    if (field && importable(staging, field)) column_add(staging, i, header, field, by);
    else if (*header) staging->staged->ignored[staging->staged->ignored_count++] = header;
  }
  columns_sort(staging);
  number_column_set(staging);
  return required_there(staging, csv) && staging->staged->errors_found == 0;
}
