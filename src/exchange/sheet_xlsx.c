/* .xlsx: the workbook's parts in the order in which they are needed — relations, the list of sheets, styles, shared strings, then each
   sheet. Whatever a reference says, it is held against what is there: rows, columns, strings and styles out of range are told and left out.
   Namespaces are not looked at, so files of the strict variant and with prefixes are read as well. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/room.h"
#include "exchange/sheet_parts.h"

struct relation { const char *id, *target, *kind; };
struct named_sheet { const char *name, *relation, *part /* of the file, NULL none */; bool hidden; };
struct xlsx {
  struct workbook *workbook; struct zipped *zipped;
  struct relation *relations; size_t relation_count, relation_room;
  struct named_sheet *named; size_t named_count, named_room;
  const char **strings; size_t string_count, string_room;       /* shared */
  struct own_format { unsigned id; const char *code; } *formats; size_t format_count, format_room;
  const char **styles; size_t style_count, style_room;          /* cellXfs: format code, NULL general */
  bool in_cell_styles;
  /* texts that are being read */
  struct buffer text; bool taking; unsigned phonetic; bool in_string;
  /* the sheet that is being read */
  size_t sheet; uint32_t row, column; bool row_bad, row_again, cell_bad, in_data;
  uint32_t *hidden; size_t hidden_count, hidden_room;
  uint8_t *rows_seen;                                            /* one bit a row */
  uint8_t *columns_seen;                                         /* of this row */
  const char *type; unsigned style; bool formula, inline_text, value_there; char type_text[16];
};

#define ADD(items, count, room, item) do { HEAP_ROOM(items, count, room, 64); (items)[(count)++] = (item); } while (0)

/* _x000D_ and its like stand for one character. */
static void unescape(struct buffer *text) {
  size_t out = 0;
  if (!text->size || !strstr(text->bytes, "_x")) return;
  for (size_t i = 0; i < text->size;) {
    const char *at = text->bytes + i;
    if (text->size - i >= 7 && at[0] == '_' && (at[1] == 'x' || at[1] == 'X') && at[6] == '_' &&
        strspn(at + 2, "0123456789abcdefABCDEF") == 4) {
      unsigned long code = strtoul(at + 2, NULL, 16);
      if (code < 0x80) {
        if (code == '\n' || code == '\t' || (code >= 0x20 && code != 0x7F)) text->bytes[out++] = (char)code;
        else if (code == '\r') text->bytes[out++] = '\n';
        i += 7;
        continue;
      }
    }
    text->bytes[out++] = text->bytes[i++];
  }
  text->size = out;
  text->bytes[out] = 0;
}

static const char *text_taken(struct xlsx *xlsx) {
  unescape(&xlsx->text);
  if (!xlsx->text.size) return "";
  text_fits(xlsx->workbook, xlsx->text.bytes, xlsx->text.size, xlsx->zipped->refusal);
  return arena_copy(xlsx->workbook->arena, xlsx->text.bytes, xlsx->text.size);
}

/* Text is kept while it may still be a cell's; an endless one is refused before it is kept. */
static void text_add(void *with, const char *text, int size) {
  struct xlsx *xlsx = with;
  if (!xlsx->taking || xlsx->phonetic) return;
  buffer_add(&xlsx->text, text, (size_t)size);
  if (xlsx->text.size > (size_t)SHEET_TEXT_MOST * 4 + 4096)
    text_fits(xlsx->workbook, xlsx->text.bytes, xlsx->text.size, xlsx->zipped->refusal);
  if (xlsx->text.size > (size_t)SHEET_TEXT_MOST * 16)
    refuse(xlsx->zipped->refusal, "too_large", (struct label){"有单元格的文字过长，未读取", "a cell's text is too long. It was not read"});
}

/* ---- relations, workbook ---- */

