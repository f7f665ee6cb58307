/* GeoJSON in: features to districts. The file is cut into its features, rings and positions, of which one position at a time is parsed: so
   its size in memory is that of its points alone. Thinning stands in geojson_thin.c. */
#include "exchange/json_cut.h"

#include "exchange/geojson.h"

#include <math.h>
#include <string.h>

#include "base/room.h"
#include "exchange/geojson_thin.h"

enum { FEATURES_MOST = 2000, RING_LEAST = 4 /* positions, the first said again at the end */ };
enum { VALUE_MOST = 256 << 10 /* bytes of a feature's properties */, POSITION_MOST = 4 << 10 };
/* Members of a feature's properties that name it, in the order in which they are believed. */
static const char *const CODES[] = {"code", "adcode", "id", "unit_code", "代码", "区划代码"};
static const char *const NAMES[] = {"name", "NAME", "Name", "名称", "区划名称", "district"};

struct reading {
  struct arena *arena;
  struct json_cut cut;       /* the file */
  const struct rows *districts;
  struct geojson_findings *findings;
  struct outline *outlines;  /* by district; no rings: not there yet */
  size_t points;
  const char *told;          /* the feature at hand, for findings */
};

static void find(struct reading *reading, struct label what) {
  struct geojson_findings *findings = reading->findings;
  if (findings->count == GEOJSON_FINDINGS_MOST) return;
  findings->items[findings->count++] = reading->told ? label_print(findings->arena, "%s:%s", "%s: %s", reading->told, what.zh) : what;
  if (reading->told) findings->items[findings->count - 1].en = arena_print(findings->arena, "%s: %s", reading->told, what.en);
}

/* ---- which district ---- */

static const char *text_of(struct arena *arena, json_t *value) {
  if (json_is_string(value)) return json_string_value(value);
  return json_is_integer(value) ? arena_print(arena, "%lld", (long long)json_integer_value(value)) : NULL;
}
static const char *member_of(struct arena *arena, json_t *properties, const char *key) {
  return text_of(arena, json_object_get(properties, key));
}

/* "浦江、PJ; 浦江新区" holds each of its parts. */
static bool among_short_names(const char *list, const char *name) {
  static const char *const MARKS[] = {"、", "，", ",", ";", "；", " "};
  size_t length = strlen(name);
  for (const char *at = list; at && (at = strstr(at, name)); at++) {
    bool begins = at == list, ends = !at[length];
    for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++) {
      size_t size = strlen(MARKS[i]);
      begins |= (size_t)(at - list) >= size && memcmp(at - size, MARKS[i], size) == 0;
      ends |= strncmp(at + length, MARKS[i], size) == 0;
    }
    if (begins && ends) return true;
  }
  return false;
}

static size_t district_by(const struct reading *reading, const char *text, bool code) {
  for (size_t i = 0; text && *text && i < reading->districts->count; i++) {
    const struct row *unit = reading->districts->items[i];
    const char *own = row_text(unit, code ? UNIT_CODE : UNIT_NAME);
    if ((own && strcmp(own, text) == 0) || (!code && among_short_names(row_text(unit, UNIT_SHORT_NAMES), text))) return i;
  }
  return reading->districts->count;
}

static size_t district_of(struct reading *reading, json_t *id, json_t *properties) {
  size_t none = reading->districts->count, found = district_by(reading, text_of(reading->arena, id), true);
  for (size_t i = 0; found == none && i < sizeof CODES / sizeof *CODES; i++)
    found = district_by(reading, member_of(reading->arena, properties, CODES[i]), true);
  for (size_t i = 0; found == none && i < sizeof NAMES / sizeof *NAMES; i++)
    found = district_by(reading, member_of(reading->arena, properties, NAMES[i]), false);
  return found;
}

static const char *name_of(struct reading *reading, json_t *properties, size_t number) {
  const char *name = NULL;
  for (size_t i = 0; !name && i < sizeof NAMES / sizeof *NAMES; i++) name = member_of(reading->arena, properties, NAMES[i]);
  return name ? arena_print(reading->arena, "#%zu %.60s", number, name) : arena_print(reading->arena, "#%zu", number);
}

/* ---- its borders ---- */

/* A ring under way. */
struct ring { struct reading *reading; struct outline_point *points; size_t count, room; };

