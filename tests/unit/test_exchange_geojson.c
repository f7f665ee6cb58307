/* The map of the districts by table: what a file may be and what is said of one that may not; thinning keeps shape and fits; the drawing
   puts each name inside. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "json_peak.h" /* before base/json.h */

#include "base/buffer.h"
#include "exchange/district_map.h"
#include "exchange/geojson.h"

#define SQUARE "[[[121,31],[122,31],[122,32],[121,32],[121,31]]]"
#define FEATURE(key, value, geometry) "{\"type\":\"Feature\",\"properties\":{\"" key "\":\"" value "\"},\"geometry\":" geometry "}"
#define POLYGON(rings) "{\"type\":\"Polygon\",\"coordinates\":" rings "}"
#define ALL(features) "{\"type\":\"FeatureCollection\",\"features\":[" features "]}"
#define EAST FEATURE("name", "东区", POLYGON(SQUARE))

static struct row *district(struct arena *arena, int64_t id, const char *name, const char *code, const char *short_names) {
  struct row *row = row_new(arena, record_type(RECORD_UNIT));
  row->id = id;
  row_set_text(row, UNIT_NAME, name);
  row_set_text(row, UNIT_CODE, code);
  row_set_text(row, UNIT_SHORT_NAMES, short_names);
  row_set_integer(row, UNIT_KIND, UNIT_KIND_DISTRICT);
  return row;
}
static struct rows two(struct arena *arena) {
  struct rows rows = {.arena = arena};
  rows_keep(&rows, district(arena, 1, "东区", "310101", "东、滨东"));
  rows_keep(&rows, district(arena, 2, "西区", "310102", NULL));
  return rows;
}

static const struct { const char *file, *says; } WRONG[] = {
  {"{", "no JSON (line 1"},
  {"", "the file is empty"},
  {"{}}", "no JSON (line 1, column 3"},
  {ALL(FEATURE("name", "东区", POLYGON("[[[121,31],[122;31]]]"))), "no JSON (line 1"},
  {ALL(FEATURE("name", "东区", POLYGON("{}"))), "a polygon without a ring"},
  {ALL(FEATURE("name", "东区", POLYGON("[[[121,31],[],[122,32],[121,31]]]"))), "position 2 is no longitude"},
  {"[]", "FeatureCollection"},
  {"{\"type\":\"FeatureCollection\",\"crs\":{\"properties\":{\"name\":\"EPSG:3857\"}},\"features\":[]}", "not projected"},
  {ALL(""), "东区 is missing"},
  {ALL(EAST), "西区 is missing"},
  {ALL(EAST "," EAST), "东区 is there twice"},
  {ALL(FEATURE("name", "南区", POLYGON(SQUARE))), "#1 南区: fits no district"},
  {ALL(FEATURE("code", "310199", POLYGON(SQUARE))), "#1: fits no district"},
  {ALL(FEATURE("name", "东区", "{\"type\":\"LineString\",\"coordinates\":[[121,31],[122,31]]}")), "it is LineString; only Polygon"},
  {ALL(FEATURE("name", "东区", "null")), "it is null; only Polygon"},
  {ALL(FEATURE("name", "东区", POLYGON("[]"))), "a polygon without a ring"},
  {ALL(FEATURE("name", "东区", POLYGON("[[[121,31],[122,31],[121,31]]]"))), "fewer than 4 positions"},
  {ALL(FEATURE("name", "东区", POLYGON("[[[121,31],[122,31],[122,32],[121,32]]]"))), "not closed"},
  {ALL(FEATURE("name", "东区", POLYGON("[[[121,31],[13500000,31],[122,32],[121,31]]]"))), "position 2 is no longitude"},
  {ALL(FEATURE("name", "东区", POLYGON("[[[121,31],[\"x\",31],[122,32],[121,31]]]"))), "position 2 is no longitude"},
};
static void a_file_that_cannot_be_the_map_is_refused_with_what_would_be_right(void **state) {
  for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
    struct arena *arena = arena_new();
    struct rows districts = two(arena);
    struct geojson_findings findings;
    const char *texts[2];
    if (geojson_outlines(WRONG[i].file, strlen(WRONG[i].file), &districts, arena, texts, &findings)) fail_msg("taken: %s", WRONG[i].file);
    if (!strstr(findings.items[0].en, WRONG[i].says)) fail_msg("%s\n says: %s", WRONG[i].file, findings.items[0].en);
    assert_true(strlen(findings.items[0].zh) > 0);
    arena_free(arena);
  }
}

