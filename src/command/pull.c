/* bihuan pull: appeals from any GeoReport v2 server. Cut off, it goes on where it stood; run again, it changes only what changed there. */
#include "command/program.h"

#include <string.h>
#include <time.h>

#include "exchange/pull.h"

enum { PAGE_USUAL = 100, PAGE_MOST_ASKED = 1000, GAP_USUAL = 1000 /* milliseconds */, LOOK_BACK_USUAL = 30 /* days */, OPEN_USUAL = 10000, TRIES = 6 };

/* A server that is to stop waits for the commands it carries out: they look up in between. */
static bool stops(void *with) { return house_leaving(((struct call *)with)->house); }

static void wait_some(void *with, int64_t microseconds) {
  while (microseconds > 0 && !stops(with)) {
    int64_t part = microseconds < 200000 ? microseconds : 200000;
    nanosleep(&(struct timespec){.tv_nsec = part * 1000}, NULL);
    microseconds -= part;
  }
}

static int number_option(struct call *call, const char *name, int64_t usual, int64_t least, int64_t most, int64_t *number) {
  const char *text = call_option(call, name);
  *number = usual;
  if (!text || (text_to_integer(text, number) && *number >= least && *number <= most)) return EXIT_DONE;
  return call_usage(call,
                    label_print(call->arena, "--%s 应为 %lld 至 %lld。", "--%s is %lld to %lld.", name, (long long)least, (long long)most));
}

static int key_read(struct call *call, struct pull_options *options) {
  const char *path = call_option(call, "api-key-file");
  size_t size = 0;
  char *bytes = path ? call_read_file(call, path, &size) : NULL;
  if (path && !bytes) return EXIT_USE;
  if (bytes) options->api_key = text_clean(call->arena, arena_copy(call->arena, bytes, size), false);
  return EXIT_DONE;
}

static int options_read(struct call *call, struct pull_options *options) {
  const char *since = call_option(call, "since");
  struct store_clock clock;
  int64_t page_size = 0, gap = 0, look_back = 0, open_most = 0;
  options->mapping = call_option(call, "mapping");
  options->jurisdiction = call_option(call, "jurisdiction");
  int status = number_option(call, "page-size", PAGE_USUAL, 1, PAGE_MOST_ASKED, &page_size);
  if (!status) status = number_option(call, "gap", GAP_USUAL, 0, 600000, &gap);
  if (!status) status = number_option(call, "look-back", LOOK_BACK_USUAL, 0, 3650, &look_back);
  if (!status) status = number_option(call, "open", OPEN_USUAL, 0, 1000000, &open_most);
  if (!status) status = key_read(call, options);
  if (status) return status;
  if (!call_words(call, 1, 1)) return EXIT_USE;
  options->url = call->argv[0];
  bool web = strncasecmp(options->url, "http://", 7) == 0 || strncasecmp(options->url, "https://", 8) == 0;
  if (!web || strpbrk(options->url, "?# \t\n"))
    return call_usage(call, label_print(call->arena, "地址应为 http(s)://…/v2,不带参数,不是“%s”。",
                                        "the address is http(s)://…/v2 without arguments, not \"%s\".", options->url));
  if (!options->mapping || !*options->mapping || text_length(options->mapping) > 40 || strchr(options->mapping, ':'))
    return call_usage(call, (struct label){"少了 --mapping 名称(来源名,最多 40 个字,不含冒号)。",
                                           "--mapping NAME is missing (the source's name, at most 40 characters, no colon)."});
  enum store_error error = store_clock_read(call->house->store, &clock);
  if (error) return call_store_fail(call, error);
  options->since = NOTHING;
  options->until = store_clock_now(&clock);
  if (since && !moment_parse(since, &options->since))
    return call_usage(call,
                      label_print(call->arena, "--since 应为日期或时间,不是“%s”。", "--since is a date or a moment, not \"%s\".", since));
  if (options->since != NOTHING && options->since >= options->until)
    return call_usage(call, (struct label){"--since 在将来。", "--since lies in the future."});
  options->page_size = (size_t)page_size;
  options->gap = gap * 1000;
  options->open_most = (size_t)open_most;
  options->look_back = look_back * MOMENT_DAY;
  options->tries = TRIES;
  options->base_line = clock.base_line;
  options->contact_key = call->house->contact_key;
  return EXIT_DONE;
}

