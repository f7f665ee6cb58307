/* Measuring the grouping of appeals: short and long ones a second on one core, beside tokenising the same texts alone; and what one more
   costs as the live groups grow from ten thousand to a million. Processor time, as others may share the machine. Texts are generated: an
   invented place with an everyday matter; three in ten appeals speak of one of the places before. */
#include "command/bench.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/tokens.h"
#include "follow/grouping.h"

enum { SHORT_COUNT = 100000, LONG_COUNT = 20000, LIVE = 1000000, WINDOW = 5000, LONG_PHRASES = 56 };

/* ---- texts ---- */
static const char *const ENDS[] = {"小区", "花园", "路", "街", "村", "广场", "家园", "苑", "公寓", "学校"};

/* The n-th place: three characters of some six hundred, and what it is. */
static void place_write(struct buffer *out, uint64_t n) {
  uint64_t state = n * 977 + 13;
  for (int i = 0; i < 3; i++) {
    unsigned point = 0x5000 + (unsigned)(bench_random(&state) % 620) * 29;
    char bytes[3] = {(char)(0xe0 | point >> 12), (char)(0x80 | (point >> 6 & 0x3f)), (char)(0x80 | (point & 0x3f))};
    buffer_add(out, bytes, 3);
  }
  buffer_text(out, ENDS[bench_random(&state) % (sizeof ENDS / sizeof *ENDS)]);
}

static uint64_t place_of(uint64_t n, bool fresh) {
  uint64_t state = n;
  uint64_t draw = bench_random(&state);
  return !fresh && n > 10 && draw % 10 < 3 ? bench_random(&state) % n : n;
}

struct texts { char **titles, **bodies; size_t count; };

static struct texts texts_make(struct arena *arena, size_t count, size_t phrases) {
  struct texts texts = {ARENA_ARRAY(arena, char *, count), ARENA_ARRAY(arena, char *, count), count};
  uint64_t state = 7;
  for (size_t i = 0; i < count; i++) {
    struct buffer title = {.arena = arena}, body = {.arena = arena};
    place_write(&title, place_of(i, false));
    bench_sentence(&title, &state, 2);
    texts.titles[i] = title.bytes;
    if (!phrases) continue;
    place_write(&body, place_of(i, false));
    bench_sentence(&body, &state, phrases);
    texts.bodies[i] = body.bytes;
  }
  return texts;
}

/* ---- appeals a second ---- */
static double grouping_rate(const struct texts *texts) {
  struct grouping *grouping = grouping_new(NULL);
  struct grouping_answer answer;
  double began = bench_processor(0);
  for (size_t i = 0; i < texts->count; i++)
    grouping_add(grouping,
                 &(struct grouping_appeal){.id = (int64_t)i + 1,
                                           .title = texts->titles[i],
                                           .text = texts->bodies[i],
                                           .moment = GROUPING_NO_MOMENT},
                 &answer);
  double seconds = bench_processor(0) - began;
  grouping_free(grouping);
  return (double)texts->count / seconds;
}

static double token_rate(const struct texts *texts) {
  struct arena *arena = arena_new();
  size_t tokens = 0;
  double began = bench_processor(0);
  for (size_t i = 0; i < texts->count; i++) {
    tokens += tokens_of(arena, texts->titles[i]).count + tokens_of(arena, texts->bodies[i]).count;
    arena_reset(arena);
  }
  double seconds = bench_processor(0) - began;
  arena_free(arena);
  return tokens ? (double)texts->count / seconds : NAN;
}

static bool rate(struct bench *bench, size_t count, size_t phrases, struct bench_result *result) {
  double figures[99], raws[99];
  struct texts texts = texts_make(bench->arena, bench->count ? (size_t)bench->count : count, phrases);
  bench_say(bench, "%zu 条,第一条标题 %zu 字、正文 %zu 字", "%zu appeals; the first has a title of %zu characters and a text of %zu",
            texts.count, text_length(texts.titles[0]), texts.bodies[0] ? text_length(texts.bodies[0]) : 0);
  for (int run = 0; run < bench->runs; run++) {
    figures[run] = grouping_rate(&texts);
    raws[run] = token_rate(&texts);
  }
  *result = bench_result_of(figures, raws, bench->runs, false);
  return true;
}

bool bench_group_short(struct bench *bench, struct bench_result *result) { return rate(bench, SHORT_COUNT, 0, result); }
bool bench_group_long(struct bench *bench, struct bench_result *result) { return rate(bench, LONG_COUNT, LONG_PHRASES, result); }

/* ---- more and more live groups ---- */
static double resident(void) {
  FILE *file = fopen("/proc/self/statm", "r");
  long pages = 0, kept = 0;
  if (file && fscanf(file, "%ld %ld", &pages, &kept) != 2) kept = 0;
  if (file) fclose(file);
  return (double)kept * (double)sysconf(_SC_PAGESIZE);
}

struct fit { double sum_x, sum_y, sum_xx, sum_xy; int count; };

static void fit_point(struct fit *line, double x, double y) {
  line->sum_x += x;
  line->sum_y += y;
  line->sum_xx += x * x;
  line->sum_xy += x * y;
  line->count++;
}

static void add_fresh(struct grouping *grouping, struct arena *arena, uint64_t *next, uint64_t *state) {
  struct grouping_answer answer;
  struct buffer title = {.arena = arena};
  place_write(&title, ++*next);
  bench_sentence(&title, state, 2);
  grouping_add(grouping, &(struct grouping_appeal){.id = (int64_t)*next, .title = title.bytes, .moment = GROUPING_NO_MOMENT}, &answer);
  arena_reset(arena);
}

bool bench_group_live(struct bench *bench, struct bench_result *result) {
  static const double steps[] = {0.01, 0.03, 0.1, 0.3, 1};
  uint32_t most = (uint32_t)(bench->count ? bench->count : LIVE);
  struct grouping_settings settings = GROUPING_DEFAULTS;
  settings.most_live = most + most / 4;
  struct grouping *grouping = grouping_new(&settings);
  struct arena *arena = arena_new();
  struct fit line = {0};
  uint64_t next = 0, state = 11;
  double before = resident();
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
    uint32_t goal = (uint32_t)(steps[i] * most);
    while (grouping_count_live(grouping) < goal && next < (uint64_t)most * 4) add_fresh(grouping, arena, &next, &state);
    double began = bench_processor(0);
    for (int j = 0; j < WINDOW; j++) add_fresh(grouping, arena, &next, &state);
    double microseconds = (bench_processor(0) - began) * 1e6 / WINDOW;
    bench_say(bench, "%u 个活跃的组:每条 %.1f 微秒", "%u live groups: %.1f microseconds an appeal", grouping_count_live(grouping), microseconds);
    fit_point(&line, log(grouping_count_live(grouping)), log(microseconds));
  }
  struct grouping_figures figures = grouping_count(grouping);
  bench_say(bench, "%u 个活跃的组、%u 类、%u 个词:常驻内存多了 %.2f GB",
            "%u live groups, %u classes, %u terms: %.2f GB of resident memory more", figures.live, figures.classes, figures.terms,
            (resident() - before) / 1e9);
  *result = (struct bench_result){.figure = (line.count * line.sum_xy - line.sum_x * line.sum_y) /
                                            (line.count * line.sum_xx - line.sum_x * line.sum_x),
                                  .raw = NAN,
                                  .ratio = NAN};
  grouping_free(grouping);
  arena_free(arena);
  return true;
}