static const struct { const char *file; } RIGHT[] = {
  {ALL(EAST "," FEATURE("名称", "西区", POLYGON(SQUARE)))},
  {ALL(FEATURE("code", "310101", POLYGON(SQUARE)) "," FEATURE("adcode", "310102", POLYGON(SQUARE)))},
  {ALL(FEATURE("name", "滨东", POLYGON(SQUARE)) "," FEATURE("name", "西区", "{\"type\":\"MultiPolygon\",\"coordinates\":[" SQUARE "," SQUARE "]}"))},
};
static void a_district_is_told_by_code_name_or_short_name(void **state) {
  for (size_t i = 0; i < sizeof RIGHT / sizeof *RIGHT; i++) {
    struct arena *arena = arena_new();
    struct rows districts = two(arena);
    struct geojson_findings findings;
    const char *texts[2];
    if (!geojson_outlines(RIGHT[i].file, strlen(RIGHT[i].file), &districts, arena, texts, &findings))
      fail_msg("%s: %s", RIGHT[i].file, findings.items[0].en);
    assert_string_equal(texts[0], "1210000,310000 1220000,310000 1220000,320000 1210000,320000");
    arena_free(arena);
  }
}

/* A circle of 20,000 points, and three hundred islands too small to be drawn. */
static const char *round_district(struct arena *arena, const char *name) {
  struct buffer out = {.arena = arena};
  buffer_print(&out, "{\"type\":\"Feature\",\"properties\":{\"name\":\"%s\"},\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[[[", name);
  for (int i = 0; i <= 20000; i++) {
    double angle = 2 * acos(-1.0) * (i % 20000) / 20000;
    buffer_print(&out, "%s[%.6f,%.6f]", i ? "," : "", 121.5 + 0.4 * cos(angle), 31.2 + 0.4 * sin(angle));
  }
  buffer_text(&out, "]]");
  for (int i = 0; i < 300; i++)
    buffer_print(&out, ",[[[%.4f,30.1],[%.4f,30.1001],[%.4f,30.1],[%.4f,30.1]]]", 121 + i * 0.001, 121 + i * 0.001, 121.0001 + i * 0.001,
                 121 + i * 0.001);
  buffer_text(&out, "]}}");
  return out.bytes;
}
static void borders_are_thinned_until_they_fit_and_stay_where_they_were(void **state) {
  struct arena *arena = arena_new();
  struct rows districts = two(arena);
  struct geojson_findings findings;
  struct outline outline;
  const char *texts[2], *file = arena_print(arena, "{\"type\":\"FeatureCollection\",\"features\":[%s,%s]}", round_district(arena, "东区"),
                                            round_district(arena, "西区"));
  assert_true(geojson_outlines(file, strlen(file), &districts, arena, texts, &findings));
  assert_true(strlen(texts[0]) <= OUTLINE_TEXT_MOST);
  assert_string_equal(texts[0], texts[1]);
  assert_true(outline_parse(texts[0], arena, &outline));
  assert_int_equal(outline.count, 1);
  assert_true(outline.rings[0].count >= 30);
  for (size_t i = 0; i < outline.rings[0].count; i++) {
    double x = outline.rings[0].points[i].longitude / 1e4 - 121.5, y = outline.rings[0].points[i].latitude / 1e4 - 31.2;
    assert_true(fabs(sqrt(x * x + y * y) - 0.4) < 0.001);
  }
  assert_string_equal(outline_print(&outline, arena), texts[0]);
  arena_free(arena);
}

static void what_is_no_outline_is_not_read_as_one(void **state) {
  static const char *const WRONG_TEXTS[] = {"",
                                            "1,1",
                                            "1,1 2,2",
                                            "1,1 2,2 3",
                                            "1,1 2,2 3,x",
                                            "1,1 2,2 3,3;",
                                            "1,1 2,2  3,3",
                                            "1800001,1 2,2 3,3",
                                            "1,900001 2,2 3,3",
                                            "1,1 2,2 3,3 ",
                                            "+1,1 2,2 3,3",
                                            "99999999999999999999,1 2,2 3,3"};
  struct arena *arena = arena_new();
  struct outline outline;
  for (size_t i = 0; i < sizeof WRONG_TEXTS / sizeof *WRONG_TEXTS; i++)
    if (outline_parse(WRONG_TEXTS[i], arena, &outline)) fail_msg("read: \"%s\"", WRONG_TEXTS[i]);
  assert_true(outline_parse("-1,-1 2,2 3,3;4,4 5,5 6,6", arena, &outline));
  assert_int_equal(outline.count, 2);
  arena_free(arena);
}

/* A horseshoe: the middle of its box is outside of it, its name is not. North is up, and a degree of longitude is shorter than one of
   latitude. */
