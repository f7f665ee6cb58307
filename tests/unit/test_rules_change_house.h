/* A small city in a folder that goes away: units, people with their grants, a campaign. What the door's tests share.
   Everything in it is made through the door itself. With BIHUAN_TEST_POSTGRES set to a connection's address, the city lies there, in a
   schema of its own. */
#ifndef BIHUAN_TESTS_RULES_CHANGE_HOUSE_H
#define BIHUAN_TESTS_RULES_CHANGE_HOUSE_H

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include <libpq-fe.h>
#include "rules/change.h"
#include "store/writer.h"

struct city {
  char folder[64], url[512], schema[64]; struct store *store; struct arena *arena;
  int64_t now;
  int64_t root, lead, joint, other, village, campaign;
  struct authority liaison, head, office, acceptor, acceptor2, joint_liaison, security, administrator, reviewer, stranger;
  const char *key; bool rehearse; enum channel_code channel; const struct secret_keys *contact_key;
  struct outcome outcome; /* of the last set */
};

static int city_remove(const char *path, const struct stat *state, int kind, struct FTW *walk) { return remove(path); }
static inline int64_t day(int year, int month, int date) { return date_from_civil(year, month, date); }
static inline int64_t city_today(const struct city *city) { return date_of_moment(city->now); }

static inline int64_t city_number(struct city *city) {
  struct reader *reader;
  struct head head;
  assert_int_equal(store_reader(city->store, &reader), STORE_OK);
  assert_int_equal(reader_head(reader, &head), STORE_OK);
  reader_release(reader);
  return head.number;
}

/* One set through the door as one transaction, as the writer does it. */
static inline enum verdict city_apply(struct city *city, const struct authority *authority, const struct change *changes, size_t count) {
  struct context context = {.now = city->now,
                            .authority = authority,
                            .happened = NOTHING,
                            .channel = city->channel ? city->channel : CHANNEL_API,
                            .idempotency_key = city->key,
                            .rehearse = city->rehearse,
                            .contact_key = city->contact_key};
  struct tx *tx;
  bool keep;
  assert_int_equal(store_begin(city->store, &tx), STORE_OK);
  assert_int_equal(tx_mark(tx), STORE_OK);
  assert_int_equal(change_apply(tx, &context, changes, count, city->arena, &city->outcome), STORE_OK);
  keep = !city->rehearse &&
         (city->outcome.verdict == VERDICT_DONE || city->outcome.verdict == VERDICT_UNCHANGED || city->outcome.verdict == VERDICT_REPEATED);
  assert_int_equal(tx_end_set(tx, keep), STORE_OK);
  assert_int_equal(tx_commit(tx), STORE_OK);
  return city->outcome.verdict;
}

static inline void city_tell(const struct city *city) {
  for (size_t i = 0; i < city->outcome.finding_count; i++)
    print_message("finding %u field %u %s: %s | %s\n", city->outcome.findings[i].change, city->outcome.findings[i].field,
                  city->outcome.findings[i].code, city->outcome.findings[i].sentence.zh, city->outcome.findings[i].sentence.en);
}

static inline bool city_found(const struct city *city, const char *code) {
  for (size_t i = 0; i < city->outcome.finding_count; i++)
    if (strcmp(city->outcome.findings[i].code, code) == 0) return true;
  return false;
}

static inline enum verdict city_act_with(struct city *city, const struct authority *authority, enum record_id type, int64_t id,
                                         enum action_code action, const char *reason, const struct value *values, size_t count) {
  struct change change = {.type = record_type(type),
                          .id = id,
                          .seen = ANY_VERSION,
                          .action = action,
                          .values = values,
                          .value_count = count,
                          .reason = reason};
  return city_apply(city, authority, &change, 1);
}
static inline enum verdict city_act(struct city *city, const struct authority *authority, int64_t problem, enum action_code action,
                                    const char *reason) {
  return city_act_with(city, authority, RECORD_PROBLEM, problem, action, reason, NULL, 0);
}

#define VALUES(...) (struct value[]){__VA_ARGS__}, sizeof((struct value[]){__VA_ARGS__}) / sizeof(struct value)

