/* The watch over closed problems: see rebound.h. An appeal fits when it is of the event of a linked appeal; or of a class of the problem's
   and at a place of the problem's: the place of a linked appeal or of a site written alike, or the same one by the engine's measure. A
   problem that names no place at all is about all of the city: there the class alone decides. */
#include <stdlib.h>
#include <string.h>

#include "follow/rebound.h"

enum { LINKS_MOST = 2000 };

void watched_free(struct watched *watched) {
  arena_free(watched->arena);
  *watched = (struct watched){0};
}

bool watched_on(const struct watched *watched, int64_t today) {
  return watched->closed_on != NOTHING && watched->watch_until != NOTHING && today <= watched->watch_until;
}

/* ---- reading a problem ---- */

static enum store_error rows_where(struct reader *reader, enum record_id type, uint16_t field, int64_t id, size_t limit,
                                   struct rows *rows) {
  struct value of = value_integer(field, id);
  struct condition condition = {.field = field, .how = C_IS, .values = &of, .count = 1};
  struct query query =
      {.type = record_type(type), .conditions = &condition, .condition_count = 1, .descending = true, .limit = limit, .expected = -1};
  return reader_list(reader, &query, &SCOPE_SYSTEM, rows->arena, rows_keep, rows);
}

static void place_add(struct watched *watched, const char *place) {
  uint64_t key = groups_place_key(place);
  for (size_t i = 0; i < watched->place_count; i++)
    if (watched->places[i] == key) return;
  if (key) watched->places[watched->place_count++] = key;
}

static int newest_first(const void *one, const void *other) {
  int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
  return (a < b) - (a > b);
}

static enum store_error links_read(struct reader *reader, struct watched *watched) {
  struct rows links = {.arena = watched->arena};
  enum store_error error = rows_where(reader, RECORD_LINK, LINK_FROM_ID, watched->problem, LINKS_MOST, &links);
  watched->appeals = ARENA_ARRAY(watched->arena, int64_t, links.count + 1);
  for (size_t i = 0; i < links.count; i++) {
    const struct row *link = links.items[i];
    if (row_integer(link, LINK_FROM_TYPE) == RECORD_PROBLEM && row_integer(link, LINK_TO_TYPE) == RECORD_APPEAL &&
        row_integer(link, LINK_KIND) == LINK_ARISES_FROM)
      watched->appeals[watched->appeal_count++] = row_integer(link, LINK_TO_ID);
  }
  qsort(watched->appeals, watched->appeal_count, sizeof *watched->appeals, newest_first);
  if (watched->appeal_count > WATCHED_APPEALS) watched->appeal_count = WATCHED_APPEALS;
  return error;
}

static enum store_error texts_read(struct reader *reader, struct watched *watched) {
  struct rows rows = {.arena = watched->arena};
  struct query query = {.type = record_type(RECORD_APPEAL),
                        .ids = watched->appeals,
                        .id_count = watched->appeal_count,
                        .only_ids = true,
                        .descending = true,
                        .expected = (int64_t)watched->appeal_count};
  enum store_error error = watched->appeal_count ? reader_list(reader, &query, &SCOPE_SYSTEM, watched->arena, rows_keep, &rows) : STORE_OK;
  for (size_t i = 0; i < rows.count; i++) {
    place_add(watched, row_text(rows.items[i], APPEAL_PLACE));
    if (watched->text_count < WATCHED_TEXTS) watched->texts[watched->text_count++] = groups_appeal(rows.items[i]);
  }
  return error;
}

static enum store_error sites_read(struct reader *reader, struct watched *watched) {
  struct rows sites = {.arena = watched->arena};
  struct buffer names = {.arena = watched->arena};
  enum store_error error = rows_where(reader, RECORD_SITE, SITE_PROBLEM, watched->problem, WATCHED_SITES, &sites);
  for (size_t i = 0; i < sites.count; i++) {
    const char *name = row_text(sites.items[i], SITE_NAME);
    if (sites.items[i]->state == SITE_DROPPED || !name) continue;
    place_add(watched, name);
    buffer_print(&names, "%s%s", names.size ? "、" : "", name);
  }
  watched->own.place = names.size ? names.bytes : NULL;
  return error;
}

