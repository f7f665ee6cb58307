/* Small commands that only say something. */
#include "command/program.h"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <string.h>

#include "rules/colour.h"
#include "web/route.h"

int command_version(struct call *call) {
  if (!call_words(call, 0, 0)) return EXIT_USE;
  int libpq = PQlibVersion();
  if (call->json) {
    struct call_json out;
    struct json *json = call_json_open(call, &out);
    json_pair(json, "version", BIHUAN_VERSION);
    json_pair_integer(json, "schema", SCHEMA.version);
    json_pair(json, "sqlite", sqlite3_libversion());
    json_pair(json, "libpq", arena_print(call->arena, "%d.%d", libpq / 10000, libpq % 10000));
    call_json_close(call, &out);
  } else {
    fprintf(call->out, "bihuan %s\n", BIHUAN_VERSION);
    call_print(call, "库结构 %u · SQLite %s · libpq %d.%d", "schema %u · SQLite %s · libpq %d.%d", (unsigned)SCHEMA.version,
               sqlite3_libversion(), libpq / 10000, libpq % 10000);
  }
  return EXIT_DONE;
}

/* Prints JSON with a line for each member down to DEPTH, so that two people who add a route or a field change different lines of the kept
   file. */
static void json_print_lines(FILE *out, const char *bytes, int depth_to_break) {
  int depth = 0;
  bool in_string = false;
  for (const char *at = bytes; *at; at++) {
    fputc(*at, out);
    if (in_string) {
      if (*at == '\\' && at[1]) fputc(*++at, out);
      else if (*at == '"') in_string = false;
      continue;
    }
    if (*at == '"') in_string = true;
    else if (*at == '{' || *at == '[') depth++;
    else if (*at == '}' || *at == ']') depth--;
    else if (*at == ',' && depth <= depth_to_break) fputc('\n', out);
  }
  fputc('\n', out);
}

int command_openapi(struct call *call) {
  if (!call_words(call, 0, 0)) return EXIT_USE;
  enum { DEPTH_OF_FIELDS = 5 /* components, schemas, a schema, properties, a field */ };
  struct buffer out = {.arena = call->arena};
  openapi_write(&out, call->language);
  json_print_lines(call->out, out.bytes, DEPTH_OF_FIELDS);
  return EXIT_DONE;
}

int command_head(struct call *call) {
  if (!call_words(call, 0, 0)) return EXIT_USE;
  struct reader *reader = NULL;
  struct tree_head head;
  enum store_error error = store_reader(call->house->store, &reader);
  if (!error) error = tree_head_sign(call->house->store, reader, &head);
  reader_release(reader);
  if (error) return call_store_fail(call, error);
  const char *line = tree_head_print(call->arena, &head);
  if (call->json) {
    struct call_json out;
    struct json *json = call_json_open(call, &out);
    json_pair(json, "tree_head", line);
    json_pair_integer(json, "size", head.size);
    json_pair_integer(json, "epoch", head.epoch);
    call_json_close(call, &out);
  } else fprintf(call->out, "%s\n", line);
  return EXIT_DONE;
}

int command_proof(struct call *call) {
  int64_t number = 0;
  if (!call_words(call, 1, 1)) return EXIT_USE;
  if (!text_to_integer(call->argv[0], &number) || number < 1)
    return call_usage(call, label_print(call->arena, "日志号应为正整数,不是“%s”。",
                                        "a journal number is a positive whole number, not \"%s\".", call->argv[0]));
  struct reader *reader = NULL;
  struct proof *proof = ARENA_NEW(call->arena, struct proof);
  enum store_error error = store_reader(call->house->store, &reader);
  if (!error) error = proof_make(call->house->store, reader, number, 0, call->arena, proof);
  reader_release(reader);
  if (error == STORE_ABSENT)
    return call_fail(call, EXIT_WRONG,
                     label_print(call->arena, "日志里没有第 %lld 条,或它的内容已销毁。",
                                 "the journal has no entry %lld, or its body was destroyed.", (long long)number));
  if (error) return call_store_fail(call, error);
  fprintf(call->out, "%s\n", proof_print(call->arena, proof));
  return EXIT_DONE;
}

