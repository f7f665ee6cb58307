/* The guards of the frame by table, each case a row of facts and whether the guard holds; and what splitting, merging and showing do to
   rows and to who sees them, through the door. */
#include "test_rules_change_house.h"
#include "rules/figures.h"
#include "rules/guards.h"

/* ---- rows of facts, made by hand ---- */

static struct arena *arena;
static struct row *row_of(enum record_id type, int64_t id, state_code state) {
  struct row *row = row_new(arena, record_type(type));
  row->id = id;
  row->state = state;
  return row;
}
static struct row *with(struct row *row, uint16_t field, int64_t value) {
  row_set_integer(row, field, value);
  return row;
}
static struct row *with_text(struct row *row, uint16_t field, const char *text) {
  row_set_text(row, field, text);
  return row;
}
static struct row *with_many(struct row *row, uint16_t field, const int64_t *ids, size_t count) {
  struct value value = value_many(field, ids, count);
  row_set(row, &value);
  return row_copy(arena, row);
}
static struct row *problem_in(state_code state) {
  return with(with(row_of(RECORD_PROBLEM, 7, state), PROBLEM_CAMPAIGN, 1), PROBLEM_SECRECY, SECRECY_INTERNAL);
}
static struct row *placeholder(void) {
  return with(with_text(problem_in(PROBLEM_DRAFT), PROBLEM_TITLE, "代号"), PROBLEM_SECRECY, SECRECY_PLACEHOLDER);
}

static const struct held OFFICE_HELD = {.role = ROLE_OFFICE, .all = true};
static const struct authority OFFICE_AUTHORITY = {.user = 9, .roles = ROLE(ROLE_OFFICE), .held = &OFFICE_HELD, .held_count = 1}, LIAISON_AUTHORITY = {.user = 8, .roles = ROLE(ROLE_LIAISON)};
static const struct transition CREATES = {.action = ACTION_CREATE}, EDITS = {.action = ACTION_EDIT}, SUBMITS = {.action = ACTION_SUBMIT}, SPLITS = {.action = ACTION_SPLIT}, SHOWS = {.action = ACTION_SHOW_ABOVE},
                               REOPENS = {.action = ACTION_REOPEN}, TAKES = {.action = ACTION_TAKE}, ENTERS = {.action = ACTION_ENTER_COLOUR}, CLOSES = {.action = ACTION_CLOSE};

static struct guard_facts facts_of(const struct transition *arrow, struct row *after) {
  return (struct guard_facts){.arrow = arrow, .after = after, .authority = &OFFICE_AUTHORITY, .now = moment_of_date(20000), .today = 20000};
}

struct expected { const char *name; enum guard_code guard; struct guard_facts facts; bool holds; uint16_t field; };
static void hold_to(const struct expected *rows, size_t count) {
  for (size_t i = 0; i < count; i++) {
    uint16_t field = 0;
    struct label why = GUARDS[rows[i].guard].holds(&rows[i].facts, arena, &field);
    if (!why.zh != rows[i].holds) fail_msg("%s: %s", rows[i].name, why.zh ? why.zh : "holds");
    if (rows[i].holds) continue;
    if (!why.en || !*why.en || strcmp(why.zh, why.en) == 0) fail_msg("%s: not said in both languages", rows[i].name);
    if (field != rows[i].field) fail_msg("%s: about field %u, not %u", rows[i].name, field, rows[i].field);
  }
}
#define HOLD_TO(...) do { const struct expected rows[] = {__VA_ARGS__}; hold_to(rows, sizeof rows / sizeof *rows); } while (0)

static struct guard_facts takes(const struct transition *arrow, struct row *before, int64_t source, const int64_t *line, size_t count, struct row *campaign) {
  struct guard_facts facts = facts_of(arrow, with(with(problem_in(PROBLEM_DRAFT), PROBLEM_SOURCE, source), PROBLEM_LEAD_UNIT, line[0]));
  facts.before = before;
  facts.campaign = campaign;
  facts.lead_line = line;
  facts.lead_line_count = count;
  return facts;
}
static void a_campaign_takes_its_sources_and_units(void **state) {
  static const int64_t units[] = {11, 12}, inside[] = {30, 12, 1}, outside[] = {31, 13, 1};
  struct row *all = row_of(RECORD_CAMPAIGN, 1, FORCE_ACTIVE),
             *some = with(with_many(row_of(RECORD_CAMPAIGN, 1, FORCE_ACTIVE), CAMPAIGN_UNITS, units, 2), CAMPAIGN_SOURCES,
                          1 << SOURCE_AUDIT_OLD);
  struct row *kept = with(with(problem_in(PROBLEM_DRAFT), PROBLEM_SOURCE, SOURCE_APPEALS), PROBLEM_LEAD_UNIT, 31);
  HOLD_TO({"all of everything", GUARD_CAMPAIGN_TAKES, takes(&CREATES, NULL, SOURCE_APPEALS, outside, 3, all), true, 0},
          {"its source, a unit below one of its own", GUARD_CAMPAIGN_TAKES, takes(&CREATES, NULL, SOURCE_AUDIT_OLD, inside, 3, some), true, 0},
          {"another source", GUARD_CAMPAIGN_TAKES, takes(&CREATES, NULL, SOURCE_APPEALS, inside, 3, some), false, PROBLEM_SOURCE},
          {"another unit", GUARD_CAMPAIGN_TAKES, takes(&CREATES, NULL, SOURCE_AUDIT_OLD, outside, 3, some), false, PROBLEM_LEAD_UNIT},
          {"an edit that leaves both alone", GUARD_CAMPAIGN_TAKES, takes(&EDITS, kept, SOURCE_APPEALS, outside, 3, some), true, 0},
          {"an edit to another source", GUARD_CAMPAIGN_TAKES, takes(&EDITS, kept, SOURCE_RESEARCH, outside, 3, some), false, PROBLEM_SOURCE},
          {"submitting asks again", GUARD_CAMPAIGN_TAKES, takes(&SUBMITS, kept, SOURCE_APPEALS, outside, 3, some), false, PROBLEM_SOURCE});
}

