/* bihuan draw again: is what was drawn what the seed gives? */
#include "command/program.h"

#include "rules/draws.h"

static void again_json(struct call *call, int64_t id, const struct draw_result *result, int64_t destroyed, struct label differs) {
  struct call_json out;
  struct json *json = call_json_open(call, &out);
  json_pair_integer(json, "id", id);
  json_pair_yes_no(json, "same", !differs.zh);
  if (differs.zh) json_pair(json, "differs", call_say(call, differs));
  json_pair_integer(json, "destroyed", destroyed);
  json_pair(json, "seed", result->seed);
  json_pair(json, "root", result->root);
  json_pair_integer(json, "population", result->population);
  json_pair_integer(json, "sample", result->sample);
  json_pair_integer(json, "strata", (int64_t)result->stratum_count);
  json_key(json, "problems");
  json_raw(json, result->problems_text);
  call_json_close(call, &out);
}

static void again_tell(struct call *call, const struct draw_result *result, int64_t destroyed, struct label differs) {
  call_print(call, "种子 %s", "seed %s", result->seed);
  call_print(call, "存证根 %s", "root %s", result->root);
  call_print(call, "总体 %lld 件,%zu 层,样本 %lld 件:%s", "population %lld in %zu strata, sample %lld: %s", (long long)result->population,
             result->stratum_count, (long long)result->sample, result->problems_text);
  if (!differs.zh) call_print(call, "复算一致。", "reckoned again: the same.");
  else if (destroyed)
    call_print(call, "其后销毁了 %lld 个问题,无法逐项复算;种子一致。",
               "%lld problems were destroyed since, so not all can be reckoned again; the seed is the same.", (long long)destroyed);
  else
    fprintf(call->out, "%s\n",
            call_say(call, label_print(call->arena, "复算不一致:%s。", "reckoned again it is another: %s.",
                                       call->language == LANGUAGE_EN ? differs.en : differs.zh)));
}

static int again(struct call *call, struct reader *reader, int64_t id) {
  struct row *draw = NULL;
  struct draw_result result;
  struct label differs = {0};
  int64_t destroyed = 0;
  enum store_error error = reader_get(reader, record_type(RECORD_DRAW), &SCOPE_SYSTEM, id, call->arena, &draw);
  if (error) return call_store_fail(call, error);
  if (draw->state != DRAW_DRAWN)
    return call_fail(call, EXIT_WRONG,
                     (struct label){"还没有抽取,没有可复算的。", "it was not drawn yet: there is nothing to reckon again."});
  error = draw_compare(reader, draw, call->arena, &result, &destroyed, &differs);
  if (error) return call_store_fail(call, error);
  if (call->json) again_json(call, id, &result, destroyed, differs);
  else again_tell(call, &result, destroyed, differs);
  return differs.zh && !destroyed ? EXIT_WRONG : EXIT_DONE;
}

int command_draw(struct call *call) {
  int64_t id = 0;
  struct reader *reader = NULL;
  if (!call_words(call, 2, 2)) return EXIT_USE;
  if (!text_equal(call->argv[0], "again"))
    return call_usage(call, label_print(call->arena, "没有“%s”,只有 again。", "there is no \"%s\", only again.", call->argv[0]));
  enum store_error error = store_reader_now(call->house->store, &reader);
  int status = error ? call_store_fail(call, error) : find_record(call, reader, record_type(RECORD_DRAW), call->argv[1], &id);
  if (!status) status = again(call, reader, id);
  reader_release(reader);
  return status;
}
