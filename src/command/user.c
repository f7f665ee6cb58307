/* bihuan user: accounts and passwords (the system administrator's), grants (the security administrator's), tokens. All records go
   through the door as the account given; only the first three officers are made by the program itself, while there are none. */
#include "command/program.h"

#include <stdlib.h>
#include <string.h>

#include "rules/calendar.h"
#include "web/account.h"

enum { GENERATED_LETTERS = 14, SETS_OF_DAYS = 400 };

/* ---- passwords ---- */
/* From --password-stdin (its first line) or --generate; *generated: to be shown once and changed at the first sign-in. */
static int read_password(struct call *call, bool from_in, bool generate, const char *account, char **password, bool *generated) {
  *generated = generate;
  if (from_in == generate)
    return call_usage(call, (struct label){"口令从哪里来:写 --generate 或 --password-stdin 之一。",
                                           "where does the password come from? Give one of --generate and --password-stdin."});
  if (generate) { *password = random_word(call->arena, GENERATED_LETTERS); return EXIT_DONE; }
  char line[1024];
  if (!fgets(line, sizeof line, call->in))
    return call_fail(call, EXIT_USE, (struct label){"标准输入里没有口令。", "there is no password on standard input."});
  line[strcspn(line, "\r\n")] = 0;
  *password = arena_text(call->arena, line);
  struct label problem = account_password_problem(account, *password);
  return problem.zh ? call_fail(call, EXIT_WRONG, problem) : EXIT_DONE;
}

static int keep_password(struct call *call, const char *account, int64_t user, const char *password, bool generated, const char *what) {
  enum store_error error = account_set_password(call->house, account, user, password, generated, call->arena);
  struct audit audit = {.moment = house_now(call->house), .actor = call->authority.user, .what = what,
                        .detail = arena_print(call->arena, "{\"user\":%lld,\"channel\":\"command\"}", (long long)user)};
  if (!error) error = account_end_sessions(call->house, user, call->arena);
  if (!error) error = audit_append(call->house->store, &audit);
  return error ? call_store_fail(call, error) : EXIT_DONE;
}

static void show_account(struct call *call, struct json *json, const char *account, int64_t user, const char *password) {
  if (json) {
    json_pair(json, "account", account);
    json_pair_integer(json, "id", user);
    if (password) json_pair(json, "password", password);
  } else if (password)
    call_print(call, "账号 %s,口令 %s(只显示这一次,首次登录要改)",
               "account %s, password %s (shown only now, to be changed at the first sign-in)", account, password);
  else call_print(call, "账号 %s:口令已设好。", "account %s: the password is set.", account);
}

static int finish_account(struct call *call, const char *account, int64_t user, const char *password) {
  struct call_json out;
  struct json *json = call->json ? call_json_open(call, &out) : NULL;
  show_account(call, json, account, user, password);
  if (json) call_json_close(call, &out);
  return EXIT_DONE;
}

static int needs_as(struct call *call, enum role_code role) {
  if (!call->as) return call_usage(call, (struct label){"要说明以谁的身份做:加上 --as 账号。", "say as whom: add --as ACCOUNT."});
  if (call->authority.roles & ROLE(role)) return EXIT_DONE;
  struct label label = role_label(role);
  return call_fail(call, EXIT_WRONG,
                   (struct label){arena_print(call->arena, "这件事由%s做,账号“%s”不是。", label.zh, call->as),
                                  arena_print(call->arena, "this is for a %s, which the account \"%s\" is not.", label.en, call->as)});
}

/* ---- the first three ---- */
static const struct { const char *account, *name; enum role_code role; } FIRST[] = {
  {"sysadmin", "系统管理员", ROLE_SYSTEM_ADMINISTRATOR}, {"secadmin", "安全管理员", ROLE_SECURITY_ADMINISTRATOR}, {"auditadmin", "审计管理员", ROLE_AUDIT_ADMINISTRATOR}};
enum { FIRST_COUNT = sizeof FIRST / sizeof *FIRST };