static bool position_of(json_t *position, struct outline_point *point) {
  double longitude = json_number_value(json_array_get(position, 0)), latitude = json_number_value(json_array_get(position, 1));
  if (!json_is_number(json_array_get(position, 0)) || !json_is_number(json_array_get(position, 1)) || !(fabs(longitude) <= 180) ||
      !(fabs(latitude) <= 90))
    return false;
  *point = (struct outline_point){(int32_t)lround(longitude * OUTLINE_DEGREE), (int32_t)lround(latitude * OUTLINE_DEGREE)};
  return true;
}

static bool position_read(struct json_cut *cut, size_t number, void *with) {
  struct ring *ring = with;
  struct reading *reading = ring->reading;
  if (++reading->points > GEOJSON_POINTS_MOST) {
    find(reading, label_print(reading->arena, "点太多,整个文件最多 %d 个,请先简化",
                              "too many positions: at most %d in the file; thin it out first", GEOJSON_POINTS_MOST));
    return false;
  }
  ARENA_ROOM(reading->arena, ring->points, ring->count, ring->room, 256);
  json_t *position = json_cut_value(cut);
  bool good = position && position_of(position, &ring->points[ring->count++]);
  if (position && !good)
    find(reading, label_print(reading->arena, "第 %zu 个点不是经纬度(经度 −180 至 180,纬度 −90 至 90,单位为度);投影坐标请先转换", "position %zu is no longitude and latitude in degrees (−180 to 180, −90 to 90); convert projected coordinates first", number));
  json_decref(position);
  return good;
}

static bool ring_closed(struct ring *ring, struct outline_ring *closed) {
  struct outline_point *first = ring->points, *end = ring->count ? &ring->points[ring->count - 1] : NULL;
  if (ring->count < RING_LEAST) find(ring->reading, (struct label){"有一圈边界少于 4 个点", "a ring has fewer than 4 positions"});
  else if (end->longitude != first->longitude || end->latitude != first->latitude)
    find(ring->reading,
         (struct label){"有一圈边界没有闭合:最后一点应与第一点相同", "a ring is not closed: its last position must be its first"});
  else {
    *closed = (struct outline_ring){.points = ring->points, .count = ring->count - 1};
    return true;
  }
  return false;
}

/* What is to be a list and is none counts as an empty one. */
static bool list_read(struct json_cut *cut, json_item_sink *sink, void *with) {
  if (json_cut_next(cut) == '[') return json_cut_items(cut, SIZE_MAX, sink, with);
  json_cut_pass(cut);
  return true;
}

struct shape { struct reading *reading; struct outline *outline; size_t room; };

static bool ring_read(struct json_cut *cut, size_t number, void *with) {
  struct shape *shape = with;
  struct ring ring = {.reading = shape->reading};
  (void)number;
  ARENA_ROOM(shape->reading->arena, shape->outline->rings, shape->outline->count, shape->room, 16);
  cut->value_most = POSITION_MOST;
  bool good = list_read(cut, position_read, &ring);
  cut->value_most = VALUE_MOST;
  return good && ring_closed(&ring, &shape->outline->rings[shape->outline->count++]);
}

static bool polygon_read(struct json_cut *cut, size_t number, void *with) {
  struct shape *shape = with;
  size_t before = shape->outline->count;
  (void)number;
  if (!list_read(cut, ring_read, shape)) return false;
  if (shape->outline->count == before) find(shape->reading, (struct label){"多边形没有边界", "a polygon without a ring"});
  return shape->outline->count > before;
}

/* ---- its members ---- */

struct geometry { json_t *type; struct json_slice coordinates; };
static bool geometry_member(struct json_cut *cut, const char *name, void *with) {
  struct geometry *geometry = with;
  if (strcmp(name, "type") == 0 && !geometry->type) geometry->type = json_cut_value(cut);
  else if (strcmp(name, "coordinates") == 0) geometry->coordinates = json_cut_pass(cut);
  else json_cut_pass(cut);
  return !cut->wrong.zh;
}

static void coordinates_read(struct reading *reading, const char *type, struct json_slice coordinates, struct outline *outline) {
  struct shape shape = {.reading = reading, .outline = outline};
  reading->cut.at = coordinates.begin; /* an absent one begins at 0: no list */
  if (strcmp(type, "Polygon") == 0) polygon_read(&reading->cut, 1, &shape);
  else if (list_read(&reading->cut, polygon_read, &shape) && !outline->count)
    find(reading, (struct label){"没有多边形", "there is no polygon in it"});
}

