/* Who sees and may do what: grants in force, their units, and the scope they make of a record type. */
#include "test_rules_change_house.h"

static bool sees(struct city *city, const struct authority *authority, enum record_id type, int64_t id) {
  const struct scope *scope = scope_for(city->arena, authority, record_type(type), MAY_READ);
  struct reader *reader;
  struct row *row;
  assert_int_equal(store_reader(city->store, &reader), STORE_OK);
  enum store_error error = reader_get(reader, record_type(type), scope, id, city->arena, &row);
  reader_release(reader);
  return error == STORE_OK;
}

static void a_problem_is_seen_by_its_units_and_by_city_wide_roles(void **state) {
  struct city *city = *state;
  int64_t problem = city_problem(city, KIND_AT_ONCE, LEVEL_UNIT);
  assert_true(sees(city, &city->liaison, RECORD_PROBLEM, problem));
  assert_true(sees(city, &city->joint_liaison, RECORD_PROBLEM, problem));
  assert_true(sees(city, &city->office, RECORD_PROBLEM, problem));
  assert_true(sees(city, &city->acceptor, RECORD_PROBLEM, problem));
  assert_true(sees(city, &city->reviewer, RECORD_PROBLEM, problem)); /* the root with all below is the whole city */
  assert_true(city->reviewer.held[0].all);
  assert_false(sees(city, &city->stranger, RECORD_PROBLEM, problem));
  assert_false(sees(city, &city->security, RECORD_PROBLEM, problem));
  assert_false(sees(city, &city->administrator, RECORD_PROBLEM, problem));
}

static void the_three_administrators_see_users_and_grants_only(void **state) {
  struct city *city = *state;
  assert_true(sees(city, &city->security, RECORD_USER, city->liaison.user));
  assert_false(sees(city, &city->reviewer, RECORD_USER, city->liaison.user));
  must(city,
       city_act_with(city, &city->security, RECORD_USER, 0, ACTION_CREATE, NULL,
                     VALUES(value_text(USER_ACCOUNT, "new"), value_text(USER_NAME, "新"))),
       VERDICT_FORBIDDEN);
  must(city,
       city_act_with(city, &city->administrator, RECORD_GRANT, 0, ACTION_CREATE, NULL,
                     VALUES(value_integer(GRANT_USER, city->stranger.user), value_integer(GRANT_ROLE, ROLE_OFFICE))),
       VERDICT_FORBIDDEN);
  must(city,
       city_act_with(city, &city->office, RECORD_GRANT, 0, ACTION_CREATE, NULL,
                     VALUES(value_integer(GRANT_USER, city->office.user), value_integer(GRANT_ROLE, ROLE_LEADER))),
       VERDICT_FORBIDDEN);
}

static void a_measure_is_seen_by_who_sees_its_problem(void **state) {
  struct city *city = *state;
  int64_t problem = city_taken(city, KIND_TIME_LIMITED, LEVEL_UNIT),
          measure = city_measure(city, problem, "措施一", 10000, MEASURE_KIND_ACTION);
  assert_true(sees(city, &city->joint_liaison, RECORD_MEASURE, measure));
  assert_true(sees(city, &city->office, RECORD_MEASURE, measure));
  assert_false(sees(city, &city->stranger, RECORD_MEASURE, measure));
}

static void a_view_is_its_users_alone_until_it_is_shared(void **state) {
  struct city *city = *state;
  int64_t view = city_make(city, &city->office, RECORD_SAVED_VIEW,
                           VALUES(value_integer(SAVED_VIEW_USER, city->office.user), value_text(SAVED_VIEW_NAME, "红橙"),
                                  value_integer(SAVED_VIEW_LIST, RECORD_PROBLEM)));
  assert_true(sees(city, &city->office, RECORD_SAVED_VIEW, view));
  assert_false(sees(city, &city->reviewer, RECORD_SAVED_VIEW, view)); /* the whole city, and yet not this */
  assert_false(sees(city, &city->liaison, RECORD_SAVED_VIEW, view));
  must(city, city_act_with(city, &city->office, RECORD_SAVED_VIEW, view, ACTION_EDIT, NULL, VALUES(value_integer(SAVED_VIEW_SHARED, 1))),
       VERDICT_DONE);
  assert_true(sees(city, &city->reviewer, RECORD_SAVED_VIEW, view));
  assert_true(sees(city, &city->liaison, RECORD_SAVED_VIEW, view));
  must(city, city_act_with(city, &city->liaison, RECORD_SAVED_VIEW, view, ACTION_EDIT, NULL, VALUES(value_text(SAVED_VIEW_NAME, "改"))),
       VERDICT_FORBIDDEN);
}