/* No user at all is asked for, so that nobody can take an orphaned store over by making administrators anew. */
static int no_user_yet(struct call *call) {
  struct reader *reader = NULL;
  struct query query = {.type = record_type(RECORD_USER), .with_voided = true, .expected = -1};
  int64_t users = 0;
  enum store_error error = store_reader(call->house->store, &reader);
  if (!error) error = reader_count(reader, &query, &SCOPE_SYSTEM, &users);
  reader_release(reader);
  if (error) return call_store_fail(call, error);
  if (users == 0) return EXIT_DONE;
  return call_fail(call, EXIT_WRONG,
                   (struct label){"库里已有用户,不能再建首批管理员。",
                                  "the store has users already; the first administrators can be made only while there are none."});
}

static int fill_calendar(struct call *call) {
  struct change *changes = ARENA_ARRAY(call->arena, struct change, SHIPPED_DAY_COUNT);
  struct outcome outcome;
  int status = EXIT_DONE;
  for (size_t i = 0; i < SHIPPED_DAY_COUNT; i++) {
    struct value *values = ARENA_ARRAY(call->arena, struct value, 4);
    values[0] = value_integer(CALENDAR_DAY_DATE, SHIPPED_DAYS[i].date);
    values[1] = value_integer(CALENDAR_DAY_KIND, SHIPPED_DAYS[i].kind);
    values[2] = value_text(CALENDAR_DAY_NAME, SHIPPED_DAYS[i].name);
    values[3] = value_text(CALENDAR_DAY_NOTICE, SHIPPED_DAYS[i].notice);
    changes[i] = (struct change){.type = record_type(RECORD_CALENDAR_DAY),
                                 .seen = ANY_VERSION,
                                 .action = ACTION_CREATE,
                                 .values = values,
                                 .value_count = 4};
  }
  for (size_t at = 0; at < SHIPPED_DAY_COUNT && !status; at += SETS_OF_DAYS) {
    size_t count = SHIPPED_DAY_COUNT - at < SETS_OF_DAYS ? SHIPPED_DAY_COUNT - at : SETS_OF_DAYS;
    status = call_change(call, &AUTHORITY_SYSTEM, changes + at, count, &outcome);
  }
  return status;
}

/* Users and their grants are one change set: either all three stand, or none. */
static int create_first(struct call *call) {
  struct change changes[2 * FIRST_COUNT];
  struct value values[2 * FIRST_COUNT][2];
  struct outcome outcome;
  struct call_json out;
  for (int i = 0; i < FIRST_COUNT; i++) {
    values[i][0] = value_text(USER_ACCOUNT, FIRST[i].account);
    values[i][1] = value_text(USER_NAME, FIRST[i].name);
    changes[i] = (struct change){.type = record_type(RECORD_USER),
                                 .seen = ANY_VERSION,
                                 .action = ACTION_CREATE,
                                 .values = values[i],
                                 .value_count = 2};
    values[FIRST_COUNT + i][0] = value_integer(GRANT_USER, -(i + 1));
    values[FIRST_COUNT + i][1] = value_integer(GRANT_ROLE, FIRST[i].role);
    changes[FIRST_COUNT + i] = (struct change){.type = record_type(RECORD_GRANT),
                                               .seen = ANY_VERSION,
                                               .action = ACTION_CREATE,
                                               .values = values[FIRST_COUNT + i],
                                               .value_count = 2};
  }
  int status = no_user_yet(call);
  if (!status) status = fill_calendar(call);
  if (!status) status = call_change(call, &AUTHORITY_SYSTEM, changes, 2 * FIRST_COUNT, &outcome);
  if (status) return status;
  enum store_error error = store_base_line_set(call->house->store, date_of_moment(house_now(call->house)));
  if (error) return call_store_fail(call, error);
  struct json *json = call->json ? call_json_open(call, &out) : NULL;
  if (json) { json_key(json, "accounts"); json_open(json, '['); }
  for (int i = 0; i < FIRST_COUNT && !status; i++) {
    char *password = random_word(call->arena, GENERATED_LETTERS);
    status = keep_password(call, FIRST[i].account, outcome.ids[i], password, true, "user_create");
    if (json) json_open(json, '{');
    if (!status) show_account(call, json, FIRST[i].account, outcome.ids[i], password);
    if (json) json_close(json, '}');
  }
  if (json) { json_close(json, ']'); call_json_close(call, &out); }
  return status;
}