static struct guard_facts fits(const struct transition *arrow, struct row *before, int64_t id, struct row *category, int64_t own) {
  struct guard_facts facts = facts_of(arrow, with(problem_in(PROBLEM_DRAFT), PROBLEM_CATEGORY_RECORD, id));
  facts.before = before;
  facts.category = category;
  facts.own_categories = own;
  return facts;
}
static struct guard_facts tree(const struct transition *arrow, struct row *above, int64_t levels, int64_t same) {
  struct guard_facts facts = facts_of(arrow, with(row_of(RECORD_CATEGORY, 5, FORCE_ACTIVE), CATEGORY_CAMPAIGN, 1));
  facts.tree_parent = above;
  facts.tree_levels = levels;
  facts.same_code = same;
  return facts;
}
static void categories_are_of_their_campaign_and_three_levels_deep(void **state) {
  struct row *own = with(row_of(RECORD_CATEGORY, 5, FORCE_ACTIVE), CATEGORY_CAMPAIGN, 1),
             *other = with(row_of(RECORD_CATEGORY, 6, FORCE_ACTIVE), CATEGORY_CAMPAIGN, 2),
             *retired = with(row_of(RECORD_CATEGORY, 5, FORCE_RETIRED), CATEGORY_CAMPAIGN, 1),
             *had = with(problem_in(PROBLEM_DRAFT), PROBLEM_CATEGORY_RECORD, 5);
  HOLD_TO({"none, and the campaign has none", GUARD_CATEGORY_FITS, fits(&SUBMITS, NULL, NOTHING, NULL, 0), true, 0},
          {"none at submission", GUARD_CATEGORY_FITS, fits(&SUBMITS, NULL, NOTHING, NULL, 4), false, PROBLEM_CATEGORY_RECORD},
          {"none before submission", GUARD_CATEGORY_FITS, fits(&CREATES, NULL, NOTHING, NULL, 4), true, 0},
          {"its own", GUARD_CATEGORY_FITS, fits(&SUBMITS, NULL, 5, own, 0), true, 0},
          {"of another campaign", GUARD_CATEGORY_FITS, fits(&CREATES, NULL, 6, other, 0), false, PROBLEM_CATEGORY_RECORD},
          {"retired", GUARD_CATEGORY_FITS, fits(&CREATES, NULL, 5, retired, 0), false, PROBLEM_CATEGORY_RECORD},
          {"retired since, and left alone", GUARD_CATEGORY_FITS, fits(&EDITS, had, 5, retired, 0), true, 0},
          {"a root", GUARD_CATEGORY_TREE, tree(&CREATES, NULL, 0, 0), true, 0},
          {"the third level", GUARD_CATEGORY_TREE, tree(&CREATES, own, 2, 0), true, 0},
          {"a fourth", GUARD_CATEGORY_TREE, tree(&CREATES, own, 3, 0), false, CATEGORY_PARENT},
          {"below another campaign's", GUARD_CATEGORY_TREE, tree(&CREATES, other, 1, 0), false, CATEGORY_PARENT},
          {"below a retired one", GUARD_CATEGORY_TREE, tree(&CREATES, retired, 1, 0), false, CATEGORY_PARENT},
          {"renamed below one retired since", GUARD_CATEGORY_TREE, tree(&EDITS, retired, 1, 0), true, 0},
          {"a code that stands already", GUARD_CATEGORY_TREE, tree(&CREATES, NULL, 0, 1), false, CATEGORY_CODE});
}

static struct guard_facts parts(const struct transition *arrow, struct row *after, struct row **rows, size_t count, struct row *whole,
                                struct row *target) {
  struct guard_facts facts = facts_of(arrow, after);
  facts.parts = rows;
  facts.part_count = count;
  facts.whole = whole;
  facts.target = target;
  return facts;
}
static void parts_are_closed_before_their_whole_and_not_split_again(void **state) {
  static const int64_t taken[] = {41}, fresh[] = {42};
  struct row *closed = with(problem_in(PROBLEM_CLOSED), PROBLEM_LEAD_UNIT, 41), *settled = problem_in(PROBLEM_SETTLED),
             *open = problem_in(PROBLEM_RECTIFYING), *part = with(problem_in(PROBLEM_TAKEN), PROBLEM_PARENT, 3);
  struct row *done[] = {closed, settled}, *half[] = {closed, open}, *district = with(row_copy(arena, part), PROBLEM_LEVEL, LEVEL_DISTRICT);
  struct row *again = with_many(problem_in(PROBLEM_TAKEN), PROBLEM_SPLIT_UNITS, taken, 1),
             *more = with_many(problem_in(PROBLEM_TAKEN), PROBLEM_SPLIT_UNITS, fresh, 1);
  HOLD_TO({"no parts", GUARD_PARTS_CLOSED, parts(&CLOSES, open, NULL, 0, NULL, NULL), true, 0},
          {"all closed", GUARD_PARTS_CLOSED, parts(&CLOSES, open, done, 2, NULL, NULL), true, 0},
          {"one open", GUARD_PARTS_CLOSED, parts(&CLOSES, open, half, 2, NULL, NULL), false, 0},
          {"split among others", GUARD_PART_FITS, parts(&SPLITS, more, half, 2, NULL, NULL), true, 0},
          {"a unit that has one", GUARD_PART_FITS, parts(&SPLITS, again, half, 2, NULL, NULL), false, PROBLEM_SPLIT_UNITS},
          {"a part split", GUARD_PART_FITS, parts(&SPLITS, part, NULL, 0, NULL, NULL), false, 0},
          {"a district's part shown or not", GUARD_PART_FITS, parts(&SHOWS, district, NULL, 0, NULL, NULL), true, 0},
          {"a unit's part", GUARD_PART_FITS, parts(&SHOWS, part, NULL, 0, NULL, NULL), false, 0},
          {"no part", GUARD_PART_FITS, parts(&SHOWS, with(problem_in(PROBLEM_TAKEN), PROBLEM_LEVEL, LEVEL_DISTRICT), NULL, 0, NULL, NULL), false, 0},
          {"re-opened under an open whole", GUARD_PART_FITS, parts(&REOPENS, part, NULL, 0, open, NULL), true, 0},
          {"re-opened under a closed one", GUARD_PART_FITS, parts(&REOPENS, part, NULL, 0, closed, NULL), false, 0});
}

