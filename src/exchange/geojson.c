/* GeoJSON in: features to districts. Thinning stands in geojson_thin.c. */
#include <jansson.h> /* before base/json.h */

#include "exchange/geojson.h"

#include <math.h>
#include <string.h>

#include "exchange/geojson_thin.h"

enum { FEATURES_MOST = 2000, RING_LEAST = 4 /* positions, the first said again at the end */ };
/* Members of a feature's properties that name it, in the order in which they are believed. */
static const char *const CODES[] = {"code", "adcode", "id", "unit_code", "代码", "区划代码"};
static const char *const NAMES[] = {"name", "NAME", "Name", "名称", "区划名称", "district"};

struct reading {
  struct arena *arena;
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

static const char *member_of(struct arena *arena, json_t *properties, const char *key) {
  json_t *value = json_object_get(properties, key);
  if (json_is_string(value)) return json_string_value(value);
  return json_is_integer(value) ? arena_print(arena, "%lld", (long long)json_integer_value(value)) : NULL;
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

static size_t district_of(struct reading *reading, json_t *feature, json_t *properties) {
  size_t none = reading->districts->count, found = district_by(reading, member_of(reading->arena, feature, "id"), true);
  for (size_t i = 0; found == none && i < sizeof CODES / sizeof *CODES; i++) found = district_by(reading, member_of(reading->arena, properties, CODES[i]), true);
  for (size_t i = 0; found == none && i < sizeof NAMES / sizeof *NAMES; i++) found = district_by(reading, member_of(reading->arena, properties, NAMES[i]), false);
  return found;
}

static const char *name_of(struct reading *reading, json_t *properties, size_t number) {
  const char *name = NULL;
  for (size_t i = 0; !name && i < sizeof NAMES / sizeof *NAMES; i++) name = member_of(reading->arena, properties, NAMES[i]);
  return name ? arena_print(reading->arena, "#%zu %.60s", number, name) : arena_print(reading->arena, "#%zu", number);
}

/* ---- its borders ---- */

static bool position_read(json_t *position, struct outline_point *point) {
  double longitude = json_number_value(json_array_get(position, 0)), latitude = json_number_value(json_array_get(position, 1));
  if (!json_is_number(json_array_get(position, 0)) || !json_is_number(json_array_get(position, 1)) || !(fabs(longitude) <= 180) || !(fabs(latitude) <= 90)) return false;
  *point = (struct outline_point){(int32_t)lround(longitude * OUTLINE_DEGREE), (int32_t)lround(latitude * OUTLINE_DEGREE)};
  return true;
}

static bool ring_read(struct reading *reading, json_t *positions, struct outline_ring *ring) {
  size_t count = json_array_size(positions);
  struct outline_point end;
  if (count < RING_LEAST) find(reading, (struct label){"有一圈边界少于 4 个点", "a ring has fewer than 4 positions"});
  else if ((reading->points += count) > GEOJSON_POINTS_MOST) find(reading, label_print(reading->arena, "点太多,整个文件最多 %d 个,请先简化", "too many positions: at most %d in the file; thin it out first", GEOJSON_POINTS_MOST));
  else {
    ring->points = ARENA_ARRAY(reading->arena, struct outline_point, count);
    for (size_t i = 0; i < count; i++)
      if (!position_read(json_array_get(positions, i), &ring->points[i])) {
        find(reading, label_print(reading->arena, "第 %zu 个点不是经纬度(经度 −180 至 180,纬度 −90 至 90,单位为度);投影坐标请先转换", "position %zu is no longitude and latitude in degrees (−180 to 180, −90 to 90); convert projected coordinates first", i + 1));
        return false;
      }
    end = ring->points[count - 1];
    ring->count = end.longitude == ring->points[0].longitude && end.latitude == ring->points[0].latitude ? count - 1 : count;
    if (ring->count == count) find(reading, (struct label){"有一圈边界没有闭合:最后一点应与第一点相同", "a ring is not closed: its last position must be its first"});
    return ring->count < count;
  }
  return false;
}

static bool polygon_read(struct reading *reading, json_t *rings, struct outline *outline) {
  size_t count = json_array_size(rings);
  struct outline_ring *all = ARENA_ARRAY(reading->arena, struct outline_ring, outline->count + count + 1);
  if (!count) {
    find(reading, (struct label){"多边形没有边界", "a polygon without a ring"});
    return false;
  }
  if (outline->count) memcpy(all, outline->rings, outline->count * sizeof *all);
  outline->rings = all;
  for (size_t i = 0; i < count; i++)
    if (!ring_read(reading, json_array_get(rings, i), &all[outline->count++])) return false;
  return true;
}

static void geometry_read(struct reading *reading, json_t *geometry, struct outline *outline) {
  const char *type = json_string_value(json_object_get(geometry, "type"));
  json_t *coordinates = json_object_get(geometry, "coordinates");
  bool good = true;
  if (type && strcmp(type, "Polygon") == 0) polygon_read(reading, coordinates, outline);
  else if (type && strcmp(type, "MultiPolygon") == 0) {
    for (size_t i = 0; i < json_array_size(coordinates) && good; i++) good = polygon_read(reading, json_array_get(coordinates, i), outline);
    if (!json_array_size(coordinates)) find(reading, (struct label){"没有多边形", "there is no polygon in it"});
  } else find(reading, label_print(reading->arena, "是 %.30s,只收 Polygon 和 MultiPolygon", "it is %.30s; only Polygon and MultiPolygon are taken", type ? type : "null"));
}

static void feature_read(struct reading *reading, json_t *feature, size_t number) {
  json_t *properties = json_object_get(feature, "properties");
  reading->told = name_of(reading, properties, number);
  size_t district = district_of(reading, feature, properties);
  if (district == reading->districts->count) find(reading, (struct label){"对不上任何一个区:按 code(单位代码)或 name(单位名称、简称)对应", "fits no district: it is told by code (the unit's) or name (the unit's name or short name)"});
  else if (reading->outlines[district].count) find(reading, label_print(reading->arena, "%s 出现了两次", "%s is there twice", row_text(reading->districts->items[district], UNIT_NAME)));
  else geometry_read(reading, json_object_get(feature, "geometry"), &reading->outlines[district]);
  reading->told = NULL;
}

static bool degrees(json_t *root) {
  json_t *crs = json_object_get(root, "crs");
  const char *name = json_string_value(json_object_get(json_object_get(crs, "properties"), "name"));
  return !crs || json_is_null(crs) || (name && (strstr(name, "CRS84") || strstr(name, "4326") || strstr(name, "4490")));
}

static void collection_read(struct reading *reading, json_t *root) {
  const char *type = json_string_value(json_object_get(root, "type"));
  json_t *features = json_object_get(root, "features");
  size_t count = json_array_size(features);
  if (!type || strcmp(type, "FeatureCollection") != 0 || !json_is_array(features)) find(reading, (struct label){"应是 GeoJSON 的 FeatureCollection", "it must be a FeatureCollection of GeoJSON"});
  else if (!degrees(root)) find(reading, (struct label){"坐标应为经纬度(WGS 84 或 CGCS2000),不是投影坐标", "coordinates must be degrees (WGS 84 or CGCS2000), not projected"});
  else if (count > FEATURES_MOST) find(reading, label_print(reading->arena, "要素太多,最多 %d 个", "too many features: at most %d", FEATURES_MOST));
  else for (size_t i = 0; i < count && reading->findings->count < GEOJSON_FINDINGS_MOST; i++) feature_read(reading, json_array_get(features, i), i + 1);
  bool whole = reading->findings->count == 0; /* what is wrong may be the very one that is missing */
  for (size_t i = 0; i < reading->districts->count && whole; i++)
    if (!reading->outlines[i].count) find(reading, label_print(reading->arena, "缺 %s", "%s is missing", row_text(reading->districts->items[i], UNIT_NAME)));
}

bool geojson_outlines(const char *bytes, size_t size, const struct rows *districts, struct arena *arena, const char **texts, struct geojson_findings *findings) {
  struct reading reading = {.arena = arena, .districts = districts, .findings = findings, .outlines = ARENA_ARRAY(arena, struct outline, districts->count + 1)};
  json_error_t error;
  *findings = (struct geojson_findings){.arena = arena};
  if (!districts->count) find(&reading, (struct label){"库里还没有类别为“区”的单位,先建单位", "there is no unit of kind district yet: make the units first"});
  else if (size > GEOJSON_BYTES_MOST) find(&reading, label_print(arena, "文件太大,最多 %zu MiB,请先简化", "the file is too large: at most %zu MiB; thin it out first", GEOJSON_BYTES_MOST >> 20));
  else {
    json_t *root = json_loadb(bytes, size, 0, &error);
    if (root) collection_read(&reading, root);
    else find(&reading, label_print(arena, "不是 JSON:第 %d 行第 %d 列", "no JSON: line %d, column %d", error.line, error.column));
    json_decref(root);
  }
  if (!findings->count && !outlines_thin(reading.outlines, districts->count, arena, texts)) find(&reading, (struct label){"边界太碎,简化后仍画不下", "the borders are in too many pieces to be drawn"});
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
    (*changes)[i] = (struct change){.type = record_type(RECORD_UNIT), .id = districts->items[i]->id, .seen = ANY_VERSION, .action = ACTION_SET_OUTLINE, .values = &values[i], .value_count = 1};
  }
  return districts->count;
}
