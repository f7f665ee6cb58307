/* Links between problems and appeals (linked_appeals.h). */
#include "rules/linked_appeals.h"

#include <stdlib.h>
#include <string.h>

#include "base/room.h"

enum { AT_ONCE = 500 }; /* ids in one question */

struct ends { struct arena *arena; uint16_t field; int64_t *ids; size_t count, room; };

static bool end_take(void *with, const struct row *link) {
  struct ends *ends = with;
  ARENA_ROOM(ends->arena, ends->ids, ends->count, ends->room, 64);
  ends->ids[ends->count++] = row_integer(link, ends->field);
  return true;
}

static int by_value(const void *one, const void *other) {
  int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
  return (a > b) - (a < b);
}

/* What is linked twice is one all the same. */
static void ends_settle(struct ends *ends) {
  size_t kept = 0;
  if (ends->count) qsort(ends->ids, ends->count, sizeof *ends->ids, by_value);
  for (size_t i = 0; i < ends->count; i++)
    if (!kept || ends->ids[kept - 1] != ends->ids[i]) ends->ids[kept++] = ends->ids[i];
  ends->count = kept;
}

/* Links in which a problem arises from an appeal, by the one end; the other ends are taken. */
static enum store_error ends_read(struct reader *reader, uint16_t by, int64_t id, struct ends *ends) {
  struct value from_type = value_integer(LINK_FROM_TYPE, RECORD_PROBLEM), to_type = value_integer(LINK_TO_TYPE, RECORD_APPEAL),
               kind = value_integer(LINK_KIND, LINK_ARISES_FROM), of = value_integer(by, id);
  struct condition conditions[] = {{.field = by, .how = C_IS, .values = &of, .count = 1},
                                   {.field = LINK_FROM_TYPE, .how = C_IS, .values = &from_type, .count = 1},
                                   {.field = LINK_TO_TYPE, .how = C_IS, .values = &to_type, .count = 1},
                                   {.field = LINK_KIND, .how = C_IS, .values = &kind, .count = 1}};
  struct query query = {.type = record_type(RECORD_LINK), .conditions = conditions, .condition_count = 4, .expected = -1};
  ends->field = by == LINK_FROM_ID ? LINK_TO_ID : LINK_FROM_ID;
  enum store_error error = reader_list(reader, &query, &SCOPE_SYSTEM, ends->arena, end_take, ends);
  ends_settle(ends);
  return error;
}

enum store_error linked_appeals_count(struct reader *reader, int64_t problem, struct arena *arena, int64_t *count) {
  struct ends appeals = {.arena = arena};
  struct value yes = value_integer(APPEAL_WHISTLE, 1);
  struct condition whistle = {.field = APPEAL_WHISTLE, .how = C_IS, .values = &yes, .count = 1};
  enum store_error error = ends_read(reader, LINK_FROM_ID, problem, &appeals);
  *count = (int64_t)appeals.count;
  for (size_t from = 0; from < appeals.count && error == STORE_OK; from += AT_ONCE) {
    size_t some = appeals.count - from < AT_ONCE ? appeals.count - from : AT_ONCE;
    struct query query = {.type = record_type(RECORD_APPEAL), .conditions = &whistle, .condition_count = 1, .ids = appeals.ids + from, .id_count = some, .only_ids = true, .with_voided = true, .expected = 0};
    int64_t untold = 0;
    error = reader_count(reader, &query, &SCOPE_SYSTEM, &untold);
    *count -= untold;
  }
  return error;
}

enum store_error linked_problems(struct reader *reader, int64_t appeal, struct arena *arena, int64_t **problems, size_t *count) {
  struct ends ends = {.arena = arena};
  enum store_error error = ends_read(reader, LINK_TO_ID, appeal, &ends);
  *problems = ends.ids;
  *count = ends.count;
  return error;
}
