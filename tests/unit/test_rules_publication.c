/* Publication: each guard by a table of facts. What may go out, who may let it out, whose evaluation counts. */
#include "test_rules_change_house.h"
#include "rules/guards.h"

static struct arena *arena;
static int open_arena(void **state) { (void)state; arena = arena_new(); return 0; }
static int close_arena(void **state) { (void)state; arena_free(arena); return 0; }

enum { ME = 7, SOMEBODY = 8, PROBLEM = 1, OTHER = 2 };
struct world {
  struct guard_facts facts;
  struct release_facts release;
  struct policy policy;
  struct authority me;
  struct row *problem, *after, *result, *picture, *indicator, *district;
};

static struct row *make(enum record_id type, state_code state, int64_t id) {
  struct row *row = row_new(arena, record_type(type));
  row->id = id;
  row->state = state;
  return row;
}
/* A rectifying problem of internal secrecy, a release that somebody else proposed, with a picture, an indicator and a district. */
static void world_usual(struct world *world) {
  *world = (struct world){.policy = policy_default(),
                          .me = {.user = ME},
                          .problem = make(RECORD_PROBLEM, PROBLEM_RECTIFYING, PROBLEM),
                          .after = make(RECORD_RELEASE, RELEASE_RELEASED, 9),
                          .result = make(RECORD_RESULT, RESULT_CONFIRMED, 11),
                          .picture = make(RECORD_EVIDENCE, STATE_NONE, 12),
                          .indicator = make(RECORD_INDICATOR, FORCE_ACTIVE, 13),
                          .district = make(RECORD_UNIT, STATE_NONE, 14)};
  row_set_integer(world->problem, PROBLEM_SECRECY, SECRECY_INTERNAL);
  row_set_integer(world->after, RELEASE_PROPOSED_BY, SOMEBODY);
  row_set_integer(world->result, RESULT_PROBLEM, PROBLEM);
  row_set_integer(world->result, RESULT_PUBLICITY, PUBLICITY_OPEN);
  row_set_integer(world->picture, EVIDENCE_PROBLEM, PROBLEM);
  row_set_text(world->picture, EVIDENCE_FILE, "ab");
  row_set_text(world->picture, EVIDENCE_MEDIA_TYPE, "image/jpeg");
  row_set_integer(world->indicator, INDICATOR_PROBLEM, PROBLEM);
  row_set_integer(world->district, UNIT_KIND, UNIT_KIND_DISTRICT);
  world->release = (struct release_facts){.district = world->district,
                                          .after = &world->picture,
                                          .after_count = 1,
                                          .indicators = &world->indicator,
                                          .indicator_count = 1};
  world->facts = (struct guard_facts){.after = world->after,
                                      .parent = world->problem,
                                      .authority = &world->me,
                                      .policy = &world->policy,
                                      .release = &world->release};
}

static void draft(struct world *world) { world->problem->state = PROBLEM_DRAFT; }
static void withdrawn(struct world *world) { world->problem->state = PROBLEM_WITHDRAWN; }
static void merged(struct world *world) { world->problem->state = PROBLEM_MERGED; }
static void voided(struct world *world) { world->problem->voided = true; }
static void restricted(struct world *world) { row_set_integer(world->problem, PROBLEM_SECRECY, SECRECY_RESTRICTED); }
static void placeholder(struct world *world) { row_set_integer(world->problem, PROBLEM_SECRECY, SECRECY_PLACEHOLDER); }
static void party(struct world *world) { row_set_integer(world->problem, PROBLEM_PUBLICITY_SCOPE, SCOPE_PARTY); }
static void skipped(struct world *world) { row_set_integer(world->problem, PROBLEM_PUBLICITY_SCOPE, SCOPE_SKIPPED); }
static void to_public(struct world *world) { row_set_integer(world->problem, PROBLEM_PUBLICITY_SCOPE, SCOPE_PUBLIC); }
static void foreign_picture(struct world *world) { row_set_integer(world->picture, EVIDENCE_PROBLEM, OTHER); }
static void no_picture(struct world *world) { row_set_text(world->picture, EVIDENCE_MEDIA_TYPE, "application/pdf"); }
static void foreign_indicator(struct world *world) { row_set_integer(world->indicator, INDICATOR_PROBLEM, OTHER); }
static void no_district(struct world *world) { row_set_integer(world->district, UNIT_KIND, UNIT_KIND_GOVERNMENT); }
static void something_missing(struct world *world) { world->release.missing = 1; }
static void of_result(struct world *world) { world->release.result = world->result; row_set_integer(world->after, RELEASE_RESULT, 11); }
static void foreign_result(struct world *world) { of_result(world); row_set_integer(world->result, RESULT_PROBLEM, OTHER); }
static void unconfirmed(struct world *world) { of_result(world); world->result->state = RESULT_DRAFTED; }
static void result_withheld(struct world *world) { of_result(world); row_set_integer(world->result, RESULT_PUBLICITY, PUBLICITY_WITHHELD); }
static void by_me(struct world *world) { row_set_integer(world->after, RELEASE_PROPOSED_BY, ME); }
static void wants_release(struct world *world) { world->policy.release_first = 1; world->facts.after = world->problem; to_public(world); }
static void released_already(struct world *world) { wants_release(world); world->facts.released = 1; }
static void wants_none(struct world *world) { world->facts.after = world->problem; to_public(world); }
static void evaluation(struct world *world) {
  world->facts.after = make(RECORD_EVALUATION, EVALUATION_GIVEN, 20);
  world->facts.parent = make(RECORD_APPEAL, APPEAL_ANSWERED, 21);
}
static void not_answered(struct world *world) { evaluation(world); world->facts.parent = make(RECORD_APPEAL, APPEAL_ASSIGNED, 21); }
static void evaluated(struct world *world) { evaluation(world); world->facts.evaluated = 1; }
static void displeased(struct world *world) {
  struct row *row = make(RECORD_EVALUATION, EVALUATION_GIVEN, 20);
  evaluation(world);
  row_set_integer(row, EVALUATION_SOLVED, EVALUATED_SOLVED);
  row_set_integer(row, EVALUATION_SATISFACTION, DISSATISFIED);
  world->facts.after = row;
}