/* ---- create, password ---- */
static int user_create(struct call *call) {
  const char *name = call_option(call, "name"), *unit = call_option(call, "unit");
  bool first = call_flag(call, "first"), generate = call_flag(call, "generate"), from_in = call_flag(call, "password-stdin"), generated;
  struct reader *reader = NULL;
  struct value values[3];
  struct outcome outcome;
  char *password = NULL;
  size_t count = 2;
  int64_t unit_id = 0;
  if (!call_words(call, first ? 0 : 1, first ? 0 : 1)) return EXIT_USE;
  if (first) return create_first(call);
  const char *account = call->argv[0];
  int status = needs_as(call, ROLE_SYSTEM_ADMINISTRATOR);
  if (!status && !name) status = call_usage(call, (struct label){"少了 --name 姓名。", "--name is missing."});
  if (!status) status = read_password(call, from_in, generate, account, &password, &generated);
  if (!status && unit) {
    enum store_error error = store_reader(call->house->store, &reader);
    status = error ? call_store_fail(call, error) : find_unit(call, reader, unit, &unit_id);
    reader_release(reader);
  }
  if (status) return status;
  values[0] = value_text(USER_ACCOUNT, account);
  values[1] = value_text(USER_NAME, name);
  if (unit) values[count++] = value_integer(USER_UNIT, unit_id);
  struct change change = {.type = record_type(RECORD_USER),
                          .seen = ANY_VERSION,
                          .action = ACTION_CREATE,
                          .values = values,
                          .value_count = count};
  status = call_change(call, &call->authority, &change, 1, &outcome);
  if (!status) status = keep_password(call, account, outcome.ids[0], password, generated, "user_create");
  return status ? status : finish_account(call, account, outcome.ids[0], generated ? password : NULL);
}

static int read_user(struct call *call, const char *account, struct row **user) {
  struct reader *reader = NULL;
  enum store_error error = store_reader(call->house->store, &reader);
  int status = error ? call_store_fail(call, error) : find_user(call, reader, account, user);
  reader_release(reader);
  return status;
}

static int user_password(struct call *call) {
  bool generate = call_flag(call, "generate"), from_in = call_flag(call, "password-stdin"), generated;
  struct row *user = NULL;
  char *password = NULL;
  if (!call_words(call, 1, 1)) return EXIT_USE;
  const char *account = call->argv[0];
  int status = needs_as(call, ROLE_SYSTEM_ADMINISTRATOR);
  if (!status) status = read_user(call, account, &user);
  if (!status) status = read_password(call, from_in, generate, account, &password, &generated);
  if (!status) status = keep_password(call, account, user->id, password, generated, "password_set");
  return status ? status : finish_account(call, account, user->id, generated ? password : NULL);
}

/* ---- grants ---- */
/* At most five values, in no order. */
static int grant_values(struct call *call, struct value *values, size_t *count) {
  const char *group = call_option(call, "group"), *unit = call_option(call, "unit"), *secrecy = call_option(call, "secrecy");
  const struct { const char *option; uint16_t field; } dates[] = {{"from", GRANT_FROM}, {"to", GRANT_TO}};
  struct reader *reader = NULL;
  int64_t integer = 0;
  int status = EXIT_DONE;
  for (int i = 0; i < 2 && !status; i++) {
    const char *text = call_option(call, dates[i].option);
    if (text && !date_parse(text, &integer))
      status = call_usage(call, label_print(call->arena, "日期“%s”读不懂,例:2026-11-23。",
                                            "the date \"%s\" makes no sense; e.g. 2026-11-23.", text));
    else if (text) values[(*count)++] = value_integer(dates[i].field, integer);
  }
  if (!status && secrecy) {
    const struct choice *choice = field_choice_named(record_field(record_type(RECORD_GRANT), GRANT_SECRECY), secrecy);
    if (!choice)
      status = call_usage(call, label_print(call->arena, "知悉范围“%s”不对,有 open、internal、restricted。",
                                            "the secrecy \"%s\" is none of open, internal, restricted.", secrecy));
    else values[(*count)++] = value_integer(GRANT_SECRECY, choice->code);
  }
  if (!status && group) {
    if (!text_to_integer(group, &integer) || integer <= 0)
      status = call_usage(call, label_print(call->arena, "--group 应为指导组的编号,不是“%s”。",
                                            "--group is the id of a guidance group, not \"%s\".", group));
    else values[(*count)++] = value_integer(GRANT_GUIDANCE_GROUP, integer);
  }
  if (!status && unit) {
    enum store_error error = store_reader(call->house->store, &reader);
    status = error ? call_store_fail(call, error) : find_unit(call, reader, unit, &integer);
    reader_release(reader);
    if (!status) values[(*count)++] = value_integer(GRANT_UNIT, integer);
  }
  return status;
}

