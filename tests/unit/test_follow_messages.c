/* The outbox of messages: who has to know is told once, whatever is done to its position; tree heads follow; leases keep others out. */
#include "house_fixture.h"
#include "follow/followers_parts.h"
#include "follow/lease.h"

struct office { int64_t campaign, lead, joint, liaison, helper, head, acceptor, coordinator, problem; };

static int64_t user(struct home *home, const char *account, int64_t unit, enum role_code role, bool whole) {
  struct value person[] = {value_text(USER_ACCOUNT, account), value_text(USER_NAME, account), value_integer(USER_UNIT, unit)};
  int64_t id = home_change(home, RECORD_USER, 0, ACTION_CREATE, person, 3);
  struct value grant[] = {value_integer(GRANT_USER, id), value_integer(GRANT_ROLE, role), value_integer(GRANT_SECRECY, SECRECY_INTERNAL),
                          value_integer(GRANT_UNIT, unit)};
  home_change(home, RECORD_GRANT, 0, ACTION_CREATE, grant, whole ? 3 : 4);
  return id;
}

static struct office office_new(struct home *home) {
  struct office office;
  struct value campaign[] = {value_text(CAMPAIGN_NAME, "专项"), value_text(CAMPAIGN_CODE, "zx"), value_text(CAMPAIGN_PREFIX, "ZX"),
                             value_integer(CAMPAIGN_FROM, date_from_civil(2020, 1, 1)),
                             value_integer(CAMPAIGN_TO, date_from_civil(2099, 1, 1))};
  office.campaign = home_change(home, RECORD_CAMPAIGN, 0, ACTION_CREATE, campaign, COUNT_OF(campaign));
  office.lead = home_unit(home, "市水务局", NULL, 0);
  office.joint = home_unit(home, "市住建局", NULL, 0);
  office.liaison = user(home, "liaison", office.lead, ROLE_LIAISON, false);
  office.helper = user(home, "helper", office.joint, ROLE_LIAISON, false);
  office.head = user(home, "head", office.lead, ROLE_UNIT_HEAD, false);
  office.acceptor = user(home, "acceptor", office.joint, ROLE_ACCEPTOR, true);
  office.coordinator = user(home, "office", office.joint, ROLE_OFFICE, true);
  struct value problem[] = {value_text(PROBLEM_TITLE, "泵站没有备用电源"),
                            value_integer(PROBLEM_CAMPAIGN, office.campaign),
                            value_integer(PROBLEM_CATEGORY, 3),
                            value_integer(PROBLEM_SOURCE, SOURCE_RESEARCH),
                            value_integer(PROBLEM_KIND, KIND_TIME_LIMITED),
                            value_integer(PROBLEM_LEAD_UNIT, office.lead),
                            value_many(PROBLEM_JOINT_UNITS, &office.joint, 1),
                            value_integer(PROBLEM_DUE, date_of_moment(house_now(home->house)) + 40),
                            value_text(PROBLEM_OWNER, "张三"),
                            value_text(PROBLEM_ROOT_CAUSE, "没有双路供电")};
  office.problem = home_change(home, RECORD_PROBLEM, 0, ACTION_CREATE, problem, COUNT_OF(problem));
  home_change(home, RECORD_PROBLEM, office.problem, ACTION_SUBMIT, NULL, 0);
  home_change(home, RECORD_PROBLEM, office.problem, ACTION_ADMIT, NULL, 0);
  return office;
}

static void follow(struct home *home) { assert_true(followers_reach(home->house->followers, "messages", home_number(home), 10000)); }

static bool message_take(void *with, const struct row *row) {
  buffer_print(with, "%lld:%s;", (long long)row_integer(row, MESSAGE_USER), row_text(row, MESSAGE_TITLE));
  return true;
}
static char *messages(struct home *home) {
  struct buffer out = {.arena = home->arena};
  struct reader *reader = home_reader(home);
  struct query query = {.type = record_type(RECORD_MESSAGE), .expected = -1};
  assert_int_equal(reader_list(reader, &query, &SCOPE_SYSTEM, home->arena, message_take, &out), STORE_OK);
  reader_release(reader);
  return out.size ? out.bytes : arena_text(home->arena, "");
}

static void assigning_tells_the_liaisons_of_lead_and_joint_units(void **state) {
  struct home *home = *state;
  struct office office = office_new(home);
  follow(home);
  assert_string_equal(messages(home), "");
  home_change(home, RECORD_PROBLEM, office.problem, ACTION_ASSIGN, NULL, 0);
  follow(home);
  assert_string_equal(messages(home), arena_print(home->arena, "%lld:交办：泵站没有备用电源;%lld:交办：泵站没有备用电源;",
                                                  (long long)office.liaison, (long long)office.helper));
}

static void a_position_put_back_makes_no_doubles(void **state) {
  struct home *home = *state;
  struct office office = office_new(home);
  home_change(home, RECORD_PROBLEM, office.problem, ACTION_ASSIGN, NULL, 0);
  follow(home);
  char *before = messages(home);
  int64_t number = home_number(home);
  assert_int_equal(home_count(home, RECORD_MESSAGE), 2);
  house_close(home->house);
  home_open(home, 0);
  assert_int_equal(side_put(home->house->store, SIDE_POSITION, "follower:messages", "1 0", 0), STORE_OK);
  house_close(home->house);
  home_open(home, HOUSE_FOLLOWERS);
  follow(home);
  assert_string_equal(messages(home), before);
  assert_int_equal(home_number(home), number);
}