static void relation_open(void *with, const char *name, const char **attributes) {
  struct xlsx *xlsx = with;
  if (strcmp(name, "Relationship") != 0) return;
  const char *id = xml_attribute(attributes, "Id"), *target = xml_attribute(attributes, "Target"),
             *kind = xml_attribute(attributes, "Type"), *mode = xml_attribute(attributes, "TargetMode");
  if (!id || !target || !kind || (mode && strcmp(mode, "External") == 0) || xlsx->relation_count > 20000) return;
  struct arena *arena = xlsx->workbook->arena;
  struct relation relation = {arena_text(arena, id), arena_text(arena, target),
                              arena_text(arena, strrchr(kind, '/') ? strrchr(kind, '/') + 1 : kind)};
  ADD(xlsx->relations, xlsx->relation_count, xlsx->relation_room, relation);
}

static void workbook_open(void *with, const char *name, const char **attributes) {
  struct xlsx *xlsx = with;
  if (strcmp(name, "workbookPr") == 0) {
    const char *date1904 = xml_attribute(attributes, "date1904");
    xlsx->workbook->date1904 = date1904 && (strcmp(date1904, "1") == 0 || strcmp(date1904, "true") == 0);
  }
  if (strcmp(name, "sheet") != 0) return;
  if (xlsx->named_count >= SHEETS_MOST) {
    refuse(xlsx->zipped->refusal, "too_large", (struct label){"工作表太多", "there are too many sheets"});
    return;
  }
  const char *called = xml_attribute(attributes, "name"), *state = xml_attribute(attributes, "state"), *relation = NULL;
  for (size_t i = 0; attributes[i]; i += 2)
    if (strcmp(xml_local(attributes[i]), "id") == 0 && strchr(attributes[i], ':')) relation = attributes[i + 1];
  struct arena *arena = xlsx->workbook->arena;
  struct named_sheet named = {arena_text(arena, called ? called : ""), relation ? arena_text(arena, relation) : NULL, NULL,
                              state && strcmp(state, "visible") != 0};
  ADD(xlsx->named, xlsx->named_count, xlsx->named_room, named);
}

/* A target beside the part that names it: "worksheets/sheet1.xml", "/xl/…", "../…". */
static const char *target_path(struct arena *arena, const char *folder, const char *target) {
  if (*target == '/') return target + 1;
  char *base = arena_text(arena, folder);
  while (strncmp(target, "../", 3) == 0 || strncmp(target, "./", 2) == 0) {
    if (target[1] == '.') {
      char *slash = strrchr(base, '/');
      if (slash) *slash = 0;
      else *base = 0;
    }
    target += target[1] == '.' ? 3 : 2;
  }
  return *base ? arena_print(arena, "%s/%s", base, target) : target;
}

static const struct relation *relation_of(const struct xlsx *xlsx, const char *id, const char *kind) {
  for (size_t i = 0; i < xlsx->relation_count; i++)
    if ((id && strcmp(xlsx->relations[i].id, id) == 0) || (!id && strcmp(xlsx->relations[i].kind, kind) == 0)) return &xlsx->relations[i];
  return NULL;
}

/* ---- styles ---- */

static void style_open(void *with, const char *name, const char **attributes) {
  struct xlsx *xlsx = with;
  const char *id = xml_attribute(attributes, "numFmtId"), *code = xml_attribute(attributes, "formatCode");
  if (strcmp(name, "cellXfs") == 0) xlsx->in_cell_styles = true;
  if (strcmp(name, "numFmt") == 0 && id && code && xlsx->format_count < 20000) {
    struct own_format format = {(unsigned)strtoul(id, NULL, 10), arena_text(xlsx->workbook->arena, code)};
    ADD(xlsx->formats, xlsx->format_count, xlsx->format_room, format);
  }
  if (strcmp(name, "xf") != 0 || !xlsx->in_cell_styles || xlsx->style_count >= 100000) return;
  unsigned number = id ? (unsigned)strtoul(id, NULL, 10) : 0;
  const char *found = NULL;
  for (size_t i = 0; i < xlsx->format_count && !found; i++)
    if (xlsx->formats[i].id == number) found = xlsx->formats[i].code;
  if (!found) found = format_builtin(number);
  ADD(xlsx->styles, xlsx->style_count, xlsx->style_room, found);
}

static void style_close(void *with, const char *name) {
  struct xlsx *xlsx = with;
  if (strcmp(name, "cellXfs") == 0) xlsx->in_cell_styles = false;
}

/* ---- shared strings ---- */