static void a_problem_is_merged_into_another_open_one(void **state) {
  struct row *own = problem_in(PROBLEM_TAKEN), *target = problem_in(PROBLEM_RECTIFYING), *closed, *elsewhere, *part, *covert, *draft,
             *suspended, *open[1];
  target->id = 8;
  closed = row_copy(arena, target), closed->state = PROBLEM_CLOSED;
  draft = row_copy(arena, target), draft->state = PROBLEM_SUBMITTED;
  suspended = row_copy(arena, target), suspended->state = PROBLEM_SUSPENDED;
  elsewhere = with(row_copy(arena, target), PROBLEM_CAMPAIGN, 2);
  part = with(row_copy(arena, target), PROBLEM_PARENT, 3);
  covert = with(row_copy(arena, target), PROBLEM_SECRECY, SECRECY_PLACEHOLDER);
  open[0] = target;
  HOLD_TO({"another", GUARD_MERGE_FITS, parts(&CREATES, own, NULL, 0, NULL, target), true, 0},
          {"asked before the form", GUARD_MERGE_FITS, parts(&CREATES, own, NULL, 0, NULL, NULL), true, 0},
          {"a suspended one", GUARD_MERGE_FITS, parts(&CREATES, own, NULL, 0, NULL, suspended), true, 0},
          {"itself", GUARD_MERGE_FITS, parts(&CREATES, own, NULL, 0, NULL, own), false, PROBLEM_MERGED_INTO},
          {"a closed one", GUARD_MERGE_FITS, parts(&CREATES, own, NULL, 0, NULL, closed), false, PROBLEM_MERGED_INTO},
          {"one not admitted", GUARD_MERGE_FITS, parts(&CREATES, own, NULL, 0, NULL, draft), false, PROBLEM_MERGED_INTO},
          {"of another campaign", GUARD_MERGE_FITS, parts(&CREATES, own, NULL, 0, NULL, elsewhere), false, PROBLEM_MERGED_INTO},
          {"a part", GUARD_MERGE_FITS, parts(&CREATES, own, NULL, 0, NULL, part), false, PROBLEM_MERGED_INTO},
          {"a placeholder", GUARD_MERGE_FITS, parts(&CREATES, own, NULL, 0, NULL, covert), false, PROBLEM_MERGED_INTO},
          {"being a part", GUARD_MERGE_FITS, parts(&CREATES, part, NULL, 0, NULL, target), false, 0},
          {"having parts", GUARD_MERGE_FITS, parts(&CREATES, own, open, 1, NULL, target), false, 0});
}

static struct guard_facts bare(const struct transition *arrow, struct row *before, struct row *after, const struct authority *authority) {
  struct guard_facts facts = facts_of(arrow, after);
  facts.before = before;
  facts.authority = authority;
  return facts;
}
static struct guard_facts of_problem(const struct transition *arrow, enum record_id type, struct row *problem) {
  struct guard_facts facts = facts_of(arrow, type == RECORD_PROBLEM ? problem : row_of(type, 3, 0));
  facts.parent = problem;
  return facts;
}
static void a_placeholder_carries_number_and_code_name_only(void **state) {
  static const int64_t unit[] = {4};
  struct row *open = problem_in(PROBLEM_DRAFT);
  HOLD_TO({"an open problem", GUARD_PLACEHOLDER_BARE,
           bare(&CREATES, NULL, with_text(problem_in(PROBLEM_DRAFT), PROBLEM_DETAIL, "x"), &LIAISON_AUTHORITY), true, 0},
          {"bare, by the office", GUARD_PLACEHOLDER_BARE, bare(&CREATES, NULL, placeholder(), &OFFICE_AUTHORITY), true, 0},
          {"by a unit", GUARD_PLACEHOLDER_BARE, bare(&CREATES, NULL, placeholder(), &LIAISON_AUTHORITY), false, PROBLEM_SECRECY},
          {"becoming one", GUARD_PLACEHOLDER_BARE, bare(&EDITS, open, placeholder(), &OFFICE_AUTHORITY), false, PROBLEM_SECRECY},
          {"ceasing to be one", GUARD_PLACEHOLDER_BARE, bare(&EDITS, placeholder(), open, &OFFICE_AUTHORITY), false, PROBLEM_SECRECY},
          {"joint units", GUARD_PLACEHOLDER_BARE,
           bare(&CREATES, NULL, with_many(placeholder(), PROBLEM_JOINT_UNITS, unit, 1), &OFFICE_AUTHORITY), false, PROBLEM_JOINT_UNITS},
          {"an official", GUARD_PLACEHOLDER_BARE, bare(&CREATES, NULL, with(placeholder(), PROBLEM_OFFICIAL_USER, 4), &OFFICE_AUTHORITY),
           false, PROBLEM_OFFICIAL_USER},
          {"taken by a unit", GUARD_PLACEHOLDER, of_problem(&TAKES, RECORD_PROBLEM, placeholder()), false, 0},
          {"taken, an open one", GUARD_PLACEHOLDER, of_problem(&TAKES, RECORD_PROBLEM, open), true, 0},
          {"evidence", GUARD_PLACEHOLDER, of_problem(&CREATES, RECORD_EVIDENCE, placeholder()), false, 0},
          {"a measure", GUARD_PLACEHOLDER, of_problem(&CREATES, RECORD_MEASURE, placeholder()), false, 0},
          {"a site", GUARD_PLACEHOLDER, of_problem(&CREATES, RECORD_SITE, placeholder()), false, 0},
          {"an indicator of a plan", GUARD_PLACEHOLDER, of_problem(&CREATES, RECORD_INDICATOR, NULL), true, 0},
          {"its colour entered", GUARD_PLACEHOLDER, of_problem(&ENTERS, RECORD_PROBLEM, placeholder()), true, 0},
          {"an open one's", GUARD_PLACEHOLDER, of_problem(&ENTERS, RECORD_PROBLEM, open), false, 0},
          {"closed off-line", GUARD_PLACEHOLDER, of_problem(&CLOSES, RECORD_PROBLEM, placeholder()), true, 0},
          {"an open one so", GUARD_PLACEHOLDER, of_problem(&CLOSES, RECORD_PROBLEM, open), false, 0});
}