static void what_is_secret_goes_to_nobody_below_its_level(void **state) {
  struct home *home = *state;
  struct office office = office_new(home);
  struct value secrecy = value_integer(PROBLEM_SECRECY, SECRECY_RESTRICTED);
  home_change(home, RECORD_PROBLEM, office.problem, ACTION_EDIT, &secrecy, 1);
  home_change(home, RECORD_PROBLEM, office.problem, ACTION_ASSIGN, NULL, 0);
  follow(home);
  assert_string_equal(messages(home), "");
}

static bool head_take(void *with, const char *key, const char *value, size_t size, int64_t expires) {
  struct tree_head head;
  if (tree_head_parse(value, &head) && head.size > *(int64_t *)with) *(int64_t *)with = head.size;
  return true;
}

static bool last_take(void *into, const struct row *row) {
  if (row_integer(row, PROBLEM_PARENT) != NOTHING) *(int64_t *)into = row->id;
  return true;
}
static int64_t last_part(struct home *home) {
  struct query query = {.type = record_type(RECORD_PROBLEM), .expected = -1};
  struct reader *reader = home_reader(home);
  int64_t id = 0;
  assert_int_equal(reader_list(reader, &query, &SCOPE_SYSTEM, home->arena, last_take, &id), STORE_OK);
  reader_release(reader);
  return id;
}

/* A red part warns the office; one that its district does not show warns the district's office instead. */
static void what_a_district_does_not_show_is_told_to_its_own_office(void **state) {
  struct home *home = *state;
  struct office office = office_new(home);
  int64_t runs = user(home, "runs", office.joint, ROLE_DISTRICT_OFFICE, false);
  struct value among = value_many(PROBLEM_SPLIT_UNITS, &office.joint, 1),
               past = value_integer(PROBLEM_DUE, date_of_moment(house_now(home->house)) - 60),
               hide = value_integer(PROBLEM_VISIBLE_ABOVE, 0);
  home_change(home, RECORD_PROBLEM, office.problem, ACTION_ASSIGN, NULL, 0);
  home_change(home, RECORD_PROBLEM, office.problem, ACTION_SPLIT, &among, 1);
  home_change(home, RECORD_PROBLEM, last_part(home), ACTION_EDIT, &past, 1);
  follow(home);
  char *told = messages(home);
  assert_non_null(strstr(told, arena_print(home->arena, "%lld:红色预警：泵站没有备用电源(市住建局)", (long long)office.coordinator)));
  assert_null(strstr(told, arena_print(home->arena, "%lld:红色预警", (long long)runs)));
  struct value level = value_integer(PROBLEM_LEVEL, LEVEL_DISTRICT),
               later = value_integer(PROBLEM_DUE, date_of_moment(house_now(home->house)) + 60);
  struct value among_lead = value_many(PROBLEM_SPLIT_UNITS, &office.lead, 1);
  int64_t before = last_part(home);
  home_change(home, RECORD_PROBLEM, office.problem, ACTION_SPLIT, &among_lead, 1);
  int64_t part = last_part(home);
  assert_true(part != before);
  int64_t over = user(home, "over", office.lead, ROLE_DISTRICT_OFFICE, false);
  home_change(home, RECORD_PROBLEM, part, ACTION_EDIT, (struct value[]){level, later}, 2);
  home_change(home, RECORD_PROBLEM, part, ACTION_SHOW_ABOVE, &hide, 1);
  home_change(home, RECORD_PROBLEM, part, ACTION_EDIT, &past, 1);
  follow(home);
  told = messages(home);
  assert_null(strstr(told, arena_print(home->arena, "%lld:红色预警：泵站没有备用电源(市水务局)", (long long)office.coordinator)));
  assert_non_null(strstr(told, arena_print(home->arena, "%lld:红色预警：泵站没有备用电源(市水务局)", (long long)over)));
  assert_non_null(strstr(told, arena_print(home->arena, "%lld:红色预警：泵站没有备用电源(市水务局)", (long long)office.liaison)));
}

static void a_tree_head_is_signed_soon_after_a_change(void **state) {
  struct home *home = *state;
  int64_t largest = 0;
  home_unit(home, "市水务局", NULL, 0);
  assert_true(followers_reach(home->house->followers, "tree_heads", home_number(home), 3000));
  assert_int_equal(side_list(home->house->store, SIDE_TREE_HEAD, "", head_take, &largest), STORE_OK);
  assert_int_equal(largest, home_number(home));
}

static void those_who_wait_are_woken(void **state) {
  struct home *home = *state;
  int64_t newest = 0, number = home_number(home);
  assert_false(house_wait(home->house, number, 10, &newest));
  home_unit(home, "市水务局", NULL, 0);
  assert_true(house_wait(home->house, number, 5000, &newest));
  assert_true(newest > number);
}

static void a_lease_has_one_holder(void **state) {
  struct home *home = *state;
  struct store *store = home->house->store;
  assert_true(lease_hold(store, "test", "one", 60));
  assert_true(lease_hold(store, "test", "one", 60));
  assert_false(lease_hold(store, "test", "other", 60));
  lease_release(store, "test", "one");
  assert_true(lease_hold(store, "test", "other", 0)); /* over at once */
  assert_true(lease_hold(store, "test", "one", 60));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, home_setup_following, home_teardown)
int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(assigning_tells_the_liaisons_of_lead_and_joint_units),
      TEST(a_position_put_back_makes_no_doubles),
      TEST(what_is_secret_goes_to_nobody_below_its_level),
      TEST(what_a_district_does_not_show_is_told_to_its_own_office),
      TEST(a_tree_head_is_signed_soon_after_a_change),
      TEST(those_who_wait_are_woken),
      TEST(a_lease_has_one_holder),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