static inline int64_t city_make(struct city *city, const struct authority *authority, enum record_id type, const struct value *values,
                                size_t count) {
  enum verdict verdict = city_act_with(city, authority, type, 0, ACTION_CREATE, NULL, values, count);
  if (verdict != VERDICT_DONE) city_tell(city);
  assert_int_equal(verdict, VERDICT_DONE);
  return city->outcome.ids[0];
}
static inline void must_be(struct city *city, enum verdict got, enum verdict wanted, int line) {
  if (got != wanted) {
    print_message("line %d: verdict %d, not %d\n", line, got, wanted);
    city_tell(city);
  }
  assert_int_equal(got, wanted);
}
#define must(...) must_be(__VA_ARGS__, __LINE__)

static inline struct row *city_row(struct city *city, enum record_id type, int64_t id) {
  struct reader *reader;
  struct row *row = NULL;
  assert_int_equal(store_reader(city->store, &reader), STORE_OK);
  assert_int_equal(reader_get(reader, record_type(type), &SCOPE_SYSTEM, id, city->arena, &row), STORE_OK);
  reader_release(reader);
  return row;
}
static inline int64_t city_value(struct city *city, enum record_id type, int64_t id, uint16_t field) {
  return row_integer(city_row(city, type, id), field);
}

static inline struct authority city_authority(struct city *city, int64_t user) {
  struct reader *reader;
  struct authority authority;
  assert_int_equal(store_reader(city->store, &reader), STORE_OK);
  assert_int_equal(authority_load(reader, user, city->now, city->arena, &authority), STORE_OK);
  reader_release(reader);
  return authority;
}

static inline int64_t city_unit(struct city *city, const char *name, int64_t parent, int64_t kind) {
  return city_make(city, &AUTHORITY_SYSTEM, RECORD_UNIT,
                   VALUES(value_text(UNIT_NAME, name), value_integer(UNIT_PARENT, parent), value_integer(UNIT_KIND, kind),
                          value_integer(UNIT_MAY_HOLD, kind != 15)));
}
static inline int64_t city_user(struct city *city, const char *account, int64_t unit) {
  return city_make(city, &AUTHORITY_SYSTEM, RECORD_USER,
                   VALUES(value_text(USER_ACCOUNT, account), value_text(USER_NAME, account), value_integer(USER_UNIT, unit)));
}
static inline void city_grant(struct city *city, int64_t user, enum role_code role, int64_t unit) {
  city_make(city, &AUTHORITY_SYSTEM, RECORD_GRANT,
            VALUES(value_integer(GRANT_USER, user), value_integer(GRANT_ROLE, role), value_integer(GRANT_UNIT, unit),
                   value_integer(GRANT_SECRECY, SECRECY_RESTRICTED)));
}
static inline struct authority city_person(struct city *city, const char *account, int64_t own, enum role_code role, int64_t over) {
  int64_t user = city_user(city, account, own);
  city_grant(city, user, role, over);
  return city_authority(city, user);
}

static inline void city_sql(const char *words, const char *schema, const char *rest) {
  PGconn *link = PQconnectdb(getenv("BIHUAN_TEST_POSTGRES"));
  char text[160];
  snprintf(text, sizeof text, "SET client_min_messages TO warning; %s %s %s", words, schema, rest);
  PGresult *result = PQexec(link, text);
  if (PQresultStatus(result) != PGRES_COMMAND_OK) fail_msg("%s: %s", text, PQerrorMessage(link));
  PQclear(result);
  PQfinish(link);
}

static inline void city_place(struct city *city) {
  static int serial;
  const char *base = getenv("BIHUAN_TEST_POSTGRES");
  snprintf(city->url, sizeof city->url, "%s", city->folder);
  if (!base) return;
  snprintf(city->schema, sizeof city->schema, "door_%d_%d", (int)getpid(), ++serial);
  city_sql("CREATE SCHEMA", city->schema, "");
  snprintf(city->url, sizeof city->url, "%s%coptions=-csearch_path%%3D%s", base, strchr(base, '?') ? '&' : '?', city->schema);
}