static int user_grant(struct call *call) {
  struct value values[7];
  struct outcome outcome;
  struct row *user = NULL;
  size_t count = 0;
  int status = needs_as(call, ROLE_SECURITY_ADMINISTRATOR);
  if (!status) status = grant_values(call, values, &count);
  if (!status && !call_words(call, 2, 2)) status = EXIT_USE;
  if (!status) status = read_user(call, call->argv[0], &user);
  enum role_code role = status ? ROLE_NONE : role_named(call->argv[1]);
  if (!status && (role == ROLE_NONE || !(ROLE(role) & ROLES_ALL))) {
    struct buffer names = {.arena = call->arena};
    for (int i = 1; i < 64; i++)
      if (ROLES_ALL & ROLE(i)) buffer_print(&names, "%s%s", names.size ? ", " : "", role_name((enum role_code)i));
    status = call_usage(call, label_print(call->arena, "没有角色“%s”。有:%s。", "there is no role \"%s\". There are: %s.", call->argv[1],
                                          names.bytes));
  }
  if (status) return status;
  values[count++] = value_integer(GRANT_USER, user->id);
  values[count++] = value_integer(GRANT_ROLE, role);
  struct change change = {.type = record_type(RECORD_GRANT),
                          .seen = ANY_VERSION,
                          .action = ACTION_CREATE,
                          .values = values,
                          .value_count = count};
  status = call_change(call, &call->authority, &change, 1, &outcome);
  if (status) return status;
  struct call_json out;
  if (call->json) {
    struct json *json = call_json_open(call, &out);
    json_pair_integer(json, "grant", outcome.ids[0]);
    call_json_close(call, &out);
  } else call_print(call, "已授权:%s 为%s。", "granted: %s is %s.", call->argv[0], call_say(call, role_label(role)));
  return EXIT_DONE;
}

/* ---- tokens ---- */
/* One's own, or given out by the system administrator; those that serve the hotline or Open311 only, by the security administrator too. */
static int may_give(struct call *call, const char *account, enum token_scope scope) {
  bool own = call->as && strcmp(call->as, account) == 0, machine = scope == TOKEN_HOTLINE || scope == TOKEN_OPEN311;
  if (own) return EXIT_DONE;
  if (machine && call->as && call->authority.roles & ROLE(ROLE_SECURITY_ADMINISTRATOR)) return EXIT_DONE;
  return needs_as(call, ROLE_SYSTEM_ADMINISTRATOR);
}

static int token_audit(struct call *call, const char *what, int64_t user, const char *id, enum token_scope scope) {
  struct audit audit = {.moment = house_now(call->house), .actor = call->authority.user, .what = what,
                        .detail = arena_print(call->arena, "{\"user\":%lld,\"token\":\"%s\",\"scope\":\"%s\"}", (long long)user, id, TOKEN_SCOPE_NAMES[scope])};
  enum store_error error = audit_append(call->house->store, &audit);
  return error ? call_store_fail(call, error) : EXIT_DONE;
}

