/* bihuan ferry: signed packages between two networks. Inside, beside the store: what is released goes out, what the public sent comes in
   and is taken through the door at once. With --portal, in the portal's own folder: the other way round, without any store. */
#include "command/program.h"

#include <string.h>

#include "base/folder.h"
#include "base/signing.h"
#include "exchange/ferry.h"
#include "exchange/files.h"
#include "follow/follower.h"
#include "follow/publication.h"

enum { FOLLOW_MILLISECONDS = 120000 };

static int told_json(struct call *call, const struct ferry_told *told) {
  struct call_json out;
  struct json *json = call_json_open(call, &out);
  json_pair_integer(json, "number", told->number);
  json_pair_integer(json, "items", told->items);
  json_pair_integer(json, "pictures", told->pictures);
  json_pair_yes_no(json, "whole", told->whole);
  json_pair_yes_no(json, "before", told->before);
  call_json_close(call, &out);
  return EXIT_DONE;
}

static int write_out(struct call *call, struct public_store *store, bool portal) {
  struct buffer package = {.arena = call->arena};
  struct label reason = {NULL, NULL};
  struct ferry_told told;
  const char *from = call->argc > 2 ? call->argv[2] : NULL, *path = call_path(call, call->argv[1]);
  int64_t again = 0;
  if (from && (portal || !text_to_integer(from, &again) || again < 1))
    return call_usage(call, (struct label){"--from 是内网写出的一个包的编号。", "--from is the number of a package written inside."});
  if (!(portal ? ferry_inbox_write(store, &package, &told, &reason, call->arena)
               : ferry_contents_write(store, again, &package, &told, &reason, call->arena)))
    return call_fail(call, EXIT_STORE, reason);
  if (file_write_whole(path, package.bytes, package.size) != STORE_OK)
    return call_fail(call, EXIT_STORE, label_print(call->arena, "写不了文件“%s”。", "cannot write the file \"%s\".", path));
  if (call->json) return told_json(call, &told);
  call_print(call, "第 %lld 个包:%lld 项,%lld 张图片%s。", "package %lld: %lld items, %lld pictures%s.", (long long)told.number,
             (long long)told.items, (long long)told.pictures,
             call_say(call, told.whole ? (struct label){"(全部)", " (all)"} : (struct label){"", ""}));
  return EXIT_DONE;
}

static int take_in(struct call *call, struct public_store *store, bool portal) {
  struct label reason = {NULL, NULL};
  struct ferry_told told;
  size_t size = 0;
  char *bytes = call_read_file(call, call->argv[1], &size);
  if (!bytes) return EXIT_USE;
  if (!(portal ? ferry_contents_take(store, bytes, size, &told, &reason, call->arena)
               : ferry_inbox_take(store, bytes, size, &told, &reason, call->arena)))
    return call_fail(call, EXIT_WRONG, reason);
  if (call->json) return told_json(call, &told);
  if (told.before) call_print(call, "第 %lld 个包收过了,没有变化。", "package %lld was taken before; nothing changed.", (long long)told.number);
  else
    call_print(call, "收下第 %lld 个包:%lld 项,%lld 张图片。", "package %lld is taken: %lld items, %lld pictures.", (long long)told.number,
               (long long)told.items, (long long)told.pictures);
  return EXIT_DONE;
}

static int audit(struct call *call, const char *what) {
  struct audit line = {.moment = house_now(call->house), .what = what, .detail = "{}"};
  enum store_error error = audit_append(call->house->store, &line);
  return error ? call_store_fail(call, error) : EXIT_DONE;
}

static int with_public_store(struct call *call, const char *folder, bool portal,
                             int (*run)(struct call *call, struct public_store *store, bool portal)) {
  struct public_store *store = NULL;
  enum store_error error = public_open(folder, &store);
  if (error) return call_store_fail(call, error);
  int status = run(call, store, portal);
  public_close(store);
  return status;
}

/* What is released as the journal stands now: the follower is waited for. */
static int out_inside(struct call *call) {
  struct reader *reader = NULL;
  struct head head = {0};
  enum store_error error = store_reader(call->house->store, &reader);
  if (!error) error = reader_head(reader, &head);
  if (reader) reader_release(reader);
  if (error) return call_store_fail(call, error);
  if (!call->house->followers || !followers_reach(call->house->followers, "publication", head.number, FOLLOW_MILLISECONDS))
    return call_fail(call, EXIT_STORE,
                     (struct label){"公开库还没有跟上日志,请稍后再试。",
                                    "the public store has not caught up with the journal; try again later."});
  int status = with_public_store(call, call->house->data, false, write_out);
  return status ? status : audit(call, "ferry_out");
}

static int take_and_intake(struct call *call, struct public_store *store, bool portal) {
  int64_t taken = 0;
  int status = take_in(call, store, portal);
  enum store_error error = status ? STORE_OK : intake_once(call->house, store, &taken);
  return error ? call_store_fail(call, error) : status;
}

static int in_inside(struct call *call) {
  int status = with_public_store(call, call->house->data, false, take_and_intake);
  return status ? status : audit(call, "ferry_in");
}

static int trust(struct call *call, bool portal) {
  const char *word = call->argv[1];
  size_t size = 0;
  (void)portal;
  char *text = strlen(word) == 2 * PUBLIC_KEY_SIZE ? arena_text(call->arena, word) : call_read_file(call, word, &size);
  if (!text) return EXIT_USE;
  if (!folder_make(call->data) || !folder_make(arena_print(call->arena, "%s/keys", call->data)) || !ferry_trust(call->data, text))
    return call_fail(call, EXIT_USE,
                     (struct label){"这不是公钥:应是 64 位十六进制数字(bihuan ferry key 印出的一行)。",
                                    "this is no public key: 64 hex digits, the line that bihuan ferry key prints."});
  call_print(call, "已记下:只收这个密钥签名的包。", "noted: only packages signed by this key are taken.");
  return EXIT_DONE;
}

static int key(struct call *call, bool portal) {
  uint8_t secret_key[SECRET_KEY_SIZE];
  (void)portal;
  if (!folder_make(call->data) || !signing_key_open(call->data, secret_key)) return call_store_fail(call, STORE_REFUSED);
  fprintf(call->out, "%s\n", hex_write(call->arena, secret_key + SECRET_KEY_SIZE - PUBLIC_KEY_SIZE, PUBLIC_KEY_SIZE));
  explicit_bzero(secret_key, sizeof secret_key);
  return EXIT_DONE;
}

int command_ferry(struct call *call) {
  bool portal = call_flag(call, "portal");
  const char *from = call_option(call, "from");
  if (!call_words(call, 1, 2)) return EXIT_USE;
  const char *word = call->argv[0];
  bool one = call->argc == 2;
  if (from) call->argv[call->argc++] = arena_text(call->arena, from); /* its two words left room: now the third */
  if (portal && !folder_make(call->data)) return call_store_fail(call, STORE_REFUSED);
  if (strcmp(word, "key") == 0 && !one) return key(call, portal);
  if (strcmp(word, "trust") == 0 && one) return trust(call, portal);
  if (strcmp(word, "out") == 0 && one)
    return portal ? with_public_store(call, call->data, true, write_out) : call_with_store(call, COMMAND_FOLLOWERS, out_inside);
  if (strcmp(word, "in") == 0 && one)
    return portal ? with_public_store(call, call->data, true, take_in) : call_with_store(call, 0, in_inside);
  return call_usage(call, (struct label){"用法:ferry out 文件、in 文件、trust 公钥或文件、key。",
                                         "it is ferry out FILE, in FILE, trust KEY|FILE, or key."});
}