/* Every text that people may give, those of fields to come among them: of a placeholder its code name only. */
static void a_placeholder_takes_no_text_but_its_code_name(void **state) {
  const struct record_type *type = record_type(RECORD_PROBLEM);
  size_t refused = 0;
  (void)state;
  for (size_t i = 0; i < type->field_count; i++) {
    const struct field *field = &type->fields[i];
    bool text = field->type == F_TEXT || field->type == F_LONG_TEXT,
         by_rules = (field->flags & FIELD_DERIVED) || field->writers == ROLE(ROLE_CLOCK);
    if (!text || by_rules || field->id == PROBLEM_TITLE) continue;
    HOLD_TO({field->name, GUARD_PLACEHOLDER_BARE, bare(&CREATES, NULL, with_text(placeholder(), field->id, "内容"), &OFFICE_AUTHORITY),
             false, field->id});
    refused++;
  }
  assert_true(refused >= 9);
}

static struct guard_facts topic(int64_t open, int64_t led, const char *text) {
  struct guard_facts facts = facts_of(&CLOSES, with_text(row_of(RECORD_TOPIC, 4, TOPIC_CONCLUDED), TOPIC_LED_TO, text));
  facts.tasks_open = open;
  facts.led_to = led;
  return facts;
}
static struct guard_facts task(state_code topic_state) {
  struct guard_facts facts = facts_of(&CREATES, row_of(RECORD_TOPIC_TASK, 5, TASK_OPEN));
  facts.parent = row_of(RECORD_TOPIC, 4, topic_state);
  return facts;
}
static struct guard_facts linked(int64_t kind, int64_t from, int64_t to, struct row *one, int64_t same, const struct authority *authority) {
  struct guard_facts facts = facts_of(&CREATES, with(with(with(with(row_of(RECORD_LINK, 6, 0), LINK_KIND, kind), LINK_FROM_TYPE, from),
                                                          LINK_TO_TYPE, to),
                                                     LINK_TO_ID, 2));
  facts.linked_from = one;
  facts.same_links = same;
  facts.authority = authority;
  return facts;
}
static struct guard_facts granted(int64_t role, int64_t group, int64_t unit) {
  return facts_of(&CREATES, with(with(with(row_of(RECORD_GRANT, 6, 0), GRANT_ROLE, role), GRANT_GUIDANCE_GROUP, group), GRANT_UNIT, unit));
}
static void topics_links_and_grants(void **state) {
  struct row *open = problem_in(PROBLEM_TAKEN), *here = with(problem_in(PROBLEM_TAKEN), PROBLEM_CAMPAIGN, 2), *covert = placeholder();
  struct guard_facts by_program = linked(LINK_MERGED_INTO, RECORD_PROBLEM, RECORD_PROBLEM, open, 0, &OFFICE_AUTHORITY);
  by_program.system = true;
  HOLD_TO({"tasks done and linked", GUARD_TASKS_DONE, topic(0, 1, NULL), true, 0},
          {"tasks done and told", GUARD_TASKS_DONE, topic(0, 0, "一项制度"), true, 0},
          {"a task open", GUARD_TASKS_DONE, topic(1, 1, NULL), false, 0},
          {"led to nothing", GUARD_TASKS_DONE, topic(0, 0, NULL), false, TOPIC_LED_TO},
          {"a task of an open topic", GUARD_TOPIC_OPEN, task(TOPIC_CONCLUDED), true, 0},
          {"of a closed one", GUARD_TOPIC_OPEN, task(TOPIC_CLOSED), false, 0},
          {"ended by a mechanism", GUARD_LINK_FITS, linked(LINK_ENDED_BY, RECORD_PROBLEM, RECORD_MECHANISM, open, 0, &LIAISON_AUTHORITY),
           true, 0},
          {"ended by a topic", GUARD_LINK_FITS, linked(LINK_ENDED_BY, RECORD_PROBLEM, RECORD_TOPIC, open, 0, &OFFICE_AUTHORITY), false,
           LINK_KIND},
          {"a measure ended", GUARD_LINK_FITS, linked(LINK_ENDED_BY, RECORD_MEASURE, RECORD_MECHANISM, NULL, 0, &OFFICE_AUTHORITY), false,
           LINK_KIND},
          {"in another campaign", GUARD_LINK_FITS, linked(LINK_IN_CAMPAIGN, RECORD_PROBLEM, RECORD_CAMPAIGN, open, 0, &OFFICE_AUTHORITY),
           true, 0},
          {"by a unit", GUARD_LINK_FITS, linked(LINK_IN_CAMPAIGN, RECORD_PROBLEM, RECORD_CAMPAIGN, open, 0, &LIAISON_AUTHORITY), false,
           LINK_KIND},
          {"at home already", GUARD_LINK_FITS, linked(LINK_IN_CAMPAIGN, RECORD_PROBLEM, RECORD_CAMPAIGN, here, 0, &OFFICE_AUTHORITY), false,
           LINK_KIND},
          {"listed already", GUARD_LINK_FITS, linked(LINK_IN_CAMPAIGN, RECORD_PROBLEM, RECORD_CAMPAIGN, open, 1, &OFFICE_AUTHORITY), false,
           LINK_KIND},
          {"a topic in a campaign", GUARD_LINK_FITS, linked(LINK_IN_CAMPAIGN, RECORD_TOPIC, RECORD_CAMPAIGN, NULL, 0, &OFFICE_AUTHORITY),
           false, LINK_KIND},
          {"merged by hand", GUARD_LINK_FITS, linked(LINK_MERGED_INTO, RECORD_PROBLEM, RECORD_PROBLEM, open, 0, &OFFICE_AUTHORITY), false,
           LINK_KIND},
          {"merged by the program", GUARD_LINK_FITS, by_program, true, 0},
          {"a placeholder's appeal", GUARD_LINK_FITS, linked(LINK_ARISES_FROM, RECORD_PROBLEM, RECORD_APPEAL, covert, 0, &OFFICE_AUTHORITY),
           false, LINK_KIND},
          {"a placeholder's topic", GUARD_LINK_FITS, linked(LINK_ARISES_FROM, RECORD_PROBLEM, RECORD_TOPIC, covert, 0, &OFFICE_AUTHORITY),
           false, LINK_KIND},
          {"a placeholder's mechanism", GUARD_LINK_FITS,
           linked(LINK_ENDED_BY, RECORD_PROBLEM, RECORD_MECHANISM, covert, 0, &OFFICE_AUTHORITY), false, LINK_KIND},
          {"a placeholder listed elsewhere", GUARD_LINK_FITS,
           linked(LINK_IN_CAMPAIGN, RECORD_PROBLEM, RECORD_CAMPAIGN, covert, 0, &OFFICE_AUTHORITY), true, 0},
          {"a member with its group", GUARD_GUIDANCE_GRANT, granted(ROLE_GUIDANCE, 3, NOTHING), true, 0},
          {"without", GUARD_GUIDANCE_GRANT, granted(ROLE_GUIDANCE, NOTHING, NOTHING), false, GRANT_GUIDANCE_GROUP},
          {"with a unit", GUARD_GUIDANCE_GRANT, granted(ROLE_GUIDANCE, 3, 4), false, GRANT_UNIT},
          {"a leader with a group", GUARD_GUIDANCE_GRANT, granted(ROLE_LEADER, 3, NOTHING), false, GRANT_GUIDANCE_GROUP},
          {"a leader without", GUARD_GUIDANCE_GRANT, granted(ROLE_LEADER, NOTHING, 4), true, 0});
}

