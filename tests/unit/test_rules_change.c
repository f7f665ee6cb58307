/* The door itself: what it refuses and with which words, and that a refused set leaves no trace. */
#include "test_rules_change_house.h"

#define TITLE(text) value_text(PROBLEM_TITLE, text)

static struct value *draft_values(struct city *city, size_t *count) {
  struct value values[] = {TITLE("社区配不到药"), value_integer(PROBLEM_CAMPAIGN, city->campaign),
                           value_integer(PROBLEM_CATEGORY, CATEGORY_LIVELIHOOD), value_integer(PROBLEM_SOURCE, SOURCE_RESEARCH),
                           value_integer(PROBLEM_LEAD_UNIT, city->lead)};
  struct value *copy = ARENA_ARRAY(city->arena, struct value, 16);
  memcpy(copy, values, sizeof values);
  *count = sizeof values / sizeof *values;
  return copy;
}

static enum verdict draft_with(struct city *city, struct value more) {
  size_t count;
  struct value *values = draft_values(city, &count);
  size_t at = 0;
  while (at < count && values[at].field != more.field) at++;
  values[at] = more;
  return city_act_with(city, &city->liaison, RECORD_PROBLEM, 0, ACTION_CREATE, NULL, values, at == count ? count + 1 : count);
}

/* Refused with this verdict and code, about this field, in both languages; the journal stands where it stood. */
static void refused(struct city *city, enum verdict got, int64_t number, enum verdict wanted, uint16_t field, const char *code) {
  bool found = false;
  must(city, got, wanted);
  for (size_t i = 0; i < city->outcome.finding_count; i++) {
    const struct finding *finding = &city->outcome.findings[i];
    assert_non_null(finding->sentence.zh);
    assert_non_null(finding->sentence.en);
    found = found || (finding->field == field && strcmp(finding->code, code) == 0);
  }
  if (!found) city_tell(city);
  assert_true(found);
  assert_int_equal(city_number(city), number);
}

static void a_value_of_the_wrong_shape_is_refused_with_what_would_be_right(void **state) {
  struct city *city = *state;
  int64_t number = city_number(city);
  char *long_text = ARENA_ARRAY(city->arena, char, 300);
  memset(long_text, 'x', 250);
  refused(city, draft_with(city, value_text(PROBLEM_DUE, "2026-12-31")), number, VERDICT_INVALID, PROBLEM_DUE, "wrong_type");
  refused(city, draft_with(city, value_integer(PROBLEM_TITLE, 7)), number, VERDICT_INVALID, PROBLEM_TITLE, "wrong_type");
  refused(city, draft_with(city, TITLE(long_text)), number, VERDICT_INVALID, PROBLEM_TITLE, "too_long");
  assert_non_null(strstr(city->outcome.findings[0].sentence.zh, "最多 200 字"));
  refused(city, draft_with(city, TITLE("短")), number, VERDICT_INVALID, PROBLEM_TITLE, "too_short");
  refused(city, draft_with(city, TITLE(" 　 ")), number, VERDICT_INVALID, PROBLEM_TITLE, "required");
  refused(city, draft_with(city, TITLE("响\a铃")), number, VERDICT_INVALID, PROBLEM_TITLE, "control_character");
  refused(city, draft_with(city, TITLE("两\n行")), number, VERDICT_INVALID, PROBLEM_TITLE, "one_line");
  refused(city, draft_with(city, TITLE("\xff\xfe 坏")), number, VERDICT_INVALID, PROBLEM_TITLE, "not_text");
  struct value with_nul = {.field = PROBLEM_TITLE, .kind = VALUE_TEXT, .text = "a\0b标题", .size = 9};
  refused(city, draft_with(city, with_nul), number, VERDICT_INVALID, PROBLEM_TITLE, "not_text");
  refused(city, draft_with(city, value_integer(PROBLEM_CATEGORY, 99)), number, VERDICT_INVALID, PROBLEM_CATEGORY, "unknown_choice");
  assert_non_null(strstr(city->outcome.findings[0].sentence.zh, "保障和改善民生"));
  refused(city, draft_with(city, value_integer(PROBLEM_DUE, INT64_C(900000000))), number, VERDICT_INVALID, PROBLEM_DUE, "out_of_range");
  refused(city, draft_with(city, value_integer(PROBLEM_PRIORITY, 9)), number, VERDICT_INVALID, PROBLEM_PRIORITY, "unknown_choice");
  refused(city, draft_with(city, value_integer(PROBLEM_LEAD_UNIT, 987654)), number, VERDICT_INVALID, PROBLEM_LEAD_UNIT,
          "unknown_reference");
  refused(city, draft_with(city, value_integer(PROBLEM_CAMPAIGN, city->lead)), number, VERDICT_INVALID, PROBLEM_CAMPAIGN,
          "unknown_reference");
  refused(city, draft_with(city, value_integer(999, 1)), number, VERDICT_INVALID, 999, "unknown_field");
  refused(city, draft_with(city, value_integer(PROBLEM_COLOUR, COLOUR_GREEN)), number, VERDICT_INVALID, PROBLEM_COLOUR, "derived");
  refused(city, draft_with(city, value_integer(PROBLEM_ROUTE, ROUTE_C)), number, VERDICT_FORBIDDEN, PROBLEM_ROUTE, "not_writable");
  int64_t twice[] = {city->joint, city->joint};
  refused(city, draft_with(city, value_many(PROBLEM_JOINT_UNITS, twice, 2)), number, VERDICT_INVALID, PROBLEM_JOINT_UNITS, "doubled");
  refused(city, draft_with(city, value_integer(PROBLEM_LEAD_UNIT, -3)), number, VERDICT_INVALID, PROBLEM_LEAD_UNIT, "unknown_reference");
}

