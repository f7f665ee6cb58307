/* bihuan destroy: two people of the office destroy a record entered by mistake. One asks for it, which makes an approval; another
   agrees to that, which carries it out; then what lies outside the tables is cleaned at once, and it is said what was reached. */
#include "command/program.h"

#include <string.h>

#include "command/destruction.h"
#include "follow/follower.h"

enum { CLEANING_WAIT = 60000 /* milliseconds */ };

struct backups { struct call *call; struct json *json; int64_t count; };
static bool backup_take(void *with, const char *key, const char *value, size_t size, int64_t expires) {
  struct backups *backups = with;
  (void)key, (void)size, (void)expires;
  if (backups->json) json_text(backups->json, value);
  else {
    if (backups->count == 0)
      call_print(backups->call,
                 "以下备份里还有它,够不着,请自行销毁:", "These backups still hold it and are out of reach; destroy them yourself:");
    fprintf(backups->call->out, "  %s\n", value);
  }
  backups->count++;
  return true;
}

static int report(struct call *call, const struct destruction *destruction, const struct cleaned *cleaned) {
  struct call_json out;
  struct backups backups = {.call = call};
  if (call->json) {
    backups.json = call_json_open(call, &out);
    json_key(backups.json, "destroyed");
    json_open(backups.json, '[');
  }
  for (size_t i = 0; i < destruction->count; i++) {
    const struct doomed *doomed = &destruction->items[i];
    if (!call->json) {
      call_print(call, "已销毁:%s %lld(日志第 %lld 条)", "destroyed: %s %lld (journal entry %lld)", call_say(call, doomed->type->label),
                 (long long)doomed->id, (long long)doomed->entry);
      continue;
    }
    json_open(backups.json, '{');
    json_pair(backups.json, "type", doomed->type->name);
    json_pair_integer(backups.json, "id", doomed->id);
    json_pair_integer(backups.json, "entry", doomed->entry);
    json_close(backups.json, '}');
  }
  if (call->json) {
    json_close(backups.json, ']');
    json_pair_integer(backups.json, "files", cleaned->files_removed);
    json_pair_integer(backups.json, "staged", cleaned->staged_dropped);
    json_key(backups.json, "backups");
    json_open(backups.json, '[');
  } else if (cleaned->files_removed || cleaned->staged_dropped)
    call_print(call, "删去佐证文件 %lld 个、暂存的导入 %lld 个。", "%lld evidence files and %lld staged imports removed.",
               (long long)cleaned->files_removed, (long long)cleaned->staged_dropped);
  enum store_error error = side_list(call->house->store, SIDE_SETTING, "backup:", backup_take, &backups);
  if (call->json) { json_close(backups.json, ']'); call_json_close(call, &out); }
  return error ? call_store_fail(call, error) : EXIT_DONE;
}

static bool approval_take(void *with, const struct row *row) {
  *(int64_t *)with = row->id;
  return true;
}

static int absent(struct call *call, const struct record_type *type, int64_t id) {
  return call_fail(call, EXIT_WRONG,
                   (struct label){arena_print(call->arena, "没有%s %lld。", type->label.zh, (long long)id),
                                  arena_print(call->arena, "there is no %s %lld.", type->name, (long long)id)});
}

/* Cleans what lies outside the tables and says what was done. */
static int clean(struct call *call, const struct record_type *type, int64_t id) {
  struct destruction destruction;
  struct cleaned cleaned;
  enum store_error error = destruction_recall(call->house->store, type, id, call->arena, &destruction);
  if (error == STORE_ABSENT) return absent(call, type, id);
  /* Where followers run, theirs does it: two at once would be in each other's way. */
  if (!error && call->house->followers)
    followers_reach(call->house->followers, "destructions", destruction.items[destruction.count - 1].entry, CLEANING_WAIT);
  if (!error) error = destruction_clean(call->house, &destruction, &cleaned);
  if (!error) return report(call, &destruction, &cleaned);
  fprintf(call->err, "%s\n", call_say(call, (struct label){"记录已不在表中;请再执行 bihuan destroy 加它的类型和编号,把检索、文件和空闲页清干净。", "the record is gone from its table; give bihuan destroy with its type and id again, so that search, files and free pages are cleaned."}));
  return call_store_fail(call, error);
}

/* Is it there for this person? ABSENT also when it is out of scope. */
static enum store_error look(struct call *call, const struct record_type *type, int64_t id, const struct scope *scope, struct row **row) {
  struct reader *reader = NULL;
  enum store_error error = store_reader(call->house->store, &reader);
  if (!error) error = reader_get(reader, type, scope, id, call->arena, row);
  if (reader) reader_release(reader);
  return error;
}

static void say_asked(struct call *call, int64_t approval) {
  struct call_json out;
  if (!call->json) {
    call_print(call, "已申请销毁,审批号 %lld。须由整改办另一人同意:bihuan destroy --agree %lld --as 另一账号",
               "asked for; approval %lld. Another person of the office agrees: bihuan destroy --agree %lld --as ACCOUNT",
               (long long)approval, (long long)approval);
    return;
  }
  struct json *json = call_json_open(call, &out);
  json_pair_integer(json, "approval", approval);
  call_json_close(call, &out);
}

