/* Signals: for each a problem that shows it and one that just does not; and how rounds and linked appeals become facts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>
#include "rules/signals.h"

enum { TODAY = 1000, C = FIGURE_COUNTED, NONE = FIGURE_NO_DATE };
static struct policy policy;
static const struct picture_again AGAIN = {.problem = 5, .evidence = 50, .other_problem = 4, .other_evidence = 40};

/* Closed on day 900, forty days after its registration. */
static struct figure closed(void) {
  return (struct figure){.id = 5,
                         .campaign = 3,
                         .state = PROBLEM_CLOSED,
                         .flags = C,
                         .registered = 860,
                         .closed = 900,
                         .cycle = 1,
                         .note_repeats = 1};
}
struct given { struct figure figure; const struct picture_again *again; int32_t round_ends, days; int64_t before, after; };
static struct given plain(void) { return (struct given){.figure = closed(), .round_ends = NONE}; }

static void texts(struct given *given, int64_t times) { given->figure.note_repeats = (uint8_t)times; }
static void extensions(struct given *given, int64_t times) { given->figure.extensions = (uint16_t)times; }
static void registered(struct given *given, int64_t days_before) { given->figure.registered = (int32_t)(900 - days_before); }
static void appeals_after(struct given *given, int64_t after) { given->days = 90, given->before = 5, given->after = after; }
static void appeals_in(struct given *given, int64_t days) { given->days = (int32_t)days, given->before = 5, given->after = 5; }
static void at_round_end(struct given *given, int64_t day) { given->round_ends = (int32_t)day; }
static void picture(struct given *given, int64_t used) { given->again = used ? &AGAIN : NULL; }

static const struct { const char *signal; void (*make)(struct given *given, int64_t value); int64_t shows, does_not; const char *part; /* of the sentence */ } CASES[] = {
  {"same_text", texts, 3, 2, "3 updates"}, {"picture_again", picture, 1, 0, "problem 4"}, {"round_end", at_round_end, 901, NONE, "last 3 days"}, {"same_day", registered, 0, 1, "same day"},
  {"appeals_not_falling", appeals_after, 5, 4, "90 days before closing 5"}, {"appeals_not_falling", appeals_in, 30, 29, "30 days"}, {"extended_often", extensions, 2, 1, "2 times"}};

static uint32_t shown(const struct given *given, struct label *sentence, const struct signal *of, struct arena *arena) {
  struct signal_facts facts = {.figure = &given->figure,
                               .policy = &policy,
                               .today = TODAY,
                               .round_ends = given->round_ends,
                               .again = given->again,
                               .days = given->days,
                               .appeals_before = given->before,
                               .appeals_after = given->after};
  if (of) *sentence = of->tell(arena, &facts);
  return signals_shown(&facts);
}

static void each_signal_is_shown_by_its_own_fact_alone(void **state) {
  struct arena *arena = arena_new();
  uint32_t seen = 0;
  policy = policy_default();
  struct given none = plain();
  assert_int_equal(shown(&none, NULL, NULL, arena), 0);
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    struct given yes = plain(), no = plain();
    const struct signal *signal = signal_named(CASES[i].signal);
    struct label sentence;
    assert_non_null(signal);
    CASES[i].make(&yes, CASES[i].shows);
    CASES[i].make(&no, CASES[i].does_not);
    assert_int_equal(shown(&yes, &sentence, signal, arena), UINT32_C(1) << (signal - SIGNALS));
    assert_int_equal(shown(&no, NULL, NULL, arena), 0);
    if (!strstr(sentence.en, CASES[i].part)) fail_msg("%s: %s", CASES[i].signal, sentence.en);
    assert_non_null(sentence.zh);
    seen |= UINT32_C(1) << (signal - SIGNALS);
  }
  assert_int_equal(seen, (UINT32_C(1) << SIGNAL_COUNT) - 1);
  arena_free(arena);
}

static void the_numbers_are_the_policys(void **state) {
  struct given given = plain();
  policy = policy_default();
  policy.signal_texts = 5;
  texts(&given, 4);
  assert_int_equal(shown(&given, NULL, NULL, NULL), 0);
  texts(&given, 5);
  assert_true(shown(&given, NULL, NULL, NULL));
}

static void withdrawn_and_historic_problems_show_none(void **state) {
  policy = policy_default();
  struct given given = plain();
  texts(&given, 9);
  given.figure.flags = C | FIGURE_HISTORIC;
  assert_int_equal(shown(&given, NULL, NULL, NULL), 0);
  given.figure.flags = FIGURE_WITHDRAWN;
  assert_int_equal(shown(&given, NULL, NULL, NULL), 0);
}

/* Rounds of campaign 3 end on 902 and 950; closing on 900 lies in the last three days of the first: 900, 901, 902. */
static void a_round_is_found_by_its_last_days(void **state) {
  const struct round_end rounds[] = {{4, 70, 900}, {3, 71, 902}, {3, 72, 950}};
  struct figure figure = closed();
  policy = policy_default();
  struct signal_facts facts = {.figure = &figure, .policy = &policy, .today = TODAY};
  signal_find_round(&facts, rounds, 3);
  assert_int_equal(facts.round, 71);
  assert_int_equal(facts.round_ends, 902);
  figure.closed = 899;
  signal_find_round(&facts, rounds, 3);
  assert_int_equal(facts.round, 0);
  figure.closed = 903;
  signal_find_round(&facts, rounds, 3);
  assert_int_equal(facts.round, 0);
}

/* Closed on 900, today 1000: the span is 90 days, 810 to 899 and 901 to 990. Of problem 5 three lie before, two after; one on the day
   itself, one too early, one too late; others belong to other problems. */
static void appeals_are_counted_in_equal_spans(void **state) {
  const struct appeal_made appeals[] = {{4, 850}, {5, 809}, {5, 810}, {5, 850}, {5, 899}, {5, 900}, {5, 901}, {5, 990}, {5, 991}, {6, 950}};
  struct figure figure = closed();
  struct signal_facts facts = {.figure = &figure, .policy = &policy, .today = TODAY};
  signal_count_appeals(&facts, appeals, sizeof appeals / sizeof *appeals);
  assert_int_equal(facts.days, 90);
  assert_int_equal(facts.appeals_before, 3);
  assert_int_equal(facts.appeals_after, 2);
  facts.today = 900;
  signal_count_appeals(&facts, appeals, sizeof appeals / sizeof *appeals);
  assert_int_equal(facts.days, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(each_signal_is_shown_by_its_own_fact_alone),
                                     cmocka_unit_test(the_numbers_are_the_policys),
                                     cmocka_unit_test(withdrawn_and_historic_problems_show_none),
                                     cmocka_unit_test(a_round_is_found_by_its_last_days),
                                     cmocka_unit_test(appeals_are_counted_in_equal_spans)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