static void all_that_is_wrong_is_said_at_once_for_the_whole_set(void **state) {
  struct city *city = *state;
  int64_t number = city_number(city);
  struct value first[] = {TITLE("x")}, second[] = {value_integer(MEASURE_PROBLEM, -1), value_text(MEASURE_TITLE, "措施")},
               third[] = {value_text(TOPIC_TITLE, "课题"), value_integer(TOPIC_DUE, -1)};
  struct change set[] =
      {{.type = record_type(RECORD_PROBLEM), .action = ACTION_CREATE, .seen = ANY_VERSION, .values = first, .value_count = 1},
       {.type = record_type(RECORD_MEASURE), .action = ACTION_CREATE, .seen = ANY_VERSION, .values = second, .value_count = 2},
       {.type = record_type(RECORD_TOPIC), .action = ACTION_CREATE, .seen = ANY_VERSION, .values = third, .value_count = 2}};
  size_t of[3] = {0};
  must(city, city_apply(city, &city->liaison, set, 3), VERDICT_INVALID);
  for (size_t i = 0; i < city->outcome.finding_count; i++) of[city->outcome.findings[i].change]++;
  assert_true(of[0] >= 5); /* too short, and what is missing */
  assert_int_equal(of[1], 0); /* it refers to what was refused: nothing is said of it */
  assert_true(of[2] >= 3);
  assert_int_equal(city_number(city), number);
}

static void text_that_looks_like_script_or_sql_is_kept_as_it_is(void **state) {
  struct city *city = *state;
  const char *nasty = "=1+1 <script>alert('x')</script> '; DROP TABLE problem; -- %s \xF0\x9F\x98\x80";
  must(city, draft_with(city, TITLE(nasty)), VERDICT_DONE);
  assert_string_equal(row_text(city_row(city, RECORD_PROBLEM, city->outcome.ids[0]), PROBLEM_TITLE), nasty);
  must(city, draft_with(city, value_text(PROBLEM_DETAIL, "一\r\n二\t三")), VERDICT_DONE);
  assert_string_equal(row_text(city_row(city, RECORD_PROBLEM, city->outcome.ids[0]), PROBLEM_DETAIL), "一\n二\t三");
}

