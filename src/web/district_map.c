/* The map of the districts: drawn for the pages, set from a GeoJSON file by the system administrator, taken away again. Without one the
   pages show tiles. */
#include "exchange/district_map.h"

#include <string.h>

#include "exchange/geojson.h"
#include "web/web.h"

static bool read_districts(struct request *request, struct rows *districts) {
  struct reader *reader = request_reader(request);
  if (!reader) return false;
  enum store_error error = districts_read(reader, date_of_moment(request_now(request)), request->arena, districts);
  if (error) answer_store_error(request, error);
  return !error;
}

static void map_json(struct request *request, const struct district_given *given, size_t count) {
  struct district_map map;
  struct json *json = out_open(request);
  district_map_draw(given, count, request->arena, &map);
  json_pair_integer(json, "width", map.width);
  json_pair_integer(json, "height", map.height);
  json_key(json, "districts");
  json_open(json, '[');
  for (size_t i = 0; i < map.count; i++) {
    json_open(json, '{');
    json_pair_integer(json, "unit", map.shapes[i].id);
    json_pair(json, "name", map.shapes[i].name);
    json_pair(json, "path", map.shapes[i].path);
    json_pair_integer(json, "x", map.shapes[i].x);
    json_pair_integer(json, "y", map.shapes[i].y);
    json_pair_integer(json, "room", map.shapes[i].room);
    json_close(json, '}');
  }
  json_close(json, ']');
  out_close(request, 200);
}

static struct district_given *given_of(struct request *request, const struct rows *districts, const char *const *texts) {
  struct district_given *given = ARENA_ARRAY(request->arena, struct district_given, districts->count + 1);
  for (size_t i = 0; i < districts->count; i++)
    given[i] = (struct district_given){districts->items[i]->id, row_text(districts->items[i], UNIT_NAME),
                                       texts ? texts[i] : row_text(districts->items[i], UNIT_OUTLINE)};
  return given;
}

void district_map_show(struct request *request) {
  struct rows districts;
  if (!request_head(request) || !read_districts(request, &districts)) return;
  map_json(request, given_of(request, &districts, NULL), districts.count);
}

/* All of it or nothing. False: answered. */
static bool set_outlines(struct request *request, const struct rows *districts, const char *const *texts, bool rehearse) {
  struct context context = request_context(request);
  struct outcome outcome = {0};
  struct change *changes;
  size_t count = outlines_changes(districts, texts, request->arena, &changes);
  if (request->reader) reader_release(request->reader);
  request->reader = NULL; /* no snapshot is held while the writer works */
  context.rehearse = rehearse;
  enum store_error error = count ? change_run(request->house->writer, &context, changes, count, request->arena, &outcome) : STORE_OK;
  if (error) answer_store_error(request, error);
  else if (outcome.verdict > VERDICT_REPEATED) answer_refusal(request, &outcome);
  else {
    request->journal = outcome.entry;
    return true;
  }
  return false;
}

/* The body is the file. With rehearse=1 it is only tried, and the answer is the map as it would be. */
void district_map_take(struct request *request) {
  const char *rehearse = request_argument(request, "rehearse");
  struct geojson_findings findings;
  struct rows districts;
  size_t size = 0;
  char *bytes = request->upload ? upload_read(request->upload, request->arena, &size) : NULL;
  if (!bytes) {
    answer_problem(request, 400, "invalid", (struct label){"请上传 GeoJSON 文件", "send the GeoJSON file as the body"});
    return;
  }
  if (!read_districts(request, &districts)) return;
  const char **texts = ARENA_ARRAY(request->arena, const char *, districts.count + 1);
  if (!geojson_outlines(bytes, size, &districts, request->arena, texts, &findings)) {
    for (size_t i = 0; i < findings.count; i++) issue_add(&request->issues, 0, NULL, "geojson", findings.items[i]);
    answer_problem(request, 422, "invalid",
                   (struct label){"这个文件不能用作区划图，原因见各项说明。",
                                  "this file cannot be the map of the districts; see the findings."});
    return;
  }
  if (set_outlines(request, &districts, texts, rehearse && strcmp(rehearse, "1") == 0))
    map_json(request, given_of(request, &districts, texts), districts.count);
}

void district_map_remove(struct request *request) {
  struct rows districts;
  if (read_districts(request, &districts) && set_outlines(request, &districts, NULL, false)) answer_empty(request, 204);
}
