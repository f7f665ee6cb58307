/* bihuan group --in X.jsonl --out Y.jsonl: events and classes of any texts, without a store, by the very engine that groups appeals. One
   JSON object a line; all lines are read first, in order, and the groups are written as they stand after the last one. A line that is
   none stops it: each is named, nothing is written. */
#include <jansson.h>
#include "base/room.h"
#include "command/program.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "follow/grouping.h"

enum { MOST_SAID = 20 /* wrong lines that are named */, LONGEST_ID = 200 };

struct line_result { const char *id; struct grouping_answer answer; };
struct grouped {
  struct call *call;
  struct grouping *engine;
  struct line_result *lines; size_t count, room;
  uint64_t *seen; size_t seen_size; /* fingerprints of ids */
  size_t number, wrong, hints;    /* lines read, refused, with a place or moment that was left out */
};

static void refuse(struct grouped *grouped, struct label why) {
  if (++grouped->wrong <= MOST_SAID)
    fprintf(grouped->call->err, "bihuan: %s\n",
            call_say(grouped->call,
                     label_print(grouped->call->arena, "第 %zu 行:%s", "line %zu: %s", grouped->number, call_say(grouped->call, why))));
}

static void hint(struct grouped *grouped, struct label what) {
  if (++grouped->hints <= MOST_SAID)
    fprintf(grouped->call->err, "bihuan: %s\n",
            call_say(grouped->call, label_print(grouped->call->arena, "提示:第 %zu 行%s", "hint: line %zu: %s", grouped->number,
                                                call_say(grouped->call, what))));
}

/* Was this id there before? */
static bool seen_before(struct grouped *grouped, const char *id) {
  uint64_t print = hash_fingerprint(id, strlen(id)) | 1;
  if (grouped->count * 2 >= grouped->seen_size) {
    size_t size = grouped->seen_size ? grouped->seen_size * 2 : 4096;
    uint64_t *larger = heap_zeroed(size, sizeof *larger);
    for (size_t i = 0; i < grouped->seen_size; i++) {
      size_t at = grouped->seen[i] & (size - 1);
      while (grouped->seen[i] && larger[at]) at = (at + 1) & (size - 1);
      if (grouped->seen[i]) larger[at] = grouped->seen[i];
    }
    free(grouped->seen);
    grouped->seen = larger;
    grouped->seen_size = size;
  }
  size_t at = print & (grouped->seen_size - 1);
  for (; grouped->seen[at]; at = (at + 1) & (grouped->seen_size - 1))
    if (grouped->seen[at] == print) return true;
  grouped->seen[at] = print;
  return false;
}

static const char *text_of(const json_t *object, const char *key) { return json_string_value(json_object_get(object, key)); }

/* A number, or a text that is one; NAN: neither. */
static double number_of(const json_t *value) {
  if (json_is_number(value)) return json_number_value(value);
  const char *text = json_string_value(value);
  char *end = NULL;
  double number = text && *text ? strtod(text, &end) : NAN;
  return end && *end == 0 ? number : NAN;
}

static void read_point(struct grouped *grouped, const json_t *object, struct grouping_appeal *appeal) {
  const json_t *latitude = json_object_get(object, "lat"), *longitude = json_object_get(object, "lon");
  if ((!latitude || json_is_null(latitude)) && (!longitude || json_is_null(longitude))) return;
  appeal->latitude = number_of(latitude);
  appeal->longitude = number_of(longitude);
  appeal->has_point = fabs(appeal->latitude) <= 90 && fabs(appeal->longitude) <= 180 && (appeal->latitude != 0 || appeal->longitude != 0);
  if (!appeal->has_point) hint(grouped, (struct label){"的坐标不在地球上,没有用。", "no such coordinates on earth; they were left out."});
}