static inline int city_setup(void **state) {
  struct city *city = calloc(1, sizeof *city);
  struct store_options options = {.url = city->url, .data = city->folder, .schema = &SCHEMA, .create = true};
  struct label reason;
  base_start();
  snprintf(city->folder, sizeof city->folder, "/tmp/bihuan-door-XXXXXX");
  assert_non_null(mkdtemp(city->folder));
  city_place(city);
  city->arena = arena_new();
  city->now = moment_of_date(day(2026, 3, 2)) + 9 * 3600 * MOMENT_SECOND; /* a Monday */
  assert_int_equal(store_open(&options, &city->store, city->arena, &reason), STORE_OK);
  city->root = city_unit(city, "申江市", NOTHING, 16);
  city->lead = city_unit(city, "市卫生健康委", city->root, 3);
  city->joint = city_unit(city, "市医保局", city->root, 3);
  city->other = city_unit(city, "市科委", city->root, 3);
  city->village = city_unit(city, "幸福村", city->other, 15);
  city->campaign = city_make(city, &AUTHORITY_SYSTEM, RECORD_CAMPAIGN,
                             VALUES(value_text(CAMPAIGN_NAME, "专项整治"), value_text(CAMPAIGN_CODE, "ZX"),
                                    value_integer(CAMPAIGN_FROM, day(2026, 1, 1)), value_integer(CAMPAIGN_TO, day(2027, 12, 31)),
                                    value_text(CAMPAIGN_PREFIX, "SJ")));
  city->liaison = city_person(city, "liaison", city->lead, ROLE_LIAISON, city->lead);
  city->head = city_person(city, "head", city->lead, ROLE_UNIT_HEAD, city->lead);
  city->joint_liaison = city_person(city, "joint", city->joint, ROLE_LIAISON, city->joint);
  city->stranger = city_person(city, "stranger", city->other, ROLE_LIAISON, city->other);
  city->office = city_person(city, "office", city->root, ROLE_OFFICE, NOTHING);
  city->acceptor = city_person(city, "acceptor", city->other, ROLE_ACCEPTOR, NOTHING);
  city->acceptor2 = city_person(city, "acceptor2", city->other, ROLE_ACCEPTOR, NOTHING);
  city->reviewer = city_person(city, "reviewer", city->root, ROLE_REVIEWER, city->root);
  city->security = city_person(city, "security", city->root, ROLE_SECURITY_ADMINISTRATOR, NOTHING);
  city->administrator = city_person(city, "administrator", city->root, ROLE_SYSTEM_ADMINISTRATOR, NOTHING);
  *state = city;
  return 0;
}
static inline int city_teardown(void **state) {
  struct city *city = *state;
  store_close(city->store);
  if (*city->schema) city_sql("DROP SCHEMA", city->schema, "CASCADE");
  arena_free(city->arena);
  nftw(city->folder, city_remove, 16, FTW_DEPTH | FTW_PHYS);
  free(city);
  return 0;
}

/* ---- a problem on its way ---- */

