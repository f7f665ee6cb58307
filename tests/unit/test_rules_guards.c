/* Guards that the life of a problem does not meet on its way: roles apart, deputies, policies, campaigns, dates, approvers, links. */
#include "test_rules_change_house.h"

static enum verdict grant(struct city *city, int64_t user, enum role_code role, int64_t from, int64_t to) {
  return city_act_with(city, &city->security, RECORD_GRANT, 0, ACTION_CREATE, NULL,
                       VALUES(value_integer(GRANT_USER, user), value_integer(GRANT_ROLE, role), value_integer(GRANT_FROM, from),
                              value_integer(GRANT_TO, to)));
}

static void administrators_hold_no_other_role_at_the_same_time(void **state) {
  struct city *city = *state;
  int64_t today = city_today(city), user = city_user(city, "fresh", city->root);
  must(city, grant(city, city->administrator.user, ROLE_AUDIT_ADMINISTRATOR, NOTHING, NOTHING), VERDICT_NOT_NOW);
  assert_true(city_found(city, "roles_apart"));
  must(city, grant(city, city->administrator.user, ROLE_OFFICE, NOTHING, NOTHING), VERDICT_NOT_NOW);
  must(city, grant(city, city->office.user, ROLE_SECURITY_ADMINISTRATOR, NOTHING, NOTHING), VERDICT_NOT_NOW);
  must(city, grant(city, city->office.user, ROLE_LEADER, NOTHING, NOTHING), VERDICT_DONE);
  must(city, grant(city, user, ROLE_LIAISON, NOTHING, today + 9), VERDICT_DONE);
  must(city, grant(city, user, ROLE_SYSTEM_ADMINISTRATOR, today + 9, NOTHING), VERDICT_NOT_NOW);
  must(city, grant(city, user, ROLE_SYSTEM_ADMINISTRATOR, today + 10, NOTHING), VERDICT_DONE); /* one after the other */
  must(city, grant(city, user, ROLE_CLOCK, NOTHING, NOTHING), VERDICT_INVALID); /* the program's own: not among what is offered */
  assert_true(city_found(city, "unknown_choice"));
  must(city, grant(city, user, ROLE_LIAISON, today + 5, today), VERDICT_NOT_NOW);
  assert_true(city_found(city, "dates_in_order"));
}

static void a_deputy_needs_an_end_date_and_acts_in_the_same_role(void **state) {
  struct city *city = *state;
  int64_t user = city_user(city, "deputy", city->lead), to = city_today(city) + 30;
  struct value values[] = {value_integer(GRANT_USER, user), value_integer(GRANT_ROLE, ROLE_UNIT_HEAD),
                           value_integer(GRANT_UNIT, city->lead), value_integer(GRANT_DEPUTY_FOR, city->head.user),
                           value_integer(GRANT_TO, to)};
  must(city, city_act_with(city, &city->security, RECORD_GRANT, 0, ACTION_CREATE, NULL, values, 4), VERDICT_NOT_NOW);
  assert_true(city_found(city, "deputy_dates"));
  must(city, city_act_with(city, &city->security, RECORD_GRANT, 0, ACTION_CREATE, NULL, values, 5), VERDICT_DONE);
  struct authority deputy = city_authority(city, user);
  assert_int_equal(deputy.roles, ROLE(ROLE_UNIT_HEAD));
  assert_int_equal(deputy.held[0].deputy_for, city->head.user);
}

static void a_policy_does_not_reach_back_and_is_numbered(void **state) {
  struct city *city = *state;
  struct value values[] = {value_text(POLICY_NAME, "新口径"), value_integer(POLICY_CAMPAIGN, city->campaign),
                           value_integer(POLICY_FROM, city_today(city) - 1)};
  must(city, city_act_with(city, &city->office, RECORD_POLICY, 0, ACTION_CREATE, NULL, values, 3), VERDICT_NOT_NOW);
  assert_true(city_found(city, "policy_not_past"));
  values[2] = value_integer(POLICY_FROM, city_today(city));
  int64_t first = city_make(city, &city->office, RECORD_POLICY, values, 3),
          second = city_make(city, &city->office, RECORD_POLICY, values, 3);
  assert_int_equal(city_value(city, RECORD_POLICY, second, POLICY_NUMBER), city_value(city, RECORD_POLICY, first, POLICY_NUMBER) + 1);
  assert_int_equal(city_value(city, RECORD_POLICY, first, POLICY_WATCH_DAYS), 180); /* presets are written out */
  struct value rules[] = {values[0], values[1], values[2], value_text(POLICY_COLOUR_RULES, "[{\"colour\":\"pink\"}]")};
  must(city, city_act_with(city, &city->office, RECORD_POLICY, 0, ACTION_CREATE, NULL, rules, 4), VERDICT_INVALID);
  assert_true(city_found(city, "wrong_rules"));
  must(city, city_act_with(city, &city->office, RECORD_POLICY, first, ACTION_EDIT, NULL, VALUES(value_integer(POLICY_WATCH_DAYS, 1))),
       VERDICT_FORBIDDEN);
}

