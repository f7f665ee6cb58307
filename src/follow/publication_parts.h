/* Private to follow/: what is public of one record, as the tables stand in one snapshot. Words come from releases alone; numbers, dates and
   choices from the records. */
#ifndef BIHUAN_FOLLOW_PUBLICATION_PARTS_H
#define BIHUAN_FOLLOW_PUBLICATION_PARTS_H

#include "exchange/public_store.h"
#include "follow/house.h"

#define PUBLICATION_VERSION 4 /* higher whenever what is written changes: then all is written anew */

/* One batch being made: items and pictures that will be written together. */
struct publishing {
  struct house *house; struct public_store *store; struct reader *reader; struct arena *arena;
  struct public_item *items; size_t count, room;
  struct public_picture *pictures; size_t picture_count, picture_room;
};
void publishing_add(struct publishing *publishing, const char *kind, const char *key, const char *body); /* body NULL: it is gone */
void publishing_picture(struct publishing *publishing, struct public_picture picture);
enum store_error publishing_rows(struct publishing *publishing, enum record_id type, uint16_t field, int64_t id, struct rows *rows);
enum store_error publishing_row(struct publishing *publishing, enum record_id type, int64_t id, struct row **row); /* NULL: nothing, or not there */

enum store_error publish_problem(struct publishing *publishing, int64_t id); /* publication_problem.c */
/* publication_code.c: what somebody with a code may follow. */
enum store_error publish_submission(struct publishing *publishing, const struct row *submission);
enum store_error publish_submissions_of(struct publishing *publishing, int64_t id); /* those that became this record */
enum store_error publish_appeal(struct publishing *publishing, const struct row *appeal);
/* publication_setting.c: districts, what campaigns allow, the key to seal for, the newest tree head. */
enum store_error publish_settings(struct publishing *publishing);
enum store_error publish_withheld(struct publishing *publishing); /* publication_withheld.c: how many problems are not public, and why */
enum store_error publish_head(struct publishing *publishing, int64_t number);

#endif
