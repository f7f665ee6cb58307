/* Private to web/: records whose title speaks of the like, by the pairs of neighbouring characters that they share. For precedents of a
   ruling and for duplicates that are sought while somebody types a title. */
#ifndef BIHUAN_WEB_ALIKE_H
#define BIHUAN_WEB_ALIKE_H

#include "web/json_out.h"

struct likeness { int64_t id, points; };
struct likenesses { struct likeness items[512]; size_t count; size_t pairs /* of the text, that were looked for */; };
void alike_add(struct likenesses *all, int64_t id, int64_t points);
/* One point for each pair of the text that a record of the type holds. */
enum store_error alike_look(struct request *request, enum record_id type, const char *text, struct likenesses *all);
void alike_sort(struct likenesses *all); /* the most points first, the newest of equals */

#endif
