/* Signing in and out, who am I, another password. Failures are counted before a password is tried, so that many tries at once
   count too: five by an account, fifty by an address, then a quarter of an hour's rest. Runs on a slow thread. */
#include <stdio.h>
#include <string.h>

#include "web/account.h"
#include "web/campaigns.h"

#define ACCOUNT_TRIES 5
#define ADDRESS_TRIES 50
#define REST (INT64_C(15) * 60 * MOMENT_SECOND)
#define SWAPS_MOST 20

/* ---- failures ---- */

struct failures { int64_t count, last, until; };

static struct failures failures_parse(const char *value) {
  json_t *object = value ? json_loads(value, 0, NULL) : NULL;
  struct failures failures = {json_integer_value(json_object_get(object, "count")), json_integer_value(json_object_get(object, "last")),
                              json_integer_value(json_object_get(object, "until"))};
  json_decref(object);
  return failures;
}

/* Counts one try. *rest: microseconds to wait when there were too many already; then nothing is counted. */
static enum store_error failures_add(struct request *request, const char *key, int64_t most, int64_t *rest) {
  struct store *store = request->house->store;
  enum store_error error = STORE_CLASH;
  *rest = 0;
  for (int i = 0; i < SWAPS_MOST && error == STORE_CLASH; i++) {
    char *before = NULL;
    int64_t now = moment_system();
    error = side_get(store, SIDE_FAILURES, key, request->arena, &before);
    if (error && error != STORE_ABSENT) return error;
    struct failures failures = failures_parse(error ? NULL : before);
    if (failures.until > now) {
      *rest = failures.until - now;
      return STORE_OK;
    }
    if (now - failures.last > REST || failures.until) failures.count = 0;
    failures.count++;
    char *after = arena_print(request->arena, "{\"count\":%lld,\"last\":%lld,\"until\":%lld}", (long long)failures.count, (long long)now,
                              (long long)(failures.count >= most ? now + REST : 0));
    error = side_swap(store, SIDE_FAILURES, key, error ? NULL : before, after, now + 2 * REST);
  }
  return error == STORE_CLASH ? STORE_BUSY : error;
}

/* A right password takes its try back. */
static void failures_take_back(struct request *request, const char *key) {
  for (int i = 0; i < SWAPS_MOST; i++) {
    char *before = NULL;
    if (side_get(request->house->store, SIDE_FAILURES, key, request->arena, &before)) return;
    struct failures failures = failures_parse(before);
    char *after = arena_print(request->arena, "{\"count\":%lld,\"last\":%lld,\"until\":0}",
                              (long long)(failures.count > 0 ? failures.count - 1 : 0), (long long)failures.last);
    if (side_swap(request->house->store, SIDE_FAILURES, key, before, after, moment_system() + 2 * REST) != STORE_CLASH) return;
  }
}

static void answer_rest(struct request *request, int64_t rest) {
  long long seconds = (long long)(rest / MOMENT_SECOND) + 1;
  answer_header(request, "Retry-After", arena_print(request->arena, "%lld", seconds));
  answer_problem(request, 429, "too_many_tries",
                 label_print(request->arena, "尝试次数过多，请 %lld 分钟后再试。", "too many tries; try again in %lld minutes.",
                             (seconds + 59) / 60));
}

/* ---- who am I ---- */

static void user_write(struct request *request, struct json *json) {
  const struct authority *authority = request->authority;
  json_key(json, "user");
  json_open(json, '{');
  json_pair_integer(json, "id", authority->user);
  json_pair(json, "account", authority->account);
  json_pair(json, "name", authority->name);
  json_key(json, "unit");
  if (authority->unit > 0) json_integer(json, authority->unit);
  else json_null(json);
  json_pair(json, "language", authority->language == LANGUAGE_EN ? "en" : "zh");
  json_close(json, '}');
  json_key(json, "roles");
  json_open(json, '[');
  for (int role = 1; role < 64; role++)
    if (authority->roles & ROLE(role)) json_text(json, role_name((enum role_code)role));
  json_close(json, ']');
  json_pair(json, "csrf", request->seat.csrf);
  json_pair_yes_no(json, "must_change", request->seat.must_change);
}

static enum store_error store_write(struct request *request, struct json *json, bool demo) {
  struct store_clock clock;
  int64_t now = request_now(request);
  enum store_error error = store_clock_read(request->house->store, &clock);
  if (error) return error;
  json_key(json, "store");
  json_open(json, '{');
  json_pair(json, "name", store_name(request->house->store));
  json_pair_yes_no(json, "test", clock.simulated);
  json_pair_yes_no(json, "demo", demo);
  json_pair(json, "now", moment_print(request->arena, now));
  json_pair(json, "today", date_print(request->arena, date_of_moment(now)));
  json_pair(json, "version", BIHUAN_VERSION);
  json_pair(json, "base_line", clock.base_line == NOTHING ? NULL : date_print(request->arena, clock.base_line));
  json_close(json, '}');
  return STORE_OK;
}

static enum store_error unread_count(struct request *request, int64_t *unread) {
  struct value user = value_integer(MESSAGE_USER, request->authority->user), state = value_integer(FIELD_STATE, MESSAGE_UNREAD);
  struct condition conditions[] = {{.field = MESSAGE_USER, .how = C_IS, .values = &user, .count = 1},
                                   {.field = FIELD_STATE, .how = C_IS, .values = &state, .count = 1}};
  struct query query = {.type = record_type(RECORD_MESSAGE), .conditions = conditions, .condition_count = 2, .expected = -1};
  return reader_count(request->reader, &query, request_scope(request, query.type, MAY_READ), unread);
}

