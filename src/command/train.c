/* bihuan train: learns categories and handling units of appeals from what people decided; or, without a store, says by cross-validation how
   good the very same code is on a table of labelled texts. */
#include "command/program.h"

#include <string.h>

#include "base/room.h"
#include "exchange/csv.h"
#include "follow/suggest.h"

enum { FOLDS = 5, COLUMNS_NONE = -1 };

/* ---- a table of labelled texts ---- */

struct table_read {
  struct call *call; const char *path;
  const char *title, *text, *label; /* headers; title may be NULL */
  int title_at, text_at, label_at;
  struct classifier_example *examples; size_t count, room;
};

static int column_of(const struct csv *csv, const char *header) {
  for (size_t i = 0; header && i < csv->count; i++)
    if (strcmp(csv->cells[i].text, header) == 0) return (int)i;
  return COLUMNS_NONE;
}

static int header_read(struct table_read *read, const struct csv *csv) {
  struct call *call = read->call;
  const char *wanted[] = {read->title, read->text, read->label};
  int *at[] = {&read->title_at, &read->text_at, &read->label_at};
  for (size_t i = 0; i < 3; i++) {
    *at[i] = column_of(csv, wanted[i]);
    if (wanted[i] && *at[i] == COLUMNS_NONE)
      return call_fail(call, EXIT_USE,
                       label_print(call->arena, "文件“%s”没有叫“%s”的列。", "the file \"%s\" has no column \"%s\".", read->path,
                                   wanted[i]));
  }
  return EXIT_DONE;
}

static const char *cell_of(struct table_read *read, const struct csv *csv, int at) {
  return at >= 0 && (size_t)at < csv->count ? arena_text(read->call->arena, csv->cells[at].text) : NULL;
}

static void example_take(struct table_read *read, const struct csv *csv) {
  ARENA_ROOM(read->call->arena, read->examples, read->count, read->room, 1024);
  const char *label = cell_of(read, csv, read->label_at);
  read->examples[read->count++] = (struct classifier_example){cell_of(read, csv, read->title_at), cell_of(read, csv, read->text_at),
                                                              label ? text_clean(read->call->arena, label, false) : NULL};
}

static int table_take(struct table_read *read) {
  struct call *call = read->call;
  size_t size = 0, decoded = 0, bad = 0;
  char *bytes = call_read_file(call, read->path, &size);
  char *utf8 = bytes ? text_decode(call->arena, bytes, size, &decoded, NULL, &bad) : NULL;
  if (!bytes) return EXIT_USE;
  if (!utf8)
    return call_fail(call, EXIT_WRONG,
                     label_print(call->arena, "文件“%s”既不是 UTF-8 也不是 GB18030(第 %zu 字节)。",
                                 "the file \"%s\" is neither UTF-8 nor GB18030 (byte %zu).", read->path, bad));
  struct csv csv = csv_open(utf8, decoded);
  enum csv_status status = csv_next(&csv);
  int exit = status == CSV_RECORD ? header_read(read, &csv) : EXIT_DONE;
  while (exit == EXIT_DONE && status == CSV_RECORD && (status = csv_next(&csv)) == CSV_RECORD) example_take(read, &csv);
  if (exit == EXIT_DONE && status == CSV_BAD)
    exit = call_fail(call, EXIT_WRONG,
                     label_print(call->arena, "文件“%s”第 %lld 行:%s", "the file \"%s\", line %lld: %s", read->path, (long long)csv.line,
                                 call_say(call, csv_problem_label(csv.problem))));
  csv_close(&csv);
  return exit;
}

/* ---- what came of it ---- */

static void share_pair(struct call *call, struct json *json, const char *key, double value) {
  json_key(json, key);
  json_raw(json, arena_print(call->arena, "%.4f", value));
}

static void figures_json(struct call *call, const struct classifier_figures *figures) {
  struct call_json out;
  struct json *json = call_json_open(call, &out);
  json_pair_integer(json, "examples", (int64_t)figures->examples);
  json_pair_integer(json, "groups", (int64_t)figures->groups);
  json_pair_integer(json, "folds", (int64_t)figures->folds);
  share_pair(call, json, "macro_f1", figures->macro_f1);
  share_pair(call, json, "accuracy", figures->accuracy);
  share_pair(call, json, "miscalibration", figures->miscalibration);
  json_key(json, "classes");
  json_open(json, '[');
  for (size_t i = 0; i < figures->class_count; i++) {
    const struct classifier_class_figure *class = &figures->classes[i];
    json_open(json, '{');
    json_pair(json, "label", class->label);
    json_pair_integer(json, "examples", (int64_t)class->examples);
    share_pair(call, json, "precision", class->precision);
    share_pair(call, json, "recall", class->recall);
    share_pair(call, json, "f1", class->f1);
    json_close(json, '}');
  }
  json_close(json, ']');
  json_key(json, "bounds");
  json_open(json, '[');
  for (size_t i = 0; i < sizeof figures->bounds / sizeof *figures->bounds; i++) {
    json_open(json, '{');
    share_pair(call, json, "certainty", figures->bounds[i].least);
    json_pair_integer(json, "said", (int64_t)figures->bounds[i].said);
    json_pair_integer(json, "right", (int64_t)figures->bounds[i].right);
    json_close(json, '}');
  }
  json_close(json, ']');
  call_json_close(call, &out);
}