static void who_may_not_is_told_who_may(void **state) {
  struct city *city = *state;
  int64_t problem = city_problem(city, KIND_AT_ONCE, LEVEL_UNIT), number = city_number(city);
  refused(city, city_act(city, &city->stranger, problem, ACTION_SUBMIT, NULL), number, VERDICT_ABSENT, 0, "absent");
  refused(city, city_act(city, &city->liaison, 123456, ACTION_SUBMIT, NULL), number, VERDICT_ABSENT, 0, "absent");
  refused(city, city_act(city, &city->joint_liaison, problem, ACTION_SUBMIT, NULL), number, VERDICT_FORBIDDEN, 0, "forbidden");
  refused(city, city_act(city, &city->reviewer, problem, ACTION_SUBMIT, NULL), number, VERDICT_FORBIDDEN, 0, "forbidden");
  refused(city, city_act(city, &city->administrator, problem, ACTION_SUBMIT, NULL), number, VERDICT_ABSENT, 0, "absent");
  city_do(city, &city->liaison, problem, ACTION_SUBMIT, NULL);
  number = city_number(city);
  refused(city, city_act(city, &city->liaison, problem, ACTION_ADMIT, NULL), number, VERDICT_FORBIDDEN, 0, "forbidden");
  assert_non_null(strstr(city->outcome.findings[0].sentence.zh, "整改办"));
  refused(city, city_act(city, &city->liaison, problem, ACTION_JUDGE, NULL), number, VERDICT_FORBIDDEN, 0, "forbidden");
  refused(city, draft_with(city, value_integer(PROBLEM_LEAD_UNIT, city->other)), number, VERDICT_FORBIDDEN, 0, "forbidden");
  refused(city, city_act_with(city, &city->office, RECORD_CYCLE, 0, ACTION_CREATE, NULL, NULL, 0), number, VERDICT_FORBIDDEN, 0,
          "forbidden");
}

static void a_liaison_cannot_hand_a_draft_to_another_unit(void **state) {
  struct city *city = *state;
  int64_t problem = city_problem(city, KIND_AT_ONCE, LEVEL_UNIT), number = city_number(city);
  refused(city,
          city_act_with(city, &city->liaison, RECORD_PROBLEM, problem, ACTION_EDIT, NULL,
                        VALUES(value_integer(PROBLEM_LEAD_UNIT, city->joint))),
          number, VERDICT_FORBIDDEN, 0, "forbidden");
}

static void the_wrong_moment_is_told_with_what_is_possible(void **state) {
  struct city *city = *state;
  int64_t problem = city_problem(city, KIND_AT_ONCE, LEVEL_UNIT), number = city_number(city);
  refused(city, city_act(city, &city->liaison, problem, ACTION_TAKE, NULL), number, VERDICT_NOT_NOW, 0, "not_now");
  assert_non_null(strstr(city->outcome.findings[0].sentence.zh, "拟报"));
  assert_non_null(strstr(city->outcome.findings[0].sentence.zh, "送审"));
  refused(city, city_act(city, &city->liaison, problem, ACTION_CALL_BACK, NULL), number, VERDICT_NOT_NOW, 0, "unknown_action");
  refused(city, city_act(city, &city->liaison, problem, ACTION_WITHDRAW, NULL), number, VERDICT_INVALID, 0, "reason_required");
  refused(city, city_act(city, &city->liaison, problem, ACTION_WITHDRAW, "  "), number, VERDICT_INVALID, 0, "reason_required");
  city_do(city, &city->liaison, problem, ACTION_SUBMIT, NULL);
  number = city_number(city);
  refused(city, city_act_with(city, &city->liaison, RECORD_PROBLEM, problem, ACTION_EDIT, NULL, VALUES(TITLE("改个题目"))), number,
          VERDICT_FORBIDDEN, 0, "forbidden");
  refused(city,
          city_act_with(city, &city->office, RECORD_PROBLEM, problem, ACTION_ADMIT, NULL,
                        VALUES(value_integer(PROBLEM_CAMPAIGN, city->campaign + 1))),
          number, VERDICT_INVALID, PROBLEM_CAMPAIGN, "unknown_reference");
  city_do(city, &city->office, problem, ACTION_ADMIT, NULL);
  city_do(city, &city->office, problem, ACTION_ASSIGN, NULL);
  number = city_number(city);
  refused(city, city_act_with(city, &city->liaison, RECORD_PROBLEM, problem, ACTION_TAKE, NULL, VALUES(TITLE("顺手改题"))), number,
          VERDICT_INVALID, PROBLEM_TITLE, "not_asked");
}