static void nothing_new_comes_into_a_campaign_that_is_over(void **state) {
  struct city *city = *state;
  int64_t problem = city_problem(city, KIND_AT_ONCE, LEVEL_UNIT);
  city_do(city, &city->liaison, problem, ACTION_SUBMIT, NULL);
  city->now = moment_of_date(day(2028, 1, 1));
  must(city, city_act(city, &city->office, problem, ACTION_ADMIT, NULL), VERDICT_NOT_NOW);
  assert_true(city_found(city, "campaign_open"));
  assert_non_null(strstr(city->outcome.findings[0].sentence.zh, "2027-12-31"));
}

static void a_village_may_hold_no_task(void **state) {
  struct city *city = *state;
  int64_t problem = city_problem(city, KIND_AT_ONCE, LEVEL_UNIT);
  city_do(city, &city->liaison, problem, ACTION_SUBMIT, NULL);
  must(city,
       city_act_with(city, &city->office, RECORD_PROBLEM, problem, ACTION_EDIT, NULL,
                     VALUES(value_integer(PROBLEM_LEAD_UNIT, city->village))),
       VERDICT_NOT_NOW);
  assert_true(city_found(city, "unit_may_hold"));
}

static void a_root_cause_is_asked_but_for_what_is_put_right_at_once(void **state) {
  struct city *city = *state;
  int64_t problem = city_problem(city, KIND_LONG_TERM, LEVEL_UNIT);
  must(city, city_act_with(city, &city->liaison, RECORD_PROBLEM, problem, ACTION_EDIT, NULL, VALUES(value_nothing(PROBLEM_ROOT_CAUSE))),
       VERDICT_DONE);
  must(city, city_act(city, &city->liaison, problem, ACTION_SUBMIT, NULL), VERDICT_NOT_NOW);
  assert_true(city_found(city, "root_cause"));
  must(city,
       city_act_with(city, &city->liaison, RECORD_PROBLEM, problem, ACTION_EDIT, NULL, VALUES(value_integer(PROBLEM_KIND, KIND_AT_ONCE))),
       VERDICT_DONE);
  must(city, city_act(city, &city->liaison, problem, ACTION_SUBMIT, NULL), VERDICT_DONE);
}

static void a_measure_fits_into_its_problem(void **state) {
  struct city *city = *state;
  int64_t today = city_today(city), problem = city_taken(city, KIND_TIME_LIMITED, LEVEL_UNIT);
  struct value values[] = {value_integer(MEASURE_PROBLEM, problem), value_text(MEASURE_TITLE, "措施"),
                           value_integer(MEASURE_WEIGHT, 1000),     value_integer(MEASURE_START, today),
                           value_integer(MEASURE_DUE, today + 91),  value_text(MEASURE_OWNER, "王五"),
                           value_integer(MEASURE_UNIT, city->lead)};
  must(city, city_act_with(city, &city->liaison, RECORD_MEASURE, 0, ACTION_CREATE, NULL, values, 7), VERDICT_NOT_NOW);
  assert_true(city_found(city, "dates_in_order"));
  values[4] = value_integer(MEASURE_DUE, today - 1);
  must(city, city_act_with(city, &city->liaison, RECORD_MEASURE, 0, ACTION_CREATE, NULL, values, 7), VERDICT_NOT_NOW);
  values[4] = value_integer(MEASURE_DUE, today + 10);
  int64_t measure = city_make(city, &city->liaison, RECORD_MEASURE, values, 7);
  must(city, city_act(city, &city->office, problem, ACTION_WITHDRAW, "重复"), VERDICT_DONE);
  must(city, city_act_with(city, &city->liaison, RECORD_MEASURE, measure, ACTION_START, NULL, NULL, 0), VERDICT_NOT_NOW);
  assert_true(city_found(city, "problem_open"));
  assert_int_equal(city_value(city, RECORD_PROBLEM, problem, PROBLEM_COUNTED), 0);
  assert_int_equal(city_value(city, RECORD_PROBLEM, problem, PROBLEM_COLOUR), NOTHING);
}

