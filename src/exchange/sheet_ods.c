/* .ods (OpenDocument): one part, content.xml, with everything as it is shown; repeated rows and cells are counted, not made, and only
   what holds something is kept. Hidden sheets are told by their style. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/room.h"
#include "exchange/sheet_parts.h"

struct ods {
  struct workbook *workbook; struct zipped *zipped;
  struct buffer text; bool in_cell, in_note; unsigned paragraphs, in_paragraph;
  const char *style; struct hidden_style { const char *name; } *hidden_styles; size_t hidden_count, hidden_room;
  int64_t row, row_repeat, column, cell_repeat; bool row_hidden, in_sheet;
  uint32_t *hidden; size_t row_hidden_count, row_hidden_room;
  struct sheet_cell cell; const char *kind; uint32_t spanned_rows, spanned_columns; bool covered;
};

static int64_t number_of(const char **attributes, const char *local, int64_t otherwise) {
  const char *text = xml_attribute(attributes, local);
  int64_t number;
  return text && text_to_integer(text, &number) && number > 0 ? number : otherwise;
}

static struct sheet *sheet_now(struct ods *ods) { return &ods->workbook->sheets[ods->workbook->count - 1]; }

static void table_open(struct ods *ods, const char **attributes) {
  const char *name = xml_attribute(attributes, "name"), *style = xml_attribute(attributes, "style-name");
  if (ods->workbook->count >= SHEETS_MOST) {
    refuse(ods->zipped->refusal, "too_large", (struct label){"工作表太多", "there are too many sheets"});
    return;
  }
  struct sheet *sheet = workbook_sheet_add(ods->workbook, name ? name : "");
  for (size_t i = 0; style && i < ods->hidden_count; i++) sheet->hidden |= strcmp(ods->hidden_styles[i].name, style) == 0;
  ods->row = 0;
  ods->row_hidden_count = 0;
  ods->in_sheet = true;
  ods->column = 0;
}

static void row_open(struct ods *ods, const char **attributes) {
  const char *visibility = xml_attribute(attributes, "visibility");
  ods->row_repeat = number_of(attributes, "number-rows-repeated", 1);
  ods->row_hidden = visibility && strcmp(visibility, "visible") != 0;
  ods->row++;
  ods->column = 0;
}

static void cell_open(struct ods *ods, const char **attributes, bool covered) {
  const char *type = xml_attribute(attributes, "value-type"), *value = xml_attribute(attributes, "value"),
             *date = xml_attribute(attributes, "date-value"), *yes = xml_attribute(attributes, "boolean-value");
  struct arena *arena = ods->workbook->arena;
  ods->cell = (struct sheet_cell){.text = "", .date = NOTHING, .formula = xml_attribute(attributes, "formula") != NULL};
  ods->cell_repeat = number_of(attributes, "number-columns-repeated", 1);
  ods->spanned_rows = (uint32_t)number_of(attributes, "number-rows-spanned", 1);
  ods->spanned_columns = (uint32_t)number_of(attributes, "number-columns-spanned", 1);
  ods->covered = covered;
  ods->in_cell = true;
  ods->paragraphs = 0;
  buffer_clear(&ods->text);
  if (!type) return;
  if (strcmp(type, "date") == 0 && date && strlen(date) >= 10 && date_parse(arena_copy(arena, date, 10), &ods->cell.date))
    ods->cell.kind = CELL_DATE;
  else if (strcmp(type, "boolean") == 0) ods->cell.kind = CELL_YES_NO, ods->cell.number = yes && strcmp(yes, "true") == 0;
  else if ((strcmp(type, "float") == 0 || strcmp(type, "currency") == 0 || strcmp(type, "percentage") == 0) && value) {
    ods->cell.number = strtod(value, NULL);
    if (isfinite(ods->cell.number)) ods->cell.kind = CELL_NUMBER;
    ods->cell.percent = strcmp(type, "percentage") == 0;
  } else ods->cell.kind = CELL_TEXT;
}

static void ods_open(void *with, const char *name, const char **attributes) {
  struct ods *ods = with;
  if (strcmp(name, "style") == 0) {
    const char *called = xml_attribute(attributes, "name");
    ods->style = called ? arena_text(ods->workbook->arena, called) : NULL;
  } else if (strcmp(name, "table-properties") == 0) {
    const char *display = xml_attribute(attributes, "display");
    if (display && strcmp(display, "false") == 0 && ods->style) {
      HEAP_ROOM(ods->hidden_styles, ods->hidden_count, ods->hidden_room, 16);
      ods->hidden_styles[ods->hidden_count++].name = ods->style;
    }
  } else if (strcmp(name, "null-date") == 0) {
    const char *day = xml_attribute(attributes, "date-value");
    ods->workbook->date1904 = day && strncmp(day, "1904", 4) == 0;
  } else if (strcmp(name, "table") == 0) table_open(ods, attributes);
  else if (!ods->in_sheet) return;
  else if (strcmp(name, "table-column") == 0) {
    int64_t repeat = number_of(attributes, "number-columns-repeated", 1);
    const char *visibility = xml_attribute(attributes, "visibility");
    if (visibility && strcmp(visibility, "visible") != 0 && ods->column < SHEET_COLUMNS_MOST)
      sheet_columns_hide(sheet_now(ods), (uint32_t)ods->column + 1,
                         (uint32_t)(ods->column + repeat > SHEET_COLUMNS_MOST ? SHEET_COLUMNS_MOST : ods->column + repeat));
    ods->column += repeat > SHEET_COLUMNS_MOST ? SHEET_COLUMNS_MOST : repeat;
  } else if (strcmp(name, "table-row") == 0) row_open(ods, attributes);
  else if (strcmp(name, "table-cell") == 0) cell_open(ods, attributes, false);
  else if (strcmp(name, "covered-table-cell") == 0) cell_open(ods, attributes, true);
  else if (strcmp(name, "annotation") == 0) ods->in_note = true;
  else if (strcmp(name, "p") == 0 && ods->in_cell && !ods->in_note) {
    if (ods->paragraphs++) buffer_byte(&ods->text, '\n');
    ods->in_paragraph++;
  } else if (strcmp(name, "line-break") == 0 && ods->in_paragraph) buffer_byte(&ods->text, '\n');
  else if (strcmp(name, "tab") == 0 && ods->in_paragraph) buffer_byte(&ods->text, '\t');
  else if (strcmp(name, "s") == 0 && ods->in_paragraph) {
    int64_t blanks = number_of(attributes, "c", 1);
    for (int64_t i = 0; i < blanks && i < 1000; i++) buffer_byte(&ods->text, ' ');
  }
}

static void ods_text(void *with, const char *text, int size) {
  struct ods *ods = with;
  if (!ods->in_paragraph || ods->in_note) return;
  buffer_add(&ods->text, text, (size_t)size);
  if (ods->text.size > (size_t)SHEET_TEXT_MOST * 4 + 4096) text_fits(ods->workbook, ods->text.bytes, ods->text.size, ods->zipped->refusal);
}

static bool cell_shown(struct ods *ods) {
  struct sheet_cell *cell = &ods->cell;
  const char *shown = ods->text.size ? ods->text.bytes : "";
  if (ods->text.size && !text_fits(ods->workbook, shown, ods->text.size, ods->zipped->refusal)) return false;
  if (ods->text.size) cell->text = arena_copy(ods->workbook->arena, shown, ods->text.size);
  if (*shown == '#' && strlen(shown) > 3 && strspn(shown, "#ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/!?") == strlen(shown))
    cell->kind = CELL_ERROR;
  else if (strncmp(shown, "Err:", 4) == 0 && cell->formula) cell->kind = CELL_ERROR;
  else if (cell->kind == CELL_TEXT && !ods->text.size) cell->kind = cell->formula ? CELL_NO_VALUE : CELL_NOTHING;
  else if (cell->kind == CELL_NOTHING && ods->text.size) cell->kind = CELL_TEXT;
  if (cell->kind == CELL_NUMBER) {
    char *plain = number_plain(ods->workbook->arena, cell->number);
    cell->general = !ods->text.size || strcmp(plain, shown) == 0;
    if (!ods->text.size) cell->text = plain;
  }
  if (cell->kind == CELL_YES_NO) cell->text = cell->number != 0 ? "TRUE" : "FALSE";
  return cell->kind != CELL_NOTHING;
}

#define REPEATED_MOST 64

/* A value repeated to the edge of the sheet is the file's way of saying nothing: such repetitions are cut. */
static void cell_close(struct ods *ods) {
  int64_t last = ods->column + ods->cell_repeat;
  ods->in_cell = false;
  if (!ods->covered && (ods->spanned_rows > 1 || ods->spanned_columns > 1) && ods->row <= SHEET_ROWS_MOST &&
      ods->column < SHEET_COLUMNS_MOST)
    sheet_area_add(sheet_now(ods),
                   (struct sheet_area){(uint32_t)ods->row, (uint32_t)ods->column + 1, (uint32_t)ods->row + ods->spanned_rows - 1,
                                       (uint32_t)ods->column + ods->spanned_columns});
  if (!ods->covered && cell_shown(ods))
    for (int64_t column = ods->column + 1; column <= last && column <= ods->column + REPEATED_MOST && column <= SHEET_COLUMNS_MOST;
         column++)
      for (int64_t row = ods->row; row < ods->row + ods->row_repeat && row < ods->row + REPEATED_MOST && row <= SHEET_ROWS_MOST; row++) {
        struct sheet_cell cell = ods->cell;
        cell.row = (uint32_t)row;
        cell.column = (uint32_t)column;
        if (!sheet_cell_add(ods->workbook, sheet_now(ods), &cell, ods->zipped->refusal)) return;
        if (row == ods->row + REPEATED_MOST - 1 && ods->row_repeat > REPEATED_MOST)
          workbook_flaw(ods->workbook, ods->workbook->count - 1, (uint32_t)row, 0, "row_repeated", true,
                        label_print(ods->workbook->arena, "从这一行起还有 %lld 行一模一样，没有读取",
                                    "%lld more rows from here on are the very same. They were not read",
                                    (long long)(ods->row_repeat - REPEATED_MOST)));
      }
  ods->column = last > SHEET_COLUMNS_MOST ? SHEET_COLUMNS_MOST : last;
}