static const char *topic_number(struct city *city, int64_t campaign) {
  int64_t topic = city_make(city, &city->office, RECORD_TOPIC,
                            VALUES(value_text(TOPIC_TITLE, "为什么办不成"), value_text(TOPIC_WHY, "多人反映"),
                                   value_integer(TOPIC_CAMPAIGN, campaign), value_integer(TOPIC_LEAD_UNIT, city->lead)));
  return row_text(city_row(city, RECORD_TOPIC, topic), TOPIC_NUMBER);
}
static void numbers_go_on_by_one_beside_a_campaign_whose_prefix_begins_with_the_others(void **state) {
  struct city *city = *state;
  int64_t longer = city_make(city, &AUTHORITY_SYSTEM, RECORD_CAMPAIGN,
                             VALUES(value_text(CAMPAIGN_NAME, "另一专项"), value_text(CAMPAIGN_CODE, "LY"),
                                    value_integer(CAMPAIGN_FROM, day(2026, 1, 1)), value_integer(CAMPAIGN_TO, day(2027, 12, 31)),
                                    value_text(CAMPAIGN_PREFIX, "SJT1")));
  assert_string_equal(topic_number(city, city->campaign), "SJT0000001");
  assert_string_equal(topic_number(city, longer), "SJT1T0000001");
  assert_string_equal(topic_number(city, longer), "SJT1T0000002");
  assert_string_equal(topic_number(city, city->campaign), "SJT0000002"); /* which stands before both of them */
  assert_string_equal(topic_number(city, longer), "SJT1T0000003");
  assert_string_equal(topic_number(city, city->campaign), "SJT0000003");
}

static void a_stale_version_is_refused_and_an_unchanged_edit_writes_nothing(void **state) {
  struct city *city = *state;
  int64_t problem = city_problem(city, KIND_AT_ONCE, LEVEL_UNIT);
  struct value value = TITLE("新题目一");
  struct change change =
      {.type = record_type(RECORD_PROBLEM), .id = problem, .seen = 1, .action = ACTION_EDIT, .values = &value, .value_count = 1};
  must(city, city_apply(city, &city->liaison, &change, 1), VERDICT_DONE);
  assert_int_equal(city->outcome.versions[0], 2);
  int64_t number = city_number(city);
  value = TITLE("新题目二");
  refused(city, city_apply(city, &city->liaison, &change, 1), number, VERDICT_STALE, 0, "stale");
  value = TITLE("新题目一");
  change.seen = 2;
  must(city, city_apply(city, &city->liaison, &change, 1), VERDICT_UNCHANGED);
  assert_int_equal(city->outcome.versions[0], 2);
  assert_int_equal(city_number(city), number);
}

static void the_same_key_gives_the_first_outcome_again(void **state) {
  struct city *city = *state;
  city->key = "k-1";
  must(city, draft_with(city, TITLE("只登记一次")), VERDICT_DONE);
  int64_t id = city->outcome.ids[0], number = city_number(city), entry = city->outcome.entry;
  must(city, draft_with(city, TITLE("只登记一次")), VERDICT_REPEATED);
  assert_int_equal(city->outcome.ids[0], id);
  assert_int_equal(city->outcome.versions[0], 1);
  assert_int_equal(city->outcome.entry, entry);
  assert_int_equal(city_number(city), number);
  size_t count;
  struct value *values = draft_values(city, &count);
  /* another person's key */
  must(city, city_act_with(city, &city->office, RECORD_PROBLEM, 0, ACTION_CREATE, NULL, values, count), VERDICT_DONE);
  city->key = "k-2";
  must(city, draft_with(city, TITLE("x")), VERDICT_INVALID);
  must(city, draft_with(city, TITLE("改对了的题目")), VERDICT_DONE); /* a refusal is not remembered */
}

static void a_rehearsal_decides_and_leaves_nothing(void **state) {
  struct city *city = *state;
  int64_t number = city_number(city);
  city->rehearse = true;
  city->key = "rehearsed";
  must(city, draft_with(city, TITLE("试一试这个题目")), VERDICT_DONE);
  assert_int_equal(city_number(city), number);
  city->rehearse = false;
  must(city, draft_with(city, TITLE("试一试这个题目")), VERDICT_DONE);
}

