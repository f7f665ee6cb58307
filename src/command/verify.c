/* bihuan verify: is the journal what was sealed, and are the tables what it adds up to? Also: does a proof hold, without a store. */
#include "command/program.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "rules/draws.h"
#include "rules/frozen.h"

/* A line, or a file that holds it. */
static int read_tree_head(struct call *call, const char *text, struct tree_head *head) {
  size_t size = 0;
  bool line = strncmp(text, "bihuan-tree-head", strlen("bihuan-tree-head")) == 0;
  const char *bytes = line ? text : call_read_file(call, text, &size);
  if (!bytes) return EXIT_USE;
  if (tree_head_parse(text_clean(call->arena, bytes, false), head)) return EXIT_DONE;
  return call_usage(call,
                    (struct label){"这不是一行存证根。应像 bihuan head 印出的那样,整行放在引号里,或给出存有它的文件。",
                                   "that is no tree head. Give the whole line that bihuan head prints, in quotes, or a file with it."});
}

/* ---- a proof, without a store ---- */
static int verify_proof(struct call *call, const char *file, const char *head_text, const char *key_text) {
  struct proof *proof = ARENA_NEW(call->arena, struct proof);
  struct tree_head head;
  uint8_t key[PUBLIC_KEY_SIZE];
  struct label reason = {NULL, NULL};
  size_t size = 0;
  char *text = call_read_file(call, file, &size);
  if (!text) return EXIT_USE;
  if (!proof_parse(call->arena, text, proof, &reason)) return call_fail(call, EXIT_WRONG, reason);
  int status = head_text ? read_tree_head(call, head_text, &head) : EXIT_DONE;
  if (!status && key_text && !hex_read(key_text, key, sizeof key))
    status = call_usage(call, (struct label){"--public-key 应为 64 位十六进制数。", "--public-key takes 64 hexadecimal digits."});
  if (status) return status;
  if (!proof_holds(proof, head_text ? &head : NULL, key_text ? key : NULL, &reason, call->arena))
    return call_fail(call, EXIT_WRONG, reason);
  bool believable = head_text || key_text;
  if (call->json) {
    struct call_json out;
    struct json *json = call_json_open(call, &out);
    json_pair_yes_no(json, "holds", true);
    json_pair_integer(json, "number", proof->entry.number);
    json_pair_integer(json, "size", head_text ? head.size : proof->head.size);
    json_pair_yes_no(json, "head_given", head_text != NULL);
    json_pair_yes_no(json, "signature_checked", key_text != NULL);
    call_json_close(call, &out);
  } else {
    call_print(call, "证明成立:第 %lld 条日志在这个存证根之下。", "the proof holds: entry %lld stands under this tree head.",
               (long long)proof->entry.number);
    if (!believable) call_print(call, "注意:只按证明里自带的存证根核对过,签名没有核对。请用库外得来的 --tree-head。", "note: only against the head inside the proof, its signature unchecked. Give a --tree-head that came from outside.");
  }
  return EXIT_DONE;
}

/* ---- the store ---- */
struct findings_printed { struct call *call; int64_t count, lowest; struct json *json; };

static bool damage_take(void *with, const struct damage *damage) {
  struct findings_printed *printed = with;
  struct call *call = printed->call;
  printed->count++;
  if (damage->number && (!printed->lowest || damage->number < printed->lowest)) printed->lowest = damage->number;
  if (!printed->json) { fprintf(call->out, "%s\n", call_say(call, damage->sentence)); return printed->count < 1000; }
  json_open(printed->json, '{');
  if (damage->number) json_pair_integer(printed->json, "number", damage->number);
  if (damage->type) {
    const struct record_type *type = record_type(damage->type);
    json_pair(printed->json, "type", type ? type->name : NULL);
    json_pair_integer(printed->json, "id", damage->record);
  }
  json_pair(printed->json, "sentence", call_say(call, damage->sentence));
  json_close(printed->json, '}');
  return printed->count < 1000;
}

/* The audit stream stands apart from the journal and is chained by itself. */
static enum store_error verify_audit(struct call *call, struct findings_printed *printed, int64_t *lines) {
  int64_t wrong = 0;
  enum store_error error = audit_verify(call->house->store, lines, &wrong);
  if (!error && wrong)
    damage_take(printed,
                &(struct damage){.sentence = label_print(call->arena, "审计记录第 %lld 条被改动或缺失",
                                                         "line %lld of the audit stream was altered or is missing", (long long)wrong)});
  return error;
}

static int verify_store(struct call *call) {
  const char *since_text = call_option(call, "since");
  if (!call_words(call, 0, 0)) return EXIT_USE;
  struct tree_head since;
  struct reader *reader = NULL;
  struct call_json out;
  struct findings_printed printed = {.call = call};
  int64_t entries = 0, records = 0, lines = 0, tables = 0, draws = 0;
  int status = since_text ? read_tree_head(call, since_text, &since) : EXIT_DONE;
  if (status) return status;
  if (call->json) {
    printed.json = call_json_open(call, &out);
    json_key(printed.json, "damage");
    json_open(printed.json, '[');
  }
  enum store_error error = store_reader_now(call->house->store, &reader);
  if (!error)
    error = seal_verify(call->house->store, reader, since_text ? &since : NULL, call->arena, damage_take, &printed, &entries, &records);
  if (!error) error = frozen_verify(call->house->store, reader, call->arena, damage_take, &printed, &tables);
  if (!error) error = draws_verify(reader, call->arena, damage_take, &printed, &draws);
  reader_release(reader);
  if (!error) error = verify_audit(call, &printed, &lines);
  if (error) return call_store_fail(call, error);
  if (call->json) {
    json_close(printed.json, ']');
    json_pair_yes_no(printed.json, "clean", printed.count == 0);
    json_pair_integer(printed.json, "entries", entries);
    json_pair_integer(printed.json, "records", records);
    json_pair_integer(printed.json, "audit_lines", lines);
    json_pair_integer(printed.json, "frozen_tables", tables);
    json_pair_integer(printed.json, "draws", draws);
    if (printed.lowest) json_pair_integer(printed.json, "lowest", printed.lowest);
    call_json_close(call, &out);
  } else if (printed.count == 0)
    call_print(call, "核对无误:日志 %lld 条,记录 %lld 条,冻结表 %lld 张,抽查方案 %lld 个。",
               "clean: %lld journal entries, %lld records, %lld frozen tables, %lld draws.", (long long)entries, (long long)records,
               (long long)tables, (long long)draws);
  else
    call_print(call, "共 %lld 处不符(核对了日志 %lld 条,记录 %lld 条)。", "%lld findings (of %lld journal entries, %lld records).",
               (long long)printed.count, (long long)entries, (long long)records);
  return printed.count ? EXIT_WRONG : EXIT_DONE;
}

int command_verify(struct call *call) {
  const char *proof = call_option(call, "proof");
  if (!proof) return call_with_store(call, 0, verify_store);
  const char *head = call_option(call, "tree-head"), *key = call_option(call, "public-key");
  return call_words(call, 0, 0) ? verify_proof(call, proof, head, key) : EXIT_USE;
}
