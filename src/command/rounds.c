/* bihuan rounds: compares two rounds or moments, and makes lost lines of frozen tables again from the journal. */
#include "command/program.h"

#include <string.h>

#include "exchange/compare_xlsx.h"
#include "exchange/files.h"
#include "rules/demo_mark.h"
#include "rules/frozen.h"

/* ---- comparing ---- */

static void end_print(struct call *call, struct label which, const struct compare_end *end) {
  const char *name = end->round ? row_text(end->round, ROUND_NAME) : call_say(call, (struct label){"(时刻)", "(moment)"});
  const char *cutoff = end->cutoff == NOTHING ? "" : moment_print(call->arena, end->cutoff);
  call_print(call, "%s:%s,数据截止 %s,口径版本 %lld,日志号 %lld,其后销毁 %lld 条",
             "%s: %s, cut-off %s, definitions %lld, journal number %lld, %lld destroyed since", call_say(call, which), name, cutoff,
             (long long)end->definitions, (long long)end->journal, (long long)end->destroyed);
}

static void flow_print(struct call *call, const struct compare_flow *flow) {
  call_print(
      call, "期末在办 %lld = 期初在办 %lld + 新增 %lld + 重开 %lld + 移入 %lld − 销号 %lld − 撤销 %lld − 并入 %lld − 移出 %lld",
      "open after %lld = open before %lld + added %lld + re-opened %lld + moved in %lld - closed %lld - withdrawn %lld - merged %lld - moved out %lld",
      (long long)flow->closing, (long long)flow->opening, (long long)flow->added, (long long)flow->reopened, (long long)flow->moved_in,
      (long long)flow->closed, (long long)flow->withdrawn, (long long)flow->merged, (long long)flow->moved_out);
}

static void end_json(struct call *call, struct json *json, const char *key, const struct compare_end *end) {
  json_key(json, key);
  json_open(json, '{');
  if (end->round) json_pair_integer(json, "round", end->round->id);
  json_pair(json, "cutoff", end->cutoff == NOTHING ? NULL : moment_print(call->arena, end->cutoff));
  json_pair_integer(json, "journal_number", end->journal);
  json_pair_integer(json, "definitions", end->definitions);
  json_pair_integer(json, "destroyed", end->destroyed);
  json_close(json, '}');
}

static void print_json(struct call *call, const struct compare_end ends[2], const struct compared *whole, int64_t rows) {
  struct call_json out;
  struct json *json = call_json_open(call, &out);
  end_json(call, json, "from", &ends[0]);
  end_json(call, json, "to", &ends[1]);
  json_key(json, "groups");
  json_open(json, '[');
  for (int group = 0; group < COMPARE_GROUPS; group++) {
    json_open(json, '{');
    json_pair(json, "group", compare_group_name((enum compare_group)group));
    json_pair_integer(json, "count", whole->groups[group]);
    json_close(json, '}');
  }
  json_close(json, ']');
  json_pair_yes_no(json, "balances", compare_flow_balance(&whole->all) == 0);
  json_pair_integer(json, "rows", rows);
  call_json_close(call, &out);
}

static int slips_print(struct call *call, struct reader *reader, const struct compare_end *end) {
  struct row **slips;
  size_t count = 0;
  if (!scope_for(call->arena, &call->authority, record_type(RECORD_CORRECTION), MAY_READ)->grant_count) return EXIT_DONE;
  enum store_error error = compare_slips(reader, end->table, call->arena, &slips, &count);
  for (size_t i = 0; i < count && !error; i++)
    call_print(call, "  更正单 %lld:%s 原 %s,更正为 %s(%s)", "  slip %lld: %s was %s, is %s (%s)",
               (long long)row_integer(slips[i], CORRECTION_NUMBER), row_text(slips[i], CORRECTION_FIGURE),
               row_text(slips[i], CORRECTION_WAS) ? row_text(slips[i], CORRECTION_WAS) : "", row_text(slips[i], CORRECTION_IS),
               row_text(slips[i], CORRECTION_WHY));
  return error ? call_store_fail(call, error) : EXIT_DONE;
}

static int print_words(struct call *call, struct reader *reader, const struct compare_end ends[2], const struct compared *whole) {
  end_print(call, (struct label){"自", "from"}, &ends[0]);
  int status = slips_print(call, reader, &ends[0]);
  end_print(call, (struct label){"至", "to"}, &ends[1]);
  if (!status) status = slips_print(call, reader, &ends[1]);
  flow_print(call, &whole->all);
  for (int group = 0; group < COMPARE_GROUPS; group++)
    fprintf(call->out, "  %8lld  %s\n", (long long)whole->groups[group], call_say(call, compare_group_label((enum compare_group)group)));
  if (compare_flow_balance(&whole->all)) return call_fail(call, EXIT_WRONG, (struct label){"恒等式不平。", "the identity does not balance."});
  return status;
}