static void what_must_be_unique_is_checked_before_the_store_complains(void **state) {
  struct city *city = *state;
  int64_t number = city_number(city);
  refused(city,
          city_act_with(city, &city->administrator, RECORD_USER, 0, ACTION_CREATE, NULL,
                        VALUES(value_text(USER_ACCOUNT, "liaison"), value_text(USER_NAME, "重名"))),
          number, VERDICT_CLASH, USER_ACCOUNT, "not_unique");
  refused(city,
          city_act_with(city, &city->administrator, RECORD_USER, city->liaison.user, ACTION_EDIT, NULL,
                        VALUES(value_text(USER_ACCOUNT, "renamed"))),
          number, VERDICT_INVALID, USER_ACCOUNT, "fixed");
}

static void contacts_are_sealed_and_without_a_key_refused(void **state) {
  struct city *city = *state;
  static const struct secret_keys keys = {.keys = {{1, 2, 3}, {3, 2, 1}}, .held = {true, true}, .newest = 2}, lost = {.newest = 1};
  int64_t number = city_number(city);
  struct value values[] = {value_text(USER_ACCOUNT, "phoned"), value_text(USER_NAME, "有电话"), value_text(USER_PHONE, "13812345678")};
  refused(city, city_act_with(city, &city->administrator, RECORD_USER, 0, ACTION_CREATE, NULL, values, 3), number, VERDICT_INVALID,
          USER_PHONE, "no_key");
  city->contact_key = &lost;
  refused(city, city_act_with(city, &city->administrator, RECORD_USER, 0, ACTION_CREATE, NULL, values, 3), number, VERDICT_INVALID,
          USER_PHONE, "no_key");
  city->contact_key = &keys;
  must(city, city_act_with(city, &city->administrator, RECORD_USER, 0, ACTION_CREATE, NULL, values, 3), VERDICT_DONE);
  const char *kept = row_text(city_row(city, RECORD_USER, city->outcome.ids[0]), USER_PHONE);
  assert_null(strstr(kept, "13812345678"));
  assert_int_equal(secret_key_id(kept), 2); /* the newest seals */
  assert_string_equal(secret_open_any(city->arena, &keys, kept), "13812345678");
}

static void imports_and_the_program_may_give_derived_fields_without_a_new_version(void **state) {
  struct city *city = *state;
  city->channel = CHANNEL_IMPORT;
  must(city,
       city_act_with(city, &city->office, RECORD_APPEAL, 0, ACTION_CREATE, NULL,
                     VALUES(value_text(APPEAL_NUMBER, "1"), value_text(APPEAL_TITLE, "题"), value_integer(APPEAL_MADE_AT, city->now),
                            value_text(APPEAL_SOURCE_KEY, "热线:1"), value_integer(APPEAL_FINGERPRINT, 5))),
       VERDICT_DONE);
  int64_t appeal = city->outcome.ids[0];
  must(city, city_act_with(city, &city->office, RECORD_APPEAL, appeal, ACTION_EDIT, NULL, VALUES(value_integer(APPEAL_FINGERPRINT, 6))),
       VERDICT_DONE);
  assert_int_equal(city->outcome.versions[0], 1);
  must(city,
       city_act_with(city, &city->office, RECORD_APPEAL, appeal, ACTION_EDIT, NULL,
                     VALUES(value_integer(APPEAL_FINGERPRINT, 7), value_text(APPEAL_TITLE, "新题"))),
       VERDICT_DONE);
  assert_int_equal(city->outcome.versions[0], 2);
  city->channel = CHANNEL_API;
  must(city, city_act_with(city, &city->office, RECORD_APPEAL, appeal, ACTION_EDIT, NULL, VALUES(value_integer(APPEAL_FINGERPRINT, 8))),
       VERDICT_INVALID);
}