static void geometry_read(struct reading *reading, struct json_slice slice, struct outline *outline) {
  struct geometry geometry = {0};
  reading->cut.at = slice.begin;
  if (json_cut_next(&reading->cut) == '{' && !json_cut_members(&reading->cut, geometry_member, &geometry)) {
    json_decref(geometry.type);
    return;
  }
  const char *type = json_string_value(geometry.type);
  if (type && (strcmp(type, "Polygon") == 0 || strcmp(type, "MultiPolygon") == 0))
    coordinates_read(reading, type, geometry.coordinates, outline);
  else
    find(reading, label_print(reading->arena, "是 %.30s,只收 Polygon 和 MultiPolygon",
                              "it is %.30s; only Polygon and MultiPolygon are taken", type ? type : "null"));
  json_decref(geometry.type);
}

struct feature { json_t *id, *properties; struct json_slice geometry; };
static bool feature_member(struct json_cut *cut, const char *name, void *with) {
  struct feature *feature = with;
  json_t **kept = strcmp(name, "id") == 0 ? &feature->id : strcmp(name, "properties") == 0 ? &feature->properties : NULL;
  if (kept && !*kept) *kept = json_cut_value(cut);
  else if (strcmp(name, "geometry") == 0) feature->geometry = json_cut_pass(cut);
  else json_cut_pass(cut);
  return !cut->wrong.zh;
}

static void feature_judge(struct reading *reading, const struct feature *feature, size_t number) {
  reading->told = name_of(reading, feature->properties, number);
  size_t district = district_of(reading, feature->id, feature->properties);
  if (district == reading->districts->count)
    find(reading, (struct label){"对不上任何一个区:按 code(单位代码)或 name(单位名称、简称)对应",
                                 "fits no district: it is told by code (the unit's) or name (the unit's name or short name)"});
  else if (reading->outlines[district].count)
    find(reading,
         label_print(reading->arena, "%s 出现了两次", "%s is there twice", row_text(reading->districts->items[district], UNIT_NAME)));
  else geometry_read(reading, feature->geometry, &reading->outlines[district]);
  reading->told = NULL;
}

/* What is wrong with one is found; the next ones are looked at all the same, unless it is no JSON. */
static bool feature_read(struct json_cut *cut, size_t number, void *with) {
  struct reading *reading = with;
  struct feature feature = {0};
  if (number > FEATURES_MOST) find(reading, label_print(reading->arena, "要素太多,最多 %d 个", "too many features: at most %d", FEATURES_MOST));
  if (number > FEATURES_MOST || reading->findings->count == GEOJSON_FINDINGS_MOST) return false;
  if (json_cut_next(cut) == '{') json_cut_members(cut, feature_member, &feature);
  else json_cut_pass(cut);
  size_t behind = cut->at;
  if (!cut->wrong.zh) feature_judge(reading, &feature, number);
  cut->at = behind;
  json_decref(feature.id);
  json_decref(feature.properties);
  return !cut->wrong.zh;
}

/* ---- the file ---- */

struct collection { json_t *type, *crs; struct json_slice features; };
static bool collection_member(struct json_cut *cut, const char *name, void *with) {
  struct collection *collection = with;
  json_t **kept = strcmp(name, "type") == 0 ? &collection->type : strcmp(name, "crs") == 0 ? &collection->crs : NULL;
  if (kept && !*kept) *kept = json_cut_value(cut);
  else if (strcmp(name, "features") == 0) collection->features = json_cut_pass(cut);
  else json_cut_pass(cut);
  return !cut->wrong.zh;
}

static bool degrees(json_t *crs) {
  const char *name = json_string_value(json_object_get(json_object_get(crs, "properties"), "name"));
  return !crs || json_is_null(crs) || (name && (strstr(name, "CRS84") || strstr(name, "4326") || strstr(name, "4490")));
}

static bool document_pass(struct json_cut *cut, struct collection *collection) {
  if (json_cut_next(cut) == '{' ? !json_cut_members(cut, collection_member, collection) : json_cut_pass(cut).end == 0) return false;
  return json_cut_end(cut);
}

