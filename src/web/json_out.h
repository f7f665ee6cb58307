/* Records, names and sentences as JSON. What the reader may not read is not written; contacts only masked. */
#ifndef BIHUAN_WEB_JSON_OUT_H
#define BIHUAN_WEB_JSON_OUT_H

#include "web/web.h"

/* The ids that were shown, by type, so that their names can be told in one go. */
struct label_set { const struct record_type *type; int64_t *ids; size_t count, room; };
struct labels { struct arena *arena; struct label_set sets[24]; size_t set_count; };

enum out_flag { OUT_SPARSE = 1 /* empty values are left out */, OUT_SHORT = 2 /* only what names it: listed fields and the title */,
                OUT_WHY = 4 /* a problem's colour in one sentence, as "why" */ };

/* An object for the record. labels may be NULL. */
void record_write(struct request *request, struct json *json, const struct row *row, unsigned flags, struct labels *labels);
/* One value; NOTHING as null. */
void value_write(struct request *request, struct json *json, const struct field *field, const struct value *value, struct labels *labels);
void labels_want(struct labels *labels, enum record_id type, int64_t id);
/* "labels": {"unit":{"12":"…"}}. Names of units, users, campaigns and policies are known to all; others only within the reader's scope. */
enum store_error labels_write(struct request *request, struct json *json, struct labels *labels);
void judgement_write(struct request *request, struct json *json, const struct judgement *judgement);
/* "colour": {…} or null of a problem's row; nothing for other rows. */
void colour_write(struct request *request, struct json *json, const struct row *row);
/* "period": days gone and left, "linked": what it lists of other campaigns (frame.c). */
enum store_error frame_write(struct request *request, struct json *json, const struct row *campaign);
/* "asked": what an approval would change, in the words of its fields; as it stands now while it waits (approvals.c). */
enum store_error asked_write(struct request *request, struct json *json, const struct row *approval, struct labels *labels);
/* "group": the event and the class of an appeal, null while it is in none (groups.c). */
void stand_write(struct request *request, struct json *json, const struct row *appeal);
/* The groups have come to the request's journal number. False: answered (groups.c). */
bool groups_ready(struct request *request);
/* "grouped_to" and "items": the events that an appeal may belong to, with the newest of each that this reader may see; texts: the begin of
   its text as well (groups.c). */
enum store_error nearest_write(struct request *request, struct json *json, const struct grouping_appeal *appeal, bool texts, struct labels *labels);
/* "sites": how many a problem has at each stage (progress.c). */
enum store_error sites_write(struct request *request, struct json *json, const struct row *problem);
/* May this field be shown to this reader at all. */
bool field_shown(const struct request *request, const struct field *field);

/* All rows of a query, kept (records/record.h). */
enum store_error rows_read(struct request *request, const struct query *query, const struct scope *scope, struct rows *rows);
/* All rows of the type whose field holds the id, oldest first, at most `most`. */
enum store_error rows_of(struct request *request, enum record_id type, uint16_t field, int64_t id, const struct scope *scope, size_t most, struct rows *rows);

#endif
