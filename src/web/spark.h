/* Private to web/: one writer for the two forms of GeoReport v2, XML and the JSON that the Spark convention makes of it: a list is an
   element of elements there and an array here, its name standing only in XML. */
#ifndef BIHUAN_WEB_SPARK_H
#define BIHUAN_WEB_SPARK_H

#include "base/json.h"

#define SPARK_DEPTH 12
struct spark { bool xml; struct buffer *out; struct json json; const char *names[SPARK_DEPTH]; char kinds[SPARK_DEPTH]; unsigned depth; };

struct spark spark_to(struct buffer *out, bool xml);
void spark_list(struct spark *spark, const char *name);   /* "services": its items follow */
void spark_object(struct spark *spark, const char *name); /* an item of a list, or a document of its own */
void spark_end(struct spark *spark);                      /* of the list or object opened last */
void spark_text(struct spark *spark, const char *name, const char *text);       /* NULL: an empty element, null */
void spark_item(struct spark *spark, const char *name, const char *text);       /* a text as the item of a list */
void spark_plain(struct spark *spark, const char *name, const char *text);      /* a number or true, false: no quotes in JSON */
void spark_yes_no(struct spark *spark, const char *name, bool value);
void spark_integer(struct spark *spark, const char *name, int64_t value);

#endif
