/* Parts of a zipped workbook through expat, a piece at a time: nothing is inflated whole. A part that says or turns out to be out of
   proportion is refused, and so is every document type: spreadsheets need none, and entities live in them. */
#include <string.h>

#include "base/heap.h"
#include "exchange/sheet_parts.h"

const char *xml_local(const char *name) {
  const char *colon = strrchr(name, ':');
  return colon ? colon + 1 : name;
}

const char *xml_attribute(const char **attributes, const char *local) {
  for (size_t i = 0; attributes[i]; i += 2)
    if (strcmp(xml_local(attributes[i]), local) == 0) return attributes[i + 1];
  return NULL;
}

/* Expat's user data is the part's own; the parser itself is asked to stop, and the refusal waits here. */
struct feeding { XML_Parser parser; struct zipped *zipped; const struct xml_part *part; };

static void doctype_met(void *with, const XML_Char *name, const XML_Char *system, const XML_Char *public, int internal) {
  struct feeding *feeding = with;
  refuse(feeding->zipped->refusal, "dtd",
         label_print(feeding->zipped->arena, "%s 里有文档类型声明（DTD），正常的表格没有，未读取",
                     "%s carries a document type declaration, which no ordinary workbook does. It was not read", feeding->part->name));
  XML_StopParser(feeding->parser, XML_FALSE);
}

/* The handlers of the part get its own data: these pass it on. */
static void open_met(void *with, const XML_Char *name, const XML_Char **attributes) {
  struct feeding *feeding = with;
  if (feeding->part->open && !feeding->zipped->refusal->code) feeding->part->open(feeding->part->with, xml_local(name), attributes);
  if (feeding->zipped->refusal->code) XML_StopParser(feeding->parser, XML_FALSE);
}
static void close_met(void *with, const XML_Char *name) {
  struct feeding *feeding = with;
  if (feeding->part->close && !feeding->zipped->refusal->code) feeding->part->close(feeding->part->with, xml_local(name));
  if (feeding->zipped->refusal->code) XML_StopParser(feeding->parser, XML_FALSE);
}
static void text_met(void *with, const XML_Char *text, int size) {
  struct feeding *feeding = with;
  if (feeding->part->text && !feeding->zipped->refusal->code) feeding->part->text(feeding->part->with, text, size);
  if (feeding->zipped->refusal->code) XML_StopParser(feeding->parser, XML_FALSE);
}

static bool too_large(struct feeding *feeding, uint64_t inflated, uint64_t packed) {
  bool ratio = inflated > SHEET_RATIO_FROM && inflated / (packed ? packed : 1) > SHEET_RATIO_MOST;
  if (inflated <= SHEET_PART_MOST && feeding->zipped->inflated <= SHEET_PARTS_MOST && !ratio) return false;
  refuse(feeding->zipped->refusal, "too_large",
         label_print(feeding->zipped->arena, "%s 解开后达 %llu MB（压缩 %llu 倍），不是正常的表格，未读取",
                     "%s expands to %llu MB (%llu times its size). This is no ordinary workbook; it was not read", feeding->part->name,
                     (unsigned long long)(inflated >> 20), (unsigned long long)(inflated / (packed ? packed : 1))));
  return true;
}

static bool part_broken(struct feeding *feeding) {
  return refuse(feeding->zipped->refusal, "not_readable",
                label_print(feeding->zipped->arena, "%s 读不出，文件已损坏，请重新取得原件",
                            "%s cannot be read: the file is damaged. Get it again", feeding->part->name));
}

static bool bytes_feed(struct feeding *feeding, zip_file_t *file, uint64_t packed) {
  uint64_t inflated = 0;
  for (;;) {
    void *room = XML_GetBuffer(feeding->parser, 1 << 16);
    if (!room) return part_broken(feeding);
    zip_int64_t got = zip_fread(file, room, 1 << 16);
    if (got < 0) return part_broken(feeding);
    inflated += (uint64_t)got;
    feeding->zipped->inflated += (uint64_t)got;
    if (too_large(feeding, inflated, packed)) return false;
    if (XML_ParseBuffer(feeding->parser, (int)got, got == 0) == XML_STATUS_ERROR)
      return feeding->zipped->refusal->code ? false : part_broken(feeding);
    if (got == 0) return true;
  }
}

static bool part_feed(struct feeding *feeding, zip_uint64_t index, const struct zip_stat *status) {
  zip_file_t *file = zip_fopen_index(feeding->zipped->zip, index, 0);
  bool good = false;
  if (!file) return part_broken(feeding);
  XML_SetUserData(feeding->parser, feeding);
  XML_SetElementHandler(feeding->parser, open_met, close_met);
  XML_SetCharacterDataHandler(feeding->parser, text_met);
  XML_SetStartDoctypeDeclHandler(feeding->parser, doctype_met);
  XML_SetParamEntityParsing(feeding->parser, XML_PARAM_ENTITY_PARSING_NEVER);
  good = bytes_feed(feeding, file, status->comp_size);
  zip_fclose(file);
  return good;
}

bool xml_part_read(struct zipped *zipped, const struct xml_part *part, bool *there) {
  struct feeding feeding = {.zipped = zipped, .part = part};
  struct zip_stat status;
  zip_int64_t index = zip_name_locate(zipped->zip, part->name, ZIP_FL_NOCASE);
  if (there) *there = index >= 0;
  if (index < 0 && !part->needed) return true;
  if (index < 0 || zip_stat_index(zipped->zip, (zip_uint64_t)index, 0, &status) != 0) return part_broken(&feeding);
  if ((status.valid & ZIP_STAT_SIZE) && too_large(&feeding, status.size, status.comp_size)) return false;
  feeding.parser = XML_ParserCreate(NULL);
  if (!feeding.parser) heap_exhausted(1 << 16);
  bool good = part_feed(&feeding, (zip_uint64_t)index, &status);
  XML_ParserFree(feeding.parser);
  return good;
}
