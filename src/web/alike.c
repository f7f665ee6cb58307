/* Records of alike title. The search index finds who holds a pair of characters; who holds most of a title's pairs speaks of the like.
   Nothing is said about records that the reader may not see. */
#include "web/alike.h"

#include <stdlib.h>

enum { WORDS_MOST = 24 /* pairs that are looked for */, HITS_MOST = 50 /* the newest that hold one */, ALIKE_LEAST = 34 /* percent: fewer shared pairs are chance */, ALIKE_SHOWN = 5 };

void alike_add(struct likenesses *all, int64_t id, int64_t points) {
  for (size_t i = 0; i < all->count; i++)
    if (all->items[i].id == id) {
      all->items[i].points += points;
      return;
    }
  if (all->count < sizeof all->items / sizeof *all->items) all->items[all->count++] = (struct likeness){id, points};
}

static enum store_error word_look(struct request *request, enum record_id type, const char *word, struct likenesses *all) {
  int64_t *ids = NULL;
  size_t count = 0;
  enum question_fault fault;
  if (!request->house->terms) return STORE_OK;
  enum store_error error = terms_find(request->house->terms, type, word, INT64_MAX, HITS_MOST, request->arena, &ids, &count, &fault);
  for (size_t i = 0; i < count; i++) alike_add(all, ids[i], 1);
  return error;
}

enum store_error alike_look(struct request *request, enum record_id type, const char *text, struct likenesses *all) {
  enum store_error error = STORE_OK;
  size_t width = 0, next = 0;
  for (const char *at = text; at && *at && all->pairs < WORDS_MOST && !error; at += width) {
    text_next(at, &width);
    if (!at[width]) break;
    text_next(at + width, &next);
    if (*at == ' ' || at[width] == ' ') continue;
    error = word_look(request, type, arena_copy(request->arena, at, width + next), all);
    all->pairs++;
  }
  return error;
}

static int by_points(const void *one, const void *other) {
  const struct likeness *a = one, *b = other;
  return a->points != b->points ? (a->points < b->points) - (a->points > b->points) : (a->id < b->id) - (a->id > b->id);
}

void alike_sort(struct likenesses *all) { qsort(all->items, all->count, sizeof *all->items, by_points); }

/* ---- open problems of alike title ---- */

static bool ended(const struct row *problem) {
  return problem->voided || problem->state == PROBLEM_WITHDRAWN || problem->state == PROBLEM_MERGED || problem->state == PROBLEM_CLOSED ||
         problem->state == PROBLEM_SETTLED;
}

static enum store_error items_write(struct request *request, struct json *json, const struct likenesses *all, size_t most,
                                    struct labels *labels) {
  const struct record_type *type = record_type(RECORD_PROBLEM);
  enum store_error error = STORE_OK;
  size_t shown = 0;
  for (size_t i = 0; i < all->count && shown < most && !error; i++) {
    int64_t percent = all->pairs ? 100 * all->items[i].points / (int64_t)all->pairs : 0;
    struct row *row = NULL;
    if (percent < ALIKE_LEAST) break;
    error = reader_get(request->reader, type, request_scope(request, type, MAY_READ), all->items[i].id, request->arena, &row);
    if (error == STORE_ABSENT) error = STORE_OK;
    if (!row || ended(row)) continue;
    json_open(json, '{');
    json_key(json, "record");
    record_write(request, json, row, OUT_SPARSE | OUT_SHORT, labels);
    json_pair_integer(json, "alike", percent);
    json_close(json, '}');
    shown++;
  }
  return error;
}

/* Open problems of alike title: {"items":[{"record","alike"}]}, alike in percent of the title's pairs. At most `most`. */
static enum store_error alike_problems_write(struct request *request, struct json *json, const char *title, size_t most,
                                             struct labels *labels) {
  struct likenesses *all = ARENA_NEW(request->arena, struct likenesses);
  enum store_error error = alike_look(request, RECORD_PROBLEM, title, all);
  alike_sort(all);
  json_key(json, "items");
  json_open(json, '[');
  if (!error) error = items_write(request, json, all, most, labels);
  json_close(json, ']');
  return error;
}

void problems_alike_show(struct request *request) {
  struct labels labels = {.arena = request->arena};
  const char *title = request_argument(request, "title");
  if (!request_head(request)) return;
  struct json *json = out_open(request);
  enum store_error error = alike_problems_write(request, json, title, ALIKE_SHOWN, &labels);
  if (!error) error = labels_write(request, json, &labels);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}