static void collection_read(struct reading *reading) {
  struct json_cut *cut = &reading->cut;
  struct collection collection = {0};
  bool passed = document_pass(cut, &collection);
  const char *type = json_string_value(collection.type);
  cut->at = collection.features.begin;
  if (!passed) json_cut_refuse(cut, (struct label){"文件是空的", "the file is empty"});
  else if (!type || strcmp(type, "FeatureCollection") != 0 || json_cut_next(cut) != '[')
    find(reading, (struct label){"应是 GeoJSON 的 FeatureCollection", "it must be a FeatureCollection of GeoJSON"});
  else if (!degrees(collection.crs))
    find(reading, (struct label){"坐标应为经纬度(WGS 84 或 CGCS2000),不是投影坐标",
                                 "coordinates must be degrees (WGS 84 or CGCS2000), not projected"});
  else json_cut_items(cut, SIZE_MAX, feature_read, reading);
  if (cut->wrong.zh) find(reading, cut->wrong);
  bool whole = reading->findings->count == 0; /* what is wrong may be the very one that is missing */
  for (size_t i = 0; i < reading->districts->count && whole; i++)
    if (!reading->outlines[i].count)
      find(reading, label_print(reading->arena, "缺 %s", "%s is missing", row_text(reading->districts->items[i], UNIT_NAME)));
  json_decref(collection.type);
  json_decref(collection.crs);
}

bool geojson_outlines(const char *bytes, size_t size, const struct rows *districts, struct arena *arena, const char **texts,
                      struct geojson_findings *findings) {
  struct reading reading = {.arena = arena,
                            .cut = {.bytes = bytes, .size = size, .arena = arena, .value_most = VALUE_MOST},
                            .districts = districts,
                            .findings = findings,
                            .outlines = ARENA_ARRAY(arena, struct outline, districts->count + 1)};
  *findings = (struct geojson_findings){.arena = arena};
  if (!districts->count)
    find(&reading, (struct label){"库里还没有类别为“区”的单位,先建单位", "there is no unit of kind district yet: make the units first"});
  else if (size > GEOJSON_BYTES_MOST)
    find(&reading, label_print(arena, "文件太大,最多 %zu MiB,请先简化", "the file is too large: at most %zu MiB; thin it out first",
                               GEOJSON_BYTES_MOST >> 20));
  else collection_read(&reading);
  if (!findings->count && !outlines_thin(reading.outlines, districts->count, arena, texts))
    find(&reading, (struct label){"边界太碎,简化后仍画不下", "the borders are in too many pieces to be drawn"});
  return !findings->count;
}

/* ---- the store's side ---- */

enum store_error districts_read(struct reader *reader, int64_t today, struct arena *arena, struct rows *districts) {
  struct value kind = value_integer(UNIT_KIND, UNIT_KIND_DISTRICT);
  struct condition condition = {.field = UNIT_KIND, .how = C_IS, .values = &kind, .count = 1};
  struct query query = {.type = record_type(RECORD_UNIT), .conditions = &condition, .condition_count = 1, .sort = UNIT_ORDER, .long_texts = true, .expected = -1};
  struct rows all = {.arena = arena};
  enum store_error error = reader_list(reader, &query, &SCOPE_SYSTEM, arena, rows_keep, &all);
  *districts = (struct rows){.arena = arena};
  for (size_t i = 0; i < all.count && !error; i++) {
    int64_t to = row_integer(all.items[i], UNIT_VALID_TO);
    if (!all.items[i]->voided && (to == NOTHING || to >= today)) rows_keep(districts, all.items[i]);
  }
  return error;
}

size_t outlines_changes(const struct rows *districts, const char *const *texts, struct arena *arena, struct change **changes) {
  struct value *values = ARENA_ARRAY(arena, struct value, districts->count + 1);
  *changes = ARENA_ARRAY(arena, struct change, districts->count + 1);
  for (size_t i = 0; i < districts->count; i++) {
    values[i] = texts ? value_text(UNIT_OUTLINE, texts[i]) : value_nothing(UNIT_OUTLINE);
    (*changes)[i] = (struct change){.type = record_type(RECORD_UNIT),
                                    .id = districts->items[i]->id,
                                    .seen = ANY_VERSION,
                                    .action = ACTION_SET_OUTLINE,
                                    .values = &values[i],
                                    .value_count = 1};
  }
  return districts->count;
}
