/* bihuan policy: the colour presets, a policy made from one, and what a draft would change (nothing is written by presets and preview). */
#include <jansson.h> /* before base/json.h */

#include "command/program.h"

#include <string.h>

#include "rules/colour_presets.h"
#include "rules/policy_preview.h"
#include "web/json_in.h"

enum { EXAMPLES = 20, UNITS_SHOWN = 20 };

/* ---- presets ---- */

static int policy_presets(struct call *call) {
  struct call_json out;
  if (!call_words(call, 1, 1)) return EXIT_USE;
  if (call->json) {
    colour_presets_json(call_json_open(call, &out), call->language);
    call_json_close(call, &out);
    return EXIT_DONE;
  }
  for (size_t i = 0; i < COLOUR_PRESET_COUNT; i++) {
    const struct colour_preset *preset = &COLOUR_PRESETS[i];
    fprintf(call->out, "%-10s %s\n           %s\n           %s\n", preset->name, call_say(call, preset->label), preset->source,
            call_say(call, preset->note));
  }
  return EXIT_DONE;
}

/* ---- make ---- */

struct found_campaign { struct arena *arena; struct row *row; };
static bool campaign_take(void *with, const struct row *row) {
  struct found_campaign *found = with;
  found->row = row_copy(found->arena, row);
  return false;
}

/* By its code. */
static int campaign_find(struct call *call, const char *code, int64_t *id) {
  struct value value = value_text(CAMPAIGN_CODE, code);
  struct condition condition = {.field = CAMPAIGN_CODE, .how = C_IS, .values = &value, .count = 1};
  struct query query = {.type = record_type(RECORD_CAMPAIGN), .conditions = &condition, .condition_count = 1, .limit = 1, .expected = -1};
  struct found_campaign found = {.arena = call->arena};
  struct reader *reader = NULL;
  enum store_error error = store_reader(call->house->store, &reader);
  if (!error) error = reader_list(reader, &query, &SCOPE_SYSTEM, call->arena, campaign_take, &found);
  reader_release(reader);
  if (error) return call_store_fail(call, error);
  if (!found.row)
    return call_fail(call, EXIT_USE,
                     label_print(call->arena, "没有代号为“%s”的专项工作。", "there is no campaign with the code \"%s\".", code));
  *id = found.row->id;
  return EXIT_DONE;
}

static int policy_make(struct call *call) {
  const char *code = call_option(call, "campaign"), *from = call_option(call, "from"), *name = call_option(call, "name");
  int64_t campaign = 0, date = date_of_moment(house_now(call->house));
  if (!call_words(call, 2, 2)) return EXIT_USE;
  const struct colour_preset *preset = colour_preset_named(call->argv[1]);
  if (!preset)
    return call_fail(call, EXIT_USE,
                     label_print(call->arena, "没有预设“%s”。用 bihuan policy presets 看有哪些。",
                                 "there is no preset \"%s\". See bihuan policy presets.", call->argv[1]));
  if (!code) return call_usage(call, (struct label){"要说明哪个专项工作:--campaign 代号。", "say for which campaign: --campaign CODE."});
  if (from && !date_parse(from, &date))
    return call_usage(call,
                      label_print(call->arena, "日期“%s”读不懂,例:2026-12-01。", "the date \"%s\" makes no sense; e.g. 2026-12-01.", from));
  int status = call_needs_account(call);
  if (!status) status = campaign_find(call, code, &campaign);
  if (status) return status;
  const struct value values[] = {value_text(POLICY_NAME, name ? name : preset->label.zh), value_integer(POLICY_CAMPAIGN, campaign),
                                 value_integer(POLICY_FROM, date), value_integer(POLICY_PRESET, preset->code)};
  struct change change = {.type = record_type(RECORD_POLICY),
                          .seen = ANY_VERSION,
                          .action = ACTION_CREATE,
                          .values = values,
                          .value_count = sizeof values / sizeof *values};
  struct outcome outcome = {0};
  status = call_change(call, &call->authority, &change, 1, &outcome);
  if (status) return status;
  if (call->json) {
    struct call_json out;
    json_pair_integer(call_json_open(call, &out), "policy", outcome.ids[0]);
    call_json_close(call, &out);
  } else
    call_print(call, "口径 %lld 自 %s 起按预设“%s”。", "policy %lld follows the preset from %s on: %s.", (long long)outcome.ids[0],
               date_print(call->arena, date), call_say(call, preset->label));
  return EXIT_DONE;
}

/* ---- preview ---- */

static void preview_json(struct call *call, const struct policy_preview *preview) {
  struct call_json out;
  struct json *json = call_json_open(call, &out);
  json_pair(json, "at", moment_print(call->arena, preview->at));
  json_pair_integer(json, "total", preview->total);
  json_pair_integer(json, "changed", preview->changed);
  preview_cells_json(json, preview->cells, false);
  json_key(json, "by_unit");
  json_open(json, '[');
  for (size_t i = 0; i < preview->unit_count; i++) {
    json_open(json, '{');
    json_pair_integer(json, "lead_unit", preview->units[i].unit);
    json_pair_integer(json, "total", preview->units[i].total);
    json_pair_integer(json, "changed", preview->units[i].changed);
    preview_cells_json(json, preview->units[i].cells, false);
    json_close(json, '}');
  }
  json_close(json, ']');
  call_json_close(call, &out);
}

