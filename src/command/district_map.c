/* bihuan map: the map of the districts, set from a GeoJSON file through the door, shown, taken away. */
#include "command/program.h"

#include <string.h>

#include "exchange/district_map.h"
#include "exchange/geojson.h"

static int districts_find(struct call *call, struct rows *districts) {
  struct reader *reader = NULL;
  enum store_error error = store_reader(call->house->store, &reader);
  if (!error) error = districts_read(reader, date_of_moment(house_now(call->house)), call->arena, districts);
  reader_release(reader);
  return error ? call_store_fail(call, error) : EXIT_DONE;
}

static int map_told(struct call *call, const struct rows *districts, size_t drawn, bool written) {
  if (call->json) {
    struct call_json out;
    struct json *json = call_json_open(call, &out);
    json_pair_integer(json, "districts", (int64_t)districts->count);
    json_pair_integer(json, "drawn", (int64_t)drawn);
    json_pair_yes_no(json, "written", written);
    call_json_close(call, &out);
  } else if (drawn)
    call_print(call, "区划图:%zu 个区,有轮廓的 %zu 个。", "map of the districts: %zu districts, %zu with an outline.", districts->count,
               drawn);
  else call_print(call, "没有区划图,总览和门户画示意方格(%zu 个区)。", "no map: overview and portal draw schematic tiles (%zu districts).", districts->count);
  return EXIT_DONE;
}

static int map_show(struct call *call) {
  struct rows districts;
  size_t drawn = 0;
  if (!call_words(call, 1, 1)) return EXIT_USE;
  int status = districts_find(call, &districts);
  for (size_t i = 0; !status && i < districts.count; i++) drawn += row_text(districts.items[i], UNIT_OUTLINE) != NULL;
  return status ? status : map_told(call, &districts, drawn, false);
}

static int map_refused(struct call *call, const char *path, const struct geojson_findings *findings) {
  call_fail(call, EXIT_WRONG,
            label_print(call->arena, "“%s”不能用作区划图,原因如下。什么也没有写。",
                        "\"%s\" cannot be the map of the districts, for these reasons. Nothing is written.", path));
  for (size_t i = 0; i < findings->count; i++) fprintf(call->err, "  %s\n", call_say(call, findings->items[i]));
  return EXIT_WRONG;
}

static int map_set(struct call *call) {
  struct rows districts;
  struct geojson_findings findings;
  struct change *changes;
  struct outcome outcome = {0};
  size_t size = 0;
  bool rehearse = call_flag(call, "rehearse");
  if (!call_words(call, 2, 2)) return EXIT_USE;
  int status = call_needs_account(call);
  if (!status) status = districts_find(call, &districts);
  if (status) return status;
  char *bytes = call_read_file(call, call->argv[1], &size);
  if (!bytes) return EXIT_USE;
  const char **texts = ARENA_ARRAY(call->arena, const char *, districts.count + 1);
  if (!geojson_outlines(bytes, size, &districts, call->arena, texts, &findings)) return map_refused(call, call->argv[1], &findings);
  size_t count = outlines_changes(&districts, texts, call->arena, &changes);
  if (!rehearse) status = call_change(call, &call->authority, changes, count, &outcome);
  return status ? status : map_told(call, &districts, districts.count, !rehearse);
}

static int map_off(struct call *call) {
  struct rows districts;
  struct change *changes;
  struct outcome outcome = {0};
  if (!call_words(call, 1, 1)) return EXIT_USE;
  int status = call_needs_account(call);
  if (!status) status = districts_find(call, &districts);
  size_t count = status ? 0 : outlines_changes(&districts, NULL, call->arena, &changes);
  if (count) status = call_change(call, &call->authority, changes, count, &outcome);
  return status ? status : map_told(call, &districts, 0, true);
}

int command_district_map(struct call *call) {
  static const struct {
    const char *name;
    int (*run)(struct call *call);
  } PARTS[] = {{"set", map_set}, {"show", map_show}, {"off", map_off}};
  for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++)
    if (call->argc && strcmp(call->argv[0], PARTS[i].name) == 0) return PARTS[i].run(call);
  return call_usage(call, (struct label){"说明做什么:set FILE、show 或 off。", "say what: set FILE, show or off."});
}