static void string_open(void *with, const char *name, const char **attributes) {
  struct xlsx *xlsx = with;
  (void)attributes;
  if (strcmp(name, "si") == 0) buffer_clear(&xlsx->text), xlsx->in_string = true, xlsx->phonetic = 0;
  else if (strcmp(name, "rPh") == 0) xlsx->phonetic++;
  else if (strcmp(name, "t") == 0) xlsx->taking = xlsx->in_string;
}

static void string_close(void *with, const char *name) {
  struct xlsx *xlsx = with;
  if (strcmp(name, "t") == 0) xlsx->taking = false;
  else if (strcmp(name, "rPh") == 0 && xlsx->phonetic) xlsx->phonetic--;
  else if (strcmp(name, "si") == 0) {
    xlsx->in_string = false;
    ADD(xlsx->strings, xlsx->string_count, xlsx->string_room, text_taken(xlsx));
    if (xlsx->string_count > SHEET_CELLS_MOST)
      refuse(xlsx->zipped->refusal, "too_large", (struct label){"共享字符串太多", "there are too many shared strings"});
  }
}

/* ---- a sheet ---- */

/* "AX7" → 7, 50; false when it is no address inside a sheet. */
static bool address_read(const char *text, uint32_t *row, uint32_t *column) {
  uint64_t letters = 0, digits = 0;
  if (*text == '$') text++;
  while (*text >= 'A' && *text <= 'Z' && letters <= SHEET_COLUMNS_MOST) letters = letters * 26 + (uint64_t)(*text++ - 'A' + 1);
  if (*text == '$') text++;
  if (*text < '1' || *text > '9') return false;
  while (*text >= '0' && *text <= '9' && digits <= SHEET_ROWS_MOST) digits = digits * 10 + (uint64_t)(*text++ - '0');
  if (*text || letters < 1 || letters > SHEET_COLUMNS_MOST || digits > SHEET_ROWS_MOST) return false;
  *row = (uint32_t)digits;
  *column = (uint32_t)letters;
  return true;
}

static void flaw(struct xlsx *xlsx, uint32_t column, const char *code, bool hint, const char *zh, const char *en) {
  workbook_flaw(xlsx->workbook, xlsx->sheet, xlsx->row_bad ? 0 : xlsx->row, column, code, hint, (struct label){zh, en});
}

static bool seen(uint8_t *bits, uint32_t at) {
  bool before = bits[at >> 3] >> (at & 7) & 1;
  bits[at >> 3] |= (uint8_t)(1u << (at & 7));
  return before;
}

static void row_open(struct xlsx *xlsx, const char **attributes) {
  const char *number = xml_attribute(attributes, "r"), *hidden = xml_attribute(attributes, "hidden");
  int64_t row = (int64_t)xlsx->row + 1;
  bool behind_bad = xlsx->row_bad && !number; /* the next of a row that is nowhere is nowhere */
  xlsx->row_bad = behind_bad;
  xlsx->row_again = false;
  if (number && (!text_to_integer(number, &row) || row < 1)) xlsx->row_bad = true;
  if (row < 1 || row > SHEET_ROWS_MOST) xlsx->row_bad = true;
  if (xlsx->row_bad) {
    flaw(xlsx, 0, "row_reference", true, "有的行没有可用的行号，未读取", "some rows have no usable number. They were not read");
    return;
  }
  xlsx->row = (uint32_t)row;
  xlsx->column = 0;
  memset(xlsx->columns_seen, 0, SHEET_COLUMNS_MOST / 8 + 1);
  if (seen(xlsx->rows_seen, xlsx->row)) {
    xlsx->row_again = true;
    flaw(xlsx, 0, "row_twice", false, "同一行在文件里出现两次，只取第一次", "the row stands in the file twice. The first one was taken");
    return;
  }
  if (hidden && (strcmp(hidden, "1") == 0 || strcmp(hidden, "true") == 0))
    ADD(xlsx->hidden, xlsx->hidden_count, xlsx->hidden_room, xlsx->row);
}