static void a_secrecy_ceiling_hides_what_is_above_it(void **state) {
  struct city *city = *state;
  int64_t problem = city_problem(city, KIND_AT_ONCE, LEVEL_UNIT), user = city_user(city, "low", city->lead);
  city_make(city, &AUTHORITY_SYSTEM, RECORD_GRANT,
            VALUES(value_integer(GRANT_USER, user), value_integer(GRANT_ROLE, ROLE_LIAISON), value_integer(GRANT_UNIT, city->lead),
                   value_integer(GRANT_SECRECY, SECRECY_INTERNAL)));
  struct authority low = city_authority(city, user);
  assert_true(sees(city, &low, RECORD_PROBLEM, problem));
  must(city,
       city_act_with(city, &city->liaison, RECORD_PROBLEM, problem, ACTION_EDIT, NULL,
                     VALUES(value_integer(PROBLEM_SECRECY, SECRECY_RESTRICTED))),
       VERDICT_DONE);
  assert_false(sees(city, &low, RECORD_PROBLEM, problem));
  assert_true(sees(city, &city->liaison, RECORD_PROBLEM, problem));
}

static void grants_count_only_between_their_dates(void **state) {
  struct city *city = *state;
  int64_t user = city_user(city, "dated", city->lead), today = city_today(city);
  city_make(city, &AUTHORITY_SYSTEM, RECORD_GRANT,
            VALUES(value_integer(GRANT_USER, user), value_integer(GRANT_ROLE, ROLE_LIAISON), value_integer(GRANT_UNIT, city->lead),
                   value_integer(GRANT_FROM, today + 1), value_integer(GRANT_TO, today + 2)));
  assert_int_equal(city_authority(city, user).held_count, 0);
  city->now += MOMENT_DAY;
  assert_int_equal(city_authority(city, user).roles, ROLE(ROLE_LIAISON));
  city->now += MOMENT_DAY;
  assert_int_equal(city_authority(city, user).held_count, 1);
  city->now += MOMENT_DAY;
  assert_int_equal(city_authority(city, user).held_count, 0);
}

static void a_subtree_holds_the_units_below_that_are_in_force(void **state) {
  struct city *city = *state;
  int64_t street = city_unit(city, "平安街道", city->other, 14);
  struct authority person = city_person(city, "district", city->other, ROLE_OFFICE, city->other);
  assert_false(person.held[0].all);
  assert_int_equal(person.held[0].unit_count, 3); /* itself, the village, the street */
  must(city,
       city_act_with(city, &AUTHORITY_SYSTEM, RECORD_UNIT, street, ACTION_EDIT, NULL,
                     VALUES(value_integer(UNIT_VALID_TO, city_today(city) - 1))),
       VERDICT_DONE);
  assert_int_equal(city_authority(city, person.user).held[0].unit_count, 2);
  int64_t problem = city_problem(city, KIND_AT_ONCE, LEVEL_UNIT);
  assert_false(sees(city, &person, RECORD_PROBLEM, problem)); /* a district's office is not the city's */
}

/* Made by the program's own hand, as an older store may have it. */
static void of_several_roots_one_is_the_whole_city_and_the_others_what_lies_below_them(void **state) {
  struct city *city = *state;
  int64_t group = city_unit(city, "申江集团", NOTHING, UNIT_KIND_ENTERPRISE), below = city_unit(city, "申江集团一分公司", group, UNIT_KIND_ENTERPRISE);
  struct authority person = city_person(city, "group", group, ROLE_LEADER, group),
                   whole = city_person(city, "whole", city->root, ROLE_LEADER, city->root);
  assert_false(person.held[0].all);
  assert_int_equal(person.held[0].unit_count, 2);
  assert_true(whole.held[0].all);
  assert_false(sees(city, &person, RECORD_PROBLEM, city_problem(city, KIND_AT_ONCE, LEVEL_UNIT)));
  must(city,
       city_act_with(city, &city->office, RECORD_UNIT, 0, ACTION_CREATE, NULL,
                     VALUES(value_text(UNIT_NAME, "又一集团"), value_integer(UNIT_KIND, UNIT_KIND_ENTERPRISE))),
       VERDICT_NOT_NOW);
  assert_true(city_found(city, "unit_tree"));
  must(city, city_act_with(city, &city->office, RECORD_UNIT, below, ACTION_EDIT, NULL, VALUES(value_nothing(UNIT_PARENT))),
       VERDICT_NOT_NOW);
  /* below itself */
  must(city, city_act_with(city, &city->office, RECORD_UNIT, group, ACTION_EDIT, NULL, VALUES(value_integer(UNIT_PARENT, below))),
       VERDICT_NOT_NOW);
  must(city, city_act_with(city, &city->office, RECORD_UNIT, group, ACTION_EDIT, NULL, VALUES(value_text(UNIT_SHORT_NAMES, "集团"))),
       VERDICT_DONE);
  must(city,
       city_act_with(city, &city->office, RECORD_UNIT, 0, ACTION_CREATE, NULL,
                     VALUES(value_text(UNIT_NAME, "又一集团"), value_integer(UNIT_KIND, UNIT_KIND_ENTERPRISE),
                            value_integer(UNIT_PARENT, city->root))),
       VERDICT_DONE);
}