static void the_policy_names_the_kinds_that_need_a_root_cause(void **state) {
  static const struct { unsigned kinds; int64_t kind; const char *cause; int64_t secrecy; bool holds; } cases[] = {
    {1u << KIND_LONG_TERM, KIND_TIME_LIMITED, NULL, SECRECY_INTERNAL, true}, {1u << KIND_LONG_TERM, KIND_LONG_TERM, NULL, SECRECY_INTERNAL, false},
    {1u << KIND_LONG_TERM, KIND_LONG_TERM, "机制缺失", SECRECY_INTERNAL, true}, {1u << KIND_LONG_TERM, KIND_LONG_TERM, "  ", SECRECY_INTERNAL, false},
    {1u << KIND_LONG_TERM, KIND_LONG_TERM, NULL, SECRECY_PLACEHOLDER, true}, {0, KIND_LONG_TERM, NULL, SECRECY_INTERNAL, true}, {1u << KIND_AT_ONCE, KIND_AT_ONCE, NULL, SECRECY_INTERNAL, false}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct policy policy = policy_default();
    struct guard_facts facts = facts_of(&SUBMITS, with(with(with_text(problem_in(PROBLEM_DRAFT), PROBLEM_ROOT_CAUSE, cases[i].cause),
                                                            PROBLEM_KIND, cases[i].kind),
                                                       PROBLEM_SECRECY, cases[i].secrecy));
    uint16_t field = 0;
    policy.root_cause_kinds = cases[i].kinds;
    facts.policy = &policy;
    if (!guard_root_cause(&facts, arena, &field).zh != cases[i].holds) fail_msg("case %zu", i);
  }
  assert_int_equal(policy_default().root_cause_kinds, 1u << KIND_TIME_LIMITED | 1u << KIND_LONG_TERM);
}

/* ---- through the door ---- */