static void figures_tell(struct call *call, const struct classifier_figures *figures) {
  call_print(call, "%zu 条,%zu 组(相同或近似的文本为一组,不跨折),%zu 折",
             "%zu examples in %zu groups (equal and near-equal texts, never divided), %zu folds", figures->examples, figures->groups,
             figures->folds);
  for (size_t i = 0; i < figures->class_count; i++) {
    const struct classifier_class_figure *class = &figures->classes[i];
    call_print(call, "%s:%zu 条,查准 %.3f,查全 %.3f,F1 %.3f", "%s: %zu examples, precision %.3f, recall %.3f, F1 %.3f", class->label,
               class->examples, class->precision, class->recall, class->f1);
  }
  for (size_t i = 0; i < sizeof figures->bounds / sizeof *figures->bounds; i++)
    call_print(call, "把握不低于 %.0f%% 的 %zu 条,对 %zu 条", "certain to %.0f%% or more: %zu, right %zu", figures->bounds[i].least * 100,
               figures->bounds[i].said, figures->bounds[i].right);
  call_print(call, "宏平均 F1 %.4f,准确率 %.4f,把握的偏差 %.4f", "macro F1 %.4f, accuracy %.4f, miscalibration %.4f", figures->macro_f1,
             figures->accuracy, figures->miscalibration);
}

static int cross_validate(struct call *call, const char *path) {
  struct table_read read = {.call = call,
                            .path = path,
                            .title = call_option(call, "title"),
                            .text = call_option(call, "text"),
                            .label = call_option(call, "label")};
  struct classifier_figures figures;
  struct label wrong = {NULL, NULL};
  if (!call_words(call, 0, 0)) return EXIT_USE;
  if (!read.text || !read.label)
    return call_usage(call, (struct label){"要写明 --text 和 --label 是哪一列。", "--text and --label name the columns."});
  int exit = table_take(&read);
  if (exit) return exit;
  if (!classifier_validate(read.examples, read.count, FOLDS, call->arena, &figures, &wrong)) return call_fail(call, EXIT_WRONG, wrong);
  if (call->json) figures_json(call, &figures);
  else figures_tell(call, &figures);
  return EXIT_DONE;
}

/* ---- from the store ---- */

static void learnt_json(struct call *call, struct json *json, const char *key, const struct suggest_about *about) {
  json_key(json, key);
  json_open(json, '{');
  json_pair_yes_no(json, "learnt", about->state == SUGGEST_READY);
  json_pair_integer(json, "examples", about->examples);
  json_pair_integer(json, "classes", about->classes);
  if (about->state == SUGGEST_READY) {
    json_pair_integer(json, "learnt_from", about->learnt_from);
    json_pair(json, "training", arena_print(call->arena, "%08x", about->training));
    json_pair(json, "learnt_at", moment_print(call->arena, about->learnt_at));
    json_pair_integer(json, "learnt_to", about->journal);
    json_pair_integer(json, "macro_f1", about->macro_f1);
  }
  json_pair_yes_no(json, "refused", about->refused.at != 0);
  if (about->refused.at) {
    json_pair_integer(json, "refused_macro_f1", about->refused.macro_f1);
    json_pair_integer(json, "before_macro_f1", about->refused.before);
  }
  json_close(json, '}');
}

static void learnt_tell(struct call *call, struct label what, const struct suggest_about *about) {
  const char *name = call_say(call, what);
  const struct suggest_refused *refused = &about->refused;
  if (refused->at)
    call_print(call, "%s:新学的更差(同样的折上宏平均 F1 %.3f,原来的 %.3f),没有替换;--replace 可强制替换", "%s: the new training is worse (macro F1 %.3f on the same folds, the one that stands %.3f) and did not replace it; --replace does", name,
               (double)refused->macro_f1 / 10000, (double)refused->before / 10000);
  if (about->state == SUGGEST_READY)
    call_print(
        call, "%s:由 %lld 条学得(人定过的最新 %lld 条;类多时各类等份,不足 5 条的不成类),%lld 类,留出的折上宏平均 F1 %.3f(训练 %08x)",
        "%s: learnt from %lld of the newest %lld appeals that people decided, %lld classes (of many each has an equal share, with fewer than 5 none), macro F1 %.3f on folds held out (training %08x)",
        name, (long long)about->learnt_from, (long long)about->examples, (long long)about->classes, (double)about->macro_f1 / 10000,
        about->training);
  else
    call_print(call, "%s:人定过的只有 %lld 条,还不够(至少两类,每类 5 条)",
               "%s: people decided only %lld appeals, too few (at least two classes with 5 each)", name, (long long)about->examples);
}

static int learn(struct call *call) {
  struct suggest_about about[SUGGEST_COUNT] = {0};
  enum suggest_replacing replacing = call_flag(call, "replace") ? SUGGEST_ANYWAY : SUGGEST_IF_NOT_WORSE;
  if (!call_words(call, 0, 0)) return EXIT_USE;
  enum store_error error = suggest_learn(call->house, replacing, about);
  if (error) return call_store_fail(call, error);
  if (call->json) {
    struct call_json out;
    struct json *json = call_json_open(call, &out);
    learnt_json(call, json, "category", &about[SUGGEST_CATEGORY]);
    learnt_json(call, json, "unit", &about[SUGGEST_UNIT]);
    call_json_close(call, &out);
  } else {
    learnt_tell(call, (struct label){"诉求分类", "category"}, &about[SUGGEST_CATEGORY]);
    learnt_tell(call, (struct label){"承办单位", "handling unit"}, &about[SUGGEST_UNIT]);
  }
  return EXIT_DONE;
}

int command_train(struct call *call) {
  const char *path = call_option(call, "cross-validate");
  return path ? cross_validate(call, path) : call_with_store(call, 0, learn);
}
