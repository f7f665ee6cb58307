/* bihuan demo: makes an empty store a test store whose present is 20 November 2026, and fills it through the door: days, units, people,
   grants, the campaign and its policy here; what then happened in demo_play.c. The same on every machine but for passwords and the
   store's own id. */
#include "command/demo_city.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "exchange/files.h"
#include "follow/daily.h"
#include "follow/digest.h"
#include "follow/follower.h"
#include "rules/calendar.h"
#include "web/account.h"

enum { PASSWORD_LETTERS = 12, MESSAGE_DAYS = 10, FOLLOWERS_WAIT = 30000 /* milliseconds */, TOKEN_DAYS = 365 };

/* ---- through the door, many sets in one transaction ---- */
int demo_commit(struct demo *demo) {
  enum store_error error = demo->tx ? tx_commit(demo->tx) : STORE_OK;
  demo->tx = NULL;
  return error ? call_store_fail(demo->call, error) : EXIT_DONE;
}

int demo_change(struct demo *demo, const struct authority *authority, const struct change *changes, size_t count, struct outcome *outcome) {
  struct call *call = demo->call;
  struct context context = {.now = demo->now,
                            .authority = authority,
                            .happened = NOTHING,
                            .channel = CHANNEL_DEMO,
                            .contact_key = call->house->contact_key};
  enum store_error error = demo->tx ? STORE_OK : store_begin(call->house->store, &demo->tx);
  if (!error) error = tx_mark_lightly(demo->tx); /* a refusal is the end of it all */
  if (error) return call_store_fail(call, error);
  error = change_apply(demo->tx, &context, changes, count, demo->scratch, outcome);
  bool keep = !error && outcome->verdict <= VERDICT_REPEATED;
  enum store_error ended = tx_end_set(demo->tx, keep);
  if (error || ended) return call_store_fail(call, error ? error : ended);
  if (keep) return EXIT_DONE;
  fprintf(call->err, "demo: %s %s (%s)\n", moment_print(demo->scratch, demo->now), action_name(changes[0].action), authority->account);
  return call_refused(call, outcome);
}

struct change demo_creation(enum record_id type, const struct value *values, size_t count) {
  return (struct change){.type = record_type(type), .seen = ANY_VERSION, .action = ACTION_CREATE, .values = values, .value_count = count};
}

int demo_act(struct demo *demo, const struct authority *authority, enum record_id type, int64_t id, enum action_code action,
             const struct value *values, size_t count, const char *reason) {
  struct change change = {.type = record_type(type),
                          .id = id,
                          .seen = ANY_VERSION,
                          .action = action,
                          .values = values,
                          .value_count = count,
                          .reason = reason};
  struct outcome outcome = {0};
  return demo_change(demo, authority, &change, 1, &outcome);
}

int demo_create(struct demo *demo, const struct authority *authority, enum record_id type, const struct value *values, size_t count,
                int64_t *id) {
  struct outcome outcome = {0};
  struct change change = demo_creation(type, values, count);
  int status = demo_change(demo, authority, &change, 1, &outcome);
  if (!status && id) *id = outcome.ids[0];
  return status;
}

static bool take_row(void *with, const struct row *row) {
  struct demo_found *found = with;
  found->rows[found->count++] = row_copy(found->arena, row);
  return found->count < sizeof found->rows / sizeof *found->rows;
}

enum store_error demo_find(struct demo *demo, enum record_id type, const struct value *is, size_t count, struct demo_found *found) {
  struct condition conditions[4];
  struct query query = {.type = record_type(type), .conditions = conditions, .condition_count = count, .expected = -1};
  for (size_t i = 0; i < count; i++) conditions[i] = (struct condition){.field = is[i].field, .how = C_IS, .values = &is[i], .count = 1};
  *found = (struct demo_found){.arena = demo->scratch};
  return reader_list(tx_reader(demo->tx), &query, &SCOPE_SYSTEM, demo->scratch, take_row, found);
}