static bool sees(struct city *city, const struct authority *authority, enum record_id type, int64_t id) {
  const struct scope *scope = scope_for(city->arena, authority, record_type(type), MAY_READ);
  struct reader *reader;
  struct row *row;
  assert_int_equal(store_reader(city->store, &reader), STORE_OK);
  enum store_error error = reader_get(reader, record_type(type), scope, id, city->arena, &row);
  reader_release(reader);
  return error == STORE_OK;
}
/* What figures count is what the same person sees, record by record. */
static void figures_show_the_same(struct city *city, const struct authority *authority) {
  const struct scope *scope = scope_for(city->arena, authority, record_type(RECORD_PROBLEM), MAY_READ);
  struct figures all;
  struct reader *reader;
  assert_int_equal(store_reader(city->store, &reader), STORE_OK);
  assert_int_equal(figures_read(reader, &SCOPE_SYSTEM, 0, &all), STORE_OK);
  assert_true(all.count > 0);
  for (size_t i = 0; i < all.count; i++) {
    struct row *row;
    bool seen = reader_get(reader, record_type(RECORD_PROBLEM), scope, all.items[i].id, city->arena, &row) == STORE_OK;
    assert_int_equal(figure_in_scope(&all.items[i], scope, reader), seen);
  }
  reader_release(reader);
  figures_free(&all);
}
static bool first_take(void *into, const struct row *row) {
  *(int64_t *)into = row->id;
  return true;
}
static int64_t part_of(struct city *city, int64_t whole, int64_t unit) {
  struct value values[] = {value_integer(PROBLEM_PARENT, whole), value_integer(PROBLEM_LEAD_UNIT, unit)};
  struct condition conditions[] = {{.field = PROBLEM_PARENT, .how = C_IS, .values = &values[0], .count = 1},
                                   {.field = PROBLEM_LEAD_UNIT, .how = C_IS, .values = &values[1], .count = 1}};
  struct query query = {.type = record_type(RECORD_PROBLEM), .conditions = conditions, .condition_count = 2, .expected = -1};
  struct reader *reader;
  int64_t id = 0;
  assert_int_equal(store_reader(city->store, &reader), STORE_OK);
  assert_int_equal(reader_list(reader, &query, &SCOPE_SYSTEM, city->arena, first_take, &id), STORE_OK);
  reader_release(reader);
  assert_true(id > 0);
  return id;
}
#define SPLIT_AMONG(...) VALUES(value_many(PROBLEM_SPLIT_UNITS, (int64_t[]){__VA_ARGS__}, sizeof((int64_t[]){__VA_ARGS__}) / sizeof(int64_t)))

static void a_whole_without_measures_goes_as_far_as_its_parts(void **state) {
  struct city *city = *state;
  int64_t whole = city_taken(city, KIND_TIME_LIMITED, LEVEL_CITY);
  int64_t before = city_number(city);
  must(city, city_act_with(city, &city->liaison, RECORD_PROBLEM, whole, ACTION_SPLIT, NULL, SPLIT_AMONG(city->joint, city->other)),
       VERDICT_FORBIDDEN);
  must(city, city_act_with(city, &city->office, RECORD_PROBLEM, whole, ACTION_EDIT, NULL, SPLIT_AMONG(city->joint, city->other)),
       VERDICT_FORBIDDEN);
  assert_int_equal(city_number(city), before);
  must(city, city_act_with(city, &city->office, RECORD_PROBLEM, whole, ACTION_SPLIT, NULL, SPLIT_AMONG(city->joint, city->other)),
       VERDICT_DONE);
  int64_t part = part_of(city, whole, city->joint), second = part_of(city, whole, city->other);
  assert_int_equal(city_value(city, RECORD_PROBLEM, part, PROBLEM_COUNTED), 0);
  assert_int_equal(city_value(city, RECORD_PROBLEM, part, PROBLEM_LEVEL), LEVEL_UNIT);
  assert_int_equal(city_value(city, RECORD_PROBLEM, part, PROBLEM_VISIBLE_ABOVE), NOTHING);
  assert_int_equal(city_value(city, RECORD_PROBLEM, part, PROBLEM_COLOUR), COLOUR_BLUE);
  assert_string_equal(row_text(city_row(city, RECORD_PROBLEM, part), PROBLEM_TITLE), "创新药械入院难(市医保局)");
  assert_int_equal(city_value(city, RECORD_PROBLEM, whole, PROBLEM_PARTS), 2);
  city_do(city, &city->joint_liaison, part, ACTION_TAKE, NULL);
  must(city,
       city_act_with(city, &city->joint_liaison, RECORD_MEASURE, 0, ACTION_CREATE, NULL,
                     VALUES(value_integer(MEASURE_PROBLEM, part), value_text(MEASURE_TITLE, "目录对接"),
                            value_integer(MEASURE_WEIGHT, 10000), value_integer(MEASURE_START, city_today(city)),
                            value_integer(MEASURE_DUE, city_today(city) + 5), value_text(MEASURE_OWNER, "丙"),
                            value_integer(MEASURE_UNIT, city->joint))),
       VERDICT_DONE);
  int64_t measure = city->outcome.ids[0];
  must(city,
       city_act_with(city, &city->joint_liaison, RECORD_MEASURE, measure, ACTION_FINISH, NULL, VALUES(value_text(MEASURE_NOTE, "已完成"))),
       VERDICT_DONE);
  must(city, city_act_with(city, &city->office, RECORD_MEASURE, measure, ACTION_ACCEPT_MEASURE, NULL, NULL, 0), VERDICT_DONE);
  assert_int_equal(city_value(city, RECORD_PROBLEM, part, PROBLEM_PROGRESS), 10000);
  assert_int_equal(city_value(city, RECORD_PROBLEM, whole, PROBLEM_PROGRESS), 5000); /* judged after its part, in the same set */
  must(city, city_act(city, &city->office, second, ACTION_WITHDRAW, "不涉及"), VERDICT_DONE);
  assert_int_equal(city_value(city, RECORD_PROBLEM, whole, PROBLEM_PARTS), 1);
  assert_int_equal(city_value(city, RECORD_PROBLEM, whole, PROBLEM_PROGRESS), 10000);
  /* the unit had one, withdrawn */
  must(city, city_act_with(city, &city->office, RECORD_PROBLEM, whole, ACTION_SPLIT, NULL, SPLIT_AMONG(city->other)), VERDICT_DONE);
  assert_int_equal(city_value(city, RECORD_PROBLEM, whole, PROBLEM_PROGRESS), 5000);
  assert_int_equal(row_value(city_row(city, RECORD_PROBLEM, whole), PROBLEM_SPLIT_UNITS)->count, 2); /* each once */
}