/* ---- colour ---- */
/* What a person set by hand, beside the computed one; NULL: a past moment. */
static int64_t hand_of(const struct call *call, const struct row *problem) {
  int64_t until = problem ? row_integer(problem, PROBLEM_HAND_COLOUR_UNTIL) : NOTHING;
  bool over = until != NOTHING && until < date_of_moment(house_now(call->house));
  return problem && !over ? row_integer(problem, PROBLEM_HAND_COLOUR) : NOTHING;
}

static void hand_print(struct call *call, const struct row *problem) {
  const char *until = date_print(call->arena, row_integer(problem, PROBLEM_HAND_COLOUR_UNTIL)),
             *why = row_text(problem, PROBLEM_HAND_COLOUR_WHY);
  call_print(call, "人工颜色:%s,到 %s 为止(%s)", "set by hand: %s, until %s (%s)",
             call_say(call, colour_label(row_integer(problem, PROBLEM_HAND_COLOUR))), until, why ? why : "");
}

static void colour_print(struct call *call, const struct judgement *judgement, const struct row *problem) {
  int64_t hand = hand_of(call, problem);
  struct label none = {"没有颜色", "no colour"};
  struct label colour = judgement->colour ? colour_label(judgement->colour) : none;
  const char *since = judgement->since == NOTHING ? NULL : moment_print(call->arena, judgement->since),
             *next = judgement->next == NOTHING ? NULL : moment_print(call->arena, judgement->next);
  struct label why = judgement->colour ? colour_sentence(call->arena, judgement) : none,
               change = judgement->colour ? colour_change_sentence(call->arena, judgement) : none;
  if (call->json) {
    struct call_json out;
    struct json *json = call_json_open(call, &out);
    json_pair(json, "colour", judgement->colour ? colour_name(judgement->colour) : NULL);
    json_pair(json, "rule", judgement->colour ? colour_rule_name(judgement->rule) : NULL);
    json_pair(json, "why", call_say(call, why));
    json_pair(json, "change", judgement->colour ? call_say(call, change) : NULL);
    json_pair(json, "since", since);
    json_pair(json, "next", next);
    if (hand != NOTHING) json_pair(json, "hand_colour", colour_name(hand));
    call_json_close(call, &out);
    return;
  }
  call_print(call, "颜色:%s", "colour: %s", call_say(call, colour));
  if (!judgement->colour) return;
  call_print(call, "规则:%s", "rule: %s", call_say(call, colour_rule_label(judgement->rule)));
  call_print(call, "理由:%s", "why: %s", call_say(call, why));
  if (since) call_print(call, "起于:%s", "since: %s", since);
  if (next) call_print(call, "最早可能变于:%s", "may change at: %s", next);
  call_print(call, "怎样会变:%s", "what would change it: %s", call_say(call, change));
  if (hand != NOTHING) hand_print(call, problem);
}

int command_colour(struct call *call) {
  const char *at = call_option(call, "at");
  int64_t moment = NOTHING, id = 0;
  if (!call_words(call, 1, 1)) return EXIT_USE;
  if (at && !moment_parse(at, &moment))
    return call_usage(call, label_print(call->arena, "时刻“%s”读不懂,例:2026-11-20T09:00。",
                                        "the moment \"%s\" makes no sense; e.g. 2026-11-20T09:00.", at));
  struct reader *reader = NULL;
  struct row *problem = NULL;
  struct judgement judgement = {.since = NOTHING, .next = NOTHING};
  enum store_error error = store_reader(call->house->store, &reader);
  int status = error ? call_store_fail(call, error) : find_record(call, reader, record_type(RECORD_PROBLEM), call->argv[0], &id);
  if (!status) {
    error = reader_get(reader, record_type(RECORD_PROBLEM), &SCOPE_SYSTEM, id, call->arena, &problem);
    if (!error && at) error = colour_at(reader, id, moment, call->arena, &judgement);
    else if (!error && row_integer(problem, PROBLEM_COLOUR) != NOTHING) judgement = colour_of_row(problem, house_now(call->house));
    if (error && error != STORE_ABSENT) status = call_store_fail(call, error);
  }
  reader_release(reader);
  if (!status) colour_print(call, &judgement, at ? NULL : problem);
  return status;
}