int demo_agree(struct demo *demo, const struct authority *who, enum record_id type, int64_t id, bool agreed) {
  const struct value is[] = {value_integer(APPROVAL_TYPE, type), value_integer(APPROVAL_RECORD, id),
                             value_integer(FIELD_STATE, APPROVAL_ASKED)};
  struct demo_found found;
  enum store_error error = demo_find(demo, RECORD_APPROVAL, is, 3, &found);
  if (!error && !found.count) error = STORE_ABSENT;
  if (error) return call_store_fail(demo->call, error);
  return demo_act(demo, who, RECORD_APPROVAL, found.rows[0]->id, agreed ? ACTION_AGREE : ACTION_DISAGREE, NULL, 0,
                  agreed ? NULL : "理由不充分,不予同意。");
}

const char *demo_note(struct demo *demo) { return DEMO_NOTES[demo->notes++ % DEMO_NOTE_COUNT]; }

/* ---- days, units, people ---- */
static int make_days(struct demo *demo) {
  int64_t id;
  int status = EXIT_DONE;
  for (size_t i = 0; i < SHIPPED_DAY_COUNT && !status; i++) {
    const struct shipped_day *day = &SHIPPED_DAYS[i];
    const struct value values[] = {value_integer(CALENDAR_DAY_DATE, day->date), value_integer(CALENDAR_DAY_KIND, day->kind),
                                   value_text(CALENDAR_DAY_NAME, day->name), value_text(CALENDAR_DAY_NOTICE, day->notice)};
    status = demo_create(demo, &AUTHORITY_SYSTEM, RECORD_CALENDAR_DAY, values, 4, &id);
    arena_reset(demo->scratch);
  }
  return status;
}

static int make_units(struct demo *demo) {
  const struct demo_script *script = demo->script;
  int status = EXIT_DONE;
  demo->units = ARENA_ARRAY(demo->arena, int64_t, script->unit_count);
  for (size_t i = 0; i < script->unit_count && !status; i++) {
    const struct demo_unit_text *text = &script->units[i];
    struct value values[] = {value_text(UNIT_NAME, text->name), value_text(UNIT_SHORT_NAMES, text->short_names),
                             value_integer(UNIT_KIND, text->kind), value_integer(UNIT_ORDER, (int64_t)i),
                             i == UNIT_CITY ? value_nothing(UNIT_PARENT) : value_integer(UNIT_PARENT, demo->units[UNIT_CITY])};
    status = demo_create(demo, &AUTHORITY_SYSTEM, RECORD_UNIT, values, 5, &demo->units[i]);
    arena_reset(demo->scratch);
  }
  return status;
}

static void add_person(struct demo *demo, struct demo_person person) { demo->people[demo->people_count++] = person; }

static void cast_people(struct demo *demo) {
  const struct demo_script *script = demo->script;
  demo->people = ARENA_ARRAY(demo->arena, struct demo_person, script->user_count + 2 * script->unit_count);
  for (size_t i = 0; i < script->user_count; i++) {
    const struct demo_user *user = &script->users[i];
    add_person(demo, (struct demo_person){.account = user->account,
                                          .name = user->name,
                                          .unit = user->unit,
                                          .role = user->role,
                                          .signs_in = user->signs_in,
                                          .secrecy = user->secrecy});
  }
  for (size_t i = 0; i < script->unit_count; i++) {
    const struct demo_unit_text *unit = &script->units[i];
    if (!unit->word) continue;
    add_person(demo, (struct demo_person){.account = arena_print(demo->arena, "liaison-%s", unit->word),
                                          .name = arena_print(demo->arena, "联络员%s", unit->person),
                                          .unit = i,
                                          .role = ROLE_LIAISON,
                                          .signs_in = unit->signs & SIGNS_LIAISON,
                                          .secrecy = unit->secrecy});
    add_person(demo, (struct demo_person){.account = arena_print(demo->arena, "head-%s", unit->word),
                                          .name = arena_print(demo->arena, "负责人%s", unit->person),
                                          .unit = i,
                                          .role = ROLE_UNIT_HEAD,
                                          .signs_in = unit->signs & SIGNS_HEAD,
                                          .secrecy = unit->secrecy});
  }
}