static void an_overdue_whole_is_split_under_new_dates(void **state) {
  struct city *city = *state;
  int64_t whole = city_taken(city, KIND_TIME_LIMITED, LEVEL_CITY);
  city->now += 200 * MOMENT_DAY;
  must(city, city_act_with(city, &city->office, RECORD_PROBLEM, whole, ACTION_SPLIT, NULL, SPLIT_AMONG(city->joint)), VERDICT_DONE);
  assert_true(city_value(city, RECORD_PROBLEM, part_of(city, whole, city->joint), PROBLEM_DUE) > city_today(city));
  must(city, city_act_with(city, &city->office, RECORD_PROBLEM, whole, ACTION_SPLIT, NULL, SPLIT_AMONG(city->village)), VERDICT_NOT_NOW);
  assert_true(city_found(city, "unit_may_hold"));
}

static void what_a_district_does_not_show_is_not_seen_from_above(void **state) {
  struct city *city = *state;
  int64_t district = city_unit(city, "浦江区", city->root, UNIT_KIND_DISTRICT),
          below = city_unit(city, "浦江区教育局", district, UNIT_KIND_GOVERNMENT),
          seat = city_unit(city, "浦江区整改办", district, UNIT_KIND_GOVERNMENT);
  struct authority own = city_person(city, "own", below, ROLE_LIAISON, below),
                   runs = city_person(city, "runs", seat, ROLE_DISTRICT_OFFICE, district);
  int64_t whole = city_taken(city, KIND_AT_ONCE, LEVEL_CITY);
  must(city, city_act_with(city, &city->office, RECORD_PROBLEM, whole, ACTION_SPLIT, NULL, SPLIT_AMONG(below)), VERDICT_DONE);
  int64_t part = part_of(city, whole, below);
  assert_int_equal(city_value(city, RECORD_PROBLEM, part, PROBLEM_LEVEL), LEVEL_DISTRICT);
  assert_int_equal(city_value(city, RECORD_PROBLEM, part, PROBLEM_VISIBLE_ABOVE), 1);
  assert_true(sees(city, &city->office, RECORD_PROBLEM, part));
  assert_false(city_authority(city, city->office.user).parts_hidden);
  must(city, city_act_with(city, &own, RECORD_PROBLEM, part, ACTION_SHOW_ABOVE, NULL, VALUES(value_integer(PROBLEM_VISIBLE_ABOVE, 0))),
       VERDICT_DONE);
  struct authority office = city_authority(city, city->office.user), reviewer = city_authority(city, city->reviewer.user);
  assert_true(office.parts_hidden);
  assert_false(sees(city, &office, RECORD_PROBLEM, part));
  assert_false(sees(city, &reviewer, RECORD_PROBLEM, part));
  assert_true(sees(city, &office, RECORD_PROBLEM, whole));
  assert_true(sees(city, &own, RECORD_PROBLEM, part));
  assert_true(sees(city, &runs, RECORD_PROBLEM, part));
  must(city, city_act(city, &office, part, ACTION_WITHDRAW, "看不到的"), VERDICT_ABSENT);
  int64_t indicators[2];
  for (size_t i = 0; i < 2; i++) /* one of the part, one of nothing in particular */
    indicators[i] = city_make(city, i ? &AUTHORITY_SYSTEM : &own, RECORD_INDICATOR,
                              VALUES(value_integer(INDICATOR_PROBLEM, i ? whole : part), value_text(INDICATOR_NAME, "午休达标率"),
                                     value_integer(INDICATOR_UNIT, i ? city->lead : below), value_text(INDICATOR_MEASURED_IN, "%"),
                                     value_integer(INDICATOR_DIRECTION, 1), value_integer(INDICATOR_BASE, 0),
                                     value_integer(INDICATOR_BASE_ON, city_today(city)), value_integer(INDICATOR_GOAL, 1000000),
                                     value_integer(INDICATOR_GOAL_ON, city_today(city) + 30)));
  assert_false(sees(city, &office, RECORD_INDICATOR, indicators[0])); /* nor what belongs to it */
  assert_true(sees(city, &office, RECORD_INDICATOR, indicators[1]));
  assert_true(sees(city, &own, RECORD_INDICATOR, indicators[0]));
  must(city,
       city_act_with(city, &own, RECORD_INDICATOR_VALUE, 0, ACTION_CREATE, NULL,
                     VALUES(value_integer(INDICATOR_VALUE_INDICATOR, indicators[0]), value_integer(INDICATOR_VALUE_ON, city_today(city)),
                            value_integer(INDICATOR_VALUE_VALUE, 500000), value_integer(INDICATOR_VALUE_SOURCE, 1))),
       VERDICT_DONE);
  int64_t reading = city->outcome.ids[0];
  assert_false(sees(city, &office, RECORD_INDICATOR_VALUE, reading)); /* however far down */
  assert_true(sees(city, &own, RECORD_INDICATOR_VALUE, reading));
  const struct authority *readers[] = {&office, &reviewer, &own, &runs, &city->liaison, &city->stranger};
  for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) figures_show_the_same(city, readers[i]);
  city_do(city, &own, part, ACTION_TAKE, NULL);
  must(city, city_act_with(city, &own, RECORD_PROBLEM, whole, ACTION_SHOW_ABOVE, NULL, VALUES(value_integer(PROBLEM_VISIBLE_ABOVE, 0))),
       VERDICT_ABSENT);
  must(city, city_act(city, &runs, part, ACTION_WITHDRAW, "区里合并办理"), VERDICT_DONE); /* the district's office in the office's place */
  must(city, city_act(city, &runs, whole, ACTION_WITHDRAW, "不是区里的"), VERDICT_ABSENT);
}