void session_show(struct request *request) {
  struct rows campaigns;
  int64_t unread = 0, today = date_of_moment(request_now(request));
  if (!request_head(request)) return;
  enum store_error error = campaigns_read(request, today, &campaigns);
  const struct row *campaign = campaign_under_way(&campaigns, today);
  bool demo = false; /* any of them: data of two campaigns stand on one page */
  for (size_t i = 0; i < campaigns.count; i++) demo = demo || row_integer(campaigns.items[i], CAMPAIGN_DEMO) == 1;
  if (!error) error = unread_count(request, &unread);
  struct json *json = out_open(request);
  user_write(request, json);
  if (!error) error = store_write(request, json, demo);
  json_key(json, "campaign");
  campaign_write(request, json, campaign, today);
  campaigns_write(request, json, &campaigns, today);
  json_pair_integer(json, "unread", unread);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}

/* ---- signing in ---- */

static void answer_session(struct request *request, const char *token) {
  const char *secure = request->server->options.behind_proxy ? "; Secure" : "";
  answer_header(request, "Set-Cookie",
                arena_print(request->arena, SESSION_COOKIE "=%s; Path=/; HttpOnly; SameSite=Strict%s; Max-Age=%d", token, secure,
                            SESSION_SECONDS));
  if (!request_head(request)) return;
  struct json *json = out_open(request);
  user_write(request, json);
  out_close(request, 200);
}

static char *detail_of(struct request *request, const char *account) {
  struct buffer detail = {.arena = request->arena};
  struct json json = json_to(&detail);
  json_open(&json, '{');
  json_pair(&json, "account", account);
  json_pair(&json, "address", request_address(request));
  json_close(&json, '}');
  return detail.bytes;
}

/* The right password of a user who is in force, within the tries allowed. False: answered. */
static bool password_try(struct request *request, const char *account, const char *password, int64_t *user, bool *must_change) {
  char *by_account = arena_print(request->arena, "account:%s", text_fold(request->arena, account));
  char *by_address = arena_print(request->arena, "address:%s", request_address(request));
  int64_t rest = 0;
  enum store_error error = failures_add(request, by_account, ACCOUNT_TRIES, &rest);
  if (!error && !rest) error = failures_add(request, by_address, ADDRESS_TRIES, &rest);
  if (!error && rest) {
    answer_rest(request, rest);
    return false;
  }
  if (!error) error = account_check(request->house, account, password, request->arena, user, must_change);
  if (!error) {
    side_remove(request->house->store, SIDE_FAILURES, by_account);
    failures_take_back(request, by_address);
    return true;
  }
  if (error == STORE_ABSENT) {
    error = audit_write(request, "sign_in_failed", detail_of(request, account));
    if (!error) {
      answer_problem(request, 401, "wrong_password", (struct label){"账号或口令不对。", "the account or the password is wrong."});
      return false;
    }
  }
  answer_store_error(request, error);
  return false;
}

void session_open(struct request *request) {
  json_t *body = request_body(request);
  int64_t user = 0;
  bool must_change = false;
  char *token = NULL;
  if (!body) return;
  const char *account = json_string_value(json_object_get(body, "account")),
             *password = json_string_value(json_object_get(body, "password"));
  if (!account || !password || !*account || strlen(account) > 200 || strlen(password) > 1000) {
    answer_problem(request, 400, "malformed", (struct label){"请给出 account 和 password 两个文本。", "give the texts account and password."});
    return;
  }
  if (!password_try(request, account, password, &user, &must_change)) return;
  if (request->signed_in && !request->seat.bearer) sessions_close(request); /* another session in the same browser ends */
  enum store_error error = sessions_open(request, user, must_change, &token);
  if (error == STORE_ABSENT) {
    answer_problem(request, 401, "not_in_force",
                   (struct label){"这个账号已停用，请联系安全管理员。", "this account is not in force; ask the security administrator."});
    return;
  }
  if (!error) error = audit_write(request, "sign_in", detail_of(request, account));
  if (error) answer_store_error(request, error);
  else answer_session(request, token);
}

void session_close(struct request *request) {
  enum store_error error = request->seat.bearer ? STORE_OK : sessions_close(request);
  if (!error) error = audit_write(request, "sign_out", detail_of(request, request->authority->account));
  if (error) {
    answer_store_error(request, error);
    return;
  }
  answer_header(request, "Set-Cookie", SESSION_COOKIE "=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
  answer_empty(request, 204);
}

void password_change(struct request *request) {
  json_t *body = request_body(request);
  int64_t user;
  bool must_change;
  if (!body) return;
  const char *old = json_string_value(json_object_get(body, "old")), *new = json_string_value(json_object_get(body, "new"));
  const char *account = request->authority->account;
  struct label problem = new ? account_password_problem(account, new)
                             : (struct label){"请给出 old 和 new 两个文本。", "give the texts old and new."};
  if (!old || problem.zh) {
    if (problem.zh) issue_add(&request->issues, 0, new ? "new" : NULL, "weak", problem);
    answer_problem(request, 422, "invalid", problem.zh ? problem : (struct label){"请给出 old 和 new 两个文本。", "give the texts old and new."});
    return;
  }
  if (request->seat.bearer) {
    answer_forbidden(request);
    return;
  }
  if (!password_try(request, account, old, &user, &must_change)) return;
  enum store_error error = account_set_password(request->house, account, user, new, false, request->arena);
  if (!error) error = audit_write(request, "password_changed", detail_of(request, account));
  char *token = NULL;
  if (!error) error = sessions_close_all(request);
  if (!error) error = sessions_open(request, user, false, &token);
  if (error) answer_store_error(request, error);
  else answer_session(request, token);
}
