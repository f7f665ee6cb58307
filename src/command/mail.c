/* bihuan mail: the mail server's settings, beside the journal, and how delivery stands. The password never comes over the command line. */
#include "command/program.h"

#include <string.h>

#include "follow/mail_settings.h"

static int administrator(struct call *call) {
  int status = call_needs_account(call);
  if (status || call->authority.roles & (ROLE(ROLE_SYSTEM_ADMINISTRATOR) | ROLE(ROLE_CLOCK))) return status;
  return call_fail(call, EXIT_WRONG, (struct label){"邮件由系统管理员设置。", "mail is set up by the system administrator."});
}

static int told(struct call *call, const char *what, const char *detail) {
  struct audit audit = {.moment = house_now(call->house), .actor = call->authority.user, .what = what, .detail = detail};
  enum store_error error = audit_append(call->house->store, &audit);
  return error ? call_store_fail(call, error) : EXIT_DONE;
}

static int set(struct call *call) {
  struct mail_settings settings = {.server = call_option(call, "server"),
                                   .from = call_option(call, "from"),
                                   .user = call_option(call, "user"),
                                   .tls_needed = call_flag(call, "tls")};
  const char *file = call_option(call, "password-file"), *ca = call_option(call, "ca");
  int status = call_words(call, 1, 1) ? administrator(call) : EXIT_USE;
  if (status) return status;
  settings.password_file = file ? call_path(call, file) : NULL;
  settings.ca_file = ca ? call_path(call, ca) : NULL;
  struct label problem = mail_settings_problem(call->arena, &settings);
  if (problem.zh) return call_usage(call, problem);
  enum store_error error = mail_settings_write(call->house->store, &settings, call->arena);
  if (error) return call_store_fail(call, error);
  status = told(call, "mail_set", "{}");
  if (!status) call_print(call, "已设好。试一封:bihuan mail test 地址", "it is set. Try it: bihuan mail test ADDRESS");
  return status;
}

static int show(struct call *call) {
  struct mail_settings settings;
  struct delivery_state state;
  int status = call_words(call, 1, 1) ? administrator(call) : EXIT_USE;
  if (status) return status;
  enum store_error error = mail_settings_read(call->house->store, call->arena, &settings);
  bool there = error == STORE_OK;
  if (error == STORE_ABSENT) error = STORE_OK;
  if (!error) error = delivery_state_read(call->house->store, &state);
  if (error) return call_store_fail(call, error);
  const char *oldest = state.oldest == NOTHING ? NULL : moment_print(call->arena, state.oldest);
  if (call->json) {
    struct call_json out;
    struct json *json = call_json_open(call, &out);
    json_pair(json, "server", there ? settings.server : NULL);
    json_pair(json, "from", there ? settings.from : NULL);
    json_pair(json, "user", there ? settings.user : NULL);
    json_pair(json, "ca", there ? settings.ca_file : NULL);
    json_pair_yes_no(json, "tls_needed", there && (settings.tls_needed || settings.user));
    json_pair_integer(json, "waiting", state.waiting);
    json_pair(json, "oldest", oldest);
    json_pair_integer(json, "uncertain", state.uncertain);
    json_pair_integer(json, "given_up", state.given_up);
    call_json_close(call, &out);
    return EXIT_DONE;
  }
  if (there)
    call_print(call, "服务器:%s  发件:%s  账号:%s  TLS:%s", "server: %s  sender: %s  account: %s  TLS: %s", settings.server, settings.from,
               settings.user ? settings.user : "-",
               call_say(call, settings.tls_needed || settings.user ? (struct label){"必须", "needed"}
                                                                   : (struct label){"服务器提供时", "where the server offers it"}));
  else call_print(call, "还没有设邮件服务器。", "no mail server is set.");
  call_print(call, "待送 %lld 封(最早 %s);30 天内送到与否不明 %lld 封,放弃 %lld 封。",
             "%lld waiting (oldest %s); within 30 days %lld uncertain, %lld given up.", (long long)state.waiting, oldest ? oldest : "-",
             (long long)state.uncertain, (long long)state.given_up);
  return EXIT_DONE;
}

static int try(struct call *call) {
  struct mail_settings settings;
  const char *why = NULL;
  int status = call_words(call, 2, 2) ? administrator(call) : EXIT_USE;
  if (status) return status;
  enum store_error error = mail_settings_read(call->house->store, call->arena, &settings);
  if (error == STORE_ABSENT)
    return call_fail(call, EXIT_WRONG, (struct label){"还没有设邮件服务器:bihuan mail set。", "no mail server is set: bihuan mail set."});
  if (error) return call_store_fail(call, error);
  if (!mail_try(&settings, call->argv[1], house_now(call->house), call->arena, &why))
    return call_fail(call, EXIT_WRONG, label_print(call->arena, "没有送出:%s。", "it was not sent: %s.", why ? why : "-"));
  call_print(call, "已交给服务器。", "the server has taken it.");
  return EXIT_DONE;
}

static int off(struct call *call) {
  int status = call_words(call, 1, 1) ? administrator(call) : EXIT_USE;
  enum store_error error = status ? STORE_OK : mail_settings_remove(call->house->store);
  if (error) return call_store_fail(call, error);
  if (!status) status = told(call, "mail_off", "{}");
  if (!status) call_print(call, "不再发邮件;排着队的留着。", "no mail is sent any more; what is queued stays.");
  return status;
}

int command_mail(struct call *call) {
  static const struct {
    const char *name;
    int (*run)(struct call *call);
  } WORDS[] = {{"set", set}, {"show", show}, {"test", try}, {"off", off}};
  for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS && call->argc; i++)
    if (strcmp(call->argv[0], WORDS[i].name) == 0) return WORDS[i].run(call);
  return call_usage(call, (struct label){"用法:mail set、show、test 或 off。", "it is mail set, show, test or off."});
}