static const struct possibility *possible(struct city *city, const struct authority *authority, int64_t problem, enum action_code action) {
  struct context context = {.now = city->now, .authority = authority, .happened = NOTHING};
  struct possibility *items;
  struct reader *reader;
  size_t count;
  assert_int_equal(store_reader(city->store, &reader), STORE_OK);
  assert_int_equal(change_possibilities(reader, &context, city_row(city, RECORD_PROBLEM, problem), city->arena, &items, &count), STORE_OK);
  reader_release(reader);
  for (size_t i = 0; i < count; i++)
    if (items[i].action == action) return &items[i];
  return NULL;
}

static void possibilities_say_what_is_open_and_why_the_rest_is_not(void **state) {
  struct city *city = *state;
  int64_t problem = city_taken(city, KIND_TIME_LIMITED, LEVEL_UNIT);
  const struct possibility *start = possible(city, &city->liaison, problem, ACTION_START);
  assert_true(start->mine);
  assert_false(start->open);
  assert_non_null(strstr(start->why_not.zh, "措施"));
  assert_null(strstr(start->why_not.zh, "责任人")); /* the form asks for it */
  assert_int_equal(start->ask_count, 1);
  const struct possibility *office = possible(city, &city->office, problem, ACTION_START);
  assert_false(office->mine);
  assert_false(office->open);
  assert_non_null(strstr(office->why_not.zh, "联络员"));
  assert_true(possible(city, &city->office, problem, ACTION_EDIT)->open);
  assert_false(possible(city, &city->liaison, problem, ACTION_EDIT)->mine);
  assert_true(possible(city, &city->liaison, problem, ACTION_EXTEND)->reason);
  assert_null(possible(city, &city->liaison, problem, ACTION_CREATE));
  assert_null(possible(city, &city->liaison, problem, ACTION_ADMIT));
}

static void a_job_on_a_writer_answers_when_it_is_durable(void **state) {
  struct city *city = *state;
  struct writer *writer = writer_start(city->store);
  struct context context = {.now = city->now, .authority = &city->liaison, .happened = NOTHING, .channel = CHANNEL_API};
  size_t count;
  struct value *values = draft_values(city, &count);
  struct change change = {.type = record_type(RECORD_PROBLEM),
                          .action = ACTION_CREATE,
                          .seen = ANY_VERSION,
                          .values = values,
                          .value_count = count};
  int64_t number = city_number(city);
  assert_int_equal(change_run(writer, &context, &change, 1, city->arena, &city->outcome), STORE_OK);
  assert_int_equal(city->outcome.verdict, VERDICT_DONE);
  assert_int_equal(city_number(city), number + 1);
  change.value_count = 1;
  assert_int_equal(change_run(writer, &context, &change, 1, city->arena, &city->outcome), STORE_OK);
  assert_int_equal(city->outcome.verdict, VERDICT_INVALID);
  assert_int_equal(city_number(city), number + 1);
  writer_stop(writer);
}

#define CITY_TEST(function) cmocka_unit_test_setup_teardown(function, city_setup, city_teardown)
int main(void) {
  const struct CMUnitTest tests[] = {
      CITY_TEST(a_value_of_the_wrong_shape_is_refused_with_what_would_be_right),
      CITY_TEST(all_that_is_wrong_is_said_at_once_for_the_whole_set),
      CITY_TEST(text_that_looks_like_script_or_sql_is_kept_as_it_is),
      CITY_TEST(who_may_not_is_told_who_may),
      CITY_TEST(a_liaison_cannot_hand_a_draft_to_another_unit),
      CITY_TEST(the_wrong_moment_is_told_with_what_is_possible),
      CITY_TEST(numbers_go_on_by_one_beside_a_campaign_whose_prefix_begins_with_the_others),
      CITY_TEST(a_stale_version_is_refused_and_an_unchanged_edit_writes_nothing),
      CITY_TEST(the_same_key_gives_the_first_outcome_again),
      CITY_TEST(a_rehearsal_decides_and_leaves_nothing),
      CITY_TEST(what_must_be_unique_is_checked_before_the_store_complains),
      CITY_TEST(contacts_are_sealed_and_without_a_key_refused),
      CITY_TEST(imports_and_the_program_may_give_derived_fields_without_a_new_version),
      CITY_TEST(possibilities_say_what_is_open_and_why_the_rest_is_not),
      CITY_TEST(a_job_on_a_writer_answers_when_it_is_durable),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