static void cell_open(struct xlsx *xlsx, const char **attributes) {
  const char *address = xml_attribute(attributes, "r"), *type = xml_attribute(attributes, "t"), *style = xml_attribute(attributes, "s");
  uint32_t row = xlsx->row, column = xlsx->column + 1;
  xlsx->cell_bad = xlsx->row_bad || xlsx->row_again;
  xlsx->formula = xlsx->inline_text = xlsx->value_there = false;
  xlsx->taking = false;
  buffer_clear(&xlsx->text);
  xlsx->type_text[0] = 0;
  if (type && strlen(type) < sizeof xlsx->type_text) memcpy(xlsx->type_text, type, strlen(type) + 1);
  else if (type) xlsx->type_text[0] = '?';
  xlsx->type = xlsx->type_text;
  xlsx->style = style ? (unsigned)strtoul(style, NULL, 10) : 0;
  if (xlsx->cell_bad) return;
  if ((address && (!address_read(address, &row, &column) || row != xlsx->row)) || column > SHEET_COLUMNS_MOST) {
    xlsx->cell_bad = true;
    flaw(xlsx, 0, "cell_reference", false, "这一行有单元格的地址不对，未读取", "cells of this row have addresses that do not exist. They were not read");
    return;
  }
  xlsx->column = column;
  if (seen(xlsx->columns_seen, column)) {
    xlsx->cell_bad = true;
    flaw(xlsx, column, "cell_twice", false, "同一单元格在文件里出现两次，只取第一次", "the cell stands in the file twice. The first one was taken");
  }
}

static void sheet_open(void *with, const char *name, const char **attributes) {
  struct xlsx *xlsx = with;
  if (strcmp(name, "sheetData") == 0) xlsx->in_data = true;
  else if (xlsx->in_data && strcmp(name, "row") == 0) row_open(xlsx, attributes);
  else if (xlsx->in_data && strcmp(name, "c") == 0) cell_open(xlsx, attributes);
  else if (xlsx->in_data && strcmp(name, "f") == 0) xlsx->formula = true;
  else if (xlsx->in_data && strcmp(name, "v") == 0) xlsx->taking = xlsx->value_there = true;
  else if (xlsx->in_data && strcmp(name, "is") == 0) xlsx->inline_text = true, xlsx->phonetic = 0;
  else if (xlsx->in_data && strcmp(name, "rPh") == 0) xlsx->phonetic++;
  else if (xlsx->in_data && strcmp(name, "t") == 0) xlsx->taking = xlsx->inline_text;
  else if (strcmp(name, "col") == 0) {
    const char *hidden = xml_attribute(attributes, "hidden"), *least = xml_attribute(attributes, "min"),
               *most = xml_attribute(attributes, "max");
    int64_t left = 0, right = 0;
    if (hidden && (strcmp(hidden, "1") == 0 || strcmp(hidden, "true") == 0) && least && most && text_to_integer(least, &left) &&
        text_to_integer(most, &right) && left > 0 && right >= left && left <= SHEET_COLUMNS_MOST)
      sheet_columns_hide(&xlsx->workbook->sheets[xlsx->sheet], (uint32_t)left,
                         right > SHEET_COLUMNS_MOST ? SHEET_COLUMNS_MOST : (uint32_t)right);
  } else if (strcmp(name, "mergeCell") == 0) {
    const char *range = xml_attribute(attributes, "ref"), *colon = range ? strchr(range, ':') : NULL;
    struct sheet_area area;
    if (!colon || colon - range > 20) return;
    char *first = arena_copy(xlsx->workbook->arena, range, (size_t)(colon - range));
    if (address_read(first, &area.top, &area.left) && address_read(colon + 1, &area.bottom, &area.right))
      sheet_area_add(&xlsx->workbook->sheets[xlsx->sheet], area);
  }
}

static void number_set(struct xlsx *xlsx, struct sheet_cell *cell) {
  const char *text = xlsx->text.size ? xlsx->text.bytes : "", *code = xlsx->style < xlsx->style_count ? xlsx->styles[xlsx->style] : NULL;
  char *end = NULL;
  cell->number = strtod(text, &end);
  if (!*text || *end || !isfinite(cell->number)) {
    cell->kind = CELL_NOTHING;
    if (*text) flaw(xlsx, xlsx->column, "number_unreadable", true, "有单元格的数值不是数，未读取", "a cell's number is none. It was not read");
    return;
  }
  struct number_format kind = format_kind(code);
  int64_t date = kind.date ? serial_date(cell->number, xlsx->workbook->date1904) : NOTHING;
  cell->percent = kind.percent;
  cell->general = kind.general;
  cell->kind = kind.date && date != NOTHING ? CELL_DATE : CELL_NUMBER;
  cell->date = date;
  cell->text = kind.date && date != NOTHING ? format_date(xlsx->workbook->arena, code, cell->number, xlsx->workbook->date1904)
                                            : format_number(xlsx->workbook->arena, code, cell->number);
}

