/* bihuan destroy: who may, which record, and what is said of it afterwards. The work is destruction.c's. */
#include "command/program.h"

#include <string.h>

#include "command/destruction.h"

struct backups { struct call *call; struct json *json; int64_t count; };
static bool backup_take(void *with, const char *key, const char *value, size_t size, int64_t expires) {
  struct backups *backups = with;
  (void)key, (void)size, (void)expires;
  if (backups->json) json_text(backups->json, value);
  else {
    if (backups->count == 0) call_print(backups->call, "以下备份里还有它,够不着,请自行销毁:", "These backups still hold it and are out of reach; destroy them yourself:");
    fprintf(backups->call->out, "  %s\n", value);
  }
  backups->count++;
  return true;
}

static int report(struct call *call, const struct destruction *destruction) {
  struct call_json out;
  struct backups backups = {.call = call};
  if (call->json) {
    backups.json = call_json_open(call, &out);
    json_key(backups.json, "destroyed");
    json_open(backups.json, '[');
  }
  for (size_t i = 0; i < destruction->count; i++) {
    const struct doomed *doomed = &destruction->items[i];
    if (!call->json) { call_print(call, "已销毁:%s %lld(日志第 %lld 条)", "destroyed: %s %lld (journal entry %lld)", call_say(call, doomed->type->label), (long long)doomed->id, (long long)doomed->entry); continue; }
    json_open(backups.json, '{');
    json_pair(backups.json, "type", doomed->type->name);
    json_pair_integer(backups.json, "id", doomed->id);
    json_pair_integer(backups.json, "entry", doomed->entry);
    json_close(backups.json, '}');
  }
  if (call->json) {
    json_close(backups.json, ']');
    json_pair_integer(backups.json, "files", destruction->files_removed);
    json_pair_integer(backups.json, "staged", destruction->staged_dropped);
    json_key(backups.json, "backups");
    json_open(backups.json, '[');
  } else if (destruction->files_removed || destruction->staged_dropped)
    call_print(call, "删去佐证文件 %lld 个、暂存的导入 %lld 个。", "%lld evidence files and %lld staged imports removed.", (long long)destruction->files_removed, (long long)destruction->staged_dropped);
  enum store_error error = side_list(call->house->store, SIDE_SETTING, "backup:", backup_take, &backups);
  if (call->json) { json_close(backups.json, ']'); call_json_close(call, &out); }
  return error ? call_store_fail(call, error) : EXIT_DONE;
}

/* The office, and only what it may see. One that was destroyed already may be cleaned again. */
static int may_destroy(struct call *call, const struct record_type *type, int64_t id) {
  struct reader *reader = NULL;
  struct row *row = NULL;
  if (!(call->authority.roles & ROLE(ROLE_OFFICE)))
    return call_fail(call, EXIT_WRONG, label_print(call->arena, "销毁记录由整改办做,账号“%s”不是。", "records are destroyed by the coordinating office, which the account \"%s\" is not.", call->as));
  if (!destruction_allowed(type))
    return call_fail(call, EXIT_USE, (struct label){arena_print(call->arena, "%s不能销毁,请停用或修改。", type->label.zh), arena_print(call->arena, "a %s is not destroyed; disable, retire or edit it.", type->name)});
  enum store_error error = store_reader(call->house->store, &reader);
  if (!error) error = reader_get(reader, type, &SCOPE_SYSTEM, id, call->arena, &row);
  if (!error) error = reader_get(reader, type, scope_for(call->arena, &call->authority, type, MAY_READ), id, call->arena, &row);
  else if (error == STORE_ABSENT) error = STORE_OK;
  reader_release(reader);
  if (error == STORE_ABSENT)
    return call_fail(call, EXIT_WRONG, (struct label){arena_print(call->arena, "没有%s %lld。", type->label.zh, (long long)id), arena_print(call->arena, "there is no %s %lld.", type->name, (long long)id)});
  return error ? call_store_fail(call, error) : EXIT_DONE;
}

int command_destroy(struct call *call) {
  const char *reason = call_option(call, "reason");
  const struct record_type *type = NULL;
  struct destruction destruction;
  int64_t id = 0;
  if (!call_words(call, 2, 2)) return EXIT_USE;
  if (!reason || !*reason) return call_usage(call, (struct label){"要写 --reason 理由(理由留在日志里,不要写入要销毁的内容)。", "give --reason (it stays in the journal: do not put in it what is to be destroyed)."});
  int status = find_type(call, call->argv[0], &type);
  if (!status && (!text_to_integer(call->argv[1], &id) || id < 1)) status = call_usage(call, label_print(call->arena, "编号“%s”不是数。", "the id \"%s\" is no number.", call->argv[1]));
  if (!status) status = call_needs_account(call);
  if (!status) status = may_destroy(call, type, id);
  if (status) return status;
  enum store_error error = destruction_run(call->house, &call->authority, type, id, reason, call->arena, &destruction);
  if (!error && destruction.absent) error = destruction_recall(call->house, type, id, call->arena, &destruction);
  if (error == STORE_ABSENT)
    return call_fail(call, EXIT_WRONG, (struct label){arena_print(call->arena, "没有%s %lld。", type->label.zh, (long long)id), arena_print(call->arena, "there is no %s %lld.", type->name, (long long)id)});
  if (!error && destruction.refused.zh) return call_fail(call, EXIT_WRONG, destruction.refused);
  if (!error) error = destruction_clean(call->house, &destruction);
  if (error) {
    fprintf(call->err, "%s\n", call_say(call, (struct label){"如果记录已不在表中,请再执行一次同样的命令,把检索、文件和空闲页清干净。", "if the record is gone from its table, give the same command again, so that search, files and free pages are cleaned."}));
    return call_store_fail(call, error);
  }
  return report(call, &destruction);
}
