/* bihuan export returns: results back to the hotline as a file, from a number of the journal on. It says at which number it ended: the
   next time goes on from there. */
#include "command/program.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "exchange/returns_file.h"

struct returning { struct returns_options options; enum returns_format format; const char *path; FILE *out; int64_t items, next; };

static int format_read(struct call *call, const char *named, struct returning *returning) {
  const char *dot = returning->path ? strrchr(returning->path, '.') : NULL, *name = named ? named : dot ? dot + 1 : "csv";
  for (int i = 0; i < RETURNS_FORMATS; i++)
    if (strcasecmp(name, RETURNS_FORMAT_NAMES[i]) == 0) {
      returning->format = (enum returns_format)i;
      if (i != RETURNS_XLSX || returning->path) return EXIT_DONE;
      return call_usage(call, (struct label){"xlsx 要写成文件，请加 --out 文件名.xlsx。", "xlsx is written to a file: give --out NAME.xlsx."});
    }
  if (!named) return EXIT_DONE; /* a file of some other name: csv */
  return call_usage(call, (struct label){"--format 应为 csv、xlsx 或 json。", "--format is csv, xlsx or json."});
}

static int pages_write(struct call *call, struct reader *reader, struct returning *returning) {
  struct returns_file *file = returns_file_open(call->arena, returning->format, returning->path, returning->out);
  struct returns returns = {.more = true};
  enum store_error error = STORE_OK;
  bool good = file != NULL;
  returning->next = returning->options.since;
  while (good && !error && returns.more) {
    struct arena *arena = arena_new();
    returning->options.since = returning->next;
    error = returns_read(reader, &returning->options, arena, &returns);
    if (!error && returns.there) good = returns_file_add(file, &returns);
    bool there = error || returns.there;
    if (!error) returning->next = returns.next, returning->items += (int64_t)returns.count;
    arena_free(arena);
    if (!there) {
      returns_file_close(file, 0);
      return call_fail(call, EXIT_WRONG,
                       label_print(call->arena, "没有名为“%s”的导入对照。", "there is no import mapping named \"%s\".",
                                   returning->options.mapping));
    }
  }
  if (file && !returns_file_close(file, returning->next)) good = false;
  if (error) return call_store_fail(call, error);
  return good ? EXIT_DONE
              : call_fail(call, EXIT_WRONG,
                          (struct label){"没有写完:写不了文件,或磁盘满了。",
                                         "it could not be written whole: the file cannot be written, or the disk is full."});
}

static int told(struct call *call, const struct returning *returning) {
  struct audit audit = {.moment = house_now(call->house), .actor = call->authority.user, .what = "export",
                        .detail = arena_print(call->arena, "{\"type\":\"returns\",\"rows\":%lld,\"next\":%lld}", (long long)returning->items, (long long)returning->next)};
  enum store_error error = audit_append(call->house->store, &audit);
  if (error) return call_store_fail(call, error);
  struct call_json out;
  if (call->json) {
    struct json *json = call_json_open(call, &out);
    json_pair_integer(json, "rows", returning->items);
    json_pair_integer(json, "next", returning->next);
    call_json_close(call, &out);
  } else
    fprintf(call->err, "%s\n",
            call_say(call, label_print(call->arena, "反馈 %lld 条;下次用 --since %lld。", "%lld results; the next time give --since %lld.",
                                       (long long)returning->items, (long long)returning->next)));
  return EXIT_DONE;
}

int command_returns(struct call *call) {
  const char *path = call_option(call, "out"), *since = call_option(call, "since"), *format = call_option(call, "format");
  struct returning returning = {.options = {.mapping = call_option(call, "mapping"),
                                            .authority = &call->authority,
                                            .language = call->language},
                                .path = path ? call_path(call, path) : NULL};
  struct reader *reader = NULL;
  if (!call_words(call, 1, 1)) return EXIT_USE;
  if (since && (!text_to_integer(since, &returning.options.since) || returning.options.since < 0))
    return call_usage(call, (struct label){"--since 应为日志序号(上次印出的那个),从 0 起。",
                                           "--since is a number of the journal (the one told last), from 0."});
  int status = format_read(call, format, &returning);
  if (!status) status = call_needs_account(call);
  if (status) return status;
  returning.options.scope = scope_for(call->arena, &call->authority, record_type(RECORD_APPEAL), MAY_EXPORT);
  if (returning.options.scope != &SCOPE_SYSTEM && !returning.options.scope->grant_count)
    return call_fail(call, EXIT_WRONG, (struct label){"这个账号不能导出诉求。", "this account may not export appeals."});
  bool own = returning.path && returning.format != RETURNS_XLSX;
  returning.out = own ? fopen(returning.path, "wb") : returning.format == RETURNS_XLSX ? NULL : call->out;
  if (own && !returning.out)
    return call_fail(call, EXIT_USE,
                     label_print(call->arena, "写不了文件“%s”:%s。", "cannot write the file \"%s\": %s.", path, strerror(errno)));
  enum store_error error = store_reader(call->house->store, &reader);
  status = error ? call_store_fail(call, error) : pages_write(call, reader, &returning);
  reader_release(reader);
  if (own && fclose(returning.out) != 0 && !status)
    status = call_fail(call, EXIT_WRONG, (struct label){"没有写完:磁盘满了。", "it could not be written whole: the disk is full."});
  if (status && returning.path) unlink(returning.path);
  return status ? status : told(call, &returning);
}