static inline int64_t city_problem(struct city *city, int64_t kind, int64_t level) {
  return city_make(city, &city->liaison, RECORD_PROBLEM,
                   VALUES(value_text(PROBLEM_TITLE, "创新药械入院难"), value_integer(PROBLEM_CAMPAIGN, city->campaign),
                          value_integer(PROBLEM_CATEGORY, CATEGORY_LIVELIHOOD), value_integer(PROBLEM_SOURCE, SOURCE_RESEARCH),
                          value_integer(PROBLEM_KIND, kind), value_integer(PROBLEM_LEVEL, level),
                          value_integer(PROBLEM_LEAD_UNIT, city->lead), value_many(PROBLEM_JOINT_UNITS, &city->joint, 1),
                          value_text(PROBLEM_ROOT_CAUSE, "目录更新慢"), value_text(PROBLEM_GOAL, "入院缩短到 9.5 个月")));
}
static inline void city_do(struct city *city, const struct authority *authority, int64_t problem, enum action_code action,
                           const char *reason) {
  must(city, city_act(city, authority, problem, action, reason), VERDICT_DONE);
}
static inline int64_t city_taken(struct city *city, int64_t kind, int64_t level) {
  int64_t problem = city_problem(city, kind, level);
  city_do(city, &city->liaison, problem, ACTION_SUBMIT, NULL);
  city_do(city, &city->office, problem, ACTION_ADMIT, NULL);
  must(city,
       city_act_with(city, &city->office, RECORD_PROBLEM, problem, ACTION_ASSIGN, NULL,
                     VALUES(value_integer(PROBLEM_DUE, city_today(city) + 90))),
       VERDICT_DONE);
  city_do(city, &city->liaison, problem, ACTION_TAKE, NULL);
  return problem;
}
static inline int64_t city_measure(struct city *city, int64_t problem, const char *title, int64_t weight, int64_t kind) {
  int64_t today = city_today(city);
  return city_make(city, &city->liaison, RECORD_MEASURE,
                   VALUES(value_integer(MEASURE_PROBLEM, problem), value_text(MEASURE_TITLE, title), value_integer(MEASURE_KIND, kind),
                          value_integer(MEASURE_WEIGHT, weight), value_integer(MEASURE_START, today),
                          value_integer(MEASURE_DUE, today + 20), value_text(MEASURE_OWNER, "张三"),
                          value_integer(MEASURE_UNIT, city->lead)));
}
static inline void city_evidence(struct city *city, int64_t problem) {
  city_make(city, &city->liaison, RECORD_EVIDENCE, VALUES(value_integer(EVIDENCE_PROBLEM, problem), value_text(EVIDENCE_TITLE, "药事会纪要")));
}
static inline void city_measure_done(struct city *city, int64_t measure) {
  must(city, city_act_with(city, &city->liaison, RECORD_MEASURE, measure, ACTION_FINISH, NULL, VALUES(value_text(MEASURE_NOTE, "已完成"))),
       VERDICT_DONE);
  must(city, city_act_with(city, &city->acceptor, RECORD_MEASURE, measure, ACTION_ACCEPT_MEASURE, NULL, NULL, 0), VERDICT_DONE);
}
static inline int64_t city_started(struct city *city, int64_t kind, int64_t level, int64_t measures[2]) {
  int64_t problem = city_taken(city, kind, level);
  measures[0] = city_measure(city, problem, "建立准入目录", 6000, MEASURE_KIND_MECHANISM);
  measures[1] = city_measure(city, problem, "限期召开药事会", 4000, MEASURE_KIND_ACTION);
  must(city, city_act_with(city, &city->liaison, RECORD_PROBLEM, problem, ACTION_START, NULL, VALUES(value_text(PROBLEM_OWNER, "李四"))),
       VERDICT_DONE);
  return problem;
}
static inline void city_applied(struct city *city, int64_t problem) {
  must(city,
       city_act_with(city, &city->liaison, RECORD_PROBLEM, problem, ACTION_APPLY, NULL,
                     VALUES(value_text(PROBLEM_PROGRESS_NOTE, "目录已发布,药事会已开"))),
       VERDICT_DONE);
}
/* On site, as route A and what was drawn ask for. */
static inline enum verdict city_accepts(struct city *city, const struct authority *who, int64_t problem) {
  return city_act_with(city, who, RECORD_PROBLEM, problem, ACTION_ACCEPT, NULL,
                       VALUES(value_integer(PROBLEM_ON_SITE, 1), value_integer(PROBLEM_VISITED_ON, city_today(city)),
                              value_text(PROBLEM_VISIT_PLACE, "市一医院药剂科")));
}
/* By as many people as its route wants. */
static inline void city_accepted(struct city *city, int64_t problem) {
  must(city, city_accepts(city, &city->acceptor, problem), VERDICT_DONE);
  if (city_row(city, RECORD_PROBLEM, problem)->state == PROBLEM_ENDORSED)
    must(city, city_accepts(city, &city->acceptor2, problem), VERDICT_DONE);
}
static inline void city_publicised(struct city *city, int64_t problem) {
  must(city,
       city_act_with(city, &city->office, RECORD_PROBLEM, problem, ACTION_PUBLICISE, NULL,
                     VALUES(value_integer(PROBLEM_PUBLICITY_SCOPE, SCOPE_PUBLIC))),
       VERDICT_DONE);
}
static inline void city_sent_back(struct city *city, const struct authority *who, int64_t problem, const char *reason, const char *more) {
  must(city, city_act_with(city, who, RECORD_PROBLEM, problem, ACTION_SEND_BACK, reason, VALUES(value_text(PROBLEM_ASKED_MORE, more))),
       VERDICT_DONE);
}
#endif