static void a_disabled_user_is_absent_and_an_account_finds_its_user(void **state) {
  struct city *city = *state;
  struct authority authority;
  struct reader *reader;
  must(city, city_act_with(city, &city->administrator, RECORD_USER, city->stranger.user, ACTION_DISABLE, "调离", NULL, 0), VERDICT_DONE);
  assert_int_equal(store_reader(city->store, &reader), STORE_OK);
  assert_int_equal(authority_load(reader, city->stranger.user, city->now, city->arena, &authority), STORE_ABSENT);
  assert_int_equal(authority_load(reader, 999999, city->now, city->arena, &authority), STORE_ABSENT);
  assert_int_equal(authority_by_account(reader, "office", city->now, city->arena, &authority), STORE_OK);
  assert_int_equal(authority.user, city->office.user);
  assert_int_equal(authority_by_account(reader, "nobody", city->now, city->arena, &authority), STORE_ABSENT);
  reader_release(reader);
}

static void a_whistle_blowers_appeal_is_hidden_from_the_unit_complained_of(void **state) {
  struct city *city = *state;
  int64_t appeals[2];
  for (int whistle = 0; whistle < 2; whistle++)
    appeals[whistle] = city_make(city, &city->office, RECORD_APPEAL,
                                 VALUES(value_text(APPEAL_NUMBER, whistle ? "2" : "1"), value_text(APPEAL_TITLE, "举报"),
                                        value_integer(APPEAL_MADE_AT, city->now), value_integer(APPEAL_UNIT, city->lead),
                                        value_integer(APPEAL_WHISTLE, whistle)));
  struct authority liaison = city_authority(city, city->liaison.user), office = city_authority(city, city->office.user);
  assert_true(sees(city, &liaison, RECORD_APPEAL, appeals[0]));
  assert_false(sees(city, &liaison, RECORD_APPEAL, appeals[1]));
  assert_true(sees(city, &office, RECORD_APPEAL, appeals[1]));
}

static void relations_hold_for_whom_they_name(void **state) {
  struct city *city = *state;
  struct row *problem = city_row(city, RECORD_PROBLEM, city_problem(city, KIND_AT_ONCE, LEVEL_UNIT));
  role_set all = ROLES_ALL;
  assert_true(authority_stands(&city->liaison, all, RELATION_LEAD, problem, NULL));
  assert_false(authority_stands(&city->liaison, ROLE(ROLE_UNIT_HEAD), RELATION_LEAD, problem, NULL));
  assert_false(authority_stands(&city->joint_liaison, all, RELATION_LEAD, problem, NULL));
  assert_true(authority_stands(&city->joint_liaison, all, RELATION_JOINT, problem, NULL));
  assert_true(authority_stands(&city->office, all, RELATION_LEAD, problem, NULL));
  assert_true(authority_stands(&city->acceptor, all, RELATION_OUTSIDE, problem, NULL));
  assert_false(authority_stands(&city->liaison, all, RELATION_OUTSIDE, problem, NULL));
  assert_false(authority_stands(&city->joint_liaison, all, RELATION_OUTSIDE, problem, NULL));
  struct authority insider = city_person(city, "insider", city->lead, ROLE_ACCEPTOR, NOTHING);
  assert_false(authority_stands(&insider, all, RELATION_OUTSIDE, problem, NULL));
  assert_true(authority_stands(&AUTHORITY_SYSTEM, 0, RELATION_SELF, problem, NULL));
  assert_ptr_equal(scope_for(city->arena, &AUTHORITY_SYSTEM, problem->type, MAY_READ), &SCOPE_SYSTEM);
  assert_int_equal(scope_for(city->arena, &city->reviewer, problem->type, MAY_CREATE)->grant_count, 0);
}

#define CITY_TEST(function) cmocka_unit_test_setup_teardown(function, city_setup, city_teardown)
int main(void) {
  const struct CMUnitTest tests[] = {
      CITY_TEST(a_problem_is_seen_by_its_units_and_by_city_wide_roles),
      CITY_TEST(the_three_administrators_see_users_and_grants_only),
      CITY_TEST(a_measure_is_seen_by_who_sees_its_problem),
      CITY_TEST(a_view_is_its_users_alone_until_it_is_shared),
      CITY_TEST(a_secrecy_ceiling_hides_what_is_above_it),
      CITY_TEST(grants_count_only_between_their_dates),
      CITY_TEST(a_subtree_holds_the_units_below_that_are_in_force),
      CITY_TEST(of_several_roots_one_is_the_whole_city_and_the_others_what_lies_below_them),
      CITY_TEST(a_disabled_user_is_absent_and_an_account_finds_its_user),
      CITY_TEST(a_whistle_blowers_appeal_is_hidden_from_the_unit_complained_of),
      CITY_TEST(relations_hold_for_whom_they_name),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