static void nobody_accepts_what_he_applied_for_or_what_his_unit_did(void **state) {
  struct city *city = *state;
  int64_t measures[2], problem = city_started(city, KIND_TIME_LIMITED, LEVEL_UNIT, measures);
  struct authority insider = city_person(city, "insider", city->joint, ROLE_ACCEPTOR, NOTHING);
  city_measure_done(city, measures[0]);
  must(city,
       city_act_with(city, &city->liaison, RECORD_PROBLEM, problem, ACTION_APPLY, NULL,
                     VALUES(value_text(PROBLEM_PROGRESS_NOTE, "差不多了"))),
       VERDICT_NOT_NOW);
  assert_true(city_found(city, "measures_accepted"));
  assert_true(city_found(city, "has_evidence"));
  must(city,
       city_act_with(city, &city->liaison, RECORD_MEASURE, measures[1], ACTION_FINISH, NULL, VALUES(value_text(MEASURE_NOTE, "已开"))),
       VERDICT_DONE);
  must(city, city_act_with(city, &city->liaison, RECORD_MEASURE, measures[1], ACTION_ACCEPT_MEASURE, NULL, NULL, 0), VERDICT_FORBIDDEN);
  must(city, city_act_with(city, &insider, RECORD_MEASURE, measures[1], ACTION_ACCEPT_MEASURE, NULL, NULL, 0), VERDICT_FORBIDDEN);
  must(city, city_act_with(city, &city->acceptor, RECORD_MEASURE, measures[1], ACTION_RETURN_MEASURE, "缺纪要", NULL, 0), VERDICT_DONE);
  assert_int_equal(city_value(city, RECORD_MEASURE, measures[1], MEASURE_DONE_ON), NOTHING);
  city_measure_done(city, measures[1]);
  city_evidence(city, problem);
  city_applied(city, problem);
  city_do(city, &city->head, problem, ACTION_ENDORSE, NULL);
  must(city, city_act(city, &insider, problem, ACTION_ACCEPT, NULL), VERDICT_FORBIDDEN);
  must(city, city_act(city, &city->liaison, problem, ACTION_ACCEPT, NULL), VERDICT_FORBIDDEN);
  must(city, city_accepts(city, &city->acceptor, problem), VERDICT_DONE);
}

static void a_link_needs_two_ends_that_one_may_see(void **state) {
  struct city *city = *state;
  int64_t problem = city_problem(city, KIND_AT_ONCE, LEVEL_UNIT), number = city_number(city);
  struct value values[] = {value_integer(LINK_FROM_TYPE, RECORD_PROBLEM), value_integer(LINK_FROM_ID, problem),
                           value_integer(LINK_TO_TYPE, RECORD_PROBLEM), value_integer(LINK_TO_ID, problem)};
  must(city, city_act_with(city, &city->stranger, RECORD_LINK, 0, ACTION_CREATE, NULL, values, 4), VERDICT_INVALID);
  must(city, city_act_with(city, &city->liaison, RECORD_LINK, 0, ACTION_CREATE, NULL, values, 4), VERDICT_NOT_NOW);
  values[3] = value_integer(LINK_TO_ID, 77777);
  must(city, city_act_with(city, &city->liaison, RECORD_LINK, 0, ACTION_CREATE, NULL, values, 4), VERDICT_INVALID);
  assert_int_equal(city_number(city), number);
}

static void topics_are_numbered_apart_from_problems(void **state) {
  struct city *city = *state;
  struct value values[] = {value_text(TOPIC_TITLE, "诉求背后"), value_integer(TOPIC_CAMPAIGN, city->campaign),
                           value_text(TOPIC_WHY, "反复出现"), value_integer(TOPIC_LEAD_UNIT, city->lead)};
  int64_t first = city_make(city, &city->liaison, RECORD_TOPIC, values, 4),
          second = city_make(city, &city->office, RECORD_TOPIC, values, 4);
  assert_string_equal(row_text(city_row(city, RECORD_TOPIC, first), TOPIC_NUMBER), "SJT0000001");
  assert_string_equal(row_text(city_row(city, RECORD_TOPIC, second), TOPIC_NUMBER), "SJT0000002");
}

#define CITY_TEST(function) cmocka_unit_test_setup_teardown(function, city_setup, city_teardown)
int main(void) {
  const struct CMUnitTest tests[] = {
      CITY_TEST(administrators_hold_no_other_role_at_the_same_time),
      CITY_TEST(a_deputy_needs_an_end_date_and_acts_in_the_same_role),
      CITY_TEST(a_policy_does_not_reach_back_and_is_numbered),
      CITY_TEST(nothing_new_comes_into_a_campaign_that_is_over),
      CITY_TEST(a_village_may_hold_no_task),
      CITY_TEST(a_root_cause_is_asked_but_for_what_is_put_right_at_once),
      CITY_TEST(a_measure_fits_into_its_problem),
      CITY_TEST(nobody_accepts_what_he_applied_for_or_what_his_unit_did),
      CITY_TEST(a_link_needs_two_ends_that_one_may_see),
      CITY_TEST(topics_are_numbered_apart_from_problems),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