static int make_people(struct demo *demo) {
  int status = EXIT_DONE;
  cast_people(demo);
  for (size_t i = 0; i < demo->people_count && !status; i++) {
    struct demo_person *person = &demo->people[i];
    bool of_unit = person->role == ROLE_LIAISON || person->role == ROLE_UNIT_HEAD;
    const struct value user[] = {value_text(USER_ACCOUNT, person->account), value_text(USER_NAME, person->name),
                                 value_integer(USER_UNIT, demo->units[person->unit])};
    status = demo_create(demo, &AUTHORITY_SYSTEM, RECORD_USER, user, 3, &person->id);
    const struct value grant[] = {value_integer(GRANT_USER, person->id), value_integer(GRANT_ROLE, person->role),
                                  of_unit ? value_integer(GRANT_UNIT, demo->units[person->unit]) : value_nothing(GRANT_UNIT),
                                  value_integer(GRANT_SECRECY, person->secrecy)};
    /* theirs names the group */
    if (!status && person->role != ROLE_GUIDANCE)
      status = demo_create(demo, &AUTHORITY_SYSTEM, RECORD_GRANT, grant, person->secrecy ? 4 : 3, NULL);
    arena_reset(demo->scratch);
  }
  demo->person_of = ARENA_ARRAY(demo->arena, struct demo_person *, demo->script->unit_count * DEMO_ROLES);
  for (size_t i = demo->people_count; i-- > 0 && !status;) { /* the first of a role in a unit acts */
    enum store_error error = authority_load(tx_reader(demo->tx), demo->people[i].id, demo->now, demo->arena, &demo->people[i].authority);
    demo_person_follows(demo, &demo->people[i]);
    if (error) status = call_store_fail(demo->call, error);
  }
  return status;
}

/* ---- who acts ---- */
void demo_person_follows(struct demo *demo, struct demo_person *person) {
  demo->person_of[person->unit * DEMO_ROLES + person->role] = person;
}
const struct demo_person *demo_person(const struct demo *demo, size_t unit, enum role_code role) {
  return demo->person_of[unit * DEMO_ROLES + role];
}
struct demo_person *demo_account(const struct demo *demo, const char *account) {
  for (size_t i = 0; i < demo->people_count; i++)
    if (strcmp(demo->people[i].account, account) == 0) return &demo->people[i];
  return NULL;
}
const struct authority *demo_office(const struct demo *demo) { return &demo_person(demo, UNIT_OFFICE, ROLE_OFFICE)->authority; }
const struct authority *demo_second(const struct demo *demo) { return &demo_account(demo, "office-second")->authority; }
static const struct authority *acts(const struct demo *demo, size_t unit, enum role_code role) {
  const struct demo_person *person = demo_person(demo, unit, role);
  return person ? &person->authority : demo_office(demo);
}
const struct authority *demo_liaison(const struct demo *demo, size_t unit) { return acts(demo, unit, ROLE_LIAISON); }
const struct authority *demo_head(const struct demo *demo, size_t unit) { return acts(demo, unit, ROLE_UNIT_HEAD); }

static int make_campaign(struct demo *demo) {
  int64_t from = date_from_civil(2026, 2, 1), policy_id;
  const struct authority *office = demo_office(demo);
  struct value campaign[8] = {value_text(CAMPAIGN_NAME, "2026 年突出问题专项整改"),
                              value_text(CAMPAIGN_CODE, "2026"),
                              value_integer(CAMPAIGN_FROM, from),
                              value_integer(CAMPAIGN_TO, date_from_civil(2026, 12, 31)),
                              value_text(CAMPAIGN_PREFIX, "SJ-"),
                              value_integer(CAMPAIGN_DEMO, 1),
                              value_text(CAMPAIGN_NOTE, "演示数据:申江市是虚构的城市,人、事、数字都是编的。")};
  int64_t *members = ARENA_ARRAY(demo->arena, int64_t, demo->script->member_count + 1);
  for (size_t i = 0; i < demo->script->member_count; i++) members[i] = demo->units[demo->script->members[i]];
  campaign[7] = value_many(CAMPAIGN_UNITS, members, demo->script->member_count);
  int status = demo_create(demo, office, RECORD_CAMPAIGN, campaign, demo->script->member_count ? 8 : 7, &demo->campaign);
  const struct value policy[] = {value_text(POLICY_NAME, "默认口径"), value_integer(POLICY_CAMPAIGN, demo->campaign),
                                 value_integer(POLICY_FROM, from), value_text(POLICY_DRAW_SEED, demo->script->seed)};
  return status ? status : demo_create(demo, office, RECORD_POLICY, policy, 4, &policy_id);
}

