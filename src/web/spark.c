/* XML and JSON of one shape (spark.h). Texts are escaped; what XML cannot hold at all becomes U+FFFD. */
#include "web/spark.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

struct spark spark_to(struct buffer *out, bool xml) {
  struct spark spark = {.xml = xml, .out = out, .json = json_to(out)};
  if (xml) buffer_text(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
  return spark;
}

static void escape(struct buffer *out, const char *text) {
  size_t width;
  for (; *text; text += width) {
    uint32_t point = text_next(text, &width);
    bool held = point >= 0x20 ? point != 0xFFFE && point != 0xFFFF : strchr("\t\n\r", (int)point) != NULL;
    if (!held) buffer_text(out, "\xEF\xBF\xBD");
    else if (point == '&') buffer_text(out, "&amp;");
    else if (point == '<') buffer_text(out, "&lt;");
    else if (point == '>') buffer_text(out, "&gt;");
    else if (point == '\r') buffer_text(out, "&#13;");
    else buffer_add(out, text, width);
  }
}

/* Within an object everything has a name; in a list only XML names the items. */
static void open(struct spark *spark, const char *name, char bracket) {
  if (spark->xml) buffer_print(spark->out, "<%s>", name);
  else {
    if (spark->depth && spark->kinds[spark->depth - 1] == '{') json_name(&spark->json, name);
    json_open(&spark->json, bracket);
  }
  spark->names[spark->depth] = name;
  spark->kinds[spark->depth++] = bracket;
}

void spark_list(struct spark *spark, const char *name) { open(spark, name, '['); }
void spark_object(struct spark *spark, const char *name) { open(spark, name, '{'); }

void spark_end(struct spark *spark) {
  spark->depth--;
  if (spark->xml) buffer_print(spark->out, "</%s>", spark->names[spark->depth]);
  else json_close(&spark->json, spark->kinds[spark->depth] == '[' ? ']' : '}');
}

static void element(struct spark *spark, const char *name, const char *text) {
  if (!text || !*text) {
    buffer_print(spark->out, "<%s/>", name);
    return;
  }
  buffer_print(spark->out, "<%s>", name);
  escape(spark->out, text);
  buffer_print(spark->out, "</%s>", name);
}

void spark_text(struct spark *spark, const char *name, const char *text) {
  if (spark->xml) element(spark, name, text);
  else {
    json_name(&spark->json, name);
    json_text(&spark->json, text);
  }
}

void spark_item(struct spark *spark, const char *name, const char *text) {
  if (spark->xml) element(spark, name, text);
  else json_text(&spark->json, text);
}

void spark_plain(struct spark *spark, const char *name, const char *text) {
  if (spark->xml) element(spark, name, text);
  else {
    json_name(&spark->json, name);
    if (text) json_raw(&spark->json, text);
    else json_null(&spark->json);
  }
}

void spark_yes_no(struct spark *spark, const char *name, bool value) { spark_plain(spark, name, value ? "true" : "false"); }

void spark_integer(struct spark *spark, const char *name, int64_t value) {
  char text[24];
  snprintf(text, sizeof text, "%lld", (long long)value);
  spark_plain(spark, name, text);
}