static void iso_date_set(struct xlsx *xlsx, struct sheet_cell *cell) {
  char *day = arena_copy(xlsx->workbook->arena, xlsx->text.bytes, xlsx->text.size < 10 ? xlsx->text.size : 10);
  cell->text = text_taken(xlsx);
  cell->kind = date_parse(day, &cell->date) ? CELL_DATE : CELL_TEXT;
}

static void shared_set(struct xlsx *xlsx, struct sheet_cell *cell) {
  int64_t index = -1;
  if (xlsx->text.size && text_to_integer(xlsx->text.bytes, &index) && index >= 0 && (uint64_t)index < xlsx->string_count) {
    cell->kind = CELL_TEXT;
    cell->text = xlsx->strings[index];
  } else if (xlsx->value_there)
    flaw(xlsx, 0, "shared_string_index", false, "这一行有单元格指向不存在的文字，未读取",
         "cells of this row point to texts that do not exist. They were not read");
}

static void value_set(struct xlsx *xlsx, struct sheet_cell *cell) {
  const char *type = xlsx->type;
  if (strcmp(type, "s") == 0) shared_set(xlsx, cell);
  else if (strcmp(type, "inlineStr") == 0 || strcmp(type, "str") == 0) {
    cell->kind = CELL_TEXT;
    cell->text = text_taken(xlsx);
  } else if (!xlsx->value_there || !xlsx->text.size) {
    cell->kind = xlsx->formula ? CELL_NO_VALUE : CELL_NOTHING;
  } else if (strcmp(type, "b") == 0) {
    cell->kind = CELL_YES_NO;
    cell->number = xlsx->text.bytes[0] == '1' || xlsx->text.bytes[0] == 't';
    cell->text = cell->number != 0 ? "TRUE" : "FALSE";
  } else if (strcmp(type, "e") == 0) {
    cell->kind = CELL_ERROR;
    cell->text = text_taken(xlsx);
  } else if (strcmp(type, "d") == 0) iso_date_set(xlsx, cell);
  else if (!*type || strcmp(type, "n") == 0) number_set(xlsx, cell);
  else flaw(xlsx, xlsx->column, "cell_type", true, "有单元格的类型无法识别，未读取", "a cell is of a type that is not known. It was not read");
}

static void cell_close(struct xlsx *xlsx) {
  struct sheet_cell cell = {.row = xlsx->row, .column = xlsx->column, .text = "", .date = NOTHING, .formula = xlsx->formula};
  if (xlsx->cell_bad) return;
  value_set(xlsx, &cell);
  if (cell.kind == CELL_NOTHING || (cell.kind == CELL_TEXT && !*cell.text)) return;
  sheet_cell_add(xlsx->workbook, &xlsx->workbook->sheets[xlsx->sheet], &cell, xlsx->zipped->refusal);
}

static void sheet_close(void *with, const char *name) {
  struct xlsx *xlsx = with;
  if (strcmp(name, "sheetData") == 0) xlsx->in_data = false;
  else if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0) xlsx->taking = false;
  else if (strcmp(name, "rPh") == 0 && xlsx->phonetic) xlsx->phonetic--;
  else if (strcmp(name, "c") == 0 && xlsx->in_data) cell_close(xlsx);
}

/* ---- the file ---- */

/* No two sheets of a sound workbook lie in one part: a small part must not be read a thousand times. */
static bool part_taken(const struct xlsx *xlsx, size_t at) {
  for (size_t i = 0; i < at; i++)
    if (xlsx->named[i].part && strcmp(xlsx->named[i].part, xlsx->named[at].part) == 0) return true;
  return false;
}