static void report_json(struct call *call, const struct pull_report *report) {
  struct call_json out;
  struct json *json = call_json_open(call, &out);
  json_pair_yes_no(json, "finished", report->finished);
  json_pair_yes_no(json, "incomplete", report->incomplete);
  json_pair_integer(json, "questions", report->questions);
  json_pair_integer(json, "requests", report->requests);
  json_pair_integer(json, "twice", report->twice);
  json_pair_integer(json, "without", report->without);
  json_pair_integer(json, "refused", report->refused);
  json_pair_integer(json, "open_asked", report->open_asked);
  json_pair_integer(json, "open_gone", report->open_gone);
  json_pair_yes_no(json, "open_left", report->open_left);
  for (int i = 0; i < IMPORT_CLASS_COUNT; i++) json_pair_integer(json, IMPORT_CLASS_NAMES[i], report->counts[i]);
  json_pair(json, "error", report->wrong.zh ? call_say(call, report->wrong) : NULL);
  json_pair(json, "done_to", report->done_to == NOTHING ? NULL : moment_print(call->arena, report->done_to));
  call_json_close(call, &out);
}

static void report_print(struct call *call, const struct pull_report *report) {
  call_print(
      call, "问了 %lld 次,来了 %lld 条:新增 %lld,更新 %lld,不变 %lld,冲突 %lld(两边都改过,没有动)。",
      "%lld questions, %lld requests: %lld created, %lld changed, %lld unchanged, %lld in conflict (edited on both sides, left alone).",
      (long long)report->questions, (long long)report->requests, (long long)report->counts[IMPORT_CREATED],
      (long long)report->counts[IMPORT_CHANGED], (long long)report->counts[IMPORT_UNCHANGED], (long long)report->counts[IMPORT_CONFLICT]);
  if (report->open_asked)
    call_print(call, "其中没办结的 %lld 条按编号又问了一遍,对方已没有的 %lld 条%s。",
               "%lld that are open were asked again by number, %lld of them are not there any more%s.", (long long)report->open_asked,
               (long long)report->open_gone,
               report->open_left ? call_say(call, (struct label){";余下的下次接着问", "; the rest is asked the next time"}) : "");
  if (report->without)
    call_print(call, "没有编号或没有时间,收不下的 %lld 条。", "%lld without a number or a date could not be kept.",
               (long long)report->without);
  if (report->refused) call_print(call, "有错没有收的 %lld 条:", "%lld were refused:", (long long)report->refused);
  if (report->incomplete)
    fprintf(call->err, "%s\n",
            call_say(call, (struct label){"对方一小时内的诉求也给不全,可能有漏。",
                                          "the server gives out no more of a single hour; some may be missing."}));
}

int command_pull(struct call *call) {
  struct pull_options options = {0};
  struct pull_report report;
  int status = options_read(call, &options);
  if (!status) status = call_needs_account(call);
  if (status) return status;
  const struct scope *scope = scope_for(call->arena, &call->authority, record_type(RECORD_APPEAL), MAY_CREATE);
  if (scope != &SCOPE_SYSTEM && !scope->grant_count)
    return call_fail(call, EXIT_WRONG, (struct label){"这个账号不能登记诉求。", "this account may not enter appeals."});
  struct context context = {.now = house_now(call->house),
                            .authority = &call->authority,
                            .happened = NOTHING,
                            .contact_key = call->house->contact_key};
  const struct pull_hands hands = {stops, wait_some, call};
  enum store_error error = pull(call->house->writer, call->house->store, &context, &options, &hands, call->arena, &report);
  if (error) return call_store_fail(call, error);
  for (size_t i = 0; i < report.error_count; i++) fprintf(call->err, "%s\n", call_say(call, report.errors[i].sentence));
  if (!report.finished) fprintf(call->err, "bihuan: %s\n", call_say(call, report.wrong));
  if (call->json) report_json(call, &report);
  else report_print(call, &report);
  return report.finished ? EXIT_DONE : EXIT_WRONG;
}
