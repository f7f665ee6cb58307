/* bihuan clock: shows the store's clock, runs what is due, moves the simulated days of a test store. */
#include "command/program.h"

#include <stdlib.h>
#include <string.h>

#include "follow/daily.h"
#include "follow/digest.h"

enum { DAYS_MOST = 4000 };

static void report_add(struct clock_report *all, const struct clock_report *one) {
  all->judged += one->judged;
  all->changed += one->changed;
  all->closed += one->closed;
  all->settled += one->settled;
  all->deadlines += one->deadlines;
  all->lifted += one->lifted;
  all->reminded += one->reminded;
  all->appeals += one->appeals;
}

static int report_print(struct call *call, const struct clock_report *report) {
  const char *now = moment_print(call->arena, house_now(call->house));
  if (call->json) {
    struct call_json out;
    struct json *json = call_json_open(call, &out);
    json_pair(json, "now", now);
    json_pair_integer(json, "judged", report->judged);
    json_pair_integer(json, "changed", report->changed);
    json_pair_integer(json, "closed", report->closed);
    json_pair_integer(json, "settled", report->settled);
    json_pair_integer(json, "deadlines", report->deadlines);
    json_pair_integer(json, "lifted", report->lifted);
    json_pair_integer(json, "reminded", report->reminded);
    json_pair_integer(json, "appeals", report->appeals);
    call_json_close(call, &out);
  } else
    call_print(
        call, "现在 %s:判定 %lld,变色 %lld,销号 %lld,转长效 %lld,重算期限 %lld,催报 %lld,诉求 %lld。",
        "now %s: %lld judged, %lld changed colour, %lld closed, %lld settled, %lld deadlines reckoned anew, %lld reminded, %lld appeals moved on.",
        now, (long long)report->judged, (long long)report->changed, (long long)report->closed, (long long)report->settled,
        (long long)report->deadlines, (long long)report->reminded, (long long)report->appeals);
  return EXIT_DONE;
}

static enum store_error run_now(struct call *call, struct clock_report *report) {
  struct clock_report one = {0};
  enum store_error error = clock_run(call->house->store, call->house->writer, house_now(call->house), &one);
  if (!error) report_add(report, &one);
  return error;
}

static int clock_show(struct call *call) {
  struct store_clock clock;
  enum store_error error = store_clock_read(call->house->store, &clock);
  if (error) return call_store_fail(call, error);
  const char *now = moment_print(call->arena, store_clock_now(&clock)),
             *base_line = clock.base_line == NOTHING ? NULL : date_print(call->arena, clock.base_line);
  if (call->json) {
    struct call_json out;
    struct json *json = call_json_open(call, &out);
    json_pair(json, "now", now);
    json_pair_yes_no(json, "test", clock.simulated);
    json_pair(json, "base_line", base_line);
    call_json_close(call, &out);
  } else {
    call_print(call, "现在:%s(%s)", "now: %s (%s)", now,
               clock.simulated ? call_say(call, (struct label){"测试库,模拟时钟", "a test store, simulated"})
                               : call_say(call, (struct label){"系统时钟", "the system's clock"}));
    call_print(call, "基准日:%s", "base-line day: %s", base_line ? base_line : call_say(call, (struct label){"没有", "none"}));
  }
  return EXIT_DONE;
}

static bool read_span(const char *text, int64_t *span) {
  char *end = NULL;
  long long count = strtoll(text, &end, 10);
  int64_t unit = *end == 'd' || *end == 0 ? MOMENT_DAY : *end == 'h' ? 3600 * MOMENT_SECOND : *end == 'm' ? 60 * MOMENT_SECOND : 0;
  bool read = end != text && unit && (*end == 0 || end[1] == 0) && count >= 0 && count <= 100000;
  if (read) *span = count * unit;
  return read && *span <= DAYS_MOST * MOMENT_DAY;
}

/* Day by day, as they would have come: what is closed on one day is settled the right number of days later. */
static int clock_advance(struct call *call, const char *text) {
  struct clock_report report = {0};
  int64_t span = 0;
  enum store_error error = STORE_OK;
  if (!read_span(text, &span))
    return call_usage(call, label_print(call->arena, "“%s”不是一段时间,例:10d、12h、30m(最多 4000 天)。",
                                        "\"%s\" is no span of time; e.g. 10d, 12h, 30m (4000 days at most).", text));
  while (span > 0 && !error) {
    int64_t step = span < MOMENT_DAY ? span : MOMENT_DAY;
    error = store_clock_advance(call->house->store, step);
    if (!error) error = run_now(call, &report);
    span -= step;
  }
  if (!error) error = daily_run(call->house, house_now(call->house)); /* once, for the day it ends on */
  if (!error) error = digest_run(call->house, house_now(call->house));
  if (error == STORE_REFUSED)
    return call_fail(call, EXIT_WRONG,
                     (struct label){"正式库的时钟不能拨动。只有演示库(bihuan demo)的可以。",
                                    "the clock of a real store cannot be moved; only that of a demo (bihuan demo)."});
  return error ? call_store_fail(call, error) : report_print(call, &report);
}

static int clock_base_line(struct call *call, const char *text) {
  int64_t date = 0;
  int status = call_needs_account(call);
  if (status) return status;
  if (!(call->authority.roles & ROLE(ROLE_OFFICE)))
    return call_fail(call, EXIT_WRONG, (struct label){"基准日由整改办定。", "the base-line day is set by the coordinating office."});
  if (!date_parse(text, &date))
    return call_usage(call,
                      label_print(call->arena, "日期“%s”读不懂,例:2026-11-23。", "the date \"%s\" makes no sense; e.g. 2026-11-23.", text));
  enum store_error error = store_base_line_set(call->house->store, date);
  struct audit audit = {.moment = house_now(call->house),
                        .actor = call->authority.user,
                        .what = "base_line",
                        .detail = arena_print(call->arena, "{\"date\":\"%s\"}", date_print(call->arena, date))};
  if (!error) error = audit_append(call->house->store, &audit);
  return error ? call_store_fail(call, error) : clock_show(call);
}

int command_clock(struct call *call) {
  if (!call_words(call, 1, 2)) return EXIT_USE;
  const char *what = call->argv[0];
  struct clock_report report = {0};
  if (strcmp(what, "show") == 0 && call->argc == 1) return clock_show(call);
  if (strcmp(what, "run") == 0 && call->argc == 1) {
    enum store_error error = run_now(call, &report);
    if (!error) error = daily_run(call->house, house_now(call->house));
    if (!error) error = digest_run(call->house, house_now(call->house));
    return error ? call_store_fail(call, error) : report_print(call, &report);
  }
  if (strcmp(what, "advance") == 0 && call->argc == 2) return clock_advance(call, call->argv[1]);
  if (strcmp(what, "base-line") == 0 && call->argc == 2) return clock_base_line(call, call->argv[1]);
  return call_usage(call, label_print(call->arena, "不认识“clock %s”。", "\"clock %s\" is unknown, or lacks its value.", what));
}