/* ---- sign-ins ---- */
/* What its program sends appeals in with. */
static enum store_error make_token(struct demo *demo, const struct demo_person *person, struct buffer *out) {
  struct token_told told = {.name = "演示",
                            .user = person->id,
                            .made = moment_system(),
                            .expires = moment_system() + TOKEN_DAYS * MOMENT_DAY,
                            .scope = TOKEN_HOTLINE};
  char *token = NULL, *id = NULL;
  enum store_error error = account_new_token(demo->call->house, &told, demo->arena, &token, &id);
  if (!error) buffer_print(out, "  (%s 的令牌 / its token: %s)\n", person->account, token);
  return error;
}

static int make_passwords(struct demo *demo) {
  struct buffer out = {.arena = demo->arena};
  struct call *call = demo->call;
  enum store_error error = STORE_OK;
  buffer_print(&out, "演示账号(本机随机生成)/ demo sign-ins (made at random on this machine)\n");
  for (size_t i = 0; i < demo->people_count && !error; i++) {
    const struct demo_person *person = &demo->people[i];
    if (!person->signs_in) continue;
    char *password = random_word(demo->arena, PASSWORD_LETTERS);
    struct label role = role_label(person->role);
    error = account_set_password(call->house, person->account, person->id, password, false, demo->arena);
    buffer_print(&out, "  %-16s %s  %s / %s(%s)\n", person->account, password, role.zh, role.en, demo->script->units[person->unit].name);
    if (!error && person->role == ROLE_HOTLINE) error = make_token(demo, person, &out);
  }
  if (demo->script->public_code)
    buffer_print(&out, "  (公众门户上可查一件已答复诉求的查询码 / a code to follow an answered appeal by, on the portal: %s)\n",
                 demo->script->public_code);
  const char *path = arena_print(demo->arena, "%s/" ACCOUNTS_FILE, call->house->data);
  if (!error) error = file_write_whole(path, out.bytes, out.size);
  if (!error && chmod(path, 0600) != 0) error = STORE_FULL;
  if (error) return call_store_fail(call, error);
  fputs(out.bytes, call->json ? call->err : call->out);
  return EXIT_DONE;
}

/* ---- messages of the last days ---- */
struct last_before { int64_t moment, number; };
static bool last_take(void *with, const struct entry *entry) {
  struct last_before *last = with;
  if (entry->moment < last->moment) last->number = entry->number;
  return entry->moment < last->moment;
}

/* What the clock of a server would write in its first minute. */
static enum store_error tell_the_day(struct house *house) {
  int64_t now = house_now(house);
  enum store_error error = daily_run(house, now);
  return error ? error : digest_run(house, now);
}

/* The outbox begins some days before the present, so that people find what they were told; a whole year of it would be noise. The
   house is opened anew with its followers, who then stand where a server begins: its first start writes nothing. */
static int tell_people(struct demo *demo) {
  struct call *call = demo->call;
  struct last_before last = {.moment = DEMO_PRESENT - MESSAGE_DAYS * MOMENT_DAY};
  struct label reason = {NULL, NULL};
  struct reader *reader = NULL;
  struct head head = {0};
  enum store_error error = store_reader(call->house->store, &reader);
  if (!error) error = reader_head(reader, &head);
  if (!error) error = reader_journal(reader, 0, SIZE_MAX, last_take, &last);
  reader_release(reader);
  if (!error)
    error = side_put(call->house->store, SIDE_POSITION, "follower:messages",
                     arena_print(demo->arena, "%lld %lld", (long long)head.epoch, (long long)last.number), 0);
  if (error) return call_store_fail(call, error);
  house_close(call->house);
  call->house = NULL;
  error = house_open(call->data, call->db, HOUSE_FOLLOWERS, &call->house, demo->arena, &reason);
  if (error) return call_fail(call, EXIT_STORE, reason.zh ? reason : store_error_label(error));
  bool told = followers_reach(call->house->followers, "messages", head.number, FOLLOWERS_WAIT);
  if (told && demo->script->every_day) error = tell_the_day(call->house);
  if (error) return call_store_fail(call, error);
  return told ? EXIT_DONE : call_fail(call, EXIT_STORE, (struct label){"消息没有在时限内写完。", "the messages were not written in time."});
}