static void a_name_stands_inside_and_north_is_up(void **state) {
  struct arena *arena = arena_new();
  struct district_map map;
  const struct district_given given[] =
      {{7, "马蹄", "0,600000 90000,600000 90000,690000 60000,690000 60000,630000 30000,630000 30000,690000 0,690000"}, {8, "无", NULL}};
  assert_true(district_map_draw(given, 2, arena, &map));
  assert_int_equal(map.count, 1);
  assert_int_equal(map.shapes[0].id, 7);
  assert_int_equal(map.height, 1000);
  assert_true(strncmp(map.shapes[0].path, "M8 992", 6) == 0);
  assert_non_null(strchr(map.shapes[0].path, 'Z'));
  double wide = 984 * cos(64.5 * acos(-1.0) / 180), west = 8;
  assert_int_equal(map.width, (int)lround(wide) + 16);
  int x = map.shapes[0].x;
  assert_true((x > west && x < west + wide / 3) || (x > west + 2 * wide / 3 && x < west + wide) || map.shapes[0].y > 670);
  assert_true(map.shapes[0].room > 0);
  assert_false(district_map_draw(given + 1, 1, arena, &map));
  arena_free(arena);
}

/* As many as 8 MiB hold of what costs most to keep: refused, with one position or feature in memory at a time. */
static void what_is_sent_to_fill_memory_is_refused_in_a_small_part_of_it(void **state) {
  static const struct { const char *before, *each, *after, *says; } HOSTILE[] = {
    {"{\"type\":\"FeatureCollection\",\"features\":[{\"properties\":{\"name\":\"东区\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[", "[1,1]", "]]}}]}", "too many positions"},
    {"{\"type\":\"FeatureCollection\",\"features\":[{\"properties\":{\"name\":\"东区\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[", "[]", "]]}}]}", "position 1 is no longitude"},
    {"{\"type\":\"FeatureCollection\",\"features\":[{\"properties\":{\"name\":\"东区\"},\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[", "[]", "]}}]}", "a polygon without a ring"},
    {"{\"type\":\"FeatureCollection\",\"features\":[{\"properties\":{\"name\":\"东区\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[", "1", "]]]}}]}", "larger than 4 KB"},
    {"{\"type\":\"FeatureCollection\",\"features\":[{\"properties\":{\"name\":[", "[]", "]}}]}", "larger than 256 KB"},
    {"{\"type\":\"FeatureCollection\",\"features\":[", "{}", "]}", "#1: fits no district"},
    {"{\"type\":\"FeatureCollection\",\"crs\":[", "[]", "],\"features\":[]}", "larger than 256 KB"},
    {"[", "[]", "]", "FeatureCollection"}};
  for (size_t i = 0; i < sizeof HOSTILE / sizeof *HOSTILE; i++) {
    struct arena *arena = arena_new(), *text = arena_new();
    struct buffer file = {.arena = text};
    struct rows districts = two(arena);
    struct geojson_findings findings;
    const char *texts[2];
    buffer_text(&file, HOSTILE[i].before);
    buffer_text(&file, HOSTILE[i].each);
    for (size_t one = strlen(HOSTILE[i].each) + 1; file.size + one + 100 < GEOJSON_BYTES_MOST;) {
      buffer_byte(&file, ',');
      buffer_text(&file, HOSTILE[i].each);
    }
    buffer_text(&file, HOSTILE[i].after);
    json_peak_begin();
    bool taken = geojson_outlines(file.bytes, file.size, &districts, arena, texts, &findings);
    size_t held = json_peak_end();
    if (taken || !strstr(findings.items[0].en, HOSTILE[i].says))
      fail_msg("%s: %s", HOSTILE[i].says, taken ? "taken" : findings.items[0].en);
    if (held > (size_t)1 << 20 || arena_size(arena) > (size_t)16 << 20)
      fail_msg("%s: %zu bytes of JSON and %zu of points at once", HOSTILE[i].says, held, arena_size(arena));
    arena_free(arena);
    arena_free(text);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_sent_to_fill_memory_is_refused_in_a_small_part_of_it),
                                     cmocka_unit_test(a_file_that_cannot_be_the_map_is_refused_with_what_would_be_right),
                                     cmocka_unit_test(a_district_is_told_by_code_name_or_short_name),
                                     cmocka_unit_test(borders_are_thinned_until_they_fit_and_stay_where_they_were),
                                     cmocka_unit_test(what_is_no_outline_is_not_read_as_one),
                                     cmocka_unit_test(a_name_stands_inside_and_north_is_up)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