static const struct { guard_function *guard; void (*change)(struct world *world); uint16_t field; bool holds; } ROWS[] = {
  {guard_release_fits, NULL, 0, true}, {guard_release_fits, draft, RELEASE_PROBLEM, false}, {guard_release_fits, withdrawn, RELEASE_PROBLEM, false}, {guard_release_fits, merged, RELEASE_PROBLEM, false}, {guard_release_fits, voided, RELEASE_PROBLEM, false},
  {guard_release_fits, foreign_picture, RELEASE_AFTER, false}, {guard_release_fits, no_picture, RELEASE_AFTER, false}, {guard_release_fits, foreign_indicator, RELEASE_INDICATORS, false}, {guard_release_fits, no_district, RELEASE_DISTRICT, false},
  {guard_release_fits, something_missing, RELEASE_INDICATORS, false}, {guard_release_fits, of_result, 0, true}, {guard_release_fits, foreign_result, RELEASE_RESULT, false},
  {guard_release_reviewed, NULL, 0, true}, {guard_release_reviewed, to_public, 0, true}, {guard_release_reviewed, restricted, RELEASE_PROBLEM, false}, {guard_release_reviewed, placeholder, RELEASE_PROBLEM, false}, {guard_release_reviewed, party, RELEASE_PROBLEM, false},
  {guard_release_reviewed, skipped, RELEASE_PROBLEM, false}, {guard_release_reviewed, of_result, 0, true}, {guard_release_reviewed, unconfirmed, RELEASE_RESULT, false}, {guard_release_reviewed, result_withheld, RELEASE_RESULT, false},
  {guard_another_person, NULL, 0, true}, {guard_another_person, by_me, 0, false},
  {guard_release_first, wants_none, 0, true}, {guard_release_first, wants_release, PROBLEM_PUBLICITY_SCOPE, false}, {guard_release_first, released_already, 0, true},
  {guard_evaluation_fits, evaluation, 0, true}, {guard_evaluation_fits, not_answered, EVALUATION_APPEAL, false}, {guard_evaluation_fits, evaluated, EVALUATION_APPEAL, false}, {guard_evaluation_fits, displeased, EVALUATION_ABOUT, false}};

static void each_guard_holds_where_its_row_says(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
    struct world world;
    uint16_t field = 0;
    world_usual(&world);
    if (ROWS[i].change) ROWS[i].change(&world);
    struct label why = ROWS[i].guard(&world.facts, arena, &field);
    if ((why.zh == NULL) != ROWS[i].holds) fail_msg("row %zu: %s", i, why.en ? why.en : "holds");
    if (!ROWS[i].holds) assert_true(why.en && *why.en && *why.zh);
    if (!ROWS[i].holds && ROWS[i].field) assert_int_equal(field, ROWS[i].field);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(each_guard_holds_where_its_row_says)};
  return cmocka_run_group_tests(tests, open_arena, close_arena);
}