static void read_moment(struct grouped *grouped, const json_t *object, struct grouping_appeal *appeal) {
  const json_t *moment = json_object_get(object, "moment");
  appeal->moment = GROUPING_NO_MOMENT;
  if (!moment || json_is_null(moment)) return;
  if (json_is_integer(moment)) appeal->moment = json_integer_value(moment);
  else if (!json_is_string(moment) || !moment_parse(json_string_value(moment), &appeal->moment)) {
    appeal->moment = GROUPING_NO_MOMENT;
    hint(grouped, (struct label){"的时间读不懂,没有用。", "the moment cannot be read; it was left out."});
  }
}

static const char *id_of(struct grouped *grouped, const json_t *object) {
  const json_t *id = json_object_get(object, "id");
  if (json_is_integer(id)) return arena_print(grouped->call->arena, "%lld", (long long)json_integer_value(id));
  return json_is_string(id) && *json_string_value(id) && json_string_length(id) <= LONGEST_ID
             ? arena_text(grouped->call->arena, json_string_value(id))
             : NULL;
}

static void take_line(struct grouped *grouped, const json_t *object) {
  struct grouping_appeal appeal = {.title = text_of(object, "title"), .text = text_of(object, "text"), .place = text_of(object, "place")};
  const char *id = id_of(grouped, object);
  if (!id) {
    refuse(grouped, (struct label){"要有 id(文字或整数,不超过 200 字节)。", "an id is needed (a text or an integer, at most 200 bytes)."});
    return;
  }
  if (!appeal.title && !appeal.text) {
    refuse(grouped, (struct label){"要有 title 或 text(文字)。", "a title or a text is needed (as text)."});
    return;
  }
  if (seen_before(grouped, id)) {
    refuse(grouped, label_print(grouped->call->arena, "id“%s”前面已有。", "the id \"%s\" stands above already.", id));
    return;
  }
  read_point(grouped, object, &appeal);
  read_moment(grouped, object, &appeal);
  HEAP_ROOM(grouped->lines, grouped->count, grouped->room, 1024);
  struct line_result *line = &grouped->lines[grouped->count++];
  line->id = id;
  appeal.id = (int64_t)grouped->count;
  grouping_add(grouped->engine, &appeal, &line->answer);
}

/* False: the file could not be read to its end; errno says why. */
static bool read_lines(struct grouped *grouped, FILE *file) {
  char *line = NULL;
  size_t room = 0;
  ssize_t size;
  while ((size = getline(&line, &room, file)) >= 0) {
    json_error_t error;
    grouped->number++;
    if (grouped->number == 1 && size >= 3 && memcmp(line, "\xef\xbb\xbf", 3) == 0) memset(line, ' ', 3);
    if (strspn(line, " \t\r\n") == (size_t)size) continue;
    json_t *object = json_loadb(line, (size_t)size, JSON_REJECT_DUPLICATES, &error);
    if (json_is_object(object)) take_line(grouped, object);
    else
      refuse(grouped, object ? (struct label){"要是一个 JSON 对象。", "it must be a JSON object."}
                             : label_print(grouped->call->arena, "不是 JSON:%s。", "it is no JSON: %s.", error.text));
    json_decref(object);
  }
  int error = errno;
  free(line);
  errno = error;
  return !ferror(file);
}

static const char *id_at(const struct grouped *grouped, int64_t number) { return grouped->lines[number - 1].id; }

static void write_line(struct grouped *grouped, size_t i, struct buffer *out) {
  const struct line_result *line = &grouped->lines[i];
  struct json json = json_to(out);
  json_open(&json, '{');
  json_pair(&json, "id", line->id);
  json_pair(&json, "event", id_at(grouped, grouping_event_of(grouped->engine, (int64_t)i + 1)));
  json_pair(&json, "class", id_at(grouped, grouping_class_of(grouped->engine, (int64_t)i + 1)));
  json_key(&json, "score");
  json_raw(&json, arena_print(out->arena, "%.4f", line->answer.score));
  json_key(&json, "nearest");
  json_open(&json, '[');
  for (size_t j = 0; j < line->answer.nearest_count; j++) {
    const struct grouping_near *near = &line->answer.nearest[j];
    json_open(&json, '{');
    json_pair(&json, "event", id_at(grouped, near->event));
    json_pair(&json, "latest", id_at(grouped, near->latest));
    json_key(&json, "score");
    json_raw(&json, arena_print(out->arena, "%.4f", near->score));
    json_close(&json, '}');
  }
  json_close(&json, ']');
  json_close(&json, '}');
  buffer_byte(out, '\n');
}

