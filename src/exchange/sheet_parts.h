/* Private to exchange/: what the readers of the file formats share while one workbook is read. */
#ifndef BIHUAN_EXCHANGE_SHEET_PARTS_H
#define BIHUAN_EXCHANGE_SHEET_PARTS_H

#include <expat.h>
#include <zip.h>

#include "exchange/sheet.h"

struct zipped { zip_t *zip; uint64_t inflated; struct arena *arena; struct sheet_refusal *refusal; };

/* Readers return false when the file is refused; *refusal says why. */
bool xlsx_read(struct workbook *workbook, struct zipped *zipped);
bool ods_read(struct workbook *workbook, struct zipped *zipped);
/* One stream of an OLE compound file, at least 4,096 bytes. */
bool ole_stream(const char *bytes, size_t size, const char *name, struct buffer *stream);
bool xls_read(struct workbook *workbook, const char *bytes, size_t size, struct sheet_refusal *refusal);

/* Feeds one part of the file to the handlers, whose user data is `with`. Absent parts are no refusal when `needed` is false:
   then *there is false. Document types, entities, parts out of proportion and what is no XML are refused. */
struct xml_part {
  const char *name;
  XML_StartElementHandler open;
  XML_EndElementHandler close;
  XML_CharacterDataHandler text;
  void *with;
  bool needed;
};
bool xml_part_read(struct zipped *zipped, const struct xml_part *part, bool *there);
/* The name without its prefix. */
const char *xml_local(const char *name);
/* The attribute by its local name, NULL when it is not given. */
const char *xml_attribute(const char **attributes, const char *local);

bool refuse(struct sheet_refusal *refusal, const char *code, struct label sentence); /* false */

struct sheet *workbook_sheet_add(struct workbook *workbook, const char *name);
/* Takes a copy of the cell; false: the workbook has too many of them, or too much text. */
bool sheet_cell_add(struct workbook *workbook, struct sheet *sheet, const struct sheet_cell *cell, struct sheet_refusal *refusal);
void sheet_area_add(struct sheet *sheet, struct sheet_area area);
void sheet_columns_hide(struct sheet *sheet, uint32_t left, uint32_t right);
void workbook_flaw(struct workbook *workbook, size_t sheet, uint32_t row, uint32_t column, const char *code, bool hint,
                   struct label sentence);
/* Sorts cells, drops repeated ones (the first of the file wins), finds the rows. hidden: row numbers, in any order. */
void sheet_finish(struct workbook *workbook, size_t sheet, const uint32_t *hidden, size_t hidden_count);
bool text_fits(struct workbook *workbook, const char *text, size_t size, struct sheet_refusal *refusal);

#endif