static int user_token(struct call *call) {
  const char *scope = call_option(call, "scope"), *days_text = call_option(call, "days"), *name = call_option(call, "name");
  struct token_told told = {.made = moment_system(), .name = name};
  struct row *user = NULL;
  char *token = NULL, *id = NULL;
  int64_t days = TOKEN_DAYS_USUAL;
  if (!call_words(call, 1, 1)) return EXIT_USE;
  if (!token_scope_named(scope, &told.scope))
    return call_usage(call,
                      (struct label){"--scope 应为 read、write、hotline 或 open311。", "--scope is read, write, hotline or open311."});
  if (days_text && (!text_to_integer(days_text, &days) || days < 1 || days > TOKEN_DAYS_MOST))
    return call_usage(call, (struct label){"--days 应为 1 至 3650。", "--days is 1 to 3650."});
  int status = may_give(call, call->argv[0], told.scope);
  if (!status) status = read_user(call, call->argv[0], &user);
  if (status) return status;
  told.user = user->id;
  told.made_by = call->authority.user;
  told.expires = told.made + days * MOMENT_DAY;
  enum store_error error = account_new_token(call->house, &told, call->arena, &token, &id);
  if (error) return call_store_fail(call, error);
  status = token_audit(call, "token_create", user->id, id, told.scope);
  if (status) return status;
  struct call_json out;
  if (call->json) {
    struct json *json = call_json_open(call, &out);
    json_pair(json, "token", token);
    json_pair(json, "id", id);
    json_pair(json, "expires", moment_print(call->arena, told.expires));
    call_json_close(call, &out);
  } else {
    fprintf(call->out, "%s\n", token);
    fprintf(call->err, "%s\n",
            call_say(call,
                     label_print(call->arena, "只显示这一次,%s 到期。用法:Authorization: Bearer 令牌;收回:bihuan user revoke %s",
                                 "shown only now; ends on %s. To use: Authorization: Bearer TOKEN; to take back: bihuan user revoke %s",
                                 date_print(call->arena, date_of_moment(told.expires)), id)));
  }
  return EXIT_DONE;
}

struct token_line { struct call *call; struct json *json; };

static bool token_line_take(void *with, const struct token_told *told) {
  struct token_line *line = with;
  struct call *call = line->call;
  const char *ends = told->expires ? date_print(call->arena, date_of_moment(told->expires)) : NULL;
  if (!line->json) {
    fprintf(call->out, "%s\t%s\t%lld\t%s\t%s\n", told->id, TOKEN_SCOPE_NAMES[told->scope], (long long)told->user, ends ? ends : "-",
            told->name ? told->name : "");
    return true;
  }
  json_open(line->json, '{');
  json_pair(line->json, "id", told->id);
  json_pair(line->json, "scope", TOKEN_SCOPE_NAMES[told->scope]);
  json_pair_integer(line->json, "user", told->user);
  json_pair(line->json, "name", told->name);
  json_pair(line->json, "expires", ends);
  json_close(line->json, '}');
  return true;
}

/* Like the list of accounts: who may read the data folder may read it. The tokens themselves stand nowhere. */
static int user_tokens(struct call *call) {
  struct token_line line = {.call = call};
  struct call_json out;
  struct row *user = NULL;
  if (!call_words(call, 0, 1)) return EXIT_USE;
  int status = call->argc ? read_user(call, call->argv[0], &user) : EXIT_DONE;
  if (status) return status;
  if (call->json) {
    line.json = call_json_open(call, &out);
    json_key(line.json, "tokens");
    json_open(line.json, '[');
  }
  enum store_error error = account_list_tokens(call->house, user ? user->id : 0, moment_system(), call->arena, token_line_take, &line);
  if (error) return call_store_fail(call, error);
  if (line.json) { json_close(line.json, ']'); call_json_close(call, &out); }
  return EXIT_DONE;
}

static int user_revoke(struct call *call) {
  struct token_told told;
  if (!call_words(call, 1, 1)) return EXIT_USE;
  int status = call->as && call->authority.roles & ROLE(ROLE_SECURITY_ADMINISTRATOR) ? EXIT_DONE
                                                                                     : needs_as(call, ROLE_SYSTEM_ADMINISTRATOR);
  if (status) return status;
  enum store_error error = account_revoke_token(call->house, call->argv[0], call->arena, &told);
  if (error == STORE_ABSENT)
    return call_fail(call, EXIT_WRONG,
                     label_print(call->arena, "没有编号为“%s”的令牌(bihuan user tokens 列出全部)。",
                                 "there is no token \"%s\" (bihuan user tokens lists them).", call->argv[0]));
  if (error) return call_store_fail(call, error);
  status = token_audit(call, "token_revoke", told.user, told.id, told.scope);
  if (!status) call_print(call, "已收回。", "it is taken back.");
  return status;
}