/* The approval that waits for this record; the newest when there are several. */
static enum store_error waiting(struct call *call, const struct record_type *type, int64_t id, int64_t *approval) {
  struct value of_type = value_integer(APPROVAL_TYPE, type->id), of = value_integer(APPROVAL_RECORD, id),
               asked = value_integer(FIELD_STATE, APPROVAL_ASKED);
  struct condition conditions[] = {{.field = APPROVAL_TYPE, .how = C_IS, .values = &of_type, .count = 1},
                                   {.field = APPROVAL_RECORD, .how = C_IS, .values = &of, .count = 1},
                                   {.field = FIELD_STATE, .how = C_IS, .values = &asked, .count = 1}};
  struct query query = {.type = record_type(RECORD_APPROVAL),
                        .conditions = conditions,
                        .condition_count = 3,
                        .sort = FIELD_ID,
                        .descending = true,
                        .limit = 1,
                        .expected = -1};
  struct reader *reader = NULL;
  enum store_error error = store_reader(call->house->store, &reader);
  *approval = NOTHING;
  if (!error) error = reader_list(reader, &query, &SCOPE_SYSTEM, call->arena, approval_take, approval);
  if (reader) reader_release(reader);
  return error;
}

static int ask(struct call *call, const struct record_type *type, int64_t id, const char *reason) {
  struct change change = {.type = type, .id = id, .seen = ANY_VERSION, .action = ACTION_ASK_DESTRUCTION, .reason = reason};
  struct outcome outcome;
  struct row *row = NULL;
  int64_t approval = NOTHING;
  if (!record_together(type, ACTION_ASK_DESTRUCTION))
    return call_fail(call, EXIT_USE,
                     (struct label){arena_print(call->arena, "%s不能销毁,请停用或修改。", type->label.zh),
                                    arena_print(call->arena, "a %s is not destroyed; disable, retire or edit it.", type->name)});
  if (!(call->authority.roles & ROLE(ROLE_OFFICE)))
    return call_fail(call, EXIT_WRONG,
                     label_print(call->arena, "销毁记录由整改办做,账号“%s”不是。",
                                 "records are destroyed by the coordinating office, which the account \"%s\" is not.", call->as));
  enum store_error error = look(call, type, id, &SCOPE_SYSTEM, &row);
  if (error == STORE_ABSENT) return clean(call, type, id); /* destroyed already: cleaned once more */
  if (error) return call_store_fail(call, error);
  int status = call_change(call, &call->authority, &change, 1, &outcome);
  if (status) return status;
  error = waiting(call, type, id, &approval);
  if (error) return call_store_fail(call, error);
  say_asked(call, approval);
  return EXIT_DONE;
}

static int agree(struct call *call, int64_t approval) {
  struct change change = {.type = record_type(RECORD_APPROVAL), .id = approval, .seen = ANY_VERSION, .action = ACTION_AGREE};
  struct outcome outcome;
  struct row *row = NULL;
  enum store_error error = look(call, change.type, approval, scope_for(call->arena, &call->authority, change.type, MAY_READ), &row);
  if (error == STORE_ABSENT || (!error && row_integer(row, APPROVAL_ACTION) != ACTION_DESTROY))
    return call_fail(call, EXIT_WRONG,
                     label_print(call->arena, "没有待同意的销毁申请 %lld。", "no destruction waits under approval %lld.",
                                 (long long)approval));
  if (error) return call_store_fail(call, error);
  const struct record_type *type = record_type((enum record_id)row_integer(row, APPROVAL_TYPE));
  int64_t id = row_integer(row, APPROVAL_RECORD);
  int status = call_change(call, &call->authority, &change, 1, &outcome);
  return status ? status : clean(call, type, id);
}

int command_destroy(struct call *call) {
  const char *reason = call_option(call, "reason"), *agreed = call_option(call, "agree");
  const struct record_type *type = NULL;
  int64_t id = 0;
  if (!call_words(call, agreed ? 0 : 2, agreed ? 0 : 2)) return EXIT_USE;
  const char *number = agreed ? agreed : call->argv[1];
  if (!agreed && (!reason || !*reason))
    return call_usage(call, (struct label){"要写 --reason 理由(理由留在日志里,不要写入要销毁的内容)。",
                                           "give --reason (it stays in the journal: do not put in it what is to be destroyed)."});
  int status = agreed ? EXIT_DONE : find_type(call, call->argv[0], &type);
  if (!status && (!text_to_integer(number, &id) || id < 1))
    status = call_usage(call, label_print(call->arena, "编号“%s”不是数。", "the id \"%s\" is no number.", number));
  if (!status) status = call_needs_account(call);
  if (status) return status;
  return agreed ? agree(call, id) : ask(call, type, id, reason);
}
