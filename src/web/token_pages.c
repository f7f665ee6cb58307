/* Tokens given out, listed and taken back by the administrators. The security administrator gives out only those that serve one purpose
   (the hotline, Open311): a token that acts as its user in everything is the system administrator's to give, as passwords are. */
#include "web/account.h"
#include "web/json_out.h"
#include "web/web.h"

struct page { struct request *request; struct json *json; struct labels labels; };

static void token_write(struct request *request, struct json *json, const struct token_told *told) {
  json_pair(json, "id", told->id);
  json_pair_integer(json, "user", told->user);
  json_pair(json, "scope", TOKEN_SCOPE_NAMES[told->scope]);
  json_pair(json, "name", told->name);
  json_pair(json, "made", told->made ? moment_print(request->arena, told->made) : NULL);
  json_pair(json, "expires", told->expires ? moment_print(request->arena, told->expires) : NULL);
  json_key(json, "made_by");
  if (told->made_by) json_integer(json, told->made_by);
  else json_null(json);
}

static bool token_take(void *with, const struct token_told *told) {
  struct page *page = with;
  json_open(page->json, '{');
  token_write(page->request, page->json, told);
  labels_want(&page->labels, RECORD_USER, told->user);
  json_close(page->json, '}');
  return true;
}

void tokens_show(struct request *request) {
  struct page page = {.request = request, .labels = {.arena = request->arena}};
  if (!request_reader(request)) return;
  page.json = out_open(request);
  json_key(page.json, "items");
  json_open(page.json, '[');
  enum store_error error = account_list_tokens(request->house, 0, moment_system(), request->arena, token_take, &page);
  json_close(page.json, ']');
  if (!error) error = labels_write(request, page.json, &page.labels);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}

static bool audit_token(struct request *request, const char *what, const struct token_told *told) {
  enum store_error error = audit_write(request, what, arena_print(request->arena, "{\"user\":%lld,\"token\":\"%s\",\"scope\":\"%s\"}",
                                                                  (long long)told->user, told->id, TOKEN_SCOPE_NAMES[told->scope]));
  if (error) answer_store_error(request, error);
  return !error;
}

/* Whose token it is to be, what for, how long. False: answered. */
static bool token_read(struct request *request, json_t *body, struct token_told *told) {
  const char *scope = json_string_value(json_object_get(body, "scope")), *name = json_string_value(json_object_get(body, "name"));
  json_t *days_given = json_object_get(body, "days");
  int64_t days = days_given ? json_integer_value(days_given) : TOKEN_DAYS_USUAL;
  struct row *user = NULL;
  *told = (struct token_told){.user = json_integer_value(json_object_get(body, "user")),
                              .made_by = request->seat.user,
                              .made = moment_system()};
  if (!token_scope_named(scope, &told->scope))
    issue_add(&request->issues, 0, "scope", "unknown_choice",
              (struct label){"应为 read、write、hotline 或 open311", "must be read, write, hotline or open311"});
  if (days < 1 || days > TOKEN_DAYS_MOST)
    issue_add(&request->issues, 0, "days", "out_of_range", (struct label){"应为 1 至 3650", "must be 1 to 3650"});
  if (name && text_length(name) > 80)
    issue_add(&request->issues, 0, "name", "too_long", (struct label){"最多 80 个字", "at most 80 characters"});
  if (!request_reader(request)) return false;
  enum store_error error = told->user > 0
                               ? reader_get(request->reader, record_type(RECORD_USER), &SCOPE_SYSTEM, told->user, request->arena, &user)
                               : STORE_ABSENT;
  if (error && error != STORE_ABSENT) return answer_store_error(request, error), false;
  if (error || user->state == FORCE_RETIRED)
    issue_add(&request->issues, 0, "user", "absent", (struct label){"没有这个账号,或已停用", "there is no such account in force"});
  told->name = name && *name ? arena_text(request->arena, name) : NULL;
  told->expires = told->made + days * MOMENT_DAY;
  if (request->issues.count)
    answer_problem(request, 422, "invalid", (struct label){"填写有误,见各项说明。", "something is wrong; see the findings."});
  return request->issues.count == 0;
}

void token_make(struct request *request) {
  struct token_told told;
  char *token = NULL, *id = NULL;
  json_t *body = request_body(request);
  if (!body || !token_read(request, body, &told)) return;
  bool machine = told.scope == TOKEN_HOTLINE || told.scope == TOKEN_OPEN311;
  if (!machine && !(request->authority->roles & ROLE(ROLE_SYSTEM_ADMINISTRATOR))) {
    answer_problem(request, 403, "forbidden",
                   (struct label){"安全管理员只能发 hotline 和 open311 令牌。",
                                  "the security administrator gives out tokens for hotline and open311 only."});
    return;
  }
  enum store_error error = account_new_token(request->house, &told, request->arena, &token, &id);
  told.id = id;
  if (error) answer_store_error(request, error);
  if (error || !audit_token(request, "token_create", &told)) return;
  struct json *json = out_open(request);
  json_pair(json, "token", token); /* this once */
  token_write(request, json, &told);
  out_close(request, 201);
}

void token_revoke(struct request *request) {
  struct token_told told;
  enum store_error error = account_revoke_token(request->house, request->parts.name, request->arena, &told);
  if (error == STORE_ABSENT) answer_absent(request);
  else if (error) answer_store_error(request, error);
  if (error) return;
  sessions_renew(request->server->sessions);
  if (audit_token(request, "token_revoke", &told)) answer_empty(request, 204);
}