/* What leaves the house goes into the audit stream. */
static int csv_write_file(struct call *call, struct reader *reader, const struct compare_end ends[2], const struct compared *whole,
                          const char *path, int64_t *rows) {
  struct buffer out = {.arena = call->arena};
  struct compare_csv options = {.ends = ends,
                                .scope = scope_for(call->arena, &call->authority, record_type(RECORD_PROBLEM), MAY_EXPORT),
                                .authority = &call->authority,
                                .language = call->language};
  struct audit audit = {.moment = house_now(call->house), .actor = call->authority.user, .what = "export",
                        .detail = arena_print(call->arena, "{\"type\":\"round_comparison\",\"from\":%lld,\"to\":%lld}", (long long)ends[0].journal, (long long)ends[1].journal)};
  bool demo = false;
  enum store_error error = compare_csv(reader, &options, whole, &out, rows);
  if (!error) error = demo_mark(reader, &demo);
  if (!error) error = audit_append(call->house->store, &audit);
  if (error) return call_store_fail(call, error);
  size_t length = strlen(path);
  bool printed = length > 5 && strcmp(path + length - 5, ".xlsx") == 0;
  bool whole_file = printed ? compare_xlsx(&out, ends, call_path(call, path), call->authority.account, house_now(call->house), demo,
                                           call->language)
                            : file_write_whole(call_path(call, path), out.bytes, out.size) == STORE_OK;
  if (!whole_file) return call_fail(call, EXIT_WRONG, label_print(call->arena, "写不了文件“%s”。", "cannot write the file \"%s\".", path));
  return EXIT_DONE;
}

static int compare_with(struct call *call, struct reader *reader, int64_t campaign, const char *csv) {
  struct compare_end ends[2];
  struct compared whole;
  struct label refused = {0};
  int64_t rows = 0;
  enum store_error error = compare_ends_read(reader, NULL, call->argv[1], call->argv[2], campaign, house_now(call->house), call->arena,
                                             ends, &refused);
  const struct scope *scope = scope_for(call->arena, &call->authority, record_type(RECORD_PROBLEM), MAY_READ);
  if (!error && !refused.zh) error = compare_ends_hide(reader, scope, call->arena, ends);
  if (error) return call_store_fail(call, error);
  if (refused.zh) return call_fail(call, EXIT_WRONG, refused);
  compare_figures(&ends[0].figures, &ends[1].figures, scope, reader, 0, &whole, NULL, NULL);
  int status = csv ? csv_write_file(call, reader, ends, &whole, csv, &rows) : EXIT_DONE;
  if (!status && call->json) print_json(call, ends, &whole, rows);
  else if (!status) status = print_words(call, reader, ends, &whole);
  if (!status && csv && !call->json) call_print(call, "列出 %lld 个问题到 %s。", "%lld problems listed in %s.", (long long)rows, csv);
  compared_free(&whole);
  for (size_t i = 0; i < 2; i++) figures_free(&ends[i].figures);
  return status;
}

static int rounds_compare(struct call *call) {
  const char *csv = call_option(call, "csv"), *of = call_option(call, "campaign");
  struct reader *reader = NULL;
  int64_t campaign = 0;
  if (!call_words(call, 3, 3)) return EXIT_USE;
  if (of && !text_to_integer(of, &campaign))
    return call_usage(call, label_print(call->arena, "专项工作的编号“%s”不是数。", "the campaign's id \"%s\" is no number.", of));
  int status = call_needs_account(call);
  if (status) return status;
  enum store_error error = store_reader(call->house->store, &reader);
  status = error ? call_store_fail(call, error) : compare_with(call, reader, campaign, csv);
  reader_release(reader);
  return status;
}

/* ---- rebuilding ---- */

static int rounds_rebuild(struct call *call) {
  struct reader *reader = NULL;
  int64_t mended = 0, lost = 0;
  if (!call_words(call, 1, 1)) return EXIT_USE;
  enum store_error error = store_reader(call->house->store, &reader);
  if (!error) error = frozen_mend(reader, &mended, &lost);
  reader_release(reader);
  if (error) return call_store_fail(call, error);
  if (call->json) {
    struct call_json out;
    struct json *json = call_json_open(call, &out);
    json_pair_integer(json, "rebuilt", mended);
    json_pair_integer(json, "lost", lost);
    call_json_close(call, &out);
  } else
    call_print(call, "重建 %lld 张冻结表;%lld 张无法由日志重建(其中有记录已销毁)。",
               "%lld frozen tables made again; %lld cannot be made from the journal (records in them were destroyed).", (long long)mended,
               (long long)lost);
  return lost ? EXIT_WRONG : EXIT_DONE;
}

int command_rounds(struct call *call) {
  if (call->argc > 0 && strcmp(call->argv[0], "compare") == 0) return rounds_compare(call);
  if (call->argc > 0 && strcmp(call->argv[0], "rebuild") == 0) return rounds_rebuild(call);
  return call_usage(call, (struct label){"要写 compare 或 rebuild。", "give compare or rebuild."});
}