static void row_close(struct ods *ods) {
  if (ods->row_hidden && ods->row <= SHEET_ROWS_MOST)
    for (int64_t row = ods->row; row < ods->row + ods->row_repeat && row < ods->row + REPEATED_MOST; row++) {
      HEAP_ROOM(ods->hidden, ods->row_hidden_count, ods->row_hidden_room, 16);
      ods->hidden[ods->row_hidden_count++] = (uint32_t)row;
    }
  ods->row += ods->row_repeat - 1;
  if (ods->row > SHEET_ROWS_MOST) ods->row = SHEET_ROWS_MOST;
}

static void ods_close(void *with, const char *name) {
  struct ods *ods = with;
  if (!ods->in_sheet) return;
  if (strcmp(name, "table") == 0) {
    ods->in_sheet = false;
    sheet_finish(ods->workbook, ods->workbook->count - 1, ods->hidden, ods->row_hidden_count);
  } else if (strcmp(name, "table-row") == 0) row_close(ods);
  else if (strcmp(name, "table-cell") == 0 || strcmp(name, "covered-table-cell") == 0) cell_close(ods);
  else if (strcmp(name, "annotation") == 0) ods->in_note = false;
  else if (strcmp(name, "p") == 0 && ods->in_paragraph && !ods->in_note) ods->in_paragraph--;
}

static void manifest_open(void *with, const char *name, const char **attributes) {
  struct ods *ods = with;
  (void)attributes;
  if (strcmp(name, "encryption-data") == 0)
    refuse(ods->zipped->refusal, "encrypted",
           (struct label){"文件设了打开密码，请去掉密码后再上传",
                          "the file is locked with a password. Take the password off and send it again"});
}

bool ods_read(struct workbook *workbook, struct zipped *zipped) {
  struct ods ods = {.workbook = workbook, .zipped = zipped};
  struct xml_part manifest = {"META-INF/manifest.xml", manifest_open, NULL, NULL, &ods, false};
  struct xml_part content = {"content.xml", ods_open, ods_close, ods_text, &ods, true};
  workbook->format = WORKBOOK_ODS;
  bool good = xml_part_read(zipped, &manifest, NULL) && xml_part_read(zipped, &content, NULL);
  if (good && !workbook->count)
    good = refuse(zipped->refusal, "not_a_workbook", (struct label){"文件里没有工作表", "there are no sheets in this file"});
  buffer_free(&ods.text);
  free(ods.hidden_styles);
  free(ods.hidden);
  return good;
}