static void preview_print(struct call *call, const struct policy_preview *preview) {
  call_print(call, "按 %s:计入总数 %lld,变色 %lld。", "as of %s: %lld counted, %lld change colour.", moment_print(call->arena, preview->at),
             (long long)preview->total, (long long)preview->changed);
  for (int64_t from = COLOUR_GREY; from < PREVIEW_COLOURS; from++)
    for (int64_t to = COLOUR_GREY; to < PREVIEW_COLOURS; to++)
      if (from != to && preview->cells[from][to])
        fprintf(call->out, "  %s → %s  %lld\n", call_say(call, colour_label(from)), call_say(call, colour_label(to)),
                (long long)preview->cells[from][to]);
  for (size_t i = 0; i < preview->example_count; i++) {
    const struct preview_example *example = &preview->examples[i];
    const char *number = row_text(example->problem, PROBLEM_NUMBER), *title = row_text(example->problem, PROBLEM_TITLE);
    fprintf(call->out, "%s %s\n  %s: %s\n  %s: %s\n", number ? number : "", title ? title : "",
            call_say(call, colour_label(example->from.colour)), call_say(call, colour_sentence(call->arena, &example->from)),
            call_say(call, colour_label(example->to.colour)), call_say(call, colour_sentence(call->arena, &example->to)));
  }
  if (preview->unit_count) call_print(call, "变色最多的单位(编号、变色、全部):", "units with most changes (id, changed, all):");
  for (size_t i = 0; i < preview->unit_count && i < UNITS_SHOWN; i++)
    fprintf(call->out, "  %lld  %lld / %lld\n", (long long)preview->units[i].unit, (long long)preview->units[i].changed,
            (long long)preview->units[i].total);
}

static int refused(struct call *call, const struct issues *issues) {
  call_fail(call, EXIT_WRONG, (struct label){"这份口径写得不对,原因如下。", "this policy is not right, for these reasons."});
  for (size_t i = 0; i < issues->count; i++)
    fprintf(call->err, "  %s%s%s\n", issues->items[i].field ? issues->items[i].field : "", issues->items[i].field ? ": " : "",
            call_say(call, issues->items[i].sentence));
  return EXIT_WRONG;
}

/* FILE: the values as for making a policy, {"name":…,"campaign":…,"valid_from":…,"colour_rules":…}. */
static int preview_values(struct call *call, const char *path, struct issues *issues, struct value **values, size_t *count) {
  struct value_reader reader = {call->arena, issues};
  struct label reason = {NULL, NULL};
  size_t size = 0;
  char *text = call_read_file(call, path, &size);
  if (!text) return EXIT_USE;
  json_t *json = json_read(text, size, call->arena, &reason);
  if (!json) return call_fail(call, EXIT_WRONG, reason);
  values_read(&reader, json, record_type(RECORD_POLICY), 0, values, count);
  json_decref(json);
  return EXIT_DONE;
}

static int policy_show_preview(struct call *call) {
  struct issues issues = {.arena = call->arena};
  struct value *values = NULL;
  size_t count = 0;
  if (!call_words(call, 2, 2)) return EXIT_USE;
  int status = call_needs_account(call);
  if (!status) status = preview_values(call, call->argv[1], &issues, &values, &count);
  if (status) return status;
  struct context context = {.now = house_now(call->house), .authority = &call->authority, .happened = NOTHING, .channel = CHANNEL_COMMAND};
  const struct scope *scope = scope_for(call->arena, &call->authority, record_type(RECORD_PROBLEM), MAY_READ);
  struct policy_preview *preview = ARENA_NEW(call->arena, struct policy_preview);
  struct outcome outcome = {0};
  struct reader *reader = NULL;
  enum store_error error = store_reader(call->house->store, &reader);
  if (!error) error = policy_preview(reader, &context, scope, values, count, EXAMPLES, 0, call->arena, &outcome, preview);
  reader_release(reader);
  if (error) return call_store_fail(call, error);
  issues_add_findings(&issues, outcome.findings, outcome.finding_count);
  if (issues.count) return refused(call, &issues);
  if (call->json) preview_json(call, preview);
  else preview_print(call, preview);
  return EXIT_DONE;
}

int command_policy(struct call *call) {
  static const struct {
    const char *name;
    int (*run)(struct call *call);
  } PARTS[] = {{"presets", policy_presets}, {"make", policy_make}, {"preview", policy_show_preview}};
  for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++)
    if (call->argc && strcmp(call->argv[0], PARTS[i].name) == 0) return PARTS[i].run(call);
  return call_usage(call, (struct label){"说明做什么:presets、make 或 preview。", "say what: presets, make or preview."});
}