static void guides_and_officials_see_what_is_theirs(void **state) {
  struct city *city = *state;
  int64_t own = city_taken(city, KIND_AT_ONCE, LEVEL_UNIT), guided = city_user(city, "guide", city->root),
          named = city_user(city, "named", city->root), units[] = {city->lead};
  int64_t group = city_make(city, &city->office, RECORD_GUIDANCE_GROUP,
                            VALUES(value_text(GUIDANCE_GROUP_NAME, "一组"), value_integer(GUIDANCE_GROUP_CAMPAIGN, city->campaign),
                                   value_many(GUIDANCE_GROUP_UNITS, units, 1)));
  city_make(city, &city->security, RECORD_GRANT,
            VALUES(value_integer(GRANT_USER, guided), value_integer(GRANT_ROLE, ROLE_GUIDANCE),
                   value_integer(GRANT_GUIDANCE_GROUP, group)));
  city_make(city, &city->security, RECORD_GRANT, VALUES(value_integer(GRANT_USER, named), value_integer(GRANT_ROLE, ROLE_OFFICIAL)));
  struct authority guide = city_authority(city, guided), official = city_authority(city, named);
  assert_true(sees(city, &guide, RECORD_PROBLEM, own));
  assert_false(sees(city, &official, RECORD_PROBLEM, own));
  must(city,
       city_act_with(city, &city->office, RECORD_PROBLEM, own, ACTION_EDIT, NULL, VALUES(value_integer(PROBLEM_OFFICIAL_USER, named))),
       VERDICT_DONE);
  assert_true(sees(city, &official, RECORD_PROBLEM, own));
  int64_t covert = city_make(city, &city->office, RECORD_PROBLEM,
                             VALUES(value_text(PROBLEM_TITLE, "代号 9"), value_integer(PROBLEM_CAMPAIGN, city->campaign),
                                    value_integer(PROBLEM_CATEGORY, CATEGORY_PARTY), value_integer(PROBLEM_SOURCE, SOURCE_INSPECTION_NEW),
                                    value_integer(PROBLEM_LEAD_UNIT, city->lead), value_integer(PROBLEM_SECRECY, SECRECY_PLACEHOLDER)));
  assert_true(sees(city, &guide, RECORD_PROBLEM, covert)); /* under every ceiling: it holds nothing secret */
  must(city, city_act(city, &guide, own, ACTION_ADVISE, "先摸底"), VERDICT_DONE);
  must(city, city_act(city, &official, own, ACTION_ADVISE, "请到现场"), VERDICT_DONE);
  must(city, city_act(city, &guide, own, ACTION_START, NULL), VERDICT_FORBIDDEN);
  must(city, city_act(city, &city->liaison, own, ACTION_ADVISE, "自己"), VERDICT_FORBIDDEN);
  const struct authority *readers[] = {&guide, &official, &city->office, &city->liaison, &city->stranger};
  for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) figures_show_the_same(city, readers[i]);
}

static int setup(void **state) {
  arena = arena_new();
  return city_setup(state);
}
static int teardown(void **state) {
  arena_free(arena);
  return city_teardown(state);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(a_campaign_takes_its_sources_and_units, setup, teardown),
    cmocka_unit_test_setup_teardown(categories_are_of_their_campaign_and_three_levels_deep, setup, teardown),
    cmocka_unit_test_setup_teardown(parts_are_closed_before_their_whole_and_not_split_again, setup, teardown),
    cmocka_unit_test_setup_teardown(a_problem_is_merged_into_another_open_one, setup, teardown),
    cmocka_unit_test_setup_teardown(a_placeholder_carries_number_and_code_name_only, setup, teardown),
    cmocka_unit_test_setup_teardown(a_placeholder_takes_no_text_but_its_code_name, setup, teardown),
    cmocka_unit_test_setup_teardown(topics_links_and_grants, setup, teardown),
    cmocka_unit_test_setup_teardown(the_policy_names_the_kinds_that_need_a_root_cause, setup, teardown),
    cmocka_unit_test_setup_teardown(a_whole_without_measures_goes_as_far_as_its_parts, setup, teardown),
    cmocka_unit_test_setup_teardown(an_overdue_whole_is_split_under_new_dates, setup, teardown),
    cmocka_unit_test_setup_teardown(guides_and_officials_see_what_is_theirs, setup, teardown),
    cmocka_unit_test_setup_teardown(what_a_district_does_not_show_is_not_seen_from_above, setup, teardown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