static bool sheet_part_read(struct xlsx *xlsx, const char *folder, size_t at) {
  struct named_sheet *named = &xlsx->named[at];
  const struct relation *relation = named->relation ? relation_of(xlsx, named->relation, "") : NULL;
  bool there = false;
  struct sheet *sheet = workbook_sheet_add(xlsx->workbook, named->name);
  sheet->hidden = named->hidden;
  xlsx->sheet = xlsx->workbook->count - 1;
  if (relation && strcmp(relation->kind, "worksheet") != 0) return true; /* a chart or dialogue sheet: nothing to read */
  xlsx->row = xlsx->column = 0;
  xlsx->row_bad = xlsx->row_again = xlsx->in_data = false;
  xlsx->hidden_count = 0;
  memset(xlsx->rows_seen, 0, SHEET_ROWS_MOST / 8 + 1);
  if (relation) named->part = target_path(xlsx->workbook->arena, folder, relation->target);
  if (relation && !part_taken(xlsx, at)) {
    struct xml_part part = {named->part, sheet_open, sheet_close, text_add, xlsx, false};
    if (!xml_part_read(xlsx->zipped, &part, &there)) return false;
  }
  xlsx->workbook->sheets[xlsx->sheet].absent = !there;
  sheet_finish(xlsx->workbook, xlsx->sheet, xlsx->hidden, xlsx->hidden_count);
  return true;
}

static bool parts_read(struct xlsx *xlsx) {
  struct arena *arena = xlsx->workbook->arena;
  struct xml_part root = {"_rels/.rels", relation_open, NULL, NULL, xlsx, false};
  if (!xml_part_read(xlsx->zipped, &root, NULL)) return false;
  const struct relation *main = relation_of(xlsx, NULL, "officeDocument");
  const char *book = main ? target_path(arena, "", main->target) : "xl/workbook.xml";
  char *folder = arena_text(arena, book), *slash = strrchr(folder, '/');
  if (slash) *slash = 0;
  xlsx->relation_count = 0;
  struct xml_part relations =
      {arena_print(arena, "%s/_rels/%s.rels", folder, slash ? slash + 1 : "workbook.xml"), relation_open, NULL, NULL, xlsx, false};
  struct xml_part workbook = {book, workbook_open, NULL, NULL, xlsx, true};
  if (!xml_part_read(xlsx->zipped, &relations, NULL) || !xml_part_read(xlsx->zipped, &workbook, NULL)) return false;
  if (!xlsx->named_count)
    return refuse(xlsx->zipped->refusal, "not_a_workbook", (struct label){"文件里没有工作表", "there are no sheets in this file"});
  const struct relation *styles = relation_of(xlsx, NULL, "styles"), *strings = relation_of(xlsx, NULL, "sharedStrings");
  struct xml_part style_part =
      {styles ? target_path(arena, folder, styles->target) : "xl/styles.xml", style_open, style_close, NULL, xlsx, false};
  struct xml_part string_part =
      {strings ? target_path(arena, folder, strings->target) : "xl/sharedStrings.xml", string_open, string_close, text_add, xlsx, false};
  if (!xml_part_read(xlsx->zipped, &style_part, NULL) || !xml_part_read(xlsx->zipped, &string_part, NULL)) return false;
  for (size_t i = 0; i < xlsx->named_count; i++)
    if (!sheet_part_read(xlsx, folder, i)) return false;
  return true;
}

bool xlsx_read(struct workbook *workbook, struct zipped *zipped) {
  struct xlsx xlsx = {.workbook = workbook, .zipped = zipped};
  workbook->format = WORKBOOK_XLSX;
  xlsx.rows_seen = heap_zeroed(1, SHEET_ROWS_MOST / 8 + 1);
  xlsx.columns_seen = heap_zeroed(1, SHEET_COLUMNS_MOST / 8 + 1);
  bool good = parts_read(&xlsx);
  buffer_free(&xlsx.text);
  free(xlsx.relations);
  free(xlsx.named);
  free(xlsx.strings);
  free(xlsx.formats);
  free(xlsx.styles);
  free(xlsx.hidden);
  free(xlsx.rows_seen);
  free(xlsx.columns_seen);
  return good;
}