static bool write_lines(struct grouped *grouped, FILE *file) {
  struct arena *arena = arena_new();
  bool good = true;
  for (size_t i = 0; i < grouped->count && good; i++) {
    struct buffer out = {.arena = arena};
    write_line(grouped, i, &out);
    good = fwrite(out.bytes, 1, out.size, file) == out.size;
    arena_reset(arena);
  }
  arena_free(arena);
  return fflush(file) == 0 && good;
}

static int write_out(struct grouped *grouped, const char *path) {
  struct call *call = grouped->call;
  FILE *file = strcmp(path, "-") == 0 ? call->out : fopen(call_path(call, path), "wb");
  bool good = file && write_lines(grouped, file);
  int error = errno;
  if (file && file != call->out) good &= fclose(file) == 0;
  if (!good)
    return call_fail(call, EXIT_USE,
                     label_print(call->arena, "写不了文件“%s”:%s。", "cannot write the file \"%s\": %s.", path, strerror(error)));
  return EXIT_DONE;
}

static void tell(struct grouped *grouped) {
  struct grouping_figures figures = grouping_count(grouped->engine);
  size_t events = 0, classes = 0;
  for (size_t i = 1; i <= grouped->count; i++) {
    events += grouping_event_of(grouped->engine, (int64_t)i) == (int64_t)i;
    classes += grouping_class_of(grouped->engine, (int64_t)i) == (int64_t)i;
  }
  fprintf(grouped->call->err, "%s\n",
          call_say(grouped->call,
                   label_print(grouped->call->arena, "%zu 条,%zu 个事件,%zu 类事,%u 个词", "%zu appeals, %zu events, %zu classes, %u terms",
                               grouped->count, events, classes, figures.terms)));
}

/* Is that option given? It is left where it is. */
static bool asked(const struct call *call, const char *option) {
  for (int i = 0; i < call->argc; i++)
    if (strcmp(call->argv[i], option) == 0) return true;
  return false;
}

int command_group(struct call *call) {
  if (asked(call, "--compare")) return call_with_store(call, 0, group_compare);
  if (asked(call, "--last")) return call_with_store(call, 0, group_last);
  const char *in = call_option(call, "in"), *out = call_option(call, "out");
  if (!call_words(call, 0, 0)) return EXIT_USE;
  if (!in || !out) return call_usage(call, (struct label){"要写明 --in 和 --out。", "--in and --out are needed."});
  bool standard = strcmp(in, "-") == 0;
  FILE *file = standard ? call->in : fopen(call_path(call, in), "rb");
  if (!file)
    return call_fail(call, EXIT_USE,
                     label_print(call->arena, "读不了文件“%s”:%s。", "cannot read the file \"%s\": %s.", in, strerror(errno)));
  struct grouped grouped = {.call = call};
  grouped.engine = grouping_new(NULL);
  bool whole = read_lines(&grouped, file);
  int status = whole ? EXIT_DONE
                     : call_fail(call, EXIT_USE,
                                 label_print(call->arena, "读不了文件“%s”:%s。", "cannot read the file \"%s\": %s.", in, strerror(errno)));
  if (!standard) fclose(file);
  if (whole && grouped.wrong)
    status = call_fail(call, EXIT_WRONG,
                       label_print(call->arena, "%zu 行不能用,什么也没有写。", "%zu lines cannot be used; nothing was written.",
                                   grouped.wrong));
  else if (whole) status = write_out(&grouped, out);
  if (!status) tell(&grouped);
  grouping_free(grouped.engine);
  free(grouped.lines);
  free(grouped.seen);
  return status;
}
