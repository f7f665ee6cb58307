/* bihuan bench NAME: what our path reaches of its raw limit, both measured in the same run, by turns. The table below says what is
   compared; every measurement has a file of its own. No time is judged by a test: goals are only told. */
#include "command/bench.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/log.h"
#include "command/files.h"

static const struct bench_row ROWS[] = {
  {"creates", "/s", {"经 HTTP 登记问题(签到会话、CSRF、幂等键),64 个连接,落盘后才应答;统计、检索照常跟随", "problems created over HTTP (session, CSRF token, idempotency key), 64 connections, answered when durable; tallies and search follow as always"},
   {"一个 C 循环把同样的行、索引、日志、承诺值和幂等键每 64 组一个事务写进同样的库", "a C loop writing the same rows, indexes, journal, commitments and idempotency keys, 64 sets a transaction, into an equal store"}, 0.50, 0, bench_creates},
  {"read", "/s", {"经 HTTP 读一条记录(?fields=record),64 个连接", "one record read over HTTP (?fields=record), 64 connections"},
   {"同一个 HTTP 库的空应答,64 个连接", "an empty answer of the same HTTP library, 64 connections"}, 0.40, 0, bench_read},
  {"lists", "ms", {"一百万个问题,首页 50 条:12 种条件与排序 × 4 种可见范围中最慢一种的 p99", "a million problems, first page of 50: the p99 of the slowest of 12 filters and sorts in 4 scopes"},
   {"手写 SQL 取同样的页,同样取最慢一种的 p99", "the same pages by hand-written SQL, its slowest p99"}, 0, 5, bench_lists},
  {"import", "/s", {"导入诉求:整份检查,再经唯一入口写入", "appeals imported: the file checked whole, then written through the door"},
   {"一个 C 循环把同样的行写进同样的表,一个事务", "a C loop writing the same rows into the same tables, one transaction"}, 0.50, 0, bench_import},
  {"excel-out", "s", {"审计表式 52 列 × 1 万行出表", "the audit form, 52 columns x 10,000 rows, written"},
   {"libxlsxwriter 的裸循环写同样多的单元格", "a bare loop of libxlsxwriter writing as many cells"}, 0, 3, bench_excel_out},
  {"excel-in", "s", {"同一个文件再读入:读、查、与库里逐条比较", "the same file in again: read, checked, set beside what stands"},
   {"只解压并让 XML 解析器过一遍", "unzipping and a bare pass of the XML parser"}, 0, 5, bench_excel_in},
  {"terms", "/s", {"检索跟随者:从日志到 search.db", "the search follower: from the journal to search.db"},
   {"一个 C 循环把切好的同样的词写进 FTS5", "a C loop writing the same words, cut already, into FTS5"}, 0.60, 0, bench_terms},
  {"search", "ms", {"一百万条约 400 字的诉求,全库查找、最新在前的 p99(经 HTTP,预热后)", "search over all records at a million appeals of about 400 characters, newest first: p99 over HTTP, warm"},
   {"同样的问题,裸的 FTS5 查询取 20 条", "the same questions, bare FTS5 queries of 20 ids"}, 0, 20, bench_search},
  {"train", "s", {"一百万条约 400 字的诉求,由最新的学承办单位(处理器时间)", "learning handling units from the newest of a million appeals of about 400 characters (processor time)"},
   {"其中 liblinear 自己的时间", "of it, the time within liblinear itself"}, 0, 0, bench_train},
  {"group-short", "/s", {"并单、归类:短诉求(处理器时间,一个核)", "grouping short appeals (processor time, one core)"},
   {"只把同样的文本切成词", "cutting the same texts into tokens, no more"}, 0, 0, bench_group_short},
  {"group-long", "/s", {"并单、归类:400 字的诉求", "grouping appeals of 400 characters"},
   {"只把同样的文本切成词", "cutting the same texts into tokens, no more"}, 0, 0, bench_group_long},
  {"group-live", "", {"活跃的组从一万到一百万时,每条代价的双对数斜率", "log-log slope of the cost of an appeal against live groups, from ten thousand to a million"},
   {"(没有)", "(none)"}, 0, 0.5, bench_group_live},
  {"overview", "ms", {"一百万个问题时总览的服务端时间(预热后)", "server time of the overview at a million problems, warm"},
   {"同一服务器空应答(/healthz)的服务端时间", "server time of an empty answer (/healthz) of the same server"}, 0, 2, bench_overview},
  {"rounds", "ms", {"比较两轮、各十万个问题:读出两张冻结表,逐条比较,按单位和类别汇总", "two rounds of 100,000 problems compared: both frozen tables read, every problem compared, summed by unit and category"},
   {"一个 C 循环把内存里同样的两列数按编号归并、比较", "a C loop merging the same two lists in memory by id and comparing them"}, 0, 1000, bench_rounds},
  {"definitions", "ms", {"十万个问题、246 个单位的整张口径表的服务端时间(预热后)", "server time of the whole table of definitions for 246 units over 100,000 problems, warm"},
   {"一个裸循环走过同样的数组,只按单位和状态计数", "a bare loop over the same array that only counts by unit and state"}, 0, 200, bench_definitions},
  {"rates", "ms", {"一百万条诉求、按单位的三率表的服务端时间(预热后)", "server time of the three rates by unit over a million appeals, warm"},
   {"一个裸循环走过同样的数组,只按单位和回访情况计数", "a bare loop over the same array that only counts by unit and what the call-back said"}, 0, 200, bench_rates},
  {"policy", "ms", {"口径变更预览:十万个问题按现行口径和草案各判一次,按单位和颜色汇总(服务端时间)", "preview of a policy: 100,000 problems judged under the present policy and the draft, summed by unit and colour (server time)"},
   {"SQLite 只把同样的行读一遍", "SQLite reading the same rows, no more"}, 0, 0, bench_policy},
  {"draw", "s", {"一百万个问题,按单位、颜色、入库时长分层抽取 500 件:读、排、抽(在请求的线程上)", "500 drawn from a million problems, stratified by unit, colour and age: reading, sorting, choosing (on the thread that asks)"},
   {"一个裸循环读要用的五列,同样求散列、排序", "a bare loop reading the five columns that count, the same hashes, the same sort"}, 0, 0, bench_draw},
  {"night", "s", {"一百万个问题,其中两万个当夜变色:时钟跑一遍", "a million problems of which 20,000 change colour: one run of the clock"},
   {"一个 C 循环把同样的行和日志写进同样的库,同样每 500 个一个事务", "a C loop writing the same rows and entries into an equal store, 500 a transaction as well"}, 0, 5, bench_night},
  {"complaints", "s", {"一天一次的群众反映统计:十万个问题、一百万条关联诉求,每个单位都有多人反映的问题", "the daily count of complaints: 100,000 problems, a million linked appeals, in every unit a problem that many people complain of"},
   {"SQLite 只把同样的诉求行走一遍", "SQLite walking the same rows of appeals, no more"}, 0, 0, bench_complaints},
  {"memory-demo", "MB", {"演示城市的服务进程静置时不在文件里的内存(静置、读过一轮再静置,取大)", "anonymous memory of a server with the demo city at rest (before and after a round of reads, the larger)"},
   {"同一服务进程,空库", "the same server over an empty store"}, 0, 60, bench_memory_demo},
  {"memory-million", "MB", {"一百万个问题的服务进程静置时不在文件里的内存(同上)", "the same at a million problems"},
   {"同一服务进程,空库", "the same server over an empty store"}, 0, 300, bench_memory_million},
  {"start", "s", {"一百万个问题、日志文件未合并时 kill -9,再启动到 /readyz 应答 200", "kill -9 at a million problems with the log not merged, then from start to /readyz answering 200"},
   {"SQLite 打开同样的文件、恢复日志、扫一遍清单索引", "SQLite opening the same files, recovering the log, scanning the list index once"}, 0, 1, bench_start},
};
enum { ROW_COUNT = sizeof ROWS / sizeof *ROWS };