/* ---- the command ---- */
static int make_empty_test_store(struct demo *demo) {
  struct store *store = demo->call->house->store;
  enum store_error error = store_clock_simulate(store, DEMO_PRESENT);
  if (error == STORE_REFUSED)
    return call_fail(demo->call, EXIT_WRONG,
                     label_print(demo->arena, "“%s”的库不是空的,演示只能填在空库里。用 --data 指一个新的文件夹。",
                                 "the store in \"%s\" is not empty; a demo goes into an empty one. Give a new folder by --data.",
                                 demo->call->data));
  if (!error) error = store_base_line_set(store, date_from_civil(2026, 2, 1));
  return error ? call_store_fail(demo->call, error) : EXIT_DONE;
}

static int report(struct demo *demo) {
  struct call *call = demo->call;
  struct reader *reader = NULL;
  struct head head = {0};
  struct query appeals = {.type = record_type(RECORD_APPEAL), .expected = -1};
  int64_t appeal_count = 0;
  enum store_error error = store_reader(call->house->store, &reader);
  if (!error) error = reader_head(reader, &head);
  if (!error) error = reader_count(reader, &appeals, &SCOPE_SYSTEM, &appeal_count);
  reader_release(reader);
  if (error) return call_store_fail(call, error);
  if (call->json) {
    struct call_json out;
    struct json *json = call_json_open(call, &out);
    json_pair_integer(json, "journal", head.number);
    json_pair_integer(json, "problems", (int64_t)demo->script->problem_count);
    json_pair_integer(json, "appeals", appeal_count);
    call_json_close(call, &out);
  } else call_print(call, "演示库已填好:%zu 个问题,%lld 条诉求,日志 %lld 条。再看账号:bihuan demo --accounts", "the demo is filled: %zu problems, %lld appeals, %lld journal entries. The sign-ins again: bihuan demo --accounts",
                    demo->script->problem_count, (long long)appeal_count, (long long)head.number);
  return EXIT_DONE;
}

/* A year is some hundreds of commits, which need not each be on the disk: a demo that was cut off is made again. */
static int settle(struct demo *demo) {
  enum store_error error = store_settle(demo->call->house->store);
  return error ? call_store_fail(demo->call, error) : EXIT_DONE;
}

static int fill_with(struct call *call, const struct demo_script *script) {
  struct demo *demo = ARENA_NEW(call->arena, struct demo);
  *demo = (struct demo){.call = call,
                        .script = script,
                        .arena = call->arena,
                        .scratch = arena_new(),
                        .now = moment_of_date(date_from_civil(2026, 1, 15)) + 9 * 3600 * MOMENT_SECOND};
  bool drafted = call->db && script->every_day;
  int status = make_empty_test_store(demo);
  if (!status && drafted) status = demo_draft_open(demo);
  if (!status && drafted) status = make_empty_test_store(demo);
  if (!status) status = make_days(demo);
  if (!status) status = make_units(demo);
  if (!status) status = make_people(demo);
  if (!status) status = make_campaign(demo);
  if (!status) status = demo_play(demo);
  if (!status) status = demo_commit(demo);
  if (demo->tx) tx_abandon(demo->tx);
  if (!status) status = drafted ? demo_draft_carry(demo) : settle(demo);
  if (!status) status = make_passwords(demo);
  if (!status) status = tell_people(demo);
  if (!status) status = report(demo);
  arena_free(demo->scratch);
  return status;
}

static int fill_small(struct call *call) { return fill_with(call, &DEMO_SMALL); }

static int fill_city(struct call *call) { return fill_with(call, city_script(call->arena)); }

static int show_accounts(struct call *call) {
  size_t size = 0;
  const char *path = arena_print(call->arena, "%s/" ACCOUNTS_FILE, call->data);
  if (access(path, F_OK) != 0)
    return call_fail(call, EXIT_WRONG,
                     label_print(call->arena, "“%s”里没有演示账号。", "there are no demo sign-ins in \"%s\".", call->data));
  char *text = call_read_file(call, path, &size);
  if (!text) return EXIT_USE;
  fputs(text, call->out);
  return EXIT_DONE;
}

int command_demo(struct call *call) {
  bool accounts = call_flag(call, "accounts"), city = call_flag(call, "city");
  if (!call_words(call, 0, 0)) return EXIT_USE;
  return accounts ? show_accounts(call)
                  : call_with_store(call, COMMAND_CREATES | COMMAND_ALONE | COMMAND_DRAFT, city ? fill_city : fill_small);
}