enum store_error watched_read(struct reader *reader, int64_t id, struct watched *watched, bool *there) {
  struct row *problem = NULL;
  *watched = (struct watched){.arena = arena_new(), .problem = id};
  enum store_error error = reader_get(reader, record_type(RECORD_PROBLEM), &SCOPE_SYSTEM, id, watched->arena, &problem);
  *there = error == STORE_OK && !problem->voided;
  if (!*there) return error == STORE_ABSENT ? STORE_OK : error;
  watched->cycle = row_integer(problem, PROBLEM_CYCLE);
  watched->closed_on = problem->state == PROBLEM_CLOSED ? row_integer(problem, PROBLEM_CLOSED_ON) : NOTHING;
  watched->watch_until = row_integer(problem, PROBLEM_WATCH_UNTIL);
  watched->secrecy = row_integer(problem, PROBLEM_SECRECY);
  watched->own = (struct grouping_appeal){.title = row_text(problem, PROBLEM_TITLE), .text = row_text(problem, PROBLEM_DETAIL), .moment = GROUPING_NO_MOMENT};
  error = links_read(reader, watched);
  watched->places = ARENA_ARRAY(watched->arena, uint64_t, watched->appeal_count + WATCHED_SITES + 1);
  if (!error) error = texts_read(reader, watched);
  if (!error) error = sites_read(reader, watched);
  return error;
}

/* ---- class and place ---- */

/* Its own words are asked about again whenever a class has come since: what was nothing then may be one now. */
static void own_ask(struct groups *groups, struct watched *watched, int64_t newest) {
  struct group_stand stand;
  int64_t at = groups_position(groups);
  if (watched->secrecy == SECRECY_PLACEHOLDER || (watched->asked_at && newest <= watched->asked_at)) return;
  groups_place(groups, &watched->own, &stand);
  watched->own_class = stand.class;
  watched->asked_at = at ? at : 1;
}

static bool class_add(int64_t *classes, size_t *count, int64_t class) {
  if (!class) return false;
  for (size_t i = 0; i < *count; i++)
    if (classes[i] == class) return false;
  classes[(*count)++] = class;
  return true;
}

size_t watched_classes(struct groups *groups, struct watched *watched, int64_t *classes) {
  size_t count = 0;
  for (size_t i = 0; i < watched->appeal_count; i++) {
    struct group_stand stand;
    if (groups_stand(groups, watched->appeals[i], &stand)) class_add(classes, &count, stand.class);
  }
  own_ask(groups, watched, INT64_MAX);
  if (watched->own_class) class_add(classes, &count, groups_named(groups, GROUPING_CLASS, watched->own_class));
  return count;
}

/* Of the event of a linked appeal, or at least of a class of the problem's. */
static bool like_one_linked(struct groups *groups, const struct watched *watched, const struct group_stand *stand, bool *same_class) {
  for (size_t i = 0; i < watched->appeal_count; i++) {
    struct group_stand linked;
    if (!groups_stand(groups, watched->appeals[i], &linked)) continue;
    if (linked.event == stand->event) return true;
    *same_class = *same_class || linked.class == stand->class;
  }
  return false;
}

static int64_t place_fits(struct groups *groups, const struct watched *watched, const struct row *row) {
  struct grouping_appeal appeal = groups_appeal(row);
  uint64_t key = groups_place_key(appeal.place);
  bool named = watched->place_count > 0, names;
  appeal.id = 0;
  for (size_t i = 0; i < watched->place_count; i++)
    if (key && watched->places[i] == key) return FITS_CLASS_AND_PLACE;
  for (size_t i = 0; i < watched->text_count; i++) {
    if (groups_where(groups, &appeal, &watched->texts[i], &names) == GROUPING_SAME_PLACE) return FITS_CLASS_AND_PLACE;
    named = named || names;
  }
  if (watched->secrecy == SECRECY_PLACEHOLDER) return 0;
  if (groups_where(groups, &appeal, &watched->own, &names) == GROUPING_SAME_PLACE) return FITS_CLASS_AND_PLACE;
  return named || names ? 0 : FITS_CLASS;
}

int64_t rebound_fit(struct groups *groups, struct watched *watched, const struct row *appeal) {
  struct group_stand stand;
  bool same_class = false;
  for (size_t i = 0; i < watched->appeal_count; i++)
    if (watched->appeals[i] == appeal->id) return 0; /* it is known already that it belongs to it */
  if (!groups_stand(groups, appeal->id, &stand)) return 0;
  if (like_one_linked(groups, watched, &stand, &same_class)) return FITS_EVENT;
  if (!same_class) {
    own_ask(groups, watched, stand.class);
    same_class = watched->own_class && groups_named(groups, GROUPING_CLASS, watched->own_class) == stand.class;
  }
  return same_class ? place_fits(groups, watched, appeal) : 0;
}