/* ---- small tools ---- */
double bench_clock(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

double bench_processor(pid_t process) {
  clockid_t clock;
  struct timespec spent = {0};
  if (clock_getcpuclockid(process, &clock) == 0) clock_gettime(clock, &spent);
  return (double)spent.tv_sec + (double)spent.tv_nsec / 1e9;
}

int bench_by_size(const void *one, const void *other) {
  double a = *(const double *)one, b = *(const double *)other;
  return (a > b) - (a < b);
}

double bench_part(const double *sorted, size_t count, double part) {
  size_t at = (size_t)ceil(part * (double)count);
  return count ? sorted[at ? at - 1 : 0] : NAN;
}

static double bench_median(double *values, size_t count) {
  qsort(values, count, sizeof *values, bench_by_size);
  return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

struct bench_result bench_result_of(double *figures, double *raws, int runs, bool less_is_better) {
  double ratios[99];
  for (int i = 0; i < runs; i++) ratios[i] = less_is_better ? raws[i] / figures[i] : figures[i] / raws[i];
  return (struct bench_result){.ratio = bench_median(ratios, (size_t)runs),
                               .figure = bench_median(figures, (size_t)runs),
                               .raw = bench_median(raws, (size_t)runs)};
}

void bench_say(struct bench *bench, const char *zh, const char *en, ...) {
  va_list arguments;
  va_start(arguments, en);
  const char *text = arena_vprint(bench->arena, bench->call->language == LANGUAGE_ZH ? zh : en, arguments);
  va_end(arguments);
  fprintf(bench->call->out, "  %s\n", text);
  fflush(bench->call->out);
}

void bench_fail(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fputs("bihuan: bench: ", stderr);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  va_end(arguments);
}

/* ---- telling ---- */
static const char *number(struct arena *arena, double value) {
  return value != value ? "–"
         : value >= 100 ? arena_print(arena, "%.0f", value)
         : value >= 1   ? arena_print(arena, "%.2f", value)
                        : arena_print(arena, "%.4f", value);
}

static void tell(struct bench *bench, const struct bench_row *row, const struct bench_result *result) {
  struct call *call = bench->call;
  fprintf(call->out, "%s\n", row->name);
  fprintf(call->out, "  %12s %-3s %s\n", number(bench->arena, result->figure), row->unit, call_say(call, row->figure));
  fprintf(call->out, "  %12s %-3s %s\n", number(bench->arena, result->raw), row->unit, call_say(call, row->raw));
  if (result->ratio == result->ratio) call_print(call, "  达到原始极限的 %.2f", "  share of the raw limit: %.2f", result->ratio);
  if (row->least_ratio > 0) call_print(call, "  目标:至少 %.2f", "  goal: at least %.2f", row->least_ratio);
  if (row->most > 0) call_print(call, "  目标:少于 %g %s", "  goal: less than %g %s", row->most, row->unit);
  fflush(call->out);
}

static void json_number(struct json *json, struct arena *arena, const char *key, double value) {
  json_key(json, key);
  if (value == value) json_raw(json, arena_print(arena, "%.6g", value));
  else json_null(json);
}

static void result_json(struct bench *bench, struct json *json, const struct bench_row *row, const struct bench_result *result) {
  json_pair(json, "name", row->name);
  json_number(json, bench->arena, "figure", result->figure);
  json_number(json, bench->arena, "raw", result->raw);
  json_number(json, bench->arena, "ratio", result->ratio);
  json_pair(json, "unit", row->unit);
  json_pair_integer(json, "runs", bench->runs);
  json_pair(json, "store", bench->call->db ? "postgresql" : "sqlite");
  if (row->least_ratio > 0) json_number(json, bench->arena, "goal_ratio", row->least_ratio);
  if (row->most > 0) json_number(json, bench->arena, "goal_most", row->most);
}

static void tell_json(struct bench *bench, const struct bench_row *const *rows, const struct bench_result *results, size_t count,
                      bool all) {
  struct call_json out;
  struct json *json = call_json_open(bench->call, &out);
  if (all) { json_pair(json, "name", "all"); json_key(json, "results"); json_open(json, '['); }
  for (size_t i = 0; i < count; i++) {
    if (all) json_open(json, '{');
    result_json(bench, json, rows[i], &results[i]);
    if (all) json_close(json, '}');
  }
  if (all) json_close(json, ']');
  call_json_close(bench->call, &out);
}

/* ---- the command ---- */
static int read_integer(struct call *call, const char *name, int64_t least, int64_t most, int64_t *value) {
  const char *text = call_option(call, name);
  if (!text || (text_to_integer(text, value) && *value >= least && *value <= most)) return EXIT_DONE;
  return call_usage(call, label_print(call->arena, "--%s 应为 %lld 至 %lld 的整数。", "--%s is a whole number from %lld to %lld.", name,
                                      (long long)least, (long long)most));
}

/* Beside the data folder, or where TMPDIR says: a disk like the one that will serve. */
static const char *make_folder(struct call *call) {
  const char *temporary = getenv("TMPDIR"), *slash = strrchr(call->data, '/');
  const char *above = temporary && *temporary       ? temporary
                      : slash && slash > call->data ? arena_copy(call->arena, call->data, (size_t)(slash - call->data))
                                                    : "/";
  char *folder = arena_print(call->arena, "%s/bihuan-bench-XXXXXX", above);
  return mkdtemp(folder);
}

static int read_bench(struct call *call, struct bench *bench, const char **name) {
  const char *keep = call_option(call, "keep"), *file = call_option(call, "file");
  int64_t runs = BENCH_RUNS;
  int status = read_integer(call, "count", 1, 10000000, &bench->count);
  if (!status) status = read_integer(call, "runs", 1, 99, &runs);
  if (status) return status;
  if (!call_words(call, 1, 1)) return EXIT_USE;
  *name = call->argv[0];
  bench->runs = (int)runs;
  bench->file = file ? call_path(call, file) : NULL;
  bench->million = keep ? call_path(call, keep) : NULL;
  return EXIT_DONE;
}

static int run_rows(struct bench *bench, const char *name) {
  const struct bench_row *rows[ROW_COUNT];
  struct bench_result results[ROW_COUNT];
  size_t count = 0;
  bool all = strcmp(name, "all") == 0, good = true;
  for (size_t i = 0; i < ROW_COUNT && good; i++) {
    size_t length = strlen(name); /* "excel" is both of its parts */
    if (!all && strcmp(name, ROWS[i].name) != 0 && !(strncmp(ROWS[i].name, name, length) == 0 && ROWS[i].name[length] == '-')) continue;
    if (bench->call->db && ROWS[i].run != bench_creates) {
      if (!all) return call_fail(bench->call, EXIT_USE, (struct label){"--db 只用于 creates。", "--db is for creates only."});
      continue;
    }
    results[count] = (struct bench_result){NAN, NAN, NAN};
    good = ROWS[i].run(bench, &results[count]);
    if (good) tell(bench, &ROWS[i], &results[count]);
    rows[count++] = &ROWS[i];
  }
  if (!good) return call_fail(bench->call, EXIT_WRONG, (struct label){"没有量成,原因见上。", "it could not be measured; see above."});
  if (count == 0) return call_usage(bench->call, label_print(bench->arena, "没有“%s”这一项。", "there is no measurement \"%s\".", name));
  if (bench->call->json) tell_json(bench, rows, results, count, all);
  return EXIT_DONE;
}

int command_bench(struct call *call) {
  struct bench bench = {.call = call, .arena = call->arena};
  const char *name = NULL;
  int status = read_bench(call, &bench, &name);
  if (status) return status;
  bench.folder = make_folder(call);
  if (!bench.folder)
    return call_fail(call, EXIT_STORE,
                     label_print(call->arena, "不能建立临时文件夹:%s。", "cannot make a temporary folder: %s.", strerror(errno)));
  if (!bench.million) bench.million = arena_print(call->arena, "%s/million", bench.folder);
  log_threshold(LOG_WARNING);
  status = run_rows(&bench, name);
  remove_tree(call->arena, bench.folder);
  return status;
}