/* ---- list ---- */
struct user_line { struct call *call; struct json *json; struct reader *reader; };

static bool role_take(void *with, const struct row *grant) {
  struct user_line *line = with;
  const char *name = role_name((enum role_code)row_integer(grant, GRANT_ROLE));
  if (line->json) json_text(line->json, name);
  else fprintf(line->call->out, " %s", name);
  return true;
}

static bool user_take(void *with, const struct row *user) {
  struct user_line *line = with;
  struct call *call = line->call;
  const struct record_type *grant = record_type(RECORD_GRANT);
  struct value who = value_integer(GRANT_USER, user->id), active = value_integer(FIELD_STATE, FORCE_ACTIVE);
  struct condition conditions[] = {{.field = GRANT_USER, .how = C_IS, .values = &who, .count = 1},
                                   {.field = FIELD_STATE, .how = C_IS, .values = &active, .count = 1}};
  struct query query = {.type = grant, .conditions = conditions, .condition_count = 2, .expected = -1};
  bool disabled = user->state == FORCE_RETIRED;
  if (line->json) {
    json_open(line->json, '{');
    json_pair_integer(line->json, "id", user->id);
    json_pair(line->json, "account", row_text(user, USER_ACCOUNT));
    json_pair(line->json, "name", row_text(user, USER_NAME));
    json_pair_yes_no(line->json, "disabled", disabled);
    json_key(line->json, "roles");
    json_open(line->json, '[');
  } else
    fprintf(call->out, "%lld\t%s\t%s%s\t", (long long)user->id, row_text(user, USER_ACCOUNT), row_text(user, USER_NAME),
            disabled ? call_say(call, (struct label){"(停用)", " (disabled)"}) : "");
  if (reader_list(line->reader, &query, &SCOPE_SYSTEM, call->arena, role_take, line) != STORE_OK && !line->json) fprintf(call->out, " ?");
  if (line->json) { json_close(line->json, ']'); json_close(line->json, '}'); }
  else fprintf(call->out, "\n");
  return true;
}

/* Without --as all users are shown: who may read the data folder may read them there. */
static int user_list(struct call *call) {
  if (!call_words(call, 0, 0)) return EXIT_USE;
  struct call_json out;
  struct user_line line = {.call = call};
  const struct record_type *type = record_type(RECORD_USER);
  struct query query = {.type = type, .expected = -1};
  const struct scope *scope = call->as ? scope_for(call->arena, &call->authority, type, MAY_READ) : &SCOPE_SYSTEM;
  enum store_error error = store_reader(call->house->store, &line.reader);
  if (error) return call_store_fail(call, error);
  if (call->json) {
    line.json = call_json_open(call, &out);
    json_key(line.json, "users");
    json_open(line.json, '[');
  }
  error = reader_list(line.reader, &query, scope, call->arena, user_take, &line);
  reader_release(line.reader);
  if (error) return call_store_fail(call, error);
  if (line.json) { json_close(line.json, ']'); call_json_close(call, &out); }
  return EXIT_DONE;
}

int command_user(struct call *call) {
  static const struct { const char *name; int (*run)(struct call *); } ACTIONS[] = {
    {"create", user_create}, {"password", user_password}, {"grant", user_grant}, {"token", user_token}, {"tokens", user_tokens}, {"revoke", user_revoke}, {"list", user_list}};
  const char *name = call->argc ? call->argv[0] : "";
  for (size_t i = 0; i < sizeof ACTIONS / sizeof *ACTIONS; i++)
    if (strcmp(name, ACTIONS[i].name) == 0) {
      call->argc--;
      call->argv++;
      bool first = false; /* only the first officers make a store where there is none */
      for (int k = 0; k < call->argc; k++) first = first || strcmp(call->argv[k], "--first") == 0;
      return call_with_store(call, first ? COMMAND_CREATES : 0, ACTIONS[i].run);
    }
  return call_usage(call, *name ? label_print(call->arena, "不认识“user %s”。", "\"user %s\" is unknown.", name)
                                : (struct label){"user 后面写要做什么。", "say what to do behind user."});
}
